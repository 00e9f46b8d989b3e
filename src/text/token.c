/* token.c: the tokenizer: blocks in, marked tokens out. Floor 1. */
#include "text/token.h"

#include "text/scan.h"
#include "text/sentence.h"

const char *nr_block_kind_name(nr_block_kind kind)
{
  static const char *const names[NR_BLOCK_KINDS] = {"body",    "title",    "heading",   "bullet",
                                                    "caption", "dateline", "header",    "menu",
                                                    "doubled", "teaser",   "furniture", "comments"};
  return names[kind];
}

const char *nr_block_reason_name(uint16_t reason)
{
  static const char *const names[NR_REASONS] = {
      "none",    "title-repeated", "date",     "byline", "kicker", "menu",  "phrase",  "credit",
      "section", "repeated",       "fragment", "rule",   "markup", "links", "capitals"};
  return reason < NR_REASONS ? names[reason] : "unknown";
}

void nr_token_list_init(nr_token_list *list, const nr_memory *memory)
{
  *list = (nr_token_list){.memory = memory};
}

void nr_token_list_clear(nr_token_list *list)
{
  nr_release(list->memory, list->items, list->capacity * sizeof *list->items);
  nr_token_list_init(list, list->memory);
}

static nr_status tokenize_block(nr_text text, const nr_block *block, const nr_text_rules *rules,
                                nr_token_list *list, nr_error *err)
{
  size_t first = list->count;

  if (rules->plain)
    NR_TRY(nr_scan_plain(text, block->start, block->end, false, list, err));
  else
    NR_TRY(nr_scan(text, block->start, block->end, rules->lists, false, list, err));
  if (list->count == first)
    return NR_OK;
  if (rules->plain)
    nr_mark_block_plain(text, block->start, block->end, list->items + first, list->count - first);
  else
    nr_mark_block(text, rules->lists, list->items + first, list->count - first);
  for (size_t i = first; block->margin && i < list->count; i++)
    list->items[i].marks |= NR_MARK_MARGIN;
  return NR_OK;
}

nr_status nr_tokenize(nr_text text, const nr_block *blocks, size_t block_count, const nr_text_rules *rules,
                      nr_token_list *list, nr_error *err)
{
  static const nr_text_rules usual = {0};
  size_t before = list->count;

  for (size_t i = 0; i < block_count; i++) {
    nr_status status = tokenize_block(text, &blocks[i], rules == NULL ? &usual : rules, list, err);
    if (status != NR_OK) {
      list->count = before;
      return status;
    }
  }
  return NR_OK;
}
