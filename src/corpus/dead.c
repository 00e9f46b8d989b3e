/* dead.c: dead articles and the counts to subtract for them. Floor 3. */
#include "corpus/dead.h"

#include "corpus/corpus.h"
#include "segment/packed.h"

enum { head_size = 40 }; /* u32 articles, undated, forms, 0; u64 on, all, content bytes */

static nr_status dead_alloc(const nr_memory *memory, const nr_segment *segment, nr_dead **dead,
                            uint64_t **bitmap, nr_error *err)
{
  nr_dead *d = nr_alloc_zeroed(memory, 1, sizeof *d);
  if (d == NULL)
    return nr_fail_memory(err);
  atomic_init(&d->references, 1);
  d->memory = memory;
  nr_arena_init(&d->arena, memory);
  *bitmap =
      nr_arena_take_array(&d->arena, nr_bitmap_words(nr_segment_count(segment)->articles), sizeof **bitmap);
  d->bitmap = *bitmap;
  if (*bitmap == NULL) {
    nr_dead_release(d);
    return nr_fail_memory(err);
  }
  *dead = d;
  return NR_OK;
}

nr_dead *nr_dead_retain(nr_dead *dead)
{
  if (dead != NULL)
    atomic_fetch_add_explicit(&dead->references, 1, memory_order_relaxed);
  return dead;
}

void nr_dead_release(nr_dead *dead)
{
  if (dead == NULL || atomic_fetch_sub_explicit(&dead->references, 1, memory_order_acq_rel) != 1)
    return;
  nr_arena_clear(&dead->arena);
  nr_release(dead->memory, dead, sizeof *dead);
}

static bool get_bit(const uint64_t *bitmap, uint32_t i)
{
  return (bitmap[i / 64] >> (i % 64) & 1) != 0;
}

/* One count for every form of the segment while the newly dead are walked. */
typedef struct tally {
  uint32_t hits, texts, last; /* last: article + 1 that was counted as a text */
} tally;

static void tally_article(const nr_segment *segment, uint32_t article, tally *tallies)
{
  uint32_t first, end, surfaces[256];
  nr_segment_article_tokens(segment, article, false, &first, &end);
  while (first < end) {
    uint32_t count = end - first < 256 ? end - first : 256;
    nr_segment_stream(segment, first, count, surfaces);
    for (uint32_t i = 0; i < count; i++) {
      tally *t = &tallies[nr_segment_form_of(segment, surfaces[i])];
      t->hits++;
      t->texts += t->last != article + 1;
      t->last = article + 1;
    }
    first += count;
  }
}

static void count_article(const nr_segment *segment, uint32_t article, nr_dead *d)
{
  nr_article_view view;
  uint32_t first, end;
  nr_segment_article(segment, article, &view);
  d->articles++;
  d->undated += view.date.first == NR_DAY_NONE;
  d->content_bytes += view.content_size;
  nr_segment_article_tokens(segment, article, false, &first, &end);
  d->on += end - first;
  d->all += end - first;
  nr_segment_article_tokens(segment, article, true, &first, &end);
  d->all += end - first;
}

static nr_status keep_tallies(nr_dead *d, const tally *tallies, uint32_t forms, nr_error *err)
{
  uint32_t count = 0;
  for (uint32_t i = 0; i < forms; i++)
    count += tallies[i].hits != 0;
  uint32_t *kept = nr_arena_take_array(&d->arena, (size_t)count * 3, sizeof *kept);
  if (kept == NULL)
    return nr_fail_memory(err);
  d->forms = kept;
  d->hits = kept + count;
  d->texts = kept + (size_t)count * 2;
  for (uint32_t i = 0; i < forms; i++)
    if (tallies[i].hits != 0) {
      kept[d->form_count] = i;
      kept[count + d->form_count] = tallies[i].hits;
      kept[(size_t)count * 2 + d->form_count++] = tallies[i].texts;
    }
  return NR_OK;
}

nr_status nr_dead_new(const nr_memory *memory, const nr_segment *segment, const nr_dead *before,
                      const uint64_t *bitmap, nr_dead **dead, nr_error *err)
{
  const nr_segment_counts *counts = nr_segment_count(segment);
  nr_dead *d;
  uint64_t *own;
  NR_TRY(dead_alloc(memory, segment, &d, &own, err));
  memcpy(own, bitmap, nr_bitmap_words(counts->articles) * sizeof *own);
  tally *tallies = nr_alloc_zeroed(memory, (size_t)counts->forms + 1, sizeof *tallies);
  nr_status status = tallies == NULL ? nr_fail_memory(err) : NR_OK;
  if (status == NR_OK) {
    if (before != NULL) {
      d->articles = before->articles;
      d->undated = before->undated;
      d->on = before->on;
      d->all = before->all;
      d->content_bytes = before->content_bytes;
      for (uint32_t i = 0; i < before->form_count; i++)
        tallies[before->forms[i]] = (tally){before->hits[i], before->texts[i], 0};
    }
    for (uint32_t article = 0; article < counts->articles; article++)
      if (get_bit(bitmap, article) && (before == NULL || !get_bit(before->bitmap, article))) {
        count_article(segment, article, d);
        tally_article(segment, article, tallies);
      }
    status = keep_tallies(d, tallies, counts->forms, err);
  }
  nr_release(memory, tallies, ((size_t)counts->forms + 1) * sizeof *tallies);
  if (status != NR_OK)
    nr_dead_release(d);
  else
    *dead = d;
  return status;
}

void nr_part_form_count(const nr_part *part, uint32_t form, uint32_t *hits, uint32_t *texts)
{
  nr_segment_form_count(part->segment, form, hits, texts);
  if (part->gone == NULL)
    return;
  uint32_t low = 0, high = part->gone->form_count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (part->gone->forms[middle] < form)
      low = middle + 1;
    else
      high = middle;
  }
  if (low == part->gone->form_count || part->gone->forms[low] != form)
    return;
  *hits -= part->gone->hits[low] < *hits ? part->gone->hits[low] : *hits;
  *texts -= part->gone->texts[low] < *texts ? part->gone->texts[low] : *texts;
}

/* ---- bytes ---- */

static nr_status put_varint(nr_buffer *out, uint32_t value, nr_error *err)
{
  uint8_t bytes[NR_VARINT_SIZE_MAX];
  return nr_buffer_put(out, bytes, nr_varint_put(bytes, value), err);
}

nr_status nr_dead_encode(const nr_dead *dead, const nr_segment *segment, nr_buffer *out, nr_error *err)
{
  uint32_t words = nr_bitmap_words(nr_segment_count(segment)->articles), next = 0;
  NR_TRY(nr_buffer_put_u32(out, dead->articles, err));
  NR_TRY(nr_buffer_put_u32(out, dead->undated, err));
  NR_TRY(nr_buffer_put_u32(out, dead->form_count, err));
  NR_TRY(nr_buffer_put_u32(out, 0, err));
  NR_TRY(nr_buffer_put_u64(out, dead->on, err));
  NR_TRY(nr_buffer_put_u64(out, dead->all, err));
  NR_TRY(nr_buffer_put_u64(out, dead->content_bytes, err));
  for (uint32_t i = 0; i < words; i++)
    NR_TRY(nr_buffer_put_u64(out, dead->bitmap[i], err));
  for (uint32_t i = 0; i < dead->form_count; i++) {
    NR_TRY(put_varint(out, dead->forms[i] - next, err));
    NR_TRY(put_varint(out, dead->hits[i], err));
    NR_TRY(put_varint(out, dead->texts[i], err));
    next = dead->forms[i] + 1;
  }
  return NR_OK;
}

static nr_status bad_dead(nr_error *err)
{
  return nr_fail(err, NR_CORRUPT, "section \"dead articles\" is damaged");
}

static nr_status decode_forms(nr_dead *d, nr_text bytes, uint32_t forms, nr_error *err)
{
  uint32_t *kept = nr_arena_take_array(&d->arena, (size_t)d->form_count * 3, sizeof *kept);
  if (kept == NULL)
    return nr_fail_memory(err);
  uint64_t next = 0;
  size_t at = 0;
  for (uint32_t i = 0; i < d->form_count; i++) {
    next += nr_varint_get(bytes, &at);
    if (at >= bytes.size || next >= forms)
      return bad_dead(err);
    kept[i] = (uint32_t)next++;
    kept[d->form_count + i] = nr_varint_get(bytes, &at);
    kept[(size_t)d->form_count * 2 + i] = nr_varint_get(bytes, &at);
  }
  d->forms = kept;
  d->hits = kept + d->form_count;
  d->texts = kept + (size_t)d->form_count * 2;
  return NR_OK;
}

static nr_status decode_into(nr_dead *d, uint64_t *bitmap, const nr_segment *segment, nr_text bytes,
                             nr_error *err)
{
  const nr_segment_counts *counts = nr_segment_count(segment);
  uint32_t words = nr_bitmap_words(counts->articles), set = 0;
  if (bytes.size < head_size || (bytes.size - head_size) / 8 < words)
    return bad_dead(err);
  d->articles = nr_load_u32(bytes.bytes);
  d->undated = nr_load_u32(bytes.bytes + 4);
  d->form_count = nr_load_u32(bytes.bytes + 8);
  d->on = nr_load_u64(bytes.bytes + 16);
  d->all = nr_load_u64(bytes.bytes + 24);
  d->content_bytes = nr_load_u64(bytes.bytes + 32);
  for (uint32_t i = 0; i < words; i++) {
    bitmap[i] = nr_load_u64(bytes.bytes + head_size + (size_t)i * 8);
    set += (uint32_t)__builtin_popcountll(bitmap[i]);
  }
  bool beyond = counts->articles % 64 != 0 && bitmap[words - 1] >> (counts->articles % 64) != 0;
  if (beyond || set != d->articles || d->undated > set || d->on > d->all || d->all > counts->all ||
      d->on > counts->on || d->content_bytes > counts->content_bytes || d->form_count > counts->forms)
    return bad_dead(err);
  size_t used = head_size + (size_t)words * 8;
  return decode_forms(d, (nr_text){bytes.bytes + used, bytes.size - used}, counts->forms, err);
}

nr_status nr_dead_decode(const nr_memory *memory, const nr_segment *segment, nr_text bytes, nr_dead **dead,
                         nr_error *err)
{
  nr_dead *d;
  uint64_t *bitmap;
  NR_TRY(dead_alloc(memory, segment, &d, &bitmap, err));
  nr_status status = decode_into(d, bitmap, segment, bytes, err);
  if (status == NR_OK)
    *dead = d;
  else
    nr_dead_release(d);
  return status;
}

void nr_snapshot_form_count(const nr_snapshot *snapshot, nr_text folded, uint64_t *hits, uint64_t *texts)
{
  enum { at_once = 64 };
  const nr_segment *segments[at_once];
  uint32_t forms[at_once], parts = nr_snapshot_count(snapshot)->parts, form_hits, form_texts;
  *hits = *texts = 0;
  for (uint32_t first = 0; first < parts; first += at_once) {
    uint32_t count = parts - first < at_once ? parts - first : at_once;
    for (uint32_t i = 0; i < count; i++)
      segments[i] = nr_snapshot_part(snapshot, first + i)->segment;
    nr_segments_find_form(segments, count, folded, forms);
    for (uint32_t i = 0; i < count; i++)
      if (forms[i] != UINT32_MAX) {
        nr_part_form_count(nr_snapshot_part(snapshot, first + i), forms[i], &form_hits, &form_texts);
        *hits += form_hits;
        *texts += form_texts;
      }
  }
}
