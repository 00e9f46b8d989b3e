/* bind_layer.c: layers that Lua makes: an annotator gets each article and gives spans. Floor 6.
 *
 * An annotator may raise at any time, so all that is gathered stands in one object that the
 * collector owns: a list of spans for each segment, and a value for each span and attribute. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/boxes.h"

/* The values of one attribute in one segment; a span that lacks it is padded with "missing". */
typedef struct cells {
  nr_value *items;
  size_t count, capacity;
} cells;

typedef struct attribute {
  nr_text name;
  bool text; /* some value is a text */
  cells *parts;
} attribute;

typedef struct part {
  uint32_t *first, *last;
  size_t count, first_capacity, last_capacity;
} part;

typedef struct layer_box {
  const nr_memory *memory;
  nr_arena arena; /* texts, and the arrays made at the end */
  part *parts;
  uint32_t part_count;
  attribute *attributes;
  size_t attribute_count, attribute_capacity;
  uint64_t wordless; /* spans that hold no word */
} layer_box;

static const char layer_key[] = "newsreel.layer";

static int layer_free(lua_State *L)
{
  layer_box *box = lua_touserdata(L, 1);
  for (size_t i = 0; i < box->attribute_count; i++) {
    for (uint32_t p = 0; p < box->part_count; p++)
      nr_release(box->memory, box->attributes[i].parts[p].items,
                 box->attributes[i].parts[p].capacity * sizeof(nr_value));
    nr_release(box->memory, box->attributes[i].parts, box->part_count * sizeof(cells));
  }
  nr_release(box->memory, box->attributes, box->attribute_capacity * sizeof *box->attributes);
  for (uint32_t p = 0; box->parts != NULL && p < box->part_count; p++) {
    nr_release(box->memory, box->parts[p].first, box->parts[p].first_capacity * sizeof(uint32_t));
    nr_release(box->memory, box->parts[p].last, box->parts[p].last_capacity * sizeof(uint32_t));
  }
  nr_release(box->memory, box->parts, box->part_count * sizeof *box->parts);
  nr_arena_clear(&box->arena);
  memset(box, 0, sizeof *box);
  return 0;
}

static layer_box *push_layer(lua_State *L, uint32_t parts)
{
  layer_box *box = lua_newuserdatauv(L, sizeof *box, 0);
  memset(box, 0, sizeof *box);
  box->memory = &nr_engine_of(L)->memory;
  nr_arena_init(&box->arena, box->memory);
  luaL_setmetatable(L, layer_key);
  box->parts = nr_alloc_zeroed(box->memory, parts, sizeof *box->parts);
  if (box->parts == NULL && parts > 0)
    nr_bind_raise_memory(L);
  box->part_count = parts;
  return box;
}

static void add_span(lua_State *L, layer_box *box, uint32_t number, uint32_t first, uint32_t last)
{
  part *to = &box->parts[number];
  nr_error err;
  nr_bind_check(
      L,
      nr_grow(box->memory, (void **)&to->first, &to->first_capacity, to->count + 1, sizeof *to->first, &err),
      &err);
  nr_bind_check(
      L, nr_grow(box->memory, (void **)&to->last, &to->last_capacity, to->count + 1, sizeof *to->last, &err),
      &err);
  to->first[to->count] = first;
  to->last[to->count++] = last;
}

static nr_text keep_text(lua_State *L, layer_box *box, nr_text text)
{
  char *copy = nr_arena_copy(&box->arena, text.bytes, text.size);
  if (copy == NULL)
    nr_bind_raise_memory(L);
  return (nr_text){copy, text.size};
}

static attribute *attribute_of(lua_State *L, layer_box *box, nr_text name)
{
  nr_error err;
  for (size_t i = 0; i < box->attribute_count; i++)
    if (nr_text_equal(box->attributes[i].name, name))
      return &box->attributes[i];
  nr_text copy = keep_text(L, box, name);
  nr_bind_check(L,
                nr_grow(box->memory, (void **)&box->attributes, &box->attribute_capacity,
                        box->attribute_count + 1, sizeof *box->attributes, &err),
                &err);
  cells *parts = nr_alloc_zeroed(box->memory, box->part_count, sizeof *parts);
  if (parts == NULL)
    nr_bind_raise_memory(L);
  box->attributes[box->attribute_count] = (attribute){copy, false, parts};
  return &box->attributes[box->attribute_count++];
}

/* Set the values up to `count` that are not set yet to "missing". */
static void pad(lua_State *L, layer_box *box, cells *column, size_t count)
{
  nr_error err;
  nr_bind_check(
      L, nr_grow(box->memory, (void **)&column->items, &column->capacity, count, sizeof(nr_value), &err),
      &err);
  while (column->count < count)
    column->items[column->count++] = (nr_value){{NULL, 0}, NAN};
}

/* Set an attribute of the span last added to part `number`. */
static void set_value(lua_State *L, layer_box *box, uint32_t number, nr_text name, nr_value value)
{
  attribute *to = attribute_of(L, box, name);
  size_t count = box->parts[number].count;
  if (value.text.bytes != NULL) {
    value.text = keep_text(L, box, value.text);
    to->text = true;
  }
  pad(L, box, &to->parts[number], count);
  to->parts[number].items[count - 1] = value;
}

/* ---- from an annotator ---- */

static bool is_place(const char *key)
{
  return strcmp(key, "first") == 0 || strcmp(key, "last") == 0 || strcmp(key, "field") == 0 ||
         strcmp(key, "text") == 0;
}

/* Add the other keys of the span table on top as attributes. */
static void read_attributes(lua_State *L, layer_box *box, uint32_t number)
{
  for (lua_pushnil(L); lua_next(L, -2) != 0; lua_pop(L, 1)) {
    if (lua_type(L, -2) != LUA_TSTRING)
      nr_bind_fail(L, NR_INVALID, "the annotator gave a span with a key that is no name");
    const char *key = lua_tostring(L, -2);
    if (is_place(key))
      continue;
    if (lua_istable(L, -1) || lua_isfunction(L, -1))
      nr_bind_fail(L, NR_INVALID, "the annotator gave a %s as '%s' of a span: give a text or a number",
                   luaL_typename(L, -1), key);
    set_value(L, box, number, nr_bind_check_text(L, -2), nr_bind_value(L, -1));
  }
}

static lua_Integer place_field(lua_State *L, const char *name)
{
  int whole;
  lua_getfield(L, -1, name);
  lua_Integer value = lua_tointegerx(L, -1, &whole);
  if (!whole)
    nr_bind_fail(L, NR_INVALID, "the annotator gave a span without '%s' (a byte of the text, from 1)", name);
  lua_pop(L, 1);
  return value;
}

typedef struct place {
  nr_snapshot *snapshot;
  uint32_t part, article;
} place;

/* Add the span table on top. */
static void read_span(lua_State *L, layer_box *box, place at)
{
  const nr_segment *segment = nr_snapshot_part(at.snapshot, at.part)->segment;
  nr_article_view view;
  uint32_t first, last;
  nr_segment_article(segment, at.article, &view);
  lua_getfield(L, -1, "field");
  bool title = lua_type(L, -1) == LUA_TSTRING && strcmp(lua_tostring(L, -1), "title") == 0;
  lua_pop(L, 1);
  lua_Integer from = place_field(L, "first"), to = place_field(L, "last");
  lua_Integer base = title ? 0 : view.title_size;
  lua_Integer size = title ? view.title_size : (lua_Integer)view.content_size - base;
  if (from < 1 || to < from - 1 || to > size)
    nr_bind_fail(L, NR_INVALID, "the annotator gave bytes %I to %I of a text that has %I", from, to, size);
  if (to < from || !nr_tokens_of_bytes(segment, at.article, (uint32_t)(base + from - 1),
                                       (uint32_t)(base + to), &first, &last)) {
    box->wordless++;
    return;
  }
  add_span(L, box, at.part, first, last);
  read_attributes(L, box, at.part);
}

/* Raise the error on top, with the article it came from. */
static _Noreturn void raise_at(lua_State *L, place at)
{
  nr_article_view view;
  nr_segment_article(nr_snapshot_part(at.snapshot, at.part)->segment, at.article, &view);
  if (!nr_interrupt_asked(nr_engine_of(L)) && lua_type(L, -1) == LUA_TSTRING) {
    nr_bind_plain_words(L, -1);
    lua_pushliteral(L, " (in article ");
    nr_bind_push_text(L, view.id);
    lua_pushliteral(L, ")");
    lua_concat(L, 4);
  }
  lua_error(L);
  abort(); /* lua_error does not return */
}

/* Call the annotator at index 2 with one article and take its spans. */
static void annotate_article(lua_State *L, layer_box *box, place at)
{
  lua_pushvalue(L, 2);
  nr_bind_push_article(L, at.snapshot, at.part, at.article);
  int code = lua_pcall(L, 1, 1, 0);
  if (code != LUA_OK && code != LUA_ERRMEM)
    raise_at(L, at);
  if (code == LUA_ERRMEM)
    lua_error(L);
  if (!lua_isnil(L, -1) && !lua_istable(L, -1))
    nr_bind_fail(L, NR_INVALID, "an annotator gives a list of spans, not a %s", luaL_typename(L, -1));
  for (lua_Integer i = 1; lua_istable(L, -1) && lua_geti(L, -1, i) != LUA_TNIL; i++) {
    luaL_checktype(L, -1, LUA_TTABLE);
    read_span(L, box, at);
    lua_pop(L, 1);
  }
  lua_settop(L, 4);
}

static void annotate_all(lua_State *L, layer_box *box, nr_snapshot *snapshot)
{
  uint64_t done = 0, total = nr_snapshot_count(snapshot)->articles;
  nr_poll poll = nr_engine_poll(nr_engine_of(L), "reading");
  nr_error err;
  for (uint32_t p = 0; p < box->part_count; p++) {
    const nr_part *from = nr_snapshot_part(snapshot, p);
    uint32_t articles = nr_segment_count(from->segment)->articles;
    for (uint32_t article = 0; article < articles; article++) {
      if (nr_part_dead(from, article))
        continue;
      annotate_article(L, box, (place){snapshot, p, article});
      nr_bind_check(L, nr_poll_at(&poll, ++done, total, &err), &err);
    }
  }
  nr_engine_done(nr_engine_of(L));
}

/* ---- to a plan ---- */

static int by_name(const void *a, const void *b)
{
  return nr_text_compare(((const attribute *)a)->name, ((const attribute *)b)->name);
}

/* One column of one segment; a number among texts is its text. */
static nr_column make_column(lua_State *L, layer_box *box, const attribute *of, uint32_t number)
{
  const cells *from = &of->parts[number];
  nr_text *texts = nr_bind_take(L, &box->arena, from->count + 1, sizeof *texts);
  double *numbers = nr_bind_take(L, &box->arena, from->count + 1, sizeof *numbers);
  for (size_t i = 0; i < from->count; i++) {
    texts[i] = from->items[i].text;
    numbers[i] = from->items[i].number;
    if (!of->text || texts[i].bytes != NULL || isnan(numbers[i]))
      continue;
    nr_bind_push_value(L, from->items[i]);
    texts[i] = keep_text(L, box, nr_bind_check_text(L, -1));
    lua_pop(L, 1);
  }
  return (nr_column){of->name, of->text ? NR_COLUMN_TEXT : NR_COLUMN_NUMBER, texts, numbers};
}

static nr_spans make_spans(lua_State *L, layer_box *box, uint32_t number)
{
  part *from = &box->parts[number];
  nr_table *table = nr_bind_take(L, &box->arena, 1, sizeof *table);
  nr_column *columns = nr_bind_take(L, &box->arena, box->attribute_count + 1, sizeof *columns);
  uint32_t *rows = nr_bind_take(L, &box->arena, from->count + 1, sizeof *rows);
  for (size_t i = 0; i < box->attribute_count; i++) {
    pad(L, box, &box->attributes[i].parts[number], from->count);
    columns[i] = make_column(L, box, &box->attributes[i], number);
  }
  for (size_t i = 0; i < from->count; i++)
    rows[i] = (uint32_t)i;
  *table = (nr_table){columns, (uint32_t)box->attribute_count, (uint32_t)from->count};
  return (nr_spans){from->first, from->last, box->attribute_count == 0 ? NULL : rows, (uint32_t)from->count,
                    box->attribute_count == 0 ? NULL : table};
}

/* Push spans of the corpus at index 1 with what the box has gathered. */
static void push_given(lua_State *L, layer_box *box, nr_snapshot *snapshot)
{
  nr_error err;
  if (box->attribute_count > 0)
    qsort(box->attributes, box->attribute_count, sizeof *box->attributes, by_name);
  nr_spans *parts = nr_bind_take(L, &box->arena, (size_t)box->part_count + 1, sizeof *parts);
  for (uint32_t p = 0; p < box->part_count; p++)
    parts[p] = make_spans(L, box, p);
  nr_spans_box *spans = nr_bind_new_spans(L, 1);
  if (spans->snapshot != snapshot)
    nr_bind_fail(L, NR_INVALID, "the corpus was changed while its articles were read");
  nr_bind_check(L, nr_plan_given(box->memory, snapshot, parts, &spans->plan, &err), &err);
  nr_bind_restrict(L, spans, 1);
}

/* Make the attributes that the spans have even where there is no span: {name = "text" | "number"}. */
static void declare(lua_State *L, int index, layer_box *box)
{
  if (!lua_istable(L, index))
    return;
  for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1)) {
    luaL_checktype(L, -2, LUA_TSTRING);
    attribute_of(L, box, nr_bind_check_text(L, -2))->text = strcmp(luaL_checkstring(L, -1), "text") == 0;
  }
}

/* spans, wordless = core.annotate(corpus, annotator [, attributes]): over all articles, views apart */
static int bind_annotate(lua_State *L)
{
  luaL_checktype(L, 2, LUA_TFUNCTION);
  lua_settop(L, 3);
  nr_snapshot *snapshot = nr_bind_snapshot(L, 1);
  layer_box *box = push_layer(L, nr_snapshot_count(snapshot)->parts);
  declare(L, 3, box);
  annotate_all(L, box, snapshot);
  push_given(L, box, snapshot);
  lua_pushinteger(L, (lua_Integer)box->wordless);
  return 2;
}

/* ---- from hits ---- */

static void copy_hit(lua_State *L, layer_box *box, const nr_hits *hits, uint64_t index)
{
  const nr_text *names;
  const nr_column_type *types;
  uint32_t count;
  nr_hit hit;
  nr_hits_get(hits, index, &hit);
  nr_plan_columns(nr_hits_plan(hits), &names, &types, &count);
  add_span(L, box, hit.part, hit.first, hit.last);
  for (uint32_t i = 0; i < count; i++) {
    nr_value value = {{NULL, 0}, NAN};
    if (types[i] == NR_COLUMN_TEXT)
      value.text = nr_hits_text(hits, &hit, i);
    else
      value.number = nr_hits_number(hits, &hit, i);
    set_value(L, box, hit.part, names[i], value);
    attribute_of(L, box, names[i])->text = types[i] == NR_COLUMN_TEXT;
  }
}

/* spans = core.pick(corpus, spans, {index, ...}): some of the hits, as spans of their own */
static int bind_pick(lua_State *L)
{
  nr_spans_box *from = nr_bind_check_spans(L, 2);
  nr_hits *hits = nr_bind_hits(L, from);
  lua_settop(L, 3);
  layer_box *box = push_layer(L, nr_snapshot_count(from->snapshot)->parts);
  lua_Integer count = (lua_Integer)lua_rawlen(L, 3);
  for (lua_Integer i = 1; i <= count; i++) {
    lua_rawgeti(L, 3, i);
    lua_Integer index = luaL_checkinteger(L, -1);
    luaL_argcheck(L, index >= 1 && (uint64_t)index <= nr_hits_count(hits), 3, "no such hit");
    copy_hit(L, box, hits, (uint64_t)index - 1);
    lua_pop(L, 1);
  }
  push_given(L, box, from->snapshot);
  return 1;
}

void nr_bind_layer_open(lua_State *L)
{
  static const luaL_Reg functions[] = {{"annotate", bind_annotate}, {"pick", bind_pick}, {NULL, NULL}};
  luaL_newmetatable(L, layer_key);
  lua_pushcfunction(L, layer_free);
  lua_setfield(L, -2, "__gc");
  lua_pop(L, 1);
  luaL_setfuncs(L, functions, 0);
}
