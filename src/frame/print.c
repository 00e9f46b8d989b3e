/* print.c: frames for people. Floor 5. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "frame/write.h"
#include "text/width.h"

/* Tables are laid out in an arena of ready cells first, then cut to the width. */
typedef struct layout {
  const nr_frame *frame;
  uint64_t rows;
  uint32_t columns;
  nr_buffer bytes;   /* all cells, one behind the other */
  size_t *starts;    /* cell (row, column) at starts[row * columns + column]; row 0 is the header */
  uint32_t *widths;  /* of the cells */
  uint32_t *allowed; /* of the columns */
} layout;

enum { gap = 2, narrowest = 6, digits_shown = 3 };

static nr_status put_cell(layout *l, uint64_t row, uint32_t column, nr_error *err)
{
  if (row == 0)
    return nr_put_line(&l->bytes, nr_frame_column_name(l->frame, column), err);
  nr_value cell = nr_frame_cell(l->frame, row - 1, column);
  if (cell.text.bytes != NULL)
    return nr_put_line(&l->bytes, cell.text, err);
  return nr_put_number(&l->bytes, cell.number, digits_shown, err);
}

static nr_status measure(layout *l, nr_error *err)
{
  for (uint64_t row = 0; row <= l->rows; row++)
    for (uint32_t c = 0; c < l->columns; c++) {
      size_t cell = row * l->columns + c;
      l->starts[cell] = l->bytes.size;
      NR_TRY(put_cell(l, row, c, err));
      nr_text text = {l->bytes.bytes + l->starts[cell], l->bytes.size - l->starts[cell]};
      l->widths[cell] = text.size == 0 ? 0 : nr_text_width(text);
      l->allowed[c] = l->widths[cell] > l->allowed[c] ? l->widths[cell] : l->allowed[c];
    }
  l->starts[(l->rows + 1) * l->columns] = l->bytes.size;
  return NR_OK;
}

/* Take columns from the widest text until the table fits. */
static void narrow(layout *l, uint32_t width)
{
  uint64_t total = (uint64_t)(l->columns - 1) * gap;
  for (uint32_t c = 0; c < l->columns; c++)
    total += l->allowed[c];
  while (width > 0 && total > width) {
    uint32_t widest = UINT32_MAX;
    for (uint32_t c = 0; c < l->columns; c++)
      if (nr_frame_column_type(l->frame, c) == NR_COLUMN_TEXT && l->allowed[c] > narrowest &&
          (widest == UINT32_MAX || l->allowed[c] > l->allowed[widest]))
        widest = c;
    if (widest == UINT32_MAX)
      return;
    l->allowed[widest]--;
    total--;
  }
}

static nr_status put_padded(const layout *l, uint64_t row, uint32_t column, nr_buffer *out, nr_error *err)
{
  size_t cell = row * l->columns + column;
  nr_text text = {l->bytes.bytes + l->starts[cell], l->starts[cell + 1] - l->starts[cell]};
  uint32_t width = l->widths[cell], allowed = l->allowed[column];
  bool right = nr_frame_column_type(l->frame, column) == NR_COLUMN_NUMBER, cut = width > allowed;
  if (cut) {
    text.size = nr_text_fit(text, allowed - 1);
    width = nr_text_width(text) + 1;
  }
  if (right)
    NR_TRY(nr_put_spaces(out, allowed - width, err));
  NR_TRY(nr_buffer_put(out, text.bytes, text.size, err));
  if (cut)
    NR_TRY(nr_buffer_put(out, "\xE2\x80\xA6", 3, err)); /* … */
  if (!right && column + 1 < l->columns)
    NR_TRY(nr_put_spaces(out, allowed - width, err));
  return column + 1 < l->columns ? nr_put_spaces(out, gap, err) : NR_OK;
}

static nr_status put_table(layout *l, uint32_t width, nr_buffer *out, nr_error *err)
{
  uint64_t left_out = nr_frame_rows(l->frame) - l->rows;
  NR_TRY(measure(l, err));
  narrow(l, width);
  for (uint64_t row = 0; row <= l->rows; row++) {
    size_t start = out->size;
    for (uint32_t c = 0; c < l->columns; c++)
      NR_TRY(put_padded(l, row, c, out, err));
    while (out->size > start && out->bytes[out->size - 1] == ' ')
      out->size--;
    NR_TRY(nr_buffer_put_byte(out, '\n', err));
  }
  if (left_out == 0)
    return NR_OK;
  char line[64];
  int size = snprintf(line, sizeof line, "... %" PRIu64 " more row%s\n", left_out, left_out == 1 ? "" : "s");
  return nr_buffer_put(out, line, (size_t)size, err);
}

nr_status nr_frame_print(const nr_frame *frame, uint64_t rows, uint32_t width, nr_buffer *out, nr_error *err)
{
  uint64_t shown = rows < nr_frame_rows(frame) ? rows : nr_frame_rows(frame);
  uint32_t columns = nr_frame_columns(frame);
  nr_arena arena;
  if (columns == 0)
    return NR_OK;
  nr_arena_init(&arena, frame->memory);
  layout l = {.frame = frame, .rows = shown, .columns = columns};
  nr_buffer_init(&l.bytes, frame->memory);
  l.starts = nr_arena_take_array(&arena, (shown + 1) * columns + 1, sizeof *l.starts);
  l.widths = nr_arena_take_array(&arena, (shown + 1) * columns, sizeof *l.widths);
  l.allowed = nr_arena_take_array(&arena, columns, sizeof *l.allowed);
  nr_status status = NR_OK;
  if (l.starts == NULL || l.widths == NULL || l.allowed == NULL)
    status = nr_fail_memory(err);
  else {
    memset(l.allowed, 0, columns * sizeof *l.allowed);
    status = put_table(&l, width, out, err);
  }
  nr_buffer_clear(&l.bytes);
  nr_arena_clear(&arena);
  return status;
}
