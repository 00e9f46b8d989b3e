/* ngrams.c: sequences of words and how often they come. Floor 5.
 *
 * Segment by segment the forms' numbers stand for the words; what several segments know is added up by text.
 */
#include <stdlib.h>
#include <string.h>

#include "frame/cells.h"
#include "segment/intern.h"

enum { n_max = 5, block = 4096 };

typedef struct tally {
  uint64_t count;
  uint32_t texts, last_article; /* + 1; 0: none yet */
} tally;

/* Byte strings and what was counted of each. */
typedef struct book {
  nr_intern keys;
  tally *tallies;
  size_t capacity;
} book;

typedef struct ngrams {
  const nr_memory *memory;
  nr_snapshot *snapshot;
  uint32_t n;
  book all; /* by text */
} ngrams;

static void clear_book(book *b, const nr_memory *memory)
{
  nr_intern_clear(&b->keys);
  nr_release(memory, b->tallies, b->capacity * sizeof *b->tallies);
}

static nr_status tally_of(book *b, const nr_memory *memory, nr_text key, tally **out, nr_error *err)
{
  uint32_t number;
  size_t before = b->keys.count;
  NR_TRY(nr_intern_add(&b->keys, key, key.size, &number, err));
  void *tallies = b->tallies;
  nr_status status = nr_grow(memory, &tallies, &b->capacity, b->keys.count, sizeof *b->tallies, err);
  b->tallies = tallies;
  NR_TRY(status);
  if (b->keys.count > before)
    b->tallies[number] = (tally){0};
  *out = &b->tallies[number];
  return NR_OK;
}

/* Count the sequences of one article. */
static nr_status count_article(const ngrams *g, const nr_segment *segment, uint32_t article, book *b,
                               nr_error *err)
{
  uint32_t first, end, run = 0, forms[n_max], surfaces[block];
  nr_segment_article_tokens(segment, article, false, &first, &end);
  uint32_t border = first < end ? nr_segment_mark_after(segment, NR_SENTENCE_STARTS, first) : end;
  for (uint32_t position = first; position < end; position++) {
    uint32_t slot = (position - first) % block;
    if (slot == 0)
      nr_segment_stream(segment, position, end - position < block ? end - position : block, surfaces);
    if (position == border) {
      border = nr_segment_mark_after(segment, NR_SENTENCE_STARTS, position);
      run = 0;
    }
    memmove(forms, forms + 1, (n_max - 1) * sizeof *forms);
    forms[n_max - 1] = nr_segment_form_of(segment, surfaces[slot]);
    if (++run < g->n)
      continue;
    tally *t;
    NR_TRY(tally_of(b, g->memory, (nr_text){(const char *)(forms + n_max - g->n), g->n * sizeof *forms}, &t,
                    err));
    t->count++;
    t->texts += t->last_article != article + 1;
    t->last_article = article + 1;
  }
  return NR_OK;
}

/* Add what a segment has to the whole, by text. */
static nr_status add_part(ngrams *g, const nr_segment *segment, const book *b, nr_error *err)
{
  nr_buffer text;
  nr_status status = NR_OK;
  nr_buffer_init(&text, g->memory);
  for (size_t i = 0; i < b->keys.count && status == NR_OK; i++) {
    text.size = 0;
    for (uint32_t w = 0; w < g->n && status == NR_OK; w++) {
      uint32_t form;
      memcpy(&form, b->keys.texts[i].bytes + w * sizeof form, sizeof form);
      nr_text word = nr_segment_form(segment, form);
      if (w > 0)
        status = nr_buffer_put_byte(&text, ' ', err);
      if (status == NR_OK)
        status = nr_buffer_put(&text, word.bytes, word.size, err);
    }
    tally *into;
    if (status == NR_OK)
      status = tally_of(&g->all, g->memory, (nr_text){text.bytes, text.size}, &into, err);
    if (status != NR_OK)
      break;
    into->count += b->tallies[i].count;
    into->texts += b->tallies[i].texts;
  }
  nr_buffer_clear(&text);
  return status;
}

static nr_status count_part(ngrams *g, uint32_t number, nr_view *view, const nr_poll *poll, nr_error *err)
{
  const nr_part *part = nr_snapshot_part(g->snapshot, number);
  uint32_t articles = nr_segment_count(part->segment)->articles, chosen;
  const uint64_t *bitmap;
  nr_arena arena;
  book b = {.capacity = 0};
  nr_arena_init(&arena, g->memory);
  nr_intern_init(&b.keys, g->memory);
  nr_status status = nr_view_articles(view, g->snapshot, number, &arena, &bitmap, &chosen, err);
  for (uint32_t article = 0; article < articles && status == NR_OK; article++) {
    if (article % 256 == 0)
      status = nr_poll_at(poll, article, articles, err);
    if (status == NR_OK && (bitmap[article / 64] >> (article % 64) & 1) != 0)
      status = count_article(g, part->segment, article, &b, err);
  }
  if (status == NR_OK)
    status = add_part(g, part->segment, &b, err);
  clear_book(&b, g->memory);
  nr_arena_clear(&arena);
  return status;
}

typedef struct entry {
  nr_text text;
  const tally *of;
} entry;

static int by_count(const void *a, const void *b)
{
  const entry *x = a, *y = b;
  if (x->of->count != y->of->count)
    return x->of->count > y->of->count ? -1 : 1;
  return nr_text_compare(x->text, y->text);
}

static nr_status fill(const entry *entries, size_t count, nr_base *base, nr_error *err)
{
  NR_TRY(nr_base_column(base, 0, NR_TEXT("term"), NR_COLUMN_TEXT, false, err));
  NR_TRY(nr_base_column(base, 1, NR_TEXT("count"), NR_COLUMN_NUMBER, false, err));
  NR_TRY(nr_base_column(base, 2, NR_TEXT("articles"), NR_COLUMN_NUMBER, false, err));
  for (size_t i = 0; i < count; i++) {
    nr_text *text = &base->columns[0].texts[i];
    *text = (nr_text){nr_arena_copy(&base->arena, entries[i].text.bytes, entries[i].text.size),
                      entries[i].text.size};
    if (text->bytes == NULL)
      return nr_fail_memory(err);
    base->columns[1].numbers[i] = (double)entries[i].of->count;
    base->columns[2].numbers[i] = (double)entries[i].of->texts;
  }
  return NR_OK;
}

static nr_status frame_of(const ngrams *g, uint64_t least, nr_frame **frame, nr_error *err)
{
  nr_arena arena;
  nr_base *base = NULL;
  size_t count = 0;
  nr_arena_init(&arena, g->memory);
  entry *entries = nr_arena_take_array(&arena, g->all.keys.count, sizeof *entries);
  nr_status status = entries == NULL ? nr_fail_memory(err) : NR_OK;
  for (size_t i = 0; i < g->all.keys.count && status == NR_OK; i++)
    if (g->all.tallies[i].count >= least)
      entries[count++] = (entry){g->all.keys.texts[i], &g->all.tallies[i]};
  if (count > 0)
    qsort(entries, count, sizeof *entries, by_count);
  if (status == NR_OK)
    status = nr_base_new(g->memory, 3, count, &base, err);
  if (status == NR_OK)
    status = fill(entries, count, base, err);
  nr_arena_clear(&arena);
  if (status == NR_OK)
    return nr_frame_of_base(g->memory, base, frame, err);
  if (base != NULL)
    nr_base_release(base);
  return status;
}

nr_status nr_frame_ngrams(const nr_memory *memory, nr_snapshot *snapshot, nr_view *view, uint32_t n,
                          uint64_t least, const nr_poll *poll, nr_frame **frame, nr_error *err)
{
  ngrams g = {.memory = memory, .snapshot = snapshot, .n = n};
  nr_status status = NR_OK;
  if (n < 2 || n > n_max)
    return nr_fail(err, NR_INVALID, "sequences of %u words can't be counted: 2 to %d", n, n_max);
  nr_intern_init(&g.all.keys, memory);
  for (uint32_t part = 0; part < nr_snapshot_count(snapshot)->parts && status == NR_OK; part++)
    status = count_part(&g, part, view, poll, err);
  if (status == NR_OK)
    status = frame_of(&g, least, frame, err);
  clear_book(&g.all, memory);
  return status;
}
