/* Gaps between tokens, and the byte offsets that they add up to. */
#include "column.h"

static void look(const nr_segment *s)
{
  uint32_t gaps[column_tokens_max];
  for (uint32_t i = 0; i < nr_segment_count(s)->articles; i++) {
    uint32_t first, end, start, stop;
    nr_segment_article_tokens(s, i, false, &first, &end);
    if (end - first > column_tokens_max)
      abort();
    nr_segment_gaps(s, first, end, gaps);
    for (uint32_t p = first; p < end; p += 23) {
      nr_segment_bytes(s, p, &start, &stop);
      if (start > stop || stop > nr_content_size(s, i))
        abort();
    }
  }
}

COLUMN_TARGET(false, look, NR_SECTION_GAPS, NR_SECTION_GAP_ANCHORS, NR_SECTION_GAP_STARTS,
              NR_SECTION_GAP_BYTES, NR_SECTION_SURFACE_SIZES)
