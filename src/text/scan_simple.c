/* scan_simple.c: the fast path of the scanner, for tokens that no rule looks at twice. Floor 1.
 *
 * A word of ASCII, Cyrillic or Latin Extended-A letters before a space or a mark that no rule
 * joins to it; a mark that stands for itself. All else is left to scan.c, one token at a time. A
 * test holds both to the same tokens. */
#include "text/ascii.h"
#include "text/scan.h"

enum {
  space = 1,
  inside = 2, /* goes on a word */
  digit = 4,
  starts = 8,   /* starts a word */
  ends = 16,    /* may stand behind a word without a say in it */
  sign = 32,    /* a punctuation token of its own */
  guarded = 64, /* as `sign` or `ends`, unless what follows is one of a few: see below */
  two = 128     /* the first byte of a letter of two */
};

#define L (inside | starts)
#define N (inside | starts | digit)
#define W (inside | starts | two)
#define S (space | ends)
#define P (sign | ends)
#define G (guarded | ends)
static const uint8_t classes[256] = {
    S,          S,          S,          S,          S, S, S, S, S, S, S, S, S, S, S, S,
    S,          S,          S,          S,          S, S, S, S, S, S, S, S, S, S, S, S, /* controls */
    S,          G,          P,          0,          0, P, 0, 0, P, P, 0, 0, G, 0, 0, 0, /*  !"#$%&'()*+,-./ */
    N,          N,          N,          N,          N, N, N, N, N, N, G, G, 0, 0, 0, G, /* 0123456789:;<=>? */
    0,          L,          L,          L,          L, L, L, L, L, L, L, L, L, L, L, L, /* @A */
    L,          L,          L,          L,          L, L, L, L, L, L, L, P, 0, P, 0, inside, /* P[\]^_ */
    0,          L,          L,          L,          L, L, L, L, L, L, L, L, L, L, L, L,      /* `a */
    L,          L,          L,          L,          L, L, L, L, L, L, L, P, 0, P, 0, S,      /* p{|}~ DEL */
    [0xC4] = W, [0xC5] = W, [0xD0] = W, [0xD1] = W,
};
#undef L
#undef N
#undef W
#undef S
#undef P
#undef G

/* Sixteen bytes at a time: ASCII by itself first, it is faster. */
static inline const uint8_t *sixteens_end(const uint8_t *p, const uint8_t *end)
{
  unsigned count = 16;
  if (*p < 0x80 && end - p >= 16) {
    count = nr_ascii_run16(p, true);
    p += count;
  }
  if (count < 16 && *p < 0x80)
    return p;
  while (end - p >= 16) {
    count = nr_word_run16(p);
    p += count;
    if (count < 16)
      return p;
  }
  return p < end && (*p & 0xC0) == 0x80 ? p + 1 : p; /* the rest of a letter */
}

/* The end of the run of word characters at `p`. */
static const uint8_t *run_end(const uint8_t *p, const uint8_t *end)
{
  p = sixteens_end(p, end);
  while (p < end && (classes[*p] & inside) != 0)
    p += 1 + (classes[*p] >> 7);
  return p;
}

/* A curly quotation mark or an em dash, of three bytes. */
static bool curly(const uint8_t *p, const uint8_t *end)
{
  return end - p >= 3 && p[0] == 0xE2 && p[1] == 0x80 && (p[2] == 0x94 || p[2] == 0x9C || p[2] == 0x9D);
}

static bool ascii_letters(const uint8_t *p, const uint8_t *end)
{
  while (p < end && (classes[*p] & (starts | digit | two)) == starts)
    p++;
  return p == end;
}

/* What follows the word or number [p, q) has a say in it? */
typedef enum verdict { simple, joined, unclear } verdict;

/* Read the stop behind a word: is it none of an abbreviation's? */
static verdict before_stop(const uint8_t *p, const uint8_t *q, const uint8_t *end, const nr_word_lists *lists)
{
  enum { owners = NR_WORD_TITLE | NR_WORD_ABBREVIATION | NR_WORD_CLOSING | NR_WORD_BEFORE_NUMBER };
  nr_text word = {(const char *)p, (size_t)(q - p)};

  if (q + 1 < end && (classes[q[1]] & space) == 0)
    return unclear;
  if ((classes[*p] & (digit | two)) != 0)
    return (classes[*p] & digit) != 0 || *p >= 0xD0 ? simple : unclear; /* only Latin words own stops */
  return word.size > 1 && (nr_word_meanings(lists, word) & owners) == 0 ? simple : unclear;
}

/* "1,000", "10:30", "http://", "2016-го", "U.S." go on behind the mark; "long-range" is joined. */
static verdict before_mark(const uint8_t *p, const uint8_t *q, const uint8_t *end, const nr_word_lists *lists)
{
  uint8_t mark = *q, next = q + 1 == end ? ' ' : q[1];

  if ((classes[mark] & guarded) == 0)
    return (classes[mark] & ends) != 0 || curly(q, end) ? simple : unclear;
  if (mark == '.')
    return before_stop(p, q, end, lists);
  if (mark == '-')
    return (classes[next] & (starts | digit | two)) == starts && ascii_letters(p, q) ? joined : unclear;
  return (classes[next] & digit) == 0 && next != '/' && next < 0x80 ? simple : unclear;
}

/* Is the guarded mark at `p` a token by itself? Not in "?!", "...", "--", ":)", ";-)". */
static bool alone(const uint8_t *p, const uint8_t *end)
{
  uint8_t next = p + 1 == end ? ' ' : p[1];

  if (*p == ':' || *p == ';')
    return (classes[next] & (space | digit)) != 0;
  if (*p == '-')
    return next < 0x80 && next != '-';
  return next < 0x80 && (*p == ',' || (next != '!' && next != '?' && next != '.'));
}

/* The end of the punctuation token at `p`, or `p` where rules must look. */
static const uint8_t *sign_end(const uint8_t *p, const uint8_t *end)
{
  uint8_t class = classes[*p];
  const uint8_t *q = p + 1;

  if (curly(p, end))
    q = p + 3;
  else if ((class & (sign | guarded)) == 0 || ((class & guarded) != 0 && !alone(p, end)))
    return p;
  return q < end && *q >= 0x80 ? p : q; /* a mark may combine with it */
}

static bool put(nr_token_list *list, size_t start, size_t end, nr_token_kind kind, bool is_joined)
{
  if (list->count == list->capacity)
    return false;
  list->items[list->count++] =
      (nr_token){(uint32_t)start, (uint32_t)end, (uint8_t)kind, is_joined ? NR_MARK_JOINED : 0};
  return true;
}

uint32_t nr_scan_simple(nr_text text, uint32_t from, uint32_t to, const nr_word_lists *lists,
                        nr_token_list *list)
{
  const uint8_t *start = (const uint8_t *)text.bytes, *p = start + from, *end = start + to;

  while (p < end) {
    uint8_t class = classes[*p];
    const uint8_t *q;
    nr_token_kind kind = NR_TOKEN_PUNCTUATION;
    verdict seen = simple;

    if ((class & space) != 0) {
      p++;
      continue;
    }
    if ((class & starts) != 0) {
      kind = (class & digit) != 0 ? NR_TOKEN_NUMBER : NR_TOKEN_WORD;
      q = run_end(p, end);
      seen = q < end ? before_mark(p, q, end, lists) : simple;
    } else {
      q = sign_end(p, end);
    }
    if (q == p || seen == unclear ||
        !put(list, (size_t)(p - start), (size_t)(q - start), kind, seen == joined))
      break;
    p = q;
  }
  return (uint32_t)(p - start);
}

/* ---- UAX #29 alone ---- */

static bool is_ascii_alnum(uint8_t c)
{
  return (classes[c] & (starts | two)) == starts;
}

/* The end of the word at `p`, or `p` where the rules must look: where what follows might be joined to it. */
static const uint8_t *plain_word_end(const uint8_t *p, const uint8_t *end)
{
  const uint8_t *q = sixteens_end(p, end);
  while (q < end && (classes[*q] & starts) != 0)
    q += 1 + (classes[*q] >> 7);
  if (q == end || *q == ' ')
    return q;
  if (*q >= 0x80 || *q == '_' || *q == '-')
    return p;
  if (*q != '.' && *q != ',' && *q != '\'' && *q != ':' && *q != ';')
    return q;
  return q + 1 == end || (q[1] < 0x80 && !is_ascii_alnum(q[1])) ? q : p;
}

uint32_t nr_scan_plain_simple(nr_text text, uint32_t from, uint32_t to, nr_token_list *list)
{
  const uint8_t *start = (const uint8_t *)text.bytes, *p = start + from, *end = start + to;

  while (p < end) {
    const uint8_t *q;
    if (*p == ' ' && p + 1 < end && (p[1] < 0x80 || (classes[p[1]] & two) != 0)) {
      p++;
      continue;
    }
    if ((classes[*p] & starts) == 0 || (q = plain_word_end(p, end)) == p ||
        !put(list, (size_t)(p - start), (size_t)(q - start),
             (classes[*p] & digit) != 0 ? NR_TOKEN_NUMBER : NR_TOKEN_WORD, false))
      break;
    p = q;
  }
  return (uint32_t)(p - start);
}
