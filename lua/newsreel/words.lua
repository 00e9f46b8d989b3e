--- Words of a text with their bytes, for rules that look at a sentence or two without a corpus.
--
-- A plain splitter in Lua, so that rules can be tried with stock Lua anywhere. The words on the line are
-- cut by src/text, which knows far more.
local words = {}

local lower_cyrillic = {}
for code = 0x410, 0x42F do
  lower_cyrillic[utf8.char(code)] = utf8.char(code + 32)
end
for code = 0x400, 0x40F do
  lower_cyrillic[utf8.char(code)] = utf8.char(code + 80)
end
lower_cyrillic["Ґ"] = "ґ"

---The words of a list as the keys of a table.
---@param list string words between blanks
---@return table<string, true>
function words.set(list)
  local out = {}
  for word in list:gmatch "%S+" do
    out[word] = true
  end
  return out
end

---The entries of a list between commas or line ends, as the keys of a table.
---@param text string
---@param value? any what each stands for; nil: itself
---@param into? table
---@return table<string, any>
function words.entries(text, value, into)
  into = into or {}
  for entry in text:gmatch "[^,\n]+" do
    entry = entry:match "^%s*(.-)%s*$"
    if entry ~= "" then
      into[entry] = value == nil and entry or value
    end
  end
  return into
end

---Fold a word: lower case, straight apostrophes.
---@param word string
---@return string
function words.fold(word)
  if not word:find "[\x80-\xFF]" then
    return word:lower()
  end
  return (word:gsub("\u{2019}", "'"):lower():gsub("[\xD0\xD2][\x80-\xBF]", lower_cyrillic))
end

local abbreviations = {}
for word in ([[mr mrs ms dr prof sen rep gov gen col capt lt sgt st jr sr no inc corp ltd co vs etc jan feb mar
apr jun jul aug sep sept oct
  nov dec mon tue wed thu fri sat sun u.s u.n u.k e.u d.c a.m p.m]]):gmatch "%S+" do
  abbreviations[word] = true
end

-- Marks that end a clause; general punctuation U+2010..U+205E is bytes E2 80/81 xx.
local function boundary(gap, word)
  if gap == " " then
    return nil
  elseif gap:find "[!?]" or gap:find "\n%s*\n" then
    return "sentence"
  elseif gap:find "%.[\"')%s\xE2\x80\x9D\x99]*%s" and not (word and (abbreviations[word] or #word == 1)) then
    return "sentence"
  elseif gap:find "[,;:()]" or gap:find "\u{2013}" or gap:find "\u{2014}" or gap:find " %-+ " then
    return "clause"
  end
end

local function plain(text)
  local list, clause, sentence, at = {}, 1, 1, 1
  local last_word
  while true do
    -- A word: letters, digits and bytes of other scripts; inner points, hyphens and apostrophes.
    local first, last = text:find("[%w\xC3-\xDF\xE0\xE1\xE3-\xF4][%w\x80-\xBF\xC3-\xDF\xE0\xE1\xE3-\xF4]*", at)
    if not first then
      break
    end
    while true do
      local stop = select(2, text:find("^[-'.&][%w\xC3-\xDF]+[\x80-\xBF\xC3-\xDF%w]*", last + 1)) or select(2,
      text:find("^\u{2019}[%a]+", last + 1))
      if not stop or text:sub(last + 1, last + 1) == "." and not text:find("^%.%a%f[%A]", last + 1)
      and not text:find("^%d%.%d", last) then
        break
      end
      last = stop
    end
    local kind = boundary(text:sub(at, first - 1), last_word)
    if kind and #list > 0 then
      clause = clause + 1
      if kind == "sentence" then
        sentence = sentence + 1
      end
    end
    if text:find("^%.", last + 1) and text:find("^%a%.%a", last - 2) then
      last = last + 1 -- U.N. keeps its last point
    end
    local raw = text:sub(first, last)
    local folded = words.fold(raw):gsub("%.$", "")
    local stem = folded:match "^(.+)'s$" or folded:match "^(.+s)'$"
    local negated = folded:match "^(.+)n't$"
    if negated then
      list[#list + 1] = { word = negated, raw = raw, first = first, last = last, clause = clause,
      sentence = sentence }
      list[#list + 1] = { word = "n't", raw = "n't", first = first, last = last, clause = clause,
      sentence = sentence }
    else
      list[#list + 1] = { word = stem or folded, raw = stem and raw:sub(1, #stem) or raw, first = first,
      last = last, clause = clause, sentence = sentence,
        genitive = stem ~= nil }
    end
    last_word = folded
    at = last + 1
  end
  return list
end

---@class newsreel.Word
---@field word string folded, without a genitive 's
---@field raw string as written
---@field first integer byte, 1-based
---@field last integer byte, in
---@field clause integer number of its clause in the text
---@field sentence integer number of its sentence
---@field genitive? boolean written with 's

---Cut a text into words.
---@param text string UTF-8
---@return newsreel.Word[]
function words.of(text)
  return plain(text)
end

---@class newsreel.Trie entries of words in a row; see words.compile

---Compile entries ("price cap*", "=US", "asset . freeze") into a trie that words.longest reads.
---@param entries table<string, any> what is found -> what it stands for (anything but nil and false)
---@return newsreel.Trie
function words.compile(entries)
  local root = { exact = {}, folded = {}, prefix = {} }
  for entry, value in pairs(entries) do
    local node = root
    for piece in entry:gmatch "%S+" do
      local slot, key
      if piece == "." then
        node.any = node.any or { exact = {}, folded = {}, prefix = {} }
        node = node.any
      else
        if piece:sub(1, 1) == "=" then
          slot, key = node.exact, piece:sub(2)
        elseif piece:sub(-1) == "*" then
          slot, key = node.prefix, words.fold(piece:sub(1, -2))
          node.shortest = math.min(node.shortest or #key, #key)
        else
          slot, key = node.folded, words.fold(piece):gsub("%.$", "")
        end
        slot[key] = slot[key] or { exact = {}, folded = {}, prefix = {} }
        node = slot[key]
      end
    end
    if node ~= root then
      node.value, node.entry = value, entry
    end
  end
  return root
end

local REMEMBERED = 100000 -- spellings a trie remembers at most

-- Does any entry start with this word? Most words start none, so the answer is remembered by spelling.
local function starts(trie, word)
  local raw, known = word.raw, trie.known
  if not known or trie.known_count > REMEMBERED then
    known = {}
    trie.known, trie.known_count = known, 0
  end
  local answer = known[raw]
  if answer == nil then
    answer = trie.exact[raw] ~= nil or trie.folded[word.word] ~= nil
    for size = #word.word, trie.shortest or math.huge, -1 do
      answer = answer or trie.prefix[word.word:sub(1, size)] ~= nil
    end
    known[raw], trie.known_count = answer, trie.known_count + 1
  end
  return answer
end

---The longest entry that starts at word `at` and stays in its sentence.
---@param trie newsreel.Trie
---@param list newsreel.Word[]
---@param at integer
---@return any? value nil where none starts here
---@return integer? last number of its last word
---@return string? entry
function words.longest(trie, list, at)
  if not starts(trie, list[at]) then
    return nil
  end
  local best_value, best_last, best_entry
  local function walk(node, i)
    if node.value ~= nil and (not best_last or i - 1 > best_last) then
      best_value, best_last, best_entry = node.value, i - 1, node.entry
    end
    local word = list[i]
    if not word or i > at and word.sentence ~= list[at].sentence then
      return
    end
    if node.exact[word.raw] then
      walk(node.exact[word.raw], i + 1)
    end
    if node.folded[word.word] then
      walk(node.folded[word.word], i + 1)
    end
    for size = #word.word, node.shortest or math.huge, -1 do
      local child = node.prefix[word.word:sub(1, size)]
      if child then
        walk(child, i + 1)
      end
    end
    if node.any and i > at then
      walk(node.any, i + 1)
    end
  end
  walk(trie, at)
  return best_value, best_last, best_entry
end

return words
