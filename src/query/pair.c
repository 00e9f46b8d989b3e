/* pair.c: who stands with whom in one region. Floor 4. */
#include <string.h>

#include "query/region.h"
#include "query/table.h"

typedef struct pair_plan {
  nr_plan plan;
  uint32_t *b_columns;
  uint32_t distance; /* 0: anywhere in the region */
} pair_plan;

/* One side: its spans, and for each row of its table the rank of the actor's name. */
typedef struct side {
  nr_spans spans;
  const uint32_t *ranks; /* NULL: no column `actor`, each span is itself */
  uint32_t *found;       /* spans of the region in hand */
  uint32_t found_count, at;
  uint32_t *seen; /* by rank: the last region that had it */
} side;

/* Number the names of a column in their order; missing ones are UINT32_MAX. */
static nr_status rank_actors(nr_run *run, const nr_table *table, uint32_t column, const uint32_t **ranks,
                             nr_error *err)
{
  const nr_text *names = table->columns[column].texts;
  uint32_t count = table->row_count, *order, *other, *out;
  NR_TRY(nr_run_take(run, count, sizeof *order, &order, err));
  NR_TRY(nr_run_take(run, count, sizeof *other, &other, err));
  NR_TRY(nr_run_take(run, count, sizeof *out, &out, err));
  for (uint32_t i = 0; i < count; i++)
    order[i] = i;
  for (uint32_t width = 1; width < count; width *= 2) {
    for (uint32_t start = 0; start < count; start += 2 * width) {
      uint32_t middle = start + width < count ? start + width : count;
      uint32_t end = middle + width < count ? middle + width : count, left = start, right = middle;
      for (uint32_t i = start; i < end; i++)
        other[i] =
            left < middle && (right == end || nr_text_compare(names[order[left]], names[order[right]]) <= 0)
                ? order[left++]
                : order[right++];
    }
    uint32_t *sorted = other;
    other = order;
    order = sorted;
  }
  for (uint32_t i = 0, rank = 0; i < count; i++) {
    rank += i > 0 && !nr_text_equal(names[order[i]], names[order[i - 1]]);
    out[order[i]] = names[order[i]].bytes == NULL ? UINT32_MAX : rank;
  }
  *ranks = out;
  return NR_OK;
}

static nr_status open_side(side *s, nr_run *run, const nr_plan *plan, nr_error *err)
{
  uint32_t column;
  *s = (side){0};
  NR_TRY(nr_run_plan(run, plan, &s->spans, err));
  NR_TRY(nr_run_take(run, s->spans.count, sizeof *s->found, &s->found, err));
  if (s->spans.table == NULL || !nr_plan_find_column(plan, NR_TEXT("actor"), &column) ||
      plan->types[column] != NR_COLUMN_TEXT)
    return NR_OK;
  NR_TRY(rank_actors(run, s->spans.table, column, &s->ranks, err));
  NR_TRY(nr_run_take(run, s->spans.table->row_count, sizeof *s->seen, &s->seen, err));
  memset(s->seen, 0, s->spans.table->row_count * sizeof *s->seen);
  return NR_OK;
}

/* UINT32_MAX: the span is only itself. */
static uint32_t rank_of(const side *s, uint32_t index)
{
  uint32_t row = nr_spans_row(&s->spans, index);
  return s->ranks == NULL || row == UINT32_MAX ? UINT32_MAX : s->ranks[row];
}

/* Find the spans in first..last, each actor once; `region` numbers regions from 1. */
static void look_in(side *s, uint32_t first, uint32_t last, uint32_t region)
{
  s->found_count = 0;
  s->at = nr_seek(s->spans.first, s->spans.count, s->at, first);
  for (uint32_t i = s->at; i < s->spans.count && s->spans.first[i] <= last; i++) {
    uint32_t rank = rank_of(s, i);
    if (s->spans.last[i] > last || (rank != UINT32_MAX && s->seen[rank] == region))
      continue;
    if (rank != UINT32_MAX)
      s->seen[rank] = region;
    s->found[s->found_count++] = i;
  }
}

typedef struct pairing {
  const pair_plan *pair;
  nr_run *run;
  side a, b;
  bool same; /* one plan on both sides */
  nr_list spans, numbers;
  uint32_t regions;
} pairing;

static nr_status put(pairing *p, const side *b, uint32_t i, uint32_t j, nr_error *err)
{
  const nr_spans *left = &p->a.spans, *right = &b->spans;
  uint32_t first = left->first[i] < right->first[j] ? left->first[i] : right->first[j];
  uint32_t last = left->last[i] > right->last[j] ? left->last[i] : right->last[j];
  NR_TRY(nr_list_put(&p->spans, first, last, p->spans.count, err));
  return nr_list_put(&p->numbers, i, j, 0, err);
}

static bool within(const nr_spans *a, uint32_t i, const nr_spans *b, uint32_t j, uint32_t distance)
{
  uint32_t gap = b->first[j] > a->last[i]   ? b->first[j] - a->last[i]
                 : a->first[i] > b->last[j] ? a->first[i] - b->last[j]
                                            : 0;
  return gap <= distance;
}

/* Each a of the region with the b near it, those that name one actor once. With itself: with those behind it.
 */
static nr_status pair_near(pairing *p, uint32_t first, uint32_t last, nr_error *err)
{
  const nr_spans *a = &p->a.spans;
  side *b = p->same ? &p->a : &p->b;
  uint32_t distance = p->pair->distance;
  p->a.at = nr_seek(a->first, a->count, p->a.at, first);
  b->at = nr_seek(b->spans.first, b->spans.count, b->at, first);
  for (uint32_t i = p->a.at; i < a->count && a->first[i] <= last; i++) {
    uint32_t one = rank_of(&p->a, i), j = p->same ? i + 1 : b->at;
    p->regions++;
    for (; j < b->spans.count && b->spans.first[j] <= last && a->last[i] <= last; j++) {
      uint32_t other = rank_of(b, j);
      if (b->spans.first[j] > a->last[i] && b->spans.first[j] - a->last[i] > distance)
        break;
      if (b->spans.last[j] > last || !within(a, i, &b->spans, j, distance) ||
          (other != UINT32_MAX && (b->seen[other] == p->regions || (p->same && other == one))))
        continue;
      if (other != UINT32_MAX)
        b->seen[other] = p->regions;
      bool turned = p->same && other < one;
      NR_TRY(put(p, b, turned ? j : i, turned ? i : j, err));
    }
  }
  return NR_OK;
}

static nr_status pair_region(pairing *p, uint32_t first, uint32_t last, nr_error *err)
{
  if (p->pair->distance > 0)
    return pair_near(p, first, last, err);
  p->regions++;
  look_in(&p->a, first, last, p->regions);
  if (p->a.found_count == 0)
    return NR_OK;
  if (!p->same) {
    look_in(&p->b, first, last, p->regions);
    for (uint32_t i = 0; i < p->a.found_count; i++)
      for (uint32_t j = 0; j < p->b.found_count; j++)
        NR_TRY(put(p, &p->b, p->a.found[i], p->b.found[j], err));
    return NR_OK;
  }
  for (uint32_t i = 0; i < p->a.found_count; i++)
    for (uint32_t j = i + 1; j < p->a.found_count; j++) {
      uint32_t one = p->a.found[i], other = p->a.found[j];
      bool turned = rank_of(&p->a, other) < rank_of(&p->a, one);
      NR_TRY(put(p, &p->a, turned ? other : one, turned ? one : other, err));
    }
  return NR_OK;
}

/* Each tile that holds an a, or each span of the region. */
static nr_status pair_regions(pairing *p, const nr_plan *plan, nr_error *err)
{
  nr_region region;
  NR_TRY(nr_region_init(&region, p->run, plan, err));
  if (region.tiles) {
    uint32_t behind = 0;
    for (uint32_t i = 0; i < p->a.spans.count; i++) {
      uint32_t first, last;
      if (p->a.spans.first[i] < behind || !nr_region_tile(&region, p->a.spans.first[i], &first, &last))
        continue;
      NR_TRY(pair_region(p, first, last, err));
      behind = last + 1;
    }
    return NR_OK;
  }
  for (uint32_t i = 0; i < region.spans.count; i++)
    if (i == 0 || region.spans.first[i] != region.spans.first[i - 1] ||
        region.spans.last[i] != region.spans.last[i - 1]) /* rows do not make regions */
      NR_TRY(pair_region(p, region.spans.first[i], region.spans.last[i], err));
  return NR_OK;
}

static nr_status run_pair(const nr_plan *plan, nr_run *run, nr_spans *spans, nr_error *err)
{
  pairing p = {.pair = (const pair_plan *)plan, .run = run, .same = plan->a == plan->b};
  nr_table *table = NULL;
  NR_TRY(open_side(&p.a, run, plan->a, err));
  if (!p.same)
    NR_TRY(open_side(&p.b, run, plan->b, err));
  const side *b = p.same ? &p.a : &p.b;
  if (p.a.spans.count == 0 || b->spans.count == 0)
    return NR_OK;
  NR_TRY(nr_list_init(&p.spans, run->arena, 256, true, err));
  NR_TRY(nr_list_init(&p.numbers, run->arena, 256, false, err));
  NR_TRY(pair_regions(&p, plan->region, err));
  if (plan->column_count > 0)
    NR_TRY(nr_table_cross(run->arena, plan, &p.a.spans, &b->spans, &p.numbers, p.pair->b_columns, &table,
                          p.spans.row, err));
  for (uint32_t i = 0; i < p.spans.count && table == NULL; i++)
    p.spans.row[i] = UINT32_MAX;
  NR_TRY(nr_list_order(&p.spans, err));
  *spans = nr_list_spans(&p.spans, table);
  return NR_OK;
}

nr_status nr_plan_pair(const nr_memory *memory, nr_plan *a, nr_plan *b, nr_plan *region, uint32_t distance,
                       nr_plan **plan, nr_error *err)
{
  static const nr_plan_type type = {.name = "pair", .run = run_pair};
  pair_plan *made;
  NR_TRY(nr_plan_new(memory, &type, sizeof *made, &made, err));
  made->plan.a = nr_plan_retain(a);
  made->plan.b = nr_plan_retain(b);
  made->plan.region = nr_plan_retain(region);
  made->distance = distance;
  nr_status status = nr_plan_join_columns(&made->plan, a, b, false, &made->b_columns, err);
  if (status != NR_OK) {
    nr_plan_release(&made->plan);
    return status;
  }
  *plan = &made->plan;
  return NR_OK;
}
