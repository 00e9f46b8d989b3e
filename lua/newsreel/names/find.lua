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

local titles = set [[mr mr. mrs mrs. ms ms. miss dr dr. prof prof. professor sir dame lord lady president prime
  minister chancellor senator sen sen. rep
  rep. representative governor gov gov. general gen gen. col col. colonel captain capt capt. lieutenant lt
  lt. sergeant sgt king queen prince princess sheikh
  pope judge justice ambassador secretary rev rev. reverend father sister brother bishop archbishop cardinal rabbi
  imam ayatollah mullah
  congressman congresswoman mayor chairman chairwoman spokesman spokeswoman spokesperson director ceo coach actor
  actress
  author analyst economist envoy minister premier deputy vice chief commissioner inspector detective officer
  admiral marshal commander
  attorney counsel treasurer editor saint aunt uncle comrade]]

local organisation_heads = set [[university college institute institution ministry department agency committee
  commission council party union
  association federation foundation corporation corp corp. inc inc. ltd ltd. co co. company llc plc gmbh ag bank
  group holdings airlines airways
  motors motor industries systems technologies pharmaceuticals laboratories labs museum library hospital school
  academy orchestra
  church court parliament congress senate assembly bureau office service services authority administration board
  club team league
  cup society alliance coalition front movement army navy force forces brigade regiment battalion police press
  times post news
  journal tribune herald magazine radio television network studios records entertainment productions films books
  publishing
  partners capital fund trust exchange center centre organization organisation consortium campaign caucus guild
  brothers sons
  rangers united city fc observatory society conference convention initiative project programme program federation
  telegraph guardian]]

local place_heads = set [[river lake mountain mountains mount sea ocean bay gulf island islands valley desert
  county province oblast region
  district street avenue road boulevard square park airport station bridge beach coast peninsula forest canyon
  hill hills harbor harbour
  port village town city territory strait creek canal falls cape republic kingdom]]

local place_openers = set [[mount lake fort cape san santa saint st st. los las el port new north south east west northern southern
  eastern western upper lower]]

local linkers = set "de del della da di van von der den la le du bin ibn al el y zu da do dos e ter"

-- Capitalised by rule, not by name.
local common = set [[monday tuesday wednesday thursday friday saturday sunday january february march april may
  june july august september october
  november december christmas easter thanksgiving ramadan i i'm i've i'll god internet english christian
  christians muslim muslims jewish jews islam islamic catholic
  catholics protestant christianity hindu buddhist western arab arabs latino hispanic black white
  the a an this that these those there here he she it we you they his her its our your their my in on at by for
  with from to of and or but if when while as after before
  since because although though however what who why how where which not no yes so then now also more most some
  many all one two three first
  second last new old today tomorrow yesterday according both each every another such other others its only even
  just still yet until during despite
  earlier later meanwhile over under between among against about into through without within along following
  including like unlike once thus hence
  instead perhaps maybe indeed moreover furthermore nevertheless nonetheless besides finally eventually recently
  currently many much several few any
  photo image video related advertisement share read story source copyright updated published figure table chapter
  section part note see sign
  do does did is are was were be been have has had can could will would should may might must let's let please
  thank thanks well oh ok okay don't]]

-- Words of every day that are no name when they stand alone with a capital.
local lone = set [[people president government minister state states police officials authorities experts critics
  party house church school
  university college department ministry committee council commission court congress parliament society club team
  city street
  members member nation nations presidency chapter store]]

-- Acronyms that name things, not bodies.
local things = set [[dna rna ai ict gps tv dvd cd pdf utc gmt usd gdp hiv aids ceo cfo faq usb led lcd url api sms
  pm am ad bc phd mba vat id iq
  diy pc pcs ufo suv sat gpa lgbt lgbtq covid ptsd adhd sars html http isbn doi ed eds vol pp usa uk us]]

local demonyms, known = {}, nil

local function fold_key(name)
  return words.fold(name)
end

local states = require "newsreel.lists.states"

local function load_lists()
  known = {}
  local function add(name, kind, actor)
    name = name:gsub("^=", "")
    if not name:find "[%*%.]$" or name:find "^%u%.%u" then
      known[fold_key(name):gsub("%.$", "")] = known[fold_key(name):gsub("%.$", "")] or { kind = kind, actor = actor }
    end
  end
  for name, entry in pairs(states) do
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
  for _, alias in ipairs { "America", "Britain", "England", "Great Britain", "Holland", "Burma",
  "Russian Federation", "Czechia" } do
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
  return word.raw:find "^%u" or word.raw:find "^[\xC3][\x80-\x9E]" or word.raw:find "^\xC4"
  or word.raw:find "^\xC5" or word.raw:find "^%l%l?'%u"
    or word.raw:find "^al%-%u"
end

local function touching(text, a, b)
  local gap = text:sub(a.last + 1, b.first - 1)
  return gap:find "^[ \t]*$" ~= nil or gap:find "^%.?[ \t]$" ~= nil and (#a.raw <= 2 or titles[a.word
    .. "."] ~= nil) or gap:find "^ & $" ~= nil
end

-- Is the word at `at` the first of its sentence, so that its capital says nothing?
local function opens(list, at)
  return at == 1 or list[at - 1].sentence ~= list[at].sentence
end

-- May the run go on over small words to a capital? Gives the number of its next word.
local function bridge(list, first, last)
  local small = list[last + 1]
  if linkers[small.word] then
    return last + 2
  end
  local headed
  for i = first, last do
    headed = headed or organisation_heads[list[i].word] or place_heads[list[i].word]
  end
  if small.word == "of" and (organisation_heads[list[last].word] or place_heads[list[last].word]) or headed
    and small.word == "for" then
    return list[last + 2] and list[last + 2].word == "the" and last + 3 or last + 2
  elseif small.word == "and" and headed and last > first and list[first + 1].word == "of" or small.raw == "&" then
    return last + 2
  end
end

-- Runs of capitalised words.
local function runs_of(list, text)
  local runs, at = {}, 1
  while at <= #list do
    local start = capital(list[at]) and (not common[list[at].word] or list[at].word == "new" and list[at + 1]
    and capital(list[at + 1]))
    if start then
      local last = at
      while true do
        local nexts = list[last + 1]
        if not nexts or nexts.sentence ~= list[at].sentence or list[last].genitive or not touching(text,
        list[last], nexts) then
          break
        end
        if capital(nexts) and not (common[nexts.word] and nexts.word ~= "new") then
          last = last + 1
        else
          local over = bridge(list, at, last)
          if over and list[over] and capital(list[over]) and not common[list[over].word]
          and list[over].sentence == list[at].sentence and
            touching(text, list[over - 1], list[over]) then
            last = over
          else
            break
          end
        end
      end
      local from = at
      for i = at, last do
        -- "Forbes & Eaton" are two, "Marks & Spencer plc" is one.
        if i < last and text:find("^ & ", list[i].last + 1) and not organisation_heads[list[last].word] then
          runs[#runs + 1] = { first = from, last = i }
          from = i + 1
        end
      end
      runs[#runs + 1] = { first = from, last = last }
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

local said = set [[said says told tells added adds asked asks wrote writes argued argues explained noted claimed
  insisted warned believes thinks
  called met visited arrived resigned died was has had is will would who whose signed spoke urged announced]]

-- The first word that is no title. A title is evidence of a person and part of the name as written.
local function skip_titles(list, first, last)
  local at = first
  while at < last and titles[list[at].word] and not organisation_heads[list[last].word] do
    at = at + 1
  end
  local before = list[at - 1]
  local titled = at > first or before ~= nil and titles[before.word] and before.sentence == list[at].sentence
    and not opens(list, at)
  return at, titled
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
  if count > 1 and place_heads[last.word] or count > 1 and place_openers[first.word] and not given[first.raw]
  and count == 2 then
    return "place", "head", "has a word of places"
  end
  if count >= 2 and count <= 4 and (given[first.raw] or first.raw:find "^%u%.?$" or first.raw:find "^%u%.%u") then
    return "person", "given name", first.raw .. " is a given name"
  end
  return nil
end

-- An acronym that the text itself spells out ("Democratic Alliance (DAB)"), or that acts.
local function judge_acronym(list, run, text)
  local word = list[run.first]
  if run.first ~= run.last or not word.raw:find "^%u[%u&]+%d*$" or #word.raw > 6 or #word.raw < 2
    or things[word.word] then
    return nil
  end
  local before, after = list[run.first - 1], list[run.last + 1]
  if before and capital(before) and text:find("^ %($", before.last + 1) or before and text:sub(before.last + 1,
  word.first - 1) == " (" and
    capital(before) then
    return "organisation", "acronym", "spelled out before"
  elseif before and before.word == "the" and #word.raw >= 3 and before.sentence == word.sentence then
    return "organisation", "acronym", "capitals after the"
  elseif after and said[after.word] and after.sentence == word.sentence then
    return "organisation", "acronym", "capitals before " .. after.word
  end
end

local place_prepositions = set "in near outside throughout"

-- Weaker evidence: what stands before and after, and the shape alone.
local function judge_by_context(list, run, lower)
  local before, after = list[run.first - 1], list[run.last + 1]
  local same_before = before and before.sentence == list[run.first].sentence
    and before.clause == list[run.first].clause
  local same_after = after and after.sentence == list[run.last].sentence and after.clause == list[run.last].clause
  local count = run.last - run.first + 1
  local shaped = count >= 2 and count <= 3
  for i = run.first, run.last do
    if lower[list[i].word] and not linkers[list[i].word] then
      return nil -- the text writes the word small elsewhere: no name
    end
    shaped = shaped and (list[i].raw:find "^%u[%l'\x80-\xff]+$" or list[i].raw:find "^%u%l+%-%u%l+$"
    or list[i].raw:find "^%u%.?$" or
      linkers[list[i].word]) and not list[i].raw:find "[^s]s$" and not list[i].raw:find "ing$"
  end
  if same_before and place_prepositions[before.word] and count <= 2 and not list[run.first].raw:find "^%u%u" and
    not (same_after and capital(after)) then
    return "place", "preposition", "after " .. before.word
  end
  local speaks = same_after and said[after.word] and after.word or same_before and (before.word == "said"
    or before.word == "says") and before.word
  if speaks and not (count == 1 and opens(list, run.first) and not same_before and lower[list[run.first].word]) then
    if shaped then
      return "person", "verb", "with " .. speaks
    elseif count == 1 then
      local firm = same_before and before.word == "the" or list[run.first].raw:find "%l%u"
      or list[run.first].raw:find "%d"
      return firm and "organisation" or "person", "verb", "with " .. speaks
    end
  end
  if shaped and not (same_before and before.word == "the") then
    return "person", "shape", "two or three capitalised words"
  end
end

-- Words that the text also writes small: their capitals are no evidence.
local function small_words(list)
  local lower = {}
  for _, word in ipairs(list) do
    if word.raw:find "^%l" then
      lower[word.word] = true
    end
  end
  return lower
end

-- "Evansville, Indiana": places in a row are also one place.
local function join_places(names, text)
  local joined = {}
  for i = 1, #names - 1 do
    local a, b = names[i], names[i + 1]
    local state = a.actor and states[a.actor]
    if a.type == "place" and b.type == "place" and not state and text:sub(a.last + 1, b.first - 1) == ", " then
      joined[#joined + 1] = { first = a.first, last = b.last, text = text:sub(a.first, b.last), type = "place",
      rule = "row",
        why = "a place and the one it lies in", actor = a.actor, inner = a }
    end
  end
  for _, name in ipairs(joined) do
    for i, inner in ipairs(names) do
      if inner == name.inner then
        names[i] = name
      end
    end
    name.inner = nil
  end
  return names
end

---Find the names in a text.
---
---@param text string UTF-8
---@return newsreel.Name[] # in order of their first byte
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
  local lower = small_words(list)
  local names, waiting = {}, {}
  local surnames, firsts, decided = {}, {},
    {} -- last word of a person; first word of a body; key: name with good evidence
  local function decide(name)
    decided[name.key] = decided[name.key] or name
    if name.type == "person" and name.last > name.core and (name.rule ~= "shape" and name.rule ~= "verb") then
      surnames[list[name.last].word] = surnames[list[name.last].word] or name
    elseif name.type == "organisation" and name.last > name.first and not lower[list[name.first].word] and
      not known[list[name.first].word] and not demonyms[list[name.first].word] and #list[name.first].word > 3 then
      firsts[list[name.first].word] = firsts[list[name.first].word] or name
    end
  end
  for _, run in ipairs(runs_of(list, text)) do
    local first, last = run.first, run.last
    -- A demonym in front describes, it is no part: "Russian President Putin".
    local function describes(at)
      return demonyms[list[at].word] or titles[list[at + 1].word] and known[list[at].word]
      and known[list[at].word].kind == "place"
    end
    while first < last and describes(first) and not known[key_of(list, first, last)]
    and not organisation_heads[list[last].word] do
      first = first + 1
    end
    local core, titled = skip_titles(list, first, last)
    local alone = core == last and (demonyms[list[core].word] or common[list[core].word]
    or lone[list[core].word] or titles[list[core].word])
    if not alone then
      local name = { first = core, last = last, core = core, key = key_of(list, core, last) }
      name.type, name.rule, name.why, name.actor = judge(list, name, titled)
      if not name.type then
        name.type, name.rule, name.why = judge_acronym(list, name, text)
      end
      names[#names + 1] = name
      if name.type == "person" then
        name.first = first
      end
      if name.type then
        decide(name)
      else
        name.title_first = first
        waiting[#waiting + 1] = name
      end
    end
  end
  for _, name in ipairs(waiting) do
    local single = name.first == name.last
    local same = decided[name.key]
    local bearer = single and surnames[name.key]
    local body = single and firsts[name.key]
    if same then
      name.type, name.rule, name.why, name.actor = same.type, same.rule, "as elsewhere in the text: " .. same.why,
      same.actor or same.key
    elseif bearer then
      name.type, name.rule, name.why, name.actor = "person", "surname", "surname of a full name in the text",
      bearer.actor or bearer.key
    elseif body then
      name.type, name.rule, name.why, name.actor = "organisation", "short", "first word of " .. body.key,
      body.actor or body.key
    else
      name.type, name.rule, name.why = judge_by_context(list, name, lower)
      if name.type then
        decide(name)
      end
    end
  end
  local out = {}
  for _, name in ipairs(names) do
    local same = not name.type and (decided[name.key] or name.first == name.last and surnames[name.key])
    if same then
      name.type, name.rule, name.why, name.actor = same.type, "repeated", "as elsewhere in the text", same.actor
      or same.key
    end
    if name.type then
      local bearer = name.type == "person" and surnames[list[name.last].word]
      local first, last = list[name.first].first, list[name.last].first + #list[name.last].raw - 1
      out[#out + 1] = { first = first, last = last, text = text:sub(first, last), type = name.type,
      rule = name.rule, why = name.why,
        actor = name.actor or bearer and (bearer.actor or bearer.key) or name.key }
    end
  end
  return join_places(out, text)
end

return find
