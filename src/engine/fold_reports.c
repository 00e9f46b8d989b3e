/* fold_reports.c: complaints of one kind, the first few told and the rest counted. Floor 6. */
#include "engine/fold_reports.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Which kind a message is; -1 where no more kinds fit or the message is too long to keep. */
static int kind_of(nr_fold_reports *fold, nr_severity severity, const char *message)
{
  for (uint32_t i = 0; i < fold->kind_count; i++)
    if (fold->kinds[i].severity == severity && strcmp(fold->kinds[i].message, message) == 0)
      return (int)i;
  size_t size = strlen(message);
  if (fold->kind_count == NR_FOLD_KINDS || size >= sizeof fold->kinds[0].message)
    return -1;
  fold->kinds[fold->kind_count].severity = severity;
  memcpy(fold->kinds[fold->kind_count].message, message, size + 1);
  return (int)fold->kind_count++;
}

static void pass_on(void *user, nr_severity severity, nr_text where, const char *message)
{
  nr_fold_reports *fold = user;
  int kind = severity == NR_REFUSAL ? -1 : kind_of(fold, severity, message);
  if (kind < 0 || ++fold->kinds[kind].count <= NR_FOLD_TOLD)
    nr_report_to(&fold->out, severity, where, message);
}

nr_report nr_fold_reports_door(nr_fold_reports *fold)
{
  return (nr_report){pass_on, fold};
}

void nr_fold_reports_end(nr_fold_reports *fold)
{
  for (uint32_t i = 0; i < fold->kind_count; i++) {
    char count[64];
    uint64_t more = fold->kinds[i].count > NR_FOLD_TOLD ? fold->kinds[i].count - NR_FOLD_TOLD : 0;
    int size = snprintf(count, sizeof count, "%" PRIu64 " more (--verbose names them)", more);
    if (more > 0)
      nr_report_to(&fold->out, fold->kinds[i].severity, (nr_text){count, (size_t)size},
                   fold->kinds[i].message);
  }
}
