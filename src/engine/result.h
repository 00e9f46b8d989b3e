/* result.h: what a script returned, independent of the engine. Floor 6. */
#ifndef NR_RESULT_H
#define NR_RESULT_H

#include "engine/columns.h"
#include "engine/engine.h"

struct newsreel_result {
  nr_memory memory; /* the host's */
  nr_arena arena;   /* values and texts */
  newsreel_value *values;
  nr_columns **frames; /* of values that are frames, else NULL */
  nr_text *json;       /* made when asked for */
  size_t count;
};

/* An empty result for `count` values, or NULL. */
newsreel_result *nr_result_new(const nr_memory *memory, size_t count);
/* Read `count` Lua values from `first` on into an empty result; raises. */
void nr_result_read(lua_State *L, newsreel_result *result, int first, size_t count);

/* Read a Lua value that is no frame, as a host sees it; its text is held by the stack slot, which is
 * replaced where need be. Tables become JSON, or raise. */
newsreel_value nr_result_value_at(lua_State *L, int index);
/* Push a value that a host gave; raises for a frame or an object. */
void nr_result_push(lua_State *L, const newsreel_value *value);

#endif
