/* view.h: views inside a run. Inside src/query only.
 * Floor 4. */
#ifndef NR_VIEW_H
#define NR_VIEW_H

#include "query/plan.h"

/* The live articles of the run's part that are in the view (NULL: all). */
nr_status nr_view_bits(const nr_view *view, nr_run *run, uint64_t **bitmap, nr_error *err);

nr_status nr_conditions_copy(nr_arena *arena, const nr_condition *from, uint32_t count, nr_condition **to,
                             nr_error *err);

#endif
