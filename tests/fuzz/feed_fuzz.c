/* feed_fuzz.c: any bytes as RSS or Atom. */
#include "reader.h"

READER_TARGET(nr_read_feed(input, bytes, NULL))
