--- The layers of c:events: acts told in the texts, by a table of newsreel.acts.
local events = require "newsreel.events"

local LANGUAGES = { en = true, de = true, uk = true, ru = true } -- of the rules for dates and quotes

-- The triggers as one pattern: articles without one are not read.
local function pattern_of(triggers)
  local entries = {}
  for entry in pairs(triggers) do
    entries[#entries + 1] = entry
  end
  table.sort(entries)
  return table.concat(entries, "|")
end

---@param act string
return function(act)
  require("newsreel.acts." .. act) -- what the layer's rules are is read from here
  return {
    attributes = { act = "text", measure = "text", status = "text", sender = "text", target = "text", targets = "text",
      event_day = "text", voice = "text", number = "number", bound = "text", place = "text", why = "text" },
    trigger = pattern_of(events.triggers(act)),
    annotate = function(article, lang)
      return events.of(article, act, lang and (LANGUAGES[lang] and lang or false))
    end,
  }
end
