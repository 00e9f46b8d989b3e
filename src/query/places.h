/* places.h: where the tokens of one article lie, for looking up many bytes in it.
 * Floor 4. */
#ifndef NR_PLACES_H
#define NR_PLACES_H

#include "corpus/corpus.h"

typedef struct nr_places {
  const nr_memory *memory;
  const nr_segment *segment; /* NULL: no article yet */
  uint32_t article;
  uint32_t *starts, *ends; /* bytes of the tokens on the line, then of those in the margin; owned */
  size_t start_capacity, end_capacity;
  uint32_t line_first, line_count, margin_first, margin_count;
} nr_places;

void nr_places_init(nr_places *places, const nr_memory *memory);
void nr_places_clear(nr_places *places);
/* Look at an article. Cost: linear in its tokens; nothing where it is looked at already. Errors NR_NOMEM. */
nr_status nr_places_set(nr_places *places, const nr_segment *segment, uint32_t article, nr_error *err);
/* As nr_tokens_of_bytes. */
bool nr_places_find(const nr_places *places, uint32_t start, uint32_t end, uint32_t *first, uint32_t *last);

#endif
