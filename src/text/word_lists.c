/* word_lists.c: the built-in minimum, and lists handed down. Floor 1. */
#include "text/word_lists.h"

#include <stdlib.h>

#include "base/hash.h"

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

/* The built-in minimum: words in byte order. */
#define T NR_WORD_TITLE
#define A NR_WORD_ABBREVIATION
#define N NR_WORD_BEFORE_NUMBER
#define S NR_WORD_STARTER
#define C NR_WORD_CUE
static const struct minimum {
  const char *word;
  uint32_t meanings;
} minimum[] = {
    {"a", S},         {"a.m", A},      {"added", C},   {"adm", T},       {"after", S}, {"al", A},
    {"all", S},       {"although", S}, {"and", S},     {"announced", C}, {"apr", N},   {"as", S},
    {"asked", C},     {"at", S},       {"atty", T},    {"aug", N},       {"ave", A},   {"blvd", A},
    {"brig", T},      {"bros", A},     {"but", S},     {"by", S},        {"capt", T},  {"cf", T},
    {"cmdr", T},      {"co", A},       {"col", T},     {"corp", A},      {"cpl", T},   {"dec", N},
    {"dept", A},      {"dr", T},       {"e.g", T},     {"est", A},       {"etc", A},   {"feb", N},
    {"fig", N},       {"for", S},      {"from", S},    {"gen", T},       {"gov", T},   {"he", S},
    {"hon", T},       {"how", S},      {"however", S}, {"i", S},         {"i.e", T},   {"if", S},
    {"in", S},        {"inc", A},      {"it", S},      {"its", S},       {"jan", N},   {"jr", A},
    {"jul", N},       {"jun", N},      {"lt", T},      {"ltd", A},       {"maj", T},   {"mar", N},
    {"meanwhile", S}, {"messrs", T},   {"mr", T},      {"mrs", T},       {"ms", T},    {"mt", T},
    {"my", S},        {"no", N},       {"nos", N},     {"nov", N},       {"oct", N},   {"on", S},
    {"one", S},       {"p", N},        {"p.m", A},     {"pp", N},        {"pres", T},  {"prof", T},
    {"rd", A},        {"rep", T},      {"replied", C}, {"reps", T},      {"rev", T},   {"said", C},
    {"says", C},      {"sec", N},      {"sen", T},     {"sens", T},      {"sept", N},  {"sgt", T},
    {"she", S},       {"so", S},       {"some", S},    {"sr", A},        {"st", T},    {"supt", T},
    {"that", S},      {"the", S},      {"their", S},   {"then", S},      {"there", S}, {"these", S},
    {"they", S},      {"this", S},     {"those", S},   {"to", S},        {"told", C},  {"u.s", A},
    {"v", T},         {"vol", N},      {"vs", T},      {"was", S},       {"we", S},    {"what", S},
    {"when", S},      {"where", S},    {"while", S},   {"who", S},       {"why", S},   {"with", S},
    {"wrote", C},     {"you", S},
};
#undef T
#undef A
#undef N
#undef S
#undef C

static int compare(const void *key, const void *item)
{
  return nr_text_compare(*(const nr_text *)key, nr_text_of(((const struct minimum *)item)->word));
}

uint32_t nr_word_meanings(const nr_word_lists *lists, nr_text folded)
{
  if (lists == NULL) {
    const struct minimum *found =
        bsearch(&folded, minimum, sizeof minimum / sizeof *minimum, sizeof *minimum, compare);
    return found == NULL ? 0 : found->meanings;
  }
  return lists->count == 0 ? 0 : find(lists->entries, lists->capacity, folded)->meanings;
}
