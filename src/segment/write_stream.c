/* write_stream.c: the surfaces of all positions, frequent ones in short codes. Floor 2. */
#include <stdlib.h>

#include "segment/emission.h"

typedef struct count_state {
  uint32_t on, position;
  uint32_t *hits, *all; /* by surface: on the line; everywhere */
} count_state;

static void count_pass(void *state, const nr_source_tokens *tokens, uint32_t count)
{
  count_state *s = state;
  uint32_t *counts = s->position < s->on ? s->hits : s->all;
  for (uint32_t i = 0; i < count; i++)
    counts[tokens->surfaces[i]]++;
  s->position += count;
}

typedef struct counted {
  uint32_t count, surface;
} counted;

static int by_count(const void *left, const void *right)
{
  const counted *a = left, *b = right;
  if (a->count != b->count)
    return a->count > b->count ? -1 : 1;
  return (a->surface > b->surface) - (a->surface < b->surface);
}

enum { short_codes_max = 1 << 15, histogram_size = 1 << 12 };

/* The smallest count that fewer surfaces have, or more, than there can be short codes. */
static uint32_t threshold(const uint32_t *counts, uint32_t surfaces)
{
  uint32_t histogram[histogram_size] = {0}, above = 0, least = histogram_size - 1;
  for (uint32_t i = 0; i < surfaces; i++)
    histogram[counts[i] < histogram_size ? counts[i] : histogram_size - 1]++;
  for (above = histogram[least]; least > 1 && above + histogram[least - 1] <= short_codes_max; least--)
    above += histogram[least - 1];
  return least;
}

/* Surfaces by falling count: the first `*count` of all. */
static nr_status order_by_count(nr_emission *e, const uint32_t *counts, counted **out, uint32_t *count)
{
  uint32_t surfaces = e->source->surfaces, least = threshold(counts, surfaces), n = 0;
  for (uint32_t i = 0; i < surfaces; i++)
    n += counts[i] >= least;
  counted *sorted = nr_arena_take_array(&e->arena, n, sizeof *sorted);
  if (sorted == NULL)
    return nr_fail_memory(e->err);
  n = 0;
  for (uint32_t i = 0; i < surfaces; i++)
    if (counts[i] >= least)
      sorted[n++] = (counted){counts[i], i};
  qsort(sorted, n, sizeof *sorted, by_count);
  *out = sorted;
  *count = n < short_codes_max ? n : short_codes_max;
  return NR_OK;
}

typedef struct coding {
  uint32_t widths[NR_STREAM_CLASSES], bases[NR_STREAM_CLASSES];
  uint32_t *codes; /* by surface: number of its short code + 1, 0 for none */
  uint32_t short_count;
} coding;

/* Tokens that the surfaces before rank `end` have; `sums` has count + 1 of them. */
static uint64_t sum_to(const uint64_t *sums, uint32_t count, uint32_t end)
{
  return sums[end < count ? end : count];
}

/* Try all sensible widths of the three classes of short codes. */
static void choose_widths(const uint64_t *sums, uint32_t count, uint64_t all, coding *c)
{
  uint64_t best = UINT64_MAX;
  for (uint32_t a = 2; a <= 8; a++)
    for (uint32_t b = a + 1; b <= 12; b++)
      for (uint32_t d = b + 1; d <= 14; d++) {
        uint32_t x = 1u << a, y = x + (1u << b), z = y + (1u << d);
        uint64_t to_x = sum_to(sums, count, x), to_y = sum_to(sums, count, y), to_z = sum_to(sums, count, z);
        uint64_t bits = to_x * a + (to_y - to_x) * b + (to_z - to_y) * d + (all - to_z) * c->widths[3];
        if (bits >= best)
          continue;
        best = bits;
        c->widths[0] = a;
        c->widths[1] = b;
        c->widths[2] = d;
        c->short_count = z < count ? z : count;
      }
}

static nr_status make_coding(nr_emission *e, const uint32_t *counts, coding *c)
{
  const nr_source *s = e->source;
  counted *sorted = NULL;
  uint32_t count = 0;
  NR_TRY(order_by_count(e, counts, &sorted, &count));
  uint64_t *sums = nr_arena_take_array(&e->arena, (size_t)count + 1, sizeof *sums);
  c->codes = nr_arena_take_array(&e->arena, s->surfaces, sizeof *c->codes);
  if (sums == NULL || c->codes == NULL)
    return nr_fail_memory(e->err);
  memset(c->codes, 0, (size_t)s->surfaces * sizeof *c->codes);
  sums[0] = 0;
  for (uint32_t i = 0; i < count; i++)
    sums[i + 1] = sums[i] + sorted[i].count;
  c->widths[3] = nr_bits(s->surfaces == 0 ? 0 : s->surfaces - 1);
  choose_widths(sums, count, s->all, c);
  c->bases[1] = 1u << c->widths[0];
  c->bases[2] = c->bases[1] + (1u << c->widths[1]);
  for (uint32_t i = 0; i < c->short_count; i++)
    c->codes[sorted[i].surface] = i + 1;
  return NR_OK;
}

static void put_coding(nr_emission *e, const coding *c)
{
  char widths[8] = {(char)c->widths[0], (char)c->widths[1], (char)c->widths[2], (char)c->widths[3]};
  for (uint32_t i = 0; i < e->source->surfaces; i++)
    if (c->codes[i] != 0)
      e->u32[c->codes[i] - 1] = i;
  nr_section_begin(e->w, NR_SECTION_STREAM_CODES);
  nr_section_put(e->w, widths, sizeof widths);
  nr_emission_put_column(e, e->u32, c->short_count);
  nr_section_end(e->w);
}

/* A surface's code as the stream has it: value, width and class in one word, so that a token costs one
 * look-up and no branch that guesses. */
static uint64_t packed_code(const coding *c, uint32_t surface)
{
  uint32_t code = c->codes[surface], class = 3;
  if (code == 0)
    return (uint64_t)surface << 16 | (uint64_t)c->widths[3] << 8 | 3;
  code--;
  class = code < c->bases[1] ? 0 : code < c->bases[2] ? 1 : 2;
  return (uint64_t)(code - c->bases[class]) << 16 | (uint64_t)c->widths[class] << 8 | class;
}

typedef struct stream_state {
  nr_section_writer *w;
  const uint64_t *codes; /* by surface */
  uint32_t position;
  uint64_t bits;           /* so far */
  uint64_t classes[2];     /* of the group in hand */
  uint64_t *starts;        /* by group */
  uint64_t *group_classes; /* two a group */
} stream_state;

static void end_stream_group(stream_state *s)
{
  uint64_t *classes = s->group_classes + (size_t)((s->position - 1) / NR_STREAM_GROUP) * 2;
  classes[0] = s->classes[0];
  classes[1] = s->classes[1];
  s->classes[0] = s->classes[1] = 0;
}

static void stream_pass(void *state, const nr_source_tokens *tokens, uint32_t count)
{
  stream_state *s = state;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t slot = s->position % NR_STREAM_GROUP;
    uint64_t code = s->codes[tokens->surfaces[i]];
    uint32_t width = (uint32_t)(code >> 8) & 255;
    if (slot == 0)
      s->starts[s->position / NR_STREAM_GROUP] = s->bits;
    s->classes[0] |= (code & 1) << slot;
    s->classes[1] |= (code >> 1 & 1) << slot;
    nr_column_put(s->w, code >> 16, width);
    s->bits += width;
    s->position++;
    if (slot == NR_STREAM_GROUP - 1)
      end_stream_group(s);
  }
}

static nr_status put_codes(nr_emission *e, const coding *c)
{
  uint32_t groups = nr_groups(e->source->all, NR_STREAM_GROUP);
  stream_state state = {.w = e->w};
  uint64_t *codes = nr_arena_take_array(&e->arena, e->source->surfaces, sizeof *codes);
  state.starts = nr_arena_take_array(&e->arena, (size_t)groups + 1, sizeof *state.starts);
  state.group_classes = nr_arena_take_array(&e->arena, (size_t)groups * 2, sizeof *state.group_classes);
  if (codes == NULL || state.starts == NULL || state.group_classes == NULL)
    return nr_fail_memory(e->err);
  for (uint32_t i = 0; i < e->source->surfaces; i++)
    codes[i] = packed_code(c, i);
  state.codes = codes;
  nr_section_begin(e->w, NR_SECTION_STREAM);
  nr_bits_begin(e->w);
  NR_TRY(nr_emission_tokens(e, NR_WANT_SURFACES, stream_pass, &state));
  if (state.position % NR_STREAM_GROUP != 0)
    end_stream_group(&state);
  nr_column_end(e->w);
  nr_section_end(e->w);
  put_coding(e, c);
  nr_section_begin(e->w, NR_SECTION_STREAM_CLASSES);
  for (size_t i = 0; i < (size_t)groups * 2; i++)
    nr_section_put_u64(e->w, state.group_classes[i]);
  nr_section_end(e->w);
  state.starts[groups] = state.bits;
  nr_section_begin(e->w, NR_SECTION_STREAM_STARTS);
  nr_column_put_u64(e->w, state.starts, groups + 1);
  nr_section_end(e->w);
  return NR_OK;
}

nr_status nr_emission_stream(nr_emission *e)
{
  const nr_source *s = e->source;
  count_state state = {.on = s->on};
  coding codes = {0};
  state.hits = nr_arena_take_array(&e->arena, s->surfaces, sizeof *state.hits);
  state.all = nr_arena_take_array(&e->arena, s->surfaces, sizeof *state.all);
  if (state.hits == NULL || state.all == NULL)
    return nr_fail_memory(e->err);
  memset(state.hits, 0, (size_t)s->surfaces * sizeof *state.hits);
  memset(state.all, 0, (size_t)s->surfaces * sizeof *state.all);
  NR_TRY(nr_emission_tokens(e, NR_WANT_SURFACES, count_pass, &state));
  for (uint32_t i = 0; i < s->surfaces; i++)
    state.all[i] += state.hits[i];
  NR_TRY(make_coding(e, state.all, &codes));
  NR_TRY(put_codes(e, &codes));
  nr_emission_column(e, NR_SECTION_SURFACE_HITS, state.hits, s->surfaces);
  return NR_OK;
}
