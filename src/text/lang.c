/* lang.c: scripts first, then letters and the commonest small words. Floor 1. */
#include "text/lang.h"

#include "text/ascii.h"
#include "text/char_table.h"
#include "text/lang_table.h"
#include "text/utf8.h"

enum { sample_size_max = 4096, word_size_max = 15, scripts = 16 };

typedef struct evidence {
  uint32_t letters[scripts];
  uint32_t kana, persian, urdu, kurdish, yiddish;
  uint32_t words;
  float score[language_count];
  uint8_t distinct[language_count]; /* different words of each language */
  uint16_t met[word_slot_count];    /* how often each word of the table */
  uint16_t slots[word_slot_count];  /* of those met, slot_count of them */
  uint32_t slot_count;
} evidence;

static nr_text code_text(const char *code)
{
  return (nr_text){code, code == NULL ? 0 : 2};
}

static size_t language_number(const char *code)
{
  size_t l = 0;
  while (l < language_count && strcmp(code, languages[l].code) != 0)
    l++;
  return l;
}

/* Letters that only some languages have are worth half a word. */
static void weigh_letter(evidence *e, uint32_t code)
{
  static const struct {
    uint16_t code;
    char langs[3][3];
  } own[] = {{0x456, {"uk", "be"}},
             {0x457, {"uk"}},
             {0x454, {"uk"}},
             {0x491, {"uk"}},
             {0x45E, {"be"}},
             {0x44B, {"ru", "be"}},
             {0x44D, {"ru", "be"}},
             {0x451, {"ru", "be"}},
             {0x44A, {"bg"}},
             {0x452, {"sr"}},
             {0x45B, {"sr"}},
             {0x458, {"sr", "mk"}},
             {0x459, {"sr"}},
             {0x453, {"mk"}},
             {0x45C, {"mk"}},
             {0x455, {"mk"}},
             {0x142, {"pl"}},
             {0x105, {"pl"}},
             {0xDF, {"de"}},
             {0x159, {"cs"}},
             {0x16F, {"cs"}},
             {0x151, {"hu"}},
             {0x171, {"hu"}},
             {0x219, {"ro"}},
             {0x103, {"ro"}},
             {0x131, {"tr"}},
             {0x11F, {"tr"}},
             {0xF1, {"es"}},
             {0xE3, {"pt"}},
             {0xF5, {"pt"}},
             {0xE5, {"sv", "da", "no"}},
             {0xF8, {"da", "no"}},
             {0x13E, {"sk"}},
             {0x111, {"vi"}}};

  for (size_t i = 0; i < sizeof own / sizeof *own; i++)
    for (size_t l = 0; own[i].code == code && l < 3 && own[i].langs[l][0] != '\0'; l++)
      e->score[language_number(own[i].langs[l])] += 0.5F;
}

static void count_letter(evidence *e, uint32_t code)
{
  e->letters[nr_char_of(code)->script]++;
  e->kana += code >= 0x3040 && code <= 0x30FF;
  e->persian += code == 0x67E || code == 0x686 || code == 0x698 || code == 0x6AF || code == 0x6CC;
  e->urdu += code == 0x679 || code == 0x688 || code == 0x691 || code == 0x6D2;
  e->kurdish += code == 0x6CE || code == 0x6C6 || code == 0x695 || code == 0x6B5;
  e->yiddish += code >= 0x5F0 && code <= 0x5F2;
  if (code >= 0xC0 && (code < 0x430 || code >= 0x44A) && code < 0x492)
    weigh_letter(e, code);
}

/* A word's bytes, zeros behind them, as the table is searched. */
typedef struct word_key {
  uint64_t low, high;
} word_key;

/* Note a word if it is in the table. The hash is that of make_languages.lua. */
static void count_word(evidence *e, word_key key)
{
  uint64_t hash = key.low * 0x9E3779B97F4A7C15u + key.high * 0xD6E8FEB86659FD93u;
  uint8_t tag = (uint8_t)(hash >> 45 | 1);
  uint32_t slot = (uint32_t)(hash >> 53);

  e->words++;
  for (; word_tags[slot] != 0; slot = (slot + 1) % word_slot_count)
    if (word_tags[slot] == tag && nr_load_u64(word_slots[slot].word) == key.low &&
        nr_load_u64(word_slots[slot].word + 8) == key.high) {
      e->slots[e->slot_count] = (uint16_t)slot;
      e->slot_count += e->met[slot]++ == 0;
      return;
    }
}

/* A word counts for each language that has it, the more the fewer have it. */
static void weigh_words(evidence *e)
{
  for (uint32_t i = 0; i < e->slot_count; i++) {
    const struct word_slot *word = &word_slots[e->slots[i]];
    for (uint64_t having = word->languages; having != 0; having &= having - 1) {
      e->score[__builtin_ctzll(having)] += word->weight * e->met[e->slots[i]];
      e->distinct[__builtin_ctzll(having)]++;
    }
  }
}

/* Small letters for the capitals of the scripts in the table. */
static uint32_t lower(uint32_t code)
{
  if ((code >= 'A' && code <= 'Z') || (code >= 0x410 && code <= 0x42F) ||
      (code >= 0xC0 && code <= 0xDE && code != 0xD7))
    return code + 32;
  if (code >= 0x400 && code <= 0x40F)
    return code + 80;
  if ((code >= 0x100 && code <= 0x137) || (code >= 0x14A && code <= 0x177) || code == 0x490 || code == 0x218)
    return code | 1;
  return code;
}

/* Count the ASCII word that begins at `at`, with 16 bytes to be read: nearly every word of most languages.
 * Returns its size and that of one byte behind it, which is no letter; or 0 where other letters, or more of
 * them, follow. */
static size_t count_ascii_word(evidence *e, const char *at)
{
  unsigned size = nr_ascii_run16((const uint8_t *)at, false);
  if (size == 16 || (uint8_t)at[size] >= 0x80)
    return 0;
  if (size == 0)
    return 1;
  const uint64_t small = UINT64_C(0x2020202020202020);
  word_key key = {(nr_load_u64(at) | small) & (size < 8 ? ~(UINT64_MAX << 8 * size) : UINT64_MAX),
                  size <= 8 ? 0 : (nr_load_u64(at + 8) | small) & ~(UINT64_MAX << 8 * (size - 8))};
  e->letters[NR_SCRIPT_Latin] += size;
  count_word(e, key);
  return size + 1;
}

static void count_letters(evidence *e, char word[word_size_max + 4], size_t size)
{
  if (size == 0 || size > word_size_max)
    return;
  memset(word + size, 0, word_size_max + 1 - size);
  count_word(e, (word_key){nr_load_u64(word), nr_load_u64(word + 8)});
}

static void read_sample(evidence *e, nr_text text)
{
  char word[word_size_max + 4];
  size_t size = 0;
  if (text.size == 0)
    return;
  const char *at = text.bytes, *end = at + (text.size < sample_size_max ? text.size : sample_size_max);

  while (at < text.bytes + text.size && at < end) {
    size_t whole = size == 0 && end - at >= 16 ? count_ascii_word(e, at) : 0;
    if (whole > 0) {
      at += whole;
      continue;
    }
    uint32_t code = lower(nr_utf8_next(&at));
    uint8_t category = nr_char_of(code)->category;
    if (category >= NR_GC_Lu && category <= NR_GC_Lo) {
      count_letter(e, code);
      if (size <= word_size_max)
        size += nr_utf8_put(word + size, code);
      continue;
    }
    count_letters(e, word, size);
    size = 0;
  }
  count_letters(e, word, size);
  weigh_words(e);
}

/* The language of a script that words do not decide. */
static const char *by_script(const evidence *e, uint8_t script)
{
  uint32_t of_script = e->letters[script];

  switch (script) {
  case NR_SCRIPT_Greek:
    return "el";
  case NR_SCRIPT_Hebrew:
    return e->yiddish * 50 > of_script ? "yi" : "he";
  case NR_SCRIPT_Arabic:
    return e->kurdish * 50 > of_script   ? "ku"
           : e->urdu * 50 > of_script    ? "ur"
           : e->persian * 25 > of_script ? "fa"
                                         : "ar";
  case NR_SCRIPT_Han:
  case NR_SCRIPT_Hiragana:
  case NR_SCRIPT_Katakana:
    return e->kana * 20 > e->letters[NR_SCRIPT_Han] ? "ja" : "zh";
  case NR_SCRIPT_Hangul:
    return "ko";
  case NR_SCRIPT_Armenian:
    return "hy";
  case NR_SCRIPT_Tamil:
    return "ta";
  case NR_SCRIPT_Thai:
    return "th";
  case NR_SCRIPT_Georgian:
    return "ka";
  default:
    return NULL; /* Devanagari and Ethiopic write many languages */
  }
}

static const char *by_words(const evidence *e, uint8_t script)
{
  size_t best = language_count;
  float first = 0, second = 0;

  for (size_t l = 0; l < language_count; l++) {
    if (languages[l].script != script)
      continue;
    if (e->score[l] > first) {
      second = first;
      first = e->score[l];
      best = l;
    } else if (e->score[l] > second) {
      second = e->score[l];
    }
  }
  /* A language that is not in the table shares few of another's words, or one or two of them often. */
  if (first < 4 || first < second * 1.15F || first < 0.2F * (float)e->words ||
      e->distinct[best] < (e->words < 60 ? 3 : 6))
    return NULL;
  return languages[best].code;
}

nr_text nr_lang_guess(nr_text text)
{
  evidence e;
  uint32_t all = 0;
  uint8_t script = 0;

  memset(&e, 0, offsetof(evidence, slots));
  e.slot_count = 0;
  read_sample(&e, text);
  for (uint8_t i = 0; i < scripts; i++) {
    all += e.letters[i];
    if (e.letters[i] > e.letters[script])
      script = i;
  }
  if (all < 10 || e.letters[script] * 2 < all)
    return code_text(NULL);
  if (script == NR_SCRIPT_Latin || script == NR_SCRIPT_Cyrillic)
    return code_text(by_words(&e, script));
  return code_text(by_script(&e, script));
}
