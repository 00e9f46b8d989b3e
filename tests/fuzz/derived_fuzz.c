/* Hostile layers: read, added to another, packed again. The first byte is the number of articles. */
#include <stdlib.h>

#include "query/derived.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void add_and_pack(const nr_derived_view *view)
{
  nr_derived_column columns[NR_DERIVED_COLUMNS_MAX];
  uint32_t articles[256];
  nr_derived *derived;
  nr_buffer out;
  nr_buffer_init(&out, &nr_memory_default);
  for (uint32_t c = 0; c < view->table.column_count; c++)
    columns[c] = (nr_derived_column){view->table.columns[c].name, view->table.columns[c].type};
  for (uint32_t i = 0; i < view->article_count; i++)
    articles[i] = i;
  if (nr_derived_new(&nr_memory_default, view->article_count, columns, view->table.column_count, &derived,
                     NULL) != NR_OK)
    abort();
  if (nr_derived_add(derived, view, articles, NULL) != NR_OK || nr_derived_pack(derived, &out, NULL) != NR_OK)
    abort();
  nr_derived_free(derived);
  nr_buffer_clear(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  nr_arena arena;
  nr_derived_view view;
  if (size < 1)
    return 0;
  nr_arena_init(&arena, &nr_memory_default);
  nr_text bytes = {(const char *)data + 1, size - 1};
  if (nr_derived_read(bytes, data[0], &arena, &arena, &view, NULL) == NR_OK)
    add_and_pack(&view);
  nr_arena_clear(&arena);
  return 0;
}
