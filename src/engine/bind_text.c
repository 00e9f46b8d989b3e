/* bind_text.c: texts without a corpus: tokens, sentences, breaks, folding, periods. Floor 6. */
#include <string.h>

#include "date/day.h"
#include "engine/bind.h"
#include "text/breaks.h"
#include "text/fold.h"
#include "text/token.h"
#include "text/utf8.h"
#include "text/width.h"

/* ---- a text tokenised, held by the collector ---- */

typedef struct token_box {
  nr_token_list list;
  nr_block *blocks;
  size_t block_count, block_capacity;
} token_box;

static const char token_key[] = "newsreel.tokens";

static void clear_tokens(token_box *box)
{
  nr_release(box->list.memory, box->blocks, box->block_capacity * sizeof *box->blocks);
  box->blocks = NULL;
  box->block_count = box->block_capacity = 0;
  nr_token_list_clear(&box->list);
}

static int tokens_gc(lua_State *L)
{
  clear_tokens(lua_touserdata(L, 1));
  return 0;
}

static nr_text check_utf8(lua_State *L, int index)
{
  nr_text text = nr_bind_check_text(L, index);
  size_t valid = nr_utf8_valid_prefix(text);
  if (valid != text.size)
    nr_bind_fail(L, NR_INVALID, "byte %d of the text is not UTF-8", (int)valid + 1);
  if (text.size > UINT32_MAX - 2)
    nr_bind_fail(L, NR_LIMIT, "the text is larger than 4 GiB");
  return text;
}

static bool blank_line(const char *at, const char *end)
{
  while (at < end && *at != '\n' && (*at == ' ' || *at == '\t' || *at == '\r'))
    at++;
  return at == end || *at == '\n';
}

/* End of the paragraph at `at`: before the next blank line. */
static const char *paragraph_end(const char *at, const char *end)
{
  while (at < end) {
    const char *line = memchr(at, '\n', (size_t)(end - at));
    if (line == NULL)
      return end;
    at = line + 1;
    if (blank_line(at, end))
      return at;
  }
  return end;
}

/* Cut a bare text into paragraphs at its blank lines. */
static void cut_paragraphs(lua_State *L, token_box *box, nr_text text)
{
  const char *end = text.bytes + text.size;
  nr_error err;
  for (const char *at = text.bytes; at < end;) {
    const char *stop = paragraph_end(at, end);
    nr_bind_check(L,
                  nr_grow(box->list.memory, (void **)&box->blocks, &box->block_capacity, box->block_count + 1,
                          sizeof *box->blocks, &err),
                  &err);
    box->blocks[box->block_count++] =
        (nr_block){.start = (uint32_t)(at - text.bytes), .end = (uint32_t)(stop - text.bytes)};
    at = stop;
  }
}

/* Read {lang = "en", plain = true}; refuses other keys. */
static nr_text_rules check_rules(lua_State *L, int index)
{
  nr_text_rules rules = {0};
  if (lua_isnoneornil(L, index))
    return rules;
  luaL_checktype(L, index, LUA_TTABLE);
  for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1)) {
    const char *key = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "?";
    if (strcmp(key, "lang") == 0 && lua_type(L, -1) == LUA_TSTRING)
      rules.lang = nr_bind_check_text(L, -1); /* held by the table */
    else if (strcmp(key, "plain") == 0)
      rules.plain = lua_toboolean(L, -1);
    else
      nr_bind_fail(L, NR_INVALID, "there is no option '%s' here (there are 'lang' and 'plain')", key);
  }
  return rules;
}

static token_box *push_tokens(lua_State *L)
{
  token_box *box = lua_newuserdatauv(L, sizeof *box, 0);
  memset(box, 0, sizeof *box);
  nr_token_list_init(&box->list, &nr_engine_of(L)->memory);
  luaL_setmetatable(L, token_key);
  return box;
}

nr_token_list *nr_bind_token_list(lua_State *L)
{
  return &push_tokens(L)->list;
}

/* Push a box with the tokens of the text at index 1, by the options at index 2. */
static token_box *tokenize(lua_State *L, nr_text *text)
{
  nr_error err;
  *text = check_utf8(L, 1);
  nr_text_rules rules = check_rules(L, 2);
  token_box *box = push_tokens(L);
  cut_paragraphs(L, box, *text);
  nr_bind_check(L, nr_tokenize(*text, box->blocks, box->block_count, &rules, &box->list, &err), &err);
  return box;
}

static void set_flag(lua_State *L, const char *name, bool value)
{
  if (!value)
    return;
  lua_pushboolean(L, 1);
  lua_setfield(L, -2, name);
}

void nr_bind_push_token(lua_State *L, nr_text text, nr_token token, nr_buffer *folded)
{
  static const char *const kinds[] = {"word", "number", "punctuation", "symbol"};
  nr_text word = {text.bytes + token.start, token.end - token.start};
  nr_error err;
  lua_createtable(L, 0, 6);
  lua_pushlstring(L, word.bytes, word.size);
  lua_setfield(L, -2, "text");
  lua_pushinteger(L, (lua_Integer)token.start + 1);
  lua_setfield(L, -2, "first");
  lua_pushinteger(L, token.end);
  lua_setfield(L, -2, "last");
  lua_pushstring(L, kinds[token.kind]);
  lua_setfield(L, -2, "kind");
  if (nr_token_on_line(token)) {
    folded->size = 0;
    nr_bind_check(L, nr_fold(word, folded, &err), &err);
    lua_pushlstring(L, folded->bytes, folded->size);
    lua_setfield(L, -2, "form");
  }
  set_flag(L, "sentence", token.marks & NR_MARK_SENTENCE);
  set_flag(L, "paragraph", token.marks & NR_MARK_PARAGRAPH);
  set_flag(L, "clause", token.marks & NR_MARK_CLAUSE);
  set_flag(L, "joined", token.marks & NR_MARK_JOINED);
  set_flag(L, "margin", token.marks & NR_MARK_MARGIN);
}

/* tokens = newsreel.tokens(text [, {lang = "en"}]) */
static int text_tokens(lua_State *L)
{
  nr_text text;
  lua_settop(L, 2);
  token_box *box = tokenize(L, &text);
  nr_buffer *folded = nr_bind_buffer(L);
  lua_createtable(L, (int)box->list.count, 0);
  for (size_t i = 0; i < box->list.count; i++) {
    nr_bind_push_token(L, text, box->list.items[i], folded);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  clear_tokens(box); /* the collector does not see how much this is */
  return 1;
}

/* ---- sentences ---- */

static void push_sentence(lua_State *L, nr_text text, uint32_t start, uint32_t end)
{
  lua_createtable(L, 0, 3);
  lua_pushlstring(L, text.bytes + start, end - start);
  lua_setfield(L, -2, "text");
  lua_pushinteger(L, (lua_Integer)start + 1);
  lua_setfield(L, -2, "first");
  lua_pushinteger(L, end);
  lua_setfield(L, -2, "last");
}

/* Is there a word or a number in tokens first..end-1? */
static bool has_word(const nr_token *tokens, size_t first, size_t end)
{
  while (first < end && !nr_token_on_line(tokens[first]))
    first++;
  return first < end;
}

void nr_bind_push_sentences(lua_State *L, nr_text text, const nr_token *tokens, size_t count)
{
  lua_Integer number = 0;
  for (size_t first = 0, end; first < count; first = end) {
    for (end = first + 1; end < count && (tokens[end].marks & NR_MARK_OPENS) == 0;)
      end++;
    if (!has_word(tokens, first, end))
      continue;
    push_sentence(L, text, tokens[first].start, tokens[end - 1].end);
    lua_rawseti(L, -2, ++number);
  }
}

/* sentences = newsreel.sentences(text [, {lang = "en"}]) */
static int text_sentences(lua_State *L)
{
  nr_text text;
  lua_settop(L, 2);
  token_box *box = tokenize(L, &text);
  lua_newtable(L);
  nr_bind_push_sentences(L, text, box->list.items, box->list.count);
  clear_tokens(box);
  return 1;
}

/* ---- breaks, folding, width ---- */

/* offsets = newsreel.breaks(text, "word" | "sentence" | "grapheme"): 0-based, both ends in */
static int text_breaks(lua_State *L)
{
  static const char *const kinds[] = {"word", "sentence", "grapheme", NULL};
  nr_text text = check_utf8(L, 1);
  nr_break_kind kind = (nr_break_kind)luaL_checkoption(L, 2, "word", kinds);
  lua_Integer number = 0;
  lua_newtable(L);
  if (text.size == 0)
    return 1;
  lua_pushinteger(L, 0);
  lua_rawseti(L, -2, ++number);
  for (size_t at = 0; at < text.size;) {
    at = nr_break_next(kind, text, at);
    lua_pushinteger(L, (lua_Integer)at);
    lua_rawseti(L, -2, ++number);
  }
  return 1;
}

/* folded = core.fold(text) */
static int text_fold(lua_State *L)
{
  nr_text text = check_utf8(L, 1);
  nr_buffer *folded = nr_bind_buffer(L);
  nr_error err;
  nr_bind_check(L, nr_fold(text, folded, &err), &err);
  lua_pushlstring(L, folded->bytes, folded->size);
  return 1;
}

/* columns = core.width(text) */
static int text_width(lua_State *L)
{
  lua_pushinteger(L, nr_text_width(check_utf8(L, 1)));
  return 1;
}

/* prefix = core.fit(text, columns) */
static int text_fit(lua_State *L)
{
  nr_text text = check_utf8(L, 1);
  lua_pushlstring(L, text.bytes, nr_text_fit(text, (uint32_t)luaL_checkinteger(L, 2)));
  return 1;
}

/* ---- days ---- */

static void push_day(lua_State *L, nr_day day)
{
  char text[16];
  if (day == INT32_MIN || day >= INT32_MAX - 1)
    lua_pushnil(L);
  else
    lua_pushlstring(L, text, nr_day_format(day, text));
}

/* first, last = core.period(text): days as texts, nil for an open end */
static int text_period(lua_State *L)
{
  nr_period period;
  nr_error err;
  nr_bind_check(L, nr_period_parse(nr_bind_check_text(L, 1), &period, &err), &err);
  push_day(L, period.first);
  push_day(L, period.last);
  return 2;
}

/* number = core.day_number("2025-09-26"): days since 1970-01-01 */
static int text_day_number(lua_State *L)
{
  nr_period period;
  nr_error err;
  nr_bind_check(L, nr_date_parse(nr_bind_check_text(L, 1), &period, &err), &err);
  lua_pushinteger(L, period.first);
  return 1;
}

/* day = core.day_text(number) */
static int text_day_text(lua_State *L)
{
  lua_Integer number = luaL_checkinteger(L, 1);
  luaL_argcheck(L, number >= INT32_MIN && number < INT32_MAX, 1, "no such day");
  push_day(L, (nr_day)number);
  return 1;
}

void nr_bind_text_open(lua_State *L)
{
  static const luaL_Reg functions[] = {{"tokens", text_tokens},     {"sentences", text_sentences},
                                       {"breaks", text_breaks},     {"fold", text_fold},
                                       {"width", text_width},       {"fit", text_fit},
                                       {"period", text_period},     {"day_number", text_day_number},
                                       {"day_text", text_day_text}, {NULL, NULL}};
  luaL_newmetatable(L, token_key);
  lua_pushcfunction(L, tokens_gc);
  lua_setfield(L, -2, "__gc");
  lua_pop(L, 1);
  luaL_setfuncs(L, functions, 0);
}
