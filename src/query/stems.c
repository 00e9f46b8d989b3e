/* stems.c: words of one stem, by the language of each article.
 * Floor 4.
 *
 * Stems have no postings: the vocabulary is gone through, and the hits of a form count only in
 * articles of the language by whose rules it has the stem. Articles without `lang` go by English. */
#include <string.h>

#include "query/words.h"
#include "text/stem.h"

enum { languages_max = 32 };

typedef struct language {
  char code[4];
  uint64_t *articles;
  uint32_t count;
} language;

typedef struct languages {
  language items[languages_max];
  uint32_t count;
} languages;

/* The code before a region, in small letters: "pt" of "pt-BR"; false where it is no such code. */
static bool code_of(nr_text lang, char code[4])
{
  size_t size = 0;
  while (size < lang.size && size < 4 && lang.bytes[size] != '-' && lang.bytes[size] != '_') {
    code[size] = (char)(lang.bytes[size] | 32);
    size++;
  }
  if (size < 2 || size > 3)
    return false;
  code[size] = '\0';
  return true;
}

static language *language_of(languages *all, const char *code)
{
  for (uint32_t i = 0; i < all->count; i++)
    if (strcmp(all->items[i].code, code) == 0)
      return &all->items[i];
  if (all->count == languages_max) /* more than there are stemmers for */
    return NULL;
  language *made = &all->items[all->count++];
  memcpy(made->code, code, 4);
  return made;
}

static nr_status put_article(nr_run *run, language *l, uint32_t article, nr_error *err)
{
  if (l->articles == NULL) {
    size_t words = ((size_t)nr_segment_count(run->segment)->articles + 63) / 64;
    NR_TRY(nr_run_take(run, words, sizeof *l->articles, &l->articles, err));
    memset(l->articles, 0, words * sizeof *l->articles);
  }
  l->articles[article / 64] |= UINT64_C(1) << article % 64;
  l->count++;
  return NR_OK;
}

/* Which articles are in which language. */
static nr_status find_languages(nr_run *run, languages *all, nr_error *err)
{
  uint32_t field, articles = nr_segment_count(run->segment)->articles;
  bool has = nr_segment_find_field(run->segment, NR_TEXT("lang"), &field);
  for (uint32_t article = 0; article < articles; article++) {
    char code[4] = "en";
    uint32_t value = has ? nr_segment_field_of(run->segment, field, article) : UINT32_MAX;
    if (value != UINT32_MAX) {
      nr_field_type type;
      nr_text text;
      nr_segment_field_value(run->segment, field, value, &type, &text);
      if (!code_of(text, code))
        continue;
    }
    language *l = language_of(all, code);
    if (l != NULL)
      NR_TRY(put_article(run, l, article, err));
  }
  return NR_OK;
}

/* Forms with the stem of `word`. Only Arabic takes something off the front of a word. */
static nr_status find_forms(nr_text word, const char *code, nr_stemmer *stemmer, nr_run *run, nr_words *words,
                            nr_error *err)
{
  nr_ranges forms = {0};
  nr_text stem;
  uint32_t from, to;
  NR_TRY(nr_stem(stemmer, word, &stem, err));
  char *wanted = nr_arena_copy(run->arena, stem.bytes, stem.size);
  if (wanted == NULL)
    return nr_fail_memory(err);
  nr_text target = {wanted, stem.size}, start = {word.bytes, strcmp(code, "ar") == 0 ? 0 : 1};
  nr_segment_forms_with_prefix(run->segment, start, &from, &to);
  for (uint32_t form = from; form < to; form++) {
    if (form % 4096 == 0)
      NR_TRY(nr_poll_at(run->poll, form, to, err));
    NR_TRY(nr_stem(stemmer, nr_segment_form(run->segment, form), &stem, err));
    if (nr_text_equal(stem, target))
      NR_TRY(nr_ranges_put(&forms, run, form, form + 1, err));
  }
  return nr_words_finish(words, run, &forms, NULL, err);
}

nr_status nr_stem_words(nr_text word, nr_run *run, nr_words_list *sets, nr_error *err)
{
  languages all = {.count = 0};
  NR_TRY(find_languages(run, &all, err));
  for (uint32_t i = 0; i < all.count; i++) {
    language *l = &all.items[i];
    nr_text code = nr_text_of(l->code);
    nr_stemmer *stemmer;
    nr_words words = {0};
    if (nr_stemmer_new(run->arena->memory, code, &stemmer, NULL) != NR_OK) { /* none: the word alone */
      NR_TRY(nr_words_of_form(word, run, &words, err));
    } else {
      nr_status status = find_forms(word, l->code, stemmer, run, &words, err);
      nr_stemmer_free(stemmer);
      NR_TRY(status);
    }
    words.articles = l->count == nr_segment_count(run->segment)->articles ? NULL : l->articles;
    NR_TRY(nr_words_put(sets, run, &words, err));
  }
  return NR_OK;
}
