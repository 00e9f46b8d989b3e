--- Who is meant where a name alone does not tell: a surname of several, an office, a capital, an alias of some years.
--
-- What an article says decides. A surname is whoever was named in full before it, if that is one; an office
-- ("the president", "Ukraine's president") is who held it on the article's day, if the words or the article
-- leave one; a capital is its government where the words around it say so. What stays open is left out, or given
-- without an actor where one asks for it.
local capitals = require "newsreel.names.capitals"
local core = require "newsreel.core"
local given_names = require "newsreel.lists.given_names"
local lexicon = require "newsreel.names.lexicon"
local names = require "newsreel.names"

local claims = {}

local AROUND = 60 -- bytes before and behind a mention that are looked at

---@class newsreel.claims.Place a mention with what the rules look at
---@field hit newsreel.Hit
---@field id string of its article
---@field article newsreel.Article
---@field text string its article's text, or title
---@field at integer its first byte; 0 in the title, which stands before the text
---@field before string
---@field after string

---Walk hits; ids and texts are asked for once an article.
---@return fun(): newsreel.claims.Place?
local function walk(spans)
  local nexts, article, id, texts = core.each(spans), nil, nil, nil
  return function()
    local hit = nexts()
    if not hit then
      return nil
    end
    local own = hit.article
    if own ~= article then
      article, id, texts = own, own.id, {}
    end
    local field, first, last = hit.field, hit.first, hit.last
    local text = texts[field] or field == "title" and article.title or article.text
    texts[field] = text
    return { hit = hit, id = id, article = article, text = text, texts = texts, at = field == "title" and 0 or first,
      before = text:sub(math.max(1, first - AROUND), first - 1), after = text:sub(last + 1, last + AROUND) }
  end
end

---The word that touches a mention from the left.
local function word_before(place)
  return place.before:match "([%a\x80-\xff'.-]+)[ -]$"
end

---Names in full and in short, article by article, asked for in the order of the line.
---@return fun(id: string): {first: integer, actor: string, full: boolean}[]
local function reader_of(spans)
  local nexts = walk(spans)
  local pending = nexts()
  local id, list = nil, {}
  return function(wanted)
    if wanted ~= id then
      id, list = wanted, {}
      while pending and pending.id == wanted do
        list[#list + 1] = { first = pending.at, actor = pending.hit.actor, full = pending.hit.tokens > 1 }
        pending = nexts()
      end
    end
    return list
  end
end

-- ---- other people of the same surname ----

---Is it one of those whose surname it is, in another spelling ("Dmitriy Medvedev")?
local function is_bearer(given, surname, bearers, seen)
  local name = given .. " " .. surname
  for actor in pairs(bearers) do
    local key = name .. "\0" .. actor
    if seen[key] == nil then
      seen[key] = names.match(name, actor)
    end
    if seen[key] then
      return true
    end
  end
  return false
end

---Surnames behind another given name ("Ivanka Trump").
---@return table<string, table<string, integer>> strange article id -> actor -> place
---@return integer[] indexes
local function find_strangers(spans, known)
  local out, indexes, index, seen = {}, {}, 0, {}
  for place in walk(spans) do
    index = index + 1
    local hit, given = place.hit, word_before(place)
    local bearers = hit.actor and { [hit.actor] = true } or known[hit.claim].bearers
    if given and bearers and hit.tokens == 1 and not is_bearer(given, hit.text, bearers, seen) then
      local strange = out[place.id] or {}
      out[place.id] = strange
      for actor in pairs(bearers) do
        strange[actor] = math.min(strange[actor] or math.huge, place.at)
      end
      indexes[#indexes + 1] = index
    end
  end
  return out, indexes
end

---Mentions that are no mentions: behind another given name, and the bare surname of whoever was so named.
---@param corpus newsreel.Corpus the whole one
---@param firm newsreel.Spans
---@param behind newsreel.Spans firm mentions and surnames right behind a given name
---@param known table<string, table> the claims
---@return newsreel.Spans? wrong
---@return table<string, table<string, integer>> strange article id -> actor -> place
function claims.strangers(corpus, firm, behind, known)
  local strange, indexes = find_strangers(behind, known)
  if #indexes == 0 then
    return nil, strange
  end
  local wrong = core.pick(corpus, behind, indexes)
  local mentions = core.restrict(core.only(corpus, wrong), firm)
  local dropped, index, id, full = {}, 0, nil, {}
  for place in walk(mentions) do
    index = index + 1
    if place.id ~= id then
      id, full = place.id, {}
    end
    local actor = place.hit.actor
    full[actor] = full[actor] or place.hit.tokens > 1 or word_before(place) == "President"
    local from = strange[id][actor]
    if from and from <= place.at and not full[actor] then
      dropped[#dropped + 1] = index
    end
  end
  return #dropped > 0 and core.union(wrong, core.pick(corpus, mentions, dropped)) or wrong, strange
end

-- A surname that nobody has alone: the one who was named in full before, if no other was.
local function surname(place, claim, named, strange)
  local word = place.hit.text
  local given = word_before(place)
  if given and given_names[given] and not is_bearer(given, word, claim.bearers, claim)
    or lexicon.common[word:lower()] and (place.after:find "^ %d" or place.before:find "%l%l ?$" == nil) then
    return nil, true
  end
  local found, count = nil, 0
  for _, name in ipairs(named) do
    if name.full and name.first <= place.at and claim.bearers[name.actor] and name.actor ~= found then
      found, count = name.actor, count + 1
    end
  end
  for actor, at in pairs(strange or {}) do
    count = count + (claim.bearers[actor] and at <= place.at and 1 or 0)
  end
  return count == 1 and found or nil, #named == 0
end

-- ---- offices ----

---@class newsreel.claims.Offices
---@field holders fun(title: string, state: string?, day: string): string[] actors who hold it then
---@field held fun(actor: string, title: string): boolean did the actor ever hold it?

local NOT_NOW = lexicon.set [[former ex vice deputy late then next future acting previous old first last interim
  incoming outgoing onetime longtime]]

-- "the president", with nobody but one president named so far.
local function by_article(place, claim, named, offices)
  local found, count, on_day = nil, 0, {}
  local day = place.article.day
  for _, actor in ipairs(day and offices.holders(claim.title, nil, day) or {}) do
    on_day[actor] = true
  end
  for _, name in ipairs(named) do
    local holds = on_day[name.actor] or not day and offices.held(name.actor, claim.title)
    if name.first < place.at and holds and name.actor ~= found then
      found, count = name.actor, count + 1
    end
  end
  return count == 1 and found or nil
end

-- Does the article give the office to somebody whom no list knows ("President Oduya", "president of the club")?
local function others_hold(text, title, named)
  local known = {}
  for _, name in ipairs(named) do
    for word in name.actor:gmatch "%S+" do
      known[word] = true
    end
  end
  local head, rest = title:sub(1, 1), title:sub(2):gsub("%-", "%%-")
  local shape = ("[%s%s]%s"):format(head:upper(), head, rest)
  for name, second in text:gmatch(shape .. " (%u[%l\x80-\xff]+) ?([%a\x80-\xff'-]*)") do
    if not known[name] and not known[second] then
      return true
    end
  end
  return text:find(shape .. " of the %l") ~= nil or text:find(shape .. " and chief executive") ~= nil
end

---The same, asked once an article.
local function taken(place, title, named)
  local known = place.texts.taken or {}
  place.texts.taken = known
  if known[title] == nil then
    known[title] = others_hold(place.article.text, title, named)
  end
  return known[title]
end

---Decide an office at one place.
---@return string? actor
---@return boolean? none it is no mention of who holds it
local function office(place, claim, named, offices)
  local before = word_before(place)
  if before and NOT_NOW[before:lower()] or place.after:find "^,? %u[%l\x80-\xff]" or place.after:find "^%-elect" then
    return nil, true
  elseif claim.state then
    local day = place.article.day
    local holders = day and offices.holders(claim.title, claim.state, day) or {}
    return #holders == 1 and holders[1] or nil
  elseif place.after:find "^ of " or taken(place, claim.title, named) then
    return nil
  end
  return by_article(place, claim, named, offices)
end

-- ---- aliases with a period ----

local function period(place, claim)
  local day, found = place.article.day, nil
  for _, term in ipairs(day and claim.terms or {}) do
    if term.from <= day and day <= term.to then
      if found and found ~= term.actor then
        return nil
      end
      found = term.actor
    end
  end
  return found, not found and day ~= nil
end

-- ---- all of them ----

---Whom a claim names at one place.
---@return string? actor
---@return boolean? none nobody is meant
local function meant(place, claim, named, strange, offices)
  if claim.kind == "surname" then
    return surname(place, claim, named, strange)
  elseif claim.kind == "office" then
    return office(place, claim, named, offices)
  elseif claim.kind == "capital" then
    return capitals.government(place.before, place.after) and claim.state or nil, true
  end
  return period(place, claim)
end

-- "Moscow and Minsk agreed": the capital before an "and" is a government if the one behind it is.
local function join_capitals(list, text)
  for i = #list - 1, 1, -1 do
    local a, b = list[i], list[i + 1]
    local gap = a.capital and b.capital and a.field == b.field and text(a):sub(a.last + 1, b.first - 1)
    if gap and gap:find "^,? a?n?o?[dr] $" then
      a.actor = a.actor or b.actor and a.capital
      b.actor = b.actor or a.actor and b.capital
    end
  end
end

---Decide the claimed mentions one after another.
---@param corpus newsreel.Corpus the whole one
---@param given {firm: newsreel.Spans, claimed: newsreel.Spans, claims: table, offices: newsreel.claims.Offices, strange: table}
---@return table<string, table[]> # article id -> spans with `actor` (none where it stays open) and `rule`
function claims.decide(corpus, given)
  local names_of = reader_of(core.restrict(core.only(corpus, given.claimed), given.firm))
  local out, texts, last = {}, {}, nil
  local function finish()
    join_capitals(out[last] or {}, function(span)
      return texts[span.field]
    end)
  end
  for place in walk(given.claimed) do
    if place.id ~= last then
      finish()
      last, texts = place.id, {}
    end
    local hit = place.hit
    local claim, list = given.claims[hit.claim], out[last] or {}
    local actor, none = meant(place, claim, names_of(last), given.strange[last], given.offices)
    out[last], texts[hit.field] = list, place.text
    if actor or not none or claim.kind == "capital" then
      list[#list + 1] = { first = hit.first, last = hit.last, field = hit.field, actor = actor, rule = claim.kind,
        capital = claim.kind == "capital" and claim.state or nil }
    end
  end
  finish()
  return out
end

return claims
