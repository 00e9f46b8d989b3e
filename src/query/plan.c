/* plan.c: the life of plans, and running them over a part. Floor 4. */
#include "query/plan.h"

#include <inttypes.h>
#include <string.h>

#include "query/list.h"

nr_status nr_plan_new(const nr_memory *memory, const nr_plan_type *type, size_t size, void *plan,
                      nr_error *err)
{
  nr_arena arena;
  nr_arena_init(&arena, memory);
  nr_plan *made = nr_arena_take(&arena, size);
  if (made == NULL)
    return nr_fail_memory(err);
  memset(made, 0, size);
  atomic_init(&made->users, 1);
  made->type = type;
  made->arena = arena;
  memcpy(plan, &made, sizeof made);
  return NR_OK;
}

nr_plan *nr_plan_retain(nr_plan *plan)
{
  if (plan != NULL)
    atomic_fetch_add_explicit(&plan->users, 1, memory_order_relaxed);
  return plan;
}

void nr_plan_release(nr_plan *plan)
{
  if (plan == NULL || atomic_fetch_sub_explicit(&plan->users, 1, memory_order_acq_rel) != 1)
    return;
  if (plan->type->clear != NULL)
    plan->type->clear(plan);
  nr_plan_release(plan->a);
  nr_plan_release(plan->b);
  nr_plan_release(plan->region);
  for (uint32_t i = 0; i < plan->more_count; i++)
    nr_plan_release(plan->more[i]);
  nr_view_release(plan->view);
  if (plan->snapshot != NULL)
    nr_snapshot_release(plan->snapshot);
  nr_arena arena = plan->arena; /* the plan lies in it */
  nr_arena_clear(&arena);
}

nr_text nr_plan_copy_text(nr_plan *plan, nr_text text)
{
  if (text.bytes == NULL)
    return text;
  return (nr_text){nr_arena_copy(&plan->arena, text.bytes, text.size), text.size};
}

static nr_status take_columns(nr_plan *plan, uint32_t count, nr_error *err)
{
  plan->names = nr_arena_take_array(&plan->arena, count, sizeof *plan->names);
  plan->types = nr_arena_take_array(&plan->arena, count, sizeof *plan->types);
  if (plan->names == NULL || plan->types == NULL)
    return nr_fail_memory(err);
  plan->column_count = count;
  return NR_OK;
}

nr_status nr_plan_columns_of(nr_plan *plan, const nr_plan *other, nr_error *err)
{
  NR_TRY(take_columns(plan, other->column_count, err));
  for (uint32_t i = 0; i < other->column_count; i++) {
    plan->names[i] = nr_plan_copy_text(plan, other->names[i]);
    plan->types[i] = other->types[i];
    if (plan->names[i].bytes == NULL)
      return nr_fail_memory(err);
  }
  return NR_OK;
}

nr_status nr_plan_columns_of_table(nr_plan *plan, const nr_table *table, nr_error *err)
{
  uint32_t count = table == NULL ? 0 : table->column_count;
  NR_TRY(take_columns(plan, count, err));
  for (uint32_t i = 0; i < count; i++) {
    plan->names[i] = nr_plan_copy_text(plan, table->columns[i].name);
    plan->types[i] = table->columns[i].type;
    if (plan->names[i].bytes == NULL)
      return nr_fail_memory(err);
  }
  return NR_OK;
}

nr_status nr_plan_filter(const nr_memory *memory, const nr_plan_type *type, size_t size, nr_plan *a,
                         nr_plan *b, nr_plan *region, void *plan, nr_error *err)
{
  nr_plan *made;
  NR_TRY(nr_plan_new(memory, type, size, &made, err));
  nr_status status = nr_plan_columns_of(made, a, err);
  if (status != NR_OK) {
    nr_plan_release(made);
    return status;
  }
  made->a = nr_plan_retain(a);
  made->b = nr_plan_retain(b);
  made->region = nr_plan_retain(region);
  memcpy(plan, &made, sizeof made);
  return NR_OK;
}

void nr_plan_columns(const nr_plan *plan, const nr_text **names, const nr_column_type **types,
                     uint32_t *count)
{
  *names = plan->names;
  *types = plan->types;
  *count = plan->column_count;
}

bool nr_plan_find_column(const nr_plan *plan, nr_text name, uint32_t *column)
{
  for (uint32_t i = 0; i < plan->column_count; i++)
    if (nr_text_equal(plan->names[i], name)) {
      *column = i;
      return true;
    }
  return false;
}

/* ---- running ---- */

void nr_run_narrow(nr_run *run, uint32_t from, uint32_t to)
{
  uint32_t unused;
  run->article_from = from;
  run->article_to = to;
  run->line_from = run->line_to = run->margin_from = run->margin_to = 0;
  if (from >= to)
    return;
  nr_segment_article_tokens(run->segment, from, false, &run->line_from, &unused);
  nr_segment_article_tokens(run->segment, to - 1, false, &unused, &run->line_to);
  nr_segment_article_tokens(run->segment, from, true, &run->margin_from, &unused);
  nr_segment_article_tokens(run->segment, to - 1, true, &unused, &run->margin_to);
}

void nr_run_init(nr_run *run, nr_snapshot *snapshot, uint32_t part, nr_arena *arena, nr_shared *shared,
                 const nr_poll *poll)
{
  run->snapshot = snapshot;
  run->part_number = part;
  run->part = nr_snapshot_part(snapshot, part);
  run->segment = run->part->segment;
  run->poll = poll;
  run->arena = arena;
  run->shared = shared;
  run->memo_count = 0;
  const nr_segment_counts *counts = nr_segment_count(run->segment);
  run->on = counts->on;
  run->all = counts->all;
  nr_run_narrow(run, 0, counts->articles);
}

nr_status nr_run_take(nr_run *run, size_t count, size_t size, void *items, nr_error *err)
{
  void *taken = nr_arena_take_array(run->arena, count, size);
  if (taken == NULL)
    return nr_fail_memory(err);
  memcpy(items, &taken, sizeof taken);
  return NR_OK;
}

nr_status nr_run_plan(nr_run *run, const nr_plan *plan, nr_spans *spans, nr_error *err)
{
  for (uint32_t i = 0; i < run->memo_count; i++)
    if (run->memo[i].plan == plan && run->memo[i].from == run->article_from &&
        run->memo[i].to == run->article_to) {
      *spans = run->memo[i].spans;
      return NR_OK;
    }
  NR_TRY(nr_poll_at(run->poll, run->part_number, nr_snapshot_count(run->snapshot)->parts, err));
  *spans = (nr_spans){0};
  if (run->article_from < run->article_to)
    NR_TRY(plan->type->run(plan, run, spans, err));
  if (run->memo_count < nr_run_memo_size) {
    run->memo[run->memo_count].plan = plan;
    run->memo[run->memo_count].from = run->article_from;
    run->memo[run->memo_count].to = run->article_to;
    run->memo[run->memo_count++].spans = *spans;
  }
  return NR_OK;
}

uint64_t nr_run_expect(nr_run *run, const nr_plan *plan)
{
  if (plan->type->expect != NULL)
    return plan->type->expect(plan, run);
  return plan->a == NULL ? 0 : nr_run_expect(run, plan->a);
}

nr_status nr_plan_run(nr_plan *plan, nr_snapshot *snapshot, uint32_t part, nr_arena *arena,
                      const nr_poll *poll, nr_spans *spans, nr_error *err)
{
  nr_shared shared = {.arena = arena};
  nr_run run;
  nr_spans result;
  nr_run_init(&run, snapshot, part, arena, &shared, poll);
  NR_TRY(nr_run_plan(&run, plan, &result, err));
  *spans = result;
  return NR_OK;
}

uint64_t nr_run_texts(const nr_run *run, const nr_spans *spans)
{
  nr_walk walk = {.segment = run->segment};
  uint64_t texts = 0;
  uint32_t i = 0;
  while (i < spans->count) {
    nr_walk_to(&walk, spans->first[i], run->on);
    texts++;
    while (i < spans->count && spans->first[i] < walk.end && spans->first[i] >= walk.first)
      i++;
  }
  return texts;
}
