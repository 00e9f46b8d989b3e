/* Every call of the file system and every allocation fails once: a clean error, nothing lost. */
#include "segment_fixture.h"

#include "../fault/ram_disk.h"
#include "../fault/walk.h"

static fixture f;
static ram_disk disk;
static uint64_t digests[16]; /* by number of the commit, from an undisturbed run */

/* ---- an allocator that counts, and fails at will ---- */

static struct {
  uint64_t calls, fail_at;
  int64_t bytes;
} heap;

static void *counted_resize(void *user, void *pointer, size_t old_size, size_t new_size)
{
  (void)user;
  if (new_size > 0 && ++heap.calls == heap.fail_at)
    return NULL;
  heap.bytes += (int64_t)new_size - (int64_t)(pointer == NULL ? 0 : old_size);
  if (new_size == 0) {
    free(pointer);
    return NULL;
  }
  return ram_need(realloc(pointer, new_size));
}

static const nr_memory counted = {counted_resize, NULL};

/* ---- the workload ---- */

static nr_status add(nr_writer *writer, const char *id, const char *text, nr_error *err)
{
  nr_outcome outcome;
  return nr_writer_add(writer, fixture_article(&f, id, "x", 20000, text), true, &outcome, err);
}

typedef struct promises {
  uint64_t commit; /* last one acknowledged + 1 */
} promises;

static nr_status commit(nr_writer *writer, promises *p, nr_error *err)
{
  NR_TRY(nr_writer_commit(writer, NULL, err));
  nr_snapshot *snapshot = nr_writer_snapshot(writer);
  p->commit = nr_snapshot_count(snapshot)->commit + 1;
  if (heap.fail_at == 0 && disk.fail_at == 0)
    digests[p->commit - 1] = digest_snapshot(snapshot);
  nr_snapshot_release(snapshot);
  return NR_OK;
}

static nr_status change(nr_writer *writer, promises *p, nr_error *err)
{
  nr_outcome outcome;
  nr_field field = {NR_TEXT("source"), NR_FIELD_STRING, NR_TEXT("CNN")};
  nr_change source = {.fields = &field, .field_count = 1};
  NR_TRY(add(writer, "a", "talks go on, talks stop", err));
  NR_TRY(add(writer, "b", "a quiet |menu| day", err));
  NR_TRY(commit(writer, p, err));
  NR_TRY(add(writer, "a", "talks go on again", err));
  NR_TRY(nr_writer_set(writer, NR_TEXT("b"), &source, &outcome, err));
  NR_TRY(nr_writer_put_layer(writer, 0, NR_TEXT("dates"), 1, NR_TEXT("spans"), err));
  NR_TRY(commit(writer, p, err));
  NR_TRY(nr_writer_remove(writer, NR_TEXT("b"), err));
  return commit(writer, p, err);
}

static nr_status work(promises *p, nr_error *err)
{
  nr_writer *writer;
  nr_layer_carrier none = {0};
  NR_TRY(nr_writer_open(&disk.disk, &counted, "a.reel", true, &writer, err));
  p->commit = 1;
  nr_status status = change(writer, p, err);
  nr_writer_close(writer);
  NR_TRY(status);
  NR_TRY(nr_corpus_compact(&disk.disk, &counted, "a.reel", NR_COMPRESS_AS_IT_IS, none, NULL, err));
  p->commit++;
  return NR_OK;
}

static void learn_digests(void)
{
  promises p = {0};
  nr_snapshot *snapshot;
  heap.fail_at = 0;
  must(work(&p, err));
  must(nr_snapshot_open(&disk.disk, &counted, "a.reel", &snapshot, err));
  digests[nr_snapshot_count(snapshot)->commit] = digest_snapshot(snapshot);
  nr_snapshot_release(snapshot);
  assert_int_equal(heap.bytes, 0);
}

/* What is promised is there; no map, no lock, no byte stays behind. */
static void check_after(const promises *p)
{
  nr_snapshot *snapshot;
  nr_writer *writer;
  assert_int_equal(disk.maps, 0);
  assert_int_equal(heap.bytes, 0);
  for (int i = 0; i < ram_opens_max; i++)
    assert_true(disk.opens[i] < 0);
  heap.fail_at = 0;
  disk.fail_at = 0;
  if (p->commit == 0)
    return;
  must(nr_snapshot_open(&disk.disk, &counted, "a.reel", &snapshot, err));
  uint64_t shown = nr_snapshot_count(snapshot)->commit;
  assert_true(shown + 1 >= p->commit);
  assert_int_equal(digest_snapshot(snapshot), digests[shown]);
  nr_snapshot_release(snapshot);
  must(nr_writer_open(&disk.disk, &counted, "a.reel", false, &writer, err));
  must(add(writer, "z", "later", err));
  must(nr_writer_commit(writer, NULL, err));
  nr_writer_close(writer);
}

static void fresh(void)
{
  ram_clear(&disk);
  memset(&heap, 0, sizeof heap);
}

static void fail_each_call(int number, bool for_ever)
{
  for (int call = 0; call < RAM_CALLS; call++)
    for (uint64_t k = 1;; k++) {
      promises p = {0};
      nr_error error = {0};
      fresh();
      disk.fail_call = (ram_call)call;
      disk.fail_at = k;
      disk.fail_errno = number;
      disk.for_ever = for_ever;
      nr_status status = work(&p, &error);
      if (disk.failed == 0)
        break; /* the work has fewer calls */
      if (status != NR_OK && error.message[0] == '\0')
        fail_msg("call %d, time %d: no reason given", call, (int)k);
      if (number == 0)
        assert_int_equal(status, NR_OK); /* short counts are gone on with */
      check_after(&p);
    }
}

static void a_call_that_fails_once_or_for_ever_loses_nothing(void **state)
{
  (void)state;
  fresh();
  learn_digests();
  fail_each_call(EIO, false);
  fail_each_call(EIO, true);
  fail_each_call(ENOSPC, true);
  fail_each_call(EDQUOT, false);
}

static void short_counts_and_interrupted_calls_are_gone_on_with(void **state)
{
  (void)state;
  fresh();
  learn_digests();
  fail_each_call(0, false);
  fail_each_call(0, true);
  fail_each_call(EINTR, false);
}

static void a_full_file_system_loses_nothing(void **state)
{
  (void)state;
  fresh();
  learn_digests();
  for (uint64_t room = 1000; room < 60000; room += 1000) {
    promises p = {0};
    nr_error error = {0};
    fresh();
    disk.room = room;
    nr_status status = work(&p, &error);
    disk.room = 0;
    if (status != NR_OK)
      assert_non_null(strstr(error.message, "no space left"));
    check_after(&p);
  }
}

static void every_allocation_may_fail(void **state)
{
  (void)state;
  fresh();
  learn_digests();
  for (uint64_t k = 1;; k++) {
    promises p = {0};
    nr_error error = {0};
    fresh();
    heap.fail_at = k;
    nr_status status = work(&p, &error);
    bool reached = heap.calls >= k;
    if (reached && status != NR_OK)
      assert_int_equal(status, NR_NOMEM);
    check_after(&p);
    if (!reached)
      break;
  }
}

int main(void)
{
  ram_init(&disk);
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_call_that_fails_once_or_for_ever_loses_nothing),
      cmocka_unit_test(short_counts_and_interrupted_calls_are_gone_on_with),
      cmocka_unit_test(a_full_file_system_loses_nothing),
      cmocka_unit_test(every_allocation_may_fail),
  };
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  ram_clear(&disk);
  return failed;
}
