/* pattern.h: patterns as kept in a plan, and as compiled for one part. Inside src/query only.
 * Floor 4. */
#ifndef NR_PATTERN_H
#define NR_PATTERN_H

#include "query/words.h"

/* A copy of nr_pattern in a plan's arena. */
typedef struct nr_node {
  nr_pattern_kind kind;
  bool joined;
  uint32_t min, max;        /* GAP */
  nr_leaf leaf;             /* words */
  uint32_t plan_number;     /* PLAN: index into the plan's `more` */
  struct nr_node *children; /* SEQUENCE, CHOICE */
  uint32_t child_count;
} nr_node;

typedef struct nr_pattern_plan {
  nr_plan plan;
  nr_node root;
  bool overlap, margin;
} nr_pattern_plan;

/* Run a pattern against a part. */
nr_status nr_match_run(const nr_plan *plan, nr_run *run, nr_spans *spans, nr_error *err);
uint64_t nr_match_expect(const nr_plan *plan, nr_run *run);

#endif
