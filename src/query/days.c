/* days.c: days_after: articles published some days after others. Floor 4. */
#include <string.h>

#include "query/list.h"
#include "query/plan.h"

typedef struct days_plan {
  nr_plan plan;
  uint32_t from, to;
} days_plan;

/* Days with a b, ascending; two articles of a day are enough to know that there is another. */
typedef struct b_days {
  nr_day *days;
  uint32_t *parts, *articles;
  uint32_t count;
} b_days;

/* The day of an article where it is known exactly. */
static bool exact_day(const nr_segment *segment, uint32_t article, nr_day *day)
{
  nr_period date = nr_segment_date(segment, article);
  *day = date.first;
  return date.first != NR_DAY_NONE && date.first == date.last;
}

/* Append (day, part, article) of each article with a b as spans: they will be sorted as such. */
static nr_status add_part(nr_run *run, const nr_plan *b, nr_list *found, nr_error *err)
{
  nr_spans spans;
  nr_walk walk = {.segment = run->segment};
  uint32_t last = UINT32_MAX;
  NR_TRY(nr_run_plan(run, b, &spans, err));
  for (uint32_t i = 0; i < spans.count; i++) {
    uint32_t article = nr_walk_to(&walk, spans.first[i], run->on);
    nr_day day;
    if (article != last && exact_day(run->segment, article, &day))
      NR_TRY(nr_list_put(found, (uint32_t)(day - NR_DAY_MIN), run->part_number, article, err));
    last = article;
  }
  return NR_OK;
}

static nr_status find_days(const nr_plan *plan, nr_run *run, const b_days **days, nr_error *err)
{
  for (struct nr_shared_result *r = run->shared->results; r != NULL; r = r->next)
    if (r->plan == plan) {
      *days = r->result;
      return NR_OK;
    }
  nr_arena *arena = run->shared->arena;
  nr_list found;
  NR_TRY(nr_list_init(&found, arena, 64, true, err));
  for (uint32_t part = 0; part < nr_snapshot_count(run->snapshot)->parts; part++) {
    nr_run other;
    nr_run_init(&other, run->snapshot, part, arena, run->shared, run->poll);
    NR_TRY(add_part(&other, plan->b, &found, err));
  }
  NR_TRY(nr_list_order(&found, err));
  b_days *made = nr_arena_take(arena, sizeof *made);
  struct nr_shared_result *result = nr_arena_take(arena, sizeof *result);
  if (made == NULL || result == NULL)
    return nr_fail_memory(err);
  *made = (b_days){(nr_day *)found.first, found.last, found.row, found.count};
  for (uint32_t i = 0; i < found.count; i++)
    made->days[i] = (nr_day)found.first[i] + NR_DAY_MIN;
  *result = (struct nr_shared_result){plan, made, run->shared->results};
  run->shared->results = result;
  *days = made;
  return NR_OK;
}

/* Is there a b in another article on one of first..last? */
static bool other_b(const b_days *days, int64_t first, int64_t last, uint32_t part, uint32_t article)
{
  uint32_t low = 0, high = days->count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (days->days[middle] < first)
      low = middle + 1;
    else
      high = middle;
  }
  for (; low < days->count && days->days[low] <= last; low++)
    if (days->parts[low] != part || days->articles[low] != article)
      return true;
  return false;
}

static nr_status run_days(const nr_plan *plan, nr_run *run, nr_spans *spans, nr_error *err)
{
  const days_plan *after = (const days_plan *)plan;
  const b_days *days = NULL;
  nr_spans a;
  nr_list list;
  nr_walk walk = {.segment = run->segment};
  uint32_t last = UINT32_MAX;
  bool kept = false;
  NR_TRY(nr_run_plan(run, plan->a, &a, err));
  NR_TRY(find_days(plan, run, &days, err));
  NR_TRY(nr_list_init(&list, run->arena, a.count, a.row != NULL, err));
  for (uint32_t i = 0; i < a.count; i++) {
    uint32_t article = nr_walk_to(&walk, a.first[i], run->on);
    nr_day day;
    if (article != last)
      kept = exact_day(run->segment, article, &day) &&
             other_b(days, (int64_t)day - after->to, (int64_t)day - after->from, run->part_number, article);
    last = article;
    if (kept)
      nr_list_push(&list, a.first[i], a.last[i], nr_spans_row(&a, i));
  }
  *spans = nr_list_spans(&list, a.table);
  return NR_OK;
}

nr_status nr_plan_days_after(const nr_memory *memory, nr_plan *a, nr_plan *b, uint32_t from, uint32_t to,
                             nr_plan **plan, nr_error *err)
{
  static const nr_plan_type type = {.name = "days_after", .run = run_days};
  days_plan *made;
  if (from > to)
    return nr_fail(err, NR_INVALID, "days_after from %u to %u days: ends before it starts", from, to);
  NR_TRY(nr_plan_filter(memory, &type, sizeof *made, a, b, NULL, &made, err));
  made->from = from;
  made->to = to;
  *plan = &made->plan;
  return NR_OK;
}
