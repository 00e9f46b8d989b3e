local lu = require "luaunit"
local events = require "newsreel.events"
local act = require "newsreel.acts.sanctions"

TestEvents = {}

function TestEvents:test_every_example_of_the_act_file_reads_as_it_says()
  for _, example in ipairs(act.examples) do
    local found = events.find(example[1])
    lu.assertTrue(#found >= 1, example[1])
    lu.assertEquals(found[1].status, example[2], example[1])
    lu.assertEquals(found[1].sender or "", example[3], example[1])
    lu.assertEquals(found[1].target or "", example[4], example[1])
  end
end

function TestEvents:test_no_counterexample_is_an_act_and_each_is_told_why()
  for _, sentence in ipairs(act.counterexamples) do
    local found, left = events.find(sentence)
    lu.assertEquals(#found, 0, sentence)
    if sentence:find " sanction" then
      lu.assertEquals(#left, 1, sentence)
      lu.assertTrue(#left[1].reason > 0)
    end
  end
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
