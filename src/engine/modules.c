/* modules.c: where `require` looks: the host's modules, the packed ones, then Lua's usual places.
 * Floor 6. */
#include "engine/engine.h"

#include <string.h>

#include "engine/bind.h"
#include "engine/packed.h"

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

bool nr_modules_host_source(lua_State *L, const char *name)
{
  newsreel_engine *engine = nr_engine_of(L);
  const char *text = NULL;
  size_t size = 0;
  if (engine->options.module == NULL)
    return false;
  newsreel_status status = engine->options.module(engine->options.module_user, name, &text, &size);
  if (status == NEWSREEL_NOTFOUND)
    return false;
  if (status != NEWSREEL_OK) {
    lua_pushfstring(L, "the host refuses module '%s'", name);
    nr_bind_raise_public(L, status);
  }
  lua_pushlstring(L, text, size);
  return true;
}

bool nr_modules_source(lua_State *L, const char *name)
{
  if (nr_modules_host_source(L, name))
    return true;
  const nr_packed *packed = find_packed(name);
  if (packed != NULL)
    lua_pushlstring(L, packed->text, packed->size);
  return packed != NULL;
}

void nr_modules_names(lua_State *L, const char *prefix)
{
  lua_Integer count = 0;
  lua_newtable(L);
  for (size_t i = 0; i < nr_packed_count; i++)
    if (strncmp(nr_packed_modules[i].name, prefix, strlen(prefix)) == 0) {
      lua_pushstring(L, nr_packed_modules[i].name);
      lua_rawseti(L, -2, ++count);
    }
}

/* Compile the text on top in its place, or raise. */
static void compile(lua_State *L, const char *chunk)
{
  size_t size;
  const char *text = lua_tolstring(L, -1, &size);
  if (luaL_loadbufferx(L, text, size, chunk, "t") != LUA_OK)
    lua_error(L);
  lua_remove(L, -2);
}

/* The chunk is called "=[name]", by which errors know that a line is none of the script's. An interpreter
 * that is not ours gets the text: it may be of another version than the one that compiled. */
bool nr_modules_load_packed(lua_State *L, const char *name)
{
  const nr_packed *packed = find_packed(name);
  if (packed == NULL)
    return false;
  const char *chunk = lua_pushfstring(L, "=[%s]", name);
  if (!nr_libraries_own || luaL_loadbufferx(L, packed->code, packed->code_size, chunk, "b") != LUA_OK) {
    lua_pushlstring(L, packed->text, packed->size);
    compile(L, chunk);
  }
  lua_remove(L, -2);
  return true;
}

/* loader, name = searcher(name): as package.searchers wants it */
static int searcher(lua_State *L)
{
  const char *name = luaL_checkstring(L, 1);
  if (nr_modules_host_source(L, name)) {
    const char *chunk = lua_pushfstring(L, "=[%s]", name);
    lua_insert(L, -2);
    compile(L, chunk);
  } else if (!nr_modules_load_packed(L, name)) {
    lua_pushfstring(L, "no module '%s' in newsreel", name);
    return 1;
  }
  lua_pushvalue(L, 1);
  return 2;
}

void nr_modules_open(lua_State *L)
{
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

/* ---- for an engine that works for another ---- */

typedef struct legacy {
  const char *path, *cpath, *folder;
  const nr_module *modules;
  size_t count;
} legacy;

static int take_over(lua_State *L)
{
  const legacy *given = lua_touserdata(L, 1);
  lua_getglobal(L, LUA_LOADLIBNAME);
  if (given->path != NULL) {
    lua_pushstring(L, given->path);
    lua_setfield(L, 2, "path");
  }
  if (given->cpath != NULL) {
    lua_pushstring(L, given->cpath);
    lua_setfield(L, 2, "cpath");
  }
  lua_pushstring(L, given->folder);
  lua_setfield(L, LUA_REGISTRYINDEX, "newsreel.folder");
  lua_getfield(L, 2, "preload");
  for (size_t i = 0; i < given->count; i++) {
    const nr_module *one = &given->modules[i];
    const char *chunk = lua_pushfstring(L, "=[%s]", one->name);
    lua_pushlstring(L, one->text.bytes, one->text.size);
    compile(L, chunk);
    lua_setfield(L, 3, one->name);
    lua_pop(L, 1);
  }
  return 0;
}

/* A field of package, or NULL: a sandbox has none. */
static const char *package_field(lua_State *L, const char *name)
{
  const char *text = NULL;
  if (lua_getglobal(L, LUA_LOADLIBNAME) == LUA_TTABLE) {
    lua_getfield(L, -1, name);
    text = lua_tostring(L, -1); /* the table holds it */
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
  return text;
}

newsreel_status nr_modules_hand_over(lua_State *L, newsreel_engine *to, const nr_module *modules,
                                     size_t count, newsreel_error *error)
{
  legacy given = {package_field(L, "path"), package_field(L, "cpath"), NULL, modules, count};
  lua_getfield(L, LUA_REGISTRYINDEX, "newsreel.folder");
  given.folder = lua_tostring(L, -1);
  newsreel_status status = nr_engine_protect(to, take_over, &given, error);
  lua_pop(L, 1);
  return status;
}
