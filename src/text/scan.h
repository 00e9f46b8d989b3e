/* scan.h: the first pass of the tokenizer: words, numbers, punctuation, symbols, without marks of
 * sentences. Floor 1, inside text/ only. */
#ifndef NR_SCAN_H
#define NR_SCAN_H

#include "text/token.h"
#include "text/word_lists.h"

/* Append the tokens of text[start, end) to `list`; NR_MARK_JOINED is set, no other mark.
 *
 * careful  without the fast path, for tests: the tokens are the same.
 * Errors   NR_NOMEM. */
nr_status nr_scan(nr_text text, uint32_t start, uint32_t end, const nr_word_lists *lists, bool careful,
                  nr_token_list *list, nr_error *err);

/* Append simple tokens of text[from, to) as long as they are simple and `list` has room; return
 * where it stopped: at a token for nr_scan to take, or at `to`. */
uint32_t nr_scan_simple(nr_text text, uint32_t from, uint32_t to, const nr_word_lists *lists,
                        nr_token_list *list);

/* Append the tokens of text[start, end) by UAX #29 alone: what is not white space, between borders.
 * `careful` as above. */
nr_status nr_scan_plain(nr_text text, uint32_t start, uint32_t end, bool careful, nr_token_list *list,
                        nr_error *err);

/* As nr_scan_simple, for nr_scan_plain. */
uint32_t nr_scan_plain_simple(nr_text text, uint32_t from, uint32_t to, nr_token_list *list);

/* Append one token. */
nr_status nr_token_list_put(nr_token_list *list, nr_token token, nr_error *err);

#endif
