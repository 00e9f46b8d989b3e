/* bind_ingest.c: adding articles to a corpus. Floor 6. */
#include <unistd.h>

#include "engine/boxes.h"
#include "engine/fold_reports.h"
#include "ingest/clean.h"

nr_field *nr_bind_check_fields(lua_State *L, int index, nr_arena *arena, size_t *count)
{
  static const char *const types[] = {"string", "number", "boolean", "list", "json", NULL};
  *count = lua_isnoneornil(L, index) ? 0 : lua_rawlen(L, index);
  nr_field *fields = nr_bind_take(L, arena, *count + 1, sizeof *fields);
  for (size_t i = 0; i < *count; i++) {
    lua_rawgeti(L, index, (lua_Integer)i + 1);
    for (int part = 1; part <= 3; part++)
      lua_rawgeti(L, -part, part);
    fields[i] = (nr_field){nr_bind_check_text(L, -3), (nr_field_type)luaL_checkoption(L, -2, NULL, types),
                           lua_isnil(L, -1) ? (nr_text){NULL, 0} : nr_bind_check_text(L, -1)};
    lua_pop(L, 4);
  }
  return fields;
}

typedef struct ingest_box {
  nr_ingest *ingest;
  nr_fold_reports fold; /* used by add_paths alone */
} ingest_box;

static const char ingest_key[] = "newsreel.ingest";

static int ingest_free(lua_State *L)
{
  ingest_box *box = lua_touserdata(L, 1);
  nr_ingest_free(box->ingest);
  box->ingest = NULL;
  return 0;
}

static bool flag(lua_State *L, int index, const char *name)
{
  lua_getfield(L, index, name);
  bool value = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return value;
}

/* As many as there are processors, unless the caller says. */
static uint32_t worker_count(lua_State *L, int index)
{
  enum { workers_max = 64, usual_max = 8 };
  long processors = sysconf(_SC_NPROCESSORS_ONLN);
  lua_Integer count = processors < 1 ? 1 : processors < usual_max ? processors : usual_max;
  lua_getfield(L, index, "workers");
  if (!lua_isnil(L, -1))
    count = luaL_checkinteger(L, -1);
  lua_pop(L, 1);
  return count < 1 ? 1 : count < workers_max ? (uint32_t)count : workers_max;
}

/* Options from the table at `index`, 0 for none; what they point to is in the arena and in that table. */
static nr_ingest_options ingest_options(lua_State *L, int index, nr_arena *arena)
{
  newsreel_engine *engine = nr_engine_of(L);
  size_t count = 0;
  nr_phrase *phrases = NULL;
  if (index != 0) {
    lua_getfield(L, index, "outlets");
    phrases = nr_bind_check_phrases(L, lua_gettop(L), arena, &count);
    lua_pop(L, 1);
  }
  return (nr_ingest_options){.disk = &nr_disk_system,
                             .memory = &engine->memory,
                             .poll = nr_engine_poll_bytes(engine, "adding"),
                             .report = nr_engine_report(engine),
                             .replace = index != 0 && flag(L, index, "replace"),
                             .no_clean = index != 0 && flag(L, index, "no_clean"),
                             .repair = index != 0 && flag(L, index, "repair"),
                             .phrases = phrases,
                             .phrase_count = count};
}

static void push_counts(lua_State *L, const nr_ingest_counts *counts)
{
  const struct {
    const char *name;
    uint64_t value;
  } all[] = {
      {"items", counts->items},       {"added", counts->added},       {"replaced", counts->replaced},
      {"skipped", counts->skipped},   {"refused", counts->refused},   {"empty", counts->empty},
      {"undated", counts->undated},   {"repaired", counts->repaired}, {"bytes", counts->bytes},
      {"guessed", counts->guessed},   {"unknown", counts->unknown},   {"mixed", counts->mixed},
      {"inferred", counts->inferred}, {"twice", counts->twice},       {"references", counts->references}};
  lua_createtable(L, 0, 15);
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
    lua_pushinteger(L, (lua_Integer)all[i].value);
    lua_setfield(L, -2, all[i].name);
  }
}

/* The list `names` of {to, "string", from} in the table at `index`: fields read under another name. */
static const nr_rename *check_names(lua_State *L, int index, nr_arena *arena, size_t *count)
{
  lua_getfield(L, index, "names");
  nr_field *fields = nr_bind_check_fields(L, lua_gettop(L), arena, count);
  nr_rename *names = nr_bind_take(L, arena, *count + 1, sizeof *names);
  bool *met = nr_bind_take(L, arena, *count + 1, sizeof *met);
  for (size_t i = 0; i < *count; i++) {
    met[i] = false;
    names[i] = (nr_rename){fields[i].name, fields[i].value, &met[i]};
  }
  return names;
}

/* A list of the fields to be renamed that no item had, into the table on the top of the stack. */
static void set_unmet(lua_State *L, const nr_rename *names, size_t count)
{
  lua_newtable(L);
  for (size_t i = 0; i < count; i++)
    if (!*names[i].met) {
      lua_pushlstring(L, names[i].from.bytes, names[i].from.size);
      lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
    }
  lua_setfield(L, -2, "unmet");
}

/* counts = core.add_paths(corpus, {path, ...}, {replace =, no_clean =, repair =, names =, verbose =, outlets
 * =, workers =}, fields): notes of one kind are folded after the third unless verbose; counts.unmet: names
 * that no item had */
static int corpus_add_paths(lua_State *L)
{
  nr_corpus_box *root = nr_bind_check_writer(L);
  nr_error err;
  luaL_checktype(L, 2, LUA_TTABLE);
  luaL_checktype(L, 3, LUA_TTABLE);
  nr_arena *arena = nr_bind_arena(L);
  nr_ingest_options options = ingest_options(L, 3, arena);
  options.workers = worker_count(L, 3);
  options.shared = &nr_engine_of(L)->shared;
  options.given = nr_bind_check_fields(L, 4, arena, &options.given_count);
  options.names = check_names(L, 3, arena, &options.name_count);
  ingest_box *box = lua_newuserdatauv(L, sizeof *box, 0);
  box->ingest = NULL;
  box->fold = (nr_fold_reports){.out = options.report};
  luaL_setmetatable(L, ingest_key);
  if (!flag(L, 3, "verbose"))
    options.report = nr_fold_reports_door(&box->fold);
  nr_bind_check(L, nr_ingest_new(&options, root->writer, &box->ingest, &err), &err);
  for (lua_Integer i = 1; lua_rawgeti(L, 2, i) == LUA_TSTRING; i++) {
    nr_bind_check(L, nr_ingest_measure(box->ingest, lua_tostring(L, -1), &err), &err);
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
  for (lua_Integer i = 1; lua_rawgeti(L, 2, i) == LUA_TSTRING; i++) {
    nr_bind_check(L, nr_ingest_path(box->ingest, lua_tostring(L, -1), &err), &err);
    lua_pop(L, 1);
  }
  nr_fold_reports_end(&box->fold);
  push_counts(L, nr_ingest_count(box->ingest));
  set_unmet(L, options.names, options.name_count);
  nr_engine_done(nr_engine_of(L));
  return 1;
}

/* outcome = core.add(corpus, fields): "added" "replaced" "skipped" */
static int corpus_add(lua_State *L)
{
  static const char *const outcomes[] = {"added", "replaced", "skipped", "conflict"};
  nr_corpus_box *root = nr_bind_check_writer(L);
  nr_arena *arena = nr_bind_arena(L);
  nr_error err;
  nr_outcome outcome;
  size_t count;
  nr_field *fields = nr_bind_check_fields(L, 2, arena, &count);
  if (root->ingest == NULL) {
    nr_ingest_options options = ingest_options(L, 0, arena);
    nr_bind_check(L, nr_ingest_new(&options, root->writer, &root->ingest, &err), &err);
  }
  nr_status status = nr_ingest_fields(root->ingest, fields, count, &outcome, &err);
  nr_engine_done(nr_engine_of(L));
  nr_bind_check(L, status, &err);
  nr_arena_clear(arena);
  lua_pushstring(L, outcomes[outcome]);
  return 1;
}

/* core.outlets(corpus, {outlets = phrases}): rules about lines, for what core.add takes from now on */
static int corpus_outlets(lua_State *L)
{
  nr_corpus_box *root = nr_bind_check_writer(L);
  nr_arena *arena = nr_bind_arena(L);
  nr_error err;
  luaL_checktype(L, 2, LUA_TTABLE);
  nr_ingest_options options = ingest_options(L, 2, arena);
  nr_ingest_free(root->ingest);
  root->ingest = NULL;
  nr_bind_check(L, nr_ingest_new(&options, root->writer, &root->ingest, &err), &err);
  nr_arena_clear(arena);
  return 0;
}

void nr_bind_ingest_open(lua_State *L)
{
  static const luaL_Reg functions[] = {
      {"add", corpus_add}, {"add_paths", corpus_add_paths}, {"outlets", corpus_outlets}, {NULL, NULL}};
  luaL_newmetatable(L, ingest_key);
  lua_pushcfunction(L, ingest_free);
  lua_setfield(L, -2, "__gc");
  lua_pop(L, 1);
  luaL_setfuncs(L, functions, 0);
}
