/* peer_fts5.c: SQLite FTS5 asked the same.
 *
 *   peer_fts5 load ARTICLES.jsonl INDEX.db
 *   peer_fts5 ask INDEX.db TERMS.tsv LIMIT     at most LIMIT milliseconds a row
 *
 * The text lies in a table of its own with an index on the day; the full-text table refers to it. One
 * transaction, then `optimize`; nothing is synced. */
#include <sqlite3.h>
#include <unistd.h>

#include "bench.h"

static sqlite3 *db;

static void run(const char *sql)
{
  if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
    bench_die(sqlite3_errmsg(db));
}

static sqlite3_stmt *prepare(const char *sql)
{
  sqlite3_stmt *statement;
  if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
    bench_die(sqlite3_errmsg(db));
  return statement;
}

static void load(const char *path)
{
  run("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-65536;"
      "CREATE TABLE docs(id INTEGER PRIMARY KEY, day TEXT, body TEXT);"
      "CREATE VIRTUAL TABLE fts USING fts5(body, content='docs', content_rowid='id', tokenize='unicode61');"
      "INSERT INTO fts(fts, rank) VALUES('hashsize', 67108864); BEGIN;");
  sqlite3_stmt *doc = prepare("INSERT INTO docs VALUES(?, ?, ?)"),
               *text = prepare("INSERT INTO fts(rowid, body) VALUES(?, ?)");
  FILE *file = fopen(path, "r");
  char *line = NULL, *body = NULL;
  size_t capacity = 0;
  bench_article a;
  if (file == NULL)
    bench_die(path);
  for (sqlite3_int64 id = 1; bench_next(file, &line, &capacity, &a); id++) {
    size_t title = strlen(a.title), size = strlen(a.text);
    body = realloc(body, title + size + 2);
    memcpy(body, a.title, title);
    body[title] = '\n';
    memcpy(body + title + 1, a.text, size + 1);
    int all = (int)(title + size + 1);
    sqlite3_bind_int64(doc, 1, id);
    sqlite3_bind_text(doc, 2, a.date, -1, SQLITE_STATIC);
    sqlite3_bind_text(doc, 3, body, all, SQLITE_STATIC);
    sqlite3_bind_int64(text, 1, id);
    sqlite3_bind_text(text, 2, body, all, SQLITE_STATIC);
    if (sqlite3_step(doc) != SQLITE_DONE || sqlite3_step(text) != SQLITE_DONE)
      bench_die(sqlite3_errmsg(db));
    sqlite3_reset(doc);
    sqlite3_reset(text);
  }
  sqlite3_finalize(doc);
  sqlite3_finalize(text);
  run("COMMIT; CREATE INDEX docs_day ON docs(day); INSERT INTO fts(fts) VALUES('optimize');");
  fclose(file);
  free(line);
  free(body);
}

/* Run `sql` with the match and count its rows; a single column of one row is the answer itself. */
static uint64_t rows_of(sqlite3_stmt *statement, const char *match)
{
  uint64_t rows = 0;
  if (match != NULL)
    sqlite3_bind_text(statement, 1, match, -1, SQLITE_STATIC);
  while (sqlite3_step(statement) == SQLITE_ROW) {
    for (int i = 0; i < sqlite3_column_count(statement); i++)
      (void)sqlite3_column_text(statement, i);
    rows++;
  }
  sqlite3_reset(statement);
  return rows;
}

static uint64_t number_of(sqlite3_stmt *statement, const char *match)
{
  uint64_t number = 0;
  sqlite3_bind_text(statement, 1, match, -1, SQLITE_STATIC);
  if (sqlite3_step(statement) == SQLITE_ROW)
    number = (uint64_t)sqlite3_column_int64(statement, 0);
  sqlite3_reset(statement);
  return number;
}

static sqlite3_stmt *counting, *ids, *months, *snippets, *words;

/* For each two names the articles with both: a bit a name for every article. */
static uint64_t pairs(const bench_question *q)
{
  static uint64_t bits[1 << 21];
  uint64_t total = 0;
  sqlite3_int64 last = 0;
  char match[256];
  memset(bits, 0, sizeof bits);
  for (int i = 0; i < q->count && i < 64; i++) {
    snprintf(match, sizeof match, "\"%s\"", q->words[i]);
    sqlite3_bind_text(ids, 1, match, -1, SQLITE_STATIC);
    while (sqlite3_step(ids) == SQLITE_ROW) {
      sqlite3_int64 id = sqlite3_column_int64(ids, 0);
      bits[id] |= (uint64_t)1 << i;
      last = id > last ? id : last;
    }
    sqlite3_reset(ids);
  }
  for (sqlite3_int64 id = 0; id <= last; id++) {
    uint64_t n = (uint64_t)__builtin_popcountll(bits[id]);
    total += n * (n - 1) / 2;
  }
  return total;
}

static int is(const bench_question *q, const char *row)
{
  return strcmp(q->row, row) == 0;
}

/* False where FTS5 has no such question. */
static int answer(const bench_question *q, uint64_t *found)
{
  char match[256];
  snprintf(match, sizeof match, "\"%s\"", q->words[0]);
  if (is(q, "count") || is(q, "phrase-article"))
    *found = number_of(counting, match);
  else if (is(q, "near-article")) {
    snprintf(match, sizeof match, "NEAR(\"%s\" \"%s\", 4)", q->words[0], q->words[1]);
    *found = number_of(counting, match);
  } else if (is(q, "prefix")) {
    snprintf(match, sizeof match, "\"%s\" *", q->words[0]);
    *found = number_of(counting, match);
  } else if (is(q, "month"))
    *found = rows_of(months, match);
  else if (is(q, "kwic"))
    *found = rows_of(snippets, match);
  else if (is(q, "words"))
    *found = rows_of(words, NULL);
  else if (is(q, "pairs-article"))
    *found = pairs(q);
  else if (is(q, "phrases-1000")) {
    *found = 0;
    for (int i = 0; i < q->count; i++) {
      snprintf(match, sizeof match, "\"%s\"", q->words[i]);
      *found += number_of(counting, match);
    }
  } else
    return 0;
  return 1;
}

static void ask(const char *terms, double limit)
{
  FILE *file = fopen(terms, "r");
  char *line = NULL, last[32] = "";
  size_t capacity = 0;
  double spent = 0;
  bench_question q;
  if (file == NULL)
    bench_die(terms);
  run("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, fts, row);");
  counting = prepare("SELECT count(*) FROM fts WHERE fts MATCH ?");
  ids = prepare("SELECT rowid FROM fts WHERE fts MATCH ?");
  months = prepare("SELECT substr(day, 1, 7) AS month, count(*) FROM docs "
                   "WHERE id IN (SELECT rowid FROM fts WHERE fts MATCH ?) GROUP BY month");
  snippets =
      prepare("SELECT rowid, snippet(fts, 0, '[', ']', '', 14) FROM fts WHERE fts MATCH ? LIMIT 25000");
  words = prepare("SELECT term, cnt, doc FROM temp.vocabulary ORDER BY cnt DESC, term");
  while (bench_ask(file, &line, &capacity, &q)) {
    uint64_t found = 0;
    spent = strcmp(last, q.row) == 0 ? spent : 0;
    snprintf(last, sizeof last, "%s", q.row);
    if (spent > limit)
      continue;
    double start = bench_ms();
    int asked = answer(&q, &found);
    spent += bench_ms() - start;
    if (asked)
      bench_tell(q.row, bench_ms() - start, found);
  }
}

int main(int argc, char **argv)
{
  bench_keep_memory();
  if (argc < 4 || sqlite3_open(argv[strcmp(argv[1], "load") == 0 ? 3 : 2], &db) != SQLITE_OK)
    bench_die("peer_fts5 load ARTICLES INDEX, or ask INDEX TERMS LIMIT");
  if (strcmp(argv[1], "load") == 0)
    load(argv[2]);
  else
    ask(argv[3], argc > 4 ? atof(argv[4]) : 1e9);
  _exit(0); /* what is open is the system's to close */
}
