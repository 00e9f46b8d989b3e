/* group.h: hits put into groups. Inside src/frame only.
 * Floor 5.
 *
 * Each grouping column numbers its values as they come (codes); a group is a tuple of codes. The same
 * hits give the same codes again: so the hits of a group are found by grouping once more. */
#ifndef NR_GROUP_H
#define NR_GROUP_H

#include "frame/cells.h"

enum { nr_keys_max = 16 };

/* Numbers for values. */
typedef struct nr_codes {
  nr_value *values; /* by code */
  uint8_t *special;
  size_t count, value_capacity, special_capacity;
  uint32_t *slots; /* open addressing; 0 is free, else code + 1 */
  size_t slot_count;
} nr_codes;

/* Tuples of codes, numbered as they come. */
typedef struct nr_tuples {
  const nr_memory *memory;
  uint32_t width;
  uint32_t *codes; /* `width` a tuple */
  size_t count, capacity;
  uint32_t *slots;
  size_t slot_count;
} nr_tuples;

void nr_tuples_init(nr_tuples *tuples, const nr_memory *memory, uint32_t width);
void nr_tuples_clear(nr_tuples *tuples);
nr_status nr_tuples_put(nr_tuples *tuples, const uint32_t *codes, uint32_t *number, nr_error *err);
bool nr_tuples_find(const nr_tuples *tuples, const uint32_t *codes, uint32_t *number);

typedef struct nr_key {
  nr_maker maker;
  nr_maker own_article; /* of a frame's column: the same column of an article */
  nr_maker *article;    /* what it says of an article alone: this, the maker itself, or NULL */
  nr_codes codes;
  bool list; /* a field that may be a list: several codes at once */
  /* Remembered for the article, or by row or value number of a part. */
  uint32_t part, last_code;
  nr_period last_period;
  uint32_t *by_number; /* code + 1 */
  size_t by_number_count;
} nr_key;

typedef struct nr_grouper {
  const nr_memory *memory;
  nr_arena arena;
  nr_key *keys;
  uint32_t key_count;
} nr_grouper;

nr_status nr_grouper_init(nr_grouper *grouper, const nr_memory *memory, nr_hits *hits, const nr_text *columns,
                          uint32_t count, nr_error *err);
/* The same over the rows of a frame, which stand for hits with the row's number in `first`. */
nr_status nr_grouper_of_frame(nr_grouper *grouper, const nr_memory *memory, const nr_frame *frame,
                              const nr_text *columns, uint32_t count, nr_error *err);
void nr_grouper_clear(nr_grouper *grouper);

/* Call `visit` with each tuple of codes that a hit falls under (more than one only for lists). Keys
 * that are not a matter of the article get code 0 where `article_only`. */
typedef nr_status (*nr_tuple_visit)(void *user, const uint32_t *codes, nr_error *err);
nr_status nr_grouper_tuples(nr_grouper *grouper, const nr_hit *hit, bool article_only, nr_tuple_visit visit,
                            void *user, nr_error *err);

/* The code of a calendar label that may not have come yet. */
nr_status nr_key_code_of(nr_grouper *grouper, nr_key *key, nr_value value, nr_special special, uint32_t *code,
                         nr_error *err);

/* Indexes of the hits in the group with these codes, appended to a buffer of uint64_t. */
nr_status nr_group_members(const nr_memory *memory, nr_hits *hits, const nr_text *columns, uint32_t count,
                           const uint32_t *codes, nr_buffer *indexes, nr_error *err);

/* A sum that rounds once, at the end: compensated, and in line order the same on any split. */
typedef struct nr_sum {
  double sum, rest;
} nr_sum;

static inline void nr_sum_add(nr_sum *sum, double value)
{
  double total = sum->sum + value;
  double big = sum->sum < 0 ? -sum->sum : sum->sum, small = value < 0 ? -value : value;
  sum->rest += big >= small ? (sum->sum - total) + value : (value - total) + sum->sum;
  sum->sum = total;
}

static inline double nr_sum_total(const nr_sum *sum)
{
  return sum->sum + sum->rest;
}

#endif
