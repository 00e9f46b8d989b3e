/* read.h: from paths to items: what a file is, and the reader for it.
 * Floor 4: includes lower floors. */
#ifndef NR_READ_H
#define NR_READ_H

#include "ingest/item.h"

/* Read a file, all files below a folder, or "-", and hand each item to nr_ingest_take. */
nr_status nr_read_path(nr_ingest *ingest, const char *path, nr_error *err);

/* One input: a file, or a member of an archive. All texts live in the ingest's arena or longer. */
typedef struct nr_input {
  nr_ingest *ingest;
  nr_text argument; /* PATH as typed */
  nr_text path;     /* for reports */
  nr_text name;     /* below PATH, without ending: the id of a file that is one article */
} nr_input;

/* Bytes in order. `next` puts up to `room` of them into `bytes` and their number into *got; 0 is
 * the end. */
typedef struct nr_stream {
  nr_status (*next)(void *user, char *bytes, size_t room, size_t *got, nr_error *err);
  void *user;
} nr_stream;

/* The readers. Refusals are reported and counted; a status ends the work. */
nr_status nr_read_json_lines(const nr_input *input, const nr_stream *stream, nr_error *err);
nr_status nr_read_plain(const nr_input *input, nr_text bytes, nr_error *err);
nr_status nr_read_html(const nr_input *input, nr_text bytes, nr_error *err);

#endif
