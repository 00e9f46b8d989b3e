/* word_lists.h: what single words mean for the borders of sentences.
 * Floor 1: includes base/ only.
 *
 * The lists are Lua tables (lua/newsreel/text/); words_table.h is made from them and always there.
 * Lists of an analyst's own are handed down word by word and add to it. Words are kept as nr_fold
 * gives them. */
#ifndef NR_WORD_LISTS_H
#define NR_WORD_LISTS_H

#include "base/bytes.h"
#include "base/memory.h"

enum {
  NR_WORD_TITLE = 1,        /* stands before a name or word: its stop ends no sentence (Mr., Sen., вул.) */
  NR_WORD_ABBREVIATION = 2, /* its stop may also end a sentence: what follows decides (Inc., U.S., р.) */
  NR_WORD_CLOSING = 4,      /* its stop ends a sentence before any capital but a name of time (etc., a.m.) */
  NR_WORD_BEFORE_NUMBER = 8, /* its stop ends no sentence before a number (No., Sept., ст.) */
  NR_WORD_TIME = 16,         /* months, weekdays, time zones */
  NR_WORD_STARTER = 32, /* likely the first word of a sentence when it is capitalised (The, But, Він) */
  NR_WORD_CUE = 64,     /* tells who speaks: "..." said, asked, сказав */
  NR_WORD_CREDIT = 128, /* begins a credit: "Photo: Reuters" */
  NR_WORD_CAPITALISED = 256 /* an abbreviation only where it is capitalised (No., Mass.) */
};

typedef struct nr_word_lists nr_word_lists;

nr_status nr_word_lists_new(const nr_memory *memory, nr_word_lists **lists, nr_error *err);
void nr_word_lists_free(nr_word_lists *lists);
/* Add meanings (NR_WORD_... bits) to a word. Errors NR_NOMEM. Not while others read. */
nr_status nr_word_lists_put(nr_word_lists *lists, nr_text word, uint32_t meanings, nr_error *err);

/* Meanings of a word as it is written, its final stop included or not; 0 where it has none.
 *
 * lists   may be NULL: the built-in ones alone.
 * Words of more than 24 bytes mean nothing. Cost: one fold, two look-ups. */
uint32_t nr_word_meanings(const nr_word_lists *lists, nr_text word);

#endif
