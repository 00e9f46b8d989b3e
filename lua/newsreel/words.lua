--- Words of a text with their bytes, for rules.
--
-- They are cut by bytes alone (src/text/rough.c). The words on the line are cut by src/text/scan.c, which knows far more.
local core = require "newsreel.core"

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

---What is known of a word by its spelling alone.
---@class newsreel.Form
---@field word string folded, without a genitive 's
---@field raw string as written, without a genitive 's
---@field size integer bytes as written
---@field genitive? boolean written with 's
---@field open? boolean a full stop behind it ends no sentence
---@field second? newsreel.Form the n't of "don't", which is two words
---@field mark? any set by a classify: rules look at this word

---@param raw string
---@return newsreel.Form
local function form(raw)
  local folded = words.fold(raw):gsub("%.$", "")
  local open = abbreviations[folded] or #folded == 1 or nil
  local stem, negated = folded:match "^(.+)'s$", folded:match "^(.+)n't$"
  if negated then
    return { word = negated, raw = raw, size = #raw, second = { word = "n't", raw = "n't", size = #raw } }
  elseif stem then
    local owner = raw:match "^(.+)'%a$" or raw:match "^(.+)\u{2019}%a$"
    return { word = stem, raw = owner, size = #raw, genitive = true, open = open }
  end
  return { word = folded, raw = raw, size = #raw, open = open }
end

---A text cut into words. What rules ask of a word again and again stands in its form, which all words of that spelling
---share; a place in the text has numbers alone.
---@class newsreel.Cut
---@field [integer] newsreel.Form
---@field count integer of words
---@field at integer[] the first byte of each
---@field clause integer[] the number of its clause in the text
---@field sentence integer[] the number of its sentence
---@field marked integer[] the words with a mark, in order
---@field marked_count integer

---A function that cuts texts. `classify` adds to a form what rules want to know of it, and sets `mark` where they
---begin; it is called once a spelling. The cut is good until the next text: its lists are used again.
---@param classify? fun(form: newsreel.Form)
---@return fun(text: string): newsreel.Cut
function words.reader(classify)
  local reader = core.reader(function(raw)
    local one = form(raw)
    if classify then
      classify(one)
    end
    if classify and one.second then
      classify(one.second)
    end
    return one
  end)
  local list = { count = 0, at = {}, clause = {}, sentence = {}, marked = {}, marked_count = 0 }
  return function(text)
    local before = list.count
    list.count, list.marked_count = core.cut(reader, text, list, list.at, list.clause, list.sentence, list.marked)
    for i = list.count + 1, before do
      list[i] = nil
    end
    return list
  end
end

---@class newsreel.Word
---@field word string folded, without a genitive 's
---@field raw string as written
---@field first integer byte, 1-based
---@field last integer byte, in
---@field clause integer number of its clause in the text
---@field sentence integer number of its sentence
---@field genitive? boolean written with 's

local read = words.reader()

---Cut a text into words, a table each.
---@param text string UTF-8
---@return newsreel.Word[]
function words.of(text)
  local cut, list = read(text), {}
  for i = 1, cut.count do
    local one, first = cut[i], cut.at[i]
    list[i] = { word = one.word, raw = one.raw, first = first, last = first + one.size - 1, clause = cut.clause[i],
      sentence = cut.sentence[i], genitive = one.genitive }
  end
  return list
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
          node.shortest, node.longest = math.min(node.shortest or #key, #key), math.max(node.longest or 0, #key)
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

---Does any entry start with this word? Most words start none, so the answer is remembered by spelling.
---@param trie newsreel.Trie
---@param word newsreel.Word|newsreel.Form
---@return boolean
function words.starts(trie, word)
  local raw, known = word.raw, trie.known
  if not known or trie.known_count > REMEMBERED then
    known = {}
    trie.known, trie.known_count = known, 0
  end
  local answer = known[raw]
  if answer == nil then
    answer = trie.exact[raw] ~= nil or trie.folded[word.word] ~= nil
    for size = math.min(#word.word, trie.longest or 0), trie.shortest or math.huge, -1 do
      answer = answer or trie.prefix[word.word:sub(1, size)] ~= nil
    end
    known[raw], trie.known_count = answer, trie.known_count + 1
  end
  return answer
end

local list, sentences, at -- what is walked: all words, of a cut their sentences, and the first word
local best_value, best_last, best_entry

local function leaves(i)
  if sentences then
    return sentences[i] ~= sentences[at]
  end
  return list[i].sentence ~= list[at].sentence
end

-- Follow the entries from a node whose words end before word i.
local function walk(node, i)
  if node.value ~= nil and (not best_last or i - 1 > best_last) then
    best_value, best_last, best_entry = node.value, i - 1, node.entry
  end
  local word = list[i]
  if not word or i > at and leaves(i) then
    return
  end
  if node.exact[word.raw] then
    walk(node.exact[word.raw], i + 1)
  end
  if node.folded[word.word] then
    walk(node.folded[word.word], i + 1)
  end
  for size = math.min(#word.word, node.longest or 0), node.shortest or math.huge, -1 do
    local child = node.prefix[word.word:sub(1, size)]
    if child then
      walk(child, i + 1)
    end
  end
  if node.any and i > at then
    walk(node.any, i + 1)
  end
end

---The longest entry that starts at a word and stays in its sentence.
---@param trie newsreel.Trie
---@param given newsreel.Word[]|newsreel.Cut
---@param first integer
---@return any? value nil where none starts here
---@return integer? last number of its last word
---@return string? entry
function words.longest(trie, given, first)
  if not words.starts(trie, given[first]) then
    return nil
  end
  list, sentences, at = given, given.sentence, first
  best_value, best_last, best_entry = nil, nil, nil
  walk(trie, first)
  list = nil
  return best_value, best_last, best_entry
end

return words
