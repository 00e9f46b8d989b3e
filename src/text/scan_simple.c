/* scan_simple.c: the fast path of the scanner, for tokens that no rule looks at twice. Floor 1.
 *
 * A word of ASCII, Cyrillic or Latin Extended-A letters before a space or a mark that no rule
 * joins to it; a mark that stands for itself. All else is left to scan.c, one token at a time. A
 * test holds both to the same tokens. */
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

/* How many of the 8 bytes at `p` go on a word of ASCII, counted from the first: eight at once, so
 * that the length of a word costs no branch. */
static unsigned ascii_run(const uint8_t *p)
{
  const uint64_t ones = UINT64_C(0x0101010101010101), high = ones * 0x80;
  uint64_t bytes = nr_load_u64(p), low = bytes & ~high, lower = low | ones * 0x20;
  uint64_t letters = (lower + ones * (0x80 - 'a')) & ~(lower + ones * (0x7F - 'z'));
  uint64_t digits = (low + ones * (0x80 - '0')) & ~(low + ones * (0x7F - '9'));
  uint64_t others = ~(letters | digits) & high;

  others |= bytes & high;
  return others == 0 ? 8 : (unsigned)__builtin_ctzll(others) / 8;
}

/* The end of the run of word characters at `p`. */
static const uint8_t *run_end(const uint8_t *p, const uint8_t *end)
{
  while (end - p >= 8) {
    unsigned count = ascii_run(p);
    p += count;
    if (count < 8)
      break;
  }
  while (p < end && (classes[*p] & inside) != 0)
    p += 1 + (classes[*p] >> 7);
  return p;
}

/* Does the guarded mark at `p` stay out of the word or number before it? "1,000", "10:30" and
 * "http://" do not. */
static bool parts(const uint8_t *p, const uint8_t *end)
{
  return p + 1 == end || ((classes[p[1]] & digit) == 0 && p[1] != '/' && p[1] < 0x80);
}

/* Is the guarded mark at `p` a token by itself? Not in "?!", ":)", ";-)". */
static bool alone(const uint8_t *p, const uint8_t *end)
{
  if (p + 1 == end)
    return true;
  if (*p == '!' || *p == '?')
    return p[1] < 0x80 && p[1] != '!' && p[1] != '?' && p[1] != '.';
  return *p == ',' ? p[1] < 0x80 : (classes[p[1]] & (space | digit)) != 0;
}

static bool put(nr_token_list *list, size_t start, size_t end, nr_token_kind kind)
{
  if (list->count == list->capacity)
    return false;
  list->items[list->count++] = (nr_token){(uint32_t)start, (uint32_t)end, (uint8_t)kind, 0};
  return true;
}

uint32_t nr_scan_simple(nr_text text, uint32_t from, uint32_t to, nr_token_list *list)
{
  const uint8_t *start = (const uint8_t *)text.bytes, *p = start + from, *end = start + to;

  while (p < end) {
    uint8_t class = classes[*p];
    const uint8_t *q = p;
    nr_token_kind kind = NR_TOKEN_PUNCTUATION;

    if ((class & space) != 0) {
      p++;
      continue;
    }
    if ((class & starts) != 0) {
      kind = (class & digit) != 0 ? NR_TOKEN_NUMBER : NR_TOKEN_WORD;
      q = run_end(p, end);
      if (q < end && ((classes[*q] & ends) == 0 || ((classes[*q] & guarded) != 0 && !parts(q, end))))
        break;
    } else if ((class & (sign | guarded)) != 0) {
      q++;
      if (((class & guarded) != 0 && !alone(p, end)) || (q < end && *q >= 0x80))
        break;
    } else {
      break;
    }
    if (!put(list, (size_t)(p - start), (size_t)(q - start), kind))
      break;
    p = q;
  }
  return (uint32_t)(p - start);
}
