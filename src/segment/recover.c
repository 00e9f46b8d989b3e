/* recover.c: an article as it was before it was added. Floor 2. */
#include "segment/layout.h"

typedef struct token_cursor {
  uint32_t position, end; /* on one list */
  uint64_t at;            /* end of the token before */
  const uint32_t *gaps;
} token_cursor;

static uint8_t marks_at(const nr_segment *s, uint32_t position)
{
  uint8_t marks = position >= s->counts.on ? NR_MARK_MARGIN : 0;
  if (nr_segment_marked(s, NR_SENTENCE_STARTS, position))
    marks |= NR_MARK_SENTENCE;
  if (nr_segment_marked(s, NR_PARAGRAPH_STARTS, position))
    marks |= NR_MARK_PARAGRAPH;
  if (nr_segment_marked(s, NR_CLAUSE_STARTS, position))
    marks |= NR_MARK_CLAUSE;
  if (nr_segment_marked(s, NR_JOINED_NEXT, position))
    marks |= NR_MARK_JOINED;
  return marks;
}

static bool open_cursor(const nr_segment *s, uint32_t article, bool margin, nr_arena *arena,
                        token_cursor *cursor)
{
  nr_segment_article_tokens(s, article, margin, &cursor->position, &cursor->end);
  uint32_t *gaps = nr_arena_take_array(arena, cursor->end - cursor->position, sizeof *gaps);
  if (gaps == NULL)
    return false;
  nr_segment_gaps(s, cursor->position, cursor->end, gaps);
  cursor->gaps = gaps;
  cursor->at = 0;
  return true;
}

/* Start of the next token of a list, past everything where there is none. */
static uint64_t next_start(const token_cursor *cursor)
{
  return cursor->position < cursor->end ? cursor->at + *cursor->gaps : UINT64_MAX;
}

/* Line and margin in text order. Kinds are not stored: all are words. */
static nr_status recover_tokens(const nr_segment *s, uint32_t article, nr_arena *arena, nr_article *out,
                                nr_error *err)
{
  token_cursor lists[2];
  if (!open_cursor(s, article, false, arena, &lists[0]) || !open_cursor(s, article, true, arena, &lists[1]))
    return nr_fail_memory(err);
  size_t count = lists[0].end - lists[0].position + (lists[1].end - lists[1].position), n = 0;
  nr_token *tokens = nr_arena_take_array(arena, count, sizeof *tokens);
  if (tokens == NULL)
    return nr_fail_memory(err);
  for (; n < count; n++) {
    token_cursor *from = next_start(&lists[0]) <= next_start(&lists[1]) ? &lists[0] : &lists[1];
    uint32_t surface;
    nr_segment_stream(s, from->position, 1, &surface);
    uint64_t start = next_start(from), end = start + nr_segment_surface(s, surface).size;
    if (end > out->content.size)
      return nr_fail(err, NR_CORRUPT, "%.*s: tokens lie outside the text", (int)out->id.size, out->id.bytes);
    tokens[n] = (nr_token){(uint32_t)start, (uint32_t)end, NR_TOKEN_WORD, marks_at(s, from->position)};
    from->at = end;
    from->position++;
    from->gaps++;
  }
  out->tokens = tokens;
  out->token_count = count;
  return NR_OK;
}

static nr_status recover_fields(const nr_segment *s, uint32_t article, nr_arena *arena, nr_article *out,
                                nr_error *err)
{
  nr_field *fields = nr_arena_take_array(arena, nr_segment_fields(s), sizeof *fields);
  if (fields == NULL)
    return nr_fail_memory(err);
  for (uint32_t f = 0; f < nr_segment_fields(s); f++) {
    uint32_t value = nr_segment_field_of(s, f, article);
    if (value == UINT32_MAX)
      continue;
    nr_field *field = &fields[out->field_count++];
    field->name = nr_segment_field_name(s, f);
    nr_segment_field_value(s, f, value, &field->type, &field->value);
  }
  out->fields = fields;
  return NR_OK;
}

nr_status nr_segment_recover(const nr_segment *s, uint32_t article, bool tokens, nr_contents *contents,
                             nr_arena *arena, nr_article *out, nr_error *err)
{
  nr_article_view view;
  nr_segment_article(s, article, &view);
  nr_article a = {.id = view.id,
                  .origin = view.origin,
                  .date = view.date,
                  .date_source = view.date_source,
                  .date_evidence = view.date_evidence,
                  .title_size = view.title_size};
  NR_TRY(nr_segment_content(s, article, contents, &a.content, err));
  a.block_count = nr_segment_blocks(s, article, NULL, 0);
  a.repair_count = nr_segment_repairs(s, article, NULL, 0);
  nr_block *blocks = nr_arena_take_array(arena, a.block_count, sizeof *blocks);
  nr_repair *repairs = nr_arena_take_array(arena, a.repair_count, sizeof *repairs);
  if (blocks == NULL || repairs == NULL)
    return nr_fail_memory(err);
  nr_segment_blocks(s, article, blocks, (uint32_t)a.block_count);
  nr_segment_repairs(s, article, repairs, (uint32_t)a.repair_count);
  a.blocks = blocks;
  a.repairs = repairs;
  NR_TRY(recover_fields(s, article, arena, &a, err));
  if (tokens)
    NR_TRY(recover_tokens(s, article, arena, &a, err));
  *out = a;
  return NR_OK;
}
