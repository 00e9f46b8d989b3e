--- An analyst's rules about the pages of single outlets: which of their lines are furniture, and which are not.
local core = require "newsreel.core"

local outlets = {}

-- What a rule may say of the lines it fits; lua/newsreel/page/en.lua tells what each means.
local MEANINGS = { "body", "furniture", "caption", "teasers", "comments", "over", "byline", "date", "updated" }
local KNOWN = {}
for _, means in ipairs(MEANINGS) do
  KNOWN[means] = true
end
local PLACES = { "is", "starts", "ends", "holds" }

---"x" is a whole line, "x*" its start, "*x" its end, "*x*" anywhere in it.
local function phrase_of(wording, means, source)
  local before, text, behind = wording:match "^%s*(%*?)(.-)(%*?)%s*$"
  if #text:gsub("%*.*", "") < 3 then
    core.raise(("the rule '%s' of '%s' has less than three signs to go by"):format(wording, means))
  end
  return { means = means, text = text, source = source,
    place = PLACES[1 + (behind ~= "" and 1 or 0) + (before ~= "" and 2 or 0)] }
end

local function wordings_of(list, means)
  if type(list) == "table" then
    return list
  elseif type(list) ~= "string" then
    core.raise(("'%s' takes a list of lines or a text with one a line, not a %s"):format(means, type(list)))
  end
  local wordings = {}
  for line in list:gmatch "[^\n]+" do
    wordings[#wordings + 1] = line:find "%S" and line or nil
  end
  return wordings
end

---Rules as C takes them.
---@param given table<string, table<string, string|string[]>> by source, "*" for all: `{ CNN = { furniture = { "Sign up for*" } } }`
---@return table[]
function outlets.phrases(given)
  local phrases, sources = {}, {}
  for source in pairs(given) do
    if type(source) ~= "string" or type(given[source]) ~= "table" then
      core.raise 'rules for outlets are written { CNN = { furniture = { "Sign up for*" }, body = { "Read on*" } } }'
    end
    sources[#sources + 1] = source
  end
  table.sort(sources)
  for _, source in ipairs(sources) do
    for means in pairs(given[source]) do
      if not KNOWN[means] then
        local near = type(means) == "string" and core.nearest(means, KNOWN)
        core.raise(("a line of %s can't be '%s'%s"):format(source, tostring(means),
          near and (" (did you mean '%s'?)"):format(near) or ""))
      end
    end
    for _, means in ipairs(MEANINGS) do
      for _, wording in ipairs(wordings_of(given[source][means] or {}, means)) do
        phrases[#phrases + 1] = phrase_of(wording, means, source ~= "*" and source or nil)
      end
    end
  end
  return phrases
end

---Rules from a file that returns them.
---@param path string
---@return table[]
function outlets.read(path)
  local chunk, message = loadfile(path, "t", {})
  if not chunk then
    core.raise(message)
  end
  local given = chunk()
  if type(given) ~= "table" then
    core.raise(path .. ': it returns no table; as in return { CNN = { furniture = { "Sign up for*" } } }')
  end
  return outlets.phrases(given)
end

return outlets
