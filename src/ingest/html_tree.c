/* html_tree.c: libxml2 through its reader, whose functions hide all structures: so no header of it
 * is needed and any version will do. Floor 4. */
#include "ingest/html_tree.h"

#include <pthread.h>
#include <strings.h>

#include "ingest/library.h"

/* ---- the library ---- */

static struct {
  void *(*parse)(const char *bytes, int size, const char *url, const char *encoding, int options);
  void (*free_document)(void *document);
  void *(*walker)(void *document);
  void (*free_reader)(void *reader);
  int (*read)(void *reader);
  int (*node_type)(void *reader);
  int (*depth)(void *reader);
  const char *(*name)(void *reader);
  const char *(*value)(void *reader);
  int (*next_attribute)(void *reader);
  int (*to_element)(void *reader);
  bool ready;
} xml;

static void open_library(void)
{
  static const char *const names[] = {"libxml2.so.2", "libxml2.so.16", "libxml2.so", "libxml2.2.dylib",
                                      "libxml2.dylib"};
  static const nr_library_function functions[] = {{"htmlReadMemory", &xml.parse},
                                                  {"xmlFreeDoc", &xml.free_document},
                                                  {"xmlReaderWalker", &xml.walker},
                                                  {"xmlFreeTextReader", &xml.free_reader},
                                                  {"xmlTextReaderRead", &xml.read},
                                                  {"xmlTextReaderNodeType", &xml.node_type},
                                                  {"xmlTextReaderDepth", &xml.depth},
                                                  {"xmlTextReaderConstName", &xml.name},
                                                  {"xmlTextReaderConstValue", &xml.value},
                                                  {"xmlTextReaderMoveToNextAttribute", &xml.next_attribute},
                                                  {"xmlTextReaderMoveToElement", &xml.to_element}};
  xml.ready = nr_library_open(names, sizeof names / sizeof names[0], functions,
                              sizeof functions / sizeof functions[0]);
}

enum {
  no_errors = 1 << 5,
  no_warnings = 1 << 6,
  recover = 1 << 0,
  no_net = 1 << 11,
  ignore_encoding = 1 << 21
};
enum { type_element = 1, type_text = 3, type_cdata = 4, type_space = 13, type_white = 14, type_end = 15 };
enum { nodes_max = 1000000, depth_max = 255 };

/* ---- names ---- */

static uint8_t tag_of(const char *name)
{
  static const struct {
    uint8_t tag;
    const char *names; /* between blanks */
  } tags[] = {
      {NR_TAG_A, " a "},
      {NR_TAG_P, " p "},
      {NR_TAG_INLINE,
       " span b i em strong u s small big sub sup font abbr acronym cite code q mark del ins label tt var "
       "kbd samp bdi bdo ruby rt rp strike wbr amp-img data nobr dfn "},
      {NR_TAG_BLOCK, " div section center address dd dt fieldset details summary hgroup dialog "},
      {NR_TAG_BR, " br hr "},
      {NR_TAG_H1, " h1 "},
      {NR_TAG_H2, " h2 "},
      {NR_TAG_H3, " h3 "},
      {NR_TAG_H4, " h4 h5 h6 "},
      {NR_TAG_LI, " li "},
      {NR_TAG_LIST, " ul ol dl menu "},
      {NR_TAG_PRE, " pre "},
      {NR_TAG_QUOTE, " blockquote "},
      {NR_TAG_TABLE, " table tbody thead tfoot "},
      {NR_TAG_ROW, " tr "},
      {NR_TAG_CELL, " td th "},
      {NR_TAG_ARTICLE, " article "},
      {NR_TAG_MAIN, " main "},
      {NR_TAG_NAV, " nav "},
      {NR_TAG_ASIDE, " aside "},
      {NR_TAG_HEADER, " header "},
      {NR_TAG_FOOTER, " footer "},
      {NR_TAG_FORM, " form "},
      {NR_TAG_FIGURE, " figure picture "},
      {NR_TAG_CAPTION, " figcaption caption "},
      {NR_TAG_TIME, " time "},
      {NR_TAG_META, " meta "},
      {NR_TAG_LINK, " link "},
      {NR_TAG_TITLE, " title "},
      {NR_TAG_SCRIPT, " script "},
      {NR_TAG_SKIP, " style template noscript svg math canvas iframe frame frameset noframes object embed "
                    "applet audio video "
                    "button select option input textarea map area progress meter datalist "},
      {NR_TAG_ROOT, " html body head "},
  };
  char wanted[24] = " ";
  size_t size = strlen(name);
  if (size > sizeof wanted - 3)
    return NR_TAG_OTHER;
  for (size_t i = 0; i < size; i++)
    wanted[i + 1] = (char)(name[i] >= 'A' && name[i] <= 'Z' ? name[i] + 32 : name[i]);
  wanted[size + 1] = ' ';
  for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++)
    if (strstr(tags[i].names, wanted) != NULL)
      return tags[i].tag;
  return NR_TAG_OTHER;
}

/* Words that class names and ids are made of, and what they hint at. Matched at the start of a part:
 * parts are cut at everything but letters, and where a capital follows a small letter. */
static uint8_t hint_of(const char *word, size_t size)
{
  static const struct {
    uint8_t hint;
    const char *words; /* between blanks */
  } hints[] = {
      {NR_HINT_COMMENTS, " comment comments commentlist disqus respond livefyre viafoura coral kommentar "
                         "kommentare commentaire "
                         "commentaires comentario comentarios commenti yorum yorumlar hozzaszolas komentarz "
                         "komentarze komentari "},
      {NR_HINT_RELATED,
       " related relate recommend recommended recommendation recommendations recirc recirculation similar "
       "trending popular mostread teaser teasers readmore "
       "morefrom outbrain taboola zergnet moreon upnext alsoread recent latest suggested suggestions "
       "promoted carousel crosslink crosslinks onward "},
      {NR_HINT_FURNITURE,
       " share sharing social addthis sharedaddy promo newsletter subscribe subscription signup sidebar "
       "breadcrumb breadcrumbs nav navbar navigation menu footer masthead cookie cookies gdpr consent banner "
       "advert advertisement ad ads adunit sponsor sponsored paywall toolbar tags tag taglist widget modal "
       "popup "
       "pagination pager skip login search topbar print rating ratings follow toc disclaimer copyright "
       "shareaholic jp donate donation donations spenden spende callout cta "
       "privacyembed fbpost fbpage download downloads "},
      {NR_HINT_CAPTION,
       " caption captions figcaption mediatitle credit credits photocredit imagecredit cutline legend "},
      {NR_HINT_BYLINE, " byline author authors bio dateline timestamp date datetime published pubdate "
                       "postmeta meta posted updated "
                       "kicker eyebrow metadata info contributors contributor reporter "},
      {NR_HINT_BODY, " articlebody articletext storybody entrycontent postcontent articlecontent storytext "
                     "postbody bodytext "
                     "articlecopy newstext contentbody "},
      {NR_HINT_CONTENT, " article story content entry post text main body hentry blog news "},
  };
  char wanted[32] = " ";
  if (size < 2 || size > sizeof wanted - 3)
    return 0;
  memcpy(wanted + 1, word, size);
  wanted[size + 1] = ' ';
  wanted[size + 2] = '\0';
  for (size_t i = 0; i < sizeof hints / sizeof hints[0]; i++)
    if (strstr(hints[i].words, wanted) != NULL)
      return hints[i].hint;
  return 0;
}

static bool is_small(char c)
{
  return c >= 'a' && c <= 'z';
}

static bool is_capital(char c)
{
  return c >= 'A' && c <= 'Z';
}

/* Hints of one name out of class or id: of its parts, and of two parts written together. */
static uint8_t hints_of_name(const char *name, size_t size)
{
  char parts[64], last[32];
  size_t last_size = 0;
  uint8_t hints = 0;
  for (size_t at = 0; at < size;) {
    size_t count = 0;
    while (at < size && !is_small(name[at]) && !is_capital(name[at]))
      at++;
    bool whole = at == 0 || !is_small(name[at - 1]); /* no hump: "hJpRaD" is a number, not "ad" */
    while (at < size && count < 31 && (is_small(name[at]) || is_capital(name[at]))) {
      if (count > 0 && is_capital(name[at]) && is_small(name[at - 1]))
        break;
      parts[count++] = (char)(is_capital(name[at]) ? name[at] + 32 : name[at]);
      at++;
    }
    whole = whole && (at == size || !is_capital(name[at]));
    if (whole || count > 3)
      hints |= hint_of(parts, count);
    if (last_size + count < sizeof last) {
      char joined[64];
      memcpy(joined, last, last_size);
      memcpy(joined + last_size, parts, count);
      hints |= last_size + count > 4 ? hint_of(joined, last_size + count) : 0;
    }
    memcpy(last, parts, count);
    last_size = count;
  }
  return hints;
}

static uint8_t hints_of_names(const char *names)
{
  uint8_t hints = 0;
  while (*names != '\0') {
    size_t size = strcspn(names, " \t\n\r\f");
    hints |= hints_of_name(names, size);
    names += size + (names[size] != '\0');
  }
  return hints;
}

/* ---- flattening ---- */

typedef struct build {
  nr_arena *arena;
  nr_node *nodes;
  size_t count, room;
  uint32_t open[depth_max + 1]; /* by depth */
  void *reader;
} build;

static nr_status keep(build *b, const char *string, nr_text *text, nr_error *err)
{
  size_t size = strlen(string);
  const char *copy = nr_arena_copy(b->arena, string, size);
  if (copy == NULL)
    return nr_fail_memory(err);
  *text = (nr_text){copy, size};
  return NR_OK;
}

static bool is_hidden_style(const char *style)
{
  char plain[128];
  size_t size = 0;
  for (; *style != '\0' && size < sizeof plain - 1; style++)
    if (*style != ' ')
      plain[size++] = *style;
  plain[size] = '\0';
  return strcasestr(plain, "display:none") != NULL || strcasestr(plain, "visibility:hidden") != NULL;
}

static nr_status read_attribute(build *b, nr_node *node, const char *name, const char *value, nr_error *err)
{
  if (strcmp(name, "class") == 0 || strcmp(name, "id") == 0) {
    node->hints |= hints_of_names(value);
  } else if (strcmp(name, "role") == 0) {
    if (strcmp(value, "navigation") == 0 || strcmp(value, "banner") == 0 ||
        strcmp(value, "contentinfo") == 0 || strcmp(value, "complementary") == 0)
      node->hints |= NR_HINT_FURNITURE;
  } else if (strcmp(name, "hidden") == 0 ||
             (strcmp(name, "aria-hidden") == 0 && strcmp(value, "true") == 0) ||
             (strcmp(name, "style") == 0 && is_hidden_style(value))) {
    node->hints |= NR_HINT_HIDDEN;
  } else if (strcmp(name, "itemprop") == 0 || strcmp(name, "name") == 0 || strcmp(name, "property") == 0 ||
             strcmp(name, "rel") == 0 || strcmp(name, "type") == 0 || strcmp(name, "http-equiv") == 0) {
    if (strstr(value, "articleBody") != NULL)
      node->hints |= NR_HINT_BODY;
    if (node->name.bytes == NULL || strcmp(name, "property") == 0)
      return keep(b, value, &node->name, err);
  } else if (strcmp(name, "content") == 0 || strcmp(name, "href") == 0 || strcmp(name, "datetime") == 0 ||
             strcmp(name, "lang") == 0) {
    return keep(b, value, &node->value, err);
  }
  return NR_OK;
}

static nr_status read_attributes(build *b, nr_node *node, nr_error *err)
{
  nr_status status = NR_OK;
  while (status == NR_OK && xml.next_attribute(b->reader) == 1) {
    const char *name = xml.name(b->reader), *value = xml.value(b->reader);
    if (name != NULL && value != NULL)
      status = read_attribute(b, node, name, value, err);
  }
  xml.to_element(b->reader);
  return status;
}

static nr_status add_node(build *b, nr_node **node, nr_error *err)
{
  if (b->count >= nodes_max)
    return nr_fail(err, NR_LIMIT, "a page of over %d elements", nodes_max);
  if (b->count == b->room) {
    size_t room = b->room == 0 ? 1024 : b->room * 2;
    nr_node *nodes = nr_arena_take_array(b->arena, room, sizeof *nodes);
    if (nodes == NULL)
      return nr_fail_memory(err);
    if (b->count > 0)
      memcpy(nodes, b->nodes, b->count * sizeof *nodes);
    b->nodes = nodes;
    b->room = room;
  }
  *node = &b->nodes[b->count++];
  **node = (nr_node){.end = (uint32_t)b->count};
  return NR_OK;
}

static nr_status read_node(build *b, int type, size_t depth, nr_error *err)
{
  nr_node *node = NULL;
  NR_TRY(add_node(b, &node, err));
  size_t index = b->count - 1;
  node->parent = depth == 0 ? 0 : b->open[depth - 1];
  for (size_t i = depth; i > 0; i--)
    b->nodes[b->open[i - 1]].end = (uint32_t)b->count;
  if (type == type_element) {
    const char *name = xml.name(b->reader);
    node->tag = tag_of(name == NULL ? "" : name);
    b->open[depth] = (uint32_t)index;
    return read_attributes(b, node, err);
  }
  b->open[depth] = (uint32_t)index;
  node->tag = NR_TAG_TEXT;
  const char *value = xml.value(b->reader);
  return keep(b, value == NULL ? "" : value, &node->text, err);
}

static nr_status read_all(build *b, nr_error *err)
{
  while (xml.read(b->reader) == 1) {
    int type = xml.node_type(b->reader), depth = xml.depth(b->reader);
    if (depth > depth_max - 5) /* the library stops at about 256 and says nothing */
      return nr_fail(err, NR_LIMIT, "elements nested over %d deep", depth_max - 5);
    if (depth >= 0 && depth <= depth_max &&
        (type == type_element || type == type_text || type == type_cdata || type == type_space ||
         type == type_white))
      NR_TRY(read_node(b, type, (size_t)depth, err));
  }
  return b->count == 0 ? nr_fail(err, NR_INVALID, "no HTML can be read from it") : NR_OK;
}

nr_status nr_html_parse(nr_text html, nr_arena *arena, nr_tree *tree, nr_error *err)
{
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, open_library);
  if (!xml.ready)
    return nr_fail(err, NR_INVALID, "HTML needs libxml2, which is not installed");
  if (html.size == 0 || html.size > INT32_MAX)
    return nr_fail(err, NR_INVALID, "no HTML can be read from it");
  void *document = xml.parse(html.bytes, (int)html.size, NULL, "UTF-8",
                             recover | no_errors | no_warnings | no_net | ignore_encoding);
  if (document == NULL)
    return nr_fail(err, NR_INVALID, "no HTML can be read from it");
  build b = {.arena = arena, .reader = xml.walker(document)};
  nr_status status = b.reader == NULL ? nr_fail_memory(err) : read_all(&b, err);
  if (b.reader != NULL)
    xml.free_reader(b.reader);
  xml.free_document(document);
  if (status == NR_OK)
    *tree = (nr_tree){b.nodes, b.count};
  return status;
}
