/* bind_json.c: JSON texts to Lua values and back. Floor 6.
 *
 * Lua may raise while it builds a value, which the reader must not see: the reader's events are
 * written down first, as a byte each with a size and bytes where there is text, and then played. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/bind.h"
#include "ingest/json.h"

enum { nesting_max = 100 };

static const char list_key[] = "newsreel.list"; /* metatable of lists, so that an empty one stays one */

/* ---- reading ---- */

static nr_status note(void *user, char what, nr_text text, nr_error *err)
{
  nr_buffer *notes = user;
  NR_TRY(nr_buffer_put_byte(notes, (uint8_t)what, err));
  NR_TRY(nr_buffer_put_u64(notes, text.size, err));
  return nr_buffer_put(notes, text.bytes, text.size, err);
}

static nr_status note_null(void *user, nr_error *err)
{
  return note(user, 'z', NR_TEXT(""), err);
}

static nr_status note_boolean(void *user, bool value, nr_error *err)
{
  return note(user, value ? 't' : 'f', NR_TEXT(""), err);
}

static nr_status note_number(void *user, nr_text digits, nr_error *err)
{
  return note(user, 'n', digits, err);
}

static nr_status note_string(void *user, nr_text value, nr_error *err)
{
  return note(user, 's', value, err);
}

static nr_status note_begin(void *user, bool object, nr_error *err)
{
  return note(user, object ? '{' : '[', NR_TEXT(""), err);
}

static nr_status note_end(void *user, nr_error *err)
{
  return note(user, '}', NR_TEXT(""), err);
}

static void push_number(lua_State *L, nr_text digits)
{
  lua_pushlstring(L, digits.bytes, digits.size);
  if (lua_stringtonumber(L, lua_tostring(L, -1)) != 0)
    lua_remove(L, -2);
}

/* Push the value whose note is at `*at`, and move behind it. */
static void play(lua_State *L, const char **at)
{
  char what = **at;
  nr_text text = {*at + 9, (size_t)nr_load_u64(*at + 1)};
  *at = text.bytes + text.size;
  luaL_checkstack(L, 6, "JSON is nested too deeply");
  switch (what) {
  case 'z':
    nr_bind_push_missing(L);
    return;
  case 't':
  case 'f':
    lua_pushboolean(L, what == 't');
    return;
  case 'n':
    push_number(L, text);
    return;
  case 's':
    lua_pushlstring(L, text.bytes, text.size);
    return;
  case '{':
    lua_newtable(L);
    while (**at != '}') {
      play(L, at);
      play(L, at);
      lua_rawset(L, -3);
    }
    break;
  default:
    lua_newtable(L);
    luaL_setmetatable(L, list_key);
    for (lua_Integer i = 1; **at != '}'; i++) {
      NR_ENGINE_CHECK(L, i);
      play(L, at);
      lua_rawseti(L, -2, i);
    }
  }
  *at += 9; /* the end's own note */
}

void nr_bind_push_json(lua_State *L, nr_text text)
{
  static const nr_json_events events = {note_null,  note_boolean, note_number, note_string,
                                        note_begin, note_string,  note_end};
  nr_buffer *notes = nr_bind_buffer(L);
  nr_error err;
  nr_bind_check(L, nr_json_read(&nr_engine_of(L)->memory, text, &events, notes, &err), &err);
  const char *at = notes->bytes;
  play(L, &at);
  nr_buffer_clear(notes);
  lua_remove(L, -2);
}

/* value = newsreel.json.decode(text): null is newsreel.missing */
static int json_decode(lua_State *L)
{
  nr_bind_push_json(L, nr_bind_check_text(L, 1));
  return 1;
}

/* ---- writing ---- */

static void put(lua_State *L, nr_buffer *out, const char *text)
{
  nr_error err;
  nr_bind_check(L, nr_buffer_put(out, text, strlen(text), &err), &err);
}

static void put_string(lua_State *L, nr_buffer *out, int index)
{
  nr_error err;
  nr_bind_check(L, nr_json_put_string(out, nr_bind_check_text(L, index), &err), &err);
}

static bool is_list(lua_State *L, int index)
{
  bool list = lua_rawlen(L, index) > 0;
  if (!list && lua_getmetatable(L, index)) {
    luaL_getmetatable(L, list_key);
    list = lua_rawequal(L, -1, -2);
    lua_pop(L, 2);
  }
  return list;
}

static int by_bytes(const void *a, const void *b)
{
  return nr_text_compare(*(const nr_text *)a, *(const nr_text *)b);
}

static void put_value(lua_State *L, nr_buffer *out, int depth);

static void put_list(lua_State *L, nr_buffer *out, int depth)
{
  lua_Integer count = (lua_Integer)lua_rawlen(L, -1);
  put(L, out, "[");
  for (lua_Integer i = 1; i <= count; i++) {
    NR_ENGINE_CHECK(L, i);
    if (i > 1)
      put(L, out, ",");
    lua_rawgeti(L, -1, i);
    put_value(L, out, depth + 1);
    lua_pop(L, 1);
  }
  put(L, out, "]");
}

/* Keys in the order of their bytes, so that equal tables give equal texts. */
static void put_object(lua_State *L, nr_buffer *out, int depth)
{
  size_t count = 0, i = 0;
  for (lua_pushnil(L); lua_next(L, -2) != 0; lua_pop(L, 1), count++)
    if (lua_type(L, -2) != LUA_TSTRING)
      nr_bind_fail(L, NR_INVALID, "JSON objects have texts as keys, this table has a %s",
                   luaL_typename(L, -2));
  nr_text *keys = lua_newuserdatauv(L, (count + 1) * sizeof *keys, 0);
  for (lua_pushnil(L); lua_next(L, -3) != 0; lua_pop(L, 1))
    keys[i++] = nr_bind_check_text(L, -2); /* held by the table */
  qsort(keys, count, sizeof *keys, by_bytes);
  put(L, out, "{");
  for (i = 0; i < count; i++) {
    NR_ENGINE_CHECK(L, i);
    if (i > 0)
      put(L, out, ",");
    lua_pushlstring(L, keys[i].bytes, keys[i].size);
    put_string(L, out, -1);
    put(L, out, ":");
    lua_rawget(L, -3);
    put_value(L, out, depth + 1);
    lua_pop(L, 1);
  }
  put(L, out, "}");
  lua_pop(L, 1);
}

static void put_number(lua_State *L, nr_buffer *out)
{
  nr_error err;
  if (lua_isinteger(L, -1)) {
    lua_pushvalue(L, -1);
    put(L, out, lua_tostring(L, -1));
    lua_pop(L, 1);
  } else if (isfinite(lua_tonumber(L, -1))) {
    nr_bind_check(L, nr_json_put_number(out, lua_tonumber(L, -1), &err), &err);
  } else {
    put(L, out, "null");
  }
}

/* Append the value on top. */
static void put_value(lua_State *L, nr_buffer *out, int depth)
{
  luaL_checkstack(L, 8, "the value is nested too deeply for JSON");
  switch (lua_type(L, -1)) {
  case LUA_TBOOLEAN:
    put(L, out, lua_toboolean(L, -1) ? "true" : "false");
    return;
  case LUA_TNUMBER:
    put_number(L, out);
    return;
  case LUA_TSTRING:
    put_string(L, out, -1);
    return;
  case LUA_TTABLE:
    if (depth >= nesting_max)
      nr_bind_fail(L, NR_INVALID, "the table is nested too deeply for JSON, or holds itself");
    if (is_list(L, -1))
      put_list(L, out, depth);
    else
      put_object(L, out, depth);
    return;
  default:
    if (!lua_isnil(L, -1) && !nr_bind_is_missing(L, -1))
      nr_bind_fail(L, NR_INVALID, "a %s can't be written as JSON", luaL_typename(L, -1));
    put(L, out, "null");
  }
}

void nr_bind_put_json(lua_State *L, int index, nr_buffer *out)
{
  lua_pushvalue(L, index);
  put_value(L, out, 0);
  lua_pop(L, 1);
}

/* text = newsreel.json.encode(value) */
static int json_encode(lua_State *L)
{
  luaL_checkany(L, 1);
  nr_buffer *out = nr_bind_buffer(L);
  nr_bind_put_json(L, 1, out);
  lua_pushlstring(L, out->bytes, out->size);
  nr_buffer_clear(out);
  return 1;
}

void nr_bind_json_open(lua_State *L)
{
  static const luaL_Reg functions[] = {{"decode", json_decode}, {"encode", json_encode}, {NULL, NULL}};
  luaL_newmetatable(L, list_key);
  lua_pop(L, 1);
  luaL_newlib(L, functions);
  lua_setfield(L, -2, "json");
}
