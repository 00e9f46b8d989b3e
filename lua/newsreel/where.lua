--- `where{name = value}`: the same on corpora, spans and frames.
local core = require "newsreel.core"

local where = {}

local function is_list(value)
  return type(value) == "table"
end

---The values that pass a function, out of those that occur.
local function passing(test, occurring)
  local values = {}
  for value in pairs(occurring) do
    local shown = value
    if value == core.missing then
      shown = nil
    end
    if test(shown) then
      values[#values + 1] = value
    end
  end
  return values
end

local function check_names(wanted, known, what)
  if type(wanted) ~= "table" then
    core.raise(('%s takes names and values, as in where{ source = "CNN" }, not a %s'):format(what, type(wanted)))
  end
  for name in pairs(wanted) do
    if type(name) ~= "string" then
      core.raise(('%s takes names and values, as in where{ source = "CNN" }'):format(what))
    elseif not known[name] then
      local near = core.nearest(name, known)
      core.raise(("there is no '%s' to choose by%s"):format(name,
        near and (" (did you mean '%s'?)"):format(near) or ""))
    end
  end
end

---@class newsreel.where.Context
---@field what string # the call, for messages
---@field known table<string, any> # names that may be chosen by
---@field occurring fun(name: string): table<any, any> # the values a name has, as a set
---@field resolve? fun(name: string, value: any): any # what a value stands for

---Turn an analyst's table into conditions for C, in the order of names.
---@param wanted table
---@param context newsreel.where.Context
---@return {name: string, values: any[]}[]
function where.conditions(wanted, context)
  check_names(wanted, context.known, context.what)
  local conditions = {}
  for name, value in pairs(wanted) do
    local values = value
    if type(value) == "function" then
      values = passing(value, context.occurring(name))
    elseif not is_list(value) then
      values = { value }
    end
    if context.resolve then
      local resolved = {}
      for i, one in ipairs(values) do
        resolved[i] = context.resolve(name, one)
      end
      values = resolved
    end
    conditions[#conditions + 1] = { name = name, values = values }
  end
  table.sort(conditions, function(a, b)
    return a.name < b.name
  end)
  return conditions
end

local actor_names = { actor = true, actor2 = true }

---Any alias means its actor: what `resolve` of a context does where lists of actors are loaded.
---@param aliases table<string, string>? folded alias -> actor
---@return fun(name: string, value: any): any
function where.actors(aliases)
  return function(name, value)
    if not (aliases and actor_names[name] and type(value) == "string") then
      return value
    end
    local actor = aliases[core.fold(value)]
    if not actor then
      local near = core.nearest(value, aliases)
      core.tell("note", ("no actor of the loaded lists is called '%s'%s"):format(value,
        near and (" (did you mean '%s'?)"):format(near) or ""))
    end
    return actor or value
  end
end

---Tell the analyst that a value occurs nowhere.
function where.note_absent(name, value, occurring)
  if type(value) ~= "string" or occurring[value] then
    return
  end
  local near = core.nearest(value, occurring)
  core.tell("note", ("no %s is '%s'%s"):format(name, value, near and (" (did you mean '%s'?)"):format(near) or ""))
end

return where
