/* sections.c: writing a segment's sections. Floor 2. */
#include "segment/sections.h"

void nr_sections_init(nr_section_writer *w, const nr_sink *sink, nr_error *err)
{
  memset(w, 0, offsetof(nr_section_writer, buffer));
  w->sink = sink;
  w->err = err;
  w->section = NR_SECTIONS;
}

static void pass_on(nr_section_writer *w, const void *bytes, size_t size)
{
  if (w->status == NR_OK && size > 0)
    w->status = w->sink->put(w->sink->user, bytes, size, w->err);
  if (w->section != NR_SECTIONS)
    XXH3_64bits_update(&w->hash, bytes, size);
}

static void flush(nr_section_writer *w)
{
  pass_on(w, w->buffer, w->used);
  w->used = 0;
}

void nr_section_put(nr_section_writer *w, const void *bytes, size_t size)
{
  w->at += size;
  if (size > sizeof w->buffer - w->used) {
    flush(w);
    if (size >= sizeof w->buffer) {
      pass_on(w, bytes, size);
      return;
    }
  }
  if (size > 0)
    memcpy(w->buffer + w->used, bytes, size);
  w->used += size;
}

void nr_section_put_u32(nr_section_writer *w, uint32_t value)
{
  char bytes[4];
  nr_store_u32(bytes, value);
  nr_section_put(w, bytes, sizeof bytes);
}

static void put_zeros(nr_section_writer *w, size_t size)
{
  static const char zeros[NR_SEGMENT_ALIGNMENT];
  nr_section_put(w, zeros, size);
}

void nr_section_align(nr_section_writer *w)
{
  put_zeros(w, (size_t)(-(w->at - w->section_start) & 7));
}

void nr_section_begin(nr_section_writer *w, nr_section section)
{
  put_zeros(w, (size_t)(-w->at & 7));
  flush(w);
  w->section = section;
  w->section_start = w->at;
  XXH3_64bits_reset(&w->hash);
}

void nr_section_end(nr_section_writer *w)
{
  flush(w);
  w->sections[w->section].offset = w->section_start;
  w->sections[w->section].size = w->at - w->section_start;
  w->sections[w->section].hash = XXH3_64bits_digest(&w->hash);
  w->written[w->section] = true;
  w->section = NR_SECTIONS;
}

void nr_sections_append(nr_section_writer *w, const nr_section_writer *other, nr_text bytes)
{
  put_zeros(w, (size_t)(-w->at & 7));
  for (uint32_t i = 0; i < NR_SECTIONS; i++)
    if (other->written[i]) {
      w->sections[i].offset = w->at + other->sections[i].offset;
      w->sections[i].size = other->sections[i].size;
      w->sections[i].hash = other->sections[i].hash;
    }
  nr_section_put(w, bytes.bytes, bytes.size);
}

nr_status nr_sections_finish(nr_section_writer *w, const nr_segment_counts *counts, uint32_t dated,
                             bool compressed)
{
  char footer[NR_FOOTER_SIZE] = {0};
  put_zeros(w, (size_t)(-(w->at + sizeof footer) & (NR_SEGMENT_ALIGNMENT - 1)));
  nr_store_u64(footer, NR_SEGMENT_MAGIC);
  nr_store_u32(footer + 8, NR_SEGMENT_FORMAT);
  nr_store_u32(footer + 12, counts->text_rules);
  nr_store_u64(footer + 16, w->at + sizeof footer);
  nr_store_u64(footer + 24, counts->content_bytes);
  nr_store_u32(footer + 32, counts->articles);
  nr_store_u32(footer + 36, dated);
  nr_store_u32(footer + 40, counts->on);
  nr_store_u32(footer + 44, counts->all);
  nr_store_u32(footer + 48, counts->forms);
  nr_store_u32(footer + 52, counts->surfaces);
  nr_store_u32(footer + 56, compressed ? NR_COMPRESSED_ZSTD : 0);
  for (uint32_t i = 0; i < NR_SECTIONS; i++) {
    char *entry = footer + NR_FOOTER_COUNTS + i * 24;
    nr_store_u64(entry, w->sections[i].offset);
    nr_store_u64(entry + 8, w->sections[i].size);
    nr_store_u64(entry + 16, w->sections[i].hash);
  }
  nr_store_u64(footer + sizeof footer - 8, nr_hash64(footer, sizeof footer - 8));
  nr_section_put(w, footer, sizeof footer);
  flush(w);
  return w->status;
}

void nr_bits_begin(nr_section_writer *w)
{
  w->bits = 0;
  w->bit_count = 0;
}

void nr_column_begin(nr_section_writer *w, uint64_t base, uint32_t count, uint32_t width)
{
  assert(width <= NR_PACKED_WIDTH_MAX);
  nr_section_put_u64(w, base);
  nr_section_put_u32(w, count);
  nr_section_put_u32(w, width);
  nr_bits_begin(w);
}

void nr_column_end(nr_section_writer *w)
{
  if (w->bit_count > 0)
    nr_section_put_u64(w, w->bits);
  nr_section_put_u64(w, 0);
}

/* The column as groups of 128, and what that takes. */
typedef struct group_plan {
  uint64_t low;
  uint32_t width, count;
} group_plan;

static group_plan plan_group(const uint64_t *values, uint32_t count)
{
  uint64_t low = UINT64_MAX, high = 0;
  for (uint32_t i = 0; i < count; i++) {
    low = values[i] < low ? values[i] : low;
    high = values[i] > high ? values[i] : high;
  }
  return (group_plan){count == 0 ? 0 : low, count == 0 ? 0 : nr_bits(high - low), count};
}

static group_plan group_at(const uint64_t *values, uint32_t count, uint32_t first)
{
  return plan_group(values + first, count - first < NR_PACKED_GROUP ? count - first : NR_PACKED_GROUP);
}

static uint64_t grouped_size(const uint64_t *values, uint32_t count)
{
  uint64_t size = 0;
  for (uint32_t i = 0; i < count; i += NR_PACKED_GROUP) {
    group_plan g = group_at(values, count, i);
    size += 16 + ((uint64_t)g.count * g.width + 7) / 8;
  }
  return size;
}

static void put_groups(nr_section_writer *w, const uint64_t *values, uint32_t count)
{
  uint32_t offset = 0;
  for (uint32_t i = 0; i < count; i += NR_PACKED_GROUP) {
    group_plan g = group_at(values, count, i);
    nr_section_put_u64(w, g.low);
    nr_section_put_u32(w, offset);
    nr_section_put_u32(w, g.width);
    offset += (g.count * g.width + 7) / 8;
  }
}

static void put_group_bits(nr_section_writer *w, const uint64_t *values, uint32_t count)
{
  for (uint32_t i = 0; i < count; i += NR_PACKED_GROUP) {
    group_plan g = group_at(values, count, i);
    char bytes[NR_PACKED_GROUP * NR_PACKED_WIDTH_MAX / 8 + 8] = {0};
    for (uint32_t k = 0; k < g.count; k++) {
      uint64_t bit = (uint64_t)k * g.width, value = values[i + k] - g.low;
      nr_store_u64(bytes + bit / 8, nr_load_u64(bytes + bit / 8) | value << (bit % 8));
    }
    nr_section_put(w, bytes, (g.count * g.width + 7) / 8);
  }
}

static void put_grouped(nr_section_writer *w, const uint64_t *values, uint32_t count)
{
  static const char zeros[8];
  nr_section_put_u64(w, 0);
  nr_section_put_u32(w, count);
  nr_section_put_u32(w, 1 << 8); /* width 0, kind 1 */
  put_groups(w, values, count);
  uint64_t start = w->at;
  put_group_bits(w, values, count);
  nr_section_put(w, zeros, (size_t)(-(w->at - start) & 7));
  nr_section_put_u64(w, 0);
}

void nr_column_put_u64(nr_section_writer *w, const uint64_t *values, uint32_t count)
{
  enum { grouped_from = 1024 }; /* shorter columns are not worth the second look-up */
  group_plan all = plan_group(values, count);
  uint64_t size = nr_packed_size(count, all.width), grouped = grouped_size(values, count);
  if (count >= grouped_from && grouped < size - size / 16 && grouped < UINT32_MAX) {
    put_grouped(w, values, count);
    return;
  }
  nr_column_begin(w, all.low, count, all.width);
  for (uint32_t i = 0; i < count; i++)
    nr_column_put(w, values[i] - all.low, all.width);
  nr_column_end(w);
}
