/* pool.c: a list of freed blocks a size. Floor 0. */
#include "base/pool.h"

#include <stdalign.h>

enum { slab_bytes = 64 << 10 };

typedef struct nr_pool_slab {
  struct nr_pool_slab *older;
  alignas(NR_POOL_UNIT) char bytes[];
} nr_pool_slab;

void nr_pool_init(nr_pool *pool, const nr_memory *memory)
{
  *pool = (nr_pool){.memory = memory};
}

void nr_pool_clear(nr_pool *pool)
{
  for (nr_pool_slab *slab = pool->slabs, *older; slab != NULL; slab = older) {
    older = slab->older;
    nr_release(pool->memory, slab, slab_bytes);
  }
  nr_pool_init(pool, pool->memory);
}

/* In units; 0: too large to be kept here. */
static size_t units_of(size_t size)
{
  return size > NR_POOL_SMALL ? 0 : (size + NR_POOL_UNIT - 1) / NR_POOL_UNIT;
}

static bool add_slab(nr_pool *pool)
{
  nr_pool_slab *slab = nr_alloc(pool->memory, slab_bytes);
  if (slab == NULL)
    return false;
  slab->older = pool->slabs;
  pool->slabs = slab;
  pool->at = slab->bytes;
  pool->left = slab_bytes - sizeof *slab;
  return true;
}

static void put_back(nr_pool *pool, void *pointer, size_t units)
{
  memcpy(pointer, &pool->freed[units], sizeof pool->freed[units]);
  pool->freed[units] = pointer;
}

static void *take(nr_pool *pool, size_t units)
{
  void *pointer = pool->freed[units];
  if (pointer != NULL) {
    memcpy(&pool->freed[units], pointer, sizeof pool->freed[units]);
    return pointer;
  }
  if (pool->left < units * NR_POOL_UNIT && !add_slab(pool))
    return NULL;
  pointer = pool->at;
  pool->at += units * NR_POOL_UNIT;
  pool->left -= units * NR_POOL_UNIT;
  return pointer;
}

static void *obtain(nr_pool *pool, size_t size)
{
  size_t units = units_of(size);
  return units > 0 ? take(pool, units) : nr_alloc(pool->memory, size);
}

static void drop(nr_pool *pool, void *pointer, size_t size)
{
  size_t units = units_of(size);
  if (units > 0)
    put_back(pool, pointer, units);
  else
    nr_release(pool->memory, pointer, size);
}

void *nr_pool_resize(void *user, void *pointer, size_t old_size, size_t new_size)
{
  nr_pool *pool = user;
  if (pointer == NULL)
    return new_size == 0 ? NULL : obtain(pool, new_size);
  if (new_size == 0) {
    drop(pool, pointer, old_size);
    return NULL;
  }
  size_t before = units_of(old_size), after = units_of(new_size);
  if (before == after)
    return before > 0 ? pointer : pool->memory->resize(pool->memory->user, pointer, old_size, new_size);
  void *moved = obtain(pool, new_size);
  if (moved == NULL)
    return NULL;
  memcpy(moved, pointer, old_size < new_size ? old_size : new_size);
  drop(pool, pointer, old_size);
  return moved;
}
