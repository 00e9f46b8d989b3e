/* known.c: a sample of the corpus, and an article that it has. Floor 4. */
#include "ingest/known.h"

enum { articles_of_source = 64, learned_bytes_max = 4 << 20 };

/* One segment being learned from. */
typedef struct lesson {
  const nr_part *part;
  nr_cleaner *cleaner;
  nr_contents contents;
  uint8_t *taken; /* by value of the field `source`, and last where there is none */
  uint32_t field, values;
  bool has_sources;
  size_t left; /* bytes that may still be learned */
} lesson;

/* Learn from an article unless its source has given enough. */
static nr_status learn_article(lesson *l, uint32_t article, nr_error *err)
{
  const nr_segment *segment = l->part->segment;
  uint32_t value = l->has_sources ? nr_segment_field_of(segment, l->field, article) : UINT32_MAX;
  uint8_t *taken = &l->taken[value == UINT32_MAX ? l->values : value];
  if (*taken >= articles_of_source)
    return NR_OK;
  nr_article_view view;
  nr_field_type type;
  nr_text content, source = {NULL, 0};
  nr_segment_article(segment, article, &view);
  if (view.content_size > l->left)
    return NR_OK;
  if (value != UINT32_MAX)
    nr_segment_field_value(segment, l->field, value, &type, &source);
  NR_TRY(nr_segment_content(segment, article, &l->contents, &content, err));
  ++*taken;
  l->left -= view.content_size;
  nr_text text = {content.bytes + view.title_size, content.size - view.title_size};
  return nr_cleaner_learn(l->cleaner, source, text, err);
}

/* Nobody has a source, and enough have been learned from. */
static bool is_full(const lesson *l)
{
  return !l->has_sources && l->taken[0] >= articles_of_source;
}

static nr_status learn_part(lesson *l, const nr_memory *memory, nr_error *err)
{
  const nr_segment *segment = l->part->segment;
  l->has_sources = nr_segment_find_field(segment, NR_TEXT("source"), &l->field);
  l->values = l->has_sources ? nr_segment_field_values(segment, l->field) : 0;
  l->taken = nr_alloc_zeroed(memory, (size_t)l->values + 1, sizeof *l->taken);
  if (l->taken == NULL)
    return nr_fail_memory(err);
  nr_status status = NR_OK;
  for (uint32_t i = nr_segment_count(segment)->articles;
       i > 0 && status == NR_OK && l->left > 0 && !is_full(l); i--)
    if (!nr_part_dead(l->part, i - 1))
      status = learn_article(l, i - 1, err);
  nr_release(memory, l->taken, ((size_t)l->values + 1) * sizeof *l->taken);
  return status;
}

nr_status nr_known_learn(const nr_snapshot *snapshot, const nr_memory *memory, nr_cleaner *cleaner,
                         nr_error *err)
{
  lesson l = {.cleaner = cleaner, .left = learned_bytes_max};
  nr_status status = NR_OK;
  nr_contents_init(&l.contents, memory);
  for (uint32_t i = nr_snapshot_count(snapshot)->parts; i > 0 && status == NR_OK; i--) {
    l.part = nr_snapshot_part(snapshot, i - 1);
    status = learn_part(&l, memory, err);
  }
  nr_contents_clear(&l.contents);
  return status;
}

static bool same_but_for_repeats(const nr_block *a, const nr_block *b, size_t count)
{
  bool differ = false;
  for (size_t i = 0; i < count; i++) {
    bool same = a[i].kind == b[i].kind && a[i].margin == b[i].margin && a[i].reason == b[i].reason;
    bool repeats = a[i].reason == NR_REASON_REPEATED || b[i].reason == NR_REASON_REPEATED;
    if (a[i].start != b[i].start || a[i].end != b[i].end || !(same || repeats))
      return false;
    differ = differ || !same;
  }
  return differ;
}

nr_status nr_known_keep(const nr_snapshot *snapshot, nr_arena *arena, nr_article *article, nr_error *err)
{
  uint32_t part, number;
  if (!nr_snapshot_find(snapshot, article->id, &part, &number))
    return NR_OK;
  const nr_segment *segment = nr_snapshot_part(snapshot, part)->segment;
  uint32_t count = nr_segment_blocks(segment, number, NULL, 0);
  nr_block *blocks = nr_arena_take_array(arena, (size_t)count + 1, sizeof *blocks);
  if (blocks == NULL)
    return nr_fail_memory(err);
  nr_segment_blocks(segment, number, blocks, count);
  if (count != article->block_count || !same_but_for_repeats(blocks, article->blocks, count))
    return NR_OK;
  nr_contents contents;
  nr_text content;
  nr_contents_init(&contents, arena->memory);
  nr_status status = nr_segment_content(segment, number, &contents, &content, err);
  if (status == NR_OK && nr_text_equal(content, article->content))
    article->blocks = blocks;
  nr_contents_clear(&contents);
  return status;
}
