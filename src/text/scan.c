/* scan.c: words, numbers, punctuation and symbols of news text. Floor 1. */
#include "text/scan.h"

#include "text/breaks.h"
#include "text/char_table.h"
#include "text/utf8.h"

/* A block being read. */
typedef struct scanner {
  const char *text, *end; /* offsets count from `text`; nothing is read at or behind `end` */
  const nr_word_lists *lists;
  nr_token_list *list;
  nr_error *err;
  bool open_single; /* an opening single quotation mark waits for its closing one */
} scanner;

nr_status nr_token_list_put(nr_token_list *list, nr_token token, nr_error *err)
{
  if (list->count == list->capacity)
    NR_TRY(nr_grow(list->memory, (void **)&list->items, &list->capacity, list->count + 1, sizeof token, err));
  list->items[list->count++] = token;
  return NR_OK;
}

static nr_status put(scanner *s, const char *start, const char *end, nr_token_kind kind, bool joined)
{
  nr_token token = {(uint32_t)(start - s->text), (uint32_t)(end - s->text), (uint8_t)kind,
                    joined ? NR_MARK_JOINED : 0};
  return nr_token_list_put(s->list, token, s->err);
}

/* ---- characters ---- */

static uint32_t code_at(const scanner *s, const char *at)
{
  return at < s->end ? nr_utf8_next(&at) : 0;
}

static const char *behind(const char *at)
{
  nr_utf8_next(&at);
  return at;
}

static bool is_letter(uint32_t code)
{
  uint8_t category = nr_char_of(code)->category;
  return (category >= NR_GC_Lu && category <= NR_GC_Lo) || category == NR_GC_Nl;
}

static bool is_digit(uint32_t code)
{
  uint8_t category = nr_char_of(code)->category;
  return category == NR_GC_Nd || category == NR_GC_No;
}

static bool is_upper(uint32_t code)
{
  return nr_char_of(code)->category == NR_GC_Lu;
}

static bool is_cyrillic(uint32_t code)
{
  return nr_char_of(code)->script == NR_SCRIPT_Cyrillic;
}

static bool is_latin(uint32_t code)
{
  return nr_char_of(code)->script == NR_SCRIPT_Latin;
}

/* Marks, joiners and signs inside words that make no word of their own. */
static bool is_extender(uint32_t code)
{
  uint8_t word = nr_char_of(code)->word;
  return word == NR_WB_Extend || word == NR_WB_Format || word == NR_WB_ZWJ;
}

static bool is_apostrophe(uint32_t code)
{
  return code == '\'' || code == 0x2019 || code == 0x2BC || code == 0xFF07 || code == 0x2018 ||
         code == 0x201B;
}

static bool is_hyphen(uint32_t code)
{
  return code == '-' || code == 0x2010 || code == 0x2011;
}

/* Scripts written without spaces: every character is a token, joined to the next. */
static bool is_alone(uint32_t code)
{
  uint8_t script = nr_char_of(code)->script;
  return script == NR_SCRIPT_Han || script == NR_SCRIPT_Hiragana || script == NR_SCRIPT_Thai;
}

static bool is_space(uint32_t code)
{
  uint8_t category = nr_char_of(code)->category;
  return category == NR_GC_Zs || category == NR_GC_Zl || category == NR_GC_Zp || category == NR_GC_Cc ||
         category == NR_GC_Cn;
}

/* ---- words ---- */

static const char *skip_extenders(const scanner *s, const char *at)
{
  while (at < s->end && is_extender(code_at(s, at)))
    at = behind(at);
  return at;
}

/* The end of a run of letters (or digits) and their extenders. */
static const char *skip_run(const scanner *s, const char *at)
{
  while (at < s->end) {
    uint32_t code = code_at(s, at);
    if (!(is_letter(code) && !is_alone(code)) && !is_digit(code) && code != '_' && !is_extender(code))
      break;
    at = behind(at);
  }
  return at;
}

/* Does one letter alone, or letters with stops between them, stand at [start, end)? "U", "e.g". */
static bool dotted(const scanner *s, const char *start, const char *end)
{
  if (end - start > 64)
    return false;
  while (start < end) {
    if (!is_letter(code_at(s, start)))
      return false;
    start = skip_extenders(s, behind(start));
    if (start >= end)
      return true;
    if (*start != '.')
      return false;
    start++;
  }
  return false;
}

/* Are all bytes of [start, end) small ASCII letters, digits, or what addresses have inside? */
static bool address_part(const char *start, const char *end)
{
  if (end - start > 256)
    return false; /* keeps "a.a.a..." linear */
  for (; start < end; start++)
    if (!((*start >= 'a' && *start <= 'z') || (*start >= '0' && *start <= '9') || *start == '-' ||
          *start == '.' || *start == '_'))
      return false;
  return true;
}

static bool all_digits(const char *start, const char *end)
{
  for (; start < end; start++)
    if (*start < '0' || *start > '9')
      return false;
  return true;
}

/* Does the connector at `at` hold [start, at) and what follows together in one token? */
static bool connects(const scanner *s, const char *start, const char *run, const char *at)
{
  const char *next = behind(at);
  uint32_t code = code_at(s, at), left = 0, right = code_at(s, next);
  const char *p;

  if (!is_letter(right) && !is_digit(right))
    return false;
  if (is_alone(right))
    return false;
  for (p = run; p < at; p = behind(p))
    if (!is_extender(code_at(s, p)))
      left = code_at(s, p);
  if (is_digit(left) && is_digit(right))
    return code == '.' || code == ',' || code == ':' || code == '/' || code == 0x2044;
  if (is_apostrophe(code) || ((code == '`' || code == 0xB4) && is_cyrillic(left)))
    return is_letter(left) && is_letter(right);
  if (code == '.' && is_letter(left) && is_letter(right)) {
    const char *end = skip_run(s, next);
    if (is_latin(left) && dotted(s, start, at))
      return skip_extenders(s, behind(next)) == end || address_part(start, end);
    return address_part(start, end);
  }
  if (code == '.')
    return is_latin(left) && is_digit(right) && address_part(start, at);
  if (code == '&')
    return is_upper(left) && is_upper(right) && is_latin(left);
  if (is_hyphen(code) && is_cyrillic(right))
    return is_digit(left); /* 2016-го */
  if (code == '"')         /* gershayim typed as a quotation mark */
    return nr_char_of(left)->script == NR_SCRIPT_Hebrew && nr_char_of(right)->script == NR_SCRIPT_Hebrew;
  if (code == 0xB7 || code == 0x5F4 || code == 0x5F3)
    return is_letter(left) && is_letter(right);
  return false;
}

/* Three groups of digits, or three and four: 2025-09-26, 303-832-8160, 555-1234. */
static const char *digit_groups(const scanner *s, const char *start, const char *end)
{
  const char *at = end, *group = start;
  int groups = 1;

  if (!all_digits(start, end))
    return end;
  while (at < s->end && *at == '-') {
    const char *next = skip_run(s, at + 1);
    if (next == at + 1 || !all_digits(at + 1, next))
      break;
    group = at + 1;
    at = next;
    groups++;
  }
  return groups > 2 || (groups == 2 && end - start == 3 && at - group == 4) ? at : end;
}

static const char *word_end(const scanner *s, const char *start)
{
  const char *run = start, *at = skip_run(s, start);

  while (at < s->end && connects(s, start, run, at)) {
    run = behind(at);
    at = skip_run(s, run);
  }
  return digit_groups(s, start, at);
}

/* The next character behind white space; 0 at the end of the block. */
static uint32_t after_space(const scanner *s, const char *at)
{
  while (at < s->end && is_space(code_at(s, at)))
    at = behind(at);
  return code_at(s, at);
}

/* Does the stop at `end` belong to the Latin word [start, end)? */
static bool owns_stop(const scanner *s, const char *start, const char *end)
{
  uint32_t what, first = code_at(s, start);

  if (end >= s->end || *end != '.' || (end + 1 < s->end && end[1] == '.') || !is_latin(first))
    return false;
  if (dotted(s, start, end) && (is_upper(first) || behind(start) < end))
    return true;
  what = nr_word_meanings(s->lists, (nr_text){start, (size_t)(end - start)});
  if ((what & (NR_WORD_TITLE | NR_WORD_ABBREVIATION | NR_WORD_CLOSING)) == 0)
    return (what & NR_WORD_BEFORE_NUMBER) != 0 && is_digit(after_space(s, end + 1));
  return true;
}

/* ---- clitics ---- */

/* Is [start, end) one of the words in `list`, which are small letters with a space behind each? */
static bool one_of(const char *start, const char *end, const char *list)
{
  size_t size = (size_t)(end - start);

  for (; *list != '\0'; list = strchr(list, ' ') + 1) {
    size_t i = 0;
    while (i < size && (start[i] | 0x20) == list[i] && list[i] != ' ')
      i++;
    if (i == size && list[i] == ' ')
      return true;
  }
  return false;
}

static bool is_vowel(uint32_t code)
{
  return (code != 0 && code < 0x80 && strchr("aeiouyhAEIOUYH", (int)code) != NULL) ||
         (code >= 0xC0 && code < 0x180);
}

/* Where the Latin word [start, end) splits into word and clitic; NULL where it does not. */
static const char *clitic_split(const scanner *s, const char *start, const char *end)
{
  const char *last = NULL;

  for (const char *at = start; at < end; at = behind(at))
    if (is_apostrophe(code_at(s, at)))
      last = at;
  if (last == NULL || last == start)
    return NULL;
  if (one_of(behind(last), end, "s m d re ve ll "))
    return last;
  if (one_of(behind(last), end, "t ") && last - start > 1 && (last[-1] | 0x20) == 'n')
    return last - 1;
  if (one_of(start, last, "l d j c n m s t qu jusqu lorsqu puisqu quoiqu dell nell sull dall all un ") &&
      is_vowel(code_at(s, behind(last))))
    return behind(last);
  return NULL;
}

/* ---- one token ---- */

/* Is a word or number joined on behind `at`, directly or by a hyphen? */
static bool joined_at(const scanner *s, const char *at)
{
  uint32_t code = code_at(s, at);

  if (at >= s->end)
    return false;
  if (is_hyphen(code) || code == 0x2013)
    code = code_at(s, behind(at));
  return is_letter(code) || is_digit(code);
}

static nr_status put_word(scanner *s, const char *start, const char *end)
{
  nr_token_kind kind = is_digit(code_at(s, start)) ? NR_TOKEN_NUMBER : NR_TOKEN_WORD;
  const char *split = kind == NR_TOKEN_WORD && end - start < 64 && is_latin(code_at(s, start))
                          ? clitic_split(s, start, end)
                          : NULL;

  if (split == NULL)
    return put(s, start, end, kind, joined_at(s, end));
  NR_TRY(put(s, start, split, kind, true));
  return put(s, split, end, kind, joined_at(s, end));
}

/* "workers' rights": an apostrophe behind an s, unless it closes a quotation. */
static bool plural_possessive(const scanner *s, const char *start, const char *end)
{
  uint32_t code = code_at(s, end);

  return !s->open_single && end < s->end && (code == '\'' || code == 0x2019) && end > start + 1 &&
         (end[-1] | 0x20) == 's' && is_space(code_at(s, behind(end)));
}

static bool address_char(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         (c != '\0' && strchr("-._~:/?#@!$&*+,;=%", c) != NULL);
}

/* The end of an address that has begun: without the punctuation of the sentence around it. */
static const char *address_end(const scanner *s, const char *start, const char *at)
{
  while (at < s->end && address_char(*at))
    at++;
  while (at > start && strchr(".,;:?!*", at[-1]) != NULL)
    at--;
  return at;
}

/* Where an address begins at `start` or goes on at `end`, give its end; else `end`. */
static const char *address_from(const scanner *s, const char *start, const char *end)
{
  if (end >= s->end)
    return end;
  if (*end == ':' && s->end - end > 3 && end[1] == '/' && end[2] == '/' &&
      one_of(start, end, "http https ftp "))
    return address_end(s, start, end + 3);
  if (*end == '@' && end + 1 < s->end && is_letter((uint8_t)end[1] < 0x80 ? (uint32_t)end[1] : 0))
    return address_end(s, start, end + 1);
  if (end - start > 4 && one_of(start, start + 3, "www ") && start[3] == '.')
    return address_end(s, start, end);
  if (*end == '/' && memchr(start, '.', (size_t)(end - start)) != NULL && !all_digits(start, start + 1) &&
      address_part(start, end))
    return address_end(s, start, end);
  return end;
}

static nr_status scan_word(scanner *s, const char **at)
{
  const char *start = *at, *end = word_end(s, start), *address = address_from(s, start, end);

  if (address != end) {
    *at = address;
    return put(s, start, address, NR_TOKEN_WORD, false);
  }
  if (owns_stop(s, start, end))
    end++;
  *at = end;
  if (!plural_possessive(s, start, end))
    return put_word(s, start, end);
  NR_TRY(put(s, start, end, NR_TOKEN_WORD, true));
  *at = behind(end);
  return put(s, end, *at, NR_TOKEN_WORD, false);
}

/* "&#39;", "&quot;": a character reference that was left in the text. Its end, or NULL. */
static const char *reference_end(const scanner *s, const char *at)
{
  const char *start = ++at;

  while (at < s->end && at - start < 10 &&
         (*at == '#' || (*at >= '0' && *at <= '9') || (*at >= 'a' && *at <= 'z')))
    at++;
  return at < s->end && *at == ';' && at > start + 1 ? at + 1 : NULL;
}

/* Signs that make one token when repeated: "...", "?!", "--", "***", "$$$", "``". */
static bool run_goes_on(uint32_t first, uint32_t code)
{
  static const char ends[] = ".!?";
  if (first < 0x80 && strchr(ends, (int)first) != NULL && code < 0x80 && code != 0)
    return strchr(ends, (int)code) != NULL;
  if (first == 0x2026 || code == 0x2026)
    return (first == 0x2026 || strchr(ends, (int)(first < 0x80 ? first : 'a')) != NULL) &&
           (code == 0x2026 || (code != 0 && code < 0x80 && strchr(ends, (int)code) != NULL));
  return first == code && code < 0x80 && code != 0 && strchr("-=*_~+<>#`'$", (int)code) != NULL;
}

static void note_single_quote(scanner *s, uint32_t code, const char *at)
{
  if (code != '\'' && code != 0x2018 && code != 0x2019)
    return;
  if (code == 0x2018)
    s->open_single = true;
  else if (code == 0x2019)
    s->open_single = false;
  else
    s->open_single = !s->open_single && (at == s->text || is_space((uint8_t)at[-1]) || at[-1] == '(');
}

/* A face in text, ":)" ";-D": its end, or NULL. It stands between spaces or at an end. */
static const char *face_end(const scanner *s, const char *at)
{
  if (*at != ':' && *at != ';')
    return NULL;
  at++;
  if (at < s->end && *at == '-')
    at++;
  if (at >= s->end || *at == '\0' || strchr(")(DP|", *at) == NULL)
    return NULL;
  at++;
  return at == s->end || is_space(code_at(s, at)) || *at == '.' || *at == ',' ? at : NULL;
}

static nr_status scan_sign(scanner *s, const char **at)
{
  const char *start = *at, *end = start;
  uint32_t code = nr_utf8_next(&end);
  uint8_t category = nr_char_of(code)->category;
  bool punctuation = category >= NR_GC_Pc && category <= NR_GC_Po;
  const char *reference = code == '&' ? reference_end(s, start) : NULL, *face = face_end(s, start);

  note_single_quote(s, code, start);
  if (reference != NULL) {
    end = reference;
    if (s->end - end >= end - start && memcmp(start, end, (size_t)(end - start)) == 0)
      end += end - start; /* two apostrophes for a quotation mark */
    punctuation = true;
  } else if (face != NULL) {
    end = face;
    punctuation = false;
  } else {
    while (end < s->end && run_goes_on(code, code_at(s, end)))
      end = behind(end);
    if (end == behind(start))
      end = start + nr_break_next(NR_BREAK_GRAPHEME, (nr_text){start, (size_t)(s->end - start)}, 0);
  }
  *at = end;
  return put(s, start, end, punctuation ? NR_TOKEN_PUNCTUATION : NR_TOKEN_SYMBOL, false);
}

/* "@name", "#word": the sign is part of the word. */
static bool tag_starts(const scanner *s, const char *at)
{
  uint32_t next;

  if (*at != '@' && *at != '#')
    return false;
  next = code_at(s, at + 1);
  return is_letter(next) || next == '_';
}

static nr_status scan_token(scanner *s, const char **at)
{
  const char *start = *at;
  uint32_t code = code_at(s, start);

  if (is_space(code) || (nr_char_of(code)->category == NR_GC_Cf)) {
    *at = behind(start);
    return NR_OK;
  }
  if (is_alone(code)) {
    *at = skip_extenders(s, behind(start));
    return put(s, start, *at, NR_TOKEN_WORD, joined_at(s, *at));
  }
  if (is_letter(code) || is_digit(code))
    return scan_word(s, at);
  if (tag_starts(s, start)) {
    *at = skip_run(s, start + 1);
    return put(s, start, *at, NR_TOKEN_WORD, false);
  }
  return scan_sign(s, at);
}

nr_status nr_scan(nr_text text, uint32_t start, uint32_t end, const nr_word_lists *lists, bool careful,
                  nr_token_list *list, nr_error *err)
{
  scanner s = {.text = text.bytes, .end = text.bytes + end, .lists = lists, .list = list, .err = err};
  const char *at = text.bytes + start;

  while (at < s.end) {
    if (!careful)
      at = text.bytes + nr_scan_simple(text, (uint32_t)(at - text.bytes), end, lists, list);
    if (at < s.end)
      NR_TRY(scan_token(&s, &at));
  }
  return NR_OK;
}

nr_status nr_scan_plain(nr_text text, uint32_t start, uint32_t end, bool careful, nr_token_list *list,
                        nr_error *err)
{
  scanner s = {.text = text.bytes, .end = text.bytes + end, .list = list, .err = err};
  nr_text block = {text.bytes + start, end - start};

  for (size_t at = 0; at < block.size;) {
    if (!careful)
      at = nr_scan_plain_simple(text, start + (uint32_t)at, end, list) - start;
    if (at == block.size)
      break;
    size_t next =
        careful ? nr_break_next_by_rules(NR_BREAK_WORD, block, at) : nr_break_next(NR_BREAK_WORD, block, at);
    const char *first = block.bytes + at, *behind_it = block.bytes + next;
    while (first < behind_it && is_space(code_at(&s, first)))
      first = behind(first); /* a narrow no-break space is one word with what follows it */
    at = next;
    if (first == behind_it)
      continue;
    uint32_t code = code_at(&s, first);
    uint8_t category = nr_char_of(code)->category;
    nr_token_kind kind = is_letter(code)                                ? NR_TOKEN_WORD
                         : is_digit(code)                               ? NR_TOKEN_NUMBER
                         : category >= NR_GC_Pc && category <= NR_GC_Po ? NR_TOKEN_PUNCTUATION
                                                                        : NR_TOKEN_SYMBOL;
    NR_TRY(put(&s, first, behind_it, kind, kind <= NR_TOKEN_NUMBER && joined_at(&s, behind_it)));
  }
  return NR_OK;
}
