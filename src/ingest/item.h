/* item.h: one article between its reader and the corpus.
 * Floor 4: includes lower floors. Readers fill an item and hand it to nr_ingest_take. */
#ifndef NR_ITEM_H
#define NR_ITEM_H

#include "base/memory.h"
#include "ingest/ingest.h"
#include "ingest/written.h"

/* A date found by a reader of markup. */
typedef struct nr_stated_date {
  nr_text text; /* as written */
  nr_date_source source;
} nr_stated_date;

enum { NR_STATED_DATES_MAX = 16 };

typedef struct nr_item {
  const nr_ingest_options *options; /* for names of fields; may be missing */
  nr_text where;                    /* for reports: "path" or "path:line" */
  nr_text origin;                   /* PATH as typed; the id is added to it */
  nr_text id;                       /* the item's own, or the one that its place gives it */
  nr_text date; /* its date field as written; missing: it is looked for; empty: there is none */
  nr_text title, text;
  nr_text address;  /* where a page was fetched, if it names no address itself; or missing */
  nr_field *fields; /* the others */
  size_t field_count, field_room;
  nr_stated_date dates[NR_STATED_DATES_MAX];
  size_t date_count;
  const nr_block *blocks; /* from markup, offsets in `text`; NULL: lines decide */
  size_t block_count;
  bool blocks_final;        /* a dump says so: cleaning has nothing to add */
  size_t weight;            /* bytes of the arena that the item holds besides its text */
  const nr_repair *repairs; /* offsets in `text` */
  size_t repair_count;
  size_t twice, references; /* signs in the text that are damaged, see mend.h */
} nr_item;

/* The name that a field is read under (--map), and whether it is another one. */
nr_text nr_item_name(const nr_ingest_options *options, nr_text name, bool *renamed);

/* Put a field into the item: id, date, title and text into their places, others behind each other; one
 * that is read under another name goes before one that is called so.
 * A missing value (JSON null) is passed over. Texts are borrowed; the array grows in `arena`.
 * Errors NR_INVALID where id, date, title or text is of a wrong type; NR_NOMEM. */
nr_status nr_item_put(nr_item *item, nr_arena *arena, nr_field field, nr_error *err);
/* Whether it has a field of that name, of any type. */
bool nr_item_has(const nr_item *item, const char *name);
/* The value of a string field, or missing. */
nr_text nr_item_get(const nr_item *item, const char *name);

/* Read one JSON object into the item; strings are copied into the arena.
 * Errors NR_INVALID, NR_LIMIT with column and reason; NR_NOMEM. */
nr_status nr_item_read_json(nr_item *item, nr_arena *arena, nr_text json, nr_error *err);

/* The arena whose memory items may use until they are taken into the corpus. */
nr_arena *nr_ingest_arena(nr_ingest *ingest);
/* The arena for what lives until the whole path is read: names of files. */
nr_arena *nr_ingest_names(nr_ingest *ingest);
/* Take an item over. What is wrong with it is reported and counted; errors only for what ends the
 * work. Everything in it must live in the arena or longer than the ingest's next flush. */
nr_status nr_ingest_take(nr_ingest *ingest, nr_item *item, nr_error *err);
/* Count an item that could not even be read, and say why. */
void nr_ingest_refuse(nr_ingest *ingest, nr_text where, const char *why);
/* Note bytes of input read, unpacked; polls. Errors NR_INTERRUPTED. */
nr_status nr_ingest_advance(nr_ingest *ingest, uint64_t bytes, nr_error *err);
/* Note bytes of files: there to be read, and read. */
void nr_ingest_note_files(nr_ingest *ingest, uint64_t there, uint64_t read);
const nr_ingest_options *nr_ingest_option(const nr_ingest *ingest);

/* Whether a status ends the work and not only an item. */
static inline bool nr_ends_work(nr_status status)
{
  return status == NR_NOMEM || status == NR_INTERRUPTED || status == NR_IO || status == NR_CORRUPT ||
         status == NR_LOCKED || status == NR_VERSION;
}

enum { NR_ARTICLE_BYTES_MAX = 64 << 20 };

#endif
