-- Tables turned, sequences of words, concordances in order, plans told, examples run, rules compared.
local lu = require "luaunit"
local core = require "newsreel.core"
local newsreel = require "newsreel"

TestAsking = {}

local c = newsreel.memory()
c:add { id = "a", date = "2025-09-24", source = "CNN", title = "Peace Talks", text = "Old peace talks paused. New talks began." }
c:add { id = "b", date = "2025-10-02", source = "AP", text = "The peace talks go on. Bad talks end." }
c:add { id = "d", date = "2025-10-03", source = "CNN", text = "Nothing new." }

---What a call prints.
local function printed(f, ...)
  local lines, write = {}, core.write
  core.write = function(text)
    lines[#lines + 1] = text
  end
  local ok, message = pcall(f, ...)
  core.write = write
  lu.assertTrue(ok, message)
  return table.concat(lines)
end

function TestAsking:test_a_table_is_turned_with_zeros_or_gaps()
  local long = c "talks|new":by("form", "source"):count()
  local wide = long:pivot("form", "source")
  lu.assertEquals(wide:columns(), { "form", "AP", "CNN" })
  lu.assertEquals({ wide[1].form, wide[1].AP, wide[1].CNN }, { "new", nil, 2 })
  lu.assertEquals(long:pivot("form", "source", { zeros = true })[1].AP, 0)
  lu.assertEquals(long:pivot("form", "source", "articles")[2].CNN, 1)
  lu.assertEquals(#wide[2]:hits(), 5)
  lu.assertErrorMsgContains("did you mean 'source'", long.pivot, long, "form", "sorce")
end

function TestAsking:test_sequences_stay_in_their_sentence_and_open_to_their_hits()
  local pairs_of_words = c:ngrams(2, { least = 1 })
  lu.assertEquals({ pairs_of_words[1].term, pairs_of_words[1].count, pairs_of_words[1].articles }, { "peace talks", 3, 2 })
  for row in pairs_of_words:each() do
    lu.assertTrue(row.term ~= "paused new" and row.term ~= "talks old", row.term)
    lu.assertEquals(#row:hits(), row.count, row.term)
  end
  lu.assertEquals(#c:ngrams(5), 0)
  lu.assertEquals(c:during("2025-10"):ngrams(2, { least = 1 })[1].count, 1)
  lu.assertErrorMsgContains("2 to 5 words", c.ngrams, c, 1)
end

function TestAsking:test_a_concordance_is_sorted_by_what_stands_beside()
  local function lefts(sort)
    local words = {}
    for line in printed(function() c "talks":kwic(9, { sort = sort }) end):gmatch "[^\n]+" do
      words[#words + 1] = (line:match "(%a*) ?%[" or "") .. "|" .. (line:match "%] ?(%a*)" or "")
    end
    return table.concat(words, " ")
  end
  lu.assertEquals(lefts "left", "Bad|end New|began Peace| peace|paused peace|go")
  lu.assertEquals(lefts "right", "New|began Bad|end peace|go Peace| peace|paused")
  lu.assertEquals(lefts "day", "Peace| peace|paused New|began peace|go Bad|end")
  lu.assertErrorMsgContains("'day', 'left', 'right'", c "talks".kwic, c "talks", 3, { sort = "up" })
  local two = printed(function() c "talks":kwic(2, { sample = 3 }) end)
  lu.assertEquals(select(2, two:gsub("\n", "\n")), 2)
  lu.assertEquals(printed(function() c "talks":kwic(2, { sample = 3 }) end), two)
end

function TestAsking:test_a_plan_tells_its_steps_hits_and_cost()
  local told = c "peace":near("talks", 3):explain()
  lu.assertStrContains(told, "near: at most 3 hits")
  lu.assertStrContains(told, "of 19 tokens in 1 segments")
end

function TestAsking:test_title_and_text_are_two_lines()
  lu.assertEquals(c.articles[1].text:sub(1, 15), "Peace Talks\nOld")
  lu.assertEquals(c.articles:frame({ "text" })[1].text:sub(1, 15), "Peace Talks\nOld")
  lu.assertEquals(c "talks"[1].text, "Talks")
end

function TestAsking:test_a_hit_tells_why_it_is_there()
  lu.assertEquals(c:lexicon({ ["pause*"] = -1 })[1].why, "entry pause*")
  lu.assertEquals(c "talks"[1].why, nil)
end

function TestAsking:test_a_row_of_words_opens_to_them()
  local words = c:words()
  lu.assertEquals({ words[1].term, words[1].count, #words[1]:hits() }, { "talks", 5, 5 })
  local near = c "peace":collocates { window = 1 }
  lu.assertEquals({ near[1].term, near[1].count, #near[1]:hits() }, { "talks", 3, 3 })
  lu.assertEquals(#c:where({ source = "CNN" }):words()[1]:hits(), 3)
end

---Run a verb; gives its exit status and what it prints.
local function verb(name, ...)
  local lines, globals, status = {}, _G.print, nil
  _G.print = function(text)
    lines[#lines + 1] = text .. "\n"
  end
  local written = printed(function(...)
    status = require("newsreel.cli").main(name, ...)
  end, ...)
  _G.print = globals
  return status, table.concat(lines) .. written
end

function TestAsking:test_examples_of_a_list_are_run()
  local path = os.tmpname() .. ".lua"
  local file = assert(io.open(path, "w"))
  file:write [[return { killed = { "killed", "shot" }, examples = { { "He was killed.", "killed = killed" },
    { "She was shot.", "shot = wounded" } }, counter_examples = { "A shot was heard.", "All is well." } }]]
  file:close()
  local status, told = verb("test", path)
  os.remove(path)
  lu.assertEquals(status, 1)
  lu.assertStrContains(told, 'wanted "shot = wounded"')
  lu.assertStrContains(told, "A shot was heard.")
  lu.assertStrContains(told, "2 passed, 2 failed")
  lu.assertEquals((verb("test", "harm")), 0)
end
