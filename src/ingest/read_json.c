/* read_json.c: JSON Lines. Floor 4. */
#include "ingest/read.h"

#include <inttypes.h>

enum { chunk_bytes = 1 << 20, line_bytes_max = 256 << 20 };

typedef struct lines {
  const nr_input *input;
  const nr_stream *stream;
  nr_buffer bytes; /* what is read and not yet used up */
  uint64_t number; /* of the line being read, from 1 */
  size_t searched; /* bytes of an unfinished line without a line end */
  bool over;       /* the line is too long: the rest of it is dropped */
} lines;

static bool is_blank(nr_text line)
{
  for (size_t i = 0; i < line.size; i++)
    if (strchr(" \t\r\n", line.bytes[i]) == NULL || line.bytes[i] == '\0')
      return false;
  return true;
}

nr_status nr_take_json(const nr_input *input, nr_text json, uint64_t number, nr_error *err)
{
  nr_arena *arena = nr_ingest_arena(input->ingest);
  nr_item item = nr_input_item(input);
  nr_error why;
  NR_TRY(nr_input_number(input, input->path, number, &item.where, err));
  nr_status status = nr_item_read_json(&item, arena, json, &why);
  if (status != NR_OK && !nr_ends_work(status)) {
    nr_ingest_refuse(input->ingest, item.where, why.message);
    return NR_OK;
  }
  if (status != NR_OK)
    return nr_fail(err, status, "%s", why.message);
  if (item.id.bytes == NULL)
    NR_TRY(nr_input_number(input, input->name, number, &item.id, err));
  return nr_ingest_take(input->ingest, &item, err);
}

static nr_status take_line(lines *l, nr_text line, nr_error *err)
{
  if (l->number == 1 && line.size >= 3 && memcmp(line.bytes, "\xEF\xBB\xBF", 3) == 0)
    line = (nr_text){line.bytes + 3, line.size - 3};
  return is_blank(line) ? NR_OK : nr_take_json(l->input, line, l->number, err);
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
    NR_TRY(nr_input_number(l->input, l->input->path, l->number, &where, err));
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

/* ---- arrays, and objects behind each other ---- */

/* Where the reading of a sequence of values stands. */
typedef struct sequence {
  const nr_input *input;
  nr_buffer bytes; /* of the value being read */
  uint64_t number; /* of values so far */
  unsigned depth;  /* of brackets inside the value */
  bool array, opened, closed, in_string, escaped;
} sequence;

static nr_status end_value(sequence *s, nr_error *err)
{
  if (s->bytes.size == 0)
    return NR_OK;
  nr_status status = nr_take_json(s->input, (nr_text){s->bytes.bytes, s->bytes.size}, ++s->number, err);
  s->bytes.size = 0;
  return status;
}

/* A byte between values. */
static nr_status between(sequence *s, char c, nr_error *err)
{
  if (strchr(" \t\r\n", c) != NULL && c != '\0')
    return NR_OK;
  if (s->closed)
    return nr_fail(err, NR_INVALID, "something stands behind the array");
  if (c == '[' && !s->opened) {
    s->array = s->opened = true;
    return NR_OK;
  }
  s->opened = true;
  if (s->array && (c == ',' || c == ']')) {
    s->closed = c == ']';
    return NR_OK;
  }
  if (c != '{')
    return nr_fail(err, NR_INVALID, "an object in { } is wanted behind item %" PRIu64, s->number);
  s->depth = 1;
  return nr_buffer_put_byte(&s->bytes, (uint8_t)c, err);
}

static nr_status inside(sequence *s, char c, nr_error *err)
{
  NR_TRY(nr_buffer_put_byte(&s->bytes, (uint8_t)c, err));
  if (s->in_string) {
    s->in_string = s->escaped || c != '"';
    s->escaped = !s->escaped && c == '\\';
    return NR_OK;
  }
  s->in_string = c == '"';
  s->depth += c == '{' || c == '[';
  s->depth -= c == '}' || c == ']';
  if (s->bytes.size > line_bytes_max)
    return nr_fail(err, NR_LIMIT, "an item of over 256 MiB");
  return s->depth == 0 ? end_value(s, err) : NR_OK;
}

static nr_status read_sequence(sequence *s, const nr_stream *stream, nr_error *err)
{
  enum { piece_bytes = 32 << 10 };
  char bytes[piece_bytes];
  bool first = true;
  size_t got;
  do {
    NR_TRY(stream->next(stream->user, bytes, piece_bytes, &got, err));
    NR_TRY(nr_ingest_advance(s->input->ingest, got, err));
    size_t at = first && got >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    for (; at < got; at++)
      NR_TRY(s->depth == 0 ? between(s, bytes[at], err) : inside(s, bytes[at], err));
    first = false;
  } while (got > 0);
  if (s->depth > 0 || (s->array && !s->closed))
    return nr_fail(err, NR_INVALID, "the text ends too early, behind item %" PRIu64, s->number);
  return NR_OK;
}

nr_status nr_read_json(const nr_input *input, const nr_stream *stream, nr_error *err)
{
  sequence s = {.input = input};
  nr_buffer_init(&s.bytes, nr_ingest_option(input->ingest)->memory);
  nr_status status = read_sequence(&s, stream, err);
  nr_buffer_clear(&s.bytes);
  return status;
}
