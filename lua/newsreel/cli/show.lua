--- newsreel show CORPUS ID
local core = require "newsreel.core"
local dump = require "newsreel.cli.dump"
local newsreel = require "newsreel"

local verb = {
  usage = "show CORPUS ID [--json]",
  about = [[
Show one article: its fields, then its text as stored, with what cleaning set aside marked by "|".

  newsreel show talks.reel a1
]],
  options = { ["--json"] = "flag" },
  least = 2,
  most = 2,
}

local function sorted(fields)
  local names = {}
  for name in pairs(fields) do
    names[#names + 1] = name
  end
  table.sort(names)
  return names
end

---Text for the screen: on a terminal, control characters are shown, never obeyed.
local function safe(text)
  if not core.terminal or core.terminal.width == 0 then
    return text
  end
  text = text:gsub("[\0-\8\11-\31\127]", function(byte)
    return ("\\x%02x"):format(byte:byte())
  end)
  return (text:gsub("\194([\128-\159])", function(byte)
    return ("\\u{%x}"):format(byte:byte())
  end))
end

local function write_field(name, value)
  if value ~= nil then
    core.write(("%-14s %s\n"):format(name, type(value) == "table" and core.json.encode(value)
      or safe(tostring(value))))
  end
end

---@param given table # options by name, the rest from 1
function verb.run(given)
  local corpus <close> = newsreel.open(given[1])
  local article = corpus:article(given[2])
    or core.raise(("%s has no article '%s'; 'newsreel articles' lists them"):format(given[1], given[2]), "notfound")
  if given.json then
    core.write(core.json.encode(dump.record(article)) .. "\n")
    return 0
  end
  for _, name in ipairs { "id", "title", "date", "date_source", "date_evidence" } do
    write_field(name, article[name])
  end
  local fields = article:fields()
  for _, name in ipairs(sorted(fields)) do
    write_field(name, fields[name])
  end
  core.write "\n"
  local text = article.text
  for _, block in ipairs(article:blocks()) do
    local stretch = safe(text:sub(block.first, block.last)):gsub("%s+$", "")
    if block.margin then
      stretch = ("| %s   (%s)"):format((stretch:gsub("\n", "\n| ")), block.kind)
    end
    core.write(stretch .. "\n")
  end
end

return verb
