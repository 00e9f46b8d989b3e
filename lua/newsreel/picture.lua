--- Pictures of frames: bars and small curves in the terminal, SVG and HTML in files.
--
-- What is drawn follows from the columns. Texts are keys, the first number is the value. One key: a bar a row.
-- A period among several keys: a curve for each of the others. Else bars, named by all keys.
local core = require "newsreel.core"

local picture = {}

local PERIODS = { day = true, week = true, month = true, quarter = true, year = true, event_day = true }
local SPECIAL = { none = true, undated = true, imprecise = true }
local CURVES_MAX = 8 -- more can't be told apart by colour
local SENTENCES_MAX = 20 -- behind a row of a page

-- ---- what the frame says ----

---@alias newsreel.Drawing.Point {label: string, value: number?, row: integer}

---@class newsreel.Drawing what a picture shows
---@field value string name of the column of numbers
---@field keys string names of the other columns
---@field points newsreel.Drawing.Point[] in the order of the rows
---@field curves {label: string, values: table<integer, number>, total: number}[]? values by number of the period
---@field periods string[]? with curves: the periods that occur, in their order
---@field time string? with curves: the name of the period's column
---@field apart newsreel.Drawing.Point[] with curves: points that stand at no period

local function columns_of(frame, wanted)
  local keys, value = {}, nil
  for _, column in ipairs(core.frame_columns(frame)) do
    if column.type == "text" then
      keys[#keys + 1] = column.name
    elseif column.name == wanted or not wanted and not value then
      value = column.name
    end
  end
  if not value then
    core.raise(wanted and ("f:plot: there is no column of numbers '%s'"):format(tostring(wanted))
      or "f:plot: the frame has no column of numbers to draw; count first, as in f:by(\"month\"):count()")
  end
  return keys, value
end

local function cell(frame, row, name)
  local _, value = core.cell(frame, row, name)
  return value
end

local function label_of(frame, row, keys, without)
  local parts = {}
  for i, key in ipairs(keys) do
    if i ~= without then
      parts[#parts + 1] = tostring(cell(frame, row, key) or "")
    end
  end
  return table.concat(parts, " · ")
end

local function period_among(keys)
  for i, key in ipairs(keys) do
    if PERIODS[key] then
      return i
    end
  end
end

---The periods that occur, in their order, and the place of each.
local function periods_of(frame, key)
  local periods, places = {}, {}
  for row = 1, #frame do
    local period = tostring(cell(frame, row, key))
    if not places[period] and not SPECIAL[period] then
      places[period] = true
      periods[#periods + 1] = period
    end
  end
  table.sort(periods)
  for i, period in ipairs(periods) do
    places[period] = i
  end
  return periods, places
end

local function by_curve(drawing, frame, keys, time)
  local curves = {}
  local periods, places = periods_of(frame, keys[time])
  for _, point in ipairs(drawing.points) do
    local place, label = places[tostring(cell(frame, point.row, keys[time]))], label_of(frame, point.row, keys, time)
    if not place then
      drawing.apart[#drawing.apart + 1] = point
    else
      if not curves[label] then
        curves[label] = { label = label, values = {}, total = 0 }
        curves[#curves + 1] = curves[label]
      end
      curves[label].values[place] = point.value
      curves[label].total = curves[label].total + math.abs(point.value or 0)
    end
  end
  table.sort(curves, function(a, b)
    if a.total ~= b.total then
      return a.total > b.total
    end
    return a.label < b.label
  end)
  drawing.curves, drawing.periods, drawing.time = curves, periods, keys[time]
end

---Read a frame as a drawing.
---@param frame newsreel.Frame
---@param value? string the column to draw, the first of numbers unless given
---@return newsreel.Drawing
function picture.drawing(frame, value)
  local keys, number = columns_of(frame, value)
  local drawing = { value = number, keys = table.concat(keys, ", "), points = {}, apart = {} }
  for row = 1, #frame do
    drawing.points[row] = { label = label_of(frame, row, keys), value = cell(frame, row, number), row = row }
  end
  local time = #keys >= 2 and period_among(keys)
  if time then
    by_curve(drawing, frame, keys, time)
  end
  return drawing
end

local function range_of(drawing)
  local least, most = 0, 0
  for _, point in ipairs(drawing.points) do
    least, most = math.min(least, point.value or 0), math.max(most, point.value or 0)
  end
  return least, most
end

local function number_text(value)
  if value == nil then
    return ""
  end
  return math.type(value) == "integer" and tostring(value) or ("%.4g"):format(value)
end

local function padded(text, width)
  text = core.fit(text, width)
  return text .. (" "):rep(width - core.width(text))
end

local function widest(list, of)
  local width = 0
  for _, one in ipairs(list) do
    width = math.max(width, core.width(of(one)))
  end
  return width
end

local function apart_text(drawing)
  return #drawing.apart == 1 and "1 row without a period is not drawn"
    or ("%d rows without a period are not drawn"):format(#drawing.apart)
end

-- ---- in the terminal ----

local EIGHTHS = { "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█" }
local HEIGHTS = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" }

local function bar(value, unit)
  local eighths = math.floor(math.abs(value) * unit * 8 + 0.5)
  local text = ("█"):rep(eighths // 8) .. (EIGHTHS[eighths % 8] or "")
  return text == "" and value ~= 0 and EIGHTHS[1] or text
end

---A bar a row; what is below nought goes to the left of a line.
local function bars_text(drawing, rows, width)
  local shown = table.move(drawing.points, 1, math.min(#drawing.points, rows), 1, {})
  local least, most = range_of(drawing)
  local labels = math.min(widest(shown, function(point) return point.label end), width // 2)
  local numbers = widest(shown, function(point) return number_text(point.value) end)
  local room = math.max(width - labels - numbers - 5, 10)
  local unit = most > least and room / (most - least) or 0
  local left = math.ceil(-least * unit)
  local lines = {}
  for i, point in ipairs(shown) do
    local number, drawn = number_text(point.value), ""
    if point.value and point.value < 0 then
      local blocks = math.max(1, math.floor(-point.value * unit + 0.5))
      drawn = (" "):rep(left - blocks) .. ("█"):rep(blocks) .. "│"
    elseif point.value then
      drawn = (" "):rep(left) .. (least < 0 and "│" or "") .. bar(point.value, unit)
    end
    lines[i] = (("%s  %s%s  %s"):format(padded(point.label, labels), (" "):rep(numbers - #number), number, drawn)
      :gsub("%s+$", ""))
  end
  if #drawing.points > #shown then
    lines[#lines + 1] = ("... %d more rows"):format(#drawing.points - #shown)
  end
  return table.concat(lines, "\n") .. "\n"
end

---Neighbouring periods become one where the line is too narrow: their mean.
local function squeezed(values, count, room)
  local cells, step = {}, math.max(1, math.ceil(count / room))
  for from = 1, count, step do
    local sum, known = 0, 0
    for i = from, math.min(from + step - 1, count) do
      if values[i] then
        sum, known = sum + values[i], known + 1
      end
    end
    cells[#cells + 1] = known > 0 and sum / known or false
  end
  return cells, step
end

local function curves_text(drawing, rows, width)
  local shown = table.move(drawing.curves, 1, math.min(#drawing.curves, rows), 1, {})
  local least, most = range_of(drawing)
  local labels = math.min(widest(shown, function(curve) return curve.label end), width // 2)
  local room = math.max(width - labels - 14, 10)
  local periods, lines = drawing.periods, {}
  local _, step = squeezed({}, #periods, room)
  for i, curve in ipairs(shown) do
    local parts, top = {}, nil
    for j, value in ipairs(squeezed(curve.values, #periods, room)) do
      local height = value and most > least and (value - least) / (most - least) or 0
      parts[j] = not value and " " or value == 0 and least == 0 and "·" or HEIGHTS[1 + math.floor(height * 7 + 0.5)]
    end
    for _, value in pairs(curve.values) do
      top = math.max(top or value, value)
    end
    lines[i] = ("%s  %s  %s"):format(padded(curve.label, labels), table.concat(parts), number_text(top))
  end
  local first, last = periods[1] or "", periods[#periods] or ""
  local span = math.ceil(#periods / step)
  lines[#lines + 1] = (" "):rep(labels + 2) .. first .. (" "):rep(math.max(1, span - #first - #last)) .. last
  lines[#lines + 1] = ("%s by %s; the number is the most%s"):format(drawing.value, drawing.time,
    step > 1 and (", a mark is the mean of %d"):format(step) or "")
  if #drawing.curves > #shown then
    lines[#lines + 1] = ("... %d more"):format(#drawing.curves - #shown)
  end
  if #drawing.apart > 0 then
    lines[#lines + 1] = apart_text(drawing)
  end
  return table.concat(lines, "\n") .. "\n"
end

---The frame as lines of text, `width` columns wide, `rows` of them at most.
---@param frame newsreel.Frame
---@param value? string
---@param rows integer
---@param width integer
---@return string
function picture.text(frame, value, rows, width)
  local drawing = picture.drawing(frame, value)
  if #drawing.points == 0 then
    return "no rows to draw\n"
  end
  return (drawing.curves and curves_text or bars_text)(drawing, rows, width)
end

-- ---- in files ----

-- Colours that the colour-blind tell apart (Okabe and Ito, Color Universal Design, 2008).
local COLOURS = { "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#A6A000" }
local ESCAPES = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;" }

---Text for XML and HTML; control characters, which XML has no way to write, become blanks.
---@param text string
---@return string
function picture.escaped(text)
  return (text:gsub("[%c\127]", " "):gsub('[&<>"]', ESCAPES))
end

local escaped = picture.escaped

---Round steps between nought and the ends: 1, 2 or 5 times a power of ten, five of them or so.
local function ticks(least, most)
  local rough = (most - least) / 5
  local power = 10.0 ^ math.floor(math.log(rough, 10))
  local step = power
  for _, times in ipairs { 1, 2, 5, 10 } do
    if power * times >= rough then
      step = power * times
      break
    end
  end
  local list = {}
  for i = math.ceil(least / step - 1e-9), math.floor(most / step + 1e-9) do
    list[#list + 1] = i * step
  end
  return list
end

---What collects formatted pieces: call it with a format, then ask for its text.
local function writer()
  local parts = {}
  return function(format, ...)
    parts[#parts + 1] = format:format(...)
  end, function()
    return table.concat(parts)
  end
end

local function svg_open(put, title, width, height)
  put('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" ', width, height)
  put('font-family="sans-serif" font-size="12" fill="#222">\n<title>%s</title>\n', escaped(title))
  put('<rect width="%d" height="%d" fill="#fff"/>\n', width, height)
  put('<text x="10" y="18" font-weight="bold">%s</text>\n', escaped(title))
end

local function bars_svg(drawing, title)
  local ROW, LEFT, WIDTH, RIGHT = 22, 230, 800, 60
  local least, most = range_of(drawing)
  local unit = most > least and (WIDTH - LEFT - RIGHT) / (most - least) or 0
  local zero, height = LEFT - least * unit, #drawing.points * ROW + 50
  local put, text = writer()
  svg_open(put, title, WIDTH, height)
  for i, point in ipairs(drawing.points) do
    local y, value, number = 30 + (i - 1) * ROW, point.value or 0, number_text(point.value)
    local length = math.abs(value) * unit
    put('<text x="%d" y="%d" text-anchor="end">%s</text>\n', LEFT - 8, y + 14, escaped(core.fit(point.label, 34)))
    put('<rect x="%.1f" y="%d" width="%.1f" height="%d" fill="%s">', value < 0 and zero - length or zero, y + 2,
      length, ROW - 5, COLOURS[value < 0 and 2 or 1])
    put("<title>%s: %s</title></rect>\n", escaped(point.label), number)
    put('<text x="%.1f" y="%d">%s</text>\n', zero + 4 + (value < 0 and 0 or length), y + 14,
      point.value and number or "–")
  end
  put('<line x1="%.1f" x2="%.1f" y1="28" y2="%d" stroke="#222"/>\n</svg>\n', zero, zero, height - 18)
  return text()
end

local WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 800, 420, 60, 190, 36, 40 -- of a picture with curves
local LEGEND = WIDTH - RIGHT + 14

local function axes(put, drawing, x, y, least, most)
  for _, tick in ipairs(ticks(least, most)) do
    put('<line x1="%d" x2="%d" y1="%.1f" y2="%.1f" stroke="%s"/>', LEFT, WIDTH - RIGHT, y(tick), y(tick),
      tick == 0 and "#222" or "#ddd")
    put('<text x="%d" y="%.1f" text-anchor="end">%s</text>\n', LEFT - 6, y(tick) + 4, number_text(tick))
  end
  for i = 1, #drawing.periods, math.max(1, math.ceil(#drawing.periods / 6)) do
    put('<text x="%.1f" y="%d" text-anchor="middle">%s</text>\n', x(i), HEIGHT - FOOT + 18, escaped(drawing.periods[i]))
  end
end

local function curve_svg(put, drawing, curve, colour, x, y)
  local path, open = {}, false
  for i = 1, #drawing.periods do
    local value = curve.values[i]
    path[#path + 1] = value and ("%s%.1f %.1f"):format(open and "L" or "M", x(i), y(value)) or nil
    open = value ~= nil
  end
  put('<path d="%s" fill="none" stroke="%s" stroke-width="2"/>\n', table.concat(path, " "), colour)
  for i, period in ipairs(drawing.periods) do
    local value = curve.values[i]
    if value then
      put('<circle cx="%.1f" cy="%.1f" r="3" fill="%s">', x(i), y(value), colour)
      put("<title>%s, %s: %s</title></circle>\n", escaped(curve.label), escaped(period), number_text(value))
    end
  end
end

local function curves_svg(drawing, title)
  local least, most = range_of(drawing)
  most = most > least and most or least + 1
  local count = #drawing.periods
  local function x(i)
    return LEFT + (count > 1 and (i - 1) / (count - 1) or 0.5) * (WIDTH - LEFT - RIGHT)
  end
  local function y(value)
    return TOP + (most - value) / (most - least) * (HEIGHT - TOP - FOOT)
  end
  local put, text = writer()
  svg_open(put, title, WIDTH, HEIGHT)
  axes(put, drawing, x, y, least, most)
  for i = 1, math.min(#drawing.curves, CURVES_MAX) do
    local curve = drawing.curves[i]
    curve_svg(put, drawing, curve, COLOURS[i], x, y)
    put('<text x="%d" y="%d" fill="%s">%s</text>\n', LEGEND, TOP + 8 + i * 18, COLOURS[i],
      escaped(core.fit(curve.label, 26)))
  end
  if #drawing.curves > CURVES_MAX then
    put('<text x="%d" y="%d">and %d more</text>\n', LEGEND, TOP + 26 + CURVES_MAX * 18, #drawing.curves - CURVES_MAX)
  end
  if #drawing.apart > 0 then
    put('<text x="%d" y="%d" fill="#666">%s</text>\n', LEFT, HEIGHT - 6, apart_text(drawing))
  end
  put "</svg>\n"
  return text()
end

---The frame as an SVG picture.
---@param frame newsreel.Frame
---@param given {value?: string, title?: string}
---@return string
function picture.svg(frame, given)
  local drawing = picture.drawing(frame, given.value)
  local title = given.title or ("%s by %s"):format(drawing.value, drawing.keys)
  return (drawing.curves and #drawing.curves > 0 and curves_svg or bars_svg)(drawing, title)
end

-- ---- a page: the picture, the table, the sentences behind every row ----

local STYLE = "body{font:15px sans-serif;margin:2em auto;max-width:60em;padding:0 1em;color:#222}"
  .. "table{border-collapse:collapse;width:100%}td,th{padding:.3em .6em;border-bottom:1px solid #ddd;text-align:left;"
  .. "vertical-align:top}td.n,th.n{text-align:right}mark{background:#ffe9a8}summary{cursor:pointer;color:#0072B2}"
  .. "li{margin:.4em 0}small{color:#666}"

---The sentence around a hit, marked; the hit alone where none is (a title).
local function sentence_html(hit, sentences)
  local article = hit.article
  sentences[article.id] = sentences[article.id] or article:sentences()
  for _, sentence in ipairs(hit.field == "text" and sentences[article.id] or {}) do
    if sentence.first <= hit.first and hit.last <= sentence.last then
      local text, from, to = sentence.text, hit.first - sentence.first + 1, hit.last - sentence.first + 1
      return ("%s<mark>%s</mark>%s"):format(escaped(text:sub(1, from - 1)), escaped(text:sub(from, to)),
        escaped(text:sub(to + 1)))
    end
  end
  return "<mark>" .. escaped(hit.text) .. "</mark>"
end

local function receipt_html(frame, row, sentences)
  local hits = core.receipt(frame, row)
  if not hits or #hits == 0 then
    return ""
  end
  local items = {}
  for i = 1, math.min(#hits, SENTENCES_MAX) do
    local hit = hits[i]
    items[i] = ("<li><small>%s %s</small> %s</li>"):format(escaped(hit.day or "undated"), escaped(hit.article.id),
      sentence_html(hit, sentences))
  end
  if #hits > SENTENCES_MAX then
    items[#items + 1] = ("<li>and %d more</li>"):format(#hits - SENTENCES_MAX)
  end
  return ("<details><summary>%d hits</summary><ul>%s</ul></details>"):format(#hits, table.concat(items, "\n"))
end

---The frame as a page of HTML that needs nothing else: the picture, the table, behind every row its sentences.
---@param frame newsreel.Frame
---@param given {value?: string, title?: string}
---@return string
function picture.html(frame, given)
  local columns, drawing = core.frame_columns(frame), picture.drawing(frame, given.value)
  local title = given.title or ("%s by %s"):format(drawing.value, drawing.keys)
  local put, text = writer()
  put('<!DOCTYPE html>\n<html><head><meta charset="utf-8"/><title>%s</title><style>%s</style></head>\n<body>\n',
    escaped(title), STYLE)
  put("<h1>%s</h1>\n%s<table><tr>", escaped(title), picture.svg(frame, { value = given.value, title = title }))
  for _, column in ipairs(columns) do
    put("<th%s>%s</th>", column.type == "number" and ' class="n"' or "", escaped(column.name))
  end
  put "<th>behind it</th></tr>\n"
  local sentences = {}
  for row = 1, #frame do
    put "<tr>"
    for _, column in ipairs(columns) do
      local value, is_number = cell(frame, row, column.name), column.type == "number"
      put("<td%s>%s</td>", is_number and ' class="n"' or "",
        is_number and number_text(value) or escaped(tostring(value or "")))
    end
    put("<td>%s</td></tr>\n", receipt_html(frame, row, sentences))
  end
  put "</table></body></html>\n"
  return text()
end

return picture
