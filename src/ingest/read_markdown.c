/* read_markdown.c: Markdown, with or without front matter. Floor 4.
 * The text is kept as it is; headings, lists, pictures and the front matter only make blocks. Of
 * YAML the part is read that front matter uses: scalars, lists, folded text. */
#include "ingest/clean.h"
#include "ingest/encoding.h"
#include "ingest/json.h"
#include "ingest/lines.h"
#include "ingest/read.h"

typedef struct markdown {
  const nr_input *input;
  nr_item *item;
  nr_text text;
  nr_line_list lines;
  nr_buffer blocks; /* of nr_block */
  nr_buffer value;  /* a list or folded text being put together */
} markdown;

static nr_text text_of(const markdown *m, size_t i)
{
  const nr_line *line = &m->lines.items[i];
  return (nr_text){m->text.bytes + line->start, line->end - line->start};
}

static bool is_text(nr_text text, const char *wanted)
{
  return nr_text_equal(text, nr_text_of(wanted));
}

static bool begins(nr_text text, const char *start)
{
  size_t size = strlen(start);
  return text.size >= size && memcmp(text.bytes, start, size) == 0;
}

static nr_text trim(nr_text text)
{
  while (text.size > 0 && (*text.bytes == ' ' || *text.bytes == '\t'))
    text = (nr_text){text.bytes + 1, text.size - 1};
  while (text.size > 0 && (text.bytes[text.size - 1] == ' ' || text.bytes[text.size - 1] == '\t'))
    text.size--;
  return text;
}

/* ---- front matter ---- */

/* A scalar without its quotes, in the arena. */
static nr_status read_scalar(markdown *m, nr_text text, nr_text *scalar, nr_error *err)
{
  char quote = '\0';
  text = trim(text);
  if (text.size >= 2 && (*text.bytes == '"' || *text.bytes == '\'') &&
      text.bytes[text.size - 1] == *text.bytes) {
    quote = *text.bytes;
    text = (nr_text){text.bytes + 1, text.size - 2};
  }
  char *copy = nr_arena_copy(nr_ingest_arena(m->input->ingest), text.bytes, text.size), *to = copy;
  if (copy == NULL)
    return nr_fail_memory(err);
  for (size_t i = 0; i < text.size; i++) {
    if (i + 1 < text.size && ((quote == '"' && text.bytes[i] == '\\') ||
                              (quote == '\'' && text.bytes[i] == '\'' && text.bytes[i + 1] == '\'')))
      i++;
    *to++ = text.bytes[i];
  }
  *scalar = (nr_text){copy, (size_t)(to - copy)};
  return NR_OK;
}

static nr_status put_field(markdown *m, nr_text key, nr_field_type type, nr_text value, nr_error *err)
{
  nr_arena *arena = nr_ingest_arena(m->input->ingest);
  nr_field field = {.type = type};
  for (size_t i = 0; i < m->item->field_count; i++)
    if (nr_text_equal(m->item->fields[i].name, key))
      return NR_OK; /* the first one counts */
  NR_TRY(read_scalar(m, key, &field.name, err));
  field.value.bytes = nr_arena_copy(arena, value.bytes, value.size);
  field.value.size = value.size;
  if (field.value.bytes == NULL)
    return nr_fail_memory(err);
  return value.size == 0 ? NR_OK : nr_item_put(m->item, arena, field, err);
}

static nr_status put_member(markdown *m, nr_text text, nr_error *err)
{
  nr_text scalar;
  NR_TRY(read_scalar(m, text, &scalar, err));
  NR_TRY(nr_buffer_put_byte(&m->value, m->value.size == 0 ? '[' : ',', err));
  return nr_json_put_string(&m->value, scalar, err);
}

static nr_status put_list(markdown *m, nr_text key, nr_error *err)
{
  if (m->value.size == 0)
    return NR_OK;
  NR_TRY(nr_buffer_put_byte(&m->value, ']', err));
  bool own = is_text(key, "id") || is_text(key, "date") || is_text(key, "title") || is_text(key, "text");
  return own ? NR_OK : put_field(m, key, NR_FIELD_LIST, (nr_text){m->value.bytes, m->value.size}, err);
}

/* "[a, b]" in one line; commas inside quotes do not part. */
static nr_status read_flow_list(markdown *m, nr_text key, nr_text list, nr_error *err)
{
  char quote = '\0';
  size_t start = 1;
  m->value.size = 0;
  for (size_t i = 1; i < list.size; i++) {
    char c = list.bytes[i];
    if (quote != '\0' ? c == quote : c == '"' || c == '\'')
      quote = quote == '\0' ? c : '\0';
    if (quote != '\0' || (c != ',' && i + 1 < list.size))
      continue;
    nr_text member = trim((nr_text){list.bytes + start, i - start});
    start = i + 1;
    if (member.size > 0)
      NR_TRY(put_member(m, member, err));
  }
  return put_list(m, key, err);
}

/* Lines below a key without a value, or with "|" or ">": a list of "- " or text. */
static nr_status read_below(markdown *m, nr_text key, size_t *at, size_t end, nr_error *err)
{
  bool list = false;
  m->value.size = 0;
  for (; *at < end; (*at)++) {
    nr_text line = text_of(m, *at);
    bool member = begins(line, "- "), indented = m->text.bytes[m->lines.items[*at].start - 1] == ' ';
    if (!member && !indented)
      break;
    list = list || member;
    if (member) {
      NR_TRY(put_member(m, (nr_text){line.bytes + 2, line.size - 2}, err));
    } else if (!list) {
      if (m->value.size > 0)
        NR_TRY(nr_buffer_put_byte(&m->value, ' ', err));
      NR_TRY(nr_buffer_put(&m->value, line.bytes, line.size, err));
    }
  }
  if (list)
    return put_list(m, key, err);
  return put_field(m, key, NR_FIELD_STRING, (nr_text){m->value.bytes, m->value.size}, err);
}

static nr_status read_front_matter(markdown *m, size_t end, nr_error *err)
{
  for (size_t at = 1; at < end;) {
    nr_text line = text_of(m, at++), scalar;
    const char *colon = *line.bytes == '#' ? NULL : memchr(line.bytes, ':', line.size);
    if (colon == NULL || colon == line.bytes)
      continue;
    nr_text key = trim((nr_text){line.bytes, (size_t)(colon - line.bytes)});
    nr_text value = trim((nr_text){colon + 1, (size_t)(line.bytes + line.size - colon - 1)});
    if (value.size == 0 || is_text(value, "|") || is_text(value, ">") || is_text(value, "|-") ||
        is_text(value, ">-")) {
      NR_TRY(read_below(m, key, &at, end, err));
    } else if (*value.bytes == '[' && value.bytes[value.size - 1] == ']') {
      NR_TRY(read_flow_list(m, key, value, err));
    } else {
      NR_TRY(read_scalar(m, value, &scalar, err));
      NR_TRY(put_field(m, key, NR_FIELD_STRING, scalar, err));
    }
  }
  return NR_OK;
}

/* The line that closes front matter, or 0 where there is none. */
static size_t find_front_matter(const markdown *m)
{
  if (m->lines.count == 0 || !is_text(text_of(m, 0), "---"))
    return 0;
  for (size_t i = 1; i < m->lines.count; i++)
    if (is_text(text_of(m, i), "---") || is_text(text_of(m, i), "..."))
      return i;
  return 0;
}

/* ---- blocks ---- */

static nr_status put_block(markdown *m, uint32_t start, uint32_t end, nr_block_kind kind, bool margin,
                           nr_error *err)
{
  nr_block block = {start, end, (uint8_t)kind, margin, margin ? NR_REASON_MARKUP : NR_REASON_NONE};
  return nr_buffer_put(&m->blocks, &block, sizeof block, err);
}

/* Nothing but signs: a rule, an underline, a fence. */
static bool is_rule(nr_text line)
{
  for (size_t i = 0; i < line.size; i++)
    if (strchr("-=*_`~| :+", line.bytes[i]) == NULL || line.bytes[i] == '\0')
      return false;
  return true;
}

static bool is_item(const nr_line *line, nr_text text)
{
  size_t digits = 0;
  while (digits < text.size && digits < 4 && text.bytes[digits] >= '0' && text.bytes[digits] <= '9')
    digits++;
  return line->bullet ||
         (digits > 0 && digits + 1 < text.size && (text.bytes[digits] == '.' || text.bytes[digits] == ')') &&
          text.bytes[digits + 1] == ' ');
}

static nr_status read_line(markdown *m, size_t i, bool *open, nr_error *err)
{
  const nr_line *line = &m->lines.items[i];
  nr_text text = text_of(m, i);
  bool item = is_item(line, text), closed = true;
  nr_block_kind kind = NR_BLOCK_BODY;
  bool margin = false;
  if (is_rule(text)) {
    kind = NR_BLOCK_FURNITURE;
    margin = true;
  } else if (*text.bytes == '#') {
    bool first = begins(text, "# ") && m->item->title.bytes == NULL;
    kind = first ? NR_BLOCK_TITLE : NR_BLOCK_HEADING;
  } else if (begins(text, "![") && text.bytes[text.size - 1] == ')') {
    kind = NR_BLOCK_CAPTION;
    margin = true;
  } else if (*text.bytes == '>' || *text.bytes == '|') {
    kind = NR_BLOCK_BODY;
  } else if (*open && line->gap == 0 && !item) {
    ((nr_block *)(void *)(m->blocks.bytes + m->blocks.size))[-1].end = line->end; /* wrapped */
    return NR_OK;
  } else {
    kind = item ? NR_BLOCK_BULLET : NR_BLOCK_BODY;
    closed = false;
  }
  *open = !closed;
  return put_block(m, line->start, line->end, kind, margin, err);
}

static nr_status read_all(markdown *m, nr_error *err)
{
  bool open = false;
  NR_TRY(nr_lines_cut(m->text, 0, &m->lines, err));
  size_t front = find_front_matter(m);
  if (front > 0) {
    NR_TRY(read_front_matter(m, front, err));
    for (size_t i = 0; i <= front; i++)
      NR_TRY(put_block(m, m->lines.items[i].start, m->lines.items[i].end, NR_BLOCK_HEADER, true, err));
  }
  for (size_t i = front == 0 ? 0 : front + 1; i < m->lines.count; i++)
    NR_TRY(read_line(m, i, &open, err));
  return NR_OK;
}

static nr_status keep_blocks(markdown *m, nr_error *err)
{
  const char *list = nr_arena_copy(nr_ingest_arena(m->input->ingest), m->blocks.bytes, m->blocks.size);
  if (list == NULL)
    return nr_fail_memory(err);
  m->item->blocks = (const nr_block *)(const void *)list;
  m->item->block_count = m->blocks.size / sizeof(nr_block);
  return NR_OK;
}

nr_status nr_read_markdown(const nr_input *input, nr_text bytes, nr_error *err)
{
  nr_arena *arena = nr_ingest_arena(input->ingest);
  nr_item item = nr_input_item(input);
  markdown m = {.input = input, .item = &item};
  NR_TRY(nr_decode_item(input, &item, bytes, (nr_text){NULL, 0}, err));
  m.text = item.text;
  m.lines.memory = arena->memory;
  nr_buffer_init(&m.blocks, arena->memory);
  nr_buffer_init(&m.value, arena->memory);
  nr_status status = read_all(&m, err);
  if (status == NR_OK)
    status = keep_blocks(&m, err);
  nr_line_list_clear(&m.lines);
  nr_buffer_clear(&m.blocks);
  nr_buffer_clear(&m.value);
  NR_TRY(status);
  item.text = m.text; /* front matter may not replace it */
  if (item.id.bytes == NULL)
    item.id = input->name;
  return nr_ingest_take(input->ingest, &item, err);
}
