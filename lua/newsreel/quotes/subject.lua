--- Whose words are they: the subject of a cue verb.
local stream = require "newsreel.quotes.stream"
local phrase = require "newsreel.quotes.phrase"

local subject = {}

local token, form = stream.class, stream.form
local starts, set = phrase.starts, phrase.set

local ADJUNCT_MAX = 7 -- tokens of one adjunct
local RELATIVE_MAX = 6 -- tokens of "who study the" in "experts who study the matter say"

local in_adjunct = set "det poss noun name title time num"

---The setting that the adjunct with its preposition at i tells: "on Friday", "in a statement". Its last token or nil.
local function setting(s, i, high)
  local found
  for j = i + 1, math.min(i + ADJUNCT_MAX, high) do
    local class = token[j]
    local k = class.k
    if class.settings or k == "time" then
      found = j
    elseif k == "stop" then
      if s.ends[j] then
        break
      end
    elseif not in_adjunct[k] or found and k ~= "num" then
      break
    end
  end
  return found
end

---The token after the adjuncts that begin at i.
function subject.after_adjuncts(s, i, high)
  while i <= high do
    local k = token[i].k
    if k == "time" or k == "adv" or k == "num" and token[i + 1].k ~= "noun" then
      i = i + 1
    elseif k == "prep" then
      local last = setting(s, i, high)
      if not last then
        break
      end
      i = last + 1
    else
      break
    end
  end
  return i
end

---The first token of the clause around i: after a semicolon, a colon, "that", or a comma with a conjunction.
function subject.clause_start(i, low)
  for j = i, low + 1, -1 do
    local class = token[j - 1]
    local k = class.k
    if k == "semi" or k == "colon" then
      return j
    elseif k == "sub" or k == "conj" then
      local noun = token[j].k == "noun" and token[j + 1].k == "comma" -- "undercut that explanation, saying"
      if class.rel and not noun or token[j - 2].k == "comma" and j - 2 >= low then
        return j
      end
    end
  end
  return low
end

local after_inversion = set "none stop comma rel prep time colon Q dash semi sub adv conj close"

---Is the noun phrase at i the subject of an inverted clause: ", said Smith." / ", said Smith, who"? Its last token.
function subject.inverted(s, i, high)
  local j = phrase.right(s, i, high, true)
  if not j then
    return nil
  end
  for _ = 1, 3 do -- "said one Trump confidant"
    local class = token[j + 1]
    if j >= high or after_inversion[class.k] or class.ing then
      return j
    elseif class.k ~= "noun" or class.forms then
      return nil
    end
    j = j + 1
  end
end

local function remembered(state, low)
  local known = state.subject
  if known and known[1] >= low then
    return known[1], known[2]
  end
end

local part_ends = set "comma rel dash open"

---"X, the mayor, said", "the mayor, X, said": where one noun phrase lies between j and the comma before, the start of
-- the phrase it stands beside.
local function between_commas(s, j, from)
  local comma = j - 1
  while comma > from and token[comma].k ~= "comma" do
    comma = comma - 1
  end
  if comma <= from or phrase.right(s, comma + 1, j - 1, true) ~= j - 1 then
    return nil
  end
  local a = phrase.left(s, comma - 1, from)
  if a and a < comma then
    return a
  end
end

---Does a..b name somebody: a name, a title, or people of the lists?
local function names_somebody(a, b)
  for t = a, b do
    local class = token[t]
    if class.k == "name" or class.k == "title" or class.k == "pron" or class.noun and not class.settings then
      return true
    end
  end
  return false
end

---The subject before a comma: "Smith, the mayor, said"; or after the verb: "..., said Smith".
local function around_comma(s, i, j, unit, state, can_invert, anybody)
  local last = can_invert and starts[token[i + 1].k] and subject.inverted(s, i + 1, unit[2])
  last = last and token[last + 1].k ~= "Q" and (anybody or names_somebody(i + 1, last)) and last
  local from = subject.clause_start(j, unit[1])
  for t = j, from, -1 do
    if token[t].k == "Q" then
      from = t + 1
      break
    end
  end
  local beside = not last and between_commas(s, j, from)
  if beside then
    return beside, j - 1, beside, "apposition"
  end
  local a, b = phrase.first(s, from, j - 1)
  if a and b + 1 < j and part_ends[token[b + 1].k] or a and b + 1 == j and not last then
    return a, b, a, "apposition"
  elseif last then
    return i + 1, last, i, "inverted", last
  elseif state.subject and state.subject[1] >= unit[1] then
    local known, till = remembered(state, unit[1])
    return known, till, nil, "same subject"
  elseif a then
    return a, b, a, "clause subject"
  end
end

local no_relative = set "comma Q stop colon semi dash sub conj close"

---The subject that ends at j, right before the verb.
local function right_before(s, j, low)
  local a = not token[j].ed and phrase.left(s, j, low) -- "the deal proposed": no subject ends so
  if not a then
    return nil
  end
  for t = a - 1, math.max(low + 1, a - RELATIVE_MAX), -1 do -- "experts who study the matter say"
    local k = token[t].k
    if k == "rel" then
      local head = phrase.left(s, t - 1, low)
      if head and head < t then
        return head, t - 1, head, "before"
      end
      break
    elseif no_relative[k] then
      break
    end
  end
  if token[j].k == "noun" and a - 2 > low and token[a - 1].k == "prep" then -- "few people across the spectrum say"
    local head = phrase.left(s, a - 2, low)
    a = head and head <= a - 2 and head or a
  end
  return a, j, a, "before"
end

---The token before the time that ends at j: "Trump on Friday said", "Smith this month complained", "he a few years ago said".
local function before_time(j, low)
  local told = j > low and token[j].k == "time"
  while j > low and token[j].k == "time" do
    j = j - 1
  end
  while told and j > low and (token[j].k == "prep" or token[j].k == "num" or token[j].k == "det") do
    j = j - 1
  end
  return j
end

---The subject of the cue verb at i, whose group begins after token j.
-- Returns its first and last token, the first token of the reporting clause (nil: the clause cannot follow what it
-- reports), how it was found, and the clause's last token where that is not the verb.
function subject.find(s, i, j, unit, state, language)
  local low, high, class = unit[1], unit[2], token[i]
  j = before_time(j, low)
  local k = j >= low and token[j].k or "none"
  local mark = k == "dash" and token[j - 1].k == "comma" and j - 2 or (k == "comma" or k == "dash") and j - 1 or j
  local quoted = mark >= low and token[mark].k == "Q"
  if quoted or k == "none" and state.after_quotation then
    local last = subject.inverted(s, i + 1, high)
    if last then
      return i + 1, last, i, "inverted", last
    elseif k == "Q" and stream.nickname(s, s.quote[j]) and starts[token[j - 1].k] then
      return phrase.left(s, j - 1, low), j, nil, "before"
    end
  end
  if k == "comma" or k == "dash" then
    local frames, forms = class.verb.frames, class.forms
    return around_comma(s, i, j, unit, state, frames.say and (forms.past or forms.s or forms.fin), language.free_order)
  elseif k == "pron" then
    return j, j, j, "pronoun"
  elseif k == "rel" or k == "sub" and token[j].rel then
    return j, j, nil, "relative"
  elseif k == "conj" then
    local a, b = remembered(state, low)
    if not a then
      a, b = phrase.first(s, subject.clause_start(j, low), j - 1)
    end
    if a then
      return a, b, nil, "same subject"
    end
  elseif k == "close" or k == "symbol" or starts[k] then
    local a, b, part, how = right_before(s, j, low)
    if a then
      return a, b, part, how
    end
  end
  if language.free_order then -- "Am Montag sagte Merkel, dass"
    local last = phrase.right(s, i + 1, high, true)
    if last then
      return i + 1, last, i, "after", last
    end
  end
end

---Who acts for a participle: the name right before it, the subject found already, or the first noun phrase.
function subject.controller(s, i, j, unit, state)
  local low, high = unit[1], unit[2]
  local k = token[j].k
  if j >= low and i - j < 3 and starts[k] and k ~= "time" then
    local first = phrase.left(s, j, low) -- "with Trump saying", but not "is touring the nation promoting"
    if k ~= "noun" or first == low or first and token[first - 1].k == "prep" then
      return first, j
    end
  end
  local a, b = remembered(state, low)
  if not a then
    a, b = phrase.first(s, subject.clause_start(i, low), i - 1)
  end
  if not a then
    a, b = phrase.first(s, low, high)
  end
  if a and (a < i or i == low) then -- "Calling it a crime, Smith said"
    return a, b
  end
end

---The last token of a cue that needs more words ("put it", "made it clear"), or nil where they are missing.
function subject.needed(i, needs, high)
  for _, words in ipairs(needs) do
    local t = i
    for part in words:gmatch "%S+" do
      t = t and t < high and form[t + 1] == part and t + 1 or nil
    end
    if t then
      return t
    end
  end
end

return subject
