/* make.c: an item becomes an article. Floor 4. */
#include "ingest/make.h"

#include "ingest/dating.h"
#include "ingest/known.h"
#include "text/lang.h"

void nr_make_init(nr_article_maker *maker, const nr_ingest_options *options, nr_cleaner *cleaner,
                  nr_arena *arena)
{
  *maker = (nr_article_maker){.options = options, .cleaner = cleaner, .arena = arena};
  nr_token_list_init(&maker->tokens, arena->memory);
}

void nr_make_clear(nr_article_maker *maker)
{
  nr_token_list_clear(&maker->tokens);
  nr_release(maker->arena->memory, maker->blocks, maker->block_room * sizeof *maker->blocks);
  maker->blocks = NULL;
  maker->block_room = 0;
}

/* Fields given for all, where the item has none of that name. */
static nr_status put_given(nr_article_maker *maker, nr_item *item, nr_date_source *source, nr_error *err)
{
  *source = NR_DATE_FROM_FIELD;
  for (size_t i = 0; i < maker->options->given_count; i++) {
    const nr_field *given = &maker->options->given[i];
    bool has = false;
    for (size_t k = 0; k < item->field_count && !has; k++)
      has = nr_text_equal(item->fields[k].name, given->name);
    if (nr_text_equal(given->name, NR_TEXT("date"))) {
      has = item->date.bytes != NULL;
      *source = has ? NR_DATE_FROM_FIELD : NR_DATE_GIVEN;
    }
    has = has || (nr_text_equal(given->name, NR_TEXT("title")) && item->title.bytes != NULL) ||
          (nr_text_equal(given->name, NR_TEXT("text")) && item->text.bytes != NULL) ||
          nr_text_equal(given->name, NR_TEXT("id"));
    if (!has)
      NR_TRY(nr_item_put(item, maker->arena, *given, err));
  }
  return NR_OK;
}

/* Title and text behind each other, in the arena. */
static nr_status join(nr_article_maker *maker, nr_text title, nr_text text, nr_text *content, nr_error *err)
{
  char *bytes = nr_arena_take(maker->arena, title.size + text.size + 1);
  if (bytes == NULL)
    return nr_fail_memory(err);
  if (title.size > 0)
    memcpy(bytes, title.bytes, title.size);
  if (text.size > 0)
    memcpy(bytes + title.size, text.bytes, text.size);
  *content = (nr_text){bytes, title.size + text.size};
  return NR_OK;
}

static nr_status room_for_blocks(nr_article_maker *maker, size_t count, nr_error *err)
{
  void *blocks = maker->blocks;
  nr_status status =
      nr_grow(maker->arena->memory, &blocks, &maker->block_room, count, sizeof *maker->blocks, err);
  maker->blocks = blocks;
  return status;
}

/* A title without the signs that make it one in Markdown. */
static nr_text without_marks(nr_text title)
{
  nr_text bare = title;
  while (bare.size > 1 && (*bare.bytes == '#' || *bare.bytes == ' '))
    bare = (nr_text){bare.bytes + 1, bare.size - 1};
  return *title.bytes == '#' && bare.bytes[-1] == ' ' ? bare : title;
}

/* The title found in the text becomes the title field too. No block covers that copy, so that its
 * words count once: where they stand in the text. */
static nr_status put_title(nr_article_maker *maker, const nr_page *page, nr_article *article, nr_error *err)
{
  nr_text title = without_marks(
      (nr_text){article->content.bytes + page->title_start, page->title_end - page->title_start});
  NR_TRY(join(maker, title, article->content, &article->content, err));
  NR_TRY(room_for_blocks(maker, page->block_count, err));
  article->title_size = (uint32_t)title.size;
  for (size_t i = 0; i < page->block_count; i++) {
    maker->blocks[i] = page->blocks[i];
    maker->blocks[i].start += article->title_size;
    maker->blocks[i].end += article->title_size;
  }
  article->blocks = maker->blocks;
  return NR_OK;
}

/* Guess the language of an article that does not say it; where there is a guess, `lang_source` says that it
 * is one. The text alone is looked at, so that a dump that is added again has the same. */
static nr_status guess_language(nr_article_maker *maker, nr_item *item, nr_error *err)
{
  if (nr_item_has(item, "lang"))
    return NR_OK;
  nr_text lang = nr_lang_guess(item->text.size > 0 ? item->text : item->title);
  if (lang.bytes == NULL)
    return NR_OK;
  NR_TRY(nr_item_put(item, maker->arena, (nr_field){NR_TEXT("lang"), NR_FIELD_STRING, lang}, err));
  return nr_item_put(item, maker->arena,
                     (nr_field){NR_TEXT("lang_source"), NR_FIELD_STRING, NR_TEXT("guessed")}, err);
}

static nr_status tokenize(nr_article_maker *maker, const nr_item *item, nr_article *article, nr_error *err)
{
  nr_text_rules rules = {.lang = nr_item_get(item, "lang")};
  maker->tokens.count = 0;
  NR_TRY(nr_tokenize(article->content, article->blocks, article->block_count, &rules, &maker->tokens, err));
  article->tokens = maker->tokens.items;
  article->token_count = maker->tokens.count;
  return NR_OK;
}

/* The blocks that a dump tells of, moved behind the title. A title that none of them is stands on the line
 * by itself. */
static nr_status restore_blocks(nr_article_maker *maker, const nr_item *item, const nr_article *article,
                                nr_page *page, nr_error *err)
{
  bool title = article->title_size > 0;
  for (size_t i = 0; i < item->block_count; i++)
    title = title && item->blocks[i].kind != NR_BLOCK_TITLE;
  NR_TRY(room_for_blocks(maker, item->block_count + 1, err));
  if (title)
    maker->blocks[0] = (nr_block){.end = article->title_size, .kind = NR_BLOCK_TITLE};
  for (size_t i = 0; i < item->block_count; i++) {
    nr_block *block = &maker->blocks[title + i];
    *block = item->blocks[i];
    block->start += article->title_size;
    block->end += article->title_size;
  }
  *page = (nr_page){.blocks = maker->blocks, .block_count = title + item->block_count};
  return NR_OK;
}

static nr_status find_blocks(nr_article_maker *maker, const nr_item *item, const nr_article *article,
                             nr_page *page, nr_error *err)
{
  const nr_ingest_options *options = maker->options;
  if (item->blocks_final && !options->no_clean)
    return restore_blocks(maker, item, article, page, err);
  nr_clean_input input = {.content = article->content,
                          .title_size = article->title_size,
                          .source = nr_item_get(item, "source"),
                          .plain = options->no_clean,
                          .marks = item->blocks_final ? NULL : item->blocks,
                          .mark_count = item->blocks_final ? 0 : item->block_count};
  return nr_clean(maker->cleaner, &input, page, err);
}

/* Move repairs of the text behind the title. */
static nr_status place_repairs(nr_article_maker *maker, const nr_item *item, nr_article *article,
                               nr_error *err)
{
  if (item->repair_count == 0)
    return NR_OK;
  nr_repair *repairs = nr_arena_take_array(maker->arena, item->repair_count, sizeof *repairs);
  if (repairs == NULL)
    return nr_fail_memory(err);
  for (size_t i = 0; i < item->repair_count; i++) {
    repairs[i] = item->repairs[i];
    repairs[i].at += article->title_size;
  }
  article->repairs = repairs;
  article->repair_count = item->repair_count;
  return NR_OK;
}

/* A title field whose words the text repeats counts where it stands in the text, like one found there:
 * no block covers it. */
static void put_blocks(const nr_page *page, nr_article *article)
{
  bool skip = page->block_count > 0 && page->blocks[0].end <= article->title_size &&
              page->blocks[0].reason == NR_REASON_TITLE_REPEATED;
  article->blocks = skip ? page->blocks + 1 : page->blocks;
  article->block_count = page->block_count - skip;
}

nr_status nr_make_article(nr_article_maker *maker, nr_item *item, nr_article *article, nr_error *err)
{
  nr_page page;
  nr_date_source date_source;
  NR_TRY(put_given(maker, item, &date_source, err));
  NR_TRY(guess_language(maker, item, err));
  if (item->title.size + item->text.size > NR_ARTICLE_BYTES_MAX)
    return nr_fail(err, NR_LIMIT, "the article is over 64 MiB");
  *article = (nr_article){.id = item->id, .title_size = (uint32_t)item->title.size};
  NR_TRY(join(maker, item->title, item->text, &article->content, err));
  NR_TRY(find_blocks(maker, item, article, &page, err));
  put_blocks(&page, article);
  nr_dating dating = {&maker->options->report, date_source, maker->options->dates_given_only};
  nr_date_article(&dating, item, &page, article);
  if (page.title_end > page.title_start)
    NR_TRY(put_title(maker, &page, article, err));
  NR_TRY(place_repairs(maker, item, article, err));
  if (maker->known != NULL && !maker->options->no_clean && !item->blocks_final)
    NR_TRY(nr_known_keep(maker->known, maker->arena, article, err));
  article->fields = item->fields;
  article->field_count = item->field_count;
  return tokenize(maker, item, article, err);
}
