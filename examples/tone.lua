-- The tone of the sentences that name a leader, from -1 to 1, with intervals, and sentences to read.
--   newsreel run examples/tone.lua CORPUS
local c = newsreel.open(arg[1])
local told = newsreel.tone.toward(c:actors "leaders")

newsreel.tone.summary(told, "actor"):sort("-count", "actor"):print(6) -- toned: sentences with a word of tone
newsreel.tone.read(told:where { actor = "Vladimir Putin" }, 3)       -- lowest and highest: read before you believe

-- In whose words? The mean value of words of tone as the papers tell, quote and report, and the words behind a row.
local voices = c:lexicon("politics"):by("speech"):mean()
voices:print()
voices[1]:kwic(3)
