--- Russian dates: the rules are in slavic.lua, the words in ru_words.lua.
local slavic = require "newsreel.dates.slavic"
local words = require "newsreel.dates.ru_words"

local language = {
  name = "ru",
  words = words,
  macros = slavic.macros,
  rules = slavic.rules,
  strong = slavic.strong,
  endings = { "-го", "-е", "-ое", "-ого", "-му", "-ому", "-й", "-ье", "-ым" },
  tense = words.tense,
}

---The past ends in -л, -ла, -ло, -ли and their reflexives.
function language.tense_of(word)
  if #word < 8 then
    return nil
  elseif word:find "лся$" or word:find "лась$" or word:find "лись$" or word:find "лось$" or word:find "[аеиыоя]л$" or word:find "[\xB0\xB5\xB8\x8B\x8F]\xD0\xBB\xD0[\xB0\xB8\xBE]$"
    or word:find "[\xB0\xB5\xB8\x8B\x8F]\xD0\xBB$" then
    return "past"
  end
end

language.doubtful, language.leads, language.about_words = {}, {}, {}
for word in ("мар янв авг сен дек"):gmatch "%S+" do
  language.doubtful[word] = true
end
for word in ("в с до к по за из от со во год года году"):gmatch "%S+" do
  language.leads[word] = true
end
for word in ("около более свыше почти примерно порядка"):gmatch "%S+" do
  language.about_words[word] = true
end

local counted = {}
for word in ("человек тонн рублей долларов солдат военных танков самолётов самолетов км километров метров га орудий тыс млн миллионов пленных гектаров кг снарядов евро компаний"):gmatch "%S+" do
  counted[word] = true
end
function language.counted(word)
  return counted[word]
end

language.guard = slavic.guard(language)

return language
