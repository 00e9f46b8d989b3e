--- What is reported: the stretch of tokens that belongs to a cue.
local stream = require "newsreel.quotes.stream"
local phrase = require "newsreel.quotes.phrase"
local subject = require "newsreel.quotes.subject"

local content = {}

local token, form = stream.class, stream.form
local starts, set = phrase.starts, phrase.set

local REACH = 12 -- tokens between a cue and its "that" or quotation
local FAR_REACH = 25

---The places where the narrator goes on after a comma: "..., adding that", "..., but said". Sorted, once a unit.
local function breaks(unit)
  local list = {}
  for t = unit[1] + 1, unit[2] - 1 do
    local k = token[t].k
    if k == "semi" then
      list[#list + 1] = t
    elseif k == "comma" or k == "dash" then
      local one, two = token[t + 1], token[t + 2]
      if one.verb and one.forms.ing or one.according or one.k == "conj" and two.verb and not two.forms.base then
        list[#list + 1] = t
      end
    end
  end
  unit.breaks = list
  return list
end

local trimmed = set "stop comma dash"

---The last token of what is reported from c on.
function content.ending(c, unit)
  for _, t in ipairs(unit.breaks or breaks(unit)) do
    if t > c then
      return t - 1
    end
  end
  local high = unit[2]
  while high > c and trimmed[token[high].k] do
    high = high - 1
  end
  return high
end

local questions = set [[that how why what whether if where who when dass ob wie warum was wer wann wo
  що чи як чому хто коли де что ли как почему кто когда где чтобы щоб нібито будто якобы]]

---Is token c the word that opens a reported clause?
local function opens_clause(c)
  local k = token[c].k
  return (k == "sub" or k == "rel") and questions[form[c]]
end

---Step over the comma or colon before a quotation or, where the language writes one, before "dass" and "что".
local function over_comma(c, language)
  local k, ahead = token[c].k, token[c + 1].k
  if k == "comma" or k == "colon" or k == "dash" then
    if ahead == "Q" then
      return c + 1
    elseif ahead == "dash" and token[c + 2].k == "Q" then
      return c + 2
    elseif language.comma_that and k == "comma" and opens_clause(c + 1) then
      return c + 1
    end
  end
  return c
end

local after_addressee = set "sub Q pron det poss name noun rel"

---What follows the addressee at c: "told CNN that", "assured the voters:". nil where there is none.
local function past_addressee(s, c, high, language)
  local last = phrase.right(s, c, high)
  local after = last and subject.after_adjuncts(s, last + 1, high)
  if not last or after > high then
    return nil
  end
  local over = over_comma(after, language)
  if over > after or after_addressee[token[after].k] or token[after].infinitive then
    return over
  elseif token[after].k == "colon" then
    return after + 1
  end
end

---A "that", colon or quotation a little further on: "said to reporters that", "said of the deal: Q".
local function further(c, high, language)
  for t = c + 1, math.min(c + REACH, high) do
    local k = token[t].k
    if k == "sub" and token[t].rel or k == "Q" then
      return t, "that"
    elseif k == "colon" then
      return t + 1, "quotation"
    elseif k == "comma" then
      local over = over_comma(t, language)
      return over > t and over or nil, "quotation"
    elseif k == "stop" or k == "semi" then
      return nil
    end
  end
end

---What a verb with its particle is about: "called for talks".
local function about(c)
  local k = token[c].k
  if k == "Q" or starts[k] or opens_clause(c) then
    return c, "about"
  end
end

---"sagte, die Lage sei ernst": the clause after the comma at c where its mood tells that it is reported, or nil.
local function subjunctive_after(c, high, language)
  if token[c].k ~= "comma" or not starts[token[c + 1].k] then
    return nil
  end
  for t = c + 1, math.min(c + FAR_REACH, high) do
    if language.sets.subjunctive[form[t]] then
      return c + 1
    end
  end
end

local verbal = set "be have modal act"

---Does a clause of its own begin at c: has it a verb before the next comma?
local function clause_at(c, high)
  for t = c, math.min(c + REACH, high) do
    local class = token[t]
    local finite = class.forms and (class.forms.past or class.forms.s) and token[t - 1].k ~= "det"
    if verbal[class.k] or finite and t > c then
      return true
    elseif class.k == "comma" or class.k == "stop" then
      return false
    end
  end
  return false
end

local narrow = set "when where who" -- they open what is asked or known, but only date what is said

---Does the word at c open a clause that this verb reports?
local function reports_clause(c, frames)
  return opens_clause(c) and not (narrow[form[c]] and not (frames.asking or frames.think))
end

---May a bare phrase follow: the thing spoken of, or a clause without "that"?
local function bare(verb, c, high, language)
  local frames = verb.frames
  if frames.clause_only then
    return clause_at(c, high) and token[c].k ~= "num"
  elseif frames.say and not language.comma_that or frames.np or frames.call then
    return true
  elseif frames.paper or frames.think then
    return clause_at(c, high)
  end
end

local away = set "away down off out back aside up"

---Where what is reported begins after the cue that ends at i, and by which rule; nil if nothing is reported there.
function content.head(s, verb, i, high, language)
  local frames, c = verb.frames, i + 1
  if c > high then
    return nil
  elseif verb.particles and verb.particles[form[c]] then
    return about(c + 1)
  elseif away[form[c]] then
    return nil -- "backed away from"
  elseif frames.only_particle and not (frames.say or frames.np or frames.to or frames.think) then
    return nil
  end
  local speaking = frames.say or frames.tell or frames.think or frames.paper or frames.quo
  if frames.tell and starts[token[c].k] then
    local after = past_addressee(s, c, high, language)
    if after or verb.lemma == "tell" then
      return after, "told"
    end
  end
  if speaking then
    c = subject.after_adjuncts(s, c, high)
    if c > high then
      return nil
    end
  end
  local reported = language.comma_that and frames.say and subjunctive_after(c, high, language)
  if reported then
    return reported, "clause"
  end
  c = over_comma(c, language)
  local k, infinitive = token[c].k, token[c].infinitive
  if k == "prep" and speaking and not (infinitive and frames.to) then
    local after, rule = further(c, high, language)
    if after or not infinitive then
      return after, rule
    end
  end
  if k == "Q" then
    if frames.call and not frames.say and c == i + 1 then
      return nil -- a ship named "Golden Gate"
    elseif language.comma_that and not frames.np and c == i + 1 then
      return nil -- сообщает "Правда": without a colon it is the paper's name
    end
    if c == i + 1 and stream.titled(s, s.quote[c]) then
      return nil -- wrote "The Art of the Deal"
    end
    return c, "quotation"
  elseif k == "colon" then
    if c < high and (frames.say or frames.quo and token[c + 1].k == "Q") then
      return c + 1, "colon"
    end
  elseif reports_clause(c, frames) then
    return c, "that"
  elseif infinitive then
    if frames.to then
      return c, "to"
    end
  elseif starts[k] then
    if frames.urge then
      return c, "urged"
    elseif bare(verb, c, high, language) then
      return c, "clause"
    end
  elseif k == "be" or k == "modal" then
    if frames.say or frames.think or frames.np then
      return c, "clause"
    end
  end
end

---Is the stretch a..b long enough to be something said?
local function weighty(a, b)
  local n = 0
  for t = a, b do
    local k = token[t].k
    if k == "Q" then
      return true
    elseif k ~= "comma" and k ~= "symbol" then
      n = n + 1
    end
    if n >= 4 then
      return true
    end
  end
  return false
end

---The quotation that the reporting clause starting at `part` follows. Second: whether a comma stands between.
local function quotation_before(part, unit, state)
  local left = part - 1
  if left < unit[1] then
    return state.after_quotation and left or nil
  end
  local k = token[left].k
  if k == "Q" then
    return left
  end
  if k == "dash" and token[left - 1].k == "comma" then
    left = left - 1
  elseif k ~= "comma" and k ~= "dash" then
    return nil
  end
  return left > unit[1] and token[left - 1].k == "Q" and left - 1 or nil
end

local before_quotation = set "comma conj dash bullet symbol"

---The start of what is said before the cue, where a quotation ends it at `near`.
local function quoted_from(s, near, unit, state)
  local low, q = unit[1], s.quote[near]
  if near <= low or q.inner_last - q.inner_first > 30 and stream.capital(s, q) then
    return near
  end
  local from = math.min(near, math.max(subject.clause_start(near, low), state.last_end + 1))
  for t = from, near - 1 do
    local k = token[t].k
    if k == "Q" and state.covered[t] or t == from and before_quotation[k] then
      from = t + 1
    end
  end
  return from
end

---The quotation that goes on after the reporting clause: "..., he said, Q" or "he said of the deal, a mess, Q".
local function continued(s, r, high)
  local t = r
  for _ = 1, 4 do
    local k = token[t].k
    if t > high or k == "stop" then
      return nil
    elseif k == "Q" then
      return t
    elseif (k == "comma" or k == "colon" or k == "dash") then
      if token[t + 1].k == "Q" and t < high then
        return t + 1
      elseif token[t + 1].k == "dash" and token[t + 2].k == "Q" and t + 1 < high then
        return t + 2
      end
      local verb = token[t + 1].verb
      if verb and (verb.frames.say or verb.frames.tell) then
        return nil
      end
      t = t + 1
    end
    for ahead = t, t + FAR_REACH do
      k = token[ahead].k
      if ahead > high or k == "comma" or k == "colon" or k == "Q" or k == "dash" or k == "stop" and s.ends[ahead] then
        t = ahead
        break
      elseif token[ahead].verb and token[ahead].forms.past and token[ahead - 1].k ~= "rel" then
        return nil
      end
      t = ahead
    end
  end
end

local goes_on = set "be have modal act neg"

---The rest of a sentence interrupted by ", he said,": its first token or nil. `size` counts what came before.
local function resumed(r, high, size)
  local one = token[r + 1]
  if token[r].k ~= "comma" or r >= high then
    return nil
  elseif goes_on[one.k] or one.infinitive or one.verb and one.forms.s then
    return r + 1
  elseif size < 5 and one.k ~= "rel" and one.k ~= "conj" then
    return r + 1
  end
end

local function comma_in(a, b)
  for t = a, b do
    if token[t].k == "comma" then
      return true
    end
  end
  return false
end

local closes_tail = set "none stop comma semi dash close"

---What stands before the reporting clause part..last and goes on after it: a list of pieces and the rule's name.
-- nil where the clause does not follow what it reports.
function content.tail(s, unit, part, last, state, frames)
  local low, high, left = unit[1], unit[2], part - 1
  local r = subject.after_adjuncts(s, last + 1, high)
  local k = r <= high and token[r].k or "none"
  local near = quotation_before(part, unit, state)
  if near then
    if not (frames.say or frames.tell or frames.quo or frames.think and near < left) then
      return nil
    elseif k == "sub" and token[r].rel then
      return nil
    elseif near < low and k ~= "none" and k ~= "comma" and r < high and not stream.asks(s, s.quote[near]) then
      return nil -- a sentence of its own after a finished quotation
    end
    local from = quoted_from(s, near, unit, state)
    if from < near and starts[k] then
      return nil -- On "Good Morning", Smith said the plan ...
    end
    local pieces, more = { { from, near } }, continued(s, r, high)
    if more then
      pieces[2] = { more, more }
    end
    return pieces, "quotation, cue"
  end
  if left <= low or token[left].k ~= "comma" or not (frames.say or frames.tell or frames.think) then
    return nil
  elseif not closes_tail[k] and (token[r].rel or (k ~= "prep" and k ~= "sub") or state.unit_events > 0) then
    return nil
  elseif (k == "comma" or k == "colon") and token[r + 1].k == "Q" then
    return nil
  end
  local from = math.max(low, state.last_end + 1)
  while from < left and (token[from].k == "comma" or token[from].k == "conj") do
    from = from + 1
  end
  local rest = resumed(r, high, left - from)
  if not rest then
    local intro = phrase.adjunct(token[from]) and not comma_in(from, left - 1)
    if not weighty(from, left - 1) or intro and k ~= "none" then
      return nil
    end
  end
  local pieces = { { from, left - 1 } }
  if rest then
    pieces[2] = { rest, content.ending(rest, unit) }
  end
  return pieces, "clause, cue"
end

return content
