/* pool.h: small blocks from large ones, for an interpreter that makes and drops many. Floor 0.
 *
 * Blocks up to NR_POOL_SMALL bytes are cut from slabs and, once freed, given out again for their size; larger
 * ones pass through. What is taken stays until the pool is cleared. */
#ifndef NR_POOL_H
#define NR_POOL_H

#include "base/memory.h"

enum { NR_POOL_UNIT = 16, NR_POOL_SMALL = 512 };

/* Fields are for the pool alone. */
typedef struct nr_pool {
  const nr_memory *memory;
  struct nr_pool_slab *slabs;
  char *at; /* what is left of the newest slab */
  size_t left;
  void *freed[NR_POOL_SMALL / NR_POOL_UNIT + 1]; /* by size in units: a list of blocks */
} nr_pool;

/* `memory` must live as long as the pool. */
void nr_pool_init(nr_pool *pool, const nr_memory *memory);
/* Free the slabs, with all small blocks in them. Large ones must have been freed. */
void nr_pool_clear(nr_pool *pool);

/* The function of an nr_memory whose user is the pool. Threads: one at a time. */
void *nr_pool_resize(void *pool, void *pointer, size_t old_size, size_t new_size);

#endif
