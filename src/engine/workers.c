/* workers.c: interpreters that annotate articles side by side. Floor 6.
 *
 * The articles to be read are cut into stretches of about 128 KB of text. Each worker has an engine of its
 * own, takes the next stretch, and gathers its spans as bytes (query/derived.h); afterwards the stretches are
 * put together in their order. So who read what leaves no trace. When an annotator raises, stretches behind
 * the first failure are not begun: the error told is that of the first article in order, whoever came first.
 *
 * Threads: the snapshot, the plan's spans and the stretches' limits are only read; a stretch's results are
 * written by its worker and read when all have ended; `next`, `stop` and `bytes` are atomic. */
#include "engine/workers.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "engine/bind.h"
#include "engine/boxes.h"
#include "query/places.h"

enum { stretch_bytes = 128 << 10, stretch_articles = 4096, told_bytes_max = 1 << 20, output_kind = 255 };

typedef struct stretch {
  uint32_t part, from, to;
  uint64_t bytes;  /* of text that is to be read */
  nr_buffer spans; /* made by a worker, in its memory */
  nr_buffer told;  /* what its annotator printed or told: kind, u32 size, bytes */
} stretch;

/* What is known of a part before the workers start. */
typedef struct part {
  uint64_t *skip; /* bitmap: articles that are dead or read already */
  nr_spans hits;  /* of the trigger */
} part;

typedef struct crew {
  const nr_making *making;
  part *parts;
  stretch *stretches;
  size_t count, capacity;
  uint64_t total;      /* bytes to be read */
  uint32_t workers;    /* at least 1 */
  const nr_poll *poll; /* asked by the one worker that is the calling thread; else NULL */
  atomic_size_t next, stop;
  atomic_ullong bytes;
  pthread_mutex_t lock;
  pthread_cond_t ended;
  uint32_t running; /* under the lock */
} crew;

typedef struct worker {
  crew *crew;
  newsreel_engine *engine;
  pthread_t thread;
  bool started;
  stretch *now; /* NULL while it prepares */
  nr_derived *spans;
  nr_places places;
  uint32_t article; /* in the part */
  uint64_t wordless;
  newsreel_status status;
  newsreel_error error;
} worker;

static bool is_memory(newsreel_status status)
{
  return status == NEWSREEL_NOMEM || status == NEWSREEL_MEMORY_LIMIT;
}

/* ---- cutting ---- */

static bool skips(const part *p, uint32_t article)
{
  return (p->skip[article / 64] >> (article % 64) & 1) != 0;
}

static nr_status push_stretch(crew *c, stretch one, nr_error *err)
{
  void *stretches = c->stretches;
  nr_status status =
      nr_grow(&c->making->engine->memory, &stretches, &c->capacity, c->count + 1, sizeof one, err);
  c->stretches = stretches;
  if (status == NR_OK)
    c->stretches[c->count++] = one;
  return status;
}

static nr_status cut_part(crew *c, uint32_t number, nr_error *err)
{
  const nr_segment *segment = nr_snapshot_part(c->making->snapshot, number)->segment;
  uint32_t articles = nr_segment_count(segment)->articles;
  stretch one = {.part = number};
  for (uint32_t article = 0; article < articles; article++) {
    if (!skips(&c->parts[number], article)) {
      nr_article_view view;
      nr_segment_article(segment, article, &view);
      one.bytes += view.content_size + 1;
    }
    if (one.bytes > 0 && (one.bytes >= stretch_bytes || article - one.from >= stretch_articles)) {
      one.to = article + 1;
      NR_TRY(push_stretch(c, one, err));
      c->total += one.bytes;
      one = (stretch){.part = number, .from = article + 1};
    } else if (one.bytes == 0)
      one.from = article + 1;
  }
  one.to = articles;
  c->total += one.bytes;
  return one.bytes == 0 ? NR_OK : push_stretch(c, one, err);
}

/* Which articles of a part need not be read. */
static nr_status mark_skipped(const nr_making *making, uint32_t number, nr_text stored, nr_arena *arena,
                              part *p, nr_error *err)
{
  const nr_part *from = nr_snapshot_part(making->snapshot, number);
  uint32_t articles = nr_segment_count(from->segment)->articles;
  nr_derived_view view;
  p->skip = nr_arena_take_array(arena, articles / 64 + 1, sizeof *p->skip);
  if (p->skip == NULL)
    return nr_fail_memory(err);
  memset(p->skip, 0, (articles / 64 + 1) * sizeof *p->skip);
  if (stored.bytes != NULL)
    NR_TRY(nr_derived_read_states(stored, articles, arena, &view, err));
  for (uint32_t i = 0; i < articles; i++)
    if (nr_part_dead(from, i) || (stored.bytes != NULL && view.states[i] != NR_DERIVED_UNREAD))
      p->skip[i / 64] |= (uint64_t)1 << (i % 64);
  return NR_OK;
}

static nr_status cut_all(crew *c, const nr_text *stored, nr_arena *arena, nr_error *err)
{
  uint32_t parts = nr_snapshot_count(c->making->snapshot)->parts;
  nr_poll poll = nr_engine_poll(c->making->engine, c->making->name);
  c->parts = nr_arena_take_array(arena, (size_t)parts + 1, sizeof *c->parts);
  if (c->parts == NULL)
    return nr_fail_memory(err);
  memset(c->parts, 0, parts * sizeof *c->parts);
  for (uint32_t p = 0; p < parts; p++) {
    size_t before = c->count;
    NR_TRY(mark_skipped(c->making, p, stored[p], arena, &c->parts[p], err));
    NR_TRY(cut_part(c, p, err));
    if (c->making->trigger != NULL && c->count > before)
      NR_TRY(nr_plan_run(c->making->trigger, c->making->snapshot, p, arena, &poll, &c->parts[p].hits, err));
  }
  return NR_OK;
}

/* ---- in a worker ---- */

typedef struct place {
  const nr_segment *segment;
  uint32_t number; /* of the article */
  nr_article_view view;
} place;

/* Does a span of the trigger begin in the article? */
static bool triggered(const part *p, const place *at, bool margin)
{
  uint32_t first, end, low = 0, high = p->hits.count;
  nr_segment_article_tokens(at->segment, at->number, margin, &first, &end);
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (p->hits.first[middle] < first)
      low = middle + 1;
    else
      high = middle;
  }
  return low < p->hits.count && p->hits.first[low] < end;
}

static lua_Integer place_field(lua_State *L, const char *name)
{
  int whole;
  lua_getfield(L, -1, name);
  lua_Integer value = lua_tointegerx(L, -1, &whole);
  if (!whole)
    nr_bind_fail(L, NR_INVALID, "the annotator gave a span without '%s' (a byte of the text, from 1)", name);
  lua_pop(L, 1);
  return value;
}

/* Find the tokens of the span table on top; false where no word lies there. */
static bool span_tokens(lua_State *L, const place *at, const nr_places *places, bool *margin, uint32_t *first,
                        uint32_t *last)
{
  uint32_t from, end;
  bool title = lua_getfield(L, -1, "field") == LUA_TSTRING && strcmp(lua_tostring(L, -1), "title") == 0;
  lua_pop(L, 1);
  lua_Integer start = place_field(L, "first"), stop = place_field(L, "last");
  lua_Integer base = title ? 0 : at->view.title_size;
  lua_Integer size = title ? at->view.title_size : (lua_Integer)at->view.content_size - base;
  if (start < 1 || stop < start - 1 || stop > size)
    nr_bind_fail(L, NR_INVALID, "the annotator gave bytes %I to %I of a text that has %I", start, stop, size);
  if (stop < start ||
      !nr_places_find(places, (uint32_t)(base + start - 1), (uint32_t)(base + stop), first, last))
    return false;
  *margin = *first >= nr_segment_count(at->segment)->on;
  nr_segment_article_tokens(at->segment, at->number, *margin, &from, &end);
  *first -= from;
  *last -= from;
  return true;
}

/* Take the span table on top, with the attributes the layer has; others are not looked at. */
static void take_span(lua_State *L, worker *w, const place *at)
{
  const nr_making *making = w->crew->making;
  nr_value values[NR_DERIVED_COLUMNS_MAX];
  uint32_t first, last;
  bool margin;
  nr_error err;
  nr_bind_check(L, nr_places_set(&w->places, at->segment, at->number, &err), &err);
  if (!span_tokens(L, at, &w->places, &margin, &first, &last)) {
    w->wordless++;
    return;
  }
  int top = lua_gettop(L);
  luaL_checkstack(L, (int)making->column_count + 4, "attributes");
  for (uint32_t c = 0; c < making->column_count; c++) {
    lua_pushlstring(L, making->columns[c].name.bytes, making->columns[c].name.size);
    lua_gettable(L, top);
    values[c] = nr_bind_value(L, -1); /* the stack holds its text */
    if (making->columns[c].type == NR_COLUMN_NUMBER && values[c].text.bytes != NULL)
      nr_bind_fail(L, NR_INVALID, "the annotator gave the text '%s' as '%s', which is a number",
                   lua_tostring(L, -1), making->columns[c].name.bytes);
  }
  nr_bind_check(L, nr_derived_span(w->spans, margin, first, last, values, &err), &err);
  lua_settop(L, top);
}

/* Call the annotator at index 2 with an article and take what it gives: a list of spans, or nothing,
 * and why it left the article out. */
static void annotate(lua_State *L, worker *w, const place *at)
{
  nr_error err;
  nr_text reason = {NULL, 0};
  uint32_t number = at->number - w->now->from;
  const part *p = &w->crew->parts[w->now->part];
  if (w->crew->making->trigger != NULL && !triggered(p, at, false) && !triggered(p, at, true)) {
    nr_bind_check(L, nr_derived_article(w->spans, number, reason, &err), &err);
    return;
  }
  lua_pushvalue(L, 2);
  nr_bind_push_article(L, w->crew->making->snapshot, w->now->part, at->number);
  lua_call(L, 1, 2);
  if (!lua_isnil(L, -2) && !lua_istable(L, -2))
    nr_bind_fail(L, NR_INVALID, "an annotator gives a list of spans, not a %s", luaL_typename(L, -2));
  bool spans = lua_istable(L, -2) && lua_rawlen(L, -2) > 0;
  if (!spans && lua_type(L, -1) == LUA_TSTRING)
    reason = nr_bind_check_text(L, -1);
  nr_bind_check(L, nr_derived_article(w->spans, number, reason, &err), &err);
  for (lua_Integer i = 1; spans && lua_geti(L, 3, i) != LUA_TNIL; i++) {
    if (!lua_istable(L, -1))
      nr_bind_fail(L, NR_INVALID, "an annotator gives a list of spans, not of %ss", luaL_typename(L, -1));
    take_span(L, w, at);
    lua_pop(L, 1);
  }
  lua_settop(L, 2);
}

static void work_on(lua_State *L, worker *w, stretch *one)
{
  crew *c = w->crew;
  nr_error err;
  place at = {.segment = nr_snapshot_part(c->making->snapshot, one->part)->segment};
  w->now = one;
  nr_buffer_init(&one->spans, &w->engine->memory);
  nr_buffer_init(&one->told, &w->engine->memory);
  nr_bind_check(L,
                nr_derived_new(&w->engine->memory, one->to - one->from, c->making->columns,
                               c->making->column_count, &w->spans, &err),
                &err);
  for (at.number = one->from; at.number < one->to; at.number++) {
    if (skips(&c->parts[one->part], at.number))
      continue;
    w->article = at.number;
    nr_segment_article(at.segment, at.number, &at.view);
    annotate(L, w, &at);
    atomic_fetch_add_explicit(&c->bytes, at.view.content_size + 1, memory_order_relaxed);
  }
  nr_bind_check(L, nr_derived_pack(w->spans, &one->spans, &err), &err);
  nr_derived_free(w->spans);
  w->spans = NULL;
}

/* Push newsreel.layers.annotator(module, argument). */
static void push_annotator(lua_State *L, const nr_making *making)
{
  lua_getglobal(L, "require");
  lua_pushliteral(L, "newsreel.layers");
  lua_call(L, 1, 1);
  lua_getfield(L, -1, "annotator");
  lua_remove(L, -2);
  lua_pushstring(L, making->module);
  lua_pushstring(L, making->argument); /* NULL: nil */
  lua_call(L, 2, 1);
}

/* Index 1: the worker; 2: the annotator. */
static int work(lua_State *L)
{
  worker *w = lua_touserdata(L, 1);
  crew *c = w->crew;
  lua_gc(L, LUA_GCGEN, 0, 0); /* annotators make many short-lived tables */
  push_annotator(L, c->making);
  for (;;) {
    size_t number = atomic_fetch_add(&c->next, 1);
    if (number >= c->count || number >= atomic_load(&c->stop))
      return 0;
    work_on(L, w, &c->stretches[number]);
  }
}

static void *run(void *user)
{
  worker *w = user;
  crew *c = w->crew;
  w->status = nr_engine_protect(w->engine, work, w, &w->error);
  if (w->status != NEWSREEL_OK) { /* nothing behind this stretch is begun */
    size_t failed = w->now == NULL ? 0 : (size_t)(w->now - c->stretches), stop = atomic_load(&c->stop);
    while (failed < stop && !atomic_compare_exchange_weak(&c->stop, &stop, failed))
      ;
  }
  pthread_mutex_lock(&c->lock);
  c->running--;
  pthread_cond_signal(&c->ended);
  pthread_mutex_unlock(&c->lock);
  return NULL;
}

/* ---- what annotators print or tell: kept, and given to the host in order ---- */

static void keep_told(worker *w, uint8_t kind, const char *text, size_t size)
{
  nr_buffer *told = w->now == NULL ? NULL : &w->now->told;
  if (told == NULL || told->size + size > told_bytes_max)
    return;
  if (nr_buffer_reserve(told, size + 5, NULL) != NR_OK)
    return;
  nr_buffer_put_byte(told, kind, NULL);
  nr_buffer_put_u32(told, (uint32_t)size, NULL);
  nr_buffer_put(told, text, size, NULL);
}

static void output(void *user, const char *text, size_t size)
{
  keep_told(user, output_kind, text, size);
}

static void message(void *user, newsreel_message_kind kind, const char *text, size_t size)
{
  if (kind != NEWSREEL_PROGRESS)
    keep_told(user, (uint8_t)kind, text, size);
}

static void tell_all(const crew *c)
{
  for (size_t i = 0; i < c->count; i++) {
    const nr_buffer *told = &c->stretches[i].told;
    for (size_t at = 0; at < told->size;) {
      uint8_t kind = (uint8_t)told->bytes[at];
      uint32_t size = nr_load_u32(told->bytes + at + 1);
      if (kind == output_kind)
        nr_engine_output(c->making->engine, told->bytes + at + 5, size);
      else
        nr_engine_tell(c->making->engine, (newsreel_message_kind)kind, told->bytes + at + 5, size);
      at += 5 + (size_t)size;
    }
  }
}

/* ---- the crew ---- */

/* Make the engine of a worker: with a share of the memory that the asking one may still take. The rules
 * are newsreel's or a trusted script's own; the host is not called from other threads. */
static nr_status open_worker(crew *c, worker *w, nr_error *err)
{
  newsreel_engine *asking = c->making->engine;
  newsreel_options options = {.size = sizeof options,
                              .allocate = asking->options.allocate,
                              .allocate_user = asking->options.allocate_user,
                              .output = output,
                              .output_user = w,
                              .message = message,
                              .message_user = w};
  w->crew = c;
  w->error = (newsreel_error){.size = sizeof w->error};
  if (asking->limits.memory_bytes != NEWSREEL_UNLIMITED) {
    options.limits.size = sizeof options.limits;
    options.limits.memory_bytes = (asking->limits.memory_bytes - asking->used) / c->workers + 1;
  }
  newsreel_status status = newsreel_engine_new(&options, &w->engine, &w->error);
  if (status == NEWSREEL_OK)
    nr_places_init(&w->places, &w->engine->memory);
  if (status == NEWSREEL_OK)
    status =
        nr_modules_hand_over(asking->L, w->engine, c->making->modules, c->making->module_count, &w->error);
  if (status == NEWSREEL_OK)
    return NR_OK;
  return nr_fail(err, is_memory(status) ? NR_NOMEM : NR_INVALID, "%.400s", w->error.message);
}

static void start_worker(crew *c, worker *w)
{
  pthread_mutex_lock(&c->lock);
  w->started = pthread_create(&w->thread, NULL, run, w) == 0;
  c->running += w->started;
  pthread_mutex_unlock(&c->lock);
}

/* Wait until all have ended; tell progress, and stop them when asked to. */
static nr_status wait_for(crew *c, worker *workers, nr_error *err)
{
  nr_poll poll = nr_engine_poll_bytes(c->making->engine, c->making->name);
  nr_status status = NR_OK;
  pthread_mutex_lock(&c->lock);
  while (c->running > 0) {
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += 50000000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_cond_timedwait(&c->ended, &c->lock, &until);
    if (status == NR_OK)
      status = nr_poll_at(&poll, atomic_load(&c->bytes), c->total, err);
    if (status == NR_OK)
      continue;
    atomic_store(&c->stop, 0);
    for (uint32_t i = 0; i < c->workers; i++)
      newsreel_interrupt(workers[i].engine);
  }
  pthread_mutex_unlock(&c->lock);
  return status;
}

/* The failure at the first article, if any. */
static nr_status first_failure(const crew *c, const worker *workers, nr_error *err)
{
  const worker *first = NULL;
  uint32_t started = 0;
  for (uint32_t i = 0; i < c->workers; i++) {
    const worker *w = &workers[i];
    started += w->started;
    if (w->started && w->status != NEWSREEL_OK && (first == NULL || w->now < first->now))
      first = w;
  }
  if (started == 0)
    return nr_fail(err, NR_NOMEM, "no thread could be started to make the layer %s", c->making->name);
  if (first == NULL)
    return NR_OK;
  nr_status status = is_memory(first->status) ? NR_NOMEM : NR_INVALID;
  if (first->now == NULL)
    return nr_fail(err, status, "%s", first->error.message);
  nr_text id =
      nr_segment_id(nr_snapshot_part(c->making->snapshot, first->now->part)->segment, first->article);
  return nr_fail(err, status, "%.380s (in article %.*s)", first->error.message,
                 (int)(id.size < 100 ? id.size : 100), id.bytes);
}

/* The calling thread works itself. */
static nr_status work_alone(crew *c, worker *w, nr_error *err)
{
  nr_poll poll = nr_engine_poll_bytes(c->making->engine, c->making->name);
  c->poll = &poll;
  c->running = 1;
  w->started = true;
  run(w);
  c->poll = NULL;
  return nr_poll_at(&poll, c->total, c->total, err);
}

static nr_status work_together(crew *c, worker *workers, nr_error *err)
{
  for (uint32_t i = 0; i < c->workers; i++)
    NR_TRY(open_worker(c, &workers[i], err));
  for (uint32_t i = 0; i < c->making->workers; i++)
    start_worker(c, &workers[i]);
  nr_status status = c->making->workers == 0 ? work_alone(c, workers, err) : wait_for(c, workers, err);
  for (uint32_t i = 0; i < c->making->workers; i++)
    if (workers[i].started)
      pthread_join(workers[i].thread, NULL);
  tell_all(c);
  return status == NR_OK ? first_failure(c, workers, err) : status;
}

/* ---- putting together ---- */

static nr_status add_bytes(const nr_memory *memory, nr_derived *to, nr_text bytes, uint32_t from,
                           uint32_t count, nr_error *err)
{
  nr_arena arena;
  nr_derived_view view;
  nr_arena_init(&arena, memory);
  uint32_t *articles = nr_arena_take_array(&arena, count, sizeof *articles);
  nr_status status =
      articles == NULL ? nr_fail_memory(err) : nr_derived_read(bytes, count, &arena, &arena, &view, err);
  for (uint32_t i = 0; status == NR_OK && i < count; i++)
    articles[i] = from + i;
  if (status == NR_OK)
    status = nr_derived_add(to, &view, articles, err);
  nr_arena_clear(&arena);
  return status;
}

static nr_status join_part(const crew *c, size_t first, size_t end, nr_text stored, nr_buffer *made,
                           nr_error *err)
{
  const nr_making *making = c->making;
  uint32_t part_number = c->stretches[first].part;
  uint32_t articles = nr_segment_count(nr_snapshot_part(making->snapshot, part_number)->segment)->articles;
  nr_derived *all;
  NR_TRY(nr_derived_new(&making->engine->memory, articles, making->columns, making->column_count, &all, err));
  nr_status status =
      stored.bytes == NULL ? NR_OK : add_bytes(&making->engine->memory, all, stored, 0, articles, err);
  for (size_t i = first; i < end && status == NR_OK; i++) {
    const stretch *one = &c->stretches[i];
    status = add_bytes(&making->engine->memory, all, (nr_text){one->spans.bytes, one->spans.size}, one->from,
                       one->to - one->from, err);
  }
  if (status == NR_OK)
    status = nr_derived_pack(all, made, err);
  nr_derived_free(all);
  return status;
}

static nr_status join_all(const crew *c, const nr_text *stored, nr_buffer *made, nr_error *err)
{
  for (size_t first = 0, end; first < c->count; first = end) {
    uint32_t number = c->stretches[first].part;
    for (end = first + 1; end < c->count && c->stretches[end].part == number; end++)
      ;
    NR_TRY(join_part(c, first, end, stored[number], &made[number], err));
  }
  return NR_OK;
}

static nr_status make(crew *c, const nr_text *stored, nr_buffer *made, uint64_t *wordless, nr_error *err)
{
  const nr_memory *memory = &c->making->engine->memory;
  worker *workers = nr_alloc_zeroed(memory, c->workers, sizeof *workers);
  if (workers == NULL)
    return nr_fail_memory(err);
  nr_status status = work_together(c, workers, err);
  if (status == NR_OK)
    status = join_all(c, stored, made, err);
  for (size_t i = 0; i < c->count; i++) { /* they lie in the workers' memory */
    nr_buffer_clear(&c->stretches[i].spans);
    nr_buffer_clear(&c->stretches[i].told);
  }
  for (uint32_t i = 0; i < c->workers; i++) {
    *wordless += workers[i].wordless;
    nr_derived_free(workers[i].spans);
    nr_places_clear(&workers[i].places);
    newsreel_engine_free(workers[i].engine);
  }
  nr_release(memory, workers, c->workers * sizeof *workers);
  return status;
}

nr_status nr_make_layer(const nr_making *making, const nr_text *stored, nr_buffer *made, uint64_t *wordless,
                        nr_error *err)
{
  crew c = {.making = making, .workers = making->workers == 0 ? 1 : making->workers};
  nr_arena arena;
  nr_arena_init(&arena, &making->engine->memory);
  atomic_init(&c.stop, SIZE_MAX);
  pthread_mutex_init(&c.lock, NULL);
  pthread_cond_init(&c.ended, NULL);
  nr_status status = cut_all(&c, stored, &arena, err);
  if (status == NR_OK && c.count > 0)
    status = make(&c, stored, made, wordless, err);
  nr_release(&making->engine->memory, c.stretches, c.capacity * sizeof *c.stretches);
  pthread_cond_destroy(&c.ended);
  pthread_mutex_destroy(&c.lock);
  nr_arena_clear(&arena);
  nr_engine_done(making->engine);
  return status;
}
