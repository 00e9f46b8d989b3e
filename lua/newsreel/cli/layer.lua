--- newsreel layer CORPUS NAME
local core = require "newsreel.core"
local arguments = require "newsreel.cli.arguments"
local newsreel = require "newsreel"

local verb = {
  usage = "layer CORPUS NAME [--list LIST] [--during PERIOD] [--where NAME=VALUE] [--json]",
  about = [[
List the spans of a layer with their place in bytes and their attributes: articles titles paragraphs
sentences clauses tokens boiler dates, or `actors` and `lexicon` with a list.

  --list LIST   for actors (leaders states organisations unless given) and lexicon

  newsreel layer talks.reel sentences --json
  newsreel layer talks.reel actors --list leaders
]],
  options = { ["--list"] = "list", ["--during"] = "value", ["--where"] = "list", ["--json"] = "flag" },
  least = 2,
  most = 2,
}

local JSON_BATCH = 10000

---All packaged actors as one list, so that the longest name wins across them.
local function merged(names)
  local all = {}
  for _, name in ipairs(names) do
    local list = require("newsreel.lists").load(name, "--list")
    for actor, entry in pairs(list) do
      if type(entry) == "table" and not all[actor] then
        local copy = { kind = list.kind }
        for key, value in pairs(entry) do
          copy[key] = value
        end
        all[actor] = copy
      end
    end
  end
  return all
end

local function spans_of(corpus, name, given)
  if name == "actors" then
    return corpus:actors(merged(given.list or { "leaders", "states", "organisations" }))
  elseif name == "lexicon" then
    if not given.list then
      core.raise "a lexicon needs --list: politics, stance, sanctions, weapons, harm or a file"
    end
    return corpus:lexicon(given.list[1])
  end
  return corpus:layer(name)
end

return function(...)
  local given, status = arguments.read(verb, ...)
  if not given then
    return status
  end
  local corpus <close> = newsreel.open(given[1])
  local spans = spans_of(arguments.view(corpus, given), given[2], given)
  if given.json then
    for from = 1, #spans, JSON_BATCH do
      core.write(core.jsonl(spans, from, JSON_BATCH))
    end
    return 0
  end
  local columns = { "article", "start", "end", "text" }
  for _, column in ipairs(core.columns(spans)) do
    columns[#columns + 1] = column.name
  end
  arguments.show(spans:frame(columns), given)
end
