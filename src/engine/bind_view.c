/* bind_view.c: some articles of a corpus, or its margin. Floor 6. */
#include "engine/boxes.h"

/* Push a view of the corpus at 1 with its articles and margin. */
static nr_corpus_box *push_view(lua_State *L)
{
  nr_corpus_box *of = nr_bind_check_corpus(L, 1);
  nr_corpus_box *box = nr_bind_new(L, &nr_type_corpus, sizeof *box, 1);
  box->is_view = true;
  box->margin = of->margin;
  if (of->is_view)
    lua_getiuservalue(L, 1, 1);
  else
    lua_pushvalue(L, 1);
  lua_setiuservalue(L, -2, 1);
  if (of->view != NULL)
    box->view = nr_view_retain(of->view);
  return box;
}

static void replace_view(nr_corpus_box *box, nr_view *view)
{
  nr_view_release(box->view);
  box->view = view;
}

/* view = core.during(corpus, "2025-09") */
static int view_during(lua_State *L)
{
  nr_period period;
  nr_view *view;
  nr_error err;
  nr_bind_check(L, nr_period_parse(nr_bind_check_text(L, 2), &period, &err), &err);
  nr_corpus_box *box = push_view(L);
  nr_bind_check(L, nr_view_during(&nr_engine_of(L)->memory, box->view, period, &view, &err), &err);
  replace_view(box, view);
  return 1;
}

/* view = core.view_where(corpus, {{name =, values = {}}, ...}) */
static int view_where(lua_State *L)
{
  nr_view *view;
  nr_error err;
  uint32_t count;
  nr_arena *arena = nr_bind_arena(L);
  nr_condition *conditions = nr_bind_conditions(L, 2, arena, &count);
  nr_corpus_box *box = push_view(L);
  nr_bind_check(L, nr_view_where(&nr_engine_of(L)->memory, box->view, conditions, count, &view, &err), &err);
  replace_view(box, view);
  return 1;
}

/* view = core.only(corpus, spans) */
static int view_only(lua_State *L)
{
  nr_view *view;
  nr_error err;
  nr_spans_box *spans = nr_bind_check_spans(L, 2);
  nr_corpus_box *box = push_view(L);
  nr_bind_check(L, nr_view_only(&nr_engine_of(L)->memory, box->view, spans->plan, &view, &err), &err);
  replace_view(box, view);
  return 1;
}

int nr_bind_view_margin(lua_State *L)
{
  push_view(L)->margin = true;
  return 1;
}

/* view, margin = core.is_view(corpus): is it some articles, or the margin; is it the margin */
static int corpus_is_view(lua_State *L)
{
  const nr_corpus_box *box = nr_bind_check_corpus(L, 1);
  lua_pushboolean(L, box->view != NULL || box->margin);
  lua_pushboolean(L, box->margin);
  return 2;
}

void nr_bind_view_open(lua_State *L)
{
  static const luaL_Reg functions[] = {{"during", view_during},
                                       {"view_where", view_where},
                                       {"only", view_only},
                                       {"is_view", corpus_is_view},
                                       {NULL, NULL}};
  luaL_setfuncs(L, functions, 0);
}
