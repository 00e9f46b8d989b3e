local lu = require "luaunit"
local newsreel = require "newsreel"

TestActors = {}

-- "text=actor/rule" of what a list finds in one article.
local function found(text, list, day, given)
  local c = newsreel.memory()
  c:add { id = "a", date = day or "2025-09-26", text = text }
  c:commit()
  local out = {}
  for hit in c:actors(list, given):each() do
    out[#out + 1] = hit.text .. "=" .. (hit.actor or "?") .. "/" .. (hit.rule or "")
  end
  c:close()
  return table.concat(out, ", ")
end

function TestActors:test_a_capital_that_acts_is_a_government_and_one_where_things_are_is_none()
  lu.assertEquals(found("Moscow refused to answer.", "states"), "Moscow=Russia/capital")
  lu.assertEquals(found("Kyiv's latest demands were clear.", "states"), "Kyiv=Ukraine/capital")
  lu.assertEquals(found("They kept up pressure on Minsk.", "states"), "Minsk=Belarus/capital")
  lu.assertEquals(found("Rain fell in Moscow, and a man from Moscow said so.", "states"), "")
  lu.assertEquals(found("Drones flew deep inside Russia, including Moscow.", "states"), "Russia=Russia/alias")
end

function TestActors:test_capitals_joined_by_and_are_governments_both_or_neither()
  lu.assertEquals(found("Ankara and Athens agreed on a line.", "states"), "Ankara=Turkey/capital, Athens=Greece/capital")
  lu.assertEquals(found("They flew over Ankara and Athens.", "states"), "")
end

function TestActors:test_a_surname_is_whoever_was_named_in_full_before()
  lu.assertEquals(found("Mike Johnson spoke. Johnson left.", "leaders"),
    "Mike Johnson=Mike Johnson/alias, Johnson=Mike Johnson/surname")
  lu.assertEquals(found("Johnson left.", "leaders"), "")
end

function TestActors:test_between_two_people_of_one_surname_it_stays_open()
  local text = "Boris Johnson met Mike Johnson. Johnson left."
  lu.assertEquals(found(text, "leaders"), "Boris Johnson=Boris Johnson/alias, Mike Johnson=Mike Johnson/alias")
  lu.assertStrContains(found(text, "leaders", nil, { open = true }), "Johnson=?/open")
end

function TestActors:test_another_given_name_is_another_person()
  lu.assertEquals(found("Carole Graham, an economist, spoke. Graham said more.", "leaders"), "")
  lu.assertEquals(found("Dmitriy Medvedev came.", "leaders"), "Medvedev=Dmitry Medvedev/alias")
  lu.assertEquals(found("Michael Jordan retired.", "states"), "")
end

function TestActors:test_an_office_of_a_state_is_who_held_it_on_the_day()
  lu.assertEquals(found("The US president smiled.", "leaders", "2013-05-05"), "US president=Barack Obama/office")
  lu.assertEquals(found("The US president smiled.", "leaders"), "US president=Donald Trump/office")
  lu.assertEquals(found("The former US president smiled.", "leaders"), "")
end

function TestActors:test_the_president_is_the_only_one_named_before()
  lu.assertEquals(found("Donald Trump spoke. The president left.", "leaders"),
    "Donald Trump=Donald Trump/alias, The president=Donald Trump/office")
  lu.assertEquals(found("Donald Trump met Putin. The president left.", "leaders"),
    "Donald Trump=Donald Trump/alias, Putin=Vladimir Putin/alias")
  lu.assertEquals(found("Trump spoke of President Oduya. The president left.", "leaders"), "Trump=Donald Trump/alias")
end

function TestActors:test_an_alias_may_have_a_period_or_ask_for_words_in_the_article()
  local list = {
    ["Angela Merkel"] = { "Merkel", { "the chancellery", from = "2005-11-22", to = "2021-12-08" } },
    ["Olaf Scholz"] = { "Scholz", { "the chancellery", from = "2021-12-08", to = "2025-05-06" } },
    ["Georgia"] = { { "=Georgia", with = "Tbilisi" } },
  }
  lu.assertEquals(found("The chancellery was silent.", list, "2015-01-01"), "The chancellery=Angela Merkel/period")
  lu.assertEquals(found("The chancellery was silent.", list, "2022-01-01"), "The chancellery=Olaf Scholz/period")
  lu.assertEquals(found("The chancellery was silent.", list), "")
  lu.assertEquals(found("Georgia voted.", list), "")
  lu.assertEquals(found("Georgia voted, and Tbilisi was calm.", list), "Georgia=Georgia/alias")
end

function TestActors:test_titles_are_mentions_too()
  local c = newsreel.memory()
  c:add { id = "a", date = "2025-09-26", title = "Moscow refuses", text = "Nothing else." }
  c:commit()
  local hits = c:actors "states"
  lu.assertEquals(#hits, 1)
  lu.assertEquals(hits[1].field, "title")
  c:close()
end

function TestActors:test_spellings_finds_a_name_however_it_is_written()
  local c = require("newsreel").memory()
  c:add { id = "a", date = "2025-01-01", text = "Zelensky met Zelenskyy. Zelenskiy left. Selling went on. Volodymyr Zelensky." }
  c:add { id = "b", date = "2025-01-02", text = "Зеленський зустрів Зеленського. Зелений сад." }
  c:commit()
  local list = { Zelensky = { "Zelensky" } }
  lu.assertEquals(#c:actors(list), 2)
  lu.assertEquals(#c:actors(list, { spellings = true }), 6)
  c:close()
end
