--- Corpora: finding, choosing, writing.
local core = require "newsreel.core"
local later = require "newsreel.later"
local actors = later "newsreel.actors"
local layers = later "newsreel.layers"
local lists = later "newsreel.lists"
local options = later "newsreel.options"
local pattern = later "newsreel.pattern"
local where = later "newsreel.where"

---A corpus, or a view of one: articles in the order of their days. `#c` counts them.
---@class newsreel.Corpus
---@field path string its file, "(memory)" where it has none
---@field margin newsreel.Corpus # the same articles, what cleaning set aside
---@field articles newsreel.Spans # each article as a span
---@field titles newsreel.Spans
---@field paragraphs newsreel.Spans
---@field sentences newsreel.Spans
---@field clauses newsreel.Spans
---@field tokens newsreel.Spans # words and numbers
---@field boiler newsreel.Spans # what cleaning set aside, with kind and reason
---@field stories newsreel.Spans # articles, with `story` (id of the first copy) and `texts` (how many there are)
---@field dates newsreel.Spans # dates told in the texts, with value, from, to, anchor
---@field quotes newsreel.Spans # quotations, with speaker and cue
---@field reported newsreel.Spans # what is told as said, without quotation marks
---@field voices newsreel.Spans # both
---@field names newsreel.Spans # people, organisations and places by shape and context, with actor and type; English
---@operator call(string): newsreel.Spans
---@operator len: integer
local corpus = core.types.corpus.methods

-- ---- finding ----

local builtin = {}
for _, name in ipairs(core.layers()) do
  builtin[name] = true
end

---Names of all layers that a corpus has or can make.
local function layer_names(c)
  local names = {}
  for name in pairs(builtin) do
    names[name] = true
  end
  for name in pairs(layers.known) do
    names[name] = layers.find(name) and true or nil
  end
  names.stories = true
  for name in pairs(core.state(c).layers or {}) do
    names[name] = true
  end
  return names
end

---The stories, made anew when the corpus has changed.
local function stories(c)
  local state = core.state(c)
  local made = state.stories
  if not made or made.moment ~= core.moment(c) then
    made = { spans = core.stories(core.root(c)), moment = core.moment(c) }
    state.stories = made
  end
  return core.restrict(c, made.spans)
end

---The spans of a layer by name, or nil.
local function layer_of(c, name)
  local own = core.state(c).layers
  if builtin[name] then
    return core.layer(c, name)
  elseif name == "stories" then
    return stories(c)
  elseif own and own[name] then
    return layers.spans(c, name, own[name])
  elseif layers.find(name) then
    return layers.spans(c, name, layers.find(name))
  end
end

local function suggest(name, names)
  local near = core.nearest(name, names)
  return near and (" (did you mean '%s'?)"):format(near) or ""
end

---Put spans in the place of actors and layers in a tree.
local function resolve(c, node, source)
  if node.kind == "actor" then
    local aliases = core.state(c).aliases
    if not aliases then
      pattern.mistake(source, node, 'no list of actors is loaded; write c:actors "leaders" first')
    end
    local actor = aliases[core.fold(node.text)]
    if not actor then
      pattern.mistake(source, node,
        ("no actor of the loaded lists is called '%s'%s"):format(node.text, suggest(node.text, aliases)))
    end
    local spans = core.where(core.restrict(c, core.state(c).actors), { { name = "actor", values = { actor } } })
    node.kind, node.spans = "plan", spans
  elseif node.kind == "layer" then
    local spans = layer_of(c, node.text)
    if not spans then
      pattern.mistake(source, node, ("there is no layer '%s'%s"):format(node.text, suggest(node.text, layer_names(c))))
    end
    node.kind, node.spans = "plan", spans
  end
  for _, child in ipairs(node) do
    resolve(c, child, source)
  end
  return node
end

---Find a pattern; `c "talks"` is short for it.
---@param text string pattern: `peace talks`, `sanction*`, `price (cap|ceiling)`, `talks .{0,3} paused`, `=US`, `@Putin`
---@param given? {overlap?: boolean} overlap: all matches, not only the leftmost and longest
---@return newsreel.Spans
function corpus:find(text, given)
  given = options.check("c:find", given, { overlap = "boolean" })
  local tree = pattern.parse(text)
  if tree.kind == "form" and builtin[tree.text] and not core.state(self).quiet then
    core.tell("note", ('"%s" is searched as a word; the layer is c.%s'):format(text, tree.text))
  end
  local note = pattern.note(text)
  if note then
    core.tell("note", note)
  end
  return core.pattern(self, resolve(self, tree, text), given.overlap)
end

core.types.corpus.meta.__call = function(self, text, given)
  return corpus.find(self, text, given)
end

---A layer by name; with an annotator, a new layer of your own.
---
---The annotator gets an article and gives a list of spans, `{first =, last =, ...}` in bytes of
---`article.text`; what else a span has becomes an attribute. The name of a module in its place makes a layer
---that several workers make side by side and that can be stored: see newsreel.layers.
---@param name string
---@param annotator? fun(article: newsreel.Article): table[] or the name of a module that returns one
---@param attributes? table<string, "text"|"number"> attributes that are there even without spans
---@return newsreel.Spans
function corpus:layer(name, annotator, attributes)
  if type(name) ~= "string" then
    core.raise("a layer has a name, as in c:layer \"sentences\", not a " .. type(name))
  end
  local state = core.state(self)
  if annotator == nil then
    return layer_of(self, name)
      or core.raise(("there is no layer '%s'%s"):format(name, suggest(name, layer_names(self))), "notfound")
  end
  if type(annotator) ~= "function" and type(annotator) ~= "string" then
    core.raise("an annotator is a function of an article, or the name of a module that returns one")
  elseif layer_names(self)[name] or corpus[name] then
    core.raise(("the name '%s' is taken; give the layer another one"):format(name), "exists")
  end
  state.layers = state.layers or {}
  if type(annotator) == "string" then
    state.layers[name] = { module = annotator, attributes = attributes }
  else
    state.layers[name] = { annotator = annotator, attributes = attributes }
  end
  return layers.spans(self, name, state.layers[name])
end

local function dictionary(c, made, entries, overlap)
  return core.dictionary(c, entries, made.order, made.rows, overlap)
end

local overlaps = { longest = true, longest_each = true, all = true }

local function check_overlap(what, given, known)
  given = options.check(what, given, known or { overlap = "string" })
  if given.overlap and not overlaps[given.overlap] then
    core.raise(("option 'overlap' of %s is 'longest', 'longest_each' or 'all'"):format(what))
  end
  return given.overlap or "longest"
end

---Mentions of actors, with the attribute `actor` and those of the list.
---
---Where a list holds people with offices, states with capitals, or aliases with a period, `rule` tells how a
---mention was understood: "alias", "period", "surname" (after the full name), "office" ("the president", by day
---and article), "capital" (Moscow as a government). `open = true` adds those that nothing settles, without an actor.
---With `spellings` the aliases are found however the texts spell them: Zelensky, Zelenskyy, Зеленського.
---@param source string|table "leaders", "states", "organisations", a file, or `{ ["Vladimir Putin"] = { "Putin" } }`
---@param given? {overlap?: "longest"|"longest_each"|"all", open?: boolean, spellings?: boolean}
---@return newsreel.Spans
function corpus:actors(source, given)
  local overlap = check_overlap("c:actors", given, { overlap = "string", open = "boolean", spellings = "boolean" })
  local list = lists.load(source, "c:actors")
  list = given and given.spellings and actors.widened(self, list) or list
  local spans, aliases, whole = actors.spans(self, list, overlap, given and given.open)
  local state = core.state(self)
  state.aliases = state.aliases or {}
  for alias, actor in pairs(aliases) do
    state.aliases[alias] = actor
  end
  state.actors = state.actors and core.union(state.actors, whole) or whole
  return spans
end

---Hits of a lexicon, with the attributes `entry` and `value` or `category`.
---
---Packaged are "politics", "stance", "sanctions", "weapons" and "harm".
---@param source string|table a packaged name, a file, or `{ progress = 1, ["stall*"] = -1, harm = {"kill*"} }`
---@param given? {overlap?: "longest"|"longest_each"|"all"}
---@return newsreel.Spans
function corpus:lexicon(source, given)
  local overlap = check_overlap("c:lexicon", given)
  local made, entries = lists.lexicon(lists.load(source, "c:lexicon"))
  return dictionary(self, made, entries, overlap)
end

local ACTS <const> = { "sanctions", "meet", "strike", "refuse", "offer", "demand", "supply", "rupture", "harm" }

---Acts told in the texts, who did what to whom: attributes act, measure, status, sender, target, event_day,
---voice, why; for harm number, bound, place. What a sentence does not say is missing.
---
---Packaged are "sanctions", "meet", "strike", "refuse", "offer", "demand", "supply", "rupture" and "harm".
---@param name? string "sanctions" unless given
---@return newsreel.Spans
function corpus:events(name)
  name = name or "sanctions"
  if type(name) ~= "string" or not core.source("newsreel.acts." .. name) then
    core.raise(("there is no table of acts '%s'; there are %s"):format(tostring(name), table.concat(ACTS, ", ")),
      "notfound")
  end
  return layers.spans(self, "events " .. name, layers.events(name))
end

-- ---- choosing ----

---A view of the articles of a period.
---@param period string "2025-09", "2025-W39", "2025-09-01/2025-09-15", "2025-09-01/.."
---@return newsreel.Corpus
function corpus:during(period)
  if type(period) ~= "string" then
    core.raise('a period is a text, as in c:during "2025-09"')
  end
  return core.during(self, period)
end

---A view of the articles whose fields have these values.
---@param wanted table<string, any> field -> a value, a list of values, a function, or newsreel.missing
---@return newsreel.Corpus
function corpus:where(wanted)
  local known = core.fields(self)
  known.id, known.day = true, true
  local function occurring(name)
    return core.field_values(self, name)
  end
  local conditions = where.conditions(wanted, { what = "c:where", known = known, occurring = occurring })
  for _, condition in ipairs(conditions) do
    for _, value in ipairs(condition.name ~= "id" and condition.name ~= "day" and condition.values or {}) do
      where.note_absent(condition.name, value, occurring(condition.name))
    end
  end
  return core.view_where(self, conditions)
end

---A view of the articles that hold one of the spans.
---@param spans newsreel.Spans|string spans, or a pattern
---@return newsreel.Corpus
function corpus:only(spans)
  return core.only(self, type(spans) == "string" and self:find(spans) or spans)
end

---An article by its id, or nil.
---@param id string
---@return newsreel.Article?
function corpus:article(id)
  if type(id) ~= "string" then
    core.raise('an id is a text, as in c:article "a1", not a ' .. type(id))
  end
  return core.article(self, id)
end

---Its words, folded, the most frequent first: term, count, articles.
---@return newsreel.Frame
function corpus:words()
  return core.words(self)
end

---Sequences of `n` words (2) of one sentence, the most frequent first: term, count, articles.
---@param n? integer 2 to 5
---@param given? {least?: integer} 2 times at least unless given
---@return newsreel.Frame
function corpus:ngrams(n, given)
  given = options.check("c:ngrams", given, { least = "number" })
  options.whole("c:ngrams", given, "least", 1)
  if n ~= nil and (math.type(n) ~= "integer" or n < 2 or n > 5) then
    core.raise(("c:ngrams takes 2 to 5 words, not %s"):format(tostring(n)))
  end
  return core.ngrams(self, n or 2, given.least or 2)
end

---Words that are more frequent here than in a reference: term, count, reference, both by a million, score.
---@param reference? newsreel.Corpus another view; the whole corpus unless given
---@param given? {measure?: string, least?: integer} as for collocates; 3 times at least unless given
---@return newsreel.Frame
function corpus:keyness(reference, given)
  given = options.check("c:keyness", given, { measure = "string", least = "number" })
  options.whole("c:keyness", given, "least", 0)
  return core.keyness(self, reference or core.root(self), given.measure, given.least or 3)
end

---Go through the articles in the order of their days, undated last.
---@return fun(): newsreel.Article?
function corpus:each()
  return core.each_article(self)
end

---Articles, tokens, segments, bytes and the like, by name.
---@return table<string, integer>
function corpus:counts()
  return core.counts(self)
end

-- ---- writing ----

local field_types = { string = "string", number = "number", boolean = "boolean" }

local function text_list(value)
  for i = 1, #value do
    if type(value[i]) ~= "string" then
      return false
    end
  end
  return #value > 0
end

---Fields for C: {name, type, value as text}, in the order of names.
local function fields_of(article)
  local fields = {}
  for name, value in pairs(article) do
    if type(name) ~= "string" then
      core.raise 'an article is written { id = "a1", date = "2025-09-26", text = "..." }'
    elseif value ~= core.missing then
      local kind = field_types[type(value)] or (type(value) == "table" and (text_list(value) and "list" or "json"))
        or core.raise(("field '%s' can't be a %s"):format(name, type(value)))
      fields[#fields + 1] = { name, kind, kind == "string" and value or core.json.encode(value) }
    end
  end
  table.sort(fields, function(a, b)
    return a[1] < b[1]
  end)
  return fields
end

---Add an article, or replace the one with its id: `{ id =, date =, title =, text =, ... }`.
---@param article table
---@return "added"|"replaced"|"skipped"
function corpus:add(article)
  if type(article) ~= "table" then
    core.raise('an article is written { id = "a1", date = "2025-09-26", text = "..." }, not a ' .. type(article))
  elseif article.id == nil then
    core.raise "the article has no id; give it one, as in { id = \"a1\", text = \"...\" }"
  end
  return core.add(self, fields_of(article))
end

---Say which lines of outlets' pages are furniture and which are not, for what is added from now on. By source, "*" is
---all: `{ CNN = { furniture = { "Sign up for*", "*on CNN" }, body = { "Read on*" } } }`. "x" is a whole line, "x*" its
---start, "*x" its end, "*x*" anywhere in it. Other lists: caption, teasers, comments, over, byline, date, updated.
---@param rules table<string, table<string, string|string[]>>
---@return newsreel.Corpus
function corpus:outlets(rules)
  core.outlets(self, { outlets = require("newsreel.outlets").phrases(rules) })
  return self
end

---Correct fields of an article; newsreel.missing takes one out. Text and title stay.
---@param id string
---@param changes table<string, any> `{ source = "CNN", date = "2025-09-26" }`
---@return newsreel.Corpus
function corpus:set(id, changes)
  if type(changes) ~= "table" then
    core.raise 'c:set takes an id and fields, as in c:set("a1", { source = "CNN" })'
  end
  local given, gone = {}, {}
  for name, value in pairs(changes) do
    local why = options.unsettable(name, value == core.missing)
    if why then
      core.raise(why)
    elseif value == core.missing then
      gone[#gone + 1] = { name, "string" }
    elseif name ~= "date" then
      given[name] = value
    end
  end
  if changes.lang ~= nil and changes.lang_source == nil then
    gone[#gone + 1] = { "lang_source", "string" } -- no longer guessed
  end
  local date = changes.date
  local fields = fields_of(given)
  table.move(gone, 1, #gone, #fields + 1, fields)
  core.set(self, id, fields, date == core.missing and "" or date)
  return self
end

---Take an article out.
---@param id string
---@return newsreel.Corpus
function corpus:remove(id)
  core.remove(self, id)
  return self
end

---Make what was added and removed durable and visible, as one.
---@return newsreel.Corpus
function corpus:commit()
  core.commit(self)
  return self
end

---See what others have committed since the corpus was opened.
---@return newsreel.Corpus
function corpus:refresh()
  core.refresh(self)
  return self
end

---Close the corpus; what was not committed is dropped, and said. Twice is fine.
function corpus:close()
  core.close(self)
end

-- ---- names and texts ----

core.types.corpus.fallback = function(self, name)
  local spans = layer_of(self, name)
  return spans ~= nil, spans
end

core.types.corpus.names = layer_names

local function grouped(number)
  local text = ("%d"):format(number)
  return (text:reverse():gsub("(%d%d%d)", "%1,"):reverse():gsub("^,", ""))
end

core.types.corpus.meta.__tostring = function(self)
  local counts = core.counts(self)
  local left = counts.undated_left_out > 0 and (" (%s undated left out)"):format(grouped(counts.undated_left_out)) or ""
  return ("%s: %s articles, %s tokens%s"):format(self.path, grouped(counts.articles), grouped(counts.tokens), left)
end

core.types.corpus.hints = {
  search = 'write c "word", or c:find "word"',
  query = 'write c "word", or c:find "word"',
  len = "write #c",
  length = "write #c",
  get = 'write c:article "id"',
  save = "write c:commit()",
  frame = 'write c "word":frame{ "day", "text" }',
  by = 'write c "word":by("month"), or c.articles:by("month")',
}

require("newsreel.methods").guard(core.types.corpus, "c")

return corpus
