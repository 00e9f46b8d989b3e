--- Turkish wording around articles; see en.lua.
return {
  furniture = [[
anasayfa *
paylaş
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
  caption = [[
fotoğraf:*
foto:*
]],
  comments = [[
yorumlar (*)
yorumlar
]],
}
