/* near.h: looking for spans beside a span. Inside src/query only.
 * Floor 4. */
#ifndef NR_NEAR_H
#define NR_NEAR_H

#include "query/region.h"

/* Spans to be found beside others, asked for in ascending order of where. */
typedef struct nr_beside {
  nr_spans spans;
  uint32_t longest; /* tokens of the longest */
  uint32_t at;      /* where the last search ended */
  nr_region *region;
  uint32_t distance;
} nr_beside;

nr_status nr_beside_init(nr_beside *beside, nr_run *run, const nr_plan *plan, nr_region *region,
                         uint32_t distance, nr_error *err);

/* Visit the spans behind (before) first..last that are near enough in one region with it, nearest
 * first or nearly so; until `visit` returns false, then this does too. */
typedef bool (*nr_beside_visit)(void *user, uint32_t index);
bool nr_beside_after(nr_beside *beside, uint32_t first, uint32_t last, nr_beside_visit visit, void *user);
bool nr_beside_before(nr_beside *beside, uint32_t first, uint32_t last, nr_beside_visit visit, void *user);

#endif
