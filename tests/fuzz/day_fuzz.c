/* day_fuzz.c: any bytes read as a date and as a period, and labels that read back. */
#include "date/day.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
  nr_text text = {(const char *)bytes, size};
  nr_period period, again;
  char label[16];

  (void)nr_period_parse(text, &period, NULL);
  if (nr_date_parse(text, &period, NULL) != NR_OK)
    return 0;
  if (period.last < period.first)
    abort();
  if (period.first < NR_DAY_MIN || period.first > NR_DAY_MAX)
    return 0; /* no article has such a day; weeks of the year 0 begin before it */
  for (nr_unit unit = NR_UNIT_DAY; unit < NR_UNITS; unit++) {
    nr_text written = {label, nr_unit_format(unit, period.first, label)};
    if (nr_date_parse(written, &again, NULL) != NR_OK || again.first > period.first ||
        again.last < period.first)
      abort();
  }
  return 0;
}
