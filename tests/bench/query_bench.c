/* query_bench.c: how long questions take, in-process, one thread, each term new.
 *
 *   CORPUS=big.reel query_bench [ROW...]
 *
 * Without CORPUS a corpus is made in memory from a seed: words of a vocabulary by Zipf's law, 20,000
 * articles of 400 words over ten years. Terms are drawn from the corpus by the same generator, so every
 * run asks the same. A line a row: median and 95th percentile in milliseconds of the processor, and what was
 * found in all. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "frame/frame.h"

static uint64_t seed = UINT64_C(0x9E3779B97F4A7C15);

static uint32_t below(uint64_t n)
{
  seed ^= seed << 13;
  seed ^= seed >> 7;
  seed ^= seed << 17;
  return (uint32_t)((seed >> 11) % n);
}

#define must(call)                                                                                           \
  do {                                                                                                       \
    nr_error must_err = {0}, *err = &must_err;                                                               \
    if ((call) != NR_OK) {                                                                                   \
      fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, err->message);                                      \
      exit(1);                                                                                               \
    }                                                                                                        \
  } while (0)

static double now_ms(void)
{
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* ---- the corpus ---- */

enum { made_articles = 20000, made_words = 400, vocabulary = 50000 };

static nr_snapshot *make_corpus(void)
{
  static char text[made_words * 12];
  static nr_token tokens[made_words];
  nr_writer *writer;
  must(nr_writer_open(&nr_disk_system, &nr_memory_default, NULL, true, &writer, err));
  for (uint32_t a = 0; a < made_articles; a++) {
    char id[16];
    uint32_t size = 0;
    nr_outcome outcome;
    for (uint32_t w = 0; w < made_words; w++) {
      double u = (below(1 << 24) + 1) / (double)(1 << 24); /* ranks by Zipf's law, roughly */
      uint32_t rank = (uint32_t)pow(vocabulary, u) - 1, start = size;
      for (uint32_t r = rank + 30; r > 0; r /= 26)
        text[size++] = (char)('a' + r % 26);
      tokens[w] = (nr_token){start, size, NR_TOKEN_WORD, (uint8_t)(w == 0 ? 7 : w % 20 == 0 ? 5 : 0)};
      text[size++] = ' ';
    }
    snprintf(id, sizeof id, "%u", a);
    nr_day day = 10000 + (nr_day)below(3650);
    nr_block block = {0, size, NR_BLOCK_BODY, false, 0};
    nr_article article = {.id = nr_text_of(id),
                          .origin = NR_TEXT("bench"),
                          .date = {day, day},
                          .date_source = NR_DATE_FROM_FIELD,
                          .content = {text, size},
                          .blocks = &block,
                          .block_count = 1,
                          .tokens = tokens,
                          .token_count = made_words};
    must(nr_writer_add(writer, &article, false, &outcome, err));
  }
  must(nr_writer_commit(writer, NULL, err));
  nr_snapshot *snapshot = nr_writer_snapshot(writer);
  nr_writer_close(writer);
  return snapshot;
}

static nr_snapshot *snapshot;
static const nr_segment *segment;

/* ---- terms ---- */

static nr_text word_at(uint32_t position)
{
  uint32_t surface;
  nr_segment_stream(segment, position, 1, &surface);
  return nr_segment_form(segment, nr_segment_form_of(segment, surface));
}

/* A random place of a random word of the vocabulary that has `least` to `most` hits. */
static uint32_t random_place(uint32_t least, uint32_t most)
{
  const nr_segment_counts *counts = nr_segment_count(segment);
  for (;;) {
    uint32_t form = below(counts->forms), hits, texts, position;
    nr_segment_form_count(segment, form, &hits, &texts);
    if (hits < least || hits > most)
      continue;
    nr_postings postings;
    nr_postings_open(segment, form, &postings);
    for (uint32_t skip = below(hits) + 1; skip > 0; skip--)
      nr_postings_read(&postings, &position, 1);
    if (position + 20 < counts->on)
      return position;
  }
}

static nr_plan *row_of(const nr_text *words, uint32_t count, nr_pattern_kind kind)
{
  nr_pattern items[8], root = {.kind = NR_PATTERN_SEQUENCE, .children = items, .child_count = count};
  nr_plan *plan;
  for (uint32_t i = 0; i < count; i++)
    items[i] = (nr_pattern){.kind = kind, .text = words[i]};
  must(nr_plan_pattern(&nr_memory_default, &root, false, false, &plan, err));
  return plan;
}

static nr_plan *word_plan(uint32_t position)
{
  nr_text word = word_at(position);
  return row_of(&word, 1, NR_PATTERN_FORM);
}

/* ---- rows: each makes a plan, then is timed ---- */

static uint64_t texts_of(nr_plan *plan)
{
  uint64_t hits, texts;
  must(nr_plan_count(plan, snapshot, NULL, &hits, &texts, err));
  return texts;
}

static nr_plan *a_word(uint32_t most)
{
  return word_plan(random_place(100, most));
}

static nr_plan *make_word(void)
{
  return a_word(1 << 20);
}

static nr_plan *make_phrase(void)
{
  uint32_t place = random_place(1000, 1 << 20);
  nr_text words[2] = {word_at(place), word_at(place + 1)};
  return row_of(words, 2, NR_PATTERN_FORM);
}

static nr_plan *near_in(nr_layer layer)
{
  uint32_t place = random_place(1000, 100000);
  uint32_t other = place + 1 + below(5);
  nr_plan *a = word_plan(place), *b = word_plan(other), *region, *plan;
  must(nr_plan_layer(&nr_memory_default, layer, false, &region, err));
  must(nr_plan_near(&nr_memory_default, a, NR_NEAR, b, 5, region, &plan, err));
  nr_plan_release(a);
  nr_plan_release(b);
  nr_plan_release(region);
  return plan;
}

static nr_plan *make_near(void)
{
  return near_in(NR_LAYER_SENTENCES);
}

static nr_plan *make_near_article(void)
{
  return near_in(NR_LAYER_ARTICLES);
}

static nr_plan *make_prefix(void)
{
  char glob[8];
  nr_text word;
  do
    word = word_at(random_place(100, 100000));
  while (word.size < 5);
  memcpy(glob, word.bytes, 5);
  glob[5] = '*';
  nr_text text = {glob, 6};
  return row_of(&text, 1, NR_PATTERN_GLOB);
}

static uint64_t time_months(nr_plan *plan)
{
  nr_text month = NR_TEXT("month");
  nr_grouping grouping = {&month, 1, NR_COUNT, {NULL, 0}, 0, NULL};
  nr_hits *hits;
  nr_frame *frame;
  must(nr_hits_new(&nr_memory_default, plan, snapshot, NULL, &hits, err));
  must(nr_frame_group(&nr_memory_default, hits, &grouping, NULL, &frame, err));
  uint64_t rows = nr_frame_rows(frame);
  nr_frame_free(frame);
  nr_hits_free(hits);
  return rows;
}

static nr_plan *make_month(void)
{
  return a_word(30000);
}

static uint64_t time_kwic(nr_plan *plan)
{
  nr_hits *hits;
  nr_buffer out;
  nr_kwic options = {100, false};
  must(nr_hits_new(&nr_memory_default, plan, snapshot, NULL, &hits, err));
  uint64_t count = nr_hits_count(hits) < 25000 ? nr_hits_count(hits) : 25000;
  nr_buffer_init(&out, &nr_memory_default);
  must(nr_kwic_print(hits, NULL, count, &options, &out, err));
  nr_buffer_clear(&out);
  nr_hits_free(hits);
  return count;
}

static nr_plan *make_common(void)
{
  return word_plan(random_place(25000, 1 << 20));
}

static uint64_t time_collocates(nr_plan *plan)
{
  nr_hits *hits;
  nr_frame *frame;
  must(nr_hits_new(&nr_memory_default, plan, snapshot, NULL, &hits, err));
  must(nr_frame_collocates(&nr_memory_default, hits, 5, 5, NR_LOG_LIKELIHOOD, 3, NULL, NULL, &frame, err));
  uint64_t rows = nr_frame_rows(frame);
  nr_frame_free(frame);
  nr_hits_free(hits);
  return rows;
}

static nr_plan *make_middling(void)
{
  return word_plan(random_place(3000, 10000));
}

static nr_plan *dictionary_of(uint32_t count, uint32_t words, uint32_t most)
{
  static nr_pattern items[1000][2];
  static nr_entry entries[1000];
  static nr_text names[1000];
  for (uint32_t i = 0; i < count; i++) {
    uint32_t place = random_place(50, most);
    for (uint32_t w = 0; w < words; w++)
      items[i][w] = (nr_pattern){.kind = NR_PATTERN_FORM, .text = word_at(place + w)};
    names[i] = items[i][0].text;
    entries[i] = (nr_entry){items[i], words, i};
  }
  nr_column column = {NR_TEXT("actor"), NR_COLUMN_TEXT, names, NULL};
  nr_table table = {&column, 1, count};
  nr_plan *plan;
  must(nr_plan_dictionary(&nr_memory_default, entries, count, &table, NR_LONGEST, false, &plan, err));
  return plan;
}

static nr_plan *make_dictionary(void)
{
  return dictionary_of(1000, 2, 100000);
}

static nr_plan *pair_in(nr_layer layer)
{
  nr_plan *names = dictionary_of(50, 2, 20000), *region, *plan;
  must(nr_plan_layer(&nr_memory_default, layer, false, &region, err));
  must(nr_plan_pair(&nr_memory_default, names, names, region, &plan, err));
  nr_plan_release(names);
  nr_plan_release(region);
  return plan;
}

static nr_plan *make_pairs(void)
{
  return pair_in(NR_LAYER_ARTICLES);
}

static nr_plan *make_sentence_pairs(void)
{
  return pair_in(NR_LAYER_SENTENCES);
}

static uint64_t time_words(nr_plan *plan)
{
  nr_frame *frame;
  nr_buffer out;
  (void)plan;
  must(nr_frame_words(&nr_memory_default, snapshot, NULL, NULL, &frame, err));
  nr_buffer_init(&out, &nr_memory_default);
  must(nr_frame_csv(frame, &out, err));
  nr_buffer_clear(&out);
  uint64_t rows = nr_frame_rows(frame);
  nr_frame_free(frame);
  return rows;
}

static nr_plan *make_gap(void)
{
  uint32_t place = random_place(1000, 20000);
  nr_pattern items[3] = {{.kind = NR_PATTERN_FORM, .text = word_at(place)},
                         {.kind = NR_PATTERN_GAP, .min = 0, .max = 3},
                         {.kind = NR_PATTERN_FORM, .text = word_at(place + 2)}};
  nr_pattern root = {.kind = NR_PATTERN_SEQUENCE, .children = items, .child_count = 3};
  nr_plan *plan;
  must(nr_plan_pattern(&nr_memory_default, &root, false, false, &plan, err));
  return plan;
}

static nr_plan *make_within(void)
{
  nr_plan *a = a_word(100000), *b = a_word(100000), *sentences, *with, *plan;
  must(nr_plan_layer(&nr_memory_default, NR_LAYER_SENTENCES, false, &sentences, err));
  must(nr_plan_relate(&nr_memory_default, sentences, NR_CONTAINING, b, &with, err));
  must(nr_plan_relate(&nr_memory_default, a, NR_WITHIN, with, &plan, err));
  nr_plan_release(a);
  nr_plan_release(b);
  nr_plan_release(sentences);
  nr_plan_release(with);
  return plan;
}

static const struct row {
  const char *name;
  nr_plan *(*make)(void);
  uint64_t (*run)(nr_plan *plan);
  int terms;
  double aim;
} rows[] = {
    {"count", make_word, texts_of, 200, 0.002},
    {"phrase", make_phrase, texts_of, 200, 0.3},
    {"near", make_near, texts_of, 200, 0.5},
    {"near-article", make_near_article, texts_of, 200, 0.5},
    {"prefix", make_prefix, texts_of, 200, 0.3},
    {"gap", make_gap, texts_of, 200, 0},
    {"within", make_within, texts_of, 200, 0},
    {"month", make_month, time_months, 200, 0.3},
    {"kwic", make_common, time_kwic, 20, 12},
    {"collocates", make_middling, time_collocates, 50, 1.5},
    {"words", make_word, time_words, 10, 5},
    {"pairs-article", make_pairs, texts_of, 10, 10},
    {"pairs-sentence", make_sentence_pairs, texts_of, 10, 0},
    {"phrases-1000", make_dictionary, texts_of, 10, 60},
};

static int compare(const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static void run_row(const struct row *row)
{
  static double times[1000];
  uint64_t sum = 0;
  seed = UINT64_C(0x9E3779B97F4A7C15);
  for (int i = 0; i < row->terms; i++) {
    nr_plan *plan = row->make();
    double start = now_ms();
    sum += row->run(plan);
    times[i] = now_ms() - start;
    nr_plan_release(plan);
  }
  qsort(times, (size_t)row->terms, sizeof *times, compare);
  printf("%-15s %10.4f %10.4f ms   aim %7.3f   sum %llu\n", row->name, times[row->terms / 2],
         times[row->terms * 95 / 100], row->aim, (unsigned long long)sum);
  fflush(stdout);
}

int main(int argc, char **argv)
{
  const char *path = getenv("CORPUS");
  if (path == NULL)
    snapshot = make_corpus();
  else
    must(nr_snapshot_open(&nr_disk_system, &nr_memory_default, path, &snapshot, err));
  const nr_snapshot_counts *counts = nr_snapshot_count(snapshot);
  segment = nr_snapshot_part(snapshot, 0)->segment;
  printf("%llu articles, %llu words, %u segments\n", (unsigned long long)counts->articles,
         (unsigned long long)counts->on, counts->parts);
  for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
    bool asked = argc == 1;
    for (int a = 1; a < argc; a++)
      asked = asked || strcmp(argv[a], rows[r].name) == 0;
    if (asked)
      run_row(&rows[r]);
  }
  nr_snapshot_release(snapshot);
  return 0;
}
