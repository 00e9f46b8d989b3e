/* read_mail.c: messages of mail, as newsletters and lists come: a file each, or behind each other in a
 * mailbox, where a line "From ..." after an empty one begins the next. Floor 4.
 * The text is the first part that is plain text, else the first that is a page; other parts are passed
 * over and told of. */
#include <stdio.h>

#include "ingest/mime.h"
#include "ingest/read.h"
#include "ingest/response.h"

enum { nested_max = 8 };

typedef struct body {
  nr_text type, charset, bytes;
} body;

typedef struct mail {
  const nr_input *input;
  bool many;       /* a mailbox */
  uint64_t number; /* of the message, from 1 */
  uint64_t passed; /* parts that are not the text of theirs */
} mail;

static nr_arena *arena_of(const mail *m)
{
  return nr_ingest_arena(m->input->ingest);
}

static nr_status put_value(const mail *m, nr_item *item, nr_text head, const char *header, const char *name,
                           nr_error *err)
{
  nr_text value;
  NR_TRY(nr_mime_words(nr_head_get(head, header), arena_of(m), &value, err));
  if (value.size == 0)
    return NR_OK;
  return nr_item_put(item, arena_of(m), (nr_field){nr_text_of(name), NR_FIELD_STRING, value}, err);
}

static nr_text trim(nr_text text)
{
  return nr_text_trim(text, " \t\"");
}

/* Who wrote: the name before the address, or the address. */
static nr_status put_author(const mail *m, nr_item *item, nr_text head, nr_error *err)
{
  nr_text from = nr_head_get(head, "From"), name;
  const char *address = from.size == 0 ? NULL : memchr(from.bytes, '<', from.size);
  if (address != NULL && trim((nr_text){from.bytes, (size_t)(address - from.bytes)}).size > 0)
    from.size = (size_t)(address - from.bytes);
  NR_TRY(nr_mime_words(trim(from), arena_of(m), &name, err));
  if (name.size == 0)
    return NR_OK;
  return nr_item_put(item, arena_of(m), (nr_field){NR_TEXT("author"), NR_FIELD_STRING, name}, err);
}

static nr_status put_id(const mail *m, nr_item *item, nr_text head, nr_error *err)
{
  nr_text id = nr_head_get(head, "Message-ID");
  if (id.size > 2 && *id.bytes == '<' && id.bytes[id.size - 1] == '>')
    id = (nr_text){id.bytes + 1, id.size - 2};
  item->id = m->input->name;
  if (id.size > 0)
    return nr_mime_words(id, arena_of(m), &item->id, err);
  return m->many ? nr_input_number(m->input, m->input->name, m->number, &item->id, err) : NR_OK;
}

/* Look through a body for a text and a page; the first of each is kept. */
static nr_status find_text(mail *m, nr_text head, nr_text bytes, int depth, body *text, body *page,
                           nr_error *err)
{
  nr_text type = nr_head_get(head, "Content-Type"), plain = nr_value_plain(type), part, unfolded;
  nr_text placed = nr_value_plain(nr_head_get(head, "Content-Disposition"));
  bool attached = nr_value_is(placed, "attachment"), is_page = nr_value_is(plain, "text/html");
  if (plain.size > 10 && nr_value_is((nr_text){plain.bytes, 10}, "multipart/") && depth < nested_max) {
    nr_text boundary = nr_value_parameter(type, "boundary");
    while (nr_mime_part(&bytes, boundary, &part)) {
      size_t size = nr_head_size(part);
      NR_TRY(nr_mime_unfold((nr_text){part.bytes, size}, arena_of(m), &unfolded, err));
      part = (nr_text){part.bytes + size, part.size - size};
      NR_TRY(find_text(m, unfolded, part, depth + 1, text, page, err));
    }
    return NR_OK;
  }
  body *place = is_page ? page : text;
  if (attached || place->type.bytes != NULL ||
      !(is_page || plain.size == 0 || nr_value_is(plain, "text/plain"))) {
    m->passed++;
    return NR_OK;
  }
  *place =
      (body){plain.size == 0 ? NR_TEXT("text/plain") : plain, nr_value_parameter(type, "charset"), bytes};
  return nr_mime_body(bytes, nr_head_get(head, "Content-Transfer-Encoding"), arena_of(m), &place->bytes, err);
}

static bool is_empty(nr_text text)
{
  for (size_t i = 0; i < text.size; i++)
    if (strchr(" \t\r\n", text.bytes[i]) == NULL || text.bytes[i] == '\0')
      return false;
  return true;
}

static nr_status take_message(mail *m, nr_item *item, nr_text message, nr_error *err)
{
  size_t size = nr_head_size(message);
  nr_text head;
  body text = {.type = {NULL, 0}}, page = text;
  if (size == 0)
    return nr_fail(err, NR_INVALID, "the head of the message does not end");
  NR_TRY(nr_mime_unfold((nr_text){message.bytes, size}, arena_of(m), &head, err));
  NR_TRY(put_id(m, item, head, err));
  NR_TRY(put_value(m, item, head, "Subject", "title", err));
  NR_TRY(put_value(m, item, head, "Date", "date", err));
  NR_TRY(put_value(m, item, head, "List-Id", "list", err));
  NR_TRY(put_author(m, item, head, err));
  message = (nr_text){message.bytes + size, message.size - size};
  NR_TRY(find_text(m, head, message, 0, &text, &page, err));
  if (page.type.bytes != NULL && is_empty(text.bytes))
    return nr_take_page(m->input, item, page.bytes, page.charset, err);
  m->passed += page.type.bytes != NULL;
  item->weight = message.size;
  NR_TRY(nr_decode_item(m->input, item, text.bytes, text.charset, err));
  return nr_ingest_take(m->input->ingest, item, err);
}

/* In a mailbox ">" goes before lines that would begin a message, and before those that have it already. */
static nr_status unquote(const mail *m, nr_text *message, nr_error *err)
{
  nr_text rest = *message;
  if (rest.size == 0 || memmem(rest.bytes, rest.size, ">From ", 6) == NULL)
    return NR_OK;
  char *copy = nr_arena_take(arena_of(m), rest.size), *to = copy;
  if (copy == NULL)
    return nr_fail_memory(err);
  while (rest.size > 0) {
    const char *line = rest.bytes, *at = line;
    nr_head_line(&rest);
    while (at < rest.bytes && *at == '>')
      at++;
    line += at > line && rest.bytes - at >= 5 && memcmp(at, "From ", 5) == 0;
    memcpy(to, line, (size_t)(rest.bytes - line));
    to += rest.bytes - line;
  }
  *message = (nr_text){copy, (size_t)(to - copy)};
  return NR_OK;
}

/* Take a message over, or refuse it by its number. */
static nr_status read_message(mail *m, nr_text message, nr_error *err)
{
  nr_item item = nr_input_item(m->input);
  nr_error why = {NR_OK, ""};
  m->number++;
  if (m->many) {
    NR_TRY(nr_input_number(m->input, m->input->path, m->number, &item.where, err));
    NR_TRY(unquote(m, &message, err));
  }
  nr_status status = take_message(m, &item, message, &why);
  if (nr_ends_work(status))
    return nr_fail(err, status, "%s", why.message);
  if (status != NR_OK)
    nr_ingest_refuse(m->input->ingest, item.where, why.message);
  return NR_OK;
}

/* Whether the name of a header stands there: prose may have a paragraph that begins with "From ". */
static bool begins_head(nr_text rest)
{
  size_t i = 0;
  while (i < rest.size && rest.bytes[i] > ' ' && rest.bytes[i] < 127 && rest.bytes[i] != ':')
    i++;
  return i > 0 && i < rest.size && rest.bytes[i] == ':';
}

/* Cut the first message off a mailbox, without its line "From ...". */
static nr_text cut_message(nr_text *rest)
{
  bool after_empty = false;
  nr_head_line(rest);
  const char *start = rest->bytes;
  while (rest->size > 0) {
    nr_text before = *rest, line = nr_head_line(rest);
    if (after_empty && line.size >= 5 && memcmp(line.bytes, "From ", 5) == 0 && begins_head(*rest)) {
      *rest = before;
      return (nr_text){start, (size_t)(before.bytes - start)};
    }
    after_empty = line.size == 0;
  }
  return (nr_text){start, (size_t)(rest->bytes - start)};
}

static void tell_passed(const mail *m)
{
  char message[100];
  snprintf(message, sizeof message, "%llu part%s of mail (attachments, pages beside texts), passed over",
           (unsigned long long)m->passed, m->passed == 1 ? "" : "s");
  if (m->passed > 0)
    nr_report_to(&nr_ingest_option(m->input->ingest)->report, NR_NOTE, m->input->path, message);
}

nr_status nr_read_mail(const nr_input *input, nr_text bytes, nr_error *err)
{
  mail m = {.input = input, .many = bytes.size >= 5 && memcmp(bytes.bytes, "From ", 5) == 0};
  nr_status status = NR_OK;
  if (!m.many)
    status = read_message(&m, bytes, err);
  while (m.many && status == NR_OK && bytes.size > 0)
    status = read_message(&m, cut_message(&bytes), err);
  tell_passed(&m);
  return status;
}
