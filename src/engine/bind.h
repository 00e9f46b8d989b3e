/* bind.h: what the bind_<type>.c files share: boxes, errors in the analyst's words, option tables.
 * Floor 6. */
#ifndef NR_BIND_H
#define NR_BIND_H

#include "engine/engine.h"
#include "text/token.h"

/* ---- errors ---- */

/* Raise an error of ours: "script.lua:3: message", with its status for newsreel.try and the host.
 * The line is the nearest one that stands in a script, not in a module of newsreel. */
_Noreturn void nr_bind_raise(lua_State *L, const nr_error *err);
_Noreturn void nr_bind_fail(lua_State *L, nr_status status, const char *format, ...);
/* Raise for an allocation of ours that failed. */
_Noreturn void nr_bind_raise_memory(lua_State *L);
/* Raise the message on top of the stack. */
_Noreturn void nr_bind_raise_top(lua_State *L, nr_status status);
_Noreturn void nr_bind_raise_public(lua_State *L, newsreel_status status);
/* Raise the compiler's message on top of the stack, which has its own place. */
_Noreturn void nr_bind_raise_syntax(lua_State *L);
/* Raise for a file that could not be opened, by errno. */
_Noreturn void nr_bind_raise_file(lua_State *L, const char *path);
/* Raise that a sandbox does not give `what`. */
_Noreturn void nr_bind_raise_denied(lua_State *L, const char *what);
/* The status that hosts see. */
newsreel_status nr_bind_public_status(nr_status status);
/* Append the Lua value at `index` as JSON, or raise. */
void nr_bind_put_json(lua_State *L, int index, nr_buffer *out);
/* Push "script.lua:3: ", or "" where no script runs. */
void nr_bind_where(lua_State *L);
/* The status of the error value at `index`: ours where we raised it, else NEWSREEL_SCRIPT. */
newsreel_status nr_bind_status_of(lua_State *L, int index);
/* Push the message at `index` with the interpreter's phrases put into plain words. */
void nr_bind_plain_words(lua_State *L, int index);

/* ---- names ---- */

/* Push the key of the table at `index` that is nearest to `name`, and return true; false and nothing
 * pushed where none is near. */
bool nr_bind_nearest(lua_State *L, int index, const char *name);
/* Edits between two names, letter case apart; swapped neighbours are one. At most `limit` + 1. */
unsigned nr_bind_distance(const char *a, const char *b, unsigned limit);

/* ---- types ---- */

/* A type of objects that Lua sees as userdata. Its methods are found by name, its getters are called
 * with the object and look like fields; Lua may add to both, see nr_bind_type. */
typedef struct nr_type {
  const char *key;  /* of the metatable in the registry: "newsreel.Corpus" */
  const char *name; /* in messages: "a corpus" */
  const luaL_Reg *methods, *getters, *meta;
} nr_type;

/* Make the type's metatable and set core.types[name after the dot, in lower case] to a table of
 * `methods`, `getters` and `meta`, which Lua may fill; `index` (called for whole numbers), `fallback`
 * (called for names not found: returns found, value) and `names` (gives a table whose keys may be
 * suggested) are looked up there too. The core table is on top of the stack. */
void nr_bind_type(lua_State *L, const nr_type *type);
/* Push a new object, all bytes 0, with `values` user values. */
void *nr_bind_new(lua_State *L, const nr_type *type, size_t size, int values);

/* ---- memory that a raised error may not lose ---- */

/* Tell the collector of memory that an object holds outside Lua: what was taken since `before`, a
 * value of nr_bind_weight. */
uint64_t nr_bind_weight(lua_State *L);
void nr_bind_weigh(lua_State *L, uint64_t before);

/* Push an empty buffer or arena that the collector frees. */
nr_buffer *nr_bind_buffer(lua_State *L);
nr_arena *nr_bind_arena(lua_State *L);
/* Take from an arena or raise "not enough memory". */
void *nr_bind_take(lua_State *L, nr_arena *arena, size_t count, size_t size);
void nr_bind_open_memory(lua_State *L);

/* `newsreel.missing`: stands for no value where nil can't. */
void nr_bind_push_missing(lua_State *L);
bool nr_bind_is_missing(lua_State *L, int index);

/* Push an empty list of tokens that the collector frees. */
nr_token_list *nr_bind_token_list(lua_State *L);
/* Push the value of a JSON text. */
void nr_bind_push_json(lua_State *L, nr_text text);
/* Push a table for one token of `text`; `folded` is scratch. */
void nr_bind_push_token(lua_State *L, nr_text text, nr_token token, nr_buffer *folded);
/* Append the sentences that `tokens` mark to the list on top; a text without a word has none. */
void nr_bind_push_sentences(lua_State *L, nr_text text, const nr_token *tokens, size_t count);

/* Each adds its functions to the core table on top of the stack. */
void nr_bind_text_open(lua_State *L);
void nr_bind_json_open(lua_State *L);
void nr_bind_rules_open(lua_State *L);

/* ---- texts ---- */

/* Raise unless the call went well. */
static inline void nr_bind_check(lua_State *L, nr_status status, const nr_error *err)
{
  if (status != NR_OK)
    nr_bind_raise(L, err);
}

static inline void nr_bind_push_text(lua_State *L, nr_text text)
{
  if (text.bytes == NULL)
    lua_pushnil(L);
  else
    lua_pushlstring(L, text.bytes, text.size);
}

static inline nr_text nr_bind_check_text(lua_State *L, int index)
{
  nr_text text;
  text.bytes = luaL_checklstring(L, index, &text.size);
  return text;
}

#endif
