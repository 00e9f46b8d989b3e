/* script.c: loading scripts, and the globals they see. Floor 6.
 *
 * A script has globals of its own over the standard ones. Reading a name that neither knows raises
 * with the nearest name; required modules keep Lua's usual globals. */
#include "engine/engine.h"

#include <errno.h>
#include <string.h>

#include "engine/bind.h"

static const char globals_key = 'g'; /* registry: the table that is _ENV of scripts */

/* Names from other languages, and what to write here. */
static const char *foreign_name(const char *name)
{
  static const char *const names[][2] = {{"None", "nil"},      {"null", "nil"},    {"NULL", "nil"},
                                         {"undefined", "nil"}, {"True", "true"},   {"TRUE", "true"},
                                         {"False", "false"},   {"FALSE", "false"}, {"len", "#"},
                                         {"elif", "elseif"},   {"printf", "print"}};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (strcmp(name, names[i][0]) == 0)
      return names[i][1];
  return NULL;
}

/* Push what to write in place of an unknown global, or return false. */
static bool suggest(lua_State *L, const char *name)
{
  const char *known = foreign_name(name);
  if (known != NULL) {
    lua_pushstring(L, known);
    return true;
  }
  if (nr_bind_distance(name, "newsreel", 2) <= 2) {
    lua_pushliteral(L, "newsreel");
    return true;
  }
  lua_rawgetp(L, LUA_REGISTRYINDEX, &globals_key);
  if (nr_bind_nearest(L, -1, name))
    return true;
  lua_pushglobaltable(L);
  return !nr_engine_of(L)->sandbox && nr_bind_nearest(L, -1, name);
}

/* __index of a script's globals */
static int unknown_global(lua_State *L)
{
  newsreel_engine *engine = nr_engine_of(L);
  if (!engine->sandbox) { /* there the globals hold all that there is */
    lua_pushglobaltable(L);
    lua_pushvalue(L, 2);
    if (lua_rawget(L, -2) != LUA_TNIL)
      return 1;
  }
  if (lua_type(L, 2) != LUA_TSTRING)
    return 0;
  const char *name = lua_tostring(L, 2);
  if (engine->sandbox && nr_sandbox_push_global(L, name))
    return 1;
  if (!engine->sandbox && (strcmp(name, "newsreel") == 0 || strcmp(name, "help") == 0)) {
    lua_getglobal(L, "require"); /* loaded at first use */
    lua_pushstring(L, *name == 'h' ? "newsreel.help" : name);
    lua_call(L, 1, 1);
    lua_pushvalue(L, 2);
    lua_pushvalue(L, -2);
    lua_rawset(L, 1);
    return 1;
  }
  if (suggest(L, name))
    nr_bind_fail(L, NR_INVALID, "there is nothing called '%s' (did you mean '%s'?)", name,
                 lua_tostring(L, -1));
  nr_bind_fail(L, NR_INVALID, "there is nothing called '%s'", name);
}

/* print(...): to the host, numbers and objects as tostring() shows them */
static int print(lua_State *L)
{
  newsreel_engine *engine = nr_engine_of(L);
  int count = lua_gettop(L);
  luaL_Buffer buffer;
  luaL_buffinit(L, &buffer);
  for (int i = 1; i <= count; i++) {
    nr_sandbox_tostring(L, i);
    luaL_addvalue(&buffer);
    if (i < count)
      luaL_addchar(&buffer, '\t');
  }
  luaL_addchar(&buffer, '\n');
  luaL_pushresult(&buffer);
  size_t size;
  const char *text = lua_tolstring(L, -1, &size);
  nr_engine_output(engine, text, size);
  return 0;
}

static void warn(void *user, const char *text, int more)
{
  (void)more;
  if (text[0] != '@') /* control messages such as "@on" */
    nr_engine_tell(user, NEWSREEL_WARNING, text, strlen(text));
}

void nr_script_open(lua_State *L)
{
  newsreel_engine *engine = nr_engine_of(L);
  if (!engine->guest) {
    lua_pushcfunction(L, print);
    lua_setglobal(L, "print");
    lua_setwarnf(L, warn, engine);
  }

  lua_newtable(L);
  nr_script_push_globals_meta(L);
  lua_setmetatable(L, -2);
  nr_script_set_globals(L);
}

void nr_script_push_globals_meta(lua_State *L)
{
  lua_createtable(L, 0, 3);
  lua_pushcfunction(L, unknown_global);
  lua_setfield(L, -2, "__index");
  lua_pushliteral(L, "globals");
  lua_setfield(L, -2, "__name");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
}

void nr_script_set_globals(lua_State *L)
{
  lua_rawsetp(L, LUA_REGISTRYINDEX, &globals_key);
}

void nr_script_push_globals(lua_State *L)
{
  lua_rawgetp(L, LUA_REGISTRYINDEX, &globals_key);
}

/* Give the function on top the globals of scripts. */
static void set_globals(lua_State *L)
{
  lua_rawgetp(L, LUA_REGISTRYINDEX, &globals_key);
  if (lua_setupvalue(L, -2, 1) == NULL)
    lua_pop(L, 1);
}

/* Raise the compiler's message, which has its own "file:line: ". */
static void raise_syntax(lua_State *L, int code)
{
  if (code == LUA_ERRSYNTAX)
    nr_bind_raise_syntax(L);
  lua_error(L);
}

/* A source is compiled in pieces, so that a stop is seen. */
typedef struct source {
  newsreel_engine *engine;
  const char *text;
  size_t left;
} source;

static const char *read_piece(lua_State *L, void *user, size_t *size)
{
  enum { piece = 4096 };
  source *from = user;
  (void)L;
  *size = from->left < piece ? from->left : piece;
  if (*size == 0 || nr_interrupt_asked(from->engine))
    return NULL;
  const char *text = from->text;
  from->text += *size;
  from->left -= *size;
  return text;
}

int nr_script_compile(lua_State *L, const char *text, size_t size, const char *chunk)
{
  source from = {nr_engine_of(L), text, size};
  if (size > from.engine->limits.source_bytes)
    nr_bind_fail(L, NR_LIMIT, "the source is longer than %d bytes", (int)from.engine->limits.source_bytes);
  int code = lua_load(L, read_piece, &from, chunk, "t");
  nr_interrupt_check(L);
  return code;
}

void nr_script_load_string(lua_State *L, const char *name, const char *text, size_t size)
{
  lua_pushfstring(L, "=%s", name);
  int code = nr_script_compile(L, text, size, lua_tostring(L, -1));
  lua_remove(L, -2);
  if (code != LUA_OK)
    raise_syntax(L, code);
  set_globals(L);
}

/* Modules beside the script are found first. */
static void look_beside(lua_State *L, const char *path)
{
  const char *slash = strrchr(path, '/');
  lua_getglobal(L, LUA_LOADLIBNAME);
  lua_pushlstring(L, path, slash == NULL ? 0 : (size_t)(slash - path) + 1);
  const char *folder = lua_tostring(L, -1);
  lua_getfield(L, -2, "path");
  lua_pushfstring(L, "%s?.lua;%s", folder, lua_tostring(L, -1));
  lua_setfield(L, -4, "path");
  lua_pop(L, 1);
  lua_setfield(L, LUA_REGISTRYINDEX, "newsreel.folder");
  lua_pop(L, 1);
}

void nr_script_load_file(lua_State *L, const char *path)
{
  bool standard_input = strcmp(path, "-") == 0;
  errno = 0;
  int code = luaL_loadfilex(L, standard_input ? NULL : path, "t");
  if (code == LUA_ERRFILE) {
    lua_pop(L, 1);
    nr_bind_raise_file(L, path);
  }
  if (code != LUA_OK)
    raise_syntax(L, code);
  if (!standard_input)
    look_beside(L, path);
  set_globals(L);
}

void nr_script_set_arg(lua_State *L, const char *name, int first, int count)
{
  lua_rawgetp(L, LUA_REGISTRYINDEX, &globals_key);
  lua_createtable(L, count, 1);
  lua_pushstring(L, name);
  lua_rawseti(L, -2, 0);
  for (int i = 0; i < count; i++) {
    lua_pushvalue(L, first + i);
    lua_rawseti(L, -2, i + 1);
  }
  lua_setfield(L, -2, "arg");
  lua_pop(L, 1);
}
