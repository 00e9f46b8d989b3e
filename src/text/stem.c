/* stem.c: libstemmer, which allocates by itself: a few KB a handle, bounded by the longest word. */
#include "text/stem.h"

#include <libstemmer.h>

enum { word_size_max = 128 };

struct nr_stemmer {
  const nr_memory *memory;
  struct sb_stemmer *stemmer;
};

static const char languages[][3] = {"ar", "ca", "da", "de", "el", "en", "es", "eu", "fi", "fr",
                                    "ga", "hi", "hu", "hy", "id", "it", "lt", "ne", "nl", "no",
                                    "pt", "ro", "ru", "sr", "sv", "ta", "tr", "yi"};

nr_text nr_stem_language(size_t index)
{
  return index < sizeof languages / sizeof *languages ? nr_text_of(languages[index]) : (nr_text){NULL, 0};
}

/* The two letters of a language; both written forms of Norwegian are "no". */
static const char *language_of(nr_text lang)
{
  char code[3];

  if (lang.size < 2 || (lang.size > 2 && lang.bytes[2] != '-' && lang.bytes[2] != '_'))
    return NULL;
  code[0] = (char)(lang.bytes[0] | 0x20);
  code[1] = (char)(lang.bytes[1] | 0x20);
  code[2] = '\0';
  if (strcmp(code, "nb") == 0 || strcmp(code, "nn") == 0)
    return "no";
  for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
    if (strcmp(code, languages[i]) == 0)
      return languages[i];
  return NULL;
}

nr_status nr_stemmer_new(const nr_memory *memory, nr_text lang, nr_stemmer **stemmer, nr_error *err)
{
  const char *language = language_of(lang);
  nr_stemmer *made;

  if (language == NULL)
    return nr_fail(err, NR_NOTFOUND, "no stemmer for the language \"%.*s\"",
                   lang.size > 32 ? 32 : (int)lang.size, lang.size == 0 ? "" : lang.bytes);
  made = nr_alloc(memory, sizeof *made);
  if (made == NULL)
    return nr_fail_memory(err);
  made->memory = memory;
  made->stemmer = sb_stemmer_new(language, NULL);
  if (made->stemmer == NULL) {
    nr_release(memory, made, sizeof *made);
    return nr_fail_memory(err);
  }
  *stemmer = made;
  return NR_OK;
}

void nr_stemmer_free(nr_stemmer *stemmer)
{
  if (stemmer == NULL)
    return;
  sb_stemmer_delete(stemmer->stemmer);
  nr_release(stemmer->memory, stemmer, sizeof *stemmer);
}

nr_status nr_stem(nr_stemmer *stemmer, nr_text word, nr_text *stem, nr_error *err)
{
  const sb_symbol *found;

  if (word.size == 0 || word.size > word_size_max) {
    *stem = word;
    return NR_OK;
  }
  found = sb_stemmer_stem(stemmer->stemmer, (const sb_symbol *)word.bytes, (int)word.size);
  if (found == NULL)
    return nr_fail_memory(err);
  *stem = (nr_text){(const char *)found, (size_t)sb_stemmer_length(stemmer->stemmer)};
  return NR_OK;
}
