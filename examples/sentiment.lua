-- The tone of the sentences in which a leader is named; a negation turns a word's sign.
--   newsreel run examples/sentiment.lua CORPUS
local c = newsreel.open(arg[1])
local tone = c:lexicon {
  ["progress"] = 1, ["breakthrough*"] = 1, ["optimis*"] = 1, ["constructive*"] = 1, ["productive"] = 1,
  ["agree*"] = 1, ["welcome*"] = 1, ["refus*"] = -1, ["reject*"] = -1, ["stall*"] = -1, ["stalemate"] = -1,
  ["threat*"] = -1, ["disappoint*"] = -1,
}
local toned = tone:flip("no|not|n't|never|without|fail*", 4):pair(c:actors "leaders", "sentences")

toned:by("actor"):sum("value"):sort("-count", "actor"):print(6)
toned:where { actor = "Vladimir Putin" }:sample(4, 1):kwic() -- read before you believe
