/* word_set.c: open addressing, half full at most. Floor 1. */
#include <string.h>

#include "text/word_set.h"

struct nr_word_set_entry {
  uint32_t hash, offset, size; /* of the word in `bytes` */
  uint32_t id;                 /* counted from 1; 0: free */
};

typedef struct nr_word_set_entry entry;

void nr_word_set_init(nr_word_set *set, const nr_memory *memory)
{
  *set = (nr_word_set){.memory = memory};
  nr_buffer_init(&set->bytes, memory);
}

void nr_word_set_clear(nr_word_set *set)
{
  const nr_memory *memory = set->memory;
  nr_release(memory, set->entries, set->capacity * sizeof *set->entries);
  nr_buffer_clear(&set->bytes);
  nr_word_set_init(set, memory);
}

static uint32_t hash_of(nr_text word)
{
  uint32_t hash = UINT32_C(2166136261);
  for (size_t i = 0; i < word.size; i++)
    hash = (hash ^ (uint8_t)word.bytes[i]) * UINT32_C(16777619);
  return hash ^ hash >> 15;
}

/* The entry of a word, or the free one where it belongs. The table is never full. */
static entry *slot_of(const nr_word_set *set, nr_text word, uint32_t hash)
{
  size_t mask = set->capacity - 1;
  for (size_t i = hash & mask;; i = (i + 1) & mask) {
    entry *one = &set->entries[i];
    if (one->id == 0 || (one->hash == hash && one->size == word.size &&
                         memcmp(set->bytes.bytes + one->offset, word.bytes, word.size) == 0))
      return one;
  }
}

static nr_status make_room(nr_word_set *set, nr_error *err)
{
  if (set->count * 2 < set->capacity)
    return NR_OK;
  size_t before = set->capacity, after = before == 0 ? 256 : before * 2;
  entry *old = set->entries, *entries = nr_alloc_zeroed(set->memory, after, sizeof *entries);
  if (entries == NULL)
    return nr_fail(err, NR_NOMEM, "no memory for a set of words");
  set->entries = entries;
  set->capacity = after;
  for (size_t i = 0; i < before; i++)
    if (old[i].id > 0)
      *slot_of(set, (nr_text){set->bytes.bytes + old[i].offset, old[i].size}, old[i].hash) = old[i];
  nr_release(set->memory, old, before * sizeof *old);
  return NR_OK;
}

nr_status nr_word_set_add(nr_word_set *set, nr_text word, uint32_t *id, bool *added, nr_error *err)
{
  NR_TRY(make_room(set, err));
  uint32_t hash = hash_of(word);
  entry *one = slot_of(set, word, hash);
  *added = one->id == 0;
  if (*added) {
    if (word.size > UINT32_MAX - set->bytes.size)
      return nr_fail(err, NR_LIMIT, "more than 4 GiB of words");
    uint32_t offset = (uint32_t)set->bytes.size;
    NR_TRY(nr_buffer_put(&set->bytes, word.bytes, word.size, err));
    *one = (entry){hash, offset, (uint32_t)word.size, ++set->count};
  }
  *id = one->id - 1;
  return NR_OK;
}

bool nr_word_set_find(const nr_word_set *set, nr_text word, uint32_t *id)
{
  if (set->capacity == 0)
    return false;
  const entry *one = slot_of(set, word, hash_of(word));
  if (one->id > 0)
    *id = one->id - 1;
  return one->id > 0;
}
