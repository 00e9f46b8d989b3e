/* regex.c: regular expressions over the words of the vocabulary, by PCRE2 where it was found. Floor 4. */
#include "query/words.h"

#ifdef NR_HAVE_PCRE2

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

struct nr_regex {
  const nr_memory *memory;
  pcre2_code *code;
  pcre2_match_context *limits;
};

/* A word is short: whoever needs more than this many steps for one does not end. */
enum { match_limit = 100000, depth_limit = 1000, heap_limit_kib = 1024, pattern_size_max = 4096 };

static void *take(PCRE2_SIZE size, void *user)
{
  /* PCRE2 does not say sizes when it frees, so each block keeps its own in front. */
  size_t *block = nr_alloc(user, size + 16);
  if (block == NULL)
    return NULL;
  *block = size + 16;
  return (char *)block + 16;
}

static void give_back(void *pointer, void *user)
{
  if (pointer != NULL) {
    size_t *block = (size_t *)(void *)((char *)pointer - 16);
    nr_release(user, block, *block);
  }
}

static nr_status compile(struct nr_regex *regex, pcre2_general_context *general, nr_text text, nr_error *err)
{
  int code;
  PCRE2_SIZE at;
  pcre2_compile_context *context = pcre2_compile_context_create(general);
  if (context == NULL)
    return nr_fail_memory(err);
  pcre2_set_max_pattern_length(context, pattern_size_max);
  regex->code =
      pcre2_compile((PCRE2_SPTR)text.bytes, text.size,
                    PCRE2_UTF | PCRE2_UCP | PCRE2_ANCHORED | PCRE2_ENDANCHORED | PCRE2_NEVER_BACKSLASH_C,
                    &code, &at, context);
  pcre2_compile_context_free(context);
  if (regex->code == NULL) {
    PCRE2_UCHAR message[120];
    pcre2_get_error_message(code, message, sizeof message);
    return nr_fail(err, NR_INVALID, "/%.*s/: %s at byte %zu", (int)(text.size > 200 ? 200 : text.size),
                   text.bytes, (char *)message, (size_t)at + 1);
  }
  regex->limits = pcre2_match_context_create(general);
  if (regex->limits == NULL)
    return nr_fail_memory(err);
  pcre2_set_match_limit(regex->limits, match_limit);
  pcre2_set_depth_limit(regex->limits, depth_limit);
  pcre2_set_heap_limit(regex->limits, heap_limit_kib);
  return NR_OK;
}

nr_status nr_regex_new(const nr_memory *memory, nr_text text, struct nr_regex **regex, nr_error *err)
{
  struct nr_regex *made = nr_alloc_zeroed(memory, 1, sizeof *made);
  pcre2_general_context *general = pcre2_general_context_create(take, give_back, (void *)(uintptr_t)memory);
  nr_status status;
  if (made == NULL || general == NULL)
    status = nr_fail_memory(err);
  else {
    made->memory = memory;
    status = compile(made, general, text, err);
  }
  pcre2_general_context_free(general);
  if (status != NR_OK) {
    nr_regex_free(made);
    return status;
  }
  *regex = made;
  return NR_OK;
}

void nr_regex_free(struct nr_regex *regex)
{
  if (regex == NULL)
    return;
  pcre2_code_free(regex->code);
  pcre2_match_context_free(regex->limits);
  nr_release(regex->memory, regex, sizeof *regex);
}

nr_status nr_regex_begin(const struct nr_regex *regex, void **matcher, nr_error *err)
{
  pcre2_match_data *data =
      pcre2_match_data_create_from_pattern(regex->code, NULL); /* with the code's memory */
  if (data == NULL)
    return nr_fail_memory(err);
  *matcher = data;
  return NR_OK;
}

void nr_regex_end(void *matcher)
{
  pcre2_match_data_free(matcher);
}

nr_status nr_regex_match(const struct nr_regex *regex, void *matcher, nr_text word, bool *match,
                         nr_error *err)
{
  int result = pcre2_match(regex->code, (PCRE2_SPTR)word.bytes, word.size, 0, 0, matcher, regex->limits);
  if (result < 0 && result != PCRE2_ERROR_NOMATCH)
    return nr_fail(err, NR_LIMIT, "a regular expression takes too long on the word \"%.*s\": make it simpler",
                   (int)(word.size > 80 ? 80 : word.size), word.bytes);
  *match = result >= 0;
  return NR_OK;
}

#else

nr_status nr_regex_new(const nr_memory *memory, nr_text text, struct nr_regex **regex, nr_error *err)
{
  (void)memory, (void)regex;
  return nr_fail(err, NR_INVALID, "/%.*s/: built without PCRE2, so without regular expressions",
                 (int)(text.size > 200 ? 200 : text.size), text.bytes);
}

void nr_regex_free(struct nr_regex *regex)
{
  (void)regex;
}

nr_status nr_regex_begin(const struct nr_regex *regex, void **matcher, nr_error *err)
{
  (void)regex, (void)matcher;
  return nr_fail(err, NR_INVALID, "built without PCRE2");
}

void nr_regex_end(void *matcher)
{
  (void)matcher;
}

nr_status nr_regex_match(const struct nr_regex *regex, void *matcher, nr_text word, bool *match,
                         nr_error *err)
{
  (void)regex, (void)matcher, (void)word, (void)match;
  return nr_fail(err, NR_INVALID, "built without PCRE2");
}

#endif
