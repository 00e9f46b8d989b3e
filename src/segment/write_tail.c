/* write_tail.c: the last sections of a segment, written beside the others. Floor 2. */
#include "base/task.h"
#include "segment/emission.h"

struct nr_tail {
  nr_task task;
  bool joined;
  nr_source source; /* with what is for the second thread */
  nr_section_writer w;
  nr_emission emission;
  nr_buffer bytes;
  nr_status status;
  nr_error err;
};

static nr_status put_bytes(void *user, const void *bytes, size_t size, nr_error *err)
{
  return nr_buffer_put(user, bytes, size, err);
}

static nr_status write_both(nr_emission *e)
{
  NR_TRY(nr_emission_stream(e));
  return nr_emission_offsets(e);
}

static void write_tail(void *user)
{
  nr_tail *tail = user;
  nr_sink sink = {put_bytes, &tail->bytes};
  nr_sections_init(&tail->w, &sink, &tail->err);
  tail->emission = (nr_emission){.source = &tail->source, .w = &tail->w, .err = &tail->err};
  nr_arena_init(&tail->emission.arena, tail->source.memory);
  tail->status = nr_emission_begin(&tail->emission);
  if (tail->status == NR_OK)
    tail->status = write_both(&tail->emission);
  if (tail->status == NR_OK)
    tail->status = tail->w.status;
  nr_arena_clear(&tail->emission.arena);
}

nr_tail *nr_tail_start(const nr_source *source)
{
  if (source->user_beside == NULL)
    return NULL;
  nr_tail *tail = nr_alloc(source->memory_beside, sizeof *tail);
  if (tail == NULL)
    return NULL;
  memset(tail, 0, offsetof(nr_tail, w));
  tail->source = *source;
  tail->source.user = source->user_beside;
  tail->source.memory = source->memory_beside;
  tail->err = (nr_error){NR_OK, ""};
  nr_buffer_init(&tail->bytes, source->memory_beside);
  nr_task_start(&tail->task, write_tail, tail);
  return tail;
}

static void join(nr_tail *tail)
{
  if (!tail->joined)
    nr_task_join(&tail->task);
  tail->joined = true;
}

void nr_tail_end(nr_tail *tail)
{
  if (tail == NULL)
    return;
  join(tail);
  const nr_memory *memory = tail->source.memory;
  nr_buffer_clear(&tail->bytes);
  nr_release(memory, tail, sizeof *tail);
}

nr_status nr_emission_tail(nr_emission *e, nr_tail *tail)
{
  if (tail == NULL)
    return write_both(e);
  join(tail);
  if (tail->status != NR_OK)
    return nr_fail(e->err, tail->status, "%s", tail->err.message);
  nr_sections_append(e->w, &tail->w, (nr_text){tail->bytes.bytes, tail->bytes.size});
  return NR_OK;
}
