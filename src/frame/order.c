/* order.c: the lines of a concordance by what stands beside the hits. Floor 5. */
#include <stdlib.h>

#include "frame/frame.h"

enum { words_max = 4 };

/* The words of one hit that decide, nearest first; missing ones come before all others. */
typedef struct item {
  uint64_t index;
  nr_text words[words_max];
} item;

static nr_text word_at(const nr_segment *segment, uint32_t position)
{
  uint32_t surface;
  nr_segment_stream(segment, position, 1, &surface);
  return nr_segment_form(segment, nr_segment_form_of(segment, surface));
}

static void look(const nr_hits *hits, nr_kwic_side side, item *one)
{
  nr_hit hit;
  uint32_t first, end;
  nr_hits_get(hits, one->index, &hit);
  const nr_segment *segment = nr_snapshot_part(nr_hits_snapshot(hits), hit.part)->segment;
  nr_segment_article_tokens(segment, hit.article, hit.first >= nr_segment_count(segment)->on, &first, &end);
  for (uint32_t i = 0; i < words_max; i++) {
    uint32_t position = side == NR_KWIC_RIGHT ? hit.last + 1 + i : hit.first + i;
    bool there = side == NR_KWIC_LEFT    ? hit.first - first > i
                 : side == NR_KWIC_RIGHT ? position < end
                                         : position <= hit.last;
    if (side == NR_KWIC_LEFT)
      position = hit.first - 1 - i;
    one->words[i] = there ? word_at(segment, position) : (nr_text){"", 0};
  }
}

static int by_words(const void *a, const void *b)
{
  const item *x = a, *y = b;
  for (uint32_t i = 0; i < words_max; i++) {
    int order = nr_text_compare(x->words[i], y->words[i]);
    if (order != 0)
      return order;
  }
  return (x->index > y->index) - (x->index < y->index);
}

nr_status nr_kwic_order(const nr_memory *memory, const nr_hits *hits, nr_kwic_side side, uint64_t *order,
                        nr_error *err)
{
  uint64_t count = nr_hits_count(hits);
  nr_arena arena;
  nr_arena_init(&arena, memory);
  item *items = nr_arena_take_array(&arena, count, sizeof *items);
  if (items == NULL) {
    nr_arena_clear(&arena);
    return nr_fail_memory(err);
  }
  for (uint64_t i = 0; i < count; i++) {
    items[i].index = i;
    look(hits, side, &items[i]);
  }
  if (count > 0)
    qsort(items, count, sizeof *items, by_words);
  for (uint64_t i = 0; i < count; i++)
    order[i] = items[i].index;
  nr_arena_clear(&arena);
  return NR_OK;
}
