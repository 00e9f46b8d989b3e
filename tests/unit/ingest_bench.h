/* ingest_bench.h: a folder of files, a corpus in memory, and what was reported, for tests of ingest. */
#ifndef INGEST_BENCH_H
#define INGEST_BENCH_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "ingest/ingest.h"

/* A folder of files, a corpus in memory, and what was reported ("R where: message" a line). */
typedef struct bench {
  char folder[64];
  nr_writer *writer;
  nr_ingest *ingest;
  nr_ingest_options options;
  nr_snapshot *snapshot;
  char reports[8192];
} bench;

static void hear(void *user, nr_severity severity, nr_text where, const char *message)
{
  bench *b = user;
  size_t used = strlen(b->reports), folder = strlen(b->folder);
  if (where.size > folder && memcmp(where.bytes, b->folder, folder) == 0)
    where = (nr_text){where.bytes + folder + 1, where.size - folder - 1};
  snprintf(b->reports + used, sizeof b->reports - used, "%c %.*s: %s\n", "NWR"[severity], (int)where.size,
           where.bytes, message);
}

static int set_up(void **state)
{
  bench *b = calloc(1, sizeof *b);
  strcpy(b->folder, "/tmp/newsreel-ingest-XXXXXX");
  if (b == NULL || mkdtemp(b->folder) == NULL)
    return -1;
  b->options =
      (nr_ingest_options){.disk = &nr_disk_system, .memory = &nr_memory_default, .report = {hear, b}};
  *state = b;
  return nr_writer_open(&nr_disk_system, &nr_memory_default, NULL, true, &b->writer, NULL) == NR_OK ? 0 : -1;
}

static int tear_down(void **state)
{
  bench *b = *state;
  char command[100];
  nr_snapshot_release(b->snapshot);
  nr_ingest_free(b->ingest);
  nr_writer_close(b->writer);
  snprintf(command, sizeof command, "rm -rf '%s'", b->folder);
  int status = system(command);
  free(b);
  return status;
}

static inline void put_bytes(bench *b, const char *name, const void *bytes, size_t size)
{
  char path[200];
  snprintf(path, sizeof path, "%s/%s", b->folder, name);
  FILE *file = fopen(path, "wb");
  assert_non_null(file);
  assert_int_equal(fwrite(bytes, 1, size, file), size);
  fclose(file);
}

static inline void put(bench *b, const char *name, const char *text)
{
  put_bytes(b, name, text, strlen(text));
}

/* Add `name` of the folder ("" is all of it) in an ingest of its own, and commit. */
static nr_ingest_counts add(bench *b, const char *name)
{
  char path[200];
  nr_error err = {NR_OK, ""};
  nr_ingest_free(b->ingest);
  b->ingest = NULL;
  b->reports[0] = '\0';
  snprintf(path, sizeof path, "%s%s%s", b->folder, *name == '\0' ? "" : "/", name);
  assert_int_equal(nr_ingest_new(&b->options, b->writer, &b->ingest, NULL), NR_OK);
  if (nr_ingest_path(b->ingest, path, &err) != NR_OK)
    fail_msg("%s", err.message);
  assert_int_equal(nr_writer_commit(b->writer, NULL, NULL), NR_OK);
  nr_snapshot_release(b->snapshot);
  b->snapshot = nr_writer_snapshot(b->writer);
  nr_ingest_counts counts = *nr_ingest_count(b->ingest);
  assert_int_equal(counts.added + counts.replaced + counts.skipped + counts.refused, counts.items);
  return counts;
}

static nr_article_view find(bench *b, const char *id)
{
  uint32_t part, article;
  nr_article_view view;
  if (!nr_snapshot_find(b->snapshot, nr_text_of(id), &part, &article))
    fail_msg("no article %s", id);
  nr_segment_article(nr_snapshot_part(b->snapshot, part)->segment, article, &view);
  return view;
}

/* "2025-09-26 header 2025-09-26": day (first one of a period), source, evidence. */
static inline void dated(bench *b, const char *id, const char *expected)
{
  nr_article_view view = find(b, id);
  char line[300], day[16];
  day[nr_day_format(view.date.first, day)] = '\0';
  snprintf(line, sizeof line, "%s %s %.*s", day, nr_date_source_name(view.date_source),
           (int)view.date_evidence.size, view.date_evidence.size == 0 ? "" : view.date_evidence.bytes);
  assert_string_equal(line, expected);
}

static inline nr_text content_of(bench *b, const char *id)
{
  uint32_t part, article;
  nr_text content;
  assert_true(nr_snapshot_find(b->snapshot, nr_text_of(id), &part, &article));
  assert_int_equal(
      nr_segment_content(nr_snapshot_part(b->snapshot, part)->segment, article, NULL, &content, NULL), NR_OK);
  return content;
}

static inline void has_field(bench *b, const char *id, const char *name, const char *expected)
{
  uint32_t part, article, field;
  nr_field_type type;
  nr_text value;
  assert_true(nr_snapshot_find(b->snapshot, nr_text_of(id), &part, &article));
  const nr_segment *segment = nr_snapshot_part(b->snapshot, part)->segment;
  assert_true(nr_segment_find_field(segment, nr_text_of(name), &field));
  uint32_t number = nr_segment_field_of(segment, field, article);
  assert_int_not_equal(number, UINT32_MAX);
  nr_segment_field_value(segment, field, number, &type, &value);
  if (!nr_text_equal(value, nr_text_of(expected)))
    fail_msg("%s of %s is %.*s", name, id, (int)value.size, value.bytes);
}

static inline void says(bench *b, const char *id, const char *text)
{
  uint32_t title_size = find(b, id).title_size;
  nr_text content = content_of(b, id);
  assert_true(
      nr_text_equal((nr_text){content.bytes + title_size, content.size - title_size}, nr_text_of(text)));
}

#define BODY "The ministers met for three hours and agreed to meet again in the spring.\n"

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

#endif
