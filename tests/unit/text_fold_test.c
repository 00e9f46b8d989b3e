/* UTF-8, folding, widths, stems, languages: what words become. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "text/fold.h"
#include "text/lang.h"
#include "text/stem.h"
#include "text/utf8.h"
#include "text/width.h"

static uint64_t seed = 20250926;

static uint32_t below(uint32_t limit)
{
  seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
  return (uint32_t)(seed >> 33) % limit;
}

/* ---- UTF-8 ---- */

/* Valid or not by the definition, a code point at a time, sharing nothing with the room. */
static size_t slow_valid_prefix(const uint8_t *p, size_t size)
{
  size_t at = 0;

  while (at < size) {
    size_t length = p[at] < 0x80 ? 1 : p[at] >> 5 == 6 ? 2 : p[at] >> 4 == 14 ? 3 : p[at] >> 3 == 30 ? 4 : 0;
    uint32_t code = length == 1 ? p[at] : p[at] & (0x7Fu >> length);
    if (length == 0 || at + length > size)
      return at;
    for (size_t i = 1; i < length; i++) {
      if ((p[at + i] & 0xC0) != 0x80)
        return at;
      code = code << 6 | (p[at + i] & 0x3Fu);
    }
    if ((length == 2 && code < 0x80) || (length == 3 && code < 0x800) || (length == 4 && code < 0x10000) ||
        code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
      return at;
    at += length;
  }
  return at;
}

static void test_validity_is_what_the_definition_says(void **state)
{
  static const uint8_t likely[] = {0x00, 'a',  0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1,
                                   0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEF, 0xF0, 0xF1, 0xF4, 0xF5, 0xFF};
  uint8_t bytes[24];

  (void)state;
  for (int round = 0; round < 300000; round++) {
    size_t size = 1 + below(sizeof bytes);
    for (size_t i = 0; i < size; i++)
      bytes[i] = below(3) == 0 ? 'x' : likely[below(sizeof likely)];
    assert_int_equal(nr_utf8_valid_prefix((nr_text){(char *)bytes, size}), slow_valid_prefix(bytes, size));
  }
}

static void test_every_code_point_reads_back(void **state)
{
  char bytes[4];

  (void)state;
  for (uint32_t code = 0; code <= 0x10FFFF; code++) {
    const char *at = bytes;
    size_t size = nr_utf8_put(bytes, code);
    if (nr_utf8_next(&at) != code || at != bytes + size)
      fail_msg("U+%04X", code);
  }
}

static void repairs_to(const char *bad, size_t size, const char *good, size_t repair_count)
{
  nr_buffer out, repairs;
  nr_error err;

  nr_buffer_init(&out, &nr_memory_default);
  nr_buffer_init(&repairs, &nr_memory_default);
  assert_int_equal(nr_utf8_repair((nr_text){bad, size}, &out, &repairs, &err), NR_OK);
  assert_int_equal(out.size, strlen(good));
  assert_memory_equal(out.bytes, good, out.size);
  assert_int_equal(repairs.size, repair_count * sizeof(nr_repair));
  nr_buffer_clear(&out);
  nr_buffer_clear(&repairs);
}

static void test_each_maximal_bad_sequence_becomes_one_replacement_character(void **state)
{
  (void)state;
  /* The two examples of the Unicode standard, section 3.9. */
  repairs_to("\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64", 13,
             "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"
             "b\xEF\xBF\xBD"
             "c\xEF\xBF\xBD\xEF\xBF\xBD"
             "d",
             6);
  repairs_to("\xC0\xAF\xE0\x80\xBF", 5, "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD", 5);
  repairs_to("sound", 5, "sound", 0);
}

static void test_a_repaired_text_can_be_rebuilt(void **state)
{
  uint8_t bytes[32];
  nr_buffer out, repairs, back;
  nr_error err;

  (void)state;
  nr_buffer_init(&out, &nr_memory_default);
  nr_buffer_init(&repairs, &nr_memory_default);
  nr_buffer_init(&back, &nr_memory_default);
  for (int round = 0; round < 20000; round++) {
    size_t size = below(sizeof bytes), at = 0;
    for (size_t i = 0; i < size; i++)
      bytes[i] = (uint8_t)(below(2) ? below(256) : 'a' + below(26));
    out.size = repairs.size = back.size = 0;
    assert_int_equal(nr_utf8_repair((nr_text){(char *)bytes, size}, &out, &repairs, &err), NR_OK);
    assert_int_equal(nr_utf8_valid_prefix((nr_text){out.bytes, out.size}), out.size);
    for (size_t i = 0; i < repairs.size / sizeof(nr_repair); i++) {
      nr_repair repair;
      memcpy(&repair, repairs.bytes + i * sizeof repair, sizeof repair);
      nr_buffer_put(&back, out.bytes + at, repair.at - at, &err);
      nr_buffer_put(&back, repair.bytes, repair.size, &err);
      at = repair.at + 3;
    }
    nr_buffer_put(&back, out.size == 0 ? "" : out.bytes + at, out.size - at, &err);
    assert_int_equal(back.size, size);
    if (size > 0)
      assert_memory_equal(back.bytes, bytes, size);
  }
  nr_buffer_clear(&out);
  nr_buffer_clear(&repairs);
  nr_buffer_clear(&back);
}

/* ---- folding ---- */

static void folds_to(const char *word, const char *form)
{
  nr_buffer out;
  nr_error err;

  nr_buffer_init(&out, &nr_memory_default);
  assert_int_equal(nr_fold(nr_text_of(word), &out, &err), NR_OK);
  nr_buffer_put_byte(&out, 0, &err);
  assert_string_equal(out.bytes, form);
  nr_buffer_clear(&out);
}

static void test_case_and_the_marks_on_latin_letters_do_not_count(void **state)
{
  (void)state;
  folds_to("Trump", "trump");
  folds_to("Zelenskyy", "zelenskyy");
  folds_to("Müller", "muller");
  folds_to("Mu\xCC\x88ller", "muller");
  folds_to("Wałęsa", "walesa");
  folds_to("Đoković", "dokovic");
  folds_to("Straße", "strasse");
  folds_to("ERDOĞAN", "erdogan");
  folds_to("İstanbul", "istanbul");
  folds_to("ﬁnance", "finance");
  folds_to("ＮＡＴＯ", "nato");
}

static void test_marks_on_other_letters_stay(void **state)
{
  (void)state;
  folds_to("Київ", "київ");
  folds_to("Кий", "кий");
  folds_to("Кии\xCC\x86", "кий");
  folds_to("Ёлка", "ёлка");
  folds_to("ґанок", "ґанок");
  folds_to("Ѓорче", "ѓорче");
  folds_to("Αθήνα", "αθήνα");
}

static void test_a_mark_of_stress_on_cyrillic_does_not_count(void **state)
{
  (void)state;
  folds_to("Влади\xCC\x81мир", "владимир");
  folds_to("Во\xCC\x81йни", "войни");
}

static void test_apostrophes_are_one(void **state)
{
  (void)state;
  folds_to("’s", "'s");
  folds_to("п’ять", "п'ять");
  folds_to("п\xCA\xBCять", "п'ять");
  folds_to("Прем`єр", "прем'єр");
  folds_to("O‘Neill", "o'neill");
}

static void test_what_cannot_be_seen_does_not_count(void **state)
{
  (void)state;
  folds_to("sanc\xC2\xADtions", "sanctions");
  folds_to("sanc\xE2\x80\x8Btions", "sanctions");
  folds_to("\xEF\xBB\xBFTrump", "trump");
  folds_to("ab\xE2\x80\x8C"
           "c",
           "abc");
}

static void test_a_joiner_stays_where_it_is_spelling(void **state)
{
  (void)state;
  folds_to("می\xE2\x80\x8Cروم", "می\xE2\x80\x8Cروم");
}

static void test_the_stop_of_an_abbreviation_does_not_count(void **state)
{
  (void)state;
  folds_to("Sen.", "sen");
  folds_to("U.S.", "u.s");
  folds_to("U.S", "u.s");
  folds_to("...", "...");
  folds_to(".", ".");
}

static void test_look_alike_letters_are_left_alone_and_seen(void **state)
{
  (void)state;
  folds_to("\xD0\x9Ayiv", "\xD0\xBAyiv");
  assert_true(nr_fold_mixes_scripts(NR_TEXT("\xD0\x9Ayiv")));
  assert_false(nr_fold_mixes_scripts(NR_TEXT("Kyiv")));
  assert_false(nr_fold_mixes_scripts(NR_TEXT("Київ-2025")));
}

/* An allocator that gives nothing once `left` calls are spent. */
static void *spent(void *user, void *pointer, size_t old_size, size_t new_size)
{
  int *left = user;
  if (new_size > 0 && (*left)-- <= 0)
    return NULL;
  return nr_memory_default.resize(NULL, pointer, old_size, new_size);
}

static void test_folding_without_memory_says_so(void **state)
{
  char word[400];
  int failures = 0;

  (void)state;
  for (size_t i = 0; i < sizeof word; i += 2)
    memcpy(word + i, "é", 2);
  for (int left = 0; left < 6; left++) {
    int calls = left;
    const nr_memory memory = {spent, &calls};
    nr_buffer out;
    nr_error err;
    nr_buffer_init(&out, &memory);
    failures += nr_fold((nr_text){word, sizeof word}, &out, &err) == NR_NOMEM;
    nr_buffer_clear(&out);
  }
  assert_in_range(failures, 1, 5);
}

static void test_folding_twice_changes_nothing(void **state)
{
  nr_buffer once, twice;
  nr_error err;

  (void)state;
  nr_buffer_init(&once, &nr_memory_default);
  nr_buffer_init(&twice, &nr_memory_default);
  for (uint32_t round = 0; round < 200000; round++) {
    char bytes[32];
    size_t size = 0, letters = round < 0xD7FF ? 1 : 1 + below(6);
    for (size_t i = 0; i < letters; i++) {
      uint32_t code = round < 0xD7FF   ? round + 1
                      : below(8) == 0  ? 0x300 + below(0x70)
                      : below(8) == 0  ? 0x200C + below(2)
                      : below(16) == 0 ? 0x61C
                                       : 1 + below(0x2FFF);
      size += nr_utf8_put(bytes + size, code);
    }
    once.size = twice.size = 0;
    assert_int_equal(nr_fold((nr_text){bytes, size}, &once, &err), NR_OK);
    assert_int_equal(nr_fold((nr_text){once.bytes, once.size}, &twice, &err), NR_OK);
    if (once.size != twice.size || (once.size > 0 && memcmp(once.bytes, twice.bytes, once.size) != 0))
      fail_msg("round %u: %.*s", round, (int)size, bytes);
  }
  nr_buffer_clear(&once);
  nr_buffer_clear(&twice);
}

/* ---- widths ---- */

static void test_a_width_is_in_columns_of_a_terminal(void **state)
{
  (void)state;
  assert_int_equal(nr_text_width(NR_TEXT("Kyiv")), 4);
  assert_int_equal(nr_text_width(NR_TEXT("Київ")), 4);
  assert_int_equal(nr_text_width(NR_TEXT("基辅")), 4);
  assert_int_equal(nr_text_width(NR_TEXT("e\xCC\x81")), 1);
  assert_int_equal(nr_text_width(NR_TEXT("👩‍👩‍👧")), 2);
  assert_int_equal(nr_text_width(NR_TEXT("")), 0);
}

static void test_a_text_is_cut_at_whole_graphemes(void **state)
{
  (void)state;
  assert_int_equal(nr_text_fit(NR_TEXT("sanctions"), 4), 4);
  assert_int_equal(nr_text_fit(NR_TEXT("Київ"), 3), 6);
  assert_int_equal(nr_text_fit(NR_TEXT("基辅"), 3), 3);
  assert_int_equal(nr_text_fit(NR_TEXT("e\xCC\x81x"), 1), 3);
  assert_int_equal(nr_text_fit(NR_TEXT("abc"), 9), 3);
  assert_int_equal(nr_text_fit(NR_TEXT("abc"), 0), 0);
}

/* ---- stems and languages ---- */

static void stems_to(const char *lang, const char *word, const char *wanted)
{
  nr_stemmer *stemmer;
  nr_text stem;
  nr_error err;

  assert_int_equal(nr_stemmer_new(&nr_memory_default, nr_text_of(lang), &stemmer, &err), NR_OK);
  assert_int_equal(nr_stem(stemmer, nr_text_of(word), &stem, &err), NR_OK);
  assert_true(nr_text_equal(stem, nr_text_of(wanted)));
  nr_stemmer_free(stemmer);
}

static void test_words_of_one_stem_share_it(void **state)
{
  (void)state;
  stems_to("en", "negotiations", "negoti");
  stems_to("en-GB", "negotiated", "negoti");
  stems_to("ru", "переговоров", "переговор");
  stems_to("ru", "переговоры", "переговор");
  stems_to("nb", "samtalene", "samtal");
}

static void test_there_are_stemmers_for_28_languages_and_others_are_not_found(void **state)
{
  size_t count = 0;
  nr_stemmer *stemmer;
  nr_error err;

  (void)state;
  for (; nr_stem_language(count).bytes != NULL; count++) {
    assert_int_equal(nr_stemmer_new(&nr_memory_default, nr_stem_language(count), &stemmer, &err), NR_OK);
    nr_stemmer_free(stemmer);
  }
  assert_int_equal(count, 28);
  assert_int_equal(nr_stemmer_new(&nr_memory_default, NR_TEXT("uk"), &stemmer, &err), NR_NOTFOUND);
  assert_string_equal(err.message, "no stemmer for the language \"uk\"");
}

static void is_in(const char *text, const char *lang)
{
  nr_text guess = nr_lang_guess(nr_text_of(text));
  nr_text wanted = lang == NULL ? (nr_text){NULL, 0} : nr_text_of(lang);
  if (!nr_text_equal(guess, wanted))
    fail_msg("%s: guessed %.*s", text, (int)guess.size, guess.size == 0 ? "" : guess.bytes);
}

static void test_a_language_shows_in_its_small_words(void **state)
{
  (void)state;
  is_in("The minister said that the talks in Geneva were held with the support of the union.", "en");
  is_in("Der Minister sagte, dass die Gespräche in Genf auf dem Weg sind und nicht enden.", "de");
  is_in("Le ministre a dit que les négociations dans la ville sont pour le moment au point mort.", "fr");
  is_in("Міністр сказав, що переговори у Женеві тривають і не зупиняються.", "uk");
  is_in("Министр сказал, что переговоры в Женеве продолжаются и не прекращаются.", "ru");
  is_in("Министърът каза, че преговорите в Женева ще продължат и не са спрени.", "bg");
}

static void test_a_script_can_be_enough(void **state)
{
  (void)state;
  is_in("部长说日内瓦的谈判仍在继续", "zh");
  is_in("大臣は、ジュネーブでの交渉が続いていると述べた。", "ja");
  is_in("장관은 제네바에서 협상이 계속되고 있다고 말했다", "ko");
  is_in("Ο υπουργός είπε ότι οι συνομιλίες συνεχίζονται", "el");
}

static void test_thin_evidence_gives_no_language(void **state)
{
  (void)state;
  is_in("", NULL);
  is_in("Reuters", NULL);
  is_in("Gallia est omnis divisa in partes tres, quarum unam incolunt Belgae, aliam Aquitani, tertiam qui "
        "ipsorum lingua Celtae, nostra Galli appellantur.",
        NULL);
  is_in("12 345 678, 2025-09-26", NULL);
  is_in("Volodymyr Zelenskyy, Emmanuel Macron, Keir Starmer, Friedrich Merz", NULL);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_validity_is_what_the_definition_says),
      cmocka_unit_test(test_every_code_point_reads_back),
      cmocka_unit_test(test_each_maximal_bad_sequence_becomes_one_replacement_character),
      cmocka_unit_test(test_a_repaired_text_can_be_rebuilt),
      cmocka_unit_test(test_case_and_the_marks_on_latin_letters_do_not_count),
      cmocka_unit_test(test_marks_on_other_letters_stay),
      cmocka_unit_test(test_a_mark_of_stress_on_cyrillic_does_not_count),
      cmocka_unit_test(test_apostrophes_are_one),
      cmocka_unit_test(test_what_cannot_be_seen_does_not_count),
      cmocka_unit_test(test_a_joiner_stays_where_it_is_spelling),
      cmocka_unit_test(test_the_stop_of_an_abbreviation_does_not_count),
      cmocka_unit_test(test_look_alike_letters_are_left_alone_and_seen),
      cmocka_unit_test(test_folding_without_memory_says_so),
      cmocka_unit_test(test_folding_twice_changes_nothing),
      cmocka_unit_test(test_a_width_is_in_columns_of_a_terminal),
      cmocka_unit_test(test_a_text_is_cut_at_whole_graphemes),
      cmocka_unit_test(test_words_of_one_stem_share_it),
      cmocka_unit_test(test_there_are_stemmers_for_28_languages_and_others_are_not_found),
      cmocka_unit_test(test_a_language_shows_in_its_small_words),
      cmocka_unit_test(test_a_script_can_be_enough),
      cmocka_unit_test(test_thin_evidence_gives_no_language),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
