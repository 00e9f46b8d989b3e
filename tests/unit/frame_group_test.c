/* Frames: what they count, what stands behind a row, and how they are written. */
#include "frame/frame.h"
#include "query_fixture.h"

typedef struct piece {
  const char *id, *text, *source, *tags;
  nr_period date;
} piece;

/* 20089 is 2025-01-01. */
static const piece pieces[] = {
    {"a", "Peace talks begin. Good talks.", "CNN", "[\"war\",\"peace\"]", {20089, 20089}},
    {"b", "talks fail, bad talks", "BBC", NULL, {20150, 20150}},
    {"c", "good talks", "CNN", "[\"war\"]", {20120, 20147}}, /* February 2025 */
    {"d", "no more talks", NULL, NULL, {NR_DAY_NONE, NR_DAY_NONE}},
    {"e", "silence", "CNN", NULL, {20180, 20180}},
};

static nr_snapshot *snapshot;

static int set_up(void **state)
{
  (void)state;
  static fixture f;
  nr_writer *writer;
  nr_outcome outcome;
  must(nr_writer_open(&nr_disk_system, &nr_memory_default, NULL, true, &writer, err));
  for (size_t i = 0; i < 5; i++) {
    nr_field fields[2];
    fixture_article(&f, pieces[i].id, "here", pieces[i].date.first, pieces[i].text);
    f.article.date = pieces[i].date;
    f.article.fields = fields;
    if (pieces[i].source != NULL)
      fields[f.article.field_count++] =
          (nr_field){NR_TEXT("source"), NR_FIELD_STRING, nr_text_of(pieces[i].source)};
    if (pieces[i].tags != NULL)
      fields[f.article.field_count++] =
          (nr_field){NR_TEXT("tags"), NR_FIELD_LIST, nr_text_of(pieces[i].tags)};
    must(nr_writer_add(writer, &f.article, false, &outcome, err));
    if (i == 2)
      must(nr_writer_commit(writer, NULL, err)); /* two parts */
  }
  must(nr_writer_commit(writer, NULL, err));
  snapshot = nr_writer_snapshot(writer);
  nr_writer_close(writer);
  return 0;
}

static int tear_down(void **state)
{
  (void)state;
  nr_snapshot_release(snapshot);
  return 0;
}

static nr_frame *frames[64];
static size_t frame_count;

static nr_frame *hold(nr_frame *frame)
{
  return frames[frame_count++] = frame;
}

static int done(void **state)
{
  (void)state;
  while (frame_count > 0)
    nr_frame_free(frames[--frame_count]);
  release_plans();
  return 0;
}

static const char *csv(const nr_frame *frame)
{
  static char text[4096];
  nr_buffer out;
  nr_buffer_init(&out, &nr_memory_default);
  must(nr_frame_csv(frame, &out, err));
  snprintf(text, sizeof text, "%.*s", (int)out.size, out.bytes);
  nr_buffer_clear(&out);
  return text;
}

/* Names cut at blanks. */
static uint32_t cut(const char *names, char *copy, nr_text *out)
{
  uint32_t count = 0;
  char *rest = NULL;
  strcpy(copy, names);
  for (char *name = strtok_r(copy, " ", &rest); name != NULL; name = strtok_r(NULL, " ", &rest))
    out[count++] = nr_text_of(name);
  return count;
}

static nr_frame *by(nr_plan *plan, const char *names, nr_aggregate aggregate, const char *of, double n)
{
  char copy[256];
  nr_text columns[8];
  nr_grouping grouping = {columns, cut(names, copy, columns), aggregate, nr_text_of(of), n, NULL};
  nr_hits *hits;
  nr_frame *frame;
  must(nr_hits_new(&nr_memory_default, plan, snapshot, NULL, &hits, err));
  must(nr_frame_group(&nr_memory_default, hits, &grouping, NULL, &frame, err));
  nr_hits_free(hits);
  return hold(frame);
}

static nr_frame *frame_of(nr_plan *plan, const char *names)
{
  char copy[256];
  nr_text columns[8];
  uint32_t count = cut(names, copy, columns);
  nr_hits *hits;
  nr_frame *frame;
  must(nr_hits_new(&nr_memory_default, plan, snapshot, NULL, &hits, err));
  must(nr_frame_of_hits(&nr_memory_default, hits, columns, count, &frame, err));
  nr_hits_free(hits);
  return hold(frame);
}

static void periods_have_no_gaps_and_odd_dates_stand_last(void **state)
{
  (void)state;
  assert_string_equal(
      csv(by(find("talks"), "month", NR_COUNT, "", 0)),
      "month,count,articles\n2025-01,2,1\n2025-02,1,1\n2025-03,2,1\n2025-04,0,0\nundated,1,1\n");
  assert_string_equal(csv(by(find("talks"), "quarter", NR_COUNT, "", 0)),
                      "quarter,count,articles\n2025-Q1,5,3\n2025-Q2,0,0\nundated,1,1\n");
  nr_frame *days = by(find("good"), "day", NR_COUNT, "", 0);
  assert_int_equal(nr_frame_rows(days), 92 + 1); /* 1 January to 2 April, and February as a whole */
  assert_string_equal(nr_frame_cell(days, 92, 0).text.bytes, "imprecise");
}

static void nothing_found_is_a_row_of_noughts(void **state)
{
  (void)state;
  assert_string_equal(csv(by(find("nowhere"), "year", NR_COUNT, "", 0)), "year,count,articles\n2025,0,0\n");
  assert_string_equal(csv(by(find("nowhere"), "", NR_COUNT, "", 0)), "count,articles\n0,0\n");
  assert_string_equal(csv(by(find("nowhere"), "source", NR_COUNT, "", 0)), "source,count,articles\n");
}

static void fields_group_and_articles_without_one_are_none(void **state)
{
  (void)state;
  assert_string_equal(csv(by(find("talks"), "source", NR_COUNT, "", 0)),
                      "source,count,articles\nBBC,2,1\nCNN,3,2\nnone,1,1\n");
  assert_string_equal(csv(by(find("talks"), "tags", NR_COUNT, "", 0)),
                      "tags,count,articles\npeace,2,1\nwar,3,2\nnone,3,2\n");
}

static void numbers_of_attributes_add_up(void **state)
{
  (void)state;
  nr_plan *tone = list_of("value=1:good;value=-1:bad|fail", NR_LONGEST);
  assert_string_equal(csv(by(tone, "source", NR_SUM, "value", 0)),
                      "source,sum,count,articles\nBBC,-2,2,1\nCNN,2,2,2\n");
  assert_string_equal(csv(by(tone, "source", NR_MEAN, "value", 0)),
                      "source,mean,count,articles\nBBC,-1,2,1\nCNN,1,2,2\n");
  assert_string_equal(csv(by(tone, "", NR_RANGE, "value", 0)), "least,most,count,articles\n-1,1,4,3\n");
  assert_string_equal(
      csv(by(tone, "form", NR_EARLIEST, "", 0)),
      "form,earliest,count,articles\nbad,2025-03-03,1,1\nfail,2025-03-03,1,1\ngood,2025-01-01,2,2\n");
  assert_string_equal(
      csv(by(tone, "quarter", NR_SUM, "value", 0)),
      "quarter,sum,count,articles\n2025-Q1,0,4,3\n2025-Q2,,0,0\n"); /* missing is not nought */
}

static void shares_and_rates_have_the_groups_own_denominator(void **state)
{
  (void)state;
  assert_string_equal(csv(by(find("talks"), "source", NR_SHARE, "", 0)),
                      "source,share,count,articles\nBBC,0.3333333333333333,2,1\nCNN,0.5,3,2\n"
                      "none,0.16666666666666666,1,1\n");
  /* CNN has 5 + 2 + 1 tokens, BBC 4, nobody 3 */
  assert_string_equal(csv(by(find("talks"), "source", NR_PER, "", 8)),
                      "source,per,count,articles\nBBC,4,2,1\nCNN,3,3,2\nnone,2.6666666666666665,1,1\n");
  assert_string_equal(csv(by(find("talks"), "form quarter", NR_PER, "", 11)),
                      "form,quarter,per,count,articles\ntalks,2025-Q1,5,5,3\ntalks,2025-Q2,0,0,0\n"
                      "talks,undated,3.6666666666666665,1,1\n");
}

static void a_row_opens_to_its_hits(void **state)
{
  (void)state;
  nr_frame *frame = by(find("talks"), "source", NR_COUNT, "", 0);
  for (uint64_t row = 0; row < nr_frame_rows(frame); row++) {
    nr_hits *hits;
    uint64_t *indexes, count;
    must(nr_frame_receipt(frame, row, &hits, &indexes, &count, err));
    assert_int_equal(count, (uint64_t)nr_frame_cell(frame, row, 1).number);
    nr_release(&nr_memory_default, indexes, count * sizeof *indexes);
  }
}

static void a_frame_of_hits_shows_their_columns(void **state)
{
  (void)state;
  nr_frame *frame = frame_of(find("good talks|no more"), "article day form text start end source tags");
  assert_string_equal(csv(frame), "article,day,form,text,start,end,source,tags\n"
                                  "a,2025-01-01,good talks,Good talks,19,29,CNN,war; peace\n"
                                  "c,imprecise,good talks,good talks,0,10,CNN,war\n"
                                  "d,undated,no more,no more,0,7,,\n");
  assert_string_equal(csv(frame_of(find("bad"), "sentence")), "sentence\n\"talks fail, bad talks\"\n");
}

static void an_unknown_column_is_named_with_its_neighbour(void **state)
{
  (void)state;
  nr_hits *hits;
  nr_frame *frame;
  nr_error error;
  nr_text name = NR_TEXT("sorce");
  must(nr_hits_new(&nr_memory_default, find("talks"), snapshot, NULL, &hits, err));
  assert_int_equal(nr_frame_of_hits(&nr_memory_default, hits, &name, 1, &frame, &error), NR_INVALID);
  assert_string_equal(error.message, "no column \"sorce\": did you mean \"source\"?");
  nr_hits_free(hits);
}

static nr_frame *sorted(nr_frame *frame, const char *names)
{
  char copy[256];
  nr_text columns[8];
  nr_frame *out;
  uint32_t count = cut(names, copy, columns);
  must(nr_frame_sort(frame, columns, count, &out, err));
  return hold(out);
}

static void rows_are_sorted_picked_and_filtered(void **state)
{
  (void)state;
  nr_frame *frame = by(find("talks"), "source", NR_COUNT, "", 0), *out;
  assert_string_equal(csv(sorted(frame, "-count")), "source,count,articles\nCNN,3,2\nBBC,2,1\nnone,1,1\n");
  assert_string_equal(csv(sorted(frame, "-source")), "source,count,articles\nCNN,3,2\nBBC,2,1\nnone,1,1\n");
  uint64_t rows[2] = {2, 0};
  must(nr_frame_pick(sorted(frame, "-count"), rows, 2, &out, err));
  assert_string_equal(csv(hold(out)), "source,count,articles\nnone,1,1\nCNN,3,2\n");
  nr_value values[2] = {{NR_TEXT("CNN"), NAN}, {NR_TEXT("NBC"), NAN}};
  nr_condition condition = {NR_TEXT("source"), values, 2};
  must(nr_frame_where(frame, &condition, 1, &out, err));
  assert_string_equal(csv(hold(out)), "source,count,articles\nCNN,3,2\n");
}

static void rows_of_a_frame_are_grouped_again(void **state)
{
  (void)state;
  nr_frame *frame = frame_of(find("talks"), "source quarter article"), *with, *out;
  nr_value cells[6];
  for (int i = 0; i < 6; i++)
    cells[i] = (nr_value){{NULL, 0}, i};
  must(nr_frame_with(frame, NR_TEXT("n"), cells, &with, err));
  hold(with);
  nr_text source = NR_TEXT("source"), quarter = NR_TEXT("quarter");
  nr_grouping grouping = {&source, 1, NR_SUM, NR_TEXT("n"), 0, NULL};
  must(nr_frame_regroup(with, &grouping, &out, err));
  assert_string_equal(csv(hold(out)), "source,sum,count,articles\nBBC,7,2,1\nCNN,3,3,2\nnone,5,1,1\n");
  nr_hits *hits;
  uint64_t *indexes, count;
  must(nr_frame_receipt(out, 1, &hits, &indexes, &count, err));
  assert_int_equal(count, 3);
  nr_release(&nr_memory_default, indexes, count * sizeof *indexes);
  grouping = (nr_grouping){&quarter, 1, NR_PER, {NULL, 0}, 11, NULL};
  must(nr_frame_regroup(sorted(frame, "-article"), &grouping, &out, err));
  assert_string_equal(csv(hold(out)), "quarter,per,count,articles\n2025-Q1,5,5,3\n2025-Q2,0,0,0\n"
                                      "undated,3.6666666666666665,1,1\n");
}

static void a_long_table_is_turned_into_a_wide_one(void **state)
{
  (void)state;
  nr_frame *frame = by(find("talks|good|bad"), "form source", NR_COUNT, "", 0), *wide;
  must(nr_frame_pivot(sorted(frame, "count"), NR_TEXT("form"), NR_TEXT("source"), NR_TEXT("count"), false,
                      &wide, err));
  assert_string_equal(csv(hold(wide)), "form,BBC,CNN,none\nbad,1,,\ngood,,2,\ntalks,2,3,1\n");
  nr_hits *hits;
  uint64_t *indexes, count;
  must(nr_frame_receipt(wide, 2, &hits, &indexes, &count, err));
  assert_int_equal(count, 6);
  nr_release(&nr_memory_default, indexes, count * sizeof *indexes);
}

/* Gives nothing after so many times. */
static void *miserly(void *user, void *pointer, size_t old_size, size_t new_size)
{
  size_t *left = user;
  (void)old_size;
  if (new_size == 0) {
    free(pointer);
    return NULL;
  }
  if (*left == 0)
    return NULL;
  --*left;
  return realloc(pointer, new_size);
}

static void without_memory_a_frame_fails_and_holds_nothing(void **state)
{
  (void)state;
  nr_hits *hits;
  nr_text columns[] = {NR_TEXT("month"), NR_TEXT("form")}, tokens = NR_TEXT("tokens");
  nr_grouping grouping = {columns, 2, NR_PER, NR_TEXT("tokens"), 1000, NULL},
              again = {&columns[1], 1, NR_SUM, tokens, 0, NULL};
  must(nr_hits_new(&nr_memory_default, find("talks|good|bad"), snapshot, NULL, &hits, err));
  for (size_t allowed = 0; allowed < 90; allowed++) {
    size_t left = allowed;
    nr_memory memory = {miserly, &left};
    nr_frame *group = NULL, *rows = NULL, *regrouped = NULL, *wide = NULL;
    nr_text names[] = {columns[0], columns[1], tokens};
    nr_error error;
    nr_status status = nr_frame_group(&memory, hits, &grouping, NULL, &group, &error);
    if (status == NR_OK)
      status = nr_frame_of_hits(&memory, hits, names, 3, &rows, &error);
    if (status == NR_OK)
      status = nr_frame_regroup(rows, &again, &regrouped, &error);
    if (status == NR_OK)
      status = nr_frame_pivot(group, columns[1], columns[0], NR_TEXT("per"), false, &wide, &error);
    assert_true(status == NR_OK || status == NR_NOMEM);
    assert_true(allowed < 89 || status == NR_OK);
    nr_frame_free(wide);
    nr_frame_free(regrouped);
    nr_frame_free(rows);
    nr_frame_free(group);
  }
  nr_hits_free(hits);
}

static void a_table_lines_up_in_any_script(void **state)
{
  (void)state;
  nr_text names[2] = {NR_TEXT("name"), NR_TEXT("count")};
  nr_value cells[6] = {{NR_TEXT("Путін"), NAN},        {{NULL, 0}, 3},
                       {NR_TEXT("普京 met him"), NAN}, {{NULL, 0}, 12.5},
                       {NR_TEXT("Ze\xCC\x81"), NAN},   {{NULL, 0}, NAN}};
  nr_frame *frame;
  nr_buffer out;
  must(nr_frame_of_cells(&nr_memory_default, names, 2, cells, 3, &frame, err));
  hold(frame);
  nr_buffer_init(&out, &nr_memory_default);
  must(nr_frame_print(frame, 2, 0, &out, err));
  must(nr_buffer_put_byte(&out, 0, err));
  assert_string_equal(out.bytes,
                      "name           count\nПутін              3\n普京 met him  12.500\n... 1 more row\n");
  out.size = 0;
  must(nr_frame_print(frame, 3, 16, &out, err));
  must(nr_buffer_put_byte(&out, 0, err));
  assert_string_equal(out.bytes, "name       count\nПутін          3\n普京 me…  12.500\nZe\xCC\x81\n");
  nr_buffer_clear(&out);
}

static void json_lines_say_what_is_missing(void **state)
{
  (void)state;
  nr_text names[2] = {NR_TEXT("a\"b"), NR_TEXT("n")};
  nr_value cells[4] = {{NR_TEXT("x\ny"), NAN}, {{NULL, 0}, 0.1}, {{NULL, 0}, NAN}, {{NULL, 0}, NAN}};
  nr_frame *frame;
  nr_buffer out;
  must(nr_frame_of_cells(&nr_memory_default, names, 2, cells, 2, &frame, err));
  hold(frame);
  nr_buffer_init(&out, &nr_memory_default);
  must(nr_frame_jsonl(frame, &out, err));
  must(nr_buffer_put_byte(&out, 0, err));
  assert_string_equal(out.bytes, "{\"a\\\"b\": \"x\\ny\", \"n\": 0.1}\n{\"a\\\"b\": null, \"n\": null}\n");
  nr_buffer_clear(&out);
}

static void a_concordance_is_aligned_on_the_hit(void **state)
{
  (void)state;
  nr_hits *hits;
  nr_buffer out;
  nr_kwic options = {44, false};
  must(nr_hits_new(&nr_memory_default, find("talks fail|good|more"), snapshot, NULL, &hits, err));
  nr_buffer_init(&out, &nr_memory_default);
  must(nr_kwic_print(hits, NULL, nr_hits_count(hits), &options, &out, err));
  must(nr_buffer_put_byte(&out, 0, err));
  assert_string_equal(out.bytes, "2025-01-01  a  lks begin. [Good] talks.\n"
                                 "2025-02     c             [good] talks\n"
                                 "2025-03-03  b             [talks fail], bad\n"
                                 "            d          no [more] talks\n");
  out.size = 0;
  must(nr_hits_jsonl(hits, 0, 1, &out, err));
  must(nr_buffer_put_byte(&out, 0, err));
  assert_string_equal(
      out.bytes,
      "{\"article\": \"a\", \"start\": 19, \"end\": 23, \"text\": \"Good\", \"day\": \"2025-01-01\"}\n");
  nr_buffer_clear(&out);
  nr_hits_free(hits);
}

#define frame_test(name) cmocka_unit_test_teardown(name, done)

int main(void)
{
  const struct CMUnitTest tests[] = {
      frame_test(periods_have_no_gaps_and_odd_dates_stand_last),
      frame_test(nothing_found_is_a_row_of_noughts),
      frame_test(fields_group_and_articles_without_one_are_none),
      frame_test(numbers_of_attributes_add_up),
      frame_test(shares_and_rates_have_the_groups_own_denominator),
      frame_test(a_row_opens_to_its_hits),
      frame_test(a_frame_of_hits_shows_their_columns),
      frame_test(an_unknown_column_is_named_with_its_neighbour),
      frame_test(rows_are_sorted_picked_and_filtered),
      frame_test(rows_of_a_frame_are_grouped_again),
      frame_test(a_long_table_is_turned_into_a_wide_one),
      frame_test(without_memory_a_frame_fails_and_holds_nothing),
      frame_test(a_table_lines_up_in_any_script),
      frame_test(json_lines_say_what_is_missing),
      frame_test(a_concordance_is_aligned_on_the_hit),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
