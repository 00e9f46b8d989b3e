--- From a language's word lists to a function that classes a word form.
-- A class is a small shared table: `k` says what the word is to the phrase rules (det, prep, aux, name, noun ...),
-- `verb` holds the cue verb it may be a form of. Classes are remembered per word form, so a word costs one look-up.
local lexicon = {}

local REMEMBERED_MAX = 40000

-- The first kind of a word that stands in several lists is its `k`; the others are flags.
local KINDS = { "poss", "pron", "sub", "rel", "prep", "det", "conj", "neg", "be", "have", "modal", "adv", "time", "title", "noun" }

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
  return word:find "^[A-Z]" ~= nil or upper_to_lower[word:match "^[\xC3\xD0\xD2][\x80-\xBF]"] ~= nil
end

---List the words of a string of words.
local function words(list)
  return (list or ""):gmatch "%S+"
end
lexicon.words = words

-- English-like regular forms; other languages list their forms.
local function regular(base)
  local s, ed, ing
  if base:find "[sxz]$" or base:find "[cs]h$" then s = base .. "es" elseif base:find "[^aeiou]y$" then s = base:sub(1, -2) .. "ies" else s = base .. "s" end
  if base:find "e$" then
    ed = base .. "d"
    ing = base:find "[eoy]e$" and base .. "ing" or base:sub(1, -2) .. "ing"
  elseif base:find "[^aeiou]y$" then ed, ing = base:sub(1, -2) .. "ied", base .. "ing"
  else ed, ing = base .. "ed", base .. "ing" end
  return s, ed, ing
end

local function particles_of(language, base)
  local list = language.particles and language.particles[base]
  if not list then return nil end
  local set = {}
  for word in words(list) do set[word] = true end
  return set
end

---Read the verbs of a language: `verbs[frames] = "announce say:says,said,said,saying admit:.."`.
-- A form is "base", "s", "past", "pp" or "ing"; a form that is both past and pp is "ed"; languages without such rules use "fin".
local function read_verbs(language, classes)
  local lemmas = {}
  for frames, list in pairs(language.verbs) do
    for entry in words(list) do
      local base, forms = entry:match "^([^:]+):?(.*)$"
      local verb = lemmas[base] or { lemma = base, frames = {}, particles = particles_of(language, base), needs = (language.needs or {})[base] }
      lemmas[base] = verb
      for frame in words(frames) do verb.frames[frame] = true end
      local function add(word, form)
        local class = classes[word] or { k = language.verb_class or "noun", plain = true }
        class.verb, class.forms = verb, class.forms or {}
        class.forms[form] = true
        classes[word] = class
      end
      if language.regular then
        local s, past, pp, ing = forms:match "^([^,]*),([^,]*),([^,]*),([^,]*)$"
        if not s then
          s, past, ing = regular(base)
          if forms == "2" then past, ing = base .. base:sub(-1) .. "ed", base .. base:sub(-1) .. "ing" end
          pp = past
        end
        add(base, "base") add(s, "s") add(past, "past") add(pp, "pp") add(ing, "ing")
      else
        add(base, "fin")
        for form in forms:gmatch "[^,]+" do add(form, "fin") end
      end
    end
  end
end

local function guess(language, word, lower)
  if word:find "^%d" then return { k = "num" } end
  local stem = lower:match "^(.*)'s?$"
  if lexicon.capital(word) then
    local base = stem and language.classes[stem]
    return { k = "name", owner = stem and stem ~= "" or nil, title = base and base.k == "title" or nil,
      ing = lower:find "ing$" and true or nil, ed = lower:find "ed$" and true or nil }
  end
  if stem and lower:find "'s?$" then return { k = "noun", owner = true } end
  for _, ending in ipairs(language.endings) do
    if lower:find(ending[1]) then return ending[2] end
  end
  return language.noun
end

---Make the classer of a language table (see en.lua). The result is called with a word and gives its class.
function lexicon.compile(language)
  local classes = {}
  language.classes, language.noun = classes, { k = "noun" }
  for _, kind in ipairs(KINDS) do
    for word in words(language.words[kind]) do
      local class = classes[word] or {}
      class.k = class.k or kind
      class[kind] = true
      classes[word] = class
    end
  end
  for _, flag in ipairs { "abbreviation", "singular", "settings" } do
    for word in words(language[flag]) do
      classes[word] = classes[word] or { k = "noun" }
      classes[word][flag] = true
    end
  end
  read_verbs(language, classes)
  for word in pairs(language.according or {}) do
    classes[word] = classes[word] or { k = "noun" }
    classes[word].according = true
  end
  language.endings = language.endings or {}
  for _, ending in ipairs(language.endings) do
    if type(ending[2]) == "string" then ending[2] = { k = ending[2], ending = ending[1] } end
  end
  local remembered, count = {}, 0
  language.remembered = remembered
  return function(word)
    local lower = lexicon.lower(word)
    local class = classes[lower]
    if class and class.k == "noun" and not class.verb and lexicon.capital(word) then class = nil end
    if class and class.verb and class.k == "noun" and lexicon.capital(word) then
      local copy = {}
      for key, value in pairs(class) do copy[key] = value end
      copy.k, class = "name", copy
    end
    class = class or guess(language, word, lower)
    if lower:find "^%a%.%a" then class = { k = class.k, abbreviation = true, title = class.title } end
    if class.verb or class.according then class.mark = "cue" end
    if count < REMEMBERED_MAX then remembered[word], count = class, count + 1 end
    return class
  end
end

return lexicon
