/* written.c: the forms of a written day. Floor 4.
 * Each form is tried at the starts of numbers and words; none looks further than a few pieces. */
#include "ingest/written.h"

#include "text/utf8.h"

typedef struct cursor {
  const char *at, *end;
} cursor;

static bool is_letter(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static bool skip_one(cursor *c, char wanted)
{
  if (c->at == c->end || *c->at != wanted)
    return false;
  c->at++;
  return true;
}

static bool skip_bytes(cursor *c, const char *wanted)
{
  size_t size = strlen(wanted);
  if ((size_t)(c->end - c->at) < size || memcmp(c->at, wanted, size) != 0)
    return false;
  c->at += size;
  return true;
}

/* Blanks of all widths, no line ends. */
static void skip_blanks(cursor *c)
{
  while (c->at < c->end)
    if (!skip_one(c, ' ') && !skip_one(c, '\t') && !skip_bytes(c, "\xC2\xA0") &&
        !skip_bytes(c, "\xE2\x80\xAF") && !skip_bytes(c, "\xE2\x80\x89") && !skip_bytes(c, "\xE2\x80\x8B"))
      break;
}

/* A number of `least` to `most` digits that ends there. */
static bool number(cursor *c, int least, int most, int *value)
{
  const char *at = c->at;
  int64_t sum = 0;
  int digits = 0;
  for (; at < c->end && nr_is_digit(*at) && digits <= most; at++, digits++)
    sum = sum * 10 + (*at - '0');
  if (digits < least || digits > most)
    return false;
  c->at = at;
  *value = (int)sum;
  return true;
}

/* Before 1700 there were no newspapers: such a number is a time or a sum. */
static bool year(cursor *c, int *value)
{
  return number(c, 4, 4, value) && *value >= 1700;
}

/* The size of a sign beyond ASCII that is no letter: no-break space, middle dot, quotation marks, dashes. */
static size_t sign_at(const char *at, const char *end)
{
  if (end - at >= 2 && (uint8_t)*at == 0xC2)
    return 2;
  return end - at >= 3 && (uint8_t)*at == 0xE2 && (uint8_t)at[1] == 0x80 ? 3 : 0;
}

static nr_text word(cursor *c)
{
  const char *from = c->at;
  while (c->at < c->end && is_letter(*c->at) && sign_at(c->at, c->end) == 0)
    c->at++;
  return (nr_text){from, (size_t)(c->at - from)};
}

static bool month_name(cursor *c, int *month)
{
  cursor probe = *c;
  *month = nr_month_of(word(&probe));
  if (*month == 0)
    return false;
  *c = probe;
  skip_one(c, '.');
  return true;
}

/* "of", "de", "del": between day, month and year. */
static void skip_of(cursor *c)
{
  static const char *const words[] = {"of ", "de ", "del ", "da "};
  skip_blanks(c);
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
    if (skip_bytes(c, words[i]))
      break;
  skip_blanks(c);
}

static void skip_ordinal(cursor *c)
{
  static const char *const endings[] = {"st", "nd", "rd", "th", "er", ".", "\xC2\xBA", "-\xD0\xB3\xD0\xBE"};
  for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
    cursor probe = *c;
    if (skip_bytes(&probe, endings[i]) &&
        (probe.at == c->end || !is_letter(*probe.at) || *probe.at == '\xC2')) {
      *c = probe;
      return;
    }
  }
}

typedef struct civil {
  int year, month, day;
  bool ambiguous;
} civil;

/* 2025-09-26, 2025/9/26, 2025.09.26, 2020. 03. 22, 20250926 is not. */
static bool year_number_day(cursor *c, civil *date)
{
  if (!year(c, &date->year) || c->at == c->end)
    return false;
  char separator = *c->at;
  if (separator != '-' && separator != '/' && separator != '.')
    return false;
  c->at++;
  if (separator == '.')
    skip_blanks(c);
  if (!number(c, 1, 2, &date->month) || !skip_one(c, separator))
    return false;
  if (separator == '.')
    skip_blanks(c);
  return number(c, 1, 2, &date->day);
}

/* 2020. március 22., 2020 March 22, 2020-Mar-22 */
static bool year_name_day(cursor *c, civil *date)
{
  if (!year(c, &date->year))
    return false;
  if (!skip_one(c, '-'))
    skip_one(c, '.');
  skip_blanks(c);
  if (!month_name(c, &date->month))
    return false;
  skip_one(c, '-');
  skip_blanks(c);
  return number(c, 1, 2, &date->day);
}

/* 2022年1月1日, 2022년 1월 1일 */
static bool year_sign_day(cursor *c, civil *date)
{
  if (!year(c, &date->year))
    return false;
  skip_blanks(c);
  bool korean = skip_bytes(c, "\xEB\x85\x84");
  if (!korean && !skip_bytes(c, "\xE5\xB9\xB4"))
    return false;
  skip_blanks(c);
  if (!number(c, 1, 2, &date->month) || !skip_bytes(c, korean ? "\xEC\x9B\x94" : "\xE6\x9C\x88"))
    return false;
  skip_blanks(c);
  return number(c, 1, 2, &date->day) && skip_bytes(c, korean ? "\xEC\x9D\xBC" : "\xE6\x97\xA5");
}

/* 30.04.2020, 30. 4. 2020, 30/04/2020, 30-04-2020. With slashes and dashes the month may come first. */
static bool day_number_year(cursor *c, civil *date)
{
  if (!number(c, 1, 2, &date->day) || c->at == c->end)
    return false;
  char separator = *c->at;
  if (separator != '-' && separator != '/' && separator != '.')
    return false;
  c->at++;
  if (separator == '.')
    skip_blanks(c);
  if (!number(c, 1, 2, &date->month) || !skip_one(c, separator))
    return false;
  if (separator == '.')
    skip_blanks(c);
  if (!year(c, &date->year))
    return false;
  if (separator == '.')
    return true;
  if (date->month > 12 && date->day <= 12) {
    int month = date->day;
    date->day = date->month;
    date->month = month;
  } else {
    date->ambiguous = date->day <= 12 && date->month <= 12 && date->day != date->month;
  }
  return true;
}

/* 30 April 2020, 30. April 2020, 30 de abril de 2020, 9-MAR-1987, 1st of May, 2020, 3 травня 2022 */
static bool day_name_year(cursor *c, civil *date)
{
  if (!number(c, 1, 2, &date->day))
    return false;
  skip_ordinal(c);
  bool dashed = skip_one(c, '-');
  if (!dashed)
    skip_of(c);
  if (!month_name(c, &date->month))
    return false;
  if (!(dashed && skip_one(c, '-'))) {
    skip_one(c, ',');
    skip_of(c);
  }
  return year(c, &date->year);
}

/* Sept. 24, 2025; September 24th 2025 */
static bool name_day_year(cursor *c, civil *date)
{
  if (!month_name(c, &date->month))
    return false;
  skip_blanks(c);
  if (!number(c, 1, 2, &date->day))
    return false;
  skip_ordinal(c);
  skip_blanks(c);
  skip_one(c, ',');
  skip_blanks(c);
  return year(c, &date->year);
}

/* A word followed by a day's number: the only ones worth looking up. */
static bool name_may_start(cursor c)
{
  word(&c);
  skip_one(&c, '.');
  skip_blanks(&c);
  return c.at < c.end && nr_is_digit(*c.at);
}

static bool read_at(nr_text text, size_t at, nr_written *found)
{
  static bool (*const by_number[])(cursor *, civil *) = {year_number_day, year_sign_day, year_name_day,
                                                         day_number_year, day_name_year};
  const char *start = text.bytes + at, *end = text.bytes + text.size;
  civil date;
  cursor c;
  bool read = false;
  if (nr_is_digit(*start)) {
    for (size_t i = 0; i < sizeof by_number / sizeof by_number[0] && !read; i++) {
      date = (civil){0, 0, 0, false};
      c = (cursor){start, end};
      read = by_number[i](&c, &date) && (c.at == end || !nr_is_digit(*c.at));
    }
  } else if (name_may_start((cursor){start, end})) {
    date = (civil){0, 0, 0, false};
    c = (cursor){start, end};
    read = name_day_year(&c, &date) && (c.at == end || !nr_is_digit(*c.at));
  }
  if (!read)
    return false;
  nr_day day = nr_day_of(date.year, date.month, date.day);
  *found = (nr_written){.day = date.ambiguous ? NR_DAY_NONE : day,
                        .start = at,
                        .end = (size_t)(c.at - text.bytes),
                        .fault = day == NR_DAY_NONE ? NR_WRITTEN_IMPOSSIBLE
                                 : date.ambiguous   ? NR_WRITTEN_AMBIGUOUS
                                                    : NR_WRITTEN_FINE};
  return true;
}

/* Whether there is a number of four digits, as every written day has: most texts have none. */
static bool may_hold_year(nr_text text, size_t from)
{
  size_t digits = 0;
  for (size_t i = from; i < text.size; i++) {
    bool digit = nr_is_digit(text.bytes[i]);
    if (!digit && digits == 4)
      return true;
    digits = digit ? digits + 1 : 0;
  }
  return digits == 4;
}

bool nr_written_at(nr_text text, size_t at, nr_written *found)
{
  return at < text.size && (nr_is_digit(text.bytes[at]) || is_letter(text.bytes[at])) &&
         read_at(text, at, found);
}

bool nr_written_find(nr_text text, size_t from, nr_written *found)
{
  if (!may_hold_year(text, from))
    return false;
  for (size_t at = from; at < text.size;) {
    bool digits = nr_is_digit(text.bytes[at]);
    if (!digits && !is_letter(text.bytes[at])) {
      at++;
      continue;
    }
    if (read_at(text, at, found))
      return true;
    size_t sign = digits ? 0 : sign_at(text.bytes + at, text.bytes + text.size);
    at += sign;
    while (sign == 0 && at < text.size &&
           (digits ? nr_is_digit(text.bytes[at])
                   : is_letter(text.bytes[at]) && sign_at(text.bytes + at, text.bytes + text.size) == 0))
      at++;
  }
  return false;
}

bool nr_written_time_fits(nr_text text, size_t at)
{
  cursor c = {text.bytes + at, text.bytes + text.size};
  int hour, minute;
  if (!skip_one(&c, 'T') && !skip_one(&c, 't'))
    skip_blanks(&c);
  if (!number(&c, 1, 2, &hour) || !skip_one(&c, ':') || !number(&c, 2, 2, &minute))
    return true;
  return minute < 60 && (hour < 24 || (hour == 24 && minute == 0));
}

static bool skip_clock(cursor *c)
{
  cursor probe = *c;
  int part;
  if (!number(&probe, 1, 2, &part) || part > 24)
    return false;
  *c = probe;
  for (int i = 0; i < 3; i++) {
    if (!skip_one(&probe, ':') && !skip_one(&probe, '.') && !skip_one(&probe, 'h'))
      break;
    if (!number(&probe, 2, 9, &part))
      break;
    *c = probe;
  }
  return true;
}

/* "am", "p.m.", "Uhr", "GMT", "+02:00", "(UTC+2)", ... */
static bool skip_clock_mark(cursor *c)
{
  static const char *const marks[] = {"am",
                                      "AM",
                                      "pm",
                                      "PM",
                                      "a.m.",
                                      "p.m.",
                                      "Uhr",
                                      "GMT",
                                      "UTC",
                                      "BST",
                                      "CEST",
                                      "CET",
                                      "EEST",
                                      "EET",
                                      "EST",
                                      "EDT",
                                      "ET",
                                      "PDT",
                                      "PST",
                                      "PT",
                                      "CDT",
                                      "CST",
                                      "MSK",
                                      "IST",
                                      "Z",
                                      "uhr",
                                      "hrs",
                                      "h",
                                      "MESZ",
                                      "MEZ",
                                      "\xD0\x9C\xD0\xA1\xD0\x9A"};
  for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
    cursor probe = *c;
    if (skip_bytes(&probe, marks[i]) && (probe.at == probe.end || !is_letter(*probe.at))) {
      *c = probe;
      return true;
    }
  }
  cursor probe = *c;
  if (skip_one(&probe, '+') || skip_one(&probe, '-')) {
    int part;
    if (number(&probe, 4, 4, &part) ||
        (number(&probe, 1, 2, &part) && (!skip_one(&probe, ':') || number(&probe, 2, 2, &part)))) {
      *c = probe;
      return true;
    }
  }
  return skip_one(c, '(') || skip_one(c, ')');
}

size_t nr_written_skip_time(nr_text text, size_t at)
{
  static const char *const joints[] = {",",   "|",  "-", "\xE2\x80\x93", "\xC2\xB7", "\xE2\x80\xA2", "at ",
                                       "um ", "o ", "T", "\xC3\xA0 "};
  cursor c = {text.bytes + at, text.bytes + text.size}, done = c;
  skip_blanks(&c);
  for (size_t i = 0; i < sizeof joints / sizeof joints[0]; i++) {
    skip_bytes(&c, joints[i]);
    skip_blanks(&c);
  }
  if (!skip_clock(&c))
    return at;
  do {
    done = c;
    skip_blanks(&c);
  } while (skip_clock_mark(&c));
  return (size_t)(done.at - text.bytes);
}
