/* bind_hit.c: one hit: its text, place, article and attributes. Floor 6. */
#include <math.h>
#include <string.h>

#include "engine/boxes.h"

static nr_hit_box *check_hit(lua_State *L)
{
  nr_hit_box *box = luaL_testudata(L, 1, nr_type_hit.key);
  if (box == NULL)
    nr_bind_fail(L, NR_INVALID, "this is no hit but a %s", luaL_typename(L, 1));
  return box;
}

void nr_bind_push_hit(lua_State *L, nr_hits *hits, uint64_t index)
{
  nr_hit_box *box = nr_bind_new(L, &nr_type_hit, sizeof *box, 0);
  box->hits = nr_hits_retain(hits);
  nr_hits_get(hits, index, &box->hit);
}

static int hit_free(lua_State *L)
{
  nr_hit_box *box = check_hit(L);
  nr_hits_free(box->hits);
  box->hits = NULL;
  return 0;
}

static const nr_segment *segment_of(const nr_hit_box *box)
{
  return nr_snapshot_part(nr_hits_snapshot(box->hits), box->hit.part)->segment;
}

/* hit.text: the bytes of the article that it covers; title and text are two lines */
static int hit_text(lua_State *L)
{
  nr_hit_box *box = check_hit(L);
  nr_article_view view;
  uint32_t start, end;
  nr_hits_bytes(box->hits, &box->hit, &start, &end);
  nr_segment_article(segment_of(box), box->hit.article, &view);
  nr_text content = nr_bind_content(L, segment_of(box), box->hit.article);
  uint32_t border = start < view.title_size && end > view.title_size ? view.title_size : start;
  lua_pushlstring(L, content.bytes + start, border - start);
  if (border > start)
    lua_pushliteral(L, "\n");
  lua_pushlstring(L, content.bytes + border, end - border);
  lua_concat(L, border > start ? 3 : 2);
  return 1;
}

/* hit.first: its first byte in the article's text (or title), from 1 */
static int hit_first(lua_State *L)
{
  nr_hit_box *box = check_hit(L);
  uint32_t start, end;
  nr_hits_place(box->hits, &box->hit, &start, &end);
  lua_pushinteger(L, (lua_Integer)start + 1);
  return 1;
}

/* hit.last: its last byte, in */
static int hit_last(lua_State *L)
{
  nr_hit_box *box = check_hit(L);
  uint32_t start, end;
  nr_hits_place(box->hits, &box->hit, &start, &end);
  lua_pushinteger(L, end);
  return 1;
}

/* hit.field: "text", or "title" where it lies in the title field */
static int hit_field(lua_State *L)
{
  nr_hit_box *box = check_hit(L);
  uint32_t start, end;
  lua_pushstring(L, nr_hits_place(box->hits, &box->hit, &start, &end) ? "title" : "text");
  return 1;
}

/* hit.article */
static int hit_article(lua_State *L)
{
  nr_hit_box *box = check_hit(L);
  nr_bind_push_article(L, nr_hits_snapshot(box->hits), box->hit.part, box->hit.article);
  return 1;
}

/* hit.day: of its article, or nil */
static int hit_day(lua_State *L)
{
  hit_article(L);
  lua_getfield(L, -1, "day");
  return 1;
}

/* hit.tokens: how many words and numbers it has */
static int hit_tokens(lua_State *L)
{
  nr_hit_box *box = check_hit(L);
  lua_pushinteger(L, (lua_Integer)box->hit.last - box->hit.first + 1);
  return 1;
}

static bool find_column(const nr_hit_box *box, nr_text name, uint32_t *column, nr_column_type *type)
{
  const nr_text *names;
  const nr_column_type *types;
  uint32_t count;
  nr_plan_columns(nr_hits_plan(box->hits), &names, &types, &count);
  for (uint32_t i = 0; i < count; i++)
    if (nr_text_equal(names[i], name)) {
      *column = i;
      *type = types[i];
      return true;
    }
  return false;
}

/* found, value = fallback(hit, name): an attribute */
static int hit_attribute(lua_State *L)
{
  nr_hit_box *box = check_hit(L);
  nr_column_type type;
  uint32_t column;
  bool found = lua_type(L, 2) == LUA_TSTRING && find_column(box, nr_bind_check_text(L, 2), &column, &type);
  lua_pushboolean(L, found);
  if (!found)
    lua_pushnil(L);
  else if (type == NR_COLUMN_TEXT)
    nr_bind_push_text(L, nr_hits_text(box->hits, &box->hit, column));
  else
    nr_bind_push_value(L, (nr_value){{NULL, 0}, nr_hits_number(box->hits, &box->hit, column)});
  return 2;
}

/* names = names(hit): its attributes, for suggestions */
static int hit_names(lua_State *L)
{
  nr_hit_box *box = check_hit(L);
  const nr_text *names;
  const nr_column_type *types;
  uint32_t count;
  nr_plan_columns(nr_hits_plan(box->hits), &names, &types, &count);
  lua_newtable(L);
  for (uint32_t i = 0; i < count; i++) {
    nr_bind_push_text(L, names[i]);
    lua_pushboolean(L, 1);
    lua_rawset(L, -3);
  }
  return 1;
}

static const luaL_Reg getters[] = {{"text", hit_text},     {"first", hit_first}, {"last", hit_last},
                                   {"field", hit_field},   {"day", hit_day},     {"article", hit_article},
                                   {"tokens", hit_tokens}, {NULL, NULL}};
static const luaL_Reg meta[] = {{"__gc", hit_free}, {"__tostring", hit_text}, {NULL, NULL}};
const nr_type nr_type_hit = {"newsreel.Hit", "a hit", NULL, getters, meta};

void nr_bind_hit_open(lua_State *L)
{
  nr_bind_type(L, &nr_type_hit);
  lua_getfield(L, -1, "types");
  lua_getfield(L, -1, "hit");
  lua_pushcfunction(L, hit_attribute);
  lua_setfield(L, -2, "fallback");
  lua_pushcfunction(L, hit_names);
  lua_setfield(L, -2, "names");
  lua_pop(L, 2);
}
