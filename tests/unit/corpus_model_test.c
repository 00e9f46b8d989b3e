/* Random sequences of changes against a plain list of articles.
 *
 *   NEWSREEL_SEQUENCES=10000 build/tests/corpus_model_test     the long proof */
#include <stdlib.h>
#include <unistd.h>

#include "segment_fixture.h"

enum { ids_max = 24, vocabulary = 12 };

typedef struct kept {
  bool there;
  char text[256];
  char origin[4];
  nr_day day;
  char source[8]; /* empty: missing */
} kept;

typedef struct model {
  kept committed[ids_max], now[ids_max];
} model;

static uint64_t seed;

static uint32_t below(uint32_t limit)
{
  seed = seed * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(seed >> 33) % limit;
}

static const char *const words[vocabulary] = {"talks", "Talks", "kyiv",  "Kyiv", "peace", "the",
                                              "The",   "aid",   "grain", "deal", "gas",   "war"};
static fixture f;
static model m;

static void make_text(char *text)
{
  static const char *const ends[] = {" ", " ", " ", ", ", ". ", "-", " | "};
  uint32_t count = below(14);
  *text = '\0';
  for (uint32_t i = 0; i < count; i++) {
    strcat(text, words[below(vocabulary)]);
    strcat(text, ends[below(7)]);
  }
}

static void id_of(uint32_t number, char id[8])
{
  snprintf(id, 8, "n%u", number);
}

static void add(nr_writer *writer)
{
  char id[8];
  uint32_t number = below(ids_max);
  kept one = {.there = true, .day = below(6) == 0 ? NR_DAY_NONE : (nr_day)(20000 + below(5))};
  bool replace = below(4) == 0;
  nr_outcome outcome, expected = NR_ADDED;
  id_of(number, id);
  make_text(one.text);
  strcpy(one.origin, below(3) == 0 ? "b" : "a");
  strcpy(one.source, below(3) == 0 ? "" : below(2) ? "CNN" : "TASS");
  const nr_article *article = fixture_article(&f, id, one.origin, one.day, one.text);
  nr_field field = {NR_TEXT("source"), NR_FIELD_STRING, nr_text_of(one.source)};
  f.article.fields = &field;
  f.article.field_count = one.source[0] != '\0';
  const kept *old = &m.now[number];
  if (old->there) {
    bool same =
        strcmp(old->text, one.text) == 0 && old->day == one.day && strcmp(old->source, one.source) == 0;
    expected = same                                              ? NR_SKIPPED
               : strcmp(old->origin, one.origin) == 0 || replace ? NR_REPLACED
                                                                 : NR_CONFLICT;
  }
  must(nr_writer_add(writer, article, replace, &outcome, err));
  assert_int_equal(outcome, expected);
  if (outcome == NR_ADDED || outcome == NR_REPLACED)
    m.now[number] = one;
}

static void remove_one(nr_writer *writer)
{
  char id[8];
  uint32_t number = below(ids_max);
  nr_error error;
  id_of(number, id);
  assert_int_equal(nr_writer_remove(writer, nr_text_of(id), &error),
                   m.now[number].there ? NR_OK : NR_NOTFOUND);
  m.now[number].there = false;
}

static void set_one(nr_writer *writer)
{
  char id[8], value[8];
  uint32_t number = below(ids_max);
  nr_outcome outcome;
  nr_error error;
  id_of(number, id);
  strcpy(value, below(3) == 0 ? "" : below(2) ? "CNN" : "RFI");
  nr_field field = {NR_TEXT("source"), NR_FIELD_STRING, value[0] == '\0' ? (nr_text){0} : nr_text_of(value)};
  nr_period date = {20007, 20007};
  nr_change change = {&field, 1, below(3) == 0 ? &date : NULL};
  nr_status status = nr_writer_set(writer, nr_text_of(id), &change, &outcome, &error);
  assert_int_equal(status, m.now[number].there ? NR_OK : NR_NOTFOUND);
  if (status != NR_OK)
    return;
  strcpy(m.now[number].source, value);
  if (change.date != NULL)
    m.now[number].day = 20007;
}

/* ---- what the corpus says against what the model says ---- */

static void count_word(const kept *one, const char *word, uint32_t *hits)
{
  const nr_article *article = fixture_article(&f, "x", "x", 0, one->text);
  for (size_t i = 0; i < article->token_count; i++) {
    nr_token t = article->tokens[i];
    if ((t.marks & NR_MARK_MARGIN) == 0 && t.end - t.start == strlen(word) &&
        strncasecmp(one->text + t.start, word, t.end - t.start) == 0)
      ++*hits;
  }
}

static void compare_counts(nr_snapshot *snapshot, const kept *articles)
{
  for (uint32_t w = 0; w < vocabulary; w++) {
    char folded[16] = {0};
    uint64_t hits = 0, texts = 0, expected_hits = 0, expected_texts = 0;
    for (uint32_t i = 0; words[w][i] != '\0'; i++)
      folded[i] = (char)(words[w][i] | 0x20);
    for (uint32_t i = 0; i < ids_max; i++) {
      uint32_t one = 0;
      if (articles[i].there)
        count_word(&articles[i], folded, &one);
      expected_hits += one;
      expected_texts += one > 0;
    }
    for (uint32_t p = 0; p < nr_snapshot_count(snapshot)->parts; p++) {
      const nr_part *part = nr_snapshot_part(snapshot, p);
      uint32_t form, h, t;
      if (!nr_segment_find_form(part->segment, nr_text_of(folded), &form))
        continue;
      nr_part_form_count(part, form, &h, &t);
      hits += h;
      texts += t;
    }
    assert_int_equal(hits, expected_hits);
    assert_int_equal(texts, expected_texts);
  }
}

static void compare_article(nr_snapshot *snapshot, const char *id, const kept *one)
{
  uint32_t part, number, field, value;
  nr_article_view view;
  nr_field_type type;
  nr_text source = {"", 0};
  assert_true(nr_snapshot_find(snapshot, nr_text_of(id), &part, &number));
  const nr_segment *segment = nr_snapshot_part(snapshot, part)->segment;
  nr_contents contents;
  nr_text content;
  nr_contents_init(&contents, &nr_memory_default);
  nr_segment_article(segment, number, &view);
  must(nr_segment_content(segment, number, &contents, &content, err));
  assert_true(nr_text_equal(content, nr_text_of(one->text)));
  nr_contents_clear(&contents);
  assert_true(nr_text_equal(view.origin, nr_text_of(one->origin)));
  assert_int_equal(view.date.first, one->day);
  if (nr_segment_find_field(segment, NR_TEXT("source"), &field) &&
      (value = nr_segment_field_of(segment, field, number)) != UINT32_MAX)
    nr_segment_field_value(segment, field, value, &type, &source);
  assert_true(nr_text_equal(source, nr_text_of(one->source)));
}

static void compare(nr_snapshot *snapshot, const kept *articles)
{
  uint64_t count = 0, bytes = 0, undated = 0;
  for (uint32_t i = 0; i < ids_max; i++) {
    char id[8];
    uint32_t part, number;
    id_of(i, id);
    if (articles[i].there) {
      compare_article(snapshot, id, &articles[i]);
      count++;
      bytes += strlen(articles[i].text);
      undated += articles[i].day == NR_DAY_NONE;
    } else {
      assert_false(nr_snapshot_find(snapshot, nr_text_of(id), &part, &number));
    }
  }
  assert_int_equal(nr_snapshot_count(snapshot)->articles, count);
  assert_int_equal(nr_snapshot_count(snapshot)->undated, undated);
  assert_int_equal(nr_snapshot_count(snapshot)->content_bytes, bytes);
  compare_counts(snapshot, articles);
}

static void check_parts(nr_snapshot *snapshot)
{
  for (uint32_t p = 0; p < nr_snapshot_count(snapshot)->parts; p++)
    must(nr_segment_check(nr_snapshot_part(snapshot, p)->segment, NULL, err));
}

static void compare_now(nr_writer *writer)
{
  nr_snapshot *snapshot = nr_writer_snapshot(writer);
  compare(snapshot, m.committed);
  nr_snapshot_release(snapshot);
}

static void reopen(const char *path, nr_writer **writer)
{
  nr_snapshot *snapshot;
  if (path == NULL)
    return;
  nr_layer_carrier none = {0};
  nr_compression compression = nr_compression_there() ? (nr_compression)below(3) : NR_COMPRESS_AS_IT_IS;
  nr_writer_close(*writer);
  memcpy(m.now, m.committed, sizeof m.now);
  if (below(3) == 0)
    must(nr_corpus_compact(&nr_disk_system, &nr_memory_default, path, compression, none, NULL, err));
  must(nr_snapshot_open(&nr_disk_system, &nr_memory_default, path, &snapshot, err));
  compare(snapshot, m.committed);
  check_parts(snapshot);
  nr_snapshot_release(snapshot);
  must(nr_writer_open(&nr_disk_system, &nr_memory_default, path, false, writer, err));
}

/* Bring a held snapshot to the newest commit, as a reader does. */
static void refresh(const char *path, nr_writer *writer, nr_snapshot **held)
{
  nr_snapshot *newer;
  if (path == NULL)
    newer = nr_writer_snapshot(writer);
  else
    must(nr_snapshot_refresh(&nr_disk_system, *held, &newer, err));
  nr_snapshot_release(*held);
  *held = newer;
  compare(newer, m.committed);
}

static void one_sequence(const char *path)
{
  nr_writer *writer;
  uint32_t steps = 10 + below(120);
  memset(&m, 0, sizeof m);
  must(nr_writer_open(&nr_disk_system, &nr_memory_default, path, true, &writer, err));
  nr_snapshot *held = nr_writer_snapshot(writer);
  kept seen[ids_max] = {0}; /* what `held` must go on showing */
  for (uint32_t i = 0; i < steps; i++) {
    uint32_t action = below(20);
    if (action == 0 && nr_compression_there())
      must(nr_writer_set_compress(writer, below(2) == 0, err));
    else if (action < 10)
      add(writer);
    else if (action < 12)
      remove_one(writer);
    else if (action < 14)
      set_one(writer);
    else if (action < 19) {
      must(nr_writer_commit(writer, NULL, err));
      memcpy(m.committed, m.now, sizeof m.now);
      compare_now(writer);
    } else {
      reopen(path, &writer);
      compare(held, seen);
      refresh(path, writer, &held);
      memcpy(seen, m.committed, sizeof seen);
    }
  }
  compare(held, seen);
  nr_snapshot_release(held);
  nr_writer_close(writer);
}

static void every_sequence_of_changes_agrees_with_a_plain_list(void **state)
{
  (void)state;
  char path[64];
  const char *wanted = getenv("NEWSREEL_SEQUENCES");
  uint64_t sequences = wanted == NULL ? 80 : strtoull(wanted, NULL, 10);
  snprintf(path, sizeof path, "/tmp/newsreel-model-%ld.reel", (long)getpid());
  for (uint64_t i = 0; i < sequences; i++) {
    seed = i * 2654435761u + 1;
    unlink(path);
    one_sequence(i % 3 == 0 ? NULL : path);
  }
  unlink(path);
}

int main(void)
{
  const struct CMUnitTest tests[] = {cmocka_unit_test(every_sequence_of_changes_agrees_with_a_plain_list)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
