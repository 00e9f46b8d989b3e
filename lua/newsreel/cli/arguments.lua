--- Command lines: options and the rest, mistakes in plain words.
local core = require "newsreel.core"
local cli = require "newsreel.cli"
local screen = require "newsreel.screen"

local arguments = {}

---@class newsreel.cli.Verb
---@field usage string # "find CORPUS PATTERN"
---@field about string # what it does, and examples
---@field options table<string, string> # "--json" -> "flag", "value", "number" or "list"
---@field least integer # arguments needed
---@field most integer? # arguments taken, any number unless given
---@field run fun(given: table): integer? # exit status, 0 unless given

local function misuse(verb, message)
  return nil, cli.misuse(("%s: %s\nusage: newsreel %s"):format(verb.usage:match "^%S+", message, verb.usage))
end

local function unknown_option(verb, name)
  local near = core.nearest(name, verb.options)
  return misuse(verb, ("there is no option %s%s"):format(name, near and (" (did you mean %s?)"):format(near) or ""))
end

---Put the value of an option into `given`; the message where it is wrong.
local function set(given, name, kind, value)
  local key = name:gsub("^%-%-", ""):gsub("%-", "_")
  if kind == "number" then
    local number = math.tointeger(tonumber(value))
    if not number or number < 1 then
      return ("%s takes a whole number from 1 up, not '%s'"):format(name, value)
    end
    value = number
  elseif kind == "list" then
    given[key] = given[key] or {}
    table.insert(given[key], value)
    return
  end
  given[key] = value
end

---Split a command line into options and the rest; an exit status instead where there is nothing to do.
---@param verb newsreel.cli.Verb
---@param ... string
---@return table? given # options by name, the rest from 1
---@return integer? status # exit status, where given is nil
function arguments.read(verb, ...)
  local given, texts, only_rest, i = {}, { ... }, false, 1
  while i <= #texts do
    local text = texts[i]
    local name, value = text:match "^(%-%-[^=]+)=(.*)$"
    name = name or text
    if only_rest or not text:find "^%-%-" then
      given[#given + 1] = text
    elseif text == "--" then
      only_rest = true
    elseif name == "--help" then
      core.write(("newsreel %s\n\n%s"):format(verb.usage, verb.about))
      return nil, 0
    elseif not verb.options[name] then
      return unknown_option(verb, name)
    elseif verb.options[name] == "flag" then
      if value then
        return misuse(verb, name .. " takes no value")
      end
      set(given, name, "flag", true)
    else
      if not value then
        i = i + 1
        value = texts[i]
      end
      if not value then
        return misuse(verb, name .. " needs a value")
      end
      local message = set(given, name, verb.options[name], value)
      if message then
        return misuse(verb, message)
      end
    end
    i = i + 1
  end
  if #given < verb.least then
    return misuse(verb, "something is missing" .. (#given == 0 and "" or " behind '" .. given[#given] .. "'"))
  elseif verb.most and #given > verb.most then
    return misuse(verb, ("'%s' is one argument too many%s"):format(given[verb.most + 1],
      verb.usage:find "PATTERN" and "; put a pattern in quotes" or ""))
  end
  return given
end

---A table from texts "name=value"; the message where one is not so.
---@param texts string[]?
---@return table? pairs
---@return string? message
function arguments.pairs(texts)
  local found = {}
  for _, text in ipairs(texts or {}) do
    local name, value = text:match "^([^=]+)=(.*)$"
    if not name then
      return nil, ("'%s' is not written name=value"):format(text)
    end
    found[name] = value
  end
  return found
end

---The view that --during and --where choose; raises in plain words.
function arguments.view(corpus, given)
  local fields, message = arguments.pairs(given.where)
  if not fields then
    core.raise("--where: " .. message)
  end
  if next(fields) then
    corpus = corpus:where(fields)
  end
  return given.during and corpus:during(given.during) or corpus
end

---Print a frame as a table, or as JSON Lines where --json asks for it.
function arguments.show(frame, given)
  if given.json then
    core.write(core.frame_jsonl(frame))
  else
    core.write(screen.table(frame, #frame))
  end
end

return arguments
