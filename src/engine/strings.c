/* strings.c: string and utf8 functions whose work is bounded, for scripts in a sandbox. Floor 6. */
#include <ctype.h>
#include <string.h>

#include "engine/bind.h"

enum { piece = 1 << 16, format_max = 1 << 16, quoted_max = 1 << 20 };

/* The functions of stock Lua that are called when what they get is small enough: upvalue 1. */
static int call_stock(lua_State *L, int count)
{
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  lua_call(L, count, LUA_MULTRET);
  return lua_gettop(L);
}

static size_t check_size(lua_State *L, size_t size)
{
  uint64_t most = nr_engine_of(L)->limits.text_bytes;
  if (size > most)
    nr_bind_fail(L, NR_LIMIT, "the text would be longer than %d bytes", (int)most);
  return size;
}

/* ---- texts made from a text ---- */

/* text = string.rep(s, n [, separator]) */
static int string_rep(lua_State *L)
{
  nr_text text = nr_bind_check_text(L, 1), between = {"", 0};
  lua_Integer times = luaL_checkinteger(L, 2);
  if (!lua_isnoneornil(L, 3))
    between = nr_bind_check_text(L, 3);
  size_t unit = text.size + between.size;
  if (times <= 0 || unit == 0) {
    lua_pushliteral(L, "");
    return 1;
  }
  if ((lua_Unsigned)times > SIZE_MAX / 2 / unit)
    check_size(L, SIZE_MAX);
  size_t size = check_size(L, unit * (size_t)times - between.size), filled = unit < size ? unit : size;
  luaL_Buffer buffer;
  char *to = luaL_buffinitsize(L, &buffer, size);
  memcpy(to, text.bytes, text.size);
  memcpy(to + text.size, between.bytes, filled - text.size);
  while (filled < size) { /* what is there, again, a piece at a time */
    size_t more = filled < piece ? filled : filled - filled % unit;
    more = more < (16 * piece) ? more : 16 * piece / unit * unit;
    more = more == 0 ? unit : more;
    more = more < size - filled ? more : size - filled;
    memcpy(to + filled, to, more);
    filled += more;
    nr_interrupt_check(L);
  }
  luaL_pushresultsize(&buffer, size);
  return 1;
}

static int convert(lua_State *L, int (*of)(int), bool backwards)
{
  nr_text text = nr_bind_check_text(L, 1);
  luaL_Buffer buffer;
  char *to = luaL_buffinitsize(L, &buffer, check_size(L, text.size));
  for (size_t i = 0; i < text.size; i++) {
    unsigned char byte = (unsigned char)text.bytes[backwards ? text.size - 1 - i : i];
    to[i] = of == NULL ? (char)byte : (char)of(byte);
    if (i % piece == piece - 1)
      nr_interrupt_check(L);
  }
  luaL_pushresultsize(&buffer, text.size);
  return 1;
}

/* text = string.upper(s) */
static int string_upper(lua_State *L)
{
  return convert(L, toupper, false);
}

/* text = string.lower(s) */
static int string_lower(lua_State *L)
{
  return convert(L, tolower, false);
}

/* text = string.reverse(s) */
static int string_reverse(lua_State *L)
{
  return convert(L, NULL, true);
}

/* ---- format and pack: stock, when small enough ---- */

/* text = string.format(format, ...): without %p, which would tell addresses */
static int string_format(lua_State *L)
{
  nr_text format = nr_bind_check_text(L, 1);
  size_t size = format.size;
  if (size > format_max)
    nr_bind_fail(L, NR_LIMIT, "the format is longer than %d bytes", format_max);
  bool quotes = false;
  for (size_t i = 0; i + 1 < format.size; i++)
    if (format.bytes[i] == '%') {
      i++;
      while (i < format.size && strchr("-+ #0123456789.", format.bytes[i]) != NULL && format.bytes[i] != '\0')
        i++;
      quotes = quotes || (i < format.size && format.bytes[i] == 'q');
      if (i < format.size && format.bytes[i] == 'p')
        nr_bind_raise_denied(L, "the format %p");
    }
  for (int i = 2; i <= lua_gettop(L); i++) {
    if (lua_type(L, i) >= LUA_TTABLE || lua_type(L, i) == LUA_TLIGHTUSERDATA) {
      nr_sandbox_tostring(L, i);
      lua_replace(L, i);
    }
    size_t part = lua_type(L, i) == LUA_TSTRING ? lua_rawlen(L, i) : 0;
    if (quotes && part > quoted_max)
      nr_bind_fail(L, NR_LIMIT, "a text over %d bytes is not quoted by %%q", quoted_max);
    size = check_size(L, size + part);
  }
  return call_stock(L, lua_gettop(L));
}

/* string.pack, string.unpack, string.packsize */
static int packed(lua_State *L)
{
  if (nr_bind_check_text(L, 1).size > format_max)
    nr_bind_fail(L, NR_LIMIT, "the format is longer than %d bytes", format_max);
  return call_stock(L, lua_gettop(L));
}

/* Put `function` around field `name` of the table on top. */
static void wrap(lua_State *L, const char *name, lua_CFunction function)
{
  lua_getfield(L, -1, name);
  lua_pushcclosure(L, function, 1);
  lua_setfield(L, -2, name);
}

void nr_sandbox_open_strings(lua_State *L)
{
  static const luaL_Reg functions[] = {{"rep", string_rep},
                                       {"upper", string_upper},
                                       {"lower", string_lower},
                                       {"reverse", string_reverse},
                                       {NULL, NULL}};
  nr_sandbox_open_match(L);
  luaL_setfuncs(L, functions, 0);
  wrap(L, "format", string_format);
  wrap(L, "pack", packed);
  wrap(L, "unpack", packed);
  wrap(L, "packsize", packed);
  lua_pushnil(L);
  lua_setfield(L, -2, "dump");
}

/* ---- utf8 ---- */

static bool continues(const char *s)
{
  return (*s & 0xC0) == 0x80;
}

/* Bytes of the character at s, strictly UTF-8 unless `lax` (as Lua has it, up to 2^31); 0: none is there.
 * The text ends with NUL, as all of Lua's do. */
static size_t decode(const char *s, bool lax, uint32_t *code)
{
  static const uint32_t least[] = {0, 0x80, 0x800, 0x10000, 0x200000, 0x4000000};
  unsigned char lead = (unsigned char)*s;
  size_t more = lead < 0x80   ? 0
                : lead < 0xC0 ? 9
                : lead < 0xE0 ? 1
                : lead < 0xF0 ? 2
                : lead < 0xF8 ? 3
                : lead < 0xFC ? 4
                : lead < 0xFE ? 5
                              : 9;
  if (more == 9)
    return 0;
  *code = more == 0 ? lead : lead & (0x3Fu >> more);
  for (size_t i = 1; i <= more; i++) {
    if (!continues(s + i))
      return 0;
    *code = *code << 6 | ((unsigned char)s[i] & 0x3F);
  }
  bool surrogate = *code >= 0xD800 && *code <= 0xDFFF;
  return *code < least[more] || (!lax && (*code > 0x10FFFF || surrogate)) ? 0 : more + 1;
}

static lua_Integer from_end(lua_Integer at, size_t size)
{
  return at >= 0 ? at : (lua_Unsigned)-at > size ? 0 : (lua_Integer)size + at + 1;
}

/* count | nil, place = utf8.len(s [, i [, j [, lax]]]) */
static int utf8_len(lua_State *L)
{
  nr_text text = nr_bind_check_text(L, 1);
  lua_Integer at = from_end(luaL_optinteger(L, 2, 1), text.size);
  lua_Integer last = from_end(luaL_optinteger(L, 3, -1), text.size);
  bool lax = lua_toboolean(L, 4);
  luaL_argcheck(L, at >= 1 && at - 1 <= (lua_Integer)text.size, 2, "initial position out of bounds");
  luaL_argcheck(L, last <= (lua_Integer)text.size, 3, "final position out of bounds");
  lua_Integer count = 0;
  for (at--; at < last; count++) {
    uint32_t code;
    size_t size = decode(text.bytes + at, lax, &code);
    if (size == 0) {
      luaL_pushfail(L);
      lua_pushinteger(L, at + 1);
      return 2;
    }
    at += (lua_Integer)size;
    NR_ENGINE_CHECK(L, count);
  }
  lua_pushinteger(L, count);
  return 1;
}

/* Step over `count` characters (backwards when negative) from `at`; -1: there are not as many. */
static lua_Integer skip(lua_State *L, nr_text text, lua_Integer count, lua_Integer at)
{
  lua_Integer size = (lua_Integer)text.size, round = 0;
  for (; count < 0 && at > 0; count++) {
    do
      at--;
    while (at > 0 && continues(text.bytes + at));
    NR_ENGINE_CHECK(L, ++round);
  }
  for (; count > 0 && at < size; count--) {
    do
      at++;
    while (continues(text.bytes + at));
    NR_ENGINE_CHECK(L, ++round);
  }
  return count == 0 ? at : -1;
}

/* place | nil = utf8.offset(s, n [, i]) */
static int utf8_offset(lua_State *L)
{
  nr_text text = nr_bind_check_text(L, 1);
  lua_Integer count = luaL_checkinteger(L, 2);
  lua_Integer at = from_end(luaL_optinteger(L, 3, count > 0 ? 1 : (lua_Integer)text.size + 1), text.size) - 1;
  luaL_argcheck(L, at >= 0 && at <= (lua_Integer)text.size, 3, "position out of bounds");
  if (count == 0) {
    while (at > 0 && continues(text.bytes + at))
      at--;
  } else {
    if (continues(text.bytes + at))
      return luaL_error(L, "initial position is a continuation byte");
    at = skip(L, text, count > 0 ? count - 1 : count, at);
  }
  if (at < 0)
    luaL_pushfail(L);
  else
    lua_pushinteger(L, at + 1);
  return 1;
}

static int next_code(lua_State *L, bool lax)
{
  nr_text text = nr_bind_check_text(L, 1);
  lua_Unsigned at = (lua_Unsigned)lua_tointeger(L, 2);
  uint32_t code;
  if (at > 0 && at <= text.size) { /* over the one before */
    size_t size = decode(text.bytes + at - 1, lax, &code);
    at = at - 1 + (size == 0 ? 1 : size);
  }
  if (at >= text.size)
    return 0;
  if (decode(text.bytes + at, lax, &code) == 0)
    return luaL_error(L, "invalid UTF-8 code");
  lua_pushinteger(L, (lua_Integer)at + 1);
  lua_pushinteger(L, code);
  return 2;
}

static int next_strict(lua_State *L)
{
  return next_code(L, false);
}

static int next_lax(lua_State *L)
{
  return next_code(L, true);
}

/* iterator, s, 0 = utf8.codes(s [, lax]): bytes that begin no character raise, as stock 5.4.4 forgets to */
static int utf8_codes(lua_State *L)
{
  luaL_checkstring(L, 1);
  lua_pushcfunction(L, lua_toboolean(L, 2) ? next_lax : next_strict);
  lua_pushvalue(L, 1);
  lua_pushinteger(L, 0);
  return 3;
}

void nr_sandbox_open_utf8(lua_State *L)
{
  static const luaL_Reg functions[] = {
      {"len", utf8_len}, {"offset", utf8_offset}, {"codes", utf8_codes}, {NULL, NULL}};
  luaL_setfuncs(L, functions, 0);
}
