--- A paragraph as a stream of tokens in which every quotation is one token.
-- The rules see `said Smith , Q .`; what a speaker says inside the marks never disturbs the sentence around it.
local lpeg = require "lpeg"
local marks = require "newsreel.quotes.marks"
local lexicon = require "newsreel.quotes.lexicon"

local P, R, S, C, Cp, Ct = lpeg.P, lpeg.R, lpeg.S, lpeg.C, lpeg.Cp, lpeg.Ct

local stream = {}

local UNIT_TOKENS_MAX = 300 -- a text without full stops is cut here, so that rules stay linear

-- Letters are told by bytes: every lead byte but C2 and E2 (signs, punctuation) and F0 (pictures) begins a letter.
local tail = R "\128\191"
local letter = R("az", "AZ", "\195\225", "\227\239")
local digit = R "09"
local run = R("az", "AZ", "09", "\128\191", "\195\225", "\227\239") ^ 1
local apostrophe = P "'" + P "’" + P "ʼ"
local joint = (apostrophe + S "-&" + P "‑") * #letter + P "-" * #digit
local word = letter * run ^ -1 * (joint * run) ^ 0 * (apostrophe * -letter) ^ -1
local initials = R("az", "AZ") * "." * (R("az", "AZ") * ".") ^ 1
local number = digit * (digit + S ".,:" * #digit + letter) ^ 0 * (P "-" * word) ^ -1
local other = P "..." + P "--" + R "\194\223" * tail + R "\224\239" * tail * tail + R "\240\247" * tail * tail * tail + 1
local blank = (S "\0 \t\r\n\f\v" ^ 1 + P "\194\160") ^ 0
local tokens = Ct((blank * Cp() * C(initials + word + number + other)) ^ 0)

local PLACEHOLDER = "\1"
local symbol = { k = "symbol" }

---The classes of punctuation, which the classer of a language remembers from the start.
function stream.punctuation(remember)
  remember(PLACEHOLDER, { k = "Q", mark = "Q" })
  for kind, glyphs in pairs {
    comma = ", ، 、", stop = ". ! ? … ...", colon = ":", semi = ";", open = "( [", close = ") ]", dash = "— – -- ― -", bullet = "• * · ▪ ●",
    symbol = "/ \\ % $ & @ # + = < > | ~ ^ _ ` { } ' \" ’ ‘ ” “ ' € £ © ® ™ § °",
  } do
    local class = { k = kind, mark = kind == "stop" and "stop" or nil }
    for glyph in glyphs:gmatch "%S+" do remember(glyph, kind == "symbol" and symbol or class) end
  end
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

local function word(s, i) return s.list[2 * i] end
local function first(s, i) return s.list[2 * i - 1] end
stream.word = word

---Is the full stop at token i the end of a sentence?
local function is_stop(s, i)
  local form, after = word(s, i), s.class[i + 1].k
  if form ~= "." or after == "none" then
    return true
  end
  local at, glued = first(s, i), first(s, i + 1) == first(s, i) + 1
  if glued and after ~= "Q" and after ~= "close" then
    return false -- a.b
  end
  if i > 1 and first(s, i - 1) + #word(s, i - 1) == at then
    local before = word(s, i - 1)
    if s.class[i - 1].abbreviation or #before == 1 and before:find "%u" then
      return false
    end
  end
  return after == "Q" or after == "open" or after == "dash" or after == "bullet" or lexicon.capital(word(s, i + 1))
    or word(s, i + 1):find "^%d" ~= nil
end

---Does a sentence end with the quotation at token i?
local function ends_unit(s, text, i)
  local q, after = s.quote[i], s.class[i + 1]
  if not ends_sentence(text, q) or after.k == "none" then
    return false
  end
  return after.k == "Q" or after.k == "bullet" or not after.pron and lexicon.capital(word(s, i + 1))
end

---Cut the stream into units: sentences of the narrator, in which a quotation is one word. Each lists its marks.
local function units(s, text)
  local list, from, own, class = {}, 1, {}, s.class
  local function close(to)
    list[#list + 1] = { from, to, marks = own }
    from, own = to + 1, {}
  end
  for _, i in ipairs(s.marks) do
    while i - from >= UNIT_TOKENS_MAX do close(from + UNIT_TOKENS_MAX - 1) end
    local mark = class[i].mark
    if mark == "stop" then
      local after = class[i + 1].k
      local ends = is_stop(s, i) and after ~= "close" and after ~= "stop"
      s.ends[i] = ends
      if ends then close(i) end
    else
      own[#own + 1] = i
      if mark == "Q" and ends_unit(s, text, i) then close(i) end
    end
  end
  while s.n - from >= UNIT_TOKENS_MAX do close(from + UNIT_TOKENS_MAX - 1) end
  if from <= s.n then close(s.n) end
  return list
end

---The paragraph with every quotation blanked to one placeholder and spaces: offsets stay true.
local function blanked(text, low, high, quotes)
  if #quotes == 0 then return text:sub(low, high) end
  local parts, at = {}, low
  for _, q in ipairs(quotes) do
    if q.first >= at then
      parts[#parts + 1] = text:sub(at, q.first - 1)
      parts[#parts + 1] = PLACEHOLDER
      parts[#parts + 1] = (" "):rep(q.last - q.first)
      at = q.last + 1
      quotes.used = (quotes.used or 0) + 1
      quotes[quotes.used] = q
    end
  end
  for i = #quotes, quotes.used + 1, -1 do quotes[i] = nil end
  parts[#parts + 1] = text:sub(at, high)
  return table.concat(parts)
end

local none = { k = "none" }
local beyond = { __index = function() return none end } -- before the first and after the last token

---A table of classes for stream.make to use again and again.
function stream.classes()
  return setmetatable({ used = 0 }, beyond)
end

---Make the stream of the paragraph text[low..high]; `next_low` is where the next one starts; `class` is a table to use again.
--
-- list holds place and form of token i at 2i-1 and 2i; class, quote and ends go by token number;
-- units are { first, last, marks = cues and quotations }.
function stream.make(text, low, high, next_low, language, class)
  local s = { class = class, quote = {}, ends = {}, marks = {}, low = low, high = high, shift = low - 1 }
  s.quotes = mend(text, marks.pair(text, low, high), low, next_low, language)
  local list = tokens:match(blanked(text, low, high, s.quotes))
  local remembered, classify, marked, n, quotations = language.remembered, language.classify, s.marks, 0, 0
  for i = 2, #list, 2 do
    local form = list[i]
    local one = remembered[form] or classify(form)
    n = n + 1
    class[n] = one
    local mark = one.mark
    if mark then
      marked[#marked + 1] = n
      if mark == "Q" then
        quotations = quotations + 1
        s.quote[n] = s.quotes[quotations]
      end
    end
  end
  for i = n + 1, class.used do
    class[i] = nil
  end
  class.used = n
  s.list, s.n = list, n
  s.units = units(s, text)
  return s
end

---The text without the placeholder's byte, which no text should hold.
function stream.clean(text)
  return text:find(PLACEHOLDER, 1, true) and text:gsub(PLACEHOLDER, " ") or text
end

---The first byte of token i.
function stream.first(s, i)
  return s.list[2 * i - 1] + s.shift
end

---The last byte of token i.
function stream.last(s, i)
  local q = s.quote[i]
  return q and q.last or s.list[2 * i - 1] + s.shift + #s.list[2 * i] - 1
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
