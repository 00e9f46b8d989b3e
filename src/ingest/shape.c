/* shape.c: endings and first bytes. Floor 4. */
#include "ingest/shape.h"

#include <strings.h>

static bool ends_with(nr_text name, const char *end)
{
  size_t size = strlen(end);
  return name.size > size && strncasecmp(name.bytes + name.size - size, end, size) == 0;
}

static nr_text without_packing(nr_text name)
{
  static const char *const endings[] = {".gz", ".zst", ".xz", ".bz2"};
  for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
    if (ends_with(name, endings[i]))
      return (nr_text){name.bytes, name.size - strlen(endings[i])};
  return name;
}

nr_shape nr_shape_of_name(nr_text name)
{
  static const struct {
    const char *text;
    nr_shape shape;
  } endings[] = {
      {".jsonl", NR_SHAPE_JSON_LINES},  {".ndjson", NR_SHAPE_JSON_LINES}, {".json", NR_SHAPE_JSON},
      {".txt", NR_SHAPE_TEXT},          {".text", NR_SHAPE_TEXT},         {".md", NR_SHAPE_MARKDOWN},
      {".markdown", NR_SHAPE_MARKDOWN}, {".html", NR_SHAPE_HTML},         {".htm", NR_SHAPE_HTML},
      {".xhtml", NR_SHAPE_HTML},        {".csv", NR_SHAPE_COMMAS},        {".tsv", NR_SHAPE_TABS},
      {".rss", NR_SHAPE_FEED},          {".atom", NR_SHAPE_FEED},         {".reel", NR_SHAPE_CORPUS},
      {".sgm", NR_SHAPE_WIRE},          {".warc", NR_SHAPE_WARC},         {".mbox", NR_SHAPE_MAIL},
      {".eml", NR_SHAPE_MAIL},
  };
  name = without_packing(name);
  for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
    if (ends_with(name, endings[i].text))
      return endings[i].shape;
  return NR_SHAPE_UNKNOWN;
}

static bool is_blank(char c)
{
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool begins(nr_text head, const char *start)
{
  size_t size = strlen(start);
  return head.size >= size && strncasecmp(head.bytes, start, size) == 0;
}

static nr_text skip_blanks(nr_text head)
{
  while (head.size > 0 && is_blank(*head.bytes))
    head = (nr_text){head.bytes + 1, head.size - 1};
  return head;
}

/* An XML file whose first element is a feed's. */
static bool is_feed(nr_text head)
{
  static const char *const names[] = {"<rss", "<feed", "<rdf:RDF"};
  if (!begins(head, "<?xml") && !begins(head, "<rss") && !begins(head, "<feed"))
    return false;
  head.size = head.size < 2048 ? head.size : 2048;
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
    if (memmem(head.bytes, head.size, names[i], strlen(names[i])) != NULL)
      return true;
  return false;
}

/* Whether the first line is an object by itself. */
static bool is_line_of_json(nr_text head)
{
  const char *end = memchr(head.bytes, '\n', head.size);
  nr_text line = {head.bytes, end == NULL ? head.size : (size_t)(end - head.bytes)};
  while (line.size > 0 && is_blank(line.bytes[line.size - 1]))
    line.size--;
  return end == NULL || line.bytes[line.size - 1] == '}';
}

/* Lines that mailboxes and messages as servers keep them begin with; a letter may begin with "From" too. */
static bool is_mail(nr_text head)
{
  static const char *const starts[] = {"Return-Path: ", "Received: from ", "Delivered-To: "};
  const char *end = memchr(head.bytes, '\n', head.size);
  for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
    if (begins(head, starts[i]))
      return true;
  if (end == NULL || !begins(head, "From "))
    return false;
  const char *last = head.bytes + head.size, *next = ++end;
  while (next < last && (*next == '-' || (unsigned)((*next | 32) - 'a') < 26))
    next++;
  return next > end && next < last && *next == ':';
}

/* Whether a cell of a table's first row is one of the names that articles have. */
static bool names_field(nr_text cell)
{
  static const char *const names[] = {"id", "text", "title"};
  if (cell.size > 2 && *cell.bytes == '"' && cell.bytes[cell.size - 1] == '"')
    cell = (nr_text){cell.bytes + 1, cell.size - 2};
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
    if (nr_text_equal(cell, nr_text_of(names[i])))
      return true;
  return false;
}

/* A table whose first line, cut at `separator`, names a field that articles have. */
static bool is_table(nr_text head, char separator)
{
  const char *end = memchr(head.bytes, '\n', head.size), *at = head.bytes, *stop;
  nr_text line = {head.bytes, end == NULL ? 0 : (size_t)(end - head.bytes)};
  while (line.size > 0 && is_blank(line.bytes[line.size - 1]))
    line.size--;
  end = line.bytes + line.size;
  if (memchr(at, separator, line.size) == NULL)
    return false;
  for (; (stop = memchr(at, separator, (size_t)(end - at))) != NULL; at = stop + 1)
    if (names_field((nr_text){at, (size_t)(stop - at)}))
      return true;
  return names_field((nr_text){at, (size_t)(end - at)});
}

nr_shape nr_shape_of_bytes(nr_text head)
{
  if (head.size >= 3 && memcmp(head.bytes, "\xEF\xBB\xBF", 3) == 0)
    head = (nr_text){head.bytes + 3, head.size - 3};
  head = skip_blanks(head);
  if (head.size == 0)
    return NR_SHAPE_TEXT;
  nr_text next = skip_blanks((nr_text){head.bytes + 1, head.size - 1});
  if (*head.bytes == '{' && next.size > 0 && (*next.bytes == '"' || *next.bytes == '}'))
    return is_line_of_json(head) ? NR_SHAPE_JSON_LINES : NR_SHAPE_JSON;
  if (*head.bytes == '[' && next.size > 0 && *next.bytes == '{')
    return NR_SHAPE_JSON;
  if (is_feed(head))
    return NR_SHAPE_FEED;
  if (begins(head, "<REUTERS") || begins(head, "<!DOCTYPE lewis"))
    return NR_SHAPE_WIRE;
  if (begins(head, "WARC/"))
    return NR_SHAPE_WARC;
  if (is_mail(head))
    return NR_SHAPE_MAIL;
  if (is_table(head, ',') || is_table(head, ';'))
    return NR_SHAPE_COMMAS;
  if (is_table(head, '\t'))
    return NR_SHAPE_TABS;
  return begins(head, "<!doctype html") || begins(head, "<html") ? NR_SHAPE_HTML : NR_SHAPE_TEXT;
}

nr_text nr_name_without_ending(nr_text name)
{
  if (ends_with(name, ".tgz") || ends_with(name, ".tbz"))
    return (nr_text){name.bytes, name.size - 4};
  name = without_packing(name);
  for (size_t i = name.size; i > 0 && name.bytes[i - 1] != '/'; i--)
    if (name.bytes[i - 1] == '.' && i > 1 && name.bytes[i - 2] != '/')
      return (nr_text){name.bytes, i - 1};
  return name;
}
