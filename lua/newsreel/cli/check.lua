--- newsreel check CORPUS
local core = require "newsreel.core"
local arguments = require "newsreel.cli.arguments"
local cli = require "newsreel.cli"
local newsreel = require "newsreel"

local verb = {
  usage = "check CORPUS",
  about = [[
Read every byte of a corpus, verify its checksums and decode every column. The exit status is 1 when
something is damaged; the message says where.

  newsreel check talks.reel
]],
  options = {},
  least = 1,
  most = 1,
}

return function(...)
  local given, status = arguments.read(verb, ...)
  if not given then
    return status
  end
  local corpus <close> = newsreel.open(given[1])
  core.check(corpus)
  cli.say(given[1] .. ": whole")
end
