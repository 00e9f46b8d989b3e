--- Quotations, reported speech and their speakers in a text: who said what.
--
--     for _, q in ipairs(quotes.find(text, { lang = "en" })) do print(q.speaker, q.kind, q.text) end
--
-- Rules over closed word classes and cue verbs, a paragraph at a time, linear in the text. Each result tells its rule.
local core = require "newsreel.core"
local lexicon = require "newsreel.quotes.lexicon"
local paragraphs_of = require "newsreel.quotes.paragraphs"
local stream = require "newsreel.quotes.stream"
local speech = require "newsreel.quotes.speech"
local voices = require "newsreel.quotes.voices"
local transcript = require "newsreel.quotes.transcript"

local quotes = {}

local languages, shipped = {}, { en = true, de = true, uk = true, ru = true }

local SAMPLE_BYTES = 1500 -- enough of a text to tell its language

---Guess which of our languages a text is written in, by its letters and smallest words.
local function guess(text)
  local sample = text:sub(1, SAMPLE_BYTES)
  local _, cyrillic = sample:gsub("[\xD0\xD1]", "")
  if cyrillic * 4 > #sample then
    local _, ukrainian = sample:gsub("[\xD1][\x94\x96\x97]", "")
    return ukrainian * 100 > cyrillic and "uk" or "ru"
  end
  local german, english = 0, 0
  for word in sample:gmatch "%l+" do
    german = german + ((word == "der" or word == "und" or word == "die" or word == "das") and 1 or 0)
    english = english + ((word == "the" or word == "and" or word == "of" or word == "to") and 1 or 0)
  end
  return german > english and "de" or "en"
end

---Make rules ready to read with.
local function prepare(language)
  language.reader = language.reader or core.reader(lexicon.compile(language, stream.punctuation))
  return language
end

---Load the rules of a language once.
local function load(lang)
  local language = languages[lang]
  if not language then
    if not shipped[lang] then
      error(("quotes.find has no rules for lang %q; it has en, de, uk, ru"):format(tostring(lang)), 3)
    end
    language = prepare(require("newsreel.quotes." .. lang))
    languages[lang] = language
  end
  return language
end

local aside = { comma = true, stop = true, conj = true, dash = true, symbol = true, Q = true }

---Is a piece spoken word for word, partly, or told in the narrator's words?
local function kind_of(s, first, last)
  if #s.quotes == 0 then
    return "indirect"
  end
  local quoted, other = false, false
  for t = first, last do
    quoted = quoted or s.quote[t] ~= nil
    other = other or not aside[stream.class[t].k]
    if quoted and other then
      return "mixed"
    end
  end
  return quoted and "direct" or "indirect"
end

---The bytes of a token range, or of the speaker before where nobody is named.
local function bytes(s, range, inherit)
  if range then
    return stream.first(s, range[1]), stream.last(s, range[2])
  elseif inherit then
    return inherit[1], inherit[2]
  end
end

---Add the results of one attribution: one for each piece, joined by `id`.
local function put(results, text, s, made, id, speaker, why)
  local speaker_first, speaker_last = bytes(s, made.speaker, made.inherit)
  if speaker and not speaker:find "[%a\x80-\xFF]" then
    speaker, speaker_first, speaker_last = nil, nil, nil -- the number of a list
  end
  local cue_first, cue_last = bytes(s, made.cue and { made.cue, made.cue_last })
  local cue = cue_first and text:sub(cue_first, cue_last) or nil
  for _, piece in ipairs(made.pieces) do
    local first, last = bytes(s, piece)
    if last < first then
      break
    end
    results[#results + 1] = {
      first = first, last = last, text = text:sub(first, last), kind = kind_of(s, piece[1], piece[2]), quote = id,
      speaker = speaker, speaker_first = speaker_first, speaker_last = speaker_last,
      cue = cue, cue_first = cue_first, cue_last = cue_last, rule = made.rule, why = why,
    }
  end
end

---Who speaks in an attribution, and why we think so.
local function speaker_of(voice, s, made)
  if made.speaker then
    local speaker, how = voices.resolve(voice, s, made)
    made.resolved = speaker
    return speaker, made.how .. "; " .. how
  elseif made.inherit then
    return made.inherit.speaker, made.how
  end
  return nil, made.how
end

local known = { lang = true, paragraphs = true, sentences = true, names = true }

local function check(options)
  for key in pairs(options) do
    if not known[key] then
      error(("quotes.find knows no option %q; it takes lang, paragraphs, sentences, names"):format(tostring(key)), 3)
    end
  end
end

---The last bytes of given sentences as a set, or nil.
local function sentence_ends(sentences)
  if not sentences then
    return nil
  end
  local ends = {}
  for _, range in ipairs(sentences) do
    ends[range[2]] = true
  end
  return ends
end

---Add the turn that a paragraph of a transcript is; all paragraphs of one turn share a number.
local function put_turn(results, text, language, voice, turn, last, ids)
  if not ids[turn.turn] then
    local s = turn[1] and stream.words(text, turn[1], turn[2], language)
    ids.last = ids.last + 1
    ids[turn.turn] = { id = ids.last, speaker = s and voices.resolve(voice, s, { speaker = { 1, s.n }, unit = 1 }) }
  end
  results[#results + 1] = {
    first = turn.from, last = last, text = text:sub(turn.from, last), kind = "direct", quote = ids[turn.turn].id,
    speaker = ids[turn.turn].speaker, speaker_first = turn[1], speaker_last = turn[2], rule = "transcript",
    why = turn[1] and "labelled paragraph of a transcript" or "paragraph of a transcript whose label is lost",
  }
end

---Where a quotation that paragraph n leaves open ends: the paragraph that closes it (0: none), and whether it goes on.
local function running_on(s, text, paragraphs, n)
  local last = s.quotes[#s.quotes]
  if not (last and last.open and last.last == paragraphs[n][2]) then
    return 0, false
  end
  local closing = not last.continues and stream.closing(text, paragraphs, n) or 0
  return closing, last.continues or closing > 0
end

local function after(a, b)
  if a.first ~= b.first then
    return a.first > b.first
  end
  return a.last < b.last
end

---Put the results of one paragraph, from number `low` on, in the order of the text; they nearly are.
local function order(results, low)
  for i = low + 1, #results do
    local one, j = results[i], i - 1
    while j >= low and after(results[j], one) do
      results[j + 1] = results[j]
      j = j - 1
    end
    results[j + 1] = one
  end
end

---Find by other rules than those packed: by a changed copy of quotes/en.lua, say.
---@param rules table # what such a file gives
---@return fun(text: string, options?: table): table[]
function quotes.with(rules)
  prepare(rules)
  return function(text, options)
    local packed = languages[rules.lang]
    languages[rules.lang] = rules
    local done, found = pcall(quotes.find, text, options)
    languages[rules.lang] = packed
    return done and found or error(found, 0)
  end
end

---Find the quotations and reported speech of `text`, in the order of the text.
--
-- A result is { first, last, text, kind = "direct" | "mixed" | "indirect", quote = a number that joins the pieces of
-- one quotation, speaker, speaker_first, speaker_last, cue, cue_first, cue_last, rule, why }. Bytes count from 1, both
-- ends in, marks included. `speaker` is the name found for the words at speaker_first..speaker_last, or those words.
---@param text string
---@param options? table lang: "en", "de", "uk", "ru", guessed if nil; paragraphs, sentences: lists of {first, last};
-- names: sorted list of {first, last, actor}
---@return table[]
function quotes.find(text, options)
  options = options or {}
  check(options)
  local clean = stream.clean(text)
  local language = load(options.lang or guess(clean))
  local paragraphs, ends = options.paragraphs or paragraphs_of.list(clean), sentence_ends(options.sentences)
  local turns, ids = transcript.turns(clean, paragraphs) or {}, { last = 0 }
  local results, context, voice = {}, {}, voices.new(clean, language, options.names)
  local spoken_until, open_id = 0, nil
  for n, range in ipairs(paragraphs) do
    voice.paragraph = n
    if turns[n] then
      put_turn(results, text, language, voice, turns[n], range[2], ids)
    else
      local following, start = paragraphs[n + 1], #results + 1
      local s = stream.make(clean, range[1], range[2], following and following[1], language, ends, n < spoken_until)
      for _, made in ipairs(speech.analyse(s, language, context)) do
        local head = s.quote[made.pieces[1][1]]
        ids.last = ids.last + 1
        local id = open_id and head and head.first == range[1] and open_id or ids.last
        put(results, text, s, made, id, speaker_of(voice, s, made))
      end
      order(results, start)
      if n >= spoken_until then
        local goes_on
        spoken_until, goes_on = running_on(s, clean, paragraphs, n)
        open_id = goes_on and ids.last or nil
      end
      local heir = context.speaker
      if heir and not heir.speaker then
        heir.speaker = heir.who and heir.who.resolved or clean:sub(heir[1], heir[2])
      end
    end
  end
  return results
end

return quotes
