/* result.c: values between Lua and the host. Floor 6. */
#include "engine/result.h"

#include <math.h>
#include <string.h>

#include "engine/boxes.h"
#include "ingest/json.h"

/* ---- from Lua ---- */

newsreel_value nr_result_value_at(lua_State *L, int index)
{
  newsreel_value value = {.type = NEWSREEL_NIL};
  switch (lua_type(L, index)) {
  case LUA_TNIL:
    return value;
  case LUA_TBOOLEAN:
    value.type = NEWSREEL_BOOLEAN;
    value.integer = lua_toboolean(L, index);
    return value;
  case LUA_TNUMBER:
    value.type = lua_isinteger(L, index) ? NEWSREEL_INTEGER : NEWSREEL_NUMBER;
    value.integer = lua_isinteger(L, index) ? (int64_t)lua_tointeger(L, index) : 0;
    value.number = lua_tonumber(L, index);
    return value;
  case LUA_TSTRING:
    value.type = NEWSREEL_TEXT;
    break;
  case LUA_TTABLE: {
    nr_buffer *out = nr_bind_buffer(L);
    nr_bind_put_json(L, index, out);
    lua_pushlstring(L, out->bytes, out->size);
    nr_buffer_clear(out);
    lua_replace(L, index);
    lua_pop(L, 1);
    value.type = NEWSREEL_JSON;
    break;
  }
  default:
    if (nr_bind_is_missing(L, index))
      return value;
    nr_sandbox_tostring(L, index);
    lua_replace(L, index);
    value.type = NEWSREEL_OBJECT;
  }
  value.text = lua_tolstring(L, index, &value.size);
  return value;
}

newsreel_result *nr_result_new(const nr_memory *memory, size_t count)
{
  newsreel_result *result = nr_alloc_zeroed(memory, 1, sizeof *result);
  if (result == NULL)
    return NULL;
  result->memory = *memory;
  nr_arena_init(&result->arena, &result->memory);
  result->values = nr_arena_take_array(&result->arena, count, sizeof *result->values);
  result->frames = nr_arena_take_array(&result->arena, count, sizeof *result->frames);
  result->json = nr_arena_take_array(&result->arena, count, sizeof *result->json);
  if (result->values == NULL || result->frames == NULL || result->json == NULL) {
    newsreel_result_free(result);
    return NULL;
  }
  memset(result->frames, 0, count * sizeof *result->frames);
  memset(result->json, 0, count * sizeof *result->json);
  return result;
}

static void read_frame(lua_State *L, newsreel_result *result, nr_frame *frame, uint64_t bytes_max)
{
  newsreel_engine *engine = nr_engine_of(L);
  nr_poll poll = nr_engine_poll(engine, "copying");
  nr_error err;
  nr_status status =
      nr_columns_new(&result->memory, frame, bytes_max, &poll, &result->frames[result->count], &err);
  nr_engine_done(engine);
  nr_bind_check(L, status, &err);
  result->values[result->count++] = (newsreel_value){.type = NEWSREEL_FRAME};
}

static void read_value(lua_State *L, newsreel_result *result, int index, uint64_t left)
{
  newsreel_value value = nr_result_value_at(L, index);
  if (value.text != NULL && value.size > left)
    nr_bind_fail(L, NR_LIMIT, "the result is larger than its limit");
  if (value.text != NULL)
    value.text = nr_arena_copy(&result->arena, value.text, value.size);
  if (value.text == NULL && value.type >= NEWSREEL_TEXT)
    nr_bind_raise_memory(L);
  result->values[result->count++] = value;
}

void nr_result_read(lua_State *L, newsreel_result *result, int first, size_t count)
{
  uint64_t most = nr_engine_of(L)->limits.result_bytes, framed = 0; /* bytes of frames */
  luaL_checkstack(L, 8, "results");
  for (size_t i = 0; i < count; i++) {
    int index = first + (int)i;
    uint64_t bytes = result->arena.total + framed, left = bytes < most ? most - bytes : 0;
    nr_frame_box *box = luaL_testudata(L, index, nr_type_frame.key);
    if (box != NULL) {
      read_frame(L, result, nr_bind_check_frame(L, index), left);
      framed += result->frames[i]->arena.total;
    } else {
      read_value(L, result, index, left);
    }
    NR_ENGINE_CHECK(L, i);
  }
}

/* ---- to Lua ---- */

void nr_result_push(lua_State *L, const newsreel_value *value)
{
  nr_text text = {value->text == NULL ? "" : value->text, value->text == NULL ? 0 : value->size};
  switch (value->type) {
  case NEWSREEL_NIL:
    lua_pushnil(L);
    return;
  case NEWSREEL_BOOLEAN:
    lua_pushboolean(L, value->integer != 0);
    return;
  case NEWSREEL_INTEGER:
    lua_pushinteger(L, (lua_Integer)value->integer);
    return;
  case NEWSREEL_NUMBER:
    lua_pushnumber(L, value->number);
    return;
  case NEWSREEL_TEXT:
    nr_bind_push_text(L, text);
    return;
  case NEWSREEL_JSON:
    nr_bind_push_json(L, text);
    return;
  default:
    nr_bind_fail(L, NR_INVALID, "a host gives no frames and no objects, but type %d", (int)value->type);
  }
}

/* ---- what hosts ask ---- */

size_t newsreel_result_count(const newsreel_result *result)
{
  return result == NULL ? 0 : result->count;
}

newsreel_value newsreel_result_value(const newsreel_result *result, size_t index)
{
  return index < newsreel_result_count(result) ? result->values[index]
                                               : (newsreel_value){.type = NEWSREEL_NIL};
}

static nr_status put_number(const newsreel_value *value, nr_buffer *out, nr_error *err)
{
  char digits[32];
  if (value->type == NEWSREEL_NUMBER)
    return isfinite(value->number) ? nr_json_put_number(out, value->number, err)
                                   : nr_buffer_put(out, "null", 4, err);
  int size = snprintf(digits, sizeof digits, "%lld", (long long)value->integer);
  return nr_buffer_put(out, digits, (size_t)size, err);
}

static nr_status put_json(const newsreel_result *result, size_t index, nr_buffer *out, nr_error *err)
{
  const newsreel_value *value = &result->values[index];
  switch (value->type) {
  case NEWSREEL_NIL:
    return nr_buffer_put(out, "null", 4, err);
  case NEWSREEL_BOOLEAN:
    return nr_buffer_put(out, value->integer ? "true" : "false", value->integer ? 4 : 5, err);
  case NEWSREEL_INTEGER:
  case NEWSREEL_NUMBER:
    return put_number(value, out, err);
  case NEWSREEL_FRAME:
    return nr_columns_json(result->frames[index], out, err);
  default:
    return nr_json_put_string(out, (nr_text){value->text, value->size}, err);
  }
}

static nr_status make_json(newsreel_result *result, size_t index, nr_error *err)
{
  nr_buffer out;
  nr_buffer_init(&out, &result->memory);
  nr_status status = put_json(result, index, &out, err);
  if (status == NR_OK) {
    const char *copy = nr_arena_copy(&result->arena, out.bytes == NULL ? "" : out.bytes, out.size);
    if (copy != NULL)
      result->json[index] = (nr_text){copy, out.size};
    else
      status = nr_fail_memory(err);
  }
  nr_buffer_clear(&out);
  return status;
}

newsreel_status newsreel_result_json(newsreel_result *result, size_t index, const char **text, size_t *size,
                                     newsreel_error *error)
{
  nr_error err;
  if (index >= newsreel_result_count(result))
    return nr_engine_fail(error, NEWSREEL_INVALID, "the result has no such value");
  const newsreel_value *value = &result->values[index];
  if (value->type == NEWSREEL_JSON)
    result->json[index] = (nr_text){value->text, value->size};
  if (result->json[index].bytes == NULL && make_json(result, index, &err) != NR_OK)
    return nr_engine_fail_with(error, &err);
  *text = result->json[index].bytes;
  *size = result->json[index].size;
  return NEWSREEL_OK;
}

newsreel_status newsreel_result_arrow(newsreel_result *result, size_t index, struct ArrowArrayStream *stream,
                                      newsreel_error *error)
{
  if (newsreel_result_value(result, index).type != NEWSREEL_FRAME)
    return nr_engine_fail(
        error, NEWSREEL_INVALID,
        "the result has no frame there; a script returns one as in: return s:by('day'):count()");
  nr_columns_stream(result->frames[index], stream);
  return NEWSREEL_OK;
}

void newsreel_result_free(newsreel_result *result)
{
  if (result == NULL)
    return;
  for (size_t i = 0; i < result->count; i++)
    nr_columns_release(result->frames[i]);
  nr_memory memory = result->memory;
  nr_arena_clear(&result->arena);
  nr_release(&memory, result, sizeof *result);
}
