/* run.c: scripts kept, and run. Floor 6. */
#include <string.h>

#include "engine/bind.h"
#include "engine/result.h"

struct newsreel_script {
  char *name; /* ends with NUL; name and text stand behind the struct */
  const char *text;
  size_t size, block; /* of the text, of all */
};

newsreel_status newsreel_script_new(const char *name, const char *text, size_t size, newsreel_script **out,
                                    newsreel_error *error)
{
  size_t name_size = strlen(name) + 1;
  newsreel_script *script =
      size > SIZE_MAX / 2 ? NULL : nr_alloc(&nr_memory_default, sizeof *script + name_size + size);
  if (script == NULL)
    return nr_engine_fail(error, NEWSREEL_NOMEM, "no memory for a script");
  *script = (newsreel_script){(char *)(script + 1), (char *)(script + 1) + name_size, size,
                              sizeof *script + name_size + size};
  memcpy(script->name, name, name_size);
  if (size > 0)
    memcpy(script->name + name_size, text, size);
  *out = script;
  return NEWSREEL_OK;
}

void newsreel_script_free(newsreel_script *script)
{
  if (script != NULL)
    nr_release(&nr_memory_default, script, script->block);
}

typedef struct job {
  newsreel_engine *engine;
  const newsreel_script *script;
  const newsreel_value *arguments;
  size_t count;
  bool wanted; /* the host takes the result */
  newsreel_result *result;
} job;

static void push_arguments(lua_State *L, const job *work)
{
  luaL_checkstack(L, (int)(work->count < 1 << 20 ? work->count : 1 << 20) + 8, "arguments");
  for (size_t i = 0; i < work->count; i++)
    nr_result_push(L, &work->arguments[i]);
}

static void keep_results(lua_State *L, job *work)
{
  size_t count = (size_t)(lua_gettop(L) - 1);
  nr_memory memory = nr_engine_host_memory(work->engine);
  work->result = nr_result_new(&memory, count);
  if (work->result == NULL)
    nr_bind_raise_memory(L);
  nr_result_read(L, work->result, 2, count);
}

/* What earlier runs have left is no burden for this one: our own allocations do not collect by
 * themselves, as Lua's do, when the limit is near. */
static int collect(lua_State *L)
{
  lua_gc(L, LUA_GCCOLLECT);
  return 0;
}

static int run_job(lua_State *L)
{
  job *work = lua_touserdata(L, 1);
  const newsreel_script *script = work->script;
  if (work->engine->sandbox)
    nr_sandbox_begin(L);
  nr_script_load_string(L, script->name, script->text, script->size);
  push_arguments(L, work);
  nr_script_set_arg(L, script->name, 3, (int)work->count);
  lua_call(L, (int)work->count, LUA_MULTRET);
  if (work->wanted)
    keep_results(L, work);
  return 0;
}

static bool watch(newsreel_engine *engine, uint64_t now)
{
  uint64_t limit = engine->limits.time_us;
  return limit == NEWSREEL_UNLIMITED ||
         nr_watchdog_watch(engine, limit < UINT64_MAX - now ? now + limit : UINT64_MAX);
}

static void begin_counting(newsreel_engine *engine)
{
  engine->starved = engine->refused = false;
  engine->stats.runs++;
  engine->stats.output_bytes = engine->stats.host_calls = 0;
}

newsreel_status newsreel_run(newsreel_engine *engine, const newsreel_script *script,
                             const newsreel_value *arguments, size_t count, newsreel_result **result,
                             newsreel_error *error)
{
  job work = {engine, script, arguments, count, result != NULL, NULL};
  if (atomic_load(&engine->interrupt.running) != NULL)
    return nr_engine_fail(error, NEWSREEL_INVALID, "the engine is running: one call at a time");
  if (engine->used > engine->limits.memory_bytes / 2)
    nr_engine_protect(engine, collect, NULL, NULL);
  uint64_t begun = nr_watchdog_now();
  begin_counting(engine);
  if (!watch(engine, begun))
    return nr_engine_fail(error, NEWSREEL_NOMEM, "no thread can be started to watch the time");
  newsreel_status status = nr_engine_protect(engine, run_job, &work, error);
  nr_watchdog_unwatch(engine);
  engine->stats.time_us = nr_watchdog_now() - begun;
  engine->stats.stops += nr_interrupt_asked(engine);
  if (status == NEWSREEL_OK && result != NULL)
    *result = work.result;
  else
    newsreel_result_free(work.result);
  return status;
}
