/* reader.c: opening a segment; its articles, fields and vocabulary. Floor 2. */
#include <inttypes.h>
#include <stdatomic.h>

#include "base/hash.h"
#include "segment/layout.h"

const char *nr_section_name(uint32_t section)
{
  static const char *const names[NR_SECTIONS] = {"ids",
                                                 "id hashes",
                                                 "id articles",
                                                 "days",
                                                 "day lengths",
                                                 "date sources",
                                                 "title sizes",
                                                 "hashes",
                                                 "line",
                                                 "margin",
                                                 "content",
                                                 "blocks",
                                                 "repairs",
                                                 "fields",
                                                 "forms",
                                                 "surfaces",
                                                 "surface sizes",
                                                 "surfaces of forms",
                                                 "forms of surfaces",
                                                 "form hits",
                                                 "form texts",
                                                 "form margin",
                                                 "postings",
                                                 "stream",
                                                 "stream codes",
                                                 "stream classes",
                                                 "stream starts",
                                                 "surface hits",
                                                 "gaps",
                                                 "gap anchors",
                                                 "gap starts",
                                                 "gap bytes",
                                                 "sentence ranks",
                                                 "paragraph ranks",
                                                 "clause ranks",
                                                 "joined ranks",
                                                 "sentence bytes",
                                                 "paragraph bytes",
                                                 "clause bytes",
                                                 "joined bytes"};
  return section < NR_SECTIONS ? names[section] : "footer";
}

/* ---- opening ---- */

static nr_status bad_section(const nr_segment *s, uint32_t section, nr_error *err)
{
  return nr_fail(err, NR_CORRUPT, "section \"%s\" at offset %" PRIu64 " of the segment is damaged",
                 nr_section_name(section), s->sections[section].offset);
}

static nr_status read_footer(nr_segment *s, nr_error *err)
{
  if (s->bytes.size < NR_FOOTER_SIZE)
    return nr_fail(err, NR_CORRUPT, "a segment of %zu bytes has no room for its footer", s->bytes.size);
  const char *footer = s->bytes.bytes + s->bytes.size - NR_FOOTER_SIZE;
  if (nr_load_u64(footer + NR_FOOTER_SIZE - 8) != nr_hash64(footer, NR_FOOTER_SIZE - 8) ||
      nr_load_u64(footer) != NR_SEGMENT_MAGIC || nr_load_u64(footer + 16) != s->bytes.size)
    return nr_fail(err, NR_CORRUPT, "section \"footer\" at offset %zu of the segment is damaged",
                   s->bytes.size - NR_FOOTER_SIZE);
  if (nr_load_u32(footer + 8) != NR_SEGMENT_FORMAT)
    return nr_fail(err, NR_VERSION, "segment format %" PRIu32 ", this newsreel reads %d",
                   nr_load_u32(footer + 8), NR_SEGMENT_FORMAT);
  s->counts = (nr_segment_counts){.text_rules = nr_load_u32(footer + 12),
                                  .content_bytes = nr_load_u64(footer + 24),
                                  .articles = nr_load_u32(footer + 32),
                                  .on = nr_load_u32(footer + 40),
                                  .all = nr_load_u32(footer + 44),
                                  .forms = nr_load_u32(footer + 48),
                                  .surfaces = nr_load_u32(footer + 52)};
  s->dated = nr_load_u32(footer + 36);
  uint32_t compression = nr_load_u32(footer + 56);
  if (compression > NR_COMPRESSED_ZSTD)
    return nr_fail(err, NR_VERSION, "texts are compressed in a way (%" PRIu32 ") this newsreel does not know",
                   compression);
  s->content.compressed = compression == NR_COMPRESSED_ZSTD;
  for (uint32_t i = 0; i < NR_SECTIONS; i++) {
    const char *entry = footer + NR_FOOTER_COUNTS + i * 24;
    s->sections[i].offset = nr_load_u64(entry);
    s->sections[i].size = nr_load_u64(entry + 8);
    s->sections[i].hash = nr_load_u64(entry + 16);
    uint64_t room = s->bytes.size - NR_FOOTER_SIZE;
    if (s->sections[i].offset > room || s->sections[i].size > room - s->sections[i].offset)
      return bad_section(s, i, err);
  }
  if (s->counts.on > s->counts.all || s->counts.all > NR_SEGMENT_TOKENS_MAX ||
      s->dated > s->counts.articles || s->counts.articles > NR_SEGMENT_TOKENS_MAX ||
      s->counts.forms > s->counts.surfaces || s->counts.surfaces > s->counts.all ||
      (s->counts.all > 0 && s->counts.forms == 0) || (s->counts.all > 0 && s->counts.articles == 0))
    return nr_fail(err, NR_CORRUPT, "the counts in a segment's footer contradict each other");
  return NR_OK;
}

uint64_t nr_segment_size_before(nr_text bytes, uint64_t end)
{
  if (end > bytes.size || end < NR_FOOTER_SIZE)
    return 0;
  const char *footer = bytes.bytes + end - NR_FOOTER_SIZE;
  uint64_t size = nr_load_u64(footer + 16);
  if (nr_load_u64(footer) != NR_SEGMENT_MAGIC || size > end || size < NR_FOOTER_SIZE ||
      nr_load_u64(footer + NR_FOOTER_SIZE - 8) != nr_hash64(footer, NR_FOOTER_SIZE - 8))
    return 0;
  return size;
}

static nr_text section_bytes(const nr_segment *s, uint32_t section)
{
  return (nr_text){s->bytes.bytes + s->sections[section].offset, (size_t)s->sections[section].size};
}

static bool open_column(nr_segment *s, uint32_t section, uint32_t count, nr_packed *column)
{
  nr_text bytes = section_bytes(s, section);
  return nr_packed_open(&bytes, count, column);
}

static bool open_strings(nr_segment *s, uint32_t section, uint32_t count, nr_strings *strings)
{
  nr_text bytes = section_bytes(s, section);
  return nr_strings_open(&bytes, count, strings);
}

static bool open_raw(nr_segment *s, uint32_t section, uint64_t size, const uint8_t **bytes)
{
  *bytes = (const uint8_t *)section_bytes(s, section).bytes;
  return s->sections[section].size >= size;
}

/* A column of starts whose last one is the total. */
static bool open_starts(nr_segment *s, uint32_t section, uint32_t count, uint64_t total, nr_packed *column)
{
  return open_column(s, section, count + 1, column) && nr_packed_get(column, count) == total;
}

static nr_status open_fields(nr_segment *s, nr_error *err)
{
  nr_text bytes = section_bytes(s, NR_SECTION_FIELDS);
  if (bytes.size < 8)
    return bad_section(s, NR_SECTION_FIELDS, err);
  uint64_t count = nr_load_u64(bytes.bytes);
  bytes = (nr_text){bytes.bytes + 8, bytes.size - 8};
  if (count < NR_FIELDS_HIDDEN || count > NR_FIELDS_MAX ||
      !nr_strings_open(&bytes, (uint32_t)count, &s->field_names))
    return bad_section(s, NR_SECTION_FIELDS, err);
  s->fields = nr_alloc_zeroed(s->memory, count, sizeof *s->fields);
  if (s->fields == NULL)
    return nr_fail_memory(err);
  s->field_count = (uint32_t)count;
  for (uint32_t i = 0; i < s->field_count; i++) {
    uint64_t values = bytes.size < 8 ? UINT64_MAX : nr_load_u64(bytes.bytes);
    if (values > s->counts.articles)
      return bad_section(s, NR_SECTION_FIELDS, err);
    bytes = (nr_text){bytes.bytes + 8, bytes.size - 8};
    if (!nr_strings_open(&bytes, (uint32_t)values, &s->fields[i].values) ||
        !nr_packed_open(&bytes, s->counts.articles, &s->fields[i].codes))
      return bad_section(s, NR_SECTION_FIELDS, err);
  }
  return NR_OK;
}

static nr_status open_stream(nr_segment *s, nr_error *err)
{
  nr_stream *t = &s->stream;
  uint32_t groups = nr_groups(s->counts.all, NR_STREAM_GROUP), base = 0;
  nr_text codes = section_bytes(s, NR_SECTION_STREAM_CODES);
  if (codes.size < 8 + NR_PACKED_HEAD)
    return bad_section(s, NR_SECTION_STREAM_CODES, err);
  for (uint32_t c = 0; c < NR_STREAM_CLASSES; c++) {
    t->widths[c] = (uint8_t)codes.bytes[c];
    t->bases[c] = base;
    if (t->widths[c] > (c + 1 < NR_STREAM_CLASSES ? 20 : 31))
      return bad_section(s, NR_SECTION_STREAM_CODES, err);
    base += 1u << t->widths[c];
  }
  uint32_t count = nr_load_u32(codes.bytes + 16); /* of the column */
  codes = (nr_text){codes.bytes + 8, codes.size - 8};
  if (count > s->counts.surfaces || !nr_packed_open(&codes, count, &t->codes))
    return bad_section(s, NR_SECTION_STREAM_CODES, err);
  if (!open_raw(s, NR_SECTION_STREAM_CLASSES, (uint64_t)groups * 16, &t->classes))
    return bad_section(s, NR_SECTION_STREAM_CLASSES, err);
  t->bits = section_bytes(s, NR_SECTION_STREAM);
  if (t->bits.size < 8)
    return bad_section(s, NR_SECTION_STREAM, err);
  if (!open_column(s, NR_SECTION_STREAM_STARTS, groups + 1, &t->starts))
    return bad_section(s, NR_SECTION_STREAM_STARTS, err);
  return NR_OK;
}

static nr_status open_sections(nr_segment *s, nr_error *err)
{
  const nr_segment_counts *c = &s->counts;
  uint32_t groups = nr_groups(c->all, NR_GAP_GROUP), mark_groups = nr_groups(c->all, NR_MARK_GROUP);
#define SECTION(section, call)                                                                               \
  if (!(call))                                                                                               \
  return bad_section(s, section, err)
#define COLUMN(section, count, column)   SECTION(section, open_column(s, section, count, &s->column))
#define STRINGS(section, count, strings) SECTION(section, open_strings(s, section, count, &s->strings))
  STRINGS(NR_SECTION_IDS, c->articles, ids);
  SECTION(NR_SECTION_ID_HASHES, open_raw(s, NR_SECTION_ID_HASHES, (uint64_t)c->articles * 4, &s->id_hashes));
  COLUMN(NR_SECTION_ID_ARTICLES, c->articles, id_articles);
  COLUMN(NR_SECTION_DAYS, s->dated, days);
  COLUMN(NR_SECTION_DAY_LENGTHS, s->dated, day_lengths);
  COLUMN(NR_SECTION_DATE_SOURCES, c->articles, date_sources);
  COLUMN(NR_SECTION_TITLE_SIZES, c->articles, title_sizes);
  SECTION(NR_SECTION_HASHES, open_raw(s, NR_SECTION_HASHES, (uint64_t)c->articles * 8, &s->hashes));
  SECTION(NR_SECTION_LINE, open_starts(s, NR_SECTION_LINE, c->articles, c->on, &s->line));
  SECTION(NR_SECTION_MARGIN, open_starts(s, NR_SECTION_MARGIN, c->articles, c->all - c->on, &s->margin));
  SECTION(NR_SECTION_CONTENT, nr_content_open(section_bytes(s, NR_SECTION_CONTENT), c->articles,
                                              s->content.compressed, &s->content));
  STRINGS(NR_SECTION_BLOCKS, c->articles, blocks);
  STRINGS(NR_SECTION_REPAIRS, c->articles, repairs);
  STRINGS(NR_SECTION_FORMS, c->forms, forms);
  STRINGS(NR_SECTION_SURFACES, c->surfaces, surfaces);
  SECTION(NR_SECTION_SURFACE_SIZES, open_raw(s, NR_SECTION_SURFACE_SIZES, c->surfaces, &s->surface_sizes));
  SECTION(NR_SECTION_SURFACES_OF,
          open_starts(s, NR_SECTION_SURFACES_OF, c->forms, c->surfaces, &s->surfaces_of));
  COLUMN(NR_SECTION_FORM_OF, c->surfaces, form_of);
  COLUMN(NR_SECTION_FORM_HITS, c->forms, form_hits);
  COLUMN(NR_SECTION_FORM_TEXTS, c->forms, form_texts);
  COLUMN(NR_SECTION_FORM_MARGIN, c->forms, form_margin);
  COLUMN(NR_SECTION_SURFACE_HITS, c->surfaces, surface_hits);
  STRINGS(NR_SECTION_POSTINGS, c->forms, postings);
  NR_TRY(open_stream(s, err));
  SECTION(NR_SECTION_GAPS, open_raw(s, NR_SECTION_GAPS, (uint64_t)groups * 8, &s->gaps));
  COLUMN(NR_SECTION_GAP_ANCHORS, groups, gap_anchors);
  s->gap_bytes = section_bytes(s, NR_SECTION_GAP_BYTES);
  SECTION(NR_SECTION_GAP_STARTS,
          open_starts(s, NR_SECTION_GAP_STARTS, groups, s->gap_bytes.size, &s->gap_starts));
  for (uint32_t m = 0; m < NR_MARKS; m++) {
    s->mark_bytes[m] = section_bytes(s, NR_SECTION_MARK_BYTES + m);
    SECTION(NR_SECTION_MARK_RANKS + m,
            open_starts(s, NR_SECTION_MARK_RANKS + m, mark_groups, s->mark_bytes[m].size, &s->mark_ranks[m]));
  }
#undef STRINGS
#undef COLUMN
#undef SECTION
  return open_fields(s, err);
}

static atomic_uint_fast64_t last_serial;

nr_status nr_segment_open(const nr_memory *memory, nr_text bytes, nr_segment **segment, nr_error *err)
{
  nr_segment *s = nr_alloc_zeroed(memory, 1, sizeof *s);
  if (s == NULL)
    return nr_fail_memory(err);
  s->memory = memory;
  s->serial = atomic_fetch_add(&last_serial, 1) + 1;
  s->bytes = bytes;
  nr_status status = read_footer(s, err);
  if (status == NR_OK)
    status = open_sections(s, err);
  if (status == NR_OK)
    *segment = s;
  else
    nr_segment_close(s);
  return status;
}

void nr_segment_close(nr_segment *segment)
{
  if (segment == NULL)
    return;
  nr_release(segment->memory, segment->fields, segment->field_count * sizeof *segment->fields);
  nr_release(segment->memory, segment, sizeof *segment);
}

bool nr_segment_section(const nr_segment *segment, uint32_t section, const char **name, uint64_t *bytes)
{
  if (section >= NR_SECTIONS)
    return false;
  *name = nr_section_name(section);
  *bytes = segment->sections[section].size;
  return true;
}

const nr_segment_counts *nr_segment_count(const nr_segment *segment)
{
  return &segment->counts;
}

/* ---- articles ---- */

static bool hidden_value(const nr_segment *s, uint32_t field, uint32_t article, nr_text *text)
{
  const nr_field_column *column = &s->fields[field];
  uint32_t code = nr_packed_at_most(&column->codes, article, column->values.count);
  if (code == 0)
    return false;
  nr_text value = nr_strings_get(&column->values, code - 1);
  *text = value.size == 0 ? (nr_text){"", 0} : (nr_text){value.bytes + 1, value.size - 1};
  return true;
}

nr_day nr_segment_day(const nr_segment *s, uint32_t article)
{
  assert(article < s->counts.articles);
  if (article >= s->dated)
    return NR_DAY_NONE;
  return NR_DAY_MIN + (nr_day)nr_packed_at_most(&s->days, article, NR_DAY_MAX - NR_DAY_MIN);
}

nr_text nr_segment_id(const nr_segment *s, uint32_t article)
{
  assert(article < s->counts.articles);
  return nr_strings_get(&s->ids, article);
}

nr_period nr_segment_date(const nr_segment *s, uint32_t article)
{
  nr_day first = nr_segment_day(s, article), last = first;
  if (first != NR_DAY_NONE)
    last = (nr_day)(first + (int64_t)nr_packed_at_most(&s->day_lengths, article, INT32_MAX - 1 - NR_DAY_MAX));
  return (nr_period){first, last};
}

uint32_t nr_segment_title_size(const nr_segment *s, uint32_t article)
{
  return nr_packed_at_most(&s->title_sizes, article, nr_content_size(s, article));
}

void nr_segment_article(const nr_segment *s, uint32_t article, nr_article_view *view)
{
  assert(article < s->counts.articles);
  uint32_t size = nr_content_size(s, article);
  *view = (nr_article_view){
      .id = nr_segment_id(s, article),
      .content_size = size,
      .title_size = nr_packed_at_most(&s->title_sizes, article, size),
      .date = nr_segment_date(s, article),
      .date_source = (nr_date_source)nr_packed_at_most(&s->date_sources, article, NR_DATE_SOURCES - 1),
      .content_hash = nr_load_u64(s->hashes + (size_t)article * 8)};
  hidden_value(s, 0, article, &view->origin);
  hidden_value(s, 1, article, &view->date_evidence);
}

bool nr_segment_find_id(const nr_segment *s, nr_text id, uint32_t *article)
{
  uint32_t hash = (uint32_t)(nr_hash64(id.bytes, id.size) >> 32), low = 0, high = s->counts.articles;
  while (low < high) { /* first hash that is not below */
    uint32_t middle = low + (high - low) / 2;
    if (nr_load_u32(s->id_hashes + (size_t)middle * 4) < hash)
      low = middle + 1;
    else
      high = middle;
  }
  for (; low < s->counts.articles && nr_load_u32(s->id_hashes + (size_t)low * 4) == hash; low++) {
    uint32_t found = nr_packed_at_most(&s->id_articles, low, s->counts.articles - 1);
    if (nr_text_equal(nr_strings_get(&s->ids, found), id)) {
      *article = found;
      return true;
    }
  }
  return false;
}

uint32_t nr_segment_from_day(const nr_segment *s, nr_day day)
{
  uint32_t low = 0, high = s->dated;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (nr_segment_day(s, middle) < day)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

void nr_segment_article_tokens(const nr_segment *s, uint32_t article, bool margin, uint32_t *first,
                               uint32_t *end)
{
  assert(article < s->counts.articles);
  const nr_packed *starts = margin ? &s->margin : &s->line;
  uint32_t base = margin ? s->counts.on : 0, room = margin ? s->counts.all - s->counts.on : s->counts.on;
  *first = base + nr_packed_at_most(starts, article, room);
  *end = base + nr_packed_at_most(starts, article + 1, room);
  if (*end < *first)
    *end = *first;
}

uint32_t nr_segment_article_at(const nr_segment *s, uint32_t position)
{
  assert(position < s->counts.all);
  bool margin = position >= s->counts.on;
  uint32_t after =
      nr_packed_upper(margin ? &s->margin : &s->line, margin ? position - s->counts.on : position);
  if (after > s->counts.articles)
    after = s->counts.articles;
  return after == 0 ? 0 : after - 1;
}

uint32_t nr_segment_article_from(const nr_segment *s, uint32_t article, uint32_t position)
{
  assert(position < s->counts.all && article < s->counts.articles);
  bool margin = position >= s->counts.on;
  uint32_t after = nr_packed_upper_from(margin ? &s->margin : &s->line, article,
                                        margin ? position - s->counts.on : position);
  if (after > s->counts.articles)
    after = s->counts.articles;
  return after == 0 ? 0 : after - 1;
}

enum { hint_step = 64 };

/* The article after `article` starts at or before `position` of the list. */
static bool goes_on(const nr_segment *s, const nr_packed *starts, uint32_t article, uint64_t position)
{
  return article + 1 < s->counts.articles && nr_packed_get(starts, article + 1) <= position;
}

nr_status nr_hints_make(const nr_segment *s, nr_arena *arena, nr_hints *hints, nr_error *err)
{
  *hints = (nr_hints){.segment = s};
  for (int list = 0; list < 2; list++) {
    const nr_packed *starts = list == 0 ? &s->line : &s->margin;
    uint32_t count = nr_groups(list == 0 ? s->counts.on : s->counts.all - s->counts.on, hint_step),
             article = 0;
    hints->articles[list] = nr_arena_take_array(arena, count, sizeof *hints->articles[list]);
    if (hints->articles[list] == NULL)
      return nr_fail_memory(err);
    for (uint32_t i = 0; i < count; i++) {
      while (goes_on(s, starts, article, (uint64_t)i * hint_step))
        article++;
      hints->articles[list][i] = article;
    }
  }
  return NR_OK;
}

uint32_t nr_hints_article(const nr_hints *hints, uint32_t position)
{
  const nr_segment *s = hints->segment;
  bool margin = position >= s->counts.on;
  uint32_t place = margin ? position - s->counts.on : position;
  uint32_t article = hints->articles[margin][place / hint_step];
  while (goes_on(s, margin ? &s->margin : &s->line, article, place))
    article++;
  return article;
}

/* ---- fields ---- */

uint32_t nr_segment_fields(const nr_segment *s)
{
  return s->field_count - NR_FIELDS_HIDDEN;
}

nr_text nr_segment_field_name(const nr_segment *s, uint32_t field)
{
  assert(field < nr_segment_fields(s));
  return nr_strings_get(&s->field_names, field + NR_FIELDS_HIDDEN);
}

bool nr_segment_find_field(const nr_segment *s, nr_text name, uint32_t *field)
{
  bool equal;
  uint32_t found = nr_strings_lower(&s->field_names, name, &equal);
  if (!equal || found < NR_FIELDS_HIDDEN || found >= s->field_count)
    return false;
  *field = found - NR_FIELDS_HIDDEN;
  return true;
}

uint32_t nr_segment_field_values(const nr_segment *s, uint32_t field)
{
  assert(field < nr_segment_fields(s));
  return s->fields[field + NR_FIELDS_HIDDEN].values.count;
}

void nr_segment_field_value(const nr_segment *s, uint32_t field, uint32_t value, nr_field_type *type,
                            nr_text *text)
{
  assert(field < nr_segment_fields(s));
  nr_text stored = nr_strings_get(&s->fields[field + NR_FIELDS_HIDDEN].values, value);
  uint8_t first = stored.size == 0 ? 0 : (uint8_t)stored.bytes[0];
  *type = first <= NR_FIELD_JSON ? (nr_field_type)first : NR_FIELD_JSON;
  *text = stored.size == 0 ? (nr_text){"", 0} : (nr_text){stored.bytes + 1, stored.size - 1};
}

uint32_t nr_segment_field_of(const nr_segment *s, uint32_t field, uint32_t article)
{
  assert(field < nr_segment_fields(s));
  const nr_field_column *column = &s->fields[field + NR_FIELDS_HIDDEN];
  uint32_t code = nr_packed_at_most(&column->codes, article, column->values.count);
  return code == 0 ? UINT32_MAX : code - 1;
}

/* ---- the vocabulary ---- */

nr_text nr_segment_form(const nr_segment *s, uint32_t form)
{
  return nr_strings_get(&s->forms, form);
}

bool nr_segment_find_form(const nr_segment *s, nr_text folded, uint32_t *form)
{
  bool equal;
  uint32_t found = nr_strings_lower(&s->forms, folded, &equal);
  if (!equal || found >= s->counts.forms)
    return false;
  *form = found;
  return true;
}

/* The counts of forms are asked for next. */
static void fetch_counts(const nr_segment *const *segments, uint32_t count, const uint32_t *forms)
{
  for (uint32_t i = 0; i < count; i++)
    if (forms[i] != UINT32_MAX) {
      nr_packed_prefetch(&segments[i]->form_hits, forms[i]);
      nr_packed_prefetch(&segments[i]->form_texts, forms[i]);
    }
  for (uint32_t i = 0; i < count; i++)
    if (forms[i] != UINT32_MAX) {
      nr_packed_prefetch_bits(&segments[i]->form_hits, forms[i]);
      nr_packed_prefetch_bits(&segments[i]->form_texts, forms[i]);
    }
}

void nr_segments_find_form(const nr_segment *const *segments, uint32_t count, nr_text folded, uint32_t *forms)
{
  enum { at_once = 16 };
  nr_strings_search searches[at_once];
  for (uint32_t first = 0; first < count; first += at_once) {
    uint32_t part = count - first < at_once ? count - first : at_once;
    for (uint32_t i = 0; i < part; i++)
      searches[i] =
          (nr_strings_search){&segments[first + i]->forms, 0, segments[first + i]->forms.count, false};
    nr_strings_lower_many(searches, part, folded);
    for (uint32_t i = 0; i < part; i++) {
      bool found = searches[i].equal && searches[i].low < segments[first + i]->counts.forms;
      forms[first + i] = found ? searches[i].low : UINT32_MAX;
    }
    fetch_counts(segments + first, part, forms + first);
  }
}

/* First form that is >= `prefix` and, where `after`, does not start with it. */
static uint32_t prefix_bound(const nr_segment *s, nr_text prefix, bool after)
{
  uint32_t low = 0, high = s->counts.forms;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    nr_text form = nr_strings_get(&s->forms, middle);
    if (after && form.size > prefix.size)
      form.size = prefix.size;
    int order = nr_text_compare(form, prefix);
    if (order < 0 || (after && order == 0))
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

void nr_segment_forms_with_prefix(const nr_segment *s, nr_text prefix, uint32_t *first, uint32_t *end)
{
  *first = prefix_bound(s, prefix, false);
  *end = prefix_bound(s, prefix, true);
  if (*end < *first)
    *end = *first;
}

uint32_t nr_segment_form_of(const nr_segment *s, uint32_t surface)
{
  return nr_packed_at_most(&s->form_of, surface, s->counts.forms - 1);
}

nr_text nr_segment_surface(const nr_segment *s, uint32_t surface)
{
  nr_text text = nr_strings_get(&s->surfaces, surface);
  return text.size > 0 ? text : nr_segment_form(s, nr_segment_form_of(s, surface));
}

void nr_segment_surfaces_of(const nr_segment *s, uint32_t form, uint32_t *first, uint32_t *end)
{
  *first = nr_packed_at_most(&s->surfaces_of, form, s->counts.surfaces);
  *end = nr_packed_at_most(&s->surfaces_of, form + 1, s->counts.surfaces);
  if (*end < *first)
    *end = *first;
}

void nr_segment_form_count(const nr_segment *s, uint32_t form, uint32_t *hits, uint32_t *texts)
{
  *hits = nr_packed_at_most(&s->form_hits, form, s->counts.on);
  *texts = nr_packed_at_most(&s->form_texts, form, s->counts.articles);
}

uint32_t nr_segment_surface_count(const nr_segment *s, uint32_t surface)
{
  return nr_packed_at_most(&s->surface_hits, surface, s->counts.on);
}

/* ---- blocks and repairs ---- */

uint32_t nr_segment_blocks(const nr_segment *s, uint32_t article, nr_block *blocks, uint32_t room)
{
  assert(article < s->counts.articles);
  nr_text bytes = nr_strings_get(&s->blocks, article);
  uint64_t end = 0, size = nr_content_size(s, article);
  uint32_t count = 0;
  for (size_t at = 0; at < bytes.size; count++) {
    uint64_t start = end + nr_varint_get(bytes, &at);
    end = start + nr_varint_get(bytes, &at);
    uint8_t kind = at < bytes.size ? (uint8_t)bytes.bytes[at++] : 0;
    uint32_t reason = (kind & 2) != 0 ? nr_varint_get(bytes, &at) : 0;
    end = end < size ? end : size;
    start = start < end ? start : end;
    if (count < room)
      blocks[count] = (nr_block){(uint32_t)start, (uint32_t)end,
                                 (uint8_t)(kind >> 2 < NR_BLOCK_KINDS ? kind >> 2 : NR_BLOCK_BODY),
                                 (kind & 1) != 0, (uint16_t)(reason < UINT16_MAX ? reason : 0)};
  }
  return count;
}

uint32_t nr_segment_repairs(const nr_segment *s, uint32_t article, nr_repair *repairs, uint32_t room)
{
  assert(article < s->counts.articles);
  nr_text bytes = nr_strings_get(&s->repairs, article);
  uint64_t place = 0, size = nr_content_size(s, article);
  uint32_t count = 0;
  for (size_t at = 0; at < bytes.size; count++) {
    place += nr_varint_get(bytes, &at);
    place = place < size ? place : size;
    nr_repair repair = {.at = (uint32_t)place};
    repair.size = at < bytes.size ? (uint8_t)bytes.bytes[at++] : 0;
    repair.size = repair.size <= 3 ? repair.size : 3;
    for (int i = 0; i < repair.size; i++)
      repair.bytes[i] = at < bytes.size ? (uint8_t)bytes.bytes[at++] : 0;
    if (count < room)
      repairs[count] = repair;
  }
  return count;
}
