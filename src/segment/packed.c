/* packed.c: opening and searching packed columns. Floor 2. */
#include "segment/packed.h"

static bool open_flat(nr_text *bytes, uint32_t count, nr_packed *packed)
{
  const uint8_t *head = (const uint8_t *)bytes->bytes;
  uint32_t width = head[12];
  if (width > NR_PACKED_WIDTH_MAX)
    return false;
  uint64_t size = nr_packed_size(count, width);
  if (size > bytes->size)
    return false;
  *packed = (nr_packed){.bits = head + NR_PACKED_HEAD,
                        .base = nr_load_u64(head),
                        .mask = ((uint64_t)1 << width) - 1,
                        .count = count,
                        .width = width};
  *bytes = (nr_text){bytes->bytes + size, bytes->size - (size_t)size};
  return true;
}

/* The size is that of the last group's end; groups that point elsewhere read what is there. */
static bool open_grouped(nr_text *bytes, uint32_t count, nr_packed *packed)
{
  uint64_t groups = ((uint64_t)count + NR_PACKED_GROUP - 1) / NR_PACKED_GROUP,
           head = NR_PACKED_HEAD + groups * 16;
  if (count == 0 || head > bytes->size)
    return false;
  const uint8_t *last = (const uint8_t *)bytes->bytes + head - 16;
  uint64_t values = (count - 1) % NR_PACKED_GROUP + 1, width = last[12];
  uint64_t size = ((uint64_t)nr_load_u32(last + 8) + (values * width + 7) / 8 + 7) / 8 * 8 + NR_PACKED_TAIL;
  if (width > NR_PACKED_WIDTH_MAX || size > bytes->size - head)
    return false;
  *packed = (nr_packed){.bits = (const uint8_t *)bytes->bytes + head,
                        .groups = (const uint8_t *)bytes->bytes + NR_PACKED_HEAD,
                        .last = size - 8,
                        .count = count};
  *bytes = (nr_text){bytes->bytes + head + size, bytes->size - (size_t)(head + size)};
  return true;
}

bool nr_packed_open(nr_text *bytes, uint32_t count, nr_packed *packed)
{
  if (bytes->size < NR_PACKED_HEAD + NR_PACKED_TAIL)
    return false;
  const uint8_t *head = (const uint8_t *)bytes->bytes;
  if (nr_load_u32(head + 8) != count || head[13] > 1)
    return false;
  return head[13] == 0 ? open_flat(bytes, count, packed) : open_grouped(bytes, count, packed);
}

static uint32_t upper_in(const nr_packed *packed, uint32_t low, uint32_t high, uint64_t value)
{
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (nr_packed_get(packed, middle) <= value)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

uint32_t nr_packed_upper(const nr_packed *packed, uint64_t value)
{
  return upper_in(packed, 0, packed->count, value);
}

uint32_t nr_packed_upper_from(const nr_packed *packed, uint32_t from, uint64_t value)
{
  uint32_t low = from, step = 1;
  while (step < packed->count - low && nr_packed_get(packed, low + step) <= value) {
    low += step;
    step *= 2;
  }
  return upper_in(packed, low, step < packed->count - low ? low + step : packed->count, value);
}

bool nr_strings_open(nr_text *bytes, uint32_t count, nr_strings *strings)
{
  nr_text rest = *bytes;
  nr_packed offsets;
  if (count == UINT32_MAX || !nr_packed_open(&rest, count + 1, &offsets))
    return false;
  uint64_t size = nr_packed_get(&offsets, count);
  if (size > rest.size)
    return false;
  uint64_t padded = (size + 7) & ~(uint64_t)7;
  if (padded > rest.size)
    return false;
  *strings = (nr_strings){offsets, {rest.bytes, (size_t)size}, count};
  *bytes = (nr_text){rest.bytes + padded, rest.size - (size_t)padded};
  return true;
}

/* The first eight bytes as a number that orders as they do; what is missing counts as 0. */
static uint64_t head_of(nr_text text, const char *end)
{
  uint64_t head = 0;
  if ((size_t)(end - text.bytes) >= 8) {
    head = nr_load_big_u64(text.bytes);
    return text.size >= 8 ? head : text.size == 0 ? 0 : head & ~(UINT64_MAX >> (8 * text.size));
  }
  for (size_t i = 0; i < 8; i++)
    head = head << 8 | (i < text.size ? (uint8_t)text.bytes[i] : 0);
  return head;
}

/* Compare `wanted` with the string in the middle, and go on in the half where it is. */
static void halve(nr_strings_search *search, nr_text wanted, uint64_t head)
{
  const nr_strings *strings = search->strings;
  uint32_t middle = search->low + (search->high - search->low) / 2;
  nr_text text = nr_strings_get(strings, middle);
  uint64_t other = head_of(text, strings->pool.bytes + strings->pool.size);
  int order = other != head ? (other < head ? -1 : 1) : nr_text_compare(text, wanted);
  search->low = order < 0 ? middle + 1 : search->low;
  search->high = order < 0 ? search->high : middle;
  search->equal |= order == 0;
}

static uint64_t head_of_wanted(nr_text wanted)
{
  return wanted.size == 0 ? 0 : head_of(wanted, wanted.bytes + wanted.size);
}

uint32_t nr_strings_lower(const nr_strings *strings, nr_text wanted, bool *equal)
{
  nr_strings_search search = {strings, 0, strings->count, false};
  uint64_t head = head_of_wanted(wanted);
  while (search.low < search.high)
    halve(&search, wanted, head);
  *equal = search.equal;
  return search.low;
}

void nr_strings_lower_many(nr_strings_search *searches, uint32_t count, nr_text wanted)
{
  uint64_t head = head_of_wanted(wanted);
  for (bool open = true; open;) {
    open = false;
    for (int step = 0; step < 4; step++)
      for (uint32_t i = 0; i < count; i++) {
        nr_strings_search *search = &searches[i];
        const nr_strings *strings = search->strings;
        uint32_t middle = search->low + (search->high - search->low) / 2;
        if (search->low == search->high)
          continue;
        if (step == 0)
          nr_packed_prefetch(&strings->offsets, middle);
        else if (step == 1)
          nr_packed_prefetch_bits(&strings->offsets, middle);
        else if (step == 2)
          __builtin_prefetch(nr_strings_get(strings, middle).bytes);
        else {
          halve(search, wanted, head);
          open = open || search->low < search->high;
        }
      }
  }
}
