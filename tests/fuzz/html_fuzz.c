/* html_fuzz.c: any bytes as a page: blocks cover the text, in order; then cleaned on top. */
#include "ingest/clean.h"
#include "ingest/encoding.h"
#include "ingest/html_page.h"
#include "ingest/lines.h"

#include <stdlib.h>

static void demand(bool holds)
{
  if (!holds)
    abort();
}

/* Blocks sorted, apart, and nothing between them but white space. */
static void check(nr_text text, const nr_block *blocks, size_t count)
{
  size_t at = 0;
  nr_line line;
  for (size_t i = 0; i < count; i++) {
    demand(blocks[i].start >= at && blocks[i].end > blocks[i].start && blocks[i].end <= text.size);
    demand(!nr_line_measure(text, (uint32_t)at, blocks[i].start, &line));
    at = blocks[i].end;
  }
  demand(!nr_line_measure(text, (uint32_t)at, (uint32_t)text.size, &line));
}

static void read_page(nr_text html, nr_arena *arena)
{
  nr_item item = {.where = {NULL, 0}};
  nr_decoded decoded;
  nr_tree tree;
  nr_buffer text, blocks;
  nr_cleaner *cleaner;
  nr_page page;
  demand(nr_decode(html, nr_declared_encoding(html), arena, &decoded, NULL) == NR_OK);
  if (nr_html_parse(decoded.text, arena, &tree, NULL) != NR_OK)
    return;
  demand(nr_html_describe(&tree, arena, &item, NULL) == NR_OK);
  nr_buffer_init(&text, &nr_memory_default);
  nr_buffer_init(&blocks, &nr_memory_default);
  demand(nr_html_text(&tree, item.title, &text, &blocks, NULL) == NR_OK);
  nr_text content = {text.bytes == NULL ? "" : text.bytes, text.size};
  demand(nr_utf8_valid_prefix(content) == content.size);
  demand(nr_utf8_valid_prefix(item.title) == item.title.size);
  const nr_block *list = (const nr_block *)(const void *)blocks.bytes;
  size_t count = blocks.size / sizeof(nr_block);
  check(content, list, count);
  nr_clean_input input = {.content = content, .marks = list, .mark_count = count};
  demand(nr_cleaner_new(&nr_memory_default, NULL, 0, &cleaner, NULL) == NR_OK);
  demand(nr_clean(cleaner, &input, &page, NULL) == NR_OK);
  if (count > 0)
    check(content, page.blocks, page.block_count);
  nr_cleaner_free(cleaner);
  nr_buffer_clear(&text);
  nr_buffer_clear(&blocks);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
  nr_arena arena;
  nr_arena_init(&arena, &nr_memory_default);
  read_page((nr_text){(const char *)bytes, size}, &arena);
  nr_arena_clear(&arena);
  return 0;
}
