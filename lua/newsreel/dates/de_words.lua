--- German words of dates, by class; de.lua has the rules.
local words = {}

---Every ending of an adjective: letzte, letzten, letzter ...
local function inflected(class, stem, value)
  for ending in ("e en er es em"):gmatch "%S+" do
    class[stem .. ending] = value
  end
end

words.month = {
  januar = 1, ["jänner"] = 1, februar = 2, feber = 2, ["märz"] = 3, maerz = 3, april = 4, mai = 5, juni = 6,
    juli = 7, august = 8,
  september = 9, oktober = 10, november = 11, dezember = 12, ["jan."] = 1, ["jän."] = 1, ["feb."] = 2, ["mär."] = 3,
    ["apr."] = 4,
  ["jun."] = 6, ["jul."] = 7, ["aug."] = 8, ["sep."] = 9, ["sept."] = 9, ["okt."] = 10, ["nov."] = 11, ["dez."] = 12,
  jan = 1, feb = 2, apr = 4, aug = 8, sep = 9, sept = 9, okt = 10, nov = 11, dez = 12, juno = 6,
}
for _, name in ipairs { "januar", "februar", "april", "mai", "juni", "juli", "september", "oktober", "november",
  "dezember" } do
  words.month[name .. "s"] = words.month[name]
end
local days = { montag = 1, dienstag = 2, mittwoch = 3, donnerstag = 4, freitag = 5, samstag = 6, sonnabend = 6,
  sonntag = 7 }
local parts = { morgen = "MO", vormittag = "MO", mittag = "MI", nachmittag = "AF", abend = "EV", nacht = "NI" }
words.weekday, words.weekdays, words.weekdaypart, words.weekdayparts = {}, {}, {}, {}
for name, number in pairs(days) do
  words.weekday[name], words.weekdays[name .. "s"] = number, number
  for part, value in pairs(parts) do
    words.weekdaypart[name .. part] = { weekday = number, part = value }
    words.weekdayparts[name .. part .. "s"] = { weekday = number, part = value }
  end
end
for short, number in pairs { ["mo."] = 1, ["di."] = 2, ["mi."] = 3, ["do."] = 4, ["fr."] = 5, ["sa."] = 6,
  ["so."] = 7 } do
  words.weekday[short] = number
end
words.shortday = { mo = 1, di = 2, mi = 3, ["do"] = 4, fr = 5, sa = 6, so = 7 }
words.part = { morgen = "MO", vormittag = "MO", vormittags = "MO", mittag = "MI", nachmittag = "AF",
  nachmittags = "AF", abend = "EV", abends = "EV",
  nacht = "NI", nachts = "NI", ["früh"] = "MO", mitternacht = "NI", morgens = "MO", mittags = "MI" }
words.noon = { mittag = { hour = 12 }, mitternacht = { hour = 24 }, mittags = { hour = 12 } }
words.habit = { nachts = "NI", morgens = "MO", abends = "EV", mittags = "MI", nachmittags = "AF", vormittags = "MO" }
words.half_day = { morgens = "AM", vormittags = "AM", ["früh"] = "AM", nachmittags = "PM", abends = "PM",
  ["am morgen"] = "AM",
  ["am nachmittag"] = "PM", ["am abend"] = "PM", ["am vormittag"] = "AM", ["in der früh"] = "AM", nachts = false }

words.unit = {
  tag = "D", tage = "D", tagen = "D", tages = "D", woche = "W", wochen = "W", monat = "M", monate = "M",
    monaten = "M", monats = "M",
  monates = "M", jahr = "Y", jahre = "Y", jahren = "Y", jahres = "Y", jahrzehnt = "E", jahrzehnte = "E",
    jahrzehnten = "E", jahrzehnts = "E",
  jahrhundert = "C", jahrhunderte = "C", jahrhunderten = "C", jahrhunderts = "C", quartal = "Q", quartale = "Q",
    quartalen = "Q", quartals = "Q",
  stunde = "H", stunden = "H", minute = "MIN", minuten = "MIN", sekunde = "S", sekunden = "S", jahrtausend = "MIL",
    jahrtausende = "MIL",
  jahrtausenden = "MIL", wochenende = "WE", wochenenden = "WE", wochenendes = "WE", std = "H", min = "MIN",
    arbeitstage = "D", werktage = "D", monatelang = "M",
  semester = "HY", halbjahr = "HY",
}
words.big = { tag = "D", tages = "D", woche = "W", monat = "M", monats = "M", monates = "M", jahr = "Y",
  jahres = "Y", jahrzehnt = "E", jahrzehnts = "E",
  jahrhundert = "C", jahrhunderts = "C", quartal = "Q", quartals = "Q", wochenende = "WE", wochenendes = "WE",
    jahre = "Y" }
words.span = {}
for word, unit in pairs(words.unit) do
  if unit ~= "WE" then
    words.span[word] = unit
  end
end
words.plural = { tage = "D", tagen = "D", wochen = "W", monate = "M", monaten = "M", jahre = "Y", jahren = "Y",
  jahrzehnte = "E", jahrzehnten = "E",
  jahrhunderte = "C", jahrhunderten = "C", stunden = "H", minuten = "MIN", jahrtausende = "MIL",
    jahrtausenden = "MIL", sekunden = "S" }
words.lasting = { tagelang = "PXD", wochenlang = "PXW", monatelang = "PXM", jahrelang = "PXY",
  jahrzehntelang = "PXE", stundenlang = "PTXH",
  minutenlang = "PTXM", jahrhundertelang = "PXC" }
for _, stem in ipairs { "tagelang", "wochenlang", "monatelang", "jahrelang", "jahrzehntelang", "stundenlang" } do
  inflected(words.lasting, stem, words.lasting[stem])
end
inflected(words.lasting, "langjährig", "PXY")
for ending, unit in pairs { ["wöchig"] = "W", ["tägig"] = "D", monatig = "M", ["stündig"] = "TH", ["minütig"] = "TM" } do
  local sign, letter = unit:match "^(T?)(.)$"
  inflected(words.lasting, "mehr" .. ending, "P" .. sign .. "X" .. letter)
  for count, word in ipairs { "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn" } do
    inflected(words.lasting, word .. ending, ("P%s%d%s"):format(sign, count, letter))
  end
end

local ones = { "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf",
  "dreizehn", "vierzehn",
  "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn" }
local tens = { [20] = "zwanzig", [30] = "dreißig", [40] = "vierzig", [50] = "fünfzig", [60] = "sechzig",
  [70] = "siebzig", [80] = "achtzig", [90] = "neunzig" }
words.count = { zwo = 2, beide = 2, beiden = 2, hundert = 100, tausend = 1000, einhundert = 100, dreissig = 30,
  eineinhalb = 1.5, anderthalb = 1.5,
  zweieinhalb = 2.5, dreieinhalb = 3.5, viereinhalb = 4.5, fuenf = 5, zwoelf = 12, dutzend = 12 }
words.one = { ein = 1, eine = 1, einem = 1, einen = 1, einer = 1, eines = 1 }
words.tensword, words.nth = {}, {}
local spelled = { "erst", "zweit", "dritt", "viert", "fünft", "sechst", "siebt", "acht", "neunt", "zehnt", "elft",
  "zwölft", "dreizehnt", "vierzehnt",
  "fünfzehnt", "sechzehnt", "siebzehnt", "achtzehnt", "neunzehnt" }
for i, word in ipairs(ones) do
  if i > 1 then
    words.count[word] = i
  end
  inflected(words.nth, spelled[i], i)
end
for n, word in pairs(tens) do
  words.count[word] = n
  for i = 1, 9 do
    words.count[ones[i] .. "und" .. word] = n + i
    if n == 20 or n == 30 and i == 1 then
      inflected(words.nth, ones[i] .. "und" .. word .. "st", n + i)
    end
  end
  words.tensword[word .. "er"] = 190 + n // 10
  if n <= 30 then
    inflected(words.nth, word .. "st", n)
  end
end
inflected(words.nth, "dreissigst", 30)
words.tens = {}
for ten = 170, 203 do
  words.tens[ten .. "0er"] = ten
end
for digit = 1, 9 do
  words.tens[digit .. "0er"] = 190 + digit
end
words.tens["10er"], words.tens["20er"] = nil, 192
words.vague = { einige = "X", einigen = "X", einiger = "X", mehrere = "X", mehreren = "X", mehrerer = "X",
  ["ein paar"] = "X", wenige = "X", wenigen = "X",
  weniger = "X", viele = "X", vielen = "X", zahlreiche = "X", zahlreichen = "X", etliche = "X", etlichen = "X",
    ["einem paar"] = "X" }
words.about = {}
for word in ([[
  rund etwa fast knapp gut mindestens höchstens circa ca. ungefähr maximal genau über beinahe bis-zu
  mehr-als weniger-als gerade-einmal
  wenigstens]]):gmatch "%S+" do
  words.about[(word:gsub("%-", " "))] = true
end
words.about["gerade einmal"] = nil

words.rel, words.article = {}, { der = true, die = true, das = true, dem = true, den = true, des = true }
for stem, value in pairs { letzt = -1, vergangen = -1, vorig = -1, vorherig = -1, dies = 0, laufend = 0,
  ["nächst"] = 1, kommend = 1, naechst = 1, ["übernächst"] = 2 } do
  inflected(words.rel, stem, value)
end
words.rel.dieses, words.rel.dies = 0, nil
words.this = { diese = 0, diesen = 0, dieser = 0, dieses = 0, diesem = 0 }
words.season = { ["frühjahr"] = "SP", ["frühling"] = "SP", sommer = "SU", herbst = "FA", winter = "WI",
  ["spätsommer"] = "SU", ["spätherbst"] = "FA",
  ["frühsommer"] = "SU", sommers = "SU", winters = "WI", herbstes = "FA", ["frühjahrs"] = "SP", ["frühlings"] = "SP",
    sommermonate = "SU",
  sommermonaten = "SU", wintermonate = "WI", wintermonaten = "WI", ["sommerhalbjahr"] = nil }
words.today = { heute = 0, gestern = -1, vorgestern = -2, vorvorgestern = -3, ["übermorgen"] = 2 }
words.tomorrow = { morgen = 1 }
words.edge = { anfang = "START", beginn = "START", mitte = "MID", ende = "END", ["zu beginn"] = "START",
  ["am ende"] = "END", ["anfangs"] = "START" }
words.yearword = { jahr = true, jahre = true, jahres = true, jahren = true, gesamtjahr = true }
words.year_rel = { vorjahr = -1, vorjahres = -1, vorjahrs = -1, heuer = 0 }
words.present, words.gone, words.ahead = {}, {}, {}
for word in ([[
  jetzt derzeit zurzeit zur_zeit momentan gegenwärtig heutzutage nunmehr zur_stunde im_moment
  augenblicklich die_gegenwart der_gegenwart]]):gmatch "%S+" do
  words.present[(word:gsub("_", " "))] = "PRESENT_REF"
end
for stem in ([[derzeitig gegenwärtig heutig momentan]]):gmatch "%S+" do
  inflected(words.present, stem, "PRESENT_REF")
end
for word in ([[
  früher damals einst kürzlich unlängst neulich jüngst vor_kurzem vergangenheit in_letzter_zeit
  seinerzeit vormals früheren_zeiten früherer_zeiten vergangener_zeiten der_vergangenen_zeit dieser_zeit jener_zeit
  der_vergangenheit die_vergangenheit zuletzt ehedem]]):gmatch "%S+" do
  words.gone[(word:gsub("_", " "))] = "PAST_REF"
end
for word in ([[bald demnächst zukunft der_zukunft die_zukunft künftig in_kürze]]):gmatch "%S+" do
  words.ahead[(word:gsub("_", " "))] = "FUTURE_REF"
end
words.gone["zuletzt"] = nil
words.setword = {}
for stem, value in pairs { ["täglich"] = "P1D", ["wöchentlich"] = "P1W", monatlich = "P1M", ["jährlich"] = "P1Y",
  ["stündlich"] = "PT1H", ["alljährlich"] = "P1Y",
  ["halbjährlich"] = "P6M", ["vierteljährlich"] = "P3M", ["tagtäglich"] = "P1D" } do
  words.setword[stem] = value
  inflected(words.setword, stem, value)
end
for word, value in pairs { tag = "P1D", woche = "P1W", monat = "P1M", jahr = "P1Y" } do
  words.setword[word .. " für " .. word], words.setword[word .. " um " .. word] = value, value
end
words.every = { jeder = true, jede = true, jedes = true, jeden = true, jedem = true, alle = true, pro = true }
words.zone = { mez = true, mesz = true, gmt = true, utc = true, cet = true, cest = true, ["ortszeit"] = true }
words.era = { ["v. chr."] = "BC", ["v.chr."] = "BC", ["vor christus"] = "BC", ["n. chr."] = "AD", ["n.chr."] = "AD",
  ["nach christus"] = "AD", ["v. chr"] = "BC",
  ["n. chr"] = "AD", ["v.u.z."] = "BC", ["v. u. z."] = "BC", ["u.z."] = "AD", ["vor unserer zeitrechnung"] = "BC",
    vdz = "BC", ndz = "AD", vuz = "BC", nuz = "AD", vdgz = "BC",
  ndgz = "AD" }

words.feast = {
  weihnachten = { month = 12, day = 25 }, weihnachtstag = { month = 12, day = 25 },
    ["erster weihnachtstag"] = { month = 12, day = 25 },
  ["zweiter weihnachtstag"] = { month = 12, day = 26 }, ["heiliger abend"] = { month = 12, day = 24 },
    ["heiligen abend"] = { month = 12, day = 24 },
  ["heiligabend"] = { month = 12, day = 24 }, ["stefanitag"] = { month = 12, day = 26 }, silvester = { month = 12,
    day = 31 }, neujahr = { month = 1, day = 1 },
  neujahrstag = { month = 1, day = 1 }, ["dreikönigstag"] = { month = 1, day = 6 },
    ["heilige drei könige"] = { month = 1, day = 6 }, valentinstag = { month = 2, day = 14 },
  ["nikolaustag"] = { month = 12, day = 6 }, nikolaus = { month = 12, day = 6 }, ["tag der arbeit"] = { month = 5,
    day = 1 }, maifeiertag = { month = 5, day = 1 },
  ["tag der deutschen einheit"] = { month = 10, day = 3 }, reformationstag = { month = 10, day = 31 },
    halloween = { month = 10, day = 31 },
  allerheiligen = { month = 11, day = 1 }, allerseelen = { month = 11, day = 2 }, martinstag = { month = 11,
    day = 11 }, ["mariä himmelfahrt"] = { month = 8, day = 15 },
  nationalfeiertag = { month = 10, day = 26 }, ["mariä empfängnis"] = { month = 12, day = 8 },
    frauentag = { month = 3, day = 8 },
  ostern = { easter = 0 }, ostersonntag = { easter = 0 }, ostermontag = { easter = 1 }, karfreitag = { easter = -2 },
    ["hoher freitag"] = { easter = -2 },
  ["gründonnerstag"] = { easter = -3 }, karsamstag = { easter = -1 }, palmsonntag = { easter = -7 },
    aschermittwoch = { easter = -46 }, rosenmontag = { easter = -48 },
  faschingsdienstag = { easter = -47 }, ["christi himmelfahrt"] = { easter = 39 }, pfingsten = { easter = 49 },
    pfingstsonntag = { easter = 49 },
  pfingstmontag = { easter = 50 }, fronleichnam = { easter = 60 }, dreifaltigkeitssonntag = { easter = 56 },
    trinitatis = { easter = 56 },
  ["goldener sonntag"] = { easter = 56 }, ["orthodoxer karfreitag"] = { pascha = -2 },
    ["orthodoxer ostermontag"] = { pascha = 1 },
  ["orthodoxes osterfest"] = { pascha = 0 }, muttertag = { nth = 2, weekday = 7, month = 5 },
    vatertag = { easter = 39 },
  thanksgiving = { nth = 4, weekday = 4, month = 11 }, ["schwarzer freitag"] = { nth = 4, weekday = 4, month = 11,
    plus = 1 },
  ["volkstrauertag"] = { advent = 35 }, totensonntag = { advent = 28 }, ["erster advent"] = { advent = 21 },
    ["zweiter advent"] = { advent = 14 },
  ["dritter advent"] = { advent = 7 }, ["vierter advent"] = { advent = 0 },
}

for name, feast in pairs {
  chanukka = { kislev = true }, hanukkah = { kislev = true }, pessach = { hebrew = -163 }, passah = { hebrew = -163 }, passover = { hebrew = -163 },
  ["rosch haschana"] = { hebrew = 0 }, ["jom kippur"] = { hebrew = 9 }, sukkot = { hebrew = 14 }, ["laubhüttenfest"] = { hebrew = 14 },
  schawuot = { hebrew = -113 }, shavuot = { hebrew = -113 }, purim = { hebrew = -193 }, ["simchat tora"] = { hebrew = 22 },
  ramadan = { islamic = 9, day = 2 }, ["eid al-fitr"] = { islamic = 10, day = 1 }, zuckerfest = { islamic = 10, day = 1 },
  opferfest = { islamic = 12, day = 10 }, ["eid al-adha"] = { islamic = 12, day = 10 }, aschura = { islamic = 1, day = 10 }, ashura = { islamic = 1, day = 10 },
  ["islamisches neujahr"] = { islamic = 1, day = 1 }, ["sauberer montag"] = { pascha = -48 },
} do
  words.feast[name] = feast
end

words.tense = {
  wird = "future", werden = "future", will = "future", wollen = "future", soll = "future", sollen = "future",
    bis = "future", plant = "future",
  war = "past", waren = "past", hat = "past", hatte = "past", haben = "past", hatten = "past", wurde = "past",
    wurden = "past", ist = nil,
  sagte = "past", seit = "past", kam = "past", ging = "past", gab = "past", fand = "past", begann = "past",
    worden = "past", fanden = "past", stand = "past",
  ["findet"] = "future", beginnt = "future", finden = "future", startet = "future", ["gewann"] = "past", wann = nil,
    lag = "past", nahm = "past",
}

-- What begins an order, as to a helper: "call me on Friday".
words.orders = {}
for word in ([[starte stelle ruf rufe erinnere warte buche wecke zeig zeige plane schick schicke]]):gmatch "%S+" do
  words.orders[word] = true
end

return words
