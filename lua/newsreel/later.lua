--- Modules that are loaded when something of theirs is first asked for: most scripts need few, and an engine starts fast.
--
-- `later "newsreel.picture"` stands for the module where only its functions and constants are asked for; what has
-- been asked for is kept.
return function(name)
  return setmetatable({}, {
    __index = function(self, key)
      local value = require(name)[key]
      self[key] = value
      return value
    end,
  })
end
