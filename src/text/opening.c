/* opening.c: where a sentence starts though no stop came before. Floor 1. */
#include "text/opening.h"

bool nr_opening_blank_line(const block *b, size_t i)
{
  int lines = 0;

  for (uint32_t at = b->tokens[i - 1].end; at < b->tokens[i].start; at++)
    lines += b->text.bytes[at] == '\n';
  return lines > 1;
}

/* Does token i start a line behind a short one that no mark ends, as a heading or a caption is?
 * Lines of wrapped text are longer. */
static bool behind_short_line(const block *b, size_t i)
{
  enum { short_line_max = 45 };
  const char *bytes = b->text.bytes;
  uint32_t at = b->tokens[i - 1].end, left = short_line_max;

  if (!capitalised(b, i) || !is_word(b, i - 1) || memchr(bytes + at, '\n', b->tokens[i].start - at) == NULL)
    return false;
  while (at > b->tokens[0].start && bytes[at - 1] != '\n' && left > 0)
    at--, left--;
  return left > 0;
}

bool nr_opening_bullet(uint32_t code)
{
  return code == 0x2022 || code == 0x2023 || code == 0x2043 || code == 0x25E6 || code == 0x25AA ||
         code == 0x25CF || code == 0x25A0 || code == 0x25BA || code == 0x27A4;
}

uint32_t nr_opening_item(const block *b, size_t i, bool *letters)
{
  const char *at;
  uint32_t value = 0;
  size_t sign = i + 1;

  if (!is_word(b, i) || size_of(b, i) > 3 || (!number(b, i) && !one_letter(b, i)))
    return 0;
  if (is_word(b, i) && !terminator(b, i)) {
    uint32_t code = first_code(b, sign);
    if (apart(b, sign) || (code != ')' && !plain_stop(b, sign)))
      return 0;
  }
  at = bytes_of(b, i);
  *letters = !number(b, i);
  if (*letters)
    return (*at | 0x20) >= 'a' && (*at | 0x20) <= 'z' ? (uint32_t)((*at | 0x20) - 'a') + 1 : 0;
  for (size_t k = 0; k < size_of(b, i); k++)
    value = at[k] >= '0' && at[k] <= '9' ? value * 10 + (uint32_t)(at[k] - '0') : 1000;
  return value < 1000 ? value : 0;
}

/* Does token i follow a date that opens the block, "Thursday, May 7, 2015", with no mark between? */
static bool behind_opening_date(const block *b, size_t i)
{
  bool named = false;

  if (b->opened != 0 || i < 3 || i > nr_opening_tokens_max || !capitalised(b, i) || !number(b, i - 1) ||
      size_of(b, i - 1) != 4)
    return false;
  for (size_t at = 0; at < i; at++) {
    bool name = (meanings(b, at) & NR_WORD_TIME) != 0;
    if (!name && !number(b, at) && first_code(b, at) != ',')
      return false;
    named = named || name;
  }
  return named;
}

/* Does token i follow a dateline that opens the block: "KYIV, Ukraine (AP) —"? */
static bool behind_dateline(const block *b, size_t i)
{
  bool marked = false;

  if (b->opened != 0 || i < 3 || i > nr_opening_tokens_max || !dash(first_code(b, i - 1)) ||
      !apart(b, i - 1) || !capitalised(b, i))
    return false;
  for (size_t at = 0; at + 1 < i; at++) {
    uint32_t code = first_code(b, at);
    if (!capitalised(b, at) && code != ',' && code != '(' && code != ')')
      return false;
    marked = marked || !is_word(b, at);
  }
  return marked;
}

/* Does token i begin a credit glued to a caption: "Photo: Agency"? */
static bool credit_starts(const block *b, size_t i)
{
  return capitalised(b, i) && is_word(b, i - 1) && apart(b, i + 2) && (meanings(b, i) & NR_WORD_CREDIT) != 0;
}

/* Does token i begin the next item of a list inside the block? */
static bool item_starts(const block *b, size_t i)
{
  bool letters = false;

  return is_word(b, i) && nr_opening_item(b, i, &letters) == b->item && letters == b->item_letters &&
         !nr_opening_bullet(first_code(b, i - 1));
}

bool nr_opening_at(const block *b, size_t i)
{
  if (nr_opening_blank_line(b, i) || behind_short_line(b, i) ||
      (nr_opening_bullet(first_code(b, i)) && is_word(b, i + 1)))
    return true;
  if (behind_opening_date(b, i) || behind_dateline(b, i) ||
      (first_code(b, i + 1) == ':' && credit_starts(b, i)))
    return true;
  return b->item != 0 && item_starts(b, i);
}
