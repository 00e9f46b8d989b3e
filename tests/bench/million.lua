-- million.lua: what an analyst waits for on a large corpus.
--   newsreel run million.lua CORPUS.reel [COPY.reel]
-- Opening; a word in a day, a month, a year and all; 100 articles added to COPY, which is changed by it. Milliseconds
-- of the processor, medians.

local newsreel = require "newsreel"
local path, copy = arg[1], arg[2]

local function time(work, times)
  local all = {}
  for i = 1, times or 15 do
    local start = os.clock()
    work(i)
    all[i] = (os.clock() - start) * 1000
  end
  table.sort(all)
  return all[#all // 2 + 1]
end

local function memory()
  for line in io.lines "/proc/self/status" do
    local kib = line:match "^RssAnon:%s+(%d+)"
    if kib then
      return kib / 1024
    end
  end
end

print(("open            %8.3f ms"):format(time(function()
  newsreel.open(path):close()
end)))

local c = newsreel.open(path)
local words = {}
do
  local f = c:during("2020-03"):words()
  for k = 300, 380 do
    words[#words + 1] = f[k].term
  end
end
for _, period in ipairs { "2020-03-14", "2020-03", "2020", "/.." } do
  local view = period == "/.." and c or c:during(period)
  local n = 0
  local ms = time(function(i)
    n = n + #view:find(words[i])
  end, 60)
  print(("count %-10s%8.4f ms  %d articles, %d hits"):format(period, ms, #view, n))
  local by = time(function(i)
    local _ = #view:find(words[i]):by("month"):count()
  end, 20)
  print(("month %-10s%8.4f ms"):format(period, by))
end
print(("private memory  %8.1f MiB"):format(memory()))

if copy then
  local function ask()
    local d <close> = newsreel.open(copy)
    return time(function(i)
      local _ = #d:find(words[i])
    end, 60), time(function(i)
      local _ = #d:find(words[i] .. " " .. words[i + 1])
    end, 20)
  end
  local count, phrase = ask()
  print(("before: count %.4f, phrase %.4f ms"):format(count, phrase))
  local w = newsreel.open(copy, { write = true })
  local start = os.clock()
  for i = 1, 100 do
    local words_of = {}
    for k = 1, 350 do
      words_of[k] = words[(i * 7 + k * k) % #words + 1]
    end
    w:add { id = "new" .. i .. os.time(), date = "2020-03-14", text = table.concat(words_of, " ") .. "." }
  end
  local added = os.clock()
  w:commit()
  print(("100 articles: added %.1f, committed %.1f ms of the processor"):format((added - start) * 1000,
    (os.clock() - added) * 1000))
  w:close()
  print(("after: count %.4f, phrase %.4f ms"):format(ask()))
end
