--- Who does it, to whom: actors in a sentence and the places the grammar gives them.
--
-- No parser: from the verb leftwards over helpers to its subject, from the trigger rightwards to its object, over
-- closed lists of small words. Where something else stands in the way the role stays open.
local capitals = require "newsreel.names.capitals"
local words = require "newsreel.words"

local roles = {}

local set = words.set

-- ---- actors: states with demonyms and seats of government, organisations, leaders ----

local function trie_of_actors()
  local entries = {}
  local function add(entry, actor, how)
    entry = type(entry) == "table" and entry[1] or entry
    if not (entry:find "%*$" and #entry < 4) then
      -- A country and no adjective: in Cyrillic adjectives are small, in German countries are lands.
      local noun = entry:gsub("^=", "") == actor or entry:find "^=?\xD0[\x84-\xAF]" or entry:find "land$"
      entries[entry] = entries[entry] or { actor = actor, how = how, plain = noun and true or false }
    end
  end
  for name, entry in pairs(require "newsreel.lists.states") do
    for how, aliases in pairs(type(entry) == "table" and { state = entry, capital = entry.capital or {},
      seat = entry.seat or {} } or {}) do
      for _, alias in ipairs(aliases) do
        add(alias, name, how)
      end
    end
  end
  for list, how in pairs { organisations = "organisation", leaders = "person" } do
    for name, entry in pairs(require("newsreel.lists." .. list)) do
      for _, alias in ipairs(type(entry) == "table" and entry or {}) do
        add(alias, name, how)
      end
    end
  end
  for alias, name in pairs { ["=West"] = "West", ["=Western"] = "West", ["=Congress"] = "US Congress",
    ["=Senate"] = "US Senate", ["=House"] = "US House of Representatives", ["Security Council"] = "UN Security Council",
    ["U.N."] = "United Nations", ["=UN"] = "United Nations",
    ["EU"] = "European Union", ["UK"] = "United Kingdom", ["=Treasury"] = "US Treasury" } do
    add(alias, name, "organisation")
  end
  return words.compile(entries)
end

local compiled

-- "Obama-era", "EU-imposed", "anti-Russian": the actor inside a compound.
local tails = set "era led imposed ordered backed brokered"

---The name in a compound such as "Obama-era", else nil.
function roles.head(raw)
  local head, tail = raw:match "^(%u[%w.]*)%-(%l+)$"
  return tails[tail] and head or nil
end

local function compound(list, at)
  local word = list[at]
  local against = word.raw:match "^[Aa]nti%-(%a%w+)$" or word.word:match "^анти%-?(%S+)$"
  local name = roles.head(word.raw) or against
  if name then
    local value = words.longest(compiled, { { word = words.fold(name), raw = name, sentence = 1 } }, 1)
    return value, at, against ~= nil
  end
end

---@class newsreel.events.Actor
---@field first integer words
---@field last integer
---@field actor string
---@field how "state"|"capital"|"seat"|"organisation"|"person"
---@field plain boolean the bare name, no demonym
---@field against? boolean "anti-Russian"

---The actors between two words.
---@return newsreel.events.Actor[]
function roles.actors(list, first, last, text)
  compiled = compiled or trie_of_actors()
  local found, at = {}, first
  while at <= last do
    local value, stop = words.longest(compiled, list, at)
    local against
    if not value and (list[at].raw:find("-", 1, true) or list[at].word:find "^анти") then
      value, stop, against = compound(list, at)
    end
    if value then
      local where = value.how == "capital" and not capitals.government(
        text:sub(math.max(1, list[at].first - 60), list[at].first - 1),
        text:sub(list[stop].first + #list[stop].raw, list[stop].last + 60))
      found[#found + 1] = { first = at, last = stop, actor = value.actor, how = value.how, plain = value.plain,
        against = against, where = where }
      at = stop
    end
    at = at + 1
  end
  return found
end

local function ending_at(found, at)
  for i = #found, 1, -1 do
    if found[i].last == at then
      return found[i]
    end
  end
end

local function starting_at(found, at)
  for _, actor in ipairs(found) do
    if actor.first == at then
      return actor
    end
  end
end

local articles = set "the a an its their his her at all both some any die der das"

-- ---- sanctions in German, Ukrainian and Russian: the place of the words tells less ----

local genitives = set "of the der des von vom з боку со стороны"

---Whose sanctions in one word: "EU-Sanktionen".
function roles.prefixed(list, at)
  local name = list[at].raw:match "^(%u%u+)%-%u"
  local value = name and words.longest(compiled, { { word = words.fold(name), raw = name, sentence = 1 } }, 1)
  return value and { actor = value.actor, how = value.how, first = at, last = at } or nil
end

---Whose sanctions: the actor behind ("санкції ЄС", "Sanktionen der EU").
function roles.owner_behind(list, found, stop)
  local at = stop + 1
  while list[at] and genitives[list[at].word] and list[at].clause == list[stop].clause do
    at = at + 1
  end
  local actor = list[at] and list[at].clause == list[stop].clause and starting_at(found, at)
  return actor and not actor.where and actor or nil
end

---The subject of a clause by its place: an actor that opens it.
function roles.opening(list, found, at, first)
  for _, actor in ipairs(found) do
    local ahead = actor.first > first and list[actor.first - 1]
    if actor.first >= first and actor.last < at and list[actor.first].clause == list[at].clause then
      local opens = not ahead or ahead.clause ~= list[at].clause or articles[ahead.word]
      return opens and not actor.where and actor or nil
    end
  end
end

local off = set "с со з із зі"

---From whom they are taken: "снятие санкций с Ирака".
function roles.from(list, found, stop)
  local actor = list[stop + 1] and off[list[stop + 1].word] and starting_at(found, stop + 2)
  return actor and { actor = actor.actor, first = actor.first, last = actor.last, rule = list[stop + 1].word } or nil
end

roles.ends_at, roles.starts_at = ending_at, starting_at

-- ---- before the trigger ----

local fillers = set [[economic trade international financial new further tough tougher toughest harsh harsher harshest
  sweeping additional more current existing political arms oil broad crippling secondary stiff fresh personal individual
  sectoral unilateral joint global ordered backed imposed led latest recent major wide the a an last month year week
  four-decade 1959 round package nth military energy first second third next possible potential own long-standing
  longstanding decades-old strict punishing punitive diplomatic heavy massive so-called previous earlier other various
  set series of and nuclear-related]]

---The word before the fillers in front of a trigger.
function roles.over_fillers(list, at, first)
  local back = at - 1
  while back >= first and list[back].clause == list[at].clause and fillers[list[back].word] do
    back = back - 1
  end
  return back >= first and back or 0
end

-- Words that follow an actor and stand for it: "the Obama administration's sanctions".
local bodies = set "administration government regime authorities lawmakers parliament congress senate cabinet"

---Whose it is: an actor right before the trigger, by adjective, genitive or acronym.
---@return newsreel.events.Actor? owner
---@return newsreel.events.Actor? onto the bare name of a state, on whom it lies: "Iran sanctions"
function roles.owner(list, found, at)
  local back, first = at - 1, list[at].sentence
  while list[back] and list[back].sentence == first and list[back].clause == list[at].clause and at - back <= 6
    and (fillers[list[back].word] or list[back].word:find "^%d" or list[back].word:find "%a%-%a"
    and not list[back].raw:find "%u") and not ending_at(found, back)
    and not (list[back].word == "and" and articles[list[back + 1].word]) do
    if list[back].word == "of" and list[back - 1] and ending_at(found, back - 1) then
      return nil -- "Russia of sanctions" owns nothing
    end
    back = back - 1
  end
  if list[back] and list[back].raw == "us" and list[back].sentence == first and back + 1 == at then
    return { first = back, last = back, actor = "United States", how = "state", plain = false } -- written small
  end
  if list[back] and bodies[list[back].word] and list[back - 1] and ending_at(found, back - 1) then
    back = back - 1
  end
  local actor = list[back] and list[back].sentence == first and ending_at(found, back)
  if not actor or actor.where then
    return nil
  end
  local owns = list[actor.last].genitive or bodies[list[actor.last + 1].word]
  if actor.against or actor.how == "state" and actor.plain and not owns then
    return nil, actor
  end
  return actor
end

local prepositions = set [[in of with from to by on against at for over under about near between among toward towards
  into upon despite during after before since without through via than like as amid around including]]
local blockers = set [[that which who whom where when because if unless while although though and but or nor whether
  whose what how until so since]]
local pronouns = set "it he she they we"
local reports = set [[said says say saying told announced announces announcing added adds insisted insists claimed
  claims confirmed confirms declared declares warned warns hinted suggests suggested stressed vowed promised
  threatened]]
local dayish = set [[monday tuesday wednesday thursday friday saturday sunday january february march april may june july
  august september october november december today yesterday tomorrow week month year late early last this]]

-- May the scan from a verb to its subject pass this word?
local function passes(word)
  return not blockers[word.word]
end

-- Before "said", "said on Monday that": the word to go on from.
local function reported_by(list, at)
  while list[at] and (list[at].word == "that" or list[at].word == "on" or dayish[list[at].word]) do
    at = at - 1
  end
  return list[at] and reports[list[at].word] and at - 1 or nil
end

-- "The U.S., which voted last, imposed": over an inserted clause to the end of the one before it.
local function before_insertion(list, found, at, first)
  local clause = list[at].clause
  while at >= first and list[at].clause == clause do
    at = at - 1
  end
  if at < first then
    return nil
  end
  for back = at, math.max(first, at - 4), -1 do -- "The US secretary of commerce, ..., promised"
    local actor = ending_at(found, back)
    if actor then
      return (back == at or not list[actor.last].genitive and not actor.plain) and actor or nil
    elseif list[back].clause ~= list[at].clause or not list[back].word:find "^%l+$" then
      return nil
    end
  end
end

local sharing = set "after before while by when without"
local doing = set "has have had is was were are said says told warned"

-- "The Trump administration pressed on, sanctioning ...", "Trump left after refusing to ...": a participle has the
-- subject of the main clause, the first actor of the sentence, where nothing leads it.
local function main_subject(list, found, verb, first)
  local before = list[verb - 1]
  local opens = before and (before.clause ~= list[verb].clause or sharing[before.word])
  if not opens then
    return nil
  end
  for _, actor in ipairs(found) do
    local ahead = list[actor.first - 1]
    if actor.first >= first and actor.first - first <= 12 and actor.last < verb - 1 then
      local led = ahead and actor.first > first and (ahead.clause == list[actor.first].clause)
        and not articles[ahead.word] and not doing[ahead.word]
      return not led and not actor.where and not (list[actor.last].genitive) and actor or nil
    end
  end
end

---Who the sentence makes the subject of a verb.
---@param list newsreel.Word[]
---@param found newsreel.events.Actor[]
---@param verb integer its word
---@param first integer first word of the sentence
---@return newsreel.events.Actor?
function roles.subject(list, found, verb, first)
  local at, steps = verb - 1, 0
  if list[verb].word:find "ing$" and list[at] and at >= first then
    local shared = main_subject(list, found, verb, first)
    if shared or prepositions[list[at].word] or list[at].clause ~= list[verb].clause then
      return shared -- "into lifting": its subject is not said
    end
  end
  while at >= first and steps < 14 do
    local word = list[at]
    local relative = word.clause ~= list[at + 1].clause and (list[at + 1].word == "which" or list[at + 1].word == "who")
    if word.clause ~= list[at + 1].clause and not relative then
      local apart = at + 1 == verb or list[at + 1].word == "has" or list[at + 1].word == "have"
      return apart and before_insertion(list, found, at, first) or nil
    end
    local actor = ending_at(found, at)
    if actor then
      local before = actor.first - 1
      while list[before] and before >= first and (fillers[list[before].word] and list[before].word ~= "of") do
        before = before - 1
      end
      local led = list[before] and before >= first and list[before].clause == list[actor.first].clause
        and prepositions[list[before].word] and list[before].word
      if actor.where or list[actor.last].genitive and verb - actor.last > 3 then
        return nil
      elseif not led then
        return actor
      elseif led == "of" then -- "the government of Iraq"
        return actor
      end
      at = before - 1 -- it stands in a phrase of its own: "officials in Washington"
    elseif pronouns[word.word] and reported_by(list, at - 1) then
      at = reported_by(list, at - 1) -- "Ankara said it would"
    elseif (word.word == "which" or word.word == "who" or word.word == "that") and at > first then
      local law = ending_at(found, at - 2) -- "the American law that blacklisted"
      return ending_at(found, at - 1) or law and law.how == "state" and not law.plain and law or nil
    elseif word.word:find "ing$" and list[at - 1] and sharing[list[at - 1].word] then
      return main_subject(list, found, at, first) -- "Trump left after refusing to lift"
    elseif pronouns[word.word] or not passes(word) then
      return nil
    elseif prepositions[word.word] and not (word.word == "to" or list[at + 1] and dayish[list[at + 1].word]) then
      -- a phrase between subject and verb: go on before it
      at = at - 1
    else
      at = at - 1
    end
    steps = steps + 1
  end
end

-- ---- behind the trigger ----

local stops = set [[for after before in over if when that who which to until since and as by with unless because
  during amid from is was were has have had will would could should may might are been being said says but while so
  do does did not n't through at despite on against
  deemed alleged accused linked tied involved suspected responsible should it they we he she
  overnight yesterday today tonight tomorrow monday tuesday wednesday thursday friday saturday sunday again early late
  und oder wegen nach mit die der das ist hat haben wird werden wurde wurden beschlossen verhängt
  і та й але що який яка яке які за через після треба потрібно має
  мають повинен повинна повинні є був була були буде не и а но что который которая которые из-за после должен должны нужно
  был была были будет не со стороны с в на у о про з із зі від до для от к ко с как]]

-- What says nothing of whom, or when it was.
local vague = set [[others other them him her it us me you those these this that monday tuesday wednesday thursday
  friday saturday sunday january february march april may june july august september october november december day days week
  year issue top behalf grounds account basis people one ones everyone anyone time condition hold track ground]]

---The noun phrase that starts at word `at`: an actor if it is just that, else its words as they stand.
---@return {actor: string, first: integer, last: integer, rule: string}?
function roles.phrase(list, found, at, last, text, rule)
  while list[at] and articles[list[at].word] do
    at = at + 1
  end
  if not list[at] or at > last or stops[list[at].word] or list[at].clause ~= list[at - 1].clause then
    return nil
  end
  local stop = at
  while stop < last and stop - at < 5 and list[stop + 1].clause == list[at].clause
    and not stops[list[stop + 1].word] do
    stop = stop + 1
  end
  if list[at].word == "or" or list[at].word == "around" or list[at].word:find "^%d"
    and list[at + 1] and dayish[list[at + 1].word] then
    return nil
  end
  local actor = starting_at(found, at)
  local alone = actor and (actor.last >= stop or actor.how ~= "state" or actor.plain)
  if not actor and vague[list[at].word] or actor and actor.where then
    return nil
  elseif alone then
    return { actor = actor.actor, first = actor.first, last = actor.last, rule = rule, known = true }
  end
  return { actor = text:sub(list[at].first, list[stop].last), first = at, last = stop, rule = rule }
end

-- "depends on", "a toll on": the preposition belongs to them.
local governs_on = set [[depend depends depended depending deliver delivers delivered rely relies relied focus focused
  focuses insist insists insisted toll effect impact effects count based vote voted votes voting go going goes hold move
  work working worked agree agreed effort deal talks bill speak spoke spoken information pressure effect]]

---What stands after a preposition of the act ("on", "against", "targeting") behind the trigger.
function roles.onto(leads, list, found, after, last, text)
  for i = after, math.min(last, after + 7) do
    if list[i].clause ~= list[math.max(after - 1, 1)].clause and i > after + 1 then
      return nil
    elseif leads[list[i].word] and not governs_on[list[i - 1].word] then
      return roles.phrase(list, found, i + 1, last, text, list[i].word)
    end
  end
end

-- What sanctions are to do to those on whom they lie: "will force Iran to", "designed to isolate Moscow".
local effects = set [[force forces forced forcing pressure pressured pressuring push pushed pushing compel compels compelled
  convince punish punished punishing punishes isolate isolated isolating target targets targeted targeting cripple crippled
  crippling squeeze squeezed squeezing deter slash slashed bar barred strangle strangled constrain constrained aimed kept
  bring brought drove drive choke choked coerce persuade press pressing]]

---On whom it lies by what it does: the actor behind such a verb.
function roles.affected(list, found, stop, last)
  for i = stop + 1, math.min(last, stop + 9) do
    if list[i].clause ~= list[stop].clause then
      return nil
    elseif effects[list[i].word] and list[i + 1] then
      local from = (list[i + 1].word == "at" or list[i + 1].word == "on") and i + 2 or i + 1
      local actor = roles.actor_from(found, from, 2)
      return actor and { actor = actor.actor, first = actor.first, last = actor.last, rule = list[i].word } or nil
    end
  end
end

local joins = set "and or und oder і та й или и"

---Those named beside a target: "on Iran, Russia and Belarus".
---@return string[] # actors, the target's first
function roles.beside(list, found, target)
  local all, at = { target.actor }, target.last + 1
  while list[at] and list[at].sentence == list[target.first].sentence do
    local joined = joins[list[at].word]
    if joined then
      at = at + 1
    elseif list[at].clause == list[at - 1].clause then
      break
    end
    while list[at] and articles[list[at].word] do
      at = at + 1
    end
    local actor = list[at] and starting_at(found, at)
    local behind = actor and list[actor.last + 1]
    local ends = not behind or behind.clause ~= list[actor.last].clause or joins[behind.word] or stops[behind.word]
    if not actor or not ends and not joined or actor.where then
      break
    end
    all[#all + 1], at = actor.actor, actor.last + 1
  end
  return all
end

---The actor that ends at most `reach` words before `at`.
function roles.actor_before(found, at, reach)
  for i = #found, 1, -1 do
    if found[i].last < at and at - found[i].last <= reach then
      return not found[i].where and found[i] or nil
    end
  end
end

---The actor that starts at most `reach` words from `at` on.
function roles.actor_from(found, at, reach)
  for _, actor in ipairs(found) do
    if actor.first >= at and actor.first - at <= reach then
      return not actor.where and actor or nil
    end
  end
end

return roles
