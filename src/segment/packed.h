/* packed.h: numbers in as few bits as the largest needs, lists of byte strings, variable-length numbers.
 * Floor 2: includes base/ only. Reading never leaves the bytes that were handed in. */
#ifndef NR_PACKED_H
#define NR_PACKED_H

#include <assert.h>

#include "base/bytes.h"
#include "base/status.h"

/* A column of numbers: value i is base + the i-th group of `width` bits, least significant bit first.
 *
 *   0  u64 base    8  u32 count    12  u8 width (0-56)    13  u8 kind: 0    14  zeros
 *   16 count x width bits, zeros to a multiple of 8 bytes, 8 more bytes of zeros
 *
 * Where that is smaller, every 128 values have a base and a width of their own:
 *
 *   0  u64 0    8  u32 count    12  u8 0    13  u8 kind: 1    14  zeros
 *   16 for each group of 128: u64 base, u32 offset of its bits, u8 width, 3 zeros
 *   .. the groups' bits, each from a whole byte on, zeros to a multiple of 8 bytes, 8 more bytes of zeros */
typedef struct nr_packed {
  const uint8_t *bits;
  const uint8_t *groups; /* NULL for the first kind */
  uint64_t base, mask;
  uint64_t last; /* offset of the last 8 bytes that can be read from `bits` */
  uint32_t count, width;
} nr_packed;

enum { NR_PACKED_HEAD = 16, NR_PACKED_TAIL = 8, NR_PACKED_WIDTH_MAX = 56, NR_PACKED_GROUP = 128 };

static inline uint64_t nr_packed_get_grouped(const nr_packed *packed, uint32_t i)
{
  const uint8_t *group = packed->groups + (size_t)(i / NR_PACKED_GROUP) * 16;
  uint32_t width = group[12] <= NR_PACKED_WIDTH_MAX ? group[12] : NR_PACKED_WIDTH_MAX;
  uint64_t bit = (uint64_t)nr_load_u32(group + 8) * 8 + (uint64_t)(i % NR_PACKED_GROUP) * width;
  uint64_t at = bit / 8 < packed->last ? bit / 8 : packed->last;
  return nr_load_u64(group) + (nr_load_u64(packed->bits + at) >> (bit % 8) & (((uint64_t)1 << width) - 1));
}

static inline uint64_t nr_packed_get(const nr_packed *packed, uint32_t i)
{
  assert(i < packed->count);
  if (packed->groups != NULL)
    return nr_packed_get_grouped(packed, i);
  uint64_t bit = (uint64_t)i * packed->width;
  return packed->base + (nr_load_u64(packed->bits + bit / 8) >> (bit % 8) & packed->mask);
}

/* Start fetching value i into the cache. */
static inline void nr_packed_prefetch(const nr_packed *packed, uint32_t i)
{
  __builtin_prefetch(packed->groups != NULL ? packed->groups + (size_t)(i / NR_PACKED_GROUP) * 16
                                            : packed->bits + (uint64_t)i * packed->width / 8);
}

/* The same where that has been fetched: its bits, which lie elsewhere in a grouped column. */
static inline void nr_packed_prefetch_bits(const nr_packed *packed, uint32_t i)
{
  if (packed->groups == NULL)
    return;
  const uint8_t *group = packed->groups + (size_t)(i / NR_PACKED_GROUP) * 16;
  uint64_t at = nr_load_u32(group + 8) + (uint64_t)(i % NR_PACKED_GROUP) * group[12] / 8;
  __builtin_prefetch(packed->bits + (at < packed->last ? at : packed->last));
}

/* The value as 32 bits, at most `max`: what came from the file stays in bounds. */
static inline uint32_t nr_packed_at_most(const nr_packed *packed, uint32_t i, uint32_t max)
{
  uint64_t value = nr_packed_get(packed, i);
  return value < max ? (uint32_t)value : max;
}

/* Bytes of a column of the first kind on disk. */
static inline uint64_t nr_packed_size(uint32_t count, uint32_t width)
{
  return NR_PACKED_HEAD + ((uint64_t)count * width + 63) / 64 * 8 + NR_PACKED_TAIL;
}

/* Bits that `value` needs. */
static inline uint32_t nr_bits(uint64_t value)
{
  return value == 0 ? 0 : 64 - (uint32_t)__builtin_clzll(value);
}

/* Read the column at the start of `bytes` and move `bytes` behind it; false when it does not fit or
 * has not `count` numbers. Nothing is moved then. */
bool nr_packed_open(nr_text *bytes, uint32_t count, nr_packed *packed);

/* Number of values <= `value` in an ascending column: a binary search. */
uint32_t nr_packed_upper(const nr_packed *packed, uint64_t value);
/* The same where `from` values are known to be: near ones are found first. */
uint32_t nr_packed_upper_from(const nr_packed *packed, uint32_t from, uint64_t value);

/* A list of byte strings: a column of count + 1 offsets, then the bytes, zeros to a multiple of 8. */
typedef struct nr_strings {
  nr_packed offsets;
  nr_text pool;
  uint32_t count;
} nr_strings;

static inline nr_text nr_strings_get(const nr_strings *strings, uint32_t i)
{
  uint64_t start = nr_packed_get(&strings->offsets, i), end = nr_packed_get(&strings->offsets, i + 1);
  if (end > strings->pool.size)
    end = strings->pool.size;
  if (start > end)
    start = end;
  return (nr_text){strings->pool.bytes + start, (size_t)(end - start)};
}

bool nr_strings_open(nr_text *bytes, uint32_t count, nr_strings *strings);

/* Find the first string >= `wanted` in a sorted list; `equal` says whether it is `wanted`. */
uint32_t nr_strings_lower(const nr_strings *strings, nr_text wanted, bool *equal);

/* The same in many lists at once, so that what each step waits for is waited for together. */
typedef struct nr_strings_search {
  const nr_strings *strings;
  uint32_t low, high; /* in the end both are the answer */
  bool equal;
} nr_strings_search;
void nr_strings_lower_many(nr_strings_search *searches, uint32_t count, nr_text wanted);

/* ---- variable-length numbers: 7 bits a byte, low bits first, the high bit says "more" ---- */

enum { NR_VARINT_SIZE_MAX = 5 };

static inline size_t nr_varint_put(uint8_t out[NR_VARINT_SIZE_MAX], uint32_t value)
{
  size_t size = 0;
  for (; value >= 0x80; value >>= 7)
    out[size++] = (uint8_t)(value | 0x80);
  out[size++] = (uint8_t)value;
  return size;
}

/* Read a number at *at; UINT32_MAX and *at = size where the bytes end too early or run too long. */
static inline uint32_t nr_varint_get(nr_text bytes, size_t *at)
{
  uint32_t value = 0;
  for (uint32_t shift = 0; *at < bytes.size && shift < 35; shift += 7) {
    uint8_t byte = (uint8_t)bytes.bytes[(*at)++];
    value |= (uint32_t)(byte & 0x7F) << shift;
    if (byte < 0x80)
      return value;
  }
  *at = bytes.size;
  return UINT32_MAX;
}

#endif
