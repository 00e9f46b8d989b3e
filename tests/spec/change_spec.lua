local lu = require "luaunit"
local change = require "newsreel.change"
local graph = require "newsreel.graph"
local network = require "newsreel.network"
local newsreel = require "newsreel"

TestChange = {}

local c = newsreel.memory()
local function add(id, date, text)
  c:add { id = id, date = date, text = text }
end
add("a", "2025-01-02", "Trump met Putin. Merz spoke.")
add("b", "2025-01-09", "Trump met Putin. Merz & Macron spoke.")
add("c", "2025-02-03", "Merz spoke. Nothing came of it.")
add("d", "2025-02-04", "Trump called Putin. The talks went on.")
c:commit()
local who = c:actors { ["Donald Trump"] = { "Trump" }, ["Vladimir Putin"] = { "Putin" }, ["Friedrich Merz"] = { "Merz" },
  ["Emmanuel \"M\" Macron & <co>"] = { "Macron" } }

function TestChange:test_a_series_that_only_rises_has_tau_one_and_its_slope()
  local test = change.mann_kendall { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 }
  lu.assertEquals(test.s, 45)
  lu.assertAlmostEquals(test.tau, 1, 1e-9)
  lu.assertAlmostEquals(test.z, 44 / math.sqrt(125), 1e-9)
  lu.assertAlmostEquals(test.p, 8.3e-05, 1e-5)
  lu.assertAlmostEquals(test.slope, 1, 1e-9)
end

function TestChange:test_a_flat_series_and_a_short_one_show_nothing()
  local test = change.mann_kendall { 3, 3, 3, 3, 3 }
  lu.assertAlmostEquals(test.p, 1, 1e-6)
  lu.assertEquals(test.slope, 0)
  lu.assertNil(change.mann_kendall { 1, 2, 3 })
end

function TestChange:test_a_burst_is_found_where_the_rate_rises_not_where_the_archive_grows()
  local bursts = change.kleinberg({ 1, 1, 9, 8, 1, 1 }, { 10, 10, 10, 10, 10, 10 })
  lu.assertEquals(#bursts, 1)
  lu.assertEquals({ bursts[1].first, bursts[1].last }, { 3, 4 })
  lu.assertEquals(change.kleinberg({ 1, 1, 10, 10, 1, 1 }, { 10, 10, 100, 100, 10, 10 }), {})
  lu.assertEquals(change.kleinberg({ 0, 0 }, { 5, 5 }), {})
end

function TestChange:test_trend_gives_a_row_a_series_with_its_periods()
  local frame = change.trend(who:by("actor", "week"):count())
  lu.assertEquals(frame:columns(), { "actor", "slope", "tau", "p", "periods", "from", "to" })
  lu.assertEquals(frame[1].from, "2025-W01")
end

function TestChange:test_answers_count_days_that_are_followed_and_what_chance_gives()
  local frame = change.answers(who, 7, { least = 1 })
  for row in frame:each() do
    if row.actor == "Friedrich Merz" and row.actor2 == "Donald Trump" then
      lu.assertEquals({ row.answered, row.days }, { 2, 3 })
      lu.assertTrue(row.expected > 0 and row.expected < 3)
    end
  end
end

TestNetwork = {}

function TestNetwork:test_pairs_have_regions_texts_stories_and_a_score_against_chance()
  local frame = network.of(who):sort("-count")
  lu.assertEquals(frame:columns(), { "actor", "actor2", "count", "articles", "stories", "expected", "score" })
  lu.assertEquals({ frame[1].actor, frame[1].actor2, frame[1].count, frame[1].stories },
    { "Donald Trump", "Vladimir Putin", 3, 3 })
  lu.assertAlmostEquals(frame[1].expected, 3 * 3 / #c.sentences, 1e-9)
  lu.assertTrue(frame[1].score > 0)
  lu.assertEquals(#frame[1]:hits(), 3)
end

function TestNetwork:test_a_window_counts_mentions_that_are_near_across_sentences()
  local m = require("newsreel").memory()
  m:add { id = "a", date = "2025-01-01", text = "Ann met him. Bob left. One two three four five six seven. Ann and Bob." }
  m:commit()
  local both = m:actors { Ann = { "Ann" }, Bob = { "Bob" } }
  lu.assertEquals(network.of(both)[1].count, 1)
  lu.assertEquals(network.of(both, { window = 3 })[1].count, 2)
  lu.assertEquals(network.of(both, { window = 3, region = "sentences" })[1].count, 1)
  m:close()
end

function TestNetwork:test_who_avoids_one_another_has_a_score_below_nothing()
  local score, expected = network.association(0, 50, 50, 100)
  lu.assertEquals(expected, 25)
  lu.assertTrue(score < 0)
  lu.assertAlmostEquals((network.association(25, 50, 50, 100)), 0, 1e-9)
end

TestGraph = {}

-- The elements of an XML text by name; fails where tags do not close in order.
local function elements(text)
  local open, count = {}, {}
  for close, name, attributes, empty in text:gmatch "<(/?)([%a:]+)([^<>]-)(/?)>" do
    if close == "/" then
      lu.assertEquals(table.remove(open), name)
    else
      lu.assertEquals(select(2, attributes:gsub('="[^"]*"', "")), select(2, attributes:gsub("=", "")))
      count[name] = (count[name] or 0) + 1
      if empty == "" then
        open[#open + 1] = name
      end
    end
  end
  lu.assertEquals(open, {})
  return count
end

function TestGraph:test_gexf_has_every_node_and_edge_once_and_spells_in_time()
  local text = graph.gexf(network.of(who, { by = "month" }))
  local count = elements((text:gsub("^<%?.-%?>", "")))
  lu.assertEquals({ count.node, count.edge, count.spell }, { 4, 2, 3 })
  lu.assertStrContains(text, 'timeformat="date"')
  lu.assertStrContains(text, '<spell start="2025-02-01" end="2025-02-28"/>')
  lu.assertStrContains(text, "Emmanuel &quot;M&quot; Macron &amp; &lt;co&gt;")
end

function TestGraph:test_graphml_and_dot_hold_the_numbers()
  local frame = network.of(who):sort("-count")
  local count = elements((graph.graphml(frame):gsub("^<%?.-%?>", "")))
  lu.assertEquals({ count.node, count.edge }, { 4, 2 })
  lu.assertStrContains(graph.dot(frame), '"Donald Trump" -- "Vladimir Putin" ["count"=3, "articles"=3, "stories"=3')
end

function TestGraph:test_a_frame_without_two_columns_of_names_is_no_graph()
  lu.assertErrorMsgContains("two columns of names", graph.dot, who:by("month"):count())
end

function TestChange:test_pairs_with_an_open_name_have_no_score_and_leave_the_others_theirs()
  local corpus = newsreel.memory()
  for i, text in ipairs { "Boris Johnson met Mike Johnson. Johnson met Putin.", "Putin met Zelensky.", "Putin slept." } do
    corpus:add { id = "a" .. i, date = "2025-09-26", lang = "en", text = text }
  end
  corpus:commit()
  for row in newsreel.network.of(corpus:actors("leaders", { open = true })):each() do
    lu.assertEquals(row.score == nil, row.expected == nil)
  end
  lu.assertErrorMsgContains("whole number from 1 up", newsreel.network.of, corpus:actors "leaders", { window = 0 })
  corpus:close()
end
