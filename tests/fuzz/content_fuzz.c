/* Texts, as they came or compressed; blocks and repairs. The first byte's bit 5 chooses. */
#include "column.h"

static void look(const nr_segment *s)
{
  nr_contents contents;
  nr_contents_init(&contents, &nr_memory_default);
  for (uint32_t i = 0; i < nr_segment_count(s)->articles; i++) {
    nr_text content;
    nr_block blocks[8];
    nr_repair repairs[8];
    if (nr_segment_content(s, i, &contents, &content, NULL) == NR_OK)
      column_touch(content);
    uint32_t count = nr_segment_blocks(s, i, blocks, 8), size = nr_content_size(s, i);
    for (uint32_t k = 0; k < count && k < 8; k++)
      if (blocks[k].start > blocks[k].end || blocks[k].end > size)
        abort();
    nr_segment_repairs(s, i, repairs, 8);
  }
  nr_contents_clear(&contents);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  static const uint32_t sections[] = {NR_SECTION_CONTENT, NR_SECTION_CONTENT, NR_SECTION_BLOCKS,
                                      NR_SECTION_REPAIRS};
  if (size > 0)
    column_run(data, size, sections, 4, (data[0] & 32) != 0, look);
  return 0;
}
