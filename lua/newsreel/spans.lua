--- Spans: what a search found, and what can be made of it.
local core = require "newsreel.core"
local later = require "newsreel.later"
local contexts = later "newsreel.contexts"
local options = later "newsreel.options"
local random = later "newsreel.random"
local screen = later "newsreel.screen"
local where = later "newsreel.where"

---A list of spans in the order of the line; lazy: nothing is searched before it is counted or shown.
---`#s` counts, `s[1]` is the first, `a | b` has both, `a & b` those of a that share a word with a b,
---`a - b` those that share none.
---@class newsreel.Spans
---@operator len: integer
---@operator bor(newsreel.Spans|string): newsreel.Spans
---@operator band(newsreel.Spans|string): newsreel.Spans
---@operator sub(newsreel.Spans|string): newsreel.Spans
---@field [integer] newsreel.Hit
local spans = core.types.spans.methods

---One hit. Attributes of its spans (`actor`, `value`, ...) are fields too.
---@class newsreel.Hit
---@field text string
---@field day string? # of its article
---@field article newsreel.Article
---@field first integer # first byte in the article's text, from 1
---@field last integer # last byte, in
---@field field "text"|"title"
---@field tokens integer # how many words and numbers
---@field why string? # the evidence, rule or entry by which a rule or list found it

-- ---- arguments ----

local builtin = {}
for _, name in ipairs(core.layers()) do
  builtin[name] = true
end

local function is_spans(value)
  return type(value) == "userdata" and getmetatable(value) == core.types.spans.meta
end

local function is_corpus(value)
  return type(value) == "userdata" and getmetatable(value) == core.types.corpus.meta
end

---Spans from spans or a pattern; with `layered` the name of a built-in layer is that layer.
local function to_spans(self, value, call, layered)
  if is_spans(value) then
    return value
  elseif type(value) == "string" then
    local corpus = core.corpus_of(self)
    if layered and builtin[value] then
      return core.layer(corpus, value)
    elseif layered and builtin[value .. "s"] then
      core.tell("note", ('"%s" is searched as a word; the layer is "%ss"'):format(value, value))
    end
    return corpus:find(value)
  elseif is_corpus(value) then
    core.raise(call .. ' takes spans, not a corpus; write ' .. call .. '(c "word")')
  end
  core.raise(("%s takes spans or a pattern, not %s"):format(call, value == nil and "nothing" or "a " .. type(value)))
end

---Spans of a region: a layer by name, or spans; sentences unless given.
local function to_region(self, value, call)
  if value == nil then
    value = "sentences"
  end
  if is_spans(value) then
    return value
  elseif type(value) == "string" then
    return core.corpus_of(self):layer(value)
  end
  core.raise(("%s takes a region such as \"sentences\" or \"paragraphs\", not a %s"):format(call, type(value)))
end

local check_number = options.amount

local function check_distance(n, call)
  return n ~= nil and check_number(n, call, "tokens") or nil
end

-- ---- the algebra ----

local function relation(name, layered)
  return function(self, other)
    return core.relate(self, name, to_spans(self, other, "a:" .. name, layered))
  end
end

---Those inside, or equal to, a span of `other`.
---@param other newsreel.Spans|string spans, a pattern, or the name of a built-in layer
---@return newsreel.Spans
function spans:within(other)
  return relation("within", true)(self, other)
end

---Those not inside a span of `other`.
---@param other newsreel.Spans|string
---@return newsreel.Spans
function spans:outside(other)
  return relation("outside", true)(self, other)
end

---Those that hold, or equal, a span of `other`.
---@param other newsreel.Spans|string
---@return newsreel.Spans
function spans:containing(other)
  return relation("containing", true)(self, other)
end

---Those that hold no span of `other`.
---@param other newsreel.Spans|string
---@return newsreel.Spans
function spans:lacking(other)
  return relation("lacking", true)(self, other)
end

local function near(self, side, other, n, region)
  if type(n) == "string" or is_spans(n) then
    n, region = nil, n
  end
  local call = "a:" .. side
  return core.near(self, side, to_spans(self, other, call), check_distance(n, call), to_region(self, region, call))
end

---Those at most `n` tokens from an `other` (neighbours are 1 apart), on either side, in one sentence.
---@param other newsreel.Spans|string
---@param n? integer anywhere in the region unless given
---@param region? string|newsreel.Spans "sentences" unless given
---@return newsreel.Spans
function spans:near(other, n, region)
  return near(self, "near", other, n, region)
end

---Those that stand before an `other`, at most `n` tokens away, in one sentence.
---@param other newsreel.Spans|string
---@param n? integer
---@param region? string|newsreel.Spans
---@return newsreel.Spans
function spans:before(other, n, region)
  return near(self, "before", other, n, region)
end

---Those that stand after an `other`, at most `n` tokens away, in one sentence.
---@param other newsreel.Spans|string
---@param n? integer
---@param region? string|newsreel.Spans
---@return newsreel.Spans
function spans:after(other, n, region)
  return near(self, "after", other, n, region)
end

---The shortest spans from one of these to an `other`, at most `n` tokens apart, in one sentence.
---@param other newsreel.Spans|string
---@param n? integer
---@return newsreel.Spans
function spans:followed_by(other, n)
  return core.followed_by(self, to_spans(self, other, "a:followed_by"), check_distance(n, "a:followed_by"))
end

---From each of these to its nearest `other` in the sentence.
---@param other newsreel.Spans|string
---@return newsreel.Spans
function spans:joined(other)
  return core.joined(self, to_spans(self, other, "a:joined"))
end

---Those in another article, published `from` (1) to `to` days after one with an `other`.
---@param other newsreel.Spans|string
---@param from integer # first day, or the last one where it stands alone
---@param to? integer
---@return newsreel.Spans
function spans:days_after(other, from, to)
  if to == nil then
    from, to = 1, from
  end
  local call = "a:days_after"
  from, to = check_number(from, call, "days"), check_number(to, call, "days")
  return core.days_after(self, to_spans(self, other, call), from, to)
end

---The innermost spans of a region that hold these.
---@param region string|newsreel.Spans
---@return newsreel.Spans
function spans:expand(region)
  return core.expand(self, to_region(self, region, "a:expand"))
end

---These, longer by `left` and `right` tokens, inside their article.
---@param left integer
---@param right? integer as `left` unless given
---@return newsreel.Spans
function spans:window(left, right)
  return core.window(self, check_number(left, "a:window", "tokens"),
    check_number(right or left, "a:window", "tokens"))
end

---`value` changes sign where an `other` ends at most `n` (4) tokens before, in the same clause.
---@param other newsreel.Spans|string
---@param n? integer
---@return newsreel.Spans
function spans:flip(other, n)
  return core.flip(self, to_spans(self, other, "a:flip"), check_distance(n or 4, "a:flip"))
end

---One row for each of these and each `other` in one region; with itself unordered, without self-pairs.
---
---With `n` a row is no region but two mentions at most `n` tokens apart in one region.
---@param other newsreel.Spans|string
---@param region? string|newsreel.Spans "sentences" unless given
---@param n? integer
---@return newsreel.Spans
function spans:pair(other, region, n)
  return core.pair(self, to_spans(self, other, "a:pair"), to_region(self, region, "a:pair"),
    check_distance(n, "a:pair"))
end

---An attribute `label`: the name of the first rule that has a word in common with the span.
---@param rules table a list of {name, pattern or spans}: order counts
---@return newsreel.Spans
function spans:label(rules)
  local names, found = {}, {}
  for i, rule in ipairs(type(rules) == "table" and rules or {}) do
    if type(rule) ~= "table" or type(rule[1]) ~= "string" or rule[2] == nil then
      core.raise 'rules are written { {"none", "no progress"}, {"some", "progress"} }: a list, because order counts'
    end
    names[i], found[i] = rule[1], to_spans(self, rule[2], "a:label")
  end
  if #names == 0 then
    core.raise 'a:label takes a list of rules, as in a:label{ {"none", "no progress"}, {"some", "progress"} }'
  end
  return core.label(self, names, found)
end

-- ---- choosing ----

local CONTEXTS <const> = { event_day = true, voice = true, speech = true }

---The spans with those of the named columns that stand around them, not in them.
local function in_context(self, names)
  for _, name in ipairs(names) do
    if CONTEXTS[name] then
      return contexts.of(self, names)
    end
  end
  return self
end

local function attribute_types(self)
  local types = {}
  for _, column in ipairs(core.columns(self)) do
    types[column.name] = column.type
  end
  return types
end

local function known_names(self)
  local known = core.fields(core.corpus_of(self))
  for name in pairs(attribute_types(self)) do
    known[name] = true
  end
  for name in pairs(CONTEXTS) do
    known[name] = true
  end
  known.id, known.day = true, true
  return known
end

---Why it is there: the evidence that its rules gave, or the rule, or the entry of the list it stands for.
core.types.hit.getters.why = function(hit)
  local fallback = core.types.hit.fallback
  for _, name in ipairs { "why", "rule", "entry", "category", "actor" } do
    local found, value = fallback(hit, name)
    if found and value then
      return name == "why" and value or ("%s %s"):format(name, value)
    end
  end
  return nil
end

---The values of an attribute among the hits, or of a field in the corpus.
local function occurring(self)
  return function(name)
    if not attribute_types(self)[name] then
      return core.field_values(core.corpus_of(self), name)
    end
    local values = {}
    for hit in core.each(self) do
      local value = hit[name]
      values[value == nil and core.missing or value] = true
    end
    return values
  end
end

---Those whose attributes, or whose articles' fields, have these values; `event_day`, `voice` and `speech` as in `frame`.
---@param wanted table<string, any> name -> a value, a list of values, a function, or newsreel.missing
---@return newsreel.Spans
function spans:where(wanted)
  local names = {}
  for name in pairs(type(wanted) == "table" and wanted or {}) do
    names[#names + 1] = name
  end
  self = in_context(self, names)
  return core.where(self, where.conditions(wanted, {
    what = "a:where",
    known = known_names(self),
    occurring = occurring(self),
    resolve = where.actors(core.state(core.corpus_of(self)).aliases),
  }))
end

---`n` of them by chance, in the order of the line; the same seed gives the same ones.
---@param n integer
---@param seed? integer 1 unless given
---@return newsreel.Spans
function spans:sample(n, seed)
  return core.pick(core.corpus_of(self), self, random.sample(#self, check_number(n, "a:sample", "hits"), seed or 1))
end

---The first `n` of them.
---@param n integer
---@return newsreel.Spans
function spans:head(n)
  local indexes = {}
  for i = 1, math.min(#self, check_number(n, "a:head", "hits")) do
    indexes[i] = i
  end
  return core.pick(core.corpus_of(self), self, indexes)
end

-- ---- looking ----

---How many there are, and in how many articles.
---@return integer hits
---@return integer articles
function spans:count()
  return core.count(self)
end

---Is there any? Stops at the first.
---@return boolean
function spans:any()
  return core.any(self)
end

---Go through them: `for hit in s:each() do print(hit.text) end`.
---@return fun(): newsreel.Hit?
function spans:each()
  return core.each(self)
end

---The attributes they carry, by name: "text" or "number".
---@return table<string, "text"|"number">
function spans:attributes()
  return attribute_types(self)
end

---How the search will be run, and what to expect.
---@return string
function spans:explain()
  return core.explain(self)
end

local KWIC_ROWS = 20

---The indexes 1 to n, and how many are left out.
local function first_rows(self, n)
  local count, indexes = #self, {}
  for i = 1, math.min(count, n) do
    indexes[i] = i
  end
  return indexes, count - #indexes
end

---Print a concordance: `n` (20) lines with what stands left and right. Gives the spans back.
---
---`width` is in columns, 0 for whole sentences; `sentence = false` lets context go beyond the sentence. The lines
---come in the order of days, or by `sort`: the words to the "left" (the nearest first) or "right", or the "text" of
---the hits. `sample` is the seed of lines taken by chance.
---@param n? integer
---@param given? {width?: integer, sentence?: boolean, sort?: "day"|"left"|"right"|"text", sample?: integer}
---@return newsreel.Spans
function spans:kwic(n, given)
  given = options.check("a:kwic", given, { width = "number", sentence = "boolean", sort = "string", sample = "number" })
  options.width("a:kwic", given)
  n = check_number(n or KWIC_ROWS, "a:kwic", "lines")
  if given.sample then
    local chosen = self:sample(n, given.sample)
    chosen:kwic(n, { width = given.width, sentence = given.sentence, sort = given.sort })
    return self
  end
  local indexes, more = first_rows(self, n)
  if given.sort and given.sort ~= "day" then
    if given.sort ~= "left" and given.sort ~= "right" and given.sort ~= "text" then
      core.raise(("option 'sort' of a:kwic is 'day', 'left', 'right' or 'text', not '%s'"):format(given.sort))
    end
    indexes = core.kwic_order(self, given.sort, n)
  end
  core.write(screen.kwic(self, indexes, given.width, given.sentence))
  if more > 0 then
    core.write(("(%d more)\n"):format(more))
  end
  return self
end

---Print `n` (20) of them as a table of day, article, text and attributes. Gives the spans back.
---@param n? integer
---@return newsreel.Spans
function spans:print(n)
  local columns = { "day", "article", "text" }
  for _, column in ipairs(core.columns(self)) do
    columns[#columns + 1] = column.name
  end
  self:frame(columns):print(n)
  return self
end

---A table with a row for each of them and the named columns: attributes, fields of the articles, and
---`day week month quarter year article title text form sentence start end tokens`; `event_day` is the nearest single
---day told of in the same sentence, missing where none is; `voice` who speaks: "narrator", the speaker's name, or
---"unnamed"; `speech` how: "narrated", "quoted" or "reported".
---@param columns string[]
---@return newsreel.Frame
function spans:frame(columns)
  if type(columns) ~= "table" then
    core.raise 'a:frame takes a list of columns, as in a:frame{ "day", "article", "text" }'
  end
  return core.frame(in_context(self, columns), columns)
end

local recipe_meta = {
  __name = "newsreel.Recipe",
  __tostring = function(self)
    return ('a recipe for a column, as in f:with("sum", s:sum "%s"); the total is s:by():sum "%s"'):format(self.column,
      self.column)
  end,
}

---A recipe for a column: in each row of a frame, the sum of a number over these spans inside the row's hits,
---as in `c.sentences:frame{ "text" }:with("tone", tone:sum())`. A total is `s:by():sum "value"`.
---@param name? string "value" unless given
---@return table recipe
function spans:sum(name)
  name = name or "value"
  local types = attribute_types(self)
  if types[name] ~= "number" then
    core.raise(("s:sum: these spans have no number '%s'"):format(tostring(name)))
  end
  return setmetatable({ spans = self, column = name }, recipe_meta)
end

---Group them: `s:by("month"):count()`, `s:by("actor", "week"):sum "value"`, `s:by():count()` for the total.
---@param ... string columns, as in `frame`
---@return newsreel.Grouping
function spans:by(...)
  return require("newsreel.grouping").new(in_context(self, { ... }), ...)
end

---Of dates: days after the text's own that it tells as past, so told before they happened. Either the day of the
---article is wrong, or the date is read or written wrong.
---@return newsreel.Spans
function spans:anachronisms()
  if not attribute_types(self).told then
    core.raise "s:anachronisms is for dates, as in c.dates:anachronisms()"
  end
  return self:where { told = "early" }
end

---Words that stand near these more often than chance would have it: term, count, expected, score.
---
---`window` (5) words on both sides count, or `left` and `right`; words that come fewer than `least` (1)
---times are left out. `measure` is "loglikelihood" (Dunning 1993; negative where the two avoid each other), "pmi" (Church
---and Hanks 1990), "npmi" (Bouma 2009, -1 to 1), "logdice" (Rychly 2008, at most 14), "logratio" (Hardie 2014) or
---"deltap" (Ellis 2006, -1 to 1). The formulas stand in src/frame/associate.c.
---@param given? {window?: integer, left?: integer, right?: integer, measure?: string, least?: integer}
---@return newsreel.Frame
function spans:collocates(given)
  given = options.check("a:collocates", given, {
    window = "number", left = "number", right = "number", measure = "string", least = "number",
  })
  for _, name in ipairs { "window", "left", "right", "least" } do
    options.whole("a:collocates", given, name, 0)
  end
  local window = given.window or 5
  return core.collocates(self, given.left or window, given.right or window, given.measure, given.least or 1)
end

---How unevenly they lie over the articles (Gries 2008): 0 as the words do, towards 1 in few of them.
---@return number?
function spans:dispersion()
  return core.dispersion(self)
end

---Write them to a file by its ending: .jsonl has bytes and attributes, .csv a table.
---@param path string
---@return newsreel.Spans
function spans:save(path)
  if type(path) == "string" and path:find "%.jsonl$" then
    core.save(path, core.jsonl(self, 1, #self))
    return self
  end
  local columns = { "article", "start", "end", "day", "text" }
  for _, column in ipairs(core.columns(self)) do
    columns[#columns + 1] = column.name
  end
  self:frame(columns):save(path)
  return self
end

core.types.spans.hints = {
  without = "write a:outside(b), or a:lacking(b) for spans that hold none",
  mean = 'group them first, as in s:by("month"):mean "value"',
  share = 'group them first, as in s:by("month"):share()',
  per = 'group them first, as in s:by("month"):per(1000)',
  sort = 'write s:frame{ "day", "text" }:sort "day", or s:by("month"):count():sort "-count"',
  top = 'write s:by("form"):count():top(10)',
  len = "write #s",
  length = "write #s",
  size = "write #s",
  text = "write s[1].text, or for hit in s:each() do print(hit.text) end",
  day = "write s[1].day",
  article = "write s[1].article",
  during = 'write c:during("2025-09") "word": a period is chosen on the corpus',
  only = "write c:only(s)",
  ["or"] = "write a | b",
  ["and"] = "write a & b, or a:near(b)",
  filter = "write s:where{ name = value }",
  show = "write s:kwic(), or s:print()",
}

-- ---- operators ----

local meta = core.types.spans.meta

---The side that is spans comes first; the other may be a pattern.
local function both(a, b, sign)
  if is_spans(a) then
    return a, to_spans(a, b, "'" .. sign .. "'")
  end
  return to_spans(b, a, "'" .. sign .. "'"), b
end

function meta.__bor(a, b)
  return core.union(both(a, b, "|"))
end

function meta.__band(a, b)
  local left, right = both(a, b, "&")
  return core.relate(left, "overlapping", right)
end

function meta.__sub(a, b)
  local left, right = both(a, b, "-")
  return core.relate(left, "clear_of", right)
end

local function refuse(message)
  return function()
    core.raise(message)
  end
end

meta.__concat = refuse "spans are not joined by '..'; write a:followed_by(b), or tostring(#a) to print a count"
meta.__add = refuse "spans are not added by '+'; write a | b for both, or #a + #b to add counts"
meta.__mul = refuse "spans can't be multiplied; write a & b for those that share a word, or #a for the count"
meta.__div = refuse "spans can't be divided; write #a / #b for the ratio of the counts"
meta.__bxor = refuse "spans have no '~'; write (a | b) - (a & b)"
meta.__unm = refuse "spans have no '-' in front; write a:outside(b), or a - b"
meta.__bnot = refuse "spans have no '~'; write a:outside(b), or a - b"
meta.__lt = refuse "spans are not greater or less; write #a < #b to compare counts"
meta.__le = refuse "spans are not greater or less; write #a <= #b to compare counts"
meta.__call = refuse 'spans are not called; write c "word" to search the corpus, s[1] for the first, s:each() for all'
meta.__pairs = refuse "write for hit in s:each() do ... end"

function meta.__tostring(self)
  local hits, articles = core.count(self)
  return ("%d hit%s in %d article%s"):format(hits, hits == 1 and "" or "s", articles, articles == 1 and "" or "s")
end

require("newsreel.methods").guard(core.types.spans, "s")

return spans
