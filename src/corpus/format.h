/* format.h: the bytes of a .reel file outside its segments.
 * Floor 3: inside corpus/ only. FORMAT.md describes every byte. */
#ifndef NR_FORMAT_H
#define NR_FORMAT_H

#include "base/bytes.h"
#include "base/memory.h"

enum {
  NR_REEL_FORMAT = 2,
  NR_PAGE_SIZE = 4096,
  NR_SLOTS = 2,
  NR_COPIES = 2,
  NR_HEAD_SIZE = NR_PAGE_SIZE * NR_SLOTS * NR_COPIES,
  NR_DIRECTORY_HEAD = 24,
  NR_STRETCH_ALIGNMENT = 64,
  NR_SEGMENT_ENTRY = 48,
  NR_BLOCK_ENTRY = 40,
  NR_LAYER_NAME_MAX = 255
};

/* A stretch of the file with its checksum; size 0 is nothing. */
typedef struct nr_stretch {
  uint64_t offset, size, hash;
} nr_stretch;

typedef struct nr_superblock {
  uint64_t commit;
  nr_stretch directory; /* nothing in a corpus just created */
  uint64_t end;         /* bytes of the file in use */
  bool compress;        /* segments to come have their texts compressed */
} nr_superblock;

/* Page of a copy: commit N lies in slot N mod 2. */
static inline uint64_t nr_superblock_offset(uint64_t commit, uint32_t copy)
{
  return (commit % NR_SLOTS * NR_COPIES + copy) * NR_PAGE_SIZE;
}

void nr_superblock_encode(const nr_superblock *superblock, char page[NR_PAGE_SIZE]);
/* Errors NR_CORRUPT (checksum), NR_VERSION, NR_INVALID (no superblock of a .reel file at all). */
nr_status nr_superblock_decode(const char page[NR_PAGE_SIZE], nr_superblock *superblock, nr_error *err);

/* One segment of a commit; its hash is the last eight bytes of its footer. */
typedef struct nr_segment_entry {
  nr_stretch segment, dead;
} nr_segment_entry;

/* One stored block of a derived layer. */
typedef struct nr_block_entry {
  uint32_t segment; /* index in the directory */
  nr_text name;
  uint64_t rules; /* hash of the annotator's source and data */
  nr_stretch block;
} nr_block_entry;

typedef struct nr_directory {
  uint64_t commit;
  nr_segment_entry *segments;
  uint32_t segment_count;
  nr_block_entry *blocks;
  uint32_t block_count;
} nr_directory;

nr_status nr_directory_encode(const nr_directory *directory, nr_buffer *out, nr_error *err);
/* Decode into `arena`; names point into `bytes`. Every stretch lies below `end`.
 * Errors NR_CORRUPT naming the offset in `bytes` (its checksum is verified), NR_NOMEM. */
nr_status nr_directory_decode(nr_text bytes, uint64_t end, nr_arena *arena, nr_directory *directory,
                              nr_error *err);

/* Size of the directory that starts at `bytes`, 0 where none does: for finding lost ones. */
size_t nr_directory_size(nr_text bytes);

#endif
