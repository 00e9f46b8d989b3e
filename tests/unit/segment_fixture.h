/* segment_fixture.h: articles for the tests of segments and corpora, made of a few words. */
#ifndef SEGMENT_FIXTURE_H
#define SEGMENT_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/corpus.h"

#define must(call)                                                                                           \
  do {                                                                                                       \
    nr_error must_err = {0};                                                                                 \
    nr_error *err = &must_err;                                                                               \
    nr_status must_status = (call);                                                                          \
    if (must_status != NR_OK)                                                                                \
      fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, err->message);                                      \
    assert_int_equal(must_status, NR_OK);                                                                    \
  } while (0)

enum { fixture_tokens_max = 4096 };

typedef struct fixture {
  nr_token tokens[fixture_tokens_max];
  nr_block block;
  nr_article article;
} fixture;

/* Words are cut at blanks; one that ends in '.' ends a sentence, in ',' a clause; '|' switches
 * between line and margin, '-' at the end joins. */
static inline const nr_article *fixture_article(fixture *f, const char *id, const char *origin, nr_day day,
                                                const char *text)
{
  size_t size = strlen(text), count = 0;
  uint8_t margin = 0, next = NR_MARK_SENTENCE | NR_MARK_PARAGRAPH | NR_MARK_CLAUSE;
  for (size_t i = 0; i < size;) {
    size_t start = i;
    while (i < size && strchr(" .,|-\n", text[i]) == NULL)
      i++;
    if (i > start) {
      assert_true(count < fixture_tokens_max);
      f->tokens[count++] = (nr_token){(uint32_t)start, (uint32_t)i, NR_TOKEN_WORD, (uint8_t)(next | margin)};
      next = 0;
    }
    for (; i < size && strchr(" .,|-\n", text[i]) != NULL; i++) {
      if (text[i] == '.')
        next = NR_MARK_SENTENCE | NR_MARK_CLAUSE;
      else if (text[i] == ',')
        next |= NR_MARK_CLAUSE;
      else if (text[i] == '|')
        margin ^= NR_MARK_MARGIN;
      else if (text[i] == '-' && count > 0)
        f->tokens[count - 1].marks |= NR_MARK_JOINED;
    }
  }
  f->block = (nr_block){0, (uint32_t)size, NR_BLOCK_BODY, false, 0};
  f->article = (nr_article){.id = nr_text_of(id),
                            .origin = nr_text_of(origin),
                            .date = {day, day},
                            .date_source = day == NR_DAY_NONE ? NR_DATE_FROM_NOWHERE : NR_DATE_FROM_FIELD,
                            .content = {text, size},
                            .blocks = &f->block,
                            .block_count = size > 0,
                            .tokens = f->tokens,
                            .token_count = count};
  return &f->article;
}

#endif
