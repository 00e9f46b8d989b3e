--- A paragraph as a stream of tokens in which every quotation is one token.
-- The rules see `said Smith , Q .`; what a speaker says inside the marks never disturbs the sentence around it.
-- The stream of a paragraph lives until the next one is made: its arrays are used again.
local core = require "newsreel.core"
local marks = require "newsreel.quotes.marks"
local lexicon = require "newsreel.quotes.lexicon"

local stream = {}

local UNIT_TOKENS_MAX = 300 -- a text without full stops is cut here, so that rules stay linear
local NARRATOR_REACH = 60 -- bytes looked at for "he said" after an unclosed mark
local OPEN_PARAGRAPHS_MAX = 20 -- a quotation without marks at its inner paragraphs is followed this far
local PLACEHOLDER = "\1" -- stands for a quotation while the paragraph is cut into tokens

local symbol = { k = "symbol" }
local none = { k = "none" } -- before the first and after the last token

-- The arrays of the stream being made. What lies behind its last token is left from streams before, but for classes.
local at, form, class, marked = {}, {}, {}, {}
local count, marked_count = 0, 0
class[-1], class[0] = none, none
stream.form, stream.class = form, class
setmetatable(class, {
  __index = function()
    return none
  end,
})

---The classes of the tokens that are no words.
stream.punctuation = { [PLACEHOLDER] = { k = "Q", mark = "Q" } }
for kind, glyphs in pairs {
  comma = ", ، 、", stop = ". ! ? … ...", colon = ":", semi = ";", open = "( [", close = ") ]",
  dash = "— – -- ― -", bullet = "• * · ▪ ●",
  symbol = "/ \\ % $ & @ # + = < > | ~ ^ _ ` { } ' \" ’ ‘ ” “ € £ © ® ™ § °",
} do
  local one = kind == "symbol" and symbol or { k = kind, mark = kind == "stop" and "stop" or nil }
  for glyph in glyphs:gmatch "%S+" do
    stream.punctuation[glyph] = one
  end
end

---Where in text[low..high] does the narrator break in, as in “I went, he said. ..."? The byte before it, or nil.
local function broken(text, low, high, language)
  local segment = text:sub(low, high)
  for from in segment:gmatch "[,%?!%.]()%s" do
    local n = 0
    for part in segment:sub(from, from + NARRATOR_REACH):gmatch "[^%s%.,;:!%?]+[%.,;:!%?]?" do
      n = n + 1
      if n > 1 and language.sets.saying[lexicon.lower(part:gsub("[%.,:]$", ""))] then
        return low + from - 2
      elseif n == 5 or part:find "[,;:!%?]$" then
        break
      end
    end
  end
end

local function opens_with_mark(text, from)
  return text:find("^[\"«]", from) or text:find("^“", from) or text:find("^„", from) or text:find("^''", from)
    or text:find("^»%w", from)
end

---Mend a quotation that the marks left open: cut it where the narrator breaks in, let it go on over paragraphs,
-- or say that its mark is a stray one.
local function mend(text, q, low, next_low, language)
  local stop = broken(text, q.inner_first, q.last, language)
  if stop then
    q.last, q.inner_last, q.repaired = stop, stop, true
  elseif q.final and next_low and opens_with_mark(text, next_low) then
    q.continues = true
  else
    q.repaired = true
    local before = text:sub(math.max(low, q.first - 3), q.first - 1)
    return q.final and (q.first == low or before:find "[:,]%s*$" ~= nil)
  end
  return true
end

---Does a stretch of text begin as the narrator does: small, and with a verb of saying?
local function narrates(stretch, language)
  local n = 0
  for part in stretch:gmatch "[^%s%.,;:!%?]+" do
    n = n + 1
    if n == 1 and lexicon.capital(part) then
      return false
    elseif language.sets.saying[part] then
      return true
    elseif n == 5 then
      break
    end
  end
  return false
end

local DASH = "\xE2\x80[\x93\x94]%s+"

---Cut «A, — сказал он. — B»: the narrator speaks inside the marks. Adds one or two quotations to `kept`.
local function cut_inside(kept, text, q, language)
  local segment = text:sub(q.inner_first, q.inner_last)
  local stop, from = segment:match("[,%.!%?]()%s*" .. DASH .. "()")
  if not stop or not narrates(segment:sub(from, from + NARRATOR_REACH), language) then
    kept[#kept + 1] = q
    return
  end
  local shift, till = q.inner_first - 1, segment:match("[%.,]%s*" .. DASH .. "()", from)
  local last = shift + stop - 1
  kept[#kept + 1] = { first = q.first, last = last, inner_first = q.inner_first, inner_last = last }
  if till then
    kept[#kept + 1] = { first = shift + till, last = q.last, inner_first = shift + till, inner_last = q.inner_last }
  end
end

---A paragraph that begins with a dash is spoken: "— A, — сказал он. — B".
local function dialogue(text, low, high, language)
  local from = text:match("^" .. DASH .. "()", low)
  local kept = {}
  if from and from < high then
    local spoken = { first = from, last = high, inner_first = from, inner_last = high }
    cut_inside(kept, text, spoken, language)
  end
  return kept[1] and kept[1].last < high and kept or nil
end

---The quotations of the paragraph in order, mended, none inside another.
local function quotations(text, low, high, next_low, language)
  local kept, last = language.narrator_inside and dialogue(text, low, high, language), low - 1
  if kept then
    return kept
  end
  kept = {}
  for _, q in ipairs(marks.pair(text, low, high)) do
    local keep = not q.open or mend(text, q, low, next_low, language)
    if keep and q.inner_last > q.inner_first and q.first > last then
      last = q.last
      if language.narrator_inside then
        cut_inside(kept, text, q, language)
      else
        kept[#kept + 1] = q
      end
    end
  end
  return kept
end

---The paragraph with every quotation blanked to one placeholder and spaces: offsets stay true.
local function blanked(text, low, high, list)
  if #list == 0 then
    return text:sub(low, high)
  end
  local parts, from = {}, low
  for _, q in ipairs(list) do
    parts[#parts + 1] = text:sub(from, q.first - 1)
    parts[#parts + 1] = PLACEHOLDER
    parts[#parts + 1] = (" "):rep(q.last - q.first)
    from = q.last + 1
  end
  parts[#parts + 1] = text:sub(from, high)
  return table.concat(parts)
end

local function ends_sentence(text, q)
  local close = text:sub(math.max(q.inner_first, q.inner_last - 4), q.inner_last)
  return close:find "[%.%?!]%W*$" ~= nil or close:find "…%W*$" ~= nil
end

local before_sentence = { Q = true, open = true, dash = true, bullet = true, num = true }

---Is the full stop at token i the end of a sentence?
local function is_stop(i)
  local after = class[i + 1].k
  if after == "stop" then
    return false
  elseif after == "close" then -- (So he said.) Next
    return before_sentence[class[i + 2].k] or class[i + 2].k == "none" or lexicon.capital(form[i + 2])
  elseif form[i] ~= "." or after == "none" then
    return true
  elseif at[i + 1] == at[i] + 1 and after ~= "Q" then -- a.b, but "the House.The group" lost a space
    return i > 1 and #form[i - 1] > 2 and form[i - 1]:find "%l$" ~= nil and form[i + 1]:find "^%u%l" ~= nil
  end
  if i > 1 and at[i - 1] + #form[i - 1] == at[i] then
    local before = form[i - 1]
    local abbreviated = class[i - 1].abbreviation and (after == "num" or not class[i - 1].numbered)
    if abbreviated or #before == 1 and before:find "%u" then
      return false
    end
  end
  return before_sentence[after] or lexicon.capital(form[i + 1])
end

---Does a known sentence end with the stop at a byte, or with the brackets and marks after it?
local function ended(ends_at, byte)
  for last = byte, byte + 4 do
    if ends_at[last] then
      return true
    end
  end
  return false
end

---Does a sentence end with the quotation at token i?
local function ends_unit(s, text, i)
  local after = class[i + 1]
  if after.k == "none" or not ends_sentence(text, s.quote[i]) then
    return false
  end
  return after.k == "Q" or after.k == "bullet" or lexicon.capital(form[i + 1])
end

local no_marks = {}

---Add the unit from..to, whose marks are `own`, in stretches of at most UNIT_TOKENS_MAX. `own` is no longer the caller's.
local function add_unit(list, from, to, own)
  local i = 1
  while to - from >= UNIT_TOKENS_MAX do
    local part, last = {}, from + UNIT_TOKENS_MAX - 1
    while own[i] and own[i] <= last do
      part[#part + 1], i = own[i], i + 1
    end
    list[#list + 1] = { from, last, marks = part, subject = nil, breaks = nil }
    from = last + 1
  end
  list[#list + 1] = { from, to, marks = i == 1 and own or table.move(own, i, #own, 1, {}), subject = nil, breaks = nil }
end

---Cut the stream into units: sentences of the narrator, in which a quotation is one word. Each lists its marks.
local function units(s, text, ends_at)
  local list, from, own = {}, 1, {}
  for n = 1, marked_count do
    local i = marked[n]
    local mark, ends = class[i].mark
    if mark == "stop" then
      if ends_at then
        ends = ended(ends_at, at[i] + s.low - 1)
      else
        ends = is_stop(i)
      end
      s.ends[i] = ends
      if ends and class[i + 1].k == "close" then
        i = i + 1
      end
    else
      own[#own + 1] = i
      ends = mark == "Q" and ends_unit(s, text, i)
    end
    if ends then
      add_unit(list, from, i, own[1] and own or no_marks)
      from, own = i + 1, own[1] and {} or own
    end
  end
  if from <= count then
    add_unit(list, from, count, own[1] and own or no_marks)
  end
  return list
end

---The stream of text[low..high], of which `list` are the quotations. Empty where no word leads a rule, unless
---`all` is set.
local function read(text, low, high, list, language, ends_at, all)
  local used, reader = count, language.reader
  if #list > 0 then
    local blank = blanked(text, low, high, list)
    count, marked_count = core.read(reader, blank, 1, #blank, at, form, class, marked, all)
  else
    count, marked_count = core.read(reader, text, low, high, at, form, class, marked, all)
  end
  for i = count + 1, math.max(used, count + 3) do
    class[i] = none
  end
  local s = {
    text = text, low = low, n = count, ends = {}, quote = {}, quotes = list, units = nil,
  }
  if #list > 0 then
    local found = 0
    for n = 1, marked_count do
      if class[marked[n]].mark == "Q" then
        found = found + 1
        s.quote[marked[n]] = list[found]
      end
    end
  end
  s.units = units(s, text, ends_at)
  return s
end

---Make the stream of the paragraph text[low..high]; `next_low` is where the next one starts, if there is one;
-- `ends_at` is a set of the last bytes of sentences, if they are known; all of a `spoken` paragraph is one quotation.
--
-- stream.form and stream.class (word and its class), quote and ends (of a sentence) go by token number, n is their
-- count; units are { first, last, marks = cues and quotations }; quotes are the quotations.
function stream.make(text, low, high, next_low, language, ends_at, spoken)
  local list = spoken and { { first = low, last = high, inner_first = low, inner_last = high, open = true } }
    or quotations(text, low, high, next_low, language)
  return read(text, low, high, list, language, ends_at)
end

---Make the stream of a few words, as of a label.
function stream.words(text, low, high, language)
  return read(text, low, high, {}, language, nil, true)
end

---Which paragraph closes the quotation that paragraph n leaves open, if none between opens another? nil if none does.
function stream.closing(text, paragraphs, n)
  for m = n + 1, math.min(n + OPEN_PARAGRAPHS_MAX, #paragraphs) do
    local first = marks.pair(text, paragraphs[m][1], paragraphs[m][2])[1]
    if first then
      return first.repaired and m or nil
    end
  end
end

---The text without the placeholder's byte, which no text should hold.
function stream.clean(text)
  return text:find(PLACEHOLDER, 1, true) and text:gsub(PLACEHOLDER, " ") or text
end

---The first byte of token i.
function stream.first(s, i)
  return at[i] + s.low - 1
end

---The last byte of token i.
function stream.last(s, i)
  local q = s.quote[i]
  return q and q.last or at[i] + s.low - 2 + #form[i]
end

---What stands between the marks of a quotation.
function stream.inner(s, q)
  return s.text:sub(q.inner_first, q.inner_last)
end

---Does a quotation end as a question or an exclamation?
function stream.asks(s, q)
  return s.text:find("^[%?!]", q.inner_last) ~= nil
end

---Is a quotation written like the title of a work: two words or more, the long ones with capitals?
function stream.titled(s, q)
  local words = 0
  for part in stream.inner(s, q):sub(1, 100):gmatch "[%a\x80-\xFF’']+" do
    words = words + 1
    if #part > 3 and not lexicon.capital(part) then
      return false
    end
  end
  return words > 1
end

---Does a quotation begin with a capital?
function stream.capital(s, q)
  return lexicon.capital(s.text:sub(q.inner_first, q.inner_first + 3))
end

---Is a quotation short enough, and without a stop, to be a name inside a name?
function stream.nickname(s, q)
  return q.last - q.first < 30 and not s.text:find("^[%.,%?!]", q.inner_last)
end

return stream
