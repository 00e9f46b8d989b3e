/* make.h: an item becomes an article: fields given for all, cleaning, its day, its tokens.
 * Floor 4: includes lower floors. */
#ifndef NR_MAKE_H
#define NR_MAKE_H

#include "ingest/clean.h"
#include "ingest/item.h"

/* What making articles needs, in the caller's storage. One thread at a time. */
typedef struct nr_article_maker {
  const nr_ingest_options *options;
  nr_cleaner *cleaner;
  nr_arena *arena;          /* for what an article borrows */
  const nr_snapshot *known; /* what the corpus has; NULL: nothing is asked */
  nr_token_list tokens;
  nr_block *blocks;
  size_t block_room;
} nr_article_maker;

void nr_make_init(nr_article_maker *maker, const nr_ingest_options *options, nr_cleaner *cleaner,
                  nr_arena *arena);
void nr_make_clear(nr_article_maker *maker);

/* Make an article of an item, which gets the fields given for all. The article has no origin yet; it
 * borrows from item, arena, cleaner and maker, and lasts until the next one is made.
 * Errors NR_LIMIT over 64 MiB; NR_NOMEM. */
nr_status nr_make_article(nr_article_maker *maker, nr_item *item, nr_article *article, nr_error *err);

#endif
