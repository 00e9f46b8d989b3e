-- What changed: words of one period against the rest, trends with a test, bursts, who answers whom.
--   newsreel run examples/change.lua CORPUS [PERIOD]
local c = newsreel.open(arg[1])
local who = c:actors "leaders"

c:during(arg[2] or "2025-10"):keyness():print(5)                          -- words, against the whole archive
newsreel.change.trend(who:by("actor", "month"):per(1000)):sort("p", "actor"):print(4) -- Mann-Kendall on rates
newsreel.change.bursts(c "sanction*", { "month" }):print()                -- Kleinberg, against all articles of the month
newsreel.change.answers(who, 7):sort("-answered", "actor", "actor2"):print(4)
