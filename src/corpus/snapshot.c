/* snapshot.c: reading a commit, and what readers hold of it. Floor 3. */
#include "corpus/snapshot.h"

#include <inttypes.h>

#include "base/hash.h"
#include "corpus/format.h"

/* ---- counted things ---- */

nr_status nr_store_new(const nr_memory *memory, nr_store **store, nr_error *err)
{
  nr_store *s = nr_alloc_zeroed(memory, 1, sizeof *s);
  if (s == NULL)
    return nr_fail_memory(err);
  atomic_init(&s->references, 1);
  s->memory = memory;
  nr_buffer_init(&s->buffer, memory);
  *store = s;
  return NR_OK;
}

nr_store *nr_store_retain(nr_store *store)
{
  atomic_fetch_add_explicit(&store->references, 1, memory_order_relaxed);
  return store;
}

void nr_store_release(nr_store *store)
{
  if (store == NULL || atomic_fetch_sub_explicit(&store->references, 1, memory_order_acq_rel) != 1)
    return;
  nr_disk_unmap(&store->map);
  nr_buffer_clear(&store->buffer);
  nr_release(store->memory, store, sizeof *store);
}

nr_status nr_piece_new(const nr_memory *memory, nr_store *store, nr_text bytes, uint64_t offset,
                       nr_piece **piece, nr_error *err)
{
  nr_segment *segment;
  nr_piece *p = nr_alloc_zeroed(memory, 1, sizeof *p);
  if (p == NULL)
    return nr_fail_memory(err);
  nr_status status = nr_segment_open(memory, bytes, &segment, err);
  if (status != NR_OK) {
    nr_release(memory, p, sizeof *p);
    return status;
  }
  atomic_init(&p->references, 1);
  p->memory = memory;
  p->store = nr_store_retain(store);
  p->segment = segment;
  p->stored = (nr_stretch){offset, bytes.size, nr_load_u64(bytes.bytes + bytes.size - 8)};
  *piece = p;
  return NR_OK;
}

nr_piece *nr_piece_retain(nr_piece *piece)
{
  atomic_fetch_add_explicit(&piece->references, 1, memory_order_relaxed);
  return piece;
}

void nr_piece_release(nr_piece *piece)
{
  if (piece == NULL || atomic_fetch_sub_explicit(&piece->references, 1, memory_order_acq_rel) != 1)
    return;
  nr_segment_close(piece->segment);
  nr_store_release(piece->store);
  nr_release(piece->memory, piece, sizeof *piece);
}

/* ---- the snapshot ---- */

static void count_part(nr_snapshot_counts *counts, const nr_segment *segment, const nr_dead *dead)
{
  const nr_segment_counts *c = nr_segment_count(segment);
  counts->articles += c->articles - (dead == NULL ? 0 : dead->articles);
  counts->undated +=
      c->articles - nr_segment_from_day(segment, NR_DAY_NONE) - (dead == NULL ? 0 : dead->undated);
  counts->on += c->on - (dead == NULL ? 0 : dead->on);
  counts->all += c->all - (dead == NULL ? 0 : dead->all);
  counts->content_bytes += c->content_bytes - (dead == NULL ? 0 : dead->content_bytes);
}

nr_status nr_snapshot_new(const nr_memory *memory, const char *path, uint64_t commit, uint64_t file_bytes,
                          nr_piece *const *pieces, nr_dead *const *deads, uint32_t count,
                          nr_snapshot **snapshot, nr_error *err)
{
  nr_snapshot *s = nr_alloc_zeroed(memory, 1, sizeof *s);
  if (s == NULL)
    return nr_fail_memory(err);
  atomic_init(&s->references, 1);
  s->memory = memory;
  nr_arena_init(&s->arena, memory);
  s->path = nr_arena_copy(&s->arena, path, strlen(path));
  s->parts = nr_arena_take_array(&s->arena, count, sizeof *s->parts);
  s->pieces = nr_arena_take_array(&s->arena, count, sizeof(nr_piece *));
  s->deads = nr_arena_take_array(&s->arena, count, sizeof(nr_dead *));
  if (s->path == NULL || s->parts == NULL || s->pieces == NULL || s->deads == NULL) {
    nr_snapshot_release(s);
    return nr_fail_memory(err);
  }
  s->counts = (nr_snapshot_counts){.commit = commit, .file_bytes = file_bytes, .parts = count};
  for (uint32_t i = 0; i < count; i++) {
    s->pieces[i] = nr_piece_retain(pieces[i]);
    s->deads[i] = nr_dead_retain(deads[i]);
    s->parts[i] = (nr_part){.segment = pieces[i]->segment,
                            .dead = deads[i] == NULL ? NULL : deads[i]->bitmap,
                            .dead_count = deads[i] == NULL ? 0 : deads[i]->articles,
                            .gone = deads[i]};
    count_part(&s->counts, pieces[i]->segment, deads[i]);
  }
  *snapshot = s;
  return NR_OK;
}

nr_snapshot *nr_snapshot_retain(nr_snapshot *snapshot)
{
  atomic_fetch_add_explicit(&snapshot->references, 1, memory_order_relaxed);
  return snapshot;
}

void nr_snapshot_release(nr_snapshot *snapshot)
{
  if (snapshot == NULL || atomic_fetch_sub_explicit(&snapshot->references, 1, memory_order_acq_rel) != 1)
    return;
  for (uint32_t i = 0; i < snapshot->counts.parts; i++) {
    nr_piece_release(snapshot->pieces[i]);
    nr_dead_release(snapshot->deads[i]);
  }
  nr_arena_clear(&snapshot->arena);
  nr_release(snapshot->memory, snapshot, sizeof *snapshot);
}

const nr_snapshot_counts *nr_snapshot_count(const nr_snapshot *snapshot)
{
  return &snapshot->counts;
}

const nr_part *nr_snapshot_part(const nr_snapshot *snapshot, uint32_t part)
{
  return part < snapshot->counts.parts ? &snapshot->parts[part] : NULL;
}

const char *nr_snapshot_path(const nr_snapshot *snapshot)
{
  return snapshot->path;
}

bool nr_snapshot_find(const nr_snapshot *snapshot, nr_text id, uint32_t *part, uint32_t *article)
{
  for (uint32_t i = snapshot->counts.parts; i-- > 0;) {
    uint32_t found;
    if (nr_segment_find_id(snapshot->parts[i].segment, id, &found) &&
        !nr_part_dead(&snapshot->parts[i], found)) {
      *part = i;
      *article = found;
      return true;
    }
  }
  return false;
}

/* ---- reading a file ---- */

/* Prefix a message with the path, once. */
static nr_status in_file(nr_status status, const char *path, nr_error *err)
{
  return err == NULL ? status : nr_fail(err, status, "%s: %s", path, err->message);
}

/* The newest valid copy of a superblock. When none is, the error is that of the first page. */
static nr_status read_superblock(const nr_disk *disk, int file, const char *path, nr_superblock *newest,
                                 nr_error *err)
{
  char page[NR_PAGE_SIZE];
  uint64_t size;
  bool found = false;
  nr_status first = NR_OK;
  NR_TRY(nr_disk_size(disk, file, path, &size, err));
  if (size < NR_PAGE_SIZE)
    return nr_fail(err, NR_INVALID, "%s: not a .reel file", path);
  for (uint32_t i = 0; i < NR_SLOTS * NR_COPIES && (i + 1) * (uint64_t)NR_PAGE_SIZE <= size; i++) {
    nr_superblock one;
    nr_error ignored;
    NR_TRY(nr_disk_read_all(disk, file, path, page, sizeof page, (uint64_t)i * NR_PAGE_SIZE, err));
    nr_status status = nr_superblock_decode(page, &one, first == NR_OK ? err : &ignored);
    if (status == NR_VERSION)
      return in_file(status, path, err);
    if (status == NR_OK && (!found || one.commit > newest->commit)) {
      *newest = one;
      found = true;
    }
    if (status != NR_OK && first == NR_OK)
      first = status;
  }
  if (!found)
    return in_file(first, path, err);
  if (newest->end > size)
    return nr_fail(err, NR_CORRUPT, "%s: the file was cut off: it has %" PRIu64 " bytes of %" PRIu64, path,
                   size, newest->end);
  return NR_OK;
}

typedef struct reading {
  const nr_memory *memory;
  const char *path;
  nr_store *store;
  nr_arena arena;
  nr_piece **pieces;
  nr_dead **deads;
  uint32_t count;
} reading;

static nr_text stretch_bytes(const reading *r, nr_stretch stretch)
{
  return (nr_text){r->store->map.bytes + stretch.offset, (size_t)stretch.size};
}

static nr_status read_segment(reading *r, const nr_segment_entry *entry, nr_error *err)
{
  nr_text bytes = stretch_bytes(r, entry->segment);
  if (bytes.size < 8 || nr_load_u64(bytes.bytes + bytes.size - 8) != entry->segment.hash)
    return nr_fail(err, NR_CORRUPT, "section \"footer\" of the segment at offset %" PRIu64 " is damaged",
                   entry->segment.offset);
  NR_TRY(nr_piece_new(r->memory, r->store, bytes, entry->segment.offset, &r->pieces[r->count], err));
  r->deads[r->count++] = NULL;
  if (entry->dead.size == 0)
    return NR_OK;
  nr_text dead = stretch_bytes(r, entry->dead);
  if (nr_hash64(dead.bytes, dead.size) != entry->dead.hash)
    return nr_fail(err, NR_CORRUPT, "section \"dead articles\" at offset %" PRIu64 " is damaged",
                   entry->dead.offset);
  NR_TRY(nr_dead_decode(r->memory, r->pieces[r->count - 1]->segment, dead, &r->deads[r->count - 1], err));
  r->deads[r->count - 1]->stored = entry->dead;
  return NR_OK;
}

static nr_status read_directory(reading *r, const nr_superblock *superblock, nr_error *err)
{
  nr_directory directory = {0};
  nr_stretch at = superblock->directory;
  if (at.size == 0)
    return NR_OK;
  if (at.offset < NR_HEAD_SIZE || at.offset > superblock->end || at.size > superblock->end - at.offset)
    return nr_fail(err, NR_CORRUPT, "the superblock points outside the file");
  nr_text bytes = stretch_bytes(r, at);
  if (nr_hash64(bytes.bytes, bytes.size) != at.hash)
    return nr_fail(err, NR_CORRUPT, "section \"directory\" at offset %" PRIu64 " is damaged", at.offset);
  NR_TRY(nr_directory_decode(bytes, superblock->end, &r->arena, &directory, err));
  r->pieces = nr_arena_take_array(&r->arena, directory.segment_count, sizeof(nr_piece *));
  r->deads = nr_arena_take_array(&r->arena, directory.segment_count, sizeof(nr_dead *));
  if (r->pieces == NULL || r->deads == NULL)
    return nr_fail_memory(err);
  for (uint32_t i = 0; i < directory.segment_count; i++)
    NR_TRY(read_segment(r, &directory.segments[i], err));
  return NR_OK;
}

static void reading_clear(reading *r)
{
  for (uint32_t i = 0; i < r->count; i++) {
    nr_piece_release(r->pieces[i]);
    nr_dead_release(r->deads[i]);
  }
  nr_store_release(r->store);
  nr_arena_clear(&r->arena);
}

nr_status nr_snapshot_read(const nr_disk *disk, const nr_memory *memory, int file, const char *path,
                           nr_snapshot **snapshot, nr_superblock *superblock, nr_error *err)
{
  reading r = {.memory = memory, .path = path};
  nr_superblock newest;
  NR_TRY(read_superblock(disk, file, path, &newest, err));
  NR_TRY(nr_store_new(memory, &r.store, err));
  nr_arena_init(&r.arena, memory);
  nr_status status = nr_disk_map(disk, file, path, newest.end, &r.store->map, err);
  if (status == NR_OK) {
    status = read_directory(&r, &newest, err);
    if (status != NR_OK)
      status = in_file(status, path, err);
  }
  if (status == NR_OK)
    status =
        nr_snapshot_new(memory, path, newest.commit, newest.end, r.pieces, r.deads, r.count, snapshot, err);
  reading_clear(&r);
  if (status == NR_OK)
    *superblock = newest;
  return status;
}

nr_status nr_snapshot_open(const nr_disk *disk, const nr_memory *memory, const char *path,
                           nr_snapshot **snapshot, nr_error *err)
{
  int file;
  nr_superblock superblock;
  NR_TRY(nr_disk_open(disk, path, NR_DISK_READ, &file, err));
  nr_status status = nr_snapshot_read(disk, memory, file, path, snapshot, &superblock, err);
  disk->close(disk->user, file); /* the map stays */
  return status;
}
