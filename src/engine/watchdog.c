/* watchdog.c: one thread for all runs of the process that have a time limit. Floor 6.
 *
 * It sleeps until the earliest deadline, asks the run to stop, and asks again each millisecond until
 * the run has ended: setting a hook on a running coroutine can miss a function that has just been
 * entered. The thread starts with the first engine that has a time limit and is joined when the last of
 * them is freed. Putting a run on the list wakes it only where it would sleep too long, so that a warm
 * script pays for a lock and no more. */
#include "engine/engine.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <time.h>

enum { again_us = 1000, far_us = 1000 * 1000 * 1000 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t prepared = PTHREAD_ONCE_INIT;
static pthread_cond_t changed;
static pthread_t thread;
static nr_deadline *runs; /* unsorted: as many as engines run at once */
static unsigned users;    /* engines that have had a time limit */
static bool alive;
static uintptr_t generation; /* of the thread that is to go on */
static uint64_t wakes_at;    /* when the thread looks again */

uint64_t nr_watchdog_now(void)
{
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

static newsreel_engine *engine_of(nr_deadline *deadline)
{
  return (newsreel_engine *)(void *)((char *)deadline - offsetof(newsreel_engine, deadline));
}

/* Stop what is over; return when to look again. */
static uint64_t look(uint64_t now)
{
  uint64_t next = now + far_us;
  for (nr_deadline *run = runs; run != NULL; run = run->next) {
    if (run->at_us <= now)
      nr_interrupt_stop(engine_of(run), NR_STOP_TIME);
    uint64_t at = run->at_us <= now ? now + again_us : run->at_us;
    next = at < next ? at : next;
  }
  return next;
}

static void *watch(void *user)
{
  pthread_mutex_lock(&lock);
  while ((uintptr_t)user == generation) {
    wakes_at = look(nr_watchdog_now());
    struct timespec until = {(time_t)(wakes_at / 1000000), (long)(wakes_at % 1000000) * 1000};
    pthread_cond_timedwait(&changed, &lock, &until);
  }
  pthread_mutex_unlock(&lock);
  return NULL;
}

/* ---- a child has no thread ---- */

static void before_fork(void)
{
  pthread_mutex_lock(&lock);
}

static void after_fork(void)
{
  pthread_mutex_unlock(&lock);
}

static void in_child(void)
{
  alive = false; /* the next run starts it anew */
  pthread_mutex_unlock(&lock);
}

static void prepare(void)
{
  pthread_condattr_t attributes;
  pthread_condattr_init(&attributes);
  pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
  pthread_cond_init(&changed, &attributes);
  pthread_condattr_destroy(&attributes);
  pthread_atfork(before_fork, after_fork, in_child);
}

/* The host's signal handlers are not for this thread. */
static bool start(void)
{
  sigset_t all, old;
  pthread_attr_t attributes;
  sigfillset(&all);
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, 256 << 10);
  pthread_sigmask(SIG_SETMASK, &all, &old);
  wakes_at = 0; /* it looks at once */
  alive = pthread_create(&thread, &attributes, watch, (void *)generation) == 0;
  pthread_sigmask(SIG_SETMASK, &old, NULL);
  pthread_attr_destroy(&attributes);
  return alive;
}

bool nr_watchdog_watch(newsreel_engine *engine, uint64_t deadline_us)
{
  nr_deadline *run = &engine->deadline;
  pthread_once(&prepared, prepare);
  pthread_mutex_lock(&lock);
  bool fine = alive || start();
  if (fine) {
    users += !run->user;
    run->user = true;
    run->at_us = deadline_us;
    run->next = runs;
    run->listed = true;
    runs = run;
    if (deadline_us < wakes_at)
      pthread_cond_broadcast(&changed);
  }
  pthread_mutex_unlock(&lock);
  return fine;
}

void nr_watchdog_unwatch(newsreel_engine *engine)
{
  nr_deadline *run = &engine->deadline;
  if (!run->listed)
    return;
  pthread_mutex_lock(&lock);
  for (nr_deadline **at = &runs; *at != NULL; at = &(*at)->next)
    if (*at == run) {
      *at = run->next;
      break;
    }
  run->listed = false;
  pthread_mutex_unlock(&lock);
}

void nr_watchdog_leave(newsreel_engine *engine)
{
  if (!engine->deadline.user)
    return;
  nr_watchdog_unwatch(engine);
  pthread_mutex_lock(&lock);
  engine->deadline.user = false;
  bool last = --users == 0 && alive;
  pthread_t ended = thread;
  if (last) {
    generation++;
    alive = false;
    pthread_cond_broadcast(&changed);
  }
  pthread_mutex_unlock(&lock);
  if (last)
    pthread_join(ended, NULL);
}
