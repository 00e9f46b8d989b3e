/* dictionary.c: many entries matched at once.
 * Floor 4.
 *
 * Each entry is filed under its rarest word in the part. The positions of those words are walked, and
 * at each the entries filed there are tried: the cost follows the rarest words, not the length of
 * the line. Where many entries share a second word, its positions are read once, as bits, and each is tried
 * against them. */
#include <string.h>

#include "query/table.h"
#include "query/words.h"

typedef struct entry {
  nr_leaf *words;
  bool *joined;
  uint32_t word_count, row;
} entry;

typedef struct dictionary {
  nr_plan plan;
  entry *entries;
  uint32_t entry_count;
  nr_table table;
  bool has_table, margin;
  nr_overlap overlap;
} dictionary;

/* ---- making one ---- */

static void clear(nr_plan *plan)
{
  dictionary *d = (dictionary *)plan;
  for (uint32_t i = 0; i < d->entry_count; i++)
    for (uint32_t w = 0; w < d->entries[i].word_count; w++)
      nr_leaf_clear(&d->entries[i].words[w]);
}

static nr_status copy_entry(dictionary *d, const nr_entry *from, nr_error *err)
{
  entry *to = &d->entries[d->entry_count];
  *to = (entry){.row = d->has_table ? from->row : UINT32_MAX};
  to->words = nr_arena_take_array(&d->plan.arena, from->word_count, sizeof *to->words);
  to->joined = nr_arena_take_array(&d->plan.arena, from->word_count, sizeof *to->joined);
  if (to->words == NULL || to->joined == NULL)
    return nr_fail_memory(err);
  d->entry_count++;
  if (from->word_count == 0)
    return nr_fail(err, NR_INVALID, "entry %u of a list has no words", d->entry_count);
  if (d->has_table && from->row != UINT32_MAX && from->row >= d->table.row_count)
    return nr_fail(err, NR_INVALID, "entry %u of a list is in row %u of %u", d->entry_count, from->row,
                   d->table.row_count);
  for (uint32_t w = 0; w < from->word_count; w++) {
    nr_pattern_kind kind = from->words[w].kind;
    if (kind == NR_PATTERN_GAP || kind == NR_PATTERN_SEQUENCE || kind == NR_PATTERN_CHOICE ||
        kind == NR_PATTERN_PLAN)
      return nr_fail(err, NR_INVALID, "entry %u of a list is more than words in a row", d->entry_count);
    NR_TRY(nr_leaf_init(&to->words[w], &d->plan, &from->words[w], err));
    to->word_count = w + 1;
    to->joined[w] = from->words[w].joined;
  }
  return NR_OK;
}

static nr_status copy_all(dictionary *d, const nr_entry *entries, uint32_t count, const nr_table *table,
                          nr_error *err)
{
  d->entries = nr_arena_take_array(&d->plan.arena, count, sizeof *d->entries);
  if (d->entries == NULL)
    return nr_fail_memory(err);
  NR_TRY(nr_plan_columns_of_table(&d->plan, table, err));
  if (table != NULL) {
    NR_TRY(nr_table_copy(&d->plan.arena, table, &d->table, err));
    d->has_table = true;
  }
  for (uint32_t i = 0; i < count; i++)
    NR_TRY(copy_entry(d, &entries[i], err));
  return NR_OK;
}

/* ---- filing the entries for a part ---- */

typedef struct filed {
  const nr_words_list *words; /* one a word */
  const bool *joined;
  uint32_t word_count, row;
  uint32_t anchor, second; /* numbers of the rarest word and of the next, where that is another */
  bool done;               /* matched already: not filed */
} filed;

typedef struct files {
  filed *entries;
  uint32_t count;
  /* Forms that anchor entries, ascending, and for each the entries. */
  uint32_t *forms, *starts, *members;
  uint32_t form_count;
} files;

static uint64_t hits_of(const nr_words_list *word)
{
  uint64_t hits = 0;
  for (uint32_t s = 0; s < word->count; s++)
    hits += word->items[s].hits;
  return hits;
}

static bool any_form(const nr_words_list *word)
{
  for (uint32_t s = 0; s < word->count; s++)
    if (word->items[s].form_count > 0)
      return true;
  return false;
}

static void find_second(filed *e)
{
  e->second = e->anchor == 0 && e->word_count > 1 ? 1 : 0;
  for (uint32_t w = 0; w < e->word_count; w++)
    if (w != e->anchor && hits_of(&e->words[w]) < hits_of(&e->words[e->second]))
      e->second = w;
}

static nr_status look_up(const dictionary *d, nr_run *run, files *f, nr_error *err)
{
  NR_TRY(nr_run_take(run, d->entry_count, sizeof *f->entries, &f->entries, err));
  for (uint32_t i = 0; i < d->entry_count; i++) {
    const entry *from = &d->entries[i];
    filed *to = &f->entries[f->count];
    nr_words_list *words;
    bool there = true;
    NR_TRY(nr_run_take(run, from->word_count, sizeof *words, &words, err));
    *to = (filed){.words = words, .joined = from->joined, .word_count = from->word_count, .row = from->row};
    for (uint32_t w = 0; w < from->word_count && there; w++) {
      words[w] = (nr_words_list){0};
      NR_TRY(nr_leaf_words(&from->words[w], run, &words[w], err));
      there = any_form(&words[w]) && (d->margin || hits_of(&words[w]) > 0);
      if (hits_of(&words[w]) < hits_of(&words[to->anchor]))
        to->anchor = w;
    }
    if (there)
      find_second(to);
    f->count += there;
  }
  return NR_OK;
}

/* Sort (form, entry) pairs as spans are sorted, and cut them into one list a form. */
static nr_status file(nr_run *run, files *f, nr_error *err)
{
  nr_list pairs;
  NR_TRY(nr_list_init(&pairs, run->arena, f->count, false, err));
  for (uint32_t i = 0; i < f->count; i++) {
    const nr_words_list *word = &f->entries[i].words[f->entries[i].anchor];
    for (uint32_t n = 0; n < word->count && !f->entries[i].done; n++)
      for (uint32_t r = 0; r < word->items[n].form_ranges; r++)
        for (uint32_t form = word->items[n].forms[r].from; form < word->items[n].forms[r].to; form++)
          NR_TRY(nr_list_put(&pairs, form, i, 0, err));
  }
  NR_TRY(nr_list_order(&pairs, err));
  NR_TRY(nr_run_take(run, pairs.count, sizeof(uint32_t), &f->forms, err));
  NR_TRY(nr_run_take(run, (size_t)pairs.count + 1, sizeof(uint32_t), &f->starts, err));
  f->members = pairs.last;
  for (uint32_t i = 0; i < pairs.count; i++)
    if (i == 0 || pairs.first[i] != pairs.first[i - 1]) {
      f->starts[f->form_count] = i;
      f->forms[f->form_count++] = pairs.first[i];
    }
  f->starts[f->form_count] = pairs.count;
  return NR_OK;
}

/* ---- matching ---- */

static bool takes(const nr_words_list *word, const nr_run *run, uint32_t surface, uint32_t position)
{
  for (uint32_t s = 0; s < word->count; s++) {
    const uint64_t *articles = word->items[s].articles;
    if (!nr_words_take(&word->items[s], surface))
      continue;
    if (articles == NULL)
      return true;
    uint32_t article = nr_segment_article_at(run->segment, position);
    if ((articles[article / 64] >> article % 64 & 1) != 0)
      return true;
  }
  return false;
}

enum { window_max = 64, positions_at_once = 64 };

/* The tokens around an anchor, as far as the entries filed under it reach. */
typedef struct window {
  const nr_run *run;
  uint32_t from, to; /* of the line or the margin */
  uint32_t before, behind;
  bool needed;              /* the form of the anchor alone does not decide */
  uint32_t start, end;      /* what is there of it */
  const uint32_t *surfaces; /* from position - before on */
  uint32_t position;
} window;

static bool decided_by_form(const filed *e)
{
  for (uint32_t s = 0; s < e->words[0].count; s++)
    if (e->words[0].items[s].exact || e->words[0].items[s].articles != NULL)
      return false;
  return e->word_count == 1;
}

static void open_window(window *w, const files *f, uint32_t number)
{
  w->before = w->behind = 0;
  w->needed = false;
  for (uint32_t m = f->starts[number]; m < f->starts[number + 1]; m++) {
    const filed *e = &f->entries[f->members[m]];
    uint32_t behind = e->word_count - e->anchor - 1;
    w->before = e->anchor > w->before ? e->anchor : w->before;
    w->behind = behind > w->behind ? behind : w->behind;
    w->needed = w->needed || !decided_by_form(e);
  }
  if (w->before + w->behind >= window_max) /* such an entry is read word by word */
    w->before = w->behind = 0;
}

static void set_window(window *w, uint32_t position, const uint32_t *surfaces)
{
  w->position = position;
  w->start = position - w->from > w->before ? position - w->before : w->from;
  w->end = w->to - position > w->behind ? position + w->behind + 1 : w->to;
  w->surfaces = surfaces;
}

static uint32_t surface_at(const window *w, uint32_t position)
{
  uint32_t surface;
  if (position >= w->start && position < w->end)
    return w->surfaces[position + w->before - w->position];
  nr_segment_stream(w->run->segment, position, 1, &surface);
  return surface;
}

/* Does the entry stand around its anchor at `position`? */
static bool matches(const filed *e, const window *around, uint32_t position)
{
  const nr_segment *segment = around->run->segment;
  if (position - around->from < e->anchor || around->to - position < e->word_count - e->anchor)
    return false;
  uint32_t start = position - e->anchor;
  for (uint32_t w = 0; w < e->word_count; w++)
    if (!takes(&e->words[w], around->run, surface_at(around, start + w), start + w))
      return false;
  for (uint32_t w = 0; w + 1 < e->word_count; w++)
    if (e->joined[w] && !nr_segment_marked(segment, NR_JOINED_NEXT, start + w))
      return false;
  return true;
}

static nr_status try_position(const files *f, uint32_t number, window *w, uint32_t position, nr_list *list,
                              nr_error *err)
{
  for (uint32_t m = f->starts[number]; m < f->starts[number + 1]; m++) {
    const filed *e = &f->entries[f->members[m]];
    if (!w->needed || matches(e, w, position))
      NR_TRY(nr_list_put(list, position - e->anchor, position - e->anchor + e->word_count - 1, e->row, err));
  }
  return NR_OK;
}

/* Try the entries filed under one form at all its positions. */
static nr_status try_form(const files *f, uint32_t number, window *w, nr_list *list, nr_error *err)
{
  nr_postings postings;
  uint32_t block[positions_at_once], surfaces[positions_at_once * window_max], read;
  nr_postings_open(w->run->segment, f->forms[number], &postings);
  if (w->from > 0)
    nr_postings_seek(&postings, w->from);
  open_window(w, f, number);
  uint32_t width = w->before + 1 + w->behind;
  while ((read = nr_postings_read(&postings, block, positions_at_once)) > 0) {
    if (w->needed)
      nr_segment_windows(w->run->segment, block, read, w->before, w->behind, surfaces);
    for (uint32_t i = 0; i < read; i++) {
      if (block[i] >= w->to)
        return NR_OK;
      set_window(w, block[i], surfaces + (size_t)i * width);
      NR_TRY(try_position(f, number, w, block[i], list, err));
    }
  }
  return NR_OK;
}

static nr_status try_filed(nr_run *run, const files *f, window *w, nr_list *list, nr_error *err)
{
  for (uint32_t number = 0; number < f->form_count; number++) {
    if (number % 64 == 0)
      NR_TRY(nr_poll_at(run->poll, number, f->form_count, err));
    NR_TRY(try_form(f, number, w, list, err));
  }
  return NR_OK;
}

/* ---- entries that share a second word ---- */

/* One form, whatever its spelling, in all articles. */
static bool one_form(const nr_words_list *word)
{
  return word->count == 1 && word->items[0].form_count == 1 && !word->items[0].exact &&
         word->items[0].articles == NULL;
}

/* Try an entry where its second word is in the right place. */
static nr_status try_beside(const filed *e, const window *w, const uint64_t *bits, nr_list *list,
                            nr_error *err)
{
  nr_postings postings;
  uint32_t block[positions_at_once], read;
  nr_postings_open(w->run->segment, e->words[e->anchor].items[0].forms[0].from, &postings);
  if (w->from > 0)
    nr_postings_seek(&postings, w->from);
  bool pair = e->word_count == 2 && !e->joined[0];
  while ((read = nr_postings_read(&postings, block, positions_at_once)) > 0)
    for (uint32_t i = 0; i < read; i++) {
      if (block[i] >= w->to)
        return NR_OK;
      uint32_t place = block[i] + e->second - e->anchor - w->from; /* far off where it is before the range */
      if (place >= w->to - w->from || (bits[place / 64] >> place % 64 & 1) == 0)
        continue;
      if (pair || matches(e, w, block[i]))
        NR_TRY(
            nr_list_put(list, block[i] - e->anchor, block[i] - e->anchor + e->word_count - 1, e->row, err));
    }
  return NR_OK;
}

enum { worth_bits = 24 }; /* a position looked up in the stream costs as much as so many as bits */

/* Entries first..end-1 of `pairs` share the second word `form`. */
static nr_status try_together(files *f, const nr_list *pairs, uint32_t first, uint32_t end, const window *w,
                              uint64_t *bits, nr_list *list, nr_error *err)
{
  uint64_t tries = 0, hits = 0;
  uint32_t form = pairs->first[first];
  for (uint32_t i = first; i < end; i++) {
    const filed *e = &f->entries[pairs->last[i]];
    tries += hits_of(&e->words[e->anchor]);
    hits = hits_of(&e->words[e->second]);
  }
  if (tries * worth_bits < hits)
    return NR_OK;
  nr_words_flip(w->run, form, w->from, w->to, bits);
  for (uint32_t i = first; i < end; i++) {
    filed *e = &f->entries[pairs->last[i]];
    NR_TRY(try_beside(e, w, bits, list, err));
    e->done = true;
  }
  nr_words_flip(w->run, form, w->from, w->to, bits);
  return NR_OK;
}

static nr_status try_shared(nr_run *run, files *f, const window *w, nr_list *list, nr_error *err)
{
  nr_list pairs; /* second word's form, entry */
  uint64_t *bits;
  size_t size = (size_t)(w->to - w->from) / 64 + 1;
  NR_TRY(nr_list_init(&pairs, run->arena, f->count, false, err));
  for (uint32_t i = 0; i < f->count; i++) {
    const filed *e = &f->entries[i];
    if (e->second != e->anchor && one_form(&e->words[e->anchor]) && one_form(&e->words[e->second]))
      nr_list_push(&pairs, e->words[e->second].items[0].forms[0].from, i, 0);
  }
  if (pairs.count == 0)
    return NR_OK;
  NR_TRY(nr_list_order(&pairs, err));
  NR_TRY(nr_run_take(run, size, sizeof *bits, &bits, err));
  memset(bits, 0, size * sizeof *bits);
  for (uint32_t first = 0, end; first < pairs.count; first = end) {
    for (end = first + 1; end < pairs.count && pairs.first[end] == pairs.first[first];)
      end++;
    NR_TRY(nr_poll_at(run->poll, first, pairs.count, err));
    NR_TRY(try_together(f, &pairs, first, end, w, bits, list, err));
  }
  return NR_OK;
}

/* Drop what crosses the end of a sentence from an ordered list. */
static void keep_in_sentences(const nr_segment *segment, nr_list *list)
{
  uint32_t kept = 0, next = 0; /* the start of the next sentence */
  for (uint32_t i = 0; i < list->count; i++) {
    if (list->first[i] < list->last[i] && next <= list->first[i])
      next = nr_segment_mark_after(segment, NR_SENTENCE_STARTS, list->first[i]);
    if (list->first[i] < list->last[i] && next <= list->last[i])
      continue;
    list->first[kept] = list->first[i];
    list->last[kept] = list->last[i];
    list->row[kept++] = list->row[i];
  }
  list->count = kept;
}

static nr_status try_all(const dictionary *d, nr_run *run, files *f, nr_list *list, nr_error *err)
{
  window w = {.run = run,
              .from = d->margin ? run->margin_from : run->line_from,
              .to = d->margin ? run->margin_to : run->line_to};
  NR_TRY(nr_list_init(list, run->arena, 256, true, err));
  NR_TRY(try_shared(run, f, &w, list, err));
  NR_TRY(file(run, f, err));
  NR_TRY(try_filed(run, f, &w, list, err));
  NR_TRY(nr_list_order(list, err));
  keep_in_sentences(run->segment, list);
  return NR_OK;
}

/* ---- which of overlapping matches stay ---- */

/* The list is in order: the first at a place is the longest there. Equal spans stay together. */
static void keep_longest(nr_list *list)
{
  uint32_t kept = 0, free = 0;
  for (uint32_t i = 0; i < list->count; i++) {
    bool same = kept > 0 && list->first[i] == list->first[kept - 1] && list->last[i] == list->last[kept - 1];
    if (!same && list->first[i] < free)
      continue;
    free = list->last[i] + 1;
    list->first[kept] = list->first[i];
    list->last[kept] = list->last[i];
    list->row[kept++] = list->row[i];
  }
  list->count = kept;
}

static nr_status keep_longest_each(nr_list *list, nr_run *run, uint32_t rows, nr_error *err)
{
  uint32_t *free, kept = 0;
  NR_TRY(nr_run_take(run, (size_t)rows + 1, sizeof *free, &free, err));
  memset(free, 0, ((size_t)rows + 1) * sizeof *free);
  for (uint32_t i = 0; i < list->count; i++) {
    uint32_t row = list->row[i] < rows ? list->row[i] : rows; /* rows: those without a row */
    if (list->first[i] < free[row])
      continue;
    free[row] = list->last[i] + 1;
    list->first[kept] = list->first[i];
    list->last[kept] = list->last[i];
    list->row[kept++] = list->row[i];
  }
  list->count = kept;
  return NR_OK;
}

static nr_status run_dictionary(const nr_plan *plan, nr_run *run, nr_spans *spans, nr_error *err)
{
  const dictionary *d = (const dictionary *)plan;
  files f = {0};
  nr_list list;
  NR_TRY(look_up(d, run, &f, err));
  if (f.count == 0)
    return NR_OK;
  NR_TRY(try_all(d, run, &f, &list, err));
  if (d->overlap == NR_LONGEST)
    keep_longest(&list);
  else if (d->overlap == NR_LONGEST_EACH)
    NR_TRY(keep_longest_each(&list, run, d->table.row_count, err));
  nr_drop_dead(run, list.first, list.last, list.row, &list.count);
  *spans = nr_list_spans(&list, d->has_table ? &d->table : NULL);
  return NR_OK;
}

static uint64_t expect(const nr_plan *plan, nr_run *run)
{
  const dictionary *d = (const dictionary *)plan;
  files f = {0};
  nr_error err;
  uint64_t hits = 0;
  if (look_up(d, run, &f, &err) != NR_OK)
    return 0;
  for (uint32_t i = 0; i < f.count; i++)
    hits += hits_of(&f.entries[i].words[f.entries[i].anchor]);
  return hits;
}

static const nr_plan_type dictionary_type = {"list", run_dictionary, expect, NULL, clear};

nr_status nr_plan_dictionary(const nr_memory *memory, const nr_entry *entries, uint32_t count,
                             const nr_table *table, nr_overlap overlap, bool margin, nr_plan **plan,
                             nr_error *err)
{
  dictionary *d;
  NR_TRY(nr_plan_new(memory, &dictionary_type, sizeof *d, &d, err));
  d->overlap = overlap;
  d->margin = margin;
  nr_status status = copy_all(d, entries, count, table, err);
  if (status != NR_OK) {
    nr_plan_release(&d->plan);
    return status;
  }
  *plan = &d->plan;
  return NR_OK;
}
