--- Acts told in a text: who did what to whom, how far it has come, and by which rule we say so.
--
-- One engine over tables of patterns in newsreel.acts: adding an act is data. In each sentence: find
-- a trigger, leave what only looks alike, read the status from a closed list of markers (the act's
-- order decides, a negated marker is another status), take sender and target from the grammar
-- around the trigger. What the sentence does not say is missing, never guessed.
local words = require "newsreel.words"

local events = {}

local function list_of(text)
  local out = {}
  for entry in text:gmatch "[^,\n]+" do
    entry = entry:match "^%s*(.-)%s*$"
    if entry ~= "" then
      out[#out + 1] = entry
    end
  end
  return out
end

-- ---- actors: states with demonyms and seats of government, organisations, leaders ----

local people_words = {} -- entry -> { actor, how }
local function actor_trie()
  local function add(entry, actor, how)
    entry = type(entry) == "table" and entry[1] or entry
    if entry:find "%*$" and #entry < 4 then
      return
    end
    people_words[entry] = people_words[entry] or { actor = actor, how = how, plain = entry:gsub("^=", "") == actor }
  end
  for name, entry in pairs(require "newsreel.lists.states") do
    if type(entry) == "table" then
      for _, alias in ipairs(entry) do
        add(alias, name, "state")
      end
      for _, place in ipairs(entry.capital or {}) do
        add(place, name, "capital")
      end
      for _, place in ipairs(entry.seat or {}) do
        add(place, name, "seat")
      end
    end
  end
  for list, how in pairs { organisations = "organisation", leaders = "person" } do
    for name, entry in pairs(require("newsreel.lists." .. list)) do
      if type(entry) == "table" then
        for _, alias in ipairs(entry) do
          add(alias, name, how)
        end
      end
    end
  end
  for _, alias in ipairs { "=West", "=Western", "=Congress", "=Senate", "=House", "Security Council", "U.N.",
    "=UN" } do
    add(alias, (alias:gsub("^=", "")), "organisation")
  end
  return words.compile(people_words)
end

local actors_compiled

local function find_actors(list)
  actors_compiled = actors_compiled or actor_trie()
  local found, at = {}, 1
  while at <= #list do
    local value, last = words.longest(actors_compiled, list, at)
    if value then
      found[#found + 1] = { first = at, last = last, actor = value.actor, how = value.how, plain = value.plain }
      at = last
    end
    at = at + 1
  end
  return found
end

-- ---- an act, compiled once ----

local compiled = {}

local function act_of(name)
  if compiled[name] then
    return compiled[name]
  end
  local act = require("newsreel.acts." .. name)
  local made = { act = act, triggers = words.compile(act.triggers), excluded = words.compile(act.excluded or {}),
    status = {}, onto = {} }
  for _, rule in ipairs(act.status) do
    local entries = {}
    for _, entry in ipairs(list_of(rule[2])) do
      entries[entry] = entry
    end
    made.status[#made.status + 1] = { name = rule[1], trie = words.compile(entries) }
  end
  for _, word in ipairs(act.onto) do
    made.onto[word] = true
  end
  compiled[name] = made
  return made
end

-- The first and last word of the sentence around word `at`.
local function sentence_around(list, at)
  local first, last = at, at
  while list[first - 1] and list[first - 1].sentence == list[at].sentence do
    first = first - 1
  end
  while list[last + 1] and list[last + 1].sentence == list[at].sentence do
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

local function actor_before(found, at, nearest)
  for i = #found, 1, -1 do
    if found[i].last < at and at - found[i].last <= nearest then
      return found[i]
    end
  end
end

local function actor_from(found, at, reach)
  for _, actor in ipairs(found) do
    if actor.first >= at and actor.first - at <= reach then
      return actor
    end
  end
end

local fillers = {}
for word in ([[economic trade international western financial new further tough tougher toughest harsh harsher
harshest sweeping additional more current existing
  political arms oil broad crippling secondary stiff fresh personal individual sectoral unilateral joint global
  ordered backed imposed led and latest recent major wide
  the a an of last month year week four-decade 1959 round package nth]]):gmatch "%S+" do
  fillers[word] = true
end

-- Whose sanctions: an actor right before the trigger, by adjective, genitive or acronym.
local function owner(list, found, at)
  local back = at - 1
  while list[back] and list[back].sentence == list[at].sentence and at - back <= 6 and (fillers[list[back].word]
  or list[back].word:find "^%d") do
    back = back - 1
  end
  local actor = actor_before(found, at, at - back)
  if not actor or actor.last ~= back or list[back].sentence ~= list[at].sentence then
    return nil
  end
  -- "Iran sanctions", "the Russia sanctions": the bare name of a state is the one they lie on.
  if actor.how == "state" and actor.plain and not list[actor.last].genitive then
    return nil, actor
  end
  return actor, nil
end

local stops = {}
for word in ([[for after before in over if when that who which to until since and as by with unless because during
amid from is was were has have
  will would could should may might]]):gmatch "%S+" do
  stops[word] = true
end
local articles = { the = true, a = true, an = true, its = true, their = true, at = true }

-- The noun phrase that starts at word `at`: an actor if it is just that, else its words as they stand.
local function phrase(list, found, at, last, text, rule)
  while list[at] and articles[list[at].word] do
    at = at + 1
  end
  if not list[at] or at > last or stops[list[at].word] then
    return nil
  end
  local stop = at
  while stop < last and stop - at < 5 and list[stop + 1].clause == list[at].clause
  and not stops[list[stop + 1].word] do
    stop = stop + 1
  end
  local actor = actor_from(found, at, 0)
  if actor and actor.last >= stop then
    return { actor = actor.actor, first = actor.first, last = actor.last, rule = rule }
  end
  return { actor = text:sub(list[at].first, list[stop].last), first = at, last = stop, rule = rule }
end

-- What stands after "on", "against", "targeting" and the like.
local function onto(made, list, found, after, last, text)
  for i = after, math.min(last, after + 7) do
    if made.onto[list[i].word] then
      return phrase(list, found, i + 1, last, text, list[i].word)
    end
  end
end

-- The verb after which the sanctions stand, and whom the sentence makes its subject.
local function subject(list, found, first, verb_at)
  local actor
  for _, candidate in ipairs(found) do
    if candidate.last < verb_at and candidate.first >= first and not (list[candidate.last].genitive) then
      local before = list[candidate.first - 1]
      local object = before and (" of in with from to by on against at "):find(" " .. before.word .. " ", 1, true)
      if not object or actor == nil and not object then
        actor = candidate
      end
    end
  end
  return actor
end

local senders = { imposed = true, eased = true, planned = true, enforced = false, threatened = true, refused = true }

local function marker_of(made, list, first, last, at, stop)
  for _, status in ipairs(made.status) do
    for i = math.max(first, at - 12), math.min(last, stop + 10) do
      local entry, till = words.longest(status.trie, list, i)
      if entry and (till <= stop or i >= at) then
        local negated
        for back = 1, 3 do
          local word = list[i - back]
          negated = negated or word and i - back >= first and (word.word == "not" or word.word == "n't"
          or word.word == "never" or word.word == "no") and word.word
        end
        return status.name, entry, i, negated
      end
    end
  end
  return "mentioned"
end

-- Read one act around a trigger.
local function read(made, name, list, found, at, stop, measure, text)
  local first, last = sentence_around(list, at)
  local status, marker, marker_at, negated = marker_of(made, list, first, last, at, stop)
  local why = marker and ("status from “%s”"):format(marker) or "no marker of status"
  if negated and (status == "imposed" or status == "planned") then
    status, why = "none", why .. (", negated by “%s”"):format(negated)
  elseif negated and status == "eased" then
    why = why .. (", negated by “%s”"):format(negated)
  end
  local event = { act = name, measure = measure, status = status, first = list[at].first, last = list[stop].last,
    text = text:sub(list[at].first, list[stop].last), rule = marker and status or "mention",
    negated = negated ~= nil or nil }

  local sender, bare_target = owner(list, found, at)
  local verb = made.act.verbs and made.act.verbs[list[at].word] and list[at].word
  local target = onto(made, list, found, stop + 1, last, text)
  if verb and not target then
    target = phrase(list, found, stop + 1, last, text, "object")
  end
  if not target and bare_target then
    target = { actor = bare_target.actor, first = bare_target.first, last = bare_target.last, rule = "before" }
  end
  if not target then -- "threatened Moscow with sanctions", "Russia faces sanctions"
    local before = list[at - 1] and list[at - 1].word
    if before == "with" or status == "threatened" and (before == "face" or before == "faces"
    or before == "facing") then
      local actor = actor_before(found, at - 1, 3)
      if actor then
        target = { actor = actor.actor, first = actor.first, last = actor.last, rule = before }
      end
    end
  end
  if not sender then
    local by = list[stop + 1] and (list[stop + 1].word == "imposed" or list[stop + 1].word == "ordered")
    and list[stop + 2] and list[stop + 2].word == "by"
    local actor
    if by then
      actor = actor_from(found, stop + 3, 1)
    elseif senders[status] and marker_at and marker_at < at or verb then
      actor = subject(list, found, first, math.min(marker_at or at, at))
    end
    if actor and not (target and target.first == actor.first) then
      sender = actor
    end
  end
  if sender then
    event.sender, event.sender_first, event.sender_last = sender.actor, list[sender.first].first,
    list[sender.last].last
    event.sender_text = text:sub(event.sender_first, event.sender_last)
    why = why .. ("; sender “%s”"):format(event.sender_text)
  end
  if target then
    event.target, event.target_first, event.target_last = target.actor, list[target.first].first,
    list[target.last].last
    event.target_text = text:sub(event.target_first, event.target_last)
    why = why .. ("; target after “%s”"):format(target.rule)
  end
  event.why = why
  return event
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
---@field status "imposed"|"planned"|"threatened"|"demanded"|"eased"|"evaded"|"enforced"|"refused"|"none"|"mentioned"
---@field sender? string actor, or nil where the sentence does not say
---@field target? string actor, or the words that name it
---@field first integer byte of the trigger, 1-based
---@field last integer byte, in
---@field why string evidence
function events.find(text, name)
  name = name or "sanctions"
  local made, list = act_of(name), words.of(text)
  local out, left, found = {}, {}, nil
  local at = 1
  while at <= #list do
    local measure, stop = words.longest(made.triggers, list, at)
    if measure then
      local reason = excluded(made, list, at, stop)
      found = found or find_actors(list)
      if reason then
        left[#left + 1] = { first = list[at].first, last = list[stop].last, reason = reason }
      else
        local event = read(made, name, list, found, at, stop, measure, text)
        local verb = made.act.verbs and made.act.verbs[list[at].word]
        if verb and not event.target and not event.sender then
          left[#left + 1] = { first = event.first, last = event.last, reason = "a verb without who and whom" }
        else
          out[#out + 1] = event
        end
      end
      at = stop
    end
    at = at + 1
  end
  return out, left
end

return events
