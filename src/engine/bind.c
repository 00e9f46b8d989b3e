/* bind.c: errors, near names, plain words. Floor 6. */
#include "engine/bind.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static const char raised_key = 'r'; /* registry: {message, status} of the last error of ours */

/* ---- errors ---- */

static bool stands_in_newsreel(const lua_Debug *record)
{
  return strncmp(record->source, "=[newsreel", 10) == 0;
}

void nr_bind_where(lua_State *L)
{
  lua_Debug record;
  for (int level = 0; lua_getstack(L, level, &record); level++) {
    lua_getinfo(L, "Sl", &record);
    if (record.currentline > 0 && !stands_in_newsreel(&record)) {
      lua_pushfstring(L, "%s:%d: ", record.short_src, record.currentline);
      return;
    }
  }
  lua_pushliteral(L, "");
}

newsreel_status nr_bind_public_status(nr_status status)
{
  static const newsreel_status of[] = {
      [NR_OK] = NEWSREEL_OK,           [NR_INVALID] = NEWSREEL_INVALID,        [NR_NOMEM] = NEWSREEL_NOMEM,
      [NR_IO] = NEWSREEL_IO,           [NR_NOTFOUND] = NEWSREEL_NOTFOUND,      [NR_EXISTS] = NEWSREEL_EXISTS,
      [NR_CORRUPT] = NEWSREEL_CORRUPT, [NR_VERSION] = NEWSREEL_VERSION,        [NR_LOCKED] = NEWSREEL_LOCKED,
      [NR_LIMIT] = NEWSREEL_LIMIT,     [NR_INTERRUPTED] = NEWSREEL_INTERRUPTED};
  return of[status];
}

/* Raise the text on top and remember its status. */
static _Noreturn void raise_with(lua_State *L, newsreel_status status)
{
  lua_createtable(L, 2, 0);
  lua_pushvalue(L, -2);
  lua_rawseti(L, -2, 1);
  lua_pushinteger(L, (lua_Integer)status);
  lua_rawseti(L, -2, 2);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &raised_key);
  lua_error(L);
  abort(); /* lua_error does not return */
}

void nr_bind_raise_top(lua_State *L, nr_status status)
{
  nr_bind_raise_public(L, nr_bind_public_status(status));
}

void nr_bind_raise_memory(lua_State *L)
{
  lua_pushliteral(L, "not enough memory");
  raise_with(L, NEWSREEL_NOMEM);
}

void nr_bind_raise_syntax(lua_State *L)
{
  raise_with(L, NEWSREEL_SYNTAX);
}

void nr_bind_raise_public(lua_State *L, newsreel_status status)
{
  nr_bind_where(L);
  lua_insert(L, -2);
  lua_concat(L, 2);
  raise_with(L, status);
}

void nr_bind_raise_denied(lua_State *L, const char *what)
{
  lua_pushfstring(L, "%s is not to be had in a sandbox", what);
  nr_bind_raise_public(L, NEWSREEL_DENIED);
}

void nr_bind_raise_file(lua_State *L, const char *path)
{
  int code = errno;
  lua_pushfstring(L, "%s: %s", path, code == 0 ? "can't be read" : strerror(code));
  raise_with(L, code == ENOENT ? NEWSREEL_NOTFOUND : NEWSREEL_IO);
}

void nr_bind_raise(lua_State *L, const nr_error *err)
{
  if (err->status == NR_NOMEM)
    nr_bind_raise_memory(L);
  lua_pushstring(L, err->message);
  nr_bind_raise_top(L, err->status);
}

void nr_bind_fail(lua_State *L, nr_status status, const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  lua_pushvfstring(L, format, arguments);
  va_end(arguments);
  nr_bind_raise_top(L, status);
}

newsreel_status nr_bind_status_of(lua_State *L, int index)
{
  newsreel_status status = NEWSREEL_SCRIPT;
  index = lua_absindex(L, index);
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &raised_key) == LUA_TTABLE) {
    lua_rawgeti(L, -1, 1);
    lua_rawgeti(L, -2, 2);
    if (lua_rawequal(L, -2, index))
      status = (newsreel_status)lua_tointeger(L, -1);
    lua_pop(L, 2);
  }
  lua_pop(L, 1);
  return status;
}

/* ---- names ---- */

static unsigned least(unsigned a, unsigned b)
{
  return a < b ? a : b;
}

unsigned nr_bind_distance(const char *a, const char *b, unsigned limit)
{
  enum { longest = 40 };
  size_t m = strlen(a), n = strlen(b);
  if (m > longest || n > longest)
    return limit + 1;
  unsigned rows[3][longest + 1]; /* the row before last, the last, this one */
  for (size_t j = 0; j <= n; j++)
    rows[1][j] = (unsigned)j;
  for (size_t i = 1; i <= m; i++) {
    unsigned *older = rows[(i + 2) % 3], *old = rows[i % 3], *now = rows[(i + 1) % 3];
    now[0] = (unsigned)i;
    for (size_t j = 1; j <= n; j++) {
      bool same = tolower((unsigned char)a[i - 1]) == tolower((unsigned char)b[j - 1]);
      now[j] = least(least(old[j], now[j - 1]) + 1, old[j - 1] + !same);
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        now[j] = least(now[j], older[j - 2] + 1);
    }
  }
  return least(rows[(m + 1) % 3][n], limit + 1);
}

bool nr_bind_nearest(lua_State *L, int index, const char *name)
{
  size_t size = strlen(name);
  unsigned limit = size < 2 ? 0 : size <= 3 ? 1 : size <= 6 ? 2 : 3, best = limit + 1;
  index = lua_absindex(L, index);
  lua_pushnil(L); /* the best key */
  for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1)) {
    if (lua_type(L, -2) != LUA_TSTRING)
      continue;
    const char *key = lua_tostring(L, -2);
    unsigned distance = nr_bind_distance(name, key, limit);
    /* The order of keys is not fixed, the answer is: of equally near ones the first by bytes. */
    if (key[0] == '_' || distance > limit || distance > best ||
        (distance == best && strcmp(key, lua_tostring(L, -3)) > 0))
      continue;
    best = distance;
    lua_pushvalue(L, -2);
    lua_replace(L, -4);
  }
  if (best <= limit)
    return true;
  lua_pop(L, 1);
  return false;
}

/* ---- plain words ---- */

typedef struct phrase {
  const char *of, *named, *bare; /* `named` has the name before it: "local 'x'" */
} phrase;

static const phrase phrases[] = {
    {"attempt to call a nil value", " is nil: there is no such function", "there is no such function"},
    {"attempt to call a ", " is no function but a ", "this is no function but a "},
    {"attempt to index a nil value", " is nil: nothing was found, or it was never set",
     "nothing is there to look into (nil): nothing was found, or it was never set"},
    {"attempt to index a ", " can't be looked into: it is a ", "one can't look into a "},
    {"attempt to perform arithmetic on a nil value", " is nil: one can't calculate with it",
     "one can't calculate with nothing (nil)"},
    {"attempt to perform arithmetic on a ", " can't be calculated with: it is a ",
     "one can't calculate with a "},
    {"attempt to concatenate a nil value", " is nil: one can't join it to a text",
     "one can't join nothing (nil) to a text"},
    {"attempt to concatenate a ", " can't be joined to a text: it is a ", "one can't join a text and a "},
    {"attempt to compare ", NULL, "one can't compare "},
    {"attempt to get length of a nil value", " is nil: there is nothing to count",
     "there is nothing to count (nil)"},
    {"attempt to get length of a ", " can't be counted: it is a ", "one can't count a "},
    {"attempt to perform bitwise operation on a ", " can't stand beside | or &: it is a ",
     "| and & join spans, not a "},
};

/* The name in "... (local 'x')" at the end of the interpreter's message; *size 0: none that helps. */
static const char *name_in(const char *rest, size_t *size)
{
  const char *open = strrchr(rest, '('), *close = strrchr(rest, ')');
  *size = 0;
  if (open == NULL || close == NULL || close < open || strstr(open, "'?'") != NULL ||
      strstr(open, "integer index") != NULL || strstr(open, "metamethod") != NULL)
    return open == NULL ? rest + strlen(rest) : open;
  *size = (size_t)(close - open) - 1;
  return open;
}

/* Push the message with what stands from `at` on put as `to` says. */
static void push_plain(lua_State *L, const char *message, const char *at, const phrase *to)
{
  const char *rest = at + strlen(to->of);
  size_t name_size;
  const char *name = name_in(rest, &name_size);
  size_t rest_size = (size_t)(name - rest);
  while (rest_size > 0 && rest[rest_size - 1] == ' ')
    rest_size--;
  if (rest_size > 6 && strncmp(rest + rest_size - 6, " value", 6) == 0)
    rest_size -= 6;
  lua_pushlstring(L, message, (size_t)(at - message));
  if (name_size > 0 && to->named != NULL) {
    lua_pushlstring(L, name + 1, name_size);
    lua_pushstring(L, to->named);
  } else {
    lua_pushliteral(L, "");
    lua_pushstring(L, to->bare);
  }
  lua_pushlstring(L, rest, rest_size);
  lua_concat(L, 4);
}

void nr_bind_plain_words(lua_State *L, int index)
{
  index = lua_absindex(L, index);
  const char *message = lua_tostring(L, index);
  const char *at = strstr(message, "attempt to ");
  for (size_t i = 0; at != NULL && i < sizeof phrases / sizeof *phrases; i++)
    if (strncmp(at, phrases[i].of, strlen(phrases[i].of)) == 0) {
      push_plain(L, message, at, &phrases[i]);
      return;
    }
  lua_pushvalue(L, index);
}
