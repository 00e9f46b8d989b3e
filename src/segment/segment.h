/* segment.h: an immutable stretch of the corpus: columns to bytes and back.
 * Floor 2: includes base/, text/, date/. Touches no file, so it is fuzzed alone and a corpus in
 * memory costs nothing extra. The bytes are described in FORMAT.md.
 *
 * Articles are numbered 0.. in (day, id) order, undated last. Positions number tokens: 0..on-1 the
 * line in article order, on..all-1 the margin in article order. A form is a folded word, numbered
 * in byte order; a surface is a spelling, numbered by (form, bytes), so the surfaces of a form are
 * a range and so are the forms that share a prefix. */
#ifndef NR_SEGMENT_H
#define NR_SEGMENT_H

#include "base/bytes.h"
#include "base/doors.h"
#include "base/memory.h"
#include "date/day.h"
#include "segment/article.h"

enum { NR_SEGMENT_TOKENS_MAX = 0x7FFFFFFF };

/* ---- building ---- */

typedef struct nr_segment_builder nr_segment_builder;
typedef struct nr_segment nr_segment;

nr_status nr_segment_builder_new(const nr_memory *memory, nr_segment_builder **builder, nr_error *err);
void nr_segment_builder_free(nr_segment_builder *builder);
/* Write with two threads, the second with `memory`, which any thread may use. The bytes are the same. */
void nr_segment_builder_share(nr_segment_builder *builder, const nr_memory *memory);

/* Copy an article in. Ids must be distinct; the caller sees to that.
 * Errors NR_NOMEM; NR_INVALID for tokens out of order or out of the content; NR_LIMIT when 2^31
 * tokens would be passed (the article is then not in). */
nr_status nr_segment_builder_add(nr_segment_builder *builder, const nr_article *article, nr_error *err);
/* Take the `index`-th added article out again. */
void nr_segment_builder_drop(nr_segment_builder *builder, size_t index);
/* Articles added so far (dropped ones count), those not dropped, and roughly the bytes held: when to spill.
 */
size_t nr_segment_builder_articles(const nr_segment_builder *builder);
size_t nr_segment_builder_live(const nr_segment_builder *builder);
uint64_t nr_segment_builder_memory(const nr_segment_builder *builder);

/* Can texts be compressed here? False in a newsreel built without zstd. */
bool nr_compression_there(void);

/* Where the bytes of a segment go, in order. */
typedef struct nr_sink {
  nr_status (*put)(void *user, const void *bytes, size_t size, nr_error *err);
  void *user;
} nr_sink;

/* Sort, pack and write the segment's bytes; the builder is empty afterwards, also on failure. The
 * bytes depend only on the articles, not on the order they came in. Their number is a multiple of 64.
 *
 * compressed  texts are compressed, 64 KiB and more at a time: half the size, 0.1 ms to read one.
 * Errors      NR_NOMEM, NR_INTERRUPTED, NR_INVALID (compressed, without zstd) and the sink's. */
nr_status nr_segment_builder_write(nr_segment_builder *builder, bool compressed, const nr_sink *sink,
                                   const nr_poll *poll, nr_error *err);
/* The same without compression, appended to `out`. */
nr_status nr_segment_builder_finish(nr_segment_builder *builder, nr_buffer *out, nr_error *err);

/* Write one segment with the living articles of several; `dead` holds a bitmap for each, or NULL.
 * Ids must be distinct among the living, and the sum of tokens must fit. The bytes are those that
 * a builder given the same articles would write. Memory: about two bytes a token and 30 an article.
 * Errors NR_NOMEM, NR_INTERRUPTED, NR_LIMIT and the sink's. */
nr_status nr_segment_merge(const nr_memory *memory, const nr_segment *const *segments,
                           const uint64_t *const *dead, uint32_t count, bool compressed, const nr_sink *sink,
                           const nr_poll *poll, nr_error *err);

/* What decides whether an article is the same as one kept: content, date, fields and blocks. */
uint64_t nr_article_hash(const nr_article *article);

/* ---- reading ---- */

typedef struct nr_segment_counts {
  uint32_t articles, on, all; /* tokens on the line; with the margin */
  uint32_t forms, surfaces;
  uint64_t content_bytes;
  uint32_t text_rules; /* NR_TEXT_RULES when it was made */
} nr_segment_counts;

/* Open a segment over bytes that stay mapped while it is. Checks the directory and every bound
 * that a later access relies on, not the checksums of sections (see nr_segment_check).
 * Errors NR_CORRUPT naming section and offset; NR_VERSION; NR_NOMEM. */
nr_status nr_segment_open(const nr_memory *memory, nr_text bytes, nr_segment **segment, nr_error *err);
void nr_segment_close(nr_segment *segment);
/* Name and size of its sections, counted from 0; false behind the last. The name is in static storage. */
bool nr_segment_section(const nr_segment *segment, uint32_t section, const char **name, uint64_t *bytes);
/* Size of the segment that ends at `end` in `bytes`, 0 where none does: for finding lost ones. */
uint64_t nr_segment_size_before(nr_text bytes, uint64_t end);
/* Verify every checksum: about 10 GB/s. Errors NR_CORRUPT naming the first section that is damaged. */
nr_status nr_segment_verify(const nr_segment *segment, const nr_poll *poll, nr_error *err);
/* Verify every checksum and, where all hold, decode every column and compare them. Errors as
 * nr_segment_verify, the first one. */
nr_status nr_segment_check(const nr_segment *segment, const nr_poll *poll, nr_error *err);
/* The same; `report` hears of each damage (without a place). */
nr_status nr_segment_check_all(const nr_segment *segment, const nr_report *report, const nr_poll *poll,
                               nr_error *err);

/* All functions below: any number of threads; results borrowed from the segment; constant cost
 * unless said. Numbers out of range are our own mistake (assert), never the file's: what comes
 * from the file is checked, and a damaged byte gives a wrong-looking but in-bounds value until
 * `check` names it. */

const nr_segment_counts *nr_segment_count(const nr_segment *segment);

typedef struct nr_article_view {
  nr_text id, origin, date_evidence;
  uint32_t content_size, title_size;
  nr_period date; /* first = NR_DAY_NONE: undated */
  nr_date_source date_source;
  uint64_t content_hash; /* nr_article_hash when it was added: "same article" */
} nr_article_view;

void nr_segment_article(const nr_segment *segment, uint32_t article, nr_article_view *view);
/* Where contents are read one after the other: a compressed block of neighbours is kept here. */
typedef struct nr_contents {
  uint64_t segment; /* serial number of the open segment whose block it is, or 0 */
  uint32_t number;
  nr_buffer block;
} nr_contents;

void nr_contents_init(nr_contents *contents, const nr_memory *memory);
void nr_contents_clear(nr_contents *contents);
/* The content of an article: the title, then the text. It stays until `contents` reads another or is cleared;
 * in a segment that is not compressed as long as the segment's bytes, and nothing can fail.
 * Errors NR_CORRUPT, NR_NOMEM, NR_INVALID (built without zstd). */
nr_status nr_segment_content(const nr_segment *segment, uint32_t article, nr_contents *contents,
                             nr_text *content, nr_error *err);
bool nr_segment_compressed(const nr_segment *segment);
/* Start fetching the text around byte `at` of an article's content into the cache (not compressed ones). */
void nr_segment_content_fetch(const nr_segment *segment, uint32_t article, uint32_t at);
/* Its id, date and title's size alone, where a loop needs no more. */
nr_text nr_segment_id(const nr_segment *segment, uint32_t article);
uint32_t nr_segment_title_size(const nr_segment *segment, uint32_t article);
nr_period nr_segment_date(const nr_segment *segment, uint32_t article);
/* The day an article sorts at: date.first. */
nr_day nr_segment_day(const nr_segment *segment, uint32_t article);
/* Find an article by id; false where there is none. Cost: a binary search or hash probe. */
bool nr_segment_find_id(const nr_segment *segment, nr_text id, uint32_t *article);
/* First article that sorts at `day` or later (NR_DAY_NONE: first undated). Binary search. */
uint32_t nr_segment_from_day(const nr_segment *segment, nr_day day);

/* Positions of an article on the line (or in the margin): *first up to, not including, *end. */
void nr_segment_article_tokens(const nr_segment *segment, uint32_t article, bool margin, uint32_t *first,
                               uint32_t *end);
/* The article that holds a position, margin positions included. */
uint32_t nr_segment_article_at(const nr_segment *segment, uint32_t position);
/* The same where it is `article` or a later one of the same list: those near are found first. */
uint32_t nr_segment_article_from(const nr_segment *segment, uint32_t article, uint32_t position);

/* Fields: names are numbered 0..count-1 in byte order; values are dictionary-coded per name. */
uint32_t nr_segment_fields(const nr_segment *segment);
nr_text nr_segment_field_name(const nr_segment *segment, uint32_t field);
bool nr_segment_find_field(const nr_segment *segment, nr_text name, uint32_t *field);
uint32_t nr_segment_field_values(const nr_segment *segment, uint32_t field); /* distinct values */
void nr_segment_field_value(const nr_segment *segment, uint32_t field, uint32_t value, nr_field_type *type,
                            nr_text *text);
/* Value number of a field in an article, or UINT32_MAX where the article lacks it. */
uint32_t nr_segment_field_of(const nr_segment *segment, uint32_t field, uint32_t article);

/* The vocabulary. */
nr_text nr_segment_form(const nr_segment *segment, uint32_t form);
bool nr_segment_find_form(const nr_segment *segment, nr_text folded, uint32_t *form);
/* The same in many segments, in the time of a few: UINT32_MAX where a segment has it not. */
void nr_segments_find_form(const nr_segment *const *segments, uint32_t count, nr_text folded,
                           uint32_t *forms);
/* Forms that start with `prefix`: *first up to, not including, *end. */
void nr_segment_forms_with_prefix(const nr_segment *segment, nr_text prefix, uint32_t *first, uint32_t *end);
nr_text nr_segment_surface(const nr_segment *segment, uint32_t surface);
void nr_segment_surfaces_of(const nr_segment *segment, uint32_t form, uint32_t *first, uint32_t *end);
uint32_t nr_segment_form_of(const nr_segment *segment, uint32_t surface);
/* Stored counts on the line: hits and texts of a form; hits of a surface. */
void nr_segment_form_count(const nr_segment *segment, uint32_t form, uint32_t *hits, uint32_t *texts);
uint32_t nr_segment_surface_count(const nr_segment *segment, uint32_t surface);

/* Write the surface numbers of positions first..first+count-1 to `surfaces`. */
void nr_segment_stream(const nr_segment *segment, uint32_t first, uint32_t count, uint32_t *surfaces);
/* The same around many positions: before + 1 + behind surfaces for each, UINT32_MAX where there is no
 * position. For scattered ones: their cache misses overlap, so some 30 at a time are read as fast as 10. */
void nr_segment_windows(const nr_segment *segment, const uint32_t *positions, uint32_t count, uint32_t before,
                        uint32_t behind, uint32_t *surfaces);

/* The positions of a form, ascending: line first, then margin. */
typedef struct nr_postings {
  const nr_segment *segment;
  uint32_t form;
  uint32_t count;    /* all of them, margin included */
  uint32_t next;     /* index of the next one to read */
  uint32_t state[8]; /* the decoder's own */
} nr_postings;

void nr_postings_open(const nr_segment *segment, uint32_t form, nr_postings *postings);
/* Copy up to `room` positions out and return how many; 0 at the end. */
uint32_t nr_postings_read(nr_postings *postings, uint32_t *positions, uint32_t room);
/* Skip so that the next position read is the first one >= position. Cost: logarithmic. */
void nr_postings_seek(nr_postings *postings, uint32_t position);

/* Byte offsets of a token in its article's content, end out. */
void nr_segment_bytes(const nr_segment *segment, uint32_t position, uint32_t *start, uint32_t *end);
/* The same where the article that holds the position is known. */
void nr_segment_bytes_in(const nr_segment *segment, uint32_t article, uint32_t position, uint32_t *start,
                         uint32_t *end);
/* Start fetching into the cache what they read; again, some calls later, with `second`: where many
 * positions are asked for. */
void nr_segment_bytes_fetch(const nr_segment *segment, uint32_t position, bool second);

/* Gaps of positions first..end-1, all of one article and list: bytes between the end of the token
 * before on that list (or the content's start) and the token. Linear. */
void nr_segment_gaps(const nr_segment *segment, uint32_t first, uint32_t end, uint32_t *gaps);

/* Marks, stored as bitmaps with ranks. Line and margin are apart: an article's first token starts all. */
typedef enum nr_mark {
  NR_SENTENCE_STARTS,
  NR_PARAGRAPH_STARTS,
  NR_CLAUSE_STARTS,
  NR_JOINED_NEXT,
  NR_MARKS
} nr_mark;
bool nr_segment_marked(const nr_segment *segment, nr_mark mark, uint32_t position);
/* Last marked position <= `position` (there always is one for STARTS); first one > `position`, or
 * `all` when none follows. Cost: constant, a few words looked at; linear over long gaps. */
uint32_t nr_segment_mark_before(const nr_segment *segment, nr_mark mark, uint32_t position);
uint32_t nr_segment_mark_after(const nr_segment *segment, nr_mark mark, uint32_t position);
/* Marked positions below `position`; `on` and `all` give totals. */
uint32_t nr_segment_mark_rank(const nr_segment *segment, nr_mark mark, uint32_t position);
/* Copy the marked positions in first..end-1 to `positions` (room for them all); return the count. */
uint32_t nr_segment_mark_list(const nr_segment *segment, nr_mark mark, uint32_t first, uint32_t end,
                              uint32_t *positions);

/* The blocks and repairs of an article, decoded into the caller's array (room for the count). */
uint32_t nr_segment_blocks(const nr_segment *segment, uint32_t article, nr_block *blocks, uint32_t room);
uint32_t nr_segment_repairs(const nr_segment *segment, uint32_t article, nr_repair *repairs, uint32_t room);

/* An article as it was before it was added: nr_article_hash of it is the content_hash kept. Arrays
 * are in `arena`, texts are borrowed from the segment, the content as nr_segment_content does. Without
 * `tokens` it has none; with them all are NR_TOKEN_WORD.
 * Errors as nr_segment_content; NR_CORRUPT where tokens lie outside the text. */
nr_status nr_segment_recover(const nr_segment *segment, uint32_t article, bool tokens, nr_contents *contents,
                             nr_arena *arena, nr_article *out, nr_error *err);

#endif
