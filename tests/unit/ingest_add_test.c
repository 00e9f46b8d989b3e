/* From files to articles: ids, dates, conflicts, and an account of every item. */
#include "ingest_bench.h"

static void a_text_with_a_date_glued_to_it_is_dated_and_kept_as_it_is(void **state)
{
  bench *b = *state;
  put(b, "grain.txt", " date 2025-09-26 " BODY);
  nr_ingest_counts counts = add(b, "grain.txt");
  assert_int_equal(counts.added, 1);
  dated(b, "grain", "2025-09-26 header 2025-09-26");
  says(b, "grain", " date 2025-09-26 " BODY);
}

static void a_folder_gives_ids_below_it(void **state)
{
  bench *b = *state;
  char sub[100];
  snprintf(sub, sizeof sub, "%s/2025.09", b->folder);
  assert_int_equal(mkdir(sub, 0777), 0);
  put(b, "2025.09/a.b.txt", BODY);
  put(b, "c", BODY);
  put(b, ".hidden", BODY);
  assert_int_equal(add(b, "").added, 2);
  find(b, "2025.09/a.b");
  find(b, "c");
}

static void json_lines_keep_their_fields(void **state)
{
  bench *b = *state;
  uint32_t part, article, field;
  nr_field_type type;
  nr_text value;
  static const nr_field_type types[] = {NR_FIELD_NUMBER, NR_FIELD_LIST, NR_FIELD_JSON};
  put(b, "wire.jsonl",
      "\xEF\xBB\xBF{\"id\":17,\"date\":\"2025-09\",\"title\":\"Grain\",\"text\":\"Caf\\u00e9.\",\"source\":"
      "\"S\",\"n\":12345678901234567890123,"
      "\"tags\":[\"a\",\"b\"],\"deep\":{\"k\":[1, null]},\"none\":null}\n\n{\"text\":\"second\"}");
  assert_int_equal(add(b, "wire.jsonl").added, 2);
  says(b, "17", "Caf\xC3\xA9.");
  says(b, "wire:3", "second");
  dated(b, "17", "2025-09-01 field 2025-09");
  dated(b, "wire:3", " none ");
  assert_true(nr_snapshot_find(b->snapshot, NR_TEXT("17"), &part, &article));
  const nr_segment *segment = nr_snapshot_part(b->snapshot, part)->segment;
  static const char *const fields[][2] = {
      {"n", "12345678901234567890123"}, {"tags", "[\"a\",\"b\"]"}, {"deep", "{\"k\":[1,null]}"}};
  for (size_t i = 0; i < 3; i++) {
    assert_true(nr_segment_find_field(segment, nr_text_of(fields[i][0]), &field));
    nr_segment_field_value(segment, field, nr_segment_field_of(segment, field, article), &type, &value);
    assert_true(nr_text_equal(value, nr_text_of(fields[i][1])));
    assert_int_equal(type, types[i]);
  }
  assert_false(nr_segment_find_field(segment, NR_TEXT("none"), &field));
}

static void bad_lines_are_refused_by_number_and_the_rest_goes_in(void **state)
{
  bench *b = *state;
  put(b, "bad.jsonl",
      "{\"id\":\"a\",\"text\":\"x\"\n{\"id\":\"b\",\"id\":\"b\"}\n{\"id\":\"c\",\"text\":\"\\ud800\"}\n[1]\n"
      "{\"id\":\"d\",\"text\":7}\n{\"id\":\"\",\"text\":\"x\"}\n{\"id\":\"e\",\"text\":\"x\"}\n");
  nr_ingest_counts counts = add(b, "bad.jsonl");
  assert_int_equal(counts.refused, 6);
  assert_int_equal(counts.added, 1);
  assert_string_equal(b->reports, "R bad.jsonl:1: column 21: the text ends too early\n"
                                  "R bad.jsonl:2: column 14: the key \"id\" is repeated\n"
                                  "R bad.jsonl:3: column 25: a lone surrogate\n"
                                  "R bad.jsonl:4: an object in { } is wanted here\n"
                                  "R bad.jsonl:5: \"text\" is no string\n"
                                  "R bad.jsonl:6: an id has 1 to 1024 bytes, not 0\n");
}

static void adding_again_skips_replaces_or_refuses(void **state)
{
  bench *b = *state;
  put(b, "one.jsonl", "{\"id\":\"a\",\"text\":\"x\"}\n{\"id\":\"b\",\"text\":\"y\"}\n");
  assert_int_equal(add(b, "one.jsonl").added, 2);
  assert_int_equal(add(b, "one.jsonl").skipped, 2);
  put(b, "one.jsonl", "{\"id\":\"a\",\"text\":\"new\"}\n{\"id\":\"b\",\"text\":\"y\"}\n");
  assert_int_equal(add(b, "one.jsonl").replaced, 1);
  says(b, "a", "new");
  put(b, "two.jsonl", "{\"id\":\"a\",\"text\":\"elsewhere\"}\n");
  assert_int_equal(add(b, "two.jsonl").refused, 1);
  assert_string_equal(
      b->reports, "R two.jsonl:1: there is another article with the id \"a\"; --replace takes the new one\n");
  says(b, "a", "new");
  b->options.replace = true;
  assert_int_equal(add(b, "two.jsonl").replaced, 1);
  says(b, "a", "elsewhere");
}

static void an_id_twice_in_one_input_is_no_update(void **state)
{
  bench *b = *state;
  put(b, "twice.jsonl",
      "{\"id\":\"a\",\"text\":\"x\"}\n{\"id\":\"a\",\"text\":\"x\"}\n{\"id\":\"a\",\"text\":\"y\"}\n");
  nr_ingest_counts counts = add(b, "twice.jsonl");
  assert_int_equal(counts.added, 1);
  assert_int_equal(counts.skipped, 1);
  assert_int_equal(counts.refused, 1);
  says(b, "a", "x");
}

static void days_that_cannot_be_leave_an_article_undated_with_the_evidence(void **state)
{
  bench *b = *state;
  put(b, "days.jsonl",
      "{\"id\":\"a\",\"text\":\"x\",\"date\":\"2025-02-30\"}\n{\"id\":\"b\",\"text\":\"x\",\"date\":\"9999-"
      "01-01\"}\n"
      "{\"id\":\"c\",\"text\":\"x\",\"date\":\"03/04/2025\"}\n{\"id\":\"d\",\"text\":\"x\",\"date\":\"Feb "
      "27, 2026 6:40 pm\"}\n"
      "{\"id\":\"e\",\"text\":\"x\",\"date\":\"soon\"}\n");
  nr_ingest_counts counts = add(b, "days.jsonl");
  assert_int_equal(counts.undated, 4);
  assert_int_equal(counts.added, 5);
  dated(b, "a", " none 2025-02-30");
  dated(b, "b", " none 9999-01-01");
  dated(b, "c", " none 03/04/2025");
  dated(b, "d", "2026-02-27 field Feb 27, 2026 6:40 pm");
  dated(b, "e", " none soon");
  assert_non_null(
      strstr(b->reports, "W days.jsonl:2: undated: 9999-01-01 is outside the years 1000 to 2200\n"));
  assert_non_null(
      strstr(b->reports, "W days.jsonl:3: undated: 03/04/2025: day and month can't be told apart\n"));
}

static void an_impossible_time_of_day_leaves_an_article_undated(void **state)
{
  bench *b = *state;
  put(b, "times.jsonl",
      "{\"id\":\"a\",\"text\":\"x\",\"date\":\"2025-03-14T25:00:00Z\"}\n"
      "{\"id\":\"b\",\"text\":\"x\",\"date\":\"2025-03-14 10:61\"}\n"
      "{\"id\":\"c\",\"text\":\"x\",\"date\":\"2025-03-14T10:00:00 GMT\"}\n");
  assert_int_equal(add(b, "times.jsonl").undated, 2);
  dated(b, "a", " none 2025-03-14T25:00:00Z");
  dated(b, "b", " none 2025-03-14 10:61");
  dated(b, "c", "2025-03-14 field 2025-03-14T10:00:00 GMT");
  assert_non_null(strstr(b->reports, "2025-03-14T25:00:00Z: there is no such time of day\n"));
}

static void a_header_date_above_a_short_sentence_is_read_or_reported(void **state)
{
  bench *b = *state;
  put(b, "a.txt", "Grain talks resume\n\n30 February 2025\n\nThe ministers met again.\n");
  put(b, "b.txt", "Grain talks resume\n\nSept 5th, 2025\n\nThe ministers met again.\n");
  put(b, "c.txt", "5 May 2025\nThe ministers met again.\n6 May 2025\nThey went home again.\n");
  add(b, "a.txt");
  dated(b, "a", " none 30 February 2025");
  assert_non_null(strstr(b->reports, "a.txt: undated: 30 February 2025: there is no such day\n"));
  add(b, "b.txt");
  dated(b, "b", "2025-09-05 header Sept 5th, 2025");
  add(b, "c.txt");
  dated(b, "c", " none ");
}

/* Tokens of the article: all, and those on its line. */
static void tokens_of(bench *b, const char *id, uint32_t *line, uint32_t *margin)
{
  uint32_t part, article, first, end;
  find(b, id);
  assert_true(nr_snapshot_find(b->snapshot, nr_text_of(id), &part, &article));
  const nr_segment *segment = nr_snapshot_part(b->snapshot, part)->segment;
  nr_segment_article_tokens(segment, article, false, &first, &end);
  *line = end - first;
  nr_segment_article_tokens(segment, article, true, &first, &end);
  *margin = end - first;
}

static void a_title_found_in_the_text_counts_once(void **state)
{
  bench *b = *state;
  uint32_t line, margin;
  put(b, "a.txt", "Grain talks resume\n\nThe ministers met again in the old port on Friday morning.\n");
  put(b, "b.jsonl",
      "{\"id\":\"b\",\"title\":\"Grain talks resume\",\"text\":\"Grain talks resume\\n\\nThe ministers met "
      "again in the old port on Friday morning.\\n\"}\n");
  add(b, "a.txt");
  assert_int_equal(find(b, "a").title_size, strlen("Grain talks resume"));
  tokens_of(b, "a", &line, &margin);
  assert_int_equal(line, 14);
  assert_int_equal(margin, 0);
  add(b, "b.jsonl");
  tokens_of(b, "b", &line, &margin);
  assert_int_equal(line, 14);
  assert_int_equal(margin, 0); /* so a dump, added anew, is the same article */
}

static void an_empty_date_is_no_date_whatever_the_text_says(void **state)
{
  bench *b = *state;
  put(b, "a.jsonl",
      "{\"id\":\"a\",\"date\":\"\",\"text\":\"date 2025-09-26 The ministers met again.\"}\n"
      "{\"id\":\"b\",\"date\":null,\"text\":\"date 2025-09-26 The ministers met again.\"}\n");
  assert_int_equal(add(b, "a.jsonl").undated, 1);
  dated(b, "a", " none ");
  dated(b, "b", "2025-09-26 header 2025-09-26");
}

static void bytes_that_are_not_utf8_are_repaired_and_counted(void **state)
{
  bench *b = *state;
  nr_repair repair;
  uint32_t part, article;
  put(b, "latin.txt", "caf\xE9 caf\xC3\xA9 caf\xC3\xA9 caf\xC3\xA9 caf\xC3\xA9\n");
  assert_int_equal(add(b, "latin.txt").repaired, 1);
  says(b, "latin", "caf\xEF\xBF\xBD caf\xC3\xA9 caf\xC3\xA9 caf\xC3\xA9 caf\xC3\xA9\n");
  assert_true(nr_snapshot_find(b->snapshot, NR_TEXT("latin"), &part, &article));
  assert_int_equal(nr_segment_repairs(nr_snapshot_part(b->snapshot, part)->segment, article, &repair, 1), 1);
  assert_int_equal(repair.bytes[0], 0xE9);
  assert_int_equal(repair.at, find(b, "latin").title_size + 3);
  assert_string_equal(b->reports, "W latin.txt: 1 sequence of bytes that are not UTF-8, now U+FFFD\n");
}

static void empty_binary_and_foreign_files_are_told_apart(void **state)
{
  bench *b = *state;
  put(b, "a-empty.txt", "");
  put_bytes(b, "b-binary",
            "\x7f"
            "ELF\0\0\0\0\0\0",
            10);
  put(b, "c-corpus.reel", "x");
  put_bytes(b, "d-nul.txt", "one\0" BODY BODY, 4 + 2 * (sizeof BODY - 1));
  nr_ingest_counts counts = add(b, "");
  assert_int_equal(counts.added, 2);
  assert_int_equal(counts.empty, 1);
  assert_int_equal(counts.refused, 2);
  assert_string_equal(b->reports,
                      "R b-binary: no text: NUL bytes\n"
                      "R c-corpus.reel: a corpus, not articles; newsreel dump writes what can be added\n"
                      "N a-empty.txt: no text; kept\n"
                      "W d-nul.txt: 1 NUL byte in the text, kept\n");
}

static void a_long_line_works_and_one_over_the_limit_is_refused(void **state)
{
  bench *b = *state;
  size_t sizes[] = {10 << 20, 70 << 20};
  for (size_t i = 0; i < 2; i++) {
    char *text = malloc(sizes[i]);
    assert_non_null(text);
    memset(text, 'x', sizes[i]);
    memcpy(text, "{\"id\":\"l\",\"text\":\"", 18);
    memcpy(text + sizes[i] - 3, "\"}\n", 3);
    put_bytes(b, i == 0 ? "ten.jsonl" : "seventy.jsonl", text, sizes[i]);
    text[0] = 'x';
    if (i == 1)
      put_bytes(b, "seventy.txt", text, sizes[i]);
    free(text);
  }
  assert_int_equal(add(b, "ten.jsonl").added, 1);
  assert_int_equal(add(b, "seventy.jsonl").refused, 1);
  assert_string_equal(b->reports, "R seventy.jsonl:1: the article is over 64 MiB\n");
  assert_int_equal(add(b, "seventy.txt").refused, 1);
  assert_string_equal(b->reports, "R seventy.txt: over 64 MiB\n");
}

static void given_fields_fill_what_is_missing(void **state)
{
  bench *b = *state;
  const nr_field given[] = {{NR_TEXT("date"), NR_FIELD_STRING, NR_TEXT("2024-05-06")},
                            {NR_TEXT("source"), NR_FIELD_STRING, NR_TEXT("Given")}};
  uint32_t part, article, field;
  nr_field_type type;
  nr_text value;
  b->options.given = given;
  b->options.given_count = 2;
  put(b, "f.jsonl",
      "{\"id\":\"a\",\"text\":\"x\",\"date\":\"2025-01-01\",\"source\":\"Own\"}\n{\"id\":\"b\",\"text\":"
      "\"x\"}\n");
  assert_int_equal(add(b, "f.jsonl").added, 2);
  dated(b, "a", "2025-01-01 field 2025-01-01");
  dated(b, "b", "2024-05-06 given 2024-05-06");
  for (int i = 0; i < 2; i++) {
    assert_true(nr_snapshot_find(b->snapshot, i == 0 ? NR_TEXT("a") : NR_TEXT("b"), &part, &article));
    const nr_segment *segment = nr_snapshot_part(b->snapshot, part)->segment;
    assert_true(nr_segment_find_field(segment, NR_TEXT("source"), &field));
    nr_segment_field_value(segment, field, nr_segment_field_of(segment, field, article), &type, &value);
    assert_true(nr_text_equal(value, i == 0 ? NR_TEXT("Own") : NR_TEXT("Given")));
  }
}

static void a_missing_path_is_refused_by_name(void **state)
{
  bench *b = *state;
  assert_int_equal(add(b, "nowhere.txt").refused, 1);
  assert_non_null(strstr(b->reports, "R nowhere.txt: "));
}

static void articles_from_fields_need_an_id(void **state)
{
  bench *b = *state;
  nr_outcome outcome;
  nr_error err;
  const nr_field fields[] = {{NR_TEXT("text"), NR_FIELD_STRING, NR_TEXT("late \xFF")},
                             {NR_TEXT("id"), NR_FIELD_STRING, NR_TEXT("a")}};
  assert_int_equal(nr_ingest_new(&b->options, b->writer, &b->ingest, NULL), NR_OK);
  assert_int_equal(nr_ingest_fields(b->ingest, fields, 1, &outcome, &err), NR_INVALID);
  assert_string_equal(err.message, "no id");
  assert_int_equal(nr_ingest_fields(b->ingest, fields, 2, &outcome, &err), NR_OK);
  assert_int_equal(outcome, NR_ADDED);
  assert_int_equal(nr_ingest_count(b->ingest)->repaired, 1);
  assert_int_equal(nr_ingest_count(b->ingest)->items, 2);
}

static bool stop(void *user, uint64_t done, uint64_t total)
{
  (void)user, (void)done, (void)total;
  return false;
}

static void an_interrupt_ends_the_work(void **state)
{
  bench *b = *state;
  nr_error err;
  char path[100];
  put(b, "a.jsonl", "{\"id\":\"a\",\"text\":\"x\"}\n");
  snprintf(path, sizeof path, "%s/a.jsonl", b->folder);
  b->options.poll.call = stop;
  assert_int_equal(nr_ingest_new(&b->options, b->writer, &b->ingest, NULL), NR_OK);
  assert_int_equal(nr_ingest_path(b->ingest, path, &err), NR_INTERRUPTED);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      TEST(a_text_with_a_date_glued_to_it_is_dated_and_kept_as_it_is),
      TEST(a_folder_gives_ids_below_it),
      TEST(json_lines_keep_their_fields),
      TEST(bad_lines_are_refused_by_number_and_the_rest_goes_in),
      TEST(adding_again_skips_replaces_or_refuses),
      TEST(an_id_twice_in_one_input_is_no_update),
      TEST(days_that_cannot_be_leave_an_article_undated_with_the_evidence),
      TEST(an_impossible_time_of_day_leaves_an_article_undated),
      TEST(a_header_date_above_a_short_sentence_is_read_or_reported),
      TEST(a_title_found_in_the_text_counts_once),
      TEST(an_empty_date_is_no_date_whatever_the_text_says),
      TEST(bytes_that_are_not_utf8_are_repaired_and_counted),
      TEST(empty_binary_and_foreign_files_are_told_apart),
      TEST(a_long_line_works_and_one_over_the_limit_is_refused),
      TEST(given_fields_fill_what_is_missing),
      TEST(a_missing_path_is_refused_by_name),
      TEST(articles_from_fields_need_an_id),
      TEST(an_interrupt_ends_the_work),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
