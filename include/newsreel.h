/* newsreel.h: newsreel inside another program.
 *
 * A corpus is an immutable snapshot of a .reel file, shared by any number of threads. An engine is one
 * Lua interpreter with newsreel in it; it runs scripts over the corpora attached to it. What a script
 * returns is a result, which outlives the engine.
 *
 * The library never prints, never exits, reads no environment variable, sets no locale and installs no
 * signal handler: output and talk go to your callbacks. An engine with a time limit shares one thread
 * with all others of the process, which sleeps until a deadline passes.
 *
 * Units      sizes in bytes, times in microseconds, text is UTF-8 given as pointer and size.
 * Ownership  what `_new` and `_open` make is freed by `_free`, `_close` or `_release`. Texts given to a
 *            function are copied or used during the call only. Texts got back belong to the thing they
 *            were asked of and live as long as it does.
 * Structs    options, limits, statistics and errors begin with their size: set it to sizeof the struct
 *            and the rest to 0, which means "as usual". A library older than the header refuses with
 *            NEWSREEL_VERSION what it does not know; a newer one takes what it misses for 0.
 * Errors     a function that can fail returns a status and fills the caller's newsreel_error, which may
 *            be NULL; filling it never allocates. Outputs are untouched on failure.
 * Threads    corpora and scripts: any number at once. An engine, a writer, a result: one thread at a
 *            time, and another from call to call if you like. Different ones are independent.
 *            newsreel_interrupt alone may be called at any time, from any thread or signal handler.
 * Stack      a thread that runs scripts needs 1 MB of stack, 4 MB where scripts use LPeg themselves.
 *
 * C99 and C++17 can include this file. */
#ifndef NEWSREEL_H
#define NEWSREEL_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Grows by one whenever a function is added; from 1.0 on functions are never taken away. */
#define NEWSREEL_ABI 2u

typedef struct newsreel_corpus newsreel_corpus;
typedef struct newsreel_writer newsreel_writer;
typedef struct newsreel_engine newsreel_engine;
typedef struct newsreel_script newsreel_script;
typedef struct newsreel_result newsreel_result;
typedef struct newsreel_call newsreel_call; /* lives during one call of a host's function */

typedef enum newsreel_status {
  NEWSREEL_OK = 0,
  NEWSREEL_INVALID,      /* an argument or the script's input is wrong */
  NEWSREEL_NOMEM,        /* the allocator gave nothing */
  NEWSREEL_IO,           /* the operating system refused */
  NEWSREEL_NOTFOUND,     /* no such file, article, name */
  NEWSREEL_EXISTS,       /* there already */
  NEWSREEL_CORRUPT,      /* a damaged corpus file */
  NEWSREEL_VERSION,      /* a file or a struct of another age */
  NEWSREEL_LOCKED,       /* another process writes the corpus */
  NEWSREEL_LIMIT,        /* larger than newsreel accepts: a text, a pattern, a source, a result */
  NEWSREEL_INTERRUPTED,  /* newsreel_interrupt was called */
  NEWSREEL_SYNTAX,       /* the script does not compile */
  NEWSREEL_SCRIPT,       /* the script raised an error of its own */
  NEWSREEL_DENIED,       /* a script in a sandbox asked for what it may not have */
  NEWSREEL_MEMORY_LIMIT, /* limits.memory_bytes */
  NEWSREEL_TIME_LIMIT,   /* limits.time_us */
  NEWSREEL_OUTPUT_LIMIT  /* limits.output_bytes */
} newsreel_status;

/* What went wrong, in the caller's storage. */
typedef struct newsreel_error {
  size_t size;
  newsreel_status status;
  int line;             /* of the script, 0 when unknown */
  char chunk[128];      /* the script's file or name, "" when unknown */
  char message[1024];   /* ends with NUL; begins with "chunk:line: " where known */
  char traceback[2048]; /* the calls that led there, "" for errors outside Lua */
} newsreel_error;

/* ---- the library ---- */

/* "0.1.0". Static storage. */
const char *newsreel_version(void);
/* NEWSREEL_ABI of the library, to compare with the header's. */
uint32_t newsreel_abi(void);
/* "ok", "invalid", "nomem", ... Static storage. */
const char *newsreel_status_name(newsreel_status status);

/* ---- corpora: immutable, counted, shared by threads ---- */

/* Open the newest commit of a .reel file for reading; no lock is taken. The file is mapped: do not
 * truncate it while it is open (newsreel never does).
 * Errors NEWSREEL_NOTFOUND, _IO, _CORRUPT, _VERSION, _INVALID (no .reel file), _NOMEM. */
newsreel_status newsreel_corpus_open(const char *path, newsreel_corpus **corpus, newsreel_error *error);
/* Open what has been committed since: *newer is a corpus of its own, to be released, and may be the
 * same as `corpus`, retained, where nothing is new. Errors as newsreel_corpus_open. */
newsreel_status newsreel_corpus_refresh(newsreel_corpus *corpus, newsreel_corpus **newer,
                                        newsreel_error *error);
/* Count one holder more. Returns the same corpus. */
newsreel_corpus *newsreel_corpus_retain(newsreel_corpus *corpus);
/* Count one holder less; the last one closes it. NULL is fine. */
void newsreel_corpus_release(newsreel_corpus *corpus);

/* ---- the writer: one per file, by lock ---- */

/* Open a file for writing, made where it is missing. Errors as newsreel_corpus_open; NEWSREEL_LOCKED. */
newsreel_status newsreel_writer_open(const char *path, newsreel_writer **writer, newsreel_error *error);
/* Put an article into the next commit: a JSON object with `id`, `text` and, where known, `date`,
 * `title`, `source` and any other fields. The same again is skipped, the same id with other content
 * replaces. Errors NEWSREEL_INVALID, _EXISTS (the id came from elsewhere), _LIMIT, _NOMEM. */
newsreel_status newsreel_writer_add(newsreel_writer *writer, const char *json, size_t size,
                                    newsreel_error *error);
/* Make all since the last commit durable and visible, as one. Errors NEWSREEL_IO: the writer can then
 * only be closed. */
newsreel_status newsreel_writer_commit(newsreel_writer *writer, newsreel_error *error);
/* Drop what was not committed and let the lock go. NULL is fine. */
void newsreel_writer_close(newsreel_writer *writer);

/* ---- values ---- */

typedef enum newsreel_type {
  NEWSREEL_NIL,
  NEWSREEL_BOOLEAN, /* integer is 0 or 1 */
  NEWSREEL_INTEGER, /* integer, and the nearest number */
  NEWSREEL_NUMBER,  /* number */
  NEWSREEL_TEXT,    /* text */
  NEWSREEL_JSON,    /* text is JSON: a table of the script */
  NEWSREEL_FRAME,   /* ask newsreel_result_arrow or newsreel_result_json; never an argument */
  NEWSREEL_OBJECT   /* text is what tostring() says; never an argument */
} newsreel_type;

typedef struct newsreel_value {
  newsreel_type type;
  int64_t integer;
  double number;
  const char *text; /* what the library gives ends with NUL, and may hold others */
  size_t size;
} newsreel_value;

/* ---- engines ---- */

typedef enum newsreel_profile {
  NEWSREEL_TRUSTED, /* your own scripts: all of Lua with files, programs and LPeg; no limits unless set */
  NEWSREEL_SANDBOX  /* others' scripts: see SECURITY.md for what holds and against whom */
} newsreel_profile;

#define NEWSREEL_UNLIMITED UINT64_MAX

/* What a script may use. 0 is the profile's own: what stands here for a sandbox, no limit for trusted
 * ones. Time and output count anew with each run, memory is what the engine holds. A limit ends the run;
 * the engine can be used again. */
typedef struct newsreel_limits {
  size_t size;
  uint64_t memory_bytes;  /* 64 MB; Lua and newsreel together, without results and corpora */
  uint64_t time_us;       /* 5 s on the wall clock, functions of the host included */
  uint64_t output_bytes;  /* 1 MB; print and the like, and talk */
  uint64_t result_bytes;  /* 16 MB; one run's result */
  uint64_t text_bytes;    /* 16 MB; one text that a string function makes */
  uint64_t source_bytes;  /* 1 MB; one chunk of Lua */
  uint64_t pattern_steps; /* 50 million; one call of string.find, match, gsub, or step of gmatch */
} newsreel_limits;

/* Resize a block as realloc does; new_size 0 frees and returns NULL. Shrinking must not fail. */
typedef void *(*newsreel_allocate)(void *user, void *pointer, size_t old_size, size_t new_size);

/* Data: what scripts print. */
typedef void (*newsreel_output)(void *user, const char *text, size_t size);

typedef enum newsreel_message_kind {
  NEWSREEL_NOTE,    /* worth knowing */
  NEWSREEL_WARNING, /* something is doubtful */
  NEWSREEL_REFUSAL, /* one input was not taken */
  NEWSREEL_PROGRESS /* replaces the last progress; "" when the work is over */
} newsreel_message_kind;

/* Talk, the log: one line without its line end. */
typedef void (*newsreel_message)(void *user, newsreel_message_kind kind, const char *text, size_t size);

/* Answer `require "name"`: NEWSREEL_OK and the module's Lua source, which is copied before the callback
 * is called again; NEWSREEL_NOTFOUND and the search goes on; any other status ends it. Asked before the
 * modules of newsreel, once a name (in a sandbox once a name and run). */
typedef newsreel_status (*newsreel_module)(void *user, const char *name, const char **text, size_t *size);

/* A function of the host's, called by scripts. Give values back with newsreel_call_return; anything but
 * NEWSREEL_OK becomes an error in the script, which may catch it, with the words of newsreel_call_fail.
 * The error is raised after the function has returned: nothing jumps over its frames. It must not use
 * the engine it is called from, but for newsreel_interrupt. */
typedef newsreel_status (*newsreel_function)(void *user, newsreel_call *call, const newsreel_value *arguments,
                                             size_t count);

/* Callbacks run in the thread that called the library. NULL: what would go there is dropped. */
typedef struct newsreel_options {
  size_t size;
  newsreel_profile profile;
  newsreel_limits limits; /* its size may be 0: all as usual */
  newsreel_allocate allocate;
  void *allocate_user;
  newsreel_output output;
  void *output_user;
  newsreel_message message;
  void *message_user;
  newsreel_module module;
  void *module_user;
  uint64_t
      random_seed; /* of math.random in a sandbox, at the start of each run: the same, the same numbers */
} newsreel_options;

/* Make an engine. `options` may be NULL. Errors NEWSREEL_NOMEM, _MEMORY_LIMIT, _VERSION, _INVALID. */
newsreel_status newsreel_engine_new(const newsreel_options *options, newsreel_engine **engine,
                                    newsreel_error *error);
/* Free an engine and all that its scripts hold. Results live on. NULL is fine. */
void newsreel_engine_free(newsreel_engine *engine);

/* Let scripts have a corpus: newsreel.open "name" gives it, read-only. In a sandbox there are no others,
 * and newsreel.open() gives the one attached first. The engine counts as a holder until it is freed or
 * another corpus, or NULL, takes the name. Errors NEWSREEL_NOMEM, _MEMORY_LIMIT, _INVALID. */
newsreel_status newsreel_engine_attach(newsreel_engine *engine, const char *name, newsreel_corpus *corpus,
                                       newsreel_error *error);
/* Let scripts call a function of yours by a global name. Errors as newsreel_engine_attach. */
newsreel_status newsreel_engine_register(newsreel_engine *engine, const char *name,
                                         newsreel_function function, void *user, newsreel_error *error);
/* Set other limits for the runs to come. A memory limit that an engine has from the start bounds what it
 * takes from the system; one set later bounds what its scripts hold, besides small blocks kept for the next
 * use. Errors NEWSREEL_VERSION, _INVALID. */
newsreel_status newsreel_engine_limit(newsreel_engine *engine, const newsreel_limits *limits,
                                      newsreel_error *error);

typedef struct newsreel_stats {
  size_t size;
  uint64_t memory_now, memory_peak; /* bytes that the engine holds, and held at most */
  uint64_t runs;
  uint64_t time_us;      /* of the last run */
  uint64_t output_bytes; /* of the last run, talk included */
  uint64_t host_calls;   /* of the last run */
  uint64_t stops;        /* runs that newsreel_interrupt or a limit on time or output has ended */
} newsreel_stats;

/* Fill `stats`, whose size is set, as far as it goes. */
void newsreel_engine_stats(const newsreel_engine *engine, newsreel_stats *stats);

/* Ask the run in progress to stop: it returns NEWSREEL_INTERRUPTED soon. Does nothing between runs.
 * Any thread, any signal handler. An engine without a time limit may miss it once in a very long while:
 * ask again while the run goes on. */
void newsreel_interrupt(newsreel_engine *engine);

/* ---- scripts and their results ---- */

/* Keep a script's text, to be run by any engine; `name` stands in messages. Only source text is run,
 * never compiled chunks. Errors NEWSREEL_NOMEM. */
newsreel_status newsreel_script_new(const char *name, const char *text, size_t size, newsreel_script **script,
                                    newsreel_error *error);
/* Free a script. NULL is fine. */
void newsreel_script_free(newsreel_script *script);

/* Run a script. It gets the arguments as `...`, and as the table `arg` from 1 on; `newsreel` is loaded,
 * an unknown global raises. In a sandbox its globals are gone afterwards, in a trusted engine they stay.
 * result  what it returned; may be NULL. Freed by the caller.
 * Errors  NEWSREEL_SYNTAX, _SCRIPT, _DENIED, _INTERRUPTED, the limits, _NOMEM, and whatever newsreel
 *         raised in it. The engine can be used again after any of them. */
newsreel_status newsreel_run(newsreel_engine *engine, const newsreel_script *script,
                             const newsreel_value *arguments, size_t count, newsreel_result **result,
                             newsreel_error *error);

/* How many values the script returned. */
size_t newsreel_result_count(const newsreel_result *result);
/* Value `index`, from 0; NEWSREEL_NIL beyond the count. Its text lives as long as the result. */
newsreel_value newsreel_result_value(const newsreel_result *result, size_t index);
/* Value `index` as JSON; a frame as JSON Lines, an object a row. Made when first asked for and kept with
 * the result. Errors NEWSREEL_NOMEM; _INVALID beyond the count. */
newsreel_status newsreel_result_json(newsreel_result *result, size_t index, const char **text, size_t *size,
                                     newsreel_error *error);

/* The Arrow C stream interface, as its specification defines the struct. */
struct ArrowArrayStream;
/* The frame at `index` as an Arrow C stream of one batch: text columns are utf8 (large_utf8 from 2 GB on),
 * number columns float64, both nullable. `stream` is the caller's; its release callback must be called.
 * The columns outlive the result, the engine and the corpus; what get_next gives may be released in
 * another thread. Any number of streams share them. Errors NEWSREEL_NOMEM; _INVALID where there is no
 * frame. */
newsreel_status newsreel_result_arrow(newsreel_result *result, size_t index, struct ArrowArrayStream *stream,
                                      newsreel_error *error);
/* Free a result; streams of it live on. NULL is fine. */
void newsreel_result_free(newsreel_result *result);

/* ---- inside a function of the host's ---- */

/* Give values back to the script; they are copied. JSON becomes tables. Errors NEWSREEL_NOMEM, _INVALID:
 * return the status, then the script gets the error. */
newsreel_status newsreel_call_return(newsreel_call *call, const newsreel_value *values, size_t count);
/* Say what went wrong, and return the status given, which must not be NEWSREEL_OK:
 * return newsreel_call_fail(call, NEWSREEL_NOTFOUND, "no such outlet"); */
newsreel_status newsreel_call_fail(newsreel_call *call, newsreel_status status, const char *message);
/* Whether the run is to stop: 1 or 0. Functions that take long ask now and then, and return. */
int newsreel_call_stopped(const newsreel_call *call);

#ifdef __cplusplus
}
#endif

#endif
