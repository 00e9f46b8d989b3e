/* clean_head.c: headline, bylines and scraps above the text. Floor 4. */
#include "ingest/clean_work.h"

enum { head_lines_max = 40 };

size_t nr_clean_find_head(const nr_work *w)
{
  size_t i = 0;
  while (i < w->count && i < head_lines_max && !(w->verdicts[i].body && !nr_clean_is_aside(w, i)))
    i++;
  return i == head_lines_max ? 0 : i;
}

/* "By Ann Author", but not "Von der Leyen trifft heute den Präsidenten in Kiew". */
static bool is_byline(const nr_work *w, size_t i)
{
  const nr_line *line = &w->lines[i];
  return nr_clean_means(w, i, NR_PHRASE_BYLINE) && !line->stop &&
         (line->words <= 6 || (line->words <= 14 && nr_clean_is_names(nr_clean_text(w, line))));
}

/* Whether a line is a row of a menu or a path to the page: "Home | News | Sport", "News > World". */
static bool is_menu_row(const nr_work *w, size_t i)
{
  static const char *const parts[] = {" | ", " > ", " \xC2\xBB ", " \xC2\xB7 "};
  nr_text line = nr_clean_text(w, &w->lines[i]);
  for (size_t k = 0; k < sizeof parts / sizeof parts[0] && !w->lines[i].stop; k++) {
    size_t size = strlen(parts[k]), count = 1;
    const char *at = line.bytes, *end = at + line.size;
    for (; (at = memmem(at, (size_t)(end - at), parts[k], size)) != NULL; at += size)
      count++;
    bool path = k == 1 || k == 2;
    if (count >= (path ? 2u : 3u) && w->lines[i].words <= count * 2 + (count - 1))
      return true; /* up to two words a part */
  }
  return false;
}

static bool may_be_title(const nr_work *w, size_t i)
{
  const nr_line *line = &w->lines[i];
  if (line->words > 40 || line->bullet || line->colon || nr_clean_is_aside(w, i) ||
      w->verdicts[i].kind == NR_BLOCK_HEADER)
    return false;
  if (line->end - line->start < 4 * line->words || is_menu_row(w, i))
    return false; /* a row of codes: "ua en ru" */
  char last = w->content.bytes[line->end - 1];
  return last != '.' && last != ';' && !is_byline(w, i);
}

static bool is_letter(char c)
{
  return (c | 32) >= 'a' && (c | 32) <= 'z';
}

/* Whether a word stands in the text, by its first five bytes; the case of the first letter does not count. */
static bool holds_word(nr_text text, const char *word)
{
  enum { behind_first = 4 };
  size_t first = (uint8_t)*word < 0x80 ? 1 : 2;
  const char *at = text.bytes, *end = at + text.size;
  while ((at = memmem(at, (size_t)(end - at), word + first, behind_first)) != NULL) {
    if (first == 2 ||
        (at > text.bytes && (at[-1] | 32) == (*word | 32) && (at - 1 == text.bytes || !is_letter(at[-2]))))
      return true;
    at++;
  }
  return false;
}

/* Whether the text below the head has one of the longer words of line i. */
static bool is_told_below(const nr_work *w, size_t i)
{
  enum { word_bytes_min = 5, text_bytes_max = 4000 };
  nr_text line = nr_clean_text(w, &w->lines[i]);
  uint32_t start = w->lines[w->head].start;
  nr_text text = {w->content.bytes + start, w->content.size - start};
  text.size = text.size < text_bytes_max ? text.size : text_bytes_max;
  for (const char *at = line.bytes, *line_end = at + line.size; at < line_end;) {
    const char *end = memchr(at, ' ', (size_t)(line_end - at));
    end = end == NULL ? line_end : end;
    if (end - at > word_bytes_min || (end - at == word_bytes_min && (uint8_t)*at < 0x80))
      if (holds_word(text, at))
        return true;
    at = end + 1;
  }
  return false;
}

/* Whether line i is capitalised words that the text does not have, a row of a menu, above a line that the
 * text tells of. */
static bool is_row_above_title(const nr_work *w, size_t i)
{
  if (!nr_clean_is_names(nr_clean_text(w, &w->lines[i])) || is_told_below(w, i))
    return false;
  for (size_t k = i + 1; k < w->head && k <= i + 2; k++)
    if (w->lines[k].words >= 3 && may_be_title(w, k) && is_told_below(w, k))
      return true;
  return false;
}

/* The line of the head that is the headline: one that a later line of the head repeats, else the
 * first of three words or more, else none. */
static size_t choose_title(const nr_work *w)
{
  size_t end;
  for (size_t i = 0; i < w->head; i++)
    for (size_t k = i + 1; k < w->head && k < i + 4; k++)
      if (w->lines[i].words >= 3 && may_be_title(w, i) &&
          nr_words_begin(nr_clean_text(w, &w->lines[k]), nr_clean_text(w, &w->lines[i]), &end))
        return i;
  for (size_t i = 0; i < w->head && w->head < w->count; i++)
    if (w->lines[i].words >= 3 && may_be_title(w, i) && !is_row_above_title(w, i))
      return i;
  return SIZE_MAX;
}

/* Find the line that says the title field again; what follows it on its line is split off. */
static nr_status match_title_field(nr_work *w, nr_error *err)
{
  nr_text title = {w->content.bytes, w->title_size};
  for (size_t i = 0; i < w->count && i < 6 && i <= w->head; i++) {
    size_t end;
    nr_text line = nr_clean_text(w, &w->lines[i]);
    if (!nr_words_begin(line, title, &end))
      continue;
    nr_line rest;
    uint32_t at = w->lines[i].start + (uint32_t)end;
    while (at < w->lines[i].end && strchr("?!.\"')", w->content.bytes[at]) != NULL)
      at++;
    if (nr_line_measure(w->content, at, w->lines[i].end, &rest) && rest.words > 2)
      NR_TRY(nr_clean_split(w, i, at, err));
    w->title = i;
    return NR_OK;
  }
  return NR_OK;
}

/* A line of the head that is neither title nor date: byline, repeated title, scraps, standfirst. */
static void judge_head_line(nr_work *w, size_t i)
{
  const nr_line *line = &w->lines[i];
  bool above = w->title != SIZE_MAX && i < w->title;
  size_t end;
  if (w->title != SIZE_MAX && i > w->title &&
      nr_words_begin(nr_clean_text(w, line), nr_clean_text(w, &w->lines[w->title]), &end))
    nr_clean_set(w, i, NR_BLOCK_DOUBLED, true, NR_REASON_TITLE_REPEATED);
  else if (is_byline(w, i))
    nr_clean_set(w, i, NR_BLOCK_HEADER, true, NR_REASON_BYLINE);
  else if (nr_clean_says_hour(w, i))
    nr_clean_set(w, i, NR_BLOCK_HEADER, true, NR_REASON_DATE);
  else if (above && (line->words <= 4 || (!line->stop && nr_clean_is_names(nr_clean_text(w, line)))))
    nr_clean_set(w, i, line->words == 1 ? NR_BLOCK_HEADER : NR_BLOCK_MENU, true,
                 line->words == 1 ? NR_REASON_KICKER : NR_REASON_MENU);
  else if (is_menu_row(w, i))
    nr_clean_set(w, i, NR_BLOCK_MENU, true, NR_REASON_MENU);
  else if (nr_clean_is_repeated(w, i))
    nr_clean_set(w, i, NR_BLOCK_FURNITURE, true, NR_REASON_REPEATED);
  else if (line->words <= 2 && !line->stop && !line->colon && !line->bullet &&
           w->content.bytes[line->end - 1] != ',')
    nr_clean_set(w, i, NR_BLOCK_FURNITURE, true, NR_REASON_FRAGMENT);
  else
    nr_clean_set(w, i,
                 line->bullet ? NR_BLOCK_BULLET
                 : line->stop ? NR_BLOCK_BODY
                              : NR_BLOCK_HEADING,
                 false, NR_REASON_NONE);
}

/* "TITLE Photo: somebody (Agency)" in one line: part the two. */
static nr_status split_doubled(nr_work *w, nr_error *err)
{
  for (size_t i = w->title + 1; i < w->head || i == w->title + 1; i++) {
    size_t end;
    if (i >= w->count ||
        !nr_words_begin(nr_clean_text(w, &w->lines[i]), nr_clean_text(w, &w->lines[w->title]), &end))
      continue;
    nr_line rest;
    uint32_t at = w->lines[i].start + (uint32_t)end;
    if (nr_line_measure(w->content, at, w->lines[i].end, &rest) && rest.words >= 2)
      NR_TRY(nr_clean_split(w, i, at, err));
  }
  return NR_OK;
}

nr_status nr_clean_find_title(nr_work *w, nr_error *err)
{
  if (w->marked_title != SIZE_MAX)
    w->title = w->marked_title;
  else if (w->title_size > 0)
    NR_TRY(match_title_field(w, err));
  else
    w->title = choose_title(w);
  return w->title == SIZE_MAX ? NR_OK : split_doubled(w, err);
}

static void set_if_repeated(nr_work *w, size_t i)
{
  if (nr_clean_is_repeated(w, i))
    nr_clean_set(w, i, NR_BLOCK_FURNITURE, true, NR_REASON_REPEATED);
}

void nr_clean_judge_head(nr_work *w)
{
  for (size_t i = 0; i < w->head && i < w->count; i++)
    if (i == w->title)
      continue;
    else if (w->head == w->count &&
             !nr_clean_is_aside(w, i)) /* without text below, short lines are the text */
      set_if_repeated(w, i);
    else if (nr_clean_is_aside(w, i) && w->verdicts[i].kind != NR_BLOCK_HEADER)
      nr_clean_set_aside(w, i);
    else if (w->verdicts[i].kind != NR_BLOCK_HEADER)
      judge_head_line(w, i);
}
