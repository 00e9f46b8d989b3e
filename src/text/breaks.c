/* breaks.c: UAX #29, Unicode 15.0; the names of rules are its own. Floor 1. */
#include "text/breaks.h"

#include "text/ascii.h"
#include "text/char_table.h"
#include "text/utf8.h"

const char *nr_break_kind_name(nr_break_kind kind)
{
  static const char *const names[NR_BREAK_KINDS] = {"word", "sentence", "grapheme"};
  return names[kind];
}

/* A text being read: the character before `next` starts at `at`. */
typedef struct reader {
  const char *at, *next, *end;
  const nr_char *is;
} reader;

static bool read_char(reader *r)
{
  r->at = r->next;
  if (r->next >= r->end)
    return false;
  r->is = nr_char_of(nr_utf8_next(&r->next));
  return true;
}

/* ---- words ---- */

static bool word_ignored(uint8_t word)
{
  return word == NR_WB_Extend || word == NR_WB_Format || word == NR_WB_ZWJ;
}

static bool word_newline(uint8_t word)
{
  return word == NR_WB_Newline || word == NR_WB_CR || word == NR_WB_LF;
}

static bool letter(uint8_t word)
{
  return word == NR_WB_ALetter || word == NR_WB_Hebrew_Letter;
}

static bool mid_letter(uint8_t word)
{
  return word == NR_WB_MidLetter || word == NR_WB_MidNumLet || word == NR_WB_Single_Quote;
}

static bool mid_number(uint8_t word)
{
  return word == NR_WB_MidNum || word == NR_WB_MidNumLet || word == NR_WB_Single_Quote;
}

/* Class of the next character that counts, by WB4. */
static uint8_t word_ahead(reader r)
{
  while (read_char(&r))
    if (!word_ignored(r.is->word))
      return r.is->word;
  return NR_WB_Other;
}

/* WB5 to WB13b: is there no boundary before `now`? `before` and `last` are the two classes that
 * count before it; `r` stands on `now`. */
static bool word_goes_on(uint8_t before, uint8_t last, uint8_t now, const reader *r)
{
  switch (now) {
  case NR_WB_ALetter:
  case NR_WB_Hebrew_Letter:
    return letter(last) || last == NR_WB_Numeric || last == NR_WB_ExtendNumLet ||
           (letter(before) && mid_letter(last)) ||
           (before == NR_WB_Hebrew_Letter && last == NR_WB_Double_Quote && now == NR_WB_Hebrew_Letter);
  case NR_WB_Numeric:
    return letter(last) || last == NR_WB_Numeric || last == NR_WB_ExtendNumLet ||
           (before == NR_WB_Numeric && mid_number(last));
  case NR_WB_Katakana:
    return last == NR_WB_Katakana || last == NR_WB_ExtendNumLet;
  case NR_WB_ExtendNumLet:
    return letter(last) || last == NR_WB_Numeric || last == NR_WB_Katakana || last == NR_WB_ExtendNumLet;
  case NR_WB_Double_Quote:
    return last == NR_WB_Hebrew_Letter && word_ahead(*r) == NR_WB_Hebrew_Letter;
  default:
    return (now == NR_WB_Single_Quote && last == NR_WB_Hebrew_Letter) ||
           (mid_letter(now) && letter(last) && letter(word_ahead(*r))) ||
           (mid_number(now) && last == NR_WB_Numeric && word_ahead(*r) == NR_WB_Numeric);
  }
}

static const char *next_word(reader r)
{
  uint8_t before = NR_WB_Other, last, touching; /* `touching` counts ignored characters too */
  size_t flags = 0;

  read_char(&r);
  last = touching = r.is->word;
  if (last == NR_WB_CR && read_char(&r))
    return r.is->word == NR_WB_LF ? r.next : r.at; /* WB3, WB3a */
  if (word_newline(last))
    return r.next;
  flags = last == NR_WB_Regional_Indicator;
  while (read_char(&r)) {
    uint8_t now = r.is->word;
    bool flag = now == NR_WB_Regional_Indicator;
    if (word_ignored(now)) { /* WB4 */
      touching = now;
      continue;
    }
    if (!(touching == NR_WB_ZWJ && r.is->pictographic) &&                /* WB3c */
        !(touching == NR_WB_WSegSpace && now == NR_WB_WSegSpace) &&      /* WB3d */
        !(flag && last == NR_WB_Regional_Indicator && flags % 2 == 1) && /* WB15, WB16 */
        !word_goes_on(before, last, now, &r))
      return r.at;
    flags = flag ? flags + 1 : 0;
    before = last;
    last = touching = now;
  }
  return r.end;
}

/* ---- sentences ---- */

static bool sentence_ignored(uint8_t sentence)
{
  return sentence == NR_SB_Extend || sentence == NR_SB_Format;
}

static bool paragraph_end(uint8_t sentence)
{
  return sentence == NR_SB_Sep || sentence == NR_SB_CR || sentence == NR_SB_LF;
}

static bool terminator(uint8_t sentence)
{
  return sentence == NR_SB_ATerm || sentence == NR_SB_STerm;
}

/* SB8: does a lower-case letter come before any other letter, terminator or paragraph end? */
static bool lower_ahead(reader r)
{
  do {
    uint8_t now = r.is->sentence;
    if (now == NR_SB_Lower)
      return true;
    if (now == NR_SB_OLetter || now == NR_SB_Upper || paragraph_end(now) || terminator(now))
      return false;
  } while (read_char(&r));
  return false;
}

/* How far behind a terminator we are: Close* Sp* may stand between. */
typedef enum phase { no_term, at_term, at_close, at_space } phase;

/* SB6 to SB10: does the sentence go on in spite of its terminator? The look ahead comes last, so
 * that it is taken once a terminator. */
static bool sentence_goes_on(phase where, uint8_t term, uint8_t before_term, const reader *r)
{
  uint8_t now = r->is->sentence;

  if (now == NR_SB_SContinue || terminator(now) || now == NR_SB_Sp || paragraph_end(now) ||
      (now == NR_SB_Close && where != at_space))
    return true;
  if (term != NR_SB_ATerm)
    return false;
  if (where == at_term && now == NR_SB_Numeric)
    return true;
  if (where == at_term && now == NR_SB_Upper && (before_term == NR_SB_Upper || before_term == NR_SB_Lower))
    return true;
  return lower_ahead(*r);
}

static phase next_phase(phase where, uint8_t now)
{
  if (terminator(now))
    return at_term;
  if (now == NR_SB_Close && (where == at_term || where == at_close))
    return at_close;
  return now == NR_SB_Sp && where != no_term ? at_space : no_term;
}

static const char *next_sentence(reader r)
{
  phase where = no_term;
  uint8_t last = NR_SB_Other, term = NR_SB_Other, before_term = NR_SB_Other;

  while (read_char(&r)) {
    uint8_t now = r.is->sentence;
    if (sentence_ignored(now)) /* SB5 */
      continue;
    if (where != no_term && !sentence_goes_on(where, term, before_term, &r))
      return r.at; /* SB11 */
    if (now == NR_SB_CR && read_char(&r))
      return r.is->sentence == NR_SB_LF ? r.next : r.at; /* SB3 */
    if (paragraph_end(now))
      return r.next; /* SB4 */
    where = next_phase(where, now);
    if (terminator(now)) {
      term = now;
      before_term = last;
    }
    last = now;
  }
  return r.end;
}

/* ---- graphemes ---- */

static bool control(uint8_t grapheme)
{
  return grapheme == NR_GB_CR || grapheme == NR_GB_LF || grapheme == NR_GB_Control;
}

/* GB6 to GB8. */
static bool syllable_goes_on(uint8_t last, uint8_t now)
{
  switch (last) {
  case NR_GB_L:
    return now == NR_GB_L || now == NR_GB_V || now == NR_GB_LV || now == NR_GB_LVT;
  case NR_GB_LV:
  case NR_GB_V:
    return now == NR_GB_V || now == NR_GB_T;
  case NR_GB_LVT:
  case NR_GB_T:
    return now == NR_GB_T;
  default:
    return false;
  }
}

static const char *next_grapheme(reader r)
{
  bool picture, joined = false; /* a pictograph and its extenders; then a joiner */
  size_t flags;
  uint8_t last;

  read_char(&r);
  last = r.is->grapheme;
  picture = r.is->pictographic;
  flags = last == NR_GB_Regional_Indicator;
  while (read_char(&r)) {
    uint8_t now = r.is->grapheme;
    bool flag = now == NR_GB_Regional_Indicator;
    if (last == NR_GB_CR && now == NR_GB_LF)
      return r.next; /* GB3 */
    if (control(last) || control(now))
      return r.at; /* GB4, GB5 */
    if (!syllable_goes_on(last, now) && now != NR_GB_Extend && now != NR_GB_ZWJ && now != NR_GB_SpacingMark &&
        last != NR_GB_Prepend && !(joined && r.is->pictographic) && !(flag && flags % 2 == 1))
      return r.at;
    joined = now == NR_GB_ZWJ && picture;
    picture = r.is->pictographic || (picture && now == NR_GB_Extend);
    flags = flag ? flags + 1 : 0;
    last = now;
  }
  return r.end;
}

size_t nr_break_next_by_rules(nr_break_kind kind, nr_text text, size_t from)
{
  reader r = {.at = text.bytes + from, .next = text.bytes + from, .end = text.bytes + text.size};
  const char *border = kind == NR_BREAK_WORD       ? next_word(r)
                       : kind == NR_BREAK_SENTENCE ? next_sentence(r)
                                                   : next_grapheme(r);
  return (size_t)(border - text.bytes);
}

/* ---- the fast path ---- */

/* Classes of ASCII for words; what is left out stands alone. */
enum { ascii_letter = 1, ascii_digit = 2, ascii_joiner = 4, ascii_mid_letter = 8, ascii_mid_number = 16 };
enum { ascii_word = ascii_letter | ascii_digit | ascii_joiner };

#define L ascii_letter
#define D ascii_digit
static const uint8_t ascii_class[256] = {
    ['.'] = ascii_mid_letter | ascii_mid_number,
    ['\''] = ascii_mid_letter | ascii_mid_number,
    [':'] = ascii_mid_letter,
    [','] = ascii_mid_number,
    [';'] = ascii_mid_number,
    ['_'] = ascii_joiner,
    ['0'] = D,
    ['1'] = D,
    ['2'] = D,
    ['3'] = D,
    ['4'] = D,
    ['5'] = D,
    ['6'] = D,
    ['7'] = D,
    ['8'] = D,
    ['9'] = D,
    ['A'] = L,
    ['B'] = L,
    ['C'] = L,
    ['D'] = L,
    ['E'] = L,
    ['F'] = L,
    ['G'] = L,
    ['H'] = L,
    ['I'] = L,
    ['J'] = L,
    ['K'] = L,
    ['L'] = L,
    ['M'] = L,
    ['N'] = L,
    ['O'] = L,
    ['P'] = L,
    ['Q'] = L,
    ['R'] = L,
    ['S'] = L,
    ['T'] = L,
    ['U'] = L,
    ['V'] = L,
    ['W'] = L,
    ['X'] = L,
    ['Y'] = L,
    ['Z'] = L,
    ['a'] = L,
    ['b'] = L,
    ['c'] = L,
    ['d'] = L,
    ['e'] = L,
    ['f'] = L,
    ['g'] = L,
    ['h'] = L,
    ['i'] = L,
    ['j'] = L,
    ['k'] = L,
    ['l'] = L,
    ['m'] = L,
    ['n'] = L,
    ['o'] = L,
    ['p'] = L,
    ['q'] = L,
    ['r'] = L,
    ['s'] = L,
    ['t'] = L,
    ['u'] = L,
    ['v'] = L,
    ['w'] = L,
    ['x'] = L,
    ['y'] = L,
    ['z'] = L,
};
#undef L
#undef D

/* The end of the ASCII word at `p`, or NULL where a byte beyond ASCII has a say. */
static const uint8_t *ascii_word_end(const uint8_t *p, const uint8_t *end)
{
  for (;;) {
    uint8_t last, next, mid;
    p++;
    while (end - p >= 8) {
      unsigned run = nr_ascii_run(p, true);
      p += run;
      if (run < 8)
        break;
    }
    while (p < end && (ascii_class[*p] & ascii_word) != 0)
      p++;
    if (p == end)
      return p;
    mid = ascii_class[*p];
    if (mid == 0)
      return *p < 0x80 ? p : NULL;
    if (p + 1 == end)
      return p;
    if (p[1] >= 0x80)
      return NULL;
    last = ascii_class[p[-1]];
    next = ascii_class[p[1]];
    if (!((last & next & ascii_letter) != 0 && (mid & ascii_mid_letter) != 0) &&
        !((last & next & ascii_digit) != 0 && (mid & ascii_mid_number) != 0))
      return p;
  }
}

/* The first border behind the ASCII byte at `p`, or NULL where a byte beyond ASCII has a say. */
static const uint8_t *ascii_next_word(const uint8_t *p, const uint8_t *end)
{
  uint8_t first = *p;

  if ((ascii_class[first] & ascii_word) != 0)
    return ascii_word_end(p, end);
  p++;
  while (first == ' ' && p < end && *p == ' ')
    p++;
  if (p == end)
    return p;
  if (first == '\r' && *p == '\n')
    return p + 1;
  return *p < 0x80 || first == '\n' || first == '\r' ? p : NULL;
}

size_t nr_break_next(nr_break_kind kind, nr_text text, size_t from)
{
  const uint8_t *start = (const uint8_t *)text.bytes, *border;

  if (kind == NR_BREAK_WORD && start[from] < 0x80) {
    border = ascii_next_word(start + from, start + text.size);
    if (border != NULL)
      return (size_t)(border - start);
  }
  return nr_break_next_by_rules(kind, text, from);
}
