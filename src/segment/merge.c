/* merge.c: several segments, less their dead articles, as the source of one. Floor 2. */
#include <stdlib.h>

#include "segment/intern.h"
#include "segment/source.h"

#define none UINT32_MAX

/* One of the segments; arrays are by its own numbers. */
typedef struct input {
  const nr_segment *segment;
  const uint64_t *dead;
  nr_contents contents;
  nr_hints hints;
  uint32_t next;              /* article to be merged next; then form to be posted next */
  uint32_t *line, *margin;    /* new first positions of an article, none where it is dead */
  uint32_t *forms, *surfaces; /* new numbers, none where no living article has it */
  uint32_t *codes;            /* of one field, by code: new code, 0 where not yet given */
} input;

typedef struct origin {
  uint32_t input, article;
} origin;

typedef struct merging {
  const nr_memory *memory;
  nr_arena arena;
  nr_error *err;
  input *inputs;
  uint32_t count;
  origin *order; /* by new article */
  uint32_t articles;
  uint32_t *fields; /* number of each new field in each input, or none */
  nr_arena field;   /* what one field needs, and its values */
  nr_intern values;
  uint32_t *marked, *stream, *gaps; /* room for one list */
  uint8_t *marks;
  uint32_t *merged, *listed, *spare; /* postings of one form */
  size_t merged_capacity, listed_capacity, spare_capacity;
} merging;

static bool is_dead(const input *in, uint32_t article)
{
  return in->dead != NULL && (in->dead[article / 64] >> (article % 64) & 1) != 0;
}

static nr_status take(merging *m, uint32_t **array, size_t count, int byte)
{
  *array = nr_arena_take_array(&m->arena, count, sizeof **array);
  if (*array == NULL)
    return nr_fail_memory(m->err);
  memset(*array, byte, count * sizeof **array);
  return NR_OK;
}

/* ---- articles ---- */

static uint32_t tokens_of(const nr_segment *s, uint32_t article, bool margin)
{
  uint32_t first, end;
  nr_segment_article_tokens(s, article, margin, &first, &end);
  return end - first;
}

static bool comes_first(const input *a, const input *b)
{
  nr_day left = nr_segment_day(a->segment, a->next), right = nr_segment_day(b->segment, b->next);
  if (left != right)
    return left < right;
  return nr_text_compare(nr_strings_get(&a->segment->ids, a->next),
                         nr_strings_get(&b->segment->ids, b->next)) < 0;
}

static void skip_dead(input *in)
{
  while (in->next < in->segment->counts.articles && is_dead(in, in->next))
    in->next++;
}

static input *first_input(merging *m)
{
  input *first = NULL;
  for (uint32_t i = 0; i < m->count; i++) {
    input *in = &m->inputs[i];
    if (in->next < in->segment->counts.articles && (first == NULL || comes_first(in, first)))
      first = in;
  }
  return first;
}

static nr_status merge_articles(merging *m, nr_source *source)
{
  uint64_t total = 0, on = 0, off = 0;
  for (uint32_t i = 0; i < m->count; i++) {
    input *in = &m->inputs[i];
    NR_TRY(take(m, &in->line, in->segment->counts.articles, 0xFF));
    NR_TRY(take(m, &in->margin, in->segment->counts.articles, 0xFF));
    total += in->segment->counts.articles;
    skip_dead(in);
  }
  m->order = nr_arena_take_array(&m->arena, (size_t)total, sizeof *m->order);
  if (m->order == NULL)
    return nr_fail_memory(m->err);
  for (input *in; (in = first_input(m)) != NULL; skip_dead(in)) {
    uint32_t article = in->next++, line = tokens_of(in->segment, article, false),
             margin = tokens_of(in->segment, article, true);
    m->order[source->articles++] = (origin){(uint32_t)(in - m->inputs), article};
    source->dated += nr_segment_day(in->segment, article) != NR_DAY_NONE;
    source->tokens_max = line > source->tokens_max ? line : source->tokens_max;
    source->tokens_max = margin > source->tokens_max ? margin : source->tokens_max;
    in->line[article] = (uint32_t)on;
    in->margin[article] = (uint32_t)off;
    on += line;
    off += margin;
    if (on + off > NR_SEGMENT_TOKENS_MAX)
      return nr_fail(m->err, NR_LIMIT, "more than %d tokens in one segment", NR_SEGMENT_TOKENS_MAX);
  }
  source->on = (uint32_t)on;
  source->all = (uint32_t)(on + off);
  for (uint32_t i = 0; i < source->articles; i++)
    m->inputs[m->order[i].input].margin[m->order[i].article] += source->on;
  return NR_OK;
}

/* ---- vocabulary ---- */

static void mark_list_living(input *in, uint32_t article, bool margin)
{
  uint32_t first, end, surfaces[256];
  nr_segment_article_tokens(in->segment, article, margin, &first, &end);
  while (first < end) {
    uint32_t count = end - first < 256 ? end - first : 256;
    nr_segment_stream(in->segment, first, count, surfaces);
    for (uint32_t i = 0; i < count; i++)
      in->surfaces[surfaces[i]] = 0;
    first += count;
  }
}

/* Set `surfaces` to 0 where a living article has it, else none; `forms` likewise. */
static nr_status find_living(merging *m, input *in)
{
  const nr_segment_counts *c = &in->segment->counts;
  NR_TRY(take(m, &in->surfaces, c->surfaces, in->dead == NULL ? 0 : 0xFF));
  NR_TRY(take(m, &in->forms, c->forms, 0xFF));
  for (uint32_t article = 0; article < c->articles && in->dead != NULL; article++)
    if (!is_dead(in, article)) {
      mark_list_living(in, article, false);
      mark_list_living(in, article, true);
    }
  for (uint32_t surface = 0; surface < c->surfaces; surface++)
    if (in->surfaces[surface] == 0)
      in->forms[nr_segment_form_of(in->segment, surface)] = 0;
  return NR_OK;
}

static void skip_lost_forms(input *in)
{
  while (in->next < in->segment->counts.forms && in->forms[in->next] == none)
    in->next++;
}

typedef struct spelling {
  nr_text text;
  uint32_t input, surface;
} spelling;

static int by_text(const void *left, const void *right)
{
  const spelling *a = left, *b = right;
  int order = nr_text_compare(a->text, b->text);
  return order != 0 ? order : (a->input > b->input) - (a->input < b->input);
}

typedef struct vocabulary {
  nr_text *forms, *surfaces;
  uint32_t *form_of;
  uint32_t form_count, surface_count;
  size_t surfaces_max; /* what all inputs have */
  spelling *spellings; /* of one form */
  size_t spelling_count, spelling_capacity;
} vocabulary;

static nr_status list_spellings(merging *m, vocabulary *v, uint32_t number, uint32_t form)
{
  const input *in = &m->inputs[number];
  uint32_t first, end;
  nr_segment_surfaces_of(in->segment, form, &first, &end);
  NR_TRY(nr_grow(m->memory, &v->spellings, &v->spelling_capacity, v->spelling_count + (end - first),
                 sizeof *v->spellings, m->err));
  for (uint32_t surface = first; surface < end; surface++)
    if (in->surfaces[surface] != none)
      v->spellings[v->spelling_count++] =
          (spelling){nr_segment_surface(in->segment, surface), number, surface};
  return NR_OK;
}

/* Give the next number to `form` and numbers to its spellings in all inputs that have it. */
static nr_status merge_form(merging *m, vocabulary *v, nr_text form)
{
  v->spelling_count = 0;
  for (uint32_t i = 0; i < m->count; i++) {
    input *in = &m->inputs[i];
    if (in->next >= in->segment->counts.forms || !nr_text_equal(nr_segment_form(in->segment, in->next), form))
      continue;
    NR_TRY(list_spellings(m, v, i, in->next));
    in->forms[in->next++] = v->form_count;
    skip_lost_forms(in);
  }
  if (v->spelling_count > v->surfaces_max - v->surface_count)
    return nr_fail(m->err, NR_CORRUPT, "section \"surfaces of forms\" is damaged");
  if (v->spelling_count > 1)
    qsort(v->spellings, v->spelling_count, sizeof *v->spellings, by_text);
  for (size_t i = 0; i < v->spelling_count; i++) {
    const spelling *one = &v->spellings[i];
    if (i == 0 || !nr_text_equal(one->text, v->spellings[i - 1].text)) {
      v->form_of[v->surface_count] = v->form_count;
      v->surfaces[v->surface_count++] = one->text;
    }
    m->inputs[one->input].surfaces[one->surface] = v->surface_count - 1;
  }
  v->forms[v->form_count++] = form;
  return NR_OK;
}

static bool first_form(const merging *m, nr_text *form)
{
  bool found = false;
  for (uint32_t i = 0; i < m->count; i++) {
    const input *in = &m->inputs[i];
    if (in->next >= in->segment->counts.forms)
      continue;
    nr_text one = nr_segment_form(in->segment, in->next);
    if (!found || nr_text_compare(one, *form) < 0)
      *form = one;
    found = true;
  }
  return found;
}

static nr_status merge_vocabulary(merging *m, nr_source *source)
{
  vocabulary v = {0};
  size_t forms = 0, surfaces = 0;
  nr_text form = {0};
  for (uint32_t i = 0; i < m->count; i++) {
    NR_TRY(find_living(m, &m->inputs[i]));
    NR_TRY(nr_hints_make(m->inputs[i].segment, &m->arena, &m->inputs[i].hints, m->err));
    forms += m->inputs[i].segment->counts.forms;
    surfaces += m->inputs[i].segment->counts.surfaces;
    m->inputs[i].next = 0;
    skip_lost_forms(&m->inputs[i]);
  }
  v.surfaces_max = surfaces;
  v.forms = nr_arena_take_array(&m->arena, forms, sizeof *v.forms);
  v.surfaces = nr_arena_take_array(&m->arena, surfaces, sizeof *v.surfaces);
  v.form_of = nr_arena_take_array(&m->arena, surfaces, sizeof *v.form_of);
  nr_status status = NR_OK;
  if (v.forms == NULL || v.surfaces == NULL || v.form_of == NULL)
    status = nr_fail_memory(m->err);
  while (status == NR_OK && first_form(m, &form))
    status = merge_form(m, &v, form);
  nr_release(m->memory, v.spellings, v.spelling_capacity * sizeof *v.spellings);
  source->forms = v.form_count;
  source->surfaces = v.surface_count;
  source->form_texts = v.forms;
  source->surface_texts = v.surfaces;
  source->form_of = v.form_of;
  for (uint32_t i = 0; i < m->count; i++)
    m->inputs[i].next = 0;
  return status;
}

/* ---- fields ---- */

/* The field with the lowest name that is next in an input; missing at the end. */
static nr_text next_name(const merging *m, const uint32_t *next)
{
  nr_text name = {0};
  for (uint32_t i = 0; i < m->count; i++)
    if (next[i] < m->inputs[i].segment->field_count) {
      nr_text one = nr_strings_get(&m->inputs[i].segment->field_names, next[i]);
      if (name.bytes == NULL || nr_text_compare(one, name) < 0)
        name = one;
    }
  return name;
}

static bool lives(const input *in, uint32_t field)
{
  uint32_t articles = in->segment->counts.articles;
  for (uint32_t article = 0; article < articles && in->dead != NULL; article++)
    if (!is_dead(in, article) && nr_packed_get(&in->segment->fields[field].codes, article) != 0)
      return true;
  return in->dead == NULL;
}

/* A field that only dead articles had goes; the hidden ones stay. */
static nr_status merge_fields(merging *m, nr_source *source)
{
  size_t total = 0;
  uint32_t *next;
  for (uint32_t i = 0; i < m->count; i++)
    total += m->inputs[i].segment->field_count;
  nr_text *names = nr_arena_take_array(&m->arena, total, sizeof *names);
  if (names == NULL)
    return nr_fail_memory(m->err);
  NR_TRY(take(m, &next, m->count, 0));
  NR_TRY(take(m, &m->fields, (total < NR_FIELDS_MAX ? total : NR_FIELDS_MAX) * m->count, 0xFF));
  for (nr_text name; (name = next_name(m, next)).bytes != NULL;) {
    if (source->field_count == NR_FIELDS_MAX)
      return nr_fail(m->err, NR_LIMIT, "more than %d different fields", NR_FIELDS_MAX - NR_FIELDS_HIDDEN);
    uint32_t *numbers = m->fields + (size_t)source->field_count * m->count;
    bool kept = source->field_count < NR_FIELDS_HIDDEN;
    for (uint32_t i = 0; i < m->count; i++) {
      const nr_segment *s = m->inputs[i].segment;
      numbers[i] = none;
      if (next[i] >= s->field_count || !nr_text_equal(nr_strings_get(&s->field_names, next[i]), name))
        continue;
      numbers[i] = next[i]++;
      kept = kept || lives(&m->inputs[i], numbers[i]);
    }
    if (kept)
      names[source->field_count++] = name;
  }
  source->field_names = names;
  return NR_OK;
}

/* Number the values along the line. */
static nr_status number_values(merging *m, const uint32_t *numbers, uint32_t *codes)
{
  for (uint32_t i = 0; i < m->articles; i++) {
    origin from = m->order[i];
    input *in = &m->inputs[from.input];
    codes[i] = 0;
    if (numbers[from.input] == none)
      continue;
    const nr_field_column *column = &in->segment->fields[numbers[from.input]];
    uint32_t code = nr_packed_at_most(&column->codes, from.article, column->values.count), value;
    if (code == 0)
      continue;
    if (in->codes[code] == 0) {
      nr_text text = nr_strings_get(&column->values, code - 1);
      NR_TRY(nr_intern_add(&m->values, text, text.size, &value, m->err));
      in->codes[code] = value + 1;
    }
    codes[i] = in->codes[code];
  }
  return NR_OK;
}

static nr_status merged_field(void *user, uint32_t field, nr_source_field *out, nr_error *err)
{
  merging *m = user;
  const uint32_t *numbers = m->fields + (size_t)field * m->count;
  nr_arena_clear(&m->field);
  nr_intern_clear(&m->values);
  for (uint32_t i = 0; i < m->count; i++) {
    uint32_t room = numbers[i] == none ? 0 : m->inputs[i].segment->fields[numbers[i]].values.count + 1;
    m->inputs[i].codes = nr_arena_take_array(&m->field, room, sizeof *m->inputs[i].codes);
    if (m->inputs[i].codes == NULL)
      return nr_fail_memory(err);
    memset(m->inputs[i].codes, 0, room * sizeof *m->inputs[i].codes);
  }
  uint32_t *codes = nr_arena_take_array(&m->field, m->articles, sizeof *codes);
  if (codes == NULL)
    return nr_fail_memory(err);
  NR_TRY(number_values(m, numbers, codes));
  nr_source_value *values = nr_arena_take_array(&m->field, m->values.count, sizeof *values);
  if (values == NULL)
    return nr_fail_memory(err);
  for (size_t i = 0; i < m->values.count; i++) {
    nr_text text = m->values.texts[i]; /* empty in a damaged segment only */
    values[i] = text.size == 0 ? (nr_source_value){NR_FIELD_STRING, {"", 0}}
                               : (nr_source_value){(nr_field_type)(uint8_t)text.bytes[0],
                                                   {text.bytes + 1, text.size - 1}};
  }
  *out = (nr_source_field){values, (uint32_t)m->values.count, codes};
  return NR_OK;
}

/* ---- the source ---- */

static void merged_article(void *user, uint32_t article, nr_source_article *out)
{
  const merging *m = user;
  origin from = m->order[article];
  const nr_segment *s = m->inputs[from.input].segment;
  nr_article_view view;
  nr_segment_article(s, from.article, &view);
  *out = (nr_source_article){.id = view.id,
                             .blocks = nr_strings_get(&s->blocks, from.article),
                             .repairs = nr_strings_get(&s->repairs, from.article),
                             .content_size = view.content_size,
                             .title_size = view.title_size,
                             .date = view.date,
                             .date_source = view.date_source,
                             .hash = view.content_hash,
                             .line = tokens_of(s, from.article, false),
                             .margin = tokens_of(s, from.article, true)};
}

/* Each input is read from front to back. */
static nr_status merged_content(void *user, uint32_t article, nr_text *out, nr_error *err)
{
  const merging *m = user;
  input *in = &m->inputs[m->order[article].input];
  NR_TRY(nr_segment_content(in->segment, m->order[article].article, &in->contents, out, err));
  if (out->size != nr_content_size(in->segment, m->order[article].article))
    return nr_fail(err, NR_CORRUPT, "section \"content\" is damaged");
  return NR_OK;
}

static void merged_marks(merging *m, const nr_segment *s, uint32_t first, uint32_t end)
{
  memset(m->marks, 0, end - first);
  for (int mark = 0; mark < NR_MARKS; mark++) {
    uint32_t low = nr_segment_mark_rank(s, (nr_mark)mark, first),
             high = nr_segment_mark_rank(s, (nr_mark)mark, end);
    if (high - low > end - first)
      continue; /* damaged */
    uint32_t count = nr_segment_mark_list(s, (nr_mark)mark, first, end, m->marked);
    for (uint32_t i = 0; i < count; i++)
      if (m->marked[i] >= first && m->marked[i] < end)
        m->marks[m->marked[i] - first] |= (uint8_t)(1 << mark);
  }
}

static void merged_tokens(void *user, uint32_t article, bool margin, int wanted, nr_source_tokens *out)
{
  merging *m = user;
  const input *in = &m->inputs[m->order[article].input];
  uint32_t first, end;
  nr_segment_article_tokens(in->segment, m->order[article].article, margin, &first, &end);
  if (wanted & NR_WANT_SURFACES) {
    nr_segment_stream(in->segment, first, end - first, m->stream);
    for (uint32_t i = 0; i < end - first; i++) {
      uint32_t surface = in->surfaces[m->stream[i]];
      m->stream[i] = surface != none ? surface : 0; /* none: a damaged segment */
    }
    out->surfaces = m->stream;
  }
  if (wanted & NR_WANT_GAPS) {
    nr_segment_gaps(in->segment, first, end, m->gaps);
    out->gaps = m->gaps;
  }
  if (wanted & NR_WANT_MARKS) {
    merged_marks(m, in->segment, first, end);
    out->marks = m->marks;
  }
}

/* Postings of one input, as new positions of living articles, into `listed`. */
static nr_status list_postings(merging *m, const input *in, uint32_t form, uint32_t *count)
{
  const nr_segment *s = in->segment;
  nr_postings p;
  uint32_t kept = 0, article = 0, first = 0, end = 0;
  nr_postings_open(s, form, &p);
  NR_TRY(nr_grow(m->memory, &m->listed, &m->listed_capacity, p.count, sizeof(uint32_t), m->err));
  uint32_t got = 0, more;
  while (got < p.count && (more = nr_postings_read(&p, m->listed + got, p.count - got)) > 0)
    got += more;
  for (uint32_t i = 0; i < got; i++) {
    uint32_t position = m->listed[i];
    bool margin = position >= s->counts.on;
    if (position >= end || position < first) {
      article = nr_hints_article(&in->hints, position);
      nr_segment_article_tokens(s, article, margin, &first, &end);
    }
    if (position >= first && position < end && in->line[article] != none)
      m->listed[kept++] = position - first + (margin ? in->margin[article] : in->line[article]);
  }
  *count = kept;
  return NR_OK;
}

/* Merge `listed` into `merged`. */
static nr_status fold_in(merging *m, size_t *total, uint32_t count)
{
  NR_TRY(nr_grow(m->memory, &m->spare, &m->spare_capacity, *total + count, sizeof(uint32_t), m->err));
  size_t a = 0, b = 0, n = 0;
  while (a < *total && b < count)
    m->spare[n++] = m->merged[a] < m->listed[b] ? m->merged[a++] : m->listed[b++];
  while (a < *total)
    m->spare[n++] = m->merged[a++];
  while (b < count)
    m->spare[n++] = m->listed[b++];
  uint32_t *array = m->merged;
  size_t capacity = m->merged_capacity;
  m->merged = m->spare;
  m->merged_capacity = m->spare_capacity;
  m->spare = array;
  m->spare_capacity = capacity;
  *total = n;
  return NR_OK;
}

static nr_status merged_postings(void *user, uint32_t form, const uint32_t **positions, uint32_t *count,
                                 nr_error *err)
{
  merging *m = user;
  size_t total = 0;
  (void)err;
  for (uint32_t i = 0; i < m->count; i++) {
    input *in = &m->inputs[i];
    uint32_t listed;
    skip_lost_forms(in);
    if (in->next >= in->segment->counts.forms || in->forms[in->next] != form)
      continue;
    NR_TRY(list_postings(m, in, in->next++, &listed));
    NR_TRY(fold_in(m, &total, listed));
  }
  *positions = m->merged;
  *count = (uint32_t)total;
  return NR_OK;
}

static nr_status write_merged(merging *m, bool compressed, const nr_sink *sink, const nr_poll *poll)
{
  nr_source source = {.user = m,
                      .memory = m->memory,
                      .text_rules = UINT32_MAX,
                      .compressed = compressed,
                      .article = merged_article,
                      .content = merged_content,
                      .field = merged_field,
                      .tokens = merged_tokens,
                      .postings = merged_postings};
  for (uint32_t i = 0; i < m->count; i++)
    if (m->inputs[i].segment->counts.text_rules < source.text_rules)
      source.text_rules = m->inputs[i].segment->counts.text_rules;
  for (uint32_t i = 0; i < m->count; i++) /* distances grow where articles come between */
    source.postings_bytes += m->inputs[i].segment->postings.pool.size / 8 * 9;
  NR_TRY(merge_articles(m, &source));
  m->articles = source.articles;
  NR_TRY(merge_vocabulary(m, &source));
  NR_TRY(merge_fields(m, &source));
  NR_TRY(take(m, &m->marked, source.tokens_max, 0));
  NR_TRY(take(m, &m->stream, source.tokens_max, 0));
  NR_TRY(take(m, &m->gaps, source.tokens_max, 0));
  m->marks = nr_arena_take(&m->arena, source.tokens_max);
  if (m->marks == NULL)
    return nr_fail_memory(m->err);
  return nr_source_write(&source, NULL, sink, poll, m->err);
}

nr_status nr_segment_merge(const nr_memory *memory, const nr_segment *const *segments,
                           const uint64_t *const *dead, uint32_t count, bool compressed, const nr_sink *sink,
                           const nr_poll *poll, nr_error *err)
{
  merging m = {.memory = memory, .err = err, .count = count};
  nr_arena_init(&m.arena, memory);
  nr_arena_init(&m.field, memory);
  nr_intern_init(&m.values, memory);
  m.inputs = nr_arena_take_array(&m.arena, count, sizeof *m.inputs);
  nr_status status = m.inputs == NULL ? nr_fail_memory(err) : NR_OK;
  for (uint32_t i = 0; i < count && status == NR_OK; i++) {
    m.inputs[i] = (input){.segment = segments[i], .dead = dead == NULL ? NULL : dead[i]};
    nr_contents_init(&m.inputs[i].contents, memory);
  }
  if (status == NR_OK)
    status = write_merged(&m, compressed, sink, poll);
  for (uint32_t i = 0; i < count && m.inputs != NULL; i++)
    nr_contents_clear(&m.inputs[i].contents);
  nr_release(memory, m.merged, m.merged_capacity * sizeof *m.merged);
  nr_release(memory, m.listed, m.listed_capacity * sizeof *m.listed);
  nr_release(memory, m.spare, m.spare_capacity * sizeof *m.spare);
  nr_intern_clear(&m.values);
  nr_arena_clear(&m.field);
  nr_arena_clear(&m.arena);
  return status;
}
