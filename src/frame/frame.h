/* frame.h: tables of columns, made from hits, grouped, sorted, written; every row opens to its hits.
 * Floor 5: includes query/ and below.
 *
 * A frame is immutable once made and owned by whoever asked; verbs give new frames, which keep
 * what they need of the old one. Rows and columns count from 0. */
#ifndef NR_FRAME_H
#define NR_FRAME_H

#include "query/query.h"

typedef struct nr_frame nr_frame;

void nr_frame_free(nr_frame *frame);

/* One row a hit, with the named columns: `day week month quarter year` (labels; "undated" and
 * "imprecise" as they fall), `article` (id), `title`, `text` (the span's bytes), `form` (folded
 * words), `sentence`, `start` and `end` (bytes in the field, end out), `tokens`, any attribute of the
 * hits, any field of the articles. The frame keeps a count of `hits`.
 * Errors NR_INVALID: unknown column, with the nearest name. */
nr_status nr_frame_of_hits(const nr_memory *memory, nr_hits *hits, const nr_text *columns,
                           uint32_t column_count, nr_frame **frame, nr_error *err);

/* A frame of values from the caller, without receipts: `cells` row by row. A number cell has text.bytes NULL.
 */
nr_status nr_frame_of_cells(const nr_memory *memory, const nr_text *names, uint32_t column_count,
                            const nr_value *cells, uint64_t row_count, nr_frame **frame, nr_error *err);

/* The frame with one more column, or another in place of one of that name; `cells` one a row. */
nr_status nr_frame_with(const nr_frame *frame, nr_text name, const nr_value *cells, nr_frame **out,
                        nr_error *err);

typedef enum nr_aggregate {
  NR_COUNT, /* nothing besides count and articles */
  NR_SUM,
  NR_MEAN,
  NR_RANGE,    /* columns `least`, `most` */
  NR_EARLIEST, /* column `earliest`: first day */
  NR_SHARE,    /* count / sum of counts */
  NR_PER       /* count (or the sum of `of`) x n / tokens on the line in the same group and view */
} nr_aggregate;

typedef struct nr_grouping {
  const nr_text *columns; /* grouping columns, as nr_frame_of_hits; none: one row, the total */
  uint32_t column_count;
  nr_aggregate aggregate;
  nr_text of;    /* the number aggregated: "value" and the like */
  double n;      /* NR_PER */
  nr_view *view; /* what denominators and empty periods count over; NULL: all */
} nr_grouping;

/* Group hits: the grouping columns, the aggregate (NR_COUNT adds none), then `count` and `articles`.
 * Sorted by the grouping columns; a calendar unit runs over the view without gaps (empty periods
 * count 0, other aggregates are missing there); `none`, `imprecise`, `undated` last. */
nr_status nr_frame_group(const nr_memory *memory, nr_hits *hits, const nr_grouping *grouping,
                         const nr_poll *poll, nr_frame **frame, nr_error *err);

/* Group the rows of a frame by columns it has; `count` counts rows, `articles` the articles behind them. */
nr_status nr_frame_regroup(const nr_frame *frame, const nr_grouping *grouping, nr_frame **out, nr_error *err);

/* The table turned: a row for each cell of `down`, a column for each of `across`, both in order, and the
 * cells of `value` where they meet (the first of several; missing where none, or 0 with `zeros`).
 * Errors NR_LIMIT over 1,000 columns. */
nr_status nr_frame_pivot(const nr_frame *frame, nr_text down, nr_text across, nr_text value, bool zeros,
                         nr_frame **out, nr_error *err);

uint64_t nr_frame_rows(const nr_frame *frame);
uint32_t nr_frame_columns(const nr_frame *frame);
nr_text nr_frame_column_name(const nr_frame *frame, uint32_t column);
nr_column_type nr_frame_column_type(const nr_frame *frame, uint32_t column);
bool nr_frame_find_column(const nr_frame *frame, nr_text name, uint32_t *column);
/* A cell; valid while the frame is. */
nr_value nr_frame_cell(const nr_frame *frame, uint64_t row, uint32_t column);

/* Rows ordered by columns, each "name" or "-name" (descending); equal rows keep their order;
 * missing and the special rows last. */
nr_status nr_frame_sort(const nr_frame *frame, const nr_text *columns, uint32_t count, nr_frame **sorted,
                        nr_error *err);
/* Rows that meet all conditions. */
nr_status nr_frame_where(const nr_frame *frame, const nr_condition *conditions, uint32_t count,
                         nr_frame **out, nr_error *err);
/* The given rows, in that order: head, sample and filters of the analyst's own. */
nr_status nr_frame_pick(const nr_frame *frame, const uint64_t *rows, uint64_t count, nr_frame **out,
                        nr_error *err);

/* The receipt: hits behind a row, in line order. *hits is borrowed from the frame (NULL for frames
 * without receipts); *indexes is owned by the caller (nr_release with *count * 8 bytes). */
nr_status nr_frame_receipt(const nr_frame *frame, uint64_t row, nr_hits **hits, uint64_t **indexes,
                           uint64_t *count, nr_error *err);

/* ---- words and how they keep company (formulas in associate.c) ---- */

typedef enum nr_measure {
  NR_LOG_LIKELIHOOD, /* negative where the two avoid each other */
  NR_PMI,
  NR_NPMI,
  NR_LOG_DICE,
  NR_LOG_RATIO,
  NR_DELTA_P,
  NR_MEASURES
} nr_measure;

/* "loglikelihood" "pmi" "npmi" "logdice" "logratio" "deltap"; and back (false: no such measure). */
const char *nr_measure_name(nr_measure measure);
bool nr_measure_named(nr_text name, nr_measure *measure);

/* Two things counted: `both` of `a` (places looked at), where one of `b` was found in `n` in all. */
double nr_associate(nr_measure measure, double both, double a, double b, double n);

/* The words on the line of a view (NULL: all): `term count articles`, by count, then in byte order. */
nr_status nr_frame_words(const nr_memory *memory, nr_snapshot *snapshot, nr_view *view, const nr_poll *poll,
                         nr_frame **frame, nr_error *err);

/* Sequences of `n` words (2 to 5) of one sentence on the line of a view: `term count articles`, by count,
 * then in byte order; those that come fewer than `least` times are left out. Errors NR_INVALID (n), NR_LIMIT.
 */
nr_status nr_frame_ngrams(const nr_memory *memory, nr_snapshot *snapshot, nr_view *view, uint32_t n,
                          uint64_t least, const nr_poll *poll, nr_frame **frame, nr_error *err);

/* Words at most `left` before or `right` behind the hits, in their article and not across a cut, the
 * hits' own left out: `term count expected score`, by score. A token near two hits counts twice.
 * Terms that come fewer than `least` times are left out. Frequencies are the view's. */
nr_status nr_frame_collocates(const nr_memory *memory, nr_hits *hits, uint32_t left, uint32_t right,
                              nr_measure measure, uint64_t least, nr_view *view, const nr_poll *poll,
                              nr_frame **frame, nr_error *err);

/* Words of one view against another: `term count reference per_million reference_per_million
 * score`, by score; both frequencies by a million tokens. */
nr_status nr_frame_keyness(const nr_memory *memory, nr_snapshot *snapshot, nr_view *view, nr_view *reference,
                           nr_measure measure, uint64_t least, const nr_poll *poll, nr_frame **frame,
                           nr_error *err);

/* How evenly hits lie over the articles of a view (Gries 2008, deviation of proportions, DP): 0 as
 * the tokens do, towards 1 in few of them. NaN without hits. */
nr_status nr_hits_dispersion(const nr_hits *hits, nr_view *view, double *dispersion, nr_error *err);

/* ---- out ---- */

/* Append the first `rows` rows as a table of at most `width` terminal columns (0: no limit): text
 * left, numbers right, long cells cut with an ellipsis, widths by Unicode's East Asian Width; a last
 * line tells of rows not shown. */
nr_status nr_frame_print(const nr_frame *frame, uint64_t rows, uint32_t width, nr_buffer *out, nr_error *err);
/* Append all rows as CSV (RFC 4180, header, UTF-8, \n) or JSON Lines; missing is empty or null. */
nr_status nr_frame_csv(const nr_frame *frame, nr_buffer *out, nr_error *err);
nr_status nr_frame_jsonl(const nr_frame *frame, nr_buffer *out, nr_error *err);
/* Append hits index.. (`count` of them) as JSON Lines: article, start, end, field where it is the
 * title, text, day, then the columns of the hits. */
nr_status nr_hits_jsonl(const nr_hits *hits, uint64_t index, uint64_t count, nr_buffer *out, nr_error *err);

/* ---- concordance ---- */

typedef struct nr_kwic {
  uint32_t width;       /* terminal columns; 0: whole sentences */
  bool cut_at_sentence; /* context ends with the sentence */
  bool bold;            /* the hit stands between the terminal's marks for bold and plain */
} nr_kwic;

/* Write to `order` the numbers of all hits in the order of the words that stand to the left (the nearest
 * first), to the right, or of their own; equal ones stay in line order. */
typedef enum nr_kwic_side { NR_KWIC_LEFT, NR_KWIC_RIGHT, NR_KWIC_TEXT } nr_kwic_side;
nr_status nr_kwic_order(const nr_memory *memory, const nr_hits *hits, nr_kwic_side side, uint64_t *order,
                        nr_error *err);

/* Append one line for each of the hits `indexes` (NULL: the first `count`): "day  article  left [hit] right",
 * aligned on the hit; contexts end with the paragraph. */
nr_status nr_kwic_print(const nr_hits *hits, const uint64_t *indexes, uint64_t count, const nr_kwic *options,
                        nr_buffer *out, nr_error *err);

#endif
