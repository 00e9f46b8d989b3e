/* What is added to an article that does not say it: its language, about when it appeared. */
#include "ingest_bench.h"

static void a_week_is_inferred_from_a_day_with_its_weekday(void **state)
{
  bench *b = *state;
  put(b, "a.txt",
      BODY "The ferry sank on Friday, September 26, 2025 in calm water, three weeks after the fire of "
           "September 3, 2025.\n");
  put(b, "b.txt", BODY "Паром затонув у п’ятницю, 26 вересня 2025 року, коли море було спокійне.\n");
  put(b, "c.txt", BODY "We are still looking for the crew. (@harbour_watch) September 26, 2025\n");
  nr_ingest_counts counts = add(b, "");
  assert_int_equal(counts.inferred, 3);
  dated(b, "a", "2025-09-26 inferred September 26, 2025");
  assert_int_equal(find(b, "a").date.last - find(b, "a").date.first, 6);
  dated(b, "b", "2025-09-26 inferred 26 вересня 2025");
  dated(b, "c", "2025-09-26 inferred September 26, 2025");
}

static void no_day_is_guessed_from_others(void **state)
{
  bench *b = *state;
  put(b, "past.txt", BODY "The treaty of September 26, 2025 was praised by all.\n");
  put(b, "wrong.txt", BODY "The ferry sank on Monday, September 26, 2025 in calm water.\n"); /* a Friday */
  put(b, "later.txt", BODY "It sank on Friday, September 26, 2025; the trial begins on March 2, 2026.\n");
  nr_ingest_counts counts = add(b, "");
  assert_int_equal(counts.inferred, 0);
  assert_int_equal(counts.undated, 3);
}

static void a_date_field_may_name_a_stretch_of_days(void **state)
{
  bench *b = *state;
  put(b, "a.jsonl",
      "{\"id\":\"a\",\"date\":\"2025-09-26/2025-10-02\",\"text\":\"x\"}\n"
      "{\"id\":\"b\",\"date\":\"2025-09-26/..\",\"text\":\"x\"}\n");
  assert_int_equal(add(b, "a.jsonl").undated, 1);
  dated(b, "a", "2025-09-26 field 2025-09-26/2025-10-02");
  assert_int_equal(find(b, "a").date.last - find(b, "a").date.first, 6);
}

static void lacks_field(bench *b, const char *id, const char *name)
{
  uint32_t part, article, field;
  assert_true(nr_snapshot_find(b->snapshot, nr_text_of(id), &part, &article));
  const nr_segment *segment = nr_snapshot_part(b->snapshot, part)->segment;
  if (nr_segment_find_field(segment, nr_text_of(name), &field))
    assert_int_equal(nr_segment_field_of(segment, field, article), UINT32_MAX);
}

static void a_language_that_is_not_said_is_guessed_and_marked_or_left_out(void **state)
{
  bench *b = *state;
  put(b, "a.jsonl",
      "{\"id\":\"said\",\"lang\":\"xx\",\"text\":\"The crew and the captain were not on the ship when it "
      "left.\"}\n"
      "{\"id\":\"en\",\"text\":\"The crew and the captain were not on the ship when it left, and that was "
      "that.\"}\n"
      "{\"id\":\"uk\",\"text\":\"Капітан сказав, що він не знав, де було судно, і що це буде важко "
      "довести.\"}\n"
      "{\"id\":\"none\",\"text\":\"Brzk frmp 12.\"}\n");
  nr_ingest_counts counts = add(b, "a.jsonl");
  assert_int_equal(counts.guessed, 2);
  assert_int_equal(counts.unknown, 1);
  has_field(b, "said", "lang", "xx");
  lacks_field(b, "said", "lang_source");
  has_field(b, "en", "lang", "en");
  has_field(b, "en", "lang_source", "guessed");
  has_field(b, "uk", "lang", "uk");
  lacks_field(b, "none", "lang");
}

static void words_of_letters_that_look_alike_are_reported(void **state)
{
  bench *b = *state;
  put(b, "a.txt", BODY "They met in Кyiv.\n"); /* the К is Cyrillic */
  put(b, "b.txt", BODY "They met in Kyiv, the Київ of old.\n");
  assert_int_equal(add(b, "").mixed, 1);
  assert_non_null(strstr(b->reports, "N a.txt: words of letters that look alike"));
  assert_null(strstr(b->reports, "b.txt: words"));
}

static void lines_that_earlier_articles_of_the_source_had_are_furniture_in_a_later_add(void **state)
{
  bench *b = *state;
  char text[400], name[16];
  nr_block blocks[8];
  uint32_t part, article;
  for (int i = 0; i < 6; i++) {
    snprintf(name, sizeof name, "%d.jsonl", i);
    snprintf(
        text, sizeof text,
        "{\"id\":\"%d\",\"source\":\"Post\",\"text\":\"Ship number %d left the port on its first long way "
        "to the north of the sea.\\nOur best of the week\\nIt is expected back with %d people in the spring "
        "of "
        "next year.\"}\n",
        i, i, i + 20);
    put(b, name, text);
    add(b, name);
  }
  assert_true(nr_snapshot_find(b->snapshot, NR_TEXT("5"), &part, &article));
  uint32_t count = nr_segment_blocks(nr_snapshot_part(b->snapshot, part)->segment, article, blocks, 8);
  assert_int_equal(count, 3);
  assert_int_equal(blocks[1].reason, NR_REASON_REPEATED);
  assert_false(blocks[0].margin || blocks[2].margin);
}

static void what_is_added_again_stays_as_it_was_cleaned(void **state)
{
  bench *b = *state;
  char text[300], name[16];
  for (int i = 0; i < 6; i++) {
    snprintf(name, sizeof name, "%d.jsonl", i);
    snprintf(
        text, sizeof text,
        "{\"id\":\"%d\",\"source\":\"Post\",\"text\":\"Ship number %d left the port on its first way to the "
        "north.\\nOur best of the week\\nIt is expected back with %d people in the spring.\"}\n",
        i, i, i + 20);
    put(b, name, text);
    add(b, name);
  }
  assert_int_equal(add(b, "0.jsonl").skipped, 1);
  assert_int_equal(add(b, "").skipped, 6);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      TEST(a_week_is_inferred_from_a_day_with_its_weekday),
      TEST(no_day_is_guessed_from_others),
      TEST(a_date_field_may_name_a_stretch_of_days),
      TEST(a_language_that_is_not_said_is_guessed_and_marked_or_left_out),
      TEST(words_of_letters_that_look_alike_are_reported),
      TEST(lines_that_earlier_articles_of_the_source_had_are_furniture_in_a_later_add),
      TEST(what_is_added_again_stays_as_it_was_cleaned),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
