/* relate.c: within, outside, containing, lacking, & and -. Floor 4. */
#include "query/region.h"

typedef struct relate_plan {
  nr_plan plan;
  nr_relation relation;
} relate_plan;

/* least[i]: the least last of spans i..count-1. */
static nr_status least_last(const nr_spans *spans, nr_run *run, const uint32_t **least, nr_error *err)
{
  uint32_t *out, low = UINT32_MAX;
  NR_TRY(nr_run_take(run, spans->count, sizeof *out, &out, err));
  for (uint32_t i = spans->count; i-- > 0;) {
    low = spans->last[i] < low ? spans->last[i] : low;
    out[i] = low;
  }
  *least = out;
  return NR_OK;
}

static nr_status keep_within(nr_run *run, const nr_plan *b, const nr_spans *a, bool wanted, nr_list *list,
                             nr_error *err)
{
  nr_region region;
  NR_TRY(nr_region_init(&region, run, b, err));
  for (uint32_t i = 0; i < a->count; i++)
    if (nr_region_holds(&region, a->first[i], a->last[i]) == wanted)
      nr_list_push(list, a->first[i], a->last[i], nr_spans_row(a, i));
  return NR_OK;
}

static nr_status keep_containing(nr_run *run, const nr_spans *b, const nr_spans *a, bool wanted,
                                 nr_list *list, nr_error *err)
{
  const uint32_t *least;
  uint32_t at = 0;
  NR_TRY(least_last(b, run, &least, err));
  for (uint32_t i = 0; i < a->count; i++) {
    at = nr_seek(b->first, b->count, at, a->first[i]);
    if ((at < b->count && least[at] <= a->last[i]) == wanted)
      nr_list_push(list, a->first[i], a->last[i], nr_spans_row(a, i));
  }
  return NR_OK;
}

static nr_status keep_overlapping(nr_run *run, const nr_spans *b, const nr_spans *a, bool wanted,
                                  nr_list *list, nr_error *err)
{
  const uint32_t *reach;
  uint32_t at = 0; /* first b behind the start of a: only grows */
  NR_TRY(nr_spans_reach(b, run->arena, &reach, err));
  for (uint32_t i = 0; i < a->count; i++) {
    at = nr_seek(b->first, b->count, at, a->first[i]);
    uint32_t behind = nr_seek_above(b->first, b->count, at, a->last[i]);
    if ((behind > 0 && reach[behind - 1] >= a->first[i]) == wanted)
      nr_list_push(list, a->first[i], a->last[i], nr_spans_row(a, i));
  }
  return NR_OK;
}

/* Tiles that hold a b, made from the b's: sentences are many, hits are few. */
static nr_status tiles_around(nr_run *run, const nr_plan *tiles, const nr_spans *b, nr_list *list,
                              nr_error *err)
{
  nr_region region;
  NR_TRY(nr_region_init(&region, run, tiles, err));
  NR_TRY(nr_list_init(list, run->arena, b->count, false, err));
  for (uint32_t i = 0; i < b->count; i++) {
    uint32_t first, last;
    if (list->count > 0 && b->first[i] <= list->last[list->count - 1]) /* that tile is there already */
      continue;
    if (nr_region_tile(&region, b->first[i], &first, &last) && b->last[i] <= last)
      nr_list_push(list, first, last, 0);
  }
  return NR_OK;
}

static bool is_tiles(const nr_plan *plan)
{
  nr_layer layer;
  bool margin;
  return nr_plan_is_layer(plan, &layer, &margin) && layer != NR_LAYER_TITLES && layer != NR_LAYER_BOILER;
}

static nr_status run_relate(const nr_plan *plan, nr_run *run, nr_spans *spans, nr_error *err)
{
  nr_relation relation = ((const relate_plan *)plan)->relation;
  bool wanted = relation == NR_WITHIN || relation == NR_CONTAINING || relation == NR_OVERLAPPING;
  nr_spans a = {0}, b = {0};
  nr_list list;
  if (relation == NR_CONTAINING && is_tiles(plan->a)) {
    NR_TRY(nr_run_plan(run, plan->b, &b, err));
    NR_TRY(tiles_around(run, plan->a, &b, &list, err));
    *spans = nr_list_spans(&list, NULL);
    return NR_OK;
  }
  NR_TRY(nr_run_plan(run, plan->a, &a, err));
  if (a.count == 0)
    return NR_OK;
  if (relation != NR_WITHIN && relation != NR_OUTSIDE)
    NR_TRY(nr_run_plan(run, plan->b, &b, err));
  NR_TRY(nr_list_init(&list, run->arena, a.count, a.row != NULL, err));
  if (relation == NR_WITHIN || relation == NR_OUTSIDE)
    NR_TRY(keep_within(run, plan->b, &a, wanted, &list, err));
  else if (relation == NR_CONTAINING || relation == NR_LACKING)
    NR_TRY(keep_containing(run, &b, &a, wanted, &list, err));
  else
    NR_TRY(keep_overlapping(run, &b, &a, wanted, &list, err));
  *spans = nr_list_spans(&list, a.table);
  return NR_OK;
}

nr_status nr_plan_relate(const nr_memory *memory, nr_plan *a, nr_relation relation, nr_plan *b,
                         nr_plan **plan, nr_error *err)
{
  static const nr_plan_type types[] = {
      {.name = "within", .run = run_relate},     {.name = "outside", .run = run_relate},
      {.name = "containing", .run = run_relate}, {.name = "lacking", .run = run_relate},
      {.name = "&", .run = run_relate},          {.name = "-", .run = run_relate}};
  relate_plan *made;
  NR_TRY(nr_plan_filter(memory, &types[relation], sizeof *made, a, b, NULL, &made, err));
  made->relation = relation;
  *plan = &made->plan;
  return NR_OK;
}
