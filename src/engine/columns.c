/* columns.c: frames copied out of the engine. Floor 6. */
#include "engine/columns.h"

#include <inttypes.h>
#include <math.h>

#include "ingest/json.h"

typedef struct copying {
  nr_columns *to;
  const nr_frame *frame;
  uint64_t bytes_max;
  const nr_poll *poll;
} copying;

static nr_status too_large(const copying *work, nr_error *err)
{
  return nr_fail(err, NR_LIMIT, "the result is larger than %" PRIu64 " bytes", work->bytes_max);
}

/* Take an array from the columns' arena, as far as the limit goes. */
static nr_status take(copying *work, uint64_t count, size_t size, void *array, nr_error *err)
{
  nr_arena *arena = &work->to->arena;
  if (count > work->bytes_max / size || arena->total + count * size > work->bytes_max)
    return too_large(work, err);
  void *block = nr_arena_take_array(arena, (size_t)count, size);
  if (block == NULL)
    return nr_fail_memory(err);
  memcpy(array, &block, sizeof block);
  return NR_OK;
}

static nr_status poll_row(const copying *work, uint64_t row, nr_error *err)
{
  return (row & 4095) == 4095 ? nr_poll_at(work->poll, row, work->to->rows, err) : NR_OK;
}

static void set_valid(nr_column_data *column, uint64_t row, bool valid)
{
  if (valid)
    column->valid[row / 8] |= (uint8_t)(1u << (row % 8));
  else
    column->missing++;
}

static nr_status copy_numbers(copying *work, uint32_t number, nr_column_data *column, nr_error *err)
{
  NR_TRY(take(work, work->to->rows + 1, sizeof *column->numbers, &column->numbers, err));
  for (uint64_t row = 0; row < work->to->rows; row++) {
    double value = nr_frame_cell(work->frame, row, number).number;
    column->numbers[row] = isnan(value) ? 0 : value;
    set_valid(column, row, !isnan(value));
    NR_TRY(poll_row(work, row, err));
  }
  return NR_OK;
}

static nr_status text_size(const copying *work, uint32_t number, uint64_t *size, nr_error *err)
{
  *size = 0;
  for (uint64_t row = 0; row < work->to->rows; row++) {
    *size += nr_frame_cell(work->frame, row, number).text.size;
    NR_TRY(poll_row(work, row, err));
  }
  return NR_OK;
}

static void set_offset(nr_column_data *column, uint64_t row, uint64_t at)
{
  if (column->narrow != NULL)
    column->narrow[row] = (int32_t)at;
  else
    column->wide[row] = (int64_t)at;
}

static nr_status copy_texts(copying *work, uint32_t number, nr_column_data *column, nr_error *err)
{
  uint64_t size, at = 0;
  NR_TRY(text_size(work, number, &size, err));
  NR_TRY(take(work, size + 1, 1, &column->bytes, err));
  if (size <= INT32_MAX)
    NR_TRY(take(work, work->to->rows + 1, sizeof *column->narrow, &column->narrow, err));
  else
    NR_TRY(take(work, work->to->rows + 1, sizeof *column->wide, &column->wide, err));
  for (uint64_t row = 0; row < work->to->rows; row++) {
    nr_text text = nr_frame_cell(work->frame, row, number).text;
    set_offset(column, row, at);
    set_valid(column, row, text.bytes != NULL);
    if (text.bytes != NULL)
      memcpy(column->bytes + at, text.bytes, text.size);
    at += text.bytes != NULL ? text.size : 0;
    NR_TRY(poll_row(work, row, err));
  }
  set_offset(column, work->to->rows, at);
  return NR_OK;
}

static nr_status copy_column(copying *work, uint32_t number, nr_error *err)
{
  nr_column_data *column = &work->to->columns[number];
  nr_text name = nr_frame_column_name(work->frame, number);
  uint64_t bitmap = work->to->rows / 8 + 1;
  *column = (nr_column_data){.text = nr_frame_column_type(work->frame, number) == NR_COLUMN_TEXT};
  column->name = nr_arena_copy(&work->to->arena, name.bytes, name.size);
  if (column->name == NULL)
    return nr_fail_memory(err);
  NR_TRY(take(work, bitmap, 1, &column->valid, err));
  memset(column->valid, 0, (size_t)bitmap);
  return column->text ? copy_texts(work, number, column, err) : copy_numbers(work, number, column, err);
}

static nr_status copy_frame(copying *work, nr_error *err)
{
  nr_columns *to = work->to;
  NR_TRY(take(work, to->count + 1u, sizeof *to->columns, &to->columns, err));
  for (uint32_t i = 0; i < to->count; i++)
    NR_TRY(copy_column(work, i, err));
  return NR_OK;
}

nr_status nr_columns_new(const nr_memory *memory, const nr_frame *frame, uint64_t bytes_max,
                         const nr_poll *poll, nr_columns **out, nr_error *err)
{
  nr_columns *to = nr_alloc_zeroed(memory, 1, sizeof *to);
  if (to == NULL)
    return nr_fail_memory(err);
  to->memory = *memory;
  nr_arena_init(&to->arena, &to->memory);
  atomic_init(&to->references, 1);
  to->rows = nr_frame_rows(frame);
  to->count = nr_frame_columns(frame);
  copying work = {to, frame, bytes_max, poll};
  nr_status status = copy_frame(&work, err);
  if (status == NR_OK)
    *out = to;
  else
    nr_columns_release(to);
  return status;
}

nr_columns *nr_columns_retain(nr_columns *columns)
{
  atomic_fetch_add_explicit(&columns->references, 1, memory_order_relaxed);
  return columns;
}

void nr_columns_release(nr_columns *columns)
{
  if (columns == NULL || atomic_fetch_sub_explicit(&columns->references, 1, memory_order_acq_rel) != 1)
    return;
  nr_memory memory = columns->memory;
  nr_arena_clear(&columns->arena);
  nr_release(&memory, columns, sizeof *columns);
}

/* ---- JSON Lines ---- */

static bool is_valid(const nr_column_data *column, uint64_t row)
{
  return (column->valid[row / 8] >> (row % 8) & 1) != 0;
}

static nr_text text_at(const nr_column_data *column, uint64_t row)
{
  int64_t from = column->narrow != NULL ? column->narrow[row] : column->wide[row];
  int64_t to = column->narrow != NULL ? column->narrow[row + 1] : column->wide[row + 1];
  return (nr_text){column->bytes + from, (size_t)(to - from)};
}

static nr_status put_cell(const nr_column_data *column, uint64_t row, nr_buffer *out, nr_error *err)
{
  NR_TRY(nr_json_put_string(out, nr_text_of(column->name), err));
  NR_TRY(nr_buffer_put(out, ": ", 2, err));
  if (!is_valid(column, row))
    return nr_buffer_put(out, "null", 4, err);
  return column->text ? nr_json_put_string(out, text_at(column, row), err)
                      : nr_json_put_number(out, column->numbers[row], err);
}

nr_status nr_columns_json(const nr_columns *columns, nr_buffer *out, nr_error *err)
{
  for (uint64_t row = 0; row < columns->rows; row++) {
    for (uint32_t i = 0; i < columns->count; i++) {
      NR_TRY(nr_buffer_put(out, i == 0 ? "{" : ", ", i == 0 ? 1 : 2, err));
      NR_TRY(put_cell(&columns->columns[i], row, out, err));
    }
    NR_TRY(nr_buffer_put(out, columns->count == 0 ? "{}\n" : "}\n", columns->count == 0 ? 3 : 2, err));
  }
  return NR_OK;
}
