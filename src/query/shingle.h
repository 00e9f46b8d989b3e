/* shingle.h: an article as the set of its five-word runs. Inside src/query only. Floor 4. */
#ifndef NR_SHINGLE_H
#define NR_SHINGLE_H

#include "corpus/corpus.h"

enum { NR_SHINGLE_WORDS = 5 };

/* Hashes of the folded forms of a segment: what shingles are made of, the same in every segment. */
typedef struct nr_form_hashes {
  uint64_t *hashes; /* one a form */
  uint8_t *numbers; /* 1 where the form starts with a digit */
} nr_form_hashes;

/* Hashes of a segment's forms, in `arena`. Errors NR_NOMEM. */
nr_status nr_form_hashes_of(const nr_segment *segment, nr_arena *arena, nr_form_hashes *hashes,
                            nr_error *err);

/* Shingles of one article; reused from article to article. */
typedef struct nr_shingles {
  nr_buffer surfaces, hashes, numbers; /* u32, u64, u64 */
  uint32_t count, number_count;
} nr_shingles;

void nr_shingles_init(nr_shingles *shingles, const nr_memory *memory);
void nr_shingles_clear(nr_shingles *shingles);

/* The tokens that stand for an article: its line, or the margin where hardly anything is on the line. */
void nr_shingle_tokens(const nr_segment *segment, uint32_t article, uint32_t *first, uint32_t *end);

/* Hash the shingles of an article, in text order; its numbers too. Errors NR_NOMEM. */
nr_status nr_shingles_read(nr_shingles *shingles, const nr_segment *segment, const nr_form_hashes *hashes,
                           uint32_t article, nr_error *err);
/* Make both lists sets: sorted, each once. */
void nr_shingles_sort(nr_shingles *shingles);

/* Members that two sorted sets share. */
uint32_t nr_set_shared(const uint64_t *a, uint32_t a_count, const uint64_t *b, uint32_t b_count);

#endif
