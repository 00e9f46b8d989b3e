/* mend.h: signs that something did to a text on its way: UTF-8 taken for windows-1252 and encoded once
 * more ("cafÃ©" for "café"), and references of HTML in plain text ("Moody&#8217;s").
 * Floor 4: includes base/, text/. */
#ifndef NR_MEND_H
#define NR_MEND_H

#include "ingest/item.h"

typedef struct nr_damage_signs {
  size_t twice; /* signs encoded twice: a capital with a mark before a quotation mark is one by chance now
                 * and then, so believe two */
  size_t references; /* of HTML, numbers and the names that are common in text */
} nr_damage_signs;

/* Count the signs in valid UTF-8. Cost: linear, next to nothing where there are none. */
nr_damage_signs nr_count_damage(nr_text text);

/* Write title and text of an item as they were meant, its blocks and repairs moved along; what it holds
 * is replaced by copies in the arena. Errors NR_NOMEM. */
nr_status nr_mend_item(nr_item *item, nr_arena *arena, nr_error *err);

#endif
