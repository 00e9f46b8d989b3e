--- Turkish wording around articles; see en.lua.
return {
  furniture = [[
reklam
]],
  teasers = [[
ayrıca okuyun
ilgili haberler
]],
  date = [[
yayınlanma*
]],
  updated = [[
güncelleme*
]],
}
