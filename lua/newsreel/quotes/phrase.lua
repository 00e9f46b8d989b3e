--- Noun phrases and verb groups by closed word classes, no parser.
-- All functions take the stream `s` and token numbers and stay between `low` and `high`.
local phrase = {}

local PHRASE_MAX = 40 -- tokens looked at for one phrase

local content = { name = true, noun = true, title = true, num = true, time = true, symbol = true }
local starts = { det = true, poss = true, name = true, noun = true, title = true, num = true, pron = true }
local links = { of = true, ["for"] = true, at = true, from = true, ["in"] = true, with = true, on = true, to = true, by = true, against = true, near = true,
  behind = true, about = true, inside = true, outside = true, under = true }
phrase.starts = starts

local function kind(s, i)
  local class = s.class[i]
  return class and class.k
end

local function word(s, i) return s.list[2 * i] end
phrase.word = word
phrase.kind = kind

---May token i stand inside a noun phrase? Word forms that can only be verbs may not.
local function nominal(s, i)
  local class = s.class[i]
  if not class or not content[class.k] then return false end
  local verb = class.verb
  if verb and class.plain and (class.forms.past or class.forms.s) and (verb.frames.say or verb.frames.tell) and not class.forms.base
    and (verb.lemma == "say" or verb.lemma == "tell" or verb.lemma == "add" or verb.lemma == "write") then
    return false
  end
  return true
end

---The start of the plain noun phrase that ends at j (no prepositions).
local function simple_left(s, j, low)
  local i = j
  while i >= low and j - i < PHRASE_MAX do
    local k = kind(s, i)
    if k == "close" then -- (D-Calif.)
      local open = i - 1
      while open >= low and i - open < 12 and kind(s, open) ~= "open" do open = open - 1 end
      if open < low or kind(s, open) ~= "open" then break end
      i = open - 1
    elseif nominal(s, i) then
      i = i - 1
    elseif k == "stop" and not s.ends[i] or k == "Q" and i < j and s.nickname(s.quote[i]) and kind(s, i - 1) == "name" then -- Sen. , "nickname"
      i = i - 1
    elseif (k == "det" or k == "poss") and i < j + 1 then
      return i
    else
      break
    end
  end
  return i + 1
end

---The start of the noun phrase that ends at j, with linked phrases on its left: "a spokesman for the campaign".
function phrase.left(s, j, low)
  local i = simple_left(s, j, low)
  if i > j then return nil end
  for _ = 1, 4 do
    local p = i - 1
    local k = kind(s, p)
    if p <= low then break end
    if k == "prep" and links[word(s, p)] and (nominal(s, p - 1) or kind(s, p - 1) == "close") and p - 1 >= low then
      local before = simple_left(s, p - 1, low)
      local lead = kind(s, before - 1)
      if before > p - 1 or before - 1 >= low and lead == "prep" and before - 1 == low then break end
      if s.class[p - 1].verb and s.class[p - 1].forms and (s.class[p - 1].ed or s.class[p - 1].forms.past) then break end
      i = before
    elseif k == "conj" and (word(s, p) == "and" or word(s, p) == "or") and nominal(s, p - 1) then
      local before = simple_left(s, p - 1, low)
      local lead = kind(s, before - 1)
      if before > p - 1 or before > low and lead ~= "comma" and lead ~= "sub" and lead ~= "Q" and lead ~= "colon" and lead ~= "prep" then break end
      i = before
    elseif k == "rel" or k == "sub" and word(s, p) == "that" then
      break
    else
      break
    end
  end
  -- "In June Trump", "On Friday the senator": strip the day.
  if kind(s, i - 1) == "prep" or i == low then
    while i < j and kind(s, i) == "time" or kind(s, i) == "num" and kind(s, i + 1) == "name" and i < j do i = i + 1 end
  end
  while i < j and (kind(s, i) == "symbol" or kind(s, i) == "bullet") do i = i + 1 end
  return i
end

---Do a few plain words and then a name follow the name before j: "Marquette pollster Charles Franklin"?
local function title_between(s, j, high)
  for t = j, math.min(j + 4, high) do
    local class = s.class[t]
    if class.k == "name" or class.k == "title" and word(s, t):find "^%u" then return t > j end
    if class.k ~= "noun" and class.k ~= "title" and class.k ~= "conj" or class.forms and class.k == "noun" and not class.forms.base then return false end
  end
  return false
end

---The end of the plain noun phrase that starts at i, or nil: stops where a name ends and lower case goes on,
-- unless `loose` and another name comes after a few plain words.
function phrase.right(s, i, high, loose)
  local j, name = i, false
  if not starts[kind(s, i) or ""] and kind(s, i) ~= "symbol" then return nil end
  if kind(s, i) == "pron" then return i end
  while j <= high and j - i < PHRASE_MAX do
    local class = s.class[j]
    local k = class.k
    if k == "name" then
      name = not class.owner and not class.title
    elseif k == "stop" and not s.ends[j] or k == "symbol" then
      name = name
    elseif k == "open" then
      local close = j + 1
      while close <= high and close - j < 12 and kind(s, close) ~= "close" do close = close + 1 end
      if kind(s, close) ~= "close" then break end
      j = close
    elseif (k == "det" or k == "poss") and j > i then
      break
    elseif k == "det" or k == "poss" or k == "num" then
      name = name
    elseif k == "title" then
      name = name and word(s, j):find "^%l" ~= nil
      if name and not (loose and title_between(s, j, high)) then break end
    elseif k == "noun" then
      if name and not (loose and title_between(s, j, high)) then break end
      if class.forms and class.plain and not class.forms.base and j > i then break end
    elseif k == "prep" and (word(s, j) == "of" or word(s, j) == "for" or word(s, j) == "at" or word(s, j) == "from") and j > i and starts[kind(s, j + 1) or ""] and kind(s, j + 1) ~= "pron" then
      name = false
    elseif k == "conj" and word(s, j) == "and" and name and kind(s, j + 1) == "name" then
      name = false
    else
      break
    end
    j = j + 1
  end
  return j > i and j - 1 or nil
end

---The verb group around the cue verb at i. Returns the token before it and how the verb is used:
-- "active", "participle", "passive", "infinitive", or nil where the word is no verb here.
function phrase.group(s, i, low, be_like)
  local class, j = s.class[i], i - 1
  local forms, helper, negated = class.forms, nil, false
  while j >= low and i - j < 9 do
    local one = s.class[j]
    local k = one.k
    if k == "adv" or k == "neg" then
      negated = negated or k == "neg"
    elseif k == "be" or k == "have" or k == "modal" then
      helper = helper or k
    elseif k == "prep" and word(s, j) == "to" and forms.base then
      local before = s.class[j - 1]
      if j - 1 >= low and before and be_like[word(s, j - 1)] then
        helper = "modal" -- "went on to say", "refused to answer"
        j = j - 1
        if j - 1 >= low and word(s, j) == "on" then j = j - 1 end
      else
        return j, "infinitive", negated
      end
    elseif k == "prep" and (word(s, j) == "on" or word(s, j) == "out") and j - 1 >= low and be_like[word(s, j - 1)] then
      j = j - 1
    else
      break
    end
    j = j - 1
  end
  if forms.fin then return j, "active", negated end
  local before = j >= low and s.class[j] or nil
  local k = before and before.k
  if forms.ing then
    if helper == "be" then return j, "active", negated end
    if helper then return nil end
    if not k or k == "comma" or k == "Q" or k == "prep" or k == "sub" or k == "conj" or k == "dash" then return j, "participle", negated end
    if (k == "noun" or k == "name" or k == "close" or k == "time") and s.class[i + 1] and (starts[kind(s, i + 1)] or kind(s, i + 1) == "sub") and kind(s, i + 1) ~= "noun" then
      return j, "participle", negated
    end
    return nil
  end
  if helper == "be" then return j, (forms.past or forms.pp) and "passive" or nil, negated end
  if helper == "have" then return j, forms.pp and "active" or nil, negated end
  if helper == "modal" then return j, forms.base and "active" or nil, negated end
  if k == "det" or k == "poss" or k == "prep" or k == "num" then return nil end
  if before and before.owner then return nil end
  if forms.past then
    if k == "noun" and before.ed == nil and s.class[i + 1] and kind(s, i + 1) == "noun" and not s.class[i].sure then return j, "active", negated end
    return j, "active", negated
  end
  if forms.base then
    if k == "pron" and before.singular then return nil end
    if k == "pron" or k == "rel" or k == "sub" and before.rel or k == "noun" and before.plural or k == "conj" then return j, "active", negated end
    if k == "name" and word(s, j):find "s$" or k == "title" and word(s, j):find "s$" then return j, "active", negated end
    if (k == "noun" and not before.plural) then return nil end
    return nil
  end
  if forms.s then
    if k == "pron" and not before.singular then return nil end
    if k == "noun" and before.plural and not before.settings then return nil end
    return j, "active", negated
  end
  if forms.pp then return nil end
  return j, "active", negated
end

---The first noun phrase of the clause low..high: its subject, after "In June," and the like.
function phrase.first(s, low, high)
  local i = low
  while i <= high and (kind(s, i) == "conj" or kind(s, i) == "adv" or kind(s, i) == "comma" or kind(s, i) == "dash" or kind(s, i) == "bullet" or kind(s, i) == "symbol") do i = i + 1 end
  local class = s.class[i]
  if not class then return nil end
  local guard = 0
  while class and i <= high and guard < 3 and (class.k == "prep" or class.k == "sub" or class.k == "time" or class.ing or class.ed or class.forms and class.plain and class.forms.ing) do
    local comma = i
    while comma <= high and kind(s, comma) ~= "comma" do comma = comma + 1 end
    if comma >= high then
      if class.k == "time" and starts[kind(s, i + 1) or ""] then comma = i else return nil end
    end
    i, guard = comma + 1, guard + 1
    class = s.class[i]
  end
  local j = phrase.right(s, i, high)
  if not j then return nil end
  return i, j
end

return phrase
