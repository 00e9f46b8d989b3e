/* However articles are cut into segments, merging gives the bytes of one built whole. */
#include <stdlib.h>

#include "segment_fixture.h"

enum { articles_max = 60, rounds = 60 };

/* A small generator of our own: the same articles on every machine. */
static uint64_t seed;

static uint32_t below(uint32_t limit)
{
  seed = seed * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(seed >> 33) % limit;
}

static fixture fixtures[articles_max];
static char texts[articles_max][4096], ids[articles_max][16];
static nr_field fields[articles_max][3];

static void make_text(char *text)
{
  static const char *const words[] = {"talks", "Talks", "TALKS",     "a", "b",
                                      "the",   "Kyiv",  "sanctions", "I", "x"};
  static const char *const ends[] = {" ", " ", " ", " ", ", ", ". ", "-", " | ", "\n", "      "};
  char *at = text;
  uint32_t count = below(4) == 0 ? below(300) : below(12);
  for (uint32_t i = 0; i < count && at < text + 4000; i++) {
    if (below(10) == 0)
      at += sprintf(at, "w%u%s", below(500), ends[below(10)]);
    else
      at += sprintf(at, "%s%s", words[below(10)], ends[below(10)]);
  }
  *at = '\0';
}

static void make_articles(uint32_t count)
{
  static const char *const outlets[] = {"CNN", "Le Monde", "TASS"};
  for (uint32_t i = 0; i < count; i++) {
    sprintf(ids[i], "id%u", i * 7 % 61);
    make_text(texts[i]);
    nr_day day = below(5) == 0 ? NR_DAY_NONE : (nr_day)(20000 + below(9));
    fixture_article(&fixtures[i], ids[i], below(2) ? "p" : "q", day, texts[i]);
    nr_article *a = &fixtures[i].article;
    if (day != NR_DAY_NONE && below(4) == 0)
      a->date.last += (nr_day)below(30);
    if (below(2))
      a->date_evidence = NR_TEXT("2024-10-04");
    fields[i][0] = (nr_field){NR_TEXT("source"), NR_FIELD_STRING, nr_text_of(outlets[below(3)])};
    fields[i][1] = (nr_field){NR_TEXT("author"), NR_FIELD_STRING, nr_text_of(ids[below(count)])};
    fields[i][2] = (nr_field){NR_TEXT("pages"), NR_FIELD_NUMBER, NR_TEXT("3")};
    a->fields = fields[i];
    a->field_count = below(4);
    a->title_size = a->content.size > 5 ? below(5) : 0;
  }
}

static nr_status put(void *user, const void *bytes, size_t size, nr_error *err)
{
  return nr_buffer_put(user, bytes, size, err);
}

static void build(const uint32_t *which, uint32_t count, bool compressed, nr_buffer *out)
{
  nr_segment_builder *builder;
  nr_buffer_init(out, &nr_memory_default);
  must(nr_segment_builder_new(&nr_memory_default, &builder, err));
  for (uint32_t i = 0; i < count; i++)
    must(nr_segment_builder_add(builder, &fixtures[which[i]].article, err));
  nr_sink sink = {put, out};
  must(nr_segment_builder_write(builder, compressed, &sink, NULL, err));
  nr_segment_builder_free(builder);
}

static void one_round(uint32_t count, uint32_t parts, bool compressed)
{
  uint32_t whole[articles_max], wholes = 0;
  nr_buffer buffers[8], expected, merged;
  nr_segment *segments[8], *check;
  uint64_t dead[8] = {0};
  const uint64_t *deads[8];
  make_articles(count);
  for (uint32_t p = 0; p < parts; p++) {
    uint32_t mine[articles_max], n = 0;
    for (uint32_t i = p; i < count; i += parts)
      mine[n++] = i;
    build(mine, n, nr_compression_there() && below(2) == 0, &buffers[p]);
    must(
        nr_segment_open(&nr_memory_default, (nr_text){buffers[p].bytes, buffers[p].size}, &segments[p], err));
    must(nr_segment_check(segments[p], NULL, err));
    for (uint32_t i = 0; i < n; i++) {
      uint32_t number;
      assert_true(nr_segment_find_id(segments[p], nr_text_of(ids[mine[i]]), &number));
      if (below(3) == 0)
        dead[p] |= (uint64_t)1 << number;
      else
        whole[wholes++] = mine[i];
    }
    deads[p] = dead[p] == 0 ? NULL : &dead[p];
  }
  for (uint32_t i = 0; i + 1 < wholes; i++) { /* the order of coming must not matter */
    uint32_t other = i + below(wholes - i), kept = whole[i];
    whole[i] = whole[other];
    whole[other] = kept;
  }
  build(whole, wholes, compressed, &expected);
  nr_buffer_init(&merged, &nr_memory_default);
  nr_sink sink = {put, &merged};
  must(nr_segment_merge(&nr_memory_default, (const nr_segment *const *)segments, deads, parts, compressed,
                        &sink, NULL, err));
  assert_int_equal(merged.size, expected.size);
  assert_memory_equal(merged.bytes, expected.bytes, merged.size);
  must(nr_segment_open(&nr_memory_default, (nr_text){merged.bytes, merged.size}, &check, err));
  must(nr_segment_check(check, NULL, err));
  nr_segment_close(check);
  for (uint32_t p = 0; p < parts; p++) {
    nr_segment_close(segments[p]);
    nr_buffer_clear(&buffers[p]);
  }
  nr_buffer_clear(&expected);
  nr_buffer_clear(&merged);
}

static void merging_gives_the_bytes_of_one_segment_built_whole(void **state)
{
  (void)state;
  for (seed = 1; seed < 1000 * rounds; seed += 1000) {
    uint64_t kept = seed;
    one_round(1 + below(articles_max), 1 + below(7), nr_compression_there() && seed % 2000 == 1);
    seed = kept;
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {cmocka_unit_test(merging_gives_the_bytes_of_one_segment_built_whole)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
