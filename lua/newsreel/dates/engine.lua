--- What the matches of a text mean: from words to days.
-- A match (match.lua) has fields; `written` and `counted` make meanings of them, in the context of the text: its
-- day, the dates told before, the tense of the sentence.
local calendar = require "newsreel.dates.calendar"
local match = require "newsreel.dates.match"
local marks = require "newsreel.quotes.marks"

local engine = {}

---What each rule's `means` stands for.
local meaning = setmetatable({}, { __index = require "newsreel.dates.written" })
for name, means in pairs(require "newsreel.dates.counted") do
  meaning[name] = means
end

-- ---------------------------------------------------------------- fields

---The fields of one date of a match: its own, then those it shares with its neighbours. Kept with the match;
---nobody may change them.
local function fields_of(one, index)
  local found, rule, fields = one.found, one.rule, one.fields[index]
  if fields then
    return fields
  end
  fields = {}
  one.fields[index] = fields
  local function take(from, foreign)
    for name, value in pairs(from) do
      if type(name) == "string" and name ~= "first" and name ~= "stop" and not (foreign and name == "yy") then
        if type(value) == "table" and name ~= "feast" then
          for inner, each in pairs(value) do
            if fields[inner] == nil then
              fields[inner] = each
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

local words_before, words_after = {}, {} -- of one sentence; used again

---Put the words of a stretch of a sentence into a list; returns how many.
local function read_words(list, stretch, from)
  if stretch:find("\xE2\x80", 1, true) then
    stretch = stretch:gsub("\xE2\x80[\x93\x94]", "   ") -- dashes part words
  end
  local count = 0
  for word in stretch:gmatch("[%a\x80-\xFF']+", from) do
    count = count + 1
    list[count] = word
  end
  list[count + 1] = nil
  return count
end

---The words of the sentence before a date.
local function read_before(low, first, bounds)
  local from = math.max(bounds and (bounds.first or bounds[1]) or 1, first - 110)
  local before = low:sub(from, first - 1)
  return read_words(words_before, before, before:match "^.*[.!?;\n]()")
end

---The words of the sentence behind a date.
local function read_after(low, last, bounds)
  local after = low:sub(last + 1, math.min(bounds and (bounds.last or bounds[2]) or #low, last + 80))
  return read_words(words_after, after:match "^[^.!?;\n]*")
end

---Which side of the anchor the nearest verb of the sentence points to, and that verb.
local function tense(language, low, first, last, bounds)
  local known, told, passive = language.tense, language.tense_of, language.passive
  local count = read_before(low, first, bounds)
  local lead = words_before[count]
  if count > 1 and lead == language.until_word then
    return "future", lead
  end
  for i = count, 1, -1 do
    local word, previous = words_before[i], words_before[i - 1]
    local side = not (passive and passive[previous]) and known[word] or told and told(word, previous, words_before[i + 1])
    if side then
      return side, word
    end
  end
  for i = 1, read_after(low, last, bounds) do
    local word = words_after[i]
    local side = known[word] or told and told(word, words_after[i - 1], words_after[i + 1])
    if side then
      return side, word
    end
  end
  if lead and language.until_words and language.until_words[lead] then
    return "future", lead
  end
end

---Whether no word of the sentence around a date looks ahead or leaves open what happened.
local function looks_back(language, low, first, last, bounds)
  local known, told, unsure, behind = language.tense, language.tense_of, language.unsure or {}, language.behind
  local function open(list, count)
    for i = 1, count do
      local word = list[i]
      if known[word] == "future" or unsure[word] or told and told(word, list[i - 1], list[i + 1]) == "future" then
        return true
      end
    end
    return false
  end
  local count, leads = read_before(low, first, bounds), language.until_words
  local lead = words_before[count]
  return not (leads and leads[lead]) and not (behind and behind[lead]) and not open(words_before, count)
    and not open(words_after, read_after(low, last, bounds))
end

---Is a date the first part of a noun, as in "the May 7 election"? Then the verb near it is not about it.
local function attributive(language, low, last)
  local word = language.follows and low:match("^ (%l+)", last + 1)
  return word ~= nil and not language.follows[word] and not language.tense[word] and not word:find "[el][dy]$"
    and not word:find "ing$"
end

---Whether a text tells a story of its own time: full dates of other years, hardly a "yesterday".
local function tells_history(list, year)
  local full, near = 0, 0
  for _, one in ipairs(list) do
    local rule, found = one.match.rule, one.match.found[1]
    local years = found.year or one.match.found.year
    if rule.means == "today" or rule.means == "relative" or rule.means == "shift" or found.weekday then
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

local SHORT_BYTES = 200 -- a text so short speaks of its own day

---Whether a text speaks of single days near its own: then "today" is a day too.
local function tells_days(list, size)
  if size < SHORT_BYTES then
    return true
  end
  local near = 0
  for _, one in ipairs(list) do
    local found, means = one.match.found[1], one.match.rule.means
    if means == "today" or found.weekday or found.hour then
      near = near + 1
    end
  end
  return near * 2500 >= size
end

---Whether the text is nothing but a date, as someone asks for one: "next week", "on 2/15".
---An order ("call me on Friday") may have some words more.
local function covers(language, list, low)
  if #low > 80 then
    return false
  end
  local order = language.orders and language.orders[low:match "^%s*([%a\x80-\xFF]+)"]
  local rest, at = "", 1
  for _, one in ipairs(list) do
    rest, at = rest .. low:sub(at, one.start - 1) .. " ", one.base + one.match.found.after
  end
  local _, words = (rest .. low:sub(at)):gsub("[%w\x80-\xFF]+", "")
  return words <= (order and 5 or 2)
end

local function new_context(language, low, options, list)
  local day, minute = nil, nil
  if options.day then
    day, minute = calendar.parse(options.day)
  end
  local context = { day = day, minute = minute, year = day and (calendar.civil(day)) }
  context.alone = covers(language, list, low)
  context.daily = context.alone or tells_days(list, #low)
  context.narrative = not day or tells_history(list, context.year)
  function context.side()
    if context.side_known == nil then
      local bounds = holder(options.sentences, context.first, context.last, context)
      local side, verb = tense(language, low, context.first, context.last, bounds)
      context.side_known, context.verb = side or (context.alone and "asked") or language.side or false, verb
    end
    return context.side_known or nil
  end
  function context.attributive()
    return attributive(language, low, context.last)
  end
  ---Is a day behind the text's own, written out, told as past: before it happened?
  function context.early(one, rule)
    if not day or not one.from or one.from <= day or one.from ~= one.to or rule.means ~= "date" or context.narrative
      or context.alone or context.side() ~= "past" or context.attributive() then
      return nil
    end
    local bounds = holder(options.sentences, context.first, context.last, context)
    return looks_back(language, low, context.first, context.last, bounds) and "early" or nil
  end
  return context
end

---Remember a date for the ones that lean on it.
local function remember(context, one, stop, rule)
  if one.grain == "quarter" and one.from and (rule.means == "quarter" or rule.means == "relative")
    and not rule.set.back then
    context.quarter = { from = one.from, stop = stop }
  end
  if one.from and not one.reach and (one.anchor == "text" or context.narrative or one.anchor == "day" or one.anchor == "quote") then
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
  event = "counted from an event that is told in words: left open",
  none = "nothing to count from",
}

local sides = { past = ", the past side by the verb", future = ", the coming side by the verb",
  nearest = ", the nearest one" }

local function inner(of, key)
  of[key] = of[key] or {}
  return of[key]
end

---The rule and what it built on. Made once for the same rule, anchor, side and verb.
local function explain(rule, anchor, side, verb)
  local known = inner(inner(inner(rule.why, anchor), side or ""), side and verb or "")
  if not known.text then
    local by_verb = sides[side] and verb and side ~= "nearest"
    known.text = ("rule %s: %s%s%s"):format(rule.name, said[anchor], sides[side] or "",
      by_verb and (" “%s”"):format(verb) or "")
  end
  return known.text
end

-- Years that four digits can write.
local first_day, last_day = calendar.day(1, 1, 1), calendar.day(9999, 12, 31)

---@param context table
---@param quoted boolean
local function result(text, first, last, rule, one, context, quoted)
  local anchor, from, to = one.anchor or "text", one.from, one.to
  if quoted then
    anchor = "quote"
  end
  one.anchor = anchor
  if from and (from < first_day or to > last_day) then
    one.from, from, to, one.near = nil, nil, nil, nil
  end
  from = from and calendar.format(from)
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
    to = to and calendar.format(to),
    near = one.near and calendar.format(one.near),
    event_day = one.from == one.to and one.type ~= "DURATION" and from or nil,
    told = context.early(one, rule),
    rule = rule.name,
    why = explain(rule, anchor, one.side, context.verb),
  }
end

local PARAGRAPH_MAX = 50000 -- bytes; in a longer one no quotation is looked for

---Does a text hold quotation marks?
local function has_marks(text)
  for _, mark in ipairs { '"', "\xE2\x80\x9C", "\xE2\x80\x9E", "\xC2\xAB", "\xE2\x80\x98", "''" } do
    if text:find(mark, 1, true) then
      return true
    end
  end
  return false
end

---A function that says whether bytes lie between the quotation marks of their paragraph. It is asked in the order of
---the text, and reads only the paragraphs asked about.
local function quotation_reader(text)
  local low, high, list = 1, 0, nil
  local marked = has_marks(text)
  return function(first, last)
    while marked and high < first do
      low, list = high + 1, nil
      high = text:find("\n", low, true) or #text
    end
    if not marked or high - low > PARAGRAPH_MAX then
      return false
    end
    list = list or marks.pair(text, low, high)
    for _, quoted in ipairs(list) do
      if not quoted.open and quoted.first <= first and quoted.last >= last then
        return true
      end
    end
    return false
  end
end

---Find the dates of a text.
---@param made table # a compiled language
---@param text string
---@param options table
---@return table[]
function engine.find(made, text, options)
  local low, list = match.all(made, text)
  local out, state, reader = {}, {}, nil
  if #list == 0 then
    return out
  end
  local context = new_context(made.language, low, options, list)
  for i = 1, #list do
    local one, base = list[i].match, list[i].base
    local found, rule = one.found, one.rule
    for index = 1, #found do
      local first, stop = base + found[index].first, base + found[index].stop
      context.first, context.last, context.side_known, context.verb = first, base + found.after - 1, nil, nil
      local meant = meaning[rule.means](fields_of(one, index), context)
      if meant then
        local quoted = false
        if meant.anchor == "day" and options.quotes then
          quoted = holder(options.quotes, first, stop - 1, state) ~= nil
        elseif meant.anchor == "day" then
          reader = reader or quotation_reader(text)
          quoted = reader(first, stop - 1)
        end
        out[#out + 1] = result(text, first, stop - 1, rule, meant, context, quoted)
        remember(context, meant, stop, rule)
      end
    end
  end
  return out
end

return engine
