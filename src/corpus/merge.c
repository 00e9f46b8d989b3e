/* merge.c: several segments become one, and their layers with them. Floor 3. */
#include "base/hash.h"
#include "corpus/writer.h"
#include "segment/packed.h"

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

nr_status nr_writer_merge_classes(nr_writer *w, const nr_poll *poll, nr_error *err)
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
                              const nr_sink *sink, const nr_poll *poll, nr_error *err)
{
  for (size_t i = 0; i < count; i++) {
    const nr_slot *s = &w->slots[numbers[i]];
    inputs->segments[i] = s->piece->segment;
    inputs->dead[i] = s->dead == NULL ? NULL : s->dead->bitmap;
    NR_TRY(nr_segment_verify(s->piece->segment, poll, err));
  }
  return nr_segment_merge(w->memory, inputs->segments, inputs->dead, (uint32_t)count, w->compress, sink, poll,
                          err);
}

static nr_status merge_slots(nr_writer *w, const size_t *numbers, size_t count, nr_arena *arena,
                             const nr_poll *poll, nr_error *err)
{
  merge_inputs inputs = {nr_arena_take_array(arena, count, sizeof(nr_segment *)),
                         nr_arena_take_array(arena, count, sizeof(uint64_t *))};
  nr_appending a;
  if (inputs.segments == NULL || inputs.dead == NULL)
    return nr_fail_memory(err);
  NR_TRY(nr_appending_begin(w, &a, err));
  NR_TRY(nr_appending_end(&a, write_merged(w, numbers, count, &inputs, &a.sink, poll, err), err));
  NR_TRY(carry_layers(w, numbers, count, &inputs, w->slots[w->slot_count - 1].piece, arena, err));
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
