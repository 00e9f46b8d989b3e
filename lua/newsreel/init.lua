--- newsreel: news archives, asked in Lua.
local core = require "newsreel.core"

local newsreel = { version = core.version }

---Call `f`; where it raises, give nil, the message and a code such as "notfound".
---@param f function
---@param ... any its arguments
---@return any ... # what `f` returns, or nil, message, code
function newsreel.try(f, ...)
  local results = table.pack(pcall(f, ...))
  if results[1] then
    return table.unpack(results, 2, results.n)
  end
  return nil, results[2], core.code(results[2])
end

return newsreel
