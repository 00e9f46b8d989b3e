/* Hostile files: the input is a list of edits (u16 position, u8 byte) of a sound corpus, or a whole
 * file. Checksums of superblocks and directories are made good, so that what they guard is reached. Every
 * file is opened; one in 64 is read, checked, salvaged and written to besides. */
#include "../fault/ram_disk.h"
#include "../fault/walk.h"
#include "corpus/format.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static ram_disk disk;

static void add(nr_writer *writer, const char *id, const char *text)
{
  nr_token tokens[] = {{0, 3, NR_TOKEN_WORD, 1}, {4, 7, NR_TOKEN_WORD, NR_MARK_MARGIN}};
  nr_article article = {.id = nr_text_of(id),
                        .origin = NR_TEXT("x"),
                        .date = {20000, 20000},
                        .content = nr_text_of(text),
                        .tokens = tokens,
                        .token_count = 2};
  nr_outcome outcome;
  if (nr_writer_add(writer, &article, true, &outcome, NULL) != NR_OK)
    abort();
}

static nr_text sound_corpus(void)
{
  static char *bytes;
  static size_t size;
  nr_writer *writer;
  if (bytes != NULL)
    return (nr_text){bytes, size};
  ram_init(&disk);
  if (nr_writer_open(&disk.disk, &nr_memory_default, "a.reel", true, &writer, NULL) != NR_OK)
    abort();
  for (int i = 0; i < 3; i++) {
    add(writer, i == 0 ? "one" : "two", i == 1 ? "abc def" : "xyz uvw longer");
    if (i > 0 && nr_writer_put_layer(writer, 0, NR_TEXT("dates"), 1, NR_TEXT("spans"), NULL) != NR_OK)
      abort();
    if (nr_writer_commit(writer, NULL, NULL) != NR_OK)
      abort();
  }
  nr_writer_close(writer);
  size = ram_file(&disk, "a.reel")->size;
  bytes = ram_need(malloc(size));
  memcpy(bytes, ram_file(&disk, "a.reel")->bytes, size);
  return (nr_text){bytes, size};
}

static void mend(char *bytes, size_t size)
{
  for (size_t page = 0; page < NR_HEAD_SIZE && page + NR_PAGE_SIZE <= size; page += NR_PAGE_SIZE) {
    uint64_t offset = nr_load_u64(bytes + page + 24), length = nr_load_u64(bytes + page + 32);
    if (offset < size && length <= size - offset && length > 8) {
      char *end = bytes + offset + length - 8;
      nr_store_u64(end, nr_hash64(bytes + offset, (size_t)length - 8));
      nr_store_u64(bytes + page + 40, nr_hash64(bytes + offset, (size_t)length));
    }
    nr_store_u64(bytes + page + NR_PAGE_SIZE - 8, nr_hash64(bytes + page, NR_PAGE_SIZE - 8));
  }
}

static void look(bool closely)
{
  nr_snapshot *snapshot;
  nr_damage damage;
  nr_writer *writer;
  if (nr_snapshot_open(&disk.disk, &nr_memory_default, "a.reel", &snapshot, NULL) == NR_OK) {
    for (uint32_t p = 0; closely && p < nr_snapshot_count(snapshot)->parts; p++)
      walk_segment(nr_snapshot_part(snapshot, p)->segment);
    if (closely)
      digest_snapshot(snapshot);
    nr_snapshot_release(snapshot);
  }
  if (!closely)
    return;
  nr_corpus_check(&disk.disk, &nr_memory_default, "a.reel", NULL, NULL, &damage, NULL);
  nr_corpus_salvage(&disk.disk, &nr_memory_default, "a.reel", "out.reel", NULL, NULL, &damage, NULL);
  if (nr_writer_open(&disk.disk, &nr_memory_default, "a.reel", true, &writer, NULL) == NR_OK) {
    add(writer, "two", "abc def");
    nr_writer_commit(writer, NULL, NULL);
    nr_writer_close(writer);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  if (size < 1)
    return 0;
  nr_text sound = sound_corpus();
  bool edits = data[0] % 4 != 0;
  ram_empty(&disk);
  if (edits)
    ram_set_file(&disk, "a.reel", sound.bytes, sound.size);
  else
    ram_set_file(&disk, "a.reel", (const char *)data + 1, size - 1);
  ram_inode *inode = ram_file(&disk, "a.reel");
  for (size_t at = 1; edits && at + 3 <= size; at += 3)
    inode->bytes[(size_t)(data[at] | data[at + 1] << 8) % inode->size] = (char)data[at + 2];
  if (data[0] / 4 % 2 == 0)
    mend(inode->bytes, inode->size);
  look((data[0] / 8 + (size > 1 ? data[1] : 1)) % 64 == 0);
  ram_empty(&disk);
  return 0;
}
