/* interrupt.c: stopping a script from outside, at no cost while nobody asks. Floor 6.
 *
 * A count hook that is always set doubles the run time of Lua code. So no hook is set: the one who
 * asks raises the flag `stop` and sets a hook on the coroutine that runs; the hook raises an error
 * again and again until the run has ended, so `pcall` can't swallow it. Loops in C see the flag when
 * they poll.
 *
 * Two orders matter. `stop` is raised before `running` is read, and a resume writes `running` before
 * it reads `stop`: one of the two sees the other. Setting a hook walks the call records of the
 * coroutine, which the running thread may free: while it frees, the hook is not set from outside but
 * by the thread itself, directly afterwards. */
#include "engine/engine.h"

#include <sched.h>

static void stop_hook(lua_State *L, lua_Debug *record)
{
  (void)record;
  nr_interrupt_check(L);
  lua_sethook(L, NULL, 0, 0);
}

static void set_hook(lua_State *L)
{
  lua_sethook(L, stop_hook, LUA_MASKCALL | LUA_MASKRET | LUA_MASKLINE | LUA_MASKCOUNT, 1);
}

static void arm(nr_interrupt *interrupt)
{
  atomic_store(&interrupt->arming, 1);
  atomic_store(&interrupt->missed, 1); /* before `freeing` is read: one of the two threads sets the hook */
  if (!atomic_load(&interrupt->freeing)) {
    lua_State *L = atomic_load(&interrupt->running);
    if (L != NULL)
      set_hook(L);
  }
  atomic_store(&interrupt->arming, 0);
}

void nr_interrupt_stop(newsreel_engine *engine, nr_stop why)
{
  int none = NR_STOP_NONE;
  atomic_compare_exchange_strong(&engine->interrupt.stop, &none, (int)why);
  arm(&engine->interrupt);
}

void newsreel_interrupt(newsreel_engine *engine)
{
  if (engine != NULL && atomic_load(&engine->interrupt.running) != NULL)
    nr_interrupt_stop(engine, NR_STOP_ASKED);
}

nr_stop nr_interrupt_why(newsreel_engine *engine)
{
  return (nr_stop)atomic_load_explicit(&engine->interrupt.stop, memory_order_relaxed);
}

bool nr_interrupt_asked(newsreel_engine *engine)
{
  return nr_interrupt_why(engine) != NR_STOP_NONE;
}

void nr_interrupt_check(lua_State *L)
{
  if (nr_interrupt_asked(nr_engine_of(L)))
    luaL_error(L, "interrupted");
}

void nr_interrupt_freeing(newsreel_engine *engine)
{
  nr_interrupt *interrupt = &engine->interrupt;
  atomic_store(&interrupt->freeing, 1);
  while (atomic_load(&interrupt->arming))
    sched_yield(); /* another thread sets a hook: a few instructions, if it is let */
}

void nr_interrupt_freed(newsreel_engine *engine)
{
  nr_interrupt *interrupt = &engine->interrupt;
  atomic_store(&interrupt->freeing, 0);
  if (!atomic_load(&interrupt->missed))
    return;
  atomic_store(&interrupt->missed, 0); /* once, not with each free: the hook walks all call records */
  if (atomic_load(&interrupt->stop) && atomic_load(&interrupt->running) != NULL)
    set_hook(atomic_load(&interrupt->running));
}

void nr_interrupt_begin(newsreel_engine *engine)
{
  lua_sethook(engine->L, NULL, 0, 0);
  atomic_store(&engine->interrupt.stop, NR_STOP_NONE);
  atomic_store(&engine->interrupt.running, engine->L);
}

void nr_interrupt_end(newsreel_engine *engine)
{
  atomic_store(&engine->interrupt.running, (lua_State *)NULL);
  lua_sethook(engine->L, NULL, 0, 0);
}

/* Run `co` as the one to be interrupted. */
static int tracked_resume(lua_State *L, lua_State *co, int arguments, int *results)
{
  newsreel_engine *engine = nr_engine_of(L);
  atomic_store(&engine->interrupt.running, co);
  if (atomic_load(&engine->interrupt.stop))
    set_hook(co);
  int status = lua_resume(co, L, arguments, results);
  atomic_store(&engine->interrupt.running, L);
  nr_interrupt_check(L);
  return status;
}

/* Move the arguments over, resume, move the results or the error back.
 * Returns the number of results, or -1 with the error on top. */
static int resume(lua_State *L, lua_State *co, int arguments)
{
  int results = 0;
  if (!lua_checkstack(co, arguments) || (lua_status(co) == LUA_OK && lua_gettop(co) == 0)) {
    lua_pushliteral(L, "cannot resume dead coroutine");
    return -1;
  }
  lua_xmove(L, co, arguments);
  int status = tracked_resume(L, co, arguments, &results);
  if (status != LUA_OK && status != LUA_YIELD) {
    lua_xmove(co, L, 1);
    return -1;
  }
  if (!lua_checkstack(L, results + 1)) {
    lua_pop(co, results);
    lua_pushliteral(L, "too many results to resume");
    return -1;
  }
  lua_xmove(co, L, results);
  return results;
}

static lua_State *check_coroutine(lua_State *L)
{
  lua_State *co = lua_tothread(L, 1);
  luaL_argexpected(L, co != NULL, 1, "coroutine");
  return co;
}

/* true, ... | false, message = coroutine.resume(co, ...) */
static int coroutine_resume(lua_State *L)
{
  lua_State *co = check_coroutine(L);
  int results = resume(L, co, lua_gettop(L) - 1);
  lua_pushboolean(L, results >= 0);
  lua_insert(L, results < 0 ? -2 : -(results + 1));
  return results < 0 ? 2 : results + 1;
}

/* Close the variables of a coroutine that is dead or suspended, and leave the error, if any, on top of
 * it. One that closes another that closes another uses C stack for each: too many are refused. */
static int reset(lua_State *L, lua_State *co)
{
  enum { nested_max = 100 };
  newsreel_engine *engine = nr_engine_of(L);
  nr_interrupt_check(L); /* hooks are off in a coroutine that a stop has ended: its variables wait */
  if (engine->closing >= nested_max)
    return luaL_error(L, "coroutines close one another too deeply");
  engine->closing++;
  lua_State *outer = atomic_load(&engine->interrupt.running);
  atomic_store(&engine->interrupt.running, co);
  if (atomic_load(&engine->interrupt.stop))
    set_hook(co);
  int status = lua_resetthread(co);
  atomic_store(&engine->interrupt.running, outer);
  engine->closing--;
  nr_interrupt_check(L);
  return status;
}

static int wrapped(lua_State *L)
{
  lua_State *co = lua_tothread(L, lua_upvalueindex(1));
  int results = resume(L, co, lua_gettop(L));
  if (results >= 0)
    return results;
  int status = lua_status(co);
  if (status != LUA_OK && status != LUA_YIELD) {
    reset(L, co);
    lua_xmove(co, L, 1);
  }
  if (status != LUA_ERRMEM && lua_type(L, -1) == LUA_TSTRING) {
    luaL_where(L, 1);
    lua_insert(L, -2);
    lua_concat(L, 2);
  }
  return lua_error(L);
}

/* function = coroutine.wrap(f) */
static int coroutine_wrap(lua_State *L)
{
  luaL_checktype(L, 1, LUA_TFUNCTION);
  lua_State *co = lua_newthread(L);
  lua_pushvalue(L, 1);
  lua_xmove(L, co, 1);
  lua_pushcclosure(L, wrapped, 1);
  return 1;
}

/* true | false, message = coroutine.close(co) */
static int coroutine_close(lua_State *L)
{
  lua_State *co = check_coroutine(L);
  lua_Debug record;
  bool suspended = lua_status(co) == LUA_YIELD, failed = lua_status(co) != LUA_OK && !suspended;
  if (co == L || (!suspended && !failed && lua_getstack(co, 0, &record)))
    return luaL_error(L, "cannot close a %s coroutine", co == L ? "running" : "normal");
  if (reset(L, co) == LUA_OK) {
    lua_pushboolean(L, 1);
    return 1;
  }
  lua_pushboolean(L, 0);
  lua_xmove(co, L, 1);
  return 2;
}

/* ---- pcall and xpcall: what they catch goes on when it is a stop ---- */

static int finish_call(lua_State *L, int status, lua_KContext below)
{
  if (status == LUA_OK || status == LUA_YIELD)
    return lua_gettop(L) - (int)below;
  nr_interrupt_check(L);
  lua_pushboolean(L, 0);
  lua_insert(L, -2);
  return 2;
}

/* true, ... | false, message = pcall(f, ...) */
static int protected_call(lua_State *L)
{
  luaL_checkany(L, 1);
  lua_pushboolean(L, 1);
  lua_insert(L, 1);
  return finish_call(L, lua_pcallk(L, lua_gettop(L) - 2, LUA_MULTRET, 0, 0, finish_call), 0);
}

/* The script's handler, unless a stop is on its way: it could run for ever, as hooks are off here. */
static int handle(lua_State *L)
{
  if (nr_interrupt_asked(nr_engine_of(L)))
    return 1;
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  lua_call(L, 1, 1);
  return 1;
}

/* true, ... | false, handled = xpcall(f, handler, ...) */
static int handled_call(lua_State *L)
{
  luaL_checktype(L, 2, LUA_TFUNCTION);
  lua_pushvalue(L, 2);
  lua_pushcclosure(L, handle, 1);
  lua_replace(L, 2); /* f, handle, ... */
  lua_pushboolean(L, 1);
  lua_pushvalue(L, 1);
  lua_rotate(L, 3, 2); /* f, handle, true, f, ... */
  return finish_call(L, lua_pcallk(L, lua_gettop(L) - 4, LUA_MULTRET, 2, 2, finish_call), 2);
}

void nr_interrupt_open(lua_State *L)
{
  static const luaL_Reg coroutines[] = {
      {"resume", coroutine_resume}, {"wrap", coroutine_wrap}, {"close", coroutine_close}, {NULL, NULL}};
  lua_getglobal(L, LUA_COLIBNAME);
  luaL_setfuncs(L, coroutines, 0);
  lua_pop(L, 1);
  lua_pushcfunction(L, protected_call);
  lua_setglobal(L, "pcall");
  lua_pushcfunction(L, handled_call);
  lua_setglobal(L, "xpcall");
}
