/* hits.c: counting, and the hits of all parts in line order. Floor 4. */
#include <math.h>
#include <string.h>

#include "query/region.h"

/* ---- counting ---- */

/* Texts of spans that may lie on the line and in the margin of one article. */
static nr_status count_texts(nr_run *run, const nr_spans *spans, uint64_t *texts, nr_error *err)
{
  uint64_t *seen;
  nr_walk walk = {.segment = run->segment};
  if (spans->count == 0 || (spans->first[0] >= run->on) == (spans->first[spans->count - 1] >= run->on)) {
    *texts += nr_run_texts(run, spans);
    return NR_OK;
  }
  size_t words = ((size_t)nr_segment_count(run->segment)->articles + 63) / 64;
  NR_TRY(nr_run_take(run, words, sizeof *seen, &seen, err));
  memset(seen, 0, words * sizeof *seen);
  for (uint32_t i = 0; i < spans->count; i++) {
    uint32_t article = nr_walk_to(&walk, spans->first[i], run->on);
    *texts += (seen[article / 64] >> article % 64 & 1) == 0;
    seen[article / 64] |= UINT64_C(1) << article % 64;
  }
  return NR_OK;
}

static nr_status count_part(const nr_plan *plan, nr_run *run, uint64_t *hits, uint64_t *texts, nr_error *err)
{
  nr_spans spans;
  NR_TRY(nr_run_plan(run, plan, &spans, err));
  *hits += spans.count;
  return count_texts(run, &spans, texts, err);
}

nr_status nr_plan_count(nr_plan *plan, nr_snapshot *snapshot, const nr_poll *poll, uint64_t *hits,
                        uint64_t *texts, nr_error *err)
{
  uint64_t found_hits = 0, found_texts = 0;
  nr_status status = NR_OK;
  nr_arena arena, whole; /* of a part; of the snapshot */
  if (plan->type->stored != NULL && plan->type->stored(plan, snapshot, hits, texts))
    return NR_OK;
  nr_arena_init(&arena, plan->arena.memory);
  nr_arena_init(&whole, plan->arena.memory);
  nr_shared shared = {.arena = &whole};
  for (uint32_t part = 0; part < nr_snapshot_count(snapshot)->parts && status == NR_OK; part++) {
    nr_run run;
    nr_run_init(&run, snapshot, part, &arena, &shared, poll);
    status = count_part(plan, &run, &found_hits, &found_texts, err);
    nr_arena_clear(&arena);
  }
  nr_arena_clear(&whole);
  if (status != NR_OK)
    return status;
  *hits = found_hits;
  *texts = found_texts;
  return NR_OK;
}

/* Look in ever larger stretches of articles. */
static nr_status any_in_part(const nr_plan *plan, nr_run *run, bool *any, nr_error *err)
{
  uint32_t articles = nr_segment_count(run->segment)->articles, from = 0, step = 256;
  while (from < articles && !*any) {
    uint32_t to = articles - from > step ? from + step : articles;
    nr_spans spans;
    nr_run_narrow(run, from, to);
    run->memo_count = 0;
    NR_TRY(nr_run_plan(run, plan, &spans, err));
    *any = spans.count > 0;
    from = to;
    step = step < UINT32_MAX / 4 ? step * 4 : step;
  }
  return NR_OK;
}

nr_status nr_plan_any(nr_plan *plan, nr_snapshot *snapshot, const nr_poll *poll, bool *any, nr_error *err)
{
  bool found = false;
  nr_status status = NR_OK;
  nr_arena arena, whole;
  nr_arena_init(&arena, plan->arena.memory);
  nr_arena_init(&whole, plan->arena.memory);
  nr_shared shared = {.arena = &whole};
  for (uint32_t part = 0; part < nr_snapshot_count(snapshot)->parts && status == NR_OK && !found; part++) {
    nr_run run;
    nr_run_init(&run, snapshot, part, &arena, &shared, poll);
    status = any_in_part(plan, &run, &found, err);
    nr_arena_clear(&arena);
  }
  nr_arena_clear(&whole);
  if (status == NR_OK)
    *any = found;
  return status;
}

/* ---- hits ---- */

/* Hits of one article, next to each other in its part. */
typedef struct stretch {
  uint32_t part, article, first, count; /* first: index in the part's spans */
  uint64_t before;                      /* hits in the stretches before it */
} stretch;

struct nr_hits {
  atomic_uint users;
  nr_arena arena; /* holds this too */
  nr_plan *plan;
  nr_snapshot *snapshot;
  nr_spans *parts;
  uint64_t count;
  stretch *stretches; /* in line order */
  size_t stretch_count;
};

static nr_status run_parts(nr_hits *hits, const nr_poll *poll, nr_error *err)
{
  uint32_t parts = nr_snapshot_count(hits->snapshot)->parts;
  nr_shared shared = {.arena = &hits->arena};
  hits->parts = nr_arena_take_array(&hits->arena, parts, sizeof *hits->parts);
  if (hits->parts == NULL)
    return nr_fail_memory(err);
  for (uint32_t part = 0; part < parts; part++) {
    nr_run run;
    nr_run_init(&run, hits->snapshot, part, &hits->arena, &shared, poll);
    NR_TRY(nr_run_plan(&run, hits->plan, &hits->parts[part], err));
    hits->count += hits->parts[part].count;
  }
  return NR_OK;
}

typedef struct stretches {
  const nr_memory *memory;
  stretch *items;
  size_t count, capacity;
} stretches;

static nr_status cut_part(const nr_hits *hits, uint32_t part, stretches *list, nr_error *err)
{
  const nr_spans *spans = &hits->parts[part];
  nr_walk walk = {.segment = nr_snapshot_part(hits->snapshot, part)->segment};
  uint32_t on = nr_segment_count(walk.segment)->on, i = 0;
  while (i < spans->count) {
    uint32_t start = i, article = nr_walk_to(&walk, spans->first[i], on);
    while (i < spans->count && spans->first[i] >= walk.first && spans->first[i] < walk.end)
      i++;
    void *items = list->items;
    NR_TRY(nr_grow(list->memory, &items, &list->capacity, list->count + 1, sizeof *list->items, err));
    list->items = items;
    list->items[list->count++] = (stretch){part, article, start, i - start, 0};
  }
  return NR_OK;
}

/* By (day, id) of the article; line before margin. */
static int compare(const nr_hits *hits, const stretch *a, const stretch *b)
{
  const nr_segment *a_segment = nr_snapshot_part(hits->snapshot, a->part)->segment;
  const nr_segment *b_segment = nr_snapshot_part(hits->snapshot, b->part)->segment;
  if (a->part == b->part)
    return a->article != b->article ? (a->article > b->article) - (a->article < b->article)
                                    : (a->first > b->first) - (a->first < b->first);
  nr_day a_day = nr_segment_day(a_segment, a->article), b_day = nr_segment_day(b_segment, b->article);
  if (a_day != b_day)
    return a_day < b_day ? -1 : 1;
  return nr_text_compare(nr_segment_id(a_segment, a->article), nr_segment_id(b_segment, b->article));
}

/* Bottom-up merge of the ascending runs, which are few: a run or two a part. */
static nr_status sort_stretches(nr_hits *hits, stretches *list, nr_error *err)
{
  stretch *from = list->items, *to = nr_arena_take_array(&hits->arena, list->count, sizeof *to);
  stretch *spare = nr_arena_take_array(&hits->arena, list->count, sizeof *to);
  if (to == NULL || spare == NULL)
    return nr_fail_memory(err);
  for (size_t runs = 2; runs > 1;) {
    size_t start = 0;
    for (runs = 0; start < list->count; runs++) {
      size_t middle = start + 1;
      while (middle < list->count && compare(hits, &from[middle - 1], &from[middle]) <= 0)
        middle++;
      size_t end = middle < list->count ? middle + 1 : middle;
      while (end < list->count && compare(hits, &from[end - 1], &from[end]) <= 0)
        end++;
      size_t left = start, right = middle;
      for (size_t i = start; i < end; i++)
        to[i] = left < middle && (right == end || compare(hits, &from[left], &from[right]) <= 0)
                    ? from[left++]
                    : from[right++];
      start = end;
    }
    stretch *sorted = to;
    to = from == list->items ? spare : from;
    from = sorted;
  }
  hits->stretches = from;
  hits->stretch_count = list->count;
  return NR_OK;
}

static nr_status order_parts(nr_hits *hits, nr_error *err)
{
  stretches list = {.memory = hits->arena.memory};
  nr_status status = NR_OK;
  for (uint32_t part = 0; part < nr_snapshot_count(hits->snapshot)->parts && status == NR_OK; part++)
    status = cut_part(hits, part, &list, err);
  if (status == NR_OK)
    status = sort_stretches(hits, &list, err);
  nr_release(list.memory, list.items, list.capacity * sizeof *list.items);
  if (status != NR_OK)
    return status;
  uint64_t before = 0;
  for (size_t i = 0; i < hits->stretch_count; i++) {
    hits->stretches[i].before = before;
    before += hits->stretches[i].count;
  }
  return NR_OK;
}

nr_status nr_hits_new(const nr_memory *memory, nr_plan *plan, nr_snapshot *snapshot, const nr_poll *poll,
                      nr_hits **hits, nr_error *err)
{
  nr_arena arena;
  nr_arena_init(&arena, memory);
  nr_hits *made = nr_arena_take(&arena, sizeof *made);
  if (made == NULL)
    return nr_fail_memory(err);
  memset(made, 0, sizeof *made);
  atomic_init(&made->users, 1);
  made->arena = arena;
  made->plan = nr_plan_retain(plan);
  made->snapshot = nr_snapshot_retain(snapshot);
  nr_status status = run_parts(made, poll, err);
  if (status == NR_OK)
    status = order_parts(made, err);
  if (status != NR_OK) {
    nr_hits_free(made);
    return status;
  }
  *hits = made;
  return NR_OK;
}

nr_hits *nr_hits_retain(nr_hits *hits)
{
  if (hits != NULL)
    atomic_fetch_add_explicit(&hits->users, 1, memory_order_relaxed);
  return hits;
}

void nr_hits_free(nr_hits *hits)
{
  if (hits == NULL || atomic_fetch_sub_explicit(&hits->users, 1, memory_order_acq_rel) != 1)
    return;
  nr_plan_release(hits->plan);
  nr_snapshot_release(hits->snapshot);
  nr_arena arena = hits->arena;
  nr_arena_clear(&arena);
}

uint64_t nr_hits_count(const nr_hits *hits)
{
  return hits->count;
}

nr_snapshot *nr_hits_snapshot(const nr_hits *hits)
{
  return hits->snapshot;
}

nr_plan *nr_hits_plan(const nr_hits *hits)
{
  return hits->plan;
}

/* The stretch that holds hit `index`. */
static size_t find_stretch(const nr_hits *hits, uint64_t index)
{
  size_t low = 0, high = hits->stretch_count;
  while (high - low > 1) {
    size_t middle = low + (high - low) / 2;
    if (hits->stretches[middle].before <= index)
      low = middle;
    else
      high = middle;
  }
  return low;
}

uint32_t nr_hits_read(const nr_hits *hits, uint64_t index, uint32_t room, nr_hit *out)
{
  uint32_t count = 0;
  if (index >= hits->count)
    return 0;
  for (size_t s = find_stretch(hits, index); s < hits->stretch_count && count < room; s++) {
    const stretch *in = &hits->stretches[s];
    const nr_spans *spans = &hits->parts[in->part];
    uint32_t skip = count == 0 ? (uint32_t)(index - in->before) : 0;
    for (uint32_t i = in->first + skip; i < in->first + in->count && count < room; i++)
      out[count++] = (nr_hit){in->part, spans->first[i], spans->last[i], nr_spans_row(spans, i), in->article};
  }
  return count;
}

void nr_hits_get(const nr_hits *hits, uint64_t index, nr_hit *hit)
{
  nr_hits_read(hits, index, 1, hit);
}

nr_text nr_hits_text(const nr_hits *hits, const nr_hit *hit, uint32_t column)
{
  const nr_table *table = hits->parts[hit->part].table;
  if (table == NULL || hit->row == UINT32_MAX || table->columns[column].type != NR_COLUMN_TEXT)
    return (nr_text){NULL, 0};
  return table->columns[column].texts[hit->row];
}

double nr_hits_number(const nr_hits *hits, const nr_hit *hit, uint32_t column)
{
  const nr_table *table = hits->parts[hit->part].table;
  if (table == NULL || hit->row == UINT32_MAX || table->columns[column].type != NR_COLUMN_NUMBER)
    return NAN;
  return table->columns[column].numbers[hit->row];
}

void nr_hits_bytes(const nr_hits *hits, const nr_hit *hit, uint32_t *start, uint32_t *end)
{
  const nr_segment *segment = nr_snapshot_part(hits->snapshot, hit->part)->segment;
  uint32_t unused;
  nr_segment_bytes_in(segment, hit->article, hit->first, start, end);
  if (hit->last != hit->first)
    nr_segment_bytes_in(segment, hit->article, hit->last, &unused, end);
}

void nr_hits_bytes_many(const nr_hits *hits, const nr_hit *list, uint32_t count, uint32_t *starts,
                        uint32_t *ends)
{
  for (int second = 0; second < 2; second++)
    for (uint32_t i = 0; i < count; i++)
      nr_segment_bytes_fetch(nr_snapshot_part(hits->snapshot, list[i].part)->segment, list[i].first, second);
  for (uint32_t i = 0; i < count; i++)
    nr_hits_bytes(hits, &list[i], &starts[i], &ends[i]);
}

bool nr_hits_place(const nr_hits *hits, const nr_hit *hit, uint32_t *start, uint32_t *end)
{
  nr_article_view view;
  nr_segment_article(nr_snapshot_part(hits->snapshot, hit->part)->segment, hit->article, &view);
  nr_hits_bytes(hits, hit, start, end);
  if (*start < view.title_size)
    return true;
  *start -= view.title_size;
  *end -= view.title_size;
  return false;
}

nr_status nr_hits_window(const nr_hits *hits, const nr_hit *hit, uint32_t left, uint32_t right,
                         uint32_t *first, uint32_t *last, nr_error *err)
{
  const nr_segment *segment = nr_snapshot_part(hits->snapshot, hit->part)->segment;
  uint32_t low, high;
  nr_arena arena; /* takes memory only where the article has cuts */
  nr_arena_init(&arena, hits->arena.memory);
  nr_status status = nr_segment_reach(segment, &arena, hit->article, hit->first, hit->last, &low, &high, err);
  nr_arena_clear(&arena);
  if (status != NR_OK)
    return status;
  *first = hit->first - low > left ? hit->first - left : low;
  *last = high - hit->last > right ? hit->last + right : high;
  return NR_OK;
}
