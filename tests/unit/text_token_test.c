/* Words, sentences, clauses and joined marks of news text. Expectations are written as text: tokens
 * with a space between, "|" before a sentence, "_" behind a token joined to the next. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "text/ascii.h"
#include "text/breaks.h"
#include "text/fold.h"
#include "text/scan.h"
#include "text/token.h"
#include "text/word_lists.h"
#include "text/words_table.h"

static nr_token_list list;

static void tokenize(const char *text, const nr_text_rules *rules)
{
  nr_block block = {.end = (uint32_t)strlen(text)};
  nr_error err;

  list.count = 0;
  assert_int_equal(nr_tokenize(nr_text_of(text), &block, 1, rules, &list, &err), NR_OK);
}

static void tokens_are(const char *text, const char *wanted)
{
  char got[2048] = "";

  tokenize(text, NULL);
  for (size_t i = 0; i < list.count; i++)
    snprintf(got + strlen(got), sizeof got - strlen(got), "%s%.*s%s", i == 0 ? "" : " ",
             (int)(list.items[i].end - list.items[i].start), text + list.items[i].start,
             (list.items[i].marks & NR_MARK_JOINED) != 0 ? "_" : "");
  assert_string_equal(got, wanted);
}

/* `wanted` is the text itself with a "|" where each sentence but the first starts. */
static void sentences_are(const char *wanted)
{
  char text[2048], got[2048] = "";
  size_t size = 0, at = 0;

  for (const char *c = wanted; *c != '\0'; c++)
    if (*c != '|')
      text[size++] = *c;
  text[size] = '\0';
  tokenize(text, NULL);
  for (size_t i = 1; i < list.count; i++)
    if ((list.items[i].marks & NR_MARK_OPENS) != 0) {
      strncat(got, text + at, list.items[i].start - at);
      strcat(got, "|");
      at = list.items[i].start;
    }
  strcat(got, text + at);
  assert_string_equal(got, wanted);
}

/* ---- tokens ---- */

static void test_clitics_are_tokens_with_either_apostrophe(void **state)
{
  (void)state;
  tokens_are("Trump's", "Trump_ 's");
  tokens_are("Trump’s", "Trump_ ’s");
  tokens_are("They don't, can’t", "They do_ n't , ca_ n’t");
  tokens_are("We're I'm he'd you'll they've", "We_ 're I_ 'm he_ 'd you_ 'll they_ 've");
  tokens_are("workers' rights", "workers_ ' rights");
  tokens_are("l'homme O'Neill", "l'_ homme O'Neill");
  tokens_are("T\u02BC", "T\u02BC");
}

static void test_a_quotation_in_single_marks_is_no_possessive(void **state)
{
  (void)state;
  tokens_are("the 'big powers' of", "the ' big powers ' of");
}

static void test_apostrophes_and_gershayim_spell_words(void **state)
{
  (void)state;
  tokens_are("п'ять здоров’я Прем`єр", "п'ять здоров’я Прем`єр");
  tokens_are("צה\"ל \"צבא\"", "צה\"ל \" צבא \"");
}

static void test_hyphens_part_words_and_leave_the_joined_mark(void **state)
{
  (void)state;
  tokens_are("long-range, U.S.-led", "long_ - range , U.S._ - led");
  tokens_are("Israel–Hamas war – now", "Israel_ – Hamas war – now");
  tokens_are("2016-го 14-річні", "2016-го 14-річні");
}

static void test_numbers_dates_and_sums_are_whole(void **state)
{
  (void)state;
  tokens_are("$15bn 1,000.5 3.5% 10:30", "$ 15bn 1,000.5 3.5 % 10:30");
  tokens_are("2025-09-26 555-1234 2014–2017", "2025-09-26 555-1234 2014_ – 2017");
  assert_int_equal(list.items[0].kind, NR_TOKEN_NUMBER);
}

static void test_abbreviations_keep_their_stop(void **state)
{
  (void)state;
  tokens_are("Sen. Tillis of the U.S. at 5 p.m.", "Sen. Tillis of the U.S. at 5 p.m.");
  tokens_are("on Sept. 24. Then", "on Sept. 24 . Then");
  tokens_are("He said no. Then No. 5", "He said no . Then No. 5");
}

static void test_addresses_handles_and_tags_are_whole(void **state)
{
  (void)state;
  tokens_are("See https://a.org/b?c=d. Or www.un.org, or j.doe@un.org!",
             "See https://a.org/b?c=d . Or www.un.org , or j.doe@un.org !");
  tokens_are("#StandWithUkraine by @potus", "#StandWithUkraine by @potus");
}

static void test_scripts_without_spaces_give_a_token_a_character(void **state)
{
  (void)state;
  tokens_are("部长说。", "部_ 长_ 说 。");
  tokens_are("ウクライナ", "ウクライナ");
}

static void test_repeated_signs_are_one_token(void **state)
{
  (void)state;
  tokens_are("Well... What?! -- no", "Well ... What ?! -- no");
}

static void test_tokens_cover_all_that_is_not_white_space(void **state)
{
  const char *text =
      "Київ (Reuters) – “We won’t,” he said… 日本 :) \xF0\x9F\x87\xBA\xF0\x9F\x87\xA6 n°5 & co";
  size_t at = 0;

  (void)state;
  tokenize(text, NULL);
  for (size_t i = 0; i < list.count; i++) {
    assert_true(list.items[i].start >= at && list.items[i].end > list.items[i].start);
    for (; at < list.items[i].start; at++)
      assert_int_equal(text[at], ' ');
    at = list.items[i].end;
  }
  assert_int_equal(at, strlen(text));
}

static uint64_t seed = 20250926;

static uint32_t below(uint32_t limit)
{
  seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
  return (uint32_t)(seed >> 33) % limit;
}

/* A text of the pieces that scanning has rules for, in any order. */
static size_t random_text(char *bytes, size_t pieces)
{
  static const char *const pieces_of_text[] = {
      "word", "Word", "a",  "I",    "U.S.", "Sen",      "no",       "ім", "Київ",  "їх",     "é", "ł",
      "№",    "1",    "24", "2025", "st",   "s",        "n",        "t",  "www.",  "http:/", "d", ".",
      ",",    ":",    ";",  "!",    "?",    "'",        "’",        "\"", "“",     "(",      ")", "-",
      "–",    "/",    "@",  "#",    "$",    "%",        "&",        "_",  "…",     " ",      " ", " ",
      " ",    "\n",   "\t", "日",   "カ",   "\xCC\x81", "\xC2\xAD", ":)", "&#39;", "[3]",    "{", "|"};
  size_t size = 0;

  while (pieces-- > 0) {
    const char *piece = pieces_of_text[below(sizeof pieces_of_text / sizeof *pieces_of_text)];
    memcpy(bytes + size, piece, strlen(piece));
    size += strlen(piece);
  }
  return size;
}

/* Are two lists of tokens the same? Byte by byte they need not be: a token has padding. */
static bool same_tokens(const nr_token_list *a, const nr_token_list *b)
{
  if (a->count != b->count)
    return false;
  for (size_t i = 0; i < a->count; i++)
    if (a->items[i].start != b->items[i].start || a->items[i].end != b->items[i].end ||
        a->items[i].kind != b->items[i].kind || a->items[i].marks != b->items[i].marks)
      return false;
  return true;
}

static void test_the_fast_path_gives_the_tokens_of_the_rules(void **state)
{
  nr_token_list careful;
  nr_error err;

  (void)state;
  nr_token_list_init(&careful, &nr_memory_default);
  for (int round = 0; round < 100000; round++) {
    char bytes[512];
    uint32_t size = (uint32_t)random_text(bytes, 1 + below(24));
    nr_text text = {bytes, size};
    list.count = careful.count = 0;
    assert_int_equal(nr_scan(text, 0, size, NULL, false, &list, &err), NR_OK);
    assert_int_equal(nr_scan(text, 0, size, NULL, true, &careful, &err), NR_OK);
    if (!same_tokens(&list, &careful))
      fail_msg("\"%.*s\"", (int)size, bytes);
    list.count = careful.count = 0;
    assert_int_equal(nr_scan_plain(text, 0, size, false, &list, &err), NR_OK);
    assert_int_equal(nr_scan_plain(text, 0, size, true, &careful, &err), NR_OK);
    if (!same_tokens(&list, &careful))
      fail_msg("by UAX #29: \"%.*s\"", (int)size, bytes);
  }
  nr_token_list_clear(&careful);
}

static void test_runs_of_letters_and_digits_are_measured_alike(void **state)
{
  (void)state;
  for (int round = 0; round < 100000; round++) {
    uint8_t bytes[16];
    unsigned run = 0, letters = 0;
    for (int i = 0; i < 16; i++) /* mostly letters, and now and then any byte, those beside the ranges too */
      bytes[i] = below(8) == 0 ? (uint8_t)below(256) : (uint8_t)("azAZ09mM"[below(8)] + below(9) / 8);
    while (run < 16 && ((bytes[run] >= '0' && bytes[run] <= '9') ||
                        (bytes[run] >= 'A' && bytes[run] <= 'Z') || (bytes[run] >= 'a' && bytes[run] <= 'z')))
      run++;
    while (letters < run && bytes[letters] > '9')
      letters++;
    assert_int_equal(nr_ascii_run16(bytes, true), run);
    assert_int_equal(nr_ascii_run(bytes, true), run < 8 ? run : 8);
    assert_int_equal(nr_ascii_run16(bytes, false), letters);
    assert_int_equal(nr_ascii_run(bytes, false), letters < 8 ? letters : 8);
  }
}

static void test_runs_of_letters_of_two_bytes_are_measured_too(void **state)
{
  static const char *const pieces[] = {"a", "Z", "7", "ж",  "Ї", "ł",       "Č",
                                       "é", "–", " ", "漢", ".", "\xD2\x91"};
  (void)state;
  for (int round = 0; round < 100000; round++) {
    char bytes[80] = "";
    size_t run = 0;
    for (bool inside = true; strlen(bytes) < 40;) {
      uint32_t piece = below(4) == 0 ? below(13) : below(7);
      strcat(bytes, pieces[piece]);
      inside = inside && piece < 7;
      run = inside ? strlen(bytes) : run;
    }
    assert_int_equal(nr_word_run16((const uint8_t *)bytes), run < 16 ? run : 16);
  }
}

/* ---- sentences ---- */

static void test_a_title_or_an_initial_ends_no_sentence(void **state)
{
  (void)state;
  sentences_are("It fell to Sen. Thom Tillis. |He met Dr. J. R. Hall and George W. Bush.");
  sentences_are("Вона живе на вул. Садовій. |Її бачив А. Б. Коваль.");
}

static void test_an_abbreviation_ends_a_sentence_when_the_next_word_starts_one(void **state)
{
  (void)state;
  sentences_are("He met U.S. Vice President Vance.");
  sentences_are("He is in the U.S. |That is news.");
  sentences_are("It was bought by Acme Inc. |The price was low.");
  sentences_are("They met at 9 a.m. Monday and left at 6 p.m. |Talks failed.");
  sentences_are("At 5 a.m. Geneva time they left.");
}

static void test_a_year_in_short_ends_a_sentence_before_a_capital(void **state)
{
  (void)state;
  sentences_are("Це було у 2014 р. і тривало.");
  sentences_are("Це було у 2014 р. |Усе минуло. |Постанова від 5 травня 2014 р. № 9.");
}

static void test_a_stop_inside_closing_quotes_ends_the_sentence(void **state)
{
  (void)state;
  sentences_are("\"We will go.\" |They went.");
  sentences_are("“We will go.” |They went.");
  sentences_are("(It rained.) |They went.");
}

static void test_a_quoted_question_goes_on_into_its_cue(void **state)
{
  (void)state;
  sentences_are("\"Who will pay?\" Peskov said. |Nobody knew.");
  sentences_are("“Who will pay?” he asked.");
  sentences_are("\"Who will pay?\" |The minister had no answer.");
  sentences_are("— Хто там? — спитав він. |Ніхто не відповів.");
}

static void test_the_name_behind_a_quotation_belongs_to_it(void **state)
{
  (void)state;
  sentences_are("“It is a long game.” — Matthew Ingram");
  sentences_are("Це зріст (минулого року. — Ред.). |Далі буде.");
  sentences_are("— Так. |— Ні.");
}

static void test_ellipses_and_doubled_marks_end_at_a_capital_only(void **state)
{
  (void)state;
  sentences_are("Join NATO?.. |Go there.");
  sentences_are("He paused ... and went on. |Well… |Maybe.");
  sentences_are("Was it him? |... No, not him.");
  sentences_are("“They said [...] little” (page 5). |So it was.");
}

static void test_a_missing_space_is_seen_between_words(void **state)
{
  (void)state;
  sentences_are("They left.|The talks ended at 5.30 in St. Gallen.");
}

static void test_items_of_a_list_are_sentences_with_their_numbers(void **state)
{
  (void)state;
  sentences_are("1. First thing |2. Second thing |3. Third thing");
  sentences_are("a) First thing |b) second thing");
  sentences_are("• First thing |• Second thing");
}

static void test_words_glued_before_the_text_are_apart(void **state)
{
  (void)state;
  sentences_are("Friday, September 26, 2025 |Leaders met in Geneva.");
  sentences_are("KYIV, Ukraine (AP) — |Leaders met in Geneva.");
  sentences_are("Leaders in Geneva |Photo: Agency");
}

static void test_a_line_break_ends_a_sentence_behind_a_short_line_only(void **state)
{
  (void)state;
  sentences_are("Talks fail again\n|Leaders met in Geneva.\n\n|They left");
  sentences_are("Leaders of eleven states met on Friday in the city of\nGeneva and left without a word.");
  sentences_are("They met in\ngreat haste.");
}

static void test_note_references_stay_with_their_sentence(void **state)
{
  (void)state;
  sentences_are("It was signed. [3] [4] |It failed.");
}

static void test_ideographic_stops_need_no_space(void **state)
{
  (void)state;
  sentences_are("部长说话。|他走了。");
  sentences_are("他说：“走吧。”|他走了。");
  sentences_are("「行こう。」と彼は言った。|彼は去った。");
}

/* ---- marks ---- */

static void test_a_sentence_starts_at_its_first_word(void **state)
{
  (void)state;
  tokenize("Go. “We, (too) stay.”", NULL);
  assert_int_equal(list.items[0].marks,
                   NR_MARK_OPENS | NR_MARK_SENTENCE | NR_MARK_PARAGRAPH | NR_MARK_CLAUSE);
  assert_int_equal(list.items[2].marks, NR_MARK_OPENS);                     /* “ */
  assert_int_equal(list.items[3].marks, NR_MARK_SENTENCE | NR_MARK_CLAUSE); /* We */
  assert_int_equal(list.items[6].marks, NR_MARK_CLAUSE);                    /* too */
  assert_int_equal(list.items[8].marks, NR_MARK_CLAUSE);                    /* stay */
}

static void test_each_block_starts_a_paragraph_and_no_token_crosses_it(void **state)
{
  const nr_block blocks[] = {{.end = 4}, {.start = 4, .end = 9, .margin = true}};
  nr_error err;

  (void)state;
  list.count = 0;
  assert_int_equal(nr_tokenize(NR_TEXT("Sancta go"), blocks, 2, NULL, &list, &err), NR_OK);
  assert_int_equal(list.count, 3);
  assert_int_equal(list.items[0].end, 4);
  assert_int_equal(list.items[1].marks & (NR_MARK_PARAGRAPH | NR_MARK_MARGIN),
                   NR_MARK_PARAGRAPH | NR_MARK_MARGIN);
}

static void test_plain_rules_are_those_of_unicode(void **state)
{
  const nr_text_rules plain = {.plain = true};

  (void)state;
  tokenize("Dr. Who can't e-mail", &plain);
  assert_int_equal(list.count, 7);
  assert_int_equal(list.items[2].marks & NR_MARK_SENTENCE, NR_MARK_SENTENCE);
  assert_int_equal(list.items[3].end - list.items[3].start, 5);
}

/* ---- cost ---- */

/* An allocator that gives nothing once `left` calls are spent. */
static void *spent(void *user, void *pointer, size_t old_size, size_t new_size)
{
  int *left = user;
  if (new_size > 0 && (*left)-- <= 0)
    return NULL;
  return nr_memory_default.resize(NULL, pointer, old_size, new_size);
}

static void test_without_memory_the_list_is_as_it_was(void **state)
{
  nr_text text =
      NR_TEXT("One two three. Four five can't U.S. six seven eight nine ten eleven twelve thirteen.");
  nr_block block = {.end = (uint32_t)text.size};
  int calls = 1;
  const nr_memory memory = {spent, &calls};
  nr_token_list small;
  nr_error err;

  (void)state;
  nr_token_list_init(&small, &memory);
  assert_int_equal(nr_tokenize(NR_TEXT("One"), &(nr_block){.end = 3}, 1, NULL, &small, &err), NR_OK);
  assert_int_equal(nr_tokenize(text, &block, 1, NULL, &small, &err), NR_NOMEM);
  assert_int_equal(small.count, 1);
  nr_token_list_clear(&small);
}

/* A rule that looked ahead or back without bound would take minutes over one of these. */
static void test_the_cost_is_linear_whatever_the_bytes(void **state)
{
  static const char *const pieces[] = {
      "a.", "A.",      ".",     ". ",  ".)",  ".) ",  "\"",       "“",         "'",
      "a'", "-",       "1-",    "1.",  "[1]", ".[1]", "(",        "@a",        "a@a,",
      "/",  "http://", "&#39;", "a-",  "1,",  "é.",   "\xCC\x81", "a\xCC\x81", "\xE2\x80\x8D",
      ":",  ":)",      "no. ",  "   ", "\n",  "• ",   "日",       "_"};
  enum { size = 1 << 18 };
  static char bytes[size];

  (void)state;
  for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
    size_t length = strlen(pieces[i]), filled = size / length * length;
    nr_text text = {bytes, filled};
    clock_t start = clock();
    for (size_t at = 0; at < filled; at += length)
      memcpy(bytes + at, pieces[i], length);
    list.count = 0;
    assert_int_equal(nr_tokenize(text, &(nr_block){.end = (uint32_t)filled}, 1, NULL, &list, NULL), NR_OK);
    for (int kind = 0; kind < NR_BREAK_KINDS; kind++)
      for (size_t at = 0; at < filled;)
        at = nr_break_next((nr_break_kind)kind, text, at);
    if ((double)(clock() - start) / CLOCKS_PER_SEC > 1.0)
      fail_msg("\"%s\" again and again takes too long", pieces[i]);
  }
}

/* ---- lists ---- */

static void test_built_in_words_are_folded_and_in_order(void **state)
{
  nr_buffer folded;
  nr_error err;

  (void)state;
  nr_buffer_init(&folded, &nr_memory_default);
  for (size_t i = 0; i < sizeof built_in / sizeof *built_in; i++) {
    folded.size = 0;
    nr_fold(nr_text_of(built_in[i].word), &folded, &err);
    if (!nr_text_equal((nr_text){folded.bytes, folded.size}, nr_text_of(built_in[i].word)))
      fail_msg("\"%s\" is not a folded form", built_in[i].word);
    assert_true(i == 0 || strcmp(built_in[i - 1].word, built_in[i].word) < 0);
  }
  nr_buffer_clear(&folded);
}

static void test_lists_handed_down_add_to_the_built_in_ones(void **state)
{
  nr_word_lists *lists;
  nr_error err;
  char word[32];

  (void)state;
  assert_int_equal(nr_word_lists_new(&nr_memory_default, &lists, &err), NR_OK);
  for (int i = 0; i < 1000; i++) {
    snprintf(word, sizeof word, "word%d", i);
    assert_int_equal(nr_word_lists_put(lists, nr_text_of(word), NR_WORD_TITLE, &err), NR_OK);
  }
  assert_int_equal(nr_word_meanings(lists, NR_TEXT("Word999.")), NR_WORD_TITLE);
  assert_int_equal(nr_word_meanings(NULL, NR_TEXT("Word999.")), 0);
  assert_int_equal(nr_word_meanings(lists, NR_TEXT("Sen.")), NR_WORD_TITLE);
  tokenize("He met word7. Smith there.", &(nr_text_rules){.lists = lists});
  assert_int_equal(list.items[3].marks & NR_MARK_SENTENCE, 0);
  nr_word_lists_free(lists);
}

static int set_up(void **state)
{
  (void)state;
  nr_token_list_init(&list, &nr_memory_default);
  return 0;
}

static int tear_down(void **state)
{
  (void)state;
  nr_token_list_clear(&list);
  return 0;
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_clitics_are_tokens_with_either_apostrophe),
      cmocka_unit_test(test_a_quotation_in_single_marks_is_no_possessive),
      cmocka_unit_test(test_apostrophes_and_gershayim_spell_words),
      cmocka_unit_test(test_hyphens_part_words_and_leave_the_joined_mark),
      cmocka_unit_test(test_numbers_dates_and_sums_are_whole),
      cmocka_unit_test(test_abbreviations_keep_their_stop),
      cmocka_unit_test(test_addresses_handles_and_tags_are_whole),
      cmocka_unit_test(test_scripts_without_spaces_give_a_token_a_character),
      cmocka_unit_test(test_repeated_signs_are_one_token),
      cmocka_unit_test(test_tokens_cover_all_that_is_not_white_space),
      cmocka_unit_test(test_the_fast_path_gives_the_tokens_of_the_rules),
      cmocka_unit_test(test_runs_of_letters_and_digits_are_measured_alike),
      cmocka_unit_test(test_runs_of_letters_of_two_bytes_are_measured_too),
      cmocka_unit_test(test_a_title_or_an_initial_ends_no_sentence),
      cmocka_unit_test(test_an_abbreviation_ends_a_sentence_when_the_next_word_starts_one),
      cmocka_unit_test(test_a_year_in_short_ends_a_sentence_before_a_capital),
      cmocka_unit_test(test_a_stop_inside_closing_quotes_ends_the_sentence),
      cmocka_unit_test(test_a_quoted_question_goes_on_into_its_cue),
      cmocka_unit_test(test_the_name_behind_a_quotation_belongs_to_it),
      cmocka_unit_test(test_ellipses_and_doubled_marks_end_at_a_capital_only),
      cmocka_unit_test(test_a_missing_space_is_seen_between_words),
      cmocka_unit_test(test_items_of_a_list_are_sentences_with_their_numbers),
      cmocka_unit_test(test_words_glued_before_the_text_are_apart),
      cmocka_unit_test(test_a_line_break_ends_a_sentence_behind_a_short_line_only),
      cmocka_unit_test(test_note_references_stay_with_their_sentence),
      cmocka_unit_test(test_ideographic_stops_need_no_space),
      cmocka_unit_test(test_a_sentence_starts_at_its_first_word),
      cmocka_unit_test(test_each_block_starts_a_paragraph_and_no_token_crosses_it),
      cmocka_unit_test(test_plain_rules_are_those_of_unicode),
      cmocka_unit_test(test_without_memory_the_list_is_as_it_was),
      cmocka_unit_test(test_the_cost_is_linear_whatever_the_bytes),
      cmocka_unit_test(test_built_in_words_are_folded_and_in_order),
      cmocka_unit_test(test_lists_handed_down_add_to_the_built_in_ones),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
