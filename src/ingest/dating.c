/* dating.c: candidates for an article's day, the best of them, and conflicts. Floor 4. */
#include "ingest/dating.h"

#include <stdio.h>

#include "ingest/inferred.h"

static bool in_range(nr_period period)
{
  return period.first >= NR_DAY_MIN && period.last <= NR_DAY_MAX;
}

/* Leave the article undated but keep what was written, and say so. */
static void refuse_date(const nr_dating *dating, const nr_item *item, nr_article *article, nr_text evidence,
                        const char *why)
{
  char message[600];
  snprintf(message, sizeof message, "undated: %s", why);
  nr_report_to(dating->report, NR_WARNING, item->where, message);
  article->date = (nr_period){NR_DAY_NONE, NR_DAY_NONE};
  article->date_source = NR_DATE_FROM_NOWHERE;
  article->date_evidence = evidence;
}

static nr_text cut_evidence(nr_text text)
{
  enum { evidence_bytes_max = 200 };
  if (text.size > evidence_bytes_max) {
    text.size = evidence_bytes_max;
    while (text.size > 0 && ((uint8_t)text.bytes[text.size] & 0xC0) == 0x80)
      text.size--;
  }
  return text;
}

/* Read a date field: ISO 8601 with its coarser forms, "A/B", else any written day in it. */
static nr_status read_date(nr_text text, nr_period *period, nr_error *err)
{
  nr_written written;
  nr_status status = nr_period_parse(text, period, err);
  if (status == NR_OK && !in_range(*period))
    return nr_fail(err, NR_INVALID, "%.*s is outside the years 1000 to 2200", (int)text.size, text.bytes);
  if (status == NR_OK || !nr_written_find(text, 0, &written))
    return status;
  if (written.fault == NR_WRITTEN_AMBIGUOUS)
    return nr_fail(err, NR_INVALID, "%.*s: day and month can't be told apart", (int)text.size, text.bytes);
  if (written.fault == NR_WRITTEN_IMPOSSIBLE)
    return nr_fail(err, NR_INVALID, "%.*s: there is no such day", (int)text.size, text.bytes);
  if (written.day < NR_DAY_MIN || written.day > NR_DAY_MAX)
    return nr_fail(err, NR_INVALID, "%.*s is outside the years 1000 to 2200", (int)text.size, text.bytes);
  if (!nr_written_time_fits(text, written.end))
    return nr_fail(err, NR_INVALID, "%.*s: there is no such time of day", (int)text.size, text.bytes);
  *period = (nr_period){written.day, written.day};
  return NR_OK;
}

static void date_from_field(const nr_dating *dating, const nr_item *item, nr_article *article)
{
  nr_error err;
  nr_text evidence = cut_evidence(item->date);
  if (read_date(evidence, &article->date, &err) != NR_OK) {
    refuse_date(dating, item, article, evidence, err.message);
    return;
  }
  article->date_source = dating->field;
  article->date_evidence = evidence;
}

/* The best of the days that the page states: labelled ones before others, days of a change last;
 * a readable one before an unreadable one. */
static const nr_page_date *best_date(const nr_page *page)
{
  const nr_page_date *best = NULL;
  int best_rank = 0;
  for (size_t i = 0; i < page->date_count; i++) {
    const nr_page_date *date = &page->dates[i];
    int rank = 1 + (date->labelled ? 2 : 0) + (date->written.fault == NR_WRITTEN_FINE ? 4 : 0) -
               (date->updated ? 3 : 0);
    if (best == NULL || rank > best_rank) {
      best = date;
      best_rank = rank;
    }
  }
  return best;
}

static void date_from_page(const nr_dating *dating, const nr_item *item, const nr_page *page,
                           nr_article *article)
{
  const nr_page_date *date = best_date(page);
  if (date == NULL)
    return;
  nr_text evidence = {article->content.bytes + date->written.start, date->written.end - date->written.start};
  char why[256];
  if (date->written.fault == NR_WRITTEN_FINE && date->written.day >= NR_DAY_MIN &&
      date->written.day <= NR_DAY_MAX) {
    article->date = (nr_period){date->written.day, date->written.day};
    article->date_source = NR_DATE_FROM_HEADER;
    article->date_evidence = evidence;
    return;
  }
  snprintf(why, sizeof why, "%.*s: %s", (int)(evidence.size < 100 ? evidence.size : 100), evidence.bytes,
           date->written.fault == NR_WRITTEN_AMBIGUOUS    ? "day and month can't be told apart"
           : date->written.fault == NR_WRITTEN_IMPOSSIBLE ? "there is no such day"
                                                          : "outside the years 1000 to 2200");
  refuse_date(dating, item, article, evidence, why);
}

/* The first readable date of the page's markup. */
static bool date_from_markup(const nr_item *item, nr_article *article)
{
  for (size_t i = 0; i < item->date_count; i++) {
    nr_text evidence = cut_evidence(item->dates[i].text);
    if (read_date(evidence, &article->date, NULL) == NR_OK) {
      article->date_source = item->dates[i].source;
      article->date_evidence = evidence;
      return true;
    }
  }
  article->date = (nr_period){NR_DAY_NONE, NR_DAY_NONE};
  return false;
}

/* By the days that the text names, where no place that states one has anything. */
static void date_from_body(nr_article *article)
{
  nr_text evidence;
  if (article->date_evidence.bytes == NULL &&
      nr_infer_date(article->content, article->blocks, article->block_count, &article->date, &evidence)) {
    article->date_source = NR_DATE_INFERRED;
    article->date_evidence = evidence;
  }
}

/* Say that something else states another day than the one taken. */
static void tell_conflict(const nr_dating *dating, const nr_item *item, const nr_article *article,
                          nr_period other, const char *where)
{
  char message[160], taken[16], stated[16];
  taken[nr_day_format(article->date.first, taken)] = '\0';
  stated[nr_day_format(other.first, stated)] = '\0';
  snprintf(message, sizeof message, "dated %s by its %s, but %s by its %s", taken,
           nr_date_source_name(article->date_source), stated, where);
  nr_report_to(dating->report, NR_NOTE, item->where, message);
}

/* Days that lie apart: more than one day, for zones differ. */
static bool conflict(nr_period a, nr_period b)
{
  return a.first > b.last + 1 || b.first > a.last + 1;
}

/* Compare the day taken with what markup and labels on the page state; the first conflict is told. */
static void compare_dates(const nr_dating *dating, const nr_item *item, const nr_page *page,
                          const nr_article *article)
{
  if (article->date.first == NR_DAY_NONE)
    return;
  for (size_t i = 0; i < item->date_count; i++) {
    nr_period stated;
    if (read_date(item->dates[i].text, &stated, NULL) == NR_OK && conflict(article->date, stated)) {
      tell_conflict(dating, item, article, stated, nr_date_source_name(item->dates[i].source));
      return;
    }
  }
  for (size_t i = 0; i < page->date_count; i++) {
    const nr_page_date *date = &page->dates[i];
    nr_period stated = {date->written.day, date->written.day};
    if (date->labelled && !date->updated && date->written.fault == NR_WRITTEN_FINE &&
        conflict(article->date, stated)) {
      tell_conflict(dating, item, article, stated, "text");
      return;
    }
  }
}

void nr_date_article(const nr_dating *dating, const nr_item *item, const nr_page *page, nr_article *article)
{
  article->date = (nr_period){NR_DAY_NONE, NR_DAY_NONE};
  if (item->date.bytes != NULL && item->date.size > 0) {
    date_from_field(dating, item, article);
  } else if (item->date.bytes != NULL) {
    return; /* said to be undated */
  } else if (!dating->given_only && !date_from_markup(item, article)) {
    date_from_page(dating, item, page, article);
    if (article->date.first == NR_DAY_NONE)
      date_from_body(article);
  }
  compare_dates(dating, item, page, article);
}
