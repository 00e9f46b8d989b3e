/* bind.h: what the bind_<type>.c files share: boxes, errors in the analyst's words, option tables.
 * Floor 6. */
#ifndef NR_BIND_H
#define NR_BIND_H

#include "engine/engine.h"

/* ---- errors ---- */

/* Raise an error of ours: "script.lua:3: message", with its status for newsreel.try and the host.
 * The line is the nearest one that stands in a script, not in a module of newsreel. */
_Noreturn void nr_bind_raise(lua_State *L, const nr_error *err);
_Noreturn void nr_bind_fail(lua_State *L, nr_status status, const char *format, ...);
/* Raise the message on top of the stack. */
_Noreturn void nr_bind_raise_top(lua_State *L, nr_status status);
/* Raise the compiler's message on top of the stack, which has its own place. */
_Noreturn void nr_bind_raise_syntax(lua_State *L);
/* Raise for a file that could not be opened, by errno. */
_Noreturn void nr_bind_raise_file(lua_State *L, const char *path);
/* Push "script.lua:3: ", or "" where no script runs. */
void nr_bind_where(lua_State *L);
/* The status of the error value at `index`: ours where we raised it, else NEWSREEL_SCRIPT. */
newsreel_status nr_bind_status_of(lua_State *L, int index);
/* Push the message at `index` with the interpreter's phrases put into plain words. */
void nr_bind_plain_words(lua_State *L, int index);

/* ---- names ---- */

/* Push the key of the table at `index` that is nearest to `name`, and return true; false and nothing
 * pushed where none is near. */
bool nr_bind_nearest(lua_State *L, int index, const char *name);
/* Edits between two names, letter case apart; swapped neighbours are one. At most `limit` + 1. */
unsigned nr_bind_distance(const char *a, const char *b, unsigned limit);

/* ---- texts ---- */

static inline void nr_bind_push_text(lua_State *L, nr_text text)
{
  if (text.bytes == NULL)
    lua_pushnil(L);
  else
    lua_pushlstring(L, text.bytes, text.size);
}

static inline nr_text nr_bind_check_text(lua_State *L, int index)
{
  nr_text text;
  text.bytes = luaL_checklstring(L, index, &text.size);
  return text;
}

#endif
