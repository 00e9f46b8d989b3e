-- table.lua: one table from the raw lines of a run.
--   newsreel run table.lua build/bench/raw
-- A row a task: our median and 95th percentile, the best peer's median, how many times ours goes into it, what
-- was aimed at, and the sums of what was found, which should agree where the definitions do.

local folder = arg[1]

---@return table<string, {times: number[], found: number, asked: integer}>
local function read(name)
  local rows = {}
  local file = io.open(folder .. "/" .. name .. ".tsv")
  if not file then
    return rows
  end
  for line in file:lines() do
    local row, ms, found = line:match "^(%S+)\t(%S+)\t(%S+)"
    local r = rows[row] or { times = {}, found = 0, each = {} }
    rows[row] = r
    r.times[#r.times + 1] = tonumber(ms)
    r.each[#r.each + 1] = tonumber(found)
    r.found = r.found + tonumber(found)
  end
  file:close()
  return rows
end

local function quantile(times, share)
  local sorted = table.move(times, 1, #times, 1, {})
  table.sort(sorted)
  return sorted[math.min(#sorted, math.floor(#sorted * share) + 1)]
end

local function show(number)
  if not number then
    return ""
  end
  return string.format(number < 0.1 and "%.4f" or number < 10 and "%.2f" or "%.1f", number)
end

local AIMS = {
  count = 0.002, phrase = 0.3, ["phrase-article"] = 0.3, near = 0.5, ["near-article"] = 0.5, prefix = 0.3, kwic = 12,
  month = 0.3, words = 5, collocates = 1.5, ["pairs-article"] = 10, ["phrases-1000"] = 60,
}
local ORDER = {
  "count", "phrase", "phrase-article", "near", "near-article", "prefix", "month", "kwic", "collocates", "words",
  "pairs-article", "pairs-sentence", "phrases-1000",
}

local ours, plain, small = read "ours", read "plain", read "small"
local peers = { FTS5 = read "fts5", Xapian = read "xapian", ["Lua + LPeg"] = read "lpeg" }

local function best_of(row)
  local best, name
  for peer, rows in pairs(peers) do
    local time = rows[row] and quantile(rows[row].times, 0.5)
    if time and (not best or time < best) then
      best, name = time, peer
    end
  end
  return best, name
end

-- Of the questions that both were asked, how many have the same answer.
local function agreement(mine, theirs)
  if not mine or not theirs then
    return ""
  end
  local same, all, a, b = 0, 0, 0, 0
  for i, found in ipairs(theirs.each) do
    if mine.each[i] then
      all, a, b = all + 1, a + mine.each[i], b + found
      same = same + (mine.each[i] == found and 1 or 0)
    end
  end
  return ("%d of %d; %d, %d"):format(same, all, a, b)
end

print "| task, ms | ours | p95 | compressed | best peer | | times | aim | same answers; sums, uncleaned and FTS5 |"
print "|---|---|---|---|---|---|---|---|---|"
for _, row in ipairs(ORDER) do
  local mine = ours[row]
  if mine then
    local median, best, name = quantile(mine.times, 0.5), best_of(row)
    print(("| %s | %s | %s | %s | %s | %s | %s | %s | %s |"):format(row, show(median), show(quantile(mine.times, 0.95)),
      small[row] and show(quantile(small[row].times, 0.5)) or "", show(best), name or "",
      best and show(best / median) or "", show(AIMS[row]), agreement(plain[row], peers.FTS5[row])))
  end
end

local sizes = {}
for line in io.lines(folder .. "/sizes.tsv") do
  local name, bytes = line:match "^(%S+)\t(%d+)"
  sizes[name] = tonumber(bytes)
end
local megabytes = sizes.input / 1e6

print "\n| indexing | MB/s of CPU | MB/s by the clock | peak MiB | index / input |"
print "|---|---|---|---|---|"
local function indexing(what, file, row, index)
  local cpu, clock, peak = {}, {}, 0
  local handle = io.open(folder .. "/" .. file .. ".tsv")
  if not handle then
    return
  end
  for line in handle:lines() do
    local name, ms, wall, kib = line:match "^(%S+)\t(%S+)\t(%S+)\t(%S+)"
    if name == row then
      cpu[#cpu + 1], clock[#clock + 1] = tonumber(ms), tonumber(wall)
      peak = math.max(peak, tonumber(kib) / 1024)
    end
  end
  handle:close()
  if #cpu > 0 then
    print(("| %s | %s | %s | %d | %.2f |"):format(what, show(megabytes * 1000 / quantile(cpu, 0.5)),
      show(megabytes * 1000 / quantile(clock, 0.5)), math.floor(peak), (sizes[index] or 0) / sizes.input))
  end
end
indexing("ours", "index", "index", "ours.reel")
indexing("ours, --no-clean", "index", "index-no-clean", "plain.reel")
indexing("ours, --compress", "index", "index-compressed", "small.reel")
indexing("FTS5", "fts5.index", "index", "fts5.db")
indexing("Xapian", "xapian.index", "index", "xapian")

print "\n| words | MB/s | found |"
print "|---|---|---|"
for _, row in ipairs { "words", "tokens", "words-unistring", "words-icu" } do
  local r = read "words"[row]
  if r then
    print(("| %s | %s | %d |"):format(row, show(1000 / quantile(r.times, 0.5)), r.each[1]))
  end
end

print "\n| whole process | CPU ms | by the clock |"
print "|---|---|---|"
for _, p in ipairs {
  { "ours", "process", "process" }, { "ours, a script", "process", "process-script" },
  { "FTS5 (sqlite3)", "fts5.process", "process" }, { "ripgrep -j1", "ripgrep.process", "process" },
  { "/bin/true", "true.process", "process" },
} do
  local r = read(p[2])[p[3]]
  if r then
    print(("| %s | %s | %s |"):format(p[1], show(quantile(r.times, 0.5)), show(quantile(r.each, 0.5))))
  end
end
