/* bind_type.c: how objects answer to names, and memory that the collector keeps. Floor 6. */
#include <ctype.h>
#include <string.h>

#include "engine/bind.h"

static const char missing_key = 'm'; /* registry: newsreel.missing */

/* ---- names of objects ---- */

/* Copy the keys of field `from` of the type table at `type` into the table on top. */
static void add_names(lua_State *L, int type, const char *from)
{
  lua_getfield(L, type, from);
  for (lua_pushnil(L); lua_istable(L, -2) && lua_next(L, -2) != 0;) {
    lua_pop(L, 1);
    lua_pushvalue(L, -1);
    lua_pushboolean(L, 1);
    lua_rawset(L, -5);
  }
  lua_pop(L, lua_istable(L, -1) ? 1 : 2);
}

static void add_own_names(lua_State *L, int type, int object)
{
  if (lua_getfield(L, type, "names") == LUA_TNIL) {
    lua_pop(L, 1);
    return;
  }
  lua_pushvalue(L, object);
  lua_call(L, 1, 1);
  for (lua_pushnil(L); lua_next(L, -2) != 0;) {
    lua_pop(L, 1);
    lua_pushvalue(L, -1);
    lua_pushboolean(L, 1);
    lua_rawset(L, -5);
  }
  lua_pop(L, 1);
}

/* Push what to write in place of a name that people try, or return false. */
static bool push_hint(lua_State *L, int type)
{
  lua_getfield(L, type, "hints");
  return lua_istable(L, -1) && lua_getfield(L, -1, lua_tostring(L, -2)) == LUA_TSTRING;
}

static _Noreturn void raise_unknown(lua_State *L, int type)
{
  const char *name = lua_tostring(L, lua_upvalueindex(2));
  const char *key = luaL_tolstring(L, 2, NULL);
  if (push_hint(L, type))
    nr_bind_fail(L, NR_INVALID, "%s has no '%s'; %s", name, key, lua_tostring(L, -1));
  lua_newtable(L);
  add_names(L, type, "methods");
  add_names(L, type, "getters");
  add_own_names(L, type, 1);
  if (nr_bind_nearest(L, -1, key))
    nr_bind_fail(L, NR_INVALID, "%s has no '%s' (did you mean '%s'?)", name, key, lua_tostring(L, -1));
  nr_bind_fail(L, NR_INVALID, "%s has no '%s'; help(x) lists what it has", name, key);
}

/* Call function `field` of the type table with the object and the key. */
static bool call_type(lua_State *L, int type, const char *field, int results)
{
  if (lua_getfield(L, type, field) == LUA_TNIL) {
    lua_pop(L, 1);
    return false;
  }
  lua_pushvalue(L, 1);
  lua_pushvalue(L, 2);
  lua_call(L, 2, results);
  return true;
}

/* __index: upvalues are the type table, the type's name, methods and getters */
static int object_index(lua_State *L)
{
  lua_settop(L, 2);
  lua_pushvalue(L, 2);
  if (lua_rawget(L, lua_upvalueindex(3)) != LUA_TNIL)
    return 1;
  lua_pushvalue(L, 2);
  if (lua_rawget(L, lua_upvalueindex(4)) != LUA_TNIL) {
    lua_pushvalue(L, 1);
    lua_call(L, 1, 1);
    return 1;
  }
  lua_settop(L, 2);
  if (lua_type(L, 2) == LUA_TNUMBER && call_type(L, lua_upvalueindex(1), "index", 1))
    return 1;
  if (lua_type(L, 2) != LUA_TNUMBER && call_type(L, lua_upvalueindex(1), "fallback", 2)) {
    if (lua_toboolean(L, -2))
      return 1;
    lua_settop(L, 2);
  }
  raise_unknown(L, lua_upvalueindex(1));
}

static int object_newindex(lua_State *L)
{
  nr_bind_fail(L, NR_INVALID, "%s is read-only: '%s' can't be set", lua_tostring(L, lua_upvalueindex(1)),
               luaL_tolstring(L, 2, NULL));
}

/* Set core.types[the part of key after the dot] to the table on top, and pop it. */
static void publish(lua_State *L, const char *key)
{
  char name[32];
  const char *dot = strchr(key, '.');
  size_t size = 0;
  for (dot++; dot[size] != '\0' && size < sizeof name - 1; size++)
    name[size] = (char)tolower((unsigned char)dot[size]);
  name[size] = '\0';
  luaL_getsubtable(L, -2, "types");
  lua_insert(L, -2);
  lua_setfield(L, -2, name);
  lua_pop(L, 1);
}

static void set_table(lua_State *L, const char *field, const luaL_Reg *functions)
{
  lua_newtable(L);
  if (functions != NULL)
    luaL_setfuncs(L, functions, 0);
  lua_setfield(L, -2, field);
}

void nr_bind_type(lua_State *L, const nr_type *type)
{
  lua_newtable(L);
  set_table(L, "methods", type->methods);
  set_table(L, "getters", type->getters);
  luaL_newmetatable(L, type->key);
  luaL_setfuncs(L, type->meta, 0);
  lua_pushvalue(L, -2);
  lua_pushstring(L, type->name);
  lua_getfield(L, -4, "methods");
  lua_getfield(L, -5, "getters");
  lua_pushcclosure(L, object_index, 4);
  lua_setfield(L, -2, "__index");
  lua_pushstring(L, type->name);
  lua_pushcclosure(L, object_newindex, 1);
  lua_setfield(L, -2, "__newindex");
  lua_setfield(L, -2, "meta");
  publish(L, type->key);
}

void *nr_bind_new(lua_State *L, const nr_type *type, size_t size, int values)
{
  void *box = lua_newuserdatauv(L, size, values);
  memset(box, 0, size);
  luaL_setmetatable(L, type->key);
  return box;
}

/* ---- memory ---- */

uint64_t nr_bind_weight(lua_State *L)
{
  return nr_engine_of(L)->used;
}

void nr_bind_weigh(lua_State *L, uint64_t before)
{
  uint64_t now = nr_engine_of(L)->used;
  uint64_t kilobytes = now > before ? (now - before) / 1024 : 0;
  if (kilobytes > 0)
    lua_gc(L, LUA_GCSTEP, kilobytes > 1 << 20 ? 1 << 20 : (int)kilobytes);
}

static const char buffer_key[] = "newsreel.buffer", arena_key[] = "newsreel.arena";

static int buffer_free(lua_State *L)
{
  nr_buffer_clear(lua_touserdata(L, 1));
  return 0;
}

static int arena_free(lua_State *L)
{
  nr_arena_clear(lua_touserdata(L, 1));
  return 0;
}

nr_buffer *nr_bind_buffer(lua_State *L)
{
  nr_buffer *buffer = lua_newuserdatauv(L, sizeof *buffer, 0);
  nr_buffer_init(buffer, &nr_engine_of(L)->memory);
  luaL_setmetatable(L, buffer_key);
  return buffer;
}

nr_arena *nr_bind_arena(lua_State *L)
{
  nr_arena *arena = lua_newuserdatauv(L, sizeof *arena, 0);
  nr_arena_init(arena, &nr_engine_of(L)->memory);
  luaL_setmetatable(L, arena_key);
  return arena;
}

void *nr_bind_take(lua_State *L, nr_arena *arena, size_t count, size_t size)
{
  void *block = nr_arena_take_array(arena, count, size);
  if (block == NULL)
    nr_bind_raise_memory(L);
  return block;
}

static int missing_text(lua_State *L)
{
  lua_pushliteral(L, "missing");
  return 1;
}

void nr_bind_push_missing(lua_State *L)
{
  lua_rawgetp(L, LUA_REGISTRYINDEX, &missing_key);
}

bool nr_bind_is_missing(lua_State *L, int index)
{
  index = lua_absindex(L, index);
  nr_bind_push_missing(L);
  bool same = lua_rawequal(L, -1, index);
  lua_pop(L, 1);
  return same;
}

static void set_gc(lua_State *L, const char *key, lua_CFunction free)
{
  luaL_newmetatable(L, key);
  lua_pushcfunction(L, free);
  lua_setfield(L, -2, "__gc");
  lua_pop(L, 1);
}

void nr_bind_open_memory(lua_State *L)
{
  set_gc(L, buffer_key, buffer_free);
  set_gc(L, arena_key, arena_free);
  lua_newuserdatauv(L, 0, 0);
  lua_createtable(L, 0, 1);
  lua_pushcfunction(L, missing_text);
  lua_setfield(L, -2, "__tostring");
  lua_setmetatable(L, -2);
  lua_pushvalue(L, -1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &missing_key);
  lua_setfield(L, -2, "missing"); /* of the core table */
}
