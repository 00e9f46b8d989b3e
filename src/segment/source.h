/* source.h: where a segment's columns come from: a builder's articles or other segments.
 * Floor 2: inside segment/ only.
 *
 * Articles are numbered as they will stand in the segment, forms and surfaces by their rank. */
#ifndef NR_SOURCE_H
#define NR_SOURCE_H

#include "segment/layout.h"

typedef struct nr_source_article {
  nr_text id, blocks, repairs; /* the last two as they are stored */
  uint32_t content_size, title_size;
  nr_period date;
  nr_date_source date_source;
  uint64_t hash;
  uint32_t line, margin; /* tokens */
} nr_source_article;

typedef struct nr_source_value {
  nr_field_type type;
  nr_text text;
} nr_source_value;

typedef struct nr_source_field {
  const nr_source_value *values;
  uint32_t value_count;
  const uint32_t *codes; /* by article: 0 is missing, else value + 1 */
} nr_source_field;

/* The tokens of one article on the line or in the margin; borrowed until the next call. */
typedef struct nr_source_tokens {
  const uint32_t *surfaces;
  const uint32_t
      *gaps; /* bytes between a token and the one before on the same list, or the content's start */
  const uint8_t *marks; /* bit m: mark m of enum nr_mark; higher bits mean nothing */
} nr_source_tokens;

enum { NR_WANT_SURFACES = 1, NR_WANT_GAPS = 2, NR_WANT_MARKS = 4 };

typedef struct nr_source {
  void *user;
  void *user_beside; /* as `user`, for a second thread that reads tokens beside it; or NULL */
  const nr_memory *memory;
  const nr_memory *memory_beside; /* for that thread */
  uint32_t articles, dated, on, all, forms, surfaces;
  uint32_t tokens_max; /* of one list of one article */
  uint32_t text_rules;
  bool compressed;            /* the content is to be */
  const nr_text *field_names; /* hidden ones first, then in byte order */
  uint32_t field_count;
  uint64_t postings_bytes; /* that the lists of positions will have at most, or 0: not known */
  const nr_text *form_texts, *surface_texts;
  const uint32_t *form_of; /* by surface */
  void (*article)(void *user, uint32_t article, nr_source_article *out);
  /* An article's content, borrowed until the next call. */
  nr_status (*content)(void *user, uint32_t article, nr_text *out, nr_error *err);
  /* The values of a field, numbered in the order they come along the line; borrowed until the next call. */
  nr_status (*field)(void *user, uint32_t field, nr_source_field *out, nr_error *err);
  /* `wanted`: a sum of NR_WANT_...; other pointers are left alone. */
  void (*tokens)(void *user, uint32_t article, bool margin, int wanted, nr_source_tokens *out);
  /* Positions of a form, ascending, borrowed until the next call. Forms are asked for in order. */
  nr_status (*postings)(void *user, uint32_t form, const uint32_t **positions, uint32_t *count,
                        nr_error *err);
} nr_source;

/* The sections behind the postings (they need tokens alone), written beside what comes before them. */
typedef struct nr_tail nr_tail;

/* Begin with them in a thread of its own. NULL where the source has nothing for a second thread, or without
 * memory: they are then written in their turn. The bytes are the same. `source` must stay as it is. */
nr_tail *nr_tail_start(const nr_source *source);
/* Wait and free; NULL is fine. */
void nr_tail_end(nr_tail *tail);

/* Write the segment of a source; `tail` as it was started for it, or NULL. Errors NR_NOMEM and the sink's. */
nr_status nr_source_write(const nr_source *source, nr_tail *tail, const nr_sink *sink, const nr_poll *poll,
                          nr_error *err);

/* Postings of one form as they are stored; appends to `out`. */
nr_status nr_postings_pack(const uint32_t *positions, uint32_t count, nr_buffer *out, nr_error *err);

#endif
