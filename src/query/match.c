/* match.c: patterns compiled for a part and matched there.
 * Floor 4.
 *
 * A set of words alone is its postings. A row of words starts from its rarest word. Everything else
 * is matched in the sentences that hold one of its anchors: words of which each hit needs one. */
#include <string.h>

#include "query/list.h"
#include "query/pattern.h"

typedef enum kind { SET, GAP, SEQUENCE, CHOICE, SPANS } kind;

typedef struct state {
  uint32_t at;   /* tokens from the start of the sentence: the next to match */
  uint32_t cost; /* tokens in gaps so far */
} state;

typedef struct states {
  state *items; /* by `at`, each once */
  uint32_t count, capacity;
} states;

typedef struct node {
  kind kind;
  bool joined;
  uint32_t min, max;
  nr_words_list sets;
  nr_spans spans;
  struct node *children;
  uint32_t child_count;
  states out; /* scratch: where its matches end */
} node;

/* ---- compiling ---- */

static bool plain_set(const node *n)
{
  return n->kind == SET && n->sets.count == 1 && n->sets.items[0].articles == NULL;
}

/* A choice between single words is one set. */
static nr_status simplify_choice(node *n, nr_run *run, nr_error *err)
{
  nr_words *sets;
  for (uint32_t i = 0; i < n->child_count; i++)
    if (!plain_set(&n->children[i]) || n->children[i].joined)
      return NR_OK;
  NR_TRY(nr_run_take(run, n->child_count, sizeof *sets, &sets, err));
  for (uint32_t i = 0; i < n->child_count; i++)
    sets[i] = n->children[i].sets.items[0];
  NR_TRY(nr_run_take(run, 1, sizeof(nr_words), &n->sets.items, err));
  NR_TRY(nr_words_join(run, sets, n->child_count, n->sets.items, err));
  n->sets.count = n->sets.capacity = 1;
  n->kind = SET;
  n->child_count = 0;
  return NR_OK;
}

static nr_status compile(const nr_plan *plan, const nr_node *from, nr_run *run, node *n, nr_error *err)
{
  *n = (node){.joined = from->joined, .min = from->min, .max = from->max};
  switch (from->kind) {
  case NR_PATTERN_GAP:
    n->kind = GAP;
    return NR_OK;
  case NR_PATTERN_PLAN:
    n->kind = SPANS;
    return nr_run_plan(run, plan->more[from->plan_number], &n->spans, err);
  case NR_PATTERN_SEQUENCE:
  case NR_PATTERN_CHOICE:
    break;
  default:
    n->kind = SET;
    return nr_leaf_words(&from->leaf, run, &n->sets, err);
  }
  if (from->child_count == 1 && !from->children[0].joined) {
    NR_TRY(compile(plan, &from->children[0], run, n, err));
    n->joined = from->joined;
    return NR_OK;
  }
  n->kind = from->kind == NR_PATTERN_SEQUENCE ? SEQUENCE : CHOICE;
  n->child_count = from->child_count;
  NR_TRY(nr_run_take(run, n->child_count, sizeof *n->children, &n->children, err));
  for (uint32_t i = 0; i < n->child_count; i++)
    NR_TRY(compile(plan, &from->children[i], run, &n->children[i], err));
  return n->kind == CHOICE ? simplify_choice(n, run, err) : NR_OK;
}

/* ---- anchors ---- */

static uint64_t anchor_cost(const node *n)
{
  uint64_t cost = 0;
  switch (n->kind) {
  case SET:
    for (uint32_t i = 0; i < n->sets.count; i++)
      cost += n->sets.items[i].hits;
    return cost;
  case SPANS:
    return n->spans.count;
  case GAP:
    return UINT64_MAX;
  case CHOICE:
    for (uint32_t i = 0; i < n->child_count; i++) {
      uint64_t child = anchor_cost(&n->children[i]);
      cost = child > UINT64_MAX - cost ? UINT64_MAX : cost + child;
    }
    return cost;
  default:
    cost = UINT64_MAX;
    for (uint32_t i = 0; i < n->child_count; i++) {
      uint64_t child = anchor_cost(&n->children[i]);
      cost = child < cost ? child : cost;
    }
    return cost;
  }
}

/* The child of a sequence that is rarest. */
static uint32_t rarest(const node *n)
{
  uint32_t best = 0;
  for (uint32_t i = 1; i < n->child_count; i++)
    if (anchor_cost(&n->children[i]) < anchor_cost(&n->children[best]))
      best = i;
  return best;
}

typedef struct anchors {
  nr_words_list sets;
  nr_list starts; /* of spans, and of sets that only count in some articles */
} anchors;

static nr_status add_starts(anchors *list, const uint32_t *positions, uint32_t count, nr_error *err)
{
  for (uint32_t i = 0; i < count; i++)
    NR_TRY(nr_list_put(&list->starts, positions[i], positions[i], 0, err));
  return NR_OK;
}

static nr_status collect(const node *n, nr_run *run, bool margin, anchors *list, nr_error *err)
{
  if (n->kind == SEQUENCE)
    return collect(&n->children[rarest(n)], run, margin, list, err);
  if (n->kind == SPANS)
    return add_starts(list, n->spans.first, n->spans.count, err);
  for (uint32_t i = 0; i < n->sets.count; i++) {
    const uint32_t *positions;
    uint32_t count;
    NR_TRY(nr_words_positions(&n->sets.items[i], run, margin, &positions, &count, err));
    NR_TRY(add_starts(list, positions, count, err));
  }
  for (uint32_t i = 0; i < n->child_count; i++)
    NR_TRY(collect(&n->children[i], run, margin, list, err));
  return NR_OK;
}

/* Positions of which every hit's sentence holds one. */
static nr_status find_anchors(const node *root, nr_run *run, bool margin, const uint32_t **positions,
                              uint32_t *count, nr_error *err)
{
  anchors list = {0};
  if (anchor_cost(root) == UINT64_MAX) { /* no word at all: every sentence */
    uint32_t from = margin ? run->margin_from : run->line_from, to = margin ? run->margin_to : run->line_to;
    uint32_t *all;
    *count = nr_segment_mark_rank(run->segment, NR_SENTENCE_STARTS, to) -
             nr_segment_mark_rank(run->segment, NR_SENTENCE_STARTS, from);
    NR_TRY(nr_run_take(run, *count, sizeof *all, &all, err));
    nr_segment_mark_list(run->segment, NR_SENTENCE_STARTS, from, to, all);
    *positions = all;
    return NR_OK;
  }
  const node *n = root;
  while (n->kind == SEQUENCE)
    n = &n->children[rarest(n)];
  if (n->kind == SET && n->sets.count == 1)
    return nr_words_positions(&n->sets.items[0], run, margin, positions, count, err);
  NR_TRY(nr_list_init(&list.starts, run->arena, 64, false, err));
  NR_TRY(collect(n, run, margin, &list, err));
  NR_TRY(nr_list_order(&list.starts, err));
  *positions = list.starts.first;
  *count = list.starts.count;
  return NR_OK;
}

/* ---- a row of words ---- */

static bool is_row(const node *n)
{
  if (n->kind != SEQUENCE || n->child_count > 64)
    return false;
  for (uint32_t i = 0; i < n->child_count; i++)
    if (!plain_set(&n->children[i]))
      return false;
  return true;
}

enum { starts_at_once = 64 };

static bool words_match(const node *n, const uint32_t *surfaces)
{
  for (uint32_t i = 0; i < n->child_count; i++)
    if (!nr_words_take(&n->children[i].sets.items[0], surfaces[i]))
      return false;
  return true;
}

/* Keep the starts at which all words of the row stand. */
static uint32_t keep_words(const node *n, const nr_run *run, uint32_t *starts, uint32_t count)
{
  uint32_t surfaces[starts_at_once * 64], kept = 0;
  for (uint32_t i = 0; i < count; i += starts_at_once) {
    uint32_t read = count - i < starts_at_once ? count - i : starts_at_once;
    nr_segment_windows(run->segment, starts + i, read, 0, n->child_count - 1, surfaces);
    for (uint32_t k = 0; k < read; k++)
      if (words_match(n, surfaces + (size_t)k * n->child_count))
        starts[kept++] = starts[i + k];
  }
  return kept;
}

static bool joined_at(const node *n, const nr_run *run, uint32_t start)
{
  for (uint32_t i = 0; i + 1 < n->child_count; i++)
    if (n->children[i].joined && !nr_segment_marked(run->segment, NR_JOINED_NEXT, start + i))
      return false;
  return true;
}

/* Starts of the row by the positions of one of its words, those before the range left out. */
static uint32_t starts_by(const uint32_t *positions, uint32_t count, uint32_t from, uint32_t word,
                          uint32_t *starts)
{
  uint32_t kept = 0;
  for (uint32_t i = 0; i < count; i++)
    if (positions[i] - from >= word)
      starts[kept++] = positions[i] - word;
  return kept;
}

static uint32_t intersect(uint32_t *starts, uint32_t count, const uint32_t *positions,
                          uint32_t position_count, uint32_t word)
{
  uint32_t kept = 0, at = 0;
  for (uint32_t i = 0; i < count && at < position_count; i++) {
    at = nr_seek(positions, position_count, at, starts[i] + word);
    if (at < position_count && positions[at] == starts[i] + word)
      starts[kept++] = starts[i];
  }
  return kept;
}

enum { worth_reading = 32 }; /* a look into the stream costs as much as so many postings */

/* The next rarest word behind `anchor`, where its postings are worth reading for `count` starts. */
static bool second_word(const node *n, uint32_t anchor, uint32_t count, uint32_t *second)
{
  bool found = false;
  for (uint32_t i = 0; i < n->child_count; i++)
    if (i != anchor && (!found || anchor_cost(&n->children[i]) < anchor_cost(&n->children[*second]))) {
      *second = i;
      found = true;
    }
  return found && anchor_cost(&n->children[*second]) < (uint64_t)count * worth_reading;
}

static nr_status match_row(const node *n, nr_run *run, bool overlap, bool margin, nr_list *list,
                           nr_error *err)
{
  uint32_t anchor = rarest(n), count, size = n->child_count, free = 0, second = anchor, *starts;
  uint32_t from = margin ? run->margin_from : run->line_from, to = margin ? run->margin_to : run->line_to;
  const uint32_t *positions;
  NR_TRY(nr_words_positions(&n->children[anchor].sets.items[0], run, margin, &positions, &count, err));
  NR_TRY(nr_run_take(run, count, sizeof *starts, &starts, err));
  count = starts_by(positions, count, from, anchor, starts);
  bool two = second_word(n, anchor, count, &second);
  if (two) {
    uint32_t position_count;
    NR_TRY(nr_words_positions(&n->children[second].sets.items[0], run, margin, &positions, &position_count,
                              err));
    count = intersect(starts, count, positions, position_count, second);
  }
  if (size > 2 || !two)
    count = keep_words(n, run, starts, count);
  NR_TRY(nr_list_init(list, run->arena, count, false, err));
  for (uint32_t i = 0; i < count; i++) {
    uint32_t start = starts[i];
    if (to - start < size || start < free || !joined_at(n, run, start) ||
        nr_segment_mark_after(run->segment, NR_SENTENCE_STARTS, start) < start + size)
      continue;
    nr_list_push(list, start, start + size - 1, 0);
    free = overlap ? 0 : start + size;
  }
  return NR_OK;
}

/* ---- a row with gaps: its two rarest words must be near each other ---- */

/* Tokens that `n` can take at most; UINT32_MAX: no telling. */
static uint32_t most_tokens(const node *n)
{
  uint64_t most = 0;
  switch (n->kind) {
  case SET:
    return 1;
  case GAP:
    return n->max;
  case SPANS:
    return UINT32_MAX;
  default:
    for (uint32_t i = 0; i < n->child_count; i++) {
      uint64_t child = most_tokens(&n->children[i]);
      most = n->kind == SEQUENCE ? most + child : child > most ? child : most;
    }
    return most < UINT32_MAX ? (uint32_t)most : UINT32_MAX;
  }
}

/* Keep the anchors of a sequence that have its next rarest word near them, where that is worth reading. */
static nr_status thin_out(const node *root, nr_run *run, bool margin, const uint32_t **positions,
                          uint32_t *count, nr_error *err)
{
  uint32_t second, other_count, *kept, kept_count = 0, at = 0, reach = most_tokens(root);
  const uint32_t *others;
  if (root->kind != SEQUENCE || reach > 64 || !second_word(root, rarest(root), *count, &second) ||
      !plain_set(&root->children[second]))
    return NR_OK;
  NR_TRY(nr_words_positions(&root->children[second].sets.items[0], run, margin, &others, &other_count, err));
  NR_TRY(nr_run_take(run, *count, sizeof *kept, &kept, err));
  for (uint32_t i = 0; i < *count; i++) {
    uint32_t position = (*positions)[i];
    at = nr_seek(others, other_count, at, position > reach ? position - reach : 0);
    if (at < other_count && others[at] <= position + reach)
      kept[kept_count++] = position;
  }
  *positions = kept;
  *count = kept_count;
  return NR_OK;
}

/* ---- anything, sentence by sentence ---- */

typedef struct matcher {
  nr_run *run;
  uint32_t start, size; /* the sentence */
  uint32_t article;     /* that it stands in; UINT32_MAX: not looked up yet */
  uint32_t *surfaces, capacity;
} matcher;

static nr_status add_state(matcher *m, states *list, uint32_t at, uint32_t cost, nr_error *err)
{
  uint32_t place = list->count;
  while (place > 0 && list->items[place - 1].at > at)
    place--;
  if (place > 0 && list->items[place - 1].at == at) {
    if (cost < list->items[place - 1].cost)
      list->items[place - 1].cost = cost;
    return NR_OK;
  }
  if (list->count == list->capacity) {
    state *larger;
    uint32_t capacity = list->capacity == 0 ? 8 : list->capacity * 2;
    NR_TRY(nr_run_take(m->run, capacity, sizeof *larger, &larger, err));
    if (list->count > 0)
      memcpy(larger, list->items, list->count * sizeof *larger);
    list->items = larger;
    list->capacity = capacity;
  }
  memmove(list->items + place + 1, list->items + place, (list->count - place) * sizeof *list->items);
  list->items[place] = (state){at, cost};
  list->count++;
  return NR_OK;
}

static bool in_article(matcher *m, const uint64_t *articles)
{
  if (articles == NULL)
    return true;
  if (m->article == UINT32_MAX)
    m->article = nr_segment_article_at(m->run->segment, m->start);
  return (articles[m->article / 64] >> m->article % 64 & 1) != 0;
}

static nr_status step_set(matcher *m, node *n, const states *in, nr_error *err)
{
  for (uint32_t i = 0; i < in->count; i++)
    for (uint32_t s = 0; s < n->sets.count && in->items[i].at < m->size; s++)
      if (nr_words_take(&n->sets.items[s], m->surfaces[in->items[i].at]) &&
          in_article(m, n->sets.items[s].articles)) {
        NR_TRY(add_state(m, &n->out, in->items[i].at + 1, in->items[i].cost, err));
        break;
      }
  return NR_OK;
}

static nr_status step_gap(matcher *m, node *n, const states *in, nr_error *err)
{
  for (uint32_t i = 0; i < in->count; i++)
    for (uint32_t length = n->min; length <= n->max && length <= m->size - in->items[i].at; length++)
      NR_TRY(add_state(m, &n->out, in->items[i].at + length, in->items[i].cost + length, err));
  return NR_OK;
}

static nr_status step_spans(matcher *m, node *n, const states *in, bool inside, nr_error *err)
{
  for (uint32_t i = 0; i < in->count; i++) {
    uint32_t first = m->start + in->items[i].at;
    uint32_t s = nr_seek(n->spans.first, n->spans.count, 0, first);
    for (; s < n->spans.count && n->spans.first[s] == first; s++) {
      uint32_t at = n->spans.last[s] + 1 - m->start;
      if (at <= m->size || !inside)
        NR_TRY(add_state(m, &n->out, at, in->items[i].cost, err));
    }
  }
  return NR_OK;
}

/* Set n->out to the ends of its matches from the states `in`; `inside` a sequence nothing leaves the
 * sentence. */
static nr_status step(matcher *m, node *n, const states *in, bool inside, nr_error *err)
{
  n->out.count = 0;
  switch (n->kind) {
  case SET:
    return step_set(m, n, in, err);
  case GAP:
    return step_gap(m, n, in, err);
  case SPANS:
    return step_spans(m, n, in, inside, err);
  case CHOICE:
    for (uint32_t c = 0; c < n->child_count; c++) {
      NR_TRY(step(m, &n->children[c], in, inside, err));
      const states *out = &n->children[c].out;
      for (uint32_t i = 0; i < out->count; i++)
        NR_TRY(add_state(m, &n->out, out->items[i].at, out->items[i].cost, err));
    }
    return NR_OK;
  default:
    break;
  }
  for (uint32_t c = 0; c < n->child_count; c++) {
    node *child = &n->children[c];
    NR_TRY(step(m, child, in, true, err));
    if (child->joined) {
      uint32_t kept = 0;
      for (uint32_t i = 0; i < child->out.count; i++)
        if (child->out.items[i].at > 0 &&
            nr_segment_marked(m->run->segment, NR_JOINED_NEXT, m->start + child->out.items[i].at - 1))
          child->out.items[kept++] = child->out.items[i];
      child->out.count = kept;
    }
    in = &child->out;
    if (in->count == 0)
      return NR_OK;
  }
  for (uint32_t i = 0; i < in->count; i++)
    NR_TRY(add_state(m, &n->out, in->items[i].at, in->items[i].cost, err));
  return NR_OK;
}

/* Fewest tokens in gaps, then longest. */
static const state *best(const states *list)
{
  const state *found = NULL;
  for (uint32_t i = 0; i < list->count; i++)
    if (found == NULL || list->items[i].cost <= found->cost)
      found = &list->items[i];
  return found;
}

static nr_status match_sentence(matcher *m, node *root, bool overlap, uint32_t *free, nr_list *list,
                                nr_error *err)
{
  for (uint32_t at = 0; at < m->size; at++) {
    state start_state = {at, 0};
    states start = {&start_state, 1, 1};
    if (!overlap && m->start + at < *free)
      continue;
    NR_TRY(step(m, root, &start, false, err));
    const states *out = &root->out;
    const state *end = best(out);
    if (end == NULL)
      continue;
    if (overlap)
      for (uint32_t i = out->count; i-- > 0;)
        NR_TRY(nr_list_put(list, m->start + at, m->start + out->items[i].at - 1, 0, err));
    else {
      NR_TRY(nr_list_put(list, m->start + at, m->start + end->at - 1, 0, err));
      *free = m->start + end->at;
    }
  }
  return NR_OK;
}

static nr_status load_sentence(matcher *m, uint32_t position, nr_error *err)
{
  const nr_segment *segment = m->run->segment;
  m->start = nr_segment_mark_before(segment, NR_SENTENCE_STARTS, position);
  uint32_t end = nr_segment_mark_after(segment, NR_SENTENCE_STARTS, position);
  m->size = end - m->start;
  m->article = UINT32_MAX;
  if (m->size > m->capacity) {
    m->capacity = m->size * 2;
    NR_TRY(nr_run_take(m->run, m->capacity, sizeof *m->surfaces, &m->surfaces, err));
  }
  nr_segment_stream(segment, m->start, m->size, m->surfaces);
  return NR_OK;
}

static nr_status match_sentences(node *root, nr_run *run, bool overlap, bool margin, nr_list *list,
                                 nr_error *err)
{
  const uint32_t *positions;
  uint32_t count, done = 0, free = 0;
  matcher m = {.run = run};
  NR_TRY(find_anchors(root, run, margin, &positions, &count, err));
  NR_TRY(thin_out(root, run, margin, &positions, &count, err));
  NR_TRY(nr_list_init(list, run->arena, 64, false, err));
  for (uint32_t i = 0; i < count; i++) {
    if (i % 4096 == 0)
      NR_TRY(nr_poll_at(run->poll, i, count, err));
    if (positions[i] < done || (positions[i] >= run->on) != margin)
      continue;
    NR_TRY(load_sentence(&m, positions[i], err));
    NR_TRY(match_sentence(&m, root, overlap, &free, list, err));
    done = m.start + m.size;
  }
  return NR_OK;
}

/* ---- running ---- */

nr_status nr_match_run(const nr_plan *plan, nr_run *run, nr_spans *spans, nr_error *err)
{
  const nr_pattern_plan *pattern = (const nr_pattern_plan *)plan;
  node root;
  nr_list list = {.arena = run->arena};
  NR_TRY(compile(plan, &pattern->root, run, &root, err));
  if (anchor_cost(&root) == 0 && !pattern->margin)
    return NR_OK;
  if (plain_set(&root)) {
    const uint32_t *positions;
    NR_TRY(nr_words_positions(&root.sets.items[0], run, pattern->margin, &positions, &list.count, err));
    list.first = list.last = (uint32_t *)(uintptr_t)positions; /* taken from the arena just now */
  } else if (is_row(&root))
    NR_TRY(match_row(&root, run, pattern->overlap, pattern->margin, &list, err));
  else
    NR_TRY(match_sentences(&root, run, pattern->overlap, pattern->margin, &list, err));
  nr_drop_dead(run, list.first, list.last, NULL, &list.count);
  *spans = (nr_spans){.first = list.first, .last = list.last, .count = list.count};
  return NR_OK;
}

uint64_t nr_match_expect(const nr_plan *plan, nr_run *run)
{
  const nr_pattern_plan *pattern = (const nr_pattern_plan *)plan;
  node root;
  nr_error err;
  if (compile(plan, &pattern->root, run, &root, &err) != NR_OK)
    return 0;
  uint64_t cost = anchor_cost(&root);
  return cost == UINT64_MAX ? run->on : cost;
}
