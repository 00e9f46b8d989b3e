/* builder.c: articles on their way into a segment. Floor 2. */
#include "segment/builder.h"

#include "segment/packed.h"
#include "text/fold.h"

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

void nr_builder_clear(nr_segment_builder *b)
{
  nr_arena_clear(&b->arena);
  nr_intern_clear(&b->surfaces);
  nr_intern_clear(&b->forms);
  nr_intern_clear(&b->names);
  nr_intern_clear(&b->values);
  nr_release(b->memory, b->form_of, b->form_of_capacity * sizeof *b->form_of);
  nr_release(b->memory, b->entries, b->entry_capacity * sizeof *b->entries);
  nr_release(b->memory, b->tokens, b->token_capacity * sizeof *b->tokens);
  nr_release(b->memory, b->gaps, b->gap_capacity);
  nr_release(b->memory, b->marks, b->mark_capacity);
  nr_release(b->memory, b->wide, b->wide_capacity * sizeof *b->wide);
  nr_release(b->memory, b->properties, b->property_capacity * sizeof *b->properties);
  nr_buffer_clear(&b->scratch);
  *b = (nr_segment_builder){.memory = b->memory,
                            .memory_beside = b->memory_beside,
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
  nr_builder_clear(builder);
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
         nr_intern_memory(&b->names) + nr_intern_memory(&b->values) +
         b->form_of_capacity * sizeof *b->form_of + b->entry_capacity * sizeof *b->entries +
         b->token_capacity * sizeof *b->tokens + b->gap_capacity + b->mark_capacity +
         b->wide_capacity * sizeof *b->wide + b->property_capacity * sizeof *b->properties;
}

/* ---- adding ---- */

nr_status nr_builder_fold(nr_segment_builder *b, uint32_t surface, nr_error *err)
{
  b->scratch.size = 0;
  NR_TRY(nr_fold(b->surfaces.texts[surface], &b->scratch, err));
  return nr_intern_add(&b->forms, (nr_text){b->scratch.bytes, b->scratch.size}, b->scratch.size,
                       &b->form_of[surface], err);
}

/* Number a spelling; a new one is folded, once. Should that fail it is tried again at the end. */
static nr_status number_surface(nr_segment_builder *b, const nr_intern_key *key, uint32_t *surface,
                                nr_error *err)
{
  size_t before = b->surfaces.count;
  if (before >= b->form_of_capacity) {
    NR_TRY(nr_grow(b->memory, &b->form_of, &b->form_of_capacity, before + 1, sizeof *b->form_of, err));
  }
  NR_TRY(nr_intern_add_prepared(&b->surfaces, key, surface, err));
  if (b->surfaces.count == before)
    return NR_OK;
  b->form_of[*surface] = NR_UNFOLDED;
  return nr_builder_fold(b, *surface, err);
}

static uint8_t marks_of(uint8_t marks)
{
  enum { clause = 1 << NR_CLAUSE_STARTS, sentence = clause | 1 << NR_SENTENCE_STARTS };
  static const uint8_t starts[8] = {
      [NR_MARK_CLAUSE] = clause,
      [NR_MARK_SENTENCE] = sentence,
      [NR_MARK_SENTENCE | NR_MARK_CLAUSE] = sentence,
      [NR_MARK_PARAGRAPH] = sentence | 1 << NR_PARAGRAPH_STARTS,
      [NR_MARK_PARAGRAPH | NR_MARK_SENTENCE] = sentence | 1 << NR_PARAGRAPH_STARTS,
      [NR_MARK_PARAGRAPH | NR_MARK_CLAUSE] = sentence | 1 << NR_PARAGRAPH_STARTS,
      [7] = sentence | 1 << NR_PARAGRAPH_STARTS};
  uint8_t out = starts[marks & 7];
  if (marks & NR_MARK_JOINED)
    out |= 1 << NR_JOINED_NEXT;
  if (marks & NR_MARK_MARGIN)
    out |= NR_IN_MARGIN;
  return out;
}

static nr_status reserve_tokens(nr_segment_builder *b, size_t more, nr_error *err)
{
  NR_TRY(nr_grow(b->memory, &b->tokens, &b->token_capacity, b->token_count + more, sizeof *b->tokens, err));
  NR_TRY(nr_grow(b->memory, &b->gaps, &b->gap_capacity, b->token_count + more, 1, err));
  return nr_grow(b->memory, &b->marks, &b->mark_capacity, b->token_count + more, 1, err);
}

static nr_status put_gap(nr_segment_builder *b, uint32_t gap, nr_error *err)
{
  b->gaps[b->token_count] = gap < NR_GAP_WIDE ? (uint8_t)gap : NR_GAP_WIDE;
  if (gap < NR_GAP_WIDE)
    return NR_OK;
  NR_TRY(nr_grow(b->memory, &b->wide, &b->wide_capacity, b->wide_count + 1, sizeof *b->wide, err));
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

static nr_status add_token(nr_segment_builder *b, nr_token token, const nr_intern_key *key, lists *at,
                           nr_error *err)
{
  enum { starts = 1 << NR_PARAGRAPH_STARTS | 1 << NR_SENTENCE_STARTS | 1 << NR_CLAUSE_STARTS };
  uint8_t marks = marks_of(token.marks);
  int list = marks & NR_IN_MARGIN ? 1 : 0;
  NR_TRY(number_surface(b, key, &b->tokens[b->token_count], err));
  NR_TRY(put_gap(b, token.start - at->end[list], err));
  if (at->before != list) {
    marks |= starts;
    if (at->before >= 0)
      b->marks[at->last[at->before]] &= (uint8_t) ~(1 << NR_JOINED_NEXT);
  }
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

/* Tokens are looked up in batches, so that the table's slots arrive together. */
static nr_status add_tokens(nr_segment_builder *b, const nr_article *article, nr_entry *e, nr_error *err)
{
  enum { batch = 32 };
  nr_intern_key keys[batch];
  nr_token tokens[batch];
  lists at = {{0, 0}, {SIZE_MAX, SIZE_MAX}, -1};
  NR_TRY(reserve_tokens(b, article->token_count, err));
  for (size_t next = 0; next < article->token_count;) {
    size_t count = 0;
    for (; next < article->token_count && count < batch; next++) {
      nr_token token = article->tokens[next];
      if (!nr_token_on_line(token))
        continue;
      nr_text text = {article->content.bytes + token.start, token.end - token.start};
      nr_intern_prepare(&b->surfaces, text, article->content.size - token.start, &keys[count]);
      tokens[count++] = token;
    }
    for (size_t i = 0; i < count; i++) {
      NR_TRY(add_token(b, tokens[i], &keys[i], &at, err));
      e->margin += (tokens[i].marks & NR_MARK_MARGIN) != 0;
      e->line += (tokens[i].marks & NR_MARK_MARGIN) == 0;
    }
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
  NR_TRY(nr_grow(b->memory, &b->properties, &b->property_capacity, b->property_count + 1,
                 sizeof *b->properties, err));
  b->properties[b->property_count++] = (nr_property){name_number, value_number};
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
    uint8_t kind = (uint8_t)(block.kind << 2 | (block.reason != 0 ? 2 : 0) | (block.margin ? 1 : 0));
    NR_TRY(nr_buffer_put_byte(&b->scratch, kind, err));
    if (block.reason != 0)
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

static nr_status fill_entry(nr_segment_builder *b, const nr_article *article, nr_entry *e, nr_error *err)
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

nr_status nr_segment_builder_add(nr_segment_builder *b, const nr_article *article, nr_error *err)
{
  if (article->content.size > UINT32_MAX / 2 || article->title_size > article->content.size ||
      !tokens_in_order(article))
    return nr_fail(err, NR_INVALID, "%.*s: tokens lie outside the text", (int)article->id.size,
                   article->id.bytes);
  if (article->token_count > NR_SEGMENT_TOKENS_MAX - b->token_count)
    return nr_fail(err, NR_LIMIT, "more than %d tokens in one segment", NR_SEGMENT_TOKENS_MAX);
  NR_TRY(nr_grow(b->memory, &b->entries, &b->entry_capacity, b->entry_count + 1, sizeof *b->entries, err));
  nr_entry e = {.token = b->token_count, .wide = b->wide_count, .property = b->property_count};
  nr_status status = fill_entry(b, article, &e, err);
  if (status != NR_OK) { /* as if it had never come; copies stay in the arena */
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
  b->entries[index].dropped = true;
  b->live--;
}
