/* base_pool_test.c: small blocks from slabs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/pool.h"

static size_t taken, blocks_left;

/* Counts bytes; gives none when `blocks_left` blocks have been given. */
static void *counting(void *user, void *pointer, size_t old_size, size_t new_size)
{
  (void)user;
  if (new_size > 0 && blocks_left-- == 0) {
    blocks_left = 0;
    return NULL;
  }
  taken = taken - (pointer == NULL ? 0 : old_size) + new_size;
  return nr_memory_default.resize(NULL, pointer, old_size, new_size);
}

static const nr_memory memory = {counting, NULL};

static int start(void **state)
{
  (void)state;
  taken = 0;
  blocks_left = 1000;
  return 0;
}

static void a_freed_block_is_given_out_again_for_its_size(void **state)
{
  (void)state;
  nr_pool pool;
  nr_pool_init(&pool, &memory);
  void *first = nr_pool_resize(&pool, NULL, 0, 40), *other = nr_pool_resize(&pool, NULL, 0, 40);
  assert_ptr_not_equal(first, other);
  assert_int_equal((uintptr_t)first % NR_POOL_UNIT, 0);
  assert_null(nr_pool_resize(&pool, first, 40, 0));
  assert_ptr_not_equal(nr_pool_resize(&pool, NULL, 0, 100), first);
  assert_ptr_equal(nr_pool_resize(&pool, NULL, 0, 48), first); /* of 33 to 48 bytes */
  size_t one_slab = taken;
  for (int i = 0; i < 100000; i++)
    assert_null(nr_pool_resize(&pool, nr_pool_resize(&pool, NULL, 0, 200), 200, 0));
  assert_int_equal(taken, one_slab);
  nr_pool_clear(&pool);
  assert_int_equal(taken, 0);
}

static void a_block_keeps_its_bytes_when_it_grows_and_shrinks(void **state)
{
  (void)state;
  nr_pool pool;
  size_t size = 1;
  nr_pool_init(&pool, &memory);
  unsigned char *block = nr_pool_resize(&pool, NULL, 0, size);
  block[0] = 7;
  for (; size < 5000; size += 13) {
    block = nr_pool_resize(&pool, block, size, size + 13);
    for (size_t i = 0; i < size; i++)
      assert_int_equal(block[i], (unsigned char)(7 * (i + 1)));
    for (size_t i = size; i < size + 13; i++)
      block[i] = (unsigned char)(7 * (i + 1));
  }
  block = nr_pool_resize(&pool, block, size, 20);
  for (size_t i = 0; i < 20; i++)
    assert_int_equal(block[i], (unsigned char)(7 * (i + 1)));
  nr_pool_resize(&pool, block, 20, 0);
  nr_pool_clear(&pool);
  assert_int_equal(taken, 0);
}

static void without_memory_the_old_block_stays(void **state)
{
  (void)state;
  nr_pool pool;
  nr_pool_init(&pool, &memory);
  blocks_left = 0;
  assert_null(nr_pool_resize(&pool, NULL, 0, 24));
  blocks_left = 1;
  char *block = nr_pool_resize(&pool, NULL, 0, 24);
  block[23] = 'x';
  assert_null(nr_pool_resize(&pool, block, 24, 4000));
  assert_int_equal(block[23], 'x');
  nr_pool_clear(&pool);
  assert_int_equal(taken, 0);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup(a_freed_block_is_given_out_again_for_its_size, start),
      cmocka_unit_test_setup(a_block_keeps_its_bytes_when_it_grows_and_shrinks, start),
      cmocka_unit_test_setup(without_memory_the_old_block_stays, start),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
