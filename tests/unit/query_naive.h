/* query_naive.h: the algebra once more, as plainly as it can be said, over arrays of words.
 * It shares nothing with src/query: spans are looked for by trying all of them. */
#ifndef QUERY_NAIVE_H
#define QUERY_NAIVE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define no_row UINT64_MAX /* a span without attributes stands behind its equals */

enum { words_max = 64, articles_max = 32, columns_max = 6, spans_max = 40000 };

/* One half (line or margin) of an article. */
typedef struct half {
  char words[words_max][12]; /* small letters */
  char spelt[words_max][12];
  int sentence[words_max], clause[words_max];
  bool joined[words_max];
  int count;
} half;

typedef struct article {
  char id[8];
  int day;
  bool undated, dead;
  half halves[2];
} article;

typedef struct world {
  article articles[articles_max]; /* in line order */
  int count;
} world;

typedef struct span {
  int article, margin, first, last;
  uint64_t row; /* order among equal spans */
  const char *values[columns_max];
} span;

typedef struct list {
  int count, columns;
  const char *names[columns_max];
  span *spans;
} list;

/* All lists of a question; their memory is used again for the next. */
static span *naive_lists[4096];
static int naive_list_count;

static inline list list_new(void)
{
  list l = {0};
  if (naive_list_count == 4096)
    abort();
  if (naive_lists[naive_list_count] == NULL)
    naive_lists[naive_list_count] = malloc(spans_max * sizeof(span));
  l.spans = naive_lists[naive_list_count++];
  return l;
}

static inline void release_lists(void)
{
  naive_list_count = 0;
}

static inline void put(list *l, span s)
{
  if (l->count == spans_max)
    abort();
  l->spans[l->count++] = s;
}

static inline int compare_place(const span *a, const span *b)
{
  if (a->article != b->article)
    return a->article - b->article;
  if (a->margin != b->margin)
    return a->margin - b->margin;
  return a->first != b->first ? a->first - b->first : b->last - a->last;
}

static inline int compare_span(const void *x, const void *y)
{
  const span *a = x, *b = y;
  int order = compare_place(a, b);
  return order != 0 ? order : (a->row > b->row) - (a->row < b->row);
}

static inline bool same_text(const char *a, const char *b)
{
  return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static inline bool same_values(const list *l, const span *a, const span *b)
{
  for (int c = 0; c < l->columns; c++)
    if (!same_text(a->values[c], b->values[c]))
      return false;
  return true;
}

/* Sort; equal span and row (or values) stand once. */
static inline void settle(list *l, bool by_values)
{
  int kept = 0;
  qsort(l->spans, (size_t)l->count, sizeof(span), compare_span);
  for (int i = 0; i < l->count; i++) {
    bool there = false;
    for (int j = kept; j-- > 0 && compare_place(&l->spans[j], &l->spans[i]) == 0;)
      there = there || (by_values || l->columns == 0 ? same_values(l, &l->spans[j], &l->spans[i])
                                                     : l->spans[j].row == l->spans[i].row);
    if (!there)
      l->spans[kept++] = l->spans[i];
  }
  l->count = kept;
}

static inline list like(const list *a)
{
  list l = list_new();
  l.columns = a->columns;
  memcpy(l.names, a->names, sizeof l.names);
  return l;
}

static inline int column_of(const list *l, const char *name)
{
  for (int c = 0; c < l->columns; c++)
    if (strcmp(l->names[c], name) == 0)
      return c;
  return -1;
}

static inline bool together(const span *a, const span *b)
{
  return a->article == b->article && a->margin == b->margin;
}

static inline bool inside(const span *a, const span *b)
{
  return together(a, b) && a->first >= b->first && a->last <= b->last;
}

static inline bool overlap(const span *a, const span *b)
{
  return together(a, b) && a->first <= b->last && b->first <= a->last;
}

static inline span around(const span *a, const span *b)
{
  span s = *a;
  s.first = a->first < b->first ? a->first : b->first;
  s.last = a->last > b->last ? a->last : b->last;
  return s;
}

static inline bool held(const span *s, const list *region)
{
  for (int i = 0; i < region->count; i++)
    if (inside(s, &region->spans[i]))
      return true;
  return false;
}

/* ---- layers ---- */

static inline bool starts(const half *h, int i, const char *layer)
{
  if (i == 0 || strcmp(layer, "tokens") == 0)
    return true;
  if (strcmp(layer, "sentences") == 0)
    return h->sentence[i] != h->sentence[i - 1];
  return strcmp(layer, "clauses") == 0 && h->clause[i] != h->clause[i - 1];
}

/* `halves`: 1 the line, 2 the margin, 3 both. */
static inline list naive_layer(const world *w, const char *layer, int halves)
{
  list l = list_new();
  for (int a = 0; a < w->count; a++)
    for (int m = 0; m < 2 && !w->articles[a].dead; m++) {
      const half *h = &w->articles[a].halves[m];
      for (int i = 0, end; (halves >> m & 1) && i < h->count; i = end) {
        for (end = i + 1; end < h->count && !starts(h, end, layer);)
          end++;
        put(&l, (span){a, m, i, end - 1, no_row, {0}});
      }
    }
  return l;
}

/* ---- patterns: rows of words in a choice ---- */

static inline bool glob(const char *g, const char *t)
{
  if (*g == '\0')
    return *t == '\0';
  if (*g == '*')
    return glob(g + 1, t) || (*t != '\0' && glob(g, t + 1));
  return *t != '\0' && (*g == '?' || *g == *t) && glob(g + 1, t + 1);
}

typedef void (*found)(void *user, int end, int cost);

/* All ways to match `pattern` (up to | or the end) from word `at`. */
static inline void match_row(const half *h, int at, int start, const char *pattern, int cost, bool joined,
                             found call, void *user)
{
  char word[32];
  int size = 0, low, high;
  while (*pattern == ' ')
    pattern++;
  if (*pattern == '\0' || *pattern == '|') {
    call(user, at - 1, cost);
    return;
  }
  if (joined && (at == 0 || !h->joined[at - 1]))
    return;
  while (*pattern != '\0' && *pattern != ' ' && *pattern != '|')
    word[size++] = *pattern++;
  word[size] = '\0';
  bool join = word[size - 1] == '-';
  if (join)
    word[size - 1] = '\0';
  if (word[0] == '.') {
    low = high = 1;
    if (word[1] == '{')
      sscanf(word, ".{%d,%d}", &low, &high);
    for (int length = 0; length <= high; length++) {
      if (length > 0 && (at + length > h->count || h->sentence[at + length - 1] != h->sentence[start]))
        break;
      if (length >= low)
        match_row(h, at + length, start, pattern, cost + length, false, call, user);
    }
    return;
  }
  if (at >= h->count || h->sentence[at] != h->sentence[start])
    return;
  if (word[0] == '=' ? strcmp(word + 1, h->spelt[at]) == 0 : glob(word, h->words[at]))
    match_row(h, at + 1, start, pattern, cost, join, call, user);
}

typedef struct ends {
  int end[4096], cost[4096], count;
} ends;

static inline void add_end(void *user, int end, int cost)
{
  ends *e = user;
  if (e->count == 4096)
    abort();
  e->end[e->count] = end;
  e->cost[e->count++] = cost;
}

static inline list naive_pattern(const world *w, const char *pattern, bool all, int margin)
{
  list l = list_new();
  ends *e = malloc(sizeof *e);
  for (int a = 0; a < w->count; a++) {
    const half *h = &w->articles[a].halves[margin];
    int free_from = 0;
    for (int at = 0; at < h->count && !w->articles[a].dead; at++) {
      e->count = 0;
      for (const char *row = pattern; row != NULL;
           row = strchr(row, '|') == NULL ? NULL : strchr(row, '|') + 1)
        match_row(h, at, at, row, 0, false, add_end, e);
      int best = -1;
      for (int i = 0; i < e->count; i++) {
        if (all)
          put(&l, (span){a, margin, at, e->end[i], no_row, {0}});
        if (best < 0 || e->cost[i] < e->cost[best] ||
            (e->cost[i] == e->cost[best] && e->end[i] > e->end[best]))
          best = i;
      }
      if (!all && best >= 0 && at >= free_from) {
        put(&l, (span){a, margin, at, e->end[best], no_row, {0}});
        free_from = e->end[best] + 1;
      }
    }
  }
  free(e);
  settle(&l, true);
  return l;
}

/* ---- lists: rows of patterns without gaps, each with a value ---- */

static inline list naive_list(const world *w, const char *column, const char *const *patterns,
                              const char *const *values, int rows, int rule)
{
  list all = list_new(), l = list_new();
  all.columns = l.columns = 1;
  all.names[0] = l.names[0] = column;
  for (int r = 0; r < rows; r++) {
    list one = naive_pattern(w, patterns[r], true, 0);
    for (int i = 0; i < one.count; i++) {
      one.spans[i].row = (uint64_t)r;
      one.spans[i].values[0] = values[r];
      put(&all, one.spans[i]);
    }
  }
  settle(&all, false);
  for (int i = 0; i < all.count; i++) { /* rule 0: longest of the list, 1: longest of each row, 2: all */
    const span *s = &all.spans[i];
    bool taken = false;
    for (int j = 0; j < l.count; j++)
      if (overlap(s, &l.spans[j]) &&
          (rule == 0 ? compare_place(s, &l.spans[j]) != 0 : rule == 1 && s->row == l.spans[j].row))
        taken = true;
    if (!taken)
      put(&l, *s);
  }
  return l;
}

/* ---- the algebra ---- */

static inline list naive_relate(const list *a, int relation, const list *b)
{
  list l = like(a);
  for (int i = 0; i < a->count; i++) {
    bool yes = false;
    for (int j = 0; j < b->count; j++)
      yes = yes || (relation < 2   ? inside(&a->spans[i], &b->spans[j])
                    : relation < 4 ? inside(&b->spans[j], &a->spans[i])
                                   : overlap(&a->spans[i], &b->spans[j]));
    if (yes == (relation % 2 == 0))
      put(&l, a->spans[i]);
  }
  return l;
}

static inline list naive_union(const list *a, const list *b)
{
  list l = like(a);
  int target[columns_max];
  for (int c = 0; c < b->columns; c++) {
    target[c] = column_of(a, b->names[c]);
    if (target[c] < 0) {
      target[c] = l.columns;
      l.names[l.columns++] = b->names[c];
    }
  }
  uint64_t behind = 0; /* rows of a stand before those of b */
  for (int i = 0; i < a->count; i++) {
    put(&l, a->spans[i]);
    if (a->spans[i].row != no_row && a->spans[i].row >= behind)
      behind = a->spans[i].row + 1;
  }
  for (int i = 0; i < b->count; i++) {
    span s = b->spans[i];
    memset(s.values, 0, sizeof s.values);
    for (int c = 0; c < b->columns; c++)
      s.values[target[c]] = b->spans[i].values[c];
    s.row += s.row == no_row ? 0 : behind;
    put(&l, s);
  }
  settle(&l, true);
  return l;
}

static inline list naive_near(const list *a, int side, const list *b, unsigned n, const list *region)
{
  list l = like(a);
  for (int i = 0; i < a->count; i++) {
    const span *s = &a->spans[i];
    bool yes = false;
    for (int j = 0; j < b->count && !yes; j++) {
      const span *t = &b->spans[j];
      span both = around(s, t);
      if (!together(s, t) || !held(&both, region))
        continue;
      yes = (side != 2 && t->first > s->last && (unsigned)(t->first - s->last) <= n) ||
            (side != 1 && t->last < s->first && (unsigned)(s->first - t->last) <= n);
    }
    if (yes)
      put(&l, *s);
  }
  return l;
}

/* Columns of a, then of b; names that are taken get 2s. */
static inline list joint(const list *a, const list *b)
{
  static char names[4096][24];
  static int used;
  list l = like(a);
  for (int c = 0; c < b->columns; c++) {
    char *name = names[used++ % 4096];
    snprintf(name, 24, "%s", b->names[c]);
    while (column_of(&l, name) >= 0)
      strcat(name, "2");
    l.names[l.columns++] = name;
  }
  return l;
}

static inline span both(const list *l, const list *a, const span *s, const span *t)
{
  span joined = around(s, t);
  joined.row = l->columns == 0 ? no_row : (s->row & 0xFFFFFFF) << 30 | (t->row & 0xFFFFFFF);
  for (int c = a->columns; c < columns_max; c++)
    joined.values[c] = t->values[c - a->columns];
  return joined;
}

static inline list naive_followed(const list *a, const list *b, unsigned n, const list *sentences)
{
  list l = joint(a, b), out = joint(a, b);
  for (int i = 0; i < a->count; i++)
    for (int j = 0; j < b->count; j++) {
      span s = both(&l, a, &a->spans[i], &b->spans[j]);
      if (together(&a->spans[i], &b->spans[j]) && b->spans[j].first > a->spans[i].last &&
          (unsigned)(b->spans[j].first - a->spans[i].last) <= n && held(&s, sentences))
        put(&l, s);
    }
  for (int i = 0; i < l.count; i++) {
    bool shortest = true;
    for (int j = 0; j < l.count; j++)
      shortest =
          shortest && !(inside(&l.spans[j], &l.spans[i]) && compare_place(&l.spans[i], &l.spans[j]) != 0);
    if (shortest)
      put(&out, l.spans[i]);
  }
  settle(&out, false);
  return out;
}

static inline list naive_joined(const list *a, const list *b, const list *sentences)
{
  list l = joint(a, b);
  for (int i = 0; i < a->count; i++) {
    int best = -1, least = INT32_MAX;
    for (int side = 0; side < 2; side++) /* behind first: it wins a tie */
      for (int j = 0; j < b->count; j++) {
        const span *s = &a->spans[i], *t = &b->spans[j];
        span held_by = around(s, t);
        int distance = side == 0 ? t->first - s->last : s->first - t->last;
        if (together(s, t) && distance > 0 && held(&held_by, sentences) && distance < least) {
          least = distance;
          best = j;
        }
      }
    if (best >= 0)
      put(&l, both(&l, a, &a->spans[i], &b->spans[best]));
  }
  settle(&l, false);
  return l;
}

static inline list naive_days_after(const world *w, const list *a, const list *b, int from, int to)
{
  list l = like(a);
  for (int i = 0; i < a->count; i++) {
    const article *x = &w->articles[a->spans[i].article];
    bool yes = false;
    for (int j = 0; j < b->count; j++) {
      const article *y = &w->articles[b->spans[j].article];
      yes = yes || (x != y && !x->undated && !y->undated && x->day - y->day >= from && x->day - y->day <= to);
    }
    if (yes)
      put(&l, a->spans[i]);
  }
  return l;
}

static inline list naive_expand(const list *a, const list *region)
{
  list l = like(a);
  for (int i = 0; i < a->count; i++) {
    const span *best = NULL;
    for (int j = 0; j < region->count; j++) {
      const span *r = &region->spans[j];
      if (inside(&a->spans[i], r) &&
          (best == NULL || r->first > best->first || (r->first == best->first && r->last < best->last)))
        best = r;
    }
    if (best == NULL)
      continue;
    span s = a->spans[i];
    s.first = best->first;
    s.last = best->last;
    put(&l, s);
  }
  settle(&l, false);
  return l;
}

static inline list naive_window(const world *w, const list *a, int left, int right)
{
  list l = like(a);
  for (int i = 0; i < a->count; i++) {
    span s = a->spans[i];
    int end = w->articles[s.article].halves[s.margin].count - 1;
    s.first = s.first > left ? s.first - left : 0;
    s.last = end - s.last > right ? s.last + right : end;
    put(&l, s);
  }
  settle(&l, false);
  return l;
}

static inline list naive_where(const world *w, const list *a, const char *name, const char *value)
{
  list l = like(a);
  int column = column_of(a, name);
  for (int i = 0; i < a->count; i++)
    if (same_text(column >= 0 ? a->spans[i].values[column] : w->articles[a->spans[i].article].id, value))
      put(&l, a->spans[i]);
  return l;
}

static inline list naive_label(const list *a, const char *const *names, const list *rules, int count)
{
  list l = like(a);
  int column = column_of(a, "label");
  if (column < 0) {
    column = l.columns++;
    l.names[column] = "label";
  }
  for (int i = 0; i < a->count; i++) {
    span s = a->spans[i];
    s.row = (uint64_t)i;
    s.values[column] = NULL;
    for (int r = 0; r < count && s.values[column] == NULL; r++)
      for (int j = 0; j < rules[r].count; j++)
        if (overlap(&s, &rules[r].spans[j]))
          s.values[column] = names[r];
    put(&l, s);
  }
  return l;
}

static inline list naive_flip(const list *a, const list *b, unsigned n, const list *clauses)
{
  static char numbers[64][8];
  list l = like(a);
  int column = column_of(a, "value");
  for (int i = 0; i < a->count; i++) {
    span s = a->spans[i];
    bool yes = false;
    for (int j = 0; j < b->count; j++) {
      span whole = around(&s, &b->spans[j]);
      yes = yes || (together(&s, &b->spans[j]) && b->spans[j].last < s.first &&
                    (unsigned)(s.first - b->spans[j].last) <= n && held(&whole, clauses));
    }
    if (yes && s.values[column] != NULL) {
      int number = atoi(s.values[column]);
      snprintf(numbers[32 - number], sizeof numbers[0], "%d", -number);
      s.values[column] = numbers[32 - number];
      s.row += UINT64_C(1) << 30;
    }
    put(&l, s);
  }
  settle(&l, false);
  return l;
}

/* Numbers of the spans in a region, each actor once. */
static inline int mentions(const list *l, const span *region, int *out)
{
  int count = 0, column = column_of(l, "actor");
  for (int i = 0; i < l->count; i++) {
    bool again = false;
    if (!inside(&l->spans[i], region))
      continue;
    for (int j = 0; j < count && column >= 0; j++)
      again = again || (l->spans[i].values[column] != NULL &&
                        same_text(l->spans[out[j]].values[column], l->spans[i].values[column]));
    if (!again)
      out[count++] = i;
  }
  return count;
}

static inline span paired_span(list *l, const list *a, const span *s, const span *t, bool same)
{
  int column = column_of(a, "actor");
  const char *x = column < 0 ? NULL : s->values[column], *y = column < 0 ? NULL : t->values[column];
  bool turned = same && y != NULL && (x == NULL || strcmp(y, x) < 0);
  return turned ? both(l, a, t, s) : both(l, a, s, t);
}

/* Mentions at most n apart: each a with each actor among the b of the region once, the first. */
static inline void naive_pair_near(list *l, const list *a, const list *b, bool same, const span *region,
                                   int n)
{
  int own = column_of(a, "actor"), column = column_of(b, "actor");
  for (int i = 0; i < a->count; i++) {
    const char *seen[words_max * 64];
    int seens = 0;
    const span *s = &a->spans[i];
    for (int j = same ? i + 1 : 0; j < b->count && inside(s, region); j++) {
      const span *t = &b->spans[j];
      const char *name = column < 0 ? NULL : t->values[column];
      int gap = t->first > s->last ? t->first - s->last : s->first > t->last ? s->first - t->last : 0;
      bool again = same && name != NULL && same_text(name, s->values[own]);
      for (int k = 0; k < seens && name != NULL; k++)
        again = again || same_text(seen[k], name);
      if (again || gap > n || !inside(t, region))
        continue;
      if (name != NULL)
        seen[seens++] = name;
      put(l, paired_span(l, a, s, t, same));
    }
  }
}

static inline list naive_pair(const list *a, const list *b, bool same, const list *region, int n)
{
  list l = joint(a, b);
  int left[words_max * 64], right[words_max * 64];
  for (int r = 0; r < region->count; r++) {
    if (n > 0) {
      naive_pair_near(&l, a, b, same, &region->spans[r], n);
      continue;
    }
    int lefts = mentions(a, &region->spans[r], left), rights = mentions(b, &region->spans[r], right);
    for (int i = 0; i < lefts; i++)
      for (int j = same ? i + 1 : 0; j < rights; j++)
        put(&l, paired_span(&l, a, &a->spans[left[i]], &b->spans[right[j]], same));
  }
  settle(&l, false);
  return l;
}

#endif
