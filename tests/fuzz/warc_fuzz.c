/* warc_fuzz.c: any bytes as a web archive. */
#include "reader.h"

READER_TARGET(nr_read_warc(input, stream, NULL))
