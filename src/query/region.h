/* region.h: layers and other spans as bounds. Inside src/query only.
 * Floor 4.
 *
 * A region that is a layer of marks (sentences, paragraphs, clauses) or articles is asked of the
 * segment and never listed. */
#ifndef NR_REGION_H
#define NR_REGION_H

#include "query/list.h"
#include "query/plan.h"

typedef struct nr_region {
  nr_run *run;
  bool tiles; /* a built-in layer that covers each token of the line (or margin) once */
  nr_layer layer;
  bool margin;
  nr_walk walk;   /* articles */
  nr_spans spans; /* where not tiles */
  const uint32_t *reach;
} nr_region;

/* The plan is borrowed. NULL stands for the sentences of line and margin. */
nr_status nr_region_init(nr_region *region, nr_run *run, const nr_plan *plan, nr_error *err);
/* Is there one span of the region around first..last? */
bool nr_region_holds(nr_region *region, uint32_t first, uint32_t last);
/* The tile around a position: false in the wrong half of the segment. Only for tiles. */
bool nr_region_tile(nr_region *region, uint32_t position, uint32_t *first, uint32_t *last);
/* The innermost span around first..last. */
bool nr_region_innermost(nr_region *region, uint32_t first, uint32_t last, uint32_t *outer_first,
                         uint32_t *outer_last);

/* The built-in layer behind a plan; false where it is none. */
bool nr_plan_is_layer(const nr_plan *plan, nr_layer *layer, bool *margin);

/* Tokens of an article on the line before which cleaning cut something out: ascending. */
nr_status nr_segment_cuts(const nr_segment *segment, nr_arena *arena, uint32_t article, const uint32_t **cuts,
                          uint32_t *count, nr_error *err);

/* How far a window around first..last of an article may reach. */
nr_status nr_segment_reach(const nr_segment *segment, nr_arena *arena, uint32_t article, uint32_t first,
                           uint32_t last, uint32_t *low, uint32_t *high, nr_error *err);

#endif
