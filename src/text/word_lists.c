/* word_lists.c: the built-in lists, and those handed down. Floor 1. */
#include "text/word_lists.h"

#include "base/hash.h"
#include "text/char_table.h"
#include "text/fold.h"
#include "text/utf8.h"
#include "text/words_table.h"

typedef struct entry {
  nr_text word; /* missing: free */
  uint32_t meanings;
} entry;

struct nr_word_lists {
  nr_arena words;
  entry *entries; /* open addressing; capacity a power of two, at most half full */
  size_t count, capacity;
};

nr_status nr_word_lists_new(const nr_memory *memory, nr_word_lists **lists, nr_error *err)
{
  nr_word_lists *made = nr_alloc_zeroed(memory, 1, sizeof *made);

  if (made == NULL)
    return nr_fail_memory(err);
  nr_arena_init(&made->words, memory);
  *lists = made;
  return NR_OK;
}

void nr_word_lists_free(nr_word_lists *lists)
{
  const nr_memory *memory;

  if (lists == NULL)
    return;
  memory = lists->words.memory;
  nr_arena_clear(&lists->words);
  nr_release(memory, lists->entries, lists->capacity * sizeof(entry));
  nr_release(memory, lists, sizeof *lists);
}

/* The entry of a word, or the free one where it belongs. */
static entry *find(entry *entries, size_t capacity, nr_text word)
{
  size_t at = (size_t)nr_hash64(word.bytes, word.size) & (capacity - 1);

  while (entries[at].word.bytes != NULL && !nr_text_equal(entries[at].word, word))
    at = (at + 1) & (capacity - 1);
  return &entries[at];
}

static nr_status grow(nr_word_lists *lists, nr_error *err)
{
  const nr_memory *memory = lists->words.memory;
  size_t capacity = lists->capacity == 0 ? 256 : lists->capacity * 2;
  entry *entries = nr_alloc_zeroed(memory, capacity, sizeof *entries);

  if (entries == NULL)
    return nr_fail_memory(err);
  for (size_t i = 0; i < lists->capacity; i++)
    if (lists->entries[i].word.bytes != NULL)
      *find(entries, capacity, lists->entries[i].word) = lists->entries[i];
  nr_release(memory, lists->entries, lists->capacity * sizeof *entries);
  lists->entries = entries;
  lists->capacity = capacity;
  return NR_OK;
}

nr_status nr_word_lists_put(nr_word_lists *lists, nr_text word, uint32_t meanings, nr_error *err)
{
  entry *found;
  const char *bytes;

  if ((lists->count + 1) * 2 > lists->capacity)
    NR_TRY(grow(lists, err));
  found = find(lists->entries, lists->capacity, word);
  if (found->word.bytes == NULL) {
    bytes = nr_arena_copy(&lists->words, word.size == 0 ? "" : word.bytes, word.size);
    if (bytes == NULL)
      return nr_fail_memory(err);
    found->word = (nr_text){bytes, word.size};
    lists->count++;
  }
  found->meanings |= meanings;
  return NR_OK;
}

/* ---- looking up ---- */

/* The built-in meanings of a folded word; the hash is FNV-1a, as make_words.lua has it. */
static uint32_t built_in_meanings(nr_text folded)
{
  uint32_t hash = 2166136261, slot;

  for (size_t i = 0; i < folded.size; i++)
    hash = (hash ^ (uint8_t)folded.bytes[i]) * 16777619;
  for (slot = hash % built_in_slot_count; built_in_slots[slot] != 0;
       slot = (slot + 1) % built_in_slot_count) {
    const struct built_in *word = &built_in[built_in_slots[slot] - 1];
    if (word->size == folded.size && memcmp(word->word, folded.bytes, folded.size) == 0)
      return word->meanings;
  }
  return 0;
}

static uint32_t folded_meanings(const nr_word_lists *lists, nr_text folded)
{
  uint32_t meanings = built_in_meanings(folded);

  if (lists != NULL && lists->count > 0)
    meanings |= find(lists->entries, lists->capacity, folded)->meanings;
  return meanings;
}

static bool starts_with_capital(nr_text word)
{
  uint8_t category = nr_char_of(nr_utf8_next(&word.bytes))->category;
  return category == NR_GC_Lu || category == NR_GC_Lt;
}

uint32_t nr_word_meanings(const nr_word_lists *lists, nr_text word)
{
  enum {
    word_size_max = 24,
    abbreviations = NR_WORD_TITLE | NR_WORD_ABBREVIATION | NR_WORD_CLOSING | NR_WORD_BEFORE_NUMBER
  };
  char bytes[word_size_max * 12 + 16]; /* three bytes fold to 36 at most */
  nr_buffer folded = {NULL, bytes, 0, sizeof bytes};
  uint32_t meanings;

  if (word.size == 0 || word.size > word_size_max || nr_fold(word, &folded, NULL) != NR_OK)
    return 0;
  meanings = folded_meanings(lists, (nr_text){bytes, folded.size});
  if ((meanings & NR_WORD_CAPITALISED) != 0 && !starts_with_capital(word))
    meanings &= ~(uint32_t)abbreviations;
  return meanings;
}
