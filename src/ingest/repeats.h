/* repeats.h: which lines the articles of one source share.
 * Floor 4: includes base/. Counts are of articles, copies of one article counted once: its longest line
 * stands for an article, all of it for one of short lines. */
#ifndef NR_REPEATS_H
#define NR_REPEATS_H

#include "base/bytes.h"
#include "base/memory.h"

typedef struct nr_repeats {
  const nr_memory *memory;
  struct nr_repeat *slots; /* open addressing, a power of two */
  size_t room, count;
} nr_repeats;

/* Longer lines are not counted. */
enum { NR_REPEAT_BYTES_MAX = 300 };

void nr_repeats_init(nr_repeats *repeats, const nr_memory *memory);
void nr_repeats_clear(nr_repeats *repeats);

/* Count the lines of one article, cut at LF. Beyond four million distinct lines no new ones are taken up.
 * Errors NR_NOMEM. */
nr_status nr_repeats_learn(nr_repeats *repeats, nr_text source, nr_text text, nr_error *err);
/* How many articles of the source have the line; line missing: how many articles there are. */
uint32_t nr_repeats_count(const nr_repeats *repeats, nr_text source, nr_text line);

#endif
