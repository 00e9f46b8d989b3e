/* sentence.c: the sentences of news, decided token by token. Floor 1.
 *
 * A sentence may end behind a terminator (. ! ? and their kin, or the stop of an abbreviation) and
 * the closing marks that follow it. Whether it does is read off its two neighbours: the word before,
 * the first word after. Everything looked at is a bounded number of tokens away. */
#include "text/sentence.h"

#include "text/breaks.h"
#include "text/opening.h"

/* ---- closing marks ---- */

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
  if (code >= 0x3000 && nr_char_of(code)->sentence == NR_SB_STerm) /* ideographic stops need no space */
    return behind == i + 1 || nr_char_of(first_code(b, behind))->script != NR_SCRIPT_Hiragana; /* 」と */
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

/* ---- marks ---- */

static void open_at(block *b, size_t i)
{
  bool letters = false;
  uint32_t item = nr_opening_item(b, i + (i < b->count && nr_opening_bullet(first_code(b, i))), &letters);

  b->tokens[i].marks |= NR_MARK_OPENS;
  b->opened = i;
  if (item != 0) {
    b->item = item + 1;
    b->item_letters = letters;
  }
}

/* Go behind the terminator at token i; return the token there, where a sentence may now have started. */
static size_t pass_terminator(block *b, size_t i)
{
  size_t behind = behind_closing(b, i);
  bool ended = behind < b->count && ends(b, i, behind);

  for (i++; i < behind; i++)
    if (apart(b, i) && nr_opening_blank_line(b, i))
      open_at(b, i);
  if (i < b->count && (ended || (nr_opening_possible(b, i) && nr_opening_at(b, i))))
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
    if (i < b->count && nr_opening_possible(b, i) && nr_opening_at(b, i))
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
