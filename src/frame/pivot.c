/* pivot.c: from long tables to wide ones. Floor 5. */
#include <math.h>
#include <string.h>

#include "frame/group.h"
#include "frame/write.h"

enum { across_max = 1000 };

typedef struct pivot {
  const nr_frame *frame;
  uint32_t down, across, value; /* columns of the frame */
  nr_grouper grouper;           /* two keys: down, across */
  uint32_t *codes;              /* of each row, two a row */
  bool zeros;
} pivot;

typedef struct taker {
  uint32_t *codes;
} taker;

static nr_status take_codes(void *user, const uint32_t *codes, nr_error *err)
{
  (void)err;
  memcpy(((taker *)user)->codes, codes, 2 * sizeof *codes);
  return NR_OK;
}

static nr_status number_rows(pivot *p, nr_error *err)
{
  uint64_t rows = nr_frame_rows(p->frame);
  p->codes = nr_arena_take_array(&p->grouper.arena, rows, 2 * sizeof *p->codes);
  if (p->codes == NULL)
    return nr_fail_memory(err);
  for (uint64_t row = 0; row < rows; row++) {
    nr_hit hit = {.first = (uint32_t)row};
    taker t = {p->codes + 2 * row};
    NR_TRY(nr_grouper_tuples(&p->grouper, &hit, false, take_codes, &t, err));
  }
  if (p->grouper.keys[1].codes.count > across_max)
    return nr_fail(err, NR_LIMIT, "%zu columns across: more than %d", p->grouper.keys[1].codes.count,
                   across_max);
  return NR_OK;
}

/* Codes in the order of their cells. */
static nr_status order_codes(pivot *p, uint32_t key, uint32_t column, uint32_t **order, nr_error *err)
{
  const nr_cells *cells = &p->frame->base->columns[column];
  uint32_t count = (uint32_t)p->grouper.keys[key].codes.count;
  uint64_t *first =
      nr_arena_take_array(&p->grouper.arena, count, sizeof *first); /* a base row of each code */
  *order = nr_arena_take_array(&p->grouper.arena, count, sizeof **order);
  if (first == NULL || *order == NULL)
    return nr_fail_memory(err);
  for (uint64_t row = nr_frame_rows(p->frame); row-- > 0;)
    first[p->codes[2 * row + key]] = nr_frame_base_row(p->frame, row);
  for (uint32_t code = 0; code < count; code++) {
    uint32_t place = code;
    for (; place > 0 && nr_cells_compare(cells, first[code], first[(*order)[place - 1]], false) < 0; place--)
      (*order)[place] = (*order)[place - 1];
    (*order)[place] = code;
  }
  return NR_OK;
}

static nr_status name_of(const nr_value *value, nr_buffer *name, nr_error *err)
{
  name->size = 0;
  if (value->text.bytes != NULL)
    return nr_buffer_put(name, value->text.bytes, value->text.size, err);
  return nr_put_number(name, value->number, 0, err);
}

static nr_status make_columns(const pivot *p, const uint32_t *order, nr_base *base, nr_error *err)
{
  const nr_cells *down = &p->frame->base->columns[p->down], *value = &p->frame->base->columns[p->value];
  nr_status status = nr_base_column(base, 0, down->name, down->type, down->special != NULL, err);
  nr_buffer name;
  nr_buffer_init(&name, base->arena.memory);
  for (uint32_t c = 0; c + 1 < base->column_count && status == NR_OK; c++) {
    status = name_of(&p->grouper.keys[1].codes.values[order[c]], &name, err);
    if (status == NR_OK)
      status = nr_base_column(base, c + 1, (nr_text){name.size == 0 ? "" : name.bytes, name.size},
                              value->type, false, err);
  }
  nr_buffer_clear(&name);
  return status;
}

/* Place of each code in an order. */
static nr_status places_of(pivot *p, const uint32_t *order, size_t count, uint32_t **places, nr_error *err)
{
  *places = nr_arena_take_array(&p->grouper.arena, count, sizeof **places);
  if (*places == NULL)
    return nr_fail_memory(err);
  for (uint32_t i = 0; i < count; i++)
    (*places)[order[i]] = i;
  return NR_OK;
}

static void fill_cells(const pivot *p, const uint32_t *down_at, const uint32_t *across_at, nr_base *base)
{
  const nr_cells *down = &p->frame->base->columns[p->down], *value = &p->frame->base->columns[p->value];
  for (uint32_t c = 1; c < base->column_count && p->zeros && value->type == NR_COLUMN_NUMBER; c++)
    memset(base->columns[c].numbers, 0, base->row_count * sizeof(double));
  for (uint64_t row = nr_frame_rows(p->frame); row-- > 0;) { /* of two in one cell the first stays */
    uint64_t from = nr_frame_base_row(p->frame, row);
    uint32_t to = down_at[p->codes[2 * row]];
    nr_cells *cells = &base->columns[1 + across_at[p->codes[2 * row + 1]]];
    if (value->type == NR_COLUMN_TEXT)
      cells->texts[to] = value->texts[from];
    else
      cells->numbers[to] = value->numbers[from];
    if (down->type == NR_COLUMN_TEXT)
      base->columns[0].texts[to] = down->texts[from];
    else
      base->columns[0].numbers[to] = down->numbers[from];
    if (down->special != NULL)
      base->columns[0].special[to] = down->special[from];
  }
}

/* A row opens to all rows it was made of. */
static nr_status keep_members(const pivot *p, const uint32_t *down_at, nr_base *base, nr_error *err)
{
  uint64_t rows = nr_frame_rows(p->frame);
  base->parent = nr_base_retain(p->frame->base); /* its texts are borrowed too */
  base->receipts = NR_RECEIPTS_ROWS;
  base->members = nr_arena_take_array(&base->arena, rows, sizeof *base->members);
  base->starts = nr_arena_take_array(&base->arena, base->row_count + 2, sizeof *base->starts);
  if (base->members == NULL || base->starts == NULL)
    return nr_fail_memory(err);
  memset(base->starts, 0, (base->row_count + 2) * sizeof *base->starts);
  for (uint64_t row = 0; row < rows;
       row++) /* starts[i + 2]: members of row i; summed up, where i + 1 begins */
    base->starts[down_at[p->codes[2 * row]] + 2]++;
  for (uint64_t i = 2; i < base->row_count + 2; i++)
    base->starts[i] += base->starts[i - 1];
  for (uint64_t row = 0; row < rows; row++)
    base->members[base->starts[down_at[p->codes[2 * row]] + 1]++] = nr_frame_base_row(p->frame, row);
  return NR_OK;
}

static nr_status make_base(pivot *p, nr_base **out, nr_error *err)
{
  uint32_t *down, *across, *down_at, *across_at;
  size_t downs = p->grouper.keys[0].codes.count, acrosses = p->grouper.keys[1].codes.count;
  nr_base *base;
  NR_TRY(order_codes(p, 0, p->down, &down, err));
  NR_TRY(order_codes(p, 1, p->across, &across, err));
  NR_TRY(places_of(p, down, downs, &down_at, err));
  NR_TRY(places_of(p, across, acrosses, &across_at, err));
  NR_TRY(nr_base_new(p->frame->memory, (uint32_t)acrosses + 1, downs, &base, err));
  nr_status status = make_columns(p, across, base, err);
  if (status == NR_OK) {
    fill_cells(p, down_at, across_at, base);
    status = keep_members(p, down_at, base, err);
  }
  if (status != NR_OK) {
    nr_base_release(base);
    return status;
  }
  *out = base;
  return NR_OK;
}

nr_status nr_frame_pivot(const nr_frame *frame, nr_text down, nr_text across, nr_text value, bool zeros,
                         nr_frame **out, nr_error *err)
{
  pivot p = {.frame = frame, .zeros = zeros};
  nr_text keys[2] = {down, across};
  nr_base *base;
  NR_TRY(nr_frame_column(frame, down, &p.down, err));
  NR_TRY(nr_frame_column(frame, across, &p.across, err));
  NR_TRY(nr_frame_column(frame, value, &p.value, err));
  if (nr_frame_rows(frame) > UINT32_MAX)
    return nr_fail(err, NR_LIMIT, "more than 2^32 rows to turn");
  nr_status status = nr_grouper_of_frame(&p.grouper, frame->memory, frame, keys, 2, err);
  if (status == NR_OK)
    status = number_rows(&p, err);
  if (status == NR_OK)
    status = make_base(&p, &base, err);
  nr_grouper_clear(&p.grouper);
  return status == NR_OK ? nr_frame_of_base(frame->memory, base, out, err) : status;
}
