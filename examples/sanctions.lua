-- Sanctions: who imposes, threatens or lifts what against whom, as the sentences say it; what they do not say is missing.
--   newsreel run examples/sanctions.lua CORPUS
local c = newsreel.open(arg[1])
local acts = c:events "sanctions"

acts:by("status"):count():print()
local told = acts:where { sender = function(sender) return sender ~= nil end }
told:by("sender", "target", "status"):count():sort("-count", "sender", "target", "status"):print(8)
told:where { status = "imposed" }:kwic(4) -- read before you count
acts:where { event_day = function(day) return day ~= nil end }
  :frame { "event_day", "status", "sender", "target", "article" }
  :sort("event_day"):print(5)
acts:by("month"):per(1000):print() -- for every 1,000 words on the line
