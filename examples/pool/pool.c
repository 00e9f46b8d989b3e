/* A pool of workers: one corpus, an engine for each thread, a queue of scripts.
 *
 *   ./pool CORPUS WORKERS SCRIPT... [-n TIMES]
 *
 * Each script is run TIMES times (1), in a sandbox with a second for each run. What it returns is printed
 * as JSON in the order of the queue; a script that fails gives its error and harms no other. The last
 * line tells runs, failures and runs a second. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <newsreel.h>

typedef struct task {
  newsreel_script *script;
  char *answer; /* JSON, or the error */
  int failed;
} task;

typedef struct pool {
  newsreel_corpus *corpus;
  task *tasks;
  size_t count;
  atomic_size_t next, broken;
} pool;

static double seconds(void)
{
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void fail(task *t, const newsreel_error *error)
{
  t->failed = 1;
  t->answer = strdup(error->message);
}

static void run(newsreel_engine *engine, task *t)
{
  newsreel_error error = {.size = sizeof error};
  newsreel_result *result = NULL;
  const char *text;
  size_t size;
  if (newsreel_run(engine, t->script, NULL, 0, &result, &error) != NEWSREEL_OK)
    fail(t, &error);
  else if (newsreel_result_count(result) == 0)
    t->answer = strdup("null\n");
  else if (newsreel_result_json(result, 0, &text, &size, &error) != NEWSREEL_OK)
    fail(t, &error);
  else
    t->answer = strdup(text);
  newsreel_result_free(result);
}

/* An engine belongs to its thread; the corpus to all of them. */
static void *work(void *user)
{
  pool *p = user;
  newsreel_options options = {
      .size = sizeof options,
      .profile = NEWSREEL_SANDBOX,
      .limits = {.size = sizeof options.limits, .time_us = 1000000, .memory_bytes = 64 << 20}};
  newsreel_engine *engine = NULL;
  if (newsreel_engine_new(&options, &engine, NULL) != NEWSREEL_OK ||
      newsreel_engine_attach(engine, "corpus", p->corpus, NULL) != NEWSREEL_OK)
    atomic_fetch_add(&p->broken, 1);
  else
    for (size_t i; (i = atomic_fetch_add(&p->next, 1)) < p->count;)
      run(engine, &p->tasks[i]);
  newsreel_engine_free(engine);
  return NULL;
}

static newsreel_script *read_script(const char *path)
{
  static char text[1 << 20];
  newsreel_script *script = NULL;
  FILE *file = fopen(path, "rb");
  size_t size = file == NULL ? 0 : fread(text, 1, sizeof text, file);
  if (file != NULL)
    fclose(file);
  else
    perror(path);
  if (file != NULL)
    newsreel_script_new(path, text, size, &script, NULL);
  return script;
}

/* The queue: each script `times` times, one after another. */
static int fill(pool *p, int argc, char **argv, long times)
{
  p->tasks = calloc((size_t)argc * (size_t)times, sizeof *p->tasks);
  for (int i = 0; p->tasks != NULL && i < argc; i++) {
    newsreel_script *script = read_script(argv[i]);
    for (long j = 0; j < times; j++)
      p->tasks[(size_t)j * (size_t)argc + (size_t)i].script = script;
    if (script == NULL)
      return 0;
  }
  p->count = (size_t)argc * (size_t)times;
  return p->tasks != NULL;
}

/* Seconds that the workers took. */
static double run_all(pool *p, int workers)
{
  pthread_t threads[64];
  double began = seconds();
  int started = 0;
  while (started < workers && pthread_create(&threads[started], NULL, work, p) == 0)
    started++;
  for (int i = 0; i < started; i++)
    pthread_join(threads[i], NULL);
  return seconds() - began;
}

int main(int argc, char **argv)
{
  pool p = {.count = 0};
  newsreel_error error = {.size = sizeof error};
  long times = argc > 5 && strcmp(argv[argc - 2], "-n") == 0 ? atol(argv[argc - 1]) : 1;
  int scripts = argc - 3 - (times > 1 ? 2 : 0), workers = argc > 2 ? atoi(argv[2]) : 0;
  size_t failures = 0;
  if (scripts < 1 || workers < 1 || workers > 64) {
    fputs("usage: pool CORPUS WORKERS SCRIPT... [-n TIMES]\n", stderr);
    return 2;
  }
  if (newsreel_corpus_open(argv[1], &p.corpus, &error) != NEWSREEL_OK) {
    fprintf(stderr, "%s\n", error.message);
    return 1;
  }
  if (!fill(&p, scripts, argv + 3, times))
    return 1;
  double spent = run_all(&p, workers);
  for (size_t i = 0; i < p.count; i++) {
    if (i < (size_t)scripts)
      printf("%s%s: %s\n", argv[3 + i], p.tasks[i].failed ? " failed" : "", p.tasks[i].answer);
    failures += p.tasks[i].failed != 0;
    free(p.tasks[i].answer);
  }
  printf("%zu runs, %zu failed, %.0f a second\n", p.count, failures, (double)p.count / spent);
  for (int i = 0; i < scripts; i++)
    newsreel_script_free(p.tasks[i].script);
  free(p.tasks);
  newsreel_corpus_release(p.corpus);
  return atomic_load(&p.broken) > 0;
}
