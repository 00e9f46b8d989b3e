/* words_bench.c: cutting a text into words: ours, ICU, libunistring.
 *
 *   words_bench ARTICLES.jsonl MEGABYTES [-SUFFIX]
 *
 * A line a program and run: its row, SUFFIX behind it, milliseconds a megabyte, words found. ICU is given
 * UTF-16, made beforehand. `words` are boundaries by UAX #29 that stand before a letter or digit; `tokens`
 * are ours for news, punctuation included, with the sentences and clauses. */
#include <unicode/ubrk.h>
#include <unicode/ustring.h>
#include <uniwbrk.h>

#include "bench.h"
#include "text/scan.h"
#include "text/token.h"

enum { repeats = 5 };

static const char *suffix = "";

/* A run over all texts that took from `start` until now. */
static void tell(const char *row, double start, size_t bytes, uint64_t words)
{
  char name[64];
  double spent = bench_ms() - start;
  snprintf(name, sizeof name, "%s%s", row, suffix);
  bench_tell(name, spent * 1e6 / (double)bytes, words);
}

typedef struct texts {
  char **items;
  size_t *sizes, count, capacity, bytes;
} texts;

static texts read_texts(const char *path, size_t most)
{
  texts t = {0};
  FILE *file = fopen(path, "r");
  char *line = NULL;
  size_t capacity = 0;
  bench_article a;
  if (file == NULL)
    bench_die(path);
  while (t.bytes < most && bench_next(file, &line, &capacity, &a)) {
    if (t.count == t.capacity) {
      t.capacity = t.capacity * 2 + 1024;
      t.items = realloc(t.items, t.capacity * sizeof *t.items);
      t.sizes = realloc(t.sizes, t.capacity * sizeof *t.sizes);
    }
    t.sizes[t.count] = strlen(a.text);
    t.bytes += t.sizes[t.count];
    t.items[t.count++] = strdup(a.text);
  }
  free(line);
  fclose(file);
  return t;
}

static bool wordlike(unsigned char c)
{
  return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static uint64_t ours(const texts *t, bool plain)
{
  nr_token_list list;
  uint64_t words = 0;
  nr_token_list_init(&list, &nr_memory_default);
  for (size_t i = 0; i < t->count; i++) {
    nr_text text = {t->items[i], t->sizes[i]};
    nr_block block = {.end = (uint32_t)text.size};
    nr_error err;
    list.count = 0;
    if ((plain ? nr_scan_plain(text, 0, block.end, false, &list, &err)
               : nr_tokenize(text, &block, 1, NULL, &list, &err)) != NR_OK)
      bench_die("nr_tokenize");
    for (size_t k = 0; k < list.count; k++)
      words += plain ? wordlike((unsigned char)t->items[i][list.items[k].start]) : 1;
  }
  nr_token_list_clear(&list);
  return words;
}

static uint64_t unistring(const texts *t)
{
  static char breaks[1 << 20];
  uint64_t words = 0;
  for (size_t i = 0; i < t->count && t->sizes[i] < sizeof breaks; i++) {
    u8_wordbreaks((const uint8_t *)t->items[i], t->sizes[i], breaks);
    words += wordlike((unsigned char)t->items[i][0]);
    for (size_t k = 1; k < t->sizes[i]; k++)
      words += breaks[k] && wordlike((unsigned char)t->items[i][k]);
  }
  return words;
}

static uint64_t icu(UBreakIterator *breaks, UChar *const *wide, const int32_t *sizes, size_t count)
{
  uint64_t words = 0;
  UErrorCode status = U_ZERO_ERROR;
  for (size_t i = 0; i < count; i++) {
    ubrk_setText(breaks, wide[i], sizes[i], &status);
    for (int32_t at = ubrk_first(breaks), next; (next = ubrk_next(breaks)) != UBRK_DONE; at = next)
      words += wide[i][at] > 255 || wordlike((unsigned char)wide[i][at]);
  }
  return words;
}

static void time_icu(const texts *t)
{
  UErrorCode status = U_ZERO_ERROR;
  UBreakIterator *breaks = ubrk_open(UBRK_WORD, "en", NULL, 0, &status);
  UChar **wide = malloc(t->count * sizeof *wide);
  int32_t *sizes = malloc(t->count * sizeof *sizes);
  for (size_t i = 0; i < t->count; i++) {
    wide[i] = malloc((t->sizes[i] + 1) * sizeof **wide);
    u_strFromUTF8(wide[i], (int32_t)t->sizes[i] + 1, &sizes[i], t->items[i], (int32_t)t->sizes[i], &status);
  }
  if (U_FAILURE(status))
    bench_die("ICU");
  for (int i = 0; i < repeats; i++) {
    double start = bench_ms();
    uint64_t words = icu(breaks, wide, sizes, t->count);
    tell("words-icu", start, t->bytes, words);
  }
}

int main(int argc, char **argv)
{
  if (argc < 3)
    bench_die("words_bench ARTICLES MEGABYTES [-SUFFIX]");
  suffix = argc > 3 ? argv[3] : "";
  texts t = read_texts(argv[1], (size_t)(atof(argv[2]) * 1e6));
  for (int i = 0; i < repeats; i++) {
    double start = bench_ms();
    uint64_t words = ours(&t, true);
    tell("words", start, t.bytes, words);
    start = bench_ms();
    words = ours(&t, false);
    tell("tokens", start, t.bytes, words);
    start = bench_ms();
    words = unistring(&t);
    tell("words-unistring", start, t.bytes, words);
  }
  time_icu(&t);
  return 0;
}
