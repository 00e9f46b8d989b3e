/* article.h: an article on its way into a segment.
 * Floor 2: includes base/, text/, date/. Everything in it is borrowed by the function it is given to. */
#ifndef NR_ARTICLE_H
#define NR_ARTICLE_H

#include "base/bytes.h"
#include "date/day.h"
#include "text/token.h"
#include "text/utf8.h"

typedef enum nr_field_type {
  NR_FIELD_STRING,  /* UTF-8 */
  NR_FIELD_NUMBER,  /* decimal text as JSON writes it, kept beyond 64 bits */
  NR_FIELD_BOOLEAN, /* "true" or "false" */
  NR_FIELD_LIST,    /* canonical JSON text of a list of strings */
  NR_FIELD_JSON     /* canonical JSON text of anything else: dumped unchanged, not queryable */
} nr_field_type;

/* A field besides id, date, title and text: source, author, url, lang and any others. */
typedef struct nr_field {
  nr_text name;
  nr_field_type type;
  nr_text value;
} nr_field;

/* Where the day of an article comes from. */
typedef enum nr_date_source {
  NR_DATE_FROM_NOWHERE,
  NR_DATE_FROM_FIELD,
  NR_DATE_FROM_HEADER,
  NR_DATE_FROM_META,
  NR_DATE_FROM_JSONLD,
  NR_DATE_FROM_URL,
  NR_DATE_GIVEN,
  NR_DATE_INFERRED,
  NR_DATE_SOURCES
} nr_date_source;

/* "none", "field", "header", ... Static storage. */
const char *nr_date_source_name(nr_date_source source);

typedef struct nr_article {
  nr_text id;     /* 1 to 1024 bytes of valid UTF-8 without NUL */
  nr_text origin; /* PATH as typed and id: replacing from the same origin is an update */
  nr_period date; /* days it may have appeared on; first = NR_DAY_NONE is undated */
  nr_date_source date_source;
  nr_text date_evidence;  /* the characters that said so, or missing */
  const nr_field *fields; /* names distinct, in any order */
  size_t field_count;
  /* The article's bytes: the title field (title_size bytes, may be 0), then the text. All offsets
   * below count in these bytes; at most 64 MiB. */
  nr_text content;
  uint32_t title_size;
  const nr_block *blocks;
  size_t block_count;
  const nr_token *tokens; /* as nr_tokenize gave them for `content` and `blocks` */
  size_t token_count;
  const nr_repair *repairs; /* offsets in `content` */
  size_t repair_count;
} nr_article;

#endif
