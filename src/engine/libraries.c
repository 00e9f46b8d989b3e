/* libraries.c: Lua's own libraries and LPeg, for interpreters of our own. Floor 6.
 *
 * The module for a stock Lua leaves this file out: there they are the interpreter's, and two copies of
 * LPeg must not meet in one. */
#include "engine/engine.h"

int luaopen_lpeg(lua_State *L); /* linked in; its header has no name that is the same everywhere */

const bool nr_libraries_own = true;

void nr_libraries_open(lua_State *L)
{
  static const luaL_Reg safe[] = {{LUA_GNAME, luaopen_base},
                                  {LUA_TABLIBNAME, luaopen_table},
                                  {LUA_STRLIBNAME, luaopen_string},
                                  {LUA_MATHLIBNAME, luaopen_math},
                                  {LUA_UTF8LIBNAME, luaopen_utf8},
                                  {LUA_COLIBNAME, luaopen_coroutine},
                                  {NULL, NULL}};
  if (!nr_engine_of(L)->sandbox)
    luaL_openlibs(L);
  else
    for (const luaL_Reg *library = safe; library->func != NULL; library++) {
      luaL_requiref(L, library->name, library->func, 1);
      lua_pop(L, 1);
    }
  luaL_requiref(L, "lpeg", luaopen_lpeg, 0);
  lua_pop(L, 1);
}
