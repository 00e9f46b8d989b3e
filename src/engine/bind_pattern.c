/* bind_pattern.c: trees from lua/newsreel/pattern.lua to plans; lists of entries; built-in layers.
 * Floor 6. Texts in trees are borrowed from the Lua tables, which stand on the stack meanwhile. */
#include <math.h>
#include <string.h>

#include "engine/boxes.h"

enum { nesting_max = 120 };

static uint32_t number_field(lua_State *L, const char *name)
{
  lua_getfield(L, -1, name);
  uint32_t value = (uint32_t)lua_tointeger(L, -1);
  lua_pop(L, 1);
  return value;
}

static nr_text text_field(lua_State *L, const char *name)
{
  nr_text text = {NULL, 0};
  if (lua_getfield(L, -1, name) == LUA_TSTRING)
    text = nr_bind_check_text(L, -1);
  lua_pop(L, 1);
  return text;
}

static nr_pattern_kind kind_field(lua_State *L)
{
  static const char *const kinds[] = {"form",   "surface", "glob",  "gap",  "sequence",
                                      "choice", "plan",    "regex", "stem", NULL};
  lua_getfield(L, -1, "kind");
  int kind = luaL_checkoption(L, -1, NULL, kinds);
  lua_pop(L, 1);
  return (nr_pattern_kind)kind;
}

static void read_tree(lua_State *L, nr_arena *arena, int depth, nr_pattern *node);

static void read_children(lua_State *L, nr_arena *arena, int depth, nr_pattern *node)
{
  node->child_count = (uint32_t)lua_rawlen(L, -1);
  nr_pattern *children = nr_bind_take(L, arena, (size_t)node->child_count + 1, sizeof *children);
  for (uint32_t i = 0; i < node->child_count; i++) {
    lua_rawgeti(L, -1, (lua_Integer)i + 1);
    read_tree(L, arena, depth + 1, &children[i]);
    lua_pop(L, 1);
  }
  node->children = children;
}

/* Read the table on top as a pattern. */
static void read_tree(lua_State *L, nr_arena *arena, int depth, nr_pattern *node)
{
  luaL_checkstack(L, 8, "pattern");
  luaL_checktype(L, -1, LUA_TTABLE);
  if (depth > nesting_max)
    nr_bind_fail(L, NR_INVALID, "the pattern is nested too deeply");
  *node = (nr_pattern){.kind = kind_field(L), .text = text_field(L, "text")};
  node->min = number_field(L, "min");
  node->max = number_field(L, "max");
  lua_getfield(L, -1, "joined");
  node->joined = lua_toboolean(L, -1);
  lua_pop(L, 1);
  if (node->kind == NR_PATTERN_PLAN) {
    lua_getfield(L, -1, "spans");
    node->plan = nr_bind_check_spans(L, -1)->plan;
    lua_pop(L, 1);
  }
  read_children(L, arena, depth, node);
}

/* spans = core.pattern(corpus, tree, overlap) */
static int bind_pattern(lua_State *L)
{
  nr_arena *arena = nr_bind_arena(L);
  bool overlap = lua_toboolean(L, 3), margin = nr_bind_check_corpus(L, 1)->margin;
  nr_pattern tree;
  nr_error err;
  lua_pushvalue(L, 2);
  read_tree(L, arena, 0, &tree);
  nr_spans_box *box = nr_bind_new_spans(L, 1);
  nr_bind_check(L, nr_plan_pattern(&nr_engine_of(L)->memory, &tree, overlap, margin, &box->plan, &err), &err);
  nr_bind_restrict(L, box, 1);
  nr_arena_clear(arena);
  return 1;
}

/* spans = core.layer(corpus, name): a built-in layer */
static int bind_layer(lua_State *L)
{
  nr_layer layer;
  nr_error err;
  bool margin = nr_bind_check_corpus(L, 1)->margin;
  if (!nr_layer_named(nr_bind_check_text(L, 2), &layer))
    nr_bind_fail(L, NR_NOTFOUND, "there is no layer '%s'", lua_tostring(L, 2));
  nr_spans_box *box = nr_bind_new_spans(L, 1);
  nr_bind_check(L, nr_plan_layer(&nr_engine_of(L)->memory, layer, margin, &box->plan, &err), &err);
  nr_bind_restrict(L, box, 1);
  return 1;
}

/* names = core.layers(): of the built-in layers, in a fixed order */
static int bind_layers(lua_State *L)
{
  lua_createtable(L, NR_LAYERS, 0);
  for (int layer = 0; layer < NR_LAYERS; layer++) {
    lua_pushstring(L, nr_layer_name((nr_layer)layer));
    lua_rawseti(L, -2, layer + 1);
  }
  return 1;
}

/* ---- entries ---- */

/* Read {row =, tree, tree, ...} on top. */
static void read_entry(lua_State *L, nr_arena *arena, nr_entry *entry)
{
  nr_pattern words;
  entry->row = number_field(L, "row") - 1;
  words = (nr_pattern){0};
  read_children(L, arena, 0, &words);
  entry->words = words.children;
  entry->word_count = words.child_count;
}

static nr_entry *read_entries(lua_State *L, int index, nr_arena *arena, uint32_t *count)
{
  luaL_checktype(L, index, LUA_TTABLE);
  *count = (uint32_t)lua_rawlen(L, index);
  nr_entry *entries = nr_bind_take(L, arena, (size_t)*count + 1, sizeof *entries);
  for (uint32_t i = 0; i < *count; i++) {
    lua_rawgeti(L, index, (lua_Integer)i + 1);
    read_entry(L, arena, &entries[i]);
    lua_pop(L, 1);
  }
  return entries;
}

/* Read {name =, type = "text" | "number", values = {...}} on top; `false` is missing. */
static void read_column(lua_State *L, nr_arena *arena, uint32_t rows, nr_column *column)
{
  static const char *const types[] = {"text", "number", NULL};
  lua_getfield(L, -1, "type");
  *column = (nr_column){.type = (nr_column_type)luaL_checkoption(L, -1, "text", types)};
  lua_pop(L, 1);
  column->name = text_field(L, "name");
  nr_text *texts = nr_bind_take(L, arena, (size_t)rows + 1, sizeof *texts);
  double *numbers = nr_bind_take(L, arena, (size_t)rows + 1, sizeof *numbers);
  lua_getfield(L, -1, "values");
  for (uint32_t row = 0; row < rows; row++) {
    lua_rawgeti(L, -1, (lua_Integer)row + 1);
    numbers[row] = lua_type(L, -1) == LUA_TNUMBER ? lua_tonumber(L, -1) : NAN;
    texts[row] = lua_type(L, -1) == LUA_TSTRING ? nr_bind_check_text(L, -1) : (nr_text){NULL, 0};
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
  column->texts = texts;
  column->numbers = numbers;
}

/* spans = core.dictionary(corpus, entries, columns, rows, "longest" | "longest_each" | "all") */
static int bind_dictionary(lua_State *L)
{
  static const char *const overlaps[] = {"longest", "longest_each", "all", NULL};
  nr_overlap overlap = (nr_overlap)luaL_checkoption(L, 5, "longest", overlaps);
  bool margin = nr_bind_check_corpus(L, 1)->margin;
  nr_arena *arena = nr_bind_arena(L);
  uint32_t count, rows = (uint32_t)luaL_checkinteger(L, 4);
  nr_entry *entries = read_entries(L, 2, arena, &count);
  nr_table table = {.column_count = (uint32_t)lua_rawlen(L, 3), .row_count = rows};
  nr_column *columns = nr_bind_take(L, arena, (size_t)table.column_count + 1, sizeof *columns);
  nr_error err;
  for (uint32_t i = 0; i < table.column_count; i++) {
    lua_rawgeti(L, 3, (lua_Integer)i + 1);
    read_column(L, arena, rows, &columns[i]);
    lua_pop(L, 1);
  }
  table.columns = columns;
  nr_spans_box *box = nr_bind_new_spans(L, 1);
  nr_bind_check(
      L,
      nr_plan_dictionary(&nr_engine_of(L)->memory, entries, count, &table, overlap, margin, &box->plan, &err),
      &err);
  nr_bind_restrict(L, box, 1);
  nr_arena_clear(arena);
  return 1;
}

void nr_bind_pattern_open(lua_State *L)
{
  static const luaL_Reg functions[] = {{"pattern", bind_pattern},
                                       {"layer", bind_layer},
                                       {"layers", bind_layers},
                                       {"dictionary", bind_dictionary},
                                       {NULL, NULL}};
  luaL_setfuncs(L, functions, 0);
}
