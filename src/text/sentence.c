/* sentence.c: the sentences of news, decided token by token. Floor 1.
 *
 * A sentence may end behind a terminator (. ! ? and their kin, or the stop of an abbreviation) and
 * the closing marks that follow it. Whether it does is read off its two neighbours: the word before,
 * the first word after. Everything looked at is a bounded number of tokens away. */
#include "text/sentence.h"

#include "text/breaks.h"
#include "text/char_table.h"
#include "text/utf8.h"

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
  const char *at;
  if (i >= b->count)
    return 0;
  at = bytes_of(b, i);
  return nr_utf8_next(&at);
}

static uint8_t category(const block *b, size_t i)
{
  return nr_char_of(first_code(b, i))->category;
}

static bool is_word(const block *b, size_t i)
{
  return i < b->count && nr_token_on_line(b->tokens[i]);
}

static bool number(const block *b, size_t i)
{
  return i < b->count && b->tokens[i].kind == NR_TOKEN_NUMBER;
}

static bool capitalised(const block *b, size_t i)
{
  uint8_t c = category(b, i);
  return is_word(b, i) && (c == NR_GC_Lu || c == NR_GC_Lt);
}

/* A word in small letters. "iPhone" and addresses are not: they may start a sentence. */
static bool small(const block *b, size_t i)
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
static bool one_letter(const block *b, size_t i)
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
static bool apart(const block *b, size_t i)
{
  return i == 0 || i >= b->count || b->tokens[i].start > b->tokens[i - 1].end;
}

static uint32_t meanings(const block *b, size_t i)
{
  return is_word(b, i) ? nr_word_meanings(b->lists, (nr_text){bytes_of(b, i), size_of(b, i)}) : 0;
}

/* ---- kinds of punctuation ---- */

static bool is_sign(const block *b, size_t i)
{
  return i < b->count && !nr_token_on_line(b->tokens[i]);
}

static bool terminator_sign(const block *b, size_t i)
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

static bool plain_stop(const block *b, size_t i)
{
  return first_code(b, i) == '.' && size_of(b, i) == 1;
}

/* "...", "…", and the last of ". . .". */
static bool ellipsis(const block *b, size_t i)
{
  uint32_t code = first_code(b, i);
  return code == 0x2026 || (code == '.' && size_of(b, i) > 1) ||
         (plain_stop(b, i) && i > 0 && apart(b, i) && plain_stop(b, i - 1));
}

/* "[...]" or "(…)": words left out of a quotation. */
static bool elision(const block *b, size_t i)
{
  return i > 0 && ellipsis(b, i) && category(b, i - 1) == NR_GC_Ps && category(b, i + 1) == NR_GC_Pe;
}

static bool quotation(uint32_t code)
{
  uint8_t c = nr_char_of(code)->category;
  return code == '"' || code == '\'' || code == '`' || c == NR_GC_Pi || c == NR_GC_Pf || code == 0x201E ||
         code == 0x201A || (code >= 0x300C && code <= 0x300F) || code == 0x301D || code == 0x301E;
}

static bool dash(uint32_t code)
{
  return nr_char_of(code)->category == NR_GC_Pd;
}

/* The size of a note reference "[17]" or "[...]" at token i; 0 where there is none. */
static size_t note_size(const block *b, size_t i)
{
  bool there = first_code(b, i) == '[' && i + 2 < b->count && first_code(b, i + 2) == ']' &&
               (number(b, i + 1) || ellipsis(b, i + 1));
  return there ? 3 : 0;
}

/* A face ":)" that the scanner made one sign. */
static bool face(const block *b, size_t i)
{
  return is_sign(b, i) && size_of(b, i) > 1 && (first_code(b, i) == ':' || first_code(b, i) == ';');
}

/* A mark that may close behind a terminator. A straight one does when nothing stands between. */
static bool closes(const block *b, size_t i)
{
  uint32_t code = first_code(b, i);
  uint8_t c = category(b, i);

  if (!is_sign(b, i))
    return false;
  if (c == NR_GC_Pe || code == 0xBB || code == 0x201D || (quotation(code) && i + 1 == b->count))
    return true;
  return (quotation(code) || b->text.bytes[b->tokens[i].start] == '&') && !apart(b, i) &&
         (apart(b, i + 1) || is_sign(b, i + 1));
}

/* The first token behind the closing marks and note references that follow token i. */
static size_t behind_closing(const block *b, size_t i)
{
  for (i++; i < b->count;) {
    size_t note = note_size(b, i);
    if (note == 0 && !closes(b, i) && !face(b, i))
      break;
    i += note == 0 ? 1 : note;
  }
  return i;
}

/* ---- deciding ---- */

/* The first word from token i on, over opening marks and dashes, at most four. */
static size_t word_from(const block *b, size_t i)
{
  for (size_t end = i + 4; i < b->count && i < end && !is_word(b, i) && !terminator(b, i);)
    i++;
  return i;
}

/* Does a cue follow: "Peskov said", "Mr. Watson asks"? Only a name may start it with a capital. */
static bool cue_follows(const block *b, size_t i)
{
  if ((meanings(b, i) & NR_WORD_STARTER) != 0)
    return false;
  for (size_t at = i; at < i + 4 && is_word(b, at); at++)
    if ((meanings(b, at) & NR_WORD_CUE) != 0)
      return true;
  return false;
}

/* The word whose stop terminator i is, where it may be an abbreviation; SIZE_MAX where it is not. */
static size_t stop_owner(const block *b, size_t i)
{
  if (is_word(b, i))
    return i;
  return plain_stop(b, i) && i > 0 && !apart(b, i) && is_word(b, i - 1) ? i - 1 : SIZE_MAX;
}

/* "U.S.", "н.э": stops between pieces of one or two bytes or letters, as no address has. */
static bool dotted(const block *b, size_t i)
{
  const char *at = bytes_of(b, i), *end = at + size_of(b, i);
  int stops = 0, letters = 0;

  while (at < end) {
    uint32_t code = nr_utf8_next(&at);
    stops += code == '.' && at < end;
    letters = code == '.' ? 0 : letters + 1;
    if (letters > 2)
      return false;
  }
  return stops > 0;
}

/* Meanings of abbreviation i; of "т. д." those of "т.д". */
static uint32_t owner_meanings(const block *b, size_t i)
{
  char both[16];
  size_t size;

  if (i < 2 || !one_letter(b, i) || !plain_stop(b, i - 1) || !one_letter(b, i - 2) || apart(b, i - 1))
    return meanings(b, i);
  size = size_of(b, i - 2);
  memcpy(both, bytes_of(b, i - 2), size);
  both[size++] = '.';
  memcpy(both + size, bytes_of(b, i), size_of(b, i));
  return nr_word_meanings(b->lists, (nr_text){both, size + size_of(b, i)}) | meanings(b, i);
}

/* Does nothing but white space or an opening mark stand before word i? Not so in "Objective-C", "33°F". */
static bool free_standing(const block *b, size_t i)
{
  return apart(b, i) || category(b, i - 1) == NR_GC_Ps || quotation(first_code(b, i - 1)) ||
         plain_stop(b, i - 1);
}

/* Can word i be an abbreviation at all: listed, with stops inside, or one letter? */
static bool abbreviation(const block *b, size_t i, uint32_t what)
{
  enum { listed = NR_WORD_TITLE | NR_WORD_ABBREVIATION | NR_WORD_CLOSING };

  if (number(b, i))
    return false;
  return (what & listed) != 0 || (one_letter(b, i) && free_standing(b, i)) || dotted(b, i);
}

/* Is word i likely the first of a sentence? An initial is not, whatever its letter. */
static bool starter(const block *b, size_t i)
{
  return (meanings(b, i) & NR_WORD_STARTER) != 0 &&
         !(one_letter(b, i) && terminator(b, i + !terminator(b, i)));
}

/* Does the sentence end behind the stop of abbreviation i? `behind` is the token after its closing
 * marks, `next` the first word from there. */
static bool abbreviation_ends(const block *b, size_t i, size_t behind, size_t next, uint32_t what)
{
  bool quoted = behind != next && quotation(first_code(b, behind));

  if ((what & NR_WORD_CLOSING) != 0 && i < b->opened + 3)
    return false; /* "At 5 a.m." is no sentence yet */
  if ((what & NR_WORD_CLOSING) != 0)
    return quoted || (!number(b, next) && (meanings(b, next) & NR_WORD_TIME) == 0);
  if (i > 0 && number(b, i - 1) && !capitalised(b, i)) /* "5 м.", "2014 р." */
    return capitalised(b, next) && (behind == next || quoted);
  if ((what & NR_WORD_TITLE) != 0 || next >= b->count || number(b, next))
    return false;
  if (one_letter(b, i) && capitalised(b, i))
    return starter(b, next) && i > 0 && small(b, i - 1); /* "vitamin C. The" */
  return quoted || starter(b, next);
}

/* Is the sentence so far only the number of an item: "1." "a.)" "• 9."? */
static bool item_number(const block *b, size_t i)
{
  size_t last = is_word(b, i) ? i : i - 1;

  if (i == b->opened || last < b->opened || last > b->opened + 1)
    return false;
  return (number(b, last) ? size_of(b, last) <= 3 : one_letter(b, last) && !capitalised(b, last)) &&
         (last == b->opened || is_sign(b, b->opened));
}

/* Does a quotation opened before terminator i go on behind it and lead back into the sentence:
 * "Нет. Не хочу" сказал? Not where a comma closes it, which is how speech is reported. */
static bool inside_quotation(const block *b, size_t i)
{
  enum { look_back_max = 24, look_ahead_max = 32 };
  size_t at, from = i > look_back_max ? i - look_back_max : 0;
  bool open = false;

  for (at = from < b->opened ? b->opened : from; at < i; at++)
    if (first_code(b, at) == 0xAB || first_code(b, at) == 0x201C)
      open = at > b->opened;
    else if (first_code(b, at) == 0xBB || first_code(b, at) == 0x201D)
      open = false;
  if (!open)
    return false;
  for (at = i + 1; at < b->count && at < i + look_ahead_max; at++)
    if (first_code(b, at) == 0xBB || first_code(b, at) == 0x201D)
      return is_word(b, at - 1) && small(b, at + 1);
  return false;
}

/* Does a dash with a name and nothing else stand at token i, up to the end of the block or the
 * bracket: "… a long game." — Matthew Ingram? */
static bool attribution(const block *b, size_t i)
{
  enum { name_words_max = 5 };
  size_t at = i + 1;

  if (!dash(first_code(b, i)))
    return false;
  while (at < b->count && at <= i + name_words_max && capitalised(b, at))
    at++;
  if (at == i + 1 || dash(first_code(b, b->opened))) /* in a dialogue a dash starts what is said */
    return false;
  return at >= b->count || first_code(b, at) == ')' || (plain_stop(b, at) && first_code(b, at + 1) == ')');
}

/* Does the sentence end with terminator i, when token `behind` comes after its closing marks? */
static bool ends(const block *b, size_t i, size_t behind)
{
  size_t next = word_from(b, behind), owner = stop_owner(b, i);
  uint32_t code = first_code(b, i), what = 0;
  uint8_t continues = nr_char_of(first_code(b, behind))->sentence;

  if ((elision(b, i) && !capitalised(b, behind)) || (is_sign(b, i) && i == b->opened))
    return false;
  if (terminator_sign(b, behind))
    return !ellipsis(b, i) && ellipsis(b, behind) && size_of(b, behind) > 1 && apart(b, behind);
  if (quotation(first_code(b, behind)) && terminator_sign(b, behind + 1))
    return false;
  if (code >= 0x3000 && nr_char_of(code)->sentence == NR_SB_STerm)
    return true; /* ideographic stops need no space */
  if (is_sign(b, behind) && continues == NR_SB_SContinue && !dash(first_code(b, behind)))
    return false;
  if (attribution(b, behind))
    return false;
  if (!apart(b, behind))
    return !ellipsis(b, i) && !is_word(b, i) && behind == i + 1 && capitalised(b, behind) && i > 0 &&
           small(b, i - 1) && !one_letter(b, i - 1);
  if (next < b->count && small(b, next))
    return false;
  if (item_number(b, i))
    return false;
  if (owner != SIZE_MAX) {
    what = owner_meanings(b, owner);
    if (number(b, next) && (what & NR_WORD_BEFORE_NUMBER) != 0)
      return false;
    if (abbreviation(b, owner, what))
      return abbreviation_ends(b, owner, behind, next, what);
    if (number(b, owner) && size_of(b, owner) <= 2 && (meanings(b, next) & NR_WORD_TIME) != 0)
      return false; /* 24. Dezember */
  } else if (plain_stop(b, i) && i > 0 && b->tokens[i - 1].kind == NR_TOKEN_SYMBOL && number(b, next)) {
    return false; /* N°. 5 */
  }
  if (ellipsis(b, i) && (number(b, next) || (one_letter(b, next) && first_code(b, next) == 'I')))
    return false;
  if (!plain_stop(b, i) && behind > i + 1 && cue_follows(b, behind))
    return false;
  return !inside_quotation(b, i);
}

/* ---- borders without a terminator ---- */

static bool blank_line_before(const block *b, size_t i)
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

static bool bullet(uint32_t code)
{
  return code == 0x2022 || code == 0x2023 || code == 0x2043 || code == 0x25E6 || code == 0x25AA ||
         code == 0x25CF || code == 0x25A0 || code == 0x25BA || code == 0x27A4;
}

/* The number of the item that token i begins: "2." "2)" "2.)" "b."; 0 where it begins none. */
static uint32_t item_at(const block *b, size_t i, bool *letters)
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

static void open_at(block *b, size_t i)
{
  bool letters = false;
  uint32_t item = item_at(b, i + (i < b->count && bullet(first_code(b, i))), &letters);

  b->tokens[i].marks |= NR_MARK_OPENS;
  b->opened = i;
  if (item != 0) {
    b->item = item + 1;
    b->item_letters = letters;
  }
}

/* A date or a dateline before the text has at most so many tokens. */
enum { opening_tokens_max = 12 };

/* Does token i follow a date that opens the block, "Thursday, May 7, 2015", with no mark between? */
static bool behind_opening_date(const block *b, size_t i)
{
  bool named = false;

  if (b->opened != 0 || i < 3 || i > opening_tokens_max || !capitalised(b, i) || !number(b, i - 1) ||
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

  if (b->opened != 0 || i < 3 || i > opening_tokens_max || !dash(first_code(b, i - 1)) || !apart(b, i - 1) ||
      !capitalised(b, i))
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

  return is_word(b, i) && item_at(b, i, &letters) == b->item && letters == b->item_letters &&
         !bullet(first_code(b, i - 1));
}

/* Does a sentence start at token i, which stands apart, though no terminator came before? */
static bool starts(const block *b, size_t i)
{
  if (blank_line_before(b, i) || behind_short_line(b, i) || (bullet(first_code(b, i)) && is_word(b, i + 1)))
    return true;
  if (behind_opening_date(b, i) || behind_dateline(b, i) ||
      (first_code(b, i + 1) == ':' && credit_starts(b, i)))
    return true;
  return b->item != 0 && item_starts(b, i);
}

/* Is `starts` worth asking? A look at a few bytes, which is all that most tokens cost. */
static bool may_start(const block *b, size_t i)
{
  const nr_token *token = &b->tokens[i];
  const uint8_t *bytes = (const uint8_t *)b->text.bytes;

  if (token->start <= token[-1].end)
    return false;
  return token->start > token[-1].end + 1 || bytes[token[-1].end] == '\n' || bytes[token->start] >= 0xE2 ||
         b->item != 0 || (i + 1 < b->count && bytes[token->end] == ':') ||
         (i <= opening_tokens_max && token[-1].kind != NR_TOKEN_WORD);
}

/* ---- marks ---- */

/* Go behind the terminator at token i; return the token there, where a sentence may now have started. */
static size_t pass_terminator(block *b, size_t i)
{
  size_t behind = behind_closing(b, i);
  bool ended = behind < b->count && ends(b, i, behind);

  for (i++; i < behind; i++)
    if (apart(b, i) && blank_line_before(b, i))
      open_at(b, i);
  if (i < b->count && (ended || (may_start(b, i) && starts(b, i))))
    open_at(b, i);
  return i;
}

static void mark_sentences(block *b)
{
  size_t i = 0;

  open_at(b, 0);
  while (i < b->count) {
    if (terminator(b, i)) {
      i = pass_terminator(b, i);
      continue;
    }
    i++;
    if (i < b->count && may_start(b, i) && starts(b, i))
      open_at(b, i);
  }
}

static bool ends_clause(const block *b, size_t i)
{
  static const bool ascii[128] = {
      [','] = true, [';'] = true, [':'] = true, ['('] = true, [')'] = true, ['['] = true,
      [']'] = true, ['{'] = true, ['}'] = true, ['"'] = true, ['\''] = true};
  uint8_t first = (uint8_t)b->text.bytes[b->tokens[i].start], c;
  uint32_t code;

  if (b->tokens[i].kind != NR_TOKEN_PUNCTUATION)
    return false;
  if (first < 0x80)
    return ascii[first] || (first == '-' && apart(b, i));
  code = first_code(b, i);
  c = nr_char_of(code)->category;
  return code == 0x60C || code == 0x61B || code == 0x3001 || code == 0xFF0C || code == 0xFF1A ||
         code == 0xFF1B || c == NR_GC_Ps || c == NR_GC_Pe || quotation(code) || dash(code);
}

/* Carry what opens a sentence or a clause to the first word in it. */
static void mark_words(block *b)
{
  uint8_t waiting = NR_MARK_SENTENCE | NR_MARK_PARAGRAPH | NR_MARK_CLAUSE;

  for (size_t i = 0; i < b->count; i++) {
    if ((b->tokens[i].marks & NR_MARK_OPENS) != 0)
      waiting |= NR_MARK_SENTENCE | NR_MARK_CLAUSE;
    if (nr_token_on_line(b->tokens[i])) {
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
