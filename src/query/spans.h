/* spans.h: sorted spans of one segment and the attribute table behind them.
 * Floor 4: includes base/. */
#ifndef NR_SPANS_H
#define NR_SPANS_H

#include "base/bytes.h"
#include "base/memory.h"

typedef enum nr_column_type { NR_COLUMN_TEXT, NR_COLUMN_NUMBER } nr_column_type;

/* One attribute. Missing is a text with bytes NULL, or NaN. */
typedef struct nr_column {
  nr_text name;
  nr_column_type type;
  const nr_text *texts;  /* one a row, for NR_COLUMN_TEXT */
  const double *numbers; /* one a row, for NR_COLUMN_NUMBER */
} nr_column;

typedef struct nr_table {
  const nr_column *columns;
  uint32_t column_count, row_count;
} nr_table;

/* Spans of one part, ordered by first ascending, last descending, then row; equal span and row
 * stand once. They may nest and overlap. All arrays live in the arena of the run, or longer. */
typedef struct nr_spans {
  const uint32_t *first, *last; /* positions, both ends in */
  const uint32_t *row;          /* rows of `table`; NULL where there is no table */
  uint32_t count;
  const nr_table *table; /* NULL: no attributes */
} nr_spans;

#endif
