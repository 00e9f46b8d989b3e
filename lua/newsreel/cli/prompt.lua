--- The prompt: what a typed line means, and what could complete a word.
local core = require "newsreel.core"
local lint = require "newsreel.lint"

local prompt = {}

local COMPLETIONS_MAX = 100

local corpora = {} -- names given to corpora so far, for warnings
local pending -- the lines of a statement that is not whole yet, or nil

local function unfinished(message)
  return type(message) == "string" and message:sub(-5) == "<eof>"
end

-- What a line ends with when it has shown itself already, as in `f:print()`.
local SHOWN = { print = true, kwic = true, plot = true, save = true }

local function show(text, ...)
  if select("#", ...) == 1 and (...) == package.loaded["newsreel.help"] then
    return (...)()
  end
  if SHOWN[text:match ".*:([%a_]+)%s*[%({\"']"] then
    return
  end
  if select("#", ...) > 0 and (select("#", ...) > 1 or (...) ~= nil) then
    print(...)
  end
end

---Run `text` as an expression, else as statements; true when it wants more lines.
local function run(text)
  local ok, f = pcall(core.load_string, "return " .. text, "prompt")
  if not ok then
    ok, f = pcall(core.load_string, text, "prompt")
  end
  if not ok and unfinished(f) then
    return true
  elseif not ok then
    error(f, 0)
  end
  lint.tell(text, "prompt", corpora)
  show(text, f())
  return false
end

-- ---- completion ----

local KEYWORDS = [[and break do else elseif end false for function goto if in local nil not or repeat return then true
  until while]]

---The value of a chain of names such as `c` or `a.b`, without calling anything.
local function value_of(chain)
  local value = prompt.globals
  for name in chain:gmatch "[%w_]+" do
    if type(value) ~= "table" then
      return nil
    end
    local found = rawget(value, name)
    if found == nil and value == prompt.globals then
      found = name == "newsreel" and require "newsreel" or _G[name]
    end
    value = found
  end
  return value
end

local function type_of(value)
  local meta = type(value) == "userdata" and getmetatable(value)
  for _, one in pairs(core.types) do
    if one.meta == meta then
      return one
    end
  end
end

---Names behind `value` and a point or colon.
local function names_of(value, sign)
  local names, of = {}, type_of(value)
  if of then
    for name in pairs(of.methods) do
      names[name] = true
    end
    for name in pairs(sign == "." and of.getters or {}) do
      names[name] = true
    end
    for name in pairs(sign == "." and of.names and of.names(value) or {}) do
      names[name] = true
    end
  elseif type(value) == "table" then
    for name in pairs(value) do
      names[name] = type(name) == "string" or nil
    end
  end
  return names
end

local function all_names()
  local names = { newsreel = true, help = true }
  for name in pairs(prompt.globals) do
    names[name] = true
  end
  for name in pairs(_G) do
    names[name] = true
  end
  for name in KEYWORDS:gmatch "%S+" do
    names[name] = true
  end
  return names
end

---Words of the corpus, or actors, inside the quotes of `c "..."`.
local function vocabulary(chain, word)
  local value = value_of(chain)
  local of = type_of(value)
  if of ~= core.types.corpus then
    return {}
  end
  local names = {}
  if word:sub(1, 1) == "@" then
    for alias in pairs(core.state(value).aliases or {}) do
      names["@" .. alias] = not alias:find " " or nil
    end
    return names
  end
  for _, form in ipairs(core.complete(value, core.fold(word), COMPLETIONS_MAX)) do
    names[form] = true
  end
  return names
end

---What could stand for the last word of `line`, sorted.
---@param line string
---@return string[]
function prompt.complete(line)
  local chain, inside = line:match '([%w_.]+):find%s*%(?%s*"([^"]*)$'
  if not chain then
    chain, inside = line:match '([%w_.]+)%s*%(?%s*"([^"]*)$'
  end
  local names, word, lead
  if chain then
    word = inside:match "[^%s|()]*$"
    names, lead = vocabulary(chain, word), ""
    word = word:sub(1, 1) == "@" and word or core.fold(word)
  else
    local of, sign, start = line:match "([%w_.]-[%w_])([.:])([%w_]*)$"
    word = start or line:match "[%w_]*$"
    names, lead = of and names_of(value_of(of), sign) or all_names(), of and of .. sign or ""
  end
  local list = {}
  for name in pairs(names) do
    if type(name) == "string" and name:sub(1, #word) == word and (chain or name:match "^[%a_]") then
      list[#list + 1] = lead .. name
    end
  end
  table.sort(list)
  return table.move(list, 1, math.min(#list, COMPLETIONS_MAX), 1, {})
end

-- ---- questions of the terminal ----

local asked = {}

local LEAVING = { exit = true, quit = true, ["exit()"] = true, ["quit()"] = true }

---A line came; 1 when the statement goes on, 0 when it has been run, 2 when the person leaves.
function asked.line(line)
  local word = not pending and line:match "^%s*(.-)%s*$"
  if LEAVING[word] and rawget(prompt.globals, word:match "%a+") == nil then
    return 2
  end
  local text = pending and pending .. "\n" .. line or line
  pending = nil
  if text:match "^%s*$" then
    return 0
  elseif run(text) then
    pending = text
    return 1
  end
  return 0
end

---The lines typed so far are dropped.
function asked.drop()
  pending = nil
  return 0
end

function asked.complete(line)
  return table.unpack(prompt.complete(line))
end

---Answer the terminal: `what` is "line", "drop" or "complete".
function prompt.ask(what, ...)
  prompt.globals = prompt.globals or core.globals()
  return asked[what](...)
end

return prompt
