-- Every cell of every table that an example or recipe prints or saves is what its receipt yields.
local lu = require "luaunit"
local core = require "newsreel.core"
local newsreel = require "newsreel"

TestReceipts = {}

---The examples and recipes there are.
local function examples()
  local paths, pipe = {}, assert(io.popen "LC_ALL=C ls examples/*.lua examples/recipes/*.lua")
  for path in pipe:lines() do
    paths[#paths + 1] = path
  end
  pipe:close()
  return paths
end

---The tables that a script prints, saves or draws, without doing it.
local function tables_of(path, corpus)
  local methods, kept, found = core.types.frame.methods, {}, {}
  local function keep(self)
    found[#found + 1] = self
    return self
  end
  for _, name in ipairs { "print", "save", "plot", "kwic" } do
    kept[name], methods[name] = methods[name], keep
  end
  local write, print_before = core.write, core.globals().print
  core.write, core.globals().print = function() end, function() end
  local ok, message = pcall(core.load_file(path, corpus), corpus)
  core.write, core.globals().print = write, print_before
  for name, method in pairs(kept) do
    methods[name] = method
  end
  lu.assertTrue(ok, message)
  return found
end

local SPECIAL = { none = true, undated = true, imprecise = true }
local UNITS = { day = true, week = true, month = true, quarter = true, year = true }

---What a hit says in a column that a table is grouped by, or nil where that is not known here.
local function group_value(hit, name)
  if name == "article" then
    return hit.article.id
  elseif UNITS[name] then
    return hit.article.date
  end
  local ok, own = pcall(function()
    return hit[name]
  end)
  if ok then
    return own
  end
  local found, value = core.types.article.fallback(hit.article, name)
  return found and value or nil
end

local function agrees(name, cell, value)
  if type(value) == "table" then
    for _, member in ipairs(value) do
      if member == cell then
        return true
      end
    end
    return false
  elseif not UNITS[name] then
    return value == cell
  end
  local view <close> = newsreel.memory()
  view:add { id = "a", date = value, text = "x" }
  return #view:during(cell) == 1
end

---The numbers of a row from its hits; `per` from the tokens of the row's period or value too.
local function recomputed(hits, name, row, frame)
  if name == "count" then
    return #hits
  elseif name == "articles" then
    local seen, count = {}, 0
    for _, hit in ipairs(hits) do
      count = count + (seen[hit.article.id] and 0 or 1)
      seen[hit.article.id] = true
    end
    return count
  elseif name == "sum" then
    local sum = 0
    for _, hit in ipairs(hits) do
      sum = sum + hit.value
    end
    return sum
  elseif name == "per" then
    local view, group = core.frame_corpus(frame), core.frame_columns(frame)[1].name
    if SPECIAL[row[group]] then
      return nil -- no view has just these articles
    end
    view = UNITS[group] and view:during(row[group]) or view:where { [group] = row[group] }
    local tokens = view:counts().tokens
    for _, each in ipairs { 1, 100, 1000, 10000, 100000, 1000000 } do -- the number that per(n) was given
      if math.abs(#hits * each / tokens - row.per) < 1e-9 then
        return row.per
      end
    end
    return -1
  end
end

-- Tables of tests, states and intervals over series are made of values, and say so.
local MADE_OF_VALUES = { ["examples/change.lua"] = true, ["examples/tone.lua"] = true }

local function check_row(path, frame, number)
  local row, cells = frame[number], 0
  local ok, hits = pcall(row.hits, row)
  if not ok then
    lu.assertTrue(MADE_OF_VALUES[path], path .. ": " .. hits)
    return 0
  end
  for _, column in ipairs(core.frame_columns(frame)) do
    local name, cell = column.name, row[column.name]
    local where = ("%s, row %d, %s = %s"):format(path, number, name, tostring(cell))
    local expected = column.type == "number" and recomputed(hits, name, row, frame)
    if expected then
      lu.assertAlmostEquals(cell, expected, 1e-9, where)
      cells = cells + 1
    elseif column.type == "text" and name ~= "term" and not SPECIAL[cell] then
      for _, hit in ipairs(hits) do
        local value = group_value(hit, name)
        lu.assertTrue(value == cell or value ~= nil and agrees(name, cell, value), where .. ", hit " .. tostring(value))
      end
      cells = cells + 1
    end
  end
  return cells
end

function TestReceipts:test_every_cell_of_the_examples_is_what_its_receipt_yields()
  local corpus = os.tmpname()
  os.remove(corpus)
  do
    local c <close> = newsreel.create(corpus)
    core.add_paths(c, { "seeds" }, {}, {})
    c:commit()
  end
  local tables, cells = 0, 0
  for _, name in ipairs(examples()) do
    for _, frame in ipairs(tables_of(name, corpus)) do
      tables = tables + 1
      for number = 1, math.min(#frame, 200) do
        cells = cells + check_row(name, frame, number)
      end
    end
  end
  os.remove(corpus)
  print(("%d tables, %d cells"):format(tables, cells))
  lu.assertTrue(tables >= 18 and cells > 1000)
end
