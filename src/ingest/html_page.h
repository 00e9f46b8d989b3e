/* html_page.h: which parts of a page of HTML are the article, and what else the page says of it.
 * Floor 4: includes lower floors. */
#ifndef NR_HTML_PAGE_H
#define NR_HTML_PAGE_H

#include "ingest/html_tree.h"
#include "ingest/item.h"

/* Write the visible text of the page, one block a line, to `text`, and append a block (a buffer of
 * nr_block) for each line: margin and kind by markup alone.
 *
 * title   the article's headline where known; a line that says it is marked as the title.
 * Errors  NR_NOMEM. Cost: linear but for the depth of nesting. */
nr_status nr_html_text(const nr_tree *tree, nr_text title, nr_buffer *text, nr_buffer *blocks, nr_error *err);

/* Find title, author, language, site, address and dates in the page's head and markup and put them
 * into the item: title and dates at their places, others as fields. Errors NR_NOMEM. */
nr_status nr_html_describe(const nr_tree *tree, nr_arena *arena, nr_item *item, nr_error *err);

#endif
