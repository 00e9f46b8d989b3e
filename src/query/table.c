/* table.c: attribute tables. Floor 4. */
#include "query/table.h"

#include <math.h>
#include <string.h>

nr_status nr_table_copy(nr_arena *arena, const nr_table *table, nr_table *copy, nr_error *err)
{
  nr_column *columns = nr_arena_take_array(arena, table->column_count, sizeof *columns);
  if (columns == NULL)
    return nr_fail_memory(err);
  for (uint32_t c = 0; c < table->column_count; c++) {
    const nr_column *from = &table->columns[c];
    columns[c] = (nr_column){.type = from->type};
    columns[c].name.bytes = nr_arena_copy(arena, from->name.bytes, from->name.size);
    columns[c].name.size = from->name.size;
    nr_text *texts = nr_arena_take_array(arena, from->texts == NULL ? 0 : table->row_count, sizeof *texts);
    double *numbers =
        nr_arena_take_array(arena, from->numbers == NULL ? 0 : table->row_count, sizeof *numbers);
    if (columns[c].name.bytes == NULL || texts == NULL || numbers == NULL)
      return nr_fail_memory(err);
    if (from->type == NR_COLUMN_NUMBER) {
      if (table->row_count > 0)
        memcpy(numbers, from->numbers, table->row_count * sizeof *numbers);
      columns[c].numbers = numbers;
      continue;
    }
    columns[c].texts = texts;
    for (uint32_t r = 0; r < table->row_count; r++) {
      texts[r] = from->texts[r];
      if (texts[r].bytes != NULL)
        texts[r].bytes = nr_arena_copy(arena, from->texts[r].bytes, from->texts[r].size);
      if (texts[r].bytes == NULL && from->texts[r].bytes != NULL)
        return nr_fail_memory(err);
    }
  }
  *copy = (nr_table){columns, table->column_count, table->row_count};
  return NR_OK;
}

nr_status nr_table_new(nr_arena *arena, const nr_plan *plan, uint32_t row_count, nr_table **table,
                       nr_error *err)
{
  nr_table *made = nr_arena_take(arena, sizeof *made);
  nr_column *columns = nr_arena_take_array(arena, plan->column_count, sizeof *columns);
  if (made == NULL || columns == NULL)
    return nr_fail_memory(err);
  for (uint32_t c = 0; c < plan->column_count; c++) {
    columns[c] = (nr_column){.name = plan->names[c], .type = plan->types[c]};
    if (plan->types[c] == NR_COLUMN_TEXT) {
      nr_text *texts = nr_arena_take_array(arena, row_count, sizeof *texts);
      if (texts == NULL)
        return nr_fail_memory(err);
      memset(texts, 0, row_count * sizeof *texts);
      columns[c].texts = texts;
    } else {
      double *numbers = nr_arena_take_array(arena, row_count, sizeof *numbers);
      if (numbers == NULL)
        return nr_fail_memory(err);
      for (uint32_t r = 0; r < row_count; r++)
        numbers[r] = NAN;
      columns[c].numbers = numbers;
    }
  }
  *made = (nr_table){columns, plan->column_count, row_count};
  *table = made;
  return NR_OK;
}

void nr_table_put(nr_table *to, uint32_t to_row, const nr_table *from, uint32_t row, const uint32_t *columns)
{
  if (from == NULL || row == UINT32_MAX)
    return;
  for (uint32_t c = 0; c < from->column_count; c++) {
    uint32_t target = columns == NULL ? c : columns[c];
    if (target == UINT32_MAX)
      continue;
    if (from->columns[c].type == NR_COLUMN_TEXT)
      nr_table_texts(to, target)[to_row] = from->columns[c].texts[row];
    else
      nr_table_numbers(to, target)[to_row] = from->columns[c].numbers[row];
  }
}

static int compare_numbers(double a, double b)
{
  if (isnan(a) || isnan(b))
    return (isnan(a) != 0) - (isnan(b) != 0);
  return (a > b) - (a < b);
}

static int compare_texts(nr_text a, nr_text b)
{
  if (a.bytes == NULL || b.bytes == NULL)
    return (a.bytes == NULL) - (b.bytes == NULL);
  return nr_text_compare(a, b);
}

int nr_table_compare(const nr_table *a, uint32_t a_row, const nr_table *b, uint32_t b_row)
{
  const nr_text no_text = {NULL, 0};
  for (uint32_t c = 0; c < a->column_count; c++) {
    const nr_column *x = &a->columns[c], *y = &b->columns[c];
    int order = x->type == NR_COLUMN_TEXT ? compare_texts(a_row == UINT32_MAX ? no_text : x->texts[a_row],
                                                          b_row == UINT32_MAX ? no_text : y->texts[b_row])
                                          : compare_numbers(a_row == UINT32_MAX ? NAN : x->numbers[a_row],
                                                            b_row == UINT32_MAX ? NAN : y->numbers[b_row]);
    if (order != 0)
      return order;
  }
  return 0;
}

/* `name` with as many 2 behind it as make it new in `plan`. */
static nr_status new_name(nr_plan *plan, nr_text name, nr_text *out, nr_error *err)
{
  uint32_t unused;
  while (nr_plan_find_column(plan, name, &unused)) {
    char *longer = nr_arena_take(&plan->arena, name.size + 1);
    if (longer == NULL)
      return nr_fail_memory(err);
    memcpy(longer, name.bytes, name.size);
    longer[name.size] = '2';
    name = (nr_text){longer, name.size + 1};
  }
  *out = nr_plan_copy_text(plan, name);
  return out->bytes == NULL ? nr_fail_memory(err) : NR_OK;
}

nr_status nr_plan_join_columns(nr_plan *plan, const nr_plan *a, const nr_plan *b, bool merge,
                               uint32_t **b_columns, nr_error *err)
{
  uint32_t most = a->column_count + b->column_count;
  uint32_t *numbers = nr_arena_take_array(&plan->arena, b->column_count, sizeof *numbers);
  nr_text *names = nr_arena_take_array(&plan->arena, most, sizeof *names);
  nr_column_type *types = nr_arena_take_array(&plan->arena, most, sizeof *types);
  if (numbers == NULL || names == NULL || types == NULL)
    return nr_fail_memory(err);
  NR_TRY(nr_plan_columns_of(plan, a, err));
  memcpy(names, plan->names, a->column_count * sizeof *names);
  memcpy(types, plan->types, a->column_count * sizeof *types);
  plan->names = names;
  plan->types = types;
  for (uint32_t c = 0; c < b->column_count; c++) {
    uint32_t same;
    if (merge && nr_plan_find_column(plan, b->names[c], &same)) {
      if (types[same] != b->types[c])
        return nr_fail(err, NR_INVALID,
                       "the column \"%.*s\" is text on one side of | and a number on the other",
                       (int)b->names[c].size, b->names[c].bytes);
      numbers[c] = same;
      continue;
    }
    nr_text name;
    NR_TRY(new_name(plan, b->names[c], &name, err));
    numbers[c] = plan->column_count;
    names[plan->column_count] = name;
    types[plan->column_count++] = b->types[c];
  }
  *b_columns = numbers;
  return NR_OK;
}

enum { cross_rows_max = 1 << 16 };

/* A row for each two rows that meet, in their order. */
static nr_status cross_some(nr_arena *arena, const nr_plan *plan, const nr_spans *a, const nr_spans *b,
                            const nr_list *numbers, const uint32_t *b_columns, nr_table **table,
                            uint32_t *rows, nr_error *err)
{
  nr_list order; /* as spans: by a's row, then (turned round) b's */
  uint32_t row = 0;
  NR_TRY(nr_list_init(&order, arena, numbers->count, true, err));
  for (uint32_t i = 0; i < numbers->count; i++)
    nr_list_push(&order, nr_spans_row(a, numbers->first[i]), ~nr_spans_row(b, numbers->last[i]), i);
  NR_TRY(nr_list_order(&order, err));
  NR_TRY(nr_table_new(arena, plan, numbers->count, table, err));
  for (uint32_t i = 0; i < order.count; i++) {
    row += i > 0 && (order.first[i] != order.first[i - 1] || order.last[i] != order.last[i - 1]);
    nr_table_put(*table, row, a->table, order.first[i], NULL);
    nr_table_put(*table, row, b->table, ~order.last[i], b_columns);
    rows[order.row[i]] = row;
  }
  return NR_OK;
}

nr_status nr_table_cross(nr_arena *arena, const nr_plan *plan, const nr_spans *a, const nr_spans *b,
                         const nr_list *numbers, const uint32_t *b_columns, nr_table **table, uint32_t *rows,
                         nr_error *err)
{
  uint64_t a_rows = 1 + (uint64_t)(a->table == NULL ? 0 : a->table->row_count); /* the last: without a row */
  uint64_t b_rows = 1 + (uint64_t)(b->table == NULL ? 0 : b->table->row_count);
  if (a_rows * b_rows > cross_rows_max || a_rows * b_rows > numbers->count)
    return cross_some(arena, plan, a, b, numbers, b_columns, table, rows, err);
  NR_TRY(nr_table_new(arena, plan, (uint32_t)(a_rows * b_rows), table, err));
  for (uint32_t r = 0; r < a_rows * b_rows; r++) {
    uint32_t a_row = r / (uint32_t)b_rows, b_row = r % (uint32_t)b_rows;
    nr_table_put(*table, r, a->table, a_row == a_rows - 1 ? UINT32_MAX : a_row, NULL);
    nr_table_put(*table, r, b->table, b_row == b_rows - 1 ? UINT32_MAX : b_row, b_columns);
  }
  for (uint32_t i = 0; i < numbers->count; i++) {
    uint32_t a_row = nr_spans_row(a, numbers->first[i]), b_row = nr_spans_row(b, numbers->last[i]);
    a_row = a_row == UINT32_MAX ? (uint32_t)a_rows - 1 : a_row;
    b_row = b_row == UINT32_MAX ? (uint32_t)b_rows - 1 : b_row;
    rows[i] = a_row * (uint32_t)b_rows + b_row;
  }
  return NR_OK;
}
