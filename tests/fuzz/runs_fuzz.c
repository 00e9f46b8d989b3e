/* runs_fuzz.c: any bytes read as rough words and as runs; what is given lies inside the text and in order. */
#include <stdlib.h>

#include "text/rough.h"
#include "text/runs.h"

static void check_rough(nr_text text)
{
  nr_text token;
  for (size_t at = 0, before = 0; nr_rough_next(text, &at, &token); before = at)
    if (at <= before || token.size == 0 || token.bytes < text.bytes + before ||
        token.bytes + token.size != text.bytes + at)
      abort();
}

static void check_words(nr_text text)
{
  nr_text word;
  unsigned gap;
  for (size_t at = 0, before = 0; nr_rough_word(text, &at, &word, &gap); before = at)
    if (at <= before || word.size == 0 || word.bytes < text.bytes + before ||
        word.bytes + word.size != text.bytes + at)
      abort();
}

static void check_runs(const nr_run_words *words, nr_text low)
{
  nr_run run;
  for (size_t at = 0, before = 0; nr_runs_next(words, low, &at, &run); before = at) {
    if (at <= before || run.end > low.size || run.start >= run.end || run.place_count == 0)
      abort();
    for (unsigned i = 0; i < run.place_count; i++)
      if (run.places[i] < run.start || run.places[i] >= run.end)
        abort();
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
  static const char *const list[] = {"a", "b", "year", "b.c.", "p'ять"};
  nr_run_words *words = nr_run_words_new(&nr_memory_default);
  char *low = malloc(size + 1);
  for (size_t i = 0; words != NULL && i < sizeof list / sizeof *list; i++)
    (void)nr_run_words_add(words, nr_text_of(list[i]), i > 1, NULL);
  if (words != NULL && low != NULL) {
    nr_runs_fold((nr_text){(const char *)bytes, size}, low);
    check_runs(words, (nr_text){low, size});
    check_rough((nr_text){(const char *)bytes, size});
    check_words((nr_text){(const char *)bytes, size});
  }
  free(low);
  nr_run_words_free(words);
  return 0;
}
