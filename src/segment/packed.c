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

uint32_t nr_strings_lower(const nr_strings *strings, nr_text wanted, bool *equal)
{
  uint32_t low = 0, high = strings->count;
  const char *end = strings->pool.bytes + strings->pool.size;
  uint64_t head = wanted.size == 0 ? 0 : head_of(wanted, wanted.bytes + wanted.size);
  *equal = false;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    nr_text text = nr_strings_get(strings, middle);
    uint64_t other = head_of(text, end);
    int order = other != head ? (other < head ? -1 : 1) : nr_text_compare(text, wanted);
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
    *equal |= order == 0;
  }
  return low;
}
