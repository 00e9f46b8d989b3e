/* Postings and their counts: read in pieces, and with jumps. */
#include "column.h"

static void look(const nr_segment *s)
{
  const nr_segment_counts *c = nr_segment_count(s);
  for (uint32_t form = 0; form < c->forms; form += 6) {
    uint32_t positions[100], count, hits, texts, all = 0;
    nr_postings p;
    nr_segment_form_count(s, form, &hits, &texts);
    if (hits > c->on || texts > c->articles)
      abort();
    nr_postings_open(s, form, &p);
    for (uint32_t room = 1; all < 600 && (count = nr_postings_read(&p, positions, room)) > 0;
         room = room * 3 % 100 + 1) {
      all += count;
      for (uint32_t i = 0; i < count; i++)
        if (positions[i] >= c->all)
          abort();
    }
    nr_postings_open(s, form, &p);
    for (uint32_t at = 0; at < c->all; at = at * 3 + 1) {
      nr_postings_seek(&p, at);
      if (nr_postings_read(&p, positions, 2) > 0 && positions[0] >= c->all)
        abort();
    }
  }
}

COLUMN_TARGET(false, look, NR_SECTION_POSTINGS, NR_SECTION_FORM_HITS, NR_SECTION_FORM_TEXTS,
              NR_SECTION_FORM_MARGIN)
