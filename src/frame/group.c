/* group.c: codes for values, tuples of codes. Floor 5. */
#include "frame/group.h"

#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "query/fields.h"

/* ---- codes ---- */

static uint64_t hash_value(const nr_value *value, nr_special special)
{
  double number = value->number == 0 ? 0 : value->number; /* one zero */
  uint64_t hash = value->text.bytes != NULL ? nr_hash64(value->text.bytes, value->text.size)
                  : isnan(value->number)    ? 0
                                            : nr_hash64(&number, sizeof number);
  return hash + special;
}

static bool same_value(const nr_value *a, const nr_value *b)
{
  if (a->text.bytes != NULL || b->text.bytes != NULL)
    return a->text.bytes != NULL && b->text.bytes != NULL && nr_text_equal(a->text, b->text);
  return isnan(a->number) ? isnan(b->number) : a->number == b->number;
}

static nr_status grow_slots(const nr_memory *memory, uint32_t **slots, size_t *slot_count, nr_error *err)
{
  size_t count = *slot_count == 0 ? 64 : *slot_count * 2;
  uint32_t *larger = nr_alloc_zeroed(memory, count, sizeof *larger);
  if (larger == NULL)
    return nr_fail_memory(err);
  nr_release(memory, *slots, *slot_count * sizeof **slots);
  *slots = larger;
  *slot_count = count;
  return NR_OK;
}

static nr_status rehash_codes(const nr_memory *memory, nr_codes *codes, nr_error *err)
{
  NR_TRY(grow_slots(memory, &codes->slots, &codes->slot_count, err));
  for (size_t code = 0; code < codes->count; code++) {
    size_t slot =
        hash_value(&codes->values[code], (nr_special)codes->special[code]) & (codes->slot_count - 1);
    while (codes->slots[slot] != 0)
      slot = (slot + 1) & (codes->slot_count - 1);
    codes->slots[slot] = (uint32_t)code + 1;
  }
  return NR_OK;
}

nr_status nr_key_code_of(nr_grouper *grouper, nr_key *key, nr_value value, nr_special special, uint32_t *code,
                         nr_error *err)
{
  nr_codes *codes = &key->codes;
  if (codes->count * 2 >= codes->slot_count)
    NR_TRY(rehash_codes(grouper->memory, codes, err));
  size_t slot = hash_value(&value, special) & (codes->slot_count - 1);
  for (; codes->slots[slot] != 0; slot = (slot + 1) & (codes->slot_count - 1)) {
    uint32_t there = codes->slots[slot] - 1;
    if (codes->special[there] == special && same_value(&codes->values[there], &value)) {
      *code = there;
      return NR_OK;
    }
  }
  void *values = codes->values, *specials = codes->special;
  NR_TRY(nr_grow(grouper->memory, &values, &codes->value_capacity, codes->count + 1, sizeof value, err));
  codes->values = values;
  NR_TRY(nr_grow(grouper->memory, &specials, &codes->special_capacity, codes->count + 1, 1, err));
  codes->special = specials;
  codes->values[codes->count] = value;
  codes->special[codes->count] = (uint8_t)special;
  *code = (uint32_t)codes->count++;
  codes->slots[slot] = *code + 1;
  return NR_OK;
}

/* ---- tuples ---- */

void nr_tuples_init(nr_tuples *tuples, const nr_memory *memory, uint32_t width)
{
  *tuples = (nr_tuples){.memory = memory, .width = width};
}

void nr_tuples_clear(nr_tuples *tuples)
{
  nr_release(tuples->memory, tuples->codes, tuples->capacity * sizeof(uint32_t));
  nr_release(tuples->memory, tuples->slots, tuples->slot_count * sizeof(uint32_t));
  nr_tuples_init(tuples, tuples->memory, tuples->width);
}

static const uint32_t *tuple_at(const nr_tuples *tuples, size_t number)
{
  return tuples->codes + number * tuples->width;
}

static size_t tuple_slot(const nr_tuples *tuples, const uint32_t *codes)
{
  uint64_t hash = 0;
  for (uint32_t i = 0; i < tuples->width; i++)
    hash = (hash + codes[i]) * UINT64_C(0x9E3779B97F4A7C15), hash ^= hash >> 29;
  size_t slot = hash & (tuples->slot_count - 1);
  while (tuples->slots[slot] != 0 && tuples->width > 0 &&
         memcmp(tuple_at(tuples, tuples->slots[slot] - 1), codes, tuples->width * sizeof *codes) != 0)
    slot = (slot + 1) & (tuples->slot_count - 1);
  return slot;
}

nr_status nr_tuples_put(nr_tuples *tuples, const uint32_t *codes, uint32_t *number, nr_error *err)
{
  if (tuples->count * 2 >= tuples->slot_count) {
    NR_TRY(grow_slots(tuples->memory, &tuples->slots, &tuples->slot_count, err));
    for (size_t i = 0; i < tuples->count; i++)
      tuples->slots[tuple_slot(tuples, tuple_at(tuples, i))] = (uint32_t)i + 1;
  }
  size_t slot = tuple_slot(tuples, codes);
  if (tuples->slots[slot] == 0) {
    void *items = tuples->codes;
    NR_TRY(nr_grow(tuples->memory, &items, &tuples->capacity, (tuples->count + 1) * tuples->width,
                   sizeof *codes, err));
    tuples->codes = items;
    if (tuples->width > 0)
      memcpy(tuples->codes + tuples->count * tuples->width, codes, tuples->width * sizeof *codes);
    tuples->slots[slot] = (uint32_t)++tuples->count;
  }
  *number = tuples->slots[slot] - 1;
  return NR_OK;
}

bool nr_tuples_find(const nr_tuples *tuples, const uint32_t *codes, uint32_t *number)
{
  if (tuples->slot_count == 0)
    return false;
  uint32_t found = tuples->slots[tuple_slot(tuples, codes)];
  *number = found - 1;
  return found != 0;
}

/* ---- a grouper ---- */

static bool field_has_lists(const nr_snapshot *snapshot, nr_text name)
{
  return (nr_field_types(snapshot, name) & UINT32_C(1) << NR_FIELD_LIST) != 0;
}

static nr_status open_keys(nr_grouper *grouper, const nr_memory *memory, uint32_t count, nr_error *err)
{
  *grouper = (nr_grouper){.memory = memory};
  nr_arena_init(&grouper->arena, memory);
  if (count > nr_keys_max)
    return nr_fail(err, NR_INVALID, "grouping by more than %d columns", nr_keys_max);
  grouper->keys = nr_arena_take_array(&grouper->arena, count, sizeof *grouper->keys);
  return grouper->keys == NULL ? nr_fail_memory(err) : NR_OK;
}

static nr_key *next_key(nr_grouper *grouper)
{
  nr_key *key = &grouper->keys[grouper->key_count++];
  *key = (nr_key){.part = UINT32_MAX, .last_period = {0, -1}};
  nr_buffer_init(&key->maker.scratch, grouper->memory);
  nr_buffer_init(&key->own_article.scratch, grouper->memory);
  return key;
}

nr_status nr_grouper_init(nr_grouper *grouper, const nr_memory *memory, nr_hits *hits, const nr_text *columns,
                          uint32_t count, nr_error *err)
{
  NR_TRY(open_keys(grouper, memory, count, err));
  for (uint32_t k = 0; k < count; k++) {
    nr_key *key = next_key(grouper);
    NR_TRY(nr_maker_init(&key->maker, columns[k], hits, &grouper->arena, err));
    key->article = nr_maker_of_article(&key->maker) ? &key->maker : NULL;
    key->list = key->maker.kind == NR_MAKE_FIELD && field_has_lists(key->maker.snapshot, columns[k]);
  }
  return NR_OK;
}

nr_status nr_grouper_of_frame(nr_grouper *grouper, const nr_memory *memory, const nr_frame *frame,
                              const nr_text *columns, uint32_t count, nr_error *err)
{
  nr_hits *hits = nr_frame_hits(frame);
  NR_TRY(open_keys(grouper, memory, count, err));
  for (uint32_t k = 0; k < count; k++) {
    nr_key *key = next_key(grouper);
    NR_TRY(nr_maker_of_frame(&key->maker, columns[k], frame, &grouper->arena, err));
    if (hits != NULL && nr_maker_init(&key->own_article, columns[k], hits, &grouper->arena, NULL) == NR_OK &&
        nr_maker_of_article(&key->own_article))
      key->article = &key->own_article;
  }
  return NR_OK;
}

void nr_grouper_clear(nr_grouper *grouper)
{
  const nr_memory *memory = grouper->memory;
  for (uint32_t k = 0; k < grouper->key_count; k++) {
    nr_key *key = &grouper->keys[k];
    nr_maker_clear(&key->maker);
    nr_maker_clear(&key->own_article);
    nr_release(memory, key->codes.values, key->codes.value_capacity * sizeof *key->codes.values);
    nr_release(memory, key->codes.special, key->codes.special_capacity);
    nr_release(memory, key->codes.slots, key->codes.slot_count * sizeof *key->codes.slots);
    nr_release(memory, key->by_number, key->by_number_count * sizeof *key->by_number);
  }
  grouper->key_count = 0;
  nr_arena_clear(&grouper->arena);
}

/* ---- the codes of a hit ---- */

/* The number under which a value repeats in a part: a row of the table, a value of a field. */
static bool repeating_number(nr_key *key, const nr_maker *maker, const nr_hit *hit, size_t *number)
{
  if (maker->kind == NR_MAKE_CELL)
    return false;
  const nr_segment *segment = nr_snapshot_part(maker->snapshot, hit->part)->segment;
  uint32_t field, value;
  if (maker->kind == NR_MAKE_ATTRIBUTE) {
    *number = hit->row == UINT32_MAX ? 0 : (size_t)hit->row + 1;
    return true;
  }
  if (maker->kind == NR_MAKE_FORM && hit->first == hit->last) {
    nr_segment_stream(segment, hit->first, 1, &value);
    *number = nr_segment_form_of(segment, value);
    return true;
  }
  if (maker->kind != NR_MAKE_FIELD || key->list)
    return false;
  value = nr_segment_find_field(segment, maker->name, &field)
              ? nr_segment_field_of(segment, field, hit->article)
              : UINT32_MAX;
  *number = value == UINT32_MAX ? 0 : (size_t)value + 1;
  return true;
}

static nr_status remember(const nr_memory *memory, nr_key *key, const nr_hit *hit, size_t number,
                          nr_error *err)
{
  if (key->part != hit->part && key->by_number_count > 0)
    memset(key->by_number, 0, key->by_number_count * sizeof *key->by_number);
  key->part = hit->part;
  size_t before = key->by_number_count;
  void *items = key->by_number;
  NR_TRY(nr_grow(memory, &items, &key->by_number_count, number + 1, sizeof *key->by_number, err));
  key->by_number = items;
  if (key->by_number_count > before)
    memset(key->by_number + before, 0, (key->by_number_count - before) * sizeof *key->by_number);
  return NR_OK;
}

static nr_status make_code(nr_grouper *grouper, nr_key *key, nr_maker *maker, const nr_hit *hit,
                           uint32_t *code, nr_error *err)
{
  nr_value value;
  nr_special special;
  NR_TRY(nr_maker_cell(maker, hit, &value, &special, err));
  if (value.text.bytes == NULL && isnan(value.number)) {
    value.text = NR_TEXT("none");
    special = NR_NONE;
  }
  return nr_key_code_of(grouper, key, value, special, code, err);
}

static nr_status unit_code(nr_grouper *grouper, nr_key *key, nr_maker *maker, const nr_hit *hit,
                           uint32_t *code, nr_error *err)
{
  nr_period date = nr_segment_date(nr_snapshot_part(maker->snapshot, hit->part)->segment, hit->article);
  if (date.first >= key->last_period.first && date.last <= key->last_period.last) {
    *code = key->last_code;
    return NR_OK;
  }
  NR_TRY(make_code(grouper, key, maker, hit, code, err));
  if (key->codes.special[*code] == NR_PLAIN) {
    key->last_code = *code;
    key->last_period = nr_unit_period(maker->unit, date.first);
  }
  return NR_OK;
}

static nr_status one_code(nr_grouper *grouper, nr_key *key, nr_maker *maker, const nr_hit *hit,
                          uint32_t *code, nr_error *err)
{
  size_t number;
  if (maker->kind == NR_MAKE_UNIT)
    return unit_code(grouper, key, maker, hit, code, err);
  if (!repeating_number(key, maker, hit, &number))
    return make_code(grouper, key, maker, hit, code, err);
  if (key->part != hit->part || number >= key->by_number_count)
    NR_TRY(remember(grouper->memory, key, hit, number, err));
  if (key->by_number[number] == 0) {
    NR_TRY(make_code(grouper, key, maker, hit, code, err));
    key->by_number[number] = *code + 1;
  }
  *code = key->by_number[number] - 1;
  return NR_OK;
}

/* A hit on its way through the keys: those in front have their codes. */
typedef struct passage {
  nr_grouper *grouper;
  const nr_hit *hit;
  bool article_only;
  nr_tuple_visit visit;
  void *user;
  uint32_t codes[nr_keys_max];
  uint32_t at;
  nr_status status;
  nr_error *err;
} passage;

static nr_status pass(passage *p, uint32_t at);

static bool pass_member(void *user, nr_text member)
{
  passage *p = user;
  uint32_t at = p->at;
  nr_key *key = &p->grouper->keys[at];
  uint32_t code = 0;
  size_t before = key->codes.count;
  p->status = nr_key_code_of(p->grouper, key, (nr_value){member, NAN}, NR_PLAIN, &code, p->err);
  if (p->status == NR_OK && key->codes.count > before) { /* new: the text must last */
    nr_text *kept = &key->codes.values[code].text;
    kept->bytes = nr_arena_copy(&p->grouper->arena, member.bytes, member.size);
    if (kept->bytes == NULL)
      p->status = nr_fail_memory(p->err);
  }
  if (p->status == NR_OK) {
    p->codes[at] = code;
    p->status = pass(p, at + 1);
    p->at = at;
  }
  return p->status == NR_OK;
}

/* Each member of a list in turn; an empty list is none. */
static nr_status pass_list(passage *p, uint32_t at, bool *was_list)
{
  nr_key *key = &p->grouper->keys[at];
  uint32_t field, value;
  nr_field_type type;
  nr_text text;
  nr_buffer scratch;
  *was_list = false;
  if (!key->list)
    return NR_OK;
  const nr_segment *segment = nr_snapshot_part(key->maker.snapshot, p->hit->part)->segment;
  if (!nr_segment_find_field(segment, key->maker.name, &field))
    return NR_OK;
  value = nr_segment_field_of(segment, field, p->hit->article);
  if (value == UINT32_MAX)
    return NR_OK;
  nr_segment_field_value(segment, field, value, &type, &text);
  if (type != NR_FIELD_LIST || memchr(text.bytes, '"', text.size) == NULL)
    return NR_OK;
  *was_list = true;
  nr_buffer_init(&scratch, p->grouper->memory);
  p->at = at;
  nr_status status = nr_list_members(text, &scratch, pass_member, p, p->err);
  nr_buffer_clear(&scratch);
  return status != NR_OK ? status : p->status;
}

static nr_status pass(passage *p, uint32_t at)
{
  if (at == p->grouper->key_count)
    return p->visit(p->user, p->codes, p->err);
  nr_key *key = &p->grouper->keys[at];
  bool was_list;
  if (p->article_only && key->article == NULL) {
    p->codes[at] = 0;
    return pass(p, at + 1);
  }
  NR_TRY(pass_list(p, at, &was_list));
  if (was_list)
    return NR_OK;
  NR_TRY(
      one_code(p->grouper, key, p->article_only ? key->article : &key->maker, p->hit, &p->codes[at], p->err));
  return pass(p, at + 1);
}

nr_status nr_grouper_tuples(nr_grouper *grouper, const nr_hit *hit, bool article_only, nr_tuple_visit visit,
                            void *user, nr_error *err)
{
  passage p = {
      .grouper = grouper, .hit = hit, .article_only = article_only, .visit = visit, .user = user, .err = err};
  return pass(&p, 0);
}

/* ---- receipts ---- */

typedef struct collector {
  const uint32_t *codes;
  size_t size;
  uint64_t index;
  nr_buffer *indexes;
} collector;

static nr_status collect(void *user, const uint32_t *codes, nr_error *err)
{
  collector *c = user;
  if (c->size > 0 && memcmp(codes, c->codes, c->size) != 0)
    return NR_OK;
  return nr_buffer_put(c->indexes, &c->index, sizeof c->index, err);
}

nr_status nr_group_members(const nr_memory *memory, nr_hits *hits, const nr_text *columns, uint32_t count,
                           const uint32_t *codes, nr_buffer *indexes, nr_error *err)
{
  nr_grouper grouper;
  collector c = {codes, count * sizeof *codes, 0, indexes};
  nr_status status = nr_grouper_init(&grouper, memory, hits, columns, count, err);
  nr_hit block[256];
  for (uint32_t read = 1; read > 0 && status == NR_OK;) {
    read = nr_hits_read(hits, c.index, 256, block);
    for (uint32_t i = 0; i < read && status == NR_OK; i++, c.index++)
      status = nr_grouper_tuples(&grouper, &block[i], false, collect, &c, err);
  }
  nr_grouper_clear(&grouper);
  return status;
}
