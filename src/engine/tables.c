/* tables.c: table functions for scripts in a sandbox: raw access, stops seen, whatever the comparator
 * says. Floor 6. pack and unpack are Lua's own: they are bounded by its stack. */
#include <string.h>

#include "engine/bind.h"

static lua_Integer check_table(lua_State *L, int index, bool written)
{
  luaL_checktype(L, index, LUA_TTABLE);
  if (written && nr_sandbox_is_locked(L, index))
    nr_bind_fail(L, NR_INVALID, "this table is read-only");
  return (lua_Integer)lua_rawlen(L, index);
}

/* Move [from, to] of the table at 1 by `by` places, in the order that keeps what overlaps. */
static void shift(lua_State *L, lua_Integer from, lua_Integer to, lua_Integer by)
{
  lua_Integer count = to - from + 1;
  for (lua_Integer i = 0; i < count; i++) {
    lua_Integer at = by > 0 ? to - i : from + i;
    lua_rawgeti(L, 1, at);
    lua_rawseti(L, 1, at + by);
    NR_ENGINE_CHECK(L, i);
  }
}

/* table.insert(list, [place,] value) */
static int table_insert(lua_State *L)
{
  lua_Integer size = check_table(L, 1, true), place = size + 1;
  int count = lua_gettop(L);
  if (count != 2 && count != 3)
    return luaL_error(L, "wrong number of arguments to 'insert'");
  if (count == 3) {
    place = luaL_checkinteger(L, 2);
    luaL_argcheck(L, place >= 1 && place <= size + 1, 2, "position out of bounds");
    shift(L, place, size, 1);
  }
  lua_settop(L, count);
  lua_rawseti(L, 1, place);
  return 0;
}

/* value = table.remove(list [, place]) */
static int table_remove(lua_State *L)
{
  lua_Integer size = check_table(L, 1, true), place = luaL_optinteger(L, 2, size);
  if (place != size)
    luaL_argcheck(L, (lua_Unsigned)place - 1u <= (lua_Unsigned)size, 2, "position out of bounds");
  lua_rawgeti(L, 1, place);
  if (place < size) {
    shift(L, place + 1, size, -1);
    place = size;
  }
  lua_pushnil(L);
  lua_rawseti(L, 1, place);
  return 1;
}

/* table.move(from, first, last, place [, to]) */
static int table_move(lua_State *L)
{
  int to = lua_isnoneornil(L, 5) ? 1 : 5;
  lua_Integer first = luaL_checkinteger(L, 2), last = luaL_checkinteger(L, 3),
              place = luaL_checkinteger(L, 4);
  check_table(L, 1, false);
  check_table(L, to, true);
  if (last >= first) {
    luaL_argcheck(L, first > 0 || last < LUA_MAXINTEGER + first, 3, "too many elements to move");
    lua_Integer count = last - first + 1;
    luaL_argcheck(L, place <= LUA_MAXINTEGER - count + 1, 4, "destination wrap around");
    bool backwards = place > first && place <= last && (to == 1 || lua_rawequal(L, 1, to));
    for (lua_Integer i = 0; i < count; i++) {
      lua_Integer at = backwards ? count - 1 - i : i;
      lua_rawgeti(L, 1, first + at);
      lua_rawseti(L, to, place + at);
      NR_ENGINE_CHECK(L, i);
    }
  }
  lua_pushvalue(L, to);
  return 1;
}

/* text = table.concat(list [, separator [, first [, last]]]) */
static int table_concat(lua_State *L)
{
  lua_Integer size = check_table(L, 1, false);
  nr_text between = lua_isnoneornil(L, 2) ? (nr_text){"", 0} : nr_bind_check_text(L, 2);
  lua_Integer first = luaL_optinteger(L, 3, 1), last = luaL_optinteger(L, 4, size);
  uint64_t made = 0, most = nr_engine_of(L)->limits.text_bytes;
  luaL_Buffer buffer;
  luaL_buffinit(L, &buffer);
  for (lua_Integer i = first, round = 0; i <= last; i++, round++) {
    lua_rawgeti(L, 1, i);
    if (!lua_isstring(L, -1))
      return luaL_error(L, "invalid value (at index %I) in table for 'concat'", (LUAI_UACINT)i);
    size_t part;
    lua_tolstring(L, -1, &part);
    made += part + between.size;
    if (made > most)
      nr_bind_fail(L, NR_LIMIT, "the text would be longer than %d bytes", (int)most);
    luaL_addvalue(&buffer);
    if (i < last)
      luaL_addlstring(&buffer, between.bytes, between.size);
    NR_ENGINE_CHECK(L, round);
    if (i == LUA_MAXINTEGER)
      break;
  }
  luaL_pushresult(&buffer);
  return 1;
}

/* ---- sort: by merging, so equal values keep their order and no comparator can lead astray ---- */

enum { from_index = 3, to_index = 4 };

/* Is the value on top less than the one below it? Pops nothing. */
static bool is_less(lua_State *L, bool compared)
{
  if (!compared)
    return lua_compare(L, -1, -2, LUA_OPLT);
  lua_pushvalue(L, 2);
  lua_pushvalue(L, -2);
  lua_pushvalue(L, -4);
  lua_call(L, 2, 1);
  bool less = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return less;
}

/* Merge runs [low, middle) and [middle, high) of `from` into `to`. */
static void merge(lua_State *L, lua_Integer low, lua_Integer middle, lua_Integer high, bool compared)
{
  lua_Integer left = low, right = middle;
  for (lua_Integer i = low; i < high; i++) {
    bool take_right = left >= middle;
    lua_rawgeti(L, from_index, take_right ? right : left);
    if (left < middle && right < high) {
      lua_rawgeti(L, from_index, right);
      take_right = is_less(L, compared);
      lua_remove(L, take_right ? -2 : -1);
    }
    lua_rawseti(L, to_index, i);
    *(take_right ? &right : &left) += 1;
    NR_ENGINE_CHECK(L, i);
  }
}

static void copy(lua_State *L, int from, int to, lua_Integer size)
{
  for (lua_Integer i = 1; i <= size; i++) {
    lua_rawgeti(L, from, i);
    lua_rawseti(L, to, i);
    NR_ENGINE_CHECK(L, i);
  }
}

/* table.sort(list [, less]) */
static int table_sort(lua_State *L)
{
  lua_Integer size = check_table(L, 1, true);
  bool compared = !lua_isnoneornil(L, 2);
  if (compared)
    luaL_checktype(L, 2, LUA_TFUNCTION);
  luaL_argcheck(L, size < 1 << 30, 1, "array too big");
  lua_settop(L, 2);
  lua_createtable(L, (int)size, 0);
  lua_createtable(L, (int)size, 0);
  copy(L, 1, from_index, size);
  for (lua_Integer width = 1; width < size; width *= 2) {
    for (lua_Integer low = 1; low <= size; low += 2 * width) {
      lua_Integer middle = low + width < size + 1 ? low + width : size + 1;
      lua_Integer high = low + 2 * width < size + 1 ? low + 2 * width : size + 1;
      merge(L, low, middle, high, compared);
      NR_ENGINE_CHECK(L, low);
    }
    lua_insert(L, from_index); /* what was written is read next */
  }
  copy(L, from_index, 1, size);
  return 0;
}

void nr_sandbox_open_tables(lua_State *L)
{
  static const luaL_Reg functions[] = {{"insert", table_insert}, {"remove", table_remove},
                                       {"move", table_move},     {"concat", table_concat},
                                       {"sort", table_sort},     {NULL, NULL}};
  luaL_setfuncs(L, functions, 0);
}
