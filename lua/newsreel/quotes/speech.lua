--- Who says what in one paragraph: the rules that join cues, speakers and what they report.
-- An attribution is { unit, cue, cue_last, speaker = {a, b}, pieces = {{a, b}, ..}, rule, how } in token numbers.
local stream = require "newsreel.quotes.stream"
local phrase = require "newsreel.quotes.phrase"
local subject = require "newsreel.quotes.subject"
local content = require "newsreel.quotes.content"

local speech = {}

local token, form, set = stream.class, stream.form, phrase.set

local ACCORDING_MAX = 12 -- tokens after the first noun phrase of "according to" that may belong to it
local LABEL_MAX = 8 -- tokens of "Foreign Minister Smith:"

---Take an attribution up and note the quotations it covers.
local function add(state, attribution)
  attribution.unit = attribution.unit or state.unit
  state.list[#state.list + 1] = attribution
  if #state.s.quotes == 0 then
    return
  end
  for _, piece in ipairs(attribution.pieces) do
    for t = piece[1], piece[2] do
      if state.s.quote[t] then
        state.covered[t] = attribution
      end
    end
  end
end

---Who uses the cue verb at i, and how: a table of first, last, part, how, after; nil where it is no cue.
local function speaker_of(s, i, unit, state, language)
  local j, voice = phrase.group(s, i, unit[1], language.sets.chain)
  if voice == "active" then
    local a, b, part, how, after = subject.find(s, i, j, unit, state, language)
    return a and { a = a, b = b, part = part, how = how, after = after or i, active = true }
  elseif voice == "participle" then
    local a, b = subject.controller(s, i, j, unit, state)
    return { a = a, b = b, how = "participle", after = i }
  end
end

---Is the unit written like a headline, all capitals but the small words?
local function headline(unit)
  if unit.headline == nil then
    local lower = 0
    for t = unit[1], math.min(unit[2], unit[1] + 20) do
      local class = token[t]
      lower = lower + ((class.k == "noun" or class.verb and not class.capital) and 1 or 0)
    end
    unit.headline = lower < 2
  end
  return unit.headline
end

local after_helper = set "modal neg"

---Try the cue verb at token i.
local function try_verb(s, i, unit, state, language)
  local verb, high = token[i].verb, unit[2]
  if token[i].capital and i > unit[1] and not headline(unit) then
    return -- the United States
  end
  local who = speaker_of(s, i, unit, state, language)
  local last = i
  if who and verb.needs then
    last = subject.needed(i, verb.needs, high)
    who = last and who
  end
  local only = who and who.a == who.b and token[who.a or 0]
  if not who or only and only.k == "noun" and only.forms and (only.forms.past or after_helper[token[who.a - 1].k]) then
    return -- "supported" is nobody, nor is "can't believe"
  end
  if who.a == who.b and token[who.a or 0].self and not (verb.frames.say or verb.frames.tell) then
    return -- "I want": the narrator's, or a transcript
  end
  local made = { cue = i, cue_last = last, speaker = who.a and { who.a, who.b }, how = who.how, verb = verb }
  local after = math.max(who.after, last)
  if who.part then
    local pieces, rule = content.tail(s, unit, who.part, after, state, verb.frames)
    if pieces then
      made.pieces, made.rule = pieces, rule .. (who.how == "inverted" and " inverted" or " after")
      state.last_end = math.max(after, pieces[2] and pieces[2][2] or 0)
    end
  end
  if not made.pieces then
    if who.how == "inverted" or verb.tail_only then
      return
    end
    local c, rule = content.head(s, verb, who.how == "after" and after or last, high, language)
    if c and c <= high then
      local to = content.ending(c, unit)
      if who.a and who.a > i and who.how == "participle" then
        to = math.min(to, who.a - 2) -- up to the comma before the subject
      end
      if to < c then
        return
      end
      made.pieces, made.rule = { { c, to } }, "cue, " .. rule
      state.last_end = math.max(state.last_end, i)
    end
  end
  local sure = not token[i].nounish and (verb.frames.say or verb.frames.tell)
  if who.active and (made.pieces or sure and not state.subject) then
    state.subject = made.speaker
  end
  if made.pieces then
    state.unit_events = state.unit_events + 1
    add(state, made)
  end
end

---The words of an "according to" at i: its last token, or nil.
local function according_words(i, language)
  for _, words in ipairs(language.according[token[i].according]) do
    local t = i
    for part in words:gmatch "%S+" do
      t = t and form[t + 1] == part and t + 1 or nil
    end
    if t then
      return t
    end
  end
end

---"According to X": the speaker stands on its right, what is reported around it.
local function try_according(s, i, unit, state, language)
  local low, high = unit[1], unit[2]
  local cue_last = according_words(i, language)
  local last = cue_last and cue_last < high and phrase.right(s, cue_last + 1, high, true)
  if not last then
    return
  end
  local made = { cue = i, cue_last = cue_last, speaker = { cue_last + 1, last } }
  made.how, made.rule = "according to", "according to"
  local before = token[i - 1].k
  if i - low <= 1 or before == "sub" or before == "conj" then
    local from = last + 1
    if language.according_comma then
      while from <= high and token[from].k ~= "comma" and token[from].k ~= "Q" do
        from = from + 1
      end
      if token[from - 1].k == "name" and from - 1 > last and from - last < ACCORDING_MAX then
        made.speaker = { phrase.left(s, from - 1, last + 1), from - 1 } -- "the commissioner for health, Ann Lee"
      end
    end
    if from >= high then
      return
    end
    from = token[from].k == "comma" and from + 1 or from
    made.pieces = { { from, content.ending(from, unit) } }
  else
    local to = i - 1
    while to > low and (token[to].k == "comma" or token[to].k == "dash") do
      to = to - 1
    end
    made.pieces = { { math.min(to, subject.clause_start(i, low)), to } }
  end
  state.subject = state.subject or made.speaker
  state.last_end = last
  add(state, made)
end

---"X zufolge": the speaker stands on the left of the cue.
local function try_postposed(s, i, unit, state)
  local a = phrase.left(s, i - 1, unit[1])
  if not a then
    return
  end
  local made = { cue = i, cue_last = i, speaker = { a, i - 1 }, how = "according to", rule = "according to" }
  if a - unit[1] <= 2 then
    if i + 1 > unit[2] then
      return
    end
    made.pieces = { { i + 1, content.ending(i + 1, unit) } }
  else
    made.pieces = { { unit[1], a - 1 } }
  end
  add(state, made)
end

local around_bare = set "Q comma stop dash bullet symbol"

---Does the unit hold nothing but quotations?
local function bare(unit)
  for t = unit[1], unit[2] do
    if not around_bare[token[t].k] then
      return false
    end
  end
  return true
end

---The name before a colon at the start of the unit: "Merz: Q". First and last token, or nil.
local function label(s, low, colon)
  local a = low
  while token[a].k == "bullet" or token[a].k == "symbol" do
    a = a + 1
  end
  if colon - a <= LABEL_MAX and phrase.right(s, a, colon - 1, true) == colon - 1 then
    return a, colon - 1
  end
end

---The first name of low..high that is no part of an adjunct: "After the service Putin addressed them".
local function somebody(s, low, high)
  for t = low + 1, high do
    local before = token[t - 1].k
    if token[t].k == "name" and before ~= "prep" and before ~= "name" and before ~= "det" and before ~= "poss" then
      local last = phrase.right(s, t, high)
      if last and not token[last].owner then
        return t, last
      end
    end
  end
end

---A quotation after a colon that no cue took.
local function after_colon(s, n, t, words, state)
  local low, colon = s.units[n][1], t - 1
  local a, b = label(s, low, colon)
  local rule, how = "label", "label"
  if not a then
    if words < 3 then
      return
    end
    a, b = phrase.first(s, subject.clause_start(colon - 1, low), colon - 1)
    if not a then
      a, b = somebody(s, low, colon - 1)
    end
    rule, how = "colon", "subject before a colon"
  end
  local known = s.units[n].subject
  add(state, { unit = n, cue = colon, cue_last = colon, speaker = rule == "colon" and known or a and { a, b },
    pieces = { { t, t } }, rule = rule, how = how })
end

---Q — Name: a signature after a quotation.
local function signature(s, unit, state)
  for _, t in ipairs(unit.marks) do
    if s.quote[t] and token[t + 1].k == "dash" and token[t + 2].k == "name" then
      local last = phrase.right(s, t + 2, s.n)
      local k = last and (last == s.n and "stop" or token[last + 1].k)
      if k == "stop" or k == "comma" then
        local made = { cue = t + 1, cue_last = t + 1, speaker = { t + 2, last }, pieces = { { t, t } } }
        made.rule, made.how = "signature", "name after a dash"
        add(state, made)
        return
      end
    end
  end
end

---The last attribution before unit n.
local function attribution_before(state, n)
  for i = #state.list, 1, -1 do
    if state.list[i].unit < n then
      return state.list[i]
    end
  end
end

---A quotation that stands alone: it goes on with the attribution before it, or follows the paragraph before.
local function alone(s, n, t, words, state, context)
  local last = attribution_before(state, n)
  if last and (words > 2 or stream.capital(s, s.quote[t])) then
    last.pieces[#last.pieces + 1] = { t, t }
    state.covered[t] = last
  elseif words > 3 then
    add(state, { unit = n, pieces = { { t, t } }, rule = "follow-up", inherit = context.speaker,
      how = context.colon and "announced by a colon" or "the speaker before" })
  end
end

---Quotations that no cue took: whole sentences, after a colon, long fragments. The rest are terms and titles.
local function leftovers(s, n, state, language, context)
  local unit, only = s.units[n], nil
  local low, known = unit[1], unit.subject
  for _, t in ipairs(unit.marks) do
    if s.quote[t] and not state.covered[t] then
      local words = select(2, stream.inner(s, s.quote[t]):gsub("%S+", ""))
      if only == nil then
        only = bare(unit)
      end
      if only then
        alone(s, n, t, words, state, context)
      elseif token[t - 1].k == "colon" and t > low then
        after_colon(s, n, t, words, state)
      elseif words >= language.fragment_words and not stream.titled(s, s.quote[t]) then
        local a, b = phrase.first(s, low, t - 1)
        add(state, { unit = n, speaker = known or a and { a, b }, pieces = { { t, t } }, rule = "fragment",
          how = "subject of the sentence" })
      end
    end
  end
end

local in_dateline = set "name title comma open close time num stop"

---The first token after a dateline: "WASHINGTON (AP) —".
local function after_dateline(unit)
  for t = unit[1], math.min(unit[1] + 10, unit[2]) do
    local k = token[t].k
    if k == "dash" then
      return t > unit[1] and t + 1 or unit[1]
    elseif not in_dateline[k] then
      break
    end
  end
  return unit[1]
end

---Remember whose a quotation that stands alone in the next paragraph would be.
local function remember(s, state, context)
  local last, unit = state.list[#state.list], s.units[#s.units]
  context.colon = unit and token[unit[2]].k == "colon"
  local speaker
  if context.colon then
    local a, b = phrase.first(s, unit[1], unit[2] - 1)
    speaker = unit.subject or a and { a, b }
  end
  speaker = speaker or last and last.speaker
  if speaker then
    context.speaker = { stream.first(s, speaker[1]), stream.last(s, speaker[2]), tokens = speaker, unit = #s.units }
    context.speaker.who = last and last.speaker == speaker and last or nil
  elseif not last or not last.inherit then
    context.speaker = nil
  end
end

---List the attributions of the paragraph stream `s`; `context` goes from paragraph to paragraph.
function speech.analyse(s, language, context)
  local state = { s = s, list = {}, covered = {}, last_end = 0 }
  local quoted = #s.quotes > 0
  if s.units[1] and s.units[1][2] > 1 then
    s.units[1][1] = after_dateline(s.units[1])
  end
  for n, unit in ipairs(s.units) do
    local previous = s.units[n - 1]
    state.unit, state.subject, state.unit_events, state.last_end = n, nil, 0, unit[1] - 1
    state.after_quotation = previous and token[previous[2]].k == "Q"
    if quoted then
      signature(s, unit, state)
    end
    for _, i in ipairs(unit.marks) do
      local class = token[i]
      if class.verb then
        try_verb(s, i, unit, state, language)
      elseif class.according then
        try_according(s, i, unit, state, language)
      elseif class.postposed then
        try_postposed(s, i, unit, state)
      end
    end
    unit.subject = state.subject
  end
  if quoted then
    for n in ipairs(s.units) do
      leftovers(s, n, state, language, context)
    end
  end
  remember(s, state, context)
  return state.list
end

return speech
