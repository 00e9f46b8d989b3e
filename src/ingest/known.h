/* known.h: what the corpus has already, asked while new articles are cleaned.
 * Floor 4: includes lower floors. */
#ifndef NR_KNOWN_H
#define NR_KNOWN_H

#include "corpus/corpus.h"
#include "ingest/clean.h"

/* Let the cleaner learn the lines of articles that are in the corpus: the last 64 of each source in each
 * segment, up to 4 MiB of text, so that an article added by itself is cleaned as one among its kind.
 * Errors NR_NOMEM, NR_CORRUPT. */
nr_status nr_known_learn(const nr_snapshot *snapshot, const nr_memory *memory, nr_cleaner *cleaner,
                         nr_error *err);

/* Where the corpus has this very text under the article's id, and its blocks differ only in what is thought
 * of lines that articles share, give `article` the blocks it has there: what others say since does not change
 * it. Errors NR_NOMEM, NR_CORRUPT. */
nr_status nr_known_keep(const nr_snapshot *snapshot, nr_arena *arena, nr_article *article, nr_error *err);

#endif
