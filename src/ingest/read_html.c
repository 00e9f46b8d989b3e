/* read_html.c: pages: a file that is one, and those found in archives. Floor 4. */
#include "ingest/encoding.h"
#include "ingest/html_page.h"
#include "ingest/read.h"

static nr_status read_page(nr_item *item, nr_arena *arena, nr_text html, nr_error *err)
{
  nr_tree tree;
  nr_buffer text, blocks;
  NR_TRY(nr_html_parse(html, arena, &tree, err));
  NR_TRY(nr_html_describe(&tree, arena, item, err));
  nr_buffer_init(&text, arena->memory);
  nr_buffer_init(&blocks, arena->memory);
  nr_status status = nr_html_text(&tree, item->title, &text, &blocks, err);
  if (status == NR_OK) {
    const char *kept = nr_arena_copy(arena, text.bytes, text.size),
               *list = nr_arena_copy(arena, blocks.bytes, blocks.size);
    item->text = (nr_text){kept, text.size};
    item->blocks = (const nr_block *)(const void *)list;
    item->block_count = blocks.size / sizeof(nr_block);
    if (kept == NULL || list == NULL)
      status = nr_fail_memory(err);
  }
  nr_buffer_clear(&text);
  nr_buffer_clear(&blocks);
  return status;
}

nr_status nr_take_page(const nr_input *input, nr_item *item, nr_text bytes, nr_text declared, nr_error *err)
{
  enum { tree_bytes_a_byte = 6 };
  nr_arena *arena = nr_ingest_arena(input->ingest);
  nr_decoded decoded;
  nr_error why;
  NR_TRY(nr_decode(bytes, declared.size > 0 ? declared : nr_declared_encoding(bytes), arena, &decoded, err));
  nr_status status = read_page(item, arena, decoded.text, &why);
  item->weight = bytes.size * tree_bytes_a_byte;
  if (status == NR_OK)
    return nr_ingest_take(input->ingest, item, err);
  return nr_fail(err, status, "%s", why.message);
}

nr_status nr_read_html(const nr_input *input, nr_text bytes, nr_error *err)
{
  nr_item item = nr_input_item(input);
  item.id = input->name;
  return nr_take_page(input, &item, bytes, (nr_text){NULL, 0}, err);
}
