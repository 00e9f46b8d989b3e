/* The strict JSON reader and the writers, with json-c as oracle for what is accepted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <json-c/json.h>

#include "ingest/json.h"

/* Writes what it hears as canonical JSON. */
typedef struct echo {
  nr_buffer out;
  bool comma;
} echo;

static nr_status put(echo *e, const char *bytes, size_t size, nr_error *err)
{
  if (e->comma)
    NR_TRY(nr_buffer_put_byte(&e->out, ',', err));
  e->comma = true;
  return nr_buffer_put(&e->out, bytes, size, err);
}
static nr_status on_null(void *user, nr_error *err)
{
  return put(user, "null", 4, err);
}
static nr_status on_boolean(void *user, bool value, nr_error *err)
{
  return value ? put(user, "true", 4, err) : put(user, "false", 5, err);
}
static nr_status on_number(void *user, nr_text digits, nr_error *err)
{
  return put(user, digits.bytes, digits.size, err);
}
static nr_status on_string(void *user, nr_text value, nr_error *err)
{
  NR_TRY(put(user, "", 0, err));
  return nr_json_put_string(&((echo *)user)->out, value, err);
}
static nr_status on_begin(void *user, bool object, nr_error *err)
{
  NR_TRY(put(user, object ? "{" : "[", 1, err));
  ((echo *)user)->comma = false;
  return NR_OK;
}
static nr_status on_key(void *user, nr_text key, nr_error *err)
{
  NR_TRY(on_string(user, key, err));
  ((echo *)user)->comma = false;
  return nr_buffer_put_byte(&((echo *)user)->out, ':', err);
}
static nr_status on_end(void *user, nr_error *err)
{
  ((echo *)user)->comma = true;
  return nr_buffer_put_byte(&((echo *)user)->out, '|', err);
}
static const nr_json_events echo_events = {on_null,  on_boolean, on_number, on_string,
                                           on_begin, on_key,     on_end};

static void reads_as(const char *json, const char *expected)
{
  echo e = {.comma = false};
  nr_error err = {NR_OK, ""};
  nr_buffer_init(&e.out, &nr_memory_default);
  nr_status status = nr_json_read(&nr_memory_default, nr_text_of(json), &echo_events, &e, &err);
  assert_int_equal(nr_buffer_put_byte(&e.out, 0, NULL), NR_OK);
  assert_string_equal(status == NR_OK ? e.out.bytes : err.message, expected);
  nr_buffer_clear(&e.out);
}

static void values_of_all_kinds_are_heard_in_order(void **state)
{
  (void)state;
  reads_as(" {\"a\": [1, -2.5e+3, true, false, null, \"x\"], \"b\": {}} ",
           "{\"a\":[1,-2.5e+3,true,false,null,\"x\"|,\"b\":{||");
  reads_as("\"\"", "\"\"");
  reads_as("123456789012345678901234567890", "123456789012345678901234567890");
}

static void escapes_are_decoded(void **state)
{
  (void)state;
  reads_as("\"\\u0041\\u00e9\\u20ac\\uD83D\\uDE00\\/\\\"\\\\\"", "\"Aé€😀/\\\"\\\\\"");
  reads_as("\"0123456\\n0123456789\\u0001\\b\"", "\"0123456\\n0123456789\\u0001\\b\"");
}

static void a_decoded_nul_is_kept(void **state)
{
  (void)state;
  reads_as("\"a\\u0000b\"", "\"a\\u0000b\"");
}

static void what_json_c_lets_through_is_refused(void **state)
{
  (void)state;
  reads_as("\"\\uD83D\"", "column 8: a lone surrogate");
  reads_as("\"\\uDE00\\uD83D\"", "column 8: a lone surrogate");
  reads_as("{\"a\":1,\"b\":2,\"a\":3}", "column 16: the key \"a\" is repeated");
  reads_as("{\"a\":1,\"\\u0061\":3}", "column 15: the key \"a\" is repeated");
  reads_as("\"a\tb\"", "column 3: a raw control byte inside a string");
  reads_as("{'a':1}", "column 2: single quotes; JSON strings stand in double quotes");
  reads_as("\"\xff\"", "column 2: bytes that are not UTF-8");
  reads_as("\"\xed\xa0\x80\"", "column 2: bytes that are not UTF-8");
}

static void equal_keys_of_different_objects_are_fine(void **state)
{
  (void)state;
  reads_as("{\"a\":{\"a\":1},\"b\":{\"a\":2}}", "{\"a\":{\"a\":1|,\"b\":{\"a\":2||");
}

static void broken_texts_name_their_column(void **state)
{
  (void)state;
  reads_as("", "column 1: the text ends too early");
  reads_as("{\"a\":1", "column 7: the text ends too early");
  reads_as("{\"a\"", "column 5: a colon is wanted here");
  reads_as("[1,]", "column 4: a value is wanted here");
  reads_as("[1 2]", "column 4: a comma or ] is wanted here");
  reads_as("{1:2}", "column 2: a string is wanted here");
  reads_as("01", "column 3: a number with a leading zero");
  reads_as("1.", "column 3: a digit is wanted behind the point");
  reads_as("1e", "column 3: a digit is wanted in the exponent");
  reads_as("NaN", "column 1: a value is wanted here");
  reads_as("{} {}", "column 4: something stands behind the value");
  reads_as("\"abc", "column 5: the text ends inside a string");
  reads_as("\"\\x\"", "column 3: no such escape");
  reads_as("\"\\u12G4\"", "column 6: \\u wants four hexadecimal digits");
}

static void nesting_ends_at_a_hundred(void **state)
{
  char json[300];
  (void)state;
  memset(json, '[', 100);
  memset(json + 100, ']', 100);
  json[200] = '\0';
  assert_int_equal(nr_json_read(&nr_memory_default, nr_text_of(json), &(nr_json_events){NULL}, NULL, NULL),
                   NR_OK);
  memset(json, '[', 101);
  json[101] = '\0';
  assert_int_equal(nr_json_read(&nr_memory_default, nr_text_of(json), &(nr_json_events){NULL}, NULL, NULL),
                   NR_LIMIT);
}

static void an_object_of_many_keys_is_read_in_linear_time(void **state)
{
  nr_buffer json;
  (void)state;
  nr_buffer_init(&json, &nr_memory_default);
  for (unsigned i = 0; i < 200000; i++) {
    char member[32];
    int size = snprintf(member, sizeof member, "%c\"k%u\":1", i == 0 ? '{' : ',', i);
    assert_int_equal(nr_buffer_put(&json, member, (size_t)size, NULL), NR_OK);
  }
  nr_buffer_put_byte(&json, '}', NULL);
  assert_int_equal(
      nr_json_read(&nr_memory_default, (nr_text){json.bytes, json.size}, &(nr_json_events){NULL}, NULL, NULL),
      NR_OK);
  nr_buffer_clear(&json);
}

/* Mutations of a small text: whatever we accept, json-c accepts in its strict mode too. */
static void whatever_is_accepted_json_c_accepts(void **state)
{
  static const char seed[] =
      "{\"id\":\"a\\u00e9\",\"n\":[1,2.5e3,-0],\"t\":true,\"z\":null,\"o\":{\"k\":\"\\ud83d\\ude00\"}}";
  static const char alphabet[] = "{}[]\",:0123456789.eE+-\\utrfalsn /'\t\n\xc3\xa9";
  uint32_t random = 7;
  unsigned accepted = 0;
  (void)state;
  struct json_tokener *tokener = json_tokener_new_ex(101);
  json_tokener_set_flags(tokener, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
  for (int round = 0; round < 100000; round++) {
    char json[sizeof seed];
    memcpy(json, seed, sizeof seed);
    for (int i = 0; i < round % 4; i++) {
      random = random * 1664525u + 1013904223u;
      json[(random >> 8) % (sizeof seed - 1)] = alphabet[(random >> 20) % (sizeof alphabet - 1)];
    }
    if (nr_json_read(&nr_memory_default, nr_text_of(json), &(nr_json_events){NULL}, NULL, NULL) != NR_OK)
      continue;
    accepted++;
    json_tokener_reset(tokener);
    struct json_object *object = json_tokener_parse_ex(tokener, json, (int)sizeof seed);
    if (object == NULL)
      fail_msg("json-c refuses %s", json);
    json_object_put(object);
  }
  assert_true(accepted > 25000);
  json_tokener_free(tokener);
}

static void writes_as(double value, const char *expected)
{
  nr_buffer out;
  nr_buffer_init(&out, &nr_memory_default);
  assert_int_equal(nr_json_put_number(&out, value, NULL), NR_OK);
  assert_int_equal(nr_buffer_put_byte(&out, 0, NULL), NR_OK);
  assert_string_equal(out.bytes, expected);
  nr_buffer_clear(&out);
}

static void numbers_are_written_as_short_as_they_read_back(void **state)
{
  (void)state;
  writes_as(3, "3");
  writes_as(-0.0, "0");
  writes_as(0.1, "0.1");
  writes_as(1.0 / 3, "0.3333333333333333");
  writes_as(123456789012345, "123456789012345");
  writes_as(1e300, "1e+300");
  assert_int_equal(nr_json_put_number(NULL, HUGE_VAL, NULL), NR_INVALID);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(values_of_all_kinds_are_heard_in_order),
      cmocka_unit_test(escapes_are_decoded),
      cmocka_unit_test(a_decoded_nul_is_kept),
      cmocka_unit_test(what_json_c_lets_through_is_refused),
      cmocka_unit_test(equal_keys_of_different_objects_are_fine),
      cmocka_unit_test(broken_texts_name_their_column),
      cmocka_unit_test(nesting_ends_at_a_hundred),
      cmocka_unit_test(an_object_of_many_keys_is_read_in_linear_time),
      cmocka_unit_test(whatever_is_accepted_json_c_accepts),
      cmocka_unit_test(numbers_are_written_as_short_as_they_read_back),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
