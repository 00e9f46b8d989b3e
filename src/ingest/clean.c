/* clean.c: from lines to blocks. Floor 4.
 * The head (above the first line that reads like text) has the title, dates, bylines and menus; the
 * rest has the text, and behind certain lines other stories, forms and the foot of the page. */
#include "ingest/clean_work.h"

nr_status nr_cleaner_new(const nr_memory *memory, const nr_phrase *phrases, size_t count,
                         nr_cleaner **cleaner, nr_error *err)
{
  nr_cleaner *c = nr_alloc_zeroed(memory, 1, sizeof *c);
  if (c == NULL)
    return nr_fail_memory(err);
  c->memory = memory;
  c->lines.memory = memory;
  nr_repeats_init(&c->repeats, memory);
  nr_buffer_init(&c->folded, memory);
  nr_status status = nr_phrases_new(memory, phrases, count, &c->phrases, err);
  if (status != NR_OK) {
    nr_cleaner_free(c);
    return status;
  }
  *cleaner = c;
  return NR_OK;
}

nr_status nr_cleaner_share(const nr_memory *memory, const nr_cleaner *of, nr_cleaner **cleaner, nr_error *err)
{
  nr_cleaner *c = nr_alloc_zeroed(memory, 1, sizeof *c);
  if (c == NULL)
    return nr_fail_memory(err);
  *c = (nr_cleaner){.memory = memory, .shares = true, .phrases = of->phrases, .repeats = of->repeats};
  c->lines.memory = memory;
  nr_buffer_init(&c->folded, memory);
  *cleaner = c;
  return NR_OK;
}

void nr_cleaner_free(nr_cleaner *c)
{
  if (c == NULL)
    return;
  if (!c->shares) {
    nr_phrases_free(c->phrases);
    nr_repeats_clear(&c->repeats);
  }
  nr_line_list_clear(&c->lines);
  nr_buffer_clear(&c->folded);
  nr_release(c->memory, c->verdicts, c->verdict_room * sizeof *c->verdicts);
  nr_release(c->memory, c->blocks, c->block_room * sizeof *c->blocks);
  nr_release(c->memory, c, sizeof *c);
}

nr_status nr_cleaner_learn(nr_cleaner *c, nr_text source, nr_text text, nr_error *err)
{
  return nr_repeats_learn(&c->repeats, source, text, err);
}

/* Find head, dates and title. Lines that hold two things are cut on the way. */
static nr_status survey(nr_work *w, nr_error *err)
{
  for (size_t i = 0; i < w->count; i++)
    NR_TRY(nr_clean_read_line(w, i, err));
  w->head = SIZE_MAX - 1; /* not known: the next cut does not move it */
  if (w->input->marks == NULL)
    NR_TRY(nr_clean_split_header(w, err));
  w->head = nr_clean_find_head(w);
  for (size_t i = 0; i < w->head; i++)
    if (w->verdicts[i].kind != NR_BLOCK_HEADER && !nr_clean_is_aside(w, i) && nr_clean_date_line(w, i))
      nr_clean_set(w, i, NR_BLOCK_HEADER, true, NR_REASON_DATE);
  if (w->head < w->count)
    nr_clean_read_dateline(w, w->head);
  return nr_clean_find_title(w, err);
}

/* Whether all but the headline was set aside. */
static bool is_emptied(const nr_work *w)
{
  for (size_t i = 0; i < w->count; i++)
    if (i != w->title && !w->verdicts[i].margin)
      return false;
  return w->count > 0;
}

/* An article that says only what others of its source say too says that; one of short lines in short ones. */
static void take_back_repeats(nr_work *w)
{
  for (size_t i = 0; i < w->count; i++)
    if (w->verdicts[i].reason == NR_REASON_REPEATED && (w->lines[i].words >= 8 || w->head == w->count))
      nr_clean_set(w, i, NR_BLOCK_BODY, false, NR_REASON_NONE);
}

static nr_status put_block(nr_cleaner *c, size_t *count, nr_block block, nr_error *err)
{
  void *blocks = c->blocks;
  nr_status status = nr_grow(c->memory, &blocks, &c->block_room, *count + 1, sizeof *c->blocks, err);
  c->blocks = blocks;
  if (status == NR_OK)
    c->blocks[(*count)++] = block;
  return status;
}

static nr_status put_title_block(const nr_work *w, size_t *count, nr_error *err)
{
  bool found = w->title != SIZE_MAX;
  nr_block block = {0, w->title_size, NR_BLOCK_TITLE, found,
                    found ? NR_REASON_TITLE_REPEATED : NR_REASON_NONE};
  return w->title_size == 0 ? NR_OK : put_block(w->cleaner, count, block, err);
}

static nr_block block_of_line(const nr_work *w, size_t i)
{
  const nr_verdict *v = &w->verdicts[i];
  nr_block block = {w->lines[i].start, w->lines[i].end, v->kind, v->margin, v->reason};
  if (i == w->title || w->input->plain) {
    block.kind = i == w->title ? NR_BLOCK_TITLE : NR_BLOCK_BODY;
    block.margin = false;
    block.reason = NR_REASON_NONE;
  }
  return block;
}

/* A mark moved behind the title. */
static nr_block block_of_mark(const nr_work *w, size_t i)
{
  nr_block block = w->input->marks[i];
  block.start += w->title_size;
  block.end += w->title_size;
  block.margin = block.margin && !w->input->plain;
  return block;
}

/* All blocks in order: the title field, then lines, and between them the marks in the margin. */
static nr_status put_blocks(nr_work *w, nr_error *err)
{
  size_t count = 0, mark = 0;
  NR_TRY(put_title_block(w, &count, err));
  for (size_t i = 0; i <= w->count; i++) {
    uint32_t start = i < w->count ? w->lines[i].start : UINT32_MAX;
    for (; mark < w->input->mark_count && w->input->marks[mark].start + w->title_size < start; mark++)
      if (w->input->marks[mark].margin)
        NR_TRY(put_block(w->cleaner, &count, block_of_mark(w, mark), err));
    if (i < w->count)
      NR_TRY(put_block(w->cleaner, &count, block_of_line(w, i), err));
  }
  w->page->blocks = w->cleaner->blocks;
  w->page->block_count = count;
  return NR_OK;
}

/* Lines from the marks that are not in the margin. */
static nr_status lines_of_marks(nr_work *w, nr_error *err)
{
  nr_line_list *list = &w->cleaner->lines;
  list->count = 0;
  for (size_t i = 0; i < w->input->mark_count; i++) {
    const nr_block *mark = &w->input->marks[i];
    void *items = list->items;
    nr_status status =
        nr_grow(list->memory, &items, &list->capacity, list->count + 1, sizeof *list->items, err);
    list->items = items;
    NR_TRY(status);
    nr_line *line = &list->items[list->count];
    line->gap = 1;
    if (mark->margin ||
        !nr_line_measure(w->content, mark->start + w->title_size, mark->end + w->title_size, line))
      continue;
    if (mark->kind == NR_BLOCK_TITLE)
      w->marked_title = list->count;
    list->count++;
  }
  return NR_OK;
}

nr_status nr_clean(nr_cleaner *c, const nr_clean_input *input, nr_page *page, nr_error *err)
{
  *page = (nr_page){.blocks = NULL};
  nr_work w = {.cleaner = c,
               .input = input,
               .content = input->content,
               .source = input->source,
               .title_size = input->title_size,
               .title = SIZE_MAX,
               .marked_title = SIZE_MAX,
               .page = page};
  NR_TRY(input->marks == NULL ? nr_lines_cut(w.content, w.title_size, &c->lines, err)
                              : lines_of_marks(&w, err));
  w.lines = c->lines.items;
  w.count = c->lines.count;
  w.articles = nr_repeats_count(&c->repeats, w.source, (nr_text){NULL, 0});
  NR_TRY(nr_clean_reserve(&w, err));
  if (input->marks == NULL)
    nr_clean_unwrap(&w);
  else
    nr_clean_read_marks(&w);
  NR_TRY(survey(&w, err));
  if (!input->plain) {
    nr_clean_judge_head(&w);
    nr_clean_judge_below(&w);
    if (is_emptied(&w))
      take_back_repeats(&w);
  }
  if (w.title != SIZE_MAX && w.title_size == 0) {
    page->title_start = w.lines[w.title].start;
    page->title_end = w.lines[w.title].end;
  }
  return put_blocks(&w, err);
}
