/* dead.h: the dead articles of a segment and what they take with them.
 * Floor 3: inside corpus/ only. Immutable and counted once made. */
#ifndef NR_DEAD_H
#define NR_DEAD_H

#include <stdatomic.h>

#include "corpus/format.h"
#include "segment/segment.h"

typedef struct nr_dead {
  atomic_uint references;
  const nr_memory *memory;
  nr_arena arena;
  const uint64_t *bitmap; /* over the segment's articles */
  uint32_t articles, undated;
  uint64_t on, all, content_bytes;      /* of the dead */
  const uint32_t *forms, *hits, *texts; /* per form that a dead article has on the line, ascending */
  uint32_t form_count;
  nr_stretch stored; /* where the file has it */
} nr_dead;

/* Find out what articles take with them: those of `bitmap` (copied). `before`, which may be NULL, is
 * what was dead already; `bitmap` includes it. Cost: the tokens of the newly dead and a pass over
 * the vocabulary. Errors NR_NOMEM. */
nr_status nr_dead_new(const nr_memory *memory, const nr_segment *segment, const nr_dead *before,
                      const uint64_t *bitmap, nr_dead **dead, nr_error *err);
nr_dead *nr_dead_retain(nr_dead *dead);
void nr_dead_release(nr_dead *dead); /* NULL is fine */

nr_status nr_dead_encode(const nr_dead *dead, const nr_segment *segment, nr_buffer *out, nr_error *err);
/* Errors NR_CORRUPT, NR_NOMEM. */
nr_status nr_dead_decode(const nr_memory *memory, const nr_segment *segment, nr_text bytes, nr_dead **dead,
                         nr_error *err);

static inline uint32_t nr_bitmap_words(uint32_t count)
{
  return count / 64 + (count % 64 != 0);
}

#endif
