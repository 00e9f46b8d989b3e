/* reader.h: what the targets of the readers share: any bytes as an input, every item accounted for.
 * One ingest, with its corpus in memory, serves some hundred inputs: making it takes longer than
 * reading most of them. */
#ifndef FUZZ_READER_H
#define FUZZ_READER_H

#include "ingest/read.h"

#include <stdlib.h>

enum { inputs_an_ingest = 256 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

typedef struct bytes_left {
  const char *at, *end;
} bytes_left;

static inline nr_status next_of_bytes(void *user, char *bytes, size_t room, size_t *got, nr_error *err)
{
  bytes_left *left = user;
  (void)err;
  *got = (size_t)(left->end - left->at) < room ? (size_t)(left->end - left->at) : room;
  if (*got > 0)
    memcpy(bytes, left->at, *got);
  left->at += *got;
  return NR_OK;
}

/* The ingest in use, or a new one. */
static inline nr_ingest *reader_ingest(void)
{
  static nr_ingest *ingest;
  static nr_writer *writer;
  static unsigned left;
  nr_ingest_options options = {.disk = &nr_disk_system, .memory = &nr_memory_default};
  if (left-- > 0)
    return ingest;
  left = inputs_an_ingest - 1;
  nr_ingest_free(ingest);
  if (writer != NULL)
    nr_writer_close(writer);
  if (nr_writer_open(&nr_disk_system, &nr_memory_default, NULL, true, &writer, NULL) != NR_OK ||
      nr_ingest_new(&options, writer, &ingest, NULL) != NR_OK)
    abort();
  return ingest;
}

/* Give the bytes to a reader, take in what it found, and count. */
static inline void read_bytes(nr_status (*read)(const nr_input *input, nr_text bytes,
                                                const nr_stream *stream),
                              const uint8_t *bytes, size_t size)
{
  nr_ingest *ingest = reader_ingest();
  const nr_ingest_counts *counts = nr_ingest_count(ingest);
  uint64_t refused = counts->refused;
  bytes_left left = {(const char *)bytes, (const char *)bytes + size};
  nr_stream stream = {next_of_bytes, &left};
  nr_input input = {ingest, NR_TEXT("argument"), NR_TEXT("path"), NR_TEXT("name")};
  read(&input, (nr_text){size == 0 ? "" : (const char *)bytes, size}, &stream);
  if (nr_ingest_path(ingest, "/nowhere/at/all", NULL) != NR_OK) /* takes in what waits, refuses one */
    abort();
  if (counts->refused == refused ||
      counts->added + counts->replaced + counts->skipped + counts->refused != counts->items)
    abort();
}

/* A target out of one expression over `input`, `bytes` and `stream`. */
#define READER_TARGET(expression)                                                                            \
  static nr_status read_as(const nr_input *input, nr_text bytes, const nr_stream *stream)                    \
  {                                                                                                          \
    (void)bytes, (void)stream;                                                                               \
    return expression;                                                                                       \
  }                                                                                                          \
  int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)                                              \
  {                                                                                                          \
    read_bytes(read_as, bytes, size);                                                                        \
    return 0;                                                                                                \
  }

#endif
