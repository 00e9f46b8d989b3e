/* engine_sweep_test.c: every allocation fails once, and for good; a stop comes at every point that looks for
 * one. Some of them are tried, evenly; more with a number:
 * build/tests/engine_sweep_test 1000000 tries each, in minutes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/columns.h"
#include "engine/engine.h"
#include "newsreel.h"

static long points = 60; /* of each sweep */

/* ---- an allocator that fails ---- */

typedef struct failing {
  long left;    /* allocations until the first that fails */
  bool forever; /* and all after it */
  long blocks;
} failing;

static void *allocate(void *user, void *pointer, size_t old_size, size_t new_size)
{
  failing *at = user;
  if (new_size == 0) {
    at->blocks -= pointer != NULL;
    free(pointer);
    return NULL;
  }
  if (pointer == NULL || new_size > old_size) {
    at->left--;
    if (at->left == 0 || (at->forever && at->left < 0))
      return NULL;
  }
  at->blocks += pointer == NULL;
  return realloc(pointer, new_size);
}

/* ---- what hosts do ---- */

static newsreel_status twice(void *user, newsreel_call *call, const newsreel_value *arguments, size_t count)
{
  (void)user;
  if (count != 1)
    return newsreel_call_fail(call, NEWSREEL_INVALID, "one number is wanted");
  const newsreel_value values[] = {{.type = NEWSREEL_NUMBER, .number = 2 * arguments->number},
                                   {.type = NEWSREEL_JSON, .text = "{\"a\":[1,2]}", .size = 11}};
  return newsreel_call_return(call, values, 2);
}

static newsreel_status module(void *user, const char *name, const char **text, size_t *size)
{
  (void)user;
  *text = "return { n = 42 }";
  *size = strlen(*text);
  return strcmp(name, "mine") == 0 ? NEWSREEL_OK : NEWSREEL_NOTFOUND;
}

static const char code[] =
    "local c = newsreel.memory()\n"
    "for i = 1, 3 do c:add{ id = 'a' .. i, date = '2025-09-2' .. i, lang = 'en',\n"
    "  text = 'Peace talks paused on Friday. \"We shall see\", said Vladimir Putin.' } end\n"
    "local f = c 'talks':within(c.sentences):by('day'):count():sort '-count'\n"
    "local own = c:layer('own', function(a) return {{ first = 1, last = 5, kind = 'x' }} end)\n"
    "local co = coroutine.wrap(function(x) coroutine.yield(x:gsub('%w+', string.upper)) end)\n"
    "local n, t = twice(21)\n"
    "local ok = pcall(error, { 'x' })\n"
    "local much = {} for i = 1, 5000 do much[i] = i * 7919 % 5003 end\n"
    "table.sort(much) local joined = table.concat(much, ' ')\n"
    "local upper = joined:upper() newsreel.json.decode(newsreel.json.encode(much))\n"
    "for _, pattern in ipairs { '%d+ 9', '%b19', '1*2-3?4' } do upper:find(pattern) utf8.len(upper) end\n"
    "return f, n, t, co 'abc def', #own, require 'mine', tostring(f), newsreel.json.decode '[1, {\"b\": "
    "null}]'";

typedef struct host {
  newsreel_options options;
  newsreel_corpus *corpus;
  newsreel_script *script;
} host;

static newsreel_status use_result(newsreel_result *result)
{
  struct {
    int (*get_schema)(void *, void *);
    int (*get_next)(void *, void *);
    const char *(*get_last_error)(void *);
    void (*release)(void *);
    void *private_data;
  } stream;
  struct {
    int64_t numbers[5];
    void *pointers[3];
    void (*release)(void *);
    void *private_data;
  } array;
  const char *text;
  size_t size;
  for (size_t i = 0; i < newsreel_result_count(result); i++) {
    newsreel_status status = newsreel_result_json(result, i, &text, &size, NULL);
    if (status != NEWSREEL_OK)
      return status;
  }
  newsreel_status status = newsreel_result_arrow(result, 0, (struct ArrowArrayStream *)(void *)&stream, NULL);
  if (status != NEWSREEL_OK)
    return status;
  if (stream.get_next(&stream, &array) != 0)
    status = NEWSREEL_NOMEM;
  else
    array.release(&array);
  stream.release(&stream);
  return status;
}

static newsreel_status play(const host *h, newsreel_error *error)
{
  newsreel_engine *engine = NULL;
  newsreel_result *result = NULL;
  *error = (newsreel_error){.size = sizeof *error};
  newsreel_status status = newsreel_engine_new(&h->options, &engine, error);
  if (status == NEWSREEL_OK)
    status = newsreel_engine_register(engine, "twice", twice, NULL, error);
  if (status == NEWSREEL_OK)
    status = newsreel_run(engine, h->script, NULL, 0, &result, error);
  newsreel_engine_free(engine);
  if (status == NEWSREEL_OK)
    status = use_result(result);
  newsreel_result_free(result);
  return status;
}

static void fail_each(newsreel_profile profile, bool forever)
{
  failing at = {.left = 0};
  host h = {.options = {.size = sizeof h.options,
                        .profile = profile,
                        .module = module,
                        .allocate = allocate,
                        .allocate_user = &at}};
  newsreel_error error;
  assert_int_equal(newsreel_script_new("s", code, sizeof code - 1, &h.script, NULL), NEWSREEL_OK);
  if (play(&h, &error) != NEWSREEL_OK)
    fail_msg("%s", error.message);
  at.forever = forever;
  long most = -at.left, step = most / points + 1, ran = 0;
  for (long k = 1; k <= most; k += step, ran++) {
    at.left = k;
    newsreel_status status = play(&h, &error);
    bool clean = status == NEWSREEL_NOMEM || (status == NEWSREEL_OK && !forever);
    if (!clean)
      fail_msg("allocation %ld of %ld: %s: %s", k, most, newsreel_status_name(status), error.message);
    if (at.blocks != 0)
      fail_msg("allocation %ld of %ld: %ld blocks are lost", k, most, at.blocks);
  }
  printf("%ld of %ld allocations, %s, %s\n", ran, most, forever ? "for good" : "once",
         profile == NEWSREEL_SANDBOX ? "sandbox" : "trusted");
  newsreel_script_free(h.script);
}

static void every_allocation_failed_is_a_clean_error(void **state)
{
  (void)state;
  for (int i = 0; i < 4; i++)
    fail_each(i < 2 ? NEWSREEL_TRUSTED : NEWSREEL_SANDBOX, i % 2 == 1);
}

/* ---- stops: the linker puts these in the place of what loops ask ---- */

static long looks = -1; /* until the stop; below 0 it has come, or none is wanted */

bool __wrap_nr_interrupt_asked(newsreel_engine *engine);
bool __real_nr_interrupt_asked(newsreel_engine *engine);
void __wrap_nr_interrupt_check(lua_State *L);
void __real_nr_interrupt_check(lua_State *L);

static void look(newsreel_engine *engine)
{
  if (looks-- == 0)
    newsreel_interrupt(engine);
}

bool __wrap_nr_interrupt_asked(newsreel_engine *engine)
{
  look(engine);
  return __real_nr_interrupt_asked(engine);
}

void __wrap_nr_interrupt_check(lua_State *L)
{
  look(nr_engine_of(L));
  __real_nr_interrupt_check(L);
}

static void a_stop_at_every_point_is_a_clean_error(void **state)
{
  (void)state;
  failing at = {.left = -1};
  host h = {.options = {.size = sizeof h.options,
                        .profile = NEWSREEL_SANDBOX,
                        .module = module,
                        .allocate = allocate,
                        .allocate_user = &at}};
  newsreel_error error;
  assert_int_equal(newsreel_script_new("s", code, sizeof code - 1, &h.script, NULL), NEWSREEL_OK);
  looks = -1;
  assert_int_equal(play(&h, &error), NEWSREEL_OK);
  long most = -looks - 1, step = most / points / 2 + 1, stopped = 0, ran = 0;
  for (long k = 0; k < most; k += step, ran++) {
    looks = k;
    newsreel_status status = play(&h, &error);
    /* The last looks come when the work is done, and between runs a stop is none. */
    if (status != NEWSREEL_INTERRUPTED && status != NEWSREEL_OK)
      fail_msg("point %ld of %ld: %s: %s", k, most, newsreel_status_name(status), error.message);
    stopped += status == NEWSREEL_INTERRUPTED;
    assert_int_equal(at.blocks, 0);
  }
  looks = -1;
  printf("%ld of %ld points, %ld stopped\n", ran, most, stopped);
  assert_true(stopped > ran / 2);
  newsreel_script_free(h.script);
}

int main(int argc, char **argv)
{
  points = argc > 1 ? atol(argv[1]) : points;
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_allocation_failed_is_a_clean_error),
      cmocka_unit_test(a_stop_at_every_point_is_a_clean_error),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
