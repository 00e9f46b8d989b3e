/* bind_spans.c: spans: plans put together, run, counted, walked. Floor 6. What analysts call is
 * lua/newsreel/spans.lua, which turns texts into spans and has the words for mistakes. */
#include <math.h>
#include <string.h>

#include "engine/boxes.h"

nr_spans_box *nr_bind_check_spans(lua_State *L, int index)
{
  nr_spans_box *box = luaL_testudata(L, index, nr_type_spans.key);
  if (box == NULL)
    nr_bind_fail(L, NR_INVALID, "spans are wanted here, not a %s", luaL_typename(L, index));
  return box;
}

nr_spans_box *nr_bind_new_spans(lua_State *L, int corpus)
{
  corpus = lua_absindex(L, corpus);
  nr_snapshot *snapshot = nr_bind_snapshot(L, corpus);
  nr_spans_box *box = nr_bind_new(L, &nr_type_spans, sizeof *box, 1);
  box->snapshot = nr_snapshot_retain(snapshot);
  lua_pushvalue(L, corpus);
  lua_setiuservalue(L, -2, 1);
  return box;
}

void nr_bind_restrict(lua_State *L, nr_spans_box *box, int corpus)
{
  nr_view *view = nr_bind_check_corpus(L, corpus)->view;
  nr_plan *restricted;
  nr_error err;
  if (view == NULL)
    return;
  nr_bind_check(L, nr_plan_restrict(&nr_engine_of(L)->memory, box->plan, view, &restricted, &err), &err);
  nr_plan_release(box->plan);
  box->plan = restricted;
}

static int spans_free(lua_State *L)
{
  nr_spans_box *box = nr_bind_check_spans(L, 1);
  nr_hits_free(box->hits);
  nr_plan_release(box->plan);
  nr_snapshot_release(box->snapshot);
  *box = (nr_spans_box){0};
  return 0;
}

/* Raise where the corpus has been closed since. */
static void check_open(lua_State *L, int index)
{
  lua_getiuservalue(L, index, 1);
  nr_bind_check_corpus(L, -1);
  lua_pop(L, 1);
}

/* Push new spans over the corpus and snapshot of those at index 1, which `b` must share. */
static nr_spans_box *derive(lua_State *L, const nr_spans_box *b)
{
  nr_spans_box *a = nr_bind_check_spans(L, 1);
  check_open(L, 1);
  if (b != NULL && b->snapshot != a->snapshot)
    nr_bind_fail(L, NR_INVALID,
                 "these spans are of two corpora, or from before and after a commit or "
                 "refresh; make both from the corpus as it is now");
  nr_spans_box *box = nr_bind_new(L, &nr_type_spans, sizeof *box, 1);
  box->snapshot = nr_snapshot_retain(a->snapshot);
  lua_getiuservalue(L, 1, 1);
  lua_setiuservalue(L, -2, 1);
  return box;
}

static const nr_memory *memory_of(lua_State *L)
{
  return &nr_engine_of(L)->memory;
}

/* A distance: a whole number from 0, or nil for anywhere. */
static uint32_t check_distance(lua_State *L, int index)
{
  if (lua_isnoneornil(L, index))
    return UINT32_MAX;
  lua_Integer n = luaL_checkinteger(L, index);
  if (n < 0 || n > INT32_MAX)
    nr_bind_fail(L, NR_INVALID, "a distance is a number of tokens from 0 up, not %I", n);
  return (uint32_t)n;
}

/* ---- the algebra ---- */

/* spans = core.relate(a, relation, b) */
static int spans_relate(lua_State *L)
{
  static const char *const relations[] = {"within",      "outside",  "containing", "lacking",
                                          "overlapping", "clear_of", NULL};
  nr_spans_box *a = nr_bind_check_spans(L, 1), *b = nr_bind_check_spans(L, 3);
  nr_relation relation = (nr_relation)luaL_checkoption(L, 2, NULL, relations);
  nr_spans_box *box = derive(L, b);
  nr_error err;
  nr_bind_check(L, nr_plan_relate(memory_of(L), a->plan, relation, b->plan, &box->plan, &err), &err);
  return 1;
}

/* spans = core.union(a, b) */
static int spans_union(lua_State *L)
{
  nr_spans_box *a = nr_bind_check_spans(L, 1), *b = nr_bind_check_spans(L, 2), *box = derive(L, b);
  nr_error err;
  nr_bind_check(L, nr_plan_union(memory_of(L), a->plan, b->plan, &box->plan, &err), &err);
  return 1;
}

/* spans = core.near(a, "near" | "before" | "after", b, n or nil, region) */
static int spans_near(lua_State *L)
{
  static const char *const sides[] = {"near", "before", "after", NULL};
  nr_spans_box *a = nr_bind_check_spans(L, 1), *b = nr_bind_check_spans(L, 3);
  nr_spans_box *region = nr_bind_check_spans(L, 5);
  nr_side side = (nr_side)luaL_checkoption(L, 2, NULL, sides);
  uint32_t distance = check_distance(L, 4);
  nr_spans_box *box = derive(L, b);
  nr_error err;
  nr_bind_check(
      L, nr_plan_near(memory_of(L), a->plan, side, b->plan, distance, region->plan, &box->plan, &err), &err);
  return 1;
}

/* spans = core.followed_by(a, b, n or nil) */
static int spans_followed_by(lua_State *L)
{
  nr_spans_box *a = nr_bind_check_spans(L, 1), *b = nr_bind_check_spans(L, 2);
  uint32_t distance = check_distance(L, 3);
  nr_spans_box *box = derive(L, b);
  nr_error err;
  nr_bind_check(L, nr_plan_followed_by(memory_of(L), a->plan, b->plan, distance, &box->plan, &err), &err);
  return 1;
}

/* spans = core.joined(a, b) */
static int spans_joined(lua_State *L)
{
  nr_spans_box *a = nr_bind_check_spans(L, 1), *b = nr_bind_check_spans(L, 2), *box = derive(L, b);
  nr_error err;
  nr_bind_check(L, nr_plan_joined(memory_of(L), a->plan, b->plan, &box->plan, &err), &err);
  return 1;
}

/* spans = core.days_after(a, b, from, to) */
static int spans_days_after(lua_State *L)
{
  nr_spans_box *a = nr_bind_check_spans(L, 1), *b = nr_bind_check_spans(L, 2);
  uint32_t from = check_distance(L, 3), to = check_distance(L, 4);
  nr_spans_box *box = derive(L, b);
  nr_error err;
  nr_bind_check(L, nr_plan_days_after(memory_of(L), a->plan, b->plan, from, to, &box->plan, &err), &err);
  return 1;
}

/* spans = core.expand(a, region) */
static int spans_expand(lua_State *L)
{
  nr_spans_box *a = nr_bind_check_spans(L, 1), *region = nr_bind_check_spans(L, 2), *box = derive(L, region);
  nr_error err;
  nr_bind_check(L, nr_plan_expand(memory_of(L), a->plan, region->plan, &box->plan, &err), &err);
  return 1;
}

/* spans = core.window(a, left, right) */
static int spans_window(lua_State *L)
{
  nr_spans_box *a = nr_bind_check_spans(L, 1);
  uint32_t left = check_distance(L, 2), right = check_distance(L, 3);
  nr_spans_box *box = derive(L, NULL);
  nr_error err;
  nr_bind_check(L, nr_plan_window(memory_of(L), a->plan, left, right, &box->plan, &err), &err);
  return 1;
}

/* spans = core.where(a, {{name =, values = {}}, ...}) */
static int spans_where(lua_State *L)
{
  nr_spans_box *a = nr_bind_check_spans(L, 1);
  nr_arena *arena = nr_bind_arena(L);
  uint32_t count;
  nr_condition *conditions = nr_bind_conditions(L, 2, arena, &count);
  nr_spans_box *box = derive(L, NULL);
  nr_error err;
  nr_bind_check(L, nr_plan_where(memory_of(L), a->plan, conditions, count, &box->plan, &err), &err);
  return 1;
}

/* spans = core.label(a, {name, ...}, {spans, ...}) */
static int spans_label(lua_State *L)
{
  nr_spans_box *a = nr_bind_check_spans(L, 1);
  nr_arena *arena = nr_bind_arena(L);
  uint32_t count;
  nr_text *names = nr_bind_texts(L, 2, arena, &count);
  nr_plan **rules = nr_bind_take(L, arena, (size_t)count + 1, sizeof(nr_plan *));
  for (uint32_t i = 0; i < count; i++) {
    lua_rawgeti(L, 3, (lua_Integer)i + 1);
    rules[i] = nr_bind_check_spans(L, -1)->plan; /* held by the table */
    lua_pop(L, 1);
  }
  nr_spans_box *box = derive(L, NULL);
  nr_error err;
  nr_bind_check(L, nr_plan_label(memory_of(L), a->plan, names, rules, count, &box->plan, &err), &err);
  return 1;
}

/* spans = core.flip(a, b, n) */
static int spans_flip(lua_State *L)
{
  nr_spans_box *a = nr_bind_check_spans(L, 1), *b = nr_bind_check_spans(L, 2);
  uint32_t distance = check_distance(L, 3);
  nr_spans_box *box = derive(L, b);
  nr_error err;
  nr_bind_check(L, nr_plan_flip(memory_of(L), a->plan, b->plan, distance, &box->plan, &err), &err);
  return 1;
}

/* spans = core.pair(a, b, region[, distance]) */
static int spans_pair(lua_State *L)
{
  nr_spans_box *a = nr_bind_check_spans(L, 1), *b = nr_bind_check_spans(L, 2);
  nr_spans_box *region = nr_bind_check_spans(L, 3);
  uint32_t distance = lua_isnoneornil(L, 4) ? 0 : check_distance(L, 4);
  nr_spans_box *box = derive(L, b);
  nr_error err;
  nr_bind_check(L, nr_plan_pair(memory_of(L), a->plan, b->plan, region->plan, distance, &box->plan, &err),
                &err);
  return 1;
}

/* ---- running ---- */

nr_hits *nr_bind_hits(lua_State *L, nr_spans_box *box)
{
  newsreel_engine *engine = nr_engine_of(L);
  nr_error err;
  if (box->hits != NULL)
    return box->hits;
  uint64_t before = nr_bind_weight(L);
  nr_poll poll = nr_engine_poll(engine, "searching");
  nr_status status = nr_hits_new(&engine->memory, box->plan, box->snapshot, &poll, &box->hits, &err);
  nr_engine_done(engine);
  nr_bind_check(L, status, &err);
  nr_bind_weigh(L, before);
  return box->hits;
}

/* hits, texts = core.count(spans): remembered */
static int spans_count(lua_State *L)
{
  nr_spans_box *box = nr_bind_check_spans(L, 1);
  newsreel_engine *engine = nr_engine_of(L);
  nr_error err;
  check_open(L, 1);
  if (!box->counted) {
    nr_poll poll = nr_engine_poll(engine, "counting");
    nr_status status = nr_plan_count(box->plan, box->snapshot, &poll, &box->count, &box->texts, &err);
    nr_engine_done(engine);
    nr_bind_check(L, status, &err);
    box->counted = true;
  }
  lua_pushinteger(L, (lua_Integer)box->count);
  lua_pushinteger(L, (lua_Integer)box->texts);
  return 2;
}

static int spans_len(lua_State *L)
{
  lua_settop(L, 1);
  spans_count(L);
  lua_pop(L, 1);
  return 1;
}

/* core.any(spans) */
static int spans_any(lua_State *L)
{
  nr_spans_box *box = nr_bind_check_spans(L, 1);
  newsreel_engine *engine = nr_engine_of(L);
  bool any;
  nr_error err;
  check_open(L, 1);
  nr_poll poll = nr_engine_poll(engine, "searching");
  nr_status status = nr_plan_any(box->plan, box->snapshot, &poll, &any, &err);
  nr_engine_done(engine);
  nr_bind_check(L, status, &err);
  lua_pushboolean(L, any);
  return 1;
}

/* text = core.explain(spans) */
static int spans_explain(lua_State *L)
{
  nr_spans_box *box = nr_bind_check_spans(L, 1);
  nr_buffer *out = nr_bind_buffer(L);
  nr_error err;
  check_open(L, 1);
  nr_bind_check(L, nr_plan_explain(box->plan, box->snapshot, out, &err), &err);
  lua_pushlstring(L, out->bytes, out->size);
  return 1;
}

/* columns = core.columns(spans): {{name =, type = "text" | "number"}, ...} */
static int spans_columns(lua_State *L)
{
  nr_spans_box *box = nr_bind_check_spans(L, 1);
  const nr_text *names;
  const nr_column_type *types;
  uint32_t count;
  nr_plan_columns(box->plan, &names, &types, &count);
  lua_createtable(L, (int)count, 0);
  for (uint32_t i = 0; i < count; i++) {
    lua_createtable(L, 0, 2);
    nr_bind_push_text(L, names[i]);
    lua_setfield(L, -2, "name");
    lua_pushstring(L, types[i] == NR_COLUMN_TEXT ? "text" : "number");
    lua_setfield(L, -2, "type");
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

/* corpus = core.corpus_of(spans): the corpus or view */
static int spans_corpus(lua_State *L)
{
  nr_bind_check_spans(L, 1);
  lua_getiuservalue(L, 1, 1);
  return 1;
}

/* spans[i]: a hit, or nil beyond the last */
static int spans_index(lua_State *L)
{
  nr_spans_box *box = nr_bind_check_spans(L, 1);
  check_open(L, 1);
  nr_hits *hits = nr_bind_hits(L, box);
  lua_Integer index = lua_isinteger(L, 2) ? lua_tointeger(L, 2) : 0;
  if (index < 1 || (uint64_t)index > nr_hits_count(hits))
    lua_pushnil(L);
  else
    nr_bind_push_hit(L, hits, (uint64_t)index - 1);
  return 1;
}

static int next_hit(lua_State *L)
{
  lua_Integer index = lua_tointeger(L, lua_upvalueindex(2));
  lua_pushinteger(L, index + 1);
  lua_replace(L, lua_upvalueindex(2));
  lua_settop(L, 0);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_pushinteger(L, index);
  return spans_index(L);
}

/* for hit in core.each(spans) do */
static int spans_each(lua_State *L)
{
  nr_bind_hits(L, nr_bind_check_spans(L, 1));
  lua_settop(L, 1);
  lua_pushinteger(L, 1);
  lua_pushcclosure(L, next_hit, 2);
  return 1;
}

/* text = core.jsonl(spans, index, count): JSON Lines of some hits, from index 1 */
static int spans_jsonl(lua_State *L)
{
  nr_spans_box *box = nr_bind_check_spans(L, 1);
  nr_hits *hits = nr_bind_hits(L, box);
  nr_buffer *out = nr_bind_buffer(L);
  nr_error err;
  uint64_t index = (uint64_t)luaL_checkinteger(L, 2) - 1, total = nr_hits_count(hits);
  uint64_t count = (uint64_t)luaL_checkinteger(L, 3);
  if (index < total)
    nr_bind_check(L, nr_hits_jsonl(hits, index, count < total - index ? count : total - index, out, &err),
                  &err);
  lua_pushlstring(L, out->bytes, out->size);
  nr_buffer_clear(out);
  return 1;
}

/* text = core.kwic(spans, {index, ...} or nil, width, cut_at_sentence, bold): a concordance */
static int spans_kwic(lua_State *L)
{
  nr_spans_box *box = nr_bind_check_spans(L, 1);
  nr_hits *hits = nr_bind_hits(L, box);
  nr_arena *arena = nr_bind_arena(L);
  nr_buffer *out = nr_bind_buffer(L);
  nr_kwic options = {(uint32_t)luaL_checkinteger(L, 3), lua_toboolean(L, 4), lua_toboolean(L, 5)};
  uint64_t count = lua_isnil(L, 2) ? nr_hits_count(hits) : lua_rawlen(L, 2);
  uint64_t *indexes = nr_bind_take(L, arena, (size_t)count + 1, sizeof *indexes);
  nr_error err;
  for (uint64_t i = 0; i < count; i++) {
    indexes[i] = i;
    if (lua_isnil(L, 2))
      continue;
    lua_rawgeti(L, 2, (lua_Integer)i + 1);
    indexes[i] = (uint64_t)luaL_checkinteger(L, -1) - 1;
    luaL_argcheck(L, indexes[i] < nr_hits_count(hits), 2, "no such hit");
    lua_pop(L, 1);
  }
  nr_bind_check(L, nr_kwic_print(hits, indexes, count, &options, out, &err), &err);
  lua_pushlstring(L, out->bytes, out->size);
  nr_buffer_clear(out);
  return 1;
}

static const luaL_Reg meta[] = {{"__gc", spans_free}, {"__len", spans_len}, {NULL, NULL}};
const nr_type nr_type_spans = {"newsreel.Spans", "a list of spans", NULL, NULL, meta};

void nr_bind_spans_open(lua_State *L)
{
  static const luaL_Reg functions[] = {{"relate", spans_relate},
                                       {"union", spans_union},
                                       {"near", spans_near},
                                       {"followed_by", spans_followed_by},
                                       {"joined", spans_joined},
                                       {"days_after", spans_days_after},
                                       {"expand", spans_expand},
                                       {"window", spans_window},
                                       {"where", spans_where},
                                       {"label", spans_label},
                                       {"flip", spans_flip},
                                       {"pair", spans_pair},
                                       {"count", spans_count},
                                       {"any", spans_any},
                                       {"explain", spans_explain},
                                       {"columns", spans_columns},
                                       {"corpus_of", spans_corpus},
                                       {"each", spans_each},
                                       {"jsonl", spans_jsonl},
                                       {"kwic", spans_kwic},
                                       {NULL, NULL}};
  nr_bind_type(L, &nr_type_spans);
  lua_getfield(L, -1, "types");
  lua_getfield(L, -1, "spans");
  lua_pushcfunction(L, spans_index);
  lua_setfield(L, -2, "index");
  lua_pop(L, 2);
  luaL_setfuncs(L, functions, 0);
}
