-- Who is named together with whom, sentence by sentence, against chance; as a graph for other programs.
--   newsreel run examples/comentions.lua CORPUS [FILE.gexf]
local c = newsreel.open(arg[1])
local who = c:actors "leaders"

local net = newsreel.network.of(who):sort("-count", "actor", "actor2")
net:print(8)        -- expected: what chance gives for people named as often; stories: copies counted once
net[2]:kwic()       -- the sentences behind the second row
newsreel.network.of(who, { by = "month" }):save(arg[2] or "actors.gexf") -- with time: one spell a month
