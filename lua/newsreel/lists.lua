--- Lists of actors and of scored words: packaged, from files, or as tables; and the spans they make.
local core = require "newsreel.core"
local later = require "newsreel.later"
local dictionaries = later "newsreel.dictionaries"
local pattern = later "newsreel.pattern"

local lists = {}

-- ---- where lists come from ----

local function file_exists(path)
  local file = io.open(path, "rb")
  if file then
    file:close()
  end
  return file ~= nil
end

---Beside the script first, then where the program was started.
local function find_file(name)
  local beside = core.folder() .. name
  return name:sub(1, 1) ~= "/" and file_exists(beside) and beside or file_exists(name) and name or nil
end

local function read_lua(path)
  local f, message = loadfile(path, "t", {})
  if not f then
    core.raise(message)
  end
  local list = f()
  if type(list) ~= "table" then
    core.raise(path .. ": a list is a file that returns a table")
  end
  return list
end

---The rows of a CSV text (RFC 4180), each a list of cells.
function lists.csv(text)
  local rows, row, at = {}, {}, 1
  text = text:gsub("^\u{FEFF}", "")
  while at <= #text do
    local cell, after
    if text:sub(at, at) == '"' then
      local close = at
      repeat
        close = text:find('"', close + 1, true) or #text + 1
        local doubled = text:sub(close, close + 1) == '""'
        close = doubled and close + 1 or close
      until not doubled
      cell, after = text:sub(at + 1, close - 1):gsub('""', '"'), close + 1
    else
      after = text:find("[,\r\n]", at) or #text + 1
      cell = text:sub(at, after - 1)
    end
    row[#row + 1] = cell
    local border = text:sub(after, after)
    at = after + 1
    if border ~= "," then
      rows[#rows + 1], row = row, {}
      at = at + (text:sub(after, after + 1) == "\r\n" and 1 or 0)
    elseif at > #text then
      row[#row + 1] = ""
    end
  end
  if #row > 0 then
    rows[#rows + 1] = row
  end
  return rows
end

local alias_columns = { actor = true, alias = true, from = true, to = true, with = true }

---The alias of a row, with its period and what must stand in the article where there are such columns.
local function alias_of(row, places)
  local alias, bound = { row[places.alias or places.actor] }, false
  for _, name in ipairs { "from", "to", "with" } do
    local cell = places[name] and row[places[name]]
    alias[name] = cell ~= "" and cell or nil
    bound = bound or alias[name] ~= nil
  end
  return bound and alias or alias[1]
end

---A CSV file as a list: `actor,alias,...` or `entry,value` or `entry,category`, named in its first line.
local function read_csv(path)
  local file = assert(io.open(path, "rb"))
  local rows = lists.csv(file:read "a")
  file:close()
  local head, list, places = rows[1] or {}, {}, {}
  for i, name in ipairs(head) do
    places[name] = i
  end
  for i = 2, #rows do
    local row = rows[i]
    if places.actor then
      local actor = row[places.actor]
      local entry = list[actor] or {}
      list[actor] = entry
      entry[#entry + 1] = alias_of(row, places)
      for name, place in pairs(places) do
        if not alias_columns[name] and row[place] ~= "" then
          entry[name] = row[place]
        end
      end
    elseif places.entry and places.value then
      list[row[places.entry]] = tonumber(row[places.value])
        or core.raise(("%s:%d: the value '%s' is no number"):format(path, i, row[places.value]))
    elseif places.entry and places.category then
      local entries = list[row[places.category]] or {}
      list[row[places.category]] = entries
      entries[#entries + 1] = row[places.entry]
    else
      core.raise(path .. ":1: the first line names the columns: actor,alias or entry,value or entry,category")
    end
  end
  return list
end

---A dictionary of another program: LIWC, Lexicoder, Yoshikoder, VADER, AFINN.
local function read_dictionary(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read "a"
  file:close()
  return dictionaries.read(text, path)
end

---The packaged lists by name, for suggestions.
lists.packaged = {}
for name in ("harm leaders organisations politics sanctions stance states weapons"):gmatch "%S+" do
  lists.packaged[name] = true
end

---A list without its examples, which are no entries.
---@param list table
---@return table
function lists.plain(list)
  if type(list.examples) ~= "table" and type(list.counter_examples) ~= "table" then
    return list
  end
  local copy = {}
  for key, value in pairs(list) do
    copy[key] = key ~= "examples" and key ~= "counter_examples" and value or nil
  end
  return copy
end

---Get a list as it is written, by packaged name, file or table.
---@param source string|table
---@param what string the call, for messages
---@return table
function lists.read(source, what)
  if type(source) == "table" then
    return source
  elseif type(source) ~= "string" then
    core.raise(('%s takes a name as in "leaders", a file or a table, not a %s'):format(what, type(source)))
  end
  local path = find_file(source) or find_file(source .. ".lua") or find_file(source .. ".csv")
  if path then
    local ending = path:match "%.(%w+)$"
    return (ending == "csv" and read_csv or ending == "lua" and read_lua or read_dictionary)(path)
  elseif core.source("newsreel.lists." .. source) then
    return require("newsreel.lists." .. source)
  end
  local near = core.nearest(source, lists.packaged)
  core.raise(("there is no list '%s', neither as a file nor packaged%s"):format(source,
    near and (" (did you mean '%s'?)"):format(near) or ""), "notfound")
end

---Get the entries of a list by packaged name, file or table.
---@param source string|table
---@param what string the call, for messages
---@return table
function lists.load(source, what)
  return lists.plain(lists.read(source, what))
end

-- ---- from lists to spans ----

---The keys of a list in order.
function lists.keys(list)
  local keys = {}
  for key in pairs(list) do
    keys[#keys + 1] = key
  end
  table.sort(keys, function(a, b)
    return tostring(a) < tostring(b)
  end)
  return keys
end

---May a value be an attribute?
function lists.scalar(value)
  return type(value) == "string" or type(value) == "number"
end

---Rows with named cells, gathered into columns for C.
function lists.rows()
  return { rows = 0, columns = {}, order = {} }
end

---Set a cell of the last row.
function lists.set(made, name, value)
  local column = made.columns[name]
  if not column then
    column = { name = name, type = type(value) == "number" and "number" or "text", values = {} }
    made.columns[name] = column
    made.order[#made.order + 1] = column
  elseif column.type ~= (type(value) == "number" and "number" or "text") then
    core.raise(("'%s' is a number in one entry and a text in another"):format(name))
  end
  column.values[made.rows] = value
end

---Fill what no row has set.
function lists.finish(made)
  for _, column in ipairs(made.order) do
    for row = 1, made.rows do
      if column.values[row] == nil then
        column.values[row] = false
      end
    end
  end
  return made
end

---Add an entry that stands for a row.
function lists.entry(entries, source, row)
  local entry = pattern.entry(source)
  entry.row = row
  entries[#entries + 1] = entry
end

---Rows and entries of a lexicon: a row an entry, with `value` or `category`.
---@param list table entry -> number, or category -> entries
---@return table made, table entries
function lists.lexicon(list)
  local made, entries = lists.rows(), {}
  local function add(source, category, value)
    made.rows = made.rows + 1
    lists.set(made, "entry", source)
    if category then
      lists.set(made, "category", category)
    end
    if value then
      lists.set(made, "value", value)
    end
    lists.entry(entries, source, made.rows)
  end
  for _, key in ipairs(lists.keys(list)) do
    local value = list[key]
    if type(key) == "string" and type(value) == "number" then
      add(key, nil, value)
    elseif type(key) == "string" and type(value) == "table" then
      for _, source in ipairs(value) do
        add(source, key, type(value.value) == "number" and value.value or nil)
      end
    elseif not (type(key) == "string" and lists.scalar(value)) then
      core.raise 'a lexicon is written { progress = 1, ["stall*"] = -1 } or { harm = { "kill*", "wound*" } }'
    end
  end
  return lists.finish(made), entries
end

return lists
