/* sandbox.c: what a script in a sandbox has, and what it has not. Floor 6.
 *
 * There are two worlds in one interpreter. The modules of newsreel run with the usual globals, without
 * io, os, debug and package, and may use LPeg. A script gets globals of its own, made anew for each run:
 * the base functions, and the libraries as locked tables, which read through to the real ones. It never
 * gets hold of the real tables, of a metatable that is not its own, of bytecode or of a finalizer. What
 * could not be stopped is replaced: see interrupt.c, match.c, strings.c, tables.c. SECURITY.md says
 * what that holds against. */
#include <string.h>

#include "base/hash.h"
#include "engine/bind.h"

/* Their addresses are keys of the registry: the globals each run begins with, modules of this run,
 * metatables that scripts have set, the facade of newsreel, and locked tables by what they lock. */
static const char template_key = 't', loaded_key = 'l', metas_key = 'm', facade_key = 'f', locks_key = 'k';
/* In a metatable: this table is locked. */
static const char locked_key = 'L';

/* ---- locked tables ---- */

bool nr_sandbox_is_locked(lua_State *L, int index)
{
  if (!lua_getmetatable(L, index))
    return false;
  bool locked = lua_rawgetp(L, -1, &locked_key) != LUA_TNIL;
  lua_pop(L, 2);
  return locked;
}

static int refuse_write(lua_State *L)
{
  nr_bind_fail(L, NR_INVALID, "this table is read-only: '%s' can't be set",
               lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : luaL_typename(L, 2));
}

static int locked_next(lua_State *L)
{
  lua_settop(L, 2);
  if (lua_next(L, lua_upvalueindex(1)))
    return 2;
  lua_pushnil(L);
  return 1;
}

/* __pairs; upvalue: the real table */
static int locked_pairs(lua_State *L)
{
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_pushcclosure(L, locked_next, 1);
  return 1;
}

/* Push a locked table over the one at `index`, the same each time. */
static void push_locked(lua_State *L, int index)
{
  index = lua_absindex(L, index);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &locks_key);
  lua_pushvalue(L, index);
  if (lua_rawget(L, -2) != LUA_TNIL) {
    lua_remove(L, -2);
    return;
  }
  lua_pop(L, 1);
  lua_newtable(L);
  lua_createtable(L, 0, 5);
  lua_pushvalue(L, index);
  lua_setfield(L, -2, "__index");
  lua_pushcfunction(L, refuse_write);
  lua_setfield(L, -2, "__newindex");
  lua_pushvalue(L, index);
  lua_pushcclosure(L, locked_pairs, 1);
  lua_setfield(L, -2, "__pairs");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_pushboolean(L, 1);
  lua_rawsetp(L, -2, &locked_key);
  lua_setmetatable(L, -2);
  lua_pushvalue(L, index);
  lua_pushvalue(L, -2);
  lua_rawset(L, -4);
  lua_remove(L, -2);
}

/* ---- metatables ---- */

/* Is the metatable on top one that a script has set? */
static bool is_scripts(lua_State *L)
{
  lua_rawgetp(L, LUA_REGISTRYINDEX, &metas_key);
  lua_pushvalue(L, -2);
  bool known = lua_rawget(L, -2) != LUA_TNIL;
  lua_pop(L, 2);
  return known;
}

/* metatable | what its __metatable says | false | nil = getmetatable(x) */
static int get_metatable(lua_State *L)
{
  luaL_checkany(L, 1);
  if (!lua_getmetatable(L, 1)) {
    lua_pushnil(L);
    return 1;
  }
  if (lua_type(L, 1) != LUA_TTABLE || !is_scripts(L)) {
    lua_pushboolean(L, 0);
    return 1;
  }
  lua_pushliteral(L, "__metatable");
  if (lua_rawget(L, -2) == LUA_TNIL)
    lua_pop(L, 1);
  return 1;
}

/* t = setmetatable(t, metatable | nil): never one with a finalizer, which nothing could stop */
static int set_metatable(lua_State *L)
{
  int kind = lua_type(L, 2);
  luaL_checktype(L, 1, LUA_TTABLE);
  luaL_argexpected(L, kind == LUA_TNIL || kind == LUA_TTABLE, 2, "nil or table");
  lua_settop(L, 2);
  if (lua_getmetatable(L, 1)) {
    bool mine = is_scripts(L);
    lua_pushliteral(L, "__metatable");
    if (!mine || lua_rawget(L, -2) != LUA_TNIL)
      return luaL_error(L, "cannot change a protected metatable");
  }
  lua_settop(L, 2);
  if (kind == LUA_TTABLE) {
    lua_pushliteral(L, "__gc");
    if (lua_rawget(L, 2) != LUA_TNIL)
      nr_bind_raise_denied(L, "a finalizer (__gc)");
    lua_rawgetp(L, LUA_REGISTRYINDEX, &metas_key);
    lua_pushvalue(L, 2);
    lua_pushboolean(L, 1);
    lua_rawset(L, -3);
    lua_settop(L, 2);
  }
  lua_setmetatable(L, 1);
  return 1;
}

/* t = rawset(t, key, value) */
static int raw_set(lua_State *L)
{
  luaL_checktype(L, 1, LUA_TTABLE);
  luaL_checkany(L, 2);
  luaL_checkany(L, 3);
  lua_settop(L, 3);
  if (nr_sandbox_is_locked(L, 1))
    return refuse_write(L);
  lua_rawset(L, 1);
  return 1;
}

/* ---- names of things without their addresses ---- */

static uint64_t disguise(lua_State *L, const void *pointer)
{
  struct {
    const void *pointer, *engine;
    uint64_t secret;
  } seen = {pointer, nr_engine_of(L), nr_engine_of(L)->secret};
  return nr_hash64(&seen, sizeof seen) & 0xFFFFFFFFFFFF;
}

void nr_sandbox_tostring(lua_State *L, int index)
{
  int kind = lua_type(L, index);
  index = lua_absindex(L, index);
  bool plain = kind == LUA_TTABLE || kind == LUA_TFUNCTION || kind == LUA_TTHREAD || kind == LUA_TUSERDATA ||
               kind == LUA_TLIGHTUSERDATA;
  if (!plain || !nr_engine_of(L)->sandbox || luaL_getmetafield(L, index, "__tostring") != LUA_TNIL) {
    lua_settop(L, lua_gettop(L) - (plain && nr_engine_of(L)->sandbox));
    luaL_tolstring(L, index, NULL);
    return;
  }
  const char *name = luaL_typename(L, index);
  int named = luaL_getmetafield(L, index, "__name");
  if (named == LUA_TSTRING)
    name = lua_tostring(L, -1);
  char digits[24];
  snprintf(digits, sizeof digits, "%012llx", (unsigned long long)disguise(L, lua_topointer(L, index)));
  lua_pushfstring(L, "%s: %s", name, digits);
  if (named != LUA_TNIL)
    lua_remove(L, -2);
}

/* text = tostring(x) */
static int to_string(lua_State *L)
{
  luaL_checkany(L, 1);
  nr_sandbox_tostring(L, 1);
  return 1;
}

/* ---- load ---- */

/* Join what a function gives until it gives nothing. */
static void read_pieces(lua_State *L)
{
  uint64_t size = 0, most = nr_engine_of(L)->limits.source_bytes;
  luaL_Buffer buffer;
  luaL_buffinit(L, &buffer);
  for (;;) {
    size_t part;
    nr_interrupt_check(L);
    lua_pushvalue(L, 1);
    lua_call(L, 0, 1);
    if (lua_isnil(L, -1) || (lua_type(L, -1) == LUA_TSTRING && lua_rawlen(L, -1) == 0))
      break;
    if (lua_type(L, -1) != LUA_TSTRING)
      luaL_error(L, "reader function must return a string");
    lua_tolstring(L, -1, &part);
    size += part;
    if (size > most)
      nr_bind_fail(L, NR_LIMIT, "the source is longer than %d bytes", (int)most);
    luaL_addvalue(&buffer);
  }
  lua_pop(L, 1);
  luaL_pushresult(&buffer);
}

/* A name for messages; those of newsreel's own modules are not to be had. */
static void push_chunk_name(lua_State *L)
{
  enum { longest = 60 };
  const char *name = luaL_optstring(L, 2, "=(load)");
  if (*name == '=' || *name == '@')
    name++;
  else
    name = "(load)";
  if (*name == '[')
    name = "(load)";
  lua_pushfstring(L, "=%s", name);
  size_t size;
  const char *text = lua_tolstring(L, -1, &size);
  if (size > longest)
    lua_pushlstring(L, text, longest);
}

/* f | nil, message = load(text | function [, name [, mode [, env]]]): source text alone */
static int load_chunk(lua_State *L)
{
  bool has_env = !lua_isnone(L, 4);
  lua_settop(L, 4);
  if (lua_type(L, 1) != LUA_TSTRING)
    luaL_checktype(L, 1, LUA_TFUNCTION);
  push_chunk_name(L);
  int chunk = lua_gettop(L);
  if (lua_type(L, 1) == LUA_TSTRING)
    lua_pushvalue(L, 1);
  else
    read_pieces(L);
  size_t size;
  const char *text = lua_tolstring(L, -1, &size);
  if (nr_script_compile(L, text, size, lua_tostring(L, chunk)) != LUA_OK) {
    luaL_pushfail(L);
    lua_insert(L, -2);
    return 2;
  }
  if (has_env)
    lua_pushvalue(L, 4);
  else
    nr_script_push_globals(L);
  if (lua_setupvalue(L, -2, 1) == NULL)
    lua_pop(L, 1);
  return 1;
}

/* ---- require ---- */

/* Run the loader on top with the name; its value, or true, takes its place. */
static void run_loader(lua_State *L, const char *name)
{
  lua_pushstring(L, name);
  lua_call(L, 1, 1);
  if (lua_isnil(L, -1)) {
    lua_pop(L, 1);
    lua_pushboolean(L, 1);
  }
}

/* Push a module of the host's, once a run; its globals are the script's. False: there is none. */
static bool push_host_module(lua_State *L, const char *name)
{
  lua_rawgetp(L, LUA_REGISTRYINDEX, &loaded_key);
  if (lua_getfield(L, -1, name) != LUA_TNIL) {
    lua_remove(L, -2);
    return true;
  }
  lua_pop(L, 1);
  if (!nr_modules_host_source(L, name)) {
    lua_pop(L, 1);
    return false;
  }
  size_t size;
  const char *text = lua_tolstring(L, -1, &size);
  nr_script_load_string(L, name, text, size);
  lua_remove(L, -2);
  run_loader(L, name);
  lua_pushvalue(L, -1);
  lua_setfield(L, -3, name);
  lua_remove(L, -2);
  return true;
}

/* module = require(name), for the modules of newsreel: no programs, no files, the host's for annotators */
static int require_inside(lua_State *L)
{
  const char *name = luaL_checkstring(L, 1);
  lua_settop(L, 1);
  luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
  if (lua_getfield(L, 2, name) != LUA_TNIL)
    return 1;
  lua_pop(L, 1);
  bool own = strncmp(name, "newsreel", 8) == 0;
  if (own && strncmp(name, "newsreel.cli", 12) != 0 && nr_modules_load_packed(L, name)) {
    run_loader(L, name);
    lua_pushvalue(L, -1);
    lua_setfield(L, 2, name);
    return 1;
  }
  if (!own && push_host_module(L, name))
    return 1;
  nr_bind_fail(L, NR_NOTFOUND, "there is no module '%s'", name);
}

static void push_facade(lua_State *L);

/* module = require(name), for scripts */
static int require_outside(lua_State *L)
{
  const char *name = luaL_checkstring(L, 1);
  if (strcmp(name, "newsreel") == 0) {
    push_facade(L);
    return 1;
  }
  if (push_host_module(L, name))
    return 1;
  lua_pushfstring(L, "module '%s'", name);
  nr_bind_raise_denied(L, lua_tostring(L, -1));
}

/* ---- newsreel as scripts see it ---- */

static const char *const in_facade[] = {"version",   "missing", "open",   "memory", "try",    "tokens",
                                        "sentences", "breaks",  "json",   "dates",  "quotes", "events",
                                        "tone",      "names",   "change", "network"};

static bool is_given(const char *name)
{
  for (size_t i = 0; i < sizeof in_facade / sizeof *in_facade; i++)
    if (strcmp(name, in_facade[i]) == 0)
      return true;
  return false;
}

/* __index of the facade; upvalue: the real newsreel, which raises for names it does not know */
static int facade_index(lua_State *L)
{
  lua_settop(L, 2);
  lua_pushvalue(L, 2);
  lua_gettable(L, lua_upvalueindex(1));
  if (lua_type(L, 2) == LUA_TSTRING && !is_given(lua_tostring(L, 2)) && !lua_isnil(L, -1)) {
    lua_pushfstring(L, "newsreel.%s", lua_tostring(L, 2));
    nr_bind_raise_denied(L, lua_tostring(L, -1));
  }
  if (lua_istable(L, -1))
    push_locked(L, -1);
  return 1;
}

/* __pairs of the facade: all that is given, rules loaded */
static int facade_pairs(lua_State *L)
{
  lua_settop(L, 1);
  lua_newtable(L);
  for (size_t i = 0; i < sizeof in_facade / sizeof *in_facade; i++) {
    lua_getfield(L, 1, in_facade[i]);
    lua_setfield(L, 2, in_facade[i]);
  }
  lua_getglobal(L, "next");
  lua_pushvalue(L, 2);
  return 2;
}

static void push_facade(lua_State *L)
{
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &facade_key) != LUA_TNIL)
    return;
  lua_pop(L, 1);
  lua_pushcfunction(L, require_inside);
  lua_pushliteral(L, "newsreel");
  lua_call(L, 1, 1);
  lua_newtable(L);
  lua_createtable(L, 0, 5);
  lua_pushvalue(L, -3);
  lua_pushcclosure(L, facade_index, 1);
  lua_setfield(L, -2, "__index");
  lua_pushcfunction(L, refuse_write);
  lua_setfield(L, -2, "__newindex");
  lua_pushcfunction(L, facade_pairs);
  lua_setfield(L, -2, "__pairs");
  lua_pushliteral(L, "newsreel");
  lua_setfield(L, -2, "__name");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_pushboolean(L, 1);
  lua_rawsetp(L, -2, &locked_key);
  lua_setmetatable(L, -2);
  lua_remove(L, -2);
  lua_pushvalue(L, -1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &facade_key);
}

bool nr_sandbox_push_global(lua_State *L, const char *name)
{
  if (strcmp(name, "newsreel") != 0)
    return false;
  push_facade(L);
  nr_script_push_globals(L);
  lua_pushvalue(L, -2);
  lua_setfield(L, -2, "newsreel");
  lua_pop(L, 1);
  return true;
}

/* ---- the rest of the base library ---- */

/* kilobytes = collectgarbage("count"): nothing else */
static int count_garbage(lua_State *L)
{
  if (strcmp(luaL_optstring(L, 1, "collect"), "count") != 0)
    nr_bind_raise_denied(L, "collectgarbage, but for collectgarbage(\"count\"),");
  lua_pushnumber(L, (double)lua_gc(L, LUA_GCCOUNT) + (double)lua_gc(L, LUA_GCCOUNTB) / 1024);
  return 1;
}

/* math.randomseed(x [, y]): never by the clock; upvalue: the stock one */
static int seed_random(lua_State *L)
{
  luaL_checknumber(L, 1);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  lua_call(L, lua_gettop(L) - 1, 0);
  return 0;
}

/* nil, message = io.open(...), package.searchpath(...): newsreel's modules find no files */
static int no_file(lua_State *L)
{
  luaL_pushfail(L);
  lua_pushliteral(L, "there are no files in a sandbox");
  return 2;
}

/* Put stoppable functions into the real libraries: modules and scripts both use them. */
static void mend_libraries(lua_State *L)
{
  static const char *const older[] = {"atan2", "cosh",  "sinh",  "tanh",   /* that some builds of Lua */
                                      "pow",   "frexp", "ldexp", "log10"}; /* have, and some have not */
  lua_getglobal(L, LUA_STRLIBNAME);
  nr_sandbox_open_strings(L);
  lua_getglobal(L, LUA_TABLIBNAME);
  nr_sandbox_open_tables(L);
  lua_getglobal(L, LUA_UTF8LIBNAME);
  nr_sandbox_open_utf8(L);
  lua_getglobal(L, LUA_MATHLIBNAME);
  lua_getfield(L, -1, "randomseed");
  lua_pushcclosure(L, seed_random, 1);
  lua_setfield(L, -2, "randomseed");
  for (size_t i = 0; i < sizeof older / sizeof *older; i++) {
    lua_pushnil(L);
    lua_setfield(L, -2, older[i]);
  }
  lua_pop(L, 4);
}

static void mend_globals(lua_State *L)
{
  static const luaL_Reg functions[] = {{"require", require_inside}, {"tostring", to_string}, {NULL, NULL}};
  static const char *const gone[] = {"dofile", "loadfile", "load", "collectgarbage"};
  lua_pushglobaltable(L);
  luaL_setfuncs(L, functions, 0);
  for (size_t i = 0; i < sizeof gone / sizeof *gone; i++) {
    lua_pushnil(L);
    lua_setfield(L, -2, gone[i]);
  }
  lua_createtable(L, 0, 1);
  lua_pushcfunction(L, no_file);
  lua_setfield(L, -2, "open");
  lua_setfield(L, -2, "io");
  lua_createtable(L, 0, 2);
  lua_pushcfunction(L, no_file);
  lua_setfield(L, -2, "searchpath");
  luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
  lua_setfield(L, -2, "loaded");
  lua_setfield(L, -2, LUA_LOADLIBNAME);
  lua_pop(L, 1);
}

/* Make the globals that each run begins with. */
static void make_template(lua_State *L)
{
  static const char *const shared[] = {"assert",   "error",    "ipairs", "next",     "pairs",   "select",
                                       "tonumber", "tostring", "type",   "rawequal", "rawlen",  "rawget",
                                       "pcall",    "xpcall",   "print",  "warn",     "_VERSION"};
  static const char *const locked[] = {LUA_MATHLIBNAME, LUA_STRLIBNAME, LUA_TABLIBNAME, LUA_UTF8LIBNAME,
                                       LUA_COLIBNAME};
  static const luaL_Reg own[] = {{"getmetatable", get_metatable},
                                 {"setmetatable", set_metatable},
                                 {"rawset", raw_set},
                                 {"load", load_chunk},
                                 {"require", require_outside},
                                 {"collectgarbage", count_garbage},
                                 {NULL, NULL}};
  luaL_newlib(L, own);
  for (size_t i = 0; i < sizeof shared / sizeof *shared; i++) {
    lua_getglobal(L, shared[i]);
    lua_setfield(L, -2, shared[i]);
  }
  for (size_t i = 0; i < sizeof locked / sizeof *locked; i++) {
    lua_getglobal(L, locked[i]);
    push_locked(L, -1);
    lua_setfield(L, -3, locked[i]);
    lua_pop(L, 1);
  }
  lua_rawsetp(L, LUA_REGISTRYINDEX, &template_key);
}

static void new_weak_table(lua_State *L, const void *key)
{
  lua_newtable(L);
  lua_createtable(L, 0, 1);
  lua_pushliteral(L, "k");
  lua_setfield(L, -2, "__mode");
  lua_setmetatable(L, -2);
  lua_rawsetp(L, LUA_REGISTRYINDEX, key);
}

void nr_sandbox_open(lua_State *L)
{
  newsreel_engine *engine = nr_engine_of(L);
  uint64_t now = nr_watchdog_now();
  engine->secret = nr_hash64(&now, sizeof now) ^ (uint64_t)(uintptr_t)L;
  lua_newtable(L);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &locks_key);
  new_weak_table(L, &metas_key);
  mend_libraries(L);
  mend_globals(L);
  make_template(L);
}

/* ---- the core table ---- */

/* core.open in a sandbox */
static int no_corpus(lua_State *L)
{
  const char *name = luaL_checkstring(L, 1);
  lua_pushfstring(L, "the host has attached no corpus '%s': opening files", name);
  nr_bind_raise_denied(L, lua_tostring(L, -1));
}

static int no_core(lua_State *L)
{
  nr_bind_raise_denied(L, lua_tostring(L, lua_upvalueindex(1)));
}

static int do_nothing(lua_State *L)
{
  (void)L;
  return 0;
}

void nr_sandbox_close_core(lua_State *L)
{
  static const char *const gone[][2] = {
      {"save", "writing files"},          {"add_paths", "reading files"},     {"check", "checking files"},
      {"salvage", "writing files"},       {"compact", "writing files"},       {"load_file", "reading files"},
      {"load_string", "loading code so"}, {"derive", "work in other threads"}};
  for (size_t i = 0; i < sizeof gone / sizeof *gone; i++) {
    lua_pushstring(L, gone[i][1]);
    lua_pushcclosure(L, no_core, 1);
    lua_setfield(L, -2, gone[i][0]);
  }
  lua_pushboolean(L, 1);
  lua_setfield(L, -2, "sandbox");
  lua_pushcfunction(L, no_corpus);
  lua_setfield(L, -2, "open");
  lua_pushcfunction(L, do_nothing); /* an attached corpus is the snapshot that it is */
  lua_setfield(L, -2, "refresh");
}

/* ---- a run ---- */

static void seed(lua_State *L)
{
  uint64_t given = nr_engine_of(L)->options.random_seed;
  lua_getglobal(L, LUA_MATHLIBNAME);
  lua_getfield(L, -1, "randomseed");
  lua_pushinteger(L, (lua_Integer)given);
  lua_call(L, 1, 0);
  lua_pop(L, 1);
}

void nr_sandbox_begin(lua_State *L)
{
  lua_newtable(L);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &loaded_key);
  lua_createtable(L, 0, 40);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &template_key);
  for (lua_pushnil(L); lua_next(L, -2) != 0;) {
    lua_pushvalue(L, -2);
    lua_insert(L, -2);
    lua_rawset(L, -5);
  }
  lua_pop(L, 1);
  lua_pushvalue(L, -1);
  lua_setfield(L, -2, "_G");
  nr_host_set_functions(L);
  nr_script_push_globals_meta(L);
  lua_setmetatable(L, -2);
  nr_script_set_globals(L);
  seed(L);
}
