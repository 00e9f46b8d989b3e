/* derived.c: spans of derived layers as bytes. Floor 4.
 *
 * All numbers are varints unless said (see segment/packed.h):
 *
 *   u32 magic "NRD1", little-endian
 *   articles, and their states: runs of (state, length); state 0 is unread, 1 read, 2 + i left out for reason
 * i reasons: count, then a size and bytes for each, in byte order columns: count, then type (0 text, 1
 * number), size and bytes of the name texts: count, sizes, then their bytes, in byte order rows: count, then
 * a value a column: a text's number + 1, 0 is missing; of numbers 0 is missing, 1 is followed by eight bytes
 * of a double, all else is a whole number n as 2 + (n << 1 ^ n >> 31). In order of their values. spans on the
 * line, in the margin; then for each article that has some: articles since the last such one, how many on the
 * line, how many in the margin, and for each its first token since the one before, the number of tokens less
 * 1, and its row where there are columns. In the order of spans. */
#include "query/derived.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "query/list.h"
#include "query/table.h"
#include "segment/intern.h"
#include "segment/packed.h"

enum { small_number_max = 1 << 28 };

typedef struct entry {
  uint32_t state, from, count; /* its spans */
} entry;

typedef struct span {
  uint32_t first, last, row; /* first with NR_DERIVED_MARGIN */
} span;

struct nr_derived {
  const nr_memory *memory;
  nr_arena arena; /* columns */
  nr_derived_column *columns;
  uint32_t column_count, article_count, current;
  entry *articles;
  span *spans;
  size_t span_count, span_capacity;
  nr_intern reasons, texts, rows;
  uint64_t *cells; /* of the row being added: a text's number + 1, or the bits of a number */
  uint64_t on_line, in_margin;
};

/* ---- gathering ---- */

static nr_status copy_columns(nr_derived *d, const nr_derived_column *columns, nr_error *err)
{
  d->columns = nr_arena_take_array(&d->arena, d->column_count, sizeof *columns);
  d->cells = nr_arena_take_array(&d->arena, d->column_count, sizeof *d->cells);
  if (d->columns == NULL || d->cells == NULL)
    return nr_fail_memory(err);
  for (uint32_t c = 0; c < d->column_count; c++) {
    char *name = nr_arena_copy(&d->arena, columns[c].name.bytes, columns[c].name.size);
    if (name == NULL)
      return nr_fail_memory(err);
    d->columns[c] = (nr_derived_column){{name, columns[c].name.size}, columns[c].type};
  }
  return NR_OK;
}

nr_status nr_derived_new(const nr_memory *memory, uint32_t articles, const nr_derived_column *columns,
                         uint32_t column_count, nr_derived **derived, nr_error *err)
{
  if (column_count > NR_DERIVED_COLUMNS_MAX)
    return nr_fail(err, NR_LIMIT, "a layer has at most %d attributes", NR_DERIVED_COLUMNS_MAX);
  nr_derived *d = nr_alloc_zeroed(memory, 1, sizeof *d);
  if (d == NULL)
    return nr_fail_memory(err);
  d->memory = memory;
  d->article_count = articles;
  d->column_count = column_count;
  nr_arena_init(&d->arena, memory);
  nr_intern_init(&d->reasons, memory);
  nr_intern_init(&d->texts, memory);
  nr_intern_init(&d->rows, memory);
  d->articles = nr_alloc_zeroed(memory, (size_t)articles + 1, sizeof *d->articles);
  nr_status status = d->articles == NULL ? nr_fail_memory(err) : copy_columns(d, columns, err);
  if (status == NR_OK)
    *derived = d;
  else
    nr_derived_free(d);
  return status;
}

void nr_derived_free(nr_derived *d)
{
  if (d == NULL)
    return;
  nr_release(d->memory, d->articles, ((size_t)d->article_count + 1) * sizeof *d->articles);
  nr_release(d->memory, d->spans, d->span_capacity * sizeof *d->spans);
  nr_intern_clear(&d->reasons);
  nr_intern_clear(&d->texts);
  nr_intern_clear(&d->rows);
  nr_arena_clear(&d->arena);
  nr_release(d->memory, d, sizeof *d);
}

nr_status nr_derived_article(nr_derived *d, uint32_t article, nr_text left_out, nr_error *err)
{
  uint32_t state = NR_DERIVED_READ, reason;
  if (article >= d->article_count || d->articles[article].state != NR_DERIVED_UNREAD)
    return nr_fail(err, NR_INVALID, "article %u of a layer comes twice, or there is none", article);
  if (left_out.bytes != NULL) {
    NR_TRY(nr_intern_add(&d->reasons, left_out, left_out.size, &reason, err));
    state = NR_DERIVED_LEFT_OUT + reason;
  }
  d->articles[article] = (entry){state, (uint32_t)d->span_count, 0};
  d->current = article;
  return NR_OK;
}

/* A number as the text it is in a text column. */
static nr_text number_text(double number, char room[32])
{
  int size = number == floor(number) && fabs(number) < 1e15 ? snprintf(room, 32, "%.0f", number)
                                                            : snprintf(room, 32, "%.14g", number);
  return (nr_text){room, (size_t)size};
}

static uint64_t number_bits(double number)
{
  uint64_t bits;
  number = isnan(number) ? (double)NAN : number == 0 ? 0 : number;
  memcpy(&bits, &number, sizeof bits);
  return bits;
}

static nr_status set_cell(nr_derived *d, uint32_t column, nr_value value, nr_error *err)
{
  char room[32];
  uint32_t number;
  d->cells[column] = 0;
  if (d->columns[column].type == NR_COLUMN_NUMBER) {
    d->cells[column] = number_bits(value.number);
    return NR_OK;
  }
  if (value.text.bytes == NULL && isnan(value.number))
    return NR_OK;
  nr_text text = value.text.bytes != NULL ? value.text : number_text(value.number, room);
  NR_TRY(nr_intern_add(&d->texts, text, text.size, &number, err));
  d->cells[column] = (uint64_t)number + 1;
  return NR_OK;
}

static nr_status push_span(nr_derived *d, uint32_t first, uint32_t last, uint32_t row, nr_error *err)
{
  void *spans = d->spans;
  if (d->span_count == INT32_MAX)
    return nr_fail(err, NR_LIMIT, "a layer has too many spans");
  nr_status status = nr_grow(d->memory, &spans, &d->span_capacity, d->span_count + 1, sizeof *d->spans, err);
  d->spans = spans;
  NR_TRY(status);
  d->spans[d->span_count++] = (span){first, last, row};
  d->articles[d->current].count++;
  if (first & NR_DERIVED_MARGIN)
    d->in_margin++;
  else
    d->on_line++;
  return NR_OK;
}

static nr_status intern_row(nr_derived *d, uint32_t *row, nr_error *err)
{
  nr_text cells = {(const char *)d->cells, d->column_count * sizeof *d->cells};
  return nr_intern_add(&d->rows, cells, cells.size, row, err);
}

nr_status nr_derived_span(nr_derived *d, bool margin, uint32_t first, uint32_t last, const nr_value *values,
                          nr_error *err)
{
  uint32_t row = 0;
  if (first > last || (last & NR_DERIVED_MARGIN) != 0)
    return nr_fail(err, NR_INVALID, "a span of a layer ends before it begins");
  for (uint32_t c = 0; c < d->column_count; c++)
    NR_TRY(set_cell(d, c, values[c], err));
  if (d->column_count > 0)
    NR_TRY(intern_row(d, &row, err));
  return push_span(d, margin ? first | NR_DERIVED_MARGIN : first, last, row, err);
}

/* ---- from another layer's bytes ---- */

static bool same_columns(const nr_derived *d, const nr_table *table)
{
  bool same = table->column_count == d->column_count;
  for (uint32_t c = 0; same && c < d->column_count; c++)
    same = table->columns[c].type == d->columns[c].type &&
           nr_text_equal(table->columns[c].name, d->columns[c].name);
  return same;
}

static nr_status add_row(nr_derived *d, const nr_table *table, uint32_t from, uint32_t *row, nr_error *err)
{
  for (uint32_t c = 0; c < d->column_count; c++) {
    const nr_column *column = &table->columns[c];
    nr_value value = {{NULL, 0}, NAN};
    if (column->type == NR_COLUMN_TEXT)
      value.text = column->texts[from];
    else
      value.number = column->numbers[from];
    NR_TRY(set_cell(d, c, value, err));
  }
  return intern_row(d, row, err);
}

static nr_status add_article(nr_derived *d, const nr_derived_view *view, uint32_t from, uint32_t to,
                             uint32_t *rows, nr_error *err)
{
  uint32_t state = view->states[from];
  if (state == NR_DERIVED_UNREAD || to == UINT32_MAX)
    return NR_OK;
  nr_text reason = {NULL, 0};
  if (state >= NR_DERIVED_LEFT_OUT)
    reason = view->reasons[state - NR_DERIVED_LEFT_OUT];
  NR_TRY(nr_derived_article(d, to, reason, err));
  for (uint32_t i = from == 0 ? 0 : view->ends[from - 1]; i < view->ends[from]; i++) {
    uint32_t row = view->row == NULL ? 0 : view->row[i];
    if (d->column_count > 0 && rows[row] == UINT32_MAX)
      NR_TRY(add_row(d, &view->table, row, &rows[row], err));
    NR_TRY(push_span(d, view->first[i], view->last[i], d->column_count > 0 ? rows[row] : 0, err));
  }
  return NR_OK;
}

static nr_status add_all(nr_derived *d, const nr_derived_view *view, const uint32_t *articles, uint32_t *rows,
                         nr_error *err)
{
  memset(rows, 0xFF,
         ((size_t)view->table.row_count + 1) * sizeof *rows); /* a row comes with its first span */
  for (uint32_t i = 0; i < view->article_count; i++)
    NR_TRY(add_article(d, view, i, articles[i], rows, err));
  return NR_OK;
}

nr_status nr_derived_add(nr_derived *d, const nr_derived_view *view, const uint32_t *articles, nr_error *err)
{
  if (!same_columns(d, &view->table))
    return nr_fail(err, NR_INVALID, "a stored layer has other attributes");
  size_t size = ((size_t)view->table.row_count + 1) * sizeof(uint32_t);
  uint32_t *rows = nr_alloc(d->memory, size);
  nr_status status = rows == NULL ? nr_fail_memory(err) : add_all(d, view, articles, rows, err);
  nr_release(d->memory, rows, size);
  return status;
}

/* ---- to bytes ---- */

typedef struct keyed {
  nr_text key;
  uint32_t number;
} keyed;

static int by_key(const void *a, const void *b)
{
  return nr_text_compare(((const keyed *)a)->key, ((const keyed *)b)->key);
}

/* Numbers of `count` keys in byte order, and the place of each in it. */
static nr_status rank(nr_arena *arena, keyed *keys, size_t count, uint32_t **ranks, nr_error *err)
{
  if (count > 0)
    qsort(keys, count, sizeof *keys, by_key);
  *ranks = nr_arena_take_array(arena, count, sizeof **ranks);
  if (*ranks == NULL)
    return nr_fail_memory(err);
  for (size_t i = 0; i < count; i++)
    (*ranks)[keys[i].number] = (uint32_t)i;
  return NR_OK;
}

static nr_status rank_texts(nr_arena *arena, const nr_intern *intern, keyed **keys, uint32_t **ranks,
                            nr_error *err)
{
  *keys = nr_arena_take_array(arena, intern->count, sizeof **keys);
  if (*keys == NULL)
    return nr_fail_memory(err);
  for (size_t i = 0; i < intern->count; i++)
    (*keys)[i] = (keyed){intern->texts[i], (uint32_t)i};
  return rank(arena, *keys, intern->count, ranks, err);
}

static uint64_t cell_of(const nr_derived *d, uint32_t row, uint32_t column)
{
  uint64_t cell;
  memcpy(&cell, d->rows.texts[row].bytes + column * sizeof cell, sizeof cell);
  return cell;
}

static double number_of(uint64_t bits)
{
  double number;
  memcpy(&number, &bits, sizeof number);
  return number;
}

/* A cell as eight bytes that compare as its values do, missing last. */
static void ordered_cell(char *out, nr_column_type type, uint64_t cell, const uint32_t *text_ranks)
{
  uint64_t key = UINT64_MAX;
  if (type == NR_COLUMN_TEXT && cell > 0)
    key = text_ranks[cell - 1];
  else if (type == NR_COLUMN_NUMBER && !isnan(number_of(cell)))
    key = cell >> 63 ? ~cell : cell | (uint64_t)1 << 63;
  for (int i = 0; i < 8; i++)
    out[i] = (char)(key >> (56 - 8 * i));
}

static nr_status rank_rows(nr_arena *arena, const nr_derived *d, const uint32_t *text_ranks, keyed **keys,
                           uint32_t **ranks, nr_error *err)
{
  size_t size = d->column_count * sizeof(uint64_t);
  *keys = nr_arena_take_array(arena, d->rows.count, sizeof **keys);
  char *bytes = nr_arena_take_array(arena, d->rows.count, size);
  if (*keys == NULL || bytes == NULL)
    return nr_fail_memory(err);
  for (size_t i = 0; i < d->rows.count; i++) {
    for (uint32_t c = 0; c < d->column_count; c++)
      ordered_cell(bytes + i * size + 8 * c, d->columns[c].type, cell_of(d, (uint32_t)i, c), text_ranks);
    (*keys)[i] = (keyed){{bytes + i * size, size}, (uint32_t)i};
  }
  return rank(arena, *keys, d->rows.count, ranks, err);
}

static nr_status put(nr_buffer *out, uint32_t value, nr_error *err)
{
  uint8_t bytes[NR_VARINT_SIZE_MAX];
  return nr_buffer_put(out, bytes, nr_varint_put(bytes, value), err);
}

static nr_status put_text(nr_buffer *out, nr_text text, nr_error *err)
{
  NR_TRY(put(out, (uint32_t)text.size, err));
  return nr_buffer_put(out, text.bytes, text.size, err);
}

static nr_status put_states(const nr_derived *d, const keyed *reasons, const uint32_t *ranks, nr_buffer *out,
                            nr_error *err)
{
  NR_TRY(put(out, d->article_count, err));
  for (uint32_t i = 0, next; i < d->article_count; i = next) {
    uint32_t state = d->articles[i].state;
    for (next = i + 1; next < d->article_count && d->articles[next].state == state; next++)
      ;
    NR_TRY(put(out,
               state < NR_DERIVED_LEFT_OUT ? state : NR_DERIVED_LEFT_OUT + ranks[state - NR_DERIVED_LEFT_OUT],
               err));
    NR_TRY(put(out, next - i, err));
  }
  NR_TRY(put(out, (uint32_t)d->reasons.count, err));
  for (size_t i = 0; i < d->reasons.count; i++)
    NR_TRY(put_text(out, reasons[i].key, err));
  return NR_OK;
}

static nr_status put_columns(const nr_derived *d, const keyed *texts, nr_buffer *out, nr_error *err)
{
  NR_TRY(put(out, d->column_count, err));
  for (uint32_t c = 0; c < d->column_count; c++) {
    NR_TRY(put(out, d->columns[c].type == NR_COLUMN_NUMBER, err));
    NR_TRY(put_text(out, d->columns[c].name, err));
  }
  NR_TRY(put(out, (uint32_t)d->texts.count, err));
  for (size_t i = 0; i < d->texts.count; i++)
    NR_TRY(put(out, (uint32_t)texts[i].key.size, err));
  for (size_t i = 0; i < d->texts.count; i++)
    NR_TRY(nr_buffer_put(out, texts[i].key.bytes, texts[i].key.size, err));
  return NR_OK;
}

static nr_status put_number(nr_buffer *out, double number, nr_error *err)
{
  if (isnan(number))
    return put(out, 0, err);
  if (number == floor(number) && fabs(number) < small_number_max) {
    int32_t whole = (int32_t)number;
    return put(out, 2 + ((uint32_t)whole << 1 ^ (uint32_t)(whole >> 31)), err);
  }
  NR_TRY(put(out, 1, err));
  return nr_buffer_put_u64(out, number_bits(number), err);
}

static nr_status put_rows(const nr_derived *d, const keyed *rows, const uint32_t *text_ranks, nr_buffer *out,
                          nr_error *err)
{
  NR_TRY(put(out, (uint32_t)d->rows.count, err));
  for (size_t i = 0; i < d->rows.count; i++)
    for (uint32_t c = 0; c < d->column_count; c++) {
      uint64_t cell = cell_of(d, rows[i].number, c);
      if (d->columns[c].type == NR_COLUMN_NUMBER)
        NR_TRY(put_number(out, number_of(cell), err));
      else
        NR_TRY(put(out, cell == 0 ? 0 : text_ranks[cell - 1] + 1, err));
    }
  return NR_OK;
}

/* Order of spans: the line's first, then by first, longest first, row. */
static int by_place(const void *a, const void *b)
{
  const span *x = a, *y = b;
  if (x->first != y->first)
    return x->first < y->first ? -1 : 1;
  if (x->last != y->last)
    return x->last > y->last ? -1 : 1;
  return (x->row > y->row) - (x->row < y->row);
}

/* Bring an article's spans into order with their final rows; equal ones collapse. */
static uint32_t order_spans(const nr_derived *d, const entry *article, const uint32_t *row_ranks)
{
  if (article->count == 0)
    return 0;
  span *spans = d->spans + article->from;
  uint32_t kept = 0;
  for (uint32_t i = 0; i < article->count && d->column_count > 0; i++)
    spans[i].row = row_ranks[spans[i].row];
  if (article->count > 1)
    qsort(spans, article->count, sizeof *spans, by_place);
  for (uint32_t i = 0; i < article->count; i++)
    if (kept == 0 || by_place(&spans[kept - 1], &spans[i]) != 0)
      spans[kept++] = spans[i];
  return kept;
}

static nr_status put_article(const nr_derived *d, const entry *article, nr_buffer *out, nr_error *err)
{
  const span *spans = article->count == 0 ? NULL : d->spans + article->from;
  uint32_t line = 0, before = 0;
  while (line < article->count && (spans[line].first & NR_DERIVED_MARGIN) == 0)
    line++;
  NR_TRY(put(out, line, err));
  NR_TRY(put(out, article->count - line, err));
  for (uint32_t i = 0; i < article->count; i++) {
    uint32_t first = spans[i].first & ~NR_DERIVED_MARGIN;
    NR_TRY(put(out, first - (i == line ? 0 : before), err));
    NR_TRY(put(out, spans[i].last - first, err));
    if (d->column_count > 0)
      NR_TRY(put(out, spans[i].row, err));
    before = first;
  }
  return NR_OK;
}

static nr_status put_spans(nr_derived *d, const uint32_t *row_ranks, nr_buffer *out, nr_error *err)
{
  uint32_t next = 0;
  d->on_line = d->in_margin = 0;
  for (uint32_t i = 0; i < d->article_count; i++) {
    entry *article = &d->articles[i];
    article->count = order_spans(d, article, row_ranks);
    for (uint32_t s = article->from; s < article->from + article->count; s++)
      if (d->spans[s].first & NR_DERIVED_MARGIN)
        d->in_margin++;
      else
        d->on_line++;
  }
  NR_TRY(put(out, (uint32_t)d->on_line, err));
  NR_TRY(put(out, (uint32_t)d->in_margin, err));
  for (uint32_t i = 0; i < d->article_count; i++) {
    if (d->articles[i].count == 0)
      continue;
    NR_TRY(put(out, i - next, err));
    NR_TRY(put_article(d, &d->articles[i], out, err));
    next = i + 1;
  }
  return NR_OK;
}

static nr_status pack(nr_derived *d, nr_arena *arena, nr_buffer *out, nr_error *err)
{
  keyed *reasons, *texts, *rows;
  uint32_t *reason_ranks, *text_ranks, *row_ranks;
  NR_TRY(rank_texts(arena, &d->reasons, &reasons, &reason_ranks, err));
  NR_TRY(rank_texts(arena, &d->texts, &texts, &text_ranks, err));
  NR_TRY(rank_rows(arena, d, text_ranks, &rows, &row_ranks, err));
  NR_TRY(nr_buffer_put_u32(out, NR_DERIVED_MAGIC, err));
  NR_TRY(put_states(d, reasons, reason_ranks, out, err));
  NR_TRY(put_columns(d, texts, out, err));
  NR_TRY(put_rows(d, rows, text_ranks, out, err));
  return put_spans(d, row_ranks, out, err);
}

nr_status nr_derived_pack(nr_derived *d, nr_buffer *out, nr_error *err)
{
  nr_arena arena;
  nr_arena_init(&arena, d->memory);
  nr_status status = pack(d, &arena, out, err);
  nr_arena_clear(&arena);
  return status;
}
