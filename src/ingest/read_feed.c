/* read_feed.c: RSS and Atom. Floor 4. */
#include "ingest/elements.h"
#include "ingest/encoding.h"
#include "ingest/html_page.h"
#include "ingest/read.h"

typedef struct feed {
  const nr_input *input;
  nr_text text;  /* of the whole file, UTF-8 */
  nr_text title; /* the channel's: the source of its items */
  uint64_t number;
} feed;

/* The characters of the first of several elements that is there; missing otherwise. */
static nr_status read_first(feed *f, nr_text in, const char *const *names, nr_text *text, nr_error *err)
{
  nr_element element;
  *text = (nr_text){NULL, 0};
  for (; *names != NULL; names++)
    if (nr_element_find(in, *names, &element) && element.inside.size > 0)
      return nr_element_characters(element.inside, nr_ingest_arena(f->input->ingest), text, err);
  return NR_OK;
}

/* The text of a fragment of HTML, a line for each block. */
static nr_status read_fragment(feed *f, nr_text html, nr_text *text, nr_error *err)
{
  nr_arena *arena = nr_ingest_arena(f->input->ingest);
  nr_buffer out, blocks;
  nr_tree tree;
  nr_error why;
  *text = html;
  if (html.size == 0 || memchr(html.bytes, '<', html.size) == NULL ||
      nr_html_parse(html, arena, &tree, &why) != NR_OK)
    return NR_OK;
  nr_buffer_init(&out, arena->memory);
  nr_buffer_init(&blocks, arena->memory);
  nr_status status = nr_html_text(&tree, (nr_text){NULL, 0}, &out, &blocks, err);
  if (status == NR_OK) {
    text->bytes = nr_arena_copy(arena, out.bytes, out.size);
    text->size = out.size;
    status = text->bytes == NULL ? nr_fail_memory(err) : NR_OK;
  }
  nr_buffer_clear(&out);
  nr_buffer_clear(&blocks);
  return status;
}

/* The address: text of <link>, or href of an Atom link. */
static nr_status read_address(feed *f, nr_text in, nr_text *url, nr_error *err)
{
  nr_element link;
  *url = (nr_text){NULL, 0};
  if (!nr_element_find(in, "link", &link))
    return NR_OK;
  if (link.inside.size == 0)
    link.inside = nr_element_attribute(link.tag, "href");
  return link.inside.size == 0
             ? NR_OK
             : nr_element_characters(link.inside, nr_ingest_arena(f->input->ingest), url, err);
}

static nr_status put(feed *f, nr_item *item, const char *name, nr_text value, nr_error *err)
{
  while (value.size > 0 && strchr(" \t\r\n", value.bytes[0]) != NULL)
    value = (nr_text){value.bytes + 1, value.size - 1};
  while (value.size > 0 && strchr(" \t\r\n", value.bytes[value.size - 1]) != NULL)
    value.size--;
  if (value.size == 0)
    return NR_OK;
  return nr_item_put(item, nr_ingest_arena(f->input->ingest),
                     (nr_field){nr_text_of(name), NR_FIELD_STRING, value}, err);
}

static nr_status take_entry(feed *f, nr_text entry, nr_error *err)
{
  static const char *const titles[] = {"title", NULL}, *const ids[] = {"guid", "id", NULL},
                           *const dates[] = {"pubDate", "published", "dc:date", "updated", NULL},
                           *const texts[] = {"content:encoded", "content", "description", "summary", NULL},
                           *const authors[] = {"dc:creator", "name", "author", NULL};
  nr_item item = nr_input_item(f->input);
  nr_text value, plain;
  f->number++;
  NR_TRY(nr_input_number(f->input, f->input->path, f->number, &item.where, err));
  NR_TRY(read_first(f, entry, ids, &value, err));
  NR_TRY(put(f, &item, "id", value, err));
  NR_TRY(read_first(f, entry, dates, &value, err));
  NR_TRY(put(f, &item, "date", value, err));
  NR_TRY(read_first(f, entry, titles, &value, err));
  NR_TRY(read_fragment(f, value, &plain, err));
  NR_TRY(put(f, &item, "title", plain, err));
  NR_TRY(read_first(f, entry, authors, &value, err));
  NR_TRY(put(f, &item, "author", value, err));
  NR_TRY(read_address(f, entry, &value, err));
  NR_TRY(put(f, &item, "url", value, err));
  NR_TRY(put(f, &item, "source", f->title, err));
  NR_TRY(read_first(f, entry, texts, &value, err));
  NR_TRY(read_fragment(f, value, &plain, err));
  NR_TRY(put(f, &item, "text", plain, err));
  if (item.id.bytes == NULL)
    NR_TRY(nr_input_number(f->input, f->input->name, f->number, &item.id, err));
  return nr_ingest_take(f->input->ingest, &item, err);
}

static nr_status read_entries(feed *f, nr_error *err)
{
  static const char *const titles[] = {"title", NULL};
  const char *at = f->text.bytes, *end = at + f->text.size;
  bool atom = nr_element_search(at, end, "<item") == NULL;
  const char *name = atom ? "entry" : "item", *close = atom ? "</entry" : "</item";
  nr_text title;
  for (bool first = true; (at = nr_element_search(at, end, "<")) != NULL; at++) {
    if (!nr_element_opens(at, end, name))
      continue;
    if (first) {
      NR_TRY(read_first(f, (nr_text){f->text.bytes, (size_t)(at - f->text.bytes)}, titles, &title, err));
      f->title.bytes = nr_arena_copy(nr_ingest_names(f->input->ingest), title.bytes, title.size);
      f->title.size = title.size;
      first = false;
    }
    const char *stop = nr_element_search(at, end, close);
    if (stop == NULL)
      return nr_fail(err, NR_INVALID, "the feed ends inside item %llu", (unsigned long long)f->number + 1);
    NR_TRY(take_entry(f, (nr_text){at, (size_t)(stop - at)}, err));
    at = stop;
  }
  return NR_OK;
}

/* Whether the file declares an entity out of others: ten of ten of ten of them are a bomb. */
static bool is_bomb(nr_text text)
{
  const char *at = text.bytes, *end = at + text.size;
  while ((at = nr_element_search(at, end, "<!ENTITY")) != NULL) {
    const char *stop = memchr(at, '>', (size_t)(end - at));
    size_t size = (size_t)((stop == NULL ? end : stop) - at);
    if (memchr(at, '&', size) != NULL)
      return true;
    at += size;
  }
  return false;
}

nr_status nr_read_feed(const nr_input *input, nr_text bytes, nr_error *err)
{
  feed f = {.input = input};
  nr_decoded decoded;
  nr_arena scratch; /* the text outlives flushes here */
  nr_arena_init(&scratch, nr_ingest_option(input->ingest)->memory);
  nr_status status = nr_decode(bytes, nr_declared_encoding(bytes), &scratch, &decoded, err);
  if (status == NR_OK) {
    f.text = decoded.text;
    status = is_bomb(f.text) ? nr_fail(err, NR_LIMIT, "it declares entities made of entities: a bomb")
                             : read_entries(&f, err);
  }
  nr_arena_clear(&scratch);
  return status;
}
