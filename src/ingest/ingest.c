/* ingest.c: items become articles: dates, cleaning, tokens, counts. Floor 4.
 * Items wait in a batch, so that the lines they share are known before the first is cleaned. */
#include "ingest/ingest.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/hash.h"
#include "ingest/clean.h"
#include "ingest/encoding.h"
#include "ingest/item.h"
#include "ingest/read.h"
#include "text/utf8.h"

enum { batch_bytes = 16 << 20, batch_items = 4096, id_bytes_max = 1024 };

struct nr_ingest {
  nr_ingest_options options;
  const nr_memory *memory;
  nr_writer *writer;
  nr_ingest_counts counts;
  nr_cleaner *cleaner;
  nr_arena arena, names;
  nr_item *batch;
  size_t batch_count, batch_room;
  uint64_t batch_size;
  uint64_t *seen; /* hashes of the ids taken in by this ingest: open addressing, 0 is free */
  size_t seen_count, seen_room;
  nr_token_list tokens;
  nr_block *blocks;
  size_t block_room;
  nr_buffer origin;
};

nr_status nr_ingest_new(const nr_ingest_options *options, nr_writer *writer, nr_ingest **ingest,
                        nr_error *err)
{
  nr_ingest *in = nr_alloc_zeroed(options->memory, 1, sizeof *in);
  if (in == NULL)
    return nr_fail_memory(err);
  in->options = *options;
  in->memory = options->memory;
  in->writer = writer;
  nr_arena_init(&in->arena, in->memory);
  nr_arena_init(&in->names, in->memory);
  nr_buffer_init(&in->origin, in->memory);
  nr_token_list_init(&in->tokens, in->memory);
  nr_status status = nr_cleaner_new(in->memory, options->phrases, options->phrase_count, &in->cleaner, err);
  if (status != NR_OK) {
    nr_ingest_free(in);
    return status;
  }
  *ingest = in;
  return NR_OK;
}

void nr_ingest_free(nr_ingest *in)
{
  if (in == NULL)
    return;
  nr_cleaner_free(in->cleaner);
  nr_arena_clear(&in->arena);
  nr_arena_clear(&in->names);
  nr_buffer_clear(&in->origin);
  nr_token_list_clear(&in->tokens);
  nr_release(in->memory, in->batch, in->batch_room * sizeof *in->batch);
  nr_release(in->memory, in->seen, in->seen_room * sizeof *in->seen);
  nr_release(in->memory, in->blocks, in->block_room * sizeof *in->blocks);
  nr_release(in->memory, in, sizeof *in);
}

const nr_ingest_counts *nr_ingest_count(const nr_ingest *in)
{
  return &in->counts;
}

const nr_ingest_options *nr_ingest_option(const nr_ingest *in)
{
  return &in->options;
}

nr_arena *nr_ingest_arena(nr_ingest *in)
{
  return &in->arena;
}

nr_arena *nr_ingest_names(nr_ingest *in)
{
  return &in->names;
}

nr_status nr_ingest_advance(nr_ingest *in, uint64_t bytes, nr_error *err)
{
  in->counts.bytes += bytes;
  return nr_poll_at(&in->options.poll, in->counts.bytes, 0, err);
}

void nr_ingest_refuse(nr_ingest *in, nr_text where, const char *why)
{
  in->counts.items++;
  in->counts.refused++;
  nr_report_to(&in->options.report, NR_REFUSAL, where, why);
}

static void report(nr_ingest *in, nr_severity severity, const nr_item *item, const char *message)
{
  nr_report_to(&in->options.report, severity, item->where, message);
}

/* ---- ids ---- */

static nr_status check_id(nr_text id, nr_error *err)
{
  if (id.bytes == NULL)
    return nr_fail(err, NR_INVALID, "no id");
  if (id.size == 0 || id.size > id_bytes_max)
    return nr_fail(err, NR_INVALID, "an id has 1 to %d bytes, not %zu", id_bytes_max, id.size);
  if (memchr(id.bytes, '\0', id.size) != NULL)
    return nr_fail(err, NR_INVALID, "the id holds a NUL byte");
  if (nr_utf8_valid_prefix(id) != id.size)
    return nr_fail(err, NR_INVALID, "the id is not UTF-8");
  return NR_OK;
}

static bool put_seen(uint64_t *seen, size_t room, uint64_t hash)
{
  size_t at = (size_t)hash & (room - 1);
  while (seen[at] != 0 && seen[at] != hash)
    at = (at + 1) & (room - 1);
  bool fresh = seen[at] == 0;
  seen[at] = hash;
  return fresh;
}

/* Remember an id; *fresh tells whether it is new to this ingest. */
static nr_status see_id(nr_ingest *in, nr_text id, bool *fresh, nr_error *err)
{
  if ((in->seen_count + 1) * 2 > in->seen_room) {
    size_t room = in->seen_room == 0 ? 1024 : in->seen_room * 2;
    uint64_t *seen = nr_alloc_zeroed(in->memory, room, sizeof *seen);
    if (seen == NULL)
      return nr_fail_memory(err);
    for (size_t i = 0; i < in->seen_room; i++)
      if (in->seen[i] != 0)
        put_seen(seen, room, in->seen[i]);
    nr_release(in->memory, in->seen, in->seen_room * sizeof *seen);
    in->seen = seen;
    in->seen_room = room;
  }
  *fresh = put_seen(in->seen, in->seen_room, nr_hash64(id.bytes, id.size) | 1);
  in->seen_count += *fresh;
  return NR_OK;
}

/* The origin an article is stored with: PATH as typed and its id. An id met twice in one ingest
 * gets another origin, so that the second is a copy or a conflict, never an update. */
static nr_status make_origin(nr_ingest *in, const nr_item *item, nr_text *origin, nr_error *err)
{
  bool fresh = true;
  if (item->origin.bytes != NULL)
    NR_TRY(see_id(in, item->id, &fresh, err));
  in->origin.size = 0;
  NR_TRY(nr_buffer_put(&in->origin, item->origin.bytes, item->origin.size, err));
  NR_TRY(nr_buffer_put_byte(&in->origin, fresh ? '\t' : '\n', err));
  NR_TRY(nr_buffer_put(&in->origin, item->id.bytes, item->id.size, err));
  *origin = (nr_text){in->origin.bytes, in->origin.size};
  return NR_OK;
}

/* ---- dates ---- */

static bool in_range(nr_period period)
{
  return period.first >= NR_DAY_MIN && period.last <= NR_DAY_MAX;
}

/* Leave the article undated but keep what was written, and say so. */
static void refuse_date(nr_ingest *in, const nr_item *item, nr_article *article, nr_text evidence,
                        const char *why)
{
  char message[600];
  snprintf(message, sizeof message, "undated: %s", why);
  report(in, NR_WARNING, item, message);
  article->date = (nr_period){NR_DAY_NONE, NR_DAY_NONE};
  article->date_source = NR_DATE_FROM_NOWHERE;
  article->date_evidence = evidence;
}

static nr_text cut_evidence(nr_text text)
{
  enum { evidence_bytes_max = 200 };
  if (text.size > evidence_bytes_max) {
    text.size = evidence_bytes_max;
    while (text.size > 0 && ((uint8_t)text.bytes[text.size] & 0xC0) == 0x80)
      text.size--;
  }
  return text;
}

/* Read a date field: ISO 8601 with its coarser forms, else any written day in it. */
static nr_status read_date(nr_text text, nr_period *period, nr_error *err)
{
  nr_written written;
  nr_status status = nr_date_parse(text, period, err);
  if (status == NR_OK && !in_range(*period))
    return nr_fail(err, NR_INVALID, "%.*s is outside the years 1000 to 2200", (int)text.size, text.bytes);
  if (status == NR_OK || !nr_written_find(text, 0, &written))
    return status;
  if (written.fault == NR_WRITTEN_AMBIGUOUS)
    return nr_fail(err, NR_INVALID, "%.*s: day and month can't be told apart", (int)text.size, text.bytes);
  if (written.fault == NR_WRITTEN_IMPOSSIBLE)
    return nr_fail(err, NR_INVALID, "%.*s: there is no such day", (int)text.size, text.bytes);
  if (written.day < NR_DAY_MIN || written.day > NR_DAY_MAX)
    return nr_fail(err, NR_INVALID, "%.*s is outside the years 1000 to 2200", (int)text.size, text.bytes);
  if (!nr_written_time_fits(text, written.end))
    return nr_fail(err, NR_INVALID, "%.*s: there is no such time of day", (int)text.size, text.bytes);
  *period = (nr_period){written.day, written.day};
  return NR_OK;
}

static void date_from_field(nr_ingest *in, const nr_item *item, nr_date_source source, nr_article *article)
{
  nr_error err;
  nr_text evidence = cut_evidence(item->date);
  if (read_date(evidence, &article->date, &err) != NR_OK) {
    refuse_date(in, item, article, evidence, err.message);
    return;
  }
  article->date_source = source;
  article->date_evidence = evidence;
}

/* The best of the days that the page states: labelled ones before others, days of a change last;
 * a readable one before an unreadable one. */
static const nr_page_date *best_date(const nr_page *page)
{
  const nr_page_date *best = NULL;
  int best_rank = 0;
  for (size_t i = 0; i < page->date_count; i++) {
    const nr_page_date *date = &page->dates[i];
    int rank = 1 + (date->labelled ? 2 : 0) + (date->written.fault == NR_WRITTEN_FINE ? 4 : 0) -
               (date->updated ? 3 : 0);
    if (best == NULL || rank > best_rank) {
      best = date;
      best_rank = rank;
    }
  }
  return best;
}

static void date_from_page(nr_ingest *in, const nr_item *item, nr_text content, const nr_page *page,
                           nr_article *article)
{
  const nr_page_date *date = best_date(page);
  if (date == NULL)
    return;
  nr_text evidence = {content.bytes + date->written.start, date->written.end - date->written.start};
  char why[256];
  if (date->written.fault == NR_WRITTEN_FINE && date->written.day >= NR_DAY_MIN &&
      date->written.day <= NR_DAY_MAX) {
    article->date = (nr_period){date->written.day, date->written.day};
    article->date_source = NR_DATE_FROM_HEADER;
    article->date_evidence = evidence;
    return;
  }
  snprintf(why, sizeof why, "%.*s: %s", (int)(evidence.size < 100 ? evidence.size : 100), evidence.bytes,
           date->written.fault == NR_WRITTEN_AMBIGUOUS    ? "day and month can't be told apart"
           : date->written.fault == NR_WRITTEN_IMPOSSIBLE ? "there is no such day"
                                                          : "outside the years 1000 to 2200");
  refuse_date(in, item, article, evidence, why);
}

/* The first readable date of the page's markup. */
static bool date_from_markup(const nr_item *item, nr_article *article)
{
  for (size_t i = 0; i < item->date_count; i++) {
    nr_text evidence = cut_evidence(item->dates[i].text);
    if (read_date(evidence, &article->date, NULL) == NR_OK) {
      article->date_source = item->dates[i].source;
      article->date_evidence = evidence;
      return true;
    }
  }
  article->date = (nr_period){NR_DAY_NONE, NR_DAY_NONE};
  return false;
}

/* Say that something else states another day than the one taken. */
static void tell_conflict(nr_ingest *in, const nr_item *item, const nr_article *article, nr_period other,
                          const char *where)
{
  char message[160], taken[16], stated[16];
  taken[nr_day_format(article->date.first, taken)] = '\0';
  stated[nr_day_format(other.first, stated)] = '\0';
  snprintf(message, sizeof message, "dated %s by its %s, but %s by its %s", taken,
           nr_date_source_name(article->date_source), stated, where);
  report(in, NR_NOTE, item, message);
}

/* Days that lie apart: more than one day, for zones differ. */
static bool conflict(nr_period a, nr_period b)
{
  return a.first > b.last + 1 || b.first > a.last + 1;
}

/* Compare the day taken with what markup and labels on the page state; the first conflict is told. */
static void compare_dates(nr_ingest *in, const nr_item *item, const nr_page *page, const nr_article *article)
{
  if (article->date.first == NR_DAY_NONE)
    return;
  for (size_t i = 0; i < item->date_count; i++) {
    nr_period stated;
    if (read_date(item->dates[i].text, &stated, NULL) == NR_OK && conflict(article->date, stated)) {
      tell_conflict(in, item, article, stated, nr_date_source_name(item->dates[i].source));
      return;
    }
  }
  for (size_t i = 0; i < page->date_count; i++) {
    const nr_page_date *date = &page->dates[i];
    nr_period stated = {date->written.day, date->written.day};
    if (date->labelled && !date->updated && date->written.fault == NR_WRITTEN_FINE &&
        conflict(article->date, stated)) {
      tell_conflict(in, item, article, stated, "text");
      return;
    }
  }
}

static void find_date(nr_ingest *in, const nr_item *item, nr_date_source source, nr_text content,
                      const nr_page *page, nr_article *article)
{
  article->date = (nr_period){NR_DAY_NONE, NR_DAY_NONE};
  if (item->date.bytes != NULL && item->date.size > 0) {
    date_from_field(in, item, source, article);
  } else if (item->date.bytes != NULL) {
    return; /* said to be undated */
  } else if (!in->options.dates_given_only && !date_from_markup(item, article)) {
    date_from_page(in, item, content, page, article);
  }
  compare_dates(in, item, page, article);
}

/* ---- an item becomes an article ---- */

/* Fields given for all, where the item has none of that name. */
static nr_status put_given(nr_ingest *in, nr_item *item, nr_date_source *source, nr_error *err)
{
  *source = NR_DATE_FROM_FIELD;
  for (size_t i = 0; i < in->options.given_count; i++) {
    const nr_field *given = &in->options.given[i];
    bool has = false;
    for (size_t k = 0; k < item->field_count && !has; k++)
      has = nr_text_equal(item->fields[k].name, given->name);
    if (nr_text_equal(given->name, NR_TEXT("date"))) {
      has = item->date.bytes != NULL;
      *source = has ? NR_DATE_FROM_FIELD : NR_DATE_GIVEN;
    }
    has = has || (nr_text_equal(given->name, NR_TEXT("title")) && item->title.bytes != NULL) ||
          (nr_text_equal(given->name, NR_TEXT("text")) && item->text.bytes != NULL) ||
          nr_text_equal(given->name, NR_TEXT("id"));
    if (!has)
      NR_TRY(nr_item_put(item, &in->arena, *given, err));
  }
  return NR_OK;
}

/* Title and text behind each other, in the arena. */
static nr_status join(nr_ingest *in, nr_text title, nr_text text, nr_text *content, nr_error *err)
{
  char *bytes = nr_arena_take(&in->arena, title.size + text.size + 1);
  if (bytes == NULL)
    return nr_fail_memory(err);
  if (title.size > 0)
    memcpy(bytes, title.bytes, title.size);
  if (text.size > 0)
    memcpy(bytes + title.size, text.bytes, text.size);
  *content = (nr_text){bytes, title.size + text.size};
  return NR_OK;
}

static nr_status room_for_blocks(nr_ingest *in, size_t count, nr_error *err)
{
  void *blocks = in->blocks;
  nr_status status = nr_grow(in->memory, &blocks, &in->block_room, count, sizeof *in->blocks, err);
  in->blocks = blocks;
  return status;
}

/* The title found in the text becomes the title field too. No block covers that copy, so that its
 * words count once: where they stand in the text. */
static nr_status put_title(nr_ingest *in, const nr_page *page, nr_article *article, nr_error *err)
{
  nr_text title = {article->content.bytes + page->title_start, page->title_end - page->title_start};
  NR_TRY(join(in, title, article->content, &article->content, err));
  NR_TRY(room_for_blocks(in, page->block_count, err));
  article->title_size = (uint32_t)title.size;
  for (size_t i = 0; i < page->block_count; i++) {
    in->blocks[i] = page->blocks[i];
    in->blocks[i].start += article->title_size;
    in->blocks[i].end += article->title_size;
  }
  article->blocks = in->blocks;
  return NR_OK;
}

static nr_status tokenize(nr_ingest *in, const nr_item *item, nr_article *article, nr_error *err)
{
  nr_text_rules rules = {.lang = nr_item_get(item, "lang")};
  in->tokens.count = 0;
  NR_TRY(nr_tokenize(article->content, article->blocks, article->block_count, &rules, &in->tokens, err));
  article->tokens = in->tokens.items;
  article->token_count = in->tokens.count;
  return NR_OK;
}

static bool is_blank(nr_text text)
{
  for (size_t i = 0; i < text.size; i++)
    if ((uint8_t)text.bytes[i] > ' ')
      return false;
  return true;
}

/* Move repairs of the text behind the title. */
static nr_status place_repairs(nr_ingest *in, const nr_item *item, nr_article *article, nr_error *err)
{
  if (item->repair_count == 0)
    return NR_OK;
  nr_repair *repairs = nr_arena_take_array(&in->arena, item->repair_count, sizeof *repairs);
  if (repairs == NULL)
    return nr_fail_memory(err);
  for (size_t i = 0; i < item->repair_count; i++) {
    repairs[i] = item->repairs[i];
    repairs[i].at += article->title_size;
  }
  article->repairs = repairs;
  article->repair_count = item->repair_count;
  return NR_OK;
}

static nr_status make_article(nr_ingest *in, nr_item *item, nr_article *article, nr_error *err)
{
  nr_page page;
  nr_date_source date_source;
  NR_TRY(put_given(in, item, &date_source, err));
  if (item->title.size + item->text.size > NR_ARTICLE_BYTES_MAX)
    return nr_fail(err, NR_LIMIT, "the article is over 64 MiB");
  *article = (nr_article){.id = item->id, .title_size = (uint32_t)item->title.size};
  NR_TRY(join(in, item->title, item->text, &article->content, err));
  nr_clean_input input = {article->content,     article->title_size, nr_item_get(item, "source"),
                          in->options.no_clean, item->blocks,        item->block_count};
  NR_TRY(nr_clean(in->cleaner, &input, &page, err));
  article->blocks = page.blocks;
  article->block_count = page.block_count;
  find_date(in, item, date_source, article->content, &page, article);
  if (page.title_end > page.title_start)
    NR_TRY(put_title(in, &page, article, err));
  NR_TRY(place_repairs(in, item, article, err));
  article->fields = item->fields;
  article->field_count = item->field_count;
  return tokenize(in, item, article, err);
}

static void count_kinds(nr_ingest *in, const nr_item *item, const nr_article *article)
{
  char message[120];
  if (is_blank(item->text)) {
    in->counts.empty++;
    report(in, NR_NOTE, item, "no text; kept");
  }
  in->counts.undated += article->date.first == NR_DAY_NONE;
  if (article->repair_count > 0) {
    in->counts.repaired++;
    snprintf(message, sizeof message, "%zu sequence%s of bytes that are not UTF-8, now U+FFFD",
             article->repair_count, article->repair_count == 1 ? "" : "s");
    report(in, NR_WARNING, item, message);
  }
  size_t twice = nr_count_twice_encoded(item->text);
  if (twice >= 2) {
    snprintf(message, sizeof message, "%zu signs look encoded twice; kept", twice);
    report(in, NR_NOTE, item, message);
  }
  size_t nuls = 0;
  for (const char *at = item->text.bytes, *end = at + item->text.size;
       at < end && (at = memchr(at, '\0', (size_t)(end - at))) != NULL; at++)
    nuls++;
  if (nuls > 0) {
    snprintf(message, sizeof message, "%zu NUL byte%s in the text, kept", nuls, nuls == 1 ? "" : "s");
    report(in, NR_WARNING, item, message);
  }
}

/* Add one item. Any status may come back: nr_ends_work tells which ones are the item's own. */
static nr_status add_item(nr_ingest *in, nr_item *item, nr_outcome *outcome, nr_error *err)
{
  nr_article article;
  NR_TRY(check_id(item->id, err));
  NR_TRY(make_article(in, item, &article, err));
  NR_TRY(make_origin(in, item, &article.origin, err));
  NR_TRY(nr_writer_add(in->writer, &article, in->options.replace, outcome, err));
  if (*outcome == NR_CONFLICT)
    return nr_fail(err, NR_EXISTS,
                   "there is another article with the id \"%.*s\"; --replace takes the new one",
                   (int)item->id.size, item->id.bytes);
  if (*outcome != NR_SKIPPED)
    count_kinds(in, item, &article);
  return NR_OK;
}

static nr_status add_and_count(nr_ingest *in, nr_item *item, nr_outcome *outcome, nr_error *err)
{
  in->counts.items++;
  nr_status status = add_item(in, item, outcome, err);
  if (status != NR_OK)
    in->counts.refused++;
  else if (*outcome == NR_ADDED)
    in->counts.added++;
  else if (*outcome == NR_REPLACED)
    in->counts.replaced++;
  else
    in->counts.skipped++;
  return status;
}

static nr_status learn(nr_ingest *in, const nr_item *item, nr_error *err)
{
  return in->options.no_clean ? NR_OK
                              : nr_cleaner_learn(in->cleaner, nr_item_get(item, "source"), item->text, err);
}

static nr_status flush(nr_ingest *in, nr_error *err)
{
  nr_status status = NR_OK;
  nr_outcome outcome;
  for (size_t i = 0; i < in->batch_count && status == NR_OK; i++)
    status = learn(in, &in->batch[i], err);
  for (size_t i = 0; i < in->batch_count && status == NR_OK; i++) {
    nr_error why;
    status = add_and_count(in, &in->batch[i], &outcome, &why);
    if (status != NR_OK && !nr_ends_work(status)) {
      report(in, NR_REFUSAL, &in->batch[i], why.message);
      status = NR_OK;
    } else if (status != NR_OK && err != NULL) {
      *err = why;
    }
    if (status == NR_OK)
      status = nr_poll_at(&in->options.poll, in->counts.bytes, 0, err);
  }
  in->batch_count = 0;
  in->batch_size = 0;
  nr_arena_clear(&in->arena);
  return status;
}

nr_status nr_ingest_take(nr_ingest *in, nr_item *item, nr_error *err)
{
  void *batch = in->batch;
  nr_status status =
      nr_grow(in->memory, &batch, &in->batch_room, in->batch_count + 1, sizeof *in->batch, err);
  in->batch = batch;
  NR_TRY(status);
  in->batch[in->batch_count++] = *item;
  in->batch_size += item->title.size + item->text.size;
  return in->batch_count >= batch_items || in->batch_size >= batch_bytes ? flush(in, err) : NR_OK;
}

/* ---- the doors ---- */

nr_status nr_ingest_path(nr_ingest *in, const char *path, nr_error *err)
{
  nr_status status = nr_read_path(in, path, err);
  if (status == NR_OK)
    status = flush(in, err);
  in->batch_count = 0;
  nr_arena_clear(&in->names);
  return status;
}

/* Copy a field value, repaired where it is not UTF-8. */
static nr_status copy_field(nr_ingest *in, nr_item *item, nr_field field, nr_error *err)
{
  nr_buffer text, repairs;
  nr_buffer_init(&text, in->memory);
  nr_buffer_init(&repairs, in->memory);
  nr_status status = NR_OK;
  bool own = nr_text_equal(field.name, NR_TEXT("text"));
  if (field.value.bytes != NULL && nr_utf8_valid_prefix(field.value) != field.value.size) {
    status = nr_utf8_repair(field.value, &text, &repairs, err);
    field.value = (nr_text){text.bytes, text.size};
  }
  if (status == NR_OK && field.value.bytes != NULL) {
    field.value.bytes = nr_arena_copy(&in->arena, field.value.bytes, field.value.size);
    const char *kept = nr_arena_copy(&in->arena, repairs.bytes, repairs.size);
    if (field.value.bytes == NULL || kept == NULL)
      status = nr_fail_memory(err);
    else if (own) {
      item->repairs = (const nr_repair *)(const void *)kept;
      item->repair_count = repairs.size / sizeof(nr_repair);
    }
  }
  if (status == NR_OK)
    status = nr_item_put(item, &in->arena, field, err);
  nr_buffer_clear(&text);
  nr_buffer_clear(&repairs);
  return status;
}

nr_status nr_ingest_fields(nr_ingest *in, const nr_field *fields, size_t count, nr_outcome *outcome,
                           nr_error *err)
{
  nr_item item = {.where = {NULL, 0}};
  nr_status status = NR_OK;
  for (size_t i = 0; i < count && status == NR_OK; i++)
    status = copy_field(in, &item, fields[i], err);
  if (status != NR_OK) {
    in->counts.items++;
    in->counts.refused++;
  } else {
    item.where = item.id;
    status = learn(in, &item, err);
    if (status == NR_OK)
      status = add_and_count(in, &item, outcome, err);
  }
  nr_arena_clear(&in->arena);
  return status;
}
