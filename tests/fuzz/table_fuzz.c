/* table_fuzz.c: any bytes as a table, cells between commas. */
#include "reader.h"

READER_TARGET(nr_read_table(input, bytes, ',', NULL))
