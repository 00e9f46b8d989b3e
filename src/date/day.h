/* day.h: days, periods and calendar units.
 * Floor 1: includes base/ only. Pure functions, any number of threads; no clock is ever read. */
#ifndef NR_DAY_H
#define NR_DAY_H

#include "base/bytes.h"
#include "base/status.h"

/* Days since 1970-01-01, proleptic Gregorian calendar. */
typedef int32_t nr_day;

/* "Undated": sorts behind every day. */
#define NR_DAY_NONE INT32_MAX
/* Article days outside 1000-01-01 .. 2200-12-31 count as undated. */
#define NR_DAY_MIN (-354285)
#define NR_DAY_MAX 84370

/* A stretch of days, both ends in. Open ends are INT32_MIN and INT32_MAX - 1. A date of an article
 * is a period too: "2025-09" is its 30 days. */
typedef struct nr_period {
  nr_day first, last;
} nr_period;

typedef enum nr_unit {
  NR_UNIT_DAY,
  NR_UNIT_WEEK,
  NR_UNIT_MONTH,
  NR_UNIT_QUARTER,
  NR_UNIT_YEAR,
  NR_UNITS
} nr_unit;

/* Day of a civil date, or NR_DAY_NONE where there is no such date (30 February). Years 0 to 9999. */
nr_day nr_day_of(int year, int month, int day);
/* Split a day (not NR_DAY_NONE) into year, month 1-12, day 1-31. */
void nr_day_civil(nr_day day, int *year, int *month, int *day_of_month);
/* Monday is 1, Sunday 7. */
int nr_day_weekday(nr_day day);
/* Write "2025-09-26" and return its size, 10; an undated day writes "" and returns 0. */
size_t nr_day_format(nr_day day, char out[16]);

/* Read an ISO 8601 date: 2025-09-26, 2025-09, 2025, 2025-W39, 2025-Q3, 2025-09-26T10:11[:12[.5]][Z|+02:00]
 * (the time is checked and ignored: the day is the one written).
 *
 * period  set on success to the days it names.
 * Errors  NR_INVALID with what is wrong ("2025-02-30: February 2025 has 28 days"). */
nr_status nr_date_parse(nr_text text, nr_period *period, nr_error *err);

/* Read a period: any form of nr_date_parse, "A/B" from the first day of A to the last of B, and
 * open ends "A/.." and "../B". Errors NR_INVALID, also where B ends before A starts. */
nr_status nr_period_parse(nr_text text, nr_period *period, nr_error *err);

/* The unit ("day" "week" "month" "quarter" "year") named by `text`. Errors NR_INVALID. */
nr_status nr_unit_parse(nr_text text, nr_unit *unit, nr_error *err);
/* The days of the unit that holds `day`; weeks are ISO weeks, Monday first. */
nr_period nr_unit_period(nr_unit unit, nr_day day);
/* Write "2025-09-26", "2025-W39", "2025-09", "2025-Q3" or "2025"; return the size. The label of
 * a unit reads back with nr_date_parse. Undated writes nothing. */
size_t nr_unit_format(nr_unit unit, nr_day day, char out[16]);

#endif
