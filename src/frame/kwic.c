/* kwic.c: hits in their context, one a line. Floor 5. */
#include <string.h>

#include "frame/write.h"
#include "text/utf8.h"
#include "text/width.h"

enum { article_width_max = 24, day_width = 10, gap = 2, least_context = 10 };

typedef struct line {
  nr_text left, hit, right;
  bool cut;                                        /* contexts are cut to a width, else whole */
  bool bold;                                       /* the hit, for a terminal */
  uint32_t article_width, left_width, right_width; /* right: of hit and context behind it */
} line;

/* What is looked up once for the hits of one article. */
typedef struct place {
  uint32_t part, article; /* UINT32_MAX: none yet */
  uint32_t title_size;
  nr_text content;
  nr_contents contents;
  nr_period date; /* that of `day` */
  char day[16];
  size_t day_size;
  nr_buffer name; /* day and id as they stand in front of the line */
} place;

/* Where the paragraph (or sentence) starts and ends: no margin lies in it. One that reaches further than
 * `room` tokens (each is a column wide at least) is not asked where: *start and *end stay as they are. */
static void find_context(const nr_segment *segment, const place *at, const nr_hit *hit, nr_mark mark,
                         const line *l, uint32_t *start, uint32_t *end)
{
  uint32_t first = nr_segment_mark_before(segment, mark, hit->first);
  uint32_t last = nr_segment_mark_after(segment, mark, hit->last) - 1;
  if (!l->cut || hit->first - first <= l->left_width)
    *start =
        (uint32_t)(nr_text_around(segment, at->article, at->content, at->title_size, first, first).bytes -
                   at->content.bytes);
  if (!l->cut || last - hit->last <= l->right_width) {
    nr_text around = nr_text_around(segment, at->article, at->content, at->title_size, last, last);
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

/* Are all `size` bytes ASCII that is printed as it is, and no two blanks neighbours? Eight at a time. */
static bool is_even(const char *bytes, size_t size)
{
  const uint64_t ones = UINT64_C(0x0101010101010101), high = ones * 0x80;
  uint64_t before = 0; /* was the byte before a blank? */
  for (; size >= 8; bytes += 8, size -= 8) {
    uint64_t eight = nr_load_u64(bytes), blank = eight ^ ones * ' ', del = eight ^ ones * 0x7F;
    uint64_t odd = eight | ((eight - ones * ' ') & ~eight) | ((del - ones) & ~del);
    uint64_t blanks = ~(((blank & ~high) + ones * 0x7F) | blank) & high;
    if (((odd & high) | (blanks & (blanks << 8 | before))) != 0)
      return false;
    before = blanks >> 56;
  }
  for (; size > 0; bytes++, size--) {
    if (*bytes < ' ' || *bytes >= 127 || (*bytes == ' ' && before != 0))
      return false;
    before = *bytes == ' ' ? 0x80 : 0;
  }
  return true;
}

/* Write the last `width` columns of a text of ASCII, blanks drawn together, right aligned. False where
 * it is not so simple; nothing is written then. */
static bool put_plain_left(nr_text text, uint32_t width, nr_buffer *out)
{
  char *to = out->bytes + out->size + width;
  bool blank = false;
  uint32_t room = width;
  if (text.size >= width && width > 0 && text.bytes[text.size - width] != ' ' &&
      is_even(text.bytes + text.size - width, width)) {
    memcpy(to - width, text.bytes + text.size - width, width);
    out->size += width;
    return true;
  }
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
  if (text.size >= width && width > 0 && text.bytes[width - 1] != ' ' && is_even(text.bytes, width)) {
    memcpy(to, text.bytes, width);
    out->size += width;
    return true;
  }
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

static void set_day(place *at, nr_period date)
{
  if (at->day_size > 0 && date.first == at->date.first && date.last == at->date.last)
    return;
  at->date = date;
  at->day_size = nr_day_format(date.first, at->day);
  if (date.first != NR_DAY_NONE && date.first != date.last) /* as well as it is known */
    at->day_size = date.last - date.first > 31 ? 4 : 7;
}

static nr_status put_name(place *at, nr_text id, const line *l, nr_error *err)
{
  nr_buffer *out = &at->name;
  size_t fits = nr_text_fit(id, l->article_width);
  nr_text shown = {id.bytes, fits};
  bool cut = fits < id.size;
  if (cut)
    shown.size = nr_text_fit(id, l->article_width - 1);
  out->size = 0;
  NR_TRY(nr_buffer_put(out, at->day, at->day_size, err));
  NR_TRY(nr_put_spaces(out, day_width + gap - (uint32_t)at->day_size, err));
  size_t before = out->size;
  NR_TRY(nr_put_line(out, shown, err)); /* an id may hold what a terminal would obey */
  if (cut)
    NR_TRY(nr_buffer_put(out, "\xE2\x80\xA6", 3, err));
  uint32_t width = nr_text_width((nr_text){out->bytes + before, out->size - before});
  return nr_put_spaces(out, width < l->article_width ? l->article_width + gap - width : gap, err);
}

static nr_status go_to(place *at, const nr_segment *segment, const nr_hit *hit, const line *l, nr_error *err)
{
  NR_TRY(nr_segment_content(segment, hit->article, &at->contents, &at->content, err));
  at->part = hit->part;
  at->article = hit->article;
  at->title_size = nr_segment_title_size(segment, hit->article);
  set_day(at, nr_segment_date(segment, hit->article));
  return put_name(at, nr_segment_id(segment, hit->article), l, err);
}

/* `start` and `end` are the bytes of the hit. */
static nr_status put_hit(const nr_segment *segment, const nr_hit *hit, uint32_t start, uint32_t end,
                         const nr_kwic *options, place *at, line *l, nr_buffer *scratch, nr_buffer *out,
                         nr_error *err)
{
  nr_mark mark = options->cut_at_sentence || options->width == 0 ? NR_SENTENCE_STARTS : NR_PARAGRAPH_STARTS;
  uint32_t context_start, context_end;
  if (at->part != hit->part || at->article != hit->article)
    NR_TRY(go_to(at, segment, hit, l, err));
  context_start = start < at->title_size ? 0 : at->title_size;
  context_end = end <= at->title_size ? at->title_size : (uint32_t)at->content.size;
  find_context(segment, at, hit, mark, l, &context_start, &context_end);
  const char *bytes = at->content.bytes;
  l->left = (nr_text){bytes + context_start, start - context_start};
  l->hit = (nr_text){bytes + start, end - start};
  l->right = (nr_text){bytes + end, context_end - end};
  NR_TRY(nr_buffer_put(out, at->name.bytes, at->name.size, err));
  NR_TRY(put_left(l, scratch, out, err));
  return put_right(l, scratch, out, err);
}

enum { hits_at_once = 128 };

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

/* Lines of hits next to each other. Their texts lie far apart: all are asked for before the first is cut. */
static nr_status put_block(const nr_hits *hits, const nr_hit *block, uint32_t count, const nr_kwic *options,
                           place *at, line *l, nr_buffer *scratch, nr_buffer *out, nr_error *err)
{
  uint32_t starts[hits_at_once], ends[hits_at_once];
  nr_snapshot *snapshot = nr_hits_snapshot(hits);
  nr_hits_bytes_many(hits, block, count, starts, ends);
  for (uint32_t i = 0; i < count; i++)
    nr_segment_content_fetch(nr_snapshot_part(snapshot, block[i].part)->segment, block[i].article, starts[i]);
  for (uint32_t i = 0; i < count; i++)
    NR_TRY(put_hit(nr_snapshot_part(snapshot, block[i].part)->segment, &block[i], starts[i], ends[i], options,
                   at, l, scratch, out, err));
  return NR_OK;
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
  nr_buffer_init(&at.name, out->memory);
  uint32_t read = 1;
  for (uint64_t from = 0; from < count && read > 0 && status == NR_OK; from += read) {
    read = read_hits(hits, indexes, from, count, block);
    status = put_block(hits, block, read, options, &at, &l, &scratch, out, err);
  }
  nr_buffer_clear(&scratch);
  nr_contents_clear(&at.contents);
  nr_buffer_clear(&at.name);
  return status;
}
