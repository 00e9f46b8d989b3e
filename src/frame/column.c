/* column.c: what a column says of a hit. Floor 5. */
#include <math.h>

#include "frame/cells.h"
#include "query/fields.h"

static const struct {
  const char *name;
  nr_maker_kind kind;
  nr_unit unit;
  nr_column_type type;
} own_columns[] = {
    {"day", NR_MAKE_UNIT, NR_UNIT_DAY, NR_COLUMN_TEXT},
    {"week", NR_MAKE_UNIT, NR_UNIT_WEEK, NR_COLUMN_TEXT},
    {"month", NR_MAKE_UNIT, NR_UNIT_MONTH, NR_COLUMN_TEXT},
    {"quarter", NR_MAKE_UNIT, NR_UNIT_QUARTER, NR_COLUMN_TEXT},
    {"year", NR_MAKE_UNIT, NR_UNIT_YEAR, NR_COLUMN_TEXT},
    {"article", NR_MAKE_ARTICLE, NR_UNIT_DAY, NR_COLUMN_TEXT},
    {"id", NR_MAKE_ARTICLE, NR_UNIT_DAY, NR_COLUMN_TEXT},
    {"title", NR_MAKE_TITLE, NR_UNIT_DAY, NR_COLUMN_TEXT},
    {"text", NR_MAKE_TEXT, NR_UNIT_DAY, NR_COLUMN_TEXT},
    {"form", NR_MAKE_FORM, NR_UNIT_DAY, NR_COLUMN_TEXT},
    {"sentence", NR_MAKE_SENTENCE, NR_UNIT_DAY, NR_COLUMN_TEXT},
    {"start", NR_MAKE_START, NR_UNIT_DAY, NR_COLUMN_NUMBER},
    {"end", NR_MAKE_END, NR_UNIT_DAY, NR_COLUMN_NUMBER},
    {"tokens", NR_MAKE_TOKENS, NR_UNIT_DAY, NR_COLUMN_NUMBER},
};

enum { own_column_count = sizeof own_columns / sizeof *own_columns };

uint32_t nr_field_types(const nr_snapshot *snapshot, nr_text name)
{
  uint32_t types = 0;
  for (uint32_t part = 0; part < nr_snapshot_count(snapshot)->parts; part++) {
    const nr_segment *segment = nr_snapshot_part(snapshot, part)->segment;
    uint32_t field;
    if (!nr_segment_find_field(segment, name, &field))
      continue;
    for (uint32_t value = 0; value < nr_segment_field_values(segment, field); value++) {
      nr_field_type type;
      nr_text text;
      nr_segment_field_value(segment, field, value, &type, &text);
      types |= UINT32_C(1) << type;
    }
  }
  return types;
}

/* A field whose values are all numbers makes a column of numbers. */
static nr_column_type field_type(const nr_snapshot *snapshot, nr_text name)
{
  return (nr_field_types(snapshot, name) & ~(UINT32_C(1) << NR_FIELD_NUMBER)) == 0 ? NR_COLUMN_NUMBER
                                                                                   : NR_COLUMN_TEXT;
}

static bool find_own(nr_text name, size_t *index)
{
  for (size_t i = 0; i < own_column_count; i++)
    if (nr_text_equal(name, nr_text_of(own_columns[i].name))) {
      *index = i;
      return true;
    }
  return false;
}

static nr_status fail_unknown(nr_text name, const nr_snapshot *snapshot, const nr_text *names, uint32_t count,
                              nr_error *err)
{
  nr_text known[own_column_count + 64];
  uint32_t known_count = 0;
  for (; known_count < own_column_count; known_count++)
    known[known_count] = nr_text_of(own_columns[known_count].name);
  for (uint32_t i = 0; i < count && i < 64; i++)
    known[known_count++] = names[i];
  return nr_fail_unknown_field(err, "column", name, snapshot, known, known_count);
}

nr_status nr_maker_init(nr_maker *maker, nr_text name, nr_hits *hits, nr_arena *arena, nr_error *err)
{
  const nr_text *names;
  const nr_column_type *types;
  uint32_t count;
  size_t own;
  *maker = (nr_maker){.name = name, .hits = hits, .snapshot = nr_hits_snapshot(hits), .arena = arena};
  maker->last_period = (nr_period){0, -1};
  nr_buffer_init(&maker->scratch, arena->memory);
  nr_contents_init(&maker->contents, arena->memory);
  nr_plan_columns(nr_hits_plan(hits), &names, &types, &count);
  for (uint32_t i = 0; i < count; i++)
    if (nr_text_equal(names[i], name)) {
      maker->kind = NR_MAKE_ATTRIBUTE;
      maker->attribute = i;
      maker->type = types[i];
      return NR_OK;
    }
  if (find_own(name, &own)) {
    maker->kind = own_columns[own].kind;
    maker->unit = own_columns[own].unit;
    maker->type = own_columns[own].type;
    return NR_OK;
  }
  if (!nr_snapshot_has_field(maker->snapshot, name))
    return fail_unknown(name, maker->snapshot, names, count, err);
  maker->kind = NR_MAKE_FIELD;
  maker->type = field_type(maker->snapshot, name);
  return NR_OK;
}

nr_status nr_maker_of_frame(nr_maker *maker, nr_text name, const nr_frame *frame, nr_arena *arena,
                            nr_error *err)
{
  *maker = (nr_maker){.kind = NR_MAKE_CELL, .name = name, .frame = frame, .arena = arena};
  nr_buffer_init(&maker->scratch, arena->memory);
  nr_contents_init(&maker->contents, arena->memory);
  NR_TRY(nr_frame_column(frame, name, &maker->attribute, err));
  maker->type = nr_frame_column_type(frame, maker->attribute);
  return NR_OK;
}

void nr_maker_clear(nr_maker *maker)
{
  nr_buffer_clear(&maker->scratch);
  nr_contents_clear(&maker->contents);
}

static nr_status keep_scratch(nr_maker *maker, nr_text *text, nr_error *err)
{
  text->bytes = nr_arena_copy(maker->arena, maker->scratch.bytes, maker->scratch.size);
  text->size = maker->scratch.size;
  return text->bytes == NULL ? nr_fail_memory(err) : NR_OK;
}

nr_status nr_maker_label(nr_maker *maker, nr_day day, nr_text *label, nr_error *err)
{
  char name[16];
  if (day < maker->last_period.first || day > maker->last_period.last) {
    size_t size = nr_unit_format(maker->unit, day, name);
    const char *copy = nr_arena_copy(maker->arena, name, size);
    if (copy == NULL)
      return nr_fail_memory(err);
    maker->last_label = (nr_text){copy, size};
    maker->last_period = nr_unit_period(maker->unit, day);
  }
  *label = maker->last_label;
  return NR_OK;
}

static nr_status make_unit(nr_maker *maker, nr_period date, nr_text *text, nr_special *special, nr_error *err)
{
  nr_day first = date.first;
  if (first == NR_DAY_NONE) {
    *text = NR_TEXT("undated");
    *special = NR_UNDATED;
    return NR_OK;
  }
  NR_TRY(nr_maker_label(maker, first, text, err));
  if (date.last > maker->last_period.last) { /* known less well than the unit asks */
    *text = NR_TEXT("imprecise");
    *special = NR_IMPRECISE;
  }
  return NR_OK;
}

static nr_status make_form(nr_maker *maker, const nr_segment *segment, const nr_hit *hit, nr_text *text,
                           nr_error *err)
{
  uint32_t surface;
  maker->scratch.size = 0;
  for (uint32_t position = hit->first; position <= hit->last; position++) {
    nr_segment_stream(segment, position, 1, &surface);
    nr_text form = nr_segment_form(segment, nr_segment_form_of(segment, surface));
    if (hit->first == hit->last) {
      *text = form;
      return NR_OK;
    }
    if (position > hit->first)
      NR_TRY(nr_buffer_put_byte(&maker->scratch, ' ', err));
    NR_TRY(nr_buffer_put(&maker->scratch, form.bytes, form.size, err));
  }
  return keep_scratch(maker, text, err);
}

typedef struct joiner {
  nr_buffer *out;
  nr_status status;
  nr_error *err;
} joiner;

static bool join_member(void *user, nr_text member)
{
  joiner *j = user;
  j->status = j->out->size == 0 ? NR_OK : nr_buffer_put(j->out, "; ", 2, j->err);
  if (j->status == NR_OK)
    j->status = nr_buffer_put(j->out, member.bytes, member.size, j->err);
  return j->status == NR_OK;
}

static nr_status make_list(nr_maker *maker, nr_text json, nr_text *text, nr_error *err)
{
  nr_buffer member;
  nr_buffer_init(&member, maker->arena->memory);
  maker->scratch.size = 0;
  joiner j = {&maker->scratch, NR_OK, err};
  nr_status status = nr_list_members(json, &member, join_member, &j, err);
  nr_buffer_clear(&member);
  NR_TRY(status);
  NR_TRY(j.status);
  return keep_scratch(maker, text, err);
}

static nr_status make_field(nr_maker *maker, const nr_segment *segment, uint32_t article, nr_value *value,
                            nr_error *err)
{
  uint32_t field, number;
  nr_field_type type;
  nr_text text;
  if (!nr_segment_find_field(segment, maker->name, &field))
    return NR_OK;
  number = nr_segment_field_of(segment, field, article);
  if (number == UINT32_MAX)
    return NR_OK;
  nr_segment_field_value(segment, field, number, &type, &text);
  if (maker->type == NR_COLUMN_NUMBER)
    value->number = nr_number_of(text);
  else if (type == NR_FIELD_LIST)
    return make_list(maker, text, &value->text, err);
  else
    value->text = text;
  return NR_OK;
}

nr_text nr_text_around(const nr_segment *segment, uint32_t article, nr_text content, uint32_t title_size,
                       uint32_t first, uint32_t last)
{
  uint32_t start, end, other_start, low = 0, high = (uint32_t)content.size, from, to;
  const char *bytes = content.bytes;
  nr_segment_article_tokens(segment, article, first >= nr_segment_count(segment)->on, &from, &to);
  if (first > from)
    nr_segment_bytes_in(segment, article, first - 1, &other_start, &low);
  if (last + 1 < to)
    nr_segment_bytes_in(segment, article, last + 1, &high, &other_start);
  nr_segment_bytes_in(segment, article, first, &start, &end);
  if (last != first)
    nr_segment_bytes_in(segment, article, last, &other_start, &end);
  if (low < title_size && start >= title_size)
    low = title_size;
  if (high > title_size && end <= title_size)
    high = title_size;
  while (start > low && (unsigned char)bytes[start - 1] > ' ')
    start--;
  while (end < high && (unsigned char)bytes[end] > ' ')
    end++;
  return (nr_text){bytes + start, end - start};
}

static nr_text sentence_of(const nr_segment *segment, nr_text content, uint32_t title_size, const nr_hit *hit)
{
  uint32_t first = nr_segment_mark_before(segment, NR_SENTENCE_STARTS, hit->first);
  uint32_t last = nr_segment_mark_after(segment, NR_SENTENCE_STARTS, hit->last) - 1;
  return nr_text_around(segment, hit->article, content, title_size, first, last);
}

/* Title and text have nothing between them where they are stored. */
static nr_status two_lines(const nr_maker *maker, nr_text content, uint32_t title_size, nr_text *text,
                           nr_error *err)
{
  size_t before = (size_t)(content.bytes + title_size - text->bytes);
  char *copy = nr_arena_take(maker->arena, text->size + 1);
  if (copy == NULL)
    return nr_fail_memory(err);
  memcpy(copy, text->bytes, before);
  copy[before] = '\n';
  memcpy(copy + before + 1, text->bytes + before, text->size - before);
  *text = (nr_text){copy, text->size + 1};
  return NR_OK;
}

/* What is said in the article itself. Compressed texts are copied: the cell outlives them. */
static nr_status make_text(nr_maker *maker, const nr_segment *segment, const nr_hit *hit, nr_text *text,
                           nr_error *err)
{
  nr_article_view article;
  nr_text content;
  uint32_t start, end;
  nr_segment_article(segment, hit->article, &article);
  if (maker->kind == NR_MAKE_TITLE && article.title_size == 0)
    return NR_OK;
  NR_TRY(nr_segment_content(segment, hit->article, &maker->contents, &content, err));
  if (maker->kind == NR_MAKE_TITLE) {
    *text = (nr_text){content.bytes, article.title_size};
  } else if (maker->kind == NR_MAKE_SENTENCE) {
    *text = sentence_of(segment, content, article.title_size, hit);
  } else {
    nr_hits_bytes(maker->hits, hit, &start, &end);
    *text = (nr_text){content.bytes + start, end - start};
    if (start < article.title_size && end > article.title_size)
      return two_lines(maker, content, article.title_size, text, err);
  }
  if (!nr_segment_compressed(segment))
    return NR_OK;
  text->bytes = nr_arena_copy(maker->arena, text->bytes, text->size);
  return text->bytes == NULL ? nr_fail_memory(err) : NR_OK;
}

static void frame_cell(const nr_maker *maker, uint64_t row, nr_value *value, nr_special *special)
{
  const nr_cells *cells = &maker->frame->base->columns[maker->attribute];
  *value = nr_frame_cell(maker->frame, row, maker->attribute);
  if (cells->special != NULL)
    *special = (nr_special)cells->special[nr_frame_base_row(maker->frame, row)];
}

nr_status nr_maker_cell(nr_maker *maker, const nr_hit *hit, nr_value *value, nr_special *special,
                        nr_error *err)
{
  if (maker->kind == NR_MAKE_CELL) {
    *special = NR_PLAIN;
    frame_cell(maker, hit->first, value, special);
    return NR_OK;
  }
  const nr_segment *segment = nr_snapshot_part(maker->snapshot, hit->part)->segment;
  uint32_t start, end;
  *value = (nr_value){{NULL, 0}, NAN};
  *special = NR_PLAIN;
  switch (maker->kind) {
  case NR_MAKE_ATTRIBUTE:
    value->text = nr_hits_text(maker->hits, hit, maker->attribute);
    value->number = nr_hits_number(maker->hits, hit, maker->attribute);
    return NR_OK;
  case NR_MAKE_FIELD:
    return make_field(maker, segment, hit->article, value, err);
  case NR_MAKE_FORM:
    return make_form(maker, segment, hit, &value->text, err);
  case NR_MAKE_UNIT:
    return make_unit(maker, nr_segment_date(segment, hit->article), &value->text, special, err);
  case NR_MAKE_ARTICLE:
    value->text = nr_segment_id(segment, hit->article);
    return NR_OK;
  case NR_MAKE_TOKENS:
    value->number = hit->last - hit->first + 1;
    return NR_OK;
  case NR_MAKE_START:
  case NR_MAKE_END:
    nr_hits_place(maker->hits, hit, &start, &end);
    value->number = maker->kind == NR_MAKE_START ? start : end;
    return NR_OK;
  default:
    return make_text(maker, segment, hit, &value->text, err);
  }
}
