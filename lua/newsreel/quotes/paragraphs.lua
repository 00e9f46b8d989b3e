--- The paragraphs of a text, as rules about speech see them.
local paragraphs = {}

local PARAGRAPH_MAX = 50000 -- bytes; a longer line is cut at a space, because LPeg cannot be interrupted

---Add the line first..last to the paragraphs, cut where it is too long.
local function add_paragraph(list, text, first, last)
  while last - first >= PARAGRAPH_MAX do
    local space = text:find("%s", first + PARAGRAPH_MAX) or last + 1
    list[#list + 1] = { first, math.min(space, last + 1) - 1 }
    first = text:find("%S", space)
    if not first or first > last then
      return
    end
  end
  list[#list + 1] = { first, last }
end

---List the paragraphs of a text as { first, last }: lines, but a line that goes on in lower case belongs to the last.
function paragraphs.list(text)
  local list, from, size, line_end = {}, 1, #text, -1
  while from <= size do
    local stop = text:find("\n", from, true) or size + 1
    local first = text:match("^[\0-\9\11-\32]*()", from)
    if first < stop then
      local last = stop - 1
      while text:byte(last) <= 32 do
        last = last - 1
      end
      local previous = list[#list]
      if line_end == from - 1 and text:find("^%l", first) and not text:find("^[%.%?!:]", previous[2]) then
        previous[2] = last
      else
        add_paragraph(list, text, first, last)
      end
      line_end = stop
    end
    from = stop + 1
  end
  return list
end

return paragraphs
