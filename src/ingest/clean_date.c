/* clean_date.c: the days that a page states. Floor 4. */
#include "ingest/clean_work.h"

/* Words of a stretch; the time behind a day may reach into the next, so that there is none. */
static uint32_t words_between(const nr_work *w, size_t start, size_t end)
{
  nr_line piece;
  return start < end && nr_line_measure(w->content, (uint32_t)start, (uint32_t)end, &piece) ? piece.words : 0;
}

static void note_date(nr_work *w, const nr_written *written, bool labelled, bool updated)
{
  nr_page *page = w->page;
  if (page->date_count < NR_PAGE_DATES_MAX)
    page->dates[page->date_count++] = (nr_page_date){*written, labelled, updated};
}

/* Whether a phrase is a label that stands before a day. */
static bool names_day(nr_phrase_means means)
{
  return means == NR_PHRASE_DATE || means == NR_PHRASE_UPDATED;
}

/* Look for a date in a line that says little else: at most four more words, ten with a label. */
static bool find_date(nr_work *w, const nr_line *line, const nr_phrase *phrase)
{
  nr_text until = {w->content.bytes, line->end};
  nr_written written;
  if (line->words > 20 || !nr_written_find(until, line->start, &written))
    return false;
  bool is_label = phrase != NULL && names_day(phrase->means);
  bool labelled = is_label || (phrase != NULL && phrase->means == NR_PHRASE_BYLINE);
  uint32_t other = words_between(w, line->start, written.start);
  nr_written last = written, next;
  while (nr_written_find(until, last.end, &next)) { /* a day said twice: published, updated */
    other += words_between(w, nr_written_skip_time(until, last.end), next.start);
    last = next;
  }
  other += words_between(w, nr_written_skip_time(until, last.end), line->end);
  if (other > (labelled ? 10u : 4u))
    return false;
  note_date(w, &written, is_label, is_label && phrase->means == NR_PHRASE_UPDATED);
  return true;
}

/* Whether the line stands above a short text: a sentence, and no other line that holds a day. */
static bool above_sentence(const nr_work *w, size_t i)
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

bool nr_clean_date_line(nr_work *w, size_t i)
{
  /* In a table by itself days are data. */
  bool text_below = w->head < w->count || above_sentence(w, i);
  const nr_phrase *phrase = w->verdicts[i].phrase;
  return (text_below || (phrase != NULL && names_day(phrase->means))) && find_date(w, &w->lines[i], phrase);
}

bool nr_clean_day_alone(nr_work *w, size_t i)
{
  const nr_line *line = &w->lines[i];
  nr_text until = {w->content.bytes, line->end};
  nr_written written;
  if (line->words > 10 || !nr_written_find(until, line->start, &written) ||
      words_between(w, line->start, written.start) +
              words_between(w, nr_written_skip_time(until, written.end), line->end) >
          1)
    return false;
  note_date(w, &written, false, false);
  return true;
}

bool nr_clean_says_hour(const nr_work *w, size_t i)
{
  nr_text line = nr_clean_text(w, &w->lines[i]);
  const char *colon = memchr(line.bytes, ':', line.size);
  return nr_clean_means(w, i, NR_PHRASE_UPDATED) && w->lines[i].words <= 12 && colon != NULL &&
         colon > line.bytes && colon + 1 < line.bytes + line.size && nr_is_digit(colon[-1]) &&
         nr_is_digit(colon[1]);
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

void nr_clean_read_dateline(nr_work *w, size_t i)
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

/* Where the day may stand that a line begins with: behind a label such as "date", "Published:". */
static size_t behind_label(const nr_work *w, const nr_line *line)
{
  const nr_phrase *phrase = nr_phrases_label(w->cleaner->phrases, nr_clean_text(w, line), w->source);
  size_t at = line->start, end;
  if (phrase == NULL || !nr_words_begin(nr_clean_text(w, line), phrase->text, &end))
    return at;
  at += end;
  while (at < line->end && strchr(" :\t", w->content.bytes[at]) != NULL)
    at++;
  return at;
}

nr_status nr_clean_split_header(nr_work *w, nr_error *err)
{
  if (w->count == 0)
    return NR_OK;
  const nr_line *line = &w->lines[0];
  nr_text until = {w->content.bytes, line->end};
  size_t at = behind_label(w, line);
  nr_written written;
  if (!nr_written_at(until, at, &written))
    return NR_OK;
  size_t end = nr_written_skip_time(until, written.end);
  if (words_between(w, end, line->end) < 4 || (at == line->start && w->content.bytes[end] == ','))
    return NR_OK;
  if (at == line->start && !w->lines[0].stop && w->count > 1)
    return NR_OK; /* a title that begins with a date */
  note_date(w, &written, true, false);
  NR_TRY(nr_clean_split(w, 0, (uint32_t)end, err));
  nr_clean_set(w, 0, NR_BLOCK_HEADER, true, NR_REASON_DATE);
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

/* Looked for in bylines, right below the title, right above the text. */
void nr_clean_read_marks(nr_work *w)
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
