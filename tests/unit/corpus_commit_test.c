/* What a corpus keeps, and when it can be seen. */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "segment_fixture.h"

static fixture f;

static char *temporary(char path[64])
{
  snprintf(path, 64, "/tmp/newsreel-test-%ld.reel", (long)getpid());
  unlink(path);
  return path;
}

static nr_outcome add(nr_writer *writer, const char *id, const char *origin, nr_day day, const char *text,
                      bool replace)
{
  nr_outcome outcome;
  must(nr_writer_add(writer, fixture_article(&f, id, origin, day, text), replace, &outcome, err));
  return outcome;
}

static uint64_t hits_of(nr_snapshot *snapshot, nr_text form)
{
  uint64_t total = 0;
  for (uint32_t i = 0; i < nr_snapshot_count(snapshot)->parts; i++) {
    const nr_part *part = nr_snapshot_part(snapshot, i);
    uint32_t number, hits, texts;
    if (nr_segment_find_form(part->segment, form, &number)) {
      nr_part_form_count(part, number, &hits, &texts);
      total += hits;
    }
  }
  return total;
}

static void what_is_committed_is_there_after_reopening(void **state)
{
  (void)state;
  char path[64];
  nr_writer *writer;
  nr_snapshot *snapshot;
  must(nr_writer_open(&nr_disk_system, &nr_memory_default, temporary(path), true, &writer, err));
  assert_int_equal(add(writer, "a", "x", 20000, "talks go on", false), NR_ADDED);
  assert_int_equal(add(writer, "b", "x", NR_DAY_NONE, "talks and talks", false), NR_ADDED);
  must(nr_writer_commit(writer, NULL, err));
  assert_int_equal(add(writer, "c", "x", 20001, "lost", false), NR_ADDED);
  nr_writer_close(writer);
  must(nr_snapshot_open(&nr_disk_system, &nr_memory_default, path, &snapshot, err));
  assert_int_equal(nr_snapshot_count(snapshot)->articles, 2);
  assert_int_equal(nr_snapshot_count(snapshot)->undated, 1);
  assert_int_equal(hits_of(snapshot, NR_TEXT("talks")), 3);
  nr_snapshot_release(snapshot);
  unlink(path);
}

static void same_origin_replaces_and_another_is_refused(void **state)
{
  (void)state;
  nr_writer *writer;
  must(nr_writer_open(&nr_disk_system, &nr_memory_default, NULL, true, &writer, err));
  for (int round = 0; round < 2; round++) { /* once before the commit, once after */
    add(writer, "a", "x", 20000, "talks", true);
    if (round == 1)
      must(nr_writer_commit(writer, NULL, err));
    assert_int_equal(add(writer, "a", "x", 20000, "talks", false), NR_SKIPPED);
    assert_int_equal(add(writer, "a", "y", 20000, "other talks", false), NR_CONFLICT);
    assert_int_equal(add(writer, "a", "x", 20000, "talks talks", false), NR_REPLACED);
    assert_int_equal(add(writer, "a", "y", 20000, "three talks talks talks", true), NR_REPLACED);
    must(nr_writer_commit(writer, NULL, err));
    nr_snapshot *snapshot = nr_writer_snapshot(writer);
    assert_int_equal(nr_snapshot_count(snapshot)->articles, 1);
    assert_int_equal(hits_of(snapshot, NR_TEXT("talks")), 3);
    assert_int_equal(hits_of(snapshot, NR_TEXT("other")), 0);
    nr_snapshot_release(snapshot);
  }
  nr_writer_close(writer);
}

static void removing_subtracts_and_a_reader_keeps_its_snapshot(void **state)
{
  (void)state;
  char path[64];
  nr_writer *writer;
  nr_snapshot *before, *after;
  nr_error error;
  must(nr_writer_open(&nr_disk_system, &nr_memory_default, temporary(path), true, &writer, err));
  add(writer, "a", "x", 20000, "talks here", false);
  add(writer, "b", "x", 20001, "talks there", false);
  must(nr_writer_commit(writer, NULL, err));
  before = nr_writer_snapshot(writer);
  must(nr_writer_remove(writer, NR_TEXT("a"), err));
  assert_int_equal(nr_writer_remove(writer, NR_TEXT("a"), &error), NR_NOTFOUND);
  must(nr_writer_commit(writer, NULL, err));
  nr_writer_close(writer);
  must(nr_snapshot_open(&nr_disk_system, &nr_memory_default, path, &after, err));
  assert_int_equal(hits_of(before, NR_TEXT("talks")), 2);
  assert_int_equal(hits_of(after, NR_TEXT("talks")), 1);
  assert_int_equal(hits_of(after, NR_TEXT("here")), 0);
  assert_int_equal(nr_snapshot_count(after)->on, 2);
  nr_snapshot_release(before);
  nr_snapshot_release(after);
  unlink(path);
}

static void only_one_writer_gets_the_lock(void **state)
{
  (void)state;
  char path[64];
  nr_writer *writer, *second;
  nr_error error;
  must(nr_writer_open(&nr_disk_system, &nr_memory_default, temporary(path), true, &writer, err));
  assert_int_equal(nr_writer_open(&nr_disk_system, &nr_memory_default, path, true, &second, &error),
                   NR_LOCKED);
  nr_writer_close(writer);
  must(nr_writer_open(&nr_disk_system, &nr_memory_default, path, false, &second, err));
  nr_writer_close(second);
  unlink(path);
}

static void compacting_through_a_link_keeps_link_and_permissions(void **state)
{
  (void)state;
  char path[64], other[80];
  nr_writer *writer;
  nr_snapshot *snapshot;
  struct stat info;
  nr_layer_carrier none = {0};
  must(nr_writer_open(&nr_disk_system, &nr_memory_default, temporary(path), true, &writer, err));
  add(writer, "a", "x", 20000, "talks here", false);
  must(nr_writer_commit(writer, NULL, err));
  nr_writer_close(writer);
  snprintf(other, sizeof other, "%s.link", path);
  assert_int_equal(symlink(path, other), 0);
  assert_int_equal(chmod(path, 0640), 0);
  must(nr_corpus_compact(&nr_disk_system, &nr_memory_default, other, NR_COMPRESS_AS_IT_IS, none, NULL, err));
  assert_true(lstat(other, &info) == 0 && S_ISLNK(info.st_mode));
  assert_true(stat(path, &info) == 0 && (info.st_mode & 07777) == 0640);
  must(nr_snapshot_open(&nr_disk_system, &nr_memory_default, path, &snapshot, err));
  assert_int_equal(nr_snapshot_count(snapshot)->commit, 2);
  nr_snapshot_release(snapshot);
  unlink(other);
  unlink(path);
}

/* Another file of one commit and size, under the same name. */
static void refreshing_sees_a_file_that_was_put_in_the_place(void **state)
{
  (void)state;
  char path[64];
  nr_snapshot *first = NULL, *same, *second;
  nr_writer *writer;
  for (int i = 0; i < 2; i++) {
    must(nr_writer_open(&nr_disk_system, &nr_memory_default, temporary(path), true, &writer, err));
    add(writer, "a", "x", 20000, i == 0 ? "talks here" : "talks once", false);
    must(nr_writer_commit(writer, NULL, err));
    nr_writer_close(writer);
    if (i == 0)
      must(nr_snapshot_open(&nr_disk_system, &nr_memory_default, path, &first, err));
    else
      must(nr_snapshot_refresh(&nr_disk_system, first, &second, err));
  }
  assert_int_equal(nr_snapshot_count(first)->file_bytes, nr_snapshot_count(second)->file_bytes);
  assert_int_equal(hits_of(second, NR_TEXT("once")), 1);
  must(nr_snapshot_refresh(&nr_disk_system, second, &same, err));
  assert_ptr_equal(same, second);
  nr_snapshot_release(first);
  nr_snapshot_release(second);
  nr_snapshot_release(same);
  unlink(path);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_is_committed_is_there_after_reopening),
      cmocka_unit_test(same_origin_replaces_and_another_is_refused),
      cmocka_unit_test(removing_subtracts_and_a_reader_keeps_its_snapshot),
      cmocka_unit_test(only_one_writer_gets_the_lock),
      cmocka_unit_test(refreshing_sees_a_file_that_was_put_in_the_place),
      cmocka_unit_test(compacting_through_a_link_keeps_link_and_permissions),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
