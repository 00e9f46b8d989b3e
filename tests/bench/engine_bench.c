/* engine_bench.c: what an engine, a run, limits, results and a stop cost.
 *
 *   make bench-engine
 *
 * Times are of the processor in the running thread, the least of several rounds unless said: the machine may
 * be busy. A row is "name value unit". */
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "newsreel.h"

static double cpu_us(void)
{
  struct timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static newsreel_engine *new_engine(newsreel_profile profile, uint64_t time_us, uint64_t memory)
{
  newsreel_options options = {.size = sizeof options,
                              .profile = profile,
                              .limits = {.size = sizeof options.limits,
                                         .time_us = time_us,
                                         .memory_bytes = memory,
                                         .result_bytes = NEWSREEL_UNLIMITED}};
  newsreel_engine *engine = NULL;
  if (newsreel_engine_new(&options, &engine, NULL) != NEWSREEL_OK)
    abort();
  return engine;
}

static newsreel_script *new_script(const char *text)
{
  newsreel_script *script = NULL;
  if (newsreel_script_new("bench", text, strlen(text), &script, NULL) != NEWSREEL_OK)
    abort();
  return script;
}

static void must(newsreel_status status, const newsreel_error *error)
{
  if (status != NEWSREEL_OK) {
    fprintf(stderr, "%s\n", error->message);
    exit(1);
  }
}

/* Least time of a run over `rounds`. */
static double least_run(newsreel_engine *engine, const char *text, int rounds)
{
  newsreel_script *script = new_script(text);
  newsreel_error error = {.size = sizeof error};
  double least = 1e18;
  for (int i = 0; i < rounds; i++) {
    double began = cpu_us();
    must(newsreel_run(engine, script, NULL, 0, NULL, &error), &error);
    double spent = cpu_us() - began;
    least = spent < least ? spent : least;
  }
  newsreel_script_free(script);
  return least;
}

/* ---- engines and warm scripts ---- */

static void engines(void)
{
  static const char *const names[] = {"trusted", "sandbox"};
  for (int profile = 0; profile < 2; profile++) {
    double least_new = 1e18, least_loaded = 1e18;
    for (int i = 0; i < 200; i++) {
      double began = cpu_us();
      newsreel_engine *engine = new_engine((newsreel_profile)profile, 0, 0);
      double made = cpu_us() - began;
      least_run(engine, "return newsreel.version", 1);
      double loaded = cpu_us() - began;
      newsreel_engine_free(engine);
      least_new = made < least_new ? made : least_new;
      least_loaded = loaded < least_loaded ? loaded : least_loaded;
    }
    newsreel_engine *warm = new_engine((newsreel_profile)profile, 0, 0);
    least_run(warm, "return newsreel.version", 1);
    printf("engine_new_%s %.1f us\n", names[profile], least_new);
    printf("engine_new_and_newsreel_%s %.1f us\n", names[profile], least_loaded);
    printf("warm_line_%s %.2f us\n", names[profile], least_run(warm, "return 1 + 1", 2000));
    printf("warm_newsreel_line_%s %.2f us\n", names[profile],
           least_run(warm, "return newsreel.version", 2000));
    newsreel_engine_free(warm);
  }
}

/* ---- what limits cost ---- */

static const char *const work[][2] = {
    {"calls", "local function fib(n) return n < 2 and n or fib(n - 1) + fib(n - 2) end return fib(25)"},
    {"arithmetic", "local s = 0 for i = 1, 2000000 do s = s + i % 7 * 3 end return s"},
    {"tables", "local t = {} for i = 1, 30000 do t[i] = i * 7919 % 30011 end "
               "table.sort(t, function(a, b) return a < b end) return t[1]"},
    {"words", "local n, s = {}, ('peace talks paused again on friday '):rep(3000) "
              "for w in s:gmatch '%a+' do n[w] = (n[w] or 0) + 1 end return n.peace"},
    {"newsreel",
     "local c = newsreel.memory() for i = 1, 100 do c:add{ id = tostring(i), date = '2025-09-24', "
     "text = 'Peace talks paused again on Friday. Sanctions stay.' } end "
     "return #c 'talks':within(c.sentences), c 'sanction*':by('month'):count()[1].count"},
};

static void limits(void)
{
  enum { rounds = 25 };
  for (size_t i = 0; i < sizeof work / sizeof *work; i++) {
    double least[3] = {1e18, 1e18, 1e18}; /* no limits, limits, sandbox with limits */
    newsreel_engine *const engines_of[] = {new_engine(NEWSREEL_TRUSTED, 0, 0),
                                           new_engine(NEWSREEL_TRUSTED, 60000000, 1 << 30),
                                           new_engine(NEWSREEL_SANDBOX, 60000000, 1 << 30)};
    for (int round = 0; round < rounds; round++) /* turn by turn: all see the same machine */
      for (int kind = 0; kind < 3; kind++) {
        double spent = least_run(engines_of[kind], work[i][1], 1);
        least[kind] = spent < least[kind] ? spent : least[kind];
      }
    printf("limits_%s %.0f us, with limits %+.1f %%, in a sandbox %+.1f %%\n", work[i][0], least[0],
           (least[1] / least[0] - 1) * 100, (least[2] / least[0] - 1) * 100);
    for (int kind = 0; kind < 3; kind++)
      newsreel_engine_free(engines_of[kind]);
  }
}

/* ---- a million rows ---- */

/* The Arrow C stream, as its specification has it; the array's release is all that is used. */
struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream *, void *);
  int (*get_next)(struct ArrowArrayStream *, void *);
  const char *(*get_last_error)(struct ArrowArrayStream *);
  void (*release)(struct ArrowArrayStream *);
  void *private_data;
};

struct array {
  int64_t length, numbers[4];
  void *pointers[3];
  void (*release)(struct array *);
  void *private_data;
};

static void rows(void)
{
  static const char text[] =
      "local c = newsreel.memory()\n"
      "local words = ('word '):rep(1000)\n"
      "for i = 1, 1000 do c:add{ id = 'a' .. i, date = '2025-09-24', text = words } end\n"
      "return c 'word':frame{ 'article', 'day', 'start', 'end' }";
  newsreel_engine *engine = new_engine(NEWSREEL_TRUSTED, 0, 0);
  newsreel_script *script = new_script(text);
  newsreel_error error = {.size = sizeof error};
  newsreel_result *result = NULL;
  must(newsreel_run(engine, script, NULL, 0, &result, &error), &error);
  struct ArrowArrayStream stream;
  struct array array;
  double began = cpu_us();
  must(newsreel_result_arrow(result, 0, &stream, &error), &error);
  if (stream.get_next(&stream, &array) != 0)
    abort();
  double arrow = cpu_us() - began;
  const char *json;
  size_t size;
  began = cpu_us();
  must(newsreel_result_json(result, 0, &json, &size, &error), &error);
  printf("rows %lld: arrow %.1f us, json %.0f us (%zu bytes)\n", (long long)array.length, arrow,
         cpu_us() - began, size);
  array.release(&array);
  stream.release(&stream);
  newsreel_result_free(result);
  newsreel_script_free(script);
  newsreel_engine_free(engine);
}

/* ---- from flag to return ---- */

typedef struct asking {
  newsreel_engine *engine;
  clockid_t clock; /* of the running thread */
  double asked_us; /* on that clock */
  int wait_us;
} asking;

static double clock_us(clockid_t clock)
{
  struct timespec now;
  clock_gettime(clock, &now);
  return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static void *ask(void *user)
{
  asking *a = user;
  struct timespec pause = {0, a->wait_us * 1000};
  nanosleep(&pause, NULL);
  a->asked_us = clock_us(a->clock);
  newsreel_interrupt(a->engine);
  return NULL;
}

static const char *const endless[][2] = {
    {"loop", "while true do end"},
    {"pcall", "while true do pcall(function() while true do end end) end"},
    {"coroutines", "while true do coroutine.wrap(function() for i = 1, 9 do local x = i end end)() end"},
    {"recursion", "local function f(n) return n == 0 and 0 or 1 + f(n - 1) end while true do f(3000) end"},
    {"garbage", "while true do local t = {} for i = 1, 100 do t[i] = {i} end end"},
    {"pattern", "local s = ('a'):rep(3000) while true do pcall(string.find, s, '.-.-.-b') end"},
    {"sort", "local t = {} for i = 1, 50000 do t[i] = i * 7919 % 50021 end while true do table.sort(t) end"},
    {"gsub", "local s = ('ab'):rep(50000) while true do s:gsub('a', 'b') end"},
    {"search", "local c = newsreel.memory() for i = 1, 300 do c:add{ id = tostring(i), text = ('peace talks "
               "'):rep(300) } end "
               "while true do local n = #c 'peace talks':near('talks', 3) end"},
};

static int by_size(const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static void stops(int each)
{
  size_t kinds = sizeof endless / sizeof *endless, count = 0;
  double *times = calloc(kinds * (size_t)each, sizeof *times);
  if (times == NULL)
    abort();
  for (size_t kind = 0; kind < kinds; kind++) {
    newsreel_engine *engine = new_engine(NEWSREEL_SANDBOX, 30000000, 64 << 20);
    newsreel_script *script = new_script(endless[kind][1]);
    size_t first = count;
    for (int i = 0; i < each; i++) {
      asking a = {.engine = engine, .wait_us = (kind == 8 ? 30000 : 4000) + i * 7919 % 3000};
      pthread_t thread;
      pthread_getcpuclockid(pthread_self(), &a.clock);
      if (pthread_create(&thread, NULL, ask, &a) != 0)
        abort();
      newsreel_status status = newsreel_run(engine, script, NULL, 0, NULL, NULL);
      double returned = clock_us(a.clock);
      pthread_join(thread, NULL);
      if (status == NEWSREEL_INTERRUPTED)
        times[count++] = returned - a.asked_us;
    }
    qsort(times + first, count - first, sizeof *times, by_size);
    if (count > first)
      printf("stop_%s %zu of %d: p50 %.1f us, p99 %.1f us, most %.1f us\n", endless[kind][0], count - first,
             each, times[first + (count - first) / 2], times[first + (count - first) * 99 / 100],
             times[count - 1]);
    newsreel_script_free(script);
    newsreel_engine_free(engine);
  }
  qsort(times, count, sizeof *times, by_size);
  printf("stop_all %zu of %zu: p50 %.1f us, p99.9 %.1f us, most %.1f us\n", count, kinds * (size_t)each,
         times[count / 2], times[(size_t)((double)count * 0.999)], times[count - 1]);
  free(times);
}

int main(int argc, char **argv)
{
  engines();
  limits();
  rows();
  stops(argc > 1 ? atoi(argv[1]) : 120);
  return 0;
}
