/* engine.c: making engines, running scripts in them, giving results and errors back. Floor 6. */
#include "engine/engine.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "engine/bind.h"

int luaopen_lpeg(lua_State *L); /* LPeg's header is called differently, or not installed, on other systems */

int luaopen_lpeg(lua_State *L); /* linked in; its header has no name that is the same everywhere */

/* Their addresses are keys of the registry. */
static const char engine_key = 'e', results_key = 'r', arguments_key = 'a';

newsreel_engine *nr_engine_of(lua_State *L)
{
  lua_rawgetp(L, LUA_REGISTRYINDEX, &engine_key);
  newsreel_engine *engine = lua_touserdata(L, -1);
  lua_pop(L, 1);
  return engine;
}

/* ---- facts about the library ---- */

const char *newsreel_version(void)
{
  return NEWSREEL_VERSION_TEXT;
}

uint32_t newsreel_abi(void)
{
  return NEWSREEL_ABI;
}

const char *newsreel_status_name(newsreel_status status)
{
  static const char *const names[] = {"ok",          "invalid", "nomem",   "io",     "notfound",
                                      "exists",      "corrupt", "version", "locked", "limit",
                                      "interrupted", "syntax",  "script"};
  return (size_t)status < sizeof names / sizeof *names ? names[status] : "unknown";
}

/* ---- memory ---- */

static void *host_resize(newsreel_engine *engine, void *pointer, size_t old_size, size_t new_size)
{
  const newsreel_options *options = &engine->options;
  if (options->allocate != NULL)
    return options->allocate(options->allocate_user, pointer, old_size, new_size);
  return nr_memory_default.resize(nr_memory_default.user, pointer, old_size, new_size);
}

static void *engine_resize(void *user, void *pointer, size_t old_size, size_t new_size)
{
  newsreel_engine *engine = user;
  if (pointer == NULL)
    old_size = 0; /* Lua passes the kind of object there */
  if (new_size == 0) {
    nr_interrupt_freeing(engine);
    host_resize(engine, pointer, old_size, 0);
    nr_interrupt_freed(engine);
    engine->used -= old_size;
    return NULL;
  }
  uint64_t after = engine->used - old_size + new_size;
  if (new_size > old_size && engine->options.memory_bytes_max != 0 &&
      after > engine->options.memory_bytes_max)
    return NULL;
  void *block = host_resize(engine, pointer, old_size, new_size);
  if (block == NULL)
    return NULL;
  engine->used = after;
  if (after > engine->peak)
    engine->peak = after;
  return block;
}

void newsreel_memory(const newsreel_engine *engine, uint64_t *now, uint64_t *peak)
{
  if (now != NULL)
    *now = engine->used;
  if (peak != NULL)
    *peak = engine->peak;
}

/* ---- errors ---- */

static void copy_text(char *to, size_t room, const char *from, size_t size)
{
  if (size >= room)
    for (size = room - 1; size > 0 && ((unsigned char)from[size] & 0xC0) == 0x80; size--)
      ; /* cut at a whole character */
  memcpy(to, from, size);
  to[size] = '\0';
}

/* Split "chunk:12: what" when it begins so. */
static void read_place(newsreel_error *error)
{
  const char *colon = strstr(error->message, ": ");
  if (colon == NULL)
    return;
  const char *digits = colon;
  while (digits > error->message && digits[-1] >= '0' && digits[-1] <= '9')
    digits--;
  if (digits == colon || digits == error->message || digits[-1] != ':')
    return;
  error->line = (int)strtol(digits, NULL, 10);
  copy_text(error->chunk, sizeof error->chunk, error->message, (size_t)(digits - 1 - error->message));
}

newsreel_status nr_engine_fail(newsreel_error *error, newsreel_status status, const char *message)
{
  if (error != NULL && error->size >= sizeof *error) {
    *error = (newsreel_error){.size = error->size, .status = status};
    copy_text(error->message, sizeof error->message, message, strlen(message));
  }
  return status;
}

/* Push the message of an error that is the plain table at index 1: its field `message`, if it is a text. */
static void push_table_message(lua_State *L)
{
  lua_pushliteral(L, "message");
  if (lua_rawget(L, 1) == LUA_TSTRING)
    return;
  lua_pop(L, 1);
  lua_pushliteral(L, "an error that is a table without a message");
}

/* Message handler: make the error a text in plain words, and keep the calls that led there. */
static int on_error(lua_State *L)
{
  newsreel_engine *engine = nr_engine_of(L);
  newsreel_error *error = engine->error;
  if (nr_interrupt_asked(engine))
    lua_pushliteral(L, "interrupted");
  else if (lua_isnil(L, 1))
    lua_pushliteral(L, "an error without a message");
  else if (lua_istable(L, 1) && luaL_getmetafield(L, 1, "__tostring") == LUA_TNIL)
    push_table_message(L);
  else if (lua_type(L, 1) != LUA_TSTRING)
    luaL_tolstring(L, 1, NULL);
  else
    nr_bind_plain_words(L, 1);
  if (error != NULL) {
    luaL_traceback(L, L, NULL, 1);
    size_t size;
    const char *trace = lua_tolstring(L, -1, &size);
    copy_text(error->traceback, sizeof error->traceback, trace, size);
    lua_pop(L, 1);
  }
  return 1;
}

static newsreel_status status_of(newsreel_engine *engine, int code)
{
  if (code == LUA_ERRMEM)
    return NEWSREEL_NOMEM;
  if (nr_interrupt_asked(engine))
    return NEWSREEL_INTERRUPTED;
  return nr_bind_status_of(engine->L, -1);
}

/* Give the error on top of the stack to the host. */
static newsreel_status failed(newsreel_engine *engine, int code)
{
  newsreel_status status = status_of(engine, code);
  newsreel_error *error = engine->error;
  if (error != NULL) {
    size_t size = 0;
    const char *message = lua_tolstring(engine->L, -1, &size);
    error->status = status;
    error->line = 0;
    error->chunk[0] = '\0';
    copy_text(error->message, sizeof error->message, message == NULL ? "" : message, size);
    read_place(error);
  }
  lua_pop(engine->L, 1);
  return status;
}

newsreel_status nr_engine_protect(newsreel_engine *engine, lua_CFunction function, void *user,
                                  newsreel_error *error)
{
  lua_State *L = engine->L;
  if (atomic_load(&engine->interrupt.running) != NULL)
    return nr_engine_fail(error, NEWSREEL_INVALID, "the engine is running: one call at a time");
  engine->error = error != NULL && error->size >= sizeof *error ? error : NULL;
  if (engine->error != NULL)
    engine->error->traceback[0] = '\0';
  nr_interrupt_begin(engine);
  lua_pushcfunction(L, on_error);
  lua_pushcfunction(L, function);
  lua_pushlightuserdata(L, user);
  int code = lua_pcall(L, 1, 0, -3);
  newsreel_status status = code == LUA_OK ? NEWSREEL_OK : failed(engine, code);
  lua_pop(L, 1);
  nr_engine_done(engine);
  nr_interrupt_end(engine);
  engine->error = NULL;
  return status;
}

/* ---- output and talk ---- */

void nr_engine_output(newsreel_engine *engine, const char *text, size_t size)
{
  if (engine->options.output != NULL)
    engine->options.output(engine->options.output_user, text, size);
}

void nr_engine_tell(newsreel_engine *engine, newsreel_message_kind kind, const char *text, size_t size)
{
  if (engine->options.message != NULL)
    engine->options.message(engine->options.message_user, kind, text, size);
}

static double seconds(void)
{
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void tell_progress(newsreel_engine *engine, double now, uint64_t done, uint64_t total)
{
  char text[128];
  double spent = now - engine->started, share = total == 0 ? 0 : (double)done / (double)total;
  int size = share > 0 && share <= 1 ? snprintf(text, sizeof text, "%s: %.0f %%, %.0f s left", engine->doing,
                                                share * 100, ceil(spent / share - spent))
                                     : snprintf(text, sizeof text, "%s: %.0f s", engine->doing, spent);
  nr_engine_tell(engine, NEWSREEL_PROGRESS, text, (size_t)size);
  engine->told = now;
  engine->progress_shown = true;
}

static bool poll(void *user, uint64_t done, uint64_t total)
{
  newsreel_engine *engine = user;
  if (engine->doing != NULL && engine->options.message != NULL) {
    double now = seconds();
    if (now - engine->started > 1 && now - engine->told > 0.2)
      tell_progress(engine, now, done, total);
  }
  return !nr_interrupt_asked(engine);
}

nr_poll nr_engine_poll(newsreel_engine *engine, const char *doing)
{
  if (engine->doing == NULL) { /* work inside work is told of as the outer one */
    engine->doing = doing;
    engine->started = seconds();
    engine->told = 0;
  }
  return (nr_poll){poll, engine};
}

void nr_engine_done(newsreel_engine *engine)
{
  if (engine->progress_shown)
    nr_engine_tell(engine, NEWSREEL_PROGRESS, "", 0);
  engine->progress_shown = false;
  engine->doing = NULL;
}

static void report(void *user, nr_severity severity, nr_text where, const char *message)
{
  static const newsreel_message_kind kinds[] = {NEWSREEL_NOTE, NEWSREEL_WARNING, NEWSREEL_REFUSAL};
  char text[1600];
  int size = snprintf(text, sizeof text, "%.*s%s%s", (int)(where.size > 1024 ? 1024 : where.size),
                      where.bytes == NULL ? "" : where.bytes, where.size == 0 ? "" : ": ", message);
  nr_engine_tell(user, kinds[severity], text, (size_t)size < sizeof text ? (size_t)size : sizeof text - 1);
}

nr_report nr_engine_report(newsreel_engine *engine)
{
  return (nr_report){report, engine};
}

/* ---- making and freeing ---- */

static int open_state(lua_State *L)
{
  newsreel_engine *engine = lua_touserdata(L, 1);
  lua_pushlightuserdata(L, engine);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &engine_key);
  lua_newtable(L);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &arguments_key);
  luaL_openlibs(L);
  luaL_requiref(L, "lpeg", luaopen_lpeg, 0);
  nr_interrupt_open(L);
  nr_modules_open(L);
  nr_script_open(L);
  luaL_requiref(L, "newsreel.core", nr_core_open, 0);
  return 0;
}

/* A longer struct than ours is fine when what we don't know is 0. */
static newsreel_status copy_options(newsreel_options *to, const newsreel_options *from, newsreel_error *error)
{
  *to = (newsreel_options){.size = sizeof *to};
  if (from == NULL)
    return NEWSREEL_OK;
  const unsigned char *bytes = (const unsigned char *)from;
  for (size_t i = sizeof *to; i < from->size; i++)
    if (bytes[i] != 0)
      return nr_engine_fail(error, NEWSREEL_VERSION, "an option that this newsreel does not know is set");
  if (from->size < sizeof from->size)
    return nr_engine_fail(error, NEWSREEL_INVALID, "options.size is not set");
  memcpy(to, from, from->size < sizeof *to ? from->size : sizeof *to);
  return NEWSREEL_OK;
}

newsreel_status newsreel_engine_new(const newsreel_options *options, newsreel_engine **out,
                                    newsreel_error *error)
{
  newsreel_options copy;
  newsreel_status status = copy_options(&copy, options, error);
  if (status != NEWSREEL_OK)
    return status;
  newsreel_engine prototype = {.options = copy};
  newsreel_engine *engine = host_resize(&prototype, NULL, 0, sizeof *engine);
  if (engine == NULL)
    return nr_engine_fail(error, NEWSREEL_NOMEM, "no memory for an engine");
  *engine = prototype;
  engine->memory = (nr_memory){engine_resize, engine};
  nr_contents_init(&engine->contents, &engine->memory);
  engine->L = lua_newstate(engine_resize, engine);
  status = engine->L == NULL ? nr_engine_fail(error, NEWSREEL_NOMEM, "no memory for an engine")
                             : nr_engine_protect(engine, open_state, engine, error);
  if (status == NEWSREEL_OK)
    *out = engine;
  else
    newsreel_engine_free(engine);
  return status;
}

void newsreel_engine_free(newsreel_engine *engine)
{
  if (engine == NULL)
    return;
  if (engine->L != NULL)
    lua_close(engine->L);
  nr_contents_clear(&engine->contents);
  nr_release(&engine->memory, engine->results, engine->result_capacity * sizeof *engine->results);
  host_resize(engine, engine, sizeof *engine, 0);
}

/* ---- running ---- */

typedef struct arguments {
  int count;
  const char *const *texts;
} arguments;

static int set_arguments(lua_State *L)
{
  const arguments *given = lua_touserdata(L, 1);
  lua_createtable(L, given->count, 0);
  for (int i = 0; i < given->count; i++) {
    lua_pushstring(L, given->texts[i]);
    lua_rawseti(L, -2, i + 1);
  }
  lua_rawsetp(L, LUA_REGISTRYINDEX, &arguments_key);
  return 0;
}

newsreel_status newsreel_arguments(newsreel_engine *engine, int count, const char *const *texts,
                                   newsreel_error *error)
{
  arguments given = {count, texts};
  return nr_engine_protect(engine, set_arguments, &given, error);
}

typedef struct run {
  newsreel_engine *engine;
  const char *path, *name, *text;
  size_t size;
} run;

static newsreel_value to_value(lua_State *L, int index)
{
  newsreel_value value = {.type = NEWSREEL_OBJECT};
  switch (lua_type(L, index)) {
  case LUA_TNIL:
    return (newsreel_value){.type = NEWSREEL_NIL};
  case LUA_TBOOLEAN:
    return (newsreel_value){.type = NEWSREEL_BOOLEAN, .number = lua_toboolean(L, index)};
  case LUA_TNUMBER:
    value = (newsreel_value){.type = NEWSREEL_NUMBER, .number = lua_tonumber(L, index)};
    break;
  case LUA_TSTRING:
    value.type = NEWSREEL_TEXT;
    break;
  default:
    break;
  }
  value.text = luaL_tolstring(L, index, &value.size);
  lua_replace(L, index);
  return value;
}

/* Keep what the script returned, at `first` and above, until the next run. */
static void keep_results(lua_State *L, newsreel_engine *engine, int first)
{
  int count = lua_gettop(L) - first + 1;
  nr_error err;
  if (nr_grow(&engine->memory, (void **)&engine->results, &engine->result_capacity, (size_t)count,
              sizeof *engine->results, &err) != NR_OK)
    nr_bind_raise(L, &err);
  luaL_checkstack(L, 4, "results");
  lua_createtable(L, count, 0);
  for (int i = 0; i < count; i++) {
    engine->results[i] = to_value(L, first + i);
    lua_pushvalue(L, first + i); /* holds the text */
    lua_rawseti(L, -2, i + 1);
  }
  lua_rawsetp(L, LUA_REGISTRYINDEX, &results_key);
  engine->result_count = (size_t)count;
}

/* Push the arguments and return their number. */
static int push_arguments(lua_State *L)
{
  lua_rawgetp(L, LUA_REGISTRYINDEX, &arguments_key);
  int table = lua_gettop(L), count = (int)lua_rawlen(L, table);
  luaL_checkstack(L, count + 4, "arguments");
  for (int i = 1; i <= count; i++)
    lua_rawgeti(L, table, i);
  lua_remove(L, table);
  return count;
}

static int run_script(lua_State *L)
{
  run *job = lua_touserdata(L, 1);
  if (job->path != NULL)
    nr_script_load_file(L, job->path);
  else
    nr_script_load_string(L, job->name, job->text, job->size);
  int count = push_arguments(L);
  nr_script_set_arg(L, job->path != NULL ? job->path : job->name, 3, count);
  lua_call(L, count, LUA_MULTRET);
  keep_results(L, job->engine, 2);
  return 0;
}

newsreel_status newsreel_run_file(newsreel_engine *engine, const char *path, newsreel_error *error)
{
  run job = {.engine = engine, .path = path};
  engine->result_count = 0;
  return nr_engine_protect(engine, run_script, &job, error);
}

newsreel_status newsreel_run_string(newsreel_engine *engine, const char *name, const char *text, size_t size,
                                    newsreel_error *error)
{
  run job = {.engine = engine, .name = name, .text = text, .size = size};
  engine->result_count = 0;
  return nr_engine_protect(engine, run_script, &job, error);
}

size_t newsreel_result_count(const newsreel_engine *engine)
{
  return engine->result_count;
}

newsreel_value newsreel_result(const newsreel_engine *engine, size_t index)
{
  return index < engine->result_count ? engine->results[index] : (newsreel_value){.type = NEWSREEL_NIL};
}
