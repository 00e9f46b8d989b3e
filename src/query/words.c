/* words.c: words of the vocabulary, and the positions they stand at. Floor 4. */
#include "query/words.h"

#include <string.h>

#include "query/list.h"
#include "text/fold.h"
#include "text/utf8.h"

/* ---- globs ---- */

static const char *glob_literal(const char *glob, const char *end)
{
  return *glob == '\\' && glob + 1 < end ? glob + 1 : glob;
}

bool nr_glob_match(nr_text glob, nr_text text)
{
  const char *g = glob.bytes, *g_end = g + glob.size, *t = text.bytes, *t_end = t + text.size;
  const char *star = NULL, *retry = NULL; /* the last *, and where it stopped taking */
  while (t < t_end) {
    if (g < g_end && *g == '*') {
      star = ++g;
      retry = t;
      continue;
    }
    if (g < g_end && *g == '?') {
      g++;
      (void)nr_utf8_next(&t);
      continue;
    }
    const char *literal = g < g_end ? glob_literal(g, g_end) : NULL;
    if (literal != NULL && *literal == *t) {
      g = literal + 1;
      t++;
      continue;
    }
    if (star == NULL)
      return false;
    (void)nr_utf8_next(&retry); /* the star takes one character more */
    t = retry;
    g = star;
  }
  while (g < g_end && *g == '*')
    g++;
  return g == g_end;
}

/* Copy the letters before the first wildcard, without backslashes; *plain: there was none. */
static size_t glob_prefix(nr_text glob, char *out, bool *plain)
{
  const char *g = glob.bytes, *end = g + glob.size;
  size_t size = 0;
  for (; g < end && *g != '*' && *g != '?'; g++) {
    g = glob_literal(g, end);
    out[size++] = *g;
  }
  *plain = g == end;
  return size;
}

/* ---- leaves ---- */

nr_status nr_leaf_init(nr_leaf *leaf, nr_plan *plan, const nr_pattern *pattern, nr_error *err)
{
  *leaf = (nr_leaf){.kind = pattern->kind, .text = nr_plan_copy_text(plan, pattern->text)};
  if (pattern->text.bytes == NULL || pattern->text.size == 0)
    return nr_fail(err, NR_INVALID, "a word of a pattern is empty");
  if (leaf->text.bytes == NULL)
    return nr_fail_memory(err);
  if (leaf->kind == NR_PATTERN_REGEX)
    return nr_regex_new(plan->arena.memory, leaf->text, &leaf->regex, err);
  if (leaf->kind != NR_PATTERN_SURFACE)
    return NR_OK;
  nr_buffer folded;
  nr_buffer_init(&folded, plan->arena.memory);
  nr_status status = nr_fold(leaf->text, &folded, err);
  if (status == NR_OK) {
    leaf->folded = nr_plan_copy_text(plan, (nr_text){folded.size == 0 ? "" : folded.bytes, folded.size});
    if (leaf->folded.bytes == NULL)
      status = nr_fail_memory(err);
  }
  nr_buffer_clear(&folded);
  return status;
}

void nr_leaf_clear(nr_leaf *leaf)
{
  nr_regex_free(leaf->regex);
  leaf->regex = NULL;
}

/* ---- looking up ---- */

nr_status nr_ranges_put(nr_ranges *list, nr_run *run, uint32_t from, uint32_t to, nr_error *err)
{
  if (from >= to)
    return NR_OK;
  if (list->count > 0 && list->items[list->count - 1].to >= from) {
    if (list->items[list->count - 1].to < to)
      list->items[list->count - 1].to = to;
    return NR_OK;
  }
  if (list->count == list->capacity) {
    nr_range *larger;
    uint32_t capacity = list->capacity == 0 ? 4 : list->capacity * 2;
    NR_TRY(nr_run_take(run, capacity, sizeof *larger, &larger, err));
    if (list->count > 0)
      memcpy(larger, list->items, list->count * sizeof *larger);
    list->items = larger;
    list->capacity = capacity;
  }
  list->items[list->count++] = (nr_range){from, to};
  return NR_OK;
}

nr_status nr_words_finish(nr_words *words, nr_run *run, const nr_ranges *forms, const nr_ranges *surfaces,
                          nr_error *err)
{
  nr_ranges all = {0};
  words->forms = forms->items;
  words->form_ranges = forms->count;
  for (uint32_t i = 0; i < forms->count; i++) {
    uint32_t from, to, unused;
    nr_segment_surfaces_of(run->segment, forms->items[i].from, &from, &unused);
    nr_segment_surfaces_of(run->segment, forms->items[i].to - 1, &unused, &to);
    if (surfaces == NULL)
      NR_TRY(nr_ranges_put(&all, run, from, to, err));
    words->form_count += forms->items[i].to - forms->items[i].from;
    for (uint32_t form = forms->items[i].from; form < forms->items[i].to; form++) {
      uint32_t hits, texts;
      nr_segment_form_count(run->segment, form, &hits, &texts);
      words->hits += hits;
    }
  }
  words->exact = surfaces != NULL;
  words->surfaces = surfaces != NULL ? surfaces->items : all.items;
  words->surface_ranges = surfaces != NULL ? surfaces->count : all.count;
  return NR_OK;
}

nr_status nr_words_of_form(nr_text folded, nr_run *run, nr_words *words, nr_error *err)
{
  nr_ranges forms = {0};
  uint32_t form;
  if (nr_segment_find_form(run->segment, folded, &form))
    NR_TRY(nr_ranges_put(&forms, run, form, form + 1, err));
  return nr_words_finish(words, run, &forms, NULL, err);
}

static nr_status find_surface(const nr_leaf *leaf, nr_run *run, nr_words *words, nr_error *err)
{
  nr_ranges forms = {0}, surfaces = {0};
  uint32_t form, from, to;
  if (nr_segment_find_form(run->segment, leaf->folded, &form)) {
    nr_segment_surfaces_of(run->segment, form, &from, &to);
    for (uint32_t surface = from; surface < to; surface++)
      if (nr_text_equal(nr_segment_surface(run->segment, surface), leaf->text)) {
        NR_TRY(nr_ranges_put(&forms, run, form, form + 1, err));
        NR_TRY(nr_ranges_put(&surfaces, run, surface, surface + 1, err));
      }
  }
  return nr_words_finish(words, run, &forms, &surfaces, err);
}

static nr_status find_glob(nr_text glob, nr_run *run, nr_words *words, nr_error *err)
{
  nr_ranges forms = {0};
  uint32_t from, to;
  bool plain;
  char *prefix;
  NR_TRY(nr_run_take(run, glob.size, 1, &prefix, err));
  size_t size = glob_prefix(glob, prefix, &plain);
  if (plain)
    return nr_words_of_form((nr_text){prefix, size}, run, words, err);
  nr_segment_forms_with_prefix(run->segment, (nr_text){prefix, size}, &from, &to);
  if (glob.bytes[glob.size - 1] == '*' && size + 1 == glob.size) /* all with the prefix */
    NR_TRY(nr_ranges_put(&forms, run, from, to, err));
  else
    for (uint32_t form = from; form < to; form++)
      if (nr_glob_match(glob, nr_segment_form(run->segment, form)))
        NR_TRY(nr_ranges_put(&forms, run, form, form + 1, err));
  return nr_words_finish(words, run, &forms, NULL, err);
}

static nr_status find_regex(const nr_leaf *leaf, nr_run *run, nr_words *words, nr_error *err)
{
  nr_ranges forms = {0};
  nr_status status = NR_OK;
  uint32_t count = nr_segment_count(run->segment)->forms;
  void *matcher;
  NR_TRY(nr_regex_begin(leaf->regex, &matcher, err));
  for (uint32_t form = 0; form < count && status == NR_OK; form++) {
    bool match = false;
    if (form % 4096 == 0)
      status = nr_poll_at(run->poll, form, count, err);
    if (status == NR_OK)
      status = nr_regex_match(leaf->regex, matcher, nr_segment_form(run->segment, form), &match, err);
    if (status == NR_OK && match)
      status = nr_ranges_put(&forms, run, form, form + 1, err);
  }
  nr_regex_end(matcher);
  NR_TRY(status);
  return nr_words_finish(words, run, &forms, NULL, err);
}

nr_status nr_words_put(nr_words_list *sets, nr_run *run, const nr_words *words, nr_error *err)
{
  if (sets->count == sets->capacity) {
    nr_words *larger;
    uint32_t capacity = sets->capacity == 0 ? 4 : sets->capacity * 2;
    NR_TRY(nr_run_take(run, capacity, sizeof *larger, &larger, err));
    if (sets->count > 0)
      memcpy(larger, sets->items, sets->count * sizeof *larger);
    sets->items = larger;
    sets->capacity = capacity;
  }
  sets->items[sets->count++] = *words;
  return NR_OK;
}

nr_status nr_leaf_words(const nr_leaf *leaf, nr_run *run, nr_words_list *sets, nr_error *err)
{
  nr_words words = {0};
  switch (leaf->kind) {
  case NR_PATTERN_SURFACE:
    NR_TRY(find_surface(leaf, run, &words, err));
    break;
  case NR_PATTERN_GLOB:
    NR_TRY(find_glob(leaf->text, run, &words, err));
    break;
  case NR_PATTERN_STEM:
    return nr_stem_words(leaf->text, run, sets, err);
  case NR_PATTERN_REGEX:
    NR_TRY(find_regex(leaf, run, &words, err));
    break;
  default:
    NR_TRY(nr_words_of_form(leaf->text, run, &words, err));
    break;
  }
  return nr_words_put(sets, run, &words, err);
}

static nr_status join_ranges(nr_run *run, const nr_words *sets, uint32_t count, bool surfaces, nr_ranges *out,
                             nr_error *err)
{
  nr_list list; /* first and last of each range: the order of spans brings them together */
  size_t total = 0;
  for (uint32_t i = 0; i < count; i++)
    total += surfaces ? sets[i].surface_ranges : sets[i].form_ranges;
  NR_TRY(nr_list_init(&list, run->arena, total, false, err));
  for (uint32_t i = 0; i < count; i++) {
    const nr_range *items = surfaces ? sets[i].surfaces : sets[i].forms;
    uint32_t item_count = surfaces ? sets[i].surface_ranges : sets[i].form_ranges;
    for (uint32_t r = 0; r < item_count; r++)
      nr_list_push(&list, items[r].from, items[r].to, 0);
  }
  NR_TRY(nr_list_order(&list, err));
  for (uint32_t i = 0; i < list.count; i++)
    NR_TRY(nr_ranges_put(out, run, list.first[i], list.last[i], err));
  return NR_OK;
}

nr_status nr_words_join(nr_run *run, const nr_words *sets, uint32_t count, nr_words *joined, nr_error *err)
{
  nr_ranges forms = {0}, surfaces = {0};
  bool exact = false;
  for (uint32_t i = 0; i < count; i++)
    exact = exact || sets[i].exact;
  *joined = (nr_words){0};
  NR_TRY(join_ranges(run, sets, count, false, &forms, err));
  if (exact)
    NR_TRY(join_ranges(run, sets, count, true, &surfaces, err));
  return nr_words_finish(joined, run, &forms, exact ? &surfaces : NULL, err);
}

/* ---- positions ---- */

enum { block_size = 256 };

static void open_at(nr_postings *postings, const nr_run *run, uint32_t form, uint32_t from)
{
  nr_postings_open(run->segment, form, postings);
  if (from > 0)
    nr_postings_seek(postings, from);
}

/* Append a form's positions in from..to-1. */
static uint32_t read_form(const nr_run *run, uint32_t form, uint32_t from, uint32_t to, uint32_t *out)
{
  nr_postings postings;
  uint32_t count = 0, block[block_size];
  open_at(&postings, run, form, from);
  for (;;) {
    uint32_t read = nr_postings_read(&postings, block, block_size);
    if (read == 0)
      return count;
    if (block[read - 1] >= to) {
      read = nr_seek(block, read, 0, to);
      memcpy(out + count, block, read * sizeof *out);
      return count + read;
    }
    memcpy(out + count, block, read * sizeof *out);
    count += read;
  }
}

void nr_words_flip(const nr_run *run, uint32_t form, uint32_t from, uint32_t to, uint64_t *bits)
{
  nr_postings postings;
  uint32_t block[block_size];
  open_at(&postings, run, form, from);
  for (;;) {
    uint32_t read = nr_postings_read(&postings, block, block_size);
    for (uint32_t i = 0; i < read; i++) {
      if (block[i] >= to)
        return;
      bits[(block[i] - from) / 64] ^= UINT64_C(1) << (block[i] - from) % 64;
    }
    if (read == 0)
      return;
  }
}

static uint32_t bits_to_positions(const uint64_t *bits, uint32_t from, size_t words, uint32_t *out)
{
  uint32_t count = 0;
  for (size_t w = 0; w < words; w++)
    for (uint64_t word = bits[w]; word != 0; word &= word - 1)
      out[count++] = from + (uint32_t)w * 64 + (uint32_t)__builtin_ctzll(word);
  return count;
}

/* Sort by four passes over bytes; `other` is as large. The result is in `values` again. */
static void radix_sort(uint32_t *values, uint32_t *other, uint32_t count)
{
  for (int shift = 0; shift < 32; shift += 8) {
    uint32_t starts[257] = {0};
    for (uint32_t i = 0; i < count; i++)
      starts[(values[i] >> shift & 255) + 1]++;
    for (int i = 0; i < 256; i++)
      starts[i + 1] += starts[i];
    for (uint32_t i = 0; i < count; i++)
      other[starts[values[i] >> shift & 255]++] = values[i];
    uint32_t *sorted = other;
    other = values;
    values = sorted;
  }
}

/* Keep the positions whose spelling is taken and whose article is in the bitmap. */
static uint32_t keep_taken(const nr_words *words, const nr_run *run, uint32_t *positions, uint32_t count)
{
  nr_walk walk = {.segment = run->segment};
  uint32_t kept = 0;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t surface;
    if (words->exact) {
      nr_segment_stream(run->segment, positions[i], 1, &surface);
      if (!nr_words_take(words, surface))
        continue;
    }
    if (words->articles != NULL) {
      uint32_t article = nr_walk_to(&walk, positions[i], run->on);
      if ((words->articles[article / 64] >> article % 64 & 1) == 0)
        continue;
    }
    positions[kept++] = positions[i];
  }
  return kept;
}

/* Room for all positions of the forms, margin included, but no more than the range holds. */
static size_t room_for(const nr_words *words, const nr_run *run, uint32_t range)
{
  size_t room = 0;
  for (uint32_t r = 0; r < words->form_ranges; r++)
    for (uint32_t form = words->forms[r].from; form < words->forms[r].to; form++) {
      nr_postings postings;
      nr_postings_open(run->segment, form, &postings);
      room += postings.count;
    }
  return room < range ? room : range;
}

nr_status nr_words_positions(const nr_words *words, nr_run *run, bool margin, const uint32_t **positions,
                             uint32_t *count, nr_error *err)
{
  uint32_t from = margin ? run->margin_from : run->line_from, to = margin ? run->margin_to : run->line_to;
  uint32_t *out, found = 0;
  if (words->form_count == 0 || from >= to) {
    *positions = NULL;
    *count = 0;
    return NR_OK;
  }
  size_t room = room_for(words, run, to - from);
  NR_TRY(nr_run_take(run, room, sizeof *out, &out, err));
  if (words->form_count == 1)
    found = read_form(run, words->forms[0].from, from, to, out);
  else if (room < (to - from) / 512) {
    uint32_t *other;
    NR_TRY(nr_run_take(run, room, sizeof *other, &other, err));
    for (uint32_t r = 0; r < words->form_ranges; r++)
      for (uint32_t form = words->forms[r].from; form < words->forms[r].to; form++)
        found += read_form(run, form, from, to, out + found);
    radix_sort(out, other, found);
  } else {
    uint64_t *bits;
    size_t bit_words = (to - from + 63) / 64;
    NR_TRY(nr_run_take(run, bit_words, sizeof *bits, &bits, err));
    memset(bits, 0, bit_words * sizeof *bits);
    for (uint32_t r = 0; r < words->form_ranges; r++)
      for (uint32_t form = words->forms[r].from; form < words->forms[r].to; form++)
        nr_words_flip(run, form, from, to, bits);
    found = bits_to_positions(bits, from, bit_words, out);
  }
  if (words->exact || words->articles != NULL)
    found = keep_taken(words, run, out, found);
  *positions = out;
  *count = found;
  return NR_OK;
}

void nr_drop_dead(const nr_run *run, uint32_t *first, uint32_t *last, uint32_t *row, uint32_t *count)
{
  nr_walk walk = {.segment = run->segment};
  uint32_t kept = 0;
  if (run->part->dead == NULL)
    return;
  for (uint32_t i = 0; i < *count; i++) {
    if (nr_part_dead(run->part, nr_walk_to(&walk, first[i], run->on)))
      continue;
    first[kept] = first[i];
    if (last != first)
      last[kept] = last[i];
    if (row != NULL)
      row[kept] = row[i];
    kept++;
  }
  *count = kept;
}
