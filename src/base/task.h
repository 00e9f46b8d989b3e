/* task.h: one piece of work in a thread of its own.
 * Floor 0. Whoever hands it down joins it; nothing else is shared but what the work is given. */
#ifndef NR_TASK_H
#define NR_TASK_H

#include <pthread.h>
#include <stdbool.h>

typedef struct nr_task {
  pthread_t thread;
  void (*work)(void *user);
  void *user;
  bool running;
} nr_task;

/* Begin `work`. No signal is delivered to its thread. Where there is no thread to be had it is done at
 * nr_task_join, so nothing can fail. */
void nr_task_start(nr_task *task, void (*work)(void *user), void *user);
/* Wait for its end. Once for each start. */
void nr_task_join(nr_task *task);

#endif
