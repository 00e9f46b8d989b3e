/* Small blocks cut from larger ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/small.h"

/* Memory that counts its blocks, and has none left after `left` of them. */
typedef struct counter {
  size_t blocks, bytes, asked, left;
} counter;

static void *count_resize(void *user, void *pointer, size_t old_size, size_t new_size)
{
  counter *c = user;
  c->asked++;
  if (new_size == 0) {
    c->blocks -= pointer != NULL;
    c->bytes -= pointer != NULL ? old_size : 0;
    free(pointer);
    return NULL;
  }
  if (c->left == 0)
    return NULL;
  c->left--;
  c->blocks += pointer == NULL;
  c->bytes += new_size - (pointer != NULL ? old_size : 0);
  return realloc(pointer, new_size);
}

enum { many = 500 };

typedef struct held {
  unsigned char *bytes;
  size_t size;
  unsigned char mark;
} held;

static void holds_its_mark(const held *h)
{
  for (size_t i = 0; i < h->size; i++)
    assert_int_equal(h->bytes[i], h->mark);
}

/* Resize blocks at random; each holds what was written to it as far as it was kept. */
static void resize_at_random(size_t max)
{
  static held blocks[many];
  counter c = {.left = SIZE_MAX};
  nr_small small;
  uint32_t state = 1;
  memset(blocks, 0, sizeof blocks);
  nr_small_init(&small, (nr_memory){count_resize, &c}, max);
  for (int round = 0; round < 50000; round++) {
    held *h = &blocks[((state = state * 1664525 + 1013904223) >> 8) % many];
    size_t size = (state >> 12) % 7 == 0 ? 0 : (state >> 16) % ((state >> 3) % 5 == 0 ? 2000 : 300);
    unsigned char *moved = nr_small_resize(&small, h->bytes, h->size, size);
    assert_true((moved == NULL) == (size == 0) && (uintptr_t)moved % NR_SMALL_UNIT == 0);
    *h = (held){moved, h->size < size ? h->size : size, h->mark};
    holds_its_mark(h);
    *h = (held){moved, size, (unsigned char)round};
    if (size > 0)
      memset(h->bytes, h->mark, size);
  }
  for (size_t i = 0; i < many; i++) {
    holds_its_mark(&blocks[i]);
    nr_small_resize(&small, blocks[i].bytes, blocks[i].size, 0);
  }
  nr_small_clear(&small);
  assert_int_equal(c.blocks, 0);
  assert_int_equal(c.bytes, 0);
}

static void blocks_keep_what_is_in_them_and_all_is_given_back(void **state)
{
  (void)state;
  resize_at_random(NR_SMALL_MAX);
  resize_at_random(64);
  resize_at_random(0);
}

static void what_was_freed_is_taken_again(void **state)
{
  (void)state;
  counter c = {.left = SIZE_MAX};
  nr_small small;
  nr_small_init(&small, (nr_memory){count_resize, &c}, NR_SMALL_MAX);
  for (int i = 0; i < 100000; i++) {
    void *block = nr_small_resize(&small, NULL, 0, 100);
    nr_small_resize(&small, block, 100, 0);
  }
#if !defined(__SANITIZE_ADDRESS__)
  assert_int_equal(c.asked, 1);
#endif
  nr_small_clear(&small);
  assert_int_equal(c.blocks, 0);
}

static void without_memory_a_block_stays_as_it_is(void **state)
{
  (void)state;
  counter c = {.left = 1};
  nr_small small;
  nr_small_init(&small, (nr_memory){count_resize, &c}, 0);
  char *block = nr_small_resize(&small, NULL, 0, 40);
  assert_non_null(block);
  memset(block, 'x', 40);
  assert_null(nr_small_resize(&small, block, 40, 4000));
  assert_null(nr_small_resize(&small, NULL, 0, 40));
  assert_int_equal(block[39], 'x');
  nr_small_resize(&small, block, 40, 0);
  nr_small_clear(&small);
  assert_int_equal(c.blocks, 0);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(blocks_keep_what_is_in_them_and_all_is_given_back),
      cmocka_unit_test(what_was_freed_is_taken_again),
      cmocka_unit_test(without_memory_a_block_stays_as_it_is),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
