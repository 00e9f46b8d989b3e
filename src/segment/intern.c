/* intern.c: an open-addressing table of byte strings. Floor 2. */
#include "segment/intern.h"

#include "base/hash.h"

enum { slots_min = 1024, strings_max = 0x7FFFFFFF };

void nr_intern_init(nr_intern *intern, const nr_memory *memory)
{
  *intern = (nr_intern){.memory = memory};
  nr_arena_init(&intern->arena, memory);
}

void nr_intern_clear(nr_intern *intern)
{
  nr_release(intern->memory, intern->texts, intern->capacity * sizeof *intern->texts);
  nr_release(intern->memory, intern->slots, intern->slot_count * sizeof *intern->slots);
  nr_arena_clear(&intern->arena);
  nr_intern_init(intern, intern->memory);
}

uint64_t nr_intern_memory(const nr_intern *intern)
{
  return intern->arena.total + intern->capacity * sizeof *intern->texts +
         intern->slot_count * sizeof *intern->slots;
}

enum { inline_max = 11, long_mark = 255 };

/* The first `size` of the 8 bytes at `bytes`, 0 to 8. */
static uint64_t word_at(const char *bytes, size_t size)
{
  return size >= 8 ? nr_load_u64(bytes) : nr_load_u64(bytes) & ~(UINT64_MAX << 8 * size);
}

static void make_key(nr_text text, size_t readable, nr_intern_key *key)
{
  char copy[12] = {0};
  const char *bytes = text.bytes;
  if (text.size > inline_max) {
    key->head = nr_hash64(text.bytes, text.size);
    key->rest = (uint32_t)long_mark << 24;
    return;
  }
  if (readable < 12) {
    if (text.size > 0)
      memcpy(copy, text.bytes, text.size);
    bytes = copy;
  }
  key->head = word_at(bytes, text.size);
  key->rest = (uint32_t)text.size << 24;
  if (text.size > 8)
    key->rest |= nr_load_u32(bytes + 8) & ~(UINT32_MAX << 8 * (text.size - 8));
}

/* Spread the key: a table takes the lowest bits. */
static size_t spread(uint64_t head, uint32_t rest)
{
  uint64_t mixed = head * 0x9E3779B97F4A7C15u + rest * 0xBF58476D1CE4E5B9u;
  mixed ^= mixed >> 32;
  return (size_t)(mixed * 0xD6E8FEB86659FD93u >> 20);
}

static nr_status grow_slots(nr_intern *intern, nr_error *err)
{
  size_t count = intern->slot_count == 0 ? slots_min : intern->slot_count * 2;
  nr_intern_slot *slots = nr_alloc_zeroed(intern->memory, count, sizeof *slots);
  if (slots == NULL)
    return nr_fail_memory(err);
  for (size_t i = 0; i < count; i++)
    slots[i].number = UINT32_MAX;
  for (size_t i = 0; i < intern->slot_count; i++) {
    nr_intern_slot slot = intern->slots[i];
    if (slot.number == UINT32_MAX)
      continue;
    size_t at = spread(slot.head, slot.rest) & (count - 1);
    while (slots[at].number != UINT32_MAX)
      at = (at + 1) & (count - 1);
    slots[at] = slot;
  }
  nr_release(intern->memory, intern->slots, intern->slot_count * sizeof *slots);
  intern->slots = slots;
  intern->slot_count = count;
  return NR_OK;
}

static nr_status add_text(nr_intern *intern, const nr_intern_key *wanted, nr_intern_slot *slot, nr_error *err)
{
  nr_text text = wanted->text;
  if (intern->count >= strings_max || text.size > UINT32_MAX)
    return nr_fail(err, NR_LIMIT, "too many different words in one segment");
  NR_TRY(nr_grow(intern->memory, &intern->texts, &intern->capacity, intern->count + 1, sizeof *intern->texts,
                 err));
  char *copy = nr_arena_copy(&intern->arena, text.bytes, text.size);
  if (copy == NULL)
    return nr_fail_memory(err);
  *slot = (nr_intern_slot){wanted->head, wanted->rest, (uint32_t)intern->count};
  intern->texts[intern->count++] = (nr_text){copy, text.size};
  return NR_OK;
}

void nr_intern_prepare(const nr_intern *intern, nr_text text, size_t readable, nr_intern_key *key)
{
  key->text = text;
  make_key(text, readable, key);
  key->home = spread(key->head, key->rest);
  if (intern->slot_count > 0)
    __builtin_prefetch(&intern->slots[key->home & (intern->slot_count - 1)]);
}

static bool same_text(const nr_intern *intern, const nr_intern_key *wanted, uint32_t number)
{
  return wanted->text.size <= inline_max || nr_text_equal(intern->texts[number], wanted->text);
}

nr_status nr_intern_add_prepared(nr_intern *intern, const nr_intern_key *wanted, uint32_t *number,
                                 nr_error *err)
{
  if (intern->count * 2 >= intern->slot_count)
    NR_TRY(grow_slots(intern, err));
  size_t mask = intern->slot_count - 1;
  for (size_t at = wanted->home & mask;; at = (at + 1) & mask) {
    nr_intern_slot *slot = &intern->slots[at];
    if (slot->number == UINT32_MAX)
      NR_TRY(add_text(intern, wanted, slot, err));
    else if (slot->head != wanted->head || slot->rest != wanted->rest ||
             !same_text(intern, wanted, slot->number))
      continue;
    *number = slot->number;
    return NR_OK;
  }
}

nr_status nr_intern_add(nr_intern *intern, nr_text text, size_t readable, uint32_t *number, nr_error *err)
{
  nr_intern_key key;
  nr_intern_prepare(intern, text, readable, &key);
  return nr_intern_add_prepared(intern, &key, number, err);
}
