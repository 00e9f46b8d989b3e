-- A concordance: every place of a pattern, with what stands around it.
--   newsreel run examples/kwic.lua CORPUS [PATTERN]
local c = newsreel.open(arg[1])
local hits = c(arg[2] or "talks|negotiation*")

hits:kwic(12)
print(("%d hits in %d articles"):format(#hits, #c:only(hits)))
