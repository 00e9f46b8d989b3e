/* A segment gives back what was put in. */
#include "segment_fixture.h"

static nr_segment *build(const nr_article *const *articles, size_t count, nr_buffer *bytes)
{
  nr_segment_builder *builder;
  nr_segment *segment;
  nr_buffer_init(bytes, &nr_memory_default);
  must(nr_segment_builder_new(&nr_memory_default, &builder, err));
  for (size_t i = 0; i < count; i++)
    must(nr_segment_builder_add(builder, articles[i], err));
  must(nr_segment_builder_finish(builder, bytes, err));
  nr_segment_builder_free(builder);
  must(nr_segment_open(&nr_memory_default, (nr_text){bytes->bytes, bytes->size}, &segment, err));
  return segment;
}

static fixture one, two, three;

static nr_segment *build_three(nr_buffer *bytes)
{
  const nr_article *articles[] = {
      fixture_article(&one, "b", "p", 20000, "Talks paused. The talks, long-range, resume."),
      fixture_article(&two, "a", "p", NR_DAY_NONE, "No day here"),
      fixture_article(&three, "c", "p", 19999, "Menu |The Talks| menu"),
  };
  return build(articles, 3, bytes);
}

static void articles_stand_in_order_of_day_and_undated_last(void **state)
{
  (void)state;
  nr_buffer bytes;
  nr_segment *s = build_three(&bytes);
  nr_article_view view;
  uint32_t article;
  nr_segment_article(s, 0, &view);
  assert_true(nr_text_equal(view.id, NR_TEXT("c")));
  nr_segment_article(s, 1, &view);
  assert_true(nr_text_equal(view.id, NR_TEXT("b")));
  assert_int_equal(view.date.first, 20000);
  nr_segment_article(s, 2, &view);
  assert_true(nr_text_equal(view.id, NR_TEXT("a")));
  assert_int_equal(view.date.first, NR_DAY_NONE);
  assert_true(nr_segment_find_id(s, NR_TEXT("b"), &article));
  assert_int_equal(article, 1);
  assert_false(nr_segment_find_id(s, NR_TEXT("z"), &article));
  assert_int_equal(nr_segment_from_day(s, 20000), 1);
  assert_int_equal(nr_segment_from_day(s, NR_DAY_NONE), 2);
  nr_segment_close(s);
  nr_buffer_clear(&bytes);
}

static void every_token_leads_back_to_its_bytes(void **state)
{
  (void)state;
  nr_buffer bytes;
  nr_segment *s = build_three(&bytes);
  const nr_segment_counts *counts = nr_segment_count(s);
  assert_int_equal(counts->all, 14);
  assert_int_equal(counts->on, 12);
  for (uint32_t p = 0; p < counts->all; p++) {
    uint32_t start, end, surface;
    nr_text content;
    must(nr_segment_content(s, nr_segment_article_at(s, p), NULL, &content, err));
    nr_segment_bytes(s, p, &start, &end);
    nr_segment_stream(s, p, 1, &surface);
    assert_true(nr_text_equal((nr_text){content.bytes + start, end - start}, nr_segment_surface(s, surface)));
  }
  nr_segment_close(s);
  nr_buffer_clear(&bytes);
}

static void counts_and_postings_agree(void **state)
{
  (void)state;
  nr_buffer bytes;
  nr_segment *s = build_three(&bytes);
  uint32_t form, hits, texts, positions[16], first, end;
  nr_postings postings;
  assert_true(nr_segment_find_form(s, NR_TEXT("talks"), &form));
  nr_segment_form_count(s, form, &hits, &texts);
  assert_int_equal(hits, 2);
  assert_int_equal(texts, 1);
  nr_postings_open(s, form, &postings);
  assert_int_equal(postings.count, 3); /* one in the margin */
  assert_int_equal(nr_postings_read(&postings, positions, 16), 3);
  assert_true(positions[1] < 12 && positions[2] >= 12);
  nr_segment_surfaces_of(s, form, &first, &end);
  assert_int_equal(end - first, 2);
  assert_true(nr_text_equal(nr_segment_surface(s, first), NR_TEXT("Talks")));
  nr_segment_forms_with_prefix(s, NR_TEXT("res"), &first, &end);
  assert_int_equal(end - first, 1);
  nr_segment_close(s);
  nr_buffer_clear(&bytes);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(articles_stand_in_order_of_day_and_undated_last),
      cmocka_unit_test(every_token_leads_back_to_its_bytes),
      cmocka_unit_test(counts_and_postings_agree),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
