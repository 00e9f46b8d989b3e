/* ingest.h: from files and tables of fields to articles in a writer.
 * Floor 4: includes lower floors. */
#ifndef NR_INGEST_H
#define NR_INGEST_H

#include "base/doors.h"
#include "corpus/corpus.h"

typedef struct nr_ingest nr_ingest;

/* The field `from` of an input is read as `to`, and goes before a field that is called so. */
typedef struct nr_rename {
  nr_text to, from;
  bool *met; /* set where an item has `from`; or NULL */
} nr_rename;

typedef struct nr_ingest_options {
  const nr_disk *disk;
  const nr_memory *memory;
  nr_poll poll; /* done and total in bytes of files, as far as measured */
  nr_report report;
  bool replace, no_clean, dates_given_only;
  bool repair;            /* mend what mend.h counts; it is told of without this too */
  const nr_rename *names; /* --map to=from: fields read under another name */
  size_t name_count;
  const nr_field *given; /* --field k=v: set on every article unless it has its own */
  size_t given_count;
  const struct nr_phrase *phrases; /* rules about lines, see clean.h: they come before the built-in ones */
  size_t phrase_count;
  uint32_t workers; /* threads that make articles; 0 and 1: the caller's alone. The result is the same. */
  const nr_memory *shared; /* for them: any thread may use it, it outlives the writer; NULL: no threads */
} nr_ingest_options;

/* What became of every item. added + replaced + skipped + refused = items. */
typedef struct nr_ingest_counts {
  uint64_t items, added, replaced, skipped, refused;
  uint64_t empty;      /* of those added: without text, kept */
  uint64_t undated;    /* of those added: no day, or one outside 1000-2200 */
  uint64_t repaired;   /* of those added: with bytes that were not UTF-8 */
  uint64_t inferred;   /* of those added: dated by what the text tells of */
  uint64_t guessed;    /* of those added: of a language that was guessed */
  uint64_t unknown;    /* of those added: of no language that could be told */
  uint64_t mixed;      /* of those added: with words of letters that look alike, see nr_fold_mixes_scripts */
  uint64_t twice;      /* of those added: with signs that look encoded twice */
  uint64_t references; /* of those added: with references of HTML in plain text */
  uint64_t bytes;      /* of input read */
} nr_ingest_counts;

/* The options are copied, what they point to is borrowed. `writer` is borrowed. */
nr_status nr_ingest_new(const nr_ingest_options *options, nr_writer *writer, nr_ingest **ingest,
                        nr_error *err);
void nr_ingest_free(nr_ingest *ingest);

/* Note how many bytes the files of a path have, so that progress can tell how much is left. What can't
 * be read is passed over. Errors NR_NOMEM, NR_INTERRUPTED. */
nr_status nr_ingest_measure(nr_ingest *ingest, const char *path, nr_error *err);

/* Add a file, all files below a folder, or "-" (standard input; its first bytes tell what it is).
 * What is wrong with one item is reported with its path and line, counted as refused, and the work
 * goes on. Errors only for what ends the work: NR_NOMEM, NR_INTERRUPTED, NR_IO of the corpus. */
nr_status nr_ingest_path(nr_ingest *ingest, const char *path, nr_error *err);

/* Add one article from fields: `id` `date` `title` `text` and any others, as Lua's corpus:add does.
 * Text must be valid UTF-8 or is repaired and counted. Errors NR_INVALID, NR_EXISTS (conflict), ... */
nr_status nr_ingest_fields(nr_ingest *ingest, const nr_field *fields, size_t count, nr_outcome *outcome,
                           nr_error *err);

/* Add one article from a JSON object of fields. Errors as nr_ingest_fields. */
nr_status nr_ingest_json(nr_ingest *ingest, nr_text json, nr_outcome *outcome, nr_error *err);

const nr_ingest_counts *nr_ingest_count(const nr_ingest *ingest);

#endif
