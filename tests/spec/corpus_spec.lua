local lu = require "luaunit"
local newsreel = require "newsreel"

local function sample()
  local c = newsreel.memory()
  c:add {
    id = "a", date = "2025-09-24", source = "CNN", title = "Talks",
    text = "Putin met Trump in Geneva. Peace talks paused.",
  }
  c:add {
    id = "b", date = "2025-09-26", source = "AP", topics = { "war", "oil" },
    text = "The talks stalled. Zelensky refused. Oil fell.",
  }
  c:add { id = "m", date = "2025-10", source = "AP", views = 12, text = "A month of talks." }
  c:add { id = "u", text = "Undated talks." }
  return c
end

TestCorpus = {}

function TestCorpus:test_a_closed_corpus_says_so()
  local corpus = newsreel.memory()
  corpus:close()
  corpus:close() -- twice is fine
  lu.assertErrorMsgContains("the corpus is closed", corpus.add, corpus, { id = "a", text = "late" })
end

function TestCorpus:test_spans_of_a_closed_corpus_say_so()
  local c = sample()
  local s = c "talks"
  c:close()
  lu.assertErrorMsgContains("the corpus is closed", s.count, s)
end

function TestCorpus:test_articles_come_back_as_they_went_in()
  local c = sample()
  local b = c:article "b"
  lu.assertEquals({ b.id, b.day, b.date, b.source, b.title, b.text },
    { "b", "2025-09-26", "2025-09-26", "AP", nil, "The talks stalled. Zelensky refused. Oil fell." })
  lu.assertEquals(b.topics[2], "oil")
  lu.assertEquals(c:article "a".title, "Talks")
  lu.assertEquals(c:article "m".views, 12)
  lu.assertNil(c:article "zz")
end

function TestCorpus:test_a_date_is_as_exact_as_it_was_given()
  local c = sample()
  lu.assertEquals({ c:article "m".date, c:article "m".day }, { "2025-10", nil })
  lu.assertNil(c:article "u".date)
  lu.assertEquals(c:article "u".date_source, "none")
end

function TestCorpus:test_a_field_that_others_have_is_nil_and_one_that_none_has_raises()
  local c = sample()
  lu.assertNil(c:article "a".views)
  lu.assertErrorMsgContains("did you mean 'views'", function()
    return c:article "m".veiws
  end)
end

function TestCorpus:test_articles_stand_in_the_order_of_days_undated_last()
  local ids = {}
  for article in sample():each() do
    ids[#ids + 1] = article.id
  end
  lu.assertEquals(ids, { "a", "b", "m", "u" })
end

function TestCorpus:test_bytes_of_hits_are_bytes_of_the_text()
  local c = sample()
  for hit in (c "talks|oil"):each() do
    lu.assertEquals(hit.article[hit.field]:sub(hit.first, hit.last), hit.text)
  end
end

function TestCorpus:test_views_choose_articles_and_count_them()
  local c = sample()
  lu.assertEquals(#c:during "2025-09", 2)
  lu.assertEquals(#c:during "2025-09-25/..", 2)
  lu.assertEquals(#c:where { source = "AP" }, 2)
  lu.assertEquals(#c:where { topics = "oil" }, 1)
  lu.assertEquals(#c:where { source = newsreel.missing }, 1)
  lu.assertEquals(#c:where { views = function(v) return v and tonumber(v) > 10 end }, 1)
  lu.assertEquals(#c:only "stalled", 1)
  lu.assertEquals(#c:where { source = "AP" } "talks", 2)
  lu.assertEquals(c:during "2025-09":counts().undated_left_out, 1)
end

function TestCorpus:test_views_go_into_one_another()
  lu.assertEquals(#sample():where { source = "AP" }:during "2025-09" "talks", 1)
end

function TestCorpus:test_replacing_removing_and_correcting_change_what_is_found()
  local c = sample()
  lu.assertEquals(c:add { id = "u", text = "Undated talks." }, "skipped")
  lu.assertEquals(c:add { id = "u", date = "2025-01-01", text = "Nothing here." }, "replaced")
  lu.assertEquals(#c "undated", 0)
  c:remove "b"
  lu.assertEquals(#c, 3)
  c:commit():set("a", { source = "BBC", date = "2025-08-01" }):commit()
  lu.assertEquals({ c:article "a".source, c:article "a".day }, { "BBC", "2025-08-01" })
  lu.assertErrorMsgContains('"zz"', c.remove, c, "zz")
end

function TestCorpus:test_spans_from_before_a_commit_are_not_mixed_with_later_ones()
  local c = sample()
  local before = c "talks"
  lu.assertEquals(#before, 5)
  c:add { id = "x", text = "More talks." }
  lu.assertEquals(#c "talks", 6)
  lu.assertEquals(#before, 5)
  lu.assertErrorMsgContains("before and after a commit", function()
    return before | c "oil"
  end)
end

function TestCorpus:test_what_an_article_needs_is_said()
  local c = newsreel.memory()
  lu.assertErrorMsgContains("no id", c.add, c, { text = "x" })
  lu.assertErrorMsgContains("can't be a function", c.add, c, { id = "x", text = "x", bad = print })
  lu.assertErrorMsgContains("an article is written", c.add, c, "x")
end

function TestCorpus:test_a_file_keeps_what_was_committed()
  local path = os.tmpname()
  os.remove(path)
  path = path .. ".reel"
  local c <close> = newsreel.create(path)
  c:add { id = "a", text = "Kept talks." }
  c:commit()
  c:add { id = "b", text = "Lost talks." }
  local reader <close> = newsreel.open(path)
  lu.assertEquals(#reader "talks", 1)
  lu.assertErrorMsgContains("open for reading", reader.add, reader, { id = "c", text = "x" })
  lu.assertErrorMsgContains("is being written", newsreel.open, path, { write = true })
  c:commit()
  lu.assertEquals(#reader "talks", 1)
  lu.assertEquals(#reader:refresh() "talks", 2)
  os.remove(path)
end

function TestCorpus:test_try_gives_a_code()
  local value, message, code = newsreel.try(newsreel.open, "nowhere.reel")
  lu.assertNil(value)
  lu.assertStrContains(message, "nowhere.reel")
  lu.assertEquals(code, "notfound")
  lu.assertEquals(select(3, newsreel.try(error, "mine")), "script")
  lu.assertEquals(newsreel.try(function() return 5 end), 5)
end

function TestCorpus:test_words_are_counted()
  local words = sample():words()
  lu.assertEquals({ words[1].term, words[1].count, words[1].articles }, { "talks", 5, 4 })
  lu.assertEquals(sample():during "2025-09":words()[1].count, 3)
end

TestLayers = {}

local function capitals(article)
  local spans = {}
  for first, word, last in article.text:gmatch "()(%u%l+)()" do
    spans[#spans + 1] = { first = first, last = last - 1, word = word:lower(), size = #word }
  end
  return spans
end

function TestLayers:test_an_annotator_makes_a_layer_with_attributes()
  local c = sample()
  local s = c:layer("capitals", capitals)
  lu.assertEquals(#s, #c.capitals)
  lu.assertEquals({ s[1].text, s[1].word, s[1].size }, { "Putin", "putin", 5 })
  lu.assertEquals(#s:where { word = "putin" }, 1)
  lu.assertEquals(#c:during "2025-09":layer "capitals", #s:where { day = "2025-09" })
end

function TestLayers:test_a_layer_is_made_anew_when_the_corpus_has_changed()
  local c = sample()
  local before = #c:layer("capitals", capitals)
  c:add { id = "n", text = "New Names" }
  lu.assertEquals(#c.capitals, before + 2)
end

function TestLayers:test_a_taken_name_raises()
  local c = sample()
  c:layer("mine", capitals)
  lu.assertErrorMsgContains("is taken", c.layer, c, "mine", capitals)
  lu.assertErrorMsgContains("is taken", c.layer, c, "sentences", capitals)
  lu.assertErrorMsgContains("is taken", c.layer, c, "find", capitals)
end

function TestLayers:test_what_an_annotator_does_wrong_is_said()
  local c = sample()
  for words, annotator in pairs {
    ["gives a list of spans"] = function() return 5 end,
    ["without 'first'"] = function() return { {} } end,
    ["of a text that has"] = function() return { { first = 1, last = 99999 } } end,
    ["give a text or a number"] = function() return { { first = 1, last = 3, x = {} } } end,
    ["my own mistake"] = function() error "my own mistake" end,
  } do
    lu.assertErrorMsgContains(words, c.layer, c, words, annotator)
  end
end

function TestLayers:test_declared_attributes_are_there_without_spans()
  local c = sample()
  local s = c:layer("empty", function() return {} end, { speaker = "text" })
  lu.assertEquals(#s:where { speaker = "x" }, 0)
end

function TestLayers:test_the_margin_is_searched_apart()
  local c = sample()
  lu.assertEquals(#c.margin "talks", 0)
end
