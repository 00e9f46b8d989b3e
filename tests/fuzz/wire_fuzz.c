/* wire_fuzz.c: any bytes as newswire in SGML. */
#include "reader.h"

READER_TARGET(nr_read_wire(input, bytes, NULL))
