--- Russian words of dates, by class; the rules are in slavic.lua.
local slavic = require "newsreel.dates.slavic"

local words = {}
local forms = slavic.forms

local function list(class, value, text)
  for word in text:gmatch "%S+" do
    class[(word:gsub("_", " "))] = value
  end
end

words.month, words.monthadj = {}, {}
for number, stem in ipairs { "январ", "феврал", "март", "апрел", "ма", "июн", "июл", "август", "сентябр", "октябр",
  "ноябр", "декабр" } do
  if number == 3 or number == 8 then
    forms(words.month, number, stem, "0 а е у ом")
  elseif number == 5 then
    forms(words.month, number, stem, "й я е ю ем")
  else
    forms(words.month, number, stem, "ь я е ю ем")
  end
  local adjective = number == 3 and "мартовск" or number == 8 and "августовск" or number == 5 and "майск"
    or stem .. "ьск"
  forms(words.monthadj, number, adjective, "ий ого ому им ом ая ой ую ое ие их ими")
end
for short, number in pairs { ["янв"] = 1, ["фев"] = 2, ["мар"] = 3, ["апр"] = 4, ["июн"] = 6, ["июл"] = 7,
  ["авг"] = 8, ["сен"] = 9, ["сент"] = 9, ["окт"] = 10, ["ноя"] = 11, ["дек"] = 12,
  ["февр"] = 2, ["нояб"] = 11 } do
  words.month[short], words.month[short .. "."] = number, number
end
words.weekday = {}
for number, text in ipairs { "понедельник понедельника понедельнику понедельником",
  "вторник вторника вторнику вторником", "среда среды среду среде средой",
  "четверг четверга четвергу четвергом", "пятница пятницы пятницу пятнице пятницей",
    "суббота субботы субботу субботе субботой", "воскресенье воскресенья воскресенью воскресеньем" } do
  list(words.weekday, number, text)
end
for short, number in pairs { ["пн"] = 1, ["вт"] = 2, ["ср"] = 3, ["чт"] = 4, ["пт"] = 5, ["сб"] = 6, ["вс"] = 7 } do
  words.weekday[short], words.weekday[short .. "."] = number, number
end
words.weekdays = { ["по понедельникам"] = 1, ["по вторникам"] = 2, ["по средам"] = 3, ["по четвергам"] = 4,
  ["по пятницам"] = 5, ["по субботам"] = 6, ["по воскресеньям"] = 7 }

words.span = {}
for unit, text in pairs {
  D = "день дня дню днём днем дни дней днях днями сутки суток",
    W = "неделя недели неделю неделе недель неделях неделями",
    M = "месяц месяца месяцу месяце месяцы месяцев месяцах",
  Y = "год года году годы лет годов годах годом годами", H = "час часа часов часу часах",
    MIN = "минута минуты минуту минут мин", S = "секунда секунды секунду секунд сек",
  E = "десятилетие десятилетия десятилетий", C = "столетие столетия столетий век века веков",
    Q = "квартал квартала кварталов квартале",
} do
  list(words.span, unit, text)
end
words.unit = words.span
words.big = {}
for word, unit in pairs(words.span) do
  if unit ~= "H" and unit ~= "MIN" and unit ~= "S" then
    words.big[word] = unit
  end
end
words.yearword, words.yearin, words.weekend = {}, {}, {}
list(words.yearword, true, "года год году годы годов годах годами г. гг. г гг годом")
list(words.yearin, true, "году года годах")
list(words.weekend, "WE", "выходных выходные уикенд уик-энд выходными")

words.count = { ["полтора"] = 1.5, ["полторы"] = 1.5, ["полутора"] = 1.5, ["пара"] = 2, ["пары"] = 2, ["пару"] = 2,
  ["обоих"] = 2, ["сто"] = 100, ["сорок"] = 40 }
for n, text in ipairs { "один одна одну одного одной одно", "два две двух двумя", "три трёх трех",
  "четыре четырёх четырех", "пять пяти", "шесть шести", "семь семи", "восемь восьми", "девять девяти",
  "десять десяти", "одиннадцать одиннадцати", "двенадцать двенадцати", "тринадцать", "четырнадцать",
    "пятнадцать пятнадцати", "шестнадцать", "семнадцать", "восемнадцать", "девятнадцать" } do
  list(words.count, n, text)
end
for n, text in pairs { [20] = "двадцать двадцати", [30] = "тридцать тридцати", [50] = "пятьдесят",
  [60] = "шестьдесят", [70] = "семьдесят", [80] = "восемьдесят", [90] = "девяносто" } do
  list(words.count, n, text)
  for one, unit in ipairs { "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять" } do
    words.count[text:match "%S+" .. " " .. unit] = n + one
  end
end
words.nth = {}
local ordinals = { "перв", "втор", "трет", "четверт", "пят", "шест", "седьм", "восьм", "девят", "десят",
  "одиннадцат", "двенадцат", "тринадцат", "четырнадцат", "пятнадцат", "шестнадцат",
  "семнадцат", "восемнадцат", "девятнадцат" }
local hard = "ый ой ого ому ым ом ая ую ое ые ых ыми"
for n, stem in ipairs(ordinals) do
  if n == 3 then
    list(words.nth, 3, "третий третьего третьему третьим третья третьей третью третье третьи третьих")
  else
    forms(words.nth, n, stem, hard)
  end
end
forms(words.nth, 4, "четвёрт", hard)
forms(words.nth, 20, "двадцат", hard)
forms(words.nth, 30, "тридцат", hard)
for n = 1, 9 do
  if n == 3 then
    list(words.nth, 23, "двадцать_третьего двадцать_третье двадцать_третий двадцать_третьему")
  else
    forms(words.nth, 20 + n, "двадцать " .. ordinals[n], "ого ое ый ой ому")
  end
end
forms(words.nth, 24, "двадцать четвёрт", "ого ое ый ому")
forms(words.nth, 31, "тридцать перв", "ого ое ый ому")
words.nthnum, words.ordend, words.decend = {}, {}, {}
list(words.ordend, true, "-й -го -му -м -я -е -ого -ому -ое -ый -ой -ом -ым")
for n = 1, 31 do
  for ending in pairs(words.ordend) do
    words.nthnum[n .. ending] = n
  end
end
list(words.decend, true, "-х -е -ые -ых -ми")
words.vague, words.several, words.all = {}, {}, {}
list(words.vague, "X", "несколько нескольких пару_ многих много долгие")
list(words.several, "X", "много")
list(words.all, true, "весь всю все")
words.about = {}
list(words.about, true, [[
  около более свыше почти примерно приблизительно ориентировочно более_чем менее_чем не_менее не_более больше_чем
  меньше_чем порядка]])
words.rel, words.same = {}, {}
forms(words.rel, -1, "прошл", "ый ого ому ым ом ой ую ая ое ые ых")
forms(words.rel, -1, "последн", "ий его ему им ем ей юю яя ее ие их")
forms(words.rel, -1, "предыдущ", "ий его ему им ем ей ую ая ее ие их")
forms(words.rel, -1, "минувш", "ий его ему им ем ей ую ая ее ие их")
forms(words.rel, 1, "следующ", "ий его ему им ем ей ую ая ее ие их")
forms(words.rel, 1, "будущ", "ий его ему им ем ей ую ая ее ие их")
forms(words.rel, 1, "ближайш", "ий его ие их ую ее ей")
list(words.rel, 0, [[
  этот этого этому этим этом эта этой эту это эти этих текущий текущего текущем текущей нынешний нынешнего нынешнем]])
list(words.same, true, "того_же тот_же том_же той_же ту_же тем_же этого_же тому_же")
words.season, words.seasonly, words.seasonprep = {}, {}, {}
for value, text in pairs { SP = "весна весны весну весной весне", SU = "лето лета лету летом лете",
  FA = "осень осени осенью", WI = "зима зимы зиму зимой зиме" } do
  list(words.season, value, text)
end
for value, text in pairs { SP = "весной", SU = "летом", FA = "осенью", WI = "зимой" } do
  list(words.seasonly, value, text)
end
list(words.seasonprep, true, "до с от к")
words.part, words.alonepart = {}, {}
for value, text in pairs { MO = "утро утром утра", AF = "днём днем", EV = "вечер вечера вечером вечеру",
  NI = "ночь ночью ночи", MI = "полдень обед обеда" } do
  list(words.part, value, text)
end
for value, text in pairs { MO = "утром", EV = "вечером", NI = "ночью" } do
  list(words.alonepart, value, text)
end
words.night, words.against = {}, {}
list(words.night, true, "ночь ночи")
list(words.against, true, "на с")
words.noon = { ["полдень"] = { hour = 12 }, ["полночь"] = { hour = 24 }, ["полуночи"] = { hour = 24 },
  ["полудня"] = { hour = 12 } }
words.half_day = { ["утра"] = "AM", ["вечера"] = "PM", ["дня"] = "PM", ["ночи"] = "AM", ["ч"] = false }
words.hourword, words.minuteword, words.hourshort = {}, {}, {}
list(words.hourword, true, "час часа часов ч часу")
list(words.minuteword, true, "минут минуты мин минута")
list(words.hourshort, true, "ч часов")
words.zone = { ["мск"] = true, ["по московскому времени"] = true, ["по москве"] = true, gmt = true, utc = true,
  cet = true, ["по киевскому времени"] = true }
words.today = { ["сегодня"] = 0, ["вчера"] = -1, ["завтра"] = 1, ["позавчера"] = -2, ["послезавтра"] = 2,
  ["позапозавчера"] = -3, ["послепослезавтра"] = 3 }
words.edge = {}
list(words.edge, "START", "начале начала начало началу началом")
list(words.edge, "MID", "середине середины середина середину")
list(words.edge, "END", "конце конца конец концу")
words.prep, words.prep2 = {}, {}
list(words.prep, true, "в во на с со до от по к ко за около после")
list(words.prep2, true, "в_")
words.to, words["and"] = {}, {}
list(words.to, true, "по до")
list(words["and"], true, "и")
words.centuryword, words.era, words.q, words.halfword, words.halfof = {}, {}, {}, {}, {}
list(words.centuryword, true, "век века веке веком веку в. столетие столетия столетии")
for word, value in pairs { ["до н. э."] = "BC", ["до н.э."] = "BC", ["до нашей эры"] = "BC", ["до н. э"] = "BC",
  ["до н.э"] = "BC", ["н. э."] = "AD", ["н.э."] = "AD", ["нашей эры"] = "AD" } do
  words.era[word] = value
end
list(words.q, true, "квартал квартала квартале")
list(words.halfword, true, "половине половины половина полугодие полугодии полугодия")
list(words.halfof, true, "с_половиной")
words.ago, words.after, words.laterword, words.inside, words.during, words.beforethat = {}, {}, {}, {}, {}, {}
list(words.ago, true, "назад тому_назад")
list(words.after, true, "через спустя")
list(words.laterword, true, "спустя")
list(words.inside, true, "за")
list(words.during, true, "в_течение на_протяжении в_течении")
list(words.beforethat, true, "до_этого до_того")
words.halfhour = { ["полчаса"] = 0.5, ["пол часа"] = 0.5 }
words.every = {}
list(words.every, true, "каждый каждого каждые каждую каждая каждое каждой")
words.setword = {}
for value, text in pairs { P1D = "ежедневно ежедневный ежедневные ежедневного ежедневная ежедневных",
  P1W = "еженедельно еженедельный еженедельные еженедельного",
  P1M = "ежемесячно ежемесячный ежемесячные ежемесячного",
  P1Y = "ежегодно ежегодный ежегодного ежегодные ежегодная ежегодной ежегодном", PT1H = "ежечасно",
    P3M = "ежеквартально" } do
  list(words.setword, value, text)
end
words.present, words.gone, words.ahead = {}, {}, {}
list(words.present, "PRESENT_REF", [[
  сейчас ныне теперь в_настоящее_время в_данный_момент на_данный_момент в_настоящий_момент сегодняшний_день
  в_наше_время]])
list(words.gone, "PAST_REF", "недавно ранее раньше когда-то в_последнее_время в_прошлом накануне")
list(words.ahead, "FUTURE_REF", "вскоре скоро в_будущем в_ближайшее_время в_ближайшем_будущем")
words.gone["накануне"] = nil
words.today["накануне"] = -1

words.spanadj, words.worded = {}, {}
local adjective = "ый ий ого ему ому ым им ом ем ая яя ой ей ую юю ое ее ые ие ых их"
local prefix = { "одно", "двух", "трёх", "четырёх", "пяти", "шести", "семи", "восьми", "девяти", "десяти" }
for stem, unit in pairs { ["дневн"] = "D", ["летн"] = "Y", ["месячн"] = "M", ["недельн"] = "W", ["часов"] = "H",
  ["минутн"] = "MIN" } do
  forms(words.spanadj, unit, stem, adjective)
  for n, first in ipairs(prefix) do
    forms(words.worded, { count = n, unit = unit }, first .. stem, adjective)
    if first:find "ё" then
      forms(words.worded, { count = n, unit = unit }, (first:gsub("ё", "е")) .. stem, adjective)
    end
  end
end

words.feast = {
  ["рождество"] = { month = 1, day = 7 }, ["рождества"] = { month = 1, day = 7 },
    ["католическое рождество"] = { month = 12, day = 25 }, ["католического рождества"] = { month = 12, day = 25 },
  ["новый год"] = { month = 1, day = 1 }, ["нового года"] = { month = 1, day = 1 },
    ["новогодняя ночь"] = { month = 12, day = 31 }, ["день победы"] = { month = 5, day = 9 },
    ["дня победы"] = { month = 5, day = 9 },
  ["день россии"] = { month = 6, day = 12 }, ["день народного единства"] = { month = 11, day = 4 },
    ["день защитника отечества"] = { month = 2, day = 23 },
  ["международный женский день"] = { month = 3, day = 8 }, ["женский день"] = { month = 3, day = 8 },
    ["день знаний"] = { month = 9, day = 1 }, ["пасха"] = { pascha = 0 }, ["пасхи"] = { pascha = 0 },
  ["пасху"] = { pascha = 0 }, ["вербное воскресенье"] = { pascha = -7 }, ["троица"] = { pascha = 49 },
    ["старый новый год"] = { month = 1, day = 14 }, ["день святого валентина"] = { month = 2, day = 14 },
  ["день независимости украины"] = { month = 8, day = 24 }, ["хэллоуин"] = { month = 10, day = 31 },
    ["день космонавтики"] = { month = 4, day = 12 }, ["сочельник"] = { month = 1, day = 6 },
}
words.lastword = {}
for word, value in pairs(words.rel) do
  if value == -1 and word:find "^последн" then
    words.lastword[word] = -1
  end
end
words.next_day = { ["следующего дня"] = true }
words.plusminus = { ["+"] = 1, ["-"] = -1 }
words.roman = slavic.roman

words.tense = {}
list(words.tense, "past", [[
  был была было были стало стал стала заявил заявила сообщил сообщила сказал сказала прошёл прошел произошёл
  произошел]])
list(words.tense, "future", [[
  будет будут планирует планируют намерен намерены состоится состоятся пройдёт пройдет пройдут начнётся начнется
  ожидается должен должна запланировано собирается]])

-- What begins an order, as to a helper: "call me on Friday".
words.orders = {}
for word in ([[позвони напомни подожди поставь разбуди запиши запланируй покажи]]):gmatch "%S+" do
  words.orders[word] = true
end

return words
