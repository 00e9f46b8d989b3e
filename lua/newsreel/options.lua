--- Option tables: unknown keys are refused with the nearest known one.
local core = require "newsreel.core"

local options = {}

local function names_of(known)
  local names = {}
  for name in pairs(known) do
    names[#names + 1] = "'" .. name .. "'"
  end
  table.sort(names)
  return table.concat(names, ", ")
end

---Raise unless `given` is a table with keys of `known` only, of the types named there.
---@param what string the call, for the message: "c:find"
---@param given table?
---@param known table<string, string> key -> type, "any" for all
---@return table # `given`, or an empty table
function options.check(what, given, known)
  if given == nil then
    return {}
  elseif type(given) ~= "table" then
    core.raise(("%s takes its options in a table, not a %s"):format(what, type(given)))
  end
  for key, value in pairs(given) do
    local wanted = known[key]
    if not wanted then
      local near = type(key) == "string" and core.nearest(key, known)
      core.raise(("%s has no option '%s' (%s)"):format(what, tostring(key),
        near and ("did you mean '%s'?"):format(near) or "there are " .. names_of(known)))
    elseif wanted ~= "any" and type(value) ~= wanted then
      core.raise(("option '%s' of %s is a %s, not a %s"):format(key, what, wanted, type(value)))
    end
  end
  return given
end

---The options of rules over a text alone; raise unless both are what they must be.
---@param what string the call, for the message: "newsreel.dates"
---@param text any
---@param given any
---@param known table<string, string>
---@return table
function options.of_text(what, text, given, known)
  if type(text) ~= "string" then
    core.raise(("%s reads a text in quotes, not %s"):format(what, text == nil and "nothing" or "a " .. type(text)))
  end
  return options.check(what, given, known)
end

---Raise unless option `name` is missing or a whole number from `least` up.
---@param what string the call, for the message
---@param given table
---@param name string
---@param least integer
function options.whole(what, given, name, least)
  local value = given[name]
  if value ~= nil and (not math.tointeger(value) or value < least) then
    core.raise(("option '%s' of %s is a whole number from %d up, not %s"):format(name, what, least, value))
  end
end

---A whole number from 0 up, or a raised message.
---@param n any
---@param call string for the message: "a:kwic"
---@param of string what is counted: "lines"
---@return integer
function options.amount(n, call, of)
  if math.type(n) == nil or not math.tointeger(n) or n < 0 then
    core.raise(("%s takes a number of %s, not %s"):format(call, of, n == nil and "nothing" or tostring(n)))
  end
  return math.tointeger(n)
end

local OF_THE_DATE <const> = { day = true, week = true, month = true, quarter = true, year = true, date_source = true,
  date_evidence = true }

---Why the field `name` of an article can't be given a value, or taken out, by hand; nil where it can. What an article
---brought under a name of its date's can be taken out.
---@param name string
---@param gone boolean
---@return string?
function options.unsettable(name, gone)
  if name == "id" or name == "title" or name == "text" then
    return ("'%s' can't be set; add the article anew"):format(name)
  end
  return not gone and OF_THE_DATE[name]
    and ("'%s' can't be set, it follows from the date; set 'date'"):format(name) or nil
end

local WIDTH_MAX <const> = 100000 -- a line is padded to its width: a text is never that long, a slip of the hand is

---Raise unless option `width` is missing or columns that a line may have; 0 stands for whole sentences.
---@param what string the call, for the message
---@param given table
function options.width(what, given)
  options.whole(what, given, "width", 0)
  if given.width and given.width > WIDTH_MAX then
    core.raise(("option 'width' of %s is at most %d, not %s"):format(what, WIDTH_MAX, given.width))
  end
end

return options
