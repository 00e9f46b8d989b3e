/* plan.h: what every plan has in common, and one run of it over a part. Inside src/query only.
 * Floor 4. */
#ifndef NR_PLAN_H
#define NR_PLAN_H

#include <stdatomic.h>

#include "query/query.h"

typedef struct nr_run nr_run;

typedef struct nr_plan_type {
  const char *name; /* for explain */
  /* Spans of live articles in the run's range, in order, in the run's arena. */
  nr_status (*run)(const nr_plan *plan, nr_run *run, nr_spans *spans, nr_error *err);
  /* Hits to expect in the range; NULL: those of input `a`. */
  uint64_t (*expect)(const nr_plan *plan, nr_run *run);
  /* Hits and texts of a snapshot from what is stored; false: run it. NULL: never. */
  bool (*stored)(const nr_plan *plan, const nr_snapshot *snapshot, uint64_t *hits, uint64_t *texts);
  /* Free what does not lie in the arena; NULL: nothing. */
  void (*clear)(nr_plan *plan);
} nr_plan_type;

/* Kinds of plan begin with this struct; all they own lies in `arena`, the struct itself included. */
struct nr_plan {
  atomic_uint users;
  const nr_plan_type *type;
  nr_arena arena;
  nr_plan *a, *b, *region; /* inputs, retained; NULL where there is none */
  nr_plan **more;          /* further inputs */
  uint32_t more_count;
  nr_view *view;
  nr_snapshot *snapshot;
  nr_text *names; /* columns */
  nr_column_type *types;
  uint32_t column_count;
};

/* Make a plan of `size` bytes, zeroed behind the common part. */
nr_status nr_plan_new(const nr_memory *memory, const nr_plan_type *type, size_t size, void *plan,
                      nr_error *err);
/* Give `plan` the columns of another plan, or of a table. */
nr_status nr_plan_columns_of(nr_plan *plan, const nr_plan *other, nr_error *err);
nr_status nr_plan_columns_of_table(nr_plan *plan, const nr_table *table, nr_error *err);
/* A plan that filters or moves spans of `a`: same columns, inputs retained. */
nr_status nr_plan_filter(const nr_memory *memory, const nr_plan_type *type, size_t size, nr_plan *a,
                         nr_plan *b, nr_plan *region, void *plan, nr_error *err);
bool nr_plan_find_column(const nr_plan *plan, nr_text name, uint32_t *column);
nr_text nr_plan_copy_text(nr_plan *plan, nr_text text); /* bytes NULL where memory ran out */

/* What runs over the parts of one snapshot share: results for the whole snapshot. */
typedef struct nr_shared {
  nr_arena *arena;
  struct nr_shared_result {
    const nr_plan *plan;
    void *result;
    struct nr_shared_result *next;
  } * results;
} nr_shared;

enum { nr_run_memo_size = 16 };

struct nr_run {
  nr_snapshot *snapshot;
  uint32_t part_number;
  const nr_part *part;
  const nr_segment *segment;
  const nr_poll *poll;
  nr_arena *arena;
  nr_shared *shared;
  uint32_t on, all;                  /* tokens of the segment */
  uint32_t article_from, article_to; /* the range asked for, end out; and its tokens */
  uint32_t line_from, line_to, margin_from, margin_to;
  struct {
    const nr_plan *plan;
    uint32_t from, to;
    nr_spans spans;
  } memo[nr_run_memo_size];
  uint32_t memo_count;
};

void nr_run_init(nr_run *run, nr_snapshot *snapshot, uint32_t part, nr_arena *arena, nr_shared *shared,
                 const nr_poll *poll);
/* Narrow to articles from..to-1 of the part. */
void nr_run_narrow(nr_run *run, uint32_t from, uint32_t to);
/* Run an input; what was run before in the same range is not run twice. */
nr_status nr_run_plan(nr_run *run, const nr_plan *plan, nr_spans *spans, nr_error *err);
uint64_t nr_run_expect(nr_run *run, const nr_plan *plan);

/* Take `count` items from the run's arena, or fail. */
nr_status nr_run_take(nr_run *run, size_t count, size_t size, void *items, nr_error *err);

/* ---- articles along ascending positions ---- */

typedef struct nr_walk {
  const nr_segment *segment;
  uint32_t article, first, end; /* of the article last found; end out */
} nr_walk;

static inline uint32_t nr_walk_to(nr_walk *walk, uint32_t position, uint32_t on)
{
  if (position < walk->first || position >= walk->end) {
    bool onwards = position >= walk->end && walk->end > 0 && (position >= on) == (walk->first >= on);
    walk->article = onwards ? nr_segment_article_from(walk->segment, walk->article, position)
                            : nr_segment_article_at(walk->segment, position);
    nr_segment_article_tokens(walk->segment, walk->article, position >= on, &walk->first, &walk->end);
  }
  return walk->article;
}

/* Articles that hold a span, the spans in order. */
uint64_t nr_run_texts(const nr_run *run, const nr_spans *spans);

#endif
