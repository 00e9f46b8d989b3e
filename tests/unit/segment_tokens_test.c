/* Postings, marks and the stream against a naive scan of the same articles. */
#include <stdlib.h>

#include "segment_fixture.h"

enum { articles = 40, words = 90 };

static uint64_t seed = 5;

static uint32_t below(uint32_t limit)
{
  seed = seed * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(seed >> 33) % limit;
}

static fixture f;
static nr_buffer bytes;
static nr_segment *s;
static uint32_t *stream, all, on;
static uint8_t *marks; /* bit m: mark m */

/* A frequent word with several blocks of postings, rare ones, wide gaps, words from line and margin. */
static void make_text(char *text)
{
  static const char *const ends[] = {" ",  " ", " ",   " ",  ", ",
                                     ". ", "-", " | ", "\n", "                      "};
  *text = '\0';
  for (int i = 0; i < words; i++) {
    char word[16];
    if (below(3) != 0)
      strcpy(word, below(2) ? "talks" : "Talks");
    else
      snprintf(word, sizeof word, "w%u", below(below(2) ? 8 : 3000));
    strcat(text, word);
    strcat(text, ends[below(10)]);
    if (below(40) == 0)
      for (int k = 0; k < 40; k++)
        strcat(text, "..........");
  }
}

static int make_segment(void **state)
{
  static char text[articles][32768];
  nr_segment_builder *builder;
  (void)state;
  must(nr_segment_builder_new(&nr_memory_default, &builder, err));
  for (int i = 0; i < articles; i++) {
    char id[16];
    snprintf(id, sizeof id, "a%02d", i);
    make_text(text[i]);
    must(nr_segment_builder_add(builder, fixture_article(&f, id, "x", 20000, text[i]), err));
  }
  nr_buffer_init(&bytes, &nr_memory_default);
  must(nr_segment_builder_finish(builder, &bytes, err));
  nr_segment_builder_free(builder);
  must(nr_segment_open(&nr_memory_default, (nr_text){bytes.bytes, bytes.size}, &s, err));
  all = nr_segment_count(s)->all;
  on = nr_segment_count(s)->on;
  stream = calloc(all, sizeof *stream);
  marks = calloc(all, 1);
  for (uint32_t i = 0; i < all; i++) /* one by one, and below in one go */
    nr_segment_stream(s, i, 1, &stream[i]);
  for (uint32_t a = 0; a < articles; a++) { /* what the articles say themselves */
    uint32_t next[2], end;
    uint8_t list_before = 2;
    fixture_article(&f, "x", "x", 0, text[a]);
    nr_segment_article_tokens(s, a, false, &next[0], &end);
    nr_segment_article_tokens(s, a, true, &next[1], &end);
    for (size_t i = 0; i < f.article.token_count; i++) {
      nr_token t = f.tokens[i];
      uint8_t list = (t.marks & NR_MARK_MARGIN) != 0;
      uint32_t p = next[list]++;
      bool cut = list != list_before;
      bool next_cut = i + 1 == f.article.token_count ||
                      (f.tokens[i + 1].marks & NR_MARK_MARGIN) != (t.marks & NR_MARK_MARGIN);
      bool paragraph = cut || (t.marks & NR_MARK_PARAGRAPH) != 0;
      bool sentence = paragraph || (t.marks & NR_MARK_SENTENCE) != 0;
      bool clause = sentence || (t.marks & NR_MARK_CLAUSE) != 0;
      bool joined = (t.marks & NR_MARK_JOINED) != 0 && !next_cut;
      marks[p] = (uint8_t)(sentence << NR_SENTENCE_STARTS | paragraph << NR_PARAGRAPH_STARTS |
                           clause << NR_CLAUSE_STARTS | joined << NR_JOINED_NEXT);
      list_before = list;
    }
  }
  return 0;
}

static int drop_segment(void **state)
{
  (void)state;
  free(stream);
  free(marks);
  nr_segment_close(s);
  nr_buffer_clear(&bytes);
  return 0;
}

static void the_stream_reads_the_same_in_pieces(void **state)
{
  (void)state;
  uint32_t *whole = calloc(all, sizeof *whole);
  nr_segment_stream(s, 0, all, whole);
  assert_memory_equal(whole, stream, all * sizeof *whole);
  for (int i = 0; i < 500; i++) {
    uint32_t first = below(all), count = below(all - first + 1);
    nr_segment_stream(s, first, count, whole);
    assert_memory_equal(whole, stream + first, count * sizeof *whole);
  }
  free(whole);
}

static uint32_t naive_postings(uint32_t form, uint32_t *out)
{
  uint32_t count = 0;
  for (uint32_t p = 0; p < all; p++)
    if (nr_segment_form_of(s, stream[p]) == form)
      out[count++] = p;
  return count;
}

static void postings_are_the_positions_of_their_form(void **state)
{
  (void)state;
  uint32_t *naive = calloc(all, sizeof *naive), *read = calloc(all, sizeof *read), longest = 0;
  for (uint32_t form = 0; form < nr_segment_count(s)->forms; form++) {
    nr_postings p;
    uint32_t count = naive_postings(form, naive), got = 0, more;
    nr_postings_open(s, form, &p);
    assert_int_equal(p.count, count);
    while ((more = nr_postings_read(&p, read + got, 1 + below(200))) > 0)
      got += more;
    assert_int_equal(got, count);
    assert_memory_equal(read, naive, count * sizeof *read);
    longest = count > longest ? count : longest;
  }
  assert_true(longest > 1000);
  free(naive);
  free(read);
}

static void seeking_finds_the_first_position_that_is_not_below(void **state)
{
  (void)state;
  uint32_t *naive = calloc(all, sizeof *naive);
  for (uint32_t form = 0; form < nr_segment_count(s)->forms; form += 1 + form / 20) {
    uint32_t count = naive_postings(form, naive);
    for (int round = 0; round < 20; round++) {
      nr_postings p;
      uint32_t next = 0, one;
      nr_postings_open(s, form, &p);
      for (uint32_t target = below(50); target < all; target += 1 + below(round < 10 ? 60 : 900)) {
        nr_postings_seek(&p, target);
        while (next < count && naive[next] < target)
          next++;
        uint32_t got = nr_postings_read(&p, &one, 1);
        assert_int_equal(got, next < count);
        if (got == 1)
          assert_int_equal(one, naive[next++]);
      }
    }
  }
  free(naive);
}

static void windows_read_what_the_stream_reads(void **state)
{
  (void)state;
  for (int round = 0; round < 300; round++) {
    enum { most = 40 };
    uint32_t positions[most], before = below(9), behind = below(9), width = before + 1 + behind;
    uint32_t surfaces[most * 17], count = 1 + below(most);
    for (uint32_t i = 0; i < count; i++) /* some at both ends, where windows are cut off */
      positions[i] = round % 3 == 0 ? below(all) : round % 3 == 1 ? below(12) : all - 1 - below(12);
    nr_segment_windows(s, positions, count, before, behind, surfaces);
    for (uint32_t i = 0; i < count; i++)
      for (uint32_t k = 0; k < width; k++) {
        int64_t at = (int64_t)positions[i] - before + k;
        uint32_t expected = at < 0 || at >= all ? UINT32_MAX : stream[at];
        assert_int_equal(surfaces[i * width + k], expected);
      }
  }
}

static void articles_are_found_from_any_before_them(void **state)
{
  (void)state;
  for (uint32_t p = 0; p < all; p += 1 + below(7)) {
    uint32_t article = nr_segment_article_at(s, p), start, end, other_start, other_end;
    assert_int_equal(nr_segment_article_from(s, below(article + 1), p), article);
    nr_segment_bytes_fetch(s, p, false);
    nr_segment_bytes_fetch(s, p, true);
    nr_segment_bytes(s, p, &start, &end);
    nr_segment_bytes_in(s, article, p, &other_start, &other_end);
    assert_int_equal(start, other_start);
    assert_int_equal(end, other_end);
  }
}

static void marks_are_those_of_the_articles(void **state)
{
  (void)state;
  uint32_t *list = calloc(all + 1, sizeof *list);
  for (int m = 0; m < NR_MARKS; m++) {
    uint32_t rank = 0, before = 0;
    for (uint32_t p = 0; p < all; p++) {
      bool marked = (marks[p] >> m & 1) != 0;
      assert_int_equal(nr_segment_mark_rank(s, (nr_mark)m, p), rank);
      assert_int_equal(nr_segment_marked(s, (nr_mark)m, p), marked);
      before = marked ? p : before;
      if (rank > 0 || marked)
        assert_int_equal(nr_segment_mark_before(s, (nr_mark)m, p), before);
      rank += marked;
    }
    assert_int_equal(nr_segment_mark_rank(s, (nr_mark)m, all), rank);
    for (uint32_t p = all, after = all; p-- > 0; after = marks[p] >> m & 1 ? p : after)
      assert_int_equal(nr_segment_mark_after(s, (nr_mark)m, p), after);
    for (int i = 0; i < 200; i++) {
      uint32_t first = below(all), end = first + below(all - first + 1), count = 0;
      assert_int_equal(nr_segment_mark_list(s, (nr_mark)m, first, end, list),
                       nr_segment_mark_rank(s, (nr_mark)m, end) - nr_segment_mark_rank(s, (nr_mark)m, first));
      for (uint32_t p = first; p < end; p++)
        if (marks[p] >> m & 1)
          assert_int_equal(list[count++], p);
    }
  }
  free(list);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_stream_reads_the_same_in_pieces),
      cmocka_unit_test(postings_are_the_positions_of_their_form),
      cmocka_unit_test(seeking_finds_the_first_position_that_is_not_below),
      cmocka_unit_test(windows_read_what_the_stream_reads),
      cmocka_unit_test(articles_are_found_from_any_before_them),
      cmocka_unit_test(marks_are_those_of_the_articles),
  };
  return cmocka_run_group_tests(tests, make_segment, drop_segment);
}
