--- Quotations, reported speech and their speakers in a text: who said what.
--
--     for _, q in ipairs(quotes.find(text, { lang = "en" })) do print(q.speaker, q.kind, q.text) end
--
-- Rules over closed word classes and cue verbs, one paragraph at a time, linear in the text. Each result tells its rule.
local lexicon = require "newsreel.quotes.lexicon"
local stream = require "newsreel.quotes.stream"
local speech = require "newsreel.quotes.speech"

local quotes = {}

local languages = {}

---Load the rules of a language once.
local function load(lang)
  local language = languages[lang]
  if not language then
    language = require("newsreel.quotes." .. lang)
    language.classify = language.classify or lexicon.compile(language)
    languages[lang] = language
  end
  return language
end

local function byte_range(s, piece)
  return s.first[piece[1]], stream.last(s, piece[2])
end

---Is a piece spoken word for word, partly, or told in the narrator's words?
local function kind_of(s, piece)
  local quoted, other = false, 0
  for t = piece[1], piece[2] do
    local k = s.class[t].k
    if k == "Q" then quoted = true elseif k ~= "comma" and k ~= "stop" and k ~= "conj" and k ~= "dash" and k ~= "symbol" then other = other + 1 end
  end
  if not quoted then return "indirect" end
  return other == 0 and "direct" or "mixed"
end

---Find the quotations and reported speech of `text`.
---@param text string
---@param options? table lang, paragraphs
---@return table[]
function quotes.find(text, options)
  options = options or {}
  local language = load(options.lang or "en")
  local paragraphs = options.paragraphs or stream.paragraphs(text)
  local results, id = {}, 0
  local function inner(q) return text:sub(q.inner_first, q.inner_last) end
  local function capital(q) return lexicon.capital(text:sub(q.inner_first, q.inner_first + 3)) end
  for n, range in ipairs(paragraphs) do
    local following = paragraphs[n + 1]
    local s = stream.make(text, range[1], range[2], following and following[1], language)
    s.inner, s.capital = inner, capital
    for _, attribution in ipairs(speech.analyse(s, language)) do
      id = id + 1
      for _, piece in ipairs(attribution.pieces) do
        if not s.first[piece[1]] or not s.first[piece[2]] then error(('bad piece %s %s of %d rule %s: %s'):format(piece[1],piece[2],s.n,attribution.rule,text:sub(range[1],range[2]))) end
        local first, last = byte_range(s, piece)
        local result = { first = first, last = last, kind = kind_of(s, piece), quote = id, rule = attribution.rule, why = attribution.how, text = text:sub(first, last) }
        if attribution.speaker then
          result.speaker_first, result.speaker_last = byte_range(s, attribution.speaker)
          result.speaker = text:sub(result.speaker_first, result.speaker_last)
        end
        if attribution.cue then
          result.cue_first, result.cue_last = byte_range(s, { attribution.cue, attribution.cue_last })
          result.cue = text:sub(result.cue_first, result.cue_last)
        end
        results[#results + 1] = result
      end
    end
  end
  return results
end

return quotes
