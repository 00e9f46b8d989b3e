/* plain_fuzz.c: any bytes as a plain text in any encoding. */
#include "reader.h"

READER_TARGET(nr_read_plain(input, bytes, NULL))
