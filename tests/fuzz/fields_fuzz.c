/* Fields: their names, the values of each, the column of codes. */
#include "column.h"

static void look(const nr_segment *s)
{
  for (uint32_t f = 0; f < nr_segment_fields(s); f++) {
    uint32_t found, values = nr_segment_field_values(s, f);
    nr_field_type type;
    nr_text text;
    nr_segment_find_field(s, nr_segment_field_name(s, f), &found);
    for (uint32_t v = 0; v < values; v++) {
      nr_segment_field_value(s, f, v, &type, &text);
      column_touch(text);
    }
    for (uint32_t i = 0; i < nr_segment_count(s)->articles; i++) {
      uint32_t value = nr_segment_field_of(s, f, i);
      if (value != UINT32_MAX && value >= values)
        abort();
    }
  }
  for (uint32_t i = 0; i < nr_segment_count(s)->articles; i++) {
    nr_article_view view;
    nr_segment_article(s, i, &view);
    column_touch(view.origin);
    column_touch(view.date_evidence);
  }
}

COLUMN_TARGET(false, look, NR_SECTION_FIELDS)
