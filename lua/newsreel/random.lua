--- Chance that is the same everywhere: splitmix64 with a seed.
local random = {}

local function generator(seed)
  local state = seed
  return function()
    state = state + 0x9E3779B97F4A7C15
    local z = state
    z = (z ~ (z >> 30)) * 0xBF58476D1CE4E5B9
    z = (z ~ (z >> 27)) * 0x94D049BB133111EB
    return z ~ (z >> 31)
  end
end

---`n` different numbers of 1..count, ascending (Floyd's method).
---@param count integer
---@param n integer
---@param seed integer
---@return integer[]
function random.sample(count, n, seed)
  local next_number, taken, list = generator(seed), {}, {}
  n = math.min(n, count)
  for j = count - n + 1, count do
    local number = (next_number() >> 1) % j + 1
    if taken[number] then
      number = j
    end
    taken[number] = true
    list[#list + 1] = number
  end
  table.sort(list)
  return list
end

return random
