/* engine_threads_test.c: engines in threads over one corpus. Built with -fsanitize=thread it must be silent.
 */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "newsreel.h"

enum { engines = 8, rounds = 4, articles = 200 };

static char path[64];

static newsreel_corpus *make_corpus(void)
{
  newsreel_writer *writer = NULL;
  newsreel_corpus *corpus = NULL;
  snprintf(path, sizeof path, "/tmp/newsreel-threads-%d.reel", (int)getpid());
  unlink(path);
  assert_int_equal(newsreel_writer_open(path, &writer, NULL), NEWSREEL_OK);
  for (int i = 0; i < articles; i++) {
    char json[256];
    int size =
        snprintf(json, sizeof json,
                 "{\"id\":\"a%d\",\"date\":\"2025-%02d-11\",\"lang\":\"en\",\"text\":\"Peace talks paused on "
                 "Friday. \\\"We shall see\\\", said Vladimir Putin.\"}",
                 i, i % 12 + 1);
    assert_int_equal(newsreel_writer_add(writer, json, (size_t)size, NULL), NEWSREEL_OK);
    if (i % 50 == 49) /* several segments, read by all */
      assert_int_equal(newsreel_writer_commit(writer, NULL), NEWSREEL_OK);
  }
  newsreel_writer_close(writer);
  assert_int_equal(newsreel_corpus_open(path, &corpus, NULL), NEWSREEL_OK);
  return corpus;
}

static const char code[] =
    "local c = newsreel.open()\n"
    "local f = c 'talks|putin':within(c.sentences):by('month'):count()\n"
    "local g = c:actors{ Putin = {'Putin'} }:pair(c 'see', 'articles'):by('actor'):count()\n"
    "c:layer('marks', function(a) return {{ first = 1, last = 5 }} end)\n"
    "return #f, #c 'pea*', g[1].count, #c.marks, f";

static bool is_right(newsreel_result *result)
{
  const char *text;
  size_t size;
  return newsreel_result_value(result, 0).integer == 12 &&
         newsreel_result_value(result, 1).integer == articles &&
         newsreel_result_value(result, 2).number == articles &&
         newsreel_result_value(result, 3).integer == articles &&
         newsreel_result_json(result, 4, &text, &size, NULL) == NEWSREEL_OK && size > 100;
}

typedef struct shared {
  newsreel_corpus *corpus;
  newsreel_script *script;
} shared;

/* An engine with a time limit, so that the watchdog is among the threads; returns NULL when all was right. */
static void *work(void *user)
{
  const shared *of = user;
  newsreel_options options = {.size = sizeof options,
                              .profile = NEWSREEL_SANDBOX,
                              .limits = {.size = sizeof options.limits, .time_us = 300000000}};
  bool fine = true;
  for (int i = 0; i < rounds && fine; i++) {
    newsreel_engine *engine = NULL;
    newsreel_result *result = NULL;
    newsreel_error error = {.size = sizeof error};
    newsreel_corpus *own = newsreel_corpus_retain(of->corpus);
    fine = newsreel_engine_new(&options, &engine, &error) == NEWSREEL_OK &&
           newsreel_engine_attach(engine, "c", own, &error) == NEWSREEL_OK &&
           newsreel_run(engine, of->script, NULL, 0, &result, &error) == NEWSREEL_OK && is_right(result);
    if (!fine)
      printf("%s\n", error.message);
    newsreel_corpus_release(own);
    newsreel_engine_free(engine);
    newsreel_result_free(result);
  }
  return fine ? NULL : user;
}

static void eight_engines_in_eight_threads_share_a_corpus(void **state)
{
  (void)state;
  pthread_t threads[engines];
  shared of = {make_corpus(), NULL};
  assert_int_equal(newsreel_script_new("s", code, sizeof code - 1, &of.script, NULL), NEWSREEL_OK);
  for (int i = 0; i < engines; i++)
    assert_int_equal(pthread_create(&threads[i], NULL, work, &of), 0);
  for (int i = 0; i < engines; i++) {
    void *wrong;
    pthread_join(threads[i], &wrong);
    assert_null(wrong);
  }
  newsreel_script_free(of.script);
  newsreel_corpus_release(of.corpus);
  unlink(path);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(eight_engines_in_eight_threads_share_a_corpus),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
