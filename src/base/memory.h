/* memory.h: one allocation function for everything, and the two lifetimes built on it.
 * Floor 0.
 *
 * A lifetime is owned (new/free), arena (a query or a batch, freed together), buffer (grows, is
 * reused) or borrowed from a snapshot; headers say which for every pointer. */
#ifndef NR_MEMORY_H
#define NR_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/status.h"

/* Where memory comes from. `resize` allocates (pointer NULL), grows, shrinks or frees
 * (new_size 0, returns NULL); it gives NULL when it can't and then leaves the old block alone.
 * It must give blocks aligned for any type. Threads: as the function behind it. */
typedef struct nr_memory {
  void *(*resize)(void *user, void *pointer, size_t old_size, size_t new_size);
  void *user;
} nr_memory;

/* The C library's allocator. Any number of threads. */
extern const nr_memory nr_memory_default;

/* Allocate `size` bytes, unset; NULL when there is no memory. `size` 0 gives NULL. */
void *nr_alloc(const nr_memory *memory, size_t size);
/* Allocate `count` items of `size` bytes, zeroed; NULL on overflow or without memory. */
void *nr_alloc_zeroed(const nr_memory *memory, size_t count, size_t size);
/* Free a block of nr_alloc; `size` as asked for. NULL is fine. */
void nr_release(const nr_memory *memory, void *pointer, size_t size);

/* Bytes that live and die together. */
typedef struct nr_arena {
  const nr_memory *memory;
  struct nr_arena_block *blocks; /* newest first */
  struct nr_arena_block *spare;  /* kept by nr_arena_reuse */
  size_t used, capacity;         /* of the newest block */
  size_t total;                  /* bytes taken from `memory` so far */
} nr_arena;

void nr_arena_init(nr_arena *arena, const nr_memory *memory);
/* Free all; the arena can be used again. */
void nr_arena_clear(nr_arena *arena);
/* Forget all that was taken but keep the memory for what is taken next: for batch after batch. */
void nr_arena_reuse(nr_arena *arena);
/* Take `size` bytes aligned for any type, unset; NULL without memory. `size` 0 gives a non-NULL pointer. */
void *nr_arena_take(nr_arena *arena, size_t size);
/* Take `count` items of `size` bytes; NULL on overflow or without memory. */
void *nr_arena_take_array(nr_arena *arena, size_t count, size_t size);
/* Copy bytes into the arena, with a NUL behind them; NULL without memory. */
char *nr_arena_copy(nr_arena *arena, const char *bytes, size_t size);

/* Bytes that grow. `bytes` moves when it grows. */
typedef struct nr_buffer {
  const nr_memory *memory;
  char *bytes;
  size_t size, capacity;
} nr_buffer;

void nr_buffer_init(nr_buffer *buffer, const nr_memory *memory);
void nr_buffer_clear(nr_buffer *buffer); /* frees; may be used again */
/* Make room for `more` bytes behind `size`. Errors NR_NOMEM. */
nr_status nr_buffer_reserve(nr_buffer *buffer, size_t more, nr_error *err);
static inline nr_status nr_buffer_put(nr_buffer *buffer, const void *bytes, size_t size, nr_error *err)
{
  if (size == 0)
    return NR_OK;
  if (size > buffer->capacity - buffer->size)
    NR_TRY(nr_buffer_reserve(buffer, size, err));
  memcpy(buffer->bytes + buffer->size, bytes, size);
  buffer->size += size;
  return NR_OK;
}
static inline nr_status nr_buffer_put_byte(nr_buffer *buffer, uint8_t byte, nr_error *err)
{
  return nr_buffer_put(buffer, &byte, 1, err);
}
nr_status nr_buffer_put_u32(nr_buffer *buffer, uint32_t value, nr_error *err); /* little-endian */
nr_status nr_buffer_put_u64(nr_buffer *buffer, uint64_t value, nr_error *err);
/* Append zero bytes until `size` is a multiple of `alignment` (a power of two). */
nr_status nr_buffer_align(nr_buffer *buffer, size_t alignment, nr_error *err);

/* Grow an owned array so that `needed` items fit: for "items, count, capacity" triples. `items` is the
 * address of the pointer to the items, of whatever type: nr_grow(memory, &list->items, &list->capacity, ...).
 * The items move; `*capacity` counts them. Errors NR_NOMEM; nothing is changed then. */
nr_status nr_grow(const nr_memory *memory, void *items, size_t *capacity, size_t needed, size_t item_size,
                  nr_error *err);

#endif
