/* html_meta.c: what a page says about its article: title, author, dates, site, address, language.
 * Floor 4. */
#include "ingest/html_page.h"
#include "ingest/lines.h"
#include "text/utf8.h"

#include <strings.h>

static bool is_one_of(nr_text name, const char *names)
{
  for (const char *at = names; *at != '\0';) {
    size_t size = strcspn(at, " ");
    if (size == name.size && strncasecmp(at, name.bytes, size) == 0)
      return true;
    at += size + (at[size] == ' ');
  }
  return false;
}

static bool is_missing(nr_text text)
{
  return text.bytes == NULL || text.size == 0;
}

static nr_text trimmed(nr_text text)
{
  nr_line line;
  if (text.bytes == NULL || text.size > UINT32_MAX || !nr_line_measure(text, 0, (uint32_t)text.size, &line))
    return (nr_text){NULL, 0};
  return (nr_text){text.bytes + line.start, line.end - line.start};
}

/* What was found, best of each. */
typedef struct found {
  const nr_tree *tree;
  nr_arena *arena;
  nr_item *item;
  nr_text shared_title, headline, head_title; /* og:title, JSON-LD, <title> */
  nr_text author, source, url, lang;
} found;

static void put_date(found *f, nr_text text, nr_date_source source)
{
  nr_item *item = f->item;
  text = trimmed(text);
  if (text.size >= 8 && item->date_count < NR_STATED_DATES_MAX)
    item->dates[item->date_count++] = (nr_stated_date){text, source};
}

static void take_first(nr_text *place, nr_text value)
{
  enum { stated_bytes_max = 4096 }; /* as inner_text has it */
  value = trimmed(value);
  if (place->bytes == NULL && value.size > 0 && value.size <= stated_bytes_max)
    *place = value;
}

/* ---- meta elements ---- */

static const char published[] =
    "article:published_time article:published og:published_time og:article:published_time datepublished "
    "pubdate publishdate publish_date publish-date published publicationdate publication_date "
    "publication-date date_published "
    "date-published article_date_original originalpublicationdate original-publish-date parsely-pub-date "
    "sailthru.date "
    "dc.date.issued dc.date.created dcterms.issued dcterms.created dcterms.date dc.date dc.created date "
    "rnews:datepublished cxenseparse:recs:publishtime article.published article.created created datecreated "
    "date.created "
    "nyt_pub_date pdate ptime bt:pubdate shareaholic:article_published_time analyticsattributes.articledate "
    "firstpublishdate "
    "article-publish-date news_date displaydate release_date video:release_date";

static void read_meta(found *f, const nr_node *node)
{
  nr_text name = node->name, value = node->value;
  if (is_missing(name) || is_missing(value))
    return;
  if (is_one_of(name, published))
    put_date(f, value, NR_DATE_FROM_META);
  else if (is_one_of(name, "og:title"))
    take_first(&f->shared_title, value);
  else if (is_one_of(name, "twitter:title dc.title headline parsely-title sailthru.title title"))
    take_first(&f->headline, value);
  else if (is_one_of(name, "author article:author dc.creator parsely-author sailthru.author byl") &&
           !(value.size >= 4 && memcmp(value.bytes, "http", 4) == 0))
    take_first(&f->author, value);
  else if (is_one_of(name, "og:site_name application-name"))
    take_first(&f->source, value);
  else if (is_one_of(name, "og:url"))
    take_first(&f->url, value);
  else if (is_one_of(name, "content-language language"))
    take_first(&f->lang, value);
}

/* ---- JSON-LD: searched, not parsed, for much of it is no JSON ---- */

/* The four hexadecimal digits at `at`, or SIZE_MAX. */
static size_t hex4(const char *at, const char *end)
{
  size_t code = 0;
  for (int i = 0; i < 4; i++, at++) {
    char c = at < end ? (char)(*at | 32) : ' ';
    if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f'))
      return SIZE_MAX;
    code = code << 4 | (size_t)(c <= '9' ? c - '0' : c - 'a' + 10);
  }
  return code;
}

/* Decode the escapes of a JSON string up to its quote; surrogates are left out. */
static nr_text decode(found *f, const char *at, const char *end)
{
  const char *stop = at;
  while (stop < end && *stop != '"')
    stop += *stop == '\\' && end - stop > 1 ? 2 : 1;
  char *copy = stop >= end ? NULL : nr_arena_take(f->arena, (size_t)(stop - at) + 1), *to = copy;
  if (copy == NULL)
    return (nr_text){NULL, 0};
  while (at < stop) {
    size_t code;
    if (*at != '\\') {
      *to++ = *at++;
    } else if (at[1] == 'u' && (code = hex4(at + 2, stop)) != SIZE_MAX) {
      to += code >= 0xD800 && code < 0xE000 ? 0 : nr_utf8_put(to, (uint32_t)code);
      at += 6;
    } else {
      at++; /* the sign behind stands for itself, or is white space */
      *to++ = strchr("nrtu", *at) != NULL ? ' ' : *at;
      at++;
    }
  }
  return (nr_text){copy, (size_t)(to - copy)};
}

/* The first string behind a key at or behind *from; *from moves behind the key. */
static nr_text string_of(found *f, nr_text json, const char *key, const char **from)
{
  const char *end = json.bytes + json.size, *at = *from;
  size_t size = strlen(key);
  while (at < end && (at = memmem(at, (size_t)(end - at), key, size)) != NULL) {
    at += size;
    *from = at;
    while (at < end && strchr(" \t\r\n", *at) != NULL)
      at++;
    if (at == end || *at != ':')
      continue;
    at++;
    while (at < end && strchr(" \t\r\n[{", *at) != NULL)
      at++;
    return at < end && *at == '"' ? decode(f, at + 1, end) : (nr_text){NULL, 0};
  }
  *from = end;
  return (nr_text){NULL, 0};
}

static nr_text first_string(found *f, nr_text json, const char *key)
{
  const char *from = json.bytes;
  return string_of(f, json, key, &from);
}

static void read_script(found *f, uint32_t index)
{
  const nr_node *node = &f->tree->nodes[index];
  if (is_missing(node->name) || !is_one_of(node->name, "application/ld+json") || node->end <= index + 1)
    return;
  nr_text json = f->tree->nodes[index + 1].text;
  if (is_missing(json))
    return;
  put_date(f, first_string(f, json, "\"datePublished\""), NR_DATE_FROM_JSONLD);
  put_date(f, first_string(f, json, "\"dateCreated\""), NR_DATE_FROM_JSONLD);
  take_first(&f->headline, first_string(f, json, "\"headline\""));
  const char *author = memmem(json.bytes, json.size, "\"author\"", 8);
  if (author != NULL) {
    nr_text rest = {author, (size_t)(json.bytes + json.size - author)};
    if (rest.size > 300)
      rest.size = 300;
    take_first(&f->author, first_string(f, rest, "\"name\""));
  }
}

/* ---- dates elsewhere ---- */

static bool digits(const char *at, const char *end, size_t count)
{
  if ((size_t)(end - at) < count)
    return false;
  for (size_t i = 0; i < count; i++)
    if (at[i] < '0' || at[i] > '9')
      return false;
  return true;
}

/* 2020/05/17, 2020-05-17, 20200517 inside an address. */
static void date_of_address(found *f, nr_text url)
{
  const char *end = url.bytes + url.size;
  for (const char *at = url.bytes; end - at >= 8; at++) {
    if (at > url.bytes && at[-1] >= '0' && at[-1] <= '9')
      continue;
    if (!digits(at, end, 4) || (memcmp(at, "19", 2) != 0 && memcmp(at, "20", 2) != 0))
      continue;
    size_t size = 0;
    if ((at[4] == '/' || at[4] == '-' || at[4] == '_') && digits(at + 5, end, 2) && at[7] == at[4] &&
        digits(at + 8, end, 2))
      size = 10;
    else if (digits(at, end, 8) && (end - at == 8 || at[8] < '0' || at[8] > '9'))
      size = 8;
    if (size == 0 || (at + size < end && at[size] >= '0' && at[size] <= '9'))
      continue;
    char *copy = nr_arena_take(f->arena, 11);
    if (copy == NULL)
      return;
    memcpy(copy, at, 4);
    copy[4] = copy[7] = '-';
    memcpy(copy + 5, size == 10 ? at + 5 : at + 4, 2);
    memcpy(copy + 8, size == 10 ? at + 8 : at + 6, 2);
    copy[10] = '\0';
    put_date(f, (nr_text){copy, 10}, NR_DATE_FROM_URL);
    return;
  }
}

/* ---- elements ---- */

/* The first 4 KiB of the text inside of an element, blanks collapsed. */
static nr_text inner_text(found *f, uint32_t index)
{
  const nr_tree *tree = f->tree;
  enum { size_max = 4096 };
  char bytes[size_max], *to = bytes, *copy;
  for (uint32_t i = index; i < tree->nodes[index].end && to < bytes + size_max; i++)
    for (size_t k = 0;
         tree->nodes[i].tag == NR_TAG_TEXT && k < tree->nodes[i].text.size && to < bytes + size_max; k++) {
      char c = tree->nodes[i].text.bytes[k];
      if (strchr(" \n\r\t", c) == NULL)
        *to++ = c;
      else if (to > bytes && to[-1] != ' ')
        *to++ = ' ';
    }
  while (to == bytes + size_max && (to[-1] & 0xC0) == 0x80) /* cut at a whole character */
    to--;
  to -= to == bytes + size_max;
  copy = nr_arena_copy(f->arena, bytes, (size_t)(to - bytes));
  return copy == NULL ? (nr_text){NULL, 0} : trimmed((nr_text){copy, (size_t)(to - bytes)});
}

static void read_heads(found *f)
{
  const nr_tree *tree = f->tree;
  for (uint32_t i = 0; i < tree->count; i++) {
    const nr_node *node = &tree->nodes[i];
    switch (node->tag) {
    case NR_TAG_META:
      read_meta(f, node);
      break;
    case NR_TAG_SCRIPT:
      read_script(f, i);
      break;
    case NR_TAG_TITLE:
      take_first(&f->head_title, inner_text(f, i));
      break;
    case NR_TAG_LINK:
      if (!is_missing(node->name) && is_one_of(node->name, "canonical"))
        take_first(&f->url, node->value);
      break;
    case NR_TAG_ROOT:
      take_first(&f->lang, node->value);
      break;
    default:
      break;
    }
  }
}

/* Elements marked as the date of publication first, then any <time>, in order. */
static void read_times(found *f, bool marked)
{
  const nr_tree *tree = f->tree;
  for (uint32_t i = 0; i < tree->count; i++) {
    const nr_node *node = &tree->nodes[i];
    bool named = !is_missing(node->name) && is_one_of(node->name, "datePublished dateCreated pubdate");
    if (node->tag == NR_TAG_META || node->tag == NR_TAG_TEXT || named != marked ||
        (!named && node->tag != NR_TAG_TIME))
      continue;
    put_date(f, is_missing(node->value) ? inner_text(f, i) : node->value, NR_DATE_FROM_META);
  }
}

/* ---- the title ---- */

/* Cut "Title | Site", "Title - Site" at its last separator where three words are left. */
static nr_text without_site(nr_text title)
{
  static const char *const separators[] = {" | ",  " - ",        " \xE2\x80\x93 ", " \xE2\x80\x94 ",
                                           " :: ", " \xC2\xBB ", " \xC2\xAB "};
  size_t best = 0;
  for (size_t i = 0; i < sizeof separators / sizeof separators[0]; i++)
    for (size_t at = 1; at < title.size; at++) {
      size_t size = strlen(separators[i]);
      if (title.size - at > size && memcmp(title.bytes + at, separators[i], size) == 0 && at > best)
        best = at;
    }
  nr_line line;
  if (best == 0 || !nr_line_measure(title, 0, (uint32_t)best, &line) || line.words < 3)
    return title;
  return (nr_text){title.bytes, best};
}

static nr_text choose_title(found *f)
{
  nr_text stated = f->shared_title.bytes != NULL ? f->shared_title
                   : f->headline.bytes != NULL   ? f->headline
                                                 : f->head_title;
  nr_text first = {NULL, 0};
  size_t end;
  for (uint32_t i = 0; i < f->tree->count; i++) {
    if (f->tree->nodes[i].tag != NR_TAG_H1)
      continue;
    nr_text heading = inner_text(f, i);
    if (is_missing(heading) || heading.size > 400)
      continue;
    take_first(&first, heading);
    if (stated.bytes != NULL &&
        (nr_words_begin(stated, heading, &end) || nr_words_begin(heading, stated, &end)))
      return heading;
  }
  if (f->shared_title.bytes != NULL)
    return without_site(f->shared_title);
  if (f->headline.bytes != NULL)
    return f->headline;
  return first.bytes != NULL ? first : without_site(f->head_title);
}

static nr_status put_field(found *f, const char *name, nr_text value, nr_error *err)
{
  if (value.bytes == NULL)
    return NR_OK;
  return nr_item_put(f->item, f->arena, (nr_field){nr_text_of(name), NR_FIELD_STRING, value}, err);
}

/* The host of an address, without www. */
static nr_text host_of(nr_text url)
{
  const char *at = url.bytes == NULL ? NULL : memmem(url.bytes, url.size, "://", 3);
  if (at == NULL)
    return (nr_text){NULL, 0};
  at += 3;
  const char *end = url.bytes + url.size, *stop = at;
  if (end - at > 4 && memcmp(at, "www.", 4) == 0)
    stop = at += 4;
  while (stop < end && strchr("/?#:", *stop) == NULL)
    stop++;
  return stop > at ? (nr_text){at, (size_t)(stop - at)} : (nr_text){NULL, 0};
}

nr_status nr_html_describe(const nr_tree *tree, nr_arena *arena, nr_item *item, nr_error *err)
{
  found f = {.tree = tree, .arena = arena, .item = item};
  read_heads(&f);
  read_times(&f, true);
  take_first(&f.url, item->address);
  if (f.url.bytes != NULL)
    date_of_address(&f, f.url);
  read_times(&f, false);
  if (item->title.bytes == NULL)
    item->title = choose_title(&f);
  if (f.lang.size > 2)
    f.lang.size = f.lang.bytes[2] == '-' || f.lang.bytes[2] == '_' ? 2 : f.lang.size;
  NR_TRY(put_field(&f, "author", f.author, err));
  NR_TRY(put_field(&f, "source", f.source.bytes != NULL ? f.source : host_of(f.url), err));
  NR_TRY(put_field(&f, "url", f.url, err));
  return put_field(&f, "lang", f.lang, err);
}
