/* periods.c: what stands behind the groups: tokens, and periods without hits. Floor 5. */
#include <math.h>
#include <string.h>

#include "frame/aggregate.h"

/* ---- over all articles of the view: denominators ---- */

static nr_status add_tokens(void *user, const uint32_t *codes, nr_error *err)
{
  nr_grouping_work *w = user;
  uint32_t number;
  NR_TRY(nr_tuples_put(&w->below, codes, &number, err));
  if (number == w->token_count) {
    void *tokens = w->tokens;
    NR_TRY(nr_grow(w->memory, &tokens, &w->token_capacity, w->token_count + 1, sizeof *w->tokens, err));
    w->tokens = tokens;
    w->tokens[w->token_count++] = 0;
  }
  w->tokens[number] += (double)w->article_tokens; /* exact below 2^53 */
  return NR_OK;
}

static nr_status count_tokens(nr_grouping_work *w, const nr_hit *article, nr_error *err)
{
  uint32_t first, end;
  nr_segment_article_tokens(nr_snapshot_part(nr_hits_snapshot(w->hits), article->part)->segment,
                            article->article, false, &first, &end);
  w->article_tokens = end - first;
  return nr_grouper_tuples(&w->grouper, article, true, add_tokens, w, err);
}

static nr_status count_all_tokens(nr_grouping_work *w, const nr_poll *poll, nr_error *err)
{
  nr_snapshot *snapshot = nr_hits_snapshot(w->hits);
  nr_arena arena;
  nr_status status = NR_OK;
  nr_arena_init(&arena, w->memory);
  for (uint32_t part = 0; part < nr_snapshot_count(snapshot)->parts && status == NR_OK; part++) {
    const nr_segment *segment = nr_snapshot_part(snapshot, part)->segment;
    uint32_t articles = nr_segment_count(segment)->articles, count;
    const uint64_t *bits;
    status = nr_view_articles(w->grouping->view, snapshot, part, &arena, &bits, &count, err);
    for (uint32_t a = 0; a < articles && status == NR_OK; a++) {
      if (a % 4096 == 0)
        status = nr_poll_at(poll, a, articles, err);
      if (status != NR_OK || (bits[a / 64] >> a % 64 & 1) == 0)
        continue;
      nr_hit article = {.part = part, .article = a, .row = UINT32_MAX};
      status = count_tokens(w, &article, err);
    }
    nr_arena_clear(&arena);
  }
  return status;
}

/* Set the denominators of all groups. */
static void spread_tokens(nr_grouping_work *w)
{
  uint32_t codes[nr_keys_max], number;
  for (size_t g = 0; g < w->group_count; g++) {
    for (uint32_t k = 0; k < w->grouper.key_count; k++)
      codes[k] = w->grouper.keys[k].article != NULL ? w->tuples.codes[g * w->tuples.width + k] : 0;
    w->groups[g].tokens = nr_tuples_find(&w->below, codes, &number) ? w->tokens[number] : 0;
  }
}

nr_status nr_work_count_tokens(nr_grouping_work *w, const nr_poll *poll, nr_error *err)
{
  NR_TRY(count_all_tokens(w, poll, err));
  spread_tokens(w);
  return NR_OK;
}

/* ---- empty periods ---- */

enum { filled_rows_max = 4000000 };

/* Days of the first and the last dated article of the view. */
static nr_status find_span(nr_grouping_work *w, nr_period *span, nr_error *err)
{
  nr_snapshot *snapshot = nr_hits_snapshot(w->hits);
  nr_arena arena;
  nr_status status = NR_OK;
  nr_arena_init(&arena, w->memory);
  for (uint32_t part = 0; part < nr_snapshot_count(snapshot)->parts && status == NR_OK; part++) {
    const nr_segment *segment = nr_snapshot_part(snapshot, part)->segment;
    uint32_t low = 0, high = nr_segment_from_day(segment, NR_DAY_NONE), count;
    const uint64_t *bits;
    status = nr_view_articles(w->grouping->view, snapshot, part, &arena, &bits, &count, err);
    while (status == NR_OK && low < high && (bits[low / 64] >> low % 64 & 1) == 0)
      low++;
    while (status == NR_OK && low < high && (bits[(high - 1) / 64] >> (high - 1) % 64 & 1) == 0)
      high--;
    if (status == NR_OK && low < high) { /* articles stand in order of days */
      nr_day first = nr_segment_day(segment, low), last = nr_segment_day(segment, high - 1);
      span->first = first < span->first ? first : span->first;
      span->last = last > span->last ? last : span->last;
    }
    nr_arena_clear(&arena);
  }
  return status;
}

static bool is_unit(const nr_key *key)
{
  return key->article != NULL && key->article->kind == NR_MAKE_UNIT;
}

/* Columns that differ from hit to hit or tell the article, and so its day. */
static bool tells_the_day(const nr_key *key)
{
  static const nr_maker_kind kinds[] = {NR_MAKE_ARTICLE,  NR_MAKE_TITLE, NR_MAKE_TEXT,
                                        NR_MAKE_SENTENCE, NR_MAKE_START, NR_MAKE_END};
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (key->maker.kind == kinds[i] || (key->article != NULL && key->article->kind == kinds[i]))
      return true;
  return false;
}

/* The key with the finest unit; false where there is none, or where a row has only one day anyway. */
static bool finest_unit(const nr_grouping_work *w, uint32_t *key)
{
  bool found = false;
  for (uint32_t k = 0; k < w->grouper.key_count; k++) {
    const nr_key *this = &w->grouper.keys[k];
    if (tells_the_day(this))
      return false;
    if (is_unit(this) && (!found || this->article->unit < w->grouper.keys[*key].article->unit)) {
      *key = k;
      found = true;
    }
  }
  return found;
}

/* Put the codes of the units that hold `day` into a tuple. */
static nr_status set_units(nr_grouping_work *w, nr_day day, uint32_t *codes, nr_error *err)
{
  for (uint32_t k = 0; k < w->grouper.key_count; k++) {
    nr_key *key = &w->grouper.keys[k];
    nr_value value = {{NULL, 0}, NAN};
    if (!is_unit(key))
      continue;
    NR_TRY(nr_maker_label(key->article, day, &value.text, err));
    NR_TRY(nr_key_code_of(&w->grouper, key, value, NR_PLAIN, &codes[k], err));
  }
  return NR_OK;
}

/* A tuple with the units left out: what the empty periods are filled for. */
static void without_units(const nr_grouping_work *w, const uint32_t *from, uint32_t *to)
{
  for (uint32_t k = 0; k < w->grouper.key_count; k++)
    to[k] = is_unit(&w->grouper.keys[k]) ? 0 : from[k];
}

/* Is there a group of these other keys in this period of the finest unit already? */
static nr_status fill_period(nr_grouping_work *w, const nr_tuples *others, const nr_tuples *there,
                             uint32_t finest, nr_day day, nr_error *err)
{
  uint32_t codes[nr_keys_max], seen[nr_keys_max], unused;
  nr_group *g;
  for (size_t o = 0; o < others->count; o++) {
    memcpy(codes, others->codes + o * others->width, others->width * sizeof *codes);
    memcpy(seen, codes, sizeof seen);
    NR_TRY(set_units(w, day, codes, err));
    seen[finest] = codes[finest];
    if (!nr_tuples_find(there, seen, &unused))
      NR_TRY(nr_work_group(w, codes, &g, err));
  }
  return NR_OK;
}

static nr_status fill(nr_grouping_work *w, nr_tuples *others, nr_tuples *there, nr_error *err)
{
  nr_period span = {NR_DAY_NONE, INT32_MIN};
  uint32_t finest = 0, codes[nr_keys_max] = {0}, unused;
  uint64_t periods = 0;
  if (w->hits == NULL || !finest_unit(w, &finest))
    return NR_OK;
  for (size_t g = 0; g < w->group_count; g++) {
    const uint32_t *tuple = w->tuples.codes + g * w->tuples.width;
    without_units(w, tuple, codes);
    NR_TRY(nr_tuples_put(others, codes, &unused, err));
    codes[finest] = tuple[finest];
    NR_TRY(nr_tuples_put(there, codes, &unused, err));
  }
  if (w->group_count == 0 && w->grouper.key_count == 1)
    NR_TRY(nr_tuples_put(others, codes, &unused, err));
  NR_TRY(find_span(w, &span, err));
  if (span.first == NR_DAY_NONE)
    return NR_OK;
  nr_unit unit = w->grouper.keys[finest].article->unit;
  for (nr_day day = span.first; day <= span.last; day = nr_unit_period(unit, day).last + 1) {
    if (++periods * others->count > filled_rows_max)
      return nr_fail(err, NR_LIMIT, "filling empty periods would make over %d rows: group by a coarser unit",
                     filled_rows_max);
    NR_TRY(fill_period(w, others, there, finest, day, err));
  }
  return NR_OK;
}

nr_status nr_work_fill(nr_grouping_work *w, nr_error *err)
{
  nr_tuples others, there;
  nr_tuples_init(&others, w->memory, w->tuples.width);
  nr_tuples_init(&there, w->memory, w->tuples.width);
  nr_status status = fill(w, &others, &there, err);
  nr_tuples_clear(&others);
  nr_tuples_clear(&there);
  return status;
}
