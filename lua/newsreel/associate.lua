--- Which words stand near others more often than chance would have it.
local core = require "newsreel.core"

local associate = {}

local function term(observed, expected)
  return observed > 0 and expected > 0 and observed * math.log(observed / expected) or 0
end

---Log-likelihood ratio of a 2 x 2 table (Dunning 1993), with the sign of the difference.
---@param both integer # the word inside the windows
---@param word integer # the word in all
---@param inside integer # all words inside the windows
---@param all integer # all words
---@return number
function associate.log_likelihood(both, word, inside, all)
  local expected = word * inside / all
  local outside, others = word - both, inside - both
  local g = 2 * (term(both, expected)
    + term(outside, word * (all - inside) / all)
    + term(others, (all - word) * inside / all)
    + term(all - word - others, (all - word) * (all - inside) / all))
  return both < expected and -g or g
end

---Words within `window` words of the spans, by score: term, count, expected, score.
---@param spans newsreel.Spans
---@param window integer
---@return newsreel.Frame
function associate.collocates(spans, window)
  local corpus = core.corpus_of(spans)
  local near = corpus.tokens:within(spans:window(window, window)) - spans
  local found = near:by("form"):count()
  local all, inside = core.counts(corpus).tokens, #near
  local cells, rows = {}, {}
  for row in found:each() do
    local whole = core.word(corpus, row.form)
    if whole >= row.count then
      rows[#rows + 1] = { row.form, row.count, math.floor(whole * inside / all * 100 + 0.5) / 100,
        math.floor(associate.log_likelihood(row.count, whole, inside, all) * 100 + 0.5) / 100 }
    end
  end
  table.sort(rows, function(a, b)
    if a[4] ~= b[4] then
      return a[4] > b[4]
    end
    return a[1] < b[1]
  end)
  for i, row in ipairs(rows) do
    table.move(row, 1, 4, (i - 1) * 4 + 1, cells)
  end
  return core.frame_of_cells({ "term", "count", "expected", "score" }, cells, #rows)
end

return associate
