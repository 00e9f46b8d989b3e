/* query_bench.c: how long questions take us: in-process, one thread, each term once.
 *
 *   query_bench terms INDEX.reel [ROW...]     draw terms from the corpus, a line a question
 *   query_bench ask INDEX.reel TERMS.tsv [ROW...]
 *
 * Terms are drawn with a fixed seed, so the same corpus gives the same; peers get the same file. */
#include "bench.h"
#include "frame/frame.h"

#define must(call)                                                                                           \
  do {                                                                                                       \
    nr_error must_err = {0}, *err = &must_err;                                                               \
    if ((call) != NR_OK)                                                                                     \
      bench_die(err->message);                                                                               \
  } while (0)

static nr_snapshot *snapshot;
static const nr_segment *segment; /* the largest part: terms are drawn from it */

static char **rows_asked; /* ended by NULL; none: all */

static bool asked_for(const char *row)
{
  bool asked = *rows_asked == NULL;
  for (char **name = rows_asked; *name != NULL; name++)
    asked = asked || strcmp(*name, row) == 0;
  return asked;
}

/* ---- drawing terms ---- */

static uint64_t seed = UINT64_C(0x9E3779B97F4A7C15);

static uint32_t below(uint64_t n)
{
  seed ^= seed << 13;
  seed ^= seed >> 7;
  seed ^= seed << 17;
  return (uint32_t)((seed >> 11) % n);
}

/* Words of small letters alone: every program cuts and folds them alike. */
static bool plain(nr_text word)
{
  for (size_t i = 0; i < word.size; i++)
    if (word.bytes[i] < 'a' || word.bytes[i] > 'z')
      return false;
  return word.size >= 3;
}

static nr_text word_at(uint32_t position)
{
  uint32_t surface;
  nr_segment_stream(segment, position, 1, &surface);
  return nr_segment_form(segment, nr_segment_form_of(segment, surface));
}

/* A random place of a random word of the vocabulary that has `least` to `most` hits, the next `more`
 * words plain too. */
static uint32_t random_place(uint32_t least, uint32_t most, uint32_t more)
{
  const nr_segment_counts *counts = nr_segment_count(segment);
  for (uint32_t tries = 0; tries < 10000000; tries++) {
    uint32_t form = below(counts->forms), hits, texts, position = 0;
    nr_segment_form_count(segment, form, &hits, &texts);
    if (hits < least || hits > most)
      continue;
    nr_postings postings;
    nr_postings_open(segment, form, &postings);
    for (uint32_t skip = below(hits) + 1; skip > 0; skip--)
      nr_postings_read(&postings, &position, 1);
    if (position + 20 >= counts->on)
      continue;
    bool good = true;
    for (uint32_t i = 0; i <= more; i++)
      good = good && plain(word_at(position + i));
    if (good)
      return position;
  }
  bench_die("no such words in this corpus");
  return 0;
}

static void print_words(uint32_t place, uint32_t count)
{
  for (uint32_t i = 0; i < count; i++) {
    nr_text word = word_at(place + i);
    printf("%c%.*s", i == 0 ? '\t' : ' ', (int)word.size, word.bytes);
  }
}

static void print_near(const char *row, uint32_t times)
{
  for (uint32_t i = 0; i < times && asked_for(row); i++) {
    uint32_t place = random_place(1000, 100000, 5), other = place + 1 + below(5);
    printf("%s", row);
    print_words(place, 1);
    print_words(other, 1);
    printf("\n");
  }
}

static void print_some(const char *row, uint32_t times, uint32_t least, uint32_t most, uint32_t words)
{
  for (uint32_t i = 0; i < times && asked_for(row); i++) {
    printf("%s", row);
    print_words(random_place(least, most, words - 1), words);
    printf("\n");
  }
}

/* Two words that start as none of `count` places does: no name is drawn twice. */
static uint32_t other_place(const uint32_t *places, uint32_t count, uint32_t most)
{
  for (;;) {
    uint32_t place = random_place(50, most, 1), i = 0;
    while (i < count && !nr_text_equal(word_at(places[i]), word_at(place)))
      i++;
    if (i == count)
      return place;
  }
}

static void print_many(const char *row, uint32_t times, uint32_t count, uint32_t most)
{
  uint32_t places[bench_words_max];
  for (uint32_t i = 0; i < times && asked_for(row); i++) {
    printf("%s", row);
    for (uint32_t k = 0; k < count; k++) {
      places[k] = other_place(places, k, most);
      print_words(places[k], 2);
    }
    printf("\n");
  }
}

static void print_prefix(uint32_t times)
{
  for (uint32_t i = 0; i < times && asked_for("prefix"); i++) {
    nr_text word;
    do
      word = word_at(random_place(100, 100000, 0));
    while (word.size < 5);
    printf("prefix\t%.5s\n", word.bytes);
  }
}

static void draw_terms(void)
{
  uint32_t common = nr_segment_count(segment)->on / 1500; /* hits of a word for a concordance */
  print_some("count", 200, 100, 1 << 20, 1);
  print_some("phrase", 200, 1000, 1 << 20, 2);
  seed = UINT64_C(0x9E3779B97F4A7C15);
  print_some("phrase-article", 200, 1000, 1 << 20, 2);
  print_near("near", 200);
  print_near("near-article", 200);
  print_prefix(200);
  print_some("month", 200, 100, 30000, 1);
  print_some("kwic", 20, common, 1 << 20, 1);
  print_some("collocates", 50, common / 8, common / 2, 1);
  for (int i = 0; i < 10 && asked_for("words"); i++)
    printf("words\n");
  print_many("pairs-article", 10, 50, 20000);
  print_many("pairs-sentence", 10, 50, 20000);
  print_many("phrases-1000", 10, 1000, 100000);
}

/* ---- plans ---- */

static nr_plan *row_of(char *phrase, nr_pattern_kind kind)
{
  nr_pattern items[16], root = {.kind = NR_PATTERN_SEQUENCE, .children = items};
  nr_plan *plan;
  for (char *word = strtok(phrase, " "); word != NULL; word = strtok(NULL, " "))
    items[root.child_count++] = (nr_pattern){.kind = kind, .text = nr_text_of(word)};
  must(nr_plan_pattern(&nr_memory_default, &root, false, false, &plan, err));
  return plan;
}

static nr_plan *make_words(const bench_question *q)
{
  return q->count == 0 ? NULL : row_of(q->words[0], NR_PATTERN_FORM);
}

static nr_plan *make_near(const bench_question *q)
{
  bool phrase = strncmp(q->row, "phrase", 6) == 0;
  char *second = phrase ? strchr(q->words[0], ' ') : q->words[1];
  nr_layer layer = strchr(q->row, '-') != NULL ? NR_LAYER_ARTICLES : NR_LAYER_SENTENCES;
  if (phrase)
    *second++ = '\0';
  nr_plan *a = row_of(q->words[0], NR_PATTERN_FORM), *b = row_of(second, NR_PATTERN_FORM), *region, *plan;
  must(nr_plan_layer(&nr_memory_default, layer, false, &region, err));
  must(nr_plan_near(&nr_memory_default, a, phrase ? NR_BEFORE : NR_NEAR, b, phrase ? 1 : 5, region, &plan,
                    err));
  nr_plan_release(a);
  nr_plan_release(b);
  nr_plan_release(region);
  return plan;
}

static nr_plan *make_prefix(const bench_question *q)
{
  char glob[64];
  snprintf(glob, sizeof glob, "%s*", q->words[0]);
  return row_of(glob, NR_PATTERN_GLOB);
}

static nr_plan *make_dictionary(const bench_question *q)
{
  static nr_pattern items[bench_words_max][4];
  static nr_entry entries[bench_words_max];
  static nr_text names[bench_words_max];
  for (int i = 0; i < q->count; i++) {
    uint32_t words = 0;
    names[i] = nr_text_of(strdup(q->words[i]));
    for (char *word = strtok(q->words[i], " "); word != NULL; word = strtok(NULL, " "))
      items[i][words++] = (nr_pattern){.kind = NR_PATTERN_FORM, .text = nr_text_of(word)};
    entries[i] = (nr_entry){items[i], words, (uint32_t)i};
  }
  nr_column column = {NR_TEXT("actor"), NR_COLUMN_TEXT, names, NULL};
  nr_table table = {&column, 1, (uint32_t)q->count};
  nr_plan *plan;
  must(nr_plan_dictionary(&nr_memory_default, entries, (uint32_t)q->count, &table, NR_LONGEST_EACH, false,
                          &plan, err));
  return plan;
}

static nr_plan *make_pairs(const bench_question *q)
{
  nr_layer layer = strcmp(q->row, "pairs-article") == 0 ? NR_LAYER_ARTICLES : NR_LAYER_SENTENCES;
  nr_plan *names = make_dictionary(q), *region, *plan;
  must(nr_plan_layer(&nr_memory_default, layer, false, &region, err));
  must(nr_plan_pair(&nr_memory_default, names, names, region, 0, &plan, err));
  nr_plan_release(names);
  nr_plan_release(region);
  return plan;
}

/* ---- what is timed ---- */

static uint64_t count_texts(nr_plan *plan)
{
  uint64_t hits, texts;
  must(nr_plan_count(plan, snapshot, NULL, &hits, &texts, err));
  return texts;
}

static uint64_t count_hits(nr_plan *plan)
{
  uint64_t hits, texts;
  must(nr_plan_count(plan, snapshot, NULL, &hits, &texts, err));
  return hits;
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

/* How many articles each row is found in, all rows together: what peers count. */
static uint64_t count_articles(nr_plan *plan)
{
  static struct {
    uint32_t part, article;
  } last[bench_words_max];
  nr_hits *hits;
  nr_hit block[256];
  uint64_t articles = 0;
  memset(last, 0xFF, sizeof last);
  must(nr_hits_new(&nr_memory_default, plan, snapshot, NULL, &hits, err));
  for (uint64_t index = 0, read; (read = nr_hits_read(hits, index, 256, block)) > 0; index += read)
    for (uint64_t i = 0; i < read; i++) {
      const nr_hit *hit = &block[i];
      articles += last[hit->row].part != hit->part || last[hit->row].article != hit->article;
      last[hit->row].part = hit->part;
      last[hit->row].article = hit->article;
    }
  nr_hits_free(hits);
  return articles;
}

static const struct row {
  const char *name;
  nr_plan *(*make)(const bench_question *q);
  uint64_t (*run)(nr_plan *plan);
  uint64_t (*told)(nr_plan *plan); /* what is told as found, asked afterwards; NULL: what `run` gives */
} rows[] = {
    {"count", make_words, count_texts, NULL},
    {"phrase", make_words, count_texts, NULL},
    {"phrase-article", make_near, count_texts, NULL},
    {"near", make_near, count_texts, NULL},
    {"near-article", make_near, count_texts, NULL},
    {"prefix", make_prefix, count_texts, NULL},
    {"month", make_words, time_months, NULL},
    {"kwic", make_words, time_kwic, NULL},
    {"collocates", make_words, time_collocates, NULL},
    {"words", make_words, time_words, NULL},
    {"pairs-article", make_pairs, count_hits, NULL},
    {"pairs-sentence", make_pairs, count_hits, NULL},
    {"phrases-1000", make_dictionary, count_hits, count_articles},
};

static void ask(const char *terms)
{
  static bench_question q;
  FILE *file = fopen(terms, "r");
  char *line = NULL;
  size_t capacity = 0;
  if (file == NULL)
    bench_die(terms);
  while (bench_ask(file, &line, &capacity, &q))
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
      if (strcmp(q.row, rows[r].name) != 0 || !asked_for(q.row))
        continue;
      nr_plan *plan = rows[r].make(&q);
      double start = bench_ms();
      uint64_t found = rows[r].run(plan);
      double spent = bench_ms() - start;
      bench_tell(q.row, spent, rows[r].told == NULL ? found : rows[r].told(plan));
      nr_plan_release(plan);
    }
  free(line);
  fclose(file);
}

int main(int argc, char **argv)
{
  if (argc < 3)
    bench_die("query_bench terms INDEX [ROW...], or ask INDEX TERMS [ROW...]");
  bench_keep_memory();
  rows_asked = argv + (strcmp(argv[1], "terms") == 0 ? 3 : 4);
  must(nr_snapshot_open(&nr_disk_system, &nr_memory_default, argv[2], &snapshot, err));
  for (uint32_t i = 0; i < nr_snapshot_count(snapshot)->parts; i++) {
    const nr_segment *part = nr_snapshot_part(snapshot, i)->segment;
    if (segment == NULL || nr_segment_count(part)->on > nr_segment_count(segment)->on)
      segment = part;
  }
  if (strcmp(argv[1], "terms") == 0)
    draw_terms();
  else
    ask(argv[3]);
  nr_snapshot_release(snapshot);
  return 0;
}
