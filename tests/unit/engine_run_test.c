/* engine_run_test.c: newsreel.h as a host sees it. */
#include <pthread.h>
#include <setjmp.h>
#include <stdbool.h>
#include <stdarg.h>
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

static newsreel_status run(newsreel_engine *engine, const char *code, newsreel_error *error)
{
  error->size = sizeof *error;
  return newsreel_run_string(engine, "script", code, strlen(code), error);
}

static void results_are_read_back(void **state)
{
  (void)state;
  newsreel_engine *engine = new_engine();
  newsreel_error error;
  assert_int_equal(run(engine, "return 7, 'caf\xc3\xa9', true, nil, {}", &error), NEWSREEL_OK);
  assert_int_equal(newsreel_result_count(engine), 5);
  assert_true(newsreel_result(engine, 0).number == 7);
  assert_string_equal(newsreel_result(engine, 0).text, "7");
  assert_int_equal(newsreel_result(engine, 1).size, 5);
  assert_true(newsreel_result(engine, 2).number == 1);
  assert_int_equal(newsreel_result(engine, 3).type, NEWSREEL_NIL);
  assert_int_equal(newsreel_result(engine, 4).type, NEWSREEL_OBJECT);
  assert_int_equal(newsreel_result(engine, 9).type, NEWSREEL_NIL);
  newsreel_engine_free(engine);
}

static void arguments_reach_the_script(void **state)
{
  (void)state;
  newsreel_engine *engine = new_engine();
  newsreel_error error;
  const char *texts[] = {"one", "two"};
  assert_int_equal(newsreel_arguments(engine, 2, texts, NULL), NEWSREEL_OK);
  assert_int_equal(run(engine, "return ..., arg[2], arg[0]", &error), NEWSREEL_OK);
  assert_string_equal(newsreel_result(engine, 0).text, "one");
  assert_string_equal(newsreel_result(engine, 1).text, "two");
  assert_string_equal(newsreel_result(engine, 2).text, "script");
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
  assert_int_equal(newsreel_result_count(engine), 0);
  assert_int_equal(run(engine, "return 1", &error), NEWSREEL_OK);
  newsreel_engine_free(engine);
}

static void an_error_struct_may_be_missing_or_old(void **state)
{
  (void)state;
  newsreel_engine *engine = new_engine();
  newsreel_error small = {.size = sizeof(size_t), .message = "untouched"};
  assert_int_equal(newsreel_run_string(engine, "s", "error 'x'", 9, NULL), NEWSREEL_SCRIPT);
  assert_int_equal(newsreel_run_string(engine, "s", "error 'x'", 9, &small), NEWSREEL_SCRIPT);
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
  assert_int_equal(newsreel_result(engine, 0).type, NEWSREEL_NIL);
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

static void modules_of_the_host_come_first(void **state)
{
  (void)state;
  newsreel_engine *engine = new_engine();
  newsreel_error error;
  assert_int_equal(newsreel_add_module(engine, "mine", "return 42", 9, NULL), NEWSREEL_OK);
  assert_int_equal(newsreel_add_module(engine, "newsreel.random", "return 43", 9, NULL), NEWSREEL_OK);
  assert_int_equal(run(engine, "return require 'mine', require 'newsreel.random'", &error), NEWSREEL_OK);
  assert_true(newsreel_result(engine, 0).number == 42);
  assert_true(newsreel_result(engine, 1).number == 43);
  newsreel_engine_free(engine);
}

static void memory_has_a_limit_and_the_engine_survives_it(void **state)
{
  (void)state;
  newsreel_options options = {.size = sizeof options, .memory_bytes_max = 4 << 20};
  newsreel_engine *engine = NULL;
  newsreel_error error;
  uint64_t now, peak;
  assert_int_equal(newsreel_engine_new(&options, &engine, NULL), NEWSREEL_OK);
  for (int i = 0; i < 50; i++) {
    assert_int_equal(run(engine, "local t = {} for i = 1, 1e8 do t[i] = {} end", &error), NEWSREEL_NOMEM);
    newsreel_memory(engine, &now, &peak);
    assert_true(peak <= 4 << 20);
    assert_int_equal(run(engine, "return 1", &error), NEWSREEL_OK);
  }
  newsreel_engine_free(engine);
}

/* ---- interrupts ---- */

static void *interrupt_later(void *user)
{
  struct timespec pause = {0, 20 * 1000 * 1000};
  nanosleep(&pause, NULL);
  newsreel_interrupt(user);
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
    assert_int_equal(pthread_create(&thread, NULL, interrupt_later, engine), 0);
    assert_int_equal(run(engine, endless[i], &error), NEWSREEL_INTERRUPTED);
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
  assert_true(newsreel_result(engine, 0).number == 3);
  assert_true(newsreel_result(engine, 1).number == 10);
  assert_true(newsreel_result(engine, 2).number == 0);
  assert_string_equal(newsreel_result(engine, 3).text, "cannot resume dead coroutine");
  assert_true(newsreel_result(engine, 4).number == 6);
  assert_true(newsreel_result(engine, 5).number == 0);
  assert_non_null(strstr(newsreel_result(engine, 6).text, "broken"));
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
  newsreel_error error = {.size = sizeof error};
  bool fine = newsreel_run_string(engine, "s", code, sizeof code - 1, &error) == NEWSREEL_OK &&
              newsreel_result(engine, 0).number == 200;
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
      status = newsreel_run_string(engine, "s", code, sizeof code - 1, &error);
      newsreel_engine_free(engine);
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
      cmocka_unit_test(memory_has_a_limit_and_the_engine_survives_it),
      cmocka_unit_test(every_endless_script_is_stopped_from_another_thread),
      cmocka_unit_test(an_interrupt_between_runs_does_nothing),
      cmocka_unit_test(coroutines_behave_as_in_lua),
      cmocka_unit_test(engines_in_two_threads_do_not_meet),
      cmocka_unit_test(every_failed_allocation_is_a_clean_error_without_a_leak),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
