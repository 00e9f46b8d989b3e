/* repeats.c: a table of line hashes. Floor 4. */
#include "ingest/repeats.h"

#include "base/hash.h"

typedef struct nr_repeat {
  uint64_t key;     /* of source and line; 0 is free */
  uint32_t article; /* the last one that had it, by what stands for it */
  uint32_t count;
} nr_repeat;

enum { room_min = 1024, lines_max = 4000000, short_bytes_max = 100 };

void nr_repeats_init(nr_repeats *repeats, const nr_memory *memory)
{
  *repeats = (nr_repeats){.memory = memory};
}

void nr_repeats_clear(nr_repeats *repeats)
{
  nr_release(repeats->memory, repeats->slots, repeats->room * sizeof *repeats->slots);
  nr_repeats_init(repeats, repeats->memory);
}

static uint64_t key_of(uint64_t outlet, nr_text line)
{
  return XXH3_64bits_withSeed(line.bytes, line.size, outlet) | 1;
}

static nr_repeat *slot_of(nr_repeat *slots, size_t room, uint64_t key)
{
  size_t at = (size_t)(key >> 1) & (room - 1);
  while (slots[at].key != 0 && slots[at].key != key)
    at = (at + 1) & (room - 1);
  return &slots[at];
}

static nr_status grow(nr_repeats *r, nr_error *err)
{
  size_t room = r->room == 0 ? room_min : r->room * 2;
  nr_repeat *slots = nr_alloc_zeroed(r->memory, room, sizeof *slots);
  if (slots == NULL)
    return nr_fail_memory(err);
  for (size_t i = 0; i < r->room; i++)
    if (r->slots[i].key != 0)
      *slot_of(slots, room, r->slots[i].key) = r->slots[i];
  nr_release(r->memory, r->slots, r->room * sizeof *slots);
  r->slots = slots;
  r->room = room;
  return NR_OK;
}

static nr_status count_one(nr_repeats *r, uint64_t key, uint32_t article, nr_error *err)
{
  if ((r->count + 1) * 2 > r->room)
    NR_TRY(grow(r, err));
  nr_repeat *slot = slot_of(r->slots, r->room, key);
  if (slot->key == 0) {
    if (r->count >= lines_max)
      return NR_OK;
    r->count++;
    *slot = (nr_repeat){key, article, 1};
  } else if (slot->article != article) {
    slot->article = article;
    slot->count += slot->count < UINT32_MAX;
  }
  return NR_OK;
}

/* The next line at or behind *at, blanks cut off; empty ones too. */
static nr_text next_line(const char **at, const char *end)
{
  const char *from = *at, *to = memchr(from, '\n', (size_t)(end - from));
  to = to == NULL ? end : to;
  *at = to + (to < end);
  while (from < to && (uint8_t)*from <= ' ')
    from++;
  while (from < to && (uint8_t)to[-1] <= ' ')
    to--;
  return (nr_text){from, (size_t)(to - from)};
}

nr_status nr_repeats_learn(nr_repeats *r, nr_text source, nr_text text, nr_error *err)
{
  const char *start = text.bytes == NULL ? "" : text.bytes, *end = start + text.size;
  nr_text longest = NR_TEXT("");
  for (const char *at = start; at < end;) {
    nr_text line = next_line(&at, end);
    if (line.size > longest.size)
      longest = line;
  }
  if (longest.size <= short_bytes_max)
    longest = (nr_text){start, text.size};
  uint64_t outlet = nr_hash64(source.bytes, source.size);
  uint32_t article = (uint32_t)nr_hash64(longest.bytes, longest.size);
  NR_TRY(count_one(r, key_of(outlet, NR_TEXT("")), article, err));
  for (const char *at = start; at < end;) {
    nr_text line = next_line(&at, end);
    if (line.size > 0 && line.size <= NR_REPEAT_BYTES_MAX && line.size < longest.size)
      NR_TRY(count_one(r, key_of(outlet, line), article, err));
  }
  return NR_OK;
}

uint32_t nr_repeats_count(const nr_repeats *r, nr_text source, nr_text line)
{
  if (r->room == 0)
    return 0;
  uint64_t outlet = nr_hash64(source.bytes, source.size);
  return slot_of(r->slots, r->room, key_of(outlet, line.bytes == NULL ? NR_TEXT("") : line))->count;
}
