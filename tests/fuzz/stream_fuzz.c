/* The stream of surfaces: its codes, their classes, where groups start. */
#include "column.h"

static void look(const nr_segment *s)
{
  const nr_segment_counts *c = nr_segment_count(s);
  uint32_t surfaces[column_articles * column_tokens_max], one;
  if (c->all > sizeof surfaces / sizeof *surfaces)
    abort();
  nr_segment_stream(s, 0, c->all, surfaces);
  for (uint32_t p = 0; p < c->all; p++)
    if (surfaces[p] >= c->surfaces)
      abort();
  for (uint32_t p = 0; p < c->all; p += 31) {
    nr_segment_stream(s, p, 1, &one);
    if (one != surfaces[p] || nr_stream_at(s, p) != one)
      abort();
  }
}

COLUMN_TARGET(false, look, NR_SECTION_STREAM, NR_SECTION_STREAM_CODES, NR_SECTION_STREAM_CLASSES,
              NR_SECTION_STREAM_STARTS)
