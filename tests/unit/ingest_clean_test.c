/* What is the article: lines, blocks, kinds, reasons, dates on the page. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "ingest/clean.h"

static nr_cleaner *make(const nr_phrase *phrases, size_t count)
{
  nr_cleaner *cleaner = NULL;
  assert_int_equal(nr_cleaner_new(&nr_memory_default, phrases, count, &cleaner, NULL), NR_OK);
  return cleaner;
}

/* Blocks as letters: kinds by their first letters, lower case on the line, upper case in the margin.
 * b body, t title, h heading, u bullet, c caption, d dateline, r header, m menu, o doubled,
 * s teaser, f furniture, k comments. */
static void shape_of(nr_cleaner *cleaner, nr_text content, uint32_t title_size, bool plain, char *shape,
                     nr_page *page)
{
  static const char letters[] = "bthucdrmosfk", blanks[] = " \n\r\xE2\x80\xA8\xA9\xC2\xA0\xEF\xBB\xBF";
  uint32_t at = 0;
  nr_clean_input input = {content, title_size, NR_TEXT("Sample"), plain, NULL, 0};
  assert_int_equal(nr_clean(cleaner, &input, page, NULL), NR_OK);
  for (size_t i = 0; i < page->block_count; i++) {
    const nr_block *block = &page->blocks[i];
    assert_true(block->start >= at && block->end > block->start && block->end <= content.size);
    for (; at < block->start; at++)
      assert_non_null(strchr(blanks, content.bytes[at])); /* line + margin = stored text */
    at = block->end;
    *shape++ = (char)(letters[block->kind] - (block->margin ? 32 : 0));
  }
  *shape = '\0';
}

static void has_shape(const char *text, const char *expected)
{
  nr_cleaner *cleaner = make(NULL, 0);
  nr_page page;
  char shape[100];
  shape_of(cleaner, nr_text_of(text), 0, false, shape, &page);
  assert_string_equal(shape, expected);
  nr_cleaner_free(cleaner);
}

#define BODY "The ministers met for three hours and agreed to meet again in the spring.\n"

static void a_date_glued_to_the_first_sentence_is_a_header(void **state)
{
  nr_cleaner *cleaner = make(NULL, 0);
  nr_page page;
  char shape[100], day[16];
  (void)state;
  shape_of(cleaner, nr_text_of(" date 2025-09-26 " BODY "\n" BODY), 0, false, shape, &page);
  assert_string_equal(shape, "Rbb");
  assert_int_equal(page.date_count, 1);
  assert_true(page.dates[0].labelled);
  day[nr_day_format(page.dates[0].written.day, day)] = '\0';
  assert_string_equal(day, "2025-09-26");
  nr_cleaner_free(cleaner);
}

static void the_head_of_a_page_is_told_from_its_text(void **state)
{
  (void)state;
  has_shape("ua en ru\n\nGrain talks resume in the old port\n\nGrain talks resume in the old port Photo: the "
            "harbour (Pool)\n\n"
            "By Ann Author\nPublished: Nov. 24, 2025 6:40 pm\n\n" BODY,
            "MtOCRRb");
}

static void headings_bullets_and_captions_have_their_kinds(void **state)
{
  (void)state;
  has_shape("Grain talks resume in the old port\n\n" BODY "\nWhat was said\n\n" BODY
            "  \xE2\x80\xA2 Nothing on prices\n  \xE2\x80\xA2 Little on insurance\n" BODY
            "Ships wait off the coast. (Sample Pictures)\n" BODY,
            "tbhbuubCb");
}

static void other_stories_and_forms_at_the_end_go_to_the_margin(void **state)
{
  (void)state;
  has_shape("Grain talks resume in the old port\n\n" BODY BODY "Share this article\nSave\nRelated Article\n\n"
            "Ferry workers end strike\n\nCrews of the largest lines went back to work on Saturday after "
            "their union\n",
            "tbbFFSSS");
  has_shape("Grain talks resume in the old port\n\n" BODY BODY "Leave a Reply\nName *\n", "tbbKK");
}

static void the_text_may_go_on_behind_teasers(void **state)
{
  (void)state;
  has_shape(BODY "Related stories\nFerry workers end strike\nPort closed by storm\n" BODY
                 "Fish is dear\n" BODY BODY "\n" BODY,
            "bSSSSSbbb");
}

static void boxes_forms_and_shouted_teasers_inside_a_text_go_to_the_margin(void **state)
{
  (void)state;
  has_shape(
      BODY
      "JUST WATCHED Ships leave the port Replay More Videos ... MUST WATCH Ships leave the port 02:41\n" BODY
      "Harbour letter All that moves in the port, each Monday. Email Sign Up By signing up you agree to "
      "get letters and offers from the harbour, which you can end at any time. This form is kept by a "
      "company that counts who fills it in.\n" BODY
      "MINISTER TELLS SAILORS THAT FERRIES WILL COME BACK IN SPRING\n" BODY "WHAT THE SAILORS SAY\n" BODY
      "1 / 12\nShips wait off the coast on Monday. SAMPLE/Ann Author\n" BODY
      "Jo Bly / Sample Pictures\nBeans and/or peas\n" BODY "Updated at 2:50 p.m. ET\n",
      "bFbFbSbhbFCbChbR");
}

static void a_day_below_the_standfirst_is_the_day_of_the_page(void **state)
{
  nr_cleaner *cleaner = make(NULL, 0);
  nr_page page;
  char shape[100];
  (void)state;
  shape_of(cleaner, nr_text_of(BODY "Nov. 24, 2025 6:40 pm\n" BODY "Nov. 20, 2025\n" BODY), 0, false, shape,
           &page);
  assert_string_equal(shape, "bRbhb");
  assert_int_equal(page.date_count, 1);
  nr_cleaner_free(cleaner);
}

static void a_row_of_a_menu_is_no_title(void **state)
{
  (void)state;
  has_shape("Home News Sport Business Opinion\nGrain meetings resume in the old port\n" BODY
            "The meeting was about grain, said one of them.\n",
            "Mtbb");
  has_shape("Ministers Meet Again\nA spring of talks begins\n" BODY BODY, "thbb");
}

static void a_title_field_said_again_by_the_text_is_in_the_margin(void **state)
{
  static const char title[] = "Grain talks resume";
  nr_cleaner *cleaner = make(NULL, 0);
  nr_page page;
  char shape[100];
  (void)state;
  shape_of(cleaner,
           NR_TEXT("Grain talks resume"
                   "GRAIN TALKS \xE2\x80\x9CRESUME\xE2\x80\x9D\n\n" BODY),
           sizeof title - 1, false, shape, &page);
  assert_string_equal(shape, "Ttb");
  assert_int_equal(page.blocks[0].reason, NR_REASON_TITLE_REPEATED);
  shape_of(cleaner,
           NR_TEXT("Grain talks resume"
                   "Grain talks resume " BODY),
           sizeof title - 1, false, shape, &page);
  assert_string_equal(shape, "Ttb");
  shape_of(cleaner, NR_TEXT("Grain talks resume" BODY), sizeof title - 1, false, shape, &page);
  assert_string_equal(shape, "tb");
  nr_cleaner_free(cleaner);
}

static void without_cleaning_all_is_on_the_line(void **state)
{
  nr_cleaner *cleaner = make(NULL, 0);
  nr_page page;
  char shape[100];
  (void)state;
  shape_of(cleaner, nr_text_of("ua en ru\nGrain talks resume in the port\n" BODY "Leave a Reply\nName *\n"),
           0, true, shape, &page);
  assert_string_equal(shape, "btbbb");
  nr_cleaner_free(cleaner);
}

static void lines_cut_at_a_fixed_width_are_joined(void **state)
{
  (void)state;
  has_shape("The ministers met for three hours in the old customs house and agreed\n"
            "that nobody else would be told what they had talked about before the\n"
            "spring, when they would meet again for another three hours.\n\n"
            "A spokesman for the port said on Tuesday that the ships would wait as\n"
            "long as it takes, and that the crews had been told to buy more books\n"
            "and to paint the hull.\n",
            "bb");
}

static void all_kinds_of_line_ends_cut(void **state)
{
  (void)state;
  has_shape("One line here.\r\nTwo lines here.\rThree lines.\xE2\x80\xA8"
            "Four lines.\xE2\x80\xA9"
            "Five.",
            "bbbbb");
  has_shape("", "");
  has_shape(" \n\xC2\xA0\n\xEF\xBB\xBF", "");
}

static void lines_that_a_source_repeats_are_furniture(void **state)
{
  nr_cleaner *cleaner = make(NULL, 0);
  nr_page page;
  char text[400], shape[100];
  (void)state;
  for (int copy = 0; copy < 2; copy++) /* copies count once */
    for (int i = 0; i < 6; i++) {
      snprintf(
          text, sizeof text,
          BODY
          "In the %dth year of the blockade nobody remembers who began it, sailors say.\nThe Daily Sample\n",
          i);
      assert_int_equal(nr_cleaner_learn(cleaner, NR_TEXT("Sample"), nr_text_of(text), NULL), NR_OK);
    }
  shape_of(cleaner, nr_text_of("A day without news for anybody here today.\nThe Daily Sample\n"), 0, false,
           shape, &page);
  assert_string_equal(shape, "bF");
  assert_int_equal(page.blocks[1].reason, NR_REASON_REPEATED);
  nr_clean_input other = {.content = nr_text_of(BODY "The Daily Sample\n"), .source = NR_TEXT("Other")};
  assert_int_equal(nr_clean(cleaner, &other, &page, NULL), NR_OK);
  assert_false(page.blocks[1].margin);
  nr_cleaner_free(cleaner);
}

static void rules_handed_down_come_first(void **state)
{
  const nr_phrase phrases[] = {
      {NR_TEXT("The Sample\xE2\x80\x99s view"), NR_TEXT("Sample"), NR_PHRASE_FURNITURE, NR_PHRASE_STARTS},
      {NR_TEXT("sign up for"), {NULL, 0}, NR_PHRASE_BODY, NR_PHRASE_STARTS},
  };
  nr_cleaner *cleaner = make(phrases, 2);
  nr_page page;
  char shape[100];
  (void)state;
  shape_of(cleaner, nr_text_of(BODY "The Sample's View: buy more ships\nSign up for the navy, they said.\n"),
           0, false, shape, &page);
  assert_string_equal(shape, "bFb");
  assert_int_equal(page.blocks[1].reason, NR_REASON_RULE);
  nr_cleaner_free(cleaner);
}

static void what_markup_set_aside_stays_aside_in_its_place(void **state)
{
  static const char text[] = "Home\nGrain talks resume in the port\n12 May 2025\n" BODY "Ads\n";
  const nr_block marks[] = {{0, 4, NR_BLOCK_MENU, true, NR_REASON_LINKS},
                            {5, 35, NR_BLOCK_TITLE, false, 0},
                            {36, 47, NR_BLOCK_HEADER, true, NR_REASON_MARKUP},
                            {48, 48 + sizeof BODY - 2, NR_BLOCK_BODY, false, 0},
                            {47 + sizeof BODY, 50 + sizeof BODY, NR_BLOCK_FURNITURE, true, NR_REASON_MARKUP}};
  nr_cleaner *cleaner = make(NULL, 0);
  nr_clean_input input = {.content = nr_text_of(text), .marks = marks, .mark_count = 5};
  nr_page page;
  (void)state;
  assert_int_equal(nr_clean(cleaner, &input, &page, NULL), NR_OK);
  assert_int_equal(page.block_count, 5);
  for (size_t i = 0; i < 5; i++) {
    assert_int_equal(page.blocks[i].kind, marks[i].kind);
    assert_int_equal(page.blocks[i].margin, marks[i].margin);
  }
  assert_int_equal(page.date_count, 1);
  assert_int_equal(page.title_start, 5);
  nr_cleaner_free(cleaner);
}

static void an_article_of_short_lines_alone_keeps_them(void **state)
{
  (void)state;
  has_shape("Ships\nwait\n", "bb");
}

static void every_reason_has_a_name(void **state)
{
  (void)state;
  for (uint16_t i = 0; i < NR_REASONS; i++)
    assert_string_not_equal(nr_block_reason_name(i), "unknown");
  assert_string_equal(nr_block_reason_name(NR_REASONS), "unknown");
}

static void a_star_inside_a_rule_stands_for_any_words(void **state)
{
  nr_phrase rules[] = {{NR_TEXT("Watch our*now"), NR_TEXT("Sample"), NR_PHRASE_FURNITURE, NR_PHRASE_IS},
                       {NR_TEXT("said*in*tweet"), NR_TEXT("Sample"), NR_PHRASE_FURNITURE, NR_PHRASE_HOLDS}};
  nr_cleaner *cleaner = make(rules, 2);
  nr_page page;
  char shape[100];
  (void)state;
  shape_of(
      cleaner,
      nr_text_of(BODY "Watch our special show now!\nWatch our show\nAs he said once in a tweet, well\n" BODY),
      0, false, shape, &page);
  assert_string_equal(shape, "bFhFb");
  nr_cleaner_free(cleaner);
}

static void what_may_come_again_is_no_furniture(void **state)
{
  nr_cleaner *cleaner = make(NULL, 0);
  nr_page page;
  char shape[100], text[300];
  (void)state;
  for (int i = 0; i < 20; i++) {
    snprintf(text, sizeof text,
             "Citizens!\nThe %d ministers met for three hours and agreed on nothing.\n* * *\nOur best\nThe "
             "minister of the harbour:\n"
             "All of the %d ministers went home late at night.\nGlory to the harbour!\n",
             i, i);
    assert_int_equal(nr_cleaner_learn(cleaner, NR_TEXT("Sample"), nr_text_of(text), NULL), NR_OK);
  }
  shape_of(cleaner, nr_text_of(text), 0, false, shape, &page);
  assert_string_equal(shape, "bbbFbbb");
  nr_cleaner_free(cleaner);
}

static void rows_of_menus_and_long_captions_are_no_text(void **state)
{
  (void)state;
  has_shape("Home | News | World\nGrain talks resume in the old port\n" BODY, "Mtb");
  has_shape("News > World\nGrain talks resume in the old port\nBy Ann Author and Bob Writer for the Harbour "
            "Post\n" BODY,
            "MtRb");
  has_shape(
      BODY
      "FILE - In this picture of last year the ferry lies at the quay of the old port while the crew "
      "waits for the harbour master. The ferry was later sold. Its new owner has never been seen on "
      "board, and it has not left the port since then, though the crew is still paid each month by "
      "somebody, as the harbour master has said more than once when he was asked about the ship, the crew "
      "and the owner of both of them in the spring and in the summer.\n" BODY,
      "bCb");
  has_shape(BODY "The whole report (PDF, 38 KB)\nShips in the port © Sample Pictures\n" BODY, "bFCb");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_date_glued_to_the_first_sentence_is_a_header),
      cmocka_unit_test(the_head_of_a_page_is_told_from_its_text),
      cmocka_unit_test(headings_bullets_and_captions_have_their_kinds),
      cmocka_unit_test(other_stories_and_forms_at_the_end_go_to_the_margin),
      cmocka_unit_test(the_text_may_go_on_behind_teasers),
      cmocka_unit_test(boxes_forms_and_shouted_teasers_inside_a_text_go_to_the_margin),
      cmocka_unit_test(a_day_below_the_standfirst_is_the_day_of_the_page),
      cmocka_unit_test(a_row_of_a_menu_is_no_title),
      cmocka_unit_test(a_title_field_said_again_by_the_text_is_in_the_margin),
      cmocka_unit_test(without_cleaning_all_is_on_the_line),
      cmocka_unit_test(lines_cut_at_a_fixed_width_are_joined),
      cmocka_unit_test(all_kinds_of_line_ends_cut),
      cmocka_unit_test(lines_that_a_source_repeats_are_furniture),
      cmocka_unit_test(rules_handed_down_come_first),
      cmocka_unit_test(what_markup_set_aside_stays_aside_in_its_place),
      cmocka_unit_test(an_article_of_short_lines_alone_keeps_them),
      cmocka_unit_test(every_reason_has_a_name),
      cmocka_unit_test(a_star_inside_a_rule_stands_for_any_words),
      cmocka_unit_test(what_may_come_again_is_no_furniture),
      cmocka_unit_test(rows_of_menus_and_long_captions_are_no_text),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
