/* Words, sentences and graphemes agree with every case that Unicode publishes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "text/breaks.h"
#include "text/utf8.h"

static const char *folder(void)
{
  const char *given = getenv("UNICODE_DATA");
  return given != NULL ? given : "/usr/share/unicode";
}

/* A case: "÷ 0061 × 0308 ÷ 0020 ÷ # comment". */
typedef struct test_case {
  char bytes[512];
  size_t size, borders[128], border_count;
} test_case;

static void read_case(char *line, test_case *c)
{
  *c = (test_case){0};
  line[strcspn(line, "#\n")] = '\0';
  for (char *item = strtok(line, " \t"); item != NULL; item = strtok(NULL, " \t")) {
    if (strcmp(item, "÷") == 0)
      c->borders[c->border_count++] = c->size;
    else if (strcmp(item, "×") != 0)
      c->size += nr_utf8_put(c->bytes + c->size, (uint32_t)strtoul(item, NULL, 16));
  }
}

static void check_case(nr_break_kind kind, const test_case *c, int number)
{
  nr_text text = {c->bytes, c->size};
  size_t at = 0, found = 0;

  assert_int_equal(c->borders[found++], 0);
  while (at < c->size) {
    at = nr_break_next(kind, text, at);
    if (found == c->border_count || at != c->borders[found])
      fail_msg("%s line %d: border %zu is at byte %zu", nr_break_kind_name(kind), number, found, at);
    found++;
  }
  assert_int_equal(found, c->border_count);
}

static void check_file(nr_break_kind kind, const char *name, int cases_min)
{
  char path[1024], line[4096];
  test_case c;
  int cases = 0, number = 0;
  FILE *file;

  snprintf(path, sizeof path, "%s/auxiliary/%s", folder(), name);
  file = fopen(path, "r");
  if (file == NULL) {
    print_message("%s is not installed (package unicode-data): skipped\n", path);
    skip();
  }
  while (fgets(line, sizeof line, file) != NULL) {
    number++;
    read_case(line, &c);
    if (c.size == 0)
      continue;
    check_case(kind, &c, number);
    cases++;
  }
  fclose(file);
  assert_true(cases >= cases_min);
}

static void test_words_agree_with_every_case_of_WordBreakTest(void **state)
{
  (void)state;
  check_file(NR_BREAK_WORD, "WordBreakTest.txt", 1823);
}

static void test_sentences_agree_with_every_case_of_SentenceBreakTest(void **state)
{
  (void)state;
  check_file(NR_BREAK_SENTENCE, "SentenceBreakTest.txt", 502);
}

static void test_graphemes_agree_with_every_case_of_GraphemeBreakTest(void **state)
{
  (void)state;
  check_file(NR_BREAK_GRAPHEME, "GraphemeBreakTest.txt", 602);
}

static uint64_t seed = 20250926;

static uint32_t below(uint32_t limit)
{
  seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
  return (uint32_t)(seed >> 33) % limit;
}

/* Mostly ASCII, so that words end at every kind of neighbour, with what rules look at mixed in. */
static size_t random_text(char *bytes, size_t pieces)
{
  static const char *const others[] = {"’",   "é", "\xCC\x81", "\xE2\x80\x8D", "א", "カ", "٣", "·",
                                       "️", "😀", "日"};
  static const char marks[] = "..,,;:''\"\"__  \t\r\n-@#$%&/\x7F\x01";
  size_t size = 0;

  while (pieces-- > 0) {
    uint32_t kind = below(16);
    if (kind == 0) {
      const char *other = others[below(sizeof others / sizeof *others)];
      memcpy(bytes + size, other, strlen(other));
      size += strlen(other);
    } else {
      bytes[size++] = kind < 8    ? (char)((below(2) ? 'a' : 'A') + (int)below(26))
                      : kind < 11 ? (char)('0' + (int)below(10))
                                  : marks[below(sizeof marks - 1)];
    }
  }
  return size;
}

static void test_the_fast_path_gives_what_the_rules_give(void **state)
{
  (void)state;
  for (int round = 0; round < 60000; round++) {
    char bytes[256];
    nr_text text = {bytes, random_text(bytes, 1 + below(60))};
    for (size_t at = 0; at < text.size;) {
      size_t next = nr_break_next(NR_BREAK_WORD, text, at);
      if (next != nr_break_next_by_rules(NR_BREAK_WORD, text, at))
        fail_msg("at %zu in \"%.*s\"", at, (int)text.size, bytes);
      at = next;
    }
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_words_agree_with_every_case_of_WordBreakTest),
      cmocka_unit_test(test_sentences_agree_with_every_case_of_SentenceBreakTest),
      cmocka_unit_test(test_graphemes_agree_with_every_case_of_GraphemeBreakTest),
      cmocka_unit_test(test_the_fast_path_gives_what_the_rules_give),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
