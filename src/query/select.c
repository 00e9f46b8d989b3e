/* select.c: where, label, |, and spans made elsewhere. Floor 4. */
#include <string.h>

#include "query/fields.h"
#include "query/table.h"
#include "query/view.h"

/* ---- where ---- */

typedef struct where_plan {
  nr_plan plan;
  nr_condition *conditions;
  uint32_t condition_count;
} where_plan;

static bool row_meets(const nr_condition *condition, const nr_table *table, uint32_t column, uint32_t row)
{
  for (uint32_t v = 0; v < condition->count; v++) {
    const nr_value *value = &condition->values[v];
    if (table == NULL || row == UINT32_MAX ? nr_value_is_missing(value)
        : table->columns[column].type == NR_COLUMN_TEXT
            ? nr_value_is_text(value, table->columns[column].texts[row])
            : nr_value_is_number(value, table->columns[column].numbers[row]))
      return true;
  }
  return false;
}

static void keep_by_column(const nr_condition *condition, uint32_t column, const nr_table *table,
                           nr_list *list)
{
  uint32_t kept = 0;
  for (uint32_t i = 0; i < list->count; i++)
    if (row_meets(condition, table, column, list->row == NULL ? UINT32_MAX : list->row[i])) {
      list->first[kept] = list->first[i];
      list->last[kept] = list->last[i];
      if (list->row != NULL)
        list->row[kept] = list->row[i];
      kept++;
    }
  list->count = kept;
}

static nr_status keep_by_field(const nr_plan *plan, const nr_condition *condition, nr_run *run, nr_list *list,
                               nr_error *err)
{
  nr_article_test test;
  nr_walk walk = {.segment = run->segment};
  uint32_t kept = 0, last_article = UINT32_MAX;
  bool meets = false;
  if (!nr_snapshot_has_field(run->snapshot, condition->name))
    return nr_fail_unknown_field(err, "attribute or field", condition->name, run->snapshot, plan->names,
                                 plan->column_count);
  NR_TRY(nr_article_test_init(&test, condition, run->segment, run->arena, err));
  for (uint32_t i = 0; i < list->count; i++) {
    uint32_t article = nr_walk_to(&walk, list->first[i], run->on);
    if (article != last_article)
      meets = nr_article_meets(&test, article);
    last_article = article;
    if (!meets)
      continue;
    list->first[kept] = list->first[i];
    list->last[kept] = list->last[i];
    if (list->row != NULL)
      list->row[kept] = list->row[i];
    kept++;
  }
  list->count = kept;
  return NR_OK;
}

static nr_status copy_spans(const nr_spans *spans, nr_run *run, bool rows, nr_list *list, nr_error *err)
{
  NR_TRY(nr_list_init(list, run->arena, spans->count, rows, err));
  for (uint32_t i = 0; i < spans->count; i++)
    nr_list_push(list, spans->first[i], spans->last[i], nr_spans_row(spans, i));
  return NR_OK;
}

static nr_status run_where(const nr_plan *plan, nr_run *run, nr_spans *spans, nr_error *err)
{
  const where_plan *where = (const where_plan *)plan;
  nr_spans a;
  nr_list list;
  NR_TRY(nr_run_plan(run, plan->a, &a, err));
  NR_TRY(copy_spans(&a, run, a.row != NULL, &list, err));
  for (uint32_t c = 0; c < where->condition_count; c++) {
    uint32_t column;
    if (nr_plan_find_column(plan, where->conditions[c].name, &column))
      keep_by_column(&where->conditions[c], column, a.table, &list);
    else
      NR_TRY(keep_by_field(plan, &where->conditions[c], run, &list, err));
  }
  *spans = nr_list_spans(&list, a.table);
  return NR_OK;
}

nr_status nr_plan_where(const nr_memory *memory, nr_plan *a, const nr_condition *conditions, uint32_t count,
                        nr_plan **plan, nr_error *err)
{
  static const nr_plan_type type = {.name = "where", .run = run_where};
  where_plan *made;
  NR_TRY(nr_plan_filter(memory, &type, sizeof *made, a, NULL, NULL, &made, err));
  nr_status status = nr_conditions_copy(&made->plan.arena, conditions, count, &made->conditions, err);
  if (status != NR_OK) {
    nr_plan_release(&made->plan);
    return status;
  }
  made->condition_count = count;
  *plan = &made->plan;
  return NR_OK;
}

/* ---- label ---- */

typedef struct label_plan {
  nr_plan plan;
  nr_text *names; /* one a rule */
  uint32_t column;
} label_plan;

static nr_status run_label(const nr_plan *plan, nr_run *run, nr_spans *spans, nr_error *err)
{
  const label_plan *label = (const label_plan *)plan;
  nr_spans a;
  nr_list list;
  nr_table *table;
  NR_TRY(nr_run_plan(run, plan->a, &a, err));
  NR_TRY(copy_spans(&a, run, true, &list, err));
  NR_TRY(nr_table_new(run->arena, plan, a.count, &table, err));
  for (uint32_t i = 0; i < a.count; i++)
    nr_table_put(table, i, a.table, nr_spans_row(&a, i), NULL);
  nr_text *labels = nr_table_texts(table, label->column);
  memset(labels, 0, a.count * sizeof *labels);
  for (uint32_t r = 0; r < plan->more_count; r++) {
    nr_spans rule;
    const uint32_t *reach;
    NR_TRY(nr_run_plan(run, plan->more[r], &rule, err));
    NR_TRY(nr_spans_reach(&rule, run->arena, &reach, err));
    for (uint32_t i = 0; i < a.count; i++) {
      uint32_t behind = nr_seek_above(rule.first, rule.count, 0, a.last[i]);
      if (labels[i].bytes == NULL && behind > 0 && reach[behind - 1] >= a.first[i])
        labels[i] = label->names[r];
    }
  }
  for (uint32_t i = 0; i < list.count; i++)
    list.row[i] = i;
  *spans = nr_list_spans(&list, table);
  return NR_OK;
}

static nr_status init_label(label_plan *made, nr_plan *a, const nr_text *names, nr_plan *const *rules,
                            uint32_t count, nr_error *err)
{
  nr_arena *arena = &made->plan.arena;
  if (nr_plan_find_column(&made->plan, NR_TEXT("label"), &made->column)) {
    if (made->plan.types[made->column] != NR_COLUMN_TEXT)
      return nr_fail(err, NR_INVALID, "these spans have a number `label` already");
  } else {
    nr_text *columns = nr_arena_take_array(arena, a->column_count + 1, sizeof *columns);
    nr_column_type *types = nr_arena_take_array(arena, a->column_count + 1, sizeof *types);
    if (columns == NULL || types == NULL)
      return nr_fail_memory(err);
    memcpy(columns, made->plan.names, a->column_count * sizeof *columns);
    memcpy(types, made->plan.types, a->column_count * sizeof *types);
    made->column = a->column_count;
    columns[made->column] = NR_TEXT("label");
    types[made->column] = NR_COLUMN_TEXT;
    made->plan.names = columns;
    made->plan.types = types;
    made->plan.column_count++;
  }
  made->names = nr_arena_take_array(arena, count, sizeof *made->names);
  made->plan.more = nr_arena_take_array(arena, count, sizeof *made->plan.more);
  if (made->names == NULL || made->plan.more == NULL)
    return nr_fail_memory(err);
  for (uint32_t i = 0; i < count; i++) {
    made->names[i] = nr_plan_copy_text(&made->plan, names[i]);
    if (made->names[i].bytes == NULL)
      return nr_fail_memory(err);
    made->plan.more[i] = nr_plan_retain(rules[i]);
    made->plan.more_count = i + 1;
  }
  return NR_OK;
}

nr_status nr_plan_label(const nr_memory *memory, nr_plan *a, const nr_text *names, nr_plan *const *rules,
                        uint32_t count, nr_plan **plan, nr_error *err)
{
  static const nr_plan_type type = {.name = "label", .run = run_label};
  label_plan *made;
  NR_TRY(nr_plan_filter(memory, &type, sizeof *made, a, NULL, NULL, &made, err));
  nr_status status = init_label(made, a, names, rules, count, err);
  if (status != NR_OK) {
    nr_plan_release(&made->plan);
    return status;
  }
  *plan = &made->plan;
  return NR_OK;
}

/* ---- union ---- */

typedef struct union_plan {
  nr_plan plan;
  uint32_t *b_columns;
} union_plan;

/* The rows of both, a's first. */
static nr_status stack_tables(const union_plan *u, nr_run *run, const nr_table *a, const nr_table *b,
                              nr_table **table, nr_error *err)
{
  uint32_t a_rows = a == NULL ? 0 : a->row_count, b_rows = b == NULL ? 0 : b->row_count;
  NR_TRY(nr_table_new(run->arena, &u->plan, a_rows + b_rows, table, err));
  for (uint32_t r = 0; r < a_rows; r++)
    nr_table_put(*table, r, a, r, NULL);
  for (uint32_t r = 0; r < b_rows; r++)
    nr_table_put(*table, a_rows + r, b, r, u->b_columns);
  return NR_OK;
}

/* Spans of a and b in order; rows of b moved by `shift`. */
static nr_status merge(nr_run *run, const nr_spans *a, const nr_spans *b, uint32_t shift, bool rows,
                       nr_list *list, nr_error *err)
{
  uint32_t i = 0, j = 0;
  NR_TRY(nr_list_init(list, run->arena, (size_t)a->count + b->count, rows, err));
  while (i < a->count || j < b->count) {
    bool left =
        j == b->count ||
        (i < a->count && (a->first[i] != b->first[j] ? a->first[i] < b->first[j] : a->last[i] >= b->last[j]));
    if (left) {
      nr_list_push(list, a->first[i], a->last[i], nr_spans_row(a, i));
      i++;
    } else {
      uint32_t row = nr_spans_row(b, j);
      nr_list_push(list, b->first[j], b->last[j], row == UINT32_MAX ? row : row + shift);
      j++;
    }
  }
  return nr_list_order(list, err);
}

/* Let spans with equal attributes collapse, whatever their rows' numbers. */
static void collapse(nr_list *list, const nr_table *table)
{
  uint32_t kept = 0;
  for (uint32_t i = 0; i < list->count; i++) {
    uint32_t row = list->row == NULL ? UINT32_MAX : list->row[i];
    bool same = false;
    for (uint32_t j = kept;
         j-- > 0 && list->first[j] == list->first[i] && list->last[j] == list->last[i] && !same;)
      same = table == NULL || nr_table_compare(table, list->row[j], table, row) == 0;
    if (same)
      continue;
    list->first[kept] = list->first[i];
    list->last[kept] = list->last[i];
    if (list->row != NULL)
      list->row[kept] = row;
    kept++;
  }
  list->count = kept;
}

static nr_status run_union(const nr_plan *plan, nr_run *run, nr_spans *spans, nr_error *err)
{
  const union_plan *u = (const union_plan *)plan;
  nr_spans a, b;
  nr_list list;
  NR_TRY(nr_run_plan(run, plan->a, &a, err));
  NR_TRY(nr_run_plan(run, plan->b, &b, err));
  if (a.table == b.table && (a.table == NULL || a.table->column_count == plan->column_count)) {
    NR_TRY(merge(run, &a, &b, 0, a.table != NULL, &list, err));
    collapse(&list, a.table);
    *spans = nr_list_spans(&list, a.table);
    return NR_OK;
  }
  nr_table *table;
  NR_TRY(stack_tables(u, run, a.table, b.table, &table, err));
  NR_TRY(merge(run, &a, &b, a.table == NULL ? 0 : a.table->row_count, true, &list, err));
  collapse(&list, table);
  *spans = nr_list_spans(&list, table);
  return NR_OK;
}

static uint64_t expect_union(const nr_plan *plan, nr_run *run)
{
  return nr_run_expect(run, plan->a) + nr_run_expect(run, plan->b);
}

nr_status nr_plan_union(const nr_memory *memory, nr_plan *a, nr_plan *b, nr_plan **plan, nr_error *err)
{
  static const nr_plan_type type = {.name = "|", .run = run_union, .expect = expect_union};
  union_plan *made;
  NR_TRY(nr_plan_new(memory, &type, sizeof *made, &made, err));
  made->plan.a = nr_plan_retain(a);
  made->plan.b = nr_plan_retain(b);
  nr_status status = nr_plan_join_columns(&made->plan, a, b, true, &made->b_columns, err);
  if (status != NR_OK) {
    nr_plan_release(&made->plan);
    return status;
  }
  *plan = &made->plan;
  return NR_OK;
}
