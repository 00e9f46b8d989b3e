/* engine_run_test.c: newsreel.h as a host sees it. */
#include <malloc.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdbool.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "newsreel.h"

static newsreel_engine *new_engine(void)
{
  newsreel_engine *engine = NULL;
  assert_int_equal(newsreel_engine_new(NULL, &engine, NULL), NEWSREEL_OK);
  return engine;
}

static newsreel_result *result; /* of the last run */

static newsreel_status run(newsreel_engine *engine, const char *code, newsreel_error *error)
{
  newsreel_script *script = NULL;
  error->size = sizeof *error;
  newsreel_result_free(result);
  result = NULL;
  assert_int_equal(newsreel_script_new("script", code, strlen(code), &script, error), NEWSREEL_OK);
  newsreel_status status = newsreel_run(engine, script, NULL, 0, &result, error);
  newsreel_script_free(script);
  return status;
}

static newsreel_value value(size_t index)
{
  return newsreel_result_value(result, index);
}

static void results_are_read_back(void **state)
{
  (void)state;
  newsreel_engine *engine = new_engine();
  newsreel_error error;
  assert_int_equal(run(engine, "return 7, 'caf\xc3\xa9', true, nil, {a = {1, 2.5}}, print", &error),
                   NEWSREEL_OK);
  newsreel_engine_free(engine); /* the result lives on */
  assert_int_equal(newsreel_result_count(result), 6);
  assert_int_equal(value(0).type, NEWSREEL_INTEGER);
  assert_int_equal(value(0).integer, 7);
  assert_int_equal(value(1).size, 5);
  assert_int_equal(value(2).integer, 1);
  assert_int_equal(value(3).type, NEWSREEL_NIL);
  assert_int_equal(value(4).type, NEWSREEL_JSON);
  assert_string_equal(value(4).text, "{\"a\":[1,2.5]}");
  assert_int_equal(value(5).type, NEWSREEL_OBJECT);
  assert_int_equal(value(9).type, NEWSREEL_NIL);
  const char *text;
  size_t size;
  assert_int_equal(newsreel_result_json(result, 1, &text, &size, NULL), NEWSREEL_OK);
  assert_string_equal(text, "\"caf\xc3\xa9\"");
  assert_int_equal(newsreel_result_json(result, 9, &text, &size, NULL), NEWSREEL_INVALID);
}

static void arguments_reach_the_script(void **state)
{
  (void)state;
  newsreel_engine *engine = new_engine();
  newsreel_error error = {.size = sizeof error};
  const newsreel_value arguments[] = {{.type = NEWSREEL_TEXT, .text = "one", .size = 3},
                                      {.type = NEWSREEL_INTEGER, .integer = 2},
                                      {.type = NEWSREEL_JSON, .text = "{\"a\":[5]}", .size = 9},
                                      {.type = NEWSREEL_BOOLEAN, .integer = 1}};
  static const char code[] = "local a, b, c, d = ... return a, b + 1, c.a[1], d, arg[2], arg[0], #arg";
  newsreel_script *script;
  assert_int_equal(newsreel_script_new("script", code, sizeof code - 1, &script, NULL), NEWSREEL_OK);
  newsreel_result_free(result);
  result = NULL;
  assert_int_equal(newsreel_run(engine, script, arguments, 4, &result, &error), NEWSREEL_OK);
  assert_string_equal(value(0).text, "one");
  assert_int_equal(value(1).integer, 3);
  assert_int_equal(value(2).integer, 5);
  assert_int_equal(value(3).integer, 1);
  assert_int_equal(value(4).integer, 2);
  assert_string_equal(value(5).text, "script");
  assert_int_equal(value(6).integer, 4);
  const newsreel_value wrong = {.type = NEWSREEL_FRAME};
  assert_int_equal(newsreel_run(engine, script, &wrong, 1, NULL, NULL), NEWSREEL_INVALID);
  newsreel_script_free(script);
  newsreel_engine_free(engine);
}

static void an_error_has_place_status_and_calls(void **state)
{
  (void)state;
  newsreel_engine *engine = new_engine();
  newsreel_error error;
  assert_int_equal(run(engine, "\nprnt(1)", &error), NEWSREEL_INVALID);
  assert_int_equal(error.line, 2);
  assert_string_equal(error.chunk, "script");
  assert_non_null(strstr(error.message, "did you mean 'print'"));
  assert_non_null(strstr(error.traceback, "script:2"));
  assert_int_equal(run(engine, "x =", &error), NEWSREEL_SYNTAX);
  assert_int_equal(run(engine, "error 'mine'", &error), NEWSREEL_SCRIPT);
  assert_int_equal(run(engine, "error {}", &error), NEWSREEL_SCRIPT);
  assert_int_equal(run(engine, "newsreel.open 'nowhere.reel'", &error), NEWSREEL_NOTFOUND);
  assert_int_equal(newsreel_result_count(result), 0);
  assert_int_equal(run(engine, "return 1", &error), NEWSREEL_OK);
  newsreel_engine_free(engine);
}

static void an_error_struct_may_be_missing_or_old(void **state)
{
  (void)state;
  newsreel_engine *engine = new_engine();
  newsreel_error small = {.size = sizeof(size_t), .message = "untouched"};
  newsreel_script *script;
  assert_int_equal(newsreel_script_new("s", "error 'x'", 9, &script, NULL), NEWSREEL_OK);
  assert_int_equal(newsreel_run(engine, script, NULL, 0, NULL, NULL), NEWSREEL_SCRIPT);
  assert_int_equal(newsreel_run(engine, script, NULL, 0, NULL, &small), NEWSREEL_SCRIPT);
  newsreel_script_free(script);
  assert_string_equal(small.message, "untouched");
  newsreel_engine_free(engine);
}

static void bytecode_is_refused(void **state)
{
  (void)state;
  newsreel_engine *engine = new_engine();
  newsreel_error error;
  const char *code = "return load(string.dump(function() end), 'x', 't')";
  assert_int_equal(run(engine, code, &error), NEWSREEL_OK);
  assert_int_equal(value(0).type, NEWSREEL_NIL);
  assert_int_equal(run(engine, "\x1bLua", &error), NEWSREEL_SYNTAX);
  newsreel_engine_free(engine);
}

static void options_of_the_future_are_refused_only_where_they_are_set(void **state)
{
  (void)state;
  struct {
    newsreel_options options;
    uint64_t unknown;
  } future = {.options = {.size = sizeof future}, .unknown = 0};
  newsreel_error error = {.size = sizeof error};
  newsreel_engine *engine = NULL;
  assert_int_equal(newsreel_engine_new(&future.options, &engine, &error), NEWSREEL_OK);
  newsreel_engine_free(engine);
  future.unknown = 1;
  assert_int_equal(newsreel_engine_new(&future.options, &engine, &error), NEWSREEL_VERSION);
}

typedef struct seen {
  char output[256], message[256];
} seen;

static void see_output(void *user, const char *text, size_t size)
{
  strncat(((seen *)user)->output, text, size);
}

static void see_message(void *user, newsreel_message_kind kind, const char *text, size_t size)
{
  (void)kind;
  strncat(((seen *)user)->message, text, size);
}

static void output_and_talk_go_to_the_host(void **state)
{
  (void)state;
  seen user = {"", ""};
  newsreel_options options = {.size = sizeof options,
                              .output = see_output,
                              .output_user = &user,
                              .message = see_message,
                              .message_user = &user};
  newsreel_engine *engine = NULL;
  newsreel_error error;
  assert_int_equal(newsreel_engine_new(&options, &engine, NULL), NEWSREEL_OK);
  assert_int_equal(run(engine, "print('a', 1, nil) warn 'look'", &error), NEWSREEL_OK);
  assert_string_equal(user.output, "a\t1\tnil\n");
  assert_string_equal(user.message, "look");
  newsreel_engine_free(engine);
}

static newsreel_status give_module(void *user, const char *name, const char **text, size_t *size)
{
  (void)user;
  *text = strcmp(name, "mine") == 0 ? "return 42" : "return 43";
  *size = 9;
  return strcmp(name, "mine") == 0 || strcmp(name, "newsreel.random") == 0 ? NEWSREEL_OK : NEWSREEL_NOTFOUND;
}

static void modules_of_the_host_come_first(void **state)
{
  (void)state;
  newsreel_options options = {.size = sizeof options, .module = give_module};
  newsreel_engine *engine = NULL;
  newsreel_error error;
  assert_int_equal(newsreel_engine_new(&options, &engine, NULL), NEWSREEL_OK);
  assert_int_equal(run(engine, "return require 'mine', require 'newsreel.random'", &error), NEWSREEL_OK);
  assert_true(value(0).number == 42 || value(0).integer == 42);
  assert_true(value(1).number == 43 || value(1).integer == 43);
  newsreel_engine_free(engine);
}

/* What is dropped in one size serves the next: a limit holds for all sizes together, not for each. */
static void a_memory_limit_bounds_what_is_taken_from_the_system(void **state)
{
  const uint64_t limit = 24 << 20;
  newsreel_options options = {.size = sizeof options, .profile = NEWSREEL_SANDBOX};
  newsreel_engine *engine = NULL;
  newsreel_error error;
  options.limits = (newsreel_limits){.size = sizeof options.limits, .memory_bytes = limit};
  (void)state;
  size_t before = mallinfo2().uordblks + mallinfo2().hblkhd;
  assert_int_equal(newsreel_engine_new(&options, &engine, NULL), NEWSREEL_OK);
  assert_int_equal(run(engine,
                       "for size = 8, 200, 16 do local t = {} for i = 1, 100000 do "
                       "t[i] = ('%08d'):format(i + size * 100000) .. ('x'):rep(size - 8) end end",
                       &error),
                   NEWSREEL_OK);
  assert_true(mallinfo2().uordblks + mallinfo2().hblkhd - before < 2 * limit);
  newsreel_engine_free(engine);
}

static void memory_has_a_limit_and_the_engine_survives_it(void **state)
{
  (void)state;
  newsreel_options options = {.size = sizeof options,
                              .limits = {.size = sizeof options.limits, .memory_bytes = 4 << 20}};
  newsreel_engine *engine = NULL;
  newsreel_error error;
  newsreel_stats stats = {.size = sizeof stats};
  assert_int_equal(newsreel_engine_new(&options, &engine, NULL), NEWSREEL_OK);
  for (int i = 0; i < 50; i++) {
    assert_int_equal(run(engine, "local t = {} for i = 1, 1e8 do t[i] = {} end", &error),
                     NEWSREEL_MEMORY_LIMIT);
    newsreel_engine_stats(engine, &stats);
    assert_true(stats.memory_peak <= 4 << 20);
    assert_int_equal(run(engine, "return 1", &error), NEWSREEL_OK);
  }
  newsreel_engine_free(engine);
}

/* ---- interrupts ---- */

typedef struct asker {
  newsreel_engine *engine;
  atomic_bool done;
} asker;

/* Again and again: on a busy machine the first time may come before the script has begun. */
static void *interrupt_until_done(void *user)
{
  asker *a = user;
  struct timespec pause = {0, 20 * 1000 * 1000};
  while (!atomic_load(&a->done)) {
    nanosleep(&pause, NULL);
    newsreel_interrupt(a->engine);
  }
  return NULL;
}

/* Scripts without an end, each of another kind. */
static const char *const endless[] = {
    "while true do end",
    "while true do pcall(function() while true do end end) end",
    "local co = coroutine.wrap(function() while true do coroutine.yield() end end) while true do co() end",
    "coroutine.wrap(function() while true do end end)()",
    "local function f() return pcall(f) end while true do f() end",
    "while true do coroutine.wrap(function() pcall(error) end)() end",
    "while true do local t = {} for i = 1, 100 do t[i] = {} end end",
    "while true do local ok = pcall(string.rep, 'x', 100) end",
    "while true do coroutine.resume(coroutine.create(function() error 'x' end)) end",
};

static void every_endless_script_is_stopped_from_another_thread(void **state)
{
  (void)state;
  newsreel_engine *engine = new_engine();
  newsreel_error error;
  for (size_t i = 0; i < sizeof endless / sizeof *endless; i++) {
    pthread_t thread;
    asker a = {.engine = engine};
    assert_int_equal(pthread_create(&thread, NULL, interrupt_until_done, &a), 0);
    assert_int_equal(run(engine, endless[i], &error), NEWSREEL_INTERRUPTED);
    atomic_store(&a.done, true);
    pthread_join(thread, NULL);
    assert_int_equal(run(engine, "return 1", &error), NEWSREEL_OK);
  }
  newsreel_engine_free(engine);
}

static void an_interrupt_between_runs_does_nothing(void **state)
{
  (void)state;
  newsreel_engine *engine = new_engine();
  newsreel_error error;
  newsreel_interrupt(engine);
  newsreel_interrupt(NULL);
  assert_int_equal(run(engine, "for i = 1, 1e5 do end return 1", &error), NEWSREEL_OK);
  newsreel_engine_free(engine);
}

static void coroutines_behave_as_in_lua(void **state)
{
  (void)state;
  newsreel_engine *engine = new_engine();
  newsreel_error error;
  const char *code =
      "local co = coroutine.create(function(a, b) local c = coroutine.yield(a + b) return c * 2 end)\n"
      "local _, x = coroutine.resume(co, 1, 2) local _, y = coroutine.resume(co, 5)\n"
      "local ok, message = coroutine.resume(co)\n"
      "local each = coroutine.wrap(function() for i = 1, 3 do coroutine.yield(i) end end)\n"
      "local sum = 0 for i in each do sum = sum + i end\n"
      "local bad, why = pcall(coroutine.wrap(function() error('broken', 0) end))\n"
      "return x, y, ok, message, sum, bad, why";
  assert_int_equal(run(engine, code, &error), NEWSREEL_OK);
  assert_true(value(0).number == 3 || value(0).integer == 3);
  assert_true(value(1).number == 10 || value(1).integer == 10);
  assert_int_equal(value(2).type, NEWSREEL_BOOLEAN);
  assert_string_equal(value(3).text, "cannot resume dead coroutine");
  assert_true(value(4).number == 6 || value(4).integer == 6);
  assert_int_equal(value(5).type, NEWSREEL_BOOLEAN);
  assert_non_null(strstr(value(6).text, "broken"));
  newsreel_engine_free(engine);
}

/* ---- threads ---- */

static void *work_alone(void *user)
{
  static const char code[] = "local c = newsreel.memory()\n"
                             "for i = 1, 200 do c:add{ id = tostring(i), date = '2025-09-24', text = 'Peace "
                             "talks paused again.' } end\n"
                             "local f = c 'talks':by('month'):count() return f[1].count";
  newsreel_engine *engine = new_engine();
  newsreel_script *script = NULL;
  newsreel_result *own = NULL;
  bool fine = newsreel_script_new("s", code, sizeof code - 1, &script, NULL) == NEWSREEL_OK &&
              newsreel_run(engine, script, NULL, 0, &own, NULL) == NEWSREEL_OK &&
              newsreel_result_value(own, 0).number == 200;
  newsreel_result_free(own);
  newsreel_script_free(script);
  newsreel_engine_free(engine);
  *(bool *)user = fine;
  return NULL;
}

static void engines_in_two_threads_do_not_meet(void **state)
{
  (void)state;
  pthread_t threads[2];
  bool fine[2] = {false, false};
  for (int i = 0; i < 2; i++)
    assert_int_equal(pthread_create(&threads[i], NULL, work_alone, &fine[i]), 0);
  for (int i = 0; i < 2; i++)
    pthread_join(threads[i], NULL);
  assert_true(fine[0] && fine[1]);
}

/* ---- allocation that fails ---- */

typedef struct failing {
  long left; /* allocations until the first that fails */
  long blocks;
} failing;

static void *allocate_failing(void *user, void *pointer, size_t old_size, size_t new_size)
{
  failing *at = user;
  (void)old_size;
  if (new_size == 0) {
    at->blocks -= pointer != NULL;
    free(pointer);
    return NULL;
  }
  bool grows = pointer == NULL || new_size > old_size;
  if (grows && at->left-- <= 0)
    return NULL;
  at->blocks += pointer == NULL;
  return realloc(pointer, new_size);
}

static void every_failed_allocation_is_a_clean_error_without_a_leak(void **state)
{
  (void)state;
  static const char code[] =
      "local c = newsreel.memory() c:add{ id = 'a', date = '2025-09-24', text = 'Peace talks.' }\n"
      "local f = c 'talks':by('month'):count() return f[1].count, tostring(f), #c.sentences";
  newsreel_status status = NEWSREEL_NOMEM;
  for (long left = 1; status != NEWSREEL_OK; left += left < 400 ? 97 : 331) {
    failing at = {left, 0};
    newsreel_options options = {.size = sizeof options, .allocate = allocate_failing, .allocate_user = &at};
    newsreel_engine *engine = NULL;
    newsreel_error error = {.size = sizeof error};
    status = newsreel_engine_new(&options, &engine, &error);
    if (status == NEWSREEL_OK) {
      status = run(engine, code, &error);
      newsreel_engine_free(engine);
      newsreel_result_free(result);
      result = NULL;
    }
    if (status != NEWSREEL_OK && status != NEWSREEL_NOMEM)
      fail_msg("allocation %ld: %s", left, error.message);
    assert_int_equal(at.blocks, 0);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(results_are_read_back),
      cmocka_unit_test(arguments_reach_the_script),
      cmocka_unit_test(an_error_has_place_status_and_calls),
      cmocka_unit_test(an_error_struct_may_be_missing_or_old),
      cmocka_unit_test(bytecode_is_refused),
      cmocka_unit_test(options_of_the_future_are_refused_only_where_they_are_set),
      cmocka_unit_test(output_and_talk_go_to_the_host),
      cmocka_unit_test(modules_of_the_host_come_first),
      cmocka_unit_test(a_memory_limit_bounds_what_is_taken_from_the_system),
      cmocka_unit_test(memory_has_a_limit_and_the_engine_survives_it),
      cmocka_unit_test(every_endless_script_is_stopped_from_another_thread),
      cmocka_unit_test(an_interrupt_between_runs_does_nothing),
      cmocka_unit_test(coroutines_behave_as_in_lua),
      cmocka_unit_test(engines_in_two_threads_do_not_meet),
      cmocka_unit_test(every_failed_allocation_is_a_clean_error_without_a_leak),
  };
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  newsreel_result_free(result);
  return failed;
}
