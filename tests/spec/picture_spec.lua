local lu = require "luaunit"
local newsreel = require "newsreel"
local picture = require "newsreel.picture"

TestPicture = {}

local DAYS = { "2025-08-01", "2025-09-02", "2025-10-03", "2025-10-04", "" }

local function corpus()
  local c = newsreel.memory()
  for i, day in ipairs(DAYS) do
    c:add { id = "a" .. i, date = day ~= "" and day or nil, text = ("Putin spoke. "):rep(i) .. "Rubio <listened> & left." }
  end
  c:commit()
  return c
end

---Every tag is closed by its own name, in order; gives how many there were.
local function well_formed(text)
  local open, count = {}, 0
  for slash, name, rest in text:gmatch "<(/?)([%a][%w]*)([^<>]*)>" do
    count = count + 1
    if slash == "/" then
      lu.assertEquals(table.remove(open), name)
    elseif rest:sub(-1) ~= "/" and name ~= "meta" then
      open[#open + 1] = name
    end
  end
  lu.assertEquals(open, {})
  return count
end

local function file_of(frame, name, given)
  local path = os.tmpname() .. name
  frame:save(path, given)
  local file = assert(io.open(path))
  local text = file:read "a"
  file:close()
  os.remove(path)
  return text
end

function TestPicture:test_a_bar_is_as_long_as_its_value()
  local lines = {}
  for line in picture.text(corpus() "putin" :by "month" :count(), nil, 40, 60):gmatch "[^\n]+" do
    lines[#lines + 1] = line
  end
  lu.assertEquals(#lines, 4)
  local function length(line)
    return select(2, line:gsub("█", ""))
  end
  lu.assertStrContains(lines[1], "2025-08")
  lu.assertAlmostEquals(length(lines[3]), 7 * length(lines[1]), 7) -- 3 + 4 hits against 1, but for parts of a block
  lu.assertStrContains(lines[4], "undated")
end

function TestPicture:test_bars_below_nought_go_to_the_left()
  local c = newsreel.memory()
  c:add { id = "a", date = "2025-08-01", text = "good good" }
  c:add { id = "b", date = "2025-09-01", text = "bad" }
  c:commit()
  local text = picture.text(c:lexicon { good = 1, bad = -1 } :by "month" :sum(), nil, 40, 60)
  local good, bad = text:match "(2025%-08[^\n]*)\n(2025%-09[^\n]*)"
  lu.assertTrue(good:find("│", 1, true) < good:find("█", 1, true))
  lu.assertTrue(bad:find("│", 1, true) > bad:find("█", 1, true))
end

function TestPicture:test_periods_and_a_second_key_make_curves_and_what_has_no_day_is_told()
  local c = corpus()
  local frame = c:actors { ["Vladimir Putin"] = { "Putin" }, ["Marco Rubio"] = { "Rubio" } } :by("month", "actor"):count()
  local text = picture.text(frame, nil, 40, 60)
  lu.assertStrContains(text, "Vladimir Putin  ▂▃█  7")
  lu.assertStrContains(text, "2 rows without a period are not drawn")
  lu.assertEquals(#picture.drawing(frame).curves, 2)
end

function TestPicture:test_a_frame_without_numbers_is_refused()
  lu.assertErrorMsgContains("no column of numbers", function()
    corpus() "putin" :frame { "day", "article" } :plot()
  end)
end

function TestPicture:test_svg_is_well_formed_and_names_every_value()
  local frame = corpus() "putin" :by "month" :count()
  local text = file_of(frame, ".svg", { title = "A < B & C" })
  lu.assertTrue(well_formed(text) > 10)
  lu.assertStrContains(text, "A &lt; B &amp; C")
  for row in frame:each() do
    lu.assertStrContains(text, ("<title>%s: %d</title>"):format(row.month, row.count))
  end
end

function TestPicture:test_a_page_opens_every_row_to_its_sentences()
  local frame = corpus() "rubio" :by "month" :count()
  local text = file_of(frame, ".html")
  well_formed(text)
  lu.assertEquals(select(2, text:gsub("<details>", "")), #frame)
  lu.assertStrContains(text, "<small>2025-08-01 a1</small> <mark>Rubio</mark> &lt;listened&gt; &amp; left")
end
