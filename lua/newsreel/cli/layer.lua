--- newsreel layer CORPUS NAME...
local core = require "newsreel.core"
local arguments = require "newsreel.cli.arguments"
local cli = require "newsreel.cli"
local layers = require "newsreel.layers"
local newsreel = require "newsreel"

local verb = {
  usage = "layer CORPUS NAME... [--store] [--list LIST] [--during PERIOD] [--where NAME=VALUE] [--json]",
  about = [[
List the spans of a layer with their place in bytes and their attributes: articles titles paragraphs
sentences clauses tokens boiler, dates quotes reported voices names, "events sanctions", or `actors` and
`lexicon` with a list. With --store, make layers and keep them in the file: then they cost nothing until
articles are added, and after that only the new ones are read. A layer whose rules have changed is made anew.

  --store       make dates, voices, names, "events ..." and keep them (quotes and reported are parts of voices)
  --workers N   make them with N workers, as many as there are cores unless given
  --list LIST   for actors (leaders states organisations unless given) and lexicon

  newsreel layer talks.reel sentences --json
  newsreel layer talks.reel actors --list leaders
  newsreel layer talks.reel dates voices names --store
]],
  options = { ["--list"] = "list", ["--during"] = "value", ["--where"] = "list", ["--json"] = "flag",
    ["--store"] = "flag", ["--workers"] = "number" },
  least = 2,
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
  if name == "events" then
    core.raise 'the layer of acts is named with its table, in quotes: "events sanctions"'
  end
  local act = name:match "^events (.+)$"
  return act and corpus:events(act) or corpus:layer(name)
end

---Make layers and commit them with the corpus; what is stored already is left alone.
local function store(given)
  local corpus <close> = newsreel.open(given[1], { write = true })
  for i = 2, #given do
    print(("%s: %d spans"):format(given[i], #spans_of(corpus, given[i], given)))
  end
  corpus:commit()
  return 0
end

---@param given table # options by name, the rest from 1
function verb.run(given)
  layers.workers = given.workers
  if given.store and (given.during or given.where) then
    return cli.misuse "layer: --store makes layers of all articles; --during and --where are for listing"
  elseif given.store then
    return store(given)
  elseif #given > 2 then
    return cli.misuse "layer: one layer can be listed at a time; --store takes several"
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

return verb
