--- newsreel words CORPUS
local arguments = require "newsreel.cli.arguments"
local newsreel = require "newsreel"

local verb = {
  usage = "words CORPUS [--top N] [--during PERIOD] [--where NAME=VALUE] [--mixed] [--json]",
  about = [[
Count the words on the line, folded, the most frequent first.

  --mixed   only words that mix Latin letters with Cyrillic or Greek ones, as look-alikes do

  newsreel words talks.reel --top 50
  newsreel words talks.reel --during 2025-09 --json
]],
  options = { ["--top"] = "number", ["--during"] = "value", ["--where"] = "list", ["--json"] = "flag",
    ["--mixed"] = "flag" },
  least = 1,
  most = 1,
}

---Whether a word has letters of Latin and of Cyrillic or Greek.
local function mixes(word)
  return word:find "%a" ~= nil and word:find "[\xCD-\xD4][\x80-\xBF]" ~= nil
end

---@param given table # options by name, the rest from 1
function verb.run(given)
  local corpus <close> = newsreel.open(given[1])
  local found = arguments.view(corpus, given):words()
  found = given.mixed and found:where { term = mixes } or found
  arguments.show(given.top and found:head(given.top) or found, given)
end

return verb
