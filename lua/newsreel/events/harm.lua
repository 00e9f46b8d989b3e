--- Reading harm: a word of harm, the number that belongs to it, its bound, its place.
local words = require "newsreel.words"

local harm = {}

local set = words.set

local units = { one = 1, two = 2, three = 3, four = 4, five = 5, six = 6, seven = 7, eight = 8, nine = 9, ten = 10,
  eleven = 11, twelve = 12, thirteen = 13, fourteen = 14, fifteen = 15, sixteen = 16, seventeen = 17, eighteen = 18,
  nineteen = 19, twenty = 20, thirty = 30, forty = 40, fifty = 50, sixty = 60, seventy = 70, eighty = 80, ninety = 90,
  dozen = 12 }
local scales = { hundred = 100, thousand = 1000, million = 1000000 }

-- Nouns that may stand between a number and what befell those it counts, or behind the verb.
local people = set [[people persons civilians soldiers troops children women men others officers militants rebels
  passengers residents workers policemen police protesters demonstrators civilian villagers fighters victims students
  servicemen personnel migrants refugees prisoners americans ukrainians russians israelis palestinians iraqis syrians
  afghans journalists tourists miners firefighters rescuers girls boys teenagers adults insurgents gunmen marines
  members injuries deaths casualties hostages persons patients pilots crew guards employees doctors medics schoolchildren
  infants inhabitants man woman child person soldier]]
local unpeopled = set [[percent per years year days day months month hours weeks minutes a.m p.m million billion dollars
  miles kilometers kilometres km pounds degrees times o'clock points votes am pm th st rd nd euros]]
local bounds = {
  { "at least", { "at least", "no fewer than", "not less than" } },
  { "more than", { "more than", "over", "upwards of", "in excess of" } },
  { "up to", { "up to", "as many as", "at most", "no more than", "fewer than", "less than" } },
  { "about", { "about", "around", "some", "nearly", "almost", "roughly", "approximately",
    "an estimated", "estimated" } },
}
local ends_behind = set "and in by on when after as while but with"
local ends_before = set "killed wounded injured dead died hurt by after when while but"
local negators = set "not n't never"
local places_in = set "in at near outside on"

---The number written at word `at`, and its last word.
---@return number? number
---@return integer? last
local function number_at(list, at)
  local word = list[at].word
  local value
  if word:find "^%d" then
    value = tonumber((word:gsub(",", "")))
    if not value then
      return nil
    end
    -- the splitter ends a word at a comma: "1,200" is "1" and "200"
    while value < 1000000 and list[at + 1] and list[at + 1].word:find "^%d%d%d$"
      and list[at + 1].first == list[at].last + 2 do
      value, at = value * 1000 + tonumber(list[at + 1].word), at + 1
    end
  else
    local tens, ones = word:match "^(%a+ty)%-(%a+)$"
    value = tens and units[tens] and units[ones] and units[tens] + units[ones] or units[word]
  end
  while value and list[at + 1] and scales[list[at + 1].word] do
    value, at = value * scales[list[at + 1].word], at + 1
  end
  return value, value and at or nil
end

-- Before a number that is none of people.
local numbered = set [[article section chapter no flight aged age group operation january february march april may june july
  august september october november december]]
local in_years = set "in since of by until from during"

-- Is it a year, a date, an age, a share?
local function counts_people(list, first, last, text)
  local before, after = list[first - 1], list[last + 1]
  if text:sub(list[first].first - 1, list[first].first - 1):find "[$€£%-/:.]" or after and unpeopled[after.word]
    or text:find("^[%%%-]%S", list[last].last + 1) or text:find("^%%", list[last].last + 1) then
    return false
  end
  local year = list[first].word:find "^[12][089]%d%d$"
  return not (year and before and in_years[before.word])
    and not (before and numbered[before.word])
end

local function bound_before(list, at)
  local one = list[at - 1] and list[at - 1].word or ""
  local two = (list[at - 2] and list[at - 2].word or "") .. " " .. one
  local three = (list[at - 3] and list[at - 3].word or "") .. " " .. two
  for _, rule in ipairs(bounds) do
    for _, phrase in ipairs(rule[2]) do
      if phrase == one or phrase == two or phrase == three then
        return rule[1]
      end
    end
  end
  return "exactly"
end

-- From a word of harm rightwards: "killed at least 12 people", "killing twelve".
local function behind(scene)
  local list = scene.list
  for i = scene.stop + 1, math.min(scene.last, scene.stop + 5) do
    local value, last = number_at(list, i)
    if value then
      return counts_people(list, i, last, scene.text) and { value = value, first = i, last = last } or nil
    end
    if list[i].clause ~= list[scene.stop].clause or ends_behind[list[i].word] then
      return nil
    end
  end
end

-- From a word of harm leftwards: "12 people were killed", "left 3 dead", "the death of 12 people".
local function before(scene)
  local list = scene.list
  for i = scene.at - 1, math.max(scene.first, scene.at - 9), -1 do
    local value, last = number_at(list, i)
    if value and not (list[i - 1] and list[i - 1].word:find "^%d" and list[i].first == list[i - 1].last + 2) then
      local near = last + 1 >= scene.at - 1
      for k = last + 1, scene.at - 1 do
        near = near or people[list[k].word]
      end
      return near and counts_people(list, i, last, scene.text) and { value = value, first = i, last = last } or nil
    end
    if ends_before[list[i].word] then
      return nil
    end
  end
end

local known_places

local function place_of(scene)
  local lexicon = require "newsreel.names.lexicon"
  known_places = known_places or lexicon.known
  local list, best = scene.list, nil
  for i = scene.first, scene.last do
    if places_in[list[i].word] and list[i + 1] and list[i + 1].sentence == list[i].sentence then
      local at = list[i + 1].word == "the" and i + 2 or i + 1
      for stop = math.min(scene.last, at + 2), at, -1 do
        local parts = {}
        for k = at, stop do
          parts[#parts + 1] = list[k] and list[k].word or ""
        end
        local entry = list[at] and list[at].raw:find "^%u" and known_places[table.concat(parts, " ")]
        if entry and entry.kind == "place" then
          if not best or math.abs(i - scene.at) < math.abs(best.at - scene.at) then
            best = { at = i, actor = entry.actor }
          end
          break
        end
      end
      local raw = list[at] and list[at].raw
      if not best and raw and raw:find "^%u%l+$" and not lexicon.common[list[at].word] and list[i].word == "in" then
        best = { at = i, actor = raw }
      end
    end
  end
  return best and best.actor
end

---Read harm around a trigger.
---@return newsreel.Event?
---@return string? reason why it is left out
function harm.read(made, scene, kind)
  if kind == "rescued" then
    return nil, "rescued, no harm"
  end
  local list = scene.list
  local found = behind(scene) or before(scene)
  if not found then
    return nil, "no number"
  end
  local bound = bound_before(list, found.first)
  local before_it = list[scene.at - 1]
  if before_it and negators[before_it.word] then
    return nil, "negated"
  end
  return { act = made.name, measure = kind, status = "told", number = found.value, bound = bound,
    place = place_of(scene), first = list[scene.at].first, last = list[scene.stop].last,
    text = scene.text:sub(list[scene.at].first, list[scene.stop].last), rule = "number",
    why = ("“%s” with %s %s"):format(list[scene.at].word, bound, scene.text:sub(list[found.first].first,
      list[found.last].last)) }
end

return harm
