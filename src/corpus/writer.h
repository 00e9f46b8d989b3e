/* writer.h: the inside of a writer.
 * Floor 3: inside corpus/ only. */
#ifndef NR_WRITER_H
#define NR_WRITER_H

#include "corpus/format.h"
#include "corpus/snapshot.h"
#include "segment/intern.h"

/* A segment as the next commit will have it. */
typedef struct nr_slot {
  nr_piece *piece;
  nr_dead *dead;    /* as of the last commit, or NULL */
  uint64_t *bitmap; /* dead ones now, NULL where nothing has changed */
} nr_slot;

/* A stored layer and the slot it is of, known by its piece. */
typedef struct nr_slot_layer {
  nr_piece *piece;
  nr_layer *layer;
} nr_slot_layer;

/* An article that is still in the builder. */
typedef struct nr_pending {
  uint64_t hash, origin;
  size_t index; /* in the builder; SIZE_MAX when dropped */
} nr_pending;

struct nr_writer {
  const nr_disk *disk;
  const nr_memory *memory;
  char *path; /* NULL in memory */
  int file;
  bool broken; /* a write failed: nothing more can be promised */
  bool compress;
  uint64_t commit, end, directory; /* the last commit; where it ends; checksum of its directory */
  nr_snapshot *base;
  nr_slot *slots;
  size_t slot_count, slot_capacity;
  nr_segment_builder *builder;
  nr_intern ids; /* of pending articles */
  nr_pending *pendings;
  size_t pending_capacity;
  uint64_t changes;      /* of articles */
  bool layers_put;       /* since the last commit */
  nr_slot_layer *layers; /* of the next commit */
  size_t layer_count, layer_capacity;
  nr_layer_carrier carrier;
};

/* What a segment weighs in a merge, in tokens: about 4 bytes of memory each. An article counts as 32, a
 * surface as 20. */
uint64_t nr_piece_weight(const nr_piece *piece);

/* Errors NR_IO once a write has failed. */
nr_status nr_writer_usable(const nr_writer *writer, nr_error *err);

/* A segment on its way behind the last commit. */
typedef struct nr_appending {
  nr_writer *w;
  nr_store *store; /* in memory */
  uint64_t from, at;
  nr_sink sink; /* for its bytes */
} nr_appending;

nr_status nr_appending_begin(nr_writer *writer, nr_appending *appending, nr_error *err);
/* `status` is that of the writing, through the sink: where it is NR_OK the segment becomes the last slot.
 * Returns `status`, or what went wrong then. */
nr_status nr_appending_end(nr_appending *appending, nr_status status, nr_error *err);

/* Make a segment of the builder's articles, behind the last commit. */
nr_status nr_writer_spill(nr_writer *writer, const nr_poll *poll, nr_error *err);

/* Append layers and directory, sync, write the superblock of the next commit, sync. */
nr_status nr_writer_publish(nr_writer *writer, nr_arena *arena, nr_error *err);

/* Write both copies of a superblock and sync. */
nr_status nr_writer_put_superblock(nr_writer *writer, const nr_superblock *superblock, nr_error *err);

/* Merge slots of one size while there are eight. */
nr_status nr_writer_merge_classes(nr_writer *writer, const nr_poll *poll, nr_error *err);
/* Merge slots (numbers ascending) into one that stands at the place of the first. */
nr_status nr_writer_merge(nr_writer *writer, const size_t *numbers, size_t count, const nr_poll *poll,
                          nr_error *err);

/* Make slots and layers of what the base snapshot has; drop them. */
nr_status nr_writer_take_slots(nr_writer *writer, nr_error *err);
void nr_writer_clear_slots(nr_writer *writer);

/* Keep a layer for a slot; takes over the reference to `layer`, also on failure. */
nr_status nr_writer_keep_layer(nr_writer *writer, nr_piece *piece, nr_layer *layer, nr_error *err);

/* Drop a slot's own bitmap and references. */
void nr_slot_clear(const nr_memory *memory, nr_slot *slot);

#endif
