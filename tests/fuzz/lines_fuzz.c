/* lines_fuzz.c: any bytes as JSON Lines. */
#include "reader.h"

READER_TARGET(nr_read_json_lines(input, stream, NULL))
