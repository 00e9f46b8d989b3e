-- Who is quoted, and who speaks of talks?
local c = newsreel.open(arg[1])
c.quotes:by("speaker"):count():sort("-count", "speaker"):print(5)
c.quotes:containing "talks|negotiat*|meeting":by("speaker"):count():print()
