--- Mentions of actors: by their aliases, and by what an article tells of capitals, surnames and offices.
--
-- A list gives aliases; those that mean one actor everywhere are found as they stand. What depends on the
-- article (newsreel.names.claims) and on the words around it (newsreel.names.capitals) comes on top of them,
-- each with its `rule`: "alias", "surname", "office", "period", "capital".
local core = require "newsreel.core"
local later = require "newsreel.later"
local lists = later "newsreel.lists"
local pattern = later "newsreel.pattern"

local actors = {}

-- ---- reading a list ----

-- Offices that texts name without their holder, as they are written.
local TITLES = {
  president = { "president" }, ["prime minister"] = { "prime minister" }, chancellor = { "chancellor" },
  premier = { "premier" }, ["foreign minister"] = { "foreign minister" }, ["vice president"] = { "vice president" },
  ["defence minister"] = { "defence minister", "defense minister" }, ["foreign secretary"] = { "foreign secretary" },
  ["secretary of state"] = { "secretary of state" }, ["defense secretary"] = { "defense secretary" },
  ["treasury secretary"] = { "treasury secretary" }, ["supreme leader"] = { "supreme leader" },
}

local CLAIMS, SPELLINGS = "newsreel.names.claims", "newsreel.names.spellings"
local RESERVED = { office = true, capital = true, seat = true, surname = true }

local function plain(alias)
  return (alias:gsub("^=", ""))
end

---@class newsreel.actors.Read
---@field rows table rows of what is found as it stands
---@field entries table
---@field bound table<string, {rows: table, entries: table}> pattern that must stand in the article -> its own
---@field claims table<string, table> key -> who may be meant
---@field claimed {rows: table, entries: table}
---@field aliases table<string, string> folded alias -> actor
---@field attributes table<string, table> actor -> attributes of its row
---@field offices table<string, {title: string, from: string, to: string, state: string?}[]> actor -> what it held
local function new_read()
  local function pair()
    return { rows = lists.rows(), entries = {} }
  end
  return { rows = lists.rows(), entries = {}, bound = {}, claimed = pair(), claims = {}, aliases = {},
    attributes = {}, offices = {}, ruled = false }
end

local function add_row(rows, read, name, rule)
  rows.rows = rows.rows + 1
  lists.set(rows, "actor", name)
  for _, key in ipairs(lists.keys(read.attributes[name])) do
    lists.set(rows, key, read.attributes[name][key])
  end
  if read.ruled then
    lists.set(rows, "rule", rule)
  end
end

---A claim by its words, made at its first use.
local function claim_of(read, words, kind)
  local key = kind .. " " .. words
  local claim = read.claims[key]
  if not claim then
    claim = { kind = kind }
    read.claims[key] = claim
    read.claimed.rows.rows = read.claimed.rows.rows + 1
    lists.set(read.claimed.rows, "claim", key)
    lists.entry(read.claimed.entries, words, read.claimed.rows.rows)
  end
  return claim
end

local function add_period(read, name, alias)
  local claim = claim_of(read, alias[1], "period")
  claim.terms = claim.terms or {}
  claim.terms[#claim.terms + 1] = { actor = name, from = alias.from or "", to = alias.to or "9999" }
end

local function add_bound(read, name, alias)
  local bound = read.bound[alias.with] or { rows = lists.rows(), entries = {} }
  read.bound[alias.with] = bound
  add_row(bound.rows, read, name, "alias")
  lists.entry(bound.entries, alias[1], bound.rows.rows)
end

local function add_alias(read, name, alias)
  local text = type(alias) == "table" and alias[1] or alias
  if type(text) ~= "string" then
    core.raise(("an alias of '%s' is a text, or { \"the chancellor\", from = \"2021-12-08\" }"):format(name))
  end
  read.aliases[core.fold(plain(text))] = name
  if type(alias) == "string" then
    lists.entry(read.entries, alias, read.rows.rows)
  elseif alias.from or alias.to then
    add_period(read, name, alias)
  elseif alias.with then
    add_bound(read, name, alias)
  else
    lists.entry(read.entries, text, read.rows.rows)
  end
end

local function add_capitals(read, name, actor)
  for _, field in ipairs { "capital", "seat" } do
    for _, place in ipairs(actor[field] or {}) do
      claim_of(read, place, "capital").state = name
    end
  end
end

---The surname of a person where no alias is just that: claimed by whoever is named in full before.
local function add_surname(read, name, actor)
  local surname = actor.surname or name:match "(%S+)$"
  if name:find " " and #surname > 2 and not read.aliases[core.fold(surname)] and not surname:find "^[IVX]+$" then
    local claim = claim_of(read, "=" .. surname, "surname")
    claim.bearers = claim.bearers or {}
    claim.bearers[name] = true
  end
end

-- How a text writes an office of a state: "the Russian president", "Russia's president", "president of Russia".
local function add_office(read, title, state, aliases)
  for _, words in ipairs(TITLES[title]) do
    claim_of(read, "the " .. words, "office").title = title
    for _, alias in ipairs(aliases) do
      for _, shape in ipairs { "%s %s", "%s's %s" } do
        local claim = claim_of(read, shape:format(alias, words), "office")
        claim.title, claim.state = title, state
      end
      local claim = claim_of(read, ("%s of %s"):format(words, alias), "office")
      claim.title, claim.state = title, state
    end
  end
end

local function add_offices(read, list)
  local states = require "newsreel.lists.states"
  local seen = {}
  for _, name in ipairs(lists.keys(list)) do
    local actor = list[name]
    for _, held in ipairs(type(actor) == "table" and actor.office or {}) do
      read.offices[name] = read.offices[name] or {}
      table.insert(read.offices[name], { title = held[1], from = held[2] or "", to = held[3] or "9999",
        state = actor.state })
      local state = states[actor.state]
      if TITLES[held[1]] and state and not seen[held[1] .. actor.state] then
        seen[held[1] .. actor.state] = true
        local aliases = {}
        for _, alias in ipairs(state) do
          alias = type(alias) == "table" and alias[1] or alias
          if not alias:find "[*\x80-\xff]" and not alias:find "[^s]s$" then
            aliases[#aliases + 1] = alias
          end
        end
        add_office(read, held[1], actor.state, aliases)
      end
    end
  end
end

local function attributes_of(list, actor)
  local out = {}
  for _, from in ipairs { list, actor } do
    for key, value in pairs(from) do
      if type(key) == "string" and lists.scalar(value) and not RESERVED[key] then
        out[key] = value
      end
    end
  end
  return out
end

-- Do the rules for surnames, offices and capitals have something to say about a list?
local function is_ruled(list)
  for _, actor in pairs(list) do
    if type(actor) == "table" then
      if actor.capital or actor.office then
        return true
      end
      for _, alias in ipairs(actor) do
        if type(alias) == "table" then
          return true
        end
      end
    end
  end
  return list.kind == "person"
end

---Read a list of actors.
---@param list table name -> aliases and attributes; texts beside them are attributes of all
---@return newsreel.actors.Read
function actors.read(list)
  local read = new_read()
  read.ruled = is_ruled(list)
  for _, name in ipairs(lists.keys(list)) do
    local actor = list[name]
    if type(name) ~= "string" then
      core.raise 'a list of actors is written { ["Vladimir Putin"] = { "Putin", "Vladimir Putin" } }'
    elseif type(actor) == "table" then
      read.attributes[name] = attributes_of(list, actor)
      add_row(read.rows, read, name, "alias")
      read.aliases[core.fold(name)] = name
      for _, alias in ipairs(#actor > 0 and actor or { name }) do
        add_alias(read, name, alias)
      end
      add_capitals(read, name, actor)
    elseif not lists.scalar(actor) then
      core.raise(("'%s' in the list has no list of names"):format(name))
    end
  end
  for _, name in ipairs(list.kind == "person" and lists.keys(list) or {}) do
    if type(list[name]) == "table" then
      add_surname(read, name, list[name])
    end
  end
  add_offices(read, list)
  return read
end

-- ---- from a list to spans ----

local function dictionary(corpus, made, overlap)
  return core.dictionary(corpus, made.entries, lists.finish(made.rows).order, made.rows.rows, overlap)
end

---Aliases found as they stand, with those that ask for other words in the article.
local function found_as_written(corpus, read, overlap)
  local spans = dictionary(corpus, read, overlap)
  for _, words in ipairs(lists.keys(read.bound)) do
    local there = core.pattern(corpus, pattern.parse(words))
    local articles = core.relate(core.layer(corpus, "articles"), "containing", there)
    spans = core.union(spans, core.relate(dictionary(corpus, read.bound[words], overlap), "within", articles))
  end
  return spans
end

local function office_book(read)
  local book, known = {}, {}
  function book.holders(title, state, day)
    local key = title .. "\0" .. (state or "") .. "\0" .. day
    local out = known[key]
    if out then
      return out
    end
    out = {}
    known[key] = out
    for name, held in pairs(read.offices) do
      for _, office in ipairs(held) do
        if office.title == title and (state == nil or office.state == state) and office.from <= day
          and day <= office.to then
          out[#out + 1] = name
        end
      end
    end
    return out
  end
  function book.held(name, title)
    for _, office in ipairs(read.offices[name] or {}) do
      if office.title == title then
        return true
      end
    end
    return false
  end
  return book
end

-- Words that open sentences and are given names too.
local NO_GIVEN = { Will = true, May = true, Mark = true, Grant = true, Hope = true, Rose = true, Art = true,
  Chase = true, Don = true, San = true, Pat = true, Sue = true }

local function given_names(corpus)
  local entries = {}
  for _, name in ipairs(lists.keys(require "newsreel.lists.given_names")) do
    if not NO_GIVEN[name] then
      lists.entry(entries, "=" .. name, 1)
    end
  end
  return core.dictionary(corpus, entries, {}, 1, "longest")
end

---Give the spans of claimed mentions, each with its actor's attributes.
local function as_spans(corpus, read, decided, wanted)
  local types = { actor = "text", rule = "text" }
  for _, column in ipairs(read.rows.order) do
    types[column.name] = column.type
  end
  return (core.annotate(corpus, function(article)
    local out = {}
    for _, span in ipairs(decided[article.id] or {}) do
      if wanted and span.actor or not wanted and not span.actor and not span.capital then
        local copy = { first = span.first, last = span.last, field = span.field, actor = span.actor,
          rule = wanted and span.rule or "open" }
        for name, value in pairs(read.attributes[span.actor] or {}) do
          copy[name] = value
        end
        out[#out + 1] = copy
      end
    end
    return out
  end, types))
end

---All that a list finds in the whole corpus.
---@param corpus newsreel.Corpus not a view
---@param read newsreel.actors.Read
---@param overlap string
---@return newsreel.Spans sure
---@return newsreel.Spans? open offices and surnames that nothing settles
local function resolved(corpus, read, overlap)
  local claims = require(CLAIMS) -- rules are loaded when they are needed
  local firm = found_as_written(corpus, read, overlap)
  local spans = firm
  local claimed = read.claimed.rows.rows > 0
    and core.relate(dictionary(corpus, read.claimed, "longest"), "clear_of", firm)
  local behind = core.near(claimed and core.union(firm, claimed) or firm, "after", given_names(corpus), 1,
    core.layer(corpus, "sentences"))
  local wrong, strange = claims.strangers(corpus, firm, behind, read.claims)
  if wrong then
    spans = core.relate(spans, "clear_of", wrong)
  end
  if not claimed or not core.any(claimed) then
    return spans
  end
  local decided = claims.decide(corpus, { firm = spans, claimed = claimed, claims = read.claims,
    offices = office_book(read), strange = strange })
  return core.union(spans, as_spans(corpus, read, decided, true)), as_spans(corpus, read, decided, false)
end

---A list with every spelling of its aliases that the corpus has.
---@param corpus newsreel.Corpus
---@param list table
---@return table
function actors.widened(corpus, list)
  return require(SPELLINGS).widen(corpus, list)
end

---Mentions of the actors of a list.
---@param corpus newsreel.Corpus
---@param list table
---@param overlap "longest"|"longest_each"|"all"
---@param open? boolean with mentions whose actor stays open
---@return newsreel.Spans spans
---@return table<string, string> aliases folded alias -> actor
---@return newsreel.Spans whole the same in the whole corpus
function actors.spans(corpus, list, overlap, open)
  local state, root = core.state(corpus), core.root(corpus)
  state.lists = state.lists or setmetatable({}, { __mode = "k" })
  local made = state.lists[list]
  if not made or made.moment ~= core.moment(corpus) or made.overlap ~= overlap then
    made = { read = actors.read(list), moment = core.moment(corpus), overlap = overlap }
    state.lists[list] = made
  end
  local read = made.read
  if not read.ruled or select(2, core.is_view(corpus)) then
    local spans = found_as_written(corpus, read, overlap)
    return spans, read.aliases, found_as_written(root, read, overlap)
  end
  if not made.sure then
    made.sure, made.open = resolved(root, read, overlap)
  end
  local whole = open and made.open and core.union(made.sure, made.open) or made.sure
  return core.restrict(corpus, whole), read.aliases, made.sure
end

return actors
