/* clean_fuzz.c: any text cut into blocks: sorted, apart, at whole characters, nothing left out but
 * white space; then cut into tokens. The first byte splits off a title. */
#include "ingest/clean.h"
#include "ingest/lines.h"
#include "text/utf8.h"

#include <stdlib.h>

static void demand(bool holds)
{
  if (!holds)
    abort();
}

static void check_blocks(nr_text content, const nr_page *page)
{
  size_t at = 0;
  nr_line line;
  for (size_t i = 0; i <= page->block_count; i++) {
    size_t start = i < page->block_count ? page->blocks[i].start : content.size;
    size_t end = i < page->block_count ? page->blocks[i].end : content.size;
    demand(start >= at && end >= start && end <= content.size);
    demand(i == page->block_count || end > start);
    demand(start == content.size || ((uint8_t)content.bytes[start] & 0xC0) != 0x80);
    demand(!nr_line_measure(content, (uint32_t)at, (uint32_t)start, &line));
    at = end;
  }
}

static void run(nr_cleaner *cleaner, nr_text content, uint32_t title_size)
{
  nr_page page;
  nr_token_list tokens;
  nr_text_rules rules = {.plain = false};
  for (int plain = 0; plain < 2; plain++) {
    nr_clean_input input = {content, title_size, NR_TEXT("s"), plain == 1, NULL, 0};
    demand(nr_clean(cleaner, &input, &page, NULL) == NR_OK);
    check_blocks(content, &page);
    demand(page.title_start <= page.title_end && page.title_end <= content.size);
    nr_token_list_init(&tokens, &nr_memory_default);
    demand(nr_tokenize(content, page.blocks, page.block_count, &rules, &tokens, NULL) == NR_OK);
    nr_token_list_clear(&tokens);
  }
}

/* One cleaner serves some hundred texts: making it takes longer than cleaning most of them. */
static nr_cleaner *cleaner_in_use(void)
{
  static nr_cleaner *cleaner;
  static unsigned left;
  if (left-- > 0)
    return cleaner;
  left = 255;
  nr_cleaner_free(cleaner);
  demand(nr_cleaner_new(&nr_memory_default, NULL, 0, &cleaner, NULL) == NR_OK);
  return cleaner;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
  nr_buffer text;
  if (size < 1 || size > 1 << 16)
    return 0;
  nr_cleaner *cleaner = cleaner_in_use();
  nr_buffer_init(&text, &nr_memory_default);
  demand(nr_utf8_repair((nr_text){(const char *)bytes + 1, size - 1}, &text, NULL, NULL) == NR_OK);
  size_t title = bytes[0] % 64;
  if (title > text.size)
    title = text.size;
  while (title > 0 && title < text.size && ((uint8_t)text.bytes[title] & 0xC0) == 0x80)
    title--;
  nr_text content = {text.bytes == NULL ? "" : text.bytes, text.size};
  demand(nr_cleaner_learn(cleaner, NR_TEXT("s"), content, NULL) == NR_OK);
  run(cleaner, content, (uint32_t)title);
  nr_buffer_clear(&text);
  return 0;
}
