--- newsreel collocates CORPUS PATTERN
local arguments = require "newsreel.cli.arguments"
local newsreel = require "newsreel"

local verb = {
  usage = [=[collocates CORPUS PATTERN [--window N] [--measure NAME] [--least N] [--top N]
  [--during PERIOD] [--where NAME=VALUE] [--json]]=],
  about = [[
Words that stand near a pattern more often than chance would have it. `expected` is how often they
would stand there by chance, `score` tells how strong the tie is.

  --window N       words left and right that count, 5 unless given
  --measure NAME   loglikelihood (unless given), pmi, npmi, logdice, logratio, deltap
  --least N        leave out words that stand there fewer than N times
  --top N          rows to show, 20 unless given

  newsreel collocates talks.reel 'sanction*' --window 3
]],
  options = {
    ["--window"] = "number", ["--measure"] = "value", ["--least"] = "number", ["--top"] = "number",
    ["--during"] = "value", ["--where"] = "list", ["--json"] = "flag",
  },
  least = 2,
  most = 2,
}

---@param given table # options by name, the rest from 1
function verb.run(given)
  local corpus <close> = newsreel.open(given[1])
  local found = arguments.view(corpus, given):find(given[2]):collocates {
    window = given.window, measure = given.measure, least = given.least,
  }
  arguments.show(found:head(given.top or 20), given)
end

return verb
