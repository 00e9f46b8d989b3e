/* json_fuzz.c: any bytes read as JSON; what is accepted, written again, reads the same. */
#include "ingest/json.h"

#include <stdlib.h>

/* Writes what it hears, without blanks. */
typedef struct writer {
  nr_buffer out;
  unsigned depth;
  bool comma, objects[128];
} writer;

static nr_status put(writer *w, nr_text bytes, nr_error *err)
{
  if (w->comma)
    NR_TRY(nr_buffer_put_byte(&w->out, ',', err));
  w->comma = true;
  return nr_buffer_put(&w->out, bytes.bytes, bytes.size, err);
}

static nr_status on_null(void *user, nr_error *err)
{
  return put(user, NR_TEXT("null"), err);
}

static nr_status on_boolean(void *user, bool value, nr_error *err)
{
  return put(user, value ? NR_TEXT("true") : NR_TEXT("false"), err);
}

static nr_status on_number(void *user, nr_text digits, nr_error *err)
{
  return put(user, digits, err);
}

static nr_status on_string(void *user, nr_text value, nr_error *err)
{
  NR_TRY(put(user, NR_TEXT(""), err));
  return nr_json_put_string(&((writer *)user)->out, value, err);
}

static nr_status on_begin(void *user, bool object, nr_error *err)
{
  writer *w = user;
  NR_TRY(put(w, object ? NR_TEXT("{") : NR_TEXT("["), err));
  w->comma = false;
  w->objects[w->depth++] = object;
  return NR_OK;
}

static nr_status on_key(void *user, nr_text key, nr_error *err)
{
  NR_TRY(on_string(user, key, err));
  ((writer *)user)->comma = false;
  return nr_buffer_put_byte(&((writer *)user)->out, ':', err);
}

static nr_status on_end(void *user, nr_error *err)
{
  writer *w = user;
  w->comma = true;
  return nr_buffer_put_byte(&w->out, w->objects[--w->depth] ? '}' : ']', err);
}

static nr_status rewrite(nr_text json, writer *w)
{
  static const nr_json_events events = {on_null, on_boolean, on_number, on_string, on_begin, on_key, on_end};
  *w = (writer){.depth = 0};
  nr_buffer_init(&w->out, &nr_memory_default);
  return nr_json_read(&nr_memory_default, json, &events, w, NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
  writer once, twice;
  if (rewrite((nr_text){(const char *)bytes, size}, &once) == NR_OK) {
    if (rewrite((nr_text){once.out.bytes, once.out.size}, &twice) != NR_OK ||
        once.out.size != twice.out.size || memcmp(once.out.bytes, twice.out.bytes, once.out.size) != 0)
      abort();
    nr_buffer_clear(&twice.out);
  }
  nr_buffer_clear(&once.out);
  return 0;
}
