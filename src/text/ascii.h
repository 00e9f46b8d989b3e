/* ascii.h: eight or sixteen bytes of ASCII at once. Floor 1, inside text/ only. */
#ifndef NR_ASCII_H
#define NR_ASCII_H

#include "base/bytes.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__ARM_NEON) && defined(__aarch64__)
#include <arm_neon.h>
#endif

/* How many of the 8 bytes at `p` are ASCII letters, or digits where these count too, from the first on:
 * eight at once, so that the length of a word costs no branch. */
static inline unsigned nr_ascii_run(const uint8_t *p, bool digits)
{
  const uint64_t ones = UINT64_C(0x0101010101010101), high = ones * 0x80;
  uint64_t bytes = nr_load_u64(p), low = bytes & ~high, lower = low | ones * 0x20;
  uint64_t inside = (lower + ones * (0x80 - 'a')) & ~(lower + ones * (0x7F - 'z'));
  if (digits)
    inside |= (low + ones * (0x80 - '0')) & ~(low + ones * (0x7F - '9'));
  uint64_t others = (~inside | bytes) & high;

  return others == 0 ? 8 : (unsigned)__builtin_ctzll(others) / 8;
}

/* The same of 16 bytes. */
static inline unsigned nr_ascii_run16(const uint8_t *p, bool digits)
{
#if defined(__SSE2__)
  __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
  __m128i letter = _mm_sub_epi8(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), _mm_set1_epi8('a'));
  __m128i digit = _mm_sub_epi8(bytes, _mm_set1_epi8('0'));
  __m128i inside = _mm_cmpeq_epi8(_mm_min_epu8(letter, _mm_set1_epi8(25)), letter);
  if (digits)
    inside = _mm_or_si128(inside, _mm_cmpeq_epi8(_mm_min_epu8(digit, _mm_set1_epi8(9)), digit));
  return (unsigned)__builtin_ctz(~(unsigned)_mm_movemask_epi8(inside) | 0x10000);
#elif defined(__ARM_NEON) && defined(__aarch64__)
  uint8x16_t bytes = vld1q_u8(p);
  uint8x16_t inside = vcleq_u8(vsubq_u8(vorrq_u8(bytes, vdupq_n_u8(0x20)), vdupq_n_u8('a')), vdupq_n_u8(25));
  if (digits)
    inside = vorrq_u8(inside, vcleq_u8(vsubq_u8(bytes, vdupq_n_u8('0')), vdupq_n_u8(9)));
  uint64_t four_bits = vget_lane_u64(vreinterpret_u64_u8(vshrn_n_u16(vreinterpretq_u16_u8(inside), 4)), 0);
  return four_bits == UINT64_MAX ? 16 : (unsigned)__builtin_ctzll(~four_bits) / 4;
#else
  unsigned first = nr_ascii_run(p, digits);
  return first < 8 ? first : 8 + nr_ascii_run(p + 8, digits);
#endif
}

#endif
