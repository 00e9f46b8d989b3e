--- The layer c.voices: quotations and reported speech; c.quotes and c.reported are parts of it.
local quotes = require "newsreel.quotes"

return {
  attributes = { kind = "text", speaker = "text", cue = "text", quote = "number", inside = "number",
    rule = "text", why = "text" },
  languages = { en = true, de = true, uk = true, ru = true },
  annotate = function(article, lang)
    return quotes.find(article.text, { lang = lang })
  end,
}
