/* item.c: fields into an item, by name and from JSON. Floor 4. */
#include "ingest/item.h"

#include "ingest/json.h"
#include "ingest/restore.h"

static nr_status put_own(nr_text *place, const char *name, nr_field field, bool number_too, nr_error *err)
{
  if (field.type != NR_FIELD_STRING && !(number_too && field.type == NR_FIELD_NUMBER))
    return nr_fail(err, NR_INVALID, "\"%s\" is no string", name);
  *place = field.value;
  return NR_OK;
}

nr_text nr_item_name(const nr_ingest_options *options, nr_text name, bool *renamed)
{
  *renamed = false;
  for (size_t i = 0; options != NULL && i < options->name_count; i++)
    if (nr_text_equal(name, options->names[i].from)) {
      *renamed = true;
      if (options->names[i].met != NULL)
        *options->names[i].met = true;
      return options->names[i].to;
    }
  return name;
}

/* Where the item has a field of this name; NULL where it has none. */
static nr_text *find_value(nr_item *item, nr_text name)
{
  static const struct {
    const char *name;
    size_t at;
  } own[] = {{"id", offsetof(nr_item, id)},
             {"date", offsetof(nr_item, date)},
             {"title", offsetof(nr_item, title)},
             {"text", offsetof(nr_item, text)}};
  for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
    if (nr_text_equal(name, nr_text_of(own[i].name))) {
      nr_text *value = (nr_text *)(void *)((char *)item + own[i].at);
      return value->bytes == NULL ? NULL : value;
    }
  for (size_t i = 0; i < item->field_count; i++)
    if (nr_text_equal(item->fields[i].name, name))
      return &item->fields[i].value;
  return NULL;
}

/* Whether a field of the item already has this place by --map. */
static bool is_taken(nr_item *item, nr_text name)
{
  for (size_t i = 0; item->options != NULL && i < item->options->name_count; i++)
    if (nr_text_equal(name, item->options->names[i].to))
      return find_value(item, name) != NULL;
  return false;
}

/* Take out a field that one under its name replaces. */
static void drop(nr_item *item, nr_text name)
{
  for (size_t i = 0; i < item->field_count; i++)
    if (nr_text_equal(item->fields[i].name, name)) {
      item->fields[i] = item->fields[--item->field_count];
      return;
    }
}

nr_status nr_item_put(nr_item *item, nr_arena *arena, nr_field field, nr_error *err)
{
  enum { fields_max = 1024 }; /* as a table's columns */
  bool renamed;
  if (field.value.bytes == NULL)
    return NR_OK;
  field.name = nr_item_name(item->options, field.name, &renamed);
  if (renamed)
    drop(item, field.name);
  else if (is_taken(item, field.name))
    return NR_OK;
  if (nr_text_equal(field.name, NR_TEXT("id")))
    return put_own(&item->id, "id", field, true, err);
  if (nr_text_equal(field.name, NR_TEXT("date")))
    return put_own(&item->date, "date", field, true, err);
  if (nr_text_equal(field.name, NR_TEXT("title")))
    return put_own(&item->title, "title", field, false, err);
  if (nr_text_equal(field.name, NR_TEXT("text")))
    return put_own(&item->text, "text", field, false, err);
  if (item->field_count == fields_max)
    return nr_fail(err, NR_LIMIT, "more than %d fields", fields_max);
  if (item->field_count == item->field_room) {
    size_t room = item->field_room == 0 ? 8 : item->field_room * 2;
    nr_field *fields = nr_arena_take_array(arena, room, sizeof *fields);
    if (fields == NULL)
      return nr_fail_memory(err);
    if (item->field_count > 0)
      memcpy(fields, item->fields, item->field_count * sizeof *fields);
    item->fields = fields;
    item->field_room = room;
  }
  item->fields[item->field_count++] = field;
  return NR_OK;
}

bool nr_item_has(const nr_item *item, const char *name)
{
  for (size_t i = 0; i < item->field_count; i++)
    if (nr_text_equal(item->fields[i].name, nr_text_of(name)))
      return true;
  return false;
}

nr_text nr_item_get(const nr_item *item, const char *name)
{
  for (size_t i = 0; i < item->field_count; i++)
    if (item->fields[i].type == NR_FIELD_STRING && nr_text_equal(item->fields[i].name, nr_text_of(name)))
      return item->fields[i].value;
  return (nr_text){NULL, 0};
}

/* An object being read. Depth 1 is the object itself; what lies deeper is written out again as
 * canonical JSON: no blanks, members in their order. */
typedef struct reading {
  nr_item *item;
  nr_arena *arena;
  nr_text key;
  nr_buffer json;
  unsigned depth;
  bool comma, is_list, all_strings;
  bool objects[128]; /* by depth: { } or [ ]; the reader goes no deeper than 100 */
} reading;

static nr_status copy(reading *r, nr_text text, nr_text *out, nr_error *err)
{
  const char *bytes = nr_arena_copy(r->arena, text.bytes, text.size);
  if (bytes == NULL)
    return nr_fail_memory(err);
  *out = (nr_text){bytes, text.size};
  return NR_OK;
}

static nr_status put_value(reading *r, nr_field_type type, nr_text value, nr_error *err)
{
  nr_field field = {.name = r->key, .type = type};
  NR_TRY(copy(r, value, &field.value, err));
  return nr_item_put(r->item, r->arena, field, err);
}

static nr_status want_object(const reading *r, nr_error *err)
{
  return r->depth > 0 ? NR_OK : nr_fail(err, NR_INVALID, "an object in { } is wanted here");
}

static nr_status put_comma(reading *r, nr_error *err)
{
  bool wanted = r->comma;
  r->comma = true;
  return wanted ? nr_buffer_put_byte(&r->json, ',', err) : NR_OK;
}

/* A number, true, false or null: written as it came. */
static nr_status put_scalar(reading *r, nr_field_type type, nr_text value, nr_error *err)
{
  NR_TRY(want_object(r, err));
  if (r->depth == 1)
    return put_value(r, type, value, err);
  r->all_strings = false;
  NR_TRY(put_comma(r, err));
  return nr_buffer_put(&r->json, value.bytes, value.size, err);
}

static nr_status on_null(void *user, nr_error *err)
{
  reading *r = user;
  return r->depth == 1 ? NR_OK : put_scalar(r, NR_FIELD_JSON, NR_TEXT("null"), err);
}

static nr_status on_boolean(void *user, bool value, nr_error *err)
{
  return put_scalar(user, NR_FIELD_BOOLEAN, value ? NR_TEXT("true") : NR_TEXT("false"), err);
}

static nr_status on_number(void *user, nr_text digits, nr_error *err)
{
  return put_scalar(user, NR_FIELD_NUMBER, digits, err);
}

static nr_status on_string(void *user, nr_text value, nr_error *err)
{
  reading *r = user;
  NR_TRY(want_object(r, err));
  if (r->depth == 1)
    return put_value(r, NR_FIELD_STRING, value, err);
  NR_TRY(put_comma(r, err));
  return nr_json_put_string(&r->json, value, err);
}

static nr_status on_begin(void *user, bool object, nr_error *err)
{
  reading *r = user;
  r->objects[r->depth] = object;
  if (r->depth++ == 0)
    return object ? NR_OK : nr_fail(err, NR_INVALID, "an object in { } is wanted here");
  if (r->depth == 2) {
    r->json.size = 0;
    r->comma = false;
    r->is_list = !object;
    r->all_strings = true;
  } else {
    r->all_strings = false;
  }
  NR_TRY(put_comma(r, err));
  r->comma = false;
  return nr_buffer_put_byte(&r->json, object ? '{' : '[', err);
}

static nr_status on_key(void *user, nr_text key, nr_error *err)
{
  reading *r = user;
  if (r->depth == 1)
    return copy(r, key, &r->key, err);
  NR_TRY(put_comma(r, err));
  NR_TRY(nr_json_put_string(&r->json, key, err));
  r->comma = false;
  return nr_buffer_put_byte(&r->json, ':', err);
}

static nr_status on_end(void *user, nr_error *err)
{
  reading *r = user;
  if (r->depth-- == 1)
    return NR_OK;
  r->comma = true;
  NR_TRY(nr_buffer_put_byte(&r->json, r->objects[r->depth] ? '}' : ']', err));
  if (r->depth > 1)
    return NR_OK;
  return put_value(r, r->is_list && r->all_strings ? NR_FIELD_LIST : NR_FIELD_JSON,
                   (nr_text){r->json.bytes, r->json.size}, err);
}

nr_status nr_item_read_json(nr_item *item, nr_arena *arena, nr_text json, nr_error *err)
{
  static const nr_json_events events = {on_null, on_boolean, on_number, on_string, on_begin, on_key, on_end};
  reading r = {.item = item, .arena = arena};
  nr_buffer_init(&r.json, arena->memory);
  nr_status status = nr_json_read(arena->memory, json, &events, &r, err);
  nr_buffer_clear(&r.json);
  return status == NR_OK ? nr_item_restore(item, arena, err) : status;
}
