-- The packaged lists of actors against the tags of Reuters-21578 (people, orgs, places of an article, 1987).
--   build/bin/newsreel add reuters.reel reuters21578.jsonl.xz
--   build/bin/newsreel run tests/scores/actors.lua reuters.reel reuters21578.jsonl
-- Of each list: an article and an actor is right where the tags have it. "known": only actors that the tags know.
-- Of c.names: how many tagged people are found without a list.
local newsreel = require "newsreel"
local corpus, gold = newsreel.open(arg[1]), {}
for line in io.lines(arg[2]) do
  local item = newsreel.json.decode(line)
  gold[item.id] = item
end

local BODIES = { ec = "European Union", imf = "International Monetary Fund", opec = "OPEC", worldbank = "World Bank",
  gatt = "World Trade Organization", ["ico-coffee"] = "International Coffee Organization", oecd = "OECD",
  icco = "International Cocoa Organization", ["adb-asia"] = "Asian Development Bank", itc = "International Tin Council",
  ["adb-africa"] = "African Development Bank", un = "United Nations", unctad = "UN Trade and Development",
  fao = "Food and Agriculture Organization", inro = "International Natural Rubber Organization",
  eib = "European Investment Bank", iea = "International Energy Agency", ida = "International Development Association",
  ["iwc-wheat"] = "International Wheat Council", gcc = "Gulf Cooperation Council",
  bis = "Bank for International Settlements", asean = "ASEAN", comecon = "Comecon",
  efta = "European Free Trade Association" }
local STATES = { usa = "United States", uk = "United Kingdom", ussr = "Russia", ["west-germany"] = "Germany",
  ["east-germany"] = "Germany", uae = "United Arab Emirates", ["ivory-coast"] = "Ivory Coast", burma = "Myanmar",
  zaire = "DR Congo" }

local function folded(name)
  return (require("newsreel.names.latin").of(name):gsub("[^%w]+", "-"))
end

-- Tag -> actor of a list: the same name, or a surname that the list has once.
local function people_of(list)
  local by_surname = {}
  for name in pairs(list) do
    if type(list[name]) == "table" then
      local key = folded(name)
      by_surname[key], by_surname[key:match "[^-]+$" or key] = name, name
    end
  end
  return by_surname
end

local function states_of(list)
  local by_name = {}
  for name in pairs(list) do
    by_name[folded(name)] = type(list[name]) == "table" and name or nil
  end
  for tag, name in pairs(STATES) do
    by_name[tag] = name
  end
  return by_name
end

local function count(t)
  local n = 0
  for _ in pairs(t) do
    n = n + 1
  end
  return n
end

local function top(misses)
  local order = {}
  for key, n in pairs(misses) do
    order[#order + 1] = ("%s %d"):format(key, n)
    order[key] = n
  end
  table.sort(order, function(a, b)
    return tonumber(a:match "%d+$") > tonumber(b:match "%d+$")
  end)
  return table.concat(order, ", ", 1, math.min(12, #order))
end

local function score(what, list, field, to_actor)
  local found, tags, actors = {}, {}, {}
  for hit in corpus:actors(list):each() do
    if hit.actor then
      found[hit.article.id .. "\t" .. hit.actor] = hit.actor
    end
  end
  local missed, wrong, not_listed, right, known = {}, {}, 0, 0, 0
  for id, item in pairs(gold) do
    for _, tag in ipairs(item[field] or {}) do
      local actor = to_actor[tag]
      tags[id .. "\t" .. (actor or tag)] = tag
      not_listed = not_listed + (actor and 0 or 1)
      actors[actor or tag] = true
    end
  end
  for key, tag in pairs(tags) do
    right = right + (found[key] and 1 or 0)
    missed[tag] = not found[key] and (missed[tag] or 0) + 1 or missed[tag]
  end
  for key, actor in pairs(found) do
    known = known + (actors[actor] and 1 or 0)
    wrong[actor] = not tags[key] and (wrong[actor] or 0) + 1 or wrong[actor]
  end
  print(("%s: %d tags, %d of them of actors in no list; found %d, of actors the tags know %d"):format(what, count(tags),
    not_listed, count(found), known))
  print(("  precision %.1f, of known ones %.1f; recall %.1f, of listed ones %.1f"):format(100 * right / count(found),
    100 * right / known, 100 * right / count(tags), 100 * right / (count(tags) - not_listed)))
  print("  missed: " .. top(missed))
  print("  not tagged: " .. top(wrong))
end

score("people", "leaders", "people", people_of(require "newsreel.lists.leaders"))
score("orgs", "organisations", "orgs", (function()
  return BODIES
end)())
score("places", "states", "places", states_of(require "newsreel.lists.states"))

-- Without a list: is a person of the tag's surname among the names of the article?
local surnames, right, all, missed = {}, 0, 0, {}
for hit in corpus.names:each() do
  if hit.type == "person" then
    local id = hit.article.id
    surnames[id] = (surnames[id] or "-") .. folded(hit.text) .. "-"
  end
end
for id, item in pairs(gold) do
  for _, tag in ipairs(item.people or {}) do
    all = all + 1
    local last = "-" .. tag:match "[^-]+$" .. "-"
    local there = surnames[id] and surnames[id]:find(last, 1, true)
    right = right + (there and 1 or 0)
    missed[tag] = not there and (missed[tag] or 0) + 1 or missed[tag]
  end
end
print(("people by c.names: %d of %d tagged found, %.1f"):format(right, all, 100 * right / all))
print("  missed: " .. top(missed))
