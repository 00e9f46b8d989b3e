-- How often sanctions are written of, month by month, and who is named in the same sentence.
--   newsreel run examples/sanctions.lua CORPUS
local c = newsreel.open(arg[1])
local sanctions = c:lexicon { sanctions = { "sanction*", "blacklist*" }, embargo = { "embargo*", "price cap*" } }

sanctions:by("category", "month"):count():print()

local named = sanctions:pair(c:actors "leaders", "sentences"):by("actor"):count():sort("-count", "actor")
named:print(6)
named[1]:kwic() -- the sentences behind the first row
