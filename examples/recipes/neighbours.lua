-- What stands near a word more often than chance?
local c = newsreel.open(arg[1])
local near = c "sanction*":collocates { window = 4 }
near:print(5)
