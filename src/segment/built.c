/* built.c: a builder's articles as the source of a segment. Floor 2. */
#include <stdlib.h>

#include "segment/builder.h"
#include "segment/source.h"
#include "text/fold.h"

/* A value of a field in an article. */
typedef struct occurrence {
  uint32_t article, value; /* value: the builder's number */
} occurrence;

typedef struct built {
  nr_segment_builder *b;
  nr_arena arena;
  nr_entry *entries;       /* of the articles, in their order: what is read again and again lies together */
  uint32_t *counts;        /* by the builder's surface number: tokens that are not dropped */
  const uint32_t *form_of; /* by rank of the surface */
  uint32_t *positions, *form_starts;
  uint32_t *surfaces, *gaps; /* room for one list */
  uint8_t *marks;
  occurrence *occurrences; /* by field */
  size_t *field_starts;
  uint32_t *code_of, *codes; /* of one field: by value, by article */
  nr_source_value *values;
  uint32_t articles;
} built;

static void built_article(void *user, uint32_t article, nr_source_article *out)
{
  const built *s = user;
  const nr_entry *e = &s->entries[article];
  *out = (nr_source_article){.id = e->id,
                             .blocks = e->blocks,
                             .repairs = e->repairs,
                             .content_size = (uint32_t)e->content.size,
                             .title_size = e->title_size,
                             .date = e->date,
                             .date_source = (nr_date_source)e->date_source,
                             .hash = e->hash,
                             .line = e->line,
                             .margin = e->margin};
}

static nr_status built_content(void *user, uint32_t article, nr_text *out, nr_error *err)
{
  const built *s = user;
  (void)err;
  *out = s->entries[article].content;
  return NR_OK;
}

/* The gaps are widened, and those of the other list left out. */
static void built_gaps(const built *s, const nr_entry *e, uint8_t list)
{
  const nr_segment_builder *b = s->b;
  const uint32_t *wide = b->wide_count == 0 ? NULL : b->wide + e->wide;
  uint32_t n = 0;
  for (size_t i = e->token; i < e->token + e->line + e->margin; i++) {
    uint32_t gap = b->gaps[i] == NR_GAP_WIDE ? *wide++ : b->gaps[i];
    if ((b->marks[i] & NR_IN_MARGIN) == list)
      s->gaps[n++] = gap;
  }
}

/* Articles come by day, and lie in the order of their coming: the next but one is asked for. */
static void fetch_tokens(const built *s, const nr_entry *e)
{
  __builtin_prefetch(s->b->tokens + e->token);
  __builtin_prefetch(s->b->gaps + e->token);
  __builtin_prefetch(s->b->marks + e->token);
}

static void built_tokens(void *user, uint32_t article, bool margin, int wanted, nr_source_tokens *out)
{
  const built *s = user;
  const nr_segment_builder *b = s->b;
  const nr_entry *e = &s->entries[article];
  uint8_t list = margin ? NR_IN_MARGIN : 0;
  if (article + 2 < s->articles)
    fetch_tokens(s, e + 2);
  if (wanted & NR_WANT_GAPS)
    built_gaps(s, e, list);
  out->gaps = s->gaps;
  out->surfaces = b->tokens + e->token;
  out->marks = b->marks + e->token;
  if (e->line == 0 || e->margin == 0)
    return; /* all are on one list */
  uint32_t n = 0;
  for (size_t i = e->token; i < e->token + e->line + e->margin; i++)
    if ((b->marks[i] & NR_IN_MARGIN) == list) {
      s->surfaces[n] = b->tokens[i];
      s->marks[n++] = b->marks[i];
    }
  out->surfaces = s->surfaces;
  out->marks = s->marks;
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

enum { worth_a_thread = 100000 }; /* tokens */

/* Room for one list of tokens. */
static nr_status take_lists(built *s, nr_arena *arena, uint32_t tokens_max, nr_error *err)
{
  s->surfaces = nr_arena_take_array(arena, tokens_max, sizeof *s->surfaces);
  s->gaps = nr_arena_take_array(arena, tokens_max, sizeof *s->gaps);
  s->marks = nr_arena_take_array(arena, tokens_max, 1);
  if (s->surfaces == NULL || s->gaps == NULL || s->marks == NULL)
    return nr_fail_memory(err);
  return NR_OK;
}

static nr_status order_articles(built *s, nr_source *source, nr_error *err)
{
  const nr_segment_builder *b = s->b;
  dated_entry *sorted = nr_arena_take_array(&s->arena, b->live, sizeof *sorted);
  s->entries = nr_arena_take_array(&s->arena, b->live, sizeof *s->entries);
  if (sorted == NULL || s->entries == NULL)
    return nr_fail_memory(err);
  for (size_t i = 0; i < b->entry_count; i++) {
    const nr_entry *e = &b->entries[i];
    if (e->dropped)
      continue;
    sorted[source->articles++] = (dated_entry){e->date.first, (uint32_t)i, e->id};
    source->dated += e->date.first != NR_DAY_NONE;
    source->on += e->line;
    source->all += e->line + e->margin;
    if (e->line + e->margin > source->tokens_max)
      source->tokens_max = e->line + e->margin;
  }
  NR_TRY(take_lists(s, &s->arena, source->tokens_max, err));
  qsort(sorted, source->articles, sizeof *sorted, by_day_and_id);
  for (uint32_t i = 0; i < source->articles; i++)
    s->entries[i] = b->entries[sorted[i].entry];
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
    if (s->counts[i] > 0)
      ranks[b->form_of[i]] = 1; /* in use */
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

static void each_live(const built *s, void (*visit)(uint32_t *tokens, size_t count, uint32_t *array),
                      uint32_t *array)
{
  for (size_t i = 0; i < s->b->entry_count; i++) {
    const nr_entry *e = &s->b->entries[i];
    if (!e->dropped && e->line + e->margin > 0)
      visit(s->b->tokens + e->token, (size_t)e->line + e->margin, array);
  }
}

static void count_tokens(uint32_t *tokens, size_t count, uint32_t *counts)
{
  for (size_t i = 0; i < count; i++)
    counts[tokens[i]]++;
}

/* From the builder's numbers to ranks, in place. */
static void rank_tokens(uint32_t *tokens, size_t count, uint32_t *ranks)
{
  for (size_t i = 0; i < count; i++)
    tokens[i] = ranks[tokens[i]];
}

static nr_status count_surfaces(built *s, nr_error *err)
{
  nr_segment_builder *b = s->b;
  s->counts = nr_arena_take_array(&s->arena, b->surfaces.count, sizeof *s->counts);
  if (s->counts == NULL)
    return nr_fail_memory(err);
  memset(s->counts, 0, b->surfaces.count * sizeof *s->counts);
  each_live(s, count_tokens, s->counts);
  for (uint32_t i = 0; i < b->surfaces.count; i++)
    if (s->counts[i] > 0 && b->form_of[i] == NR_UNFOLDED)
      NR_TRY(nr_builder_fold(b, i, err));
  return NR_OK;
}

static nr_status order_surfaces(built *s, nr_source *source, nr_error *err)
{
  const nr_segment_builder *b = s->b;
  uint32_t *form_ranks = NULL;
  NR_TRY(count_surfaces(s, err));
  NR_TRY(order_forms(s, source, &form_ranks, err));
  sortable *sorted = nr_arena_take_array(&s->arena, b->surfaces.count, sizeof *sorted);
  nr_text *texts = nr_arena_take_array(&s->arena, b->surfaces.count, sizeof *texts);
  uint32_t *form_of = nr_arena_take_array(&s->arena, b->surfaces.count, sizeof *form_of);
  uint32_t *ranks = nr_arena_take_array(&s->arena, b->surfaces.count, sizeof *ranks);
  uint32_t *counts = nr_arena_take_array(&s->arena, b->surfaces.count, sizeof *counts);
  if (sorted == NULL || texts == NULL || form_of == NULL || ranks == NULL || counts == NULL)
    return nr_fail_memory(err);
  for (uint32_t i = 0; i < b->surfaces.count; i++)
    if (s->counts[i] > 0)
      sorted[source->surfaces++] =
          (sortable){head_of(b->surfaces.texts[i]), form_ranks[b->form_of[i]], i, b->surfaces.texts[i]};
  qsort(sorted, source->surfaces, sizeof *sorted, by_text);
  for (uint32_t i = 0; i < source->surfaces; i++) {
    ranks[sorted[i].number] = i;
    counts[i] = s->counts[sorted[i].number];
    form_of[i] = sorted[i].rank;
    texts[i] = sorted[i].text;
  }
  s->counts = counts; /* by rank from here on */
  s->form_of = source->form_of = form_of;
  source->surface_texts = texts;
  each_live(s, rank_tokens, ranks);
  return NR_OK;
}

/* Put the positions of an article's tokens on the line, or in the margin, behind those of their forms. */
static void place_positions(built *s, const nr_entry *e, uint8_t list, uint32_t *next, uint32_t *position)
{
  const nr_segment_builder *b = s->b;
  for (size_t i = e->token; i < e->token + e->line + e->margin; i++)
    if ((b->marks[i] & NR_IN_MARGIN) == list)
      s->positions[next[s->form_of[b->tokens[i]]]++] = (*position)++;
}

/* Counting sort of all positions by form. */
static nr_status sort_positions(built *s, const nr_source *source, const nr_poll *poll, nr_error *err)
{
  uint32_t *next = nr_arena_take_array(&s->arena, (size_t)source->forms + 1, sizeof *next), position = 0;
  s->form_starts = nr_arena_take_array(&s->arena, (size_t)source->forms + 1, sizeof *s->form_starts);
  s->positions = nr_arena_take_array(&s->arena, source->all, sizeof *s->positions);
  if (next == NULL || s->form_starts == NULL || s->positions == NULL)
    return nr_fail_memory(err);
  memset(next, 0, ((size_t)source->forms + 1) * sizeof *next);
  for (uint32_t i = 0; i < source->surfaces; i++)
    next[s->form_of[i] + 1] += s->counts[i];
  for (uint32_t form = 0; form < source->forms; form++)
    next[form + 1] += next[form];
  memcpy(s->form_starts, next, ((size_t)source->forms + 1) * sizeof *next);
  for (uint32_t a = 0; a < source->articles; a++) {
    if (a % 64 == 0)
      NR_TRY(nr_poll_at(poll, a, source->articles, err));
    if (a + 2 < source->articles)
      fetch_tokens(s, &s->entries[a + 2]);
    place_positions(s, &s->entries[a], 0, next, &position);
  }
  for (uint32_t a = 0; a < source->articles; a++)
    if (s->entries[a].margin > 0)
      place_positions(s, &s->entries[a], NR_IN_MARGIN, next, &position);
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

/* The properties of all articles by field, and in each along the line. */
static nr_status sort_properties(built *s, const nr_source *source, const uint32_t *rank_of, nr_error *err)
{
  const nr_segment_builder *b = s->b;
  uint32_t fields = source->field_count, longest = 0;
  size_t *next = nr_arena_take_array(&s->arena, (size_t)fields + 1, sizeof *next);
  s->field_starts = nr_arena_take_array(&s->arena, (size_t)fields + 1, sizeof *s->field_starts);
  s->occurrences = nr_arena_take_array(&s->arena, b->property_count, sizeof *s->occurrences);
  if (next == NULL || s->field_starts == NULL || s->occurrences == NULL)
    return nr_fail_memory(err);
  memset(next, 0, ((size_t)fields + 1) * sizeof *next);
  for (uint32_t a = 0; a < source->articles; a++) {
    const nr_entry *e = &s->entries[a];
    for (uint32_t p = 0; p < e->property_count; p++)
      next[rank_of[b->properties[e->property + p].name] + 1]++;
  }
  for (uint32_t f = 0; f < fields; f++) {
    longest = next[f + 1] > longest ? (uint32_t)next[f + 1] : longest;
    next[f + 1] += next[f];
  }
  memcpy(s->field_starts, next, ((size_t)fields + 1) * sizeof *next);
  for (uint32_t a = 0; a < source->articles; a++) {
    const nr_entry *e = &s->entries[a];
    for (uint32_t p = 0; p < e->property_count; p++) {
      nr_property item = b->properties[e->property + p];
      s->occurrences[next[rank_of[item.name]]++] = (occurrence){a, item.value};
    }
  }
  s->values = nr_arena_take_array(&s->arena, longest, sizeof *s->values);
  return s->values == NULL ? nr_fail_memory(err) : NR_OK;
}

static nr_status built_field(void *user, uint32_t field, nr_source_field *out, nr_error *err)
{
  const built *s = user;
  const occurrence *first = s->occurrences + s->field_starts[field],
                   *end = s->occurrences + s->field_starts[field + 1];
  uint32_t count = 0;
  (void)err;
  memset(s->codes, 0, s->articles * sizeof *s->codes);
  for (const occurrence *o = first; o < end; o++) {
    if (s->code_of[o->value] == 0) {
      nr_text value = s->b->values.texts[o->value];
      s->values[count] = (nr_source_value){(nr_field_type)value.bytes[0], {value.bytes + 1, value.size - 1}};
      s->code_of[o->value] = ++count;
    }
    s->codes[o->article] = s->code_of[o->value];
  }
  for (const occurrence *o = first; o < end; o++)
    s->code_of[o->value] = 0;
  *out = (nr_source_field){s->values, count, s->codes};
  return NR_OK;
}

static nr_status order_fields(built *s, nr_source *source, nr_error *err)
{
  named *sorted = NULL;
  uint32_t *rank_of = NULL;
  NR_TRY(order_names(s, &sorted, &source->field_count, &rank_of, err));
  nr_text *names = nr_arena_take_array(&s->arena, source->field_count, sizeof *names);
  s->articles = source->articles;
  s->codes = nr_arena_take_array(&s->arena, source->articles, sizeof *s->codes);
  s->code_of = nr_arena_take_array(&s->arena, s->b->values.count, sizeof *s->code_of);
  if (names == NULL || s->codes == NULL || s->code_of == NULL)
    return nr_fail_memory(err);
  memset(s->code_of, 0, s->b->values.count * sizeof *s->code_of);
  for (uint32_t i = 0; i < source->field_count; i++)
    names[i] = sorted[i].name;
  source->field_names = names;
  return sort_properties(s, source, rank_of, err);
}

/* The same articles for a second thread, which needs room of its own to read a list. */
static nr_status take_beside(built *s, nr_source *source, built *beside, nr_error *err)
{
  source->memory_beside = s->b->memory_beside;
  if (source->memory_beside == NULL || source->all < worth_a_thread)
    return NR_OK;
  *beside = *s;
  NR_TRY(take_lists(beside, &s->arena, source->tokens_max, err));
  source->user_beside = beside;
  return NR_OK;
}

static nr_status write_built(built *s, bool compressed, const nr_sink *sink, const nr_poll *poll,
                             nr_error *err)
{
  built beside;
  nr_source source = {.user = s,
                      .memory = s->b->memory,
                      .text_rules = NR_TEXT_RULES,
                      .compressed = compressed,
                      .article = built_article,
                      .content = built_content,
                      .field = built_field,
                      .tokens = built_tokens,
                      .postings = built_postings};
  NR_TRY(order_articles(s, &source, err));
  NR_TRY(order_surfaces(s, &source, err));
  NR_TRY(order_fields(s, &source, err));
  NR_TRY(take_beside(s, &source, &beside, err));
  nr_tail *tail = nr_tail_start(&source);
  nr_status status = sort_positions(s, &source, poll, err);
  if (status == NR_OK)
    status = nr_source_write(&source, tail, sink, poll, err);
  nr_tail_end(tail);
  return status;
}

void nr_segment_builder_share(nr_segment_builder *builder, const nr_memory *memory)
{
  builder->memory_beside = memory;
}

nr_status nr_segment_builder_write(nr_segment_builder *builder, bool compressed, const nr_sink *sink,
                                   const nr_poll *poll, nr_error *err)
{
  built s = {.b = builder};
  nr_arena_init(&s.arena, builder->memory);
  nr_status status = write_built(&s, compressed, sink, poll, err);
  nr_arena_clear(&s.arena);
  nr_builder_clear(builder);
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
  nr_status status = nr_segment_builder_write(builder, false, &sink, NULL, err);
  if (status != NR_OK)
    out->size = before;
  return status;
}
