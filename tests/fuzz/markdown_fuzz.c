/* markdown_fuzz.c: any bytes as Markdown with front matter. */
#include "reader.h"

READER_TARGET(nr_read_markdown(input, bytes, NULL))
