/* elements.c: elements, attributes, entities. Floor 4. */
#include "ingest/elements.h"

#include "text/utf8.h"

const char *nr_element_search(const char *at, const char *end, const char *wanted)
{
  return at >= end ? NULL : memmem(at, (size_t)(end - at), wanted, strlen(wanted));
}

bool nr_element_opens(const char *at, const char *end, const char *name)
{
  size_t size = strlen(name);
  return (size_t)(end - at) > size + 1 && memcmp(at + 1, name, size) == 0 &&
         strchr(" \t\r\n>/", at[size + 1]) != NULL && at[size + 1] != '\0';
}

bool nr_element_find(nr_text in, const char *name, nr_element *found)
{
  const char *end = in.bytes + in.size, *at = in.bytes;
  char close[64] = "</";
  strncat(close, name, sizeof close - 4);
  for (; (at = nr_element_search(at, end, "<")) != NULL; at++) {
    if (!nr_element_opens(at, end, name))
      continue;
    const char *stop = memchr(at, '>', (size_t)(end - at));
    if (stop == NULL)
      return false;
    *found = (nr_element){{at, (size_t)(stop + 1 - at)}, {stop + 1, 0}};
    const char *last = stop[-1] == '/' ? NULL : nr_element_search(stop, end, close);
    if (last != NULL)
      found->inside.size = (size_t)(last - stop - 1);
    return true;
  }
  return false;
}

nr_text nr_element_attribute(nr_text tag, const char *name)
{
  size_t size = strlen(name);
  const char *end = tag.bytes + tag.size, *at = tag.bytes, *stop;
  for (; (at = nr_element_search(at, end, name)) != NULL; at++) {
    const char *value = at + size;
    if (at == tag.bytes || strchr(" \t\r\n", at[-1]) == NULL || end - value < 3 || *value != '=' ||
        (value[1] != '"' && value[1] != '\''))
      continue;
    stop = memchr(value + 2, value[1], (size_t)(end - value - 2));
    return stop == NULL ? (nr_text){NULL, 0} : (nr_text){value + 2, (size_t)(stop - value - 2)};
  }
  return (nr_text){NULL, 0};
}

/* The code point of a name without "&" and ";", or 0. */
static uint32_t code_of_name(nr_text name)
{
  static const struct {
    const char *name;
    uint16_t code;
  } names[] = {{"amp", '&'},       {"lt", '<'},       {"gt", '>'},       {"quot", '"'},     {"apos", '\''},
               {"nbsp", 0xA0},     {"rsquo", 0x2019}, {"lsquo", 0x2018}, {"rdquo", 0x201D}, {"ldquo", 0x201C},
               {"bdquo", 0x201E},  {"laquo", 0xAB},   {"raquo", 0xBB},   {"ndash", 0x2013}, {"mdash", 0x2014},
               {"hellip", 0x2026}, {"bull", 0x2022},  {"middot", 0xB7},  {"shy", 0xAD},     {"euro", 0x20AC},
               {"pound", 0xA3},    {"sect", 0xA7},    {"copy", 0xA9},    {"reg", 0xAE},     {"trade", 0x2122},
               {"deg", 0xB0},      {"eacute", 0xE9},  {"egrave", 0xE8},  {"ecirc", 0xEA},   {"agrave", 0xE0},
               {"aacute", 0xE1},   {"acirc", 0xE2},   {"ccedil", 0xE7},  {"iacute", 0xED},  {"icirc", 0xEE},
               {"oacute", 0xF3},   {"ocirc", 0xF4},   {"uacute", 0xFA},  {"ntilde", 0xF1},  {"atilde", 0xE3},
               {"otilde", 0xF5},   {"auml", 0xE4},    {"ouml", 0xF6},    {"uuml", 0xFC},    {"Auml", 0xC4},
               {"Ouml", 0xD6},     {"Uuml", 0xDC},    {"szlig", 0xDF},   {"aring", 0xE5},   {"oslash", 0xF8}};
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
    if (nr_text_equal(name, nr_text_of(names[i].name)))
      return names[i].code;
  return 0;
}

size_t nr_element_entity(const char *at, const char *end, char out[4], size_t *size)
{
  enum { name_bytes_max = 8 };
  size_t room = (size_t)(end - at) < name_bytes_max ? (size_t)(end - at) : name_bytes_max;
  const char *stop = memchr(at, ';', room);
  uint32_t named = stop == NULL ? 0 : code_of_name((nr_text){at + 1, (size_t)(stop - at - 1)});
  if (named != 0) {
    *size = nr_utf8_put(out, named);
    return (size_t)(stop + 1 - at);
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

nr_status nr_element_characters(nr_text inside, nr_arena *arena, nr_text *text, nr_error *err)
{
  char *copy = nr_arena_take(arena, inside.size + 1), *to = copy, sign[4];
  const char *at = inside.bytes, *end = at + inside.size;
  if (copy == NULL)
    return nr_fail_memory(err);
  while (at < end) {
    size_t size, used;
    const char *stop;
    if (end - at >= 9 && memcmp(at, "<![CDATA[", 9) == 0) {
      stop = nr_element_search(at, end, "]]>");
      size = (size_t)((stop == NULL ? end : stop) - at) - 9;
      memcpy(to, at + 9, size);
      to += size;
      at = stop == NULL ? end : stop + 3;
    } else if (*at == '&' && (used = nr_element_entity(at, end, sign, &size)) > 0) {
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
