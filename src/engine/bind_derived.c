/* bind_derived.c: layers made by the rules of a module: found where they are stored, completed by workers,
 * handed to the writer. Floor 6. */
#include <string.h>
#include <unistd.h>

#include "engine/boxes.h"
#include "engine/workers.h"

/* What is gathered here lies in one object that the collector owns. */
typedef struct derived_box {
  nr_arena arena;
  nr_buffer *made; /* one a part */
  uint32_t parts;
} derived_box;

static const char derived_key[] = "newsreel.derived";

static int derived_free(lua_State *L)
{
  derived_box *box = lua_touserdata(L, 1);
  for (uint32_t i = 0; i < box->parts; i++)
    nr_buffer_clear(&box->made[i]);
  box->parts = 0;
  nr_arena_clear(&box->arena);
  return 0;
}

static derived_box *push_box(lua_State *L, uint32_t parts)
{
  const nr_memory *memory = &nr_engine_of(L)->memory;
  derived_box *box = lua_newuserdatauv(L, sizeof *box, 0);
  box->parts = 0;
  nr_arena_init(&box->arena, memory);
  luaL_setmetatable(L, derived_key);
  box->made = nr_bind_take(L, &box->arena, (size_t)parts + 1, sizeof *box->made);
  for (; box->parts < parts; box->parts++)
    nr_buffer_init(&box->made[box->parts], memory);
  return box;
}

/* The stored blocks of a layer; a damaged one is told of and taken as missing. */
static nr_text *find_blocks(lua_State *L, derived_box *box, nr_snapshot *snapshot, nr_text name,
                            uint64_t rules)
{
  nr_text *blocks = nr_bind_take(L, &box->arena, (size_t)box->parts + 1, sizeof *blocks);
  for (uint32_t i = 0; i < box->parts; i++) {
    nr_error err;
    nr_status status = nr_snapshot_find_layer(snapshot, i, name, rules, &blocks[i], &err);
    if (status != NR_OK)
      blocks[i] = (nr_text){NULL, 0};
    if (status == NR_CORRUPT)
      nr_engine_tell(nr_engine_of(L), NEWSREEL_WARNING, err.message, strlen(err.message));
  }
  return blocks;
}

/* Count living articles by state: returns those unread; adds to the table on top, reason -> articles. */
static uint64_t count_states(lua_State *L, nr_arena *arena, const nr_part *part, nr_text block)
{
  nr_derived_view view;
  nr_error err;
  uint64_t unread = 0;
  uint32_t articles = nr_segment_count(part->segment)->articles;
  if (block.bytes == NULL)
    return articles - part->dead_count;
  nr_bind_check(L, nr_derived_read_states(block, articles, arena, &view, &err), &err);
  for (uint32_t i = 0; i < articles; i++) {
    if (nr_part_dead(part, i))
      continue;
    unread += view.states[i] == NR_DERIVED_UNREAD;
    if (view.states[i] < NR_DERIVED_LEFT_OUT)
      continue;
    nr_bind_push_text(L, view.reasons[view.states[i] - NR_DERIVED_LEFT_OUT]);
    lua_pushvalue(L, -1);
    lua_gettable(L, -3);
    lua_Integer count = lua_tointeger(L, -1);
    lua_pop(L, 1);
    lua_pushinteger(L, count + 1);
    lua_settable(L, -3);
  }
  return unread;
}

/* The same over all parts, the table pushed. */
static uint64_t count_all(lua_State *L, derived_box *box, nr_snapshot *snapshot, const nr_text *blocks)
{
  uint64_t unread = 0;
  lua_newtable(L);
  for (uint32_t i = 0; i < box->parts; i++)
    unread += count_states(L, &box->arena, nr_snapshot_part(snapshot, i), blocks[i]);
  return unread;
}

/* Push spans of the corpus at index 1 with what the blocks hold. */
static void push_spans(lua_State *L, nr_snapshot *snapshot, const nr_text *blocks)
{
  nr_error err;
  nr_spans_box *spans = nr_bind_new_spans(L, 1);
  if (spans->snapshot != snapshot)
    nr_bind_fail(L, NR_INVALID, "the corpus was changed while its articles were read");
  nr_bind_check(L, nr_plan_derived(&nr_engine_of(L)->memory, snapshot, blocks, &spans->plan, &err), &err);
  nr_bind_restrict(L, spans, 1);
}

/* spans, left_out = core.stored(corpus, name, rules): of a layer that is stored for all articles, or nil.
 * left_out: reason -> how many articles */
static int bind_stored(lua_State *L)
{
  nr_snapshot *snapshot = nr_bind_snapshot(L, 1);
  nr_text name = nr_bind_check_text(L, 2);
  uint64_t rules = (uint64_t)luaL_checkinteger(L, 3);
  if (nr_snapshot_layers(snapshot) == 0)
    return 0;
  derived_box *box = push_box(L, nr_snapshot_count(snapshot)->parts);
  nr_text *blocks = find_blocks(L, box, snapshot, name, rules);
  if (count_all(L, box, snapshot, blocks) > 0)
    return 0;
  push_spans(L, snapshot, blocks);
  lua_insert(L, -2);
  return 2;
}

/* spans, unread = core.stored_by_any(corpus, name): what is stored by whatever rules, and how many articles
 * it does not know; nil where nothing is stored */
static int bind_stored_by_any(lua_State *L)
{
  nr_snapshot *snapshot = nr_bind_snapshot(L, 1);
  nr_text name = nr_bind_check_text(L, 2);
  lua_settop(L, 2);
  derived_box *box = push_box(L, nr_snapshot_count(snapshot)->parts);
  nr_text *blocks = nr_bind_take(L, &box->arena, (size_t)box->parts + 1, sizeof *blocks);
  bool any = false;
  memset(blocks, 0, (size_t)box->parts * sizeof *blocks);
  for (uint32_t i = 0; i < nr_snapshot_layers(snapshot); i++) {
    nr_layer_block block;
    nr_error err;
    nr_snapshot_layer(snapshot, i, &block);
    if (!nr_text_equal(block.name, name))
      continue;
    nr_bind_check(
        L, nr_snapshot_find_layer(snapshot, block.part, name, block.rules, &blocks[block.part], &err), &err);
    any = true;
  }
  if (!any)
    return 0;
  uint64_t unread = count_all(L, box, snapshot, blocks);
  push_spans(L, snapshot, blocks);
  lua_pushinteger(L, (lua_Integer)unread);
  return 2;
}

/* ---- making ---- */

static const char *string_field(lua_State *L, const char *name)
{
  lua_getfield(L, 2, name);
  const char *text = luaL_optstring(L, -1, NULL);
  lua_pop(L, 1); /* the table at 2 holds it */
  return text;
}

/* Read the field `attributes`: {{name, "text" | "number"}, ...}, in the order of names. */
static nr_derived_column *read_columns(lua_State *L, nr_arena *arena, uint32_t *count)
{
  static const char *const types[] = {"text", "number", NULL};
  lua_getfield(L, 2, "attributes");
  luaL_checktype(L, -1, LUA_TTABLE);
  *count = (uint32_t)lua_rawlen(L, -1);
  nr_derived_column *columns = nr_bind_take(L, arena, (size_t)*count + 1, sizeof *columns);
  for (uint32_t i = 0; i < *count; i++) {
    lua_rawgeti(L, -1, (lua_Integer)i + 1);
    lua_rawgeti(L, -1, 1);
    lua_rawgeti(L, -2, 2);
    columns[i] = (nr_derived_column){nr_bind_check_text(L, -2), NR_COLUMN_TEXT};
    if (luaL_checkoption(L, -1, NULL, types) == 1)
      columns[i].type = NR_COLUMN_NUMBER;
    lua_pop(L, 3);
  }
  lua_pop(L, 1);
  return columns;
}

/* Read the field `modules`: name -> text. */
static nr_module *read_modules(lua_State *L, nr_arena *arena, size_t *count)
{
  size_t room = 0;
  *count = 0;
  lua_getfield(L, 2, "modules");
  luaL_checktype(L, -1, LUA_TTABLE);
  for (lua_pushnil(L); lua_next(L, -2) != 0; lua_pop(L, 1))
    room++;
  nr_module *modules = nr_bind_take(L, arena, room + 1, sizeof *modules);
  for (lua_pushnil(L); lua_next(L, -2) != 0; lua_pop(L, 1)) {
    luaL_checktype(L, -2, LUA_TSTRING);
    modules[(*count)++] = (nr_module){lua_tostring(L, -2), nr_bind_check_text(L, -1)};
  }
  lua_pop(L, 1); /* the table at 2 holds it */
  return modules;
}

/* Threads to work with; 0 where the host has an allocator, which only the calling thread may use. */
static uint32_t worker_count(lua_State *L)
{
  enum { workers_max = 64 };
  if (nr_engine_of(L)->options.allocate != NULL)
    return 0;
  lua_getfield(L, 2, "workers");
  lua_Integer count = luaL_optinteger(L, -1, sysconf(_SC_NPROCESSORS_ONLN));
  lua_pop(L, 1);
  return count < 1 ? 1 : count > workers_max ? workers_max : (uint32_t)count;
}

/* Hand what was made to the writer, if there is one, and put it in the place of the stored blocks. */
static bool keep(lua_State *L, derived_box *box, nr_text name, uint64_t rules, nr_text *blocks)
{
  nr_writer *writer = nr_bind_root(L, 1)->writer;
  nr_error err;
  for (uint32_t i = 0; i < box->parts; i++) {
    if (box->made[i].size == 0)
      continue;
    blocks[i] = (nr_text){box->made[i].bytes, box->made[i].size};
    if (writer != NULL)
      nr_bind_check(L, nr_writer_put_layer(writer, i, name, rules, blocks[i], &err), &err);
  }
  return writer != NULL;
}

/* spans, left_out, wordless, kept = core.derive(corpus, {name =, module =, argument =, rules =,
 * attributes =, modules =, trigger = spans, workers =}): a layer completed. `kept`: the next commit stores
 * it. */
static int bind_derive(lua_State *L)
{
  nr_snapshot *snapshot = nr_bind_snapshot(L, 1);
  luaL_checktype(L, 2, LUA_TTABLE);
  lua_settop(L, 2);
  derived_box *box = push_box(L, nr_snapshot_count(snapshot)->parts);
  nr_making making = {.engine = nr_engine_of(L), .snapshot = snapshot, .workers = worker_count(L)};
  making.columns = read_columns(L, &box->arena, &making.column_count);
  making.name = string_field(L, "name");
  making.module = string_field(L, "module");
  making.argument = string_field(L, "argument");
  making.modules = read_modules(L, &box->arena, &making.module_count);
  if (lua_getfield(L, 2, "trigger") != LUA_TNIL)
    making.trigger = nr_bind_check_spans(L, -1)->plan;
  lua_getfield(L, 2, "rules");
  uint64_t rules = (uint64_t)luaL_checkinteger(L, -1), wordless = 0;
  nr_text name = nr_text_of(making.name);
  nr_text *blocks = find_blocks(L, box, snapshot, name, rules);
  nr_error err;
  nr_bind_check(L, nr_make_layer(&making, blocks, box->made, &wordless, &err), &err);
  bool kept = keep(L, box, name, rules, blocks);
  push_spans(L, snapshot, blocks);
  count_all(L, box, snapshot, blocks);
  lua_pushinteger(L, (lua_Integer)wordless);
  lua_pushboolean(L, kept);
  return 4;
}

/* names = core.stored_layers(corpus): {name, rules, bytes} of each stored block */
static int bind_stored_layers(lua_State *L)
{
  nr_snapshot *snapshot = nr_bind_snapshot(L, 1);
  lua_newtable(L);
  for (uint32_t i = 0; i < nr_snapshot_layers(snapshot); i++) {
    nr_layer_block block;
    nr_snapshot_layer(snapshot, i, &block);
    lua_createtable(L, 0, 3);
    nr_bind_push_text(L, block.name);
    lua_setfield(L, -2, "name");
    lua_pushinteger(L, (lua_Integer)block.rules);
    lua_setfield(L, -2, "rules");
    lua_pushinteger(L, (lua_Integer)block.bytes.size);
    lua_setfield(L, -2, "bytes");
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

void nr_bind_derived_open(lua_State *L)
{
  static const luaL_Reg functions[] = {{"stored", bind_stored},
                                       {"stored_by_any", bind_stored_by_any},
                                       {"derive", bind_derive},
                                       {"stored_layers", bind_stored_layers},
                                       {NULL, NULL}};
  luaL_newmetatable(L, derived_key);
  lua_pushcfunction(L, derived_free);
  lua_setfield(L, -2, "__gc");
  lua_pop(L, 1);
  luaL_setfuncs(L, functions, 0);
}
