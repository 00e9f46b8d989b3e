/* fold_reports.h: complaints of one kind, the first few told and the rest counted.
 * Floor 6. An archive where a thousand items lack a text must not bury the one that was refused. */
#ifndef NR_FOLD_REPORTS_H
#define NR_FOLD_REPORTS_H

#include "base/doors.h"

enum { NR_FOLD_KINDS = 32, NR_FOLD_TOLD = 3 };

/* Notes and warnings passed on, by message. Refusals are always told. In the caller's storage;
 * all zero but `out` is ready. */
typedef struct nr_fold_reports {
  nr_report out;
  struct {
    nr_severity severity;
    char message[96];
    uint64_t count;
  } kinds[NR_FOLD_KINDS];
  uint32_t kind_count;
} nr_fold_reports;

/* The door to hand down. It lives as long as `fold`. */
nr_report nr_fold_reports_door(nr_fold_reports *fold);

/* Tell how many more there were of each kind. */
void nr_fold_reports_end(nr_fold_reports *fold);

#endif
