--- Polish wording around articles; see en.lua.
return {
  furniture = [[
czytaj także*
zobacz także:*
zobacz też:*
udostępnij
]],
  teasers = [[
polecane
]],
  comments = [[
komentarze (*)
]],
  credit = [[
(pap)
]],
}
