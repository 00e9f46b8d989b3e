-- growth.lua: what an analyst waits for as a corpus grows.
--   newsreel run growth.lua CORPUS.reel
-- Opening it; a word counted in a day, a month, a year and all; 100 articles added, and the same asked again. The
-- corpus is changed by it. A line a figure: its row, milliseconds of the processor (the median) or MiB, what was found.

local newsreel = require "newsreel"
local path = arg[1]

local function time(row, times, work)
  local all, found = {}, 0
  for i = 1, times do
    local start = os.clock()
    local n = work(i)
    all[i] = (os.clock() - start) * 1000
    found = found + n
  end
  table.sort(all)
  print(("%s\t%.4f\t%d"):format(row, all[#all // 2 + 1], found))
end

time("open", 21, function()
  newsreel.open(path):close()
  return 1
end)

local c = newsreel.open(path)
local words = {}
for _, term in ipairs(c:during("2020"):words():top(400)) do
  words[#words + 1] = term.term
end
table.move(words, 101, #words, 1) -- neither the commonest nor rare

for _, period in ipairs { "2020-03-14", "2020-03", "2020", "/.." } do
  local view = period == "/.." and c or c:during(period)
  local name = period == "/.." and "all" or #period == 4 and "year" or #period == 7 and "month" or "day"
  time("count-" .. name, 100, function(i)
    return #view:find(words[i])
  end)
  time("months-" .. name, 40, function(i)
    return #view:find(words[i]):by("month"):count()
  end)
end

for line in io.lines "/proc/self/status" do
  local kib = line:match "^RssAnon:%s+(%d+)"
  if kib then
    print(("private\t%.4f\t%d"):format(kib / 1024, #c))
  end
end
c:close()

local function ask(when)
  local d <close> = newsreel.open(path)
  time("count-" .. when, 100, function(i)
    return #d:find(words[i])
  end)
  time("phrase-" .. when, 100, function(i)
    return #d:find(words[i] .. " " .. words[i + 1])
  end)
end

ask "before"
local w = newsreel.open(path, { write = true })
local start = os.clock()
for i = 1, 100 do
  local words_of = {}
  for k = 1, 350 do
    words_of[k] = words[(i * 7 + k * k) % #words + 1]
  end
  w:add { id = "new" .. i, date = "2020-03-14", text = table.concat(words_of, " ") .. "." }
end
local added = os.clock()
w:commit() -- its syncs wait: they take no time of the processor
print(("add-100\t%.4f\t%d"):format((added - start) * 1000, 100))
print(("commit-100\t%.4f\t%d"):format((os.clock() - added) * 1000, 100))
w:close()
ask "after"
