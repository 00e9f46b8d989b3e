/* receipt.c: the hits behind a row. Floor 5. */
#include <stdlib.h>
#include <string.h>

#include "frame/group.h"

/* How often a form stands in low..high, the hit's own tokens left out. */
static uint32_t count_around(const nr_segment *segment, uint32_t form, const nr_hit *hit, uint32_t low,
                             uint32_t high)
{
  uint32_t count = 0, surface;
  for (uint32_t position = low; position <= high; position++) {
    if (position >= hit->first && position <= hit->last)
      continue;
    nr_segment_stream(segment, position, 1, &surface);
    count += nr_segment_form_of(segment, surface) == form;
  }
  return count;
}

/* Append the hits that have a word in their windows. */
static nr_status collect_windows(const nr_base *base, nr_text term, nr_buffer *indexes, nr_error *err)
{
  nr_snapshot *snapshot = nr_hits_snapshot(base->hits);
  for (uint64_t i = 0; i < nr_hits_count(base->hits); i++) {
    nr_hit hit;
    nr_hits_get(base->hits, i, &hit);
    const nr_segment *segment = nr_snapshot_part(snapshot, hit.part)->segment;
    uint32_t form, low, high;
    if (!nr_segment_find_form(segment, term, &form))
      continue;
    NR_TRY(nr_hits_window(base->hits, &hit, base->left, base->right, &low, &high, err));
    for (uint32_t n = count_around(segment, form, &hit, low, high); n > 0; n--)
      NR_TRY(nr_buffer_put(indexes, &i, sizeof i, err));
  }
  return NR_OK;
}

/* Append the hits behind a row of a base; *hits is set where there are any. */
static nr_status collect(const nr_base *base, uint64_t row, nr_hits **hits, nr_buffer *indexes, nr_error *err)
{
  switch (base->receipts) {
  case NR_RECEIPTS_HITS:
    *hits = base->hits;
    return nr_buffer_put(indexes, &row, sizeof row, err);
  case NR_RECEIPTS_GROUPS:
    *hits = base->hits;
    return nr_group_members(base->arena.memory, base->hits, base->grouping, base->key_count,
                            base->keys + row * base->key_count, indexes, err);
  case NR_RECEIPTS_ROWS:
    for (uint64_t m = base->starts[row]; m < base->starts[row + 1]; m++)
      NR_TRY(collect(base->parent, base->members[m], hits, indexes, err));
    return NR_OK;
  case NR_RECEIPTS_WINDOWS:
    *hits = base->hits;
    return collect_windows(base, base->columns[0].texts[row], indexes, err);
  default:
    return NR_OK;
  }
}

static int compare_u64(const void *a, const void *b)
{
  uint64_t x, y;
  memcpy(&x, a, sizeof x);
  memcpy(&y, b, sizeof y);
  return (x > y) - (x < y);
}

nr_status nr_frame_receipt(const nr_frame *frame, uint64_t row, nr_hits **hits, uint64_t **indexes,
                           uint64_t *count, nr_error *err)
{
  nr_buffer found;
  nr_hits *from = NULL;
  uint64_t *out = NULL;
  nr_buffer_init(&found, frame->memory);
  nr_status status = collect(frame->base, nr_frame_base_row(frame, row), &from, &found, err);
  uint64_t kept = 0, total = found.size / sizeof(uint64_t);
  if (status == NR_OK && total > 0) {
    uint64_t *sorted = (uint64_t *)(void *)found.bytes;
    qsort(sorted, total, sizeof *sorted, compare_u64);
    for (uint64_t i = 0; i < total; i++)
      if (i == 0 || sorted[i] != sorted[i - 1] || frame->base->receipts == NR_RECEIPTS_WINDOWS)
        sorted[kept++] = sorted[i];
    out = nr_alloc(frame->memory, kept * sizeof *out);
    if (out == NULL)
      status = nr_fail_memory(err);
    else
      memcpy(out, sorted, kept * sizeof *out);
  }
  nr_buffer_clear(&found);
  if (status != NR_OK)
    return status;
  *hits = from;
  *indexes = out;
  *count = kept;
  return NR_OK;
}
