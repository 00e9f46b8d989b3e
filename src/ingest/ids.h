/* ids.h: what an id may be, and which ones an ingest has met.
 * Floor 4: includes base/, text/. */
#ifndef NR_IDS_H
#define NR_IDS_H

#include "base/bytes.h"
#include "base/memory.h"

/* Check that an id has 1 to 1024 bytes of UTF-8 without NUL. Errors NR_INVALID. */
nr_status nr_id_check(nr_text id, nr_error *err);

/* A set of ids, kept as hashes. */
typedef struct nr_id_set {
  const nr_memory *memory;
  uint64_t *hashes; /* open addressing, 0 is free */
  size_t count, room;
} nr_id_set;

void nr_id_set_init(nr_id_set *set, const nr_memory *memory);
void nr_id_set_clear(nr_id_set *set);
/* Put an id; *fresh tells whether it is new to the set. Errors NR_NOMEM. */
nr_status nr_id_set_put(nr_id_set *set, nr_text id, bool *fresh, nr_error *err);

#endif
