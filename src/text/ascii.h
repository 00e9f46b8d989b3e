/* ascii.h: eight bytes of ASCII at once. Floor 1, inside text/ only. */
#ifndef NR_ASCII_H
#define NR_ASCII_H

#include "base/bytes.h"

/* How many of the 8 bytes at `p` are ASCII letters and digits, counted from the first: eight at once, so
 * that the length of a word costs no branch. */
static inline unsigned nr_ascii_run(const uint8_t *p)
{
  const uint64_t ones = UINT64_C(0x0101010101010101), high = ones * 0x80;
  uint64_t bytes = nr_load_u64(p), low = bytes & ~high, lower = low | ones * 0x20;
  uint64_t letters = (lower + ones * (0x80 - 'a')) & ~(lower + ones * (0x7F - 'z'));
  uint64_t digits = (low + ones * (0x80 - '0')) & ~(low + ones * (0x7F - '9'));
  uint64_t others = ~(letters | digits) & high;

  others |= bytes & high;
  return others == 0 ? 8 : (unsigned)__builtin_ctzll(others) / 8;
}

#endif
