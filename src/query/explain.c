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

nr_status nr_plan_explain(nr_plan *plan, nr_snapshot *snapshot, nr_buffer *out, nr_error *err)
{
  nr_arena arena;
  nr_arena_init(&arena, plan->arena.memory);
  nr_status status = explain(plan, snapshot, "", 0, &arena, out, err);
  nr_arena_clear(&arena);
  return status;
}
