/* shape.h: what kind of file a name and its first bytes tell of.
 * Floor 4: includes base/. Pure functions. */
#ifndef NR_SHAPE_H
#define NR_SHAPE_H

#include "base/bytes.h"

typedef enum nr_shape {
  NR_SHAPE_UNKNOWN,
  NR_SHAPE_TEXT,
  NR_SHAPE_MARKDOWN,
  NR_SHAPE_HTML,
  NR_SHAPE_JSON_LINES,
  NR_SHAPE_JSON,   /* an array of objects, or objects behind each other */
  NR_SHAPE_COMMAS, /* a table, comma or semicolon between the cells */
  NR_SHAPE_TABS,   /* a table, tab between the cells */
  NR_SHAPE_FEED,   /* RSS, Atom */
  NR_SHAPE_WIRE,   /* newswire in SGML: <REUTERS> elements */
  NR_SHAPE_WARC,
  NR_SHAPE_MAIL, /* a message, or a mailbox of them */
  NR_SHAPE_CORPUS
} nr_shape;

/* By the ending, those of compression left out of account; UNKNOWN for others. */
nr_shape nr_shape_of_name(nr_text name);
/* By the first bytes; TEXT for all else. */
nr_shape nr_shape_of_bytes(nr_text head);
/* The name without the ending of its last part, endings of compression before: "a/news.jsonl.gz"
 * is "a/news". */
nr_text nr_name_without_ending(nr_text name);

#endif
