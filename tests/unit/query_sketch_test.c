/* query_sketch_test.c: texts meet along what they share, and prints tell what cannot be a copy. */
#include "query/sketch.h"
#include "query_fixture.h"

enum { shingles = 4000, others = 300 };

static uint64_t state;

/* The next number of a fixed sequence (splitmix64, public domain). */
static uint64_t next_hash(void)
{
  uint64_t x = state += 0x9E3779B97F4A7C15u;
  x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9u;
  x = (x ^ x >> 27) * 0x94D049BB133111EBu;
  return x ^ x >> 31;
}

static void put_fresh(nr_sketches *sketches, uint32_t text, uint64_t *hashes, uint32_t fresh)
{
  nr_error err;
  for (uint32_t i = 0; i < fresh; i++)
    hashes[i] = next_hash();
  assert_int_equal(nr_sketches_put(sketches, text, hashes, shingles, &err), NR_OK);
}

static bool met(const nr_sketches *sketches, uint32_t text)
{
  for (uint32_t i = 0; i < sketches->met_count; i++)
    if (sketches->met[i] == text)
      return true;
  return false;
}

static void texts_meet_the_later_ones_that_share(void **unused)
{
  (void)unused;
  static uint64_t hashes[shingles];
  nr_sketches sketches;
  nr_error err;
  state = 1;
  assert_int_equal(nr_sketches_init(&sketches, &nr_memory_default, 4, 0, 0, &err), NR_OK);
  put_fresh(&sketches, 0, hashes, shingles);
  put_fresh(&sketches, 1, hashes, shingles / 10); /* nine tenths of text 0 */
  put_fresh(&sketches, 3, hashes, shingles);      /* on its own; there is no text 2 */
  assert_int_equal(nr_sketches_link(&sketches, &err), NR_OK);
  nr_sketches_meet(&sketches, 0);
  assert_int_equal(sketches.met_count, 1);
  assert_true(met(&sketches, 1));
  assert_in_range(sketches.seen[1], shingles * 8 / 160, shingles * 10 / 160);
  assert_true(nr_sketches_could_share(&sketches, 0, 1, 0.7, 0.8));
  assert_false(nr_sketches_could_share(&sketches, 0, 1, 0.97, 1));
  assert_false(nr_sketches_could_share(&sketches, 0, 3, 0.2, 0.5));
  nr_sketches_meet(&sketches, 1);
  assert_int_equal(sketches.met_count, 0);
  assert_int_equal(sketches.seen[1], 0);
  nr_sketches_meet(&sketches, 3);
  assert_int_equal(sketches.met_count, 0);
  nr_sketches_clear(&sketches);
}

static void along_what_everybody_has_only_neighbours_meet(void **unused)
{
  (void)unused;
  static uint64_t hashes[shingles];
  nr_sketches sketches;
  nr_error err;
  state = 2;
  assert_int_equal(nr_sketches_init(&sketches, &nr_memory_default, others, 0, 0, &err), NR_OK);
  put_fresh(&sketches, 0, hashes, shingles);
  for (uint32_t text = 1; text < others; text++)
    put_fresh(&sketches, text, hashes, shingles / 2);
  assert_int_equal(nr_sketches_link(&sketches, &err), NR_OK);
  for (uint32_t text = 0; text + 1 < others; text++) {
    nr_sketches_meet(&sketches, text);
    assert_int_equal(sketches.met_count, 1);
    assert_true(met(&sketches, text + 1));
  }
  nr_sketches_clear(&sketches);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(texts_meet_the_later_ones_that_share),
      cmocka_unit_test(along_what_everybody_has_only_neighbours_meet),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
