/* rough.c: a walk by classes of bytes. Floor 1. */
#include "text/rough.h"

/* Lead bytes of letters: all but C2 and E2 (signs, punctuation) and those of pictures. */
enum { LETTER = 1, DIGIT = 2, TAIL = 4, BLANK = 8, ASCII_LETTER = 16 };

#define FOUR(i, c)    [i] = c, [(i) + 1] = c, [(i) + 2] = c, [(i) + 3] = c
#define EIGHT(i, c)   FOUR(i, c), FOUR((i) + 4, c)
#define SIXTEEN(i, c) EIGHT(i, c), EIGHT((i) + 8, c)

static const uint8_t classes[256] = {
    [0] = BLANK,
    ['\t'] = BLANK,
    ['\n'] = BLANK,
    ['\v'] = BLANK,
    ['\f'] = BLANK,
    ['\r'] = BLANK,
    [' '] = BLANK,
    EIGHT('0', DIGIT),
    ['8'] = DIGIT,
    ['9'] = DIGIT,
    EIGHT('A', LETTER | ASCII_LETTER),
    EIGHT('I', LETTER | ASCII_LETTER),
    EIGHT('Q', LETTER | ASCII_LETTER),
    ['Y'] = LETTER | ASCII_LETTER,
    ['Z'] = LETTER | ASCII_LETTER,
    EIGHT('a', LETTER | ASCII_LETTER),
    EIGHT('i', LETTER | ASCII_LETTER),
    EIGHT('q', LETTER | ASCII_LETTER),
    ['y'] = LETTER | ASCII_LETTER,
    ['z'] = LETTER | ASCII_LETTER,
    SIXTEEN(0x80, TAIL),
    SIXTEEN(0x90, TAIL),
    SIXTEEN(0xA0, TAIL),
    SIXTEEN(0xB0, TAIL),
    [0xC3] = LETTER,
    FOUR(0xC4, LETTER),
    EIGHT(0xC8, LETTER),
    SIXTEEN(0xD0, LETTER),
    [0xE0] = LETTER,
    [0xE1] = LETTER,
    [0xE3] = LETTER,
    FOUR(0xE4, LETTER),
    EIGHT(0xE8, LETTER),
};

typedef struct cursor {
  const uint8_t *at, *end;
} cursor;

static bool is(const cursor *c, size_t ahead, int class)
{
  return ahead < (size_t)(c->end - c->at) && (classes[c->at[ahead]] & class) != 0;
}

static uint8_t byte(const cursor *c, size_t ahead)
{
  return ahead < (size_t)(c->end - c->at) ? c->at[ahead] : 0;
}

/* The size of the apostrophe at the cursor: ' ’ ʼ; 0 where there is none. */
static size_t apostrophe(const cursor *c)
{
  if (byte(c, 0) == '\'')
    return 1;
  if (byte(c, 0) == 0xE2 && byte(c, 1) == 0x80 && byte(c, 2) == 0x99)
    return 3;
  return byte(c, 0) == 0xCA && byte(c, 1) == 0xBC ? 2 : 0;
}

/* The size of what joins two parts of a word, of which the second begins with one of `class`: an apostrophe,
 * a hyphen, &; 0 where nothing does. */
static size_t joint(const cursor *c, int class)
{
  size_t size = apostrophe(c);
  if (size == 0 && (byte(c, 0) == '-' || byte(c, 0) == '&'))
    size = 1;
  if (size == 0 && byte(c, 0) == 0xE2 && byte(c, 1) == 0x80 && byte(c, 2) == 0x91)
    size = 3;
  if (size > 0 && is(c, size, class))
    return size;
  return byte(c, 0) == '-' && is(c, 1, DIGIT) ? 1 : 0;
}

static void pass_run(cursor *c)
{
  while (c->at < c->end && (classes[*c->at] & (LETTER | DIGIT | TAIL)) != 0)
    c->at++;
}

/* Pass a word that begins at the cursor with a letter. */
static void pass_word(cursor *c)
{
  size_t size;
  for (pass_run(c); (size = joint(c, LETTER)) > 0; pass_run(c))
    c->at += size;
  size = apostrophe(c);
  if (size > 0 && !is(c, size, LETTER))
    c->at += size; /* the dogs' */
}

/* Pass "U.S." and the like; false where there are none. */
static bool pass_initials(cursor *c)
{
  if (!is(c, 0, ASCII_LETTER) || byte(c, 1) != '.' || !is(c, 2, ASCII_LETTER) || byte(c, 3) != '.')
    return false;
  while (is(c, 0, ASCII_LETTER) && byte(c, 1) == '.')
    c->at += 2;
  return true;
}

/* Pass a number that begins at the cursor with a digit. */
static void pass_number(cursor *c)
{
  for (c->at++; c->at < c->end; c->at++) {
    uint8_t b = *c->at;
    if (!is(c, 0, DIGIT | LETTER) && !((b == '.' || b == ',' || b == ':') && is(c, 1, DIGIT)))
      break;
    while (is(c, 0, LETTER) && is(c, 1, TAIL))
      c->at++;
  }
  while (is(c, 0, TAIL))
    c->at++;
  if (byte(c, 0) == '-' && is(c, 1, LETTER)) {
    c->at++;
    pass_word(c);
  }
}

static void pass_sign(cursor *c)
{
  uint8_t first = *c->at;
  size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 1;
  if (first == '.' && byte(c, 1) == '.' && byte(c, 2) == '.')
    size = 3;
  else if (first == '-' && byte(c, 1) == '-')
    size = 2;
  else
    for (size_t i = 1; i < size; i++)
      if (!is(c, i, TAIL))
        size = 1;
  c->at += size;
}

static void pass_blanks(cursor *c)
{
  while (c->at < c->end)
    if (is(c, 0, BLANK))
      c->at++;
    else if (*c->at == 0xC2 && byte(c, 1) == 0xA0)
      c->at += 2;
    else
      return;
}

/* ---- words alone ---- */

/* Does the full stop at the cursor lie inside a word: U.S, 2.5? */
static bool inner_stop(const cursor *c)
{
  return byte(c, 0) == '.' && ((is(c, 1, ASCII_LETTER) && !is(c, 2, ASCII_LETTER)) ||
                               ((classes[c->at[-1]] & DIGIT) != 0 && is(c, 1, DIGIT)));
}

static void pass_plain_word(cursor *c, const uint8_t *text)
{
  size_t size;
  for (pass_run(c); (size = inner_stop(c) ? 1 : joint(c, LETTER | DIGIT)) > 0; pass_run(c))
    c->at += size;
  if (byte(c, 0) == '.' && c->at - text >= 3 && c->at[-2] == '.' &&
      (classes[c->at[-1]] & classes[c->at[-3]] & ASCII_LETTER) != 0)
    c->at++; /* U.N. keeps its last stop */
}

/* Do blanks, and what may close a sentence before them, begin at the cursor? Moves it behind them. */
static bool pass_close(cursor *c)
{
  bool blank = false;
  for (;; c->at++)
    if (is(c, 0, BLANK) && *c->at != 0)
      blank = true;
    else if (byte(c, 0) == 0xE2 && byte(c, 1) == 0x80 && (byte(c, 2) == 0x9D || byte(c, 2) == 0x99))
      c->at += 2;
    else if (byte(c, 0) != '"' && byte(c, 0) != '\'' && byte(c, 0) != ')')
      return blank;
}

/* Does a blank line begin with the line end at the cursor? */
static bool blank_line(cursor c)
{
  for (c.at++; is(&c, 0, BLANK); c.at++)
    if (*c.at == '\n')
      return true;
  return false;
}

/* Do hyphens between blanks begin at the cursor? */
static bool loose_hyphens(cursor c)
{
  const uint8_t *from = ++c.at;
  while (byte(&c, 0) == '-')
    c.at++;
  return c.at > from && byte(&c, 0) == ' ';
}

/* What the bytes between two words say. */
static unsigned gap_of(cursor c)
{
  unsigned gap = 0;
  while (c.at < c.end) {
    uint8_t b = *c.at;
    if (b == '!' || b == '?' || (b == '\n' && blank_line(c)))
      return NR_GAP_SENTENCE;
    if (b == '.') {
      c.at++;
      const uint8_t *from = c.at;
      if (pass_close(&c))
        gap |= NR_GAP_STOP;
      c.at = from; /* brackets and blank lines behind it count as well */
      continue;
    }
    if (b == ',' || b == ';' || b == ':' || b == '(' || b == ')' || (b == ' ' && loose_hyphens(c)) ||
        (b == 0xE2 && byte(&c, 1) == 0x80 && (byte(&c, 2) == 0x93 || byte(&c, 2) == 0x94)))
      gap |= NR_GAP_CLAUSE;
    c.at++;
  }
  return gap;
}

bool nr_rough_word(nr_text text, size_t *at, nr_text *word, unsigned *gap)
{
  const uint8_t *bytes = (const uint8_t *)text.bytes;
  cursor c = {bytes + *at, bytes + text.size}, before = c;
  while (c.at < c.end && !is(&c, 0, LETTER | DIGIT))
    c.at++;
  if (c.at == c.end)
    return false;
  const uint8_t *start = c.at;
  before.end = start;
  *gap = start - before.at == 1 && *before.at == ' ' ? 0 : gap_of(before);
  pass_plain_word(&c, bytes);
  *word = (nr_text){(const char *)start, (size_t)(c.at - start)};
  *at = (size_t)(c.at - bytes);
  return true;
}

/* ---- words, numbers, signs ---- */

bool nr_rough_next(nr_text text, size_t *at, nr_text *token)
{
  const uint8_t *bytes = (const uint8_t *)text.bytes;
  cursor c = {bytes + *at, bytes + text.size};
  pass_blanks(&c);
  const uint8_t *start = c.at;
  if (start == c.end)
    return false;
  if (is(&c, 0, DIGIT))
    pass_number(&c);
  else if (!is(&c, 0, LETTER))
    pass_sign(&c);
  else if (!pass_initials(&c))
    pass_word(&c);
  *token = (nr_text){(const char *)start, (size_t)(c.at - start)};
  *at = (size_t)(c.at - bytes);
  return true;
}
