--- Italian wording around articles; see en.lua.
return {
  furniture = [[
pubblicità
commenti
condividi
iscriviti*
leggi anche*
]],
  teasers = [[
leggi anche
articoli correlati
]],
  comments = [[
lascia un commento
]],
  byline = [[
di *
]],
  date = [[
pubblicato*
]],
  updated = [[
aggiornato*
]],
}
