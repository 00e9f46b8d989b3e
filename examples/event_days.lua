-- What happened when: sentences by the day they tell of, beside the day they were printed.
--   newsreel run examples/event_days.lua CORPUS [PATTERN]
local c = newsreel.open(arg[1])
local told = c.sentences:containing(c.dates:where { grain = "day" })
if arg[2] then
  told = told:containing(c(arg[2]))
end

local days = told:by("event_day"):count()
days:where { count = function(n) return n > 1 end }:print(10)
days[1]:kwic(3) -- the sentences behind the first day
told:frame { "event_day", "day", "article", "text" }:sort("event_day", "day"):head(15):print()

local function count(anchor)
  return #c.dates:where { anchor = anchor }
end
print(("%d dates count from the day of printing, %d inside a quotation, %d hang on an event, %d stay open"):format(
  count "day", count "quote", count "event", count "none"))
local early = c.dates:anachronisms()
print(("%d were told before they happened"):format(#early))
early:kwic()
