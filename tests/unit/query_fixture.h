/* query_fixture.h: small corpora, patterns written as people write them, and hits shown as text. */
#ifndef QUERY_FIXTURE_H
#define QUERY_FIXTURE_H

#include <math.h>
#include <stdlib.h>

#include "query/query.h"
#include "segment_fixture.h"

typedef struct sample {
  const char *id, *text;
  nr_day day;
} sample;

/* Articles in memory, dealt in turn into `parts` segments. */
static inline nr_snapshot *corpus_of(const sample *samples, size_t count, size_t parts)
{
  static fixture f;
  nr_writer *writer;
  nr_outcome outcome;
  must(nr_writer_open(&nr_disk_system, &nr_memory_default, NULL, true, &writer, err));
  for (size_t part = 0; part < parts; part++) {
    for (size_t i = part; i < count; i += parts)
      must(nr_writer_add(writer, fixture_article(&f, samples[i].id, "here", samples[i].day, samples[i].text),
                         false, &outcome, err));
    must(nr_writer_commit(writer, NULL, err));
  }
  nr_snapshot *snapshot = nr_writer_snapshot(writer);
  nr_writer_close(writer);
  return snapshot;
}

/* ---- patterns: `peace talks|sanction* .{0,2} ?n =May long-range`, choice weakest ---- */

enum { fixture_words_max = 64 };

typedef struct fixture_pattern {
  nr_pattern words[fixture_words_max], rows[fixture_words_max], root;
  char text[1024];
} fixture_pattern;

static inline void fixture_word(fixture_pattern *p, size_t *count, char *word)
{
  nr_pattern *w = &p->words[(*count)++];
  size_t size = strlen(word);
  *w = (nr_pattern){.kind = NR_PATTERN_FORM};
  assert_true(*count <= fixture_words_max);
  if (size > 0 && word[size - 1] == '-') {
    w->joined = true;
    word[--size] = '\0';
  }
  if (word[0] == '.') {
    w->kind = NR_PATTERN_GAP;
    w->min = w->max = 1;
    if (word[1] == '{')
      assert_int_equal(sscanf(word, ".{%u,%u}", &w->min, &w->max), 2);
    return;
  }
  if (word[0] == '=') {
    w->kind = NR_PATTERN_SURFACE;
    word++;
  } else if (word[0] == '~') {
    w->kind = NR_PATTERN_STEM;
    word++;
  } else if (word[0] == '/') {
    w->kind = NR_PATTERN_REGEX;
    word++;
  } else if (strpbrk(word, "*?") != NULL)
    w->kind = NR_PATTERN_GLOB;
  w->text = nr_text_of(word);
}

static inline const nr_pattern *fixture_pattern_of(fixture_pattern *p, const char *text)
{
  size_t words = 0, rows = 0, start = 0;
  char *row_rest = NULL, *word_rest = NULL;
  snprintf(p->text, sizeof p->text, "%s", text);
  for (char *row = strtok_r(p->text, "|", &row_rest); row != NULL; row = strtok_r(NULL, "|", &row_rest)) {
    for (char *word = strtok_r(row, " ", &word_rest); word != NULL; word = strtok_r(NULL, " ", &word_rest))
      fixture_word(p, &words, word);
    p->rows[rows++] = (nr_pattern){
        .kind = NR_PATTERN_SEQUENCE, .children = &p->words[start], .child_count = (uint32_t)(words - start)};
    start = words;
  }
  p->root = (nr_pattern){.kind = NR_PATTERN_CHOICE, .children = p->rows, .child_count = (uint32_t)rows};
  return &p->root;
}

/* Plans made in a test, released together. */
static nr_plan *fixture_plans[4096];
static size_t fixture_plan_count;

static inline nr_plan *keep(nr_plan *plan)
{
  assert_true(fixture_plan_count < 4096);
  return fixture_plans[fixture_plan_count++] = plan;
}

static inline void release_plans(void)
{
  while (fixture_plan_count > 0)
    nr_plan_release(fixture_plans[--fixture_plan_count]);
}

static inline nr_plan *find_in(const char *text, bool overlap, bool margin)
{
  fixture_pattern p;
  nr_plan *plan;
  must(nr_plan_pattern(&nr_memory_default, fixture_pattern_of(&p, text), overlap, margin, &plan, err));
  return keep(plan);
}

static inline nr_plan *find(const char *text)
{
  return find_in(text, false, false);
}

static inline nr_plan *layer(nr_layer number)
{
  nr_plan *plan;
  must(nr_plan_layer(&nr_memory_default, number, false, &plan, err));
  return keep(plan);
}

static inline nr_plan *relate(nr_plan *a, nr_relation relation, nr_plan *b)
{
  nr_plan *plan;
  must(nr_plan_relate(&nr_memory_default, a, relation, b, &plan, err));
  return keep(plan);
}

static inline nr_plan *near(nr_plan *a, nr_side side, nr_plan *b, uint32_t distance, nr_plan *region)
{
  nr_plan *plan;
  must(nr_plan_near(&nr_memory_default, a, side, b, distance, region, &plan, err));
  return keep(plan);
}

/* A list: "actor=Putin:putin|vladimir putin;..." with one text column, or a number column where
 * all values read as numbers ("value=1:good|well;value=-1:bad"). */
static inline nr_plan *list_of(const char *text, nr_overlap overlap)
{
  static fixture_pattern patterns[64];
  static nr_entry entries[256];
  static nr_text names[64];
  static double numbers[64];
  char copy[2048], *rest = NULL, *column = NULL;
  uint32_t rows = 0, count = 0;
  bool number = true;
  nr_plan *plan;
  snprintf(copy, sizeof copy, "%s", text);
  for (char *entry = strtok_r(copy, ";", &rest); entry != NULL; entry = strtok_r(NULL, ";", &rest), rows++) {
    char *value = strchr(entry, '='), *words = strchr(entry, ':'), *end;
    assert_true(rows < 64 && value != NULL && words != NULL);
    *value++ = *words++ = '\0';
    column = entry;
    names[rows] = nr_text_of(value);
    numbers[rows] = strtod(value, &end);
    number = number && *end == '\0';
    fixture_pattern_of(&patterns[rows], words);
    for (uint32_t r = 0; r < patterns[rows].root.child_count; r++)
      entries[count++] =
          (nr_entry){patterns[rows].rows[r].children, patterns[rows].rows[r].child_count, rows};
  }
  nr_column c = {nr_text_of(column), number ? NR_COLUMN_NUMBER : NR_COLUMN_TEXT, number ? NULL : names,
                 number ? numbers : NULL};
  nr_table table = {&c, 1, rows};
  must(nr_plan_dictionary(&nr_memory_default, entries, count, &table, overlap, false, &plan, err));
  return keep(plan);
}

/* "id:first-last" a hit in line order, tokens counted from the article's first on the line (or in the
 * margin, with an m before), one token alone as "id:first"; attributes in braces. */
static inline const char *show(nr_snapshot *snapshot, nr_plan *plan)
{
  static char out[1 << 16];
  size_t size = 0;
  nr_hits *hits;
  const nr_text *names;
  const nr_column_type *types;
  uint32_t columns;
  uint64_t hit_count, texts;
  must(nr_hits_new(&nr_memory_default, plan, snapshot, NULL, &hits, err));
  nr_plan_columns(plan, &names, &types, &columns);
  out[0] = '\0';
  for (uint64_t i = 0; i < nr_hits_count(hits); i++) {
    nr_hit hit;
    nr_article_view article;
    uint32_t first, end;
    nr_hits_get(hits, i, &hit);
    const nr_segment *segment = nr_snapshot_part(snapshot, hit.part)->segment;
    bool margin = hit.first >= nr_segment_count(segment)->on;
    nr_segment_article(segment, hit.article, &article);
    nr_segment_article_tokens(segment, hit.article, margin, &first, &end);
    assert_true(hit.first >= first && hit.last < end && hit.first <= hit.last);
    size += (size_t)snprintf(out + size, sizeof out - size, "%s%.*s:%s%u", i == 0 ? "" : " ",
                             (int)article.id.size, article.id.bytes, margin ? "m" : "", hit.first - first);
    if (hit.last != hit.first)
      size += (size_t)snprintf(out + size, sizeof out - size, "-%u", hit.last - first);
    for (uint32_t c = 0; c < columns; c++) {
      nr_text value = nr_hits_text(hits, &hit, c);
      char number[32];
      if (types[c] == NR_COLUMN_NUMBER && !isnan(nr_hits_number(hits, &hit, c))) {
        snprintf(number, sizeof number, "%g", nr_hits_number(hits, &hit, c));
        value = nr_text_of(number);
      }
      size += (size_t)snprintf(out + size, sizeof out - size, "%s%.*s%s", c == 0 ? "{" : ",", (int)value.size,
                               value.bytes == NULL ? "" : value.bytes, c + 1 == columns ? "}" : "");
    }
    assert_true(size < sizeof out);
  }
  must(nr_plan_count(plan, snapshot, NULL, &hit_count, &texts, err));
  assert_int_equal(hit_count, nr_hits_count(hits)); /* whatever way it was counted */
  nr_hits_free(hits);
  return out;
}

#endif
