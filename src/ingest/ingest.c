/* ingest.c: items gathered, made into articles, handed to the writer and counted. Floor 4.
 * Items wait in a batch, so that the lines they share are known before the first is cleaned. */
#include "ingest/ingest.h"

#include <stdio.h>

#include "ingest/crew.h"
#include "ingest/ids.h"
#include "ingest/known.h"
#include "ingest/make.h"
#include "ingest/mend.h"
#include "ingest/read.h"
#include "text/fold.h"
#include "text/utf8.h"

/* Read one after the other, made side by side: while the items of one batch become articles, the next is
 * read. */
typedef struct batch {
  nr_arena arena;
  nr_item *items;
  size_t count, room;
  uint64_t size, weight; /* bytes of its texts, and of all else that it holds */
} batch;

enum { batch_bytes = 16 << 20, batch_items = 4096, weight_bytes = 256 << 20 };

struct nr_ingest {
  nr_ingest_options options;
  const nr_memory *memory;
  nr_writer *writer;
  nr_ingest_counts counts;
  uint64_t there, read; /* bytes of files */
  nr_cleaner *cleaner;
  nr_article_maker maker;
  nr_snapshot *known; /* the corpus before the first item; NULL until then */
  nr_id_set seen;     /* ids taken in by this ingest */
  nr_arena names;
  batch reading, making;
  nr_crew *crew; /* NULL until there is one */
  bool crewed;   /* it makes the articles of `making` */
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
  nr_arena_init(&in->reading.arena, in->memory);
  nr_arena_init(&in->making.arena, in->memory);
  nr_arena_init(&in->names, in->memory);
  nr_buffer_init(&in->origin, in->memory);
  nr_make_init(&in->maker, &in->options, NULL, &in->making.arena);
  nr_id_set_init(&in->seen, in->memory);
  nr_status status = nr_cleaner_new(in->memory, options->phrases, options->phrase_count, &in->cleaner, err);
  if (status != NR_OK) {
    nr_ingest_free(in);
    return status;
  }
  in->maker.cleaner = in->cleaner;
  if (options->workers > 1 && options->shared != NULL)
    nr_writer_share(writer, options->shared);
  *ingest = in;
  return NR_OK;
}

static void free_batch(nr_ingest *in, batch *b)
{
  nr_arena_clear(&b->arena);
  nr_release(in->memory, b->items, b->room * sizeof *b->items);
}

void nr_ingest_free(nr_ingest *in)
{
  if (in == NULL)
    return;
  nr_crew_free(in->crew);
  nr_cleaner_free(in->cleaner);
  nr_snapshot_release(in->known);
  free_batch(in, &in->reading);
  free_batch(in, &in->making);
  nr_arena_clear(&in->names);
  nr_buffer_clear(&in->origin);
  nr_make_clear(&in->maker);
  nr_id_set_clear(&in->seen);
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
  return &in->reading.arena;
}

nr_arena *nr_ingest_names(nr_ingest *in)
{
  return &in->names;
}

static nr_status poll(nr_ingest *in, nr_error *err)
{
  return nr_poll_at(&in->options.poll, in->read, in->there, err);
}

nr_status nr_ingest_advance(nr_ingest *in, uint64_t bytes, nr_error *err)
{
  in->counts.bytes += bytes;
  return poll(in, err);
}

void nr_ingest_note_files(nr_ingest *in, uint64_t there, uint64_t read)
{
  in->there += there;
  in->read += read;
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

/* The origin an article is stored with: PATH as typed and its id. An id met twice in one ingest
 * gets another origin, so that the second is a copy or a conflict, never an update. */
static nr_status make_origin(nr_ingest *in, const nr_item *item, nr_text *origin, nr_error *err)
{
  bool fresh = true;
  if (item->origin.bytes != NULL)
    NR_TRY(nr_id_set_put(&in->seen, item->id, &fresh, err));
  in->origin.size = 0;
  NR_TRY(nr_buffer_put(&in->origin, item->origin.bytes, item->origin.size, err));
  NR_TRY(nr_buffer_put_byte(&in->origin, fresh ? '\t' : '\n', err));
  NR_TRY(nr_buffer_put(&in->origin, item->id.bytes, item->id.size, err));
  *origin = (nr_text){in->origin.bytes, in->origin.size};
  return NR_OK;
}

/* ---- what there is to say of an article ---- */

static bool is_blank(nr_text text)
{
  for (size_t i = 0; i < text.size; i++)
    if ((uint8_t)text.bytes[i] > ' ')
      return false;
  return true;
}

/* Whether a token mixes letters that look alike: of ASCII and, with a lead byte of Greek or Cyrillic, others.
 */
static bool is_mixed(nr_text word)
{
  bool latin = false, other = false;
  for (size_t i = 0; i < word.size; i++) {
    uint8_t c = (uint8_t)word.bytes[i];
    latin = latin || ((c | 32) >= 'a' && (c | 32) <= 'z');
    other = other || (c >= 0xCD && c <= 0xD4);
  }
  return latin && other && nr_fold_mixes_scripts(word);
}

static bool holds_greek_or_cyrillic(nr_text text)
{
  bool any = false;
  for (size_t i = 0; i < text.size; i++)
    any |= (uint8_t)((uint8_t)text.bytes[i] - 0xCD) < 8;
  return any;
}

static void count_mixed(nr_ingest *in, const nr_item *item, const nr_article *article)
{
  if (!holds_greek_or_cyrillic(article->content))
    return;
  for (size_t i = 0; i < article->token_count; i++) {
    nr_token token = article->tokens[i];
    if (token.kind == NR_TOKEN_WORD &&
        is_mixed((nr_text){article->content.bytes + token.start, token.end - token.start})) {
      in->counts.mixed++;
      report(in, NR_NOTE, item,
             "words of letters that look alike, Latin and others; 'newsreel words --mixed' lists them");
      return;
    }
  }
}

static void count_damage(nr_ingest *in, const nr_item *item)
{
  char message[120];
  const char *done = in->options.repair ? "mended" : "kept (--repair mends them)";
  if (item->twice >= 2) {
    in->counts.twice++;
    snprintf(message, sizeof message, "%zu signs look encoded twice; %s", item->twice, done);
    report(in, NR_NOTE, item, message);
  }
  if (item->references > 0) {
    in->counts.references++;
    snprintf(message, sizeof message, "%zu reference%s of HTML in the text; %s", item->references,
             item->references == 1 ? "" : "s", done);
    report(in, NR_NOTE, item, message);
  }
}

static void count_kinds(nr_ingest *in, const nr_item *item, const nr_article *article)
{
  char message[120];
  if (is_blank(item->text)) {
    in->counts.empty++;
    report(in, NR_NOTE, item, "no text; kept");
  }
  in->counts.undated += article->date.first == NR_DAY_NONE;
  in->counts.inferred += article->date_source == NR_DATE_INFERRED;
  in->counts.guessed += nr_text_equal(nr_item_get(item, "lang_source"), NR_TEXT("guessed"));
  in->counts.unknown += !nr_item_has(item, "lang");
  count_mixed(in, item, article);
  if (article->repair_count > 0) {
    in->counts.repaired++;
    snprintf(message, sizeof message, "%zu sequence%s of bytes that are not UTF-8, now U+FFFD",
             article->repair_count, article->repair_count == 1 ? "" : "s");
    report(in, NR_WARNING, item, message);
  }
  count_damage(in, item);
  size_t nuls = 0;
  for (nr_text left = item->text; left.size > 0;) {
    const char *nul = memchr(left.bytes, '\0', left.size);
    size_t used = nul == NULL ? left.size : (size_t)(nul + 1 - left.bytes);
    nuls += nul != NULL;
    left = (nr_text){left.bytes + used, left.size - used};
  }
  if (nuls > 0) {
    snprintf(message, sizeof message, "%zu NUL byte%s in the text, kept", nuls, nuls == 1 ? "" : "s");
    report(in, NR_WARNING, item, message);
  }
}

/* Hand an article over. Any status may come back: nr_ends_work tells which ones are the item's own. */
static nr_status add_article(nr_ingest *in, const nr_item *item, nr_article *article, nr_outcome *outcome,
                             nr_error *err)
{
  NR_TRY(make_origin(in, item, &article->origin, err));
  NR_TRY(nr_writer_add(in->writer, article, in->options.replace, outcome, err));
  if (*outcome == NR_CONFLICT)
    return nr_fail(err, NR_EXISTS,
                   "there is another article with the id \"%.*s\"; --replace takes the new one",
                   (int)item->id.size, item->id.bytes);
  if (*outcome != NR_SKIPPED)
    count_kinds(in, item, article);
  return NR_OK;
}

static nr_status add_item(nr_ingest *in, nr_item *item, nr_outcome *outcome, nr_error *err)
{
  nr_article article;
  NR_TRY(nr_id_check(item->id, err));
  NR_TRY(nr_make_article(&in->maker, item, &article, err));
  return add_article(in, item, &article, outcome, err);
}

/* The same of an article that a crew has made. */
static nr_status add_made(nr_ingest *in, const nr_item *item, const nr_made *made, nr_outcome *outcome,
                          nr_error *err)
{
  nr_article article = made->article;
  nr_made_report(made, &in->options.report);
  if (made->status != NR_OK)
    return nr_fail(err, made->status, "%s", made->why);
  return add_article(in, item, &article, outcome, err);
}

static void count_outcome(nr_ingest *in, nr_status status, nr_outcome outcome)
{
  in->counts.items++;
  if (status != NR_OK)
    in->counts.refused++;
  else if (outcome == NR_ADDED)
    in->counts.added++;
  else if (outcome == NR_REPLACED)
    in->counts.replaced++;
  else
    in->counts.skipped++;
}

/* Learn from what the corpus has, once. */
static nr_status learn_known(nr_ingest *in, nr_error *err)
{
  if (in->known != NULL)
    return NR_OK;
  in->known = nr_writer_snapshot(in->writer);
  in->maker.known = in->known;
  return nr_known_learn(in->known, in->memory, in->cleaner, err);
}

/* Look at an item before the first of its batch becomes an article. */
static nr_status prepare(nr_ingest *in, nr_item *item, nr_arena *arena, nr_error *err)
{
  nr_damage_signs signs = nr_count_damage(item->text);
  item->twice = signs.twice;
  item->references = signs.references;
  if (in->options.repair && (signs.twice >= 2 || signs.references > 0))
    NR_TRY(nr_mend_item(item, arena, err));
  if (in->options.no_clean)
    return NR_OK;
  NR_TRY(learn_known(in, err));
  uint32_t part, article;
  if (item->id.bytes != NULL && nr_snapshot_find(in->known, item->id, &part, &article))
    return NR_OK; /* added again: it has been learned */
  return nr_cleaner_learn(in->cleaner, nr_item_get(item, "source"), item->text, err);
}

static nr_status add_batch(nr_ingest *in, nr_error *err)
{
  for (size_t i = 0; i < in->making.count; i++) {
    nr_outcome outcome = NR_SKIPPED;
    nr_error why;
    nr_item *item = &in->making.items[i];
    nr_status status = in->crewed ? add_made(in, item, nr_crew_next(in->crew), &outcome, &why)
                                  : add_item(in, item, &outcome, &why);
    count_outcome(in, status, outcome);
    if (status != NR_OK && nr_ends_work(status))
      return nr_fail(err, status, "%s", why.message);
    if (status != NR_OK)
      report(in, NR_REFUSAL, item, why.message);
    NR_TRY(poll(in, err));
  }
  return NR_OK;
}

static void end_batch(nr_ingest *in)
{
  if (in->crewed)
    nr_crew_end(in->crew);
  in->crewed = false;
  in->making.count = 0;
  in->making.size = in->making.weight = 0;
  nr_arena_reuse(&in->making.arena);
}

/* Add what is being made. */
static nr_status finish(nr_ingest *in, nr_error *err)
{
  nr_status status = add_batch(in, err);
  end_batch(in);
  return status;
}

enum { worth_a_crew = 64 }; /* items */

static nr_status begin_crew(nr_ingest *in, nr_error *err)
{
  const nr_ingest_options *options = &in->options;
  if (options->workers < 2 || options->shared == NULL || in->making.count < worth_a_crew)
    return NR_OK;
  if (in->crew == NULL)
    NR_TRY(nr_crew_new(options->shared, options->workers - 1, options, &in->crew, err));
  in->crewed = true;
  return nr_crew_begin(in->crew, &in->maker, in->making.items, in->making.count, err);
}

/* Begin to make what has been read, after adding what was read before. */
static nr_status flush(nr_ingest *in, nr_error *err)
{
  NR_TRY(finish(in, err));
  batch empty = in->making;
  in->making = in->reading;
  in->reading = empty;
  for (size_t i = 0; i < in->making.count; i++)
    NR_TRY(prepare(in, &in->making.items[i], &in->making.arena, err));
  return begin_crew(in, err);
}

nr_status nr_ingest_take(nr_ingest *in, nr_item *item, nr_error *err)
{
  batch *b = &in->reading;
  NR_TRY(nr_grow(in->memory, &b->items, &b->room, b->count + 1, sizeof *b->items, err));
  b->items[b->count++] = *item;
  b->size += item->title.size + item->text.size;
  b->weight += item->weight;
  for (size_t i = 0; i < item->field_count; i++)
    b->weight += item->fields[i].value.size;
  bool full = b->count >= batch_items || b->size >= batch_bytes || b->weight >= weight_bytes;
  return full ? flush(in, err) : NR_OK;
}

/* ---- the doors ---- */

nr_status nr_ingest_path(nr_ingest *in, const char *path, nr_error *err)
{
  nr_status status = nr_read_path(in, path, err);
  if (status == NR_OK)
    status = flush(in, err);
  if (status == NR_OK)
    status = finish(in, err);
  end_batch(in);
  in->reading.count = 0;
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
    field.value.bytes = nr_arena_copy(&in->reading.arena, field.value.bytes, field.value.size);
    const char *kept = nr_arena_copy(&in->reading.arena, repairs.bytes, repairs.size);
    if (field.value.bytes == NULL || kept == NULL)
      status = nr_fail_memory(err);
    else if (own) {
      item->repairs = (const nr_repair *)(const void *)kept;
      item->repair_count = repairs.size / sizeof(nr_repair);
    }
  }
  if (status == NR_OK)
    status = nr_item_put(item, &in->reading.arena, field, err);
  nr_buffer_clear(&text);
  nr_buffer_clear(&repairs);
  return status;
}

/* Add an item by itself; `status` says whether it could be read. */
static nr_status add_one(nr_ingest *in, nr_item *item, nr_status status, nr_outcome *outcome, nr_error *err)
{
  if (status != NR_OK) {
    in->counts.items++;
    in->counts.refused++;
  } else {
    item->where = item->id;
    status = prepare(in, item, &in->reading.arena, err);
    if (status == NR_OK) {
      status = add_item(in, item, outcome, err);
      count_outcome(in, status, *outcome);
    }
  }
  nr_arena_clear(&in->reading.arena);
  nr_arena_clear(&in->making.arena);
  return status;
}

nr_status nr_ingest_fields(nr_ingest *in, const nr_field *fields, size_t count, nr_outcome *outcome,
                           nr_error *err)
{
  nr_item item = {.where = {NULL, 0}};
  nr_status status = NR_OK;
  for (size_t i = 0; i < count && status == NR_OK; i++)
    status = copy_field(in, &item, fields[i], err);
  return add_one(in, &item, status, outcome, err);
}

nr_status nr_ingest_json(nr_ingest *in, nr_text json, nr_outcome *outcome, nr_error *err)
{
  nr_item item = {.where = {NULL, 0}};
  nr_status status = nr_item_read_json(&item, &in->reading.arena, json, err);
  if (status == NR_OK && item.id.bytes == NULL)
    status = nr_fail(err, NR_INVALID, "the article has no id");
  return add_one(in, &item, status, outcome, err);
}
