--- Spanish wording around articles; see en.lua.
return {
  furniture = [[
compartir en*
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
lo más leído
lo más visto
leer también
noticias relacionadas
te puede interesar
]],
  comments = [[
comentarios (*)
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
  over = [[
etiquetas:*
]],
  credit = [[
(efe)
]],
}
