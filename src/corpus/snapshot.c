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

static nr_status layer_alloc(const nr_memory *memory, nr_text name, uint64_t rules, nr_layer **layer,
                             nr_error *err)
{
  nr_layer *l = nr_alloc_zeroed(memory, 1, sizeof *l);
  if (l == NULL)
    return nr_fail_memory(err);
  atomic_init(&l->references, 1);
  l->memory = memory;
  l->rules = rules;
  nr_arena_init(&l->arena, memory);
  l->name = (nr_text){nr_arena_copy(&l->arena, name.bytes, name.size), name.size};
  if (l->name.bytes == NULL) {
    nr_layer_release(l);
    return nr_fail_memory(err);
  }
  *layer = l;
  return NR_OK;
}

nr_status nr_layer_new(const nr_memory *memory, nr_text name, uint64_t rules, nr_text bytes, nr_layer **layer,
                       nr_error *err)
{
  nr_layer *l;
  NR_TRY(layer_alloc(memory, name, rules, &l, err));
  nr_status status = nr_store_new(memory, &l->store, err);
  if (status == NR_OK)
    status = nr_buffer_put(&l->store->buffer, bytes.bytes, bytes.size, err);
  if (status != NR_OK) {
    nr_layer_release(l);
    return status;
  }
  l->bytes = (nr_text){l->store->buffer.bytes, bytes.size};
  *layer = l;
  return NR_OK;
}

nr_layer *nr_layer_retain(nr_layer *layer)
{
  atomic_fetch_add_explicit(&layer->references, 1, memory_order_relaxed);
  return layer;
}

void nr_layer_release(nr_layer *layer)
{
  if (layer == NULL || atomic_fetch_sub_explicit(&layer->references, 1, memory_order_acq_rel) != 1)
    return;
  nr_store_release(layer->store);
  nr_arena_clear(&layer->arena);
  nr_release(layer->memory, layer, sizeof *layer);
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

static nr_status fill_snapshot(nr_snapshot *s, const nr_snapshot_plan *plan, nr_error *err)
{
  s->path = nr_arena_copy(&s->arena, plan->path, strlen(plan->path));
  s->parts = nr_arena_take_array(&s->arena, plan->count, sizeof *s->parts);
  s->pieces = nr_arena_take_array(&s->arena, plan->count, sizeof(nr_piece *));
  s->deads = nr_arena_take_array(&s->arena, plan->count, sizeof(nr_dead *));
  s->layers = nr_arena_take_array(&s->arena, plan->layer_count, sizeof *s->layers);
  if (s->path == NULL || s->parts == NULL || s->pieces == NULL || s->deads == NULL || s->layers == NULL)
    return nr_fail_memory(err);
  s->directory = plan->directory;
  s->counts = (nr_snapshot_counts){.commit = plan->commit,
                                   .file_bytes = plan->file_bytes,
                                   .parts = plan->count,
                                   .compress = plan->compress};
  for (uint32_t i = 0; i < plan->count; i++) {
    nr_dead *dead = plan->deads[i];
    s->pieces[i] = nr_piece_retain(plan->pieces[i]);
    s->deads[i] = nr_dead_retain(dead);
    s->parts[i] = (nr_part){.segment = plan->pieces[i]->segment,
                            .dead = dead == NULL ? NULL : dead->bitmap,
                            .dead_count = dead == NULL ? 0 : dead->articles,
                            .gone = dead};
    count_part(&s->counts, plan->pieces[i]->segment, dead);
  }
  for (; s->layer_count < plan->layer_count; s->layer_count++) {
    s->layers[s->layer_count] = plan->layers[s->layer_count];
    nr_layer_retain(plan->layers[s->layer_count].layer);
  }
  return NR_OK;
}

nr_status nr_snapshot_new(const nr_memory *memory, const nr_snapshot_plan *plan, nr_snapshot **snapshot,
                          nr_error *err)
{
  nr_snapshot *s = nr_alloc_zeroed(memory, 1, sizeof *s);
  if (s == NULL)
    return nr_fail_memory(err);
  atomic_init(&s->references, 1);
  s->memory = memory;
  nr_arena_init(&s->arena, memory);
  nr_status status = fill_snapshot(s, plan, err);
  if (status == NR_OK)
    *snapshot = s;
  else
    nr_snapshot_release(s);
  return status;
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
  for (uint32_t i = 0; i < snapshot->layer_count; i++)
    nr_layer_release(snapshot->layers[i].layer);
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

uint32_t nr_snapshot_layers(const nr_snapshot *snapshot)
{
  return snapshot->layer_count;
}

void nr_snapshot_layer(const nr_snapshot *snapshot, uint32_t number, nr_layer_block *block)
{
  const nr_placed_layer *placed = &snapshot->layers[number];
  *block = (nr_layer_block){placed->part, placed->layer->name, placed->layer->rules, placed->layer->bytes};
}

nr_status nr_snapshot_find_layer(const nr_snapshot *snapshot, uint32_t part, nr_text name, uint64_t rules,
                                 nr_text *bytes, nr_error *err)
{
  for (uint32_t i = 0; i < snapshot->layer_count; i++) {
    const nr_layer *layer = snapshot->layers[i].layer;
    if (snapshot->layers[i].part != part || layer->rules != rules || !nr_text_equal(layer->name, name))
      continue;
    if (layer->stored.size > 0 && nr_hash64(layer->bytes.bytes, layer->bytes.size) != layer->stored.hash)
      return nr_fail(err, NR_CORRUPT, "%s: the stored layer \"%.*s\" at offset %" PRIu64 " is damaged",
                     snapshot->path, (int)name.size, name.bytes, layer->stored.offset);
    *bytes = layer->bytes;
    return NR_OK;
  }
  return nr_fail(err, NR_NOTFOUND, "no layer \"%.*s\" is stored", (int)name.size, name.bytes);
}

/* ---- reading a file ---- */

/* Prefix a message with the path, once. */
static nr_status in_file(nr_status status, const char *path, nr_error *err)
{
  return err == NULL ? status : nr_fail(err, status, "%s: %s", path, err->message);
}

/* The newest valid copy of a superblock. When none is, the error is that of the first page. */
nr_status nr_superblock_read(const nr_disk *disk, int file, const char *path, nr_superblock *newest,
                             nr_error *err)
{
  char page[NR_PAGE_SIZE];
  uint64_t size;
  bool found = false, ours = false; /* a page begins as only a .reel file does */
  NR_TRY(nr_disk_size(disk, file, path, &size, err));
  for (uint64_t at = 0; at < NR_HEAD_SIZE && at + NR_PAGE_SIZE <= size; at += NR_PAGE_SIZE) {
    nr_superblock one;
    NR_TRY(nr_disk_read_all(disk, file, path, page, sizeof page, at, err));
    nr_status status = nr_superblock_decode(page, &one, err);
    if (status == NR_VERSION)
      return in_file(status, path, err);
    ours |= status != NR_INVALID;
    if (status == NR_OK && (!found || one.commit > newest->commit)) {
      *newest = one;
      found = true;
    }
  }
  if (!ours)
    return nr_fail(err, NR_INVALID, "%s: not a .reel file", path);
  if (!found)
    return nr_fail(err, NR_CORRUPT, "%s: all copies of the superblock are damaged", path);
  NR_TRY(nr_disk_size(disk, file, path, &size, err)); /* now: a writer may have gone on meanwhile */
  if (newest->end > size)
    return nr_fail(err, NR_CORRUPT, "%s: the file was cut off: it has %" PRIu64 " bytes of %" PRIu64, path,
                   size, newest->end);
  return NR_OK;
}

nr_status nr_reading_segment(const nr_reading *r, uint32_t number, nr_piece **piece, nr_error *err)
{
  nr_stretch at = r->directory.segments[number].segment;
  nr_text bytes = nr_reading_bytes(r, at);
  if (bytes.size < 8 || nr_load_u64(bytes.bytes + bytes.size - 8) != at.hash)
    return nr_fail(err, NR_CORRUPT, "%s: section \"footer\" of the segment at offset %" PRIu64 " is damaged",
                   r->path, at.offset);
  nr_status status = nr_piece_new(r->memory, r->store, bytes, at.offset, piece, err);
  if (status != NR_OK && err != NULL)
    return nr_fail(err, status, "%s: segment at offset %" PRIu64 ": %s", r->path, at.offset, err->message);
  return status;
}

nr_status nr_reading_dead(const nr_reading *r, uint32_t number, const nr_piece *piece, nr_dead **dead,
                          nr_error *err)
{
  nr_stretch at = r->directory.segments[number].dead;
  *dead = NULL;
  if (at.size == 0)
    return NR_OK;
  nr_text bytes = nr_reading_bytes(r, at);
  if (nr_hash64(bytes.bytes, bytes.size) != at.hash)
    return nr_fail(err, NR_CORRUPT, "%s: section \"dead articles\" at offset %" PRIu64 " is damaged", r->path,
                   at.offset);
  nr_status status = nr_dead_decode(r->memory, piece->segment, bytes, dead, err);
  if (status != NR_OK)
    return in_file(status, r->path, err);
  (*dead)->stored = at;
  return NR_OK;
}

static nr_status read_directory(nr_reading *r, nr_error *err)
{
  nr_stretch at = r->superblock.directory;
  if (at.size == 0)
    return NR_OK;
  if (at.offset < NR_HEAD_SIZE || at.offset > r->superblock.end || at.size > r->superblock.end - at.offset)
    return nr_fail(err, NR_CORRUPT, "%s: the superblock points outside the file", r->path);
  nr_text bytes = nr_reading_bytes(r, at);
  nr_status status = NR_CORRUPT;
  if (nr_hash64(bytes.bytes, bytes.size) != at.hash)
    nr_fail(err, status, "section \"directory\" at offset %" PRIu64 " is damaged", at.offset);
  else
    status = nr_directory_decode(bytes, r->superblock.end, &r->arena, &r->directory, err);
  return status == NR_OK ? NR_OK : in_file(status, r->path, err);
}

nr_status nr_reading_open(const nr_disk *disk, const nr_memory *memory, int file, const char *path,
                          nr_reading *r, nr_error *err)
{
  *r = (nr_reading){.memory = memory, .path = path};
  nr_arena_init(&r->arena, memory);
  NR_TRY(nr_superblock_read(disk, file, path, &r->superblock, err));
  NR_TRY(nr_store_new(memory, &r->store, err));
  NR_TRY(nr_disk_map(disk, file, path, r->superblock.end, &r->store->map, err));
  return read_directory(r, err);
}

void nr_reading_clear(nr_reading *r)
{
  nr_store_release(r->store);
  nr_arena_clear(&r->arena);
}

/* ---- a whole commit ---- */

/* The bytes of a layer are checked when they are asked for. */
static nr_status read_layer(const nr_reading *r, const nr_block_entry *entry, nr_placed_layer *placed,
                            nr_error *err)
{
  nr_layer *layer;
  NR_TRY(layer_alloc(r->memory, entry->name, entry->rules, &layer, err));
  layer->store = nr_store_retain(r->store);
  layer->bytes = nr_reading_bytes(r, entry->block);
  layer->stored = entry->block;
  *placed = (nr_placed_layer){entry->segment, layer};
  return NR_OK;
}

static nr_status read_parts(nr_reading *r, nr_snapshot_plan *plan, nr_error *err)
{
  const nr_directory *d = &r->directory;
  plan->pieces = nr_arena_take_array(&r->arena, d->segment_count, sizeof(nr_piece *));
  plan->deads = nr_arena_take_array(&r->arena, d->segment_count, sizeof(nr_dead *));
  plan->layers = nr_arena_take_array(&r->arena, d->block_count, sizeof *plan->layers);
  if (plan->pieces == NULL || plan->deads == NULL || plan->layers == NULL)
    return nr_fail_memory(err);
  for (uint32_t i = 0; i < d->segment_count; i++) {
    NR_TRY(nr_reading_segment(r, i, &plan->pieces[i], err));
    plan->deads[plan->count++] = NULL;
    NR_TRY(nr_reading_dead(r, i, plan->pieces[i], &plan->deads[i], err));
  }
  for (; plan->layer_count < d->block_count; plan->layer_count++)
    NR_TRY(read_layer(r, &d->blocks[plan->layer_count], &plan->layers[plan->layer_count], err));
  return NR_OK;
}

nr_status nr_snapshot_read(const nr_disk *disk, const nr_memory *memory, int file, const char *path,
                           nr_snapshot **snapshot, nr_superblock *superblock, nr_error *err)
{
  nr_reading r;
  nr_snapshot_plan plan = {.path = path};
  nr_status status = nr_reading_open(disk, memory, file, path, &r, err);
  if (status == NR_OK)
    status = read_parts(&r, &plan, err);
  if (status == NR_OK) {
    plan.commit = r.superblock.commit;
    plan.file_bytes = r.superblock.end;
    plan.directory = r.superblock.directory.hash;
    plan.compress = r.superblock.compress;
    status = nr_snapshot_new(memory, &plan, snapshot, err);
  }
  for (uint32_t i = 0; i < plan.count; i++) {
    nr_piece_release(plan.pieces[i]);
    nr_dead_release(plan.deads[i]);
  }
  for (uint32_t i = 0; i < plan.layer_count; i++)
    nr_layer_release(plan.layers[i].layer);
  if (status == NR_OK)
    *superblock = r.superblock;
  nr_reading_clear(&r);
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

static nr_status refresh_open(const nr_disk *disk, int file, nr_snapshot *snapshot, nr_snapshot **newer,
                              nr_error *err)
{
  nr_superblock superblock;
  NR_TRY(nr_superblock_read(disk, file, snapshot->path, &superblock, err));
  if (superblock.commit != snapshot->counts.commit || superblock.directory.hash != snapshot->directory)
    return nr_snapshot_read(disk, snapshot->memory, file, snapshot->path, newer, &superblock, err);
  *newer = nr_snapshot_retain(snapshot);
  return NR_OK;
}

nr_status nr_snapshot_refresh(const nr_disk *disk, nr_snapshot *snapshot, nr_snapshot **newer, nr_error *err)
{
  int file;
  if (strcmp(snapshot->path, "(memory)") == 0) {
    *newer = nr_snapshot_retain(snapshot);
    return NR_OK;
  }
  NR_TRY(nr_disk_open(disk, snapshot->path, NR_DISK_READ, &file, err));
  nr_status status = refresh_open(disk, file, snapshot, newer, err);
  disk->close(disk->user, file);
  return status;
}
