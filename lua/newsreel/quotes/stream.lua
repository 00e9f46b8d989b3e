--- A paragraph as a stream of tokens in which every quotation is one token.
-- The rules see `said Smith , Q .`; what a speaker says inside the marks never disturbs the sentence around it.
local lpeg = require "lpeg"
local marks = require "newsreel.quotes.marks"
local lexicon = require "newsreel.quotes.lexicon"

local P, R, S, C, Cp, Ct = lpeg.P, lpeg.R, lpeg.S, lpeg.C, lpeg.Cp, lpeg.Ct

local stream = {}

local UNIT_TOKENS_MAX = 300 -- a text without full stops is cut here, so that rules stay linear

local tail = R "\128\191"
local ascii, digit = R("az", "AZ"), R "09"
local letter = ascii + R "\195\223" * tail + (R "\224\239" - P "\226") * tail * tail
local apostrophe = P "'" + P "’" + P "ʼ"
local inner = (apostrophe + S "-&" + P "‑") * #letter + P "-" * #digit
local word = letter * (letter + digit + inner) ^ 0 * (apostrophe * -letter) ^ -1
local initials = (ascii * ".") ^ 2
local number = digit * (digit + S ".,:" * #digit + letter) ^ 0 * (P "-" * word) ^ -1
local other = P "..." + P "--" + R "\194\223" * tail + R "\224\239" * tail * tail + R "\240\247" * tail * tail * tail + 1
local blank = S " \t\r\n\f\v" + P "\194\160"
local tokens = Ct((blank ^ 1 + Cp() * C(initials + word + number + other)) ^ 0)

local punctuation = {
  [","] = "comma", ["."] = "stop", ["!"] = "stop", ["?"] = "stop", ["…"] = "stop", ["..."] = "stop", [":"] = "colon", [";"] = "semi",
  ["("] = "open", ["["] = "open", [")"] = "close", ["]"] = "close", ["—"] = "dash", ["–"] = "dash", ["--"] = "dash", ["―"] = "dash",
  ["-"] = "dash", ["•"] = "bullet", ["*"] = "bullet", ["·"] = "bullet",
}
for glyph, kind in pairs(punctuation) do punctuation[glyph] = { k = kind } end
local symbol, QUOTATION = { k = "symbol" }, { k = "Q" }

---Add the tokens of text[low..high] to the stream `s`.
local function cut(s, text, low, high, classify)
  if low > high then return end
  local list, n, first, words, class = tokens:match(text:sub(low, high)), s.n, s.first, s.word, s.class
  local shift = low - 1
  for i = 1, #list, 2 do
    local form = list[i + 1]
    n = n + 1
    first[n], words[n] = list[i] + shift, form
    local known = punctuation[form]
    if known then
      class[n] = known
    else
      local byte = form:byte()
      class[n] = (byte < 48 or byte > 57 and byte < 65 or byte == 0xE2 or byte == 0xC2) and symbol or classify(form)
    end
  end
  s.n = n
end

---Where in text[low..high] does the narrator break in, as in “I went, he said. ..."? The byte before it, or nil.
local function broken(text, low, high, language)
  local segment = text:sub(low, high)
  for at in segment:gmatch "[,%?!%.]()%s" do
    local k = 0
    for form in segment:sub(at, at + 60):gmatch "[^%s%.,;:!%?]+[%.,;:!%?]?" do
      k = k + 1
      if language.saying[lexicon.lower(form:gsub("[%.,:]$", ""))] and k > 1 then return low + at - 2 end
      if k == 5 or form:find "[,;:!%?]$" then break end
    end
  end
end

local function opens_with_mark(text, at)
  return text:find("^[\"«]", at) or text:find("^“", at) or text:find("^„", at) or text:find("^''", at) or text:find("^»%w", at)
end

---Mend what the marks left open: cut where the narrator breaks in, carry on over paragraphs, or drop the stray mark.
local function mend(text, quotes, low, next_low, language)
  local kept = {}
  for _, q in ipairs(quotes) do
    local keep = true
    if q.open then
      local stop = broken(text, q.inner_first, q.last, language)
      if stop then
        q.last, q.inner_last, q.repaired = stop, stop, true
      elseif q.final and next_low and opens_with_mark(text, next_low) then
        q.continues = true
      else
        q.repaired = true
        keep = q.final and (q.first == low or text:sub(math.max(low, q.first - 3), q.first - 1):find "[:,]%s*$" ~= nil)
      end
    elseif q.stray then
      q.repaired = true
    end
    if keep and q.inner_last > q.inner_first then kept[#kept + 1] = q end
  end
  return kept
end

local function ends_sentence(text, q)
  return text:sub(math.max(q.first, q.inner_last - 3), q.inner_last):find "[%.%?!]%W*$" ~= nil
    or text:sub(math.max(q.first, q.inner_last - 4), q.inner_last):find "…%W*$" ~= nil
end

---Is the full stop at token i the end of a sentence?
local function is_stop(s, i)
  local before, after = s.class[i - 1], s.class[i + 1]
  local form = s.word[i]
  if form ~= "." or not after then return true end
  if s.first[i + 1] == s.first[i] + 1 and after.k ~= "Q" and after.k ~= "close" then return false end -- a.b
  if before and s.first[i - 1] + #s.word[i - 1] == s.first[i] then
    if before.abbreviation then return false end
    if #s.word[i - 1] == 1 and s.word[i - 1]:find "%u" then return false end
  end
  return after.k == "Q" or after.k == "open" or after.k == "dash" or after.k == "bullet" or lexicon.capital(s.word[i + 1])
    or s.word[i + 1]:find "^%d" ~= nil
end

---Cut the stream into units: sentences of the narrator, in which a quotation is one word.
local function units(s, text)
  local list, from = {}, 1
  for i = 1, s.n do
    local k = s.class[i].k
    local cut_here = i == s.n or i - from >= UNIT_TOKENS_MAX
    if k == "stop" then
      cut_here = cut_here or (is_stop(s, i) and not (s.class[i + 1] and s.class[i + 1].k == "close"))
      s.ends[i] = cut_here
    elseif k == "Q" and not cut_here then
      local q, nxt = s.quote[i], s.class[i + 1].k
      q.complete = ends_sentence(text, q)
      if q.complete and (nxt == "Q" or nxt == "name" or nxt == "title" or lexicon.capital(s.word[i + 1])) and not s.class[i + 1].pron then
        cut_here = true
      elseif q.complete and nxt == "bullet" then cut_here = true end
    elseif k == "Q" then
      s.quote[i].complete = ends_sentence(text, s.quote[i])
    end
    if cut_here then
      list[#list + 1] = { from, i }
      from = i + 1
    end
  end
  return list
end

---Make the stream of the paragraph text[low..high]; `next_low` is where the next one starts.
--
-- first, word, class, quote: parallel arrays; units: token ranges; spoken: has a cue verb or a quotation.
function stream.make(text, low, high, next_low, language)
  local s = { n = 0, first = {}, word = {}, class = {}, quote = {}, ends = {}, low = low, high = high }
  local at = low
  s.quotes = mend(text, marks.pair(text, low, high), low, next_low, language)
  for _, q in ipairs(s.quotes) do
    if q.first >= at then
      cut(s, text, at, q.first - 1, language.classify)
      s.n = s.n + 1
      s.first[s.n], s.word[s.n], s.class[s.n], s.quote[s.n] = q.first, "", QUOTATION, q
      q.token = s.n
      at = q.last + 1
    end
  end
  cut(s, text, at, high, language.classify)
  s.units = units(s, text)
  return s
end

---The last byte of token i.
function stream.last(s, i)
  local q = s.quote[i]
  return q and q.last or s.first[i] + #s.word[i] - 1
end

---List the paragraphs of a text as { first, last }: lines, but a line that goes on in lower case belongs to the one before.
function stream.paragraphs(text)
  local list, at, size = {}, 1, #text
  while at <= size do
    local stop = text:find("\n", at, true) or size + 1
    local first = text:find("%S", at)
    if first and first < stop then
      local last = stop - 1
      while text:byte(last) <= 32 do last = last - 1 end
      local previous = list[#list]
      if previous and previous[2] + 1 + (text:byte(previous[2] + 1) == 13 and 1 or 0) == at - 1 and text:find("^%l", first)
        and not text:find("^[%.%?!:]", previous[2]) then
        previous[2] = last
      else
        list[#list + 1] = { first, last }
      end
    end
    at = stop + 1
  end
  return list
end

return stream
