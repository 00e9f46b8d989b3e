/* Whatever is asked of whatever corpus, cut into whatever parts: the answer is that of a naive scan.
 * NEWSREEL_ROUNDS sets how many corpora are tried (40). */
#include "query_fixture.h"
#include "query_naive.h"

static uint64_t seed;

static unsigned below(unsigned n)
{
  seed ^= seed << 13;
  seed ^= seed >> 7;
  seed ^= seed << 17;
  return (unsigned)((seed >> 11) % n);
}

/* ---- corpora ---- */

static const char *const vocabulary[] = {"ab", "abc", "b", "Ba", "c", "ca", "C", "d"};
enum { vocabulary_size = 8, part_counts = 3 };

static world now;
static char texts[articles_max][1024];
static nr_snapshot *snapshots[part_counts];

/* Write a random text and read it as the fixture's articles are read. */
static void make_text(char *text, article *a)
{
  int margin = 0, size = 0, words = (int)below(26), sentence = 0, clause = 0;
  bool start = true;
  text[0] = '\0';
  for (int i = 0; i < words; i++) {
    const char *word = vocabulary[below(vocabulary_size)];
    half *h = &a->halves[margin];
    int n = h->count++;
    sentence += start;
    clause += start;
    start = false;
    snprintf(h->spelt[n], sizeof h->spelt[n], "%s", word);
    for (int c = 0; (h->words[n][c] = (char)(word[c] | 32)) != 32; c++)
      ;
    h->words[n][strlen(word)] = '\0';
    h->sentence[n] = sentence;
    h->clause[n] = clause;
    unsigned mark = below(14);
    h->joined[n] = mark == 0;
    size += sprintf(text + size, "%s%s", word,
                    mark == 0   ? "-"
                    : mark == 1 ? ". "
                    : mark == 2 ? ", "
                    : mark == 3 ? ". |"
                                : " ");
    start = mark == 1 || mark == 3;
    clause += mark == 2;
    margin ^= mark == 3;
  }
}

static int compare_article(const void *x, const void *y)
{
  const article *a = x, *b = y;
  if (a->undated != b->undated)
    return a->undated - b->undated;
  return a->day != b->day ? a->day - b->day : strcmp(a->id, b->id);
}

static void commit_parts(const sample *samples, size_t count, size_t parts, nr_snapshot **snapshot)
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
  for (int i = 0; i < now.count; i++)
    if (now.articles[i].dead)
      must(nr_writer_remove(writer, nr_text_of(now.articles[i].id), err));
  must(nr_writer_commit(writer, NULL, err));
  *snapshot = nr_writer_snapshot(writer);
  nr_writer_close(writer);
}

static void make_world(void)
{
  static const size_t parts[part_counts] = {1, 2, 7};
  sample samples[articles_max];
  memset(&now, 0, sizeof now);
  now.count = 7 + (int)below(articles_max - 7);
  for (int i = 0; i < now.count; i++) {
    article *a = &now.articles[i];
    snprintf(a->id, sizeof a->id, "%c%d", 'a' + (char)below(26), i);
    a->undated = below(8) == 0;
    a->day = a->undated ? 0 : 20000 + (int)below(6);
    a->dead = below(6) == 0;
    make_text(texts[i], a);
    samples[i] = (sample){NULL, texts[i], a->undated ? NR_DAY_NONE : a->day};
  }
  static char ids[articles_max][8];
  for (int i = 0; i < now.count; i++)
    samples[i].id = strcpy(ids[i], now.articles[i].id);
  qsort(now.articles, (size_t)now.count, sizeof(article), compare_article);
  for (int p = 0; p < part_counts; p++)
    commit_parts(samples, (size_t)now.count, parts[p], &snapshots[p]);
}

static void drop_world(void)
{
  for (int p = 0; p < part_counts; p++)
    nr_snapshot_release(snapshots[p]);
}

/* ---- questions: a plan and the naive answer, made side by side ---- */

typedef struct question {
  nr_plan *plan;
  list answer;
  char text[1024];
} question;

static question ask(nr_plan *plan, list answer, const char *format, const char *a, const char *b)
{
  question q = {plan, answer, ""};
  snprintf(q.text, sizeof q.text, format, a, b);
  return q;
}

static void word(char *out)
{
  static const char *const globs[] = {"*", "a*", "?", "*a", "b*", "c?", "?b*"};
  unsigned kind = below(10);
  if (kind == 0)
    sprintf(out, "%s", globs[below(7)]);
  else if (kind == 1)
    sprintf(out, "=%s", vocabulary[below(vocabulary_size)]);
  else {
    sprintf(out, "%s", vocabulary[below(vocabulary_size)]);
    for (; *out != '\0'; out++)
      *out |= 32;
  }
}

static void row(char *out, bool gaps)
{
  unsigned words = 1 + below(3);
  *out = '\0';
  for (unsigned i = 0; i < words; i++) {
    out += strlen(out);
    if (i > 0 && gaps && below(3) == 0)
      out += below(2) == 0 ? sprintf(out, ". ") : sprintf(out, ".{%u,%u} ", below(3), 2 + below(3));
    word(out);
    out += strlen(out);
    if (i + 1 < words)
      out += sprintf(out, below(8) == 0 ? "- " : " ");
  }
}

static void pattern_text(char *out, bool gaps)
{
  unsigned rows = 1 + (below(3) == 0) + (below(4) == 0);
  for (unsigned i = 0; i < rows; i++) {
    if (i > 0)
      out += sprintf(out, "|");
    row(out, gaps);
    out += strlen(out);
  }
}

static question a_pattern(void)
{
  char text[256];
  bool all = below(4) == 0, margin = below(8) == 0;
  pattern_text(text, true);
  return ask(find_in(text, all, margin), naive_pattern(&now, text, all, margin), all ? "all'%s'" : "'%s'",
             text, "");
}

static question a_list(bool numbers)
{
  static const char *const actors[] = {"X", "Y", "Z"}, *const values[] = {"1", "-1", "2"};
  static char patterns[3][256];
  const char *rows[3];
  char text[1024] = "";
  int rule = (int)below(3);
  for (int r = 0; r < 3; r++) {
    pattern_text(patterns[r], false);
    rows[r] = patterns[r];
    snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s=%s:%s", r == 0 ? "" : ";",
             numbers ? "value" : "actor", numbers ? values[r] : actors[r], patterns[r]);
  }
  nr_plan *plan = NULL;
  { /* `=X` marks an exact word, so the fixture's own = needs care: build from the parts */
    static fixture_pattern parsed[3];
    nr_entry entries[64];
    nr_text names[3];
    double amounts[3];
    uint32_t count = 0;
    for (uint32_t r = 0; r < 3; r++) {
      names[r] = nr_text_of(actors[r]);
      amounts[r] = atof(values[r]);
      fixture_pattern_of(&parsed[r], patterns[r]);
      for (uint32_t i = 0; i < parsed[r].root.child_count; i++)
        entries[count++] = (nr_entry){parsed[r].rows[i].children, parsed[r].rows[i].child_count, r};
    }
    nr_column c = {nr_text_of(numbers ? "value" : "actor"), numbers ? NR_COLUMN_NUMBER : NR_COLUMN_TEXT,
                   numbers ? NULL : names, numbers ? amounts : NULL};
    nr_table table = {&c, 1, 3};
    must(nr_plan_dictionary(&nr_memory_default, entries, count, &table, (nr_overlap)rule, false, &plan, err));
  }
  return ask(keep(plan),
             naive_list(&now, numbers ? "value" : "actor", rows, numbers ? values : actors, 3, rule),
             rule == 0   ? "list(%s)"
             : rule == 1 ? "each(%s)"
                         : "every(%s)",
             text, "");
}

static question a_layer(void)
{
  static const nr_layer layers[] = {NR_LAYER_SENTENCES, NR_LAYER_CLAUSES, NR_LAYER_ARTICLES, NR_LAYER_TOKENS};
  nr_layer number = layers[below(4)];
  return ask(layer(number), naive_layer(&now, nr_layer_name(number), 1), "%s", nr_layer_name(number), "");
}

static question a_leaf(void)
{
  unsigned kind = below(8);
  return kind < 4 ? a_pattern() : kind == 4 ? a_layer() : a_list(kind == 5);
}

static question a_question(unsigned depth);

static question a_region(void)
{
  if (below(3) > 0)
    return a_layer();
  question a = a_pattern();
  nr_plan *plan;
  must(nr_plan_window(&nr_memory_default, a.plan, 1, 3, &plan, err));
  return ask(keep(plan), naive_window(&now, &a.answer, 1, 3), "window13(%s)", a.text, "");
}

static question a_view(question a)
{
  char id[16], text[64];
  nr_view *view;
  nr_plan *plan;
  list l = like(&a.answer);
  unsigned kind = below(3);
  nr_period period = {20000 + (int)below(5), 0};
  period.last = period.first + (int)below(4);
  question b = kind == 2 ? a_pattern() : a;
  snprintf(id, sizeof id, "%s", now.articles[below((unsigned)now.count)].id);
  nr_value value = {nr_text_of(id), NAN};
  nr_condition condition = {NR_TEXT("id"), &value, 1};
  if (kind == 0)
    must(nr_view_during(&nr_memory_default, NULL, period, &view, err));
  else if (kind == 1)
    must(nr_view_where(&nr_memory_default, NULL, &condition, 1, &view, err));
  else
    must(nr_view_only(&nr_memory_default, NULL, b.plan, &view, err));
  must(nr_plan_restrict(&nr_memory_default, a.plan, view, &plan, err));
  nr_view_release(view);
  for (int i = 0; i < a.answer.count; i++) {
    const article *x = &now.articles[a.answer.spans[i].article];
    bool in =
        kind == 0 ? !x->undated && x->day >= period.first && x->day <= period.last : strcmp(x->id, id) == 0;
    if (kind == 2) {
      in = false;
      for (int j = 0; j < b.answer.count; j++)
        in = in || b.answer.spans[j].article == a.answer.spans[i].article;
    }
    if (in)
      put(&l, a.answer.spans[i]);
  }
  snprintf(text, sizeof text,
           kind == 0   ? "during %d-%d"
           : kind == 1 ? "article %d"
                       : "only",
           period.first, period.last);
  return ask(keep(plan), l, "view(%s, %s)", a.text, kind == 2 ? b.text : text);
}

static question related(unsigned depth)
{
  static const char *const names[] = {"within(%s, %s)",  "outside(%s, %s)", "containing(%s, %s)",
                                      "lacking(%s, %s)", "&(%s, %s)",       "-(%s, %s)"};
  unsigned relation = below(6);
  question a = a_question(depth - 1), b = a_question(depth - 1);
  return ask(relate(a.plan, (nr_relation)relation, b.plan), naive_relate(&a.answer, (int)relation, &b.answer),
             names[relation], a.text, b.text);
}

static question beside(unsigned depth)
{
  static const char *const names[] = {"near(%s, %s)", "before(%s, %s)", "after(%s, %s)"};
  unsigned side = below(3), distance = below(4) == 0 ? UINT32_MAX : 1 + below(5);
  question a = a_question(depth - 1), b = a_question(depth - 1), region = a_region();
  strcat(strcat(b.text, " in "), region.text);
  return ask(near(a.plan, (nr_side)side, b.plan, distance, region.plan),
             naive_near(&a.answer, (int)side, &b.answer, distance, &region.answer), names[side], a.text,
             b.text);
}

static question joined(unsigned kind)
{
  nr_plan *plan;
  question a = a_leaf(), b = a_leaf();
  list sentences = naive_layer(&now, "sentences", 3);
  unsigned distance = 1 + below(6);
  list answer;
  if (kind == 0) {
    must(nr_plan_followed_by(&nr_memory_default, a.plan, b.plan, distance, &plan, err));
    answer = naive_followed(&a.answer, &b.answer, distance, &sentences);
  } else {
    must(nr_plan_joined(&nr_memory_default, a.plan, b.plan, &plan, err));
    answer = naive_joined(&a.answer, &b.answer, &sentences);
  }
  return ask(keep(plan), answer, kind == 0 ? "followed_by(%s, %s)" : "joined(%s, %s)", a.text, b.text);
}

static question paired(void)
{
  nr_plan *plan;
  bool same = below(2) == 0;
  question a = a_leaf(), b = same ? a : a_leaf(), region = a_region();
  int n = (int)below(5);
  must(nr_plan_pair(&nr_memory_default, a.plan, b.plan, region.plan, (uint32_t)n, &plan, err));
  strcat(strcat(b.text, " in "), region.text);
  return ask(keep(plan), naive_pair(&a.answer, &b.answer, same, &region.answer, n), "pair(%s, %s)", a.text,
             b.text);
}

static question moved(unsigned depth)
{
  nr_plan *plan;
  question a = a_question(depth - 1), b;
  if (below(2) == 0) {
    int left = (int)below(4), right = (int)below(4);
    must(nr_plan_window(&nr_memory_default, a.plan, (uint32_t)left, (uint32_t)right, &plan, err));
    return ask(keep(plan), naive_window(&now, &a.answer, left, right), "window(%s)", a.text, "");
  }
  b = a_region();
  must(nr_plan_expand(&nr_memory_default, a.plan, b.plan, &plan, err));
  return ask(keep(plan), naive_expand(&a.answer, &b.answer), "expand(%s, %s)", a.text, b.text);
}

static question united(unsigned depth)
{
  nr_plan *plan;
  question a = a_question(depth - 1), b = a_question(depth - 1);
  must(nr_plan_union(&nr_memory_default, a.plan, b.plan, &plan, err));
  return ask(keep(plan), naive_union(&a.answer, &b.answer), "|(%s, %s)", a.text, b.text);
}

static question chosen(unsigned depth)
{
  nr_plan *plan;
  question a = a_question(depth - 1);
  const char *name = a.answer.columns == 1 && below(2) == 0 ? a.answer.names[0] : "id";
  const char *value = strcmp(name, "id") == 0      ? now.articles[below((unsigned)now.count)].id
                      : strcmp(name, "actor") == 0 ? "X"
                                                   : "-1";
  nr_value v = {nr_text_of(value), NAN};
  nr_condition condition = {nr_text_of(name), &v, 1};
  must(nr_plan_where(&nr_memory_default, a.plan, &condition, 1, &plan, err));
  return ask(keep(plan), naive_where(&now, &a.answer, name, value), "where(%s, %s)", a.text, value);
}

static question labelled(void)
{
  static const char *const names[] = {"one", "two"};
  nr_text labels[] = {NR_TEXT("one"), NR_TEXT("two")};
  question a = a_leaf(), rules[2] = {a_pattern(), a_pattern()};
  nr_plan *plan, *plans[2] = {rules[0].plan, rules[1].plan};
  list lists[2] = {rules[0].answer, rules[1].answer};
  must(nr_plan_label(&nr_memory_default, a.plan, labels, plans, 2, &plan, err));
  return ask(keep(plan), naive_label(&a.answer, names, lists, 2), "label(%s, %s)", a.text, rules[0].text);
}

static question flipped(void)
{
  nr_plan *plan;
  question a = a_list(true), b = a_pattern();
  unsigned distance = 1 + below(4);
  list clauses = naive_layer(&now, "clauses", 3);
  must(nr_plan_flip(&nr_memory_default, a.plan, b.plan, distance, &plan, err));
  list answer = naive_flip(&a.answer, &b.answer, distance, &clauses);
  return ask(keep(plan), answer, "flip(%s, %s)", a.text, b.text);
}

static question days_later(void)
{
  nr_plan *plan;
  question a = a_pattern(), b = a_pattern();
  unsigned from = below(3), to = from + below(3);
  must(nr_plan_days_after(&nr_memory_default, a.plan, b.plan, from, to, &plan, err));
  return ask(keep(plan), naive_days_after(&now, &a.answer, &b.answer, (int)from, (int)to),
             "days_after(%s, %s)", a.text, b.text);
}

static question a_question(unsigned depth)
{
  if (depth == 0)
    return a_leaf();
  switch (below(14)) {
  case 0:
  case 1:
  case 2:
    return related(depth);
  case 3:
  case 4:
    return beside(depth);
  case 5:
    return depth == 1 ? joined(0) : related(depth);
  case 6:
    return depth == 1 ? joined(1) : beside(depth);
  case 7:
    return depth == 1 ? paired() : united(depth);
  case 8:
    return moved(depth);
  case 9:
    return united(depth);
  case 10:
    return chosen(depth);
  case 11:
    return depth == 1 ? labelled() : moved(depth);
  case 12:
    return depth == 1 ? flipped() : days_later();
  default:
    return a_view(a_question(depth - 1));
  }
}

/* ---- the same? ---- */

static const char *shown(const list *l)
{
  static char out[1 << 20];
  size_t size = 0;
  out[0] = '\0';
  for (int i = 0; i < l->count; i++) {
    const span *s = &l->spans[i];
    size += (size_t)sprintf(out + size, "%s%s:%s%d", i == 0 ? "" : " ", now.articles[s->article].id,
                            s->margin ? "m" : "", s->first);
    if (s->last != s->first)
      size += (size_t)sprintf(out + size, "-%d", s->last);
    for (int c = 0; c < l->columns; c++)
      size += (size_t)sprintf(out + size, "%s%s%s", c == 0 ? "{" : ",",
                              s->values[c] == NULL ? "" : s->values[c], c + 1 == l->columns ? "}" : "");
    if (size > sizeof out - 200)
      abort();
  }
  return out;
}

static void check(const question *q)
{
  const char *expected = shown(&q->answer);
  for (int p = 0; p < part_counts; p++) {
    const char *is = show(snapshots[p], q->plan);
    bool any = false;
    if (strcmp(is, expected) != 0) {
      fprintf(stderr, "%s\n", q->text);
      for (int i = 0; i < now.count; i++)
        fprintf(stderr, "  %s%s\n", now.articles[i].id, now.articles[i].dead ? " (dead)" : "");
      size_t at = 0;
      while (is[at] == expected[at])
        at++;
      at -= at < 100 ? at : 100;
      fail_msg("part set %d\n  is  ...%.300s\n  not ...%.300s", p, is + at, expected + at);
    }
    must(nr_plan_any(q->plan, snapshots[p], NULL, &any, err));
    assert_int_equal(any, q->answer.count > 0);
  }
}

static void every_answer_is_that_of_a_naive_scan(void **state)
{
  (void)state;
  const char *wanted = getenv("NEWSREEL_ROUNDS");
  int rounds = wanted == NULL ? 40 : atoi(wanted), asked = 0, answered = 0;
  for (int round = 0; round < rounds; round++) {
    seed = UINT64_C(0x9E3779B97F4A7C15) * (uint64_t)(round + 1);
    make_world();
    for (int i = 0; i < 20; i++) {
      question q = a_question(below(4));
      check(&q);
      asked++;
      answered += q.answer.count > 0;
      release_plans();
      release_lists();
    }
    drop_world();
  }
  for (size_t i = 0; i < 4096 && naive_lists[i] != NULL; i++)
    free(naive_lists[i]);
  printf("%d questions, %d with hits\n", asked, answered);
  assert_true(answered * 2 > asked);
}

int main(void)
{
  const struct CMUnitTest tests[] = {cmocka_unit_test(every_answer_is_that_of_a_naive_scan)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
