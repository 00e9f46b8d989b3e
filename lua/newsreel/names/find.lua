--- People, organisations and places that no list names, by their shape and what stands around them.
--
-- A candidate is a run of capitalised words (with "of", "de", "al-" inside). Firm evidence decides it at
-- once (newsreel.names.evidence); else the same name elsewhere in the text, a full name whose surname it is,
-- or the votes of all its mentions. No evidence: no name. Names inside names are given too: the place in
-- "University of Wisconsin", the person in "Martha Quill Museum".
local evidence = require "newsreel.names.evidence"
local lexicon = require "newsreel.names.lexicon"
local words = require "newsreel.words"

local find = {}

local function capital(raw)
  local byte = raw:byte()
  if byte <= 0x5A then
    return byte >= 0x41
  elseif byte < 0x80 then
    return raw:find "^%l%l?'%u" ~= nil or raw:find "^al%-%u" ~= nil
  end
  return raw:find "^\xC3[\x80-\x9E]" ~= nil or byte == 0xC4 or byte == 0xC5
end

-- What a word is by its spelling alone. "Harrow-based Orbix" names Harrow: the compound is cut, and ends the run as a
-- genitive does. Runs begin at capitals.
local read = words.reader(function(form)
  local name, tail = form.raw:match "^(%u.*)%-(%l+)$"
  if name and lexicon.compounds[tail] then
    form.raw, form.word, form.genitive = name, lexicon.key(name):gsub("%.$", ""), true
  end
  form.capital, form.small, form.long = capital(form.raw), form.raw:find "^%l" ~= nil, #form.raw >= 4
  form.mark = form.capital or nil
end)

-- The last byte of word `at`.
local function last_byte(list, at)
  return list.at[at] + list[at].size - 1
end

-- Does only a space, or what belongs to a name, part word `at` from the next?
local function touching(text, list, at)
  local from, to = last_byte(list, at) + 1, list.at[at + 1] - 1
  if from >= to then
    local byte = from == to and text:byte(from)
    return not byte or byte == 32 or byte == 9
  end
  local gap, a = text:sub(from, to), list[at]
  return gap:find "^[ \t]*$" ~= nil or gap:find "^%.?[ \t]$" ~= nil and (#a.raw <= 2 or lexicon.titles[a.word
    .. "."] ~= nil) or gap == " & "
end

-- Is the word at `at` the first of its sentence, so that its capital says nothing?
local function opens(list, at)
  return at == 1 or list.sentence[at - 1] ~= list.sentence[at]
end

-- May the run go on over small words to a capital? Gives the number of its next word.
local function bridge(list, first, last)
  local small = list[last + 1]
  if lexicon.linkers[small.word] then
    return last + 2
  end
  local headed, over
  for i = first, last do
    over = over or list[i].word == "of" or list[i].word == "for"
    headed = headed or lexicon.organisation_heads[list[i].word] or lexicon.place_heads[list[i].word]
  end
  local head = lexicon.organisation_heads[list[last].word] or lexicon.place_heads[list[last].word]
  if small.word == "of" and head or headed
    and small.word == "for" then
    return list[last + 2] and list[last + 2].word == "the" and last + 3 or last + 2
  elseif small.word == "and" and headed and over or small.raw == "&" then
    return last + 2
  end
end

-- May a name begin with the word at `at`, which has a capital?
local function starts(list, at)
  local word = list[at].word
  return not lexicon.common[word] or word == "new" and list[at + 1] and list[at + 1].capital
end

-- May the run end at `last`, whatever comes next?
local function ended(list, first, last, text)
  local nexts, one = list[last + 1], list[last]
  return not nexts or one.genitive or list.sentence[last + 1] ~= list.sentence[first]
    or not touching(text, list, last)
    or lexicon.legal_forms[one.word] and last > first and not lexicon.organisation_heads[nexts.word] -- "Orbix LLC Martha Quill"
end

-- The word that a run goes on to behind `last`, or nil where it ends.
local function goes_on(list, first, last, text)
  if ended(list, first, last, text) then
    return nil
  end
  local nexts = list[last + 1]
  if nexts.capital and not (lexicon.common[nexts.word] and nexts.word ~= "new") then
    return last + 1
  end
  local over = bridge(list, first, last)
  local far = over and list[over]
  return far and far.capital and not lexicon.common[far.word] and list.sentence[over] == list.sentence[first]
    and touching(text, list, over - 1) and over or nil
end

-- The office that parts whose it is from who, inside a run: "Italian Treasury Minister Giovanni Goria".
local function office_in(list, first, last)
  local tail = list[last].word
  if last - first < 2 or lexicon.organisation_heads[tail] or lexicon.place_heads[tail] or lexicon.offices[tail] then
    return nil
  end
  for at = last - 1, math.max(first + 1, last - 4), -1 do
    if lexicon.offices[list[at].word] then
      return at
    end
  end
end

-- Runs of capitalised words.
local function runs_of(list, text)
  local runs, behind = {}, 0
  for n = 1, list.marked_count do
    local at = list.marked[n]
    if at > behind and starts(list, at) then
      local last = at
      local further = goes_on(list, at, last, text)
      while further do
        last = further
        further = goes_on(list, at, last, text)
      end
      local from = at
      for i = at, last - 1 do
        -- "Forbes & Eaton" are two, "Marks & Spencer plc" is one.
        if text:find("^ & ", last_byte(list, i) + 1) and not lexicon.organisation_heads[list[last].word] then
          runs[#runs + 1] = { first = from, last = i }
          from = i + 1
        end
      end
      runs[#runs + 1] = { first = from, last = last }
      behind = last
    end
  end
  return runs
end

-- The first word that is no title. A title is evidence of a person and part of the name as written.
local function skip_titles(list, first, last)
  local at = first
  while at < last and lexicon.titles[list[at].word] and not lexicon.organisation_heads[list[last].word] do
    at = at + 1
  end
  local before = list[at - 1]
  local titled = at > first or before ~= nil and lexicon.titles[before.word]
    and not opens(list, at)
  return at, titled
end

-- Words that the text also writes small (their capitals are no evidence), and the sentences that are
-- headings: all words of four letters and more written with a capital.
local function survey(list)
  local lower, heading, sentences = {}, {}, list.sentence
  local sentence, small, large = 0, false, 0
  for i = 1, list.count do
    local form = list[i]
    if sentences[i] ~= sentence then
      heading[sentence] = large >= 3 and not small
      sentence, small, large = sentences[i], false, 0
    end
    if form.small then
      lower[form.word] = true
      small = small or form.long
    elseif form.long then
      large = large + 1
    end
  end
  heading[sentence] = large >= 3 and not small
  return lower, heading
end

-- "Evansville, Indiana": places in a row are also one place.
local function join_places(names, text)
  local joined = {}
  for i = 1, #names - 1 do
    local a, b = names[i], names[i + 1]
    local state = a.actor and lexicon.states[a.actor]
    if a.type == "place" and b.type == "place" and not state and text:sub(a.last + 1, b.first - 1) == ", " then
      joined[#joined + 1] = { first = a.first, last = b.last, text = text:sub(a.first, b.last), type = "place",
      rule = "row",
        why = "a place and the one it lies in", actor = a.actor, inner = a }
    end
  end
  local outer = {}
  for _, name in ipairs(joined) do
    outer[name.inner], name.inner = name, nil
  end
  for i, inner in ipairs(names) do
    names[i] = outer[inner] or inner
  end
  return names
end


-- Does the word in front only describe ("Russian President Putin")?
local function describes(list, at)
  return lexicon.demonyms[list[at].word] and not lexicon.known[list[at].word]
end

-- A candidate from a run, or nil where the run is a title or a word of every day alone.
local function candidate(list, run)
  local first, last = run.first, run.last
  while first < last and describes(list, first) and not lexicon.known[evidence.key(list, first, last)]
  and not lexicon.organisation_heads[list[last].word] do
    first = first + 1
  end
  local place = first < last and lexicon.titles[list[first + 1].word] and lexicon.known[list[first].word]
  local core, titled = skip_titles(list, place and place.kind == "place" and first + 1 < last and first + 1 or first,
    last)
  local office = office_in(list, first, last)
  if office and office >= core then
    core, titled = office + 1, true
  end
  local word = list[core].word
  local people = core == last and (lexicon.peoples[word]
    or lexicon.demonyms[word] and (word:find "ns$" or word:find "is$"))
  if people then
    return { first = core, last = last, core = core, start = first, key = word, type = "person", rule = "people",
      why = "the plural of a people" }
  end
  local descends = core == last - 1 and (lexicon.demonyms[evidence.key(list, core, last)]
    or lexicon.demonyms[list[last].word] and lexicon.compass[word])
  if descends or core == last and (lexicon.demonyms[word] or lexicon.common[word] or lexicon.lone[word]
    or lexicon.titles[word]) then
    return nil
  end
  return { first = core, last = last, core = core, start = first, key = evidence.key(list, core, last) }, titled
end

-- What the text has settled so far.
local function new_ledger()
  return { decided = {}, surnames = {}, firsts = {}, acronyms = {}, votes = {} }
end

-- "Korean People's Army" is also KPA.
local function initials(list, name)
  local letters = {}
  for i = name.first, name.last do
    letters[#letters + 1] = list[i].raw:match "^%u"
  end
  return table.concat(letters)
end

local function settle(ledger, list, lower, name)
  ledger.decided[name.key] = ledger.decided[name.key] or name
  if name.type == "person" and name.last > name.core then
    local last = list[name.last].word
    if not lexicon.ordinary[last] and (not lower[last] or name.rule ~= "context") then
      ledger.surnames[last] = ledger.surnames[last] or name
    end
  elseif name.type == "organisation" and name.last > name.first then
    local short = initials(list, name)
    ledger.acronyms[short] = #short > 2 and (ledger.acronyms[short] or name) or nil
    local first = list[name.first].word
    if not lower[first] and not lexicon.known[first] and not lexicon.demonyms[first] and #first > 3
      and not lexicon.ordinary[first] and not lexicon.organisation_heads[first] then
      ledger.firsts[first] = ledger.firsts[first] or name
    end
  end
end

local function assign(name, other, rule, why)
  name.type, name.rule, name.why, name.actor = other.type, rule, why, other.actor or other.key
end

-- The same name elsewhere, or a longer one of which it is the surname or the first word.
local function by_the_text(ledger, list, lower, name)
  local same = ledger.decided[name.key]
  local bearer = name.first == name.last and not (lower[name.key] and opens(list, name.first))
    and ledger.surnames[name.key]
  local spelled = name.first == name.last and ledger.acronyms[list[name.first].raw]
  local body = name.first == name.last and ledger.firsts[name.key]
  if same then
    assign(name, same, same.rule, "as elsewhere in the text: " .. same.why)
  elseif bearer then
    assign(name, bearer, "surname", "surname of a full name in the text")
  elseif spelled then
    assign(name, spelled, "acronym", "the initials of " .. spelled.key)
  elseif body then
    assign(name, body, "short", "first word of " .. body.key)
  end
  return name.type ~= nil
end

local function by_votes(ledger, list, lower, name)
  local single = name.first == name.last
  if single and (lower[name.key] or lexicon.ordinary[name.key] or #name.key < 3) then
    return
  end
  name.type, name.rule, name.why = evidence.verdict(ledger.votes[name.key])
  if name.type then
    settle(ledger, list, lower, name)
  end
end

-- "US$ 78 million" is money.
local function money(list, text, run)
  return text:find("^%s?%$", last_byte(list, run.last) + 1) ~= nil
end

-- Candidates with firm evidence are settled on the way; the others come back as waiting.
local function gather(list, text, lower, ledger)
  local names, waiting = {}, {}
  for _, run in ipairs(runs_of(list, text)) do
    local name, titled = candidate(list, run)
    if name and not money(list, text, run) then
      if not name.type then
        name.type, name.rule, name.why, name.actor = evidence.firm(list, name, titled)
      end
      if not name.type then
        name.type, name.rule, name.why, name.actor = evidence.acronym(list, name, text, names[#names])
      end
      names[#names + 1] = name
      if name.type then
        settle(ledger, list, lower, name)
      else
        waiting[#waiting + 1] = name
      end
    end
  end
  return names, waiting
end

local function weigh(list, text, lower, heading, ledger, names, waiting)
  local cited, context = evidence.citations(list, names, text), { lower = lower }
  for _, name in ipairs(waiting) do
    local votes = ledger.votes[name.key] or {}
    ledger.votes[name.key] = votes
    context.opens, context.heading = opens(list, name.first), heading[list.sentence[name.first]]
    context.cited = cited[name]
    evidence.votes(list, name, votes, context)
  end
  for _, long in ipairs { true, false } do
    for _, name in ipairs(waiting) do
      if not name.type and (name.last > name.first) == long and not by_the_text(ledger, list, lower, name) then
        by_votes(ledger, list, lower, name)
      end
    end
  end
end

-- In a report of a match a state that does something is its team ("Sweden scored").
local function teams(list, lower, names)
  local words_of_match = 0
  for word in pairs(lexicon.match) do
    words_of_match = words_of_match + (lower[word] and 1 or 0)
  end
  for _, name in ipairs(words_of_match >= 3 and names or {}) do
    local where = not opens(list, name.first) and lexicon.whereabouts[list[name.first - 1].word]
    if name.type == "place" and lexicon.states[name.actor] and not where then
      name.type, name.rule, name.why = "organisation", "team", "a state in the report of a match"
    end
  end
end

-- Where the text names a Martha Paris, Paris that is not "in Paris" is she.
local function bearers(list, ledger, names)
  for _, name in ipairs(names) do
    local bearer = name.type == "place" and name.rule == "list" and name.first == name.last
      and ledger.surnames[name.key]
    local before = list[name.first - 1]
    if bearer and not (before and lexicon.whereabouts[before.word]) then
      assign(name, bearer, "surname", "surname of a full name in the text")
    end
  end
end

local pointed = lexicon.set "inc corp ltd co jr sr bros"

local function written(list, text, name, first, last)
  local from, to = list.at[first], list.at[last] + #list[last].raw - 1
  if pointed[list[last].word] and text:sub(to + 1, to + 1) == "." then
    to = to + 1
  end
  return { first = from, last = to, text = text:sub(from, to), type = name.type, rule = name.rule, why = name.why,
    actor = name.actor }
end

-- Places and people inside the name of a body or a place, bodies before that of a person; in a run that is no name,
-- all that the lists know.
local function nested(list, text, name, out)
  if name.rule == "list" and name.type == "place" then
    return -- there is no Hampshire in New Hampshire
  end
  local at = name.start
  local last = name.type == "person" and name.core - 1 or name.last
  while at <= last do
    local found
    for till = math.min(last, at + (lexicon.reach[list[at].word] or 0) - 1), at, -1 do
      local entry = lexicon.known[evidence.key(list, at, till)]
      local tells = entry and (entry.kind == "place" or not name.type or name.type == "person")
      if tells and not (at == name.start and till == name.last) then
        local inner = { type = entry.kind, rule = "inside", why = "inside " .. name.key, actor = entry.actor }
        local opener = at > name.start and lexicon.compass[list[at - 1].word] and at - 1
        out[#out + 1] = written(list, text, inner, opener or at, till)
        found = till
        break
      end
    end
    at = (found or at) + 1
  end
  local first = list[name.first]
  if name.type == "organisation" and name.rule == "head" and lexicon.given[first.raw] and name.last - name.first >= 2
    and not lexicon.ordinary[list[name.first + 1].word] and list[name.first + 1].raw:find "^%u%l" then
    local inner = { type = "person", rule = "inside", why = "inside " .. name.key,
      actor = evidence.key(list, name.first, name.first + 1) }
    out[#out + 1] = written(list, text, inner, name.first, name.first + 1)
  end
end

-- An actor of no list is called as the text first writes it in full, not by its folded key.
local function as_written(names)
  local first = {}
  for _, name in ipairs(names) do
    local key = words.fold(name.text)
    first[key] = first[key] or name.text
  end
  for _, name in ipairs(names) do
    name.actor = first[name.actor] or name.actor
  end
  return names
end

local function precedes(a, b)
  return a.first < b.first or a.first == b.first and a.last > b.last
end

-- Put a list that is nearly in order into it.
local function ordered(list)
  for i = 2, #list do
    local name, to = list[i], i
    while to > 1 and precedes(name, list[to - 1]) do
      list[to], to = list[to - 1], to - 1
    end
    list[to] = name
  end
  return list
end

-- Names and those inside them as one list.
local function merged(names, inner)
  local all, at = {}, 1
  for _, name in ipairs(ordered(names)) do
    while inner[at] and precedes(inner[at], name) do
      all[#all + 1], at = inner[at], at + 1
    end
    all[#all + 1] = name
  end
  return table.move(inner, at, #inner, #all + 1, all)
end

---Find the names in a text.
---
---@param text string UTF-8
---@return newsreel.Name[] # in order of their first byte; a name may stand inside another
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
  local list = read(text)
  local lower, heading = survey(list)
  local ledger = new_ledger()
  local names, waiting = gather(list, text, lower, ledger)
  weigh(list, text, lower, heading, ledger, names, waiting)
  bearers(list, ledger, names)
  teams(list, lower, names)
  local out, inner = {}, {}
  for _, name in ipairs(names) do
    if name.type then
      local bearer = name.type == "person" and ledger.surnames[list[name.last].word]
      name.actor = name.actor or bearer and (bearer.actor or bearer.key) or name.key
      out[#out + 1] = written(list, text, name, name.type == "person" and name.start or name.first, name.last)
    end
    nested(list, text, name, inner)
  end
  out = join_places(out, text)
  return as_written(merged(out, ordered(inner)))
end

return find
