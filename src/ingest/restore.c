/* restore.c: blocks and repairs from the JSON of a dump. Floor 4.
 * The values come as canonical JSON, without blanks: what is not written exactly so is not ours. */
#include "ingest/restore.h"

#include "ingest/lines.h"
#include "text/utf8.h"

typedef struct cursor {
  const char *at, *end;
} cursor;

static bool take(cursor *c, const char *literal)
{
  size_t size = strlen(literal);
  if ((size_t)(c->end - c->at) < size || memcmp(c->at, literal, size) != 0)
    return false;
  c->at += size;
  return true;
}

static bool take_number(cursor *c, uint32_t *number)
{
  uint64_t value = 0;
  const char *from = c->at;
  for (; c->at < c->end && *c->at >= '0' && *c->at <= '9' && c->at - from < 10; c->at++)
    value = value * 10 + (uint64_t)(*c->at - '0');
  *number = (uint32_t)value;
  return c->at > from && value <= UINT32_MAX;
}

/* Take one of the names that `name_of` gives the numbers below `count`, in quotes. */
static bool take_name(cursor *c, const char *(*name_of)(unsigned), unsigned count, unsigned *number)
{
  const char *stop =
      c->at < c->end && *c->at == '"' ? memchr(c->at + 1, '"', (size_t)(c->end - c->at - 1)) : NULL;
  if (stop == NULL)
    return false;
  nr_text name = {c->at + 1, (size_t)(stop - c->at - 1)};
  for (*number = 0; *number < count; ++*number)
    if (nr_text_equal(name, nr_text_of(name_of(*number)))) {
      c->at = stop + 1;
      return true;
    }
  return false;
}

static const char *kind_name(unsigned kind)
{
  return nr_block_kind_name((nr_block_kind)kind);
}

static const char *reason_name(unsigned reason)
{
  return nr_block_reason_name((uint16_t)reason);
}

static bool is_border(nr_text text, size_t at)
{
  return at == text.size || ((uint8_t)text.bytes[at] & 0xC0) != 0x80;
}

static bool is_blank(nr_text text, uint32_t from, uint32_t to)
{
  nr_line line;
  return !nr_line_measure(text, from, to, &line);
}

/* [start,end,"kind"] or [start,end,"kind","reason"], behind what is covered so far. */
static bool take_block(cursor *c, nr_text text, uint32_t covered, nr_block *block)
{
  unsigned kind = 0, reason = NR_REASON_NONE;
  *block = (nr_block){.start = 0};
  if (!take(c, "[") || !take_number(c, &block->start) || !take(c, ",") || !take_number(c, &block->end) ||
      !take(c, ",") || !take_name(c, kind_name, NR_BLOCK_KINDS, &kind))
    return false;
  block->margin = take(c, ",");
  if ((block->margin && !take_name(c, reason_name, NR_REASONS, &reason)) || !take(c, "]"))
    return false;
  block->kind = (uint8_t)kind;
  block->reason = (uint16_t)reason;
  return block->start >= covered && block->end > block->start && block->end <= text.size &&
         is_border(text, block->start) && is_border(text, block->end) &&
         is_blank(text, covered, block->start);
}

/* Read all; they cover every byte of the text that is not white space. */
static nr_status read_blocks(nr_text json, nr_text text, nr_buffer *blocks, bool *ours, nr_error *err)
{
  cursor c = {json.bytes, json.bytes + json.size};
  nr_block block = {.end = 0};
  *ours = take(&c, "[") && text.size <= UINT32_MAX;
  do {
    if (!*ours || !take_block(&c, text, block.end, &block)) {
      *ours = false;
      return NR_OK;
    }
    NR_TRY(nr_buffer_put(blocks, &block, sizeof block, err));
  } while (take(&c, ","));
  *ours = take(&c, "]") && c.at == c.end && is_blank(text, block.end, (uint32_t)text.size);
  return NR_OK;
}

/* {"at":5,"bytes":[195]}: a U+FFFD stands there in the text. */
static bool take_repair(cursor *c, nr_text text, size_t title_size, nr_repair *repair)
{
  uint32_t at, byte;
  *repair = (nr_repair){.at = 0};
  if (!take(c, "{\"at\":") || !take_number(c, &at) || !take(c, ",\"bytes\":["))
    return false;
  do {
    if (repair->size == 3 || !take_number(c, &byte) || byte > 0xFF)
      return false;
    repair->bytes[repair->size++] = (uint8_t)byte;
  } while (take(c, ","));
  if (!take(c, "]}") || at < title_size || at - title_size > text.size || text.size - (at - title_size) < 3)
    return false;
  repair->at = at - (uint32_t)title_size;
  return memcmp(text.bytes + repair->at, "\xEF\xBF\xBD", 3) == 0;
}

static nr_status read_repairs(nr_text json, const nr_item *item, nr_buffer *repairs, bool *ours,
                              nr_error *err)
{
  cursor c = {json.bytes, json.bytes + json.size};
  nr_repair repair;
  *ours = take(&c, "[");
  do {
    if (!*ours || !take_repair(&c, item->text, item->title.size, &repair)) {
      *ours = false;
      return NR_OK;
    }
    NR_TRY(nr_buffer_put(repairs, &repair, sizeof repair, err));
  } while (take(&c, ","));
  *ours = take(&c, "]") && c.at == c.end;
  return NR_OK;
}

/* Read the field at `i`, if it is ours. */
static nr_status restore(nr_item *item, size_t i, nr_arena *arena, bool *ours, nr_error *err)
{
  nr_field field = item->fields[i];
  bool blocks = nr_text_equal(field.name, NR_TEXT("blocks"));
  nr_buffer read;
  *ours = false;
  if (field.type != NR_FIELD_JSON || (!blocks && !nr_text_equal(field.name, NR_TEXT("repairs"))))
    return NR_OK;
  nr_buffer_init(&read, arena->memory);
  nr_status status = blocks ? read_blocks(field.value, item->text, &read, ours, err)
                            : read_repairs(field.value, item, &read, ours, err);
  const void *kept = status == NR_OK && *ours ? nr_arena_copy(arena, read.bytes, read.size) : NULL;
  if (kept != NULL && blocks) {
    item->blocks = kept;
    item->block_count = read.size / sizeof(nr_block);
    item->blocks_final = true;
  } else if (kept != NULL) {
    item->repairs = kept;
    item->repair_count = read.size / sizeof(nr_repair);
  } else if (status == NR_OK && *ours) {
    status = nr_fail_memory(err);
  }
  nr_buffer_clear(&read);
  return status;
}

nr_status nr_item_restore(nr_item *item, nr_arena *arena, nr_error *err)
{
  for (size_t i = 0; i < item->field_count;) {
    bool ours;
    NR_TRY(restore(item, i, arena, &ours, err));
    if (ours)
      item->fields[i] = item->fields[--item->field_count];
    else
      i++;
  }
  return NR_OK;
}
