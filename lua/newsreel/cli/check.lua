--- newsreel check CORPUS
local core = require "newsreel.core"
local cli = require "newsreel.cli"

local verb = {
  usage = "check CORPUS [--salvage NEW.reel]",
  about = [[
Read every byte of a corpus, verify its checksums and decode every column. The exit status is 1 when
something is damaged; each damage and each lost article is named.

  --salvage NEW.reel   put every article that can be read into a new corpus

  newsreel check talks.reel
]],
  options = { ["--salvage"] = "value" },
  least = 1,
  most = 1,
}

---@param given table # options by name, the rest from 1
function verb.run(given)
  if given.salvage then
    local damage = core.salvage(given[1], given.salvage)
    cli.say(("%d articles saved, %d lost"):format(damage.articles_saved, damage.articles_lost))
    return damage.articles_lost + damage.segments_lost > 0 and 1 or 0
  end
  core.check(given[1])
  cli.say(given[1] .. ": whole")
end

return verb
