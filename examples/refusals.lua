local c = newsreel.open(arg[1] or "build/demo.reel")
local no = c "refus*|reject*"                       -- words that begin so
local named = no:pair(c:actors "leaders", "sentences") -- and the leaders named in the same sentence
local t = named:by("actor"):count():sort("-count", "actor")
t:print(3)
t[1]:kwic(2, { width = 0 })                         -- two of the sentences behind the first row
