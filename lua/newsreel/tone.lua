--- Tone of a text, and toward a target in it: from a lexicon, with negation, degree and "but".
--
-- Method: longest match of the lexicon's entries; an entry's value is turned by a negator up to four
-- words before it in the same clause, scaled by words of degree, and weighted by the side of a "but" it
-- stands on; the sum s becomes s / sqrt(s^2 + 15), between -1 and 1 (Hutto and Gilbert 2014, VADER,
-- for the last two; Polanyi and Zaenen 2006 for shifters). Everything is told in the hits, word by word.
local tone = {}

local function set(words)
  local out = {}
  for word in words:gmatch "%S+" do
    out[word] = true
  end
  return out
end

local negators = set [[not no never none nobody nothing neither nor n't cannot without hardly barely scarcely rarely seldom lack lacks
  lacked lacking fail fails failed failing refuse refuses refused deny denies denied nt isnt wasnt dont doesnt didnt cant couldnt wont wouldnt
  не ні нет без ніколи никогда]]

local degrees = {}
for degree, words in pairs {
  [1.4] = [[very extremely deeply highly hugely incredibly particularly especially truly utterly absolutely completely totally remarkably
    so such most more really widely strongly severely seriously sharply massive huge enormous increasingly considerably]],
  [0.6] = [[slightly somewhat partly partially fairly rather relatively little less almost nearly marginally mildly sort kind bit]],
} do
  for word in words:gmatch "%S+" do
    degrees[word] = degree
  end
end

-- What is only wished for or supposed is weaker: "should be safe" does not say that it is.
local suppositions = set "should must need needs needed ought would could might may if unless whether until cannot can't hope hopes"

local turns = set "but however yet although though nevertheless nonetheless але але однак но однако"

---Cut a text into words with their bytes and the number of their clause.
---@param text string
---@return { word: string, first: integer, last: integer, clause: integer }[]
local function words_of(text)
  local list, clause, at = {}, 1, 1
  while at <= #text do
    local gap, word, after = text:match("^([^%w\x80-\xff]*)([%w\x80-\xff][%w\x80-\xff'-]*)()", at)
    if not word then
      break
    end
    if gap:find "[,;:.!?()]" then
      clause = clause + 1
    end
    -- Typographic marks are bytes >= 0x80 and stick to words: cut them off.
    local first, last = at + #gap, after - 1
    local core = word:gsub("\u{2019}", "'")
    local lead = core:match "^[\u{201C}\u{201D}\u{2018}\u{2013}\u{2014}\u{AB}\u{BB}\u{A0}\xE2\x80\xC2]*" or ""
    if lead ~= "" and lead:find "[\xE2\xC2]" then
      core = core:gsub("\u{201C}", " "):gsub("\u{201D}", " "):gsub("\u{2018}", " "):gsub("\u{2014}", " , "):gsub("\u{2013}", " , "):gsub("\u{AB}", " "):gsub("\u{BB}", " ")
    end
    core = core:gsub("\u{201C}", " "):gsub("\u{201D}", " "):gsub("\u{2014}", " , "):gsub("\u{2013}", " , ")
    for piece in core:lower():gmatch "[^%s]+" do
      if piece == "," then
        clause = clause + 1
      else
        local stem = piece:match "^(.-)'s?$"
        if piece:find "n't$" then
          list[#list + 1] = { word = piece:sub(1, -4), first = first, last = last, clause = clause }
          list[#list + 1] = { word = "n't", first = first, last = last, clause = clause }
        else
          list[#list + 1] = { word = stem and stem ~= "" and stem or piece, first = first, last = last, clause = clause }
        end
      end
    end
    at = after
  end
  return list
end

-- A lexicon as a trie of words; a node keeps exact words and, by prefix, globs.
local function compile(list)
  local root = { exact = {}, globs = {} }
  for entry, value in pairs(list) do
    if type(value) == "number" then
      local node = root
      for word in entry:lower():gmatch "%S+" do
        local prefix = word:match "^=?(.-)%*$"
        local slot = prefix and node.globs or node.exact
        local key = prefix or word:gsub("^=", "")
        slot[key] = slot[key] or { exact = {}, globs = {} }
        node = slot[key]
      end
      node.value, node.entry = value, entry
    end
  end
  return root
end

local function longest(node, words, at, depth)
  local best, best_at = node.value and node, at - 1
  local word = words[at] and words[at].word
  if word and depth < 8 then
    local function try(child)
      local found, last = longest(child, words, at + 1, depth + 1)
      if found and (not best or last > best_at) then
        best, best_at = found, last
      end
    end
    if node.exact[word] then
      try(node.exact[word])
    end
    if next(node.globs) then
      for size = #word, 2, -1 do
        local child = node.globs[word:sub(1, size)]
        if child then
          try(child)
        end
      end
    end
  end
  return best, best_at
end

local compiled = setmetatable({}, { __mode = "k" })
local packaged

local function lexicon_of(list)
  if list == nil then
    packaged = packaged or compile(require "newsreel.lists.politics")
    return packaged
  end
  compiled[list] = compiled[list] or compile(list)
  return compiled[list]
end

-- Negation and degree before word `at`, inside its clause.
local function shift(words, at, value)
  local factor, why = 1, nil
  for back = 1, 4 do
    local before = words[at - back]
    if not before or before.clause ~= words[at].clause then
      break
    end
    if negators[before.word] then
      factor, why = factor * -0.6, (why and why .. ", " or "") .. "negated by " .. before.word
    elseif suppositions[before.word] then
      factor = factor * (value > 0 and 0.5 or 0.8)
    elseif back <= 2 and degrees[before.word] then
      factor, why = factor * degrees[before.word], (why and why .. ", " or "") .. before.word
    end
  end
  return factor, why
end

---Score the tone of a text.
---
---@param text string UTF-8
---@param first? integer bytes of a target in the text, both ends in; nil: the whole text is meant
---@param last? integer
---@param lexicon? table<string, number> entries as corpus:lexicon takes them; the packaged "politics" by default
---@return number score # -1 to 1; 0 where nothing speaks
---@return { first: integer, last: integer, entry: string, value: number, why: string? }[] hits
function tone.score(text, first, last, lexicon)
  local words, root = words_of(text), lexicon_of(lexicon)
  local hits, turn = {}, nil
  local at = 1
  while at <= #words do
    if turns[words[at].word] then
      turn = at
    end
    local node, stop = longest(root, words, at, 0)
    if node and stop >= at then
      if node.value ~= 0 then
        local factor, why = shift(words, at, node.value)
        hits[#hits + 1] = { first = words[at].first, last = words[stop].last, entry = node.entry, value = node.value * factor, why = why, at = at,
          clause = words[at].clause }
      end
      at = stop + 1
    else
      at = at + 1
    end
  end
  local sum = 0
  for _, hit in ipairs(hits) do
    local weight = 1
    if turn then
      weight = hit.at < turn and 0.6 or 1.3
    end
    sum = sum + hit.value * weight
  end
  if first then
    sum = tone.toward(words, hits, first, last)
  end
  return sum / math.sqrt(sum * sum + 15), hits
end

---Sum of the hits that concern the words at bytes first..last: near ones count more, other clauses less.
function tone.toward(words, hits, first, last)
  local target, clause
  for i, word in ipairs(words) do
    if word.last >= first and word.first <= last then
      target, clause = i, word.clause
      break
    end
  end
  local sum = 0
  for _, hit in ipairs(hits) do
    local overlaps = hit.last >= first and hit.first <= last
    if not overlaps then
      local distance = target and math.abs(hit.at - target) or 10
      sum = sum + hit.value * (hit.clause == clause and 1.2 or 0.6) / (1 + distance / 8)
    end
  end
  return sum
end

return tone
