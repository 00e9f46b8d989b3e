/* commit.c: what was changed becomes durable and visible, as one. Floor 3. */
#include "base/hash.h"
#include "corpus/writer.h"
#include "segment/packed.h"

/* ---- putting bytes behind the last commit ---- */

typedef struct appending {
  nr_writer *w;
  nr_store *store; /* in memory */
  uint64_t at;
} appending;

static nr_status append_bytes(void *user, const void *bytes, size_t size, nr_error *err)
{
  appending *a = user;
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

static nr_status add_slot(nr_writer *w, nr_piece *piece, nr_error *err)
{
  NR_TRY(nr_grow(w->memory, &w->slots, &w->slot_capacity, w->slot_count + 1, sizeof *w->slots, err));
  w->slots[w->slot_count++] = (nr_slot){piece, NULL, NULL};
  return NR_OK;
}

/* Open what was appended from `offset` on as a segment and make it a slot. */
static nr_status open_appended(nr_writer *w, appending *a, uint64_t offset, nr_error *err)
{
  nr_piece *piece;
  nr_text bytes = {a->store->buffer.bytes, a->store->buffer.size};
  if (w->path != NULL) {
    NR_TRY(nr_disk_map(w->disk, w->file, w->path, a->at, &a->store->map, err));
    bytes = (nr_text){a->store->map.bytes + offset, (size_t)(a->at - offset)};
  }
  NR_TRY(nr_piece_new(w->memory, a->store, bytes, offset, &piece, err));
  nr_status status = add_slot(w, piece, err);
  if (status != NR_OK)
    nr_piece_release(piece);
  else
    w->end = offset + bytes.size;
  return status;
}

nr_status nr_writer_spill(nr_writer *w, const nr_poll *poll, nr_error *err)
{
  if (nr_segment_builder_live(w->builder) == 0)
    return NR_OK;
  NR_TRY(align_end(w, err));
  uint64_t offset = w->end;
  appending a = {.w = w, .at = offset};
  nr_sink sink = {append_bytes, &a};
  NR_TRY(nr_store_new(w->memory, &a.store, err));
  w->broken = true; /* until it is done: the builder is emptied either way */
  nr_status status = nr_segment_builder_write(w->builder, w->compress, &sink, poll, err);
  if (status == NR_OK)
    status = open_appended(w, &a, offset, err);
  nr_store_release(a.store);
  if (status != NR_OK)
    return status;
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
  NR_TRY(nr_disk_sync(w->disk, w->file, w->path, err));
  return nr_writer_put_superblock(w, &superblock, err);
}

static nr_status new_base(nr_writer *w, nr_arena *arena, nr_snapshot **base, nr_error *err)
{
  nr_snapshot_plan plan = {.path = w->base->path,
                           .commit = w->commit + 1,
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

/* ---- merging by size ---- */

uint64_t nr_piece_weight(const nr_piece *piece)
{
  const nr_segment_counts *c = nr_segment_count(piece->segment);
  return c->all + (uint64_t)32 * c->articles + (uint64_t)20 * c->surfaces;
}

/* Segments whose weights lie within a factor of eight are of one class. Those over 2^23 (about 35 MB of
 * text) are left to `compact`: merging them would keep a commit waiting for half a minute. */
static uint32_t class_of(const nr_slot *s)
{
  return nr_bits(nr_piece_weight(s->piece) | 511) / 3;
}

static nr_status merge_class(nr_writer *w, uint32_t class, bool *merged, const nr_poll *poll, nr_error *err)
{
  enum { fan = 8 };
  size_t numbers[fan], count = 0;
  *merged = false;
  for (size_t i = 0; i < w->slot_count && count < fan; i++)
    if (class_of(&w->slots[i]) == class)
      numbers[count++] = i;
  if (count < fan)
    return NR_OK;
  *merged = true;
  return nr_writer_merge(w, numbers, count, poll, err);
}

static nr_status merge_classes(nr_writer *w, const nr_poll *poll, nr_error *err)
{
  enum { class_max = 7 }; /* up to 2^23 - 1 */
  for (uint32_t class = 0; class <= class_max; class ++) {
    bool merged;
    do
      NR_TRY(merge_class(w, class, &merged, poll, err));
    while (merged);
  }
  return NR_OK;
}

/* Sources of a merge, by number of slot. */
typedef struct merge_inputs {
  const nr_segment **segments;
  const uint64_t **dead;
} merge_inputs;

/* The block that a segment has of a layer by these rules, or bytes NULL: none, or a damaged one. */
static nr_text block_of(const nr_writer *w, const nr_piece *piece, const nr_layer *layer)
{
  for (size_t i = 0; i < w->layer_count; i++) {
    const nr_layer *one = w->layers[i].layer;
    if (w->layers[i].piece == piece && one->rules == layer->rules && nr_text_equal(one->name, layer->name) &&
        (one->stored.size == 0 || nr_hash64(one->bytes.bytes, one->bytes.size) == one->stored.hash))
      return one->bytes;
  }
  return (nr_text){NULL, 0};
}

/* Carry a layer over, made of the blocks by the same rules. */
static nr_status carry_layer(nr_writer *w, const size_t *numbers, size_t count, const merge_inputs *inputs,
                             nr_piece *into, const nr_layer *layer, nr_arena *arena, nr_error *err)
{
  nr_text *blocks = nr_arena_take_array(arena, count, sizeof *blocks);
  if (blocks == NULL)
    return nr_fail_memory(err);
  for (size_t i = 0; i < count; i++)
    blocks[i] = block_of(w, w->slots[numbers[i]].piece, layer);
  nr_layer_merge merge = {layer->name,      layer->rules, (uint32_t)count, blocks,
                          inputs->segments, inputs->dead, into->segment};
  nr_buffer out;
  nr_layer *carried;
  nr_buffer_init(&out, w->memory);
  nr_status status = w->carrier.call(w->carrier.user, &merge, &out, err);
  bool made = status == NR_OK && out.size > 0;
  if (made)
    status =
        nr_layer_new(w->memory, layer->name, layer->rules, (nr_text){out.bytes, out.size}, &carried, err);
  nr_buffer_clear(&out);
  NR_TRY(status);
  return made ? nr_writer_keep_layer(w, into, carried, err) : NR_OK;
}

static bool is_input(const nr_writer *w, const size_t *numbers, size_t count, const nr_piece *piece)
{
  for (size_t i = 0; i < count; i++)
    if (w->slots[numbers[i]].piece == piece)
      return true;
  return false;
}

/* Is layer `number` that of the largest input among those with its name? Its rules win. */
static bool wins(const nr_writer *w, const size_t *numbers, size_t count, size_t layer_count, size_t number)
{
  const nr_slot_layer *layer = &w->layers[number];
  uint32_t articles = nr_segment_count(layer->piece->segment)->articles;
  for (size_t i = 0; i < layer_count; i++) {
    uint32_t others = nr_segment_count(w->layers[i].piece->segment)->articles;
    if (nr_text_equal(w->layers[i].layer->name, layer->layer->name) &&
        is_input(w, numbers, count, w->layers[i].piece) &&
        (others > articles || (others == articles && i < number)))
      return false;
  }
  return true;
}

static nr_status carry_layers(nr_writer *w, const size_t *numbers, size_t count, const merge_inputs *inputs,
                              nr_piece *into, nr_arena *arena, nr_error *err)
{
  size_t before = w->layer_count;
  for (size_t i = 0; i < before && w->carrier.call != NULL; i++)
    if (is_input(w, numbers, count, w->layers[i].piece) && wins(w, numbers, count, before, i))
      NR_TRY(carry_layer(w, numbers, count, inputs, into, w->layers[i].layer, arena, err));
  return NR_OK;
}

/* Damaged bytes must not get a new, valid checksum: inputs are verified first. */
static nr_status write_merged(nr_writer *w, const size_t *numbers, size_t count, merge_inputs *inputs,
                              appending *a, const nr_poll *poll, nr_error *err)
{
  nr_sink sink = {append_bytes, a};
  for (size_t i = 0; i < count; i++) {
    const nr_slot *s = &w->slots[numbers[i]];
    inputs->segments[i] = s->piece->segment;
    inputs->dead[i] = s->dead == NULL ? NULL : s->dead->bitmap;
    NR_TRY(nr_segment_verify(s->piece->segment, poll, err));
  }
  return nr_segment_merge(w->memory, inputs->segments, inputs->dead, (uint32_t)count, w->compress, &sink,
                          poll, err);
}

static nr_status merge_slots(nr_writer *w, const size_t *numbers, size_t count, nr_arena *arena,
                             const nr_poll *poll, nr_error *err)
{
  merge_inputs inputs = {nr_arena_take_array(arena, count, sizeof(nr_segment *)),
                         nr_arena_take_array(arena, count, sizeof(uint64_t *))};
  NR_TRY(align_end(w, err));
  uint64_t offset = w->end;
  appending a = {.w = w, .at = offset};
  if (inputs.segments == NULL || inputs.dead == NULL)
    return nr_fail_memory(err);
  NR_TRY(nr_store_new(w->memory, &a.store, err));
  nr_status status = write_merged(w, numbers, count, &inputs, &a, poll, err);
  if (status == NR_OK)
    status = open_appended(w, &a, offset, err); /* the last slot now */
  if (status == NR_OK)
    status = carry_layers(w, numbers, count, &inputs, w->slots[w->slot_count - 1].piece, arena, err);
  nr_store_release(a.store);
  NR_TRY(status);
  nr_slot merged = w->slots[--w->slot_count];
  nr_slot_clear(w->memory, &w->slots[numbers[0]]);
  w->slots[numbers[0]] = merged;
  for (size_t i = count - 1; i > 0; i--) {
    nr_slot_clear(w->memory, &w->slots[numbers[i]]);
    memmove(&w->slots[numbers[i]], &w->slots[numbers[i] + 1],
            (w->slot_count - numbers[i] - 1) * sizeof *w->slots);
    w->slot_count--;
  }
  return NR_OK;
}

nr_status nr_writer_merge(nr_writer *w, const size_t *numbers, size_t count, const nr_poll *poll,
                          nr_error *err)
{
  nr_arena arena;
  nr_arena_init(&arena, w->memory);
  nr_status status = merge_slots(w, numbers, count, &arena, poll, err);
  nr_arena_clear(&arena);
  return status;
}

static nr_status commit_changes(nr_writer *w, nr_arena *arena, const nr_poll *poll, nr_snapshot **base,
                                nr_error *err)
{
  NR_TRY(nr_writer_spill(w, poll, err));
  for (size_t i = 0; i < w->slot_count; i++)
    NR_TRY(settle_slot(w, &w->slots[i], err));
  drop_empty_slots(w);
  NR_TRY(merge_classes(w, poll, err));
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
