/* What a pattern finds. */
#include "query_fixture.h"

static const sample samples[] = {
    {"a", "Peace talks stalled. The peace plan, new talks go on.", 20000},
    {"b", "Price cap on oil. A new embargo and more embargoes. Price. Cap.", 20001},
    {"c", "No talks were talks at all, talks paused May may. | Talks in the margin.", 20002},
    {"d", "long-range missiles of long range. a long- range", NR_DAY_NONE},
};

static nr_snapshot *snapshot;

static int set_up(void **state)
{
  (void)state;
  snapshot = corpus_of(samples, 4, 1);
  return 0;
}

static int tear_down(void **state)
{
  (void)state;
  nr_snapshot_release(snapshot);
  return 0;
}

#define finds(pattern, expected) assert_string_equal(show(snapshot, find(pattern)), expected)

static int done(void **state)
{
  (void)state;
  release_plans();
  return 0;
}

static void a_word_is_found_in_any_case(void **state)
{
  (void)state;
  finds("peace", "a:0 a:4");
  finds("talks", "a:1 a:7 c:1 c:3 c:6");
  finds("nowhere", "");
}

static void a_phrase_lies_in_one_sentence(void **state)
{
  (void)state;
  finds("peace talks", "a:0-1");
  finds("price cap", "b:0-1");
  finds("stalled the", "");
  finds("plan new", "a:5-6"); /* a comma is not on the line */
}

static void a_choice_takes_the_longest_at_the_leftmost_place(void **state)
{
  (void)state;
  finds("price|price cap|cap", "b:0-1 b:10 b:11");
  finds("price cap|embargo*", "b:0-1 b:6 b:9");
  finds("embargo|talks|may", "a:1 a:7 b:6 c:1 c:3 c:6 c:8 c:9");
}

static void a_glob_stays_inside_a_word(void **state)
{
  (void)state;
  finds("embargo*", "b:6 b:9");
  finds("embargo?", "");
  finds("embargo??", "b:9");
  finds("?ea?e", "a:0 a:4");
  finds("*l*s", "a:1 a:7 c:1 c:3 c:6 d:2");
  finds("p* *l*", "a:0-1 a:4-5");
}

static void an_exact_word_keeps_its_case(void **state)
{
  (void)state;
  finds("=May", "c:8");
  finds("=may", "c:9");
  finds("=May may", "c:8-9");
  finds("=MAY", "");
}

static void a_gap_is_as_short_as_it_can_be(void **state)
{
  (void)state;
  finds("no .{0,3} talks", "c:0-1");
  finds("no .{1,3} talks", "c:0-3");
  finds("talks .{0,5} paused", "c:1-7"); /* the leftmost start wins over the shortest gap */
  finds("talks . talks", "c:1-3");
  finds("talks .{0,9} stalled", "a:1-2");
}

static void hits_go_on_after_the_end_and_overlap_when_asked(void **state)
{
  (void)state;
  finds("talks .{0,5} talks", "c:1-3");
  assert_string_equal(show(snapshot, find_in("talks .{0,5} talks", true, false)), "c:1-6 c:1-3 c:3-6");
  assert_string_equal(show(snapshot, find_in("may|may may", true, false)), "c:8-9 c:8 c:9");
}

static void joined_words_are_joined(void **state)
{
  (void)state;
  finds("long range", "d:0-1 d:4-5 d:7-8");
  finds("long- range", "d:0-1 d:7-8");
}

static void the_margin_is_searched_apart(void **state)
{
  (void)state;
  assert_string_equal(show(snapshot, find_in("talks", false, true)), "c:m0");
  assert_string_equal(show(snapshot, find_in("in the", false, true)), "c:m1-2");
}

static void spans_of_a_plan_stand_in_a_pattern(void **state)
{
  (void)state;
  nr_plan *plan, *inner = find("price cap|embargo");
  nr_pattern parts[2] = {{.kind = NR_PATTERN_FORM, .text = NR_TEXT("new")},
                         {.kind = NR_PATTERN_PLAN, .plan = inner}};
  nr_pattern root = {.kind = NR_PATTERN_SEQUENCE, .children = parts, .child_count = 2};
  must(nr_plan_pattern(&nr_memory_default, &root, false, false, &plan, err));
  assert_string_equal(show(snapshot, keep(plan)), "b:5-6");
  must(nr_plan_pattern(&nr_memory_default, &parts[1], false, false, &plan, err));
  assert_string_equal(show(snapshot, keep(plan)), "b:0-1 b:6");
}

static void a_regular_expression_matches_whole_words(void **state)
{
  (void)state;
#ifdef NR_HAVE_PCRE2
  nr_plan *plan;
  nr_error error;
  fixture_pattern p;
  finds("/e.*o(es)?", "b:6 b:9");
  finds("/alk", "");
  assert_int_equal(
      nr_plan_pattern(&nr_memory_default, fixture_pattern_of(&p, "/a("), false, false, &plan, &error),
      NR_INVALID);
#endif
}

static void a_stem_stands_for_its_words(void **state)
{
  (void)state;
  finds("~talk", "a:1 a:7 c:1 c:3 c:6");
  finds("~talking paused", "c:6-7");
  finds("peace ~talking|~missile of", "a:0-1 d:2-3");
}

static void what_can_match_nothing_is_refused(void **state)
{
  (void)state;
  static const char *const empty[] = {".{0,3}", "talks|.{0,1}", ".{0,1} .{0,2}"};
  nr_plan *plan;
  nr_error error;
  fixture_pattern p;
  for (size_t i = 0; i < 3; i++)
    assert_int_equal(
        nr_plan_pattern(&nr_memory_default, fixture_pattern_of(&p, empty[i]), false, false, &plan, &error),
        NR_INVALID);
  assert_int_equal(
      nr_plan_pattern(&nr_memory_default, fixture_pattern_of(&p, "a .{3,1} b"), false, false, &plan, &error),
      NR_INVALID);
}

static void a_list_takes_the_longest_across_all_its_entries(void **state)
{
  (void)state;
  const char *list = "actor=cap:price cap|cap;actor=price:price;actor=both:embargo*;actor=new:new embargo";
  assert_string_equal(show(snapshot, list_of(list, NR_LONGEST)),
                      "b:0-1{cap} b:5-6{new} b:9{both} b:10{price} b:11{cap}");
  assert_string_equal(show(snapshot, list_of(list, NR_LONGEST_EACH)),
                      "b:0-1{cap} b:0{price} b:5-6{new} b:6{both} b:9{both} b:10{price} b:11{cap}");
  assert_string_equal(show(snapshot, list_of(list, NR_ALL)),
                      "b:0-1{cap} b:0{price} b:1{cap} b:5-6{new} b:6{both} b:9{both} b:10{price} b:11{cap}");
}

static void one_word_may_belong_to_two_rows(void **state)
{
  (void)state;
  assert_string_equal(show(snapshot, list_of("actor=x:embargo;actor=y:embargo|oil", NR_LONGEST)),
                      "b:3{y} b:6{x} b:6{y}");
}

static void a_look_at_the_first_hits_is_enough_for_any(void **state)
{
  (void)state;
  bool any = false;
  must(nr_plan_any(find("range"), snapshot, NULL, &any, err));
  assert_true(any);
  must(nr_plan_any(find("nowhere"), snapshot, NULL, &any, err));
  assert_false(any);
}

#define query_test(name) cmocka_unit_test_teardown(name, done)

int main(void)
{
  const struct CMUnitTest tests[] = {
      query_test(a_word_is_found_in_any_case),
      query_test(a_phrase_lies_in_one_sentence),
      query_test(a_choice_takes_the_longest_at_the_leftmost_place),
      query_test(a_glob_stays_inside_a_word),
      query_test(an_exact_word_keeps_its_case),
      query_test(a_gap_is_as_short_as_it_can_be),
      query_test(hits_go_on_after_the_end_and_overlap_when_asked),
      query_test(joined_words_are_joined),
      query_test(the_margin_is_searched_apart),
      query_test(spans_of_a_plan_stand_in_a_pattern),
      query_test(a_regular_expression_matches_whole_words),
      query_test(a_stem_stands_for_its_words),
      query_test(what_can_match_nothing_is_refused),
      query_test(a_list_takes_the_longest_across_all_its_entries),
      query_test(one_word_may_belong_to_two_rows),
      query_test(a_look_at_the_first_hits_is_enough_for_any),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
