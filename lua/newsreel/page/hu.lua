--- Hungarian wording around articles; see en.lua.
return {
  furniture = [[
hirdetés
megosztás
]],
  caption = [[
fotó:*
forrás:*
]],
  teasers = [[
olvasta már?
kapcsolódó cikkek
ajánlott cikkek
]],
  comments = [[
hozzászólások
]],
  byline = [[
szerző:*
írta:*
]],
  date = [[
megjelent*
]],
}
