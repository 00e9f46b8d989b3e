/* receipt.c: the hits behind a row. Floor 5. */
#include <stdlib.h>
#include <string.h>

#include "frame/group.h"

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
      if (i == 0 || sorted[i] != sorted[i - 1])
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
