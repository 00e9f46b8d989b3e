/* list.h: making lists of spans. Inside src/query only.
 * Floor 4. */
#ifndef NR_LIST_H
#define NR_LIST_H

#include "query/spans.h"

/* Spans being collected, in an arena. */
typedef struct nr_list {
  nr_arena *arena;
  uint32_t *first, *last, *row; /* row NULL: the spans carry none */
  uint32_t count, capacity;
} nr_list;

/* Make room for `capacity` spans. */
nr_status nr_list_init(nr_list *list, nr_arena *arena, size_t capacity, bool rows, nr_error *err);
nr_status nr_list_grow(nr_list *list, nr_error *err);

/* Append where there surely is room. */
static inline void nr_list_push(nr_list *list, uint32_t first, uint32_t last, uint32_t row)
{
  list->first[list->count] = first;
  list->last[list->count] = last;
  if (list->row != NULL)
    list->row[list->count] = row;
  list->count++;
}

static inline nr_status nr_list_put(nr_list *list, uint32_t first, uint32_t last, uint32_t row, nr_error *err)
{
  if (list->count == list->capacity)
    NR_TRY(nr_list_grow(list, err));
  nr_list_push(list, first, last, row);
  return NR_OK;
}

/* Bring into order (first ascending, last descending, row) and let equal ones collapse.
 * Cost: linear where it is in order already, else a merge of its ascending runs. */
nr_status nr_list_order(nr_list *list, nr_error *err);

/* The list as spans of `table`. */
nr_spans nr_list_spans(const nr_list *list, const nr_table *table);

static inline uint32_t nr_spans_row(const nr_spans *spans, uint32_t index)
{
  return spans->row == NULL ? UINT32_MAX : spans->row[index];
}

/* reach[i]: the greatest last of spans 0..i. */
nr_status nr_spans_reach(const nr_spans *spans, nr_arena *arena, const uint32_t **reach, nr_error *err);
/* First index at or behind `from` whose value is >= (or >) `value`. Gallops: cheap when near. */
uint32_t nr_seek(const uint32_t *values, uint32_t count, uint32_t from, uint32_t value);
uint32_t nr_seek_above(const uint32_t *values, uint32_t count, uint32_t from, uint32_t value);

#endif
