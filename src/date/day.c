/* day.c: the calendar, ISO 8601 in and out. Floor 1. */
#include "date/day.h"

#include <inttypes.h>
#include <stdio.h>

static bool leap(int year)
{
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_days(int year, int month)
{
  static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return days[month - 1] + (month == 2 && leap(year));
}

/* Days from 1970-01-01; the year is counted from March, in eras of 400 years. */
static nr_day day_of(int year, int month, int day)
{
  int y = year - (month <= 2), era = (y >= 0 ? y : y - 399) / 400, of_era = y - era * 400;
  int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

nr_day nr_day_of(int year, int month, int day)
{
  if (year < 0 || year > 9999 || month < 1 || month > 12 || day < 1 || day > month_days(year, month))
    return NR_DAY_NONE;
  return day_of(year, month, day);
}

void nr_day_civil(nr_day day, int *year, int *month, int *day_of_month)
{
  int64_t z = (int64_t)day + 719468, era = (z >= 0 ? z : z - 146096) / 146097;
  int of_era = (int)(z - era * 146097);
  int year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  int of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int from_march = (5 * of_year + 2) / 153;

  *day_of_month = of_year - (153 * from_march + 2) / 5 + 1;
  *month = from_march < 10 ? from_march + 3 : from_march - 9;
  *year = (int)(era * 400) + year_of_era + (*month <= 2);
}

int nr_day_weekday(nr_day day)
{
  int64_t from_monday = ((int64_t)day + 3) % 7; /* 1970-01-01 was a Thursday */
  return (int)(from_monday < 0 ? from_monday + 7 : from_monday) + 1;
}

size_t nr_day_format(nr_day day, char out[16])
{
  return nr_unit_format(NR_UNIT_DAY, day, out);
}

/* ---- reading ---- */

/* Read exactly `digits` digits at *at; -1 and *at unmoved where they are not there. */
static int number(nr_text text, size_t *at, size_t digits)
{
  int value = 0;

  if (text.size - *at < digits)
    return -1;
  for (size_t i = 0; i < digits; i++) {
    char c = text.bytes[*at + i];
    if (c < '0' || c > '9')
      return -1;
    value = value * 10 + (c - '0');
  }
  *at += digits;
  return value;
}

static bool accept(nr_text text, size_t *at, char c)
{
  bool there = *at < text.size && text.bytes[*at] == c;
  *at += there;
  return there;
}

/* At most 64 bytes of the text, for messages. */
static int shown(nr_text text)
{
  return text.size > 64 ? 64 : (int)text.size;
}

static nr_status not_a_date(nr_text text, nr_error *err)
{
  return nr_fail(err, NR_INVALID,
                 "\"%.*s\" is not a date; write 2025-09-26, 2025-09, 2025, 2025-W39 or 2025-Q3", shown(text),
                 text.size == 0 ? "" : text.bytes);
}

static nr_day first_monday(int year)
{
  nr_day fourth = day_of(year, 1, 4); /* always in week 1 */
  return fourth - (nr_day_weekday(fourth) - 1);
}

/* Read what may follow a day: "T10:11[:12[.5]][Z|+02:00]", also with a space for the T. */
static bool time_follows(nr_text text, size_t *at)
{
  int hour, minute, second = 0;

  if (!accept(text, at, 'T') && !accept(text, at, 't') && !accept(text, at, ' '))
    return false;
  hour = number(text, at, 2);
  if (!accept(text, at, ':'))
    return false;
  minute = number(text, at, 2);
  if (accept(text, at, ':')) {
    second = number(text, at, 2);
    if (accept(text, at, '.') || accept(text, at, ',')) {
      if (number(text, at, 1) < 0)
        return false;
      while (number(text, at, 1) >= 0)
        ;
    }
  }
  if (hour < 0 || hour > 24 || minute < 0 || minute > 59 || second < 0 || second > 60 ||
      (hour == 24 && (minute > 0 || second > 0)))
    return false;
  if (accept(text, at, 'Z') || accept(text, at, 'z') || *at == text.size)
    return true;
  if (!accept(text, at, '+') && !accept(text, at, '-'))
    return false;
  hour = number(text, at, 2);
  accept(text, at, ':');
  minute = *at == text.size ? 0 : number(text, at, 2);
  return hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59;
}

static nr_status parse_week(nr_text text, size_t at, int year, nr_period *period, nr_error *err)
{
  int week = number(text, &at, 2);
  nr_day monday = first_monday(year) + (week - 1) * 7;

  if (week < 0 || at != text.size)
    return not_a_date(text, err);
  if (week < 1 || monday >= first_monday(year + 1))
    return nr_fail(err, NR_INVALID, "%.*s: %d has %d weeks", shown(text), text.bytes, year,
                   (first_monday(year + 1) - first_monday(year)) / 7);
  *period = (nr_period){monday, monday + 6};
  return NR_OK;
}

static nr_status parse_quarter(nr_text text, size_t at, int year, nr_period *period, nr_error *err)
{
  int quarter = number(text, &at, 1);

  if (quarter < 0 || at != text.size)
    return not_a_date(text, err);
  if (quarter < 1 || quarter > 4)
    return nr_fail(err, NR_INVALID, "%.*s: a year has 4 quarters", shown(text), text.bytes);
  *period = nr_unit_period(NR_UNIT_QUARTER, day_of(year, quarter * 3, 1));
  return NR_OK;
}

static nr_status parse_day(nr_text text, size_t at, int year, int month, nr_period *period, nr_error *err)
{
  static const char *const names[] = {"January", "February", "March",     "April",   "May",      "June",
                                      "July",    "August",   "September", "October", "November", "December"};
  int day = number(text, &at, 2);

  if (day < 0 || (at < text.size && (!time_follows(text, &at) || at != text.size)))
    return not_a_date(text, err);
  if (day < 1 || day > month_days(year, month))
    return nr_fail(err, NR_INVALID, "%.*s: %s %d has %d days", shown(text), text.bytes, names[month - 1],
                   year, month_days(year, month));
  period->first = period->last = day_of(year, month, day);
  return NR_OK;
}

nr_status nr_date_parse(nr_text text, nr_period *period, nr_error *err)
{
  size_t at = 0;
  int month, year = number(text, &at, 4);

  if (year < 0)
    return not_a_date(text, err);
  if (at == text.size) {
    *period = nr_unit_period(NR_UNIT_YEAR, day_of(year, 1, 1));
    return NR_OK;
  }
  if (!accept(text, &at, '-'))
    return not_a_date(text, err);
  if (accept(text, &at, 'W'))
    return parse_week(text, at, year, period, err);
  if (accept(text, &at, 'Q'))
    return parse_quarter(text, at, year, period, err);
  month = number(text, &at, 2);
  if (month < 0)
    return not_a_date(text, err);
  if (month < 1 || month > 12)
    return nr_fail(err, NR_INVALID, "%.*s: a year has 12 months", shown(text), text.bytes);
  if (accept(text, &at, '-'))
    return parse_day(text, at, year, month, period, err);
  if (at != text.size)
    return not_a_date(text, err);
  *period = nr_unit_period(NR_UNIT_MONTH, day_of(year, month, 1));
  return NR_OK;
}

nr_status nr_period_parse(nr_text text, nr_period *period, nr_error *err)
{
  const char *slash = text.size == 0 ? NULL : memchr(text.bytes, '/', text.size);
  nr_period from = {INT32_MIN, INT32_MIN}, to = {NR_DAY_NONE - 1, NR_DAY_NONE - 1};
  nr_text left, right;

  if (slash == NULL)
    return nr_date_parse(text, period, err);
  left = (nr_text){text.bytes, (size_t)(slash - text.bytes)};
  right = (nr_text){slash + 1, text.size - left.size - 1};
  if (left.size != 0 && !nr_text_equal(left, NR_TEXT("..")))
    NR_TRY(nr_date_parse(left, &from, err));
  if (right.size != 0 && !nr_text_equal(right, NR_TEXT("..")))
    NR_TRY(nr_date_parse(right, &to, err));
  if (left.size + right.size == 0)
    return not_a_date(text, err);
  if (to.last < from.first)
    return nr_fail(err, NR_INVALID, "%.*s ends before it starts", shown(text), text.bytes);
  *period = (nr_period){from.first, to.last};
  return NR_OK;
}

/* ---- units ---- */

static const char *const unit_names[NR_UNITS] = {"day", "week", "month", "quarter", "year"};

nr_status nr_unit_parse(nr_text text, nr_unit *unit, nr_error *err)
{
  for (int i = 0; i < NR_UNITS; i++)
    if (nr_text_equal(text, nr_text_of(unit_names[i]))) {
      *unit = (nr_unit)i;
      return NR_OK;
    }
  return nr_fail(err, NR_INVALID, "\"%.*s\" is not a unit of time; there are day, week, month, quarter, year",
                 shown(text), text.size == 0 ? "" : text.bytes);
}

/* Days of `months` months from the first of `month`. */
static nr_period months_from(int year, int month, int months)
{
  int end = month + months;
  return (nr_period){day_of(year, month, 1), day_of(year + (end > 12), end > 12 ? end - 12 : end, 1) - 1};
}

nr_period nr_unit_period(nr_unit unit, nr_day day)
{
  int year, month, day_of_month;

  if (unit == NR_UNIT_DAY || day < day_of(0, 1, 1) || day > day_of(9999, 12, 31))
    return (nr_period){day, day}; /* undated and open ends have no calendar */
  if (unit == NR_UNIT_WEEK) {
    nr_day monday = day - (nr_day_weekday(day) - 1);
    return (nr_period){monday, monday + 6};
  }
  nr_day_civil(day, &year, &month, &day_of_month);
  if (unit == NR_UNIT_MONTH)
    return months_from(year, month, 1);
  if (unit == NR_UNIT_QUARTER)
    return months_from(year, (month - 1) / 3 * 3 + 1, 3);
  return months_from(year, 1, 12);
}

size_t nr_unit_format(nr_unit unit, nr_day day, char out[16])
{
  int year, month, day_of_month, size = 0;

  out[0] = '\0';
  if (day == NR_DAY_NONE)
    return 0;
  if (unit == NR_UNIT_WEEK) {
    nr_day monday = nr_unit_period(NR_UNIT_WEEK, day).first;
    nr_day_civil(monday + 3, &year, &month, &day_of_month); /* the week is its Thursday's year's */
    return (size_t)snprintf(out, 16, "%04d-W%02d", year % 10000,
                            (int)((monday - first_monday(year)) / 7) % 100 + 1);
  }
  nr_day_civil(day, &year, &month, &day_of_month);
  year %= 10000; /* 16 bytes are enough for what nr_day_of gives */
  switch (unit) {
  case NR_UNIT_DAY:
    size = snprintf(out, 16, "%04d-%02u-%02u", year, (unsigned)month % 100, (unsigned)day_of_month % 100);
    break;
  case NR_UNIT_MONTH:
    size = snprintf(out, 16, "%04d-%02u", year, (unsigned)month % 100);
    break;
  case NR_UNIT_QUARTER:
    size = snprintf(out, 16, "%04d-Q%d", year, (month - 1) / 3 + 1);
    break;
  default:
    size = snprintf(out, 16, "%04d", year);
  }
  return (size_t)size;
}
