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
i più letti
leggi anche
articoli correlati
]],
  comments = [[
commenti (*)
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
  credit = [[
(ansa)
]],
}
