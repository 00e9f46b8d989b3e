/* html_tree.h: a page of HTML as a flat tree. Alone knows libxml2, which is opened when the first
 * page comes and is not linked: starting it costs more than most runs take.
 * Floor 4: includes base/. */
#ifndef NR_HTML_TREE_H
#define NR_HTML_TREE_H

#include "base/bytes.h"
#include "base/memory.h"

typedef enum nr_tag {
  NR_TAG_TEXT, /* no element: `text` is its content */
  NR_TAG_OTHER,
  NR_TAG_INLINE, /* b, em, span, ... */
  NR_TAG_BLOCK,  /* div, section, ... */
  NR_TAG_ROOT,
  NR_TAG_A,
  NR_TAG_P,
  NR_TAG_BR,
  NR_TAG_H1,
  NR_TAG_H2,
  NR_TAG_H3,
  NR_TAG_H4,
  NR_TAG_LI,
  NR_TAG_LIST,
  NR_TAG_PRE,
  NR_TAG_QUOTE,
  NR_TAG_TABLE,
  NR_TAG_ROW,
  NR_TAG_CELL,
  NR_TAG_ARTICLE,
  NR_TAG_MAIN,
  NR_TAG_NAV,
  NR_TAG_ASIDE,
  NR_TAG_HEADER,
  NR_TAG_FOOTER,
  NR_TAG_FORM,
  NR_TAG_FIGURE,
  NR_TAG_CAPTION,
  NR_TAG_TIME,
  NR_TAG_META,
  NR_TAG_LINK,
  NR_TAG_TITLE,
  NR_TAG_SCRIPT,
  NR_TAG_SKIP /* style, template, svg, controls: nothing to read */
} nr_tag;

/* What class, id and role of an element hint at. */
enum {
  NR_HINT_CONTENT = 1,    /* article, content, story, body */
  NR_HINT_BODY = 2,       /* says that it is the article's body */
  NR_HINT_COMMENTS = 4,   /* comments, disqus */
  NR_HINT_RELATED = 8,    /* related, recommended, most read, teasers */
  NR_HINT_FURNITURE = 16, /* share, promo, newsletter, sidebar, nav, breadcrumb, tags */
  NR_HINT_CAPTION = 32,
  NR_HINT_BYLINE = 64, /* author, date, meta */
  NR_HINT_HIDDEN = 128 /* not shown */
};

typedef struct nr_node {
  uint32_t parent; /* index; the root is its own */
  uint32_t end;    /* index behind the last node inside */
  uint8_t tag;
  uint8_t hints;
  nr_text text;  /* of texts, scripts */
  nr_text name;  /* meta: name, property or itemprop; link: rel; script: type; others: itemprop */
  nr_text value; /* meta: content; link, a: href; time: datetime; html: lang */
} nr_node;

/* Nodes in document order; all texts borrowed from the arena. */
typedef struct nr_tree {
  nr_node *nodes;
  size_t count;
} nr_tree;

/* Parse a page of valid UTF-8 into the arena.
 * Errors NR_INVALID "built without..." where libxml2 can't be opened, or where it reads nothing;
 * NR_LIMIT over a million nodes or 250 levels; NR_NOMEM. Nothing is fetched, no entity of the page's
 * own is expanded. */
nr_status nr_html_parse(nr_text html, nr_arena *arena, nr_tree *tree, nr_error *err);

#endif
