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
  struct nr_made_note **last_note;
} hand;

struct nr_crew {
  const nr_memory *memory;
  nr_item *items;
  nr_made *made;
  size_t room, count, taken;
  atomic_size_t claimed; /* stretches of items_at_once items */
  atomic_bool over;      /* nobody waits any more */
  bool *done;            /* by stretch; under the lock */
  pthread_mutex_t lock;
  pthread_cond_t changed;
  hand *hands;
  uint32_t hand_count, started; /* the first hand has no thread of its own */
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

static void open_hand(nr_crew *crew, hand *h, const nr_ingest_options *options)
{
  h->crew = crew;
  nr_arena_init(&h->arena, crew->memory);
  h->options = *options;
  h->options.memory = crew->memory;
  h->options.report = (nr_report){keep_note, h};
  nr_make_init(&h->maker, &h->options, NULL, &h->arena);
}

nr_status nr_crew_new(const nr_memory *shared, uint32_t helpers, const nr_ingest_options *options,
                      nr_crew **out, nr_error *err)
{
  nr_crew *crew = nr_alloc_zeroed(shared, 1, sizeof *crew);
  if (crew == NULL)
    return nr_fail_memory(err);
  crew->memory = shared;
  pthread_mutex_init(&crew->lock, NULL);
  pthread_cond_init(&crew->changed, NULL);
  uint32_t hands = (helpers < helpers_max ? helpers : helpers_max) + 1;
  crew->hands = nr_alloc_zeroed(shared, hands, sizeof *crew->hands);
  if (crew->hands == NULL) {
    nr_crew_free(crew);
    return nr_fail_memory(err);
  }
  for (crew->hand_count = 0; crew->hand_count < hands; crew->hand_count++)
    open_hand(crew, &crew->hands[crew->hand_count], options);
  *out = crew;
  return NR_OK;
}

static void forget_room(nr_crew *crew)
{
  nr_release(crew->memory, crew->made, crew->room * sizeof *crew->made);
  nr_release(crew->memory, crew->done, crew->room / items_at_once + 1);
  crew->made = NULL;
  crew->done = NULL;
  crew->room = 0;
}

static nr_status take_room(nr_crew *crew, size_t count, nr_error *err)
{
  if (count > crew->room) {
    forget_room(crew);
    crew->room = count;
    crew->made = nr_alloc(crew->memory, count * sizeof *crew->made);
    crew->done = nr_alloc(crew->memory, count / items_at_once + 1);
  }
  if (crew->made == NULL || crew->done == NULL)
    return nr_fail_memory(err);
  memset(crew->done, 0, count / items_at_once + 1);
  return NR_OK;
}

nr_status nr_crew_begin(nr_crew *crew, const nr_article_maker *like, nr_item *items, size_t count,
                        nr_error *err)
{
  NR_TRY(take_room(crew, count, err));
  for (uint32_t i = 0; i < crew->hand_count; i++) {
    hand *h = &crew->hands[i];
    nr_cleaner_free(h->cleaner);
    h->cleaner = NULL;
    NR_TRY(nr_cleaner_share(crew->memory, like->cleaner, &h->cleaner, err));
    h->maker.cleaner = h->cleaner;
    h->maker.known = like->known;
  }
  crew->items = items;
  crew->count = count;
  crew->taken = 0;
  atomic_store(&crew->claimed, 0);
  atomic_store(&crew->over, false);
  for (crew->started = 1; crew->started < crew->hand_count; crew->started++)
    nr_task_start(&crew->hands[crew->started].task, help, &crew->hands[crew->started]);
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
  atomic_store(&crew->over, true);
  for (; crew->started > 1; crew->started--)
    nr_task_join(&crew->hands[crew->started - 1].task);
  for (uint32_t i = 0; i < crew->hand_count; i++)
    nr_arena_reuse(&crew->hands[i].arena);
}

void nr_crew_free(nr_crew *crew)
{
  if (crew == NULL)
    return;
  nr_crew_end(crew);
  for (uint32_t i = 0; i < crew->hand_count; i++) {
    nr_make_clear(&crew->hands[i].maker);
    nr_cleaner_free(crew->hands[i].cleaner);
    nr_arena_clear(&crew->hands[i].arena);
  }
  forget_room(crew);
  pthread_cond_destroy(&crew->changed);
  pthread_mutex_destroy(&crew->lock);
  nr_release(crew->memory, crew->hands, crew->hand_count * sizeof *crew->hands);
  nr_release(crew->memory, crew, sizeof *crew);
}
