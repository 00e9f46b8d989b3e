/* Pages as the web has them, in nine languages: which lines are the article. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "ingest/clean.h"

/* Blocks as letters: lower case on the line, upper case in the margin; b body, t title, h heading, u bullet,
 * c caption, r header, m menu, o doubled, s teaser, f furniture, k comments. */
static void has_shape(const char *text, const char *expected)
{
  static const char letters[] = "bthucdrmosfk";
  nr_cleaner *cleaner = NULL;
  nr_page page;
  char shape[100];
  size_t count = 0;
  nr_clean_input input = {nr_text_of(text), 0, NR_TEXT(""), false, NULL, 0};
  assert_int_equal(nr_cleaner_new(&nr_memory_default, NULL, 0, &cleaner, NULL), NR_OK);
  assert_int_equal(nr_clean(cleaner, &input, &page, NULL), NR_OK);
  for (; count < page.block_count; count++)
    shape[count] = (char)(letters[page.blocks[count].kind] - (page.blocks[count].margin ? 32 : 0));
  shape[count] = '\0';
  assert_string_equal(shape, expected);
  assert_int_equal(page.date_count, 1);
  nr_cleaner_free(cleaner);
}

static void a_page_in_German(void **state)
{
  (void)state;
  has_shape("Startseite Politik Wirtschaft Sport\n"
            "Hafenstreik\n"
            "Gespräche im Hafen gehen weiter\n"
            "Von Anna Schmidt, Hamburg\n"
            "Stand: 24.11.2025, 18:40 Uhr\n"
            "Nach zwei Wochen Pause reden beide Seiten wieder miteinander, teilte das Ministerium mit.\n"
            "Der Hafen am Montag. | Bild: dpa\n"
            "Was jetzt kommt\n"
            "Bis zum Frühjahr soll ein Vertrag stehen, sagte die Ministerin.\n"
            "- Löhne\n"
            "- Arbeitszeit\n"
            "Mehr zum Thema\n"
            "Fähre läuft auf Grund\n"
            "Die Ministerin reist am Freitag nach Kiel, wo sie mit den Reedern spricht.\n"
            "Danach kommt sie nach Berlin zurück und berichtet dem Kabinett.\n"
            "Diesen Artikel teilen\n"
            "© 2025 Hafenblatt\n"
            "Kommentare (3)\n",
            "FRtRRbChbuuSSSSFFK");
}

static void a_page_in_Spanish(void **state)
{
  (void)state;
  has_shape("Las conversaciones en el puerto se reanudan\n"
            "Actualizado: 24 de noviembre de 2025 18:40\n"
            "Por María López\n"
            "Tras dos semanas de silencio las dos partes hablan de nuevo, según el ministerio.\n"
            "El puerto el lunes. (EFE)\n"
            "¿Qué viene ahora?\n"
            "El acuerdo llegará en primavera, dijo la ministra.\n"
            "Te puede interesar\n"
            "Un ferry encalla\n"
            "Suscríbete a nuestro boletín\n"
            "Compartir en Facebook\n"
            "Etiquetas: puerto, huelga\n",
            "tRRbCbbSSFFF");
}

static void a_page_in_French(void **state)
{
  (void)state;
  has_shape("Accueil > Économie\n"
            "Les négociations reprennent au port\n"
            "Publié le 24 novembre 2025 à 18h40\n"
            "Par Jeanne Dupont\n"
            "Après deux semaines de silence, les deux parties se parlent à nouveau, selon le ministère.\n"
            "Le port lundi matin. AFP / PIERRE MARTIN\n"
            "Une date au printemps\n"
            "« Nous sommes prêts », a déclaré la ministre devant les ouvriers.\n"
            "À lire aussi : Le ferry échoué sera remorqué\n"
            "Les salaires ne changeront pas avant l'été, a-t-elle ajouté.\n"
            "Partager\n"
            "S'abonner à la newsletter\n"
            "Sur le même sujet\n"
            "Une tempête ferme le port\n"
            "Laisser un commentaire\n",
            "MtRRbChbFbFFSSK");
}

static void a_page_in_Italian(void **state)
{
  (void)state;
  has_shape("Riprendono i colloqui al porto\n"
            "di Maria Rossi\n"
            "24 novembre 2025\n"
            "Dopo due settimane di silenzio le due parti si parlano di nuovo, ha detto il ministero.\n"
            "Il porto lunedì mattina (foto Ansa)\n"
            "Che cosa succede ora\n"
            "L'accordo arriverà in primavera, ha detto la ministra.\n"
            "Leggi anche: Un traghetto si incaglia\n"
            "I salari non cambieranno prima dell'estate, ha aggiunto.\n"
            "Condividi\n"
            "Iscriviti alla newsletter\n"
            "Articoli correlati\n"
            "Una tempesta chiude il porto\n"
            "© RIPRODUZIONE RISERVATA\n",
            "tRRbChbFbFFSSF");
}

static void a_page_in_Polish(void **state)
{
  (void)state;
  has_shape("Rozmowy w porcie wznowione\n"
            "opublikowano: 24.11.2025, 18:40\n"
            "Autor: Jan Kowalski\n"
            "Po dwóch tygodniach ciszy obie strony znów rozmawiają, podało ministerstwo.\n"
            "Fot. Adam Nowak / PAP\n"
            "Co dalej?\n"
            "Umowa ma być gotowa wiosną, powiedziała minister.\n"
            "Czytaj także: Prom osiadł na mieliźnie\n"
            "Płace nie zmienią się przed latem, dodała.\n"
            "Udostępnij\n"
            "Polecane\n"
            "Sztorm zamknął port\n"
            "Komentarze (4)\n",
            "tRRbCbbFbFSSK");
}

static void a_page_in_Portuguese(void **state)
{
  (void)state;
  has_shape("Conversas no porto recomeçam\n"
            "Atualizado em 24 de novembro de 2025, 18h40\n"
            "Depois de duas semanas de silêncio as duas partes voltam a falar, disse o ministério.\n"
            "Publicidade\n"
            "O acordo deve ficar pronto na primavera, disse a ministra.\n"
            "Leia também: Balsa encalha na costa\n"
            "Os salários não mudam antes do verão, disse ela ainda.\n"
            "Compartilhar\n"
            "Notícias relacionadas\n"
            "Temporal fecha o porto\n"
            "Deixe um comentário\n",
            "tRbFbFbFSSK");
}

static void a_page_in_Russian(void **state)
{
  (void)state;
  has_shape("Новости\n"
            "Переговоры в порту возобновились\n"
            "24 ноября 2025 в 18:40\n"
            "Автор: Иван Иванов\n"
            "Стороны вернулись за стол после двух недель молчания, сообщил источник.\n"
            "На фото: здание порта\n"
            "Главное\n"
            "Никто не назвал срока, но обе стороны говорят о весне.\n"
            "— Мы готовы, — сказал министр. — Вопрос в гарантиях.\n"
            "Подписывайтесь на наш канал в Telegram\n"
            "Министр добавил, что цены не изменятся.\n"
            "Читайте также\n"
            "Паром сел на мель\n"
            "Теги: порт, переговоры\n"
            "Комментарии (12)\n",
            "RtRRbChbbFbSSFK");
}

static void a_page_in_Turkish(void **state)
{
  (void)state;
  has_shape("Anasayfa Gündem Ekonomi Spor\n"
            "Limanda görüşmeler yeniden başladı\n"
            "Yayınlanma: 24.11.2025 18:40\n"
            "İki haftalık sessizliğin ardından taraflar yeniden konuşuyor, dedi bakanlık.\n"
            "Fotoğraf: AA\n"
            "Şimdi ne olacak?\n"
            "Anlaşma ilkbaharda hazır olacak, dedi bakan toplantıdan sonra.\n"
            "İlgili haberler\n"
            "Feribot karaya oturdu\n"
            "Paylaş\n"
            "Yorumlar (2)\n",
            "FtRbCbbSSFK");
}

static void a_page_in_Ukrainian(void **state)
{
  (void)state;
  has_shape("Головна | Політика | Економіка | Спорт\n"
            "Зеленський зустрівся з послами\n"
            "Зеленський зустрівся з послами\n"
            "24 листопада 2025, 18:40\n"
            "Олена Коваленко\n"
            "Президент провів зустріч із послами семи країн і говорив про відбудову портів.\n"
            "Фото: пресслужба\n"
            "За його словами, роботи почнуться навесні, коли зійде лід і відкриється канал.\n"
            "Що сказали посли\n"
            "— Ми підтримаємо будь-яке рішення, — сказав посол Франції.\n"
            "• Перший етап триватиме рік\n"
            "• Другий етап — три роки\n"
            "Читайте також: Порт закрито через шторм\n"
            "Кошти вже виділено, повідомили в міністерстві.\n"
            "Поділитися\n"
            "Facebook Telegram Viber\n"
            "Схожі новини\n"
            "Шторм зупинив пороми\n"
            "0 коментарів\n",
            "MtORFbCbhbuuFbFFSSK");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_page_in_German),    cmocka_unit_test(a_page_in_Spanish),
      cmocka_unit_test(a_page_in_French),    cmocka_unit_test(a_page_in_Italian),
      cmocka_unit_test(a_page_in_Polish),    cmocka_unit_test(a_page_in_Portuguese),
      cmocka_unit_test(a_page_in_Russian),   cmocka_unit_test(a_page_in_Turkish),
      cmocka_unit_test(a_page_in_Ukrainian),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
