/* read_feed.c: RSS and Atom. Floor 4.
 * Elements are searched, not parsed: feeds are often broken, and no entity of their own is ever
 * expanded, so there is nothing to blow up. */
#include "ingest/encoding.h"
#include "ingest/html_page.h"
#include "ingest/read.h"
#include "text/utf8.h"

#include <strings.h>

typedef struct feed {
  const nr_input *input;
  nr_text text;  /* of the whole file, UTF-8 */
  nr_text title; /* the channel's: the source of its items */
  uint64_t number;
} feed;

static const char *find(const char *at, const char *end, const char *wanted)
{
  return at >= end ? NULL : memmem(at, (size_t)(end - at), wanted, strlen(wanted));
}

/* Whether an element of this name opens at `at`, a "<". */
static bool opens(const char *at, const char *end, const char *name)
{
  size_t size = strlen(name);
  return (size_t)(end - at) > size + 1 && memcmp(at + 1, name, size) == 0 &&
         strchr(" \t\r\n>/", at[size + 1]) != NULL && at[size + 1] != '\0';
}

/* The inside of the first element of this name, and its tag; false where there is none. */
static bool find_element(nr_text in, const char *name, nr_text *tag, nr_text *inside)
{
  const char *end = in.bytes + in.size, *at = in.bytes;
  char close[64] = "</";
  strncat(close, name, sizeof close - 4);
  for (; (at = find(at, end, "<")) != NULL; at++) {
    if (!opens(at, end, name))
      continue;
    const char *stop = memchr(at, '>', (size_t)(end - at));
    if (stop == NULL)
      return false;
    *tag = (nr_text){at, (size_t)(stop + 1 - at)};
    *inside = (nr_text){stop + 1, 0};
    const char *last = stop[-1] == '/' ? NULL : find(stop, end, close);
    if (last != NULL)
      inside->size = (size_t)(last - stop - 1);
    return true;
  }
  return false;
}

static size_t put_entity(const char *at, const char *end, char out[4], size_t *size)
{
  static const struct {
    const char *name;
    char sign;
  } names[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
    if ((size_t)(end - at) >= strlen(names[i].name) &&
        memcmp(at, names[i].name, strlen(names[i].name)) == 0) {
      out[0] = names[i].sign;
      *size = 1;
      return strlen(names[i].name);
    }
  if (end - at < 4 || at[1] != '#')
    return 0;
  bool hex = at[2] == 'x' || at[2] == 'X';
  uint32_t code = 0;
  const char *digit = at + 2 + hex;
  for (; digit < end && digit - at < 10 && *digit != ';'; digit++) {
    uint32_t value = *digit >= '0' && *digit <= '9' ? (uint32_t)(*digit - '0')
                     : hex && (*digit | 32) >= 'a' && (*digit | 32) <= 'f'
                         ? (uint32_t)((*digit | 32) - 'a' + 10)
                         : 99;
    if (value == 99)
      return 0;
    code = code * (hex ? 16 : 10) + value;
  }
  if (digit == end || *digit != ';' || code == 0 || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
    return 0;
  *size = nr_utf8_put(out, code);
  return (size_t)(digit + 1 - at);
}

/* The characters of an element: CDATA as it stands, entities resolved; in the arena. */
static nr_status read_characters(feed *f, nr_text inside, nr_text *text, nr_error *err)
{
  char *copy = nr_arena_take(nr_ingest_arena(f->input->ingest), inside.size + 1), *to = copy, sign[4];
  const char *at = inside.bytes, *end = at + inside.size;
  if (copy == NULL)
    return nr_fail_memory(err);
  while (at < end) {
    size_t size, used;
    const char *stop;
    if (end - at >= 9 && memcmp(at, "<![CDATA[", 9) == 0) {
      stop = find(at, end, "]]>");
      size = (size_t)((stop == NULL ? end : stop) - at) - 9;
      memcpy(to, at + 9, size);
      to += size;
      at = stop == NULL ? end : stop + 3;
    } else if (*at == '&' && (used = put_entity(at, end, sign, &size)) > 0) {
      memcpy(to, sign, size); /* never longer than what it is written as */
      to += size;
      at += used;
    } else {
      *to++ = *at++;
    }
  }
  *to = '\0';
  *text = (nr_text){copy, (size_t)(to - copy)};
  return NR_OK;
}

/* The characters of the first of several elements that is there; missing otherwise. */
static nr_status read_first(feed *f, nr_text in, const char *const *names, nr_text *text, nr_error *err)
{
  nr_text tag, inside;
  *text = (nr_text){NULL, 0};
  for (; *names != NULL; names++)
    if (find_element(in, *names, &tag, &inside) && inside.size > 0)
      return read_characters(f, inside, text, err);
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
  nr_text tag, inside;
  *url = (nr_text){NULL, 0};
  if (!find_element(in, "link", &tag, &inside))
    return NR_OK;
  if (inside.size > 0)
    return read_characters(f, inside, url, err);
  const char *end = tag.bytes + tag.size, *at = find(tag.bytes, end, "href=");
  if (at == NULL || end - at < 7)
    return NR_OK;
  const char *stop = memchr(at + 6, at[5], (size_t)(end - at - 6));
  return stop == NULL ? NR_OK : read_characters(f, (nr_text){at + 6, (size_t)(stop - at - 6)}, url, err);
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
  nr_item item = {.origin = f->input->argument};
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
  bool atom = find(at, end, "<item") == NULL;
  const char *name = atom ? "entry" : "item", *close = atom ? "</entry" : "</item";
  nr_text title;
  for (bool first = true; (at = find(at, end, "<")) != NULL; at++) {
    if (!opens(at, end, name))
      continue;
    if (first) {
      NR_TRY(read_first(f, (nr_text){f->text.bytes, (size_t)(at - f->text.bytes)}, titles, &title, err));
      f->title.bytes = nr_arena_copy(nr_ingest_names(f->input->ingest), title.bytes, title.size);
      f->title.size = title.size;
      first = false;
    }
    const char *stop = find(at, end, close);
    if (stop == NULL)
      return nr_fail(err, NR_INVALID, "the feed ends inside item %llu", (unsigned long long)f->number + 1);
    NR_TRY(take_entry(f, (nr_text){at, (size_t)(stop - at)}, err));
    at = stop;
  }
  return NR_OK;
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
    status = read_entries(&f, err);
  }
  nr_arena_clear(&scratch);
  return status;
}
