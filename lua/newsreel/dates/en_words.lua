--- English words of dates, by class; en.lua has the rules.
local words = {}

words.month = {
  january = 1, february = 2, march = 3, april = 4, may = 5, june = 6, july = 7, august = 8,
  september = 9, october = 10, november = 11, december = 12,
  jan = 1, feb = 2, mar = 3, apr = 4, jun = 6, jul = 7, aug = 8, sep = 9, sept = 9, oct = 10, nov = 11, dec = 12,
}
words.weekday = {
  monday = 1, tuesday = 2, wednesday = 3, thursday = 4, friday = 5, saturday = 6, sunday = 7,
  mon = 1, tue = 2, tues = 2, wed = 3, thu = 4, thur = 4, thurs = 4, fri = 5, sat = 6, sun = 7,
}
for _, class in ipairs { "month", "weekday" } do
  for word, value in pairs(words[class]) do
    if #word <= 5 and word ~= "may" and word ~= "march" and word ~= "april" and word ~= "june" and word ~= "july" then
      words[class .. "_"] = words[class .. "_"] or {}
      words[class .. "_"][word .. "."] = value
    end
  end
  for word, value in pairs(words[class .. "_"]) do
    words[class][word] = value
  end
  words[class .. "_"] = nil
end
words.weekdays = {
  mondays = 1, tuesdays = 2, wednesdays = 3, thursdays = 4, fridays = 5, saturdays = 6, sundays = 7,
}
words.unit = {
  day = "D", days = "D", week = "W", weeks = "W", month = "M", months = "M", year = "Y", years = "Y",
  decade = "E", decades = "E", century = "C", centuries = "C", quarter = "Q", quarters = "Q", yr = "Y", yrs = "Y",
  hour = "H", hours = "H", hr = "H", hrs = "H", minute = "MIN", minutes = "MIN", min = "MIN", mins = "MIN",
  second = "S", seconds = "S", sec = "S", secs = "S", weekend = "WE", weekends = "WE", millennium = "MIL",
    millennia = "MIL",
  fortnight = "F", fortnights = "F", qtr = "Q",
}
words.big = { day = "D", week = "W", month = "M", year = "Y", decade = "E", century = "C", quarter = "Q",
  weekend = "WE", yr = "Y", qtr = "Q" }
words.span = { day = "D", days = "D", week = "W", weeks = "W", month = "M", months = "M", year = "Y", years = "Y",
  hour = "H", hours = "H", minute = "MIN", minutes = "MIN", quarter = "Q", quarters = "Q", min = "MIN", mins = "MIN",
  hr = "H", hrs = "H", decade = "E", decades = "E", century = "C",
    centuries = "C" }
words.plural = { days = "D", weeks = "W", months = "M", years = "Y", decades = "E", centuries = "C", hours = "H",
  minutes = "MIN", quarters = "Q", weekends = "WE", summers = "Y", winters = "Y" }

local ones = { "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
  "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen" }
local tens = { [20] = "twenty", [30] = "thirty", [40] = "forty", [50] = "fifty", [60] = "sixty", [70] = "seventy",
  [80] = "eighty", [90] = "ninety" }
local ordinals = { "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
  "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
    "nineteenth" }
words.count = { ["a couple of"] = 2, ["a couple"] = 2, couple = 2, ["a hundred"] = 100, ["one hundred"] = 100,
  dozen = 12,
  ["a dozen"] = 12, ["a thousand"] = 1000, ["two thousand"] = 2000, ["a half-dozen"] = 6, ["half a dozen"] = 6,
    hundred = 100 }
words.nth, words.decade_word = {}, {}
for i, word in ipairs(ones) do
  words.count[word] = i
  words.nth[ordinals[i]] = i
end
for n, word in pairs(tens) do
  words.count[word] = n
  for i = 1, 9 do
    words.count[word .. "-" .. ones[i]], words.count[word .. " " .. ones[i]] = n + i, n + i
    if n == 20 or n == 30 and i == 1 then
      words.nth[word .. "-" .. ordinals[i]], words.nth[word .. " " .. ordinals[i]] = n + i, n + i
    end
  end
  words.decade_word[word:gsub("y$", "ies")] = n // 10
end
words.nth.twentieth, words.nth.thirtieth = 20, 30
for _, pair in ipairs { { 1, "st" }, { 2, "nd" }, { 3, "rd" } } do
  words.nth[pair[1] .. pair[2]], words.nth[(20 + pair[1]) .. pair[2]] = pair[1], 20 + pair[1]
end
for i = 4, 20 do
  words.nth[i .. "th"] = i
end
words.vague = { several = "X", few = "X", ["a few"] = "X", many = "X", some = "X", numerous = "X",
  ["a number of"] = "X",
  ["several more"] = "X", ["the few"] = "X", dozens = "X" }
words.spoken = {}
for century, name in pairs { [1700] = "seventeen", [1800] = "eighteen", [1900] = "nineteen", [2000] = "twenty" } do
  for n, word in pairs(tens) do
    words.spoken[name .. " " .. word] = century + n
    for i = 1, 9 do
      words.spoken[name .. " " .. word .. "-" .. ones[i]] = century + n + i
      words.spoken[name .. " " .. word .. " " .. ones[i]] = century + n + i
    end
  end
  for i = 10, 19 do
    words.spoken[name .. " " .. ones[i]] = century + i
  end
end
words.spoken["two thousand"] = 2000
for i = 1, 19 do
  words.spoken["two thousand " .. ones[i]], words.spoken["two thousand and " .. ones[i]] = 2000 + i, 2000 + i
end
words.season = { spring = "SP", summer = "SU", autumn = "FA", fall = "FA", winter = "WI", springtime = "SP",
  summertime = "SU", wintertime = "WI" }
words.part = { morning = "MO", afternoon = "AF", evening = "EV", night = "NI", midday = "MI", ["lunch time"] = "MI",
  lunchtime = "MI",
  ["mid-afternoon"] = "AF", ["mid-morning"] = "MO", ["mid afternoon"] = "AF", nite = "NI", dawn = "MO", dusk = "EV",
    lunch = "MI", overnight = "NI" }
words.parts = { mornings = "MO", afternoons = "AF", evenings = "EV", nights = "NI" }
words.rel = { last = -1, past = -1, previous = -1, this = 0, next = 1, coming = 1, upcoming = 1, ["this past"] = -1,
  ["this coming"] = 1,
  ["this last"] = -1, ["this next"] = 1, ["the coming"] = 1, ["the previous"] = -1, ["the past"] = -1,
    ["the next"] = 1, ["the last"] = -1 }
words.relyear = { ["last year"] = -1, ["this year"] = 0, ["next year"] = 1, ["last year's"] = -1,
  ["this year's"] = 0, ["next year's"] = 1 }
words.today = { today = 0, yesterday = -1, tomorrow = 1, ["the day before yesterday"] = -2,
  ["day before yesterday"] = -2, tomorrows = 1,
  ["the day after tomorrow"] = 2, ["day after tomorrow"] = 2, tmrw = 1, tmr = 1, ["todays"] = 0 }
words.edge = { early = "START", late = "END", mid = "MID", ["the end of"] = "END", ["the beginning of"] = "START",
  ["the start of"] = "START",
  ["the middle of"] = "MID", ["end of"] = "END", ["beginning of"] = "START", ["start of"] = "START",
    ["middle of"] = "MID",
  ["the latter part of"] = "END", ["the early part of"] = "START", ["the first part of"] = "START",
    ["the close of"] = "END" }
words.when = { early = "START", late = "END", earlier = "BEFORE", later = "AFTER", ["early in"] = "START",
  ["late in"] = "END",
  ["earlier in"] = "BEFORE", ["later in"] = "AFTER", mid = "MID", sometime = false, ["some time"] = false }
words.half_day = { am = "AM", pm = "PM", ["a.m."] = "AM", ["p.m."] = "PM", ["a.m"] = "AM", ["p.m"] = "PM",
  ["o'clock"] = false,
  ["in the morning"] = "AM", ["in the afternoon"] = "PM", ["in the evening"] = "PM", ["at night"] = "PM",
    ["hours"] = false }
words.zone = {}
for _, zone in ipairs { "gmt", "utc", "est", "edt", "et", "cst", "cdt", "ct", "mst", "mdt", "pst", "pdt", "pt",
  "cet", "cest", "msk", "bst",
  "local time", "eastern time", "moscow time", "kyiv time", "kiev time", "eastern", "pacific time", "central time",
    "ist", "jst" } do
  words.zone[zone], words.zone["(" .. zone .. ")"] = true, true
end
words.noon = { noon = { hour = 12 }, midnight = { hour = 24 }, ["12 noon"] = { hour = 12 },
  ["12 midnight"] = { hour = 24 } }
words.about = {}
for _, word in ipairs { "about", "around", "nearly", "almost", "at least", "more than", "less than", "up to", "over",
  "approximately",
  "roughly", "no more than", "no less than", "at most", "under", "as many as", "just over", "just under",
  "as much as", "at least another", "about another", "fewer than", "well over", "exactly", "close to" } do
  words.about[word] = true
end
words.present = {}
for _, word in ipairs { "now", "currently", "right now", "at present", "nowadays", "presently", "these days",
  "at the moment",
  "just now" } do
  words.present[word] = "PRESENT_REF"
end
words.gone = {}
for _, word in ipairs { "recently", "the past", "recent years", "recent months", "recent weeks", "recent days",
  "past years",
  "more recently", "most recently", "the recent past", "the distant past", "recent decades", "the old days",
    "earlier times",
  "recent times", "years past", "formerly", "long ago", "months ago", "years ago", "weeks ago", "days ago",
    "decades ago", "centuries ago",
  "moments ago", "hours ago", "some time ago", "a while ago", "not long ago", "a short time ago",
    "recent weeks and months",
  "past decades", "recent quarters", "the early years", "the other day", "a long time ago", "minutes ago" } do
  words.gone[word] = "PAST_REF"
end
words.ahead = {}
for _, word in ipairs { "the future", "soon", "the near future", "the foreseeable future", "coming years",
  "coming months", "coming weeks",
  "coming days", "the coming years", "the coming months", "the coming weeks", "the coming days", "future years",
    "the near term",
  "the weeks ahead", "the months ahead", "the years ahead", "the days ahead", "the distant future",
    "the immediate future",
  "years to come", "coming quarters", "future quarters", "a later date", "the coming decades", "coming decades" } do
  words.ahead[word] = "FUTURE_REF"
end
words.setword = { daily = "P1D", weekly = "P1W", monthly = "P1M", yearly = "P1Y", annually = "P1Y", hourly = "PT1H",
  quarterly = "P3M",
  nightly = "P1D", biweekly = "P2W", biannually = "P6M", ["once a day"] = "P1D", ["once a week"] = "P1W",
    ["once a month"] = "P1M", ["once a year"] = "P1Y",
  ["twice a day"] = "P1D", ["twice a week"] = "P1W", ["twice a month"] = "P1M", ["twice a year"] = "P1Y",
    ["year-round"] = "P1Y", ["day-to-day"] = "P1D" }
words.fiscal = { fiscal = true, calendar = true }

words.feast = {
  christmas = { month = 12, day = 25 }, ["christmas day"] = { month = 12, day = 25 }, xmas = { month = 12, day = 25 },
  ["christmas eve"] = { month = 12, day = 24 }, ["boxing day"] = { month = 12, day = 26 },
  ["new year's day"] = { month = 1, day = 1 }, ["new year's eve"] = { month = 12, day = 31 },
    ["new years day"] = { month = 1, day = 1 },
  ["new years eve"] = { month = 12, day = 31 }, ["epiphany"] = { month = 1, day = 6 },
  ["valentine's day"] = { month = 2, day = 14 }, ["valentines day"] = { month = 2, day = 14 },
    ["halloween"] = { month = 10, day = 31 },
  ["independence day"] = { month = 7, day = 4 }, ["the fourth of july"] = { month = 7, day = 4 },
    ["veterans day"] = { month = 11, day = 11 },
  ["armistice day"] = { month = 11, day = 11 }, ["st. patrick's day"] = { month = 3, day = 17 },
    ["st patrick's day"] = { month = 3, day = 17 },
  ["saint patrick's day"] = { month = 3, day = 17 }, ["april fools' day"] = { month = 4, day = 1 },
    ["april fools"] = { month = 4, day = 1 },
  ["earth day"] = { month = 4, day = 22 }, ["may day"] = { month = 5, day = 1 }, ["labour day"] = { month = 5,
    day = 1 },
  ["victory day"] = { month = 5, day = 9 }, ["juneteenth"] = { month = 6, day = 19 },
    ["all saints' day"] = { month = 11, day = 1 },
  ["all souls' day"] = { month = 11, day = 2 }, ["groundhog day"] = { month = 2, day = 2 },
    ["international women's day"] = { month = 3, day = 8 },
  ["women's day"] = { month = 3, day = 8 }, ["flag day"] = { month = 6, day = 14 }, ["law day"] = { month = 5,
    day = 1 },
  ["lincoln's birthday"] = { month = 2, day = 12 }, ["guy fawkes night"] = { month = 11, day = 5 },
    ["bonfire night"] = { month = 11, day = 5 },
  ["thanksgiving"] = { nth = 4, weekday = 4, month = 11 }, ["thanksgiving day"] = { nth = 4, weekday = 4,
    month = 11 },
  ["black friday"] = { nth = 4, weekday = 4, month = 11, plus = 1 }, ["cyber monday"] = { nth = 4, weekday = 4,
    month = 11, plus = 4 },
  ["labor day"] = { nth = 1, weekday = 1, month = 9 }, ["memorial day"] = { nth = -1, weekday = 1, month = 5 },
  ["martin luther king day"] = { nth = 3, weekday = 1, month = 1 }, ["mlk day"] = { nth = 3, weekday = 1, month = 1 },
  ["presidents' day"] = { nth = 3, weekday = 1, month = 2 }, ["presidents day"] = { nth = 3, weekday = 1, month = 2 },
  ["president's day"] = { nth = 3, weekday = 1, month = 2 }, ["columbus day"] = { nth = 2, weekday = 1, month = 10 },
  ["mother's day"] = { nth = 2, weekday = 7, month = 5 }, ["mothers day"] = { nth = 2, weekday = 7, month = 5 },
  ["father's day"] = { nth = 3, weekday = 7, month = 6 }, ["fathers day"] = { nth = 3, weekday = 7, month = 6 },
  ["election day"] = { nth = 1, weekday = 1, month = 11, plus = 1 }, ["grandparents day"] = { nth = 1, weekday = 1,
    month = 9, plus = 6 },
  ["easter"] = { easter = 0 }, ["easter sunday"] = { easter = 0 }, ["easter monday"] = { easter = 1 },
    ["good friday"] = { easter = -2 },
  ["maundy thursday"] = { easter = -3 }, ["holy thursday"] = { easter = -3 }, ["palm sunday"] = { easter = -7 },
    ["ash wednesday"] = { easter = -46 },
  ["shrove tuesday"] = { easter = -47 }, ["mardi gras"] = { easter = -47 }, ["pancake day"] = { easter = -47 },
    ["holy saturday"] = { easter = -1 },
  ["ascension day"] = { easter = 39 }, ["pentecost"] = { easter = 49 }, ["whit sunday"] = { easter = 49 },
    ["whit monday"] = { easter = 50 },
  ["trinity sunday"] = { easter = 56 }, ["corpus christi"] = { easter = 60 }, ["orthodox easter"] = { pascha = 0 },
  ["orthodox good friday"] = { pascha = -2 }, ["orthodox easter monday"] = { pascha = 1 },
}
for name, feast in pairs {
  ["rosh hashanah"] = { hebrew = 0 }, ["rosh hashana"] = { hebrew = 0 }, ["yom kippur"] = { hebrew = 9 },
  ["sukkot"] = { hebrew = 14 }, ["shemini atzeret"] = { hebrew = 21 }, ["simchat torah"] = { hebrew = 22 },
  ["passover"] = { hebrew = -163 }, ["pesach"] = { hebrew = -163 }, ["purim"] = { hebrew = -193 },
  ["shavuot"] = { hebrew = -113 }, ["hanukkah"] = { kislev = true }, ["hanukah"] = { kislev = true },
  ["chanukah"] = { kislev = true }, ["yom hashoah"] = { hebrew = -151 },
  ["ramadan"] = { islamic = 9, day = 2 }, ["eid al-fitr"] = { islamic = 10, day = 1 }, ["eid ul-fitr"] = { islamic = 10, day = 1 },
  ["eid al-adha"] = { islamic = 12, day = 10 }, ["eid ul-adha"] = { islamic = 12, day = 10 }, ["id ul-adha"] = { islamic = 12, day = 10 },
  ["bakr id"] = { islamic = 12, day = 10 }, ["feast of the sacrifice"] = { islamic = 12, day = 10 },
  ["islamic new year"] = { islamic = 1, day = 1 }, ["ashura"] = { islamic = 1, day = 10 }, ["day of ashura"] = { islamic = 1, day = 10 },
  ["mawlid"] = { islamic = 3, day = 12 }, ["mawlid al-nabawi"] = { islamic = 3, day = 12 }, ["laylat al-qadr"] = { islamic = 9, day = 27 },
  ["washington's birthday"] = { nth = 3, weekday = 1, month = 2 }, ["president day"] = { nth = 3, weekday = 1, month = 2 },
  ["decoration day"] = { nth = -1, weekday = 1, month = 5 }, ["daylight saving start"] = { nth = 2, weekday = 7, month = 3 }, ["daylight savings start"] = { nth = 2, weekday = 7, month = 3 },
  ["daylight saving end"] = { nth = 1, weekday = 7, month = 11 }, ["daylight savings end"] = { nth = 1, weekday = 7, month = 11 },
    ["lincolns birthday"] = { month = 2, day = 12 }, ["valentine day"] = { month = 2, day = 14 }, ["siblings day"] = { month = 4, day = 10 },
  ["orthodox easter sunday"] = { pascha = 0 }, ["clean monday"] = { pascha = -48 }, ["lazarus saturday"] = { pascha = -8 },
  ["whitsunday"] = { easter = 49 }, ["mothering sunday"] = { easter = -21 }, ["martin luther king's day"] = { nth = 3, weekday = 1, month = 1 },
  ["mlk jr. day"] = { nth = 3, weekday = 1, month = 1 }, ["civil rights day"] = { nth = 3, weekday = 1, month = 1 },
  ["lent"] = { easter = -46 }, ["great lent"] = { pascha = -48 },
  ["may bank holiday"] = { nth = 1, weekday = 1, month = 5 }, ["summer bank holiday"] = { nth = -1, weekday = 1, month = 8 },
} do
  words.feast[name] = feast
end
for name, feast in pairs(require "newsreel.dates.en_feasts") do
  words.feast[name] = feast
end
words.feast["lent"] = nil -- "lent money"
words.lent = { lent = { easter = -46 }, ["great lent"] = { pascha = -48 }, ["great fast"] = { pascha = -48 } }
words.feast["corpus christi"] = nil -- a city far more often

words.era = { bc = "BC", ["b.c."] = "BC", bce = "BC", ["b.c.e."] = "BC", ["b.c"] = "BC", ad = "AD", ["a.d."] = "AD",
  ce = "AD", ["c.e."] = "AD" }

words.a = { a = 1, an = 1 }
words.qn = { q1 = 1, q2 = 2, q3 = 3, q4 = 4 }
words.tens, words.tensword = {}, {}
for tens_of = 170, 203 do
  words.tens[tens_of .. "0s"], words.tens[tens_of .. "0's"] = tens_of, tens_of
end
for digit = 1, 9 do
  words.tens["'" .. digit .. "0s"], words.tens[digit .. "0s"] = 190 + digit, 190 + digit
end
words.tens["10s"], words.tens["20s"], words.tens["30s"] = nil, nil, nil
for word, digit in pairs(words.decade_word) do
  words.tensword[word] = 190 + digit
end
words.tensword.twenties, words.tensword.thirties = 192, 193
words.decade_word = nil
words.length = { long = true }

local past, future = "past", "future"
words.tense = { ["let's"] = future, lets = future,
  planning = future, would = future, begins = future, begin = future, starts = future, start = future, opens = future, resumes = future, convenes = future,
  returns = future, meets = future, kicks = future, expires = future, heads = future, arrives = future, visits = future,
  will = future, ["'ll"] = future, shall = future, wo = future, upcoming = future, scheduled = future,
    tentatively = future,
  expects = future, expect = future, hopes = future, due = future, approaches = future, approach = future,
    ahead = future, meet = future,
    intends = future,
  payable = future, maturing = future, planned = future, slated = future, effective = future,
   tomorrow = future, expected = future, going = future,
  proposed = future,   said = past, was = past, were = past, had = past, did = past, says = past, told = past,
    began = past, ["went"] = past, came = past,
  took = past, made = past, met = past, held = past, fell = past, rose = past, won = past, lost = past, left = past,
    gave = past, saw = past,
  since = past, ended = past, sent = past, found = past, spoke = past, wrote = past, got = past, ran = past,
    broke = past, shot = past,
  hit = past, led = past, put = past, cut = past, closed = past, been = past, has = past, have = past,
    ["after"] = past, ago = past,
  set = past, caught = past, chose = past, drove = past, fought = past, heard = past, laid = past, meant = past,
  rode = past, shut = past, spent = past, stole = past, swore = past, taught = past, threw = past, withdrew = past,
  stayed = past, read = past,
  became = past, brought = past, bought = past, sold = past, thought = past, felt = past, kept = past, knew = past,
    grew = past,
  flew = past, fled = past, died = past, paid = past, drew = past, struck = past, stood = past, sought = past,
    taken = past, reportedly = past,
}

-- What is of today is of our time.
words.times = {}
for word in ([[
  world society economy youth generation generations young children kids teenagers students parents women standards
  politics culture technology technologies era age climate environment terms dollars money media workers voters leaders
  politicians challenges threats realities reality circumstances conditions]]):gmatch "%S+" do
  words.times[word] = true
end
-- Words beside which a verb in the past need not mean what has happened.
words.unsure = {}
for word in ([[
  could may might should can must if unless whether when starting effective ends begins scheduled slated set due
  canceled cancelled postponed]]):gmatch "%S+" do
  words.unsure[word] = true
end
-- Words right before a date up to which, or from which on, something holds: "no visits before Aug. 1".
words.behind = {}
for word in ("before until till through by to"):gmatch "%S+" do
  words.behind[word] = true
end
-- What may follow a date that is no part of a noun: before any other word "the May 7 election" is one.
words.follows = {}
for word in ([[
  a about after against ago all also although amid among an and another any are around as at be because before
  between both but by can could despite did does due during each even ever for from further had has have he her here
  his how however i if in inside into is it its just last later may might more most must my near new no nor not now of
  off on once only onto or other our out outside over past per she should since so some still than that the their
  then there these they this those though through throughout till to today together too toward towards two under
  unless until up upon via was we were what when where whether which while who whose why will with within without
  would yet you your]]):gmatch "%S+" do
  words.follows[word] = true
end

-- What begins an order, as to a helper: "call me on Friday".
words.orders = {}
for word in ([[set call remind wait start schedule book wake ring text email show find plan meet see]]):gmatch "%S+" do
  words.orders[word] = true
end

return words
