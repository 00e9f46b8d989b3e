local lu = require "luaunit"
local names = require "newsreel.names"
local latin = require "newsreel.names.latin"

TestNames = {}

local function same(a, b)
  local match, reason = names.match(a, b)
  lu.assertTrue(match, a .. " / " .. b .. ": " .. reason)
end

local function apart(a, b)
  local match, reason = names.match(a, b)
  lu.assertFalse(match, a .. " / " .. b .. ": " .. reason)
end

function TestNames:test_spellings_and_scripts_of_one_name_match()
  same("Volodymyr Zelensky", "Volodymyr Zelenskyy")
  same("Володимир Зеленський", "Volodymyr Zelenskyi")
  same("Vladimir Putin", "Владимир Путин")
  same("Sergey Lavrov", "Sergei Viktorovich LAVROV")
  same("Barack Obama", "バラク・オバマ")
end

function TestNames:test_order_titles_and_initials_do_not_matter()
  same("Merkel, Angela", "Angela Merkel")
  same("President Emmanuel Macron", "Emmanuel Macron")
  same("J. Biden", "Joe Biden")
end

function TestNames:test_a_part_that_contradicts_on_both_sides_parts_two_people()
  apart("Boris Johnson", "Mike Johnson")
  apart("Bill Clinton", "Hillary Clinton")
  apart("Sergey Viktorovich Lavrov", "Sergey Borisovich Lavrov")
end

function TestNames:test_one_shared_part_is_a_family_not_a_person()
  apart("Putin", "Maria Putina")
  apart("Clinton", "Hillary Clinton")
end

function TestNames:test_legal_forms_are_one_whatever_they_are_written_as()
  same("Siemens AG", "Siemens Aktiengesellschaft")
  same("OAO Gazprom", "Open Joint Stock Company Gazprom")
  same("Volkswagen G.m.b.H.", "Volkswagen GmbH")
  apart("Volkswagen AG", "Siemens AG")
end

function TestNames:test_numbers_must_agree()
  apart("Apollo Fund VIII", "Apollo Fund IX")
  same("Brigade Three", "Brigade 3")
end

function TestNames:test_the_reason_names_the_parts()
  local _, reason = names.match("Donald Trump", "Donald Tusk")
  lu.assertStrContains(reason, "only in the first: trump")
end

function TestNames:test_empty_and_broken_text_is_no_match_and_no_error()
  apart("", "")
  apart("\xff\xfe", "Putin")
end

function TestNames:test_any_script_becomes_latin()
  lu.assertEquals((latin.of "Łukasz Żółć"), "lukasz zolc")
  lu.assertEquals((latin.of "Зеленський"), "zelenskiy")
end

local find = require("newsreel.names.find").find

local function found(text)
  local out = {}
  for _, name in ipairs(find(text)) do
    out[#out + 1] = name.text .. "/" .. name.type
  end
  return table.concat(out, ", ")
end

function TestNames:test_a_title_or_a_given_name_makes_a_person()
  lu.assertEquals(found "On Friday Senator Oduya met Martha Quill.", "Senator Oduya/person, Martha Quill/person")
end

function TestNames:test_a_surname_is_the_person_named_in_full_before()
  local persons = find "Martha Quill spoke first. Later Quill left the room."
  lu.assertEquals(#persons, 2)
  lu.assertEquals(persons[1].actor, persons[2].actor)
end

function TestNames:test_words_of_bodies_and_of_places_tell_them()
  lu.assertEquals(found "She left Harrow University near Lake Orrin.", "Harrow University/organisation, Lake Orrin/place")
end

function TestNames:test_a_capital_that_the_sentence_demands_is_no_name()
  lu.assertEquals(found "Negotiators rested. They slept while negotiators elsewhere worked.", "")
end

function TestNames:test_a_place_and_the_one_it_lies_in_are_one_name_more()
  lu.assertEquals(found "He was born in Boston, Massachusetts.", "Boston, Massachusetts/place, Massachusetts/place")
end

function TestNames:test_places_and_people_stand_inside_names_of_bodies()
  lu.assertEquals(found "She studied at the University of Wisconsin.", "University of Wisconsin/organisation, Wisconsin/place")
  lu.assertEquals(found "The Martha Quill Museum opened.", "Martha Quill Museum/organisation, Martha Quill/person")
end

function TestNames:test_authors_before_years_are_people()
  lu.assertEquals(found "Memory fades with age (Orrin, Veltman, & Hask, 2013).",
    "Orrin/person, Veltman/person, Hask/person")
  lu.assertEquals(found "As Veltman et al. (2009) wrote, memory fades.", "Veltman/person")
end

function TestNames:test_a_noun_of_kind_or_of_belongings_makes_a_body()
  lu.assertEquals(found "They sued automaker Volna on Friday. Later, Volna paid.", "Volna/organisation, Volna/organisation")
  lu.assertEquals(found "Traders sold Orbix shares.", "Orbix/organisation")
end

function TestNames:test_a_given_name_alone_is_a_person_unless_it_is_a_word()
  lu.assertEquals(found "Later Deborah slept.", "Deborah/person")
  lu.assertEquals(found "Later Will slept.", "")
end

function TestNames:test_family_names_before_given_names_of_two_syllables()
  lu.assertEquals(found "In the end Pang Yuk-lam won.", "Pang Yuk-lam/person")
end

function TestNames:test_a_people_is_named_by_its_plural()
  lu.assertEquals(found "Many Kenyans voted, and the Kenyan press cheered.", "Kenyans/person")
  lu.assertEquals(found "The law protects Muslims.", "Muslims/person")
end

function TestNames:test_a_state_in_the_report_of_a_match_is_its_team()
  local text = "The goalkeeper saved a penalty. Then Sweden scored a goal in Norway."
  lu.assertEquals(found(text), "Sweden/organisation, Norway/place")
  lu.assertEquals(found "Then Sweden signed a treaty.", "Sweden/place")
end

function TestNames:test_the_currency_of_a_state_is_not_the_state()
  lu.assertEquals(found "It cost US$ 78 million.", "")
end

function TestNames:test_the_point_of_a_legal_form_belongs_to_the_name()
  lu.assertEquals(found "They paid Volna Inc. on Friday.", "Volna Inc./organisation")
end

function TestNames:test_headings_are_no_evidence_of_people()
  lu.assertEquals(found "Hollow Tindle Rises\n\nNothing else happened.", "")
end

function TestNames:test_initials_of_a_body_named_in_the_text_are_the_body()
  local bodies = find "The KTU struck. The Kelmar Transport Union has won."
  lu.assertEquals(bodies[1].text .. "/" .. bodies[1].type, "KTU/organisation")
  lu.assertEquals(bodies[1].actor, bodies[2].actor)
end

function TestNames:test_a_compass_word_belongs_to_the_inner_place()
  lu.assertEquals(found "He left the University of Southern Indiana.",
    "University of Southern Indiana/organisation, Southern Indiana/place")
end

function TestNames:test_a_legal_form_ends_the_name_of_a_company()
  lu.assertEquals(found "She succeeds Orbix LLC Deborah Quill.", "Orbix LLC/organisation, Deborah Quill/person")
end

function TestNames:test_an_adjective_with_a_compass_word_is_no_name()
  lu.assertEquals(found "They watched South Korean shares.", "")
end

function TestNames:test_a_compound_names_what_stands_before_its_hyphen()
  lu.assertEquals(found "They sued the New York-based Orbix Corp.", "New York/place, Orbix Corp./organisation")
end

function TestNames:test_a_surname_that_is_also_a_place_follows_its_bearer()
  lu.assertEquals(found "Deborah Paris spoke. Later Paris slept, in Paris.",
    "Deborah Paris/person, Paris/person, Paris/place")
end

local cluster = require "newsreel.names.cluster"

local function grouped(list)
  local out = {}
  for _, group in ipairs(cluster.groups(list)) do
    table.sort(group.aliases)
    out[#out + 1] = group.name .. "=" .. table.concat(group.aliases, "|")
  end
  return table.concat(out, "; ")
end

function TestNames:test_cases_spellings_and_surnames_of_one_person_are_one_group()
  lu.assertEquals(grouped {
    { text = "Володимир Зеленський", count = 5, type = "person" }, { text = "Володимира Зеленського", count = 2, type = "person" },
    { text = "Volodymyr Zelenskyi", count = 1, type = "person" }, { text = "Зеленським", count = 4, type = "person" },
    { text = "Angela Merkel", count = 3, type = "person" } },
    "Володимир Зеленський=Volodymyr Zelenskyi|Володимир Зеленський|Володимира Зеленського|Зеленським; Angela Merkel=Angela Merkel")
end

function TestNames:test_a_surname_of_two_people_joins_neither()
  lu.assertEquals(grouped { { text = "Boris Johnson", count = 2, type = "person" }, { text = "Mike Johnson", count = 2,
    type = "person" }, { text = "Johnson", count = 1, type = "person" } },
    "Boris Johnson=Boris Johnson; Mike Johnson=Mike Johnson; Johnson=Johnson")
end

function TestNames:test_groups_are_saved_as_a_list_that_actors_read_back()
  local newsreel = require "newsreel"
  local c, path = newsreel.memory(), os.tmpname() .. ".lua"
  c:add { id = "a", date = "2025-09-26", lang = "en", text = "Deborah Quill spoke. Later Quill left. Deborah Quill slept." }
  c:commit()
  newsreel.names.save(newsreel.names.groups(c.names), path)
  local actors = c:actors(path)
  lu.assertEquals(#actors, 3)
  lu.assertEquals(actors[2].actor, "Deborah Quill")
  c:close()
  os.remove(path)
end

function TestNames:test_there_is_no_place_inside_a_place_of_the_lists()
  local texts = {}
  for _, name in ipairs(require("newsreel").names.find "He went to New Hampshire and to the University of Geneva.") do
    texts[#texts + 1] = name.text
  end
  lu.assertEquals(texts, { "New Hampshire", "University of Geneva", "Geneva" })
end
