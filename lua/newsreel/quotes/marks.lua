--- Quotation marks of one paragraph, paired into spans.
-- Every glyph of the double, single and angle families may open or close, by its neighbours rather than by its
-- shape, because archives mix them in one line. Apostrophes never pair. One pass, linear in the paragraph.
local lpeg = require "lpeg"

local P, S, C, Cp, Ct = lpeg.P, lpeg.S, lpeg.C, lpeg.Cp, lpeg.Ct

local marks = {}

local DEPTH_MAX = 3 -- quotations inside quotations
local LONG_QUOTATION = 20 -- bytes; a shorter one has lost no opening mark

---@param family string which marks it pairs with
---@param lean string what its shape says: "open", "close" or "both"
local function glyph(family, lean)
  return { family = family, lean = lean }
end

local glyphs = {
  ['"'] = glyph("double", "both"), ["''"] = glyph("double", "both"), ["``"] = glyph("double", "open"),
  ["“"] = glyph("double", "open"), ["”"] = glyph("double", "close"), ["„"] = glyph("double", "open"),
  ["‟"] = glyph("double", "open"), ["&quot;"] = glyph("double", "both"), ["＂"] = glyph("double", "both"),
  ["«"] = glyph("angle", "open"), ["»"] = glyph("angle", "close"),
  ["‹"] = glyph("small", "open"), ["›"] = glyph("small", "close"),
  ["'"] = glyph("single", "both"), ["‘"] = glyph("single", "open"), ["’"] = glyph("single", "close"),
  ["‚"] = glyph("single", "open"),
}

local skipped = (1 - S "\"'`&\xC2\xE2\xEF") ^ 1
local form = P(false)
for _, text in ipairs { "''", "``", '"', "'", "&quot;", "“", "”", "„", "‟", "«", "»", "‹", "›", "‘", "’", "‚", "＂" } do
  form = form + P(text)
end
local scan = Ct((skipped + Cp() * C(form) + 1) ^ 0)

-- What a byte beside a mark is: a space or border, a word, closing punctuation, opening punctuation or a dash.
local side = {}
for byte = 0, 255 do
  local c = string.char(byte)
  local visible = c:find "[%w\x80-\xFF]" and "word" or c:find "[%(%[{/%-<>]" and "open" or "close"
  side[byte] = byte <= 32 and "space" or visible
end

---What the third byte of a character in U+2000..U+203F says: spaces, dashes, opening marks, the rest.
local function general(byte, opening)
  if byte <= 0x8B or byte == 0xAF then
    return "space"
  elseif byte <= 0x95 then
    return "open"
  elseif byte == 0x98 or byte == 0x9C or opening[byte] then
    return opening.is
  end
  return "close"
end

local opens_before = { is = "open", [0x9A] = true, [0x9E] = true }
local opens_after = { is = "word", [0x9E] = true }

local function before(text, at, low)
  if at <= low then
    return "space"
  end
  local byte = text:byte(at - 1)
  if byte < 128 then
    return side[byte]
  end
  local b3, b2 = text:byte(at - 3) or 0, text:byte(at - 2) or 0
  if b2 == 0xC2 then
    return byte == 0xA0 and "space" or "close" -- no-break space, « »
  elseif b3 == 0xE2 and b2 == 0x80 then
    return general(byte, opens_before)
  end
  return "word"
end

local function after(text, at, high)
  if at > high then
    return "space"
  end
  local byte, b2, b3 = text:byte(at, at + 2)
  if byte == 40 or byte == 91 then
    return "word" -- ( and [ begin what is quoted
  elseif byte < 128 then
    return side[byte]
  elseif byte == 0xC2 then
    return b2 == 0xA0 and "space" or "word"
  elseif byte == 0xE2 and b2 == 0x80 and b3 then
    return general(b3, opens_after)
  end
  return "word"
end

---Can a single mark open, can it close? ’em, ’90s and 'tis are apostrophes, and so is every mark between letters.
local function single_role(text, at, lean, left, right, open, close)
  if left == "word" and right == "word" or lean == "both" and text:find("^%d%ds?%W", at + 1) then
    return false, false
  elseif lean == "open" then
    return open, close and left ~= "open" and not open
  end
  return open and lean ~= "close", close
end

---« French », »German« and «Russian»: inside a word border the neighbours decide.
local function angle_role(lean, left, right)
  if left == "space" and right == "space" then
    return lean == "open", lean == "close"
  elseif lean == "open" then
    return right ~= "close" and left ~= "word" or left == "space", left == "word" or left == "close" and right ~= "word"
  end
  return left == "space" and right == "word", left ~= "space"
end

local function double_role(lean, left, right, open, close)
  if lean == "open" and left ~= "word" and right ~= "space" and not (left == "close" and right == "close") then
    return true, left == "close" and right ~= "word"
  elseif lean == "close" and left ~= "space" then
    return false, true
  elseif left == "open" and right == "word" then
    return true, false
  elseif not open and not close then -- in the air, as in ' " Well ': it closes if it can
    return lean == "open" or lean == "both" and right == "word", lean ~= "open"
  end
  return open, close
end

---Can the mark at a byte open, can it close?
local function role(text, at, mark, kind, low, high)
  local left, right = before(text, at, low), after(text, at + #mark, high)
  local lean = kind.lean
  local open = (left == "space" or left == "open" or left == "close" and lean == "open") and right ~= "space"
  local close = left ~= "space" and right ~= "word"
  if kind.family == "single" then
    return single_role(text, at, lean, left, right, open, close)
  elseif kind.family == "double" then
    return double_role(lean, left, right, open, close)
  end
  return angle_role(lean, left, right)
end

---List the marks of text[low..high] that can open or close.
local function candidates(text, low, high)
  local found, list = scan:match(text:sub(low, high)), {}
  for n = 1, #found, 2 do
    local at, mark = found[n] + low - 1, found[n + 1]
    local kind = glyphs[mark]
    local open, close = role(text, at, mark, kind, low, high)
    if open or close then
      list[#list + 1] = { at = at, form = mark, family = kind.family, lean = kind.lean, open = open, close = close }
    end
  end
  return list
end

---Is a closing single mark surely no plural possessive, as in "the dogs' house"?
local function sure(text, mark)
  local next_byte = mark.at + #mark.form
  return text:byte(mark.at - 1) ~= 115 or next_byte > #text or text:find("^[%.,;:!%?%)]", next_byte) ~= nil
end

local function single_closer(list, i, text)
  local weak
  for j = i + 1, #list do
    local mark = list[j]
    if mark.family == "single" then
      if mark.close and not (mark.open and mark.lean ~= "close") then
        if sure(text, mark) then
          return j
        end
        weak = weak or j
      elseif mark.open and weak then
        break
      end
    end
  end
  return weak
end

---Find the close for the opening mark `i`, or nil. Depth counts for marks that can only open.
local function closer(list, i, text)
  local family, depth = list[i].family, 0
  if family == "single" then
    return single_closer(list, i, text)
  end
  for j = i + 1, #list do
    local mark = list[j]
    local same = mark.family == family
    if same and mark.close and (not mark.open or mark.lean == "close") then
      if depth == 0 then
        return j
      end
      depth = depth - 1
    elseif same and mark.open then
      depth = depth + 1
      if mark.lean == "both" or depth > DEPTH_MAX then
        return nil -- a mark that opens again: ours was never closed
      end
    end
  end
end

---A mark without its close: what it opens ends where the next mark of the family stands, or with the paragraph.
local function unclosed(list, i, high)
  local mark, last, final = list[i], high, true
  for n = i + 1, #list do
    if list[n].family == mark.family then
      last, final = list[n].at - 1, false
      break
    end
  end
  return {
    first = mark.at, last = last, inner_first = mark.at + #mark.form, inner_last = last, open = true, final = final,
  }
end

---Pair the marks of the paragraph text[low..high].
--
-- Returns a sorted list of { first, last, inner_first, inner_last }, with open = true where no close came (and final =
-- true where no later mark of the family stands), repaired = true where the opening mark is missing. What is nested
-- inside a quotation is not listed.
function marks.pair(text, low, high)
  local list, pairs_, hopeless, i = candidates(text, low, high), {}, false, 1
  while i <= #list do
    local mark, j = list[i], nil
    if mark.open and not (mark.family == "single" and hopeless) then
      j = closer(list, i, text)
      if j then
        local close = list[j]
        local last = close.at + #close.form - 1
        local inner = mark.at + #mark.form
        pairs_[#pairs_ + 1] = { first = mark.at, last = last, inner_first = inner, inner_last = close.at - 1 }
      elseif mark.family == "single" then
        hopeless = true -- no single mark closes from here on
      else
        pairs_[#pairs_ + 1] = unclosed(list, i, high)
      end
    elseif mark.close and not mark.open and mark.family == "double" and #pairs_ == 0 and mark.at - low > LONG_QUOTATION
      and before(text, mark.at, low) == "close" then
      pairs_[1] = {
        first = low, last = mark.at + #mark.form - 1, inner_first = low, inner_last = mark.at - 1, repaired = true,
      }
    end
    i = (j or i) + 1
  end
  return pairs_
end

return marks
