--- newsreel words CORPUS
local arguments = require "newsreel.cli.arguments"
local newsreel = require "newsreel"

local verb = {
  usage = "words CORPUS [--top N] [--during PERIOD] [--where NAME=VALUE] [--json]",
  about = [[
Count the words on the line, folded, the most frequent first.

  newsreel words talks.reel --top 50
  newsreel words talks.reel --during 2025-09 --json
]],
  options = { ["--top"] = "number", ["--during"] = "value", ["--where"] = "list", ["--json"] = "flag" },
  least = 1,
  most = 1,
}

return function(...)
  local given, status = arguments.read(verb, ...)
  if not given then
    return status
  end
  local corpus <close> = newsreel.open(given[1])
  local found = arguments.view(corpus, given):words()
  arguments.show(given.top and found:head(given.top) or found, given)
end
