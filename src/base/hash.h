/* hash.h: XXH3-64, the one checksum and hash of the house (xxHash, header only, seed 0).
 * Floor 0. The value is the same on every machine and is written to disk. */
#ifndef NR_HASH_H
#define NR_HASH_H

#include <stddef.h>
#include <stdint.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

static inline uint64_t nr_hash64(const void *bytes, size_t size)
{
  return XXH3_64bits(bytes, size);
}

#endif
