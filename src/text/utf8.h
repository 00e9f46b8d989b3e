/* utf8.h: reading UTF-8, and repairing what only claims to be.
 * Floor 1: includes base/ only. */
#ifndef NR_UTF8_H
#define NR_UTF8_H

#include "base/bytes.h"
#include "base/memory.h"

/* Read the code point at *at in valid UTF-8 and move *at behind it. *at is below the end. */
static inline uint32_t nr_utf8_next(const char **at)
{
  const uint8_t *p = (const uint8_t *)*at;
  if (p[0] < 0x80) {
    *at += 1;
    return p[0];
  }
  if (p[0] < 0xE0) {
    *at += 2;
    return (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3Fu);
  }
  if (p[0] < 0xF0) {
    *at += 3;
    return (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3Fu);
  }
  *at += 4;
  return (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 | (uint32_t)(p[2] & 0x3F) << 6 |
         (p[3] & 0x3Fu);
}

/* Write `code` as UTF-8 into `bytes` (room for 4) and return the size. */
size_t nr_utf8_put(char bytes[4], uint32_t code);

/* Size of the longest valid prefix (no surrogates, no overlong forms, up to U+10FFFF; U+0000 is
 * valid). Equals text.size when all is well. Cost: one pass, 8 bytes a step over ASCII. */
size_t nr_utf8_valid_prefix(nr_text text);

/* One bad sequence that became U+FFFD. */
typedef struct nr_repair {
  uint32_t at;  /* byte offset of the U+FFFD in the repaired text */
  uint8_t size; /* 1 to 3: how many bytes stood there */
  uint8_t bytes[3];
} nr_repair;

/* Append `text` to `out` with each maximal bad sequence (Unicode 15, table 3-8) replaced by
 * U+FFFD, and append an nr_repair for each to `repairs` (a buffer of structs; may be NULL).
 * Offsets count from the start of what this call appends.
 * Errors NR_NOMEM; NR_LIMIT over 4 GiB. */
nr_status nr_utf8_repair(nr_text text, nr_buffer *out, nr_buffer *repairs, nr_error *err);

#endif
