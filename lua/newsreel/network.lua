--- Who is named with whom: pairs of actors in a region, weighed by texts and stories, against chance.
local core = require "newsreel.core"
local options = require "newsreel.options"

local network = {}

---Article id -> the story it belongs to.
local function story_of(corpus)
  local out = {}
  for hit in core.each(corpus.stories) do
    out[hit.article.id] = hit.story
  end
  return out
end

local function stories_behind(row, story)
  local seen, count = {}, 0
  for _, hit in ipairs(row:hits()) do
    local told = story[hit.article.id] or hit.article.id
    count = count + (seen[told] and 0 or 1)
    seen[told] = true
  end
  return count
end

---In how many regions each actor stands, and how many regions there are.
local function regions_of(spans, region)
  local count, last = {}, {}
  for hit in core.each(spans:expand(region)) do
    local place = hit.article.id .. "\0" .. hit.field .. hit.first
    if hit.actor and last[hit.actor] ~= place then
      last[hit.actor] = place
      count[hit.actor] = (count[hit.actor] or 0) + 1
    end
  end
  return count
end

local function term(observed, expected)
  return observed > 0 and observed * math.log(observed / expected) or 0
end

---Dunning's (1993) log-likelihood of `both` among `a` and `b` of `all`, negative where they avoid one another.
---@return number score
---@return number expected
function network.association(both, a, b, all)
  local expected = a * b / all
  local rest_a, rest_b, none = a - both, b - both, all - a - b + both
  local score = 2 * (term(both, expected) + term(rest_a, a * (all - b) / all) + term(rest_b, (all - a) * b / all)
    + term(none, (all - a) * (all - b) / all))
  return both < expected and -score or score, expected
end

---Pairs of actors named in one region: actor, actor2, count, articles, stories, expected, score.
---
---`count` is regions that name both; `expected` what chance gives for actors named as often; `score` the
---log-likelihood of the difference. Rows open to their sentences. `stories` counts copies of an article once.
---@param spans newsreel.Spans with the attribute actor
---@param given? {region?: string, by?: string, stories?: boolean} "sentences", "paragraphs" or "articles"; a period
---@return newsreel.Frame
function network.of(spans, given)
  given = options.check("network.of", given, { region = "string", by = "string", stories = "boolean" })
  local corpus, region = core.corpus_of(spans), given.region or "sentences"
  local pairs_found = spans:pair(spans, region)
  local columns = { "actor", "actor2", given.by }
  local frame = pairs_found:by(table.unpack(columns)):count()
  local marginal, all = regions_of(spans, region), #corpus:layer(region)
  if given.stories ~= false then
    local story = story_of(corpus)
    frame = frame:with("stories", function(row)
      return row.count > 0 and stories_behind(row, story) or 0 -- periods without a pair are rows too
    end)
  end
  if given.by then
    return frame
  end
  local scores = {}
  frame = frame:with("expected", function(row)
    local a, b = marginal[row.actor], marginal[row.actor2]
    if not (a and b) then
      return nil
    end
    local score, expected = network.association(row.count, a, b, all)
    scores[#scores + 1] = score
    return expected
  end)
  return frame:with("score", scores)
end

return network
