--- Acts told in a text: who did what to whom, how far it has come, and by which rule we say so.
--
-- One engine over tables of patterns in newsreel.acts: adding an act is data. In each sentence: find
-- a trigger, leave what only looks alike, read the status from a closed list of markers (the act's
-- order decides, a negated marker is another status), take sender and target from the grammar
-- around the trigger (newsreel.events.roles). What the sentence does not say is missing, never guessed.
local core = require "newsreel.core"
local roles = require "newsreel.events.roles"
local stages = require "newsreel.events.stages"
local words = require "newsreel.words"

local events = {}

local WORDS_AROUND = 200 -- of a trigger that are read: no sentence is longer, but a text without stops is
local BYTES_AROUND = 1000 -- of an act, in which its day may stand

-- ---- an act, compiled once ----

local compiled = {}

local function trie_of(value, what)
  return words.compile(type(value) == "string" and words.entries(value, what) or value)
end

local function trie_of_words(list)
  return list and words.compile(words.entries((list:gsub("%s+", ","))))
end

local function set_of(value)
  return type(value) == "string" and words.set(value) or value or {}
end

---The patterns that start an act.
---@param name string a table of newsreel.acts
---@return table<string, any>
function events.triggers(name)
  local triggers = require("newsreel.acts." .. name).triggers
  return type(triggers) == "string" and words.entries(triggers) or triggers
end

-- The beginnings of the triggers' first words, none of which begins with another.
local function stems_of(triggers)
  local all, out = {}, {}
  for entry in pairs(triggers) do
    all[#all + 1] = words.fold(entry:match "^=?([^%s*]+)")
  end
  table.sort(all)
  for _, stem in ipairs(all) do
    if not (out[#out] and stem:find(out[#out], 1, true) == 1) then
      out[#out + 1] = stem
    end
  end
  return out
end

local function act_of(name)
  if compiled[name] then
    return compiled[name]
  end
  if not core.source("newsreel.acts." .. name) then
    core.raise(("there is no table of acts '%s'; 'help c.events' names them"):format(name), "notfound")
  end
  local act = require("newsreel.acts." .. name)
  local made = { act = act, name = name, triggers = trie_of(act.triggers, name),
    excluded = words.compile(act.excluded or {}), status = {}, stems = stems_of(events.triggers(name)),
    onto = set_of(act.onto), verbs = set_of(act.verbs),
    agents = set_of(act.agents), objects = trie_of_words(act.objects),
    deeds = trie_of_words(act.deeds), with = trie_of_words(act.with) }
  for _, rule in ipairs(act.status or stages) do
    local trie = words.compile(words.entries(rule[2]))
    made.status[#made.status + 1] = { name = rule[1], trie = trie, behind = rule.behind }
  end
  compiled[name] = made
  return made
end

-- The first and last word of the sentence around word `at`.
local function sentence_around(list, at)
  local first, last = at, at
  while at - first < WORDS_AROUND and list[first - 1] and list[first - 1].sentence == list[at].sentence do
    first = first - 1
  end
  while last - at < WORDS_AROUND and list[last + 1] and list[last + 1].sentence == list[at].sentence do
    last = last + 1
  end
  return first, last
end

local function excluded(made, list, at, last)
  for i = math.max(1, at - 4), last do
    local why, stop = words.longest(made.excluded, list, i)
    if why and stop >= at and list[i].sentence == list[at].sentence then
      return why
    end
  end
end

-- ---- how far it has come ----

local negators = words.set "not n't never no without neither nor"

local function negated_before(list, at, first)
  for back = 1, 3 do
    local word = list[at - back]
    if word and at - back >= first and word.clause == list[at].clause and negators[word.word] then
      return word.word
    end
  end
end

-- Behind the trigger a marker stands in its clause; before it, in its clause or close by.
local function reaches(list, i, at, stop)
  if i > stop then
    return list[i].clause == list[stop].clause
  end
  return list[i].clause == list[at].clause or at - i <= 7
end

---The first status that has a marker around the trigger.
---@return string? status
---@return string? marker
---@return integer? at its word
---@return string? negator
local function marker_of(made, list, first, last, at, stop, verb)
  local near, far = verb and 5 or made.act.before or 12, made.act.behind or 10
  for _, status in ipairs(made.status) do
    for i = math.max(first, at - near), math.min(last, stop + far) do
      local entry, till = words.longest(status.trie, list, i)
      if entry and (till <= stop or i >= at) and reaches(list, i, at, stop) then
        return status.name, entry, i, negated_before(list, i, first)
      end
    end
  end
end

-- The status of a verb, from what leads to it in its clause.
local function stage_of(made, list, first, at)
  for _, status in ipairs(made.status) do
    for i = math.max(first, at - 5), at - 1 do
      local entry, till = words.longest(status.trie, list, i)
      if entry and till < at and list[i].clause == list[at].clause then
        return status.name, entry, i, negated_before(list, i, first)
      end
    end
  end
  local negator = negated_before(list, at, first)
  if negator then
    return "none", negator, at
  end
  return made.act.default or "done"
end

-- ---- the voice of a verb ----

local be = words.set "is are was were be been being get gets got"
local between = words.set [[not n't never very also already recently reportedly now then later still since badly once
  twice repeatedly formally officially previously first quickly severely heavily]]

-- "were sanctioned": the word of "be", or nil where the verb is active.
local function passive(list, at, first)
  local back = at - 1
  while back >= first and (between[list[back].word] or list[back].word:find "ly$") do
    back = back - 1
  end
  local word = list[back]
  local participle = list[at].word:find "[dnt]$" or list[at].word == "struck"
  return word and back >= first and word.clause == list[at].clause and be[word.word] and participle and back or nil
end

local determiners = words.set "the a an two three four five of other already newly such many some"

-- "the sanctioned tankers", "a sanction": what it lies on, or a noun; no verb here.
local function is_adjective(list, at)
  local before = list[at - 1]
  return before and before.clause == list[at].clause and (before.word:find "^%d" or determiners[before.word])
end

local function agent_behind(list, found, stop, last)
  for i = stop + 1, math.min(last, stop + 6) do
    if list[i].word == "by" and list[i].clause == list[stop].clause then
      return roles.actor_from(found, i + 1, 2)
    end
  end
end

-- ---- reading ----

---@class newsreel.events.Scene what stands around one trigger
---@field list newsreel.Word[]
---@field found newsreel.events.Actor[]
---@field first integer
---@field last integer
---@field at integer first word of the trigger
---@field stop integer its last word
---@field text string

local bears = words.set "endure endures endured endure withstand withstands withstood survive survives survived under"
local faces = words.set "face faces facing faced"

-- Whom sanctions lie on by the word before them: "Iran endures", "hit Moscow with".
local function target_before(scene)
  local list, found, at = scene.list, scene.found, scene.at
  local with = roles.over_fillers(list, at, scene.first)
  local actor, rule
  if list[with] and list[with].word == "with" then -- "hit Moscow with new sanctions"
    actor, rule = roles.actor_before(found, with, 1), "with"
  elseif list[with] and with >= scene.first and bears[list[with].word] then
    actor, rule = roles.subject(list, found, with, scene.first), list[with].word
  end
  return actor and { actor = actor.actor, first = actor.first, last = actor.last, rule = rule } or nil
end

-- Who imposed them, behind them: "sanctions imposed by the EU", "the sanctions President Obama imposed".
local function agent_of(made, scene)
  local list, found, stop = scene.list, scene.found, scene.stop
  local next_word = list[stop + 1]
  if next_word and made.agents[next_word.word] and next_word.clause == list[stop].clause then
    local agent = agent_behind(list, found, stop + 1, scene.last)
    if agent then
      return agent, next_word.word
    end
  end
  local that = list[stop + 1] and (list[stop + 1].word == "that" or list[stop + 1].word == "which")
  local actor = roles.actor_from(found, stop + (that and 2 or 1), 2)
  local verb = actor and list[actor.last + 1]
  local helper = verb and (verb.word == "has" or verb.word == "had" or verb.word == "have") and list[actor.last + 2]
  local did = verb and (made.agents[verb.word] and verb.word or helper and made.agents[helper.word] and helper.word)
  if did then
    return actor, did
  end
end

-- What was done before counts, whatever is asked now: "change the law on sanctions that Obama had imposed".
local OPEN = words.set "mentioned demanded planned threatened"
local easing = words.set "lifted eased"

local FOREIGN = "^[\xC3-\xD4]" -- triggers that are no English

-- Reading a noun ("sanctions", "an offer"): whose it is, on whom it lies.
local function read_noun(made, scene, event, marker_at)
  local list, found, at, stop = scene.list, scene.found, scene.at, scene.stop
  local sender, bare = roles.owner(list, found, at)
  if list[at].word == made.act.owned then
    sender, bare = nil, sender or bare
  end
  local target = roles.onto(made.onto, list, found, stop + 1, scene.last, scene.text)
  if not target and bare then
    target = { actor = bare.actor, first = bare.first, last = bare.last, rule = "before" }
  end
  target = target or target_before(scene) or made.act.lies and roles.affected(list, found, stop, scene.last)
  local faced
  for i = math.max(scene.first, at - 8), at - 1 do
    faced = faces[list[i].word] and i or faced
  end
  if faced then -- "Russia could face sanctions": whoever faces them is no sender
    local verb = list[faced - 1] and list[faced - 1].word == "or" and faced - 2 or faced
    local actor = not target and roles.subject(list, found, verb, scene.first)
    target = target or actor and { actor = actor.actor, first = actor.first, last = actor.last, rule = "face" } or nil
  end
  local sends = made.act.senders and made.act.senders[event.status] and marker_at
    and (not made.deeds or words.longest(made.deeds, list, marker_at))
  if sender then
    return sender, target
  elseif list[at].word:find(FOREIGN) or list[at].word:find "sanktion" then
    return roles.prefixed(list, at) or roles.owner_behind(list, found, stop)
      or sends and roles.opening(list, found, at, scene.first) or nil,
      target or event.status == "eased" and roles.from(list, found, stop) or nil
  end
  local of = list[stop + 1] and list[stop + 1].word == "of" and roles.owner_behind(list, found, stop)
  local agent, did = agent_of(made, scene)
  if did and OPEN[event.status] then
    event.status, event.rule = easing[did] and "eased" or "imposed", did
  end
  return of or agent or sends and not faced and marker_at < at
    and roles.subject(list, found, marker_at, scene.first) or nil, target
end

-- Reading a verb: its subject and object, the other way round where it is passive.
local function read_verb(made, scene)
  local list, found, at, stop = scene.list, scene.found, scene.at, scene.stop
  local helped = passive(list, at, scene.first)
  local object = roles.onto(made.onto, list, found, stop + 1, scene.last, scene.text)
  if helped then
    local actor = roles.subject(list, found, helped, scene.first)
    return agent_behind(list, found, stop, scene.last),
      actor and { actor = actor.actor, first = actor.first, last = actor.last, rule = "passive" } or object
  end
  local sender = roles.subject(list, found, at, scene.first)
  local direct
  if made.act.object == "actor" then
    local actor = roles.actor_from(found, stop + 1, 2)
    direct = actor and list[actor.first].clause == list[stop].clause
      and { actor = actor.actor, first = actor.first, last = actor.last, rule = "object" } or nil
  elseif made.act.object ~= false then
    direct = roles.phrase(list, found, stop + 1, scene.last, scene.text, "object")
  end
  return sender, made.act.object == "actor" and direct or object or direct
end

-- "Trump and Putin met": two subjects are the two sides.
local function other_side(scene, sender)
  for _, actor in ipairs(scene.found) do
    local between_them = scene.list[actor.last + 1]
    if actor.last < sender.first and between_them and actor.last + 1 >= sender.first - 3
      and between_them.word == "and" and actor.actor ~= sender.actor then
      return actor
    end
  end
end

local function put(event, scene, role, actor)
  local from, to = scene.list[actor.first], scene.list[actor.last]
  local size = #(roles.head(to.raw) or to.raw)
  event[role], event[role .. "_first"], event[role .. "_last"] = actor.actor, from.first, to.first + size - 1
  event[role .. "_text"] = scene.text:sub(event[role .. "_first"], event[role .. "_last"])
end

-- "US sanctions Russian oligarchs": the noun is a verb between an actor and what it is done to.
local function is_present(made, scene)
  local list, at = scene.list, scene.at
  local after = list[at + 1]
  if list[at].word ~= made.act.present or at ~= scene.stop or not after or after.clause ~= list[at].clause
    or not roles.owner(list, scene.found, at) or list[at - 1].genitive or not roles.ends_at(scene.found, at - 1) then
    return false
  end
  local counted = after.word:find "^%d" and list[at + 2] and at + 2 or at + 1
  return roles.starts_at(scene.found, at + 1) or words.longest(made.objects, list, counted) ~= nil
end

-- What a negated status is: what is not eased is kept up.
local UNDONE = { imposed = "none", planned = "none", done = "none", eased = "enforced", evaded = "enforced" }

-- Read one act around a trigger.
local function read(made, scene, measure)
  local list, at, stop = scene.list, scene.at, scene.stop
  local capital = list[at].raw:find "^%u" and at > scene.first -- "Boycott, Divestment and Sanction"
  local verb = (made.act.verbs == "all" or made.verbs[list[at].word]) and not capital and not is_adjective(list, at)
  local present = not verb and is_present(made, scene)
  verb = verb or present
  local status, marker, marker_at, negator
  if verb and not made.act.status then
    status, marker, marker_at, negator = stage_of(made, list, scene.first, at)
  else
    status, marker, marker_at, negator = marker_of(made, list, scene.first, scene.last, at, stop, verb)
    status = status or present and "imposed" or made.act.otherwise or "mentioned"
  end
  local why = marker and ("status from “%s”"):format(marker) or "no marker of status"
  if negator then
    why = why .. (", negated by “%s”"):format(negator)
    status = UNDONE[status] or status
  end
  local event = { act = made.name, measure = measure, status = status, first = list[at].first, last = list[stop].last,
    text = scene.text:sub(list[at].first, list[stop].last), rule = marker and status or "mention",
    negated = negator ~= nil or nil }
  local sender, target
  if verb then
    sender, target = read_verb(made, scene)
  else
    sender, target = read_noun(made, scene, event, marker_at)
    why = event.status ~= status and ("status from “%s”"):format(event.rule) or why
  end
  if made.act.sides and sender and not target then
    local other = other_side(scene, sender)
    if other then
      sender, target = other, { actor = sender.actor, first = sender.first, last = sender.last, rule = "and" }
    end
  end
  if sender and not (target and target.actor == sender.actor) then
    put(event, scene, "sender", sender)
    why = why .. ("; sender “%s”"):format(event.sender_text)
  end
  if target then
    put(event, scene, "target", target)
    event.target_rule = target.rule == "object" and not target.known and "object" or nil
    why = why .. ("; target after “%s”"):format(target.rule)
    local all = roles.beside(scene.list, scene.found, target)
    event.targets = #all > 1 and table.concat(all, "; ") or nil
  end
  event.why = why
  return event, verb
end

-- Does a word that the act asks for stand behind the trigger ("sent ... missiles")?
local function accompanied(made, scene)
  for i = scene.stop + 1, math.min(scene.last, scene.stop + 8) do
    if words.longest(made.with, scene.list, i) then
      return true
    end
  end
  return false
end

-- Is what a verb is done to of the act's kind: an actor, or a word of its list?
local function befits(made, scene, event)
  if not made.objects or not event.target or not event.target_rule then
    return true
  end
  for i = scene.stop + 1, math.min(scene.last, scene.stop + 7) do
    if words.longest(made.objects, scene.list, i) then
      return true
    end
    for _, actor in ipairs(scene.found) do
      if actor.first == i then
        return true
      end
    end
  end
  return false
end

-- Has a verb what its act wants to be told?
local function complete(made, event, scene)
  if made.with and not accompanied(made, scene) then
    return false
  end
  if not befits(made, scene, event) then
    return false
  end
  local needs = made.act.needs or "either"
  if needs == "both" then
    return event.sender and event.target
  elseif needs == "sender" then
    return event.sender
  end
  return event.sender or event.target
end

-- Add the acts of one paragraph to `out`, what only looked alike to `left`.
local function find_in(made, text, out, left)
  local list = words.of(text)
  local reader = made.act.reader and require("newsreel.events." .. made.act.reader).read
  local found, sentence
  local at = 1
  while at <= #list do
    local measure, stop = words.longest(made.triggers, list, at)
    if measure then
      local reason = excluded(made, list, at, stop)
      local event, verb
      if not reason then
        local first, last = sentence_around(list, at)
        if sentence ~= first then
          sentence, found = first, roles.actors(list, first, last, text)
        end
        local scene = { list = list, found = found, first = first, last = last, at = at, stop = stop, text = text }
        if reader then
          event, reason = reader(made, scene, measure)
        else
          event, verb = read(made, scene, measure)
          reason = (verb or made.with) and not complete(made, event, scene) and "a verb without who and whom" or nil
        end
      end
      if reason then
        left[#left + 1] = { first = list[at].first, last = list[stop].last, reason = reason }
      else
        out[#out + 1] = event
      end
      at = stop
    end
    at = at + 1
  end
end

-- ---- candidates ----

-- Paragraphs: a blank line ends one.
local function paragraphs_of(text)
  local at = 1
  return function()
    if at > #text then
      return nil
    end
    local from = at
    local stop, next_one = text:find("\n[ \t\r]*\n%s*", at)
    at = next_one and next_one + 1 or #text + 1
    return from, stop and stop - 1 or #text
  end
end

-- Does a paragraph hold the beginning of a trigger's first word? Most hold none, and are not cut into words.
local function may_hold(made, text)
  local folded = words.fold(text)
  for _, stem in ipairs(made.stems) do
    if folded:find(stem, 1, true) then
      return true
    end
  end
  return false
end

local places = { "first", "last", "sender_first", "sender_last", "target_first", "target_last" }

local function shift(list, from, by)
  for i = from, #list do
    for _, name in ipairs(places) do
      list[i][name] = list[i][name] and list[i][name] + by
    end
  end
end

---Find the acts of one kind in a text.
---
---@param text string UTF-8
---@param name? string a table of newsreel.acts, by default "sanctions"
---@return newsreel.Event[] # in order; one for each trigger that is no other thing
---@return { first: integer, last: integer, reason: string }[] left # what looked alike and was left out
---
---@class newsreel.Event
---@field act string
---@field measure string which pattern: "sanctions", "embargo", ...
---@field status string "imposed", "planned", "threatened", "demanded", "eased", "done" ...: as the act lists them
---@field sender? string actor, or nil where the sentence does not say
---@field target? string actor, or the words that name it
---@field targets? string all of them, where there are several: "Iran; Russia"
---@field number? number harm: how many
---@field bound? "at least"|"more than"|"up to"|"about"|"exactly"
---@field place? string harm: where
---@field first integer byte of the trigger, 1-based
---@field last integer byte, in
---@field why string evidence
function events.find(text, name)
  local made, out, left = act_of(name or "sanctions"), {}, {}
  for from, to in paragraphs_of(text) do
    local paragraph = text:sub(from, to)
    if may_hold(made, paragraph) then
      local first_out, first_left = #out + 1, #left + 1
      find_in(made, paragraph, out, left)
      shift(out, first_out, from - 1)
      shift(left, first_left, from - 1)
    end
  end
  return out, left
end

-- ---- when it was, and in whose voice ----

-- The day told of: the nearest date of day grain in the sentence of the act, without a sentence's end between.
local function day_of(event, dates, text)
  local best, least
  for _, date in ipairs(dates) do
    if date.grain == "day" and type(date.value) == "string" and date.value:find "^%d%d%d%d%-%d%d%-%d%d" then
      local from, to = math.min(date.last, event.last) + 1, math.max(date.first, event.first) - 1
      local size = math.max(to - from + 1, 0)
      local gap = size < (least or BYTES_AROUND) and text:sub(from, to)
      if gap and not gap:find "[.!?][\"')]*%s+%u" and not gap:find "\n%s*\n" then
        best, least = date.value:sub(1, 10), size
      end
    end
  end
  return best
end

---The acts of an article, with `event_day` where the sentence dates it and the `voice` that tells it.
---@param article newsreel.Article
---@param name string
---@param lang? string|false false: of no language with rules for days and voices, which are left out then
---@return newsreel.Event[]
function events.of(article, name, lang)
  local text = article.text
  local found = events.find(text, name)
  if #found == 0 or lang == false then
    return found
  end
  local dates = require("newsreel.dates").find(text, { day = article.day, lang = lang })
  local quotes = require "newsreel.quotes"
  local voices = quotes.find(text, { lang = lang })
  for _, event in ipairs(found) do
    event.event_day, event.voice = day_of(event, dates, text), (quotes.voice(voices, event.first, event.last))
  end
  return found
end

return events
