-- newsreel in a stock Lua: lua5.4 months.lua talks.reel
local newsreel = require "newsreel"

newsreel.open(arg[1]).articles:by("month"):count():print()
