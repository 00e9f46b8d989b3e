/* bind_corpus.c: corpora: opening, committing, what is in them. Floor 6. Adding is bind_ingest.c, views are
 * bind_view.c, the methods that need words (patterns, sugar) lua/newsreel/corpus.lua. */

#include "engine/boxes.h"
#include "query/derived.h"

/* ---- boxes ---- */

static nr_corpus_box *to_corpus(lua_State *L, int index)
{
  nr_corpus_box *box = luaL_testudata(L, index, nr_type_corpus.key);
  if (box == NULL)
    nr_bind_fail(L, NR_INVALID, "this is no corpus but a %s: write c:method(), with a colon",
                 luaL_typename(L, index));
  return box;
}

nr_corpus_box *nr_bind_root(lua_State *L, int index)
{
  nr_corpus_box *box = to_corpus(L, index);
  if (box->is_view) {
    lua_getiuservalue(L, index, 1);
    box = lua_touserdata(L, -1);
    lua_pop(L, 1);
  }
  if (box->closed)
    nr_bind_fail(L, NR_INVALID, "the corpus is closed");
  return box;
}

nr_corpus_box *nr_bind_check_corpus(lua_State *L, int index)
{
  nr_bind_root(L, index);
  return to_corpus(L, index);
}

static void set_snapshot(nr_corpus_box *root, nr_snapshot *snapshot)
{
  nr_snapshot_release(root->snapshot);
  root->snapshot = snapshot;
}

static void commit(lua_State *L, nr_corpus_box *root)
{
  nr_error err;
  newsreel_engine *engine = nr_engine_of(L);
  nr_poll poll = nr_engine_poll(engine, "writing");
  nr_status status = nr_writer_commit(root->writer, &poll, &err);
  nr_engine_done(engine);
  nr_bind_check(L, status, &err);
  set_snapshot(root, nr_writer_snapshot(root->writer));
}

nr_snapshot *nr_bind_snapshot(lua_State *L, int index)
{
  nr_corpus_box *root = nr_bind_root(L, index);
  if (root->in_memory && nr_writer_pending(root->writer) > 0)
    commit(L, root);
  return root->snapshot;
}

static nr_corpus_box *push_root(lua_State *L)
{
  nr_corpus_box *box = nr_bind_new(L, &nr_type_corpus, sizeof *box, 1);
  lua_newtable(L);
  lua_setiuservalue(L, -2, 1);
  return box;
}

/* ---- opening and closing ---- */

/* corpus = core.open(path [, "read" | "write" | "create"]) */
static int corpus_open(lua_State *L)
{
  static const char *const modes[] = {"read", "write", "create", NULL};
  const char *path = luaL_checkstring(L, 1);
  int mode = luaL_checkoption(L, 2, "read", modes);
  newsreel_engine *engine = nr_engine_of(L);
  nr_corpus_box *box = push_root(L);
  nr_error err;
  if (mode == 0) {
    nr_bind_check(L, nr_snapshot_open(&nr_disk_system, &engine->memory, path, &box->snapshot, &err), &err);
    return 1;
  }
  nr_bind_check(L, nr_writer_open(&nr_disk_system, &engine->memory, path, mode == 2, &box->writer, &err),
                &err);
  nr_writer_set_carrier(box->writer, nr_derived_carrier(&engine->memory));
  box->snapshot = nr_writer_snapshot(box->writer);
  return 1;
}

/* corpus = core.attached([name]), which the host has attached; without a name the first; nil: none */
static int corpus_attached(lua_State *L)
{
  nr_snapshot *snapshot = nr_host_find_corpus(L, luaL_optstring(L, 1, NULL));
  if (snapshot == NULL) {
    luaL_pushfail(L);
    return 1;
  }
  nr_corpus_box *box = push_root(L);
  box->snapshot = nr_snapshot_retain(snapshot);
  if (lua_type(L, 1) == LUA_TSTRING) { /* its name stands for its path */
    lua_getiuservalue(L, -1, 1);
    lua_pushvalue(L, 1);
    lua_setfield(L, -2, "attached");
    lua_pop(L, 1);
  }
  return 1;
}

/* corpus = newsreel.memory() */
static int corpus_memory(lua_State *L)
{
  nr_corpus_box *box = push_root(L);
  nr_error err;
  nr_bind_check(L, nr_writer_open(&nr_disk_system, &nr_engine_of(L)->memory, NULL, true, &box->writer, &err),
                &err);
  nr_writer_set_carrier(box->writer, nr_derived_carrier(&nr_engine_of(L)->memory));
  box->snapshot = nr_writer_snapshot(box->writer);
  box->in_memory = true;
  return 1;
}

static void tell_dropped(newsreel_engine *engine, const nr_corpus_box *box)
{
  uint64_t pending = box->writer == NULL || box->in_memory ? 0 : nr_writer_pending(box->writer);
  if (pending == 0)
    return;
  char text[256];
  int size = snprintf(text, sizeof text, "%s: %llu changed articles were not committed and are dropped",
                      nr_snapshot_path(box->snapshot), (unsigned long long)pending);
  nr_engine_tell(engine, NEWSREEL_WARNING, text, (size_t)size < sizeof text ? (size_t)size : sizeof text - 1);
}

/* core.close(corpus): what was not committed is dropped, and said; twice is fine. Also __gc, __close. */
static int corpus_close(lua_State *L)
{
  nr_corpus_box *box = to_corpus(L, 1);
  if (box->snapshot != NULL)
    tell_dropped(nr_engine_of(L), box);
  nr_ingest_free(box->ingest);
  box->ingest = NULL;
  if (box->writer != NULL)
    nr_writer_close(box->writer);
  box->writer = NULL;
  nr_snapshot_release(box->snapshot);
  box->snapshot = NULL;
  nr_view_release(box->view);
  box->view = NULL;
  box->closed = true;
  return 0;
}

/* ---- writing ---- */

nr_corpus_box *nr_bind_check_writer(lua_State *L)
{
  nr_corpus_box *root = nr_bind_root(L, 1);
  if (root->writer == NULL)
    nr_bind_fail(L, NR_INVALID,
                 "%s is open for reading: newsreel.open(path, {write = true}) opens it for writing",
                 nr_snapshot_path(root->snapshot));
  return root;
}

/* core.commit(corpus): makes what was added and removed durable and visible */
static int corpus_commit(lua_State *L)
{
  commit(L, nr_bind_check_writer(L));
  return 0;
}

/* core.refresh(corpus): sees what others have committed since it was opened */
static int corpus_refresh(lua_State *L)
{
  nr_corpus_box *root = nr_bind_root(L, 1);
  nr_snapshot *snapshot = NULL;
  nr_error err;
  if (root->writer != NULL)
    return 0; /* the writer always sees the newest */
  nr_bind_check(L, nr_snapshot_refresh(&nr_disk_system, root->snapshot, &snapshot, &err), &err);
  set_snapshot(root, snapshot);
  return 0;
}

/* core.remove(corpus, id) */
static int corpus_remove(lua_State *L)
{
  nr_corpus_box *root = nr_bind_check_writer(L);
  nr_text id = nr_bind_check_text(L, 2);
  nr_error err;
  nr_bind_check(L, nr_writer_remove(root->writer, id, &err), &err);
  return 0;
}

/* ---- facts ---- */

static void set_count(lua_State *L, const char *name, uint64_t value)
{
  lua_pushinteger(L, (lua_Integer)value);
  lua_setfield(L, -2, name);
}

/* counts = core.counts(corpus): of the file; in a view also of the view */
static int corpus_counts(lua_State *L)
{
  nr_snapshot *snapshot = nr_bind_snapshot(L, 1);
  nr_corpus_box *box = nr_bind_check_corpus(L, 1);
  const nr_snapshot_counts *counts = nr_snapshot_count(snapshot);
  uint64_t articles = counts->articles, tokens = counts->on, left_out = 0;
  nr_error err;
  if (box->view != NULL)
    nr_bind_check(L, nr_view_count(box->view, snapshot, &articles, &tokens, &left_out, &err), &err);
  lua_createtable(L, 0, 10);
  set_count(L, "commit", counts->commit);
  set_count(L, "articles", articles);
  set_count(L, "tokens", tokens);
  set_count(L, "undated_left_out", left_out);
  set_count(L, "undated", counts->undated);
  set_count(L, "margin", counts->all - counts->on);
  set_count(L, "content_bytes", counts->content_bytes);
  set_count(L, "file_bytes", counts->file_bytes);
  set_count(L, "segments", counts->parts);
  lua_pushboolean(L, counts->compress);
  lua_setfield(L, -2, "compressed");
  return 1;
}

/* Add to the sum of the `number`-th section, in the list on top. */
static void add_section(lua_State *L, uint32_t number, const char *name, uint64_t bytes)
{
  if (lua_rawgeti(L, -1, (lua_Integer)number + 1) == LUA_TNIL) {
    lua_pop(L, 1);
    lua_createtable(L, 0, 2);
    lua_pushstring(L, name);
    lua_setfield(L, -2, "name");
    lua_pushvalue(L, -1);
    lua_rawseti(L, -3, (lua_Integer)number + 1);
  }
  lua_getfield(L, -1, "bytes");
  uint64_t before = (uint64_t)lua_tointeger(L, -1);
  lua_pop(L, 1);
  set_count(L, "bytes", before + bytes);
  lua_pop(L, 1);
}

/* sections = core.sections(corpus): {name, bytes} of each section, all segments together */
static int corpus_sections(lua_State *L)
{
  nr_snapshot *snapshot = nr_bind_snapshot(L, 1);
  const char *name;
  uint64_t bytes;
  lua_newtable(L);
  for (uint32_t part = 0; part < nr_snapshot_count(snapshot)->parts; part++)
    for (uint32_t i = 0; nr_segment_section(nr_snapshot_part(snapshot, part)->segment, i, &name, &bytes); i++)
      add_section(L, i, name, bytes);
  return 1;
}

/* core.compress(corpus): texts of the commits to come are compressed */
static int corpus_compress(lua_State *L)
{
  nr_error err;
  nr_bind_check(L, nr_writer_set_compress(nr_bind_check_writer(L)->writer, true, &err), &err);
  return 0;
}

/* #corpus: its articles */
static int corpus_len(lua_State *L)
{
  nr_snapshot *snapshot = nr_bind_snapshot(L, 1);
  nr_corpus_box *box = nr_bind_check_corpus(L, 1);
  uint64_t articles = nr_snapshot_count(snapshot)->articles, tokens, left_out;
  nr_error err;
  if (box->view != NULL)
    nr_bind_check(L, nr_view_count(box->view, snapshot, &articles, &tokens, &left_out, &err), &err);
  lua_pushinteger(L, (lua_Integer)articles);
  return 1;
}

/* article = core.article(corpus, id), or nil where no article has that id */
static int corpus_article(lua_State *L)
{
  nr_snapshot *snapshot = nr_bind_snapshot(L, 1);
  uint32_t part, number;
  if (nr_snapshot_find(snapshot, nr_bind_check_text(L, 2), &part, &number))
    nr_bind_push_article(L, snapshot, part, number);
  else
    luaL_pushfail(L);
  return 1;
}

/* names = core.fields(corpus): {name = true} of all fields that articles have */
static int corpus_fields(lua_State *L)
{
  nr_snapshot *snapshot = nr_bind_snapshot(L, 1);
  lua_newtable(L);
  for (uint32_t i = 0; i < nr_snapshot_count(snapshot)->parts; i++) {
    const nr_segment *segment = nr_snapshot_part(snapshot, i)->segment;
    for (uint32_t field = 0; field < nr_segment_fields(segment); field++) {
      nr_bind_push_text(L, nr_segment_field_name(segment, field));
      lua_pushboolean(L, 1);
      lua_rawset(L, -3);
    }
  }
  return 1;
}

/* Add a value, or the members of a list, to the set on top. */
static void add_value(lua_State *L, nr_field_type type, nr_text text)
{
  if (type != NR_FIELD_LIST) {
    nr_bind_push_text(L, text);
    lua_pushboolean(L, 1);
    lua_rawset(L, -3);
    return;
  }
  nr_bind_push_json(L, text);
  for (lua_Integer i = 1; lua_rawgeti(L, -1, i) != LUA_TNIL; i++) {
    lua_pushboolean(L, 1);
    lua_rawset(L, -4);
  }
  lua_pop(L, 2);
}

/* values = core.field_values(corpus, name): {value = true}; members of lists apart */
static int corpus_field_values(lua_State *L)
{
  nr_snapshot *snapshot = nr_bind_snapshot(L, 1);
  nr_text name = nr_bind_check_text(L, 2);
  lua_newtable(L);
  for (uint32_t i = 0; i < nr_snapshot_count(snapshot)->parts; i++) {
    const nr_segment *segment = nr_snapshot_part(snapshot, i)->segment;
    uint32_t field;
    if (!nr_segment_find_field(segment, name, &field))
      continue;
    for (uint32_t value = 0; value < nr_segment_field_values(segment, field); value++) {
      nr_field_type type;
      nr_text text;
      nr_segment_field_value(segment, field, value, &type, &text);
      add_value(L, type, text);
    }
  }
  return 1;
}

/* table = core.state(corpus): Lua's own; one for a corpus and its views */
static int corpus_state(lua_State *L)
{
  nr_corpus_box *box = nr_bind_check_corpus(L, 1);
  lua_getiuservalue(L, 1, 1);
  if (box->is_view) {
    lua_getiuservalue(L, -1, 1);
    lua_remove(L, -2);
  }
  return 1;
}

/* corpus.path: its file, "(memory)" where it has none, the host's name for one that it attached */
static int corpus_path(lua_State *L)
{
  nr_corpus_box *root = nr_bind_root(L, 1);
  corpus_state(L);
  if (lua_getfield(L, -1, "attached") != LUA_TSTRING)
    lua_pushstring(L, nr_engine_of(L)->sandbox && !root->in_memory ? "(attached)"
                                                                   : nr_snapshot_path(root->snapshot));
  return 1;
}

/* root = core.root(corpus): the corpus that a view is of, or itself */
static int corpus_root(lua_State *L)
{
  nr_corpus_box *box = nr_bind_check_corpus(L, 1);
  lua_settop(L, 1);
  if (box->is_view)
    lua_getiuservalue(L, 1, 1);
  return 1;
}

/* spans = core.restrict(corpus, spans): the same plan, in the articles of a view, as it is now */
static int corpus_restrict(lua_State *L)
{
  nr_spans_box *from = nr_bind_check_spans(L, 2), *box = nr_bind_new_spans(L, 1);
  box->plan = nr_plan_retain(from->plan);
  nr_bind_restrict(L, box, 1);
  return 1;
}

/* token = core.moment(corpus): changes with every commit that is seen */
static int corpus_moment(lua_State *L)
{
  lua_pushlightuserdata(L, nr_bind_snapshot(L, 1));
  return 1;
}

static const luaL_Reg getters[] = {{"path", corpus_path}, {"margin", nr_bind_view_margin}, {NULL, NULL}};
static const luaL_Reg meta[] = {
    {"__gc", corpus_close}, {"__close", corpus_close}, {"__len", corpus_len}, {NULL, NULL}};
const nr_type nr_type_corpus = {"newsreel.Corpus", "a corpus", NULL, getters, meta};

void nr_bind_corpus_open(lua_State *L)
{
  static const luaL_Reg functions[] = {{"open", corpus_open},
                                       {"attached", corpus_attached},
                                       {"close", corpus_close},
                                       {"commit", corpus_commit},
                                       {"refresh", corpus_refresh},
                                       {"remove", corpus_remove},
                                       {"article", corpus_article},
                                       {"memory", corpus_memory},
                                       {"counts", corpus_counts},
                                       {"compress", corpus_compress},
                                       {"sections", corpus_sections},
                                       {"fields", corpus_fields},
                                       {"field_values", corpus_field_values},
                                       {"state", corpus_state},
                                       {"moment", corpus_moment},
                                       {"root", corpus_root},
                                       {"restrict", corpus_restrict},
                                       {NULL, NULL}};
  nr_bind_type(L, &nr_type_corpus);
  luaL_setfuncs(L, functions, 0);
}
