--- English dates: the rules. The words are in en_words.lua, the pattern language in grammar.lua.
local common = require "newsreel.dates.common"
local words = require "newsreel.dates.en_words"

local macros = {
  clock = "({sharp} | <hour>^<h>^<minute> | <hour>^<h> | <hour> ~<half_day> | <noon>) (~,? <zone>)?",
  sharp = "<hour>^:^<minute>(^:^<second>)? ~<half_day>?",
  hm = "<hour>(^:^<minute>)? ~<half_day>?",
  to = "(<dash> | to | until | till | and)",
  md = "(<month> ~,? the? <dd> | <month> ~,? the? ~<nth:day>)",
  dm = "(the? <dd> of? <month> | the? <nth:day> of? <month>)",
  d = "(<dd> | <nth:day>)",
  years = "(<count:years> | <digits:years> | <a:years>)",
  n1 = "(<count> | <decimal> | <vague:count> | <a:count>)",
}

local rules = {
  -- full dates
  { "iso", "{iso}", "date" },
  { "iso", "<year>^/^(<mm> | <month>)^/^<day>", "date" },
  { "month-day-year", "({wd} ~,?)? {md} ~,? {y}", "date" },
  { "month-day-year", "({wd} ~,?)? {dm} ~,? {y}", "date" },
  { "month-day-year", "{clock} ~,? on? ({wd} ~,?)? ({md} | {dm}) ~,? {y}", "date" },
  { "month-day-year", "({wd} ~,?)? ({md} | {dm}) ~,? {y} ~,? at? {clock}", "date" },
  { "month-day-year", "<day>^<dash>^<month>^<dash>^(<year> | <yy>)", "date" },
  { "month-day-year", "<day>^/^<month>^/^(<year> | <yy>)", "date" },
  { "year-month-day", "<year> <month> <dd>", "date" },
  { "month-day-year", "({wd} ~,?)? ({md} | {dm}) ~,? <old:year> <era>", "date", { old = true } },
  { "numeric", "({wd} ~,?)? <mm>^/^<day>^/^(<year> | <yy>)", "date" },
  { "numeric", "({wd} ~,?)? <day>^/^<mm>^/^(<year> | <yy>)", "date" },
  { "numeric", "<mm>^-^<day>^-^(<year> | <yy>)", "date" },
  { "numeric", "<day>^-^<mm>^-^(<year> | <yy>)", "date" },
  { "numeric", "<day>^.^<mm>^.^<year>", "date" },
  { "numeric", "<mm>^.^<day>^.^<year>", "date" },
  { "numeric", "(<mm>^/^<day> | <day>^/^<mm> | <mm>^-^<day>)^(/ | -)^(<year> | <yy>) ~(, | :)? ~at? ~{clock}",
    "date" },
  { "numeric", "{clock} ~,? on? <mm>^/^<day>^/^(<year> | <yy>)", "date" },

  { "numeric-month", "<mm>^/^<year>", "date" },

  -- month and day
  { "month-day", "({wd} ~,? the?)? <edge>? {md}", "date" },
  { "month-day", "({wd} ~,? the?)? {dm}", "date" },
  { "month-day", "({md} | {dm}) ~,? {wd}", "date" },
  { "month-day-time", "{clock} ~,? on? ({wd} ~,?)? ({md} | {dm})", "date" },
  { "month-day-time", "({wd} ~,?)? ({md} | {dm}) ~,? at? {clock}", "date" },
  { "month-day-part", "({wd} ~,?)? ({md} | {dm}) ~,? (in the)? <part>", "date" },
  { "month-day-part", "the? <part> of ({wd} ~,?)? ({md} | {dm}) ~(, {y} | {y})?", "date" },
  { "month-day-rel", "({md} | {dm}) ~,? of? <relyear:year_rel>", "date" },

  -- weekdays
  { "weekday", "(<early:edge>)? {wd}", "date" },
  { "weekday-part", "(<early:edge>)? {wd} ~,? (in the)? <part>", "date" },
  { "weekday-part", "<part> of {wd}", "date" },
  { "weekday-time", "{clock} ~,? (on)? {wd} <part>?", "date" },
  { "weekday-time", "{wd} ~,? (<part>)? ~,? at? {clock}", "date" },
  { "weekday-rel", "<when:edge>? <rel> {wd} <part>?", "date" },
  { "weekday-day", "{wd} <dd>", "month_day" },
  { "month-day-of", "on? the? (<dd> | <nth:day>) (day)? of? the? (<rel> | <this:rel>) month", "month_day" },
  { "weekday-day", "{wd} the (<dd> | <nth:day>)", "month_day" },
  { "weekday-week", "{wd} ~,? (of | from)? the? <rel> <big:unit>", "relative" },
  { "weekday-month", "the? (<nth:nth_of> | <lastword:nth_of>) {wd} (in | of) <month> ~(, {y} | of {y} | {y})?",
    "nth_weekday" },
  { "weekday-month", "the? (<nth:nth_of> | <lastword:nth_of>) {wd} (in | of) (<rel> | the) month", "nth_weekday",
    { unit = "M" } },

  -- months
  { "month-year", "<edge>? _<month> ~,? of? {y}", "date" },
  { "month-year", "<edge>? _<month> ~,? of? <spoken:year>", "date" },
  { "month-year", "<month> <old:year> <era>", "date", { old = true } },
  { "month-year-rel", "<edge>? _<month> ~,? of? <relyear:year_rel>", "date" },
  { "month-year-same", "<edge>? _<month> (of that year | of the same year | that year | the same year)", "date",
    { year_same = true } },
  { "month", "<edge>? _<month>", "date" },
  { "month-rel", "<when:edge>? <rel> <month>", "date" },
  { "month-range", "[<edge>? _<month>] (to | through | and | until) [<edge>? _<month> ~,? {y}]", "date" },
  { "month-range", "[<edge>? _<month>]^<dash>^[<month> ~,? {y}?]", "date" },

  -- ranges of days
  { "day-range", "[{md}] (to | through | until | till | and) [{d}] ~(, {y} | {y})?", "date" },
  { "day-range", "[<month> {d}]^<dash>^[{d} ~(, {y} | {y})?]", "date" },
  { "day-range", "[<month> {d}]^<dash>^[<month> {d} ~(, {y} | {y})?]", "date" },
  { "day-range",
    "[<month> {d} ~(, {y} | {y})?] (to | through | until | till | <dash>) [<month> {d} ~(, {y} | {y})?]", "date" },
  { "day-range", "[{d}]^<dash>^[{d} of? <month> ~(, {y} | {y})?]", "date" },
  { "day-range", "[the? {d}] (to | through | until | till | and) [the? {d} of? <month> ~(, {y} | {y})?]", "date" },
  { "day-range", "[{d} <month> ~(, {y} | {y})?]^<dash>^[{d} <month> ~(, {y} | {y})?]", "date" },
  { "day-range", "[{d} <month> ~(, {y} | {y})?] (to | through | until | till) [{d} <month> ~(, {y} | {y})?]",
    "date" },
  { "day-range", "[<mm>^/^<day>^/^<year>]^<dash>^[<mm>^/^<day>^/^<year>]", "date" },

  -- years and longer
  { "year-range", "between [<year>] and [<year>]", "date" },
  { "year-range", "[<year>]^<dash>^[<year>]", "date" },
  { "year-range", "[<year>]^<hyphen>^[<yy:yy>]", "date" },
  { "year", "<edge>? _<year>", "date" },
  { "year", "<edge>? the year <year>", "date" },
  { "year-open", "<year> (and beyond | or later)", "date", { mod = "ON_OR_AFTER" } },
  { "year-spoken", "(the year)? <spoken:year>", "date" },
  { "year-fiscal", "<edge>? the? <fiscal> year? {y}", "date" },
  { "year-fiscal", "fy ~<year>", "date" },
  { "year-era", "<old:year> <era>", "date", { old = true } },
  { "decade", "the? <edge>? _<tens:decade>", "decade" },
  { "decade", "the <edge>? _<tensword:decade>", "decade" },
  { "century", "the? <edge>? _the? <nth:century> _century <era>?", "century" },

  -- seasons, quarters, halves
  { "season-year", "<edge>? the? <season> ~,? of? ({y} | <spoken:year>)", "date" },
  { "season-year", "<edge> <season> ~,? of? {y}", "date" },
  { "season-rel", "<when:edge>? <rel> <season>", "date" },
  { "season-year", "the? <season> of? <relyear:year_rel>", "date" },
  { "season", "<edge>? the <edge>? <season>", "date" },
  { "season", "<edge> _<season>", "date" },
  { "season", "(in | since | until | by | during) [<season>]", "date" },
  { "quarter", "(<edge> | the)? <fiscal>? _<nth:quarter> _<q> ~(, {y} | of? <fiscal>? {y})?", "quarter" },
  { "quarter", "the? <fiscal>? <year> _<nth:quarter> _<q>", "quarter" },
  { "quarter", "<relyear:year_rel> <fiscal>? _<nth:quarter> _<q>", "quarter" },
  { "quarter", "the? <fiscal>? _<nth:quarter> _<q> of? <relyear:year_rel>", "quarter" },
  { "quarter", "<qn:quarter> ~,? (of)? {y}?", "quarter" },
  { "quarter-back", "the? (comparable | corresponding | same)? <back:ago> _<nth:quarter> _<q>", "quarter", { back = 1 } },
  { "quarter-rel", "the? <rel> <q>", "relative", { unit = "Q" } },
  { "nth-unit", "the? (<nth:nth_of> | <lastword:nth_of>) <big:unit> (of | in) <month>? {y}?", "nth_unit" },
  { "nth-unit", "the? (<nth:nth_of> | <lastword:nth_of>) <big:unit> (of | in) <relyear:year_rel>", "nth_unit" },
  { "nth-unit", "the? <nthlast:nth_of> <big:unit> (of | in) <month>? {y}?", "nth_unit" },
  { "half", "the? (<nth:half> | <lasthalf:half>) half of ({y} | <relyear:year_rel>)", "half" },
  { "half", "the <nth:half> half", "half" },

  -- today and its neighbours
  { "today", "<when:edge>? <today:offset>", "today" },
  { "today-now", "[today's] <times>", "ref", { ref = "PRESENT_REF" } },
  { "today-now", "[tomorrow's] <times>", "ref", { ref = "FUTURE_REF" } },
  { "today-now", "of [tomorrow]", "ref", { ref = "FUTURE_REF" } },
  { "today-now", "(even | still | than | of) [today]", "ref", { ref = "PRESENT_REF" } },
  { "today-part", "<when:edge>? <today:offset> ~,? (in the)? <part>", "today" },
  { "today-part", "<edge>? _<part> <today:offset>", "today" },
  { "today-part", "<when:edge>? this <part>", "today", { offset = 0 } },
  { "today-part", "<when:edge>? (tonight | tonite)", "today", { offset = 0, part = "NI" } },
  { "today-part", "<when:edge>? last night", "today", { offset = -1, part = "NI" } },
  { "today-time", "{clock} ~,? <today:offset> <part>?", "today" },
  { "today-time", "<today:offset> ~,? <part>? ~,? (at | @)? {clock}", "today" },
  { "today-time", "this <part> ~,? (at | @)? {clock}", "today", { offset = 0 } },
  { "today-time", "{clock} this <part>", "today", { offset = 0 } },
  { "today-time", "tonight ~,? (at | @)? {clock}", "today", { offset = 0 } },
  { "clock", "{clock}", "time", { rolls = true } },
  { "clock", "(around | about | shortly before | shortly after) <hour>^:^<minute> ~<half_day>", "time" },
  { "clock-range",
    "[{hm}] ~{to} ~[<hour>(^:^<minute>)? ~<half_day>]",
    "time" },
  { "clock-range",
    "(from | between)? [{hm}] ~{to} ~[{hm}] on? {wd}", "time" },
  { "clock-range",
    "{wd} (from | between)? [{sharp}] ~{to} ~[{sharp}]", "time" },
  { "clock-range",
    "[{hm}] ~{to} ~[{hm}] <today:offset>", "time" },
  { "part", "(in | during | through | by | of) [the? <part>]", "part" },
  { "part", "<edge> _<part>", "part" },

  -- counted from the day
  { "previous-next", "the (following | next) day", "previous", { unit = "D", rel = 1 } },
  { "unit-rel", "<when:edge>? the? <rel> <big:unit>", "relative" },
  { "unit-rel", "<edge> the? <rel> <big:unit>", "relative" },
  { "unit-edge", "<when:edge> the <big:unit>", "relative", { rel = 0 } },
  { "unit-edge", "the? <abbreviation>", "relative", { rel = 0 } },
  { "unit-edge", "<edge> the <big:unit>", "relative", { rel = 0 } },
  { "unit-edge", "<edgeof:edge> <big:unit>", "relative", { rel = 0 } },
  { "unit-edge", "<edge> (the following) <big:unit>", "relative", { rel = 1 } },
  { "unit-edge", "around? the? (year-end | year end | year's end)", "relative", { rel = 0, unit = "Y",
    edge = "END" } },
  { "weekend", "<when:edge>? the weekend", "relative", { rel = 0, unit = "WE" } },
  { "unit-current", "the? current <fiscal>? <big:unit>", "relative", { rel = 0 } },
  { "unit-rel", "<rel> <fiscal> <big:unit>", "relative" },
  { "year-ago", "(a year ago | a year earlier | year-earlier | year-ago)", "year_ago" },
  { "year-ago", "the? <back> (period | <q>)", "year_ago" },
  { "unit-ago", "<about>? {n1} _<unit> (ago | back)", "shift", { sign = -1 } },
  { "unit-ago", "<about>? half an? hour ago", "shift", { sign = -1, count = 0.5, unit = "H" } },
  { "unit-ago", "<about>? {n} and a half _<unit> ago", "shift", { sign = -1, half_unit = true } },
  { "unit-ago", "(a week | a month | a year) or so ago", "ref", { ref = "PAST_REF" } },
  { "unit-from", "<about>? {n1} more? _<unit> (from now | hence | from today)", "shift", { sign = 1 } },
  { "unit-in", "(in | within) [<halfhour:count>]", "in_unit", { sign = 1, unit = "H" } },
  { "unit-from", "half an? hour from now", "shift", { sign = 1, count = 0.5, unit = "H" } },
  { "unit-in", "(in | within) [<about>? {n1} more? _<unit>]", "in_unit", { sign = 1 } },
  { "weekday-from", "{wd} after next", "nth_from", { count = 2, sign = 1 } },
  { "weekday-from", "(<count> | <digits>) <weekdays:weekday> (ago | back)", "nth_from", { sign = -1 } },
  { "weekday-from", "(<count> | <digits>) <weekdays:weekday> from now", "nth_from", { sign = 1 } },

  -- counted from the date before
  { "previous", "(earlier | later)? (that | the same | that same) <big:unit>", "previous" },
  { "previous-part", "(that | the same | that same) <part>", "previous", { unit = "D" } },
  { "previous-next", "the (following | next) <big:unit>", "previous", { rel = 1 } },
  { "previous-next", "the (next | following) <part>", "previous", { unit = "D", rel = 1 } },
  { "previous-last", "the (preceding | day) before?", "previous", { unit = "D", rel = -1 } },
  { "year-ended", "(for | in | of | during | over | through | on) [the <fiscal>? year] (ended | ending | that ended)",
    "duration", { unit = "Y", count = 1 } },
  { "report", "the latest? <reported:unit>", "report" },
  { "report", "the full year", "report", { unit = "Y" } },
  { "report", "(for | in | of | during | over | through | on) [the year]", "report", { unit = "Y" } },
  { "quarter-year", "the <year> (<q> | period)", "quarter_of" },

  -- durations
  { "duration", "<about>? {n} more? _<span:unit> _<length>?", "duration" },
  { "duration", "<about>? {n} _<clockspan:unit>", "duration" },
  { "duration", "<about>? <a:count> <span:unit>", "duration" },
  { "duration", "the <count> <span:unit>", "duration" },
  { "duration", "<about>? the? (first | final | opening | latest) {n} <span:unit>", "duration" },
  { "duration", "<about>? <rel> {n} <span:unit>", "span_rel" },
  { "duration-of", "the? first {n} <span:unit> of (the current year | <relyear:year_rel>)", "first_of" },
  { "duration", "<about>? {n} and a half _<span:unit>", "duration", { half_unit = true } },
  { "duration", "<a:count> <span:unit> and a half", "duration", { half_unit = true } },
  { "duration", "<digits> <frac> _<span:unit>", "duration" },
  { "duration", "<about>? <a:count> half ~- <span:unit>", "duration", { count = 0.5 } },
  { "duration", "half an? (hour)", "duration", { count = 0.5, unit = "H" } },
  { "duration", "{n} <span:unit> (and | ~,) <count:count2> <span:unit2>", "duration" },
  { "unit-later", "[<about>? {n1} <span:unit>] <later:sign>", "from_event" },
  { "duration", "<count> (to | or | <dash>) <count:count2_> <span:unit>", "duration" },
  { "duration", "(for | in | over | after | of | within | several | by | past) [<plural:unit>]", "duration",
    { count = "X" } },
  { "duration-long", "<plural:unit> _long", "duration", { count = "X" } },

  -- sets
  { "set", "<setword:value>", "set" },
  { "set", "(every | each) (<count> | other)? <span:unit>", "set" },
  { "set", "(every | each) ({wd} | <season> | <part>) <part>?", "set" },
  { "set", "(every | each) {wd} and? <part>?", "set" },
  { "set", "<weekdays:weekday>", "set" },
  { "set", "{wd} <parts:part>", "set" },
  { "set", "per <span:unit>", "set" },
  { "set-rate", "(a | an) <span:unit>", "set" },

  -- now, before, later
  { "present", "<present:ref>", "ref" },
  { "past", "<gone:ref>", "ref" },
  { "future", "<ahead:ref>", "ref" },

  -- feasts
  { "feast", "<feast>", "feast" },
  { "feast", "<feast> ~,? (of | in)? {y}", "feast" },
  { "feast", "<feast> (of)? <relyear:year_rel>", "feast" },
  { "feast", "<rel> <feast>", "feast" },
  { "feast", "<feast> in {years} (years | year)", "feast", { sign = 1 } },
  { "feast", "<feast> {years} (years | year) ago", "feast", { sign = -1 } },
}

words.q = { quarter = true, qtr = true, quarters = true, ["quarter's"] = true }
words.back = { ["year-ago"] = true, ["year-earlier"] = true, ["year ago"] = true, ["year earlier"] = true }
words.lasthalf = { last = 2, latter = 2 }
words.reported = { quarter = "Q" }
words.clockspan = { second = "S", seconds = "S", hour = "H", minute = "MIN" }
words.early = { early = "START", late = "END", mid = "MID" }
words.abbreviation = { eom = { unit = "M", edge = "END" }, bom = { unit = "M", edge = "START" },
  eoy = { unit = "Y", edge = "END" }, eod = { unit = "D", edge = "END" }, eow = { unit = "W", edge = "END" } }
words.edgeof = {}
for word, value in pairs(words.edge) do
  if word:find " of$" then
    words.edgeof[word] = value
  end
end
words.later = { later = 1, after = 1, earlier = -1, before = -1 }
words.short = { d = "D", h = "H", m = "MIN", y = "Y", w = "W", mo = "M", s = "S" }
for word, unit in pairs(words.unit) do
  words.short[word] = unit
end
words.lastword = { last = -1 }
words.this = { current = 0 }
words.nthlast = {}
for word, n in pairs(words.nth) do
  words.nthlast[word .. " last"] = -n
end
words.halfhour = { ["half an hour"] = 0.5, ["half hour"] = 0.5, ["a quarter of an hour"] = 0.25, ["1/2 hour"] = 0.5,
  ["1/4 hour"] = 0.25, ["3/4 hour"] = 0.75 }
words.frac = { ["1/2"] = true, ["1/4"] = true, ["3/4"] = true }

---Whether a match that the patterns allow is a date after all: by rule, called with its first and last byte, the
---text, the text in small letters and what was found.
local guards = {}

local prepositions = {}
for word in ([[in since until till by of last next this early late mid from to through before after during between for
  and around on past every each or]]):gmatch "%S+" do
  prepositions[word] = true
end
local verbs_alike = { may = true, march = true, mar = true, sun = true, sat = true, wed = true, dec = true,
  jan = true, second = true,
  ["sat."] = true, ["sun."] = true, mon = true, fri = true, ["mon."] = true, ["mar."] = true, ["wed."] = true }

---"may" and "march" are verbs, "Sun" a star: they need a capital and, as months, a preposition.
local function named(first, last, text, low)
  local word = low:sub(first, last)
  if (word == "sun" or word == "jan" or word == "mar" or word == "dec") and #low > #word + 1 then
    return false -- names and abbreviations of other things
  elseif not verbs_alike[word] then
    return not low:find("^%-", last + 1) or low:find("^%-[a-z]", last + 1)
  elseif #low <= #word + 1 then
    return true
  elseif not text:sub(first, first):find "%u" then
    return false
  end
  local before = low:sub(math.max(1, first - 12), first - 1):match "(%a+),?%s+$"
  return before ~= nil and prepositions[before] ~= nil
end
guards.month, guards.weekday = named, named

---"this march" is one of people.
guards["month-rel"] = function(first, last, text, low)
  local word = low:sub(first, last):match "%a+$"
  return not verbs_alike[word] or text:sub(last - #word + 1, last):find "^%u" ~= nil
end

---"This Week" in quotation marks is a programme.
guards["unit-rel"] = function(first, last, text)
  local marked = text:find('^["\x9C\x98]', first - 1) and first > 1
  return not (marked and text:sub(first, last):find "^%u%l+ %u%l+$")
end

local counted = {}
for word in ([[
  people dollars million billion percent percents points troops soldiers homes jobs workers men
  women members words votes miles feet meters metres kilometers tons tonnes employees students
  children pages shares barrels units mph km pounds euros rubles yen households families companies
  copies sq acres hectares residents passengers cases deaths]]):gmatch "%S+" do
  counted[word] = true
end

---A bare number of four digits is a year unless something is counted or named with it.
local function bare_year(first, last, text, low)
  if text:find("^%-%l*%u", last + 1) or common.in_number(last, low) then
    return false -- 2019-nCoV, 2025-13-45
  elseif last - first > 3 then
    return true
  end
  local year = tonumber(low:sub(first, last))
  local after = low:match("^[ \n]+(%a+)", last + 1)
  if after and counted[after] or low:find("^[%%%$]", last + 1) or low:find("^%-%a", last + 1) and year < 1900 then
    return false
  end
  local before = low:sub(math.max(1, first - 14), first - 1)
  if before:find "no%.%s*$" or before:find "[#%$%+@/]%s*$" or before:find "%-$" and not before:find "%A%-$"
    and not before:find "post%-$" and not before:find "pre%-$" and not before:find "mid%-$" then
    return false
  end
  if year >= 1900 and year < 2040 then
    return not (before:find "about $" or before:find "than $" or before:find "nearly $" or before:find "some $")
  end
  local word = before:match "(%a+)%s+$"
  return (word == "in" or word == "since" or word == "of" or word == "from" or word == "until" or word == "year"
    or word == "to"
    or word == "by" or word == "during" or before:find "%($") and true or false
end
guards.year = bare_year

guards["year-range"], guards.iso, guards.numeric = common.range, common.ends, common.ends

---"$13,000 a year", "three times a week": how often, not how long.
local function rated(first, low)
  local before = low:sub(math.max(1, first - 12), first - 1)
  return before:find "[%d%%] $" or before:find "llion $" or before:find "times $" or before:find "thousand $" or before:find "dollars $"
    or before:find "percent $" or before:find "once $" or before:find "twice $"
end

guards["set-rate"] = function(first, _, _, low)
  return rated(first, low)
end

---"60 Minutes", "48 Hours": names of programmes.
local function programme(first, last, text, low)
  return low:find("^%d", first) and text:sub(first, last):find "^%d+ %u%l+$"
end

guards.duration = function(first, last, text, low, found)
  local one = found[1]
  if one.unit == "Q" and (one.count == 1 or one.count == 3) and (low:find("^ of%A", last + 1) or low:find("%-quarters?", first)) then
    return false -- three-quarters of them
  end
  return not programme(first, last, text, low) and not low:find("^%-old", last + 1) and not low:find("^%s+old%A", last + 1)
    and not (low:find("^an? ", first) and rated(first, low))
end

guards.clock = function(first, last, _, low, found)
  if low:sub(math.max(1, first - 5), first - 1) == "high " or low:sub(first, last):find "^%d%d? hours$" then
    return false -- high noon, 24 hours
  end
  return found[1].half_day ~= nil or found[1].noon ~= nil or found[1].minute ~= nil and not low:find("^%d", last + 1)
    and not low:sub(math.max(1, first - 3), first - 1):find "%d"
end

---"Now, the question is": no time. "NOW" in a shouted line may be one.
guards.present = function(first, last, text, low)
  local word = low:sub(first, last)
  if word == "now" and text:find("^Now,", first) then
    return false
  end
  return word ~= "the present" or not low:find("^ %a", last + 1)
end

guards.future = function(first, last, _, low)
  local before = low:sub(math.max(1, first - 5), first - 1)
  return low:sub(first, last) ~= "soon" or not (before:find "%f[%a]as $" or before:find "%f[%a]too $"
    or before:find "%f[%a]how $" or low:find("^ after", last + 1) or low:find("^er", last + 1))
end

local after_adverb = {}
for word in ([[and or but in on by to at for from since when where which that with as of if until]]):gmatch "%S+" do
  after_adverb[word] = true
end

---"The Daily Mail" is a paper, a "quarterly dividend" no frequency; "paid quarterly" is one.
guards.set = function(first, last, text, low)
  local word, after = low:sub(first, last), low:match("^ (%a+)", last + 1)
  if text:find("^%u", first) and text:find("^ %u", last + 1) and word:find "ly$" then
    return false
  end
  return not (word == "quarterly" or word == "annually") or not after or after_adverb[after] == true
end

local papers = {}
for word in ("usa voa psychology christianity physics russia"):gmatch "%S+" do
  papers[word] = true
end

---"USA Today" is a paper.
guards.today = function(first, _, text, low)
  local before = text:find("^Today", first) and low:sub(math.max(1, first - 13), first - 1):match "(%a+) $"
  return not papers[before]
end

guards["today-now"] = function(first, _, _, low)
  return not low:find("^as of today", first - 6) -- from this day on
end

guards["part"] = function(_, last, _, low)
  return not low:find("^ [a-z]+ing%A", last + 1)
end

-- Texts of Friday, 2025-09-26, and the dates in them, each with its value.
local examples = {
  { "He said Friday that the talks had failed.", "Friday", "2025-09-26" },
  { "Leaders will meet on Monday.", "Monday", "2025-09-29" },
  { "It opened on Sept. 24.", "Sept. 24", "2025-09-24" },
  { "The deal of August 15, 2025 is dead.", "August 15, 2025", "2025-08-15" },
  { "It was agreed last weekend.", "last weekend", "2025-W38-WE" },
  { "He spoke earlier this week.", "earlier this week", "2025-W39" },
  { "Prices rose in the third quarter, up from a year ago.", "the third quarter", "2025-Q3", "a year ago",
    "2024-Q3" },
  { "The 1990s were hard.", "The 1990s", "199" },
  { "He left in the late 1980s.", "the late 1980s", "198" },
  { "In the 19th century it was a port.", "the 19th century", "18" },
  { "They fought for three weeks.", "three weeks", "P3W" },
  { "The 27-year contract ended.", "27-year", "P27Y" },
  { "It meets every Tuesday.", "every Tuesday", "XXXX-WXX-2" },
  { "The paper appears daily.", "daily", "P1D" },
  { "Two years ago he was unknown.", "Two years ago", "2023" },
  { "Several months ago he left.", "Several months ago", "PAST_REF" },
  { "He now lives in Kyiv.", "now", "PRESENT_REF" },
  { "Three weeks later it was over.", "Three weeks", "P3W" },
  { "It happened on Wednesday at 9:30 a.m. EST.", "Wednesday at 9:30 a.m. EST", "2025-09-24T09:30" },
  { "At 10 p.m. Wednesday the lights went out.", "10 p.m. Wednesday", "2025-09-24T22:00" },
  { "He was shot Saturday night.", "Saturday night", "2025-09-20TNI" },
  { "It will be ready by year-end.", "year-end", "2025" },
  { "In March 2014 troops came.", "March 2014", "2014-03" },
  { "The law of 2022-09-30 holds.", "2022-09-30", "2022-09-30" },
  { "Between 1985 and 1987 he sold.", "1985", "1985", "1987", "1987" },
  { "From Sept. 12 to Sept. 14, 2025 they met.", "Sept. 12", "2025-09-12", "Sept. 14, 2025", "2025-09-14" },
  { "The war began in 44 BC.", "44 BC", "BC0044" },
  { "In the first 11 months of last year it rained, USA Today wrote.", "the first 11 months of last year", "P11M" },
  { "In today's world even today it counts.", "today's", "PRESENT_REF", "today", "PRESENT_REF" },
  { "On Feb. 10 he said that he knew.", "Feb. 10", "2025-02-10" },
  { "It helped her ahead of the Oct. 3 vote.", "Oct. 3", "2025-10-03" },
  { "The talks failed and all of them left the next day.", "the next day", "XXXX-XX-XX" },
  { "Until Thursday they had not called.", "Thursday", "2025-09-25" },
  { "Next year will be better.", "Next year", "2026" },
  { "In the summer of 2024 it rained.", "the summer of 2024", "2024-SU" },
  { "Thanksgiving was quiet.", "Thanksgiving", "2024-11-28" },
  { "The vote is scheduled for next Tuesday.", "next Tuesday", "2025-09-30" },
  { "Yesterday evening they agreed.", "Yesterday evening", "2025-09-25TEV" },
  { "The day before yesterday it snowed.", "The day before yesterday", "2025-09-24" },
  { "He died on 3 May 1999.", "3 May 1999", "1999-05-03" },
  { "on 2/15", "on 2/15", "2026-02-15" },
  { "next week", "next week", "2025-W40" },
  { "in three days", "three days", "2025-09-29" },
  { "7 p.m.", "7 p.m.", "2025-09-26T19:00" },
  { "at 1030", "at 1030", "2025-09-26T10:30" },
  { "in 1d 2hr", "in 1d 2hr", "2025-09-27" },
  { "2 weeks after yesterday", "2 weeks after yesterday", "2025-10-09" },
  { "the week of October 6th", "the week of October 6th", "2025-W41" },
  { "after 5 days", "after 5 days", "2025-10-01" },
  { "Diwali 2023", "Diwali 2023", "2023-11-12" },
  { "chinese new year 2024", "chinese new year 2024", "2024-02-10" },
  { "the 20th of next month", "the 20th of next month", "2025-10-20" },
  { "the first Monday of October", "the first Monday of October", "2025-10-06" },
}

-- Texts without a date.
local counter_examples = {
  "It may rain and they march on.",
  "The 28-point plan was leaked.",
  "The Zapad-2025 drills ended.",
  "Some 2000 people came.",
  "It costs $1990.",
  "The Sun rose.",
  "Some walked in this march, at high noon, as ABC's \"This Week\" told.",
  "The file 2025-13-45 is lost, and so is 2025-99.",
  "Three-quarters of them left, a quarter of the rest stayed.",
  "A second man came.",
  "May I ask?",
  "He fell asleep in the hall.",
  "Boeing 747 landed.",
  "The room 101-2000 is shut.",
}

return {
  name = "en",
  words = words,
  macros = macros,
  rules = rules,
  asked = require "newsreel.dates.en_asked",
  examples = examples,
  counter_examples = counter_examples,
  guards = guards,
  verbs = { may = true, march = true, second = true, sun = true, sat = true, wed = true, [109] = true, [115] = true,
    [119] = true },
  endings = { "st", "nd", "rd", "th" },
  pairs = "/", -- 4/5, and 2 1/2 years; 4.5 is no date, 4.5.2014 is
  tense = words.tense,
  orders = words.orders,
  passive = { be = true },
  until_word = "until",
  until_words = { by = true, ["until"] = true, till = true, through = true },
  unsure = words.unsure, behind = words.behind,
  follows = words.follows,
  tense_of = function(word, before, after)
    if word == "be" and before == "to" or word == "to" and (before == "is" or before == "are" or before == "set") then
      return "future"
    elseif word == "as" and (before == "soon" or before == "early") then -- "as early as Tuesday"
      return "future"
    end
    if (word == "plan" or word == "plans") and after == "to" then
      return "future"
    elseif word == "to" and (before == "have" or before == "has" or before == "need" or before == "needs") then
      return "future"
    end
    return before ~= "be" and #word > 4 and word:find "ed$" and "past" or nil
  end,
  strong = { "month", "weekday", "weekdays", "unit", "season", "part", "parts", "today", "tens", "tensword", "qn",
    "setword", "present", "gone",
    "ahead", "feast", "noon", "nineteen", "eighteen", "seventeen", "thousand", "half_day", "relyear", "tonight",
      "tonite", "year-end", "year-ago", "year-earlier", "recent",
    "year's", "st", "nd", "rd", "th", "bc", "b.c.", "ad", "a.d.", "bce", "ago", "abbreviation" },
}
