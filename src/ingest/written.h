/* written.h: calendar days as news pages write them: 2025-09-26, Sept. 24, 2025, 30.04.2020, 9-MAR-1987,
 * 2020. március 22., 2022年1月1日. Floor 4: includes base/, date/.
 *
 * Only forms with day, month and year are read: nothing is filled in. No clock, no locale. */
#ifndef NR_WRITTEN_H
#define NR_WRITTEN_H

#include "base/bytes.h"
#include "date/day.h"

typedef enum nr_written_fault {
  NR_WRITTEN_FINE,
  NR_WRITTEN_IMPOSSIBLE, /* 30 February, month 13 */
  NR_WRITTEN_AMBIGUOUS   /* 03/04/2025: month first or day first is not said */
} nr_written_fault;

typedef struct nr_written {
  nr_day day;        /* NR_DAY_NONE with a fault */
  size_t start, end; /* bytes of the date alone, end out */
  nr_written_fault fault;
} nr_written;

/* Find the first written day at or behind byte `from` of valid UTF-8; false where there is none.
 * Cost: linear. Allocates nothing. Any number of threads. */
bool nr_written_find(nr_text text, size_t from, nr_written *found);
/* The same, but the day must start at `at`: nothing behind is searched. */
bool nr_written_at(nr_text text, size_t at, nr_written *found);

/* Number 1-12 of a month's name (full, genitive or short, a point behind it cut off) in any of the
 * languages known, or 0. */
int nr_month_of(nr_text word);

/* 1 (Monday) to 7 for a weekday's name in any of the languages known, 8 for a word that says "today", or 0.
 */
int nr_weekday_of(nr_text word);

/* Whether no impossible time of day (25:00, 10:61) stands right behind the date that ends at `at`. */
bool nr_written_time_fits(nr_text text, size_t at);

/* Move behind a time of day and what goes with it ("at 6:40 pm", "12.18 Uhr", "T10:11:12Z",
 * "GMT", "(UTC+2)"), white space and separators before it included. */
size_t nr_written_skip_time(nr_text text, size_t at);

#endif
