--- newsreel compact CORPUS
local core = require "newsreel.core"
local arguments = require "newsreel.cli.arguments"
local cli = require "newsreel.cli"
local newsreel = require "newsreel"

local verb = {
  usage = "compact CORPUS",
  about = [[
Write a corpus anew, without the space that replaced and removed articles leave. Those who read it
keep what they have open; on failure the file is as it was.

  newsreel compact talks.reel
]],
  options = {},
  least = 1,
  most = 1,
}

local function file_bytes(path)
  local corpus <close> = newsreel.open(path)
  return corpus:counts().file_bytes
end

return function(...)
  local given, status = arguments.read(verb, ...)
  if not given then
    return status
  end
  local before = file_bytes(given[1])
  core.compact(given[1])
  cli.say(("%s: %d bytes, were %d"):format(given[1], file_bytes(given[1]), before))
end
