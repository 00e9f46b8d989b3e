/* sentence.c: the sentences of news, decided token by token. Floor 1.
 *
 * A sentence may end behind a terminator (. ! ? and their kin, or the stop of an abbreviation) and
 * the closing marks that follow it. Whether it does is read off its two neighbours: the word before,
 * the first word after. Everything looked at is a bounded number of tokens away. */
#include "text/sentence.h"

#include "text/breaks.h"
#include "text/char_table.h"
#include "text/fold.h"
#include "text/utf8.h"

typedef struct block {
  nr_text text;
  const nr_word_lists *lists;
  nr_token *tokens;
  size_t count;
  size_t opened; /* the first token of the sentence being read */
} block;

/* ---- looking at a token ---- */

static const char *bytes_of(const block *b, size_t i)
{
  return b->text.bytes + b->tokens[i].start;
}

static size_t size_of(const block *b, size_t i)
{
  return b->tokens[i].end - b->tokens[i].start;
}

static uint32_t first_code(const block *b, size_t i)
{
  const char *at = bytes_of(b, i);
  return i < b->count ? nr_utf8_next(&at) : 0;
}

static uint8_t category(const block *b, size_t i)
{
  return nr_char_of(first_code(b, i))->category;
}

static bool is_word(const block *b, size_t i)
{
  return i < b->count && nr_token_on_line(b->tokens[i]);
}

static bool capitalised(const block *b, size_t i)
{
  uint8_t c = category(b, i);
  return is_word(b, i) && (c == NR_GC_Lu || c == NR_GC_Lt);
}

static bool small(const block *b, size_t i)
{
  return is_word(b, i) && category(b, i) == NR_GC_Ll;
}

static bool number(const block *b, size_t i)
{
  return i < b->count && b->tokens[i].kind == NR_TOKEN_NUMBER;
}

/* Is there white space (or the block's end) between token i and the one before? */
static bool apart(const block *b, size_t i)
{
  return i == 0 || i >= b->count || b->tokens[i].start > b->tokens[i - 1].end;
}

static uint32_t meanings(const block *b, size_t i)
{
  char bytes[256]; /* 16 bytes fold to at most 5 * 36 */
  nr_buffer buffer = {NULL, bytes, 0, sizeof bytes};
  nr_text word = {bytes_of(b, i), size_of(b, i)};

  if (!is_word(b, i) || word.size > 17)
    return 0;
  word.size -= word.bytes[word.size - 1] == '.';
  if (word.size > 16 || nr_fold(word, &buffer, NULL) != NR_OK)
    return 0;
  return nr_word_meanings(b->lists, (nr_text){bytes, buffer.size});
}

/* ---- kinds of punctuation ---- */

static bool stop_code(uint32_t code)
{
  uint8_t sentence = nr_char_of(code)->sentence;
  return sentence == NR_SB_ATerm || sentence == NR_SB_STerm || code == 0x2026;
}

static bool terminator(const block *b, size_t i)
{
  if (i >= b->count)
    return false;
  if (is_word(b, i))
    return b->text.bytes[b->tokens[i].end - 1] == '.';
  return b->tokens[i].kind == NR_TOKEN_PUNCTUATION && stop_code(first_code(b, i));
}

static bool quotation(uint32_t code)
{
  uint8_t c = nr_char_of(code)->category;
  return code == '"' || code == '\'' || c == NR_GC_Pi || c == NR_GC_Pf || code == 0x201E || code == 0x201A ||
         (code >= 0x300C && code <= 0x300F) || code == 0x301D || code == 0x301E;
}

/* A mark that may close behind a terminator. Straight ones close when nothing stands between. */
static bool closes(const block *b, size_t i)
{
  uint32_t code;

  if (i >= b->count || b->tokens[i].kind != NR_TOKEN_PUNCTUATION)
    return false;
  code = first_code(b, i);
  if (category(b, i) == NR_GC_Pe || code == 0xBB || code == 0x201D || code == 0x2019)
    return !apart(b, i) || code != 0x2019;
  return quotation(code) && !apart(b, i) && (apart(b, i + 1) || !is_word(b, i + 1));
}

static bool dash(uint32_t code)
{
  return nr_char_of(code)->category == NR_GC_Pd;
}

/* ---- deciding ---- */

/* The first word from token i on, over opening marks and dashes, at most four. */
static size_t word_from(const block *b, size_t i)
{
  size_t end = i + 4;
  while (i < b->count && i < end && !is_word(b, i) && !terminator(b, i))
    i++;
  return i;
}

/* Does a cue follow: "Peskov said", "the minister asked" up to three words on? */
static bool cue_follows(const block *b, size_t i)
{
  for (size_t at = i; at < i + 4 && is_word(b, at); at++)
    if ((meanings(b, at) & NR_WORD_CUE) != 0)
      return true;
  return false;
}

/* Does everything of the open sentence up to token i make a list number: "1." "(a)." "IV."? */
static bool list_number(const block *b, size_t i)
{
  return i < b->opened + 3 && i > b->opened && !is_word(b, i) && is_word(b, i - 1) &&
         (number(b, i - 1) || size_of(b, i - 1) == 1) && (i - 1 == b->opened || !is_word(b, b->opened));
}

static bool single_capital(const block *b, size_t i)
{
  const char *at = bytes_of(b, i);
  nr_utf8_next(&at);
  return capitalised(b, i) && *at == '.' && size_of(b, i) == (size_t)(at - bytes_of(b, i)) + 1;
}

/* A stop that belongs to token i; `next` is the first word behind it. */
static bool abbreviation_ends(const block *b, size_t i, size_t behind, size_t next)
{
  uint32_t what = meanings(b, i);

  if ((what & NR_WORD_TITLE) != 0)
    return false;
  if (number(b, next))
    return (what & NR_WORD_BEFORE_NUMBER) == 0 && !single_capital(b, i) && behind != next;
  if (behind != next && quotation(first_code(b, behind)))
    return true;
  return (meanings(b, next) & NR_WORD_STARTER) != 0;
}

/* Does the sentence end with terminator i, when token `behind` comes after its closing marks? */
static bool ends(const block *b, size_t i, size_t behind)
{
  size_t next = word_from(b, behind);
  uint32_t code = first_code(b, i);
  bool plain_stop = code == '.' && size_of(b, i) == 1;

  if (terminator(b, behind) && !is_word(b, behind))
    return false;
  if (nr_char_of(code)->sentence == NR_SB_STerm && code >= 0x3000)
    return true; /* ideographic stops need no space */
  if (!apart(b, behind))
    return plain_stop && capitalised(b, behind) && behind == i + 1 && small(b, i - (i > 0)) &&
           size_of(b, i - 1) > 1;
  if (next < b->count && small(b, next))
    return false;
  if (is_word(b, i))
    return abbreviation_ends(b, i, behind, next);
  if (plain_stop && list_number(b, i))
    return false;
  if (!plain_stop && behind > i + 1 && cue_follows(b, behind))
    return false;
  if (plain_stop && i > 0 && (meanings(b, i - 1) & NR_WORD_TITLE) != 0 && size_of(b, i - 1) > 1)
    return false;
  return true;
}

/* ---- marks ---- */

static bool blank_line_before(const block *b, size_t i)
{
  int lines = 0;

  for (uint32_t at = b->tokens[i - 1].end; at < b->tokens[i].start; at++)
    lines += b->text.bytes[at] == '\n';
  return lines > 1;
}

static void mark_sentences(block *b)
{
  size_t i = 0;

  while (i < b->count) {
    size_t behind = i + 1;
    if (terminator(b, i)) {
      while (closes(b, behind))
        behind++;
      if (behind < b->count && ends(b, i, behind)) {
        b->tokens[behind].marks |= NR_MARK_OPENS;
        b->opened = behind;
      }
    }
    for (size_t at = i + 1; at <= behind && at < b->count; at++)
      if (apart(b, at) && blank_line_before(b, at)) {
        b->tokens[at].marks |= NR_MARK_OPENS;
        b->opened = at;
      }
    i = behind;
  }
}

static bool ends_clause(const block *b, size_t i)
{
  uint32_t code = first_code(b, i);
  uint8_t c = category(b, i);

  return b->tokens[i].kind == NR_TOKEN_PUNCTUATION &&
         (code == ',' || code == ';' || code == ':' || code == 0x60C || code == 0x3001 || code == 0xFF0C ||
          c == NR_GC_Ps || c == NR_GC_Pe || quotation(code) || (dash(code) && (code != '-' || apart(b, i))));
}

/* Carry what opens a sentence or a clause to the first word in it. */
static void mark_words(block *b)
{
  uint8_t waiting = NR_MARK_SENTENCE | NR_MARK_PARAGRAPH | NR_MARK_CLAUSE;

  for (size_t i = 0; i < b->count; i++) {
    if ((b->tokens[i].marks & NR_MARK_OPENS) != 0)
      waiting |= NR_MARK_SENTENCE | NR_MARK_CLAUSE;
    if (is_word(b, i)) {
      b->tokens[i].marks |= waiting;
      waiting = 0;
    } else if (ends_clause(b, i)) {
      waiting |= NR_MARK_CLAUSE;
    }
  }
}

void nr_mark_block(nr_text text, const nr_word_lists *lists, nr_token *tokens, size_t count)
{
  block b = {.text = text, .lists = lists, .tokens = tokens, .count = count};

  if (count == 0)
    return;
  tokens[0].marks |= NR_MARK_OPENS;
  mark_sentences(&b);
  mark_words(&b);
}

void nr_mark_block_plain(nr_text text, uint32_t start, uint32_t end, nr_token *tokens, size_t count)
{
  block b = {.text = text, .tokens = tokens, .count = count};
  nr_text within = {text.bytes + start, end - start};
  size_t border = 0;

  for (size_t i = 0; i < count; i++) {
    if (tokens[i].start - start < border)
      continue;
    tokens[i].marks |= NR_MARK_OPENS;
    while (border <= tokens[i].start - start)
      border = nr_break_next(NR_BREAK_SENTENCE, within, border);
  }
  mark_words(&b);
}
