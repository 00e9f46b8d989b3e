--- What is told around a span, as columns that any spans can have: the day told of, and whose voice it is.
local core = require "newsreel.core"
local layers = require "newsreel.layers"

local contexts = {}

---The spans of a list by article: id -> { first =, last =, field =, and what is named }, in bytes, in order.
local function by_article(spans, ...)
  local lists = {}
  for hit in core.each(spans) do
    local id, one = hit.article.id, { first = hit.first, last = hit.last, field = hit.field }
    for _, name in ipairs { ... } do
      one[name] = hit[name]
    end
    lists[id] = lists[id] or {}
    table.insert(lists[id], one)
  end
  return lists
end

local function holds(range, hit)
  return range.field == hit.field and range.first <= hit.first and range.last >= hit.last
end

---The shortest of the ranges that hold a hit, or nil.
local function innermost(ranges, hit)
  local found
  for _, range in ipairs(ranges or {}) do
    if holds(range, hit) and (not found or range.last - range.first < found.last - found.first) then
      found = range
    end
  end
  return found
end

---The day that lies nearest to a hit among those inside a range; of two as near the one before.
local function nearest(days, range, hit)
  local day, gap = nil, math.huge
  for _, one in ipairs(days) do
    if holds(range, one) then
      local distance = math.max(hit.first - one.last, one.first - hit.last, 0)
      if distance < gap then
        day, gap = one.event_day, distance
      end
    end
  end
  return day
end

---A reader of each column: made once for a list of spans, then asked for every hit.
local readers = {}

function readers.event_day(corpus, spans)
  local sentences = corpus.sentences:containing(spans)
  local days, ranges = by_article(corpus.dates:within(sentences), "event_day"), by_article(sentences)
  return function(hit)
    local id = hit.article.id
    local range = days[id] and innermost(ranges[id], hit)
    return range and nearest(days[id], range, hit)
  end
end

---Whoever speaks around a hit, by `tell`; of articles whose language has no rules nobody knows.
local function voice_reader(corpus, spans, tell)
  local voices = by_article(corpus.voices:containing(spans), "speaker", "kind")
  return function(hit)
    if layers.reads("voices", hit.article) then
      return tell(innermost(voices[hit.article.id], hit))
    end
  end
end

function readers.voice(corpus, spans)
  return voice_reader(corpus, spans, function(voice)
    return voice and (voice.speaker or "unnamed") or "narrator"
  end)
end

function readers.speech(corpus, spans)
  return voice_reader(corpus, spans, function(voice)
    return voice and (voice.kind == "indirect" and "reported" or "quoted") or "narrated"
  end)
end

---The attributes of spans: name -> "text" or "number".
local function attributes_of(spans)
  local types = {}
  for _, column in ipairs(core.columns(spans)) do
    types[column.name] = column.type
  end
  return types
end

---The spans with more attributes, which `read` (name -> function of a hit) tells.
local function with(corpus, spans, types, read)
  local names, hits = {}, {}
  for name in pairs(types) do
    names[#names + 1] = name
  end
  for hit in core.each(spans) do
    local id, one = hit.article.id, { first = hit.first, last = hit.last, field = hit.field }
    for _, name in ipairs(names) do
      one[name] = hit[name]
    end
    for name, value in pairs(read) do
      one[name] = value(hit)
    end
    hits[id] = hits[id] or {}
    table.insert(hits[id], one)
  end
  for name in pairs(read) do
    types[name] = "text"
  end
  local made = core.annotate(core.root(corpus), function(article)
    return hits[article.id]
  end, types)
  return core.restrict(corpus, made)
end

---The same spans with those of the named columns that are contexts and that they have not yet:
--
-- `event_day` is the nearest single day told of in the sentence, missing where none is; `voice` who speaks: "narrator",
-- the speaker, or "unnamed"; `speech` how: "narrated", "quoted" or "reported". Of several voices around a span the
-- innermost counts.
---@param spans newsreel.Spans
---@param names string[]
---@return newsreel.Spans
function contexts.of(spans, names)
  local types, corpus, read = attributes_of(spans), core.corpus_of(spans), {}
  for _, name in ipairs(names) do
    if readers[name] and not types[name] then
      read[name] = readers[name](corpus, spans)
    end
  end
  return next(read) and with(corpus, spans, types, read) or spans
end

return contexts
