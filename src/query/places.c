/* places.c: bytes of an article to its tokens, many at a time. Floor 4. */
#include "query/places.h"

void nr_places_init(nr_places *p, const nr_memory *memory)
{
  *p = (nr_places){.memory = memory};
}

void nr_places_clear(nr_places *p)
{
  nr_release(p->memory, p->starts, p->start_capacity * sizeof *p->starts);
  nr_release(p->memory, p->ends, p->end_capacity * sizeof *p->ends);
  nr_places_init(p, p->memory);
}

static nr_status grow(const nr_memory *memory, uint32_t **items, size_t *capacity, size_t needed,
                      nr_error *err)
{
  void *grown = *items;
  nr_status status = nr_grow(memory, &grown, capacity, needed, sizeof **items, err);
  *items = grown;
  return status;
}

/* Fill in the tokens first..end-1; `ends` holds their surfaces, `starts` their gaps on the way. */
static void measure(nr_places *p, uint32_t first, uint32_t end, uint32_t at, uint32_t size)
{
  uint32_t *starts = p->starts + at, *ends = p->ends + at;
  uint64_t byte = 0;
  nr_segment_gaps(p->segment, first, end, starts);
  nr_segment_stream(p->segment, first, end - first, ends);
  for (uint32_t i = 0; i < end - first; i++) {
    uint64_t start = byte + starts[i], stop = start + nr_segment_surface(p->segment, ends[i]).size;
    byte = stop < size ? stop : size; /* a damaged byte leads to no place outside */
    starts[i] = (uint32_t)(start < byte ? start : byte);
    ends[i] = (uint32_t)byte;
  }
}

nr_status nr_places_set(nr_places *p, const nr_segment *segment, uint32_t article, nr_error *err)
{
  uint32_t line_end, margin_end;
  nr_article_view view;
  if (p->segment == segment && p->article == article)
    return NR_OK;
  p->segment = NULL;
  nr_segment_article_tokens(segment, article, false, &p->line_first, &line_end);
  nr_segment_article_tokens(segment, article, true, &p->margin_first, &margin_end);
  p->line_count = line_end - p->line_first;
  p->margin_count = margin_end - p->margin_first;
  size_t count = (size_t)p->line_count + p->margin_count;
  NR_TRY(grow(p->memory, &p->starts, &p->start_capacity, count, err));
  NR_TRY(grow(p->memory, &p->ends, &p->end_capacity, count, err));
  p->segment = segment;
  p->article = article;
  nr_segment_article(segment, article, &view);
  measure(p, p->line_first, line_end, 0, view.content_size);
  measure(p, p->margin_first, margin_end, p->line_count, view.content_size);
  return NR_OK;
}

/* First of `count` ascending values that is > `value`. */
static uint32_t above(const uint32_t *values, uint32_t count, uint32_t value)
{
  uint32_t low = 0;
  while (low < count) {
    uint32_t middle = low + (count - low) / 2;
    if (values[middle] <= value)
      low = middle + 1;
    else
      count = middle;
  }
  return low;
}

static bool find_in(const nr_places *p, uint32_t at, uint32_t count, uint32_t start, uint32_t end,
                    uint32_t *first, uint32_t *last)
{
  uint32_t from = above(p->ends + at, count, start); /* the first that ends behind the start */
  uint32_t to = end == 0 ? 0 : above(p->starts + at, count, end - 1);
  if (from >= to)
    return false;
  *first = from;
  *last = to - 1;
  return true;
}

bool nr_places_find(const nr_places *p, uint32_t start, uint32_t end, uint32_t *first, uint32_t *last)
{
  uint32_t base = p->line_first;
  if (!find_in(p, 0, p->line_count, start, end, first, last)) {
    base = p->margin_first;
    if (!find_in(p, p->line_count, p->margin_count, start, end, first, last))
      return false;
  }
  *first += base;
  *last += base;
  return true;
}
