/* engine.c: making engines, what they may use, errors, output and talk. Floor 6. */
#include "engine/engine.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "engine/bind.h"

static const char engine_key = 'e'; /* its address is a key of the registry */

newsreel_engine *nr_engine_of(lua_State *L)
{
  lua_rawgetp(L, LUA_REGISTRYINDEX, &engine_key);
  newsreel_engine *engine = lua_touserdata(L, -1);
  lua_pop(L, 1);
  return engine;
}

void nr_engine_bind(lua_State *L, newsreel_engine *engine)
{
  lua_pushlightuserdata(L, engine);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &engine_key);
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
  static const char *const names[] = {"ok",          "invalid",     "nomem",   "io",     "notfound",
                                      "exists",      "corrupt",     "version", "locked", "limit",
                                      "interrupted", "syntax",      "script",  "denied", "memory_limit",
                                      "time_limit",  "output_limit"};
  return (size_t)status < sizeof names / sizeof *names ? names[status] : "unknown";
}

/* ---- memory ---- */

nr_memory nr_engine_host_memory(const newsreel_engine *engine)
{
  const newsreel_options *options = &engine->options;
  return options->allocate == NULL ? nr_memory_default
                                   : (nr_memory){options->allocate, options->allocate_user};
}

static void *host_resize(newsreel_engine *engine, void *pointer, size_t old_size, size_t new_size)
{
  nr_memory host = nr_engine_host_memory(engine);
  return host.resize(host.user, pointer, old_size, new_size);
}

void *nr_engine_resize(void *user, void *pointer, size_t old_size, size_t new_size)
{
  newsreel_engine *engine = user;
  if (pointer == NULL)
    old_size = 0; /* Lua passes the kind of object there */
  if (new_size == 0) {
    nr_interrupt_freeing(engine);
    nr_small_resize(&engine->small, pointer, old_size, 0);
    nr_interrupt_freed(engine);
    engine->used -= old_size;
    return NULL;
  }
  uint64_t after = engine->used - old_size + new_size;
  if (new_size > old_size && after > engine->limits.memory_bytes) {
    engine->starved = engine->refused = true;
    return NULL;
  }
  void *block = nr_small_resize(&engine->small, pointer, old_size, new_size);
  if (block == NULL) {
    engine->starved = true;
    engine->refused = false;
    return NULL;
  }
  engine->used = after;
  if (after > engine->peak)
    engine->peak = after;
  return block;
}

static void hold(newsreel_engine *engine, nr_held *block, size_t size)
{
  nr_held *ring = &engine->held;
  *block = (nr_held){ring, ring->next, size, {0}};
  ring->next->previous = block;
  ring->next = block;
}

static void let_go(nr_held *block)
{
  block->previous->next = block->next;
  block->next->previous = block->previous;
}

static void *resize_held(void *user, void *pointer, size_t old_size, size_t new_size)
{
  newsreel_engine *engine = user;
  nr_held *old = pointer == NULL ? NULL : (nr_held *)pointer - 1;
  size_t held = old == NULL ? 0 : old_size + sizeof *old;
  if (new_size > SIZE_MAX - sizeof *old)
    return NULL;
  if (old != NULL)
    let_go(old);
  nr_held *block = nr_engine_resize(engine, old, held, new_size == 0 ? 0 : new_size + sizeof *block);
  if (block == NULL) {
    if (old != NULL && new_size != 0)
      hold(engine, old, held);
    return NULL;
  }
  hold(engine, block, new_size + sizeof *block);
  return block + 1;
}

void nr_engine_init_memory(newsreel_engine *engine)
{
  engine->held.previous = engine->held.next = &engine->held;
  engine->memory = (nr_memory){resize_held, engine};
  engine->shared = nr_engine_host_memory(engine);
  /* Small blocks never go back, so that a limit would hold for each size by itself. */
  bool bounded = engine->sandbox || engine->limits.memory_bytes != NEWSREEL_UNLIMITED;
  nr_small_init(&engine->small, engine->shared,
                engine->options.allocate == NULL && !bounded ? NR_SMALL_MAX : 0);
}

void nr_engine_free_held(newsreel_engine *engine)
{
  while (engine->held.next != &engine->held) {
    nr_held *block = engine->held.next;
    let_go(block);
    nr_engine_resize(engine, block, block->size, 0);
  }
  nr_small_clear(&engine->small);
}

void newsreel_engine_stats(const newsreel_engine *engine, newsreel_stats *stats)
{
  newsreel_stats all = engine->stats;
  size_t size = stats->size;
  all.size = size;
  all.memory_now = engine->used;
  all.memory_peak = engine->peak;
  if (size >= sizeof size)
    memcpy(stats, &all, size < sizeof all ? size : sizeof all);
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

newsreel_status nr_engine_fail_with(newsreel_error *error, const nr_error *err)
{
  return nr_engine_fail(error, nr_bind_public_status(err->status), err->message);
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
    lua_pushliteral(L, "interrupted"); /* nothing of the script's is called */
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

/* Is the error on top what a library says that gets no memory? LPeg says it in words, with a place. */
static bool tells_of_memory(newsreel_engine *engine)
{
  static const char words[] = "not enough memory";
  size_t size;
  const char *text = engine->starved ? lua_tolstring(engine->L, -1, &size) : NULL;
  return text != NULL && size >= sizeof words - 1 &&
         memcmp(text + size - (sizeof words - 1), words, sizeof words - 1) == 0;
}

static newsreel_status raised(newsreel_engine *engine, int code)
{
  newsreel_status status = code == LUA_ERRMEM ? NEWSREEL_NOMEM : nr_bind_status_of(engine->L, -1);
  if (status == NEWSREEL_SCRIPT && tells_of_memory(engine))
    status = NEWSREEL_NOMEM;
  return status == NEWSREEL_NOMEM && engine->refused ? NEWSREEL_MEMORY_LIMIT : status;
}

/* Tell why the run was stopped. */
static newsreel_status stopped(const newsreel_engine *engine, nr_stop why, char *text, size_t room)
{
  unsigned long long time_ms = engine->limits.time_us / 1000, bytes = engine->limits.output_bytes;
  switch (why) {
  case NR_STOP_TIME:
    snprintf(text, room, "stopped: the run took longer than %llu ms", time_ms);
    return NEWSREEL_TIME_LIMIT;
  case NR_STOP_OUTPUT:
    snprintf(text, room, "stopped: the run wrote more than %llu bytes", bytes);
    return NEWSREEL_OUTPUT_LIMIT;
  default:
    snprintf(text, room, "interrupted");
    return NEWSREEL_INTERRUPTED;
  }
}

/* Give the error on top of the stack to the host. */
static newsreel_status failed(newsreel_engine *engine, int code)
{
  char why[80];
  nr_stop stop = nr_interrupt_why(engine);
  newsreel_status status =
      stop == NR_STOP_NONE ? raised(engine, code) : stopped(engine, stop, why, sizeof why);
  newsreel_error *error = engine->error;
  if (error != NULL) {
    size_t size = 0;
    const char *message = lua_tolstring(engine->L, -1, &size);
    error->status = status;
    error->line = 0;
    error->chunk[0] = '\0';
    if (stop != NR_STOP_NONE)
      copy_text(error->message, sizeof error->message, why, strlen(why));
    else
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
  if (!engine->guest && atomic_load(&engine->interrupt.running) != NULL)
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

/* Count what goes out; false where it is too much, and the run is stopped. */
static bool may_write(newsreel_engine *engine, size_t size)
{
  engine->stats.output_bytes += size;
  if (engine->stats.output_bytes <= engine->limits.output_bytes)
    return true;
  nr_interrupt_stop(engine, NR_STOP_OUTPUT);
  return false;
}

void nr_engine_output(newsreel_engine *engine, const char *text, size_t size)
{
  if (may_write(engine, size) && engine->options.output != NULL)
    engine->options.output(engine->options.output_user, text, size);
}

void nr_engine_tell(newsreel_engine *engine, newsreel_message_kind kind, const char *text, size_t size)
{
  if (may_write(engine, size) && engine->options.message != NULL)
    engine->options.message(engine->options.message_user, kind, text, size);
}

static double seconds(void)
{
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* "dates: 43 %, 12 MB/s, 5 s left", as far as it is known. */
static void tell_progress(newsreel_engine *engine, double now, uint64_t done, uint64_t total)
{
  char text[160], rate[32] = "";
  double spent = now - engine->started, share = total == 0 ? 0 : (double)done / (double)total;
  if (engine->in_bytes)
    snprintf(rate, sizeof rate, ", %.1f MB/s", (double)done / 1e6 / spent);
  int size = share > 0 && share <= 1
                 ? snprintf(text, sizeof text, "%.64s: %.0f %%%s, %.0f s left", engine->doing, share * 100,
                            rate, ceil(spent / share - spent))
                 : snprintf(text, sizeof text, "%.64s: %.0f s%s", engine->doing, spent, rate);
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

nr_poll nr_engine_poll_bytes(newsreel_engine *engine, const char *doing)
{
  engine->in_bytes |= engine->doing == NULL || engine->doing == doing;
  return nr_engine_poll(engine, doing);
}

void nr_engine_done(newsreel_engine *engine)
{
  if (engine->progress_shown)
    nr_engine_tell(engine, NEWSREEL_PROGRESS, "", 0);
  engine->progress_shown = engine->in_bytes = false;
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

/* ---- structs of the host's ---- */

newsreel_status nr_engine_copy(void *to, const void *from, size_t size, newsreel_error *error)
{
  size_t given;
  const unsigned char *bytes = from;
  memcpy(&given, from, sizeof given);
  for (size_t i = size; i < given; i++) /* a longer struct is fine when what we don't know is 0 */
    if (bytes[i] != 0)
      return nr_engine_fail(error, NEWSREEL_VERSION, "an option that this newsreel does not know is set");
  if (given < sizeof given)
    return nr_engine_fail(error, NEWSREEL_INVALID, "the size of the options or limits is not set");
  memcpy(to, from, given < size ? given : size);
  memcpy(to, &size, sizeof size);
  return NEWSREEL_OK;
}

newsreel_status nr_engine_set_limits(newsreel_engine *engine, const newsreel_limits *limits,
                                     newsreel_error *error)
{
  const uint64_t mega = 1 << 20;
  newsreel_limits given = {.size = sizeof given}, usual = {.size = sizeof usual};
  if (limits->size != 0) {
    newsreel_status status = nr_engine_copy(&given, limits, sizeof given, error);
    if (status != NEWSREEL_OK)
      return status;
  }
  if (engine->sandbox)
    usual = (newsreel_limits){sizeof usual, 64 * mega, 5000000, mega, 16 * mega, 16 * mega, mega, 50000000};
  uint64_t *const to = &engine->limits.memory_bytes, *const of = &given.memory_bytes;
  for (size_t i = 0; i < (sizeof given - sizeof given.size) / sizeof *to; i++) {
    uint64_t value = of[i] != 0 ? of[i] : (&usual.memory_bytes)[i];
    to[i] = value != 0 ? value : NEWSREEL_UNLIMITED;
  }
  return NEWSREEL_OK;
}

newsreel_status newsreel_engine_limit(newsreel_engine *engine, const newsreel_limits *limits,
                                      newsreel_error *error)
{
  return nr_engine_set_limits(engine, limits, error);
}

/* ---- making and freeing ---- */

static int open_state(lua_State *L)
{
  newsreel_engine *engine = lua_touserdata(L, 1);
  nr_engine_bind(L, engine);
  nr_libraries_open(L);
  nr_interrupt_open(L);
  nr_host_open(L);
  nr_script_open(L);
  if (engine->sandbox)
    nr_sandbox_open(L);
  else
    nr_modules_open(L);
  luaL_requiref(L, "newsreel.core", nr_core_open, 0);
  if (engine->sandbox)
    nr_sandbox_close_core(L);
  return 0;
}

static newsreel_status open_engine(newsreel_engine *engine, newsreel_error *error)
{
  nr_engine_init_memory(engine);
  nr_contents_init(&engine->contents, &engine->memory);
  engine->L = lua_newstate(nr_engine_resize, engine);
  if (engine->L != NULL)
    return nr_engine_protect(engine, open_state, engine, error);
  return nr_engine_fail(error, engine->refused ? NEWSREEL_MEMORY_LIMIT : NEWSREEL_NOMEM,
                        "no memory for an engine");
}

newsreel_status newsreel_engine_new(const newsreel_options *options, newsreel_engine **out,
                                    newsreel_error *error)
{
  newsreel_engine prototype = {.options = {.size = sizeof *options}};
  newsreel_status status = NEWSREEL_OK;
  if (options != NULL)
    status = nr_engine_copy(&prototype.options, options, sizeof *options, error);
  prototype.sandbox = prototype.options.profile == NEWSREEL_SANDBOX;
  if (status == NEWSREEL_OK)
    status = nr_engine_set_limits(&prototype, &prototype.options.limits, error);
  if (status != NEWSREEL_OK)
    return status;
  newsreel_engine *engine = host_resize(&prototype, NULL, 0, sizeof *engine);
  if (engine == NULL)
    return nr_engine_fail(error, NEWSREEL_NOMEM, "no memory for an engine");
  *engine = prototype;
  status = open_engine(engine, error);
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
  nr_watchdog_leave(engine);
  if (engine->L != NULL)
    lua_close(engine->L);
  nr_contents_clear(&engine->contents);
  nr_engine_free_held(engine);
  host_resize(engine, engine, sizeof *engine, 0);
}
