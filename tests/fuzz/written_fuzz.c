/* written_fuzz.c: the days that stand in any text: found in order, inside it, each readable by itself. */
#include "ingest/written.h"
#include "text/utf8.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void demand(bool holds)
{
  if (!holds)
    abort();
}

static bool is_border(nr_text text, size_t at)
{
  return at == text.size || ((uint8_t)text.bytes[at] & 0xC0) != 0x80;
}

static void check(nr_text text)
{
  nr_written found, again;
  for (size_t at = 0; nr_written_find(text, at, &found); at = found.end) {
    demand(found.start >= at && found.end > found.start && found.end <= text.size);
    demand(is_border(text, found.start) && is_border(text, found.end));
    demand((found.fault == NR_WRITTEN_FINE) == (found.day != NR_DAY_NONE));
    size_t behind = nr_written_skip_time(text, found.end);
    demand(behind >= found.end && behind <= text.size && is_border(text, behind));
    nr_written_time_fits(text, found.end);
    demand(nr_written_find(text, found.start, &again) && again.start == found.start);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
  static nr_buffer text;
  text.memory = &nr_memory_default;
  text.size = 0;
  demand(nr_utf8_repair((nr_text){(const char *)bytes, size}, &text, NULL, NULL) == NR_OK);
  check((nr_text){text.size == 0 ? "" : text.bytes, text.size});
  return 0;
}
