/* shingle.c: an article as the set of its five-word runs. Floor 4. */
#include "query/shingle.h"

#include <stdlib.h>

#include "base/hash.h"

nr_status nr_form_hashes_of(const nr_segment *segment, nr_arena *arena, nr_form_hashes *hashes, nr_error *err)
{
  uint32_t count = nr_segment_count(segment)->forms;
  hashes->hashes = nr_arena_take_array(arena, count, sizeof *hashes->hashes);
  hashes->numbers = nr_arena_take_array(arena, count, 1);
  if (hashes->hashes == NULL || hashes->numbers == NULL)
    return nr_fail_memory(err);
  for (uint32_t form = 0; form < count; form++) {
    nr_text text = nr_segment_form(segment, form);
    hashes->hashes[form] = nr_hash64(text.bytes, text.size);
    hashes->numbers[form] = text.size > 0 && text.bytes[0] >= '0' && text.bytes[0] <= '9';
  }
  return NR_OK;
}

void nr_shingles_init(nr_shingles *shingles, const nr_memory *memory)
{
  nr_buffer_init(&shingles->surfaces, memory);
  nr_buffer_init(&shingles->hashes, memory);
  nr_buffer_init(&shingles->numbers, memory);
  shingles->count = shingles->number_count = 0;
}

void nr_shingles_clear(nr_shingles *shingles)
{
  nr_buffer_clear(&shingles->surfaces);
  nr_buffer_clear(&shingles->hashes);
  nr_buffer_clear(&shingles->numbers);
}

void nr_shingle_tokens(const nr_segment *segment, uint32_t article, uint32_t *first, uint32_t *end)
{
  uint32_t margin_first, margin_end;
  nr_segment_article_tokens(segment, article, false, first, end);
  nr_segment_article_tokens(segment, article, true, &margin_first, &margin_end);
  if (*end - *first < 2 * NR_SHINGLE_WORDS && margin_end - margin_first > *end - *first) {
    *first = margin_first;
    *end = margin_end;
  }
}

/* Order matters, so each word is turned by its place before it is added. */
static inline uint64_t turned(uint64_t hash, unsigned place)
{
  return hash << (12 * place) | (place == 0 ? 0 : hash >> (64 - 12 * place));
}

/* Spread the sum, so that low bits can choose the sketch (the finalizer of MurmurHash3, public domain). */
static inline uint64_t spread(uint64_t hash)
{
  hash = (hash ^ hash >> 33) * 0xFF51AFD7ED558CCDu;
  hash = (hash ^ hash >> 33) * 0xC4CEB9FE1A85EC53u;
  return hash ^ hash >> 33;
}

nr_status nr_shingles_read(nr_shingles *shingles, const nr_segment *segment, const nr_form_hashes *hashes,
                           uint32_t article, nr_error *err)
{
  uint32_t first, end;
  nr_shingle_tokens(segment, article, &first, &end);
  uint32_t count = end - first;
  shingles->count = shingles->number_count = 0;
  shingles->surfaces.size = shingles->hashes.size = shingles->numbers.size = 0;
  NR_TRY(nr_buffer_reserve(&shingles->surfaces, count * sizeof(uint32_t), err));
  NR_TRY(nr_buffer_reserve(&shingles->hashes, count * sizeof(uint64_t), err));
  NR_TRY(nr_buffer_reserve(&shingles->numbers, count * sizeof(uint64_t), err));
  uint32_t *surfaces = (void *)shingles->surfaces.bytes;
  uint64_t *words = (void *)shingles->hashes.bytes, *numbers = (void *)shingles->numbers.bytes;
  if (count == 0)
    return NR_OK;
  nr_segment_stream(segment, first, count, surfaces);
  for (uint32_t i = 0; i < count; i++) {
    uint32_t form = nr_segment_form_of(segment, surfaces[i]);
    words[i] = hashes->hashes[form];
    if (hashes->numbers[form])
      numbers[shingles->number_count++] = words[i];
  }
  for (uint32_t i = 0; i + NR_SHINGLE_WORDS <= count; i++) {
    uint64_t sum = 0;
    for (unsigned place = 0; place < NR_SHINGLE_WORDS; place++)
      sum += turned(words[i + place], place);
    words[i] = spread(sum);
    shingles->count++;
  }
  return NR_OK;
}

static int compare(const void *a, const void *b)
{
  uint64_t x, y;
  memcpy(&x, a, sizeof x);
  memcpy(&y, b, sizeof y);
  return (x > y) - (x < y);
}

static uint32_t make_set(uint64_t *items, uint32_t count)
{
  uint32_t kept = 0;
  if (count > 1)
    qsort(items, count, sizeof *items, compare);
  for (uint32_t i = 0; i < count; i++)
    if (kept == 0 || items[kept - 1] != items[i])
      items[kept++] = items[i];
  return kept;
}

void nr_shingles_sort(nr_shingles *shingles)
{
  shingles->count = make_set((void *)shingles->hashes.bytes, shingles->count);
  shingles->number_count = make_set((void *)shingles->numbers.bytes, shingles->number_count);
}

uint32_t nr_set_shared(const uint64_t *a, uint32_t a_count, const uint64_t *b, uint32_t b_count)
{
  uint32_t shared = 0;
  for (uint32_t i = 0, j = 0; i < a_count && j < b_count;) {
    shared += a[i] == b[j];
    uint64_t x = a[i], y = b[j];
    i += x <= y;
    j += y <= x;
  }
  return shared;
}
