/* add_fuzz.c: any bytes as an input of each format; every item is accounted for, and what is added
 * has an id. The first byte picks the format. */
#include "ingest/read.h"

#include <stdlib.h>

typedef struct bytes_left {
  const char *at, *end;
} bytes_left;

static nr_status next(void *user, char *bytes, size_t room, size_t *got, nr_error *err)
{
  bytes_left *left = user;
  (void)err;
  *got = (size_t)(left->end - left->at) < room ? (size_t)(left->end - left->at) : room;
  if (*got > 0)
    memcpy(bytes, left->at, *got);
  left->at += *got;
  return NR_OK;
}

static nr_status read_as(unsigned format, const nr_input *input, nr_text bytes)
{
  bytes_left left = {bytes.bytes, bytes.bytes + bytes.size};
  nr_stream stream = {next, &left};
  switch (format) {
  case 0:
    return nr_read_json_lines(input, &stream, NULL);
  case 1:
    return nr_read_json(input, &stream, NULL);
  case 2:
    return nr_read_plain(input, bytes, NULL);
  case 3:
    return nr_read_markdown(input, bytes, NULL);
  case 4:
    return nr_read_table(input, bytes, ',', NULL);
  case 5:
    return nr_read_feed(input, bytes, NULL);
  default:
    return nr_read_stream(input, NR_SHAPE_UNKNOWN, &stream, NULL); /* packed ones too */
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
  nr_ingest_options options = {.disk = &nr_disk_system, .memory = &nr_memory_default};
  nr_writer *writer;
  nr_ingest *ingest;
  if (size == 0)
    return 0;
  if (nr_writer_open(&nr_disk_system, &nr_memory_default, NULL, true, &writer, NULL) != NR_OK ||
      nr_ingest_new(&options, writer, &ingest, NULL) != NR_OK)
    abort();
  nr_input input = {ingest, NR_TEXT("argument"), NR_TEXT("path"), NR_TEXT("name")};
  read_as(bytes[0] % 7, &input, (nr_text){(const char *)bytes + 1, size - 1});
  if (nr_ingest_path(ingest, "/nowhere/at/all", NULL) != NR_OK) /* takes in what waits, refuses one */
    abort();
  const nr_ingest_counts *counts = nr_ingest_count(ingest);
  if (counts->refused == 0 ||
      counts->added + counts->replaced + counts->skipped + counts->refused != counts->items)
    abort();
  nr_ingest_free(ingest);
  nr_writer_close(writer);
  return 0;
}
