/* runs.h: where rules may find something: runs of listed words in a text. Floor 1.
 *
 * Rules in Lua are dear, most text holds nothing for them. A list names the words that rules are made of, and
 * which of them tell that a rule may match ("friday", not "the"). A run is a stretch of listed words and of
 * numbers with little more than a space between them; only runs that hold a telling place are given. */
#ifndef NR_RUNS_H
#define NR_RUNS_H

#include "base/bytes.h"
#include "base/memory.h"

enum {
  NR_RUN_BYTES = 200, /* a longer run is cut */
  NR_RUN_PLACES = 100 /* telling places in a run; every one has two bytes */
};

typedef struct nr_run_words nr_run_words;

typedef struct nr_run {
  size_t start, end; /* bytes, end out; with the signs that cling to it: "'90s", "p.m." */
  size_t places[NR_RUN_PLACES];
  unsigned place_count;
} nr_run;

/* Make an empty list; NULL without memory. Owned by the caller; free it with nr_run_words_free. */
nr_run_words *nr_run_words_new(const nr_memory *memory);
/* Free a list; NULL is fine. */
void nr_run_words_free(nr_run_words *words);

/* Add a word in small letters. What is added twice tells if it did once.
 *
 * Listed words are letters alone. A telling word may have dots, hyphens and apostrophes inside: "b.c.".
 * Errors  NR_NOMEM; NR_LIMIT: more than 4 GiB of words. */
nr_status nr_run_words_add(nr_run_words *words, nr_text word, bool telling, nr_error *err);

/* Say which of the signs . / - between two numbers tell already ("24.9"): at most three, none at first. By
 * the others it takes three numbers, or four digits behind the sign. */
void nr_run_words_pairs(nr_run_words *words, nr_text signs);

/* Write the text in small letters (ASCII, Latin-1, Cyrillic) to `low`, which has room for `text.size`
 * bytes. Every byte keeps its place; any bytes may be given. */
void nr_runs_fold(nr_text text, char *low);

/* Find the next run at or after `*at`; false where there is none. `*at` is moved behind it.
 *
 * low     folded text; any bytes.
 * Numbers are listed; four digits, and what looks like a clock, an ordinal or a numeric date, tell.
 * Threads any number at once.
 * Cost    linear in the bytes passed; allocates nothing. */
bool nr_runs_next(const nr_run_words *words, nr_text low, size_t *at, nr_run *run);

#endif
