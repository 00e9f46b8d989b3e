/* What the naive scan does not reach: layers of blocks, cuts, spans made elsewhere, conditions, laws. */
#include "query_fixture.h"

static nr_snapshot *snapshot;
static const char text[] = "Home News. Peace talks. Talks began in Paris. Related: more talks. They ended.";

/* Blocks by their first and last letters; tokens by the tokenizer. */
static nr_block block_of(const char *first, const char *last, nr_block_kind kind, bool margin)
{
  const char *start = strstr(text, first);
  return (nr_block){(uint32_t)(start - text), (uint32_t)(strstr(start, last) - text + (long)strlen(last)),
                    (uint8_t)kind, margin, margin ? 3 : 0};
}

static int set_up(void **state)
{
  (void)state;
  nr_block blocks[] = {
      block_of("Home", "News.", NR_BLOCK_MENU, true), block_of("Peace", "talks.", NR_BLOCK_TITLE, false),
      block_of("Talks", "Paris.", NR_BLOCK_BODY, false), block_of("Related", "talks.", NR_BLOCK_TEASER, true),
      block_of("They", "ended.", NR_BLOCK_BODY, false)};
  nr_token_list tokens;
  nr_writer *writer;
  nr_outcome outcome;
  nr_token_list_init(&tokens, &nr_memory_default);
  must(nr_tokenize(nr_text_of(text), blocks, 5, NULL, &tokens, err));
  for (size_t t = 0; t < tokens.count; t++)
    for (size_t b = 0; b < 5; b++)
      if (blocks[b].margin && tokens.items[t].start >= blocks[b].start &&
          tokens.items[t].end <= blocks[b].end)
        tokens.items[t].marks |= NR_MARK_MARGIN;
  nr_field field = {NR_TEXT("score"), NR_FIELD_NUMBER, NR_TEXT("4.50")};
  nr_article article = {.id = NR_TEXT("a"),
                        .origin = NR_TEXT("here"),
                        .date = {20000, 20000},
                        .date_source = NR_DATE_FROM_FIELD,
                        .content = nr_text_of(text),
                        .blocks = blocks,
                        .block_count = 5,
                        .tokens = tokens.items,
                        .token_count = tokens.count,
                        .fields = &field,
                        .field_count = 1};
  must(nr_writer_open(&nr_disk_system, &nr_memory_default, NULL, true, &writer, err));
  must(nr_writer_add(writer, &article, false, &outcome, err));
  must(nr_writer_commit(writer, NULL, err));
  snapshot = nr_writer_snapshot(writer);
  nr_writer_close(writer);
  nr_token_list_clear(&tokens);
  return 0;
}

static int tear_down(void **state)
{
  (void)state;
  nr_snapshot_release(snapshot);
  return 0;
}

static int done(void **state)
{
  (void)state;
  release_plans();
  return 0;
}

static nr_plan *layer_in(nr_layer number, bool margin)
{
  nr_plan *plan;
  must(nr_plan_layer(&nr_memory_default, number, margin, &plan, err));
  return keep(plan);
}

static nr_plan *window(nr_plan *a, uint32_t left, uint32_t right)
{
  nr_plan *plan;
  must(nr_plan_window(&nr_memory_default, a, left, right, &plan, err));
  return keep(plan);
}

/* On the line: Peace talks | Talks began in Paris | They ended. In the margin: Home News | Related more
 * talks. */

static void titles_and_boiler_come_from_blocks(void **state)
{
  (void)state;
  assert_string_equal(show(snapshot, layer(NR_LAYER_TITLES)), "a:0-1");
  assert_string_equal(show(snapshot, layer(NR_LAYER_BOILER)), "a:m0-1{menu,byline} a:m2-4{teaser,byline}");
  assert_string_equal(show(snapshot, layer(NR_LAYER_ARTICLES)), "a:0-7");
  assert_string_equal(show(snapshot, layer_in(NR_LAYER_ARTICLES, true)), "a:m0-4");
  assert_string_equal(show(snapshot, layer(NR_LAYER_PARAGRAPHS)), "a:0-1 a:2-5 a:6-7");
}

static void the_line_and_the_margin_never_touch(void **state)
{
  (void)state;
  nr_plan *line = find("talks"), *margin = find_in("talks", false, true), *both;
  must(nr_plan_union(&nr_memory_default, line, margin, &both, err));
  keep(both);
  assert_string_equal(show(snapshot, both), "a:1 a:2 a:m4");
  assert_string_equal(show(snapshot, relate(both, NR_WITHIN, layer(NR_LAYER_BOILER))), "a:m4");
  assert_string_equal(show(snapshot, relate(both, NR_WITHIN, layer(NR_LAYER_SENTENCES))), "a:1 a:2");
  uint64_t hits, texts;
  must(nr_plan_count(both, snapshot, NULL, &hits, &texts, err));
  assert_int_equal(texts, 1);
}

static void no_window_crosses_a_cut(void **state)
{
  (void)state;
  assert_string_equal(show(snapshot, window(find("talks"), 1, 1)),
                      "a:0-2 a:1-3"); /* title and text are neighbours */
  assert_string_equal(show(snapshot, window(find("paris"), 1, 3)), "a:4-5");
  assert_string_equal(show(snapshot, window(find("they"), 3, 3)), "a:6-7");
}

static void bytes_lead_to_tokens_and_back(void **state)
{
  (void)state;
  const nr_segment *segment = nr_snapshot_part(snapshot, 0)->segment;
  uint32_t first, last, at = (uint32_t)(strstr(text, "began") - text);
  assert_true(nr_tokens_of_bytes(segment, 0, at, at + 8, &first, &last)); /* began in */
  assert_int_equal(first, 3);
  assert_int_equal(last, 4);
  assert_true(nr_tokens_of_bytes(segment, 0, at + 2, at + 3, &first, &last)); /* inside a word */
  assert_int_equal(first, 3);
  assert_int_equal(last, 3);
  assert_true(nr_tokens_of_bytes(segment, 0, 0, 4, &first, &last)); /* Home, in the margin */
  assert_int_equal(first, 8);
  assert_false(nr_tokens_of_bytes(segment, 0, at + 5, at + 6, &first, &last)); /* a blank */
}

static void spans_made_elsewhere_are_put_in_order(void **state)
{
  (void)state;
  uint32_t first[] = {2, 0, 0, 2}, last[] = {3, 0, 1, 3}, row[] = {1, 0, 1, 1};
  nr_text names[] = {NR_TEXT("x"), NR_TEXT("y")};
  nr_column column = {NR_TEXT("name"), NR_COLUMN_TEXT, names, NULL};
  nr_table table = {&column, 1, 2};
  nr_spans spans = {first, last, row, 4, &table};
  nr_plan *plan;
  nr_error error;
  must(nr_plan_given(&nr_memory_default, snapshot, &spans, &plan, err));
  assert_string_equal(show(snapshot, keep(plan)), "a:0-1{y} a:0{x} a:2-3{y}");
  last[1] = 99;
  assert_int_equal(nr_plan_given(&nr_memory_default, snapshot, &spans, &plan, &error), NR_INVALID);
}

static nr_plan *where(nr_plan *a, const char *name, nr_value value)
{
  nr_condition condition = {nr_text_of(name), &value, 1};
  nr_plan *plan;
  must(nr_plan_where(&nr_memory_default, a, &condition, 1, &plan, err));
  return keep(plan);
}

static void conditions_take_attributes_fields_days_and_numbers(void **state)
{
  (void)state;
  nr_plan *paris = find("paris");
  assert_string_equal(show(snapshot, where(paris, "score", (nr_value){{NULL, 0}, 4.5})), "a:5");
  assert_string_equal(show(snapshot, where(paris, "score", (nr_value){NR_TEXT("4.5"), NAN})), "");
  assert_string_equal(show(snapshot, where(paris, "day", (nr_value){NR_TEXT("2024-10"), NAN})), "a:5");
  assert_string_equal(show(snapshot, where(paris, "day", (nr_value){NR_TEXT("2024-11"), NAN})), "");
  assert_string_equal(show(snapshot, where(layer(NR_LAYER_BOILER), "kind", (nr_value){NR_TEXT("menu"), NAN})),
                      "a:m0-1{menu,byline}");
  nr_error error;
  nr_hits *hits;
  nr_plan *plan = where(layer(NR_LAYER_BOILER), "knd", (nr_value){NR_TEXT("menu"), NAN});
  assert_int_equal(nr_hits_new(&nr_memory_default, plan, snapshot, NULL, &hits, &error), NR_INVALID);
  assert_string_equal(error.message, "no attribute or field \"knd\": did you mean \"kind\"?");
}

static void the_laws_hold(void **state)
{
  (void)state;
  nr_plan *talks = find("talks"), *first = find("peace|began"), *all, *again;
  char kept[256], left[256];
  snprintf(kept, sizeof kept, "%s", show(snapshot, relate(talks, NR_WITHIN, layer(NR_LAYER_TITLES))));
  snprintf(left, sizeof left, "%s", show(snapshot, relate(talks, NR_OUTSIDE, layer(NR_LAYER_TITLES))));
  assert_string_equal(kept, "a:1"); /* within and outside part the whole */
  assert_string_equal(left, "a:2");
  must(nr_plan_union(&nr_memory_default, talks, first, &all, err));
  must(nr_plan_union(&nr_memory_default, keep(all), talks, &again, err));
  snprintf(kept, sizeof kept, "%s", show(snapshot, all));
  assert_string_equal(show(snapshot, keep(again)), kept); /* a | b | a is a | b */
  assert_string_equal(show(snapshot, relate(all, NR_OVERLAPPING, all)), kept);
  assert_string_equal(show(snapshot, relate(all, NR_CLEAR_OF, all)), "");
  assert_string_equal(show(snapshot, relate(all, NR_WITHIN, all)), kept);
}

static void columns_of_two_types_do_not_join(void **state)
{
  (void)state;
  nr_plan *plan;
  nr_error error;
  assert_int_equal(nr_plan_union(&nr_memory_default, list_of("value=1:peace", NR_LONGEST),
                                 list_of("value=x:paris", NR_LONGEST), &plan, &error),
                   NR_INVALID);
  assert_int_equal(nr_plan_flip(&nr_memory_default, find("peace"), find("talks"), 4, &plan, &error),
                   NR_INVALID);
}

static bool refuse(void *user, uint64_t done_so_far, uint64_t total)
{
  (void)user, (void)done_so_far, (void)total;
  return false;
}

static void an_interrupt_ends_a_query(void **state)
{
  (void)state;
  nr_poll poll = {refuse, NULL};
  nr_hits *hits;
  nr_error error;
  assert_int_equal(nr_hits_new(&nr_memory_default, find("talks"), snapshot, &poll, &hits, &error),
                   NR_INTERRUPTED);
}

/* Gives nothing after so many times. */
typedef struct miser {
  size_t left;
} miser;

static void *miserly(void *user, void *pointer, size_t old_size, size_t new_size)
{
  miser *m = user;
  (void)old_size;
  if (new_size == 0) {
    free(pointer);
    return NULL;
  }
  if (m->left == 0)
    return NULL;
  m->left--;
  return realloc(pointer, new_size);
}

static void without_memory_it_fails_and_holds_nothing(void **state)
{
  (void)state;
  for (size_t allowed = 0; allowed < 40; allowed++) {
    miser m = {allowed};
    nr_memory memory = {miserly, &m};
    fixture_pattern p;
    nr_plan *a = NULL, *b = NULL, *plan = NULL;
    nr_hits *hits = NULL;
    nr_error error;
    nr_status status =
        nr_plan_pattern(&memory, fixture_pattern_of(&p, "talks|peace . *a*"), false, false, &a, &error);
    if (status == NR_OK)
      status = nr_plan_window(&memory, a, 1, 1, &b, &error);
    if (status == NR_OK)
      status = nr_plan_pair(&memory, a, b, b, 0, &plan, &error);
    if (status == NR_OK)
      status = nr_hits_new(&memory, plan, snapshot, NULL, &hits, &error);
    assert_true(status == NR_OK || status == NR_NOMEM);
    nr_hits_free(hits);
    nr_plan_release(plan);
    nr_plan_release(b);
    nr_plan_release(a);
  }
}

static void a_plan_explains_itself(void **state)
{
  (void)state;
  nr_buffer out;
  nr_buffer_init(&out, &nr_memory_default);
  must(nr_plan_explain(relate(find("talks"), NR_WITHIN, layer(NR_LAYER_SENTENCES)), snapshot, &out, err));
  must(nr_buffer_put_byte(&out, 0, err));
  assert_string_equal(out.bytes,
                      "within: at most 2 hits\n  pattern: at most 2 hits\n  of layer: at most 3 hits\n"
                      "cost: at most 5 places read, of 8 tokens in 1 segments\n");
  nr_buffer_clear(&out);
}

#define query_test(name) cmocka_unit_test_teardown(name, done)

int main(void)
{
  const struct CMUnitTest tests[] = {
      query_test(titles_and_boiler_come_from_blocks),
      query_test(the_line_and_the_margin_never_touch),
      query_test(no_window_crosses_a_cut),
      query_test(bytes_lead_to_tokens_and_back),
      query_test(spans_made_elsewhere_are_put_in_order),
      query_test(conditions_take_attributes_fields_days_and_numbers),
      query_test(the_laws_hold),
      query_test(columns_of_two_types_do_not_join),
      query_test(an_interrupt_ends_a_query),
      query_test(without_memory_it_fails_and_holds_nothing),
      query_test(a_plan_explains_itself),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
