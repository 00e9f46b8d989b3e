/* core.c: the table `newsreel.core`, by which the Lua modules reach C. Floor 6.
 *
 * It is no part of the interface for analysts: names here may change. */
#include <string.h>

#include "base/hash.h"
#include "engine/boxes.h"

/* core.raise(message [, status]): an error in the words given, at the script's line */
static int core_raise(lua_State *L)
{
  static const char *const names[] = {"ok",      "invalid", "nomem",  "io",    "notfound", "exists",
                                      "corrupt", "version", "locked", "limit", NULL};
  luaL_checkstring(L, 1);
  int status = luaL_checkoption(L, 2, "invalid", names);
  lua_settop(L, 1);
  nr_bind_raise_top(L, (nr_status)status);
}

/* code = core.code(message): what newsreel.try gives as its third value */
static int core_code(lua_State *L)
{
  lua_pushstring(L, newsreel_status_name(nr_bind_status_of(L, 1)));
  return 1;
}

/* message = core.plain(message): with the interpreter's phrases in plain words */
static int core_plain(lua_State *L)
{
  luaL_checkstring(L, 1);
  nr_bind_plain_words(L, 1);
  return 1;
}

/* key = core.nearest(name, table), or nil */
static int core_nearest(lua_State *L)
{
  luaL_checkstring(L, 1);
  luaL_checktype(L, 2, LUA_TTABLE);
  if (!nr_bind_nearest(L, 2, lua_tostring(L, 1)))
    luaL_pushfail(L);
  return 1;
}

/* core.tell(kind, message): talk to the host; kind is "note", "warning", "refusal" or "progress" */
static int core_tell(lua_State *L)
{
  static const char *const kinds[] = {"note", "warning", "refusal", "progress", NULL};
  int kind = luaL_checkoption(L, 1, NULL, kinds);
  size_t size;
  const char *text = luaL_checklstring(L, 2, &size);
  nr_engine_tell(nr_engine_of(L), (newsreel_message_kind)kind, text, size);
  return 0;
}

/* core.write(text): data to the host, without a line end */
static int core_write(lua_State *L)
{
  size_t size;
  const char *text = luaL_checklstring(L, 1, &size);
  nr_engine_output(nr_engine_of(L), text, size);
  return 0;
}

/* where = core.where(): "script.lua:3: " or "" */
static int core_where(lua_State *L)
{
  nr_bind_where(L);
  return 1;
}

/* f = core.load_file(path, ...): a script as a function; the rest becomes its `arg` */
static int core_load_file(lua_State *L)
{
  const char *path = luaL_checkstring(L, 1);
  int count = lua_gettop(L) - 1;
  nr_script_set_arg(L, path, 2, count);
  nr_script_load_file(L, path);
  return 1;
}

/* f = core.load_string(text, name, ...): the same from memory */
static int core_load_string(lua_State *L)
{
  size_t size;
  const char *text = luaL_checklstring(L, 1, &size), *name = luaL_checkstring(L, 2);
  nr_script_set_arg(L, name, 3, lua_gettop(L) - 2);
  nr_script_load_string(L, name, text, size);
  return 1;
}

/* text, hosts = core.source(module): is it the host's? Nothing where neither has a module of that name */
static int core_source(lua_State *L)
{
  const char *name = luaL_checkstring(L, 1);
  bool hosts = nr_modules_host_source(L, name);
  if (!hosts && !nr_modules_source(L, name))
    return 0;
  lua_pushboolean(L, hosts);
  return 2;
}

/* names = core.modules(prefix): of newsreel's modules that begin so, in order */
static int core_modules(lua_State *L)
{
  nr_modules_names(L, luaL_checkstring(L, 1));
  return 1;
}

/* hash = core.hash(text): XXH3-64, as an integer */
static int core_hash(lua_State *L)
{
  size_t size;
  const char *text = luaL_checklstring(L, 1, &size);
  lua_pushinteger(L, (lua_Integer)nr_hash64(text, size));
  return 1;
}

/* folder = core.folder(): of the script that runs, with its last slash; "" is the current one */
static int core_folder(lua_State *L)
{
  if (lua_getfield(L, LUA_REGISTRYINDEX, "newsreel.folder") != LUA_TSTRING)
    lua_pushliteral(L, "");
  return 1;
}

/* table = core.globals(): what scripts and the prompt see before the standard names */
static int core_globals(lua_State *L)
{
  nr_script_push_globals(L);
  return 1;
}

int nr_core_open(lua_State *L)
{
  static const luaL_Reg functions[] = {
      {"raise", core_raise},     {"code", core_code},           {"plain", core_plain},
      {"nearest", core_nearest}, {"tell", core_tell},           {"write", core_write},
      {"where", core_where},     {"load_file", core_load_file}, {"load_string", core_load_string},
      {"source", core_source},   {"modules", core_modules},     {"hash", core_hash},
      {"folder", core_folder},   {"globals", core_globals},     {NULL, NULL}};
  luaL_newlib(L, functions);
  lua_pushstring(L, newsreel_version());
  lua_setfield(L, -2, "version");
  nr_bind_open_memory(L);
  nr_bind_text_open(L);
  nr_bind_json_open(L);
  nr_bind_rules_open(L);
  nr_bind_corpus_open(L);
  nr_bind_ingest_open(L);
  nr_bind_view_open(L);
  nr_bind_article_open(L);
  nr_bind_spans_open(L);
  nr_bind_hit_open(L);
  nr_bind_pattern_open(L);
  nr_bind_layer_open(L);
  nr_bind_derived_open(L);
  nr_bind_walk_open(L);
  nr_bind_terms_open(L);
  nr_bind_frame_open(L);
  return 1;
}
