/* Words and the company they keep. */
#include "frame/frame.h"
#include "query_fixture.h"

static const sample samples[] = {
    {"a", "oil price cap. oil talks on the price.", 20000},
    {"b", "talks talks on oil", 20001},
    {"c", "silence and silence and silence", 20002},
};

static nr_snapshot *snapshots[2];

static int set_up(void **state)
{
  (void)state;
  snapshots[0] = corpus_of(samples, 3, 1);
  snapshots[1] = corpus_of(samples, 3, 2);
  return 0;
}

static int tear_down(void **state)
{
  (void)state;
  nr_snapshot_release(snapshots[0]);
  nr_snapshot_release(snapshots[1]);
  release_plans();
  return 0;
}

/* CSV of the frame's first rows; frees the frame. */
static const char *csv(nr_frame *frame, uint64_t rows)
{
  static char text[4096];
  uint64_t numbers[64];
  nr_frame *head;
  nr_buffer out;
  for (uint64_t i = 0; i < 64; i++)
    numbers[i] = i;
  rows = rows < nr_frame_rows(frame) ? rows : nr_frame_rows(frame);
  must(nr_frame_pick(frame, numbers, rows, &head, err));
  nr_buffer_init(&out, &nr_memory_default);
  must(nr_frame_csv(head, &out, err));
  snprintf(text, sizeof text, "%.*s", (int)out.size, out.bytes);
  nr_buffer_clear(&out);
  nr_frame_free(head);
  nr_frame_free(frame);
  return text;
}

static nr_view *article_view(const char *id)
{
  nr_view *view;
  nr_value value = {nr_text_of(id), NAN};
  nr_condition condition = {NR_TEXT("id"), &value, 1};
  must(nr_view_where(&nr_memory_default, NULL, &condition, 1, &view, err));
  return view;
}

static void measures_give_what_their_formulas_say(void **state)
{
  (void)state;
  static const double expected[NR_MEASURES] = {43.8137, 4.3219, 0.43367, 11.0931, 4.6294, 0.09596};
  for (int m = 0; m < NR_MEASURES; m++) {
    nr_measure named;
    assert_true(fabs(nr_associate((nr_measure)m, 10, 100, 50, 10000) - expected[m]) < 1e-4);
    assert_true(nr_measure_named(nr_text_of(nr_measure_name((nr_measure)m)), &named));
    assert_int_equal(named, m);
  }
  assert_true(nr_associate(NR_LOG_LIKELIHOOD, 1, 100, 5000, 10000) < 0); /* they avoid each other */
  assert_true(isnan(nr_associate(NR_PMI, 0, 0, 1, 1)));
}

static void the_word_list_goes_by_count(void **state)
{
  (void)state;
  for (int s = 0; s < 2; s++) {
    nr_frame *frame;
    nr_view *view = article_view("a");
    must(nr_frame_words(&nr_memory_default, snapshots[s], NULL, NULL, &frame, err));
    assert_string_equal(csv(frame, 5),
                        "term,count,articles\noil,3,2\nsilence,3,1\ntalks,3,2\nand,2,1\non,2,2\n");
    must(nr_frame_words(&nr_memory_default, snapshots[s], view, NULL, &frame, err));
    assert_string_equal(csv(frame, 3), "term,count,articles\noil,2,1\nprice,2,1\ncap,1,1\n");
    nr_view_release(view);
  }
}

static void collocates_are_counted_around_hits_in_their_article(void **state)
{
  (void)state;
  for (int s = 0; s < 2; s++) {
    nr_frame *frame;
    nr_hits *hits;
    must(nr_hits_new(&nr_memory_default, find("oil"), snapshots[s], NULL, &hits, err));
    must(nr_frame_collocates(&nr_memory_default, hits, 1, 2, NR_PMI, 1, NULL, NULL, &frame, err));
    /* 8 + 4 + 5 tokens; around oil: price cap | cap, talks on | on */
    assert_string_equal(csv(frame, 3),
                        "term,count,expected,score\ncap,2,0.35294117647058826,2.5025003405291835\n"
                        "on,2,0.7058823529411765,1.5025003405291832\n"
                        "price,1,0.7058823529411765,0.5025003405291834\n");
    nr_hits_free(hits);
  }
}

static void keyness_sets_a_view_against_another(void **state)
{
  (void)state;
  for (int s = 0; s < 2; s++) {
    nr_frame *frame;
    nr_view *c = article_view("c"), *a = article_view("a");
    must(nr_frame_keyness(&nr_memory_default, snapshots[s], c, a, NR_LOG_LIKELIHOOD, 3, NULL, &frame, err));
    assert_string_equal(csv(frame, 9), "term,count,reference,per_million,reference_per_million,score\n"
                                       "silence,3,0,600000,0,7.315191032017816\n");
    nr_view_release(a);
    nr_view_release(c);
  }
}

static void what_lies_everywhere_is_evenly_dispersed(void **state)
{
  (void)state;
  for (int s = 0; s < 2; s++) {
    double all, one;
    nr_hits *hits;
    must(nr_hits_new(&nr_memory_default, layer(NR_LAYER_TOKENS), snapshots[s], NULL, &hits, err));
    must(nr_hits_dispersion(hits, NULL, &all, err));
    nr_hits_free(hits);
    must(nr_hits_new(&nr_memory_default, find("silence"), snapshots[s], NULL, &hits, err));
    must(nr_hits_dispersion(hits, NULL, &one, err));
    nr_hits_free(hits);
    assert_true(all < 1e-12);
    assert_true(fabs(one - 12.0 / 17) < 1e-12);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(measures_give_what_their_formulas_say),
      cmocka_unit_test(the_word_list_goes_by_count),
      cmocka_unit_test(collocates_are_counted_around_hits_in_their_article),
      cmocka_unit_test(keyness_sets_a_view_against_another),
      cmocka_unit_test(what_lies_everywhere_is_evenly_dispersed),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
