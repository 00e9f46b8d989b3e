/* terms.c: words of a view, of the neighbourhood of hits, of one view against another. Floor 5. */
#include <math.h>
#include <string.h>

#include "frame/cells.h"

/* Counts of one part, by form. */
typedef struct counts {
  uint32_t *hits, *texts; /* texts NULL: not counted */
} counts;

/* A term over all parts. `count` of what is looked at, `all` of what it is held against. */
typedef struct term {
  nr_text text;
  uint64_t count, texts, all;
  double score;
} term;

typedef struct terms {
  const nr_memory *memory;
  nr_snapshot *snapshot;
  nr_arena arena;
  counts *count, *all;    /* one a part; `all` hits NULL: see `stored` */
  bool reference, stored; /* terms are held against something; that is the whole snapshot's stored counts */
  uint32_t parts;
  term *items;
  size_t item_count, capacity;
  size_t *order; /* of the items by score */
} terms;

static nr_status terms_init(terms *t, const nr_memory *memory, nr_snapshot *snapshot, nr_error *err)
{
  *t = (terms){.memory = memory, .snapshot = snapshot, .parts = nr_snapshot_count(snapshot)->parts};
  nr_arena_init(&t->arena, memory);
  t->count = nr_arena_take_array(&t->arena, t->parts, sizeof *t->count);
  t->all = nr_arena_take_array(&t->arena, t->parts, sizeof *t->all);
  if (t->count == NULL || t->all == NULL)
    return nr_fail_memory(err);
  memset(t->count, 0, t->parts * sizeof *t->count);
  memset(t->all, 0, t->parts * sizeof *t->all);
  return NR_OK;
}

static void terms_clear(terms *t)
{
  nr_release(t->memory, t->items, t->capacity * sizeof *t->items);
  nr_arena_clear(&t->arena);
}

static nr_status take_counts(terms *t, uint32_t number, uint32_t **out, nr_error *err)
{
  *out = nr_arena_take_array(&t->arena, number, sizeof **out);
  if (*out == NULL)
    return nr_fail_memory(err);
  memset(*out, 0, number * sizeof **out);
  return NR_OK;
}

/* ---- counting the words of a view ---- */

static void count_stored(const nr_part *part, counts *c)
{
  uint32_t forms = nr_segment_count(part->segment)->forms, texts;
  for (uint32_t form = 0; form < forms; form++)
    nr_part_form_count(part, form, &c->hits[form], c->texts != NULL ? &c->texts[form] : &texts);
}

/* Count the tokens first..end-1 of article `article` (numbered from 1) by form. */
static void count_tokens(const nr_segment *segment, uint32_t first, uint32_t end, uint32_t article, counts *c,
                         uint32_t *last_article)
{
  uint32_t surfaces[256];
  while (first < end) {
    uint32_t read = end - first < 256 ? end - first : 256;
    nr_segment_stream(segment, first, read, surfaces);
    for (uint32_t i = 0; i < read; i++) {
      uint32_t form = nr_segment_form_of(segment, surfaces[i]);
      c->hits[form]++;
      if (last_article != NULL && last_article[form] != article) {
        last_article[form] = article;
        c->texts[form]++;
      }
    }
    first += read;
  }
}

static nr_status count_part(terms *t, uint32_t number, nr_view *view, counts *c, bool texts,
                            const nr_poll *poll, nr_error *err)
{
  const nr_part *part = nr_snapshot_part(t->snapshot, number);
  const nr_segment_counts *size = nr_segment_count(part->segment);
  uint32_t *last_article = NULL, live;
  const uint64_t *bits;
  NR_TRY(take_counts(t, size->forms, &c->hits, err));
  if (texts)
    NR_TRY(take_counts(t, size->forms, &c->texts, err));
  if (view == NULL) {
    count_stored(part, c);
    return NR_OK;
  }
  if (texts)
    NR_TRY(take_counts(t, size->forms, &last_article, err));
  NR_TRY(nr_view_articles(view, t->snapshot, number, &t->arena, &bits, &live, err));
  for (uint32_t article = 0; article < size->articles; article++) {
    uint32_t first, end;
    if (article % 256 == 0)
      NR_TRY(nr_poll_at(poll, article, size->articles, err));
    if ((bits[article / 64] >> article % 64 & 1) == 0)
      continue;
    nr_segment_article_tokens(part->segment, article, false, &first, &end);
    count_tokens(part->segment, first, end, article + 1, c, last_article);
  }
  return NR_OK;
}

static nr_status count_view(terms *t, nr_view *view, counts *c, bool texts, const nr_poll *poll,
                            nr_error *err)
{
  for (uint32_t part = 0; part < t->parts; part++)
    NR_TRY(count_part(t, part, view, &c[part], texts, poll, err));
  return NR_OK;
}

/* What terms are held against. */
static nr_status count_reference(terms *t, nr_view *view, const nr_poll *poll, nr_error *err)
{
  t->reference = true;
  t->stored = view == NULL;
  return t->stored ? NR_OK : count_view(t, view, t->all, false, poll, err);
}

/* ---- all parts together: forms stand in byte order in each ---- */

static bool skip_empty(const terms *t, uint32_t part, uint32_t *form)
{
  const counts *c = &t->count[part];
  uint32_t forms = nr_segment_count(nr_snapshot_part(t->snapshot, part)->segment)->forms;
  while (*form < forms && (c->hits == NULL || c->hits[*form] == 0))
    ++*form;
  return *form < forms;
}

static void add_part(const terms *t, uint32_t part, uint32_t form, term *into)
{
  into->count += t->count[part].hits[form];
  into->texts += t->count[part].texts == NULL ? 0 : t->count[part].texts[form];
}

static uint64_t frequency_in(const terms *t, uint32_t part, uint32_t form)
{
  uint32_t hits, texts;
  if (!t->stored)
    return t->all[part].hits[form];
  nr_part_form_count(nr_snapshot_part(t->snapshot, part), form, &hits, &texts);
  return hits;
}

/* Add the frequency of a term in the parts where it was not found. */
static void add_elsewhere(const terms *t, const bool *found, term *item)
{
  for (uint32_t part = 0; part < t->parts; part++) {
    uint32_t form;
    if (!found[part] && nr_segment_find_form(nr_snapshot_part(t->snapshot, part)->segment, item->text, &form))
      item->all += frequency_in(t, part, form);
  }
}

static nr_status put_term(terms *t, const term *item, const bool *found, uint64_t least, nr_error *err)
{
  void *items = t->items;
  if (item->count < least)
    return NR_OK;
  NR_TRY(nr_grow(t->memory, &items, &t->capacity, t->item_count + 1, sizeof *t->items, err));
  t->items = items;
  t->items[t->item_count] = *item;
  if (t->reference)
    add_elsewhere(t, found, &t->items[t->item_count]);
  t->item_count++;
  return NR_OK;
}

/* Where a part stands in its vocabulary. */
typedef struct place {
  uint32_t form;
  nr_text text;  /* missing at the end */
  uint64_t head; /* its first bytes: most comparisons end there */
} place;

static uint64_t head_of(nr_text text)
{
  uint64_t head = 0;
  for (size_t i = 0; i < 8; i++)
    head = head << 8 | (i < text.size ? (uint8_t)text.bytes[i] : 0);
  return head;
}

static int compare_places(const place *a, const place *b)
{
  if (a->head != b->head)
    return a->head < b->head ? -1 : 1;
  return nr_text_compare(a->text, b->text);
}

static void move_on(const terms *t, uint32_t part, place *p)
{
  p->text = (nr_text){NULL, 0};
  if (skip_empty(t, part, &p->form))
    p->text = nr_segment_form(nr_snapshot_part(t->snapshot, part)->segment, p->form);
  p->head = head_of(p->text);
}

static nr_status merge_parts(terms *t, uint64_t least, nr_error *err)
{
  place *places = nr_arena_take_array(&t->arena, t->parts, sizeof *places);
  bool *found = nr_arena_take(&t->arena, t->parts);
  if (places == NULL || found == NULL)
    return nr_fail_memory(err);
  for (uint32_t part = 0; part < t->parts; part++) {
    places[part].form = 0;
    move_on(t, part, &places[part]);
  }
  for (;;) {
    const place *least_place = NULL;
    for (uint32_t part = 0; part < t->parts; part++)
      if (places[part].text.bytes != NULL &&
          (least_place == NULL || compare_places(&places[part], least_place) < 0))
        least_place = &places[part];
    if (least_place == NULL)
      return NR_OK;
    place first = *least_place;
    term next = {.text = first.text};
    for (uint32_t part = 0; part < t->parts; part++) {
      found[part] = places[part].text.bytes != NULL && compare_places(&places[part], &first) == 0;
      if (!found[part])
        continue;
      add_part(t, part, places[part].form, &next);
      next.all += t->reference ? frequency_in(t, part, places[part].form) : 0;
      places[part].form++;
    }
    NR_TRY(put_term(t, &next, found, least, err));
    for (uint32_t part = 0; part < t->parts; part++)
      if (found[part])
        move_on(t, part, &places[part]);
  }
}

/* The score as a number that grows as the score falls. */
static uint64_t descending(double score)
{
  uint64_t bits;
  score = isnan(score) ? -INFINITY : score == 0 ? 0 : score;
  memcpy(&bits, &score, sizeof bits);
  bits ^= bits >> 63 ? ~UINT64_C(0) : UINT64_C(1) << 63; /* ascending */
  return ~bits;
}

typedef struct sort_item {
  uint64_t key;
  size_t index;
} sort_item;

/* How many keys have each value of each of their bytes. */
static void count_bytes(const sort_item *items, size_t count, size_t tallies[8][256])
{
  memset(tallies, 0, 8 * sizeof *tallies);
  for (size_t i = 0; i < count; i++)
    for (int byte = 0; byte < 8; byte++)
      tallies[byte][items[i].key >> 8 * byte & 255]++;
}

/* One pass over a byte of the keys; false where all have the same. */
static bool sort_pass(const sort_item *from, sort_item *to, size_t count, int byte, const size_t tallies[256])
{
  size_t starts[256] = {0};
  if (count == 0 || tallies[from[0].key >> 8 * byte & 255] == count)
    return false;
  for (int b = 1; b < 256; b++)
    starts[b] = starts[b - 1] + tallies[b - 1];
  for (size_t i = 0; i < count; i++)
    to[starts[from[i].key >> 8 * byte & 255]++] = from[i];
  return true;
}

/* By score; equal ones stay in byte order. */
static nr_status sort_terms(terms *t, nr_error *err)
{
  sort_item *from = nr_arena_take_array(&t->arena, t->item_count, sizeof *from);
  sort_item *to = nr_arena_take_array(&t->arena, t->item_count, sizeof *to);
  t->order = nr_arena_take_array(&t->arena, t->item_count, sizeof *t->order);
  if (from == NULL || to == NULL || t->order == NULL)
    return nr_fail_memory(err);
  for (size_t i = 0; i < t->item_count; i++)
    from[i] = (sort_item){descending(t->items[i].score), i};
  size_t tallies[8][256];
  count_bytes(from, t->item_count, tallies);
  for (int byte = 0; byte < 8; byte++)
    if (sort_pass(from, to, t->item_count, byte, tallies[byte])) {
      sort_item *sorted = to;
      to = from;
      from = sorted;
    }
  for (size_t i = 0; i < t->item_count; i++)
    t->order[i] = from[i].index;
  return NR_OK;
}

/* ---- frames of terms ---- */

typedef double (*term_number)(const term *item, const double *totals);

typedef struct number_column {
  const char *name;
  term_number of;
} number_column;

enum { terms_ahead = 16 };

/* In the order of their scores terms lie anywhere: each is fetched ahead of its turn, and looked at once. */
static nr_status fill_terms(const terms *t, const number_column *columns, uint32_t count,
                            const double *totals, nr_base *base, nr_error *err)
{
  NR_TRY(nr_base_column(base, 0, NR_TEXT("term"), NR_COLUMN_TEXT, false, err));
  base->snapshot = nr_snapshot_retain(t->snapshot); /* the terms lie in it */
  for (uint32_t c = 0; c < count; c++)
    NR_TRY(nr_base_column(base, c + 1, nr_text_of(columns[c].name), NR_COLUMN_NUMBER, false, err));
  for (size_t i = 0; i < t->item_count; i++) {
    const term *item = &t->items[t->order[i]];
    if (i + terms_ahead < t->item_count)
      __builtin_prefetch(&t->items[t->order[i + terms_ahead]]);
    base->columns[0].texts[i] = item->text;
    for (uint32_t c = 0; c < count; c++)
      base->columns[c + 1].numbers[i] = columns[c].of(item, totals);
  }
  return NR_OK;
}

static nr_status frame_of_terms(terms *t, const number_column *columns, uint32_t count, const double *totals,
                                nr_frame **frame, nr_error *err)
{
  nr_base *base;
  NR_TRY(sort_terms(t, err));
  NR_TRY(nr_base_new(t->memory, count + 1, t->item_count, &base, err));
  nr_status status = fill_terms(t, columns, count, totals, base, err);
  if (status != NR_OK) {
    nr_base_release(base);
    return status;
  }
  return nr_frame_of_base(t->memory, base, frame, err);
}

static double count_of(const term *item, const double *totals)
{
  (void)totals;
  return (double)item->count;
}

static double texts_of(const term *item, const double *totals)
{
  (void)totals;
  return (double)item->texts;
}

static double reference_of(const term *item, const double *totals)
{
  (void)totals;
  return (double)item->all;
}

static double score_of(const term *item, const double *totals)
{
  (void)totals;
  return isinf(item->score) ? NAN : item->score;
}

static double expected_of(const term *item, const double *totals)
{
  return totals[1] == 0 ? NAN : totals[0] * (double)item->all / totals[1];
}

static double rate_of(const term *item, const double *totals)
{
  return totals[0] == 0 ? NAN : (double)item->count * 1e6 / totals[0];
}

static double reference_rate_of(const term *item, const double *totals)
{
  return totals[1] == 0 ? NAN : (double)item->all * 1e6 / totals[1];
}

/* ---- the word list ---- */

nr_status nr_frame_words(const nr_memory *memory, nr_snapshot *snapshot, nr_view *view, const nr_poll *poll,
                         nr_frame **frame, nr_error *err)
{
  static const number_column columns[] = {{"count", count_of}, {"articles", texts_of}};
  terms t;
  nr_status status = terms_init(&t, memory, snapshot, err);
  if (status == NR_OK)
    status = count_view(&t, view, t.count, true, poll, err);
  if (status == NR_OK)
    status = merge_parts(&t, 1, err);
  for (size_t i = 0; i < t.item_count; i++)
    t.items[i].score = (double)t.items[i].count;
  if (status == NR_OK)
    status = frame_of_terms(&t, columns, 2, NULL, frame, err);
  terms_clear(&t);
  return status;
}

/* ---- collocates ---- */

static void count_window(const nr_segment *segment, uint32_t low, uint32_t high, const nr_hit *hit, counts *c)
{
  count_tokens(segment, low, hit->first, 0, c, NULL);
  count_tokens(segment, hit->last + 1, high + 1, 0, c, NULL);
}

enum { hits_at_once = 64, window_max = 24 };

/* How many hits from the first on are single words of one part: their windows are read together. */
static uint32_t count_alike(const nr_hit *hits, uint32_t count)
{
  uint32_t n = 0;
  while (n < count && hits[n].part == hits[0].part && hits[n].first == hits[n].last)
    n++;
  return n;
}

/* Count the windows of hits that are alike, each `left` and `right` tokens but no further than its article.
 */
static nr_status count_alike_windows(const nr_hits *hits, const nr_hit *block, uint32_t count, uint32_t left,
                                     uint32_t right, const nr_segment *segment, counts *c, double *looked_at,
                                     nr_error *err)
{
  uint32_t positions[hits_at_once], surfaces[hits_at_once * window_max], low, high;
  for (uint32_t i = 0; i < count; i++)
    positions[i] = block[i].first;
  nr_segment_windows(segment, positions, count, left, right, surfaces);
  for (uint32_t i = 0; i < count; i++) {
    const uint32_t *around = surfaces + (size_t)i * (left + 1 + right) + left;
    NR_TRY(nr_hits_window(hits, &block[i], left, right, &low, &high, err));
    for (uint32_t k = 1; k <= positions[i] - low; k++)
      c->hits[nr_segment_form_of(segment, *(around - k))]++;
    for (uint32_t k = 1; k <= high - positions[i]; k++)
      c->hits[nr_segment_form_of(segment, around[k])]++;
    *looked_at += (double)(high - low);
  }
  return NR_OK;
}

/* The windows are those of the plan `window`; the hits' own tokens are left out. */
static nr_status count_windows(terms *t, nr_hits *hits, uint32_t left, uint32_t right, double *looked_at,
                               const nr_poll *poll, nr_error *err)
{
  nr_hit block[hits_at_once];
  uint64_t index = 0, total = nr_hits_count(hits);
  *looked_at = 0;
  while (index < total) {
    uint32_t read = nr_hits_read(hits, index, hits_at_once, block), alike;
    NR_TRY(nr_poll_at(poll, index, total, err));
    for (uint32_t i = 0; i < read; i += alike) {
      const nr_segment *segment = nr_snapshot_part(t->snapshot, block[i].part)->segment;
      counts *c = &t->count[block[i].part];
      uint32_t low, high;
      if (c->hits == NULL)
        NR_TRY(take_counts(t, nr_segment_count(segment)->forms, &c->hits, err));
      alike = left < window_max && right < window_max - 1 - left ? count_alike(block + i, read - i) : 0;
      if (alike > 0) {
        NR_TRY(count_alike_windows(hits, block + i, alike, left, right, segment, c, looked_at, err));
        continue;
      }
      alike = 1;
      NR_TRY(nr_hits_window(hits, &block[i], left, right, &low, &high, err));
      count_window(segment, low, high, &block[i], c);
      *looked_at += (double)(block[i].first - low) + (double)(high - block[i].last);
    }
    index += read;
  }
  return NR_OK;
}

static void score_collocates(terms *t, const nr_hits *hits, nr_measure measure, double looked_at,
                             double tokens)
{
  for (size_t i = 0; i < t->item_count; i++) {
    term *item = &t->items[i];
    double a = measure == NR_LOG_DICE ? (double)nr_hits_count(hits) : looked_at;
    item->score = nr_associate(measure, (double)item->count, a, (double)item->all, tokens);
  }
}

nr_status nr_frame_collocates(const nr_memory *memory, nr_hits *hits, uint32_t left, uint32_t right,
                              nr_measure measure, uint64_t least, nr_view *view, const nr_poll *poll,
                              nr_frame **frame, nr_error *err)
{
  static const number_column columns[] = {
      {"count", count_of}, {"expected", expected_of}, {"score", score_of}};
  terms t;
  double totals[2] = {0, 0}; /* tokens looked at, tokens in all */
  uint64_t articles, tokens = 0, undated;
  nr_status status = terms_init(&t, memory, nr_hits_snapshot(hits), err);
  if (status == NR_OK)
    status = count_windows(&t, hits, left, right, &totals[0], poll, err);
  if (status == NR_OK)
    status = count_reference(&t, view, poll, err);
  if (status == NR_OK)
    status = nr_view_count(view, t.snapshot, &articles, &tokens, &undated, err);
  totals[1] = (double)tokens;
  if (status == NR_OK)
    status = merge_parts(&t, least == 0 ? 1 : least, err);
  if (status == NR_OK)
    score_collocates(&t, hits, measure, totals[0], totals[1]);
  if (status == NR_OK)
    status = frame_of_terms(&t, columns, 3, totals, frame, err);
  if (status == NR_OK) {
    nr_base *base = (*frame)->base;
    base->hits = nr_hits_retain(hits);
    base->receipts = NR_RECEIPTS_WINDOWS;
    base->left = left;
    base->right = right;
  }
  terms_clear(&t);
  return status;
}

/* ---- keyness ---- */

nr_status nr_frame_keyness(const nr_memory *memory, nr_snapshot *snapshot, nr_view *view, nr_view *reference,
                           nr_measure measure, uint64_t least, const nr_poll *poll, nr_frame **frame,
                           nr_error *err)
{
  static const number_column columns[] = {{"count", count_of},
                                          {"reference", reference_of},
                                          {"per_million", rate_of},
                                          {"reference_per_million", reference_rate_of},
                                          {"score", score_of}};
  terms t;
  double totals[2] = {0, 0};
  uint64_t articles, tokens[2] = {0, 0}, undated;
  nr_status status = terms_init(&t, memory, snapshot, err);
  if (status == NR_OK)
    status = count_view(&t, view, t.count, false, poll, err);
  if (status == NR_OK)
    status = count_reference(&t, reference, poll, err);
  if (status == NR_OK)
    status = nr_view_count(view, snapshot, &articles, &tokens[0], &undated, err);
  if (status == NR_OK)
    status = nr_view_count(reference, snapshot, &articles, &tokens[1], &undated, err);
  totals[0] = (double)tokens[0];
  totals[1] = (double)tokens[1];
  if (status == NR_OK)
    status = merge_parts(&t, least == 0 ? 1 : least, err);
  for (size_t i = 0; i < t.item_count; i++) /* the two views put together are the whole */
    t.items[i].score = nr_associate(measure, (double)t.items[i].count, totals[0],
                                    (double)(t.items[i].count + t.items[i].all), totals[0] + totals[1]);
  if (status == NR_OK)
    status = frame_of_terms(&t, columns, 5, totals, frame, err);
  terms_clear(&t);
  return status;
}

/* ---- dispersion ---- */

/* Half the sum of what share of the hits differs from what share of the tokens, article by article. */
static nr_status add_deviations(const nr_hits *hits, nr_view *view, double tokens, nr_arena *arena,
                                double *sum, nr_error *err)
{
  nr_snapshot *snapshot = nr_hits_snapshot(hits);
  double total = (double)nr_hits_count(hits);
  for (uint32_t part = 0; part < nr_snapshot_count(snapshot)->parts; part++) {
    const nr_segment *segment = nr_snapshot_part(snapshot, part)->segment;
    uint32_t articles = nr_segment_count(segment)->articles, live, *found, first, end;
    const uint64_t *bits;
    NR_TRY(nr_view_articles(view, snapshot, part, arena, &bits, &live, err));
    found = nr_arena_take_array(arena, articles, sizeof *found);
    if (found == NULL)
      return nr_fail_memory(err);
    memset(found, 0, articles * sizeof *found);
    nr_hit block[256];
    for (uint64_t index = 0, read; (read = nr_hits_read(hits, index, 256, block)) > 0; index += read)
      for (uint64_t i = 0; i < read; i++)
        if (block[i].part == part)
          found[block[i].article]++;
    for (uint32_t article = 0; article < articles; article++) {
      if ((bits[article / 64] >> article % 64 & 1) == 0)
        continue;
      nr_segment_article_tokens(segment, article, false, &first, &end);
      *sum += fabs(found[article] / total - (double)(end - first) / tokens);
    }
    nr_arena_clear(arena);
  }
  return NR_OK;
}

nr_status nr_hits_dispersion(const nr_hits *hits, nr_view *view, double *dispersion, nr_error *err)
{
  uint64_t articles, tokens, undated;
  double sum = 0;
  nr_arena arena;
  NR_TRY(nr_view_count(view, nr_hits_snapshot(hits), &articles, &tokens, &undated, err));
  if (nr_hits_count(hits) == 0 || tokens == 0) {
    *dispersion = NAN;
    return NR_OK;
  }
  nr_arena_init(&arena, &nr_memory_default);
  nr_status status = add_deviations(hits, view, (double)tokens, &arena, &sum, err);
  nr_arena_clear(&arena);
  if (status == NR_OK)
    *dispersion = sum / 2;
  return status;
}
