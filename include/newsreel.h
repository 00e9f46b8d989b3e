/* newsreel.h: newsreel inside another program.
 *
 * An engine is one Lua interpreter with newsreel, LPeg and the standard libraries in it. It runs
 * scripts and gives back what they return. The library never prints, never exits, reads no
 * environment variable and installs no signal handler: output and talk go to your callbacks.
 *
 * Units      sizes in bytes, text is UTF-8 given as pointer and size.
 * Ownership  what `_new` makes is freed by `_free`; texts given to a function are copied or used
 *            during the call only; texts got back belong to the engine until its next run.
 * Errors     a function that can fail returns a status and fills the caller's newsreel_error,
 *            which may be NULL; filling it never allocates.
 * Threads    an engine is used by one thread at a time and may move between threads from call to
 *            call. Different engines are independent. newsreel_interrupt alone may be called at
 *            any time, from any thread or signal handler.
 *
 * C99 and C++17 can include this file. */
#ifndef NEWSREEL_H
#define NEWSREEL_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Grows by one whenever a function is added; functions are never taken away. */
#define NEWSREEL_ABI 1u

typedef enum newsreel_status {
  NEWSREEL_OK = 0,
  NEWSREEL_INVALID,     /* an argument or the script's input is wrong */
  NEWSREEL_NOMEM,       /* no memory, or the limit of the options is reached */
  NEWSREEL_IO,          /* the operating system refused */
  NEWSREEL_NOTFOUND,    /* no such file, article, name */
  NEWSREEL_EXISTS,      /* there already */
  NEWSREEL_CORRUPT,     /* a damaged corpus file */
  NEWSREEL_VERSION,     /* a file or an options struct of another age */
  NEWSREEL_LOCKED,      /* another process writes the corpus */
  NEWSREEL_LIMIT,       /* larger than newsreel accepts */
  NEWSREEL_INTERRUPTED, /* newsreel_interrupt was called */
  NEWSREEL_SYNTAX,      /* the script does not compile */
  NEWSREEL_SCRIPT       /* the script raised an error of its own */
} newsreel_status;

/* What went wrong. Set `size` to sizeof(newsreel_error) before the first use. */
typedef struct newsreel_error {
  size_t size;
  newsreel_status status;
  int line;             /* of the script, 0 when unknown */
  char chunk[128];      /* the script's file or name, "" when unknown */
  char message[1024];   /* ends with NUL; begins with "chunk:line: " where known */
  char traceback[2048]; /* the calls that led there, "" for errors outside Lua */
} newsreel_error;

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

/* Talk: one line without its line end. */
typedef void (*newsreel_message)(void *user, newsreel_message_kind kind, const char *text, size_t size);

/* Set `size` to sizeof(newsreel_options) and the rest to 0; zero means "as usual". A library older
 * than the header refuses options it does not know with NEWSREEL_VERSION. */
typedef struct newsreel_options {
  size_t size;
  uint64_t memory_bytes_max; /* Lua and newsreel together; 0: no limit */
  newsreel_allocate allocate;
  void *allocate_user;
  newsreel_output output; /* NULL: dropped */
  void *output_user;
  newsreel_message message; /* NULL: dropped */
  void *message_user;
} newsreel_options;

typedef struct newsreel_engine newsreel_engine;

/* "0.1.0". Static storage. */
const char *newsreel_version(void);
/* NEWSREEL_ABI of the library, to compare with the header's. */
uint32_t newsreel_abi(void);
/* "ok", "invalid", "nomem", ... Static storage. */
const char *newsreel_status_name(newsreel_status status);

/* Make an engine. `options` may be NULL. Errors NEWSREEL_NOMEM, NEWSREEL_VERSION. */
newsreel_status newsreel_engine_new(const newsreel_options *options, newsreel_engine **engine,
                                    newsreel_error *error);
/* Free an engine and all that its scripts hold: corpora are closed. NULL is fine. */
void newsreel_engine_free(newsreel_engine *engine);

/* Make a module that scripts get with `require "name"`, before any of the same name elsewhere.
 * The text is copied and compiled when first required. Errors NEWSREEL_NOMEM. */
newsreel_status newsreel_add_module(newsreel_engine *engine, const char *name, const char *text, size_t size,
                                    newsreel_error *error);

/* Set what the next runs get as `...`, and as the table `arg` from 1 on. Errors NEWSREEL_NOMEM. */
newsreel_status newsreel_arguments(newsreel_engine *engine, int count, const char *const *texts,
                                   newsreel_error *error);

/* Run a script from a file ("-" is standard input) or from memory; `name` stands in messages.
 * Only source text is run, never compiled chunks. In the script `newsreel` is loaded, and an unknown
 * global raises. Errors NEWSREEL_SYNTAX, NEWSREEL_SCRIPT, NEWSREEL_INTERRUPTED, NEWSREEL_NOMEM,
 * and whatever newsreel raised in it; the engine can be used again after any of them. */
newsreel_status newsreel_run_file(newsreel_engine *engine, const char *path, newsreel_error *error);
newsreel_status newsreel_run_string(newsreel_engine *engine, const char *name, const char *text, size_t size,
                                    newsreel_error *error);

typedef enum newsreel_type {
  NEWSREEL_NIL,
  NEWSREEL_BOOLEAN, /* number is 0 or 1 */
  NEWSREEL_NUMBER,
  NEWSREEL_TEXT,
  NEWSREEL_OBJECT /* text is what tostring() says */
} newsreel_type;

typedef struct newsreel_value {
  newsreel_type type;
  double number;
  const char *text; /* ends with NUL; may hold others */
  size_t size;
} newsreel_value;

/* How many values the last run returned; 0 after an error. */
size_t newsreel_result_count(const newsreel_engine *engine);
/* Value `index`, from 0; NEWSREEL_NIL beyond the count. Its text is valid until the next run. */
newsreel_value newsreel_result(const newsreel_engine *engine, size_t index);

/* Ask the run in progress to stop: it returns NEWSREEL_INTERRUPTED soon. Does nothing between
 * runs. Any thread, any signal handler. */
void newsreel_interrupt(newsreel_engine *engine);

/* Bytes that the engine holds now, and at most so far. Either pointer may be NULL. */
void newsreel_memory(const newsreel_engine *engine, uint64_t *now, uint64_t *peak);

#ifdef __cplusplus
}
#endif

#endif
