/* intern.h: every distinct byte string once, numbered in the order of their coming.
 * Floor 2: for segment/ and corpus/. Made for words: up to 11 bytes are compared without leaving the table.
 */
#ifndef NR_INTERN_H
#define NR_INTERN_H

#include "base/bytes.h"
#include "base/memory.h"

/* Four to a line of the cache, for looking words up is waiting for lines. `head` and `rest` are the string's
 * first 8 bytes and the 3 behind them, zeros where there are none, with its size above them; of a longer
 * string its hash, and 255. */
typedef struct nr_intern_slot {
  uint64_t head;
  uint32_t rest;
  uint32_t number; /* UINT32_MAX: the slot is free */
} nr_intern_slot;

typedef struct nr_intern {
  const nr_memory *memory;
  nr_arena arena;         /* the bytes */
  nr_text *texts;         /* by number */
  size_t count, capacity; /* of texts */
  nr_intern_slot *slots;
  size_t slot_count; /* a power of two, at least twice `count` */
} nr_intern;

void nr_intern_init(nr_intern *intern, const nr_memory *memory);
void nr_intern_clear(nr_intern *intern);
uint64_t nr_intern_memory(const nr_intern *intern);

/* A string on its way into the table. */
typedef struct nr_intern_key {
  nr_text text;
  uint64_t head;
  uint32_t rest;
  size_t home; /* hash; the slot it leads to is being fetched */
} nr_intern_key;

/* Start fetching the slot of `text` into the cache. Lookups of many strings prepare them all first:
 * in a large table the misses then overlap. `readable` as in nr_intern_add. */
void nr_intern_prepare(const nr_intern *intern, nr_text text, size_t readable, nr_intern_key *key);
/* The number of a prepared string. Errors as nr_intern_add. */
nr_status nr_intern_add_prepared(nr_intern *intern, const nr_intern_key *key, uint32_t *number,
                                 nr_error *err);

/* The number of `text`, which is copied where it is new. `readable` bytes may be read from
 * text.bytes on (at least text.size): 12 save time. Errors NR_NOMEM, NR_LIMIT (2^31 strings, 4 GiB long). */
nr_status nr_intern_add(nr_intern *intern, nr_text text, size_t readable, uint32_t *number, nr_error *err);

#endif
