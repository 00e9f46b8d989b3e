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
    language.classify = lexicon.compile(language)
    stream.punctuation(function(glyph, class) language.remembered[glyph] = class end)
    languages[lang] = language
  end
  return language
end

local function byte_range(s, piece)
  return stream.first(s, piece[1]), stream.last(s, piece[2])
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
  local results, id, context, class = {}, 0, {}, stream.classes()
  local original = text
  text = stream.clean(text)
  local function inner(q) return text:sub(q.inner_first, q.inner_last) end
  local function capital(q) return lexicon.capital(text:sub(q.inner_first, q.inner_first + 3)) end
  local function nickname(q) return q.last - q.first < 30 and not inner(q):find "[%.,%?!]$" end
  for n, range in ipairs(paragraphs) do
    local following = paragraphs[n + 1]
    local s = stream.make(text, range[1], range[2], following and following[1], language, class)
    s.inner, s.capital, s.nickname = inner, capital, nickname
    s.last = function(t) return stream.last(s, t) end
    s.first = function(t) return stream.first(s, t) end
    for _, attribution in ipairs(speech.analyse(s, language, context)) do
      id = id + 1
      for _, piece in ipairs(attribution.pieces) do
        local first, last = byte_range(s, piece)
        local result = { first = first, last = last, kind = kind_of(s, piece), quote = id, rule = attribution.rule, why = attribution.how, text = original:sub(first, last) }
        if attribution.speaker or attribution.inherit then
          local inherit = attribution.inherit
          if inherit then
            result.speaker_first, result.speaker_last = inherit[1], inherit[2]
          else
            result.speaker_first, result.speaker_last = byte_range(s, attribution.speaker)
          end
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
