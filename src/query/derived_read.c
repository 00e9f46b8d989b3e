/* derived_read.c: derived layers from their bytes; through merges; as plans. Floor 4.
 * The bytes come from a file: no number is believed, and what is taken is bounded by what is there. */
#include <math.h>

#include "query/derived.h"
#include "query/given.h"
#include "segment/packed.h"

typedef struct reader {
  nr_text bytes;
  size_t at;
  bool bad; /* something did not hold; all that is read then is 0 */
} reader;

static uint32_t get(reader *r)
{
  if (r->bad || r->at >= r->bytes.size) {
    r->bad = true;
    return 0;
  }
  return nr_varint_get(r->bytes, &r->at);
}

/* A number that must be below `end`. */
static uint32_t get_below(reader *r, uint64_t end)
{
  uint32_t value = get(r);
  r->bad |= value >= end;
  return r->bad ? 0 : value;
}

/* How many things of at least one byte follow. */
static uint32_t get_count(reader *r)
{
  return get_below(r, (uint64_t)(r->bytes.size - r->at) + 1);
}

static nr_text get_bytes(reader *r, size_t size)
{
  r->bad |= size > r->bytes.size - r->at;
  if (r->bad)
    return (nr_text){"", 0};
  r->at += size;
  return (nr_text){r->bytes.bytes + r->at - size, size};
}

static nr_status take(nr_arena *arena, size_t count, size_t size, void *items, nr_error *err)
{
  void *taken = nr_arena_take_array(arena, count, size);
  if (taken == NULL)
    return nr_fail_memory(err);
  memcpy(items, &taken, sizeof taken);
  return NR_OK;
}

static nr_status keep_text(nr_arena *arena, nr_text *text, nr_error *err)
{
  text->bytes = nr_arena_copy(arena, text->bytes, text->size);
  return text->bytes == NULL ? nr_fail_memory(err) : NR_OK;
}

static nr_status read_states(reader *r, uint32_t articles, nr_arena *scratch, nr_derived_view *view,
                             nr_error *err)
{
  uint32_t *states = NULL, top = 0;
  nr_text *reasons = NULL;
  r->bad |= get(r) != articles;
  NR_TRY(take(scratch, articles, sizeof *states, &states, err));
  for (uint32_t i = 0; i < articles && !r->bad;) {
    uint32_t state = get(r), run = get_below(r, (uint64_t)articles - i + 1);
    r->bad |= run == 0;
    top = state > top ? state : top;
    while (run-- > 0 && !r->bad)
      states[i++] = state;
  }
  view->reason_count = get_count(r);
  r->bad |= top >= NR_DERIVED_LEFT_OUT && top - NR_DERIVED_LEFT_OUT >= view->reason_count;
  NR_TRY(take(scratch, view->reason_count, sizeof *reasons, &reasons, err));
  for (uint32_t i = 0; i < view->reason_count; i++)
    reasons[i] = get_bytes(r, get(r));
  view->states = states;
  view->reasons = reasons;
  return NR_OK;
}

static nr_status read_names(reader *r, nr_arena *keep, nr_table *table, nr_error *err)
{
  nr_column *columns = NULL;
  table->column_count = get_below(r, NR_DERIVED_COLUMNS_MAX + 1);
  NR_TRY(take(keep, table->column_count, sizeof *columns, &columns, err));
  for (uint32_t c = 0; c < table->column_count; c++) {
    columns[c] = (nr_column){.type = get_below(r, 2) == 1 ? NR_COLUMN_NUMBER : NR_COLUMN_TEXT};
    columns[c].name = get_bytes(r, get(r));
    NR_TRY(keep_text(keep, &columns[c].name, err));
  }
  table->columns = columns;
  return NR_OK;
}

static nr_status read_texts(reader *r, nr_arena *keep, nr_arena *scratch, nr_text **texts, uint32_t *count,
                            nr_error *err)
{
  uint64_t total = 0;
  *count = get_count(r);
  NR_TRY(take(scratch, *count, sizeof **texts, texts, err));
  for (uint32_t i = 0; i < *count; i++)
    total += (*texts)[i].size = get(r);
  nr_text all = get_bytes(r, total > SIZE_MAX ? SIZE_MAX : (size_t)total);
  if (r->bad)
    return NR_OK;
  NR_TRY(keep_text(keep, &all, err));
  for (uint32_t i = 0; i < *count; i++) {
    (*texts)[i].bytes = all.bytes;
    all.bytes += (*texts)[i].size;
  }
  return NR_OK;
}

static double get_number(reader *r)
{
  uint32_t tag = get(r);
  double number = NAN;
  if (tag == 1) {
    nr_text raw = get_bytes(r, 8);
    uint64_t bits = r->bad ? 0 : nr_load_u64(raw.bytes);
    memcpy(&number, &bits, sizeof number);
  } else if (tag > 1) {
    int64_t half = (tag - 2) >> 1;
    number = (double)((tag & 1) != 0 ? -half - 1 : half);
  }
  return number;
}

static nr_status take_cells(nr_arena *keep, nr_table *table, nr_text **texts, double **numbers, nr_error *err)
{
  nr_column *columns = (nr_column *)(uintptr_t)table->columns; /* made by read_names, so ours */
  for (uint32_t c = 0; c < table->column_count; c++) {
    NR_TRY(
        take(keep, columns[c].type == NR_COLUMN_TEXT ? table->row_count : 0, sizeof **texts, &texts[c], err));
    NR_TRY(take(keep, columns[c].type == NR_COLUMN_TEXT ? 0 : table->row_count, sizeof **numbers, &numbers[c],
                err));
    columns[c].texts = texts[c];
    columns[c].numbers = numbers[c];
  }
  return NR_OK;
}

static nr_status read_rows(reader *r, nr_arena *keep, nr_arena *scratch, nr_table *table, nr_error *err)
{
  nr_text *all = NULL, *texts[NR_DERIVED_COLUMNS_MAX];
  double *numbers[NR_DERIVED_COLUMNS_MAX];
  uint32_t text_count;
  NR_TRY(read_texts(r, keep, scratch, &all, &text_count, err));
  table->row_count = get_count(r);
  r->bad |= table->column_count == 0 && table->row_count > 0;
  if (r->bad)
    return NR_OK;
  NR_TRY(take_cells(keep, table, texts, numbers, err));
  for (uint32_t i = 0; i < table->row_count; i++)
    for (uint32_t c = 0; c < table->column_count; c++) {
      if (table->columns[c].type == NR_COLUMN_NUMBER) {
        numbers[c][i] = get_number(r);
        continue;
      }
      uint32_t text = get_below(r, (uint64_t)text_count + 1);
      texts[c][i] = text == 0 ? (nr_text){NULL, 0} : all[text - 1];
    }
  return NR_OK;
}

typedef struct arrays {
  uint32_t *ends, *first, *last, *row, count;
} arrays;

/* The spans of one article on the line or in the margin. */
static void read_article(reader *r, uint32_t count, uint32_t mark, const nr_table *table, arrays *out)
{
  uint64_t first = 0;
  for (uint32_t i = 0; i < count && !r->bad; i++) {
    first += get(r);
    uint64_t last = first + get(r);
    uint32_t row = table->column_count == 0 ? 0 : get_below(r, table->row_count);
    r->bad |= last >= NR_DERIVED_MARGIN;
    if (r->bad)
      return;
    out->first[out->count] = (uint32_t)first | mark;
    out->last[out->count] = (uint32_t)last;
    if (out->row != NULL)
      out->row[out->count] = row;
    out->count++;
  }
}

static nr_status read_spans(reader *r, nr_arena *scratch, nr_derived_view *view, nr_error *err)
{
  uint64_t total = get_count(r);
  total += get_count(r);
  arrays out = {0};
  NR_TRY(take(scratch, view->article_count, sizeof *out.ends, &out.ends, err));
  NR_TRY(take(scratch, (size_t)total, sizeof *out.first, &out.first, err));
  NR_TRY(take(scratch, (size_t)total, sizeof *out.last, &out.last, err));
  if (view->table.column_count > 0)
    NR_TRY(take(scratch, (size_t)total, sizeof *out.row, &out.row, err));
  uint32_t next = 0;
  while (out.count < total && !r->bad) {
    uint32_t article = get_below(r, (uint64_t)view->article_count - next) + next;
    while (next <= article && !r->bad)
      out.ends[next++] = out.count;
    uint32_t line = get_below(r, total - out.count + 1), margin = get_below(r, total - out.count - line + 1);
    r->bad |= line + margin == 0 || view->states[article] != NR_DERIVED_READ;
    read_article(r, line, 0, &view->table, &out);
    read_article(r, margin, NR_DERIVED_MARGIN, &view->table, &out);
    if (!r->bad)
      out.ends[article] = out.count;
  }
  while (next < view->article_count)
    out.ends[next++] = out.count;
  view->ends = out.ends;
  view->first = out.first;
  view->last = out.last;
  view->row = out.row;
  view->span_count = out.count;
  return NR_OK;
}

static reader begin(nr_text bytes)
{
  return (reader){bytes, 4, bytes.size < 4 || nr_load_u32(bytes.bytes) != NR_DERIVED_MAGIC};
}

static nr_status damaged(const reader *r, nr_error *err)
{
  return nr_fail(err, NR_CORRUPT, "a stored layer is damaged at byte %zu of %zu", r->at, r->bytes.size);
}

nr_status nr_derived_read_states(nr_text bytes, uint32_t articles, nr_arena *scratch, nr_derived_view *view,
                                 nr_error *err)
{
  nr_derived_view made = {.article_count = articles};
  reader r = begin(bytes);
  if (!r.bad)
    NR_TRY(read_states(&r, articles, scratch, &made, err));
  if (r.bad)
    return damaged(&r, err);
  *view = made;
  return NR_OK;
}

nr_status nr_derived_read(nr_text bytes, uint32_t articles, nr_arena *keep, nr_arena *scratch,
                          nr_derived_view *view, nr_error *err)
{
  nr_derived_view made = {.article_count = articles};
  reader r = begin(bytes);
  if (!r.bad)
    NR_TRY(read_states(&r, articles, scratch, &made, err));
  if (!r.bad)
    NR_TRY(read_names(&r, keep, &made.table, err));
  if (!r.bad)
    NR_TRY(read_rows(&r, keep, scratch, &made.table, err));
  if (!r.bad)
    NR_TRY(read_spans(&r, scratch, &made, err));
  if (r.bad || r.at != bytes.size)
    return damaged(&r, err);
  *view = made;
  return NR_OK;
}

/* ---- through merges ---- */

/* Where the articles of a segment went: UINT32_MAX where they died. */
static nr_status find_articles(const nr_layer_merge *merge, uint32_t number, nr_arena *arena,
                               uint32_t **articles, nr_error *err)
{
  const nr_segment *from = merge->segments[number];
  const uint64_t *dead = merge->dead[number];
  uint32_t count = nr_segment_count(from)->articles;
  NR_TRY(take(arena, count, sizeof **articles, articles, err));
  for (uint32_t i = 0; i < count; i++)
    if ((dead != NULL && (dead[i / 64] >> (i % 64) & 1) != 0) ||
        !nr_segment_find_id(merge->into, nr_segment_id(from, i), &(*articles)[i]))
      (*articles)[i] = UINT32_MAX;
  return NR_OK;
}

/* Read the block of segment `number`; the first one with a block says what the columns are. */
static nr_status carry_one(const nr_memory *memory, const nr_layer_merge *merge, uint32_t number,
                           nr_arena *arena, nr_derived **into, nr_error *err)
{
  nr_derived_view view;
  uint32_t *articles = NULL;
  if (merge->blocks[number].bytes == NULL)
    return NR_OK;
  NR_TRY(nr_derived_read(merge->blocks[number], nr_segment_count(merge->segments[number])->articles, arena,
                         arena, &view, err));
  if (*into == NULL) {
    nr_derived_column columns[NR_DERIVED_COLUMNS_MAX];
    for (uint32_t c = 0; c < view.table.column_count; c++)
      columns[c] = (nr_derived_column){view.table.columns[c].name, view.table.columns[c].type};
    NR_TRY(nr_derived_new(memory, nr_segment_count(merge->into)->articles, columns, view.table.column_count,
                          into, err));
  }
  NR_TRY(find_articles(merge, number, arena, &articles, err));
  return nr_derived_add(*into, &view, articles, err);
}

static nr_status carry(void *user, const nr_layer_merge *merge, nr_buffer *out, nr_error *err)
{
  nr_derived *into = NULL;
  nr_status status = NR_OK;
  for (uint32_t i = 0; i < merge->count && status == NR_OK; i++) {
    nr_arena arena;
    nr_arena_init(&arena, user);
    status = carry_one(user, merge, i, &arena, &into, err);
    nr_arena_clear(&arena);
  }
  if (status == NR_OK && into != NULL)
    status = nr_derived_pack(into, out, err);
  nr_derived_free(into);
  return status;
}

nr_layer_carrier nr_derived_carrier(const nr_memory *memory)
{
  return (nr_layer_carrier){carry, (void *)(uintptr_t)memory};
}

/* ---- as a plan ---- */

/* Spans of living articles of one part: those on the line, then those in the margin. */
static nr_status place_spans(const nr_part *part, const nr_derived_view *view, nr_list *list, bool margin,
                             nr_error *err)
{
  for (uint32_t article = 0; article < view->article_count; article++) {
    uint32_t from = article == 0 ? 0 : view->ends[article - 1], first, end;
    if (from == view->ends[article] || nr_part_dead(part, article))
      continue;
    nr_segment_article_tokens(part->segment, article, margin, &first, &end);
    for (uint32_t i = from; i < view->ends[article]; i++) {
      if (((view->first[i] & NR_DERIVED_MARGIN) != 0) != margin)
        continue;
      if (view->last[i] >= end - first)
        return nr_fail(err, NR_CORRUPT, "a stored layer is damaged: a span reaches beyond its article");
      nr_list_push(list, first + (view->first[i] & ~NR_DERIVED_MARGIN), first + view->last[i],
                   view->row == NULL ? UINT32_MAX : view->row[i]);
    }
  }
  return NR_OK;
}

static nr_status set_part(nr_given_plan *made, uint32_t number, nr_text bytes, nr_arena *scratch,
                          nr_error *err)
{
  const nr_part *part = nr_snapshot_part(made->plan.snapshot, number);
  nr_derived_view view = {0};
  nr_list list;
  if (bytes.bytes != NULL)
    NR_TRY(nr_derived_read(bytes, nr_segment_count(part->segment)->articles, &made->plan.arena, scratch,
                           &view, err));
  made->tables[number] = view.table;
  NR_TRY(nr_list_init(&list, &made->plan.arena, view.span_count, view.row != NULL, err));
  NR_TRY(place_spans(part, &view, &list, false, err));
  NR_TRY(place_spans(part, &view, &list, true, err));
  NR_TRY(nr_list_order(&list, err)); /* linear: they are in order unless the file is damaged */
  made->parts[number] = nr_list_spans(&list, view.row == NULL ? NULL : &made->tables[number]);
  return NR_OK;
}

static bool same_names(const nr_plan *plan, const nr_table *table)
{
  bool same = table->column_count == plan->column_count;
  for (uint32_t c = 0; same && c < table->column_count; c++)
    same = table->columns[c].type == plan->types[c] && nr_text_equal(table->columns[c].name, plan->names[c]);
  return same;
}

static nr_status set_parts(nr_given_plan *made, const nr_text *parts, nr_error *err)
{
  bool named = false;
  for (uint32_t i = 0; i < nr_snapshot_count(made->plan.snapshot)->parts; i++) {
    nr_arena scratch;
    nr_arena_init(&scratch, made->plan.arena.memory);
    nr_status status = set_part(made, i, parts[i], &scratch, err);
    nr_arena_clear(&scratch);
    NR_TRY(status);
    if (parts[i].bytes == NULL)
      continue;
    if (!named)
      NR_TRY(nr_plan_columns_of_table(&made->plan, &made->tables[i], err));
    named = true;
    if (!same_names(&made->plan, &made->tables[i]))
      return nr_fail(err, NR_INVALID, "a stored layer has other attributes in one segment than in another");
  }
  return NR_OK;
}

nr_status nr_plan_derived(const nr_memory *memory, nr_snapshot *snapshot, const nr_text *parts,
                          nr_plan **plan, nr_error *err)
{
  nr_given_plan *made;
  NR_TRY(nr_given_new(memory, snapshot, &made, err));
  nr_status status = set_parts(made, parts, err);
  if (status == NR_OK)
    *plan = &made->plan;
  else
    nr_plan_release(&made->plan);
  return status;
}
