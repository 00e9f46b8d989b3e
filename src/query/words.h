/* words.h: which words of a part's vocabulary a place in a pattern takes, and where they stand.
 * Inside src/query only. Floor 4. */
#ifndef NR_WORDS_H
#define NR_WORDS_H

#include "query/plan.h"

typedef struct nr_range {
  uint32_t from, to; /* end out */
} nr_range;

/* A test of one token. Its folded words, its spellings: sorted ranges that do not touch. */
typedef struct nr_words {
  const nr_range *forms, *surfaces;
  uint32_t form_ranges, surface_ranges;
  bool exact; /* not all spellings of the forms */
  uint32_t form_count;
  uint64_t hits;            /* to expect on the line; an upper bound where `exact` */
  const uint64_t *articles; /* bitmap: only in these; NULL: in all */
} nr_words;

/* What a leaf keeps in its plan. `text` as in nr_pattern; `folded` for SURFACE; a compiled regex. */
typedef struct nr_leaf {
  nr_pattern_kind kind;
  nr_text text, folded;
  struct nr_regex *regex;
} nr_leaf;

/* Copy a FORM, SURFACE, GLOB, REGEX or STEM into `plan`'s arena. Errors NR_INVALID, NR_NOMEM. */
nr_status nr_leaf_init(nr_leaf *leaf, nr_plan *plan, const nr_pattern *pattern, nr_error *err);
void nr_leaf_clear(nr_leaf *leaf); /* the regex is not the arena's */

/* Look a leaf up in the run's part. A leaf may need several sets (a stem has one a language), of
 * which a token need only be in one: they are appended to `sets`. */
typedef struct nr_words_list {
  nr_words *items;
  uint32_t count, capacity;
} nr_words_list;
nr_status nr_leaf_words(const nr_leaf *leaf, nr_run *run, nr_words_list *sets, nr_error *err);

nr_status nr_words_put(nr_words_list *sets, nr_run *run, const nr_words *words, nr_error *err);

/* For those who make sets: ranges being collected, none below the one before. */
typedef struct nr_ranges {
  nr_range *items;
  uint32_t count, capacity;
} nr_ranges;
nr_status nr_ranges_put(nr_ranges *ranges, nr_run *run, uint32_t from, uint32_t to, nr_error *err);
/* Finish a set from its forms: their spellings (unless given: NULL is all) and their hits. */
nr_status nr_words_finish(nr_words *words, nr_run *run, const nr_ranges *forms, const nr_ranges *surfaces,
                          nr_error *err);
/* The set of one form, empty where the part does not have it. */
nr_status nr_words_of_form(nr_text folded, nr_run *run, nr_words *words, nr_error *err);
/* stems.c: a set for each language of the part's articles. */
nr_status nr_stem_words(nr_text word, nr_run *run, nr_words_list *sets, nr_error *err);

/* One set that takes what any of `sets` takes; they have no article bitmaps. */
nr_status nr_words_join(nr_run *run, const nr_words *sets, uint32_t count, nr_words *joined, nr_error *err);

static inline bool nr_words_take(const nr_words *words, uint32_t surface)
{
  const nr_range *ranges = words->surfaces;
  uint32_t low = 0, high = words->surface_ranges;
  if (high == 1) /* one word, or all with a prefix: the usual case */
    return surface - ranges->from < ranges->to - ranges->from;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (surface >= ranges[middle].to)
      low = middle + 1;
    else
      high = middle;
  }
  return low < words->surface_ranges && surface >= ranges[low].from;
}

/* Positions in the run's range (line or margin) that hold such a word, ascending. Dead articles are
 * not left out. */
nr_status nr_words_positions(const nr_words *words, nr_run *run, bool margin, const uint32_t **positions,
                             uint32_t *count, nr_error *err);

/* Flip the bit of each position of a form in from..to-1: once sets them, twice clears them. */
void nr_words_flip(const nr_run *run, uint32_t form, uint32_t from, uint32_t to, uint64_t *bits);

/* Drop spans in dead articles, in place. */
void nr_drop_dead(const nr_run *run, uint32_t *first, uint32_t *last, uint32_t *row, uint32_t *count);

/* Does all of `text` match `glob` (* any run, ? one character, \ takes the next as it is)? */
bool nr_glob_match(nr_text glob, nr_text text);

/* regex.c */
struct nr_regex;
nr_status nr_regex_new(const nr_memory *memory, nr_text text, struct nr_regex **regex, nr_error *err);
void nr_regex_free(struct nr_regex *regex);
/* What one thread needs to match. */
nr_status nr_regex_begin(const struct nr_regex *regex, void **matcher, nr_error *err);
void nr_regex_end(void *matcher);
/* Does all of `word` match? Errors NR_LIMIT where the expression does not end in reasonable time. */
nr_status nr_regex_match(const struct nr_regex *regex, void *matcher, nr_text word, bool *match,
                         nr_error *err);

#endif
