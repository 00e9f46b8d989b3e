/* commit.c: what was changed becomes durable and visible, as one. Floor 3. */
#include "base/hash.h"
#include "corpus/writer.h"
#include "segment/packed.h"

/* ---- putting bytes behind the last commit ---- */

static nr_status append_bytes(void *user, const void *bytes, size_t size, nr_error *err)
{
  nr_appending *a = user;
  if (a->w->path == NULL)
    return nr_buffer_put(&a->store->buffer, bytes, size, err);
  NR_TRY(nr_disk_write_all(a->w->disk, a->w->file, a->w->path, bytes, size, a->at, err));
  a->at += size;
  return NR_OK;
}

/* Fill up to the next boundary with zeros, so that every byte of a commit is known. */
static nr_status align_end(nr_writer *w, nr_error *err)
{
  static const char zeros[NR_STRETCH_ALIGNMENT];
  size_t missing = (size_t)(-w->end & (NR_STRETCH_ALIGNMENT - 1));
  if (w->path != NULL && missing > 0)
    NR_TRY(nr_disk_write_all(w->disk, w->file, w->path, zeros, missing, w->end, err));
  w->end += missing;
  return NR_OK;
}

/* Append a blob and say where it lies. */
static nr_status append_stretch(nr_writer *w, nr_text bytes, nr_stretch *stretch, nr_error *err)
{
  NR_TRY(align_end(w, err));
  if (w->path != NULL)
    NR_TRY(nr_disk_write_all(w->disk, w->file, w->path, bytes.bytes, bytes.size, w->end, err));
  *stretch = (nr_stretch){w->end, bytes.size, nr_hash64(bytes.bytes, bytes.size)};
  w->end += bytes.size;
  return NR_OK;
}

nr_status nr_appending_begin(nr_writer *w, nr_appending *a, nr_error *err)
{
  NR_TRY(align_end(w, err));
  *a = (nr_appending){.w = w, .from = w->end, .at = w->end, .sink = {append_bytes, a}};
  return nr_store_new(w->memory, &a->store, err);
}

/* Open what was appended as a segment. */
static nr_status open_appended(nr_appending *a, nr_piece **piece, nr_error *err)
{
  nr_writer *w = a->w;
  nr_text bytes = {a->store->buffer.bytes, a->store->buffer.size};
  if (w->path != NULL) {
    NR_TRY(nr_disk_map(w->disk, w->file, w->path, a->at, &a->store->map, err));
    bytes = (nr_text){a->store->map.bytes + a->from, (size_t)(a->at - a->from)};
  }
  return nr_piece_new(w->memory, a->store, bytes, a->from, piece, err);
}

nr_status nr_appending_end(nr_appending *a, nr_status status, nr_error *err)
{
  nr_writer *w = a->w;
  nr_piece *piece;
  if (status == NR_OK)
    status = nr_grow(w->memory, &w->slots, &w->slot_capacity, w->slot_count + 1, sizeof *w->slots, err);
  if (status == NR_OK)
    status = open_appended(a, &piece, err);
  if (status == NR_OK) {
    w->slots[w->slot_count++] = (nr_slot){piece, NULL, NULL};
    w->end = a->from + piece->stored.size;
  }
  nr_store_release(a->store);
  return status;
}

nr_status nr_writer_spill(nr_writer *w, const nr_poll *poll, nr_error *err)
{
  nr_appending a;
  if (nr_segment_builder_live(w->builder) == 0)
    return NR_OK;
  NR_TRY(nr_appending_begin(w, &a, err));
  w->broken = true; /* until it is done: the builder is emptied either way */
  NR_TRY(nr_appending_end(&a, nr_segment_builder_write(w->builder, w->compress, &a.sink, poll, err), err));
  w->broken = false;
  nr_intern_clear(&w->ids);
  return NR_OK;
}

/* ---- the commit ---- */

/* Count what the newly dead of a slot take with them and append it. */
static nr_status settle_slot(nr_writer *w, nr_slot *s, nr_error *err)
{
  nr_dead *dead;
  if (s->bitmap == NULL)
    return NR_OK;
  NR_TRY(nr_dead_new(w->memory, s->piece->segment, s->dead, s->bitmap, &dead, err));
  nr_buffer bytes;
  nr_buffer_init(&bytes, w->memory);
  nr_status status = nr_dead_encode(dead, s->piece->segment, &bytes, err);
  if (status == NR_OK)
    status = append_stretch(w, (nr_text){bytes.bytes, bytes.size}, &dead->stored, err);
  nr_buffer_clear(&bytes);
  if (status != NR_OK) {
    nr_dead_release(dead);
    return status;
  }
  nr_dead_release(s->dead);
  s->dead = dead;
  nr_release(w->memory, s->bitmap,
             nr_bitmap_words(nr_segment_count(s->piece->segment)->articles) * sizeof *s->bitmap);
  s->bitmap = NULL;
  return NR_OK;
}

/* Segments without a living article are left out of the commit. */
static void drop_empty_slots(nr_writer *w)
{
  size_t kept = 0;
  for (size_t i = 0; i < w->slot_count; i++) {
    nr_slot s = w->slots[i];
    if (s.dead != NULL && s.dead->articles == nr_segment_count(s.piece->segment)->articles) {
      nr_piece_release(s.piece);
      nr_dead_release(s.dead);
    } else {
      w->slots[kept++] = s;
    }
  }
  w->slot_count = kept;
}

/* Number of the slot that holds a piece; slot_count where none does. */
static uint32_t slot_of(const nr_writer *w, const nr_piece *piece)
{
  uint32_t i = 0;
  while (i < w->slot_count && w->slots[i].piece != piece)
    i++;
  return i;
}

/* Layers of segments that are no more go with them; new ones are appended. */
static nr_status settle_layers(nr_writer *w, nr_error *err)
{
  size_t kept = 0;
  for (size_t i = 0; i < w->layer_count; i++) {
    nr_slot_layer one = w->layers[i];
    if (slot_of(w, one.piece) < w->slot_count) {
      w->layers[kept++] = one;
      continue;
    }
    nr_piece_release(one.piece);
    nr_layer_release(one.layer);
  }
  w->layer_count = kept;
  for (size_t i = 0; i < kept; i++) {
    nr_layer *layer = w->layers[i].layer;
    if (layer->bytes.size > 0 && layer->stored.size == 0)
      NR_TRY(append_stretch(w, layer->bytes, &layer->stored, err));
  }
  return NR_OK;
}

static nr_status put_directory(nr_writer *w, nr_arena *arena, nr_stretch *stretch, nr_error *err)
{
  nr_directory directory = {.commit = w->commit + 1, .segment_count = (uint32_t)w->slot_count};
  directory.segments = nr_arena_take_array(arena, w->slot_count, sizeof *directory.segments);
  if (directory.segments == NULL)
    return nr_fail_memory(err);
  for (size_t i = 0; i < w->slot_count; i++)
    directory.segments[i] = (nr_segment_entry){
        w->slots[i].piece->stored, w->slots[i].dead == NULL ? (nr_stretch){0} : w->slots[i].dead->stored};
  directory.blocks = nr_arena_take_array(arena, w->layer_count, sizeof *directory.blocks);
  if (directory.blocks == NULL)
    return nr_fail_memory(err);
  for (size_t i = 0; i < w->layer_count; i++) {
    const nr_layer *layer = w->layers[i].layer;
    directory.blocks[directory.block_count++] =
        (nr_block_entry){slot_of(w, w->layers[i].piece), layer->name, layer->rules, layer->stored};
  }
  nr_buffer bytes;
  nr_buffer_init(&bytes, w->memory);
  nr_status status = nr_directory_encode(&directory, &bytes, err);
  if (status == NR_OK)
    status = append_stretch(w, (nr_text){bytes.bytes, bytes.size}, stretch, err);
  nr_buffer_clear(&bytes);
  return status;
}

nr_status nr_writer_publish(nr_writer *w, nr_arena *arena, nr_error *err)
{
  nr_superblock superblock = {.commit = w->commit + 1, .compress = w->compress};
  NR_TRY(settle_layers(w, err));
  if (w->path == NULL)
    return NR_OK;
  NR_TRY(put_directory(w, arena, &superblock.directory, err));
  superblock.end = w->end;
  w->directory = superblock.directory.hash;
  NR_TRY(nr_disk_sync(w->disk, w->file, w->path, err));
  return nr_writer_put_superblock(w, &superblock, err);
}

static nr_status new_base(nr_writer *w, nr_arena *arena, nr_snapshot **base, nr_error *err)
{
  nr_snapshot_plan plan = {.path = w->base->path,
                           .commit = w->commit + 1,
                           .directory = w->directory,
                           .compress = w->compress,
                           .file_bytes = w->path == NULL ? 0 : w->end,
                           .count = (uint32_t)w->slot_count,
                           .layer_count = (uint32_t)w->layer_count};
  plan.pieces = nr_arena_take_array(arena, w->slot_count, sizeof(nr_piece *));
  plan.deads = nr_arena_take_array(arena, w->slot_count, sizeof(nr_dead *));
  plan.layers = nr_arena_take_array(arena, w->layer_count, sizeof *plan.layers);
  if (plan.pieces == NULL || plan.deads == NULL || plan.layers == NULL)
    return nr_fail_memory(err);
  for (size_t i = 0; i < w->slot_count; i++) {
    plan.pieces[i] = w->slots[i].piece;
    plan.deads[i] = w->slots[i].dead;
  }
  for (size_t i = 0; i < w->layer_count; i++)
    plan.layers[i] = (nr_placed_layer){slot_of(w, w->layers[i].piece), w->layers[i].layer};
  return nr_snapshot_new(w->memory, &plan, base, err);
}

static nr_status commit_changes(nr_writer *w, nr_arena *arena, const nr_poll *poll, nr_snapshot **base,
                                nr_error *err)
{
  NR_TRY(nr_writer_spill(w, poll, err));
  for (size_t i = 0; i < w->slot_count; i++)
    NR_TRY(settle_slot(w, &w->slots[i], err));
  drop_empty_slots(w);
  NR_TRY(nr_writer_merge_classes(w, poll, err));
  NR_TRY(nr_writer_publish(w, arena, err));
  return new_base(w, arena, base, err);
}

nr_status nr_writer_commit(nr_writer *w, const nr_poll *poll, nr_error *err)
{
  nr_snapshot *base = NULL;
  nr_arena arena;
  NR_TRY(nr_writer_usable(w, err));
  if (w->changes == 0 && !w->layers_put)
    return NR_OK;
  nr_arena_init(&arena, w->memory);
  nr_status status = commit_changes(w, &arena, poll, &base, err);
  nr_arena_clear(&arena);
  if (status != NR_OK) {
    w->broken = true;
    return status;
  }
  nr_snapshot_release(w->base);
  w->base = base;
  w->commit++;
  w->changes = 0;
  w->layers_put = false;
  return NR_OK;
}
