/* pattern.c: patterns copied into plans, and what is wrong with some. Floor 4. */
#include "query/pattern.h"

#include <string.h>

enum { nesting_max = 100, gap_max = 1000000 };

static bool is_word(nr_pattern_kind kind)
{
  return kind != NR_PATTERN_GAP && kind != NR_PATTERN_SEQUENCE && kind != NR_PATTERN_CHOICE &&
         kind != NR_PATTERN_PLAN;
}

static void clear_node(nr_node *node)
{
  if (is_word(node->kind))
    nr_leaf_clear(&node->leaf);
  for (uint32_t i = 0; i < node->child_count; i++)
    clear_node(&node->children[i]);
}

static void clear(nr_plan *plan)
{
  clear_node(&((nr_pattern_plan *)plan)->root);
}

static nr_status copy_gap(nr_node *node, const nr_pattern *pattern, nr_error *err)
{
  node->min = pattern->min;
  node->max = pattern->max > gap_max ? gap_max : pattern->max;
  if (pattern->min > pattern->max)
    return nr_fail(err, NR_INVALID, "the gap .{%u,%u} ends before it starts", pattern->min, pattern->max);
  if (pattern->min > gap_max)
    return nr_fail(err, NR_INVALID, "the gap .{%u,%u} is longer than any sentence", pattern->min,
                   pattern->max);
  return NR_OK;
}

static uint32_t count_plans(const nr_pattern *pattern, unsigned depth)
{
  uint32_t count = pattern->kind == NR_PATTERN_PLAN;
  if (pattern->kind == NR_PATTERN_SEQUENCE || pattern->kind == NR_PATTERN_CHOICE)
    for (uint32_t i = 0; i < pattern->child_count && depth < nesting_max; i++)
      count += count_plans(&pattern->children[i], depth + 1);
  return count;
}

/* On failure the node is still fit for clear_node. */
static nr_status copy(nr_plan *plan, nr_node *node, const nr_pattern *pattern, unsigned depth, nr_error *err)
{
  *node = (nr_node){.kind = pattern->kind, .joined = pattern->joined};
  if (depth > nesting_max)
    return nr_fail(err, NR_INVALID, "a pattern is nested more than %d deep", nesting_max);
  if (is_word(pattern->kind))
    return nr_leaf_init(&node->leaf, plan, pattern, err);
  if (pattern->kind == NR_PATTERN_GAP)
    return copy_gap(node, pattern, err);
  if (pattern->kind == NR_PATTERN_PLAN) {
    if (pattern->plan == NULL)
      return nr_fail(err, NR_INVALID, "a pattern refers to spans that are not there");
    node->plan_number = plan->more_count;
    plan->more[plan->more_count++] = nr_plan_retain(pattern->plan);
    return NR_OK;
  }
  node->children = nr_arena_take_array(&plan->arena, pattern->child_count, sizeof *node->children);
  if (node->children == NULL)
    return nr_fail_memory(err);
  for (uint32_t i = 0; i < pattern->child_count; i++) {
    memset(&node->children[i], 0, sizeof node->children[i]);
    node->child_count = i + 1;
    NR_TRY(copy(plan, &node->children[i], &pattern->children[i], depth + 1, err));
  }
  return NR_OK;
}

static bool may_be_empty(const nr_node *node)
{
  if (node->kind == NR_PATTERN_GAP)
    return node->min == 0;
  bool sequence = node->kind == NR_PATTERN_SEQUENCE;
  if (!sequence && node->kind != NR_PATTERN_CHOICE)
    return false;
  for (uint32_t i = 0; i < node->child_count; i++)
    if (may_be_empty(&node->children[i]) != sequence)
      return !sequence;
  return sequence;
}

/* One form, the whole line: its hits are stored. */
static bool stored(const nr_plan *plan, const nr_snapshot *snapshot, uint64_t *hits, uint64_t *texts)
{
  const nr_pattern_plan *pattern = (const nr_pattern_plan *)plan;
  const nr_node *node = &pattern->root;
  while (node->child_count == 1)
    node = &node->children[0];
  if (node->kind != NR_PATTERN_FORM || pattern->margin)
    return false;
  nr_snapshot_form_count(snapshot, node->leaf.text, hits, texts);
  return true;
}

static const nr_plan_type pattern_type = {"pattern", nr_match_run, nr_match_expect, stored, clear};

nr_status nr_plan_pattern(const nr_memory *memory, const nr_pattern *pattern, bool overlap, bool margin,
                          nr_plan **plan, nr_error *err)
{
  nr_pattern_plan *made;
  NR_TRY(nr_plan_new(memory, &pattern_type, sizeof *made, &made, err));
  made->overlap = overlap;
  made->margin = margin;
  made->plan.more = nr_arena_take_array(&made->plan.arena, count_plans(pattern, 0), sizeof(nr_plan *));
  nr_status status =
      made->plan.more == NULL ? nr_fail_memory(err) : copy(&made->plan, &made->root, pattern, 0, err);
  if (status == NR_OK && may_be_empty(&made->root))
    status = nr_fail(err, NR_INVALID, "a pattern needs at least one word: this one matches nothing at all");
  if (status != NR_OK) {
    nr_plan_release(&made->plan);
    return status;
  }
  *plan = &made->plan;
  return NR_OK;
}
