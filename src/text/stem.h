/* stem.h: words without their endings, by the Snowball stemmers of 28 languages.
 * Floor 1: includes base/ only. */
#ifndef NR_STEM_H
#define NR_STEM_H

#include "base/bytes.h"
#include "base/memory.h"

/* A stemmer of one language. Owned; for one thread at a time. */
typedef struct nr_stemmer nr_stemmer;

/* The languages there are stemmers for, by ISO 639-1 code; missing at `index` and beyond the last. */
nr_text nr_stem_language(size_t index);

/* Make the stemmer of `lang`, an ISO 639-1 code that may have a region behind it ("pt-BR").
 *
 * Errors  NR_NOTFOUND where there is none for the language; NR_NOMEM. */
nr_status nr_stemmer_new(const nr_memory *memory, nr_text lang, nr_stemmer **stemmer, nr_error *err);
void nr_stemmer_free(nr_stemmer *stemmer);

/* Find the stem of a word, e.g. a folded form.
 *
 * word    valid UTF-8 in small letters; longer than 128 bytes it is its own stem.
 * stem    borrowed from the stemmer until its next call, or `word` itself.
 * Cost    6 million words a second: remember the stems of a vocabulary.
 * Errors  NR_NOMEM. */
nr_status nr_stem(nr_stemmer *stemmer, nr_text word, nr_text *stem, nr_error *err);

#endif
