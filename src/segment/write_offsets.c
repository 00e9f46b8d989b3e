/* write_offsets.c: gaps between tokens, and marks on them. Floor 2. */
#include "segment/emission.h"

typedef struct gap_state {
  nr_section_writer *w;
  const nr_source *source;
  const uint8_t *sizes;
  uint32_t position;
  uint64_t group;
  uint32_t *anchors, *starts;
  nr_buffer wide;
  nr_status status;
  nr_error *err;
} gap_state;

static void wide_gap(gap_state *s, uint32_t gap)
{
  uint8_t bytes[NR_VARINT_SIZE_MAX];
  size_t size = nr_varint_put(bytes, gap - 3);
  if (s->status == NR_OK)
    s->status = nr_buffer_put(&s->wide, bytes, size, s->err);
}

static void gap_pass(void *state, const nr_source_tokens *tokens, uint32_t count)
{
  gap_state *s = state;
  uint32_t at = 0; /* end of the token before */
  for (uint32_t i = 0; i < count; i++) {
    uint32_t gap = tokens->gaps[i], slot = s->position % NR_GAP_GROUP;
    if (slot == 0) {
      s->anchors[s->position / NR_GAP_GROUP] = at + gap;
      s->starts[s->position / NR_GAP_GROUP] = (uint32_t)s->wide.size;
    }
    s->group |= (uint64_t)(gap < 3 ? gap : 3) << (2 * slot);
    if (gap >= 3)
      wide_gap(s, gap);
    uint32_t size = s->sizes[tokens->surfaces[i]];
    at += gap + (size < 255 ? size : (uint32_t)s->source->surface_texts[tokens->surfaces[i]].size);
    s->position++;
    if (slot == NR_GAP_GROUP - 1) {
      nr_section_put_u64(s->w, s->group);
      s->group = 0;
    }
  }
}

static nr_status put_gaps(nr_emission *e)
{
  uint32_t groups = nr_groups(e->source->all, NR_GAP_GROUP);
  gap_state state = {.w = e->w, .source = e->source, .sizes = e->sizes, .err = e->err};
  state.anchors = nr_arena_take_array(&e->arena, groups, sizeof *state.anchors);
  state.starts = nr_arena_take_array(&e->arena, (size_t)groups + 1, sizeof *state.starts);
  if (state.anchors == NULL || state.starts == NULL)
    return nr_fail_memory(e->err);
  nr_buffer_init(&state.wide, e->source->memory);
  nr_section_begin(e->w, NR_SECTION_GAPS);
  nr_status status = nr_emission_tokens(e, NR_WANT_SURFACES | NR_WANT_GAPS, gap_pass, &state);
  if (status == NR_OK)
    status = state.status;
  if (status == NR_OK) {
    if (state.position % NR_GAP_GROUP != 0)
      nr_section_put_u64(e->w, state.group);
    nr_section_end(e->w);
    state.starts[groups] = (uint32_t)state.wide.size;
    nr_emission_column(e, NR_SECTION_GAP_ANCHORS, state.anchors, groups);
    nr_emission_column(e, NR_SECTION_GAP_STARTS, state.starts, groups + 1);
    nr_section_begin(e->w, NR_SECTION_GAP_BYTES);
    nr_section_put(e->w, state.wide.bytes, state.wide.size);
    nr_section_end(e->w);
  }
  nr_buffer_clear(&state.wide);
  return status;
}

typedef struct mark_state {
  uint32_t position;
  uint32_t *ranks[NR_MARKS]; /* groups + 1 each */
  nr_buffer bytes[NR_MARKS];
  nr_status status;
  nr_error *err;
} mark_state;

static void mark_pass(void *state, const nr_source_tokens *tokens, uint32_t count)
{
  mark_state *s = state;
  for (int m = 0; m < NR_MARKS && s->status == NR_OK; m++)
    s->status = nr_buffer_reserve(&s->bytes[m], count, s->err);
  if (s->status != NR_OK)
    return;
  for (uint32_t i = 0; i < count; i++, s->position++) {
    if (s->position % NR_MARK_GROUP == 0)
      for (int m = 0; m < NR_MARKS; m++)
        s->ranks[m][s->position / NR_MARK_GROUP] = (uint32_t)s->bytes[m].size;
    for (uint32_t marks = tokens->marks[i] & ((1u << NR_MARKS) - 1); marks != 0; marks &= marks - 1) {
      nr_buffer *list = &s->bytes[__builtin_ctz(marks)];
      list->bytes[list->size++] = (char)(s->position % NR_MARK_GROUP);
    }
  }
}

static nr_status put_marks(nr_emission *e)
{
  uint32_t groups = nr_groups(e->source->all, NR_MARK_GROUP);
  mark_state state = {.err = e->err};
  for (int m = 0; m < NR_MARKS; m++) {
    nr_buffer_init(&state.bytes[m], e->source->memory);
    state.ranks[m] = nr_arena_take_array(&e->arena, (size_t)groups + 1, sizeof **state.ranks);
    if (state.ranks[m] == NULL)
      return nr_fail_memory(e->err);
  }
  nr_status status = nr_emission_tokens(e, NR_WANT_MARKS, mark_pass, &state);
  if (status == NR_OK)
    status = state.status;
  for (uint32_t m = 0; m < NR_MARKS && status == NR_OK; m++) {
    state.ranks[m][groups] = (uint32_t)state.bytes[m].size;
    nr_emission_column(e, (nr_section)(NR_SECTION_MARK_RANKS + m), state.ranks[m], groups + 1);
  }
  for (uint32_t m = 0; m < NR_MARKS; m++) {
    if (status == NR_OK) {
      nr_section_begin(e->w, (nr_section)(NR_SECTION_MARK_BYTES + m));
      nr_section_put(e->w, state.bytes[m].bytes, state.bytes[m].size);
      nr_section_end(e->w);
    }
    nr_buffer_clear(&state.bytes[m]);
  }
  return status;
}

nr_status nr_emission_offsets(nr_emission *e)
{
  NR_TRY(put_gaps(e));
  return put_marks(e);
}
