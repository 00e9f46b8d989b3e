-- Who is named together with whom, sentence by sentence.
--   newsreel run examples/comentions.lua CORPUS
local c = newsreel.open(arg[1])
local who = c:actors "leaders"

local pairs = who:pair(who, "sentences"):by("actor", "actor2"):count():sort("-count", "actor", "actor2")
pairs:print(8)
pairs[2]:kwic() -- the sentences behind the second row
