/* response.c: heads, chunks, packed bodies. Floor 4. */
#include "ingest/response.h"

#include <strings.h>

#include "ingest/item.h"
#include "ingest/unpack.h"

static bool is_blank(char c)
{
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static nr_text trim(nr_text text)
{
  return nr_text_trim(text, " \t\r\n");
}

nr_text nr_head_line(nr_text *rest)
{
  const char *end = rest->size == 0 ? NULL : memchr(rest->bytes, '\n', rest->size);
  nr_text line = {rest->bytes, end == NULL ? rest->size : (size_t)(end - rest->bytes)};
  size_t used = line.size + (end != NULL);
  *rest = (nr_text){rest->bytes + used, rest->size - used};
  if (line.size > 0 && line.bytes[line.size - 1] == '\r')
    line.size--;
  return line;
}

size_t nr_head_size(nr_text bytes)
{
  nr_text rest = bytes;
  while (rest.size > 0) {
    nr_text line = nr_head_line(&rest);
    if (line.size == 0)
      return rest.size == 0 && bytes.bytes[bytes.size - 1] != '\n' ? 0 : bytes.size - rest.size;
  }
  return 0;
}

nr_text nr_head_get(nr_text head, const char *name)
{
  size_t size = strlen(name);
  while (head.size > 0) {
    nr_text line = nr_head_line(&head);
    if (line.size > size && line.bytes[size] == ':' && strncasecmp(line.bytes, name, size) == 0)
      return trim((nr_text){line.bytes + size + 1, line.size - size - 1});
  }
  return (nr_text){NULL, 0};
}

nr_text nr_value_plain(nr_text value)
{
  const char *end = value.size == 0 ? NULL : memchr(value.bytes, ';', value.size);
  return end == NULL ? value : trim((nr_text){value.bytes, (size_t)(end - value.bytes)});
}

nr_text nr_value_parameter(nr_text value, const char *name)
{
  size_t size = strlen(name);
  if (value.size == 0)
    return (nr_text){NULL, 0};
  const char *end = value.bytes + value.size, *at = value.bytes;
  while ((at = memchr(at, ';', (size_t)(end - at))) != NULL) {
    for (at++; at < end && is_blank(*at); at++)
      ;
    if ((size_t)(end - at) <= size || at[size] != '=' || strncasecmp(at, name, size) != 0)
      continue;
    const char *stop = memchr(at, ';', (size_t)(end - at));
    nr_text found = trim((nr_text){at + size + 1, (size_t)((stop == NULL ? end : stop) - at) - size - 1});
    if (found.size >= 2 && *found.bytes == '"' && found.bytes[found.size - 1] == '"')
      found = (nr_text){found.bytes + 1, found.size - 2};
    return found;
  }
  return (nr_text){NULL, 0};
}

bool nr_value_is(nr_text value, const char *wanted)
{
  return value.size == strlen(wanted) && strncasecmp(value.bytes, wanted, value.size) == 0;
}

/* ---- the body ---- */

/* The number in hexadecimal at the start of a chunk's line; false where there is none or it is too large. */
static bool read_size(nr_text line, size_t *size)
{
  size_t i = 0;
  *size = 0;
  for (; i < line.size && i < 8; i++) {
    char c = (char)(line.bytes[i] | 32);
    if (c >= '0' && c <= '9')
      *size = *size * 16 + (size_t)(c - '0');
    else if (c >= 'a' && c <= 'f')
      *size = *size * 16 + (size_t)(c - 'a' + 10);
    else
      break;
  }
  return i > 0 && i < 8;
}

/* Join the chunks. Archives often have taken them apart already and kept the header: a body that does
 * not begin with a chunk is the body. */
static nr_status join_chunks(nr_text *body, nr_arena *arena, nr_error *err)
{
  nr_text rest = *body;
  size_t size;
  if (!read_size(nr_head_line(&rest), &size))
    return NR_OK;
  rest = *body;
  char *joined = nr_arena_take(arena, body->size + 1), *to = joined;
  if (joined == NULL)
    return nr_fail_memory(err);
  do {
    if (!read_size(nr_head_line(&rest), &size) || size > rest.size)
      return nr_fail(err, NR_INVALID, "a chunk of the response is damaged");
    memcpy(to, rest.bytes, size);
    to += size;
    rest = (nr_text){rest.bytes + size, rest.size - size};
    if (size > 0 && nr_head_line(&rest).size > 0)
      return nr_fail(err, NR_INVALID, "a chunk of the response is damaged");
  } while (size > 0);
  *body = (nr_text){joined, (size_t)(to - joined)};
  return NR_OK;
}

static nr_status next_of_body(void *user, char *bytes, size_t room, size_t *got, nr_error *err)
{
  nr_text *left = user;
  (void)err;
  *got = left->size < room ? left->size : room;
  if (*got > 0)
    memcpy(bytes, left->bytes, *got);
  *left = (nr_text){left->bytes + *got, left->size - *got};
  return NR_OK;
}

static nr_status unpack_all(const nr_stream *plain, nr_buffer *out, nr_error *err)
{
  enum { piece_bytes = 64 << 10 };
  size_t got = 1;
  while (got > 0) {
    NR_TRY(nr_buffer_reserve(out, piece_bytes, err));
    NR_TRY(plain->next(plain->user, out->bytes + out->size, piece_bytes, &got, err));
    out->size += got;
    if (out->size > NR_ARTICLE_BYTES_MAX)
      return nr_fail(err, NR_LIMIT, "over 64 MiB");
  }
  return NR_OK;
}

static nr_status unpack(nr_text *body, nr_packing packing, nr_arena *arena, nr_error *err)
{
  nr_text left = *body;
  nr_stream packed = {next_of_body, &left}, plain;
  nr_unpack *unpack;
  nr_buffer out;
  NR_TRY(nr_unpack_new(arena->memory, &packed, packing, &unpack, &plain, err));
  nr_buffer_init(&out, arena->memory);
  nr_status status = unpack_all(&plain, &out, err);
  nr_unpack_free(unpack);
  if (status == NR_OK) {
    body->bytes = nr_arena_copy(arena, out.bytes, out.size);
    body->size = out.size;
    status = body->bytes == NULL ? nr_fail_memory(err) : NR_OK;
  }
  nr_buffer_clear(&out);
  return status;
}

/* By the first bytes: where the archive has unpacked the body, the header is left behind. */
static nr_status unpack_body(nr_text head, nr_text *body, nr_arena *arena, nr_error *err)
{
  nr_text how = nr_head_get(head, "Content-Encoding");
  nr_packing packing = nr_packing_of(*body);
  if (how.size == 0 || nr_value_is(how, "identity"))
    return NR_OK;
  if (nr_value_is(how, "br") || nr_value_is(how, "deflate"))
    return nr_fail(err, NR_INVALID, "its body is packed as \"%.*s\"", (int)how.size, how.bytes);
  return packing == NR_PACKING_GZIP || packing == NR_PACKING_ZSTD ? unpack(body, packing, arena, err) : NR_OK;
}

nr_status nr_response_read(nr_text bytes, nr_arena *arena, nr_response *response, nr_error *err)
{
  nr_text rest = bytes, first = nr_head_line(&rest);
  size_t size = nr_head_size(bytes);
  nr_response r = {.status = 0};
  if (first.size < 12 || strncasecmp(first.bytes, "HTTP/", 5) != 0)
    return nr_fail(err, NR_INVALID, "no HTTP response");
  nr_text head = {bytes.bytes, size == 0 ? bytes.size : size};
  const char *code = memchr(first.bytes, ' ', first.size);
  for (const char *at = code; at != NULL && ++at < first.bytes + first.size && at <= code + 3;)
    r.status = *at >= '0' && *at <= '9' ? r.status * 10 + (unsigned)(*at - '0') : 0;
  nr_text type = nr_head_get(head, "Content-Type");
  r.type = nr_value_plain(type);
  r.charset = nr_value_parameter(type, "charset");
  r.body = (nr_text){bytes.bytes + head.size, bytes.size - head.size};
  if (nr_value_is(nr_head_get(head, "Transfer-Encoding"), "chunked"))
    NR_TRY(join_chunks(&r.body, arena, err));
  NR_TRY(unpack_body(head, &r.body, arena, err));
  *response = r;
  return NR_OK;
}
