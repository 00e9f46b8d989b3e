/* kwic.c: hits in their context, one a line. Floor 5. */
#include <string.h>

#include "frame/write.h"
#include "text/utf8.h"
#include "text/width.h"

enum { article_width_max = 24, day_width = 10, gap = 2, least_context = 10 };

typedef struct line {
  nr_text day, article, left, hit, right;
  bool cut;                                        /* contexts are cut to a width, else whole */
  bool bold;                                       /* the hit, for a terminal */
  uint32_t article_width, left_width, right_width; /* right: of hit and context behind it */
} line;

/* What is looked up once for the hits of one article. */
typedef struct place {
  uint32_t part, article; /* UINT32_MAX: none yet */
  nr_article_view view;
  nr_text content;
  nr_contents contents;
  char day[16];
  size_t day_size;
} place;

/* Where the paragraph (or sentence) starts and ends: no margin lies in it. One that reaches further than
 * `room` tokens (each is a column wide at least) is not asked where: *start and *end stay as they are. */
static void find_context(const nr_segment *segment, const place *at, const nr_hit *hit, nr_mark mark,
                         const line *l, uint32_t *start, uint32_t *end)
{
  uint32_t first = nr_segment_mark_before(segment, mark, hit->first);
  uint32_t last = nr_segment_mark_after(segment, mark, hit->last) - 1;
  if (!l->cut || hit->first - first <= l->left_width)
    *start = (uint32_t)(nr_text_around(segment, at->content, at->view.title_size, first, first).bytes -
                        at->content.bytes);
  if (!l->cut || last - hit->last <= l->right_width) {
    nr_text around = nr_text_around(segment, at->content, at->view.title_size, last, last);
    *end = (uint32_t)(around.bytes + around.size - at->content.bytes);
  }
}

/* The end of `text` that can fill `width` columns, with some to spare for blanks that will go. */
static nr_text tail(nr_text text, uint32_t width)
{
  size_t most = (size_t)width * 4 + 64;
  if (text.size <= most)
    return text;
  const char *start = text.bytes + text.size - most, *end = text.bytes + text.size;
  while (start < end && ((unsigned char)*start & 0xC0) == 0x80)
    start++;
  return (nr_text){start, (size_t)(end - start)};
}

static nr_text head(nr_text text, uint32_t width)
{
  size_t most = (size_t)width * 4 + 64;
  if (text.size <= most)
    return text;
  while (most > 0 && ((unsigned char)text.bytes[most] & 0xC0) == 0x80)
    most--;
  return (nr_text){text.bytes, most};
}

/* Drop characters in front until the rest is at most `width` columns wide; combining marks go along. */
static nr_text fit_tail(nr_text text, uint32_t width)
{
  uint32_t total = nr_text_width(text);
  const char *at = text.bytes, *end = text.bytes + text.size;
  while (at < end && total > width) {
    const char *next = at;
    (void)nr_utf8_next(&next);
    while (next < end) {
      const char *mark = next;
      (void)nr_utf8_next(&mark);
      if (nr_text_width((nr_text){next, (size_t)(mark - next)}) > 0)
        break;
      next = mark;
    }
    uint32_t dropped = nr_text_width((nr_text){at, (size_t)(next - at)});
    total -= dropped < total ? dropped : total;
    at = next;
  }
  return (nr_text){at, (size_t)(end - at)};
}

static bool ends_blank(nr_text text)
{
  return text.size > 0 && (unsigned char)text.bytes[text.size - 1] <= ' ';
}

static bool starts_blank(nr_text text)
{
  return text.size > 0 && (unsigned char)text.bytes[0] <= ' ';
}

static bool is_blank(char c)
{
  return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_plain(char c)
{
  return c > ' ' && c < 127;
}

enum { plain_width_max = 500 };

/* Write the last `width` columns of a text of ASCII, blanks drawn together, right aligned. False where
 * it is not so simple; nothing is written then. */
static bool put_plain_left(nr_text text, uint32_t width, nr_buffer *out)
{
  char *to = out->bytes + out->size + width;
  bool blank = false;
  uint32_t room = width;
  for (size_t at = text.size; at > 0 && room > 0; at--) {
    char c = text.bytes[at - 1];
    if (is_blank(c)) {
      blank = true;
      continue;
    }
    if (!is_plain(c))
      return false;
    if (blank) {
      *--to = ' ';
      room--;
    }
    blank = false;
    if (room > 0) {
      *--to = c;
      room--;
    }
  }
  while (room-- > 0)
    *--to = ' ';
  out->size += width;
  return true;
}

/* Write at most `width` columns of a text of ASCII, blanks drawn together. */
static bool put_plain_right(nr_text text, uint32_t width, nr_buffer *out)
{
  char *to = out->bytes + out->size, *end = to + width;
  bool blank = false;
  for (size_t at = 0; at < text.size && to < end; at++) {
    char c = text.bytes[at];
    if (is_blank(c)) {
      blank = true;
      continue;
    }
    if (!is_plain(c))
      return false;
    if (blank)
      *to++ = ' ';
    blank = false;
    if (to < end)
      *to++ = c;
  }
  while (to > out->bytes + out->size && to[-1] == ' ')
    to--;
  out->size = (size_t)(to - out->bytes);
  return true;
}

static nr_status put_left(const line *l, nr_buffer *scratch, nr_buffer *out, nr_error *err)
{
  if (l->cut && l->left_width < plain_width_max) {
    NR_TRY(nr_buffer_reserve(out, l->left_width, err));
    if (put_plain_left(l->left, l->left_width, out))
      return NR_OK;
  }
  scratch->size = 0;
  NR_TRY(nr_put_line(scratch, l->cut ? tail(l->left, l->left_width) : l->left, err));
  if (scratch->size > 0 && ends_blank(l->left))
    NR_TRY(nr_buffer_put_byte(scratch, ' ', err));
  nr_text text = {scratch->bytes, scratch->size};
  if (l->cut && text.size > 0)
    text = fit_tail(text, l->left_width);
  if (l->cut)
    NR_TRY(nr_put_spaces(out, l->left_width - (text.size == 0 ? 0 : nr_text_width(text)), err));
  return nr_buffer_put(out, text.bytes, text.size, err);
}

static bool all_plain(nr_text text)
{
  for (size_t i = 0; i < text.size; i++)
    if (!is_plain(text.bytes[i]))
      return false;
  return true;
}

static nr_status put_right(const line *l, nr_buffer *scratch, nr_buffer *out, nr_error *err)
{
  if (l->cut && !l->bold && l->hit.size + 2 < l->right_width && all_plain(l->hit)) {
    NR_TRY(nr_buffer_reserve(out, l->right_width + 1, err));
    size_t start = out->size;
    out->bytes[out->size++] = '[';
    memcpy(out->bytes + out->size, l->hit.bytes, l->hit.size);
    out->size += l->hit.size;
    out->bytes[out->size++] = ']';
    if (put_plain_right(l->right, l->right_width - (uint32_t)l->hit.size - 2, out))
      return nr_buffer_put_byte(out, '\n', err);
    out->size = start;
  }
  scratch->size = 0;
  NR_TRY(nr_buffer_put_byte(scratch, '[', err));
  NR_TRY(nr_put_line(scratch, l->hit, err));
  NR_TRY(nr_buffer_put_byte(scratch, ']', err));
  size_t hit_size = scratch->size;
  if (starts_blank(l->right))
    NR_TRY(nr_buffer_put_byte(scratch, ' ', err));
  NR_TRY(nr_put_line(scratch, l->cut ? head(l->right, l->right_width) : l->right, err));
  nr_text text = {scratch->bytes, scratch->size};
  if (l->cut) {
    size_t fits = nr_text_fit(text, l->right_width);
    text.size = fits > hit_size ? fits : hit_size; /* the hit is never cut */
  }
  while (text.size > 0 && text.bytes[text.size - 1] == ' ')
    text.size--;
  if (l->bold) {
    NR_TRY(nr_buffer_put(out, "\033[1m", 4, err));
    NR_TRY(nr_buffer_put(out, text.bytes, hit_size, err));
    NR_TRY(nr_buffer_put(out, "\033[0m", 4, err));
    text = (nr_text){text.bytes + hit_size, text.size - hit_size};
  }
  NR_TRY(nr_buffer_put(out, text.bytes, text.size, err));
  return nr_buffer_put_byte(out, '\n', err);
}

static nr_status put_name(const line *l, nr_buffer *out, nr_error *err)
{
  size_t fits = nr_text_fit(l->article, l->article_width);
  nr_text shown = {l->article.bytes, fits};
  bool cut = fits < l->article.size;
  if (cut)
    shown.size = nr_text_fit(l->article, l->article_width - 1);
  uint32_t width = nr_text_width(shown) + cut;
  NR_TRY(nr_buffer_put(out, l->day.bytes, l->day.size, err));
  NR_TRY(nr_put_spaces(out, day_width + gap - (uint32_t)l->day.size, err));
  NR_TRY(nr_buffer_put(out, shown.bytes, shown.size, err));
  if (cut)
    NR_TRY(nr_buffer_put(out, "\xE2\x80\xA6", 3, err));
  return nr_put_spaces(out, l->article_width + gap - width, err);
}

static nr_status go_to(place *at, const nr_segment *segment, const nr_hit *hit, nr_error *err)
{
  nr_segment_article(segment, hit->article, &at->view);
  NR_TRY(nr_segment_content(segment, hit->article, &at->contents, &at->content, err));
  nr_period date = at->view.date;
  at->part = hit->part;
  at->article = hit->article;
  at->day_size = nr_day_format(date.first, at->day);
  if (date.first != NR_DAY_NONE && date.first != date.last) /* as well as it is known */
    at->day_size = date.last - date.first > 31 ? 4 : 7;
  return NR_OK;
}

static nr_status put_hit(const nr_hits *hits, const nr_hit *hit, const nr_kwic *options, place *at, line *l,
                         nr_buffer *scratch, nr_buffer *out, nr_error *err)
{
  const nr_segment *segment = nr_snapshot_part(nr_hits_snapshot(hits), hit->part)->segment;
  const nr_article_view *article = &at->view;
  nr_mark mark = options->cut_at_sentence || options->width == 0 ? NR_SENTENCE_STARTS : NR_PARAGRAPH_STARTS;
  uint32_t start, end, context_start, context_end;
  if (at->part != hit->part || at->article != hit->article)
    NR_TRY(go_to(at, segment, hit, err));
  nr_hits_bytes(hits, hit, &start, &end);
  context_start = start < article->title_size ? 0 : article->title_size;
  context_end = end <= article->title_size ? article->title_size : article->content_size;
  find_context(segment, at, hit, mark, l, &context_start, &context_end);
  const char *bytes = at->content.bytes;
  l->article = article->id;
  l->day = (nr_text){at->day, at->day_size};
  l->left = (nr_text){bytes + context_start, start - context_start};
  l->hit = (nr_text){bytes + start, end - start};
  l->right = (nr_text){bytes + end, context_end - end};
  NR_TRY(put_name(l, out, err));
  NR_TRY(put_left(l, scratch, out, err));
  return put_right(l, scratch, out, err);
}

enum { hits_at_once = 256 };

/* Hits `from`.. of those asked for. */
static uint32_t read_hits(const nr_hits *hits, const uint64_t *indexes, uint64_t from, uint64_t count,
                          nr_hit *out)
{
  uint32_t room = count - from < hits_at_once ? (uint32_t)(count - from) : hits_at_once;
  if (indexes == NULL)
    return nr_hits_read(hits, from, room, out);
  for (uint32_t i = 0; i < room; i++)
    nr_hits_get(hits, indexes[from + i], &out[i]);
  return room;
}

/* Widest article id among the hits, up to a limit: the same for all lines. */
static uint32_t article_width(const nr_hits *hits, const uint64_t *indexes, uint64_t count)
{
  uint32_t widest = 1, part = UINT32_MAX, article = UINT32_MAX, read;
  nr_hit block[hits_at_once];
  for (uint64_t from = 0; from < count && widest < article_width_max; from += read) {
    read = read_hits(hits, indexes, from, count, block);
    for (uint32_t i = 0; i < read; i++) {
      if (block[i].part == part && block[i].article == article)
        continue;
      part = block[i].part;
      article = block[i].article;
      nr_text id = nr_segment_id(nr_snapshot_part(nr_hits_snapshot(hits), part)->segment, article);
      uint32_t width = nr_text_width(id);
      widest = width > widest ? width : widest;
    }
    if (read == 0)
      break;
  }
  return widest < article_width_max ? widest : article_width_max;
}

static void set_widths(line *l, const nr_kwic *options)
{
  uint32_t names = day_width + l->article_width + 2 * gap;
  uint32_t rest = options->width > names + 2 * least_context ? options->width - names : 2 * least_context;
  l->cut = options->width > 0;
  l->bold = options->bold;
  l->left_width = rest * 2 / 5;
  l->right_width = rest - l->left_width;
}

nr_status nr_kwic_print(const nr_hits *hits, const uint64_t *indexes, uint64_t count, const nr_kwic *options,
                        nr_buffer *out, nr_error *err)
{
  line l = {.article_width = article_width(hits, indexes, count)};
  nr_buffer scratch;
  nr_status status = NR_OK;
  nr_buffer_init(&scratch, out->memory);
  set_widths(&l, options);
  nr_hit block[hits_at_once];
  place at = {.part = UINT32_MAX, .article = UINT32_MAX};
  nr_contents_init(&at.contents, out->memory);
  uint32_t read = 1;
  for (uint64_t from = 0; from < count && read > 0 && status == NR_OK; from += read) {
    read = read_hits(hits, indexes, from, count, block);
    for (uint32_t i = 0; i < read && status == NR_OK; i++)
      status = put_hit(hits, &block[i], options, &at, &l, &scratch, out, err);
  }
  nr_buffer_clear(&scratch);
  nr_contents_clear(&at.contents);
  return status;
}
