/* sketch.c: samples of all the texts' shingles, and which texts share them. Floor 4. */
#include "query/sketch.h"

#include <math.h>
#include <stdlib.h>

enum {
  rare = 64,        /* up to so many texts share a rare shingle */
  reach_rare = 16,  /* how far meetings reach along its texts, */
  reach_common = 1, /* and along those of a common one: a chain */
  few = 32          /* so few are sorted by insertion */
};

nr_status nr_sketches_init(nr_sketches *sketches, const nr_memory *memory, uint32_t texts, uint64_t room,
                           uint64_t prints, nr_error *err)
{
  *sketches = (nr_sketches){.memory = memory,
                            .texts = texts,
                            .capacity = (size_t)room + 1024,
                            .print_capacity = (size_t)prints + 1024};
  sketches->postings = nr_alloc(memory, sketches->capacity * sizeof *sketches->postings);
  sketches->prints = nr_alloc(memory, sketches->print_capacity * sizeof *sketches->prints);
  sketches->print_start = nr_alloc_zeroed(memory, (size_t)texts + 1, sizeof *sketches->print_start);
  sketches->size = nr_alloc_zeroed(memory, (size_t)texts + 1, sizeof *sketches->size);
  sketches->start = nr_alloc_zeroed(memory, (size_t)texts + 1, sizeof *sketches->start);
  sketches->seen = nr_alloc_zeroed(memory, (size_t)texts + 1, sizeof *sketches->seen);
  sketches->met = nr_alloc_zeroed(memory, (size_t)texts + 1, sizeof *sketches->met);
  return sketches->postings == NULL || sketches->prints == NULL || sketches->print_start == NULL ||
                 sketches->size == NULL || sketches->start == NULL || sketches->seen == NULL ||
                 sketches->met == NULL
             ? nr_fail_memory(err)
             : NR_OK;
}

void nr_sketches_clear(nr_sketches *sketches)
{
  const nr_memory *memory = sketches->memory;
  size_t texts = (size_t)sketches->texts + 1;
  if (memory == NULL)
    return;
  nr_release(memory, sketches->postings, sketches->capacity * sizeof *sketches->postings);
  nr_release(memory, sketches->prints, sketches->print_capacity * sizeof *sketches->prints);
  nr_release(memory, sketches->print_start, texts * sizeof *sketches->print_start);
  nr_release(memory, sketches->size, texts * sizeof *sketches->size);
  nr_release(memory, sketches->start, texts * sizeof *sketches->start);
  nr_release(memory, sketches->seen, texts * sizeof *sketches->seen);
  nr_release(memory, sketches->met, texts * sizeof *sketches->met);
  nr_release(memory, sketches->members, (sketches->member_count + 1) * sizeof *sketches->members);
  nr_release(memory, sketches->cursors, (sketches->list_count + 1) * sizeof *sketches->cursors);
  *sketches = (nr_sketches){0};
}

static int compare_prints(const void *a, const void *b)
{
  uint16_t x, y;
  memcpy(&x, a, sizeof x);
  memcpy(&y, b, sizeof y);
  return (x > y) - (x < y);
}

static size_t make_set(uint16_t *items, size_t count)
{
  size_t kept = 0;
  if (count > 1)
    qsort(items, count, sizeof *items, compare_prints);
  for (size_t i = 0; i < count; i++)
    if (kept == 0 || items[kept - 1] != items[i])
      items[kept++] = items[i];
  return kept;
}

/* Room for `more` items behind `count`, an eighth at a time: the estimate given at first is close. */
static nr_status make_room(const nr_memory *memory, void *items, size_t count, size_t *capacity, size_t more,
                           size_t item_size, nr_error *err)
{
  if (count + more > INT32_MAX)
    return nr_fail(err, NR_LIMIT, "more text than stories can compare at once");
  return count + more <= *capacity
             ? NR_OK
             : nr_grow(memory, items, capacity, count + count / 8 + more, item_size, err);
}

/* The print of a text: its members behind the others', sorted, each once. */
static void put_print(nr_sketches *sketches, uint32_t text, const uint64_t *hashes, uint32_t count)
{
  uint16_t *print = sketches->prints + sketches->print_count;
  size_t kept = 0;
  for (uint32_t i = 0; i < count; i++)
    if ((hashes[i] >> 4) % NR_PRINT_MODULO == 0)
      print[kept++] = (uint16_t)(hashes[i] >> 8);
  kept = make_set(print, kept);
  sketches->print_start[text] = (uint32_t)sketches->print_count;
  sketches->print_start[text + 1] = (uint32_t)(sketches->print_count += kept);
}

nr_status nr_sketches_put(nr_sketches *sketches, uint32_t text, const uint64_t *hashes, uint32_t count,
                          nr_error *err)
{
  bool whole = count <= NR_SKETCH_WHOLE;
  NR_TRY(make_room(sketches->memory, &sketches->postings, sketches->count, &sketches->capacity, count,
                   sizeof *sketches->postings, err));
  NR_TRY(make_room(sketches->memory, &sketches->prints, sketches->print_count, &sketches->print_capacity,
                   count, sizeof *sketches->prints, err));
  for (uint32_t i = 0; i < count; i++)
    if (whole || hashes[i] % NR_SKETCH_MODULO == 0)
      sketches->postings[sketches->count++] = hashes[i] >> 32 << 32 | text;
  put_print(sketches, text, hashes, count);
  return NR_OK;
}

/* ---- linking ---- */

static void sort_few(uint64_t *items, size_t count)
{
  for (size_t i = 1; i < count; i++) {
    uint64_t item = items[i];
    size_t at = i;
    for (; at > 0 && items[at - 1] > item; at--)
      items[at] = items[at - 1];
    items[at] = item;
  }
}

/* Sort in place, most significant byte first (the American flag sort of McIlroy, Bostic and McIlroy). */
static void sort(uint64_t *items, size_t count, unsigned shift)
{
  size_t at[256] = {0}, end[256], sum = 0;
  if (count <= few) {
    sort_few(items, count);
    return;
  }
  for (size_t i = 0; i < count; i++)
    at[items[i] >> shift & 255]++;
  for (int digit = 0; digit < 256; digit++) {
    sum += at[digit];
    end[digit] = sum;
    at[digit] = sum - at[digit];
  }
  for (unsigned digit = 0; digit < 256; digit++)
    while (at[digit] < end[digit]) {
      uint64_t item = items[at[digit]];
      for (unsigned home; (home = item >> shift & 255) != digit;) {
        uint64_t other = items[at[home]];
        items[at[home]++] = item;
        item = other;
      }
      items[at[digit]++] = item;
    }
  for (size_t digit = 0, first = 0; shift > 0 && digit < 256; first = end[digit++])
    sort(items + first, end[digit] - first, shift - 8);
}

/* Where the run of one shingle ends. */
static size_t run_end(const nr_sketches *sketches, size_t first)
{
  size_t end = first + 1;
  while (end < sketches->count && sketches->postings[end] >> 32 == sketches->postings[first] >> 32)
    end++;
  return end;
}

/* Drop what a text has twice and what no other text has; count each text's members meanwhile. */
static void prune(nr_sketches *sketches)
{
  size_t kept = 0;
  for (size_t first = 0, end; first < sketches->count; first = end) {
    size_t run = kept;
    end = run_end(sketches, first);
    for (size_t i = first; i < end; i++)
      if (kept == run || sketches->postings[kept - 1] != sketches->postings[i]) {
        sketches->postings[kept++] = sketches->postings[i];
        sketches->size[(uint32_t)sketches->postings[i]]++;
      }
    if (kept - run == 1)
      kept = run;
    else
      sketches->list_count++;
    for (size_t i = run; i < kept; i++)
      sketches->start[(uint32_t)sketches->postings[i]]++;
  }
  sketches->count = sketches->member_count = kept;
}

/* Number the lists into each text's members. `start` holds counts before, where members end meanwhile. */
static void number(nr_sketches *sketches)
{
  uint32_t sum = 0;
  for (uint32_t text = 0; text <= sketches->texts; text++) {
    uint32_t count = sketches->start[text];
    sketches->start[text] = sum;
    sum += count;
  }
  uint32_t list = 0;
  for (size_t first = 0, end; first < sketches->count; first = end, list++) {
    end = run_end(sketches, first);
    sketches->cursors[list] = (uint32_t)first;
    for (size_t i = first; i < end; i++)
      sketches->members[sketches->start[(uint32_t)sketches->postings[i]]++] =
          list << 1 | (end - first > rare);
  }
  for (uint32_t text = sketches->texts; text > 0; text--)
    sketches->start[text] = sketches->start[text - 1];
  sketches->start[0] = 0;
}

nr_status nr_sketches_link(nr_sketches *sketches, nr_error *err)
{
  sort(sketches->postings, sketches->count, 56);
  prune(sketches);
  sketches->members = nr_alloc(sketches->memory, (sketches->member_count + 1) * sizeof *sketches->members);
  sketches->cursors = nr_alloc(sketches->memory, (sketches->list_count + 1) * sizeof *sketches->cursors);
  if (sketches->members == NULL || sketches->cursors == NULL)
    return nr_fail_memory(err);
  number(sketches);
  return NR_OK;
}

/* ---- meeting ---- */

void nr_sketches_meet(nr_sketches *sketches, uint32_t text)
{
  const uint64_t *postings = sketches->postings;
  for (uint32_t i = 0; i < sketches->met_count; i++)
    sketches->seen[sketches->met[i]] = 0;
  sketches->met_count = 0;
  for (uint32_t i = sketches->start[text]; i < sketches->start[text + 1]; i++) {
    uint32_t at = sketches->cursors[sketches->members[i] >> 1]++;
    uint32_t reach = sketches->members[i] & 1 ? reach_common : reach_rare;
    for (uint32_t next = at + 1;
         next <= at + reach && next < sketches->count && postings[next] >> 32 == postings[at] >> 32; next++)
      if (sketches->seen[(uint32_t)postings[next]]++ == 0)
        sketches->met[sketches->met_count++] = (uint32_t)postings[next];
  }
}

bool nr_sketches_could_share(const nr_sketches *sketches, uint32_t x, uint32_t y, double resemblance,
                             double containment)
{
  const uint16_t *a = sketches->prints + sketches->print_start[x];
  const uint16_t *b = sketches->prints + sketches->print_start[y];
  const uint16_t *a_end = sketches->prints + sketches->print_start[x + 1];
  const uint16_t *b_end = sketches->prints + sketches->print_start[y + 1];
  double lesser = (double)(a_end - a < b_end - b ? a_end - a : b_end - b);
  double part = lesser > 0 ? resemblance / (1 + resemblance) * (double)(a_end - a + b_end - b) / lesser : 0;
  part = part < containment ? part : containment; /* of the lesser */
  uint32_t shared = 0;
  while (a < a_end && b < b_end) {
    uint16_t one = *a, other = *b;
    shared += one == other;
    a += one <= other;
    b += other <= one;
  }
  return shared >= part * lesser - 3 * sqrt(part * (1 - part) * lesser);
}
