--- newsreel run SCRIPT [ARG...]
local core = require "newsreel.core"
local cli = require "newsreel.cli"

local help = [[
newsreel run SCRIPT [ARG...]

Run a script. `newsreel` is loaded, the arguments are in `arg` and `...`; "-" reads the script from
standard input.

  newsreel run tone.lua talks.reel
  echo 'print(newsreel.version)' | newsreel run -
]]

return function(path, ...)
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
