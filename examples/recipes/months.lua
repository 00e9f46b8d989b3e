-- How often is it written of, for every thousand words of the month?
local c = newsreel.open(arg[1])
c "ceasefire|truce":by("month"):per(1000):plot()
