/* modules.c: where `require` looks: the host's modules, the packed ones, then Lua's usual places.
 * Floor 6. */
#include "engine/engine.h"

#include <string.h>

#include "engine/packed.h"

static const char host_modules = 'm'; /* its address keys the table name -> text in the registry */

static const nr_packed *find_packed(const char *name)
{
  size_t low = 0, high = nr_packed_count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = strcmp(name, nr_packed_modules[middle].name);
    if (order == 0)
      return &nr_packed_modules[middle];
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return NULL;
}

/* Push the text of a host's module; false, and nothing pushed but nil, where there is none. */
static bool host_source(lua_State *L, const char *name)
{
  lua_rawgetp(L, LUA_REGISTRYINDEX, &host_modules);
  bool found = lua_getfield(L, -1, name) == LUA_TSTRING;
  lua_remove(L, -2);
  return found;
}

bool nr_modules_source(lua_State *L, const char *name)
{
  if (host_source(L, name))
    return true;
  lua_pop(L, 1);
  const nr_packed *packed = find_packed(name);
  if (packed != NULL)
    lua_pushlstring(L, packed->text, packed->size);
  return packed != NULL;
}

/* loader, name = searcher(name): as package.searchers wants it. The chunk is called "=[name]", by
 * which errors know that a line is none of the script's. */
static int searcher(lua_State *L)
{
  const char *name = luaL_checkstring(L, 1);
  const nr_packed *packed = find_packed(name);
  bool hosts = host_source(L, name);
  const char *chunk = lua_pushfstring(L, "=[%s]", name);
  if (!hosts && packed == NULL) {
    lua_pushfstring(L, "no module '%s' in newsreel", name);
    return 1;
  }
  if (hosts || luaL_loadbufferx(L, packed->code, packed->code_size, chunk, "b") != LUA_OK) {
    size_t size = hosts ? 0 : packed->size;
    const char *text = hosts ? lua_tolstring(L, -2, &size) : packed->text;
    if (luaL_loadbufferx(L, text, size, chunk, "t") != LUA_OK)
      return lua_error(L);
  }
  lua_pushvalue(L, 1);
  return 2;
}

void nr_modules_open(lua_State *L)
{
  lua_newtable(L);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &host_modules);

  lua_getglobal(L, LUA_LOADLIBNAME);
  lua_getfield(L, -1, "searchers");
  lua_Integer count = (lua_Integer)lua_rawlen(L, -1);
  for (lua_Integer i = count; i >= 2; i--) { /* make room behind package.preload */
    lua_rawgeti(L, -1, i);
    lua_rawseti(L, -2, i + 1);
  }
  lua_pushcfunction(L, searcher);
  lua_rawseti(L, -2, 2);
  lua_pop(L, 2);
}

typedef struct module {
  const char *name, *text;
  size_t size;
} module;

static int add_module(lua_State *L)
{
  const module *added = lua_touserdata(L, 1);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &host_modules);
  lua_pushlstring(L, added->text, added->size);
  lua_setfield(L, -2, added->name);
  return 0;
}

newsreel_status newsreel_add_module(newsreel_engine *engine, const char *name, const char *text, size_t size,
                                    newsreel_error *error)
{
  module added = {name, text, size};
  return nr_engine_protect(engine, add_module, &added, error);
}
