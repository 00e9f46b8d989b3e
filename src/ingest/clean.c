/* clean.c: from lines to blocks. Floor 4.
 * The head (above the first line that reads like text) has the title, dates, bylines and menus; the
 * rest has the text, and behind certain lines other stories, forms and the foot of the page. */
#include "ingest/clean.h"

#include <assert.h>

#include "ingest/lines.h"
#include "ingest/phrases.h"
#include "ingest/repeats.h"

enum {
  phrase_bytes_max = 400, /* longer lines are text */
  head_lines_max = 40,
};

/* What is thought of a line. */
typedef struct verdict {
  uint8_t kind, reason;
  bool margin, body; /* body: reads like text, whatever it turns out to be */
  const nr_phrase *phrase;
  bool own; /* the phrase was handed down */
} verdict;

struct nr_cleaner {
  const nr_memory *memory;
  nr_phrases *phrases;
  nr_repeats repeats;
  nr_line_list lines;
  verdict *verdicts;
  size_t verdict_room;
  nr_block *blocks;
  size_t block_room;
  nr_buffer folded;
};

/* One run of the cleaner. */
typedef struct work {
  nr_cleaner *cleaner;
  const nr_clean_input *input;
  nr_text content, source;
  uint32_t title_size;
  nr_line *lines;
  verdict *verdicts;
  size_t count, head;  /* lines; those above the text */
  size_t title;        /* the headline's line, SIZE_MAX where there is none */
  size_t marked_title; /* the same, as markup has it */
  uint32_t articles;   /* of this source, seen so far */
  nr_page *page;
} work;

nr_status nr_cleaner_new(const nr_memory *memory, const nr_phrase *phrases, size_t count,
                         nr_cleaner **cleaner, nr_error *err)
{
  nr_cleaner *c = nr_alloc_zeroed(memory, 1, sizeof *c);
  if (c == NULL)
    return nr_fail_memory(err);
  c->memory = memory;
  c->lines.memory = memory;
  nr_repeats_init(&c->repeats, memory);
  nr_buffer_init(&c->folded, memory);
  nr_status status = nr_phrases_new(memory, phrases, count, &c->phrases, err);
  if (status != NR_OK) {
    nr_cleaner_free(c);
    return status;
  }
  *cleaner = c;
  return NR_OK;
}

void nr_cleaner_free(nr_cleaner *c)
{
  if (c == NULL)
    return;
  nr_phrases_free(c->phrases);
  nr_repeats_clear(&c->repeats);
  nr_line_list_clear(&c->lines);
  nr_buffer_clear(&c->folded);
  nr_release(c->memory, c->verdicts, c->verdict_room * sizeof *c->verdicts);
  nr_release(c->memory, c->blocks, c->block_room * sizeof *c->blocks);
  nr_release(c->memory, c, sizeof *c);
}

nr_status nr_cleaner_learn(nr_cleaner *c, nr_text source, nr_text text, nr_error *err)
{
  return nr_repeats_learn(&c->repeats, source, text, err);
}

/* ---- lines ---- */

static nr_text text_of(const work *w, const nr_line *line)
{
  return (nr_text){w->content.bytes + line->start, line->end - line->start};
}

static void set(work *w, size_t i, nr_block_kind kind, bool margin, nr_reason reason)
{
  w->verdicts[i].kind = (uint8_t)kind;
  w->verdicts[i].margin = margin;
  w->verdicts[i].reason = (uint8_t)reason;
}

static bool reads_like_text(const nr_line *line)
{
  return line->words >= 25 || (line->stop && line->words >= 8);
}

static nr_status read_wording(work *w, size_t i, nr_error *err);

/* Make room for one more line and its verdict. */
static nr_status reserve_line(work *w, nr_error *err)
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

/* Cut the line at byte `at` of the content; the second part becomes a line of its own. */
static nr_status split(work *w, size_t index, uint32_t at, nr_error *err)
{
  nr_line first = w->lines[index], second = first;
  if (!nr_line_measure(w->content, first.start, at, &first) ||
      !nr_line_measure(w->content, at, second.end, &second))
    return NR_OK;
  NR_TRY(reserve_line(w, err));
  memmove(w->lines + index + 1, w->lines + index, (w->count - index) * sizeof *w->lines);
  memmove(w->verdicts + index + 1, w->verdicts + index, (w->count - index) * sizeof *w->verdicts);
  second.gap = 0;
  w->lines[index] = first;
  w->lines[index + 1] = second;
  w->count++;
  w->head += index <= w->head;
  NR_TRY(read_wording(w, index, err));
  return read_wording(w, index + 1, err);
}

/* Whether lines are cut at a fixed width: most go on in the next line, hardly one is long. */
static bool is_wrapped(const work *w)
{
  size_t going_on = 0, too_long = 0;
  for (size_t i = 0; i < w->count; i++) {
    uint32_t size = w->lines[i].end - w->lines[i].start;
    too_long += size > 120; /* with an address that could not be cut */
    going_on += i + 1 < w->count && w->lines[i + 1].gap == 0 && size >= 45 && !w->lines[i].stop;
  }
  return w->count >= 4 && going_on * 2 >= w->count && too_long * 20 <= w->count;
}

/* Join the lines of wrapped paragraphs. */
static void unwrap(work *w)
{
  size_t kept = 0;
  if (!is_wrapped(w))
    return;
  for (size_t i = 1; i < w->count; i++) {
    nr_line *last = &w->lines[kept], *next = &w->lines[i];
    const char *end = w->content.bytes + last->end, *start = end;
    while (start > w->content.bytes + last->start && start[-1] != '\n' && start[-1] != '\r')
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

/* ---- dates ---- */

static uint32_t words_between(const work *w, size_t start, size_t end)
{
  nr_line piece;
  return nr_line_measure(w->content, (uint32_t)start, (uint32_t)end, &piece) ? piece.words : 0;
}

static bool means(const work *w, size_t i, nr_phrase_means meaning);

static void note_date(work *w, const nr_written *written, bool labelled, bool updated)
{
  nr_page *page = w->page;
  if (page->date_count < NR_PAGE_DATES_MAX)
    page->dates[page->date_count++] = (nr_page_date){*written, labelled, updated};
}

/* Whether the label is about a change, not about publication. */
static bool is_update(const nr_phrase *label)
{
  static const char *const words[] = {"updated",     "last updated", "last modified", "modified",
                                      "оновлено",    "обновлено",    "aktualisiert",  "mis à jour",
                                      "actualizado", "atualizado",   "aggiornato",    "güncelleme"};
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
    if (nr_text_equal(label->text, nr_text_of(words[i])))
      return true;
  return false;
}

/* Look for a date in a line that says little else: at most four more words, ten with a label. */
static bool find_date(work *w, const nr_line *line, const nr_phrase *phrase)
{
  nr_text until = {w->content.bytes, line->end};
  nr_written written;
  if (line->words > 20 || !nr_written_find(until, line->start, &written))
    return false;
  bool labelled = phrase != NULL && (phrase->means == NR_PHRASE_DATE || phrase->means == NR_PHRASE_BYLINE);
  uint32_t other = words_between(w, line->start, written.start);
  nr_written last = written, next;
  while (nr_written_find(until, last.end, &next)) { /* a day said twice: published, updated */
    other += words_between(w, nr_written_skip_time(until, last.end), next.start);
    last = next;
  }
  other += words_between(w, nr_written_skip_time(until, last.end), line->end);
  if (other > (labelled ? 10u : 4u))
    return false;
  bool is_label = labelled && phrase->means == NR_PHRASE_DATE;
  note_date(w, &written, is_label, is_label && is_update(phrase));
  return true;
}

/* Whether the line stands above a short text: a sentence, and no other line that holds a day. */
static bool above_sentence(const work *w, size_t i)
{
  bool sentence = false;
  nr_written day;
  for (size_t k = 0; k < w->count; k++) {
    sentence = sentence || (k > i && w->lines[k].stop && w->lines[k].words >= 3);
    if (k != i && nr_written_find((nr_text){w->content.bytes, w->lines[k].end}, w->lines[k].start, &day))
      return false;
  }
  return sentence;
}

static bool date_line(work *w, size_t i)
{
  /* In a table by itself days are data. */
  bool text_below = w->head < w->count || above_sentence(w, i);
  const nr_phrase *phrase = w->verdicts[i].phrase;
  return (text_below || means(w, i, NR_PHRASE_DATE)) && find_date(w, &w->lines[i], phrase);
}

/* Whether a dash that parts dateline and text comes before any full stop. */
static bool holds_dash(nr_text text)
{
  for (size_t i = 0; i < text.size && text.bytes[i] != '.'; i++) {
    size_t left = text.size - i;
    if ((left >= 2 && memcmp(text.bytes + i, "- ", 2) == 0) ||
        (left >= 3 &&
         (memcmp(text.bytes + i, "\xE2\x80\x94", 3) == 0 || memcmp(text.bytes + i, "\xE2\x80\x93", 3) == 0)))
      return true;
  }
  return false;
}

/* A date in front of the text proper: "MOSCOW, Dec. 3, 2025 (Wire) - ". */
static void read_dateline(work *w, size_t i)
{
  const nr_line *line = &w->lines[i];
  nr_written written;
  uint32_t limit = line->end - line->start > 120 ? line->start + 120 : line->end;
  nr_text front = {w->content.bytes, limit};
  if (!nr_written_find(front, line->start, &written) || written.start - line->start > 40)
    return;
  size_t at = nr_written_skip_time(front, written.end);
  nr_text behind = {front.bytes + at, limit - at < 40 ? limit - at : 40};
  if (holds_dash(behind))
    note_date(w, &written, false, false);
}

/* Cut "date 2025-09-26 " off the first line where the text follows on it. */
static nr_status split_header(work *w, nr_error *err)
{
  static const char *const labels[] = {"date",      "Date",    "DATE",   "published",
                                       "Published", "Updated", "Posted", "Дата"};
  if (w->count == 0)
    return NR_OK;
  const nr_line *line = &w->lines[0];
  nr_text until = {w->content.bytes, line->end};
  size_t at = line->start;
  nr_written written;
  for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
    size_t size = strlen(labels[i]);
    if (line->end - at > size && memcmp(w->content.bytes + at, labels[i], size) == 0 &&
        strchr(" :\t", w->content.bytes[at + size]) != NULL) {
      at += size;
      while (at < line->end && strchr(" :\t", w->content.bytes[at]) != NULL)
        at++;
      break;
    }
  }
  if (!nr_written_find(until, at, &written) || written.start != at)
    return NR_OK;
  size_t end = nr_written_skip_time(until, written.end);
  if (words_between(w, end, line->end) < 4 || (at == line->start && w->content.bytes[end] == ','))
    return NR_OK;
  if (at == line->start && !w->lines[0].stop && w->count > 1)
    return NR_OK; /* a title that begins with a date */
  note_date(w, &written, true, false);
  NR_TRY(split(w, 0, (uint32_t)end, err));
  set(w, 0, NR_BLOCK_HEADER, true, NR_REASON_DATE);
  return NR_OK;
}

/* ---- what lines are ---- */

/* A line that ends with the credit of a picture in parentheses: "(Sample Pictures)", "(AP)". */
static bool ends_with_credit(nr_text folded)
{
  static const char *const words[] = {"photo",    "pictures", "images",     "picture", "getty",
                                      "courtesy", "handout",  "screengrab", "file)",   "via ",
                                      "credit",   "pool)",    "фото",       "foto"};
  static const char *const agencies[] = {"(ap)",   "(afp)", "(reuters)", "(epa)",
                                         "(tass)", "(dpa)", "(xinhua)",  "(pti)"};
  if (folded.size < 4 || folded.bytes[folded.size - 1] != ')')
    return false;
  const char *open = memrchr(folded.bytes, '(', folded.size);
  if (open == NULL)
    return false;
  nr_text group = {open, (size_t)(folded.bytes + folded.size - open)};
  for (size_t i = 0; i < sizeof agencies / sizeof agencies[0]; i++)
    if (nr_text_equal(group, nr_text_of(agencies[i])))
      return true;
  if (group.size > 80)
    return false;
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
    if (memmem(group.bytes, group.size, words[i], strlen(words[i])) != NULL)
      return true;
  return false;
}

/* Share buttons: a row of nothing but their names. */
static bool is_button_row(nr_text folded)
{
  static const char names[] =
      "|facebook|twitter|x|linkedin|email|e-mail|mail|whatsapp|telegram|reddit|print|copy|link|pinterest|"
      "messenger|viber|share|tweet|flipboard|instagram|youtube|tiktok|bluesky|threads|vk|ok|save|tumblr|"
      "google+|comment|comments|sms|xing|pocket|on|via|";
  size_t known = 0;
  for (const char *at = folded.bytes, *end = at + folded.size; at < end;) {
    const char *stop = at;
    char name[24] = "|";
    while (stop < end && *stop != ' ' && *stop != '|' && *stop != ',')
      stop++;
    if (stop > at) {
      if ((size_t)(stop - at) > sizeof name - 3)
        return false;
      memcpy(name + 1, at, (size_t)(stop - at));
      name[1 + (stop - at)] = '|';
      name[2 + (stop - at)] = '\0';
      if (strstr(names, name) == NULL)
        return false;
      known++;
    }
    at = stop + 1;
  }
  return known >= 2;
}

static bool is_digit(char c)
{
  return c >= '0' && c <= '9';
}

/* "image 3 of 12", "28 minutes ago": counters and clocks of a page. */
static bool is_counter(nr_text folded)
{
  const char *of = memmem(folded.bytes, folded.size, " of ", 4), *end = folded.bytes + folded.size;
  if (folded.size > 24 || folded.size < 6)
    return false;
  if (of != NULL && of > folded.bytes && of + 4 < end)
    return is_digit(of[-1]) && is_digit(end[-1]) && is_digit(of[4]);
  return is_digit(*folded.bytes) && memcmp(end - 4, " ago", 4) == 0;
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

/* Look at the wording of a line by itself. */
static nr_status read_wording(work *w, size_t i, nr_error *err)
{
  nr_buffer *folded = &w->cleaner->folded;
  nr_line *line = &w->lines[i];
  verdict *v = &w->verdicts[i];
  *v = (verdict){.kind = NR_BLOCK_BODY, .body = reads_like_text(line)};
  if (line->end - line->start > phrase_bytes_max)
    return NR_OK;
  folded->size = 0;
  NR_TRY(nr_words_fold(text_of(w, line), folded, err));
  nr_text text = {folded->bytes, folded->size};
  v->phrase = nr_phrases_match(w->cleaner->phrases, text, w->source, &v->own);
  bool address = is_address(text);
  if (address || is_counter(text)) {
    set(w, i, NR_BLOCK_FURNITURE, true, address ? NR_REASON_LINKS : NR_REASON_FRAGMENT);
    v->phrase = NULL;
    v->body = false;
  } else if (v->phrase == NULL && (ends_with_credit(text) || (!v->body && is_button_row(text)))) {
    bool credit = text.bytes[text.size - 1] == ')';
    set(w, i, credit ? NR_BLOCK_CAPTION : NR_BLOCK_FURNITURE, true,
        credit ? NR_REASON_CREDIT : NR_REASON_PHRASE);
    v->body = false;
  }
  return NR_OK;
}

static bool means(const work *w, size_t i, nr_phrase_means meaning)
{
  return w->verdicts[i].phrase != NULL && w->verdicts[i].phrase->means == meaning;
}

/* Whether the phrase of a line decides about it, wherever it stands. */
static bool is_aside(const work *w, size_t i)
{
  const nr_line *line = &w->lines[i];
  const verdict *v = &w->verdicts[i];
  if (v->phrase == NULL)
    return v->margin;
  switch (v->phrase->means) {
  case NR_PHRASE_FURNITURE:
    return v->own || line->words <= 30;
  case NR_PHRASE_CAPTION:
    return v->own || line->words <= 60;
  case NR_PHRASE_TEASERS:
  case NR_PHRASE_COMMENTS:
    return true;
  case NR_PHRASE_END:
    return v->own || (line->words <= 12 && !line->stop);
  default:
    return false;
  }
}

/* Whether so many articles of the source have the line that it can't be their text. Sentences come
 * back in later versions of a story: they need more. */
static bool is_repeated(const work *w, size_t i)
{
  const nr_line *line = &w->lines[i];
  bool sentence = line->stop && line->words >= 8;
  uint32_t least = sentence ? 10 : 4;
  if (w->articles <= least || line->end - line->start > NR_REPEAT_BYTES_MAX ||
      (line->colon && line->words >= 4))
    return false;
  uint32_t count = nr_repeats_count(&w->cleaner->repeats, w->source, text_of(w, line));
  return count >= least && (uint64_t)count * 20 >= w->articles;
}

/* ---- the head ---- */

static size_t find_head(const work *w)
{
  size_t i = 0;
  while (i < w->count && i < head_lines_max && !(w->verdicts[i].body && !is_aside(w, i)))
    i++;
  return i == head_lines_max ? 0 : i;
}

/* "By Ann Author", but not "Von der Leyen trifft heute den Präsidenten in Kiew". */
static bool is_byline(const work *w, size_t i)
{
  return means(w, i, NR_PHRASE_BYLINE) && w->lines[i].words <= 6 && !w->lines[i].stop;
}

static bool may_be_title(const work *w, size_t i)
{
  const nr_line *line = &w->lines[i];
  if (line->words > 40 || line->bullet || line->colon || is_aside(w, i) ||
      w->verdicts[i].kind == NR_BLOCK_HEADER)
    return false;
  if (line->end - line->start < 4 * line->words)
    return false; /* a row of codes: "ua en ru" */
  char last = w->content.bytes[line->end - 1];
  return last != '.' && last != ';' && !is_byline(w, i);
}

/* The line of the head that is the headline: one that a later line of the head repeats, else the
 * first of three words or more, else none. */
static size_t find_title(const work *w)
{
  size_t end;
  for (size_t i = 0; i < w->head; i++)
    for (size_t k = i + 1; k < w->head && k < i + 4; k++)
      if (w->lines[i].words >= 3 && may_be_title(w, i) &&
          nr_words_begin(text_of(w, &w->lines[k]), text_of(w, &w->lines[i]), &end))
        return i;
  for (size_t i = 0; i < w->head && w->head < w->count; i++)
    if (w->lines[i].words >= 3 && may_be_title(w, i))
      return i;
  return SIZE_MAX;
}

/* Find the line that says the title field again; what follows it on its line is split off. */
static nr_status match_title_field(work *w, nr_error *err)
{
  nr_text title = {w->content.bytes, w->title_size};
  for (size_t i = 0; i < w->count && i < 6 && i <= w->head; i++) {
    size_t end;
    nr_text line = text_of(w, &w->lines[i]);
    if (!nr_words_begin(line, title, &end))
      continue;
    nr_line rest;
    uint32_t at = w->lines[i].start + (uint32_t)end;
    while (at < w->lines[i].end && strchr("?!.\"')", w->content.bytes[at]) != NULL)
      at++;
    if (nr_line_measure(w->content, at, w->lines[i].end, &rest) && rest.words > 2)
      NR_TRY(split(w, i, at, err));
    w->title = i;
    return NR_OK;
  }
  return NR_OK;
}

/* A line of the head that is neither title nor date: byline, repeated title, scraps, standfirst. */
static void judge_head_line(work *w, size_t i)
{
  const nr_line *line = &w->lines[i];
  bool above = w->title != SIZE_MAX && i < w->title;
  size_t end;
  if (w->title != SIZE_MAX && i > w->title &&
      nr_words_begin(text_of(w, line), text_of(w, &w->lines[w->title]), &end))
    set(w, i, NR_BLOCK_DOUBLED, true, NR_REASON_TITLE_REPEATED);
  else if (is_byline(w, i))
    set(w, i, NR_BLOCK_HEADER, true, NR_REASON_BYLINE);
  else if (above && line->words <= 4)
    set(w, i, line->words == 1 ? NR_BLOCK_HEADER : NR_BLOCK_MENU, true,
        line->words == 1 ? NR_REASON_KICKER : NR_REASON_MENU);
  else if (is_repeated(w, i))
    set(w, i, NR_BLOCK_FURNITURE, true, NR_REASON_REPEATED);
  else if (line->words <= 2 && !line->stop && !line->colon && !line->bullet &&
           w->content.bytes[line->end - 1] != ',')
    set(w, i, NR_BLOCK_FURNITURE, true, NR_REASON_FRAGMENT);
  else
    set(w, i,
        line->bullet ? NR_BLOCK_BULLET
        : line->stop ? NR_BLOCK_BODY
                     : NR_BLOCK_HEADING,
        false, NR_REASON_NONE);
}

/* "TITLE Photo: somebody (Agency)" in one line: part the two. */
static nr_status split_doubled(work *w, nr_error *err)
{
  for (size_t i = w->title + 1; i < w->head || i == w->title + 1; i++) {
    size_t end;
    if (i >= w->count || !nr_words_begin(text_of(w, &w->lines[i]), text_of(w, &w->lines[w->title]), &end))
      continue;
    nr_line rest;
    uint32_t at = w->lines[i].start + (uint32_t)end;
    if (nr_line_measure(w->content, at, w->lines[i].end, &rest) && rest.words >= 2)
      NR_TRY(split(w, i, at, err));
  }
  return NR_OK;
}

/* ---- below the head ---- */

static void set_aside(work *w, size_t i)
{
  const verdict *v = &w->verdicts[i];
  if (v->phrase == NULL)
    return; /* judged by its shape already */
  static const uint8_t kinds[] = {[NR_PHRASE_FURNITURE] = NR_BLOCK_FURNITURE,
                                  [NR_PHRASE_CAPTION] = NR_BLOCK_CAPTION,
                                  [NR_PHRASE_TEASERS] = NR_BLOCK_TEASER,
                                  [NR_PHRASE_COMMENTS] = NR_BLOCK_COMMENTS,
                                  [NR_PHRASE_END] = NR_BLOCK_FURNITURE};
  set(w, i, kinds[v->phrase->means], true, v->own ? NR_REASON_RULE : NR_REASON_PHRASE);
}

static bool is_sentence_line(const work *w, size_t i)
{
  return i < w->count && w->verdicts[i].body && w->lines[i].stop;
}

/* Whether the text goes on at line i, behind teasers: two lines of text in a row, three below a
 * title. Where there is markup, teasers are links and aside already: one line is enough. */
static bool text_goes_on(const work *w, size_t i)
{
  bool under_title =
      i > 0 && !w->lines[i - 1].stop && w->lines[i - 1].words >= 3 && w->verdicts[i - 1].phrase == NULL;
  size_t wanted = w->input->marks != NULL ? 1 : under_title ? 3 : 2;
  for (size_t k = 0; k < wanted; k++)
    if (!is_sentence_line(w, i + k))
      return false;
  return w->input->marks == NULL || !under_title;
}

static void judge_text_line(work *w, size_t i)
{
  const nr_line *line = &w->lines[i];
  bool text_follows = false;
  for (size_t k = i + 1; k < w->count && k <= i + 3 && !text_follows; k++)
    text_follows = w->verdicts[k].body || w->lines[k].bullet;
  if (is_repeated(w, i))
    set(w, i, NR_BLOCK_FURNITURE, true, NR_REASON_REPEATED);
  else if (means(w, i, NR_PHRASE_DATE) && line->words <= 12 && date_line(w, i))
    set(w, i, NR_BLOCK_HEADER, true, NR_REASON_DATE);
  else if (line->bullet)
    set(w, i, NR_BLOCK_BULLET, false, NR_REASON_NONE);
  else if (!line->stop && !line->colon && line->words <= 14 && text_follows)
    set(w, i, NR_BLOCK_HEADING, false, NR_REASON_NONE);
}

static void judge_below(work *w)
{
  enum { TEXT, TEASERS, COMMENTS, OVER } section = TEXT;
  static const uint8_t kinds[] = {NR_BLOCK_BODY, NR_BLOCK_TEASER, NR_BLOCK_COMMENTS, NR_BLOCK_TEASER};
  for (size_t i = w->head; i < w->count; i++) {
    bool aside = is_aside(w, i);
    if (section == TEASERS && !aside && text_goes_on(w, i))
      section = TEXT;
    if (aside)
      set_aside(w, i);
    else if (section == TEXT)
      judge_text_line(w, i);
    else
      set(w, i, kinds[section], true, NR_REASON_SECTION);
    if (!aside || w->verdicts[i].phrase == NULL)
      continue;
    if (means(w, i, NR_PHRASE_COMMENTS) && section != OVER)
      section = COMMENTS;
    else if (means(w, i, NR_PHRASE_END))
      section = OVER;
    else if (means(w, i, NR_PHRASE_TEASERS) && section == TEXT)
      section = TEASERS;
  }
}

/* ---- all of it ---- */

/* Find head, dates and title. Lines that hold two things are cut on the way. */
static nr_status survey(work *w, nr_error *err)
{
  for (size_t i = 0; i < w->count; i++)
    NR_TRY(read_wording(w, i, err));
  w->head = SIZE_MAX - 1; /* not known: the next cut does not move it */
  if (w->input->marks == NULL)
    NR_TRY(split_header(w, err));
  w->head = find_head(w);
  for (size_t i = 0; i < w->head; i++)
    if (w->verdicts[i].kind != NR_BLOCK_HEADER && !is_aside(w, i) && date_line(w, i))
      set(w, i, NR_BLOCK_HEADER, true, NR_REASON_DATE);
  if (w->head < w->count)
    read_dateline(w, w->head);
  if (w->marked_title != SIZE_MAX)
    w->title = w->marked_title;
  else if (w->title_size > 0)
    NR_TRY(match_title_field(w, err));
  else
    w->title = find_title(w);
  return w->title == SIZE_MAX ? NR_OK : split_doubled(w, err);
}

static void judge(work *w)
{
  for (size_t i = 0; i < w->head && i < w->count; i++)
    if (i == w->title || (w->head == w->count && !is_aside(w, i)))
      continue; /* without text below, short lines are the text */
    else if (is_aside(w, i) && w->verdicts[i].kind != NR_BLOCK_HEADER)
      set_aside(w, i);
    else if (w->verdicts[i].kind != NR_BLOCK_HEADER)
      judge_head_line(w, i);
  judge_below(w);
}

static nr_status put_block(nr_cleaner *c, size_t *count, nr_block block, nr_error *err)
{
  void *blocks = c->blocks;
  nr_status status = nr_grow(c->memory, &blocks, &c->block_room, *count + 1, sizeof *c->blocks, err);
  c->blocks = blocks;
  if (status == NR_OK)
    c->blocks[(*count)++] = block;
  return status;
}

static nr_status put_title_block(const work *w, size_t *count, nr_error *err)
{
  bool found = w->title != SIZE_MAX;
  nr_block block = {0, w->title_size, NR_BLOCK_TITLE, found,
                    found ? NR_REASON_TITLE_REPEATED : NR_REASON_NONE};
  return w->title_size == 0 ? NR_OK : put_block(w->cleaner, count, block, err);
}

static nr_block block_of_line(const work *w, size_t i)
{
  const verdict *v = &w->verdicts[i];
  nr_block block = {w->lines[i].start, w->lines[i].end, v->kind, v->margin, v->reason};
  if (i == w->title || w->input->plain) {
    block.kind = i == w->title ? NR_BLOCK_TITLE : NR_BLOCK_BODY;
    block.margin = false;
    block.reason = NR_REASON_NONE;
  }
  return block;
}

/* A mark moved behind the title. */
static nr_block block_of_mark(const work *w, size_t i)
{
  nr_block block = w->input->marks[i];
  block.start += w->title_size;
  block.end += w->title_size;
  block.margin = block.margin && !w->input->plain;
  return block;
}

/* All blocks in order: the title field, then lines, and between them the marks in the margin. */
static nr_status put_blocks(work *w, nr_error *err)
{
  size_t count = 0, mark = 0;
  NR_TRY(put_title_block(w, &count, err));
  for (size_t i = 0; i <= w->count; i++) {
    uint32_t start = i < w->count ? w->lines[i].start : UINT32_MAX;
    for (; mark < w->input->mark_count && w->input->marks[mark].start + w->title_size < start; mark++)
      if (w->input->marks[mark].margin)
        NR_TRY(put_block(w->cleaner, &count, block_of_mark(w, mark), err));
    if (i < w->count)
      NR_TRY(put_block(w->cleaner, &count, block_of_line(w, i), err));
  }
  w->page->blocks = w->cleaner->blocks;
  w->page->block_count = count;
  return NR_OK;
}

/* Lines from the marks that are not in the margin. */
static nr_status lines_of_marks(work *w, nr_error *err)
{
  nr_line_list *list = &w->cleaner->lines;
  list->count = 0;
  for (size_t i = 0; i < w->input->mark_count; i++) {
    const nr_block *mark = &w->input->marks[i];
    void *items = list->items;
    nr_status status =
        nr_grow(list->memory, &items, &list->capacity, list->count + 1, sizeof *list->items, err);
    list->items = items;
    NR_TRY(status);
    nr_line *line = &list->items[list->count];
    line->gap = 1;
    if (mark->margin ||
        !nr_line_measure(w->content, mark->start + w->title_size, mark->end + w->title_size, line))
      continue;
    if (mark->kind == NR_BLOCK_TITLE)
      w->marked_title = list->count;
    list->count++;
  }
  return NR_OK;
}

/* The first mark that is text on the line. */
static size_t first_text(const nr_clean_input *input)
{
  size_t i = 0;
  while (i < input->mark_count && (input->marks[i].margin || input->marks[i].kind == NR_BLOCK_TITLE))
    i++;
  return i;
}

/* Dates in the margin that markup made: in bylines, right below the title, right above the text. */
static void read_dates_of_marks(work *w)
{
  enum { above_text = 4 };
  size_t text = first_text(w->input);
  bool below_title = false;
  for (size_t i = 0; i < w->input->mark_count; i++) {
    const nr_block *mark = &w->input->marks[i];
    nr_line line;
    if (!mark->margin) {
      below_title = mark->kind == NR_BLOCK_TITLE;
      continue;
    }
    bool near_text = i < text && i + above_text >= text;
    if ((mark->kind == NR_BLOCK_HEADER || below_title || near_text) &&
        nr_line_measure(w->content, mark->start + w->title_size, mark->end + w->title_size, &line))
      find_date(w, &line, NULL);
  }
}

nr_status nr_clean(nr_cleaner *c, const nr_clean_input *input, nr_page *page, nr_error *err)
{
  *page = (nr_page){.blocks = NULL};
  work w = {.cleaner = c,
            .input = input,
            .content = input->content,
            .source = input->source,
            .title_size = input->title_size,
            .title = SIZE_MAX,
            .marked_title = SIZE_MAX,
            .page = page};
  NR_TRY(input->marks == NULL ? nr_lines_cut(w.content, w.title_size, &c->lines, err)
                              : lines_of_marks(&w, err));
  w.lines = c->lines.items;
  w.count = c->lines.count;
  w.articles = nr_repeats_count(&c->repeats, w.source, (nr_text){NULL, 0});
  NR_TRY(reserve_line(&w, err));
  if (input->marks == NULL)
    unwrap(&w);
  else
    read_dates_of_marks(&w);
  NR_TRY(survey(&w, err));
  if (!input->plain)
    judge(&w);
  if (w.title != SIZE_MAX && w.title_size == 0) {
    page->title_start = w.lines[w.title].start;
    page->title_end = w.lines[w.title].end;
  }
  return put_blocks(&w, err);
}
