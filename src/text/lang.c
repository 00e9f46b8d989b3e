/* lang.c: scripts first, then letters and the commonest small words. Floor 1. */
#include "text/lang.h"

#include "text/char_table.h"
#include "text/utf8.h"

enum { sample_size_max = 16384, word_size_max = 24, scripts = 16 };

/* A language and its commonest words, spaces around each. Words that several languages share
 * count for all of them. */
typedef struct language {
  char code[3];
  uint8_t script;
  const char *words;
} language;

static const language languages[] = {
    {"en", NR_SCRIPT_Latin,
     " the of and to in is that for with was on are by from this has his have not were said "},
    {"de", NR_SCRIPT_Latin,
     " der die und den von zu das mit sich des auf für ist im dem nicht ein eine als auch "},
    {"fr", NR_SCRIPT_Latin,
     " le la les de des et à du en un une que est pour dans qui par sur pas au avec ce "},
    {"es", NR_SCRIPT_Latin, " el la los las de que y en un una del se por con para su al lo como más "},
    {"it", NR_SCRIPT_Latin, " il la di che e in un una per del con non della sono gli alla dei le si è "},
    {"pt", NR_SCRIPT_Latin, " o a os as de que e em um uma do da para com não por no na dos ao mais "},
    {"ca", NR_SCRIPT_Latin, " el la els les de que i en un una del amb per és al dels no com més seva "},
    {"ro", NR_SCRIPT_Latin, " de și în la cu pe nu din care să că un o este pentru mai sunt au fost prin "},
    {"nl", NR_SCRIPT_Latin,
     " de het een van en in is dat op te zijn voor met niet aan door ook naar bij wordt "},
    {"sv", NR_SCRIPT_Latin, " och att det i en som är på av för med den till har inte om ett de var från "},
    {"da", NR_SCRIPT_Latin, " og at det i en er på af for med den til har ikke om et de var fra som blev "},
    {"no", NR_SCRIPT_Latin, " og å det i en er på av for med den til har ikke om et de var fra som ble "},
    {"fi", NR_SCRIPT_Latin,
     " ja on että ei se oli hän mutta myös kun kuin ovat ole joka sen jo vain mukaan "},
    {"pl", NR_SCRIPT_Latin, " i w na z do nie się że jest to o za od po przez jak dla oraz był który "},
    {"cs", NR_SCRIPT_Latin, " a v na je se z že do s o i to jako pro by za jsou ve který byl "},
    {"sk", NR_SCRIPT_Latin, " a v na je sa z že do s o aj to ako pre by za sú vo ktorý bol "},
    {"hr", NR_SCRIPT_Latin, " i u na je se da za od s su o iz a koji što ne će bi kao godine "},
    {"sl", NR_SCRIPT_Latin, " in v na je se da za so z o ki pa bi po ne ob tudi kot leta bil "},
    {"hu", NR_SCRIPT_Latin,
     " a az és hogy nem is egy meg van volt ez de csak már azt mint lesz ki el szerint "},
    {"tr", NR_SCRIPT_Latin,
     " ve bir bu da de için ile olarak çok daha olan sonra gibi kadar ne en ki oldu göre dedi "},
    {"id", NR_SCRIPT_Latin,
     " yang dan di dari ini untuk dengan itu tidak pada dalam akan ke oleh juga tersebut kata ada "},
    {"lt", NR_SCRIPT_Latin, " ir kad yra iš su į tai bet buvo ne už po dėl kaip metų nuo apie jau jo prie "},
    {"lv", NR_SCRIPT_Latin, " un ir ka ar no uz par kas arī bet tika gada bija kā pēc nav viņš to pie līdz "},
    {"et", NR_SCRIPT_Latin,
     " ja on ei et see oli ta ka mis kui oma aga ning nagu kes olid pole aasta selle või "},
    {"vi", NR_SCRIPT_Latin,
     " và của là có được cho trong các không những với một người này đã để khi năm từ "},
    {"sw", NR_SCRIPT_Latin, " na ya wa kwa ni katika za la kuwa hiyo huo cha hii alisema baada watu yake "},
    {"ha", NR_SCRIPT_Latin, " da na a ta ya ba cewa wata kuma ga sun an wani cikin domin suka shi "},
    {"sq", NR_SCRIPT_Latin, " të e në dhe për një me i që nga është se ka si më janë u ishte "},
    {"ru", NR_SCRIPT_Cyrillic, " и в не на что с по он как к из его за от для это но был о у также "},
    {"uk", NR_SCRIPT_Cyrillic, " і в на не що з до та у за від як це він але для про його був або також "},
    {"be", NR_SCRIPT_Cyrillic, " і ў на не што з у да як па ад за для гэта яго але быў каб таксама "},
    {"bg", NR_SCRIPT_Cyrillic, " на и в да се за от с е не че по са като до ще той при беше "},
    {"sr", NR_SCRIPT_Cyrillic, " и у је да се на за од са су о из који не што као би године "},
    {"mk", NR_SCRIPT_Cyrillic, " на и во да се од за со е не што ќе ги по како го беше кои "},
};

enum { language_count = sizeof languages / sizeof *languages };

typedef struct evidence {
  uint32_t letters[scripts];
  uint32_t kana, persian, urdu, kurdish, yiddish;
  uint32_t words;
  float score[language_count];
} evidence;

static nr_text code_text(const char *code)
{
  return (nr_text){code, code == NULL ? 0 : 2};
}

/* Letters that only some languages have are worth as much as a word. */
static void weigh_letter(evidence *e, uint32_t code)
{
  static const struct {
    uint32_t code;
    char lang[3];
  } own[] = {{0x456, "uk"}, {0x456, "be"}, {0x457, "uk"}, {0x454, "uk"}, {0x491, "uk"}, {0x45E, "be"},
             {0x44B, "ru"}, {0x44B, "be"}, {0x44D, "ru"}, {0x44D, "be"}, {0x451, "ru"}, {0x451, "be"},
             {0x44A, "bg"}, {0x452, "sr"}, {0x45B, "sr"}, {0x458, "sr"}, {0x458, "mk"}, {0x459, "sr"},
             {0x453, "mk"}, {0x45C, "mk"}, {0x455, "mk"}, {0x142, "pl"}, {0x105, "pl"}, {0xDF, "de"},
             {0x159, "cs"}, {0x16F, "cs"}, {0x151, "hu"}, {0x171, "hu"}, {0x219, "ro"}, {0x103, "ro"},
             {0x131, "tr"}, {0x11F, "tr"}, {0xF1, "es"},  {0xE3, "pt"},  {0xF5, "pt"},  {0xE5, "sv"},
             {0xE5, "da"},  {0xE5, "no"},  {0xF8, "da"},  {0xF8, "no"},  {0x13E, "sk"}, {0x111, "vi"}};

  for (size_t i = 0; i < sizeof own / sizeof *own; i++)
    for (size_t l = 0; own[i].code == code && l < language_count; l++)
      if (strcmp(own[i].lang, languages[l].code) == 0)
        e->score[l] += 0.5F;
}

static void count_letter(evidence *e, uint32_t code)
{
  e->letters[nr_char_of(code)->script]++;
  e->kana += code >= 0x3040 && code <= 0x30FF;
  e->persian += code == 0x67E || code == 0x686 || code == 0x698 || code == 0x6AF || code == 0x6CC;
  e->urdu += code == 0x679 || code == 0x688 || code == 0x691 || code == 0x6D2;
  e->kurdish += code == 0x6CE || code == 0x6C6 || code == 0x695 || code == 0x6B5;
  e->yiddish += code >= 0x5F0 && code <= 0x5F2;
  if (code >= 0xC0)
    weigh_letter(e, code);
}

static bool in_list(const char *words, const char *word, size_t size)
{
  char spaced[word_size_max + 3] = " ";

  memcpy(spaced + 1, word, size);
  spaced[size + 1] = ' ';
  spaced[size + 2] = '\0';
  return strstr(words, spaced) != NULL;
}

/* A word counts for each language that has it, the more the fewer have it. */
static void count_word(evidence *e, const char *word, size_t size)
{
  bool has[language_count];
  int having = 0;

  e->words++;
  for (size_t l = 0; l < language_count; l++)
    having += has[l] = in_list(languages[l].words, word, size);
  for (size_t l = 0; having > 0 && l < language_count; l++)
    if (has[l])
      e->score[l] += 1.0F + 1.0F / (float)having;
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

static void read_sample(evidence *e, nr_text text)
{
  char word[word_size_max + 4];
  size_t size = 0;
  const char *at = text.bytes, *end = at + (text.size < sample_size_max ? text.size : sample_size_max);

  while (at < text.bytes + text.size && at < end) {
    uint32_t code = lower(nr_utf8_next(&at));
    uint8_t category = nr_char_of(code)->category;
    if (category >= NR_GC_Lu && category <= NR_GC_Lo) {
      count_letter(e, code);
      if (size <= word_size_max)
        size += nr_utf8_put(word + size, code);
      continue;
    }
    if (size > 0 && size <= word_size_max)
      count_word(e, word, size);
    size = 0;
  }
  if (size > 0 && size <= word_size_max)
    count_word(e, word, size);
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
  return first >= 4 && first >= second * 1.15F && first * 20 >= (float)e->words ? languages[best].code : NULL;
}

nr_text nr_lang_guess(nr_text text)
{
  evidence e = {0};
  uint32_t all = 0;
  uint8_t script = 0;

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
