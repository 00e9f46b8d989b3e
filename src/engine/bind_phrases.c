/* bind_phrases.c: rules about the lines of pages, from Lua to the cleaner. Floor 6. */
#include "engine/boxes.h"
#include "ingest/clean.h"

static nr_phrase check_phrase(lua_State *L, int index)
{
  static const char *const meanings[] = {"furniture", "caption", "teasers", "comments", "over",
                                         "byline",    "date",    "updated", "body",     NULL};
  static const char *const places[] = {"is", "starts", "ends", "holds", NULL};
  _Static_assert(sizeof meanings / sizeof *meanings == NR_PHRASE_MEANINGS + 1, "a name for each meaning");
  lua_getfield(L, index, "means");
  lua_getfield(L, index, "place");
  lua_getfield(L, index, "text");
  lua_getfield(L, index, "source");
  nr_phrase phrase = {nr_bind_check_text(L, -2),
                      lua_isnil(L, -1) ? (nr_text){NULL, 0} : nr_bind_check_text(L, -1),
                      (nr_phrase_means)luaL_checkoption(L, -4, NULL, meanings),
                      (nr_phrase_place)luaL_checkoption(L, -3, NULL, places)};
  lua_pop(L, 4); /* its texts live in the tables they came from */
  return phrase;
}

nr_phrase *nr_bind_check_phrases(lua_State *L, int index, nr_arena *arena, size_t *count)
{
  *count = lua_isnoneornil(L, index) ? 0 : lua_rawlen(L, index);
  nr_phrase *phrases = nr_bind_take(L, arena, *count + 1, sizeof *phrases);
  for (size_t i = 0; i < *count; i++) {
    lua_rawgeti(L, index, (lua_Integer)i + 1);
    phrases[i] = check_phrase(L, lua_gettop(L));
    lua_pop(L, 1);
  }
  return phrases;
}
