/* lines.c: cutting and measuring lines. Floor 4. */
#include "ingest/lines.h"

#include "text/utf8.h"

enum { measured_bytes_max = 240 }; /* the words of longer lines are guessed by size */

/* White space and marks of no width in front of `end` or at `at`: their size, or 0. */
static size_t space_at(const char *at, const char *end)
{
  uint8_t c = (uint8_t)*at;
  if (c <= ' ')
    return 1;
  if (c == 0xC2 && end - at >= 2 && (uint8_t)at[1] == 0xA0)
    return 2;
  if (end - at < 3)
    return 0;
  if (c == 0xE2 && (uint8_t)at[1] == 0x80 &&
      ((uint8_t)at[2] <= 0x8B || (uint8_t)at[2] == 0xA8 || (uint8_t)at[2] == 0xA9 || (uint8_t)at[2] == 0xAF))
    return 3;
  if ((c == 0xEF && (uint8_t)at[1] == 0xBB && (uint8_t)at[2] == 0xBF) ||
      (c == 0xE3 && (uint8_t)at[1] == 0x80 && (uint8_t)at[2] == 0x80))
    return 3;
  return 0;
}

static size_t space_before(const char *from, const char *end)
{
  const char *at = end - 1;
  while (at > from && ((uint8_t)*at & 0xC0) == 0x80)
    at--;
  return at + space_at(at, end) == end ? (size_t)(end - at) : 0;
}

static const char *const closers[] = {"\"",
                                      "'",
                                      ")",
                                      "]",
                                      "*",
                                      "_",
                                      "\xE2\x80\x9D",
                                      "\xE2\x80\x99",
                                      "\xE2\x80\x9C",
                                      "\xC2\xBB",
                                      "\xE2\x80\xBA",
                                      "\xE3\x80\x8D",
                                      "\xE3\x80\x8F"};
static const char *const stops[] = {".",
                                    "!",
                                    "?",
                                    "\xE2\x80\xA6",
                                    "\xE3\x80\x82",
                                    "\xEF\xBC\x81",
                                    "\xEF\xBC\x9F",
                                    "\xE1\x8D\xA2",
                                    "\xE1\x8D\xA7",
                                    "\xD8\x9F",
                                    "\xDB\x94",
                                    "\xE0\xA5\xA4",
                                    ";"};
static const char *const colons[] = {":", "\xEF\xBC\x9A", "\xE1\x8D\xA6"};

static bool is_alphanumeric(char c)
{
  return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

static size_t ends_with_any(const char *from, const char *end, const char *const *signs, size_t count)
{
  if (from == end || is_alphanumeric(end[-1]))
    return 0; /* as most lines without a stop */
  for (size_t i = 0; i < count; i++) {
    size_t size = strlen(signs[i]);
    if (end[-1] == signs[i][size - 1] && (size_t)(end - from) >= size &&
        memcmp(end - size, signs[i], size) == 0)
      return size;
  }
  return 0;
}

#define ENDS_WITH(from, end, signs) ends_with_any(from, end, signs, sizeof signs / sizeof signs[0])

static bool ends_sentence(const char *from, const char *end)
{
  size_t size;
  while ((size = ENDS_WITH(from, end, closers)) > 0)
    end -= size;
  return ENDS_WITH(from, end, stops) > 0;
}

static size_t bullet_size(const char *from, const char *end)
{
  static const char *const bullets[] = {"\xE2\x80\xA2",
                                        "\xE2\x96\xAA",
                                        "\xE2\x97\x8F",
                                        "\xE2\x96\xA0",
                                        "\xC2\xB7",
                                        "\xE2\x97\xA6",
                                        "\xE2\x80\xA3",
                                        "\xE2\x9E\xA4",
                                        "\xE2\x96\xBA",
                                        "*",
                                        "-",
                                        "+"};
  if (is_alphanumeric(*from))
    return 0;
  for (size_t i = 0; i < sizeof bullets / sizeof bullets[0]; i++) {
    size_t size = strlen(bullets[i]);
    if (*from != bullets[i][0] || (size_t)(end - from) <= size || memcmp(from, bullets[i], size) != 0)
      continue;
    const char *at = from + size;
    size_t space;
    while (at < end && (space = space_at(at, end)) > 0)
      at += space;
    bool stars = (size_t)(end - at) >= size && memcmp(at, bullets[i], size) == 0; /* "* * *" */
    if (at < end && !stars && (at > from + size || size > 1))
      return (size_t)(at - from);
  }
  return 0;
}

static uint32_t count_words(const char *from, const char *end)
{
  uint32_t blanks = 0, wide = 0;
  if (end - from > measured_bytes_max)
    return (uint32_t)(end - from) / 6;
  for (const char *at = from; at < end; at++) {
    blanks += *at == ' ' || *at == '\t' || (*at == '\xA0' && at > from && at[-1] == '\xC2');
    wide += (uint8_t)*at >= 0xE3 && (uint8_t)*at <= 0xED; /* a lead byte of CJK and Hangul */
  }
  return blanks + 1 > wide / 2 ? blanks + 1 : wide / 2;
}

bool nr_line_measure(nr_text text, uint32_t start, uint32_t end, nr_line *line)
{
  const char *from = text.bytes + start, *to = text.bytes + end;
  size_t space;
  while (from < to && (space = space_at(from, to)) > 0)
    from += space;
  while (to > from && (space = space_before(from, to)) > 0)
    to -= space;
  if (from == to)
    return false;
  size_t bullet = bullet_size(from, to);
  line->start = (uint32_t)(from - text.bytes);
  line->end = (uint32_t)(to - text.bytes);
  line->inside = line->start + (uint32_t)bullet;
  line->bullet = bullet > 0;
  line->words = count_words(from + bullet, to);
  line->stop = ends_sentence(from, to);
  line->colon = ENDS_WITH(from, to, colons) > 0;
  return true;
}

/* What parts lines in a text: the rare signs are looked for once. */
typedef struct cutter {
  nr_text text;
  bool returns, separators;
} cutter;

/* End of the line at `at`; *next is where the next one starts. */
static size_t line_end(const cutter *c, size_t at, size_t *next)
{
  const char *from = c->text.bytes + at, *end = c->text.bytes + c->text.size;
  const char *cut = memchr(from, '\n', (size_t)(end - from)), *other;
  if (cut == NULL)
    cut = end;
  *next = (size_t)(cut - c->text.bytes) + (cut < end);
  if (c->returns && (other = memchr(from, '\r', (size_t)(cut - from))) != NULL) {
    *next = (size_t)(other - c->text.bytes) + 1 + (other + 1 < end && other[1] == '\n');
    cut = other;
  }
  if (c->separators)
    for (other = from; (other = memchr(other, '\xE2', (size_t)(cut - other))) != NULL; other++)
      if (cut - other >= 3 && other[1] == '\x80' && (other[2] == '\xA8' || other[2] == '\xA9')) {
        *next = (size_t)(other - c->text.bytes) + 3;
        cut = other;
        break;
      }
  return (size_t)(cut - c->text.bytes);
}

/* Whether U+2028 (last byte A8) or U+2029 (A9) is there: last bytes are the rare ones. */
static bool holds_separator(const char *bytes, size_t size, int last)
{
  const char *at = bytes, *end = bytes + size;
  while ((at = memchr(at, last, (size_t)(end - at))) != NULL) {
    if (at - bytes >= 2 && at[-1] == '\x80' && at[-2] == '\xE2')
      return true;
    at++;
  }
  return false;
}

nr_status nr_lines_cut(nr_text text, size_t from, nr_line_list *list, nr_error *err)
{
  list->count = 0;
  if (text.bytes == NULL || text.size <= from)
    return NR_OK;
  const char *start = text.bytes + from;
  size_t size = text.size - from;
  cutter c = {text, memchr(start, '\r', size) != NULL,
              holds_separator(start, size, 0xA8) || holds_separator(start, size, 0xA9)};
  uint16_t gap = 0;
  nr_line line;
  for (size_t at = from, next; at < text.size; at = next) {
    size_t end = line_end(&c, at, &next);
    if (!nr_line_measure(text, (uint32_t)at, (uint32_t)end, &line)) {
      gap = (uint16_t)(gap + (gap < UINT16_MAX));
      continue;
    }
    void *items = list->items;
    NR_TRY(nr_grow(list->memory, &items, &list->capacity, list->count + 1, sizeof *list->items, err));
    list->items = items;
    line.gap = gap;
    gap = 0;
    list->items[list->count++] = line;
  }
  return NR_OK;
}

void nr_line_list_clear(nr_line_list *list)
{
  nr_release(list->memory, list->items, list->capacity * sizeof *list->items);
  *list = (nr_line_list){.memory = list->memory};
}

static uint32_t folded(uint32_t code)
{
  if ((code >= 'A' && code <= 'Z') || (code >= 0xC0 && code <= 0xDE && code != 0xD7) ||
      (code >= 0x391 && code <= 0x3A9) || (code >= 0x410 && code <= 0x42F))
    return code + 32;
  if (code >= 0x100 && code <= 0x17F) /* pairs, capitals even up to U+0137 and from U+014A on */
    return code == 0x130                                                      ? 'i'
           : code == 0x178                                                    ? 0xFF
           : (code >= 0x139 && code <= 0x148) || code >= 0x179                ? code + (code & 1)
           : code == 0x138 || code == 0x149 || code == 0x131 || code == 0x17F ? code
                                                                              : code | 1;
  return code >= 0x400 && code <= 0x40F ? code + 80 : code;
}

/* The next letter or digit at or behind *at, folded; 0 at the end. Everything outside ASCII counts
 * as a letter but for spaces, punctuation and marks of no width. */
static uint32_t next_letter(const char **at, const char *end)
{
  while (*at < end) {
    uint32_t code = nr_utf8_next(at);
    bool skipped = code < 0x80 ? !((code >= '0' && code <= '9') || ((code | 32) >= 'a' && (code | 32) <= 'z'))
                               : (code >= 0x80 && code < 0xC0) || (code >= 0x2000 && code < 0x2070) ||
                                     (code >= 0x3000 && code < 0x3040) || (code >= 0xFF00 && code < 0xFF10) ||
                                     code == 0xFEFF;
    if (!skipped)
      return folded(code);
  }
  return 0;
}

bool nr_words_begin(nr_text text, nr_text words, size_t *end)
{
  const char *a = text.bytes, *a_end = a + text.size, *b = words.bytes, *b_end = b + words.size;
  bool any = false;
  for (;;) {
    uint32_t wanted = next_letter(&b, b_end);
    if (wanted == 0)
      break;
    if (next_letter(&a, a_end) != wanted)
      return false;
    any = true;
  }
  const char *behind = a;
  if (!any || (a < a_end && next_letter(&behind, a + 1) != 0))
    return false; /* stops inside a word */
  *end = (size_t)(a - text.bytes);
  return true;
}

static uint32_t plain_sign(uint32_t code)
{
  if (code == 0x2018 || code == 0x2019 || code == 0x02BC)
    return '\'';
  return code == '\t' || code == 0xA0 || (code >= 0x2000 && code <= 0x200A) || code == 0x202F ? ' '
                                                                                              : folded(code);
}

nr_status nr_words_fold(nr_text text, nr_buffer *out, nr_error *err)
{
  NR_TRY(nr_buffer_reserve(out, text.size + 1, err)); /* folding never makes a text longer */
  char *to = out->bytes + out->size;
  for (const char *at = text.bytes, *end = at + text.size; at < end;) {
    uint8_t byte = (uint8_t)*at;
    if (byte < 0x80) {
      *to++ = (char)(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte == '\t' ? ' ' : byte);
      at++;
      continue;
    }
    uint32_t code = plain_sign(nr_utf8_next(&at));
    if (code != 0x200B && code != 0xFEFF && code != 0xAD)
      to += nr_utf8_put(to, code);
  }
  out->size = (size_t)(to - out->bytes);
  return NR_OK;
}
