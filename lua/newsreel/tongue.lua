--- Which of the languages that our rules read a text is written in: en, de, uk or ru.
-- For texts that come without their language; a corpus knows that of its articles.
local tongue = {}

local SAMPLE_BYTES = 2000 -- enough of a text
local SURE <const>, DOUBTFUL <const> = 2, 1 -- "sich" is German alone; "die" and "am" are words of both

local function weigh(list, weight, into)
  for word in list:gmatch "%S+" do
    into[word] = weight
  end
  return into
end

local german = weigh([[
  der das und im ist sich nicht dass sie wir sagte sagt laut mit von den dem ein eine einen auf zu zum zur es auch
  ich hat haben hatte wurde wird sind bei nach aus wie noch nur aber oder kein keine heute gestern
  montag dienstag mittwoch donnerstag freitag samstag sonntag]], SURE, weigh("die am er an so war", DOUBTFUL, {}))
local english = weigh([[
  the and of to is that he she we i said says with from by on at for it his her their they this has have had are were
  been not but or will would who which after yesterday today tomorrow
  monday tuesday wednesday thursday friday saturday sunday]], SURE, weigh("a an so was", DOUBTFUL, {}))

local function count(text, pattern)
  return select(2, text:gsub(pattern, ""))
end

---Ukrainian or Russian, by letters that only one of them has.
local function slavic(sample, cyrillic)
  local ukrainian = count(sample, "\xD1[\x94\x96\x97]") + count(sample, "\xD0[\x84\x86\x87]")
  local russian = count(sample, "\xD1[\x8A\x8B\x8D\x91]")
  return ukrainian * 100 > cyrillic and ukrainian >= russian and "uk" or "ru"
end

---What speaks for German in letters and marks: names have such letters too, so they count little.
local function german_signs(sample)
  local letters = sample:find "\xC3[\x84\x96\x9C\x9F\xA4\xB6\xBC]" and DOUBTFUL or 0
  return letters + ((sample:find("\xE2\x80\x9E", 1, true) or sample:find "%f[%a][Aa]m %d+%.") and SURE or 0)
end

---Guess the language of a text; a tie is English only where nothing sure speaks for German.
---@param text string
---@return "en"|"de"|"uk"|"ru"
function tongue.guess(text)
  local sample = text:sub(1, SAMPLE_BYTES)
  local cyrillic = count(sample, "[\xD0\xD1]")
  if cyrillic > 0 and cyrillic >= count(sample, "%a") then
    return slavic(sample, cyrillic)
  end
  local de, en = german_signs(sample), 0
  for word in sample:gsub("%d ?[aA][mM]%f[%A]", ""):gmatch "[%a\x80-\xFF]+" do
    word = word:lower()
    de, en = de + (german[word] or 0), en + (english[word] or 0)
  end
  return de >= SURE and de >= en and "de" or "en"
end

return tongue
