local lu = require "luaunit"
local newsreel = require "newsreel"

local c = newsreel.memory()
c:add {
  id = "a", date = "2025-09-24", source = "CNN",
  text = "Putin met Trump in Geneva. Peace talks paused on Wednesday. No progress was made.",
}
c:add {
  id = "b", date = "2025-09-26", source = "AP",
  text = "The talks stalled again. Zelensky refused. The price cap failed; an oil embargo and sanctions followed.",
}
c:add { id = "c", text = "Undated talks on sanctions between Trump and Putin." }

local function texts(spans)
  local list = {}
  for hit in spans:each() do
    list[#list + 1] = hit.text
  end
  return list
end

TestSpans = {}

function TestSpans:test_each_operator_finds_what_it_says()
  for expression, expected in pairs {
    ['c "talks":within "titles"'] = {},
    ['c "talks":within(c "peace talks")'] = { "talks" },
    ['c "talks":outside(c "peace talks")'] = { "talks", "talks" },
    ['c "peace talks":containing "talks"'] = { "Peace talks" },
    ['c "peace talks":lacking "talks"'] = {},
    ['c "peace talks" & "talks paused"'] = { "Peace talks" },
    ['c "peace talks" - "talks paused"'] = {},
    ['c "stalled" | "refused"'] = { "stalled", "refused" },
    ['"stalled" | c "refused"'] = { "stalled", "refused" },
    ['c "talks":near("paused", 1)'] = { "talks" },
    ['c "peace":near("paused", 1)'] = {},
    ['c "talks":before "paused"'] = { "talks" },
    ['c "talks":after "paused"'] = {},
    ['c "putin":near("talks", 99, "articles")'] = { "Putin", "Putin" },
    ['c "putin":near("talks", "articles")'] = { "Putin", "Putin" },
    ['c "price":followed_by "failed"'] = { "price cap failed" },
    ['c "price":joined "cap"'] = { "price cap" },
    ['c "stalled":days_after("met", 2)'] = { "stalled" },
    ['c "stalled":days_after("met", 1)'] = {},
    ['c "refused":expand "sentences"'] = { "Zelensky refused" },
    ['c "cap":window(1)'] = { "price cap failed" },
    ['c "cap":window(1, 0)'] = { "price cap" },
  } do
    local spans = load("local c = ... return " .. expression)(c)
    lu.assertEquals(texts(spans), expected, expression)
  end
end

function TestSpans:test_counting_indexing_and_walking_agree()
  local s = c "talks"
  lu.assertEquals({ #s, #texts(s), (s:count()) }, { 3, 3, 3 })
  lu.assertEquals({ s[1].article.id, s[3].article.id, s[4] }, { "a", "c", nil })
  lu.assertTrue(s:any())
  lu.assertFalse(c "nowhere":any())
  lu.assertEquals(tostring(c "nowhere"), "0 hits in 0 articles")
  lu.assertEquals(tostring(c "stalled"), "1 hit in 1 article")
end

function TestSpans:test_a_sample_is_the_same_for_the_same_seed()
  local s = c.tokens
  lu.assertEquals(texts(s:sample(5, 3)), texts(s:sample(5, 3)))
  lu.assertEquals(#s:sample(5), 5)
  lu.assertEquals(#s:sample(10000), #s)
  lu.assertNotEquals(texts(s:sample(5, 1)), texts(s:sample(5, 2)))
  lu.assertEquals(texts(c "talks":head(1)), { "talks" })
end

function TestSpans:test_actors_are_found_by_any_alias()
  local who = c:actors { ["Vladimir Putin"] = { "Putin", state = "Russia" }, ["Donald Trump"] = { "Trump" } }
  lu.assertEquals(#who, 4)
  lu.assertEquals(who:where { actor = "Putin" }[1].state, "Russia")
  lu.assertNil(who:where { actor = "trump" }[1].state)
  lu.assertEquals(#c "@putin met", 1)
  lu.assertEquals(#who:pair(who), 2)
  lu.assertEquals(who:by("actor"):count():where { actor = "putin" }[1].actor, "Vladimir Putin")
  lu.assertErrorMsgContains("did you mean 'putin'", c.find, c, "@Puttin")
end

function TestSpans:test_a_lexicon_has_values_or_categories()
  local tone = c:lexicon { progress = 1, ["stall*"] = -1, ["refus*"] = -1 }
  lu.assertEquals({ tone[1].value, tone[1].entry }, { 1, "progress" })
  lu.assertEquals(tone:flip "no"[1].value, -1)
  local harm = c:lexicon { trade = { "embargo*", "price cap" }, law = { "sanction*" } }
  lu.assertEquals(#harm:where { category = "trade" }, 2)
end

function TestSpans:test_lists_come_from_files_beside_the_script_or_packages()
  local path = os.tmpname() .. ".csv"
  local file <close> = assert(io.open(path, "w"))
  file:write 'entry,value\n"stalled",-2\r\nrefused,-1\n'
  file:close()
  lu.assertEquals(c:lexicon(path)[1].value, -2)
  os.remove(path)
  lu.assertTrue(#c:actors "leaders" > 0)
  lu.assertErrorMsgContains("did you mean 'leaders'", c.actors, c, "leader")
end

function TestSpans:test_labels_go_by_the_order_of_rules()
  local s = c.sentences:label { { "none", "no progress" }, { "some", "progress|talks" } }
  lu.assertEquals({ s[2].label, s[3].label, s[1].label }, { "some", "none", nil })
end

function TestSpans:test_where_takes_values_lists_functions_and_missing()
  local tone = c:lexicon { progress = 1, stalled = -1, refused = -2 }
  lu.assertEquals(#tone:where { value = -1 }, 1)
  lu.assertEquals(#tone:where { value = { -1, -2 } }, 2)
  lu.assertEquals(#tone:where { value = function(v) return v < 0 end }, 2)
  lu.assertEquals(#tone:where { source = "AP" }, 2)
  lu.assertEquals(#c "talks":where { source = newsreel.missing }, 1)
  lu.assertEquals(#c "talks":where { day = "2025-09" }, 2)
end

function TestSpans:test_dates_quotes_and_stories_are_layers()
  lu.assertEquals(c.dates[1].value, "2025-09-24")
  lu.assertEquals(#c.quotes, 0)
  lu.assertEquals(#c.stories, 3)
  lu.assertEquals(#c "paused on <dates>", 1)
end

function TestSpans:test_collocates_are_scored_against_chance()
  local found = c "talks":collocates { window = 1 }
  lu.assertEquals(found:columns(), { "term", "count", "expected", "score" })
  lu.assertTrue(found[1].score >= found[#found].score)
  lu.assertErrorMsgContains("no measure 'x'", function()
    return c "talks":collocates { measure = "x" }
  end)
end

function TestSpans:test_keyness_tells_what_a_view_is_about()
  local found = c:where { source = "AP" }:keyness(c, { least = 1 })
  lu.assertEquals(found:columns()[1], "term")
  lu.assertTrue(#found > 0)
  lu.assertTrue(c "talks":dispersion() < c "embargo":dispersion())
end

TestFrames = {}

function TestFrames:test_a_frame_has_the_columns_asked_for()
  local f = c "talks":frame { "day", "article", "text" }
  lu.assertEquals({ #f, f[1].day, f[1].article, f[3].day }, { 3, "2025-09-24", "a", "undated" })
  lu.assertEquals(f:columns(), { "day", "article", "text" })
end

function TestFrames:test_grouping_counts_hits_and_articles()
  local f = c "talks|sanctions":by("source"):count():sort "-count"
  lu.assertEquals({ f[1].source, f[1].count, f[1].articles }, { "AP", 2, 1 })
  lu.assertEquals(c "talks":by():count()[1].count, 3)
end

function TestFrames:test_sums_means_and_shares()
  local tone = c:lexicon { progress = 1, stalled = -1, refused = -2 }
  lu.assertEquals(tone:by():sum "value"[1].sum, -2)
  lu.assertAlmostEquals(tone:by():mean "value"[1].mean, -2 / 3, 1e-12)
  lu.assertAlmostEquals(tone:by "article":share()[1].share, 1 / 3, 1e-12)
  lu.assertAlmostEquals(c "talks":by():per(1000)[1].per, 3000 / c:counts().tokens, 1e-9)
end

function TestFrames:test_every_row_opens_to_its_hits()
  for row in c.tokens:by("form"):count():each() do
    local hits = row:hits()
    lu.assertEquals(#hits, row.count)
    for _, hit in ipairs(hits) do
      lu.assertEquals(require "newsreel.core".fold(hit.text), row.form)
    end
  end
end

function TestFrames:test_where_sort_top_head_and_with()
  local f = c.tokens:by("form"):count()
  lu.assertEquals(f:top(1)[1].form, "talks")
  lu.assertEquals(#f:head(2), 2)
  lu.assertEquals(#f:where { form = { "talks", "putin" } }, 2)
  lu.assertEquals(#f:where { count = function(n) return n > 2 end }, 1)
  lu.assertEquals(f:with("size", function(row) return #row.form end)[1].size, #f[1].form)
  lu.assertEquals(f:sort("form"):column "form"[1], "again")
  lu.assertEquals(#f:sample(3), 3)
end

function TestFrames:test_a_recipe_sums_what_lies_inside_each_row()
  local tone = c:lexicon { progress = 1, stalled = -1, refused = -2, failed = -4 }
  local f = c.sentences:frame { "article", "text" }:with("tone", tone:sum())
  lu.assertEquals({ f[1].tone, f[3].tone, f[4].tone, f[5].tone }, { nil, 1, -1, -2 })
  local grouped = c.sentences:by("article"):count():with("tone", tone:sum "value")
  lu.assertEquals({ grouped[1].tone, grouped[2].tone, grouped[3].tone }, { 1, -7, nil })
  lu.assertStrContains(tostring(tone:sum()), "f:with(")
end

function TestFrames:test_saving_writes_what_is_shown()
  local base = os.tmpname()
  local f = c "talks":by("source"):count()
  for ending, expected in pairs {
    csv = "source,count,articles\nAP,1,1\nCNN,1,1\n",
    md = "| source | count | articles |\n| --- | ---: | ---: |\n| AP | 1 | 1 |\n",
    jsonl = '{"source": "AP", "count": 1, "articles": 1}\n',
  } do
    local path = base .. "." .. ending
    lu.assertEquals(f:save(path), f)
    local file <close> = assert(io.open(path))
    lu.assertStrContains(file:read "a", expected)
    os.remove(path)
  end
  os.remove(base)
end

TestText = {}

function TestText:test_tokens_tile_the_words_of_a_text()
  local text = "Trump’s $15bn plan, “not” done."
  for _, token in ipairs(newsreel.tokens(text)) do
    lu.assertEquals(text:sub(token.first, token.last), token.text)
  end
  lu.assertEquals(newsreel.tokens "Don't"[2].form, "n't")
end

function TestText:test_sentences_have_their_bytes()
  local text = "“Yes,” he said. Mr. Smith left.\n\nEnd"
  local list = newsreel.sentences(text)
  lu.assertEquals(#list, 3)
  for _, sentence in ipairs(list) do
    lu.assertEquals(text:sub(sentence.first, sentence.last), sentence.text)
  end
end

function TestText:test_breaks_have_both_ends()
  lu.assertEquals(newsreel.breaks("a b", "word"), { 0, 1, 2, 3 })
  lu.assertEquals(newsreel.breaks("", "word"), {})
end

function TestText:test_json_goes_there_and_back()
  for _, text in ipairs { '{"a":[1,2.5,null,"é"],"b":{},"c":[],"d":true}', "[]", '"x"', "-3" } do
    lu.assertEquals(newsreel.json.encode(newsreel.json.decode(text)), text)
  end
  lu.assertErrorMsgContains("repeated", newsreel.json.decode, '{"a":1,"a":2}')
  local own = {}
  own.own = own
  lu.assertErrorMsgContains("holds itself", newsreel.json.encode, own)
  lu.assertErrorMsgContains("can't be written", newsreel.json.encode, { print })
end

function TestText:test_text_that_is_not_utf8_is_refused_with_its_byte()
  lu.assertErrorMsgContains("byte 3", newsreel.tokens, "ab\xff")
end
