/* bytes.h: text as pointer and size, little-endian numbers, the hash.
 * Floor 0. All functions are inline, pure, and for any number of threads. */
#ifndef NR_BYTES_H
#define NR_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Bytes that somebody else owns; not ended by NUL. `bytes` NULL means "missing". */
typedef struct nr_text {
  const char *bytes;
  size_t size;
} nr_text;

/* A string literal as text. */
#define NR_TEXT(literal) ((nr_text){"" literal, sizeof(literal) - 1})

static inline nr_text nr_text_of(const char *string)
{
  return (nr_text){string, string == NULL ? 0 : strlen(string)};
}

static inline bool nr_text_equal(nr_text a, nr_text b)
{
  return a.size == b.size && (a.size == 0 || memcmp(a.bytes, b.bytes, a.size) == 0);
}

/* The text without any of `signs` at its ends. */
static inline nr_text nr_text_trim(nr_text text, const char *signs)
{
  size_t count = strlen(signs);
  while (text.size > 0 && memchr(signs, *text.bytes, count) != NULL)
    text = (nr_text){text.bytes + 1, text.size - 1};
  while (text.size > 0 && memchr(signs, text.bytes[text.size - 1], count) != NULL)
    text.size--;
  return text;
}

/* Order by bytes, a prefix first: the order of every sorted list of names on disk. */
static inline int nr_text_compare(nr_text a, nr_text b)
{
  size_t common = a.size < b.size ? a.size : b.size;
  int order = common == 0 ? 0 : memcmp(a.bytes, b.bytes, common);
  return order != 0 ? order : (a.size > b.size) - (a.size < b.size);
}

static inline bool nr_is_digit(char c)
{
  return c >= '0' && c <= '9';
}

/* Numbers in files are little-endian. On machines that are too this is one move; compilers do not always
 * see that of bytes put together. */
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define NR_LITTLE_ENDIAN(bits, value) (value)
#else
#define NR_LITTLE_ENDIAN(bits, value) __builtin_bswap##bits(value)
#endif

static inline uint32_t nr_load_u32(const void *p)
{
  uint32_t value;
  memcpy(&value, p, sizeof value);
  return NR_LITTLE_ENDIAN(32, value);
}

static inline uint64_t nr_load_u64(const void *p)
{
  uint64_t value;
  memcpy(&value, p, sizeof value);
  return NR_LITTLE_ENDIAN(64, value);
}

/* Most significant byte first: as a number the bytes order as they do as bytes. */
static inline uint64_t nr_load_big_u64(const void *p)
{
  return __builtin_bswap64(nr_load_u64(p));
}

static inline void nr_store_u32(void *p, uint32_t v)
{
  v = NR_LITTLE_ENDIAN(32, v);
  memcpy(p, &v, sizeof v);
}

static inline void nr_store_u64(void *p, uint64_t v)
{
  v = NR_LITTLE_ENDIAN(64, v);
  memcpy(p, &v, sizeof v);
}

#endif
