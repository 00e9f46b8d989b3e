/* sections.h: writing a segment's sections one after the other through a sink.
 * Floor 2: inside segment/ only. Memory is one small buffer, whatever the segment's size. */
#ifndef NR_SECTIONS_H
#define NR_SECTIONS_H

#include "base/hash.h"
#include "segment/layout.h"

/* A segment on its way out. A failed put is kept in `status` and `err`, later calls do nothing: the
 * emitting code stays free of checks and asks once, at the end. */
typedef struct nr_section_writer {
  const nr_sink *sink;
  nr_error *err;
  nr_status status;
  uint64_t at; /* bytes put so far */
  uint64_t section_start;
  uint32_t section; /* being written; NR_SECTIONS between two */
  struct {
    uint64_t offset, size, hash;
  } sections[NR_SECTIONS];
  bool written[NR_SECTIONS];
  uint64_t bits; /* bits not yet put, lowest first */
  uint32_t bit_count;
  XXH3_state_t hash;
  size_t used;
  char buffer[1 << 15];
} nr_section_writer;

void nr_sections_init(nr_section_writer *w, const nr_sink *sink, nr_error *err);
void nr_section_begin(nr_section_writer *w, nr_section section);
void nr_section_end(nr_section_writer *w);
/* The sections that another writer has written, and their bytes. */
void nr_sections_append(nr_section_writer *w, const nr_section_writer *other, nr_text bytes);
/* Write the footer and pass the rest on; returns the first failure of all. */
nr_status nr_sections_finish(nr_section_writer *w, const nr_segment_counts *counts, uint32_t dated,
                             bool compressed);

/* Bytes put into the section so far. */
static inline uint64_t nr_section_at(const nr_section_writer *w)
{
  return w->at - w->section_start;
}
void nr_section_put(nr_section_writer *w, const void *bytes, size_t size);
void nr_section_put_u32(nr_section_writer *w, uint32_t value);
static inline void nr_section_put_u64(nr_section_writer *w, uint64_t value)
{
  char bytes[8];
  nr_store_u64(bytes, value);
  if (sizeof w->buffer - w->used < sizeof bytes) {
    nr_section_put(w, bytes, sizeof bytes);
    return;
  }
  memcpy(w->buffer + w->used, bytes, sizeof bytes);
  w->at += sizeof bytes;
  w->used += sizeof bytes;
}
/* Zeros until the section's size is a multiple of 8. */
void nr_section_align(nr_section_writer *w);

/* A packed column: head, values less `base` one by one, tail. */
void nr_column_begin(nr_section_writer *w, uint64_t base, uint32_t count, uint32_t width);
void nr_bits_begin(nr_section_writer *w); /* bits alone, without a head */
void nr_column_end(nr_section_writer *w);
static inline void nr_column_put(nr_section_writer *w, uint64_t value, uint32_t width)
{
  w->bits |= value << w->bit_count;
  w->bit_count += width;
  if (w->bit_count >= 64) {
    nr_section_put_u64(w, w->bits);
    w->bit_count -= 64;
    w->bits = w->bit_count == 0 ? 0 : value >> (width - w->bit_count);
  }
}
/* A whole column, of the kind that is smaller. */
void nr_column_put_u64(nr_section_writer *w, const uint64_t *values, uint32_t count);

#endif
