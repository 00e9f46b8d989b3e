/* table.h: attribute tables copied, put side by side, put one under the other. Inside src/query only.
 * Floor 4. */
#ifndef NR_TABLE_H
#define NR_TABLE_H

#include "query/list.h"
#include "query/plan.h"

/* Copy a table, its texts included. */
nr_status nr_table_copy(nr_arena *arena, const nr_table *table, nr_table *copy, nr_error *err);

/* A table of `row_count` rows with the plan's columns, all missing; columns are to be filled through
 * nr_table_texts and nr_table_numbers. */
nr_status nr_table_new(nr_arena *arena, const nr_plan *plan, uint32_t row_count, nr_table **table,
                       nr_error *err);
static inline nr_text *nr_table_texts(nr_table *table, uint32_t column)
{
  return (nr_text *)(uintptr_t)table->columns[column].texts; /* made by nr_table_new, so ours */
}
static inline double *nr_table_numbers(nr_table *table, uint32_t column)
{
  return (double *)(uintptr_t)table->columns[column].numbers;
}

/* Copy row `row` of `from` (missing where UINT32_MAX or no table) to row `to_row` of `to`, columns
 * going to those numbered in `columns` (UINT32_MAX: left out; NULL: as they are). */
void nr_table_put(nr_table *to, uint32_t to_row, const nr_table *from, uint32_t row, const uint32_t *columns);

/* Order of two rows of tables with the same columns by their values; 0: equal. Row UINT32_MAX
 * is one of missing values. */
int nr_table_compare(const nr_table *a, uint32_t a_row, const nr_table *b, uint32_t b_row);

/* Columns of a, then those of b; `merge`: columns with one name are one (two types: NR_INVALID), else
 * b's get a "2" behind (or more, until the name is new). *b_columns: where each column of b went. */
nr_status nr_plan_join_columns(nr_plan *plan, const nr_plan *a, const nr_plan *b, bool merge,
                               uint32_t **b_columns, nr_error *err);

/* Rows for pairs: pair i is of span numbers.first[i] of a and numbers.last[i] of b. Sets rows[i]. */
nr_status nr_table_cross(nr_arena *arena, const nr_plan *plan, const nr_spans *a, const nr_spans *b,
                         const nr_list *numbers, const uint32_t *b_columns, nr_table **table, uint32_t *rows,
                         nr_error *err);

#endif
