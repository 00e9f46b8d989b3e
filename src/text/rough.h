/* rough.h: words, numbers and signs of a text by bytes alone. Floor 1: includes base/ only.
 *
 * For rules that look at shapes ("a name, a comma, a verb") and read far more text than they use: no tables
 * of Unicode, no clitics, no sentences. What is on the line is cut by token.h. */
#ifndef NR_ROUGH_H
#define NR_ROUGH_H

#include "base/bytes.h"

/* Find the next word, number or sign at or after `*at`; false at the end. `*at` is moved behind it.
 *
 * text    any bytes. White space, no-break spaces and NUL are passed over.
 * Words hold inner apostrophes, hyphens and & ("O'Neil", "AT&T"), initials their dots ("U.S."), numbers
 * their separators and endings ("1,500", "19th"); "..." and "--" are one sign.
 * Threads any number at once.
 * Cost    linear in the bytes passed; allocates nothing. */
bool nr_rough_next(nr_text text, size_t *at, nr_text *token);

/* What stands between two words. */
enum {
  NR_GAP_CLAUSE = 1,  /* a comma, a bracket, a dash: what ends a clause */
  NR_GAP_STOP = 2,    /* a full stop, which ends a sentence unless it belongs to an abbreviation */
  NR_GAP_SENTENCE = 4 /* "!", "?", a blank line */
};

/* Find the next word or number at or after `*at`; false at the end. `*at` is moved behind it.
 *
 * gap     NR_GAP_... of the bytes before it.
 * Words hold letters and digits, inner apostrophes, hyphens and &; "U.S." its stops, "2.5" its point.
 * Threads any number at once.
 * Cost    linear in the bytes passed; allocates nothing. */
bool nr_rough_word(nr_text text, size_t *at, nr_text *word, unsigned *gap);

#endif
