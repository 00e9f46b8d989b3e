/* mend.c: signs encoded twice, references of HTML. Floor 4. */
#include "ingest/mend.h"

#include "ingest/elements.h"

#include "text/utf8.h"

/* The byte of windows-1252 that stands for a code point, or 0 where none from 0x80 on does. The five
 * bytes without a meaning stand for themselves, as browsers have it. */
static uint8_t byte_of(uint32_t code)
{
  static const uint16_t signs[32] = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                     0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                     0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                     0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
  if (code >= 0x80 && code <= 0xFF)
    return (uint8_t)code;
  for (size_t i = 0; code > 0xFF && i < 32; i++)
    if (signs[i] == code)
      return (uint8_t)(0x80 + i);
  return 0;
}

/* First bytes of what is encoded twice in practice: Latin and Cyrillic letters, punctuation. */
static size_t size_by_lead(uint8_t lead)
{
  if (lead == 0xC2 || lead == 0xC3 || lead == 0xD0 || lead == 0xD1)
    return 2;
  return lead == 0xE2 ? 3 : 0;
}

/* Read the sign that begins at `at` and was encoded twice; returns its size as written, 0 where it is none.
 */
static size_t read_twice(const char *at, const char *end, char sign[4], size_t *size)
{
  const char *next = at;
  if (*at != '\xC3')
    return 0; /* all first bytes are letters written so */
  *size = size_by_lead(byte_of(nr_utf8_next(&next)));
  if (*size == 0)
    return 0;
  next = at;
  for (size_t i = 0; i < *size; i++) {
    if (next == end)
      return 0;
    sign[i] = (char)byte_of(nr_utf8_next(&next));
    if (i > 0 && ((uint8_t)sign[i] & 0xC0) != 0x80)
      return 0;
  }
  return nr_utf8_valid_prefix((nr_text){sign, *size}) == *size ? (size_t)(next - at) : 0;
}

/* A sign that is not what was meant. */
typedef struct damage {
  const char *at;
  size_t used; /* bytes as written */
  char sign[4];
  size_t size;
  bool twice;
} damage;

/* The next one at or behind `at`; false where there is none. */
static bool next_damage(const char *at, const char *end, damage *found)
{
  for (; at < end; at++) {
    if (*at == '\xC3')
      found->used = read_twice(at, end, found->sign, &found->size);
    else if (*at == '&')
      found->used = nr_element_entity(at, end, found->sign, &found->size);
    else
      continue;
    if (found->used == 0)
      continue;
    found->at = at;
    found->twice = *at == '\xC3';
    return true;
  }
  return false;
}

static bool may_be_damaged(nr_text text)
{
  return text.size > 0 &&
         (memchr(text.bytes, '\xC3', text.size) != NULL || memchr(text.bytes, '&', text.size) != NULL);
}

nr_damage_signs nr_count_damage(nr_text text)
{
  nr_damage_signs signs = {0, 0};
  damage d;
  if (!may_be_damaged(text))
    return signs;
  for (const char *at = text.bytes, *end = at + text.size; next_damage(at, end, &d); at = d.at + d.used) {
    signs.twice += d.twice;
    signs.references += !d.twice;
  }
  return signs;
}

static size_t mended_size(nr_text text)
{
  size_t size = text.size;
  damage d;
  if (!may_be_damaged(text))
    return size;
  for (const char *at = text.bytes, *end = at + text.size; next_damage(at, end, &d); at = d.at + d.used)
    size -= d.used - d.size;
  return size;
}

/* A mended copy; no sign is longer than what it is written as. */
static nr_status mend(nr_text *text, nr_arena *arena, nr_error *err)
{
  const char *from = text->bytes, *end = from + text->size;
  char *bytes = nr_arena_take(arena, text->size + 1), *to = bytes;
  damage d;
  if (bytes == NULL)
    return nr_fail_memory(err);
  for (; next_damage(from, end, &d); from = d.at + d.used) {
    memcpy(to, from, (size_t)(d.at - from));
    memcpy(to + (d.at - from), d.sign, d.size);
    to += (size_t)(d.at - from) + d.size;
  }
  memcpy(to, from, (size_t)(end - from));
  *text = (nr_text){bytes, (size_t)(to - bytes) + (size_t)(end - from)};
  return NR_OK;
}

/* ---- items ---- */

/* A place in the text as it was and as it is mended. */
typedef struct place {
  nr_text text;
  size_t was, is;
} place;

/* Move an offset along; offsets come in ascending order and part no sign. */
static void move(place *p, uint32_t *offset)
{
  p->is += mended_size((nr_text){p->text.bytes + p->was, *offset - p->was});
  p->was = *offset;
  *offset = (uint32_t)p->is;
}

static nr_status move_blocks(nr_item *item, nr_arena *arena, nr_error *err)
{
  place p = {.text = item->text};
  nr_block *blocks = nr_arena_take_array(arena, item->block_count, sizeof *blocks);
  if (blocks == NULL)
    return nr_fail_memory(err);
  for (size_t i = 0; i < item->block_count; i++) {
    blocks[i] = item->blocks[i];
    move(&p, &blocks[i].start);
    move(&p, &blocks[i].end);
  }
  item->blocks = blocks;
  return NR_OK;
}

static nr_status move_repairs(nr_item *item, nr_arena *arena, nr_error *err)
{
  place p = {.text = item->text};
  nr_repair *repairs = nr_arena_take_array(arena, item->repair_count, sizeof *repairs);
  if (repairs == NULL)
    return nr_fail_memory(err);
  for (size_t i = 0; i < item->repair_count; i++) {
    repairs[i] = item->repairs[i];
    move(&p, &repairs[i].at);
  }
  item->repairs = repairs;
  return NR_OK;
}

nr_status nr_mend_item(nr_item *item, nr_arena *arena, nr_error *err)
{
  if (item->block_count > 0)
    NR_TRY(move_blocks(item, arena, err));
  if (item->repair_count > 0)
    NR_TRY(move_repairs(item, arena, err));
  if (item->title.size > 0)
    NR_TRY(mend(&item->title, arena, err));
  return item->text.size == 0 ? NR_OK : mend(&item->text, arena, err);
}
