/* Damaged files: nothing crashes, check names the damage, salvage saves the rest.
 *
 *   NEWSREEL_STEP=1 build/tests/corpus_damage_test     every byte, every length */
#include "segment_fixture.h"

#include "../fault/ram_disk.h"
#include "../fault/walk.h"

static fixture f;
static ram_disk disk;
static char *whole; /* the bytes of a sound corpus */
static size_t whole_size;
static uint64_t whole_digest;

static void add(nr_writer *writer, const char *id, nr_day day, const char *text)
{
  nr_outcome outcome;
  must(nr_writer_add(writer, fixture_article(&f, id, "x", day, text), true, &outcome, err));
}

/* Three commits: two segments, a dead article, a stored layer. */
static int make_one(bool compressed)
{
  nr_writer *writer;
  ram_init(&disk);
  must(nr_writer_open(&disk.disk, &nr_memory_default, "a.reel", true, &writer, err));
  must(nr_writer_set_compress(writer, compressed, err));
  add(writer, "one", 20000, "Talks go on. The other side, says the side, waits-here");
  add(writer, "two", 20001, "Menu |share this| A quiet day");
  add(writer, "three", NR_DAY_NONE, "no day");
  must(nr_writer_commit(writer, NULL, err));
  add(writer, "four", 20002, "Late news of the talks");
  add(writer, "two", 20001, "A loud day");
  must(nr_writer_commit(writer, NULL, err));
  must(nr_writer_put_layer(writer, 0, NR_TEXT("dates"), 7, NR_TEXT("some spans"), err));
  must(nr_writer_commit(writer, NULL, err));
  nr_snapshot *snapshot = nr_writer_snapshot(writer);
  whole_digest = digest_snapshot(snapshot);
  nr_snapshot_release(snapshot);
  nr_writer_close(writer);
  ram_inode *inode = ram_file(&disk, "a.reel");
  whole_size = inode->size;
  whole = ram_need(malloc(whole_size));
  memcpy(whole, inode->bytes, whole_size);
  return 0;
}

static int make_corpus(void **state)
{
  (void)state;
  return make_one(false);
}

static int make_compressed(void **state)
{
  (void)state;
  return make_one(nr_compression_there());
}

static int drop_corpus(void **state)
{
  (void)state;
  free(whole);
  ram_clear(&disk);
  return 0;
}

static size_t step(size_t usual)
{
  const char *wanted = getenv("NEWSREEL_STEP");
  return wanted == NULL ? usual : strtoull(wanted, NULL, 10);
}

/* Open and walk; true when it opened and says what the sound one says. */
static bool says_the_same(void)
{
  nr_snapshot *snapshot;
  nr_error error;
  uint64_t sum = 0;
  if (nr_snapshot_open(&disk.disk, &nr_memory_default, "a.reel", &snapshot, &error) != NR_OK) {
    assert_non_null(strstr(error.message, "a.reel"));
    return false;
  }
  for (uint32_t p = 0; p < nr_snapshot_count(snapshot)->parts; p++)
    sum += walk_segment(nr_snapshot_part(snapshot, p)->segment);
  bool same = digest_snapshot(snapshot) == whole_digest;
  nr_snapshot_release(snapshot);
  return same && sum != 0;
}

static nr_status check(nr_damage *damage)
{
  nr_error error;
  return nr_corpus_check(&disk.disk, &nr_memory_default, "a.reel", NULL, NULL, damage, &error);
}

static void every_flipped_byte_is_named_or_harmless(void **state)
{
  (void)state;
  nr_damage damage;
  size_t harmless = 0;
  ram_set_file(&disk, "a.reel", whole, whole_size);
  assert_int_equal(check(&damage), NR_OK);
  for (size_t at = 0; at < whole_size; at += step(11)) {
    ram_set_file(&disk, "a.reel", whole, whole_size);
    ram_file(&disk, "a.reel")->bytes[at] ^= (char)(1 << (at % 8));
    bool same = says_the_same();
    if (check(&damage) != NR_OK)
      continue;
    harmless++;
    if (!same)
      fail_msg("byte %zu: check says all is well, but it is not", at);
  }
  assert_true(harmless * step(11) < 1400); /* two older directories and what stood between */
}

static void every_truncated_length_is_refused(void **state)
{
  (void)state;
  for (size_t size = 0; size < whole_size; size += step(13)) {
    nr_snapshot *snapshot;
    nr_error error;
    ram_set_file(&disk, "a.reel", whole, size);
    nr_status status = nr_snapshot_open(&disk.disk, &nr_memory_default, "a.reel", &snapshot, &error);
    assert_true(status == NR_CORRUPT || status == NR_INVALID);
    nr_damage damage;
    assert_int_not_equal(check(&damage), NR_OK);
  }
}

static void bytes_behind_the_end_are_left_alone(void **state)
{
  (void)state;
  nr_damage damage;
  char *longer = ram_need(malloc(whole_size + 5000));
  memcpy(longer, whole, whole_size);
  memset(longer + whole_size, 0xEE, 5000);
  ram_set_file(&disk, "a.reel", longer, whole_size + 5000);
  free(longer);
  assert_true(says_the_same());
  assert_int_equal(check(&damage), NR_OK);
}

typedef struct told {
  char ids[256], messages[4096];
} told;

static void listen(void *user, nr_severity severity, nr_text where, const char *message)
{
  told *t = user;
  if (severity == NR_REFUSAL)
    strncat(t->ids, where.bytes, where.size);
  strncat(t->messages, message, sizeof t->messages - strlen(t->messages) - 1);
}

static void salvage_saves_all_but_the_lost_article(void **state)
{
  (void)state;
  told t = {0};
  nr_report report = {listen, &t};
  nr_damage damage;
  nr_snapshot *snapshot;
  nr_error error;
  ram_set_file(&disk, "a.reel", whole, whole_size);
  char *bytes = ram_file(&disk, "a.reel")->bytes, *at = bytes;
  while (memcmp(at, "Talks go on", 11) != 0)
    at++;
  at[2] = 'X';
  assert_int_equal(nr_corpus_check(&disk.disk, &nr_memory_default, "a.reel", &report, NULL, &damage, &error),
                   NR_CORRUPT);
  assert_string_equal(t.ids, "one");
  assert_non_null(strstr(t.messages, "content"));
  must(nr_corpus_salvage(&disk.disk, &nr_memory_default, "a.reel", "saved.reel", NULL, NULL, &damage, err));
  assert_int_equal(damage.articles_lost, 1);
  assert_int_equal(damage.articles_saved, 3);
  must(nr_snapshot_open(&disk.disk, &nr_memory_default, "saved.reel", &snapshot, err));
  assert_int_equal(nr_snapshot_count(snapshot)->articles, 3);
  nr_snapshot_release(snapshot);
  assert_int_equal(
      nr_corpus_salvage(&disk.disk, &nr_memory_default, "a.reel", "saved.reel", NULL, NULL, &damage, &error),
      NR_EXISTS);
}

static void salvage_finds_the_newest_commit_without_superblocks(void **state)
{
  (void)state;
  nr_damage damage;
  nr_snapshot *snapshot;
  ram_set_file(&disk, "a.reel", whole, whole_size);
  memset(ram_file(&disk, "a.reel")->bytes + 100, 0xAA, 16000);
  must(nr_corpus_salvage(&disk.disk, &nr_memory_default, "a.reel", "found.reel", NULL, NULL, &damage, err));
  must(nr_snapshot_open(&disk.disk, &nr_memory_default, "found.reel", &snapshot, err));
  assert_int_equal(digest_snapshot(snapshot), whole_digest);
  nr_snapshot_release(snapshot);
}

static void one_damaged_page_loses_nothing_and_is_mended(void **state)
{
  (void)state;
  nr_damage damage;
  for (int page = 0; page < 4; page++) {
    nr_writer *writer;
    ram_set_file(&disk, "a.reel", whole, whole_size);
    memset(ram_file(&disk, "a.reel")->bytes + page * 4096, 0x55, 4096);
    assert_true(says_the_same());
    assert_int_equal(check(&damage), NR_CORRUPT);
    must(nr_writer_open(&disk.disk, &nr_memory_default, "a.reel", false, &writer, err));
    for (int i = 0; i < 2; i++) {
      add(writer, "five", 20003 + i, "x");
      must(nr_writer_commit(writer, NULL, err));
    }
    nr_writer_close(writer);
    assert_int_equal(check(&damage), NR_OK);
  }
}

static void compacting_keeps_every_article_and_drops_the_rest(void **state)
{
  (void)state;
  nr_damage damage;
  nr_layer_carrier none = {0};
  nr_snapshot *snapshot;
  ram_set_file(&disk, "a.reel", whole, whole_size);
  must(nr_corpus_compact(&disk.disk, &nr_memory_default, "a.reel", NR_COMPRESS_AS_IT_IS, none, NULL, err));
  assert_true(ram_file(&disk, "a.reel")->size < whole_size);
  assert_int_equal(check(&damage), NR_OK);
  must(nr_snapshot_open(&disk.disk, &nr_memory_default, "a.reel", &snapshot, err));
  assert_int_equal(digest_snapshot(snapshot), whole_digest);
  assert_int_equal(nr_snapshot_count(snapshot)->parts, 1);
  assert_null(nr_snapshot_part(snapshot, 0)->dead);
  nr_snapshot_release(snapshot);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_flipped_byte_is_named_or_harmless),
      cmocka_unit_test(every_truncated_length_is_refused),
      cmocka_unit_test(bytes_behind_the_end_are_left_alone),
      cmocka_unit_test(salvage_saves_all_but_the_lost_article),
      cmocka_unit_test(salvage_finds_the_newest_commit_without_superblocks),
      cmocka_unit_test(one_damaged_page_loses_nothing_and_is_mended),
      cmocka_unit_test(compacting_keeps_every_article_and_drops_the_rest),
  };
  const struct CMUnitTest compressed[] = {
      cmocka_unit_test(every_flipped_byte_is_named_or_harmless),
      cmocka_unit_test(every_truncated_length_is_refused),
      cmocka_unit_test(salvage_finds_the_newest_commit_without_superblocks),
      cmocka_unit_test(one_damaged_page_loses_nothing_and_is_mended),
      cmocka_unit_test(compacting_keeps_every_article_and_drops_the_rest),
  };
  int failed = cmocka_run_group_tests(tests, make_corpus, drop_corpus);
  return failed + cmocka_run_group_tests_name("compressed", compressed, make_compressed, drop_corpus);
}
