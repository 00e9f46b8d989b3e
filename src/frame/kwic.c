/* kwic.c: hits in their context, one a line. Floor 5. */
#include <string.h>

#include "frame/write.h"
#include "text/utf8.h"
#include "text/width.h"

enum { article_width_max = 24, day_width = 10, gap = 2, least_context = 10 };

typedef struct line {
  nr_text day, article, left, hit, right;
  bool cut;                                        /* contexts are cut to a width, else whole */
  uint32_t article_width, left_width, right_width; /* right: of hit and context behind it */
} line;

/* Bytes of the paragraph (or sentence) around a hit: no margin lies in it. */
static nr_text context_of(const nr_segment *segment, const nr_article_view *article, const nr_hit *hit,
                          bool sentence)
{
  nr_mark mark = sentence ? NR_SENTENCE_STARTS : NR_PARAGRAPH_STARTS;
  return nr_text_around(segment, article, nr_segment_mark_before(segment, mark, hit->first),
                        nr_segment_mark_after(segment, mark, hit->last) - 1);
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

static nr_status put_left(const line *l, nr_buffer *scratch, nr_buffer *out, nr_error *err)
{
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

static nr_status put_right(const line *l, nr_buffer *scratch, nr_buffer *out, nr_error *err)
{
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

static nr_status put_hit(const nr_hits *hits, const nr_hit *hit, const nr_kwic *options, line *l,
                         nr_buffer *scratch, nr_buffer *out, nr_error *err)
{
  const nr_segment *segment = nr_snapshot_part(nr_hits_snapshot(hits), hit->part)->segment;
  nr_article_view article;
  char day[16];
  uint32_t start, end;
  nr_segment_article(segment, hit->article, &article);
  nr_hits_bytes(hits, hit, &start, &end);
  nr_text context = context_of(segment, &article, hit, options->cut_at_sentence || options->width == 0);
  const char *first = article.content.bytes + start, *last = article.content.bytes + end;
  l->article = article.id;
  l->day = (nr_text){day, nr_day_format(article.date.first, day)};
  if (article.date.first != NR_DAY_NONE &&
      article.date.first != article.date.last) /* as well as it is known */
    l->day.size = article.date.last - article.date.first > 31 ? 4 : 7;
  l->left = (nr_text){context.bytes, (size_t)(first - context.bytes)};
  l->hit = (nr_text){first, (size_t)(last - first)};
  l->right = (nr_text){last, (size_t)(context.bytes + context.size - last)};
  NR_TRY(put_name(l, out, err));
  NR_TRY(put_left(l, scratch, out, err));
  return put_right(l, scratch, out, err);
}

/* Widest article id among the hits, up to a limit: the same for all lines. */
static uint32_t article_width(const nr_hits *hits, const uint64_t *indexes, uint64_t count)
{
  uint32_t widest = 1;
  for (uint64_t i = 0; i < count && widest < article_width_max; i++) {
    nr_article_view article;
    nr_hit hit;
    nr_hits_get(hits, indexes == NULL ? i : indexes[i], &hit);
    nr_segment_article(nr_snapshot_part(nr_hits_snapshot(hits), hit.part)->segment, hit.article, &article);
    uint32_t width = nr_text_width(article.id);
    widest = width > widest ? width : widest;
  }
  return widest < article_width_max ? widest : article_width_max;
}

static void set_widths(line *l, const nr_kwic *options)
{
  uint32_t names = day_width + l->article_width + 2 * gap;
  uint32_t rest = options->width > names + 2 * least_context ? options->width - names : 2 * least_context;
  l->cut = options->width > 0;
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
  for (uint64_t i = 0; i < count && status == NR_OK; i++) {
    nr_hit hit;
    nr_hits_get(hits, indexes == NULL ? i : indexes[i], &hit);
    status = put_hit(hits, &hit, options, &l, &scratch, out, err);
  }
  nr_buffer_clear(&scratch);
  return status;
}
