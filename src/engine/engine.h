/* engine.h: the inside of an engine: one Lua interpreter and what its C functions share.
 * Floor 6: includes lower floors and Lua. */
#ifndef NR_ENGINE_H
#define NR_ENGINE_H

#include <stdatomic.h>

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

#include "base/doors.h"
#include "base/memory.h"
#include "newsreel.h"
#include "segment/segment.h"

/* The interrupt: see interrupt.c. */
typedef struct nr_interrupt {
  atomic_int stop;              /* a stop was asked for and holds until the run ends */
  atomic_int arming, freeing;   /* keep the arming of a hook and the freeing of what it walks apart */
  _Atomic(lua_State *) running; /* the coroutine that runs, NULL between runs */
} nr_interrupt;

struct newsreel_engine {
  lua_State *L;
  nr_memory memory; /* everything of ours and Lua's comes from here; user is the engine */
  newsreel_options options;
  nr_interrupt interrupt;
  newsreel_error *error; /* the host's, during a call; NULL when it gave none */
  uint64_t used, peak;

  nr_contents contents; /* the text read last, where it is compressed */

  newsreel_value *results; /* of the last run; their texts are held by the registry */
  size_t result_count, result_capacity;

  const char *doing;    /* what a long piece of work is called while it runs, or NULL */
  double started, told; /* when it began; when progress was last told; seconds */
  bool progress_shown;
};

/* The engine that a Lua state belongs to. */
newsreel_engine *nr_engine_of(lua_State *L);

/* Call `function` with `user` as light userdata, protected; fill `error` when it raises. */
newsreel_status nr_engine_protect(newsreel_engine *engine, lua_CFunction function, void *user,
                                  newsreel_error *error);
/* Fill the host's error. */
newsreel_status nr_engine_fail(newsreel_error *error, newsreel_status status, const char *message);

/* Write to the host's output or message callback. */
void nr_engine_output(newsreel_engine *engine, const char *text, size_t size);
void nr_engine_tell(newsreel_engine *engine, newsreel_message_kind kind, const char *text, size_t size);

/* The doors of a piece of work: progress over a second, interrupts, complaints.
 * `doing` is the present participle that progress begins with, "adding"; static storage.
 * Call nr_engine_done when the work is over, however it ended. */
nr_poll nr_engine_poll(newsreel_engine *engine, const char *doing);
nr_report nr_engine_report(newsreel_engine *engine);
void nr_engine_done(newsreel_engine *engine);

/* interrupt.c */
void nr_interrupt_open(lua_State *L); /* replaces coroutine.resume and wrap by ones that can be stopped */
void nr_interrupt_begin(newsreel_engine *engine);
void nr_interrupt_end(newsreel_engine *engine);
bool nr_interrupt_asked(newsreel_engine *engine);
void nr_interrupt_freeing(newsreel_engine *engine); /* before a block is freed */
void nr_interrupt_freed(newsreel_engine *engine);   /* after it */

/* modules.c: `require` finds the host's modules, then the packed ones. */
void nr_modules_open(lua_State *L);
/* Push the source of a module and return true, or push nothing and return false. */
bool nr_modules_source(lua_State *L, const char *name);

/* script.c: loading scripts, and their globals. Pushes a function or raises. */
void nr_script_open(lua_State *L);
void nr_script_load_file(lua_State *L, const char *path);
void nr_script_load_string(lua_State *L, const char *name, const char *text, size_t size);
/* Push the table of the scripts' own globals. */
void nr_script_push_globals(lua_State *L);
/* Set the scripts' `arg`: `name` at 0 and `count` values of the stack from index `first`. */
void nr_script_set_arg(lua_State *L, const char *name, int first, int count);

/* core.c: the table `newsreel.core`, by which the Lua modules reach C. */
int nr_core_open(lua_State *L);

#endif
