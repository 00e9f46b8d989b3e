/* dating.h: which of the days that field, markup and text state is an article's.
 * Floor 4: includes lower floors. */
#ifndef NR_DATING_H
#define NR_DATING_H

#include "ingest/clean.h"
#include "ingest/item.h"

/* Where an item's day comes from. */
typedef struct nr_dating {
  const nr_report *report; /* hears of dates that can't be and of conflicts */
  nr_date_source field;    /* what its date field is: its own, or one given for all */
  bool given_only;         /* no other place is looked at */
} nr_dating;

/* Set date, source and evidence of `article`: its date field, else the page's markup, else what
 * stands in its text, else a week inferred from the days that the text tells of (the article has its blocks).
 * What names no day leaves it undated, with what was written as evidence, and is
 * reported; so is the first place that states another day than the one taken.
 *
 * page  dates found in the article's content; its offsets count there. */
void nr_date_article(const nr_dating *dating, const nr_item *item, const nr_page *page, nr_article *article);

#endif
