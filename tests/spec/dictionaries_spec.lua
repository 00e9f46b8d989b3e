local lu = require "luaunit"
local dictionaries = require "newsreel.dictionaries"
local newsreel = require "newsreel"

TestDictionaries = {}

local LIWC = "%\n1\tposemo\n2\tnegemo (bad)\n%\nglad*\t1\nawful\t2\nbitter sweet\t1\t2\n"
local LEXICODER = "+NEGATIVE\na lie\nruin*\n+POSITIVE\ngladden*\n"
local YOSHIKODER = '<dictionary><cnode name="NEGATIVE"><pnode name="fear &amp; loathing"></pnode></cnode>'
  .. '<cnode name="POSITIVE"><pnode name="joy*"/></cnode></dictionary>'
local VADER = "glad\t2.0\t0.5\t[2, 2, 2]\nawful\t-2.1\t0.3\t[-2]\n:)\t2.0\t0.4\t[2]\n"
local AFINN = "abandon\t-2\nnot good\t-2\r\n"

function TestDictionaries:test_liwc_has_categories_by_number()
  lu.assertEquals(dictionaries.read(LIWC, "a.dic"), { posemo = { "glad*", "bitter sweet" }, negemo = { "awful", "bitter sweet" } })
end

function TestDictionaries:test_lexicoder_and_yoshikoder_have_categories_by_name()
  lu.assertEquals(dictionaries.read(LEXICODER, "a.lc3"), { NEGATIVE = { "a lie", "ruin*" }, POSITIVE = { "gladden*" } })
  lu.assertEquals(dictionaries.read(YOSHIKODER, "a.ykd"), { NEGATIVE = { "fear & loathing" }, POSITIVE = { "joy*" } })
end

function TestDictionaries:test_vader_and_afinn_have_scores_and_marks_alone_are_no_words()
  lu.assertEquals(dictionaries.read(VADER, "a.txt"), { glad = 2.0, awful = -2.1 })
  lu.assertEquals(dictionaries.read(AFINN, "a.txt"), { abandon = -2, ["not good"] = -2 })
end

function TestDictionaries:test_what_is_none_is_refused_with_its_line()
  lu.assertErrorMsgContains("no dictionary", dictionaries.read, "words alone\n", "a.txt")
  lu.assertErrorMsgContains("a.txt:2", dictionaries.read, "glad\t2\nbad\n", "a.txt")
  lu.assertErrorMsgContains("no category 9", dictionaries.read, "%\n1\ta\n%\nword\t9\n", "a.dic")
end

function TestDictionaries:test_a_file_serves_as_lexicon_and_as_tone()
  local path = os.tmpname()
  local file = assert(io.open(path, "wb"))
  file:write(LEXICODER)
  file:close()
  local c = newsreel.memory()
  c:add { id = "a", date = "2025-09-26", text = "It was a lie. They gladdened us." }
  c:commit()
  local out = {}
  for hit in c:lexicon(path):each() do
    out[#out + 1] = hit.text .. "=" .. hit.category
  end
  lu.assertEquals(out, { "a lie=NEGATIVE", "gladdened=POSITIVE" })
  lu.assertTrue(newsreel.tone.score("It was a lie.", nil, nil, path) < 0)
  c:close()
  os.remove(path)
end
