/* mime.c: heads, words, bodies and parts of mail. Floor 4. */
#include "ingest/mime.h"

#include "ingest/encoding.h"
#include "ingest/response.h"

static bool is_blank(char c)
{
  return c == ' ' || c == '\t';
}

nr_status nr_mime_unfold(nr_text head, nr_arena *arena, nr_text *unfolded, nr_error *err)
{
  char *copy = nr_arena_take(arena, head.size + 1), *to = copy;
  if (copy == NULL)
    return nr_fail_memory(err);
  while (head.size > 0) {
    nr_text line = nr_head_line(&head);
    memcpy(to, line.bytes, line.size);
    to += line.size;
    if (head.size == 0 || !is_blank(*head.bytes))
      *to++ = '\n';
  }
  *unfolded = (nr_text){copy, (size_t)(to - copy)};
  return NR_OK;
}

/* ---- bodies ---- */

static int hex_value(char c)
{
  int letter = c | 32;
  return c >= '0' && c <= '9' ? c - '0' : letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

static int base64_value(char c)
{
  if (c >= 'A' && c <= 'Z')
    return c - 'A';
  if (c >= 'a' && c <= 'z')
    return c - 'a' + 26;
  if (c >= '0' && c <= '9')
    return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

static size_t decode_base64(nr_text from, char *to)
{
  uint32_t bits = 0, held = 0;
  size_t size = 0;
  for (size_t i = 0; i < from.size && from.bytes[i] != '='; i++) {
    int value = base64_value(from.bytes[i]);
    if (value < 0)
      continue;
    bits = bits << 6 | (uint32_t)value;
    held += 6;
    if (held >= 8) {
      held -= 8;
      to[size++] = (char)(bits >> held & 0xFF);
    }
  }
  return size;
}

/* Quoted-printable; in words of heads "_" is a space. */
static size_t decode_quoted(nr_text from, bool word, char *to)
{
  const char *at = from.bytes, *end = at + from.size;
  size_t size = 0;
  while (at < end) {
    if (*at == '=' && end - at >= 3 && hex_value(at[1]) >= 0 && hex_value(at[2]) >= 0) {
      to[size++] = (char)(hex_value(at[1]) << 4 | hex_value(at[2]));
      at += 3;
    } else if (*at == '=' && end - at >= 2 && at[1] == '\n') {
      at += 2;
    } else if (*at == '=' && end - at >= 3 && at[1] == '\r' && at[2] == '\n') {
      at += 3;
    } else {
      to[size++] = word && *at == '_' ? ' ' : *at;
      at++;
    }
  }
  return size;
}

nr_status nr_mime_body(nr_text body, nr_text encoding, nr_arena *arena, nr_text *bytes, nr_error *err)
{
  bool base64 = nr_value_is(encoding, "base64");
  *bytes = body;
  if (!base64 && !nr_value_is(encoding, "quoted-printable"))
    return NR_OK;
  char *copy = nr_arena_take(arena, body.size + 1); /* never longer than what it is written as */
  if (copy == NULL)
    return nr_fail_memory(err);
  *bytes = (nr_text){copy, base64 ? decode_base64(body, copy) : decode_quoted(body, false, copy)};
  return NR_OK;
}

/* ---- words ---- */

typedef struct encoded_word {
  nr_text charset, text;
  bool base64;
  const char *end; /* behind it */
} encoded_word;

/* The part of an encoded word before the next "?"; false where there is none. */
static bool take_field(const char **at, const char *end, nr_text *field)
{
  const char *stop = *at >= end ? NULL : memchr(*at, '?', (size_t)(end - *at));
  if (stop == NULL)
    return false;
  *field = (nr_text){*at, (size_t)(stop - *at)};
  *at = stop + 1;
  return true;
}

static bool read_word(const char *at, const char *end, encoded_word *word)
{
  nr_text how;
  if (end - at < 8 || at[0] != '=' || at[1] != '?')
    return false;
  at += 2;
  if (!take_field(&at, end, &word->charset) || !take_field(&at, end, &how) || how.size != 1 ||
      !take_field(&at, end, &word->text) || at >= end || *at != '=')
    return false;
  word->base64 = (*how.bytes | 32) == 'b';
  word->end = at + 1;
  return word->base64 || (*how.bytes | 32) == 'q';
}

/* Take up one word and those behind it in its charset, with blanks alone between: a character may be cut in
 * two. *at moves behind them. */
static nr_status put_run(const char **at, const char *end, const encoded_word *first, nr_arena *arena,
                         nr_buffer *out, nr_error *err)
{
  nr_decoded decoded;
  encoded_word word = *first;
  nr_buffer held;
  nr_buffer_init(&held, arena->memory);
  nr_status status;
  do {
    status = nr_buffer_reserve(&held, word.text.size + 1, err);
    if (status != NR_OK)
      break;
    char *to = held.bytes + held.size;
    held.size += word.base64 ? decode_base64(word.text, to) : decode_quoted(word.text, true, to);
    const char *next = *at = word.end;
    while (next < end && is_blank(*next))
      next++;
    if (next == end || !read_word(next, end, &word))
      break;
  } while (nr_text_equal(word.charset, first->charset));
  if (status == NR_OK)
    status = nr_decode((nr_text){held.bytes, held.size}, first->charset, arena, &decoded, err);
  if (status == NR_OK)
    status = nr_buffer_put(out, decoded.text.bytes, decoded.text.size, err);
  nr_buffer_clear(&held);
  return status;
}

/* Blanks between two encoded words are there for the line's length alone. */
static nr_status put_words(nr_text value, nr_arena *arena, nr_buffer *out, nr_error *err)
{
  const char *at = value.bytes, *end = at + value.size, *plain = at; /* what is not yet put begins here */
  bool after_word = false;
  encoded_word word;
  while (at < end) {
    if (*at != '=' || !read_word(at, end, &word)) {
      after_word = after_word && is_blank(*at);
      at++;
      continue;
    }
    if (!after_word)
      NR_TRY(nr_buffer_put(out, plain, (size_t)(at - plain), err));
    NR_TRY(put_run(&at, end, &word, arena, out, err));
    plain = at;
    after_word = true;
  }
  return nr_buffer_put(out, plain, (size_t)(end - plain), err);
}

nr_status nr_mime_words(nr_text value, nr_arena *arena, nr_text *text, nr_error *err)
{
  nr_buffer out;
  nr_decoded decoded;
  *text = value;
  if (value.size == 0)
    return NR_OK;
  nr_buffer_init(&out, arena->memory);
  nr_status status = put_words(value, arena, &out, err);
  if (status == NR_OK) {
    const char *kept = nr_arena_copy(arena, out.bytes, out.size);
    status = kept == NULL ? nr_fail_memory(err)
                          : nr_decode((nr_text){kept, out.size}, (nr_text){NULL, 0}, arena, &decoded, err);
  }
  if (status == NR_OK)
    *text = decoded.text;
  nr_buffer_clear(&out);
  return status;
}

/* ---- parts ---- */

/* Whether a line is the boundary; *last where it is the one behind all parts. */
static bool is_boundary(nr_text line, nr_text boundary, bool *last)
{
  if (line.size < boundary.size + 2 || memcmp(line.bytes, "--", 2) != 0 ||
      memcmp(line.bytes + 2, boundary.bytes, boundary.size) != 0)
    return false;
  nr_text behind = {line.bytes + 2 + boundary.size, line.size - 2 - boundary.size};
  *last = behind.size >= 2 && memcmp(behind.bytes, "--", 2) == 0;
  return *last || behind.size == 0 || is_blank(*behind.bytes);
}

bool nr_mime_part(nr_text *rest, nr_text boundary, nr_text *part)
{
  bool opened = false, last = false;
  const char *start = rest->bytes;
  if (boundary.size == 0)
    return false;
  while (rest->size > 0) {
    nr_text before = *rest, line = nr_head_line(rest);
    if (!is_boundary(line, boundary, &last))
      continue;
    if (opened) { /* the line begins the next part: it is left there */
      *part = (nr_text){start, (size_t)(before.bytes - start)};
      *rest = last ? (nr_text){before.bytes, 0} : before;
      return true;
    }
    if (last)
      return false;
    opened = true;
    start = rest->bytes;
  }
  *part = (nr_text){start, (size_t)(rest->bytes - start)};
  return opened;
}
