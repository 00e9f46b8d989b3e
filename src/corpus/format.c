/* format.c: superblocks and directories. Floor 3. */
#include "corpus/format.h"

#include <inttypes.h>

#include "base/hash.h"

static const char magic[8] = {'n', 'e', 'w', 's', 'r', 'e', 'e', 'l'};
static const char directory_magic[8] = {'r', 'e', 'e', 'l', ' ', 'd', 'i', 'r'};

static void put_stretch(char *at, nr_stretch stretch)
{
  nr_store_u64(at, stretch.offset);
  nr_store_u64(at + 8, stretch.size);
  nr_store_u64(at + 16, stretch.hash);
}

static nr_stretch get_stretch(const char *at)
{
  return (nr_stretch){nr_load_u64(at), nr_load_u64(at + 8), nr_load_u64(at + 16)};
}

void nr_superblock_encode(const nr_superblock *superblock, char page[NR_PAGE_SIZE])
{
  memset(page, 0, NR_PAGE_SIZE);
  memcpy(page, magic, sizeof magic);
  nr_store_u32(page + 8, NR_REEL_FORMAT);
  nr_store_u32(page + 12, superblock->compress ? 1 : 0);
  nr_store_u64(page + 16, superblock->commit);
  put_stretch(page + 24, superblock->directory);
  nr_store_u64(page + 48, superblock->end);
  nr_store_u64(page + NR_PAGE_SIZE - 8, nr_hash64(page, NR_PAGE_SIZE - 8));
}

nr_status nr_superblock_decode(const char page[NR_PAGE_SIZE], nr_superblock *superblock, nr_error *err)
{
  if (memcmp(page, magic, sizeof magic) != 0)
    return nr_fail(err, NR_INVALID, "not a .reel file");
  if (nr_load_u64(page + NR_PAGE_SIZE - 8) != nr_hash64(page, NR_PAGE_SIZE - 8))
    return nr_fail(err, NR_CORRUPT, "the superblock's checksum is wrong");
  uint32_t format = nr_load_u32(page + 8);
  if (format != NR_REEL_FORMAT)
    return nr_fail(err, NR_VERSION,
                   format < NR_REEL_FORMAT ? "made by an older newsreel: dump it there, add it here"
                                           : "made by a newer newsreel: update this one");
  if (nr_load_u32(page + 12) > 1)
    return nr_fail(err, NR_VERSION, "made by a newer newsreel: update this one");
  *superblock = (nr_superblock){.commit = nr_load_u64(page + 16),
                                .directory = get_stretch(page + 24),
                                .end = nr_load_u64(page + 48),
                                .compress = nr_load_u32(page + 12) != 0};
  return NR_OK;
}

nr_status nr_directory_encode(const nr_directory *directory, nr_buffer *out, nr_error *err)
{
  size_t start = out->size;
  NR_TRY(nr_buffer_put(out, directory_magic, sizeof directory_magic, err));
  NR_TRY(nr_buffer_put_u32(out, directory->segment_count, err));
  NR_TRY(nr_buffer_put_u32(out, directory->block_count, err));
  NR_TRY(nr_buffer_put_u64(out, directory->commit, err));
  for (uint32_t i = 0; i < directory->segment_count; i++) {
    char entry[NR_SEGMENT_ENTRY];
    put_stretch(entry, directory->segments[i].segment);
    put_stretch(entry + 24, directory->segments[i].dead);
    NR_TRY(nr_buffer_put(out, entry, sizeof entry, err));
  }
  for (uint32_t i = 0; i < directory->block_count; i++) {
    const nr_block_entry *block = &directory->blocks[i];
    char entry[NR_BLOCK_ENTRY];
    nr_store_u32(entry, block->segment);
    nr_store_u32(entry + 4, (uint32_t)block->name.size);
    nr_store_u64(entry + 8, block->rules);
    put_stretch(entry + 16, block->block);
    NR_TRY(nr_buffer_put(out, entry, sizeof entry, err));
    NR_TRY(nr_buffer_put(out, block->name.bytes, block->name.size, err));
    NR_TRY(nr_buffer_align(out, 8, err));
  }
  return nr_buffer_put_u64(out, nr_hash64(out->bytes + start, out->size - start), err);
}

static nr_status bad_directory(size_t offset, nr_error *err)
{
  return nr_fail(err, NR_CORRUPT, "section \"directory\" is damaged at its byte %zu", offset);
}

static bool stretch_fits(nr_stretch stretch, uint64_t end)
{
  return stretch.size == 0 || (stretch.offset >= NR_HEAD_SIZE && stretch.offset % 8 == 0 &&
                               stretch.offset <= end && stretch.size <= end - stretch.offset);
}

static nr_status decode_segments(nr_text bytes, uint64_t end, nr_directory *d, nr_error *err)
{
  for (uint32_t i = 0; i < d->segment_count; i++) {
    size_t at = NR_DIRECTORY_HEAD + (size_t)i * NR_SEGMENT_ENTRY;
    d->segments[i] = (nr_segment_entry){get_stretch(bytes.bytes + at), get_stretch(bytes.bytes + at + 24)};
    if (d->segments[i].segment.size == 0 || !stretch_fits(d->segments[i].segment, end) ||
        !stretch_fits(d->segments[i].dead, end))
      return bad_directory(at, err);
  }
  return NR_OK;
}

static nr_status decode_blocks(nr_text bytes, uint64_t end, size_t at, nr_directory *d, nr_error *err)
{
  for (uint32_t i = 0; i < d->block_count; i++) {
    if (at > bytes.size || bytes.size - at < NR_BLOCK_ENTRY)
      return bad_directory(at, err);
    const char *entry = bytes.bytes + at;
    uint32_t name_size = nr_load_u32(entry + 4), padded = (name_size + 7) & ~7u;
    d->blocks[i] = (nr_block_entry){nr_load_u32(entry),
                                    {entry + NR_BLOCK_ENTRY, name_size},
                                    nr_load_u64(entry + 8),
                                    get_stretch(entry + 16)};
    if (d->blocks[i].segment >= d->segment_count || name_size == 0 || name_size > NR_LAYER_NAME_MAX ||
        padded > bytes.size - at - NR_BLOCK_ENTRY || !stretch_fits(d->blocks[i].block, end))
      return bad_directory(at, err);
    at += NR_BLOCK_ENTRY + padded;
  }
  return NR_OK;
}

/* `size` is what lies before the checksum. */
static nr_status decode_entries(nr_text bytes, uint64_t end, nr_arena *arena, nr_directory *directory,
                                nr_error *err)
{
  nr_directory d = {.segment_count = nr_load_u32(bytes.bytes + 8),
                    .block_count = nr_load_u32(bytes.bytes + 12),
                    .commit = nr_load_u64(bytes.bytes + 16)};
  uint64_t segments = (uint64_t)d.segment_count * NR_SEGMENT_ENTRY;
  if (segments > bytes.size - NR_DIRECTORY_HEAD || d.block_count > bytes.size / NR_BLOCK_ENTRY)
    return bad_directory(8, err);
  d.segments = nr_arena_take_array(arena, d.segment_count, sizeof *d.segments);
  d.blocks = nr_arena_take_array(arena, d.block_count, sizeof *d.blocks);
  if (d.segments == NULL || d.blocks == NULL)
    return nr_fail_memory(err);
  NR_TRY(decode_segments(bytes, end, &d, err));
  NR_TRY(decode_blocks(bytes, end, NR_DIRECTORY_HEAD + (size_t)segments, &d, err));
  *directory = d;
  return NR_OK;
}

nr_status nr_directory_decode(nr_text bytes, uint64_t end, nr_arena *arena, nr_directory *directory,
                              nr_error *err)
{
  if (bytes.size < NR_DIRECTORY_HEAD + 8 || memcmp(bytes.bytes, directory_magic, sizeof directory_magic) != 0)
    return bad_directory(0, err);
  size_t size = bytes.size - 8;
  if (nr_hash64(bytes.bytes, size) != nr_load_u64(bytes.bytes + size))
    return bad_directory(size, err);
  return decode_entries((nr_text){bytes.bytes, size}, end, arena, directory, err);
}

size_t nr_directory_size(nr_text bytes)
{
  if (bytes.size < NR_DIRECTORY_HEAD + 8 || memcmp(bytes.bytes, directory_magic, sizeof directory_magic) != 0)
    return 0;
  uint64_t at = NR_DIRECTORY_HEAD + (uint64_t)nr_load_u32(bytes.bytes + 8) * NR_SEGMENT_ENTRY;
  for (uint32_t blocks = nr_load_u32(bytes.bytes + 12); blocks > 0; blocks--) {
    if (at > bytes.size || bytes.size - at < NR_BLOCK_ENTRY)
      return 0;
    at += NR_BLOCK_ENTRY + (((uint64_t)nr_load_u32(bytes.bytes + at + 4) + 7) & ~(uint64_t)7);
  }
  return at <= bytes.size && bytes.size - at >= 8 ? (size_t)at + 8 : 0;
}
