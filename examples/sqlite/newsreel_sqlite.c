/* newsreel in SQLite, as a loadable extension:
 *
 *   .load ./newsreel_sqlite
 *   SELECT newsreel_attach('talks', 'talks.reel');
 *   SELECT c1 AS month, c2 AS articles FROM newsreel_rows('return
 * newsreel.open().articles:by("month"):count()');
 *
 * newsreel_rows(script, args) runs a script in a sandbox. A frame that it returns is as many rows; other
 * values are one row. Columns are c1 to c16 by position, and `json`, the row as an object. `args` is JSON:
 * a list is the script's `...`. One engine a connection; sqlite3_interrupt stops a script.
 *
 *   cc -shared -fPIC -o newsreel_sqlite.so newsreel_sqlite.c $(pkg-config --cflags --libs newsreel) -lpthread
 */
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <newsreel.h>
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT1

enum { cells_max = 16, column_json = cells_max, column_script, column_args };

/* The Arrow C data interface, as its specification has it. */
struct ArrowSchema {
  const char *format, *name, *metadata;
  int64_t flags, n_children;
  struct ArrowSchema **children, *dictionary;
  void (*release)(struct ArrowSchema *);
  void *private_data;
};

struct ArrowArray {
  int64_t length, null_count, offset, n_buffers, n_children;
  const void **buffers;
  struct ArrowArray **children, *dictionary;
  void (*release)(struct ArrowArray *);
  void *private_data;
};

struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *);
  int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *);
  const char *(*get_last_error)(struct ArrowArrayStream *);
  void (*release)(struct ArrowArrayStream *);
  void *private_data;
};

/* What a connection has; freed with its last module or function. */
typedef struct host {
  sqlite3 *db;
  newsreel_engine *engine;
  int references;
} host;

static void release_host(void *user)
{
  host *h = user;
  if (--h->references > 0)
    return;
  newsreel_engine_free(h->engine);
  sqlite3_free(h);
}

/* ---- a run, in a thread of its own, so that this one can look for sqlite3_interrupt ---- */

typedef struct job {
  host *host;
  const char *text;
  const newsreel_value *arguments;
  size_t count;
  newsreel_result *result;
  newsreel_error error;
  pthread_mutex_t lock;
  pthread_cond_t ended;
  bool done;
} job;

static void *work(void *user)
{
  job *j = user;
  newsreel_script *script = NULL;
  if (newsreel_script_new("sql", j->text, strlen(j->text), &script, &j->error) == NEWSREEL_OK)
    newsreel_run(j->host->engine, script, j->arguments, j->count, &j->result, &j->error);
  newsreel_script_free(script);
  pthread_mutex_lock(&j->lock);
  j->done = true;
  pthread_cond_signal(&j->ended);
  pthread_mutex_unlock(&j->lock);
  return NULL;
}

/* A statement is refused at once while an interrupt is on its way; SQLite before 3.41 has no question for it.
 */
static bool is_interrupted(sqlite3_stmt *probe)
{
  bool interrupted = probe != NULL && sqlite3_step(probe) == SQLITE_INTERRUPT;
  sqlite3_reset(probe);
  return interrupted;
}

static void wait_for(job *j)
{
  sqlite3_stmt *probe = NULL;
  pthread_mutex_lock(&j->lock);
  while (!j->done) {
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += 5000000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_cond_timedwait(&j->ended, &j->lock, &until);
    if (j->done)
      break;
    if (probe == NULL)
      sqlite3_prepare_v2(j->host->db, "SELECT 1", -1, &probe, NULL);
    if (is_interrupted(probe))
      newsreel_interrupt(j->host->engine);
  }
  pthread_mutex_unlock(&j->lock);
  sqlite3_finalize(probe);
}

/* The status of SQLite's; what went wrong is in j->error. */
static int run(job *j)
{
  pthread_t thread;
  j->error = (newsreel_error){.size = sizeof j->error};
  pthread_mutex_init(&j->lock, NULL);
  pthread_cond_init(&j->ended, NULL);
  int code = pthread_create(&thread, NULL, work, j) == 0 ? SQLITE_OK : SQLITE_NOMEM;
  if (code == SQLITE_OK) {
    wait_for(j);
    pthread_join(thread, NULL);
  }
  pthread_cond_destroy(&j->ended);
  pthread_mutex_destroy(&j->lock);
  if (code == SQLITE_OK && j->error.status != NEWSREEL_OK)
    code = j->error.status == NEWSREEL_INTERRUPTED ? SQLITE_INTERRUPT
           : j->error.status == NEWSREEL_NOMEM     ? SQLITE_NOMEM
                                                   : SQLITE_ERROR;
  return code;
}

/* ---- the table newsreel_rows ---- */

typedef struct rows_table {
  sqlite3_vtab base;
  host *host;
} rows_table;

typedef struct rows_cursor {
  sqlite3_vtab_cursor base;
  newsreel_result *result;
  struct ArrowSchema schema; /* released: its release is NULL */
  struct ArrowArray array;
  const char *json; /* of the present row, in the frame's JSON Lines */
  size_t json_left;
  int64_t row, rows;
} rows_cursor;

static int rows_connect(sqlite3 *db, void *user, int argc, const char *const *argv, sqlite3_vtab **out,
                        char **message)
{
  (void)argc, (void)argv, (void)message;
  rows_table *table = sqlite3_malloc(sizeof *table);
  if (table == NULL)
    return SQLITE_NOMEM;
  *table = (rows_table){.host = user};
  *out = &table->base;
  sqlite3_vtab_config(db, SQLITE_VTAB_DIRECTONLY);
  return sqlite3_declare_vtab(
      db, "CREATE TABLE x(c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16,"
          " json TEXT, script HIDDEN, args HIDDEN)");
}

static int rows_disconnect(sqlite3_vtab *table)
{
  sqlite3_free(table);
  return SQLITE_OK;
}

/* Both arguments are equalities that only xFilter can see; idxNum tells which are there. */
static int rows_plan(sqlite3_vtab *table, sqlite3_index_info *info)
{
  (void)table;
  int script = -1, args = -1;
  for (int i = 0; i < info->nConstraint; i++) {
    if (info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ || info->aConstraint[i].iColumn < column_script)
      continue;
    if (!info->aConstraint[i].usable)
      return SQLITE_CONSTRAINT;
    *(info->aConstraint[i].iColumn == column_script ? &script : &args) = i;
  }
  info->idxNum = script >= 0;
  if (script >= 0)
    info->aConstraintUsage[script] = (struct sqlite3_index_constraint_usage){1, 1};
  if (args >= 0 && script >= 0)
    info->aConstraintUsage[args] = (struct sqlite3_index_constraint_usage){2, 1};
  info->estimatedCost = 1000;
  return SQLITE_OK;
}

static int rows_open(sqlite3_vtab *table, sqlite3_vtab_cursor **out)
{
  (void)table;
  rows_cursor *cursor = sqlite3_malloc(sizeof *cursor);
  if (cursor == NULL)
    return SQLITE_NOMEM;
  *cursor = (rows_cursor){.rows = 0};
  *out = &cursor->base;
  return SQLITE_OK;
}

static void clear(rows_cursor *cursor)
{
  if (cursor->schema.release != NULL)
    cursor->schema.release(&cursor->schema);
  if (cursor->array.release != NULL)
    cursor->array.release(&cursor->array);
  newsreel_result_free(cursor->result);
  *cursor = (rows_cursor){.base = cursor->base};
}

static int rows_close(sqlite3_vtab_cursor *base)
{
  clear((rows_cursor *)base);
  sqlite3_free(base);
  return SQLITE_OK;
}

/* Take the columns of the first value, where it is a frame. */
static int take_frame(rows_cursor *cursor)
{
  struct ArrowArrayStream stream;
  size_t ignored;
  if (newsreel_result_arrow(cursor->result, 0, &stream, NULL) != NEWSREEL_OK)
    return SQLITE_ERROR;
  int code = stream.get_schema(&stream, &cursor->schema);
  if (code == 0)
    code = stream.get_next(&stream, &cursor->array);
  stream.release(&stream);
  if (code == 0 && newsreel_result_json(cursor->result, 0, &cursor->json, &ignored, NULL) != NEWSREEL_OK)
    code = 1;
  cursor->json_left = ignored;
  cursor->rows = cursor->array.length;
  return code == 0 ? SQLITE_OK : SQLITE_NOMEM;
}

/* `args` as values: a JSON list is many, anything else one. SQLite takes lists apart. */
static int read_args(host *h, const char *args, newsreel_value *values, size_t *count, sqlite3_stmt **held)
{
  int code = sqlite3_prepare_v2(h->db, "SELECT group_concat(json_quote(value), char(10)) FROM json_each(?1)",
                                -1, held, NULL);
  *count = 0;
  if (code != SQLITE_OK)
    return code;
  sqlite3_bind_text(*held, 1, args, -1, SQLITE_TRANSIENT);
  if (sqlite3_step(*held) != SQLITE_ROW)
    return SQLITE_ERROR;
  const char *text = (const char *)sqlite3_column_text(*held, 0);
  while (text != NULL && *text != '\0' && *count < cells_max) { /* JSON holds no raw line ends */
    size_t size = strcspn(text, "\n");
    values[(*count)++] = (newsreel_value){.type = NEWSREEL_JSON, .text = text, .size = size};
    text += size + (text[size] == '\n');
  }
  return SQLITE_OK;
}

static int rows_filter(sqlite3_vtab_cursor *base, int number, const char *name, int argc,
                       sqlite3_value **argv)
{
  (void)name;
  rows_cursor *cursor = (rows_cursor *)base;
  rows_table *table = (rows_table *)base->pVtab;
  newsreel_value arguments[cells_max];
  sqlite3_stmt *held = NULL;
  clear(cursor);
  if (number == 0 || argc == 0 || sqlite3_value_type(argv[0]) == SQLITE_NULL)
    return SQLITE_OK;
  job j = {.host = table->host, .text = (const char *)sqlite3_value_text(argv[0]), .arguments = arguments};
  int code = SQLITE_OK;
  if (argc > 1 && sqlite3_value_type(argv[1]) != SQLITE_NULL)
    code = read_args(table->host, (const char *)sqlite3_value_text(argv[1]), arguments, &j.count, &held);
  if (code != SQLITE_OK) {
    sqlite3_free(base->pVtab->zErrMsg);
    base->pVtab->zErrMsg = sqlite3_mprintf("newsreel_rows: the arguments are no JSON");
  } else if ((code = run(&j)) != SQLITE_OK) {
    sqlite3_free(base->pVtab->zErrMsg);
    base->pVtab->zErrMsg = sqlite3_mprintf("%s", j.error.message);
  }
  sqlite3_finalize(held);
  cursor->result = j.result;
  if (code != SQLITE_OK || newsreel_result_count(j.result) == 0)
    return code;
  if (newsreel_result_value(j.result, 0).type == NEWSREEL_FRAME)
    return take_frame(cursor);
  cursor->rows = 1;
  return SQLITE_OK;
}

static int rows_next(sqlite3_vtab_cursor *base)
{
  rows_cursor *cursor = (rows_cursor *)base;
  const char *end = cursor->json == NULL ? NULL : memchr(cursor->json, '\n', cursor->json_left);
  if (end != NULL) {
    cursor->json_left -= (size_t)(end - cursor->json) + 1;
    cursor->json = end + 1;
  }
  cursor->row++;
  return SQLITE_OK;
}

static int rows_eof(sqlite3_vtab_cursor *base)
{
  return ((rows_cursor *)base)->row >= ((rows_cursor *)base)->rows;
}

/* A number without a fraction is an integer to SQL. */
static void give_number(sqlite3_context *context, double number)
{
  if (number >= -9e15 && number <= 9e15 && (double)(sqlite3_int64)number == number)
    sqlite3_result_int64(context, (sqlite3_int64)number);
  else
    sqlite3_result_double(context, number);
}

static void give_cell(sqlite3_context *context, const rows_cursor *cursor, int column)
{
  if (column >= cursor->array.n_children)
    return;
  const struct ArrowArray *cells = cursor->array.children[column];
  const char *format = cursor->schema.children[column]->format;
  const uint8_t *valid = cells->buffers[0];
  int64_t row = cursor->row, from, to;
  if ((valid[row / 8] >> (row % 8) & 1) == 0)
    return;
  if (*format == 'g') {
    give_number(context, ((const double *)cells->buffers[1])[row]);
    return;
  }
  from =
      *format == 'u' ? ((const int32_t *)cells->buffers[1])[row] : ((const int64_t *)cells->buffers[1])[row];
  to = *format == 'u' ? ((const int32_t *)cells->buffers[1])[row + 1]
                      : ((const int64_t *)cells->buffers[1])[row + 1];
  sqlite3_result_text64(context, (const char *)cells->buffers[2] + from, (sqlite3_uint64)(to - from),
                        SQLITE_TRANSIENT, SQLITE_UTF8);
}

static void give_value(sqlite3_context *context, const newsreel_value *value)
{
  switch (value->type) {
  case NEWSREEL_NIL:
    return;
  case NEWSREEL_BOOLEAN:
  case NEWSREEL_INTEGER:
    sqlite3_result_int64(context, value->integer);
    return;
  case NEWSREEL_NUMBER:
    sqlite3_result_double(context, value->number);
    return;
  case NEWSREEL_FRAME:
    sqlite3_result_error(context, "newsreel_rows: a frame is returned alone", -1);
    return;
  default:
    sqlite3_result_text64(context, value->text, value->size, SQLITE_TRANSIENT, SQLITE_UTF8);
  }
}

static int rows_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column)
{
  rows_cursor *cursor = (rows_cursor *)base;
  if (column == column_json && cursor->json != NULL) {
    const char *end = memchr(cursor->json, '\n', cursor->json_left);
    sqlite3_result_text64(context, cursor->json, (sqlite3_uint64)(end - cursor->json), SQLITE_TRANSIENT,
                          SQLITE_UTF8);
  } else if (column < cells_max && cursor->array.release != NULL) {
    give_cell(context, cursor, column);
  } else if (column < cells_max) {
    newsreel_value value = newsreel_result_value(cursor->result, (size_t)column);
    give_value(context, &value);
  }
  return SQLITE_OK;
}

static int rows_id(sqlite3_vtab_cursor *base, sqlite3_int64 *id)
{
  *id = ((rows_cursor *)base)->row + 1;
  return SQLITE_OK;
}

static const sqlite3_module rows_module = {.xConnect = rows_connect,
                                           .xBestIndex = rows_plan,
                                           .xDisconnect = rows_disconnect,
                                           .xOpen = rows_open,
                                           .xClose = rows_close,
                                           .xFilter = rows_filter,
                                           .xNext = rows_next,
                                           .xEof = rows_eof,
                                           .xColumn = rows_column,
                                           .xRowid = rows_id};

/* ---- newsreel_attach(name, path) ---- */

static void attach(sqlite3_context *context, int argc, sqlite3_value **argv)
{
  (void)argc;
  host *h = sqlite3_user_data(context);
  const char *name = (const char *)sqlite3_value_text(argv[0]),
             *path = (const char *)sqlite3_value_text(argv[1]);
  newsreel_error error = {.size = sizeof error};
  newsreel_corpus *corpus = NULL;
  if (name == NULL || path == NULL) {
    sqlite3_result_error(context, "newsreel_attach takes a name and a path", -1);
    return;
  }
  if (newsreel_corpus_open(path, &corpus, &error) != NEWSREEL_OK ||
      newsreel_engine_attach(h->engine, name, corpus, &error) != NEWSREEL_OK)
    sqlite3_result_error(context, error.message, -1);
  else
    sqlite3_result_text(context, name, -1, SQLITE_TRANSIENT);
  newsreel_corpus_release(corpus);
}

/* SQLite finds it by the name of the file. */
int sqlite3_newsreelsqlite_init(sqlite3 *db, char **message, const sqlite3_api_routines *api)
{
  SQLITE_EXTENSION_INIT2(api)
  newsreel_options options = {.size = sizeof options, .profile = NEWSREEL_SANDBOX};
  newsreel_error error = {.size = sizeof error};
  host *h = sqlite3_malloc(sizeof *h);
  if (h == NULL)
    return SQLITE_NOMEM;
  *h = (host){.db = db, .references = 2};
  if (newsreel_engine_new(&options, &h->engine, &error) != NEWSREEL_OK) {
    *message = sqlite3_mprintf("newsreel: %s", error.message);
    sqlite3_free(h);
    return SQLITE_ERROR;
  }
  int code = sqlite3_create_module_v2(db, "newsreel_rows", &rows_module, h, release_host);
  return code != SQLITE_OK
             ? code
             : sqlite3_create_function_v2(db, "newsreel_attach", 2, SQLITE_UTF8 | SQLITE_DIRECTONLY, h,
                                          attach, NULL, NULL, release_host);
}
