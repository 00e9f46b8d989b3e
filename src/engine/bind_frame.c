/* bind_frame.c: frames: made from hits or cells, grouped, sorted, written. Floor 6. What analysts
 * call is lua/newsreel/frame.lua. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/boxes.h"

nr_frame_box *nr_bind_new_frame(lua_State *L, int corpus)
{
  corpus = corpus == 0 ? 0 : lua_absindex(L, corpus);
  nr_frame_box *box = nr_bind_new(L, &nr_type_frame, sizeof *box, 1);
  if (corpus != 0) {
    lua_pushvalue(L, corpus);
    lua_setiuservalue(L, -2, 1);
  }
  return box;
}

nr_frame *nr_bind_check_frame(lua_State *L, int index)
{
  nr_frame_box *box = luaL_testudata(L, index, nr_type_frame.key);
  if (box == NULL || box->frame == NULL)
    nr_bind_fail(L, NR_INVALID, "a frame is wanted here, not a %s", luaL_typename(L, index));
  return box->frame;
}

/* Push a frame that counts over the same corpus as the one at index 1. */
static nr_frame_box *derive(lua_State *L)
{
  lua_getiuservalue(L, 1, 1);
  nr_frame_box *box = nr_bind_new_frame(L, -1);
  lua_remove(L, -2);
  return box;
}

static int frame_free(lua_State *L)
{
  nr_frame_box *box = luaL_checkudata(L, 1, nr_type_frame.key);
  nr_frame_free(box->frame);
  box->frame = NULL;
  return 0;
}

static const nr_memory *memory_of(lua_State *L)
{
  return &nr_engine_of(L)->memory;
}

/* ---- making ---- */

/* frame = core.frame(spans, {column, ...}) */
static int frame_of_hits(lua_State *L)
{
  nr_spans_box *spans = nr_bind_check_spans(L, 1);
  nr_hits *hits = nr_bind_hits(L, spans);
  nr_arena *arena = nr_bind_arena(L);
  uint32_t count;
  nr_text *columns = nr_bind_texts(L, 2, arena, &count);
  nr_error err;
  lua_getiuservalue(L, 1, 1);
  nr_frame_box *box = nr_bind_new_frame(L, -1);
  uint64_t before = nr_bind_weight(L);
  nr_bind_check(L, nr_frame_of_hits(memory_of(L), hits, columns, count, &box->frame, &err), &err);
  nr_bind_weigh(L, before);
  return 1;
}

/* Read a list of `count` cells on top; `false` is missing. Texts are borrowed from the table. */
static void read_cells(lua_State *L, nr_value *cells, uint64_t count)
{
  for (uint64_t i = 0; i < count; i++) {
    lua_rawgeti(L, -1, (lua_Integer)i + 1);
    bool nothing = lua_isboolean(L, -1) && !lua_toboolean(L, -1);
    cells[i] = nothing ? (nr_value){{NULL, 0}, NAN} : nr_bind_value(L, -1);
    lua_pop(L, 1);
  }
}

/* frame = core.frame_of_cells({name, ...}, {cell, ...}, rows): row by row */
static int frame_of_cells(lua_State *L)
{
  nr_arena *arena = nr_bind_arena(L);
  uint32_t count;
  nr_text *names = nr_bind_texts(L, 1, arena, &count);
  uint64_t rows = (uint64_t)luaL_checkinteger(L, 3);
  nr_value *cells = nr_bind_take(L, arena, (size_t)(rows * count) + 1, sizeof *cells);
  nr_error err;
  lua_pushvalue(L, 2);
  read_cells(L, cells, rows * count);
  nr_frame_box *box = nr_bind_new_frame(L, 0);
  nr_bind_check(L, nr_frame_of_cells(memory_of(L), names, count, cells, rows, &box->frame, &err), &err);
  return 1;
}

/* frame = core.frame_pivot(frame, down, across, value, zeros) */
static int frame_pivot(lua_State *L)
{
  nr_frame *frame = nr_bind_check_frame(L, 1);
  nr_text down = nr_bind_check_text(L, 2), across = nr_bind_check_text(L, 3),
          value = nr_bind_check_text(L, 4);
  bool zeros = lua_toboolean(L, 5);
  nr_frame_box *box = derive(L);
  nr_error err;
  nr_bind_check(L, nr_frame_pivot(frame, down, across, value, zeros, &box->frame, &err), &err);
  return 1;
}

/* frame = core.frame_with(frame, name, {cell, ...}) */
static int frame_with(lua_State *L)
{
  nr_frame *frame = nr_bind_check_frame(L, 1);
  nr_text name = nr_bind_check_text(L, 2);
  nr_arena *arena = nr_bind_arena(L);
  uint64_t rows = nr_frame_rows(frame);
  nr_value *cells = nr_bind_take(L, arena, (size_t)rows + 1, sizeof *cells);
  nr_error err;
  lua_pushvalue(L, 3);
  read_cells(L, cells, rows);
  nr_frame_box *box = derive(L);
  nr_bind_check(L, nr_frame_with(frame, name, cells, &box->frame, &err), &err);
  return 1;
}

/* Read columns at 2, aggregate at 3, its column at 4 and n at 5. */
static nr_grouping check_grouping(lua_State *L, nr_arena *arena)
{
  static const char *const aggregates[] = {"count", "sum", "mean", "range", "earliest", "share", "per", NULL};
  nr_grouping grouping = {.n = luaL_optnumber(L, 5, 0)};
  grouping.columns = nr_bind_texts(L, 2, arena, &grouping.column_count);
  grouping.aggregate = (nr_aggregate)luaL_checkoption(L, 3, NULL, aggregates);
  if (!lua_isnoneornil(L, 4))
    grouping.of = nr_bind_check_text(L, 4);
  return grouping;
}

/* frame = core.group(spans, {column, ...}, aggregate, of, n) */
static int frame_group(lua_State *L)
{
  newsreel_engine *engine = nr_engine_of(L);
  nr_hits *hits = nr_bind_hits(L, nr_bind_check_spans(L, 1));
  nr_arena *arena = nr_bind_arena(L);
  nr_grouping grouping = check_grouping(L, arena);
  nr_error err;
  lua_getiuservalue(L, 1, 1);
  grouping.view = nr_bind_check_corpus(L, -1)->view;
  nr_frame_box *box = nr_bind_new_frame(L, -1);
  uint64_t before = nr_bind_weight(L);
  nr_poll poll = nr_engine_poll(engine, "grouping");
  nr_status status = nr_frame_group(&engine->memory, hits, &grouping, &poll, &box->frame, &err);
  nr_engine_done(engine);
  nr_bind_check(L, status, &err);
  nr_bind_weigh(L, before);
  return 1;
}

/* frame = core.regroup(frame, {column, ...}, aggregate, of, n) */
static int frame_regroup(lua_State *L)
{
  nr_frame *frame = nr_bind_check_frame(L, 1);
  nr_arena *arena = nr_bind_arena(L);
  nr_grouping grouping = check_grouping(L, arena);
  nr_error err;
  if (lua_getiuservalue(L, 1, 1) != LUA_TNIL)
    grouping.view = nr_bind_check_corpus(L, -1)->view;
  nr_frame_box *box = derive(L);
  nr_bind_check(L, nr_frame_regroup(frame, &grouping, &box->frame, &err), &err);
  return 1;
}

/* ---- rows and columns ---- */

static int frame_len(lua_State *L)
{
  lua_pushinteger(L, (lua_Integer)nr_frame_rows(nr_bind_check_frame(L, 1)));
  return 1;
}

/* corpus = core.frame_corpus(frame): the corpus or view it counts over, or nil */
static int frame_corpus(lua_State *L)
{
  nr_bind_check_frame(L, 1);
  lua_getiuservalue(L, 1, 1);
  return 1;
}

/* columns = core.frame_columns(frame): {{name =, type =}, ...} */
static int frame_columns(lua_State *L)
{
  nr_frame *frame = nr_bind_check_frame(L, 1);
  uint32_t count = nr_frame_columns(frame);
  lua_createtable(L, (int)count, 0);
  for (uint32_t i = 0; i < count; i++) {
    lua_createtable(L, 0, 2);
    nr_bind_push_text(L, nr_frame_column_name(frame, i));
    lua_setfield(L, -2, "name");
    lua_pushstring(L, nr_frame_column_type(frame, i) == NR_COLUMN_TEXT ? "text" : "number");
    lua_setfield(L, -2, "type");
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

/* found, value = core.cell(frame, row, name): a missing value is nil */
static int frame_cell(lua_State *L)
{
  nr_frame *frame = nr_bind_check_frame(L, 1);
  lua_Integer row = luaL_checkinteger(L, 2);
  uint32_t column;
  luaL_argcheck(L, row >= 1 && (uint64_t)row <= nr_frame_rows(frame), 2, "no such row");
  bool found =
      lua_type(L, 3) == LUA_TSTRING && nr_frame_find_column(frame, nr_bind_check_text(L, 3), &column);
  lua_pushboolean(L, found);
  if (found)
    nr_bind_push_value(L, nr_frame_cell(frame, (uint64_t)row - 1, column));
  else
    lua_pushnil(L);
  return 2;
}

/* frame = core.sort(frame, {"name" | "-name", ...}) */
static int frame_sort(lua_State *L)
{
  nr_frame *frame = nr_bind_check_frame(L, 1);
  nr_arena *arena = nr_bind_arena(L);
  uint32_t count;
  nr_text *columns = nr_bind_texts(L, 2, arena, &count);
  nr_error err;
  nr_frame_box *box = derive(L);
  nr_bind_check(L, nr_frame_sort(frame, columns, count, &box->frame, &err), &err);
  return 1;
}

/* frame = core.frame_where(frame, {{name =, values = {}}, ...}) */
static int frame_where(lua_State *L)
{
  nr_frame *frame = nr_bind_check_frame(L, 1);
  nr_arena *arena = nr_bind_arena(L);
  uint32_t count;
  nr_condition *conditions = nr_bind_conditions(L, 2, arena, &count);
  nr_error err;
  nr_frame_box *box = derive(L);
  nr_bind_check(L, nr_frame_where(frame, conditions, count, &box->frame, &err), &err);
  return 1;
}

/* frame = core.frame_pick(frame, {row, ...}) */
static int frame_pick(lua_State *L)
{
  nr_frame *frame = nr_bind_check_frame(L, 1);
  nr_arena *arena = nr_bind_arena(L);
  uint64_t count = lua_rawlen(L, 2);
  uint64_t *rows = nr_bind_take(L, arena, (size_t)count + 1, sizeof *rows);
  nr_error err;
  for (uint64_t i = 0; i < count; i++) {
    lua_rawgeti(L, 2, (lua_Integer)i + 1);
    rows[i] = (uint64_t)luaL_checkinteger(L, -1) - 1;
    luaL_argcheck(L, rows[i] < nr_frame_rows(frame), 2, "no such row");
    lua_pop(L, 1);
  }
  nr_frame_box *box = derive(L);
  nr_bind_check(L, nr_frame_pick(frame, rows, count, &box->frame, &err), &err);
  return 1;
}

/* ---- receipts ---- */

/* Indexes of a receipt, held by the collector. */
typedef struct receipt_box {
  const nr_memory *memory;
  uint64_t *indexes;
  uint64_t count;
} receipt_box;

static const char receipt_key[] = "newsreel.receipt";

static void clear_receipt(receipt_box *box)
{
  nr_release(box->memory, box->indexes, box->count * sizeof *box->indexes);
  box->indexes = NULL;
}

static int receipt_free(lua_State *L)
{
  clear_receipt(lua_touserdata(L, 1));
  return 0;
}

static uint64_t check_row(lua_State *L)
{
  lua_Integer row = luaL_checkinteger(L, 2);
  luaL_argcheck(L, row >= 1 && (uint64_t)row <= nr_frame_rows(nr_bind_check_frame(L, 1)), 2, "no such row");
  return (uint64_t)row;
}

/* Push the receipt of a row, from 1, of the frame at index 1; *hits NULL: there is none. */
static receipt_box *push_receipt(lua_State *L, uint64_t row, nr_hits **hits)
{
  nr_frame *frame = nr_bind_check_frame(L, 1);
  nr_error err;
  receipt_box *box = lua_newuserdatauv(L, sizeof *box, 0);
  *box = (receipt_box){.memory = memory_of(L)};
  luaL_setmetatable(L, receipt_key);
  nr_bind_check(L, nr_frame_receipt(frame, row - 1, hits, &box->indexes, &box->count, &err), &err);
  return box;
}

/* text, count = core.receipt_kwic(frame, row, hits_max, width, cut_at_sentence, bold); nil: no receipt */
static int frame_receipt_kwic(lua_State *L)
{
  nr_hits *hits = NULL;
  nr_kwic options = {(uint32_t)luaL_checkinteger(L, 4), lua_toboolean(L, 5), lua_toboolean(L, 6)};
  uint64_t most = (uint64_t)luaL_checkinteger(L, 3);
  receipt_box *box = push_receipt(L, check_row(L), &hits);
  nr_buffer *out = nr_bind_buffer(L);
  nr_error err;
  if (hits == NULL) {
    luaL_pushfail(L);
    return 1;
  }
  nr_bind_check(
      L, nr_kwic_print(hits, box->indexes, box->count < most ? box->count : most, &options, out, &err), &err);
  lua_pushlstring(L, out->bytes, out->size);
  lua_pushinteger(L, (lua_Integer)box->count);
  return 2;
}

/* hits = core.receipt(frame, row): a list of hits, or nil where the frame has no receipts */
static int frame_receipt(lua_State *L)
{
  nr_hits *hits = NULL;
  receipt_box *box = push_receipt(L, check_row(L), &hits);
  if (hits == NULL) {
    luaL_pushfail(L);
    return 1;
  }
  lua_createtable(L, (int)box->count, 0);
  for (uint64_t i = 0; i < box->count; i++) {
    nr_bind_push_hit(L, hits, box->indexes[i]);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

/* ---- what lies inside a row ---- */

static int by_place(const void *a, const void *b)
{
  const nr_hit *x = a, *y = b;
  return x->part != y->part ? (x->part > y->part) - (x->part < y->part)
                            : (x->first > y->first) - (x->first < y->first);
}

/* All hits, by part and first token. */
static nr_hit *sorted_hits(lua_State *L, const nr_hits *hits, nr_arena *arena)
{
  uint64_t count = nr_hits_count(hits);
  nr_hit *list = nr_bind_take(L, arena, (size_t)count + 1, sizeof *list);
  for (uint64_t done = 0; done < count;)
    done += nr_hits_read(hits, done, 4096, list + done);
  qsort(list, (size_t)count, sizeof *list, by_place);
  return list;
}

/* First of `list` that starts at the place of `at` or later. */
static size_t first_inside(const nr_hit *list, size_t count, const nr_hit *at)
{
  size_t low = 0;
  while (low < count) {
    size_t middle = low + (count - low) / 2;
    if (by_place(&list[middle], at) < 0)
      low = middle + 1;
    else
      count = middle;
  }
  return low;
}

typedef struct addends {
  const nr_hits *hits;
  const nr_hit *list; /* sorted */
  size_t count;
  uint32_t column;
} addends;

/* Add what lies inside `at` to *sum; false where nothing does. */
static bool add_inside(const addends *from, const nr_hit *at, double *sum)
{
  bool any = false;
  for (size_t i = first_inside(from->list, from->count, at); i < from->count; i++) {
    const nr_hit *hit = &from->list[i];
    if (hit->part != at->part || hit->first > at->last)
      break;
    if (hit->last > at->last)
      continue;
    double value = nr_hits_number(from->hits, hit, from->column);
    *sum += isnan(value) ? 0 : value;
    any = any || !isnan(value);
  }
  return any;
}

static uint32_t check_number_column(lua_State *L, const nr_hits *hits, nr_text name)
{
  const nr_text *names;
  const nr_column_type *types;
  uint32_t count;
  nr_plan_columns(nr_hits_plan(hits), &names, &types, &count);
  for (uint32_t i = 0; i < count; i++)
    if (nr_text_equal(names[i], name) && types[i] == NR_COLUMN_NUMBER)
      return i;
  nr_bind_fail(L, NR_INVALID, "these spans have no number '%s'", name.bytes);
}

/* sums = core.sums(frame, spans, name): for each row the sum of a number over the spans inside its
 * hits; newsreel.missing where there is none */
static int frame_sums(lua_State *L)
{
  uint64_t rows = nr_frame_rows(nr_bind_check_frame(L, 1));
  nr_hits *of = nr_bind_hits(L, nr_bind_check_spans(L, 2));
  nr_arena *arena = nr_bind_arena(L);
  addends from = {of, sorted_hits(L, of, arena), (size_t)nr_hits_count(of),
                  check_number_column(L, of, nr_bind_check_text(L, 3))};
  lua_createtable(L, (int)rows, 0);
  int sums = lua_gettop(L);
  for (uint64_t row = 1; row <= rows; row++) {
    nr_hits *hits = NULL;
    double sum = 0;
    bool any = false;
    receipt_box *box = push_receipt(L, row, &hits);
    for (uint64_t i = 0; hits != NULL && i < box->count; i++) {
      nr_hit at;
      nr_hits_get(hits, box->indexes[i], &at);
      any = add_inside(&from, &at, &sum) || any;
    }
    clear_receipt(box);
    if (any)
      nr_bind_push_value(L, (nr_value){{NULL, 0}, sum});
    else
      nr_bind_push_missing(L);
    lua_rawseti(L, sums, (lua_Integer)row);
    lua_settop(L, sums);
  }
  return 1;
}

/* ---- out ---- */

static int push_buffer(lua_State *L, nr_buffer *out, nr_status status, const nr_error *err)
{
  nr_bind_check(L, status, err);
  lua_pushlstring(L, out->bytes, out->size);
  nr_buffer_clear(out);
  return 1;
}

/* text = core.frame_table(frame, rows, width) */
static int frame_table(lua_State *L)
{
  nr_frame *frame = nr_bind_check_frame(L, 1);
  lua_Integer rows = luaL_checkinteger(L, 2), width = luaL_checkinteger(L, 3);
  nr_buffer *out = nr_bind_buffer(L);
  nr_error err;
  return push_buffer(L, out, nr_frame_print(frame, (uint64_t)rows, (uint32_t)width, out, &err), &err);
}

/* text = core.frame_csv(frame) */
static int frame_csv(lua_State *L)
{
  nr_frame *frame = nr_bind_check_frame(L, 1);
  nr_buffer *out = nr_bind_buffer(L);
  nr_error err;
  return push_buffer(L, out, nr_frame_csv(frame, out, &err), &err);
}

/* text = core.frame_jsonl(frame) */
static int frame_jsonl(lua_State *L)
{
  nr_frame *frame = nr_bind_check_frame(L, 1);
  nr_buffer *out = nr_bind_buffer(L);
  nr_error err;
  return push_buffer(L, out, nr_frame_jsonl(frame, out, &err), &err);
}

/* core.save(path, text): replaces the file as a whole */
static int frame_save(lua_State *L)
{
  const char *path = luaL_checkstring(L, 1);
  nr_error err;
  nr_bind_check(L, nr_disk_write_file(path, nr_bind_check_text(L, 2), memory_of(L), &err), &err);
  return 0;
}

static const luaL_Reg meta[] = {{"__gc", frame_free}, {"__len", frame_len}, {NULL, NULL}};
const nr_type nr_type_frame = {"newsreel.Frame", "a frame", NULL, NULL, meta};

void nr_bind_frame_open(lua_State *L)
{
  static const luaL_Reg functions[] = {{"frame", frame_of_hits},
                                       {"frame_of_cells", frame_of_cells},
                                       {"frame_with", frame_with},
                                       {"group", frame_group},
                                       {"regroup", frame_regroup},
                                       {"frame_columns", frame_columns},
                                       {"cell", frame_cell},
                                       {"sort", frame_sort},
                                       {"frame_where", frame_where},
                                       {"frame_pick", frame_pick},
                                       {"sums", frame_sums},
                                       {"receipt", frame_receipt},
                                       {"receipt_kwic", frame_receipt_kwic},
                                       {"frame_pivot", frame_pivot},
                                       {"frame_corpus", frame_corpus},
                                       {"frame_table", frame_table},
                                       {"frame_csv", frame_csv},
                                       {"frame_jsonl", frame_jsonl},
                                       {"save", frame_save},
                                       {NULL, NULL}};
  luaL_newmetatable(L, receipt_key);
  lua_pushcfunction(L, receipt_free);
  lua_setfield(L, -2, "__gc");
  lua_pop(L, 1);
  nr_bind_type(L, &nr_type_frame);
  luaL_setfuncs(L, functions, 0);
}
