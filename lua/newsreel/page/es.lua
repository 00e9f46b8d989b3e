--- Spanish wording around articles; see en.lua.
return {
  furniture = [[
publicidad
comentarios
compartir
suscríbete*
suscríbase*
todos los derechos*
lea también*
]],
  caption = [[
fotografía:*
]],
  teasers = [[
leer también
noticias relacionadas
te puede interesar
]],
  comments = [[
dejar un comentario
]],
  byline = [[
por *
autor:*
autor *
]],
  date = [[
publicado*
]],
  updated = [[
actualizado*
]],
}
