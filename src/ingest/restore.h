/* restore.h: what `newsreel dump` writes of an article besides its fields: blocks that reading the text
 * again would not give, and bytes that were not UTF-8.
 * Floor 4: includes lower floors.
 *
 * "blocks":[[0,12,"title"],[13,40,"caption","markup"]] are bytes of the text, end out, and the kind;
 * a reason stands behind those in the margin. "repairs":[{"at":5,"bytes":[195]}] counts title and text. */
#ifndef NR_RESTORE_H
#define NR_RESTORE_H

#include "ingest/item.h"

/* Take such fields out of the item and put them into their places; fields of these names that say
 * something else stay what they are. Errors NR_NOMEM. */
nr_status nr_item_restore(nr_item *item, nr_arena *arena, nr_error *err);

#endif
