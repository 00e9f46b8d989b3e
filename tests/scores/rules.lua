-- In how many articles does each rule of cleaning fire? A line a rule, the rarest last; a rule of the line's shape or of
-- its source is named by its reason, one of wording by list and wording. What fires in fewer than three of all the
-- articles one has is no rule.
--   build/bin/newsreel run tests/scores/rules.lua CORPUS.reel ...
local core = require "newsreel.core"
local newsreel = require "newsreel"

local PLACES = { "is", "starts", "ends", "holds" }
local lists = { is = {}, starts = {}, ends = {}, holds = {} }

local function fold(text)
  return (core.fold(text):gsub("%s+", " "):gsub("^ ", ""))
end

---The wordings of a language, entered where they may stand.
local function read(language)
  for means, wordings in pairs(require("newsreel.page." .. language)) do
    if means ~= "credit" and means ~= "button" then
      for wording in wordings:gmatch "[^\n]+" do
        local before, text, behind = wording:match "^(%*?)(.-)(%*?)$"
        local place = PLACES[1 + (behind ~= "" and 1 or 0) + (before ~= "" and 2 or 0)]
        text = fold(text):gsub("[%p]", "%%%0"):gsub("%%%*", ".*") -- a star inside stands for anything
        table.insert(lists[place], { name = means .. ": " .. wording, text = text })
      end
    end
  end
end

local fits = {
  is = function(line, text)
    return line:find("^" .. text .. "[:.!> ]*$")
  end,
  starts = function(line, text)
    return line:find("^" .. text)
  end,
  ends = function(line, text)
    return line:find(text .. "$")
  end,
  holds = function(line, text)
    return line:find(text)
  end,
}

---The wording that a line was set aside for.
local function rule_of(line)
  for _, place in ipairs(PLACES) do
    for _, wording in ipairs(lists[place]) do
      if fits[place](line, wording.text) then
        return wording.name
      end
    end
  end
end

for _, language in ipairs { "de", "en", "es", "fr", "it", "pl", "pt", "ru", "tr", "uk", "zh" } do
  read(language)
end
local counts, names = {}, {}
for _, list in pairs(lists) do
  for _, wording in ipairs(list) do
    counts[wording.name], names[#names + 1] = 0, wording.name
  end
end

for _, path in ipairs(arg) do
  local corpus <close> = newsreel.open(path)
  for article in core.each_article(corpus) do
    local seen = {}
    for _, block in ipairs(article:blocks()) do
      if block.margin then
        local worded = block.reason == "phrase" or block.reason == "date" or block.reason == "byline"
        local name = worded and rule_of(fold(article.text:sub(block.first, block.last)))
          or ("%s, %s"):format(block.kind, block.reason)
        if not seen[name] then
          seen[name] = true
          names[#names + 1] = not counts[name] and name or nil
          counts[name] = (counts[name] or 0) + 1
        end
      end
    end
  end
end
table.sort(names, function(a, b)
  return counts[a] ~= counts[b] and counts[a] > counts[b] or counts[a] == counts[b] and a < b
end)
for _, name in ipairs(names) do
  print(counts[name], name)
end
