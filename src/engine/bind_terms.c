/* bind_terms.c: words and how they keep company. Floor 6. */
#include <math.h>
#include <string.h>

#include "engine/boxes.h"

/* A measure by name at `index`, the log-likelihood unless given. */
static nr_measure check_measure(lua_State *L, int index)
{
  nr_measure measure = NR_LOG_LIKELIHOOD;
  nr_text name = lua_isnoneornil(L, index) ? NR_TEXT("loglikelihood") : nr_bind_check_text(L, index);
  if (!nr_measure_named(name, &measure))
    nr_bind_fail(L, NR_INVALID,
                 "there is no measure '%s'; there are loglikelihood, pmi, npmi, logdice, logratio, deltap",
                 name.bytes);
  return measure;
}

static uint32_t check_count(lua_State *L, int index)
{
  lua_Integer value = luaL_checkinteger(L, index);
  luaL_argcheck(L, value >= 0 && value <= INT32_MAX, index, "a number from 0 up is wanted");
  return (uint32_t)value;
}

/* frame = core.words(corpus): term, count, articles; by count */
static int bind_words(lua_State *L)
{
  newsreel_engine *engine = nr_engine_of(L);
  nr_snapshot *snapshot = nr_bind_snapshot(L, 1);
  nr_view *view = nr_bind_check_corpus(L, 1)->view;
  nr_frame_box *box = nr_bind_new_frame(L, 1);
  nr_poll poll = nr_engine_poll(engine, "counting");
  nr_error err;
  nr_status status = nr_frame_words(&engine->memory, snapshot, view, &poll, &box->frame, &err);
  nr_engine_done(engine);
  nr_bind_check(L, status, &err);
  return 1;
}

/* frame = core.collocates(spans, left, right, measure, least): term, count, expected, score */
static int bind_collocates(lua_State *L)
{
  newsreel_engine *engine = nr_engine_of(L);
  nr_hits *hits = nr_bind_hits(L, nr_bind_check_spans(L, 1));
  uint32_t left = check_count(L, 2), right = check_count(L, 3), least = check_count(L, 5);
  nr_measure measure = check_measure(L, 4);
  lua_getiuservalue(L, 1, 1);
  nr_view *view = nr_bind_check_corpus(L, -1)->view;
  nr_frame_box *box = nr_bind_new_frame(L, -1);
  nr_poll poll = nr_engine_poll(engine, "counting");
  nr_error err;
  nr_status status =
      nr_frame_collocates(&engine->memory, hits, left, right, measure, least, view, &poll, &box->frame, &err);
  nr_engine_done(engine);
  nr_bind_check(L, status, &err);
  return 1;
}

/* frame = core.keyness(corpus, reference, measure, least) */
static int bind_keyness(lua_State *L)
{
  newsreel_engine *engine = nr_engine_of(L);
  nr_snapshot *snapshot = nr_bind_snapshot(L, 1);
  nr_view *view = nr_bind_check_corpus(L, 1)->view, *reference = nr_bind_check_corpus(L, 2)->view;
  if (nr_bind_snapshot(L, 2) != snapshot)
    nr_bind_fail(L, NR_INVALID, "keyness compares two views of one corpus, not two corpora");
  nr_measure measure = check_measure(L, 3);
  uint32_t least = check_count(L, 4);
  nr_frame_box *box = nr_bind_new_frame(L, 1);
  nr_poll poll = nr_engine_poll(engine, "counting");
  nr_error err;
  nr_status status =
      nr_frame_keyness(&engine->memory, snapshot, view, reference, measure, least, &poll, &box->frame, &err);
  nr_engine_done(engine);
  nr_bind_check(L, status, &err);
  return 1;
}

/* frame = core.ngrams(corpus, n, least) */
static int bind_ngrams(lua_State *L)
{
  newsreel_engine *engine = nr_engine_of(L);
  nr_snapshot *snapshot = nr_bind_snapshot(L, 1);
  nr_view *view = nr_bind_check_corpus(L, 1)->view;
  uint32_t n = check_count(L, 2), least = check_count(L, 3);
  nr_frame_box *box = nr_bind_new_frame(L, 1);
  nr_poll poll = nr_engine_poll(engine, "counting");
  nr_error err;
  nr_status status = nr_frame_ngrams(&engine->memory, snapshot, view, n, least, &poll, &box->frame, &err);
  nr_engine_done(engine);
  nr_bind_check(L, status, &err);
  return 1;
}

/* indexes = core.kwic_order(spans, "left" | "right" | "text", most): the first lines in that order */
static int bind_kwic_order(lua_State *L)
{
  static const char *const sides[] = {"left", "right", "text", NULL};
  nr_hits *hits = nr_bind_hits(L, nr_bind_check_spans(L, 1));
  nr_kwic_side side = (nr_kwic_side)luaL_checkoption(L, 2, NULL, sides);
  lua_Integer most = luaL_checkinteger(L, 3);
  nr_arena *arena = nr_bind_arena(L);
  uint64_t count = nr_hits_count(hits);
  uint64_t *order = nr_bind_take(L, arena, (size_t)count + 1, sizeof *order);
  nr_error err;
  nr_bind_check(L, nr_kwic_order(&nr_engine_of(L)->memory, hits, side, order, &err), &err);
  lua_newtable(L);
  for (uint64_t i = 0; i < count && (lua_Integer)i < most; i++) {
    lua_pushinteger(L, (lua_Integer)order[i] + 1);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  nr_arena_clear(arena);
  return 1;
}

/* number = core.dispersion(spans), or nil without hits */
static int bind_dispersion(lua_State *L)
{
  nr_hits *hits = nr_bind_hits(L, nr_bind_check_spans(L, 1));
  double dispersion;
  nr_error err;
  lua_getiuservalue(L, 1, 1);
  nr_bind_check(L, nr_hits_dispersion(hits, nr_bind_check_corpus(L, -1)->view, &dispersion, &err), &err);
  nr_bind_push_value(L, (nr_value){{NULL, 0}, dispersion});
  return 1;
}

void nr_bind_terms_open(lua_State *L)
{
  static const luaL_Reg functions[] = {{"words", bind_words},
                                       {"collocates", bind_collocates},
                                       {"keyness", bind_keyness},
                                       {"dispersion", bind_dispersion},
                                       {"ngrams", bind_ngrams},
                                       {"kwic_order", bind_kwic_order},
                                       {NULL, NULL}};
  luaL_setfuncs(L, functions, 0);
}
