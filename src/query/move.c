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

/* Bounds of the windows in one article: its tokens, and the cuts on the line. */
typedef struct frame {
  nr_walk walk;
  uint32_t article; /* that the cuts are of; UINT32_MAX: none yet */
  const uint32_t *cuts;
  uint32_t cut_count;
} frame;

static nr_status bound(frame *f, nr_run *run, uint32_t first, uint32_t last, uint32_t *low, uint32_t *high,
                       nr_error *err)
{
  uint32_t article = nr_walk_to(&f->walk, first, run->on);
  *low = f->walk.first;
  *high = f->walk.end - 1;
  if (first >= run->on)
    return NR_OK;
  if (f->article != article)
    NR_TRY(nr_run_cuts(run, article, &f->cuts, &f->cut_count, err));
  f->article = article;
  for (uint32_t i = 0; i < f->cut_count; i++) {
    if (f->cuts[i] <= first)
      *low = f->cuts[i];
    if (f->cuts[i] > last && f->cuts[i] <= *high)
      *high = f->cuts[i] - 1;
  }
  return NR_OK;
}

static nr_status run_window(const nr_plan *plan, nr_run *run, nr_spans *spans, nr_error *err)
{
  const window_plan *window = (const window_plan *)plan;
  frame f = {.walk = {.segment = run->segment}, .article = UINT32_MAX};
  nr_spans a;
  nr_list list;
  NR_TRY(nr_run_plan(run, plan->a, &a, err));
  NR_TRY(nr_list_init(&list, run->arena, a.count, a.row != NULL, err));
  for (uint32_t i = 0; i < a.count; i++) {
    uint32_t low, high, first = a.first[i], last = a.last[i];
    NR_TRY(bound(&f, run, first, last, &low, &high, err));
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
