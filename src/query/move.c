/* move.c: expand and window: spans made larger. Floor 4. */
#include "query/region.h"

typedef struct window_plan {
  nr_plan plan;
  uint32_t left, right;
} window_plan;

static nr_status run_expand(const nr_plan *plan, nr_run *run, nr_spans *spans, nr_error *err)
{
  nr_region region;
  nr_spans a;
  nr_list list;
  NR_TRY(nr_run_plan(run, plan->a, &a, err));
  NR_TRY(nr_region_init(&region, run, plan->region, err));
  NR_TRY(nr_list_init(&list, run->arena, a.count, a.row != NULL, err));
  for (uint32_t i = 0; i < a.count; i++) {
    uint32_t first, last;
    if (nr_region_innermost(&region, a.first[i], a.last[i], &first, &last))
      nr_list_push(&list, first, last, nr_spans_row(&a, i));
  }
  NR_TRY(nr_list_order(&list, err));
  *spans = nr_list_spans(&list, a.table);
  return NR_OK;
}

nr_status nr_plan_expand(const nr_memory *memory, nr_plan *a, nr_plan *region, nr_plan **plan, nr_error *err)
{
  static const nr_plan_type type = {.name = "expand", .run = run_expand};
  return nr_plan_filter(memory, &type, sizeof(nr_plan), a, NULL, region, plan, err);
}

/* How far a window around first..last may reach: to the ends of the article, or cuts on the line. */
nr_status nr_segment_reach(const nr_segment *segment, nr_arena *arena, uint32_t article, uint32_t first,
                           uint32_t last, uint32_t *low, uint32_t *high, nr_error *err)
{
  const uint32_t *cuts;
  uint32_t count, end;
  bool margin = first >= nr_segment_count(segment)->on;
  nr_segment_article_tokens(segment, article, margin, low, &end);
  *high = end - 1;
  if (margin)
    return NR_OK;
  NR_TRY(nr_segment_cuts(segment, arena, article, &cuts, &count, err));
  for (uint32_t i = 0; i < count; i++) {
    if (cuts[i] <= first)
      *low = cuts[i];
    if (cuts[i] > last && cuts[i] <= *high)
      *high = cuts[i] - 1;
  }
  return NR_OK;
}

static nr_status run_window(const nr_plan *plan, nr_run *run, nr_spans *spans, nr_error *err)
{
  const window_plan *window = (const window_plan *)plan;
  nr_walk walk = {.segment = run->segment};
  nr_spans a;
  nr_list list;
  NR_TRY(nr_run_plan(run, plan->a, &a, err));
  NR_TRY(nr_list_init(&list, run->arena, a.count, a.row != NULL, err));
  for (uint32_t i = 0; i < a.count; i++) {
    uint32_t low, high, first = a.first[i], last = a.last[i];
    NR_TRY(nr_segment_reach(run->segment, run->arena, nr_walk_to(&walk, first, run->on), first, last, &low,
                            &high, err));
    nr_list_push(&list, first - low > window->left ? first - window->left : low,
                 high - last > window->right ? last + window->right : high, nr_spans_row(&a, i));
  }
  NR_TRY(nr_list_order(&list, err));
  *spans = nr_list_spans(&list, a.table);
  return NR_OK;
}

nr_status nr_plan_window(const nr_memory *memory, nr_plan *a, uint32_t left, uint32_t right, nr_plan **plan,
                         nr_error *err)
{
  static const nr_plan_type type = {.name = "window", .run = run_window};
  window_plan *made;
  NR_TRY(nr_plan_filter(memory, &type, sizeof *made, a, NULL, NULL, &made, err));
  made->left = left;
  made->right = right;
  *plan = &made->plan;
  return NR_OK;
}
