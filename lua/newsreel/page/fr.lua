--- French wording around articles; see en.lua.
return {
  furniture = [[
s'abonner*
s'inscrire*
lire plus tard
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
*afp / *
*/ afp
photo :*
photo :*
crédit photo*
]],
  teasers = [[
les plus lus
à lire également
à lire aussi
lire aussi
sur le même sujet
articles liés
]],
  comments = [[
commentaires (*)
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
