/* aggregate.c: a row a group. Floor 5. */
#include <math.h>
#include <string.h>

#include "frame/group.h"

/* What is known of a group. All parts add up over any split of the hits. */
typedef struct group {
  uint64_t count, articles, values;
  uint64_t last_article; /* the hits come article by article */
  nr_sum sum;
  double least, most;
  nr_day earliest;
  double tokens; /* NR_PER: on the line */
} group;

typedef struct work {
  const nr_memory *memory;
  const nr_grouping *grouping;
  nr_hits *hits;
  const nr_frame *frame; /* rows instead of hits; NULL: hits */
  nr_grouper grouper;
  nr_tuples tuples; /* of the groups */
  group *groups;
  size_t group_count, group_capacity;
  nr_tuples below; /* NR_PER: tuples of article keys, and their tokens */
  double *tokens;
  size_t token_count, token_capacity;
  uint64_t article_tokens;
  nr_maker value; /* the number aggregated */
  bool has_value;
  const nr_hit *hit;
  nr_tuples articles; /* frames: (group, part, article) seen, as rows may stand in any order */
  nr_buffer members;  /* frames: the group of each row, and the row */
  uint64_t *order;
} work;

static nr_status group_at(work *w, const uint32_t *codes, group **found, nr_error *err)
{
  uint32_t number;
  NR_TRY(nr_tuples_put(&w->tuples, codes, &number, err));
  if (number == w->group_count) {
    void *groups = w->groups;
    NR_TRY(nr_grow(w->memory, &groups, &w->group_capacity, w->group_count + 1, sizeof *w->groups, err));
    w->groups = groups;
    w->groups[w->group_count++] =
        (group){.last_article = UINT64_MAX, .least = NAN, .most = NAN, .earliest = NR_DAY_NONE};
  }
  *found = &w->groups[number];
  return NR_OK;
}

static nr_status add_value(work *w, group *g, nr_error *err)
{
  nr_value value;
  nr_special special;
  NR_TRY(nr_maker_cell(&w->value, w->hit, &value, &special, err));
  if (isnan(value.number))
    return NR_OK;
  g->values++;
  nr_sum_add(&g->sum, value.number);
  g->least = isnan(g->least) || value.number < g->least ? value.number : g->least;
  g->most = isnan(g->most) || value.number > g->most ? value.number : g->most;
  return NR_OK;
}

static void note_day(const work *w, group *g, const nr_hit *hit)
{
  if (w->grouping->aggregate != NR_EARLIEST)
    return;
  nr_day day = nr_segment_day(nr_snapshot_part(nr_hits_snapshot(w->hits), hit->part)->segment, hit->article);
  g->earliest = day < g->earliest ? day : g->earliest;
}

static nr_status add_hit(void *user, const uint32_t *codes, nr_error *err)
{
  work *w = user;
  group *g;
  NR_TRY(group_at(w, codes, &g, err));
  uint64_t article = (uint64_t)w->hit->part << 32 | w->hit->article;
  g->count++;
  if (article != g->last_article) {
    g->articles++;
    g->last_article = article;
    note_day(w, g, w->hit);
  }
  return w->has_value ? add_value(w, g, err) : NR_OK;
}

/* Articles behind a row of the frame, each counted once a group. */
static nr_status add_articles(work *w, uint32_t number, uint64_t row, nr_error *err)
{
  nr_hits *hits;
  uint64_t *indexes, count;
  nr_status status = NR_OK;
  NR_TRY(nr_frame_receipt(w->frame, row, &hits, &indexes, &count, err));
  for (uint64_t i = 0; i < count && status == NR_OK; i++) {
    nr_hit hit;
    uint32_t seen;
    size_t before = w->articles.count;
    nr_hits_get(hits, indexes[i], &hit);
    uint32_t codes[3] = {number, hit.part, hit.article};
    status = nr_tuples_put(&w->articles, codes, &seen, err);
    w->groups[number].articles += w->articles.count > before;
    note_day(w, &w->groups[number], &hit);
  }
  nr_release(w->memory, indexes, count * sizeof *indexes);
  return status;
}

static nr_status add_row(void *user, const uint32_t *codes, nr_error *err)
{
  work *w = user;
  group *g;
  NR_TRY(group_at(w, codes, &g, err));
  uint64_t member[2] = {(uint64_t)(g - w->groups), w->hit->first};
  g->count++;
  NR_TRY(nr_buffer_put(&w->members, member, sizeof member, err));
  if (w->has_value)
    NR_TRY(add_value(w, g, err));
  return add_articles(w, (uint32_t)member[0], w->hit->first, err);
}

static nr_status add_rows(work *w, const nr_poll *poll, nr_error *err)
{
  for (uint64_t row = 0; row < nr_frame_rows(w->frame); row++) {
    nr_hit hit = {.first = (uint32_t)row};
    w->hit = &hit;
    if (row % 4096 == 0)
      NR_TRY(nr_poll_at(poll, row, nr_frame_rows(w->frame), err));
    NR_TRY(nr_grouper_tuples(&w->grouper, &hit, false, add_row, w, err));
  }
  return NR_OK;
}

static nr_status add_hits(work *w, const nr_poll *poll, nr_error *err)
{
  nr_hit block[256];
  uint64_t index = 0, count = nr_hits_count(w->hits);
  while (index < count) {
    uint32_t read = nr_hits_read(w->hits, index, 256, block);
    NR_TRY(nr_poll_at(poll, index, count, err));
    for (uint32_t i = 0; i < read; i++) {
      w->hit = &block[i];
      NR_TRY(nr_grouper_tuples(&w->grouper, w->hit, false, add_hit, w, err));
    }
    index += read;
  }
  return NR_OK;
}

/* ---- over all articles of the view: denominators ---- */

static nr_status add_tokens(void *user, const uint32_t *codes, nr_error *err)
{
  work *w = user;
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

static nr_status count_tokens(work *w, const nr_hit *article, nr_error *err)
{
  uint32_t first, end;
  nr_segment_article_tokens(nr_snapshot_part(nr_hits_snapshot(w->hits), article->part)->segment,
                            article->article, false, &first, &end);
  w->article_tokens = end - first;
  return nr_grouper_tuples(&w->grouper, article, true, add_tokens, w, err);
}

static nr_status count_all_tokens(work *w, const nr_poll *poll, nr_error *err)
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
static void spread_tokens(work *w)
{
  uint32_t codes[nr_keys_max], number;
  for (size_t g = 0; g < w->group_count; g++) {
    for (uint32_t k = 0; k < w->grouper.key_count; k++)
      codes[k] = w->grouper.keys[k].article != NULL ? w->tuples.codes[g * w->tuples.width + k] : 0;
    w->groups[g].tokens = nr_tuples_find(&w->below, codes, &number) ? w->tokens[number] : 0;
  }
}

/* ---- empty periods ---- */

enum { filled_rows_max = 4000000 };

/* Days of the first and the last dated article of the view. */
static nr_status find_span(work *w, nr_period *span, nr_error *err)
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
static bool finest_unit(const work *w, uint32_t *key)
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
static nr_status set_units(work *w, nr_day day, uint32_t *codes, nr_error *err)
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
static void without_units(const work *w, const uint32_t *from, uint32_t *to)
{
  for (uint32_t k = 0; k < w->grouper.key_count; k++)
    to[k] = is_unit(&w->grouper.keys[k]) ? 0 : from[k];
}

/* Is there a group of these other keys in this period of the finest unit already? */
static nr_status fill_period(work *w, const nr_tuples *others, const nr_tuples *there, uint32_t finest,
                             nr_day day, nr_error *err)
{
  uint32_t codes[nr_keys_max], seen[nr_keys_max], unused;
  group *g;
  for (size_t o = 0; o < others->count; o++) {
    memcpy(codes, others->codes + o * others->width, others->width * sizeof *codes);
    memcpy(seen, codes, sizeof seen);
    NR_TRY(set_units(w, day, codes, err));
    seen[finest] = codes[finest];
    if (!nr_tuples_find(there, seen, &unused))
      NR_TRY(group_at(w, codes, &g, err));
  }
  return NR_OK;
}

static nr_status fill(work *w, nr_tuples *others, nr_tuples *there, nr_error *err)
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

/* ---- rows ---- */

static int compare_groups(const work *w, uint64_t a, uint64_t b)
{
  const uint32_t *x = w->tuples.codes + a * w->tuples.width, *y = w->tuples.codes + b * w->tuples.width;
  for (uint32_t k = 0; k < w->grouper.key_count; k++) {
    const nr_codes *codes = &w->grouper.keys[k].codes;
    if (x[k] == y[k])
      continue;
    if (codes->special[x[k]] != codes->special[y[k]])
      return codes->special[x[k]] < codes->special[y[k]] ? -1 : 1;
    const nr_value *left = &codes->values[x[k]], *right = &codes->values[y[k]];
    if (left->text.bytes != NULL && right->text.bytes != NULL)
      return nr_text_compare(left->text, right->text);
    return left->number < right->number ? -1 : 1;
  }
  return 0;
}

static nr_status sort_groups(work *w, nr_error *err)
{
  size_t count = w->group_count;
  uint64_t *order = nr_arena_take_array(&w->grouper.arena, count, sizeof *order);
  uint64_t *other = nr_arena_take_array(&w->grouper.arena, count, sizeof *other);
  if (order == NULL || other == NULL)
    return nr_fail_memory(err);
  for (size_t i = 0; i < count; i++)
    order[i] = i;
  for (size_t width = 1; width < count; width *= 2) {
    for (size_t start = 0; start < count; start += 2 * width) {
      size_t middle = start + width < count ? start + width : count;
      size_t end = middle + width < count ? middle + width : count, left = start, right = middle;
      for (size_t i = start; i < end; i++)
        other[i] = left < middle && (right == end || compare_groups(w, order[left], order[right]) <= 0)
                       ? order[left++]
                       : order[right++];
    }
    uint64_t *sorted = other;
    other = order;
    order = sorted;
  }
  w->order = order;
  return NR_OK;
}

static nr_text value_name(const nr_grouping *grouping, uint32_t number)
{
  switch (grouping->aggregate) {
  case NR_SUM:
    return NR_TEXT("sum");
  case NR_MEAN:
    return NR_TEXT("mean");
  case NR_RANGE:
    return number == 0 ? NR_TEXT("least") : NR_TEXT("most");
  case NR_EARLIEST:
    return NR_TEXT("earliest");
  case NR_SHARE:
    return NR_TEXT("share");
  default:
    return NR_TEXT("per");
  }
}

static double value_of(const work *w, const group *g, uint32_t number, double total)
{
  const nr_grouping *grouping = w->grouping;
  double value = w->has_value ? nr_sum_total(&g->sum) : (double)g->count;
  switch (grouping->aggregate) {
  case NR_SUM:
    return g->values == 0 ? NAN : value;
  case NR_MEAN:
    return g->values == 0 ? NAN : value / (double)g->values;
  case NR_RANGE:
    return number == 0 ? g->least : g->most;
  case NR_SHARE:
    return total == 0 ? NAN : (double)g->count / total;
  default:
    return g->tokens == 0 ? NAN : value * grouping->n / g->tokens;
  }
}

static uint32_t value_columns(nr_aggregate aggregate)
{
  return aggregate == NR_COUNT ? 0 : aggregate == NR_RANGE ? 2 : 1;
}

static nr_status write_keys(work *w, nr_base *base, nr_error *err)
{
  for (uint32_t k = 0; k < w->grouper.key_count; k++) {
    nr_key *key = &w->grouper.keys[k];
    nr_column_type type = key->maker.type;
    NR_TRY(nr_base_column(base, k, w->grouping->columns[k], type, true, err));
    for (uint64_t row = 0; row < base->row_count; row++) {
      uint32_t code = w->tuples.codes[w->order[row] * w->tuples.width + k];
      const nr_value *value = &key->codes.values[code];
      base->columns[k].special[row] = key->codes.special[code];
      if (type == NR_COLUMN_NUMBER) {
        base->columns[k].numbers[row] = value->number; /* none is a missing number */
        continue;
      }
      char *copy = nr_arena_copy(&base->arena, value->text.bytes, value->text.size);
      if (copy == NULL)
        return nr_fail_memory(err);
      base->columns[k].texts[row] = (nr_text){copy, value->text.size};
    }
  }
  return NR_OK;
}

static nr_status write_values(work *w, nr_base *base, nr_error *err)
{
  uint32_t column = w->grouper.key_count, values = value_columns(w->grouping->aggregate);
  bool days = w->grouping->aggregate == NR_EARLIEST;
  double total = 0;
  for (size_t g = 0; g < w->group_count; g++)
    total += (double)w->groups[g].count;
  for (uint32_t v = 0; v < values; v++, column++) {
    NR_TRY(nr_base_column(base, column, value_name(w->grouping, v), days ? NR_COLUMN_TEXT : NR_COLUMN_NUMBER,
                          false, err));
    for (uint64_t row = 0; row < base->row_count; row++) {
      const group *g = &w->groups[w->order[row]];
      char name[16];
      if (!days) {
        base->columns[column].numbers[row] = value_of(w, g, v, total);
        continue;
      }
      size_t size = g->earliest == NR_DAY_NONE ? 0 : nr_day_format(g->earliest, name);
      char *copy = size == 0 ? NULL : nr_arena_copy(&base->arena, name, size);
      if (copy == NULL && size > 0)
        return nr_fail_memory(err);
      base->columns[column].texts[row] = (nr_text){copy, size};
    }
  }
  NR_TRY(nr_base_column(base, column, NR_TEXT("count"), NR_COLUMN_NUMBER, false, err));
  NR_TRY(nr_base_column(base, column + 1, NR_TEXT("articles"), NR_COLUMN_NUMBER, false, err));
  for (uint64_t row = 0; row < base->row_count; row++) {
    base->columns[column].numbers[row] = (double)w->groups[w->order[row]].count;
    base->columns[column + 1].numbers[row] = (double)w->groups[w->order[row]].articles;
  }
  return NR_OK;
}

/* Rows of the frame behind each row. */
static nr_status write_members(work *w, nr_base *base, nr_error *err)
{
  uint64_t pairs = w->members.size / (2 * sizeof(uint64_t)), at = 0;
  uint64_t *place = nr_arena_take_array(&w->grouper.arena, w->group_count + 1, sizeof *place);
  base->parent = nr_base_retain(w->frame->base);
  base->receipts = NR_RECEIPTS_ROWS;
  base->members = nr_arena_take_array(&base->arena, pairs, sizeof *base->members);
  base->starts = nr_arena_take_array(&base->arena, base->row_count + 1, sizeof *base->starts);
  if (place == NULL || base->members == NULL || base->starts == NULL)
    return nr_fail_memory(err);
  for (uint64_t row = 0; row < base->row_count; row++) {
    base->starts[row] = place[w->order[row]] = at;
    at += w->groups[w->order[row]].count;
  }
  base->starts[base->row_count] = at;
  for (uint64_t i = 0; i < pairs; i++) {
    uint64_t member[2];
    memcpy(member, w->members.bytes + i * sizeof member, sizeof member);
    base->members[place[member[0]]++] = nr_frame_base_row(w->frame, member[1]);
  }
  return NR_OK;
}

/* Plan and key: what a receipt is made from when asked for. */
static nr_status write_receipts(work *w, nr_base *base, nr_error *err)
{
  uint32_t width = w->tuples.width;
  if (w->frame != NULL)
    return write_members(w, base, err);
  base->hits = nr_hits_retain(w->hits);
  base->receipts = NR_RECEIPTS_GROUPS;
  base->key_count = width;
  base->grouping = nr_arena_take_array(&base->arena, width, sizeof *base->grouping);
  base->keys = nr_arena_take_array(&base->arena, base->row_count * width, sizeof *base->keys);
  if (base->grouping == NULL || base->keys == NULL)
    return nr_fail_memory(err);
  for (uint32_t k = 0; k < width; k++) {
    nr_text name = w->grouping->columns[k];
    base->grouping[k] = (nr_text){nr_arena_copy(&base->arena, name.bytes, name.size), name.size};
    if (base->grouping[k].bytes == NULL)
      return nr_fail_memory(err);
  }
  for (uint64_t row = 0; row < base->row_count && width > 0; row++)
    memcpy(base->keys + row * width, w->tuples.codes + w->order[row] * width, width * sizeof *base->keys);
  return NR_OK;
}

static nr_status write_frame(work *w, nr_frame **frame, nr_error *err)
{
  nr_base *base;
  NR_TRY(sort_groups(w, err));
  NR_TRY(nr_base_new(w->memory, w->grouper.key_count + value_columns(w->grouping->aggregate) + 2,
                     w->group_count, &base, err));
  nr_status status = write_keys(w, base, err);
  if (status == NR_OK)
    status = write_values(w, base, err);
  if (status == NR_OK)
    status = write_receipts(w, base, err);
  if (status != NR_OK) {
    nr_base_release(base);
    return status;
  }
  return nr_frame_of_base(w->memory, base, frame, err);
}

/* ---- all of it ---- */

static nr_status open_value(work *w, nr_error *err)
{
  const nr_grouping *grouping = w->grouping;
  bool needed =
      grouping->aggregate == NR_SUM || grouping->aggregate == NR_MEAN || grouping->aggregate == NR_RANGE;
  if (grouping->of.bytes == NULL || grouping->of.size == 0) {
    if (needed)
      return nr_fail(err, NR_INVALID, "%.*s of which number? Name a column",
                     (int)value_name(grouping, 0).size, value_name(grouping, 0).bytes);
    return NR_OK;
  }
  if (!needed && grouping->aggregate != NR_PER)
    return NR_OK;
  w->has_value = true;
  nr_buffer_init(&w->value.scratch, w->memory);
  NR_TRY(w->frame != NULL ? nr_maker_of_frame(&w->value, grouping->of, w->frame, &w->grouper.arena, err)
                          : nr_maker_init(&w->value, grouping->of, w->hits, &w->grouper.arena, err));
  if (w->value.type != NR_COLUMN_NUMBER)
    return nr_fail(err, NR_INVALID, "the column \"%.*s\" holds no numbers", (int)grouping->of.size,
                   grouping->of.bytes);
  return NR_OK;
}

static nr_status aggregate(work *w, const nr_poll *poll, nr_frame **frame, nr_error *err)
{
  group *g;
  NR_TRY(open_value(w, err));
  NR_TRY(w->frame != NULL ? add_rows(w, poll, err) : add_hits(w, poll, err));
  if (w->grouper.key_count == 0) /* the total, also of nothing */
    NR_TRY(group_at(w, NULL, &g, err));
  nr_tuples others, there;
  nr_tuples_init(&others, w->memory, w->tuples.width);
  nr_tuples_init(&there, w->memory, w->tuples.width);
  nr_status status = fill(w, &others, &there, err);
  nr_tuples_clear(&others);
  nr_tuples_clear(&there);
  NR_TRY(status);
  if (w->grouping->aggregate == NR_PER && w->hits != NULL) {
    NR_TRY(count_all_tokens(w, poll, err));
    spread_tokens(w);
  }
  return write_frame(w, frame, err);
}

/* Group hits, or the rows of a frame. */
static nr_status group_all(work *w, const nr_poll *poll, nr_frame **frame, nr_error *err)
{
  const nr_grouping *grouping = w->grouping;
  nr_tuples_init(&w->tuples, w->memory, grouping->column_count);
  nr_tuples_init(&w->below, w->memory, grouping->column_count);
  nr_tuples_init(&w->articles, w->memory, 3);
  nr_buffer_init(&w->members, w->memory);
  nr_status status = w->frame != NULL ? nr_grouper_of_frame(&w->grouper, w->memory, w->frame,
                                                            grouping->columns, grouping->column_count, err)
                                      : nr_grouper_init(&w->grouper, w->memory, w->hits, grouping->columns,
                                                        grouping->column_count, err);
  if (status == NR_OK)
    status = aggregate(w, poll, frame, err);
  if (w->has_value)
    nr_maker_clear(&w->value);
  nr_tuples_clear(&w->tuples);
  nr_tuples_clear(&w->below);
  nr_tuples_clear(&w->articles);
  nr_buffer_clear(&w->members);
  nr_release(w->memory, w->groups, w->group_capacity * sizeof *w->groups);
  nr_release(w->memory, w->tokens, w->token_capacity * sizeof *w->tokens);
  nr_grouper_clear(&w->grouper);
  return status;
}

nr_status nr_frame_group(const nr_memory *memory, nr_hits *hits, const nr_grouping *grouping,
                         const nr_poll *poll, nr_frame **frame, nr_error *err)
{
  work w = {.memory = memory, .grouping = grouping, .hits = hits};
  return group_all(&w, poll, frame, err);
}

nr_status nr_frame_regroup(const nr_frame *frame, const nr_grouping *grouping, nr_frame **out, nr_error *err)
{
  work w = {.memory = frame->memory, .grouping = grouping, .hits = nr_frame_hits(frame), .frame = frame};
  if (nr_frame_rows(frame) > UINT32_MAX)
    return nr_fail(err, NR_LIMIT, "more than 2^32 rows to group");
  return group_all(&w, NULL, out, err);
}
