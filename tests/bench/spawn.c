/* spawn.c: how long a command takes, start to end.
 *
 *   spawn ROW TIMES COMMAND [ARGUMENT...]     its output goes to /dev/null
 *
 * Prints a raw line a run: row, milliseconds of the processor, milliseconds by the clock, peak KiB. */
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"

static double clock_ms(void)
{
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double ms_of(struct timeval t)
{
  return (double)t.tv_sec * 1e3 + (double)t.tv_usec / 1e3;
}

int main(int argc, char **argv)
{
  if (argc < 4)
    bench_die("spawn ROW TIMES COMMAND [ARGUMENT...]");
  for (int i = atoi(argv[2]); i > 0; i--) {
    int status;
    struct rusage used;
    double start = clock_ms();
    pid_t child = vfork();
    if (child == 0) {
      int null = open("/dev/null", O_WRONLY);
      dup2(null, 1);
      dup2(null, 2);
      execvp(argv[3], argv + 3);
      _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &used) != child || !WIFEXITED(status) ||
        WEXITSTATUS(status) > 1)
      bench_die(argv[3]);
    printf("%s\t%.3f\t%.3f\t%ld\n", argv[1], ms_of(used.ru_utime) + ms_of(used.ru_stime), clock_ms() - start,
           used.ru_maxrss);
    fflush(stdout);
  }
  return 0;
}
