/* look.h: looking at the tokens of one block and at what stands beside them.
 * Floor 1, inside text/ only, for the two files that decide where sentences start; the names are
 * theirs alone. Any token number may be asked about: one behind the last is nothing. */
#ifndef NR_LOOK_H
#define NR_LOOK_H

#include "text/char_table.h"
#include "text/token.h"
#include "text/utf8.h"
#include "text/word_lists.h"

typedef struct block {
  nr_text text;
  const nr_word_lists *lists;
  nr_token *tokens;
  size_t count;
  size_t opened;     /* first token of the sentence being read */
  uint32_t item;     /* number of the next item of a list inside the block; 0: no list */
  bool item_letters; /* the list counts a, b, c */
} block;

/* ---- looking at a token ---- */

static inline const char *bytes_of(const block *b, size_t i)
{
  return b->text.bytes + b->tokens[i].start;
}

static inline size_t size_of(const block *b, size_t i)
{
  return b->tokens[i].end - b->tokens[i].start;
}

static inline uint32_t first_code(const block *b, size_t i)
{
  const char *at;
  if (i >= b->count)
    return 0;
  at = bytes_of(b, i);
  return nr_utf8_next(&at);
}

static inline uint8_t category(const block *b, size_t i)
{
  return nr_char_of(first_code(b, i))->category;
}

static inline bool is_word(const block *b, size_t i)
{
  return i < b->count && nr_token_on_line(b->tokens[i]);
}

static inline bool number(const block *b, size_t i)
{
  return i < b->count && b->tokens[i].kind == NR_TOKEN_NUMBER;
}

static inline bool capitalised(const block *b, size_t i)
{
  uint8_t c = category(b, i);
  return is_word(b, i) && (c == NR_GC_Lu || c == NR_GC_Lt);
}

/* A word in small letters. "iPhone" and addresses are not: they may start a sentence. */
static inline bool small(const block *b, size_t i)
{
  const char *at, *end;

  if (!is_word(b, i) || category(b, i) != NR_GC_Ll)
    return false;
  at = bytes_of(b, i);
  for (end = at + size_of(b, i); at < end; at++)
    if ((*at >= 'A' && *at <= 'Z') || *at == '/')
      return false;
  return true;
}

/* One letter, whether it carries a stop or not. */
static inline bool one_letter(const block *b, size_t i)
{
  const char *at, *end;

  if (!is_word(b, i) || number(b, i))
    return false;
  at = bytes_of(b, i);
  end = at + size_of(b, i);
  nr_utf8_next(&at);
  return at == end || (at + 1 == end && *at == '.');
}

/* Is there white space between token i and the one before? So it is at both ends of a block. */
static inline bool apart(const block *b, size_t i)
{
  return i == 0 || i >= b->count || b->tokens[i].start > b->tokens[i - 1].end;
}

static inline uint32_t meanings(const block *b, size_t i)
{
  return is_word(b, i) ? nr_word_meanings(b->lists, (nr_text){bytes_of(b, i), size_of(b, i)}) : 0;
}

/* ---- kinds of punctuation ---- */

static inline bool is_sign(const block *b, size_t i)
{
  return i < b->count && !nr_token_on_line(b->tokens[i]);
}

static inline bool terminator_sign(const block *b, size_t i)
{
  uint32_t code = first_code(b, i);
  uint8_t sentence = nr_char_of(code)->sentence;

  return is_sign(b, i) && (sentence == NR_SB_ATerm || sentence == NR_SB_STerm || code == 0x2026);
}

static inline bool terminator(const block *b, size_t i)
{
  uint8_t first;

  if (i >= b->count)
    return false;
  if (nr_token_on_line(b->tokens[i]))
    return b->text.bytes[b->tokens[i].end - 1] == '.';
  first = (uint8_t)b->text.bytes[b->tokens[i].start];
  return first < 0x80 ? first == '.' || first == '!' || first == '?' : terminator_sign(b, i);
}

static inline bool plain_stop(const block *b, size_t i)
{
  return first_code(b, i) == '.' && size_of(b, i) == 1;
}

/* "...", "…", and the last of ". . .". */
static inline bool ellipsis(const block *b, size_t i)
{
  uint32_t code = first_code(b, i);
  return code == 0x2026 || (code == '.' && size_of(b, i) > 1) ||
         (plain_stop(b, i) && i > 0 && apart(b, i) && plain_stop(b, i - 1));
}

/* "[...]" or "(…)": words left out of a quotation. */
static inline bool elision(const block *b, size_t i)
{
  return i > 0 && ellipsis(b, i) && category(b, i - 1) == NR_GC_Ps && category(b, i + 1) == NR_GC_Pe;
}

static inline bool quotation(uint32_t code)
{
  uint8_t c = nr_char_of(code)->category;
  return code == '"' || code == '\'' || code == '`' || c == NR_GC_Pi || c == NR_GC_Pf || code == 0x201E ||
         code == 0x201A || (code >= 0x300C && code <= 0x300F) || code == 0x301D || code == 0x301E;
}

static inline bool dash(uint32_t code)
{
  return nr_char_of(code)->category == NR_GC_Pd;
}

#endif
