/* phrases.c: phrases and their look-up. Floor 4. */
#include "ingest/phrases.h"

#include "ingest/lines.h"
#include "ingest/phrases_table.h"

typedef struct entry {
  nr_phrase phrase; /* text folded and owned, up to its first star */
  nr_text rest;     /* behind that star; missing where there is none */
  uint32_t next;    /* of the same bucket, UINT32_MAX at the end */
} entry;

enum { bucket_count = 4096 };

struct nr_phrases {
  const nr_memory *memory;
  nr_arena arena;
  entry *entries;
  size_t count, capacity, own;
  uint32_t first[2][bucket_count], last[2][bucket_count]; /* bound, loose: by their first two bytes */
};

/* By the first two bytes, or three for those met anywhere: fewer false starts. */
static size_t bucket_of(const char *bytes, bool loose)
{
  uint32_t a = (uint8_t)bytes[0], b = (uint8_t)bytes[1], c = loose ? (uint8_t)bytes[2] : 0;
  return (a * 37 + b + c * 1031) % bucket_count;
}

/* ENDS and HOLDS may be met anywhere in a line, IS and STARTS at its start alone. */
static bool is_loose(nr_phrase_place place)
{
  return place == NR_PHRASE_ENDS || place == NR_PHRASE_HOLDS;
}

static void link_entry(nr_phrases *p, uint32_t index)
{
  entry *e = &p->entries[index];
  bool loose = is_loose(e->phrase.place);
  size_t bucket = bucket_of(e->phrase.text.bytes, loose);
  uint32_t *first = &p->first[loose][bucket], *last = &p->last[loose][bucket];
  e->next = UINT32_MAX;
  if (*first == UINT32_MAX)
    *first = index;
  else
    p->entries[*last].next = index;
  *last = index;
}

/* Enter a phrase whose text is folded. */
static nr_status put(nr_phrases *p, nr_phrase phrase, nr_text folded, nr_error *err)
{
  void *entries = p->entries;
  const char *star = memchr(folded.bytes, '*', folded.size);
  size_t size = star == NULL ? folded.size : (size_t)(star - folded.bytes);
  if (size < 3)
    return NR_OK; /* less says nothing */
  nr_status status = nr_grow(p->memory, &entries, &p->capacity, p->count + 1, sizeof *p->entries, err);
  p->entries = entries;
  NR_TRY(status);
  char *text = nr_arena_copy(&p->arena, folded.bytes, folded.size);
  char *source = nr_arena_copy(&p->arena, phrase.source.bytes, phrase.source.size);
  if (text == NULL || source == NULL)
    return nr_fail_memory(err);
  entry *e = &p->entries[p->count];
  *e = (entry){.phrase = phrase};
  e->phrase.text = (nr_text){text, size};
  e->phrase.source.bytes = phrase.source.bytes == NULL ? NULL : source;
  if (star != NULL)
    e->rest = (nr_text){text + size + 1, folded.size - size - 1};
  link_entry(p, (uint32_t)p->count++);
  return NR_OK;
}

static nr_status add(nr_phrases *p, nr_phrase phrase, nr_error *err)
{
  nr_buffer folded;
  nr_buffer_init(&folded, p->memory);
  nr_status status = nr_words_fold(phrase.text, &folded, err);
  if (status == NR_OK && folded.size > 0)
    status = put(p, phrase, (nr_text){folded.bytes, folded.size}, err);
  nr_buffer_clear(&folded);
  return status;
}

static nr_status add_all(nr_phrases *p, const nr_phrase *given, size_t count, nr_error *err)
{
  for (size_t i = 0; i < count; i++)
    NR_TRY(add(p, given[i], err));
  p->own = p->count;
  for (size_t i = 0; i < sizeof built_in / sizeof built_in[0]; i++) {
    const struct built_in *b = &built_in[i];
    nr_phrase phrase = {nr_text_of(b->text), {NULL, 0}, (nr_phrase_means)b->means, (nr_phrase_place)b->place};
    NR_TRY(add(p, phrase, err));
  }
  return NR_OK;
}

nr_status nr_phrases_new(const nr_memory *memory, const nr_phrase *given, size_t count, nr_phrases **phrases,
                         nr_error *err)
{
  nr_phrases *p = nr_alloc_zeroed(memory, 1, sizeof *p);
  if (p == NULL)
    return nr_fail_memory(err);
  p->memory = memory;
  nr_arena_init(&p->arena, memory);
  memset(p->first, 0xFF, sizeof p->first);
  nr_status status = add_all(p, given, count, err);
  if (status != NR_OK) {
    nr_phrases_free(p);
    return status;
  }
  *phrases = p;
  return NR_OK;
}

void nr_phrases_free(nr_phrases *p)
{
  if (p == NULL)
    return;
  nr_arena_clear(&p->arena);
  nr_release(p->memory, p->entries, p->capacity * sizeof *p->entries);
  nr_release(p->memory, p, sizeof *p);
}

static bool is_word_byte(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* Whether the phrase's last word ends there: "more" does not start "moreover". */
static bool ends_word(nr_text line, nr_text phrase)
{
  uint8_t lead = 0; /* of the phrase's last character; from U+2E80 on words are not parted */
  for (size_t i = phrase.size; i > 0 && (lead & 0xC0) != 0xC0; i--)
    lead = (uint8_t)phrase.bytes[i - 1];
  return line.size == phrase.size || lead >= 0xE3 || !is_word_byte(phrase.bytes[phrase.size - 1]) ||
         !is_word_byte(line.bytes[phrase.size]);
}

/* Find the pieces of `rest`, parted by stars, one behind the other in `line`; the last one ends it where
 * `closed`. *line is then what is behind them. */
static bool find_rest(nr_text rest, bool closed, nr_text *line)
{
  for (;;) {
    const char *star = memchr(rest.bytes, '*', rest.size);
    size_t size = star == NULL ? rest.size : (size_t)(star - rest.bytes);
    const char *at = line->bytes;
    if (star == NULL && closed)
      at = line->size < size ? NULL : line->bytes + line->size - size;
    else if (size > 0)
      at = memmem(line->bytes, line->size, rest.bytes, size);
    if (at == NULL || memcmp(at, rest.bytes, size) != 0)
      return false;
    *line = (nr_text){at + size, (size_t)(line->bytes + line->size - (at + size))};
    if (star == NULL)
      return true;
    rest = (nr_text){star + 1, rest.size - size - 1};
  }
}

/* Whether a phrase whose first bytes were met at `at` fits the line. */
static bool fits(const entry *e, nr_text line, size_t at)
{
  nr_text text = e->phrase.text;
  nr_phrase_place place = e->phrase.place;
  bool closed = place == NR_PHRASE_IS || place == NR_PHRASE_ENDS;
  if (line.size - at < text.size || memcmp(line.bytes + at, text.bytes, text.size) != 0)
    return false;
  nr_text behind = {line.bytes + at + text.size, line.size - at - text.size};
  if (place == NR_PHRASE_IS)
    while (behind.size > 0 && memchr(":.!> ", behind.bytes[behind.size - 1], 5) != NULL)
      behind.size--;
  if (e->rest.bytes != NULL && !find_rest(e->rest, closed, &behind))
    return false;
  if (closed)
    return behind.size == 0;
  return place == NR_PHRASE_HOLDS || e->rest.bytes != NULL || ends_word(line, text);
}

/* The lowest fitting index of a list, below `best`. */
static uint32_t search(const nr_phrases *p, uint32_t index, nr_text line, size_t at, nr_text source,
                       uint32_t best)
{
  for (; index < best; index = p->entries[index].next) {
    const nr_phrase *phrase = &p->entries[index].phrase;
    if ((phrase->source.bytes == NULL || nr_text_equal(phrase->source, source)) &&
        fits(&p->entries[index], line, at))
      return index;
  }
  return best;
}

const nr_phrase *nr_phrases_match(const nr_phrases *p, nr_text folded, nr_text source, bool *own)
{
  if (folded.size < 3)
    return NULL;
  size_t bucket = bucket_of(folded.bytes, false);
  uint32_t best = search(p, p->first[0][bucket], folded, 0, source, UINT32_MAX);
  for (size_t at = 0; at + 3 <= folded.size; at++) {
    bucket = bucket_of(folded.bytes + at, true);
    if (p->first[1][bucket] < best)
      best = search(p, p->first[1][bucket], folded, at, source, best);
  }
  if (best == UINT32_MAX)
    return NULL;
  *own = best < p->own;
  return &p->entries[best].phrase;
}

const nr_phrase *nr_phrases_label(const nr_phrases *p, nr_text line, nr_text source)
{
  size_t end;
  for (size_t i = 0; i < p->count; i++) {
    const nr_phrase *phrase = &p->entries[i].phrase;
    if ((phrase->means == NR_PHRASE_DATE || phrase->means == NR_PHRASE_UPDATED) &&
        (phrase->source.bytes == NULL || nr_text_equal(phrase->source, source)) &&
        nr_words_begin(line, phrase->text, &end))
      return phrase;
  }
  return NULL;
}

bool nr_phrases_credit(nr_text folded)
{
  if (folded.size < 4 || folded.bytes[folded.size - 1] != ')')
    return false;
  const char *open = memrchr(folded.bytes, '(', folded.size), *end = folded.bytes + folded.size, *at;
  if (open == NULL || end - open > 80)
    return false;
  for (size_t i = 0; i < sizeof credit_words / sizeof credit_words[0]; i++) {
    size_t size = strlen(credit_words[i]);
    if (credit_words[i][0] == '(') {
      if ((size_t)(end - open) == size && memcmp(open, credit_words[i], size) == 0)
        return true;
    } else if ((at = memmem(open, (size_t)(end - open), credit_words[i], size)) != NULL &&
               !is_word_byte(at[-1])) {
      return true;
    }
  }
  return false;
}

bool nr_phrases_copyright(nr_text folded)
{
  static const char sign[] = "\xC2\xA9";
  const char *at = memmem(folded.bytes, folded.size, sign, 2);
  return at != NULL && at > folded.bytes;
}

static bool is_button(nr_text word)
{
  for (size_t i = 0; i < sizeof button_words / sizeof button_words[0]; i++)
    if (nr_text_equal(word, nr_text_of(button_words[i])))
      return true;
  return false;
}

bool nr_phrases_buttons(nr_text folded)
{
  size_t known = 0;
  for (const char *at = folded.bytes, *end = at + folded.size; at < end;) {
    const char *stop = at;
    while (stop < end && *stop != ' ' && *stop != '|' && *stop != ',')
      stop++;
    if (stop > at && !is_button((nr_text){at, (size_t)(stop - at)}))
      return false;
    known += stop > at;
    at = stop + 1;
  }
  return known >= 2;
}
