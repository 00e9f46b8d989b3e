/* Days, periods and units: the calendar, and ISO 8601 in and out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "date/day.h"

static void reads_as(const char *text, nr_day first, nr_day last)
{
  nr_period period;
  nr_error err = {0};

  if (nr_period_parse(nr_text_of(text), &period, &err) != NR_OK)
    fail_msg("%s: %s", text, err.message);
  assert_int_equal(period.first, first);
  assert_int_equal(period.last, last);
}

static void refuses(const char *text, const char *reason)
{
  nr_period period = {1, 2};
  nr_error err = {0};

  assert_int_equal(nr_period_parse(nr_text_of(text), &period, &err), NR_INVALID);
  if (strstr(err.message, reason) == NULL)
    fail_msg("\"%s\" lacks \"%s\"", err.message, reason);
  assert_int_equal(period.first, 1);
  assert_int_equal(period.last, 2);
}

static void test_every_day_of_ten_thousand_years_comes_back_from_its_civil_date(void **state)
{
  nr_day day = nr_day_of(0, 1, 1);
  int year, month, of_month;

  (void)state;
  for (; day <= nr_day_of(9999, 12, 31); day++) {
    nr_day_civil(day, &year, &month, &of_month);
    if (nr_day_of(year, month, of_month) != day)
      fail_msg("day %d", day);
  }
  assert_int_equal(nr_day_of(1970, 1, 1), 0);
  assert_int_equal(nr_day_of(1000, 1, 1), NR_DAY_MIN);
  assert_int_equal(nr_day_of(2200, 12, 31), NR_DAY_MAX);
}

static void test_a_day_that_is_not_in_the_calendar_is_none(void **state)
{
  (void)state;
  assert_int_equal(nr_day_of(2025, 2, 29), NR_DAY_NONE);
  assert_int_not_equal(nr_day_of(2024, 2, 29), NR_DAY_NONE);
  assert_int_equal(nr_day_of(1900, 2, 29), NR_DAY_NONE);
  assert_int_equal(nr_day_of(2025, 0, 1), NR_DAY_NONE);
  assert_int_equal(nr_day_of(2025, 13, 1), NR_DAY_NONE);
  assert_int_equal(nr_day_of(10000, 1, 1), NR_DAY_NONE);
}

static void test_weekdays_count_from_monday(void **state)
{
  (void)state;
  assert_int_equal(nr_day_weekday(nr_day_of(2025, 9, 26)), 5);
  assert_int_equal(nr_day_weekday(nr_day_of(1969, 12, 28)), 7);
  assert_int_equal(nr_day_weekday(nr_day_of(1969, 12, 29)), 1);
}

static void test_dates_are_read_as_the_days_they_name(void **state)
{
  nr_day day = nr_day_of(2025, 9, 26);

  (void)state;
  reads_as("2025-09-26", day, day);
  reads_as("2025-09", nr_day_of(2025, 9, 1), nr_day_of(2025, 9, 30));
  reads_as("2025", nr_day_of(2025, 1, 1), nr_day_of(2025, 12, 31));
  reads_as("2025-W39", nr_day_of(2025, 9, 22), nr_day_of(2025, 9, 28));
  reads_as("2020-W53", nr_day_of(2020, 12, 28), nr_day_of(2021, 1, 3));
  reads_as("2025-Q3", nr_day_of(2025, 7, 1), nr_day_of(2025, 9, 30));
  reads_as("2025-Q4", nr_day_of(2025, 10, 1), nr_day_of(2025, 12, 31));
  reads_as("0000-02-29", nr_day_of(0, 2, 29), nr_day_of(0, 2, 29));
}

static void test_a_time_is_checked_and_the_day_is_the_one_written(void **state)
{
  nr_day day = nr_day_of(2025, 9, 26);

  (void)state;
  reads_as("2025-09-26T23:59:60Z", day, day);
  reads_as("2025-09-26T10:11", day, day);
  reads_as("2025-09-26T10:11:12.5+02:00", day, day);
  reads_as("2025-09-26 10:11:12-0500", day, day);
  refuses("2025-09-26T25:00", "not a date");
  refuses("2025-09-26T10:61", "not a date");
  refuses("2025-09-26T10:11+", "not a date");
  refuses("2025-09-26T", "not a date");
  refuses("2025-09-26x", "not a date");
}

static void test_periods_have_both_ends_in_and_may_be_open(void **state)
{
  (void)state;
  reads_as("2025-09-01/2025-09-15", nr_day_of(2025, 9, 1), nr_day_of(2025, 9, 15));
  reads_as("2025-08/2025-W39", nr_day_of(2025, 8, 1), nr_day_of(2025, 9, 28));
  reads_as("2025/..", nr_day_of(2025, 1, 1), NR_DAY_NONE - 1);
  reads_as("../2025", INT32_MIN, nr_day_of(2025, 12, 31));
  refuses("2025-09-15/2025-09-01", "ends before it starts");
  refuses("/", "not a date");
}

static void test_what_is_wrong_with_a_date_is_said(void **state)
{
  (void)state;
  refuses("2025-02-30", "2025-02-30: February 2025 has 28 days");
  refuses("2025-13", "12 months");
  refuses("2025-Q5", "4 quarters");
  refuses("2025-W53", "2025 has 52 weeks");
  refuses("2025-W00", "52 weeks");
  refuses("", "not a date");
  refuses("25-09-26", "not a date");
  refuses("2025-9-26", "not a date");
}

static void test_the_label_of_a_unit_reads_back_as_its_days(void **state)
{
  char label[16];
  nr_period period;

  (void)state;
  for (nr_day day = nr_day_of(1999, 12, 20); day < nr_day_of(2002, 1, 10); day++)
    for (int unit = NR_UNIT_DAY; unit < NR_UNITS; unit++) {
      nr_period wanted = nr_unit_period((nr_unit)unit, day);
      size_t size = nr_unit_format((nr_unit)unit, day, label);
      assert_int_equal(size, strlen(label));
      assert_int_equal(nr_date_parse(nr_text_of(label), &period, NULL), NR_OK);
      assert_int_equal(period.first, wanted.first);
      assert_int_equal(period.last, wanted.last);
      assert_true(period.first <= day && day <= period.last);
    }
}

static void test_an_undated_day_writes_nothing(void **state)
{
  char label[16] = "x";

  (void)state;
  assert_int_equal(nr_day_format(NR_DAY_NONE, label), 0);
  assert_string_equal(label, "");
  assert_int_equal(nr_unit_period(NR_UNIT_MONTH, NR_DAY_NONE).first, NR_DAY_NONE);
}

static void test_units_are_named_in_words(void **state)
{
  nr_unit unit;
  nr_error err;

  (void)state;
  assert_int_equal(nr_unit_parse(NR_TEXT("quarter"), &unit, &err), NR_OK);
  assert_int_equal(unit, NR_UNIT_QUARTER);
  assert_int_equal(nr_unit_parse(NR_TEXT("fortnight"), &unit, &err), NR_INVALID);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_every_day_of_ten_thousand_years_comes_back_from_its_civil_date),
      cmocka_unit_test(test_a_day_that_is_not_in_the_calendar_is_none),
      cmocka_unit_test(test_weekdays_count_from_monday),
      cmocka_unit_test(test_dates_are_read_as_the_days_they_name),
      cmocka_unit_test(test_a_time_is_checked_and_the_day_is_the_one_written),
      cmocka_unit_test(test_periods_have_both_ends_in_and_may_be_open),
      cmocka_unit_test(test_what_is_wrong_with_a_date_is_said),
      cmocka_unit_test(test_the_label_of_a_unit_reads_back_as_its_days),
      cmocka_unit_test(test_an_undated_day_writes_nothing),
      cmocka_unit_test(test_units_are_named_in_words),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
