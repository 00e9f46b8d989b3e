-- What was written of a ceasefire, in the order of the days of publication.
--   newsreel run examples/timeline.lua CORPUS [PATTERN]
local c = newsreel.open(arg[1])
local told = c.sentences:containing(c(arg[2] or "ceasefire|truce"))

told:by("week"):count():where { count = function(n) return n > 0 end }:print()
for s in told:each() do
  print(s.article.date or "undated", s.article.id, s.text)
end
