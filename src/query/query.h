/* query.h: plans over the line, and running them.
 * Floor 4: includes corpus/ and below.
 *
 * A plan is immutable and counted: constructors retain their inputs, every constructor's result is
 * released by whoever asked for it. A plan knows no corpus; it is run against one part of a
 * snapshot at a time, so memory is bounded and parts can be run on several cores. Its columns are
 * known before it runs. Threads: plans are read-only and shared freely; retain and release are atomic. */
#ifndef NR_QUERY_H
#define NR_QUERY_H

#include "corpus/corpus.h"
#include "query/spans.h"

typedef struct nr_plan nr_plan;

nr_plan *nr_plan_retain(nr_plan *plan);
void nr_plan_release(nr_plan *plan); /* NULL is fine */

/* ---- leaves ---- */

/* One place in a pattern. */
typedef enum nr_pattern_kind {
  NR_PATTERN_FORM,     /* a folded word: `text` is folded */
  NR_PATTERN_SURFACE,  /* exactly this spelling */
  NR_PATTERN_GLOB,     /* folded, with * and ? (`text`); a literal star is \* */
  NR_PATTERN_GAP,      /* any `min` to `max` tokens */
  NR_PATTERN_SEQUENCE, /* children in order, inside one sentence */
  NR_PATTERN_CHOICE,   /* any child */
  NR_PATTERN_PLAN,     /* a span of `plan` (an actor, a layer) */
  NR_PATTERN_REGEX,    /* folded words of the vocabulary that match all of `text` */
  NR_PATTERN_STEM      /* words with the stem of the folded word `text`, by the language of each article */
} nr_pattern_kind;

typedef struct nr_pattern {
  nr_pattern_kind kind;
  nr_text text;
  uint32_t min, max;
  bool joined; /* in a sequence: must be joined to the next child */
  nr_plan *plan;
  const struct nr_pattern *children;
  uint32_t child_count;
} nr_pattern;

/* The hits of a pattern: leftmost, then fewest tokens in gaps, then longest, then on after the end;
 * all of them with `overlap`. A sequence lies inside one sentence. The tree is copied; its plans are
 * retained. Searches the line, or the margin alone. The hits carry no columns.
 * Errors NR_INVALID (nesting over 100, a bad regex, a pattern that matches nothing at all), NR_NOMEM. */
nr_status nr_plan_pattern(const nr_memory *memory, const nr_pattern *pattern, bool overlap, bool margin,
                          nr_plan **plan, nr_error *err);

/* One entry of a lexicon or a list of names: words in a row (FORM, SURFACE or GLOB, with `joined`),
 * and the row of the table that its hits carry. */
typedef struct nr_entry {
  const nr_pattern *words;
  uint32_t word_count;
  uint32_t row;
} nr_entry;

typedef enum nr_overlap {
  NR_LONGEST,      /* the longest across the whole list, leftmost first */
  NR_LONGEST_EACH, /* longest for each row; rows may overlap */
  NR_ALL           /* every match */
} nr_overlap;

/* The hits of many entries at once through one automaton. Entries and table are copied.
 * Errors NR_INVALID, NR_NOMEM. */
nr_status nr_plan_dictionary(const nr_memory *memory, const nr_entry *entries, uint32_t count,
                             const nr_table *table, nr_overlap overlap, bool margin, nr_plan **plan,
                             nr_error *err);

typedef enum nr_layer {
  NR_LAYER_ARTICLES,
  NR_LAYER_TITLES,
  NR_LAYER_PARAGRAPHS,
  NR_LAYER_SENTENCES,
  NR_LAYER_CLAUSES,
  NR_LAYER_TOKENS,
  NR_LAYER_BOILER, /* the margin's blocks, with columns kind and reason */
  NR_LAYERS
} nr_layer;

/* "articles", "titles", ...; and back (false: no built-in layer has that name). */
const char *nr_layer_name(nr_layer layer);
bool nr_layer_named(nr_text name, nr_layer *layer);
nr_status nr_plan_layer(const nr_memory *memory, nr_layer layer, bool margin, nr_plan **plan, nr_error *err);

/* Spans made elsewhere (an annotator's), one nr_spans for each part of `snapshot`, in any order; their
 * tables have the same columns. Copied. Run against another snapshot it fails with NR_INVALID. */
nr_status nr_plan_given(const nr_memory *memory, nr_snapshot *snapshot, const nr_spans *parts, nr_plan **plan,
                        nr_error *err);

/* Tokens that overlap the bytes start..end-1 of an article's content: those on the line, or where
 * there are none those in the margin. False: no token lies there. Cost: binary searches. */
bool nr_tokens_of_bytes(const nr_segment *segment, uint32_t article, uint32_t start, uint32_t end,
                        uint32_t *first, uint32_t *last);

/* ---- views ---- */

/* A set of articles; immutable, counted like a plan. NULL stands for all. */
typedef struct nr_view nr_view;

/* A value to compare with: text, a number, or missing (text.bytes NULL and number NaN). */
typedef struct nr_value {
  nr_text text;
  double number; /* NaN where the value is no number */
} nr_value;

/* `name` is one of the `values`; any with `count` 0 matches nothing. For "day" texts are periods. */
typedef struct nr_condition {
  nr_text name;
  const nr_value *values;
  uint32_t count;
} nr_condition;

nr_status nr_view_during(const nr_memory *memory, nr_view *of, nr_period period, nr_view **view,
                         nr_error *err);
/* Articles whose fields (`id`, `day`, `source`, any field) meet all conditions. */
nr_status nr_view_where(const nr_memory *memory, nr_view *of, const nr_condition *conditions, uint32_t count,
                        nr_view **view, nr_error *err);
/* Articles that hold a span of `plan`. */
nr_status nr_view_only(const nr_memory *memory, nr_view *of, nr_plan *plan, nr_view **view, nr_error *err);
nr_view *nr_view_retain(nr_view *view);
void nr_view_release(nr_view *view);
/* Bitmap of a part's articles that are live and in the view, and how many; in `arena`. */
nr_status nr_view_articles(const nr_view *view, nr_snapshot *snapshot, uint32_t part, nr_arena *arena,
                           const uint64_t **bitmap, uint32_t *count, nr_error *err);
/* Articles, tokens on the line, and undated articles left out by periods. */
nr_status nr_view_count(const nr_view *view, nr_snapshot *snapshot, uint64_t *articles, uint64_t *tokens,
                        uint64_t *undated_left_out, nr_error *err);

/* Spans of `plan` in the articles of `view`. */
nr_status nr_plan_restrict(const nr_memory *memory, nr_plan *plan, nr_view *view, nr_plan **out,
                           nr_error *err);

/* ---- the algebra: design words, one constructor each ---- */

typedef enum nr_relation {
  NR_WITHIN,
  NR_OUTSIDE,
  NR_CONTAINING,
  NR_LACKING,
  NR_OVERLAPPING /* a & b */,
  NR_CLEAR_OF /* a - b */
} nr_relation;
nr_status nr_plan_relate(const nr_memory *memory, nr_plan *a, nr_relation relation, nr_plan *b,
                         nr_plan **plan, nr_error *err);

/* a | b: both lists, columns of both. Errors NR_INVALID where one name has two types. */
nr_status nr_plan_union(const nr_memory *memory, nr_plan *a, nr_plan *b, nr_plan **plan, nr_error *err);

typedef enum nr_side { NR_NEAR, NR_BEFORE, NR_AFTER } nr_side; /* a is before b, after b, or either */
/* Spans of a at most `distance` from a b (neighbours are 1 apart; UINT32_MAX: anywhere) inside one
 * span of `region`, which holds both. An overlapping b does not count. */
nr_status nr_plan_near(const nr_memory *memory, nr_plan *a, nr_side side, nr_plan *b, uint32_t distance,
                       nr_plan *region, nr_plan **plan, nr_error *err);

/* Shortest spans from an a to a b, at most `distance` apart, inside one sentence; clashing columns get "2".
 */
nr_status nr_plan_followed_by(const nr_memory *memory, nr_plan *a, nr_plan *b, uint32_t distance,
                              nr_plan **plan, nr_error *err);
/* From each a to its nearest b in its sentence. */
nr_status nr_plan_joined(const nr_memory *memory, nr_plan *a, nr_plan *b, nr_plan **plan, nr_error *err);
/* Spans of a in another article published `from` to `to` days after one with a b; whole snapshot.
 * Only days known exactly count. */
nr_status nr_plan_days_after(const nr_memory *memory, nr_plan *a, nr_plan *b, uint32_t from, uint32_t to,
                             nr_plan **plan, nr_error *err);

/* Innermost enclosing span of `region`; spans in none are left out. */
nr_status nr_plan_expand(const nr_memory *memory, nr_plan *a, nr_plan *region, nr_plan **plan, nr_error *err);
/* `left` and `right` more tokens, inside the article (and the line or margin). */
nr_status nr_plan_window(const nr_memory *memory, nr_plan *a, uint32_t left, uint32_t right, nr_plan **plan,
                         nr_error *err);

/* Spans that meet all conditions, by attribute or else by article field. */
nr_status nr_plan_where(const nr_memory *memory, nr_plan *a, const nr_condition *conditions, uint32_t count,
                        nr_plan **plan, nr_error *err);
/* A column `label`: the name of the first rule with a span that shares a token with the span; missing
 * where none has. */
nr_status nr_plan_label(const nr_memory *memory, nr_plan *a, const nr_text *names, nr_plan *const *rules,
                        uint32_t count, nr_plan **plan, nr_error *err);
/* Column `value` changes sign where a b ends at most `distance` tokens before in the same clause. */
nr_status nr_plan_flip(const nr_memory *memory, nr_plan *a, nr_plan *b, uint32_t distance, nr_plan **plan,
                       nr_error *err);
/* One span for each region, a and b inside it, from the first to the last token of the two, with the
 * columns of both (clashing ones get "2"). Where a side has a column `actor`, its spans in a region
 * that name one actor are one, the first. With the same plan on both sides pairs are unordered (the
 * lesser actor first) and nothing is paired with itself. With a `distance` (0: none) not regions are told but
 * mentions: each a with each actor named at most that many tokens from it (neighbours are 1 apart). */
nr_status nr_plan_pair(const nr_memory *memory, nr_plan *a, nr_plan *b, nr_plan *region, uint32_t distance,
                       nr_plan **plan, nr_error *err);

/* ---- running ---- */

/* Columns a plan's spans carry: *names in the plan's memory, valid while it is. */
void nr_plan_columns(const nr_plan *plan, const nr_text **names, const nr_column_type **types,
                     uint32_t *count);

/* Run against part `part`: spans of live articles, in `arena`.
 * Errors NR_NOMEM, NR_INTERRUPTED, NR_CORRUPT, NR_INVALID. */
nr_status nr_plan_run(nr_plan *plan, nr_snapshot *snapshot, uint32_t part, nr_arena *arena,
                      const nr_poll *poll, nr_spans *spans, nr_error *err);

/* Count hits and texts (articles with a hit) over all parts; stored counts where they answer. */
nr_status nr_plan_count(nr_plan *plan, nr_snapshot *snapshot, const nr_poll *poll, uint64_t *hits,
                        uint64_t *texts, nr_error *err);

/* True where there is a hit at all; stops soon after the first. */
nr_status nr_plan_any(nr_plan *plan, nr_snapshot *snapshot, const nr_poll *poll, bool *any, nr_error *err);

/* Append how the plan will be run, a line a step, with expected hits: for people. */
nr_status nr_plan_explain(nr_plan *plan, nr_snapshot *snapshot, nr_buffer *out, nr_error *err);

/* ---- hits: a finished run over all parts, in the order of the line ---- */

typedef struct nr_hits nr_hits; /* counted; keeps snapshot and plan alive */

nr_status nr_hits_new(const nr_memory *memory, nr_plan *plan, nr_snapshot *snapshot, const nr_poll *poll,
                      nr_hits **hits, nr_error *err);
nr_hits *nr_hits_retain(nr_hits *hits);
void nr_hits_free(nr_hits *hits); /* gives up one count; NULL is fine */
uint64_t nr_hits_count(const nr_hits *hits);
nr_snapshot *nr_hits_snapshot(const nr_hits *hits); /* borrowed */
nr_plan *nr_hits_plan(const nr_hits *hits);         /* borrowed */

typedef struct nr_hit {
  uint32_t part, first, last, row; /* row UINT32_MAX: no attributes */
  uint32_t article;                /* number in its part */
} nr_hit;

/* Hit `index` (0-based, below the count) in line order: by (day, id) of the article, then position. */
void nr_hits_get(const nr_hits *hits, uint64_t index, nr_hit *hit);
/* Copy hits index.. to `out`, at most `room`, and return how many: the way to walk them all. */
uint32_t nr_hits_read(const nr_hits *hits, uint64_t index, uint32_t room, nr_hit *out);
/* First and last token of the window of `left` and `right` tokens around a hit, as nr_plan_window. */
nr_status nr_hits_window(const nr_hits *hits, const nr_hit *hit, uint32_t left, uint32_t right,
                         uint32_t *first, uint32_t *last, nr_error *err);
/* Attribute `column` (number in nr_plan_columns) of a hit: text or number by the column's type. */
nr_text nr_hits_text(const nr_hits *hits, const nr_hit *hit, uint32_t column);
double nr_hits_number(const nr_hits *hits, const nr_hit *hit, uint32_t column);
/* Bytes of a hit in its article's content, end out. */
void nr_hits_bytes(const nr_hits *hits, const nr_hit *hit, uint32_t *start, uint32_t *end);
/* The same for many, which is faster: their cache misses overlap. */
void nr_hits_bytes_many(const nr_hits *hits, const nr_hit *list, uint32_t count, uint32_t *starts,
                        uint32_t *ends);
/* The same counted in its field, as JSON and Lua show it: true where the field is the title. */
bool nr_hits_place(const nr_hits *hits, const nr_hit *hit, uint32_t *start, uint32_t *end);

#endif
