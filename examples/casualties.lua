-- Harm to people as texts tell it: how many, at least or about, of which kind, where. Ranges over texts, never sums.
--   newsreel run examples/casualties.lua CORPUS
local c = newsreel.open(arg[1])
local harm = c:events "harm"

harm:by("measure"):range("number"):print()
harm:frame { "day", "article", "measure", "bound", "number", "place" }:print(10)
harm:kwic(4)
