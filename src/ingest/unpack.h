/* unpack.h: compressed bytes and archives, as streams.
 * Floor 4: includes base/. gzip and zstd are linked where they were found; xz, bzip2, tar and zip
 * need libarchive, which is opened at first use. */
#ifndef NR_UNPACK_H
#define NR_UNPACK_H

#include "base/bytes.h"
#include "base/memory.h"

/* Bytes in order. `next` puts up to `room` of them into `bytes` and their number into *got; 0 is
 * the end. */
typedef struct nr_stream {
  nr_status (*next)(void *user, char *bytes, size_t room, size_t *got, nr_error *err);
  void *user;
} nr_stream;

typedef enum nr_packing {
  NR_PACKING_NONE,
  NR_PACKING_GZIP,
  NR_PACKING_ZSTD,
  NR_PACKING_OTHER,  /* xz, bzip2 */
  NR_PACKING_ARCHIVE /* tar, zip: many files */
} nr_packing;

/* What the first bytes say (512 of them, or all there are). */
nr_packing nr_packing_of(nr_text head);

typedef struct nr_unpack nr_unpack;

/* Open packed bytes (not an archive) as a stream of plain ones, valid until the unpack is freed.
 * `packed` is borrowed. Reading fails with NR_INVALID where the bytes are damaged, and with NR_LIMIT
 * when more than 100 MiB come out at over 200 for one: a bomb. Errors NR_INVALID, NR_NOMEM. */
nr_status nr_unpack_new(const nr_memory *memory, const nr_stream *packed, nr_packing packing,
                        nr_unpack **unpack, nr_stream *plain, nr_error *err);
void nr_unpack_free(nr_unpack *unpack);

/* Visit the regular files of an archive in order; `file` is read by the visitor as far as it likes.
 * A status of the visitor ends the walk. Errors as above. */
nr_status nr_unpack_archive(const nr_memory *memory, const nr_stream *packed,
                            nr_status (*visit)(void *user, nr_text name, const nr_stream *file,
                                               nr_error *err),
                            void *user, nr_error *err);

#endif
