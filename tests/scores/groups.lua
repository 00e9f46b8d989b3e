-- Mentions of SlavicNER grouped by newsreel.names.groups' rules, by language: B-cubed precision, recall and F1 of the
-- mentions against the entities they stand for, beside grouping by equal surfaces.
--   xz -dc slavicner.jsonl.xz | build/bin/newsreel run tests/scores/groups.lua
local newsreel = require "newsreel"
local cluster = require "newsreel.names.cluster"

local TYPES = { PER = "person", ORG = "organisation", LOC = "place" }
local languages = {} -- lang -> { surface and type -> { entity -> mentions } }
for line in io.lines() do
  local item = newsreel.json.decode(line)
  local by = languages[item.lang] or {}
  languages[item.lang] = by
  for _, entity in ipairs(item.entities or {}) do
    local kind = TYPES[entity[5]]
    if kind then
      local key = kind .. "\t" .. entity[3]:gsub("%s+", " ")
      by[key] = by[key] or {}
      by[key][entity[6]] = (by[key][entity[6]] or 0) + 1
    end
  end
end

-- B-cubed over mentions: group -> entity -> count.
local function bcubed(groups)
  local of_entity, all = {}, 0
  for _, entities in ipairs(groups) do
    for id, n in pairs(entities) do
      of_entity[id], all = (of_entity[id] or 0) + n, all + n
    end
  end
  local precision, recall = 0, 0
  for _, entities in ipairs(groups) do
    local size = 0
    for _, n in pairs(entities) do
      size = size + n
    end
    for id, n in pairs(entities) do
      precision, recall = precision + n * n / size, recall + n * n / of_entity[id]
    end
  end
  precision, recall = precision / all, recall / all
  return precision, recall, 2 * precision * recall / (precision + recall)
end

local function joined(by, keys)
  local out = {}
  for _, key in ipairs(keys) do
    for id, n in pairs(by[key] or {}) do
      out[id] = (out[id] or 0) + n
    end
  end
  return out
end

local order = {}
for lang in pairs(languages) do
  order[#order + 1] = lang
end
table.sort(order)
for _, lang in ipairs(order) do
  local by, names, plain, ours = languages[lang], {}, {}, {}
  for key, entities in pairs(by) do
    local count = 0
    for _, n in pairs(entities) do
      count = count + n
    end
    local kind, text = key:match "^(.-)\t(.*)$"
    names[#names + 1] = { text = text, type = kind, count = count }
    plain[#plain + 1] = entities
  end
  for _, group in ipairs(cluster.groups(names)) do
    local keys = {}
    for i, alias in ipairs(group.aliases) do
      keys[i] = group.type .. "\t" .. alias
    end
    ours[#ours + 1] = joined(by, keys)
  end
  local precision, recall, f1 = bcubed(ours)
  print(("%s: precision %.3f recall %.3f F1 %.1f; equal surfaces F1 %.1f"):format(lang, precision, recall, 100 * f1,
    100 * select(3, bcubed(plain))))
end
