--- Russian dates: the rules are in slavic.lua, the words in ru_words.lua.
local slavic = require "newsreel.dates.slavic"
local words = require "newsreel.dates.ru_words"

local language = {
  name = "ru",
  words = words,
  macros = slavic.macros,
  rules = slavic.rules,
  strong = slavic.strong,
  endings = { "-го", "-е", "-ое", "-ого", "-му", "-ому", "-й", "-ье", "-ым", "го" },
  pairs = "./-",
  tense = words.tense,
  orders = words.orders,
}

---The past ends in -л, -ла, -ло, -ли and their reflexives.
function language.tense_of(word)
  if #word < 8 then
    return nil
  elseif word:find "лся$" or word:find "лась$" or word:find "лись$" or word:find "лось$" or word:find "[аеиыоя]л$"
    or word:find "[\xB0\xB5\xB8\x8B\x8F]\xD0\xBB\xD0[\xB0\xB8\xBE]$"
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
for word in ([[
  человек тонн рублей долларов солдат военных танков самолётов самолетов км километров метров га
  орудий тыс млн миллионов пленных гектаров кг снарядов евро компаний]]):gmatch "%S+" do
  counted[word] = true
end
---Whether a word is counted, so that a number of four digits before it is no year.
function language.counted(word)
  return counted[word]
end

language.guards = slavic.guards(language)

-- Texts of Friday, 2025-09-26, and the dates in them, each with its value.
language.examples = {
  { "Встреча прошла 24 сентября 2025 года.", "24 сентября 2025", "2025-09-24" },
  { "В пятницу он заявил об этом.", "пятницу", "2025-09-26" },
  { "Вчера вечером были взрывы.", "Вчера вечером", "2025-09-25TEV" },
  { "В прошлом году было лучше.", "прошлом году", "2024" },
  { "Две недели назад он уехал.", "Две недели назад", "2025-W37" },
  { "Весной 2022 года они отступили.", "Весной 2022", "2022-SP" },
  { "В 1991 году страна распалась.", "1991 году", "1991" },
  { "В конце августа пошли дожди.", "конце августа", "2025-08" },
  { "В XX веке было две войны.", "XX веке", "19" },
  { "В течение двух недель шли бои.", "В течение двух недель", "P2W" },
  { "Ежедневно стреляют.", "Ежедневно", "P1D" },
  { "С 5 по 7 мая 2025 года шли переговоры.", "5", "2025-05-05", "7 мая 2025", "2025-05-07" },
  { "Сейчас он в Москве.", "Сейчас", "PRESENT_REF" },
  { "В 80-х годах он жил здесь.", "80-х годах", "198" },
  { "В 9:30 началась тревога.", "9:30", "2025-09-26T09:30" },
  { "Завтра будет дождь.", "Завтра", "2025-09-27" },
  { "через три дня", "через три дня", "2025-09-29" },
  { "на следующей неделе", "следующей неделе", "2025-W40" },
  { "После двухдневной осады город пал.", "двухдневной", "P2D" },
  { "44 год до н. э.", "44 год до н. э.", "BC0044" },
  { "В понедельник состоится встреча.", "понедельник", "2025-09-29" },
  { "24.09.2025 подписан договор.", "24.09.2025", "2025-09-24" },
  { "на прошлой неделе он приехал", "прошлой неделе", "2025-W38" },
  { "в четверг, 18 сентября", "четверг, 18 сентября", "2025-09-18" },
}

-- Texts without a date.
language.counter_examples = {
  "Дело 2025-13-45 пропало, как и 2025-99.",
  "Погибло 1500 человек.",
  "Самолёт Ту-134 взлетел.",
  "Учения Запад-2025 прошли.",
  "Около 2000 солдат прибыли.",
  "Марсель выиграл.",
}

return language
