/* word_lists.h: what single words mean for the borders of sentences.
 * Floor 1: includes base/ only.
 *
 * The lists are Lua tables (lua/newsreel/text/), handed down word by word; without them a built-in
 * minimum serves. Words are kept as nr_fold gives them, without a final stop. */
#ifndef NR_WORD_LISTS_H
#define NR_WORD_LISTS_H

#include "base/bytes.h"
#include "base/memory.h"

enum {
  NR_WORD_TITLE = 1,         /* stands before a name: its stop ends no sentence (Mr., Sen., проф.) */
  NR_WORD_ABBREVIATION = 2,  /* its stop may also end a sentence: what follows decides (Inc., a.m., р.) */
  NR_WORD_BEFORE_NUMBER = 4, /* its stop ends no sentence before a number (No., Sept., ст.) */
  NR_WORD_STARTER = 8, /* likely the first word of a sentence when it is capitalised (The, But, Він) */
  NR_WORD_CUE = 16     /* tells who speaks: "..." said, asked, сказав */
};

typedef struct nr_word_lists nr_word_lists;

nr_status nr_word_lists_new(const nr_memory *memory, nr_word_lists **lists, nr_error *err);
void nr_word_lists_free(nr_word_lists *lists);
/* Add meanings (NR_WORD_... bits) to a word. Errors NR_NOMEM. Not while others read. */
nr_status nr_word_lists_put(nr_word_lists *lists, nr_text word, uint32_t meanings, nr_error *err);
/* Meanings of a folded word; 0 where it has none. `lists` NULL asks the built-in minimum. */
uint32_t nr_word_meanings(const nr_word_lists *lists, nr_text folded);

#endif
