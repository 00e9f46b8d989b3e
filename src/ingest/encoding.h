/* encoding.h: bytes of any encoding to UTF-8.
 * Floor 4: includes base/, text/. */
#ifndef NR_ENCODING_H
#define NR_ENCODING_H

#include "base/bytes.h"
#include "base/memory.h"
#include "text/utf8.h"

typedef struct nr_decoded {
  nr_text text;             /* UTF-8; the bytes given, or in the arena */
  const nr_repair *repairs; /* what could not be decoded; in the arena */
  size_t repair_count;
  const char *encoding; /* "UTF-8", "windows-1251", ...: in the arena or static */
  bool guessed;         /* neither a mark, a declaration nor validity said so */
} nr_decoded;

/* Decode by byte order mark, then validity as UTF-8, then the declaration, then by what letters
 * come out of windows-1251, KOI8-R and windows-1252. UTF-8 with a few bad bytes is repaired.
 *
 * declared  the name of an encoding, or missing.
 * Errors NR_NOMEM; NR_LIMIT over 4 GiB. */
nr_status nr_decode(nr_text bytes, nr_text declared, nr_arena *arena, nr_decoded *decoded, nr_error *err);

/* The encoding that the head of a page of HTML or XML declares, or missing. */
nr_text nr_declared_encoding(nr_text bytes);

#endif
