--- What changes over time: trends with a test, bursts, answers.
--
-- All three work on counts by period with their denominators, so that a fuller archive is no rise.
local core = require "newsreel.core"
local options = require "newsreel.options"

local change = {}

local PERIODS = { "day", "week", "month", "quarter", "year" }

local function period_column(frame, what)
  local known = {}
  for _, name in ipairs(frame:columns()) do
    known[name] = true
  end
  for _, name in ipairs(PERIODS) do
    if known[name] then
      return name, known
    end
  end
  core.raise(what .. ' needs a column of periods, as in s:by("month"):count()')
end

---The rows of a frame as series: one for each value of the other text columns.
---@return {key: string[], periods: string[], values: number[]}[] series
---@return string[] names of the other columns
local function series_of(frame, what, value)
  local period, known = period_column(frame, what)
  if not known[value] then
    core.raise(("%s: there is no column '%s'"):format(what, value))
  end
  local names, series, by_key = {}, {}, {}
  for _, name in ipairs(frame:columns()) do
    if name == period then
      break
    end
    names[#names + 1] = name
  end
  for row in frame:each() do
    local key = {}
    for i, name in ipairs(names) do
      key[i] = tostring(row[name])
    end
    local id, when, amount = table.concat(key, "\0"), row[period], row[value]
    if type(when) == "string" and when:find "^%d" and type(amount) == "number" then
      local one = by_key[id]
      if not one then
        one = { key = key, periods = {}, values = {} }
        by_key[id], series[#series + 1] = one, one
      end
      one.periods[#one.periods + 1], one.values[#one.values + 1] = when, amount
    end
  end
  return series, names
end

local function cells_of(columns, rows)
  local cells = {}
  for _, row in ipairs(rows) do
    for i = 1, #columns do
      local cell = row[i]
      cells[#cells + 1] = cell == nil and false or cell
    end
  end
  return core.frame_of_cells(columns, cells, #rows)
end

-- ---- trend ----

-- The error function to seven places (Abramowitz and Stegun 1964, 7.1.26).
local function erf(x)
  local t = 1 / (1 + 0.3275911 * math.abs(x))
  local y = 1 - ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t
    * math.exp(-x * x)
  return x < 0 and -y or y
end

local function median(values)
  table.sort(values)
  local half = #values // 2
  return #values % 2 == 1 and values[half + 1] or (values[half] + values[half + 1]) / 2
end

---The test of Mann (1945) and Kendall (1975) with ties, and the slope of Theil (1950) and Sen (1968).
---@param values number[] in the order of time, evenly spaced
---@return {s: number, tau: number, z: number, p: number, slope: number}? # nil for fewer than four values
function change.mann_kendall(values)
  local n = #values
  if n < 4 then
    return nil
  end
  local s, slopes, ties = 0, {}, {}
  for i = 1, n do
    ties[values[i]] = (ties[values[i]] or 0) + 1
    for j = i + 1, n do
      local rise = values[j] - values[i]
      s = s + (rise > 0 and 1 or rise < 0 and -1 or 0)
      slopes[#slopes + 1] = rise / (j - i)
    end
  end
  local variance = n * (n - 1) * (2 * n + 5)
  for _, count in pairs(ties) do
    variance = variance - count * (count - 1) * (2 * count + 5)
  end
  variance = variance / 18
  local z = variance > 0 and (s > 0 and s - 1 or s < 0 and s + 1 or 0) / math.sqrt(variance) or 0
  return { s = s, tau = s / (n * (n - 1) / 2), z = z, p = 1 - erf(math.abs(z) / math.sqrt(2)), slope = median(slopes) }
end

---Does a series rise or fall? A row a series: slope by period (Theil–Sen), tau, p (Mann–Kendall), periods, first, last.
---
---Give it rates (`s:by("actor", "month"):per(1000)`): counts rise where the archive grows. Periods without a value
---are left out; fewer than four give no test.
---@param frame newsreel.Frame with a column of periods
---@param value? string "per" or "count" unless named
---@return newsreel.Frame
function change.trend(frame, value)
  local known = {}
  for _, name in ipairs(frame:columns()) do
    known[name] = true
  end
  local series, names = series_of(frame, "change.trend", value or known.per and "per" or "count")
  local columns, rows = { table.unpack(names) }, {}
  table.move({ "slope", "tau", "p", "periods", "from", "to" }, 1, 6, #columns + 1, columns)
  for _, one in ipairs(series) do
    local row, test = { table.unpack(one.key) }, change.mann_kendall(one.values)
    local cells = { test and test.slope, test and test.tau, test and test.p, #one.values, one.periods[1],
      one.periods[#one.periods] }
    for i = 1, 6 do
      row[#names + i] = cells[i] or false
    end
    rows[#rows + 1] = row
  end
  return cells_of(columns, rows)
end

-- ---- bursts ----

-- ln of "n choose k", by Stirling's series beyond what is added up.
local function ln_choose(n, k)
  local sum = 0
  k = math.min(k, n - k)
  if k > 2000 then
    local function ln_factorial(x)
      return x < 2 and 0 or x * math.log(x) - x + 0.5 * math.log(2 * math.pi * x) + 1 / (12 * x)
    end
    return ln_factorial(n) - ln_factorial(k) - ln_factorial(n - k)
  end
  for i = 1, k do
    sum = sum + math.log((n - k + i) / i)
  end
  return sum
end

---Bursts of a series by Kleinberg's two states for batches (2003, section 4): `counts[i]` of `totals[i]`.
---@param counts integer[]
---@param totals integer[]
---@param s? number how much more is a burst: 2 times unless given
---@param gamma? number what it costs to enter one: 1 unless given
---@return {first: integer, last: integer, weight: number}[] # indexes, both in; weight: how much cheaper the burst is
function change.kleinberg(counts, totals, s, gamma)
  local hits, all, n = 0, 0, #counts
  for i = 1, n do
    hits, all = hits + counts[i], all + totals[i]
  end
  if hits == 0 or hits >= all then
    return {}
  end
  local rates = { [0] = hits / all, math.min(hits / all * (s or 2), 0.9999) }
  local enter = (gamma or 1) * math.log(math.max(n, 2))
  local function cost(state, i)
    local p = rates[state]
    return -(ln_choose(totals[i], counts[i]) + counts[i] * math.log(p) + (totals[i] - counts[i]) * math.log(1 - p))
  end
  local low, high, back = 0, math.huge, {}
  for i = 1, n do
    local from_low, from_high = { low, 0 }, { high, 1 }
    local best_low = from_low[1] <= from_high[1] and from_low or from_high
    local best_high = low + enter < high and { low + enter, 0 } or from_high
    back[i] = { [0] = best_low[2], best_high[2] }
    low, high = best_low[1] + cost(0, i), best_high[1] + cost(1, i)
  end
  local state, states = low <= high and 0 or 1, {}
  for i = n, 1, -1 do
    states[i] = state
    state = back[i][state]
  end
  local out = {}
  for i = 1, n do
    if states[i] == 1 then
      local burst = out[#out]
      if not (burst and burst.last == i - 1) then
        burst = { first = i, last = i, weight = 0 }
        out[#out + 1] = burst
      end
      burst.last, burst.weight = i, burst.weight + cost(0, i) - cost(1, i)
    end
  end
  return out
end

---Bursts of each series against all articles of the period: first, last, count, articles of the view, weight.
---
---`s` (2) is how many times the usual rate a burst has, `gamma` (1) how hard it is to start one.
---@param spans newsreel.Spans
---@param by string[] columns, the last a period: { "actor", "week" }
---@param given? {s?: number, gamma?: number}
---@return newsreel.Frame
function change.bursts(spans, by, given)
  given = options.check("change.bursts", given, { s = "number", gamma = "number" })
  local period = by[#by]
  local totals, days = {}, {}
  for row in core.corpus_of(spans).articles:by(period):count():each() do
    local when = row[period]
    if type(when) == "string" and when:find "^%d" then
      totals[when] = row.articles
      days[#days + 1] = when
    end
  end
  table.sort(days)
  local frame = spans:by(table.unpack(by)):count()
  local series, names = series_of(frame, "change.bursts", "articles")
  local columns, rows = { table.unpack(names) }, {}
  table.move({ "from", "to", "articles", "all", "weight" }, 1, 5, #columns + 1, columns)
  for _, one in ipairs(series) do
    local value, counts, all = {}, {}, {}
    for i, when in ipairs(one.periods) do
      value[when] = one.values[i]
    end
    for i, when in ipairs(days) do
      counts[i], all[i] = value[when] or 0, totals[when]
    end
    for _, burst in ipairs(change.kleinberg(counts, all, given.s, given.gamma)) do
      local row, hits, texts = { table.unpack(one.key) }, 0, 0
      for i = burst.first, burst.last do
        hits, texts = hits + counts[i], texts + all[i]
      end
      table.move({ days[burst.first], days[burst.last], hits, texts, burst.weight }, 1, 5, #names + 1, row)
      rows[#rows + 1] = row
    end
  end
  return cells_of(columns, rows)
end

-- ---- answers ----

---How often an act of one actor is followed by one of another within `n` days: for each pair of actors the days of the
---first that are answered, all its days, and how many would be by chance (the share of days on which the second acts
---within `n` days of any day, times the days of the first).
---@param spans newsreel.Spans with an actor
---@param n integer days
---@param given? {actor?: string, least?: integer} the column ("actor", or "sender" where there is one); days at least (3)
---@return newsreel.Frame # actor, actor2, answered, days, expected
function change.answers(spans, n, given)
  given = options.check("change.answers", given, { actor = "string", least = "number" })
  local column = given.actor or spans:attributes().sender and "sender" or "actor"
  local acts, first, last = {}, math.huge, -math.huge
  for hit in core.each(spans) do
    local day, actor = hit.day, hit[column]
    local number = day and #day == 10 and core.day_number(day)
    if number and actor then
      acts[actor] = acts[actor] or {}
      acts[actor][number] = true
      first, last = math.min(first, number), math.max(last, number)
    end
  end
  local names = {}
  for actor, days in pairs(acts) do
    local list = {}
    for day in pairs(days) do
      list[#list + 1] = day
    end
    table.sort(list)
    acts[actor] = list
    if #list >= (given.least or 3) then
      names[#names + 1] = actor
    end
  end
  table.sort(names)
  local rows = {}
  for _, other in ipairs(names) do
    local followed, open = {}, 0 -- days with an act of the other within n days behind them
    for _, day in ipairs(acts[other]) do
      for before = math.max(first, day - n), day - 1 do
        open = open + (followed[before] and 0 or 1)
        followed[before] = true
      end
    end
    for _, actor in ipairs(names) do
      local count = 0
      for _, day in ipairs(actor ~= other and acts[actor] or {}) do
        count = count + (followed[day] and 1 or 0)
      end
      if actor ~= other then
        rows[#rows + 1] = { actor, other, count, #acts[actor], open / (last - first + 1) * #acts[actor] }
      end
    end
  end
  table.sort(rows, function(x, y)
    if x[1] ~= y[1] then
      return x[1] < y[1]
    end
    return x[2] < y[2]
  end)
  return cells_of({ "actor", "actor2", "answered", "days", "expected" }, rows)
end

return change
