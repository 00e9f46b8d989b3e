--- Every spelling of a list's names that a corpus has: other transcriptions, other scripts, cases.
--
-- Words of names are compared in Latin letters, by their sound; where one of two is Cyrillic, without the endings of
-- cases too. What agrees is asked for as a capitalised word. Words with a key of fewer than five letters stay as they are.
local cluster = require "newsreel.names.cluster"
local core = require "newsreel.core"
local latin = require "newsreel.names.latin"

local spellings = {}

local LEAST = 5 -- letters of a key
local MOST = 64 -- spellings of one alias

-- German and French write other letters for the same sounds, Belarusian "-enka" for "-enko".
local function alike(key)
  return (key:gsub("z", "s"):gsub("ou", "u"):gsub("i?[eo]v$", "ov"):gsub("enka$", "enko"))
end

local function is_latin(word)
  return not word:find "[\xCD-\xD4][\x80-\xBF]"
end

---The keys of a word: by sound, and without endings.
local function keys_of(word)
  local parts = cluster.parts(word)
  if #parts ~= 1 then
    return nil
  end
  local sound, stem = alike(cluster.sound((latin.of(word):gsub("%W", "")))), alike(parts[1])
  return #sound >= LEAST and sound or nil, #stem >= LEAST and stem or nil
end

local UPPER = {}
for code = 0x430, 0x44F do
  UPPER[utf8.char(code)] = utf8.char(code - 32)
end
for code = 0x450, 0x45F do
  UPPER[utf8.char(code)] = utf8.char(code - 80)
end
UPPER["ґ"] = "Ґ"

local function capitalised(word)
  local first = word:match(utf8.charpattern)
  return (UPPER[first] or first:upper()) .. word:sub(#first + 1)
end

---The words of a corpus, each as a name is written, by script and key.
local function words_by_key(corpus)
  local out = { latin = {}, other = {}, stems = {} }
  local function add(by, key, word)
    if key then
      by[key] = by[key] or {}
      table.insert(by[key], word)
    end
  end
  for row in core.words(corpus):each() do
    local term = row.term
    if #term >= LEAST and not term:find "[%d#@*?|.'%-]" then
      local sound, stem = keys_of(term)
      local word = "=" .. capitalised(term)
      add(is_latin(term) and out.latin or out.other, is_latin(term) and sound or stem, word)
      add(out.stems, stem, word)
    end
  end
  return out
end

-- How a corpus spells a word of a name.
local function forms_of(word, known)
  local plain = word:gsub("^=", "")
  local sound, stem = keys_of(plain)
  local forms = {}
  for _, by in ipairs(is_latin(plain) and { known.latin[sound or ""] or {}, known.other[stem or ""] or {} }
    or { known.stems[stem or ""] or {} }) do
    for _, form in ipairs(by) do
      forms[#forms + 1] = form ~= "=" .. plain and form or nil
    end
  end
  return forms
end

-- An alias in all spellings: each word in each of its own.
local function widen(alias, known, add)
  local made = { "" }
  for word in alias:gmatch "%S+" do
    local longer, forms = {}, word:find "[*?|.]" and {} or forms_of(word, known)
    table.insert(forms, 1, word)
    for _, start in ipairs(made) do
      for _, form in ipairs(forms) do
        if #longer < MOST then
          longer[#longer + 1] = start == "" and form or start .. " " .. form
        end
      end
    end
    made = longer
  end
  for i = 2, #made do -- the first is the alias
    add(made[i])
  end
end

local function bound_like(alias, text)
  if type(alias) ~= "table" then
    return text
  end
  local copy = {}
  for key, value in pairs(alias) do
    copy[key] = value
  end
  copy[1] = text
  return copy
end

---A list of actors with every spelling of its aliases that the corpus has.
---@param corpus newsreel.Corpus
---@param list table
---@return table
function spellings.widen(corpus, list)
  local state = core.state(corpus)
  local kept = state.spellings
  if not kept or kept.moment ~= core.moment(corpus) then
    kept = { moment = core.moment(corpus), words = words_by_key(core.root(corpus)) }
    kept.lists = setmetatable({}, { __mode = "k" })
    state.spellings = kept
  end
  if kept.lists[list] then
    return kept.lists[list]
  end
  local wide = {}
  for name, actor in pairs(list) do
    wide[name] = actor
    if type(name) == "string" and type(actor) == "table" then
      local copy = {}
      for key, value in pairs(actor) do
        copy[key] = value
      end
      for _, alias in ipairs(#actor > 0 and actor or { name }) do
        widen(type(alias) == "table" and alias[1] or alias, kept.words, function(text)
          copy[#copy + 1] = bound_like(alias, text)
        end)
      end
      if #actor == 0 and #copy > 0 then
        table.insert(copy, 1, name)
      end
      wide[name] = copy
    end
  end
  kept.lists[list] = wide
  return wide
end

return spellings
