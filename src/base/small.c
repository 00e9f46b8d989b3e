/* small.c: free lists by size over chunks that grow. Floor 0. */
#include "base/small.h"

#include <stdalign.h>
#include <string.h>

typedef struct nr_small_chunk {
  struct nr_small_chunk *older;
  size_t size; /* of all of it */
  alignas(NR_SMALL_UNIT) char bytes[];
} chunk;

enum { chunk_min = 8 << 10, chunk_max = 128 << 10 };

void nr_small_init(nr_small *small, nr_memory memory, size_t max)
{
#if defined(__SANITIZE_ADDRESS__)
  max = 0; /* it watches blocks of malloc alone */
#endif
  *small = (nr_small){.memory = memory, .max = max};
}

void nr_small_clear(nr_small *small)
{
  while (small->chunks != NULL) {
    chunk *c = small->chunks;
    small->chunks = c->older;
    small->memory.resize(small->memory.user, c, c->size, 0);
  }
  nr_small_init(small, small->memory, small->max);
}

static size_t units_of(size_t size)
{
  return (size + NR_SMALL_UNIT - 1) / NR_SMALL_UNIT;
}

static void put_back(nr_small *small, void *block, size_t units)
{
  memcpy(block, &small->freed[units], sizeof(void *));
  small->freed[units] = block;
}

/* A new chunk, twice as large as the one before, whose rest becomes a block. */
static bool add_chunk(nr_small *small)
{
  size_t size = small->chunks == NULL ? chunk_min : small->chunks->size * 2;
  size = size < chunk_max ? size : chunk_max;
  chunk *c = small->memory.resize(small->memory.user, NULL, 0, size);
  if (c == NULL)
    return false;
  if (small->end > small->at)
    put_back(small, small->at, (size_t)(small->end - small->at) / NR_SMALL_UNIT);
  *c = (chunk){.older = small->chunks, .size = size};
  small->chunks = c;
  small->at = c->bytes;
  small->end = (char *)c + size;
  return true;
}

static void *take(nr_small *small, size_t units)
{
  void *block = small->freed[units];
  if (block != NULL) {
    memcpy(&small->freed[units], block, sizeof(void *));
    return block;
  }
  if ((size_t)(small->end - small->at) < units * NR_SMALL_UNIT && !add_chunk(small))
    return NULL;
  block = small->at;
  small->at += units * NR_SMALL_UNIT;
  return block;
}

void *nr_small_resize(nr_small *small, void *pointer, size_t old_size, size_t new_size)
{
  bool was_small = pointer != NULL && old_size <= small->max,
       is_small = new_size != 0 && new_size <= small->max;
  if (!was_small && !is_small)
    return small->memory.resize(small->memory.user, pointer, old_size, new_size);
  if (was_small && is_small && units_of(old_size) == units_of(new_size))
    return pointer;
  void *block = NULL;
  if (new_size != 0) {
    block = is_small ? take(small, units_of(new_size))
                     : small->memory.resize(small->memory.user, NULL, 0, new_size);
    if (block == NULL)
      return NULL;
    if (pointer != NULL)
      memcpy(block, pointer, old_size < new_size ? old_size : new_size);
  }
  if (was_small)
    put_back(small, pointer, units_of(old_size));
  else if (pointer != NULL)
    small->memory.resize(small->memory.user, pointer, old_size, 0);
  return block;
}
