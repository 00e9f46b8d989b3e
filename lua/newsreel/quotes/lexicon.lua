--- From a language's word lists to a function that classes a word form.
-- A class is a small shared table: `k` says what the word is to the phrase rules (det, prep, aux, name, noun ...),
-- `verb` holds the cue verb it may be a form of.
local lexicon = {}

-- The first kind of a word that stands in several lists is its `k`; the others are flags.
local KINDS = {
  "poss", "pron", "sub", "rel", "prep", "det", "conj", "neg", "be", "have", "modal", "adv", "time", "title", "act",
  "noun",
}
-- Lists of words that only set a flag.
local FLAGS = {
  "abbreviation", "singular", "settings", "infinitive", "joins", "sure", "postposed", "nounish", "agent",
  "article", "organisation", "self", "noun_maker", "numbered", "linking", "supposed",
}

local upper_to_lower = {}
do -- Latin-1 and Cyrillic capitals; nothing else is needed to look up the lists
  for code = 0xC0, 0xDE do if code ~= 0xD7 then upper_to_lower[utf8.char(code)] = utf8.char(code + 32) end end
  for code = 0x410, 0x42F do upper_to_lower[utf8.char(code)] = utf8.char(code + 32) end
  for code = 0x400, 0x40F do upper_to_lower[utf8.char(code)] = utf8.char(code + 80) end
  upper_to_lower["Ґ"] = "ґ"
end

---Fold a word to lower case and straight apostrophes (Latin and Cyrillic).
function lexicon.lower(word)
  word = word:lower()
  if word:find "[\xC3\xD0\xD2\xE2]" then
    word = word:gsub("’", "'"):gsub("ʼ", "'"):gsub("[\xC3\xD0\xD2][\x80-\xBF]", upper_to_lower)
  end
  return word
end

---Does a word begin with a capital?
function lexicon.capital(word)
  local byte = word:byte()
  return byte ~= nil and (byte >= 65 and byte <= 90 or byte >= 0xC3 and upper_to_lower[word:sub(1, 2)] ~= nil)
end

---List the words of a string of words.
local function words(list)
  return (list or ""):gmatch "%S+"
end
lexicon.words = words

-- English regular forms.
local function regular(base)
  local s = base .. "s"
  if base:find "[sxz]$" or base:find "[cs]h$" then
    s = base .. "es"
  elseif base:find "[^aeiou]y$" then
    s = base:sub(1, -2) .. "ies"
  end
  if base:find "e$" then
    return s, base .. "d", (base:find "[eoy]e$" and base or base:sub(1, -2)) .. "ing"
  elseif base:find "[^aeiou]y$" then
    return s, base:sub(1, -2) .. "ied", base .. "ing"
  end
  return s, base .. "ed", base .. "ing"
end

---The forms of an entry "base", "base:2" or "base:s,past,pp,ing" as form, name pairs.
local function english_forms(base, forms)
  local s, past, pp, ing = forms:match "^([^,]*),([^,]*),([^,]*),([^,]*)$"
  if not s then
    s, past, ing = regular(base)
    if forms == "2" then
      past, ing = base .. base:sub(-1) .. "ed", base .. base:sub(-1) .. "ing"
    end
    pp = past
  end
  return { { base, "base" }, { s, "s" }, { past, "past" }, { pp, "pp" }, { ing, "ing" } }
end

---The forms of an entry of a language that lists them: "sagte" stands for all that `expand` makes of its ending.
local function listed_forms(base, forms, expand)
  local list = {}
  for form in (base .. "," .. forms):gmatch "[^,]+" do
    list[#list + 1] = { form, "fin" }
    for _, rule in ipairs(expand) do
      local stem = form:match("^(.*)" .. rule[1] .. "$")
      if stem then
        for ending in words(rule[2]) do -- the first that fits
          list[#list + 1] = { stem .. ending, "fin" }
        end
        break
      end
    end
  end
  return list
end

---Read "call:for,on point:to" into { call = { for = true, on = true }, .. }.
local function read_particles(list)
  local particles = {}
  for base, prepositions in (list or ""):gmatch "([^%s:]+):(%S+)" do
    particles[base] = {}
    for one in prepositions:gmatch "[^,]+" do
      particles[base][one] = true
    end
  end
  return particles
end

---Read the verbs of a language: verbs[frames] = "announce admit:2 say:says,said,said,saying".
local function read_verbs(language, classes)
  local lemmas, particles = {}, read_particles(language.particles)
  for frames, list in pairs(language.verbs) do
    for entry in words(list) do
      local base, forms = entry:match "^([^:,]+)[:,]?(.*)$"
      local verb = lemmas[base]
        or { lemma = base, frames = {}, particles = particles[base], needs = (language.needs or {})[base] }
      verb.tail_only = (" " .. (language.tail_only or "") .. " "):find(" " .. base .. " ", 1, true) and true or nil
      lemmas[base] = verb
      for frame in words(frames) do
        verb.frames[frame] = true
      end
      local all = language.regular and english_forms(base, forms) or listed_forms(base, forms, language.expand)
      for _, form in ipairs(all) do
        local class = classes[form[1]] or { k = "noun" }
        class.verb, class.forms = class.verb or verb, class.forms or {}
        class.forms[form[2]] = true
        class.mark = "cue"
        classes[form[1]] = class
      end
    end
  end
end

---Class a word that no list knows, by its capital and its ending. Words of one kind share one class.
local function guess(language, word, lower)
  local shared = language.shared
  if word:find "^%d" then
    return shared.num
  end
  local stem = language.regular and lower:match "^(.*)'s?$"
  if lexicon.capital(word) then
    local base = stem and language.classes[stem]
    if base and base.k == "title" then
      return shared.title_owner
    elseif stem then
      return shared.name_owner
    elseif language.regular and #word > 4 and lower:find "[ie][nd]g?$" then
      return lower:find "ing$" and shared.name_ing or lower:find "ed$" and shared.name_ed or shared.name
    end
    return shared.name
  elseif stem then
    return shared.owner
  elseif word:find "^[ae][lsnh]h?%-%u" then
    return shared.name -- al-Sharaa, el-Sisi, ash-Shaab
  end
  for _, ending in ipairs(language.endings) do
    if lower:find(ending[1]) then
      return ending[2]
    end
  end
  return shared.noun
end

---Note the flags that are lists of words, and the opening words of "according to".
local function read_flags(language, classes)
  for _, flag in ipairs(FLAGS) do
    for word in words(language[flag]) do
      classes[word] = classes[word] or { k = "noun" }
      classes[word][flag] = true
    end
  end
  for word in words(language.no_cue) do
    classes[word] = nil
  end
  for word in words(language.particle) do -- "de la": part of a name, though small
    classes[word] = { k = "name", particle = true }
  end
  for word in pairs(language.according) do
    classes[word] = classes[word] or { k = "noun" }
    classes[word].according, classes[word].mark = word, "cue"
  end
  for word in words(language.postposed) do
    classes[word].mark = "cue"
  end
end

---Give a capitalised form of a listed word its class: a verb's or noun's capital form is a name first.
local function capitalised(language, word, class)
  if class.k ~= "noun" or not lexicon.capital(word) then
    return class
  elseif not (class.verb or class.according) then
    return class.abbreviation and language.shared.name_abbreviation or nil
  elseif language.nouns_capital then
    return nil -- German: a capital inside is a noun, and no cue stands first
  end
  local copy = {}
  for key, value in pairs(class) do
    copy[key] = value
  end
  copy.k, copy.capital = "name", true
  return copy
end

---Turn the lists that rules look into as wholes into sets.
local function read_sets(language)
  language.sets = { gender = {}, pronouns = {} }
  for _, name in ipairs { "saying", "chain", "subjunctive", "me", "letters" } do
    language.sets[name] = {}
    for word in words(language[name]) do
      language.sets[name][word] = true
    end
  end
  for name, gender in pairs { male = "m", female = "f" } do
    for word in words(language[name]) do
      language.sets.gender[word] = gender
    end
  end
  for name, gender in pairs { he = "m", she = "f" } do
    for word in words(language[name]) do
      language.sets.pronouns[word] = gender
    end
  end
end

---Make the classer of a language table (see en.lua): a word form in, its class out; `punctuation` holds other tokens.
-- Who calls it remembers what it gives.
function lexicon.compile(language, punctuation)
  local classes = {}
  language.shared = {
    num = { k = "num" }, noun = { k = "noun" }, owner = { k = "noun", owner = true }, name = { k = "name" },
    name_owner = { k = "name", owner = true }, title_owner = { k = "name", owner = true, title = true },
    name_abbreviation = { k = "name", abbreviation = true },
    name_ing = { k = "name", ing = true }, name_ed = { k = "name", ed = true },
  }
  language.classes, language.endings = classes, language.endings or {}
  for _, kind in ipairs(KINDS) do
    for word in words(language.words[kind]) do
      local class = classes[word] or {}
      class.k = class.k or kind
      class[kind] = true
      classes[word] = class
    end
  end
  read_verbs(language, classes)
  read_flags(language, classes)
  read_sets(language)
  return function(word)
    if punctuation[word] then
      return punctuation[word]
    end
    local lower = lexicon.lower(word)
    local class = classes[lower]
    class = class and capitalised(language, word, class) or guess(language, word, lower)
    if lower:find "^%a%.%a" then
      class = { k = class.k, abbreviation = true, title = class.title }
    end
    return class
  end
end

return lexicon
