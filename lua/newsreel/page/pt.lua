--- Portuguese wording around articles; see en.lua.
return {
  furniture = [[
publicidade
comentários
compartilhar
inscreva-se*
todos os direitos*
leia também*
]],
  teasers = [[
leia também
leia mais
notícias relacionadas
]],
  comments = [[
deixe um comentário
]],
  date = [[
data*
]],
  updated = [[
atualizado*
]],
}
