/* view.c: sets of articles. Floor 4. */
#include <string.h>

#include "query/fields.h"
#include "query/list.h"
#include "query/view.h"

typedef enum view_kind { DURING, WHERE, ONLY } view_kind;

struct nr_view {
  atomic_uint users;
  nr_arena arena; /* holds the view too */
  nr_view *of;    /* NULL: all */
  view_kind kind;
  nr_period period;
  nr_condition *conditions;
  uint32_t condition_count;
  nr_plan *plan;
};

static nr_status new_view(const nr_memory *memory, nr_view *of, view_kind kind, nr_view **view, nr_error *err)
{
  nr_arena arena;
  nr_arena_init(&arena, memory);
  nr_view *made = nr_arena_take(&arena, sizeof *made);
  if (made == NULL)
    return nr_fail_memory(err);
  memset(made, 0, sizeof *made);
  atomic_init(&made->users, 1);
  made->arena = arena;
  made->of = nr_view_retain(of);
  made->kind = kind;
  *view = made;
  return NR_OK;
}

nr_view *nr_view_retain(nr_view *view)
{
  if (view != NULL)
    atomic_fetch_add_explicit(&view->users, 1, memory_order_relaxed);
  return view;
}

void nr_view_release(nr_view *view)
{
  if (view == NULL || atomic_fetch_sub_explicit(&view->users, 1, memory_order_acq_rel) != 1)
    return;
  nr_view_release(view->of);
  nr_plan_release(view->plan);
  nr_arena arena = view->arena;
  nr_arena_clear(&arena);
}

nr_status nr_view_during(const nr_memory *memory, nr_view *of, nr_period period, nr_view **view,
                         nr_error *err)
{
  NR_TRY(new_view(memory, of, DURING, view, err));
  (*view)->period = period;
  return NR_OK;
}

nr_status nr_conditions_copy(nr_arena *arena, const nr_condition *from, uint32_t count, nr_condition **to,
                             nr_error *err)
{
  nr_condition *copies = nr_arena_take_array(arena, count, sizeof *copies);
  if (copies == NULL)
    return nr_fail_memory(err);
  for (uint32_t i = 0; i < count; i++) {
    nr_value *values = nr_arena_take_array(arena, from[i].count, sizeof *values);
    char *name = nr_arena_copy(arena, from[i].name.bytes, from[i].name.size);
    if (values == NULL || name == NULL)
      return nr_fail_memory(err);
    for (uint32_t v = 0; v < from[i].count; v++) {
      values[v] = from[i].values[v];
      if (values[v].text.bytes == NULL)
        continue;
      values[v].text.bytes = nr_arena_copy(arena, values[v].text.bytes, values[v].text.size);
      if (values[v].text.bytes == NULL)
        return nr_fail_memory(err);
    }
    copies[i] = (nr_condition){{name, from[i].name.size}, values, from[i].count};
  }
  *to = copies;
  return NR_OK;
}

nr_status nr_view_where(const nr_memory *memory, nr_view *of, const nr_condition *conditions, uint32_t count,
                        nr_view **view, nr_error *err)
{
  nr_view *made;
  NR_TRY(new_view(memory, of, WHERE, &made, err));
  nr_status status = nr_conditions_copy(&made->arena, conditions, count, &made->conditions, err);
  if (status != NR_OK) {
    nr_view_release(made);
    return status;
  }
  made->condition_count = count;
  *view = made;
  return NR_OK;
}

nr_status nr_view_only(const nr_memory *memory, nr_view *of, nr_plan *plan, nr_view **view, nr_error *err)
{
  NR_TRY(new_view(memory, of, ONLY, view, err));
  (*view)->plan = nr_plan_retain(plan);
  return NR_OK;
}

/* ---- bitmaps ---- */

static bool has(const uint64_t *bits, uint32_t article)
{
  return (bits[article / 64] >> article % 64 & 1) != 0;
}

static void drop(uint64_t *bits, uint32_t article)
{
  bits[article / 64] &= ~(UINT64_C(1) << article % 64);
}

static void drop_range(uint64_t *bits, uint32_t from, uint32_t to)
{
  while (from < to && from % 64 != 0)
    drop(bits, from++);
  for (; from + 64 <= to; from += 64)
    bits[from / 64] = 0;
  while (from < to)
    drop(bits, from++);
}

static void set_live(const nr_part *part, uint32_t articles, uint64_t *bits)
{
  size_t words = ((size_t)articles + 63) / 64;
  for (size_t w = 0; w < words; w++)
    bits[w] = part->dead == NULL ? ~UINT64_C(0) : ~part->dead[w];
  if (articles % 64 != 0)
    bits[words - 1] &= (UINT64_C(1) << articles % 64) - 1;
}

static void keep_during(const nr_view *view, const nr_segment *segment, uint32_t articles, uint64_t *bits)
{
  uint32_t from = nr_segment_from_day(segment, view->period.first);
  uint32_t to =
      nr_segment_from_day(segment, view->period.last == NR_DAY_NONE ? NR_DAY_NONE : view->period.last + 1);
  drop_range(bits, 0, from);
  drop_range(bits, to, articles);
  for (uint32_t article = from; article < to; article++) {
    if (has(bits, article) &&
        nr_segment_date(segment, article).last > view->period.last) /* a coarse date that reaches out */
      drop(bits, article);
  }
}

static nr_status keep_where(const nr_view *view, nr_snapshot *snapshot, const nr_segment *segment,
                            uint32_t articles, nr_arena *arena, uint64_t *bits, nr_error *err)
{
  for (uint32_t c = 0; c < view->condition_count; c++) {
    nr_article_test test;
    if (!nr_snapshot_has_field(snapshot, view->conditions[c].name))
      return nr_fail_unknown_field(err, "field", view->conditions[c].name, snapshot, NULL, 0);
    NR_TRY(nr_article_test_init(&test, &view->conditions[c], segment, arena, err));
    for (uint32_t article = 0; article < articles; article++)
      if (has(bits, article) && !nr_article_meets(&test, article))
        drop(bits, article);
  }
  return NR_OK;
}

static nr_status keep_only(nr_run *run, const nr_view *view, uint64_t *bits, nr_error *err)
{
  nr_walk walk = {.segment = run->segment};
  uint32_t articles = nr_segment_count(run->segment)->articles;
  size_t words = ((size_t)articles + 63) / 64;
  uint64_t *found;
  nr_spans spans;
  NR_TRY(nr_run_plan(run, view->plan, &spans, err));
  NR_TRY(nr_run_take(run, words, sizeof *found, &found, err));
  memset(found, 0, words * sizeof *found);
  for (uint32_t i = 0; i < spans.count; i++) {
    uint32_t article = nr_walk_to(&walk, spans.first[i], run->on);
    found[article / 64] |= UINT64_C(1) << article % 64;
  }
  for (size_t w = 0; w < words; w++)
    bits[w] &= found[w];
  return NR_OK;
}

nr_status nr_view_bits(const nr_view *view, nr_run *run, uint64_t **bitmap, nr_error *err)
{
  uint32_t articles = nr_segment_count(run->segment)->articles;
  if (view == NULL) {
    uint64_t *bits;
    NR_TRY(nr_run_take(run, ((size_t)articles + 63) / 64, sizeof *bits, &bits, err));
    set_live(run->part, articles, bits);
    *bitmap = bits;
    return NR_OK;
  }
  NR_TRY(nr_view_bits(view->of, run, bitmap, err));
  switch (view->kind) {
  case DURING:
    keep_during(view, run->segment, articles, *bitmap);
    return NR_OK;
  case WHERE:
    return keep_where(view, run->snapshot, run->segment, articles, run->arena, *bitmap, err);
  default:
    return keep_only(run, view, *bitmap, err);
  }
}

static uint32_t count_bits(const uint64_t *bits, uint32_t articles)
{
  uint32_t count = 0;
  for (size_t w = 0; w < ((size_t)articles + 63) / 64; w++)
    count += (uint32_t)__builtin_popcountll(bits[w]);
  return count;
}

nr_status nr_view_articles(const nr_view *view, nr_snapshot *snapshot, uint32_t part, nr_arena *arena,
                           const uint64_t **bitmap, uint32_t *count, nr_error *err)
{
  nr_shared shared = {.arena = arena};
  nr_run run;
  uint64_t *bits;
  nr_run_init(&run, snapshot, part, arena, &shared, NULL);
  NR_TRY(nr_view_bits(view, &run, &bits, err));
  *bitmap = bits;
  *count = count_bits(bits, run.article_to);
  return NR_OK;
}

/* Undated articles that the view would hold if its periods were not there. */
static nr_status count_undated(const nr_view *view, nr_run *run, uint64_t *undated, nr_error *err)
{
  uint32_t articles = nr_segment_count(run->segment)->articles;
  uint64_t *bits;
  bool period = false;
  NR_TRY(nr_view_bits(NULL, run, &bits, err));
  for (const nr_view *v = view; v != NULL; v = v->of) {
    period = period || v->kind == DURING;
    if (v->kind == WHERE)
      NR_TRY(keep_where(v, run->snapshot, run->segment, articles, run->arena, bits, err));
    else if (v->kind == ONLY)
      NR_TRY(keep_only(run, v, bits, err));
  }
  for (uint32_t article = nr_segment_from_day(run->segment, NR_DAY_NONE); period && article < articles;
       article++)
    *undated += has(bits, article);
  return NR_OK;
}

static nr_status count_part(const nr_view *view, nr_run *run, uint64_t *articles, uint64_t *tokens,
                            uint64_t *undated, nr_error *err)
{
  uint64_t *bits;
  NR_TRY(nr_view_bits(view, run, &bits, err));
  uint32_t all = nr_segment_count(run->segment)->articles;
  for (size_t w = 0; w < ((size_t)all + 63) / 64; w++)
    for (uint64_t word = bits[w]; word != 0; word &= word - 1) {
      uint32_t first, end;
      nr_segment_article_tokens(run->segment, (uint32_t)w * 64 + (uint32_t)__builtin_ctzll(word), false,
                                &first, &end);
      *articles += 1;
      *tokens += end - first;
    }
  return count_undated(view, run, undated, err);
}

nr_status nr_view_count(const nr_view *view, nr_snapshot *snapshot, uint64_t *articles, uint64_t *tokens,
                        uint64_t *undated_left_out, nr_error *err)
{
  uint64_t found[3] = {0};
  nr_status status = NR_OK;
  if (view == NULL) {
    *articles = nr_snapshot_count(snapshot)->articles;
    *tokens = nr_snapshot_count(snapshot)->on;
    *undated_left_out = 0;
    return NR_OK;
  }
  nr_arena arena;
  nr_arena_init(&arena, view->arena.memory);
  for (uint32_t part = 0; part < nr_snapshot_count(snapshot)->parts && status == NR_OK; part++) {
    nr_shared shared = {.arena = &arena};
    nr_run run;
    nr_run_init(&run, snapshot, part, &arena, &shared, NULL);
    status = count_part(view, &run, &found[0], &found[1], &found[2], err);
    nr_arena_clear(&arena);
  }
  if (status != NR_OK)
    return status;
  *articles = found[0];
  *tokens = found[1];
  *undated_left_out = found[2];
  return NR_OK;
}

/* ---- spans in a view ---- */

static nr_status run_restrict(const nr_plan *plan, nr_run *run, nr_spans *spans, nr_error *err)
{
  uint32_t from = run->article_from, to = run->article_to, low = from, high = to;
  uint64_t *bits;
  nr_spans a = {0};
  nr_list list;
  NR_TRY(nr_view_bits(plan->view, run, &bits, err));
  while (low < high && !has(bits, low))
    low++;
  while (low < high && !has(bits, high - 1))
    high--;
  if (low == high)
    return NR_OK;
  nr_run_narrow(run, low, high);
  nr_status status = nr_run_plan(run, plan->a, &a, err);
  nr_run_narrow(run, from, to);
  NR_TRY(status);
  NR_TRY(nr_list_init(&list, run->arena, a.count, a.row != NULL, err));
  nr_walk walk = {.segment = run->segment};
  for (uint32_t i = 0; i < a.count; i++)
    if (has(bits, nr_walk_to(&walk, a.first[i], run->on)))
      nr_list_push(&list, a.first[i], a.last[i], nr_spans_row(&a, i));
  *spans = nr_list_spans(&list, a.table);
  return NR_OK;
}

nr_status nr_plan_restrict(const nr_memory *memory, nr_plan *plan, nr_view *view, nr_plan **out,
                           nr_error *err)
{
  static const nr_plan_type type = {.name = "in a view", .run = run_restrict};
  nr_plan *made;
  if (view == NULL) {
    *out = nr_plan_retain(plan);
    return NR_OK;
  }
  NR_TRY(nr_plan_filter(memory, &type, sizeof *made, plan, NULL, NULL, &made, err));
  made->view = nr_view_retain(view);
  *out = made;
  return NR_OK;
}
