/* source.c: writing the columns of a source, section by section. Floor 2. */
#include "segment/source.h"

#include <stdlib.h>

#include "segment/sections.h"

/* What the passes share. `u32` and `u64` have room for every article, form or surface and one more. */
typedef struct emission {
  const nr_source *source;
  nr_section_writer *w;
  const nr_poll *poll;
  nr_error *err;
  nr_arena arena;
  uint64_t *u64;
  uint32_t *u32;
  uint8_t *sizes; /* of surfaces, 255 where it is more */
} emission;

static nr_source_article article_of(const emission *e, uint32_t article)
{
  nr_source_article a;
  e->source->article(e->source->user, article, &a);
  return a;
}

static void put_strings(emission *e, uint32_t count, nr_text (*get)(const emission *e, uint32_t i))
{
  uint64_t total = 0;
  for (uint32_t i = 0; i < count; i++) {
    e->u64[i] = total;
    total += get(e, i).size;
  }
  e->u64[count] = total;
  nr_column_put_u64(e->w, e->u64, count + 1);
  for (uint32_t i = 0; i < count; i++) {
    nr_text text = get(e, i);
    nr_section_put(e->w, text.bytes, text.size);
  }
  nr_section_align(e->w);
}

static nr_text get_id(const emission *e, uint32_t i)
{
  return article_of(e, i).id;
}

static nr_text get_content(const emission *e, uint32_t i)
{
  return article_of(e, i).content;
}

static nr_text get_blocks(const emission *e, uint32_t i)
{
  return article_of(e, i).blocks;
}

static nr_text get_repairs(const emission *e, uint32_t i)
{
  return article_of(e, i).repairs;
}

static nr_text get_form(const emission *e, uint32_t i)
{
  return e->source->form_texts[i];
}

static nr_text get_surface(const emission *e, uint32_t i)
{
  nr_text text = e->source->surface_texts[i];
  return nr_text_equal(text, e->source->form_texts[e->source->form_of[i]]) ? NR_TEXT("") : text;
}

static void strings_section(emission *e, nr_section section, uint32_t count,
                            nr_text (*get)(const emission *e, uint32_t i))
{
  nr_section_begin(e->w, section);
  put_strings(e, count, get);
  nr_section_end(e->w);
}

static void put_column(emission *e, const uint32_t *values, uint32_t count)
{
  for (uint32_t i = 0; i < count; i++)
    e->u64[i] = values[i];
  nr_column_put_u64(e->w, e->u64, count);
}

static void column_section(emission *e, nr_section section, const uint32_t *values, uint32_t count)
{
  nr_section_begin(e->w, section);
  put_column(e, values, count);
  nr_section_end(e->w);
}

/* ---- articles ---- */

typedef struct hashed_id {
  uint64_t hash;
  uint32_t article;
} hashed_id;

static int by_hash(const void *left, const void *right)
{
  const hashed_id *a = left, *b = right;
  if (a->hash != b->hash)
    return a->hash < b->hash ? -1 : 1;
  return (a->article > b->article) - (a->article < b->article);
}

static nr_status put_id_index(emission *e)
{
  uint32_t count = e->source->articles;
  hashed_id *ids = nr_arena_take_array(&e->arena, count, sizeof *ids);
  if (ids == NULL)
    return nr_fail_memory(e->err);
  for (uint32_t i = 0; i < count; i++) {
    nr_text id = get_id(e, i);
    ids[i] = (hashed_id){nr_hash64(id.bytes, id.size) >> 32, i};
  }
  qsort(ids, count, sizeof *ids, by_hash);
  nr_section_begin(e->w, NR_SECTION_ID_HASHES);
  for (uint32_t i = 0; i < count; i++)
    nr_section_put_u32(e->w, (uint32_t)ids[i].hash);
  nr_section_end(e->w);
  for (uint32_t i = 0; i < count; i++)
    e->u32[i] = ids[i].article;
  column_section(e, NR_SECTION_ID_ARTICLES, e->u32, count);
  return NR_OK;
}

static uint32_t get_day(nr_source_article a)
{
  return (uint32_t)(a.date.first - NR_DAY_MIN);
}

static uint32_t get_day_length(nr_source_article a)
{
  return a.date.last < a.date.first ? 0 : (uint32_t)((int64_t)a.date.last - a.date.first);
}

static uint32_t get_date_source(nr_source_article a)
{
  return (uint32_t)a.date_source;
}

static uint32_t get_title_size(nr_source_article a)
{
  return a.title_size;
}

static void article_column(emission *e, nr_section section, uint32_t count,
                           uint32_t (*get)(nr_source_article a))
{
  for (uint32_t i = 0; i < count; i++)
    e->u32[i] = get(article_of(e, i));
  column_section(e, section, e->u32, count);
}

static void put_article_starts(emission *e, nr_section section, bool margin)
{
  uint32_t count = e->source->articles, total = 0;
  for (uint32_t i = 0; i < count; i++) {
    nr_source_article a = article_of(e, i);
    e->u32[i] = total;
    total += margin ? a.margin : a.line;
  }
  e->u32[count] = total;
  column_section(e, section, e->u32, count + 1);
}

static void put_hashes(emission *e)
{
  nr_section_begin(e->w, NR_SECTION_HASHES);
  for (uint32_t i = 0; i < e->source->articles; i++)
    nr_section_put_u64(e->w, article_of(e, i).hash);
  nr_section_end(e->w);
}

static nr_status put_articles(emission *e)
{
  uint32_t articles = e->source->articles, dated = e->source->dated;
  strings_section(e, NR_SECTION_IDS, articles, get_id);
  NR_TRY(put_id_index(e));
  article_column(e, NR_SECTION_DAYS, dated, get_day);
  article_column(e, NR_SECTION_DAY_LENGTHS, dated, get_day_length);
  article_column(e, NR_SECTION_DATE_SOURCES, articles, get_date_source);
  article_column(e, NR_SECTION_TITLE_SIZES, articles, get_title_size);
  put_hashes(e);
  put_article_starts(e, NR_SECTION_LINE, false);
  put_article_starts(e, NR_SECTION_MARGIN, true);
  strings_section(e, NR_SECTION_CONTENT, articles, get_content);
  strings_section(e, NR_SECTION_BLOCKS, articles, get_blocks);
  strings_section(e, NR_SECTION_REPAIRS, articles, get_repairs);
  return NR_OK;
}

/* ---- fields ---- */

static nr_status put_field(emission *e, const nr_source_field *field)
{
  uint64_t *starts = nr_arena_take_array(&e->arena, (size_t)field->value_count + 1, sizeof *starts);
  if (starts == NULL)
    return nr_fail_memory(e->err);
  uint64_t total = 0;
  for (uint32_t i = 0; i < field->value_count; i++) {
    starts[i] = total;
    total += 1 + field->values[i].text.size;
  }
  starts[field->value_count] = total;
  nr_section_put_u64(e->w, field->value_count);
  nr_column_put_u64(e->w, starts, field->value_count + 1);
  for (uint32_t i = 0; i < field->value_count; i++) {
    char type = (char)field->values[i].type;
    nr_section_put(e->w, &type, 1);
    nr_section_put(e->w, field->values[i].text.bytes, field->values[i].text.size);
  }
  nr_section_align(e->w);
  put_column(e, field->codes, e->source->articles);
  return NR_OK;
}

static nr_text get_field_name(const emission *e, uint32_t i)
{
  return e->source->fields[i].name;
}

static nr_status put_fields(emission *e)
{
  nr_section_begin(e->w, NR_SECTION_FIELDS);
  nr_section_put_u64(e->w, e->source->field_count);
  put_strings(e, e->source->field_count, get_field_name);
  for (uint32_t i = 0; i < e->source->field_count; i++)
    NR_TRY(put_field(e, &e->source->fields[i]));
  nr_section_end(e->w);
  return NR_OK;
}

/* ---- vocabulary ---- */

static void put_surface_sizes(emission *e)
{
  for (uint32_t i = 0; i < e->source->surfaces; i++) {
    size_t size = e->source->surface_texts[i].size;
    e->sizes[i] = size < 255 ? (uint8_t)size : 255;
  }
  nr_section_begin(e->w, NR_SECTION_SURFACE_SIZES);
  nr_section_put(e->w, e->sizes, e->source->surfaces);
  nr_section_end(e->w);
}

static void put_surfaces_of(emission *e)
{
  uint32_t surface = 0;
  for (uint32_t form = 0; form <= e->source->forms; form++) {
    while (surface < e->source->surfaces && e->source->form_of[surface] < form)
      surface++;
    e->u32[form] = surface;
  }
  column_section(e, NR_SECTION_SURFACES_OF, e->u32, e->source->forms + 1);
}

static void put_vocabulary(emission *e)
{
  strings_section(e, NR_SECTION_FORMS, e->source->forms, get_form);
  strings_section(e, NR_SECTION_SURFACES, e->source->surfaces, get_surface);
  put_surface_sizes(e);
  put_surfaces_of(e);
  column_section(e, NR_SECTION_FORM_OF, e->source->form_of, e->source->surfaces);
}

/* ---- postings ---- */

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

static uint32_t *make_hints(emission *e, const uint32_t *starts)
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
static nr_status put_postings(emission *e, nr_buffer *lists)
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
    starts[i + 1] = starts[i] + article_of(e, i).line;
  uint32_t *hints = make_hints(e, starts);
  if (hints == NULL)
    return nr_fail_memory(e->err);
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
  column_section(e, NR_SECTION_FORM_HITS, hits, s->forms);
  column_section(e, NR_SECTION_FORM_TEXTS, texts, s->forms);
  column_section(e, NR_SECTION_FORM_MARGIN, margin, s->forms);
  nr_section_begin(e->w, NR_SECTION_POSTINGS);
  nr_column_put_u64(e->w, offsets, s->forms + 1);
  nr_section_put(e->w, lists->bytes, lists->size);
  nr_section_align(e->w);
  nr_section_end(e->w);
  return NR_OK;
}

/* ---- tokens: three passes over all articles, the line first, then the margin ---- */

typedef void token_pass(void *state, const nr_source_tokens *tokens, uint32_t count);

static nr_status each_list(emission *e, int wanted, token_pass *pass, void *state)
{
  nr_source_tokens tokens = {0};
  const nr_source *s = e->source;
  for (int margin = 0; margin < 2; margin++)
    for (uint32_t i = 0; i < s->articles; i++) {
      nr_source_article a = article_of(e, i);
      uint32_t count = margin ? a.margin : a.line;
      if (i % 64 == 0)
        NR_TRY(nr_poll_at(e->poll, i, s->articles, e->err));
      if (count == 0)
        continue;
      s->tokens(s->user, i, margin != 0, wanted, &tokens);
      pass(state, &tokens, count);
    }
  return NR_OK;
}

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
static nr_status order_by_count(emission *e, const uint32_t *counts, counted **out, uint32_t *count)
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

static nr_status make_coding(emission *e, const uint32_t *counts, coding *c)
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

static void put_coding(emission *e, const coding *c)
{
  char widths[8] = {(char)c->widths[0], (char)c->widths[1], (char)c->widths[2], (char)c->widths[3]};
  for (uint32_t i = 0; i < e->source->surfaces; i++)
    if (c->codes[i] != 0)
      e->u32[c->codes[i] - 1] = i;
  nr_section_begin(e->w, NR_SECTION_STREAM_CODES);
  nr_section_put(e->w, widths, sizeof widths);
  put_column(e, e->u32, c->short_count);
  nr_section_end(e->w);
}

typedef struct stream_state {
  nr_section_writer *w;
  const coding *coding;
  uint32_t position;
  uint64_t bits;     /* so far */
  uint64_t *starts;  /* by group */
  uint64_t *classes; /* two a group */
} stream_state;

static void stream_pass(void *state, const nr_source_tokens *tokens, uint32_t count)
{
  stream_state *s = state;
  const coding *c = s->coding;
  for (uint32_t i = 0; i < count; i++, s->position++) {
    uint32_t group = s->position / NR_STREAM_GROUP, slot = s->position % NR_STREAM_GROUP;
    uint32_t code = c->codes[tokens->surfaces[i]], class = 3;
    if (slot == 0)
      s->starts[group] = s->bits;
    if (code == 0) {
      code = tokens->surfaces[i];
    } else {
      code--;
      class = code < c->bases[1] ? 0 : code < c->bases[2] ? 1 : 2;
      code -= c->bases[class];
    }
    s->classes[(size_t)group * 2] |= (uint64_t)(class & 1) << slot;
    s->classes[(size_t)group * 2 + 1] |= (uint64_t)(class >> 1) << slot;
    nr_column_put(s->w, code, c->widths[class]);
    s->bits += c->widths[class];
  }
}

static nr_status put_codes(emission *e, const coding *c)
{
  uint32_t groups = nr_groups(e->source->all, NR_STREAM_GROUP);
  stream_state state = {.w = e->w, .coding = c};
  state.starts = nr_arena_take_array(&e->arena, (size_t)groups + 1, sizeof *state.starts);
  state.classes = nr_arena_take_array(&e->arena, (size_t)groups * 2, sizeof *state.classes);
  if (state.starts == NULL || state.classes == NULL)
    return nr_fail_memory(e->err);
  memset(state.classes, 0, (size_t)groups * 2 * sizeof *state.classes);
  nr_section_begin(e->w, NR_SECTION_STREAM);
  nr_bits_begin(e->w);
  NR_TRY(each_list(e, NR_WANT_SURFACES, stream_pass, &state));
  nr_column_end(e->w);
  nr_section_end(e->w);
  put_coding(e, c);
  nr_section_begin(e->w, NR_SECTION_STREAM_CLASSES);
  for (size_t i = 0; i < (size_t)groups * 2; i++)
    nr_section_put_u64(e->w, state.classes[i]);
  nr_section_end(e->w);
  state.starts[groups] = state.bits;
  nr_section_begin(e->w, NR_SECTION_STREAM_STARTS);
  nr_column_put_u64(e->w, state.starts, groups + 1);
  nr_section_end(e->w);
  return NR_OK;
}

static nr_status put_stream(emission *e)
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
  NR_TRY(each_list(e, NR_WANT_SURFACES, count_pass, &state));
  for (uint32_t i = 0; i < s->surfaces; i++)
    state.all[i] += state.hits[i];
  NR_TRY(make_coding(e, state.all, &codes));
  NR_TRY(put_codes(e, &codes));
  column_section(e, NR_SECTION_SURFACE_HITS, state.hits, s->surfaces);
  return NR_OK;
}

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

static nr_status put_gaps(emission *e)
{
  uint32_t groups = nr_groups(e->source->all, NR_GAP_GROUP);
  gap_state state = {.w = e->w, .source = e->source, .sizes = e->sizes, .err = e->err};
  state.anchors = nr_arena_take_array(&e->arena, groups, sizeof *state.anchors);
  state.starts = nr_arena_take_array(&e->arena, (size_t)groups + 1, sizeof *state.starts);
  if (state.anchors == NULL || state.starts == NULL)
    return nr_fail_memory(e->err);
  nr_buffer_init(&state.wide, e->source->memory);
  nr_section_begin(e->w, NR_SECTION_GAPS);
  nr_status status = each_list(e, NR_WANT_SURFACES | NR_WANT_GAPS, gap_pass, &state);
  if (status == NR_OK)
    status = state.status;
  if (status == NR_OK) {
    if (state.position % NR_GAP_GROUP != 0)
      nr_section_put_u64(e->w, state.group);
    nr_section_end(e->w);
    state.starts[groups] = (uint32_t)state.wide.size;
    column_section(e, NR_SECTION_GAP_ANCHORS, state.anchors, groups);
    column_section(e, NR_SECTION_GAP_STARTS, state.starts, groups + 1);
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

static nr_status put_marks(emission *e)
{
  uint32_t groups = nr_groups(e->source->all, NR_MARK_GROUP);
  mark_state state = {.err = e->err};
  for (int m = 0; m < NR_MARKS; m++) {
    nr_buffer_init(&state.bytes[m], e->source->memory);
    state.ranks[m] = nr_arena_take_array(&e->arena, (size_t)groups + 1, sizeof **state.ranks);
    if (state.ranks[m] == NULL)
      return nr_fail_memory(e->err);
  }
  nr_status status = each_list(e, NR_WANT_MARKS, mark_pass, &state);
  if (status == NR_OK)
    status = state.status;
  for (uint32_t m = 0; m < NR_MARKS && status == NR_OK; m++) {
    state.ranks[m][groups] = (uint32_t)state.bytes[m].size;
    column_section(e, (nr_section)(NR_SECTION_MARK_RANKS + m), state.ranks[m], groups + 1);
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

/* ---- all of it ---- */

static nr_status take_scratch(emission *e)
{
  const nr_source *s = e->source;
  size_t most = s->articles;
  most = s->forms > most ? s->forms : most;
  most = s->surfaces > most ? s->surfaces : most;
  most = s->field_count > most ? s->field_count : most;
  most = nr_groups(s->all, NR_GAP_GROUP) > most ? nr_groups(s->all, NR_GAP_GROUP) : most;
  e->u64 = nr_arena_take_array(&e->arena, most + 1, sizeof *e->u64);
  e->u32 = nr_arena_take_array(&e->arena, most + 1, sizeof *e->u32);
  e->sizes = nr_arena_take_array(&e->arena, s->surfaces, 1);
  if (e->u64 == NULL || e->u32 == NULL || e->sizes == NULL)
    return nr_fail_memory(e->err);
  return NR_OK;
}

static nr_status emit(emission *e, nr_buffer *lists)
{
  NR_TRY(take_scratch(e));
  NR_TRY(put_articles(e));
  NR_TRY(put_fields(e));
  put_vocabulary(e);
  NR_TRY(put_postings(e, lists));
  NR_TRY(put_stream(e));
  NR_TRY(put_gaps(e));
  return put_marks(e);
}

nr_status nr_source_write(const nr_source *source, const nr_sink *sink, const nr_poll *poll, nr_error *err)
{
  nr_section_writer *w = nr_alloc(source->memory, sizeof *w);
  if (w == NULL)
    return nr_fail_memory(err);
  emission e = {.source = source, .w = w, .poll = poll, .err = err};
  nr_buffer lists;
  nr_sections_init(w, sink, err);
  nr_arena_init(&e.arena, source->memory);
  nr_buffer_init(&lists, source->memory);
  nr_status status = emit(&e, &lists);
  if (status == NR_OK) {
    nr_segment_counts counts = {.articles = source->articles,
                                .on = source->on,
                                .all = source->all,
                                .forms = source->forms,
                                .surfaces = source->surfaces,
                                .text_rules = source->text_rules};
    for (uint32_t i = 0; i < source->articles; i++)
      counts.content_bytes += article_of(&e, i).content.size;
    status = nr_sections_finish(w, &counts, source->dated);
  }
  nr_buffer_clear(&lists);
  nr_arena_clear(&e.arena);
  nr_release(source->memory, w, sizeof *w);
  return status;
}
