--- Finds where the rules of a language match in a text.
-- C gives the runs of words that dates are made of, with the places in them that tell of a date. From each
-- place the words are read leftwards and the rules are tried from the first of them on; the longest match wins.
-- News repeats itself: what the rules find in a run ("last friday") is remembered by its words. Runs and
-- patterns are bounded, so the whole is linear in the text.
local core = require "newsreel.core"

local match = {}

local byte, sub = string.byte, string.sub
local RUN_WORDS = 12 -- a date of more words before its first telling word is not looked for
local REMEMBERED_MAX, REMEMBERED_BYTES = 20000, 60 -- runs, and how long they may be
local ALONE_BYTES = 40 -- a text so short may be a date that has no telling word: "7 p.m.", "the 24th"

-- ---------------------------------------------------------------- the words of a run

---Where the word that ends at byte `at` starts.
local function word_before(low, at)
  local stop = at
  while at >= 1 do
    local code = byte(low, at)
    if code >= 0x80 then
      local lead = at
      while lead > 1 and at - lead < 3 and byte(low, lead) < 0xC0 do
        lead = lead - 1
      end
      local first, second, third = byte(low, lead, lead + 2)
      local apostrophe = first == 0xCA or first == 0xE2 and second == 0x80 and third == 0x99
      if first == 0xC2 or first == 0xE2 and not apostrophe then
        break
      end
      at = lead - 1
    elseif code >= 97 and code <= 122 or code >= 48 and code <= 57 or code == 39 or code == 46 and at == stop then
      at = at - 1
    else
      break
    end
  end
  return at + 1
end

---Skip white space, hyphens and commas leftwards; nil where a blank line or other mark is met.
local function gap_before(low, at)
  local lines = 0
  while at >= 1 do
    local code = byte(low, at)
    if code == 32 or code == 45 or code == 44 or code == 9 then
      at = at - 1
    elseif code == 10 then
      lines = lines + 1
      if lines > 1 then
        return nil
      end
      at = at - 1
    elseif code == 0xA0 and byte(low, at - 1) == 0xC2 then
      at = at - 2
    elseif code >= 0x80 and code < 0xC0 and low:find("^\xE2\x80[\x93\x94\xAF\x89\x91]", at - 2) then
      at = at - 3
    else
      return at
    end
  end
  return nil
end

---May a word stand in a date?
local function listed(vocabulary, word)
  if vocabulary[word] or word:find "^%d" and #word < 12 then
    return true
  elseif byte(word, -1) == 46 then
    return vocabulary[sub(word, 1, -2)] and #word < 6
  end
  return #word > 2 and vocabulary[(word:gsub("\xE2\x80\x99", "'"):gsub("\xCA\xBC", "'"))]
end

---The starts of the words that lead to the telling word at `from`, that one first.
local function starts_before(low, from, vocabulary)
  local starts = { from }
  for _ = 1, RUN_WORDS do
    local stop = gap_before(low, from - 1)
    local start = stop and word_before(low, stop)
    if not start or start > stop or not listed(vocabulary, sub(low, start, stop)) then
      break
    end
    starts[#starts + 1] = start
    from = start
  end
  return starts
end

-- ---------------------------------------------------------------- what is known of a run

---What was found in a run of these words before: { text =, starts = {place = ..}, [byte] = list of matches }.
local function run_of(made, words)
  local run = made.runs[words]
  if not run then
    run = { text = words, starts = {} }
    if #words <= REMEMBERED_BYTES then
      if made.run_count >= REMEMBERED_MAX then
        made.runs, made.run_count = {}, 0
      end
      made.runs[words], made.run_count = run, made.run_count + 1
    end
  end
  return run
end

local function descending(a, b)
  return a > b
end

---All matches at a byte of a run, the longest first; of equal ones the first rule.
local function matches_at(made, run, at)
  local ends = {}
  made.ends = ends -- each entry is stop * 1000 - number of the rule
  made.reach:match(run.text, at)
  if ends[2] then
    table.sort(ends, descending)
  end
  for i = 1, #ends do
    local index = -ends[i] % 1000
    ends[i] = { rule = made.rules[index], index = index, fields = {}, found = nil }
  end
  run[at] = ends
  return ends
end

---The longest match at a byte of a run that its guard lets pass; `base` is the byte before the run.
local function first_match(made, run, base, at, text, low)
  local list = run[at] or matches_at(made, run, at)
  for i = 1, #list do
    local one = list[i]
    local found = one.found
    if not found then
      found = made.read(one.index, run.text, at)
      one.found = found
    end
    local guard = one.rule.guard
    if not guard or guard(base + found[1].first, base + found.after - 1, text, low, found) then
      return one
    end
  end
end

-- ---------------------------------------------------------------- where a match may begin

local ends_word, no_number_after, no_word_after = {}, {}, {}
for code = 48, 122 do
  ends_word[code] = string.char(code):find "%w" ~= nil
end
for code in ("$#%&_=@\\/+"):gmatch "." do
  no_number_after[byte(code)] = true
end
for code in ("@#_&/"):gmatch "." do
  no_word_after[byte(code)] = true
end

---May a number begin behind the bytes b3 b2 b1?
local function number_opens(b1, b2, b3)
  if no_number_after[b1] or b1 == 0xAC or b2 == 0xC2 and (b1 == 0xA3 or b1 == 0xA7) then -- € £ §
    return false
  elseif b1 == 46 or b1 == 44 or b1 == 58 then -- 1.5 1,500 10:30
    return not (b2 and b2 >= 48 and b2 <= 57)
  elseif b1 == 45 then -- F-16, Т-90, but "1941–-45"
    return not (ends_word[b2] or b2 and b2 >= 0x80 and b2 < 0xC0 and b3 ~= nil)
  end
  return not (b1 == 39 and ends_word[b2])
end

---May a date begin at a byte?
local function open_left(low, at)
  local b1 = byte(low, at - 1)
  if at == 1 or b1 == 32 then
    return true
  end
  local b2 = at > 2 and byte(low, at - 2) or nil
  if ends_word[b1] or b1 >= 0x80 and b2 and (b2 == 0xC3 or b2 >= 0xD0 and b2 <= 0xD2) then
    return false
  end
  local code = byte(low, at)
  if code >= 48 and code <= 57 then
    return number_opens(b1, b2, at > 3 and byte(low, at - 3) or nil)
  end
  return not (no_word_after[b1] or b1 == 39 and ends_word[b2])
end

-- ---------------------------------------------------------------- the walk

---The match that counts among the first `top` starts: that of the first word, unless it was led in by a word
---of context and a later one reaches further ("until [summer]" against "summer 1941").
local function best_match(made, run, base, text, low, starts, top, floor)
  for j = top, 1, -1 do
    local at = starts[j]
    local one = base + at >= floor and open_left(low, base + at) and first_match(made, run, base, at, text, low)
    if one then
      local found = one.found
      local loose = found[1].first > at or one.rule.means == "ref"
      for k = j - 1, loose and 1 or j, -1 do
        if starts[k] < found.after and open_left(low, base + starts[k]) then
          local other = first_match(made, run, base, starts[k], text, low)
          if other and other.found.after > found.after then
            return other, k
          end
        end
      end
      return one, j
    end
  end
end

---Whether a telling word in small letters is more likely a verb or noun ("may", "march") than a date.
local function verb_alike(doubtful, text, low, place)
  return doubtful[byte(low, place)] and byte(text, place) == byte(low, place)
    and doubtful[low:match("^%a+", place)] and not low:find("^%a+ the %w", place) and not low:find("^%a+,? %d", place)
    and not low:find("^%d", place - 2) and #low > ALONE_BYTES
end

---The match of a text that is nothing but a date, as a list; nil where it is none. Then forms count as well that
---a running text would not be trusted with.
local function whole(made, text, low)
  local at = low:find "[%w+%-\x80-\xFF]" or 1
  local one = first_match(made, { text = low, starts = {} }, 0, at, text, low)
  if one and not low:find("[%w\x80-\xFF]", one.found.after) then
    return { { match = one, base = 0, start = at } }
  end
  return made.asked and whole(made.asked(), text, low)
end

---Add the matches around the place of a telling word. Returns the byte behind the last of them.
local function around(list, made, run, base, place, text, low, floor)
  local starts = run.starts[place - base]
  if not starts then
    starts = starts_before(run.text, place - base, made.vocabulary)
    run.starts[place - base] = starts
  end
  local top = #starts
  while top > 0 and place >= floor do
    local one, j = best_match(made, run, base, text, low, starts, top, floor)
    if not one then
      break
    end
    list[#list + 1] = { match = one, base = base, start = base + starts[j] }
    floor, top = base + one.found.after, j - 1
  end
  return floor
end

---All matches of a text, in order, without overlap: { match = {rule, found, fields}, base =, start = }. Bytes in
---`found` count from the run's first one; `base` is the byte before it.
---@param made table # a compiled language
---@param text string
---@return string low # the text in small letters
---@return table[]
function match.all(made, text)
  local low, runs = core.runs(text, made.words)
  local list = #low <= ALONE_BYTES and whole(made, text, low)
  if list then
    return low, list
  end
  local floor, doubtful, i, count = 1, made.language.verbs, 1, #runs
  list = {}
  while i < count do
    local base = -runs[i] - 1
    local run = run_of(made, sub(low, base + 1, runs[i + 1]))
    i = i + 2
    while i <= count and runs[i] > 0 do
      local place = runs[i]
      if place >= floor and not (doubtful and verb_alike(doubtful, text, low, place)) then
        floor = around(list, made, run, base, place, text, low, floor)
      end
      i = i + 1
    end
  end
  return low, list
end

return match
