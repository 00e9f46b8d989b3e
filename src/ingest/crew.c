/* crew.c: who is idle claims the next few items. Floor 4. */
#include "ingest/crew.h"

#include <pthread.h>
#include <stdatomic.h>

#include "base/task.h"
#include "ingest/ids.h"

enum { items_at_once = 8, helpers_max = 63 };

struct nr_made_note {
  nr_severity severity;
  nr_text where;
  const char *message;
  struct nr_made_note *next;
};

/* One thread's own. The first is the caller's. */
typedef struct hand {
  nr_crew *crew;
  nr_task task;
  nr_arena arena;
  nr_cleaner *cleaner;
  nr_ingest_options options; /* reports go to the article in hand */
  nr_article_maker maker;
  nr_made *made;
  struct nr_made_note **last_note;
} hand;

struct nr_crew {
  const nr_memory *memory;
  nr_item *items;
  nr_made *made;
  size_t count, taken;
  atomic_size_t claimed; /* stretches of items_at_once items */
  atomic_bool over;      /* nobody waits any more */
  bool *done;            /* by stretch; under the lock */
  pthread_mutex_t lock;
  pthread_cond_t changed;
  hand *hands;
  uint32_t hand_room, hand_count, started;
};

/* ---- making one ---- */

static char *copy_message(hand *h, const char *message)
{
  return nr_arena_copy(&h->arena, message, strlen(message));
}

/* Without memory the note is lost; making the article fails soon enough. */
static void keep_note(void *user, nr_severity severity, nr_text where, const char *message)
{
  hand *h = user;
  struct nr_made_note *note = nr_arena_take(&h->arena, sizeof *note);
  if (note == NULL)
    return;
  *note = (struct nr_made_note){severity, where, copy_message(h, message), NULL};
  if (note->message == NULL)
    return;
  *h->last_note = note;
  h->last_note = &note->next;
}

void nr_made_report(const nr_made *made, const nr_report *report)
{
  for (const struct nr_made_note *note = made->notes; note != NULL; note = note->next)
    nr_report_to(report, note->severity, note->where, note->message);
}

/* Tokens and blocks are the maker's until its next article. */
static nr_status keep(hand *h, nr_article *article, nr_error *err)
{
  nr_token *tokens = nr_arena_take_array(&h->arena, article->token_count, sizeof *tokens);
  nr_block *blocks = nr_arena_take_array(&h->arena, article->block_count, sizeof *blocks);
  if (tokens == NULL || blocks == NULL)
    return nr_fail_memory(err);
  if (article->token_count > 0)
    memcpy(tokens, article->tokens, article->token_count * sizeof *tokens);
  if (article->block_count > 0)
    memcpy(blocks, article->blocks, article->block_count * sizeof *blocks);
  article->tokens = tokens;
  article->blocks = blocks;
  return NR_OK;
}

static void make(hand *h, size_t number)
{
  nr_error err = {NR_OK, ""};
  nr_item *item = &h->crew->items[number];
  nr_made *made = &h->crew->made[number];
  *made = (nr_made){.status = nr_id_check(item->id, &err)};
  h->last_note = &made->notes;
  if (made->status == NR_OK)
    made->status = nr_make_article(&h->maker, item, &made->article, &err);
  if (made->status == NR_OK)
    made->status = keep(h, &made->article, &err);
  if (made->status == NR_OK)
    return;
  made->why = copy_message(h, err.message);
  if (made->why == NULL)
    made->why = "out of memory";
}

/* Claim a stretch and make it; false where none is left. */
static bool make_some(hand *h)
{
  nr_crew *crew = h->crew;
  size_t stretch = atomic_fetch_add(&crew->claimed, 1), first = stretch * items_at_once;
  if (first >= crew->count || atomic_load(&crew->over))
    return false;
  for (size_t i = first; i < crew->count && i < first + items_at_once; i++)
    make(h, i);
  pthread_mutex_lock(&crew->lock);
  crew->done[stretch] = true;
  pthread_cond_signal(&crew->changed);
  pthread_mutex_unlock(&crew->lock);
  return true;
}

static void help(void *user)
{
  while (make_some(user))
    ;
}

/* ---- together ---- */

static nr_status open_hand(nr_crew *crew, hand *h, const nr_ingest_options *options, nr_cleaner *cleaner,
                           nr_error *err)
{
  h->crew = crew;
  nr_arena_init(&h->arena, crew->memory);
  h->options = *options;
  h->options.memory = crew->memory;
  h->options.report = (nr_report){keep_note, h};
  nr_make_init(&h->maker, &h->options, NULL, &h->arena);
  crew->hand_count++;
  NR_TRY(nr_cleaner_share(crew->memory, cleaner, &h->cleaner, err));
  h->maker.cleaner = h->cleaner;
  return NR_OK;
}

static nr_status take_room(nr_crew *crew, uint32_t hands, nr_error *err)
{
  crew->made = nr_alloc(crew->memory, crew->count * sizeof *crew->made);
  crew->done = nr_alloc_zeroed(crew->memory, crew->count / items_at_once + 1, sizeof *crew->done);
  crew->hand_room = hands;
  crew->hands = nr_alloc_zeroed(crew->memory, hands, sizeof *crew->hands);
  return crew->made == NULL || crew->done == NULL || crew->hands == NULL ? nr_fail_memory(err) : NR_OK;
}

nr_status nr_crew_start(const nr_memory *shared, uint32_t helpers, const nr_ingest_options *options,
                        nr_cleaner *cleaner, nr_item *items, size_t count, nr_crew **out, nr_error *err)
{
  nr_crew *crew = nr_alloc_zeroed(shared, 1, sizeof *crew);
  if (crew == NULL)
    return nr_fail_memory(err);
  crew->memory = shared;
  crew->items = items;
  crew->count = count;
  pthread_mutex_init(&crew->lock, NULL);
  pthread_cond_init(&crew->changed, NULL);
  helpers = helpers < helpers_max ? helpers : helpers_max;
  nr_status status = take_room(crew, helpers + 1, err);
  for (uint32_t i = 0; i <= helpers && status == NR_OK; i++)
    status = open_hand(crew, &crew->hands[i], options, cleaner, err);
  if (status != NR_OK) {
    nr_crew_end(crew);
    return status;
  }
  for (crew->started = 1; crew->started <= helpers; crew->started++)
    nr_task_start(&crew->hands[crew->started].task, help, &crew->hands[crew->started]);
  *out = crew;
  return NR_OK;
}

static bool is_done(nr_crew *crew, size_t stretch, bool wait)
{
  pthread_mutex_lock(&crew->lock);
  while (wait && !crew->done[stretch])
    pthread_cond_wait(&crew->changed, &crew->lock);
  bool done = crew->done[stretch];
  pthread_mutex_unlock(&crew->lock);
  return done;
}

const nr_made *nr_crew_next(nr_crew *crew)
{
  size_t number = crew->taken++, stretch = number / items_at_once;
  if (number % items_at_once == 0)
    while (!is_done(crew, stretch, false))
      if (!make_some(&crew->hands[0])) {
        is_done(crew, stretch, true);
        break;
      }
  return &crew->made[number];
}

void nr_crew_end(nr_crew *crew)
{
  if (crew == NULL)
    return;
  atomic_store(&crew->over, true);
  for (uint32_t i = 1; i < crew->started; i++)
    nr_task_join(&crew->hands[i].task);
  for (uint32_t i = 0; i < crew->hand_count; i++) {
    hand *h = &crew->hands[i];
    nr_make_clear(&h->maker);
    nr_cleaner_free(h->cleaner);
    nr_arena_clear(&h->arena);
  }
  pthread_cond_destroy(&crew->changed);
  pthread_mutex_destroy(&crew->lock);
  nr_release(crew->memory, crew->made, crew->count * sizeof *crew->made);
  nr_release(crew->memory, crew->done, crew->count / items_at_once + 1);
  nr_release(crew->memory, crew->hands, crew->hand_room * sizeof *crew->hands);
  nr_release(crew->memory, crew, sizeof *crew);
}
