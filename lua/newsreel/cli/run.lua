--- newsreel run SCRIPT [ARG...]
local core = require "newsreel.core"
local cli = require "newsreel.cli"

local help = [[
newsreel run [--sandbox] [--limit NAME=VALUE,...] [--corpus PATH]... SCRIPT [ARG...]

Run a script. `newsreel` is loaded, the arguments are in `arg` and `...`; "-" reads the script from
standard input.

  --sandbox  for a script of somebody else's: no files, no programs, and limits (SECURITY.md)
  --limit    memory, output, result, text, source (64M), time (300ms), steps; a sandbox has 64M and 5s
  --corpus   a corpus that the script may open by this path; newsreel.open() gives the first

  newsreel run tone.lua talks.reel
  newsreel run --sandbox --limit time=300ms,memory=64M --corpus talks.reel theirs.lua
  echo 'print(newsreel.version)' | newsreel run -
]]

local run = {}

---What stands behind the script is the script's: there are no options of ours to be read.
function run.run(path, ...)
  if path == "--help" then
    core.write(help)
    return 0
  elseif not path then
    return cli.misuse "run: a script is missing\nusage: newsreel run SCRIPT [ARG...]"
  end
  local file = path ~= "-" and cli.file(path)
  if file then
    require("newsreel.lint").tell(file:read "a" or "", path)
    file:close()
  end
  core.load_file(path, ...)(...)
  return 0
end

return run
