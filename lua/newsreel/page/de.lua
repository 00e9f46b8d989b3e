--- German wording around articles; see en.lua.
return {
  furniture = [[
anzeige
werbung
kommentare
teilen
schon gelesen?
weitere informationen
mehr zum thema:
abonnieren sie*
alle rechte vorbehalten*
lesen sie auch*
*enthält affiliate*
]],
  caption = [[
foto:*
fotos:*
bild:*
]],
  teasers = [[
mehr zum thema
lesen sie auch
das könnte sie auch interessieren
]],
  comments = [[
kommentar schreiben
]],
  over = [[
über den autor
über die autorin
über die autoren
über diese reihe
]],
  byline = [[
von *
text:*
]],
  date = [[
veröffentlicht*
stand*
erstellt*
datum*
]],
  updated = [[
aktualisiert*
]],
  credit = [[
foto
]],
}
