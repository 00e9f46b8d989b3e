/* utf8.c: validity, repair, writing. Floor 1. */
#include "text/utf8.h"

size_t nr_utf8_put(char bytes[4], uint32_t code)
{
  if (code < 0x80) {
    bytes[0] = (char)code;
    return 1;
  }
  if (code < 0x800) {
    bytes[0] = (char)(0xC0 | code >> 6);
    bytes[1] = (char)(0x80 | (code & 0x3F));
    return 2;
  }
  if (code < 0x10000) {
    bytes[0] = (char)(0xE0 | code >> 12);
    bytes[1] = (char)(0x80 | (code >> 6 & 0x3F));
    bytes[2] = (char)(0x80 | (code & 0x3F));
    return 3;
  }
  bytes[0] = (char)(0xF0 | code >> 18);
  bytes[1] = (char)(0x80 | (code >> 12 & 0x3F));
  bytes[2] = (char)(0x80 | (code >> 6 & 0x3F));
  bytes[3] = (char)(0x80 | (code & 0x3F));
  return 4;
}

static bool between(uint8_t byte, uint8_t low, uint8_t high)
{
  return byte >= low && byte <= high;
}

/* Measure the sequence at `p`, which is below `end`.
 *
 * valid   whether it is well formed (table 3-7).
 * Returns its size when valid; else the size of the maximal bad part, 1 to 3. */
static size_t sequence(const uint8_t *p, const uint8_t *end, bool *valid)
{
  uint8_t low = 0x80, high = 0xBF;
  size_t size, i;

  *valid = false;
  if (p[0] < 0x80)
    return *valid = true, 1;
  if (between(p[0], 0xC2, 0xDF)) {
    size = 2;
  } else if (between(p[0], 0xE0, 0xEF)) {
    size = 3;
    low = p[0] == 0xE0 ? 0xA0 : 0x80;
    high = p[0] == 0xED ? 0x9F : 0xBF;
  } else if (between(p[0], 0xF0, 0xF4)) {
    size = 4;
    low = p[0] == 0xF0 ? 0x90 : 0x80;
    high = p[0] == 0xF4 ? 0x8F : 0xBF;
  } else {
    return 1;
  }
  for (i = 1; i < size; i++) {
    if (p + i == end || !between(p[i], low, high))
      return i;
    low = 0x80, high = 0xBF;
  }
  *valid = true;
  return size;
}

size_t nr_utf8_valid_prefix(nr_text text)
{
  const uint8_t *start = (const uint8_t *)text.bytes, *p = start, *end;

  if (text.size == 0)
    return 0;
  end = start + text.size;
  while (p < end) {
    bool valid;
    size_t size;
    uint64_t eight;

    if (end - p >= 8) {
      memcpy(&eight, p, 8);
      if ((eight & UINT64_C(0x8080808080808080)) == 0) {
        p += 8;
        continue;
      }
    }
    size = sequence(p, end, &valid);
    if (!valid)
      break;
    p += size;
  }
  return (size_t)(p - start);
}

nr_status nr_utf8_repair(nr_text text, nr_buffer *out, nr_buffer *repairs, nr_error *err)
{
  size_t start = out->size;

  while (text.size > 0) {
    size_t good = nr_utf8_valid_prefix(text);
    nr_repair repair = {0};
    bool valid;

    if (good > UINT32_MAX - 4 || out->size - start > UINT32_MAX - 4 - good)
      return nr_fail(err, NR_LIMIT, "a text of more than 4 GiB");
    NR_TRY(nr_buffer_put(out, text.bytes, good, err));
    text.bytes += good;
    text.size -= good;
    if (text.size == 0)
      break;
    repair.at = (uint32_t)(out->size - start);
    repair.size =
        (uint8_t)sequence((const uint8_t *)text.bytes, (const uint8_t *)text.bytes + text.size, &valid);
    memcpy(repair.bytes, text.bytes, repair.size);
    NR_TRY(nr_buffer_put(out, "\xEF\xBF\xBD", 3, err));
    if (repairs != NULL)
      NR_TRY(nr_buffer_put(repairs, &repair, sizeof repair, err));
    text.bytes += repair.size;
    text.size -= repair.size;
  }
  return NR_OK;
}
