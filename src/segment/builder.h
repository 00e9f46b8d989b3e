/* builder.h: the inside of a builder.
 * Floor 2: inside segment/ only. */
#ifndef NR_BUILDER_H
#define NR_BUILDER_H

#include "segment/intern.h"
#include "segment/segment.h"

enum { NR_GAP_WIDE = 255, NR_IN_MARGIN = 0x80 };

#define NR_UNFOLDED UINT32_MAX /* a form not known yet */

/* One added article; names and values are numbers of the builder's interns. */
typedef struct nr_entry {
  nr_text id, content, blocks, repairs;
  uint64_t hash;
  nr_period date;
  uint32_t date_source, title_size;
  uint32_t line, margin;        /* tokens */
  size_t token, wide, property; /* first of its own in the builder's arrays */
  uint32_t property_count;
  bool dropped;
} nr_entry;

typedef struct nr_property {
  uint32_t name, value; /* interned; the value's first byte is its type */
} nr_property;

struct nr_segment_builder {
  const nr_memory *memory;
  const nr_memory *memory_beside; /* for a second thread; NULL: there is none */
  nr_arena arena;                 /* ids, contents, blocks, repairs */
  nr_intern surfaces, forms, names, values;
  uint32_t *form_of; /* by surface, or NR_UNFOLDED */
  size_t form_of_capacity;
  nr_entry *entries;
  size_t entry_count, entry_capacity, live;
  uint32_t *tokens; /* surfaces, in text order */
  size_t token_count, token_capacity;
  uint8_t *gaps; /* by token; NR_GAP_WIDE: see wide */
  size_t gap_capacity;
  uint8_t *marks; /* by token: bit m for mark m, NR_IN_MARGIN */
  size_t mark_capacity;
  uint32_t *wide; /* gaps of 255 bytes and more, in token order */
  size_t wide_count, wide_capacity;
  nr_property *properties;
  size_t property_count, property_capacity;
  nr_buffer scratch;
};

/* Free everything; the builder is as new. */
void nr_builder_clear(nr_segment_builder *builder);
/* Fold a spelling and note its form. Errors NR_NOMEM. */
nr_status nr_builder_fold(nr_segment_builder *builder, uint32_t surface, nr_error *err);

#endif
