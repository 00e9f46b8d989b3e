/* breaks.h: boundaries of words, sentences and graphemes as Unicode defines them.
 * Floor 1: includes base/ only. UAX #29 for Unicode 15.0 and nothing else; token.h has the words
 * and sentences of news. Pure functions, any number of threads. */
#ifndef NR_BREAKS_H
#define NR_BREAKS_H

#include "base/bytes.h"

typedef enum nr_break_kind {
  NR_BREAK_WORD,
  NR_BREAK_SENTENCE,
  NR_BREAK_GRAPHEME,
  NR_BREAK_KINDS
} nr_break_kind;

/* "word", "sentence" or "grapheme". */
const char *nr_break_kind_name(nr_break_kind kind);

/* Find the first boundary behind `from`.
 *
 * text    valid UTF-8.
 * from    a boundary of this kind (0 is one), below text.size.
 * Returns its offset; text.size at the latest. A loop from 0 yields every boundary.
 * Cost    linear over a whole text, whatever the bytes; ASCII words take a fast path. */
size_t nr_break_next(nr_break_kind kind, nr_text text, size_t from);

/* The same by the rules alone, without the fast path: for tests. */
size_t nr_break_next_by_rules(nr_break_kind kind, nr_text text, size_t from);

#endif
