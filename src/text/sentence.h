/* sentence.h: the second pass of the tokenizer: where sentences and clauses start.
 * Floor 1, inside text/ only. */
#ifndef NR_SENTENCE_H
#define NR_SENTENCE_H

#include "text/token.h"
#include "text/word_lists.h"

/* Set the marks of sentences, clauses and the paragraph on the tokens of one block. */
void nr_mark_block(nr_text text, const nr_word_lists *lists, nr_token *tokens, size_t count);

/* The same by UAX #29 alone; the block is text[start, end). */
void nr_mark_block_plain(nr_text text, uint32_t start, uint32_t end, nr_token *tokens, size_t count);

#endif
