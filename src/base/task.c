/* task.c: a thread and its end. Floor 0. */
#include "base/task.h"

#include <signal.h>
#include <stddef.h>

static void *run(void *user)
{
  nr_task *task = user;
  task->work(task->user);
  return NULL;
}

void nr_task_start(nr_task *task, void (*work)(void *user), void *user)
{
  sigset_t all, before;
  *task = (nr_task){.work = work, .user = user};
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  task->running = pthread_create(&task->thread, NULL, run, task) == 0;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void nr_task_join(nr_task *task)
{
  if (task->running)
    pthread_join(task->thread, NULL);
  else
    task->work(task->user);
  task->running = false;
}
