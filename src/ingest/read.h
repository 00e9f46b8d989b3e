/* read.h: from paths to items: what a file is, and the reader for it.
 * Floor 4: includes lower floors. */
#ifndef NR_READ_H
#define NR_READ_H

#include "ingest/item.h"
#include "ingest/shape.h"
#include "ingest/unpack.h"

/* Read a file, all files below a folder, or "-", and hand each item to nr_ingest_take. */
nr_status nr_read_path(nr_ingest *ingest, const char *path, nr_error *err);

/* One input: a file, or a member of an archive. All texts live in the ingest's arena of names. */
typedef struct nr_input {
  nr_ingest *ingest;
  nr_text argument; /* PATH as typed */
  nr_text path;     /* for reports */
  nr_text name;     /* below PATH, without ending: the id of a file that is one article */
} nr_input;

/* An item of an input that has nothing yet but its place. */
nr_item nr_input_item(const nr_input *input);

/* "path:12": the nth item of an input, for reports or as an id; in the arena. */
nr_status nr_input_number(const nr_input *input, nr_text base, uint64_t number, nr_text *name, nr_error *err);

/* Read a stream by its shape, or by its first bytes; packed ones are unpacked. What is wrong with it
 * as a whole refuses the input, and the work goes on. */
nr_status nr_read_stream(const nr_input *input, nr_shape known, const nr_stream *stream, nr_error *err);

/* Decode the bytes of one text into the item; tells of a guessed encoding. `declared`: its encoding,
 * where something outside the text says so. */
nr_status nr_decode_item(const nr_input *input, nr_item *item, nr_text bytes, nr_text declared,
                         nr_error *err);

/* The readers. What is wrong with an item is reported and counted; what is wrong with the whole
 * input comes back as a status that does not end the work. */
nr_status nr_read_json_lines(const nr_input *input, const nr_stream *stream, nr_error *err);
nr_status nr_read_json(const nr_input *input, const nr_stream *stream, nr_error *err);
nr_status nr_read_plain(const nr_input *input, nr_text bytes, nr_error *err);
nr_status nr_read_markdown(const nr_input *input, nr_text bytes, nr_error *err);
nr_status nr_read_html(const nr_input *input, nr_text bytes, nr_error *err);
nr_status nr_read_table(const nr_input *input, nr_text bytes, char separator, nr_error *err);
nr_status nr_read_warc(const nr_input *input, const nr_stream *stream, nr_error *err);
nr_status nr_read_wire(const nr_input *input, nr_text bytes, nr_error *err);
nr_status nr_read_feed(const nr_input *input, nr_text bytes, nr_error *err);
nr_status nr_read_mail(const nr_input *input, nr_text bytes, nr_error *err);

/* Take a page over as the item, which has its id. `declared`: its encoding, where something outside the
 * page says so. */
nr_status nr_take_page(const nr_input *input, nr_item *item, nr_text bytes, nr_text declared, nr_error *err);

/* Take one item of JSON over: an object, number n of its input. */
nr_status nr_take_json(const nr_input *input, nr_text json, uint64_t number, nr_error *err);

#endif
