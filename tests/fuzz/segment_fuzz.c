/* Hostile segments: the input is a list of edits (u16 position, u8 byte) of a sound segment, or a
 * segment itself. The footer's checksum is made good, so that what it guards is reached. Every segment is
 * opened; one in eight is read, checked and merged. */
#include <stdio.h>

#include "../fault/walk.h"
#include "segment/layout.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void add(nr_segment_builder *builder, const char *id, nr_day day, const char *text)
{
  nr_token tokens[400];
  uint32_t count = 0, at = 0;
  while (text[at] != '\0' && count < 400) {
    uint32_t letters = (uint32_t)strcspn(text + at, " .|");
    uint8_t marks = (uint8_t)(count % 7 == 0 ? NR_MARK_SENTENCE : count % 5 == 0 ? NR_MARK_MARGIN : 0);
    if (letters > 0)
      tokens[count++] = (nr_token){at, at + letters, NR_TOKEN_WORD, marks};
    at += letters + (uint32_t)strspn(text + at + letters, " .|");
  }
  nr_block block = {0, at, NR_BLOCK_BODY, false, 1};
  nr_repair repair = {3, 1, {0xFF}};
  nr_field fields[] = {{NR_TEXT("source"), NR_FIELD_STRING, NR_TEXT("CNN")},
                       {NR_TEXT("pages"), NR_FIELD_NUMBER, NR_TEXT("12")}};
  nr_article article = {.id = nr_text_of(id),
                        .origin = NR_TEXT("x"),
                        .date = {day, day},
                        .date_evidence = NR_TEXT("2024"),
                        .fields = fields,
                        .field_count = (size_t)day % 3,
                        .content = {text, at},
                        .blocks = &block,
                        .block_count = 1,
                        .tokens = tokens,
                        .token_count = count,
                        .repairs = &repair,
                        .repair_count = 1};
  if (nr_segment_builder_add(builder, &article, NULL) != NR_OK)
    abort();
}

/* Some lists reach beyond a block of postings, some gaps are wide. */
static nr_text sound_segment(void)
{
  static nr_buffer bytes;
  if (bytes.size > 0)
    return (nr_text){bytes.bytes, bytes.size};
  nr_segment_builder *builder;
  nr_buffer_init(&bytes, &nr_memory_default);
  if (nr_segment_builder_new(&nr_memory_default, &builder, NULL) != NR_OK)
    abort();
  for (int i = 0; i < 12; i++) {
    char id[8], text[2000] = "";
    snprintf(id, sizeof id, "a%d", i);
    for (int k = 0; k < 60; k++) {
      char word[32];
      snprintf(word, sizeof word, "%s w%d%s", k % 3 ? "talks" : "Talks", k * i % 97,
               k % 9 ? " " : ".......... ");
      strcat(text, word);
    }
    add(builder, id, i % 5 == 0 ? NR_DAY_NONE : 20000 + i, text);
  }
  if (nr_segment_builder_finish(builder, &bytes, NULL) != NR_OK)
    abort();
  nr_segment_builder_free(builder);
  return (nr_text){bytes.bytes, bytes.size};
}

static void look(char *bytes, size_t size, bool closely)
{
  nr_segment *segment;
  if (size >= NR_FOOTER_SIZE) {
    char *footer = bytes + size - NR_FOOTER_SIZE;
    nr_store_u64(footer, NR_SEGMENT_MAGIC);
    nr_store_u64(footer + 16, size);
    nr_store_u64(footer + NR_FOOTER_SIZE - 8, nr_hash64(footer, NR_FOOTER_SIZE - 8));
  }
  if (nr_segment_open(&nr_memory_default, (nr_text){bytes, size}, &segment, NULL) != NR_OK)
    return;
  if (closely) {
    walk_segment(segment);
    nr_segment_check(segment, NULL, NULL);
  }
  nr_segment_close(segment);
}

static nr_status forget(void *user, const void *bytes, size_t size, nr_error *err)
{
  (void)user, (void)bytes, (void)size, (void)err;
  return NR_OK;
}

/* Merging reads everything too. */
static void merge(const char *bytes, size_t size)
{
  nr_segment *segment;
  nr_sink sink = {forget, NULL};
  uint64_t dead[1] = {5};
  const uint64_t *deads[] = {dead};
  if (nr_segment_open(&nr_memory_default, (nr_text){bytes, size}, &segment, NULL) != NR_OK)
    return;
  const nr_segment *segments[] = {segment};
  if (nr_segment_count(segment)->articles <= 64 && nr_segment_count(segment)->content_bytes < 1 << 20)
    nr_segment_merge(&nr_memory_default, segments, deads, 1, nr_compression_there(), &sink, NULL, NULL);
  nr_segment_close(segment);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  if (size < 1)
    return 0;
  nr_text sound = sound_segment();
  bool edits = data[0] % 4 != 0;
  size_t length = edits ? sound.size : size - 1;
  char *bytes = malloc(length + 1);
  if (bytes == NULL)
    abort();
  memcpy(bytes, edits ? sound.bytes : (const char *)data + 1, length);
  for (size_t at = 1; edits && at + 3 <= size; at += 3)
    bytes[(size_t)(data[at] | data[at + 1] << 8) * 7 % length] = (char)data[at + 2];
  char *exact = realloc(bytes, length == 0 ? 1 : length);
  bool closely = data[0] / 4 % 8 == 0;
  look(exact, length, closely);
  if (closely)
    merge(exact, length);
  free(exact);
  return 0;
}
