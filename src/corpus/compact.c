/* compact.c: the corpus written anew without dead space. Floor 3. */
#include <stdio.h>

#include "corpus/writer.h"

/* Weight at which the next segment is begun: about 800 MB of text, and 700 MB of memory to merge. */
static const uint64_t weight_max = (uint64_t)3 << 26;

/* Slots `from` on that fit into one segment. */
static size_t group_end(const nr_writer *w, size_t from)
{
  uint64_t weight = 0;
  size_t end = from;
  while (end < w->slot_count) {
    weight += nr_piece_weight(w->slots[end].piece);
    if (end > from && weight > weight_max)
      break;
    end++;
  }
  return end;
}

static nr_status merge_all(nr_writer *w, nr_arena *arena, const nr_poll *poll, nr_error *err)
{
  size_t *numbers = nr_arena_take_array(arena, w->slot_count, sizeof *numbers);
  if (numbers == NULL)
    return nr_fail_memory(err);
  for (size_t from = 0; from < w->slot_count; from++) { /* a group becomes one slot */
    size_t count = group_end(w, from) - from;
    for (size_t i = 0; i < count; i++)
      numbers[i] = from + i;
    NR_TRY(nr_writer_merge(w, numbers, count, poll, err));
  }
  return NR_OK;
}

/* A writer of the new file that begins with what the old one has. */
static nr_status begin_copy(const nr_writer *old, nr_writer *copy, char *path, nr_error *err)
{
  static const char zeros[NR_HEAD_SIZE];
  *copy = (nr_writer){.disk = old->disk,
                      .memory = old->memory,
                      .path = path,
                      .file = -1,
                      .commit = old->commit,
                      .compress = old->compress,
                      .end = NR_HEAD_SIZE,
                      .base = old->base,
                      .carrier = old->carrier};
  NR_TRY(nr_disk_open(old->disk, path, NR_DISK_REPLACE, &copy->file, err));
  NR_TRY(nr_disk_permit(old->disk, copy->file, path, old->file, err));
  NR_TRY(nr_disk_lock(old->disk, copy->file, path, err)); /* before it gets its name */
  NR_TRY(nr_disk_write_all(old->disk, copy->file, path, zeros, sizeof zeros, 0, err));
  return nr_writer_take_slots(copy, err);
}

static void end_copy(nr_writer *copy)
{
  nr_writer_clear_slots(copy);
  if (copy->file >= 0) {
    nr_disk_unlock(copy->disk, copy->file);
    copy->disk->close(copy->disk->user, copy->file);
  }
}

static nr_status write_copy(const nr_writer *old, char *path, const nr_poll *poll, nr_error *err)
{
  nr_writer copy;
  nr_arena arena;
  nr_arena_init(&arena, old->memory);
  nr_status status = begin_copy(old, &copy, path, err);
  if (status == NR_OK)
    status = merge_all(&copy, &arena, poll, err);
  if (status == NR_OK)
    status = nr_writer_publish(&copy, &arena, err);
  if (status == NR_OK && old->disk->rename(old->disk->user, path, old->path) != 0)
    status = nr_fail(err, NR_IO, "%s: renaming the compacted file failed", old->path);
  bool renamed = status == NR_OK;
  if (status == NR_OK)
    status = nr_disk_sync_folder_of(old->disk, old->path, err);
  end_copy(&copy);
  if (!renamed)
    old->disk->unlink(old->disk->user, path);
  nr_arena_clear(&arena);
  return status;
}

nr_status nr_corpus_compact(const nr_disk *disk, const nr_memory *memory, const char *path,
                            nr_compression compression, nr_layer_carrier carrier, const nr_poll *poll,
                            nr_error *err)
{
  nr_writer *old;
  char real[NR_DISK_PATH_SIZE]; /* a link stays a link */
  NR_TRY(nr_disk_resolve(disk, path, real, err));
  size_t size = strlen(real) + sizeof ".compacting";
  char *name = nr_alloc(memory, size);
  if (name == NULL)
    return nr_fail_memory(err);
  snprintf(name, size, "%s.compacting", real);
  nr_status status = nr_writer_open(disk, memory, real, false, &old, err);
  if (status == NR_OK) {
    nr_writer_set_carrier(old, carrier);
    if (compression != NR_COMPRESS_AS_IT_IS)
      status = nr_writer_set_compress(old, compression == NR_COMPRESS, err);
    if (status == NR_OK)
      status = write_copy(old, name, poll, err);
    nr_writer_close(old);
  }
  nr_release(memory, name, size);
  return status;
}
