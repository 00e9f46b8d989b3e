/* read_warc.c: web archives: a record for each response, resource or extracted text. Floor 4.
 * A record is a head ("WARC/1.0", "WARC-Type: response", ..., a blank line) and a block of
 * Content-Length bytes. Pages become articles; what is no page is counted and passed over. */
#include "ingest/read.h"
#include "ingest/response.h"

#include <inttypes.h>
#include <stdio.h>

enum {
  piece_bytes = 256 << 10,
  head_bytes_max = 64 << 10,
  block_bytes_max = NR_ARTICLE_BYTES_MAX + (1 << 20)
};

typedef struct warc {
  const nr_input *input;
  const nr_stream *stream;
  nr_buffer bytes; /* what is read and not yet dropped */
  size_t at;       /* what is used up of it */
  bool over;       /* the stream has ended */
  uint64_t number; /* of the record being read, from 1 */
  uint64_t passed; /* responses that are no pages */
} warc;

static nr_text left_of(const warc *w)
{
  return (nr_text){w->bytes.bytes == NULL ? "" : w->bytes.bytes + w->at, w->bytes.size - w->at};
}

/* Read on until `wanted` bytes are there or the stream is over. */
static nr_status fill(warc *w, size_t wanted, nr_error *err)
{
  size_t got;
  if (w->at > 0 && w->bytes.size - w->at < wanted) {
    w->bytes.size -= w->at;
    memmove(w->bytes.bytes, w->bytes.bytes + w->at, w->bytes.size);
    w->at = 0;
  }
  while (!w->over && w->bytes.size - w->at < wanted) {
    NR_TRY(nr_buffer_reserve(&w->bytes, piece_bytes, err));
    NR_TRY(w->stream->next(w->stream->user, w->bytes.bytes + w->bytes.size, piece_bytes, &got, err));
    w->bytes.size += got;
    w->over = got == 0;
    NR_TRY(nr_ingest_advance(w->input->ingest, got, err));
  }
  return NR_OK;
}

static bool is_page(nr_text type)
{
  return nr_value_is(type, "text/html") || nr_value_is(type, "application/xhtml+xml");
}

/* The archive's bytes are soon gone: keep those of a value. */
static nr_status keep(const warc *w, nr_text *value, nr_error *err)
{
  value->bytes = nr_arena_copy(nr_ingest_arena(w->input->ingest), value->bytes, value->size);
  return value->bytes == NULL ? nr_fail_memory(err) : NR_OK;
}

static nr_status put_field(const warc *w, nr_item *item, const char *name, nr_text value, nr_error *err)
{
  if (value.size == 0)
    return NR_OK;
  NR_TRY(keep(w, &value, err));
  return nr_item_put(item, nr_ingest_arena(w->input->ingest),
                     (nr_field){nr_text_of(name), NR_FIELD_STRING, value}, err);
}

/* The block's page or text: its type, its declared encoding, its bytes. */
static nr_status open_block(const warc *w, nr_text head, nr_text block, nr_response *page, nr_error *err)
{
  nr_text type = nr_head_get(head, "Content-Type");
  if (nr_value_is(nr_value_plain(type), "application/http"))
    return nr_response_read(block, nr_ingest_arena(w->input->ingest), page, err);
  *page = (nr_response){200, nr_value_plain(type), nr_value_parameter(type, "charset"), block};
  return NR_OK;
}

/* The address in the head, which old writers put between "<" and ">". */
static nr_text address_of(nr_text head)
{
  nr_text uri = nr_head_get(head, "WARC-Target-URI");
  return uri.size > 2 && *uri.bytes == '<' ? (nr_text){uri.bytes + 1, uri.size - 2} : uri;
}

static nr_status take_page(const warc *w, nr_item *item, nr_text head, const nr_response *page, nr_error *err)
{
  NR_TRY(put_field(w, item, "captured", nr_head_get(head, "WARC-Date"), err));
  if (is_page(page->type)) {
    item->address = address_of(head);
    NR_TRY(keep(w, &item->address, err));
    return nr_take_page(w->input, item, page->body, page->charset, err);
  }
  NR_TRY(put_field(w, item, "url", address_of(head), err));
  NR_TRY(nr_decode_item(w->input, item, page->body, page->charset, err));
  return nr_ingest_take(w->input->ingest, item, err);
}

/* Take a record over, or refuse it by its number. */
static nr_status take_record(warc *w, nr_text head, nr_text block, nr_error *err)
{
  nr_text kind = nr_head_get(head, "WARC-Type");
  nr_item item = nr_input_item(w->input);
  nr_response page;
  nr_error why;
  if (!nr_value_is(kind, "response") && !nr_value_is(kind, "resource") && !nr_value_is(kind, "conversion"))
    return NR_OK;
  NR_TRY(nr_input_number(w->input, w->input->path, w->number, &item.where, err));
  NR_TRY(nr_input_number(w->input, w->input->name, w->number, &item.id, err));
  nr_status status = open_block(w, head, block, &page, &why);
  if (status == NR_OK &&
      (page.status != 200 || !(is_page(page.type) || nr_value_is(page.type, "text/plain")))) {
    w->passed++;
    return NR_OK;
  }
  if (status == NR_OK)
    status = take_page(w, &item, head, &page, &why);
  if (status == NR_OK)
    return NR_OK;
  if (nr_ends_work(status))
    return nr_fail(err, status, "%s", why.message);
  nr_ingest_refuse(w->input->ingest, item.where, why.message);
  return NR_OK;
}

/* Read past a block that is larger than any article. */
static nr_status refuse_block(warc *w, uint64_t size, nr_error *err)
{
  nr_text where;
  NR_TRY(nr_input_number(w->input, w->input->path, w->number, &where, err));
  nr_ingest_refuse(w->input->ingest, where, "over 64 MiB");
  while (size > 0) {
    NR_TRY(fill(w, 1, err));
    size_t there = w->bytes.size - w->at, step = size < there ? (size_t)size : there;
    if (there == 0)
      return nr_fail(err, NR_INVALID, "the archive ends inside record %" PRIu64, w->number);
    w->at += step;
    size -= step;
  }
  return NR_OK;
}

static bool read_length(nr_text value, uint64_t *length)
{
  *length = 0;
  for (size_t i = 0; i < value.size; i++) {
    if (value.bytes[i] < '0' || value.bytes[i] > '9' || i > 15)
      return false;
    *length = *length * 10 + (uint64_t)(value.bytes[i] - '0');
  }
  return value.size > 0;
}

static nr_status read_record(warc *w, nr_error *err)
{
  uint64_t length;
  w->number++;
  NR_TRY(fill(w, head_bytes_max, err));
  nr_text left = left_of(w);
  size_t size = nr_head_size((nr_text){left.bytes, left.size < head_bytes_max ? left.size : head_bytes_max});
  if (left.size < 5 || memcmp(left.bytes, "WARC/", 5) != 0 || size == 0 ||
      !read_length(nr_head_get((nr_text){left.bytes, size}, "Content-Length"), &length))
    return nr_fail(err, NR_INVALID, "the head of record %" PRIu64 " is damaged", w->number);
  if (length > block_bytes_max) {
    w->at += size;
    return refuse_block(w, length, err);
  }
  NR_TRY(fill(w, size + (size_t)length, err));
  left = left_of(w);
  if (left.size < size + length)
    return nr_fail(err, NR_INVALID, "the archive ends inside record %" PRIu64, w->number);
  w->at += size + (size_t)length;
  return take_record(w, (nr_text){left.bytes, size}, (nr_text){left.bytes + size, (size_t)length}, err);
}

/* Skip the line ends between records; false at the end. */
static nr_status next_record(warc *w, bool *more, nr_error *err)
{
  for (*more = true;; w->at++) {
    NR_TRY(fill(w, 1, err));
    *more = w->at < w->bytes.size;
    if (!*more || (w->bytes.bytes[w->at] != '\r' && w->bytes.bytes[w->at] != '\n'))
      return NR_OK;
  }
}

static void tell_passed(const warc *w)
{
  char message[120];
  snprintf(message, sizeof message,
           "%" PRIu64 " response%s no page (pictures, redirects, errors), passed over", w->passed,
           w->passed == 1 ? " is" : "s are");
  if (w->passed > 0)
    nr_report_to(&nr_ingest_option(w->input->ingest)->report, NR_NOTE, w->input->path, message);
}

nr_status nr_read_warc(const nr_input *input, const nr_stream *stream, nr_error *err)
{
  warc w = {.input = input, .stream = stream};
  nr_buffer_init(&w.bytes, nr_ingest_option(input->ingest)->memory);
  bool more = true;
  nr_status status = next_record(&w, &more, err);
  while (status == NR_OK && more) {
    status = read_record(&w, err);
    if (status == NR_OK)
      status = next_record(&w, &more, err);
  }
  tell_passed(&w);
  nr_buffer_clear(&w.bytes);
  return status;
}
