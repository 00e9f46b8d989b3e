/* columns.h: the cells of a frame as plain arrays, counted, independent of engine and corpus.
 * Floor 6. They are laid out as Arrow wants them, so that a stream of them copies nothing. */
#ifndef NR_COLUMNS_H
#define NR_COLUMNS_H

#include <stdatomic.h>

#include "base/memory.h"
#include "frame/frame.h"

struct ArrowArrayStream;

typedef struct nr_column_data {
  char *name; /* ends with NUL */
  bool text;
  uint8_t *valid;   /* bitmap, lowest bit first */
  uint64_t missing; /* rows that are not valid */
  double *numbers;
  char *bytes;
  int32_t *narrow; /* offsets into bytes, rows + 1 of them */
  int64_t *wide;   /* the same, from 2 GB on; then `narrow` is NULL */
} nr_column_data;

typedef struct nr_columns {
  nr_memory memory;
  nr_arena arena; /* all of it but the struct */
  atomic_int references;
  uint64_t rows;
  uint32_t count;
  nr_column_data *columns;
} nr_columns;

/* Copy a frame's cells. `bytes_max` bounds what is taken from `memory`.
 * Errors NR_NOMEM, NR_LIMIT, NR_INTERRUPTED. */
nr_status nr_columns_new(const nr_memory *memory, const nr_frame *frame, uint64_t bytes_max,
                         const nr_poll *poll, nr_columns **columns, nr_error *err);
nr_columns *nr_columns_retain(nr_columns *columns);
void nr_columns_release(nr_columns *columns);

/* Append all rows as JSON Lines; what is missing is null. */
nr_status nr_columns_json(const nr_columns *columns, nr_buffer *out, nr_error *err);

/* Make a stream of one batch; it holds a count of `columns` until it and what it gave are released. */
void nr_columns_stream(nr_columns *columns, struct ArrowArrayStream *stream);

#endif
