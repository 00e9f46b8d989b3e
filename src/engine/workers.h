/* workers.h: a derived layer made by several interpreters at once, a thread each.
 * Floor 6. */
#ifndef NR_WORKERS_H
#define NR_WORKERS_H

#include "engine/engine.h"
#include "query/derived.h"

typedef struct nr_making {
  newsreel_engine
      *engine; /* hears progress, is asked for interrupts; workers look for modules where it does */
  nr_snapshot *snapshot;
  const char *name;         /* of the layer, for progress */
  const char *module;       /* newsreel.layers, `annotator`, is asked for what it gives */
  const char *argument;     /* handed to it, or NULL */
  const nr_module *modules; /* that the workers would not find themselves */
  size_t module_count;
  const nr_derived_column *columns;
  uint32_t column_count;
  nr_plan *trigger; /* articles without one of its spans hold nothing for the annotator; NULL: all are read */
  uint32_t workers; /* threads; 0: the one that calls, for hosts whose allocator is not for several */
} nr_making;

/* Complete a layer: stored[part] is what there is (bytes NULL: nothing). Where articles are unread they are
 * read, and made[part], an empty buffer, gets the whole part's bytes; else it stays empty. What is made does
 * not depend on the number of workers. The error of an annotator is that of the first article it fails at.
 *
 * wordless  spans that hold no word and are left out, added to.
 * Errors    NR_INTERRUPTED, NR_NOMEM, NR_INVALID with the annotator's own words; nothing is made then. */
nr_status nr_make_layer(const nr_making *making, const nr_text *stored, nr_buffer *made, uint64_t *wordless,
                        nr_error *err);

#endif
