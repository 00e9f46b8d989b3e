/* column.h: a sound segment, one section of which comes from outside; checksums are made good.
 *
 * An input's first byte chooses the section (of those the target names), its bits 6 and 7 how: the rest of
 * the input is edits of the sound section (u16 position, u8 byte), or the section itself. */
#ifndef COLUMN_H
#define COLUMN_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "segment/layout.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { column_articles = 3, column_words = 46, column_tokens_max = 400 };

static inline void column_add(nr_segment_builder *builder, int number)
{
  char id[8], text[2000] = "", word[32];
  nr_token tokens[column_tokens_max];
  uint32_t count = 0, at = 0;
  snprintf(id, sizeof id, "a%d", number);
  for (int k = 0; k < column_words; k++) {
    snprintf(word, sizeof word, "%s w%d%s", k % 3 ? "talks" : "Talks", k * number % 97,
             k % 9 ? " " : "..... ");
    strcat(text, word);
  }
  while (text[at] != '\0' && count < column_tokens_max) {
    uint32_t letters = (uint32_t)strcspn(text + at, " .");
    uint8_t marks = (uint8_t)(count % 7 == 0   ? NR_MARK_SENTENCE
                              : count % 5 == 0 ? NR_MARK_MARGIN
                                               : NR_MARK_JOINED);
    if (letters > 0)
      tokens[count++] = (nr_token){at, at + letters, NR_TOKEN_WORD, marks};
    at += letters + (uint32_t)strspn(text + at + letters, " .");
  }
  nr_day day = number % 5 == 0 ? NR_DAY_NONE : 20000 + number;
  nr_block blocks[] = {{0, 9, NR_BLOCK_TITLE, false, 0}, {10, at, NR_BLOCK_BODY, number % 2 == 1, 3}};
  nr_repair repairs[] = {{3, 1, {0xFF}}, {300, 3, {0xE2, 0x80, 0x20}}};
  nr_field fields[] = {{NR_TEXT("source"), NR_FIELD_STRING, NR_TEXT("CNN")},
                       {NR_TEXT("pages"), NR_FIELD_NUMBER, nr_text_of(id + 1)}};
  nr_article article = {.id = nr_text_of(id),
                        .origin = NR_TEXT("x"),
                        .date = {day, day},
                        .date_evidence = NR_TEXT("2024"),
                        .fields = fields,
                        .field_count = (size_t)number % 3,
                        .content = {text, at},
                        .title_size = number % 2 == 0 ? 9 : 0,
                        .blocks = blocks,
                        .block_count = 2,
                        .tokens = tokens,
                        .token_count = count,
                        .repairs = repairs,
                        .repair_count = 2};
  if (nr_segment_builder_add(builder, &article, NULL) != NR_OK)
    abort();
}

static inline nr_status column_put(void *user, const void *bytes, size_t size, nr_error *err)
{
  return nr_buffer_put(user, bytes, size, err);
}

static inline nr_text column_sound(bool compressed)
{
  static nr_buffer bytes[2];
  nr_segment_builder *builder;
  nr_buffer *out = &bytes[compressed];
  nr_sink sink = {column_put, out};
  if (out->size > 0)
    return (nr_text){out->bytes, out->size};
  nr_buffer_init(out, &nr_memory_default);
  if (nr_segment_builder_new(&nr_memory_default, &builder, NULL) != NR_OK)
    abort();
  for (int i = 0; i < column_articles; i++)
    column_add(builder, i);
  if (nr_segment_builder_write(builder, compressed, &sink, NULL, NULL) != NR_OK)
    abort();
  nr_segment_builder_free(builder);
  return (nr_text){out->bytes, out->size};
}

/* The sound segment's bytes, the section's new ones, the footer. */
static inline char *column_splice(nr_text sound, uint32_t section, const uint8_t *data, size_t size,
                                  bool edits, size_t *total)
{
  size_t body = sound.size - NR_FOOTER_SIZE;
  size_t old_at = (size_t)nr_load_u64(sound.bytes + body + NR_FOOTER_COUNTS + section * 24);
  size_t old_size = (size_t)nr_load_u64(sound.bytes + body + NR_FOOTER_COUNTS + section * 24 + 8);
  size_t length = edits ? old_size : size;
  *total = sound.size + length;
  char *bytes = malloc(*total);
  if (bytes == NULL)
    abort();
  memcpy(bytes, sound.bytes, body);
  char *fresh = bytes + body, *footer = fresh + length;
  memcpy(footer, sound.bytes + body, NR_FOOTER_SIZE);
  if (edits)
    memcpy(fresh, sound.bytes + old_at, old_size);
  else if (length > 0)
    memcpy(fresh, data, length);
  for (size_t at = 0; edits && length > 0 && at + 3 <= size; at += 3)
    fresh[(size_t)(data[at] | data[at + 1] << 8) % length] = (char)data[at + 2];
  nr_store_u64(footer + 16, *total);
  nr_store_u64(footer + NR_FOOTER_COUNTS + section * 24, body);
  nr_store_u64(footer + NR_FOOTER_COUNTS + section * 24 + 8, length);
  nr_store_u64(footer + NR_FOOTER_COUNTS + section * 24 + 16, nr_hash64(fresh, length));
  nr_store_u64(footer + NR_FOOTER_SIZE - 8, nr_hash64(footer, NR_FOOTER_SIZE - 8));
  return bytes;
}

/* Open and look; one time in 32 all columns are compared too. */
static inline void column_run(const uint8_t *data, size_t size, const uint32_t *sections, uint32_t count,
                              bool compressed, void (*look)(const nr_segment *))
{
  size_t total;
  nr_segment *segment;
  if (size < 2)
    return;
  nr_text sound = column_sound(compressed && nr_compression_there());
  char *bytes =
      column_splice(sound, sections[data[0] % 64 % count], data + 1, size - 1, data[0] >> 6 != 0, &total);
  if (nr_segment_open(&nr_memory_default, (nr_text){bytes, total}, &segment, NULL) == NR_OK) {
    look(segment);
    if (data[1] % 32 == 0)
      nr_segment_check(segment, NULL, NULL);
    nr_segment_close(segment);
  }
  free(bytes);
}

/* A target: LOOK asks a segment for what stands in the sections. */
#define COLUMN_TARGET(compressed, look, ...)                                                                 \
  int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)                                               \
  {                                                                                                          \
    static const uint32_t sections[] = {__VA_ARGS__};                                                        \
    column_run(data, size, sections, sizeof sections / sizeof *sections, compressed, look);                  \
    return 0;                                                                                                \
  }

/* A byte of a text is read, so that a wrong end is seen. */
static inline void column_touch(nr_text text)
{
  static volatile char sink;
  if (text.size > 0)
    sink = (char)(text.bytes[0] ^ text.bytes[text.size - 1]);
}

#endif
