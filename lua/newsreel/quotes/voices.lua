--- From the words that name a speaker to who it is: titles off, surnames to full names, he and she to the name before.
-- What the text does not settle stays as it is written.
local phrase = require "newsreel.quotes.phrase"
local stream = require "newsreel.quotes.stream"
local lexicon = require "newsreel.quotes.lexicon"

local voices = {}

local token, form = stream.class, stream.form

local LOOKUPS_MAX = 200 -- surnames looked up in one text
local PLACES_MAX = 40 -- places of a surname looked at
local NAME_BYTES = 40 -- before a surname
local PARAGRAPHS_BACK = 2 -- a pronoun reaches this far

---Remember speakers while going through `text`; `actors` is a sorted list of { first, last, actor } or nil.
function voices.new(text, language, actors)
  return {
    text = text, language = language, actors = actors, paragraph = 0, full = {}, lookups = 0, speakers = {},
    genders = {}, named = {},
  }
end

---The actor whose name touches the bytes first..last.
local function actor_at(v, first, last)
  local low, high = 1, #v.actors
  while low <= high do
    local middle = (low + high) // 2
    local one = v.actors[middle]
    if one[2] < first then
      low = middle + 1
    elseif one[1] > last then
      high = middle - 1
    else
      return one[3]
    end
  end
end

---The name after an office: "President of Russia Vladimir Putin". Its first token, or nil.
local function after_office(a, b)
  if token[a].k ~= "title" or token[a + 1].k ~= "prep" or b - a < 4 then
    return nil
  end
  for t = a + 2, b do
    if token[t].k ~= "name" or token[t].owner then
      return nil
    end
  end
  return b - 1
end

---The tokens of the proper name that heads the noun phrase a..b: "Sen. Ted Cruz (R-Tex.)" gives Ted .. Cruz.
local function core(a, b)
  local last = after_office(a, b)
  if last then
    return last, b
  end
  local t, linked = a, nil
  while t <= b do
    local k = token[t].k
    local behind = token[t].linking and t > a and phrase.past_links(t, b)
    if behind then
      linked, t = t, behind
    elseif k == "prep" or k == "open" or k == "comma" or k == "rel" or token[t].joins then
      break
    end
    last, t = t, t + 1
  end
  if not last or token[last].k ~= "name" or token[last].owner or token[last].particle then
    return nil
  end
  local first = linked and linked - 1 or last
  while first > a do
    local k = token[first - 1].k
    local initial = k == "stop" and first - 2 >= a and #form[first - 2] == 1
    if not (k == "name" and not token[first - 1].owner or initial or k == "Q") then
      break
    end
    first = first - 1
  end
  return first, last
end

---Is a word before a surname a first name? Not a title, not a word of the lists, not "Clinton's".
local function given_name(v, before)
  local class = v.language.classes[lexicon.lower(before)]
  return not (class and (class.k ~= "noun" or class.verb)) and not before:find "['’]" and #before > 1
end

---The word that a space parts from the byte `place`, if it is all letters, with the particles after it: "Carla de la".
local function word_before(v, place)
  if v.text:byte(place - 1) ~= 32 then
    return nil
  end
  local stretch, tail = " " .. v.text:sub(math.max(1, place - NAME_BYTES), place - 2), ""
  for _ = 1, 3 do
    local before, rest = stretch:match "^.*%s(%S+)$", stretch:match "^(.*)%s%S+$"
    local class = before and v.language.classes[before]
    if not before or not before:find "^[%a\x80-\xFF%-]+$" then
      return nil
    elseif not (class and (class.particle or class.linking)) then
      return before .. tail, before
    end
    stretch, tail = rest, " " .. before .. tail
  end
end

---The full name of a surname: the one name the text joins to it. nil if there is none, or two.
local function full_name(v, surname)
  local known = v.full[surname]
  if known ~= nil or v.lookups >= LOOKUPS_MAX then
    return known or nil
  end
  v.lookups = v.lookups + 1
  local text, from, found = v.text, 1, nil
  for _ = 1, PLACES_MAX do
    local place = text:find(surname, from, true)
    if not place then
      break
    end
    local before, given = word_before(v, place)
    local whole = not text:find("^[%a\x80-\xFF]", place + #surname)
    if before and before ~= surname and whole and lexicon.capital(given) and given_name(v, given) then
      if found and found ~= before then
        v.full[surname] = false
        return nil
      end
      found = before
    end
    from = place + #surname
  end
  v.full[surname] = found and found .. " " .. surname or false
  return v.full[surname] or nil
end

---The gender that a title or pronoun tells, or nil.
local function gender_of(v, a, b)
  for t = a, b do
    local told = v.language.sets.gender[lexicon.lower(form[t])]
    if told then
      return told
    end
  end
end

---Name the phrase a..b: the name, its gender if told, why, and whether it is surely a person; nil where it is none.
local function look(v, s, a, b)
  local first, last = core(a, b)
  if not first then
    for t = a, b - 1 do -- "the special representative, Keith Kellogg"
      if token[t].k == "comma" then
        first, last = core(t + 1, b)
        break
      end
    end
    if not first then
      return nil
    end
  end
  local name = v.text:sub(stream.first(s, first), stream.last(s, last))
  local gender = gender_of(v, a, b)
  if first == last or token[first].particle then
    local full = full_name(v, name) or token[first].particle and full_name(v, name:sub(1, 1):lower() .. name:sub(2))
    if full then
      return full, gender, "surname of " .. full, true
    end
  end
  return name, gender, "name", first < last or gender or token[first - 1].k == "title"
end

---Could somebody of this gender be meant by a pronoun of that one?
local function fits(v, person, gender)
  local known = v.genders[person.name] or person.gender
  return not known or not gender or known == gender
end

---The same for words met before without looking again.
local function named(v, s, a, b)
  local written = v.text:sub(stream.first(s, a), stream.last(s, b))
  local known = v.named[written]
  if not known then
    known = { look(v, s, a, b) }
    v.named[written] = known
  end
  return known[1], known[2], known[3], known[4] or known[1] and v.speakers[known[1]]
end

local begins = phrase.set "det poss name title num"

---Is the name a..b one of a body of people?
local function organisation(a, b)
  for t = a, b do
    if token[t].organisation then
      return true
    end
  end
  return false
end

---Whom does the pronoun at token t of unit n mean: the nearest subject before it that is a name.
local function antecedent(v, s, t, n, gender)
  for m = n, 1, -1 do
    local unit = s.units[m]
    local a, b = phrase.first(s, unit[1], math.min(unit[2], t - 1))
    if a and b < t then
      local name, told, _, sure = named(v, s, a, b)
      local person = sure and not organisation(a, b) and { name = name, gender = told }
      if person and fits(v, person, gender) then
        return person, m == n and "subject of the sentence" or "subject of a sentence before"
      end
    end
  end
  local last = v.last
  if last and v.paragraph - last.paragraph <= PARAGRAPHS_BACK and fits(v, last, gender) then
    return last, "last speaker"
  end
end

---Remember the subject of a stretch that leads to a letter: "Lind wrote to Maas. The message reads:".
function voices.sender(v, s)
  v.author = nil
  for _, unit in ipairs(s.units) do
    local a, b = phrase.first(s, unit[1], unit[2])
    local name, _, _, sure = nil, nil, nil, nil
    if a then
      name, _, _, sure = named(v, s, a, b)
    end
    v.author = sure and not organisation(a, b) and name or v.author
  end
end

---Does the phrase a..b mean a letter that no name goes with: "the message"?
local function letter(v, a, b)
  return token[a].article and b == a + 1 and v.language.sets.letters[lexicon.lower(form[b])]
end

---Resolve who speaks in an attribution. Returns the speaker's name and the reason, and remembers it.
function voices.resolve(v, s, made)
  local a, b = made.speaker[1], made.speaker[2]
  local first, last = stream.first(s, a), stream.last(s, b)
  local actor = v.actors and actor_at(v, first, last)
  if actor then
    v.last = { name = actor, paragraph = v.paragraph }
    return actor, "listed name"
  end
  local written = v.text:sub(first, last)
  if a == b and token[a].k == "pron" then
    local gender = v.language.sets.pronouns[lexicon.lower(written)]
    local person, how
    if gender then
      person, how = antecedent(v, s, a, made.unit, gender)
    end
    if not person then
      return written, "pronoun, unresolved"
    end
    v.genders[person.name] = v.genders[person.name] or gender
    v.last = { name = person.name, gender = gender, paragraph = v.paragraph }
    return person.name, "pronoun: " .. how
  elseif a == b and (token[a].rel or token[a].k == "rel") then
    local low = s.units[made.unit][1]
    local j = token[a - 1].k == "comma" and a - 2 or a - 1
    local head = j >= low and phrase.left(s, j, low)
    if head and head <= j and not begins[token[head].k] then
      head = phrase.plain(s, j, low) -- "sit well with senators who"
    end
    if head and head <= j then
      local name, told = named(v, s, head, j)
      v.last = name and { name = name, gender = told, paragraph = v.paragraph } or v.last
      return name or v.text:sub(stream.first(s, head), stream.last(s, j)), "relative clause"
    end
    return written, "relative clause"
  end
  local author = letter(v, a, b) and (antecedent(v, s, a, made.unit) or v.author and { name = v.author })
  if author then
    v.last = { name = author.name, paragraph = v.paragraph }
    return author.name, "who sent it"
  end
  local name, gender, how = named(v, s, a, b)
  if name then
    v.last = { name = name, gender = gender, paragraph = v.paragraph }
    v.speakers[name] = true
    return name, how
  end
  return written, "role or institution"
end

---Resolve who speaks in an attribution inside a quotation of `outer`'s: "I" is the outer speaker, "he" is not.
---@return string speaker
---@return string why
function voices.of_nested(v, s, made, outer)
  local a, b = made.speaker[1], made.speaker[2]
  if a == b and outer and v.language.sets.me[lexicon.lower(form[a])] then
    return outer, made.how .. "; the speaker around it"
  end
  local speaker, how = voices.resolve(v, s, made)
  if speaker == outer and a == b then
    return form[a], made.how .. "; pronoun, unresolved"
  end
  return speaker, made.how .. "; " .. how
end

return voices
