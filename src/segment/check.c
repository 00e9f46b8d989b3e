/* check.c: every byte of a segment verified. Floor 2.
 *
 * First the checksums; then, because a checksum only says that the bytes are those written, every
 * column is decoded and compared with the others. */
#include <inttypes.h>

#include "base/hash.h"
#include "segment/layout.h"

enum { chunk = 1 << 20, batch = 1024 };

static nr_status damaged(const nr_segment *s, uint32_t section, const char *what, nr_error *err)
{
  return nr_fail(err, NR_CORRUPT, "section \"%s\" at offset %" PRIu64 " of the segment is damaged: %s",
                 nr_section_name(section), s->sections[section].offset, what);
}

static nr_status check_sum(const nr_segment *s, uint32_t section, const nr_poll *poll, nr_error *err)
{
  XXH3_state_t state;
  const char *bytes = s->bytes.bytes + s->sections[section].offset;
  uint64_t size = s->sections[section].size;
  XXH3_64bits_reset(&state);
  for (uint64_t at = 0; at < size; at += chunk) {
    XXH3_64bits_update(&state, bytes + at, (size_t)(size - at < chunk ? size - at : chunk));
    NR_TRY(nr_poll_at(poll, s->sections[section].offset + at, s->bytes.size, err));
  }
  if (XXH3_64bits_digest(&state) != s->sections[section].hash)
    return damaged(s, section, "wrong checksum", err);
  return NR_OK;
}

/* Between the sections, and before the footer, there are zeros only. */
static nr_status check_padding(const nr_segment *s, nr_error *err)
{
  uint64_t at = 0;
  for (uint32_t i = 0; i <= NR_SECTIONS; i++) {
    uint64_t next = i < NR_SECTIONS ? s->sections[i].offset : s->bytes.size - NR_FOOTER_SIZE;
    if (next < at || next - at >= NR_SEGMENT_ALIGNMENT)
      return damaged(s, i < NR_SECTIONS ? i : NR_SECTIONS - 1, "not where it should be", err);
    for (; at < next; at++)
      if (s->bytes.bytes[at] != 0)
        return nr_fail(err, NR_CORRUPT, "padding at offset %" PRIu64 " of the segment is damaged", at);
    if (i < NR_SECTIONS)
      at = s->sections[i].offset + s->sections[i].size;
  }
  return NR_OK;
}

static bool ascending(const nr_packed *column)
{
  for (uint32_t i = 1; i < column->count; i++)
    if (nr_packed_get(column, i) < nr_packed_get(column, i - 1))
      return false;
  return true;
}

static bool strings_sorted(const nr_strings *strings)
{
  for (uint32_t i = 1; i < strings->count; i++)
    if (nr_text_compare(nr_strings_get(strings, i - 1), nr_strings_get(strings, i)) >= 0)
      return false;
  return true;
}

static nr_status check_starts(const nr_segment *s, nr_error *err)
{
  const struct {
    uint32_t section;
    const nr_packed *column;
  } starts[] = {{NR_SECTION_IDS, &s->ids.offsets},
                {NR_SECTION_LINE, &s->line},
                {NR_SECTION_MARGIN, &s->margin},
                {NR_SECTION_CONTENT, &s->content.starts},
                {NR_SECTION_BLOCKS, &s->blocks.offsets},
                {NR_SECTION_REPAIRS, &s->repairs.offsets},
                {NR_SECTION_FORMS, &s->forms.offsets},
                {NR_SECTION_SURFACES, &s->surfaces.offsets},
                {NR_SECTION_SURFACES_OF, &s->surfaces_of},
                {NR_SECTION_FORM_OF, &s->form_of},
                {NR_SECTION_POSTINGS, &s->postings.offsets},
                {NR_SECTION_GAP_STARTS, &s->gap_starts},
                {NR_SECTION_STREAM_STARTS, &s->stream.starts}};
  for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
    if (!ascending(starts[i].column))
      return damaged(s, starts[i].section, "not ascending", err);
  for (uint32_t m = 0; m < NR_MARKS; m++)
    if (!ascending(&s->mark_ranks[m]))
      return damaged(s, NR_SECTION_MARK_RANKS + m, "not ascending", err);
  return NR_OK;
}

static nr_status check_articles(const nr_segment *s, nr_error *err)
{
  for (uint32_t i = 0; i < s->counts.articles; i++) {
    uint32_t found;
    nr_text id = nr_strings_get(&s->ids, i);
    if (!nr_segment_find_id(s, id, &found) || found != i)
      return damaged(s, NR_SECTION_ID_ARTICLES, "an id is not found", err);
    if (i == 0)
      continue;
    nr_day before = nr_segment_day(s, i - 1), day = nr_segment_day(s, i);
    if (day < before || (day == before && nr_text_compare(nr_strings_get(&s->ids, i - 1), id) >= 0))
      return damaged(s, NR_SECTION_DAYS, "articles are out of order", err);
  }
  return NR_OK;
}

static nr_status check_vocabulary(const nr_segment *s, nr_error *err)
{
  if (!strings_sorted(&s->forms))
    return damaged(s, NR_SECTION_FORMS, "not sorted", err);
  for (uint32_t i = 0; i < s->counts.surfaces; i++) {
    uint32_t first, end, form = nr_segment_form_of(s, i);
    nr_text text = nr_segment_surface(s, i);
    nr_segment_surfaces_of(s, form, &first, &end);
    if (i < first || i >= end)
      return damaged(s, NR_SECTION_SURFACES_OF, "a surface lies outside its form", err);
    if (i > first && nr_text_compare(nr_segment_surface(s, i - 1), text) >= 0)
      return damaged(s, NR_SECTION_SURFACES, "not sorted", err);
    if (s->surface_sizes[i] != (text.size < 255 ? text.size : 255))
      return damaged(s, NR_SECTION_SURFACE_SIZES, "a size is wrong", err);
  }
  return NR_OK;
}

/* A sum of these says which (form, position) pairs there were, whatever their order. */
static uint64_t pair_of(uint32_t form, uint32_t position)
{
  uint64_t mixed = ((uint64_t)form << 32 | position) * 0x9E3779B97F4A7C15u;
  return (mixed ^ mixed >> 29) * 0xBF58476D1CE4E5B9u;
}

static uint64_t sum_stream(const nr_segment *s)
{
  uint32_t surfaces[batch];
  uint64_t sum = 0;
  for (uint32_t at = 0; at < s->counts.all; at += batch) {
    uint32_t count = s->counts.all - at < batch ? s->counts.all - at : batch;
    nr_segment_stream(s, at, count, surfaces);
    for (uint32_t i = 0; i < count; i++)
      sum += pair_of(nr_segment_form_of(s, surfaces[i]), at + i);
  }
  return sum;
}

typedef struct posting_sums {
  uint64_t pairs, count;
} posting_sums;

/* The list of a form ascends and agrees with its counts. */
static nr_status check_list_of(const nr_segment *s, uint32_t form, const nr_hints *hints, posting_sums *sums,
                               nr_error *err)
{
  nr_postings p;
  uint32_t positions[batch], count, hits = 0, texts = 0, first, article_end = 0, stored_hits, stored_texts;
  uint64_t next = 0;
  nr_postings_open(s, form, &p);
  while ((count = nr_postings_read(&p, positions, batch)) > 0) {
    sums->count += count;
    for (uint32_t i = 0; i < count; i++) {
      if (positions[i] < next)
        return damaged(s, NR_SECTION_POSTINGS, "postings do not ascend", err);
      next = (uint64_t)positions[i] + 1;
      sums->pairs += pair_of(form, positions[i]);
      if (positions[i] >= s->counts.on)
        continue;
      hits++;
      if (positions[i] >= article_end) {
        nr_segment_article_tokens(s, nr_hints_article(hints, positions[i]), false, &first, &article_end);
        texts++;
      }
    }
  }
  nr_segment_form_count(s, form, &stored_hits, &stored_texts);
  if (hits != stored_hits)
    return damaged(s, NR_SECTION_FORM_HITS, "a count is wrong", err);
  if (texts != stored_texts)
    return damaged(s, NR_SECTION_FORM_TEXTS, "a count is wrong", err);
  return NR_OK;
}

static nr_status check_lists(const nr_segment *s, const nr_hints *hints, const nr_poll *poll, nr_error *err)
{
  posting_sums sums = {0};
  for (uint32_t form = 0; form < s->counts.forms; form++) {
    NR_TRY(check_list_of(s, form, hints, &sums, err));
    if (form % 256 == 0)
      NR_TRY(nr_poll_at(poll, s->bytes.size, s->bytes.size, err));
  }
  if (sums.count != s->counts.all || sums.pairs != sum_stream(s))
    return damaged(s, NR_SECTION_POSTINGS, "they are not those of the stream", err);
  return NR_OK;
}

static nr_status check_postings(const nr_segment *s, const nr_poll *poll, nr_error *err)
{
  nr_arena arena;
  nr_hints hints;
  nr_arena_init(&arena, s->memory);
  nr_status status = nr_hints_make(s, &arena, &hints, err);
  if (status == NR_OK)
    status = check_lists(s, &hints, poll, err);
  nr_arena_clear(&arena);
  return status;
}

/* Every token's bytes spell its surface: the gaps of a list add up. */
static nr_status check_list(const nr_segment *s, uint32_t article, bool margin, nr_text content,
                            nr_error *err)
{
  uint32_t first, end, gaps[batch], surfaces[batch];
  uint64_t at = 0;
  nr_segment_article_tokens(s, article, margin, &first, &end);
  for (uint32_t count; first < end; first += count) {
    count = end - first < batch ? end - first : batch;
    nr_segment_gaps(s, first, first + count, gaps);
    nr_segment_stream(s, first, count, surfaces);
    for (uint32_t i = 0; i < count; i++) {
      nr_text text = nr_segment_surface(s, surfaces[i]);
      uint64_t start = at + gaps[i];
      bool anchored = (first + i) % NR_GAP_GROUP != 0 ||
                      nr_packed_get(&s->gap_anchors, (first + i) / NR_GAP_GROUP) == start;
      if (start > content.size || text.size > content.size - start || !anchored ||
          memcmp(content.bytes + start, text.bytes, text.size) != 0)
        return damaged(s, NR_SECTION_GAPS, "a token's offset is wrong", err);
      at = start + text.size;
    }
  }
  return NR_OK;
}

static nr_status check_contents(const nr_segment *s, nr_contents *contents, const nr_poll *poll,
                                nr_error *err)
{
  for (uint32_t article = 0; article < s->counts.articles; article++) {
    nr_text content;
    NR_TRY(nr_segment_content(s, article, contents, &content, err));
    NR_TRY(check_list(s, article, false, content, err));
    NR_TRY(check_list(s, article, true, content, err));
    NR_TRY(nr_poll_at(poll, s->bytes.size, s->bytes.size, err));
  }
  return NR_OK;
}

static nr_status check_offsets(const nr_segment *s, const nr_poll *poll, nr_error *err)
{
  nr_contents contents;
  nr_contents_init(&contents, s->memory);
  nr_status status = check_contents(s, &contents, poll, err);
  nr_contents_clear(&contents);
  return status;
}

static void tell(const nr_report *report, nr_status status, const nr_error *err, nr_status *first)
{
  if (status != NR_OK)
    nr_report_to(report, NR_WARNING, (nr_text){0}, err->message);
  if (*first == NR_OK)
    *first = status;
}

static nr_status verify(const nr_segment *segment, const nr_report *report, const nr_poll *poll,
                        nr_error *err)
{
  nr_status first = NR_OK;
  nr_error one = {0};
  for (uint32_t i = 0; i <= NR_SECTIONS; i++) {
    nr_status status = i < NR_SECTIONS ? check_sum(segment, i, poll, &one) : check_padding(segment, &one);
    if (status != NR_OK && first == NR_OK && err != NULL)
      *err = one;
    if (status == NR_INTERRUPTED)
      return status;
    tell(report, status, &one, &first);
  }
  return first;
}

nr_status nr_segment_verify(const nr_segment *segment, const nr_poll *poll, nr_error *err)
{
  return verify(segment, NULL, poll, err);
}

static nr_status compare_columns(const nr_segment *segment, const nr_poll *poll, nr_error *err)
{
  NR_TRY(check_starts(segment, err));
  NR_TRY(check_articles(segment, err));
  NR_TRY(check_vocabulary(segment, err));
  NR_TRY(check_postings(segment, poll, err));
  return check_offsets(segment, poll, err);
}

nr_status nr_segment_check_all(const nr_segment *segment, const nr_report *report, const nr_poll *poll,
                               nr_error *err)
{
  nr_error own;
  nr_status first = NR_OK;
  NR_TRY(verify(segment, report, poll, err));
  err = err == NULL ? &own : err;
  nr_status status = compare_columns(segment, poll, err);
  if (status != NR_INTERRUPTED)
    tell(report, status, err, &first);
  return status;
}

nr_status nr_segment_check(const nr_segment *segment, const nr_poll *poll, nr_error *err)
{
  return nr_segment_check_all(segment, NULL, poll, err);
}
