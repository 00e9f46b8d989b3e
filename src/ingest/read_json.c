/* read_json.c: JSON Lines. Floor 4. */
#include "ingest/read.h"

#include <inttypes.h>
#include <stdio.h>

enum { chunk_bytes = 1 << 20, line_bytes_max = 256 << 20 };

typedef struct lines {
  const nr_input *input;
  const nr_stream *stream;
  nr_buffer bytes; /* what is read and not yet used up */
  uint64_t number; /* of the line being read, from 1 */
  size_t searched; /* bytes of an unfinished line without a line end */
  bool over;       /* the line is too long: the rest of it is dropped */
} lines;

static nr_status name_line(const lines *l, nr_text base, nr_text *name, nr_error *err)
{
  char number[32];
  int size = snprintf(number, sizeof number, ":%" PRIu64, l->number);
  char *bytes = nr_arena_take(nr_ingest_arena(l->input->ingest), base.size + (size_t)size + 1);
  if (bytes == NULL)
    return nr_fail_memory(err);
  memcpy(bytes, base.bytes, base.size);
  memcpy(bytes + base.size, number, (size_t)size + 1);
  *name = (nr_text){bytes, base.size + (size_t)size};
  return NR_OK;
}

static bool is_blank(nr_text line)
{
  for (size_t i = 0; i < line.size; i++)
    if (strchr(" \t\r\n", line.bytes[i]) == NULL || line.bytes[i] == '\0')
      return false;
  return true;
}

static nr_status take_line(lines *l, nr_text line, nr_error *err)
{
  nr_ingest *ingest = l->input->ingest;
  nr_item item = {.origin = l->input->argument};
  nr_error why;
  if (l->number == 1 && line.size >= 3 && memcmp(line.bytes, "\xEF\xBB\xBF", 3) == 0)
    line = (nr_text){line.bytes + 3, line.size - 3};
  if (is_blank(line))
    return NR_OK;
  NR_TRY(name_line(l, l->input->path, &item.where, err));
  nr_status status = nr_item_read_json(&item, nr_ingest_arena(ingest), line, &why);
  if (status != NR_OK && !nr_ends_work(status)) {
    nr_ingest_refuse(ingest, item.where, why.message);
    return NR_OK;
  }
  if (status != NR_OK) {
    if (err != NULL)
      *err = why;
    return status;
  }
  if (item.id.bytes == NULL)
    NR_TRY(name_line(l, l->input->name, &item.id, err));
  return nr_ingest_take(ingest, &item, err);
}

/* Use up all whole lines of the buffer; at the end of input the last one too. */
static nr_status take_lines(lines *l, bool last, nr_error *err)
{
  const char *at = l->bytes.bytes, *end = at + l->bytes.size, *from = at + l->searched, *cut;
  for (; at < end && ((cut = memchr(from, '\n', (size_t)(end - from))) != NULL || last); from = at) {
    nr_text line = {at, (size_t)((cut == NULL ? end : cut) - at)};
    at = cut == NULL ? end : cut + 1;
    l->number++;
    if (l->over)
      l->over = false;
    else
      NR_TRY(take_line(l, line, err));
  }
  l->bytes.size = l->searched = (size_t)(end - at);
  if (l->bytes.size > 0)
    memmove(l->bytes.bytes, at, l->bytes.size);
  return NR_OK;
}

/* A line beyond all bounds is refused once and read past. */
static nr_status drop_long_line(lines *l, nr_error *err)
{
  nr_text where;
  if (!l->over) {
    l->number++;
    NR_TRY(name_line(l, l->input->path, &where, err));
    l->number--;
    nr_ingest_refuse(l->input->ingest, where, "a line of over 256 MiB");
  }
  l->over = true;
  l->bytes.size = l->searched = 0;
  return NR_OK;
}

static nr_status read_all(lines *l, nr_error *err)
{
  size_t got;
  do {
    NR_TRY(nr_buffer_reserve(&l->bytes, chunk_bytes, err));
    NR_TRY(l->stream->next(l->stream->user, l->bytes.bytes + l->bytes.size, chunk_bytes, &got, err));
    l->bytes.size += got;
    NR_TRY(nr_ingest_advance(l->input->ingest, got, err));
    NR_TRY(take_lines(l, got == 0, err));
    if (l->bytes.size > line_bytes_max)
      NR_TRY(drop_long_line(l, err));
  } while (got > 0);
  return NR_OK;
}

nr_status nr_read_json_lines(const nr_input *input, const nr_stream *stream, nr_error *err)
{
  lines l = {.input = input, .stream = stream};
  nr_buffer_init(&l.bytes, nr_ingest_option(input->ingest)->memory);
  nr_status status = read_all(&l, err);
  nr_buffer_clear(&l.bytes);
  return status;
}
