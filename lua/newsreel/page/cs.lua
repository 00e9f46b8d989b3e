--- Czech wording around articles; see en.lua.
return {
  furniture = [[
reklama
]],
  teasers = [[
čtěte také
související
]],
  date = [[
publikováno*
]],
}
