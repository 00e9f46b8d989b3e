--- Dutch wording around articles; see en.lua.
return {
  furniture = [[
advertentie
lees ook*
]],
  teasers = [[
lees ook
]],
  date = [[
gepubliceerd*
]],
}
