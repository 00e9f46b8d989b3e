/* bind_runs.c: runs of listed words of a text, for rules in Lua. Floor 6. */
#include <string.h>

#include "engine/bind.h"
#include "text/runs.h"

static const char words_key[] = "newsreel.run_words";

static int words_gc(lua_State *L)
{
  nr_run_words **words = lua_touserdata(L, 1);
  nr_run_words_free(*words);
  *words = NULL;
  return 0;
}

/* Add the keys of the table at `index`. */
static void add_words(lua_State *L, int index, nr_run_words *words, bool telling)
{
  nr_error err;
  luaL_checktype(L, index, LUA_TTABLE);
  for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1)) {
    luaL_checktype(L, -2, LUA_TSTRING);
    nr_bind_check(L, nr_run_words_add(words, nr_bind_check_text(L, -2), telling, &err), &err);
  }
}

/* words = core.run_words(listed, telling): the keys of two tables */
static int bind_run_words(lua_State *L)
{
  lua_settop(L, 2);
  nr_run_words **words = lua_newuserdatauv(L, sizeof(nr_run_words *), 0);
  *words = NULL;
  luaL_setmetatable(L, words_key);
  *words = nr_run_words_new(&nr_engine_of(L)->memory);
  if (*words == NULL)
    nr_bind_raise_memory(L);
  add_words(L, 1, *words, false);
  add_words(L, 2, *words, true);
  return 1;
}

/* Append a number to the list on top. */
static void append(lua_State *L, lua_Integer *count, lua_Integer value)
{
  lua_pushinteger(L, value);
  lua_rawseti(L, -2, ++*count);
}

/* low, runs = core.runs(text, words): the text in small letters, and {-first, last, place, ..., -first, ...},
 * bytes from 1, the telling places of each run behind its ends */
static int bind_runs(lua_State *L)
{
  nr_text text = nr_bind_check_text(L, 1);
  nr_run_words *words = *(nr_run_words **)luaL_checkudata(L, 2, words_key);
  lua_Integer count = 0;
  luaL_Buffer buffer;
  nr_run run;
  nr_runs_fold(text, luaL_buffinitsize(L, &buffer, text.size));
  luaL_pushresultsize(&buffer, text.size);
  nr_text low = {lua_tostring(L, -1), text.size};
  lua_newtable(L);
  for (size_t at = 0; nr_runs_next(words, low, &at, &run);) {
    append(L, &count, -(lua_Integer)run.start - 1);
    append(L, &count, (lua_Integer)run.end);
    for (unsigned i = 0; i < run.place_count; i++)
      append(L, &count, (lua_Integer)run.places[i] + 1);
  }
  return 2;
}

void nr_bind_runs_open(lua_State *L)
{
  static const luaL_Reg functions[] = {{"run_words", bind_run_words}, {"runs", bind_runs}, {NULL, NULL}};
  static const luaL_Reg meta[] = {{"__gc", words_gc}, {NULL, NULL}};
  luaL_newmetatable(L, words_key);
  luaL_setfuncs(L, meta, 0);
  lua_pop(L, 1);
  luaL_setfuncs(L, functions, 0);
}
