/* read_plain.c: a file that is one plain text. Floor 4. */
#include "ingest/read.h"

#include <stdio.h>

#include "ingest/encoding.h"

/* Bytes that no text has: more than one NUL in a hundred bytes. */
static bool is_binary(nr_text bytes)
{
  size_t nuls = 0, seen = bytes.size < 65536 ? bytes.size : 65536;
  for (size_t i = 0; i < seen; i++)
    nuls += bytes.bytes[i] == '\0';
  return nuls * 100 > seen;
}

static void tell_encoding(const nr_input *input, const nr_decoded *decoded)
{
  char message[100];
  snprintf(message, sizeof message, "not UTF-8; read as %s", decoded->encoding);
  if (decoded->guessed)
    nr_report_to(&nr_ingest_option(input->ingest)->report, NR_WARNING, input->path, message);
}

nr_status nr_decode_item(const nr_input *input, nr_item *item, nr_text bytes, nr_text declared, nr_error *err)
{
  nr_arena *arena = nr_ingest_arena(input->ingest);
  nr_decoded decoded;
  NR_TRY(nr_decode(bytes, declared, arena, &decoded, err));
  if (is_binary(decoded.text))
    return nr_fail(err, NR_INVALID, "no text: NUL bytes");
  tell_encoding(input, &decoded);
  item->text = decoded.text;
  if (decoded.text.bytes == bytes.bytes) /* as it came: the input does not outlive this call */
    item->text.bytes = nr_arena_copy(arena, bytes.bytes, bytes.size);
  if (item->text.bytes == NULL)
    return nr_fail_memory(err);
  item->repairs = decoded.repairs;
  item->repair_count = decoded.repair_count;
  return NR_OK;
}

nr_status nr_read_plain(const nr_input *input, nr_text bytes, nr_error *err)
{
  nr_item item = nr_input_item(input);
  item.id = input->name;
  NR_TRY(nr_decode_item(input, &item, bytes, (nr_text){NULL, 0}, err));
  return nr_ingest_take(input->ingest, &item, err);
}
