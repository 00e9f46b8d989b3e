/* corpus.h: the .reel file: commits, snapshots, one writer. In memory it is the same without a file.
 * Floor 3: includes lower floors. The bytes are described in FORMAT.md. */
#ifndef NR_CORPUS_H
#define NR_CORPUS_H

#include "base/doors.h"
#include "disk/disk.h"
#include "segment/segment.h"

/* ---- snapshots: what a reader sees; immutable, counted, shared by threads ---- */

typedef struct nr_snapshot nr_snapshot;

/* One segment of a snapshot. */
typedef struct nr_part {
  const nr_segment *segment;
  const uint64_t *dead; /* bitmap over the segment's articles, or NULL when all live */
  uint32_t dead_count;
  const struct nr_dead *gone; /* what the dead articles take with them, or NULL */
} nr_part;

/* Open the newest commit of a file for reading; no lock is taken.
 * Errors NR_NOTFOUND, NR_IO, NR_CORRUPT (naming section and offset), NR_VERSION ("made by an older
 * newsreel: dump it there, add it here"), NR_INVALID when it is no .reel file. */
nr_status nr_snapshot_open(const nr_disk *disk, const nr_memory *memory, const char *path,
                           nr_snapshot **snapshot, nr_error *err);
nr_snapshot *nr_snapshot_retain(nr_snapshot *snapshot);
void nr_snapshot_release(nr_snapshot *snapshot);

typedef struct nr_snapshot_counts {
  uint64_t commit;            /* number of the commit it shows; 0 is a corpus just created */
  uint64_t articles, undated; /* live ones */
  uint64_t on, all;           /* live tokens */
  uint64_t content_bytes, file_bytes;
  uint32_t parts;
  bool compress; /* what is added comes compressed */
} nr_snapshot_counts;

const nr_snapshot_counts *nr_snapshot_count(const nr_snapshot *snapshot);
const nr_part *nr_snapshot_part(const nr_snapshot *snapshot, uint32_t part);
const char *nr_snapshot_path(const nr_snapshot *snapshot); /* "(memory)" for a corpus in memory */

static inline bool nr_part_dead(const nr_part *part, uint32_t article)
{
  return part->dead != NULL && (part->dead[article / 64] >> (article % 64) & 1) != 0;
}

/* Live hits and texts of a form on the line: stored counts less the dead articles'. */
void nr_part_form_count(const nr_part *part, uint32_t form, uint32_t *hits, uint32_t *texts);

/* The same of a folded word in all parts. */
void nr_snapshot_form_count(const nr_snapshot *snapshot, nr_text folded, uint64_t *hits, uint64_t *texts);

/* Find a live article by id; false where there is none. */
bool nr_snapshot_find(const nr_snapshot *snapshot, nr_text id, uint32_t *part, uint32_t *article);

/* The newest commit of the snapshot's file; the same snapshot, retained, where nothing is new (and
 * always for a corpus in memory: ask its writer). Errors as nr_snapshot_open. */
nr_status nr_snapshot_refresh(const nr_disk *disk, nr_snapshot *snapshot, nr_snapshot **newer, nr_error *err);

/* ---- stored layers: bytes that a layer's maker understands, one block for each part ---- */

typedef struct nr_layer_block {
  uint32_t part;
  nr_text name;
  uint64_t rules; /* hash of the annotator's source and data */
  nr_text bytes;  /* borrowed from the snapshot; unchecked here */
} nr_layer_block;

/* How many blocks are stored, and the `number`-th: the layer catalogue. */
uint32_t nr_snapshot_layers(const nr_snapshot *snapshot);
void nr_snapshot_layer(const nr_snapshot *snapshot, uint32_t number, nr_layer_block *block);
/* Find a part's block made by these rules and verify its checksum. Errors NR_NOTFOUND, NR_CORRUPT. */
nr_status nr_snapshot_find_layer(const nr_snapshot *snapshot, uint32_t part, nr_text name, uint64_t rules,
                                 nr_text *bytes, nr_error *err);

/* ---- writing ---- */

typedef struct nr_writer nr_writer;

/* Open a file for writing and take its lock. `create` makes it where it is missing (and the
 * empty corpus is committed at once). Path NULL: a corpus in memory.
 * Errors as nr_snapshot_open; NR_LOCKED ("talks.reel is being written by another process"). */
nr_status nr_writer_open(const nr_disk *disk, const nr_memory *memory, const char *path, bool create,
                         nr_writer **writer, nr_error *err);
/* Drop what was not committed, let the lock go, free. */
void nr_writer_close(nr_writer *writer);

/* Have texts compressed, or not, from the next commit on: in segments that are written anew, by merges too.
 * The corpus remembers it. Errors NR_INVALID (built without zstd). */
nr_status nr_writer_set_compress(nr_writer *writer, bool compress, nr_error *err);

typedef enum nr_outcome { NR_ADDED, NR_REPLACED, NR_SKIPPED, NR_CONFLICT } nr_outcome;

/* Write segments with two threads, the second with `memory`, which any thread may use and which lives as
 * long as the writer. The bytes are the same. */
void nr_writer_share(nr_writer *writer, const nr_memory *memory);

/* Put an article into the next commit. Same id and content: SKIPPED. Same id and origin, or
 * `replace`: REPLACED. Same id from elsewhere: CONFLICT, nothing is changed.
 * Articles added and not yet committed count as there.
 * Errors NR_INVALID (id), NR_LIMIT, NR_NOMEM, NR_IO. */
nr_status nr_writer_add(nr_writer *writer, const nr_article *article, bool replace, nr_outcome *outcome,
                        nr_error *err);
/* Take an article out. Errors NR_NOTFOUND. */
nr_status nr_writer_remove(nr_writer *writer, nr_text id, nr_error *err);
/* What to change in an article: fields by name (a value with bytes NULL takes the field out), the
 * date (NULL leaves it; first NR_DAY_NONE makes it undated). */
typedef struct nr_change {
  const nr_field *fields;
  size_t field_count;
  const nr_period *date;
} nr_change;

/* Change fields: the article is replaced in the same commit. Text, cleaning and tokens stay.
 * outcome  REPLACED, or SKIPPED where nothing changes. Errors NR_NOTFOUND and those of nr_writer_add. */
nr_status nr_writer_set(nr_writer *writer, nr_text id, const nr_change *change, nr_outcome *outcome,
                        nr_error *err);

/* Store a layer's block for a part of the writer's last commit, with the next commit; it takes the
 * place of one with the same name. Bytes and name are copied. Errors NR_INVALID, NR_NOMEM. */
nr_status nr_writer_put_layer(nr_writer *writer, uint32_t part, nr_text name, uint64_t rules, nr_text bytes,
                              nr_error *err);

/* Segments merge, and positions change with them. The carrier makes one block of those that the segments
 * have by the same rules; without a carrier the layer is made anew when asked for. */
typedef struct nr_layer_merge {
  nr_text name;
  uint64_t rules;
  uint32_t count;
  const nr_text *blocks;             /* of each segment; bytes NULL where one has none */
  const nr_segment *const *segments; /* merged */
  const uint64_t *const *dead;       /* their dead articles, or NULL */
  const nr_segment *into;            /* finds the others' living articles by id */
} nr_layer_merge;

typedef struct nr_layer_carrier {
  nr_status (*call)(void *user, const nr_layer_merge *merge, nr_buffer *out, nr_error *err);
  void *user;
} nr_layer_carrier;

void nr_writer_set_carrier(nr_writer *writer, nr_layer_carrier carrier);

/* Make all since the last commit durable and visible, as one. Nothing pending: does nothing.
 * A failed sync ends the writer: every later call fails. */
nr_status nr_writer_commit(nr_writer *writer, const nr_poll *poll, nr_error *err);
/* Articles added, replaced or removed since the last commit. */
uint64_t nr_writer_pending(const nr_writer *writer);
/* The writer's last commit as a snapshot; the caller releases it. */
nr_snapshot *nr_writer_snapshot(nr_writer *writer);

/* ---- the file as a whole ---- */

typedef enum nr_compression { NR_COMPRESS_AS_IT_IS, NR_COMPRESS, NR_COMPRESS_NOT } nr_compression;

/* Write a corpus anew: without dead articles, in as few segments as fit (one up to 800 MB of text), in the
 * next commit; then rename it over the old file. Readers keep what they have. Layers go through the
 * carrier (call NULL: they are dropped). On failure the old file is untouched.
 * Errors as nr_writer_open, nr_writer_set_compress and nr_writer_commit. */
nr_status nr_corpus_compact(const nr_disk *disk, const nr_memory *memory, const char *path,
                            nr_compression compression, nr_layer_carrier carrier, const nr_poll *poll,
                            nr_error *err);

typedef struct nr_damage {
  uint64_t places;         /* damaged ones, each reported with section and offset */
  uint64_t articles_lost;  /* each reported by id, as a refusal */
  uint64_t segments_lost;  /* that can't be opened: their articles are lost unnamed */
  uint64_t articles_saved; /* by nr_corpus_salvage */
} nr_damage;

/* Verify every byte of the newest commit. `report` hears of each damage and each lost article.
 * Errors NR_CORRUPT when anything is damaged ("talks.reel: 2 damaged places, 1 article lost");
 * otherwise as nr_snapshot_open. */
nr_status nr_corpus_check(const nr_disk *disk, const nr_memory *memory, const char *path,
                          const nr_report *report, const nr_poll *poll, nr_damage *damage, nr_error *err);

/* Write every article that can be read to a new corpus `out`, as one commit, and report the rest.
 * Where no superblock or directory is left the newest directory is searched in the bytes.
 * Errors NR_EXISTS (`out`); NR_CORRUPT when nothing can be read. */
nr_status nr_corpus_salvage(const nr_disk *disk, const nr_memory *memory, const char *path, const char *out,
                            const nr_report *report, const nr_poll *poll, nr_damage *damage, nr_error *err);

#endif
