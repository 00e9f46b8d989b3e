--- What the terminal can show: how many columns, whether in colour. Where output goes elsewhere, text stays plain.
local core = require "newsreel.core"

local screen = {}

local PLAIN_WIDTH, HELP_WIDTH = 100, 100
local BOLD, PLAIN = "\27[1m", "\27[0m"

---The columns of the terminal; `otherwise` (100) where there is none.
---@param otherwise? integer
---@return integer
function screen.width(otherwise)
  local terminal = core.terminal
  return terminal and terminal.width > 0 and terminal.width or otherwise or PLAIN_WIDTH
end

---Whether what stands out may be bold: on a terminal, without NO_COLOR (no-color.org).
---@return boolean
function screen.coloured()
  return core.terminal ~= nil and core.terminal.colour
end

---The first `rows` rows as a table that fits, its head bold; whole where there is no terminal.
---@param frame newsreel.Frame
---@param rows integer
---@return string
function screen.table(frame, rows)
  local text = core.frame_table(frame, rows, screen.width(0))
  return screen.coloured() and text:gsub("^[^\n]*", BOLD .. "%0" .. PLAIN, 1) or text
end

---The lines of a concordance, hits bold.
---@param spans newsreel.Spans
---@param indexes integer[]? which, all unless given
---@param width? integer
---@param sentence? boolean
---@return string
function screen.kwic(spans, indexes, width, sentence)
  return core.kwic(spans, indexes, width or screen.width(), sentence ~= false, screen.coloured())
end

---The same for what stands behind a row of a frame; nil where nothing does.
---@param frame newsreel.Frame
---@param row integer
---@param most integer
---@param width? integer
---@param sentence? boolean
---@return string?, integer? # the lines, and how many hits there are
function screen.receipt(frame, row, most, width, sentence)
  return core.receipt_kwic(frame, row, most, width or screen.width(), sentence ~= false, screen.coloured())
end

---A text cut between words into lines that fit: the first behind `first`, the others behind as many blanks.
---@param first string
---@param text string
---@return string
function screen.wrapped(first, text)
  local width, lead = math.min(screen.width(), HELP_WIDTH), core.width(first)
  local lines, line, used = {}, first, lead
  for word in text:gmatch "%S+" do
    local size = core.width(word)
    if used > lead and used + 1 + size > width then
      lines[#lines + 1] = line
      line, used = (" "):rep(lead) .. word, lead + size
    else
      line, used = line .. (used > lead and " " or "") .. word, used + (used > lead and 1 or 0) + size
    end
  end
  lines[#lines + 1] = line
  return table.concat(lines, "\n") .. "\n"
end

return screen
