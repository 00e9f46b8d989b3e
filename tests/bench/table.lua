-- table.lua: the tables of a run, from its raw lines.
--   newsreel run table.lua build/bench/raw
-- A row a task: our median and 95th percentile, the same with texts compressed, each peer's median, how many times
-- ours goes into the best of them, what was aimed at, and the sums of what was found, which should agree where the
-- definitions do.

local folder = arg[1]

---@return table<string, {times: number[], each: number[]}>
local function read(name)
  local rows = {}
  local file = io.open(folder .. "/" .. name .. ".tsv")
  if not file then
    return rows
  end
  for line in file:lines() do
    local row, ms, found = line:match "^(%S+)\t(%S+)\t(%S+)"
    local r = rows[row] or { times = {}, each = {} }
    rows[row] = r
    r.times[#r.times + 1] = tonumber(ms)
    r.each[#r.each + 1] = tonumber(found)
  end
  file:close()
  return rows
end

local function quantile(times, share)
  local sorted = table.move(times, 1, #times, 1, {})
  table.sort(sorted)
  return sorted[math.min(#sorted, math.floor(#sorted * share) + 1)]
end

local function median(row)
  return row and quantile(row.times, 0.5)
end

local function show(number)
  if not number then
    return ""
  end
  return string.format(number < 0.1 and "%.4f" or number < 10 and "%.2f" or number < 100 and "%.1f" or "%.0f", number)
end

local function print_row(cells)
  print("| " .. table.concat(cells, " | ") .. " |")
end

local function head(cells)
  print ""
  print_row(cells)
  print(("|---"):rep(#cells) .. "|")
end

-- ---- questions ----

local ORDER = {
  { "count", "count a word", 0.002 }, { "phrase", "phrase, in a sentence", 0.3 },
  { "phrase-article", "phrase, in an article", 0.3 }, { "near", "near/5, in a sentence", 0.5 },
  { "near-article", "near/5, in an article", 0.5 }, { "prefix", "prefix of five letters", 0.3 },
  { "month", "a word by month", 0.3 }, { "kwic", "25,000 concordance lines", 12 },
  { "collocates", "collocates within 5", 1.5 }, { "words", "word list by count, as CSV", 5 },
  { "pairs-article", "all pairs of 50 names, by article", 10 }, { "pairs-sentence", "the same, by sentence" },
  { "phrases-1000", "1,000 phrases at once", 60 },
}
-- Peers give a row only to months that have one, a snippet an article, words by another measure.
local DIFFER = { month = true, kwic = true, collocates = true }
local PEERS = { "FTS5", "Xapian", "ripgrep", "Lua + LPeg" }
local ours, plain, small = read "ours", read "plain", read "small"
local peers = { read "fts5", read "xapian", read "ripgrep", read "lpeg" }

local function best_of(row)
  local best
  for i in ipairs(PEERS) do
    local time = median(peers[i][row])
    best = time and math.min(best or time, time) or best
  end
  return best
end

-- Of the questions that both were asked, how many have the same answer, and what was found in all.
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

head { "task, ms", "ours", "p95", "compressed", "FTS5", "Xapian", "ripgrep", "Lua + LPeg", "times", "aim",
  "same as FTS5; sums", "same as Xapian; sums" }
for _, task in ipairs(ORDER) do
  local row = task[1]
  local time, best = median(ours[row]), best_of(row)
  if time then
    local cells = { task[2], show(time), show(quantile(ours[row].times, 0.95)), show(median(small[row])) }
    for i in ipairs(PEERS) do
      cells[#cells + 1] = show(median(peers[i][row]))
    end
    cells[#cells + 1] = best and show(best / time) or ""
    cells[#cells + 1] = task[3] and ("%g"):format(task[3]) or ""
    for i = 1, 2 do
      cells[#cells + 1] = DIFFER[row] and "" or agreement(plain[row], peers[i][row])
    end
    print_row(cells)
  end
end

-- ---- indexing ----

local sizes = {}
for line in io.lines(folder .. "/sizes.tsv") do
  local name, bytes = line:match "^(%S+)\t(%d+)"
  sizes[name] = tonumber(bytes)
end
local megabytes = sizes.input / 1e6

-- What `spawn` tells of one row: milliseconds of the processor, by the clock, peak KiB.
local function runs(file, row)
  local cpu, clock, peak = {}, {}, 0
  local handle = io.open(folder .. "/" .. file .. ".tsv")
  for line in handle and handle:lines() or function() end do
    local name, ms, wall, kib = line:match "^(%S+)\t(%S+)\t(%S+)\t(%S+)"
    if name == row then
      cpu[#cpu + 1], clock[#clock + 1] = tonumber(ms), tonumber(wall)
      peak = math.max(peak, tonumber(kib) / 1024)
    end
  end
  if handle then
    handle:close()
  end
  return cpu, clock, peak
end

head { "indexing", "MB/s of the processor", "MB/s by the clock", "peak MiB", "index / input" }
for _, i in ipairs {
  { "ours, one thread", "index", "index", "ours.reel" }, { "ours, two threads", "index", "index-2", "ours.reel" },
  { "ours, --no-clean", "index", "index-no-clean", "plain.reel" },
  { "ours, --compress", "index", "index-compressed", "small.reel" }, { "FTS5", "fts5.index", "index", "fts5.db" },
  { "Xapian", "xapian.index", "index", "xapian" },
} do
  local cpu, clock, peak = runs(i[2], i[3])
  if #cpu > 0 then
    print_row { i[1], show(megabytes * 1000 / quantile(cpu, 0.5)), show(megabytes * 1000 / quantile(clock, 0.5)),
      ("%.0f"):format(peak), ("%.2f"):format((sizes[i[4]] or 0) / sizes.input) }
  end
end

-- ---- words, processes ----

local words = read "words"
head { "words", "MB/s, news", "found", "MB/s, Cyrillic", "found" }
for _, row in ipairs { "words", "words-unistring", "words-icu", "tokens" } do
  local latin, cyrillic = words[row], words[row .. "-cyrillic"]
  if latin then
    print_row { row, show(1000 / median(latin)), latin.each[1], cyrillic and show(1000 / median(cyrillic)) or "",
      cyrillic and cyrillic.each[1] or "" }
  end
end

head { "whole process, ms", "of the processor", "p95", "by the clock" }
for _, p in ipairs {
  { "ours: open and count", "process", "process" }, { "ours: a script that does", "process", "process-script" },
  { "ours: an empty script", "process", "process-nothing" }, { "FTS5 (sqlite3)", "fts5.process", "process" },
  { "ripgrep -j1", "ripgrep.process", "process" }, { "/bin/true", "true.process", "process" },
} do
  local r = read(p[2])[p[3]]
  if r then
    print_row { p[1], show(median(r)), show(quantile(r.times, 0.95)), show(quantile(r.each, 0.5)) }
  end
end

-- ---- growth ----

local grown = {}
for power = 2, 7 do
  local n = string.format("%d", 10 ^ power)
  local rows = read("growth-" .. n)
  if rows.bytes then
    grown[#grown + 1] = { n = n, rows = rows }
  end
end
if #grown == 0 then
  return
end

local function line(title, of)
  local cells = { title }
  for _, g in ipairs(grown) do
    cells[#cells + 1] = of(g.rows)
  end
  print_row(cells)
end

local titles = { "articles" }
for _, g in ipairs(grown) do
  titles[#titles + 1] = g.n
end
head(titles)
line("MB of input", function(r)
  return ("%.0f"):format(r.bytes.each[1] / 1e6)
end)
line("indexing, two threads: MB/s by the clock", function(r)
  return show(r.bytes.each[1] / 1e3 / r.index.each[1])
end)
line("file / input", function(r)
  return ("%.2f"):format(r.bytes.times[1] / r.bytes.each[1])
end)
for _, row in ipairs {
  { "open, ms", "open" }, { "count a word, ms", "count" }, { "phrase, ms", "phrase" }, { "near/5, ms", "near" },
  { "a word by month, ms", "month" }, { "from Lua: count in a day, ms", "count-day" }, { "in a month", "count-month" },
  { "in a year", "count-year" }, { "in all", "count-all" }, { "private memory, MiB", "private" },
  { "100 articles: added, ms", "add-100" }, { "committed, besides the syncs", "commit-100" },
  { "count, before that", "count-before" }, { "after it", "count-after" }, { "phrase, before", "phrase-before" },
  { "after", "phrase-after" },
} do
  line(row[1], function(r)
    return show(median(r[row[2]]))
  end)
end
