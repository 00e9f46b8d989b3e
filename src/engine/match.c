/* match.c: Lua's patterns, with a budget and a way to stop. Floor 6.
 *
 * The language is Lua's own (reference manual 6.4.1), and so are results and errors; the stock matcher is
 * the oracle of the tests. What differs: every step is counted, each 4096th asks whether the run is to
 * stop, and a call that takes more steps than the limit raises. Three `.-` in a row need n^4 steps, and
 * article bodies are long: the budget is there for honest mistakes first. */
#include <ctype.h>
#include <string.h>

#include "engine/bind.h"

enum { captures_max = 32, depth_max = 200, steps_between = 4096 };

/* Sizes of captures that are none yet. */
enum { capture_open = -1, capture_position = -2 };

typedef struct capture {
  const char *at;
  ptrdiff_t size;
} capture;

typedef struct matcher {
  lua_State *L;
  newsreel_engine *engine;
  const char *text, *end, *pattern_end;
  uint64_t budget; /* steps left, in portions of steps_between */
  uint32_t left;   /* of the portion */
  int depth, count;
  capture captures[captures_max];
} matcher;

static const char *match(matcher *m, const char *s, const char *p);

static void refill(matcher *m)
{
  if (nr_interrupt_asked(m->engine))
    nr_interrupt_check(m->L);
  if (m->budget < steps_between)
    nr_bind_fail(m->L, NR_LIMIT, "the pattern needs too many steps on this text; make it simpler");
  m->budget -= steps_between;
  m->left = steps_between;
}

static inline void step(matcher *m)
{
  if (m->left-- == 0)
    refill(m);
}

/* Take `count` steps at once. */
static void steps(matcher *m, size_t count)
{
  for (; count > m->left; refill(m))
    count -= m->left;
  m->left -= (uint32_t)count;
}

static inline void begin(matcher *m, lua_State *L, newsreel_engine *engine, nr_text text, nr_text pattern)
{
  m->L = L;
  m->engine = engine;
  m->text = text.bytes;
  m->end = text.bytes + text.size;
  m->pattern_end = pattern.bytes + pattern.size;
  m->budget = engine->limits.pattern_steps;
  m->left = steps_between;
}

static const char *try_at(matcher *m, const char *s, const char *p)
{
  m->count = 0;
  m->depth = depth_max;
  return match(m, s, p);
}

/* ---- one character ---- */

/* The end of the single item that begins at p: a character, a class, a set. */
static const char *item_end(matcher *m, const char *p)
{
  if (*p == '%') {
    if (p + 1 == m->pattern_end)
      luaL_error(m->L, "malformed pattern (ends with '%%')");
    return p + 2;
  }
  if (*p != '[')
    return p + 1;
  p++;
  if (p < m->pattern_end && *p == '^')
    p++;
  do { /* a ] that stands first is itself */
    if (p == m->pattern_end)
      luaL_error(m->L, "malformed pattern (missing ']')");
    p += *p == '%' && p + 1 < m->pattern_end ? 2 : 1;
  } while (p == m->pattern_end || *p != ']');
  return p + 1;
}

static bool in_class(int c, int class)
{
  bool in;
  switch (tolower(class)) {
  case 'a':
    in = isalpha(c) != 0;
    break;
  case 'c':
    in = iscntrl(c) != 0;
    break;
  case 'd':
    in = isdigit(c) != 0;
    break;
  case 'g':
    in = isgraph(c) != 0;
    break;
  case 'l':
    in = islower(c) != 0;
    break;
  case 'p':
    in = ispunct(c) != 0;
    break;
  case 's':
    in = isspace(c) != 0;
    break;
  case 'u':
    in = isupper(c) != 0;
    break;
  case 'w':
    in = isalnum(c) != 0;
    break;
  case 'x':
    in = isxdigit(c) != 0;
    break;
  default:
    return class == c;
  }
  return in != (isupper(class) != 0);
}

/* Is c in the set from p, its [, to last, its ]? */
static bool in_set(int c, const char *p, const char *last)
{
  bool wanted = true;
  if (p[1] == '^') {
    wanted = false;
    p++;
  }
  for (p++; p < last; p++) {
    if (*p == '%') {
      p++;
      if (in_class(c, (unsigned char)*p))
        return wanted;
    } else if (p[1] == '-' && p + 2 < last) {
      if ((unsigned char)p[0] <= c && c <= (unsigned char)p[2])
        return wanted;
      p += 2;
    } else if ((unsigned char)*p == c) {
      return wanted;
    }
  }
  return !wanted;
}

static inline bool is_in(int c, const char *p, const char *after)
{
  switch (*p) {
  case '.':
    return true;
  case '%':
    return in_class(c, (unsigned char)p[1]);
  case '[':
    return in_set(c, p, after - 1);
  default:
    return (unsigned char)*p == c;
  }
}

/* Does the item p, which ends before `after`, match the character at s? */
static inline bool fits(matcher *m, const char *s, const char *p, const char *after)
{
  step(m);
  return s != m->end && is_in((unsigned char)*s, p, after);
}

/* How many characters from s on the item matches; a stop is seen each steps_between of them. */
static ptrdiff_t run_of(matcher *m, const char *s, const char *p, const char *after)
{
  const char *at = s;
  bool more = true;
  while (more) {
    const char *begun = at, *until = m->end - at < steps_between ? m->end : at + steps_between;
    while (at < until && is_in((unsigned char)*at, p, after))
      at++;
    more = at == until && at < m->end;
    steps(m, (size_t)(at - begun));
  }
  return at - s;
}

/* ---- captures ---- */

static const char *open_capture(matcher *m, const char *s, const char *p, ptrdiff_t size)
{
  if (m->count >= captures_max)
    luaL_error(m->L, "too many captures");
  m->captures[m->count] = (capture){s, size};
  m->count++;
  const char *after = match(m, s, p);
  if (after == NULL)
    m->count--;
  return after;
}

static const char *close_capture(matcher *m, const char *s, const char *p)
{
  int open = m->count;
  do {
    if (open-- == 0)
      luaL_error(m->L, "invalid pattern capture");
  } while (m->captures[open].size != capture_open);
  m->captures[open].size = s - m->captures[open].at;
  const char *after = match(m, s, p);
  if (after == NULL)
    m->captures[open].size = capture_open;
  return after;
}

/* Where the text of capture %digit is repeated at s, its end there. */
static const char *match_again(matcher *m, const char *s, int digit)
{
  int number = digit - '1';
  if (number < 0 || number >= m->count || m->captures[number].size == capture_open)
    luaL_error(m->L, "invalid capture index %%%d", number + 1);
  size_t size = (size_t)m->captures[number].size; /* of a position: none is as long */
  if ((size_t)(m->end - s) < size || memcmp(m->captures[number].at, s, size) != 0)
    return NULL;
  return s + size;
}

/* ---- the rest of the language ---- */

/* %bxy: the end of the balanced stretch at s; p is behind the b. */
static const char *match_balance(matcher *m, const char *s, const char *p)
{
  if (p + 1 >= m->pattern_end)
    luaL_error(m->L, "malformed pattern (missing arguments to '%%b')");
  if (s == m->end || *s != p[0])
    return NULL;
  for (int open = 1; ++s < m->end;) {
    step(m);
    if (*s == p[1]) {
      if (--open == 0)
        return s + 1;
    } else if (*s == p[0]) {
      open++;
    }
  }
  return NULL;
}

/* %f[set]: is s at a border into the set? p is at the [. */
static bool at_border(matcher *m, const char *s, const char *p, const char *after)
{
  int before = s == m->text ? 0 : (unsigned char)s[-1], here = s == m->end ? 0 : (unsigned char)*s;
  step(m);
  return !in_set(before, p, after - 1) && in_set(here, p, after - 1);
}

/* As many as there are, then fewer. */
static const char *match_most(matcher *m, const char *s, const char *p, const char *after)
{
  for (ptrdiff_t count = run_of(m, s, p, after); count >= 0; count--) {
    const char *end = match(m, s + count, after + 1);
    if (end != NULL)
      return end;
  }
  return NULL;
}

/* As few as will do. */
static const char *match_least(matcher *m, const char *s, const char *p, const char *after)
{
  for (;; s++) {
    const char *end = match(m, s, after + 1);
    if (end != NULL)
      return end;
    if (!fits(m, s, p, after))
      return NULL;
  }
}

/* Match a plain item with the sign behind it. True: the whole is decided, *s is its end or NULL; false:
 * go on at *s and *p. */
static bool match_item(matcher *m, const char **s, const char **p)
{
  const char *after = item_end(m, *p);
  int sign = after < m->pattern_end ? *after : 0;
  switch (sign) {
  case '?':
    if (fits(m, *s, *p, after)) {
      const char *end = match(m, *s + 1, after + 1);
      if (end != NULL) {
        *s = end;
        return true;
      }
    }
    *p = after + 1;
    return false;
  case '+':
    *s = fits(m, *s, *p, after) ? match_most(m, *s + 1, *p, after) : NULL;
    return true;
  case '*':
    *s = match_most(m, *s, *p, after);
    return true;
  case '-':
    *s = match_least(m, *s, *p, after);
    return true;
  default:
    if (!fits(m, *s, *p, after)) {
      *s = NULL;
      return true;
    }
    *s += 1;
    *p = after;
    return false;
  }
}

/* %b, %f, %1 to %9 at p: as match_item. Anything else behind % is an item. */
static bool match_escape(matcher *m, const char **s, const char **p)
{
  const char *at = *p;
  int kind = at + 1 < m->pattern_end ? (unsigned char)at[1] : 0;
  if (kind == 'b') {
    *s = match_balance(m, *s, at + 2);
    *p = at + 4;
  } else if (kind == 'f') {
    if (at + 2 >= m->pattern_end || at[2] != '[')
      luaL_error(m->L, "missing '[' after '%%f' in pattern");
    const char *after = item_end(m, at + 2);
    if (!at_border(m, *s, at + 2, after))
      *s = NULL;
    *p = after;
  } else if (isdigit(kind)) {
    *s = match_again(m, *s, kind);
    *p = at + 2;
  } else {
    return match_item(m, s, p);
  }
  return *s == NULL;
}

/* The end of the match of pattern p at s, or NULL. */
static const char *match(matcher *m, const char *s, const char *p)
{
  bool decided = false;
  step(m);
  if (m->depth-- == 0)
    luaL_error(m->L, "pattern too complex");
  while (!decided && p != m->pattern_end) {
    decided = true;
    if (*p == '(')
      s = p + 1 < m->pattern_end && p[1] == ')' ? open_capture(m, s, p + 2, capture_position)
                                                : open_capture(m, s, p + 1, capture_open);
    else if (*p == ')')
      s = close_capture(m, s, p + 1);
    else if (*p == '$' && p + 1 == m->pattern_end)
      s = s == m->end ? s : NULL;
    else if (*p == '%')
      decided = match_escape(m, &s, &p);
    else
      decided = match_item(m, &s, &p);
  }
  m->depth++;
  return s;
}

/* ---- giving captures to Lua ---- */

/* Push capture `number`; without captures number 0 is the whole, from s to end. */
static void push_capture(matcher *m, int number, const char *s, const char *end)
{
  if (number >= m->count) {
    if (number != 0)
      luaL_error(m->L, "invalid capture index %%%d", number + 1);
    lua_pushlstring(m->L, s, (size_t)(end - s));
    return;
  }
  const capture *c = &m->captures[number];
  if (c->size == capture_open)
    luaL_error(m->L, "unfinished capture");
  if (c->size == capture_position)
    lua_pushinteger(m->L, c->at - m->text + 1);
  else
    lua_pushlstring(m->L, c->at, (size_t)c->size);
}

/* Push all captures; the whole where there are none and `whole` is not NULL. */
static int push_captures(matcher *m, const char *whole, const char *end)
{
  int count = m->count == 0 && whole != NULL ? 1 : m->count;
  luaL_checkstack(m->L, count, "too many captures");
  for (int i = 0; i < count; i++)
    push_capture(m, i, whole, end);
  return count;
}

/* ---- find and match ---- */

/* 0-based start from argument `index`; beyond the text: size + 1. */
static size_t check_start(lua_State *L, int index, size_t size)
{
  lua_Integer at = luaL_optinteger(L, index, 1);
  if (at > 0)
    return (lua_Unsigned)at - 1 > size ? size + 1 : (size_t)at - 1;
  return at == 0 || (lua_Unsigned)-at > size ? 0 : size - (size_t)-at;
}

static bool is_plain(nr_text pattern)
{
  for (size_t i = 0; i < pattern.size; i++)
    if (pattern.bytes[i] != '\0' && strchr("^$*+?.([%-", pattern.bytes[i]) != NULL)
      return false;
  return true;
}

static int find_plain(lua_State *L, nr_text text, nr_text what, size_t start)
{
  const char *found = what.size == 0 ? text.bytes + start
                                     : memmem(text.bytes + start, text.size - start, what.bytes, what.size);
  if (found == NULL) {
    luaL_pushfail(L);
    return 1;
  }
  lua_pushinteger(L, found - text.bytes + 1);
  lua_pushinteger(L, found - text.bytes + (lua_Integer)what.size);
  return 2;
}

static int search(lua_State *L, bool find)
{
  nr_text text = nr_bind_check_text(L, 1), pattern = nr_bind_check_text(L, 2);
  size_t start = check_start(L, 3, text.size);
  if (start > text.size) {
    luaL_pushfail(L);
    return 1;
  }
  if (find && (lua_toboolean(L, 4) || is_plain(pattern)))
    return find_plain(L, text, pattern, start);
  matcher m;
  begin(&m, L, nr_engine_of(L), text, pattern);
  bool anchored = pattern.size > 0 && *pattern.bytes == '^';
  const char *p = pattern.bytes + anchored;
  for (const char *s = text.bytes + start; s <= m.end; s++) {
    const char *end = try_at(&m, s, p);
    if (end != NULL && find) {
      lua_pushinteger(L, s - text.bytes + 1);
      lua_pushinteger(L, end - text.bytes);
      return push_captures(&m, NULL, NULL) + 2;
    }
    if (end != NULL)
      return push_captures(&m, s, end);
    if (anchored)
      break;
  }
  luaL_pushfail(L);
  return 1;
}

/* first, last, ... = string.find(s, pattern [, init [, plain]]) */
static int string_find(lua_State *L)
{
  return search(L, true);
}

/* ... = string.match(s, pattern [, init]) */
static int string_match(lua_State *L)
{
  return search(L, false);
}

/* ---- gmatch ---- */

typedef struct walk {
  newsreel_engine *engine;
  size_t start;
  ptrdiff_t last; /* end of the last match, -1: none */
} walk;

/* Upvalues: text, pattern, walk. */
static int next_match(lua_State *L)
{
  nr_text text, pattern;
  text.bytes = lua_tolstring(L, lua_upvalueindex(1), &text.size);
  pattern.bytes = lua_tolstring(L, lua_upvalueindex(2), &pattern.size);
  walk *w = lua_touserdata(L, lua_upvalueindex(3));
  matcher m;
  begin(&m, L, w->engine, text, pattern);
  for (; w->start <= text.size; w->start++) {
    const char *s = text.bytes + w->start, *end = try_at(&m, s, pattern.bytes);
    if (end == NULL || end - text.bytes == w->last)
      continue;
    w->last = end - text.bytes;
    w->start = (size_t)w->last;
    return push_captures(&m, s, end);
  }
  return 0;
}

/* iterator = string.gmatch(s, pattern [, init]) */
static int string_gmatch(lua_State *L)
{
  nr_text text = nr_bind_check_text(L, 1);
  luaL_checkstring(L, 2);
  size_t start = check_start(L, 3, text.size);
  lua_settop(L, 2);
  walk *w = lua_newuserdatauv(L, sizeof *w, 0);
  *w = (walk){nr_engine_of(L), start, -1};
  lua_pushcclosure(L, next_match, 3);
  return 1;
}

/* ---- gsub ---- */

typedef struct substitution {
  matcher m;
  luaL_Buffer out;
  uint64_t made, most; /* bytes */
} substitution;

static void count_bytes(substitution *sub, size_t size)
{
  sub->made += size;
  if (sub->made > sub->most)
    nr_bind_fail(sub->m.L, NR_LIMIT, "the text would be longer than %d bytes", (int)sub->most);
}

static void add_bytes(substitution *sub, const char *bytes, size_t size)
{
  count_bytes(sub, size);
  luaL_addlstring(&sub->out, bytes, size);
}

static void add_top(substitution *sub)
{
  size_t size;
  luaL_tolstring(sub->m.L, -1, &size); /* a number or a text: no metamethod */
  lua_remove(sub->m.L, -2);
  count_bytes(sub, size);
  luaL_addvalue(&sub->out);
}

/* The replacement text with %0 to %9 and %% put in. */
static void add_template(substitution *sub, const char *s, const char *end, nr_text with)
{
  const char *at = with.bytes, *last = with.bytes + with.size;
  while (at < last) {
    const char *sign = memchr(at, '%', (size_t)(last - at));
    const char *until = sign == NULL ? last : sign;
    step(&sub->m);
    add_bytes(sub, at, (size_t)(until - at));
    if (sign == NULL)
      return;
    int kind = sign + 1 < last ? (unsigned char)sign[1] : 0;
    if (kind == '%') {
      add_bytes(sub, "%", 1);
    } else if (kind == '0') {
      add_bytes(sub, s, (size_t)(end - s));
    } else if (isdigit(kind)) {
      push_capture(&sub->m, kind - '1', s, end);
      add_top(sub);
    } else {
      luaL_error(sub->m.L, "invalid use of '%%' in replacement string");
    }
    at = sign + 2;
  }
}

/* What a table or a function says for the match; false and nil keep the match. */
static void add_answer(substitution *sub, const char *s, const char *end, int kind)
{
  lua_State *L = sub->m.L;
  if (kind == LUA_TFUNCTION) {
    lua_pushvalue(L, 3);
    lua_call(L, push_captures(&sub->m, s, end), 1);
  } else {
    push_capture(&sub->m, 0, s, end);
    lua_gettable(L, 3);
  }
  if (!lua_toboolean(L, -1)) {
    lua_pop(L, 1);
    add_bytes(sub, s, (size_t)(end - s));
  } else if (!lua_isstring(L, -1)) {
    luaL_error(L, "invalid replacement value (a %s)", luaL_typename(L, -1));
  } else {
    add_top(sub);
  }
}

/* text, count = string.gsub(s, pattern, with [, most]) */
static int string_gsub(lua_State *L)
{
  nr_text text = nr_bind_check_text(L, 1), pattern = nr_bind_check_text(L, 2), with = {NULL, 0};
  int kind = lua_type(L, 3);
  luaL_argexpected(L,
                   kind == LUA_TNUMBER || kind == LUA_TSTRING || kind == LUA_TFUNCTION || kind == LUA_TTABLE,
                   3, "string/function/table");
  lua_Integer most = luaL_optinteger(L, 4, (lua_Integer)text.size + 1), count = 0;
  if (kind == LUA_TNUMBER || kind == LUA_TSTRING)
    with = nr_bind_check_text(L, 3);
  bool anchored = pattern.size > 0 && *pattern.bytes == '^', changed = false;
  const char *p = pattern.bytes + anchored, *s = text.bytes, *last = NULL, *kept = text.bytes;
  newsreel_engine *engine = nr_engine_of(L);
  substitution sub = {.most = engine->limits.text_bytes};
  begin(&sub.m, L, engine, text, pattern);
  luaL_buffinit(L, &sub.out);
  while (count < most) {
    const char *end = try_at(&sub.m, s, p);
    if (end != NULL && end != last) {
      count++;
      changed = true;
      add_bytes(&sub, kept, (size_t)(s - kept));
      if (with.bytes != NULL)
        add_template(&sub, s, end, with);
      else
        add_answer(&sub, s, end, kind);
      s = last = kept = end;
    } else if (s < sub.m.end) {
      s++;
    } else {
      break;
    }
    if (anchored)
      break;
  }
  if (changed) {
    add_bytes(&sub, kept, (size_t)(sub.m.end - kept));
    luaL_pushresult(&sub.out);
  } else {
    lua_pushvalue(L, 1);
  }
  lua_pushinteger(L, count);
  return 2;
}

void nr_sandbox_open_match(lua_State *L)
{
  static const luaL_Reg functions[] = {{"find", string_find},
                                       {"match", string_match},
                                       {"gmatch", string_gmatch},
                                       {"gsub", string_gsub},
                                       {NULL, NULL}};
  luaL_setfuncs(L, functions, 0);
}
