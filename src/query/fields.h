/* fields.h: conditions on articles, and names that are not there.
 * Floor 4. */
#ifndef NR_FIELDS_H
#define NR_FIELDS_H

#include "query/query.h"

/* Fail with "no WHAT `name`" and the nearest of `known` where one is near. */
nr_status nr_fail_unknown(nr_error *err, const char *what, nr_text name, const nr_text *known,
                          uint32_t count);

/* Does a cell equal a value? A text equals a number when it reads as that number. */
bool nr_value_is_text(const nr_value *value, nr_text cell);
bool nr_value_is_number(const nr_value *value, double cell);
static inline bool nr_value_is_missing(const nr_value *value)
{
  return value->text.bytes == NULL && value->number != value->number;
}
/* Read all of `text` as a decimal number; NaN where it is none. */
double nr_number_of(nr_text text);

/* Visit the strings of a list field's canonical JSON; they lie in `scratch`. False from `visit` ends it. */
nr_status nr_list_members(nr_text json, nr_buffer *scratch, bool (*visit)(void *user, nr_text member),
                          void *user, nr_error *err);

/* Is there a field of this name, `id`, `day` or `title` included, in any part? */
bool nr_snapshot_has_field(const nr_snapshot *snapshot, nr_text name);
/* Fail naming the nearest field (or one of `more`). */
nr_status nr_fail_unknown_field(nr_error *err, const char *what, nr_text name, const nr_snapshot *snapshot,
                                const nr_text *more, uint32_t more_count);

/* One condition looked up in one part. */
typedef struct nr_article_test {
  const nr_condition *condition;
  const nr_segment *segment;
  enum { NR_TEST_ID, NR_TEST_DAY, NR_TEST_TITLE, NR_TEST_FIELD, NR_TEST_NO_FIELD } kind;
  uint32_t field;
  const bool *values; /* FIELD: which value numbers match; TITLE in a compressed segment: which articles */
  bool missing;       /* an article without it matches */
  const nr_period *periods; /* DAY: one a value; missing ones have first NR_DAY_NONE */
} nr_article_test;

/* `condition` and `arena` outlive the test. Errors NR_INVALID: a day that is no period. Names are not
 * checked. */
nr_status nr_article_test_init(nr_article_test *test, const nr_condition *condition,
                               const nr_segment *segment, nr_arena *arena, nr_error *err);
bool nr_article_meets(const nr_article_test *test, uint32_t article);

#endif
