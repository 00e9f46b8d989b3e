/* read_plain.c: a file that is one plain text. Floor 4. */
#include "ingest/read.h"

#include "text/utf8.h"

/* Bytes that no text has: more than one NUL in a hundred bytes. */
static bool is_binary(nr_text bytes)
{
  size_t nuls = 0, seen = bytes.size < 65536 ? bytes.size : 65536;
  for (size_t i = 0; i < seen; i++)
    nuls += bytes.bytes[i] == '\0';
  return nuls * 100 > seen;
}

static nr_status repair(nr_item *item, nr_arena *arena, nr_text bytes, nr_error *err)
{
  nr_buffer text, repairs;
  nr_buffer_init(&text, arena->memory);
  nr_buffer_init(&repairs, arena->memory);
  nr_status status = nr_utf8_repair(bytes, &text, &repairs, err);
  if (status == NR_OK) {
    char *kept = nr_arena_copy(arena, text.bytes, text.size),
         *list = nr_arena_copy(arena, repairs.bytes, repairs.size);
    item->text = (nr_text){kept, text.size};
    item->repairs = (const nr_repair *)(const void *)list;
    item->repair_count = repairs.size / sizeof(nr_repair);
    if (kept == NULL || list == NULL)
      status = nr_fail_memory(err);
  }
  nr_buffer_clear(&text);
  nr_buffer_clear(&repairs);
  return status;
}

nr_status nr_read_plain(const nr_input *input, nr_text bytes, nr_error *err)
{
  nr_arena *arena = nr_ingest_arena(input->ingest);
  nr_item item = {.where = input->path, .origin = input->argument, .id = input->name};
  if (is_binary(bytes)) {
    nr_ingest_refuse(input->ingest, input->path, "no text: NUL bytes");
    return NR_OK;
  }
  NR_TRY(repair(&item, arena, bytes, err));
  return nr_ingest_take(input->ingest, &item, err);
}
