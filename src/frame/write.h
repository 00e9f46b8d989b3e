/* write.h: cells as text. Inside src/frame only.
 * Floor 5. */
#ifndef NR_WRITE_H
#define NR_WRITE_H

#include "frame/cells.h"

/* Append a number as people and programs read it: whole ones without a point, others with the fewest
 * digits that read back as the same number; `digits` > 0: at most so many behind the point. */
nr_status nr_put_number(nr_buffer *out, double number, int digits, nr_error *err);
/* Append `text` on one line: white space becomes one blank, control characters go. */
nr_status nr_put_line(nr_buffer *out, nr_text text, nr_error *err);
nr_status nr_put_spaces(nr_buffer *out, uint32_t count, nr_error *err);
/* Append a JSON string, or null where the text is missing. */
nr_status nr_put_json(nr_buffer *out, nr_text text, nr_error *err);

#endif
