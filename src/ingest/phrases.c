/* phrases.c: the built-in phrases and their look-up. Floor 4.
 * Written as nr_words_fold leaves them: lower case, straight apostrophes. */
#include "ingest/phrases.h"

#include "ingest/lines.h"

typedef struct wording {
  uint8_t means, place;
  const char *texts; /* parted by bars */
} wording;

static const wording built_in[] = {
    /* English */
    {NR_PHRASE_FURNITURE, NR_PHRASE_IS,
     "advertisement|advertisements|advertising|sponsored|sponsored content|"
     "story continues below advertisement|article continues below|continue reading below|read more|"
     "more|share|share this|share this article|share this story|share on facebook|share on twitter|"
     "tweet|print|email|comment|comments|subscribe|sign up|log in|loading|loading...|close|pin|play|"
     "replay|skip to content|skip to main content|scroll to top of page|back to top|menu|search|"
     "toggle caption|image copyright|image caption|watch live|buy photo|view comments|latest news|source "
     "link|"
     "home|about us|contact us|privacy policy|terms of use|terms of service|cookie policy|save|"
     "link copied|facebook|twitter|linkedin|"
     "whatsapp|telegram|reddit|pinterest|listen|more stories"},
    {NR_PHRASE_FURNITURE, NR_PHRASE_STARTS,
     "sign up for|sign up to|sign up now|sign up today|advertisement -|advertisement continue|subscribe "
     "to|subscribe now|subscribe for|follow us|follow @|like us on|"
     "join us on|join our|click here|click to|copyright ©|© copyright|© 20|©20|read more:|"
     "read more about|read also|also read|also read:|see also|see also:|read:|read next|related:|"
     "more:|more from|visited |never miss |get the latest|get our|get breaking news|"
     "download the|share this|share on|write to |contact us|(reporting by|"
     "reporting by|additional reporting by|editing by|don't miss|"
     "this article was originally published|this story was originally published|"
     "this article originally appeared|this article first appeared|enter your email|"
     "your email address|we use cookies|this website uses cookies|watch more|view all|"
     "the views expressed|story continues|the associated press contributed|all rights reserved|"
     "this material may not be"},
    {NR_PHRASE_FURNITURE, NR_PHRASE_ENDS,
     "all rights reserved|all rights reserved.|manage newsletters|min read|"
     ""
     "may not be published, broadcast, rewritten or redistributed.|on twitter|"
     "on facebook|contributed to this report.|contributed to this story.|"
     "contributed to this article."},
    {NR_PHRASE_CAPTION, NR_PHRASE_STARTS,
     "photo:|photos:|image:|image credits:|image credit:|photo credit:|photograph:|file photo:|"
     "file photo|file -|video:|image copyright|image caption|graphic:|enlarge this image|"
     "this photo released|this photo provided|this photo taken|this image released|"
     "this image provided|in this photo|in this image"},
    {NR_PHRASE_CAPTION, NR_PHRASE_HOLDS,
     "hide caption|toggle caption|getty images|ap photo|(photo by|(photo:|photograph by|photo credit|"
     "image credits:|(image credit|(credit:|/shutterstock|via getty|via reuters|/reuters)|afp/getty|"
     "/epa|file photo)|(file photo|(screengrab"},
    {NR_PHRASE_CAPTION, NR_PHRASE_ENDS,
     "/ap|/reuters|/afp|/epa|, associated press|, the associated press|, ap|, reuters"},
    {NR_PHRASE_TEASERS, NR_PHRASE_IS,
     "related article|related articles|related stories|related content|related posts|related|"
     "related topics|related links|more on this story|more on this|you may also like|"
     "you might also like|recommended|recommended for you|recommended stories|most read|most popular|"
     "most viewed|trending|trending now|popular|top stories|more stories|more news|read next|up next|"
     "see also|read also|читайте також|читайте также|"
     "читайте також:|останні новини|новости по теме|"
     "новини по темі|по теме|по темі|материалы по теме|"
     "матеріали по темі|ещё по теме|другие новости|"
     "популярное|популярне|mehr zum thema|lesen sie auch|"
     "das könnte sie auch interessieren|à lire aussi|lire aussi|sur le même sujet|articles liés|"
     "leer también|noticias relacionadas|te puede interesar|leia também|leia mais|"
     "notícias relacionadas|leggi anche|articoli correlati|lees ook|czytaj także|zobacz też|"
     "przeczytaj także|čtěte také|související|olvasta már?|kapcsolódó cikkek|"
     "ajánlott cikkek|ayrıca okuyun|ilgili haberler"},
    {NR_PHRASE_COMMENTS, NR_PHRASE_IS,
     "leave a reply|leave a comment|post a comment|add a comment|"
     "залишити коментар|залишити відповідь|"
     "оставить комментарий|добавить комментарий|"
     "kommentar schreiben|"
     "laisser un commentaire|dejar un comentario|deixe um comentário|"
     "lascia un commento|dodaj komentarz|hozzászólások"},
    {NR_PHRASE_END, NR_PHRASE_IS, "source link|leave a reply cancel reply|filed under|filed under:"},
    {NR_PHRASE_END, NR_PHRASE_STARTS, "visited |filed under:|tags: "},
    {NR_PHRASE_BYLINE, NR_PHRASE_STARTS,
     "by |written by|analysis by|opinion by|автор:|автор |текст:|von |par |"
     "por |autor:|autor |di |szerző:|írta:"},
    {NR_PHRASE_DATE, NR_PHRASE_STARTS,
     "date|dated|published|posted|updated|last updated|last modified|created|originally posted|"
     "originally published|first published|publication date|date published|released|дата|"
     "дата публікації|дата публикации|опубліковано|"
     "опубликовано|оновлено|обновлено|veröffentlicht|aktualisiert|"
     "stand|erstellt|publié|mis à jour|publicado|actualizado|atualizado|pubblicato|aggiornato|data|"
     "data publikacji|opublikowano|publikováno|gepubliceerd|datum|megjelent|yayınlanma|güncelleme"},
    /* Ukrainian, Russian */
    {NR_PHRASE_FURNITURE, NR_PHRASE_STARTS,
     "читайте нас|підписуйтесь|підписуйтеся|підпишіться|"
     "подписывайтесь|подпишитесь|слідкуйте за|"
     "следите за|читайте також:|читайте также:|"
     "читайте по теме|якщо ви знайшли помилку|"
     "якщо ви помітили помилку|если вы нашли ошибку|"
     "если вы заметили ошибку|поділитися|поделиться|"
     "надіслати|всі права захищено|все права защищены|© |"
     "джерело:|источник:"},
    {NR_PHRASE_CAPTION, NR_PHRASE_STARTS,
     "фото:|фото |на фото|відео:|видео:|ілюстрація:|"
     "иллюстрация:|foto:|bild:|crédit photo|fotografía:|fotó:|zdjęcie:|fot. |forrás:|"
     "fotos:"},
    {NR_PHRASE_FURNITURE, NR_PHRASE_IS,
     "0 comments|join the conversation|комментарии|коментарі|kommentare|commentaires|"
     "comentarios|comentários|commenti|komentarze|реклама|поділитися|поделиться|anzeige|werbung|publicité|"
     "publicidad|"
     "publicidade|pubblicità|reklama|advertentie|hirdetés|reklam|iklan|schon gelesen?|"
     "weitere informationen|mehr zum thema:|teilen|partager|compartir|compartilhar|condividi|"
     "udostępnij|megosztás"},
    {NR_PHRASE_FURNITURE, NR_PHRASE_STARTS,
     "abonnieren sie|abonnez-vous|inscrivez-vous|suscríbete|suscríbase|inscreva-se|iscriviti|"
     "zapisz się|tous droits réservés|alle rechte vorbehalten|todos los derechos|"
     "todos os direitos|lesen sie auch|lire aussi|à lire aussi|lea también|leia também|"
     "leggi anche|czytaj także|lees ook"},
};

typedef struct entry {
  nr_phrase phrase; /* text folded and owned */
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

static nr_status add(nr_phrases *p, nr_phrase phrase, nr_error *err)
{
  nr_buffer folded;
  void *entries = p->entries;
  nr_buffer_init(&folded, p->memory);
  nr_status status = nr_words_fold(phrase.text, &folded, err);
  if (status == NR_OK)
    status = nr_grow(p->memory, &entries, &p->capacity, p->count + 1, sizeof *p->entries, err);
  p->entries = entries;
  if (status == NR_OK && folded.size >= 3) { /* less says nothing */
    char *text = nr_arena_copy(&p->arena, folded.bytes, folded.size);
    char *source = nr_arena_copy(&p->arena, phrase.source.bytes, phrase.source.size);
    if (text == NULL || source == NULL) {
      status = nr_fail_memory(err);
    } else {
      phrase.text = (nr_text){text, folded.size};
      phrase.source.bytes = phrase.source.bytes == NULL ? NULL : source;
      p->entries[p->count].phrase = phrase;
      link_entry(p, (uint32_t)p->count++);
    }
  }
  nr_buffer_clear(&folded);
  return status;
}

static nr_status add_wording(nr_phrases *p, const wording *w, nr_error *err)
{
  for (const char *at = w->texts; *at != '\0';) {
    size_t size = strcspn(at, "|");
    nr_phrase phrase = {{at, size}, {NULL, 0}, (nr_phrase_means)w->means, (nr_phrase_place)w->place};
    NR_TRY(add(p, phrase, err));
    at += size + (at[size] == '|');
  }
  return NR_OK;
}

static nr_status add_all(nr_phrases *p, const nr_phrase *given, size_t count, nr_error *err)
{
  for (size_t i = 0; i < count; i++)
    NR_TRY(add(p, given[i], err));
  p->own = p->count;
  for (size_t i = 0; i < sizeof built_in / sizeof built_in[0]; i++)
    NR_TRY(add_wording(p, &built_in[i], err));
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
  return line.size == phrase.size || !is_word_byte(phrase.bytes[phrase.size - 1]) ||
         !is_word_byte(line.bytes[phrase.size]);
}

/* Whether a phrase whose first bytes were met at `at` fits the line. */
static bool fits(const nr_phrase *phrase, nr_text line, size_t at)
{
  nr_text text = phrase->text;
  if (line.size - at < text.size || memcmp(line.bytes + at, text.bytes, text.size) != 0)
    return false;
  nr_text behind = {line.bytes + at + text.size, line.size - at - text.size};
  switch (phrase->place) {
  case NR_PHRASE_IS:
    while (behind.size > 0 && memchr(":.!> ", behind.bytes[behind.size - 1], 5) != NULL)
      behind.size--;
    return behind.size == 0;
  case NR_PHRASE_STARTS:
    return ends_word(line, text);
  case NR_PHRASE_ENDS:
    return behind.size == 0;
  case NR_PHRASE_HOLDS:
    break;
  }
  return true;
}

/* The lowest fitting index of a list, below `best`. */
static uint32_t search(const nr_phrases *p, uint32_t index, nr_text line, size_t at, nr_text source,
                       uint32_t best)
{
  for (; index < best; index = p->entries[index].next) {
    const nr_phrase *phrase = &p->entries[index].phrase;
    if ((phrase->source.bytes == NULL || nr_text_equal(phrase->source, source)) && fits(phrase, line, at))
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
