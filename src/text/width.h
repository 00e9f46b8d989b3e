/* width.h: how many columns of a terminal a text takes.
 * Floor 1: includes base/ only. Pure functions, any number of threads; texts are valid UTF-8. */
#ifndef NR_WIDTH_H
#define NR_WIDTH_H

#include "base/bytes.h"

/* Columns of a text: East Asian wide and full-width characters take 2, combining, format and
 * control characters 0, an emoji sequence as much as its widest part. */
uint32_t nr_text_width(nr_text text);

/* Size of the longest prefix of at most `width` columns that ends at a grapheme border. */
size_t nr_text_fit(nr_text text, uint32_t width);

#endif
