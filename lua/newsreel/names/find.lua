--- People, organisations and places that no list names, by their shape and what stands around them.
--
-- A candidate is a run of capitalised words (with "of", "de", "al-" inside). What it is is decided in
-- this order: a list that knows it; a word that every such name has (University, River, Inc.); a title or
-- a given name; what stands before and after ("in X", "X said"); and last the same name elsewhere
-- in the text, where the evidence was better. No evidence: no name.
local words = require "newsreel.words"

local find = {}

local function set(list)
  local out = {}
  for word in list:gmatch "%S+" do
    out[word] = true
  end
  return out
end

local titles = set [[mr mr. mrs mrs. ms ms. miss dr dr. prof prof. professor sir dame lord lady president prime minister chancellor senator sen sen. rep
  rep. representative governor gov gov. general gen gen. col col. colonel captain capt capt. lieutenant lt lt. sergeant sgt king queen prince princess sheikh
  pope judge justice ambassador secretary rev rev. reverend father sister brother bishop archbishop cardinal rabbi imam ayatollah mullah
  congressman congresswoman mayor chairman chairwoman spokesman spokeswoman spokesperson director ceo coach actor actress
  author analyst economist envoy minister premier deputy vice chief commissioner inspector detective officer admiral marshal commander
  attorney counsel treasurer editor saint aunt uncle comrade]]

local organisation_heads = set [[university college institute institution ministry department agency committee commission council party union
  association federation foundation corporation corp corp. inc inc. ltd ltd. co co. company llc plc gmbh ag bank group holdings airlines airways
  motors motor industries systems technologies pharmaceuticals laboratories labs museum library hospital school academy orchestra
  church court parliament congress senate assembly bureau office service services authority administration board club team league
  cup society alliance coalition front movement army navy force forces brigade regiment battalion police press times post news
  journal tribune herald magazine radio television network studios records entertainment productions films books publishing
  partners capital fund trust exchange center centre organization organisation consortium campaign caucus guild brothers sons
  rangers united city fc observatory society conference convention initiative project programme program federation telegraph guardian]]

local place_heads = set [[river lake mountain mountains mount sea ocean bay gulf island islands valley desert county province oblast region
  district street avenue road boulevard square park airport station bridge beach coast peninsula forest canyon hill hills harbor harbour
  port village town city territory strait creek canal falls cape republic kingdom]]

local place_openers = set "mount lake fort cape san santa saint st st. los las el port new north south east west northern southern eastern western upper lower"

local linkers = set "of de del della da di van von der den la le du bin ibn al el and for the & y zu"

-- Capitalised by rule, not by name.
local common = set [[monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october
  november december christmas easter thanksgiving ramadan i i'm i've i'll god internet english christian christians muslim muslims jewish jews islam islamic catholic
  catholics protestant christianity hindu buddhist western arab arabs latino hispanic black white
  the a an this that these those there here he she it we you they his her its our your their my in on at by for with from to of and or but if when while as after before
  since because although though however what who why how where which not no yes so then now also more most some many all one two three first
  second last new old today tomorrow yesterday according both each every another such other others its only even just still yet until during despite
  earlier later meanwhile over under between among against about into through without within along following including like unlike once thus hence
  instead perhaps maybe indeed moreover furthermore nevertheless nonetheless besides finally eventually recently currently many much several few any
  photo image video related advertisement share read story source copyright updated published figure table chapter section part note see sign
  do does did is are was were be been have has had can could will would should may might must let's let please thank thanks well oh ok okay don't
  people president government minister state states police officials authorities experts critics]]

local demonyms, known = {}, nil

local function fold_key(name)
  return words.fold(name)
end

local function load_lists()
  known = {}
  local function add(name, kind, actor)
    name = name:gsub("^=", "")
    if not name:find "[%*%.]$" or name:find "^%u%.%u" then
      known[fold_key(name):gsub("%.$", "")] = known[fold_key(name):gsub("%.$", "")] or { kind = kind, actor = actor }
    end
  end
  for name, entry in pairs(require "newsreel.lists.states") do
    if type(entry) == "table" then
      add(name, "place", name)
      for i, alias in ipairs(entry) do
        local plain = alias:gsub("^=", "")
        local same = plain == name or plain:find "^%u[%u%.]+$" or plain:find("land$") or i == 1 or plain:find " "
        if same then
          add(alias, "place", name)
        else
          demonyms[fold_key(plain)] = name
        end
      end
      for _, place in ipairs(entry.capital or {}) do
        add(place, "place", place)
      end
    end
  end
  for _, alias in ipairs { "America", "Britain", "England", "Great Britain", "Holland", "Burma", "Russian Federation", "Czechia" } do
    add(alias, "place", demonyms[fold_key(alias)] or alias)
    demonyms[fold_key(alias)] = nil
  end
  for name in pairs(require "newsreel.lists.places") do
    add(name, "place", name)
  end
  for list, kind in pairs { leaders = "person", organisations = "organisation" } do
    for name, entry in pairs(require("newsreel.lists." .. list)) do
      if type(entry) == "table" then
        add(name, kind, name)
        for _, alias in ipairs(entry) do
          add(alias, kind, name)
        end
      end
    end
  end
end

local given = require "newsreel.lists.given_names"

local function capital(word)
  return word.raw:find "^%u" or word.raw:find "^[\xC3][\x80-\x9E]" or word.raw:find "^\xC4" or word.raw:find "^\xC5" or word.raw:find "^%l%l?'%u"
    or word.raw:find "^al%-%u"
end

local function touching(text, a, b)
  local gap = text:sub(a.last + 1, b.first - 1)
  return gap:find "^[ \t]*$" ~= nil or gap:find "^%.?[ \t]$" ~= nil and (#a.raw <= 2 or titles[a.word .. "."] ~= nil) or gap:find "^ & $" ~= nil
end

-- Is the word at `at` the first of its sentence, so that its capital says nothing?
local function opens(list, at)
  return at == 1 or list[at - 1].sentence ~= list[at].sentence
end

-- Runs of capitalised words.
local function runs_of(list, text)
  local runs, at = {}, 1
  while at <= #list do
    if capital(list[at]) and not (common[list[at].word] and not (list[at + 1] and capital(list[at + 1]) and list[at].word == "new")) then
      local last = at
      while true do
        local nexts = list[last + 1]
        if not nexts or nexts.sentence ~= list[at].sentence or list[last].genitive or not touching(text, list[last], nexts) then
          break
        end
        if capital(nexts) and not (common[nexts.word] and nexts.word ~= "new" and not organisation_heads[nexts.word]) then
          last = last + 1
        elseif linkers[nexts.word] and list[last + 2] and capital(list[last + 2]) and not common[list[last + 2].word] and
          touching(text, nexts, list[last + 2]) and (nexts.word ~= "and" and nexts.word ~= "the" and nexts.word ~= "for" or
            organisation_heads[list[at].word] or organisation_heads[list[last].word] and nexts.word ~= "and") then
          last = last + 2
        elseif nexts.word == "of" and list[last + 2] and list[last + 2].word == "the" and list[last + 3] and capital(list[last + 3]) and
          organisation_heads[list[last].word] then
          last = last + 3
        else
          break
        end
      end
      runs[#runs + 1] = { first = at, last = last }
      at = last
    end
    at = at + 1
  end
  return runs
end

local function key_of(list, first, last)
  local parts = {}
  for i = first, last do
    parts[#parts + 1] = list[i].word
  end
  return table.concat(parts, " ")
end

local said = set [[said says told tells added adds asked asks wrote writes argued argues explained noted claimed insisted warned believes thinks
  called met visited arrived resigned died was has had is will would who whose signed spoke urged announced]]

-- Cut titles off the front; a title is evidence of a person.
local function strip_titles(list, run)
  local titled = false
  while run.first < run.last and titles[list[run.first].word] and not organisation_heads[list[run.last].word] do
    run.first, titled = run.first + 1, true
  end
  if run.first == run.last and titles[list[run.first].word] then
    return nil
  end
  local before = list[run.first - 1]
  titled = titled or before ~= nil and titles[before.word] and before.sentence == list[run.first].sentence and not opens(list, run.first)
  return run, titled
end

local function judge(list, run, titled)
  local first, last = list[run.first], list[run.last]
  local key = key_of(list, run.first, run.last)
  local entry = known[key]
  if entry then
    return entry.kind, "list", "in the lists as " .. entry.actor, entry.actor
  end
  local count = run.last - run.first + 1
  if count > 1 and organisation_heads[last.word] then
    return "organisation", "head", "ends with " .. last.raw
  end
  if count > 1 and organisation_heads[first.word] and list[run.first + 1].word == "of" then
    return "organisation", "head", first.raw .. " of"
  end
  for i = run.first, run.last - 1 do
    if organisation_heads[list[i].word] and linkers[list[i + 1].word] then
      return "organisation", "head", "has " .. list[i].raw
    end
  end
  if titled then
    return "person", "title", "after a title"
  end
  if count > 1 and place_heads[last.word] or count > 1 and place_openers[first.word] and not given[first.raw] and count == 2 then
    return "place", "head", "has a word of places"
  end
  if count >= 2 and count <= 4 and (given[first.raw] or first.raw:find "^%u%.?$" or first.raw:find "^%u%.%u") then
    return "person", "given name", first.raw .. " is a given name"
  end
  if count == 1 and first.raw:find "^%u[%u&]+%d*$" and #first.raw <= 6 and #first.raw >= 2 then
    return "organisation", "acronym", "capitals only"
  end
  return nil
end

local place_prepositions = set "in at near from across outside inside throughout around"

local function judge_by_context(list, run)
  local before, after = list[run.first - 1], list[run.last + 1]
  local same_before = before and before.sentence == list[run.first].sentence
  local same_after = after and after.sentence == list[run.last].sentence
  local count = run.last - run.first + 1
  if same_before and place_prepositions[before.word] and count <= 3 then
    return "place", "preposition", "after " .. before.word
  end
  if same_after and said[after.word] and (after.clause == list[run.last].clause) and count <= 3 and not (count == 1 and opens(list, run.first)) then
    return "person", "verb", "before " .. after.word
  end
  if same_before and (before.word == "said" or before.word == "says") and count <= 3 then
    return "person", "verb", "after " .. before.word
  end
  if count >= 2 and count <= 3 then
    local shaped = true
    for i = run.first, run.last do
      shaped = shaped and (list[i].raw:find "^%u%l" or linkers[list[i].word]) and not list[i].raw:find "s$"
    end
    if shaped then
      return "person", "shape", "two or three capitalised words"
    end
  end
end

---Find the names in a text.
---
---@param text string UTF-8
---@return newsreel.Name[] # in order, none inside another
---
---@class newsreel.Name
---@field first integer byte, 1-based
---@field last integer byte, in
---@field text string
---@field type "person"|"organisation"|"place"
---@field actor string whose name: as the lists write it, else the longest form in this text
---@field rule string which evidence decided
---@field why string
function find.find(text)
  if not known then
    load_lists()
  end
  local list = words.of(text)
  local names, waiting = {}, {}
  local surnames = {} -- last word of a full name -> that name
  local decided = {}  -- key -> name found with good evidence
  for _, run in ipairs(runs_of(list, text)) do
    local kept, titled = strip_titles(list, run)
    -- A demonym in front describes, it is no part: "Russian President Putin", "French Airbus".
    while kept and kept.first < kept.last and demonyms[list[kept.first].word] and not known[key_of(list, kept.first, kept.last)] and
      not organisation_heads[list[kept.last].word] do
      kept.first = kept.first + 1
      kept, titled = strip_titles(list, kept)
    end
    if kept and not (kept.first == kept.last and (demonyms[list[kept.first].word] or common[list[kept.first].word])) then
      local kind, rule, why, actor = judge(list, kept, titled)
      local name = { first = kept.first, last = kept.last, type = kind, rule = rule, why = why, actor = actor,
        key = key_of(list, kept.first, kept.last) }
      names[#names + 1] = name
      if kind then
        decided[name.key] = decided[name.key] or name
        if kind == "person" and kept.last > kept.first then
          surnames[list[kept.last].word] = surnames[list[kept.last].word] or name
        end
      else
        waiting[#waiting + 1] = name
      end
    end
  end
  for _, name in ipairs(waiting) do
    local same = decided[name.key]
    local bearer = name.first == name.last and surnames[name.key]
    if bearer then
      name.type, name.rule, name.why, name.actor = "person", "surname", "surname of a full name in the text", bearer.key
    elseif same then
      name.type, name.rule, name.why, name.actor = same.type, same.rule, "as elsewhere in the text: " .. same.why, same.actor
    else
      name.type, name.rule, name.why = judge_by_context(list, name)
      if name.type then
        decided[name.key] = name
        if name.type == "person" and name.last > name.first then
          surnames[list[name.last].word] = surnames[list[name.last].word] or name
        end
      end
    end
  end
  local out = {}
  for _, name in ipairs(names) do
    local same = not name.type and (decided[name.key] or name.first == name.last and surnames[name.key])
    if same then
      name.type, name.rule, name.why, name.actor = same.type, "repeated", "as elsewhere in the text", same.actor
    end
    if name.type then
      local bearer = name.type == "person" and (surnames[list[name.last].word])
      local first, last = list[name.first].first, list[name.last].last
      if list[name.last].genitive then
        last = list[name.last].first + #list[name.last].raw - 1
      end
      out[#out + 1] = { first = first, last = last, text = text:sub(first, last), type = name.type, rule = name.rule, why = name.why,
        actor = name.actor or bearer and (bearer.actor or bearer.key) or name.key }
    end
  end
  return out
end

return find
