--- French wording around articles; see en.lua.
return {
  furniture = [[
publicité
commentaires
partager
abonnez-vous*
inscrivez-vous*
tous droits réservés*
lire aussi*
à lire aussi*
]],
  caption = [[
crédit photo*
]],
  teasers = [[
à lire aussi
lire aussi
sur le même sujet
articles liés
]],
  comments = [[
laisser un commentaire
]],
  byline = [[
par *
]],
  date = [[
publié*
]],
  updated = [[
mis à jour*
]],
}
