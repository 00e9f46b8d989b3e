--- Polish wording around articles; see en.lua.
return {
  furniture = [[
reklama
komentarze
udostępnij
zapisz się*
czytaj także*
]],
  caption = [[
zdjęcie:*
fot. *
]],
  teasers = [[
czytaj także
zobacz też
przeczytaj także
]],
  comments = [[
dodaj komentarz
]],
  date = [[
data publikacji*
opublikowano*
]],
}
