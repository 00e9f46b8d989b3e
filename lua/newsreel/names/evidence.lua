--- What a run of capitalised words is: the evidence for a person, an organisation, a place.
--
-- evidence.firm reads the run itself: a list, a word that every such name has, a title, a given name.
-- evidence.votes weighs what stands around one mention; votes of all mentions of a name in the text are
-- added up, so that one clear sentence settles the others.
local lexicon = require "newsreel.names.lexicon"

local evidence = {}
local known, given, set = lexicon.known, lexicon.given, lexicon.set
local organisation_heads, place_heads = lexicon.organisation_heads, lexicon.place_heads

---The folded words of a run, by which mentions are compared.
---@return string
function evidence.key(list, first, last)
  if first == last then
    return list[first].word
  elseif last == first + 1 then
    return list[first].word .. " " .. list[last].word
  end
  local parts = {}
  for i = first, last do
    parts[#parts + 1] = list[i].word
  end
  return table.concat(parts, " ")
end

-- What is asked of a spelling by patterns is asked once, and remembered in its form.
local function remembered(name, ask)
  return function(form)
    local answer = form[name]
    if answer == nil then
      answer = ask(form.raw) and true or false
      form[name] = answer
    end
    return answer
  end
end

-- "Evansville", "Lindqvist-Berg", "Kwok-hung", "J.": a word as names of people are written.
local personal = remembered("personal", function(raw)
  return raw:find "^%u[%l'\x80-\xff]+$" or raw:find "^[\xC3-\xC5][\x80-\xBF][%l\x80-\xff]*$"
    or raw:find "^%u[%l\x80-\xff]+%-%a[%l\x80-\xff]+$" or raw:find "^%u%.?$" or raw:find "^Mc%u%l+$"
    or raw:find "^[OD]['\x80-\xff]+%u%l+$" or raw:find "^Mac%u%l+$"
end)

-- "programming", "nation": a word that ends as names hardly do.
local formed = remembered("formed", function(raw)
  return raw:find "ing$" or raw:find "[^aeiou]tion$"
end)

-- "AirWave", "orbix.com", but "McNeil".
local branded = remembered("branded", function(raw)
  return raw:find "%l%u%l" and not raw:find "^Ma?c%u" or raw:find "%.com$"
end)

local acronym = remembered("acronym", function(raw)
  return raw:find "^%u[%u&]+$"
end)

local abstract = remembered("abstract", function(raw)
  return raw:find "ology$" or raw:find "ship$"
end)

local plural = remembered("plural", function(raw)
  return raw:find "[^aeious]s$"
end)

-- A family name and a given name of two syllables: "Leung Kwok-hung".
local function hyphened(list, run)
  return run.last - run.first <= 2 and list[run.last].raw:find "^%u%l+%-%l+$"
    and personal(list[run.first])
    and not list[run.last].raw:find "%-born$"
end

local function headed(list, run)
  local first, last = list[run.first], list[run.last]
  local count = run.last - run.first + 1
  if count > 1 and organisation_heads[last.word] then
    return "ends with " .. last.raw
  elseif count > 1 and organisation_heads[first.word] and list[run.first + 1].word == "of" then
    return first.raw .. " of"
  end
  for i = run.first, run.last - 1 do
    local linker = list[i + 1].word
    if organisation_heads[list[i].word] and (lexicon.linkers[linker] or linker == "of" or linker == "for") then
      return "has " .. list[i].raw
    end
  end
end

-- Two to four words that open with a given name or an initial.
local function named_in_full(list, run)
  local first = list[run.first]
  local count = run.last - run.first + 1
  if count < 2 or count > 4 or lexicon.ordinary[list[run.last].word] and not given[list[run.last].raw] then
    return false
  end
  return given[first.raw] or personal(list[run.last]) and #list[run.last].raw > 2
    and (first.raw:find "^%u%.?$" or first.raw:find "^%u%.%u%.?$")
end

---The run itself as evidence.
---@return string? type
---@return string? rule
---@return string? why
---@return string? actor as the lists write it
function evidence.firm(list, run, titled)
  local first, last = list[run.first], list[run.last]
  local entry = known[run.key]
  if entry then
    return entry.kind, "list", "in the lists as " .. entry.actor, entry.actor
  end
  local head = headed(list, run)
  if head then
    return "organisation", "head", head
  elseif titled then
    return "person", "title", "after a title"
  end
  local count = run.last - run.first + 1
  local opener = lexicon.place_openers[first.word] and not given[first.raw] and count == 2
    and not first.raw:find "^[Ss][Tt]%.?$" and first.word ~= "saint"
    and not lexicon.ordinary[last.word] and not lexicon.demonyms[last.word]
  if count > 1 and place_heads[last.word] or opener then
    return "place", "head", "has a word of places"
  elseif named_in_full(list, run) then
    return "person", "given name", first.raw .. " is a given name"
  elseif count > 1 and hyphened(list, run) then
    return "person", "given name", last.raw .. " has the shape of a given name"
  elseif count == 1 and given[first.raw] and not lexicon.double[first.word] and #first.raw > 2 then
    return "person", "given", first.raw .. " is a given name"
  end
end

---An acronym that the text itself spells out ("Democratic Alliance (DAB)").
---@param before table? the candidate before this one
function evidence.acronym(list, run, text, before)
  local word = list[run.first]
  if run.first ~= run.last or #word.raw > 6 or #word.raw < 2 or not acronym(word) or lexicon.things[word.word] then
    return nil
  end
  if before and before.type == "organisation" and before.last == run.first - 1
    and text:find("^[ \n]%(", list.at[before.last] + list[before.last].size) then
    return "organisation", "acronym", "spelled out before", before.actor or before.key
  end
end

local speech = set [[said says told tells adds added asks asked wrote writes explained noted insisted warned believes
  thinks met visited died resigned arrived spoke recalled replied smiled laughed who whose born]]
local inside = set "in near outside throughout across"

local function cited(list, name, text)
  local last = list.at[name.last] + list[name.last].size - 1
  local after = text:sub(last + 1, last + 14)
  return after:find "^,? et al" or after:find "^,? %(?[12][890]%d%d[a-z]?[%),;:]" or after:find "^'s %([12][890]%d%d"
end

---Authors in brackets and before years: "(Lindqvist, Moreno, & Hale, 2013)".
---@param names table[] candidates in order
---@return table<table, true>
function evidence.citations(list, names, text)
  local out = {}
  for i = #names, 1, -1 do
    local name, after = names[i], names[i + 1]
    if name.last - name.first <= 1 and personal(list[name.last]) and #list[name.last].raw > 2 then
      local gap = after and out[after] and text:sub(list.at[name.last] + list[name.last].size, list.at[after.first] - 1)
      if cited(list, name, text) or gap and (gap:find "^,? ?&? $" or gap:find "^,? and $") then
        out[name] = true
      end
    end
  end
  return out
end

local function add(votes, kind, weight, why)
  votes[kind] = (votes[kind] or 0) + weight
  if weight > (votes.weight or 0) then
    votes.weight, votes.why = weight, why
  end
end

-- Two or three words as people are called, none of them a word of every day.
local function shaped(list, name, lower)
  local count = name.last - name.first + 1
  if count < 2 or count > 3 then
    return false
  end
  for i = name.first, name.last do
    local word = list[i]
    local linker = lexicon.linkers[word.word]
    if not linker and (not personal(word) or lexicon.ordinary[word.word] or lower[word.word]
      or lexicon.demonyms[word.word] or organisation_heads[word.word] or formed(word)) then
      return false
    end
    local place = known[word.word]
    if i > name.first and place and place.kind == "place" and i < name.last then
      return false
    end
  end
  return not known[list[name.first].word]
end

-- No word of every day in it, so that "in X" is about where.
local function located(list, name, lower)
  for i = name.first, name.last do
    local word = list[i]
    if abstract(word) or name.first == name.last and plural(word) or not personal(word)
      or #word.raw < 3 or lexicon.ordinary[word.word] or lower[word.word] then
      return false
    end
  end
  return true
end

---@class newsreel.Context
---@field opens boolean is it the first word of its sentence?
---@field heading boolean is the sentence a heading?
---@field cited boolean is it an author before a year?
---@field lower table<string, boolean> words that the text also writes small

---Add what one mention says to the votes of its name.
---@param votes table<string, number>
---@param context newsreel.Context
function evidence.votes(list, name, votes, context)
  local first, last = list[name.first], list[name.last]
  local before, after = list[name.first - 1], list[name.last + 1]
  before = before and list.clause[name.first - 1] == list.clause[name.first] and before or nil
  after = after and list.clause[name.last + 1] == list.clause[name.last] and after or nil
  local count = name.last - name.first + 1
  if context.cited then
    add(votes, "person", 10, "an author before a year")
  end
  if not context.heading and shaped(list, name, context.lower) and not (before and (before.word == "the"
    or before.word == "a" or before.word == "an")) then
    add(votes, "person", 1, "two or three capitalised words")
  end
  if count == 1 and branded(first) then
    add(votes, "organisation", 0.5, "capitals inside the word")
  end
  if before and lexicon.kinds[before.word] then
    add(votes, "organisation", 2, "after " .. before.word)
  elseif before and inside[before.word] and count <= 2 and not context.heading and not last.genitive
    and not (after and after.raw:find "^%u") and located(list, name, context.lower) then
    add(votes, "place", 1, "after " .. before.word)
  elseif before and before.word == "the" then
    add(votes, "person", -1)
  end
  if after and lexicon.belongings[after.word] then
    add(votes, "organisation", 2, "before " .. after.word)
  elseif after and speech[after.word] or before and (before.word == "said" or before.word == "says") then
    add(votes, "person", 1, "with a verb of speech")
  elseif after and lexicon.acts[after.word] and count == 1 and not context.opens then
    add(votes, "person", 0.5, "with " .. after.word)
  end
end

local kinds = { "organisation", "place", "person" } -- of equal votes the first counts

---What the votes say.
---@param votes table<string, number>
---@return string? type
---@return string? rule
---@return string? why
function evidence.verdict(votes)
  local best, most = nil, 0
  for _, kind in ipairs(kinds) do
    if (votes[kind] or 0) > most then
      best, most = kind, votes[kind]
    end
  end
  if best and most >= 1 then
    return best, "context", votes.why
  end
end

return evidence
