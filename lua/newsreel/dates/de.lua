--- German dates: the rules. The words are in de_words.lua, the pattern language in grammar.lua.
local common = require "newsreel.dates.common"
local words = require "newsreel.dates.de_words"

local macros = {
  clock = "({sharp} | <hour>^.^<minute> ~<uhr> <half_day>? | (<hour> | <count:hour>) ~<uhr> ~<minute>? <half_day>? | <hour> ~h)",
  sharp = "<hour>^(: | h)^<minute> ~<uhr>? <half_day>?",
  dm = "(<dd> ~<month> | <nth:day> <month> | <month> <dd>)",
  n1 = "(<count> | <decimal> | <vague:count> | <one:count>)",
  n1b = "(<count:count2> | <decimal:count2> | <one:count2>)",
  on = "(um | gegen | ab | am | ca. | circa)",
}

local rules = {
  { "iso", "{iso}", "date" },
  { "numeric", "({wd} ~,? (den | der | dem)?)? <day>^. ~<mm>^. ~<year>", "date" },
  { "numeric", "({wd} ~,? (den | der | dem)?)? <day>^. ~<mm>^. ~<yy>", "date" },
  { "numeric", "<day>^(/ | -)^<mm>^(/ | -)^(<year> | <yy>)", "date" },
  { "numeric-time", "({wd} ~,?)? <day>^.^<mm>^.(^<year> | ^<yy>)? ~,? {on}? {clock}", "date" },
  { "numeric-short", "<day>^.^<mm>^.", "date" },
  { "numeric-alone", "am? <day>^.^<mm>", "date" },
  { "numeric-alone", "am? <day>^(/ | -)^<mm>", "date" },
  { "numeric-range", "[<day>]^.? ~(<dash> | bis | /) ~[<day>^.^<mm>(^.)?(^<year> | ^<yy>)?]", "date" },
  { "numeric-range", "[<day>^.^<mm>^.] ~(<dash> | bis zum | bis) ~[<day>^.^<mm>^.(^<year> | ^<yy>)?]", "date" },

  { "day-month-year", "({wd} ~,? (den | der | dem)?)? {dm} ~,? {y}", "date" },
  { "day-month-year", "<month> <dd> ~,? <year>", "date" },
  { "day-month-year", "({wd} ~,? (den | der | dem)?)? {dm} ~,? {y} ~,? {on}? {clock}", "date" },
  { "day-month-year", "({wd} ~,? (den | der | dem)?)? {dm} <old:year> <era>", "date", { old = true } },
  { "day-month", "({wd} ~,? (den | der | dem)?)? {dm}", "date" },
  { "day-month", "<shortday:weekday> ~,? {dm} ~(, {y} | {y})?", "date" },
  { "day-month-time", "({wd} ~,? (den | der | dem)?)? {dm} ~,? {on}? {clock}", "date" },
  { "day-month-part", "(am)? <part> (des | vom) {dm} {y}?", "date" },
  { "day-month-rel", "{dm} (<rel:year_rel> <yearword> | des <year_rel>)", "date" },
  { "day-range", "[<day>]^.? ~(<dash> | bis zum | bis | und | sowie | /) ~am? ~[{dm} {y}?]", "date" },
  { "day-range", "[<day>]^. ~, ~[<day>]^. (und | bis) am? ~[{dm} {y}?]", "date" },
  { "day-range", "[<day>]^. ~, ~[<day>]^. ~,? und [{dm} {y}?]", "date" },
  { "day-range", "[<day>]^. ~, ~[<day>]^. ~, ~[<day>]^. ~,? und [{dm} {y}?]", "date" },
  { "day-range", "[<day>]^. ~, ~[<day>]^. ~, ~[<day>]^. ~, ~[<day>]^. ~,? und [{dm} {y}?]", "date" },
  { "day-range", "[<day>]^. ~, ~[<day>]^. ~, ~[<day>]^. ~, ~[<day>]^. ~, ~[<day>]^. ~,? und [{dm} {y}?]", "date" },
  { "day-range", "[<day>]^. und [<day>]^. (sowie | und) am? [<day>]^. und [{dm} {y}?]", "date" },
  { "day-range", "[{dm} {y}?] ~(<dash> | bis | bis zum) ~[{dm} {y}?]", "date" },

  { "weekday", "{wd}", "date" },
  { "weekday-part", "<weekdaypart>", "date" },
  { "weekday-part", "{wd} <part>", "date" },
  { "weekday-time", "({wd} | <weekdaypart>) <part>? ~,? {on}? {clock}", "date" },
  { "weekday-time", "{clock} (am)? {wd} <part>?", "date" },
  { "weekday-rel", "<article>? <rel> {wd}", "date" },
  { "weekday-rel", "<article>? <rel> <weekdaypart>", "date" },
  { "weekday-week", "{wd} <article>? <rel> <big:unit>", "relative" },
  { "weekday-month", "(<nth:nth_of> | <lastword:nth_of>) {wd} (im | in) <month> {y}?", "nth_weekday" },

  { "month-year", "<edge>? <month> {y}", "date" },
  { "month-year-rel", "<edge>? <month> <article>? <rel:year_rel> <yearword>", "date" },
  { "month-year-rel", "<edge>? <month> des <year_rel>", "date" },
  { "month", "<edge>? <month>", "date" },
  { "month-rel", "<edge>? <rel> <month>", "date" },
  { "month-range", "[<edge>? <month> {y}?] ~(<dash> | bis | und | /) ~[<edge>? <month> {y}?]", "date" },

  { "year", "<edge>? <yearword>? <year>", "date" },
  { "year-range", "[<year>] ~(<dash> | bis | und | /) ~[<year>]", "date" },
  { "year-range", "[<year>]^(<hyphen> | /)^[<yy:yy>]", "date" },
  { "year-pair", "(der | die)? (saison | amtsperiode | schuljahr) <year> ~/ ~<yy:count>", "date" },
  { "year-era", "<old:year> <era>", "date", { old = true } },
  { "year-old", "<yearword> <old:year>", "date", { old = true } },
  { "decade", "(den | der | die)? <edge>? (der | den)? <tens:decade> _<yearword>?", "decade" },
  { "decade", "<edge>? (den | der | die) <tensword:decade> _<yearword>", "decade" },
  { "century", "<edge>? <article>? <nthdot:century> <centuryword> <era>?", "century" },
  { "century", "<article>? (<nth:halfth>) hälfte des <nthdot:century> <centuryword>", "century" },
  { "century-rel", "(<rel>) <centuryword>", "relative", { unit = "C" } },

  { "season-year", "<edge>? <article>? <season> {y}", "date" },
  { "season-rel", "<article>? <rel> <season>", "date" },
  { "season", "(<edge> (des)?)? <season>", "date" },
  { "quarter", "<article>? (<nth:quarter> | <nthdot:quarter>) quartal (<yearword>? {y})?", "quarter" },
  { "half", "<article>? (<nth:half> | <nthdot:half>) (jahreshälfte | halbjahr) {y}?", "half" },

  { "today", "<otherday:offset>", "today" },
  { "today-soft", "heute", "today_soft", { offset = 0 } },
  { "today-now", "(bis | von) [heute]", "ref", { ref = "PRESENT_REF" } },
  { "today-now", "[heute] noch", "ref", { ref = "PRESENT_REF" } },
  { "today-part", "<today:offset> <part>", "today" },
  { "tomorrow", "<tomorrow:offset>", "today" },
  { "today-part", "<tomorrow:offset> <part>", "today" },
  { "today-part", "(letzte | vergangene) nacht", "today", { offset = -1, part = "NI" } },
  { "today-time", "(<today:offset> | <tomorrow:offset>) <part>? ~,? {on}? {clock}", "today" },
  { "today-time", "{clock} (<today:offset> | <tomorrow:offset>) <part>?", "today" },
  { "today-time", "<today:offset> <part> (um | gegen) <hour>", "today" },
  { "clock", "{clock}", "time" },
  { "clock-bare", "(um | ab | gegen) [<hour>^.^<minute>]", "time" },
  { "clock-range", "[<hour>(^(. | :)^<minute>)?] ~(<dash> | bis | und | /) ~[<hour>(^(. | :)^<minute>)? ~<uhr>]",
    "time" },
  { "clock-range", "von? [<hour>^:^<minute>] ~(<dash> | bis) ~[<hour>^:^<minute>]", "time" },
  { "clock-range",
    "{wd} (von | zwischen | nach)? [<hour>^(: | .)^<minute>] ~(<dash> | bis | und) ~[<hour>^(: | .)^<minute>]",
    "time" },
  { "clock-alone",
    "{on}? {on}? (halb | viertel nach | viertel vor | zwanzig nach)? (<hour> | <count:hour>) ~<uhr>? <half_day>?",
    "time" },
  { "day-alone", "am (<dd> | <nth:day> | <nthten:day>)", "month_day" },
  { "part", "(am | im | in der | gegen | zu) [<part>]", "part" },
  { "part-alone", "<noon>", "time" },

  { "unit-rel", "(<edge> <article>?)? <rel> <big:unit>", "relative" },
  { "unit-edge", "<edge> (der | des) <big:unit>", "relative", { rel = 0 } },
  { "weekend", "(am | übers | das) [<weekendword:unit>]", "relative", { rel = 0 } },
  { "weekend", "<weekendword:unit>", "relative", { rel = 0 } },
  { "year-rel", "<year_rel>", "date" },
  { "previous-last", "tag (zuvor | davor)", "previous", { unit = "D", rel = -1 } },
  { "previous-last", "(vortag | vortages)", "previous", { unit = "D", rel = -1 } },

  { "unit-ago", "vor [<about>? {n1} <span:unit>]", "ago", { sign = -1 } },
  { "unit-ago", "vor [(einer | einem)? <halfword:count> <span:unit>]", "ago", { sign = -1 } },
  { "unit-in", "(in | binnen) [<about>? (<count> | <decimal> | <one:count>) <span:unit>]", "ago", { sign = 1 } },
  { "unit-in", "in [<one:one>? <halfword:count> <span:unit>]", "ago", { sign = 1 } },
  { "nth-unit", "(<nth:nth_of> | <lastword:nth_of>) <big:unit> (im | in) <month> {y}?", "nth_unit" },
  { "duration", "<about>? {n1} <span:unit>", "duration" },
  { "duration", "<about>? <about>? {n1} <adjective>? <span:unit>", "duration" },
  { "duration-vague", "(über | durch) [die <plural:unit>]", "duration", { count = "X" } },
  { "duration", "<about>? <one:count> <halfword2:count> <span:unit>", "duration" },
  { "duration", "(den | die | der | das)? <rel> {n} <span:unit>", "span_rel" },
  { "duration", "(den | die | der) (ersten | ganzen) {n} <span:unit>", "duration" },
  { "duration", "{n1} <span:unit> und {n1b} <span:unit2>", "duration" },
  { "duration-vague", "(den | der | die)? <rel> <plural:unit>", "years_ref" },
  { "duration-vague", "(seit | über | nach | vor | in | für | von | während | um) [<plural:unit>]", "duration",
    { count = "X" } },
  { "duration-word", "<lasting:value>", "duration" },
  { "duration-word", "<digits> _<span:unit>", "duration" },

  { "set", "<setword:value>", "set" },
  { "set", "<every> <nth:count>? <span:unit>", "set" },
  { "set", "<every> {n}? <span:unit>", "set" },
  { "set", "<every> ({wd} | <weekdaypart>)", "set" },
  { "set", "<every> <nth> {wd} im monat", "set" },
  { "set", "<weekdays:weekday>", "set" },
  { "set", "<weekdayparts>", "set" },
  { "set", "<habit:part>", "set" },
  { "set", "(einmal | zweimal | dreimal) (im | pro | am | in der) <span:unit>", "set" },
  { "set-in", "im [<mo:unit>]", "set" },

  { "present", "<present:ref>", "ref" },
  { "past", "<gone:ref>", "ref" },
  { "future", "<ahead:ref>", "ref" },
  { "feast", "<feast> {y}?", "feast" },
  { "feast", "<rel> <feast>", "feast" },
}

words.otherday = { gestern = -1, vorgestern = -2, vorvorgestern = -3, ["übermorgen"] = 2 }
words.uhr = { uhr = true, h = true }
words.nthten = {}
for day = 1, 31 do
  words.nthten[day .. (day < 20 and "ten" or "sten")] = day
end
words.centuryword = { jahrhundert = true, jahrhunderts = true, jahrhunderte = true, ["jh."] = true, ["jhdt."] = true }
words.halfth = { ersten = 1, erste = 1, zweiten = 2, zweite = 2, zweiter = 2, erster = 1 }
words.halfword = { halben = 0.5, halbe = 0.5, halbes = 0.5, halber = 0.5 }
words.halfword2 = words.halfword
words.adjective = { lange = true, langen = true, weitere = true, weiteren = true, volle = true, vollen = true,
  ganze = true, ganzen = true, ganzes = true, ganzer = true, volles = true, knappes = true, knappe = true, knappen = true,
  gutes = true, guten = true,
  aufeinanderfolgenden = true, ehrenamtliche = true }
words.weekendword = { wochenende = "WE", wochenendes = "WE" }
words.mo = { monat = "M", jahr = "Y" }
words.lastword = { letzter = -1, letzten = -1, letzte = -1 }

local guards = {}

guards["numeric-alone"], guards["clock-alone"], guards["day-alone"] = common.alone, common.alone, common.alone
guards.iso, guards["year-range"] = common.ends, common.range

---"morgen" with a capital is the morning, unless it begins a sentence.
guards.tomorrow = function(first, _, text)
  local before = text:sub(math.max(1, first - 6), first - 1)
  return text:sub(first, first) == "m" or not before:find "%S" or before:find '[.!?:\n"\xBB\x9E]%s*$' ~= nil
end
guards.month = function(first, last, text, low)
  return not low:find("^%-%a", last + 1) and (last - first > 3 or text:sub(first, first):find "%u" ~= nil)
end
guards.weekday = function(first, last, _, low)
  if low:find("^%a%-", first - 2) or low:find("^%-%a", last + 1) then
    return false
  end
  return last - first > 3 or #low < 6
end

---A length that is an age: "22 Jahre alt", "der 16 Jahre jüngere", "ab 16 Jahren".
guards.duration = function(first, last, _, low, found)
  local after = low:match("^%s+(%a+)", last + 1) or ""
  local age = after:find "^alt" or after:find "^älter" or after:find "^jünger"
  return not age and not (found[1].unit == "Y" and low:sub(math.max(1, first - 4), first - 1):find "%f[%a]ab $")
end
guards["duration-word"] = guards.duration

---"um 12.15 Euro" is no time.
guards["clock-bare"] = function(_, last, text)
  return text:find("^ %l", last + 1) ~= nil or text:find("^%s*[,;)%-\n]", last + 1) ~= nil
    or text:find("^%.%s", last + 1) ~= nil
end

---"MIP-Montag", "Winter-Biathlon", "9. Jan Maas".
guards["day-month"] = function(_, last, text, low)
  return not (low:sub(last - 2, last) == "jan" and text:find("^ %u", last + 1))
end
guards.season = function(_, last, text)
  return not text:find("^%-%u", last + 1)
end

local about = {}
for word in ("fast rund etwa knapp circa ungefähr beinahe als über"):gmatch "%S+" do
  about[word] = true
end
local counted = {}
for word in ([[
  mitarbeiter grad
  euro dollar menschen einwohner stück mark kilometer meter prozent personen mitglieder
  arbeitsplätze millionen besucher seiten]]):gmatch "%S+" do
  counted[word] = true
end

guards.year = function(first, last, text, low)
  if last - first > 3 then
    return true
  end
  local year = tonumber(low:sub(first, last))
  local after = low:match("^ ([^%s%p]+)", last + 1)
  local before = low:sub(math.max(1, first - 12), first - 1)
  if after and counted[after] or common.in_number(last, low) or low:find("^%.%d", last + 1) or low:find("^%-%a", last + 1) or before:find "%-$"
    or before:find "[%d/]$"
    or before:find "tel[.:]? $" then
    return false
  end
  if about[before:match "([%a\x80-\xFF]+) $"] then
    return false
  end
  return year >= 1800 and year < 2040 or year >= 1400 and low:find("^ [a-z]", last + 1) and after and not before:find "[%d%p] ?$"
      and not text:find("^ %u", last + 1) or before:find "[^%w]im $" ~= nil or before:find "seit $" ~= nil
    or before:find "%($" ~= nil or before:find "um $" ~= nil
end

guards["set-in"] = function(_, last, _, low)
  return not low:find("^%s+%d", last + 1)
end

guards.clock = function(_, _, _, _, found)
  return found[1].uhr ~= nil or found[1].minute ~= nil
end

-- Texts of Friday, 2025-09-26, and the dates in them, each with its value.
local examples = {
  { "Er sagte am Freitag ab.", "Freitag", "2025-09-26" },
  { "Am 24. September 2025 trafen sie sich.", "24. September 2025", "2025-09-24" },
  { "Gestern wurde er entlassen, heute kam er zurück.", "Gestern", "2025-09-25", "heute", "2025-09-26" },
  { "Bis heute fehlt jede Spur.", "heute", "PRESENT_REF" },
  { "Sie spielen am 3., 4. und 7. Oktober.", "3", "2025-10-03", "4", "2025-10-04", "7. Oktober", "2025-10-07" },
  { "Nach einem knappen Jahr war der zweiwöchige Streit vorbei.", "einem knappen Jahr", "P1Y", "zweiwöchige", "P2W" },
  { "Das Spiel beginnt um 12.15, wie es Jahr für Jahr beginnt.", "12.15", "2025-09-26T12:15", "Jahr für Jahr", "P1Y" },
  { "Vor zwei Jahren war das anders.", "zwei Jahren", "P2Y" },
  { "Am Montag wird gewählt.", "Montag", "2025-09-29" },
  { "Im vergangenen Jahr kamen mehr.", "vergangenen Jahr", "2024" },
  { "Ende August 2024 begann es.", "Ende August 2024", "2024-08" },
  { "In den siebziger Jahren lebte er hier.", "den siebziger Jahren", "197" },
  { "In den 1990er-Jahren zog er um.", "den 1990er-Jahren", "199" },
  { "Im 20. Jahrhundert gab es zwei Kriege.", "20. Jahrhundert", "19" },
  { "Es dauerte drei Wochen.", "drei Wochen", "P3W" },
  { "Er kommt jeden Dienstag.", "jeden Dienstag", "XXXX-WXX-2" },
  { "Die Zeitung erscheint täglich.", "täglich", "P1D" },
  { "Beginn um 20 Uhr.", "20 Uhr", "2025-09-26T20:00" },
  { "Vom 5. bis 7. Mai 2025 tagten sie.", "5", "2025-05-05", "7. Mai 2025", "2025-05-07" },
  { "Am Mittwochabend brannte es.", "Mittwochabend", "2025-09-24TEV" },
  { "Jetzt ist Ruhe.", "Jetzt", "PRESENT_REF" },
  { "Früher war mehr Schnee.", "Früher", "PAST_REF" },
  { "Im Frühjahr 2022 kam der Krieg.", "Frühjahr 2022", "2022-SP" },
  { "Heuer fällt das Fest aus.", "Heuer", "2025" },
  { "Am Wochenende war Ruhe.", "Wochenende", "2025-W38-WE" },
  { "Karfreitag 2026", "Karfreitag 2026", "2026-04-03" },
  { "übermorgen", "übermorgen", "2025-09-28" },
  { "in drei Wochen", "drei Wochen", "2025-W42" },
  { "Er plante es seit Monaten.", "Monaten", "PXM" },
  { "Das dritte Quartal 2024 war gut.", "Das dritte Quartal 2024", "2024-Q3" },
  { "44 v. Chr. starb er.", "44 v. Chr.", "BC0044" },
}

-- Texts without a date.
local counter_examples = {
  "Der Mai-Baum steht.",
  "Es kamen 2000 Menschen.",
  "Die U-30 sank.",
  "Er hat 1500 Euro.",
  "Rund 1990 Einwohner leben dort.",
  "Sa und so ging es.",
  "Er ist 22 Jahre alt und kommt wie alle ab 16 Jahren hierher.",
  "Fast 2000 Gäste kamen zum Montag-Club der Stadt.",
  "Die Akte 2025-13-45 fehlt wie 2025-99.",
}

return {
  name = "de",
  words = words,
  macros = macros,
  rules = rules,
  examples = examples,
  counter_examples = counter_examples,
  guards = guards,
  endings = { "." },
  pairs = "./-", -- 24.9, 24/9
  tense = words.tense,
  orders = words.orders,
  strong = { "month", "weekday", "weekdays", "weekdaypart", "weekdayparts", "unit", "season", "part", "today",
    "tomorrow", "habit", "tens", "lasting", "setword", "present", "gone", "ahead", "feast",
    "year_rel", "uhr", "jahreshälfte", "noon", "era", "yearword", "centuryword" },
}
