--- Quotation marks of one paragraph, paired into spans.
-- Every glyph of the double, single and angle families may open or close, by its neighbours rather than by its
-- shape, because archives mix them in one line. Apostrophes never pair. One pass, linear in the paragraph.
local lpeg = require "lpeg"

local P, R, S, C, Cp, Ct = lpeg.P, lpeg.R, lpeg.S, lpeg.C, lpeg.Cp, lpeg.Ct

local marks = {}

--- glyph = { family, leaning }: "open" and "close" are what the shape says, "both" says nothing.
local glyphs = {
  ['"'] = { "double", "both" }, ["''"] = { "double", "both" }, ["``"] = { "double", "open" },
  ["“"] = { "double", "open" }, ["”"] = { "double", "close" }, ["„"] = { "double", "open" }, ["‟"] = { "double", "open" },
  ["&quot;"] = { "double", "both" }, ["＂"] = { "double", "both" },
  ["«"] = { "angle", "open" }, ["»"] = { "angle", "close" },
  ["‹"] = { "angle1", "open" }, ["›"] = { "angle1", "close" },
  ["'"] = { "single", "both" }, ["‘"] = { "single", "open" }, ["’"] = { "single", "close" }, ["‚"] = { "single", "open" },
}

local first_byte = S "\"'`&\194\226\239"
local glyph = P(false)
for _, form in ipairs { "''", "``", '"', "'", "&quot;", "“", "”", "„", "‟", "«", "»", "‹", "›", "‘", "’", "‚", "＂" } do
  glyph = glyph + P(form)
end
local scan = Ct(((1 - first_byte) ^ 1 + Cp() * C(glyph) + 1) ^ 0)
local has = (1 - first_byte) ^ 0
local any = P { has * (glyph + 1 * lpeg.V(1)) }

-- What stands beside a mark: s space or border, w word, p closing punctuation, o opening punctuation or dash.
local side = {}
for byte = 0, 255 do
  local c = string.char(byte)
  side[byte] = (byte <= 32 and "s") or (c:find "[%w\128-\255]" and "w") or (c:find "[%(%[{/%-<>]" and "o") or "p"
end

local function before(text, at, low)
  if at <= low then return "s" end
  local byte = text:byte(at - 1)
  if byte < 128 then return side[byte] end
  local b3, b2 = text:byte(at - 3) or 0, text:byte(at - 2) or 0
  if b2 == 0xC2 then return byte == 0xA0 and "s" or "p" end -- no-break space, « »
  if b3 == 0xE2 and b2 == 0x80 then -- spaces, dashes, quotation marks, ellipsis
    if byte <= 0x8B or byte == 0xAF then return "s" end
    if byte <= 0x95 then return "o" end
    if byte == 0x98 or byte == 0x9C or byte == 0x9E or byte == 0x9A then return "o" end
    return "p"
  end
  return "w"
end

local function after(text, at, high)
  if at > high then return "s" end
  local byte, b2, b3 = text:byte(at, at + 2)
  if byte < 128 then return side[byte] == "o" and (byte == 40 or byte == 91) and "w" or side[byte] end
  if byte == 0xC2 then return b2 == 0xA0 and "s" or "w" end
  if byte == 0xE2 and b2 == 0x80 then
    if b3 <= 0x8B or b3 == 0xAF then return "s" end
    if b3 <= 0x95 then return "o" end
    if b3 == 0x9C or b3 == 0x98 or b3 == 0x9E then return "w" end
    return "p"
  end
  return "w"
end

---Sort a mark into what it can do here. Two bits: can open, can close.
local function role(text, at, form, low, high)
  local kind = glyphs[form]
  local left, right = before(text, at, low), after(text, at + #form, high)
  local family, lean = kind[1], kind[2]
  local open = (left == "s" or left == "o" or (left == "p" and lean == "open")) and right ~= "s"
  local close = left ~= "s" and right ~= "w"
  if family == "single" then
    if left == "w" and right == "w" then return family, false, false end
    if form == "'" and right == "w" and text:find("^%d%ds?%W", at + 1) then return family, false, false end
    if lean == "close" then open = false end -- ’em, ’90s
    if lean == "open" then close = close and left ~= "o" and not open end
    return family, open, close
  end
  if family ~= "double" then -- « » and » « are both in use: inside a word border the neighbours decide
    if left == "s" and right == "s" then return family, lean == "open", lean == "close" end -- « spaced »
    if lean == "open" then return family, right ~= "p" and left ~= "w" or left == "s", left == "w" or left == "p" and right ~= "w" end
    return family, left == "s" and right == "w", left ~= "s"
  end
  if lean == "open" and left ~= "w" and right ~= "s" and not (left == "p" and right == "p") then return family, true, left == "p" and right ~= "w" end
  if lean == "close" and left ~= "s" then return family, false, true end
  if left == "o" and right == "w" then return family, true, false end
  if not open and not close then -- a mark in the air, as in ' " Well ', closes if it can
    return family, lean == "open" or lean == "both" and right == "w", lean ~= "open"
  end
  return family, open, close
end

---Is a closing single mark surely no plural possessive?
local function sure(text, at, form)
  local ahead = text:byte(at - 1)
  return ahead ~= 115 or text:find("^[%.,;:!%?%)]", at + #form) ~= nil or at + #form > #text
end

---Find the close for the opening mark `i`, or nil. Depth counts for marks that can only open.
local function closer(list, i, text)
  local family, depth, weak = list[i].family, 0, nil
  for j = i + 1, #list do
    local mark = list[j]
    if mark.family == family then
      if mark.close and not (mark.open and not mark.lean_close) then
        if depth > 0 and family ~= "single" then
          depth = depth - 1
        elseif family ~= "single" or sure(text, mark.at, mark.form) then
          return j
        else
          weak = weak or j
        end
      elseif mark.open and family == "single" and weak then
        return weak
      elseif mark.open and mark.form ~= '"' and mark.form ~= "''" then
        depth = depth + 1
        if depth > 3 then return nil end
      elseif mark.open then
        return nil -- a straight mark that opens again: ours was never closed
      end
    end
  end
  return weak, depth > 0 and family ~= "single"
end

---List the marks of text[low..high] that can open or close.
local function candidates(text, low, high)
  local found, list = scan:match(text:sub(low, high)), {}
  for n = 1, #found, 2 do
    local at, form = found[n] + low - 1, found[n + 1]
    local family, open, close = role(text, at, form, low, high)
    if open or close then
      list[#list + 1] = { at = at, form = form, family = family, open = open, close = close, lean_close = glyphs[form][2] == "close" }
    end
  end
  return list
end

---Pair the marks of the paragraph text[low..high].
--
-- Returns a sorted list of { first, last, inner_first, inner_last, open = "end" where no close came, stray = ... };
-- what is nested inside a quotation is not listed.
function marks.pair(text, low, high)
  if not any:match(text, low) then return {} end
  local list, pairs_, hopeless, i = candidates(text, low, high), {}, {}, 1
  while i <= #list do
    local mark = list[i]
    local j
    if mark.open and not hopeless[mark.family] then
      j = closer(list, i, text)
      if not j and mark.family ~= "single" then
        -- The next mark of the family that can open ends the hope for this one; without it none can close.
        local again
        for n = i + 1, #list do
          if list[n].family == mark.family then again = list[n] break end
        end
        pairs_[#pairs_ + 1] = { first = mark.at, last = (again and again.at or high + 1) - 1, inner_first = mark.at + #mark.form,
          inner_last = (again and again.at or high + 1) - 1, open = "end", final = not again, family = mark.family }
      elseif not j then
        hopeless.single = true
      end
    elseif mark.close and not mark.open and mark.family == "double" then
      local last = pairs_[#pairs_]
      if not last and side[text:byte(mark.at - 1) or 32] == "p" then
        pairs_[1] = { first = low, last = mark.at + #mark.form - 1, inner_first = low, inner_last = mark.at - 1, stray = "close", family = "double" }
      end
    end
    if j then
      local close = list[j]
      pairs_[#pairs_ + 1] = { first = mark.at, last = close.at + #close.form - 1, inner_first = mark.at + #mark.form,
        inner_last = close.at - 1, family = mark.family }
      i = j
    end
    i = i + 1
  end
  return pairs_
end

return marks
