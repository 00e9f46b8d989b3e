--- Frames: tables whose rows open to the hits behind them.
local core = require "newsreel.core"
local later = require "newsreel.later"
local graph = later "newsreel.graph"
local options = later "newsreel.options"
local picture = later "newsreel.picture"
local random = later "newsreel.random"
local screen = later "newsreel.screen"
local where = later "newsreel.where"

---A table of columns. `#f` counts rows, `f[1].count` is a cell, `f[1]:kwic()` shows the hits behind it.
---@class newsreel.Frame
---@operator len: integer
---@field [integer] newsreel.Row
local frame = core.types.frame.methods

local PRINTED_ROWS, PLOTTED_ROWS, KWIC_ROWS = 20, 40, 20

local function column_names(self)
  local names = {}
  for _, column in ipairs(core.frame_columns(self)) do
    names[column.name] = column.type
  end
  return names
end

local function check_column(self, name, call)
  local bare = type(name) == "string" and name:gsub("^%-", "")
  local names = column_names(self)
  if not bare or not names[bare] then
    local near = bare and core.nearest(bare, names)
    core.raise(("%s: there is no column '%s'%s"):format(call, tostring(name),
      near and (" (did you mean '%s'?)"):format(near) or ""))
  end
  return name
end

-- ---- rows ----

---A row of a frame: its cells are fields.
---@class newsreel.Row
local row = {}

---The hits behind a row that counts words as they are folded: of words(), ngrams() and keyness(); nil for others.
local function word_spans(self, number)
  local found, term = core.cell(self, number, "term")
  local view = found and core.frame_corpus(self)
  if not view then
    return nil
  end
  local tree = { kind = "sequence" }
  for word in term:gmatch "[^ ]+" do
    tree[#tree + 1] = { kind = "form", text = word }
  end
  return core.pattern(view, tree, true)
end

---The first lines of a row's receipt, and how many there are.
local function receipt_text(self, number, most, width, sentence)
  local text, count = screen.receipt(self, number, most, width, sentence)
  local spans = not text and word_spans(self, number)
  if not text and not spans then
    core.raise "this frame was made of values, there are no hits behind it"
  elseif not text then
    local indexes = {}
    for i = 1, math.min(#spans, most) do
      indexes[i] = i
    end
    text, count = screen.kwic(spans, indexes, width, sentence), #spans
  end
  return text, count
end

---Print the hits behind the row, `n` (20) at most.
---@param n? integer|string
---@param given? {width?: integer, sentence?: boolean}
---@return newsreel.Row
function row:kwic(n, given)
  if type(n) == "string" then -- the name of a cell: its hits are the row's
    check_column(rawget(self, "frame"), n, "kwic")
    n = nil
  end
  given = options.check("row:kwic", given, { width = "number", sentence = "boolean" })
  options.width("row:kwic", given)
  local shown = options.amount(n or KWIC_ROWS, "row:kwic", "lines")
  local text, count = receipt_text(rawget(self, "frame"), rawget(self, "number"), shown, given.width, given.sentence)
  core.write(text)
  if count > shown then
    core.write(("(%d more)\n"):format(count - shown))
  end
  return self
end

---The hits behind the row.
---@return newsreel.Hit[]
function row:hits()
  local of, number = rawget(self, "frame"), rawget(self, "number")
  local hits = core.receipt(of, number)
  local spans = not hits and word_spans(of, number)
  if not hits and not spans then
    core.raise "this frame was made of values, there are no hits behind it"
  elseif not hits then
    hits = {}
    for hit in spans:each() do
      hits[#hits + 1] = hit
    end
  end
  return hits
end

local row_meta = { __name = "newsreel.Row" }

function row_meta.__index(self, name)
  if row[name] then
    return row[name]
  end
  local of = rawget(self, "frame")
  local found, value = core.cell(of, rawget(self, "number"), name)
  if not found then
    local names = column_names(of)
    for method in pairs(row) do
      names[method] = true
    end
    local near = type(name) == "string" and core.nearest(name, names)
    core.raise(("the row has no column '%s'%s"):format(tostring(name),
      near and (" (did you mean '%s'?)"):format(near) or ""))
  end
  return value
end

function row_meta.__newindex()
  core.raise "rows are read-only; f:with(name, values) makes a frame with another column"
end

function row_meta.__tostring(self)
  local cells = {}
  for i, column in ipairs(core.frame_columns(rawget(self, "frame"))) do
    cells[i] = column.name .. "=" .. tostring(self[column.name])
  end
  return table.concat(cells, " ")
end

function row_meta.__eq(a, b)
  return rawget(a, "frame") == rawget(b, "frame") and rawget(a, "number") == rawget(b, "number")
end

local function new_row(self, number)
  return setmetatable({ frame = self, number = number }, row_meta)
end

core.types.frame.index = function(self, number)
  return math.type(number) == "integer" and number >= 1 and number <= #self and new_row(self, number) or nil
end

-- ---- verbs ----

---Go through the rows: `for row in f:each() do print(row.count) end`.
---@return fun(): newsreel.Row?
function frame:each()
  local number = 0
  return function()
    number = number + 1
    return number <= #self and new_row(self, number) or nil
  end
end

---The names of the columns, in order.
---@return string[]
function frame:columns()
  local names = {}
  for i, column in ipairs(core.frame_columns(self)) do
    names[i] = column.name
  end
  return names
end

---The cells of one column as a list; a missing one is `newsreel.missing`.
---@param name string
---@return any[]
function frame:column(name)
  check_column(self, name, "f:column")
  local cells = {}
  for i = 1, #self do
    local _, value = core.cell(self, i, name)
    cells[i] = value == nil and core.missing or value
  end
  return cells
end

---Order the rows; "-name" is descending. Special rows stay last.
---@param ... string
---@return newsreel.Frame
function frame:sort(...)
  local columns = { ... }
  if #columns == 0 then
    core.raise 'f:sort takes names of columns, as in f:sort("-count", "actor")'
  end
  for _, name in ipairs(columns) do
    check_column(self, name, "f:sort")
  end
  return core.sort(self, columns)
end

---The rows whose cells have these values.
---@param wanted table<string, any> column -> a value, a list, a function, or newsreel.missing
---@return newsreel.Frame
function frame:where(wanted)
  local corpus = core.frame_corpus(self)
  return core.frame_where(self, where.conditions(wanted, {
    what = "f:where",
    known = column_names(self),
    resolve = corpus and where.actors(core.state(corpus).aliases),
    occurring = function(name)
      local values = {}
      for _, value in ipairs(self:column(name)) do
        values[value] = true
      end
      return values
    end,
  }))
end

local function pick_first(self, n)
  local rows = {}
  for i = 1, math.min(#self, n) do
    rows[i] = i
  end
  return core.frame_pick(self, rows)
end

---The first `n` rows (20).
---@param n? integer
---@return newsreel.Frame
function frame:head(n)
  return pick_first(self, options.amount(n or PRINTED_ROWS, "f:head", "rows"))
end

---The `n` (20) rows with the most of a column, `count` unless named.
---@param n? integer
---@param name? string
---@return newsreel.Frame
function frame:top(n, name)
  return pick_first(self:sort("-" .. (name or "count")), options.amount(n or PRINTED_ROWS, "f:top", "rows"))
end

---The table turned: a row for each value of `down`, a column for each of `across`, and `value` (`count`) where they meet; missing where nothing was, or 0 with `{ zeros = true }`.
---@param down string
---@param across string
---@param value? string
---@param given? {zeros?: boolean}
---@return newsreel.Frame
function frame:pivot(down, across, value, given)
  if type(value) == "table" then
    value, given = nil, value
  end
  given = options.check("f:pivot", given, { zeros = "boolean" })
  value = value or "count"
  for _, name in ipairs { down, across, value } do
    check_column(self, name, "f:pivot")
  end
  if not (down and across) then
    core.raise 'f:pivot takes two columns, as in f:pivot("month", "actor")'
  end
  return core.frame_pivot(self, down, across, value, given.zeros)
end

---`n` rows by chance, in order; the same seed gives the same ones.
---@param n integer
---@param seed? integer 1 unless given
---@return newsreel.Frame
function frame:sample(n, seed)
  return core.frame_pick(self, random.sample(#self, options.amount(n, "f:sample", "rows"), seed or 1))
end

---Group the rows by columns they have.
---@param ... string
---@return newsreel.Grouping
function frame:by(...)
  return require("newsreel.grouping").new(self, ...)
end

---The frame with one more column: a list of values, a function of the row, or what `s:sum()` gives.
---@param name string
---@param values any[]|table|fun(row: newsreel.Row): any
---@return newsreel.Frame
function frame:with(name, values)
  local cells = {}
  if type(name) ~= "string" then
    core.raise 'f:with takes a name and values, as in f:with("long", function(row) return #row.text > 80 end)'
  elseif type(values) == "function" then
    for i = 1, #self do
      cells[i] = values(new_row(self, i))
    end
  elseif type(values) == "table" and values.spans then
    cells = core.sums(self, values.spans, values.column)
  elseif type(values) == "table" then
    cells = values
  else
    core.raise(("f:with takes a list or a function of the row, not a %s"):format(type(values)))
  end
  local copy = {}
  for i = 1, #self do
    local cell = cells[i]
    if cell == nil then
      cell = core.missing
    elseif type(cell) == "boolean" then
      cell = tostring(cell)
    end
    copy[i] = cell
  end
  return core.frame_with(self, name, copy)
end

-- ---- out ----

---Print the first `n` (20) rows as a table. Gives the frame back.
---@param n? integer
---@return newsreel.Frame
function frame:print(n)
  core.write(screen.table(self, options.amount(n or PRINTED_ROWS, "f:print", "rows")))
  return self
end

---Print the hits behind the first row, or behind all rows one after another. Gives the frame back.
---@param n? integer rows' hits to show, 20 at most
---@return newsreel.Frame
function frame:kwic(n)
  local left = options.amount(n or KWIC_ROWS, "f:kwic", "lines")
  for i = 1, #self do
    if left <= 0 then
      break
    end
    local text, count = receipt_text(self, i, left)
    core.write(text)
    left = left - count
  end
  return self
end

local function markdown(self)
  local lines, columns = {}, core.frame_columns(self)
  local names, rule = {}, {}
  for i, column in ipairs(columns) do
    names[i], rule[i] = column.name, column.type == "number" and "---:" or "---"
  end
  lines[1] = "| " .. table.concat(names, " | ") .. " |"
  lines[2] = "| " .. table.concat(rule, " | ") .. " |"
  for i = 1, #self do
    local cells = {}
    for j, column in ipairs(columns) do
      local _, value = core.cell(self, i, column.name)
      cells[j] = value == nil and "" or tostring(value):gsub("[|\\]", "\\%0"):gsub("%s+", " ")
    end
    lines[#lines + 1] = "| " .. table.concat(cells, " | ") .. " |"
  end
  return table.concat(lines, "\n") .. "\n"
end

---Draw the frame in the terminal: a bar a row, or, when one of several keys is a period, a small curve for each of the
---others. The value is the first column of numbers unless named. Gives the frame back.
---@param given? {value?: string, rows?: integer} rows: 40 unless given
---@return newsreel.Frame
function frame:plot(given)
  given = options.check("f:plot", given, { value = "string", rows = "number" })
  local value = given.value and check_column(self, given.value, "f:plot")
  core.write(picture.text(self, value, given.rows or PLOTTED_ROWS, screen.width()))
  return self
end

local writers = {
  csv = core.frame_csv, jsonl = core.frame_jsonl, md = markdown,
  svg = { picture }, html = { picture }, gexf = { graph }, graphml = { graph }, dot = { graph },
}

---Write the frame to a file by its ending: .csv, .jsonl or .md, .svg for a picture, .html for a page with the picture, the
---table and the sentences behind each row, .gexf, .graphml or .dot for a graph between the first two columns. `value` is
---the column to draw, or the weight of edges. Gives the frame back.
---@param path string
---@param given? {value?: string, title?: string}
---@return newsreel.Frame
function frame:save(path, given)
  local ending = type(path) == "string" and path:match "%.([^./]+)$"
  if not ending then
    core.raise 'f:save takes a path with an ending, as in f:save "tone.csv"'
  elseif not writers[ending] then
    core.raise(("a frame can't be saved as .%s; there are .csv, .jsonl, .md, .svg, .html, .gexf, .graphml and .dot")
      :format(ending))
  end
  given = options.check("f:save", given, { value = "string", title = "string" })
  if given.value then
    check_column(self, given.value, "f:save")
  end
  local write = type(writers[ending]) == "table" and writers[ending][1][ending] or writers[ending]
  core.save(path, write(self, given))
  return self
end

core.types.frame.hints = {
  show = "write f:print()",
  len = "write #f",
  length = "write #f",
  rows = "write for row in f:each() do ... end, or f[1]",
  filter = "write f:where{ name = value }",
  order = 'write f:sort("-count")',
  group = 'write f:by("month"):sum "count"',
}

local meta = core.types.frame.meta

function meta.__tostring(self)
  return (screen.table(self, PRINTED_ROWS):gsub("\n$", ""))
end

function meta.__call()
  core.raise "a frame is not called; f[1] is its first row, f:each() goes through all"
end

function meta.__pairs()
  core.raise "write for row in f:each() do ... end"
end

require("newsreel.methods").guard(core.types.frame, "f")

return frame
