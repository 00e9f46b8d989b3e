/* json.h: JSON texts read strictly, and written.
 * Floor 4: includes base/.
 *
 * The reader is our own: a scan that refuses what the C libraries let through (lone surrogates,
 * repeated keys, raw control bytes, numbers beyond 64 bits) has read the whole grammar already.
 * json-c is the oracle of its tests. */
#ifndef NR_JSON_H
#define NR_JSON_H

#include "base/bytes.h"
#include "base/memory.h"

/* What a reader hears, in document order. Any function may be NULL. A status other than NR_OK ends
 * the reading and is returned. Keys and strings are decoded UTF-8, borrowed for the call. Numbers
 * come as their text. */
typedef struct nr_json_events {
  nr_status (*null)(void *user, nr_error *err);
  nr_status (*boolean)(void *user, bool value, nr_error *err);
  nr_status (*number)(void *user, nr_text digits, nr_error *err);
  nr_status (*string)(void *user, nr_text value, nr_error *err);
  nr_status (*begin)(void *user, bool object, nr_error *err);
  nr_status (*key)(void *user, nr_text key, nr_error *err);
  nr_status (*end)(void *user, nr_error *err);
} nr_json_events;

/* Read one JSON text (RFC 8259). Refused, with column: lone surrogates, repeated keys, raw control
 * bytes, single quotes, bytes that are not UTF-8, nesting over 100, anything behind the value.
 * Errors NR_INVALID, NR_NOMEM, NR_LIMIT. */
nr_status nr_json_read(const nr_memory *memory, nr_text json, const nr_json_events *events, void *user,
                       nr_error *err);

/* Append a string as a JSON string with its quotes: shortest escapes, UTF-8 kept. */
nr_status nr_json_put_string(nr_buffer *out, nr_text value, nr_error *err);
/* Append a number: integers without a point, others shortest that reads back (up to %.17g). */
nr_status nr_json_put_number(nr_buffer *out, double value, nr_error *err);

#endif
