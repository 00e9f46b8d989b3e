/* memory.c: allocation, arenas, buffers. Floor 0. */
#include "base/memory.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>
#ifdef __linux__
#include <sys/mman.h>
#endif

#include "base/bytes.h"

enum { small_page = 4096, huge_page = 2 << 20 };

/* Ask for huge pages: an index of hundreds of megabytes is written all over, and a page fault for each
 * 4 KiB costs as much as cutting its words. Only a wish: what comes of it makes no difference to us. All
 * pages of a block are named, for one whose parts differ can't be grown without a copy. */
static void wish_huge_pages(void *pointer, size_t size)
{
#ifdef MADV_HUGEPAGE
  uintptr_t from = (uintptr_t)pointer & ~(uintptr_t)(small_page - 1);
  uintptr_t to = ((uintptr_t)pointer + size + small_page - 1) & ~(uintptr_t)(small_page - 1);
  (void)madvise((void *)from, to - from, MADV_HUGEPAGE);
#else
  (void)pointer, (void)size;
#endif
}

static void *resize_default(void *user, void *pointer, size_t old_size, size_t new_size)
{
  (void)user;
  (void)old_size;
  if (new_size == 0) {
    free(pointer);
    return NULL;
  }
  void *moved = realloc(pointer, new_size);
  if (moved != NULL && new_size >= 2 * huge_page)
    wish_huge_pages(moved, new_size);
  return moved;
}

const nr_memory nr_memory_default = {resize_default, NULL};

void *nr_alloc(const nr_memory *memory, size_t size)
{
  return size == 0 ? NULL : memory->resize(memory->user, NULL, 0, size);
}

void *nr_alloc_zeroed(const nr_memory *memory, size_t count, size_t size)
{
  if (size != 0 && count > SIZE_MAX / size)
    return NULL;
  void *pointer = nr_alloc(memory, count * size);
  if (pointer != NULL)
    memset(pointer, 0, count * size);
  return pointer;
}

void nr_release(const nr_memory *memory, void *pointer, size_t size)
{
  if (pointer != NULL)
    memory->resize(memory->user, pointer, size, 0);
}

typedef struct nr_arena_block {
  struct nr_arena_block *older;
  size_t size; /* of the whole block, header included */
  alignas(max_align_t) char bytes[];
} nr_arena_block;

enum { arena_block_size_min = 4096, arena_doubles_up_to = 1 << 20, arena_block_size_max = 32 << 20 };

void nr_arena_init(nr_arena *arena, const nr_memory *memory)
{
  *arena = (nr_arena){.memory = memory};
}

static void free_blocks(const nr_memory *memory, nr_arena_block *block)
{
  while (block != NULL) {
    nr_arena_block *older = block->older;
    nr_release(memory, block, block->size);
    block = older;
  }
}

void nr_arena_clear(nr_arena *arena)
{
  free_blocks(arena->memory, arena->blocks);
  free_blocks(arena->memory, arena->spare);
  nr_arena_init(arena, arena->memory);
}

void nr_arena_reuse(nr_arena *arena)
{
  while (arena->blocks != NULL) {
    nr_arena_block *block = arena->blocks;
    arena->blocks = block->older;
    block->older = arena->spare;
    arena->spare = block;
  }
  arena->used = arena->capacity = 0;
}

static void add_block(nr_arena *arena, nr_arena_block *block)
{
  block->older = arena->blocks;
  arena->blocks = block;
  arena->used = 0;
  arena->capacity = block->size - sizeof(nr_arena_block);
}

/* Take back a spare block that is large enough; those before it in the list go. */
static bool add_spare_block(nr_arena *arena, size_t size)
{
  while (arena->spare != NULL) {
    nr_arena_block *block = arena->spare;
    arena->spare = block->older;
    if (block->size - sizeof(nr_arena_block) >= size) {
      add_block(arena, block);
      return true;
    }
    arena->total -= block->size;
    nr_release(arena->memory, block, block->size);
  }
  return false;
}

/* Doubles the arena at first, then adds a quarter. */
static size_t arena_block_size(size_t total)
{
  size_t wanted = total > arena_doubles_up_to ? total / 4 : total;
  if (total > arena_doubles_up_to && wanted < arena_doubles_up_to)
    wanted = arena_doubles_up_to;
  if (wanted < arena_block_size_min)
    wanted = arena_block_size_min;
  return wanted < arena_block_size_max ? wanted : arena_block_size_max;
}

static bool arena_add_block(nr_arena *arena, size_t size)
{
  size_t wanted = arena_block_size(arena->total);
  if (add_spare_block(arena, size))
    return true;
  if (size > SIZE_MAX - sizeof(nr_arena_block))
    return false;
  if (wanted < size + sizeof(nr_arena_block))
    wanted = size + sizeof(nr_arena_block);
  nr_arena_block *block = nr_alloc(arena->memory, wanted);
  if (block == NULL)
    return false;
  block->size = wanted;
  add_block(arena, block);
  arena->total += wanted;
  return true;
}

void *nr_arena_take(nr_arena *arena, size_t size)
{
  size_t const unit = alignof(max_align_t);
  if (size > SIZE_MAX - unit)
    return NULL;
  size = (size + unit - 1) & ~(unit - 1);
  if (arena->blocks == NULL || size > arena->capacity - arena->used)
    if (!arena_add_block(arena, size))
      return NULL;
  void *pointer = arena->blocks->bytes + arena->used;
  arena->used += size;
  return pointer;
}

void *nr_arena_take_array(nr_arena *arena, size_t count, size_t size)
{
  if (size != 0 && count > SIZE_MAX / size)
    return NULL;
  return nr_arena_take(arena, count * size);
}

char *nr_arena_copy(nr_arena *arena, const char *bytes, size_t size)
{
  if (size == SIZE_MAX)
    return NULL;
  char *copy = nr_arena_take(arena, size + 1);
  if (copy == NULL)
    return NULL;
  if (size != 0)
    memcpy(copy, bytes, size);
  copy[size] = '\0';
  return copy;
}

void nr_buffer_init(nr_buffer *buffer, const nr_memory *memory)
{
  *buffer = (nr_buffer){.memory = memory};
}

void nr_buffer_clear(nr_buffer *buffer)
{
  nr_release(buffer->memory, buffer->bytes, buffer->capacity);
  nr_buffer_init(buffer, buffer->memory);
}

nr_status nr_grow(const nr_memory *memory, void *items, size_t *capacity, size_t needed, size_t item_size,
                  nr_error *err)
{
  if (needed <= *capacity)
    return NR_OK;
  size_t wanted = *capacity + *capacity / 2;
  if (wanted < needed)
    wanted = needed;
  if (wanted < 16)
    wanted = 16;
  if (wanted > SIZE_MAX / item_size)
    return nr_fail_memory(err);
  void *moved; /* pointers to items of any type have one size: read and written as bytes */
  memcpy(&moved, items, sizeof moved);
  moved = memory->resize(memory->user, moved, *capacity * item_size, wanted * item_size);
  if (moved == NULL)
    return nr_fail_memory(err);
  memcpy(items, &moved, sizeof moved);
  *capacity = wanted;
  return NR_OK;
}

nr_status nr_buffer_reserve(nr_buffer *buffer, size_t more, nr_error *err)
{
  if (more > SIZE_MAX - buffer->size)
    return nr_fail_memory(err);
  return nr_grow(buffer->memory, &buffer->bytes, &buffer->capacity, buffer->size + more, 1, err);
}

nr_status nr_buffer_put_u32(nr_buffer *buffer, uint32_t value, nr_error *err)
{
  char bytes[4];
  nr_store_u32(bytes, value);
  return nr_buffer_put(buffer, bytes, sizeof bytes, err);
}

nr_status nr_buffer_put_u64(nr_buffer *buffer, uint64_t value, nr_error *err)
{
  char bytes[8];
  nr_store_u64(bytes, value);
  return nr_buffer_put(buffer, bytes, sizeof bytes, err);
}

nr_status nr_buffer_align(nr_buffer *buffer, size_t alignment, nr_error *err)
{
  static const char zeros[64];
  size_t missing = (alignment - buffer->size % alignment) % alignment;
  while (missing > 0) {
    size_t part = missing < sizeof zeros ? missing : sizeof zeros;
    NR_TRY(nr_buffer_put(buffer, zeros, part, err));
    missing -= part;
  }
  return NR_OK;
}
