/* bind_value.c: values, conditions and lists of texts between Lua and C. Floor 6. */
#include <math.h>

#include "engine/boxes.h"

nr_value nr_bind_value(lua_State *L, int index)
{
  nr_value value = {{NULL, 0}, NAN};
  switch (lua_type(L, index)) {
  case LUA_TNUMBER:
    value.number = lua_tonumber(L, index);
    break;
  case LUA_TSTRING:
    value.text = nr_bind_check_text(L, index);
    break;
  case LUA_TBOOLEAN:
    value.text = lua_toboolean(L, index) ? NR_TEXT("true") : NR_TEXT("false");
    break;
  default:
    if (!lua_isnil(L, index) && !nr_bind_is_missing(L, index))
      nr_bind_fail(L, NR_INVALID, "a value is a text, a number or newsreel.missing, not a %s",
                   luaL_typename(L, index));
  }
  return value;
}

void nr_bind_push_value(lua_State *L, nr_value value)
{
  lua_Integer whole;
  if (value.text.bytes != NULL)
    lua_pushlstring(L, value.text.bytes, value.text.size);
  else if (isnan(value.number))
    lua_pushnil(L);
  else if (lua_numbertointeger(value.number, &whole) && (lua_Number)whole == value.number)
    lua_pushinteger(L, whole);
  else
    lua_pushnumber(L, value.number);
}

nr_condition *nr_bind_conditions(lua_State *L, int index, nr_arena *arena, uint32_t *count)
{
  luaL_checktype(L, index, LUA_TTABLE);
  *count = (uint32_t)lua_rawlen(L, index);
  nr_condition *conditions = nr_bind_take(L, arena, (size_t)*count + 1, sizeof *conditions);
  for (uint32_t i = 0; i < *count; i++) {
    lua_rawgeti(L, index, (lua_Integer)i + 1);
    lua_getfield(L, -1, "name");
    lua_getfield(L, -2, "values");
    uint32_t values = (uint32_t)lua_rawlen(L, -1);
    nr_value *list = nr_bind_take(L, arena, (size_t)values + 1, sizeof *list);
    for (uint32_t j = 0; j < values; j++) {
      lua_rawgeti(L, -1, (lua_Integer)j + 1);
      list[j] = nr_bind_value(L, -1);
      lua_pop(L, 1);
    }
    conditions[i] = (nr_condition){nr_bind_check_text(L, -2), list, values};
    lua_pop(L, 3);
  }
  return conditions;
}

nr_text *nr_bind_texts(lua_State *L, int index, nr_arena *arena, uint32_t *count)
{
  luaL_checktype(L, index, LUA_TTABLE);
  *count = (uint32_t)lua_rawlen(L, index);
  nr_text *texts = nr_bind_take(L, arena, (size_t)*count + 1, sizeof *texts);
  for (uint32_t i = 0; i < *count; i++) {
    lua_rawgeti(L, index, (lua_Integer)i + 1);
    luaL_checktype(L, -1, LUA_TSTRING);
    texts[i] = nr_bind_check_text(L, -1);
    lua_pop(L, 1);
  }
  return texts;
}
