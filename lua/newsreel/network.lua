--- Who is named with whom: pairs of actors in a region, weighed by texts and stories, against chance.
local core = require "newsreel.core"
local options = require "newsreel.options"

local network = {}

local function key_of(row, columns)
  local parts = {}
  for i, name in ipairs(columns) do
    parts[i] = tostring(row[name])
  end
  return table.concat(parts, "\0")
end

---Article id -> the story it belongs to.
local function story_of(corpus)
  local out = {}
  for hit in core.each(corpus.stories) do
    out[hit.article.id] = hit.story
  end
  return out
end

---Stories by the values of the columns, read in one pass over the pairs.
local function stories_by(pairs_found, columns, corpus)
  local story, seen, count = story_of(corpus), {}, {}
  local asked = table.move(columns, 1, #columns, 1, {})
  asked[#asked + 1] = "article"
  for row in pairs_found:frame(asked):each() do
    local key = key_of(row, columns)
    local told = key .. "\0" .. (story[row.article] or row.article)
    count[key] = (count[key] or 0) + (seen[told] and 0 or 1)
    seen[told] = true
  end
  return count
end

---In how many regions each actor stands, and how many regions there are.
local function regions_of(spans, region, corpus)
  local count, last = {}, {}
  for hit in core.each(spans:expand(region)) do
    local place = hit.article.id .. "\0" .. hit.field .. hit.first
    if hit.actor and last[hit.actor] ~= place then
      last[hit.actor] = place
      count[hit.actor] = (count[hit.actor] or 0) + 1
    end
  end
  return count, #corpus:layer(region)
end

---How often each actor is named, and how many windows of `reach` words on either side the line has.
local function mentions_of(spans, reach, corpus)
  local count = {}
  for hit in core.each(spans) do
    if hit.actor then
      count[hit.actor] = (count[hit.actor] or 0) + 1
    end
  end
  return count, math.max(1, #corpus.tokens / (2 * reach))
end

local CROWD = 20 -- actors; a sentence that names more is a list, of countries to choose from say, and tells of no two

---The mentions that do not stand in lists.
local function without_lists(spans, region, corpus)
  local named, crowded = {}, {}
  for hit in core.each(spans:expand(region)) do
    local id = hit.article.id
    local place = id .. "\0" .. hit.field .. hit.first
    local seen = named[place] or { count = 0 }
    named[place] = seen
    if hit.actor and not seen[hit.actor] then
      seen[hit.actor], seen.count = true, seen.count + 1
      if seen.count == CROWD + 1 then
        crowded[id] = crowded[id] or {}
        table.insert(crowded[id], { first = hit.first, last = hit.last, field = hit.field })
      end
    end
  end
  if not next(crowded) then
    return spans
  end
  return spans:outside((core.annotate(core.root(corpus), function(article)
    return crowded[article.id] or {}
  end, {})))
end

local function term(observed, expected)
  return observed > 0 and observed * math.log(observed / expected) or 0
end

---Dunning's (1993) log-likelihood of `both` among `a` and `b` of `all`, negative where they avoid one another.
---@return number score
---@return number expected
function network.association(both, a, b, all)
  local expected = a * b / all
  local rest_a, rest_b, none = math.max(0, a - both), math.max(0, b - both), math.max(0, all - a - b + both)
  local score = 2 * (term(both, expected) + term(rest_a, a * (all - b) / all) + term(rest_b, (all - a) * b / all)
    + term(none, (all - a) * (all - b) / all))
  return both < expected and -score or score, expected
end

---Pairs of actors named in one region: actor, actor2, count, articles, stories, expected, score.
---
---`count` is regions that name both; `expected` what chance gives for actors named as often; `score` the
---log-likelihood of the difference. Rows open to their sentences. `stories` counts copies of an article once.
---Sentences and paragraphs that name more than twenty actors are lists and left out.
---With `window` `count` is mentions at most that many words apart, in whatever sentence of the region ("articles").
---@param spans newsreel.Spans with the attribute actor
---@param given? {region?: string, window?: integer, by?: string, stories?: boolean} "sentences", "paragraphs" or
--- "articles"; words; a period
---@return newsreel.Frame
function network.of(spans, given)
  given = options.check("network.of", given,
    { region = "string", window = "number", by = "string", stories = "boolean" })
  options.whole("network.of", given, "window", 1)
  local corpus, window = core.corpus_of(spans), given.window
  local region = given.region or window and "articles" or "sentences"
  spans = region == "articles" and spans or without_lists(spans, region, corpus)
  local pairs_found = spans:pair(spans, region, window)
  local columns = { "actor", "actor2", given.by }
  local frame = pairs_found:by(table.unpack(columns)):count()
  if given.stories ~= false then
    local stories = stories_by(pairs_found, columns, corpus)
    frame = frame:with("stories", function(row)
      return stories[key_of(row, columns)] or 0 -- periods without a pair are rows too
    end)
  end
  if given.by then
    return frame
  end
  local marginal, all
  if window then
    marginal, all = mentions_of(spans, window, corpus)
  else
    marginal, all = regions_of(spans, region, corpus)
  end
  local scores = {}
  frame = frame:with("expected", function(row)
    local a, b = marginal[row.actor], marginal[row.actor2]
    if not (a and b) then
      scores[#scores + 1] = core.missing
      return nil
    end
    local score, expected = network.association(row.count, a, b, all)
    scores[#scores + 1] = score
    return expected
  end)
  return frame:with("score", scores)
end

return network
