--- Methods that know when they were called with a point in place of a colon.
local core = require "newsreel.core"

local methods = {}

---Function -> its type's name and its own: for help(f).
---@type table<function, string[]>
methods.names = setmetatable({}, { __mode = "k" })

---Put a check of the first argument before every method of a type.
---@param of table {methods =, meta =}: one of core.types
---@param letter string what an object is called in messages
function methods.guard(of, letter)
  for name, method in pairs(of.methods) do
    local function guarded(self, ...)
      if getmetatable(self) ~= of.meta then
        core.raise(("write %s:%s(...), with a colon"):format(letter, name))
      end
      return method(self, ...)
    end
    of.methods[name] = guarded
    methods.names[guarded] = { of.meta.__name, name }
  end
end

return methods
