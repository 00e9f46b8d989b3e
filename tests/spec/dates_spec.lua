local lu = require "luaunit"
local dates = require "newsreel.dates"
local calendar = require "newsreel.dates.calendar"

local printed = "2025-09-26" -- a Friday

---All dates of a text as "text = value".
local function found(text, options)
  local out = {}
  for _, one in ipairs(dates.find(text, options)) do
    out[#out + 1] = one.text .. " = " .. one.value
  end
  return table.concat(out, "; ")
end

local function english(text, day)
  return found(text, { lang = "en", day = day })
end

TestDates = {}

function TestDates:test_a_short_german_text_is_read_as_german()
  lu.assertEquals(found("Am Freitag sagte er, dass sie sich am 24. September trafen.", { day = printed }),
    "Freitag = 2025-09-26; 24. September = 2025-09-24")
  lu.assertEquals(found("Two die in Müller's house at 10 am on Friday.", { day = printed }),
    "10 am on Friday = 2025-09-26T10:00")
end

function TestDates:test_what_holds_up_to_a_day_or_from_it_on_is_not_told_early()
  for _, text in ipairs { "There were no shipments before Oct. 1, 2025.", "It was said to end by Oct. 19, 2025.",
    "The sale, which ends on Oct. 19, 2025, was held.", "They closed the road starting Wednesday, Oct. 1, 2025.",
    "He canceled a summit in Yalta on Oct. 19, 2025." } do
    lu.assertNil(dates.find(text, { lang = "en", day = printed })[1].told, text)
  end
  lu.assertEquals(dates.find("He was seen in Yalta on Oct. 19, 2025.", { lang = "en", day = printed })[1].told, "early")
end

function TestDates:test_no_comma_behind_noon_and_no_day_that_no_month_has()
  lu.assertEquals(dates.find("He came at noon, and left.", { lang = "en", day = printed })[1].text, "noon")
  lu.assertEquals(english "They met on 31 April in Elm.", "")
  lu.assertEquals(english "They met on 29 February in Elm.", "29 February = XXXX-02-29")
end

function TestDates:test_each_language_finds_its_examples()
  for _, name in ipairs { "en", "de", "uk", "ru" } do
    for _, example in ipairs(dates.language(name).examples) do
      local wanted = {}
      for i = 2, #example, 2 do
        wanted[#wanted + 1] = example[i] .. " = " .. example[i + 1]
      end
      lu.assertEquals(found(example[1], { lang = name, day = printed }), table.concat(wanted, "; "), example[1])
    end
  end
end

function TestDates:test_feasts_fall_on_the_days_of_moon_and_sun()
  for text, day in pairs {
    ["Diwali 2021"] = "2021-11-04",
    ["Holi 2024"] = "2024-03-25",
    ["makar sankranti 2021"] = "2021-01-14",
    ["Ganesh Chaturthi 2022"] = "2022-08-31",
    ["Chinese New Year 2023"] = "2023-01-22",
    ["Chinese New Year 2025"] = "2025-01-29",
    ["tax day 2022"] = "2022-04-18",
    ["Super Tuesday 2024"] = "2024-03-05",
    ["Super Tuesday"] = "2028-03-07",
    ["king's day 2025"] = "2025-04-26",
  } do
    lu.assertEquals(english(text, printed), text .. " = " .. day)
  end
end

function TestDates:test_forms_of_a_text_that_is_nothing_but_a_date_are_not_trusted_in_running_text()
  lu.assertEquals(english("at 1030", printed), "at 1030 = 2025-09-26T10:30")
  lu.assertEquals(english("The bus came with 55 people at 1030 or so.", printed), "")
  lu.assertEquals(english("on the 24th", printed), "on the 24th = 2025-10-24")
  lu.assertEquals(english("He was the 24th of them to say it there.", printed), "")
end

function TestDates:test_each_language_leaves_its_counter_examples_alone()
  for _, name in ipairs { "en", "de", "uk", "ru" } do
    for _, text in ipairs(dates.language(name).counter_examples) do
      lu.assertEquals(found(text, { lang = name, day = printed }), "", text)
    end
  end
end

function TestDates:test_every_rule_can_be_compiled_and_has_a_meaning()
  for _, name in ipairs { "en", "de", "uk", "ru" } do
    lu.assertTrue(#dates.language(name).rules > 50)
  end
end

function TestDates:test_bytes_count_from_one_and_give_the_text()
  local text = "Зустріч була 24 вересня."
  local one = dates.find(text, { lang = "uk", day = printed })[1]
  lu.assertEquals(text:sub(one.first, one.last), "24 вересня")
  lu.assertEquals(one.text, "24 вересня")
end

function TestDates:test_friday_printed_on_a_friday_is_today_and_future_tense_looks_ahead()
  lu.assertEquals(english("Talks failed, he said Friday.", printed), "Friday = 2025-09-26")
  lu.assertEquals(english("The two will meet Wednesday.", printed), "Wednesday = 2025-10-01")
  lu.assertEquals(english("The two met Wednesday.", printed), "Wednesday = 2025-09-24")
end

function TestDates:test_without_a_day_a_weekday_stays_open()
  local one = dates.find("They met on Wednesday.", { lang = "en" })[1]
  lu.assertEquals(one.value, "XXXX-WXX-3")
  lu.assertEquals(one.anchor, "none")
  lu.assertNil(one.from)
end

function TestDates:test_the_clock_is_never_read()
  lu.assertEquals(english "He came yesterday.", "yesterday = XXXX-XX-XX")
  lu.assertEquals(english "He came on Sept. 24.", "Sept. 24 = XXXX-09-24")
end

function TestDates:test_inside_a_quotation_the_anchor_is_marked()
  local text = 'He said: "We met on Monday." They left on Tuesday.'
  local first, last = text:find '"[^"]+"'
  local list = dates.find(text, { lang = "en", day = printed, quotes = { { first, last } } })
  lu.assertEquals(list[1].anchor, "quote")
  lu.assertEquals(list[2].anchor, "day")
end

function TestDates:test_no_verb_of_another_sentence_decides()
  local text = "They will come back\nMonday talks in Oslo"
  local sentences = { { 1, 19 }, { 21, #text } }
  lu.assertEquals(found(text, { lang = "en", day = printed, sentences = sentences }), "Monday = 2025-09-22")
end

function TestDates:test_a_story_is_dated_by_the_date_told_before()
  local text = "On 1 September 1939 war began. On 3 September 1939 Britain joined. "
    .. "It was 17 September 1939 when Poland fell. In April 1940 Norway was taken. "
    .. "On 10 May the west was attacked, and by 22 June it was over."
  local list = dates.find(text, { lang = "en", day = printed })
  lu.assertEquals(list[5].value, "1940-05-10")
  lu.assertEquals(list[5].anchor, "previous")
  lu.assertEquals(list[6].value, "1940-06-22")
end

function TestDates:test_a_year_ago_in_a_quarterly_report_is_that_quarter()
  local report = "Profit rose in the second quarter from $5 million a year ago."
  lu.assertEquals(english(report, printed), "the second quarter = 2025-Q2; a year ago = 2024-Q2")
end

function TestDates:test_later_than_an_event_stays_a_duration_and_is_marked()
  local one = dates.find("Three weeks later the fighting stopped.", { lang = "en", day = printed })[1]
  lu.assertEquals({ one.type, one.value, one.anchor }, { "DURATION", "P3W", "event" })
  lu.assertNil(one.from)
end

function TestDates:test_the_marks_of_the_text_tell_what_is_quoted()
  local list = dates.find("He said: “We met on Monday.” They left on Tuesday.", { lang = "en", day = printed })
  lu.assertEquals({ list[1].anchor, list[2].anchor }, { "quote", "day" })
end

function TestDates:test_a_single_day_is_the_day_of_an_event_a_month_is_none()
  local list = dates.find("On Sept. 24 he left. In August he came.", { lang = "en", day = printed })
  lu.assertEquals({ list[1].event_day, list[2].event_day }, { "2025-09-24", nil })
end

function TestDates:test_what_is_told_before_it_happened_is_marked()
  local told = dates.find("They met on Dec. 1, 2025. They will meet on Dec. 2, 2025.", { lang = "en", day = printed })
  lu.assertEquals({ told[1].told, told[2].told }, { "early", nil })
end

function TestDates:test_a_verb_in_the_passive_does_not_hide_the_future()
  lu.assertEquals(english("He said the vote will be held Tuesday.", printed), "Tuesday = 2025-09-30")
end

function TestDates:test_a_period_comes_with_its_first_and_last_day()
  local one = dates.find("It was agreed last month.", { lang = "en", day = "2024-03-15" })[1]
  lu.assertEquals({ one.value, one.grain, one.from, one.to }, { "2024-02", "month", "2024-02-01", "2024-02-29" })
end

function TestDates:test_each_date_tells_its_rule_and_why()
  local one = dates.find("They met on Wednesday.", { lang = "en", day = printed })[1]
  lu.assertEquals(one.rule, "weekday")
  lu.assertStrContains(one.why, "the past side by the verb “met”")
end

function TestDates:test_the_language_is_guessed_from_the_letters()
  lu.assertEquals(found("Це сталося 24 вересня 2025 року в Києві.", { day = printed }), "24 вересня 2025 = 2025-09-24")
  lu.assertEquals(found("Это было 24 сентября 2025 года.", { day = printed }), "24 сентября 2025 = 2025-09-24")
  local german = "Das war am 24. September 2025, als der Rat tagte."
  lu.assertEquals(found(german, { day = printed }), "24. September 2025 = 2025-09-24")
end

function TestDates:test_what_is_no_day_or_no_language_is_refused()
  lu.assertErrorMsgContains("no day like", dates.find, "today", { day = "26.09.2025", lang = "en" })
  lu.assertErrorMsgContains("no option", dates.find, "today", { dct = "2025-09-26", lang = "en" })
  lu.assertErrorMsgContains("no grammar for", dates.find, "aujourd'hui", { lang = "fr" })
end

function TestDates:test_a_day_of_no_year_is_left_alone()
  for _, text in ipairs { "It ends on June 31.", "The year to September 31 was good." } do
    lu.assertEquals(#dates.find(text, { day = "1987-03-04" }), #dates.find(text, { day = "2025-03-04" }))
  end
end

function TestDates:test_any_bytes_are_read_without_harm()
  for _, text in ipairs {
    "", " ", "\0", "\xFF\xFE 2025", "\xC2", "\xE2\x80", "Mon\xC2", "may\xE2", "\xD0", "24\xC2\xA0September\xC2\xA02025",
    ("9"):rep(3000), ("the last "):rep(2000) .. "week", ("1990-"):rep(1000), ("in "):rep(3000),
  } do
    for _, lang in ipairs { "en", "de", "uk", "ru" } do
      lu.assertIsTable(dates.find(text, { lang = lang, day = printed }))
    end
  end
end

function TestDates:test_twice_the_text_takes_twice_the_time_at_most_roughly()
  local piece = ("On the first of the last few days of the past three years, Monday, the year 1990. "):rep(100)
  local function seconds(text)
    local start = os.clock()
    dates.find(text, { lang = "en", day = printed })
    return os.clock() - start
  end
  seconds(piece)
  local once, eight = seconds(piece), seconds(piece:rep(8))
  lu.assertTrue(eight < 24 * once + 0.05, ("%g s, then %g s"):format(once, eight))
end

TestCalendar = {}

function TestCalendar:test_days_and_civil_dates_are_each_others_inverse()
  for day = -400000, 90000, 61 do
    lu.assertEquals(calendar.day(calendar.civil(day)), day)
  end
  lu.assertNil(calendar.day(2025, 2, 29))
end

function TestCalendar:test_iso_weeks_end_with_week_53_where_they_should()
  lu.assertEquals({ calendar.week(calendar.day(2021, 1, 3)) }, { 2020, 53 })
  lu.assertEquals({ calendar.week(calendar.day(2024, 12, 30)) }, { 2025, 1 })
  lu.assertEquals(calendar.format(calendar.week_start(2020, 53)), "2020-12-28")
end

function TestCalendar:test_easter_is_right_west_and_east()
  lu.assertEquals(calendar.format(calendar.easter(2025)), "2025-04-20")
  lu.assertEquals(calendar.format(calendar.easter(2024)), "2024-03-31")
  lu.assertEquals(calendar.format(calendar.easter(2024, true)), "2024-05-05")
end

function TestCalendar:test_hebrew_and_islamic_years_begin_where_they_should()
  lu.assertEquals(calendar.format(calendar.hebrew_new_year(5784)), "2023-09-16")
  lu.assertEquals(calendar.format(calendar.hebrew_new_year(5785)), "2024-10-03")
  lu.assertAlmostEquals(calendar.islamic(1446, 1, 1), calendar.day(2024, 7, 7), 1)
end
