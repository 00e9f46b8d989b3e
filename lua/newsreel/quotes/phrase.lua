--- Noun phrases and verb groups by closed word classes; no parser.
-- Functions take the stream `s` and token numbers, and stay between `low` and `high`.
local stream = require "newsreel.quotes.stream"

local phrase = {}

local token, form = stream.class, stream.form

local PHRASE_MAX = 40 -- tokens looked at for one phrase
local GROUP_MAX = 9 -- helpers and adverbs before a verb
local BRACKET_MAX = 12

local set = require("newsreel.words").set
phrase.set = set

local nominal_kinds = set "name noun title num time symbol"
local starts = set "det poss name noun title num pron"
local links = set [[of for at from in with on to by against near behind about inside outside under
  von der des vom beim für aus]]
local inner_links = set "of for at from von vom beim für der des"
phrase.starts = starts

---May token i stand inside a noun phrase? Forms that are surely verbs may not.
local function nominal(i)
  local class = token[i]
  return nominal_kinds[class.k] and not class.sure
end

---The opening bracket of the bracket that closes at i, or nil.
local function bracket(i, low)
  for open = i - 1, math.max(low, i - BRACKET_MAX), -1 do
    if token[open].k == "open" then
      return open
    end
  end
end

---The start of the plain noun phrase that ends at j (no prepositions).
local function plain_left(s, j, low)
  local i = j
  while i >= low and j - i < PHRASE_MAX do
    local k = token[i].k
    if k == "close" then -- (D-Calif.)
      local open = bracket(i, low)
      if not open then
        break
      end
      i = open
    elseif k == "det" or k == "poss" then
      return i
    elseif k == "stop" then
      if s.ends[i] then
        break
      end
    elseif k == "Q" then -- Marcia "Cia" Price
      if i == j or not stream.nickname(s, s.quote[i]) or token[i - 1].k ~= "name" then
        break
      end
    elseif not nominal(i) or token[i].ed and token[i - 1].k == "pron" then
      break
    end
    i = i - 1
  end
  return i + 1
end

---The same without what it hangs on.
phrase.plain = plain_left

local before_pair = set "comma sub Q colon prep"

---The start of what the phrase at i hangs on: "a spokesman for" + phrase, "Smith and" + phrase. nil if nothing.
local function linked(s, i, low)
  local p = i - 1
  if p <= low then
    return nil
  end
  local k, last = token[p].k, p - 1
  if not nominal(last) and token[last].k ~= "close" then
    return nil
  end
  if k == "prep" then
    local class = token[last]
    if not links[form[p]] or class.ed or class.forms and class.forms.past then
      return nil
    end
    local start = plain_left(s, last, low)
    if start > last or start - 1 == low and token[low].k == "prep" then
      return nil -- "In June a spokesman": the phrase before is an adjunct
    end
    return start
  elseif token[p].joins then
    local start = plain_left(s, last, low)
    if start > last or start > low and not before_pair[token[start - 1].k] then
      return nil
    end
    return start
  end
end

---The start of the noun phrase that ends at j, or nil.
function phrase.left(s, j, low)
  local i = plain_left(s, j, low)
  if i > j then
    return nil
  end
  for _ = 1, 4 do
    local start = linked(s, i, low)
    if not start then
      break
    end
    i = start
  end
  if i == low or token[i - 1].k == "prep" then -- "In June Trump", "On Friday the senator"
    while i < j and (token[i].k == "time" or token[i].k == "num" and token[i + 1].k == "name") do
      i = i + 1
    end
  end
  local after = token[i + 1].k
  local deed = i < j and token[i].ing and (after == "name" or after == "title" or after == "det") -- "contradicting Maas"
  while i < j and (token[i].k == "symbol" or token[i].k == "bullet" or deed) do
    i, deed = i + 1, false
  end
  return i
end

local function capital_title(i)
  return token[i].k == "title" and form[i]:find "^%u" ~= nil
end

---Do some plain words and another name follow: "Marquette pollster Charles Franklin"?
local function name_ahead(j, high)
  for t = j, math.min(j + 4, high) do
    local class = token[t]
    if class.k == "name" or capital_title(t) then
      return t > j
    elseif class.k == "noun" then
      if class.ed or class.forms and not class.forms.base then
        return false
      end
    elseif class.k ~= "title" and class.k ~= "conj" then
      return false
    end
  end
  return false
end

---Where the run of small words at t that joins two parts of a name ends: "Ursula von der Leyen". nil for "von Hamburg".
function phrase.past_links(t, b)
  local behind = t
  while behind < b and (token[behind].linking or token[behind].particle) do
    behind = behind + 1
  end
  return behind - t > 1 and token[t - 1].k == "name" and token[behind].k == "name" and behind or nil
end

---The end of the noun phrase that starts at i, or nil. It ends where lower case goes on after a name,
-- unless `loose` and another name comes after a few plain words.
function phrase.right(s, i, high, loose)
  local k = token[i].k
  if k == "pron" then
    return i
  elseif not starts[k] and k ~= "symbol" then
    return nil
  end
  local j, named = i, false
  while j <= high and j - i < PHRASE_MAX do
    local class = token[j]
    k = class.k
    local behind = class.linking and named and phrase.past_links(j, high)
    if behind then
      j = behind
    elseif k == "name" then
      named = not class.owner and not class.title
    elseif k == "title" then
      named = named and not capital_title(j)
      if named and not (loose and name_ahead(j, high)) then
        break
      end
    elseif k == "noun" then
      if named and not (loose and name_ahead(j, high)) or class.forms and j > i and not class.forms.base then
        break
      end
    elseif k == "open" then
      local close = j + 1
      while close <= high and close - j < BRACKET_MAX and token[close].k ~= "close" do
        close = close + 1
      end
      if token[close].k ~= "close" then
        break
      end
      j = close
    elseif k == "det" or k == "poss" then
      if j > i then
        break
      end
    elseif k == "prep" and j == i + 1 and token[i].k == "det" then
      named = false -- "an outside adviser"
    elseif k == "prep" then
      if j == i or not inner_links[form[j]] or not starts[token[j + 1].k] or token[j + 1].k == "pron" then
        break
      end
      named = false
    elseif class.joins then
      if not named or token[j + 1].k ~= "name" then
        break
      end
      named = false
    elseif k == "stop" then
      if s.ends[j] then
        break
      end
    elseif k ~= "num" and k ~= "symbol" then
      break
    end
    j = j + 1
  end
  while j > i + 1 and (token[j - 1].k == "prep" or token[j - 1].joins) do
    j = j - 1
  end
  if j == i + 1 and token[i].article then
    return nil
  end
  return j > i and j - 1 or nil
end

local no_subject = set "det poss prep num"
local participle_after = set "none comma Q prep sub conj dash"
local after_participle = set "sub Q colon"
local after_noun = set "noun name close time title"

---How is the ing-form at i used, with token j before its group?
local function participle(i, j, helper)
  if helper == "be" then
    return "active"
  elseif helper then
    return nil
  end
  local k, ahead = token[j].k, token[i + 1].k
  if token[j].noun_maker then
    return nil -- "a habit of talking"
  elseif participle_after[k] then
    return "participle"
  elseif after_noun[k] and (starts[ahead] and ahead ~= "noun" or after_participle[ahead]) then
    return "participle"
  end
end

---Can the base form after token j be a verb in the present?
local function present(j)
  local class = token[j]
  local k = class.k
  if k == "pron" then
    return not class.singular
  elseif k == "name" or k == "title" then
    return form[j]:find "s$" ~= nil
  end
  return k == "rel" or k == "conj" or k == "noun" and class.plural
end

---"Many", "some", "most" by themselves.
local function many(j)
  return token[j].k == "det" and not token[j].article
end

---May what ends at j be the subject of a form that is mostly a noun: a pronoun, "who", a name of its own?
local function plain_subject(s, j, low)
  local k = j >= low and token[j].k or "none"
  if k == "pron" or k == "rel" or token[j].rel or many(j) then
    return true
  end
  local start = (k == "name" or k == "close") and not token[j].owner and plain_left(s, j, low)
  return start and (token[start].k == "name" or token[start].k == "title")
end

---How is the cue verb used, given the token j before its group and the nearest helper?
local function voice(s, i, j, low, helper)
  local forms = token[i].forms
  if forms.ing then
    return participle(i, j < low and 0 or j, helper)
  elseif helper == "be" then
    return forms.pp and "passive" or nil
  elseif helper == "have" then
    return forms.pp and "active" or nil
  elseif helper == "modal" then
    return forms.base and "active" or nil
  end
  local before = token[j < low and 0 or j]
  if forms.pp and token[i + 1].k == "prep" and token[i + 1].agent then
    return "passive" -- "sources cited by the paper"
  elseif token[i].nounish and (forms.base or forms.s) and not plain_subject(s, j, low) then
    return nil
  elseif forms.base and token[i + 1].k == "sub" and j >= low and many(j) then
    return "active"
  elseif no_subject[before.k] or before.owner then
    return nil
  elseif forms.past then
    return "active"
  elseif forms.base then
    return (token[i].sure and before.k == "noun" or present(j < low and 0 or j)) and "active" or nil
  elseif forms.s then
    if before.k == "pron" then
      return before.singular and "active" or nil
    end
    return not (before.k == "noun" and before.plural and not before.settings) and "active" or nil
  end
end

---The verb group around the cue verb at i. Returns the token before it and how the verb is used: "active",
-- "participle", "passive", "infinitive"; nil for the use where the word is no verb here.
function phrase.group(s, i, low, chain)
  local forms, j, helper = token[i].forms, i - 1, nil
  while j >= low and i - j < GROUP_MAX do
    local k = token[j].k
    if token[j].supposed then
      return j, nil
    elseif k == "be" or k == "have" or k == "modal" then
      helper = helper or k
    elseif k == "prep" then
      local before = chain[form[j - 1]] and j - 1 > low
      if token[j].infinitive and forms.base then
        if not before and not (form[j - 1] == "on" and chain[form[j - 2]]) then
          return j, "infinitive"
        end
        helper = "modal" -- "refused to answer", "went on to say"
        j = j - 1
      elseif not before or not chain[form[i]] then
        break
      end
    elseif k ~= "adv" and k ~= "neg" then
      break
    end
    j = j - 1
  end
  if forms.fin then
    return j, "active"
  end
  return j, voice(s, i, j, low, helper)
end

local lead_in = set "conj adv comma dash bullet symbol"

---Does the token open an adjunct that ends with a comma: "In June,", "Asked about it,", "After the vote,"?
local function adjunct(class)
  local forms = class.k == "name" and class.forms
  return class.k == "prep" or class.k == "sub" or class.k == "time" or class.ing or class.ed or class.according
    or forms and (forms.ing or forms.past)
end
phrase.adjunct = adjunct

---The first noun phrase of the clause low..high: its subject, after "In June," and the like.
function phrase.first(s, low, high)
  local i = low
  while i <= high and lead_in[token[i].k] do
    i = i + 1
  end
  for _ = 1, 3 do
    if token[i].k == "prep" and token[i + 1].k == "time" then -- "On Friday she"
      i = i + 1
    end
    if i > high or not adjunct(token[i]) then
      break
    end
    local comma = i
    while comma < high and token[comma].k ~= "comma" do
      comma = comma + 1
    end
    if comma >= high then
      while token[i].k == "time" do -- "Last week the queen"
        i = i + 1
      end
      if token[i - 1].k ~= "time" or not starts[token[i].k] then
        return nil
      end
      comma = i - 1
    end
    i = comma + 1
  end
  if i > high then
    return nil
  end
  local j = phrase.right(s, i, high, true)
  if j then
    return i, j
  end
end

return phrase
