--- German wording around articles; see en.lua.
return {
  furniture = [[
startseite *
diesen artikel teilen
artikel teilen
zur startseite
newsletter abonnieren*
melden sie sich an*
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
*| bild:*
*| foto:*
*bild: dpa*
*foto: dpa*
foto:*
fotos:*
bild:*
]],
  teasers = [[
weitere artikel
meistgelesen
auch interessant
mehr zum thema
lesen sie auch
das könnte sie auch interessieren
]],
  comments = [[
kommentare (*)
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
