/* source.c: writing the columns of a source, section by section. Floor 2. */
#include "segment/emission.h"

#include <stdlib.h>

nr_source_article nr_emission_article(const nr_emission *e, uint32_t article)
{
  nr_source_article a;
  e->source->article(e->source->user, article, &a);
  return a;
}

static void put_strings(nr_emission *e, uint32_t count, nr_text (*get)(const nr_emission *e, uint32_t i))
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

static nr_text get_id(const nr_emission *e, uint32_t i)
{
  return nr_emission_article(e, i).id;
}

static nr_text get_blocks(const nr_emission *e, uint32_t i)
{
  return nr_emission_article(e, i).blocks;
}

static nr_text get_repairs(const nr_emission *e, uint32_t i)
{
  return nr_emission_article(e, i).repairs;
}

static nr_text get_form(const nr_emission *e, uint32_t i)
{
  return e->source->form_texts[i];
}

static nr_text get_surface(const nr_emission *e, uint32_t i)
{
  nr_text text = e->source->surface_texts[i];
  return nr_text_equal(text, e->source->form_texts[e->source->form_of[i]]) ? NR_TEXT("") : text;
}

static void strings_section(nr_emission *e, nr_section section, uint32_t count,
                            nr_text (*get)(const nr_emission *e, uint32_t i))
{
  nr_section_begin(e->w, section);
  put_strings(e, count, get);
  nr_section_end(e->w);
}

void nr_emission_put_column(nr_emission *e, const uint32_t *values, uint32_t count)
{
  for (uint32_t i = 0; i < count; i++)
    e->u64[i] = values[i];
  nr_column_put_u64(e->w, e->u64, count);
}

void nr_emission_column(nr_emission *e, nr_section section, const uint32_t *values, uint32_t count)
{
  nr_section_begin(e->w, section);
  nr_emission_put_column(e, values, count);
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

static nr_status put_id_index(nr_emission *e)
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
  nr_emission_column(e, NR_SECTION_ID_ARTICLES, e->u32, count);
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

static void article_column(nr_emission *e, nr_section section, uint32_t count,
                           uint32_t (*get)(nr_source_article a))
{
  for (uint32_t i = 0; i < count; i++)
    e->u32[i] = get(nr_emission_article(e, i));
  nr_emission_column(e, section, e->u32, count);
}

static void put_article_starts(nr_emission *e, nr_section section, bool margin)
{
  uint32_t count = e->source->articles, total = 0;
  for (uint32_t i = 0; i < count; i++) {
    nr_source_article a = nr_emission_article(e, i);
    e->u32[i] = total;
    total += margin ? a.margin : a.line;
  }
  e->u32[count] = total;
  nr_emission_column(e, section, e->u32, count + 1);
}

static void put_hashes(nr_emission *e)
{
  nr_section_begin(e->w, NR_SECTION_HASHES);
  for (uint32_t i = 0; i < e->source->articles; i++)
    nr_section_put_u64(e->w, nr_emission_article(e, i).hash);
  nr_section_end(e->w);
}

static nr_status put_articles(nr_emission *e)
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
  NR_TRY(nr_emission_content(e));
  strings_section(e, NR_SECTION_BLOCKS, articles, get_blocks);
  strings_section(e, NR_SECTION_REPAIRS, articles, get_repairs);
  return NR_OK;
}

/* ---- fields ---- */

static nr_status put_field(nr_emission *e, uint32_t number)
{
  nr_source_field field = {0};
  uint64_t total = 0;
  NR_TRY(e->source->field(e->source->user, number, &field, e->err));
  for (uint32_t i = 0; i < field.value_count; i++) { /* no more values than articles */
    e->u64[i] = total;
    total += 1 + field.values[i].text.size;
  }
  e->u64[field.value_count] = total;
  nr_section_put_u64(e->w, field.value_count);
  nr_column_put_u64(e->w, e->u64, field.value_count + 1);
  for (uint32_t i = 0; i < field.value_count; i++) {
    char type = (char)field.values[i].type;
    nr_section_put(e->w, &type, 1);
    nr_section_put(e->w, field.values[i].text.bytes, field.values[i].text.size);
  }
  nr_section_align(e->w);
  nr_emission_put_column(e, field.codes, e->source->articles);
  return NR_OK;
}

static nr_text get_field_name(const nr_emission *e, uint32_t i)
{
  return e->source->field_names[i];
}

static nr_status put_fields(nr_emission *e)
{
  nr_section_begin(e->w, NR_SECTION_FIELDS);
  nr_section_put_u64(e->w, e->source->field_count);
  put_strings(e, e->source->field_count, get_field_name);
  for (uint32_t i = 0; i < e->source->field_count; i++) {
    NR_TRY(nr_poll_at(e->poll, i, e->source->field_count, e->err));
    NR_TRY(put_field(e, i));
  }
  nr_section_end(e->w);
  return NR_OK;
}

/* ---- vocabulary ---- */

static void put_surface_sizes(nr_emission *e)
{
  nr_section_begin(e->w, NR_SECTION_SURFACE_SIZES);
  nr_section_put(e->w, e->sizes, e->source->surfaces);
  nr_section_end(e->w);
}

static void put_surfaces_of(nr_emission *e)
{
  uint32_t surface = 0;
  for (uint32_t form = 0; form <= e->source->forms; form++) {
    while (surface < e->source->surfaces && e->source->form_of[surface] < form)
      surface++;
    e->u32[form] = surface;
  }
  nr_emission_column(e, NR_SECTION_SURFACES_OF, e->u32, e->source->forms + 1);
}

static void put_vocabulary(nr_emission *e)
{
  strings_section(e, NR_SECTION_FORMS, e->source->forms, get_form);
  strings_section(e, NR_SECTION_SURFACES, e->source->surfaces, get_surface);
  put_surface_sizes(e);
  put_surfaces_of(e);
  nr_emission_column(e, NR_SECTION_FORM_OF, e->source->form_of, e->source->surfaces);
}

/* ---- tokens: three passes over all articles, the line first, then the margin ---- */

nr_status nr_emission_tokens(nr_emission *e, int wanted, nr_token_pass *pass, void *state)
{
  nr_source_tokens tokens = {0};
  const nr_source *s = e->source;
  for (int margin = 0; margin < 2; margin++)
    for (uint32_t i = 0; i < s->articles; i++) {
      nr_source_article a = nr_emission_article(e, i);
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

/* ---- all of it ---- */

nr_status nr_emission_begin(nr_emission *e)
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
  for (uint32_t i = 0; i < s->surfaces; i++) {
    size_t size = s->surface_texts[i].size;
    e->sizes[i] = size < 255 ? (uint8_t)size : 255;
  }
  return NR_OK;
}

static nr_status emit(nr_emission *e, nr_tail *tail)
{
  NR_TRY(nr_emission_begin(e));
  NR_TRY(put_articles(e));
  NR_TRY(put_fields(e));
  put_vocabulary(e);
  NR_TRY(nr_emission_postings(e));
  return nr_emission_tail(e, tail);
}

nr_status nr_source_write(const nr_source *source, nr_tail *tail, const nr_sink *sink, const nr_poll *poll,
                          nr_error *err)
{
  nr_section_writer *w = nr_alloc(source->memory, sizeof *w);
  if (w == NULL)
    return nr_fail_memory(err);
  nr_emission e = {.source = source, .w = w, .poll = poll, .err = err};
  nr_sections_init(w, sink, err);
  nr_arena_init(&e.arena, source->memory);
  nr_status status = emit(&e, tail);
  if (status == NR_OK) {
    nr_segment_counts counts = {.articles = source->articles,
                                .on = source->on,
                                .all = source->all,
                                .forms = source->forms,
                                .surfaces = source->surfaces,
                                .text_rules = source->text_rules};
    for (uint32_t i = 0; i < source->articles; i++)
      counts.content_bytes += nr_emission_article(&e, i).content_size;
    status = nr_sections_finish(w, &counts, source->dated, source->compressed);
  }
  nr_arena_clear(&e.arena);
  nr_release(source->memory, w, sizeof *w);
  return status;
}
