/* response.h: heads of "Name: value" lines, and HTTP responses as archives keep them.
 * Floor 4: includes base/. */
#ifndef NR_RESPONSE_H
#define NR_RESPONSE_H

#include "base/bytes.h"
#include "base/memory.h"

/* Cut the first line off `rest`, without its line end. */
nr_text nr_head_line(nr_text *rest);
/* Bytes of a head with its blank line, the first line included; 0 where it does not end. */
size_t nr_head_size(nr_text bytes);
/* The value of a head's first line of this name, white space around it cut off; missing where there is
 * none. Case does not count. Lines that go on in the next are read up to their line end. */
nr_text nr_head_get(nr_text head, const char *name);

/* What a value says before its first ";", and the parameter behind one: "text/html; charset=utf-8". */
nr_text nr_value_plain(nr_text value);
nr_text nr_value_parameter(nr_text value, const char *name);
/* Whether a value is `wanted`; case does not count. */
bool nr_value_is(nr_text value, const char *wanted);

typedef struct nr_response {
  unsigned status;
  nr_text type;    /* "text/html", or missing */
  nr_text charset; /* as declared, or missing */
  nr_text body;    /* chunks joined, unpacked */
} nr_response;

/* Read a response: the body is borrowed from `bytes` or put into the arena.
 * Errors NR_INVALID: no response, a body packed in a way not known, damaged chunks or packing;
 * NR_LIMIT where the body is a bomb or over 64 MiB; NR_NOMEM. */
nr_status nr_response_read(nr_text bytes, nr_arena *arena, nr_response *response, nr_error *err);

#endif
