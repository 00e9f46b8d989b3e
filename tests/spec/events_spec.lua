local lu = require "luaunit"
local events = require "newsreel.events"

TestEvents = {}

local ACTS = { "sanctions", "meet", "strike", "refuse", "offer", "demand", "supply", "rupture" }

function TestEvents:test_every_example_of_an_act_file_reads_as_it_says()
  for _, name in ipairs(ACTS) do
    for _, example in ipairs(require("newsreel.acts." .. name).examples) do
      local found = events.find(example[1], name)
      lu.assertTrue(#found >= 1, example[1])
      lu.assertEquals(found[1].status, example[2], example[1])
      lu.assertEquals(found[1].sender or "", example[3], example[1])
      lu.assertEquals(found[1].target or "", example[4], example[1])
    end
  end
end

function TestEvents:test_no_counterexample_is_an_act()
  for _, name in ipairs(ACTS) do
    for _, sentence in ipairs(require("newsreel.acts." .. name).counterexamples) do
      lu.assertEquals(#events.find(sentence, name), 0, sentence)
    end
  end
end

function TestEvents:test_what_only_looks_alike_is_told_with_its_reason()
  local _, left = events.find "The march was sanctioned by the state."
  lu.assertEquals(#left, 1)
  lu.assertEquals(left[1].reason, "approved")
end

function TestEvents:test_harm_has_number_bound_and_place()
  local harm = require "newsreel.acts.harm"
  for _, example in ipairs(harm.examples) do
    local found = events.find(example[1], "harm")
    lu.assertTrue(#found >= 1, example[1])
    lu.assertEquals({ found[1].measure, found[1].number, found[1].bound, found[1].place or "" },
      { example[2], example[3], example[4], example[5] }, example[1])
  end
  for _, sentence in ipairs(harm.counterexamples) do
    lu.assertEquals(#events.find(sentence, "harm"), 0, sentence)
  end
end

function TestEvents:test_who_is_rescued_is_not_harmed()
  local _, left = events.find("Twelve miners were rescued in Sumy.", "harm")
  lu.assertStrContains(left[1].reason, "rescued")
end

function TestEvents:test_an_act_is_dated_by_its_sentence_and_told_in_a_voice()
  local c = require("newsreel").memory()
  c:add { id = "a", date = "2025-09-26", lang = "en",
    text = "Talks went on. On September 24 the EU imposed sanctions on Russia, and “sanctions work,” Macron said." }
  c:commit()
  local hits = c:events "sanctions"
  lu.assertEquals(hits[1].event_day, "2025-09-24")
  lu.assertEquals(hits[1].voice, "narrator")
  lu.assertStrContains(hits[2].voice, "Macron")
  c:close()
end

function TestEvents:test_bytes_are_those_of_the_trigger()
  local text = "Überall: The EU imposed new sanctions on Russia."
  local found = events.find(text)
  lu.assertEquals(text:sub(found[1].first, found[1].last), "sanctions")
  lu.assertEquals(text:sub(found[1].sender_first, found[1].sender_last), "EU")
  lu.assertEquals(text:sub(found[1].target_first, found[1].target_last), "Russia")
end

function TestEvents:test_what_a_sentence_does_not_say_is_missing()
  local found = events.find "Talk of sanctions filled the room. Russia was elsewhere."
  lu.assertEquals(found[1].status, "mentioned")
  lu.assertNil(found[1].sender)
  lu.assertNil(found[1].target)
end

function TestEvents:test_empty_and_broken_text_gives_nothing()
  lu.assertEquals(events.find "", {})
  lu.assertEquals(events.find "\xff\xfe\x80", {})
end

function TestEvents:test_an_act_that_is_not_packaged_is_told_plainly()
  lu.assertErrorMsgContains("there is no table of acts 'sanction'", require("newsreel").events, "Talks.", "sanction")
end

function TestEvents:test_of_a_language_without_rules_neither_voice_nor_day_is_told()
  local newsreel = require "newsreel"
  local c = newsreel.memory()
  c:add { id = "a", date = "2025-09-26", lang = "fr", text = "Les sanctions contre la Russie." }
  c:commit()
  local hit = c:events "sanctions"[1]
  lu.assertEquals({ hit.voice, hit.event_day }, {})
  c:close()
end
