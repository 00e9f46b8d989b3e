/* word_set.h: a set of words, numbered from 0 as they come. Floor 1: includes base/ only. */
#ifndef NR_WORD_SET_H
#define NR_WORD_SET_H

#include "base/bytes.h"
#include "base/memory.h"

/* Fields are for the set alone. */
typedef struct nr_word_set {
  const nr_memory *memory;
  struct nr_word_set_entry *entries;
  uint32_t count;
  size_t capacity; /* of entries: a power of two */
  nr_buffer bytes; /* the words, one behind the other */
} nr_word_set;

void nr_word_set_init(nr_word_set *set, const nr_memory *memory);
/* Free all; the set is empty and can be used again. */
void nr_word_set_clear(nr_word_set *set);

/* Find a word or add it.
 *
 * id      its number, on success; `*added` says whether it is new.
 * Errors  NR_NOMEM; NR_LIMIT: more than 4 GiB of words. */
nr_status nr_word_set_add(nr_word_set *set, nr_text word, uint32_t *id, bool *added, nr_error *err);

/* Find a word's number; false where it is not in the set. Threads any number at once. */
bool nr_word_set_find(const nr_word_set *set, nr_text word, uint32_t *id);

#endif
