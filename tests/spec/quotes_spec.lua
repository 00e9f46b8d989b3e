local lu = require "luaunit"
local quotes = require "newsreel.quotes"
local marks = require "newsreel.quotes.marks"

TestQuotes = {}

---The results of a text, each as "kind | speaker | text".
local function told(text, options)
  local lines = {}
  for i, q in ipairs(quotes.find(text, options)) do
    lines[i] = ("%s | %s | %s"):format(q.kind, q.speaker, q.text)
  end
  return lines
end

for _, lang in ipairs { "en", "de", "uk", "ru" } do
  local rules = require("newsreel.quotes." .. lang)

  TestQuotes["test_examples_of_" .. lang] = function()
    for _, example in ipairs(rules.examples) do
      local expected = table.move(example, 2, #example, 1, {})
      lu.assertEquals(told(example[1], { lang = lang }), expected, example[1])
    end
  end

  TestQuotes["test_counter_examples_of_" .. lang] = function()
    for _, text in ipairs(rules.counter_examples) do
      lu.assertEquals(told(text, { lang = lang }), {}, text)
    end
  end
end

function TestQuotes:test_links_of_a_page_are_no_speakers()
  for _, label in ipairs { "RELATED", "UPDATE", "WATCH LIVE", "Read More", "TARGET", "DAMAGE" } do
    local text = ("The mayor opened it.\n\n%s: Elm gets a bridge\n\nIt cost two millions.\n\n%s: What the US pays\n\n"
      .. "Residents were glad.\n\n%s: Ten bridges\n\nThe next one will come in May."):gsub("%%s", label)
    lu.assertEquals(told(text), {}, label)
  end
end

function TestQuotes:test_speakers_in_capitals_speak()
  local text = "LIND: We are late.\n\nMAAS: Right.\n\nLIND: I know.\n\nMAAS: Go on."
  lu.assertEquals(told(text)[4], "direct | MAAS | Go on.")
  text = "MODERATOR: Hello all.\n\nMAAS: Right.\n\nMODERATOR: What is it?"
  lu.assertEquals(told(text)[2], "direct | MAAS | Right.")
end

function TestQuotes:test_a_short_german_text_is_read_as_german()
  lu.assertEquals(told "„Wir warten“, sagte Scholz. Laut Baerbock gibt es keinen Vertrag.",
    { "direct | Scholz | „Wir warten“", "indirect | Baerbock | gibt es keinen Vertrag" })
end

function TestQuotes:test_a_stray_mark_quotes_nobody()
  lu.assertEquals(told '"Stray mark. The report was published. The minister denied that there was a plan.',
    { "indirect | The minister | that there was a plan" })
end

function TestQuotes:test_offsets_address_the_text_and_the_words_that_name_the_speaker()
  local text = "Ärger: “Ja,” said Sen. Piet Maas (R-Elm)."
  local q = quotes.find(text)[1]
  lu.assertEquals(text:sub(q.first, q.last), "“Ja,”")
  lu.assertEquals(text:sub(q.cue_first, q.cue_last), "said")
  lu.assertStrContains(text:sub(q.speaker_first, q.speaker_last), "Piet Maas")
  lu.assertEquals(q.speaker, "Piet Maas")
end

function TestQuotes:test_pieces_around_the_speaker_share_one_quote_number()
  local found = quotes.find "“We waited,” Maas said, “and nobody came.” The rest slept. “They were tired,” Maas said."
  lu.assertEquals({ found[1].quote == found[2].quote, found[2].quote == found[3].quote }, { true, false })
end

function TestQuotes:test_a_quotation_goes_on_over_paragraphs()
  local found = quotes.find "“We waited all night,” Maas said. “The sea was calm.\n\n“In the morning the ice came.”"
  lu.assertEquals(#found, 3)
  lu.assertEquals(found[3].speaker, "Maas")
end

function TestQuotes:test_an_unclosed_mark_is_mended_in_its_paragraph()
  local found = quotes.find "“We waited, Maas said. “Nobody came.”\n\nThe harbour slept."
  lu.assertEquals(found[1].text, "“We waited,")
  lu.assertEquals(found[#found].speaker, "Maas")
end

function TestQuotes:test_a_stray_mark_swallows_nothing()
  lu.assertEquals(quotes.find 'The crane is 40" tall.\n\nThe harbour slept.', {})
end

function TestQuotes:test_paragraphs_between_unclosed_and_closing_mark_are_one_quotation()
  local text = "Maas read a letter:\n\n“We waited all night.\n\nThe sea was calm.\n\nThen nobody slept in town.”"
  local found = quotes.find(text .. "\n\nThe harbour slept.")
  lu.assertEquals(#found, 3)
  lu.assertEquals({ found[1].quote == found[3].quote, found[3].speaker }, { true, "Maas" })
end

function TestQuotes:test_a_transcript_gives_each_paragraph_to_its_label()
  local found = quotes.find "Anna Lind: Good morning.\n\nPiet Maas: Hello.\n\nIt is cold.\n\nAnna Lind: It is."
  local who = {}
  for i, q in ipairs(found) do
    who[i] = q.speaker
  end
  lu.assertEquals(who, { "Anna Lind", "Piet Maas", "Piet Maas", "Anna Lind" })
  lu.assertEquals(found[2].quote, found[3].quote)
end

function TestQuotes:test_one_label_before_paragraphs_of_i_and_we_makes_a_speech()
  local speech = "The two met on Monday.\n\nMayor Anna Lind: Friends,\n\nI am glad to see you.\n\nWe waited long.\n\nThank you."
  local found = quotes.find(speech)
  lu.assertEquals({ #found, found[4].speaker, found[4].quote == found[1].quote }, { 4, "Anna Lind", true })
  lu.assertEquals(quotes.find "Anna Lind: ships\n\nThe harbour slept.\n\nIt was cold.\n\nNobody came.\n\nIt rained.", {})
end

function TestQuotes:test_a_message_speaks_for_who_sent_it()
  local found = quotes.find "Anna Lind congratulated Piet Maas.\n\nThe message reads, in part: “Dear friends, we waited long.”"
  lu.assertEquals({ #found, found[1].speaker }, { 1, "Anna Lind" })
  lu.assertStrContains(found[1].why, "sent")
end

function TestQuotes:test_small_words_belong_to_a_name()
  local function speaker(text, lang)
    return quotes.find(text, { lang = lang })[1].speaker
  end
  lu.assertEquals(speaker "Carla de la Cruz left. “No,” Cruz said.", "Carla de la Cruz")
  lu.assertEquals(speaker "“No,” said Mohammed bin Salman.", "Mohammed bin Salman")
  lu.assertEquals(speaker "Ahmed al-Sharaa left. “No,” said al-Sharaa.", "Ahmed al-Sharaa")
  lu.assertEquals(speaker("„Nein“, sagte Ursula von der Leyen.", "de"), "Ursula von der Leyen")
end

function TestQuotes:test_where_a_label_is_lost_nobody_is_named()
  local found = quotes.find("Anna Lind: Good morning.\n\nMr Maas, speak.\n\nMrs Lind, it is cold here.\n\nAnna Lind: It is.\n\n"
    .. "Piet Maas: Yes.")
  local who = {}
  for i, q in ipairs(found) do
    who[i] = q.speaker or "nobody"
  end
  lu.assertEquals(who, { "Anna Lind", "Anna Lind", "nobody", "Anna Lind", "Piet Maas" })
end

function TestQuotes:test_an_office_may_follow_the_name_of_a_label_and_a_heading_is_none()
  local found = quotes.find("Anna Lind: Good morning.\n\nPiet Maas, editor of the Port magazine: Hello.\n\n"
    .. "Anna Lind: It is cold.\n\nAbout a Harbour: it is full.")
  lu.assertEquals({ found[2].speaker, found[2].text, found[4].speaker }, { "Piet Maas", "Hello.", "Anna Lind" })
end

function TestQuotes:test_a_long_office_is_part_of_a_label()
  local found = quotes.find("Anna Lind: Good morning.\n\nHead of the Institute for Peace and Law Piet Maas: Hello.\n\n"
    .. "Anna Lind: It is cold.")
  lu.assertEquals(found[2].text, "Hello.")
end

function TestQuotes:test_what_is_nested_stands_in_order_and_leaves_the_numbers_of_the_others_alone()
  local found = quotes.find("Anna Lind: My father told me, “Wait.” My mother told me, “Go on.”\n\nPiet Maas: No.\n\nAnna Lind: Yes.")
  lu.assertEquals({ found[2].text, found[3].text, found[3].inside }, { "“Wait.”", "“Go on.”", found[1].quote })
  found = quotes.find "Maas read it aloud:\n\n“My father told me, ‘Wait for the boats.’\n\n“We waited all the night.”"
  lu.assertEquals({ found[2].kind, found[3].quote }, { "nested", found[1].quote })
end

function TestQuotes:test_a_line_of_nothing_but_control_characters_is_none()
  lu.assertEquals(quotes.find "\0\n\1 \2\n", {})
end

function TestQuotes:test_no_piece_ends_before_it_begins()
  for _, q in ipairs(quotes.find "He said, added, adding, but said. “A,” he said, “b, Smith said, c. That is, he said.") do
    lu.assertTrue(q.last >= q.first)
  end
end

function TestQuotes:test_a_quotation_inside_another_has_the_speaker_it_names()
  local function nested(text, lang)
    local list = quotes.find(text, { lang = lang })
    return { list[2].kind, list[2].speaker, list[2].text, list[2].inside == list[1].quote }
  end
  lu.assertEquals(nested("“Lind told me, ‘Go home,’ and I went,” said Piet Maas.", "en"), { "nested", "Lind", "‘Go home,’", true })
  lu.assertEquals(nested("“I told her, ‘Go home,’” said Piet Maas.", "en"), { "nested", "Piet Maas", "‘Go home,’", true })
  lu.assertEquals(nested("„Lind sagte: ‚Wir warten.‘ Das reicht“, sagte Anna Maas.", "de"), { "nested", "Lind", "‚Wir warten.‘", true })
  lu.assertEquals(nested("«Линд сказал: „Мы ждём“. Этого мало», — сказала Анна Маас.", "ru"), { "nested", "Линд", "„Мы ждём“", true })
  lu.assertEquals(#quotes.find "“He is called ‘the Wall’ here,” said Piet Maas.", 1)
end

function TestQuotes:test_a_surname_gets_the_one_full_name_of_the_text()
  local found = quotes.find "Anna Lindqvist won.\n\nLindqvist said the vote was fair."
  lu.assertEquals(found[1].speaker, "Anna Lindqvist")
  lu.assertStrContains(found[1].why, "surname")
end

function TestQuotes:test_two_people_of_one_surname_are_not_guessed_apart()
  local found = quotes.find "Anna Lindqvist and Olaf Lindqvist won.\n\nLindqvist said the vote was fair."
  lu.assertEquals(found[1].speaker, "Lindqvist")
end

function TestQuotes:test_a_pronoun_takes_the_named_subject_before_it()
  local found = quotes.find "Anna Lindqvist left early. She said the vote was fair."
  lu.assertEquals(found[1].speaker, "Anna Lindqvist")
  lu.assertStrContains(found[1].why, "pronoun")
end

function TestQuotes:test_a_title_of_another_gender_stops_a_pronoun()
  local found = quotes.find "Mr. Piet Maas left early. She said the vote was fair."
  lu.assertEquals(found[1].speaker, "She")
end

function TestQuotes:test_listed_names_win()
  local text = "Zelenskiy said talks would go on."
  local found = quotes.find(text, { names = { { 1, 9, "Volodymyr Zelensky" } } })
  lu.assertEquals(found[1].speaker, "Volodymyr Zelensky")
end

function TestQuotes:test_unknown_options_are_refused_by_name()
  lu.assertErrorMsgContains("langauge", quotes.find, "text", { langauge = "en" })
end

function TestQuotes:test_marks_of_every_family_pair_and_apostrophes_do_not()
  local function inside(text)
    local list = {}
    for i, q in ipairs(marks.pair(text, 1, #text)) do
      list[i] = text:sub(q.inner_first, q.inner_last)
    end
    return table.concat(list, "|")
  end
  lu.assertEquals(inside "„Gut“, »Ja«, ‚so‘, «Да», ‹oui›", "Gut|Ja|so|Да|oui")
  lu.assertEquals(inside [[''One'' and ``two'' and "three"]], "One|two|three")
  lu.assertEquals(inside "“Mixed\" and \"mixed” in one", "Mixed|mixed")
  lu.assertEquals(inside "Don't 'do it' at the dogs' door or in the '90s", "do it")
  lu.assertEquals(inside "“One ‘inner’ mark”", "One ‘inner’ mark")
end

function TestQuotes:test_any_bytes_are_fine()
  local broken = { "", "\n\n", "\1 “\1”, said Maas.", "\xE2\x80", "“\xE2\x80\xE2", ('"'):rep(999), ("'a "):rep(999) }
  for _, text in ipairs(broken) do
    lu.assertIsTable(quotes.find(text))
  end
end

function TestQuotes:test_time_grows_with_the_text_only()
  local function seconds(text)
    local start = os.clock()
    quotes.find(text)
    return os.clock() - start
  end
  for _, piece in ipairs { "“a ", "'a ", "said Smith, ", "a, he said, ", "Smith of the ", "“A,” he said, " } do
    local small, large = seconds(piece:rep(1500)), seconds(piece:rep(12000))
    lu.assertTrue(large < 40 * small + 0.2, piece .. small .. " " .. large)
  end
end

if not ... then
  os.exit(lu.LuaUnit.run())
end
