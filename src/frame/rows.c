/* rows.c: groups as rows of a frame. Floor 5. */
#include <math.h>
#include <string.h>

#include "frame/aggregate.h"

static int compare_groups(const nr_grouping_work *w, uint64_t a, uint64_t b)
{
  const uint32_t *x = w->tuples.codes + a * w->tuples.width, *y = w->tuples.codes + b * w->tuples.width;
  for (uint32_t k = 0; k < w->grouper.key_count; k++) {
    const nr_codes *codes = &w->grouper.keys[k].codes;
    if (x[k] == y[k])
      continue;
    if (codes->special[x[k]] != codes->special[y[k]])
      return codes->special[x[k]] < codes->special[y[k]] ? -1 : 1;
    const nr_value *left = &codes->values[x[k]], *right = &codes->values[y[k]];
    if (left->text.bytes != NULL && right->text.bytes != NULL)
      return nr_text_compare(left->text, right->text);
    return left->number < right->number ? -1 : 1;
  }
  return 0;
}

static nr_status sort_groups(nr_grouping_work *w, nr_error *err)
{
  size_t count = w->group_count;
  uint64_t *order = nr_arena_take_array(&w->grouper.arena, count, sizeof *order);
  uint64_t *other = nr_arena_take_array(&w->grouper.arena, count, sizeof *other);
  if (order == NULL || other == NULL)
    return nr_fail_memory(err);
  for (size_t i = 0; i < count; i++)
    order[i] = i;
  for (size_t width = 1; width < count; width *= 2) {
    for (size_t start = 0; start < count; start += 2 * width) {
      size_t middle = start + width < count ? start + width : count;
      size_t end = middle + width < count ? middle + width : count, left = start, right = middle;
      for (size_t i = start; i < end; i++)
        other[i] = left < middle && (right == end || compare_groups(w, order[left], order[right]) <= 0)
                       ? order[left++]
                       : order[right++];
    }
    uint64_t *sorted = other;
    other = order;
    order = sorted;
  }
  w->order = order;
  return NR_OK;
}

nr_text nr_value_name(const nr_grouping *grouping, uint32_t number)
{
  switch (grouping->aggregate) {
  case NR_SUM:
    return NR_TEXT("sum");
  case NR_MEAN:
    return NR_TEXT("mean");
  case NR_RANGE:
    return number == 0 ? NR_TEXT("least") : NR_TEXT("most");
  case NR_EARLIEST:
    return NR_TEXT("earliest");
  case NR_SHARE:
    return NR_TEXT("share");
  default:
    return NR_TEXT("per");
  }
}

static double value_of(const nr_grouping_work *w, const nr_group *g, uint32_t number, double total)
{
  const nr_grouping *grouping = w->grouping;
  double value = w->has_value ? nr_sum_total(&g->sum) : (double)g->count;
  switch (grouping->aggregate) {
  case NR_SUM:
    return g->values == 0 ? NAN : value;
  case NR_MEAN:
    return g->values == 0 ? NAN : value / (double)g->values;
  case NR_RANGE:
    return number == 0 ? g->least : g->most;
  case NR_SHARE:
    return total == 0 ? NAN : (double)g->count / total;
  default:
    return g->tokens == 0 ? NAN : value * grouping->n / g->tokens;
  }
}

static uint32_t value_columns(nr_aggregate aggregate)
{
  return aggregate == NR_COUNT ? 0 : aggregate == NR_RANGE ? 2 : 1;
}

static nr_status write_keys(nr_grouping_work *w, nr_base *base, nr_error *err)
{
  for (uint32_t k = 0; k < w->grouper.key_count; k++) {
    nr_key *key = &w->grouper.keys[k];
    nr_column_type type = key->maker.type;
    NR_TRY(nr_base_column(base, k, w->grouping->columns[k], type, true, err));
    for (uint64_t row = 0; row < base->row_count; row++) {
      uint32_t code = w->tuples.codes[w->order[row] * w->tuples.width + k];
      const nr_value *value = &key->codes.values[code];
      base->columns[k].special[row] = key->codes.special[code];
      if (type == NR_COLUMN_NUMBER) {
        base->columns[k].numbers[row] = value->number; /* none is a missing number */
        continue;
      }
      char *copy = nr_arena_copy(&base->arena, value->text.bytes, value->text.size);
      if (copy == NULL)
        return nr_fail_memory(err);
      base->columns[k].texts[row] = (nr_text){copy, value->text.size};
    }
  }
  return NR_OK;
}

static nr_status write_values(nr_grouping_work *w, nr_base *base, nr_error *err)
{
  uint32_t column = w->grouper.key_count, values = value_columns(w->grouping->aggregate);
  bool days = w->grouping->aggregate == NR_EARLIEST;
  double total = 0;
  for (size_t g = 0; g < w->group_count; g++)
    total += (double)w->groups[g].count;
  for (uint32_t v = 0; v < values; v++, column++) {
    NR_TRY(nr_base_column(base, column, nr_value_name(w->grouping, v),
                          days ? NR_COLUMN_TEXT : NR_COLUMN_NUMBER, false, err));
    for (uint64_t row = 0; row < base->row_count; row++) {
      const nr_group *g = &w->groups[w->order[row]];
      char name[16];
      if (!days) {
        base->columns[column].numbers[row] = value_of(w, g, v, total);
        continue;
      }
      size_t size = g->earliest == NR_DAY_NONE ? 0 : nr_day_format(g->earliest, name);
      char *copy = size == 0 ? NULL : nr_arena_copy(&base->arena, name, size);
      if (copy == NULL && size > 0)
        return nr_fail_memory(err);
      base->columns[column].texts[row] = (nr_text){copy, size};
    }
  }
  NR_TRY(nr_base_column(base, column, NR_TEXT("count"), NR_COLUMN_NUMBER, false, err));
  NR_TRY(nr_base_column(base, column + 1, NR_TEXT("articles"), NR_COLUMN_NUMBER, false, err));
  for (uint64_t row = 0; row < base->row_count; row++) {
    base->columns[column].numbers[row] = (double)w->groups[w->order[row]].count;
    base->columns[column + 1].numbers[row] = (double)w->groups[w->order[row]].articles;
  }
  return NR_OK;
}

/* Rows of the frame behind each row. */
static nr_status write_members(nr_grouping_work *w, nr_base *base, nr_error *err)
{
  uint64_t pairs = w->members.size / (2 * sizeof(uint64_t)), at = 0;
  uint64_t *place = nr_arena_take_array(&w->grouper.arena, w->group_count + 1, sizeof *place);
  base->parent = nr_base_retain(w->frame->base);
  base->receipts = NR_RECEIPTS_ROWS;
  base->members = nr_arena_take_array(&base->arena, pairs, sizeof *base->members);
  base->starts = nr_arena_take_array(&base->arena, base->row_count + 1, sizeof *base->starts);
  if (place == NULL || base->members == NULL || base->starts == NULL)
    return nr_fail_memory(err);
  for (uint64_t row = 0; row < base->row_count; row++) {
    base->starts[row] = place[w->order[row]] = at;
    at += w->groups[w->order[row]].count;
  }
  base->starts[base->row_count] = at;
  for (uint64_t i = 0; i < pairs; i++) {
    uint64_t member[2];
    memcpy(member, w->members.bytes + i * sizeof member, sizeof member);
    base->members[place[member[0]]++] = nr_frame_base_row(w->frame, member[1]);
  }
  return NR_OK;
}

/* Plan and key: what a receipt is made from when asked for. */
static nr_status write_receipts(nr_grouping_work *w, nr_base *base, nr_error *err)
{
  uint32_t width = w->tuples.width;
  if (w->frame != NULL)
    return write_members(w, base, err);
  base->hits = nr_hits_retain(w->hits);
  base->receipts = NR_RECEIPTS_GROUPS;
  base->key_count = width;
  base->grouping = nr_arena_take_array(&base->arena, width, sizeof *base->grouping);
  base->keys = nr_arena_take_array(&base->arena, base->row_count * width, sizeof *base->keys);
  if (base->grouping == NULL || base->keys == NULL)
    return nr_fail_memory(err);
  for (uint32_t k = 0; k < width; k++) {
    nr_text name = w->grouping->columns[k];
    base->grouping[k] = (nr_text){nr_arena_copy(&base->arena, name.bytes, name.size), name.size};
    if (base->grouping[k].bytes == NULL)
      return nr_fail_memory(err);
  }
  for (uint64_t row = 0; row < base->row_count && width > 0; row++)
    memcpy(base->keys + row * width, w->tuples.codes + w->order[row] * width, width * sizeof *base->keys);
  return NR_OK;
}

nr_status nr_work_frame(nr_grouping_work *w, nr_frame **frame, nr_error *err)
{
  nr_base *base;
  NR_TRY(sort_groups(w, err));
  NR_TRY(nr_base_new(w->memory, w->grouper.key_count + value_columns(w->grouping->aggregate) + 2,
                     w->group_count, &base, err));
  nr_status status = write_keys(w, base, err);
  if (status == NR_OK)
    status = write_values(w, base, err);
  if (status == NR_OK)
    status = write_receipts(w, base, err);
  if (status != NR_OK) {
    nr_base_release(base);
    return status;
  }
  return nr_frame_of_base(w->memory, base, frame, err);
}
