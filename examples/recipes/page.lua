-- A page to send to somebody who has no newsreel: a picture, the table, the sentences behind every number.
local c = newsreel.open(arg[1])
local named = c:actors "leaders":by("month", "actor"):count()
named:save(arg[2] or "leaders.html", { title = "Leaders by month" })
named:save "leaders.csv"
print(#named .. " rows")
