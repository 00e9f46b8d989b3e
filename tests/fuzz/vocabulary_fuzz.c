/* Forms and surfaces, and which belong together. */
#include "column.h"

static void look(const nr_segment *s)
{
  const nr_segment_counts *c = nr_segment_count(s);
  for (uint32_t form = 0; form < c->forms; form += 9) {
    uint32_t first, end, found;
    nr_text text = nr_segment_form(s, form);
    column_touch(text);
    if (nr_segment_find_form(s, text, &found) && found >= c->forms)
      abort();
    nr_segment_forms_with_prefix(s, text, &first, &end);
    if (first > end || end > c->forms)
      abort();
    nr_segment_surfaces_of(s, form, &first, &end);
    if (first > end || end > c->surfaces)
      abort();
  }
  for (uint32_t surface = 0; surface < c->surfaces; surface += 2) {
    column_touch(nr_segment_surface(s, surface));
    if (nr_segment_form_of(s, surface) >= c->forms || nr_segment_surface_count(s, surface) > c->on)
      abort();
  }
}

COLUMN_TARGET(false, look, NR_SECTION_FORMS, NR_SECTION_SURFACES, NR_SECTION_SURFACE_SIZES,
              NR_SECTION_SURFACES_OF, NR_SECTION_FORM_OF, NR_SECTION_SURFACE_HITS)
