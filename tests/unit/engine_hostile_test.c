/* engine_hostile_test.c: every script of tests/hostile/scripts.txt, one after another in one engine. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "newsreel.h"

static const char path[] = "tests/hostile/scripts.txt";

static long blocks; /* that engines hold */

static void *count_blocks(void *user, void *pointer, size_t old_size, size_t new_size)
{
  (void)user;
  (void)old_size;
  if (new_size == 0) {
    blocks -= pointer != NULL;
    free(pointer);
    return NULL;
  }
  void *block = realloc(pointer, new_size);
  blocks += pointer == NULL && block != NULL;
  return block;
}

static newsreel_engine *new_sandbox(void)
{
  newsreel_options options = {.size = sizeof options, .profile = NEWSREEL_SANDBOX, .allocate = count_blocks};
  newsreel_engine *engine = NULL;
  assert_int_equal(newsreel_engine_new(&options, &engine, NULL), NEWSREEL_OK);
  return engine;
}

/* Short where the time is to run out. */
static void set_time(newsreel_engine *engine, bool is_short)
{
  newsreel_limits limits = {.size = sizeof limits,
                            .memory_bytes = 16 << 20,
                            .time_us = is_short ? 20000 : 2000000,
                            .output_bytes = 1 << 16,
                            .result_bytes = 1 << 20};
  assert_int_equal(newsreel_engine_limit(engine, &limits, NULL), NEWSREEL_OK);
}

static newsreel_status run(newsreel_engine *engine, const char *name, const char *code, size_t size,
                           newsreel_error *error)
{
  newsreel_script *script = NULL;
  newsreel_result *result = NULL;
  *error = (newsreel_error){.size = sizeof *error};
  assert_int_equal(newsreel_script_new(name, code, size, &script, error), NEWSREEL_OK);
  newsreel_status status = newsreel_run(engine, script, NULL, 0, &result, error);
  newsreel_result_free(result);
  newsreel_script_free(script);
  return status;
}

/* Does "time_limit|script" name the status? */
static bool is_expected(const char *list, newsreel_status status)
{
  const char *name = newsreel_status_name(status);
  size_t size = strlen(name);
  for (const char *at = list; at != NULL; at = strchr(at, '|')) {
    at += at != list;
    if (strncmp(at, name, size) == 0 && (at[size] == '|' || at[size] == '\0'))
      return true;
  }
  return false;
}

/* What must hold after each script: the engine runs, and nothing of the script is left. */
static const char after[] =
    "assert(string.upper 'x' == 'X' and ('x'):upper() == 'X' and table.concat{1, 2} == '12')\n"
    "assert(rawget(_G, 't') == nil and rawget(_G, 'f') == nil and rawget(_G, 's') == nil)\n"
    "assert(type(print) == 'function' and type(newsreel.open) == 'function')\n"
    "local c = newsreel.memory() c:add{ id = 'a', date = '2025-01-01', text = 'Peace talks paused.' }\n"
    "assert(#c 'talks' == 1 and c 'talks':by('month'):count()[1].count == 1)\n";

static void every_hostile_script_ends_as_it_should_and_the_engine_goes_on(void **state)
{
  (void)state;
  static char line[512], name[256], expected[128], code[1 << 14];
  FILE *file = fopen(path, "r");
  assert_non_null(file);
  newsreel_engine *engine = new_sandbox();
  newsreel_error error;
  size_t size = 0;
  int count = 0, wrong = 0;
  bool more = true, inside = false;
  while (more) {
    more = fgets(line, sizeof line, file) != NULL;
    bool head = more && strncmp(line, "=== ", 4) == 0;
    if ((head || !more) && inside) {
      set_time(engine, strncmp(expected, "time", 4) == 0);
      newsreel_status status = run(engine, name, code, size, &error);
      set_time(engine, false);
      count++;
      if (!is_expected(expected, status)) {
        printf("%s: %s, not %s: %s\n", name, newsreel_status_name(status), expected, error.message);
        wrong++;
      }
      status = run(engine, "after", after, sizeof after - 1, &error);
      if (status != NEWSREEL_OK) {
        printf("after %s: %s: %s\n", name, newsreel_status_name(status), error.message);
        wrong++;
        newsreel_engine_free(engine);
        engine = new_sandbox();
      }
    }
    if (head) {
      assert_int_equal(sscanf(line, "=== %255[^|]| %127[^\n]", name, expected), 2);
      name[strlen(name) - 1] = '\0';
      size = 0;
      inside = true;
    } else if (more && inside) {
      assert_true(size + strlen(line) < sizeof code);
      memcpy(code + size, line, strlen(line));
      size += strlen(line);
    }
  }
  fclose(file);
  newsreel_engine_free(engine);
  assert_int_equal(blocks, 0);
  assert_true(count >= 100);
  assert_int_equal(wrong, 0);
}

/* ---- the surface ---- */

/* The text of a file, ended with NUL; freed by the caller. */
static char *read_file(const char *name)
{
  FILE *file = fopen(name, "rb");
  assert_non_null(file);
  char *text = calloc(1, 1 << 16);
  assert_non_null(text);
  assert_true(fread(text, 1, (1 << 16) - 1, file) > 0);
  fclose(file);
  return text;
}

static void keep_output(void *user, const char *text, size_t size)
{
  strncat(user, text, size);
}

/* Run a file in a sandbox and keep what it prints. */
static char *output_of(const char *name)
{
  char *output = calloc(1, 1 << 16), *text = read_file(name);
  newsreel_options options = {
      .size = sizeof options, .profile = NEWSREEL_SANDBOX, .output = keep_output, .output_user = output};
  newsreel_engine *engine = NULL;
  newsreel_script *script = NULL;
  newsreel_error error = {.size = sizeof error};
  assert_int_equal(newsreel_engine_new(&options, &engine, NULL), NEWSREEL_OK);
  assert_int_equal(newsreel_script_new(name, text, strlen(text), &script, NULL), NEWSREEL_OK);
  if (newsreel_run(engine, script, NULL, 0, NULL, &error) != NEWSREEL_OK)
    fail_msg("%s", error.message);
  newsreel_script_free(script);
  newsreel_engine_free(engine);
  free(text);
  return output;
}

static void a_sandbox_shows_what_the_list_says_and_no_more(void **state)
{
  (void)state;
  char *surface = output_of("tests/hostile/surface.lua");
  char *listed = read_file("tests/hostile/surface.txt");
  assert_string_equal(surface, listed);
  free(surface);
  free(listed);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_sandbox_shows_what_the_list_says_and_no_more),
      cmocka_unit_test(every_hostile_script_ends_as_it_should_and_the_engine_goes_on),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
