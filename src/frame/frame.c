/* frame.c: frames as they are, and rows taken from them. Floor 5. */
#include <math.h>
#include <string.h>

#include "frame/cells.h"
#include "query/fields.h"

/* ---- bases ---- */

nr_status nr_base_new(const nr_memory *memory, uint32_t column_count, uint64_t row_count, nr_base **base,
                      nr_error *err)
{
  nr_arena arena;
  nr_arena_init(&arena, memory);
  nr_base *made = nr_arena_take(&arena, sizeof *made);
  nr_cells *columns = made == NULL ? NULL : nr_arena_take_array(&arena, column_count, sizeof *columns);
  if (columns == NULL) {
    nr_arena_clear(&arena);
    return nr_fail_memory(err);
  }
  memset(made, 0, sizeof *made);
  memset(columns, 0, column_count * sizeof *columns);
  atomic_init(&made->users, 1);
  made->arena = arena;
  made->columns = columns;
  made->column_count = column_count;
  made->row_count = row_count;
  *base = made;
  return NR_OK;
}

nr_base *nr_base_retain(nr_base *base)
{
  if (base != NULL)
    atomic_fetch_add_explicit(&base->users, 1, memory_order_relaxed);
  return base;
}

void nr_base_release(nr_base *base)
{
  if (base == NULL || atomic_fetch_sub_explicit(&base->users, 1, memory_order_acq_rel) != 1)
    return;
  nr_hits_free(base->hits);
  if (base->snapshot != NULL)
    nr_snapshot_release(base->snapshot);
  nr_base_release(base->parent);
  nr_arena arena = base->arena;
  nr_arena_clear(&arena);
}

nr_status nr_base_column(nr_base *base, uint32_t column, nr_text name, nr_column_type type, bool special,
                         nr_error *err)
{
  nr_cells *cells = &base->columns[column];
  cells->type = type;
  cells->name = (nr_text){nr_arena_copy(&base->arena, name.bytes, name.size), name.size};
  if (cells->name.bytes == NULL)
    return nr_fail_memory(err);
  if (special) {
    cells->special = nr_arena_take(&base->arena, base->row_count);
    if (cells->special == NULL)
      return nr_fail_memory(err);
    memset(cells->special, NR_PLAIN, base->row_count);
  }
  if (type == NR_COLUMN_TEXT) {
    cells->texts = nr_arena_take_array(&base->arena, base->row_count, sizeof *cells->texts);
    if (cells->texts == NULL)
      return nr_fail_memory(err);
    memset(cells->texts, 0, base->row_count * sizeof *cells->texts);
    return NR_OK;
  }
  cells->numbers = nr_arena_take_array(&base->arena, base->row_count, sizeof *cells->numbers);
  if (cells->numbers == NULL)
    return nr_fail_memory(err);
  for (uint64_t row = 0; row < base->row_count; row++)
    cells->numbers[row] = NAN;
  return NR_OK;
}

/* A frame of `row_count` rows of the base, to be filled in; the base is retained. */
static nr_status new_frame(const nr_memory *memory, nr_base *base, uint64_t row_count, bool picked,
                           nr_frame **frame, nr_error *err)
{
  nr_frame *made = nr_alloc_zeroed(memory, 1, sizeof *made);
  if (made == NULL)
    return nr_fail_memory(err);
  if (picked && row_count > 0) {
    made->rows = nr_alloc_zeroed(memory, row_count, sizeof *made->rows);
    if (made->rows == NULL) {
      nr_release(memory, made, sizeof *made);
      return nr_fail_memory(err);
    }
  }
  made->memory = memory;
  made->base = nr_base_retain(base);
  made->row_count = row_count;
  *frame = made;
  return NR_OK;
}

nr_status nr_frame_of_base(const nr_memory *memory, nr_base *base, nr_frame **frame, nr_error *err)
{
  nr_status status = new_frame(memory, base, base->row_count, false, frame, err);
  nr_base_release(base);
  return status;
}

void nr_frame_free(nr_frame *frame)
{
  if (frame == NULL)
    return;
  nr_base_release(frame->base);
  nr_release(frame->memory, frame->rows, frame->row_count * sizeof *frame->rows);
  nr_release(frame->memory, frame, sizeof *frame);
}

/* ---- making ---- */

static void put_cell(nr_cells *cells, uint64_t row, const nr_value *value, nr_special special)
{
  if (cells->type == NR_COLUMN_TEXT)
    cells->texts[row] = value->text;
  else
    cells->numbers[row] = value->number;
  if (cells->special != NULL)
    cells->special[row] = (uint8_t)special;
}

enum { hits_at_once = 512 };

static nr_status fill_column(nr_base *base, uint32_t column, nr_maker *maker, nr_error *err)
{
  nr_hit hits[hits_at_once];
  uint64_t row = 0;
  NR_TRY(nr_base_column(base, column, maker->name, maker->type, maker->kind == NR_MAKE_UNIT, err));
  for (;;) {
    uint32_t read = nr_hits_read(base->hits, row, hits_at_once, hits);
    for (uint32_t i = 0; i < read; i++) {
      nr_value value;
      nr_special special;
      NR_TRY(nr_maker_cell(maker, &hits[i], &value, &special, err));
      put_cell(&base->columns[column], row + i, &value, special);
    }
    if (read == 0)
      return NR_OK;
    row += read;
  }
}

nr_status nr_frame_of_hits(const nr_memory *memory, nr_hits *hits, const nr_text *columns,
                           uint32_t column_count, nr_frame **frame, nr_error *err)
{
  nr_base *base;
  NR_TRY(nr_base_new(memory, column_count, nr_hits_count(hits), &base, err));
  base->hits = nr_hits_retain(hits);
  base->receipts = NR_RECEIPTS_HITS;
  for (uint32_t c = 0; c < column_count; c++) {
    nr_maker maker;
    nr_status status = nr_maker_init(&maker, columns[c], hits, &base->arena, err);
    if (status == NR_OK)
      status = fill_column(base, c, &maker, err);
    nr_maker_clear(&maker);
    if (status != NR_OK) {
      nr_base_release(base);
      return status;
    }
  }
  return nr_frame_of_base(memory, base, frame, err);
}

/* A column of the caller's cells: numbers where none of them is a text. */
static nr_status fill_cells(nr_base *base, uint32_t column, nr_text name, const nr_value *cells,
                            size_t stride, nr_error *err)
{
  nr_column_type type = NR_COLUMN_NUMBER;
  bool number = false;
  for (uint64_t row = 0; row < base->row_count && type == NR_COLUMN_NUMBER; row++) {
    type = cells[row * stride].text.bytes != NULL ? NR_COLUMN_TEXT : NR_COLUMN_NUMBER;
    number = number || !isnan(cells[row * stride].number);
  }
  if (base->row_count > 0 && !number && type == NR_COLUMN_NUMBER)
    type = NR_COLUMN_TEXT; /* nothing but missing */
  NR_TRY(nr_base_column(base, column, name, type, false, err));
  for (uint64_t row = 0; row < base->row_count; row++) {
    nr_value value = cells[row * stride];
    if (value.text.bytes != NULL) {
      value.text.bytes = nr_arena_copy(&base->arena, value.text.bytes, value.text.size);
      if (value.text.bytes == NULL)
        return nr_fail_memory(err);
    }
    put_cell(&base->columns[column], row, &value, NR_PLAIN);
  }
  return NR_OK;
}

nr_status nr_frame_of_cells(const nr_memory *memory, const nr_text *names, uint32_t column_count,
                            const nr_value *cells, uint64_t row_count, nr_frame **frame, nr_error *err)
{
  nr_base *base;
  NR_TRY(nr_base_new(memory, column_count, row_count, &base, err));
  for (uint32_t c = 0; c < column_count; c++) {
    nr_status status = fill_cells(base, c, names[c], cells + c, column_count, err);
    if (status != NR_OK) {
      nr_base_release(base);
      return status;
    }
  }
  return nr_frame_of_base(memory, base, frame, err);
}

/* The columns of the frame's rows, copied into a new base that has the old one as its parent. */
static nr_status copy_columns(const nr_frame *frame, nr_base *base, nr_error *err)
{
  const nr_base *from = frame->base;
  base->parent = nr_base_retain(frame->base);
  base->receipts = NR_RECEIPTS_ROWS;
  base->members = nr_arena_take_array(&base->arena, frame->row_count, sizeof *base->members);
  base->starts = nr_arena_take_array(&base->arena, frame->row_count + 1, sizeof *base->starts);
  if (base->members == NULL || base->starts == NULL)
    return nr_fail_memory(err);
  for (uint64_t row = 0; row < frame->row_count; row++) {
    base->members[row] = nr_frame_base_row(frame, row);
    base->starts[row] = row;
  }
  base->starts[frame->row_count] = frame->row_count;
  for (uint32_t c = 0; c < from->column_count; c++) {
    const nr_cells *cells = &from->columns[c];
    NR_TRY(nr_base_column(base, c, cells->name, cells->type, cells->special != NULL, err));
    for (uint64_t row = 0; row < frame->row_count; row++) {
      nr_value value = nr_frame_cell(frame, row, c);
      nr_special special = cells->special == NULL ? NR_PLAIN : cells->special[base->members[row]];
      put_cell(&base->columns[c], row, &value, special);
    }
  }
  return NR_OK;
}

nr_status nr_frame_with(const nr_frame *frame, nr_text name, const nr_value *cells, nr_frame **out,
                        nr_error *err)
{
  nr_base *base;
  uint32_t column = frame->base->column_count;
  if (!nr_frame_find_column(frame, name, &column))
    column = frame->base->column_count;
  NR_TRY(nr_base_new(frame->memory, frame->base->column_count + (column == frame->base->column_count),
                     frame->row_count, &base, err));
  nr_status status = copy_columns(frame, base, err);
  if (status == NR_OK)
    status = fill_cells(base, column, name, cells, 1, err);
  if (status != NR_OK) {
    nr_base_release(base);
    return status;
  }
  return nr_frame_of_base(frame->memory, base, out, err);
}

/* ---- reading ---- */

uint64_t nr_frame_rows(const nr_frame *frame)
{
  return frame->row_count;
}

uint32_t nr_frame_columns(const nr_frame *frame)
{
  return frame->base->column_count;
}

nr_text nr_frame_column_name(const nr_frame *frame, uint32_t column)
{
  return frame->base->columns[column].name;
}

nr_column_type nr_frame_column_type(const nr_frame *frame, uint32_t column)
{
  return frame->base->columns[column].type;
}

bool nr_frame_find_column(const nr_frame *frame, nr_text name, uint32_t *column)
{
  for (uint32_t c = 0; c < frame->base->column_count; c++)
    if (nr_text_equal(frame->base->columns[c].name, name)) {
      *column = c;
      return true;
    }
  return false;
}

nr_value nr_frame_cell(const nr_frame *frame, uint64_t row, uint32_t column)
{
  const nr_cells *cells = &frame->base->columns[column];
  uint64_t base_row = nr_frame_base_row(frame, row);
  if (cells->type == NR_COLUMN_TEXT)
    return (nr_value){cells->texts[base_row], NAN};
  return (nr_value){{NULL, 0}, cells->numbers[base_row]};
}

nr_hits *nr_frame_hits(const nr_frame *frame)
{
  for (const nr_base *base = frame->base; base != NULL; base = base->parent)
    if (base->hits != NULL)
      return base->hits;
  return NULL;
}

/* ---- picking rows ---- */

nr_status nr_frame_pick(const nr_frame *frame, const uint64_t *rows, uint64_t count, nr_frame **out,
                        nr_error *err)
{
  nr_frame *made;
  NR_TRY(new_frame(frame->memory, frame->base, count, true, &made, err));
  for (uint64_t i = 0; i < count; i++) {
    if (rows[i] >= frame->row_count) {
      nr_frame_free(made);
      return nr_fail(err, NR_INVALID, "row %llu of a frame with %llu", (unsigned long long)rows[i] + 1,
                     (unsigned long long)frame->row_count);
    }
    made->rows[i] = nr_frame_base_row(frame, rows[i]);
  }
  *out = made;
  return NR_OK;
}

nr_status nr_frame_column(const nr_frame *frame, nr_text name, uint32_t *column, nr_error *err)
{
  nr_text known[64];
  uint32_t count = 0;
  if (nr_frame_find_column(frame, name, column))
    return NR_OK;
  for (; count < frame->base->column_count && count < 64; count++)
    known[count] = frame->base->columns[count].name;
  return nr_fail_unknown(err, "column", name, known, count);
}

/* A text "2025-09" asked of a calendar column takes all days in it. */
static bool in_period(nr_text column, const nr_value *value, nr_text cell)
{
  nr_period asked, has;
  if (!nr_text_equal(column, NR_TEXT("day")) || value->text.bytes == NULL || cell.bytes == NULL)
    return false;
  return nr_period_parse(value->text, &asked, NULL) == NR_OK && nr_date_parse(cell, &has, NULL) == NR_OK &&
         has.first >= asked.first && has.last <= asked.last;
}

static bool meets(const nr_frame *frame, uint64_t row, uint32_t column, const nr_condition *condition)
{
  nr_value cell = nr_frame_cell(frame, row, column);
  bool text = frame->base->columns[column].type == NR_COLUMN_TEXT;
  for (uint32_t v = 0; v < condition->count; v++)
    if (text ? nr_value_is_text(&condition->values[v], cell.text) ||
                   in_period(condition->name, &condition->values[v], cell.text)
             : nr_value_is_number(&condition->values[v], cell.number))
      return true;
  return false;
}

nr_status nr_frame_where(const nr_frame *frame, const nr_condition *conditions, uint32_t count,
                         nr_frame **out, nr_error *err)
{
  nr_frame *made;
  uint32_t column;
  uint64_t kept = 0, size = frame->row_count * sizeof(uint64_t);
  for (uint32_t c = 0; c < count; c++)
    NR_TRY(nr_frame_column(frame, conditions[c].name, &column, err));
  uint64_t *rows = nr_alloc(frame->memory, size);
  if (rows == NULL && size > 0)
    return nr_fail_memory(err);
  for (uint64_t row = 0; row < frame->row_count; row++) {
    bool all = true;
    for (uint32_t c = 0; c < count && all; c++)
      all = nr_frame_find_column(frame, conditions[c].name, &column) &&
            meets(frame, row, column, &conditions[c]);
    if (all)
      rows[kept++] = row;
  }
  nr_status status = nr_frame_pick(frame, rows, kept, &made, err);
  nr_release(frame->memory, rows, size);
  if (status == NR_OK)
    *out = made;
  return status;
}

/* ---- sorting ---- */

int nr_cells_compare(const nr_cells *cells, uint64_t a, uint64_t b, bool descending)
{
  nr_special a_special = cells->special == NULL ? NR_PLAIN : cells->special[a];
  nr_special b_special = cells->special == NULL ? NR_PLAIN : cells->special[b];
  if (a_special != b_special)
    return a_special < b_special ? -1 : 1;
  int order;
  if (cells->type == NR_COLUMN_TEXT) {
    nr_text x = cells->texts[a], y = cells->texts[b];
    if (x.bytes == NULL || y.bytes == NULL)
      return (x.bytes == NULL) - (y.bytes == NULL);
    order = nr_text_compare(x, y);
  } else {
    double x = cells->numbers[a], y = cells->numbers[b];
    if (isnan(x) || isnan(y))
      return (isnan(x) != 0) - (isnan(y) != 0);
    order = (x > y) - (x < y);
  }
  return descending ? -order : order;
}

typedef struct sort_key {
  const nr_cells *cells;
  bool descending;
} sort_key;

static int compare_rows(const sort_key *keys, uint32_t count, uint64_t a, uint64_t b)
{
  int order = 0;
  for (uint32_t k = 0; k < count && order == 0; k++)
    order = nr_cells_compare(keys[k].cells, a, b, keys[k].descending);
  return order;
}

/* Merge sort: stable. `rows` and `other` are base rows; the result is in one of them, returned. */
static uint64_t *sort_rows(const sort_key *keys, uint32_t count, uint64_t *rows, uint64_t *other, uint64_t n)
{
  for (uint64_t width = 1; width < n; width *= 2) {
    for (uint64_t start = 0; start < n; start += 2 * width) {
      uint64_t middle = start + width < n ? start + width : n, end = middle + width < n ? middle + width : n;
      uint64_t left = start, right = middle;
      for (uint64_t i = start; i < end; i++)
        other[i] = left < middle && (right == end || compare_rows(keys, count, rows[left], rows[right]) <= 0)
                       ? rows[left++]
                       : rows[right++];
    }
    uint64_t *sorted = other;
    other = rows;
    rows = sorted;
  }
  return rows;
}

static nr_status read_keys(const nr_frame *frame, const nr_text *columns, uint32_t count, sort_key *keys,
                           nr_error *err)
{
  for (uint32_t k = 0; k < count; k++) {
    nr_text name = columns[k];
    uint32_t column;
    keys[k].descending = name.size > 0 && name.bytes[0] == '-' && !nr_frame_find_column(frame, name, &column);
    if (keys[k].descending)
      name = (nr_text){name.bytes + 1, name.size - 1};
    NR_TRY(nr_frame_column(frame, name, &column, err));
    keys[k].cells = &frame->base->columns[column];
  }
  return NR_OK;
}

nr_status nr_frame_sort(const nr_frame *frame, const nr_text *columns, uint32_t count, nr_frame **sorted,
                        nr_error *err)
{
  nr_frame *made;
  sort_key keys[32];
  if (count > 32)
    return nr_fail(err, NR_INVALID, "sorting by more than 32 columns");
  NR_TRY(read_keys(frame, columns, count, keys, err));
  uint64_t size = frame->row_count * sizeof(uint64_t);
  uint64_t *other = nr_alloc(frame->memory, size);
  if (other == NULL && size > 0)
    return nr_fail_memory(err);
  nr_status status = new_frame(frame->memory, frame->base, frame->row_count, true, &made, err);
  if (status == NR_OK && size > 0) {
    for (uint64_t row = 0; row < frame->row_count; row++)
      made->rows[row] = nr_frame_base_row(frame, row);
    uint64_t *result = sort_rows(keys, count, made->rows, other, frame->row_count);
    if (result != made->rows)
      memcpy(made->rows, result, size);
  }
  nr_release(frame->memory, other, size);
  if (status == NR_OK)
    *sorted = made;
  return status;
}
