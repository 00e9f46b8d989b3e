/* Days as news pages write them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "ingest/written.h"

/* `expected` is the day, "impossible", "ambiguous" or "none". */
static void reads_as(const char *line, const char *expected)
{
  static const char *const faults[] = {"", "impossible", "ambiguous"};
  nr_written found;
  char day[16] = "none";
  if (nr_written_find(nr_text_of(line), 0, &found)) {
    if (found.fault != NR_WRITTEN_FINE)
      strcpy(day, faults[found.fault]);
    else
      day[nr_day_format(found.day, day)] = '\0';
  }
  if (strcmp(day, expected) != 0)
    fail_msg("%s: %s, not %s", line, day, expected);
}

static void every_common_form_is_read(void **state)
{
  static const char *const lines[][2] = {
      {"date 2025-09-26 Officials met", "2025-09-26"},
      {"2025/9/26", "2025-09-26"},
      {"Updated Sept. 24, 2025, 6:40 pm", "2025-09-24"},
      {"Feb 27, 2026 6:40 pm", "2026-02-27"},
      {"September 24th 2025", "2025-09-24"},
      {" 9-MAR-1987 04:58:41.12", "1987-03-09"},
      {"30.04.2020, 12.18 Uhr", "2020-04-30"},
      {"Do., 30. April 2020", "2020-04-30"},
      {"1st of May, 2020", "2020-05-01"},
      {"le 1er février 2021", "2021-02-01"},
      {"3 de septiembre de 2024", "2024-09-03"},
      {"22 août 2019", "2019-08-22"},
      {"> 2020. március. 22. 07:50", "2020-03-22"},
      {"2020. 03. 22.", "2020-03-22"},
      {"24 ЛЮТОГО 2022", "2022-02-24"},
      {"9 мая 2005 года", "2005-05-09"},
      {"9-го мая 2005", "2005-05-09"},
      {"5 września 2023", "2023-09-05"},
      {"2022年1月1日", "2022-01-01"},
      {"2023년 4월 5일", "2023-04-05"},
      {"26/09/2025", "2025-09-26"},
      {"09/26/2025", "2025-09-26"},
      {"07/07/2025", "2025-07-07"},
      {"Thu, 25 Sep 2025 10:00:00 +0000", "2025-09-25"},
      {"Published\xC2\xA0"
       "March 3, 2024",
       "2024-03-03"},
      {"Updated·March 3, 2024", "2024-03-03"},
      {"“March 3, 2024”", "2024-03-03"},
  };
  (void)state;
  for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
    reads_as(lines[i][0], lines[i][1]);
}

static void what_names_no_day_is_left_alone(void **state)
{
  (void)state;
  reads_as("In March 2014 Russia", "none");
  reads_as("Sept. 24 in North Carolina", "none");
  reads_as("room 2014, 3 of 5", "none");
  reads_as("12345-09-26", "none");
  reads_as("2025-09-260", "none");
  reads_as("version 1.2.20255", "none");
  reads_as("", "none");
}

static void impossible_and_ambiguous_days_are_named_so(void **state)
{
  (void)state;
  reads_as("30 February 2025", "impossible");
  reads_as("2025-13-01", "impossible");
  reads_as("03/04/2025", "ambiguous");
}

static void a_time_of_day_is_skipped(void **state)
{
  static const char *const lines[][2] = {
      {", 6:40 pm rest", " rest"}, {"T10:11:12+02:00 x", " x"},
      {", 12.18 Uhr", ""},         {" at 6:40 p.m. ET | News", " | News"},
      {" 04:58:41.12", ""},        {" The talks", " The talks"},
  };
  (void)state;
  for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
    assert_string_equal(lines[i][0] + nr_written_skip_time(nr_text_of(lines[i][0]), 0), lines[i][1]);
}

static void months_have_names_in_many_languages_and_any_case(void **state)
{
  static const struct {
    const char *name;
    int month;
  } words[] = {{"Abr", 4},        {"SEPTEMBER", 9}, {"août", 8},      {"ŚRODA", 0},   {"wrzesień", 9},
               {"LISTOPADA", 11}, {"Июня", 6},      {"СІЧНЯ", 1},     {"Ağustos", 8}, {"maaliskuu", 3},
               {"Ιανουαρίου", 1}, {"يناير", 1},     {"ديسمبر", 12},   {"σεπ", 9},     {"zzz", 0},
               {"aaa", 0},        {"Mayor", 0},     {"ministers", 0}, {"ma", 0},      {"janu", 0}};
  (void)state;
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
    assert_int_equal(nr_month_of(nr_text_of(words[i].name)), words[i].month);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_common_form_is_read),
      cmocka_unit_test(what_names_no_day_is_left_alone),
      cmocka_unit_test(impossible_and_ambiguous_days_are_named_so),
      cmocka_unit_test(a_time_of_day_is_skipped),
      cmocka_unit_test(months_have_names_in_many_languages_and_any_case),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
