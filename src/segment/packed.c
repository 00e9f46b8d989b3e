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

uint32_t nr_packed_upper(const nr_packed *packed, uint64_t value)
{
  uint32_t low = 0, high = packed->count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (nr_packed_get(packed, middle) <= value)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
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

uint32_t nr_strings_lower(const nr_strings *strings, nr_text wanted, bool *equal)
{
  uint32_t low = 0, high = strings->count;
  *equal = false;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    int order = nr_text_compare(nr_strings_get(strings, middle), wanted);
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
    *equal |= order == 0;
  }
  return low;
}
