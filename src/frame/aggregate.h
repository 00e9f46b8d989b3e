/* aggregate.h: groups on their way to a frame. Inside src/frame only.
 * Floor 5. */
#ifndef NR_AGGREGATE_H
#define NR_AGGREGATE_H

#include "frame/group.h"

/* What is known of a group. All parts add up over any split of the hits. */
typedef struct nr_group {
  uint64_t count, articles, values;
  uint64_t last_article; /* the hits come article by article */
  nr_sum sum;
  double least, most;
  nr_day earliest;
  double tokens; /* NR_PER: on the line */
} nr_group;

typedef struct nr_grouping_work {
  const nr_memory *memory;
  const nr_grouping *grouping;
  nr_hits *hits;
  const nr_frame *frame; /* rows instead of hits; NULL: hits */
  nr_grouper grouper;
  nr_tuples tuples; /* of the groups */
  nr_group *groups;
  size_t group_count, group_capacity;
  nr_tuples below; /* NR_PER: tuples of article keys, and their tokens */
  double *tokens;
  size_t token_count, token_capacity;
  uint64_t article_tokens;
  nr_maker value; /* the number aggregated */
  bool has_value;
  const nr_hit *hit;
  nr_tuples articles; /* frames: (group, part, article) seen, as rows may stand in any order */
  nr_buffer members;  /* frames: the group of each row, and the row */
  uint64_t *order;
} nr_grouping_work;

/* The group of a tuple of codes, made where it is new; *found moves when another is made. */
nr_status nr_work_group(nr_grouping_work *work, const uint32_t *codes, nr_group **found, nr_error *err);

/* periods.c: empty groups where a calendar unit has no hits; the tokens on the line behind each group. */
nr_status nr_work_fill(nr_grouping_work *work, nr_error *err);
nr_status nr_work_count_tokens(nr_grouping_work *work, const nr_poll *poll, nr_error *err);

/* rows.c: the groups as a frame; the name of the aggregate's column. */
nr_status nr_work_frame(nr_grouping_work *work, nr_frame **frame, nr_error *err);
nr_text nr_value_name(const nr_grouping *grouping, uint32_t number);

#endif
