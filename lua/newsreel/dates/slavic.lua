--- The rules that Ukrainian and Russian share, over words that each language gives.
-- Extents follow the habit of the annotated corpora: a year word ("року", "года") belongs to a bare
-- year, not to a full date.
local common = require "newsreel.dates.common"

local slavic = {}

slavic.macros = {
  clock = "({sharp} | {hours} | <hour> <half_day> | <noon>) (~,? <zone>)?",
  ["end"] = "(<hour> <half_day> | <hour>^:^<minute> <hourshort>?)",
  sharp = "(<hour>^:^<minute>(^:^<second>)? <half_day>? | <hour>^.^<minute> <half_day>)",
  hours = "<hour>(^<ordend>)? ~<hourword> (<minute> <minuteword>)? <half_day>?",
  dm = "(<dd> <month> | <nth:day> <month>)",
  y = "(<year>(^<ordend>)? | '^<yy>)",
  at = "(<prep>)",
}

slavic.rules = {
  { "iso", "{iso}", "date" },
  { "numeric", "({wd} ~,?)? <day>^.^<mm>^.^<year>", "date" },
  { "numeric", "({wd} ~,?)? <day>^.^<mm>^.^<yy>", "date" },
  { "numeric", "<day>^(/ | -)^<mm>^(/ | -)^(<year> | <yy>)", "date" },
  { "numeric-time", "<day>^.^<mm>^.(^<year> | ^<yy>)? ~,? <prep>? {clock}", "date" },
  { "numeric-alone", "<prep>? (<day>^.^<mm>^. | <day>^.^<mm>)", "date" },
  { "numeric-range", "<prep>? [<day>^.(^<mm>)?(^.)?] ~(<dash> | <to> | /) ~[<day>^.^<mm>(^.)?(^<year> | ^<yy>)?]",
    "date" },

  { "day-month-year", "({wd} ~,?)? {dm} ~,? {y}", "date" },
  { "day-month-alone", "({wd} ~,?)? (<dd> | <nth:day>) <month> <yy>", "date" },
  { "day-month-year", "({wd} ~,?)? {dm} {y} <yearword>? ~,? <prep>? {clock}", "date" },
  { "day-month-year", "{clock} ({wd} ~,?)? {dm} {y}?", "date" },
  { "day-month-year", "{dm} <old:year> <yearword>? <era>", "date", { old = true } },
  { "day-month-year", "<month> <dd> ~,? <year>", "date" },
  { "day-month", "({wd} ~,?)? {dm}", "date" },
  { "day-month-time", "({wd} ~,?)? {dm} ~,? <prep>? {clock}", "date" },
  { "day-month-part", "<part> ({wd} ~,?)? {dm} ~(, {y} | {y})?", "date" },
  { "day-month-part", "{dm} (~,? {y} <yearword>?)? ~,? <prep>? <part>", "date" },
  { "night-of", "<night> (<prep> | <against>) {dm} ~(, {y} | {y})?", "date", { part = "NI" } },
  { "night-of", "<night> <prep> <dd> <prep> <dd:day2> <month> ~(, {y} | {y})?", "date", { part = "NI" } },
  { "day-month-rel", "{dm} <rel:year_rel> <yearword>", "date" },
  { "day-month-same", "{dm} <same> <yearword>", "date", { year_same = true } },
  { "day-range", "<prep>? [<dd>] ~(<dash> | <to> | <and>) ~[{dm} ~(, {y} | {y})?]", "date" },
  { "day-range", "<prep>? [{dm} ~(, {y} | {y})?] <yearword>? ~(<dash> | <to>) ~[{dm} ~(, {y} | {y})?]", "date" },
  { "month-day", "[<month>] <next_day>", "date" },

  { "weekday", "{wd}", "date" },
  { "weekday-part", "({wd} ~,? <prep>? <part> | <part> <prep>? {wd})", "date" },
  { "weekday-time", "({wd} ~,? <part>? <prep>? {clock} | {clock} ~,? <prep>? {wd})", "date" },
  { "weekday-rel", "<rel> {wd}", "date" },
  { "weekday-week", "{wd} <prep>? <rel> <big:unit>", "relative" },
  { "nth-unit", "(<nth:nth_of> | <lastword:nth_of>) <big:unit> <prep>? <month> {y}?", "nth_unit" },
  { "weekday-month", "(<nth:nth_of> | <lastword:nth_of>) {wd} <prep>? <month> {y}?", "nth_weekday" },

  { "month-year", "<edge>? <month> ~,? {y}", "date" },
  { "month-year", "<edge>? <month> <yy>^<ordend>", "date" },
  { "month-year", "<edge>? <month> <old:year> <yearword>? <era>", "date", { old = true } },
  { "month-year-rel", "<edge>? <month> <rel:year_rel> <yearword>", "date" },
  { "month-year-same", "<edge>? <month> <same> <yearword>", "date", { year_same = true } },
  { "month", "<edge>? <month>", "date" },
  { "month-rel", "<edge>? <rel> <month>", "date" },
  { "month-range", "[<edge>? <month>] ~(<dash> | <to> | <and>) ~[<edge>? <month> ~,? {y}]", "date" },
  { "month-range", "[<edge>? <month> {y}] <yearword>? ~(<dash> | <to> | <and>) ~[<edge>? <month> ~,? {y}]", "date" },
  { "month-adjective", "<monthadj:month>", "date" },

  { "year", "<year> <yearword>", "date" },
  { "year", "<year>^<ordend> <yearin>?", "date" },
  { "year", "<edge> <year>(^<ordend>)? <yearword>?", "date" },
  { "year", "<year>", "date" },
  { "year-range", "[<year>] ~(<dash> | <to> | <and>) ~[<year>]", "date" },
  { "year-range", "[<year>]^<hyphen>^[<yy:yy>]", "date" },
  { "year-era-range",
    "<prep>? [<edge>? <old:year>] <yearword>? ~(<dash> | <to> | <and>) ~[<edge>? <old:year> <yearword>? <era>]",
    "date", { old = true } },
  { "year-era", "<edge>? <old:year> <yearword>? <era>", "date", { old = true } },
  { "decade", "<edge>? <year>^<decend> <yearword>?", "decade_of" },
  { "decade", "<edge>? <old:year>^<decend> <yearword>? <era>", "decade_of", { old = true } },
  { "decade", "<edge>? <yy>^<decend> <yearword>", "decade_of" },
  { "century", "<edge>? (<roman:century> | <nth:century> | <nthnum:century>) <centuryword> <era>?", "century" },

  { "season-year", "<edge>? <season> {y}", "date" },
  { "season-year", "<edge>? <season> <old:year> <yearword>? <era>", "date", { old = true } },
  { "season-rel", "<rel> <season>", "date" },
  { "season", "(<edge> <season> | <seasonly:season>)", "date" },
  { "season", "<seasonprep> [<season>]", "date" },
  { "quarter", "(<nth:quarter> | <nthnum:quarter> | <roman:quarter>) <q> {y}?", "quarter" },
  { "quarter-rel", "<rel> <q>", "relative", { unit = "Q" } },
  { "half", "(<nth:half> | <nthnum:half>) <halfword> ({y} <yearword>?)?", "half" },

  { "today", "<today:offset>", "today" },
  { "today-part", "(<today:offset> <prep>? <part> | <part> <today:offset>)", "today" },
  { "today-time", "(<today:offset> ~,? <part>? <prep>? {clock} | {clock} <today:offset>)", "today" },
  { "today-part", "<rel:offset> <part>", "today" },
  { "clock", "{clock}", "time" },
  { "clock-alone", "<prep>? (<hour> | <count:hour>) ~<hourword>? <half_day>?", "time" },
  { "clock-range",
    "<prep>? [<hour>(^:^<minute>)? <hourshort>?] ~(<dash> | <to>) ~[{end}]", "time" },
  { "part", "<alonepart:part>", "part" },

  { "unit-rel", "<edge>? <rel> <big:unit>", "relative_or_next" },
  { "unit-rel", "<edge>? <rel> <yearword>", "relative", { unit = "Y" } },
  { "unit-edge", "<edge> <big:unit>", "relative", { rel = 0 } },
  { "weekend", "<weekend:unit>", "relative", { rel = 0 } },
  { "weekend-rel", "<rel> <weekend:unit>", "relative" },
  { "unit-ago", "<about>? {n}? <span:unit> <ago>", "ago_unit", { sign = -1 } },
  { "unit-ago", "{n}? <span:unit> <and>? {n2} <span:unit2> <ago>", "ago_unit", { sign = -1 } },
  { "unit-later", "<after> <about>? {n}? <span:unit>", "later", { sign = 1 } },
  { "unit-later", "<about>? {n} <span:unit> <laterword>", "later", { sign = 1 } },
  { "unit-ago", "<halfhour:count> <ago>", "shift", { sign = -1, unit = "H" } },
  { "month-year-alone", "<month> <yy>", "date" },
  { "unit-later", "<after> <halfhour:count>", "later", { sign = 1, unit = "H" } },
  { "unit-before", "<inside> {n}? <span:unit> <beforethat>", "later", { sign = -1 } },

  { "previous", "<prep2>? <same> <big:unit>", "previous", { rel = 0 } },

  { "offset-alone", "<plusminus:sign> ~<amount> ~<span:unit> ~(<amount:count2> ~<span:unit2>)?", "shift" },
  { "duration", "<about>? {n} <span:unit>", "duration" },
  { "duration", "<during> <about>? {n}? <span:unit>", "duration" },
  { "duration", "<inside> <vague:count> <span:unit>", "duration" },
  { "duration", "<during>? <rel> {n} <span:unit>", "span_rel" },
  { "duration", "<about>? {n} <halfof> <span:unit>", "duration", { half_unit = true } },
  { "duration", "<digits>^<dash>^<spanadj:unit>", "duration" },
  { "duration", "<worded>", "duration" },
  { "duration", "<several:count> <span:unit>", "duration" },
  { "duration", "<all> <season>", "duration", { count = 1, unit = "Y" } },

  { "set", "<setword:value>", "set" },
  { "set", "<every> {n}? <span:unit>", "set" },
  { "set", "<every> {wd}", "set" },
  { "set", "<weekdays:weekday>", "set" },

  { "present", "<present:ref>", "ref" },
  { "past", "<gone:ref>", "ref" },
  { "future", "<ahead:ref>", "ref" },
  { "feast", "<feast> <prep>? {y}?", "feast" },
  { "feast", "<rel> <feast>", "feast" },
}
slavic.macros.n2 = "(<count:count2> | <decimal:count2>)"

slavic.strong = { "month", "monthadj", "weekday", "weekdays", "unit", "season", "part", "today", "yearword",
  "centuryword", "worded", "setword",
  "present", "gone", "ahead", "feast", "hourword", "hourshort", "noon", "era", "weekend", "halfhour", "spanadj", "q",
    "night", "half_day", "decend" }

---Guards that both languages use: what a pattern allows and is no date all the same.
function slavic.guards(language)
  local guards = {}

  for _, name in ipairs { "numeric-alone", "clock-alone", "offset-alone", "day-month-alone", "month-year-alone" } do
    guards[name] = common.alone
  end
  guards.iso, guards["year-range"] = common.ends, common.range

  guards.numeric = function(_, last, _, low)
    return not low:find("^%.%d", last + 1)
  end

  guards.month = function(first, last, _, low)
    local word = low:sub(first, last)
    if not language.doubtful[word] then
      return true
    end
    local before = low:sub(math.max(1, first - 20), first - 1):match "([\x80-\xFF]+)%s+$"
    return before ~= nil and language.leads[before] == true or #low < 30
  end

  guards.year = function(first, last, _, low)
    if last - first > 3 then
      return true
    end
    local year = tonumber(low:sub(first, last))
    local after = low:match("^[ \n]+([\x80-\xFF]+)", last + 1)
    local before = low:sub(math.max(1, first - 16), first - 1)
    if after and language.counted(after) or common.in_number(last, low) or before:find "[%d/№]%s?$" or before:find "%-$"
      or low:find("^%-[\x80-\xFFa-z]", last + 1)
      or low:find("^%s?%%", last + 1) or low:find("^ %d%d%d", last + 1) then
      return false
    end
    if year >= 1800 and year < 2040 then
      local word = before:match "([\x80-\xFF]+)%s+$"
      return not (word and language.about_words[word])
    end
    -- Elsewhere a number is a year only behind "in" and before no further word, or in brackets.
    local word = before:match "([\x80-\xFF]+)%s+$"
    local late = year >= 1500 and word ~= nil and language.leads[word]
    return late or (word == "у" or word == "в") and not low:find("^ [\x80-\xFF]", last + 1) or before:find "%($" ~= nil
  end

  guards.duration = function(_, _, _, _, found)
    local count = found[1].count
    return not (type(count) == "number" and count >= 1000 and count < 2100 and found[1].unit == "Y")
  end

  guards.clock = function(_, _, _, _, found)
    local one = found[1]
    if one.noon then
      return true
    end
    return one.minute ~= nil or one.half_day ~= nil or one.hourword ~= nil
  end

  return guards
end

return slavic
