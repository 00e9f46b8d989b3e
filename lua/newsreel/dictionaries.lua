--- Dictionaries of other programs as lists: LIWC .dic, Lexicoder, Yoshikoder, VADER, AFINN.
--
-- What a file is shows in its text, not in its ending. Scores become `entry = value`, categories
-- `category = { entries }`, as corpus:lexicon takes both.
local core = require "newsreel.core"

local dictionaries = {}

local function trimmed(text)
  return text:match "^%s*(.-)%s*$"
end

local function lines_of(text)
  return text:gsub("^\u{FEFF}", ""):gsub("\r\n?", "\n"):gmatch "([^\n]*)\n?"
end

local function put(list, category, entry)
  list[category] = list[category] or {}
  table.insert(list[category], entry)
end

-- LIWC: "%", a number and name of each category, "%", then entries with the numbers of theirs.
local function liwc(text, path)
  local names, list, part, number = {}, {}, 0, 0
  for line in lines_of(text) do
    number = number + 1
    line = trimmed(line)
    if line == "%" then
      part = part + 1
    elseif part == 1 and line ~= "" then
      local id, name = line:match "^(%d+)%s+(.-)%s*$"
      if not id then
        core.raise(("%s:%d: a category is a number and a name"):format(path, number))
      end
      names[id] = name:match "^(%S+)"
    elseif part == 2 and line ~= "" then
      local entry, ids = line:match "^([^\t]-)%s*\t%s*(.*)$"
      if not entry then
        entry, ids = line:match "^(.-)%s+([%d%s]+)$"
      end
      for id in (ids or ""):gmatch "%d+" do
        put(list, names[id] or core.raise(("%s:%d: there is no category %s"):format(path, number, id)), entry)
      end
    end
  end
  return list
end

-- Lexicoder: "+CATEGORY", then an entry a line.
local function lexicoder(text)
  local list, category = {}, nil
  for line in lines_of(text) do
    line = trimmed(line)
    local name = line:match "^%+(.+)$"
    if name then
      category = name
    elseif line ~= "" and category then
      put(list, category, line)
    end
  end
  return list
end

local ENTITIES = { amp = "&", lt = "<", gt = ">", quot = '"', apos = "'" }

-- Yoshikoder, which Lexicoder writes too: <cnode name="category"> around <pnode name="entry">.
local function yoshikoder(text)
  local list, category = {}, nil
  for kind, attributes in text:gmatch "<([cp])node%s+([^>]*)>" do
    local name = (attributes:match 'name="([^"]*)"' or ""):gsub("&(%a+);", ENTITIES)
    name = trimmed(name)
    if kind == "c" then
      category = name
    elseif category and name ~= "" then
      put(list, category, name)
    end
  end
  return list
end

-- VADER and AFINN: an entry, a tab, a number; VADER has more columns.
local function scored(text, path)
  local list, number = {}, 0
  for line in lines_of(text) do
    number = number + 1
    if line:find "%S" then
      local entry, value = line:match "^(.-)%s*\t%s*([+-]?[%d.]+)"
      if not entry or not tonumber(value) then
        core.raise(("%s:%d: an entry, a tab and a number are wanted"):format(path, number))
      end
      if entry:find "%w" or entry:find "[\x80-\xff]" then -- smileys of marks alone have no words
        list[entry] = tonumber(value)
      end
    end
  end
  return list
end

---Read a dictionary.
---@param text string
---@param path string for messages
---@return table
function dictionaries.read(text, path)
  local first = text:gsub("^\u{FEFF}", ""):match "([^\r\n]*%S[^\r\n]*)" or ""
  if trimmed(first) == "%" then
    return liwc(text, path)
  elseif first:find "^%s*%+%S" then
    return lexicoder(text)
  elseif text:find "<pnode" then
    return yoshikoder(text)
  elseif first:find "\t" then
    return scored(text, path)
  end
  core.raise(path .. ": no dictionary of LIWC (%), Lexicoder (+CATEGORY), Yoshikoder (<pnode>), VADER or AFINN (tabs)")
end

local SIGNS = { positive = 1, pos = 1, posemo = 1, negative = -1, neg = -1, negemo = -1, neg_positive = -1,
  neg_negative = 1 }

---The same list with a value for every entry: what categories called positive or negative hold is 1 or -1.
---@param list table
---@return table<string, number>
function dictionaries.valued(list)
  local out = {}
  for name, value in pairs(list) do
    local sign = type(name) == "string" and SIGNS[name:lower()]
    if type(value) == "number" then
      out[name] = value
    elseif type(value) == "table" and sign then
      for _, entry in ipairs(value) do
        out[entry] = sign
      end
    end
  end
  return out
end

return dictionaries
