-- Who says what about negotiating: quotations and reports that speak of it, by speaker, and the sentences behind them.
--   newsreel run examples/who_says_what.lua CORPUS [PATTERN]
local c = newsreel.open(arg[1])
local topic = c(arg[2] or "negotiat*|talks|ceasefire|truce|peace deal")
local said = c.voices:containing(topic)

local who = said:by("speaker"):count():sort("-count", "speaker")
who:print(8)
who[1]:kwic(5) -- the words behind the first row

-- How they speak of it: words of readiness count up, words of refusal down; what nobody is quoted with is the paper's own.
said:frame { "day", "speaker", "kind", "cue", "article" }:with("stance", c:lexicon "stance":sum()):print(12)
local spoken, own = #topic:within(said), #topic:outside(said)
print(("%d times in somebody's mouth, %d times in the paper's own words"):format(spoken, own))
