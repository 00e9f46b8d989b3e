--- newsreel compact CORPUS
local core = require "newsreel.core"
local cli = require "newsreel.cli"
local newsreel = require "newsreel"

local verb = {
  usage = "compact CORPUS [--compress | --no-compress]",
  about = [[
Write a corpus anew, without the space that replaced and removed articles leave. Those who read it
keep what they have open; on failure the file is as it was.

  --compress      keep texts compressed, now and from now on
  --no-compress   keep them as they came

  newsreel compact talks.reel
]],
  options = { ["--compress"] = "flag", ["--no-compress"] = "flag" },
  least = 1,
  most = 1,
}

local function file_bytes(path)
  local corpus <close> = newsreel.open(path)
  return corpus:counts().file_bytes
end

---@param given table # options by name, the rest from 1
function verb.run(given)
  if given.compress and given.no_compress then
    return cli.misuse "compact: --compress or --no-compress, not both"
  end
  local before = file_bytes(given[1])
  local compressed = given.compress
  if given.no_compress then
    compressed = false
  end
  core.compact(given[1], compressed)
  cli.say(("%s: %d bytes, were %d"):format(given[1], file_bytes(given[1]), before))
end

return verb
