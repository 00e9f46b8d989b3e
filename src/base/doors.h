/* doors.h: the ways by which lower floors speak to higher ones.
 * Floor 0. Each is a function and its `void *`, handed down when work starts. */
#ifndef NR_DOORS_H
#define NR_DOORS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/status.h"

/* Progress out, interrupt in. Loops over data call it at least every 64 KB or 4096 items.
 * `done` of `total` are of one unit a job (bytes of input, segments, ...); total 0 is unknown.
 * Return false to stop: the work then fails with NR_INTERRUPTED. */
typedef struct nr_poll {
  bool (*call)(void *user, uint64_t done, uint64_t total);
  void *user;
} nr_poll;

/* Poll through a door that may be closed (NULL pointer or NULL function). */
static inline nr_status nr_poll_at(const nr_poll *poll, uint64_t done, uint64_t total, nr_error *err)
{
  if (poll == NULL || poll->call == NULL || poll->call(poll->user, done, total))
    return NR_OK;
  return nr_fail(err, NR_INTERRUPTED, "interrupted");
}

typedef enum nr_severity { NR_NOTE, NR_WARNING, NR_REFUSAL } nr_severity;

/* One complaint about one input: nothing is dropped or doubted in silence.
 * `where` is a path, "path:line" or an article id; `message` a clause without a full stop. */
typedef struct nr_report {
  void (*call)(void *user, nr_severity severity, nr_text where, const char *message);
  void *user;
} nr_report;

static inline void nr_report_to(const nr_report *report, nr_severity severity, nr_text where,
                                const char *message)
{
  if (report != NULL && report->call != NULL)
    report->call(report->user, severity, where, message);
}

#endif
