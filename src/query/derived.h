/* derived.h: the spans of a derived layer in one segment: gathered, kept as bytes, read back.
 * Floor 4.
 *
 * The bytes depend only on what the articles' spans are, not on the order in which they came, nor on how
 * many workers or merges it took. Spans count from their article's first token, so that a merge, which
 * moves articles, only moves them. An article that nobody has read yet is known as such: a layer can be
 * completed. The format is in derived.c. */
#ifndef NR_DERIVED_H
#define NR_DERIVED_H

#include "query/query.h"

enum { NR_DERIVED_MAGIC = 0x3144524E, NR_DERIVED_COLUMNS_MAX = 64 };

/* One attribute of a layer. */
typedef struct nr_derived_column {
  nr_text name;
  nr_column_type type;
} nr_derived_column;

/* ---- gathering ---- */

typedef struct nr_derived nr_derived;

/* For articles 0..articles-1 of a segment, or of a stretch of one. Columns are copied. */
nr_status nr_derived_new(const nr_memory *memory, uint32_t articles, const nr_derived_column *columns,
                         uint32_t column_count, nr_derived **derived, nr_error *err);
void nr_derived_free(nr_derived *derived); /* NULL is fine */

/* Begin an article: it has been read, or left out for a reason (bytes not NULL). In any order, each once. */
nr_status nr_derived_article(nr_derived *derived, uint32_t article, nr_text left_out, nr_error *err);
/* Add a span to the article begun last: tokens counted from its first one on the line (or in the
 * margin), and a value for each column. Texts are copied. A number in a text column is its text. */
nr_status nr_derived_span(nr_derived *derived, bool margin, uint32_t first, uint32_t last,
                          const nr_value *values, nr_error *err);
/* Append the bytes; once, nothing can be added then. */
nr_status nr_derived_pack(nr_derived *derived, nr_buffer *out, nr_error *err);

/* ---- reading back ---- */

enum { NR_DERIVED_UNREAD, NR_DERIVED_READ, NR_DERIVED_LEFT_OUT }; /* state of an article; + reason */
#define NR_DERIVED_MARGIN 0x80000000u                             /* in `first`: a span of the margin */

typedef struct nr_derived_view {
  uint32_t article_count, span_count, reason_count;
  const uint32_t *states;       /* one an article */
  const nr_text *reasons;       /* state NR_DERIVED_LEFT_OUT + i: left out for reason i */
  const uint32_t *ends;         /* the spans of article i end before ends[i] */
  const uint32_t *first, *last; /* as given to nr_derived_span */
  const uint32_t *row;          /* of `table`; NULL where there are no columns */
  nr_table table;
} nr_derived_view;

/* Decode the bytes of `articles` articles. The table and its texts are in `keep`, the rest in `scratch`.
 * Errors NR_CORRUPT, NR_NOMEM. Cost: linear, no more memory than a small multiple of the bytes and articles.
 */
nr_status nr_derived_read(nr_text bytes, uint32_t articles, nr_arena *keep, nr_arena *scratch,
                          nr_derived_view *view, nr_error *err);

/* The same of `states` and `reasons` alone: looks at the first bytes only. */
nr_status nr_derived_read_states(nr_text bytes, uint32_t articles, nr_arena *scratch, nr_derived_view *view,
                                 nr_error *err);

/* Add what a view has: article i becomes articles[i] (UINT32_MAX: left out; unread ones are skipped).
 * Errors NR_INVALID where the columns are not the same. */
nr_status nr_derived_add(nr_derived *derived, const nr_derived_view *view, const uint32_t *articles,
                         nr_error *err);

/* Spans of a layer by its bytes, one text for each part of the snapshot (bytes NULL: no spans there).
 * Dead articles' spans are left out. Errors NR_CORRUPT; NR_INVALID where parts have other columns. */
nr_status nr_plan_derived(const nr_memory *memory, nr_snapshot *snapshot, const nr_text *parts,
                          nr_plan **plan, nr_error *err);

/* Carries such layers through merges. `memory` outlives the writer. */
nr_layer_carrier nr_derived_carrier(const nr_memory *memory);

#endif
