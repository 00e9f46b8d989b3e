/* ascii.h: eight or sixteen bytes at once. Floor 1, inside text/ only. */
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

/* The same of letters and digits of ASCII and letters of two bytes whose first is C4, C5 (Latin Extended-A),
 * D0 or D1 (Cyrillic). `p` is in a run of these in UTF-8; the run may stop inside a letter at the 16th byte
 * only. */
static inline unsigned nr_word_run16(const uint8_t *p)
{
#if defined(__SSE2__)
  __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
  __m128i letter = _mm_sub_epi8(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), _mm_set1_epi8('a'));
  __m128i digit = _mm_sub_epi8(bytes, _mm_set1_epi8('0')), lead = _mm_and_si128(bytes, _mm_set1_epi8(~1));
  __m128i ascii = _mm_or_si128(_mm_cmpeq_epi8(_mm_min_epu8(letter, _mm_set1_epi8(25)), letter),
                               _mm_cmpeq_epi8(_mm_min_epu8(digit, _mm_set1_epi8(9)), digit));
  __m128i first = _mm_or_si128(_mm_cmpeq_epi8(lead, _mm_set1_epi8((char)0xC4)),
                               _mm_cmpeq_epi8(lead, _mm_set1_epi8((char)0xD0)));
  __m128i second = _mm_cmplt_epi8(bytes, _mm_set1_epi8(-64));
  unsigned inside = (unsigned)_mm_movemask_epi8(_mm_or_si128(ascii, _mm_or_si128(first, second)));
  return (unsigned)__builtin_ctz(~inside | 0x10000);
#elif defined(__ARM_NEON) && defined(__aarch64__)
  uint8x16_t bytes = vld1q_u8(p), lead = vandq_u8(bytes, vdupq_n_u8(0xFE));
  uint8x16_t letter = vcleq_u8(vsubq_u8(vorrq_u8(bytes, vdupq_n_u8(0x20)), vdupq_n_u8('a')), vdupq_n_u8(25));
  uint8x16_t digit = vcleq_u8(vsubq_u8(bytes, vdupq_n_u8('0')), vdupq_n_u8(9));
  uint8x16_t first = vorrq_u8(vceqq_u8(lead, vdupq_n_u8(0xC4)), vceqq_u8(lead, vdupq_n_u8(0xD0)));
  uint8x16_t second = vceqq_u8(vandq_u8(bytes, vdupq_n_u8(0xC0)), vdupq_n_u8(0x80));
  uint8x16_t inside = vorrq_u8(vorrq_u8(letter, digit), vorrq_u8(first, second));
  uint64_t four_bits = vget_lane_u64(vreinterpret_u64_u8(vshrn_n_u16(vreinterpretq_u16_u8(inside), 4)), 0);
  return four_bits == UINT64_MAX ? 16 : (unsigned)__builtin_ctzll(~four_bits) / 4;
#else
  unsigned count = 0;
  for (; count < 16; count++) {
    unsigned c = p[count];
    if ((c | 32) - 'a' >= 26 && c - '0' >= 10 && (c & 0xC0) != 0x80 && (c & 0xFE) != 0xC4 &&
        (c & 0xFE) != 0xD0)
      break;
  }
  return count;
#endif
}

#endif
