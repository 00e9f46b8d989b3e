/* layer.c: the layers every corpus has. Floor 4. */
#include <string.h>

#include "query/region.h"
#include "query/table.h"
#include "query/words.h"

static const char *const names[NR_LAYERS] = {"articles", "titles", "paragraphs", "sentences",
                                             "clauses",  "tokens", "boiler"};

const char *nr_layer_name(nr_layer layer)
{
  return names[layer];
}

bool nr_layer_named(nr_text name, nr_layer *layer)
{
  for (int i = 0; i < NR_LAYERS; i++)
    if (nr_text_equal(name, nr_text_of(names[i]))) {
      *layer = (nr_layer)i;
      return true;
    }
  return false;
}

typedef struct layer_plan {
  nr_plan plan;
  nr_layer layer;
  bool margin;
} layer_plan;

/* ---- whole articles, marks, tokens ---- */

static nr_status run_articles(nr_run *run, bool margin, nr_list *list, nr_error *err)
{
  NR_TRY(nr_list_init(list, run->arena, run->article_to - run->article_from, false, err));
  for (uint32_t article = run->article_from; article < run->article_to; article++) {
    uint32_t first, end;
    nr_segment_article_tokens(run->segment, article, margin, &first, &end);
    if (first < end)
      nr_list_push(list, first, end - 1, 0);
  }
  return NR_OK;
}

static nr_status run_marks(nr_run *run, nr_mark mark, uint32_t from, uint32_t to, nr_list *list,
                           nr_error *err)
{
  uint32_t count =
      nr_segment_mark_rank(run->segment, mark, to) - nr_segment_mark_rank(run->segment, mark, from);
  NR_TRY(nr_list_init(list, run->arena, count, false, err));
  list->count = nr_segment_mark_list(run->segment, mark, from, to, list->first);
  for (uint32_t i = 0; i < list->count; i++)
    list->last[i] = i + 1 < list->count ? list->first[i + 1] - 1 : to - 1;
  return NR_OK;
}

static nr_status run_tokens(nr_run *run, uint32_t from, uint32_t to, nr_list *list, nr_error *err)
{
  NR_TRY(nr_list_init(list, run->arena, to - from, false, err));
  for (uint32_t position = from; position < to; position++)
    nr_list_push(list, position, position, 0);
  return NR_OK;
}

/* ---- layers of blocks ---- */

/* First position in from..end-1 (tokens of one article) whose byte start is >= `byte`. */
static uint32_t token_from_byte(const nr_segment *segment, uint32_t from, uint32_t end, uint32_t byte)
{
  while (from < end) {
    uint32_t middle = from + (end - from) / 2, start, stop;
    nr_segment_bytes(segment, middle, &start, &stop);
    if (start < byte)
      from = middle + 1;
    else
      end = middle;
  }
  return from;
}

typedef struct blocks {
  nr_block *items;
  uint32_t count, capacity;
} blocks;

static nr_status read_blocks(const nr_segment *segment, nr_arena *arena, uint32_t article, blocks *b,
                             nr_error *err)
{
  for (;;) {
    b->count = nr_segment_blocks(segment, article, b->items, b->capacity);
    if (b->count <= b->capacity)
      return NR_OK;
    b->capacity = b->count * 2;
    b->items = nr_arena_take_array(arena, b->capacity, sizeof *b->items);
    if (b->items == NULL)
      return nr_fail_memory(err);
  }
}

/* Tokens of a block that lie in first..end-1. */
static bool block_tokens(const nr_segment *segment, const nr_block *block, uint32_t first, uint32_t end,
                         uint32_t *from, uint32_t *to)
{
  *from = token_from_byte(segment, first, end, block->start);
  *to = token_from_byte(segment, *from, end, block->end);
  return *from < *to;
}

/* The title: blocks of that kind, or the tokens of the title field where no block says so. */
static nr_status run_titles(nr_run *run, bool margin, nr_list *list, nr_error *err)
{
  blocks b = {0};
  NR_TRY(nr_list_init(list, run->arena, run->article_to - run->article_from, false, err));
  for (uint32_t article = run->article_from; article < run->article_to; article++) {
    uint32_t first, end, from, to;
    bool found = false;
    nr_segment_article_tokens(run->segment, article, margin, &first, &end);
    if (first == end)
      continue;
    NR_TRY(read_blocks(run->segment, run->arena, article, &b, err));
    for (uint32_t i = 0; i < b.count; i++)
      if (b.items[i].kind == NR_BLOCK_TITLE && b.items[i].margin == margin &&
          block_tokens(run->segment, &b.items[i], first, end, &from, &to)) {
        NR_TRY(nr_list_put(list, from, to - 1, 0, err));
        found = true;
      }
    nr_article_view view;
    nr_segment_article(run->segment, article, &view);
    nr_block field = {.end = view.title_size};
    if (!found && view.title_size > 0 && block_tokens(run->segment, &field, first, end, &from, &to))
      NR_TRY(nr_list_put(list, from, to - 1, 0, err));
  }
  return NR_OK;
}

/* The margin's blocks; a row for each pair of kind and reason would be few, a row each is simple. */
static nr_status run_boiler(const nr_plan *plan, nr_run *run, nr_list *list, nr_table **table, nr_error *err)
{
  blocks b = {0};
  nr_list kinds; /* kind and reason of each span */
  NR_TRY(nr_list_init(list, run->arena, 64, true, err));
  NR_TRY(nr_list_init(&kinds, run->arena, 64, false, err));
  for (uint32_t article = run->article_from; article < run->article_to; article++) {
    uint32_t first, end, from, to;
    nr_segment_article_tokens(run->segment, article, true, &first, &end);
    if (first == end || nr_part_dead(run->part, article))
      continue;
    NR_TRY(read_blocks(run->segment, run->arena, article, &b, err));
    for (uint32_t i = 0; i < b.count; i++)
      if (b.items[i].margin && block_tokens(run->segment, &b.items[i], first, end, &from, &to)) {
        NR_TRY(nr_list_put(list, from, to - 1, list->count, err));
        NR_TRY(nr_list_put(&kinds, b.items[i].kind, b.items[i].reason, 0, err));
      }
  }
  NR_TRY(nr_table_new(run->arena, plan, list->count, table, err));
  for (uint32_t i = 0; i < list->count; i++) {
    nr_block_kind kind = kinds.first[i] < NR_BLOCK_KINDS ? (nr_block_kind)kinds.first[i] : NR_BLOCK_BODY;
    nr_table_texts(*table, 0)[i] = nr_text_of(nr_block_kind_name(kind));
    nr_table_texts(*table, 1)[i] = nr_text_of(nr_block_reason_name((uint16_t)kinds.last[i]));
  }
  return NR_OK;
}

/* ---- the plan ---- */

static nr_status run_layer(const nr_plan *plan, nr_run *run, nr_spans *spans, nr_error *err)
{
  const layer_plan *l = (const layer_plan *)plan;
  uint32_t from = l->margin ? run->margin_from : run->line_from,
           to = l->margin ? run->margin_to : run->line_to;
  nr_list list = {.arena = run->arena};
  nr_table *table = NULL;
  if (from >= to && l->layer != NR_LAYER_BOILER)
    return NR_OK;
  switch (l->layer) {
  case NR_LAYER_ARTICLES:
    NR_TRY(run_articles(run, l->margin, &list, err));
    break;
  case NR_LAYER_TITLES:
    NR_TRY(run_titles(run, l->margin, &list, err));
    break;
  case NR_LAYER_PARAGRAPHS:
    NR_TRY(run_marks(run, NR_PARAGRAPH_STARTS, from, to, &list, err));
    break;
  case NR_LAYER_CLAUSES:
    NR_TRY(run_marks(run, NR_CLAUSE_STARTS, from, to, &list, err));
    break;
  case NR_LAYER_TOKENS:
    NR_TRY(run_tokens(run, from, to, &list, err));
    break;
  case NR_LAYER_BOILER:
    NR_TRY(run_boiler(plan, run, &list, &table, err));
    break;
  default:
    NR_TRY(run_marks(run, NR_SENTENCE_STARTS, from, to, &list, err));
    break;
  }
  nr_drop_dead(run, list.first, list.last, list.row, &list.count);
  *spans = nr_list_spans(&list, table);
  return NR_OK;
}

static uint64_t expect(const nr_plan *plan, nr_run *run)
{
  const layer_plan *l = (const layer_plan *)plan;
  switch (l->layer) {
  case NR_LAYER_SENTENCES:
    return nr_segment_mark_rank(run->segment, NR_SENTENCE_STARTS, run->on);
  case NR_LAYER_PARAGRAPHS:
    return nr_segment_mark_rank(run->segment, NR_PARAGRAPH_STARTS, run->on);
  case NR_LAYER_CLAUSES:
    return nr_segment_mark_rank(run->segment, NR_CLAUSE_STARTS, run->on);
  case NR_LAYER_TOKENS:
    return run->on;
  default:
    return nr_segment_count(run->segment)->articles;
  }
}

static const nr_plan_type layer_type = {"layer", run_layer, expect, NULL, NULL};

bool nr_plan_is_layer(const nr_plan *plan, nr_layer *layer, bool *margin)
{
  if (plan->type != &layer_type)
    return false;
  *layer = ((const layer_plan *)plan)->layer;
  *margin = ((const layer_plan *)plan)->margin;
  return true;
}

nr_status nr_plan_layer(const nr_memory *memory, nr_layer layer, bool margin, nr_plan **plan, nr_error *err)
{
  static const nr_column boiler[2] = {{{"kind", 4}, NR_COLUMN_TEXT, NULL, NULL},
                                      {{"reason", 6}, NR_COLUMN_TEXT, NULL, NULL}};
  static const nr_table boiler_table = {boiler, 2, 0};
  layer_plan *made;
  NR_TRY(nr_plan_new(memory, &layer_type, sizeof *made, &made, err));
  made->layer = layer;
  made->margin = margin;
  if (layer == NR_LAYER_BOILER) {
    nr_status status = nr_plan_columns_of_table(&made->plan, &boiler_table, err);
    if (status != NR_OK) {
      nr_plan_release(&made->plan);
      return status;
    }
  }
  *plan = &made->plan;
  return NR_OK;
}

/* ---- bytes and cuts ---- */

bool nr_tokens_of_bytes(const nr_segment *segment, uint32_t article, uint32_t start, uint32_t end,
                        uint32_t *first, uint32_t *last)
{
  for (int margin = 0; margin < 2; margin++) {
    uint32_t from, to, token_start, token_end;
    nr_segment_article_tokens(segment, article, margin != 0, &from, &to);
    uint32_t begin = token_from_byte(segment, from, to, start);
    if (begin > from) { /* the one before may reach in */
      nr_segment_bytes(segment, begin - 1, &token_start, &token_end);
      begin -= token_end > start;
    }
    uint32_t stop = token_from_byte(segment, begin, to, end);
    if (begin < stop) {
      *first = begin;
      *last = stop - 1;
      return true;
    }
  }
  return false;
}

nr_status nr_segment_cuts(const nr_segment *segment, nr_arena *arena, uint32_t article, const uint32_t **cuts,
                          uint32_t *count, nr_error *err)
{
  uint32_t margin_first, margin_end, first, end, *out, found = 0;
  blocks b = {0};
  *count = 0;
  nr_segment_article_tokens(segment, article, true, &margin_first, &margin_end);
  nr_segment_article_tokens(segment, article, false, &first, &end);
  if (margin_first == margin_end || first == end)
    return NR_OK;
  NR_TRY(read_blocks(segment, arena, article, &b, err));
  out = nr_arena_take_array(arena, b.count, sizeof *out);
  if (out == NULL)
    return nr_fail_memory(err);
  for (uint32_t i = 0; i < b.count; i++) {
    uint32_t from, to;
    if (!b.items[i].margin || !block_tokens(segment, &b.items[i], margin_first, margin_end, &from, &to))
      continue;
    uint32_t cut = token_from_byte(segment, first, end, b.items[i].end);
    if (cut > first && cut < end && (found == 0 || out[found - 1] != cut))
      out[found++] = cut;
  }
  *cuts = out;
  *count = found;
  return NR_OK;
}
