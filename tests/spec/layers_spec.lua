local lu = require "luaunit"
local core = require "newsreel.core"
local layers = require "newsreel.layers"
local newsreel = require "newsreel"

TestLayers = {}

local files, folder, prefix, number = {}, nil, nil, 0

local function write(path, text)
  local file = assert(io.open(path, "wb"))
  file:write(text)
  file:close()
  files[path] = true
end

local function read(path)
  local file = io.open(path, "rb")
  local text = file and file:read "a" or ""
  if file then
    file:close()
  end
  return text
end

---A new module beside the corpus: each article it reads is told in a file, a letter each.
local function module(body)
  number = number + 1
  local name = prefix .. "_layer" .. number
  local seen = folder .. name .. ".seen"
  files[seen] = true
  write(folder .. name .. ".lua", ([[
    local function read(article)
      local file = io.open(%q, "a")
      file:write(article.id, " ")
      file:close()
    end
    return { attributes = { first_word = "text", size = "number" }, annotate = function(article) read(article) %s end }
  ]]):format(seen, body))
  return name, function()
    local ids = {}
    for id in read(seen):gmatch "%S+" do
      ids[#ids + 1] = id
    end
    os.remove(seen)
    table.sort(ids)
    return table.concat(ids, " ")
  end
end

local FIRST_WORD = "local a, b = article.text:find '%a+' return a and { { first = a, last = b, size = b - a + 1, "
  .. "first_word = article.text:sub(a, b) } }"

local function sorted(spans)
  local words = {}
  for s in spans:each() do
    words[#words + 1] = ("%s %s %d"):format(s.article.id, s.first_word, s.size)
  end
  return words
end

function TestLayers:setUp()
  self.path = os.tmpname()
  folder, prefix = self.path:match "^(.*/)([^/]*)$"
  files[self.path] = true
  os.remove(self.path)
  self.package_path = package.path
  package.path = folder .. "?.lua;" .. package.path
  local c <close> = newsreel.create(self.path)
  for i = 1, 40 do
    c:add { id = ("a%02d"):format(i), date = "2025-09-24", text = ("word%s talks. "):format(("x"):rep(i)):rep(3) }
  end
  c:commit()
end

function TestLayers:tearDown()
  package.path = self.package_path
  layers.workers = nil
  for path in pairs(files) do
    os.remove(path)
  end
  files = {}
end

function TestLayers:test_many_workers_make_what_one_makes()
  local name = module(FIRST_WORD)
  local made = {}
  for _, workers in ipairs { 1, 2, 7 } do
    layers.workers = workers
    local c <close> = newsreel.open(self.path)
    made[#made + 1] = sorted(c:layer("first", name))
  end
  lu.assertEquals(#made[1], 40)
  lu.assertEquals(made[1][3], "a03 wordxxx 7")
  lu.assertEquals(made[2], made[1])
  lu.assertEquals(made[3], made[1])
end

function TestLayers:test_a_stored_layer_is_not_made_again_and_only_new_articles_are_read()
  local name, seen = module(FIRST_WORD)
  do
    local c <close> = newsreel.open(self.path, { write = true })
    c:layer("first", name)
    c:commit()
    lu.assertEquals(#seen(), 40 * 4 - 1)
  end
  do
    local c <close> = newsreel.open(self.path)
    lu.assertEquals(#c:layer("first", name), 40)
    lu.assertEquals(seen(), "")
  end
  for i = 1, 9 do -- the ninth commit merges eight small segments
    local c <close> = newsreel.open(self.path, { write = true })
    c:add { id = "b" .. i, date = "2025-09-25", text = "Something else " .. i }
    c:add { id = "a05", date = "2025-09-25", text = "Changed " .. i }
    c:commit()
    lu.assertEquals(#c:layer("first", name), 40 + i)
    lu.assertEquals(seen(), "a05 b" .. i)
    c:commit()
  end
  core.compact(self.path)
  local c <close> = newsreel.open(self.path)
  local spans = c:layer("first", name)
  lu.assertEquals(#spans, 49)
  lu.assertEquals(seen(), "")
  lu.assertEquals(spans:where({ first_word = "Changed" })[1].article.id, "a05")
  lu.assertEquals(c:counts().segments, 1)
end

function TestLayers:test_a_changed_rule_makes_its_layer_anew_and_no_other()
  local one, seen_one = module(FIRST_WORD)
  local two, seen_two = module(FIRST_WORD)
  local function make()
    local c <close> = newsreel.open(self.path, { write = true })
    c:layer("one", one)
    c:layer("two", two)
    c:commit()
    return seen_one() ~= "", seen_two() ~= ""
  end
  lu.assertEquals({ make() }, { true, true })
  lu.assertEquals({ make() }, { false, false })
  local path = folder .. two .. ".lua"
  write(path, read(path) .. "-- changed\n")
  lu.assertEquals({ make() }, { false, true })
end

function TestLayers:test_a_file_opened_for_reading_is_not_written()
  local name = module(FIRST_WORD)
  local before = read(self.path)
  local c <close> = newsreel.open(self.path)
  lu.assertEquals(#c:layer("first", name), 40)
  lu.assertEquals(read(self.path) == before, true)
end

function TestLayers:test_an_error_names_the_first_article_whoever_came_first()
  local name = module "if article.id >= 'a17' then error 'no such luck' end return {}"
  for _, workers in ipairs { 1, 4 } do
    layers.workers = workers
    local c <close> = newsreel.open(self.path, { write = true })
    local _, message = newsreel.try(c.layer, c, "bad", name)
    lu.assertStrContains(message, "no such luck (in article a17)")
    c:commit()
    lu.assertEquals(core.stored_layers(c), {})
  end
end

function TestLayers:test_articles_are_left_out_with_a_reason_that_is_told_again()
  local name = module "if article.id == 'a02' then return nil, 'too short' end return {}"
  local c <close> = newsreel.open(self.path, { write = true })
  c:layer("bare", name)
  c:commit()
  local rules = layers.rules(name)
  local spans, left_out = core.stored(c, "bare", rules)
  lu.assertEquals({ #spans, left_out }, { 0, { ["too short"] = 1 } })
end

function TestLayers:test_a_trigger_keeps_articles_without_it_from_the_annotator()
  local name, seen = module(FIRST_WORD)
  local path = folder .. name .. ".lua"
  write(path, (read(path):gsub("return { attributes", "return { trigger = 'wordxxx|wordx', attributes")))
  local c <close> = newsreel.open(self.path)
  lu.assertEquals(#c:layer("first", name), 2)
  lu.assertEquals(seen(), "a01 a03")
end

function TestLayers:test_what_an_annotator_gives_is_checked()
  for body, message in pairs {
    ["return 1"] = "an annotator gives a list of spans, not a number",
    ["return { 1 }"] = "an annotator gives a list of spans, not of numbers",
    ["return { { first = 3, last = 1 } }"] = "bytes 3 to 1 of a text",
    ["return { { first = 1, last = 2, size = 'x' } }"] = "the text 'x' as 'size', which is a number",
  } do
    local c <close> = newsreel.open(self.path)
    local name = module(body)
    local _, told = newsreel.try(c.layer, c, "bad", name)
    lu.assertStrContains(told, message)
  end
end
