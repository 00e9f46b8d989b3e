/* clean_line.c: what a line says by itself, cut and joined lines. Floor 4. */
#include "ingest/clean_work.h"

#include "ingest/phrases.h"

enum { phrase_bytes_max = 400 }; /* longer lines are text but for captions */

static bool reads_like_text(const nr_line *line)
{
  return line->words >= 25 || (line->stop && line->words >= 8);
}

/* Whether a word begins with a small letter of Latin or Cyrillic. */
static bool begins_small(const char *word)
{
  uint8_t a = (uint8_t)word[0], b = (uint8_t)word[1];
  return (a >= 'a' && a <= 'z') || (a == 0xC3 && b >= 0x9F) || (a == 0xD0 && b >= 0xB0) ||
         (a == 0xD1 && b <= 0x9F);
}

bool nr_clean_is_names(nr_text text)
{
  enum { small_bytes_max = 3 }; /* "of", "and", "von" */
  for (size_t i = 0, size; i < text.size; i += size + 1) {
    for (size = 0; i + size < text.size && text.bytes[i + size] != ' ';)
      size++;
    const char *comma = memchr(text.bytes + i, ',', size);
    size_t letters = comma == NULL ? size : (size_t)(comma - text.bytes) - i;
    if (letters > small_bytes_max && begins_small(text.bytes + i))
      return false;
  }
  return true;
}

/* "1 / 12", "01:42 / 03:10": up to three digits, parted by colons or one stroke. */
static bool is_clock(nr_text folded)
{
  size_t digits = 0, colons = 0, strokes = 0;
  for (size_t i = 0; i < folded.size; i++) {
    char c = folded.bytes[i];
    digits = nr_is_digit(c) ? digits + 1 : 0;
    colons += c == ':';
    strokes += c == '/';
    if (digits > 3 || !(nr_is_digit(c) || c == ':' || c == '/' || c == ' '))
      return false;
  }
  return digits > 0 && colons + strokes > 0 && strokes <= 1 && nr_is_digit(folded.bytes[0]);
}

/* "image 3 of 12", "28 minutes ago": counters and clocks of a page. */
static bool is_counter(nr_text folded)
{
  const char *of = memmem(folded.bytes, folded.size, " of ", 4), *end = folded.bytes + folded.size;
  if (is_clock(folded))
    return true;
  if (folded.size > 24 || folded.size < 6)
    return false;
  if (of != NULL && of > folded.bytes && of + 4 < end)
    return nr_is_digit(of[-1]) && nr_is_digit(end[-1]) && nr_is_digit(of[4]);
  return nr_is_digit(*folded.bytes) && memcmp(end - 4, " ago", 4) == 0;
}

/* A line that is an address and nothing else. */
static bool is_address(nr_text folded)
{
  if (folded.size > 2 && memcmp(folded.bytes, "> ", 2) == 0)
    folded = (nr_text){folded.bytes + 2, folded.size - 2};
  bool starts = folded.size > 8 &&
                (memcmp(folded.bytes, "http://", 7) == 0 || memcmp(folded.bytes, "https://", 8) == 0);
  return starts && memchr(folded.bytes, ' ', folded.size) == NULL;
}

/* "(PDF, 38 KB)", "2 MB": the line offers a file. */
static bool offers_file(const nr_line *line, nr_text folded)
{
  static const char *const units[] = {" kb", " mb"};
  for (size_t i = 0; i < sizeof units / sizeof units[0] && !line->stop && line->words <= 20; i++) {
    const char *at = memmem(folded.bytes, folded.size, units[i], 3), *end = folded.bytes + folded.size;
    if (at != NULL && at > folded.bytes && nr_is_digit(at[-1]) &&
        (at + 3 == end || strchr(" |)],", at[3]) != NULL))
      return true;
  }
  return false;
}

static bool borders_digit(const char *stroke)
{
  return nr_is_digit(stroke[stroke[-1] == ' ' ? -2 : -1]) || nr_is_digit(stroke[stroke[1] == ' ' ? 2 : 1]);
}

/* "Ann Author/Sample Pictures", "... in the harbour on Monday. REUTERS/Ann Author": the line, or what stands
 * behind its last full stop, is two to six words that are names, parted by one stroke. */
static bool ends_with_source(nr_text line)
{
  enum { bytes_max = 60, blanks_max = 7 };
  const char *stroke = memrchr(line.bytes, '/', line.size), *end = line.bytes + line.size, *start = stroke;
  if (stroke == NULL || stroke == line.bytes || end - stroke < 3 || end - stroke > bytes_max)
    return false;
  while (start > line.bytes && end - start < bytes_max &&
         !(start[-1] == ' ' && start - line.bytes > 1 && start[-2] == '.'))
    start--;
  size_t blanks = 0;
  for (const char *at = start; at < end; at++)
    blanks += *at == ' ';
  return end - start < bytes_max && start < stroke && memchr(start, '/', (size_t)(stroke - start)) == NULL &&
         blanks >= 1 && blanks <= blanks_max && !borders_digit(stroke) &&
         nr_clean_is_names((nr_text){start, (size_t)(end - start)});
}

static bool is_credit(const nr_line *line, nr_text text, nr_text folded)
{
  return nr_phrases_credit(folded) ||
         (!line->stop && ((line->words <= 25 && nr_phrases_copyright(folded)) || ends_with_source(text)));
}

/* Set a line aside by its shape; false where it says nothing. `known`: it has a wording that is known. */
static bool judge_shape(nr_work *w, size_t i, nr_text folded, bool known)
{
  const nr_line *line = &w->lines[i];
  if (is_address(folded) || offers_file(line, folded))
    nr_clean_set(w, i, NR_BLOCK_FURNITURE, true, NR_REASON_LINKS);
  else if (is_counter(folded))
    nr_clean_set(w, i, NR_BLOCK_FURNITURE, true, NR_REASON_FRAGMENT);
  else if (known)
    return false;
  else if (is_credit(line, nr_clean_text(w, line), folded))
    nr_clean_set(w, i, NR_BLOCK_CAPTION, true, NR_REASON_CREDIT);
  else if (!w->verdicts[i].body && nr_phrases_buttons(folded))
    nr_clean_set(w, i, NR_BLOCK_FURNITURE, true, NR_REASON_PHRASE);
  else
    return false;
  return true;
}

static size_t count_of(nr_text text, nr_text wanted)
{
  size_t count = 0;
  const char *at = text.bytes, *end = at + text.size;
  while ((at = memmem(at, (size_t)(end - at), wanted.bytes, wanted.size)) != NULL) {
    at += wanted.size;
    count++;
  }
  return count;
}

/* A longer line is a form to sign up that its wording betrays, a caption that begins as one, or captions of a
 * gallery behind each other. Only its first bytes are looked at, unless they speak of a caption. */
static nr_status read_long_line(nr_work *w, size_t i, nr_error *err)
{
  nr_buffer *folded = &w->cleaner->folded;
  nr_verdict *v = &w->verdicts[i];
  nr_text line = nr_clean_text(w, &w->lines[i]), front = {line.bytes, phrase_bytes_max};
  while (((uint8_t)line.bytes[front.size] & 0xC0) == 0x80)
    front.size--;
  folded->size = 0;
  NR_TRY(nr_words_fold(front, folded, err));
  const nr_phrase *phrase =
      nr_phrases_match(w->cleaner->phrases, (nr_text){folded->bytes, folded->size}, w->source, &v->own);
  if (phrase != NULL && phrase->means == NR_PHRASE_FURNITURE && phrase->place == NR_PHRASE_HOLDS &&
      line.size <= 3 * phrase_bytes_max) {
    nr_clean_set(w, i, NR_BLOCK_FURNITURE, true, NR_REASON_PHRASE);
    v->body = false;
  }
  if (phrase == NULL || phrase->means != NR_PHRASE_CAPTION)
    return NR_OK;
  folded->size = 0;
  NR_TRY(nr_words_fold(line, folded, err));
  size_t times = count_of((nr_text){folded->bytes, folded->size}, phrase->text);
  if ((phrase->place == NR_PHRASE_STARTS && line.size <= 3 * phrase_bytes_max) || times >= 3) {
    nr_clean_set(w, i, NR_BLOCK_CAPTION, true, NR_REASON_PHRASE);
    v->body = false;
  }
  return NR_OK;
}

nr_status nr_clean_read_line(nr_work *w, size_t i, nr_error *err)
{
  nr_buffer *folded = &w->cleaner->folded;
  nr_line *line = &w->lines[i];
  nr_verdict *v = &w->verdicts[i];
  *v = (nr_verdict){.kind = NR_BLOCK_BODY, .body = reads_like_text(line)};
  if (line->end - line->start > phrase_bytes_max)
    return read_long_line(w, i, err);
  folded->size = 0;
  NR_TRY(nr_words_fold(nr_clean_text(w, line), folded, err));
  nr_text text = {folded->bytes, folded->size};
  v->phrase = nr_phrases_match(w->cleaner->phrases, text, w->source, &v->own);
  if (!v->own && judge_shape(w, i, text, v->phrase != NULL)) {
    v->phrase = NULL;
    v->body = false;
  }
  return NR_OK;
}

nr_status nr_clean_reserve(nr_work *w, nr_error *err)
{
  nr_cleaner *c = w->cleaner;
  void *items = c->lines.items, *verdicts = c->verdicts;
  nr_status status =
      nr_grow(c->memory, &items, &c->lines.capacity, w->count + 1, sizeof *c->lines.items, err);
  c->lines.items = w->lines = items;
  NR_TRY(status);
  status = nr_grow(c->memory, &verdicts, &c->verdict_room, w->count + 1, sizeof *c->verdicts, err);
  c->verdicts = w->verdicts = verdicts;
  return status;
}

nr_status nr_clean_split(nr_work *w, size_t index, uint32_t at, nr_error *err)
{
  nr_line first = w->lines[index], second = first;
  if (!nr_line_measure(w->content, first.start, at, &first) ||
      !nr_line_measure(w->content, at, second.end, &second))
    return NR_OK;
  NR_TRY(nr_clean_reserve(w, err));
  memmove(w->lines + index + 1, w->lines + index, (w->count - index) * sizeof *w->lines);
  memmove(w->verdicts + index + 1, w->verdicts + index, (w->count - index) * sizeof *w->verdicts);
  second.gap = 0;
  w->lines[index] = first;
  w->lines[index + 1] = second;
  w->count++;
  w->head += index <= w->head;
  NR_TRY(nr_clean_read_line(w, index, err));
  return nr_clean_read_line(w, index + 1, err);
}

/* Whether lines are cut at a fixed width: most go on in the next line, hardly one is long. */
static bool is_wrapped(const nr_work *w)
{
  size_t going_on = 0, too_long = 0;
  for (size_t i = 0; i < w->count; i++) {
    uint32_t size = w->lines[i].end - w->lines[i].start;
    too_long += size > 120; /* with an address that could not be cut */
    going_on += i + 1 < w->count && w->lines[i + 1].gap == 0 && size >= 45 && !w->lines[i].stop;
  }
  return w->count >= 4 && going_on * 2 >= w->count && too_long * 20 <= w->count;
}

void nr_clean_unwrap(nr_work *w)
{
  size_t kept = 0;
  if (!is_wrapped(w))
    return;
  for (size_t i = 1; i < w->count; i++) {
    nr_line *last = &w->lines[kept], *next = &w->lines[i];
    const char *end = w->content.bytes + last->end, *start = end;
    while (start > w->content.bytes + last->start && end - start < 45 && start[-1] != '\n' &&
           start[-1] != '\r')
      start--;
    if (next->gap == 0 && !next->bullet && end - start >= 45) {
      uint16_t gap = last->gap;
      nr_line_measure(w->content, last->start, next->end, last);
      last->gap = gap;
    } else {
      w->lines[++kept] = *next;
    }
  }
  w->count = kept + 1;
}

bool nr_clean_is_aside(const nr_work *w, size_t i)
{
  const nr_line *line = &w->lines[i];
  const nr_verdict *v = &w->verdicts[i];
  if (v->phrase == NULL)
    return v->margin;
  switch (v->phrase->means) {
  case NR_PHRASE_FURNITURE:
    return v->own || line->words <= 30 || v->phrase->place == NR_PHRASE_HOLDS ||
           nr_clean_text(w, line).bytes[0] == '(';
  case NR_PHRASE_CAPTION:
    return v->own || line->words <= 60;
  case NR_PHRASE_TEASERS:
  case NR_PHRASE_COMMENTS:
    return v->own || (line->words <= 8 && !line->stop);
  case NR_PHRASE_OVER:
    return v->own || (line->words <= 12 && !line->stop);
  default:
    return false;
  }
}

bool nr_clean_holds_word(const nr_work *w, size_t i)
{
  nr_text text = nr_clean_text(w, &w->lines[i]);
  for (size_t k = 0; k < text.size; k++) {
    uint8_t c = (uint8_t)text.bytes[k];
    if (nr_is_digit(text.bytes[k]) || ((c | 32) >= 'a' && (c | 32) <= 'z') || (c >= 0xC3 && c != 0xE2))
      return true;
  }
  return false;
}

/* What may stand in many articles of a source and be their text all the same: a salutation or another
 * short exclamation, what announces the next line, a line of stars. */
static bool may_come_again(const nr_work *w, size_t i)
{
  const nr_line *line = &w->lines[i];
  bool cry = line->stop && line->words < 8 && w->content.bytes[line->end - 1] != '.';
  return cry || (line->colon && line->words >= 4) || !nr_clean_holds_word(w, i);
}

/* Whether so many articles of the source have the line; sentences come back in later versions of a story:
 * they need more than scraps. */
static bool is_shared(const nr_work *w, size_t i)
{
  const nr_line *line = &w->lines[i];
  uint32_t least = line->stop || line->words >= 12 ? 10 : 4;
  if (w->articles <= least || line->end - line->start > NR_REPEAT_BYTES_MAX)
    return false;
  uint32_t count = nr_repeats_count(&w->cleaner->repeats, w->source, nr_clean_text(w, line));
  return count >= least && (uint64_t)count * 20 >= w->articles;
}

/* Whether a sentence that is cut into lines goes on from shared lines into the article's own. */
static bool runs_into_text(const nr_work *w, size_t i)
{
  enum { cut_bytes_min = 60, lines_max = 20 };
  for (size_t last = i + lines_max;
       i < last && !w->lines[i].stop && w->lines[i].end - w->lines[i].start >= cut_bytes_min &&
       i + 1 < w->count && w->lines[i + 1].gap == 0;
       i++)
    if (!is_shared(w, i + 1))
      return true;
  return false;
}

bool nr_clean_is_repeated(const nr_work *w, size_t i)
{
  return is_shared(w, i) && !may_come_again(w, i) && !runs_into_text(w, i);
}
