/* html_page.c: the text of a page and its article. Floor 4.
 *
 * Every block of text gets a worth: words for what reads like text, less than nothing for rows of
 * links. The element whose blocks are worth most together is the article; inside it, names of
 * elements and density of links tell the rest apart. Wordings are left to clean.c. */
#include "ingest/clean.h"
#include "ingest/html_page.h"
#include "ingest/lines.h"

typedef struct stretch {
  nr_line line;
  uint32_t node;       /* the innermost block-level element it stands in */
  uint32_t link_bytes; /* of it inside of links */
  int32_t worth;
} stretch;

typedef struct open_element {
  uint32_t node;
  bool block, link;
} open_element;

enum { open_max = 260 };

typedef struct page {
  const nr_memory *memory;
  const nr_tree *tree;
  nr_buffer *text;
  stretch *pieces;
  size_t count, room;
  uint32_t *words; /* by node: of what reads like text inside */
  int32_t *worth;  /* by node */
  open_element open[open_max];
  size_t depth;
  uint32_t start, link_bytes; /* of the piece being written */
  uint32_t sentence_words;    /* a line with a stop and so many words is text */
} page;

static bool is_block(uint8_t tag)
{
  switch (tag) {
  case NR_TAG_TEXT:
  case NR_TAG_INLINE:
  case NR_TAG_OTHER:
  case NR_TAG_A:
  case NR_TAG_TIME:
    return false;
  default:
    return true;
  }
}

static bool is_unread(const nr_node *node)
{
  return node->tag >= NR_TAG_META || (node->hints & NR_HINT_HIDDEN) != 0;
}

/* ---- text ---- */

static uint32_t block_node(const page *p)
{
  for (size_t i = p->depth; i > 0; i--)
    if (p->open[i - 1].block)
      return p->open[i - 1].node;
  return 0;
}

static bool in_link(const page *p)
{
  for (size_t i = p->depth; i > 0; i--)
    if (p->open[i - 1].link)
      return true;
    else if (p->open[i - 1].block && p->tree->nodes[p->open[i - 1].node].tag == NR_TAG_LI)
      return false;
  return false;
}

/* End the piece being written. */
static nr_status flush(page *p, nr_error *err)
{
  nr_line line = {.gap = 0};
  uint32_t links = p->link_bytes;
  nr_text text = {p->text->bytes, p->text->size};
  bool any = p->text->size > p->start && nr_line_measure(text, p->start, (uint32_t)p->text->size, &line);
  p->link_bytes = 0;
  if (!any) {
    p->text->size = p->start;
    return NR_OK;
  }
  void *pieces = p->pieces;
  nr_status status = nr_grow(p->memory, &pieces, &p->room, p->count + 1, sizeof *p->pieces, err);
  p->pieces = pieces;
  NR_TRY(status);
  p->pieces[p->count++] = (stretch){line, block_node(p), links, 0};
  p->text->size = line.end;
  NR_TRY(nr_buffer_put_byte(p->text, '\n', err));
  p->start = (uint32_t)p->text->size;
  return NR_OK;
}

/* Append text with its runs of white space made one blank; in <pre> line ends cut. */
static nr_status put_text(page *p, nr_text text, nr_error *err)
{
  uint32_t node = block_node(p);
  bool lines = p->tree->nodes[node].tag == NR_TAG_PRE, link = in_link(p);
  NR_TRY(nr_buffer_reserve(p->text, text.size + 1, err));
  for (size_t i = 0; i < text.size; i++) {
    char c = text.bytes[i];
    bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
    if (c == '\n' && lines) {
      NR_TRY(flush(p, err));
    } else if (!blank) {
      NR_TRY(nr_buffer_put_byte(p->text, (uint8_t)c, err));
      p->link_bytes += link;
    } else if (p->text->size > p->start && p->text->bytes[p->text->size - 1] != ' ') {
      NR_TRY(nr_buffer_put_byte(p->text, ' ', err));
    }
  }
  return NR_OK;
}

static nr_status close_until(page *p, uint32_t node, nr_error *err)
{
  while (p->depth > 0 && p->tree->nodes[p->open[p->depth - 1].node].end <= node) {
    if (p->open[p->depth - 1].block)
      NR_TRY(flush(p, err));
    p->depth--;
  }
  return NR_OK;
}

static nr_status write_text(page *p, nr_error *err)
{
  for (uint32_t i = 0; i < p->tree->count; i++) {
    const nr_node *node = &p->tree->nodes[i];
    NR_TRY(close_until(p, i, err));
    if (is_unread(node)) {
      i = node->end - 1;
      continue;
    }
    if (node->tag == NR_TAG_TEXT) {
      NR_TRY(put_text(p, node->text, err));
      continue;
    }
    bool block = is_block(node->tag);
    if (block)
      NR_TRY(flush(p, err));
    if (p->depth < open_max)
      p->open[p->depth++] = (open_element){i, block, node->tag == NR_TAG_A};
  }
  return close_until(p, (uint32_t)p->tree->count, err);
}

/* ---- worth ---- */

/* Whether an element is not part of an article by its name alone. */
static bool is_apart(uint8_t tag)
{
  return tag == NR_TAG_NAV || tag == NR_TAG_ASIDE || tag == NR_TAG_FOOTER || tag == NR_TAG_FORM;
}

enum { bad_hints = NR_HINT_COMMENTS | NR_HINT_RELATED | NR_HINT_FURNITURE };

static bool is_heading(uint8_t tag)
{
  return tag >= NR_TAG_H1 && tag <= NR_TAG_H4;
}

static uint32_t size_of(const stretch *piece)
{
  return piece->line.end - piece->line.start;
}

/* Half of its bytes or more are links. */
static bool is_linked(const stretch *piece)
{
  return piece->link_bytes * 2 >= size_of(piece);
}

static bool is_text(const page *p, const stretch *piece)
{
  return !is_linked(piece) &&
         (piece->line.words >= 20 || (piece->line.words >= p->sentence_words && piece->line.stop));
}

/* Whether an element's name or class is to be believed when it says that it is no article: not
 * where it holds much of the page's text. Comments and lists of other stories may be long. */
static bool is_believed(const page *p, uint32_t node, uint32_t all)
{
  const nr_node *n = &p->tree->nodes[node];
  bool sure =
      (n->hints & NR_HINT_COMMENTS) != 0 || ((n->hints & NR_HINT_RELATED) != 0 && n->tag == NR_TAG_LIST);
  return (uint64_t)p->words[node] * 10 < (uint64_t)all * (sure ? 8 : 4);
}

/* Whether a piece stands in a part of the page that is no article. */
static bool stands_apart(const page *p, const stretch *piece)
{
  for (uint32_t node = piece->node; node != 0; node = p->tree->nodes[node].parent)
    if ((is_apart(p->tree->nodes[node].tag) || (p->tree->nodes[node].hints & bad_hints) != 0) &&
        is_believed(p, node, p->words[0]))
      return true;
  return false;
}

static int32_t worth_of(const page *p, const stretch *piece)
{
  int32_t words = piece->line.words > 100 ? 100 : (int32_t)piece->line.words;
  bool apart = stands_apart(p, piece);
  if (is_text(p, piece))
    return apart ? -words / 2 : words;
  if (is_linked(piece))
    return words < 10 ? -words - 1 : -10;
  return is_heading(p->tree->nodes[piece->node].tag) ? 0 : -1;
}

static void add_up(page *p)
{
  for (size_t i = 0; i < p->count; i++)
    for (uint32_t node = p->pieces[i].node; is_text(p, &p->pieces[i]); node = p->tree->nodes[node].parent) {
      p->words[node] += p->pieces[i].line.words;
      if (node == 0)
        break;
    }
  for (size_t i = 0; i < p->count; i++) {
    p->pieces[i].worth = worth_of(p, &p->pieces[i]);
    for (uint32_t node = p->pieces[i].node;; node = p->tree->nodes[node].parent) {
      p->worth[node] += p->pieces[i].worth;
      if (node == 0)
        break;
    }
  }
}

/* The element that holds the article. A marked body that holds most of the best is better. */
static uint32_t find_region(const page *p)
{
  uint32_t best = 0, marked = 0;
  for (uint32_t i = 0; i < p->tree->count; i++) {
    if (p->worth[i] > p->worth[best] || (p->worth[i] == p->worth[best] && p->worth[i] > 0))
      best = i;
    if ((p->tree->nodes[i].hints & NR_HINT_BODY) != 0 &&
        p->worth[i] > p->worth[marked == 0 ? i : marked] - (marked == 0))
      marked = i;
  }
  if (marked != 0 && p->worth[marked] * 10 >= p->worth[best] * 7 && p->worth[marked] > 0)
    return marked;
  return best;
}

/* Weigh all pieces. On a page without a long sentence short ones are the text. */
static void weigh(page *p)
{
  static const uint32_t sentence_words[] = {8, 3};
  for (size_t i = 0; i < 2 && p->words[0] == 0; i++) {
    p->sentence_words = sentence_words[i];
    memset(p->worth, 0, p->tree->count * sizeof *p->worth);
    add_up(p);
  }
}

/* ---- what pieces are ---- */

static nr_block verdict(const stretch *piece, nr_block_kind kind, bool margin, nr_reason reason)
{
  return (nr_block){piece->line.start, piece->line.end, (uint8_t)kind, margin,
                    (uint16_t)(margin ? reason : NR_REASON_NONE)};
}

/* A piece outside of the article. */
static nr_block judge_outside(const page *p, const stretch *piece)
{
  nr_block_kind kind = is_text(p, piece) ? NR_BLOCK_TEASER : NR_BLOCK_MENU;
  for (uint32_t node = piece->node; node != 0; node = p->tree->nodes[node].parent)
    if ((p->tree->nodes[node].hints & NR_HINT_COMMENTS) != 0 && is_believed(p, node, p->words[0]))
      kind = NR_BLOCK_COMMENTS;
    else if (p->tree->nodes[node].tag == NR_TAG_FOOTER)
      kind = NR_BLOCK_FURNITURE;
  return verdict(piece, kind, true, is_linked(piece) ? NR_REASON_LINKS : NR_REASON_MARKUP);
}

/* What an element on the way from the piece up to the article says of the piece; BODY: nothing. */
static nr_block_kind kind_by_element(const page *p, const nr_node *node, const stretch *piece)
{
  if ((node->hints & NR_HINT_COMMENTS) != 0)
    return NR_BLOCK_COMMENTS;
  if (node->tag == NR_TAG_FIGURE || node->tag == NR_TAG_CAPTION || (node->hints & NR_HINT_CAPTION) != 0)
    return NR_BLOCK_CAPTION;
  if ((node->hints & NR_HINT_RELATED) != 0 && node->tag != NR_TAG_P) /* <p class="teaser"> is a standfirst */
    return NR_BLOCK_TEASER;
  if (is_apart(node->tag) || (node->hints & NR_HINT_FURNITURE) != 0)
    return NR_BLOCK_FURNITURE;
  if ((node->hints & NR_HINT_BYLINE) != 0 && piece->line.words < 25 && !is_text(p, piece))
    return NR_BLOCK_HEADER;
  return NR_BLOCK_BODY;
}

static nr_block judge_inside(const page *p, const stretch *piece, uint32_t region)
{
  uint8_t tag = p->tree->nodes[piece->node].tag;
  for (uint32_t node = piece->node; node != region; node = p->tree->nodes[node].parent) {
    nr_block_kind kind = kind_by_element(p, &p->tree->nodes[node], piece);
    if (kind != NR_BLOCK_BODY && is_believed(p, node, p->words[region]))
      return verdict(piece, kind, true, NR_REASON_MARKUP);
  }
  if (is_linked(piece) && (piece->line.words < 25 || piece->link_bytes * 10 >= size_of(piece) * 9))
    return verdict(piece, is_heading(tag) || tag == NR_TAG_LI ? NR_BLOCK_TEASER : NR_BLOCK_FURNITURE, true,
                   NR_REASON_LINKS);
  return verdict(piece,
                 is_heading(tag)    ? NR_BLOCK_HEADING
                 : tag == NR_TAG_LI ? NR_BLOCK_BULLET
                                    : NR_BLOCK_BODY,
                 false, NR_REASON_NONE);
}

static bool says(const page *p, const stretch *piece, nr_text title)
{
  nr_text line = {p->text->bytes + piece->line.start, size_of(piece)};
  size_t end;
  return title.size > 0 && nr_words_begin(line, title, &end) && line.size - end <= 4;
}

/* The piece that says the title: a heading of the first rank before others; none is SIZE_MAX. */
static size_t find_title(const page *p, nr_text title)
{
  size_t found = SIZE_MAX;
  for (size_t i = 0; i < p->count; i++) {
    if (!says(p, &p->pieces[i], title))
      continue;
    if (p->tree->nodes[p->pieces[i].node].tag == NR_TAG_H1)
      return i;
    if (found == SIZE_MAX && is_heading(p->tree->nodes[p->pieces[i].node].tag))
      found = i;
  }
  return found;
}

/* A standfirst: text between headline and article that nothing speaks against. */
static bool is_standfirst(const page *p, size_t i, size_t headline, uint32_t region)
{
  const stretch *piece = &p->pieces[i];
  bool reads = is_text(p, piece) || (i == headline + 1 && piece->line.words >= 8 && !is_linked(piece));
  return i > headline && piece->node < region && reads && piece->line.words <= 80 && !stands_apart(p, piece);
}

/* The first piece that may be text: what stands above a headline of the article is none, if most of
 * the text comes behind it. */
static size_t find_start(const page *p, size_t headline, uint32_t region)
{
  uint32_t above = 0, below = 0;
  for (size_t i = 0; headline != SIZE_MAX && i < p->count; i++)
    if (is_text(p, &p->pieces[i]) && p->pieces[i].node >= region &&
        p->pieces[i].node < p->tree->nodes[region].end)
      *(i < headline ? &above : &below) += p->pieces[i].line.words;
  return headline != SIZE_MAX && above * 2 < below * 3 ? headline : 0;
}

static nr_status judge(page *p, nr_text title, nr_buffer *blocks, nr_error *err)
{
  uint32_t region = find_region(p);
  size_t headline = find_title(p, title), start = find_start(p, headline, region);
  for (size_t i = 0; i < p->count; i++) {
    const stretch *piece = &p->pieces[i];
    bool inside = i >= start && piece->node >= region && piece->node < p->tree->nodes[region].end;
    nr_block block;
    if (i == headline)
      block = verdict(piece, NR_BLOCK_TITLE, false, NR_REASON_NONE);
    else if (says(p, piece, title))
      block = verdict(piece, NR_BLOCK_DOUBLED, true, NR_REASON_TITLE_REPEATED);
    else if (inside)
      block = judge_inside(p, piece, region);
    else if (is_standfirst(p, i, headline, region))
      block = verdict(piece, NR_BLOCK_BODY, false, NR_REASON_NONE);
    else
      block = judge_outside(p, piece);
    NR_TRY(nr_buffer_put(blocks, &block, sizeof block, err));
  }
  return NR_OK;
}

/* A heading that no text follows, before the next one of its rank or the end, is that of something else. */
static void drop_bare_headings(const page *p, nr_block *blocks)
{
  uint8_t next =
      NR_TAG_H1; /* the tag of what follows on the line; at the end as a heading of the first rank */
  for (size_t i = p->count; i > 0; i--) {
    nr_block *block = &blocks[i - 1];
    uint8_t tag = p->tree->nodes[p->pieces[i - 1].node].tag;
    if (block->margin)
      continue;
    if (block->kind == NR_BLOCK_HEADING && is_heading(next) && next <= tag)
      *block = (nr_block){block->start, block->end, NR_BLOCK_FURNITURE, true, NR_REASON_FRAGMENT};
    else
      next = block->kind == NR_BLOCK_HEADING ? tag : NR_TAG_P;
  }
}

nr_status nr_html_text(const nr_tree *tree, nr_text title, nr_buffer *text, nr_buffer *blocks, nr_error *err)
{
  const nr_memory *memory = text->memory;
  page p = {.memory = memory, .tree = tree, .text = text};
  p.words = nr_alloc_zeroed(memory, tree->count, sizeof *p.words);
  p.worth = nr_alloc_zeroed(memory, tree->count, sizeof *p.worth);
  nr_status status = p.words == NULL || p.worth == NULL ? nr_fail_memory(err) : write_text(&p, err);
  if (status == NR_OK) {
    weigh(&p);
    status = judge(&p, title, blocks, err);
    if (status == NR_OK && p.count > 0)
      drop_bare_headings(&p, (nr_block *)(void *)blocks->bytes);
  }
  nr_release(memory, p.words, tree->count * sizeof *p.words);
  nr_release(memory, p.worth, tree->count * sizeof *p.worth);
  nr_release(memory, p.pieces, p.room * sizeof *p.pieces);
  return status;
}
