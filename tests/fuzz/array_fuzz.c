/* array_fuzz.c: any bytes as an array of JSON, or objects behind each other. */
#include "reader.h"

READER_TARGET(nr_read_json(input, stream, NULL))
