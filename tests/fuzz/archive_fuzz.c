/* archive_fuzz.c: any bytes as a file of whatever shape its first bytes tell: packed, an archive, .... */
#include "reader.h"

READER_TARGET(nr_read_stream(input, NR_SHAPE_UNKNOWN, stream, NULL))
