/* write.c: cells as text, CSV and JSON Lines. Floor 5. */
#include "frame/write.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static nr_status put_whole(nr_buffer *out, int64_t number, nr_error *err)
{
  char text[24], *at = text + sizeof text;
  uint64_t rest = number < 0 ? -(uint64_t)number : (uint64_t)number;
  do
    *--at = (char)('0' + rest % 10);
  while ((rest /= 10) > 0);
  if (number < 0)
    *--at = '-';
  return nr_buffer_put(out, at, (size_t)(text + sizeof text - at), err);
}

nr_status nr_put_number(nr_buffer *out, double number, int digits, nr_error *err)
{
  char text[40];
  int size = 0;
  if (isnan(number) || isinf(number))
    return NR_OK;
  if (number > -1e15 && number < 1e15 && (double)(int64_t)number == number)
    return put_whole(out, (int64_t)number, err);
  if (digits > 0) {
    size = snprintf(text, sizeof text, fabs(number) >= 1e12 || fabs(number) < 1e-4 ? "%.*e" : "%.*f", digits,
                    number);
  } else
    for (int precision = 15; precision <= 17; precision++) {
      size = snprintf(text, sizeof text, "%.*g", precision, number);
      if (strtod(text, NULL) == number)
        break;
    }
  return nr_buffer_put(out, text, (size_t)size, err);
}

nr_status nr_put_line(nr_buffer *out, nr_text text, nr_error *err)
{
  bool blank = false, any = false;
  NR_TRY(nr_buffer_reserve(out, text.size + 1, err));
  char *to = out->bytes + out->size;
  for (size_t i = 0; i < text.size; i++) {
    unsigned char c = (unsigned char)text.bytes[i];
    if (c == ' ' || (c >= '\t' && c <= '\r')) {
      blank = any;
      continue;
    }
    if (c < ' ' || c == 127)
      continue;
    if (blank)
      *to++ = ' ';
    blank = false;
    any = true;
    *to++ = (char)c;
  }
  out->size = (size_t)(to - out->bytes);
  return NR_OK;
}

nr_status nr_put_spaces(nr_buffer *out, uint32_t count, nr_error *err)
{
  NR_TRY(nr_buffer_reserve(out, count, err));
  for (uint32_t i = 0; i < count; i++)
    out->bytes[out->size++] = ' ';
  return NR_OK;
}

nr_status nr_put_json(nr_buffer *out, nr_text text, nr_error *err)
{
  static const char short_names[] = "btnvfr"; /* of 8 to 13; \v has none */
  if (text.bytes == NULL)
    return nr_buffer_put(out, "null", 4, err);
  NR_TRY(nr_buffer_reserve(out, text.size + 2, err));
  NR_TRY(nr_buffer_put_byte(out, '"', err));
  for (size_t i = 0; i < text.size; i++) {
    unsigned char c = (unsigned char)text.bytes[i];
    char escape[8];
    int size = 1;
    escape[0] = (char)c;
    if (c == '"' || c == '\\')
      size = snprintf(escape, sizeof escape, "\\%c", c);
    else if (c >= 8 && c <= 13 && c != 11)
      size = snprintf(escape, sizeof escape, "\\%c", short_names[c - 8]);
    else if (c < ' ' || c == 127)
      size = snprintf(escape, sizeof escape, "\\u%04x", c);
    NR_TRY(nr_buffer_put(out, escape, (size_t)size, err));
  }
  return nr_buffer_put_byte(out, '"', err);
}

/* ---- CSV ---- */

static nr_status put_csv(nr_buffer *out, nr_text text, nr_error *err)
{
  bool quoted = false;
  for (size_t i = 0; i < text.size && !quoted; i++)
    quoted = text.bytes[i] == ',' || text.bytes[i] == '"' || text.bytes[i] == '\n' || text.bytes[i] == '\r';
  if (!quoted)
    return nr_buffer_put(out, text.bytes, text.size, err);
  NR_TRY(nr_buffer_put_byte(out, '"', err));
  for (size_t i = 0; i < text.size; i++) {
    if (text.bytes[i] == '"')
      NR_TRY(nr_buffer_put_byte(out, '"', err));
    NR_TRY(nr_buffer_put_byte(out, (uint8_t)text.bytes[i], err));
  }
  return nr_buffer_put_byte(out, '"', err);
}

enum { rows_ahead = 16 };

nr_status nr_frame_csv(const nr_frame *frame, nr_buffer *out, nr_error *err)
{
  uint32_t columns = nr_frame_columns(frame);
  for (uint32_t c = 0; c < columns; c++) {
    if (c > 0)
      NR_TRY(nr_buffer_put_byte(out, ',', err));
    NR_TRY(put_csv(out, nr_frame_column_name(frame, c), err));
  }
  NR_TRY(nr_buffer_put_byte(out, '\n', err));
  for (uint64_t row = 0, rows = nr_frame_rows(frame); row < rows; row++) {
    if (columns > 0 && row + rows_ahead < rows) /* texts of a vocabulary lie anywhere */
      __builtin_prefetch(nr_frame_cell(frame, row + rows_ahead, 0).text.bytes);
    for (uint32_t c = 0; c < columns; c++) {
      nr_value cell = nr_frame_cell(frame, row, c);
      if (c > 0)
        NR_TRY(nr_buffer_put_byte(out, ',', err));
      NR_TRY(cell.text.bytes != NULL ? put_csv(out, cell.text, err)
                                     : nr_put_number(out, cell.number, 0, err));
    }
    NR_TRY(nr_buffer_put_byte(out, '\n', err));
  }
  return NR_OK;
}

/* ---- JSON Lines ---- */

static nr_status put_member(nr_buffer *out, nr_text name, nr_value value, bool first, nr_error *err)
{
  NR_TRY(nr_buffer_put(out, first ? "{" : ", ", first ? 1 : 2, err));
  NR_TRY(nr_put_json(out, name, err));
  NR_TRY(nr_buffer_put(out, ": ", 2, err));
  if (value.text.bytes == NULL && !isnan(value.number))
    return nr_put_number(out, value.number, 0, err);
  return nr_put_json(out, value.text, err);
}

nr_status nr_frame_jsonl(const nr_frame *frame, nr_buffer *out, nr_error *err)
{
  for (uint64_t row = 0; row < nr_frame_rows(frame); row++) {
    for (uint32_t c = 0; c < nr_frame_columns(frame); c++)
      NR_TRY(put_member(out, nr_frame_column_name(frame, c), nr_frame_cell(frame, row, c), c == 0, err));
    NR_TRY(nr_buffer_put(out, nr_frame_columns(frame) == 0 ? "{}\n" : "}\n",
                         nr_frame_columns(frame) == 0 ? 3 : 2, err));
  }
  return NR_OK;
}

static nr_value text_value(nr_text text)
{
  return (nr_value){text, NAN};
}

static nr_status put_hit(const nr_hits *hits, const nr_hit *hit, nr_contents *contents, nr_buffer *out,
                         nr_error *err)
{
  nr_article_view article;
  uint32_t start, end, count, content_start, content_end;
  const nr_text *names;
  const nr_column_type *types;
  char day[16];
  nr_text content;
  const nr_segment *segment = nr_snapshot_part(nr_hits_snapshot(hits), hit->part)->segment;
  nr_segment_article(segment, hit->article, &article);
  NR_TRY(nr_segment_content(segment, hit->article, contents, &content, err));
  bool title = nr_hits_place(hits, hit, &start, &end);
  nr_hits_bytes(hits, hit, &content_start, &content_end);
  nr_text day_text = {day, nr_day_format(article.date.first, day)};
  if (article.date.first != article.date.last) /* undated, or known less well */
    day_text = (nr_text){NULL, 0};
  NR_TRY(put_member(out, NR_TEXT("article"), text_value(article.id), true, err));
  if (title)
    NR_TRY(put_member(out, NR_TEXT("field"), text_value(NR_TEXT("title")), false, err));
  NR_TRY(put_member(out, NR_TEXT("start"), (nr_value){{NULL, 0}, start}, false, err));
  NR_TRY(put_member(out, NR_TEXT("end"), (nr_value){{NULL, 0}, end}, false, err));
  NR_TRY(put_member(out, NR_TEXT("text"),
                    text_value((nr_text){content.bytes + content_start, content_end - content_start}), false,
                    err));
  NR_TRY(put_member(out, NR_TEXT("day"), text_value(day_text), false, err));
  nr_plan_columns(nr_hits_plan(hits), &names, &types, &count);
  for (uint32_t c = 0; c < count; c++)
    NR_TRY(put_member(out, names[c], (nr_value){nr_hits_text(hits, hit, c), nr_hits_number(hits, hit, c)},
                      false, err));
  return nr_buffer_put(out, "}\n", 2, err);
}

nr_status nr_hits_jsonl(const nr_hits *hits, uint64_t index, uint64_t count, nr_buffer *out, nr_error *err)
{
  nr_hit block[256];
  nr_contents contents;
  nr_status status = NR_OK;
  nr_contents_init(&contents, out->memory);
  while (count > 0 && status == NR_OK) {
    uint32_t read = nr_hits_read(hits, index, count < 256 ? (uint32_t)count : 256, block);
    if (read == 0)
      break;
    for (uint32_t i = 0; i < read && status == NR_OK; i++)
      status = put_hit(hits, &block[i], &contents, out, err);
    index += read;
    count -= read;
  }
  nr_contents_clear(&contents);
  return status;
}
