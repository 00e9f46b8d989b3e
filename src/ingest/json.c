/* json.c: a strict JSON reader, and the writers. Floor 4.
 * UTF-8 is checked over the whole text first, so that strings are scanned for three bytes alone. */
#include "ingest/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "text/utf8.h"

enum { depth_max = 100, keys_room_min = 64 };

typedef struct reader {
  const nr_memory *memory;
  const char *start, *at, *end;
  const nr_json_events *events;
  void *user;
  nr_buffer decoded; /* a string with its escapes resolved */
  uint64_t *keys;    /* open addressing, 0 is free: hashes of (object, key) */
  size_t keys_room, keys_count;
  uint64_t objects; /* begun so far: tells the keys of one object from another's */
  unsigned depth;
} reader;

static nr_status wrong(const reader *r, nr_error *err, const char *what)
{
  return nr_fail(err, NR_INVALID, "column %zu: %s", (size_t)(r->at - r->start) + 1, what);
}

static void skip_space(reader *r)
{
  while (r->at < r->end && (*r->at == ' ' || *r->at == '\n' || *r->at == '\r' || *r->at == '\t'))
    r->at++;
}

/* The bytes that end a plain run inside a string. */
static bool ends_run(char c)
{
  return c == '"' || c == '\\' || (unsigned char)c < 0x20;
}

/* Whether one of eight bytes ends a run. Sets the top bit of a byte that is below 0x20 or equals
 * a quote or a backslash; may err behind the first such byte, which the caller's loop sorts out. */
static bool any_ends_run(uint64_t eight)
{
  const uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;
  uint64_t quote = eight ^ (ones * '"'), slash = eight ^ (ones * '\\');
  uint64_t hit = ((eight - ones * 0x20) & ~eight) | ((quote - ones) & ~quote) | ((slash - ones) & ~slash);
  return (hit & tops) != 0;
}

static const char *run_end(const char *at, const char *end)
{
  uint64_t eight;
  while (end - at >= 8) {
    memcpy(&eight, at, 8);
    if (any_ends_run(eight))
      break;
    at += 8;
  }
  while (at < end && !ends_run(*at))
    at++;
  return at;
}

static nr_status read_hex4(reader *r, uint32_t *value, nr_error *err)
{
  *value = 0;
  for (int i = 0; i < 4; i++, r->at++) {
    char c = r->at < r->end ? *r->at : '"';
    uint32_t digit = c >= '0' && c <= '9'   ? (uint32_t)(c - '0')
                     : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a' + 10)
                     : c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A' + 10)
                                            : 16;
    if (digit == 16)
      return wrong(r, err, "\\u wants four hexadecimal digits");
    *value = *value << 4 | digit;
  }
  return NR_OK;
}

/* What stands behind "\u": one code point, two escapes long where it is a pair of surrogates. */
static nr_status read_unicode_escape(reader *r, nr_error *err)
{
  uint32_t code, low;
  char bytes[4];
  NR_TRY(read_hex4(r, &code, err));
  if (code >= 0xD800 && code <= 0xDFFF) {
    if (code > 0xDBFF || r->end - r->at < 2 || r->at[0] != '\\' || r->at[1] != 'u')
      return wrong(r, err, "a lone surrogate");
    r->at += 2;
    NR_TRY(read_hex4(r, &low, err));
    if (low < 0xDC00 || low > 0xDFFF)
      return wrong(r, err, "a lone surrogate");
    code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
  }
  return nr_buffer_put(&r->decoded, bytes, nr_utf8_put(bytes, code), err);
}

static nr_status read_escape(reader *r, nr_error *err)
{
  static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
  r->at++;
  if (r->at == r->end)
    return wrong(r, err, "the text ends inside a string");
  if (*r->at == 'u') {
    r->at++;
    return read_unicode_escape(r, err);
  }
  const char *name = *r->at == '\0' ? NULL : strchr(names, *r->at);
  if (name == NULL)
    return wrong(r, err, "no such escape");
  r->at++;
  return nr_buffer_put_byte(&r->decoded, (uint8_t)values[name - names], err);
}

/* Read a string. Without escapes it is borrowed from the text, otherwise from r->decoded. */
static nr_status read_string(reader *r, nr_text *value, nr_error *err)
{
  if (r->at < r->end && *r->at == '\'')
    return wrong(r, err, "single quotes; JSON strings stand in double quotes");
  if (r->at == r->end || *r->at != '"')
    return wrong(r, err, "a string is wanted here");
  const char *run = ++r->at;
  r->at = run_end(run, r->end);
  if (r->at < r->end && *r->at == '"') {
    *value = (nr_text){run, (size_t)(r->at++ - run)};
    return NR_OK;
  }
  r->decoded.size = 0;
  NR_TRY(nr_buffer_reserve(&r->decoded, 1, err)); /* an empty string is not a missing one */
  for (;;) {
    NR_TRY(nr_buffer_put(&r->decoded, run, (size_t)(r->at - run), err));
    if (r->at == r->end)
      return wrong(r, err, "the text ends inside a string");
    if (*r->at == '"')
      break;
    if (*r->at != '\\')
      return wrong(r, err, "a raw control byte inside a string");
    NR_TRY(read_escape(r, err));
    run = r->at;
    r->at = run_end(run, r->end);
  }
  r->at++;
  *value = (nr_text){r->decoded.bytes, r->decoded.size};
  return NR_OK;
}

static bool skip_digits(reader *r)
{
  const char *from = r->at;
  while (r->at < r->end && *r->at >= '0' && *r->at <= '9')
    r->at++;
  return r->at > from;
}

static nr_status read_number(reader *r, nr_error *err)
{
  const char *from = r->at;
  if (*r->at == '-')
    r->at++;
  const char *whole = r->at;
  if (!skip_digits(r))
    return wrong(r, err, "a value is wanted here");
  if (*whole == '0' && r->at - whole > 1)
    return wrong(r, err, "a number with a leading zero");
  if (r->at < r->end && *r->at == '.') {
    r->at++;
    if (!skip_digits(r))
      return wrong(r, err, "a digit is wanted behind the point");
  }
  if (r->at < r->end && (*r->at == 'e' || *r->at == 'E')) {
    r->at++;
    if (r->at < r->end && (*r->at == '+' || *r->at == '-'))
      r->at++;
    if (!skip_digits(r))
      return wrong(r, err, "a digit is wanted in the exponent");
  }
  nr_text digits = {from, (size_t)(r->at - from)};
  return r->events->number == NULL ? NR_OK : r->events->number(r->user, digits, err);
}

static bool skip_word(reader *r, const char *word)
{
  size_t size = strlen(word);
  if ((size_t)(r->end - r->at) < size || memcmp(r->at, word, size) != 0)
    return false;
  r->at += size;
  return true;
}

/* Put a hash into the table; false when it is there already. */
static bool put_key(uint64_t *keys, size_t room, uint64_t hash)
{
  size_t slot = (size_t)hash & (room - 1);
  while (keys[slot] != 0) {
    if (keys[slot] == hash)
      return false;
    slot = (slot + 1) & (room - 1);
  }
  keys[slot] = hash;
  return true;
}

static nr_status grow_keys(reader *r, nr_error *err)
{
  size_t room = r->keys_room == 0 ? keys_room_min : r->keys_room * 2;
  uint64_t *keys = nr_alloc_zeroed(r->memory, room, sizeof *keys);
  if (keys == NULL)
    return nr_fail_memory(err);
  for (size_t i = 0; i < r->keys_room; i++)
    if (r->keys[i] != 0)
      put_key(keys, room, r->keys[i]);
  nr_release(r->memory, r->keys, r->keys_room * sizeof *keys);
  r->keys = keys;
  r->keys_room = room;
  return NR_OK;
}

static nr_status check_key(reader *r, nr_text key, uint64_t object, nr_error *err)
{
  if (r->keys_count * 2 >= r->keys_room)
    NR_TRY(grow_keys(r, err));
  uint64_t hash = (nr_hash64(key.bytes, key.size) ^ object * 0x9E3779B97F4A7C15u) | 1;
  if (!put_key(r->keys, r->keys_room, hash))
    return nr_fail(err, NR_INVALID, "column %zu: the key \"%.*s\" is repeated", (size_t)(r->at - r->start),
                   (int)(key.size < 100 ? key.size : 100), key.bytes);
  r->keys_count++;
  return NR_OK;
}

static nr_status read_value(reader *r, nr_error *err);

static nr_status read_member(reader *r, uint64_t object, nr_error *err)
{
  nr_text key;
  NR_TRY(read_string(r, &key, err));
  NR_TRY(check_key(r, key, object, err));
  if (r->events->key != NULL)
    NR_TRY(r->events->key(r->user, key, err));
  skip_space(r);
  if (r->at == r->end || *r->at != ':')
    return wrong(r, err, "a colon is wanted here");
  r->at++;
  return read_value(r, err);
}

/* The inside of an object or an array; r->at stands behind its bracket. */
static nr_status read_inside(reader *r, bool object, nr_error *err)
{
  const char close = object ? '}' : ']';
  uint64_t number = ++r->objects;
  bool first = true;
  for (;; first = false) {
    skip_space(r);
    if (r->at == r->end)
      return wrong(r, err, "the text ends too early");
    if (*r->at == close && first)
      break;
    NR_TRY(object ? read_member(r, number, err) : read_value(r, err));
    skip_space(r);
    if (r->at == r->end)
      return wrong(r, err, "the text ends too early");
    if (*r->at == close)
      break;
    if (*r->at != ',')
      return wrong(r, err, object ? "a comma or } is wanted here" : "a comma or ] is wanted here");
    r->at++;
  }
  r->at++;
  return NR_OK;
}

static nr_status read_compound(reader *r, bool object, nr_error *err)
{
  if (r->depth == depth_max)
    return nr_fail(err, NR_LIMIT, "column %zu: nested more than %d deep", (size_t)(r->at - r->start) + 1,
                   depth_max);
  r->depth++;
  r->at++;
  if (r->events->begin != NULL)
    NR_TRY(r->events->begin(r->user, object, err));
  NR_TRY(read_inside(r, object, err));
  r->depth--;
  return r->events->end == NULL ? NR_OK : r->events->end(r->user, err);
}

static nr_status read_value(reader *r, nr_error *err)
{
  nr_text string;
  skip_space(r);
  if (r->at == r->end)
    return wrong(r, err, "the text ends too early");
  switch (*r->at) {
  case '{':
  case '[':
    return read_compound(r, *r->at == '{', err);
  case '"':
  case '\'':
    NR_TRY(read_string(r, &string, err));
    return r->events->string == NULL ? NR_OK : r->events->string(r->user, string, err);
  default:
    break;
  }
  if (skip_word(r, "null"))
    return r->events->null == NULL ? NR_OK : r->events->null(r->user, err);
  bool is_true = skip_word(r, "true");
  if (is_true || skip_word(r, "false"))
    return r->events->boolean == NULL ? NR_OK : r->events->boolean(r->user, is_true, err);
  return read_number(r, err);
}

static nr_status read_text(reader *r, nr_error *err)
{
  size_t valid = nr_utf8_valid_prefix((nr_text){r->start, (size_t)(r->end - r->start)});
  if (r->start + valid < r->end)
    return nr_fail(err, NR_INVALID, "column %zu: bytes that are not UTF-8", valid + 1);
  NR_TRY(read_value(r, err));
  skip_space(r);
  return r->at < r->end ? wrong(r, err, "something stands behind the value") : NR_OK;
}

nr_status nr_json_read(const nr_memory *memory, nr_text json, const nr_json_events *events, void *user,
                       nr_error *err)
{
  reader r = {.memory = memory, .events = events, .user = user};
  r.start = r.at = json.bytes == NULL ? "" : json.bytes;
  r.end = r.start + json.size;
  nr_buffer_init(&r.decoded, memory);
  nr_status status = read_text(&r, err);
  nr_buffer_clear(&r.decoded);
  nr_release(memory, r.keys, r.keys_room * sizeof *r.keys);
  return status;
}

nr_status nr_json_put_string(nr_buffer *out, nr_text value, nr_error *err)
{
  static const char hex[] = "0123456789abcdef", named[] = "\b\t\n\f\r\"\\", letters[] = "btnfr\"\\";
  const char *at = value.bytes, *end = at + value.size;
  NR_TRY(nr_buffer_put_byte(out, '"', err));
  while (at < end) {
    const char *stop = run_end(at, end);
    NR_TRY(nr_buffer_put(out, at, (size_t)(stop - at), err));
    if ((at = stop) == end)
      break;
    const char *name = *at == '\0' ? NULL : strchr(named, *at);
    char escape[6] = {'\\', 'u', '0', '0', hex[(uint8_t)*at >> 4], hex[*at & 15]};
    if (name != NULL)
      escape[1] = letters[name - named];
    NR_TRY(nr_buffer_put(out, escape, name != NULL ? 2 : 6, err));
    at++;
  }
  return nr_buffer_put_byte(out, '"', err);
}

nr_status nr_json_put_number(nr_buffer *out, double value, nr_error *err)
{
  char digits[32];
  int size = 0;
  if (!isfinite(value))
    return nr_fail(err, NR_INVALID, "%s is no JSON number", isnan(value) ? "nan" : "infinity");
  if (value == floor(value) && fabs(value) < 1e15)
    size = snprintf(digits, sizeof digits, "%.0f", value == 0 ? 0 : value);
  for (int precision = 15; size == 0; precision++) {
    size = snprintf(digits, sizeof digits, "%.*g", precision, value);
    if (precision < 17 && strtod(digits, NULL) != value)
      size = 0;
  }
  for (int i = 0; i < size; i++)
    if (strchr("0123456789+-e", digits[i]) == NULL)
      digits[i] = '.'; /* a host's locale may write another point */
  return nr_buffer_put(out, digits, (size_t)size, err);
}
