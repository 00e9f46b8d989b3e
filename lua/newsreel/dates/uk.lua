--- Ukrainian dates: the rules are in slavic.lua, the words in uk_words.lua.
local slavic = require "newsreel.dates.slavic"
local words = require "newsreel.dates.uk_words"

local language = {
  name = "uk",
  words = words,
  macros = slavic.macros,
  rules = slavic.rules,
  strong = slavic.strong,
  endings = { "-го", "-е", "-те", "-ге", "-ше", "-тє", "-му", "-ого", "-й", "-им", "-го" },
  tense = words.tense,
}

---The past ends in -в, -ла, -ло, -ли; the future in -тиме.
function language.tense_of(word)
  if #word < 8 then
    return nil
  elseif word:find "тиме$" or word:find "тимуть$" then
    return "future"
  elseif word:find "вся$" or word:find "лася$" or word:find "лися$" or word:find "лось$" or word:find "ував$" or word:find "или$" or word:find "ала$"
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
for word in ("осіб людей чоловік чол тонн гривень доларів солдатів військових танків літаків літака км кілометрів метрів га гармат тис млн мільйонів полонених гектарів кг снарядів"):gmatch "%S+" do
  counted[word] = true
end
function language.counted(word)
  return counted[word]
end

language.guard = slavic.guard(language)

return language
