/* The columns of articles: ids and their index, dates, titles, where the tokens of each begin. */
#include "column.h"

static void look(const nr_segment *s)
{
  for (uint32_t i = 0; i < nr_segment_count(s)->articles; i++) {
    nr_article_view view;
    uint32_t found, first, end;
    nr_segment_article(s, i, &view);
    column_touch(view.id);
    if (view.title_size > view.content_size)
      abort();
    if (nr_segment_find_id(s, view.id, &found) && found >= nr_segment_count(s)->articles)
      abort();
    if (view.date.first != NR_DAY_NONE &&
        nr_segment_from_day(s, view.date.first) > nr_segment_count(s)->articles)
      abort();
    for (int margin = 0; margin < 2; margin++) {
      nr_segment_article_tokens(s, i, margin != 0, &first, &end);
      if (first > end || end > nr_segment_count(s)->all)
        abort();
    }
  }
  for (uint32_t p = 0; p < nr_segment_count(s)->all; p += 13)
    if (nr_segment_article_at(s, p) >= nr_segment_count(s)->articles)
      abort();
}

COLUMN_TARGET(false, look, NR_SECTION_IDS, NR_SECTION_ID_HASHES, NR_SECTION_ID_ARTICLES, NR_SECTION_DAYS,
              NR_SECTION_DAY_LENGTHS, NR_SECTION_DATE_SOURCES, NR_SECTION_TITLE_SIZES, NR_SECTION_LINE,
              NR_SECTION_MARGIN)
