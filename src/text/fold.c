/* fold.c: the form under which a word is found, by utf8proc. Floor 1. */
#include "text/fold.h"

#include <utf8proc.h>

#include "text/char_table.h"
#include "text/utf8.h"

/* Signs that never tell words apart: soft hyphen, zero-width space and joiners of words, marks of
 * direction, variation selectors. */
static bool invisible(uint32_t code)
{
  return code == 0xAD || code == 0x34F || code == 0x61C || code == 0x180E || code == 0x200B ||
         (code >= 0x200E && code <= 0x200F) || (code >= 0x202A && code <= 0x202E) ||
         (code >= 0x2060 && code <= 0x206F) || code == 0xFEFF || (code >= 0xFE00 && code <= 0xFE0F) ||
         (code >= 0xE0000 && code <= 0xE0FFF);
}

/* Scripts from Arabic to Vedic spell with the zero-width joiner and non-joiner. */
static bool spells_with_joiners(uint32_t code)
{
  return code >= 0x600 && code < 0x1D00;
}

static uint32_t plain_apostrophe(uint32_t code)
{
  return code == 0x2018 || code == 0x2019 || code == 0x201B || code == 0x2BC || code == 0xFF07 ||
                 code == 0x60 || code == 0xB4
             ? '\''
             : code;
}

/* A Latin letter whose mark is a stroke through it or a missing dot has no decomposition. */
static int32_t without_stroke(int32_t code)
{
  switch (code) {
  case 0x142:
    return 'l';
  case 0x111:
    return 'd';
  case 0xF8:
    return 'o';
  case 0x127:
    return 'h';
  case 0x167:
    return 't';
  case 0x131:
    return 'i';
  default:
    return code;
  }
}

static bool latin(int32_t code)
{
  return (code >= 'a' && code <= 'z') || (code >= 0xDF && code <= 0x24F && code != 0xF7) ||
         (code >= 0x250 && code <= 0x2AF) || (code >= 0x1E00 && code <= 0x1EFF) ||
         (code >= 0x2C60 && code <= 0x2C7F) || (code >= 0xA722 && code <= 0xA7FF) ||
         (code >= 0xAB30 && code <= 0xAB64);
}

/* An acute on a Cyrillic letter shows stress, but on г and к it makes another letter. */
static bool stress(int32_t base, int32_t sign)
{
  return sign == 0x301 && base >= 0x430 && base < 0x460 && base != 0x433 && base != 0x43A;
}

static bool mark(int32_t code)
{
  utf8proc_category_t category = utf8proc_category(code);
  return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME;
}

/* Drop marks on Latin letters, and marks of stress, from decomposed text; return what is left. */
static size_t drop_marks(int32_t *codes, size_t count)
{
  size_t kept = 0;
  int32_t base = 0;

  for (size_t i = 0; i < count; i++) {
    if (mark(codes[i])) {
      if (latin(base) || stress(base, codes[i]))
        continue;
    } else {
      codes[i] = without_stroke((int32_t)plain_apostrophe((uint32_t)codes[i]));
      base = codes[i];
    }
    codes[kept++] = codes[i];
  }
  return kept;
}

/* Decode a token, with apostrophes made one and invisible signs left out. */
static size_t read_codes(nr_text token, int32_t *codes)
{
  const char *at = token.bytes, *end = at + token.size;
  size_t count = 0;

  while (at < end) {
    uint32_t code = plain_apostrophe(nr_utf8_next(&at));
    if (!invisible(code))
      codes[count++] = (int32_t)code;
  }
  return count;
}

static bool joiner(int32_t code)
{
  return code == 0x200C || code == 0x200D;
}

/* Keep joiners that stand between two letters of a script that spells with them; return what is left.
 * Marks in between have no say, because their order is not settled yet. */
static size_t drop_joiners(int32_t *codes, size_t count)
{
  size_t kept = 0, next = 0;
  bool spelling = false;

  for (size_t i = 0; i < count; i++) {
    if (joiner(codes[i])) {
      for (next = next > i ? next : i + 1; next < count && (joiner(codes[next]) || mark(codes[next]));)
        next++;
      if (!spelling || next == count || !spells_with_joiners((uint32_t)codes[next]))
        continue;
    } else if (!mark(codes[i])) {
      spelling = spells_with_joiners((uint32_t)codes[i]);
    }
    codes[kept++] = codes[i];
  }
  return kept;
}

/* The longest decomposition with case folding (U+FDFA) has 18 code points. */
enum {
  expansion_max = 18,
  options = UTF8PROC_COMPOSE | UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD
};

static size_t decompose(const int32_t *codes, size_t count, int32_t *out)
{
  size_t size = 0;
  int boundary = 0;

  for (size_t i = 0; i < count; i++) {
    utf8proc_ssize_t added =
        utf8proc_decompose_char(codes[i], out + size, expansion_max, (utf8proc_option_t)options, &boundary);
    size += added > 0 && added <= expansion_max ? (size_t)added : 0;
  }
  return size;
}

/* Bring runs of marks into canonical order: an insertion sort by combining class. Runs are short,
 * and `run_max` keeps a text made of marks alone from costing more than linear time. */
static void order_marks(int32_t *codes, size_t count)
{
  enum { run_max = 64 };

  for (size_t i = 1; i < count; i++) {
    int32_t code = codes[i];
    int rank = utf8proc_get_property(code)->combining_class;
    size_t at = i;
    if (rank == 0)
      continue;
    while (at > 0 && i - at < run_max && utf8proc_get_property(codes[at - 1])->combining_class > rank) {
      codes[at] = codes[at - 1];
      at--;
    }
    codes[at] = code;
  }
}

static nr_status put_codes(const int32_t *codes, size_t count, nr_buffer *out, nr_error *err)
{
  char bytes[4];

  for (size_t i = 0; i < count; i++)
    NR_TRY(nr_buffer_put(out, bytes, nr_utf8_put(bytes, (uint32_t)codes[i]), err));
  return NR_OK;
}

/* A stop behind a letter or digit, at the end of a form, ended an abbreviation. */
static void drop_stop(nr_buffer *out, size_t start)
{
  const char *end;
  uint8_t before;

  if (out->size - start < 2)
    return;
  end = out->bytes + out->size;
  before = (uint8_t)end[-2];
  if (end[-1] == '.' &&
      (before >= 0x80 || (before >= 'a' && before <= 'z') || (before >= '0' && before <= '9')))
    out->size--;
}

static nr_status fold_codes(nr_text token, int32_t *codes, int32_t *work, nr_buffer *out, nr_error *err)
{
  size_t count = decompose(codes, read_codes(token, codes), work);
  size_t before = out->size;
  utf8proc_ssize_t composed;

  count = drop_joiners(work, count);
  order_marks(work, count);
  count = drop_marks(work, count);
  composed = utf8proc_normalize_utf32(work, (utf8proc_ssize_t)count, (utf8proc_option_t)options);
  NR_TRY(put_codes(work, composed < 0 ? 0 : (size_t)composed, out, err));
  drop_stop(out, before);
  return NR_OK;
}

static nr_status fold_unicode(nr_text token, nr_buffer *out, nr_error *err)
{
  enum { short_token = 64 };
  int32_t small[short_token * (1 + expansion_max)];
  size_t size = token.size * (1 + expansion_max) * sizeof(int32_t);
  int32_t *codes = token.size <= short_token ? small : nr_alloc(out->memory, size);
  nr_status status;

  if (codes == NULL)
    return nr_fail_memory(err);
  status = fold_codes(token, codes, codes + token.size, out, err);
  if (codes != small)
    nr_release(out->memory, codes, size);
  return status;
}

/* ---- the fast path: letters that fold one to one ---- */

/* Fold [at, end) into `out`, which has room for as many bytes, as long as characters are ASCII,
 * Cyrillic letters without a mark apart, or the two commonest apostrophes beyond ASCII.
 *
 * Returns where it stopped; *size is what was written. */
static const uint8_t *fold_simple(const uint8_t *at, const uint8_t *end, char *out, size_t *size)
{
  size_t n = 0;

  while (at < end) {
    uint8_t byte = *at;
    if (byte < 0x80) {
      out[n++] = (char)(byte == '`' ? '\'' : byte + (uint8_t)((uint8_t)(byte - 'A') < 26) * 0x20);
      at++;
    } else if (byte == 0xD0 || (byte == 0xD1 && at[1] < 0xA0)) {
      uint32_t code = (uint32_t)(byte & 0x1F) << 6 | (at[1] & 0x3F);
      code += code < 0x410 ? 80 : code < 0x430 ? 32 : 0;
      out[n++] = (char)(0xC0 | code >> 6);
      out[n++] = (char)(0x80 | (code & 0x3F));
      at += 2;
    } else if (byte == 0xE2 && at[1] == 0x80 && (at[2] == 0x98 || at[2] == 0x99)) {
      out[n++] = '\'';
      at += 3;
    } else {
      break;
    }
  }
  *size = n;
  return at;
}

nr_status nr_fold(nr_text token, nr_buffer *out, nr_error *err)
{
  const uint8_t *start = (const uint8_t *)token.bytes, *end;
  size_t before = out->size, size;

  if (token.size == 0)
    return NR_OK;
  end = start + token.size;
  if (out->capacity - out->size < token.size)
    NR_TRY(nr_buffer_reserve(out, token.size, err));
  if (fold_simple(start, end, out->bytes + out->size, &size) != end)
    return fold_unicode(token, out, err); /* from the start: a mark may change what came before it */
  out->size += size;
  drop_stop(out, before);
  return NR_OK;
}

bool nr_fold_mixes_scripts(nr_text word)
{
  const char *at = word.bytes;
  bool of_latin = false, of_others = false;

  while (at < word.bytes + word.size) {
    uint8_t script = nr_char_of(nr_utf8_next(&at))->script;
    of_latin = of_latin || script == NR_SCRIPT_Latin;
    of_others = of_others || script == NR_SCRIPT_Cyrillic || script == NR_SCRIPT_Greek;
  }
  return of_latin && of_others;
}
