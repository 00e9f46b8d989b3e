/* opening.h: where a sentence starts though no stop came before: list items, headings, datelines.
 * Floor 1, inside text/ only. */
#ifndef NR_OPENING_H
#define NR_OPENING_H

#include "text/look.h"

/* A date or a dateline before the text has at most so many tokens. */
enum { nr_opening_tokens_max = 12 };

/* Does a sentence start at token i, which stands apart, though no terminator came before? */
bool nr_opening_at(const block *b, size_t i);

/* Is nr_opening_at worth asking? A look at a few bytes, which is all that most tokens cost. */
static inline bool nr_opening_possible(const block *b, size_t i)
{
  const nr_token *token = &b->tokens[i];
  const uint8_t *bytes = (const uint8_t *)b->text.bytes;

  if (token->start <= token[-1].end)
    return false;
  return token->start > token[-1].end + 1 || bytes[token[-1].end] == '\n' || bytes[token->start] >= 0xE2 ||
         b->item != 0 || (i + 1 < b->count && bytes[token->end] == ':') ||
         (i <= nr_opening_tokens_max && token[-1].kind != NR_TOKEN_WORD);
}

/* Is there a blank line before token i, which is not the first? */
bool nr_opening_blank_line(const block *b, size_t i);

bool nr_opening_bullet(uint32_t code);

/* The number of the item that token i begins: "2." "2)" "2.)" "b."; 0 where it begins none. */
uint32_t nr_opening_item(const block *b, size_t i, bool *letters);

#endif
