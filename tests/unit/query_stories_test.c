/* query_stories_test.c: copies are one story, and what only looks alike is not. */
#include "query/stories.h"
#include "query_fixture.h"

static const char wire[] = "The delegations met behind closed doors on Tuesday and spoke for almost seven "
                           "hours about the exchange of "
                           "prisoners, the release of deported children and the safety of merchant ships in "
                           "the western part of the sea. "
                           "Nobody expected a quick answer, a member of one delegation said in the lobby of "
                           "the hotel, but the tone had "
                           "been better than in spring. The mediators want to bring both sides together "
                           "again before the end of the month.";
static const char edited[] =
    "(Wire) - The delegations met behind closed doors on Tuesday and spoke for almost seven hours about the "
    "exchange "
    "of prisoners, the release of deported children and the safety of merchant ships in the western part of "
    "the sea. "
    "Nobody expected a quick answer, one diplomat said in the lobby of the hotel, but the tone had "
    "been better than in spring. The mediators want to bring both sides together again before the end of the "
    "month. "
    "This story has been updated.";
static const char shortened[] = "The delegations met behind closed doors on Tuesday and spoke for almost "
                                "seven hours about the exchange of "
                                "prisoners, the release of deported children and the safety of merchant "
                                "ships in the western part of the sea.";
static const char other[] = "The ministers met in public on Monday and argued for an hour about the price of "
                            "grain, the harvest in the south "
                            "and the shortage of railway cars. A quick answer was given by nobody, although "
                            "the mood was as good as in winter.";
static const char monday[] = "Wheat closed at 211 after 208, maize at 174 after 177, barley at 163 after "
                             "160, rape at 455 after 449 and "
                             "soybeans at 390 after 402 in thin trade before the holiday weekend in most of "
                             "the markets of the region.";
static const char friday[] = "Wheat closed at 219 after 211, maize at 181 after 174, barley at 158 after "
                             "163, rape at 461 after 455 and "
                             "soybeans at 377 after 390 in thin trade before the holiday weekend in most of "
                             "the markets of the region.";

static const char *leader(nr_snapshot *snapshot, const nr_stories *stories, const char *id)
{
  static char out[32];
  nr_story_text text;
  nr_article_view view;
  assert_true(nr_snapshot_find(snapshot, nr_text_of(id), &text.part, &text.article));
  nr_story_text first = nr_stories_first(stories, text);
  nr_segment_article(nr_snapshot_part(snapshot, first.part)->segment, first.article, &view);
  snprintf(out, sizeof out, "%.*s x%u", (int)view.id.size, view.id.bytes, nr_stories_size(stories, text));
  return out;
}

static void copies_are_one_story_however_the_articles_are_cut_into_parts(void **state)
{
  (void)state;
  static const sample samples[] = {
      {"other", other, 100},          {"wire", wire, 200},       {"edited", edited, 201},
      {"tiny", "Nobody spoke.", 202}, {"short", shortened, 203}, {"empty", "", 204},
  };
  for (size_t parts = 1; parts <= 6; parts++) {
    nr_snapshot *snapshot = corpus_of(samples, 6, parts);
    nr_stories *stories;
    must(nr_stories_new(&nr_memory_default, snapshot, NULL, NULL, &stories, err));
    assert_string_equal(leader(snapshot, stories, "edited"), "wire x3");
    assert_string_equal(leader(snapshot, stories, "short"), "wire x3");
    assert_string_equal(leader(snapshot, stories, "other"), "other x1");
    assert_string_equal(leader(snapshot, stories, "tiny"), "tiny x1");
    assert_int_equal(nr_stories_count(stories), 4);
    nr_stories_free(stories);
    nr_snapshot_release(snapshot);
  }
}

static void a_form_with_other_figures_is_no_copy(void **state)
{
  (void)state;
  static const sample samples[] = {{"monday", monday, 100}, {"friday", friday, 104}};
  nr_snapshot *snapshot = corpus_of(samples, 2, 1);
  nr_stories_options loose = {.resemblance = 0.2};
  nr_stories *stories;
  must(nr_stories_new(&nr_memory_default, snapshot, &loose, NULL, &stories, err));
  assert_int_equal(nr_stories_count(stories), 2);
  nr_stories_free(stories);
  nr_snapshot_release(snapshot);
}

static void pairs_tell_how_much_is_shared_earlier_text_first(void **state)
{
  (void)state;
  static const sample samples[] = {{"b", wire, 200}, {"a", wire, 201}, {"c", shortened, 202}};
  nr_snapshot *snapshot = corpus_of(samples, 3, 2);
  nr_stories_options options = {.pairs = true};
  nr_stories *stories;
  uint64_t count;
  must(nr_stories_new(&nr_memory_default, snapshot, &options, NULL, &stories, err));
  const nr_story_pair *pairs = nr_stories_pairs(stories, &count);
  assert_int_equal(count, 3);
  for (uint64_t i = 0; i < count; i++) {
    assert_true(pairs[i].containment >= pairs[i].resemblance);
    assert_true(pairs[i].containment == 1);
  }
  nr_stories_free(stories);
  nr_snapshot_release(snapshot);
}

static void the_plan_gives_each_article_its_story(void **state)
{
  (void)state;
  static const sample samples[] = {{"wire", wire, 200}, {"copy", edited, 201}, {"other", other, 202}};
  nr_snapshot *snapshot = corpus_of(samples, 3, 2);
  nr_stories *stories;
  nr_plan *plan;
  nr_hits *hits;
  nr_hit hit;
  must(nr_stories_new(&nr_memory_default, snapshot, NULL, NULL, &stories, err));
  must(nr_plan_stories(&nr_memory_default, stories, &plan, err));
  must(nr_hits_new(&nr_memory_default, plan, snapshot, NULL, &hits, err));
  assert_int_equal(nr_hits_count(hits), 3);
  nr_hits_get(hits, 1, &hit);
  nr_text story = nr_hits_text(hits, &hit, 0);
  assert_true(nr_text_equal(story, nr_text_of("wire")));
  assert_true(nr_hits_number(hits, &hit, 1) == 2);
  nr_hits_free(hits);
  nr_plan_release(plan);
  nr_stories_free(stories);
  nr_snapshot_release(snapshot);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(copies_are_one_story_however_the_articles_are_cut_into_parts),
      cmocka_unit_test(a_form_with_other_figures_is_no_copy),
      cmocka_unit_test(pairs_tell_how_much_is_shared_earlier_text_first),
      cmocka_unit_test(the_plan_gives_each_article_its_story),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
