-- Draws what a person shall judge of cleaning: 50 stretches of the margin and 50 sentences of the line, from articles
-- drawn evenly from all corpora given. Each stands between its neighbours, so that a reader needs no more than the page.
--   build/bin/newsreel run tests/scores/flat.lua SEED CORPUS.reel ... > sample.md
-- The key (which number was set aside, by which rule) goes to standard error.
local newsreel = require "newsreel"
local random = require "newsreel.random"

local ARTICLES, WANTED, NEIGHBOUR_BYTES = 200, 50, 300

---The part of a text that its reader needs: one line, not too long.
local function shorten(text, from_end)
  text = text:gsub("%s+", " ")
  if #text <= NEIGHBOUR_BYTES then
    return text
  end
  local at = from_end and utf8.offset(text, 0, #text - NEIGHBOUR_BYTES) or utf8.offset(text, 0, NEIGHBOUR_BYTES)
  return from_end and "... " .. text:sub(at) or text:sub(1, at - 1) .. " ..."
end

---The lines of a text that are not empty: first and last byte.
local function lines_of(text)
  local lines = {}
  for first, line, behind in text:gmatch "()([^\n]*)()" do
    if line:find "%S" then
      lines[#lines + 1] = { first = first, last = behind - 1 }
    end
  end
  return lines
end

---Two lines above and two below the stretch, and what of its own lines is outside of it.
local function in_context(text, first, last)
  local lines, from, to = lines_of(text), nil, nil
  for i, line in ipairs(lines) do
    from = from or line.last >= first and i
    to = line.first <= last and i or to
  end
  local above, below = {}, {}
  for i = math.max(1, from - 2), from - 1 do
    above[#above + 1] = shorten(text:sub(lines[i].first, lines[i].last))
  end
  above[#above + 1] = shorten(text:sub(lines[from].first, first - 1), true)
  below[1] = shorten(text:sub(last + 1, lines[to].last))
  for i = to + 1, math.min(#lines, to + 2) do
    below[#below + 1] = shorten(text:sub(lines[i].first, lines[i].last))
  end
  return above, below
end

local seed = math.tointeger(arg[1])
local corpora = { table.unpack(arg, 2) }
assert(seed and #corpora > 0, "usage: flat.lua SEED CORPUS.reel ...")

local margin, line, count = {}, {}, 0
for k, path in ipairs(corpora) do
  local corpus = newsreel.open(path)
  local wanted = ARTICLES * k // #corpora - ARTICLES * (k - 1) // #corpora
  local spans = corpus.articles
  for _, number in ipairs(random.sample(#spans, wanted, seed + k)) do
    local article = spans[number].article
    count = count + 1
    for _, block in ipairs(article:blocks()) do
      if block.margin then
        margin[#margin + 1] = { text = article.text, first = block.first, last = block.last, id = article.id,
          note = ("margin, %s, %s"):format(block.kind, block.reason) }
      end
    end
    for _, sentence in ipairs(article:sentences()) do
      line[#line + 1] = { text = article.text, first = sentence.first, last = sentence.last, id = article.id,
        note = "line" }
    end
  end
end

local drawn = {}
for i, number in ipairs(random.sample(#margin, WANTED, seed + 1000)) do
  drawn[i] = margin[number]
end
for _, number in ipairs(random.sample(#line, WANTED, seed + 2000)) do
  drawn[#drawn + 1] = line[number]
end
local order, keys = {}, random.sample(2 ^ 40 // 1 | 0, #drawn, seed + 3000)
for i = 1, #drawn do
  order[i] = i
end
table.sort(order, function(a, b)
  local x, y = keys[a] * 0x9E3779B97F4A7C15, keys[b] * 0x9E3779B97F4A7C15
  return x < y
end)

print(("Seed %d: %d articles of %d corpora, %d stretches in their margins, %d sentences on their lines.\n"):format(
  seed, count, #corpora, #margin, #line))
print [[
Each item shows a stretch of a web page between >>> and <<<, with up to two lines above and below it. Does the stretch
belong to the article that the page is about? To the article belong its headline, standfirst, headings, running text,
lists, tables, quoted documents and corrections. Not to it belong: lines that only say when or by whom it was published
(a dateline in front of a sentence does no harm), captions and credits of pictures, menus, share buttons, sign-up and
subscription texts, advertisements, teasers of other stories, comment forms and comments, tags, copyright notices.
Answer one line an item: number, then YES (belongs), NO (does not belong) or DOUBT, then a few words why.
]]
for number, i in ipairs(order) do
  local item = drawn[i]
  local above, below = in_context(item.text, item.first, item.last)
  print(("## %d\n"):format(number))
  for _, text in ipairs(above) do
    if text:find "%S" then
      print("    " .. text)
    end
  end
  print(">>> " .. item.text:sub(item.first, item.last):gsub("%s+", " ") .. " <<<")
  for _, text in ipairs(below) do
    if text:find "%S" then
      print("    " .. text)
    end
  end
  print ""
  io.stderr:write(("%d\t%s\t%s\n"):format(number, item.note, item.id))
end
