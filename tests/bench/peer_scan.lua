-- peer_scan.lua: what an analyst's own script does, Lua 5.4 and LPeg: read all, find words, count.
--   lua5.4 peer_scan.lua ARTICLES.jsonl TERMS.tsv
-- One term of `kwic` and one word list, over the first 20 MB; the milliseconds are scaled to the whole.

local lpeg = require "lpeg"
local articles, terms = arg[1], arg[2]
local most = 20000000

local file = assert(io.open(articles))
local size = file:seek "end"
file:seek "set"
local text = file:read(math.min(most, size))
file:close()
local scale = size / #text

local kwic
for line in io.lines(terms) do
  kwic = kwic or line:match "^kwic\t(%S+)"
end

local function tell(row, work)
  local start = os.clock()
  local found = work()
  print(("%s\t%.3f\t%d"):format(row, (os.clock() - start) * 1000 * scale, math.floor(found * scale)))
end

local letter = lpeg.R("az", "AZ", "09")
local word = lpeg.C(letter ^ 1)

tell("kwic", function()
  local lines, wanted = {}, kwic
  local here = lpeg.Cp() * lpeg.P(wanted) * -letter
  local search = lpeg.Ct((here + letter ^ 1 + 1) ^ 0)
  for _, at in ipairs(search:match(text)) do
    lines[#lines + 1] = text:sub(at - 40, at + #wanted + 40)
  end
  return #lines
end)

tell("words", function()
  local counts, list = {}, {}
  local count = word / function(w)
    w = w:lower()
    counts[w] = (counts[w] or 0) + 1
  end
  ;(((count + 1) ^ 0)):match(text)
  for w in pairs(counts) do
    list[#list + 1] = w
  end
  table.sort(list, function(a, b)
    return counts[a] > counts[b] or counts[a] == counts[b] and a < b
  end)
  return #list
end)
