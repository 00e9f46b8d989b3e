/* Stored layers: kept, found by their rules, carried through merges by whoever understands them. */
#include "segment_fixture.h"

#include "../fault/ram_disk.h"

static ram_disk disk;
static fixture f;

static void add(nr_writer *writer, int number)
{
  char id[16];
  nr_outcome outcome;
  snprintf(id, sizeof id, "n%d", number);
  must(nr_writer_add(writer, fixture_article(&f, id, "x", 20000 + number, "talks"), true, &outcome, err));
}

static nr_status find(nr_writer *writer, uint32_t part, uint64_t rules, nr_text *bytes)
{
  nr_snapshot *snapshot = nr_writer_snapshot(writer);
  nr_error error;
  nr_status status = nr_snapshot_find_layer(snapshot, part, NR_TEXT("dates"), rules, bytes, &error);
  nr_snapshot_release(snapshot);
  return status;
}

/* The layer of these tests holds the ids of its segment; a merge joins them. */
static nr_status join(void *user, const nr_layer_merge *merge, nr_buffer *out, nr_error *err)
{
  ++*(int *)user;
  for (uint32_t i = 0; i < merge->count; i++)
    if (merge->blocks[i].bytes != NULL)
      NR_TRY(nr_buffer_put(out, merge->blocks[i].bytes, merge->blocks[i].size, err));
  return nr_segment_count(merge->into)->articles >= merge->count ? NR_OK
                                                                 : nr_fail(err, NR_INVALID, "too few");
}

static void a_layer_is_found_by_name_and_rules(void **state)
{
  (void)state;
  nr_writer *writer;
  nr_text bytes;
  nr_error error;
  ram_init(&disk);
  must(nr_writer_open(&disk.disk, &nr_memory_default, "a.reel", true, &writer, err));
  add(writer, 1);
  must(nr_writer_commit(writer, NULL, err));
  assert_int_equal(nr_writer_put_layer(writer, 1, NR_TEXT("dates"), 5, NR_TEXT("one"), &error), NR_INVALID);
  must(nr_writer_put_layer(writer, 0, NR_TEXT("dates"), 5, NR_TEXT("one"), err));
  assert_int_equal(find(writer, 0, 5, &bytes), NR_NOTFOUND); /* not before the commit */
  must(nr_writer_commit(writer, NULL, err));
  assert_int_equal(find(writer, 0, 5, &bytes), NR_OK);
  assert_int_equal(find(writer, 0, 6, &bytes), NR_NOTFOUND);
  must(nr_writer_put_layer(writer, 0, NR_TEXT("dates"), 6, NR_TEXT("two"), err));
  must(nr_writer_commit(writer, NULL, err));
  assert_int_equal(find(writer, 0, 5, &bytes), NR_NOTFOUND); /* one block a name */
  nr_writer_close(writer);
  must(nr_writer_open(&disk.disk, &nr_memory_default, "a.reel", false, &writer, err));
  assert_int_equal(find(writer, 0, 6, &bytes), NR_OK);
  nr_snapshot *snapshot = nr_writer_snapshot(writer);
  assert_int_equal(nr_snapshot_layers(snapshot), 1);
  nr_layer_block block;
  nr_snapshot_layer(snapshot, 0, &block);
  assert_true(nr_text_equal(block.bytes, NR_TEXT("two")));
  nr_snapshot_release(snapshot);
  nr_writer_close(writer);
  ram_clear(&disk);
}

static uint32_t parts(nr_writer *writer)
{
  nr_snapshot *snapshot = nr_writer_snapshot(writer);
  uint32_t count = nr_snapshot_count(snapshot)->parts;
  nr_snapshot_release(snapshot);
  return count;
}

static void eight_segments_of_a_size_become_one_and_what_they_have_of_a_layer_is_carried(void **state)
{
  (void)state;
  nr_writer *writer;
  nr_text bytes;
  int calls = 0;
  ram_init(&disk);
  must(nr_writer_open(&disk.disk, &nr_memory_default, "a.reel", true, &writer, err));
  nr_writer_set_carrier(writer, (nr_layer_carrier){join, &calls});
  for (int i = 0; i < 8; i++) {
    add(writer, i);
    must(nr_writer_commit(writer, NULL, err));
    if (i == 7)
      break;
    assert_int_equal(parts(writer), i + 1);
    char text[16];
    snprintf(text, sizeof text, "n%d ", i);
    must(nr_writer_put_layer(writer, (uint32_t)i, NR_TEXT("dates"), 5, nr_text_of(text), err));
  }
  assert_int_equal(parts(writer), 1);
  assert_int_equal(calls, 1);
  assert_int_equal(find(writer, 0, 5, &bytes), NR_OK); /* the eighth had none of it */
  assert_true(nr_text_equal(bytes, NR_TEXT("n0 n1 n2 n3 n4 n5 n6 ")));
  nr_writer_close(writer);
  ram_clear(&disk);
}

static void compaction_carries_layers_too(void **state)
{
  (void)state;
  nr_writer *writer;
  nr_text bytes;
  int calls = 0;
  ram_init(&disk);
  must(nr_writer_open(&disk.disk, &nr_memory_default, "a.reel", true, &writer, err));
  for (int i = 0; i < 3; i++) {
    char text[16];
    snprintf(text, sizeof text, "n%d ", i);
    add(writer, i);
    must(nr_writer_commit(writer, NULL, err));
    must(nr_writer_put_layer(writer, (uint32_t)i, NR_TEXT("dates"), 5, nr_text_of(text), err));
  }
  must(nr_writer_commit(writer, NULL, err));
  nr_writer_close(writer);
  must(nr_corpus_compact(&disk.disk, &nr_memory_default, "a.reel", NR_COMPRESS_AS_IT_IS,
                         (nr_layer_carrier){join, &calls}, NULL, err));
  must(nr_writer_open(&disk.disk, &nr_memory_default, "a.reel", false, &writer, err));
  assert_int_equal(parts(writer), 1);
  assert_int_equal(calls, 1);
  nr_snapshot *snapshot = nr_writer_snapshot(writer);
  must(nr_snapshot_find_layer(snapshot, 0, NR_TEXT("dates"), 5, &bytes, err));
  assert_true(nr_text_equal(bytes, NR_TEXT("n0 n1 n2 ")));
  nr_snapshot_release(snapshot);
  nr_writer_close(writer);
  ram_clear(&disk);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_layer_is_found_by_name_and_rules),
      cmocka_unit_test(eight_segments_of_a_size_become_one_and_what_they_have_of_a_layer_is_carried),
      cmocka_unit_test(compaction_carries_layers_too),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
