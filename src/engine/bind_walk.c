/* bind_walk.c: articles one after another, the vocabulary, correcting a field, checking. Floor 6. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/boxes.h"
#include "query/derived.h"
#include "query/stories.h"

/* ---- articles in the order of the line ---- */

typedef struct place {
  nr_day day;
  uint32_t part, article;
  nr_text id;
} place;

typedef struct walk_box {
  const nr_memory *memory;
  nr_snapshot *snapshot;
  place *places;
  size_t count, capacity, next;
} walk_box;

static const char walk_key[] = "newsreel.walk";

static int walk_free(lua_State *L)
{
  walk_box *box = lua_touserdata(L, 1);
  nr_release(box->memory, box->places, box->capacity * sizeof *box->places);
  nr_snapshot_release(box->snapshot);
  *box = (walk_box){.memory = box->memory};
  return 0;
}

static int by_day_and_id(const void *a, const void *b)
{
  const place *x = a, *y = b;
  return x->day != y->day ? (x->day > y->day) - (x->day < y->day) : nr_text_compare(x->id, y->id);
}

static bool in_bitmap(const uint64_t *bitmap, uint32_t article)
{
  return (bitmap[article / 64] >> (article % 64) & 1) != 0;
}

/* Gather the articles of a part that are live and in the view. */
static void gather(lua_State *L, walk_box *box, const nr_view *view, uint32_t part, nr_arena *arena)
{
  const nr_segment *segment = nr_snapshot_part(box->snapshot, part)->segment;
  const uint64_t *bitmap;
  uint32_t count;
  nr_error err;
  nr_bind_check(L, nr_view_articles(view, box->snapshot, part, arena, &bitmap, &count, &err), &err);
  nr_bind_check(L,
                nr_grow(box->memory, (void **)&box->places, &box->capacity, box->count + count,
                        sizeof *box->places, &err),
                &err);
  for (uint32_t article = 0; article < nr_segment_count(segment)->articles; article++) {
    nr_article_view facts;
    if (!in_bitmap(bitmap, article))
      continue;
    nr_segment_article(segment, article, &facts);
    box->places[box->count++] = (place){nr_segment_day(segment, article), part, article, facts.id};
  }
}

static int next_article(lua_State *L)
{
  walk_box *box = lua_touserdata(L, lua_upvalueindex(1));
  if (box->next >= box->count)
    return 0;
  const place *at = &box->places[box->next++];
  nr_bind_push_article(L, box->snapshot, at->part, at->article);
  return 1;
}

/* for article in core.each_article(corpus) do: in the order of the line, undated last */
static int each_article(lua_State *L)
{
  nr_snapshot *snapshot = nr_bind_snapshot(L, 1);
  nr_view *view = nr_bind_check_corpus(L, 1)->view;
  nr_arena *arena = nr_bind_arena(L);
  walk_box *box = lua_newuserdatauv(L, sizeof *box, 0);
  *box = (walk_box){.memory = &nr_engine_of(L)->memory};
  luaL_setmetatable(L, walk_key);
  box->snapshot = nr_snapshot_retain(snapshot);
  for (uint32_t part = 0; part < nr_snapshot_count(snapshot)->parts; part++)
    gather(L, box, view, part, arena);
  if (box->count > 0)
    qsort(box->places, box->count, sizeof *box->places, by_day_and_id);
  nr_arena_clear(arena);
  lua_pushcclosure(L, next_article, 1);
  return 1;
}

/* ---- the vocabulary ---- */

/* words = core.complete(corpus, prefix, most): folded words that begin so, for the prompt */
static int corpus_complete(lua_State *L)
{
  nr_snapshot *snapshot = nr_bind_snapshot(L, 1);
  nr_text prefix = nr_bind_check_text(L, 2);
  lua_Integer most = luaL_checkinteger(L, 3), number = 0;
  lua_newtable(L);
  for (uint32_t p = 0; p < nr_snapshot_count(snapshot)->parts && number < most; p++) {
    const nr_segment *segment = nr_snapshot_part(snapshot, p)->segment;
    uint32_t first, end;
    nr_segment_forms_with_prefix(segment, prefix, &first, &end);
    for (; first < end && number < most; first++) {
      nr_bind_push_text(L, nr_segment_form(segment, first));
      lua_rawseti(L, -2, ++number);
    }
  }
  return 1;
}

/* ---- stories ---- */

typedef struct stories_box {
  nr_stories *stories;
} stories_box;

static const char stories_key[] = "newsreel.stories";

static int stories_free(lua_State *L)
{
  stories_box *box = lua_touserdata(L, 1);
  nr_stories_free(box->stories);
  box->stories = NULL;
  return 0;
}

/* spans = core.stories(corpus): whole articles with `story` and `texts` */
static int corpus_stories(lua_State *L)
{
  newsreel_engine *engine = nr_engine_of(L);
  nr_spans_box *spans = nr_bind_new_spans(L, 1);
  stories_box *box = lua_newuserdatauv(L, sizeof *box, 0);
  box->stories = NULL;
  luaL_setmetatable(L, stories_key);
  nr_poll poll = nr_engine_poll(engine, "comparing");
  nr_error err;
  nr_status status = nr_stories_new(&engine->memory, spans->snapshot, NULL, &poll, &box->stories, &err);
  nr_engine_done(engine);
  nr_bind_check(L, status, &err);
  nr_bind_check(L, nr_plan_stories(&engine->memory, box->stories, &spans->plan, &err), &err);
  nr_stories_free(box->stories);
  box->stories = NULL;
  lua_pop(L, 1);
  nr_bind_restrict(L, spans, 1);
  return 1;
}

/* ---- correcting a field ---- */

/* changed = core.set(corpus, id, fields, date): fields as core.add takes them, one without a value is
 * taken out; a date, "" for undated, or nil to leave it */
static int corpus_set(lua_State *L)
{
  nr_corpus_box *root = nr_bind_check_writer(L);
  nr_arena *arena = nr_bind_arena(L);
  nr_text id = nr_bind_check_text(L, 2);
  nr_change change = {0};
  nr_period date = {NR_DAY_NONE, NR_DAY_NONE};
  nr_outcome outcome;
  nr_error err;
  change.fields = nr_bind_check_fields(L, 3, arena, &change.field_count);
  if (!lua_isnoneornil(L, 4)) {
    nr_text written = nr_bind_check_text(L, 4);
    if (written.size > 0)
      nr_bind_check(L, nr_date_parse(written, &date, &err), &err);
    change.date = &date;
  }
  nr_bind_check(L, nr_writer_set(root->writer, id, &change, &outcome, &err), &err);
  lua_pushboolean(L, outcome != NR_SKIPPED);
  return 1;
}

/* ---- the file as a whole ---- */

static void push_damage(lua_State *L, const nr_damage *damage)
{
  const struct {
    const char *name;
    uint64_t value;
  } all[] = {{"places", damage->places},
             {"articles_lost", damage->articles_lost},
             {"segments_lost", damage->segments_lost},
             {"articles_saved", damage->articles_saved}};
  lua_createtable(L, 0, 4);
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
    lua_pushinteger(L, (lua_Integer)all[i].value);
    lua_setfield(L, -2, all[i].name);
  }
}

/* core.check(path): reads every byte; each damage is reported, then it raises */
static int file_check(lua_State *L)
{
  newsreel_engine *engine = nr_engine_of(L);
  const char *path = luaL_checkstring(L, 1);
  nr_report report = nr_engine_report(engine);
  nr_poll poll = nr_engine_poll(engine, "checking");
  nr_damage damage = {0};
  nr_error err;
  nr_status status = nr_corpus_check(&nr_disk_system, &engine->memory, path, &report, &poll, &damage, &err);
  nr_engine_done(engine);
  nr_bind_check(L, status, &err);
  return 0;
}

/* damage = core.salvage(path, out): what can be read, in a new corpus */
static int file_salvage(lua_State *L)
{
  newsreel_engine *engine = nr_engine_of(L);
  const char *path = luaL_checkstring(L, 1), *out = luaL_checkstring(L, 2);
  nr_report report = nr_engine_report(engine);
  nr_poll poll = nr_engine_poll(engine, "saving");
  nr_damage damage = {0};
  nr_error err;
  nr_status status =
      nr_corpus_salvage(&nr_disk_system, &engine->memory, path, out, &report, &poll, &damage, &err);
  nr_engine_done(engine);
  nr_bind_check(L, status, &err);
  push_damage(L, &damage);
  return 1;
}

/* core.compact(path [, compressed]): the same articles without dead space, their texts compressed, not
 * compressed, or (nil) as the corpus is */
static int file_compact(lua_State *L)
{
  newsreel_engine *engine = nr_engine_of(L);
  const char *path = luaL_checkstring(L, 1);
  nr_poll poll = nr_engine_poll(engine, "rewriting");
  nr_layer_carrier carrier = nr_derived_carrier(&engine->memory);
  nr_compression compression = lua_isnoneornil(L, 2) ? NR_COMPRESS_AS_IT_IS
                               : lua_toboolean(L, 2) ? NR_COMPRESS
                                                     : NR_COMPRESS_NOT;
  nr_error err;
  nr_status status =
      nr_corpus_compact(&nr_disk_system, &engine->memory, path, compression, carrier, &poll, &err);
  nr_engine_done(engine);
  nr_bind_check(L, status, &err);
  return 0;
}

void nr_bind_walk_open(lua_State *L)
{
  static const luaL_Reg functions[] = {{"each_article", each_article}, {"complete", corpus_complete},
                                       {"stories", corpus_stories},    {"set", corpus_set},
                                       {"check", file_check},          {"salvage", file_salvage},
                                       {"compact", file_compact},      {NULL, NULL}};
  luaL_newmetatable(L, walk_key);
  lua_pushcfunction(L, walk_free);
  lua_setfield(L, -2, "__gc");
  lua_pop(L, 1);
  luaL_newmetatable(L, stories_key);
  lua_pushcfunction(L, stories_free);
  lua_setfield(L, -2, "__gc");
  lua_pop(L, 1);
  luaL_setfuncs(L, functions, 0);
}
