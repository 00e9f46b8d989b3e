--- newsreel set CORPUS ID NAME=VALUE...
local core = require "newsreel.core"
local arguments = require "newsreel.cli.arguments"
local cli = require "newsreel.cli"
local newsreel = require "newsreel"
local options = require "newsreel.options"

local verb = {
  usage = "set CORPUS ID NAME=VALUE...",
  about = [[
Correct fields of an article; an empty value takes the field out. A date set by hand has the source
`given`.

  newsreel set talks.reel a1 date=2025-09-26 source=CNN
]],
  options = {},
  least = 3,
}

---@param given table # options by name, the rest from 1
function verb.run(given)
  local wanted, message = arguments.pairs { table.unpack(given, 3) }
  if not wanted then
    return cli.misuse("set: " .. message)
  end
  local fields = {}
  for name, value in pairs(wanted) do
    local why = options.unsettable(name, value == "")
    if why then
      return cli.misuse("set: " .. why)
    elseif name ~= "date" then
      fields[#fields + 1] = { name, "string", value ~= "" and value or nil }
    end
  end
  local corpus <close> = newsreel.open(given[1], { write = true })
  local changed = core.set(corpus, given[2], fields, wanted.date)
  corpus:commit()
  cli.say(changed and given[2] .. ": set" or given[2] .. ": nothing to change")
end

return verb
