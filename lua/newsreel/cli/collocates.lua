--- newsreel collocates CORPUS PATTERN
local arguments = require "newsreel.cli.arguments"
local newsreel = require "newsreel"

local verb = {
  usage = "collocates CORPUS PATTERN [--window N] [--top N] [--during PERIOD] [--where NAME=VALUE] [--json]",
  about = [[
Words that stand near a pattern more often than chance would have it. `expected` is how often they
would stand there by chance, `score` the log-likelihood of the difference (Dunning 1993).

  --window N   words left and right that count, 5 unless given
  --top N      rows to show, 20 unless given

  newsreel collocates talks.reel 'sanction*' --window 3
]],
  options = {
    ["--window"] = "number", ["--top"] = "number", ["--during"] = "value", ["--where"] = "list", ["--json"] = "flag",
  },
  least = 2,
  most = 2,
}

return function(...)
  local given, status = arguments.read(verb, ...)
  if not given then
    return status
  end
  local corpus <close> = newsreel.open(given[1])
  local found = arguments.view(corpus, given):find(given[2]):collocates { window = given.window }
  arguments.show(found:head(given.top or 20), given)
end
