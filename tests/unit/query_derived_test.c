/* query_derived_test.c: derived layers as bytes: the same whatever their making, and never believed. */
#include "query/derived.h"
#include "query_fixture.h"

static const nr_derived_column columns[] = {{{"kind", 4}, NR_COLUMN_TEXT}, {{"size", 4}, NR_COLUMN_NUMBER}};

static nr_derived *new_layer(uint32_t articles)
{
  nr_derived *d;
  must(nr_derived_new(&nr_memory_default, articles, columns, 2, &d, err));
  return d;
}

static void put(nr_derived *d, uint32_t first, uint32_t last, const char *kind, double size)
{
  nr_value values[] = {{nr_text_of(kind), NAN}, {{NULL, 0}, size}};
  must(nr_derived_span(d, false, first, last, values, err));
}

static nr_text packed(nr_derived *d)
{
  static nr_buffer outs[8];
  static int next;
  nr_buffer *out = &outs[next++ % 8];
  nr_buffer_clear(out);
  nr_buffer_init(out, &nr_memory_default);
  must(nr_derived_pack(d, out, err));
  nr_derived_free(d);
  return (nr_text){out->bytes, out->size};
}

/* Three articles of five: some spans, none, left out. */
static void fill(nr_derived *d, bool backwards)
{
  for (int i = 0; i < 3; i++)
    switch (backwards ? 2 - i : i) {
    case 0:
      must(nr_derived_article(d, 1, (nr_text){NULL, 0}, err));
      if (backwards) {
        put(d, 3, 4, "b", 2.5);
        put(d, 0, 2, NULL, NAN);
        put(d, 0, 2, "a", -7);
        put(d, 0, 2, "a", -7); /* twice */
      } else {
        put(d, 0, 2, "a", -7);
        put(d, 0, 2, NULL, NAN);
        put(d, 3, 4, "b", 2.5);
      }
      break;
    case 1:
      must(nr_derived_article(d, 2, (nr_text){NULL, 0}, err));
      break;
    default:
      must(nr_derived_article(d, 4, NR_TEXT("no rules"), err));
    }
}

static void the_bytes_do_not_tell_in_which_order_spans_came(void **state)
{
  (void)state;
  nr_derived *one = new_layer(5), *two = new_layer(5);
  fill(one, false);
  fill(two, true);
  assert_true(nr_text_equal(packed(one), packed(two)));
}

static void what_was_put_is_read(void **state)
{
  (void)state;
  nr_derived *d = new_layer(5);
  nr_derived_view view;
  nr_arena arena;
  nr_arena_init(&arena, &nr_memory_default);
  fill(d, false);
  must(nr_derived_read(packed(d), 5, &arena, &arena, &view, err));
  assert_int_equal(view.states[0], NR_DERIVED_UNREAD);
  assert_int_equal(view.states[2], NR_DERIVED_READ);
  assert_int_equal(view.states[4], NR_DERIVED_LEFT_OUT);
  assert_true(nr_text_equal(view.reasons[0], NR_TEXT("no rules")));
  assert_int_equal(view.span_count, 3);
  assert_int_equal(view.ends[0], 0);
  assert_int_equal(view.ends[1], 3);
  assert_int_equal(view.first[2], 3);
  assert_int_equal(view.last[2], 4);
  const nr_table *table = &view.table;
  assert_true(nr_text_equal(table->columns[0].texts[view.row[0]], NR_TEXT("a")));
  assert_true(table->columns[1].numbers[view.row[0]] == -7);
  assert_null(table->columns[0].texts[view.row[1]].bytes); /* missing comes last */
  assert_true(isnan(table->columns[1].numbers[view.row[1]]));
  assert_true(table->columns[1].numbers[view.row[2]] == 2.5);
  nr_arena_clear(&arena);
}

static void two_halves_put_together_are_the_whole(void **state)
{
  (void)state;
  nr_derived *whole = new_layer(4), *left = new_layer(2), *right = new_layer(2), *all = new_layer(4);
  for (uint32_t i = 0; i < 4; i++) {
    nr_derived *half = i < 2 ? left : right;
    must(nr_derived_article(whole, i, (nr_text){NULL, 0}, err));
    must(nr_derived_article(half, i % 2, (nr_text){NULL, 0}, err));
    put(whole, i, i + 1, i % 2 ? "odd" : "even", i);
    put(half, i, i + 1, i % 2 ? "odd" : "even", i);
  }
  nr_text halves[] = {packed(left), packed(right)};
  for (uint32_t h = 0; h < 2; h++) {
    nr_arena arena;
    nr_derived_view view;
    nr_arena_init(&arena, &nr_memory_default);
    must(nr_derived_read(halves[h], 2, &arena, &arena, &view, err));
    must(nr_derived_add(all, &view, (uint32_t[]){2 * (1 - h), 2 * (1 - h) + 1},
                        err)); /* the right one first */
    nr_arena_clear(&arena);
  }
  nr_derived *turned = new_layer(4);
  for (uint32_t i = 0; i < 4; i++) {
    uint32_t from = (i + 2) % 4;
    must(nr_derived_article(turned, i, (nr_text){NULL, 0}, err));
    put(turned, from, from + 1, from % 2 ? "odd" : "even", from);
  }
  assert_true(nr_text_equal(packed(all), packed(turned)));
  nr_derived_free(whole);
}

static void every_damaged_byte_and_length_is_refused_or_harmless(void **state)
{
  (void)state;
  nr_derived *d = new_layer(5);
  fill(d, false);
  nr_text sound = packed(d);
  char *copy = malloc(sound.size);
  int refused = 0;
  for (size_t i = 0; i < sound.size; i++)
    for (int bit = 0; bit < 8; bit++) {
      nr_derived_view view;
      nr_arena arena;
      nr_error error;
      nr_arena_init(&arena, &nr_memory_default);
      memcpy(copy, sound.bytes, sound.size);
      copy[i] = (char)(copy[i] ^ 1 << bit);
      refused += nr_derived_read((nr_text){copy, sound.size}, 5, &arena, &arena, &view, &error) == NR_CORRUPT;
      assert_int_equal(nr_derived_read((nr_text){sound.bytes, i}, 5, &arena, &arena, &view, &error),
                       NR_CORRUPT);
      nr_arena_clear(&arena);
    }
  assert_true(refused > 100);
  free(copy);
}

static void a_span_beyond_its_article_is_damage(void **state)
{
  (void)state;
  const sample samples[] = {{"a", "one two three.", 20000}, {"b", "four five.", 20001}};
  nr_snapshot *snapshot = corpus_of(samples, 2, 1);
  nr_error error;
  nr_plan *plan;
  uint64_t hits, texts;
  for (uint32_t last = 1; last < 3; last++) { /* the second article has two words */
    nr_derived *d = new_layer(2);
    for (uint32_t i = 0; i < 2; i++) {
      must(nr_derived_article(d, i, (nr_text){NULL, 0}, err));
      put(d, 0, last, "x", 1);
    }
    nr_text bytes = packed(d);
    nr_status status = nr_plan_derived(&nr_memory_default, snapshot, &bytes, &plan, &error);
    assert_int_equal(status, last == 1 ? NR_OK : NR_CORRUPT);
    if (status == NR_OK) {
      must(nr_plan_count(plan, snapshot, NULL, &hits, &texts, err));
      assert_int_equal(hits, 2);
      assert_int_equal(texts, 2);
      nr_plan_release(plan);
    }
  }
  nr_snapshot_release(snapshot);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_bytes_do_not_tell_in_which_order_spans_came),
      cmocka_unit_test(what_was_put_is_read),
      cmocka_unit_test(two_halves_put_together_are_the_whole),
      cmocka_unit_test(every_damaged_byte_and_length_is_refused_or_harmless),
      cmocka_unit_test(a_span_beyond_its_article_is_damage),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
