local lu = require "luaunit"
local newsreel = require "newsreel"

TestContexts = {}

local function corpus()
  local c = newsreel.memory()
  c:add {
    id = "a", date = "2025-09-26", lang = "en",
    text = "Putin met Trump on Monday in Alaska. They will negotiate on Oct. 3. Nobody negotiates.",
  }
  c:add { id = "b", date = "2025-09-27", lang = "en", text = "Talks began on Sept. 22 and failed on Wednesday." }
  return c
end

function TestContexts:test_a_frame_has_two_clocks()
  local f = corpus() "negotiat*|talks|failed":frame { "day", "event_day", "text" }
  lu.assertEquals(f:column "day", { "2025-09-26", "2025-09-26", "2025-09-27", "2025-09-27" })
  lu.assertEquals(f:column "event_day", { "2025-10-03", newsreel.missing, "2025-09-22", "2025-09-24" })
end

function TestContexts:test_hits_are_grouped_by_the_day_told_of_and_rows_open()
  local f = corpus() "negotiat*|talks":by("event_day"):count()
  lu.assertEquals(f:column "event_day", { "2025-09-22", "2025-10-03", "none" })
  lu.assertEquals(f[2]:hits()[1].text, "negotiate")
end

function TestContexts:test_attributes_stay_beside_the_second_clock()
  local f = corpus():lexicon({ talks = { "negotiate" } }):frame { "category", "event_day" }
  lu.assertEquals({ f[1].category, f[1].event_day }, { "talks", "2025-10-03" })
end

function TestContexts:test_what_was_told_before_it_happened_is_listed()
  local c = newsreel.memory()
  c:add { id = "a", date = "2025-09-26", lang = "en", text = "The two met on Dec. 1, 2025. They meet again on Dec. 2, 2025." }
  lu.assertEquals(c.dates:anachronisms()[1].text, "Dec. 1, 2025")
  lu.assertEquals(#c.dates:anachronisms(), 1)
  lu.assertErrorMsgContains("for dates", c("met").anachronisms, c "met")
end

function TestContexts:test_each_span_tells_why()
  local c = corpus()
  lu.assertStrContains(c.dates[1].why, "rule weekday")
end

local function voiced()
  local c = newsreel.memory()
  c:add {
    id = "a", date = "2025-09-26", lang = "en", text = "Talks stalled. “The talks failed,” Anna Lind said. "
      .. "“Maas told me, ‘Talks are over,’” she added. Piet Maas warned that talks cost money. “Talks,” a man shouted.",
  }
  c:add { id = "b", date = "2025-09-27", lang = "fr", text = "Les talks sont finis." }
  return c
end

function TestContexts:test_each_word_is_the_narrators_or_a_speakers()
  local f = voiced() "talks":frame { "voice", "speech" }
  lu.assertEquals(f:column "voice", { "narrator", "Anna Lind", "Piet Maas", "Piet Maas", "a man", newsreel.missing })
  lu.assertEquals(f:column "speech", { "narrated", "quoted", "quoted", "reported", "quoted", newsreel.missing })
end

function TestContexts:test_hits_are_chosen_and_added_up_by_voice()
  local talks = voiced():lexicon { talks = 1 }
  lu.assertEquals(#talks:where { voice = "narrator" }, 1)
  lu.assertEquals(#talks:where { voice = "Piet Maas", speech = "reported" }, 1)
  local f = talks:by("speech"):mean()
  lu.assertEquals(f:column "speech", { "narrated", "quoted", "reported", "none" })
  lu.assertEquals(f[1]:hits()[1].text, "Talks")
end

function TestContexts:test_a_text_alone_tells_whose_voice_its_bytes_are_in()
  local text = "Talks stalled. “The talks failed,” Anna Lind said."
  local found = newsreel.quotes(text, { lang = "en" })
  lu.assertEquals(newsreel.voice(found, 1, 5), "narrator")
  lu.assertEquals({ newsreel.voice(found, text:find "talks") }, { "Anna Lind", found[1] })
end
