--- Groups of hits or rows, waiting for what to count.
local core = require "newsreel.core"

---What `by` gives: ask it for `count`, `sum`, `mean`, `range`, `earliest`, `share` or `per`.
---@class newsreel.Grouping
local grouping = {}

local meta = { __name = "newsreel.Grouping" }

function meta.__index(_, name)
  local method = grouping[name]
  if method then
    return method
  end
  local near = type(name) == "string" and core.nearest(name, grouping)
  core.raise(("grouped spans have no '%s'%s"):format(tostring(name), near and (" (did you mean '%s'?)"):format(near)
    or "; ask for :count(), :sum(name), :mean(name), :range(name), :earliest(), :share() or :per(n)"))
end

function meta.__len()
  core.raise "grouped spans have no length yet; write :count() behind by(...)"
end

function meta.__tostring(self)
  return "by(" .. table.concat(rawget(self, "columns"), ", ") .. "): ask for :count(), :sum(name), :mean(name), ..."
end

---@param of newsreel.Spans|newsreel.Frame
---@param ... string
---@return newsreel.Grouping
function grouping.new(of, ...)
  local columns = { ... }
  for i, name in ipairs(columns) do
    if type(name) ~= "string" then
      core.raise(("by takes names of columns, as in by(\"month\"); number %d is a %s"):format(i, type(name)))
    end
  end
  return setmetatable({ of = of, columns = columns }, meta)
end

local function aggregate(self, name, of, n)
  local source = rawget(self, "of")
  local group = getmetatable(source) == core.types.frame.meta and core.regroup or core.group
  return group(source, rawget(self, "columns"), name, of, n)
end

local function check_name(name, call)
  if type(name) ~= "string" then
    core.raise(('%s takes the name of a number, as in %s "value"'):format(call, call))
  end
  return name
end

---Columns `count` and `articles`.
---@return newsreel.Frame
function grouping:count()
  return aggregate(self, "count")
end

---The sum of a number, exact.
---@param name? string "value" unless given
---@return newsreel.Frame
function grouping:sum(name)
  return aggregate(self, "sum", check_name(name or "value", "sum"))
end

---The mean of a number.
---@param name? string "value" unless given
---@return newsreel.Frame
function grouping:mean(name)
  return aggregate(self, "mean", check_name(name or "value", "mean"))
end

---The least and the most of a number.
---@param name? string "value" unless given
---@return newsreel.Frame
function grouping:range(name)
  return aggregate(self, "range", check_name(name or "value", "range"))
end

---The first day.
---@return newsreel.Frame
function grouping:earliest()
  return aggregate(self, "earliest")
end

---Each count as a part of all.
---@return newsreel.Frame
function grouping:share()
  return aggregate(self, "share")
end

---Counts (or the sum of a number) for every `n` tokens on the line in the same group.
---@param n? integer 1000 unless given
---@param name? string
---@return newsreel.Frame
function grouping:per(n, name)
  if n ~= nil and not (math.type(n) and n > 0 and n < math.huge) then
    core.raise(("per takes a number of tokens above 0, as in per(1000), not %s"):format(tostring(n)))
  end
  return aggregate(self, "per", name, n or 1000)
end

return grouping
