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
