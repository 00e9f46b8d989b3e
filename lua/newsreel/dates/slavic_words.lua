--- What the words of Ukrainian and Russian dates share: classes made of lists, and of stems with endings.
local slavic_words = {}

---Every form of a stem into a class; "0" is the stem itself.
---@param class table<string, any>
---@param value any
---@param stem string
---@param endings string
function slavic_words.forms(class, value, stem, endings)
  for ending in endings:gmatch "%S+" do
    class[ending == "0" and stem or stem .. ending] = value
  end
end
local forms = slavic_words.forms

---The words of a text into a class; _ stands for a space inside one.
local function list(class, value, text)
  for word in text:gmatch "%S+" do
    class[(word:gsub("_", " "))] = value
  end
end

---Classes of words: name -> their text, or value -> text where the words of a class mean different things.
---@param words table<string, table>
---@param classes table<string, string|table<any, string>>
function slavic_words.lists(words, classes)
  for name, texts in pairs(classes) do
    words[name] = words[name] or {}
    for value, text in pairs(type(texts) == "string" and { [true] = texts } or texts) do
      list(words[name], value, text)
    end
  end
end

---Abbreviations, with and without a full stop.
function slavic_words.shorts(class, shorts)
  for short, number in pairs(shorts) do
    class[short], class[short .. "."] = number, number
  end
end

---The units of the calendar: all of `span`, and in `big` those of a day at least.
function slavic_words.units(words, texts)
  slavic_words.lists(words, { span = texts })
  words.unit, words.big = words.span, {}
  for word, unit in pairs(words.span) do
    if unit ~= "H" and unit ~= "MIN" and unit ~= "S" then
      words.big[word] = unit
    end
  end
end

---Numerals: of 1 to 19 and of the tens in all their forms, and the tens with a unit behind them.
function slavic_words.numerals(words, small, tens)
  for n, text in ipairs(small) do
    list(words.count, n, text)
  end
  for ten, text in pairs(tens) do
    list(words.count, ten, text)
    for n = 1, 9 do
      words.count[text:match "%S+" .. " " .. small[n]:match "%S+"] = ten + n
    end
  end
end

---Ordinals up to 31: stems of 1 to 19, their endings, the forms of the third, the endings behind "twenty".
function slavic_words.ordinals(words, stems, given)
  words.nth, words.nthnum = {}, {}
  for n, stem in ipairs(stems) do
    if n == 3 then
      list(words.nth, 3, given.third)
    else
      forms(words.nth, n, stem, given.endings)
    end
    if n < 10 and n ~= 3 then
      forms(words.nth, 20 + n, given.twenty .. " " .. stem, given.compound)
    end
  end
  list(words.nth, 23, given.third_of_twenty)
  forms(words.nth, 20, given.twentieth, given.endings)
  forms(words.nth, 30, given.thirtieth, given.endings)
  forms(words.nth, 31, given.thirty .. " " .. stems[1], given.first_of_thirty)
  for n = 1, 31 do
    for ending in pairs(words.ordend) do
      words.nthnum[n .. ending] = n
    end
  end
end

---Adjectives of length: "-day" alone, and with a number before it ("three-day").
function slavic_words.lengths(words, units, numbers, endings)
  words.spanadj, words.worded = words.spanadj or {}, words.worded or {}
  for stem, unit in pairs(units) do
    forms(words.spanadj, unit, stem, endings)
    for n, texts in ipairs(numbers) do
      for number in texts:gmatch "%S+" do
        forms(words.worded, { count = n, unit = unit }, number .. stem, endings)
      end
    end
  end
end

---Of the words for "last" those that begin with a stem: they also count from the end.
function slavic_words.last(words, stem)
  words.lastword = {}
  for word, value in pairs(words.rel) do
    if value == -1 and word:sub(1, #stem) == stem then
      words.lastword[word] = -1
    end
  end
end

slavic_words.roman = {}
for number, sign in ipairs { "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv",
  "xv", "xvi", "xvii", "xviii", "xix", "xx", "xxi" } do
  slavic_words.roman[sign] = number
end
-- Typed in Cyrillic letters as well: ХХ, ХІХ.
for sign, number in pairs { ["хх"] = 20, ["ххі"] = 21, ["хіх"] = 19, ["х"] = 10, ["хі"] = 11, ["хії"] = 12 } do
  slavic_words.roman[sign] = number
end

return slavic_words
