/* Any bytes: repaired they are UTF-8; their borders advance; their tokens are in order, cover all
 * that is not white space, and fold to forms that fold to themselves. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

#include "text/breaks.h"
#include "text/fold.h"
#include "text/lang.h"
#include "text/scan.h"
#include "text/token.h"
#include "text/utf8.h"
#include "text/width.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_breaks(nr_text text)
{
  for (int kind = 0; kind < NR_BREAK_KINDS; kind++)
    for (size_t at = 0; at < text.size;) {
      size_t next = nr_break_next((nr_break_kind)kind, text, at);
      assert(next > at && next <= text.size);
      assert(next == nr_break_next_by_rules((nr_break_kind)kind, text, at));
      at = next;
    }
}

static void check_fold(nr_text token)
{
  nr_buffer once, twice;

  nr_buffer_init(&once, &nr_memory_default);
  nr_buffer_init(&twice, &nr_memory_default);
  if (nr_fold(token, &once, NULL) != NR_OK ||
      nr_fold((nr_text){once.bytes, once.size}, &twice, NULL) != NR_OK)
    abort();
  assert(nr_utf8_valid_prefix((nr_text){once.bytes, once.size}) == once.size);
  assert(nr_text_equal((nr_text){once.bytes, once.size}, (nr_text){twice.bytes, twice.size}));
  nr_buffer_clear(&once);
  nr_buffer_clear(&twice);
}

/* The rules of every language that has some; the size of the text picks one. */
static nr_text language(nr_text text)
{
  static const char *const codes[] = {"en", "ru", "uk", "de", "fr", "pl", "zh", "ar", NULL};
  return nr_text_of(codes[text.size % (sizeof codes / sizeof codes[0])]);
}

static void check_tokens(nr_text text, bool plain)
{
  nr_block block = {.end = (uint32_t)text.size};
  nr_text_rules rules = {.plain = plain, .lang = language(text)};
  nr_token_list list;
  uint32_t at = 0;

  nr_token_list_init(&list, &nr_memory_default);
  if (nr_tokenize(text, &block, 1, &rules, &list, NULL) != NR_OK)
    abort();
  for (size_t i = 0; i < list.count; i++) {
    nr_token token = list.items[i];
    assert(token.start >= at && token.end > token.start && token.end <= text.size);
    assert(((uint8_t)text.bytes[token.start] & 0xC0) != 0x80);
    for (; at < token.start; at++)
      assert((uint8_t)text.bytes[at] <= ' ' || (uint8_t)text.bytes[at] >= 0x7F);
    at = token.end;
    check_fold((nr_text){text.bytes + token.start, token.end - token.start});
  }
  nr_token_list_clear(&list);
}

/* Are two lists of tokens the same? Byte by byte they need not be: a token has padding. */
static bool same_tokens(const nr_token_list *a, const nr_token_list *b)
{
  if (a->count != b->count)
    return false;
  for (size_t i = 0; i < a->count; i++)
    if (a->items[i].start != b->items[i].start || a->items[i].end != b->items[i].end ||
        a->items[i].kind != b->items[i].kind || a->items[i].marks != b->items[i].marks)
      return false;
  return true;
}

static void check_fast_path(nr_text text)
{
  nr_token_list fast, careful;

  nr_token_list_init(&fast, &nr_memory_default);
  nr_token_list_init(&careful, &nr_memory_default);
  if (nr_scan(text, 0, (uint32_t)text.size, NULL, false, &fast, NULL) != NR_OK ||
      nr_scan(text, 0, (uint32_t)text.size, NULL, true, &careful, NULL) != NR_OK)
    abort();
  assert(same_tokens(&fast, &careful));
  nr_token_list_clear(&fast);
  nr_token_list_clear(&careful);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  nr_buffer text;
  nr_text good;

  nr_buffer_init(&text, &nr_memory_default);
  if (nr_utf8_repair((nr_text){(const char *)data, size}, &text, NULL, NULL) != NR_OK)
    abort();
  good = (nr_text){text.size == 0 ? "" : text.bytes, text.size};
  assert(nr_utf8_valid_prefix(good) == good.size);
  check_breaks(good);
  check_tokens(good, false);
  check_tokens(good, true);
  check_fast_path(good);
  nr_text_fit(good, nr_text_width(good) / 2);
  nr_lang_guess(good);
  nr_buffer_clear(&text);
  return 0;
}
