/* Articles made by several threads: the same bytes, the same reports. */
#include "ingest_bench.h"

enum { items = 2000, words = 70 };

/* Good articles, and now and then a line that is none, an id met twice, a day that can't be, bad UTF-8. */
static void write_articles(bench *b)
{
  char path[200];
  uint32_t state = 7;
  snprintf(path, sizeof path, "%s/wire.jsonl", b->folder);
  FILE *file = fopen(path, "w");
  assert_non_null(file);
  for (int i = 0; i < items; i++) {
    if (i % 97 == 5)
      fputs("{\"id\": broken}\n", file);
    fprintf(file,
            "{\"id\": \"%d\", \"date\": \"%s\", \"source\": \"S%d\", \"title\": \"Item %d\", \"text\": \"",
            i % 211 == 7 ? i - 1 : i, i % 307 == 3 ? "2025-02-30" : "2025-09-26", i % 3, i);
    fputs(i % 101 == 9 ? "date 2025-09-20 Later. " : "", file);
    for (int w = 0; w < words; w++) {
      state = state * 1664525 + 1013904223;
      fprintf(file, "%s%c%u", w % 12 == 11 ? ". The " : " ", (int)('a' + (state >> 28)), state >> 8 & 1023);
    }
    fputs("\\nShare this article\"}\n", file);
  }
  fclose(file);
}

static char *read_file(const char *path, size_t *size)
{
  FILE *file = fopen(path, "rb");
  assert_non_null(file);
  fseek(file, 0, SEEK_END);
  *size = (size_t)ftell(file);
  rewind(file);
  char *bytes = malloc(*size);
  assert_int_equal(fread(bytes, 1, *size, file), *size);
  fclose(file);
  return bytes;
}

/* Add all with `workers` threads to a corpus of its own; its bytes. */
static char *bytes_with(bench *b, uint32_t workers, size_t *size)
{
  char path[200];
  snprintf(path, sizeof path, "%s/%u.reel", b->folder, workers);
  nr_writer_close(b->writer);
  assert_int_equal(nr_writer_open(&nr_disk_system, &nr_memory_default, path, true, &b->writer, NULL), NR_OK);
  b->options.workers = workers;
  b->options.shared = &nr_memory_default;
  nr_ingest_counts counts = add(b, "wire.jsonl");
  assert_true(counts.added > items / 2 && counts.refused > 20 && counts.undated > 3);
  return read_file(path, size);
}

static void any_number_of_workers_makes_the_same_bytes_and_reports(void **state)
{
  static const uint32_t numbers[] = {2, 3, 8};
  bench *b = *state;
  size_t size, other_size;
  char reports[sizeof b->reports];
  write_articles(b);
  char *bytes = bytes_with(b, 1, &size);
  memcpy(reports, b->reports, sizeof reports);
  assert_true(strstr(reports, "undated") != NULL && strstr(reports, "another article") != NULL);
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
    char *other = bytes_with(b, numbers[i], &other_size);
    assert_int_equal(other_size, size);
    assert_memory_equal(other, bytes, size);
    assert_string_equal(b->reports, reports);
    free(other);
  }
  free(bytes);
}

/* Articles of one source, `with` of them with a line that becomes furniture once enough of them have it. */
static void write_letters(bench *b, const char *name, int first, int count, int with)
{
  char path[200];
  snprintf(path, sizeof path, "%s/%s", b->folder, name);
  FILE *file = fopen(path, "w");
  assert_non_null(file);
  for (int i = first; i < first + count; i++)
    fprintf(file,
            "{\"id\": \"%d\", \"date\": \"2025-09-26\", \"source\": \"S\", \"text\": \"The talks number %d "
            "went on for a "
            "while in the old town.\\nNobody %d could say when they would end, or how.%s\"}\n",
            i, i, i * 7, i < first + with ? "\\nGood mornings from our little house by the sea" : "");
  fclose(file);
}

static void articles_added_again_stay_as_they_are_with_any_number_of_workers(void **state)
{
  bench *b = *state;
  write_letters(b, "few.jsonl", 0, 200, 1);
  write_letters(b, "many.jsonl", 1000, 200, 200);
  b->options.shared = &nr_memory_default;
  add(b, "few.jsonl");
  add(b, "many.jsonl");
  for (b->options.workers = 1; b->options.workers <= 3; b->options.workers++)
    assert_int_equal(add(b, "few.jsonl").skipped, 200);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(any_number_of_workers_makes_the_same_bytes_and_reports, set_up,
                                      tear_down),
      cmocka_unit_test_setup_teardown(articles_added_again_stay_as_they_are_with_any_number_of_workers,
                                      set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
