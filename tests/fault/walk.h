/* walk.h: ask a segment or a snapshot everything it can be asked, as a caller with sane habits would.
 * For tests of damaged bytes: what matters is that nothing is read or written out of bounds. */
#ifndef WALK_H
#define WALK_H

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "corpus/corpus.h"

static inline uint64_t walk_text(nr_text text)
{
  return text.size == 0 ? 1 : nr_hash64(text.bytes, text.size);
}

static inline uint64_t walk_postings(const nr_segment *s, uint32_t form)
{
  uint32_t hits, texts, positions[100], count;
  uint64_t sum = 0;
  nr_postings p;
  nr_segment_form_count(s, form, &hits, &texts);
  nr_postings_open(s, form, &p);
  for (int i = 0; i < 100 && (count = nr_postings_read(&p, positions, 100)) > 0; i++)
    for (uint32_t k = 0; k < count; k++) {
      uint32_t start, end;
      if (positions[k] >= nr_segment_count(s)->all)
        abort();
      nr_segment_bytes(s, positions[k], &start, &end);
      sum += end - start;
    }
  nr_postings_open(s, form, &p);
  for (uint32_t at = 0; at < nr_segment_count(s)->all; at = at * 2 + 1) {
    nr_postings_seek(&p, at);
    sum += nr_postings_read(&p, positions, 3);
  }
  return sum + hits + texts;
}

static inline uint64_t walk_marks(const nr_segment *s)
{
  uint32_t all = nr_segment_count(s)->all, step = all / 50 + 1;
  uint64_t sum = 0;
  for (int m = 0; m < NR_MARKS; m++) {
    uint32_t low = nr_segment_mark_rank(s, (nr_mark)m, 0), high = nr_segment_mark_rank(s, (nr_mark)m, all);
    if (high >= low && high - low <= all) {
      uint32_t *list = malloc((high - low + 1) * sizeof *list); /* no more than promised */
      sum += nr_segment_mark_list(s, (nr_mark)m, 0, all, list);
      free(list);
    }
    for (uint32_t p = 0; p < all; p += step)
      sum += nr_segment_marked(s, (nr_mark)m, p) + nr_segment_mark_before(s, (nr_mark)m, p) +
             nr_segment_mark_after(s, (nr_mark)m, p);
  }
  return sum;
}

static inline uint64_t walk_article(const nr_segment *s, uint32_t article)
{
  nr_article_view view;
  nr_article whole;
  nr_arena arena;
  nr_contents contents;
  uint32_t first, end, found;
  nr_segment_article(s, article, &view);
  uint64_t sum = walk_text(view.id) + walk_text(view.origin) + walk_text(view.date_evidence);
  for (int margin = 0; margin < 2; margin++) {
    nr_segment_article_tokens(s, article, margin != 0, &first, &end);
    if (end > nr_segment_count(s)->all || first > end)
      abort();
  }
  for (uint32_t f = 0; f < nr_segment_fields(s); f++) {
    uint32_t value = nr_segment_field_of(s, f, article);
    nr_field_type type;
    nr_text text;
    sum += walk_text(nr_segment_field_name(s, f));
    if (value == UINT32_MAX)
      continue;
    nr_segment_field_value(s, f, value, &type, &text);
    sum += walk_text(text);
  }
  nr_segment_find_id(s, view.id, &found);
  nr_arena_init(&arena, &nr_memory_default);
  nr_contents_init(&contents, &nr_memory_default);
  if (nr_segment_recover(s, article, true, &contents, &arena, &whole, NULL) == NR_OK)
    sum += nr_article_hash(&whole) + whole.token_count + walk_text(whole.content);
  nr_contents_clear(&contents);
  nr_arena_clear(&arena);
  return sum;
}

static inline uint64_t walk_segment(const nr_segment *s)
{
  const nr_segment_counts *c = nr_segment_count(s);
  uint64_t sum = nr_segment_from_day(s, 0) + nr_segment_from_day(s, NR_DAY_NONE);
  for (uint32_t i = 0; i < c->articles && i < 1000; i++)
    sum += walk_article(s, i);
  for (uint32_t i = 0; i < c->forms && i < 1000; i++) {
    uint32_t first, end;
    nr_segment_surfaces_of(s, i, &first, &end);
    for (; first < end; first++)
      sum += walk_text(nr_segment_surface(s, first)) + nr_segment_surface_count(s, first);
    nr_segment_forms_with_prefix(s, nr_segment_form(s, i), &first, &end);
    nr_segment_find_form(s, nr_segment_form(s, i), &first);
    sum += walk_postings(s, i);
  }
  if (c->all > 0)
    sum += walk_marks(s);
  return sum;
}

static inline uint64_t walk_content(const nr_segment *s, uint32_t article)
{
  nr_contents contents;
  nr_text content;
  nr_contents_init(&contents, &nr_memory_default);
  uint64_t sum = nr_segment_content(s, article, &contents, &content, NULL) == NR_OK ? walk_text(content) : 0;
  nr_contents_clear(&contents);
  return sum;
}

/* A number that stands for all a commit says of its articles, however they are cut into segments. */
static inline uint64_t digest_snapshot(nr_snapshot *snapshot)
{
  uint64_t sum = nr_snapshot_count(snapshot)->articles;
  for (uint32_t p = 0; p < nr_snapshot_count(snapshot)->parts; p++) {
    const nr_part *part = nr_snapshot_part(snapshot, p);
    for (uint32_t i = 0; i < nr_segment_count(part->segment)->articles; i++) {
      nr_article_view view;
      if (nr_part_dead(part, i))
        continue;
      nr_segment_article(part->segment, i, &view);
      uint64_t pair[2] = {walk_text(view.id), walk_content(part->segment, i) + view.content_hash};
      sum += nr_hash64(pair, sizeof pair);
    }
  }
  return sum;
}

#endif
