--- The layer c.names: people, organisations and places by shape and context.
local names = require "newsreel.names"

return {
  attributes = { actor = "text", type = "text", rule = "text" },
  languages = { en = true }, -- German writes every noun with a capital; the shapes are those of English
  annotate = function(article)
    return names.find(article.text)
  end,
}
