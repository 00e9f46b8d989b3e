--- Who says what in one paragraph: cue verbs, their subjects, and what they report.
-- An attribution is { cue, cue_last, speaker = {a, b} or nil, pieces = {{a, b}..}, rule, why } in token numbers.
local phrase = require "newsreel.quotes.phrase"

local speech = {}

local kind, word, starts = phrase.kind, phrase.word, phrase.starts

---The last token of the adjuncts that begin at i: "on Friday", "in a statement", "to reporters". i - 1 where there is none.
local function skip_adjuncts(s, i, high)
  while i <= high do
    local k = kind(s, i)
    if k == "time" or k == "adv" or k == "num" and kind(s, i + 1) ~= "noun" then
      i = i + 1
    elseif k == "prep" then
      local j, setting = i + 1, false
      while j <= high and j - i < 7 do
        local one = s.class[j]
        if one.settings or one.k == "time" then setting = j end
        if not (one.k == "det" or one.k == "poss" or one.k == "noun" or one.k == "name" or one.k == "title" or one.k == "time" or one.k == "num"
          or one.k == "stop" and not s.ends[j]) or setting and starts[one.k] and not one.settings and one.k ~= "time" and one.k ~= "num" then break end
        j = j + 1
      end
      if not setting then return i - 1 end
      i = setting + 1
    else
      break
    end
  end
  return i - 1
end

---The first token of the clause around i: after a semicolon, colon, "that", or a comma with a conjunction.
local function clause_start(s, i, low)
  local j = i
  while j > low do
    local k = kind(s, j - 1)
    if k == "semi" or k == "colon" then return j end
    if k == "sub" or k == "conj" then
      local before = kind(s, j - 2)
      if k == "sub" and word(s, j - 1) == "that" or j - 2 >= low and before == "comma" then return j end
    end
    j = j - 1
  end
  return low
end

---Is the noun phrase at i followed by what ends an inverted clause: ", said Smith." / ", said Smith, who ..."?
local function inverted(s, i, high)
  local j = phrase.right(s, i, high, true)
  if not j then return nil end
  local k = kind(s, j + 1)
  if j == high or k == "stop" or k == "comma" or k == "rel" or k == "prep" or k == "time" or k == "colon" or k == "Q" or k == "dash" or k == "semi"
    or k == "sub" or k == "adv" or k == "conj" then
    return j
  end
  if k == "noun" and s.class[j + 1].ing then return j end
end

---The subject of the cue at i. Returns first and last token, the first token of the clause part, and how it was found.
local function subject(s, i, j, unit, state)
  local low, high = unit[1], unit[2]
  local k = j >= low and kind(s, j) or nil
  while k == "time" and j > low do -- "Trump on Friday said"
    j = j - 1
    if kind(s, j) == "prep" then j = j - 1 end
    k = j >= low and kind(s, j) or nil
  end
  if k == "Q" or k == "comma" and kind(s, j - 1) == "Q" and j - 1 >= low or k == "dash" and kind(s, j - 1) == "Q" or k == nil and state.after_quotation then
    local last = inverted(s, i + 1, high)
    if last then return i + 1, last, i, "inverted", last end
    if k == "Q" and s.nickname(s.quote[j]) and starts[kind(s, j - 1) or ""] then return phrase.left(s, j - 1, low), j, nil, "before" end
  end
  if k == "comma" or k == "dash" then
    local last = s.class[i].verb.frames.say and (s.class[i].forms.past or s.class[i].forms.s or s.class[i].forms.fin) and starts[kind(s, i + 1) or ""] and inverted(s, i + 1, high)
    local from = clause_start(s, j, low)
    for t = j, from, -1 do
      if kind(s, t) == "Q" then from = t + 1 break end
    end
    local a, b = phrase.first(s, from, j - 1)
    if a and (b == j - 1 or kind(s, b + 1) == "comma" or kind(s, b + 1) == "rel" or kind(s, b + 1) == "dash") and not (last and s.class[i + 1].k ~= "pron" and b + 1 == j and j - a > 12) then
      if not (last and b + 1 < j and kind(s, b + 1) ~= "comma") then
        if not last or b + 1 < j then return a, b, a, "apposition" end
      end
    end
    if last then return i + 1, last, i, "inverted", last end
    if state.subject and state.subject[1] >= low then return state.subject[1], state.subject[2], nil, "same subject" end
    if a then return a, b, a, "clause subject" end
    return nil
  end
  if k == nil then return nil end
  if k == "pron" then return j, j, j, "pronoun" end
  if k == "rel" or k == "sub" and s.class[j].rel and word(s, j) == "that" then
    return j, j, nil, "relative"
  end
  if k == "conj" then
    if state.subject and state.subject[1] >= low then return state.subject[1], state.subject[2], nil, "same subject" end
    local a, b = phrase.first(s, clause_start(s, j, low), j - 1)
    if a then return a, b, nil, "clause subject" end
    return nil
  end
  if k == "close" or starts[k] or k == "symbol" then
    local a = phrase.left(s, j, low)
    if a then
      local lead = kind(s, a - 1)
      if a - 1 >= low and lead == "rel" then -- "experts who study the matter say"
        local c = phrase.left(s, a - 2, low)
        if c and c < a - 1 then return c, a - 2, c, "before" end
      end
      return a, j, a, "before"
    end
  end
  return nil
end

---Who acts for a participle or infinitive: the subject already found in the unit, or its first noun phrase.
local function controller(s, i, unit, state)
  local subj = state.subject
  if subj and subj[1] >= unit[1] then return subj[1], subj[2] end
  local a, b = phrase.first(s, clause_start(s, i, unit[1]), i - 1)
  if a then return a, b end
  a, b = phrase.first(s, unit[1], unit[2])
  if a and b < i then return a, b end
  if a and kind(s, a) then return a, b end
end

local question = { that = true, how = true, why = true, what = true, whether = true, ["if"] = true, where = true, who = true, when = true }

---Where does what is reported begin after the cue at i (the verb's last token)? nil where the cue reports nothing to its right.
local function head(s, verb, i, high)
  local c = i + 1
  local frames = verb.frames
  local particle = false
  if c <= high and verb.particles and verb.particles[word(s, c)] then
    c, particle = c + 1, true
  elseif frames.particle and not (frames.say or frames.np or frames.to or frames.think) then
    return nil
  end
  local k = kind(s, c)
  if c > high or not k then return nil end
  if particle then
    if k == "Q" or starts[k] or k == "sub" and question[word(s, c)] or k == "rel" then return c, "about" end
    return nil
  end
  -- The addressee: "told CNN", "assured the voters".
  if frames.tell and starts[k] and k ~= "time" then
    local last = phrase.right(s, c, high)
    if last then
      local after = skip_adjuncts(s, last + 1, high) + 1
      local ka = kind(s, after)
      if after <= high and (ka == "sub" or ka == "Q" or ka == "pron" or ka == "det" or ka == "poss" or ka == "colon" or ka == "comma" and kind(s, after + 1) == "Q"
        or ka == "prep" and word(s, after) == "to" or ka == "name" or ka == "noun" or ka == "rel") then
        if ka == "comma" or ka == "colon" then after = after + 1 end
        return after, "told"
      end
      if verb.lemma == "tell" then return nil end
    end
  end
  local skipped = skip_adjuncts(s, c, high) + 1
  if skipped > c and (frames.say or frames.tell or frames.think or frames.paper or frames.quo) then
    -- A "that" a little further on settles it.
    c = skipped
    k = kind(s, c)
    if c > high then return nil end
  end
  if k == "prep" and (frames.say or frames.tell or frames.paper or frames.think) and word(s, c) ~= "to" then
    for t = c + 1, math.min(c + 12, high) do
      local kt = kind(s, t)
      if kt == "sub" and word(s, t) == "that" then return t, "that" end
      if kt == "comma" and kind(s, t + 1) == "Q" or kt == "colon" then return t + 1, "quotation" end
      if kt == "comma" or kt == "stop" or kt == "semi" or s.class[t].verb and s.class[t].sure then break end
    end
  end
  if k == "Q" then return c, "quotation" end
  if (k == "comma" or k == "colon" or k == "dash") and kind(s, c + 1) == "Q" then return c + 1, "quotation" end
  if k == "colon" and (frames.say or frames.quo) and c < high then return c + 1, "colon" end
  if k == "sub" and question[word(s, c)] or k == "rel" and question[word(s, c)] then return c, "that" end
  if k == "sub" and frames.say and c < high then return c, "clause" end
  if k == "prep" and word(s, c) == "to" then
    if frames.to or frames.seem then return c, "to" end
    if frames.say then -- "said to reporters that"
      local last = phrase.right(s, c + 1, high)
      if last and last < high and (kind(s, last + 1) == "sub" or kind(s, last + 1) == "Q" or kind(s, last + 1) == "colon") then return last + 1, "told" end
      if last and kind(s, last + 1) == "comma" and kind(s, last + 2) == "Q" then return last + 2, "told" end
    end
    return nil
  end
  if starts[k] then
    if frames.urge then return c, "urged" end
    if frames.say or frames.think or frames.paper or frames.np or frames.call or frames.tell then return c, "clause" end
  end
  if (frames.say or frames.think or frames.np) and (k == "be" or k == "modal") then return c, "clause" end
  return nil
end

---Where what is reported from c ends: the unit, or before the next cue that the narrator adds with a comma.
local function content_end(s, c, high)
  for t = c + 1, high - 1 do
    if kind(s, t) == "comma" or kind(s, t) == "dash" then
      local one, k = s.class[t + 1], kind(s, t + 1)
      if one.verb and one.forms.ing then return t - 1 end
      if one.according then return t - 1 end
      if k == "conj" and s.class[t + 2] and s.class[t + 2].verb and not s.class[t + 2].forms.base then return t - 1 end
    elseif kind(s, t) == "semi" then
      return t - 1
    end
  end
  while high > c and (kind(s, high) == "stop" or kind(s, high) == "comma" or kind(s, high) == "dash") do high = high - 1 end
  return high
end

local function add(state, attribution)
  attribution.unit = attribution.unit or state.unit
  state.list[#state.list + 1] = attribution
  for _, piece in ipairs(attribution.pieces) do
    for t = piece[1], piece[2] do
      if state.s.quote[t] then state.covered[t] = attribution end
    end
  end
  return attribution
end

---Has the stretch a..b anything said in it?
local function weighty(s, a, b)
  local n = 0
  for t = a, b do
    if kind(s, t) == "Q" then return true end
    if kind(s, t) ~= "comma" and kind(s, t) ~= "symbol" then n = n + 1 end
    if n >= 4 then return true end
  end
  return false
end

---The pieces of "..., he said, ...": what stands before the subject and what goes on after it. nil where the cue stands at the head.
local function tail(s, unit, part, after, state, frames)
  local low, high, left = unit[1], unit[2], part - 1
  local before = left >= low and kind(s, left) or (left >= 1 and state.after_quotation and kind(s, left))
  if left < low and before == "Q" and not s.inner(s.quote[left]):find "[%?!]$" then
    local r = skip_adjuncts(s, after + 1, high) + 1
    if r < high and kind(s, r) ~= "comma" then return nil end
  end
  local near = before == "Q" and left or (before == "comma" or before == "dash") and kind(s, left - 1) == "Q" and left - 1 or nil
  if not (near or before == "comma" and left > low) or not (frames.say or frames.tell or frames.think and before == "comma" or frames.quo and near) then return nil end
  local r = skip_adjuncts(s, after + 1, high) + 1
  local k = r <= high and kind(s, r) or "stop"
  if not near and k ~= "stop" and k ~= "comma" and k ~= "semi" and k ~= "dash" and not (k == "prep" or k == "sub" and word(s, r) ~= "that") then return nil end
  if not near and (k == "prep" or k == "sub") and (state.unit_events > 0 or not frames.sure) then return nil end
  if near and (k == "sub" and word(s, r) == "that") then return nil end
  local from = low
  if near then
    local q = s.quote[near]
    local size = q.inner_last - q.inner_first
    local begin = near
    if near > low and not (size > 30 and s.capital(q)) then begin = math.max(clause_start(s, near, low), state.last_end + 1) end
    from = math.min(begin, near)
    while from < near and (kind(s, from) == "comma" or kind(s, from) == "conj") do from = from + 1 end
    for t = from, near - 1 do if kind(s, t) == "Q" and state.covered[t] then from = t + 1 end end
  else
    from = math.max(low, state.last_end + 1)
    while from < left and (kind(s, from) == "comma" or kind(s, from) == "conj") do from = from + 1 end
    if not weighty(s, from, left - 1) then return nil end
  end
  local pieces = { { from, near or left - 1 } }
  -- What goes on after it.
  local t = r
  if k ~= "stop" and near and not (k == "comma" or k == "colon" or k == "Q" or k == "dash") then -- "said of the deal: Q"
    while t <= high and t - r < 25 and kind(s, t) ~= "comma" and kind(s, t) ~= "colon" and kind(s, t) ~= "Q" do t = t + 1 end
  end
  local steps = 0
  while near and t <= high and kind(s, t) == "comma" and kind(s, t + 1) ~= "Q" and steps < 3 and not (s.class[t + 1] and s.class[t + 1].verb) do -- appositions
    t = t + 1
    while t <= high and kind(s, t) ~= "comma" and kind(s, t) ~= "colon" and kind(s, t) ~= "Q" do
      if s.class[t].verb and s.class[t].forms.past and kind(s, t - 1) ~= "rel" then t = high + 1 break end
      t = t + 1
    end
    steps = steps + 1
  end
  if t <= high and near and (kind(s, t) == "comma" or kind(s, t) == "colon" or kind(s, t) == "dash") and kind(s, t + 1) == "Q" and t + 1 <= high then
    pieces[2] = { t + 1, t + 1 }
  elseif t <= high and near and kind(s, t) == "Q" then
    pieces[2] = { t, t }
  elseif not near and k == "comma" and r < high and not (s.class[r + 1].verb and (s.class[r + 1].forms.ing or s.class[r + 1].forms.past)) and kind(s, r + 1) ~= "rel" and kind(s, r + 1) ~= "conj" then
    pieces[2] = { r + 1, content_end(s, r + 1, high) }
  end
  return pieces, near and "quotation, cue" or "clause, cue"
end

---The last token of a cue that needs more words ("put it", "made it clear"), or nil where they are missing.
local function needed(s, i, needs, high)
  for _, form in ipairs(needs) do
    local t = i
    for part in form:gmatch "%S+" do
      if t and t < high and word(s, t + 1) == part then t = t + 1 else t = nil end
    end
    if t then return t end
  end
end

---Try the cue verb at token i.
local function try_verb(s, i, unit, state, language)
  local low, high = unit[1], unit[2]
  local verb = s.class[i].verb
  local frames = verb.frames
  local j, voice = phrase.group(s, i, low, language.chain)
  if not voice then return end
  local a, b, part, how, after
  if voice == "active" then
    a, b, part, how, after = subject(s, i, j, unit, state)
    if not a then return end
  elseif voice == "participle" then
    if j >= low and starts[kind(s, j)] and kind(s, j) ~= "time" and i - j < 3 then -- "with Trump saying", "a letter saying"
      a, b = phrase.left(s, j, low), j
    else
      a, b = controller(s, i, unit, state)
    end
    how = "participle"
  else
    return
  end
  local cue = i
  if verb.needs then
    i = needed(s, i, verb.needs, high)
    if not i then return end
    if part == cue then part = nil end
  end
  local attribution = { cue = cue, cue_last = i, speaker = a and { a, b }, how = how, verb = verb }
  if part then
    local pieces, rule = tail(s, unit, part, after or i, state, frames)
    if pieces then
      attribution.pieces, attribution.rule = pieces, rule .. " " .. (how == "inverted" and "inverted" or "after")
      state.subject = { a, b }
      state.last_end = math.max(after or i, pieces[2] and pieces[2][2] or 0)
      state.unit_events = state.unit_events + 1
      return add(state, attribution)
    end
  end
  if how == "inverted" then return end
  local c, rule = head(s, verb, i, high)
  if not c then
    if voice == "active" and a and (frames.say or frames.tell) then state.subject = state.subject or { a, b } end
    return
  end
  if c > high then return end
  attribution.pieces = { { c, content_end(s, c, high) } }
  attribution.rule = "cue, " .. rule
  if voice == "active" then state.subject = { a, b } end
  state.last_end = math.max(state.last_end, i)
  state.unit_events = state.unit_events + 1
  add(state, attribution)
end

---"According to X": the speaker stands on its right, what is reported around it.
local function try_according(s, i, unit, state)
  local low, high = unit[1], unit[2]
  local c = word(s, i + 1) == "to" and i + 2 or nil
  if not c or c > high then return end
  local last = phrase.right(s, c, high)
  if not last then return end
  local attribution = { cue = i, cue_last = i + 1, speaker = { c, last }, how = "according to", rule = "according to" }
  local from, to
  local comma = last + 1
  while comma <= high and kind(s, comma) ~= "comma" and kind(s, comma) ~= "Q" do comma = comma + 1 end
  if i - low <= 1 or kind(s, i - 1) == "sub" or kind(s, i - 1) == "conj" then
    if comma >= high then return end
    from, to = kind(s, comma) == "Q" and comma or comma + 1, content_end(s, comma + 1, high)
  else
    to = i - 1
    while to > low and kind(s, to) == "comma" do to = to - 1 end
    from = math.max(low, clause_start(s, i, low))
    if kind(s, i - 2) == "Q" and kind(s, i - 1) == "comma" or kind(s, i - 1) == "Q" then from = math.min(from, to) end
  end
  if from > to then return end
  attribution.pieces = { { from, to } }
  state.subject = state.subject or attribution.speaker
  state.last_end = last
  add(state, attribution)
end

---Does the unit hold nothing but quotations?
local function bare(s, unit)
  local found
  for t = unit[1], unit[2] do
    local k = kind(s, t)
    if k == "Q" then found = found or t
    elseif k ~= "comma" and k ~= "stop" and k ~= "dash" and k ~= "bullet" and k ~= "symbol" then return nil end
  end
  return found
end

---A name and a colon: "Merz: Warned that", "Q: ..."; a whole label is at most eight tokens.
local function label(s, unit, state)
  local a = unit[1]
  while kind(s, a) == "bullet" or kind(s, a) == "symbol" do a = a + 1 end
  local b = phrase.right(s, a, unit[2])
  if not b or b - a > 8 or kind(s, b + 1) ~= "colon" or b + 1 >= unit[2] then return end
  local c = b + 2
  if kind(s, c) ~= "Q" and not (s.class[b].k == "name") then return end
  if kind(s, c) == "Q" then
    local last = c
    add(state, { cue = b + 1, cue_last = b + 1, speaker = { a, b }, how = "label", rule = "label", pieces = { { c, last } } })
    state.subject = { a, b }
  end
end

---Quotations that no cue took: whole sentences, after a colon, long fragments.
local function leftovers(s, n, state, language, context)
  local unit = s.units[n]
  local low, high, only = unit[1], unit[2], nil
  for _, t in ipairs(unit.marks) do
    local q = s.quote[t]
    if q and not state.covered[t] then
      local words = select(2, s.inner(q):gsub("%S+", ""))
      only = only or bare(s, unit) and "only" or "not"
      if only == "only" then
        local last
        for i = #state.list, 1, -1 do
          if state.list[i].unit < n then last = state.list[i] break end
        end
        if last and words > 2 then
          last.pieces[#last.pieces + 1] = { t, t }
          state.covered[t] = last
        elseif words > 3 then
          add(state, { unit = n, pieces = { { t, t } }, rule = "follow-up", inherit = context.speaker,
            how = context.colon and "announced by a colon" or "the speaker before" })
        end
      elseif kind(s, t - 1) == "colon" and t > low and words > 2 then
        local a, b = phrase.first(s, clause_start(s, t - 2, low), t - 2)
        add(state, { unit = n, cue = t - 1, cue_last = t - 1, speaker = a and { a, b } or unit.subject, pieces = { { t, t } }, rule = "colon", how = "colon" })
      elseif words >= language.fragment_words then
        local a, b
        if unit.subject and unit.subject[1] >= low then a, b = unit.subject[1], unit.subject[2] else a, b = phrase.first(s, low, t - 1) end
        add(state, { unit = n, speaker = a and { a, b }, pieces = { { t, t } }, rule = "fragment", how = "subject of the sentence" })
      end
    end
  end
end

---Q — Name: a signature after a quotation.
local function signature(s, unit, state)
  for _, t in ipairs(unit.marks) do
    if s.quote[t] and kind(s, t + 1) == "dash" and kind(s, t + 2) == "name" then
      local last = phrase.right(s, t + 2, s.n)
      if last and (last == s.n or kind(s, last + 1) == "stop" or kind(s, last + 1) == "comma") then
        add(state, { cue = t + 1, cue_last = t + 1, speaker = { t + 2, last }, pieces = { { t, t } }, rule = "signature", how = "name after a dash" })
        return
      end
    end
  end
end

---The first token after a dateline: "WASHINGTON (AP) —".
local function after_dateline(s, unit)
  for t = unit[1], math.min(unit[1] + 10, unit[2]) do
    local k = kind(s, t)
    if k == "dash" then return t > unit[1] and t + 1 or unit[1] end
    if k ~= "name" and k ~= "title" and k ~= "comma" and k ~= "open" and k ~= "close" and k ~= "time" and k ~= "num" and k ~= "stop" then break end
  end
  return unit[1]
end

---Whom does a quotation that stands alone in the next paragraph belong to?
local function remember(s, state, context)
  local last, unit = state.list[#state.list], s.units[#s.units]
  context.colon = unit and kind(s, unit[2]) == "colon"
  local speaker
  if context.colon then
    if unit.subject and unit.subject[1] >= unit[1] then
      speaker = unit.subject
    else
      local a, b = phrase.first(s, unit[1], unit[2] - 1)
      speaker = a and { a, b }
    end
  end
  speaker = speaker or last and last.speaker
  if speaker then
    context.speaker = { s.first(speaker[1]), s.last(speaker[2]) }
  elseif not last or not last.inherit then
    context.speaker = nil
  end
end

---List the attributions of the paragraph stream `s`; `context` goes from paragraph to paragraph.
function speech.analyse(s, language, context)
  local state = { s = s, list = {}, covered = {}, last_end = 0 }
  local quoted = #s.quotes > 0
  if s.units[1] and s.units[1][2] > 1 then s.units[1][1] = after_dateline(s, s.units[1]) end
  for n, unit in ipairs(s.units) do
    local previous = s.units[n - 1]
    state.unit, state.subject, state.unit_events, state.last_end = n, nil, 0, unit[1] - 1
    state.after_quotation = previous and kind(s, previous[2]) == "Q"
    if quoted then
      label(s, unit, state)
      signature(s, unit, state)
    end
    for _, i in ipairs(unit.marks) do
      local class = s.class[i]
      if class.verb then
        try_verb(s, i, unit, state, language)
      elseif class.according then
        try_according(s, i, unit, state)
      end
    end
    unit.subject = state.subject
  end
  if quoted then
    for n in ipairs(s.units) do leftovers(s, n, state, language, context) end
  end
  remember(s, state, context)
  return state.list
end

return speech
