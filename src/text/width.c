/* width.c: columns, a grapheme at a time. Floor 1. */
#include "text/width.h"

#include "text/breaks.h"
#include "text/char_table.h"
#include "text/utf8.h"

/* Columns of one grapheme: of its widest character. U+FE0F asks for the wide picture. */
static uint32_t grapheme_width(const char *at, const char *end)
{
  uint32_t widest = 0;

  while (at < end) {
    uint32_t code = nr_utf8_next(&at), width = code == 0xFE0F ? 2 : nr_char_of(code)->width;
    if (width > widest)
      widest = width;
  }
  return widest;
}

/* Is the byte at `at` a printable ASCII character with no mark behind it? */
static bool alone(nr_text text, size_t at)
{
  uint8_t byte = (uint8_t)text.bytes[at];
  return byte >= 0x20 && byte < 0x7F && (at + 1 == text.size || (uint8_t)text.bytes[at + 1] < 0x80);
}

/* Walk graphemes from *at while they fit into `room` columns; return the columns taken. */
static uint32_t walk(nr_text text, size_t *at, uint32_t room)
{
  uint32_t taken = 0;

  while (*at < text.size) {
    if (taken < room && alone(text, *at)) {
      taken++;
      (*at)++;
      continue;
    }
    size_t next = nr_break_next(NR_BREAK_GRAPHEME, text, *at);
    uint32_t width = grapheme_width(text.bytes + *at, text.bytes + next);
    if (width > room - taken)
      break;
    taken += width;
    *at = next;
  }
  return taken;
}

uint32_t nr_text_width(nr_text text)
{
  size_t at = 0;
  return walk(text, &at, UINT32_MAX);
}

size_t nr_text_fit(nr_text text, uint32_t width)
{
  size_t at = 0;
  walk(text, &at, width);
  return at;
}
