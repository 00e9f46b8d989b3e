/* host.c: what a host gives: corpora, articles, functions. Floor 6. */
#include <stdlib.h>
#include <string.h>

#include "engine/boxes.h"
#include "engine/result.h"
#include "ingest/ingest.h"

/* Their addresses are keys of the registry: name -> box, list of names in order, name -> function. */
static const char corpora_key = 'c', first_key = 'f', functions_key = 'h';

/* ---- corpora: newsreel_corpus is nr_snapshot under its public name ---- */

static nr_snapshot *snapshot_of(newsreel_corpus *corpus)
{
  return (nr_snapshot *)(void *)corpus;
}

newsreel_status newsreel_corpus_open(const char *path, newsreel_corpus **corpus, newsreel_error *error)
{
  nr_snapshot *snapshot;
  nr_error err;
  if (nr_snapshot_open(&nr_disk_system, &nr_memory_default, path, &snapshot, &err) != NR_OK)
    return nr_engine_fail_with(error, &err);
  *corpus = (newsreel_corpus *)(void *)snapshot;
  return NEWSREEL_OK;
}

newsreel_status newsreel_corpus_refresh(newsreel_corpus *corpus, newsreel_corpus **newer,
                                        newsreel_error *error)
{
  nr_snapshot *snapshot;
  nr_error err;
  if (nr_snapshot_refresh(&nr_disk_system, snapshot_of(corpus), &snapshot, &err) != NR_OK)
    return nr_engine_fail_with(error, &err);
  *newer = (newsreel_corpus *)(void *)snapshot;
  return NEWSREEL_OK;
}

newsreel_corpus *newsreel_corpus_retain(newsreel_corpus *corpus)
{
  nr_snapshot_retain(snapshot_of(corpus));
  return corpus;
}

void newsreel_corpus_release(newsreel_corpus *corpus)
{
  nr_snapshot_release(snapshot_of(corpus));
}

/* ---- the writer ---- */

struct newsreel_writer {
  nr_writer *writer;
  nr_ingest *ingest;
};

newsreel_status newsreel_writer_open(const char *path, newsreel_writer **out, newsreel_error *error)
{
  nr_error err;
  newsreel_writer *writer = nr_alloc_zeroed(&nr_memory_default, 1, sizeof *writer);
  nr_status status = writer == NULL ? nr_fail_memory(&err) : NR_OK;
  if (status == NR_OK)
    status = nr_writer_open(&nr_disk_system, &nr_memory_default, path, true, &writer->writer, &err);
  nr_ingest_options options = {.disk = &nr_disk_system, .memory = &nr_memory_default};
  if (status == NR_OK)
    status = nr_ingest_new(&options, writer->writer, &writer->ingest, &err);
  if (status != NR_OK) {
    newsreel_writer_close(writer);
    return nr_engine_fail_with(error, &err);
  }
  *out = writer;
  return NEWSREEL_OK;
}

newsreel_status newsreel_writer_add(newsreel_writer *writer, const char *json, size_t size,
                                    newsreel_error *error)
{
  nr_error err;
  nr_outcome outcome = NR_ADDED;
  nr_status status = nr_ingest_json(writer->ingest, (nr_text){json, size}, &outcome, &err);
  return status == NR_OK ? NEWSREEL_OK : nr_engine_fail_with(error, &err);
}

newsreel_status newsreel_writer_commit(newsreel_writer *writer, newsreel_error *error)
{
  nr_error err;
  nr_status status = nr_writer_commit(writer->writer, NULL, &err);
  return status == NR_OK ? NEWSREEL_OK : nr_engine_fail_with(error, &err);
}

void newsreel_writer_close(newsreel_writer *writer)
{
  if (writer == NULL)
    return;
  nr_ingest_free(writer->ingest);
  if (writer->writer != NULL)
    nr_writer_close(writer->writer);
  nr_release(&nr_memory_default, writer, sizeof *writer);
}

/* ---- attached corpora ---- */

typedef struct attached_box {
  nr_snapshot *snapshot;
} attached_box;

static const char attached_type[] = "newsreel.attached", call_type[] = "newsreel.call";

static int attached_free(lua_State *L)
{
  attached_box *box = lua_touserdata(L, 1);
  nr_snapshot_release(box->snapshot);
  box->snapshot = NULL;
  return 0;
}

nr_snapshot *nr_host_find_corpus(lua_State *L, const char *name)
{
  nr_snapshot *snapshot = NULL;
  lua_rawgetp(L, LUA_REGISTRYINDEX, &corpora_key);
  if (name == NULL) {
    lua_rawgetp(L, LUA_REGISTRYINDEX, &first_key);
    lua_rawget(L, -2);
  } else {
    lua_pushstring(L, name);
    lua_rawget(L, -2);
  }
  attached_box *box = lua_touserdata(L, -1);
  if (box != NULL)
    snapshot = box->snapshot;
  lua_pop(L, 2);
  return snapshot;
}

typedef struct gift {
  const char *name;
  newsreel_corpus *corpus;
  newsreel_function function;
  void *user;
} gift;

static int attach(lua_State *L)
{
  const gift *given = lua_touserdata(L, 1);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &corpora_key);
  lua_pushstring(L, given->name);
  attached_box *box = lua_newuserdatauv(L, sizeof *box, 0);
  box->snapshot = NULL;
  luaL_setmetatable(L, attached_type);
  lua_pushvalue(L, -2);
  lua_rawget(L, -4);
  attached_box *old = lua_touserdata(L, -1);
  lua_pop(L, 1);
  if (given->corpus != NULL)
    box->snapshot = nr_snapshot_retain(snapshot_of(given->corpus));
  else
    lua_pushnil(L), lua_replace(L, -2);
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &first_key) == LUA_TNIL && given->corpus != NULL) {
    lua_pushvalue(L, -3);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &first_key);
  }
  lua_pop(L, 1);
  lua_rawset(L, -3);
  if (old != NULL) {
    nr_snapshot_release(old->snapshot);
    old->snapshot = NULL;
  }
  return 0;
}

newsreel_status newsreel_engine_attach(newsreel_engine *engine, const char *name, newsreel_corpus *corpus,
                                       newsreel_error *error)
{
  gift given = {.name = name, .corpus = corpus};
  if (name == NULL)
    return nr_engine_fail(error, NEWSREEL_INVALID, "a corpus is attached by a name");
  return nr_engine_protect(engine, attach, &given, error);
}

/* ---- functions of the host ---- */

/* Lives on the Lua stack, so that the collector frees what the host gave if pushing it raises. */
struct newsreel_call {
  newsreel_engine *engine;
  nr_arena arena;
  newsreel_value *values;
  size_t count;
  char message[512];
};

static int call_free(lua_State *L)
{
  newsreel_call *call = lua_touserdata(L, 1);
  nr_arena_clear(&call->arena);
  return 0;
}

newsreel_status newsreel_call_return(newsreel_call *call, const newsreel_value *values, size_t count)
{
  call->count = 0;
  call->values = nr_arena_take_array(&call->arena, count, sizeof *call->values);
  if (call->values == NULL)
    return newsreel_call_fail(call, NEWSREEL_NOMEM, "not enough memory");
  for (size_t i = 0; i < count; i++) {
    newsreel_value value = values[i];
    if (value.type == NEWSREEL_FRAME || value.type == NEWSREEL_OBJECT)
      return newsreel_call_fail(call, NEWSREEL_INVALID, "a host gives no frames and no objects");
    bool text = value.type == NEWSREEL_TEXT || value.type == NEWSREEL_JSON;
    if (text)
      value.text = nr_arena_copy(&call->arena, value.text == NULL ? "" : value.text, value.size);
    if (text && value.text == NULL)
      return newsreel_call_fail(call, NEWSREEL_NOMEM, "not enough memory");
    call->values[i] = value;
  }
  call->count = count;
  return NEWSREEL_OK;
}

newsreel_status newsreel_call_fail(newsreel_call *call, newsreel_status status, const char *message)
{
  size_t size = strnlen(message, sizeof call->message - 1);
  memcpy(call->message, message, size);
  call->message[size] = '\0';
  return status == NEWSREEL_OK ? NEWSREEL_INVALID : status;
}

int newsreel_call_stopped(const newsreel_call *call)
{
  return nr_interrupt_asked(call->engine);
}

/* The host's own words, with the status it gave. */
static int raise_for(lua_State *L, const newsreel_call *call, newsreel_status status)
{
  nr_interrupt_check(L);
  if (call->message[0] != '\0')
    lua_pushstring(L, call->message);
  else
    lua_pushfstring(L, "%s: %s", lua_tostring(L, lua_upvalueindex(1)), newsreel_status_name(status));
  nr_bind_raise_public(L, status);
}

/* Upvalues: name, the gift. */
static int call_host(lua_State *L)
{
  const gift *given = lua_touserdata(L, lua_upvalueindex(2));
  newsreel_engine *engine = nr_engine_of(L);
  int count = lua_gettop(L);
  luaL_checkstack(L, 8, "arguments");
  newsreel_value *arguments = lua_newuserdatauv(L, ((size_t)count + 1) * sizeof *arguments, 0);
  for (int i = 0; i < count; i++)
    arguments[i] = nr_result_value_at(L, i + 1);
  newsreel_call *call = lua_newuserdatauv(L, sizeof *call, 0);
  *call = (newsreel_call){.engine = engine};
  nr_arena_init(&call->arena, &engine->memory);
  luaL_setmetatable(L, call_type);
  engine->stats.host_calls++;
  newsreel_status status = given->function(given->user, call, arguments, (size_t)count);
  if (status != NEWSREEL_OK)
    return raise_for(L, call, status);
  nr_interrupt_check(L);
  luaL_checkstack(L, call->count < 1 << 20 ? (int)call->count + 8 : 1 << 20, "values of the host");
  for (size_t i = 0; i < call->count; i++)
    nr_result_push(L, &call->values[i]);
  return (int)call->count;
}

static int set_function(lua_State *L)
{
  const gift *given = lua_touserdata(L, 1);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &functions_key);
  lua_pushstring(L, given->name);
  lua_pushvalue(L, -1);
  gift *kept = lua_newuserdatauv(L, sizeof *kept, 0);
  *kept = *given;
  lua_pushcclosure(L, call_host, 2);
  lua_rawset(L, -3);
  if (!nr_engine_of(L)->sandbox) { /* there they are set before each run */
    nr_script_push_globals(L);
    nr_host_set_functions(L);
  }
  return 0;
}

newsreel_status newsreel_engine_register(newsreel_engine *engine, const char *name,
                                         newsreel_function function, void *user, newsreel_error *error)
{
  gift given = {.name = name, .function = function, .user = user};
  if (name == NULL || function == NULL)
    return nr_engine_fail(error, NEWSREEL_INVALID, "a function of the host's has a name");
  return nr_engine_protect(engine, set_function, &given, error);
}

void nr_host_set_functions(lua_State *L)
{
  lua_rawgetp(L, LUA_REGISTRYINDEX, &functions_key);
  for (lua_pushnil(L); lua_next(L, -2) != 0;) {
    lua_pushvalue(L, -2);
    lua_insert(L, -2);
    lua_rawset(L, -5);
  }
  lua_pop(L, 1);
}

/* ---- opening ---- */

static void set_gc(lua_State *L, const char *type, lua_CFunction free)
{
  luaL_newmetatable(L, type);
  lua_pushcfunction(L, free);
  lua_setfield(L, -2, "__gc");
  lua_pop(L, 1);
}

void nr_host_open(lua_State *L)
{
  set_gc(L, attached_type, attached_free);
  set_gc(L, call_type, call_free);
  lua_newtable(L);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &corpora_key);
  lua_newtable(L);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &functions_key);
}
