--- Polish wording around articles; see en.lua.
return {
  furniture = [[
reklama
komentarze
udostępnij
zapisz się*
czytaj także*
zobacz także:*
zobacz też:*
]],
  caption = [[
zdjęcie:*
fot. *
]],
  teasers = [[
polecane
najczęściej czytane
czytaj także
zobacz też
przeczytaj także
]],
  comments = [[
komentarze (*)
dodaj komentarz
]],
  date = [[
data publikacji*
opublikowano*
]],
  credit = [[
(pap)
]],
}
