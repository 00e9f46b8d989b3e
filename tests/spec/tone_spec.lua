local lu = require "luaunit"
local tone = require "newsreel.tone"

TestTone = {}

function TestTone:test_praise_is_above_and_blame_below_nothing()
  lu.assertTrue(tone.score "A historic breakthrough that brings hope." > 0.3)
  lu.assertTrue(tone.score "A brutal massacre of civilians." < -0.3)
  lu.assertEquals((tone.score "The train leaves at ten."), 0)
end

function TestTone:test_a_negator_in_the_clause_turns_a_word()
  lu.assertTrue(tone.score "They made progress." > 0)
  lu.assertTrue(tone.score "They made no progress." < 0)
  lu.assertTrue(tone.score "They did not come, progress was made." > 0)
end

function TestTone:test_the_side_after_but_outweighs()
  local first = tone.score "The talks were successful but the attack was brutal."
  local second = tone.score "The attack was brutal but the talks were successful."
  lu.assertTrue(second > first)
end

function TestTone:test_a_phrase_wins_over_its_words()
  lu.assertTrue(tone.score "the prime minister" == 0)
end

function TestTone:test_a_target_takes_what_stands_near_it()
  local text = "Kovach was praised, while Petrov was condemned."
  local kovach = tone.score(text, text:find "Kovach")
  local petrov = tone.score(text, text:find "Petrov")
  lu.assertTrue(kovach > petrov)
end

function TestTone:test_hits_tell_word_value_and_reason()
  local text = "It was not safe."
  local _, hits = tone.score(text)
  lu.assertEquals(#hits, 2)
  lu.assertEquals(hits[1].why, "denial")
  lu.assertEquals(text:sub(hits[2].first, hits[2].last), "safe")
  lu.assertStrContains(hits[2].why, "not")
end

function TestTone:test_what_is_ended_or_lost_turns()
  lu.assertTrue(tone.score "They ended the war." > tone.score "They began the war.")
  lu.assertTrue(tone.score "They were deprived of liberty." < 0)
end

function TestTone:test_what_a_target_says_of_others_is_hardly_about_it()
  local text = "The bank is corrupt and cruel, Kovach said."
  local kovach = tone.score(text, text:find "Kovach")
  local bank = tone.score(text, text:find "bank")
  lu.assertTrue(math.abs(kovach) < math.abs(bank))
end

function TestTone:test_a_part_of_a_name_says_nothing()
  lu.assertEquals((tone.score "They went shopping at Best Buy on Monday."), 0)
end

function TestTone:test_a_lexicon_of_the_analyst_takes_the_place_of_ours()
  local score = tone.score("widgets and gadgets", nil, nil, { ["widget*"] = 2 })
  lu.assertTrue(score > 0)
end

function TestTone:test_score_stays_between_minus_one_and_one()
  local score = tone.score(("war murder massacre "):rep(1000))
  lu.assertTrue(score > -1.0000001 and score < -0.9)
end
