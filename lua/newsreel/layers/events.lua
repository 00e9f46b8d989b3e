--- The layers of c:events: acts told in the texts, by a table of newsreel.acts.
local events = require "newsreel.events"

---@param act string
return function(act)
  require("newsreel.acts." .. act) -- what the layer's rules are is read from here
  return {
    attributes = { act = "text", measure = "text", status = "text", sender = "text", target = "text", why = "text" },
    annotate = function(article)
      return (events.find(article.text, act))
    end,
  }
end
