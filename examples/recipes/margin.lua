-- What did cleaning set aside, for which reason? Read it before you trust a count.
local c = newsreel.open(arg[1])
c.boiler:by("kind"):count():sort("-count", "kind"):print()
c.boiler:print(5)
