/* small.h: small blocks of memory, cut from larger ones.
 * Floor 0. One thread at a time. An interpreter takes and gives back tens of thousands of small blocks in a
 * millisecond: here that is a list's first item. Nothing goes back to where it came from before the end. */
#ifndef NR_SMALL_H
#define NR_SMALL_H

#include "base/memory.h"

enum { NR_SMALL_MAX = 256, NR_SMALL_UNIT = 16 };

typedef struct nr_small {
  nr_memory memory;
  size_t max; /* of a small block */
  struct nr_small_chunk *chunks;
  char *at, *end;                                /* what is free of the newest */
  void *freed[NR_SMALL_MAX / NR_SMALL_UNIT + 1]; /* by size in units: each block begins with the next */
} nr_small;

/* `max` at most NR_SMALL_MAX; 0: all blocks come from `memory` itself. */
void nr_small_init(nr_small *small, nr_memory memory, size_t max);
/* Give all chunks back. Larger blocks are the caller's to free. */
void nr_small_clear(nr_small *small);

/* As nr_memory's: larger blocks come from `memory` itself. */
void *nr_small_resize(nr_small *small, void *pointer, size_t old_size, size_t new_size);

#endif
