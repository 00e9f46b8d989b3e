/* lang.h: the language of a text, from its script and its function words.
 * Floor 1: includes base/ only. */
#ifndef NR_LANG_H
#define NR_LANG_H

#include "base/bytes.h"

/* Guess the language of a text from its first 4 KB.
 *
 * text    valid UTF-8.
 * Returns an ISO 639-1 code in static storage, or a missing text where the evidence is thin or
 * divided: nothing is guessed in silence.
 * Cost    some 20 microseconds. Any number of threads. */
nr_text nr_lang_guess(nr_text text);

#endif
