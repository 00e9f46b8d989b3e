/* Marks: sentences, paragraphs, clauses, joined words. */
#include "column.h"

static void look_at(const nr_segment *s, nr_mark mark)
{
  uint32_t all = nr_segment_count(s)->all, list[column_articles * column_tokens_max];
  uint32_t low = nr_segment_mark_rank(s, mark, 0), high = nr_segment_mark_rank(s, mark, all);
  if (high >= low && high - low <= all) {
    uint32_t count = nr_segment_mark_list(s, mark, 0, all, list);
    if (count > high - low)
      abort();
    for (uint32_t i = 0; i < count; i++)
      if (list[i] >= all)
        abort();
  }
  for (uint32_t p = 0; p < all; p += 37) {
    nr_segment_marked(s, mark, p);
    if (nr_segment_mark_before(s, mark, p) >= all || nr_segment_mark_after(s, mark, p) > all)
      abort();
  }
}

static void look(const nr_segment *s)
{
  for (int m = 0; m < NR_MARKS; m++)
    look_at(s, (nr_mark)m);
}

COLUMN_TARGET(false, look, NR_SECTION_MARK_RANKS, NR_SECTION_MARK_RANKS + 1, NR_SECTION_MARK_RANKS + 2,
              NR_SECTION_MARK_RANKS + 3, NR_SECTION_MARK_BYTES, NR_SECTION_MARK_BYTES + 1,
              NR_SECTION_MARK_BYTES + 2, NR_SECTION_MARK_BYTES + 3)
