--- Ukrainian words of dates, by class; the rules are in slavic.lua.
local slavic = require "newsreel.dates.slavic"

local words = {}
local forms = slavic.forms

local function list(class, value, text)
  for word in text:gmatch "%S+" do
    class[(word:gsub("_", " "))] = value
  end
end

words.month, words.monthadj = {}, {}
local stems = { "січ", "лют", "берез", "квіт", "трав", "черв", "лип", "серп", "верес", "жовт", "листопад", "груд" }
for number, stem in ipairs(stems) do
  if number == 2 then
    forms(words.month, 2, stem, "ий ого ому им")
  elseif number == 11 then
    forms(words.month, 11, stem, "0 а у і ом")
  else
    forms(words.month, number, stem, "ень ня ні ню нем")
    forms(words.monthadj, number, stem, "нева невий невої невого невими невих неві неву невому невою")
  end
  forms(words.monthadj, 11, "листопад", "овий ова ового ової ові ових ову")
end
for short, number in pairs { ["січ"] = 1, ["лют"] = 2, ["бер"] = 3, ["квіт"] = 4, ["кві"] = 4, ["трав"] = 5,
  ["черв"] = 6, ["лип"] = 7, ["серп"] = 8, ["сер"] = 8,
  ["вер"] = 9, ["жовт"] = 10, ["лист"] = 11, ["груд"] = 12, ["жов"] = 10, ["гру"] = 12 } do
  words.month[short], words.month[short .. "."] = number, number
end
words.month["лист"] = nil
words.weekday = {}
for number, text in ipairs { "понеділок понеділка понеділку понеділком", "вівторок вівторка вівторку вівторком",
  "середа середи середу середі середою",
  "четвер четверга четвергу четвергом", "п'ятниця п'ятниці п'ятницю п'ятницею",
    "субота суботи суботу суботі суботою", "неділя неділі неділю неділею" } do
  list(words.weekday, number, text)
end
for short, number in pairs { ["пн"] = 1, ["вт"] = 2, ["ср"] = 3, ["чт"] = 4, ["пт"] = 5, ["сб"] = 6, ["нд"] = 7 } do
  words.weekday[short], words.weekday[short .. "."] = number, number
end
words.weekdays = { ["щопонеділка"] = 1, ["щовівторка"] = 2, ["щосереди"] = 3, ["щочетверга"] = 4, ["щоп'ятниці"] = 5,
  ["щосуботи"] = 6, ["щонеділі"] = 7 }

words.span = {}
for unit, text in pairs {
  D = "день дня дню днем дні днів днях днями доба доби добу діб",
    W = "тиждень тижня тижню тижнем тижні тижнів тижнях", M = "місяць місяця місяцю місяці місяців місяцях",
  Y = "рік року році роки років роках роком роками", H = "година години годину годин годинах годині",
    MIN = "хвилина хвилини хвилину хвилин хв",
  S = "секунда секунди секунду секунд сек", E = "десятиліття десятиліть", C = "століття століть сторіччя",
    Q = "квартал квартали кварталів кварталу кварталі",
} do
  list(words.span, unit, text)
end
words.span["рок"] = nil
words.unit = words.span
words.big = {}
for word, unit in pairs(words.span) do
  if unit ~= "H" and unit ~= "MIN" and unit ~= "S" then
    words.big[word] = unit
  end
end
words.yearword = {}
list(words.yearword, true, "року рік роки років роках роками р. рр. рр р роком")
words.yearin = { ["році"] = true, ["року"] = true, ["роках"] = true }
words.weekend = {}
list(words.weekend, "WE", "вихідних вихідні уїкенд вікенд вихідними")

words.count = { ["півтора"] = 1.5, ["півтори"] = 1.5, ["пара"] = 2, ["пари"] = 2, ["пару"] = 2, ["обох"] = 2,
  ["сто"] = 100, ["сорок"] = 40 }
local numerals = {
  "один одна одну одного одної одне", "два дві двох двома", "три трьох трьома", "чотири чотирьох",
    "п'ять п'яти п'ятьох", "шість шести шістьох", "сім семи сімох", "вісім восьми",
  "дев'ять дев'яти", "десять десяти", "одинадцять одинадцяти", "дванадцять дванадцяти", "тринадцять тринадцяти",
    "чотирнадцять чотирнадцяти", "п'ятнадцять п'ятнадцяти",
  "шістнадцять", "сімнадцять", "вісімнадцять", "дев'ятнадцять",
}
for n, text in ipairs(numerals) do
  list(words.count, n, text)
end
for n, text in pairs { [20] = "двадцять двадцяти", [30] = "тридцять тридцяти", [50] = "п'ятдесят",
  [60] = "шістдесят", [70] = "сімдесят", [80] = "вісімдесят", [90] = "дев'яносто" } do
  list(words.count, n, text)
  for one, unit in ipairs { "один", "два", "три", "чотири", "п'ять", "шість", "сім", "вісім", "дев'ять" } do
    words.count[text:match "%S+" .. " " .. unit] = n + one
  end
end
words.count["двадцяти чотирьох"] = 24
words.nth = {}
local ordinals = { "перш", "друг", "треті", "четверт", "п'ят", "шост", "сьом", "восьм", "дев'ят", "десят",
  "одинадцят", "дванадцят", "тринадцят", "чотирнадцят", "п'ятнадцят",
  "шістнадцят", "сімнадцят", "вісімнадцят", "дев'ятнадцят" }
local hard = "ий ого ому им ій а ої у е і их ими ою"
for n, stem in ipairs(ordinals) do
  if n == 3 then
    list(words.nth, 3, "третій третього третьому третім третя третьої третю третє треті третіх")
  else
    forms(words.nth, n, stem, hard)
  end
end
forms(words.nth, 20, "двадцят", hard)
forms(words.nth, 30, "тридцят", hard)
for n = 1, 9 do
  if n == 3 then
    list(words.nth, 23, "двадцять_третього двадцять_третє двадцять_третій")
  else
    forms(words.nth, 20 + n, "двадцять " .. ordinals[n], "ого е ий ому")
  end
end
forms(words.nth, 31, "тридцять перш", "ого е ий ому")
words.nthnum, words.ordend, words.decend = {}, {}, {}
list(words.ordend, true, "-й -го -му -м -ї -у -та -а -те -е -ої -ій -ого -ому -ім -им")
for n = 1, 31 do
  for ending in pairs(words.ordend) do
    words.nthnum[n .. ending] = n
  end
end
list(words.decend, true, "-х -ті -их -ві -ні -тих -ми -ті -рр")
words.vague = {}
list(words.vague, "X", "кілька кількох декілька декількох багато багатьох пару_ кілька_перших довгі")
words.about = {}
list(words.about, true, [[
  близько понад майже приблизно орієнтовно більше_ніж менше_ніж щонайменше не_менше не_більше більш_як менш_як
  більш_ніж]])
words.rel, words.same = {}, {}
forms(words.rel, -1, "минул", "ий ого ому им ої у ій а е і их")
forms(words.rel, -1, "останн", "ій ього ьому ім ьої ю я є і іх")
forms(words.rel, -1, "попередн", "ій ього ьому ім ьої ю я є і іх")
forms(words.rel, 1, "наступн", "ий ого ому им ої у ій а е і их")
forms(words.rel, 1, "майбутн", "ій ього ьому ім ьої ю я є і іх")
list(words.rel, 0, "цей цього цьому цим ця цієї цю цій це ці цих поточний поточного поточному поточної")
list(words.same, true, "того_ж того_самого тому_ж тієї_ж ту_ж тим_же того цього_ж тій_же цього_самого того_ж_самого")
words.season, words.seasonly, words.seasonprep = {}, {}, {}
for value, text in pairs { SP = "весна весни весну весною навесні весні", SU = "літо літа літі літом влітку улітку",
  FA = "осінь осені осінню восени", WI = "зима зими зиму зимою взимку узимку" } do
  list(words.season, value, text)
end
for value, text in pairs { SP = "навесні", SU = "влітку улітку", FA = "восени", WI = "взимку узимку" } do
  list(words.seasonly, value, text)
end
list(words.seasonprep, true, "до з від за на")
words.part, words.alonepart = {}, {}
for value, text in pairs { MO = "ранок ранку вранці уранці зранку ранком ранковий", AF = "вдень удень",
  EV = "вечір вечора ввечері увечері вечором надвечір", NI = "ніч ночі вночі уночі ніччю",
  MI = "полудень обід в_обід опівдні" } do
  list(words.part, value, text)
end
for value, text in pairs { MO = "вранці зранку уранці", AF = "вдень", EV = "ввечері увечері", NI = "вночі уночі",
  MI = "опівдні" } do
  list(words.alonepart, value, text)
end
words.night = {}
list(words.night, true, "ніч ночі")
words.against = { ["проти"] = true }
words.noon = { ["опівдні"] = { hour = 12 }, ["опівночі"] = { hour = 24 }, ["північ"] = { hour = 24 },
  ["півночі"] = { hour = 24 }, ["полудень"] = { hour = 12 } }
words.noon["північ"], words.noon["півночі"] = nil, nil
words.noon["близько півночі"] = { hour = 24 }
words.half_day = { ["ранку"] = "AM", ["вечора"] = "PM", ["дня"] = "PM", ["ночі"] = "AM", ["вечору"] = "PM" }
words.hourword, words.minuteword, words.hourshort = {}, {}, {}
list(words.hourword, true, "година години годині годину годин год год. ч")
list(words.minuteword, true, "хвилин хвилини хв хв.")
list(words.hourshort, true, "год год. година ч")
words.zone = { ["за києвом"] = true, ["за московським часом"] = true, gmt = true, utc = true, cet = true,
  ["за київським часом"] = true }
words.today = { ["сьогодні"] = 0, ["вчора"] = -1, ["учора"] = -1, ["завтра"] = 1, ["позавчора"] = -2,
  ["післязавтра"] = 2, ["позапозавчора"] = -3, ["післяпіслязавтра"] = 3 }
words.edge = {}
list(words.edge, "START", "початку початок початком")
list(words.edge, "MID", "середині середини середина")
list(words.edge, "END", "кінця кінці кінець наприкінці кінцем під_кінець")
words.prep, words.prep2 = {}, {}
list(words.prep, true, "в у о об на з із до від по за")
words.prep2 = {}
list(words.prep2, true, "в_ у_")
words.to, words["and"] = {}, {}
list(words.to, true, "по до")
list(words["and"], true, "і й та")
words.centuryword, words.era, words.q, words.halfword, words.halfof = {}, {}, {}, {}, {}
list(words.centuryword, true, "століття столітті століттю століттям ст. сторіччя ст")
for word, value in pairs { ["до н. е."] = "BC", ["до н.е."] = "BC", ["до нашої ери"] = "BC", ["до н. е"] = "BC",
  ["до н.е"] = "BC", ["н. е."] = "AD", ["н.е."] = "AD", ["нашої ери"] = "AD" } do
  words.era[word] = value
end
list(words.q, true, "квартал кварталу кварталі")
list(words.halfword, true, "половині половини половина півріччя півріччі")
list(words.halfof, true, "з_половиною")
words.ago, words.after, words.laterword, words.inside, words.during, words.beforethat = {}, {}, {}, {}, {}, {}
list(words.ago, true, "тому назад")
list(words.after, true, "через за")
words.after["за"] = nil
list(words.laterword, true, "потому по_тому")
list(words.inside, true, "за")
list(words.during, true, "протягом впродовж упродовж на_протязі")
list(words.beforethat, true, "до_цього до_того")
words.halfhour = { ["півгодини"] = 0.5, ["пів години"] = 0.5 }
words.several, words.all = {}, {}
list(words.several, "X", "багато")
list(words.all, true, "всю увесь усю весь все")
words.every = {}
list(words.every, true, "кожен кожного кожні кожної кожну кожних кожна кожне щокожні")
words.setword = {}
for value, text in pairs { P1D = "щодня щоденно щоденний щоденні щоденного щоденну щоденна",
  P1W = "щотижня щотижнево щотижневий щотижневі", P1M = "щомісяця щомісячно щомісячний щомісячні",
  P1Y = "щороку щорічно щорічний щорічного щорічні щорічна", PT1H = "щогодини", P3M = "щоквартально щокварталу" } do
  list(words.setword, value, text)
end
words.present, words.gone, words.ahead = {}, {}, {}
list(words.present, "PRESENT_REF", [[
  нині зараз наразі донині на_цей_час у_цей_час в_цей_час в_той_час на_той_час у_той_час у_ці_дні сьогоднішній_день
  у_наш_час на_даний_момент в_даний_час тим_часом]])
list(words.gone, "PAST_REF", "нещодавно недавно раніше колись останнім_часом")
list(words.ahead, "FUTURE_REF", "незабаром невдовзі скоро у_майбутньому найближчим_часом")

words.spanadj, words.worded = {}, {}
local adjective = "ий ого ому им а ої у ій е і их ою"
local prefix = { "одно", "дво", "три", "чотири", "п'яти", "шести", "семи", "восьми", "дев'яти", "десяти" }
for stem, unit in pairs { ["денн"] = "D", ["річн"] = "Y", ["місячн"] = "M", ["тижнев"] = "W", ["годинн"] = "H",
  ["хвилинн"] = "MIN", ["добов"] = "D" } do
  forms(words.spanadj, unit, stem, adjective)
  for n, first in ipairs(prefix) do
    forms(words.worded, { count = n, unit = unit }, first .. stem, adjective)
  end
end

words.feast = {
  ["різдво"] = { month = 1, day = 7 }, ["різдва"] = { month = 1, day = 7 }, ["католицьке різдво"] = { month = 12,
    day = 25 }, ["католицького різдва"] = { month = 12, day = 25 },
  ["новий рік"] = { month = 1, day = 1 }, ["нового року"] = { month = 1, day = 1 },
    ["день незалежності"] = { month = 8, day = 24 }, ["дня незалежності"] = { month = 8, day = 24 },
  ["день перемоги"] = { month = 5, day = 9 }, ["великдень"] = { pascha = 0 }, ["великодня"] = { pascha = 0 },
    ["трійця"] = { pascha = 49 }, ["вербна неділя"] = { pascha = -7 },
  ["день конституції"] = { month = 6, day = 28 }, ["день соборності"] = { month = 1, day = 22 },
    ["святвечір"] = { month = 1, day = 6 }, ["міжнародний жіночий день"] = { month = 3, day = 8 },
  ["день святого валентина"] = { month = 2, day = 14 }, ["день матері"] = { nth = 2, weekday = 7, month = 5 },
    ["покрова"] = { month = 10, day = 14 }, ["хелловін"] = { month = 10, day = 31 },
  ["день закоханих"] = { month = 2, day = 14 },
}
words.lastword = {}
for word, value in pairs(words.rel) do
  if value == -1 and word:find "^останн" then
    words.lastword[word] = -1
  end
end
words.next_day = { ["наступного дня"] = true }
words.plusminus = { ["+"] = 1, ["-"] = -1 }
words.roman = slavic.roman

words.tense = {}
list(words.tense, "past", [[
  був була було були стало став стала заявив заявила повідомив повідомила сказав сказала відбувся відбулася відбулися
  почав почала почалася]])
list(words.tense, "future", [[
  буде будуть має мають планує планують відбудеться відбудуться почнеться очікується повинен заплановано збирається
  збираються до]])
words.tense["до"] = nil

-- What begins an order, as to a helper: "call me on Friday".
words.orders = {}
for word in ([[подзвони нагадай зачекай постав розбуди запиши заплануй покажи]]):gmatch "%S+" do
  words.orders[word] = true
end

return words
