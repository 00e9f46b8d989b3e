/* clean_below.c: the text, and behind certain lines other stories, forms and the foot of the page. Floor 4.
 */
#include "ingest/clean_work.h"

void nr_clean_set_aside(nr_work *w, size_t i)
{
  const nr_verdict *v = &w->verdicts[i];
  if (v->phrase == NULL)
    return; /* judged by its shape already */
  static const uint8_t kinds[] = {[NR_PHRASE_FURNITURE] = NR_BLOCK_FURNITURE,
                                  [NR_PHRASE_CAPTION] = NR_BLOCK_CAPTION,
                                  [NR_PHRASE_TEASERS] = NR_BLOCK_TEASER,
                                  [NR_PHRASE_COMMENTS] = NR_BLOCK_COMMENTS,
                                  [NR_PHRASE_OVER] = NR_BLOCK_FURNITURE};
  nr_clean_set(w, i, kinds[v->phrase->means], true, v->own ? NR_REASON_RULE : NR_REASON_PHRASE);
}

static bool is_sentence_line(const nr_work *w, size_t i)
{
  return i < w->count && w->verdicts[i].body && w->lines[i].stop;
}

/* Whether the text goes on at line i, behind teasers: two lines of text in a row; below a title three, or two
 * too long for a teaser. Where there is markup, teasers are links and aside already: one line is enough. */
static bool text_goes_on(const nr_work *w, size_t i)
{
  enum { teaser_words_max = 20 };
  bool under_title =
      i > 0 && !w->lines[i - 1].stop && w->lines[i - 1].words >= 3 && w->verdicts[i - 1].phrase == NULL;
  bool two_long =
      i + 1 < w->count && w->lines[i].words > teaser_words_max && w->lines[i + 1].words > teaser_words_max;
  size_t wanted = w->input->marks != NULL ? 1 : under_title && !two_long ? 3 : 2;
  for (size_t k = 0; k < wanted; k++)
    if (!is_sentence_line(w, i + k))
      return false;
  return w->input->marks == NULL || !under_title;
}

static bool names_day(const nr_work *w, size_t i)
{
  return nr_clean_means(w, i, NR_PHRASE_DATE) || nr_clean_means(w, i, NR_PHRASE_UPDATED);
}

/* Whether a line in a text of large and small letters is all capitals and too long for a heading: the title
 * of another story. */
static bool is_shouted(const nr_work *w, size_t i)
{
  enum { heading_words_max = 6 };
  const nr_line *line = &w->lines[i];
  nr_text text = nr_clean_text(w, line);
  size_t capitals = 0;
  if (line->words <= heading_words_max || line->stop || line->colon || line->bullet || w->verdicts[i].body ||
      nr_is_digit(text.bytes[0]))
    return false;
  for (size_t k = 0; k < text.size; k++) {
    if (text.bytes[k] >= 'a' && text.bytes[k] <= 'z')
      return false;
    capitals += text.bytes[k] >= 'A' && text.bytes[k] <= 'Z';
  }
  return capitals * 2 > text.size;
}

/* The day of publication, where a standfirst stands above it. */
static bool is_day_below_standfirst(nr_work *w, size_t i)
{
  enum { lines_max = 5 };
  return i < w->head + lines_max && w->page->date_count == 0 && !w->lines[i].bullet &&
         nr_clean_day_alone(w, i);
}

static void judge_text_line(nr_work *w, size_t i)
{
  const nr_line *line = &w->lines[i];
  bool text_follows = false;
  for (size_t k = i + 1; k < w->count && k <= i + 3 && !text_follows; k++)
    text_follows = w->verdicts[k].body || w->lines[k].bullet;
  if (nr_clean_is_repeated(w, i))
    nr_clean_set(w, i, NR_BLOCK_FURNITURE, true, NR_REASON_REPEATED);
  else if (is_shouted(w, i))
    nr_clean_set(w, i, NR_BLOCK_TEASER, true, NR_REASON_CAPITALS);
  else if (is_day_below_standfirst(w, i) || nr_clean_says_hour(w, i) ||
           (names_day(w, i) && line->words <= 12 && nr_clean_date_line(w, i)))
    nr_clean_set(w, i, NR_BLOCK_HEADER, true, NR_REASON_DATE);
  else if (line->bullet)
    nr_clean_set(w, i, NR_BLOCK_BULLET, false, NR_REASON_NONE);
  else if (!line->stop && !line->colon && line->words <= 14 && text_follows && nr_clean_holds_word(w, i))
    nr_clean_set(w, i, NR_BLOCK_HEADING, false, NR_REASON_NONE);
}

void nr_clean_judge_below(nr_work *w)
{
  enum { TEXT, TEASERS, COMMENTS, OVER } section = TEXT;
  static const uint8_t kinds[] = {NR_BLOCK_BODY, NR_BLOCK_TEASER, NR_BLOCK_COMMENTS, NR_BLOCK_TEASER};
  for (size_t i = w->head; i < w->count; i++) {
    bool aside = nr_clean_is_aside(w, i);
    if (section == TEASERS && !aside && text_goes_on(w, i))
      section = TEXT;
    if (aside)
      nr_clean_set_aside(w, i);
    else if (section == TEXT)
      judge_text_line(w, i);
    else
      nr_clean_set(w, i, kinds[section], true, NR_REASON_SECTION);
    if (!aside || w->verdicts[i].phrase == NULL)
      continue;
    if (nr_clean_means(w, i, NR_PHRASE_COMMENTS) && section != OVER)
      section = COMMENTS;
    else if (nr_clean_means(w, i, NR_PHRASE_OVER))
      section = OVER;
    else if (nr_clean_means(w, i, NR_PHRASE_TEASERS) && section == TEXT)
      section = TEASERS;
  }
}
