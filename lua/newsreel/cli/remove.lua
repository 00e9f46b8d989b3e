--- newsreel remove CORPUS ID...
local cli = require "newsreel.cli"
local newsreel = require "newsreel"

local verb = {
  usage = "remove CORPUS ID...",
  about = [[
Take articles out of a corpus, as one commit. Ids that are not there are named, and the exit status is
then 1.

  newsreel remove talks.reel a1 a2
]],
  options = {},
  least = 2,
}

---@param given table # options by name, the rest from 1
function verb.run(given)
  local corpus <close> = newsreel.open(given[1], { write = true })
  local removed, missing = 0, 0
  for i = 2, #given do
    local ok, message = newsreel.try(corpus.remove, corpus, given[i])
    if ok then
      removed = removed + 1
    else
      missing = missing + 1
      cli.say("newsreel: " .. message)
    end
  end
  corpus:commit()
  cli.say(("%d removed"):format(removed))
  return missing > 0 and 1 or 0
end

return verb
