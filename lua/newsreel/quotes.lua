--- Quotations, reported speech and their speakers in a text: who said what.
--
--     for _, q in ipairs(quotes.find(text, { lang = "en" })) do print(q.speaker, q.kind, q.text) end
--
-- Rules over closed word classes and cue verbs, a paragraph at a time, linear in the text. Each result tells its rule.
local core = require "newsreel.core"
local given = require "newsreel.options"
local tongue = require "newsreel.tongue"
local lexicon = require "newsreel.quotes.lexicon"
local paragraphs_of = require "newsreel.quotes.paragraphs"
local stream = require "newsreel.quotes.stream"
local speech = require "newsreel.quotes.speech"
local voices = require "newsreel.quotes.voices"
local transcript = require "newsreel.quotes.transcript"

local quotes = {}

local languages, shipped = {}, { en = true, de = true, uk = true, ru = true }

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
      core.raise(("newsreel.quotes has no rules for lang %q; it has en, de, uk, ru"):format(lang))
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
local function put(results, text, s, made, id, speaker, why, inside)
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
      first = first, last = last, text = text:sub(first, last), quote = id,
      kind = inside and "nested" or kind_of(s, piece[1], piece[2]),
      speaker = speaker, speaker_first = speaker_first, speaker_last = speaker_last,
      cue = cue, cue_first = cue_first, cue_last = cue_last, rule = made.rule, why = why,
      inside = inside,
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

-- What may open a quotation inside another one.
local inner_marks = { "%f[%S][\"'][%w\x80-\xFF]", "\xE2\x80[\x98\x9A\x9C\x9E\xB9]", "\xC2\xAB" }

---May text[low..high] hold quotations?
local function may_quote(text, low, high)
  local stretch = text:sub(low, high)
  for _, mark in ipairs(inner_marks) do
    if stretch:find(mark) then
      return true
    end
  end
  return false
end

---The quotations among the tokens of an attribution's pieces that are not `taken`, each a piece of its own.
local function quoted_pieces(s, made, taken)
  local pieces = {}
  for _, piece in ipairs(made.pieces) do
    for t = piece[1], piece[2] do
      if s.quote[t] and not taken[t] then
        pieces[#pieces + 1], taken[t] = { t, t }, true
      end
    end
  end
  return pieces
end

---Add what is quoted inside text[low..high], which `outer` says: that whose speaker is told there.
local function put_nested(results, text, language, voice, low, high, outer, ids)
  if not may_quote(text, low, high) then
    return
  end
  local s, last, taken = stream.make(text, low, high, nil, language), voice.last, {}
  local list = #s.quotes > 0 and speech.analyse(s, language, {}) or {}
  voice.last = nil
  for n = #list, 1, -1 do -- the nearest cue takes a quotation
    list[n].pieces = quoted_pieces(s, list[n], taken)
  end
  for _, made in ipairs(list) do
    if made.speaker and made.pieces[1] then
      ids.last = ids.last + 1
      local speaker, why = voices.of_nested(voice, s, made, outer.speaker)
      put(results, text, s, made, ids.last, speaker, why, outer.quote)
    end
  end
  voice.last = last
end

local settings = { lang = "string", paragraphs = "table", sentences = "table", names = "table" }

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

---Add what is quoted inside the quotations `list` of a paragraph, whose results begin at number `start`.
local function put_all_nested(results, start, list, text, language, voice, ids)
  local stop = #results
  for _, q in ipairs(list) do
    for i = start, stop do
      local one = results[i]
      if one.kind ~= "indirect" and one.first <= q.first and one.last >= q.last then
        put_nested(results, text, language, voice, q.inner_first, q.inner_last, one, ids)
        break
      end
    end
  end
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
  put_nested(results, text, language, voice, turn.from, last, results[#results], ids)
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

---The quotation that an attribution makes of a paragraph whose first mark no other closes, said by nobody; nil else.
local function stray(s, made, text, paragraphs, n)
  local q = s.quote[made.pieces[1][1]]
  if made.rule == "follow-up" and not made.inherit and q.open and q.repaired and q.first == paragraphs[n][1]
    and q.last == paragraphs[n][2] and not stream.closing(text, paragraphs, n) then
    return q
  end
end

local function after(a, b)
  if a.first ~= b.first then
    return a.first > b.first
  end
  return a.last < b.last
end

---Name the speaker who would speak a quotation that stands alone in the next paragraph.
local function name_heir(heir, voice, s)
  if heir and not heir.speaker then
    heir.speaker = heir.who and heir.who.resolved
      or (voices.resolve(voice, s, { speaker = heir.tokens, unit = heir.unit }))
  end
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
-- A result is { first, last, text, kind = "direct" | "mixed" | "indirect" | "nested", quote = a number that joins the
-- pieces of one quotation, speaker, speaker_first, speaker_last, cue, cue_first, cue_last, rule, why, inside = the number
-- of the quotation that it is quoted in }. Bytes count from 1, both ends in, marks included. `speaker` is the name found
-- for the words at speaker_first..speaker_last, or those words.
---@param text string
---@param options? table lang: "en", "de", "uk", "ru", guessed if nil; paragraphs, sentences: lists of {first, last};
-- names: sorted list of {first, last, actor}
---@return table[]
function quotes.find(text, options)
  options = given.of_text("newsreel.quotes", text, options, settings)
  local clean = stream.clean(text)
  local language = load(options.lang or tongue.guess(clean))
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
      local list = speech.analyse(s, language, context)
      local mark = #list == 1 and stray(s, list[1], clean, paragraphs, n)
      if mark then
        s = stream.make(clean, mark.inner_first, range[2], following and following[1], language, ends, n < spoken_until)
        list = speech.analyse(s, language, context)
      end
      for _, made in ipairs(list) do
        local head = s.quote[made.pieces[1][1]]
        ids.last = ids.last + 1
        local id = open_id and head and head.first == range[1] and open_id or ids.last
        put(results, text, s, made, id, speaker_of(voice, s, made))
      end
      name_heir(context.speaker, voice, s)
      local last_id = ids.last
      put_all_nested(results, start, s.quotes, clean, language, voice, ids)
      order(results, start)
      if n >= spoken_until then
        local goes_on
        spoken_until, goes_on = running_on(s, clean, paragraphs, n)
        open_id = goes_on and last_id or nil
      end
      if following and language.letter and clean:find(language.letter, following[1]) then
        voices.sender(voice, stream.words(clean, range[1], range[2], language))
      end
    end
  end
  return results
end

---Whose voice the bytes first..last are in, by what quotes.find gave: "narrator" where nobody else speaks all of them,
-- "unnamed" where the text names no speaker; of several the innermost. Second: that result, nil for the narrator.
---@param found table[]
---@param first integer
---@param last integer
---@return string
---@return table?
function quotes.voice(found, first, last)
  local inner
  for _, one in ipairs(found) do
    if one.first > first then
      break
    elseif one.last >= last and not (inner and inner.last - inner.first < one.last - one.first) then
      inner = one
    end
  end
  return inner and (inner.speaker or "unnamed") or "narrator", inner
end

return quotes
