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
#include "base/small.h"
#include "corpus/corpus.h"
#include "newsreel.h"
#include "segment/segment.h"

/* Why a run is to stop. It holds until the run ends. */
typedef enum nr_stop { NR_STOP_NONE, NR_STOP_ASKED, NR_STOP_TIME, NR_STOP_OUTPUT } nr_stop;

/* The interrupt: see interrupt.c. */
typedef struct nr_interrupt {
  atomic_int stop;              /* an nr_stop */
  atomic_int arming, freeing;   /* keep the arming of a hook and the freeing of what it walks apart */
  atomic_int missed;            /* a hook may not have been set because of that */
  _Atomic(lua_State *) running; /* the coroutine that runs, NULL between runs */
} nr_interrupt;

/* What stands before each block of ours: all that are held, in a ring. */
typedef struct nr_held {
  struct nr_held *previous, *next;
  size_t size,
      unused[5]; /* of the block, this included; 64 bytes in all: what follows is aligned as before */
} nr_held;

/* A run with a time limit, in the list of watchdog.c. */
typedef struct nr_deadline {
  struct nr_deadline *next;
  uint64_t at_us; /* on the monotonic clock */
  bool listed, user;
} nr_deadline;

struct newsreel_engine {
  lua_State *L;
  nr_memory shared; /* the host's, for threads: not counted, any thread may use it */
  nr_memory memory; /* everything of ours comes from here; user is the engine */
  nr_small small;   /* what it and the interpreter's blocks are cut from */
  nr_held held;     /* what of it has not been freed */
  newsreel_options options;
  newsreel_limits limits; /* each a number, NEWSREEL_UNLIMITED where there is none */
  nr_interrupt interrupt;
  nr_deadline deadline;
  newsreel_error *error; /* the host's, during a call; NULL when it gave none */
  uint64_t used, peak;
  nr_contents contents; /* the text read last, where it is compressed */
  bool starved;         /* an allocation failed in this run */
  bool refused;         /* the last one that failed was over the limit */
  bool sandbox;         /* the profile */
  bool guest;           /* the interpreter is somebody else's: stock.c */
  newsreel_stats stats; /* what is counted in a run, and over runs */
  unsigned closing;     /* nested closing of coroutines */
  uint64_t secret;      /* disguises addresses in a sandbox */

  const char *doing;    /* what a long piece of work is called while it runs, or NULL */
  bool in_bytes;        /* its progress counts bytes */
  double started, told; /* when it began; when progress was last told; seconds */
  bool progress_shown;
};

/* The engine that a Lua state belongs to. */
newsreel_engine *nr_engine_of(lua_State *L);
/* Make `engine` the one that nr_engine_of finds. */
void nr_engine_bind(lua_State *L, newsreel_engine *engine);

/* Call `function` with `user` as light userdata, protected; fill `error` when it raises. */
newsreel_status nr_engine_protect(newsreel_engine *engine, lua_CFunction function, void *user,
                                  newsreel_error *error);
/* Fill the host's error. */
newsreel_status nr_engine_fail(newsreel_error *error, newsreel_status status, const char *message);
newsreel_status nr_engine_fail_with(newsreel_error *error, const nr_error *err);
/* The host's allocator, for what outlives the engine. */
nr_memory nr_engine_host_memory(const newsreel_engine *engine);
/* Allocation counted and limited, for Lua, which frees its own. */
void *nr_engine_resize(void *user, void *pointer, size_t old_size, size_t new_size);
/* Set `memory`, for what is ours: blocks that are still held when the engine is freed are freed with it.
 * Lua loses a finalizer where it can't be called, at the end of the C stack and the like. */
void nr_engine_init_memory(newsreel_engine *engine);
void nr_engine_free_held(newsreel_engine *engine);
/* Take limits over, 0 being the profile's own. Errors NEWSREEL_VERSION, NEWSREEL_INVALID. */
newsreel_status nr_engine_set_limits(newsreel_engine *engine, const newsreel_limits *limits,
                                     newsreel_error *error);
/* Take a struct of the host's, which begins with its size, over into one of ours of `size` bytes. */
newsreel_status nr_engine_copy(void *to, const void *from, size_t size, newsreel_error *error);

/* Write to the host's output or message callback. Over the limit the run is stopped. */
void nr_engine_output(newsreel_engine *engine, const char *text, size_t size);
void nr_engine_tell(newsreel_engine *engine, newsreel_message_kind kind, const char *text, size_t size);

/* The doors of a piece of work: progress over a second, interrupts, complaints.
 * `doing` is the present participle that progress begins with, "adding"; static storage.
 * Call nr_engine_done when the work is over, however it ended. */
nr_poll nr_engine_poll(newsreel_engine *engine, const char *doing);
/* The same for work whose progress counts bytes: it tells MB/s too. */
nr_poll nr_engine_poll_bytes(newsreel_engine *engine, const char *doing);
nr_report nr_engine_report(newsreel_engine *engine);
void nr_engine_done(newsreel_engine *engine);

/* interrupt.c */
void nr_interrupt_open(lua_State *L); /* replaces what could swallow a stop: pcall, xpcall, coroutine.* */
void nr_interrupt_begin(newsreel_engine *engine);
void nr_interrupt_end(newsreel_engine *engine);
bool nr_interrupt_asked(newsreel_engine *engine);
nr_stop nr_interrupt_why(newsreel_engine *engine);
void nr_interrupt_stop(newsreel_engine *engine, nr_stop why); /* any thread; the first reason stays */
void nr_interrupt_check(lua_State *L);                        /* raise when a stop is asked for */
void nr_interrupt_freeing(newsreel_engine *engine);           /* before a block is freed */
void nr_interrupt_freed(newsreel_engine *engine);             /* after it */

/* Loops over data in C functions that scripts call: raise every 4096th round when a stop is asked for. */
#define NR_ENGINE_CHECK(L, round)                                                                            \
  do {                                                                                                       \
    if (((round)&4095) == 4095)                                                                              \
      nr_interrupt_check(L);                                                                                 \
  } while (0)

/* watchdog.c: stops runs whose time is over. */
uint64_t nr_watchdog_now(void);                                        /* microseconds */
bool nr_watchdog_watch(newsreel_engine *engine, uint64_t deadline_us); /* false: no thread for it */
void nr_watchdog_unwatch(newsreel_engine *engine);
void nr_watchdog_leave(newsreel_engine *engine); /* before the engine is freed */

/* modules.c: `require` finds the host's modules, then the packed ones. */
void nr_modules_open(lua_State *L);
/* Push the source of a module and return true, or push nothing and return false. */
bool nr_modules_source(lua_State *L, const char *name);
/* Push the source of a host's module and return true; false, and nothing pushed, where there is none. */
bool nr_modules_host_source(lua_State *L, const char *name);
/* Push the loader of a packed module and return true; false, and nothing pushed, where there is none. */
bool nr_modules_load_packed(lua_State *L, const char *name);
/* Push a list of the names of packed modules that begin with `prefix`, in order. */
void nr_modules_names(lua_State *L, const char *prefix);
/* A module by its text. */
typedef struct nr_module {
  const char *name;
  nr_text text;
} nr_module;
/* Let an engine that works for another find these modules, then what lies where the other one looks.
 * Errors NEWSREEL_NOMEM, NEWSREEL_SYNTAX. */
newsreel_status nr_modules_hand_over(lua_State *from, newsreel_engine *to, const nr_module *modules,
                                     size_t count, newsreel_error *error);

/* script.c: loading scripts, and their globals. Pushes a function or raises. */
void nr_script_open(lua_State *L);
void nr_script_load_file(lua_State *L, const char *path);
void nr_script_load_string(lua_State *L, const char *name, const char *text, size_t size);
/* Push the table of the scripts' own globals. */
void nr_script_push_globals(lua_State *L);
/* Set the scripts' `arg`: `name` at 0 and `count` values of the stack from index `first`. */
void nr_script_set_arg(lua_State *L, const char *name, int first, int count);
/* Compile source text: a status of Lua's, and the function or the message on top. */
int nr_script_compile(lua_State *L, const char *text, size_t size, const char *chunk);
/* Push a metatable for globals under which unknown names raise. */
void nr_script_push_globals_meta(lua_State *L);
void nr_script_set_globals(lua_State *L); /* to the table on top, which is popped */

/* host.c: what hosts give: corpora and functions. */
void nr_host_open(lua_State *L);
/* The corpus attached by a name (NULL: the first one), or NULL. */
nr_snapshot *nr_host_find_corpus(lua_State *L, const char *name);
/* Set the host's functions as globals in the table on top. */
void nr_host_set_functions(lua_State *L);

/* libraries.c: Lua's own libraries and LPeg, for an interpreter of our own; stock.c stands in its place in
 * a module for others. */
void nr_libraries_open(lua_State *L);
extern const bool nr_libraries_own; /* Lua is the one that compiled the packed modules */

/* sandbox.c: what a script in a sandbox has. */
void nr_sandbox_open(lua_State *L);       /* once, before the core table is made */
void nr_sandbox_close_core(lua_State *L); /* takes files away from the core table */
void nr_sandbox_begin(lua_State *L);      /* new globals, before each run */
/* Push a global that is made at its first use, and return true; false and nothing pushed where there is
 * none of that name. */
bool nr_sandbox_push_global(lua_State *L, const char *name);
/* Push what tostring() says of a value; addresses are told in a trusted engine only. */
void nr_sandbox_tostring(lua_State *L, int index);
/* Whether the table at `index` may not be changed, by rawset or otherwise. */
bool nr_sandbox_is_locked(lua_State *L, int index);

/* Functions for scripts in a sandbox that can be stopped, in the table on top: match.c, strings.c,
 * tables.c, utf8.c. */
void nr_sandbox_open_match(lua_State *L);
void nr_sandbox_open_strings(lua_State *L);
void nr_sandbox_open_tables(lua_State *L);
void nr_sandbox_open_utf8(lua_State *L);

/* core.c: the table `newsreel.core`, by which the Lua modules reach C. */
int nr_core_open(lua_State *L);

#endif
