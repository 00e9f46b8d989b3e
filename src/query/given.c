/* given.c: spans made elsewhere, as a plan. Floor 4. */
#include <string.h>

#include "query/given.h"

static nr_status run_given(const nr_plan *plan, nr_run *run, nr_spans *spans, nr_error *err)
{
  const nr_given_plan *given = (const nr_given_plan *)plan;
  if (plan->snapshot != run->snapshot)
    return nr_fail(err, NR_INVALID, "these spans were made for another state of the corpus: make them again");
  const nr_spans *all = &given->parts[run->part_number];
  if (run->article_from == 0 && run->article_to == nr_segment_count(run->segment)->articles) {
    *spans = *all;
    return NR_OK;
  }
  nr_list list;
  NR_TRY(nr_list_init(&list, run->arena, all->count, all->row != NULL, err));
  for (uint32_t i = 0; i < all->count; i++)
    if ((all->first[i] >= run->line_from && all->first[i] < run->line_to) ||
        (all->first[i] >= run->margin_from && all->first[i] < run->margin_to))
      nr_list_push(&list, all->first[i], all->last[i], nr_spans_row(all, i));
  *spans = nr_list_spans(&list, all->table);
  return NR_OK;
}

static uint64_t expect_given(const nr_plan *plan, nr_run *run)
{
  return plan->snapshot == run->snapshot ? ((const nr_given_plan *)plan)->parts[run->part_number].count : 0;
}

static nr_status copy_part(nr_given_plan *made, uint32_t part, const nr_spans *from, nr_error *err)
{
  nr_list list;
  uint32_t all = nr_segment_count(nr_snapshot_part(made->plan.snapshot, part)->segment)->all;
  bool table = from->table != NULL && made->plan.column_count > 0;
  if (table && from->table->column_count != made->plan.column_count)
    return nr_fail(err, NR_INVALID, "spans of part %u have %u columns, others %u", part,
                   from->table->column_count, made->plan.column_count);
  NR_TRY(nr_list_init(&list, &made->plan.arena, from->count, table, err));
  for (uint32_t i = 0; i < from->count; i++) {
    uint32_t row = table ? nr_spans_row(from, i) : UINT32_MAX;
    if (from->first[i] > from->last[i] || from->last[i] >= all ||
        (row != UINT32_MAX && row >= from->table->row_count))
      return nr_fail(err, NR_INVALID, "span %u of part %u lies outside it", i, part);
    nr_list_push(&list, from->first[i], from->last[i], row);
  }
  NR_TRY(nr_list_order(&list, err));
  if (table)
    NR_TRY(nr_table_copy(&made->plan.arena, from->table, &made->tables[part], err));
  made->parts[part] = nr_list_spans(&list, table ? &made->tables[part] : NULL);
  return NR_OK;
}

static nr_status init_given(nr_given_plan *made, const nr_spans *parts, nr_error *err)
{
  uint32_t count = nr_snapshot_count(made->plan.snapshot)->parts;
  const nr_table *table = NULL;
  for (uint32_t i = 0; i < count && table == NULL; i++)
    table = parts[i].table;
  NR_TRY(nr_plan_columns_of_table(&made->plan, table, err));
  for (uint32_t i = 0; i < count; i++)
    NR_TRY(copy_part(made, i, &parts[i], err));
  return NR_OK;
}

static nr_status take_parts(nr_given_plan *made, nr_error *err)
{
  uint32_t count = nr_snapshot_count(made->plan.snapshot)->parts;
  made->parts = nr_arena_take_array(&made->plan.arena, count, sizeof *made->parts);
  made->tables = nr_arena_take_array(&made->plan.arena, count, sizeof *made->tables);
  if (made->parts == NULL || made->tables == NULL)
    return nr_fail_memory(err);
  memset(made->parts, 0, count * sizeof *made->parts);
  memset(made->tables, 0, count * sizeof *made->tables);
  return NR_OK;
}

nr_status nr_given_new(const nr_memory *memory, nr_snapshot *snapshot, nr_given_plan **made, nr_error *err)
{
  static const nr_plan_type type = {.name = "given", .run = run_given, .expect = expect_given};
  nr_given_plan *plan;
  NR_TRY(nr_plan_new(memory, &type, sizeof *plan, &plan, err));
  plan->plan.snapshot = nr_snapshot_retain(snapshot);
  nr_status status = take_parts(plan, err);
  if (status == NR_OK)
    *made = plan;
  else
    nr_plan_release(&plan->plan);
  return status;
}

nr_status nr_plan_given(const nr_memory *memory, nr_snapshot *snapshot, const nr_spans *parts, nr_plan **plan,
                        nr_error *err)
{
  nr_given_plan *made;
  NR_TRY(nr_given_new(memory, snapshot, &made, err));
  nr_status status = init_given(made, parts, err);
  if (status == NR_OK)
    *plan = &made->plan;
  else
    nr_plan_release(&made->plan);
  return status;
}
