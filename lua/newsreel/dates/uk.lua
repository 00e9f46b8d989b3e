--- Ukrainian dates: the rules are in slavic.lua, the words in uk_words.lua.
local slavic = require "newsreel.dates.slavic"
local words = require "newsreel.dates.uk_words"

local language = {
  name = "uk",
  words = words,
  macros = slavic.macros,
  rules = slavic.rules,
  strong = slavic.strong,
  endings = { "-го", "-е", "-те", "-ге", "-ше", "-тє", "-му", "-ого", "-й", "-им", "-го", "го" },
  pairs = "./-",
  tense = words.tense,
  orders = words.orders,
}

---The past ends in -в, -ла, -ло, -ли; the future in -тиме.
function language.tense_of(word)
  if #word < 8 then
    return nil
  elseif word:find "тиме$" or word:find "тимуть$" then
    return "future"
  elseif word:find "вся$" or word:find "лася$" or word:find "лися$" or word:find "лось$" or word:find "ував$"
    or word:find "или$" or word:find "ала$"
    or word:find "али$" or word:find "или$" or word:find "ила$" or word:find "ив$" or word:find "ав$" then
    return "past"
  end
end

language.doubtful, language.leads, language.about_words = {}, {}, {}
for word in ("лютий лютого лютому лютим черв лип сер вер трав бер січ лют"):gmatch "%S+" do
  language.doubtful[word] = true
end
for word in ("у в на до з від по за із протягом року"):gmatch "%S+" do
  language.leads[word] = true
end
for word in ("близько понад майже приблизно до"):gmatch "%S+" do
  language.about_words[word] = word ~= "до"
end

local counted = {}
for word in ([[
  осіб людей чоловік чол тонн гривень доларів солдатів військових танків літаків літака км
  кілометрів метрів га гармат тис млн мільйонів полонених гектарів кг снарядів]]):gmatch "%S+" do
  counted[word] = true
end
---Whether a word is counted, so that a number of four digits before it is no year.
function language.counted(word)
  return counted[word]
end

language.guards = slavic.guards(language)

-- Texts of Friday, 2025-09-26, and the dates in them, each with its value.
language.examples = {
  { "Зустріч відбулася 24 вересня 2025 року.", "24 вересня 2025", "2025-09-24" },
  { "У п'ятницю він заявив про це.", "п'ятницю", "2025-09-26" },
  { "Вчора ввечері лунали вибухи.", "Вчора ввечері", "2025-09-25TEV" },
  { "Минулого року було краще.", "Минулого року", "2024" },
  { "Два тижні тому він поїхав.", "Два тижні тому", "2025-W37" },
  { "Навесні 2022 року вони відступили.", "Навесні 2022", "2022-SP" },
  { "У 1991 році була незалежність.", "1991", "1991" },
  { "Наприкінці серпня почалися дощі.", "Наприкінці серпня", "2025-08" },
  { "У XX столітті було дві війни.", "XX столітті", "19" },
  { "Протягом двох тижнів тривали бої.", "Протягом двох тижнів", "P2W" },
  { "Щодня стріляють.", "Щодня", "P1D" },
  { "З 5 по 7 травня 2025 року тривали переговори.", "5", "2025-05-05", "7 травня 2025", "2025-05-07" },
  { "Нині він у Києві.", "Нині", "PRESENT_REF" },
  { "У 80-х роках він жив тут.", "80-х роках", "198" },
  { "О 9:30 почалася тривога.", "9:30", "2025-09-26T09:30" },
  { "Завтра буде дощ.", "Завтра", "2025-09-27" },
  { "через три дні", "через три дні", "2025-09-29" },
  { "наступного тижня", "наступного тижня", "2025-W40" },
  { "Після 6-денної облоги місто впало.", "6-денної", "P6D" },
  { "264–241 рр. до н. е.", "264", "BC0264", "241 рр. до н. е.", "BC0241" },
  { "У понеділок відбудеться зустріч.", "понеділок", "2025-09-29" },
  { "24.09.2025 підписано угоду.", "24.09.2025", "2025-09-24" },
}

-- Texts without a date.
language.counter_examples = {
  "Справа 2025-13-45 зникла, як і 2025-99.",
  "Загинуло 1500 осіб.",
  "Лютий ворог наступав.",
  "Літак Ту-134 злетів.",
  "Навчання Запад-2025 тривали.",
  "Близько 2000 військових прибули.",
}

return language
