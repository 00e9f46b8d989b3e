/* runs.c: the list is a set of words; one walk over the text. Floor 1. */
#include <string.h>

#include "text/runs.h"
#include "text/word_set.h"

enum { GAP_BYTES = 16, COMPOUND_PARTS = 3 };
#define NOWHERE SIZE_MAX

struct nr_run_words {
  const nr_memory *memory;
  nr_word_set set;
  nr_buffer telling; /* a byte a word */
  char pairs[4];     /* signs */
};

/* ---- the list ---- */

nr_run_words *nr_run_words_new(const nr_memory *memory)
{
  nr_run_words *words = nr_alloc(memory, sizeof *words);
  if (words == NULL)
    return NULL;
  words->memory = memory;
  nr_word_set_init(&words->set, memory);
  nr_buffer_init(&words->telling, memory);
  words->pairs[0] = 0;
  return words;
}

void nr_run_words_free(nr_run_words *words)
{
  if (words == NULL)
    return;
  nr_word_set_clear(&words->set);
  nr_buffer_clear(&words->telling);
  nr_release(words->memory, words, sizeof *words);
}

nr_status nr_run_words_add(nr_run_words *words, nr_text word, bool telling, nr_error *err)
{
  uint32_t id;
  bool added;
  NR_TRY(nr_word_set_add(&words->set, word, &id, &added, err));
  while (words->telling.size <= id)
    NR_TRY(nr_buffer_put_byte(&words->telling, 0, err));
  if (telling)
    words->telling.bytes[id] = 1;
  return NR_OK;
}

void nr_run_words_pairs(nr_run_words *words, nr_text signs)
{
  size_t size = signs.size < sizeof words->pairs - 1 ? signs.size : sizeof words->pairs - 1;
  memcpy(words->pairs, signs.bytes, size);
  words->pairs[size] = 0;
}

/* What the list says of a word: 0 nothing, 1 listed, 2 telling. */
static int look_up(const nr_run_words *words, const char *bytes, size_t size)
{
  uint32_t id;
  if (!nr_word_set_find(&words->set, (nr_text){bytes, size}, &id) || id >= words->telling.size)
    return 0;
  return 1 + words->telling.bytes[id];
}

/* ---- folding ---- */

/* Fold the two-byte letter at `at`: Latin-1, Cyrillic. Its size stays. */
static void fold_pair(uint8_t *at)
{
  uint8_t lead = at[0], tail = at[1];
  if (lead == 0xC3 && tail >= 0x80 && tail <= 0x9E && tail != 0x97)
    at[1] = (uint8_t)(tail + 32);
  else if (lead == 0xD0 && tail >= 0x90 && tail <= 0x9F) /* А..П */
    at[1] = (uint8_t)(tail + 32);
  else if (lead == 0xD0 && tail >= 0xA0 && tail <= 0xAF) { /* Р..Я */
    at[0] = 0xD1;
    at[1] = (uint8_t)(tail - 32);
  } else if (lead == 0xD0 && (tail == 0x81 || tail == 0x84 || tail == 0x86 || tail == 0x87)) { /* Ё Є І Ї */
    at[0] = 0xD1;
    at[1] = (uint8_t)(tail + 16);
  } else if (lead == 0xD2 && tail == 0x90) /* Ґ */
    at[1] = 0x91;
}

/* Fold ASCII; says whether there were other bytes. Eight at a time, with no branch. */
static bool fold_ascii(const char *from, char *to, size_t size)
{
  const uint64_t ones = UINT64_C(0x0101010101010101), high = ones * 0x80;
  uint64_t others = 0;
  size_t i;
  for (i = 0; i + 8 <= size; i += 8) {
    uint64_t bytes, seven;
    memcpy(&bytes, from + i, 8);
    seven = bytes & ~high;
    seven = (seven + ones * (0x80 - 'A')) & ~(seven + ones * (0x7F - 'Z')) & ~bytes & high; /* capitals */
    others |= bytes & high;
    bytes |= seven >> 2;
    memcpy(to + i, &bytes, 8);
  }
  for (; i < size; i++) {
    to[i] = (char)(from[i] >= 'A' && from[i] <= 'Z' ? from[i] + 32 : from[i]);
    others |= (uint8_t)from[i] & 0x80;
  }
  return others != 0;
}

void nr_runs_fold(nr_text text, char *low)
{
  if (!fold_ascii(text.bytes, low, text.size))
    return;
  for (size_t i = 0; i + 1 < text.size; i++) {
    uint8_t c = (uint8_t)low[i];
    if (c == 0xC3 || c == 0xD0 || c == 0xD2)
      fold_pair((uint8_t *)low + i++);
  }
}

/* ---- the walk ---- */

typedef struct walk {
  const nr_run_words *words;
  const uint8_t *low;
  size_t size;
} walk;

static bool is_digit(const walk *w, size_t at)
{
  return at < w->size && w->low[at] >= '0' && w->low[at] <= '9';
}

/* The size of the apostrophe at `at`: ' ’ ʼ; 0 where there is none. */
static size_t apostrophe(const walk *w, size_t at)
{
  const uint8_t *p = w->low + at;
  size_t left = w->size - at;
  if (left > 0 && p[0] == '\'')
    return 1;
  if (left > 2 && p[0] == 0xE2 && p[1] == 0x80 && p[2] == 0x99)
    return 3;
  return left > 1 && p[0] == 0xCA && p[1] == 0xBC ? 2 : 0;
}

/* A byte that belongs to a letter: all lead bytes but C2 and E2 (signs, punctuation) begin one. */
static const bool letter[256] = {
    ['a'] = 1,  ['b'] = 1,  ['c'] = 1,  ['d'] = 1,  ['e'] = 1,  ['f'] = 1,  ['g'] = 1,  ['h'] = 1,
    ['i'] = 1,  ['j'] = 1,  ['k'] = 1,  ['l'] = 1,  ['m'] = 1,  ['n'] = 1,  ['o'] = 1,  ['p'] = 1,
    ['q'] = 1,  ['r'] = 1,  ['s'] = 1,  ['t'] = 1,  ['u'] = 1,  ['v'] = 1,  ['w'] = 1,  ['x'] = 1,
    ['y'] = 1,  ['z'] = 1,  [0xC3] = 1, [0xC4] = 1, [0xC5] = 1, [0xC6] = 1, [0xC7] = 1, [0xC8] = 1,
    [0xC9] = 1, [0xCA] = 1, [0xCB] = 1, [0xCC] = 1, [0xCD] = 1, [0xCE] = 1, [0xCF] = 1, [0xD0] = 1,
    [0xD1] = 1, [0xD2] = 1, [0xD3] = 1, [0xD4] = 1, [0xD5] = 1, [0xD6] = 1, [0xD7] = 1, [0xD8] = 1,
    [0xD9] = 1, [0xDA] = 1, [0xDB] = 1, [0xDC] = 1, [0xDD] = 1, [0xDE] = 1, [0xDF] = 1, [0xE0] = 1,
    [0xE1] = 1, [0xE3] = 1, [0xE4] = 1, [0xE5] = 1, [0xE6] = 1, [0xE7] = 1, [0xE8] = 1, [0xE9] = 1,
    [0xEA] = 1, [0xEB] = 1, [0xEC] = 1, [0xED] = 1, [0xEE] = 1, [0xEF] = 1, [0xF0] = 1, [0xF1] = 1,
    [0xF2] = 1, [0xF3] = 1, [0xF4] = 1,
};

static bool is_letter(const walk *w, size_t at)
{
  return at < w->size && letter[w->low[at]] && (w->low[at] != 0xCA || apostrophe(w, at) == 0);
}

/* The end of the letters that begin at `at`. */
static size_t letters_end(const walk *w, size_t at)
{
  while (at < w->size && w->low[at] >= 'a' && w->low[at] <= 'z')
    at++;
  while (is_letter(w, at)) {
    bool wide = w->low[at++] >= 0x80;
    while (wide && at < w->size && w->low[at] >= 0x80 && w->low[at] < 0xC0)
      at++;
  }
  return at;
}

static size_t digits_end(const walk *w, size_t at)
{
  while (is_digit(w, at))
    at++;
  return at;
}

/* The end of what parts two words of a run: spaces, one line end, hyphens and the like; `at` where there is
 * nothing, NOWHERE where the run ends. */
static size_t gap_end(const walk *w, size_t at)
{
  unsigned lines = 0;
  for (size_t from = at; at < w->size && at - from <= GAP_BYTES;) {
    const uint8_t *p = w->low + at;
    size_t left = w->size - at, mark = apostrophe(w, at);
    if (is_digit(w, at) || is_letter(w, at))
      return at;
    if (p[0] == '\n' && ++lines > 1)
      return NOWHERE;
    if (mark > 0)
      at += mark;
    else if (p[0] != 0 && p[0] < 0x80 && strchr(" \n\t\r,-./:()@+&", p[0]) != NULL)
      at++;
    else if (left > 1 && p[0] == 0xC2 && p[1] == 0xA0)
      at += 2;
    else if (left > 2 && p[0] == 0xE2 && p[1] == 0x80 && ((p[2] >= 0x89 && p[2] <= 0x95) || p[2] == 0xAF))
      at += 3;
    else
      return NOWHERE;
  }
  return NOWHERE;
}

/* Does the number behind the sign at `at` make a numeric date of the number before it? */
static bool pair_tells(const walk *w, size_t at)
{
  uint8_t sign = w->low[at];
  if ((sign != '.' && sign != '/' && sign != '-') || !is_digit(w, at + 1))
    return false;
  size_t end = digits_end(w, at + 1);
  return strchr(w->words->pairs, sign) != NULL || end - at == 5 ||
         (end < w->size && w->low[end] == sign && is_digit(w, end + 1));
}

/* Do the digits at `at` begin what looks like a year, a clock, an ordinal, a numeric date? */
static bool number_tells(const walk *w, size_t at, size_t end)
{
  size_t size = end - at;
  if (size == 4)
    return true;
  if (size > 2 || end >= w->size)
    return false;
  uint8_t sign = w->low[end];
  if (is_letter(w, end))
    return true;
  return pair_tells(w, end) || (sign == ':' && is_digit(w, end + 1) && is_digit(w, end + 2));
}

/* Is start..end, with its apostrophes straightened, a telling word? */
static bool tells(const walk *w, size_t start, size_t end)
{
  char straight[64];
  size_t size = 0;
  for (size_t i = start; i < end && size < sizeof straight; size++) {
    size_t mark = apostrophe(w, i);
    straight[size] = mark > 0 ? '\'' : (char)w->low[i];
    i += mark > 0 ? mark : 1;
  }
  return size < sizeof straight && look_up(w->words, straight, size) == 2;
}

/* Does a telling word of several parts ("b.c.", "year's") begin with the part start..end? */
static bool compound_tells(const walk *w, size_t start, size_t end)
{
  for (int parts = 0; parts < COMPOUND_PARTS && end < w->size; parts++) {
    size_t mark = apostrophe(w, end), next;
    mark = mark > 0 ? mark : w->low[end] == '.' || w->low[end] == '-' ? 1 : 0;
    if (mark == 0)
      return false;
    if (w->low[end] == '.' && tells(w, start, end + 1))
      return true;
    next = letters_end(w, end + mark);
    if (next == end + mark)
      return false;
    end = next;
    if (!is_digit(w, end) && tells(w, start, end))
      return true;
  }
  return end < w->size && w->low[end] == '.' && tells(w, start, end + 1);
}

/* A part of a run: letters or digits. */
typedef struct part {
  size_t start, end;
  bool listed, telling;
} part;

static void read_part(const walk *w, size_t at, part *to)
{
  bool number = is_digit(w, at);
  to->start = at;
  to->end = number ? digits_end(w, at) : letters_end(w, at);
  if (number) {
    to->listed = true;
    to->telling = number_tells(w, at, to->end);
    return;
  }
  int known = look_up(w->words, (const char *)w->low + at, to->end - at);
  to->listed = known > 0 || (at > 0 && is_digit(w, at - 1)); /* 10am, 24th */
  to->telling = to->listed && ((known == 2 && !is_digit(w, to->end)) || compound_tells(w, at, to->end));
}

/* Take in the signs that cling to the run's ends, as far as a rule may read them. */
static void add_edges(const walk *w, nr_run *run)
{
  size_t end = run->end;
  for (size_t size = 1; size <= 3 && size <= run->start; size++)
    if (apostrophe(w, run->start - size) == size) {
      run->start -= size;
      break;
    }
  for (int i = 0; i < 2 && end < w->size; i++, end++) {
    uint8_t c = w->low[end];
    bool inside = end + 1 < w->size && w->low[end + 1] > ' ' && w->low[end + 1] < 0x80;
    if (c <= ' ' || c >= 0x80 || (strchr(",;:!?\"'", c) != NULL && !inside))
      break;
  }
  run->end = end;
}

/* The start of the next letters or digits at or after `at`. */
static size_t next_part(const walk *w, size_t at)
{
  while (at < w->size && !is_digit(w, at) && !is_letter(w, at))
    at++;
  return at;
}

bool nr_runs_next(const nr_run_words *words, nr_text low, size_t *at, nr_run *run)
{
  walk w = {words, (const uint8_t *)low.bytes, low.size};
  size_t next = next_part(&w, *at);
  run->place_count = 0;
  for (bool open = false; next < w.size;) {
    part one;
    read_part(&w, next, &one);
    bool fits = open && one.end - run->start <= NR_RUN_BYTES && run->place_count < NR_RUN_PLACES;
    if (open && run->place_count > 0 && (!one.listed || !fits))
      break;
    if (!one.listed) {
      open = false;
      next = next_part(&w, one.end);
      continue;
    }
    if (!fits) {
      run->start = one.start;
      run->place_count = 0;
      open = true;
    }
    if (one.telling)
      run->places[run->place_count++] = one.start;
    run->end = one.end;
    next = gap_end(&w, one.end);
    if (next == NOWHERE && run->place_count == 0) {
      open = false;
      next = next_part(&w, one.end);
    }
  }
  *at = run->place_count > 0 ? run->end : low.size;
  if (run->place_count > 0)
    add_edges(&w, run);
  return run->place_count > 0;
}
