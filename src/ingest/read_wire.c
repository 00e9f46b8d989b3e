/* read_wire.c: newswire in SGML, as the collection Reuters-21578 has it: a <REUTERS> element an
 * article, many in a file. Floor 4.
 * The text is what <TEXT> holds but for the title: dateline and body as they stand, with their line
 * ends; control characters, which steered teleprinters, are dropped. */
#include "ingest/elements.h"
#include "ingest/encoding.h"
#include "ingest/json.h"
#include "ingest/read.h"

typedef struct wire {
  const nr_input *input;
  uint64_t number; /* of the article, from 1 */
} wire;

static bool is_blank(char c)
{
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static nr_text trim(nr_text text)
{
  return nr_text_trim(text, " \t\r\n");
}

/* The characters of an element's inside without control characters; line ends and tabs stay. */
static nr_status read_text(const wire *w, nr_text inside, nr_text *text, nr_error *err)
{
  nr_text all;
  NR_TRY(nr_element_characters(inside, nr_ingest_arena(w->input->ingest), &all, err));
  char *to = (char *)(uintptr_t)all.bytes; /* our own copy */
  for (size_t i = 0; i < all.size; i++)
    if ((uint8_t)all.bytes[i] >= ' ' || is_blank(all.bytes[i]))
      *to++ = all.bytes[i];
  *text = trim((nr_text){all.bytes, (size_t)(to - all.bytes)});
  return NR_OK;
}

static nr_status put(const wire *w, nr_item *item, const char *name, nr_field_type type, nr_text value,
                     nr_error *err)
{
  nr_field field = {nr_text_of(name), type, value};
  return value.size == 0 ? NR_OK : nr_item_put(item, nr_ingest_arena(w->input->ingest), field, err);
}

static nr_status put_element(const wire *w, nr_item *item, nr_text in, const char *element, const char *name,
                             nr_error *err)
{
  nr_element found;
  nr_text value;
  if (!nr_element_find(in, element, &found))
    return NR_OK;
  NR_TRY(read_text(w, found.inside, &value, err));
  return put(w, item, name, NR_FIELD_STRING, value, err);
}

/* <TOPICS><D>a</D><D>b</D></TOPICS> as a list; `json` is scratch. */
static nr_status put_list(const wire *w, nr_item *item, nr_text in, const char *element, const char *name,
                          nr_buffer *json, nr_error *err)
{
  nr_element list, member;
  nr_text value;
  if (!nr_element_find(in, element, &list))
    return NR_OK;
  json->size = 0;
  for (nr_text rest = list.inside; nr_element_find(rest, "D", &member);) {
    NR_TRY(read_text(w, member.inside, &value, err));
    NR_TRY(nr_buffer_put_byte(json, json->size == 0 ? '[' : ',', err));
    NR_TRY(nr_json_put_string(json, value, err));
    if (nr_element_search(member.inside.bytes, rest.bytes + rest.size, "</D") == NULL)
      break; /* not closed: nor is any behind it */
    const char *behind = member.inside.bytes + member.inside.size;
    rest = (nr_text){behind, (size_t)(rest.bytes + rest.size - behind)};
  }
  if (json->size == 0)
    return NR_OK;
  NR_TRY(nr_buffer_put_byte(json, ']', err));
  const char *kept = nr_arena_copy(nr_ingest_arena(w->input->ingest), json->bytes, json->size);
  return kept == NULL ? nr_fail_memory(err)
                      : put(w, item, name, NR_FIELD_LIST, (nr_text){kept, json->size}, err);
}

static nr_status put_lists(const wire *w, nr_item *item, nr_text in, nr_error *err)
{
  static const char *const lists[][2] = {{"TOPICS", "topics"},       {"PLACES", "places"},
                                         {"PEOPLE", "people"},       {"ORGS", "orgs"},
                                         {"EXCHANGES", "exchanges"}, {"COMPANIES", "companies"}};
  nr_buffer json;
  nr_buffer_init(&json, nr_ingest_option(w->input->ingest)->memory);
  nr_status status = NR_OK;
  for (size_t i = 0; i < sizeof lists / sizeof lists[0] && status == NR_OK; i++)
    status = put_list(w, item, in, lists[i][0], lists[i][1], &json, err);
  nr_buffer_clear(&json);
  return status;
}

/* Dateline and body behind each other; without a body, all of <TEXT> behind the title. */
static nr_status put_text(const wire *w, nr_item *item, nr_text in, nr_error *err)
{
  nr_element text, dateline, body, title;
  nr_text first = {"", 0}, rest;
  if (!nr_element_find(in, "TEXT", &text))
    return NR_OK;
  if (nr_element_find(text.inside, "BODY", &body)) {
    if (nr_element_find(text.inside, "DATELINE", &dateline))
      NR_TRY(read_text(w, dateline.inside, &first, err));
    NR_TRY(read_text(w, body.inside, &rest, err));
  } else {
    const char *from = text.inside.bytes, *end = from + text.inside.size;
    if (nr_element_find(text.inside, "TITLE", &title)) {
      const char *closed = nr_element_search(title.inside.bytes + title.inside.size, end, ">");
      from = closed == NULL ? end : closed + 1;
    }
    NR_TRY(read_text(w, (nr_text){from, (size_t)(end - from)}, &rest, err));
  }
  char *bytes = nr_arena_take(nr_ingest_arena(w->input->ingest), first.size + rest.size + 2);
  if (bytes == NULL)
    return nr_fail_memory(err);
  memcpy(bytes, first.bytes, first.size);
  bytes[first.size] = ' ';
  size_t gap = first.size > 0 && rest.size > 0;
  memcpy(bytes + first.size + gap, rest.bytes, rest.size);
  item->text = (nr_text){bytes, first.size + gap + rest.size};
  return NR_OK;
}

static nr_status take_article(wire *w, const nr_element *article, nr_error *err)
{
  nr_arena *arena = nr_ingest_arena(w->input->ingest);
  nr_item item = nr_input_item(w->input);
  nr_text in = article->inside, id = nr_element_attribute(article->tag, "NEWID");
  w->number++;
  NR_TRY(nr_input_number(w->input, w->input->path, w->number, &item.where, err));
  if (id.size == 0)
    NR_TRY(nr_input_number(w->input, w->input->name, w->number, &item.id, err));
  else
    NR_TRY(nr_element_characters(id, arena, &item.id, err));
  NR_TRY(put_element(w, &item, in, "DATE", "date", err));
  NR_TRY(put_element(w, &item, in, "TITLE", "title", err));
  NR_TRY(put_element(w, &item, in, "AUTHOR", "author", err));
  NR_TRY(put_element(w, &item, in, "DATELINE", "dateline", err));
  NR_TRY(put_lists(w, &item, in, err));
  NR_TRY(put_text(w, &item, in, err));
  return nr_ingest_take(w->input->ingest, &item, err);
}

static nr_status read_articles(wire *w, nr_text text, nr_error *err)
{
  const char *at = text.bytes, *end = at + text.size;
  nr_element article;
  while ((at = nr_element_search(at, end, "<REUTERS")) != NULL) {
    const char *close = nr_element_search(at, end, "</REUTERS>");
    if (close == NULL)
      return nr_fail(err, NR_INVALID, "the file ends inside article %llu", (unsigned long long)w->number + 1);
    close += strlen("</REUTERS>");
    if (nr_element_find((nr_text){at, (size_t)(close - at)}, "REUTERS", &article))
      NR_TRY(take_article(w, &article, err));
    at = close;
  }
  return NR_OK;
}

nr_status nr_read_wire(const nr_input *input, nr_text bytes, nr_error *err)
{
  wire w = {.input = input};
  nr_decoded decoded;
  nr_arena scratch; /* the text outlives flushes here */
  nr_arena_init(&scratch, nr_ingest_option(input->ingest)->memory);
  nr_status status = nr_decode(bytes, (nr_text){NULL, 0}, &scratch, &decoded, err);
  if (status == NR_OK)
    status = read_articles(&w, decoded.text, err);
  nr_arena_clear(&scratch);
  return status;
}
