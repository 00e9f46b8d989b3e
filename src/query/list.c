/* list.c: lists of spans, their order, and searching in them. Floor 4. */
#include "query/list.h"

#include <string.h>

nr_status nr_list_init(nr_list *list, nr_arena *arena, size_t capacity, bool rows, nr_error *err)
{
  *list = (nr_list){.arena = arena};
  if (capacity > UINT32_MAX)
    return nr_fail(err, NR_LIMIT, "more than 2^32 spans in one segment");
  list->capacity = (uint32_t)capacity;
  list->first = nr_arena_take_array(arena, capacity, sizeof *list->first);
  list->last = nr_arena_take_array(arena, capacity, sizeof *list->last);
  if (rows)
    list->row = nr_arena_take_array(arena, capacity, sizeof *list->row);
  if (list->first == NULL || list->last == NULL || (rows && list->row == NULL))
    return nr_fail_memory(err);
  return NR_OK;
}

nr_status nr_list_grow(nr_list *list, nr_error *err)
{
  nr_list larger;
  size_t capacity = list->capacity < 32 ? 64 : (size_t)list->capacity * 2;
  NR_TRY(nr_list_init(&larger, list->arena, capacity, list->row != NULL, err));
  if (list->count > 0) {
    memcpy(larger.first, list->first, list->count * sizeof *list->first);
    memcpy(larger.last, list->last, list->count * sizeof *list->last);
    if (list->row != NULL)
      memcpy(larger.row, list->row, list->count * sizeof *list->row);
  }
  larger.count = list->count;
  *list = larger;
  return NR_OK;
}

typedef struct item {
  uint64_t key; /* first, then last turned round */
  uint32_t row;
} item;

static item item_of(const nr_list *list, uint32_t index)
{
  uint64_t key = (uint64_t)list->first[index] << 32 | (uint32_t)~list->last[index];
  return (item){key, list->row == NULL ? 0 : list->row[index]};
}

static bool item_less(item a, item b)
{
  return a.key != b.key ? a.key < b.key : a.row < b.row;
}

static bool ordered(const nr_list *list)
{
  for (uint32_t i = 1; i < list->count; i++)
    if (!item_less(item_of(list, i - 1), item_of(list, i)))
      return false;
  return true;
}

/* End of the ascending run that starts at `start`. */
static uint32_t run_end(const item *items, uint32_t count, uint32_t start)
{
  uint32_t end = start + 1;
  while (end < count && !item_less(items[end], items[end - 1]))
    end++;
  return end;
}

static void merge(const item *items, uint32_t start, uint32_t middle, uint32_t end, item *out)
{
  uint32_t left = start, right = middle;
  for (uint32_t i = start; i < end; i++)
    out[i] = left < middle && (right == end || !item_less(items[right], items[left])) ? items[left++]
                                                                                      : items[right++];
}

/* Merge neighbouring ascending runs until one is left, which is returned. */
static item *sort(item *items, item *other, uint32_t count)
{
  for (;;) {
    uint32_t start = 0, runs = 0;
    while (start < count) {
      uint32_t middle = run_end(items, count, start);
      uint32_t end = middle == count ? count : run_end(items, count, middle);
      merge(items, start, middle, end, other);
      start = end;
      runs++;
    }
    item *merged = other;
    other = items;
    items = merged;
    if (runs <= 1)
      return items;
  }
}

/* Sort by `first` in three passes, then set right the few that start together. */
static item *sort_by_bytes(item *items, item *other, uint32_t count)
{
  static const int shifts[3] = {32, 43, 54};
  for (int pass = 0; pass < 3; pass++) {
    uint32_t starts[2049] = {0}, mask = pass < 2 ? 2047 : 1023;
    for (uint32_t i = 0; i < count; i++)
      starts[(items[i].key >> shifts[pass] & mask) + 1]++;
    for (int b = 0; b < 2048; b++)
      starts[b + 1] += starts[b];
    for (uint32_t i = 0; i < count; i++)
      other[starts[items[i].key >> shifts[pass] & mask]++] = items[i];
    item *sorted = other;
    other = items;
    items = sorted;
  }
  return items;
}

enum { few_runs = 8, worth_bytes = 2048, together_max = 64 };

static bool set_right(item *items, uint32_t count)
{
  for (uint32_t i = 1; i < count; i++) {
    item moved = items[i];
    uint32_t place = i;
    while (place > 0 && item_less(moved, items[place - 1])) {
      items[place] = items[place - 1];
      place--;
      if (i - place > together_max) {
        items[place] = moved;
        return false; /* too many start together: the caller merges */
      }
    }
    items[place] = moved;
  }
  return true;
}

static uint32_t count_runs(const item *items, uint32_t count)
{
  uint32_t runs = 0;
  for (uint32_t start = 0; start < count && runs <= few_runs; runs++)
    start = run_end(items, count, start);
  return runs;
}

nr_status nr_list_order(nr_list *list, nr_error *err)
{
  if (ordered(list))
    return NR_OK;
  item *items = nr_arena_take_array(list->arena, list->count, sizeof *items);
  item *other = nr_arena_take_array(list->arena, list->count, sizeof *other);
  if (items == NULL || other == NULL)
    return nr_fail_memory(err);
  for (uint32_t i = 0; i < list->count; i++)
    items[i] = item_of(list, i);
  if (list->count >= worth_bytes && count_runs(items, list->count) > few_runs) {
    item *sorted = sort_by_bytes(items, other, list->count);
    other = sorted == items ? other : items;
    items = sorted;
  }
  if (!set_right(items, list->count))
    items = sort(items, other, list->count);
  uint32_t count = list->count;
  list->count = 0;
  for (uint32_t i = 0; i < count; i++)
    if (i == 0 || item_less(items[i - 1], items[i]))
      nr_list_push(list, (uint32_t)(items[i].key >> 32), (uint32_t)~items[i].key, items[i].row);
  return NR_OK;
}

nr_spans nr_list_spans(const nr_list *list, const nr_table *table)
{
  return (nr_spans){list->first, list->last, table == NULL ? NULL : list->row, list->count, table};
}

nr_status nr_spans_reach(const nr_spans *spans, nr_arena *arena, const uint32_t **reach, nr_error *err)
{
  uint32_t most = 0;
  bool nested = false;
  for (uint32_t i = 0; i < spans->count && !nested; i++) {
    nested = spans->last[i] < most;
    most = spans->last[i];
  }
  if (!nested) { /* they ascend: their ends are the answer */
    *reach = spans->last;
    return NR_OK;
  }
  uint32_t *out = nr_arena_take_array(arena, spans->count, sizeof *out);
  if (out == NULL)
    return nr_fail_memory(err);
  most = 0;
  for (uint32_t i = 0; i < spans->count; i++) {
    most = spans->last[i] > most ? spans->last[i] : most;
    out[i] = most;
  }
  *reach = out;
  return NR_OK;
}

uint32_t nr_seek(const uint32_t *values, uint32_t count, uint32_t from, uint32_t value)
{
  if (from >= count || values[from] >= value)
    return from;
  uint32_t step = 1, low = from; /* values[low] < value */
  while (step < count - low && values[low + step] < value) {
    low += step;
    step = step < UINT32_MAX / 2 ? step * 2 : step;
  }
  uint32_t high = step < count - low ? low + step : count; /* values[high] >= value, or the end */
  while (high - low > 1) {
    uint32_t middle = low + (high - low) / 2;
    if (values[middle] < value)
      low = middle;
    else
      high = middle;
  }
  return high;
}

uint32_t nr_seek_above(const uint32_t *values, uint32_t count, uint32_t from, uint32_t value)
{
  return value == UINT32_MAX ? count : nr_seek(values, count, from, value + 1);
}
