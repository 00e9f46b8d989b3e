/* crew.h: the articles of a batch made by several threads, taken in order.
 * Floor 4: includes lower floors. What comes out does not depend on how many there are. */
#ifndef NR_CREW_H
#define NR_CREW_H

#include "ingest/make.h"

/* An article made, or why there is none. */
typedef struct nr_made {
  nr_article article;
  nr_status status;
  const char *why; /* the message, where status is not NR_OK */
  struct nr_made_note *notes;
} nr_made;

typedef struct nr_crew nr_crew;

/* `shared` is memory that any thread may use. Errors NR_NOMEM. */
nr_status nr_crew_new(const nr_memory *shared, uint32_t helpers, const nr_ingest_options *options,
                      nr_crew **crew, nr_error *err);
/* Waits for what was begun; NULL is fine. */
void nr_crew_free(nr_crew *crew);

/* Begin to make the articles of `count` items as `like` would, whose cleaner has learnt all it needs and
 * rests until the end. Errors NR_NOMEM. */
nr_status nr_crew_begin(nr_crew *crew, const nr_article_maker *like, nr_item *items, size_t count,
                        nr_error *err);
/* The next article in order; the caller makes some too while it waits. Lasts until the end. */
const nr_made *nr_crew_next(nr_crew *crew);
/* Tell what there was to report while it was made. */
void nr_made_report(const nr_made *made, const nr_report *report);
/* Wait for all; the crew can begin anew. */
void nr_crew_end(nr_crew *crew);

#endif
