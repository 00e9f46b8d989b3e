/* builder.c: articles on their way into a segment, and the source made of them. Floor 2. */
#include <stdlib.h>

#include "base/hash.h"
#include "segment/intern.h"
#include "segment/source.h"
#include "text/fold.h"

enum { gap_wide = 255, in_margin = 0x80 };
#define unfolded UINT32_MAX /* a form not known yet: folding failed */

/* One added article; names and values are numbers of the builder's interns. */
typedef struct entry {
  nr_text id, content, blocks, repairs;
  uint64_t hash;
  nr_period date;
  uint32_t date_source, title_size;
  uint32_t line, margin;        /* tokens */
  size_t token, wide, property; /* first of its own in the builder's arrays */
  uint32_t property_count;
  bool dropped;
} entry;

typedef struct property {
  uint32_t name, value; /* interned; the value's first byte is its type */
} property;

typedef struct surface_info {
  uint32_t form, count; /* its form's number, or `unfolded`; tokens that are not dropped */
} surface_info;

struct nr_segment_builder {
  const nr_memory *memory;
  nr_arena arena; /* ids, contents, blocks, repairs */
  nr_intern surfaces, forms, names, values;
  surface_info *infos; /* by surface */
  size_t info_capacity;
  entry *entries;
  size_t entry_count, entry_capacity, live;
  uint32_t *tokens; /* surfaces, in text order */
  size_t token_count, token_capacity;
  uint8_t *gaps; /* by token; gap_wide: see wide */
  size_t gap_capacity;
  uint8_t *marks; /* by token: bit m for mark m, in_margin */
  size_t mark_capacity;
  uint32_t *wide; /* gaps of 255 bytes and more, in token order */
  size_t wide_count, wide_capacity;
  property *properties;
  size_t property_count, property_capacity;
  nr_buffer scratch;
};

nr_status nr_segment_builder_new(const nr_memory *memory, nr_segment_builder **builder, nr_error *err)
{
  nr_segment_builder *b = nr_alloc_zeroed(memory, 1, sizeof *b);
  if (b == NULL)
    return nr_fail_memory(err);
  b->memory = memory;
  nr_arena_init(&b->arena, memory);
  nr_intern_init(&b->surfaces, memory);
  nr_intern_init(&b->forms, memory);
  nr_intern_init(&b->names, memory);
  nr_intern_init(&b->values, memory);
  nr_buffer_init(&b->scratch, memory);
  *builder = b;
  return NR_OK;
}

static void builder_clear(nr_segment_builder *b)
{
  nr_arena_clear(&b->arena);
  nr_intern_clear(&b->surfaces);
  nr_intern_clear(&b->forms);
  nr_intern_clear(&b->names);
  nr_intern_clear(&b->values);
  nr_release(b->memory, b->infos, b->info_capacity * sizeof *b->infos);
  nr_release(b->memory, b->entries, b->entry_capacity * sizeof *b->entries);
  nr_release(b->memory, b->tokens, b->token_capacity * sizeof *b->tokens);
  nr_release(b->memory, b->gaps, b->gap_capacity);
  nr_release(b->memory, b->marks, b->mark_capacity);
  nr_release(b->memory, b->wide, b->wide_capacity * sizeof *b->wide);
  nr_release(b->memory, b->properties, b->property_capacity * sizeof *b->properties);
  nr_buffer_clear(&b->scratch);
  *b = (nr_segment_builder){.memory = b->memory,
                            .arena = b->arena,
                            .surfaces = b->surfaces,
                            .forms = b->forms,
                            .names = b->names,
                            .values = b->values,
                            .scratch = b->scratch};
}

void nr_segment_builder_free(nr_segment_builder *builder)
{
  if (builder == NULL)
    return;
  builder_clear(builder);
  nr_release(builder->memory, builder, sizeof *builder);
}

size_t nr_segment_builder_articles(const nr_segment_builder *builder)
{
  return builder->entry_count;
}

size_t nr_segment_builder_live(const nr_segment_builder *builder)
{
  return builder->live;
}

uint64_t nr_segment_builder_memory(const nr_segment_builder *b)
{
  return b->arena.total + nr_intern_memory(&b->surfaces) + nr_intern_memory(&b->forms) +
         nr_intern_memory(&b->names) + nr_intern_memory(&b->values) + b->info_capacity * sizeof *b->infos +
         b->entry_capacity * sizeof *b->entries + b->token_capacity * sizeof *b->tokens + b->gap_capacity +
         b->mark_capacity + b->wide_capacity * sizeof *b->wide + b->property_capacity * sizeof *b->properties;
}

/* ---- adding ---- */

static nr_status fold_surface(nr_segment_builder *b, nr_text text, surface_info *info, nr_error *err)
{
  uint32_t form;
  b->scratch.size = 0;
  NR_TRY(nr_fold(text, &b->scratch, err));
  nr_text folded = {b->scratch.bytes, b->scratch.size};
  NR_TRY(nr_intern_add(&b->forms, folded, folded.size, &form, err));
  *info = (surface_info){form, 0};
  return NR_OK;
}

/* Number a spelling; a new one is folded, once. */
static nr_status number_surface(nr_segment_builder *b, nr_text text, size_t readable, uint32_t *surface,
                                nr_error *err)
{
  size_t before = b->surfaces.count;
  if (before >= b->info_capacity) {
    void *infos = b->infos;
    NR_TRY(nr_grow(b->memory, &infos, &b->info_capacity, before + 1, sizeof *b->infos, err));
    b->infos = infos;
  }
  NR_TRY(nr_intern_add(&b->surfaces, text, readable, surface, err));
  surface_info *info = &b->infos[*surface];
  if (b->surfaces.count > before)
    *info = (surface_info){unfolded, 0};
  return info->form == unfolded ? fold_surface(b, text, info, err) : NR_OK;
}

static uint8_t marks_of(uint8_t marks)
{
  uint8_t out = 0;
  if (marks & NR_MARK_PARAGRAPH)
    out = 1 << NR_PARAGRAPH_STARTS | 1 << NR_SENTENCE_STARTS | 1 << NR_CLAUSE_STARTS;
  else if (marks & NR_MARK_SENTENCE)
    out = 1 << NR_SENTENCE_STARTS | 1 << NR_CLAUSE_STARTS;
  else if (marks & NR_MARK_CLAUSE)
    out = 1 << NR_CLAUSE_STARTS;
  if (marks & NR_MARK_JOINED)
    out |= 1 << NR_JOINED_NEXT;
  if (marks & NR_MARK_MARGIN)
    out |= in_margin;
  return out;
}

static nr_status reserve_tokens(nr_segment_builder *b, size_t more, nr_error *err)
{
  void *tokens = b->tokens, *gaps = b->gaps, *marks = b->marks;
  nr_status status =
      nr_grow(b->memory, &tokens, &b->token_capacity, b->token_count + more, sizeof *b->tokens, err);
  b->tokens = tokens;
  if (status == NR_OK)
    status = nr_grow(b->memory, &gaps, &b->gap_capacity, b->token_count + more, 1, err);
  b->gaps = gaps;
  if (status == NR_OK)
    status = nr_grow(b->memory, &marks, &b->mark_capacity, b->token_count + more, 1, err);
  b->marks = marks;
  return status;
}

static nr_status put_gap(nr_segment_builder *b, uint32_t gap, nr_error *err)
{
  b->gaps[b->token_count] = gap < gap_wide ? (uint8_t)gap : gap_wide;
  if (gap < gap_wide)
    return NR_OK;
  void *wide = b->wide;
  NR_TRY(nr_grow(b->memory, &wide, &b->wide_capacity, b->wide_count + 1, sizeof *b->wide, err));
  b->wide = wide;
  b->wide[b->wide_count++] = gap;
  return NR_OK;
}

/* Where the reading of an article's tokens is. A cut between line and margin starts a paragraph and
 * joins nothing. */
typedef struct lists {
  uint32_t end[2]; /* of the last token of the line, of the margin */
  size_t last[2];  /* that token's index, SIZE_MAX before the first */
  int before;      /* list of the token before: 0, 1, or -1 */
} lists;

static nr_status add_token(nr_segment_builder *b, const nr_article *article, nr_token token, lists *at,
                           nr_error *err)
{
  enum { starts = 1 << NR_PARAGRAPH_STARTS | 1 << NR_SENTENCE_STARTS | 1 << NR_CLAUSE_STARTS };
  uint8_t marks = marks_of(token.marks);
  int list = marks & in_margin ? 1 : 0;
  nr_text text = {article->content.bytes + token.start, token.end - token.start};
  uint32_t surface;
  NR_TRY(number_surface(b, text, article->content.size - token.start, &surface, err));
  NR_TRY(put_gap(b, token.start - at->end[list], err));
  if (at->before != list) {
    marks |= starts;
    if (at->before >= 0)
      b->marks[at->last[at->before]] &= (uint8_t) ~(1 << NR_JOINED_NEXT);
  }
  b->infos[surface].count++;
  b->tokens[b->token_count] = surface;
  b->marks[b->token_count] = marks;
  at->end[list] = token.end;
  at->last[list] = b->token_count++;
  at->before = list;
  return NR_OK;
}

static bool tokens_in_order(const nr_article *article)
{
  uint32_t end = 0;
  for (size_t i = 0; i < article->token_count; i++) {
    nr_token token = article->tokens[i];
    if (token.start < end || token.end <= token.start || token.end > article->content.size)
      return false;
    end = token.end;
  }
  return true;
}

static nr_status add_tokens(nr_segment_builder *b, const nr_article *article, entry *e, nr_error *err)
{
  lists at = {{0, 0}, {SIZE_MAX, SIZE_MAX}, -1};
  NR_TRY(reserve_tokens(b, article->token_count, err));
  for (size_t i = 0; i < article->token_count; i++) {
    if (!nr_token_on_line(article->tokens[i]))
      continue;
    NR_TRY(add_token(b, article, article->tokens[i], &at, err));
    if (article->tokens[i].marks & NR_MARK_MARGIN)
      e->margin++;
    else
      e->line++;
  }
  if (at.before >= 0)
    b->marks[at.last[at.before]] &= (uint8_t) ~(1 << NR_JOINED_NEXT);
  return NR_OK;
}

static nr_status add_property(nr_segment_builder *b, nr_text name, nr_field_type type, nr_text value,
                              nr_error *err)
{
  uint32_t name_number, value_number;
  b->scratch.size = 0;
  NR_TRY(nr_buffer_put_byte(&b->scratch, (uint8_t)type, err));
  NR_TRY(nr_buffer_put(&b->scratch, value.bytes, value.size, err));
  NR_TRY(nr_intern_add(&b->names, name, name.size, &name_number, err));
  NR_TRY(nr_intern_add(&b->values, (nr_text){b->scratch.bytes, b->scratch.size}, b->scratch.size,
                       &value_number, err));
  void *properties = b->properties;
  NR_TRY(nr_grow(b->memory, &properties, &b->property_capacity, b->property_count + 1, sizeof *b->properties,
                 err));
  b->properties = properties;
  b->properties[b->property_count++] = (property){name_number, value_number};
  return NR_OK;
}

/* Origin and evidence are kept as fields whose names no article can have: they start with NUL. */
static nr_status add_properties(nr_segment_builder *b, const nr_article *article, nr_error *err)
{
  NR_TRY(add_property(b, NR_TEXT("\0o"), NR_FIELD_STRING, article->origin, err));
  if (article->date_evidence.bytes != NULL)
    NR_TRY(add_property(b, NR_TEXT("\0v"), NR_FIELD_STRING, article->date_evidence, err));
  for (size_t i = 0; i < article->field_count; i++) {
    const nr_field *field = &article->fields[i];
    if (field->name.size == 0 || field->name.bytes[0] == '\0')
      return nr_fail(err, NR_INVALID, "%.*s: a field without a name", (int)article->id.size,
                     article->id.bytes);
    NR_TRY(add_property(b, field->name, field->type, field->value, err));
  }
  return NR_OK;
}

static nr_status put_varint(nr_buffer *out, uint32_t value, nr_error *err)
{
  uint8_t bytes[NR_VARINT_SIZE_MAX];
  return nr_buffer_put(out, bytes, nr_varint_put(bytes, value), err);
}

static nr_status copy(nr_segment_builder *b, nr_text text, nr_text *out, nr_error *err)
{
  char *bytes = nr_arena_copy(&b->arena, text.bytes, text.size);
  if (bytes == NULL)
    return nr_fail_memory(err);
  *out = (nr_text){bytes, text.size};
  return NR_OK;
}

static nr_status copy_blocks(nr_segment_builder *b, const nr_article *article, nr_text *out, nr_error *err)
{
  uint32_t end = 0;
  b->scratch.size = 0;
  for (size_t i = 0; i < article->block_count; i++) {
    nr_block block = article->blocks[i];
    if (block.start < end || block.end < block.start || block.end > article->content.size)
      return nr_fail(err, NR_INVALID, "%.*s: blocks overlap", (int)article->id.size, article->id.bytes);
    NR_TRY(put_varint(&b->scratch, block.start - end, err));
    NR_TRY(put_varint(&b->scratch, block.end - block.start, err));
    NR_TRY(nr_buffer_put_byte(&b->scratch, (uint8_t)(block.kind << 1 | (block.margin ? 1 : 0)), err));
    NR_TRY(put_varint(&b->scratch, block.reason, err));
    end = block.end;
  }
  return copy(b, (nr_text){b->scratch.bytes, b->scratch.size}, out, err);
}

static nr_status copy_repairs(nr_segment_builder *b, const nr_article *article, nr_text *out, nr_error *err)
{
  uint32_t at = 0;
  b->scratch.size = 0;
  for (size_t i = 0; i < article->repair_count; i++) {
    nr_repair repair = article->repairs[i];
    if (repair.at < at || repair.at >= article->content.size || repair.size > 3)
      return nr_fail(err, NR_INVALID, "%.*s: repairs out of order", (int)article->id.size, article->id.bytes);
    NR_TRY(put_varint(&b->scratch, repair.at - at, err));
    NR_TRY(nr_buffer_put_byte(&b->scratch, repair.size, err));
    NR_TRY(nr_buffer_put(&b->scratch, repair.bytes, repair.size, err));
    at = repair.at;
  }
  return copy(b, (nr_text){b->scratch.bytes, b->scratch.size}, out, err);
}

static nr_status fill_entry(nr_segment_builder *b, const nr_article *article, entry *e, nr_error *err)
{
  bool dated = article->date.first >= NR_DAY_MIN && article->date.first <= NR_DAY_MAX;
  e->hash = nr_article_hash(article);
  e->date = dated ? article->date : (nr_period){NR_DAY_NONE, NR_DAY_NONE};
  e->date_source = (uint32_t)article->date_source;
  e->title_size = article->title_size;
  NR_TRY(copy(b, article->id, &e->id, err));
  NR_TRY(copy(b, article->content, &e->content, err));
  NR_TRY(copy_blocks(b, article, &e->blocks, err));
  NR_TRY(copy_repairs(b, article, &e->repairs, err));
  NR_TRY(add_properties(b, article, err));
  e->property_count = (uint32_t)(b->property_count - e->property);
  return add_tokens(b, article, e, err);
}

static void uncount_tokens(nr_segment_builder *b, size_t from, size_t end)
{
  for (size_t i = from; i < end; i++)
    b->infos[b->tokens[i]].count--;
}

nr_status nr_segment_builder_add(nr_segment_builder *b, const nr_article *article, nr_error *err)
{
  if (article->content.size > UINT32_MAX / 2 || article->title_size > article->content.size ||
      !tokens_in_order(article))
    return nr_fail(err, NR_INVALID, "%.*s: tokens lie outside the text", (int)article->id.size,
                   article->id.bytes);
  if (article->token_count > NR_SEGMENT_TOKENS_MAX - b->token_count)
    return nr_fail(err, NR_LIMIT, "more than %d tokens in one segment", NR_SEGMENT_TOKENS_MAX);
  void *entries = b->entries;
  NR_TRY(nr_grow(b->memory, &entries, &b->entry_capacity, b->entry_count + 1, sizeof *b->entries, err));
  b->entries = entries;
  entry e = {.token = b->token_count, .wide = b->wide_count, .property = b->property_count};
  nr_status status = fill_entry(b, article, &e, err);
  if (status != NR_OK) { /* as if it had never come; copies stay in the arena */
    uncount_tokens(b, e.token, b->token_count);
    b->token_count = e.token;
    b->wide_count = e.wide;
    b->property_count = e.property;
    return status;
  }
  b->entries[b->entry_count++] = e;
  b->live++;
  return NR_OK;
}

void nr_segment_builder_drop(nr_segment_builder *b, size_t index)
{
  assert(index < b->entry_count && !b->entries[index].dropped);
  entry *e = &b->entries[index];
  uncount_tokens(b, e->token, e->token + e->line + e->margin);
  e->dropped = true;
  b->live--;
}

/* ---- the source ---- */

typedef struct rank {
  uint32_t surface, form;
} rank;

typedef struct built {
  nr_segment_builder *b;
  nr_arena arena;
  uint32_t *order; /* entry of each article */
  rank *ranks;     /* by the builder's surface number */
  uint32_t *positions, *form_starts;
} built;

static void built_article(void *user, uint32_t article, nr_source_article *out)
{
  const built *s = user;
  const entry *e = &s->b->entries[s->order[article]];
  *out = (nr_source_article){.id = e->id,
                             .content = e->content,
                             .blocks = e->blocks,
                             .repairs = e->repairs,
                             .title_size = e->title_size,
                             .date = e->date,
                             .date_source = (nr_date_source)e->date_source,
                             .hash = e->hash,
                             .line = e->line,
                             .margin = e->margin};
}

static void built_tokens(void *user, uint32_t article, bool margin, const nr_source_tokens *out)
{
  const built *s = user;
  const nr_segment_builder *b = s->b;
  const entry *e = &b->entries[s->order[article]];
  const uint32_t *wide = b->wide + e->wide;
  uint32_t n = 0;
  for (size_t i = e->token; i < e->token + e->line + e->margin; i++) {
    uint32_t gap = b->gaps[i] == gap_wide ? *wide++ : b->gaps[i];
    if (((b->marks[i] & in_margin) != 0) != margin)
      continue;
    if (out->surfaces != NULL)
      out->surfaces[n] = s->ranks[b->tokens[i]].surface;
    if (out->gaps != NULL)
      out->gaps[n] = gap;
    if (out->marks != NULL)
      out->marks[n] = b->marks[i] & (uint8_t)~in_margin;
    n++;
  }
}

static nr_status built_postings(void *user, uint32_t form, const uint32_t **positions, uint32_t *count,
                                nr_error *err)
{
  const built *s = user;
  (void)err;
  *positions = s->positions + s->form_starts[form];
  *count = s->form_starts[form + 1] - s->form_starts[form];
  return NR_OK;
}

typedef struct dated_entry {
  nr_day day;
  uint32_t entry;
  nr_text id;
} dated_entry;

static int by_day_and_id(const void *left, const void *right)
{
  const dated_entry *a = left, *b = right;
  if (a->day != b->day)
    return a->day < b->day ? -1 : 1;
  return nr_text_compare(a->id, b->id);
}

static nr_status order_articles(built *s, nr_source *source, nr_error *err)
{
  const nr_segment_builder *b = s->b;
  dated_entry *sorted = nr_arena_take_array(&s->arena, b->live, sizeof *sorted);
  s->order = nr_arena_take_array(&s->arena, b->live, sizeof *s->order);
  if (sorted == NULL || s->order == NULL)
    return nr_fail_memory(err);
  for (size_t i = 0; i < b->entry_count; i++) {
    const entry *e = &b->entries[i];
    if (e->dropped)
      continue;
    sorted[source->articles++] = (dated_entry){e->date.first, (uint32_t)i, e->id};
    source->dated += e->date.first != NR_DAY_NONE;
    source->on += e->line;
    source->all += e->line + e->margin;
    if (e->line + e->margin > source->tokens_max)
      source->tokens_max = e->line + e->margin;
  }
  qsort(sorted, source->articles, sizeof *sorted, by_day_and_id);
  for (uint32_t i = 0; i < source->articles; i++)
    s->order[i] = sorted[i].entry;
  return NR_OK;
}

/* A string to be sorted: most comparisons end at its first eight bytes. */
typedef struct sortable {
  uint64_t head; /* for surfaces: after the rank of the form */
  uint32_t rank, number;
  nr_text text;
} sortable;

static int by_text(const void *left, const void *right)
{
  const sortable *a = left, *b = right;
  if (a->rank != b->rank)
    return a->rank < b->rank ? -1 : 1;
  if (a->head != b->head)
    return a->head < b->head ? -1 : 1;
  return nr_text_compare(a->text, b->text);
}

static uint64_t head_of(nr_text text)
{
  uint64_t head = 0;
  for (size_t i = 0; i < 8; i++)
    head = head << 8 | (i < text.size ? (uint8_t)text.bytes[i] : 0);
  return head;
}

static nr_status order_forms(built *s, nr_source *source, uint32_t **form_ranks, nr_error *err)
{
  const nr_segment_builder *b = s->b;
  sortable *sorted = nr_arena_take_array(&s->arena, b->forms.count, sizeof *sorted);
  uint32_t *ranks = nr_arena_take_array(&s->arena, b->forms.count, sizeof *ranks);
  nr_text *texts = nr_arena_take_array(&s->arena, b->forms.count, sizeof *texts);
  if (sorted == NULL || ranks == NULL || texts == NULL)
    return nr_fail_memory(err);
  memset(ranks, 0, b->forms.count * sizeof *ranks);
  for (size_t i = 0; i < b->surfaces.count; i++)
    if (b->infos[i].count > 0)
      ranks[b->infos[i].form] = 1; /* in use */
  for (uint32_t i = 0; i < b->forms.count; i++)
    if (ranks[i] != 0)
      sorted[source->forms++] = (sortable){head_of(b->forms.texts[i]), 0, i, b->forms.texts[i]};
  qsort(sorted, source->forms, sizeof *sorted, by_text);
  for (uint32_t i = 0; i < source->forms; i++) {
    ranks[sorted[i].number] = i;
    texts[i] = sorted[i].text;
  }
  source->form_texts = texts;
  *form_ranks = ranks;
  return NR_OK;
}

static nr_status order_surfaces(built *s, nr_source *source, nr_error *err)
{
  const nr_segment_builder *b = s->b;
  uint32_t *form_ranks = NULL;
  NR_TRY(order_forms(s, source, &form_ranks, err));
  sortable *sorted = nr_arena_take_array(&s->arena, b->surfaces.count, sizeof *sorted);
  nr_text *texts = nr_arena_take_array(&s->arena, b->surfaces.count, sizeof *texts);
  uint32_t *form_of = nr_arena_take_array(&s->arena, b->surfaces.count, sizeof *form_of);
  s->ranks = nr_arena_take_array(&s->arena, b->surfaces.count, sizeof *s->ranks);
  if (sorted == NULL || texts == NULL || form_of == NULL || s->ranks == NULL)
    return nr_fail_memory(err);
  for (uint32_t i = 0; i < b->surfaces.count; i++)
    if (b->infos[i].count > 0)
      sorted[source->surfaces++] =
          (sortable){head_of(b->surfaces.texts[i]), form_ranks[b->infos[i].form], i, b->surfaces.texts[i]};
  qsort(sorted, source->surfaces, sizeof *sorted, by_text);
  for (uint32_t i = 0; i < source->surfaces; i++) {
    s->ranks[sorted[i].number] = (rank){i, sorted[i].rank};
    form_of[i] = sorted[i].rank;
    texts[i] = sorted[i].text;
  }
  source->surface_texts = texts;
  source->form_of = form_of;
  return NR_OK;
}

/* Put the positions of an article's tokens on the line, or in the margin, behind those of their forms. */
static void place_positions(built *s, const entry *e, uint8_t list, uint32_t *next, uint32_t *position)
{
  const nr_segment_builder *b = s->b;
  for (size_t i = e->token; i < e->token + e->line + e->margin; i++)
    if ((b->marks[i] & in_margin) == list)
      s->positions[next[s->ranks[b->tokens[i]].form]++] = (*position)++;
}

/* Counting sort of all positions by form. */
static nr_status sort_positions(built *s, const nr_source *source, const nr_poll *poll, nr_error *err)
{
  const nr_segment_builder *b = s->b;
  uint32_t *next = nr_arena_take_array(&s->arena, (size_t)source->forms + 1, sizeof *next), position = 0;
  s->form_starts = nr_arena_take_array(&s->arena, (size_t)source->forms + 1, sizeof *s->form_starts);
  s->positions = nr_arena_take_array(&s->arena, source->all, sizeof *s->positions);
  if (next == NULL || s->form_starts == NULL || s->positions == NULL)
    return nr_fail_memory(err);
  memset(next, 0, ((size_t)source->forms + 1) * sizeof *next);
  for (size_t i = 0; i < b->surfaces.count; i++)
    if (b->infos[i].count > 0)
      next[s->ranks[i].form + 1] += b->infos[i].count;
  for (uint32_t form = 0; form < source->forms; form++)
    next[form + 1] += next[form];
  memcpy(s->form_starts, next, ((size_t)source->forms + 1) * sizeof *next);
  for (uint32_t a = 0; a < source->articles; a++) {
    if (a % 64 == 0)
      NR_TRY(nr_poll_at(poll, a, source->articles, err));
    place_positions(s, &b->entries[s->order[a]], 0, next, &position);
  }
  for (uint32_t a = 0; a < source->articles; a++)
    if (b->entries[s->order[a]].margin > 0)
      place_positions(s, &b->entries[s->order[a]], in_margin, next, &position);
  return NR_OK;
}

/* ---- fields: values are numbered in the order they come along the line ---- */

typedef struct named {
  nr_text name;
  uint32_t number;
} named;

static int by_name(const void *left, const void *right)
{
  return nr_text_compare(((const named *)left)->name, ((const named *)right)->name);
}

typedef struct field_draft {
  uint32_t *codes;
  uint32_t values;
} field_draft;

/* Names that a live article has, sorted; the two hidden ones always, and first (they start with NUL). */
static nr_status order_names(built *s, named **sorted, uint32_t *count, uint32_t **rank_of, nr_error *err)
{
  nr_segment_builder *b = s->b;
  uint32_t hidden[NR_FIELDS_HIDDEN];
  NR_TRY(nr_intern_add(&b->names, NR_TEXT("\0o"), 2, &hidden[0], err));
  NR_TRY(nr_intern_add(&b->names, NR_TEXT("\0v"), 2, &hidden[1], err));
  *rank_of = nr_arena_take_array(&s->arena, b->names.count, sizeof **rank_of);
  *sorted = nr_arena_take_array(&s->arena, b->names.count, sizeof **sorted);
  if (*rank_of == NULL || *sorted == NULL)
    return nr_fail_memory(err);
  memset(*rank_of, 0, b->names.count * sizeof **rank_of);
  (*rank_of)[hidden[0]] = (*rank_of)[hidden[1]] = 1;
  for (size_t i = 0; i < b->entry_count; i++)
    for (uint32_t p = 0; p < b->entries[i].property_count && !b->entries[i].dropped; p++)
      (*rank_of)[b->properties[b->entries[i].property + p].name] = 1;
  *count = 0;
  for (uint32_t i = 0; i < b->names.count; i++)
    if ((*rank_of)[i] != 0)
      (*sorted)[(*count)++] = (named){b->names.texts[i], i};
  qsort(*sorted, *count, sizeof **sorted, by_name);
  for (uint32_t i = 0; i < *count; i++)
    (*rank_of)[(*sorted)[i].number] = i;
  if (*count > NR_FIELDS_MAX)
    return nr_fail(err, NR_LIMIT, "more than %d different fields", NR_FIELDS_MAX - NR_FIELDS_HIDDEN);
  return NR_OK;
}

/* A value may stand in several fields, so its number there is looked up by (field, value). */
static nr_status code_fields(built *s, const nr_source *source, const uint32_t *rank_of,
                             nr_source_field *fields, nr_intern *pairs, uint32_t **pair_codes, nr_error *err)
{
  const nr_segment_builder *b = s->b;
  size_t capacity = 0;
  nr_status status = NR_OK;
  *pair_codes = NULL;
  for (uint32_t a = 0; a < source->articles && status == NR_OK; a++) {
    const entry *e = &b->entries[s->order[a]];
    for (uint32_t p = 0; p < e->property_count && status == NR_OK; p++) {
      property item = b->properties[e->property + p];
      uint32_t key[2] = {rank_of[item.name], item.value}, pair;
      size_t before = pairs->count;
      status = nr_intern_add(pairs, (nr_text){(const char *)key, sizeof key}, sizeof key, &pair, err);
      void *codes = *pair_codes;
      if (status == NR_OK)
        status = nr_grow(b->memory, &codes, &capacity, pairs->count, sizeof **pair_codes, err);
      *pair_codes = codes;
      if (status != NR_OK)
        break;
      if (pairs->count > before)
        (*pair_codes)[pair] = ++fields[key[0]].value_count;
      ((uint32_t *)fields[key[0]].codes)[a] = (*pair_codes)[pair];
    }
  }
  if (status != NR_OK || capacity == 0) {
    nr_release(b->memory, *pair_codes, capacity * sizeof **pair_codes);
    *pair_codes = NULL;
    return status;
  }
  uint32_t *kept = nr_arena_take_array(&s->arena, pairs->count, sizeof *kept);
  if (kept != NULL)
    memcpy(kept, *pair_codes, pairs->count * sizeof *kept);
  nr_release(b->memory, *pair_codes, capacity * sizeof **pair_codes);
  *pair_codes = kept;
  return kept == NULL ? nr_fail_memory(err) : NR_OK;
}

static nr_status fill_values(built *s, nr_source_field *fields, uint32_t count, const nr_intern *pairs,
                             const uint32_t *pair_codes, nr_error *err)
{
  for (uint32_t i = 0; i < count; i++) {
    fields[i].values = nr_arena_take_array(&s->arena, fields[i].value_count, sizeof *fields[i].values);
    if (fields[i].values == NULL)
      return nr_fail_memory(err);
  }
  for (size_t i = 0; i < pairs->count; i++) {
    uint32_t key[2];
    memcpy(key, pairs->texts[i].bytes, sizeof key);
    nr_text value = s->b->values.texts[key[1]];
    ((nr_source_value *)fields[key[0]].values)[pair_codes[i] - 1] =
        (nr_source_value){(nr_field_type)value.bytes[0], {value.bytes + 1, value.size - 1}};
  }
  return NR_OK;
}

static nr_status order_fields(built *s, nr_source *source, nr_error *err)
{
  named *sorted = NULL;
  uint32_t count = 0, *rank_of = NULL, *pair_codes = NULL;
  NR_TRY(order_names(s, &sorted, &count, &rank_of, err));
  nr_source_field *fields = nr_arena_take_array(&s->arena, count, sizeof *fields);
  if (fields == NULL)
    return nr_fail_memory(err);
  for (uint32_t i = 0; i < count; i++) {
    uint32_t *codes = nr_arena_take_array(&s->arena, source->articles, sizeof *codes);
    if (codes == NULL)
      return nr_fail_memory(err);
    memset(codes, 0, (size_t)source->articles * sizeof *codes);
    fields[i] = (nr_source_field){.name = sorted[i].name, .codes = codes};
  }
  nr_intern pairs;
  nr_intern_init(&pairs, s->b->memory);
  nr_status status = code_fields(s, source, rank_of, fields, &pairs, &pair_codes, err);
  if (status == NR_OK)
    status = fill_values(s, fields, count, &pairs, pair_codes, err);
  nr_intern_clear(&pairs);
  source->fields = fields;
  source->field_count = count;
  return status;
}

static nr_status write_built(built *s, const nr_sink *sink, const nr_poll *poll, nr_error *err)
{
  nr_source source = {.user = s,
                      .memory = s->b->memory,
                      .text_rules = NR_TEXT_RULES,
                      .article = built_article,
                      .tokens = built_tokens,
                      .postings = built_postings};
  NR_TRY(order_articles(s, &source, err));
  NR_TRY(order_surfaces(s, &source, err));
  NR_TRY(order_fields(s, &source, err));
  NR_TRY(sort_positions(s, &source, poll, err));
  return nr_source_write(&source, sink, poll, err);
}

nr_status nr_segment_builder_write(nr_segment_builder *builder, const nr_sink *sink, const nr_poll *poll,
                                   nr_error *err)
{
  built s = {.b = builder};
  nr_arena_init(&s.arena, builder->memory);
  nr_status status = write_built(&s, sink, poll, err);
  nr_arena_clear(&s.arena);
  builder_clear(builder);
  return status;
}

static nr_status put_to_buffer(void *user, const void *bytes, size_t size, nr_error *err)
{
  return nr_buffer_put(user, bytes, size, err);
}

nr_status nr_segment_builder_finish(nr_segment_builder *builder, nr_buffer *out, nr_error *err)
{
  nr_sink sink = {put_to_buffer, out};
  size_t before = out->size;
  nr_status status = nr_segment_builder_write(builder, &sink, NULL, err);
  if (status != NR_OK)
    out->size = before;
  return status;
}
