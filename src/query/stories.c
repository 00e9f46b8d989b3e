/* stories.c: near-duplicate articles: sketches, candidates, verification. Floor 4. */
#include "query/stories.h"

#include "query/shingle.h"
#include "query/sketch.h"

enum { contained_min = 30, pairs_story_max = 256 };

struct nr_stories {
  const nr_memory *memory;
  nr_snapshot *snapshot;
  nr_stories_options options;
  uint32_t parts, texts;
  uint32_t *part_start; /* parts + 1: texts are articles numbered through */
  uint32_t *leader;     /* union-find: towards the story's first text */
  uint32_t *size;       /* at the first text */
  uint32_t *shingles;   /* how many each text has; dead ones none */
  nr_buffer pairs;      /* nr_story_pair */
};

/* One finding of stories, while it runs. */
typedef struct work {
  nr_stories *s;
  const nr_poll *poll;
  nr_arena arena;
  nr_form_hashes *forms; /* one a part */
  nr_sketches sketches;
  nr_shingles a, b;
} work;

static nr_story_text text_of(const nr_stories *s, uint32_t text)
{
  uint32_t low = 0, high = s->parts;
  while (high - low > 1) {
    uint32_t middle = low + (high - low) / 2;
    *(s->part_start[middle] <= text ? &low : &high) = middle;
  }
  return (nr_story_text){low, text - s->part_start[low]};
}

static const nr_part *part_of(const nr_stories *s, uint32_t part)
{
  return nr_snapshot_part(s->snapshot, part);
}

/* Does text x come before y on the line? */
static bool earlier(const nr_stories *s, uint32_t x, uint32_t y)
{
  nr_story_text a = text_of(s, x), b = text_of(s, y);
  if (a.part == b.part)
    return a.article < b.article;
  nr_article_view one, two;
  nr_segment_article(part_of(s, a.part)->segment, a.article, &one);
  nr_segment_article(part_of(s, b.part)->segment, b.article, &two);
  return one.date.first != two.date.first ? one.date.first < two.date.first
                                          : nr_text_compare(one.id, two.id) < 0;
}

static uint32_t leader_of(const nr_stories *s, uint32_t text)
{
  while (s->leader[text] != text)
    text = s->leader[text] = s->leader[s->leader[text]];
  return text;
}

static void join(nr_stories *s, uint32_t x, uint32_t y)
{
  x = leader_of(s, x);
  y = leader_of(s, y);
  if (x == y)
    return;
  uint32_t first = earlier(s, x, y) ? x : y, second = first == x ? y : x;
  s->leader[second] = first;
  s->size[first] += s->size[second];
}

/* ---- sketches ---- */

static nr_status read_text(work *w, nr_shingles *shingles, uint32_t part, uint32_t article, nr_error *err)
{
  return nr_shingles_read(shingles, part_of(w->s, part)->segment, &w->forms[part], article, err);
}

/* Count shingles: all, and those that the sketches keep, about. */
static nr_status count_shingles(work *w, uint64_t *kept, uint64_t *all, nr_error *err)
{
  nr_stories *s = w->s;
  *kept = *all = 0;
  for (uint32_t part = 0; part < s->parts; part++)
    for (uint32_t article = 0, text = s->part_start[part]; text < s->part_start[part + 1];
         article++, text++) {
      uint32_t first, end;
      s->leader[text] = text;
      s->size[text] = 1;
      if (nr_part_dead(part_of(s, part), article))
        continue;
      nr_shingle_tokens(part_of(s, part)->segment, article, &first, &end);
      uint32_t count = end - first >= NR_SHINGLE_WORDS ? end - first - NR_SHINGLE_WORDS + 1 : 0;
      s->shingles[text] = count;
      *all += count;
      *kept += count <= NR_SKETCH_WHOLE ? count : count / NR_SKETCH_MODULO + 1;
      if (text % 4096 == 0)
        NR_TRY(nr_poll_at(w->poll, 0, 0, err));
    }
  return NR_OK;
}

static nr_status collect(work *w, nr_error *err)
{
  nr_stories *s = w->s;
  for (uint32_t part = 0; part < s->parts; part++)
    for (uint32_t article = 0, text = s->part_start[part]; text < s->part_start[part + 1];
         article++, text++) {
      if (text % 1024 == 0)
        NR_TRY(nr_poll_at(w->poll, text, 2 * (uint64_t)s->texts, err));
      if (s->shingles[text] == 0)
        continue;
      NR_TRY(read_text(w, &w->a, part, article, err));
      NR_TRY(nr_sketches_put(&w->sketches, text, (const void *)w->a.hashes.bytes, w->a.count, err));
    }
  return NR_OK;
}

/* ---- verification ---- */

typedef struct verdict {
  double resemblance, containment;
  bool copies;
} verdict;

static verdict judge(const work *w)
{
  const nr_shingles *a = &w->a, *b = &w->b;
  const nr_stories_options *o = &w->s->options;
  uint32_t shared =
      nr_set_shared((const void *)a->hashes.bytes, a->count, (const void *)b->hashes.bytes, b->count);
  uint32_t lesser = a->count < b->count ? a->count : b->count, greater = a->count + b->count - lesser;
  uint32_t numbers = nr_set_shared((const void *)a->numbers.bytes, a->number_count,
                                   (const void *)b->numbers.bytes, b->number_count);
  uint32_t fewer = a->number_count < b->number_count ? a->number_count : b->number_count;
  verdict v = {0};
  if (lesser == 0)
    return v;
  v.resemblance = (double)shared / (double)(a->count + b->count - shared);
  v.containment = (double)shared / (double)lesser;
  bool refilled = fewer >= 3 && fewer * 20 >= lesser && numbers * 2 < fewer; /* a form with other figures */
  bool contained = v.containment >= o->containment && lesser >= contained_min && lesser * 4 >= greater;
  v.copies = !refilled && (v.resemblance >= o->resemblance || contained);
  return v;
}

/* Could x and y be copies, by what is remembered of them? */
static bool likely(const work *w, uint32_t x, uint32_t y)
{
  const nr_stories_options *o = &w->s->options;
  const nr_sketches *k = &w->sketches;
  uint32_t lesser = k->size[x] < k->size[y] ? k->size[x] : k->size[y];
  return k->seen[y] * 8 >= lesser && leader_of(w->s, x) != leader_of(w->s, y) &&
         nr_sketches_could_share(k, x, y, o->resemblance, o->containment);
}

static nr_status verify(work *w, uint32_t x, uint32_t y, nr_error *err)
{
  nr_story_text b = text_of(w->s, y);
  NR_TRY(read_text(w, &w->b, b.part, b.article, err));
  nr_shingles_sort(&w->b);
  if (judge(w).copies)
    join(w->s, x, y);
  return NR_OK;
}

/* Each text against the later ones that share rare parts of its sketch. */
static nr_status compare(work *w, nr_error *err)
{
  nr_stories *s = w->s;
  for (uint32_t x = 0; x < s->texts; x++) {
    bool loaded = false;
    if (x % 256 == 0)
      NR_TRY(nr_poll_at(w->poll, (uint64_t)s->texts + x, 2 * (uint64_t)s->texts, err));
    nr_sketches_meet(&w->sketches, x);
    for (uint32_t i = 0; i < w->sketches.met_count; i++) {
      uint32_t y = w->sketches.met[i];
      if (!likely(w, x, y))
        continue;
      if (!loaded) {
        nr_story_text a = text_of(s, x);
        NR_TRY(read_text(w, &w->a, a.part, a.article, err));
        nr_shingles_sort(&w->a);
        loaded = true;
      }
      NR_TRY(verify(w, x, y, err));
    }
  }
  return NR_OK;
}

/* ---- pairs ---- */

static nr_status put_pair(work *w, uint32_t x, uint32_t y, nr_error *err)
{
  nr_stories *s = w->s;
  nr_story_text a = text_of(s, x), b = text_of(s, y);
  NR_TRY(read_text(w, &w->b, b.part, b.article, err));
  nr_shingles_sort(&w->b);
  verdict v = judge(w);
  if (!v.copies)
    return NR_OK;
  nr_story_pair pair = {a, b, v.resemblance, v.containment};
  if (earlier(s, y, x)) {
    pair.a = b;
    pair.b = a;
  }
  return nr_buffer_put(&s->pairs, &pair, sizeof pair, err);
}

/* List the texts of every story: next[text] is the story's next text, 0 at the end. */
static nr_status list_pairs(work *w, nr_error *err)
{
  nr_stories *s = w->s;
  uint32_t *next = nr_arena_take_array(&w->arena, s->texts, sizeof *next);
  if (next == NULL)
    return nr_fail_memory(err);
  memset(next, 0, s->texts * sizeof *next);
  for (uint32_t text = s->texts; text-- > 0;) {
    uint32_t first = leader_of(s, text);
    if (s->shingles[text] == 0 || text == first)
      continue;
    next[text] = next[first];
    next[first] = text;
  }
  for (uint32_t text = 0; text < s->texts; text++) {
    uint32_t first = leader_of(s, text);
    if (s->size[first] < 2 || s->size[first] > pairs_story_max || s->shingles[text] == 0)
      continue;
    nr_story_text a = text_of(s, text);
    NR_TRY(nr_poll_at(w->poll, text, s->texts, err));
    NR_TRY(read_text(w, &w->a, a.part, a.article, err));
    nr_shingles_sort(&w->a);
    if (first > text)
      NR_TRY(put_pair(w, text, first, err));
    for (uint32_t other = next[first]; other != 0; other = next[other])
      if (other > text)
        NR_TRY(put_pair(w, text, other, err));
  }
  return NR_OK;
}

/* ---- all of it ---- */

static nr_status find(work *w, nr_error *err)
{
  nr_stories *s = w->s;
  uint64_t kept, all;
  w->forms = nr_arena_take_array(&w->arena, s->parts, sizeof *w->forms);
  if (w->forms == NULL)
    return nr_fail_memory(err);
  for (uint32_t part = 0; part < s->parts; part++)
    NR_TRY(nr_form_hashes_of(part_of(s, part)->segment, &w->arena, &w->forms[part], err));
  NR_TRY(count_shingles(w, &kept, &all, err));
  NR_TRY(nr_sketches_init(&w->sketches, s->memory, s->texts, kept + kept / 16, all / NR_PRINT_MODULO, err));
  NR_TRY(collect(w, err));
  NR_TRY(nr_sketches_link(&w->sketches, err));
  NR_TRY(compare(w, err));
  nr_sketches_clear(&w->sketches);
  for (uint32_t text = 0; text < s->texts; text++)
    s->leader[text] = leader_of(s, text); /* from here on nothing is written */
  return s->options.pairs ? list_pairs(w, err) : NR_OK;
}

static nr_status take_tables(nr_stories *s, nr_error *err)
{
  uint64_t texts = 0;
  s->parts = nr_snapshot_count(s->snapshot)->parts;
  s->part_start = nr_alloc_zeroed(s->memory, (size_t)s->parts + 1, sizeof *s->part_start);
  if (s->part_start == NULL)
    return nr_fail_memory(err);
  for (uint32_t part = 0; part < s->parts; part++) {
    texts += nr_segment_count(part_of(s, part)->segment)->articles;
    if (texts >= UINT32_MAX)
      return nr_fail(err, NR_LIMIT, "more articles than stories can number");
    s->part_start[part + 1] = (uint32_t)texts;
  }
  s->texts = (uint32_t)texts;
  s->leader = nr_alloc_zeroed(s->memory, (size_t)s->texts + 1, sizeof *s->leader);
  s->size = nr_alloc_zeroed(s->memory, (size_t)s->texts + 1, sizeof *s->size);
  s->shingles = nr_alloc_zeroed(s->memory, (size_t)s->texts + 1, sizeof *s->shingles);
  return s->leader == NULL || s->size == NULL || s->shingles == NULL ? nr_fail_memory(err) : NR_OK;
}

nr_status nr_stories_new(const nr_memory *memory, nr_snapshot *snapshot, const nr_stories_options *options,
                         const nr_poll *poll, nr_stories **stories, nr_error *err)
{
  nr_stories *s = nr_alloc_zeroed(memory, 1, sizeof *s);
  if (s == NULL)
    return nr_fail_memory(err);
  s->memory = memory;
  s->snapshot = nr_snapshot_retain(snapshot);
  s->options = options == NULL ? (nr_stories_options){0} : *options;
  s->options.resemblance = s->options.resemblance > 0 ? s->options.resemblance : 0.5;
  s->options.containment = s->options.containment > 0 ? s->options.containment : 0.8;
  nr_buffer_init(&s->pairs, memory);

  work w = {.s = s, .poll = poll};
  nr_arena_init(&w.arena, memory);
  nr_shingles_init(&w.a, memory);
  nr_shingles_init(&w.b, memory);
  nr_status status = take_tables(s, err);
  if (status == NR_OK)
    status = find(&w, err);
  nr_sketches_clear(&w.sketches);
  nr_shingles_clear(&w.a);
  nr_shingles_clear(&w.b);
  nr_arena_clear(&w.arena);
  if (status != NR_OK) {
    nr_stories_free(s);
    return status;
  }
  *stories = s;
  return NR_OK;
}

void nr_stories_free(nr_stories *stories)
{
  if (stories == NULL)
    return;
  size_t texts = (size_t)stories->texts + 1;
  nr_release(stories->memory, stories->part_start,
             ((size_t)stories->parts + 1) * sizeof *stories->part_start);
  nr_release(stories->memory, stories->leader, texts * sizeof *stories->leader);
  nr_release(stories->memory, stories->size, texts * sizeof *stories->size);
  nr_release(stories->memory, stories->shingles, texts * sizeof *stories->shingles);
  nr_buffer_clear(&stories->pairs);
  nr_snapshot_release(stories->snapshot);
  nr_release(stories->memory, stories, sizeof *stories);
}

uint64_t nr_stories_count(const nr_stories *stories)
{
  uint64_t count = 0;
  for (uint32_t part = 0; part < stories->parts; part++)
    for (uint32_t text = stories->part_start[part]; text < stories->part_start[part + 1]; text++)
      count += stories->leader[text] == text &&
               !nr_part_dead(part_of(stories, part), text - stories->part_start[part]);
  return count;
}

nr_story_text nr_stories_first(const nr_stories *stories, nr_story_text text)
{
  return text_of(stories, stories->leader[stories->part_start[text.part] + text.article]);
}

uint32_t nr_stories_size(const nr_stories *stories, nr_story_text text)
{
  return stories->size[stories->leader[stories->part_start[text.part] + text.article]];
}

const nr_story_pair *nr_stories_pairs(const nr_stories *stories, uint64_t *count)
{
  *count = stories->pairs.size / sizeof(nr_story_pair);
  return (const void *)stories->pairs.bytes;
}

/* ---- as spans ---- */

/* Rows of one part: every live article with tokens on the line. */
static nr_status spans_of(const nr_stories *s, uint32_t part, nr_arena *arena, nr_spans *spans, nr_error *err)
{
  const nr_part *p = part_of(s, part);
  uint32_t articles = nr_segment_count(p->segment)->articles, count = 0;
  uint32_t *first = nr_arena_take_array(arena, articles, sizeof *first);
  uint32_t *last = nr_arena_take_array(arena, articles, sizeof *last);
  uint32_t *row = nr_arena_take_array(arena, articles, sizeof *row);
  nr_text *story = nr_arena_take_array(arena, articles, sizeof *story);
  double *texts = nr_arena_take_array(arena, articles, sizeof *texts);
  nr_column *columns = nr_arena_take_array(arena, 2, sizeof *columns);
  nr_table *table = nr_arena_take(arena, sizeof *table);
  if (first == NULL || last == NULL || row == NULL || story == NULL || texts == NULL || columns == NULL ||
      table == NULL)
    return nr_fail_memory(err);
  for (uint32_t article = 0; article < articles; article++) {
    uint32_t end;
    nr_segment_article_tokens(p->segment, article, false, &first[count], &end);
    if (end == first[count] || nr_part_dead(p, article))
      continue;
    nr_story_text lead = nr_stories_first(s, (nr_story_text){part, article});
    nr_article_view view;
    nr_segment_article(part_of(s, lead.part)->segment, lead.article, &view);
    last[count] = end - 1;
    row[count] = count;
    story[count] = view.id;
    texts[count] = nr_stories_size(s, (nr_story_text){part, article});
    count++;
  }
  columns[0] = (nr_column){.name = NR_TEXT("story"), .type = NR_COLUMN_TEXT, .texts = story};
  columns[1] = (nr_column){.name = NR_TEXT("texts"), .type = NR_COLUMN_NUMBER, .numbers = texts};
  *table = (nr_table){columns, 2, count};
  *spans = (nr_spans){first, last, row, count, table};
  return NR_OK;
}

nr_status nr_plan_stories(const nr_memory *memory, const nr_stories *stories, nr_plan **plan, nr_error *err)
{
  nr_arena arena;
  nr_arena_init(&arena, memory);
  nr_spans *parts = nr_arena_take_array(&arena, stories->parts, sizeof *parts);
  nr_status status = parts == NULL ? nr_fail_memory(err) : NR_OK;
  for (uint32_t part = 0; part < stories->parts && status == NR_OK; part++)
    status = spans_of(stories, part, &arena, &parts[part], err);
  if (status == NR_OK)
    status = nr_plan_given(memory, stories->snapshot, parts, plan, err);
  nr_arena_clear(&arena);
  return status;
}
