/* stock.c: newsreel as a module of somebody else's Lua 5.4: require "newsreel". Floor 6.
 *
 * It is built into a shared object of its own, without Lua and without LPeg: both are the interpreter's,
 * so lua-lpeg must be installed. There is no sandbox, no limit and no interrupt; print and the libraries
 * stay as they are. One engine a Lua state, which lives as long as it. */
#include <stdio.h>

#include "engine/bind.h"

int luaopen_newsreel(lua_State *L);

static void put_output(void *user, const char *text, size_t size)
{
  (void)user;
  fwrite(text, 1, size, stdout);
}

static void put_message(void *user, newsreel_message_kind kind, const char *text, size_t size)
{
  static const char *const marks[] = {"note: ", "warning: ", "refused: "};
  (void)user;
  fflush(stdout);
  if (kind != NEWSREEL_PROGRESS)
    fprintf(stderr, "%s%.*s\n", marks[kind], (int)size, text);
}

static int engine_gc(lua_State *L)
{
  newsreel_engine *engine = lua_touserdata(L, 1);
  nr_contents_clear(&engine->contents);
  nr_engine_free_held(engine);
  return 0;
}

/* Put an engine into the registry. What its memory holds is finalized before it: it was made first. */
static newsreel_engine *new_engine(lua_State *L)
{
  newsreel_engine *engine = lua_newuserdatauv(L, sizeof *engine, 0);
  *engine = (newsreel_engine){.L = L, .guest = true};
  engine->options =
      (newsreel_options){.size = sizeof engine->options, .output = put_output, .message = put_message};
  nr_engine_set_limits(engine, &engine->options.limits, NULL);
  nr_engine_init_memory(engine);
  nr_contents_init(&engine->contents, &engine->memory);
  lua_createtable(L, 0, 1);
  lua_pushcfunction(L, engine_gc);
  lua_setfield(L, -2, "__gc");
  lua_setmetatable(L, -2);
  lua_setfield(L, LUA_REGISTRYINDEX, "newsreel.engine");
  nr_engine_bind(L, engine);
  return engine;
}

const bool nr_libraries_own = false;

/* Of the interpreters that workers get; LPeg is found where the first one finds it. */
void nr_libraries_open(lua_State *L)
{
  luaL_openlibs(L);
}

/* newsreel = require "newsreel" */
int luaopen_newsreel(lua_State *L)
{
  luaL_checkversion(L);
  new_engine(L);
  nr_host_open(L);
  nr_script_open(L);
  nr_modules_open(L);
  luaL_requiref(L, "newsreel.core", nr_core_open, 0);
  lua_getglobal(L, "require");
  lua_pushliteral(L, "newsreel");
  lua_call(L, 1, 1); /* the packed module */
  return 1;
}
