/* bind_article.c: articles: fields of theirs and of ours, text, tokens, blocks. Floor 6. */
#include <math.h>
#include <string.h>

#include "engine/boxes.h"

static nr_article_box *check_article(lua_State *L)
{
  nr_article_box *box = luaL_testudata(L, 1, nr_type_article.key);
  if (box == NULL)
    nr_bind_fail(L, NR_INVALID, "this is no article but a %s", luaL_typename(L, 1));
  return box;
}

static const nr_segment *segment_of(const nr_article_box *box)
{
  return nr_snapshot_part(box->snapshot, box->part)->segment;
}

nr_text nr_bind_content(lua_State *L, const nr_segment *segment, uint32_t article)
{
  nr_text content;
  nr_error err;
  nr_bind_check(L, nr_segment_content(segment, article, &nr_engine_of(L)->contents, &content, &err), &err);
  return content;
}

void nr_bind_push_article(lua_State *L, nr_snapshot *snapshot, uint32_t part, uint32_t number)
{
  nr_article_box *box = nr_bind_new(L, &nr_type_article, sizeof *box, 0);
  *box = (nr_article_box){nr_snapshot_retain(snapshot), part, number};
}

static int article_free(lua_State *L)
{
  nr_article_box *box = check_article(L);
  nr_snapshot_release(box->snapshot);
  box->snapshot = NULL;
  return 0;
}

static nr_article_view view_of(lua_State *L)
{
  nr_article_box *box = check_article(L);
  nr_article_view view;
  nr_segment_article(segment_of(box), box->number, &view);
  return view;
}

/* Push the article's text, without the title field. */
static nr_text push_text(lua_State *L)
{
  nr_article_box *box = check_article(L);
  uint32_t title_size = view_of(L).title_size;
  nr_text content = nr_bind_content(L, segment_of(box), box->number);
  nr_text text = {.size = content.size - title_size};
  text.bytes = lua_pushlstring(L, content.bytes + title_size, text.size);
  return text;
}

/* ---- our own fields ---- */

/* article.id */
static int article_id(lua_State *L)
{
  nr_bind_push_text(L, view_of(L).id);
  return 1;
}

/* article.text: as stored, without the title field */
static int article_text(lua_State *L)
{
  push_text(L);
  return 1;
}

/* article.title: the title field, or nil */
static int article_title(lua_State *L)
{
  nr_article_view view = view_of(L);
  nr_article_box *box = check_article(L);
  if (view.title_size == 0)
    lua_pushnil(L);
  else
    lua_pushlstring(L, nr_bind_content(L, segment_of(box), box->number).bytes, view.title_size);
  return 1;
}

/* article.day: "2025-09-26", or nil when it is undated or known less exactly */
static int article_day(lua_State *L)
{
  nr_period date = view_of(L).date;
  char text[16];
  if (date.first == NR_DAY_NONE || date.first != date.last)
    lua_pushnil(L);
  else
    lua_pushlstring(L, text, nr_day_format(date.first, text));
  return 1;
}

/* Push a date as precisely as it is known: a unit's label where it is a unit, else "first/last". */
static void push_date(lua_State *L, nr_period date)
{
  char first[16], last[16];
  for (nr_unit unit = NR_UNIT_DAY; unit < NR_UNITS; unit++) {
    nr_period whole = nr_unit_period(unit, date.first);
    if (whole.first != date.first || whole.last != date.last)
      continue;
    lua_pushlstring(L, first, nr_unit_format(unit, date.first, first));
    return;
  }
  lua_pushlstring(L, first, nr_day_format(date.first, first));
  lua_pushliteral(L, "/");
  lua_pushlstring(L, last, nr_day_format(date.last, last));
  lua_concat(L, 3);
}

/* article.date: "2025-09-26", "2025-09", "2025-09-01/2025-09-15", or nil */
static int article_date(lua_State *L)
{
  nr_period date = view_of(L).date;
  if (date.first == NR_DAY_NONE)
    lua_pushnil(L);
  else
    push_date(L, date);
  return 1;
}

/* article.date_source: "field", "header", ..., "none" */
static int article_date_source(lua_State *L)
{
  lua_pushstring(L, nr_date_source_name(view_of(L).date_source));
  return 1;
}

/* article.date_evidence: the characters that said so, or nil */
static int article_date_evidence(lua_State *L)
{
  nr_bind_push_text(L, view_of(L).date_evidence);
  return 1;
}

/* article.length: its tokens on the line */
static int article_length(lua_State *L)
{
  nr_article_box *box = check_article(L);
  uint32_t first, end;
  nr_segment_article_tokens(segment_of(box), box->number, false, &first, &end);
  lua_pushinteger(L, (lua_Integer)end - first);
  return 1;
}

/* ---- fields of the article's own ---- */

/* Push a field's value, or nil where the article lacks it. */
static void push_field(lua_State *L, const nr_segment *segment, uint32_t field, uint32_t article)
{
  uint32_t value = nr_segment_field_of(segment, field, article);
  nr_field_type type;
  nr_text text;
  if (value == UINT32_MAX) {
    lua_pushnil(L);
    return;
  }
  nr_segment_field_value(segment, field, value, &type, &text);
  nr_bind_push_text(L, text);
  if (type == NR_FIELD_NUMBER && lua_stringtonumber(L, lua_tostring(L, -1)) != 0)
    lua_remove(L, -2);
  else if (type == NR_FIELD_BOOLEAN)
    lua_pushboolean(L, nr_text_equal(text, NR_TEXT("true"))), lua_remove(L, -2);
  else if (type == NR_FIELD_LIST || type == NR_FIELD_JSON)
    nr_bind_push_json(L, text), lua_remove(L, -2);
}

static bool corpus_knows(const nr_snapshot *snapshot, nr_text name)
{
  static const char *const usual[] = {"source", "author", "url", "lang"};
  uint32_t field;
  for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
    if (nr_text_equal(name, nr_text_of(usual[i])))
      return true;
  for (uint32_t i = 0; i < nr_snapshot_count(snapshot)->parts; i++)
    if (nr_segment_find_field(nr_snapshot_part(snapshot, i)->segment, name, &field))
      return true;
  return false;
}

/* found, value = fallback(article, name): a field; nil where only other articles have it */
static int article_field(lua_State *L)
{
  nr_article_box *box = check_article(L);
  nr_text name = nr_bind_check_text(L, 2);
  uint32_t field;
  bool here = nr_segment_find_field(segment_of(box), name, &field);
  lua_pushboolean(L, here || corpus_knows(box->snapshot, name));
  if (here)
    push_field(L, segment_of(box), field, box->number);
  else
    lua_pushnil(L);
  return 2;
}

/* fields = core.article_fields(article): {name = value} of all it has besides id, date, title and text */
static int article_fields(lua_State *L)
{
  nr_article_box *box = check_article(L);
  const nr_segment *segment = segment_of(box);
  lua_newtable(L);
  for (uint32_t field = 0; field < nr_segment_fields(segment); field++) {
    nr_bind_push_text(L, nr_segment_field_name(segment, field));
    push_field(L, segment, field, box->number);
    lua_rawset(L, -3);
  }
  return 1;
}

/* names = names(article): for suggestions */
static int article_names(lua_State *L)
{
  lua_settop(L, 1);
  return article_fields(L);
}

/* ---- tokens and blocks ---- */

static nr_block *take_blocks(lua_State *L, const nr_article_box *box, nr_arena *arena, uint32_t *count)
{
  *count = nr_segment_blocks(segment_of(box), box->number, NULL, 0);
  nr_block *blocks = nr_bind_take(L, arena, (size_t)*count + 1, sizeof *blocks);
  nr_segment_blocks(segment_of(box), box->number, blocks, *count);
  return blocks;
}

static nr_text field_text(const nr_article_box *box, const char *name)
{
  const nr_segment *segment = segment_of(box);
  uint32_t field, value;
  nr_field_type type;
  nr_text text = {NULL, 0};
  if (nr_segment_find_field(segment, nr_text_of(name), &field) &&
      (value = nr_segment_field_of(segment, field, box->number)) != UINT32_MAX)
    nr_segment_field_value(segment, field, value, &type, &text);
  return text;
}

/* Push a list of tokens of the article's text (the title field's are left out), by the same rules
 * that put them on the line. */
static nr_token_list *tokenize(lua_State *L, const nr_article_box *box, const nr_article_view *view)
{
  nr_error err;
  uint32_t count;
  nr_arena *arena = nr_bind_arena(L);
  nr_block *blocks = take_blocks(L, box, arena, &count);
  nr_text_rules rules = {.lang = field_text(box, "lang")};
  nr_token_list *list = nr_bind_token_list(L);
  nr_text content = nr_bind_content(L, segment_of(box), box->number);
  nr_bind_check(L, nr_tokenize(content, blocks, count, &rules, list, &err), &err);
  nr_arena_clear(arena);
  size_t kept = 0;
  for (size_t i = 0; i < list->count; i++) {
    if (list->items[i].start < view->title_size)
      continue;
    list->items[kept] = list->items[i];
    list->items[kept].start -= view->title_size;
    list->items[kept++].end -= view->title_size;
  }
  list->count = kept;
  return list;
}

/* tokens = core.article_tokens(article): as newsreel.tokens gives them, `margin` where cleaning set them
 * aside */
static int article_tokens(lua_State *L)
{
  nr_article_box *box = check_article(L);
  nr_article_view view = view_of(L);
  nr_token_list *list = tokenize(L, box, &view);
  nr_text text = push_text(L); /* stays on the stack */
  nr_buffer *folded = nr_bind_buffer(L);
  lua_createtable(L, (int)list->count, 0);
  for (size_t i = 0; i < list->count; i++) {
    nr_bind_push_token(L, text, list->items[i], folded);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  nr_token_list_clear(list);
  return 1;
}

/* sentences = core.article_sentences(article): of the text, what cleaning set aside left out */
static int article_sentences(lua_State *L)
{
  nr_article_box *box = check_article(L);
  nr_article_view view = view_of(L);
  nr_token_list *list = tokenize(L, box, &view);
  size_t kept = 0;
  for (size_t i = 0; i < list->count; i++)
    if ((list->items[i].marks & NR_MARK_MARGIN) == 0)
      list->items[kept++] = list->items[i];
  nr_text text = push_text(L); /* stays on the stack */
  lua_newtable(L);
  nr_bind_push_sentences(L, text, list->items, kept);
  nr_token_list_clear(list);
  return 1;
}

static void push_block(lua_State *L, nr_block block, uint32_t title_size)
{
  lua_createtable(L, 0, 5);
  lua_pushstring(L, nr_block_kind_name((nr_block_kind)block.kind));
  lua_setfield(L, -2, "kind");
  lua_pushstring(L, nr_block_reason_name(block.reason));
  lua_setfield(L, -2, "reason");
  lua_pushinteger(L, (lua_Integer)(block.start - title_size) + 1);
  lua_setfield(L, -2, "first");
  lua_pushinteger(L, block.end - title_size);
  lua_setfield(L, -2, "last");
  lua_pushboolean(L, block.margin);
  lua_setfield(L, -2, "margin");
}

/* blocks = core.article_blocks(article): {kind, reason, first, last, margin} of each stretch of the text, in
 * order */
static int article_blocks(lua_State *L)
{
  nr_article_box *box = check_article(L);
  uint32_t count, title_size = view_of(L).title_size;
  nr_arena *arena = nr_bind_arena(L);
  nr_block *blocks = take_blocks(L, box, arena, &count);
  lua_Integer number = 0;
  lua_newtable(L);
  for (uint32_t i = 0; i < count; i++) {
    if (blocks[i].start < title_size)
      continue;
    push_block(L, blocks[i], title_size);
    lua_rawseti(L, -2, ++number);
  }
  nr_arena_clear(arena);
  return 1;
}

/* repairs = core.article_repairs(article): {at, bytes} of what was not UTF-8, in the stored text with its
 * title */
static int article_repairs(lua_State *L)
{
  nr_article_box *box = check_article(L);
  uint32_t count = nr_segment_repairs(segment_of(box), box->number, NULL, 0);
  nr_arena *arena = nr_bind_arena(L);
  nr_repair *repairs = nr_bind_take(L, arena, (size_t)count + 1, sizeof *repairs);
  nr_segment_repairs(segment_of(box), box->number, repairs, count);
  lua_createtable(L, (int)count, 0);
  for (uint32_t i = 0; i < count; i++) {
    lua_createtable(L, 0, 2);
    lua_pushinteger(L, (lua_Integer)repairs[i].at + 1);
    lua_setfield(L, -2, "at");
    lua_pushlstring(L, (const char *)repairs[i].bytes, repairs[i].size);
    lua_setfield(L, -2, "bytes");
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  nr_arena_clear(arena);
  return 1;
}

static int article_tostring(lua_State *L)
{
  nr_article_view view = view_of(L);
  lua_pushliteral(L, "article ");
  nr_bind_push_text(L, view.id);
  lua_concat(L, 2);
  return 1;
}

static int article_equal(lua_State *L)
{
  const nr_article_box *a = luaL_testudata(L, 1, nr_type_article.key);
  const nr_article_box *b = luaL_testudata(L, 2, nr_type_article.key);
  lua_pushboolean(L, a != NULL && b != NULL && a->snapshot == b->snapshot && a->part == b->part &&
                         a->number == b->number);
  return 1;
}

static const luaL_Reg getters[] = {{"id", article_id},
                                   {"text", article_text},
                                   {"title", article_title},
                                   {"day", article_day},
                                   {"date", article_date},
                                   {"date_source", article_date_source},
                                   {"date_evidence", article_date_evidence},
                                   {"length", article_length},
                                   {NULL, NULL}};
static const luaL_Reg meta[] = {
    {"__gc", article_free}, {"__tostring", article_tostring}, {"__eq", article_equal}, {NULL, NULL}};
const nr_type nr_type_article = {"newsreel.Article", "an article", NULL, getters, meta};

void nr_bind_article_open(lua_State *L)
{
  static const luaL_Reg functions[] = {
      {"article_tokens", article_tokens}, {"article_sentences", article_sentences},
      {"article_blocks", article_blocks}, {"article_repairs", article_repairs},
      {"article_fields", article_fields}, {NULL, NULL}};
  luaL_setfuncs(L, functions, 0);
  nr_bind_type(L, &nr_type_article);
  lua_getfield(L, -1, "types");
  lua_getfield(L, -1, "article");
  lua_pushcfunction(L, article_field);
  lua_setfield(L, -2, "fallback");
  lua_pushcfunction(L, article_names);
  lua_setfield(L, -2, "names");
  lua_pop(L, 2);
}
