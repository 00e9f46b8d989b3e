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
local common = require "newsreel.dates.common"
local core = require "newsreel.core"

local P, R, S, V = lpeg.P, lpeg.R, lpeg.S, lpeg.V
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
  hh = (P "2" * R "04" + S "01" * digit + digit) * #(R "05" * digit * -digit), -- 10 of "1030"
}
-- 10.5 of "10.5h": letters may follow at once.
numbers.amount = digit * digit ^ -5 * (S ".," * digit * digit ^ -2) ^ -1
-- What may stand behind the seconds of ISO 8601: a fraction, a zone.
numbers.tail = (P "." * digit ^ 1) ^ -1 * (P "z" + S "+-" * two * P ":" ^ -1 * two) ^ -1
numbers.tee = (P "t" + space) * #digit

---The number that was matched; "1,500" has thousands, "2,5" and "2.5" a fraction.
local function value_of(text)
  local whole, part = text:match "^(%d+)[.,](%d+)$"
  if part then
    return tonumber(#part == 3 and whole .. part or whole .. "." .. part)
  end
  return tonumber(text:match "^%d+")
end
local field_of = { mm = "month", yy = "year", old = "year", digits = "count", decimal = "count", amount = "count", nth = "day", hh = "hour" }

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
local function words(class, silent, stop)
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
    local here = node.word and (stop or ended(node.word))
    if here and not silent then
      here = here * Cc(node.value)
    end
    local further = bytes[1] and fork(node.next, bytes, 1, #bytes)
    return further and here and further + here or further or here or P(false)
  end
  return build(tree)
end

---The key under which a rule that begins with `word` is found again.
local function key_of(word)
  return word:match "^[a-z\x80-\xC1\xC3-\xC9\xCB-\xE1\xE3-\xFF]+" or word:match "^%d" and "#" or word:sub(1, 1)
end

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

---Refer to a class by name; `pattern` is what it stands for. Only once is it compiled, however many
---rules name it.
function compiler:refer(name, field, pattern, key)
  name = (self.silent and "extent of " or "value of ") .. name
  self.needed[name] = self.needed[name] or pattern()
  return self.silent and V(name) or Cg(V(name), field), key
end

---A day of the month with the language's ordinal ending: 24th, 24., 24-го.
function compiler:day_of_month(field)
  return self:refer("dd", field or "day", function()
    local ending = wordend
    for _, suffix in ipairs(self.language.endings) do
      ending = P(suffix) * (suffix == "." and P(true) or wordend) + ending
    end
    local number = one_to_31 * -digit
    return (self.silent and number or number / value_of) * ending * -(S ".,:" * digit)
  end, { ["#"] = true })
end

function compiler:class(name, field)
  if name == "dd" then
    return self:day_of_month(field)
  elseif name == "tee" or name == "h" or name == "tail" then
    return numbers[name], { t = true, h = true }
  end
  local class, number = self.language.words[name], numbers[name]
  if number and not class then
    return self:refer(name, field or field_of[name] or name, function()
      return self.silent and number or number / value_of
    end, { ["#"] = true })
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
  return self:refer(name, field or field_of[name] or name, function()
    return words(class, self.silent, self.language.loose and self.language.loose[name] and -letter)
  end, first)
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

---Chain items: optional ones before the first sure item carry the gap behind them.
local function link(items)
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
  return link(items)
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
      return assert(macros[name] or common.macros[name], "dates: unknown macro " .. name)
    end)
  end
  return source
end

---Read the pattern line of a rule; `silent` leaves the captures out.
local function read_rule(language, rule, vocabulary, needed, silent)
  local source = expand(rule[2], language.macros or {})
  local reader = setmetatable({
    source = source,
    at = 1,
    language = language,
    vocabulary = vocabulary,
    needed = needed,
    silent = silent,
  }, compiler)
  local pattern, first = reader:choice()
  if reader.at <= #source then
    reader:fail "unexpected character"
  end
  return pattern, first, reader.brackets
end

---The pattern of a rule with its captures, made when the rule is first wanted.
local function with_captures(language, rule)
  local rules = {}
  local pattern, _, brackets = read_rule(language, rule, {}, rules, false)
  if not brackets then
    pattern = Ct(Cg(Cp(), "first") * pattern * Cg(Cp(), "stop"))
  end
  rules[1] = Ct(pattern * Cg(Cp(), "after"))
  return P(rules)
end

---The words that tell that a date may be near: of an entry of several words the last one, unless
---another of them tells already.
local function telling_words(language)
  local strong, entries = {}, {}
  for _, name in ipairs(language.strong) do
    for word in pairs(language.words[name] or { [name] = true }) do
      if word:find " " then
        entries[#entries + 1] = word
      else
        strong[word] = true
      end
    end
  end
  for _, entry in ipairs(entries) do
    local known = false
    for word in entry:gmatch "[^ ]+" do
      known = known or strong[word] ~= nil
    end
    if not known then
      strong[entry:match "[^ ]+$"] = true
    end
  end
  return strong
end

---The letters of the words that may stand in a date, as keys.
local function letters_of(vocabulary)
  local parts = {}
  for word in pairs(vocabulary) do
    for part in word:gmatch "[a-z\x80-\xFF]+" do
      parts[part] = true
    end
  end
  return parts
end

---What begins with one of `keys`, without taking it.
local function led_by(keys)
  local choice, list = P(false), {}
  for key in pairs(keys) do
    if key == "#" then
      choice = choice + digit
    elseif key:find "^[a-z\x80-\xFF]" then
      list[key] = true
    else
      choice = choice + P(key)
    end
  end
  return #(choice + words(list, true, -letter))
end

---Sort the keys by the rules that begin with them: {rules = "3 17 20", keys = {...}}.
local function key_groups(rules_of)
  local groups, order = {}, {}
  for key, numbers_of in pairs(rules_of) do
    local name = table.concat(numbers_of, " ")
    if not groups[name] then
      groups[name] = { name = name, keys = {}, rules = numbers_of }
      order[#order + 1] = groups[name]
    end
    groups[name].keys[key] = true
  end
  table.sort(order, function(a, b)
    return a.name < b.name
  end)
  return order
end

---The language of texts that are nothing but a date: other rules over the words of a language and some more.
local function asked_language(language)
  local asked, other = language.asked, {}
  for key, value in pairs(language) do
    other[key] = value
  end
  for _, key in ipairs { "words", "macros" } do
    local both = {}
    for name, value in pairs(language[key]) do
      both[name] = value
    end
    for name, value in pairs(asked[key]) do
      both[name] = value
    end
    other[key] = both
  end
  other.rules, other.loose, other.guards, other.asked = asked.rules, asked.loose, {}, nil
  return other
end

---Compile a language file: one LPeg grammar that tells how far each rule reaches from a byte, the
---rules, the words that may stand in a date, and the scanner.
---@param language table
---@return table
function grammar.compile(language)
  local made = { vocabulary = {}, language = language, rules = {}, ends = {}, runs = {}, run_count = 0 }
  ---Each rule that matches notes how far and fails, so that the next is tried.
  local function note(_, stop, index)
    local ends = made.ends
    ends[#ends + 1] = stop * 1000 - index
    return false
  end
  local rules, rules_of = {}, {}
  for index, rule in ipairs(language.rules) do
    local extent, first = read_rule(language, rule, made.vocabulary, rules, true)
    rules["rule " .. index] = Cmt(extent * Cc(index), note)
    made.rules[index] =
      { name = rule[1], means = rule[3], set = rule[4] or {}, guard = language.guards[rule[1]], why = {} }
    for key in pairs(first) do
      rules_of[key] = rules_of[key] or {}
      table.insert(rules_of[key], index)
    end
  end
  rules[1] = P(false)
  for _, group in ipairs(key_groups(rules_of)) do
    local choice = P(false)
    for _, index in ipairs(group.rules) do
      choice = choice + V("rule " .. index)
    end
    rules[1] = rules[1] + led_by(group.keys) * choice
  end
  made.reach = P(rules)
  for _, ending in ipairs(language.endings) do
    made.vocabulary[(ending:gsub("^%-", ""))] = true
  end
  made.words = core.run_words(letters_of(made.vocabulary), telling_words(language), language.pairs)
  ---The fields of a rule's match at a byte.
  function made.read(index, text, at)
    local rule = made.rules[index]
    rule.pattern = rule.pattern or with_captures(language, language.rules[index])
    return rule.pattern:match(text, at)
  end
  ---The rules of texts that are nothing but a date: another grammar over the same words, made when first wanted.
  made.asked = language.asked and function()
    if not made.asked_made then
      made.asked_made = grammar.compile(asked_language(language))
    end
    return made.asked_made
  end
  return made
end

return grammar
