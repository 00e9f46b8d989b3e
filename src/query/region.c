/* region.c: layers and other spans as bounds. Floor 4. */
#include "query/region.h"

static bool layer_mark(nr_layer layer, nr_mark *mark)
{
  switch (layer) {
  case NR_LAYER_SENTENCES:
    *mark = NR_SENTENCE_STARTS;
    return true;
  case NR_LAYER_PARAGRAPHS:
    *mark = NR_PARAGRAPH_STARTS;
    return true;
  case NR_LAYER_CLAUSES:
    *mark = NR_CLAUSE_STARTS;
    return true;
  default:
    return false;
  }
}

nr_status nr_region_init(nr_region *region, nr_run *run, const nr_plan *plan, nr_error *err)
{
  nr_layer layer = NR_LAYER_SENTENCES;
  bool margin = false;
  nr_mark mark;
  *region = (nr_region){.run = run, .walk = {.segment = run->segment}};
  if (plan == NULL || nr_plan_is_layer(plan, &layer, &margin)) {
    region->layer = layer;
    region->margin = margin;
    region->tiles = layer_mark(layer, &mark) || layer == NR_LAYER_ARTICLES || layer == NR_LAYER_TOKENS;
    if (region->tiles) {
      if (plan == NULL)
        region->layer = NR_LAYERS; /* sentences of both halves */
      return NR_OK;
    }
  }
  NR_TRY(nr_run_plan(run, plan, &region->spans, err));
  return nr_spans_reach(&region->spans, run->arena, &region->reach, err);
}

bool nr_region_tile(nr_region *region, uint32_t position, uint32_t *first, uint32_t *last)
{
  nr_mark mark = NR_SENTENCE_STARTS;
  const nr_run *run = region->run;
  if (region->layer != NR_LAYERS && (position >= run->on) != region->margin)
    return false;
  if (region->layer == NR_LAYER_TOKENS) {
    *first = *last = position;
    return true;
  }
  if (region->layer == NR_LAYER_ARTICLES) {
    nr_walk_to(&region->walk, position, run->on);
    *first = region->walk.first;
    *last = region->walk.end - 1;
    return true;
  }
  layer_mark(region->layer, &mark);
  *first = nr_segment_mark_before(run->segment, mark, position);
  *last = nr_segment_mark_after(run->segment, mark, position) - 1;
  return true;
}

bool nr_region_holds(nr_region *region, uint32_t first, uint32_t last)
{
  uint32_t tile_first, tile_last;
  if (region->tiles)
    return nr_region_tile(region, first, &tile_first, &tile_last) && last <= tile_last;
  uint32_t behind = nr_seek_above(region->spans.first, region->spans.count, 0, first);
  return behind > 0 && region->reach[behind - 1] >= last;
}

bool nr_region_innermost(nr_region *region, uint32_t first, uint32_t last, uint32_t *outer_first,
                         uint32_t *outer_last)
{
  if (region->tiles)
    return nr_region_tile(region, first, outer_first, outer_last) && last <= *outer_last;
  uint32_t i = nr_seek_above(region->spans.first, region->spans.count, 0, first);
  while (i > 0 && region->reach[i - 1] >= last) {
    i--;
    if (region->spans.last[i] >= last) {
      *outer_first = region->spans.first[i];
      *outer_last = region->spans.last[i];
      return true;
    }
  }
  return false;
}
