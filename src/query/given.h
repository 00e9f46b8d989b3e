/* given.h: a plan that is a list of spans for each part. Inside src/query only.
 * Floor 4. */
#ifndef NR_GIVEN_H
#define NR_GIVEN_H

#include "query/plan.h"
#include "query/table.h"

typedef struct nr_given_plan {
  nr_plan plan;
  nr_spans *parts; /* one for each part of plan.snapshot, empty at first */
  nr_table *tables;
} nr_given_plan;

/* A plan of no spans and no columns yet; both are to be set in its arena. */
nr_status nr_given_new(const nr_memory *memory, nr_snapshot *snapshot, nr_given_plan **made, nr_error *err);

#endif
