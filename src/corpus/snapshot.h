/* snapshot.h: how a snapshot is put together.
 * Floor 3: inside corpus/ only. */
#ifndef NR_SNAPSHOT_H
#define NR_SNAPSHOT_H

#include "corpus/corpus.h"
#include "corpus/dead.h"
#include "corpus/format.h"

/* Bytes that segments lie in: a map of the file or a buffer of our own. Counted. */
typedef struct nr_store {
  atomic_uint references;
  const nr_memory *memory;
  nr_map map;
  nr_buffer buffer;
} nr_store;

nr_status nr_store_new(const nr_memory *memory, nr_store **store, nr_error *err);
nr_store *nr_store_retain(nr_store *store);
void nr_store_release(nr_store *store);

/* An open segment and the bytes it needs. Counted, shared by snapshots and the writer. */
typedef struct nr_piece {
  atomic_uint references;
  const nr_memory *memory;
  nr_store *store;
  nr_segment *segment;
  nr_stretch stored;
} nr_piece;

/* Open a segment in `store`; takes a reference of its own. Errors as nr_segment_open. */
nr_status nr_piece_new(const nr_memory *memory, nr_store *store, nr_text bytes, uint64_t offset,
                       nr_piece **piece, nr_error *err);
nr_piece *nr_piece_retain(nr_piece *piece);
void nr_piece_release(nr_piece *piece);

/* A stored block of a layer. Counted. */
typedef struct nr_layer {
  atomic_uint references;
  const nr_memory *memory;
  nr_store *store; /* the bytes are in its map or buffer */
  nr_arena arena;  /* the name */
  nr_text name, bytes;
  uint64_t rules;
  nr_stretch stored;
} nr_layer;

/* Copy a block's bytes and name. Errors NR_NOMEM. */
nr_status nr_layer_new(const nr_memory *memory, nr_text name, uint64_t rules, nr_text bytes, nr_layer **layer,
                       nr_error *err);
nr_layer *nr_layer_retain(nr_layer *layer);
void nr_layer_release(nr_layer *layer);

typedef struct nr_placed_layer {
  uint32_t part;
  nr_layer *layer;
} nr_placed_layer;

struct nr_snapshot {
  atomic_uint references;
  const nr_memory *memory;
  nr_arena arena; /* path, parts, pieces, deads, layers */
  const char *path;
  nr_snapshot_counts counts;
  uint64_t directory; /* checksum of the commit's: tells commits of one number in two files apart */
  nr_part *parts;
  nr_piece **pieces;
  nr_dead **deads; /* NULL where all live */
  nr_placed_layer *layers;
  uint32_t layer_count;
};

/* What a snapshot is made of; all is retained or copied. */
typedef struct nr_snapshot_plan {
  const char *path;
  uint64_t commit, file_bytes, directory;
  bool compress;
  nr_piece **pieces;
  nr_dead **deads;
  uint32_t count;
  nr_placed_layer *layers;
  uint32_t layer_count;
} nr_snapshot_plan;

nr_status nr_snapshot_new(const nr_memory *memory, const nr_snapshot_plan *plan, nr_snapshot **snapshot,
                          nr_error *err);

/* ---- reading a file, step by step ---- */

typedef struct nr_reading {
  const nr_memory *memory;
  const char *path;
  nr_store *store; /* the map */
  nr_arena arena;
  nr_superblock superblock;
  nr_directory directory;
} nr_reading;

/* The newest valid copy of the superblock. When none is valid the error is that of the first page. */
nr_status nr_superblock_read(const nr_disk *disk, int file, const char *path, nr_superblock *newest,
                             nr_error *err);
/* Map a file as far as its newest commit goes and read the directory. `reading` is cleared by the
 * caller, also on failure. Errors as nr_snapshot_open. */
nr_status nr_reading_open(const nr_disk *disk, const nr_memory *memory, int file, const char *path,
                          nr_reading *reading, nr_error *err);
/* Open a segment of the directory; and what is dead in it (NULL where nothing is). */
nr_status nr_reading_segment(const nr_reading *reading, uint32_t number, nr_piece **piece, nr_error *err);
nr_status nr_reading_dead(const nr_reading *reading, uint32_t number, const nr_piece *piece, nr_dead **dead,
                          nr_error *err);
void nr_reading_clear(nr_reading *reading);
static inline nr_text nr_reading_bytes(const nr_reading *reading, nr_stretch stretch)
{
  return (nr_text){reading->store->map.bytes + stretch.offset, (size_t)stretch.size};
}

/* Read the newest commit of an open file. Errors as nr_snapshot_open. */
nr_status nr_snapshot_read(const nr_disk *disk, const nr_memory *memory, int file, const char *path,
                           nr_snapshot **snapshot, nr_superblock *superblock, nr_error *err);

#endif
