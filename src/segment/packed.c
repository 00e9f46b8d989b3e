/* packed.c: opening and searching packed columns. Floor 2. */
#include "segment/packed.h"

bool nr_packed_open(nr_text *bytes, uint32_t count, nr_packed *packed)
{
  if (bytes->size < NR_PACKED_HEAD + NR_PACKED_TAIL)
    return false;
  const uint8_t *head = (const uint8_t *)bytes->bytes;
  uint32_t width = head[12];
  if (nr_load_u32(head + 8) != count || width > NR_PACKED_WIDTH_MAX)
    return false;
  uint64_t size = nr_packed_size(count, width);
  if (size > bytes->size)
    return false;
  *packed = (nr_packed){head + NR_PACKED_HEAD, nr_load_u64(head), ((uint64_t)1 << width) - 1, count, width};
  bytes->bytes += size;
  bytes->size -= (size_t)size;
  return true;
}

void nr_packed_read(const nr_packed *packed, uint32_t first, uint32_t count, uint32_t max, uint32_t *values)
{
  assert(first <= packed->count && count <= packed->count - first);
  uint64_t bit = (uint64_t)first * packed->width;
  for (uint32_t i = 0; i < count; i++, bit += packed->width) {
    uint64_t value = packed->base + (nr_load_u64(packed->bits + bit / 8) >> (bit % 8) & packed->mask);
    values[i] = value < max ? (uint32_t)value : max;
  }
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
