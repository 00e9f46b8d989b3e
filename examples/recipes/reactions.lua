-- What was written of sanctions in the three days after a meeting was in the news?
local c = newsreel.open(arg[1])
local after = c "sanction*":days_after(c "meet*|summit*", 1, 3)
after:by("day"):count():where { count = function(n) return n > 0 end }:print()
after:kwic(4)
