/* fold.h: the form under which a word is found.
 * Floor 1: includes base/ only. */
#ifndef NR_FOLD_H
#define NR_FOLD_H

#include "base/bytes.h"
#include "base/memory.h"

/* Version of everything that decides tokens, folding and marks; stored in each segment. A change
 * of rules that changes any output adds one. */
enum { NR_TEXT_RULES = 1 };

/* Append the folded form of a token to `out`: NFKC case fold; marks dropped on Latin letters only
 * (й stays й, a mark of stress on Cyrillic goes), strokes too (ł as l, ø as o); apostrophes of eight shapes
 * as '; soft hyphens and zero-width marks inside left out; the stop of an abbreviation left out ("Sen." and
 * "sen" are one form).
 *
 * token   valid UTF-8.
 * Folding twice changes nothing. ASCII takes a fast path. Errors NR_NOMEM.
 * Source  Unicode 15, UAX #15 and chapter 3.13, by utf8proc. */
nr_status nr_fold(nr_text token, nr_buffer *out, nr_error *err);

/* Does a word mix letters of Latin with Cyrillic or Greek ones, as a look-alike does ("Кyiv" with a
 * Cyrillic К)? Folding leaves such letters alone; this is for reporting them. */
bool nr_fold_mixes_scripts(nr_text word);

#endif
