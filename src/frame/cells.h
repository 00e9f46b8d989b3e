/* cells.h: what a frame is made of. Inside src/frame only.
 * Floor 5. */
#ifndef NR_CELLS_H
#define NR_CELLS_H

#include <stdatomic.h>

#include "frame/frame.h"

/* Rows that stand last when sorted, in this order. */
typedef enum nr_special { NR_PLAIN, NR_NONE, NR_IMPRECISE, NR_UNDATED } nr_special;

typedef struct nr_cells {
  nr_text name;
  nr_column_type type;
  nr_text *texts; /* one a row of the base */
  double *numbers;
  uint8_t *special; /* nr_special, one a row; NULL: all plain */
} nr_cells;

typedef enum nr_receipts {
  NR_RECEIPTS_NONE,
  NR_RECEIPTS_HITS,   /* row i is hit i */
  NR_RECEIPTS_GROUPS, /* row i is the group keys[i * key_count ..] of `grouping` */
  NR_RECEIPTS_ROWS,   /* row i is rows of the parent: members[starts[i] .. starts[i + 1]] */
  NR_RECEIPTS_WINDOWS /* row i is the word of its first column, `left` before hits or `right` behind: hits
                         come as often as the word stands around them */
} nr_receipts;

/* Columns and receipts; shared by the frames that pick rows from it. */
typedef struct nr_base {
  atomic_uint users;
  nr_arena arena; /* holds this too */
  nr_cells *columns;
  uint32_t column_count;
  uint64_t row_count;
  nr_snapshot *snapshot; /* whose texts are borrowed, besides that of `hits` */
  nr_hits *hits;
  nr_receipts receipts;
  uint32_t left, right;
  nr_text *grouping; /* names of the columns grouped by */
  uint32_t key_count;
  uint32_t *keys;
  struct nr_base *parent;
  uint64_t *members, *starts;
} nr_base;

struct nr_frame {
  const nr_memory *memory;
  nr_base *base;
  uint64_t *rows; /* of the base; NULL: all, as they are */
  uint64_t row_count;
};

nr_status nr_base_new(const nr_memory *memory, uint32_t column_count, uint64_t row_count, nr_base **base,
                      nr_error *err);
nr_base *nr_base_retain(nr_base *base);
void nr_base_release(nr_base *base);
/* Give column `column` a name and room, all missing. */
nr_status nr_base_column(nr_base *base, uint32_t column, nr_text name, nr_column_type type, bool special,
                         nr_error *err);
/* All rows of a base as a frame; takes the base over, also when it fails. */
nr_status nr_frame_of_base(const nr_memory *memory, nr_base *base, nr_frame **frame, nr_error *err);

static inline uint64_t nr_frame_base_row(const nr_frame *frame, uint64_t row)
{
  return frame->rows == NULL ? row : frame->rows[row];
}

/* The number of a column. Errors NR_INVALID: there is none, with the nearest. */
nr_status nr_frame_column(const nr_frame *frame, nr_text name, uint32_t *column, nr_error *err);

/* The hits behind a frame's rows; NULL where there are none. */
nr_hits *nr_frame_hits(const nr_frame *frame);

/* Order of two cells of a column, missing and special ones last. */
int nr_cells_compare(const nr_cells *cells, uint64_t a, uint64_t b, bool descending);

/* ---- columns out of hits (column.c) ---- */

typedef enum nr_maker_kind {
  NR_MAKE_UNIT, /* day week month quarter year */
  NR_MAKE_ARTICLE,
  NR_MAKE_TITLE,
  NR_MAKE_FIELD,
  NR_MAKE_ATTRIBUTE, /* from here on: not a matter of the article alone */
  NR_MAKE_TEXT,
  NR_MAKE_FORM,
  NR_MAKE_SENTENCE,
  NR_MAKE_START,
  NR_MAKE_END,
  NR_MAKE_TOKENS,
  NR_MAKE_CELL /* a column of a frame; the hit's `first` is the row */
} nr_maker_kind;

typedef struct nr_maker {
  nr_maker_kind kind;
  nr_text name;
  nr_column_type type;
  nr_unit unit;
  uint32_t attribute; /* or the frame's column */
  const nr_frame *frame;
  nr_hits *hits;
  nr_snapshot *snapshot;
  nr_arena *arena; /* texts that are made */
  nr_buffer scratch;
  nr_contents contents;
  /* The unit label last made, and the days it stands for. */
  nr_period last_period;
  nr_text last_label;
} nr_maker;

/* `arena` and `hits` outlive the maker. Errors NR_INVALID: no such column, with the nearest. */
nr_status nr_maker_init(nr_maker *maker, nr_text name, nr_hits *hits, nr_arena *arena, nr_error *err);
/* A column of a frame, by name. Errors NR_INVALID as above. */
nr_status nr_maker_of_frame(nr_maker *maker, nr_text name, const nr_frame *frame, nr_arena *arena,
                            nr_error *err);
void nr_maker_clear(nr_maker *maker);
static inline bool nr_maker_of_article(const nr_maker *maker)
{
  return maker->kind < NR_MAKE_ATTRIBUTE;
}
/* The cell of a hit (of its part and article alone where nr_maker_of_article). */
nr_status nr_maker_cell(nr_maker *maker, const nr_hit *hit, nr_value *value, nr_special *special,
                        nr_error *err);
/* The label of a unit as it stands in cells. */
nr_status nr_maker_label(nr_maker *maker, nr_day day, nr_text *label, nr_error *err);

/* Bytes of tokens first..last of one article with the punctuation that touches them. */
nr_text nr_text_around(const nr_segment *segment, uint32_t article, nr_text content, uint32_t title_size,
                       uint32_t first, uint32_t last);

/* The types that values of field `name` have, a bit (1 << nr_field_type) each; 0 where no article has it. */
uint32_t nr_field_types(const nr_snapshot *snapshot, nr_text name);

#endif
