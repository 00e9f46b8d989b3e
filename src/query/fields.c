/* fields.c: conditions on articles. Floor 4. */
#include "query/fields.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "text/utf8.h"

/* ---- names that are not there ---- */

enum { name_size_max = 63 };

/* Edits (a neighbour swap is one) from a to b. */
static unsigned distance(nr_text a, nr_text b)
{
  unsigned rows[3][name_size_max + 1];
  if (a.size > name_size_max || b.size > name_size_max)
    return UINT32_MAX;
  for (size_t j = 0; j <= b.size; j++)
    rows[0][j] = (unsigned)j;
  for (size_t i = 1; i <= a.size; i++) {
    unsigned *now = rows[i % 3], *last = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
    now[0] = (unsigned)i;
    for (size_t j = 1; j <= b.size; j++) {
      unsigned best = last[j - 1] + (a.bytes[i - 1] != b.bytes[j - 1]);
      best = last[j] + 1 < best ? last[j] + 1 : best;
      best = now[j - 1] + 1 < best ? now[j - 1] + 1 : best;
      if (i > 1 && j > 1 && a.bytes[i - 1] == b.bytes[j - 2] && a.bytes[i - 2] == b.bytes[j - 1] &&
          before[j - 2] + 1 < best)
        best = before[j - 2] + 1;
      now[j] = best;
    }
  }
  return rows[a.size % 3][b.size];
}

static void take_nearer(nr_text name, nr_text candidate, nr_text *nearest, unsigned *least)
{
  unsigned edits = distance(name, candidate);
  if (edits < *least && edits <= name.size / 3 + 1) {
    *least = edits;
    *nearest = candidate;
  }
}

static nr_status fail_unknown(nr_error *err, const char *what, nr_text name, nr_text nearest)
{
  int size = (int)(name.size > 100 ? 100 : name.size);
  if (nearest.bytes == NULL)
    return nr_fail(err, NR_INVALID, "no %s \"%.*s\"", what, size, name.bytes);
  return nr_fail(err, NR_INVALID, "no %s \"%.*s\": did you mean \"%.*s\"?", what, size, name.bytes,
                 (int)nearest.size, nearest.bytes);
}

nr_status nr_fail_unknown(nr_error *err, const char *what, nr_text name, const nr_text *known, uint32_t count)
{
  nr_text nearest = {NULL, 0};
  unsigned least = UINT32_MAX;
  for (uint32_t i = 0; i < count; i++)
    take_nearer(name, known[i], &nearest, &least);
  return fail_unknown(err, what, name, nearest);
}

static const nr_text own_fields[] = {{"id", 2}, {"day", 3}, {"title", 5}};

bool nr_snapshot_has_field(const nr_snapshot *snapshot, nr_text name)
{
  uint32_t parts = nr_snapshot_count(snapshot)->parts, field;
  for (size_t i = 0; i < 3; i++)
    if (nr_text_equal(name, own_fields[i]))
      return true;
  for (uint32_t part = 0; part < parts; part++)
    if (nr_segment_find_field(nr_snapshot_part(snapshot, part)->segment, name, &field))
      return true;
  return false;
}

nr_status nr_fail_unknown_field(nr_error *err, const char *what, nr_text name, const nr_snapshot *snapshot,
                                const nr_text *more, uint32_t more_count)
{
  nr_text nearest = {NULL, 0};
  unsigned least = UINT32_MAX;
  uint32_t parts = nr_snapshot_count(snapshot)->parts;
  for (uint32_t i = 0; i < more_count; i++)
    take_nearer(name, more[i], &nearest, &least);
  for (size_t i = 0; i < 3; i++)
    take_nearer(name, own_fields[i], &nearest, &least);
  for (uint32_t part = 0; part < parts; part++) {
    const nr_segment *segment = nr_snapshot_part(snapshot, part)->segment;
    for (uint32_t field = 0; field < nr_segment_fields(segment); field++)
      take_nearer(name, nr_segment_field_name(segment, field), &nearest, &least);
  }
  return fail_unknown(err, what, name, nearest);
}

/* ---- values ---- */

double nr_number_of(nr_text text)
{
  char copy[64], *end;
  if (text.bytes == NULL || text.size == 0 || text.size >= sizeof copy)
    return NAN;
  for (size_t i = 0; i < text.size; i++) /* no "inf", "nan", hex */
    if (strchr("0123456789+-.eE", text.bytes[i]) == NULL || text.bytes[i] == '\0')
      return NAN;
  memcpy(copy, text.bytes, text.size);
  copy[text.size] = '\0';
  double number = strtod(copy, &end);
  return *end == '\0' ? number : NAN;
}

bool nr_value_is_text(const nr_value *value, nr_text cell)
{
  if (cell.bytes == NULL)
    return nr_value_is_missing(value);
  if (value->text.bytes != NULL)
    return nr_text_equal(value->text, cell);
  return nr_number_of(cell) == value->number;
}

bool nr_value_is_number(const nr_value *value, double cell)
{
  if (isnan(cell))
    return nr_value_is_missing(value);
  return cell == (isnan(value->number) ? nr_number_of(value->text) : value->number);
}

/* ---- members of a list ---- */

static uint32_t hex4(const char *p)
{
  uint32_t code = 0;
  for (int i = 0; i < 4; i++) {
    char c = p[i];
    code = code * 16 + (uint32_t)(c <= '9' ? c - '0' : (c | 32) - 'a' + 10);
  }
  return code;
}

/* Append the character behind a backslash at *at; move behind it. */
static nr_status put_escaped(const char **at, const char *end, nr_buffer *out, nr_error *err)
{
  static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
  char bytes[4];
  const char *named = strchr(from, **at);
  if (**at != 'u' || end - *at < 5) {
    char c = named != NULL && *named != '\0' ? to[named - from] : **at;
    *at += 1;
    return nr_buffer_put_byte(out, (uint8_t)c, err);
  }
  uint32_t code = hex4(*at + 1);
  *at += 5;
  if (code >= 0xD800 && code < 0xDC00 && end - *at >= 6 && (*at)[0] == '\\' && (*at)[1] == 'u') {
    code = 0x10000 + ((code - 0xD800) << 10) + (hex4(*at + 2) - 0xDC00);
    *at += 6;
  }
  return nr_buffer_put(out, bytes, nr_utf8_put(bytes, code & 0x1FFFFF), err);
}

nr_status nr_list_members(nr_text json, nr_buffer *scratch, bool (*visit)(void *user, nr_text member),
                          void *user, nr_error *err)
{
  const char *at = json.bytes, *end = at + json.size;
  while (at < end) {
    if (*at++ != '"')
      continue;
    scratch->size = 0;
    while (at < end && *at != '"')
      if (*at == '\\' && at + 1 < end) {
        at++;
        NR_TRY(put_escaped(&at, end, scratch, err));
      } else
        NR_TRY(nr_buffer_put_byte(scratch, (uint8_t)*at++, err));
    at++;
    if (!visit(user, (nr_text){scratch->size == 0 ? "" : scratch->bytes, scratch->size}))
      return NR_OK;
  }
  return NR_OK;
}

/* ---- conditions ---- */

typedef struct member_test {
  const nr_condition *condition;
  bool found;
} member_test;

static bool any_value(const nr_condition *condition, nr_text cell)
{
  for (uint32_t i = 0; i < condition->count; i++)
    if (nr_value_is_text(&condition->values[i], cell))
      return true;
  return false;
}

static bool test_member(void *user, nr_text member)
{
  member_test *test = user;
  test->found = any_value(test->condition, member);
  return !test->found;
}

static nr_status init_field(nr_article_test *test, nr_arena *arena, nr_error *err)
{
  uint32_t count = nr_segment_field_values(test->segment, test->field);
  bool *values = nr_arena_take(arena, count);
  nr_buffer scratch;
  nr_status status = NR_OK;
  if (values == NULL)
    return nr_fail_memory(err);
  nr_buffer_init(&scratch, arena->memory);
  for (uint32_t i = 0; i < count && status == NR_OK; i++) {
    nr_field_type type;
    nr_text text;
    member_test member = {test->condition, false};
    nr_segment_field_value(test->segment, test->field, i, &type, &text);
    if (type == NR_FIELD_LIST)
      status = nr_list_members(text, &scratch, test_member, &member, err);
    else if (type != NR_FIELD_JSON)
      member.found = any_value(test->condition, text);
    values[i] = member.found;
  }
  nr_buffer_clear(&scratch);
  test->values = values;
  return status;
}

static nr_status init_day(nr_article_test *test, nr_arena *arena, nr_error *err)
{
  const nr_condition *condition = test->condition;
  nr_period *periods = nr_arena_take_array(arena, condition->count, sizeof *periods);
  if (periods == NULL)
    return nr_fail_memory(err);
  for (uint32_t i = 0; i < condition->count; i++) {
    periods[i] = (nr_period){NR_DAY_NONE, NR_DAY_NONE};
    if (!nr_value_is_missing(&condition->values[i]))
      NR_TRY(nr_period_parse(condition->values[i].text, &periods[i], err));
  }
  test->periods = periods;
  return NR_OK;
}

static bool title_meets(const nr_article_test *test, nr_text title)
{
  return title.size == 0 ? test->missing : any_value(test->condition, title);
}

static nr_status read_titles(const nr_article_test *test, nr_contents *contents, bool *values, nr_error *err)
{
  for (uint32_t i = 0; i < nr_segment_count(test->segment)->articles; i++) {
    nr_article_view view;
    nr_text content;
    nr_segment_article(test->segment, i, &view);
    NR_TRY(nr_segment_content(test->segment, i, contents, &content, err));
    values[i] = title_meets(test, (nr_text){content.bytes, view.title_size});
  }
  return NR_OK;
}

/* Compressed titles are read once and in order. */
static nr_status init_title(nr_article_test *test, nr_arena *arena, nr_error *err)
{
  nr_contents contents;
  bool *values = nr_arena_take(arena, nr_segment_count(test->segment)->articles);
  test->kind = NR_TEST_TITLE;
  if (!nr_segment_compressed(test->segment))
    return NR_OK;
  if (values == NULL)
    return nr_fail_memory(err);
  nr_contents_init(&contents, arena->memory);
  nr_status status = read_titles(test, &contents, values, err);
  nr_contents_clear(&contents);
  test->values = values;
  return status;
}

/* Nothing fails in a segment that is not compressed. */
static bool plain_title_meets(const nr_article_test *test, uint32_t article, uint32_t title_size)
{
  nr_text content = {0};
  nr_segment_content(test->segment, article, NULL, &content, NULL);
  return title_meets(test, (nr_text){content.bytes, title_size});
}

nr_status nr_article_test_init(nr_article_test *test, const nr_condition *condition,
                               const nr_segment *segment, nr_arena *arena, nr_error *err)
{
  *test = (nr_article_test){.condition = condition, .segment = segment, .kind = NR_TEST_NO_FIELD};
  for (uint32_t i = 0; i < condition->count; i++)
    test->missing = test->missing || nr_value_is_missing(&condition->values[i]);
  if (nr_text_equal(condition->name, NR_TEXT("day"))) {
    test->kind = NR_TEST_DAY;
    return init_day(test, arena, err);
  }
  if (nr_text_equal(condition->name, NR_TEXT("id")))
    test->kind = NR_TEST_ID;
  else if (nr_text_equal(condition->name, NR_TEXT("title")))
    return init_title(test, arena, err);
  else if (nr_segment_find_field(segment, condition->name, &test->field)) {
    test->kind = NR_TEST_FIELD;
    return init_field(test, arena, err);
  }
  return NR_OK;
}

bool nr_article_meets(const nr_article_test *test, uint32_t article)
{
  nr_article_view view;
  uint32_t value;
  switch (test->kind) {
  case NR_TEST_FIELD:
    value = nr_segment_field_of(test->segment, test->field, article);
    return value == UINT32_MAX ? test->missing : test->values[value];
  case NR_TEST_NO_FIELD:
    return test->missing;
  default:
    break;
  }
  nr_segment_article(test->segment, article, &view);
  if (test->kind == NR_TEST_ID)
    return any_value(test->condition, view.id);
  if (test->kind == NR_TEST_TITLE)
    return test->values != NULL ? test->values[article] : plain_title_meets(test, article, view.title_size);
  for (uint32_t i = 0; i < test->condition->count; i++) {
    const nr_period *period = &test->periods[i];
    if (period->first == NR_DAY_NONE ? view.date.first == NR_DAY_NONE
                                     : view.date.first != NR_DAY_NONE && view.date.first >= period->first &&
                                           view.date.last <= period->last)
      return true;
  }
  return false;
}
