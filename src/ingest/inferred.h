/* inferred.h: about when a text was written, by the days it names itself.
 * Floor 4: includes lower floors.
 *
 * Most full dates in a text tell of the past or the future: on dated articles the latest one was the day
 * before or the day of publication in fewer than half. Three kinds are better: a day with its weekday ("on
 * Sunday, July 15, 2018"), with "today", and that below a post which is quoted ("(@name) July 15, 2018").
 * Where such a day is the latest that the text names, the article appeared in the week that begins with it in
 * nine cases of ten. */
#ifndef NR_INFERRED_H
#define NR_INFERRED_H

#include "date/day.h"
#include "segment/article.h"

/* Infer the week in which a text was written from what is on its line.
 *
 * date      its seven days; set where true is returned.
 * evidence  the day as written, borrowed from the content.
 * Cost      linear. Any number of threads. */
bool nr_infer_date(nr_text content, const nr_block *blocks, size_t block_count, nr_period *date,
                   nr_text *evidence);

#endif
