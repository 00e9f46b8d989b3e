/* write_postings.c: the lists of positions, packed, and what is counted in them. Floor 2. */
#include "segment/emission.h"

static void put_varint(char **at, uint32_t value)
{
  *at += nr_varint_put((uint8_t *)*at, value);
}

static uint32_t gap_at(const uint32_t *positions, uint32_t i)
{
  return i == 0 ? positions[0] : positions[i] - positions[i - 1] - 1;
}

/* Pack 128 gaps of `width` bits into 16 x width bytes. */
static void pack_block(const uint32_t *positions, uint32_t first, uint32_t width, char *out)
{
  uint64_t bits = 0;
  uint32_t count = 0;
  for (uint32_t i = 0; i < NR_POSTING_BLOCK; i++) {
    bits |= (uint64_t)gap_at(positions, first + i) << count;
    count += width;
    if (count >= 32) {
      nr_store_u32(out, (uint32_t)bits);
      out += 4;
      bits >>= 32;
      count -= 32;
    }
  }
}

nr_status nr_postings_pack(const uint32_t *positions, uint32_t count, nr_buffer *out, nr_error *err)
{
  uint32_t blocks = count / NR_POSTING_BLOCK, units = 0;
  size_t worst = (size_t)blocks * (8 + 16 * 32) + (count % NR_POSTING_BLOCK) * (size_t)NR_VARINT_SIZE_MAX;
  NR_TRY(nr_buffer_reserve(out, worst, err));
  char *skips = out->bytes + out->size, *at = skips + (size_t)blocks * 8;
  for (uint32_t block = 0; block < blocks; block++) {
    uint32_t first = block * NR_POSTING_BLOCK, widest = 0;
    for (uint32_t i = 0; i < NR_POSTING_BLOCK; i++)
      widest |= gap_at(positions, first + i);
    uint32_t width = nr_bits(widest);
    pack_block(positions, first, width, at);
    at += 16 * (size_t)width;
    units += width;
    nr_store_u32(skips + (size_t)block * 8, positions[first + NR_POSTING_BLOCK - 1]);
    nr_store_u32(skips + (size_t)block * 8 + 4, units);
  }
  for (uint32_t i = blocks * NR_POSTING_BLOCK; i < count; i++)
    put_varint(&at, gap_at(positions, i));
  out->size = (size_t)(at - out->bytes);
  return NR_OK;
}

enum { hint_step = 64 };

/* Texts among the line positions: distinct articles. `hints` has the article of every 64th position. */
static uint32_t count_texts(const uint32_t *starts, const uint32_t *hints, uint32_t on,
                            const uint32_t *positions, uint32_t hits)
{
  uint32_t texts = 0, end = 0; /* of the article counted last */
  for (uint32_t i = 0; i < hits; i++) {
    if (positions[i] < end || positions[i] >= on) /* the latter in damaged segments only */
      continue;
    uint32_t article = hints[positions[i] / hint_step];
    while (starts[article + 1] <= positions[i])
      article++;
    end = starts[article + 1];
    texts++;
  }
  return texts;
}

static uint32_t *make_hints(nr_emission *e, const uint32_t *starts)
{
  uint32_t count = nr_groups(e->source->on, hint_step), article = 0;
  uint32_t *hints = nr_arena_take_array(&e->arena, count, sizeof *hints);
  for (uint32_t i = 0; hints != NULL && i < count; i++) {
    while (starts[article + 1] <= i * hint_step)
      article++;
    hints[i] = article;
  }
  return hints;
}

static uint32_t count_below(const uint32_t *positions, uint32_t count, uint32_t limit)
{
  uint32_t low = 0, high = count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (positions[middle] < limit)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* The bytes of all lists are needed before the section starts (offsets come first), so they are held:
 * about one byte a token. */
static nr_status put_lists(nr_emission *e, nr_buffer *lists)
{
  const nr_source *s = e->source;
  uint32_t *hits = nr_arena_take_array(&e->arena, s->forms, sizeof *hits);
  uint32_t *texts = nr_arena_take_array(&e->arena, s->forms, sizeof *texts);
  uint32_t *margin = nr_arena_take_array(&e->arena, s->forms, sizeof *margin);
  uint64_t *offsets = nr_arena_take_array(&e->arena, (size_t)s->forms + 1, sizeof *offsets);
  uint32_t *starts = nr_arena_take_array(&e->arena, (size_t)s->articles + 1, sizeof *starts);
  if (hits == NULL || texts == NULL || margin == NULL || offsets == NULL || starts == NULL)
    return nr_fail_memory(e->err);
  starts[0] = 0;
  for (uint32_t i = 0; i < s->articles; i++)
    starts[i + 1] = starts[i] + nr_emission_article(e, i).line;
  uint32_t *hints = make_hints(e, starts);
  if (hints == NULL)
    return nr_fail_memory(e->err);
  NR_TRY(nr_buffer_reserve(lists, (size_t)s->postings_bytes, e->err));
  for (uint32_t form = 0; form < s->forms; form++) {
    const uint32_t *positions;
    uint32_t count;
    if (form % 4096 == 0)
      NR_TRY(nr_poll_at(e->poll, form, s->forms, e->err));
    NR_TRY(s->postings(s->user, form, &positions, &count, e->err));
    hits[form] = count_below(positions, count, s->on);
    margin[form] = count - hits[form];
    texts[form] = count_texts(starts, hints, s->on, positions, hits[form]);
    offsets[form] = lists->size;
    NR_TRY(nr_postings_pack(positions, count, lists, e->err));
  }
  offsets[s->forms] = lists->size;
  nr_emission_column(e, NR_SECTION_FORM_HITS, hits, s->forms);
  nr_emission_column(e, NR_SECTION_FORM_TEXTS, texts, s->forms);
  nr_emission_column(e, NR_SECTION_FORM_MARGIN, margin, s->forms);
  nr_section_begin(e->w, NR_SECTION_POSTINGS);
  nr_column_put_u64(e->w, offsets, s->forms + 1);
  nr_section_put(e->w, lists->bytes, lists->size);
  nr_section_align(e->w);
  nr_section_end(e->w);
  return NR_OK;
}

nr_status nr_emission_postings(nr_emission *e)
{
  nr_buffer lists;
  nr_buffer_init(&lists, e->source->memory);
  nr_status status = put_lists(e, &lists);
  nr_buffer_clear(&lists);
  return status;
}
