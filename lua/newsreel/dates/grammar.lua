--- Turns the rules of a language file into LPeg patterns.
-- A rule's pattern is a line of items parted by spaces:
--   word           that word; the text is folded to lower case first
--   <class>        a word of that class of the language, or a number (see `numbers`);
--                  <class:name> puts its value into the field `name` instead
--   (a b | c)      one of several
--   item?          may be missing
--   [a b]          the extent of the date: words outside the brackets are context only; several
--                  brackets make several dates that share their fields ("[5] to [7 May]")
-- Between two items stands white space; `~` before an item makes it optional, `_` allows a hyphen,
-- `^` means none at all. Choice is ordered and optional items are greedy, as everywhere in LPeg.
local lpeg = require "lpeg"

local P, R, S = lpeg.P, lpeg.R, lpeg.S
local C, Cc, Cg, Ct, Cp, Cmt = lpeg.C, lpeg.Cc, lpeg.Cg, lpeg.Ct, lpeg.Cp, lpeg.Cmt

local grammar = {}

local blank = S " \t" + "\xC2\xA0" + "\xE2\x80\xAF" + "\xE2\x80\x89"
local line = P "\r" ^ -1 * "\n"
local space = blank ^ 1 * (line * blank ^ 0) ^ -1 + line * blank ^ 0
local dash = P "-" + "\xE2\x80\x93" + "\xE2\x80\x94" + "\xE2\x80\x91" + "\xE2\x80\x92"
local apostrophe = P "'" + "\xE2\x80\x99" + "\xCA\xBC"
local digit = R "09"
-- Lead bytes of letters: all but C2 (Latin-1 signs) and E2 (general punctuation).
local letter = R "az" + R("\xC3\xDF", "\xE0\xE1", "\xE3\xF4") * R "\x80\xBF" ^ 1
local wordend = -(letter + digit)
local gaps = {
  [" "] = space,
  ["~"] = space ^ -1,
  ["_"] = space ^ -1 * dash * space ^ -1 + space,
  ["^"] = P(true),
}

grammar.letter, grammar.digit, grammar.space, grammar.dash = letter, digit, space, dash

---A number of digits between two limits, as the field `name`.
local function number(pattern, low, high)
  return Cmt(C(pattern), function(_, at, text)
    local n = tonumber(text)
    if n >= low and n <= high then
      return at, n
    end
  end)
end

local plain_end = -(letter + digit) * -(S ".," * digit)
local time_end = -(letter + digit) * -(P "." * digit * digit * ".")
local two = digit * digit ^ -1
local numbers = {
  year = number(digit * digit * digit * digit, 1000, 2199) * -digit * -(S ".," * digit),
  old = number(digit * digit ^ -3, 1, 2999) * plain_end,
  yy = number(digit * digit, 0, 99) * plain_end,
  mm = number(two, 1, 12) * -digit,
  day = number(two, 1, 31) * -digit,
  hour = number(two, 0, 24) * -digit,
  minute = number(digit * digit, 0, 59) * time_end,
  second = number(digit * digit, 0, 60) * -digit,
  digits = number(digit ^ 1, 0, 99999) * -(letter + digit) * -(S ".," * digit),
  decimal = Cmt(C(digit ^ 1 * (S ".," * digit ^ 1) ^ -1) * -(letter + digit), function(_, at, text)
    local whole, part = text:match "^(%d+)[.,](%d+)$"
    if part and #part == 3 then -- 1,500
      return at, tonumber(whole .. part)
    end
    return at, tonumber((text:gsub(",", ".")))
  end),
}
numbers.nthdot = number(two, 1, 30) * "."
numbers.tee = (P "t" + space) * #digit
local field_of = { mm = "month", yy = "year", old = "year", digits = "count", decimal = "count", nth = "day" }

---The bytes of a word; any apostrophe stands for all of them, a space for any white space.
local function spelled(word)
  local pattern = P(true)
  for piece in word:gmatch "[' ]?[^' ]*" do
    local first = piece:sub(1, 1)
    if first == "'" then
      pattern = pattern * apostrophe * piece:sub(2)
    elseif first == " " then
      pattern = pattern * space * piece:sub(2)
    elseif piece ~= "" then
      pattern = pattern * piece
    end
  end
  return pattern
end

local function ended(word)
  return word:find "[%w\x80-\xFF]$" and wordend or P(true)
end

---One pattern for a table of words: a choice by first byte, longer words first.
local function words(class, silent)
  local by_byte, firsts = {}, {}
  for word in pairs(class) do
    local byte = word:sub(1, 1)
    if byte >= "\x80" then
      byte = word:sub(1, 2)
    end
    if not by_byte[byte] then
      by_byte[byte] = {}
      firsts[#firsts + 1] = byte
    end
    table.insert(by_byte[byte], word)
  end
  table.sort(firsts)
  local choice = P(false)
  for _, byte in ipairs(firsts) do
    local list, inner = by_byte[byte], P(false)
    table.sort(list, function(a, b)
      return #a > #b or #a == #b and a < b
    end)
    for _, word in ipairs(list) do
      local one = spelled(word) * ended(word)
      inner = inner + (silent and one or one * Cc(class[word]))
    end
    choice = choice + #P(byte) * inner
  end
  return choice
end

---The key under which a rule that begins with `word` is found again.
local function key_of(word)
  return word:match "^[a-z\x80-\xC1\xC3-\xC9\xCB-\xE1\xE3-\xFF]+" or word:match "^%d" and "#" or word:sub(1, 1)
end

grammar.key_of = key_of

---Reader of one pattern line; `first` and `vocabulary` are filled on the way.
local compiler = {}
compiler.__index = compiler

function compiler:fail(what)
  error(("dates: %s in pattern %q at %d"):format(what, self.source, self.at), 0)
end

function compiler:peek()
  self.at = self.source:find("[^ ]", self.at) or #self.source + 1
  return self.source:sub(self.at, self.at)
end

function compiler:class(name, field)
  local class = self.language.words[name]
  if name == "dd" then -- a day of the month with the language's ordinal ending
    local ending = P(self.language.no_ending and false or true)
    for _, suffix in ipairs(self.language.endings) do
      ending = P(suffix) + ending
    end
    return Cg(number(two, 1, 31) * -digit * ending * wordend * -(S ".,:" * digit), field or "day"), { ["#"] = true }
  elseif name == "tee" then
    return numbers.tee, { t = true }
  end
  if numbers[name] and not (class and name ~= "day") then
    return Cg(numbers[name], field or field_of[name] or name), { ["#"] = true }
  end
  if not class then
    self:fail("unknown class <" .. name .. ">")
  end
  local first = {}
  for word in pairs(class) do
    first[key_of(word)] = true
    for part in word:gmatch "[^ ]+" do
      self.vocabulary[part] = true
    end
  end
  local cache = self.language.compiled
  cache[name] = cache[name] or words(class)
  return Cg(cache[name], field or field_of[name] or name), first
end

function compiler:atom()
  local c = self:peek()
  if c == "(" or c == "[" then
    self.at = self.at + 1
    local pattern, first, empty = self:choice()
    if self:peek() ~= (c == "(" and ")" or "]") then
      self:fail "missing bracket"
    end
    self.at = self.at + 1
    if c == "[" then
      self.brackets = true
      pattern = Ct(Cg(Cp(), "first") * pattern * Cg(Cp(), "stop"))
    end
    return pattern, first, empty
  elseif c == "<" then
    local name, field, stop = self.source:match("^<([%w_]+):?([%w_]*)>()", self.at)
    if not name then
      self:fail "bad class"
    end
    self.at = stop
    if name == "dash" then
      return space ^ -1 * dash * space ^ -1, { ["-"] = true }
    elseif name == "hyphen" then
      return dash, { ["-"] = true }
    end
    return self:class(name, field ~= "" and field or nil)
  end
  local word, stop = self.source:match("^([^ ()<>%[%]?~^|]+)()", self.at)
  if not word then
    self:fail "nothing to match"
  end
  self.at = stop
  self.vocabulary[word] = true
  return spelled(word) * ended(word), { [key_of(word)] = true }
end

local function join(a, b)
  local sum = {}
  for key in pairs(a) do
    sum[key] = true
  end
  for key in pairs(b) do
    sum[key] = true
  end
  return sum
end

function compiler:sequence()
  local items = {}
  while true do
    local c = self:peek()
    if c == "" or c == ")" or c == "]" or c == "|" then
      break
    end
    local gap = " "
    if c == "~" or c == "_" or c == "^" then
      gap, self.at = c, self.at + 1
    end
    local pattern, first, empty = self:atom()
    local optional = self.source:sub(self.at, self.at) == "?"
    if optional then
      self.at = self.at + 1
    end
    items[#items + 1] = { gap = gaps[gap], pattern = pattern, first = first, optional = optional or empty }
  end
  return self:link(items)
end

---Chain items: optional ones before the first sure item carry the gap behind them.
function compiler:link(items)
  local sure
  for i, item in ipairs(items) do
    if not item.optional then
      sure = i
      break
    end
  end
  local pattern, first = P(true), {}
  for i, item in ipairs(items) do
    if not sure or i <= sure then
      first = join(first, item.first)
    end
    if sure and i < sure then
      pattern = pattern * (item.pattern * items[i + 1].gap) ^ -1
    elseif i == (sure or 1) then
      pattern = pattern * (item.optional and item.pattern ^ -1 or item.pattern)
    elseif item.optional then
      pattern = pattern * (item.gap * item.pattern) ^ -1
    else
      pattern = pattern * item.gap * item.pattern
    end
  end
  return pattern, first, not sure
end

function compiler:choice()
  local pattern, first, empty = self:sequence()
  while self:peek() == "|" do
    self.at = self.at + 1
    local other, more, none = self:sequence()
    pattern, first, empty = pattern + other, join(first, more), empty or none
  end
  return pattern, first, empty
end

local function expand(source, macros)
  for _ = 1, 4 do
    source = source:gsub("{(%w+)}", function(name)
      return assert(macros[name], "dates: unknown macro " .. name)
    end)
  end
  return source
end

local function compile_rule(language, rule, vocabulary)
  local source = expand(rule[2], language.macros or {})
  local reader = setmetatable({ source = source, at = 1, language = language, vocabulary = vocabulary }, compiler)
  local pattern, first = reader:choice()
  if reader.at <= #source then
    reader:fail "unexpected character"
  end
  if not reader.brackets then
    pattern = Ct(Cg(Cp(), "first") * pattern * Cg(Cp(), "stop"))
  end
  return Ct(pattern * Cg(Cp(), "after")), first
end

---The pattern that walks over a text and gives the place of each word that can make a date.
local function scanner(language)
  local strong = {}
  for _, name in ipairs(language.strong) do
    for word in pairs(language.words[name] or { [name] = true }) do
      strong[word:match "^[^ ]+"] = true
    end
  end
  local four = digit * digit * digit * digit * -digit
  local clock = two * S ":." * digit * digit + two * (S "./-" * two) + two * letter
  local at = #(words(strong, true) + four + clock) * Cp()
  local skip = letter ^ 1 * (apostrophe * letter ^ 1) ^ 0 + digit ^ 1 + (1 - (letter + digit)) ^ 1
  return Ct((at ^ -1 * skip + P(1)) ^ 0)
end

---Compile a language file: `rules` by first word, the words that may stand in a date, the scanner.
---@param language table
---@return table
function grammar.compile(language)
  language.compiled = {}
  local made = { by_key = {}, vocabulary = {}, language = language }
  for number_of, rule in ipairs(language.rules) do
    local pattern, first = compile_rule(language, rule, made.vocabulary)
    local entry = { name = rule[1], means = rule[3], set = rule[4] or {}, pattern = pattern, number = number_of }
    for key in pairs(first) do
      made.by_key[key] = made.by_key[key] or {}
      table.insert(made.by_key[key], entry)
    end
  end
  made.scan = scanner(language)
  return made
end

return grammar
