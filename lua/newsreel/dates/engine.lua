--- Finds dates in a text with a compiled language.
-- One walk over the folded text gives the words that can make a date; around each, the run of words
-- that belong to dates is read leftwards and the rules are tried from its first word on. The longest
-- match wins. Runs and patterns are bounded, so the whole is linear in the text.
local calendar = require "newsreel.dates.calendar"

local engine = {}

---What each rule's `means` stands for.
local meaning = setmetatable({}, { __index = require "newsreel.dates.written" })
for name, means in pairs(require "newsreel.dates.counted") do
  meaning[name] = means
end

local byte, sub = string.byte, string.sub
local run_words = 12 -- a date of more words before its first telling word is not looked for

-- ---------------------------------------------------------------- folding

local cyrillic = {}
for code = 0x410, 0x42F do
  cyrillic[utf8.char(code)] = utf8.char(code + 32)
end
for _, pair in ipairs { { 0x404, 0x454 }, { 0x406, 0x456 }, { 0x407, 0x457 }, { 0x490, 0x491 }, { 0x401, 0x451 } } do
  cyrillic[utf8.char(pair[1])] = utf8.char(pair[2])
end
local latin = {}
for code = 0xC0, 0xDE do
  latin[utf8.char(code)] = utf8.char(code + 32)
end

---Lower case for the letters of our languages; every byte keeps its place.
local function fold(text)
  local low = text:lower()
  if low:find "[\xD0\xD2]" then
    low = low:gsub("[\xD0\xD2][\x80-\xAF]", cyrillic)
  end
  return low:find "\xC3[\x80-\x9E]" and low:gsub("\xC3[\x80-\x9E]", latin) or low
end

engine.fold = fold

-- ---------------------------------------------------------------- runs of date words

---Whether the byte before `at` ends a word, and where that word starts.
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

---The starts of the words of the run around a telling word, in the order of the text.
local function run_before(low, from, floor, vocabulary)
  local starts = { from }
  for _ = 1, run_words do
    local stop = gap_before(low, from - 1)
    if not stop or stop < floor then
      break
    end
    local start = word_before(low, stop)
    if start > stop or start < floor then
      break
    end
    local word = low:sub(start, stop)
    local known = vocabulary[word] or word:find "^%d" and #word < 12
    if not known and word:byte(-1) == 46 then
      known = vocabulary[word:sub(1, -2)] and #word < 6
    elseif not known and #word > 2 then
      known = vocabulary[(word:gsub("\xE2\x80\x99", "'"):gsub("\xCA\xBC", "'"))]
    end
    if not known then
      break
    end
    starts[#starts + 1] = start
    from = start
  end
  return starts
end

-- ---------------------------------------------------------------- matching

local function descending(a, b)
  return a > b
end

---The longest match of any rule at a byte that its guard lets pass; of equal ones the first rule.
local function match_at(made, text, low, at)
  local ends = {}
  made.ends = ends -- each entry is stop * 1000 - number of the rule
  made.reach:match(low, at)
  if ends[2] then
    table.sort(ends, descending)
  end
  for i = 1, #ends do
    local index = -ends[i] % 1000
    local rule, found = made.rules[index], made.read(index, low, at)
    if made.language.guard(found, rule, text, low) then
      return found, rule
    end
  end
end

local function open_left(low, at)
  local before = sub(low, at > 3 and at - 3 or 1, at - 1)
  if before:find "[%w]$" or before:find "[\xD0-\xD2\xC3].$" then
    return false
  end
  if low:find("^%d", at) then
    return not (before:find "[%d][.,:/]$" or before:find "[$#%%_&=@\\/+]$" or before:find "\xC2[\xA3\xA7]$"
      or before:find "\xAC$" or before:find "%w[%-'/]$" or before:find "[\x80-\xBF][%-/]$"
        and not before:find "^\xE2\x80.[%-/]$")
  end
  return not before:find "[@#_&/]$" and not before:find "%w'$"
end

---The fields of one date of a match: its own, then those it shares with its neighbours.
local function fields_of(found, index, rule)
  local fields = {}
  local function take(from, foreign)
    for name, value in pairs(from) do
      if type(name) == "string" and name ~= "first" and name ~= "stop" and not (foreign and name == "yy") then
        if type(value) == "table" and name ~= "feast" then
          for inner, one in pairs(value) do
            if fields[inner] == nil then
              fields[inner] = one
            end
          end
        elseif fields[name] == nil then
          fields[name] = value
        end
      end
    end
  end
  take(found[index])
  take(found)
  for i = index + 1, #found do
    take(found[i], true)
  end
  for i = index - 1, 1, -1 do
    take(found[i], true)
  end
  take(rule.set)
  return fields
end

---The match that counts among the starts of a run: the first one, unless it was led in by a word of
---context and a later one reaches further ("until [summer]" against "summer 1941").
local function best_match(made, text, low, starts, floor)
  for j = #starts, 1, -1 do
    local at = starts[j]
    if at >= floor and open_left(low, at) then
      local found, rule = match_at(made, text, low, at)
      if found then
        for k = j - 1, 1, -1 do
          if (found[1].first > at or rule.means == "ref") and starts[k] < found.after and open_left(low,
            starts[k]) then
            local other, its_rule = match_at(made, text, low, starts[k])
            if other and other.after > found.after then
              return other, its_rule, k
            end
          end
        end
        return found, rule, j
      end
    end
    starts[j] = nil
  end
end

---Whether a telling word in small letters is more likely a verb or noun ("may", "march") than a date.
local function verb_alike(doubtful, text, low, place)
  return doubtful[byte(low, place)] and byte(text, place) == byte(low, place)
    and doubtful[low:match("^%a+", place)] and not low:find("^%a+ the %w", place) and not low:find("^%a+,? %d", place)
    and not low:find("^%d", place - 2) and #low > 40
end

---All matches of a text, in order, without overlap.
local function matches(made, text, low)
  local list, floor = {}, 1
  if #low <= 40 then -- "7 p.m.", "the 24th": someone may ask for a date that has no telling word
    local at = low:find "[%w+%-\x80-\xFF]" or 1
    local found, rule = match_at(made, text, low, at)
    if found and not low:find("[%w\x80-\xFF]", found.after) then
      return { { found = found, rule = rule, start = at } }
    end
  end
  local places, doubtful = made.scan:match(low), made.language.verbs
  for i = 1, #places do
    local place = places[i]
    local verb = doubtful and verb_alike(doubtful, text, low, place)
    local starts = place >= floor and not verb and run_before(low, place, floor, made.vocabulary)
    while starts and starts[1] and starts[1] >= floor do
      local found, rule, at = best_match(made, text, low, starts, floor)
      if not found then
        break
      end
      list[#list + 1] = { found = found, rule = rule, start = starts[at] }
      floor = found.after
      for j = #starts, at, -1 do
        starts[j] = nil
      end
    end
  end
  return list
end

-- ---------------------------------------------------------------- context

---The range that holds a span, of sorted ranges; `state` remembers where the last one was found.
local function holder(ranges, first, last, state)
  if not ranges then
    return nil
  end
  local i = state.at or 1
  while ranges[i] and (ranges[i].last or ranges[i][2]) < first do
    i = i + 1
  end
  state.at = i
  local range = ranges[i]
  return range and (range.first or range[1]) <= first and (range.last or range[2]) >= last and range or nil
end

---Which side of the anchor the nearest verb of the sentence points to.
local function tense(language, low, first, last, bounds)
  local before = low:sub(math.max(bounds and (bounds.first or bounds[1]) or 1, first - 110), first - 1):match "[^.!?;\n]*$"
  local side, previous
  for word in before:gmatch "[%a\x80-\xFF']+" do
    side = language.tense[word] or language.tense_of and language.tense_of(word, previous) or side
    previous = word
  end
  if side then
    return side
  end
  local after = low:sub(last + 1, math.min(bounds and (bounds.last or bounds[2]) or #low, last + 80)):match "^[^.!?;\n]*"
  for word in after:gmatch "[%a\x80-\xFF']+" do
    local found = language.tense[word] or language.tense_of and language.tense_of(word)
    if found then
      return found
    end
  end
  return language.until_words and language.until_words[previous] and "future" or nil
end

---Whether a text tells a story of its own time: full dates of other years, hardly a "yesterday".
local function tells_history(list, year)
  local full, near = 0, 0
  for _, one in ipairs(list) do
    local found = one.found[1] or one.found
    local years = found.year or one.found.year
    if one.rule.means == "today" or one.rule.means == "relative" or one.rule.means == "shift" or found.weekday then
      near = near + 1
    elseif type(years) == "number" and years >= 100 then
      if not year or years < year - 2 then
        full = full + 1
      else
        near = near + 1
      end
    end
  end
  return full >= 4 and full > 2 * near
end

---Whether a text speaks of single days near its own: then "today" is a day too.
local function tells_days(list, size)
  local near = 0
  for _, one in ipairs(list) do
    local found, means = one.found[1], one.rule.means
    if means == "today" or found.weekday or found.hour then
      near = near + 1
    end
  end
  return near * 2500 >= size
end

---Whether the text is nothing but a date, as someone asks for one: "next week", "on 2/15".
local function covers(list, low)
  if #low > 80 then
    return false
  end
  local rest, at = "", 1
  for _, one in ipairs(list) do
    rest, at = rest .. low:sub(at, one.start - 1) .. " ", one.found.after
  end
  local _, words = (rest .. low:sub(at)):gsub("[%w\x80-\xFF]+", "")
  return words <= 2
end

local function new_context(language, low, options, list)
  local day, minute = nil, nil
  if options.day then
    day, minute = calendar.parse(options.day)
    if not day then
      error(("dates: %q is no day like 2025-09-26"):format(tostring(options.day)), 3)
    end
  end
  local context = { day = day, minute = minute, year = day and (calendar.civil(day)) }
  context.alone = covers(list, low)
  context.daily = context.alone or tells_days(list, #low)
  context.narrative = not day or tells_history(list, context.year)
  function context.side()
    if context.side_known == nil then
      local bounds = holder(options.sentences, context.first, context.last, context)
      context.side_known = tense(language, low, context.first, context.last, bounds)
        or (context.alone and "asked") or language.side or false
    end
    return context.side_known or nil
  end
  return context
end

---Remember a date for the ones that lean on it.
local function remember(context, one, stop, rule)
  if one.grain == "quarter" and one.from and (rule.means == "quarter" or rule.means == "relative")
    and not rule.set.back then
    context.quarter = { from = one.from, stop = stop }
  end
  if one.from and not one.reach and (one.anchor == "text" or context.narrative or one.anchor == "day") then
    context.previous = { from = one.from, to = one.to, grain = one.grain, stop = stop }
    if one.grain == "day" then
      context.previous_day, context.previous_day_stop = one.from, stop
    end
  end
end

-- ---------------------------------------------------------------- results

local said = {
  text = "written out",
  day = "counted from the day of the text",
  quote = "inside a quotation: counted from the day of the text, the day of speaking may differ",
  previous = "counted from the date told before",
  none = "nothing to count from",
}

local sides = { past = ", the past side by the verb", future = ", the coming side by the verb",
  nearest = ", the nearest one" }

---The same sentence for the same rule, anchor and side: made once.
local function explain(rule, one)
  local key = one.anchor .. (one.side or "")
  local why = rule.why[key]
  if not why then
    why = ("rule %s: %s%s"):format(rule.name, said[one.anchor], sides[one.side] or "")
    rule.why[key] = why
  end
  return why
end

-- Years that four digits can write.
local first_day, last_day = calendar.day(1, 1, 1), calendar.day(9999, 12, 31)

local function result(text, span, rule, one, quoted)
  local first, last = span.first, span.stop - 1
  local anchor = one.anchor or "text"
  if quoted and anchor == "day" then
    anchor = "quote"
  end
  one.anchor = anchor
  if one.from and (one.from < first_day or one.to > last_day) then
    one.from, one.to, one.near = nil, nil, nil
  end
  local from = one.from and (one.grain == "day" and one.type == "DATE" and one.value or calendar.format(one.from))
    or nil
  return {
    first = first,
    last = last,
    text = text:sub(first, last),
    type = one.type,
    value = one.value,
    grain = one.grain,
    mod = one.mod,
    anchor = anchor,
    from = from,
    to = one.to and (one.to == one.from and from or calendar.format(one.to)) or nil,
    near = one.near and calendar.format(one.near) or nil,
    rule = rule.name,
    why = explain(rule, one),
  }
end

---Find the dates of a text.
---@param made table # a compiled language
---@param text string
---@param options table
---@return table[]
function engine.find(made, text, options)
  local low = fold(text)
  local list = matches(made, text, low)
  if #list == 0 then
    return {}
  end
  local context = new_context(made.language, low, options, list)
  local out, state = {}, {}
  for _, one in ipairs(list) do
    local found, rule = one.found, one.rule
    for index = 1, #found do
      local span = found[index]
      context.first, context.last, context.side_known = span.first, found.after - 1, nil
      local meant = meaning[rule.means](fields_of(found, index, rule), context)
      if meant then
        out[#out + 1] = result(text, span, rule, meant, holder(options.quotes, span.first, span.stop - 1, state) ~= nil)
        remember(context, meant, span.stop, rule)
      end
    end
  end
  return out
end

return engine
