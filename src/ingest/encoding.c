/* encoding.c: marks, declarations, validity, and a guess that is told. Floor 4.
 * The C library's iconv knows the encodings. */
#include "ingest/encoding.h"

#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <strings.h>

enum { sniff_bytes = 64 << 10, head_bytes = 4096 };

static nr_text head_of(nr_text bytes, size_t most)
{
  return (nr_text){bytes.bytes, bytes.size < most ? bytes.size : most};
}

nr_text nr_declared_encoding(nr_text bytes)
{
  static const char *const labels[] = {"charset=", "encoding="};
  nr_text head = head_of(bytes, head_bytes);
  for (size_t i = 0; i + 10 < head.size; i++)
    for (size_t k = 0; k < 2; k++) {
      size_t size = strlen(labels[k]), at = i + size;
      if (head.size - i < size || strncasecmp(head.bytes + i, labels[k], size) != 0)
        continue;
      while (at < head.size && strchr("\"' ", head.bytes[at]) != NULL && head.bytes[at] != '\0')
        at++;
      size_t start = at;
      while (at < head.size &&
             (strchr("-_:.", head.bytes[at]) != NULL || (head.bytes[at] >= '0' && head.bytes[at] <= '9') ||
              ((head.bytes[at] | 32) >= 'a' && (head.bytes[at] | 32) <= 'z')) &&
             head.bytes[at] != '\0')
        at++;
      if (at > start && at - start < 32)
        return (nr_text){head.bytes + start, at - start};
    }
  return (nr_text){NULL, 0};
}

/* ---- what the bytes look like ---- */

/* "UTF-16LE" and the like by their byte order mark or by NULs in every other byte; else NULL. */
static const char *wide_encoding(nr_text bytes)
{
  nr_text head = head_of(bytes, head_bytes);
  size_t nuls[2] = {0, 0};
  if (head.size >= 4 && memcmp(head.bytes, "\xFF\xFE\0\0", 4) == 0)
    return "UTF-32LE";
  if (head.size >= 2 && memcmp(head.bytes, "\xFF\xFE", 2) == 0)
    return "UTF-16LE";
  if (head.size >= 2 && memcmp(head.bytes, "\xFE\xFF", 2) == 0)
    return "UTF-16BE";
  for (size_t i = 0; i < head.size; i++)
    nuls[i & 1] += head.bytes[i] == '\0';
  if (head.size < 16 || head.size % 2 != 0)
    return NULL;
  if (nuls[1] * 10 > head.size * 3 && nuls[0] * 20 < nuls[1])
    return "UTF-16LE";
  return nuls[0] * 10 > head.size * 3 && nuls[1] * 20 < nuls[0] ? "UTF-16BE" : NULL;
}

/* Counts whole sequences of more than one byte, and bytes that are part of none. */
static void count_sequences(nr_text bytes, size_t *good, size_t *bad)
{
  nr_text left = head_of(bytes, sniff_bytes);
  *good = *bad = 0;
  while (left.size > 0) {
    size_t valid = nr_utf8_valid_prefix(left);
    for (size_t i = 0; i < valid; i++)
      *good += (uint8_t)left.bytes[i] >= 0xC0;
    *bad += valid < left.size;
    valid += valid < left.size;
    left.bytes += valid;
    left.size -= valid;
  }
}

/* Letters of windows-1251 and KOI8-R; those below 0xC0 are the Ukrainian ones and io. */
static bool is_cyrillic(uint8_t c)
{
  return c >= 0xC0 || (c >= 0xA0 && strchr("\xA3\xA5\xA8\xAA\xAF\xB2\xB3\xB4\xB8\xBA\xBF", (char)c) != NULL);
}

/* Whether most letters that would be Cyrillic stand three or more in a row: in Latin words they stand
 * alone among ASCII letters. */
static bool has_cyrillic_words(nr_text head)
{
  size_t in_words = 0, all = 0;
  for (size_t i = 0, end; i < head.size; i = end + 1) {
    for (end = i; end < head.size && is_cyrillic((uint8_t)head.bytes[end]); end++)
      ;
    all += end - i;
    in_words += end - i >= 3 ? end - i : 0;
  }
  return in_words * 2 > all;
}

/* Among high bytes, windows-1251 has its small letters in the last quarter, KOI8-R in the one before;
 * Latin text has few high bytes, and those apart. */
static const char *guess(nr_text bytes)
{
  nr_text head = head_of(bytes, sniff_bytes);
  size_t high = 0, letters = 0, third = 0, last = 0;
  for (size_t i = 0; i < head.size; i++) {
    uint8_t c = (uint8_t)head.bytes[i];
    high += c >= 0x80;
    third += c >= 0xC0 && c <= 0xDF;
    last += c >= 0xE0;
    letters += (c | 32) >= 'a' && (c | 32) <= 'z';
  }
  bool few = high < 12 && high * 2 < letters; /* of a page most letters are markup */
  if (few || (letters > 0 && !has_cyrillic_words(head)))
    return "windows-1252";
  return last >= third ? "windows-1251" : "KOI8-R";
}

/* ---- conversion ---- */

typedef struct conversion {
  nr_buffer out, repairs;
  iconv_t handle;
} conversion;

static nr_status put_repair(conversion *c, const char *bytes, size_t size, nr_error *err)
{
  nr_repair repair = {.at = (uint32_t)c->out.size, .size = (uint8_t)size};
  memcpy(repair.bytes, bytes, size);
  NR_TRY(nr_buffer_put(&c->repairs, &repair, sizeof repair, err));
  return nr_buffer_put(&c->out, "\xEF\xBF\xBD", 3, err);
}

static nr_status convert(conversion *c, nr_text bytes, nr_error *err)
{
  char *at = (char *)(uintptr_t)bytes.bytes;
  size_t left = bytes.size;
  if (bytes.size > UINT32_MAX / 4)
    return nr_fail(err, NR_LIMIT, "over 1 GiB in another encoding");
  while (left > 0) {
    NR_TRY(nr_buffer_reserve(&c->out, left + left / 2 + 16, err));
    char *to = c->out.bytes + c->out.size;
    size_t room = c->out.capacity - c->out.size;
    size_t result = iconv(c->handle, &at, &left, &to, &room);
    c->out.size = (size_t)(to - c->out.bytes);
    if (result != (size_t)-1 || errno == E2BIG)
      continue;
    size_t size = left < 1 ? left : 1;
    NR_TRY(put_repair(c, at, size, err));
    at += size;
    left -= size;
    iconv(c->handle, NULL, NULL, NULL, NULL);
  }
  return NR_OK;
}

static nr_status keep(conversion *c, nr_arena *arena, nr_decoded *decoded, nr_error *err)
{
  char *text = nr_arena_copy(arena, c->out.bytes, c->out.size);
  char *repairs = nr_arena_copy(arena, c->repairs.bytes, c->repairs.size);
  if (text == NULL || repairs == NULL)
    return nr_fail_memory(err);
  decoded->text = (nr_text){text, c->out.size};
  decoded->repairs = (const nr_repair *)(const void *)repairs;
  decoded->repair_count = c->repairs.size / sizeof(nr_repair);
  return NR_OK;
}

static nr_status decode_as(nr_text bytes, const char *encoding, nr_arena *arena, nr_decoded *decoded,
                           nr_error *err)
{
  conversion c = {.handle = iconv_open("UTF-8", encoding)};
  if (c.handle == (iconv_t)-1)
    return nr_fail(err, NR_NOTFOUND, "unknown encoding %s", encoding);
  nr_buffer_init(&c.out, arena->memory);
  nr_buffer_init(&c.repairs, arena->memory);
  nr_status status = convert(&c, bytes, err);
  if (status == NR_OK)
    status = keep(&c, arena, decoded, err);
  iconv_close(c.handle);
  nr_buffer_clear(&c.out);
  nr_buffer_clear(&c.repairs);
  decoded->encoding = encoding;
  return status;
}

static nr_status repair(nr_text bytes, nr_arena *arena, nr_decoded *decoded, nr_error *err)
{
  conversion c = {.handle = NULL};
  nr_buffer_init(&c.out, arena->memory);
  nr_buffer_init(&c.repairs, arena->memory);
  nr_status status = nr_utf8_repair(bytes, &c.out, &c.repairs, err);
  if (status == NR_OK)
    status = keep(&c, arena, decoded, err);
  nr_buffer_clear(&c.out);
  nr_buffer_clear(&c.repairs);
  decoded->encoding = "UTF-8";
  return status;
}

/* The declared name as iconv wants it; NULL where it only claims what validity has refuted. */
static const char *name_of(nr_text declared, nr_arena *arena)
{
  if (declared.size == 0 || (declared.size >= 5 && strncasecmp(declared.bytes, "utf", 3) == 0))
    return NULL;
  if (declared.size == 10 && strncasecmp(declared.bytes, "iso-8859-1", 10) == 0)
    return "windows-1252"; /* as every browser reads it */
  return nr_arena_copy(arena, declared.bytes, declared.size);
}

nr_status nr_decode(nr_text bytes, nr_text declared, nr_arena *arena, nr_decoded *decoded, nr_error *err)
{
  size_t good, bad;
  *decoded = (nr_decoded){.text = bytes, .encoding = "UTF-8"};
  const char *wide = wide_encoding(bytes);
  if (wide != NULL) {
    size_t mark = (uint8_t)bytes.bytes[0] < 0xFE ? 0 : wide[4] == '3' ? 4 : 2;
    return decode_as((nr_text){bytes.bytes + mark, bytes.size - mark}, wide, arena, decoded, err);
  }
  bool escapes = declared.size >= 8 && strncasecmp(declared.bytes, "iso-2022", 8) == 0;
  if (!escapes && nr_utf8_valid_prefix(bytes) == bytes.size)
    return NR_OK;
  count_sequences(bytes, &good, &bad);
  if (!escapes && good >= bad)
    return repair(bytes, arena, decoded, err);
  const char *name = name_of(declared, arena);
  if (name != NULL) {
    nr_status status = decode_as(bytes, name, arena, decoded, err);
    if (status != NR_NOTFOUND)
      return status;
  }
  decoded->guessed = true;
  return decode_as(bytes, guess(bytes), arena, decoded, err);
}
