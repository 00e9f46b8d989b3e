/* read_table.c: tables of text (RFC 4180, tabs too), whose first row names the fields. Floor 4. */
#include "ingest/encoding.h"
#include "ingest/read.h"

enum { columns_max = 1024 };

typedef struct table {
  const nr_input *input;
  const char *at, *end;
  char separator;
  uint64_t line; /* of the row being read, from 1 */
  nr_text names[columns_max];
  size_t name_count;
} table;

/* Read a cell into the arena; quotes doubled inside quotes are one. *last tells the end of the row. */
static nr_status read_cell(table *t, nr_text *cell, bool *last, nr_error *err)
{
  nr_arena *arena = nr_ingest_arena(t->input->ingest);
  bool quoted = t->at < t->end && *t->at == '"';
  const char *stop = t->at + quoted;
  while (stop < t->end && (quoted ? !(*stop == '"' && !(stop + 1 < t->end && stop[1] == '"'))
                                  : *stop != t->separator && *stop != '\n' && *stop != '\r'))
    stop += quoted && *stop == '"' ? 2 : 1;
  if (quoted && stop >= t->end)
    return nr_fail(err, NR_INVALID, "the quotes opened in a row are not closed");
  char *copy = nr_arena_take(arena, (size_t)(stop - t->at) + 1), *to = copy;
  if (copy == NULL)
    return nr_fail_memory(err);
  for (const char *from = t->at + quoted; from < stop; from++) {
    t->line += *from == '\n';
    *to++ = *from;
    from += quoted && *from == '"';
  }
  *to = '\0';
  *cell = (nr_text){copy, (size_t)(to - copy)};
  t->at = stop + quoted;
  while (t->at < t->end && *t->at != t->separator && *t->at != '\n' && *t->at != '\r')
    t->at++; /* what stands behind closing quotes is not ours to read */
  *last = t->at == t->end || *t->at != t->separator;
  if (t->at < t->end && *t->at == '\r')
    t->at++;
  if (t->at < t->end && (*t->at == '\n' || *t->at == t->separator))
    t->at++;
  return NR_OK;
}

static nr_status read_names(table *t, nr_error *err)
{
  bool last = false;
  while (!last) {
    nr_text name;
    NR_TRY(read_cell(t, &name, &last, err));
    if (t->name_count == columns_max)
      return nr_fail(err, NR_LIMIT, "over %d columns", columns_max);
    const char *kept = nr_arena_copy(nr_ingest_names(t->input->ingest), name.bytes, name.size);
    if (kept == NULL)
      return nr_fail_memory(err);
    for (size_t i = 0; i < t->name_count; i++)
      if (nr_text_equal(t->names[i], name))
        return nr_fail(err, NR_INVALID, "two columns are called \"%.*s\"", (int)name.size, name.bytes);
    t->names[t->name_count++] = (nr_text){kept, name.size};
  }
  t->line++;
  return NR_OK;
}

static bool names_any(const table *t, const char *wanted)
{
  bool renamed;
  for (size_t i = 0; i < t->name_count; i++)
    if (nr_text_equal(nr_item_name(nr_ingest_option(t->input->ingest), t->names[i], &renamed),
                      nr_text_of(wanted)))
      return true;
  return false;
}

/* Empty cells are missing fields. A row that is one empty cell is no item. */
static nr_status read_row(table *t, nr_error *err)
{
  nr_arena *arena = nr_ingest_arena(t->input->ingest);
  nr_item item = nr_input_item(t->input);
  uint64_t line = t->line;
  size_t column = 0;
  bool last = false, any = false;
  for (; !last; column++) {
    nr_text cell;
    NR_TRY(read_cell(t, &cell, &last, err));
    any = any || cell.size > 0;
    if (column < t->name_count && cell.size > 0 && t->names[column].size > 0)
      NR_TRY(nr_item_put(&item, arena, (nr_field){t->names[column], NR_FIELD_STRING, cell}, err));
  }
  t->line++;
  if (!any)
    return NR_OK;
  NR_TRY(nr_input_number(t->input, t->input->path, line, &item.where, err));
  if (column > t->name_count) {
    nr_ingest_refuse(t->input->ingest, item.where, "more cells than the first row names");
    return NR_OK;
  }
  if (item.id.bytes == NULL)
    NR_TRY(nr_input_number(t->input, t->input->name, line, &item.id, err));
  return nr_ingest_take(t->input->ingest, &item, err);
}

static nr_status read_rows(table *t, nr_error *err)
{
  const char *line_end = memchr(t->at, '\n', (size_t)(t->end - t->at));
  size_t head = (size_t)((line_end == NULL ? t->end : line_end) - t->at);
  if (t->separator == ',' && memchr(t->at, ',', head) == NULL && memchr(t->at, ';', head) != NULL)
    t->separator = ';'; /* as spreadsheets write where the comma is a decimal point */
  NR_TRY(read_names(t, err));
  if (!names_any(t, "text") && !names_any(t, "title"))
    return nr_fail(err, NR_INVALID, "no column is called \"text\" or \"title\"");
  while (t->at < t->end)
    NR_TRY(read_row(t, err));
  return NR_OK;
}

nr_status nr_read_table(const nr_input *input, nr_text bytes, char separator, nr_error *err)
{
  table t = {.input = input, .separator = separator, .line = 1};
  nr_decoded decoded;
  nr_arena scratch; /* the text outlives flushes here */
  nr_arena_init(&scratch, nr_ingest_option(input->ingest)->memory);
  nr_status status = nr_decode(bytes, (nr_text){NULL, 0}, &scratch, &decoded, err);
  if (status == NR_OK) {
    t.at = decoded.text.bytes;
    t.end = t.at + decoded.text.size;
    if (decoded.text.size >= 3 && memcmp(t.at, "\xEF\xBB\xBF", 3) == 0)
      t.at += 3;
    status = read_rows(&t, err);
  }
  nr_arena_clear(&scratch);
  return status;
}
