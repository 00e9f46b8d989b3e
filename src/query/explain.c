/* explain.c: a plan in words. Floor 4. */
#include <inttypes.h>
#include <stdio.h>

#include "query/plan.h"

static nr_status explain(const nr_plan *plan, nr_snapshot *snapshot, const char *role, unsigned depth,
                         nr_arena *arena, nr_buffer *out, nr_error *err)
{
  char line[160];
  uint64_t hits = 0;
  for (uint32_t part = 0; part < nr_snapshot_count(snapshot)->parts; part++) {
    nr_shared shared = {.arena = arena};
    nr_run run;
    nr_run_init(&run, snapshot, part, arena, &shared, NULL);
    hits += nr_run_expect(&run, plan);
    nr_arena_clear(arena);
  }
  int size = snprintf(line, sizeof line, "%*s%s%s: at most %" PRIu64 " hits\n",
                      (int)(depth > 30 ? 60 : depth * 2), "", role, plan->type->name, hits);
  NR_TRY(nr_buffer_put(out, line, (size_t)size, err));
  if (plan->a != NULL)
    NR_TRY(explain(plan->a, snapshot, "", depth + 1, arena, out, err));
  if (plan->b != NULL)
    NR_TRY(explain(plan->b, snapshot, "of ", depth + 1, arena, out, err));
  if (plan->region != NULL)
    NR_TRY(explain(plan->region, snapshot, "in ", depth + 1, arena, out, err));
  for (uint32_t i = 0; i < plan->more_count; i++)
    NR_TRY(explain(plan->more[i], snapshot, "with ", depth + 1, arena, out, err));
  return NR_OK;
}

/* Places in stored lists that the leaves of a plan are read from. */
static uint64_t cost_of(const nr_plan *plan, nr_run *run)
{
  uint64_t cost = 0;
  const nr_plan *inputs[] = {plan->a, plan->b, plan->region};
  bool leaf = plan->more_count == 0;
  for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++)
    if (inputs[i] != NULL) {
      leaf = false;
      cost += cost_of(inputs[i], run);
    }
  for (uint32_t i = 0; i < plan->more_count; i++)
    cost += cost_of(plan->more[i], run);
  return leaf ? nr_run_expect(run, plan) : cost;
}

static nr_status put_cost(nr_plan *plan, nr_snapshot *snapshot, nr_arena *arena, nr_buffer *out,
                          nr_error *err)
{
  char line[160];
  uint64_t cost = 0;
  for (uint32_t part = 0; part < nr_snapshot_count(snapshot)->parts; part++) {
    nr_shared shared = {.arena = arena};
    nr_run run;
    nr_run_init(&run, snapshot, part, arena, &shared, NULL);
    cost += cost_of(plan, &run);
    nr_arena_clear(arena);
  }
  int size = snprintf(line, sizeof line,
                      "cost: at most %" PRIu64 " places read, of %" PRIu64 " tokens in %u segments\n", cost,
                      nr_snapshot_count(snapshot)->on, nr_snapshot_count(snapshot)->parts);
  return nr_buffer_put(out, line, (size_t)size, err);
}

nr_status nr_plan_explain(nr_plan *plan, nr_snapshot *snapshot, nr_buffer *out, nr_error *err)
{
  nr_arena arena;
  nr_arena_init(&arena, plan->arena.memory);
  nr_status status = explain(plan, snapshot, "", 0, &arena, out, err);
  if (status == NR_OK)
    status = put_cost(plan, snapshot, &arena, out, err);
  nr_arena_clear(&arena);
  return status;
}
