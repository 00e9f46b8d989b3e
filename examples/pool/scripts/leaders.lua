-- Who is named beside a word for sanctions.
local c = newsreel.open()
return c "sanction*":pair(c:actors "leaders", "sentences"):by("actor"):count():sort("-count", "actor"):head(3)
