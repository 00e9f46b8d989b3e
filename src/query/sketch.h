/* sketch.h: samples of all the texts' shingles, and which texts share them. Inside src/query only.
 * Floor 4.
 *
 * Put every text's shingles, link once, then meet the texts one after another in ascending order:
 * so that no list of pairs is ever held. A shingle is told by 32 bits of its hash. Beside it every
 * text keeps a print, 16 bits of every fourth shingle, which tells whether a meeting is worth a look
 * at the texts. Hashes that collide make a pair look closer than it is, never farther. */
#ifndef NR_SKETCH_H
#define NR_SKETCH_H

#include "base/doors.h"
#include "base/memory.h"

enum {
  NR_SKETCH_MODULO = 16,                  /* of longer texts every sixteenth shingle, by its hash, */
  NR_SKETCH_WHOLE = 8 * NR_SKETCH_MODULO, /* and up to so many shingles all */
  NR_PRINT_MODULO = 4                     /* of every text so many, by other bits */
};

typedef struct nr_sketches {
  const nr_memory *memory;
  uint32_t texts;
  uint64_t *postings; /* hash << 32 | text; sorted and only of shared shingles once linked */
  size_t count, capacity;
  uint16_t *prints; /* text after text, sorted */
  size_t print_count, print_capacity;
  uint32_t *print_start; /* texts + 1 */
  uint32_t *size;        /* members of each text's sketch, each once */
  uint32_t *start;       /* texts + 1, into members */
  uint32_t *members;     /* list number << 1 | common, ascending within a text */
  uint32_t *cursors;     /* one a list: the posting of the next text to meet */
  size_t member_count, list_count;
  uint32_t *seen; /* for each text: shared members seen from the one met last */
  uint32_t *met;  /* texts with seen > 0 */
  uint32_t met_count;
} nr_sketches;

/* Begin, with room for about `room` members and `prints` members of prints. Errors NR_NOMEM; clear it even
 * then. */
nr_status nr_sketches_init(nr_sketches *sketches, const nr_memory *memory, uint32_t texts, uint64_t room,
                           uint64_t prints, nr_error *err);
void nr_sketches_clear(nr_sketches *sketches);

/* Add a text's shingles, texts in ascending order. Errors NR_NOMEM, NR_LIMIT over 2^31 members. */
nr_status nr_sketches_put(nr_sketches *sketches, uint32_t text, const uint64_t *hashes, uint32_t count,
                          nr_error *err);
/* All are in: find what is shared. Errors NR_NOMEM. */
nr_status nr_sketches_link(nr_sketches *sketches, nr_error *err);

/* Tell the later texts near `text` along its shared shingles: `met` and `seen`. Each text once, ascending. */
void nr_sketches_meet(nr_sketches *sketches, uint32_t text);
/* Could x and y resemble each other so much, or the lesser be contained so far in the greater? No, where
 * their prints say that it is three deviations away. */
bool nr_sketches_could_share(const nr_sketches *sketches, uint32_t x, uint32_t y, double resemblance,
                             double containment);

#endif
