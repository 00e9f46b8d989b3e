/* bind_rules.c: what rules in Lua read of a text: runs of listed words; words with their classes.
 * Floor 6. */
#include <string.h>

#include "engine/bind.h"
#include "text/rough.h"
#include "text/runs.h"
#include "text/word_set.h"

/* ---- runs ---- */

static const char words_key[] = "newsreel.run_words";

static int words_gc(lua_State *L)
{
  nr_run_words **words = lua_touserdata(L, 1);
  nr_run_words_free(*words);
  *words = NULL;
  return 0;
}

/* Add the keys of the table at `index`. */
static void add_words(lua_State *L, int index, nr_run_words *words, bool telling)
{
  nr_error err;
  luaL_checktype(L, index, LUA_TTABLE);
  for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1)) {
    luaL_checktype(L, -2, LUA_TSTRING);
    nr_bind_check(L, nr_run_words_add(words, nr_bind_check_text(L, -2), telling, &err), &err);
  }
}

/* words = core.run_words(listed, telling, pairs): the keys of two tables; and the signs by which two numbers
 * tell already */
static int bind_run_words(lua_State *L)
{
  nr_text pairs = nr_bind_check_text(L, 3);
  lua_settop(L, 3);
  nr_run_words **words = lua_newuserdatauv(L, sizeof(nr_run_words *), 0);
  *words = NULL;
  luaL_setmetatable(L, words_key);
  *words = nr_run_words_new(&nr_engine_of(L)->memory);
  if (*words == NULL)
    nr_bind_raise_memory(L);
  nr_run_words_pairs(*words, pairs);
  add_words(L, 1, *words, false);
  add_words(L, 2, *words, true);
  return 1;
}

/* Append a number to the list on top. */
static void append(lua_State *L, lua_Integer *count, lua_Integer value)
{
  lua_pushinteger(L, value);
  lua_rawseti(L, -2, ++*count);
}

/* low, runs = core.runs(text, words): the text in small letters, and {-first, last, place, ..., -first, ...},
 * bytes from 1, the telling places of each run behind its ends */
static int bind_runs(lua_State *L)
{
  nr_text text = nr_bind_check_text(L, 1);
  nr_run_words *words = *(nr_run_words **)luaL_checkudata(L, 2, words_key);
  lua_Integer count = 0;
  luaL_Buffer buffer;
  nr_run run;
  nr_runs_fold(text, luaL_buffinitsize(L, &buffer, text.size));
  luaL_pushresultsize(&buffer, text.size);
  nr_text low = {lua_tostring(L, -1), text.size};
  lua_newtable(L);
  for (size_t at = 0; nr_runs_next(words, low, &at, &run);) {
    append(L, &count, -(lua_Integer)run.start - 1);
    append(L, &count, (lua_Integer)run.end);
    for (unsigned i = 0; i < run.place_count; i++)
      append(L, &count, (lua_Integer)run.places[i] + 1);
  }
  return 2;
}

/* ---- rough words ---- */

enum { FORMS_MAX = 200000 }; /* remembered; beyond, all are forgotten */

/* What C knows of a class of words. A paragraph without one that leads holds nothing for rules. */
enum {
  MARKED = 1, /* rules look at it */
  LEADS = 2,  /* and begin there */
  OPEN = 4,   /* a full stop behind it ends no sentence */
  DOUBLE = 8  /* it is two words: "don't" */
};

typedef struct read_token {
  uint32_t start, form;
} read_token;

/* Forms and their classes. User values: 1 the function that classes a form; 2 forms and 3 classes, by number
 * from 1. */
typedef struct reader {
  const nr_memory *memory;
  nr_word_set forms;
  nr_buffer traits; /* by form */
  read_token *tokens;
  size_t count, capacity;
} reader;

static const char reader_key[] = "newsreel.reader";

static void forget_forms(lua_State *L, reader *r, int index)
{
  nr_word_set_clear(&r->forms);
  r->traits.size = 0;
  for (int value = 2; value <= 3; value++) {
    lua_newtable(L);
    lua_setiuservalue(L, index, value);
  }
}

static int reader_gc(lua_State *L)
{
  reader *r = lua_touserdata(L, 1);
  nr_word_set_clear(&r->forms);
  nr_buffer_clear(&r->traits);
  nr_release(r->memory, r->tokens, r->capacity * sizeof *r->tokens);
  r->tokens = NULL;
  r->capacity = 0;
  return 0;
}

/* reader = core.reader(classify): classify(form) gives the class of a word, a table. C reads of it
 *   mark    that rules look there: "stop" at a sentence's end, any other at a word that leads them
 *   open    a full stop behind it ends no sentence
 *   second  the class of its second half, where it is two words */
static int bind_reader(lua_State *L)
{
  luaL_checktype(L, 1, LUA_TFUNCTION);
  lua_settop(L, 1);
  reader *r = lua_newuserdatauv(L, sizeof *r, 3);
  memset(r, 0, sizeof *r);
  r->memory = &nr_engine_of(L)->memory;
  nr_word_set_init(&r->forms, r->memory);
  nr_buffer_init(&r->traits, r->memory);
  luaL_setmetatable(L, reader_key);
  lua_pushvalue(L, 1);
  lua_setiuservalue(L, 2, 1);
  forget_forms(L, r, 2);
  return 1;
}

/* The traits of the class on top. */
static uint8_t traits_of(lua_State *L)
{
  uint8_t traits = 0;
  if (lua_getfield(L, -1, "mark") != LUA_TNIL) {
    bool stop = lua_type(L, -1) == LUA_TSTRING && strcmp(lua_tostring(L, -1), "stop") == 0;
    traits = stop ? MARKED : MARKED | LEADS;
  }
  lua_getfield(L, -2, "open");
  traits |= lua_toboolean(L, -1) ? OPEN : 0;
  lua_getfield(L, -3, "second");
  traits |= lua_toboolean(L, -1) ? DOUBLE : 0;
  lua_pop(L, 3);
  return traits;
}

/* Class the new form `id` and remember it. The reader is at index 1. */
static void class_form(lua_State *L, reader *r, nr_text form, uint32_t id)
{
  nr_error err;
  lua_getiuservalue(L, 1, 1);
  lua_pushlstring(L, form.bytes, form.size);
  lua_getiuservalue(L, 1, 2);
  lua_pushvalue(L, -2);
  lua_rawseti(L, -2, (lua_Integer)id + 1);
  lua_pop(L, 1);
  lua_call(L, 1, 1);
  luaL_checktype(L, -1, LUA_TTABLE);
  nr_bind_check(L, nr_buffer_put_byte(&r->traits, traits_of(L), &err), &err);
  lua_getiuservalue(L, 1, 3);
  lua_insert(L, -2);
  lua_rawseti(L, -2, (lua_Integer)id + 1);
  lua_pop(L, 1);
}

/* The number of a form, which is classed where it is new. */
static uint32_t number_form(lua_State *L, reader *r, nr_text form)
{
  uint32_t id;
  bool added;
  nr_error err;
  nr_bind_check(L, nr_word_set_add(&r->forms, form, &id, &added, &err), &err);
  if (id >= r->traits.size)
    class_form(L, r, form, id);
  return id;
}

static uint8_t traits_at(const reader *r, uint32_t id)
{
  return (uint8_t)r->traits.bytes[id];
}

/* Read the words of a text; says whether one of them leads rules, or a colon ends it. */
static bool read_tokens(lua_State *L, reader *r, nr_text text)
{
  bool leads = false;
  nr_text token = {NULL, 0};
  r->count = 0;
  nr_error err;
  for (size_t at = 0; nr_rough_next(text, &at, &token);) {
    uint32_t id = number_form(L, r, token);
    leads = leads || (traits_at(r, id) & LEADS) != 0;
    nr_bind_check(
        L, nr_grow(r->memory, (void **)&r->tokens, &r->capacity, r->count + 1, sizeof *r->tokens, &err),
        &err);
    r->tokens[r->count++] = (read_token){(uint32_t)(token.bytes - text.bytes), id};
  }
  return leads || (token.size == 1 && token.bytes[0] == ':');
}

/* The reader at index 1, and its forms and classes on the stack, ready for a text. */
static reader *check_reader(lua_State *L)
{
  reader *r = luaL_checkudata(L, 1, reader_key);
  if (r->forms.count > FORMS_MAX)
    forget_forms(L, r, 1);
  lua_getiuservalue(L, 1, 2);
  lua_getiuservalue(L, 1, 3);
  return r;
}

static void check_lists(lua_State *L, int first, int last)
{
  for (int i = first; i <= last; i++)
    luaL_checktype(L, i, LUA_TTABLE);
}

static void set_number(lua_State *L, int list, lua_Integer at, lua_Integer value)
{
  lua_pushinteger(L, value);
  lua_rawseti(L, list, at);
}

static void set_from(lua_State *L, int list, lua_Integer at, int from, lua_Integer number)
{
  lua_rawgeti(L, from, number);
  lua_rawseti(L, list, at);
}

/* count, marked_count = core.read(reader, text, first, last, at, form, class, marked): the words of some
 * bytes of a text: where each begins (counted from `first`), what it is, its class; and the numbers of those
 * with a mark. Nothing is read where no word leads rules. */
static int bind_read(lua_State *L)
{
  enum { TEXT = 2, AT = 5, FORM, CLASS, MARKED_LIST, FORMS, CLASSES };
  nr_text text = nr_bind_check_text(L, TEXT);
  lua_Integer first = luaL_checkinteger(L, 3), last = luaL_checkinteger(L, 4), marked = 0;
  luaL_argcheck(L, first >= 1 && last <= (lua_Integer)text.size && text.size < UINT32_MAX, 3,
                "no such bytes");
  check_lists(L, AT, MARKED_LIST);
  bool all = lua_toboolean(L, MARKED_LIST + 1);
  lua_settop(L, MARKED_LIST);
  reader *r = check_reader(L);
  text = (nr_text){text.bytes + first - 1, last < first ? 0 : (size_t)(last - first + 1)};
  size_t count = read_tokens(L, r, text) || all ? r->count : 0;
  for (size_t i = 0; i < count; i++) {
    lua_Integer number = (lua_Integer)i + 1, form = (lua_Integer)r->tokens[i].form + 1;
    set_number(L, AT, number, (lua_Integer)r->tokens[i].start + 1);
    set_from(L, FORM, number, FORMS, form);
    set_from(L, CLASS, number, CLASSES, form);
    if ((traits_at(r, r->tokens[i].form) & MARKED) != 0)
      set_number(L, MARKED_LIST, ++marked, number);
  }
  lua_pushinteger(L, (lua_Integer)count);
  lua_pushinteger(L, marked);
  return 2;
}

typedef struct numbers {
  lua_Integer count, marked, clause, sentence;
} numbers;

enum { WORDS_CLASS = 3, WORDS_AT, WORDS_CLAUSE, WORDS_SENTENCE, WORDS_MARKED, WORDS_FORMS, WORDS_CLASSES };

/* Put a word into the lists. Its class is on top, and taken. */
static void put_word(lua_State *L, numbers *n, size_t start)
{
  lua_rawseti(L, WORDS_CLASS, ++n->count);
  set_number(L, WORDS_AT, n->count, (lua_Integer)start + 1);
  set_number(L, WORDS_CLAUSE, n->count, n->clause);
  set_number(L, WORDS_SENTENCE, n->count, n->sentence);
}

/* count, marked_count = core.cut(reader, text, class, at, clause, sentence, marked): the words of a text
 * without its signs: the class of each, where it begins, the numbers of its clause and sentence in the text;
 * and the numbers of those with a mark. */
static int bind_cut(lua_State *L)
{
  nr_text text = nr_bind_check_text(L, 2), word;
  numbers n = {0, 0, 1, 1};
  uint8_t traits = 0;
  unsigned gap;
  check_lists(L, WORDS_CLASS, WORDS_MARKED);
  lua_settop(L, WORDS_MARKED);
  reader *r = check_reader(L);
  for (size_t at = 0; nr_rough_word(text, &at, &word, &gap);) {
    bool ends = (gap & NR_GAP_SENTENCE) != 0 || ((gap & NR_GAP_STOP) != 0 && (traits & OPEN) == 0);
    n.sentence += n.count > 0 && ends;
    n.clause += n.count > 0 && (ends || (gap & NR_GAP_CLAUSE) != 0);
    uint32_t id = number_form(L, r, word);
    traits = traits_at(r, id);
    lua_rawgeti(L, WORDS_CLASSES, (lua_Integer)id + 1);
    put_word(L, &n, (size_t)(word.bytes - text.bytes));
    if ((traits & MARKED) != 0)
      set_number(L, WORDS_MARKED, ++n.marked, n.count);
    if ((traits & DOUBLE) != 0) {
      lua_rawgeti(L, WORDS_CLASS, n.count);
      lua_getfield(L, -1, "second");
      lua_remove(L, -2);
      put_word(L, &n, (size_t)(word.bytes - text.bytes));
    }
  }
  lua_pushinteger(L, n.count);
  lua_pushinteger(L, n.marked);
  return 2;
}

static void make_type(lua_State *L, const char *key, lua_CFunction gc)
{
  luaL_newmetatable(L, key);
  lua_pushcfunction(L, gc);
  lua_setfield(L, -2, "__gc");
  lua_pop(L, 1);
}

void nr_bind_rules_open(lua_State *L)
{
  static const luaL_Reg functions[] = {
      {"run_words", bind_run_words}, {"runs", bind_runs}, {"reader", bind_reader},
      {"read", bind_read},           {"cut", bind_cut},   {NULL, NULL}};
  make_type(L, words_key, words_gc);
  make_type(L, reader_key, reader_gc);
  luaL_setfuncs(L, functions, 0);
}
