--- The layer c.dates: dates told in the texts.
local dates = require "newsreel.dates"

return {
  attributes = { value = "text", type = "text", grain = "text", anchor = "text", from = "text", to = "text",
    event_day = "text", told = "text", rule = "text", why = "text" },
  languages = { en = true, de = true, uk = true, ru = true },
  annotate = function(article, lang)
    return dates.find(article.text, { day = article.day, lang = lang })
  end,
}
