/* aggregate.c: a row a group. Floor 5. */
#include <math.h>
#include <string.h>

#include "frame/aggregate.h"

nr_status nr_work_group(nr_grouping_work *w, const uint32_t *codes, nr_group **found, nr_error *err)
{
  uint32_t number;
  NR_TRY(nr_tuples_put(&w->tuples, codes, &number, err));
  if (number == w->group_count) {
    void *groups = w->groups;
    NR_TRY(nr_grow(w->memory, &groups, &w->group_capacity, w->group_count + 1, sizeof *w->groups, err));
    w->groups = groups;
    w->groups[w->group_count++] =
        (nr_group){.last_article = UINT64_MAX, .least = NAN, .most = NAN, .earliest = NR_DAY_NONE};
  }
  *found = &w->groups[number];
  return NR_OK;
}

static nr_status add_value(nr_grouping_work *w, nr_group *g, nr_error *err)
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

static void note_day(const nr_grouping_work *w, nr_group *g, const nr_hit *hit)
{
  if (w->grouping->aggregate != NR_EARLIEST)
    return;
  nr_day day = nr_segment_day(nr_snapshot_part(nr_hits_snapshot(w->hits), hit->part)->segment, hit->article);
  g->earliest = day < g->earliest ? day : g->earliest;
}

static nr_status add_hit(void *user, const uint32_t *codes, nr_error *err)
{
  nr_grouping_work *w = user;
  nr_group *g;
  NR_TRY(nr_work_group(w, codes, &g, err));
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
static nr_status add_articles(nr_grouping_work *w, uint32_t number, uint64_t row, nr_error *err)
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
  nr_grouping_work *w = user;
  nr_group *g;
  NR_TRY(nr_work_group(w, codes, &g, err));
  uint64_t member[2] = {(uint64_t)(g - w->groups), w->hit->first};
  g->count++;
  NR_TRY(nr_buffer_put(&w->members, member, sizeof member, err));
  if (w->has_value)
    NR_TRY(add_value(w, g, err));
  return add_articles(w, (uint32_t)member[0], w->hit->first, err);
}

static nr_status add_rows(nr_grouping_work *w, const nr_poll *poll, nr_error *err)
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

static nr_status add_hits(nr_grouping_work *w, const nr_poll *poll, nr_error *err)
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

/* ---- all of it ---- */

static nr_status open_value(nr_grouping_work *w, nr_error *err)
{
  const nr_grouping *grouping = w->grouping;
  bool needed =
      grouping->aggregate == NR_SUM || grouping->aggregate == NR_MEAN || grouping->aggregate == NR_RANGE;
  if (grouping->of.bytes == NULL || grouping->of.size == 0) {
    if (needed)
      return nr_fail(err, NR_INVALID, "%.*s of which number? Name a column",
                     (int)nr_value_name(grouping, 0).size, nr_value_name(grouping, 0).bytes);
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

static nr_status aggregate(nr_grouping_work *w, const nr_poll *poll, nr_frame **frame, nr_error *err)
{
  nr_group *g;
  NR_TRY(open_value(w, err));
  NR_TRY(w->frame != NULL ? add_rows(w, poll, err) : add_hits(w, poll, err));
  if (w->grouper.key_count == 0) /* the total, also of nothing */
    NR_TRY(nr_work_group(w, NULL, &g, err));
  NR_TRY(nr_work_fill(w, err));
  if (w->grouping->aggregate == NR_PER && w->hits != NULL)
    NR_TRY(nr_work_count_tokens(w, poll, err));
  return nr_work_frame(w, frame, err);
}

/* Group hits, or the rows of a frame. */
static nr_status group_all(nr_grouping_work *w, const nr_poll *poll, nr_frame **frame, nr_error *err)
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
  nr_grouping_work w = {.memory = memory, .grouping = grouping, .hits = hits};
  return group_all(&w, poll, frame, err);
}

nr_status nr_frame_regroup(const nr_frame *frame, const nr_grouping *grouping, nr_frame **out, nr_error *err)
{
  nr_grouping_work w = {
      .memory = frame->memory, .grouping = grouping, .hits = nr_frame_hits(frame), .frame = frame};
  if (nr_frame_rows(frame) > UINT32_MAX)
    return nr_fail(err, NR_LIMIT, "more than 2^32 rows to group");
  return group_all(&w, NULL, out, err);
}
