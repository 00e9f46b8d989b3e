--- The second clock: the day that is told of, beside the day of publication.
local core = require "newsreel.core"

local event_days = {}

---The spans of a list by article: id -> { first, last, what }, in bytes, in order.
local function by_article(spans, what)
  local lists = {}
  for hit in core.each(spans) do
    local id = hit.article.id
    lists[id] = lists[id] or {}
    table.insert(lists[id], { hit.first, hit.last, hit.field, what and hit[what] })
  end
  return lists
end

---The day that lies nearest to first..last among those inside a range; of two as near the one before.
local function nearest(days, range, first, last)
  local day, gap = nil, math.huge
  for _, one in ipairs(days) do
    if one[3] == range[3] and one[1] >= range[1] and one[2] <= range[2] then
      local distance = one[2] < first and first - one[2] or one[1] > last and one[1] - last or 0
      if distance < gap then
        day, gap = one[4], distance
      end
    end
  end
  return day
end

local function range_of(ranges, hit)
  for _, range in ipairs(ranges or {}) do
    if range[3] == hit.field and range[1] <= hit.first and range[2] >= hit.last then
      return range
    end
  end
end

---The attributes of spans: name -> "text" or "number".
local function attributes_of(spans)
  local types = {}
  for _, column in ipairs(core.columns(spans)) do
    types[column.name] = column.type
  end
  return types
end

---The same spans with the attribute `event_day`: the nearest single day told of in the sentence; without one it
---is missing. Spans that have it (c.dates) are left as they are.
---@param spans newsreel.Spans
---@return newsreel.Spans
function event_days.of(spans)
  local types = attributes_of(spans)
  if types.event_day then
    return spans
  end
  local corpus = core.corpus_of(spans)
  local sentences = corpus.sentences:containing(spans)
  local days, ranges = by_article(corpus.dates:within(sentences), "event_day"), by_article(sentences)
  local hits, names = {}, {}
  for name in pairs(types) do
    names[#names + 1] = name
  end
  for hit in core.each(spans) do
    local id = hit.article.id
    local range = days[id] and range_of(ranges[id], hit)
    local one = { first = hit.first, last = hit.last, field = hit.field }
    for _, name in ipairs(names) do
      one[name] = hit[name]
    end
    one.event_day = range and nearest(days[id], range, hit.first, hit.last)
    hits[id] = hits[id] or {}
    table.insert(hits[id], one)
  end
  types.event_day = "text"
  local made = core.annotate(core.root(corpus), function(article)
    return hits[article.id]
  end, types)
  return core.restrict(corpus, made)
end

---Does a list of columns ask for the second clock?
---@param columns string[]
---@return boolean
function event_days.wanted(columns)
  for _, name in ipairs(columns) do
    if name == "event_day" then
      return true
    end
  end
  return false
end

return event_days
