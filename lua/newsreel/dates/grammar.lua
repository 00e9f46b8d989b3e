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
local Cc, Cg, Ct, Cp, Cmt = lpeg.Cc, lpeg.Cg, lpeg.Ct, lpeg.Cp, lpeg.Cmt

local grammar = {}

local blank = S " \t" + "\xC2\xA0" + "\xE2\x80\xAF" + "\xE2\x80\x89"
local line = P "\r" ^ -1 * "\n"
local space = blank ^ 1 * (line * blank ^ 0) ^ -1 + line * blank ^ 0
local dash = P "-" + "\xE2\x80\x93" + "\xE2\x80\x94" + "\xE2\x80\x91" + "\xE2\x80\x92"
local two = R "09" * R "09" ^ -1
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

-- Numbers are spelled out as patterns, so that a match needs no function. Each ends at a digit's end.
local plain_end = -(letter + digit) * -(S ".," * digit)
local one_to_31 = P "3" * S "01" + S "12" * digit + P "0" ^ -1 * R "19"
local one_to_12 = P "1" * S "012" + P "0" ^ -1 * R "19"
local year4 = (P "1" * digit + P "20" + P "21") * digit * digit
local numbers = {
  year = year4 * -digit * -(S ".," * digit),
  old = R "19" * digit ^ -3 * plain_end,
  yy = digit * digit * plain_end,
  mm = one_to_12 * -digit,
  day = one_to_31 * -digit,
  hour = (P "2" * R "04" + S "01" * digit + digit) * -digit,
  minute = R "05" * digit * -digit * -(P "." * digit * digit),
  second = R "06" * digit * -digit,
  digits = digit * digit ^ -4 * -(letter + digit) * -(S ".," * digit),
  decimal = digit * digit ^ -8 * (S ".," * digit * digit ^ -5) ^ -1 * -(letter + digit),
  nthdot = one_to_31 * ".",
  h = P "h" * -letter,
}
numbers.tee = (P "t" + space) * #digit

---The number that was matched; "1,500" has thousands, "2,5" and "2.5" a fraction.
local function value_of(text)
  local whole, part = text:match "^(%d+)[.,](%d+)$"
  if part then
    return tonumber(#part == 3 and whole .. part or whole .. "." .. part)
  end
  return tonumber(text:match "^%d+")
end
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

---One pattern for a table of words: a tree of bytes in which the longest word wins.
---At a fork the letters are halved, since LPeg tries the branches of a choice one by one.
local function words(class, silent)
  local tree = { next = {} }
  for word, value in pairs(class) do
    local node = tree
    for byte in word:gmatch "." do
      node.next[byte] = node.next[byte] or { next = {} }
      node = node.next[byte]
    end
    node.value, node.word = value, word
  end
  local build
  local function fork(next, bytes, low, high)
    if low == high then
      local byte = bytes[low]
      return (byte == "'" and apostrophe or byte == " " and space or P(byte)) * build(next[byte])
    end
    local middle, left = (low + high) // 2, ""
    for i = low, middle do
      left = left .. bytes[i]
    end
    if left:find "[ ']" then
      return fork(next, bytes, low, middle) + fork(next, bytes, middle + 1, high)
    end
    return #S(left) * fork(next, bytes, low, middle) + fork(next, bytes, middle + 1, high)
  end
  function build(node)
    local bytes = {}
    for byte in pairs(node.next) do
      bytes[#bytes + 1] = byte
    end
    table.sort(bytes)
    local here = node.word and (silent and ended(node.word) or ended(node.word) * Cc(node.value))
    local further = bytes[1] and fork(node.next, bytes, 1, #bytes)
    return further and here and further + here or further or here or P(false)
  end
  return build(tree)
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

---Capture what `pattern` matches as `field`, unless only the extent is asked for.
function compiler:field(field, pattern)
  return self.silent and pattern or Cg(pattern, field)
end

---A day of the month with the language's ordinal ending: 24th, 24., 24-го.
function compiler:day_of_month(field)
  local ending = P(true)
  for _, suffix in ipairs(self.language.endings) do
    ending = P(suffix) + ending
  end
  local number = one_to_31 * -digit
  local tail = ending * wordend * -(S ".,:" * digit)
  return self:field(field or "day", (self.silent and number or number / value_of) * tail), { ["#"] = true }
end

function compiler:class(name, field)
  if name == "dd" then
    return self:day_of_month(field)
  elseif name == "tee" or name == "h" then
    return numbers[name], { t = true, h = true }
  end
  local class, pattern = self.language.words[name], numbers[name]
  if pattern and not class then
    return self:field(field or field_of[name] or name, self.silent and pattern or pattern / value_of), { ["#"] = true }
  elseif not class then
    self:fail("unknown class <" .. name .. ">")
  end
  local first = {}
  for word in pairs(class) do
    first[key_of(word)] = true
    for part in word:gmatch "[^ ]+" do
      self.vocabulary[part] = true
    end
  end
  local cache = self.silent and self.language.silent or self.language.compiled
  cache[name] = cache[name] or words(class, self.silent)
  return self:field(field or field_of[name] or name, cache[name]), first
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
      pattern = self.silent and pattern or Ct(Cg(Cp(), "first") * pattern * Cg(Cp(), "stop"))
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
    if c == "(" and #items > 0 and self.source:sub(self.at - 1, self.at - 1) ~= " " then
      gap = "^" -- a group written close to the item before
    elseif c == "~" or c == "_" or c == "^" then
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

---A rule twice: with its captures, and without them to find the longest match quickly.
local function compile_rule(language, rule, vocabulary)
  local source = expand(rule[2], language.macros or {})
  local made = {}
  for pass = 1, 2 do
    local reader = setmetatable({ source = source, at = 1, language = language, vocabulary = vocabulary, silent = pass == 2 }, compiler)
    local pattern, first = reader:choice()
    if reader.at <= #source then
      reader:fail "unexpected character"
    end
    if pass == 2 then
      made.extent = pattern
    else
      made.first = first
      made.pattern = reader.brackets and pattern or Ct(Cg(Cp(), "first") * pattern * Cg(Cp(), "stop"))
    end
  end
  return Ct(made.pattern * Cg(Cp(), "after")), made.extent, made.first
end

---The word of an entry that tells that it is one: of several words, the last.
local function telling(word)
  return word:match "[^ ]+$"
end

---The pattern that walks over a text and gives the place of each word that can make a date.
local function scanner(language)
  local strong = {}
  for _, name in ipairs(language.strong) do
    for word in pairs(language.words[name] or { [name] = true }) do
      strong[telling(word)] = true
    end
  end
  local clock = two * S ":." * digit * digit + two * (S "./-" * two) + two * letter
  local number = #(digit * digit * digit * digit * -digit + clock) * Cp()
  local word = #words(strong, true) * Cp()
  -- Runs of bytes, not of characters: the walk must be fast.
  local letters = R("az", "\x80\xC1", "\xC3\xE1", "\xE3\xF4")
  local sign = P "\xC2" * 1 + P "\xE2" * 1 * 1
  local other = 1 - (letters + digit + S "\xC2\xE2")
  return Ct((#letters * word ^ -1 * letters ^ 1 + other ^ 1 + #digit * number ^ -1 * digit ^ 1 + sign + P(1)) ^ 0)
end

---Compile a language file: `rules` by first word, the words that may stand in a date, the scanner.
---@param language table
---@return table
function grammar.compile(language)
  language.compiled, language.silent = {}, {}
  local made = { by_key = {}, vocabulary = {}, language = language, rules = {} }
  ---One pattern a key: each rule that matches notes how far and fails, so that the next is tried.
  local function note(_, stop, index)
    if stop > made.best_stop then
      made.best_stop, made.best = stop, index
    end
    return false
  end
  for index, rule in ipairs(language.rules) do
    local pattern, extent, first = compile_rule(language, rule, made.vocabulary)
    made.rules[index] = { name = rule[1], means = rule[3], set = rule[4] or {}, pattern = pattern }
    for key in pairs(first) do
      local noted = Cmt(extent * Cc(index), note)
      made.by_key[key] = made.by_key[key] and made.by_key[key] + noted or noted
    end
  end
  for _, ending in ipairs(language.endings) do
    made.vocabulary[(ending:gsub("^%-", ""))] = true
  end
  made.scan = scanner(language)
  return made
end

return grammar
