-- A list of your own, from a file beside the script: a term and its category a line.
local c = newsreel.open(arg[1])
local energy = c:lexicon "energy.csv"
energy:by("category"):count():print()
energy:by("category", "month"):count():plot()
