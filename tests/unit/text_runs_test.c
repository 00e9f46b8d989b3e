/* text_runs_test.c: runs of listed words, rough words, sets of words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "text/rough.h"
#include "text/runs.h"
#include "text/word_set.h"

static nr_text text_of(const char *bytes)
{
  return (nr_text){bytes, strlen(bytes)};
}

static nr_run_words *words_of(const char *listed, const char *telling)
{
  nr_run_words *words = nr_run_words_new(&nr_memory_default);
  const char *lists[] = {listed, telling};
  for (int i = 0; i < 2; i++)
    for (const char *at = lists[i]; *at != 0; at += strspn(at, " ")) {
      size_t size = strcspn(at, " ");
      assert_int_equal(nr_run_words_add(words, (nr_text){at, size}, i == 1, NULL), NR_OK);
      at += size;
    }
  return words;
}

/* All runs of a text, a bar behind each, its telling places marked by `*`. */
static const char *runs_of(const nr_run_words *words, const char *text)
{
  static char out[1000], low[500];
  nr_run run;
  char *to = out;
  nr_runs_fold(text_of(text), low);
  for (size_t at = 0; nr_runs_next(words, (nr_text){low, strlen(text)}, &at, &run);) {
    unsigned place = 0;
    for (size_t i = run.start; i < run.end; i++) {
      if (place < run.place_count && run.places[place] == i) {
        *to++ = '*';
        place++;
      }
      *to++ = low[i];
    }
    *to++ = '|';
  }
  *to = 0;
  return out;
}

static void runs_hold_listed_words_and_numbers_and_a_telling_place(void **state)
{
  (void)state;
  nr_run_words *words = words_of("on the of last b c year fin", "friday sept b.c. year-fin");
  assert_string_equal(runs_of(words, "He came on Friday. The end of the line."), "on *friday. the|");
  assert_string_equal(runs_of(words, "It opened on Sept. 24, 1986; last of the"), "on *sept. 24, *1986|");
  assert_string_equal(runs_of(words, "the 24th, at 9:30, No. 2/15, 28 men"), "the *24th|*9:30|");
  assert_string_equal(runs_of(words, "1.5 or 4.5.86 or 4/1986"), "*4.5.86|*4/*1986|");
  nr_run_words_pairs(words, text_of("/"));
  assert_string_equal(runs_of(words, "the 24th, at 9:30, No. 2/15, 28 men"), "the *24th|*9:30|*2/15, 28|");
  assert_string_equal(runs_of(words, "by year-fin or 44 B.C. then, year"), "*year-fin|44 *b.c.|");
  assert_string_equal(runs_of(words, "nothing of the last"), "");
  nr_run_words_free(words);
}

static void a_blank_line_parts_runs_and_a_long_run_is_cut(void **state)
{
  (void)state;
  nr_run_words *words = words_of("on", "friday");
  char text[400] = "";
  assert_string_equal(runs_of(words, "on\nFriday\n\nFriday"), "on\n*friday|*friday|");
  for (int i = 0; i < 50; i++)
    strcat(text, "Friday ");
  assert_non_null(strchr(runs_of(words, text), '|'));
  assert_true(strchr(runs_of(words, text), '|') - runs_of(words, text) < NR_RUN_BYTES * 2);
  nr_run_words_free(words);
}

static void folding_keeps_every_byte_in_its_place(void **state)
{
  (void)state;
  const char *texts[] = {"ABC xyz 123 [@`{",
                         "Ärger Über ÇÑ ß ×",
                         "П'ЯТЬ Їжак Єва Ґава Ёлка РЯД",
                         "a\xD0",
                         "\xC3",
                         "UPPER CASE LONGER THAN EIGHT BYTES"};
  const char *folded[] = {"abc xyz 123 [@`{",
                          "ärger über çñ ß ×",
                          "п'ять їжак єва ґава ёлка ряд",
                          "a\xD0",
                          "\xC3",
                          "upper case longer than eight bytes"};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    char low[100] = "";
    nr_runs_fold(text_of(texts[i]), low);
    assert_string_equal(low, folded[i]);
  }
}

static void rough_words_are_words_numbers_and_signs(void **state)
{
  (void)state;
  nr_text text =
              text_of("The U.S. dogs' 1,500-strong AT&T didn’t pay $2.5bn... \xC2\xA0“Так” -- п'ять 24-го."),
          token;
  const char *wanted[] = {"The", "U.S.", "dogs'", "1,500-strong", "AT&T", "didn’t",
                          "pay", "$",    "2.5bn", "...",          "“",    "Так",
                          "”",   "--",   "п'ять", "24-го",        "."};
  size_t at = 0;
  for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
    assert_true(nr_rough_next(text, &at, &token));
    assert_int_equal(token.size, strlen(wanted[i]));
    assert_memory_equal(token.bytes, wanted[i], token.size);
  }
  assert_false(nr_rough_next(text, &at, &token));
}

static void words_alone_tell_what_stands_between_them(void **state)
{
  (void)state;
  nr_text
      text = text_of(
          "\xE2\x80\x9CThe U.N. didn’t pay 2.5, J. F. O'Neil - Kyiv-based (he) - “won.” Fin\n \nдев’яти! 3."),
      word;
  static const struct {
    const char *word;
    unsigned gap;
  } wanted[] = {{"The", 0},
                {"U.N.", 0},
                {"didn’t", 0},
                {"pay", 0},
                {"2.5", 0},
                {"J", NR_GAP_CLAUSE},
                {"F", NR_GAP_STOP},
                {"O'Neil", NR_GAP_STOP},
                {"Kyiv-based", NR_GAP_CLAUSE},
                {"he", NR_GAP_CLAUSE},
                {"won", NR_GAP_CLAUSE},
                {"Fin", NR_GAP_STOP},
                {"дев’яти", NR_GAP_SENTENCE},
                {"3", NR_GAP_SENTENCE}};
  size_t at = 0;
  unsigned gap;
  for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
    assert_true(nr_rough_word(text, &at, &word, &gap));
    assert_int_equal(word.size, strlen(wanted[i].word));
    assert_memory_equal(word.bytes, wanted[i].word, word.size);
    assert_int_equal(gap, wanted[i].gap);
  }
  assert_false(nr_rough_word(text, &at, &word, &gap));
}

static void words_are_numbered_as_they_come(void **state)
{
  (void)state;
  nr_word_set set;
  uint32_t id;
  bool added;
  char word[8];
  nr_word_set_init(&set, &nr_memory_default);
  assert_false(nr_word_set_find(&set, text_of("a"), &id));
  for (int round = 0; round < 2; round++)
    for (int i = 0; i < 1000; i++) {
      snprintf(word, sizeof word, "w%d", i);
      assert_int_equal(nr_word_set_add(&set, text_of(word), &id, &added, NULL), NR_OK);
      assert_int_equal(id, i);
      assert_int_equal(added, round == 0);
    }
  assert_true(nr_word_set_find(&set, text_of("w999"), &id));
  assert_false(nr_word_set_find(&set, text_of("w1000"), &id));
  nr_word_set_clear(&set);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(runs_hold_listed_words_and_numbers_and_a_telling_place),
      cmocka_unit_test(a_blank_line_parts_runs_and_a_long_run_is_cut),
      cmocka_unit_test(folding_keeps_every_byte_in_its_place),
      cmocka_unit_test(rough_words_are_words_numbers_and_signs),
      cmocka_unit_test(words_alone_tell_what_stands_between_them),
      cmocka_unit_test(words_are_numbered_as_they_come),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
