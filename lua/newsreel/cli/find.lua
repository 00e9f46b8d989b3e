--- newsreel find CORPUS PATTERN
local core = require "newsreel.core"
local arguments = require "newsreel.cli.arguments"
local newsreel = require "newsreel"
local screen = require "newsreel.screen"

local verb = {
  usage = [=[find CORPUS PATTERN [--within LAYER] [--count] [--by COLUMN] [--during PERIOD]
  [--where NAME=VALUE] [--actors LIST] [--json]]=],
  about = [[
Show every place of a pattern with what stands around it, oldest first.

  --within LAYER    in titles, sentences, ... only
  --count           "9 hits in 3 articles"; with --by that table, which counts anyway
  --by COLUMN       a table: month, week, source, form, ...; several with commas
  --actors LIST     load a list of actors for @Name: leaders, states, organisations or a file
  --json            JSON Lines: article, start and end in bytes, text, day

Patterns: peace talks · sanction* · price (cap|ceiling) · talks .{0,3} paused · =US · stem:negotiate ·
/negotiat(e|or)/ · <dates> · "and"

  newsreel find talks.reel 'peace talks|negotiation*' --by month
  newsreel find talks.reel 'sanction*' --count --where source=CNN
]],
  options = {
    ["--within"] = "value", ["--count"] = "flag", ["--by"] = "value", ["--during"] = "value", ["--where"] = "list",
    ["--json"] = "flag", ["--actors"] = "list",
  },
  least = 2,
  most = 2,
}

local JSON_BATCH = 10000

local function write_json(spans)
  for from = 1, #spans, JSON_BATCH do
    core.write(core.jsonl(spans, from, JSON_BATCH))
  end
end

local function write_count(spans, json)
  local hits, articles = spans:count()
  core.write(json and core.json.encode { count = hits, articles = articles } .. "\n" or tostring(spans) .. "\n")
end

local function columns_of(text)
  local names = {}
  for name in text:gmatch "[^,%s]+" do
    names[#names + 1] = name
  end
  return table.unpack(names)
end

---@param given table # options by name, the rest from 1
function verb.run(given)
  local corpus <close> = newsreel.open(given[1])
  core.state(corpus).quiet = true
  for _, name in ipairs(given.actors or {}) do
    corpus:actors(name)
  end
  local spans = arguments.view(corpus, given):find(given[2])
  if given.within then
    spans = spans:within(corpus:layer(given.within))
  end
  if given.by then
    arguments.show(spans:by(columns_of(given.by)):count(), given)
  elseif given.count then
    write_count(spans, given.json)
  elseif given.json then
    write_json(spans)
  else
    core.write(screen.kwic(spans))
  end
end

return verb
