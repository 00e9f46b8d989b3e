/* near.c: near, before, after; followed_by and joined; flip. Floor 4. */
#include "query/near.h"

#include <math.h>

#include "query/table.h"

nr_status nr_beside_init(nr_beside *beside, nr_run *run, const nr_plan *plan, nr_region *region,
                         uint32_t distance, nr_error *err)
{
  *beside = (nr_beside){.region = region, .distance = distance, .longest = 1};
  NR_TRY(nr_run_plan(run, plan, &beside->spans, err));
  if (beside->spans.first == beside->spans.last) /* words */
    return NR_OK;
  for (uint32_t i = 0; i < beside->spans.count; i++) {
    uint32_t size = beside->spans.last[i] - beside->spans.first[i] + 1;
    beside->longest = size > beside->longest ? size : beside->longest;
  }
  return NR_OK;
}

/* The region's tile, looked up when first needed: most spans have nothing near them. */
typedef struct tile {
  bool known, holds; /* holds the span itself */
  uint32_t low, high;
} tile;

static bool together(nr_beside *beside, tile *t, uint32_t first, uint32_t last, uint32_t low, uint32_t high)
{
  if (!beside->region->tiles)
    return nr_region_holds(beside->region, low, high);
  if (!t->known) {
    t->known = true;
    t->holds = nr_region_tile(beside->region, first, &t->low, &t->high) && last <= t->high;
  }
  return t->holds && low >= t->low && high <= t->high;
}

bool nr_beside_after(nr_beside *beside, uint32_t first, uint32_t last, nr_beside_visit visit, void *user)
{
  const nr_spans *b = &beside->spans;
  tile t = {.high = UINT32_MAX};
  uint32_t furthest = beside->distance < UINT32_MAX - last ? last + beside->distance : UINT32_MAX;
  beside->at = nr_seek(b->first, b->count, beside->at, first);
  uint32_t i = nr_seek_above(b->first, b->count, beside->at, last);
  for (; i < b->count && b->first[i] <= furthest && (!t.known || (t.holds && b->first[i] <= t.high)); i++)
    if (together(beside, &t, first, last, first, b->last[i]) && !visit(user, i))
      return false;
  return true;
}

bool nr_beside_before(nr_beside *beside, uint32_t first, uint32_t last, nr_beside_visit visit, void *user)
{
  const nr_spans *b = &beside->spans;
  tile t = {.high = UINT32_MAX};
  uint32_t nearest =
      beside->distance < first ? first - beside->distance : 0; /* where a b must end, or behind */
  uint32_t reach = nearest > beside->longest - 1 ? nearest - (beside->longest - 1) : 0;
  beside->at = nr_seek(b->first, b->count, beside->at, first);
  for (uint32_t i = beside->at;
       i-- > 0 && b->first[i] >= reach && (!t.known || (t.holds && b->first[i] >= t.low));)
    if (b->last[i] < first && b->last[i] >= nearest && together(beside, &t, first, last, b->first[i], last) &&
        !visit(user, i))
      return false;
  return true;
}

static bool stop(void *user, uint32_t index)
{
  (void)user, (void)index;
  return false;
}

/* ---- near, before, after ---- */

typedef struct near_plan {
  nr_plan plan;
  nr_side side;
  uint32_t distance;
} near_plan;

static nr_status run_near(const nr_plan *plan, nr_run *run, nr_spans *spans, nr_error *err)
{
  const near_plan *near = (const near_plan *)plan;
  nr_region region;
  nr_beside b;
  nr_spans a;
  nr_list list;
  NR_TRY(nr_run_plan(run, plan->a, &a, err));
  if (a.count == 0)
    return NR_OK;
  NR_TRY(nr_region_init(&region, run, plan->region, err));
  NR_TRY(nr_beside_init(&b, run, plan->b, &region, near->distance, err));
  NR_TRY(nr_list_init(&list, run->arena, a.count, a.row != NULL, err));
  for (uint32_t i = 0; i < a.count && b.spans.count > 0; i++) {
    bool found = (near->side != NR_AFTER && !nr_beside_after(&b, a.first[i], a.last[i], stop, NULL)) ||
                 (near->side != NR_BEFORE && !nr_beside_before(&b, a.first[i], a.last[i], stop, NULL));
    if (found)
      nr_list_push(&list, a.first[i], a.last[i], nr_spans_row(&a, i));
  }
  *spans = nr_list_spans(&list, a.table);
  return NR_OK;
}

nr_status nr_plan_near(const nr_memory *memory, nr_plan *a, nr_side side, nr_plan *b, uint32_t distance,
                       nr_plan *region, nr_plan **plan, nr_error *err)
{
  static const nr_plan_type types[] = {{.name = "near", .run = run_near},
                                       {.name = "before", .run = run_near},
                                       {.name = "after", .run = run_near}};
  near_plan *made;
  NR_TRY(nr_plan_filter(memory, &types[side], sizeof *made, a, b, region, &made, err));
  made->side = side;
  made->distance = distance;
  *plan = &made->plan;
  return NR_OK;
}

/* ---- followed_by, joined: spans from an a to a b ---- */

typedef struct join_plan {
  nr_plan plan;
  uint32_t distance;
  uint32_t *b_columns;
} join_plan;

/* Pairs found so far: the span, and the numbers of a and b. */
typedef struct pairs {
  nr_list spans, numbers;
  const nr_spans *a, *b;
  uint32_t current; /* the a in hand */
  uint32_t nearest; /* joined: tokens to the nearest b so far; followed_by: its end */
  uint32_t side_start;
  bool found_behind;
  nr_status status;
  nr_error *err;
} pairs;

static nr_status put_pair(pairs *p, uint32_t b_index)
{
  uint32_t a_first = p->a->first[p->current], a_last = p->a->last[p->current];
  uint32_t b_first = p->b->first[b_index], b_last = p->b->last[b_index];
  NR_TRY(nr_list_put(&p->spans, a_first < b_first ? a_first : b_first, a_last > b_last ? a_last : b_last,
                     p->spans.count, p->err));
  return nr_list_put(&p->numbers, p->current, b_index, 0, p->err);
}

/* Keep the b's behind a that end first. */
static bool keep_shortest(void *user, uint32_t index)
{
  pairs *p = user;
  uint32_t end = p->b->last[index];
  if (end > p->nearest)
    return true;
  if (end < p->nearest)
    p->spans.count = p->numbers.count = p->side_start;
  p->nearest = end;
  p->status = put_pair(p, index);
  return p->status == NR_OK;
}

/* Keep the nearest b; of a tie the one behind, else the first in order. */
static bool keep_nearest(void *user, uint32_t index)
{
  pairs *p = user;
  uint32_t a_first = p->a->first[p->current], a_last = p->a->last[p->current];
  bool behind = p->b->first[index] > a_last;
  uint32_t distance = behind ? p->b->first[index] - a_last : a_first - p->b->last[index];
  if (distance > p->nearest || (distance == p->nearest && (behind || p->found_behind)))
    return true; /* those behind come in order, those in front the other way round */
  p->spans.count = p->numbers.count = p->side_start;
  p->nearest = distance;
  p->found_behind = behind;
  p->status = put_pair(p, index);
  return p->status == NR_OK;
}

/* Drop spans that hold a shorter one; the pairs stand in order of a. */
static void keep_minimal(pairs *p, uint32_t *keep)
{
  uint32_t least = UINT32_MAX, first = UINT32_MAX, least_behind = UINT32_MAX, kept = 0;
  for (uint32_t i = p->spans.count; i-- > 0;) {
    if (p->spans.first[i] != first) { /* ends of spans that start further right */
      least_behind = least < least_behind ? least : least_behind;
      least = UINT32_MAX;
      first = p->spans.first[i];
    }
    if (p->spans.last[i] < least)
      least = p->spans.last[i];
    keep[i] = p->spans.last[i] < least_behind;
  }
  for (uint32_t i = 0; i < p->spans.count; i++) /* one start: only those that end first */
    if (keep[i]) {
      bool shorter = false;
      for (uint32_t j = i; j-- > 0 && p->spans.first[j] == p->spans.first[i];)
        shorter = shorter || p->spans.last[j] < p->spans.last[i];
      for (uint32_t j = i + 1; j < p->spans.count && p->spans.first[j] == p->spans.first[i]; j++)
        shorter = shorter || p->spans.last[j] < p->spans.last[i];
      keep[i] = !shorter;
    }
  for (uint32_t i = 0; i < p->spans.count; i++)
    if (keep[i]) {
      p->spans.first[kept] = p->spans.first[i];
      p->spans.last[kept] = p->spans.last[i];
      p->numbers.first[kept] = p->numbers.first[i];
      p->numbers.last[kept++] = p->numbers.last[i];
    }
  p->spans.count = p->numbers.count = kept;
}

/* The pairs as spans with the columns of both sides. */
static nr_status finish(const join_plan *join, nr_run *run, pairs *p, nr_spans *spans, nr_error *err)
{
  nr_table *table = NULL;
  if (join->plan.column_count > 0)
    NR_TRY(nr_table_cross(run->arena, &join->plan, p->a, p->b, &p->numbers, join->b_columns, &table,
                          p->spans.row, err));
  for (uint32_t i = 0; i < p->spans.count && table == NULL; i++)
    p->spans.row[i] = UINT32_MAX;
  NR_TRY(nr_list_order(&p->spans, err));
  *spans = nr_list_spans(&p->spans, table);
  return NR_OK;
}

static nr_status run_join(const nr_plan *plan, nr_run *run, bool nearest, nr_spans *spans, nr_error *err)
{
  const join_plan *join = (const join_plan *)plan;
  nr_region region;
  nr_beside b;
  nr_spans a;
  NR_TRY(nr_run_plan(run, plan->a, &a, err));
  NR_TRY(nr_region_init(&region, run, NULL, err));
  NR_TRY(nr_beside_init(&b, run, plan->b, &region, join->distance, err));
  pairs p = {.a = &a, .b = &b.spans, .err = err};
  NR_TRY(nr_list_init(&p.spans, run->arena, a.count, true, err));
  NR_TRY(nr_list_init(&p.numbers, run->arena, a.count, false, err));
  for (uint32_t i = 0; i < a.count && b.spans.count > 0; i++) {
    p.current = i;
    p.nearest = UINT32_MAX;
    p.side_start = p.spans.count;
    p.found_behind = false;
    nr_beside_after(&b, a.first[i], a.last[i], nearest ? keep_nearest : keep_shortest, &p);
    NR_TRY(p.status);
    if (nearest)
      nr_beside_before(&b, a.first[i], a.last[i], keep_nearest, &p);
    NR_TRY(p.status);
  }
  if (!nearest) {
    uint32_t *keep;
    NR_TRY(nr_run_take(run, p.spans.count, sizeof *keep, &keep, err));
    keep_minimal(&p, keep);
  }
  return finish(join, run, &p, spans, err);
}

static nr_status run_followed(const nr_plan *plan, nr_run *run, nr_spans *spans, nr_error *err)
{
  return run_join(plan, run, false, spans, err);
}

static nr_status run_joined(const nr_plan *plan, nr_run *run, nr_spans *spans, nr_error *err)
{
  return run_join(plan, run, true, spans, err);
}

static nr_status make_join(const nr_memory *memory, const nr_plan_type *type, nr_plan *a, nr_plan *b,
                           uint32_t distance, nr_plan **plan, nr_error *err)
{
  join_plan *made;
  NR_TRY(nr_plan_new(memory, type, sizeof *made, &made, err));
  made->distance = distance;
  made->plan.a = nr_plan_retain(a);
  made->plan.b = nr_plan_retain(b);
  nr_status status = nr_plan_join_columns(&made->plan, a, b, false, &made->b_columns, err);
  if (status != NR_OK) {
    nr_plan_release(&made->plan);
    return status;
  }
  *plan = &made->plan;
  return NR_OK;
}

nr_status nr_plan_followed_by(const nr_memory *memory, nr_plan *a, nr_plan *b, uint32_t distance,
                              nr_plan **plan, nr_error *err)
{
  static const nr_plan_type type = {.name = "followed_by", .run = run_followed};
  return make_join(memory, &type, a, b, distance, plan, err);
}

nr_status nr_plan_joined(const nr_memory *memory, nr_plan *a, nr_plan *b, nr_plan **plan, nr_error *err)
{
  static const nr_plan_type type = {.name = "joined", .run = run_joined};
  return make_join(memory, &type, a, b, UINT32_MAX, plan, err);
}

/* ---- flip ---- */

typedef struct flip_plan {
  nr_plan plan;
  uint32_t distance, column;
} flip_plan;

/* The table twice, the second time with `value` turned round. */
static nr_status turned(const flip_plan *flip, nr_run *run, const nr_table *from, nr_table **table,
                        nr_error *err)
{
  NR_TRY(nr_table_new(run->arena, &flip->plan, from->row_count * 2, table, err));
  for (uint32_t r = 0; r < from->row_count; r++) {
    nr_table_put(*table, r, from, r, NULL);
    nr_table_put(*table, r + from->row_count, from, r, NULL);
    double *value = &nr_table_numbers(*table, flip->column)[r + from->row_count];
    *value = *value == 0 ? 0 : -*value; /* no minus zero */
  }
  return NR_OK;
}

static nr_status run_flip(const nr_plan *plan, nr_run *run, nr_spans *spans, nr_error *err)
{
  const flip_plan *flip = (const flip_plan *)plan;
  nr_region clauses[2]; /* of the line, of the margin */
  nr_beside b[2];
  nr_spans a;
  nr_list list;
  nr_table *table;
  NR_TRY(nr_run_plan(run, plan->a, &a, err));
  if (a.count == 0 || a.table == NULL)
    return NR_OK;
  for (int margin = 0; margin < 2; margin++) {
    clauses[margin] = (nr_region){.run = run,
                                  .tiles = true,
                                  .layer = NR_LAYER_CLAUSES,
                                  .margin = margin != 0,
                                  .walk = {.segment = run->segment}};
    NR_TRY(nr_beside_init(&b[margin], run, plan->b, &clauses[margin], flip->distance, err));
  }
  NR_TRY(turned(flip, run, a.table, &table, err));
  NR_TRY(nr_list_init(&list, run->arena, a.count, true, err));
  for (uint32_t i = 0; i < a.count; i++) {
    uint32_t row = nr_spans_row(&a, i);
    bool negated = !nr_beside_before(&b[a.first[i] >= run->on], a.first[i], a.last[i], stop, NULL);
    nr_list_push(&list, a.first[i], a.last[i], negated && row != UINT32_MAX ? row + a.table->row_count : row);
  }
  NR_TRY(nr_list_order(&list, err));
  *spans = nr_list_spans(&list, table);
  return NR_OK;
}

nr_status nr_plan_flip(const nr_memory *memory, nr_plan *a, nr_plan *b, uint32_t distance, nr_plan **plan,
                       nr_error *err)
{
  static const nr_plan_type type = {.name = "flip", .run = run_flip};
  uint32_t column;
  flip_plan *made;
  if (!nr_plan_find_column(a, NR_TEXT("value"), &column) || a->types[column] != NR_COLUMN_NUMBER)
    return nr_fail(err, NR_INVALID, "flip turns the sign of `value`, but these spans have no such number");
  NR_TRY(nr_plan_filter(memory, &type, sizeof *made, a, b, NULL, &made, err));
  made->distance = distance;
  made->column = column;
  *plan = &made->plan;
  return NR_OK;
}
