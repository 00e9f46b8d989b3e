/* What a file has besides segments: superblocks, directories, lists of dead articles. The first byte says
 * which; checksums are made good. */
#include "column.h"
#include "corpus/corpus.h"
#include "corpus/dead.h"
#include "corpus/format.h"

static void superblock(const uint8_t *data, size_t size)
{
  char page[NR_PAGE_SIZE] = {0};
  nr_superblock block;
  memcpy(page, data, size < sizeof page ? size : sizeof page);
  memcpy(page, "newsreel", 8);
  nr_store_u64(page + NR_PAGE_SIZE - 8, nr_hash64(page, NR_PAGE_SIZE - 8));
  if (nr_superblock_decode(page, &block, NULL) == NR_OK)
    nr_superblock_encode(&block, page);
}

static void directory(const uint8_t *data, size_t size)
{
  nr_arena arena;
  nr_directory read;
  nr_arena_init(&arena, &nr_memory_default);
  char *bytes = malloc(size + 16);
  if (bytes == NULL)
    abort();
  memcpy(bytes, "reel dir", 8);
  memcpy(bytes + 8, data, size);
  nr_store_u64(bytes + 8 + size, nr_hash64(bytes, size + 8));
  nr_text text = {bytes, size + 16};
  size_t found = nr_directory_size(text);
  if (found > text.size)
    abort();
  if (nr_directory_decode(text, 1 << 20, &arena, &read, NULL) == NR_OK)
    for (uint32_t i = 0; i < read.block_count; i++)
      column_touch(read.blocks[i].name);
  nr_arena_clear(&arena);
  free(bytes);
}

static void dead(const uint8_t *data, size_t size)
{
  static nr_segment *segment;
  nr_dead *read;
  if (segment == NULL && nr_segment_open(&nr_memory_default, column_sound(false), &segment, NULL) != NR_OK)
    abort();
  char *bytes = malloc(size + 1); /* as long as it says, for the sanitizer */
  if (bytes == NULL)
    abort();
  bytes = realloc(bytes, size == 0 ? 1 : size);
  memcpy(bytes, data, size);
  nr_part part = {.segment = segment};
  if (nr_dead_decode(&nr_memory_default, segment, (nr_text){bytes, size}, &read, NULL) == NR_OK) {
    uint32_t hits, texts;
    part.dead = read->bitmap;
    part.gone = read;
    for (uint32_t form = 0; form < nr_segment_count(segment)->forms; form++)
      nr_part_form_count(&part, form, &hits, &texts);
    nr_dead_release(read);
  }
  free(bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  if (size < 1)
    return 0;
  void (*const decoders[])(const uint8_t *, size_t) = {superblock, directory, dead};
  decoders[data[0] % 3](data + 1, size - 1);
  return 0;
}
